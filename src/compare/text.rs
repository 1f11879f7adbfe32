//! The comparison for a terminal: columns side by side, cells wrapped, never cut.

use super::{Comparison, Row};
use crate::doc::text::WIDTH;
use crate::text::layout::{pad_right, wrap};
use crate::words::VERIFY;

/// Columns of the names, and where there is little room.
const NAME: usize = 15;
const SHORT_NAME: usize = 13;
/// A column narrower than this takes from the names.
const NARROW: usize = 14;
/// A wider column says no more.
const WIDEST: usize = 31;

pub(super) fn render(comparison: &Comparison<'_>) -> String {
    let mut text = lines(comparison, WIDTH).join("\n");
    text.push('\n');
    text
}

pub(super) fn lines(comparison: &Comparison<'_>, width: usize) -> Vec<String> {
    let mut out = Vec::new();
    let sides = comparison.sides.len().max(1);
    let has_room = width.saturating_sub(NAME) / sides > NARROW;
    let name = if has_room { NAME } else { SHORT_NAME };
    // One blank before every column.
    let cell = (width.saturating_sub(name) / sides).saturating_sub(1).min(WIDEST);
    let names = Row {
        name: String::new(),
        cells: comparison.sides.iter().map(|side| side.name.clone()).collect(),
    };
    row_lines(&names, name, cell, &mut out);
    for section in comparison.sections() {
        out.push(String::new());
        out.extend(wrap(&section.title, width));
        for row in &section.rows {
            row_lines(row, name, cell, &mut out);
        }
        for sentence in &section.says {
            out.extend(
                wrap(sentence, width.saturating_sub(2)).iter().map(|line| format!("  {line}")),
            );
        }
    }
    out.push(String::new());
    let list = comparison.world.catalog;
    let prices = format!("All with prices of {}, US dollars before tax.", list.as_of);
    out.extend(wrap(&prices, width));
    out.extend(wrap(VERIFY, width));
    out
}

/// A row in as many lines as its longest cell needs.
fn row_lines(row: &Row, name_width: usize, width: usize, out: &mut Vec<String>) {
    let name = wrap(&row.name, name_width.saturating_sub(2));
    let cells: Vec<Vec<String>> = row.cells.iter().map(|cell| wrap(cell, width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or_default().max(name.len());
    for line in 0..height {
        let at = |list: &Vec<String>| list.get(line).cloned().unwrap_or_default();
        let mut text = format!("  {}", pad_right(&at(&name), name_width.saturating_sub(2)));
        for cell in &cells {
            text.push(' ');
            text.push_str(&pad_right(&at(cell), width));
        }
        text.truncate(text.trim_end().len());
        out.push(text);
    }
}
