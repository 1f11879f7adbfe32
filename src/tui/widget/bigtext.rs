//! Big letters, three lines high, for the name of the program and of the result.

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
/// Where the glyph set has no half blocks, or the word has a letter that was never drawn, or the
/// area is too small, it is one plain bold line.
#[derive(Debug, Clone, Copy)]
pub struct BigText<'a> {
    /// The word, in capitals.
    pub text: &'a str,
    /// The style of the blocks.
    pub style: Style,
    /// Theme and glyphs.
    pub look: Look,
}

/// The lines of a big letter.
pub const HEIGHT: u16 = 3;

/// The letters of PLANWISE, PRO, API and HYBRID, by name. The rows of one letter are equally wide.
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

/// How wide a word is in big letters; nothing if it has a letter that was never drawn.
pub fn big_width(text: &str) -> Option<u16> {
    let mut width = 0_u16;
    for name in text.chars() {
        let [row, ..] = letter(name)?;
        width = width.saturating_add(columns_of(row)).saturating_add(1);
    }
    Some(width.saturating_sub(1))
}

impl BigText<'_> {
    /// Whether it is drawn big in an area of this size.
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
