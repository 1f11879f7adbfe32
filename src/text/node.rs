//! JSON as it stands in the text: numbers not yet interpreted, no name twice in one object.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{clean, looks_like_key, quoted};

/// One value of the text.
#[derive(Debug)]
pub(crate) enum Node {
    /// `null`.
    Null,
    /// A whole number from 0 to 2^64 - 1, written without point or exponent.
    Whole(u64),
    /// Any other number, true or false: nothing that is read has one.
    Other,
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// An object.
    Object(BTreeMap<String, Self>),
}

impl Node {
    /// Parses a whole text. Nesting deeper than 127 levels and a name that stands twice in one
    /// object are errors.
    pub(crate) fn parse(json: &str) -> serde_json::Result<Self> {
        serde_json::from_str(json)
    }

    /// Whether any text or name in it looks like an API key.
    pub(crate) fn holds_key(&self) -> bool {
        match self {
            Self::Null | Self::Whole(_) | Self::Other => false,
            Self::Text(text) => is_key(text),
            Self::List(items) => items.iter().any(Self::holds_key),
            Self::Object(fields) => {
                fields.iter().any(|(name, value)| is_key(name) || value.holds_key())
            }
        }
    }
}

/// Invisible letters do not hide a key.
fn is_key(text: &str) -> bool {
    looks_like_key(text) || looks_like_key(&clean(text))
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Whole(number))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut fields = BTreeMap::new();
        while let Some(name) = entries.next_key::<String>()? {
            match fields.entry(name) {
                Entry::Vacant(slot) => {
                    slot.insert(entries.next_value()?);
                }
                Entry::Occupied(twice) => {
                    let shown = match twice.key() {
                        name if is_key(name) => "a name".to_owned(),
                        name => quoted(name),
                    };
                    return Err(A::Error::custom(format_args!("{shown} is there twice")));
                }
            }
        }
        Ok(Node::Object(fields))
    }
}
