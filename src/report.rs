//! The saved report: a stand-in with the interface that the command line builds on.

use std::fmt::Write as _;

use jiff::Zoned;
use serde_json::{Value, json};
use thiserror::Error;

use crate::advice::{Assessment, World};
use crate::number::exact;
use crate::question::{self, Answers, Origin, QuestionId, Resolved};
use crate::usage::Usage;

/// Why a text is no answers file, or not a complete one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct ReadError(String);

/// What an answers file or a saved report says.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswersFile {
    /// The answers it gives.
    pub answers: Answers,
    /// The month it gives, if any.
    pub usage: Option<Usage>,
    /// Fields that mean nothing here.
    pub ignored: Vec<String>,
}

/// Reads an answers file or a saved report.
pub fn read_answers(json: &str) -> Result<AnswersFile, ReadError> {
    let value: Value = serde_json::from_str(json).map_err(|e| ReadError(e.to_string()))?;
    let mut answers = Answers::default();
    for question in QuestionId::ALL {
        let given = value["answers"][question.as_str()].as_str();
        if let Some(rank) = given.and_then(|option| question.rank_of(option)) {
            answers.give(question, rank, Origin::User);
        }
    }
    let usage = value.get("usage").map(|given| {
        let mut usage = Usage::default();
        usage.volume.input = given["input_tokens"].as_u64().unwrap_or_default();
        usage.volume.output = given["output_tokens"].as_u64().unwrap_or_default();
        usage.model = given["model"].as_str().map(str::to_owned);
        usage
    });
    let known = ["answers", "usage", "schema_version"];
    let fields = value.as_object().into_iter().flatten();
    let ignored = fields
        .map(|(key, _)| key.clone())
        .filter(|key| !known.contains(&key.as_str()))
        .collect();
    Ok(AnswersFile {
        answers,
        usage,
        ignored,
    })
}

impl AnswersFile {
    /// The complete answers and the month.
    pub fn complete(&self, assume_defaults: bool) -> Result<(Resolved, Usage), ReadError> {
        let mut answers = self.answers;
        while let Some(question) = answers.next_open() {
            if !assume_defaults {
                return Err(ReadError(format!(
                    "no answer to '{}'; give one of {}",
                    question.as_str(),
                    question.scale().join(", ")
                )));
            }
            answers.give(question, 0, Origin::Assumed);
        }
        let resolved = answers
            .resolve()
            .ok_or_else(|| ReadError("an answer is missing".to_owned()))?;
        Ok((resolved, self.usage.clone().unwrap_or_default()))
    }
}

/// Everything a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What is recommended, and why.
    pub assessment: &'a Assessment,
    /// Prices, facts and the day.
    pub world: World<'a>,
    /// The words of the questions.
    pub wording: &'a question::Wording,
    /// When it is made.
    pub created: &'a Zoned,
    /// A title of the person's own.
    pub title: Option<&'a str>,
    /// A line of the person's own.
    pub note: Option<&'a str>,
}

impl Report<'_> {
    /// As JSON.
    pub fn json(&self) -> String {
        json!({
            "schema_version": 1,
            "created": self.created.timestamp().to_string(),
            "catalog": {"id": self.world.catalog.id},
            "result": {
                "outcome": self.assessment.outcome.as_str(),
                "costs_usd": {"api": exact(self.assessment.costs.api)},
            },
        })
        .to_string()
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        format!("# {}\n", self.assessment.outcome.as_str())
    }

    /// As text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{}", self.assessment.outcome.as_str());
        out
    }
}
