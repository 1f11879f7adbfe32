//! Text that came from a file or a person, made harmless.

use std::borrow::Cow;

/// The beginning of every Anthropic API key. Text that holds it is refused everywhere.
const KEY_PREFIX: &str = "sk-ant-";

/// Whether the text holds something that looks like an API key.
///
/// ```
/// assert!(planwise::text::looks_like_key("my key is sk-ant-api03-x"));
/// assert!(!planwise::text::looks_like_key("ask ant"));
/// ```
pub fn looks_like_key(text: &str) -> bool {
    text.to_ascii_lowercase().contains(KEY_PREFIX)
}

/// The text without anything a terminal would obey or a reader could not see.
///
/// Control characters become U+FFFD; zero-width and direction marks are dropped.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || is_invisible(c)) {
        return Cow::Borrowed(text);
    }
    let harmless = text.chars().filter(|&c| !is_invisible(c)).map(|c| {
        if c.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    });
    Cow::Owned(harmless.collect())
}

/// The text in single quotes, cleaned and cut to `60` characters, for an error message.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    if looks_like_key(text) {
        return "(text that looks like an API key, not shown)".to_owned();
    }
    let clean = clean(text);
    let mut cut: String = clean.chars().take(LONGEST).collect();
    if cut.len() < clean.len() {
        cut.push_str("...");
    }
    format!("'{cut}'")
}

/// The nearest of `candidates` to what was typed, if one is near enough to be meant.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = typed.to_lowercase().chars().take(80).collect();
    candidates
        .into_iter()
        .map(|candidate| (distance(&typed, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().div_ceil(2))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance, one row at a time.
fn distance(typed: &[char], candidate: &str) -> usize {
    let mut row: Vec<usize> = (0..=typed.len()).collect();
    for (i, c) in candidate.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, &t) in row.iter_mut().skip(1).zip(typed) {
            let substituted = diagonal + usize::from(t != c);
            diagonal = *cell;
            left = substituted.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// Zero-width characters and marks that change the direction of the text after them.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
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
    }
}
