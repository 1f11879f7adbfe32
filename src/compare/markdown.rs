//! The comparison as Markdown: plain tables, every text from outside shown letter for letter.

use std::fmt::Write as _;

use super::Comparison;
use crate::text::clean;
use crate::words::VERIFY;

pub(super) fn render(comparison: &Comparison<'_>) -> String {
    let mut out = String::from("# Compared: Claude Pro, the API, or both?\n");
    let names: Vec<String> = comparison.sides.iter().map(|side| escape(&side.name)).collect();
    for section in comparison.sections() {
        let _ = write!(out, "\n## {}\n", escape(&section.title));
        if !section.rows.is_empty() {
            let _ = write!(out, "\n|  | {} |\n|---|", names.join(" | "));
            out.push_str(&"---|".repeat(names.len()));
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

/// A sentence that stands by itself: its first letters begin no list, heading or quotation.
fn paragraph(text: &str) -> String {
    let text = escape(text);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (start, rest) = text.split_at_checked(digits).unwrap_or(("", &text));
    let begins = rest.starts_with(['-', '+', '=', '>', '.', ')']);
    if begins { format!("{start}\\{rest}") } else { text }
}

/// Text as Markdown shows it, letter for letter, on one line.
fn escape(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        let is_active = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '|' | '~' | '#' | '&' | '@'
            | '!' => true,
            // A bare address becomes a link by its '://' or its 'www.'.
            ':' => rest.peek() == Some(&'/'),
            '.' => out.to_ascii_lowercase().ends_with("www"),
            _ => false,
        };
        if is_active {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escape, paragraph};

    #[test]
    fn nothing_in_a_name_is_marked_up() {
        for (text, shown) in [
            ("a|b", "a\\|b"),
            ("</style><script>", "\\</style>\\<script>"),
            ("`x` *b*", "\\`x\\` \\*b\\*"),
            ("=cmd()", "=cmd()"),
            ("http://e.x www.e.x", "http\\://e.x www\\.e.x"),
            ("a\nb\u{202e}c", "a bc"),
            ("a: b -> c", "a: b -> c"),
        ] {
            assert_eq!(escape(text), shown);
        }
        for (text, shown) in [
            ("- a", "\\- a"),
            ("=cmd()", "\\=cmd()"),
            ("> a", "\\> a"),
            ("12. a", "12\\. a"),
            ("1) a", "1\\) a"),
            ("# a", "\\# a"),
            ("12 a", "12 a"),
        ] {
            assert_eq!(paragraph(text), shown);
        }
    }
}
