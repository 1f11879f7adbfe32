//! To come.

use super::Behave;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::state::{Cx, Go, Turn};

/// To come.
#[derive(Debug, Default)]
pub struct More;

impl Behave for More {
    fn context(&self) -> Context {
        Context::List
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "More".to_owned()
    }

    fn draw(&self, _cx: &Cx<'_, '_>, page: &mut Page) {
        page.gap();
    }

    fn act(&mut self, _action: Action, turn: &mut Turn<'_, '_>) {
        turn.go = Some(Go::Back);
    }
}
