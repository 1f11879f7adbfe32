//! The recommendation with everything behind it, as HTML, JSON, Markdown or plain text.
//!
//! All formats have the same content. Every figure comes from the `Assessment`, every sentence
//! from [`crate::words`].

mod curve;
mod fit;
mod sections;
#[cfg(test)]
mod tests;
mod used;
mod ways;

use std::borrow::Cow;

use jiff::Zoned;

use crate::advice::{Assessment, World};
use crate::doc::{self, Document};
use crate::measured::Measured;
use crate::question::Wording;
use crate::report::document;
use crate::text::node::pretty;
use crate::text::{clean, looks_like_key};
use crate::words;

/// A recommendation with all inputs of its report.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    pub assessment: &'a Assessment,
    /// The prices, facts and date.
    pub world: World<'a>,
    pub wording: &'a Wording,
    /// In local time.
    pub created: &'a Zoned,
    /// The person's own title.
    pub title: Option<&'a str>,
    /// The person's own note.
    pub note: Option<&'a str>,
}

impl Report<'_> {
    /// The report for programs and for replay: a JSON object and a line break.
    pub fn json(&self) -> String {
        let texts = [self.title(), self.note()].map(|text| text.map(Cow::into_owned));
        let created = self.created.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        pretty(&document::Document::new(self.assessment, &self.world, created, texts))
    }

    /// The report for people: headings, lists and plain GitHub tables.
    pub fn markdown(&self) -> String {
        doc::markdown::render(&self.document())
    }

    /// The report for sharing: one page that needs no other file and runs no script.
    pub fn html(&self) -> String {
        doc::html::render(&self.document())
    }

    /// The report for a terminal of 80 columns, without colour.
    pub fn text(&self) -> String {
        doc::text::render(&self.document())
    }

    pub(crate) fn document(&self) -> Document {
        sections::document(self)
    }

    /// Actual usage by day. `None` if it is unknown.
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

    /// The price list and its date.
    fn prices(&self) -> String {
        words::price_list(self.world.catalog.id, self.world.catalog.as_of)
    }
}

/// Makes the person's own text harmless. Replaces a text that contains a key. `None` if empty.
fn harmless(text: &str) -> Option<Cow<'_, str>> {
    let clean = clean(text);
    let empty = clean.trim().is_empty();
    if looks_like_key(&clean) {
        return Some(Cow::Borrowed("(text that looks like an API key, left out)"));
    }
    (!empty).then_some(clean)
}
