//! Text by its width on screen: wrapping, cutting, padding.
//!
//! Widths are terminal columns, not bytes or characters, and no cut splits a grapheme. Text from a
//! file or a paste passes through [`crate::text::clean`] once, on input.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const ELLIPSIS: &str = "…";

/// Breaks a text into lines of at most `width` columns.
///
/// Greedy: each line takes as many words as fit. A run of blanks counts as one. Line breaks in the
/// text stay, and so do empty lines. A word longer than a line is broken; a path breaks after a `/`
/// if possible. A width of 0 gives no lines.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
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
            for part in path_parts(word) {
                let whole = part.width();
                if used > 0 && used.saturating_add(whole) > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                for grapheme in part.graphemes(true) {
                    // A wide character does not fit into a single column.
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
        }
        lines.push(line);
    }
    lines
}

/// Splits a path into parts that each end in a separator: `/home/`, `ana/`, `x.md`. Any other word
/// stays whole. A leading separator stays with the part after it.
fn path_parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0_usize;
    let mut named = false;
    for (at, grapheme) in word.grapheme_indices(true) {
        let separates = matches!(grapheme, "/" | "\\");
        let end = at.saturating_add(grapheme.len());
        if separates && named {
            parts.extend(word.get(start..end));
            start = end;
            named = false;
        } else if grapheme.chars().any(char::is_alphanumeric) {
            named = true;
        }
    }
    parts.extend(word.get(start..).filter(|rest| !rest.is_empty()));
    parts
}

/// The first wording that fits into `width` columns. If none fits, the last one, cut.
pub(crate) fn first_that_fits(wordings: impl IntoIterator<Item = String>, width: usize) -> String {
    let mut last = String::new();
    for wording in wordings {
        if wording.width() <= width {
            return wording;
        }
        last = wording;
    }
    fit(&last, width).into_owned()
}

/// Cuts the text to `width` columns. A cut keeps both ends, with `…` in the middle.
pub(crate) fn fit_middle(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let room = width.saturating_sub(ELLIPSIS.width());
    let front =
        fit(text, room.saturating_sub(room / 2).saturating_add(ELLIPSIS.width()).min(width));
    let mut start = text.len();
    let mut used = 0_usize;
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used = used.saturating_add(grapheme.width());
        if used > room / 2 {
            break;
        }
        start = at;
    }
    let end = text.get(start..).unwrap_or_default().trim_start();
    Cow::Owned(format!("{front}{end}"))
}

/// Cuts the text to `width` columns. A cut ends in `…`.
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

/// Right-aligns the text in exactly `width` columns, as for amounts. Cuts it if longer.
pub(crate) fn pad_left(text: &str, width: usize) -> String {
    let shown = fit(text, width);
    let mut out = blanks(width.saturating_sub(shown.width()));
    out.push_str(&shown);
    out
}

/// Left-aligns the text in exactly `width` columns, as for names. Cuts it if longer.
pub(crate) fn pad_right(text: &str, width: usize) -> String {
    let shown = fit(text, width);
    let rest = width.saturating_sub(shown.width());
    let mut out = shown.into_owned();
    out.extend(std::iter::repeat_n(' ', rest));
    out
}

/// Wraps the lines of a page that are wider than `width`, and keeps their indentation.
///
/// Lines that contain columns stay as they are: wrapped, they would be unreadable.
pub(crate) fn narrowed(page: &str, width: usize) -> Cow<'_, str> {
    if width == 0 || page.lines().all(|line| line.width() <= width) {
        return Cow::Borrowed(page);
    }
    let mut narrow = String::with_capacity(page.len());
    for line in page.split_inclusive('\n') {
        let text = line.trim_end_matches('\n');
        let words = text.trim_start();
        let indent = text.len() - words.len();
        if text.width() <= width || indent >= width || words.contains("  ") {
            narrow.push_str(line);
            continue;
        }
        let broken = wrap(words, width - indent);
        for (index, part) in broken.iter().enumerate() {
            narrow.extend(std::iter::repeat_n(' ', indent));
            narrow.push_str(part);
            if index + 1 < broken.len() || line.ends_with('\n') {
                narrow.push('\n');
            }
        }
    }
    Cow::Owned(narrow)
}

/// One line of exactly `width` columns: `left` at its start, `right` at its end.
///
/// The right text matters more (it is the amount). If both do not fit with a blank between them,
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
    fn a_page_is_narrowed_line_by_line_and_tables_stay() {
        let page = "Your answers are kept here.\n  and more of it\n  Pro    $20.00 a month\n> ";
        assert_eq!(narrowed(page, 79), page);
        assert_eq!(narrowed(page, 0), page);
        assert_eq!(
            narrowed(page, 12),
            "Your answers\nare kept\nhere.\n  and more\n  of it\n  Pro    $20.00 a month\n> "
        );
    }

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
    fn paths_break_behind_a_separator() {
        assert_eq!(
            wrap("Saved: '/home/ana/Documents/reports/x.md'", 20),
            ["Saved:", "'/home/ana/", "Documents/reports/", "x.md'"]
        );
        assert_eq!(wrap("/a/verylongname", 8), ["/a/", "verylong", "name"]);
        assert_eq!(wrap("and/or not", 10), ["and/or not"]);
        assert_eq!(wrap(r"C:\Users\ana\x.md", 10), [r"C:\Users\", r"ana\x.md"]);
    }

    #[test]
    fn takes_the_first_wording_that_fits() {
        let wordings = || ["a long one", "shorter", "four"].map(str::to_owned);
        assert_eq!(first_that_fits(wordings(), 10), "a long one");
        assert_eq!(first_that_fits(wordings(), 9), "shorter");
        assert_eq!(first_that_fits(wordings(), 3), "fo…");
        assert_eq!(first_that_fits([], 3), "");
    }

    #[test]
    fn cuts_in_the_middle() {
        assert_eq!(fit_middle("Some to None", 12), "Some to None");
        assert_eq!(fit_middle("Undone: Other apps to Claude app", 21), "Undone: Ot…Claude app");
        assert_eq!(fit_middle("漢字漢字", 5), "漢…字");
        assert_eq!(fit_middle("abc", 1), "…");
        assert_eq!(fit_middle("abc", 0), "");
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
        assert_eq!(
            clean("\u{202e}txt.exe\u{2066}\u{200b}\u{feff}\u{7f}"),
            "\u{fffd}txt.exe\u{fffd}\u{fffd}\u{fffd}"
        );
        assert!(matches!(clean("naïve · 漢"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked(text in any::<String>(), width in 0_usize..40) {
            for line in wrap(&text, width) {
                prop_assert!(line.width() <= width);
            }
            prop_assert!(fit(&text, width).width() <= width);
            // A cut between graphemes may let two of them join into a wider one.
            prop_assert!(fit_middle(&text, width).width() <= width.saturating_add(1));
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
