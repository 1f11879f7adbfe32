//! What the quick check takes for granted (method, section 1, "Quick check").

use crate::question::{Answers, Origin, QuestionId};

/// The questions that the quick check does not ask, and the option that is assumed for each.
pub const ASSUMED: [(QuestionId, &str); 4] = [
    (QuestionId::Interface, "chat"),
    (QuestionId::Control, "no"),
    (QuestionId::Features, "nice"),
    (QuestionId::Billing, "either"),
];

/// The answers with these four assumed where `replace` or where there is none.
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
