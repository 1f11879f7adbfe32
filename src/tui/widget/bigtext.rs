//! Big letters, three lines high, for the names of the program and of the result.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;

use super::{columns_of, put, write};
use crate::tui::look::Look;

/// A word in big letters.
///
/// ```text
/// █ █ █ █ █▀▄ █▀█ █ █▀▄
/// █▀█ ▀█▀ █▀▄ █▀▄ █ █ █
/// ▀ ▀  ▀  ▀▀  ▀ ▀ ▀ ▀▀
/// ```
///
/// Falls back to one plain bold line if the glyph set has no half blocks, the font lacks a letter,
/// or the area is too small.
#[derive(Debug, Clone, Copy)]
pub struct BigText<'a> {
    /// The word, in capitals.
    pub text: &'a str,
    pub style: Style,
    pub look: Look,
}

/// The height of a big letter, in lines.
pub const HEIGHT: u16 = 3;

/// The letters of PLANWISE, PRO, API and HYBRID. All rows of a letter have the same width.
const FONT: [(char, [&str; 3]); 15] = [
    ('A', ["█▀█", "█▀█", "▀ ▀"]),
    ('B', ["█▀▄", "█▀▄", "▀▀ "]),
    ('D', ["█▀▄", "█ █", "▀▀ "]),
    ('E', ["█▀▀", "█▀▀", "▀▀▀"]),
    ('H', ["█ █", "█▀█", "▀ ▀"]),
    ('I', ["█", "█", "▀"]),
    ('L', ["█  ", "█  ", "▀▀▀"]),
    ('N', ["█▄ █", "█ ▀█", "▀  ▀"]),
    ('O', ["█▀█", "█ █", "▀▀▀"]),
    ('P', ["█▀█", "█▀▀", "▀  "]),
    ('R', ["█▀█", "█▀▄", "▀ ▀"]),
    ('S', ["█▀▀", "▀▀█", "▀▀▀"]),
    ('W', ["█   █", "█ █ █", " ▀ ▀ "]),
    ('Y', ["█ █", "▀█▀", " ▀ "]),
    (' ', ["  ", "  ", "  "]),
];

fn letter(name: char) -> Option<[&'static str; 3]> {
    FONT.iter().find(|(known, _)| *known == name).map(|(_, rows)| *rows)
}

/// The width of a word in big letters. Returns `None` if the font lacks a letter.
pub fn big_width(text: &str) -> Option<u16> {
    let mut width = 0_u16;
    for name in text.chars() {
        let [row, ..] = letter(name)?;
        width = width.saturating_add(columns_of(row)).saturating_add(1);
    }
    Some(width.saturating_sub(1))
}

impl BigText<'_> {
    /// True if the word is drawn big in an area of this size.
    pub fn is_big(&self, area: Rect) -> bool {
        self.look.glyphs.has_half_blocks
            && area.height >= HEIGHT
            && big_width(self.text).is_some_and(|width| width <= area.width)
    }
}

impl Widget for &BigText<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if !self.is_big(area) {
            let bold = self.look.theme.text.add_modifier(Modifier::BOLD);
            write(buf, area, 0, 0, self.text, self.look, bold);
            return;
        }
        let mut left = 0_u16;
        for name in self.text.chars() {
            let Some(rows) = letter(name) else { continue };
            let mut width = 0;
            for (row, y) in rows.into_iter().zip(0_u16..) {
                for (index, x) in row.char_indices().zip(left..) {
                    let (at, block) = index;
                    let symbol = row.get(at..at.saturating_add(block.len_utf8())).unwrap_or(" ");
                    put(buf, area, x, y, symbol, self.style);
                }
                width = columns_of(row);
            }
            left = left.saturating_add(width).saturating_add(1);
        }
    }
}
