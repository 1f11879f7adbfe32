//! Makes text from a file or a person harmless.

pub(crate) mod cell;
pub mod layout;
pub(crate) mod markdown;
pub(crate) mod node;

use std::borrow::Cow;
use std::fmt::Write as _;

/// The prefix of every Anthropic API key. Every input that contains it is rejected.
const KEY_PREFIX: &str = "sk-ant-";

/// True if the text contains something that looks like an API key.
pub(crate) fn looks_like_key(text: &str) -> bool {
    // Invisible letters must not hide a key.
    let is_hidden = |letter: char| letter.is_control() || is_format(letter);
    key_offset(text).is_some()
        || text.contains(is_hidden) && key_offset(&text.replace(is_hidden, "")).is_some()
}

/// The byte offset of the first thing that looks like an API key.
pub(crate) fn key_offset(text: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(KEY_PREFIX)
}

/// Removes everything that could move the cursor, change a colour or reorder letters.
///
/// Tabs and line breaks become blanks. Other control characters and invisible format characters
/// (zero-width, bidirectional, tags) become U+FFFD, so that no two texts look alike; byte order marks
/// are removed. Joiners stay where they are part of the text: see `is_joined`. Clean text is
/// borrowed.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|letter| is_blank(letter) || letter.is_control() || is_format(letter)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().filter(|letter| *letter != MARK).peekable();
    let mut before = None;
    while let Some(letter) = letters.next() {
        out.push(if is_blank(letter) {
            ' '
        } else if letter.is_control()
            || is_format(letter) && !is_joined(letter, before, letters.peek().copied())
        {
            '\u{fffd}'
        } else {
            letter
        });
        before = Some(letter);
    }
    Cow::Owned(out)
}

/// The byte order mark.
const MARK: char = '\u{feff}';

/// True for a joiner or a non-joiner between letters of scripts that need them, such as Persian and
/// Hindi, or between emoji.
fn is_joined(letter: char, before: Option<char>, after: Option<char>) -> bool {
    let joins = |letter: char| {
        !is_format(letter)
            && matches!(
                letter,
                '\u{600}'..='\u{109f}'
                    | '\u{1780}'..='\u{18af}'
                    | '\u{2190}'..='\u{2bff}'
                    | '\u{fb50}'..='\u{fdff}'
                    | '\u{fe0f}'
                    | '\u{fe70}'..='\u{fefc}'
                    | '\u{1f000}'..='\u{1faff}'
            )
    };
    matches!(letter, '\u{200c}' | '\u{200d}')
        && before.is_some_and(joins)
        && after.is_some_and(joins)
}

/// JSON in which every letter that could move the cursor or deceive the eye is escaped. Outside of
/// texts JSON has no such letters.
pub(crate) fn escaped(json: String) -> String {
    let is_risky = |letter: char| letter != '\n' && letter.is_control() || is_format(letter);
    if !json.contains(is_risky) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for letter in json.chars() {
        if is_risky(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // Writing to a text cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(letter);
        }
    }
    out
}

/// The text exactly, with an escape for every letter that is not seen as such.
pub(crate) fn exact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = None;
    while let Some(letter) = letters.next() {
        if letter.is_control()
            || is_format(letter) && !is_joined(letter, before, letters.peek().copied())
        {
            out.extend(letter.escape_default());
        } else {
            out.push(letter);
        }
        before = Some(letter);
    }
    out
}

/// What stands in place of an API key.
pub(crate) const KEY_NOT_SHOWN: &str = "(text that looks like an API key, not shown)";

/// The text for an error message: in single quotes, cleaned and cut to `60` characters.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    if looks_like_key(text) {
        return KEY_NOT_SHOWN.to_owned();
    }
    let clean = clean(text);
    let mut cut: String = clean.chars().take(LONGEST).collect();
    if cut.len() < clean.len() {
        cut.push_str("...");
    }
    format!("'{cut}'")
}

/// The candidate nearest to the typed text, if it is near enough: at most one typing error for
/// every three letters, or a part of the name.
pub(crate) fn nearest<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
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

/// Capitalizes the first letter: `The API` from `the API`.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_by_its_prefix() {
        assert!(looks_like_key("my key is sk-ant-api03-x"));
        assert!(!looks_like_key("ask ant"));
    }

    #[test]
    fn an_escape_sequence_loses_its_power() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\u{feff}"), "a\u{fffd}[31mb\u{fffd}c");
        assert!(matches!(clean("plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn joiners_stay_where_they_are_text_and_are_seen_where_they_are_not() {
        for text in [
            "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
            "\u{1f469}\u{200d}\u{1f4bb}",
            "\u{2764}\u{fe0f}\u{200d}\u{1f525}",
            "\u{915}\u{94d}\u{200d}\u{937}",
        ] {
            assert_eq!(clean(text), text);
        }
        for (text, shown) in [
            ("cla\u{200d}ude", "cla\u{fffd}ude"),
            ("\u{645}\u{200c}", "\u{645}\u{fffd}"),
            ("\u{645}\u{200c}\u{200c}\u{62e}", "\u{645}\u{fffd}\u{fffd}\u{62e}"),
        ] {
            assert_eq!(clean(text), shown);
        }
    }

    #[test]
    fn json_loses_nothing_and_obeys_no_letter() {
        let text = "c\u{9b}2J\u{202e}x\u{7f}\u{e0041}\n";
        let json = escaped(serde_json::to_string(text).unwrap());
        assert_eq!(json, "\"c\\u009b2J\\u202ex\\u007f\\udb40\\udc41\\n\"");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn an_error_never_repeats_a_key() {
        assert!(looks_like_key("s\u{200b}k-an\u{1b}t-api03-x"));
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
