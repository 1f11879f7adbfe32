//! A page: the content of a screen, as tall as it needs, shown through a scrolling window.
//!
//! Screens write lines and widgets from top to bottom and mark the rows that can be focused. The
//! window follows the focus until the person scrolls. `▲ more` and `▼ more` in the borders show
//! that there is more above or below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use super::look::Look;
use crate::text::layout;

const TALLEST: u16 = 600;

/// Below this window height, a page that does not fit drops its blank rows.
const LOW: u16 = 10;

/// A page under construction.
#[derive(Debug)]
pub struct Page {
    buffer: Buffer,
    look: Look,
    width: u16,
    /// The height of the window.
    window: u16,
    next: u16,
    focus: Option<(u16, u16)>,
    /// The first and last row of each focusable item.
    stops: Vec<(u16, u16)>,
    refusal: Option<(u16, u16)>,
    cursor: Option<Position>,
    targets: Vec<(u16, usize)>,
    /// The first of the sticky rows, which stay in view while the others scroll.
    pinned: Option<u16>,
}

impl Page {
    /// An empty page for a window of this size.
    pub fn new(look: Look, width: u16, window: u16) -> Self {
        let height = window.max(24);
        Self {
            buffer: Buffer::empty(Rect::new(0, 0, width, height)),
            look,
            width,
            window,
            next: 0,
            focus: None,
            stops: Vec::new(),
            refusal: None,
            cursor: None,
            targets: Vec::new(),
            pinned: None,
        }
    }

    pub const fn width(&self) -> u16 {
        self.width
    }

    pub const fn window(&self) -> u16 {
        self.window
    }

    /// The row the next line goes to.
    pub const fn row(&self) -> u16 {
        self.next
    }

    /// True if the window is wide and tall enough for the roomy variant of a screen.
    pub const fn is_roomy(&self) -> bool {
        self.width >= 72 && self.window >= 28
    }

    pub const fn look(&self) -> Look {
        self.look
    }

    pub fn gap(&mut self) {
        self.next = self.next.saturating_add(1);
    }

    /// Adds blank lines, so that the next `rows` rows end with the window. Adds none if there is no
    /// room.
    pub fn fill(&mut self, rows: u16) {
        self.next = self.next.max(self.window.saturating_sub(rows));
    }

    /// One line of text. A line that is too wide is cut and ends in an ellipsis.
    pub fn line<'a>(&mut self, line: impl Into<Line<'a>>) {
        let line = line.into();
        let row = self.take(1);
        if row < self.buffer.area.height {
            let mut x = 0;
            let mut is_cut = false;
            for span in &line.spans {
                let shown = self.look.text(&span.content);
                let style = line.style.patch(span.style);
                let room = usize::from(self.width.saturating_sub(x));
                let (end, _) = self.buffer.set_stringn(x, row, &shown, room, style);
                is_cut |= shown.trim_end().width() > room;
                x = end;
            }
            if is_cut {
                self.mark_cut(row);
            }
        }
    }

    /// Replaces the last letter of a row with an ellipsis.
    fn mark_cut(&mut self, row: u16) {
        let Some(last) = self.width.checked_sub(1) else {
            return;
        };
        // A letter two columns wide is removed as a whole.
        let before = last.checked_sub(1).and_then(|x| self.buffer.cell(Position::new(x, row)));
        let is_wide = before.is_some_and(|cell| cell.symbol().width() > 1);
        let x = last.saturating_sub(u16::from(is_wide));
        if let Some(cell) = self.buffer.cell_mut(Position::new(x, row)) {
            cell.set_symbol(self.look.glyphs.ellipsis);
        }
    }

    /// A line in one style.
    pub fn text(&mut self, text: &str, style: Style) {
        self.line(Span::styled(text, style));
    }

    /// A paragraph, wrapped, each line indented by `indent` columns.
    pub fn paragraph(&mut self, text: &str, indent: u16, style: Style) {
        let room = usize::from(self.width.saturating_sub(indent).saturating_sub(1));
        let margin = " ".repeat(usize::from(indent));
        for line in layout::wrap(text, room) {
            self.text(&format!("{margin}{line}"), style);
        }
    }

    /// A sentence indented by two columns: on one line if it fits the frame, else wrapped.
    pub fn sentence(&mut self, text: &str, style: Style) {
        const INDENT: u16 = 2;
        if text.width() + usize::from(INDENT) <= usize::from(self.width) {
            self.text(&format!("{}{text}", " ".repeat(usize::from(INDENT))), style);
        } else {
            self.paragraph(text, INDENT, style);
        }
    }

    /// A paragraph whose first line begins with a mark such as `1  `; the other lines are indented
    /// to match.
    pub fn item(&mut self, mark: &str, text: &str, indent: u16, style: Style) {
        let hang = indent.saturating_add(u16::try_from(mark.chars().count()).unwrap_or(0));
        let room = usize::from(self.width.saturating_sub(hang).saturating_sub(1));
        for (index, line) in layout::wrap(text, room).iter().enumerate() {
            let lead = if index == 0 {
                format!("{}{mark}", " ".repeat(usize::from(indent)))
            } else {
                " ".repeat(usize::from(hang))
            };
            self.text(&format!("{lead}{line}"), style);
        }
    }

    /// A name such as `> Start   `, indented by two columns, and its description, wrapped below
    /// itself if the line is too short.
    pub fn entry(&mut self, name: &Span<'_>, about: &str, style: Style) {
        const INDENT: &str = "  ";
        let hang = INDENT.len() + name.width() + 1;
        let room = usize::from(self.width).saturating_sub(hang);
        // Full lines leave a blank before the frame.
        let margin = usize::from(about.width() > room);
        let lines = layout::wrap(about, room.saturating_sub(margin));
        let mut name = Some(name.clone());
        for line in lines.iter().map(String::as_str).chain(lines.is_empty().then_some("")) {
            let blank = || Span::raw(" ".repeat(hang - INDENT.len() - 1));
            let name = name.take().unwrap_or_else(blank);
            let about = Span::styled(format!(" {line}"), style);
            self.line(Line::from(vec![Span::raw(INDENT), name, about]));
        }
    }

    /// A widget of `width` columns and `height` rows, indented by `indent` columns.
    pub fn widget(&mut self, indent: u16, width: u16, height: u16, widget: impl Widget) {
        let row = self.take(height);
        let area = Rect::new(indent, row, width, height).intersection(self.buffer.area);
        if !area.is_empty() {
            widget.render(area, &mut self.buffer);
        }
    }

    /// Draws a widget over rows already written.
    pub fn overlay(&mut self, area: Rect, widget: impl Widget) {
        let area = area.intersection(self.buffer.area);
        if !area.is_empty() {
            widget.render(area, &mut self.buffer);
        }
    }

    /// Writes over a row already written.
    pub fn put(&mut self, column: u16, row: u16, text: &str, style: Style) {
        if row < self.buffer.area.height && column < self.width {
            let shown = self.look.text(text);
            let room = usize::from(self.width.saturating_sub(column));
            self.buffer.set_stringn(column, row, &shown, room, style);
        }
    }

    /// Marks the rows from `from` to the current one as focusable, and notes whether they have the
    /// focus.
    pub fn mark_focusable(&mut self, from: u16, focused: bool) {
        let rows = (from, self.next.saturating_sub(1).max(from));
        self.stops.push(rows);
        if focused {
            self.focus = Some(rows);
            if self.cursor.is_none() {
                self.cursor = Some(Position::new(2, from));
            }
        }
    }

    /// The reason for a refusal: indented by two columns, wrapped, and kept in view with the focus.
    pub fn refusal(&mut self, why: &str) {
        let from = self.next;
        self.item("! ", why, 2, self.look.theme.title);
        self.refusal = Some((from, self.next.saturating_sub(1).max(from)));
    }

    /// Places the terminal's own cursor, for text fields and screen readers.
    pub const fn cursor_at(&mut self, column: u16, row: u16) {
        self.cursor = Some(Position { x: column, y: row });
    }

    /// Makes a click on the rows from `from` to the current one select line `index`.
    pub fn mark_clickable(&mut self, from: u16, index: usize) {
        for row in from..self.next {
            self.targets.push((row, index));
        }
    }

    /// Keeps the rows from `from` to the end in view while the others scroll.
    pub const fn mark_sticky(&mut self, from: u16) {
        self.pinned = Some(from);
    }

    /// The number of sticky rows in a window of this height.
    fn pinned_rows(&self, window: u16) -> u16 {
        let rows = self.pinned.map_or(0, |from| self.next.saturating_sub(from));
        if self.next <= window || rows + 3 > window { 0 } else { rows }
    }

    /// Reserves `rows` rows, growing the page as needed. Returns the first of them.
    fn take(&mut self, rows: u16) -> u16 {
        let row = self.next;
        self.next = row.saturating_add(rows).min(TALLEST);
        if self.next > self.buffer.area.height {
            let height = self.next.saturating_add(40).min(TALLEST);
            self.buffer.resize(Rect::new(0, 0, self.width, height));
        }
        row
    }

    /// Draws the page into `area`, scrolled by `scroll` rows or to the focus.
    pub fn show(mut self, area: Rect, scroll: Option<u16>, buf: &mut Buffer) -> Shown {
        self.leave_out_blanks(area.height);
        let pinned = self.pinned_rows(area.height);
        let rows = self.next.saturating_sub(pinned);
        let window = area.height.saturating_sub(pinned);
        // Blank rows at the end are not worth scrolling to.
        let written = (0..rows).rev().find(|row| !self.is_blank(*row)).map_or(0, |row| row + 1);
        let most = written.saturating_sub(window);
        let focus = self.focus.filter(|(first, _)| *first < rows);
        let top = scroll.unwrap_or_else(|| self.top(focus, window, most)).min(most);
        self.copy(top, window, area, 0, buf);
        self.copy(rows, pinned, area, window, buf);
        let is_above = (0..top).any(|row| !self.is_blank(row));
        self.mark_more(area, top < most, is_above, buf);
        let at = |row: u16| {
            if row >= rows {
                let below = row.saturating_sub(rows);
                (below < pinned).then(|| area.y + window + below)
            } else {
                let inside = row >= top && row < top.saturating_add(window);
                inside.then(|| area.y + row.saturating_sub(top))
            }
        };
        Shown {
            scroll: top,
            most,
            rows: window,
            focus: focus.map(|(first, _)| first),
            refuses: self.refusal.is_some(),
            shows_focus: focus.is_none_or(|(first, _)| at(first).is_some()),
            cursor: self
                .cursor
                .filter(|cursor| cursor.x < area.width)
                .and_then(|cursor| Some(Position::new(area.x + cursor.x, at(cursor.y)?))),
            targets: self
                .targets
                .iter()
                .filter_map(|(row, index)| Some((at(*row)?, *index)))
                .collect(),
        }
    }

    /// The first row shown while the window follows the focus.
    ///
    /// Shows as much of the text above the focus as fits. With the focus on the first item, the
    /// page starts at its top, even if the end of that item is cut off; with the focus on the last
    /// item, the page ends at its bottom. A refusal is shown together with the focus, or alone if
    /// both do not fit.
    fn top(&self, focus: Option<(u16, u16)>, window: u16, most: u16) -> u16 {
        let lowest = |last: u16| last.saturating_add(1).saturating_sub(window);
        if let Some((from, to)) = self.refusal {
            let (first, last) = focus.unwrap_or((from, to));
            let (first, last) = (first.min(from), last.max(to));
            let both_fit = lowest(last) <= first;
            return if both_fit { lowest(last) } else { lowest(to).min(from) };
        }
        let Some((first, last)) = focus else {
            return 0;
        };
        if first < window && self.stops.iter().all(|stop| stop.0 >= first) {
            0
        } else if self.stops.iter().all(|stop| stop.1 <= last) {
            first.min(most)
        } else {
            // With room to spare, the line below the focus shows what comes next.
            let spare = u16::from(window >= LOW);
            lowest(last.saturating_add(spare)).min(first)
        }
    }

    fn is_blank(&self, row: u16) -> bool {
        (0..self.width).all(|x| {
            let cell = self.buffer.cell(Position::new(x, row));
            cell.is_none_or(|cell| cell.symbol() == " ")
        })
    }

    /// Removes blank rows from the top until the page fits, if the page has a focusable item and
    /// the window is low. Pages that are only read keep their paragraphs apart.
    fn leave_out_blanks(&mut self, window: u16) {
        let end = self.next.min(self.buffer.area.height);
        let mut surplus = self.next.saturating_sub(window);
        if self.stops.is_empty() || window >= LOW || surplus == 0 {
            return;
        }
        let mut kept = Vec::new();
        // The new place of every row. References to a removed row move to the next one.
        let mut places = Vec::new();
        for row in 0..end {
            places.push(u16::try_from(kept.len()).unwrap_or(u16::MAX));
            if surplus > 0 && self.is_blank(row) {
                surplus -= 1;
            } else {
                kept.push(row);
            }
        }
        let rows = u16::try_from(kept.len()).unwrap_or(u16::MAX);
        let place = |row: u16| places.get(usize::from(row)).copied().unwrap_or(rows);
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.width, rows.max(window)));
        for (to, from) in (0..).zip(&kept) {
            for x in 0..self.width {
                let cell = self.buffer.cell(Position::new(x, *from));
                if let (Some(cell), Some(to)) = (cell, buffer.cell_mut(Position::new(x, to))) {
                    *to = cell.clone();
                }
            }
        }
        self.buffer = buffer;
        self.next = rows;
        let both = |(first, last): (u16, u16)| (place(first), place(last));
        self.focus = self.focus.map(both);
        self.refusal = self.refusal.map(both);
        self.pinned = self.pinned.map(place);
        self.cursor = self.cursor.map(|cursor| Position::new(cursor.x, place(cursor.y)));
        for stop in &mut self.stops {
            *stop = both(*stop);
        }
        for (row, _) in &mut self.targets {
            *row = place(*row);
        }
    }

    /// Copies `count` rows, starting at `from`, to row `y` of the area.
    fn copy(&self, from: u16, count: u16, area: Rect, y: u16, buf: &mut Buffer) {
        for step in 0..count.min(self.buffer.area.height.saturating_sub(from)) {
            for x in 0..area.width.min(self.width) {
                let cell = self.buffer.cell(Position::new(x, from + step));
                let to = buf.cell_mut(Position::new(area.x + x, area.y + y + step));
                if let (Some(cell), Some(to)) = (cell, to) {
                    *to = cell.clone();
                }
            }
        }
    }

    /// Marks in the top and bottom borders that there is more: in words if the title leaves room,
    /// else by the arrow alone, which always fits. Covers neither a line of the page nor a title.
    fn mark_more(&self, area: Rect, below: bool, above: bool, buf: &mut Buffer) {
        let glyphs = self.look.glyphs;
        let mut mark = |y: u16, arrow: &str| {
            for text in [format!(" {arrow} more "), arrow.to_owned()] {
                let width = u16::try_from(text.chars().count()).unwrap_or(0);
                // An arrow alone stands where the blank after it would end.
                let end = area.right().saturating_sub(u16::from(width == 1));
                let x = end.saturating_sub(width).max(area.x);
                let is_free = (x..end).all(|x| {
                    let cell = buf.cell(Position::new(x, y));
                    cell.is_some_and(|cell| cell.symbol() == glyphs.horizontal)
                });
                if is_free {
                    buf.set_stringn(x, y, &text, usize::from(width), self.look.theme.key);
                    return;
                }
            }
        };
        if let Some(border) = area.y.checked_sub(1).filter(|_| above) {
            mark(border, glyphs.more_above);
        }
        if below {
            mark(area.bottom(), glyphs.more_below);
        }
    }
}

/// How a page was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    pub scroll: u16,
    /// The largest useful scroll.
    pub most: u16,
    /// How many rows scroll: those of the window without the sticky ones.
    pub rows: u16,
    /// The first focused row of the page, if it is in the part that scrolls.
    pub focus: Option<u16>,
    /// True if the page explains a refusal.
    pub refuses: bool,
    /// True if the focused rows begin in view, or nothing is focused.
    pub shows_focus: bool,
    /// Where the terminal's cursor belongs.
    pub cursor: Option<Position>,
    /// The line that each clickable screen row selects.
    pub targets: Vec<(u16, usize)>,
}
