//! Text from outside as the cell of a table, which people paste into a spreadsheet.

use std::borrow::Cow;

use super::clean;

/// A text as it may begin a cell. A spreadsheet takes a cell that begins with one of four signs for
/// a formula; behind an apostrophe it does not.
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
            ("\u{202e}-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "' =1"),
            ("Sonnet 5.5", "Sonnet 5.5"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(inert(text), shown);
        }
    }
}
