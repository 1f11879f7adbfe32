//! The comparison as Markdown: plain tables, every text from outside shown letter for letter.

use std::fmt::Write as _;

use super::Comparison;
use crate::text::cell::inert;
use crate::text::markdown::{escape, paragraph};
use crate::words::VERIFY;

pub(super) fn render(comparison: &Comparison<'_>) -> String {
    let mut out = String::from("# Compared: Claude Pro, the API, or both?\n");
    let names: Vec<String> =
        comparison.sides.iter().map(|side| escape(&inert(&side.name))).collect();
    for section in comparison.sections() {
        let _ = write!(out, "\n## {}\n", escape(&section.title));
        if !section.rows.is_empty() {
            let _ = write!(out, "\n|  | {} |\n| --- |", names.join(" | "));
            out.push_str(&" --- |".repeat(names.len()));
            out.push('\n');
            for row in &section.rows {
                let cells: Vec<String> = row.cells.iter().map(|cell| escape(cell)).collect();
                let _ = writeln!(out, "| {} | {} |", escape(&row.name), cells.join(" | "));
            }
        }
        for sentence in &section.says {
            let _ = write!(out, "\n{}\n", paragraph(sentence));
        }
    }
    let list = comparison.world.catalog;
    let _ =
        write!(out, "\nAll with prices of {}, US dollars before tax.\n\n{VERIFY}\n", list.as_of);
    out
}
