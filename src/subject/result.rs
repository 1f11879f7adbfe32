//! The recommendation with everything behind it.

mod curve;
mod fit;
mod sections;
mod used;

use std::borrow::Cow;

use jiff::Zoned;

use crate::advice::{Assessment, World};
use crate::doc::{Depth, Document};
use crate::measured::Measured;
use crate::question::Wording;
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
    pub(crate) fn document(&self, depth: Depth) -> Document {
        sections::document(self, depth)
    }

    /// Actual usage by day. `None` if it is unknown.
    fn days(&self) -> Option<&Measured> {
        let measured = self.assessment.usage.measured.as_deref()?;
        (!measured.by_day.is_empty()).then_some(measured)
    }

    pub(crate) fn title(&self) -> Option<Cow<'_, str>> {
        self.title.and_then(harmless)
    }

    pub(crate) fn note(&self) -> Option<Cow<'_, str>> {
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
