//! The widgets, one per file, drawn from plain data.
//!
//! Every widget is `impl Widget for &T`, keeps no state between frames and allocates nothing per
//! cell. It draws only inside the part of its area that lies on the buffer, whatever its values:
//! the helpers below are the only access to a cell.

pub mod bars;
pub mod bigtext;
pub mod chart;
pub mod map;
pub mod slider;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::look::Look;
use crate::text::layout::fit;

/// The cell at a position relative to the area's top left corner, if it is inside.
fn cell(buf: &mut Buffer, area: Rect, x: u16, y: u16) -> Option<&mut Cell> {
    if x >= area.width || y >= area.height {
        return None;
    }
    buf.cell_mut((area.x.saturating_add(x), area.y.saturating_add(y)))
}

/// Replaces a cell's symbol and its style, except the background.
fn put(buf: &mut Buffer, area: Rect, x: u16, y: u16, symbol: &str, style: Style) {
    if let Some(cell) = cell(buf, area, x, y) {
        cell.set_symbol(symbol);
        restyle(cell, style);
    }
}

/// Replaces a cell's style, except the background, so that no earlier colour or bold remains.
fn restyle(cell: &mut Cell, style: Style) {
    cell.fg = Color::Reset;
    cell.modifier = Modifier::empty();
    cell.set_style(style);
}

/// Writes one line of text at a position, cut at the area's right end.
fn write(buf: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, look: Look, style: Style) {
    let area = area.intersection(buf.area);
    if x < area.width && y < area.height {
        let (left, top) = (area.x.saturating_add(x), area.y.saturating_add(y));
        let room = usize::from(area.width.saturating_sub(x));
        let shown = look.text(text);
        let cells = columns_of(&shown).min(area.width.saturating_sub(x));
        for step in 0..cells {
            put(buf, area, x.saturating_add(step), y, " ", style);
        }
        buf.set_stringn(left, top, shown, room, style);
    }
}

/// A title within a horizontal border, from a column and row up to the column `end`.
pub(super) fn label(look: Look, at: (u16, u16), end: u16, text: &str, buf: &mut Buffer) {
    let text = look.text(text);
    let room = usize::from(end.saturating_sub(at.0).saturating_sub(4));
    let shown = format!(" {} ", fit(&text, room));
    let shown = look.text(&shown);
    buf.set_stringn(at.0, at.1, &shown, room.saturating_add(2), look.theme.title);
}

fn columns_of(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// A length in cells, dots or eighths as a whole number, rounded down, at least 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, and anything that is no number becomes 0"
)]
const fn whole(length: f64) -> u16 {
    length as u16
}
