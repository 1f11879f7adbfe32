//! Everything the wizard remembers while it runs.

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

/// What the status line says of a settings file that could not be used as it is.
const BROKEN_SETTINGS: &str = "! config.toml broken: see Settings";

/// The whole state.
#[derive(Debug)]
pub struct State<'w> {
    /// What the person chose.
    pub session: Session<'w>,
    /// What is not part of the decision: looks, places, what was saved.
    pub app: AppState,
    /// The screens, the one shown last. Never empty.
    pub layers: Vec<Layer>,
    /// What the choices, with the preview of the screen shown, lead to.
    pub outlook: Outlook<'w>,
    /// What the outlook was before the last change, until the next key.
    pub before: Option<Before>,
    /// What the status line says, until the next key.
    pub status: Option<String>,
    /// Set once the wizard is to end.
    pub ending: Option<Ending>,
}

/// A screen and how far it is scrolled.
#[derive(Debug)]
pub struct Layer {
    /// The screen.
    pub screen: Screen,
    /// The first row shown where the person scrolled; `None` while the window follows the focus.
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
    /// What it cost a month, USD.
    pub cost: Decimal,
}

/// How the wizard ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The person quit.
    Quit,
    /// Ctrl-C.
    Interrupted,
    /// The system asked for it; the exit code that goes with it.
    Terminated(u8),
}

/// What is not part of the decision.
#[derive(Debug, Clone)]
pub struct AppState {
    /// Theme and glyphs.
    pub look: Look,
    /// Whether the mouse is on.
    pub mouse: bool,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What is known beside the choices, whatever the face.
    pub wizard: Wizard,
    /// What of the settings file could not be used, each in one line that begins with the file.
    pub problems: Vec<String>,
    /// What the Save screen was left with.
    pub form: Option<SaveForm>,
}

impl AppState {
    /// State at the start: the mouse off, nothing kept, nothing saved yet.
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

/// What was typed into the Save screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveForm {
    /// Which of the formats it offers.
    pub format: usize,
    /// The folder.
    pub folder: String,
    /// The name without ending.
    pub name: String,
    /// The note.
    pub note: String,
}

impl<'w> State<'w> {
    /// The state at the start: the first screen, nothing asked yet.
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

    /// Says what is to be known at the start: `status`, or where the settings file is broken that
    /// Settings has more to say of it.
    pub fn greet(&mut self, status: Option<String>) {
        let broken = (!self.app.problems.is_empty()).then(|| BROKEN_SETTINGS.to_owned());
        if let Some(status) = status.or(broken) {
            self.status = Some(status);
        }
    }

    /// Takes choices from a file and goes where they lead: to the result, or to the first gap.
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

    /// The lines for the normal screen after leaving. Saved files stand in one piece, to be copied.
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

    /// Whether the present choices will be offered at the next start.
    pub fn keeps_draft(&self) -> bool {
        self.app.wizard.keeps_draft(self.session.choices())
    }

    /// Whether the present choices need no keeping: they are an example's, or a file's.
    pub fn is_elsewhere(&self) -> bool {
        self.app.wizard.is_elsewhere(self.session.choices())
    }

    /// Whether there is a result to look at: every question is answered, and the month is the
    /// person's own or they went on to the result without one.
    pub fn is_settled(&self) -> bool {
        let shown = || self.layers.iter().any(|layer| layer.screen.needs_result());
        self.session.is_complete() && (self.session.choices().month == Month::Own || shown())
    }

    /// The screen shown.
    pub fn top(&self) -> Option<&Layer> {
        self.layers.last()
    }

    /// Whether there is a recommendation that no saved report holds.
    pub fn has_unsaved_result(&self) -> bool {
        self.is_settled() && !self.is_saved() && !self.is_elsewhere()
    }

    /// The choice that is looked at: on a text about a screen, that of the screen below.
    pub fn preview(&self) -> Preview {
        self.chooser().map_or(Preview::Nothing, |screen| screen.preview(&self.session))
    }

    /// The screen whose choice is looked at. A text over a month or choices that are only looked at
    /// is about the person's own.
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

    /// Whether the present choices are those of the last saved report.
    pub fn is_saved(&self) -> bool {
        self.app.wizard.is_saved(self.session.choices())
    }
}

/// What a screen can see while it is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Cx<'a, 'w> {
    /// What the person chose.
    pub session: &'a Session<'w>,
    /// What it leads to, the preview of the screen shown taken in.
    pub outlook: &'a Outlook<'w>,
    /// Looks and places.
    pub app: &'a AppState,
}

/// What a screen can do while it handles a key.
#[derive(Debug)]
pub struct EventCtx<'a, 'w> {
    /// What the person chose.
    pub session: &'a mut Session<'w>,
    /// Looks and places.
    pub app: &'a mut AppState,
    /// What the choices lead to.
    pub outlook: &'a Outlook<'w>,
    /// What is to be done outside.
    pub effects: &'a mut Vec<Effect>,
    /// Where to go next.
    pub go: Option<Go>,
    /// What the status line is to say.
    pub say: Option<String>,
}

/// Where to go next.
#[derive(Debug)]
pub enum Go {
    /// To a screen on top of this one; Esc comes back here.
    Over(Screen),
    /// To a screen in place of this one.
    Instead(Screen),
    /// Back to the screen below.
    Back,
    /// To a screen of the main way; everything above is closed.
    To(Screen),
    /// Out.
    Leave(Ending),
}

impl EventCtx<'_, '_> {
    /// Answers a question; an error goes to the status line.
    pub fn answer(&mut self, question: QuestionId, rank: Rank) {
        let result = self.session.answer(question, rank);
        self.report(result);
    }

    /// Changes the month; an error goes to the status line.
    pub fn set_usage(&mut self, usage: Usage, what: impl Into<String>, run: Option<Run>) {
        let result = self.session.set_usage(usage, what, run);
        self.report(result);
    }

    /// Takes new choices as a whole; an error goes to the status line.
    pub fn change(&mut self, choices: Choices, what: impl Into<String>) {
        let result = self.session.change(choices, what, None);
        self.report(result);
    }

    /// Asks for something to be done outside.
    pub fn ask(&mut self, effect: wizard::Effect) {
        self.effects.push(effect.into());
    }

    /// Takes choices that need no keeping; an error goes to the status line.
    pub fn take_elsewhere(&mut self, choices: Choices, what: impl Into<String>) {
        let result = self.app.wizard.take_elsewhere(self.session, choices, what);
        self.report(result);
    }

    /// Says why something was not changed.
    pub fn report(&mut self, result: Result<(), AssessError>) {
        if let Err(error) = result {
            self.say = Some(format!("! {error}"));
        }
    }
}
