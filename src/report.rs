//! Saved reports and answers files as types, and kept scenarios.
//!
//! Nothing about a file is trusted: every value is checked, and an error names its field.
#![expect(clippy::doc_markdown, reason = "comments are read in a schema, which knows no Markdown")]

pub(crate) mod answers;
pub(crate) mod document;
mod measured;
mod name;
mod order;
mod read;
mod scenario;
mod steps;

pub use answers::{AnswersFile, read_answers};
pub use document::{Opened, Remark, Saved, open, read_report};
pub(crate) use name::with_name;
pub use order::{Format, OnCollision, SaveFailure, SaveOrder, ScenarioDone, ScenarioOrder, Taken};
pub use read::ReadError;
pub use scenario::{Deleted, Listing, Scenario, ScenarioId, Unread};
pub use steps::Steps;

/// The most characters of a title or a note.
pub(crate) const NOTE_LIMIT: usize = 200;
