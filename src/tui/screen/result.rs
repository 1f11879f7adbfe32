//! To come.

use super::Behave;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::state::{Cx, Go, Turn};

/// To come.
#[derive(Debug, Default)]
pub struct ResultScreen;

impl Behave for ResultScreen {
    fn context(&self) -> Context {
        Context::List
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "ResultScreen".to_owned()
    }

    fn draw(&self, _cx: &Cx<'_, '_>, page: &mut Page) {
        page.gap();
    }

    fn act(&mut self, _action: Action, turn: &mut Turn<'_, '_>) {
        turn.go = Some(Go::Back);
    }
}
