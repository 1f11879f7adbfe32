//! A text for a terminal as it grows: 80 columns, no colour, lines that never run over.

use unicode_width::UnicodeWidthStr;

use super::layout::{pad_left, pad_right, wrap};

/// The widest line.
pub(crate) const WIDTH: usize = 80;

/// Lines of at most [`WIDTH`] columns.
#[derive(Debug, Default)]
pub(crate) struct Sheet(String);

impl Sheet {
    /// One line as it is.
    pub(crate) fn line(&mut self, text: &str) {
        self.0.push_str(text.trim_end());
        self.0.push('\n');
    }

    /// An empty line.
    pub(crate) fn blank(&mut self) {
        self.line("");
    }

    /// A heading, with an empty line before it.
    pub(crate) fn heading(&mut self, text: &str) {
        self.blank();
        self.text(text);
    }

    /// A paragraph.
    pub(crate) fn text(&mut self, text: &str) {
        self.hanging("", text);
    }

    /// A text with something before its first line; the other lines stand under it.
    pub(crate) fn hanging(&mut self, before: &str, text: &str) {
        let indent = " ".repeat(before.width());
        let room = WIDTH.saturating_sub(before.width());
        for (index, line) in wrap(text, room).iter().enumerate() {
            let lead = if index == 0 { before } else { &indent };
            self.line(&format!("{lead}{line}"));
        }
    }

    /// Rows of a name and figures set to the right, each column as wide as its widest cell.
    /// Figures are never cut; a name is, where it has to.
    pub(crate) fn figures<const N: usize>(&mut self, name: usize, rows: &[[String; N]]) {
        let mut widths = [0_usize; N];
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.width().max(*width);
            }
        }
        let figures: usize = widths.iter().skip(1).sum();
        let longest = widths.first().copied().unwrap_or_default().max(name);
        let room = |gap: usize| WIDTH.saturating_sub(figures + gap * N.saturating_sub(1));
        let gap = if room(3) >= longest { 3 } else { 2 };
        let name = longest.min(room(gap));
        for row in rows {
            let mut line = String::new();
            for (index, (cell, width)) in row.iter().zip(widths).enumerate() {
                if index == 0 {
                    line.push_str(&pad_right(cell, name));
                } else {
                    line.push_str(&" ".repeat(gap));
                    line.push_str(&pad_left(cell, width));
                }
            }
            self.line(&line);
        }
    }

    /// The whole text.
    pub(crate) fn finish(self) -> String {
        self.0
    }
}
