//! To come.

use super::Behave;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::state::{Cx, Go, Turn};

/// To come.
#[derive(Debug, Default)]
pub struct Check;

impl Check {
    /// The answers, wanted from anywhere; Esc goes back there.
    pub fn new(_session: &crate::session::Session<'_>) -> Self {
        Self
    }

    /// The answers as the step before the result.
    pub fn on_the_way(_session: &crate::session::Session<'_>) -> Self {
        Self
    }
}

impl Behave for Check {
    fn context(&self) -> Context {
        Context::List
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Check".to_owned()
    }

    fn draw(&self, _cx: &Cx<'_, '_>, page: &mut Page) {
        page.gap();
    }

    fn act(&mut self, _action: Action, turn: &mut Turn<'_, '_>) {
        turn.go = Some(Go::Back);
    }
}
