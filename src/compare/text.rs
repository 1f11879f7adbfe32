//! The comparison for a terminal: columns side by side, 80 in all, cells wrapped, never cut.

use super::{Comparison, Row};
use crate::text::layout::{pad_right, wrap};
use crate::text::sheet::{Sheet, WIDTH};
use crate::words::VERIFY;

/// Columns of the names.
const NAME: usize = 15;

pub(super) fn render(comparison: &Comparison<'_>) -> String {
    let mut sheet = Sheet::default();
    let sides = comparison.sides.len().max(1);
    // One blank before every column.
    let cell = (WIDTH.saturating_sub(NAME) / sides).saturating_sub(1).min(31);
    let names = Row {
        name: String::new(),
        cells: comparison.sides.iter().map(|side| side.name.clone()).collect(),
    };
    lines(&names, cell, &mut sheet);
    for section in comparison.sections() {
        sheet.heading(&section.title);
        for row in &section.rows {
            lines(row, cell, &mut sheet);
        }
        for sentence in &section.says {
            sheet.hanging("  ", sentence);
        }
    }
    sheet.blank();
    let list = comparison.world.catalog;
    sheet.text(&format!("All with prices of {}, US dollars before tax.", list.as_of));
    sheet.text(VERIFY);
    sheet.finish()
}

/// A row in as many lines as its longest cell needs.
fn lines(row: &Row, width: usize, sheet: &mut Sheet) {
    let name = wrap(&row.name, NAME.saturating_sub(2));
    let cells: Vec<Vec<String>> = row.cells.iter().map(|cell| wrap(cell, width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or_default().max(name.len());
    for line in 0..height {
        let at = |list: &Vec<String>| list.get(line).cloned().unwrap_or_default();
        let mut out = format!("  {}", pad_right(&at(&name), NAME.saturating_sub(2)));
        for cell in &cells {
            out.push(' ');
            out.push_str(&pad_right(&at(cell), width));
        }
        sheet.line(&out);
    }
}
