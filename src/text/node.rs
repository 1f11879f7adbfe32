//! JSON as written: numbers not yet interpreted, no duplicate names in an object.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{
    Deserialize, Deserializer, Error, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde::{Serialize, forward_to_deserialize_any};

use super::{clean, escaped, looks_like_key, quoted};

/// One JSON value.
#[derive(Debug)]
pub(crate) enum Node {
    Null,
    /// A whole number from 0 to 2^64 - 1, written without a decimal point or exponent.
    Whole(u64),
    /// A whole number from -2^63 to -1.
    Negative(i64),
    /// Any other number. No field accepts these.
    Other,
    Bool(bool),
    Text(String),
    List(Vec<Self>),
    Object(BTreeMap<String, Self>),
}

/// The name of a value without fields, as files have it.
pub(crate) fn serde_name(value: &impl Serialize) -> String {
    struct Name<'a, T>(&'a T);

    impl<T: Serialize> fmt::Display for Name<'_, T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.serialize(f)
        }
    }

    Name(value).to_string()
}

/// JSON with the fields as their types list them, ending in a line break.
pub(crate) fn pretty(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    escaped(text)
}

impl Node {
    /// Parses a whole text. Nesting deeper than 127 levels and duplicate names in an object are
    /// errors.
    pub(crate) fn parse(json: &str) -> serde_json::Result<Self> {
        serde_json::from_str(json)
    }

    /// The fields, if it is an object.
    pub(crate) const fn fields(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    pub(crate) const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// A field, if it is an object that has it.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.fields()?.get(name)
    }

    /// True if any text or name in the value looks like an API key.
    pub(crate) fn holds_key(&self) -> bool {
        match self {
            Self::Null | Self::Whole(_) | Self::Negative(_) | Self::Other | Self::Bool(_) => false,
            Self::Text(text) => looks_like_key(text),
            Self::List(items) => items.iter().any(Self::holds_key),
            Self::Object(fields) => {
                fields.iter().any(|(name, value)| looks_like_key(name) || value.holds_key())
            }
        }
    }
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

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Whole(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Negative(number))
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
                        name if looks_like_key(name) => "a name".to_owned(),
                        name => quoted(name),
                    };
                    return Err(A::Error::custom(format_args!("{shown} is there twice")));
                }
            }
        }
        Ok(Node::Object(fields))
    }
}

/// Why a value is rejected: the expected form, or that it is missing.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The missing field, if that is the reason.
    pub field: Option<&'static str>,
    /// `must be ...`, `is missing; ...`.
    pub problem: String,
}

/// `a, b or c`.
pub(crate) fn one_of(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl Error for Refusal {
    fn custom<T: fmt::Display>(problem: T) -> Self {
        Self { field: None, problem: problem.to_string() }
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("must be {expected}"))
    }

    fn invalid_value(given: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match expected.to_string().as_str() {
            // Serde's names for the integer types.
            "i8" | "u8" | "u32" => Self::custom("must be a smaller whole number"),
            _ => Self::invalid_type(given, expected),
        }
    }

    fn unknown_variant(given: &str, options: &'static [&'static str]) -> Self {
        let given = quoted(given);
        Self::custom(format_args!("cannot be {given}; choose {}", one_of(options)))
    }

    fn missing_field(field: &'static str) -> Self {
        let problem = if field.ends_with("_tokens") {
            "is missing; give a whole number from 0 to 1,000,000,000,000"
        } else {
            "is missing; save the report again, or give the field"
        };
        Self { field: Some(field), problem: problem.to_owned() }
    }
}

/// Deserializes the value into a type. A field that is null counts as missing.
impl<'de> Deserializer<'de> for &'de Node {
    type Error = Refusal;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self {
            Node::Null => visitor.visit_unit(),
            Node::Whole(number) => visitor.visit_u64(*number),
            Node::Negative(number) => visitor.visit_i64(*number),
            Node::Other => visitor.visit_f64(f64::NAN),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Text(text) => visitor.visit_borrowed_str(text),
            Node::List(items) => visitor.visit_seq(SeqDeserializer::new(items.iter())),
            Node::Object(fields) => visitor.visit_map(MapDeserializer::new(
                fields
                    .iter()
                    .filter(|(_, value)| !matches!(value, Node::Null))
                    .map(|(name, value)| (name.as_str(), value)),
            )),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        if matches!(self, Node::Null) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        options: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        match self {
            Node::Text(text) => visitor.visit_enum(text.as_str().into_deserializer()),
            _ => Err(Refusal::custom(format_args!("must be text in quotes: {}", one_of(options)))),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self {
            Node::Object(_) => self.deserialize_any(visitor),
            _ => Err(Refusal::custom("must be an object in braces")),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self {
            Node::List(_) => self.deserialize_any(visitor),
            _ => Err(Refusal::custom("must be a list in brackets")),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self {
            Node::Text(_) => self.deserialize_any(visitor),
            _ => Err(Refusal::custom("must be text in quotes")),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self {
            Node::Whole(_) => self.deserialize_any(visitor),
            _ => Err(Refusal::custom("must be a whole number, digits only, without quotes")),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self {
            Node::Negative(_) => self.deserialize_any(visitor),
            _ => self.deserialize_u64(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i16 i32 i64 i128 u8 u16 u128 f32 f64 char str bytes byte_buf unit unit_struct tuple
        tuple_struct identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Refusal> for &'de Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// A number or a text.
pub(crate) enum Scalar<'a> {
    Whole(u64),
    Text(&'a str),
}

/// Reads a number or a text with `read`. If `read` rejects it, the error says what is expected.
pub(crate) fn scalar<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    expected: &str,
    read: impl FnOnce(Scalar<'_>) -> Option<T>,
) -> Result<T, D::Error> {
    struct Reads<'a, F>(&'a str, F);

    impl<T, F: FnOnce(Scalar<'_>) -> Option<T>> Visitor<'_> for Reads<'_, F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
            let expected = self.0;
            (self.1)(Scalar::Whole(number))
                .ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &expected))
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            let expected = self.0;
            (self.1)(Scalar::Text(text))
                .ok_or_else(|| E::invalid_value(Unexpected::Str(text), &expected))
        }
    }

    deserializer.deserialize_any(Reads(expected, read))
}

/// The longest text kept, in characters.
const LONGEST: usize = 500;
/// The most sentences of one kind kept. Reports of this program hold fewer.
const MOST_SENTENCES: usize = 50;

/// Text for a person, on one line: no control characters.
#[cfg(test)]
#[derive(schemars::JsonSchema)]
#[schemars(extend("pattern" = r"^[^\u0000-\u001f\u007f-\u009f]*$"))]
#[expect(dead_code, reason = "a schema names it")]
pub(crate) struct Line(String);

/// A text safe to display, cut to [`LONGEST`].
pub(crate) fn short(text: &str) -> String {
    clean(text).trim().chars().take(LONGEST).collect()
}

/// Reads a text and makes it safe to display. An empty text is an error.
pub(crate) fn line<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = short(&String::deserialize(deserializer)?);
    if text.is_empty() {
        return Err(D::Error::custom("is missing; give text in quotes"));
    }
    Ok(text)
}

/// The same for an optional text. An empty one counts as missing.
pub(crate) fn line_or_none<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    Ok(Some(short(&String::deserialize(deserializer)?)).filter(|text| !text.is_empty()))
}

/// Reads a list of texts. Skips anything else in it.
pub(crate) fn sentences<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    let text = |item: &Node| match item {
        Node::Text(text) => Some(short(text)),
        _ => None,
    };
    let items = Vec::<Node>::deserialize(deserializer)?;
    Ok(items.iter().filter_map(text).take(MOST_SENTENCES).collect())
}

/// The field names of a type, from its derived `Deserialize`.
pub(crate) fn fields_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    struct Probe<'a>(&'a mut &'static [&'static str]);

    impl<'de> Deserializer<'de> for Probe<'_> {
        type Error = Refusal;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Refusal> {
            Err(Refusal::custom("no value"))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, Refusal> {
            *self.0 = fields;
            self.deserialize_any(visitor)
        }

        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
            option unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier
            ignored_any
        }
    }

    let mut fields: &'static [&'static str] = &[];
    let _ = T::deserialize(Probe(&mut fields));
    fields
}
