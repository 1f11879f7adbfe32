//! A saved report: the recommendation with everything it rests on.
//!
//! What is written only for others is not read back: a report in which it is missing or new still
//! opens.

use indexmap::IndexMap;
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::answers::{AnswersFile, Month, PerQuestion, answers};
use super::read::{ReadError, SCHEMA_VERSION, tree, typed, wrong};
use crate::advice::{
    Assessment, Because, Carried, Direction, Flip as Change, Item, MARK, OtherWay as Way,
    OtherWayId, Outcome, OverflowOrigin, RULES_VERSION, Rule, Strength, Unmet, Variant, World,
};
use crate::catalog::{Catalog, CatalogId, PriceRow, Status};
use crate::cost::Volume;
use crate::number::exact;
use crate::number::json::{Amount, Day, SignedUsd, Tokens, Usd, WholePercent};
use crate::question::{Origin, Profile, QuestionId, Rank};
#[cfg(test)]
use crate::text::node::Line;
use crate::text::{clean, quoted};

/// A recommendation with everything it rests on, as 'planwise decide --format json' writes it. Money
/// and rates are exact decimals in quotes; quotients are rounded half to even to six places. A saved
/// report is also a file of answers: only 'answers' and 'usage' are read from it.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "planwise report"))]
pub(crate) struct Document {
    /// The version of this format.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(extend("const" = SCHEMA_VERSION)))]
    schema_version: u64,
    /// The name of a kept scenario; reports that are not kept have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Line"))]
    name: Option<String>,
    tool: Tool,
    /// When it was made, in local time with its offset (RFC 3339).
    #[cfg_attr(test, schemars(extend("format" = "date-time", "pattern" = CREATED)))]
    created: String,
    catalog: PriceList,
    /// All eight answers, as the method used them.
    #[serde(skip_deserializing)]
    answers: PerQuestion<Rank>,
    /// Who gave each answer: the person, another answer that settles it, assumed for the person, or
    /// read from real usage.
    answer_origin: PerQuestion<Origin>,
    /// The month.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(with = "Month"))]
    usage: Option<Month>,
    facts: Facts,
    result: Recommendation,
    assumptions: Assumptions,
    /// Notes that are not from the article, each with date and source.
    #[serde(default)]
    #[cfg_attr(test, schemars(extend("uniqueItems" = true)))]
    notes: Vec<Note>,
    /// A title of the person's own.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Line"))]
    title: Option<String>,
    /// A line of the person's own.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Line"))]
    note: Option<String>,
}

#[cfg(test)]
const CREATED: &str =
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}$";

/// What made the report.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Tool {
    /// The name of the program.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(extend("const" = env!("CARGO_PKG_NAME"))))]
    name: &'static str,
    /// The version of the program.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(extend("pattern" = r"^[0-9]+\.[0-9]+\.[0-9]+")))]
    version: &'static str,
    /// The version of the decision rules.
    #[cfg_attr(test, schemars(extend("pattern" = r"^[0-9]{4}\.[0-9]{2}-[0-9]+$")))]
    #[serde(deserialize_with = "cut::<_, 40>")]
    rules: String,
}

/// The prices it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PriceList {
    /// Which list: the built-in one, the article's, or one from a file (its path is never told).
    pub(crate) id: CatalogId,
    /// The day the prices were those of the vendor.
    pub(crate) as_of: Day,
    /// The currency of all amounts.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(extend("const" = "USD")))]
    currency: &'static str,
    /// The price rows used, in the order of result.models: USD for a million tokens; null where a
    /// price is not known.
    pub(crate) models: Vec<ModelPrice>,
}

/// One model: USD for a million tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ModelPrice {
    /// Its id.
    #[cfg_attr(test, schemars(length(min = 1)))]
    #[serde(deserialize_with = "cut::<_, { usize::MAX }>")]
    pub(crate) id: String,
    /// Uncached input.
    input: Option<Usd>,
    /// Output, thinking included.
    output: Option<Usd>,
    /// Input read from the cache.
    cache_read: Option<Usd>,
    /// Input written to the cache for five minutes.
    cache_write_5m: Option<Usd>,
    /// Where it stands in its life.
    pub(crate) status: Status,
}

/// The facts that are not prices.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Facts {
    /// The day they were last checked.
    as_of: Day,
}

/// What is recommended, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Recommendation {
    pub outcome: Outcome,
    /// How the API is reached; null where neither way is meant.
    variant: Option<Variant>,
    /// The rule that fired; exactly one does.
    pub rule: Rule,
    pub strength: Strength,
    /// Points for Pro.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(range(min = -5, max = 15)))]
    need_pro: i8,
    /// Points for the API.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(range(min = 0, max = 19)))]
    need_api: i8,
    /// Points on a side that are enough.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(extend("const" = MARK)))]
    mark: i8,
    /// Whether the chat is more than Pro is thought to carry.
    #[serde(skip_deserializing)]
    capacity_check: bool,
    /// The limits that count.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(extend("enum" = QuestionId::Limits.scale())))]
    limits_effective: &'static str,
    /// Every item with points, P1 to P6 then A1 to A8.
    #[cfg_attr(test, schemars(length(max = 14), extend("uniqueItems" = true)))]
    pub(crate) reasons: Vec<Reason>,
    pub costs_usd: Costs,
    /// Chance that the API alone costs less than Pro, rounded to four places.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(range(min = 0, max = 1)))]
    p_api_under_pro: f64,
    pub(crate) split: Split,
    /// Ways past Pro's limits that the article does not know; empty unless limits stop the person or
    /// the chat alone would cost more than twice Pro on the API. Absent in reports of earlier rules.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    other_ways: Option<Vec<OtherWay>>,
    /// The month on every released current model, then on the chosen one if it is not among them.
    /// Null where it has no price.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(length(min = 1)))]
    models: Vec<ModelCost>,
    /// What would change the recommendation: answers, volume, model, Pro price, share.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(extend("uniqueItems" = true)))]
    flips: Vec<Flip>,
    /// Needs that Pro leaves open; empty unless rule R3 fired.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(extend("uniqueItems" = true)))]
    unmet: Vec<Unmet>,
    /// In the order W1 to W13.
    #[serde(default)]
    #[cfg_attr(test, schemars(extend("uniqueItems" = true)))]
    pub(crate) warnings: Vec<Remark>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("allOf" = [{
    "if": {"properties": {"side": {"const": "pro"}}},
    "then": {"properties": {"item": {"pattern": "^P"}}},
    "else": {"properties": {"item": {"pattern": "^A"}}}
}])))]
pub(crate) struct Reason {
    /// Its name.
    pub(crate) item: Item,
    /// The side it counts for.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(extend("enum" = ["pro", "api"])))]
    side: &'static str,
    /// Its points, never 0.
    #[cfg_attr(test, schemars(range(min = -3, max = 8), extend("not" = {"const": 0})))]
    pub(crate) points: i8,
    /// The answers and figures it rests on, by name.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(schema_with = "schema::because"))]
    because: IndexMap<&'static str, Value>,
    /// The sections of the article it rests on.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(extend("enum" = Item::ALL.map(Item::section))))]
    section: &'static str,
}

/// USD a month, estimates; every key always. Null where the chosen model has no price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Costs {
    /// Pro.
    pub(crate) pro: Usd,
    /// Everything on the API.
    pub(crate) api: Option<Usd>,
    /// Pro and the API part.
    pub(crate) hybrid: Option<Usd>,
    /// The in-chat part, priced as if it were on the API.
    #[serde(skip_deserializing)]
    chat_on_api: Option<Usd>,
    /// One case in ten is below this.
    api_p10: Option<Usd>,
    /// One case in ten is above this.
    api_p90: Option<Usd>,
    /// One hybrid case in ten is below this.
    #[serde(skip_deserializing)]
    hybrid_p10: Option<Usd>,
    /// One hybrid case in ten is above this.
    #[serde(skip_deserializing)]
    hybrid_p90: Option<Usd>,
}

/// The shares of a hybrid month; always there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Split {
    /// Share outside the app, in percent.
    pub(crate) outside_pct: WholePercent,
    /// Share of the chat that overflows, in percent.
    pub(crate) overflow_pct: WholePercent,
    /// Where `overflow_pct` comes from: the answers, a replay of the person's own logs on Pro, the
    /// estimated capacity of Pro, or the person. Absent in reports of earlier rules.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    overflow_origin: Option<OverflowOrigin>,
    /// The lowest share that the replay gives, at the high capacity, in percent; only with
    /// `overflow_origin` "usage".
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    overflow_low_pct: Option<WholePercent>,
    /// The highest share that the replay gives, at the low capacity, in percent; only with
    /// `overflow_origin` "usage".
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    overflow_high_pct: Option<WholePercent>,
    /// Share that stays on Pro, in percent, at most two decimals.
    #[serde(skip_deserializing)]
    pro_pct: Number,
    /// Share that goes to the API, in percent; both make 100.
    #[serde(skip_deserializing)]
    api_pct: Number,
}

/// A way past Pro's limits that the article does not know.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OtherWay {
    /// Pro with usage credits, or a larger plan.
    id: OtherWayId,
    /// A month of the chat; not the work outside the plan.
    monthly_usd: Usd,
    /// A month with the work outside the plan on the API, less the API credit that the plan includes.
    with_outside_usd: Usd,
    /// Whether the plan would have covered the person's own logs; null for usage credits, unknown
    /// without logs.
    carried: Option<Carried>,
    /// Where price and terms come from.
    source: String,
    /// The day of that source.
    date: Day,
}

impl From<&Way> for OtherWay {
    fn from(way: &Way) -> Self {
        Self {
            id: way.id,
            monthly_usd: Usd(way.monthly),
            with_outside_usd: Usd(way.with_outside),
            carried: way.carried,
            source: way.source.clone(),
            date: Day(way.date),
        }
    }
}

/// One model.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ModelCost {
    /// Its id.
    #[cfg_attr(test, schemars(length(min = 1)))]
    id: String,
    /// Everything on it, USD a month.
    api_usd: Option<Usd>,
    /// Hybrid with it, USD a month.
    hybrid_usd: Option<Usd>,
    /// api_usd less Pro.
    vs_pro_usd: Option<SignedUsd>,
    /// Times the present volume at which the API alone costs what Pro costs, six places; null at
    /// zero cost.
    break_even_multiplier: Option<Amount>,
}

/// One change that would lead to another outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Flip {
    /// Another answer to one question, the nearest that changes the outcome.
    Answer {
        question: QuestionId,
        /// The id of the other option.
        #[cfg_attr(test, schemars(extend("enum" = schema::options())))]
        to: &'static str,
        /// What it would lead to.
        outcome: Outcome,
    },
    /// More or less of the month, input and output together.
    Volume {
        /// Which side of the present volume.
        direction: Direction,
        /// Times the present volume, rounded half to even to six places.
        multiplier: Amount,
        /// The last volume not beyond the edge (below), or the first beyond it (above).
        input_tokens: Tokens,
        /// The same for output.
        output_tokens: Tokens,
        /// What it would lead to.
        outcome: Outcome,
    },
    /// Another model of the list.
    Model {
        /// Its id.
        #[cfg_attr(test, schemars(length(min = 1)))]
        model: String,
        /// What it would lead to.
        outcome: Outcome,
    },
    /// Pro paid by the year.
    ProPrice {
        /// How Pro is paid.
        #[cfg_attr(test, schemars(extend("const" = "annual")))]
        to: &'static str,
        /// What it would lead to.
        outcome: Outcome,
    },
    /// Another share outside the app, the nearest that changes the outcome.
    Share {
        /// That share, in percent.
        to_pct: WholePercent,
        /// What it would lead to.
        outcome: Outcome,
    },
}

/// Something in the input that may be a slip or needs care, as it was worded then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Remark {
    /// Its name, W1 to W13.
    #[cfg_attr(test, schemars(extend("pattern" = "^W([1-9]|1[0-3])$")))]
    #[serde(deserialize_with = "cut::<_, 8>")]
    pub id: String,
    /// What it says.
    #[cfg_attr(test, schemars(with = "Line"))]
    #[serde(deserialize_with = "cut::<_, 600>")]
    pub text: String,
}

/// Figures the method assumes.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Assumptions {
    /// How far either side of the Pro price counts as near, in percent.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(extend("const" = crate::advice::BAND_PCT)))]
    band_pct: u8,
    /// Share of the chat that overflows, in percent.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(with = "WholePercent"))]
    overflow_pct: u8,
    /// Chat input a month beyond which Pro is not thought to carry it.
    capacity_input: Tokens,
    /// The same for output.
    capacity_output: Tokens,
}

/// One note.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Note {
    /// Its name, X1 to X9.
    #[cfg_attr(test, schemars(extend("pattern" = "^X[1-9]$")))]
    #[serde(deserialize_with = "cut::<_, 8>")]
    id: String,
    /// What it says.
    #[cfg_attr(test, schemars(with = "Line"))]
    #[serde(deserialize_with = "cut::<_, 600>")]
    text: String,
    /// When its newest source said so.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(with = "Day"))]
    date: Date,
    /// Who says so.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(with = "Line"))]
    source: String,
}

/// A percentage as a JSON number: 72, not 72.0; 73.5.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(extend("minimum" = 0, "maximum" = 100)))]
struct Number(#[cfg_attr(test, schemars(with = "f64"))] Decimal);

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
        let mut month = Month::assessed(assessment);
        month.volume_origin = month.volume_origin.filter(|origin| *origin != Origin::User);
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
            facts: Facts { as_of: Day(world.facts.as_of) },
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
    PriceList { id: list.id, as_of: Day(list.as_of), currency: "USD", models: models.collect() }
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
            overflow_origin: Some(split.overflow_origin),
            overflow_low_pct: split.overflow_range.map(|(low, _)| WholePercent(low)),
            overflow_high_pct: split.overflow_range.map(|(_, high)| WholePercent(high)),
            pro_pct: Number(split.pro_pct()),
            api_pct: Number(split.api_pct()),
        },
        other_ways: Some(assessment.other_ways.iter().map(OtherWay::from).collect()),
        models: assessment
            .models
            .iter()
            .map(|model| ModelCost {
                id: model.id.clone(),
                api_usd: model.api.map(Usd),
                hybrid_usd: model.hybrid.map(Usd),
                vs_pro_usd: model.vs_pro.map(SignedUsd),
                break_even_multiplier: model.break_even.map(Amount),
            })
            .collect(),
        flips: assessment.flips.iter().map(flip).collect(),
        unmet: assessment.unmet.clone(),
        warnings: assessment
            .warnings
            .iter()
            .map(|warning| Remark { id: warning.id.to_owned(), text: warning.text.clone() })
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
        Change::Answer { question, to, outcome } => {
            Flip::Answer { question: *question, to: question.option_id(*to), outcome: *outcome }
        }
        Change::Volume { direction, multiplier, volume, outcome } => Flip::Volume {
            direction: *direction,
            multiplier: Amount(*multiplier),
            input_tokens: Tokens(volume.input),
            output_tokens: Tokens(volume.output),
            outcome: *outcome,
        },
        Change::Model { model, outcome } => Flip::Model { model: model.clone(), outcome: *outcome },
        Change::AnnualPrice { outcome } => Flip::ProPrice { to: "annual", outcome: *outcome },
        Change::Share { to_pct, outcome } => {
            Flip::Share { to_pct: WholePercent(*to_pct), outcome: *outcome }
        }
    }
}

/// A saved report as it was read. What is written only for others is not kept.
#[derive(Debug, Clone, PartialEq)]
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
    pub prices: PriceList,
    /// The capacity figures used, tokens of chat a month.
    pub capacity: Volume,
    pub result: Recommendation,
    /// The notes, by id.
    pub notes: Vec<Remark>,
}

impl PriceList {
    pub const fn day(&self) -> Date {
        self.as_of.0
    }

    /// The row of a model, if the report has one.
    pub fn row(&self, model: &str) -> Option<&ModelPrice> {
        self.models.iter().find(|row| row.id == model)
    }
}

impl ModelPrice {
    /// The prices as a list has them; those a report does not keep are `None`.
    pub fn prices(&self) -> PriceRow {
        let usd = |amount: Option<Usd>| amount.map(|amount| amount.0);
        PriceRow {
            from: None,
            to: None,
            above_prompt_tokens: 0,
            input: usd(self.input),
            output: usd(self.output),
            cache_write_5m: usd(self.cache_write_5m),
            cache_write_1h: None,
            cache_read: usd(self.cache_read),
            batch_input: None,
            batch_output: None,
            fast_input: None,
            fast_output: None,
        }
    }
}

impl Costs {
    /// What an outcome costs; `None` where the chosen model has no price.
    pub fn of(&self, outcome: Outcome) -> Option<Decimal> {
        let cost = match outcome {
            Outcome::Pro => Some(self.pro),
            Outcome::Hybrid => self.hybrid,
            Outcome::Api => self.api,
        };
        cost.map(|cost| cost.0)
    }

    /// On the API alone one case in ten is below the first, and one above the second.
    pub fn api_range(&self) -> Option<(Decimal, Decimal)> {
        Some((self.api_p10?.0, self.api_p90?.0))
    }
}

/// What a file holds: a whole report, or only answers.
#[derive(Debug, Clone, PartialEq)]
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
    Ok(Saved {
        file,
        name: report.name.map(|name| clean(&name).trim().to_owned()).filter(|it| !it.is_empty()),
        created,
        day,
        rules: report.tool.rules,
        prices: report.catalog,
        capacity: Volume {
            input: report.assumptions.capacity_input.0,
            output: report.assumptions.capacity_output.0,
        },
        result: report.result,
        notes: report.notes.into_iter().map(|Note { id, text, .. }| Remark { id, text }).collect(),
    })
}

/// Text of a file, made harmless and cut.
fn cut<'de, D: Deserializer<'de>, const MOST: usize>(deserializer: D) -> Result<String, D::Error> {
    Ok(clean(&String::deserialize(deserializer)?).chars().take(MOST).collect())
}

#[cfg(test)]
mod schema {
    //! What a derive does not know of the schema.

    use std::collections::BTreeSet;

    use schemars::{Schema, SchemaGenerator, json_schema};
    use serde_json::{Map, json};

    use super::{QuestionId, Usd};
    use crate::report::answers::schema::answer;

    pub(super) fn options() -> Vec<&'static str> {
        let all = QuestionId::ALL.into_iter().flat_map(QuestionId::scale).copied();
        all.collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub(super) fn because(generator: &mut SchemaGenerator) -> Schema {
        let mut grounds: Map<_, _> = QuestionId::ALL
            .map(|question| (question.as_str().to_owned(), answer(question).to_value()))
            .into_iter()
            .collect();
        for (name, about) in [
            ("chat_on_api", "What the in-chat part would cost on the API, USD a month."),
            ("api", "What everything would cost on the API, USD a month."),
        ] {
            let mut usd = generator.subschema_for::<Usd>();
            usd.insert("description".to_owned(), about.into());
            grounds.insert(name.to_owned(), usd.to_value());
        }
        let about = "The chat is more than Pro is thought to carry.";
        grounds.insert("capacity_check".to_owned(), json!({"description": about, "const": true}));
        json_schema!({ "type": "object", "properties": grounds, "minProperties": 1 })
    }
}
