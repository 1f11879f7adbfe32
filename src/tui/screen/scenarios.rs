//! Kept scenarios: keep the present state under a name, open, rename, delete, and compare two to
//! four.

use std::collections::BTreeSet;

use super::form::draw_buttons;
use super::save::draw_field;
use super::{ScreenBehavior, moved};
use crate::advice::Assessment;
use crate::compare::MOST;
use crate::number::usd;
use crate::report::{Listing, Opened, Scenario, ScenarioDone, ScenarioId, ScenarioOrder};
use crate::text::layout::columns;
use crate::tui::app::{AppState, Cx, EventCtx, Go};
use crate::tui::field::Field;
use crate::tui::key::Press;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::Place;
use crate::wizard::flow;
use crate::wizard::session::{Choices, Preview, Session};
use crate::wizard::{Effect, Message};

/// The longest name, in characters.
const LONGEST_NAME: usize = 60;

#[derive(Debug, Default)]
pub struct Scenarios {
    /// The scenarios on disk. `None` until they have been read.
    listing: Option<Listing>,
    /// The outcome of each of them at today's prices, in words.
    outcomes: Vec<String>,
    /// 0 is the present state, then come the kept ones, then the buttons.
    focus: usize,
    /// The scenarios marked for comparison. `None` is the present state.
    marked: BTreeSet<Option<ScenarioId>>,
    /// The marked scenarios that were deleted, so that undo restores the mark.
    marked_gone: BTreeSet<ScenarioId>,
    /// The open name field.
    naming: Option<Naming>,
    problem: Option<String>,
}

/// A name field and the scenario it is for.
#[derive(Debug)]
struct Naming {
    /// The scenario being renamed. `None` keeps the present state.
    of: Option<ScenarioId>,
    field: Field,
}

/// The status if this screen has no step left. Answers, which this screen does not show, are not
/// undone here.
pub(super) const NOTHING_TO_UNDO: &str = "Nothing to undo here; answers: Esc first.";
/// The same for redo.
pub(super) const NOTHING_TO_REDO: &str = "Nothing to redo here; answers: Esc first.";

const BUTTONS: [&str; 3] = ["Keep this one", "Compare", "Back"];

impl Scenarios {
    fn kept(&self) -> &[Scenario] {
        self.listing.as_ref().map_or(&[], |listing| listing.scenarios.as_slice())
    }

    fn focused(&self) -> Option<&Scenario> {
        self.kept().get(self.focus.checked_sub(1)?)
    }

    fn button(&self) -> Option<usize> {
        self.focus.checked_sub(self.kept().len() + 1)
    }

    /// Orders a change of the kept scenarios. Refuses if this run keeps nothing.
    fn order(order: ScenarioOrder, ctx: &mut EventCtx<'_, '_>) {
        if ctx.app.wizard.places.draft.is_none() {
            ctx.say = Some("! Not done: this run keeps nothing.".to_owned());
        } else {
            ctx.ask(Effect::Scenario(Box::new(order)));
        }
    }

    fn name_present(&mut self) {
        self.naming = Some(Naming { of: None, field: Field::new("", LONGEST_NAME) });
    }

    fn mark(&mut self) {
        let id = match (self.focus, self.focused()) {
            (0, _) => None,
            (_, Some(scenario)) => Some(scenario.id.clone()),
            (_, None) => return,
        };
        if self.marked.remove(&id) {
            return;
        }
        if self.marked.len() == MOST {
            self.problem = Some(format!("At most {MOST} fit side by side; take a mark off first."));
        } else {
            self.marked.insert(id);
        }
    }

    fn enter(&mut self, ctx: &mut EventCtx<'_, '_>) {
        match (self.button(), self.focused()) {
            (Some(0), _) | (None, None) => self.name_present(),
            (Some(1), _) => self.compare(ctx),
            (Some(_), _) => ctx.go = Some(Go::Back),
            (None, Some(scenario)) => {
                let choices = Choices::from_file(&scenario.saved.file);
                let (step, what) =
                    (flow::reopened(&choices), format!("Scenario {}", scenario.name));
                if let Err(error) = ctx.app.wizard.take_elsewhere(ctx.session, choices, what) {
                    self.problem = Some(error.to_string());
                    return;
                }
                ctx.say = Some("Opened. u brings your own answers back.".to_owned());
                ctx.go = Some(Go::To(step));
            }
        }
    }

    fn compare(&mut self, ctx: &mut EventCtx<'_, '_>) {
        // In list order, the present state first.
        let now = self.marked.contains(&None);
        let now = now.then(|| ("now".to_owned(), present(ctx.session)));
        let kept = self.kept().iter().filter(|of| self.marked.contains(&Some(of.id.clone())));
        let kept = kept.map(|of| (of.name.clone(), Opened::Report(Box::new(of.saved.clone()))));
        let files: Vec<(String, Opened)> = now.into_iter().chain(kept).collect();
        if files.len() < crate::compare::FEWEST {
            self.problem = Some("Mark two to four with Space first.".to_owned());
            return;
        }
        ctx.go = Some(Go::Over(Place::SideBySide(files)));
    }

    fn name_taken(&mut self, ctx: &mut EventCtx<'_, '_>) {
        let Some(naming) = self.naming.take() else {
            return;
        };
        let name = naming.field.text().trim().to_owned();
        if name.is_empty() {
            self.problem = Some("A scenario needs a name.".to_owned());
            self.naming = Some(naming);
            return;
        }
        match naming.of {
            Some(id) => Self::order(ScenarioOrder::Rename { id, name }, ctx),
            None => match ctx.session.assessment() {
                Some(assessment) => {
                    let assessment = Box::new(assessment.clone());
                    Self::order(ScenarioOrder::Keep { name, assessment }, ctx);
                }
                None => self.problem = Some("There is no result to keep yet.".to_owned()),
            },
        }
    }

    fn on_done(&mut self, done: &ScenarioDone, listing: Listing, ctx: &mut EventCtx<'_, '_>) {
        ctx.say = ctx.app.wizard.scenario_steps.done(done).map(str::to_owned);
        if let ScenarioDone::Deleted(deleted) = done
            && self.marked.remove(&Some(deleted.id.clone()))
        {
            self.marked_gone.insert(deleted.id.clone());
        }
        self.marked.retain(|id| match id {
            None => true,
            Some(id) => listing.scenarios.iter().any(|scenario| scenario.id == *id),
        });
        self.outcomes = listing
            .scenarios
            .iter()
            .map(|of| worth(ctx.session.assess_file(&of.saved.file).as_ref()))
            .collect();
        self.listing = Some(listing);
        self.focus = self.focus.min(self.kept().len() + BUTTONS.len());
        if let ScenarioDone::Restored { id, was } = done {
            if self.marked_gone.remove(was) && self.marked.len() < MOST {
                self.marked.insert(Some(id.clone()));
            }
            if let Some(at) = self.kept().iter().position(|scenario| scenario.id == *id) {
                self.focus = at + 1;
            }
        }
    }

    fn draw_row(&self, index: usize, name: &str, outcome: &str, page: &mut Page) {
        let look = page.look();
        let focused = self.focus == index && self.naming.is_none();
        let (arrow, style) = if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
        let id = index.checked_sub(1).and_then(|at| self.kept().get(at)).map(|of| of.id.clone());
        let mark = if self.marked.contains(&id) { "[x]" } else { "[ ]" };
        let from = page.row();
        let room = usize::from(page.width().saturating_sub(10));
        page.text(&format!("  {arrow} {mark} {}", columns(name, outcome, room)), style);
        page.mark_focusable(from, focused);
        if focused {
            page.cursor_at(2, from);
        }
        page.mark_clickable(from, index);
    }
}

/// The present state as a file of answers.
fn present(session: &Session<'_>) -> Opened {
    Opened::Answers(Box::new(session.choices().as_file()))
}

/// `Hybrid   $24.20`.
fn worth(found: Option<&Assessment>) -> String {
    found.map_or_else(
        || "no price".to_owned(),
        |found| format!("{:<6} {:>9}", found.outcome.name(), usd(found.costs.of(found.outcome))),
    )
}

impl ScreenBehavior for Scenarios {
    fn context(&self) -> Context {
        if self.naming.is_some() { Context::Form } else { Context::Scenarios }
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Scenarios, estimates a month".to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        page.gap();
        page.paragraph(
            "Keep this state under a name, change an answer, and hold both side by side.",
            2,
            look.theme.text,
        );
        page.gap();
        self.draw_row(0, "now", &worth(cx.session.assessment()), page);
        for (index, (scenario, outcome)) in (1..).zip(self.kept().iter().zip(&self.outcomes)) {
            self.draw_row(index, &scenario.name, outcome, page);
        }
        match &self.listing {
            None => page.paragraph("Looking for kept ones.", 2, look.theme.text),
            Some(listing) if listing.scenarios.is_empty() => {
                page.paragraph("Nothing is kept yet.", 2, look.theme.text);
            }
            Some(_) => {}
        }
        if let Some(listing) = &self.listing {
            for unread in &listing.unread {
                let line = format!("! {} is left out: {}", unread.file, unread.why);
                page.paragraph(&line, 2, look.theme.text);
            }
        }
        if cx.app.wizard.places.draft.is_none() {
            page.paragraph("! This run keeps nothing on disk.", 2, look.theme.text);
        }
        page.gap();
        if let Some(naming) = &self.naming {
            let hint = "type a name; Enter takes it";
            draw_field(page, "Name", &naming.field, hint, true);
            page.gap();
        }
        if let Some(problem) = &self.problem {
            page.refusal(problem);
            page.gap();
        }
        let from = page.row();
        let focus = self.button().filter(|_| self.naming.is_none());
        draw_buttons(page, &BUTTONS, focus);
        page.mark_clickable(from, self.kept().len() + 1);
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        self.problem = None;
        if self.naming.is_some() {
            match action {
                Action::Enter => self.name_taken(ctx),
                Action::Back => self.naming = None,
                _ => {}
            }
            return;
        }
        match action {
            Action::Enter => self.enter(ctx),
            Action::Choose => self.mark(),
            Action::Compare => self.compare(ctx),
            Action::Delete => {
                if let Some(scenario) = self.focused() {
                    Self::order(ScenarioOrder::Delete(scenario.id.clone()), ctx);
                }
            }
            Action::Rename => match self.focused() {
                Some(scenario) => {
                    let field = Field::new(scenario.name.clone(), LONGEST_NAME);
                    self.naming = Some(Naming { of: Some(scenario.id.clone()), field });
                }
                None => self.name_present(),
            },
            Action::Back => ctx.go = Some(Go::Back),
            Action::Left => self.focus = self.focus.saturating_sub(1),
            Action::Right => {
                self.focus = (self.focus + 1).min(self.kept().len() + BUTTONS.len());
            }
            action => {
                self.focus = moved(self.focus, action, self.kept().len() + 1 + BUTTONS.len());
            }
        }
    }

    fn press(&mut self, press: Press, ctx: &mut EventCtx<'_, '_>) {
        if let Some(naming) = &mut self.naming
            && let Some(said) = naming.field.press(press)
        {
            ctx.say = Some(said.to_owned());
        }
    }

    fn paste(&mut self, text: &str, ctx: &mut EventCtx<'_, '_>) {
        if let Some(naming) = &mut self.naming
            && let Some(said) = naming.field.paste(text)
        {
            ctx.say = Some(said.to_owned());
        }
    }

    fn click(&mut self, index: usize, _ctx: &mut EventCtx<'_, '_>) {
        if self.naming.is_none() {
            self.focus = index;
        }
    }

    fn on_message(&mut self, message: Message, ctx: &mut EventCtx<'_, '_>) {
        if let Message::Scenarios(heard) = message {
            match *heard {
                Ok((done, listing)) => self.on_done(&done, listing, ctx),
                Err(why) => {
                    ctx.say = Some("! Not done.".to_owned());
                    ctx.app.wizard.scenario_steps.failed();
                    self.problem = Some(why);
                }
            }
        }
    }

    fn undo(&mut self, ctx: &mut EventCtx<'_, '_>) -> bool {
        self.problem = None;
        match ctx.app.wizard.scenario_steps.undo() {
            Some(order) => Self::order(order, ctx),
            None => ctx.say = Some(NOTHING_TO_UNDO.to_owned()),
        }
        true
    }

    fn redo(&mut self, ctx: &mut EventCtx<'_, '_>) -> bool {
        self.problem = None;
        match ctx.app.wizard.scenario_steps.redo() {
            Some(order) => Self::order(order, ctx),
            None => ctx.say = Some(NOTHING_TO_REDO.to_owned()),
        }
        true
    }

    fn preview(&self, _session: &Session<'_>) -> Preview {
        match self.focused() {
            Some(scenario) => Preview::Choices(
                Box::new(Choices::from_file(&scenario.saved.file)),
                scenario.name.clone(),
            ),
            None => Preview::Nothing,
        }
    }

    fn month_title(&self) -> Option<&'static str> {
        Some("Scenario, estimate")
    }

    fn needs_result(&self) -> bool {
        true
    }

    fn opening(&self, _app: &AppState) -> Vec<Effect> {
        vec![Effect::Scenario(Box::new(ScenarioOrder::List))]
    }
}

#[cfg(test)]
mod tests;
