//! The chart of Compare: cost per month by volume, and the recommendation under it.
#![expect(clippy::float_arithmetic, reason = "pixels")]

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use super::{cell, columns_of, put, restyle, whole, write};
use crate::advice::Outcome;
use crate::tui::look::Look;

/// A straight line: the cost per month at a multiple of today's volume.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line<'a> {
    /// The cost at zero volume.
    pub fixed: f64,
    /// The cost of one time today's volume.
    pub slope: f64,
    /// The name at the end of the line.
    pub label: &'a str,
}

impl Line<'_> {
    /// The cost at a multiple of today's volume.
    pub fn at(&self, multiple: f64) -> f64 {
        self.fixed + self.slope * multiple
    }
}

/// The labels under the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// At the left end.
    pub zero: &'a str,
    /// Under `┊`.
    pub today: &'a str,
    /// Under `○`, or beside a second `○` if there is no room under it.
    pub crossing: &'a str,
    /// At the right end.
    pub most: &'a str,
}

/// The bill of Pro, the API alone and hybrid by volume. Both axes are linear.
///
/// ```text
/// $40┤             ┊                 ⢀⡠ API
///    │             ┊              ⣀⠤⠒⠁
///    │             ┊          ⢀⣠⠔⠊⡠⠤  ⠒ Hybrid
///    │            ⢀◆  ⠤⠤  ⠒⣒⠤⠒⠉
///    │⣀⣀  ⠤⠤  ⠒⠊  ⠁┊   ⢀⡠⠔⠉
/// $20┤──────────────⣀⠤⠊○─────────────── Pro
///    │          ⢀⡠⠔⠉
///    │       ⣀⠤⠊⠁  ┊
///    │   ⢀⡠⠔⠉      ┊
///    │⣀⠤⠊⠁         ┊
/// $0 └─────────────┬───────────────────
///     0          today   ○ × 1.33  × 2.5
/// ```
///
/// The API is a solid line, hybrid a dashed one, Pro flat. `┊` is today, `◆` today on the
/// recommended line, `●` the what-if volume on it, and `○` where API alone and Pro cost the same. A
/// line is named where it leaves the chart: at the right end, or at the top. If the glyph set has
/// no braille, the lines are letters.
#[derive(Debug, Clone, Copy)]
pub struct Chart<'a> {
    /// The multiple of today's volume at the right end; above 0.
    pub x_max: f64,
    /// The cost at the top; above 0.
    pub y_max: f64,
    /// Labelled costs on the left axis, including 0.
    pub y_ticks: &'a [(f64, &'a str)],
    pub pro: Line<'a>,
    /// Drawn solid.
    pub api: Line<'a>,
    /// Drawn dashed.
    pub hybrid: Line<'a>,
    /// The line that `◆` marks.
    pub recommended: Outcome,
    /// Today's volume: 1, or 0 if the axis is not a multiple of today's volume.
    pub today: f64,
    /// The what-if volume, if it differs from today's.
    pub what_if: Option<f64>,
    /// Where the API alone costs the same as Pro.
    pub crossing: Option<f64>,
    pub words: Words<'a>,
    pub look: Look,
}

/// The recommendation by volume, as named ranges.
///
/// ```text
/// ├──── API ────┼────────── Hybrid ──────────┤
/// ```
///
/// One line, as wide as its area. A name that does not fit its range is cut. A range too narrow for
/// its borders is left out.
#[derive(Debug, Clone, Copy)]
pub struct Stretches<'a> {
    /// The end and the name of each range, in order. The last range extends to the right end.
    pub ends: &'a [(f64, &'a str)],
    /// The multiple at the right end; above 0.
    pub x_max: f64,
    pub look: Look,
}

/// The areas of the chart and its two scales.
#[derive(Debug, Clone, Copy)]
struct Plot {
    /// The area of the lines.
    field: Rect,
    x_max: f64,
    y_max: f64,
}

impl Plot {
    /// The multiple at the middle of a dot or cell, with `count` of them over the whole width.
    fn multiple(&self, index: u16, count: u16) -> f64 {
        (f64::from(index) + 0.5) / f64::from(count.max(1)) * self.x_max
    }

    /// The column of a multiple. Returns `None` if it is outside the chart.
    fn column(&self, multiple: f64) -> Option<u16> {
        let last = self.field.width.checked_sub(1)?;
        let inside = (0.0..=self.x_max).contains(&multiple);
        inside.then(|| whole(multiple / self.x_max * f64::from(self.field.width)).min(last))
    }

    /// The row of a cost, of `count` rows from the top. Returns `None` if it is outside the chart.
    fn row(&self, cost: f64, count: u16) -> Option<u16> {
        let last = count.checked_sub(1)?;
        let inside = (0.0..=self.y_max).contains(&cost);
        inside.then(|| whole((1.0 - cost / self.y_max) * f64::from(count)).min(last))
    }

    /// The text row of a cost.
    fn line(&self, cost: f64) -> Option<u16> {
        self.row(cost, self.field.height)
    }
}

/// A name beside a line, and its extent.
#[derive(Debug, Clone, Copy)]
struct Placed {
    y: u16,
    start: u16,
    end: u16,
}

impl Placed {
    /// True if the two overlap or touch.
    const fn meets(self, other: Self) -> bool {
        self.y == other.y && self.start <= other.end && other.start <= self.end
    }
}

impl Widget for &Chart<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let left = self.y_ticks.iter().map(|(_, name)| columns_of(name)).max().unwrap_or(0);
        let names = [self.pro, self.api, self.hybrid];
        let right = names.iter().map(|line| columns_of(line.label)).max().unwrap_or(0);
        // The axis, and a blank before the names.
        let taken = left.saturating_add(1).saturating_add(right).saturating_add(1);
        let field = Rect {
            x: area.x.saturating_add(left).saturating_add(1),
            y: area.y,
            width: area.width.saturating_sub(taken),
            height: area.height.saturating_sub(2),
        };
        if field.is_empty() {
            return;
        }
        let positive = |value: f64| {
            if value > 0.0 && value.is_finite() { value } else { 1.0 }
        };
        let plot = Plot { field, x_max: positive(self.x_max), y_max: positive(self.y_max) };
        self.axes(&plot, area, left, buf);
        self.pro_line(&plot, buf);
        if self.look.glyphs.has_braille {
            self.dots(&plot, self.api, Outcome::Api, buf);
            self.dots(&plot, self.hybrid, Outcome::Hybrid, buf);
        } else {
            self.letters(&plot, self.api, Outcome::Api, buf);
            self.letters(&plot, self.hybrid, Outcome::Hybrid, buf);
        }
        self.marks(&plot, buf);
        // Names may extend right of the field, to the end of the area.
        let beside = Rect { width: area.right().saturating_sub(field.x), ..field };
        self.names(&plot, beside, buf);
        let under = Rect { y: field.bottom(), height: 2, ..beside };
        self.under(&plot, under, buf);
    }
}

impl Chart<'_> {
    fn recommended_line(&self) -> Line<'_> {
        match self.recommended {
            Outcome::Pro => self.pro,
            Outcome::Hybrid => self.hybrid,
            Outcome::Api => self.api,
        }
    }

    /// The frame of the field, the costs to its left, and today's line through it.
    fn axes(&self, plot: &Plot, area: Rect, left: u16, buf: &mut Buffer) {
        let glyphs = self.look.glyphs;
        let theme = self.look.theme;
        let field = plot.field;
        let today = plot.column(self.today);
        for y in 0..field.height {
            put(buf, area, left, y, glyphs.vertical, theme.border);
            for x in 0..field.width {
                let symbol = if today == Some(x) { glyphs.marker } else { " " };
                put(buf, field, x, y, symbol, theme.border);
            }
        }
        put(buf, area, left, field.height, glyphs.bottom_left, theme.border);
        let bottom = Rect { y: field.bottom(), height: 1, ..field };
        for x in 0..field.width {
            let symbol = if today == Some(x) { glyphs.tee_down } else { glyphs.horizontal };
            put(buf, bottom, x, 0, symbol, theme.border);
        }
        for (cost, name) in self.y_ticks {
            if *cost > 0.0 {
                let Some(y) = plot.line(*cost) else { continue };
                put(buf, area, left, y, glyphs.tee_left, theme.border);
                write(buf, area, 0, y, name, self.look, theme.text);
            } else {
                write(buf, area, 0, field.height, name, self.look, theme.text);
            }
        }
    }

    fn pro_line(&self, plot: &Plot, buf: &mut Buffer) {
        let Some(y) = plot.line(self.pro.fixed) else {
            return;
        };
        for x in 0..plot.field.width {
            put(buf, plot.field, x, y, self.look.glyphs.horizontal, self.look.theme.pro);
        }
    }

    /// A line in braille. The hybrid line alternates two cells on, two off.
    fn dots(&self, plot: &Plot, line: Line<'_>, side: Outcome, buf: &mut Buffer) {
        let field = plot.field;
        let (wide, high) = (field.width.saturating_mul(2), field.height.saturating_mul(4));
        let style = self.look.side(side);
        let mut before = None;
        for x in 0..wide {
            let row = plot.row(line.at(plot.multiple(x, wide)), high);
            let is_gap = side == Outcome::Hybrid && (x / 2 / 2) % 2 == 1;
            if let (Some(row), false) = (row, is_gap) {
                for y in between(before, row) {
                    dot(buf, field, x, y, style);
                }
            }
            before = row;
        }
    }

    /// A line in letters, one per column where it is not steep.
    fn letters(&self, plot: &Plot, line: Line<'_>, side: Outcome, buf: &mut Buffer) {
        let field = plot.field;
        let glyphs = self.look.glyphs;
        let symbol = if side == Outcome::Api { glyphs.api_line } else { glyphs.hybrid_line };
        let mut before = None;
        for x in 0..field.width {
            let row = plot.line(line.at(plot.multiple(x, field.width)));
            if let Some(row) = row {
                for y in between(before, row) {
                    put(buf, field, x, y, symbol, self.look.side(side));
                }
            }
            before = row;
        }
    }

    fn marks(&self, plot: &Plot, buf: &mut Buffer) {
        let glyphs = self.look.glyphs;
        let line = self.recommended_line();
        let marks = [
            (self.crossing, self.pro, glyphs.crossing),
            (self.what_if, line, glyphs.what_if),
            (Some(self.today), line, glyphs.you),
        ];
        for (multiple, line, symbol) in marks {
            let place = multiple.and_then(|m| Some((plot.column(m)?, plot.line(line.at(m))?)));
            if let Some((x, y)) = place {
                put(buf, plot.field, x, y, symbol, self.look.theme.hybrid);
            }
        }
    }

    /// Writes the name of each line where it leaves the chart.
    fn names(&self, plot: &Plot, beside: Rect, buf: &mut Buffer) {
        let mut taken: [Option<Placed>; 3] = [None; 3];
        let lines = [
            (self.pro, self.look.theme.pro),
            (self.api, self.look.theme.api),
            (self.hybrid, self.look.theme.hybrid),
        ];
        for ((line, style), slot) in lines.into_iter().zip(0_usize..) {
            let is_free = |place: &Placed| {
                let blank = |x| {
                    let spot = (beside.x.saturating_add(x), beside.y.saturating_add(place.y));
                    let shown = buf.cell(spot).map_or(" ", Cell::symbol);
                    x >= beside.width || shown == " " || shown == self.look.glyphs.marker
                };
                (place.start.saturating_sub(1)..=place.end).all(blank)
            };
            let Some(placed) = name_place(plot, beside, line, &taken, is_free) else {
                continue;
            };
            write(buf, beside, placed.start, placed.y, line.label, self.look, named(style));
            if let Some(free) = taken.get_mut(slot) {
                *free = Some(placed);
            }
        }
    }

    /// The ticks and the labels under the field.
    fn under(&self, plot: &Plot, under: Rect, buf: &mut Buffer) {
        let glyphs = self.look.glyphs;
        let theme = self.look.theme;
        let words = self.words;
        let mut say = |x: u16, text: &str| {
            let end = x.saturating_add(columns_of(text));
            let fits = end <= under.width;
            if fits {
                write(buf, under, x, 1, text, self.look, theme.text);
            }
            fits.then_some(end)
        };
        let zero_end = columns_of(words.zero);
        let middle = plot.column(self.today).unwrap_or(0);
        let today = middle.saturating_sub(columns_of(words.today) / 2);
        let mut end = zero_end;
        let mut left_end = 0;
        if today > zero_end {
            left_end = say(0, words.zero).unwrap_or(0);
        }
        if plot.column(self.today).is_some() {
            end = say(today, words.today).unwrap_or(end);
        }
        let crossing = self.crossing.and_then(|multiple| plot.column(multiple));
        let mut has_tick = false;
        if let Some(x) = crossing {
            let width = columns_of(words.crossing);
            let under_it = x.saturating_sub(1);
            let before_today = under_it >= left_end.saturating_add(2)
                && under_it.saturating_add(width).saturating_add(2) <= today;
            if before_today {
                has_tick = say(under_it, words.crossing).is_some();
            } else if under_it >= end.saturating_add(3) {
                let reached = say(under_it, words.crossing);
                has_tick = reached.is_some();
                end = reached.unwrap_or(end);
            } else {
                let mark = end.saturating_add(3);
                let text = mark.saturating_add(2);
                if let Some(reached) = say(text, words.crossing) {
                    say(mark, glyphs.crossing);
                    end = reached;
                }
            }
        }
        let most = plot.field.width.saturating_sub(columns_of(words.most));
        say(most.max(end.saturating_add(2)), words.most);
        if let (true, Some(x)) = (has_tick, crossing) {
            put(buf, under, x, 0, glyphs.tee_down, theme.border);
        }
        if let Some(x) = self.what_if.and_then(|multiple| plot.column(multiple)) {
            put(buf, under, x, 0, glyphs.tee_up, theme.border);
        }
    }
}

/// Names are text: they use the weight of their line, not its colour.
fn named(style: Style) -> Style {
    Style { fg: None, ..style }
}

/// How many rows below the top a name may be if its line leaves the chart at the top.
const ROWS_FOR_A_NAME: u16 = 6;

/// The position of a line's name: clear of earlier names and, if possible, of the lines.
fn name_place(
    plot: &Plot,
    beside: Rect,
    line: Line<'_>,
    taken: &[Option<Placed>],
    is_free: impl Fn(&Placed) -> bool,
) -> Option<Placed> {
    let width = columns_of(line.label);
    let at = |start: u16, y: u16| Placed { y, start, end: start.saturating_add(width) };
    let fits = |place: &Placed| {
        place.end <= beside.width
            && place.y < beside.height
            && !taken.iter().flatten().any(|other| place.meets(*other))
    };
    let field = plot.field;
    let wide = field.width.saturating_mul(2);
    let last = line.at(plot.multiple(wide.saturating_sub(1), wide));
    let end = field.width.saturating_add(1);
    if let Some(y) = plot.line(last) {
        // Right end; if another name is there, the nearest free row above or below.
        let near = (0..=2_u16).flat_map(|step| [y.checked_sub(step), y.checked_add(step)]);
        return near.flatten().map(|row| at(end, row)).find(fits);
    }
    // Top: right of the last column whose middle is still in the chart, or left of the first one in
    // the same row. If another line is in the way, in the rows below.
    let row_of = |x: u16| plot.line(line.at(plot.multiple(x, field.width)));
    let exit = (0..field.width).rev().find(|x| row_of(*x).is_some())?;
    let beside_row = |y: u16| {
        let first = (0..field.width).find(|x| row_of(*x).is_some_and(|row| row <= y));
        let last = (0..=exit).rev().find(|x| row_of(*x).is_some_and(|row| row >= y));
        let left = first.and_then(|x| x.checked_sub(width.saturating_add(1)));
        let right = |gap: u16| last.map(|x| at(x.saturating_add(gap), y));
        [right(2), right(3), left.map(|start| at(start, y))]
    };
    let places = || (0..ROWS_FOR_A_NAME).flat_map(beside_row).flatten().filter(fits);
    places().find(is_free).or_else(|| places().next())
}

/// The rows from `before`, exclusive, to this one, so that a steep line has no gaps.
fn between(before: Option<u16>, row: u16) -> std::ops::RangeInclusive<u16> {
    match before {
        Some(before) if before > row => row..=before.saturating_sub(1),
        Some(before) if before < row => before.saturating_add(1)..=row,
        _ => row..=row,
    }
}

/// Adds one braille dot to a cell.
fn dot(buf: &mut Buffer, field: Rect, x: u16, y: u16, style: Style) {
    if let Some(cell) = cell(buf, field, x / 2, y / 4) {
        let shown = cell.symbol().chars().next().map_or(0, u32::from);
        let there = shown.checked_sub(0x2800).and_then(|bits| u8::try_from(bits).ok());
        cell.set_char(braille(there.unwrap_or(0) | braille_bit(x, y)));
        restyle(cell, style);
    }
}

impl Widget for &Stretches<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let Some(last) = area.width.checked_sub(1) else {
            return;
        };
        if self.ends.is_empty() {
            return;
        }
        let glyphs = self.look.glyphs;
        let theme = self.look.theme;
        for x in 0..area.width {
            put(buf, area, x, 0, glyphs.horizontal, theme.border);
        }
        let x_max = if self.x_max > 0.0 { self.x_max } else { 1.0 };
        let mut from = 0_u16;
        for ((end, name), left) in self.ends.iter().zip((0..self.ends.len()).rev()) {
            let share = (end / x_max).clamp(0.0, 1.0);
            let place = whole(share * f64::from(last) + 0.5);
            let to = if left == 0 { last } else { place.min(last) };
            let room = to.saturating_sub(from).saturating_sub(1);
            if room > 0 {
                let shown = crate::text::layout::fit(name, usize::from(room.saturating_sub(2)));
                let width = columns_of(&shown);
                if width > 0 {
                    let gap = room.saturating_sub(width).saturating_sub(2);
                    let start = from.saturating_add(1).saturating_add(gap.div_ceil(2));
                    put(buf, area, start, 0, " ", theme.text);
                    let after = start.saturating_add(1);
                    write(buf, area, after, 0, &shown, self.look, theme.text);
                    put(buf, area, after.saturating_add(width), 0, " ", theme.text);
                }
            }
            put(buf, area, to, 0, glyphs.cross, theme.border);
            from = to.max(from);
        }
        put(buf, area, 0, 0, glyphs.tee_right, theme.border);
        put(buf, area, last, 0, glyphs.tee_left, theme.border);
    }
}

/// The bit of a braille character for a dot, by its position in the cell.
const fn braille_bit(x: u16, y: u16) -> u8 {
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
fn braille(pattern: u8) -> char {
    char::from_u32(0x2800 + u32::from(pattern)).unwrap_or(' ')
}
