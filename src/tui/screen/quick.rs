//! To come.

use super::Behave;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::state::{Cx, Go, Turn};

/// To come.
#[derive(Debug, Default)]
pub struct Quick;

impl Quick {
    /// The first of the four questions; the other answers are assumed.
    pub fn start(_turn: &mut Turn<'_, '_>) -> Self {
        Self
    }
}

impl Behave for Quick {
    fn context(&self) -> Context {
        Context::List
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Quick".to_owned()
    }

    fn draw(&self, _cx: &Cx<'_, '_>, page: &mut Page) {
        page.gap();
    }

    fn act(&mut self, _action: Action, turn: &mut Turn<'_, '_>) {
        turn.go = Some(Go::Back);
    }
}
