//! A text as a tree, and the tree as a type; what is refused is named with its path.

use serde::Deserialize;
use serde_path_to_error::Segment;
use thiserror::Error;

use crate::question::QuestionId;
use crate::text::node::{Node, one_of};
use crate::text::{clean, looks_like_key};

/// The version of reports, answers and drafts that this program writes, and the newest it reads.
pub(crate) const SCHEMA_VERSION: u64 = 1;

/// Why a text does not hold answers, or a report.
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

pub(super) fn wrong(path: impl Into<String>, problem: impl Into<String>) -> ReadError {
    ReadError::Field { path: path.into(), problem: problem.into() }
}

/// The text as a tree: an object, of a version that is known, without a key.
pub(super) fn tree(json: &str) -> Result<Node, ReadError> {
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
    match (&node, node.get("schema_version")) {
        (Node::Object(_), None | Some(Node::Null | Node::Whole(SCHEMA_VERSION))) => Ok(node),
        (Node::Object(_), Some(Node::Whole(found))) if *found > SCHEMA_VERSION => {
            Err(ReadError::Newer { found: *found, known: SCHEMA_VERSION })
        }
        (Node::Object(_), Some(_)) => {
            Err(wrong("schema_version", format!("must be the whole number {SCHEMA_VERSION}")))
        }
        _ => Err(ReadError::NoObject),
    }
}

/// The tree as a type; what is refused is named with its path.
pub(super) fn typed<'de, T: Deserialize<'de>>(node: &'de Node) -> Result<T, ReadError> {
    serde_path_to_error::deserialize(node).map_err(|error| {
        let names = error.path().iter().filter_map(|segment| match segment {
            Segment::Map { key } => Some(clean(key).into_owned()),
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Enum { .. } | Segment::Unknown => None,
        });
        let mut path: Vec<String> = names.collect();
        let refusal = error.into_inner();
        path.extend(refusal.field.map(str::to_owned));
        wrong(path.join("."), refusal.problem)
    })
}
