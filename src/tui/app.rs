//! What every screen needs: the state outside the decision, what it may read while it is drawn, and
//! what it may change while it handles an event.

use super::effect::Effect;
use super::layout::{Plan, status_room};
use super::look::Look;
use super::place::Place;
use crate::advice::AssessError;
use crate::question::{QuestionId, Rank};
use crate::text::layout::fit_middle;
use crate::usage::Usage;
use crate::wizard::flow::{Next, Step};
use crate::wizard::session::{Choices, Outlook, Run, Session};
use crate::wizard::{self, Places, Wizard};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Quit,
    /// Ctrl-C.
    Interrupted,
    /// The system asked for it, with this exit code.
    Terminated(u8),
}

/// State outside the decision.
#[derive(Debug, Clone)]
pub struct AppState {
    pub look: Look,
    pub mouse: bool,
    pub size: (u16, u16),
    pub wizard: Wizard,
    /// Problems in the settings file, one line each, starting with the file's name.
    pub problems: Vec<String>,
    /// The last contents of the Save screen.
    pub form: Option<SaveForm>,
}

impl AppState {
    /// The state at the start: mouse off, nothing kept, nothing saved.
    pub const fn new(look: Look, places: Places) -> Self {
        Self {
            look,
            mouse: false,
            size: (80, 24),
            wizard: Wizard::new(places),
            problems: Vec::new(),
            form: None,
        }
    }

    /// True if the live pane stands beside the screens.
    pub(crate) fn has_pane(&self) -> bool {
        matches!(Plan::new(self.size), Plan::Columns { .. })
    }

    /// The message after undo or redo. If it is too long, it is shortened in the middle.
    pub fn change_said(&self, how: &str, what: &str) -> String {
        fit_middle(&format!("{how}: {what}"), status_room(self.size)).into_owned()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveForm {
    /// Index of the chosen format.
    pub format: usize,
    pub folder: String,
    /// The file name without extension.
    pub name: String,
    pub note: String,
}

/// What a screen can read while it is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Cx<'a, 'w> {
    pub session: &'a Session<'w>,
    /// The outcome of the choices, including the preview of the visible screen.
    pub outlook: &'a Outlook<'w>,
    /// Looks and places.
    pub app: &'a AppState,
}

/// What a screen can change while it handles a key.
#[derive(Debug)]
pub struct EventCtx<'a, 'w> {
    pub session: &'a mut Session<'w>,
    /// Looks and places.
    pub app: &'a mut AppState,
    /// The outcome of the choices.
    pub outlook: &'a Outlook<'w>,
    /// Effects to perform outside the state.
    pub effects: &'a mut Vec<Effect>,
    pub go: Option<Go>,
    /// The next message of the status line.
    pub say: Option<String>,
}

/// Where the person goes from here.
#[derive(Debug)]
pub enum Go {
    /// Opens a screen on top of this one; Esc returns here.
    Over(Place),
    /// Replaces this screen.
    Instead(Place),
    /// Returns to the screen below.
    Back,
    /// Opens a step of the path and closes every other screen.
    To(Step),
    Leave(Ending),
}

impl From<Next> for Go {
    fn from(next: Next) -> Self {
        match next {
            Next::To(step) => Self::To(step),
            Next::Ask(question) => Self::Instead(Place::Change(question)),
            Next::Return => Self::Back,
        }
    }
}

impl EventCtx<'_, '_> {
    /// Answers a question. An error goes to the status line.
    pub fn answer(&mut self, question: QuestionId, rank: Rank) {
        let result = self.session.answer(question, rank);
        self.report(result);
    }

    /// Changes the month. An error goes to the status line.
    pub fn set_usage(&mut self, usage: Usage, what: impl Into<String>, run: Option<Run>) {
        let result = self.session.set_usage(usage, what, run);
        self.report(result);
    }

    /// Replaces all choices. An error goes to the status line.
    pub fn change(&mut self, choices: Choices, what: impl Into<String>) {
        let result = self.session.change(choices, what, None);
        self.report(result);
    }

    pub fn ask(&mut self, effect: wizard::Effect) {
        self.effects.push(effect.into());
    }

    /// Loads choices that need no draft. An error goes to the status line.
    pub fn take_elsewhere(&mut self, choices: Choices, what: impl Into<String>) {
        let result = self.app.wizard.take_elsewhere(self.session, choices, what);
        self.report(result);
    }

    /// Shows in the status line why a change failed.
    pub fn report(&mut self, result: Result<(), AssessError>) {
        if let Err(error) = result {
            self.say = Some(format!("! {error}"));
        }
    }
}
