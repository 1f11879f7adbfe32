//! Text from outside as a table cell that people may paste into a spreadsheet.

use std::borrow::Cow;

use super::clean;

/// Makes a text safe at the start of a cell. Spreadsheets read a cell that starts with one of four
/// characters as a formula, unless an apostrophe precedes it.
pub(crate) fn inert(text: &str) -> Cow<'_, str> {
    let clean = clean(text);
    if clean.trim_start().starts_with(['=', '+', '-', '@']) {
        return Cow::Owned(format!("'{clean}"));
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_foreign_text_begins_a_cell_as_a_formula() {
        for (text, shown) in [
            ("=cmd()", "'=cmd()"),
            (" +1", "' +1"),
            ("\u{feff}-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "' =1"),
            ("Sonnet 5.5", "Sonnet 5.5"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(inert(text), shown);
        }
    }
}
