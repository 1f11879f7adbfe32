//! Renders a document as lines of text without colour, for a terminal, a pipe, or a screen with its
//! own width.

use unicode_width::UnicodeWidthStr;

use super::{Block, Document, Fit, Table};
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
            self.line(&format!("{} ({})", verdict.headline, verdict.strength));
            self.blocks(&verdict.blocks);
        }
        for part in &document.parts {
            if !part.heading.is_empty() {
                self.heading(&part.heading);
            }
            self.blocks(&part.blocks);
        }
        self.hanging("", &document.last);
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
        if grid.fits() || table.fit.split.is_empty() {
            return grid.write(self);
        }
        for (index, columns) in table.fit.split.iter().enumerate() {
            if index > 0 {
                self.line("");
            }
            Grid::new(table, columns, self.width).write(self);
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
        rows.extend((!head.iter().all(String::is_empty)).then_some(head));
        rows.extend(table.rows.iter().map(|row| {
            columns.iter().filter_map(|at| row.cells.get(*at)).map(ToString::to_string).collect()
        }));
        let has_figures = chosen().map(|column| column.has_figures).collect();
        let room = width.saturating_sub(table.fit.margin);
        let mut grid = Self { rows, widths: Vec::new(), has_figures, fit: table.fit, room };
        grid.measure();
        for (width, column) in grid.widths.iter_mut().zip(chosen()) {
            *width = (*width).min(column.most.unwrap_or(usize::MAX));
        }
        if let Some(shorten) = table.fit.shorten.filter(|_| !grid.fits()) {
            grid.shorten(shorten);
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

    fn gaps(&self, gap: usize) -> usize {
        gap * self.widths.len().saturating_sub(1)
    }

    fn fits(&self) -> bool {
        self.widths.iter().sum::<usize>() + self.gaps(self.fit.narrow_gap) <= self.room
    }

    fn write(&self, page: &mut Page) {
        let Fit { gap, narrow_gap, name, name_floor, cuts_first, .. } = self.fit;
        let rest: usize = self.widths.iter().skip(1).sum();
        let room = |gap| self.room.saturating_sub(rest + self.gaps(gap));
        let longest = self.widths.first().copied().unwrap_or_default().max(name);
        let wanted = if cuts_first { name } else { longest };
        let gap = if room(gap) >= wanted { gap } else { narrow_gap };
        let name = longest.min(room(gap).max(name_floor));
        for row in &self.rows {
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
