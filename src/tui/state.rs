//! The state of the wizard while it runs.

use rust_decimal::Decimal;

use super::effect::Effect;
use super::look::Look;
use super::screen::{ResultScreen, Screen, ScreenBehavior, Welcome};
use crate::advice::{AssessError, Needs};
use crate::question::{QuestionId, Rank};
use crate::session::{Choices, Month, Outlook, Preview, Run, Session};
use crate::text::layout::wrap;
use crate::usage::Usage;
use crate::wizard::{self, Places, SAVED, Wizard};

/// The status line's message for a settings file that has errors.
const BROKEN_SETTINGS: &str = "! config.toml broken: see Settings";

#[derive(Debug)]
pub struct State<'w> {
    pub session: Session<'w>,
    /// State outside the decision: looks, places, saved reports.
    pub app: AppState,
    /// The open screens, the visible one last. Never empty.
    pub layers: Vec<Layer>,
    /// The outcome of the choices, including the preview of the visible screen.
    pub outlook: Outlook<'w>,
    /// The recommendation before the last change, until the next key.
    pub before: Option<Before>,
    /// The message of the status line, until the next key.
    pub status: Option<String>,
    /// Set when the wizard should end.
    pub ending: Option<Ending>,
}

/// A screen and how far it is scrolled.
#[derive(Debug)]
pub struct Layer {
    pub screen: Screen,
    /// The first visible row if the person scrolled; `None` while the window follows the focus.
    pub scroll: Option<u16>,
}

impl From<Screen> for Layer {
    fn from(screen: Screen) -> Self {
        Self { screen, scroll: None }
    }
}

/// What the recommendation was before the last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// Both totals.
    pub needs: Needs,
    /// Cost per month, USD.
    pub cost: Decimal,
}

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

impl<'w> State<'w> {
    /// The state at the start: the first screen, nothing answered.
    pub fn new(mut session: Session<'w>, app: AppState) -> Self {
        let outlook = session.outlook(&Preview::Nothing);
        Self {
            session,
            app,
            layers: vec![Screen::Welcome(Welcome::default()).into()],
            outlook,
            before: None,
            status: None,
            ending: None,
        }
    }

    /// Sets the first message: `status`, or a pointer to Settings if the settings file has errors.
    pub fn greet(&mut self, status: Option<String>) {
        let broken = (!self.app.problems.is_empty()).then(|| BROKEN_SETTINGS.to_owned());
        if let Some(status) = status.or(broken) {
            self.status = Some(status);
        }
    }

    /// Loads choices from a file, then opens the result or the first open question.
    pub fn begin_with(&mut self, choices: Choices) {
        let settled = choices.month == Month::Own;
        if let Err(error) = self.app.wizard.take_elsewhere(&mut self.session, choices, "File") {
            self.status = Some(format!("! {error}"));
            return;
        }
        let screen = match self.session.answers().next_open() {
            None if settled => Screen::Result(ResultScreen::default()),
            _ => super::screen::resume(&self.session),
        };
        self.layers = vec![screen.into()];
        self.outlook = self.session.outlook(&Preview::Nothing);
    }

    /// The lines for the normal screen after leaving. Paths are not wrapped, so that they can be
    /// copied.
    pub fn farewell(&self) -> Vec<String> {
        let columns = usize::from(self.app.size.0).max(20);
        let lines = self.app.wizard.farewell(&self.session).into_iter();
        lines
            .flat_map(
                |line| {
                    if line.starts_with(SAVED) { vec![line] } else { wrap(&line, columns) }
                },
            )
            .collect()
    }

    /// True if the present choices will be offered at the next start.
    pub fn keeps_draft(&self) -> bool {
        self.app.wizard.keeps_draft(self.session.choices())
    }

    /// True if the present choices need no draft, because an example or a file has them.
    pub fn is_elsewhere(&self) -> bool {
        self.app.wizard.is_elsewhere(self.session.choices())
    }

    /// True if there is a result to show: every question is answered, and the month is the person's
    /// own or they continued without one.
    pub fn is_settled(&self) -> bool {
        let shown = || self.layers.iter().any(|layer| layer.screen.needs_result());
        self.session.is_complete() && (self.session.choices().month == Month::Own || shown())
    }

    pub fn top(&self) -> Option<&Layer> {
        self.layers.last()
    }

    /// True if there is a recommendation that no saved report contains.
    pub fn has_unsaved_result(&self) -> bool {
        self.is_settled() && !self.is_saved() && !self.is_elsewhere()
    }

    /// The current preview. On a text about a screen, the preview of the screen below.
    pub fn preview(&self) -> Preview {
        self.chooser().map_or(Preview::Nothing, |screen| screen.preview(&self.session))
    }

    /// The screen that provides the preview. A text over a previewed month or previewed choices
    /// describes the person's own.
    pub fn chooser(&self) -> Option<&Screen> {
        let is_text = |screen: &Screen| {
            matches!(screen, Screen::Reading(_) | Screen::Fit(_) | Screen::Help(_))
        };
        let only_looks = |screen: &Screen| {
            matches!(screen, Screen::Compare(_) | Screen::Scenarios(_) | Screen::Examples(_))
        };
        let mut screens = self.layers.iter().rev().map(|layer| &layer.screen);
        let top = screens.next()?;
        if !is_text(top) {
            return Some(top);
        }
        screens.find(|screen| !is_text(screen)).filter(|screen| !only_looks(screen))
    }

    /// True if the last saved report contains the present choices.
    pub fn is_saved(&self) -> bool {
        self.app.wizard.is_saved(self.session.choices())
    }
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

#[derive(Debug)]
pub enum Go {
    /// Opens a screen on top of this one; Esc returns here.
    Over(Screen),
    /// Replaces this screen.
    Instead(Screen),
    /// Returns to the screen below.
    Back,
    /// Opens a screen of the main path and closes everything above it.
    To(Screen),
    Leave(Ending),
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
