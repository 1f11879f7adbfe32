//! A saved report: the recommendation with everything it rests on.
//!
//! What is written only for others is not read back: a report in which it is missing or new still
//! opens.

use indexmap::IndexMap;
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::answers::{AnswersFile, Month, OutsideShare, PerQuestion, answers};
use super::read::{ReadError, SCHEMA_VERSION, tree, typed, wrong};
use crate::advice::{
    Assessment, Because, Flip as Change, Item, MARK, Outcome, RULES_VERSION, Rule, Strength,
    Variant, World,
};
use crate::catalog::{Catalog, CatalogId, PriceRow, Status};
use crate::cost::Volume;
use crate::number::json::{Tokens, Usd, WholePercent};
use crate::number::{day, exact};
use crate::question::{Origin, Profile, QuestionId, Rank};
use crate::text::{clean, quoted};

/// A saved report.
#[derive(Serialize, Deserialize)]
pub(crate) struct Document {
    #[serde(skip_deserializing)]
    schema_version: u64,
    /// The name it is kept under, if it is a scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    tool: Tool,
    created: String,
    catalog: PriceList,
    #[serde(skip_deserializing)]
    answers: PerQuestion<Rank>,
    answer_origin: PerQuestion<Origin>,
    #[serde(skip_deserializing)]
    usage: Option<Month>,
    facts: Facts,
    result: Recommendation,
    assumptions: Assumptions,
    #[serde(default)]
    notes: Vec<Note>,
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Tool {
    #[serde(skip_deserializing)]
    name: &'static str,
    #[serde(skip_deserializing)]
    version: &'static str,
    rules: String,
}

#[derive(Serialize, Deserialize)]
struct PriceList {
    id: CatalogId,
    #[serde(deserialize_with = "day")]
    as_of: Date,
    #[serde(skip_deserializing)]
    currency: &'static str,
    models: Vec<ModelPrice>,
}

/// USD for a million tokens.
#[derive(Serialize, Deserialize)]
struct ModelPrice {
    id: String,
    input: Option<Usd>,
    output: Option<Usd>,
    cache_read: Option<Usd>,
    cache_write_5m: Option<Usd>,
    status: Status,
}

#[derive(Serialize, Deserialize)]
struct Facts {
    #[serde(deserialize_with = "day")]
    as_of: Date,
}

#[derive(Serialize, Deserialize)]
struct Recommendation {
    outcome: Outcome,
    variant: Option<Variant>,
    rule: Rule,
    strength: Strength,
    #[serde(skip_deserializing)]
    need_pro: i8,
    #[serde(skip_deserializing)]
    need_api: i8,
    #[serde(skip_deserializing)]
    mark: i8,
    #[serde(skip_deserializing)]
    capacity_check: bool,
    #[serde(skip_deserializing)]
    limits_effective: &'static str,
    reasons: Vec<Reason>,
    costs_usd: Costs,
    #[serde(skip_deserializing)]
    p_api_under_pro: f64,
    split: Split,
    #[serde(skip_deserializing)]
    models: Vec<ModelCost>,
    #[serde(skip_deserializing)]
    flips: Vec<Flip>,
    #[serde(skip_deserializing)]
    unmet: Vec<&'static str>,
    #[serde(default)]
    warnings: Vec<Warning>,
}

#[derive(Serialize, Deserialize)]
struct Reason {
    item: Item,
    #[serde(skip_deserializing)]
    side: &'static str,
    points: i8,
    /// The answers and figures it rests on, by name.
    #[serde(skip_deserializing)]
    because: IndexMap<&'static str, Value>,
    #[serde(skip_deserializing)]
    section: &'static str,
}

/// USD a month; null where the model has no price.
#[derive(Serialize, Deserialize)]
struct Costs {
    pro: Usd,
    api: Option<Usd>,
    hybrid: Option<Usd>,
    #[serde(skip_deserializing)]
    chat_on_api: Option<Usd>,
    api_p10: Option<Usd>,
    api_p90: Option<Usd>,
    #[serde(skip_deserializing)]
    hybrid_p10: Option<Usd>,
    #[serde(skip_deserializing)]
    hybrid_p90: Option<Usd>,
}

#[derive(Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names are the format's")]
struct Split {
    outside_pct: WholePercent,
    overflow_pct: WholePercent,
    #[serde(skip_deserializing)]
    pro_pct: Number,
    #[serde(skip_deserializing)]
    api_pct: Number,
}

#[derive(Serialize)]
struct ModelCost {
    id: String,
    api_usd: Option<Usd>,
    hybrid_usd: Option<Usd>,
    vs_pro_usd: Option<Usd>,
    break_even_multiplier: Option<Usd>,
}

/// What would change the recommendation.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Flip {
    Answer {
        question: &'static str,
        to: &'static str,
        outcome: Outcome,
    },
    Volume {
        direction: &'static str,
        multiplier: Usd,
        input_tokens: u64,
        output_tokens: u64,
        outcome: Outcome,
    },
    Model {
        model: String,
        outcome: Outcome,
    },
    ProPrice {
        to: &'static str,
        outcome: Outcome,
    },
    Share {
        to_pct: u8,
        outcome: Outcome,
    },
}

#[derive(Serialize, Deserialize)]
struct Warning {
    id: String,
    text: String,
}

#[derive(Serialize, Deserialize)]
struct Assumptions {
    #[serde(skip_deserializing)]
    band_pct: u8,
    #[serde(skip_deserializing)]
    overflow_pct: u8,
    capacity_input: Tokens,
    capacity_output: Tokens,
}

#[derive(Serialize, Deserialize)]
struct Note {
    id: String,
    text: String,
    #[serde(skip_deserializing)]
    date: Date,
    #[serde(skip_deserializing)]
    source: String,
}

/// A percentage as a JSON number: 72, not 72.0; 73.5.
#[derive(Default)]
struct Number(Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match u64::try_from(self.0) {
            Ok(whole) if Decimal::from(whole) == self.0 => serializer.serialize_u64(whole),
            // Two decimals survive the way through the nearest double and its shortest form.
            _ => serializer.serialize_f64(self.0.to_string().parse().unwrap_or_default()),
        }
    }
}

impl Document {
    pub(crate) fn new(
        assessment: &Assessment,
        world: &World<'_>,
        created: String,
        [title, note]: [Option<String>; 2],
    ) -> Self {
        let answers = &assessment.answers;
        let split = assessment.split;
        let mut month = Month::from(&assessment.usage);
        month.volume_origin = month.volume_origin.filter(|origin| *origin != Origin::User);
        month.outside_share_pct = Some(OutsideShare(Some(split.outside_pct)));
        month.model = Some(assessment.model_id.clone());
        Self {
            schema_version: SCHEMA_VERSION,
            name: None,
            tool: Tool {
                name: env!("CARGO_PKG_NAME"),
                version: env!("CARGO_PKG_VERSION"),
                rules: RULES_VERSION.to_owned(),
            },
            created,
            catalog: price_list(assessment, world.catalog),
            answers: PerQuestion(QuestionId::ALL.map(|id| Some(answers.profile.rank(id)))),
            answer_origin: PerQuestion(QuestionId::ALL.map(|id| Some(answers.origin(id)))),
            usage: Some(month),
            facts: Facts { as_of: world.facts.as_of },
            result: recommendation(assessment),
            assumptions: Assumptions {
                band_pct: crate::advice::BAND_PCT,
                overflow_pct: split.overflow_pct,
                capacity_input: Tokens(assessment.capacity.input),
                capacity_output: Tokens(assessment.capacity.output),
            },
            notes: assessment
                .notes
                .iter()
                .map(|note| Note {
                    id: note.id.to_owned(),
                    text: note.text.clone(),
                    date: note.date,
                    source: note.source.clone(),
                })
                .collect(),
            title,
            note,
        }
    }
}

fn price_list(assessment: &Assessment, list: &Catalog) -> PriceList {
    let models = assessment.models.iter().map(|model| {
        let price =
            |pick: fn(&PriceRow) -> Option<Decimal>| model.row.as_ref().and_then(pick).map(Usd);
        ModelPrice {
            id: model.id.clone(),
            input: price(|row| row.input),
            output: price(|row| row.output),
            cache_read: price(|row| row.cache_read),
            cache_write_5m: price(|row| row.cache_write_5m),
            status: model.status,
        }
    });
    PriceList { id: list.id, as_of: list.as_of, currency: "USD", models: models.collect() }
}

fn recommendation(assessment: &Assessment) -> Recommendation {
    let costs = &assessment.costs;
    let split = assessment.split;
    Recommendation {
        outcome: assessment.outcome,
        variant: assessment.variant,
        rule: assessment.rule,
        strength: assessment.strength,
        need_pro: assessment.needs.pro,
        need_api: assessment.needs.api,
        mark: MARK,
        capacity_check: assessment.over_capacity,
        limits_effective: QuestionId::Limits.option_id(assessment.limits_effective as u8),
        reasons: assessment
            .reasons
            .iter()
            .map(|reason| Reason {
                item: reason.item,
                side: if reason.item.is_pro() { "pro" } else { "api" },
                points: reason.points,
                because: because(&reason.because, assessment.answers.profile),
                section: reason.item.section(),
            })
            .collect(),
        costs_usd: Costs {
            pro: Usd(costs.pro),
            api: Some(Usd(costs.api)),
            hybrid: Some(Usd(costs.hybrid)),
            chat_on_api: Some(Usd(costs.chat_on_api)),
            api_p10: Some(Usd(costs.api_p10)),
            api_p90: Some(Usd(costs.api_p90)),
            hybrid_p10: Some(Usd(costs.hybrid_p10)),
            hybrid_p90: Some(Usd(costs.hybrid_p90)),
        },
        p_api_under_pro: assessment.chance_under_pro,
        split: Split {
            outside_pct: WholePercent(split.outside_pct),
            overflow_pct: WholePercent(split.overflow_pct),
            pro_pct: Number(split.pro_pct()),
            api_pct: Number(split.api_pct()),
        },
        models: assessment
            .models
            .iter()
            .map(|model| ModelCost {
                id: model.id.clone(),
                api_usd: model.api.map(Usd),
                hybrid_usd: model.hybrid.map(Usd),
                vs_pro_usd: model.vs_pro.map(Usd),
                break_even_multiplier: model.break_even.map(Usd),
            })
            .collect(),
        flips: assessment.flips.iter().map(flip).collect(),
        unmet: assessment.unmet.iter().map(|unmet| unmet.as_str()).collect(),
        warnings: assessment
            .warnings
            .iter()
            .map(|warning| Warning { id: warning.id.to_owned(), text: warning.text.clone() })
            .collect(),
    }
}

fn because(grounds: &[Because], profile: Profile) -> IndexMap<&'static str, Value> {
    let ground = |ground: &Because| match ground {
        Because::Answer(question) => (question.as_str(), Value::from(profile.option(*question))),
        Because::ChatOnApi(cost) => ("chat_on_api", Value::from(exact(*cost))),
        Because::Api(cost) => ("api", Value::from(exact(*cost))),
        Because::Capacity => ("capacity_check", Value::Bool(true)),
    };
    grounds.iter().map(ground).collect()
}

fn flip(change: &Change) -> Flip {
    match change {
        Change::Answer { question, to, outcome } => Flip::Answer {
            question: question.as_str(),
            to: question.option_id(*to),
            outcome: *outcome,
        },
        Change::Volume { direction, multiplier, volume, outcome } => Flip::Volume {
            direction: direction.as_str(),
            multiplier: Usd(*multiplier),
            input_tokens: volume.input,
            output_tokens: volume.output,
            outcome: *outcome,
        },
        Change::Model { model, outcome } => Flip::Model { model: model.clone(), outcome: *outcome },
        Change::AnnualPrice { outcome } => Flip::ProPrice { to: "annual", outcome: *outcome },
        Change::Share { to_pct, outcome } => Flip::Share { to_pct: *to_pct, outcome: *outcome },
    }
}

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
/// What `read_answers` refuses, and a field of the report that is missing or not what it should
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

/// Reads a saved report or a file of answers, whichever it is: one without a `result` is one of
/// answers.
pub fn open(json: &str) -> Result<Opened, ReadError> {
    let node = tree(json)?;
    let file = answers(&node)?;
    if node.get("result").is_none_or(crate::text::node::Node::is_null) {
        return Ok(Opened::Answers(Box::new(file)));
    }
    Ok(Opened::Report(Box::new(saved(file, typed(&node)?)?)))
}

fn saved(file: AnswersFile, report: Document) -> Result<Saved, ReadError> {
    let mut origins = QuestionId::ALL.into_iter().zip(report.answer_origin.0);
    if let Some((question, _)) = origins.find(|(_, origin)| origin.is_none()) {
        let path = format!("answer_origin.{question}");
        return Err(wrong(path, "is missing; save the report again"));
    }
    let created = report.created.parse::<Timestamp>().ok();
    let day = report.created.get(..10).and_then(|day| day.parse::<Date>().ok());
    let (Some(created), Some(day)) = (created, day) else {
        return Err(wrong(
            "created",
            format!(
                "is {}; it must be a time such as 2026-11-22T14:05:00+01:00",
                quoted(&report.created)
            ),
        ));
    };
    let Recommendation { outcome, variant, rule, strength, .. } = report.result;
    let costs = report.result.costs_usd;
    let usd = |amount: Option<Usd>| amount.map(|amount| amount.0);
    Ok(Saved {
        file,
        name: report.name.map(|name| clean(&name).trim().to_owned()).filter(|it| !it.is_empty()),
        created,
        day,
        rules: clean(&report.tool.rules).chars().take(40).collect(),
        list: report.catalog.id,
        prices_of: report.catalog.as_of,
        rows: report
            .catalog
            .models
            .into_iter()
            .map(|model| SavedRow {
                model: clean(&model.id).into_owned(),
                status: model.status,
                row: PriceRow {
                    from: None,
                    to: None,
                    above_prompt_tokens: 0,
                    input: usd(model.input),
                    output: usd(model.output),
                    cache_write_5m: usd(model.cache_write_5m),
                    cache_write_1h: None,
                    cache_read: usd(model.cache_read),
                    batch_input: None,
                    batch_output: None,
                    fast_input: None,
                    fast_output: None,
                },
            })
            .collect(),
        facts_of: report.facts.as_of,
        capacity: Volume {
            input: report.assumptions.capacity_input.0,
            output: report.assumptions.capacity_output.0,
        },
        result: SavedResult {
            outcome,
            variant,
            rule,
            strength,
            points: report.result.reasons.iter().map(|it| (it.item, it.points)).collect(),
            costs: SavedCosts {
                pro: costs.pro.0,
                api: usd(costs.api),
                hybrid: usd(costs.hybrid),
                api_range: usd(costs.api_p10).zip(usd(costs.api_p90)),
            },
            outside_pct: report.result.split.outside_pct.0,
            overflow_pct: report.result.split.overflow_pct.0,
            warnings: report.result.warnings.iter().map(|it| remark(&it.id, &it.text)).collect(),
        },
        notes: report.notes.iter().map(|it| remark(&it.id, &it.text)).collect(),
    })
}

fn remark(id: &str, text: &str) -> Remark {
    const LONGEST: usize = 600;
    let short = |text: &str, most: usize| clean(text).chars().take(most).collect();
    Remark { id: short(id, 8), text: short(text, LONGEST) }
}
