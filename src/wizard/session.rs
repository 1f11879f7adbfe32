//! One person's path through the questions: their choices, the outcome, and undo.
//!
//! Pure state: no terminal, no file, no clock. Every change goes through [`Session::change`], which
//! records the previous choices for undo.

mod declared_plan;
mod draft;
mod example;
mod quick;
mod real;

pub use example::{Example, ExampleMonth, examples};
pub use quick::{ASSUMED, assume};
pub use real::Taken;
#[cfg(test)]
pub(crate) use real::tests as real_tests;

use std::cell::OnceCell;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::advice::{
    self, AssessError, Assessment, Certainty, Counts, Ends, Landing, ModelCost, Needs, Outcome,
    PricedMonth, World, apart_from_month, assess, billing_cost, model_costs, partial_needs,
};
use crate::catalog::Tokenizer;
use crate::month::Field;
use crate::question::{Answers, Given, Origin, QuestionId, Rank, Wording};
use crate::report::AnswersFile;
use crate::usage::Usage;

/// Everything a person chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// The answers given so far.
    pub answers: Answers,
    pub usage: Usage,
    /// Where the month's volume comes from.
    pub month: Month,
}

impl Choices {
    /// True if a file would store both as the same. The replays of a scan are only in memory, so
    /// they do not count.
    pub fn is_kept_as(&self, other: &Self) -> bool {
        let unmeasured = |usage: &Usage| Usage { measured: None, ..usage.clone() };
        let is_same_month = match (&self.usage.measured, &other.usage.measured) {
            (Some(one), Some(two)) => one.has_same_figures(two),
            (one, two) => one.is_none() && two.is_none(),
        };
        is_same_month
            && (self.answers, self.month) == (other.answers, other.month)
            && unmeasured(&self.usage) == unmeasured(&other.usage)
    }
}

impl Choices {
    /// True if the month is a sample, chosen or not yet replaced.
    pub fn is_sample(&self) -> bool {
        self.usage.volume_origin == Origin::Assumed
    }
}

/// Where the month's volume comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Month {
    /// The article's moderate month, until the person gives one.
    Sample,
    /// What the person gave: their own, or a sample that they chose. Only the volume's origin tells
    /// those apart: a sample stays [`Origin::Assumed`] until one of its numbers is edited.
    Own,
}

impl Default for Choices {
    fn default() -> Self {
        Self { answers: Answers::default(), usage: Usage::sample(), month: Month::Sample }
    }
}

/// A choice that is focused but not made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Preview {
    /// Only the choices made.
    #[default]
    Nothing,
    /// Another answer to one question.
    Answer(QuestionId, Rank),
    /// Another month, and its name.
    Month(Box<Usage>, String),
    /// Other answers and another month, and their name.
    Choices(Box<Choices>, String),
}

/// The outcome of the choices or of a preview.
#[derive(Debug, Clone)]
pub struct Outlook<'w> {
    /// The month's cost under every option, or why it has no price.
    pub month: Result<PricedMonth<'w>, AssessError>,
    /// The full assessment, once no question is open.
    pub assessment: Option<Assessment>,
    /// The points of both sides; `None` before the first answer.
    pub points: Option<Points>,
    /// The remaining paths by outcome; empty once every question is answered.
    pub counts: Counts,
    /// Where the remaining paths end; empty once every question is answered.
    pub landings: Vec<Landing>,
    /// How much is certain, including the preview.
    pub certainty: Certainty,
    /// How much the given answers settle without the preview.
    pub settled: Certainty,
    /// The outcomes in the corners of the map: top left, top right, bottom left, bottom right.
    pub corners: [Outcome; 4],
}

/// The points of both sides, and how far open answers can still bring them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points {
    /// From what is answered. A sample month that nobody chose gives none.
    pub given: Needs,
    /// The highest total of each side that is still possible.
    pub highest: Needs,
    /// True if the cost of the month is part of [`Self::given`].
    pub counts_month: bool,
}

/// The choices before a change, for undo.
#[derive(Debug, Clone)]
struct Past {
    choices: Choices,
    /// The name of the change, for the status line: `Automation Some → None`.
    what: String,
    /// Consecutive steps of one slider count as one change.
    run: Option<Run>,
}

/// A series of small steps that one undo reverts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run(pub u16);

#[derive(Debug, Clone)]
pub struct Session<'w> {
    /// Prices, facts and today's date.
    pub world: World<'w>,
    /// The texts of the questions.
    pub wording: &'w Wording,
    choices: Choices,
    past: Vec<Past>,
    future: Vec<Past>,
    /// The month before the person enters anything.
    start: Usage,
    ends: Option<(Usage, Ends)>,
    /// The assessment of the choices, from when it is first asked for until they change.
    assessed: OnceCell<Option<Assessment>>,
}

/// The most changes that undo keeps.
const MOST_PAST: usize = 500;

impl<'w> Session<'w> {
    /// A session that starts with these choices.
    pub fn new(world: World<'w>, wording: &'w Wording, choices: Choices) -> Self {
        let (past, future) = (Vec::new(), Vec::new());
        let (start, ends, assessed) = (Usage::sample(), None, OnceCell::new());
        Self { world, wording, choices, past, future, start, ends, assessed }
    }

    /// Sets the month of a new start: the sample with the person's own model and price.
    ///
    /// Refuses a month without a price, and changes nothing then.
    pub fn start_with(&mut self, usage: Usage) -> Result<(), AssessError> {
        billing_cost(&usage, &self.world)?;
        let start = Usage { volume_origin: Origin::Assumed, ..usage };
        if self.choices == self.fresh() {
            self.put(Choices { usage: start.clone(), ..self.fresh() });
        }
        self.start = start;
        Ok(())
    }

    /// The choices of a new start: no answers, and the sample month.
    pub fn fresh(&self) -> Choices {
        Choices { usage: self.start.clone(), ..Choices::default() }
    }

    /// Everything chosen so far.
    pub const fn choices(&self) -> &Choices {
        &self.choices
    }

    pub const fn answers(&self) -> &Answers {
        &self.choices.answers
    }

    pub const fn usage(&self) -> &Usage {
        &self.choices.usage
    }

    /// Replaces the choices. `what` names the change for undo; `run` joins small steps of one
    /// slider.
    ///
    /// Records no change if a file would store the new choices as the same, but still takes what is
    /// only in memory, such as the replays of a new scan. Refuses a month without a price.
    pub fn change(
        &mut self,
        choices: Choices,
        what: impl Into<String>,
        run: Option<Run>,
    ) -> Result<(), AssessError> {
        if choices.is_kept_as(&self.choices) {
            self.put(choices);
            return Ok(());
        }
        billing_cost(&choices.usage, &self.world)?;
        let before = self.put(choices);
        self.future.clear();
        let continues = run.is_some() && self.past.last().is_some_and(|last| last.run == run);
        if !continues {
            self.past.push(Past { choices: before, what: what.into(), run });
            if self.past.len() > MOST_PAST {
                self.past.remove(0);
            }
        }
        Ok(())
    }

    /// Puts other choices in place. Returns those before.
    fn put(&mut self, choices: Choices) -> Choices {
        self.assessed.take();
        std::mem::replace(&mut self.choices, choices)
    }

    /// Answers a question on the person's behalf. The undo text names the old and the new answer.
    /// Confirming an answer from real usage keeps its origin.
    pub fn answer(&mut self, question: QuestionId, rank: Rank) -> Result<(), AssessError> {
        if self.choices.answers.given(question) == Some(Given { rank, origin: Origin::Usage }) {
            return Ok(());
        }
        let text = self.wording.question(question);
        let before = self.choices.answers.given(question).map(|given| given.rank);
        let old = before.map_or("open", |rank| text.short_label(rank));
        let what = format!("{} {old} → {}", text.short, text.short_label(rank));
        let mut choices = self.choices.clone();
        choices.answers.give(question, rank, Origin::User);
        self.change(choices, what, None)
    }

    pub fn set_usage(
        &mut self,
        usage: Usage,
        what: impl Into<String>,
        run: Option<Run>,
    ) -> Result<(), AssessError> {
        let choices = Choices { answers: self.choices.answers, usage, month: Month::Own };
        self.change(choices, what, run)
    }

    /// Takes the present month as given, even if it is the sample, which stays marked as one.
    pub fn accept_month(&mut self) {
        self.put(Choices { month: Month::Own, ..self.choices.clone() });
    }

    /// Ends a series of small steps, so that the next step is a change of its own.
    pub fn end_run(&mut self) {
        if let Some(last) = self.past.last_mut() {
            last.run = None;
        }
    }

    /// Undoes the last change. Returns its name.
    pub fn undo(&mut self) -> Option<String> {
        let past = self.past.pop()?;
        let what = past.what.clone();
        let choices = self.put(past.choices);
        self.future.push(Past { choices, what: past.what, run: None });
        Some(what)
    }

    /// Redoes the last undone change. Returns its name.
    pub fn redo(&mut self) -> Option<String> {
        let next = self.future.pop()?;
        let what = next.what.clone();
        let choices = self.put(next.choices);
        self.past.push(Past { choices, what: next.what, run: None });
        Some(what)
    }

    /// True if every question on the path is answered.
    pub fn is_complete(&self) -> bool {
        self.choices.answers.next_open().is_none()
    }

    /// The assessment of the present choices, once no question is open.
    pub fn assessment(&self) -> Option<&Assessment> {
        self.assessed.get_or_init(|| self.assess_month(&self.choices.usage)).as_ref()
    }

    /// A number of the month, with assumed answers for open questions. Returns `None` if only an
    /// assessment determines it, or the price list has no such price.
    pub fn number(&self, field: Field) -> Option<Decimal> {
        let profile = self.choices.answers.assume_open().resolve()?.profile;
        field.get(&self.choices.usage, profile, &self.world)
    }

    /// The share of the work outside the app, in whole percent.
    pub fn outside_share(&self) -> u8 {
        self.number(Field::Outside).and_then(|share| share.to_u8()).unwrap_or_default()
    }

    /// The tokenizer of the model used for the API part.
    pub fn tokenizer(&self) -> Tokenizer {
        let model = self.choices.usage.model(self.world.catalog, self.world.today);
        model.map_or(Tokenizer::New, |model| model.tokenizer)
    }

    /// The assessment of the present answers with another month.
    pub fn assess_month(&self, usage: &Usage) -> Option<Assessment> {
        let resolved = self.choices.answers.resolve()?;
        assess(&resolved, usage, &self.world).ok()
    }

    /// The cost of another month on each listed model, with the present answers.
    pub(crate) fn model_costs(&self, usage: &Usage) -> Option<Vec<ModelCost>> {
        let resolved = self.choices.answers.resolve()?;
        model_costs(&resolved, usage, &self.world).ok()
    }

    /// The assessment of an answers file with today's prices. Returns `None` if the file is
    /// incomplete or its month has no price.
    pub fn assess_file(&self, file: &AnswersFile) -> Option<Assessment> {
        let (answers, usage) = file.complete(false).ok()?;
        assess(&answers, &usage, &self.world).ok()
    }

    /// The outcome of the choices with a preview.
    pub fn outlook(&mut self, preview: &Preview) -> Outlook<'w> {
        let mut answers = self.choices.answers;
        let given = answers.fixed();
        let mut usage = self.choices.usage.clone();
        match preview {
            Preview::Nothing => {}
            Preview::Answer(question, rank) => answers.give(*question, *rank, Origin::User),
            Preview::Month(month, _) => usage = (**month).clone(),
            Preview::Choices(choices, _) => {
                answers = choices.answers;
                usage = choices.usage.clone();
            }
        }
        let month = billing_cost(&usage, &self.world);
        let fixed = answers.fixed();
        let known = QuestionId::ALL.map(|question| answers.effective(question));
        let counts_month = match preview {
            Preview::Month(..) | Preview::Choices(..) => true,
            Preview::Nothing | Preview::Answer(..) => self.choices.month == Month::Own,
        };
        let (mut points, mut assessment) = (None, None);
        let (mut counts, mut landings) = (Counts::default(), Vec::new());
        let (mut certainty, mut settled) = (Certainty::Open, Certainty::Open);
        let mut corners = [Outcome::Pro, Outcome::Hybrid, Outcome::Pro, Outcome::Api];
        if let Ok(month) = &month {
            // A preview of what is chosen already needs no assessment of its own.
            let is_chosen = answers == self.choices.answers && usage == self.choices.usage;
            assessment = if is_chosen {
                self.assessment().cloned()
            } else {
                answers.resolve().map(|full| month.assess(&full, &usage, &self.world))
            };
            corners = advice::corners(fixed, &month.market);
            // With every question answered nothing is open, so a slider step can skip this.
            if !self.is_complete() {
                let ends = self.ends_for(&usage, month);
                counts = ends.count(fixed);
                landings = ends.landings(fixed);
                certainty = ends.certainty(fixed);
                settled = match preview {
                    Preview::Answer(..) => ends.certainty(given),
                    _ => certainty,
                };
            }
            if !answers.is_empty() {
                let (apart, with_any_month) = apart_from_month(known);
                let given = match &assessment {
                    _ if !counts_month => apart,
                    Some(assessment) => assessment.needs,
                    None => partial_needs(known, &month.market),
                };
                let ends = landings.iter().map(|landing: &Landing| landing.needs);
                let highest = match &assessment {
                    Some(_) if !counts_month => with_any_month,
                    _ => ends.fold(given, Needs::highest),
                };
                points = Some(Points { given, highest, counts_month });
            }
        }
        Outlook { month, assessment, points, counts, landings, certainty, settled, corners }
    }

    /// All outcomes for this month, cached until the month changes.
    fn ends_for(&mut self, usage: &Usage, month: &PricedMonth<'_>) -> &Ends {
        let known = self.ends.take().filter(|(for_usage, _)| for_usage == usage);
        let entry = known.unwrap_or_else(|| (usage.clone(), month.ends(usage)));
        &self.ends.insert(entry).1
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::catalog::Catalog;
    use crate::cost::Volume;
    use crate::facts::Facts;

    fn session() -> Session<'static> {
        let world = World {
            catalog: Catalog::builtin().unwrap(),
            facts: Facts::builtin().unwrap(),
            today: date(2026, 11, 22),
        };
        Session::new(world, Wording::builtin().unwrap(), Choices::default())
    }

    #[test]
    fn undo_and_redo_say_what_came_back() {
        let mut session = session();
        session.answer(QuestionId::Automation, 1).unwrap();
        session.answer(QuestionId::Automation, 0).unwrap();
        assert_eq!(session.undo().unwrap(), "Automation Some → None");
        assert_eq!(session.answers().effective(QuestionId::Automation), Some(1));
        assert_eq!(session.redo().unwrap(), "Automation Some → None");
        assert_eq!(session.answers().effective(QuestionId::Automation), Some(0));
        assert_eq!(session.redo(), None);
        session.undo();
        assert_eq!(session.undo().unwrap(), "Automation open → Some");
        assert_eq!(session.undo(), None);
        assert!(session.answers().is_empty());
    }

    #[test]
    fn steps_of_one_slider_are_one_change() {
        let mut session = session();
        for input in [600_000, 800_000, 1_000_000] {
            let usage = Usage { volume: Volume { input, output: 200_000 }, ..Usage::default() };
            session.set_usage(usage, "Sent to Claude", Some(Run(1))).unwrap();
        }
        assert_eq!(session.usage().volume.input, 1_000_000);
        session.undo();
        assert_eq!(session.usage().volume.input, 500_000);
        assert_eq!(session.choices().month, Month::Sample);
    }

    #[test]
    fn a_month_without_a_price_is_refused_and_changes_nothing() {
        let mut session = session();
        let usage = Usage { model: Some("no-such-model".into()), ..Usage::default() };
        assert!(session.set_usage(usage, "Model", None).is_err());
        assert_eq!(session.choices(), &Choices::default());
        assert_eq!(session.undo(), None);
    }

    #[test]
    fn a_new_start_has_the_month_of_the_settings() {
        let mut session = session();
        let usage = Usage { model: Some("claude-opus-5-5".into()), ..Usage::default() };
        session.start_with(usage.clone()).unwrap();
        let usage = Usage { volume_origin: Origin::Assumed, ..usage };
        assert_eq!((session.usage(), session.choices().month), (&usage, Month::Sample));
        assert_eq!(session.undo(), None);
        let unknown = Usage { model: Some("no-such-model".into()), ..Usage::default() };
        assert!(session.start_with(unknown).is_err());
        assert_eq!(session.fresh().usage, usage);
        session.answer(QuestionId::Automation, 1).unwrap();
        session.start_with(Usage::default()).unwrap();
        assert_eq!(session.usage(), &usage, "what was begun stays");
    }

    #[test]
    fn a_sample_month_stays_a_sample_until_a_number_is_edited() {
        let mut session = session();
        assert_eq!(session.usage().volume_origin, Origin::Assumed);
        session.accept_month();
        assert_eq!(session.usage().volume_origin, Origin::Assumed);
        assert_eq!(session.choices().month, Month::Own);
        let mut usage = session.usage().clone();
        usage.confidence = crate::usage::Confidence::Guess;
        session.set_usage(usage.clone(), "How sure", None).unwrap();
        assert_eq!(session.usage().volume_origin, Origin::Assumed);
        Field::Input.set(Some(Decimal::from(600_000)), &mut usage);
        session.set_usage(usage, "Sent", None).unwrap();
        assert_eq!(session.usage().volume_origin, Origin::User);
    }

    #[test]
    fn a_preview_shows_what_enter_would_do_and_changes_nothing() {
        let mut session = session();
        for (question, rank) in
            [(QuestionId::Interface, 0), (QuestionId::Session, 1), (QuestionId::Limits, 2)]
        {
            session.answer(question, rank).unwrap();
        }
        let seen = session.outlook(&Preview::Answer(QuestionId::Automation, 1));
        assert_eq!(seen.counts, Counts { pro: 18, hybrid: 24, api: 12 });
        let points = seen.points.unwrap();
        assert_eq!(points.given, Needs { pro: 3, api: 4 });
        assert_eq!(points.highest, Needs { pro: 11, api: 10 });
        assert!(!points.counts_month);
        assert_eq!(session.answers().effective(QuestionId::Automation), None);
        session.answer(QuestionId::Automation, 1).unwrap();
        assert_eq!(session.outlook(&Preview::Nothing).counts, seen.counts);
    }
}
