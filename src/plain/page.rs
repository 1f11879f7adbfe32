//! Text in lines of at most 79 columns: no cursor, no colour, no drawing.

use crate::text::layout::wrap;

/// The widest line, in columns.
const WIDTH: usize = 79;

/// The text to print next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page(String);

impl Page {
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Adds an empty line, but never two in a row, and none at the top.
    pub(super) fn gap(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }

    /// A paragraph.
    pub(super) fn para(&mut self, text: &str) {
        self.hang("", text);
    }

    /// `! Not kept: the disk is full.`
    pub fn warn(&mut self, text: &str) {
        self.hang("! ", text);
    }

    /// `  2. Some. A few scheduled jobs`.
    pub(super) fn option(&mut self, number: usize, text: &str) {
        self.hang(&format!("{number:>3}. "), text);
    }

    /// A text after a mark on its first line; the other lines are indented to match.
    pub(super) fn hang(&mut self, before: &str, text: &str) {
        let indent = " ".repeat(before.chars().count());
        let room = WIDTH.saturating_sub(indent.len());
        for (index, line) in wrap(text, room).iter().enumerate() {
            let lead = if index == 0 { before } else { &indent };
            self.0.push_str(format!("{lead}{line}").trim_end());
            self.0.push('\n');
        }
    }

    /// A prompt with what may be typed, and the value that Enter stands for: `Enter is 1`.
    pub(super) fn prompt(&mut self, what: &str, enter: Option<&str>) {
        match enter {
            Some(enter) => self.para(&format!("{what}. Enter is {enter}.")),
            None => self.para(&format!("{what}.")),
        }
        self.0.push_str("> ");
    }

    /// A prompt with what may be typed, and what Enter does: `Enter goes on`.
    pub(super) fn prompt_that(&mut self, what: &str, enter: &str) {
        self.para(&format!("{what}. Enter {enter}."));
        self.0.push_str("> ");
    }

    /// Asks for a number in the range of the list.
    pub(super) fn range(&mut self, most: usize) {
        self.para(&format!("Type a number from 1 to {most}."));
    }
}
