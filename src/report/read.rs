//! Answers from a file: what a person wrote by hand, or a report saved before.
//!
//! Only `answers`, who gave them, and `usage` are read. Nothing about the text is trusted: every value is checked,
//! an error says where it stands and what belongs there, and a text with an API key in it is
//! refused without repeating any of it.

mod field;

use thiserror::Error;

use self::field::Place;
use super::SCHEMA_VERSION;
use crate::question::{Answers, Origin, QuestionId, Rank, Resolved};
use crate::text::node::Node;
use crate::text::{looks_like_key, nearest, quoted};
use crate::usage::Usage;

/// Why a text does not hold answers.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// It holds something like an API key.
    #[error(
        "the text holds something that looks like an API key, so none of it was read; take the key out"
    )]
    Key,
    /// It is not JSON.
    #[error("not valid JSON at line {line}, column {column}: {problem}; correct it there")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong, in the parser's words.
        problem: String,
    },
    /// It is JSON with a result, but not a report that this program wrote.
    #[error(
        "the saved report is broken at line {line}, column {column}: {problem}; save it again, or leave 'result' out to use its answers alone"
    )]
    Report {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong, in the parser's words.
        problem: String,
    },
    /// It is JSON, but not an object.
    #[error(
        "the file must hold an object in braces, with 'answers' and 'usage'; begin it with '{{'"
    )]
    NoObject,
    /// It was written by a newer version.
    #[error(
        "the file has schema version {found}, but this planwise reads versions up to {known}; use a newer planwise"
    )]
    Newer {
        /// The file's version.
        found: u64,
        /// The newest that is read.
        known: u64,
    },
    /// One field is not what it should be.
    #[error("'{path}' {problem}")]
    Field {
        /// Where, such as `usage.input_tokens`.
        path: String,
        /// What is wrong and what belongs there.
        problem: String,
    },
    /// Something is not there.
    #[error("{}", missing(questions, *usage))]
    Missing {
        /// The questions without an answer.
        questions: Vec<QuestionId>,
        /// Whether the usage is missing too.
        usage: bool,
    },
}

/// `no answer to 'limits' (never, unknown, sometimes or often); ...`.
fn missing(questions: &[QuestionId], usage: bool) -> String {
    let mut parts: Vec<String> = questions
        .iter()
        .map(|question| format!("'{question}' ({})", one_of(question.scale())))
        .collect();
    if usage {
        parts.push("'usage' (with input_tokens and output_tokens)".to_owned());
    }
    format!("nothing is given for {}; add it, or use --assume-defaults", parts.join(", "))
}

/// `a, b or c`.
pub(super) fn one_of(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// What a file of answers holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswersFile {
    /// The answers that are there, each with who gave it: the person where the file does not say.
    /// One that follows from another is left out.
    pub answers: Answers,
    /// The month, where there is one.
    pub usage: Option<Usage>,
    /// The fields that mean nothing here, cleaned; past twenty only their number.
    pub ignored: Vec<String>,
}

/// The fields of a report beside those that are read.
const REPORT_FIELDS: [&str; 11] = [
    "$schema",
    "name",
    "tool",
    "created",
    "catalog",
    "facts",
    "result",
    "assumptions",
    "notes",
    "title",
    "note",
];

/// Who may have given an answer, for an error.
const ORIGINS: &str = "user, derived, assumed or usage";

/// Reads answers and usage from a file of answers or a saved report.
pub fn read_answers(json: &str) -> Result<AnswersFile, ReadError> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    if looks_like_key(json) {
        return Err(ReadError::Key);
    }
    let node = Node::parse(json).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        let place = format!(" at line {line} column {column}");
        let problem = text.strip_suffix(&place).unwrap_or(&text).to_owned();
        ReadError::Syntax { line, column, problem }
    })?;
    if node.holds_key() {
        return Err(ReadError::Key);
    }
    let top = Place::top(&node)?;
    if let Some(found) = top.get("schema_version").version()? {
        return Err(ReadError::Newer { found, known: SCHEMA_VERSION });
    }
    let mut ignored = top.others(|name| {
        matches!(name, "schema_version" | "answers" | "answer_origin" | "usage")
            || REPORT_FIELDS.contains(&name)
    })?;
    let (given, origins) = (top.get("answers"), top.get("answer_origin"));
    let is_question = |name: &str| QuestionId::ALL.iter().any(|q| q.as_str() == name);
    let mut answers = Answers::default();
    if !given.is_missing() {
        let mut derived = Vec::new();
        for question in QuestionId::ALL {
            let Some(rank) = option(&given.get(question.as_str()), question)? else {
                continue;
            };
            let origin = origins.get(question.as_str()).word(ORIGINS, Origin::of)?;
            let origin = origin.unwrap_or(Origin::User);
            if origin == Origin::Derived {
                derived.push((question, rank));
            } else {
                answers.give(question, rank, origin);
            }
        }
        for (question, rank) in derived {
            // It must follow from the others; what does not, someone wrote.
            if answers.effective(question) != Some(rank) {
                answers.give(question, rank, Origin::User);
            }
        }
        ignored.extend(given.others(is_question)?);
    }
    if !origins.is_missing() {
        ignored.extend(origins.others(is_question)?);
    }
    let month = top.get("usage");
    let usage = if month.is_missing() {
        None
    } else {
        ignored.extend(month.others(|name| field::USAGE.contains(&name))?);
        Some(field::usage(&month)?)
    };
    Ok(AnswersFile { answers, usage, ignored: shortened(ignored) })
}

/// The answer at a place; `None` where there is none.
fn option(place: &Place<'_>, question: QuestionId) -> Result<Option<Rank>, ReadError> {
    if place.is_missing() {
        return Ok(None);
    }
    let options = one_of(question.scale());
    let Some(given) = place.text() else {
        return Err(place.wrong(format!("must be text in quotes: {options}")));
    };
    question.rank_of(given).map(Some).ok_or_else(|| {
        let meant = nearest(given, question.scale().iter().copied())
            .map(|id| format!(" (did you mean '{id}'?)"))
            .unwrap_or_default();
        place.wrong(format!("has no option {}{meant}; choose {options}", quoted(given)))
    })
}

/// At most twenty names, then how many more.
fn shortened(mut names: Vec<String>) -> Vec<String> {
    const MOST: usize = 20;
    let more = names.len().saturating_sub(MOST);
    names.truncate(MOST);
    if more > 0 {
        names.push(format!("and {more} more"));
    }
    names
}

impl AnswersFile {
    /// The complete set and the month. What is missing is assumed (method, section 1), or named
    /// in an error.
    pub fn complete(&self, assume_defaults: bool) -> Result<(Resolved, Usage), ReadError> {
        let mut answers = self.answers;
        if assume_defaults {
            answers = answers.assume_open();
        }
        let usage = self.usage.clone().or_else(|| assume_defaults.then(Usage::sample));
        match (answers.resolve(), usage) {
            (Some(resolved), Some(usage)) => Ok((resolved, usage)),
            (_, usage) => Err(ReadError::Missing {
                questions: QuestionId::ALL
                    .into_iter()
                    .filter(|question| answers.effective(*question).is_none())
                    .collect(),
                usage: usage.is_none(),
            }),
        }
    }
}

#[cfg(test)]
mod tests;
