//! The report for people: Markdown with plain tables, readable in a pager too.

use std::fmt::Write;

use super::content::{Block, Content, Mark, Table};
use crate::text::markdown::{escape, paragraph};
use crate::words::VERIFY;

pub(super) fn render(content: &Content) -> String {
    let mut page = Page::default();
    let Content { head, verdict, parts } = content;
    page.paragraph(&format!("# {}", escape(&head.title)));
    if let Some(note) = &head.note {
        page.paragraph(&format!("Note: {}", escape(note)));
    }
    page.list(&head.about);
    page.paragraph("## Recommendation");
    page.paragraph(&format!("**{}** ({})", escape(verdict.headline), escape(verdict.strength)));
    page.paragraph(&escape(&verdict.advice));
    page.paragraph(&escape(verdict.surety));
    page.paragraph(&escape(&verdict.cost));
    if !verdict.unmet.is_empty() {
        page.list(&verdict.unmet);
    }
    if let Some(notice) = verdict.assumed {
        page.paragraph(&escape(notice));
    }
    for part in parts {
        page.paragraph(&format!("## {}", part.heading));
        for block in &part.blocks {
            page.block(block);
        }
    }
    page.line(VERIFY);
    page.0
}

/// Markdown as it grows. Blocks are parted by one empty line.
#[derive(Default)]
struct Page(String);

impl Page {
    /// One line of a block.
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.0, "{text}");
    }

    /// A block of one line, which is Markdown already.
    fn paragraph(&mut self, text: &str) {
        self.line(text);
        self.line("");
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(text) => self.paragraph(&paragraph(text)),
            Block::Footnote(text) => self.paragraph(&paragraph(text)),
            Block::Heading(text) => self.paragraph(&format!("**{}**", escape(text))),
            Block::List(items) => self.list(items),
            Block::Numbered(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.line(&format!("{}. {}", index + 1, paragraph(item)));
                }
                self.line("");
            }
            Block::Table(table) => self.table(table),
            // Its figures are in the table that follows.
            Block::Week => {}
        }
    }

    fn list(&mut self, items: &[impl AsRef<str>]) {
        for item in items {
            self.line(&format!("- {}", paragraph(item.as_ref())));
        }
        self.line("");
    }

    fn table(&mut self, table: &Table) {
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        self.line(&format!("| {} |", names.join(" | ")));
        let rules: Vec<&str> = table
            .columns
            .iter()
            .map(|column| if column.has_figures { "---:" } else { "---" })
            .collect();
        self.line(&format!("| {} |", rules.join(" | ")));
        for row in &table.rows {
            let mut cells: Vec<String> = row.cells.iter().map(|cell| escape(cell)).collect();
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
