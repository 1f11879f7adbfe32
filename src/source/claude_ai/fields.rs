//! The fields of a conversation that are needed. Texts are counted and not kept, and no odd value
//! spoils another.

use std::borrow::Cow;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What a field makes of each kind of value; by default of none anything.
trait Field<'de>: Default {
    fn borrowed(text: &'de str) -> Self {
        Self::text(text)
    }
    fn text(_: &str) -> Self {
        Self::default()
    }
    fn object<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
}

struct Any<F>(PhantomData<F>);

impl<'de, F: Field<'de>> Visitor<'de> for Any<F> {
    type Value = F;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("anything")
    }
    fn visit_unit<E: Error>(self) -> Result<F, E> {
        Ok(F::default())
    }
    fn visit_bool<E: Error>(self, _: bool) -> Result<F, E> {
        Ok(F::default())
    }
    fn visit_u64<E: Error>(self, _: u64) -> Result<F, E> {
        Ok(F::default())
    }
    fn visit_i64<E: Error>(self, _: i64) -> Result<F, E> {
        Ok(F::default())
    }
    fn visit_f64<E: Error>(self, _: f64) -> Result<F, E> {
        Ok(F::default())
    }
    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<F, E> {
        Ok(F::borrowed(text))
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<F, E> {
        Ok(F::text(text))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<F, A::Error> {
        F::object(map)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<F, A::Error> {
        F::list(list)
    }
}

/// A short text; empty and absent are the same.
#[derive(Debug, Default)]
pub(super) struct Word<'a>(Cow<'a, str>);

impl Word<'_> {
    pub(super) fn get(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(&*self.0)
    }
    pub(super) fn is(&self, text: &str) -> bool {
        self.0 == text
    }
}

impl<'de: 'a, 'a> Field<'de> for Word<'a> {
    fn borrowed(text: &'de str) -> Self {
        Self(Cow::Borrowed(text))
    }
    fn text(text: &str) -> Self {
        Self(Cow::Owned(text.to_owned()))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Word<'a> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(Any(PhantomData))
    }
}

/// How many characters a text has.
#[derive(Debug, Default)]
pub(super) struct Length(pub(super) u64);

impl Field<'_> for Length {
    fn text(text: &str) -> Self {
        Self(text.chars().count() as u64)
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(Any(PhantomData))
    }
}

/// How many elements a list has.
#[derive(Debug, Default)]
pub(super) struct Elements(pub(super) u64);

impl<'de> Field<'de> for Elements {
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut count = 0_u64;
        while list.next_element::<IgnoredAny>()?.is_some() {
            count = count.saturating_add(1);
        }
        Ok(Self(count))
    }
}

impl<'de> Deserialize<'de> for Elements {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(Any(PhantomData))
    }
}

/// An object with known fields; any other value is as good as an empty one.
#[derive(Debug, Default)]
struct Object<T>(T);

impl<'de, T: Deserialize<'de> + Default> Field<'de> for Object<T> {
    fn object<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Self)
    }
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(Any(PhantomData))
    }
}

/// A list of objects; any other value is an empty list.
#[derive(Debug)]
pub(super) struct Objects<T>(pub(super) Vec<T>);

impl<T> Default for Objects<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de> + Default> Field<'de> for Objects<T> {
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut objects = Vec::new();
        while let Some(Object(object)) = list.next_element::<Object<T>>()? {
            objects.push(object);
        }
        Ok(Self(objects))
    }
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for Objects<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(Any(PhantomData))
    }
}

/// A conversation.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Conversation<'a> {
    pub(super) uuid: Word<'a>,
    pub(super) chat_messages: Objects<Message<'a>>,
}

/// A message of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Message<'a> {
    pub(super) uuid: Word<'a>,
    pub(super) parent_message_uuid: Word<'a>,
    pub(super) sender: Word<'a>,
    pub(super) created_at: Word<'a>,
    pub(super) text: Length,
    pub(super) content: Objects<Block>,
    pub(super) attachments: Objects<Attachment>,
    pub(super) files: Elements,
}

/// A part of what a message says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Block {
    pub(super) text: Length,
    pub(super) thinking: Length,
}

/// A file whose text was sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Attachment {
    pub(super) extracted_content: Length,
}
