//! The report: the recommendation with everything behind it, as HTML, JSON, Markdown or plain text.
//!
//! All formats have the same content. Every figure comes from the `Assessment`, every sentence
//! from [`crate::words`]. [`read_answers`] reads a saved JSON report or an answers file.

mod name;
mod order;
mod scenario;
mod steps;

pub use crate::format::answers::{AnswersFile, read_answers};
pub use crate::format::read::ReadError;
pub use crate::format::report::{
    Opened, Remark, Saved, SavedCosts, SavedResult, SavedRow, open, read_report,
};
pub use crate::subject::result::Report;
pub use name::with_name;
pub use order::{Format, OnCollision, SaveFailure, SaveOrder, ScenarioDone, ScenarioOrder, Taken};
pub use scenario::{Deleted, Listing, Scenario, ScenarioId, Unread};
pub use steps::Steps;

use std::borrow::Cow;

use crate::doc::{self, Depth};
use crate::format::pretty;
use crate::format::report::Document;

/// The most characters of a title or a note.
pub const NOTE_LIMIT: usize = 200;

impl Report<'_> {
    /// The report for programs and for replay: a JSON object and a line break.
    pub fn json(&self) -> String {
        let texts = [self.title(), self.note()].map(|text| text.map(Cow::into_owned));
        let created = self.created_rfc3339();
        pretty(&Document::new(self.assessment, &self.world, created, texts))
    }

    /// The report for people: headings, lists and plain GitHub tables.
    pub fn markdown(&self) -> String {
        doc::markdown::render(&self.document(Depth::Full))
    }

    /// The report for sharing: one page that needs no other file and runs no script.
    pub fn html(&self) -> String {
        doc::html::render(&self.document(Depth::Full))
    }

    /// The report for a terminal of 80 columns, without colour.
    pub fn text(&self) -> String {
        doc::text::render(&self.document(Depth::Brief))
    }

    /// `2026-11-22T14:05:00+01:00`.
    fn created_rfc3339(&self) -> String {
        self.created.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

#[cfg(test)]
mod tests;
