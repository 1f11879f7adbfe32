//! Bars of cells: monthly bills compared with Pro's price, and a need compared with its threshold.
#![expect(clippy::float_arithmetic, reason = "pixels")]

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{put, whole};
use crate::advice::Outcome;
use crate::tui::look::Look;

/// One bar, in cells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    pub solid: f64,
    /// The length of the hatched part after it.
    pub hatched: f64,
    /// The side whose colour it uses.
    pub side: Outcome,
}

/// Horizontal bars, one per line, with a vertical line through all of them.
///
/// ```text
/// ████┊          Pro, the price of the line
/// ████▒          Pro and the API part on top
/// ██▍ ┊          the API alone
/// ████████████>  off the scale
/// ```
///
/// Partial cells are in eighths, rounded down, but a bar above zero is always visible. A solid part
/// before a hatched one is rounded to whole cells, as is every part if the glyph set has only whole
/// blocks. A bar longer than the area ends in `>`. A bar that reaches the line covers it.
#[derive(Debug, Clone, Copy)]
pub struct Bars<'a> {
    pub rows: &'a [Bar],
    /// The column of the line, counted from 0: Pro's price in cells.
    pub mark: Option<u16>,
    pub look: Look,
}

/// A need in points, with the threshold after the third cell.
///
/// ```text
/// ███│███████
/// ██ │
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Gauge {
    /// The points; negative values are drawn as 0.
    pub points: i16,
    /// How many points are left of the threshold.
    pub mark: u16,
    /// The side whose colour it uses.
    pub side: Outcome,
    pub look: Look,
}

/// The whole cells, the eighths after them, and the hatched cells of a bar.
fn parts(bar: Bar, has_eighths: bool) -> (u16, u16, u16) {
    let solid = bar.solid.max(0.0);
    let hatched = bar.hatched.max(0.0);
    let rounded = |length: f64| {
        let cells = whole(length + 0.5);
        if length > 0.0 { cells.max(1) } else { 0 }
    };
    if hatched > 0.0 || !has_eighths {
        return (rounded(solid), 0, rounded(hatched));
    }
    let cells = whole(solid);
    let eighths = whole((solid - f64::from(cells)) * 8.0).min(7);
    let at_least = u16::from(solid > 0.0 && cells == 0);
    (cells, eighths.max(at_least), 0)
}

impl Widget for &Bars<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        for (bar, y) in self.rows.iter().zip(0..area.height) {
            self.bar(*bar, area, y, buf);
        }
    }
}

impl Bars<'_> {
    fn bar(&self, bar: Bar, area: Rect, y: u16, buf: &mut Buffer) {
        let glyphs = self.look.glyphs;
        let border = self.look.theme.border;
        let style = self.look.side(bar.side);
        let (cells, eighths, hatched) = parts(bar, !glyphs.eighths.is_empty());
        let part = eighths.checked_sub(1).and_then(|index| glyphs.eighths.get(usize::from(index)));
        let end = cells.saturating_add(hatched);
        let length = bar.solid.max(0.0) + bar.hatched.max(0.0);
        let is_beyond = length > f64::from(area.width) || end > area.width;
        for x in 0..area.width {
            if x < cells {
                put(buf, area, x, y, glyphs.block, style);
            } else if x < end {
                put(buf, area, x, y, glyphs.hatch, style);
            } else if let (true, Some(symbol)) = (x == end, part) {
                put(buf, area, x, y, symbol, style);
            } else if self.mark == Some(x) {
                put(buf, area, x, y, glyphs.marker, border);
            } else {
                put(buf, area, x, y, " ", border);
            }
        }
        if let (true, Some(last)) = (is_beyond, area.width.checked_sub(1)) {
            put(buf, area, last, y, glyphs.beyond, style);
        }
    }
}

impl Widget for &Gauge {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let glyphs = self.look.glyphs;
        let border = self.look.theme.border;
        let style = self.look.side(self.side);
        let points = u16::try_from(self.points).unwrap_or(0);
        for x in 0..area.width {
            let point = if x > self.mark { x - 1 } else { x };
            if x == self.mark {
                put(buf, area, x, 0, glyphs.vertical, border);
            } else if point < points {
                put(buf, area, x, 0, glyphs.block, style);
            } else {
                put(buf, area, x, 0, " ", border);
            }
        }
        let length = points.saturating_add(u16::from(points > self.mark));
        if let (true, Some(last)) = (length > area.width, area.width.checked_sub(1)) {
            put(buf, area, last, 0, glyphs.beyond, style);
        }
    }
}
