//! To come.

use super::Behave;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::state::{Cx, Go, Turn};

/// To come.
#[derive(Debug, Default)]
pub struct Help;

impl Help {
    /// Help that begins with the keys of a context.
    pub const fn new(_context: Context) -> Self {
        Self
    }
}

/// How a price list is called: `built-in list`.
pub(crate) const fn list_name(catalog: &crate::catalog::Catalog) -> &'static str {
    match catalog.id {
        crate::catalog::CatalogId::Builtin => "built-in list",
        crate::catalog::CatalogId::Article => "the article's list",
        crate::catalog::CatalogId::File => "your list",
    }
}

impl Behave for Help {
    fn context(&self) -> Context {
        Context::List
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Help".to_owned()
    }

    fn draw(&self, _cx: &Cx<'_, '_>, page: &mut Page) {
        page.gap();
    }

    fn act(&mut self, _action: Action, turn: &mut Turn<'_, '_>) {
        turn.go = Some(Go::Back);
    }
}
