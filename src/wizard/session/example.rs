//! The article's three users, as data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Choices, Month};
use crate::question::{Answers, Origin, QuestionId};
use crate::usage::Usage;

const EXAMPLES: &str = include_str!("../../../assets/examples.json");

static LIST: LazyLock<Vec<Example>> = LazyLock::new(|| {
    // The file is built in and a test reads it, so there is no error to report.
    serde_json::from_str::<File>(EXAMPLES).map_or_else(|_| Vec::new(), |file| file.examples)
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    examples: Vec<Example>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The name in the list.
    pub name: String,
    /// Who the user is, in a sentence.
    pub who: String,
    /// The article's section about this user.
    pub section: String,
    /// The option of every question.
    pub answers: BTreeMap<QuestionId, String>,
    pub month: ExampleMonth,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleMonth {
    /// Input tokens per month.
    pub input_tokens: u64,
    /// Output tokens per month.
    pub output_tokens: u64,
}

/// The article's users, in the article's order.
pub fn examples() -> &'static [Example] {
    &LIST
}

impl Example {
    pub fn choices(&self) -> Choices {
        let mut answers = Answers::default();
        for (question, option) in &self.answers {
            if let Some(rank) = question.rank_of(option) {
                answers.give(*question, rank, Origin::User);
            }
        }
        let mut usage = Usage::default();
        usage.volume.input = self.month.input_tokens;
        usage.volume.output = self.month.output_tokens;
        Choices { answers, usage, month: Month::Own }
    }
}
