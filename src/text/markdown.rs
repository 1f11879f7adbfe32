//! Text from outside as Markdown, displayed literally.

use super::clean;

/// A sentence on its own line. Its first characters start no list, heading or quotation.
pub(crate) fn paragraph(text: &str) -> String {
    let text = escape(text);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (start, rest) = text.split_at_checked(digits).unwrap_or(("", &text));
    let begins = rest.starts_with(['-', '+', '=', '>', '.', ')']);
    if begins { format!("{start}\\{rest}") } else { text }
}

/// Escapes a text so that Markdown displays it literally on one line: no markup, no links, no table
/// borders.
pub(crate) fn escape(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = String::new();
    while let Some(letter) = rest.next() {
        let is_active = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '|' | '~' | '#' | '&' | '@' => {
                true
            }
            // A bare address becomes a link because of this.
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
            ("`x` <b>y</b>", "\\`x\\` \\<b>y\\</b>"),
            ("[l](http://e.x)", "\\[l\\](http\\://e.x)"),
            ("www.e.x WWW.e.x awww.e", "www\\.e.x WWW\\.e.x awww.e"),
            ("\\| *a* _b_ ~~c~~", "\\\\\\| \\*a\\* \\_b\\_ \\~\\~c\\~\\~"),
            ("a\nb\u{1b}[31m\u{202e}", "a b\u{fffd}\\[31m\u{fffd}"),
            ("&lt; #1 a@b.c", "\\&lt; \\#1 a\\@b.c"),
            ("$4.20, 10:30; 50 %", "$4.20, 10:30; 50 %"),
        ] {
            assert_eq!(escape(text), shown);
        }
        for (text, shown) in [
            ("</style><script>", "\\</style>\\<script>"),
            ("=cmd()", "=cmd()"),
            ("a: b -> c", "a: b -> c"),
        ] {
            assert_eq!(escape(text), shown);
        }
    }

    #[test]
    fn a_sentence_begins_no_list_heading_or_quotation() {
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
