//! The fields that are needed from a line. Each is read so that an invalid value affects no other
//! field.
//!
//! A field of the wrong type, such as a number instead of a text, counts as missing. Only counts
//! remember that they were invalid.

mod quick;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess};

pub(super) use self::quick::{Quick, quick};
use crate::number::MOST_TOKENS;
use crate::source::lenient::{Field, any, lenient};
pub(super) use crate::source::lenient::{Part, Parts, Text};

lenient!(Flag, Present, Count, Models);

/// A flag; anything but `true` is false.
#[derive(Debug, Default)]
pub(super) struct Flag(pub(super) bool);

impl Field<'_> for Flag {
    fn flag(flag: bool) -> Self {
        Self(flag)
    }
}

/// True if the value is an object.
#[derive(Debug, Default)]
pub(super) struct Present(pub(super) bool);

impl<'de> Field<'de> for Present {
    fn object<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self(true))
    }
}

/// A count; null and missing are 0.
#[derive(Debug, Default)]
pub(super) enum Count {
    #[default]
    Absent,
    Known(u64),
    Bad,
}

impl Count {
    /// The count; `None` if it is invalid.
    pub(super) fn read(&self) -> Option<u64> {
        match self {
            Self::Absent => Some(0),
            Self::Known(count) if *count <= MOST_TOKENS => Some(*count),
            Self::Known(_) | Self::Bad => None,
        }
    }
    /// A whole number of any size.
    pub(super) fn known(&self) -> Option<u64> {
        match self {
            Self::Known(count) => Some(*count),
            _ => None,
        }
    }
}

impl<'de> Field<'de> for Count {
    fn text(_: &str) -> Self {
        Self::Bad
    }
    fn flag(_: bool) -> Self {
        Self::Bad
    }
    fn whole(count: u64) -> Self {
        Self::Known(count)
    }
    fn odd_number() -> Self {
        Self::Bad
    }
    fn object<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::Bad)
    }
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::Bad)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", default, bound(deserialize = "'de: 'a"))]
#[derive(Default)]
pub(super) struct Envelope<'a> {
    #[serde(rename = "type")]
    pub(super) kind: Text<'a>,
    pub(super) timestamp: Text<'a>,
    pub(super) session_id: Text<'a>,
    pub(super) request_id: Text<'a>,
    pub(super) uuid: Text<'a>,
    pub(super) agent_id: Text<'a>,
    pub(super) entrypoint: Text<'a>,
    pub(super) cwd: Text<'a>,
    pub(super) error: Text<'a>,
    pub(super) api_error_status: Count,
    pub(super) is_sidechain: Flag,
    pub(super) is_api_error_message: Flag,
    pub(super) forked_from: Present,
    pub(super) quota_limits: Part<Quota<'a>>,
    pub(super) message: Part<Message<'a>>,
    pub(super) data: Part<Progress<'a>>,
    pub(super) start_time: Count,
    pub(super) model_usage: Part<Models>,
}

/// The API's response.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Message<'a> {
    pub(super) id: Text<'a>,
    pub(super) model: Text<'a>,
    pub(super) usage: Part<Counts<'a>>,
}

/// A usage object, or an entry of its `iterations`, which has the same counts.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Counts<'a> {
    #[serde(rename = "type")]
    pub(super) kind: Text<'a>,
    pub(super) model: Text<'a>,
    pub(super) usage: Part<Box<Self>>,
    pub(super) input_tokens: Count,
    pub(super) output_tokens: Count,
    pub(super) cache_creation_input_tokens: Count,
    pub(super) cache_creation: Part<Split>,
    pub(super) cache_read_input_tokens: Count,
    pub(super) server_tool_use: Part<Tools>,
    pub(super) service_tier: Text<'a>,
    pub(super) inference_geo: Text<'a>,
    pub(super) speed: Text<'a>,
    pub(super) iterations: Parts<Self>,
}

/// Cache writes by lifetime.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Split {
    pub(super) ephemeral_5m_input_tokens: Count,
    pub(super) ephemeral_1h_input_tokens: Count,
}

/// Server-side tool use.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Tools {
    pub(super) web_search_requests: Count,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, bound(deserialize = "'de: 'a"))]
pub(super) struct Quota<'a> {
    pub(super) status: Text<'a>,
    pub(super) resets_at: Count,
    pub(super) rate_limit_type: Text<'a>,
    pub(super) is_using_overage: Flag,
}

/// Progress of a sub-agent.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Progress<'a> {
    pub(super) message: Part<Outer<'a>>,
}

/// A line nested in another.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, bound(deserialize = "'de: 'a"))]
pub(super) struct Outer<'a> {
    pub(super) timestamp: Text<'a>,
    pub(super) request_id: Text<'a>,
    pub(super) is_api_error_message: Flag,
    pub(super) message: Part<Message<'a>>,
}

/// Claude Code's own totals by model. Only their output is used.
#[derive(Debug, Default)]
pub(super) struct Models {
    pub(super) output: u64,
}

impl<'de> Field<'de> for Models {
    fn object<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        #[derive(Default, Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        struct Sum {
            output_tokens: Count,
        }
        let mut output = 0_u64;
        while let Some((_, Part(sum))) = map.next_entry::<IgnoredAny, Part<Sum>>()? {
            let count = sum.and_then(|sum| sum.output_tokens.read());
            output = output.saturating_add(count.unwrap_or_default());
        }
        Ok(Self { output })
    }
}

/// The texts of a message, read only for lines about a limit.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Told<'a> {
    pub(super) message: Part<Contents<'a>>,
}

/// The content of a message: one text or a list of blocks.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Contents<'a> {
    pub(super) content: Texts<'a>,
}

/// Every text of a message's content.
#[derive(Debug, Default)]
pub(super) struct Texts<'a>(pub(super) Vec<Text<'a>>);

impl<'de: 'a, 'a> Field<'de> for Texts<'a> {
    fn borrowed(text: &'de str) -> Self {
        Self(vec![Text::borrowed(text)])
    }
    fn text(text: &str) -> Self {
        Self(vec![Text::text(text)])
    }
    fn list<A: SeqAccess<'de>>(list: A) -> Result<Self, A::Error> {
        #[derive(Default, Deserialize)]
        #[serde(default, bound(deserialize = "'de: 'b"))]
        struct Block<'b> {
            text: Text<'b>,
        }
        let blocks: Parts<Block<'a>> = Parts::list(list)?;
        Ok(Self(blocks.0.into_iter().map(|block| block.text).collect()))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Texts<'a> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        any(source)
    }
}
