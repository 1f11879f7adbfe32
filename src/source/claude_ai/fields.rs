//! The fields that are needed from a conversation. Texts are counted, not kept, and an invalid
//! value affects no other field.

use serde::Deserialize;
use serde::de::{IgnoredAny, SeqAccess};

use crate::source::lenient::{Field, Parts, Text, lenient};

lenient!(Length, Elements);

/// The number of characters in a text.
#[derive(Debug, Default)]
pub(super) struct Length(pub(super) u64);

impl Field<'_> for Length {
    fn text(text: &str) -> Self {
        Self(text.chars().count() as u64)
    }
}

/// The number of elements in a list.
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

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Conversation<'a> {
    pub(super) uuid: Text<'a>,
    pub(super) chat_messages: Parts<Message<'a>>,
}

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

/// A content block of a message.
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
