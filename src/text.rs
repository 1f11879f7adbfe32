//! Makes text from a file or a person harmless.

pub(crate) mod cell;
pub mod layout;
pub(crate) mod markdown;
pub(crate) mod node;

use std::borrow::Cow;

/// The prefix of every Anthropic API key. Every input that contains it is rejected.
const KEY_PREFIX: &str = "sk-ant-";

/// True if the text contains something that looks like an API key.
///
/// ```
/// assert!(planwise::text::looks_like_key("my key is sk-ant-api03-x"));
/// assert!(!planwise::text::looks_like_key("ask ant"));
/// ```
pub fn looks_like_key(text: &str) -> bool {
    key_offset(text).is_some()
}

/// The byte offset of the first thing that looks like an API key.
pub fn key_offset(text: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(KEY_PREFIX)
}

/// Removes everything that could move the cursor, change a colour or reorder letters.
///
/// Tabs and line breaks become blanks, other control characters U+FFFD. Invisible format characters
/// (zero-width, bidirectional, tags, the byte order mark) are removed. Clean text is borrowed.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|letter| is_blank(letter) || letter.is_control() || is_format(letter)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_blank(letter) {
            out.push(' ');
        } else if letter.is_control() {
            out.push('\u{fffd}');
        } else if !is_format(letter) {
            out.push(letter);
        }
    }
    Cow::Owned(out)
}

/// The text for an error message: in single quotes, cleaned and cut to `60` characters.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    // Clean first: invisible characters must not hide a key.
    let clean = clean(text);
    if looks_like_key(&clean) {
        return "(text that looks like an API key, not shown)".to_owned();
    }
    let mut cut: String = clean.chars().take(LONGEST).collect();
    if cut.len() < clean.len() {
        cut.push_str("...");
    }
    format!("'{cut}'")
}

/// The candidate nearest to the typed text, if it is near enough: at most one typing error for
/// every three letters, or a part of the name.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// The shortest part of a name that counts as a match.
    const PART: usize = 3;
    let typed: Vec<char> = typed.to_lowercase().chars().take(80).collect();
    let part: Option<String> = (typed.len() >= PART).then(|| typed.iter().collect());
    let is_part = |candidate: &str| part.as_ref().is_some_and(|part| candidate.contains(part));
    candidates
        .into_iter()
        .map(|candidate| (distance(&typed, candidate), candidate))
        .filter(|(distance, candidate)| {
            let slips = (candidate.chars().count() + 1) / 3;
            *distance <= slips.max(1) || is_part(candidate)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Edit distance: letters omitted, added, replaced, or swapped with their neighbour.
fn distance(typed: &[char], candidate: &str) -> usize {
    let mut row: Vec<usize> = (0..=typed.len()).collect();
    let mut before = row.clone();
    let mut last = None;
    for (i, c) in candidate.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        let mut left = i + 1;
        next.push(left);
        let mut earlier = None;
        for (j, &t) in typed.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut cell =
                (at(&row, j) + usize::from(t != c)).min(at(&row, j + 1) + 1).min(left + 1);
            if last == Some(t) && earlier == Some(c) {
                cell = cell.min(at(&before, j.saturating_sub(1)) + 1);
            }
            next.push(cell);
            left = cell;
            earlier = Some(t);
        }
        before = std::mem::replace(&mut row, next);
        last = Some(c);
    }
    row.last().copied().unwrap_or_default()
}

/// Line breaks and tabs of every kind, which only separate words.
const fn is_blank(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Invisible characters that change how others are displayed.
const fn is_format(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_loses_its_power() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c"), "a\u{fffd}[31mbc");
        assert!(matches!(clean("plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn an_error_never_repeats_a_key() {
        assert!(!quoted("x SK-ANT-api03-secret").contains("secret"));
        assert_eq!(quoted("claude"), "'claude'");
        assert_eq!(quoted(&"y".repeat(99)).len(), 65);
    }

    #[test]
    fn a_slip_of_the_finger_finds_its_model() {
        let ids = ["claude-sonnet-5-5", "claude-opus-5-5", "claude-haiku-5-5"];
        assert_eq!(nearest("claude-sonet-5-5", ids), Some("claude-sonnet-5-5"));
        assert_eq!(nearest("Opus-5-5", ids), Some("claude-opus-5-5"));
        assert_eq!(nearest("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", ids), None);
        let keys = ["plain", "theme", "color", "glyphs", "mouse", "folder", "model"];
        for (typed, meant) in [
            ("colour", Some("color")),
            ("modle", Some("model")),
            ("thme", Some("theme")),
            ("Themes", Some("theme")),
            ("mose", Some("mouse")),
            ("fold", Some("folder")),
            ("foo", None),
            ("bar", None),
            ("size", None),
            ("o", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, keys), meant, "{typed}");
        }
    }
}
