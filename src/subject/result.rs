//! The recommendation with everything it rests on.

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
    /// A line of the person's own.
    pub note: Option<&'a str>,
}

impl Report<'_> {
    pub(crate) fn document(&self, depth: Depth) -> Document {
        sections::document(self, depth)
    }

    /// What was really used, day by day; `None` where nobody knows.
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

    /// Whose price list it is and of which day.
    fn prices(&self) -> String {
        words::price_list(self.world.catalog.id, self.world.catalog.as_of)
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
