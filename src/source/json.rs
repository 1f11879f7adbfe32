//! JSON documents in parts, so that an invalid part affects no other.
//!
//! A document is split by its brackets and quotes alone, building no values and never recursing.
//! Only the parts that are used must be valid.

use std::borrow::Cow;

use memchr::memchr2;
use rust_decimal::Decimal;
use serde::de::IgnoredAny;

use crate::number::MOST_TOKENS;

/// The raw bytes of one value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'a>(&'a [u8]);

/// The values of an object by name; empty for any other value.
#[derive(Debug, Default)]
pub(super) struct Object<'a>(Vec<(Cow<'a, str>, Raw<'a>)>);

/// The values of a list, in order.
#[derive(Debug, Clone)]
pub(super) struct List<'a>(&'a [u8]);

/// The objects and lists of a file, one after the other. Ignores anything between them.
pub(super) fn documents(bytes: &[u8]) -> impl Iterator<Item = Raw<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let start = memchr2(b'{', b'[', rest)?;
        let (value, after) = split(rest.get(start..)?)?;
        rest = after;
        Some(value)
    })
}

/// The value at the start of the bytes, and the rest.
fn split(bytes: &[u8]) -> Option<(Raw<'_>, &[u8])> {
    let length = match bytes.first()? {
        b'{' | b'[' => nested(bytes).unwrap_or(bytes.len()),
        b'"' => text(bytes),
        _ => bytes
            .iter()
            .position(|byte| matches!(byte, b',' | b'}' | b']') || byte.is_ascii_whitespace())
            .unwrap_or(bytes.len()),
    };
    // At least one byte, so that garbage is skipped too.
    let (value, rest) = bytes.split_at_checked(length.max(1))?;
    Some((Raw(value), rest))
}

/// The length of an object or list with its brackets; `None` if it is not closed.
fn nested(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0_usize, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at += text(bytes.get(at..).unwrap_or_default());
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The length of a string with its quotes, or of its part before the end.
fn text(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        at += next + 1;
        if bytes.get(at - 1) == Some(&b'"') {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

impl<'a> Raw<'a> {
    /// True if it is one complete JSON value. Allows lone surrogates and any depth.
    pub(super) fn is_json(self) -> bool {
        serde_json::from_slice::<IgnoredAny>(self.0).is_ok()
    }

    /// True if it is a truncated object or list.
    pub(super) fn is_cut(self) -> bool {
        nested(self.0).is_none()
    }

    pub(super) fn is_list(self) -> bool {
        self.0.starts_with(b"[")
    }

    pub(super) fn is_object(self) -> bool {
        self.0.starts_with(b"{")
    }

    pub(super) fn bytes(self) -> &'a [u8] {
        self.0
    }

    /// A non-empty string.
    pub(super) fn text(self) -> Option<Cow<'a, str>> {
        let inner = self.0.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
        let text = if inner.contains(&b'\\') {
            Cow::Owned(serde_json::from_str(&String::from_utf8_lossy(self.0)).ok()?)
        } else {
            String::from_utf8_lossy(inner)
        };
        (!text.is_empty()).then_some(text)
    }

    /// A count: null is 0; `None` for anything but a whole number up to 10^12.
    pub(super) fn count(self) -> Option<u64> {
        if self.0 == b"null" {
            return Some(0);
        }
        self.whole().filter(|count| *count <= MOST_TOKENS)
    }

    /// A whole number without a sign.
    pub(super) fn whole(self) -> Option<u64> {
        let digits = std::str::from_utf8(self.0).ok()?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    }

    /// A number, exactly as written.
    pub(super) fn decimal(self) -> Option<Decimal> {
        decimal(std::str::from_utf8(self.0).ok()?)
    }

    pub(super) fn object(self) -> Object<'a> {
        let Some(mut rest) = self.0.strip_prefix(b"{") else {
            return Object::default();
        };
        let mut fields = Vec::new();
        while let Some((name, after)) = split(gap(rest, b",")) {
            rest = after;
            if !name.0.starts_with(b"\"") {
                continue;
            }
            let Some(after) = gap(rest, b"").strip_prefix(b":") else {
                continue;
            };
            let Some((value, after)) = split(gap(after, b"")) else {
                break;
            };
            rest = after;
            fields.push((name.text().unwrap_or_default(), value));
        }
        Object(fields)
    }

    pub(super) fn list(self) -> List<'a> {
        List(self.0.strip_prefix(b"[").unwrap_or_default())
    }
}

/// The bytes without leading blanks and these signs.
fn gap<'b>(bytes: &'b [u8], signs: &[u8]) -> &'b [u8] {
    let is_gap = |byte: &u8| byte.is_ascii_whitespace() || signs.contains(byte);
    let start = bytes.iter().position(|byte| !is_gap(byte)).unwrap_or(bytes.len());
    bytes.get(start..).unwrap_or_default()
}

impl<'a> Iterator for List<'a> {
    type Item = Raw<'a>;

    fn next(&mut self) -> Option<Raw<'a>> {
        let rest = gap(self.0, b",");
        if rest.starts_with(b"]") {
            return None;
        }
        let (value, after) = split(rest)?;
        self.0 = after;
        Some(value)
    }
}

impl<'a> Object<'a> {
    /// The value of this name. The last one wins if there are several.
    pub(super) fn get(&self, name: &str) -> Option<Raw<'a>> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| *value)
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, Raw<'a>)> {
        self.0.iter().map(|(name, value)| (&**name, *value))
    }

    /// True if the value is present and null.
    pub(super) fn is_null(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.0 == b"null")
    }

    /// A non-empty string.
    pub(super) fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        self.get(name)?.text()
    }

    /// A count, 0 if missing; `None` if it is invalid.
    pub(super) fn count(&self, name: &str) -> Option<u64> {
        self.get(name).map_or(Some(0), Raw::count)
    }

    /// A boolean; `None` for anything else.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)?.bytes() {
            b"true" => Some(true),
            b"false" => Some(false),
            _ => None,
        }
    }

    pub(super) fn object(&self, name: &str) -> Self {
        self.get(name).map_or_else(Self::default, Raw::object)
    }

    pub(super) fn list(&self, name: &str) -> List<'a> {
        self.get(name).map_or(List(b""), Raw::list)
    }
}

/// A number exactly as written, with or without an exponent.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || first == b'-') || text.contains('_') {
        return None;
    }
    Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str) -> Raw<'_> {
        documents(text.as_bytes()).next().unwrap()
    }

    #[test]
    fn an_object_is_cut_at_its_own_commas() {
        let object = one(r#"{"a": {"b": [1, "]}"]}, "c\u0064" :"x\"y", "e":null,"a":5}"#).object();
        assert_eq!(object.get("a").and_then(Raw::count), Some(5), "the last of a name holds");
        assert_eq!(object.text("cd").as_deref(), Some("x\"y"));
        assert_eq!(object.count("e"), Some(0));
        assert_eq!(object.count("none"), Some(0));
        assert_eq!(object.fields().count(), 4);
    }

    #[test]
    fn a_count_is_whole_and_has_a_limit() {
        let list = one(r#"[0, 1000000000000, 1000000000001, -1, 1.5, 1e3, "7", true, {}, null]"#);
        let counts: Vec<Option<u64>> = list.list().map(Raw::count).collect();
        let none = None;
        let most = Some(1_000_000_000_000);
        assert_eq!(counts, [Some(0), most, none, none, none, none, none, none, none, Some(0)]);
    }

    #[test]
    fn a_document_that_is_cut_off_yields_its_whole_parts() {
        let list = one(r#"[{"a":1}, {"a":2}, {"a":"#);
        assert!(list.is_cut());
        let parts: Vec<bool> = list.list().map(Raw::is_json).collect();
        assert_eq!(parts, [true, true, false]);
    }

    #[test]
    fn nesting_of_any_depth_is_passed() {
        let deep = format!("{{\"x\":{}{},\"a\":3}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(one(&deep).is_json());
        assert_eq!(one(&deep).object().count("a"), Some(3));
    }

    #[test]
    fn documents_follow_each_other_behind_any_text() {
        let all: Vec<Raw<'_>> = documents(b"npm warn\n{\"a\":1}\n[2] {\"a\":3}").collect();
        assert_eq!(all.len(), 3);
        assert_eq!(all.last().unwrap().object().count("a"), Some(3));
    }

    #[test]
    fn numbers_are_exact() {
        assert_eq!(decimal("123.78912").unwrap().to_string(), "123.78912");
        assert_eq!(decimal("1.5e-2").unwrap().to_string(), "0.015");
        for text in ["", "x", "NaN", "+1", "1_0", "1,0", "1e999", " 1"] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }

    proptest! {
        /// Reading ends for any input.
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(
            prop_oneof![Just(b'{'), Just(b'}'), Just(b'['), Just(b']'), Just(b'"'), Just(b'\\'),
                Just(b','), Just(b':'), any::<u8>()], 0..200)) {
            for value in documents(&bytes) {
                for (_, field) in value.object().fields() {
                    let _ = (field.text(), field.count(), field.decimal(), field.is_json());
                }
                prop_assert!(value.list().count() <= bytes.len());
            }
        }
    }
}
