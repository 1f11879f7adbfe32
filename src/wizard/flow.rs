//! The path from the first screen to the result: which step follows an answer, and which comes
//! before it. Both faces ask here.

use crate::advice::AssessError;
use crate::month::Field;
use crate::question::{Answers, QuestionId, Step as Asked};
use crate::wizard::session::{Choices, Month, Session, assume};

/// A step of the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The ways to start.
    Start,
    /// One of the questions.
    Question(QuestionId),
    /// A question of the quick check, counted from 0.
    Quick(usize),
    /// Monthly usage.
    Month,
    /// The list of answers.
    Answers,
    Result,
}

/// The steps that progress counts: the questions, the month, the check.
pub const STEPS: usize = QuestionId::COUNT + 2;

impl Step {
    /// The number of a step among [`STEPS`], from 1. `None` before the first and after the last, and
    /// on the quick check, which counts its own.
    pub const fn number(self) -> Option<usize> {
        match self {
            Self::Question(question) => Some(question.index() + 1),
            Self::Month => Some(QuestionId::COUNT + 1),
            Self::Answers => Some(STEPS),
            Self::Start | Self::Quick(_) | Self::Result => None,
        }
    }
}

/// How the person reached a step, which decides where it leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Along the path.
    Flow,
    /// From somewhere else, to change something. The step returns there.
    Detour,
}

/// What follows a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// A step of the path.
    To(Step),
    /// A question that is still open. It is asked on the same detour.
    Ask(QuestionId),
    /// The place where the detour began.
    Return,
}

/// A line of monthly usage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthLine {
    /// Where the volume comes from: a preset, own numbers, a described week, or logs.
    Start,
    Number(Field),
    /// The model for the API part.
    Model,
    /// How sure the person is of the numbers.
    Confidence,
    /// Opens caching, batches, thinking, and Pro's limits.
    Advanced,
}

impl MonthLine {
    /// All lines, in the order in which they are asked.
    pub const ALL: [Self; 8] = [
        Self::Start,
        Self::Number(Field::Input),
        Self::Number(Field::Output),
        Self::Number(Field::Outside),
        Self::Model,
        Self::Confidence,
        Self::Number(Field::ProPrice),
        Self::Advanced,
    ];
}

/// The first question.
pub const FIRST: Step = Step::Question(QuestionId::Interface);

/// The step to continue on with restored choices.
pub fn resume(answers: &Answers) -> Step {
    answers.next_open().map_or(Step::Month, Step::Question)
}

/// The step after choices from a file. Without a month of its own, the sample month comes first.
pub fn opened(choices: &Choices) -> Step {
    match choices.month {
        Month::Own if choices.answers.next_open().is_none() => Step::Result,
        Month::Own | Month::Sample => resume(&choices.answers),
    }
}

/// The step after a kept scenario. It was kept from a result, so it leads to one.
pub fn reopened(choices: &Choices) -> Step {
    choices.answers.next_open().map_or(Step::Result, Step::Question)
}

/// True if the question applies. Control is not asked of people who do not want API keys.
pub fn can_change(question: QuestionId, answers: &Answers) -> bool {
    question == QuestionId::Developer || !matches!(answers.step(question), Asked::Settled { .. })
}

/// What follows the answer to a question. A changed answer can open a question that was skipped
/// before, which comes first.
pub fn after_question(question: QuestionId, arrival: Arrival, answers: &Answers) -> Next {
    match arrival {
        Arrival::Detour => answers.next_open().map_or(Next::Return, Next::Ask),
        Arrival::Flow => {
            Next::To(answers.asked_after(question).map_or(Step::Month, Step::Question))
        }
    }
}

pub fn before_question(question: QuestionId, arrival: Arrival, answers: &Answers) -> Next {
    match arrival {
        Arrival::Detour => Next::Return,
        Arrival::Flow => {
            Next::To(answers.asked_before(question).map_or(Step::Start, Step::Question))
        }
    }
}

/// The step after a question of the quick check. After the last one the other answers are assumed.
/// Undo can have opened one of the four again, which comes first.
///
/// # Errors
/// If the month has no price. Nothing changes then.
pub fn after_quick(number: usize, session: &mut Session<'_>) -> Result<Step, AssessError> {
    let quick = &session.wording.quick;
    let is_open = |id| session.answers().effective(id).is_none();
    if number + 1 < quick.len() {
        return Ok(Step::Quick(number + 1));
    }
    if let Some(open) = quick.iter().position(|question| is_open(question.id)) {
        return Ok(Step::Quick(open));
    }
    let mut choices = session.choices().clone();
    choices.answers = assume(choices.answers, false);
    session.change(choices, "Quick check", None)?;
    Ok(Step::Month)
}

pub fn before_quick(number: usize) -> Step {
    number.checked_sub(1).map_or(Step::Start, Step::Quick)
}

pub const fn after_month(arrival: Arrival) -> Next {
    match arrival {
        Arrival::Flow => Next::To(Step::Answers),
        Arrival::Detour => Next::Return,
    }
}

/// The last question that was asked.
pub fn before_month(arrival: Arrival, answers: &Answers) -> Next {
    let asked = |question: &QuestionId| !matches!(answers.step(*question), Asked::Settled { .. });
    match arrival {
        Arrival::Detour => Next::Return,
        Arrival::Flow => {
            let last = QuestionId::ALL.into_iter().rev().find(asked);
            Next::To(last.map_or(Step::Start, Step::Question))
        }
    }
}

/// What follows the list of answers: the result, once no question is open.
pub fn after_answers(answers: &Answers) -> Next {
    answers.next_open().map_or(Next::To(Step::Result), Next::Ask)
}

pub const fn before_answers(arrival: Arrival) -> Next {
    match arrival {
        Arrival::Flow => Next::To(Step::Month),
        Arrival::Detour => Next::Return,
    }
}

/// What follows the import of logs: the questions, or the month that asked for them.
pub const fn after_logs(arrival: Arrival) -> Next {
    match arrival {
        Arrival::Flow => Next::To(FIRST),
        Arrival::Detour => Next::Return,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::Origin;

    fn answered(open: &[QuestionId]) -> Answers {
        let mut answers = Answers::default();
        for question in QuestionId::ALL.into_iter().filter(|question| !open.contains(question)) {
            answers.give(question, 1, Origin::User);
        }
        answers
    }

    #[test]
    fn the_path_leads_through_every_question_and_back() {
        let answers = answered(&[]);
        let (mut step, mut way) = (FIRST, Vec::new());
        while let Step::Question(question) = step {
            way.push(step);
            let Next::To(next) = after_question(question, Arrival::Flow, &answers) else {
                panic!("{question} leads off the path");
            };
            step = next;
        }
        assert_eq!((step, way.len()), (Step::Month, QuestionId::COUNT));
        assert_eq!(after_month(Arrival::Flow), Next::To(Step::Answers));
        assert_eq!(after_answers(&answers), Next::To(Step::Result));
        assert_eq!(before_answers(Arrival::Flow), Next::To(Step::Month));
        let mut back = before_month(Arrival::Flow, &answers);
        while let Some(step) = way.pop() {
            assert_eq!(back, Next::To(step));
            let Step::Question(question) = step else { panic!("{step:?}") };
            back = before_question(question, Arrival::Flow, &answers);
        }
        assert_eq!(back, Next::To(Step::Start));
    }

    #[test]
    fn a_detour_asks_what_was_opened_and_returns() {
        let open = [QuestionId::Billing];
        let changed = QuestionId::Limits;
        let ask = Next::Ask(QuestionId::Billing);
        assert_eq!(after_question(changed, Arrival::Detour, &answered(&open)), ask);
        assert_eq!(after_answers(&answered(&open)), ask);
        for next in [
            after_question(changed, Arrival::Detour, &answered(&[])),
            before_question(changed, Arrival::Detour, &answered(&open)),
            after_month(Arrival::Detour),
            before_month(Arrival::Detour, &answered(&[])),
            before_answers(Arrival::Detour),
            after_logs(Arrival::Detour),
        ] {
            assert_eq!(next, Next::Return);
        }
    }
}
