//! Bars of cells: monthly bills with Pro's price as a line through all of them, and points.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::put;
use crate::advice::Outcome;
use crate::tui::look::Look;

/// One bar. Lengths are in eighths of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    pub solid: u16,
    /// The length of the hatched part after it, which is the API's.
    pub hatched: u16,
    /// The side whose colour the solid part uses.
    pub side: Outcome,
}

/// Horizontal bars, one per line.
///
/// ```text
/// ████┊          Pro, the price of the line
/// ████┊▒         Pro and the API part on top
/// ██▍ ┊          the API alone
/// ████┊████████  more than Pro
/// ```
///
/// A bar above zero is always visible. Without part blocks, lengths are rounded to whole cells.
#[derive(Debug, Clone, Copy)]
pub struct Bars<'a> {
    pub rows: &'a [Bar],
    /// After how many cells the line stands. It has a column of its own in every row.
    pub line: Option<u16>,
    pub look: Look,
}

/// The scale of the bars of one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostScale {
    /// After how many cells Pro's line stands: its price in whole cells, if that is at least one.
    pub line: Option<u16>,
    /// Eighths of a cell per dollar.
    per_dollar: Decimal,
}

impl CostScale {
    /// The scale on which the largest bill fits into `columns` columns, line included. Pro's price
    /// is a whole number of cells; where that would be none, there is no line.
    pub fn new(pro: Decimal, largest: Decimal, columns: u16) -> Self {
        let eighths = Decimal::from(8);
        let cells = Decimal::from(columns.saturating_sub(1));
        let largest = largest.max(pro);
        let whole = cells.checked_mul(pro).and_then(|cells| cells.checked_div(largest));
        let whole = whole.map(|cells| cells.floor());
        if let Some(line) = whole.and_then(|cells| cells.to_u16()).filter(|line| *line > 0) {
            let per_dollar = (Decimal::from(line) * eighths).checked_div(pro).unwrap_or_default();
            return Self { line: Some(line), per_dollar };
        }
        let per_dollar = (Decimal::from(columns) * eighths).checked_div(largest);
        Self { line: None, per_dollar: per_dollar.unwrap_or_default() }
    }

    /// The length of a bill, in eighths of a cell. More than nothing is at least one eighth.
    pub fn eighths(self, amount: Decimal) -> u16 {
        let length = amount
            .checked_mul(self.per_dollar)
            .map(|length| length.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero));
        let length = length.and_then(|length| length.to_u16()).unwrap_or(u16::MAX);
        length.max(u16::from(amount > Decimal::ZERO))
    }

    /// The bar of one bill.
    pub fn bar(self, amount: Decimal, side: Outcome) -> Bar {
        Bar { solid: self.eighths(amount), hatched: 0, side }
    }

    /// The bar of a hybrid month: Pro's part up to the line, the API part behind it.
    pub fn hybrid(self, pro: Decimal, amount: Decimal) -> Bar {
        match self.line {
            Some(line) => Bar {
                solid: line.saturating_mul(8),
                hatched: self.eighths(amount - pro),
                side: Outcome::Pro,
            },
            // Pro's part is less than a cell here.
            None if amount > pro => {
                Bar { solid: 0, hatched: self.eighths(amount), side: Outcome::Pro }
            }
            None => self.bar(amount, Outcome::Pro),
        }
    }
}

/// The points of one side, with the line after the third.
///
/// ```text
/// ███│████░░░
/// ░░ │
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Gauge {
    /// The points given. Nothing is drawn below 0.
    pub given: i8,
    /// The highest total that is still possible.
    pub highest: i8,
    /// How many points are left of the line.
    pub mark: u16,
    /// The side whose colour it uses.
    pub side: Outcome,
    pub look: Look,
}

/// Whole cells and the eighths after them; a bar above zero always has one or the other.
fn parts(eighths: u16, look: Look) -> (u16, Option<&'static str>) {
    let glyphs = look.glyphs;
    if glyphs.eighths.is_empty() {
        let cells = eighths.saturating_add(4) / 8;
        return (cells, (cells == 0 && eighths > 0).then_some(glyphs.sliver));
    }
    let part = (eighths % 8).checked_sub(1);
    (eighths / 8, part.and_then(|index| glyphs.eighths.get(usize::from(index)).copied()))
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
        let (solid, solid_part) = parts(bar.solid, self.look);
        let (hatched, hatched_part) = parts(bar.hatched, self.look);
        let end = solid.saturating_add(hatched);
        let part = if bar.hatched > 0 { hatched_part } else { solid_part };
        let api = self.look.side(Outcome::Api);
        for x in 0..area.width {
            if self.line == Some(x) {
                put(buf, area, x, y, glyphs.marker, border);
                continue;
            }
            let cell = if self.line.is_some_and(|line| x > line) { x - 1 } else { x };
            let own = if bar.hatched > 0 && cell >= solid { api } else { self.look.side(bar.side) };
            match part {
                _ if cell < solid => put(buf, area, x, y, glyphs.block, own),
                _ if cell < end => put(buf, area, x, y, glyphs.hatch, own),
                Some(part) if cell == end => put(buf, area, x, y, part, own),
                _ => put(buf, area, x, y, " ", border),
            }
        }
    }
}

impl Widget for &Gauge {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let glyphs = self.look.glyphs;
        let style = self.look.side(self.side);
        let cells = |points: i8| u16::try_from(points).unwrap_or(0);
        for x in 0..area.width {
            let point = if x > self.mark { x - 1 } else { x };
            let (symbol, style) = if x == self.mark {
                (glyphs.vertical, self.look.theme.border)
            } else if point < cells(self.given) {
                (glyphs.block, style)
            } else if point < cells(self.highest) {
                (glyphs.shade, style)
            } else {
                (" ", style)
            };
            put(buf, area, x, 0, symbol, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pros_price_is_whole_cells_and_every_bar_is_to_one_scale() {
        let dollars = |text: &str| text.parse::<Decimal>().unwrap();
        for (largest, columns, line) in [
            ("20", 7, Some(6)),
            ("20.84", 7, Some(5)),
            ("60", 7, Some(2)),
            ("60", 14, Some(4)),
            ("938.45", 6, None),
            ("0", 7, Some(6)),
        ] {
            let scale = CostScale::new(dollars("20"), dollars(largest), columns);
            assert_eq!(scale.line, line, "{largest}");
            let widest = scale.eighths(dollars(largest).max(dollars("20")));
            let cells = columns - u16::from(line.is_some());
            assert!(widest <= cells * 8, "{largest}: {widest}");
        }
        let scale = CostScale::new(dollars("20"), dollars("20"), 13);
        assert_eq!(scale.eighths(dollars("3")), 14);
        assert_eq!(scale.eighths(dollars("0.001")), 1);
        assert_eq!(scale.eighths(Decimal::ZERO), 0);
        let hybrid = scale.hybrid(dollars("20"), dollars("24.20"));
        assert_eq!((hybrid.solid, hybrid.hatched), (96, 20));
    }

    #[test]
    fn no_price_at_all_has_no_bar() {
        let scale = CostScale::new(Decimal::ZERO, Decimal::ZERO, 7);
        assert_eq!((scale.line, scale.eighths(Decimal::ZERO)), (None, 0));
        let huge = CostScale::new(Decimal::MAX, Decimal::MAX, 7);
        assert!(huge.eighths(Decimal::MAX) > 0);
    }
}
