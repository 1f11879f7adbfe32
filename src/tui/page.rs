//! A page: what a screen has to say, as tall as it needs, shown through a window that scrolls.
//!
//! Screens write lines and widgets top down. The window follows the focused lines; in the borders
//! above and below it `▲ more` and `▼ more` say in words that there is more.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use super::look::Look;
use crate::text::layout;

/// No screen is taller than this.
const TALLEST: u16 = 600;

/// A page under construction.
#[derive(Debug)]
pub struct Page {
    buffer: Buffer,
    look: Look,
    width: u16,
    /// The rows of the window the page is shown through.
    window: u16,
    next: u16,
    focus: Option<(u16, u16)>,
    cursor: Option<Position>,
    targets: Vec<(u16, usize)>,
    /// The first of the last rows, which stay in view while the others scroll.
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
            cursor: None,
            targets: Vec::new(),
            pinned: None,
        }
    }

    /// The columns there are.
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// The rows of the window.
    pub const fn window(&self) -> u16 {
        self.window
    }

    /// The row the next line goes to.
    pub const fn row(&self) -> u16 {
        self.next
    }

    /// Whether the window is wide and tall enough for the roomy variant of a screen.
    pub const fn is_roomy(&self) -> bool {
        self.width >= 72 && self.window >= 28
    }

    /// Theme and glyphs.
    pub const fn look(&self) -> Look {
        self.look
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.next = self.next.saturating_add(1);
    }

    /// Empty lines, so that `rows` more end with the window. None where there is no room.
    pub fn fill(&mut self, rows: u16) {
        self.next = self.next.max(self.window.saturating_sub(rows));
    }

    /// One line of text; what is too wide is cut, and an ellipsis says so.
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

    /// Puts an ellipsis in the place of the last letter of a row.
    fn mark_cut(&mut self, row: u16) {
        let Some(last) = self.width.checked_sub(1) else {
            return;
        };
        // A letter of two columns goes as a whole.
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

    /// A sentence two columns in: on one line as long as the frame leaves it room, else wrapped.
    pub fn sentence(&mut self, text: &str, style: Style) {
        const INDENT: u16 = 2;
        if text.width() + usize::from(INDENT) <= usize::from(self.width) {
            self.text(&format!("{}{text}", " ".repeat(usize::from(INDENT))), style);
        } else {
            self.paragraph(text, INDENT, style);
        }
    }

    /// A paragraph whose first line begins with a mark such as `1  `, the others hanging below it.
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

    /// A name such as `> Start   `, two columns in, and what is said about it, which goes on below
    /// itself where a line is too short for it.
    pub fn entry(&mut self, name: &Span<'_>, about: &str, style: Style) {
        const INDENT: &str = "  ";
        let hang = INDENT.len() + name.width() + 1;
        let room = usize::from(self.width).saturating_sub(hang);
        // Whole lines leave a blank before the frame.
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

    /// A widget of `height` rows over the whole width, `indent` columns in.
    pub fn widget(&mut self, indent: u16, width: u16, height: u16, widget: impl Widget) {
        let row = self.take(height);
        let area = Rect::new(indent, row, width, height).intersection(self.buffer.area);
        if !area.is_empty() {
            widget.render(area, &mut self.buffer);
        }
    }

    /// A widget on rows already taken, from `row` on.
    pub fn overlay(&mut self, area: Rect, widget: impl Widget) {
        let area = area.intersection(self.buffer.area);
        if !area.is_empty() {
            widget.render(area, &mut self.buffer);
        }
    }

    /// Writes over a row already taken.
    pub fn put(&mut self, column: u16, row: u16, text: &str, style: Style) {
        if row < self.buffer.area.height && column < self.width {
            let shown = self.look.text(text);
            let room = usize::from(self.width.saturating_sub(column));
            self.buffer.set_stringn(column, row, &shown, room, style);
        }
    }

    /// Says that the rows from `from` to the present one are the focused ones.
    pub fn focus_since(&mut self, from: u16) {
        self.focus = Some((from, self.next.saturating_sub(1).max(from)));
        if self.cursor.is_none() {
            self.cursor = Some(Position::new(2, from));
        }
    }

    /// Says where the terminal's own cursor belongs, for text fields and screen readers.
    pub const fn cursor_at(&mut self, column: u16, row: u16) {
        self.cursor = Some(Position { x: column, y: row });
    }

    /// Says that a click on the rows from `from` to the present one means line `index`.
    pub fn target_since(&mut self, from: u16, index: usize) {
        for row in from..self.next {
            self.targets.push((row, index));
        }
    }

    /// Says that the rows from `from` to the end stay in view while the others scroll.
    pub const fn pin_since(&mut self, from: u16) {
        self.pinned = Some(from);
    }

    /// How many rows at the end stay in view in a window of this height.
    fn pinned_rows(&self, window: u16) -> u16 {
        let rows = self.pinned.map_or(0, |from| self.next.saturating_sub(from));
        if self.next <= window || rows + 3 > window { 0 } else { rows }
    }

    /// Takes `rows` rows, growing the page as needed, and says which is the first.
    fn take(&mut self, rows: u16) -> u16 {
        let row = self.next;
        self.next = row.saturating_add(rows).min(TALLEST);
        if self.next > self.buffer.area.height {
            let height = self.next.saturating_add(40).min(TALLEST);
            self.buffer.resize(Rect::new(0, 0, self.width, height));
        }
        row
    }

    /// Shows the page through `area`, `scroll` rows down unless the focus wants another place.
    pub fn show(self, area: Rect, scroll: u16, buf: &mut Buffer) -> Shown {
        let pinned = self.pinned_rows(area.height);
        let rows = self.next.saturating_sub(pinned);
        let window = area.height.saturating_sub(pinned);
        let most = rows.saturating_sub(window);
        let mut top = scroll.min(most);
        if let Some((first, last)) = self.focus.filter(|(first, _)| *first < rows) {
            // A line stays free on either side for `more`.
            let low = last.saturating_add(2).saturating_sub(window).min(most);
            let high = first.saturating_sub(1);
            top = top.max(low).min(high.max(low)).min(most);
            if first < top {
                top = first;
            }
        }
        self.copy(top, window, area, 0, buf);
        self.copy(rows, pinned, area, window, buf);
        self.mark_more(area, top < most, top > 0, buf);
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

    /// Copies `count` rows from `from` on to the row `y` of the area.
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

    /// Says in the border above and in the border below that there is more: in words where the
    /// title there leaves room for them, else by the arrow alone, which always has a place. No line
    /// of the page and no title is covered.
    fn mark_more(&self, area: Rect, below: bool, above: bool, buf: &mut Buffer) {
        let glyphs = self.look.glyphs;
        let mut mark = |y: u16, arrow: &str| {
            for text in [format!(" {arrow} more "), arrow.to_owned()] {
                let width = u16::try_from(text.chars().count()).unwrap_or(0);
                // The arrow alone stands where its blank would end.
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

/// What became of a page on screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// The first row shown.
    pub scroll: u16,
    /// The largest scroll that makes sense.
    pub most: u16,
    /// Where the terminal's cursor belongs.
    pub cursor: Option<Position>,
    /// Which screen rows mean which line, for the mouse.
    pub targets: Vec<(u16, usize)>,
}
