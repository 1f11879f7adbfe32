//! Text by the width it takes on screen: wrapping, cutting, padding.
//!
//! Widths are terminal columns, not bytes or characters, and nothing cuts a grapheme in two. What
//! comes from a file or a paste goes through [`crate::text::clean`] once, where it enters.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const ELLIPSIS: &str = "…";

/// Breaks a text into lines of at most `width` columns.
///
/// Greedy: each line takes as many words as fit. Runs of blanks count as one; a line break in the
/// text stays one, so an empty line stays too. A word longer than a line is broken. A width of 0
/// gives no lines at all.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    if width == 0 {
        return lines;
    }
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut used = 0_usize;
        for word in paragraph.split_whitespace() {
            let needed = word.width();
            if used > 0 && used.saturating_add(1).saturating_add(needed) <= width {
                line.push(' ');
                line.push_str(word);
                used = used.saturating_add(1).saturating_add(needed);
                continue;
            }
            if used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if needed <= width {
                line.push_str(word);
                used = needed;
                continue;
            }
            for grapheme in word.graphemes(true) {
                // A wide letter in a single column has no room at all.
                let shown = if grapheme.width() > width { ELLIPSIS } else { grapheme };
                let step = shown.width();
                if used.saturating_add(step) > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push_str(shown);
                used = used.saturating_add(step);
            }
        }
        lines.push(line);
    }
    lines
}

/// The text in at most `width` columns, ending in `…` where something was cut off.
pub fn fit(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    if width == 0 {
        return Cow::Borrowed("");
    }
    let room = width.saturating_sub(ELLIPSIS.width());
    let mut out = String::new();
    let mut used = 0_usize;
    for grapheme in text.graphemes(true) {
        used = used.saturating_add(grapheme.width());
        if used > room {
            break;
        }
        out.push_str(grapheme);
    }
    out.truncate(out.trim_end().len());
    out.push_str(ELLIPSIS);
    Cow::Owned(out)
}

/// The text in exactly `width` columns with the blanks before it, as amounts stand; cut if longer.
pub fn pad_left(text: &str, width: usize) -> String {
    let shown = fit(text, width);
    let mut out = blanks(width.saturating_sub(shown.width()));
    out.push_str(&shown);
    out
}

/// The text in exactly `width` columns with the blanks after it, as names stand; cut if longer.
pub fn pad_right(text: &str, width: usize) -> String {
    let shown = fit(text, width);
    let rest = width.saturating_sub(shown.width());
    let mut out = shown.into_owned();
    out.extend(std::iter::repeat_n(' ', rest));
    out
}

/// One line of exactly `width` columns: `left` at its start, `right` at its end.
///
/// The right text matters more (it is the amount): if both do not fit with a blank between them,
/// the left one is cut.
pub fn columns(left: &str, right: &str, width: usize) -> String {
    let right = fit(right, width);
    let taken = right.width();
    if taken == 0 {
        return pad_right(left, width);
    }
    let room = width.saturating_sub(taken).saturating_sub(1);
    let mut out = pad_right(left, room);
    out.push_str(&blanks(width.saturating_sub(taken).saturating_sub(room)));
    out.push_str(&right);
    out
}

fn blanks(count: usize) -> String {
    " ".repeat(count)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::clean;

    #[test]
    fn wraps_greedily() {
        assert_eq!(
            wrap("How much of your work should run without you typing each message?", 46),
            ["How much of your work should run without you", "typing each message?"]
        );
        assert_eq!(wrap("a  b\n\nc", 10), ["a b", "", "c"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("漢字", 1), ["…", "…"]);
        assert_eq!(wrap("漢字kana", 4), ["漢字", "kana"]);
        assert!(wrap("anything", 0).is_empty());
        assert!(wrap("", 5).is_empty());
    }

    #[test]
    fn cuts_with_an_ellipsis() {
        assert_eq!(fit("Sonnet 5.5", 10), "Sonnet 5.5");
        assert_eq!(fit("Sonnet 5.5", 8), "Sonnet…");
        assert_eq!(fit("漢字漢字", 4), "漢…");
        assert_eq!(fit("abc", 1), "…");
        assert_eq!(fit("abc", 0), "");
    }

    #[test]
    fn pads_and_aligns() {
        assert_eq!(pad_left("$4.20", 8), "   $4.20");
        assert_eq!(pad_right("Pro", 5), "Pro  ");
        assert_eq!(columns("  Pro, flat", "$20.00", 27), "  Pro, flat          $20.00");
        assert_eq!(columns("a long name", "$1.00", 10), "a l… $1.00");
        assert_eq!(columns("left", "", 6), "left  ");
        assert_eq!(columns("left", "right", 0), "");
    }

    #[test]
    fn cleans_what_a_terminal_would_obey() {
        assert_eq!(clean("a\u{1b}[31mb"), "a\u{fffd}[31mb");
        assert_eq!(clean("a\tb\r\nc\u{9b}"), "a b  c\u{fffd}");
        assert_eq!(clean("\u{202e}txt.exe\u{2066}\u{200b}\u{feff}\u{7f}"), "txt.exe\u{fffd}");
        assert!(matches!(clean("naïve · 漢"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked(text in any::<String>(), width in 0_usize..40) {
            for line in wrap(&text, width) {
                prop_assert!(line.width() <= width);
            }
            prop_assert!(fit(&text, width).width() <= width);
            // A zero-width grapheme next to a blank can merge with it, so these only bound.
            prop_assert!(columns(&text, "$1.00", width).width() <= width.max(1));
        }

        #[test]
        fn clean_text_is_clean(text in any::<String>()) {
            let once = clean(&text).into_owned();
            prop_assert!(!once.chars().any(char::is_control));
            prop_assert_eq!(clean(&once), once.as_str());
        }

        #[test]
        fn wrapping_loses_no_word(text in "[a-z ]{0,80}", width in 1_usize..30) {
            let all: String = wrap(&text, width).concat().split_whitespace().collect();
            let given: String = text.split_whitespace().collect();
            prop_assert_eq!(all, given);
        }
    }
}
