//! The state of the wizard while it runs.

use super::app::{AppState, Cx, Ending};
use super::place::Place;
use super::router;
use super::screen::ScreenBehavior;
use crate::advice::Certainty;
use crate::text::layout::wrap;
use crate::wizard::flow::{self, Step};
use crate::wizard::session::{Choices, Month, Outlook, Preview, Session};
use crate::wizard::{Effect, SAVED};

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
    /// The message of the status line, until the next key.
    pub status: Option<String>,
    /// Set when the wizard should end.
    pub ending: Option<Ending>,
}

/// An open screen and how far it is scrolled.
#[derive(Debug)]
pub struct Layer {
    pub place: Place,
    pub screen: Box<dyn ScreenBehavior>,
    /// The first visible row if the person scrolled; `None` while the window follows the focus.
    pub scroll: Option<u16>,
}

impl<'w> State<'w> {
    /// The state at the start: the first screen, nothing answered.
    pub fn new(mut session: Session<'w>, app: AppState) -> Self {
        let outlook = session.outlook(&Preview::Nothing);
        let (layers, status, ending) = (Vec::new(), None, None);
        let mut state = Self { session, app, layers, outlook, status, ending };
        state.open(Step::Start.into());
        state
    }

    /// Opens a screen on top of the others. Returns the effects to perform.
    pub fn open(&mut self, place: Place) -> Vec<Effect> {
        self.session.end_run();
        let screen = router::screen(&place, &self.session, &self.app);
        let effects = screen.opening(&self.app);
        self.layers.push(Layer { place, screen, scroll: None });
        effects
    }

    /// Opens a step of the path and closes every other screen. Returns the effects to perform.
    pub fn go_to(&mut self, step: Step) -> Vec<Effect> {
        self.layers.clear();
        self.open(step.into())
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
        let step = flow::opened(&choices);
        if let Err(error) = self.app.wizard.take_elsewhere(&mut self.session, choices, "File") {
            self.status = Some(format!("! {error}"));
            return;
        }
        self.go_to(step);
        self.derive();
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

    /// Derives what is drawn: the outcome with the preview, and what the visible screen adds.
    pub fn derive(&mut self) {
        for layer in &mut self.layers {
            layer.screen.renew(&self.session, &self.app);
        }
        let preview = self.preview();
        self.outlook = self.session.outlook(&preview);
        // If the result is the same for every answer, the preview of one answer would hide that.
        if let Preview::Answer(question, _) = preview
            && self.session.answers().effective(question).is_none()
            && self.outlook.settled != Certainty::Open
            && self.outlook.assessment.is_some()
        {
            self.outlook = self.session.outlook(&Preview::Nothing);
        }
        if let Some(layer) = self.layers.last_mut() {
            let (session, outlook, app) = (&self.session, &self.outlook, &self.app);
            layer.screen.derive(&Cx { session, outlook, app });
        }
    }

    /// What the visible screen can read.
    pub const fn cx(&self) -> Cx<'_, 'w> {
        Cx { session: &self.session, outlook: &self.outlook, app: &self.app }
    }

    /// The current preview. On a text about a screen, the preview of the screen below.
    pub fn preview(&self) -> Preview {
        self.chooser().map_or(Preview::Nothing, |layer| layer.screen.preview(&self.session))
    }

    /// The screen that provides the preview. A text over a previewed month or previewed choices
    /// describes the person's own.
    pub fn chooser(&self) -> Option<&Layer> {
        let mut layers = self.layers.iter().rev();
        let top = layers.next()?;
        if !top.place.is_text() {
            return Some(top);
        }
        layers.find(|layer| !layer.place.is_text()).filter(|layer| !layer.place.only_looks())
    }

    /// True if the last saved report contains the present choices.
    pub fn is_saved(&self) -> bool {
        self.app.wizard.is_saved(self.session.choices())
    }
}
