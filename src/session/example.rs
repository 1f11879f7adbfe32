//! The article's three users, as data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Choices, Month};
use crate::question::{Answers, Origin, QuestionId};
use crate::usage::Usage;

/// The three users, as data.
const EXAMPLES: &str = include_str!("../../assets/examples.json");

static LIST: LazyLock<Vec<Example>> = LazyLock::new(|| {
    // The text is part of the program, and a test reads it: there is nothing to report.
    serde_json::from_str::<File>(EXAMPLES).map_or_else(|_| Vec::new(), |file| file.examples)
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    examples: Vec<Example>,
}

/// One user of the article.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// A name for the list.
    pub name: String,
    /// Who that is, in a sentence.
    pub who: String,
    /// Where the article speaks of them.
    pub section: String,
    /// The option of every question.
    pub answers: BTreeMap<QuestionId, String>,
    /// The month.
    pub month: ExampleMonth,
}

/// The month of an example.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleMonth {
    /// Tokens sent a month.
    pub input_tokens: u64,
    /// Tokens written a month.
    pub output_tokens: u64,
}

/// The article's users, in its order.
pub fn examples() -> &'static [Example] {
    &LIST
}

impl Example {
    /// What that user chose.
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
