//! Fields of foreign JSON, each read so that an invalid value affects no other field.
//!
//! A field of the wrong type counts as missing, unless its [`Field`] says otherwise.

use std::borrow::Cow;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What a field does with each type of value. By default it ignores all of them.
pub(super) trait Field<'de>: Default {
    /// A string that needs no unescaping.
    fn borrowed(text: &'de str) -> Self {
        Self::text(text)
    }
    fn text(_: &str) -> Self {
        Self::default()
    }
    fn flag(_: bool) -> Self {
        Self::default()
    }
    fn whole(_: u64) -> Self {
        Self::default()
    }
    /// A negative number or a fraction.
    fn odd_number() -> Self {
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

/// Accepts any value.
struct Any<F>(PhantomData<F>);

impl<'de, F: Field<'de>> Visitor<'de> for Any<F> {
    type Value = F;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("anything")
    }
    fn visit_unit<E: Error>(self) -> Result<F, E> {
        Ok(F::default())
    }
    fn visit_bool<E: Error>(self, flag: bool) -> Result<F, E> {
        Ok(F::flag(flag))
    }
    fn visit_u64<E: Error>(self, whole: u64) -> Result<F, E> {
        Ok(F::whole(whole))
    }
    fn visit_i64<E: Error>(self, _: i64) -> Result<F, E> {
        Ok(F::odd_number())
    }
    fn visit_f64<E: Error>(self, _: f64) -> Result<F, E> {
        Ok(F::odd_number())
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

/// Deserializes a field from a value of any type.
pub(super) fn any<'de, F: Field<'de>, D: Deserializer<'de>>(source: D) -> Result<F, D::Error> {
    source.deserialize_any(Any(PhantomData))
}

/// Implements `Deserialize` so that a field accepts any value.
macro_rules! lenient {
    ($($field:ty),*) => {$(
        impl<'de> serde::Deserialize<'de> for $field {
            fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                $crate::source::lenient::any(source)
            }
        }
    )*};
}

pub(super) use lenient;

/// A string; empty and missing are the same.
#[derive(Debug, Default)]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

impl Text<'_> {
    pub(super) fn get(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(&*self.0)
    }
    pub(super) fn is(&self, text: &str) -> bool {
        self.0 == text
    }
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de: 'a, 'a> Field<'de> for Text<'a> {
    fn borrowed(text: &'de str) -> Self {
        Self(Cow::Borrowed(text))
    }
    fn text(text: &str) -> Self {
        Self(Cow::Owned(text.to_owned()))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        any(source)
    }
}

/// An object with known fields; any other value counts as missing.
#[derive(Debug)]
pub(super) struct Part<T>(pub(super) Option<T>);

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Field<'de> for Part<T> {
    fn object<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|part| Self(Some(part)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Part<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        any(source)
    }
}

/// A list of objects. Any other value is an empty list; any other element is an empty object.
#[derive(Debug)]
pub(super) struct Parts<T>(pub(super) Vec<T>);

impl<T> Default for Parts<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de> + Default> Field<'de> for Parts<T> {
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut parts = Vec::new();
        while let Some(Part(part)) = list.next_element::<Part<T>>()? {
            parts.push(part.unwrap_or_default());
        }
        Ok(Self(parts))
    }
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for Parts<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        any(source)
    }
}
