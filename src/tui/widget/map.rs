//! The map "Where you land": points for Pro upwards, points for the API to the right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use super::{columns_of, put, write};
use crate::advice::{MARK, Outcome};
use crate::tui::look::Look;

/// A place on the map, in points of both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Point {
    /// For the API, 0 to 19.
    pub api: i8,
    /// For Pro, -5 to 15.
    pub pro: i8,
}

/// A place where open answers can still lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Land {
    pub at: Point,
    pub outcome: Outcome,
}

/// How large a point is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MapScale {
    /// Columns of a point for the API.
    across: u16,
    /// How many points for Pro share a row.
    per_row: u16,
    /// Columns of the numbers and of the margin before the rooms.
    margin: u16,
}

const LEAST_PRO: i8 = -5;
const MOST_PRO: i8 = 15;
const MOST_API: i8 = 19;

impl MapScale {
    /// 65 columns and 22 rows, with numbers.
    pub const LARGE: Self = Self { across: 3, per_row: 1, margin: 4 };
    /// 41 columns and 12 rows.
    pub const MIDDLE: Self = Self { across: 2, per_row: 2, margin: 0 };
    /// 41 columns and 7 rows.
    pub const SMALL: Self = Self { across: 2, per_row: 4, margin: 0 };

    pub const fn width(self) -> u16 {
        self.line() + 1 + 17 * self.across
    }

    pub const fn height(self) -> u16 {
        self.axis() + 1 + 8_u16.div_ceil(self.per_row)
    }

    /// The column of the line before the third point for the API.
    const fn line(self) -> u16 {
        self.margin + 3 * self.across
    }

    /// The row of the line below the third point for Pro.
    const fn axis(self) -> u16 {
        13_u16.div_ceil(self.per_row)
    }

    /// The first column of a point.
    fn column(self, api: i8) -> u16 {
        let api = u16::try_from(api.clamp(0, MOST_API)).unwrap_or(0);
        let after_line = u16::from(api >= 3);
        self.margin + api * self.across + after_line
    }

    fn row(self, pro: i8) -> u16 {
        let steps = |count: i8| u16::try_from(count).unwrap_or(0) / self.per_row;
        match pro.clamp(LEAST_PRO, MOST_PRO) {
            pro if pro >= MARK => self.axis() - 1 - steps(pro - MARK),
            pro => self.axis() + 1 + steps(MARK - 1 - pro),
        }
    }
}

/// The three rooms of the decision, where open answers can still lead, and the person in it.
///
/// ```text
///  PRO  │                       HYBRID
///       │      ▒▒▒▒▒▒▒▒
///       │   ◇  ▒▒▒▒▒▒▒▒
///       ├──────────────────────────────────
///       │      ▒▒▒▒▒▒▒▒▒▒
///       │                          API
/// ```
///
/// Left of the line the API does not count, whatever the points for Pro; to the right of it the
/// points for Pro decide between both and the API alone.
#[derive(Debug, Clone, Copy)]
pub struct Map<'a> {
    /// Where the open answers can still lead.
    pub lands: &'a [Land],
    /// The points so far.
    pub you: Option<Point>,
    /// The room that is lit, once everything is decided.
    pub decided: Option<Outcome>,
    /// The outcome of the rooms at the upper left, upper right and lower right.
    pub rooms: [Outcome; 3],
    /// Single characters at places: the questions, where each took the person.
    pub walk: &'a [(Point, char)],
    pub scale: MapScale,
    pub look: Look,
}

impl Widget for &Map<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if let Some(decided) = self.decided {
            self.light(decided, area, buf);
        }
        for land in self.lands {
            let row = self.scale.row(land.at.pro);
            let style = self.look.side(land.outcome);
            for x in 0..self.scale.across {
                let column = self.scale.column(land.at.api) + x;
                put(buf, area, column, row, self.look.glyphs.hatch, style);
            }
        }
        self.lines(area, buf);
        self.names(area, buf);
        for (at, mark) in self.walk {
            let mut symbol = [0; 4];
            let symbol = mark.encode_utf8(&mut symbol);
            let (x, y) = self.place(*at);
            put(buf, area, x, y, symbol, self.look.theme.text);
        }
        if let Some(you) = self.you {
            self.draw_you(you, area, buf);
        }
    }
}

impl Map<'_> {
    fn place(&self, at: Point) -> (u16, u16) {
        (self.scale.column(at.api) + self.scale.across / 2, self.scale.row(at.pro))
    }

    /// The outcome of the room that a cell lies in.
    fn room(&self, x: u16, y: u16) -> Outcome {
        let [pro, both, api] = self.rooms;
        match (x > self.scale.line(), y < self.scale.axis()) {
            (false, _) => pro,
            (true, true) => both,
            (true, false) => api,
        }
    }

    fn light(&self, decided: Outcome, area: Rect, buf: &mut Buffer) {
        let style = self.look.side(decided);
        for y in 0..self.scale.height() {
            for x in self.scale.margin..self.scale.width() {
                if self.room(x, y) == decided {
                    put(buf, area, x, y, self.look.glyphs.shade, style);
                }
            }
        }
    }

    fn lines(&self, area: Rect, buf: &mut Buffer) {
        let glyphs = self.look.glyphs;
        let border = self.look.theme.border;
        let (line, axis) = (self.scale.line(), self.scale.axis());
        for y in 0..self.scale.height() {
            put(buf, area, line, y, glyphs.vertical, border);
        }
        put(buf, area, line, axis, glyphs.tee_right, border);
        for x in line + 1..self.scale.width() {
            put(buf, area, x, axis, glyphs.horizontal, border);
        }
        if self.scale.per_row == 1 {
            for pro in [MOST_PRO, 12, 9, 6, MARK, 0, -3] {
                let text = format!("{pro:>3}");
                write(buf, area, 0, self.scale.row(pro), &text, self.look, self.look.theme.text);
            }
        }
    }

    /// The names of the rooms, and `out` under those that cannot be reached any more.
    fn names(&self, area: Rect, buf: &mut Buffer) {
        let [pro, both, api] = self.rooms;
        let line = self.scale.line();
        let bottom = self.scale.height() - 1;
        let left = (self.scale.margin, line);
        let right = (line + 1, self.scale.width());
        let is_large = self.scale.per_row == 1;
        let lines = |name: Outcome, about: &[&'static str]| -> Vec<&'static str> {
            let is_out = self.decided.is_none()
                && !self.lands.is_empty()
                && !self.lands.iter().any(|land| land.outcome == name);
            let about = if is_large { about } else { &[] };
            let mut lines = vec![upper(name)];
            if is_out {
                lines.push("out");
            } else {
                lines.extend(about);
            }
            lines
        };
        // Without a room of its own, an outcome is named once, where it is usual.
        let titles = [
            (left, 0, lines(pro, &["little", "need of", "the API"])),
            (right, 0, lines(both, &["both sides count"])),
            (right, bottom, lines(api, &["only the API counts"])),
        ];
        for ((from, to), row, lines) in titles {
            let count = u16::try_from(lines.len()).unwrap_or(0);
            let top = if row == 0 { 0 } else { row + 1 - count };
            for (text, y) in lines.iter().zip(top..) {
                let style = if y == top { self.look.theme.title } else { self.look.theme.text };
                self.centred(text, (from, to), y, style, area, buf);
            }
        }
    }

    /// Writes a word with a blank on each side: left rooms in their middle, right rooms at two
    /// thirds, where few points end.
    fn centred(
        &self,
        text: &str,
        (from, to): (u16, u16),
        y: u16,
        style: Style,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let room = to.saturating_sub(from);
        let width = columns_of(text);
        let free = room.saturating_sub(width);
        let at = if from > self.scale.line() { free * 3 / 4 } else { free / 2 };
        let pad = usize::from(at > 0 && at + width < room);
        let text = format!("{}{text}{}", " ".repeat(pad), " ".repeat(pad));
        let x = from + at - u16::from(pad > 0);
        write(buf, area, x, y, &text, self.look, style);
    }

    fn draw_you(&self, you: Point, area: Rect, buf: &mut Buffer) {
        let glyphs = self.look.glyphs;
        let (x, y) = self.place(you);
        let bold = self.look.theme.title;
        if self.decided.is_none() {
            put(buf, area, x, y, glyphs.before, bold);
            return;
        }
        let text = " you ";
        let after = x + 1;
        let fits = after + columns_of(text) <= self.scale.width()
            && (x > self.scale.line() || after + columns_of(text) <= self.scale.line());
        if fits {
            if x > 0 && x != self.scale.line() + 1 {
                put(buf, area, x - 1, y, " ", bold);
            }
            write(buf, area, after, y, text, self.look, bold);
        }
        put(buf, area, x, y, glyphs.you, bold);
    }
}

const fn upper(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pro => "PRO",
        Outcome::Hybrid => "HYBRID",
        Outcome::Api => "API",
    }
}
