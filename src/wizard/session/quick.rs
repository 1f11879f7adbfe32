//! The assumptions of the quick check (method, section 1, "Quick check").

use crate::question::{Answers, Origin, QuestionId};

/// The questions that the quick check skips, and the option it assumes for each.
pub const ASSUMED: [(QuestionId, &str); 4] = [
    (QuestionId::Interface, "chat"),
    (QuestionId::Control, "no"),
    (QuestionId::Features, "nice"),
    (QuestionId::Billing, "either"),
];

/// The answers with these four assumed. With `replace` given answers are replaced too.
pub fn assume(mut answers: Answers, replace: bool) -> Answers {
    for (question, option) in ASSUMED {
        if let Some(rank) = question.rank_of(option)
            && (replace || answers.given(question).is_none())
        {
            answers.give(question, rank, Origin::Assumed);
        }
    }
    answers
}
