//! The report for people: Markdown with plain tables, readable in a pager too.

mod sections;

use std::fmt::Write;

use super::Report;
use crate::text::clean;
use crate::words::VERIFY;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut page = Page::default();
    sections::write(report, &mut page);
    page.line(VERIFY);
    page.0
}

/// Markdown as it grows. Blocks are parted by one empty line.
#[derive(Default)]
struct Page(String);

impl Page {
    fn heading(&mut self, text: &str) {
        self.line(&format!("## {text}\n"));
    }

    /// One line of a block.
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.0, "{text}");
    }

    /// A block of one line.
    fn paragraph(&mut self, text: &str) {
        self.line(text);
        self.line("");
    }

    fn list(&mut self, items: impl IntoIterator<Item = String>) {
        for item in items {
            self.line(&format!("- {item}"));
        }
        self.line("");
    }

    fn numbered(&mut self, items: impl IntoIterator<Item = String>) {
        for (index, item) in items.into_iter().enumerate() {
            self.line(&format!("{}. {item}", index + 1));
        }
        self.line("");
    }

    /// A table. A head that begins with `>` is of a column of figures, set to the right.
    fn table<const N: usize>(
        &mut self,
        head: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) {
        let names = head.map(|name| name.trim_start_matches('>'));
        self.line(&format!("| {} |", names.join(" | ")));
        let rules = head.map(|name| if name.starts_with('>') { "---:" } else { "---" });
        self.line(&format!("| {} |", rules.join(" | ")));
        for row in rows {
            self.line(&format!("| {} |", row.join(" | ")));
        }
        self.line("");
    }
}

/// Text as Markdown shows it, letter for letter, on one line: nothing in it is marked up, linked
/// or taken for a table's edge.
fn escape(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = String::new();
    while let Some(letter) = rest.next() {
        let is_active = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '>' | '|' | '~' | '#' | '&'
            | '@' => true,
            // What makes a bare address a link.
            ':' => rest.peek() == Some(&'/'),
            '.' => before.eq_ignore_ascii_case("www"),
            _ => false,
        };
        if is_active {
            out.push('\\');
        }
        out.push(letter);
        if letter.is_alphanumeric() {
            before.push(letter);
        } else {
            before.clear();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_marked_up() {
        for (text, shown) in [
            ("a|b", "a\\|b"),
            ("`x` <b>y</b>", "\\`x\\` \\<b\\>y\\</b\\>"),
            ("[l](http://e.x)", "\\[l\\](http\\://e.x)"),
            ("www.e.x WWW.e.x awww.e", "www\\.e.x WWW\\.e.x awww.e"),
            ("\\| *a* _b_ ~~c~~", "\\\\\\| \\*a\\* \\_b\\_ \\~\\~c\\~\\~"),
            ("a\nb\u{1b}[31m\u{202e}", "a b\u{fffd}\\[31m"),
            ("&lt; #1 a@b.c", "\\&lt; \\#1 a\\@b.c"),
            ("$4.20, 10:30; 50 %", "$4.20, 10:30; 50 %"),
        ] {
            assert_eq!(escape(text), shown);
        }
    }
}
