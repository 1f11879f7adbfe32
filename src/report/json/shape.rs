//! Names and order of the fields, schema version 1. A change here is a new schema version.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::MeasuredPart;
use crate::number::Percent;

#[derive(Serialize)]
pub(super) struct Document<'a> {
    pub schema_version: u64,
    pub tool: Tool,
    pub created: String,
    pub catalog: CatalogPart<'a>,
    pub answers: Pairs<&'static str>,
    pub answer_origin: Pairs<&'static str>,
    pub usage: UsagePart<'a>,
    pub facts: FactsPart,
    pub result: Result<'a>,
    pub assumptions: Assumptions,
    pub notes: Vec<NotePart<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
pub(super) struct Tool {
    pub name: &'static str,
    pub version: &'static str,
    pub rules: &'static str,
}

#[derive(Serialize)]
pub(super) struct CatalogPart<'a> {
    pub id: &'static str,
    pub as_of: Date,
    pub currency: &'static str,
    pub models: Vec<PriceRow<'a>>,
}

#[derive(Serialize)]
pub(super) struct PriceRow<'a> {
    pub id: &'a str,
    pub input: Option<String>,
    pub output: Option<String>,
    pub cache_read: Option<String>,
    pub cache_write_5m: Option<String>,
    pub status: &'static str,
}

#[derive(Serialize)]
pub(super) struct UsagePart<'a> {
    pub input_tokens: u64,
    pub output_tokens: u64,
    /// Only where it is not the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume_origin: Option<&'static str>,
    pub outside_share_pct: u8,
    pub outside_origin: &'static str,
    pub model: &'a str,
    pub confidence: &'static str,
    pub cache_read_pct: Percent,
    pub cache_write_pct: Percent,
    pub cache_write_1h_pct: Percent,
    pub batch_pct: Percent,
    pub thinking_pct: Percent,
    pub prompt_tokens: Option<u64>,
    pub pro_price: String,
    pub overflow_pct: Option<u8>,
    pub capacity_input: Option<u64>,
    pub capacity_output: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<MeasuredPart<'a>>,
}

#[derive(Serialize)]
pub(super) struct FactsPart {
    pub as_of: Date,
}

#[derive(Serialize)]
pub(super) struct Result<'a> {
    pub outcome: &'static str,
    pub variant: Option<&'static str>,
    pub rule: &'static str,
    pub strength: &'static str,
    pub need_pro: i8,
    pub need_api: i8,
    pub mark: i8,
    pub capacity_check: bool,
    pub limits_effective: &'static str,
    pub reasons: Vec<Reason>,
    pub costs_usd: Costs,
    pub p_api_under_pro: f64,
    pub split: Split,
    pub models: Vec<ModelCost<'a>>,
    pub flips: Vec<Flip<'a>>,
    pub unmet: Vec<&'static str>,
    pub warnings: Vec<WarningPart<'a>>,
}

#[derive(Serialize)]
pub(super) struct Reason {
    pub item: &'static str,
    pub side: &'static str,
    pub points: i8,
    pub because: Pairs<Value>,
    pub section: &'static str,
}

#[derive(Serialize)]
pub(super) struct Costs {
    pub pro: String,
    pub api: String,
    pub hybrid: String,
    pub chat_on_api: String,
    pub api_p10: String,
    pub api_p90: String,
    pub hybrid_p10: String,
    pub hybrid_p90: String,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the format's")]
pub(super) struct Split {
    pub outside_pct: u8,
    pub overflow_pct: u8,
    pub pro_pct: Number,
    pub api_pct: Number,
}

#[derive(Serialize)]
pub(super) struct ModelCost<'a> {
    pub id: &'a str,
    pub api_usd: Option<String>,
    pub hybrid_usd: Option<String>,
    pub vs_pro_usd: Option<String>,
    pub break_even_multiplier: Option<String>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Flip<'a> {
    Answer {
        question: &'static str,
        to: &'static str,
        outcome: &'static str,
    },
    Volume {
        direction: &'static str,
        multiplier: String,
        input_tokens: u64,
        output_tokens: u64,
        outcome: &'static str,
    },
    Model {
        model: &'a str,
        outcome: &'static str,
    },
    ProPrice {
        to: &'static str,
        outcome: &'static str,
    },
    Share {
        to_pct: u8,
        outcome: &'static str,
    },
}

#[derive(Serialize)]
pub(super) struct WarningPart<'a> {
    pub id: &'static str,
    pub text: &'a str,
}

#[derive(Serialize)]
pub(super) struct Assumptions {
    pub band_pct: u8,
    pub overflow_pct: u8,
    pub capacity_input: u64,
    pub capacity_output: u64,
}

#[derive(Serialize)]
pub(super) struct NotePart<'a> {
    pub id: &'static str,
    pub text: &'a str,
    pub date: Date,
    pub source: &'a str,
}

/// An object whose fields keep their order.
pub(super) struct Pairs<T>(pub Vec<(&'static str, T)>);

impl<T: Serialize> Serialize for Pairs<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A percentage as a JSON number: 72, not 72.0; 73.5.
pub(super) struct Number(pub Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match u64::try_from(self.0) {
            Ok(whole) if Decimal::from(whole) == self.0 => serializer.serialize_u64(whole),
            // Two decimals survive the way through the nearest double and its shortest form.
            _ => serializer.serialize_f64(self.0.to_string().parse().unwrap_or_default()),
        }
    }
}
