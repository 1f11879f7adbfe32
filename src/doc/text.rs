//! Renders a document as lines of text without colour, for a terminal, a pipe, or a screen with its
//! own width.

use unicode_width::UnicodeWidthStr;

use super::{Block, Cell, Document, Fit, Mark, Table};
use crate::text::layout::{pad_left, pad_right, wrap};

/// The width of printed text. Fits every terminal.
pub(crate) const WIDTH: usize = 80;

/// A document for a terminal: 80 columns, each line with a line break.
pub(crate) fn render(document: &Document) -> String {
    let mut page = Page::new(WIDTH);
    page.document(document);
    page.finish()
}

/// Blocks for a terminal.
pub(crate) fn print(blocks: &[Block]) -> String {
    let mut page = Page::new(WIDTH);
    page.blocks(blocks);
    page.finish()
}

/// A page under construction, with lines of at most `width` columns.
#[derive(Debug)]
pub(crate) struct Page {
    width: usize,
    lines: Vec<String>,
}

impl Page {
    pub(crate) fn new(width: usize) -> Self {
        Self { width, lines: Vec::new() }
    }

    /// The text, each line with a line break.
    pub(crate) fn finish(self) -> String {
        let mut text = self.lines.join("\n");
        text.push('\n');
        text
    }

    pub(crate) fn into_lines(self) -> Vec<String> {
        self.lines
    }

    pub(crate) fn document(&mut self, document: &Document) {
        if let Some(verdict) = &document.verdict {
            self.hanging("", &document.title);
            if let Some(note) = &document.note {
                self.hanging("", &format!("Note: {note}"));
            }
            document.about.iter().for_each(|about| self.hanging("", about));
            self.line("");
            self.line(&format!("{} ({})", verdict.headline, verdict.strength));
            self.blocks(&verdict.blocks);
        }
        for part in &document.parts {
            if !part.heading.is_empty() {
                self.heading(&part.heading);
            }
            self.blocks(&part.blocks);
        }
        self.line("");
        self.hanging("", &document.last);
        if document.appendix.is_empty() {
            return;
        }
        self.heading("APPENDIX");
        for part in &document.appendix {
            self.heading(&part.heading);
            self.blocks(&part.blocks);
        }
    }

    pub(crate) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => self.hanging("", text),
                Block::Footnote(text) => self.hanging("  ", text),
                Block::Heading(text) => self.heading(text),
                Block::List(list) => {
                    for item in &list.items {
                        self.hanging(list.lead, item);
                    }
                }
                Block::Numbered(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.hanging(&format!("{:>3}. ", index + 1), item);
                    }
                }
                Block::Terms(terms) => {
                    for (lead, text) in terms {
                        self.hanging(lead, text);
                    }
                }
                Block::Table(table) => self.table(table),
                Block::Lines(lines) => lines.iter().for_each(|line| self.line(line)),
                Block::Figure(_) => {}
                Block::Gap => self.line(""),
            }
        }
    }

    fn heading(&mut self, text: &str) {
        self.line("");
        self.hanging("", text);
    }

    /// Appends one line unchanged.
    fn line(&mut self, text: &str) {
        self.lines.push(text.trim_end().to_owned());
    }

    /// Appends a text behind a prefix, with its other lines indented below the first.
    fn hanging(&mut self, before: &str, text: &str) {
        let indent = " ".repeat(before.width());
        let room = self.width.saturating_sub(before.width());
        for (index, line) in wrap(text, room).iter().enumerate() {
            let lead = if index == 0 { before } else { &indent };
            self.line(&format!("{lead}{line}"));
        }
    }

    fn table(&mut self, table: &Table) {
        if table.fit.side_by_side {
            return self.side_by_side(table);
        }
        let all: Vec<usize> = (0..table.columns.len()).collect();
        let grid = Grid::new(table, &all, self.width);
        if grid.fits() {
            return grid.write(self);
        }
        if table.fit.split.is_empty() {
            let is_wrapped = self.wraps(table) || !grid.fits_with_short_names();
            return if is_wrapped { self.wrapped(table) } else { grid.write(self) };
        }
        for (index, columns) in table.fit.split.iter().enumerate() {
            if index > 0 {
                self.line("");
            }
            Grid::new(table, columns, self.width).write(self);
        }
    }

    /// True if the words of a table are sentences that no column of this page holds.
    fn wraps(&self, table: &Table) -> bool {
        let is_long = |cell: &Cell| cell.to_string().width() > self.width / 3;
        table.rows.iter().any(|row| row.cells.iter().any(is_long))
    }

    /// Appends each row as its name, its short cells in one line, and a line for each long one, every
    /// cell behind the name of its column.
    fn wrapped(&mut self, table: &Table) {
        for row in &table.rows {
            let [name, rest @ ..] = row.cells.as_slice() else { continue };
            let mark = if row.mark == Mark::Recommended { " (recommended)" } else { "" };
            if let [only] = rest {
                self.hanging("  ", &format!("{name}{mark}: {only}"));
                continue;
            }
            self.hanging("  ", &format!("{name}{mark}"));
            let mut line = String::new();
            for (cell, column) in rest.iter().zip(table.columns.iter().skip(1)) {
                let part = format!("{}: {cell}", column.name);
                let joined = format!("{line}; {part}");
                if !line.is_empty() && joined.width() + 4 <= self.width {
                    line = joined;
                    continue;
                }
                if !line.is_empty() {
                    self.hanging("    ", &line);
                }
                line = part;
            }
            self.hanging("    ", &line);
        }
    }

    /// Appends the table as columns of equal width with wrapped cells, behind the names of the
    /// rows.
    fn side_by_side(&mut self, table: &Table) {
        /// The width of the name column, which is `SHORT_NAME` if there is little room.
        const NAME: usize = 15;
        const SHORT_NAME: usize = 13;
        /// Columns narrower than this take room from the names.
        const NARROW: usize = 14;
        /// Wider columns add nothing.
        const WIDEST: usize = 31;
        let sides = table.columns.len().saturating_sub(1).max(1);
        let has_room = self.width.saturating_sub(NAME) / sides > NARROW;
        let name = if has_room { NAME } else { SHORT_NAME };
        // Minus one blank before every column.
        let cell = (self.width.saturating_sub(name) / sides).saturating_sub(1).min(WIDEST);
        let name = name.saturating_sub(2);
        let head = table.columns.iter().map(|column| column.name.to_string()).collect();
        let head = table.rows.is_empty().then_some(head);
        let rows = table.rows.iter().map(|row| row.cells.iter().map(ToString::to_string).collect());
        for row in head.into_iter().chain(rows) {
            let row: Vec<String> = row;
            let widths = std::iter::once(name).chain(std::iter::repeat(cell));
            let cells: Vec<(Vec<String>, usize)> =
                row.iter().zip(widths).map(|(text, width)| (wrap(text, width), width)).collect();
            let height = cells.iter().map(|(lines, _)| lines.len()).max().unwrap_or_default();
            for at in 0..height {
                let shown = cells.iter().map(|(lines, width)| {
                    pad_right(lines.get(at).map_or("", String::as_str), *width)
                });
                self.line(&format!("  {}", shown.collect::<Vec<_>>().join(" ")));
            }
        }
    }
}

/// The cells of a table, or of some of its columns, as text.
struct Grid {
    rows: Vec<Vec<String>>,
    /// True if the first row is the head.
    has_head: bool,
    widths: Vec<usize>,
    has_figures: Vec<bool>,
    fit: Fit,
    /// The available width in columns.
    room: usize,
}

impl Grid {
    /// Shortens the names if they do not fit. Omits an empty head.
    fn new(table: &Table, columns: &[usize], width: usize) -> Self {
        let chosen = || columns.iter().filter_map(|at| table.columns.get(*at));
        let head: Vec<String> = chosen().map(|column| column.name.to_string()).collect();
        let mut rows = Vec::with_capacity(table.rows.len() + 1);
        let has_head = !head.iter().all(String::is_empty);
        rows.extend(has_head.then_some(head));
        rows.extend(table.rows.iter().map(|row| {
            columns.iter().filter_map(|at| row.cells.get(*at)).map(ToString::to_string).collect()
        }));
        let has_figures = chosen().map(|column| column.has_figures).collect();
        let room = width.saturating_sub(table.fit.margin);
        let fit = table.fit;
        let mut grid = Self { rows, has_head, widths: Vec::new(), has_figures, fit, room };
        grid.measure();
        for (width, column) in grid.widths.iter_mut().zip(chosen()) {
            *width = (*width).min(column.most.unwrap_or(usize::MAX));
        }
        if let Some(shorten) = table.fit.shorten.filter(|_| !grid.fits()) {
            grid.shorten(shorten);
        }
        if has_head && fit.split.is_empty() && !grid.fits() {
            grid.wrap_heads();
        }
        grid
    }

    fn measure(&mut self) {
        self.widths = vec![0; self.has_figures.len()];
        for row in &self.rows {
            for (width, cell) in self.widths.iter_mut().zip(row) {
                *width = cell.width().max(*width);
            }
        }
    }

    fn shorten(&mut self, shorten: fn(&str) -> String) {
        for name in self.rows.iter_mut().filter_map(|row| row.first_mut()) {
            *name = shorten(name);
        }
        self.measure();
    }

    /// Narrows the columns of figures to their figures and the longest word of their heads.
    fn wrap_heads(&mut self) {
        let Some((head, rows)) = self.rows.split_first() else { return };
        for (index, width) in self.widths.iter_mut().enumerate().skip(1) {
            let words = head.get(index).into_iter().flat_map(|name| name.split(' '));
            let cells = rows.iter().filter_map(|row| row.get(index)).map(String::as_str);
            *width = words.chain(cells).map(UnicodeWidthStr::width).max().unwrap_or_default();
        }
    }

    /// The lines of a head whose names are wider than their columns, the last word lowest.
    fn heads(&self) -> Vec<Vec<String>> {
        let Some(head) = self.rows.first().filter(|_| self.has_head) else { return Vec::new() };
        let columns: Vec<Vec<String>> = (head.iter().zip(&self.widths).enumerate())
            .map(
                |(index, (name, width))| {
                    if index == 0 { vec![name.clone()] } else { wrap(name, *width) }
                },
            )
            .collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or_default();
        let line = |at: usize| {
            let cell = |lines: &Vec<String>| {
                (at + lines.len()).checked_sub(height).and_then(|index| lines.get(index)).cloned()
            };
            columns.iter().map(|lines| cell(lines).unwrap_or_default()).collect()
        };
        (0..height).map(line).collect()
    }

    fn gaps(&self, gap: usize) -> usize {
        gap * self.widths.len().saturating_sub(1)
    }

    fn fits(&self) -> bool {
        self.widths.iter().sum::<usize>() + self.gaps(self.fit.narrow_gap) <= self.room
    }

    /// True if the table fits once its names are as short as they may be.
    fn fits_with_short_names(&self) -> bool {
        let rest: usize = self.widths.iter().skip(1).sum();
        rest + self.gaps(self.fit.narrow_gap) + self.fit.name_floor <= self.room
    }

    fn write(&self, page: &mut Page) {
        let Fit { gap, narrow_gap, name, name_floor, cuts_first, .. } = self.fit;
        let rest: usize = self.widths.iter().skip(1).sum();
        let room = |gap| self.room.saturating_sub(rest + self.gaps(gap));
        let longest = self.widths.first().copied().unwrap_or_default().max(name);
        let wanted = if cuts_first { name } else { longest };
        let gap = if room(gap) >= wanted { gap } else { narrow_gap };
        let name = longest.min(room(gap).max(name_floor));
        let heads = self.heads();
        for row in heads.iter().chain(self.rows.iter().skip(usize::from(!heads.is_empty()))) {
            let mut line = String::new();
            let columns = self.widths.iter().zip(&self.has_figures);
            for (index, (cell, (width, has_figures))) in row.iter().zip(columns).enumerate() {
                if index == 0 {
                    line.push_str(&pad_right(cell, name));
                    continue;
                }
                line.push_str(&" ".repeat(gap));
                let pad = if *has_figures { pad_left } else { pad_right };
                line.push_str(&pad(cell, *width));
            }
            page.line(&line);
        }
    }
}
