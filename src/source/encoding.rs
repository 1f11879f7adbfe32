//! Detects the encoding of a file. Exports are UTF-8, but spreadsheets and Windows shells write
//! UTF-16.

use std::borrow::Cow;

/// The bytes as UTF-8 without a byte order mark.
///
/// UTF-16 is detected by its mark or, without one, by the zero byte beside each of the first
/// letters, which are ASCII in every supported format. Lone surrogates become U+FFFD. Bytes in any
/// other encoding are unchanged; each reader handles invalid UTF-8.
pub fn utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Cow::Borrowed(rest),
        [0xff, 0xfe, rest @ ..] => Cow::Owned(decode(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(decode(rest, u16::from_be_bytes)),
        [1..=0x7f, 0, 1..=0x7f, 0, ..] => Cow::Owned(decode(bytes, u16::from_le_bytes)),
        [0, 1..=0x7f, 0, 1..=0x7f, ..] => Cow::Owned(decode(bytes, u16::from_be_bytes)),
        _ => Cow::Borrowed(bytes),
    }
}

/// A table without the first line `sep=;`, by which Excel knows the separator, and that separator.
pub(super) fn without_separator_line(text: &[u8]) -> (&[u8], Option<u8>) {
    match text {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', sign, rest @ ..] => {
            let end = rest.iter().position(|byte| !matches!(byte, b'\r' | b'\n'));
            (rest.get(end.unwrap_or(rest.len())..).unwrap_or_default(), Some(*sign))
        }
        _ => (text, None),
    }
}

fn decode(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    let pairs = bytes.chunks_exact(2);
    let is_odd = !pairs.remainder().is_empty();
    let units = pairs.filter_map(|pair| pair.try_into().ok().map(unit));
    let mut text: String = char::decode_utf16(units)
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    if is_odd {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf_16_is_read_in_both_orders_with_and_without_a_mark() {
        for text in ["usage,\u{2264} 200k", "\u{feff}{\"a\":\"\u{1f600}\"}"] {
            let plain = text.trim_start_matches('\u{feff}').as_bytes();
            assert_eq!(&*utf8(text.as_bytes()), plain);
            assert_eq!(&*utf8(&units(text, u16::to_le_bytes)), plain);
            assert_eq!(&*utf8(&units(text, u16::to_be_bytes)), plain);
        }
    }

    #[test]
    fn half_a_character_spoils_only_itself() {
        let mut bytes = units("ab\u{1f600}", u16::to_le_bytes);
        bytes.truncate(6);
        bytes.extend(units("c", u16::to_le_bytes));
        bytes.push(7);
        assert_eq!(&*utf8(&bytes), "ab\u{fffd}c\u{fffd}".as_bytes());
        assert_eq!(&*utf8(b"ab\xe2\x89"), b"ab\xe2\x89");
        assert_eq!(&*utf8(b""), b"");
    }
}
