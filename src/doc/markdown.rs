//! A document as Markdown with plain tables, readable in a pager too.

use std::fmt::Write;

use super::{Block, Cell, Document, Mark, Table, Verdict, linked};
use crate::text::cell::inert;
use crate::text::markdown::{escape, paragraph};

pub(crate) fn render(document: &Document) -> String {
    let mut page = Page::default();
    page.paragraph(&format!("# {}", escape(&document.title)));
    if let Some(note) = &document.note {
        page.paragraph(&format!("Note: {}", escape(note)));
    }
    if !document.about.is_empty() {
        page.list(&document.about);
    }
    if let Some(verdict) = &document.verdict {
        let Verdict { heading, headline, strength, blocks, .. } = verdict;
        page.paragraph(&format!("## {heading}"));
        page.paragraph(&format!("**{}** ({})", escape(headline), escape(strength)));
        page.blocks(blocks);
    }
    for part in &document.parts {
        page.paragraph(&format!("## {}", escape(&part.heading)));
        page.blocks(&part.blocks);
    }
    page.paragraph(&sentence(&document.last));
    if !document.appendix.is_empty() {
        page.paragraph("## Appendix");
    }
    for part in &document.appendix {
        page.paragraph(&format!("### {}", escape(&part.heading)));
        page.blocks(&part.blocks);
    }
    while page.0.ends_with("\n\n") {
        page.0.pop();
    }
    page.0
}

/// Markdown under construction. One empty line separates blocks.
#[derive(Default)]
struct Page(String);

impl Page {
    /// Appends one line of a block.
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.0, "{text}");
    }

    /// Appends a block of one line that is already Markdown.
    fn paragraph(&mut self, text: &str) {
        self.line(text);
        self.line("");
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) | Block::Footnote(text) => self.paragraph(&paragraph(text)),
                Block::Heading(text) => self.paragraph(&format!("**{}**", escape(text))),
                Block::List(list) => self.list(&list.items),
                Block::Numbered(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.line(&format!("{}. {}", index + 1, sentence(item)));
                    }
                    self.line("");
                }
                Block::Terms(terms) => {
                    let items = terms.iter().map(|(lead, text)| format!("{} {text}", lead.trim()));
                    self.list(&items.collect::<Vec<_>>());
                }
                Block::Table(table) => self.table(table),
                // The table that follows has its figures.
                Block::Figure(_) | Block::Lines(_) | Block::Gap => {}
            }
        }
    }

    fn list(&mut self, items: &[impl AsRef<str>]) {
        for item in items {
            self.line(&format!("- {}", sentence(item.as_ref())));
        }
        self.line("");
    }

    fn table(&mut self, table: &Table) {
        let names: Vec<String> = table.columns.iter().map(|column| escape(&column.name)).collect();
        self.line(&format!("| {} |", names.join(" | ")));
        let rules: Vec<&str> = table
            .columns
            .iter()
            .map(|column| if column.has_figures { "---:" } else { "---" })
            .collect();
        self.line(&format!("| {} |", rules.join(" | ")));
        for row in &table.rows {
            let mut cells: Vec<String> = row.cells.iter().map(cell).collect();
            if row.mark == Mark::Recommended
                && let Some(name) = cells.first_mut()
            {
                *name = format!("**{name}**");
            }
            self.line(&format!("| {} |", cells.join(" | ")));
        }
        self.line("");
    }
}

/// A sentence with its addresses as links.
fn sentence(text: &str) -> String {
    let pieces = linked(text);
    let Some((first, rest)) = pieces.split_first() else { return String::new() };
    let link = |link: Option<(&str, &str)>| {
        link.map_or_else(String::new, |(name, address)| format!("[{name}]({address})"))
    };
    let mut out = format!("{}{}", paragraph(first.0), link(first.1));
    for (text, address) in rest {
        out.push_str(&escape(text));
        out.push_str(&link(*address));
    }
    out
}

/// A cell that no spreadsheet reads as a formula.
fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Foreign(text) => escape(&inert(text)),
        other => escape(&other.to_string()),
    }
}
