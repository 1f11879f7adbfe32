//! How things look: one theme and one glyph set, passed by value to every widget.
//!
//! Colour paints shapes, never words, and a shape or a position always carries the same
//! information. So a program drawn with [`Theme::MONO`] and [`Glyphs::ASCII`] loses beauty but no
//! meaning.

pub mod glyphs;
pub mod theme;

use std::borrow::Cow;

use ratatui::style::Style;

pub use glyphs::{Glyphs, ascii};
pub use theme::Theme;

use crate::advice::Outcome;
use crate::wizard::flow::{STEPS, Step};

/// A theme and a glyph set: all that a widget needs to know about looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The styles, by role.
    pub theme: Theme,
    /// The characters, by role.
    pub glyphs: &'static Glyphs,
}

impl Look {
    pub const fn new(theme: Theme, glyphs: &'static Glyphs) -> Self {
        Self { theme, glyphs }
    }

    /// The style for the shapes of one outcome.
    pub const fn side(&self, side: Outcome) -> Style {
        match side {
            Outcome::Pro => self.theme.pro,
            Outcome::Hybrid => self.theme.hybrid,
            Outcome::Api => self.theme.api,
        }
    }

    /// How far the person is: `Step 4 of 10  ●●●●○○○○○○`. What was skipped counts as done.
    pub fn progress(&self, step: Step) -> Option<String> {
        let number = step.number()?;
        let done = self.glyphs.done.repeat(number);
        let open = self.glyphs.open.repeat(STEPS - number);
        Some(format!("Step {number} of {STEPS}  {done}{open}"))
    }

    /// The text, limited to the characters of this glyph set.
    pub fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.glyphs.text(text)
    }
}

impl Default for Look {
    fn default() -> Self {
        Self::new(Theme::TERMINAL, &Glyphs::FULL)
    }
}
