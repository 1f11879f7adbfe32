//! Answers and a month: what a person wrote by hand, a draft, or the part of a report that is read
//! back.
//!
//! Nothing about the text is trusted: every value is checked, an error says where it stands and what
//! belongs there, and a text with an API key in it is refused without repeating any of it.

use std::marker::PhantomData;

use rust_decimal::Decimal;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::document::Document;
use super::measured::Measured;
use super::read::{ReadError, SCHEMA_VERSION, tree, typed, wrong};
use crate::advice::Assessment;
use crate::cost::{Mix, Volume};
use crate::number::json::{Tokens, WholePercent};
use crate::number::{Percent, exact, parse_price, plain_decimal};
use crate::question::{Answers, Origin, QuestionId, Rank, Resolved};
use crate::text::node::{Node, Scalar, fields_of, one_of, scalar};
use crate::text::{clean, nearest, quoted};
use crate::usage::{Confidence, Outside, ProPrice, Usage};

/// What a file of answers holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswersFile {
    /// The answers that are there, each with who gave it: the person where the file does not say.
    /// One that follows from another is left out.
    pub answers: Answers,
    /// The month, where there is one.
    pub usage: Option<Usage>,
    /// The fields that mean nothing here, cleaned; past twenty only their number.
    pub ignored: Vec<String>,
}

impl AnswersFile {
    /// The complete set and the month. What is missing is assumed (method, section 1), or named
    /// in an error.
    pub fn complete(&self, assume_defaults: bool) -> Result<(Resolved, Usage), ReadError> {
        let mut answers = self.answers;
        if assume_defaults {
            answers = answers.assume_open();
        }
        let usage = self.usage.clone().or_else(|| assume_defaults.then(Usage::sample));
        match (answers.resolve(), usage) {
            (Some(resolved), Some(usage)) => Ok((resolved, usage)),
            (_, usage) => Err(ReadError::Missing {
                questions: QuestionId::ALL
                    .into_iter()
                    .filter(|question| answers.effective(*question).is_none())
                    .collect(),
                usage: usage.is_none(),
            }),
        }
    }
}

/// Answers and the size of a month, for 'planwise decide --answers' and 'planwise --answers'. With
/// --assume-defaults answers and usage may be missing; without it they are needed as here. A saved
/// report is such a file too: its result and other fields are not read.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "planwise answers"))]
#[cfg_attr(test, schemars(extend("additionalProperties" = true)))]
pub(crate) struct File {
    /// The version of the format; 1 where it is missing.
    // The tree has been checked for its version before.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(!skip_deserializing, default, extend("const" = SCHEMA_VERSION)))]
    schema_version: u64,
    /// The answers, by question.
    #[serde(default)]
    #[cfg_attr(test, schemars(!default))]
    answers: PerQuestion<Rank>,
    /// Who gave each answer; the person where it is missing. One that is derived counts as the
    /// person's where it does not follow from the others.
    #[serde(default)]
    answer_origin: PerQuestion<Origin>,
    /// The month. Only the two counts must be there; null is the same as missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Month"))]
    usage: Option<Month>,
}

impl File {
    /// The answers that were given, and the month where it is the person's own.
    pub(crate) fn new(answers: &Answers, usage: Option<&Usage>) -> Self {
        let given = |question| answers.given(question);
        Self {
            schema_version: SCHEMA_VERSION,
            answers: PerQuestion(QuestionId::ALL.map(|id| given(id).map(|given| given.rank))),
            answer_origin: PerQuestion(QuestionId::ALL.map(|id| given(id).map(|it| it.origin))),
            usage: usage.map(Month::from),
        }
    }
}

/// One value for each question that has one, by its id.
pub(crate) struct PerQuestion<T>(pub [Option<T>; 8]);

impl<T> Default for PerQuestion<T> {
    fn default() -> Self {
        Self([const { None }; 8])
    }
}

/// What a file says of a question, as a word.
pub(crate) trait Word: Sized + Copy {
    type Written: Serialize;
    fn written(self, question: QuestionId) -> Self::Written;
    fn read<'de, D: Deserializer<'de>>(question: QuestionId, of: D) -> Result<Self, D::Error>;
    /// What it may be, and the conditions on a file that gives it.
    #[cfg(test)]
    fn schema(question: QuestionId, generator: &mut schemars::SchemaGenerator) -> schemars::Schema;
    #[cfg(test)]
    const CONDITIONS: Option<fn() -> serde_json::Value>;
}

impl Word for Rank {
    type Written = &'static str;

    fn written(self, question: QuestionId) -> &'static str {
        question.option_id(self)
    }

    fn read<'de, D: Deserializer<'de>>(question: QuestionId, of: D) -> Result<Self, D::Error> {
        let options = one_of(question.scale());
        let Node::Text(given) = Node::deserialize(of)? else {
            return Err(D::Error::custom(format_args!("must be text in quotes: {options}")));
        };
        question.rank_of(&given).ok_or_else(|| {
            let meant = nearest(&given, question.scale().iter().copied())
                .map(|id| format!(" (did you mean '{id}'?)"))
                .unwrap_or_default();
            let given = quoted(&given);
            D::Error::custom(format_args!("has no option {given}{meant}; choose {options}"))
        })
    }

    #[cfg(test)]
    fn schema(question: QuestionId, _: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schema::answer(question)
    }

    #[cfg(test)]
    const CONDITIONS: Option<fn() -> serde_json::Value> = Some(schema::path);
}

impl Word for Origin {
    type Written = Self;

    fn written(self, _: QuestionId) -> Self {
        self
    }

    fn read<'de, D: Deserializer<'de>>(_: QuestionId, of: D) -> Result<Self, D::Error> {
        Self::deserialize(of)
    }

    #[cfg(test)]
    fn schema(question: QuestionId, generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = generator.subschema_for::<Self>();
        schema.insert("description".to_owned(), format!("Who answered '{question}'.").into());
        schema
    }

    #[cfg(test)]
    const CONDITIONS: Option<fn() -> serde_json::Value> = None;
}

impl<T: Word> Serialize for PerQuestion<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all = QuestionId::ALL.into_iter().zip(&self.0);
        serializer
            .collect_map(all.filter_map(|(id, value)| Some((id.as_str(), (*value)?.written(id)))))
    }
}

impl<'de, T: Word> Deserialize<'de> for PerQuestion<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Questions(PhantomData))
    }
}

struct Questions<T>(PhantomData<T>);
struct About<T>(QuestionId, PhantomData<T>);

impl<'de, T: Word> DeserializeSeed<'de> for About<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(self.0, deserializer)
    }
}

impl<'de, T: Word> Visitor<'de> for Questions<T> {
    type Value = PerQuestion<T>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object in braces")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut values = PerQuestion::default();
        while let Some(name) = fields.next_key::<String>()? {
            match QuestionId::ALL.into_iter().find(|question| question.as_str() == name) {
                Some(question) => {
                    let value = fields.next_value_seed(About(question, PhantomData))?;
                    if let Some(slot) = values.0.get_mut(question.index()) {
                        *slot = Some(value);
                    }
                }
                None => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        Ok(values)
    }
}

/// The month.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("allOf" = schema::outside())))]
pub(crate) struct Month {
    /// Tokens sent to Claude in a month, cached or not, the repeated history of chats among them.
    input_tokens: Tokens,
    /// Tokens written by Claude in a month, thinking not included.
    output_tokens: Tokens,
    /// Who gave the tokens: 'user' set them; 'assumed' where nothing was given; 'usage' was read from
    /// logs. Where it is missing: the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Origin", extend("not" = { "const": "derived" })))]
    pub(super) volume_origin: Option<Origin>,
    /// Share of the work outside the Claude app, in percent. Not looked at where outside_origin is
    /// 'default'.
    #[serde(default)]
    #[cfg_attr(test, schemars(schema_with = "schema::share"))]
    outside_share_pct: Option<OutsideShare>,
    /// Who gave that share: 'default' takes the method's share for the answers again, whatever
    /// outside_share_pct says; 'user' set it; 'usage' was read from logs.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "OutsideOrigin"))]
    outside_origin: Option<OutsideOrigin>,
    /// The model of the API part, by id or alias of the price list.
    #[serde(deserialize_with = "model", default)]
    #[cfg_attr(test, schemars(with = "String", extend("pattern" = r"\S")))]
    model: Option<String>,
    /// How sure the person is of the volume. Eight cases in ten lie between the volume divided by
    /// and times 1.15 (measured), 1.5 (rough) or 3 (guess).
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Confidence"))]
    confidence: Option<Confidence>,
    /// Share of the input read from the cache, in percent. The three cache shares together are at
    /// most 100.
    #[serde(default)]
    cache_read_pct: Percent,
    /// Share of the input written to the cache for five minutes, in percent.
    #[serde(default)]
    cache_write_pct: Percent,
    /// Share of the input written to the cache for one hour, in percent.
    #[serde(default)]
    cache_write_1h_pct: Percent,
    /// Share of everything sent as batches, at half the price, in percent.
    #[serde(default)]
    batch_pct: Percent,
    /// Thinking on top of the output, in percent of it: a whole number from 0 to 1000, or a decimal
    /// in quotes with at most four places.
    #[serde(deserialize_with = "thinking", default)]
    #[cfg_attr(test, schemars(schema_with = "schema::thinking"))]
    thinking_pct: Percent,
    /// Typical size of a prompt in tokens, for models whose price depends on it; null for small
    /// ones.
    prompt_tokens: Option<Tokens>,
    /// What Pro costs this person a month: 'monthly' or 'annual' as the price list has it, or
    /// dollars in quotes: above 0, at most 10000, at most two decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(!skip_serializing_if, schema_with = "schema::price"))]
    pro_price: Option<Price>,
    /// Share of the chat that Pro's limits push to the API, in whole percent; null for the method's.
    overflow_pct: Option<WholePercent>,
    /// Chat input a month beyond which Pro is not thought to carry it, in tokens; null for the one
    /// of the facts.
    capacity_input: Option<Tokens>,
    /// The same for output.
    capacity_output: Option<Tokens>,
    /// What real usage said; missing where none was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(schema_with = "schema::measured"))]
    measured: Option<Measured>,
}

/// A whole percentage. What else may stand here where it is not looked at is `None`.
#[derive(Clone, Copy, Serialize)]
struct OutsideShare(Option<u8>);

/// Who gave the share outside the app.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
enum OutsideOrigin {
    /// The method's share for the answers.
    Default,
    /// The person.
    User,
    /// Read from real usage.
    Usage,
}

impl<'de> Deserialize<'de> for OutsideShare {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Node::deserialize(deserializer)? {
            Node::Whole(share @ 0..=100) => u8::try_from(share).ok(),
            _ => None,
        }))
    }
}

/// What Pro costs: `monthly`, `annual` or dollars.
struct Price(ProPrice);

impl Serialize for Price {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            ProPrice::Monthly => serializer.serialize_str("monthly"),
            ProPrice::Annual => serializer.serialize_str("annual"),
            ProPrice::Other(price) => serializer.serialize_str(&exact(price)),
        }
    }
}

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "'monthly', 'annual' or dollars in quotes: above 0, at most 10000, at most two decimals";
        scalar(deserializer, expected, |given| match given {
            Scalar::Text("monthly") => Some(Self(ProPrice::Monthly)),
            Scalar::Text("annual") => Some(Self(ProPrice::Annual)),
            Scalar::Text(amount) => plain_decimal(amount, 20, 2)
                .and_then(|_| parse_price(amount).ok())
                .map(|price| Self(ProPrice::Other(price))),
            Scalar::Whole(_) => None,
        })
    }
}

fn model<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    scalar(deserializer, "the id of a model, in quotes", |given| match given {
        Scalar::Text(text) if !text.trim().is_empty() => Some(Some(text.to_owned())),
        _ => None,
    })
}

fn thinking<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Percent, D::Error> {
    Percent::read(deserializer, 1_000)
}

impl From<&Usage> for Month {
    fn from(usage: &Usage) -> Self {
        let (share, origin) = match usage.outside {
            Outside::Default => (None, OutsideOrigin::Default),
            Outside::Set(share) => (Some(share), OutsideOrigin::User),
            Outside::Measured(share) => (Some(share), OutsideOrigin::Usage),
        };
        Self {
            input_tokens: Tokens(usage.volume.input),
            output_tokens: Tokens(usage.volume.output),
            volume_origin: Some(usage.volume_origin),
            outside_share_pct: share.map(|share| OutsideShare(Some(share))),
            outside_origin: Some(origin),
            model: usage.model.clone(),
            confidence: Some(usage.confidence),
            cache_read_pct: usage.mix.cache_read,
            cache_write_pct: usage.mix.cache_write_5m,
            cache_write_1h_pct: usage.mix.cache_write_1h,
            batch_pct: usage.mix.batch,
            thinking_pct: usage.mix.thinking,
            prompt_tokens: usage.prompt_tokens.map(Tokens),
            pro_price: Some(Price(usage.pro_price)),
            overflow_pct: usage.overflow_pct.map(WholePercent),
            capacity_input: usage.capacity_input.map(Tokens),
            capacity_output: usage.capacity_output.map(Tokens),
            measured: usage.measured.as_deref().map(Measured::from),
        }
    }
}

impl Month {
    /// The month of an assessment, with the share and the model that it used.
    pub(super) fn assessed(assessment: &Assessment) -> Self {
        Self {
            outside_share_pct: Some(OutsideShare(Some(assessment.split.outside_pct))),
            model: Some(assessment.model_id.clone()),
            ..Self::from(&assessment.usage)
        }
    }

    /// The same for a comparison: every figure that counted, set or not. What Pro costs stands
    /// among its costs.
    pub(crate) fn compared(assessment: &Assessment) -> Self {
        Self {
            overflow_pct: Some(WholePercent(assessment.split.overflow_pct)),
            capacity_input: Some(Tokens(assessment.capacity.input)),
            capacity_output: Some(Tokens(assessment.capacity.output)),
            pro_price: None,
            measured: None,
            ..Self::assessed(assessment)
        }
    }

    /// The month, with what the fields say together checked.
    pub(super) fn checked(self) -> Result<Usage, ReadError> {
        if self.volume_origin == Some(Origin::Derived) {
            return Err(wrong(
                "usage.volume_origin",
                "cannot be 'derived'; choose user, assumed or usage",
            ));
        }
        let mix = Mix {
            cache_read: self.cache_read_pct,
            cache_write_5m: self.cache_write_pct,
            cache_write_1h: self.cache_write_1h_pct,
            batch: self.batch_pct,
            thinking: self.thinking_pct,
        };
        let cached = mix.cached();
        if cached > Decimal::ONE_HUNDRED {
            return Err(wrong(
                "usage.cache_read_pct",
                format!(
                    "makes {} together with 'usage.cache_write_pct' and 'usage.cache_write_1h_pct'; the three may make at most 100",
                    cached.normalize()
                ),
            ));
        }
        let share = "usage.outside_share_pct";
        let outside = match (self.outside_origin, self.outside_share_pct) {
            (Some(OutsideOrigin::Default), _) | (None, None) => Outside::Default,
            (_, Some(OutsideShare(None))) => {
                return Err(wrong(share, "must be a whole number from 0 to 100, without quotes"));
            }
            (Some(OutsideOrigin::Usage), Some(OutsideShare(Some(pct)))) => Outside::Measured(pct),
            (_, Some(OutsideShare(Some(pct)))) => Outside::Set(pct),
            (Some(_), None) => {
                return Err(wrong(
                    share,
                    "is missing; give a whole number from 0 to 100, or set 'usage.outside_origin' to 'default'",
                ));
            }
        };
        Ok(Usage {
            volume: Volume { input: self.input_tokens.0, output: self.output_tokens.0 },
            volume_origin: self.volume_origin.unwrap_or(Origin::User),
            outside,
            model: self.model,
            confidence: self.confidence.unwrap_or(Confidence::Rough),
            mix,
            prompt_tokens: self.prompt_tokens.map(|tokens| tokens.0),
            pro_price: self.pro_price.map_or(ProPrice::Monthly, |price| price.0),
            overflow_pct: self.overflow_pct.map(|pct| pct.0),
            capacity_input: self.capacity_input.map(|tokens| tokens.0),
            capacity_output: self.capacity_output.map(|tokens| tokens.0),
            measured: self.measured.map(Measured::checked).transpose()?.map(Into::into),
        })
    }
}

/// The fields of a file that say nothing of what came out.
const NOT_OF_A_RESULT: [&str; 6] =
    ["$schema", "schema_version", "answers", "usage", "title", "note"];

/// Reads answers and usage from a file of answers or a saved report.
pub fn read_answers(json: &str) -> Result<AnswersFile, ReadError> {
    answers(&tree(json)?)
}

pub(super) fn answers(node: &Node) -> Result<AnswersFile, ReadError> {
    let file: File = typed(node)?;
    let mut ignored = Vec::new();
    let is_question = |name: &str| QuestionId::ALL.iter().any(|id| id.as_str() == name);
    let (report, month) = (fields_of::<Document>(), fields_of::<Month>());
    let is_known = |name: &str| NOT_OF_A_RESULT.contains(&name) || report.contains(&name);
    ignored.extend(others(Some(node), "", is_known));
    ignored.extend(others(node.get("answers"), "answers.", is_question));
    ignored.extend(others(node.get("answer_origin"), "answer_origin.", is_question));
    ignored.extend(others(node.get("usage"), "usage.", |name| month.contains(&name)));
    given(file, shortened(ignored))
}

/// What a file of answers says, checked.
fn given(file: File, ignored: Vec<String>) -> Result<AnswersFile, ReadError> {
    let mut answers = Answers::default();
    let mut derived = Vec::new();
    let both = file.answers.0.into_iter().zip(file.answer_origin.0);
    for (question, (rank, origin)) in QuestionId::ALL.into_iter().zip(both) {
        match (rank, origin.unwrap_or(Origin::User)) {
            (Some(rank), Origin::Derived) => derived.push((question, rank)),
            (Some(rank), origin) => answers.give(question, rank, origin),
            (None, _) => {}
        }
    }
    for (question, rank) in derived {
        // It must follow from the others; what does not, someone wrote.
        if answers.effective(question) != Some(rank) {
            answers.give(question, rank, Origin::User);
        }
    }
    Ok(AnswersFile { answers, usage: file.usage.map(Month::checked).transpose()?, ignored })
}

/// The names in an object that are not known, with their path.
fn others(
    node: Option<&Node>,
    path: &str,
    is_known: impl Fn(&str) -> bool,
) -> impl Iterator<Item = String> {
    const LONGEST: usize = 60;
    let fields = node.into_iter().filter_map(Node::fields).flatten();
    fields.filter(move |(name, _)| !is_known(name)).map(move |(name, _)| {
        let path = format!("{path}{}", clean(name));
        match path.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}...", path.get(..end).unwrap_or_default()),
            None => path,
        }
    })
}

/// At most twenty names, then how many more.
fn shortened(mut names: Vec<String>) -> Vec<String> {
    const MOST: usize = 20;
    let more = names.len().saturating_sub(MOST);
    names.truncate(MOST);
    if more > 0 {
        names.push(format!("and {more} more"));
    }
    names
}

#[cfg(test)]
pub(super) mod schema;
#[cfg(test)]
mod tests;
