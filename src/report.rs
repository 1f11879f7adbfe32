//! The report: the recommendation with everything it rests on, as HTML, JSON, Markdown or plain text.
//!
//! All four say the same; every figure comes from the [`Assessment`], every sentence from
//! [`crate::words`]. [`read_answers`] takes a saved JSON report, or a file of answers, back in.

mod content;
mod curve;
mod html;
mod json;
mod markdown;
mod name;
mod order;
mod read;
mod saved;
mod scenario;
mod steps;
mod text;
mod used;

pub(crate) use html::Html;
pub(crate) use json::MeasuredPart;
pub use name::with_name;
pub use order::{Format, OnCollision, SaveFailure, SaveOrder, ScenarioDone, ScenarioOrder, Taken};
pub use read::{AnswersFile, ReadError, read_answers};
pub use saved::{Opened, Remark, Saved, SavedCosts, SavedResult, SavedRow, open, read_report};
pub use scenario::{Deleted, Listing, Scenario, ScenarioId, Unread};
pub use steps::Steps;

use std::borrow::Cow;

use jiff::Zoned;
use thiserror::Error;

use self::content::Content;
use crate::advice::{Assessment, World};
use crate::catalog::CatalogId;
use crate::history::month::Measured;
use crate::question::{Origin, Wording};
use crate::text::{clean, looks_like_key, quoted};

/// The version of the JSON report that this program writes, and the newest it reads.
pub const SCHEMA_VERSION: u64 = 1;

/// How many characters a title or a note may have.
pub const NOTE_LIMIT: usize = 200;

/// A recommendation, ready to be written down.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What is recommended, and why.
    pub assessment: &'a Assessment,
    /// The prices, facts and day it rests on.
    pub world: World<'a>,
    /// The wording of the questions.
    pub wording: &'a Wording,
    /// When the report was made, in local time.
    pub created: &'a Zoned,
    /// A title of the person's own.
    pub title: Option<&'a str>,
    /// A line of the person's own; see [`note`].
    pub note: Option<&'a str>,
}

/// Why a title or note was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoteError {
    /// It holds something like an API key.
    #[error("the note holds something that looks like an API key; leave the key out")]
    Key,
    /// It is longer than [`NOTE_LIMIT`].
    #[error(
        "the note {given} has {length} characters; at most {NOTE_LIMIT} are kept, so shorten it"
    )]
    TooLong {
        /// Its beginning, quoted.
        given: String,
        /// How many characters it has.
        length: usize,
    },
}

/// A title or note as it goes into a report: one clean line of at most [`NOTE_LIMIT`] characters.
/// `None` where nothing is left of it.
pub fn note(typed: &str) -> Result<Option<String>, NoteError> {
    let line = clean(typed).trim().to_owned();
    if looks_like_key(&line) {
        return Err(NoteError::Key);
    }
    let length = line.chars().count();
    if length > NOTE_LIMIT {
        return Err(NoteError::TooLong { given: quoted(&line), length });
    }
    Ok((!line.is_empty()).then_some(line))
}

impl Report<'_> {
    /// The report for programs, and for replay: an object in braces and a line break.
    pub fn json(&self) -> String {
        json::render(self)
    }

    /// The report for people: headings, lists and plain GitHub tables.
    pub fn markdown(&self) -> String {
        markdown::render(&Content::new(self))
    }

    /// The report for sending on: one page that needs no other file and runs no script.
    pub fn html(&self) -> String {
        html::render(self, &Content::new(self))
    }

    /// The report for a terminal of 80 columns, without colour.
    pub fn text(&self) -> String {
        text::render(self)
    }

    /// What was really used, day by day; `None` where nobody knows.
    fn days(&self) -> Option<&Measured> {
        let measured = self.assessment.usage.measured.as_deref()?;
        (!measured.by_day.is_empty()).then_some(measured)
    }

    fn title(&self) -> Option<Cow<'_, str>> {
        self.title.and_then(harmless)
    }

    fn note(&self) -> Option<Cow<'_, str>> {
        self.note.and_then(harmless)
    }

    /// `2026-11-22T14:05:00+01:00`.
    fn created_rfc3339(&self) -> String {
        self.created.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// Whose price list it is and of which day.
    fn prices(&self) -> String {
        let whose = match self.world.catalog.id {
            CatalogId::Builtin => "the built-in list",
            CatalogId::Article => "the article's list",
            CatalogId::File => "your list",
        };
        format!("{whose} of {}", self.world.catalog.as_of)
    }
}

/// A text of the person's own without anything that could do harm; a key is not repeated.
fn harmless(text: &str) -> Option<Cow<'_, str>> {
    let clean = clean(text);
    let empty = clean.trim().is_empty();
    if looks_like_key(&clean) {
        return Some(Cow::Borrowed("(text that looks like an API key, left out)"));
    }
    (!empty).then_some(clean)
}

/// Who gave an answer, in words.
const fn origin_words(origin: Origin) -> &'static str {
    match origin {
        Origin::User => "you",
        Origin::Derived => "follows from another answer",
        Origin::Assumed => "assumed",
        Origin::Usage => "read from your usage",
    }
}

#[cfg(test)]
mod tests;
