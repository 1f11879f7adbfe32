//! The fields of a conversation that are needed. Texts are counted and not kept, and no odd value
//! spoils another.

use serde::Deserialize;
use serde::de::{IgnoredAny, SeqAccess};

use crate::source::lenient::{Field, Parts, Text, lenient};

lenient!(Length, Elements);

/// How many characters a text has.
#[derive(Debug, Default)]
pub(super) struct Length(pub(super) u64);

impl Field<'_> for Length {
    fn text(text: &str) -> Self {
        Self(text.chars().count() as u64)
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

/// A conversation.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Conversation<'a> {
    pub(super) uuid: Text<'a>,
    pub(super) chat_messages: Parts<Message<'a>>,
}

/// A message of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Message<'a> {
    pub(super) uuid: Text<'a>,
    pub(super) parent_message_uuid: Text<'a>,
    pub(super) sender: Text<'a>,
    pub(super) created_at: Text<'a>,
    pub(super) text: Length,
    pub(super) content: Parts<Block>,
    pub(super) attachments: Parts<Attachment>,
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
