//! To come.

use super::Behave;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::state::{Cx, Go, Turn};

/// A text to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Every point behind the result.
    Why,
    /// Why a question is asked.
    WhyAsked(crate::question::QuestionId),
    /// Why the month is asked for, and how it is counted.
    WhyMonth,
    /// What to do next.
    NextSteps,
}

impl Behave for Reading {
    fn context(&self) -> Context {
        Context::List
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Why".to_owned()
    }

    fn draw(&self, _cx: &Cx<'_, '_>, page: &mut Page) {
        page.gap();
    }

    fn act(&mut self, _action: Action, turn: &mut Turn<'_, '_>) {
        turn.go = Some(Go::Back);
    }
}
