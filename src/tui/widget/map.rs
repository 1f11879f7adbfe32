//! The map "Where you land": need for Pro on the vertical axis, need for the API on the horizontal.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{cell, columns_of, put, restyle, write};
use crate::advice::Outcome;
use crate::tui::look::Look;

/// A pair of needs that is still possible with the open answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dot {
    /// Need for the API, 0 to 19.
    pub api: i8,
    /// Need for Pro, -5 to 15.
    pub pro: i8,
    /// The outcome there.
    pub outcome: Outcome,
    /// How many paths end here with this outcome.
    pub weight: u16,
}

/// A point on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Point {
    /// Need for the API, 0 to 19.
    pub api: i8,
    /// Need for Pro, -5 to 15.
    pub pro: i8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MapSize {
    /// 27 x 8, for the pane of 30 columns.
    Small,
    /// 41 x 14, for the pane of 44 columns.
    Large,
}

impl MapSize {
    /// Width in columns.
    pub const fn width(self) -> u16 {
        let plan = self.plan();
        plan.left + 1 + plan.right
    }

    /// Height in lines.
    pub const fn height(self) -> u16 {
        let plan = self.plan();
        1 + plan.above + 1 + plan.below + 1
    }

    const fn plan(self) -> Plan {
        match self {
            Self::Small => Plan { left: 9, right: 17, above: 3, below: 2, across: 2, down: 1 },
            Self::Large => Plan { left: 15, right: 25, above: 7, below: 4, across: 3, down: 2 },
        }
    }
}

/// The map of all outcomes that are still possible, and of the present needs.
///
/// ```text
/// Pro      ↑           Hybrid
///          │   ⢀⢀⢀⢀
///          │   ⠈⠘⠘⠘⠐
///          │   ⢠⢠⢠⢠
/// ─────────┼────────────────→
///          │   ◇⠘⠘⠘⠘
///          │
/// Pro      │              API
/// ```
///
/// The two lines lie between 2 and 3, where a need begins to count. To the right of and above them
/// every point has its own step; on the other side three points share the width. A fog cell has the
/// colour of its most frequent outcome. If the glyph set has no braille, a cell with fog is one
/// mark.
#[derive(Debug, Clone, Copy)]
pub struct Map<'a> {
    pub dots: &'a [Dot],
    /// The needs from the answers given, if any.
    pub now: Option<Point>,
    /// True if all questions are answered: draws `◆` instead of `◇`.
    pub now_final: bool,
    /// The needs before the last change.
    pub before: Option<Point>,
    /// The names at the top left, top right, bottom left and bottom right.
    pub corners: [&'a str; 4],
    pub size: MapSize,
    pub look: Look,
}

/// The dimensions of one size: in cells, the steps in braille dots.
#[derive(Debug, Clone, Copy)]
struct Plan {
    left: u16,
    right: u16,
    above: u16,
    below: u16,
    across: u16,
    down: u16,
}

/// The first point beyond the lines.
const MARK: i8 = 3;

impl Plan {
    /// The row of the horizontal axis, counted from the row of the corner names.
    const fn axis(self) -> u16 {
        1 + self.above
    }

    /// The braille dot of a point, in dots from the map's top left corner.
    fn dot(self, point: Point) -> (u16, u16) {
        let api = point.api.clamp(0, 19);
        let pro = point.pro.clamp(-5, 15);
        let steps = |count: i8| u16::try_from(count).unwrap_or(0);
        let x = if api < MARK {
            // The middle of one third of the part left of the line.
            let third = self.left * 2 / 3;
            steps(api) * third + third / 2
        } else {
            (self.left + 1) * 2 + steps(api - MARK) * self.across + 1
        };
        let y = if pro < MARK {
            (self.axis() + 1) * 4 + steps(MARK - 1 - pro) * self.down
        } else {
            // Small has room for 3 to 14: 15 shares the topmost row of dots.
            let rise = (steps(pro - MARK) * self.down).min(self.above * 4 - 1);
            self.axis() * 4 - 1 - rise
        };
        (x, y)
    }

    fn place(self, point: Point) -> (u16, u16) {
        let (x, y) = self.dot(point);
        (x / 2, y / 4)
    }
}

/// The fog in one cell.
#[derive(Debug, Clone, Copy, Default)]
struct Fog {
    pattern: u8,
    pro: u32,
    hybrid: u32,
    api: u32,
}

impl Fog {
    fn add(&mut self, dot: Dot, bit: u8) {
        self.pattern |= bit;
        let ways = match dot.outcome {
            Outcome::Pro => &mut self.pro,
            Outcome::Hybrid => &mut self.hybrid,
            Outcome::Api => &mut self.api,
        };
        *ways = ways.saturating_add(u32::from(dot.weight));
    }

    /// The most frequent outcome. Ties go to hybrid, then to the API.
    fn side(self) -> Outcome {
        if self.pro > self.hybrid && self.pro > self.api {
            Outcome::Pro
        } else if self.api > self.hybrid && self.api >= self.pro {
            Outcome::Api
        } else {
            Outcome::Hybrid
        }
    }
}

/// The number of cells of the larger map.
const CELLS: usize = 41 * 14;

/// The bit of a braille character for a dot, by its position in the cell.
pub(super) const fn braille_bit(x: u16, y: u16) -> u8 {
    match (x % 2, y % 4) {
        (0, 0) => 0x01,
        (0, 1) => 0x02,
        (0, 2) => 0x04,
        (0, _) => 0x40,
        (_, 0) => 0x08,
        (_, 1) => 0x10,
        (_, 2) => 0x20,
        (_, _) => 0x80,
    }
}

/// The braille character with these dots.
pub(super) fn braille(pattern: u8) -> char {
    char::from_u32(0x2800 + u32::from(pattern)).unwrap_or(' ')
}

impl Widget for &Map<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let full = Rect { width: self.size.width(), height: self.size.height(), ..area };
        let area = area.intersection(full).intersection(buf.area);
        if area.is_empty() {
            return;
        }
        self.lines(area, buf);
        self.fog(area, buf);
        let plan = self.size.plan();
        let glyphs = self.look.glyphs;
        let bold = self.look.theme.hybrid;
        if let Some(point) = self.before {
            let (x, y) = plan.place(point);
            put(buf, area, x, y, glyphs.before, bold);
        }
        if let Some(point) = self.now {
            let (x, y) = plan.place(point);
            let mark = if self.now_final { glyphs.you } else { glyphs.before };
            put(buf, area, x, y, mark, bold);
        }
    }
}

impl Map<'_> {
    /// The two lines with their arrows, and the names in the corners.
    fn lines(&self, area: Rect, buf: &mut Buffer) {
        let plan = self.size.plan();
        let (width, height) = (self.size.width(), self.size.height());
        let glyphs = self.look.glyphs;
        let theme = self.look.theme;
        for y in 0..height {
            for x in 0..width {
                let symbol = match (x == plan.left, y == plan.axis()) {
                    (true, true) => glyphs.cross,
                    (true, false) if y == 0 => glyphs.up,
                    (true, false) => glyphs.vertical,
                    (false, true) if x + 1 == width => glyphs.right,
                    (false, true) => glyphs.horizontal,
                    (false, false) => " ",
                };
                put(buf, area, x, y, symbol, theme.border);
            }
        }
        let [top_left, top_right, bottom_left, bottom_right] = self.corners;
        let sides = [(0, top_left, top_right), (height - 1, bottom_left, bottom_right)];
        for (y, left, right) in sides {
            let room = Rect { width: area.width.min(plan.left), ..area };
            write(buf, room, 0, y, left, self.look, theme.text);
            let start = width.saturating_sub(columns_of(right)).max(plan.left + 1);
            write(buf, area, start, y, right, self.look, theme.text);
        }
    }

    fn fog(&self, area: Rect, buf: &mut Buffer) {
        let plan = self.size.plan();
        let width = self.size.width();
        let mut cells = [Fog::default(); CELLS];
        for dot in self.dots {
            if dot.weight == 0 {
                continue;
            }
            let (x, y) = plan.dot(Point { api: dot.api, pro: dot.pro });
            let index = usize::from(y / 4) * usize::from(width) + usize::from(x / 2);
            if let Some(fog) = cells.get_mut(index) {
                fog.add(*dot, braille_bit(x, y));
            }
        }
        let glyphs = self.look.glyphs;
        for (fog, index) in cells.iter().zip(0_u16..) {
            if fog.pattern == 0 {
                continue;
            }
            if let Some(cell) = cell(buf, area, index % width, index / width) {
                if glyphs.has_braille {
                    cell.set_char(braille(fog.pattern));
                } else {
                    cell.set_symbol(glyphs.fog);
                }
                restyle(cell, self.look.side(fog.side()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_lies_on_the_right_side_of_both_lines() {
        for size in [MapSize::Small, MapSize::Large] {
            let plan = size.plan();
            for api in i8::MIN..=i8::MAX {
                for pro in i8::MIN..=i8::MAX {
                    let (x, y) = plan.place(Point { api, pro });
                    assert!(x < size.width() && (1..size.height() - 1).contains(&y));
                    assert_eq!(x > plan.left, api >= MARK, "{api}");
                    assert_eq!(y < plan.axis(), pro >= MARK, "{pro}");
                    assert!(x != plan.left && y != plan.axis());
                }
            }
        }
    }

    #[test]
    fn sizes_are_those_of_the_panes() {
        assert_eq!((MapSize::Small.width(), MapSize::Small.height()), (27, 8));
        assert_eq!((MapSize::Large.width(), MapSize::Large.height()), (41, 14));
    }

    #[test]
    fn a_tie_goes_to_hybrid_then_to_the_api() {
        let fog = |pro, hybrid, api| Fog { pattern: 1, pro, hybrid, api }.side();
        assert_eq!(fog(2, 2, 1), Outcome::Hybrid);
        assert_eq!(fog(2, 1, 2), Outcome::Api);
        assert_eq!(fog(3, 1, 2), Outcome::Pro);
        assert_eq!(fog(0, 1, 2), Outcome::Api);
    }
}
