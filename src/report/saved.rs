//! A whole saved report, read back: what it rested on and what came out.
//!
//! [`read_answers`] takes only answers and month; this takes the rest too, for
//! replay, comparison and kept scenarios. Every value is checked, as nothing about the text is
//! trusted.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::read::{AnswersFile, ReadError, read_answers};
use crate::advice::{Item, Outcome, Rule, Strength, Variant};
use crate::catalog::{CatalogId, PriceRow, Status};
use crate::cost::Volume;
use crate::number::MOST_TOKENS;
use crate::question::QuestionId;
use crate::text::{clean, quoted};

/// A saved report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Answers, with who gave them, and the month.
    pub file: AnswersFile,
    /// The name it is kept under, if it is a scenario.
    pub name: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// The day it was made, by the clock of its place.
    pub day: Date,
    /// The version of the rules it was made with.
    pub rules: String,
    /// Which price list it used.
    pub list: CatalogId,
    /// The day of that list.
    pub prices_of: Date,
    /// The price rows used, by model id, in the report's order.
    pub rows: Vec<SavedRow>,
    /// The day of the facts used.
    pub facts_of: Date,
    /// The capacity figures used, tokens of chat a month.
    pub capacity: Volume,
    /// What came out.
    pub result: SavedResult,
    /// The notes, by id.
    pub notes: Vec<Remark>,
}

/// A price row as a report keeps it: USD for a million tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedRow {
    /// The model's id.
    pub model: String,
    /// Its prices; those a report does not keep are `None`.
    pub row: PriceRow,
    /// Its status then.
    pub status: Status,
}

/// A warning or note as it was worded then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its name, such as `W2`.
    pub id: String,
    /// What it said.
    pub text: String,
}

/// What a report recommended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedResult {
    /// What was recommended.
    pub outcome: Outcome,
    /// How the API was to be reached.
    pub variant: Option<Variant>,
    /// The rule that fired.
    pub rule: Rule,
    /// How sure it was.
    pub strength: Strength,
    /// Every item with points.
    pub points: Vec<(Item, i8)>,
    /// USD a month.
    pub costs: SavedCosts,
    /// Share outside the app, in percent.
    pub outside_pct: u8,
    /// Share of the chat that overflowed, in percent.
    pub overflow_pct: u8,
    /// Its warnings.
    pub warnings: Vec<Remark>,
}

/// USD a month; `None` where the chosen model had no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SavedCosts {
    /// Pro.
    pub pro: Decimal,
    /// Everything on the API.
    pub api: Option<Decimal>,
    /// Pro and the API part.
    pub hybrid: Option<Decimal>,
    /// One case in ten is below this, and one above that.
    pub api_range: Option<(Decimal, Decimal)>,
}

impl SavedCosts {
    /// What an outcome cost.
    pub const fn of(&self, outcome: Outcome) -> Option<Decimal> {
        match outcome {
            Outcome::Pro => Some(self.pro),
            Outcome::Hybrid => self.hybrid,
            Outcome::Api => self.api,
        }
    }
}

/// What a file holds: a whole report, or only answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// Answers and a month, written by hand.
    Answers(Box<AnswersFile>),
    /// A saved report.
    Report(Box<Saved>),
}

impl Opened {
    /// The answers and the month.
    pub fn file(&self) -> &AnswersFile {
        match self {
            Self::Answers(file) => file,
            Self::Report(saved) => &saved.file,
        }
    }

    /// The report, if it is one.
    pub fn report(&self) -> Option<&Saved> {
        match self {
            Self::Answers(_) => None,
            Self::Report(saved) => Some(saved),
        }
    }
}

/// Reads a saved report with everything in it.
///
/// # Errors
/// What [`read_answers`] refuses, and a field of the report that is missing or not what it should
/// be. A file of answers alone is refused: it has no `result`.
pub fn read_report(json: &str) -> Result<Saved, ReadError> {
    match open(json)? {
        Opened::Report(saved) => Ok(*saved),
        Opened::Answers(_) => Err(wrong(
            "result",
            "is missing: this is a file of answers, not a saved report; save one with 'planwise decide --format json', or in the wizard",
        )),
    }
}

/// Reads a saved report or a file of answers, whichever it is.
///
/// # Errors
/// As [`read_report`]; a file without a `result` is one of answers.
pub fn open(json: &str) -> Result<Opened, ReadError> {
    let file = read_answers(json)?;
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let mark: Mark = parse(json)?;
    if mark.result.is_none() {
        return Ok(Opened::Answers(Box::new(file)));
    }
    let raw: Raw = parse(json)?;
    saved(file, raw).map(|saved| Opened::Report(Box::new(saved)))
}

fn parse<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, ReadError> {
    serde_json::from_str(json).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        let place = format!(" at line {line} column {column}");
        let problem = clean(text.strip_suffix(&place).unwrap_or(&text)).chars().take(160).collect();
        ReadError::Report { line, column, problem }
    })
}

fn wrong(path: impl Into<String>, problem: impl Into<String>) -> ReadError {
    ReadError::Field { path: path.into(), problem: problem.into() }
}

/// Only what tells a report from a file of answers.
#[derive(Deserialize)]
struct Mark {
    result: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Raw {
    name: Option<String>,
    created: String,
    tool: RawTool,
    catalog: RawCatalog,
    answer_origin: std::collections::BTreeMap<String, String>,
    facts: RawFacts,
    result: RawResult,
    assumptions: RawAssumptions,
    #[serde(default)]
    notes: Vec<RawRemark>,
}

#[derive(Deserialize)]
struct RawTool {
    rules: String,
}

#[derive(Deserialize)]
struct RawCatalog {
    id: String,
    as_of: Date,
    models: Vec<RawRow>,
}

#[derive(Deserialize)]
struct RawRow {
    id: String,
    input: Option<String>,
    output: Option<String>,
    cache_read: Option<String>,
    cache_write_5m: Option<String>,
    status: Status,
}

#[derive(Deserialize)]
struct RawFacts {
    as_of: Date,
}

#[derive(Deserialize)]
struct RawAssumptions {
    capacity_input: u64,
    capacity_output: u64,
}

#[derive(Deserialize)]
struct RawRemark {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct RawResult {
    outcome: String,
    variant: Option<String>,
    rule: String,
    strength: String,
    reasons: Vec<RawReason>,
    costs_usd: RawCosts,
    split: RawSplit,
    #[serde(default)]
    warnings: Vec<RawRemark>,
}

#[derive(Deserialize)]
struct RawReason {
    item: String,
    points: i8,
}

#[derive(Deserialize)]
struct RawCosts {
    pro: String,
    api: Option<String>,
    hybrid: Option<String>,
    api_p10: Option<String>,
    api_p90: Option<String>,
}

#[derive(Deserialize)]
struct RawSplit {
    outside_pct: u8,
    overflow_pct: u8,
}

fn saved(file: AnswersFile, raw: Raw) -> Result<Saved, ReadError> {
    for question in QuestionId::ALL {
        if !raw.answer_origin.contains_key(question.as_str()) {
            let path = format!("answer_origin.{question}");
            return Err(wrong(path, "is missing; save the report again"));
        }
    }
    let created = raw.created.parse::<Timestamp>().ok();
    let day = raw.created.get(..10).and_then(|day| day.parse::<Date>().ok());
    let (Some(created), Some(day)) = (created, day) else {
        return Err(wrong(
            "created",
            format!(
                "is {}; it must be a time such as 2026-11-22T14:05:00+01:00",
                quoted(&raw.created)
            ),
        ));
    };
    let lists = [CatalogId::Builtin, CatalogId::Article, CatalogId::File];
    let list = one_of(&raw.catalog.id, &lists, CatalogId::as_str);
    let rows = raw.catalog.models.into_iter().enumerate().map(|(index, row)| price_row(index, row));
    Ok(Saved {
        file,
        name: raw.name.map(|name| clean(&name).trim().to_owned()).filter(|name| !name.is_empty()),
        created,
        day,
        rules: clean(&raw.tool.rules).chars().take(40).collect(),
        list: list.map_err(|why| wrong("catalog.id", why))?,
        prices_of: raw.catalog.as_of,
        rows: rows.collect::<Result<_, _>>()?,
        facts_of: raw.facts.as_of,
        capacity: Volume {
            input: tokens("assumptions.capacity_input", raw.assumptions.capacity_input)?,
            output: tokens("assumptions.capacity_output", raw.assumptions.capacity_output)?,
        },
        result: result(raw.result)?,
        notes: raw.notes.iter().map(remark).collect(),
    })
}

fn price_row(index: usize, raw: RawRow) -> Result<SavedRow, ReadError> {
    let price = |name: &str, text: Option<String>| {
        text.map(|text| money(&format!("catalog.models.{index}.{name}"), &text)).transpose()
    };
    Ok(SavedRow {
        model: clean(&raw.id).into_owned(),
        status: raw.status,
        row: PriceRow {
            from: None,
            to: None,
            above_prompt_tokens: 0,
            input: price("input", raw.input)?,
            output: price("output", raw.output)?,
            cache_write_5m: price("cache_write_5m", raw.cache_write_5m)?,
            cache_write_1h: None,
            cache_read: price("cache_read", raw.cache_read)?,
            batch_input: None,
            batch_output: None,
            fast_input: None,
            fast_output: None,
        },
    })
}

fn result(raw: RawResult) -> Result<SavedResult, ReadError> {
    let at = |field: &'static str| move |why: String| wrong(format!("result.{field}"), why);
    let outcomes = [Outcome::Pro, Outcome::Hybrid, Outcome::Api];
    let strengths = [Strength::Clear, Strength::Likely, Strength::Close];
    let variants = [Variant::App, Variant::Product];
    let variant = raw.variant.map(|word| one_of(&word, &variants, Variant::as_str)).transpose();
    let mut points = Vec::new();
    for reason in raw.reasons {
        let item = one_of(&reason.item, &Item::ALL, Item::as_str).map_err(at("reasons"))?;
        points.push((item, reason.points));
    }
    let costs = raw.costs_usd;
    let cost = |name: &str, text: Option<String>| {
        text.map(|text| money(&format!("result.costs_usd.{name}"), &text)).transpose()
    };
    let (low, high) = (cost("api_p10", costs.api_p10)?, cost("api_p90", costs.api_p90)?);
    for (name, share) in
        [("outside_pct", raw.split.outside_pct), ("overflow_pct", raw.split.overflow_pct)]
    {
        if share > 100 {
            return Err(wrong(
                format!("result.split.{name}"),
                "must be a whole number from 0 to 100",
            ));
        }
    }
    Ok(SavedResult {
        outcome: one_of(&raw.outcome, &outcomes, Outcome::as_str).map_err(at("outcome"))?,
        variant: variant.map_err(at("variant"))?,
        rule: one_of(&raw.rule, &Rule::ALL, Rule::as_str).map_err(at("rule"))?,
        strength: one_of(&raw.strength, &strengths, Strength::as_str).map_err(at("strength"))?,
        points,
        costs: SavedCosts {
            pro: money("result.costs_usd.pro", &costs.pro)?,
            api: cost("api", costs.api)?,
            hybrid: cost("hybrid", costs.hybrid)?,
            api_range: low.zip(high),
        },
        outside_pct: raw.split.outside_pct,
        overflow_pct: raw.split.overflow_pct,
        warnings: raw.warnings.iter().map(remark).collect(),
    })
}

fn remark(raw: &RawRemark) -> Remark {
    const LONGEST: usize = 600;
    let short = |text: &str, most: usize| clean(text).chars().take(most).collect();
    Remark { id: short(&raw.id, 8), text: short(&raw.text, LONGEST) }
}

/// The value with this word, or what is wrong with the word.
fn one_of<T: Copy>(word: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, String> {
    all.iter().copied().find(|value| name(*value) == word).ok_or_else(|| {
        let words: Vec<&str> = all.iter().copied().map(name).collect();
        format!("cannot be {}; choose {}", quoted(word), super::read::one_of(&words))
    })
}

fn tokens(path: &str, count: u64) -> Result<u64, ReadError> {
    if count > MOST_TOKENS {
        return Err(wrong(path, "is more than 1,000,000,000,000 tokens a month; give fewer"));
    }
    Ok(count)
}

/// Dollars, 0 or more, in plain digits.
fn money(path: &str, text: &str) -> Result<Decimal, ReadError> {
    const LONGEST: usize = 40;
    // Beyond this, sums with other amounts could leave the range of a decimal.
    const MOST: Decimal = Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0);
    let plain = text.len() <= LONGEST && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    plain
        .then(|| Decimal::from_str_exact(text).ok())
        .flatten()
        .filter(|amount| *amount <= MOST)
        .ok_or_else(|| {
            wrong(
                path,
                format!(
                    "is {}; it must be dollars in quotes, plain digits such as \"2.50\"",
                    quoted(text)
                ),
            )
        })
}
