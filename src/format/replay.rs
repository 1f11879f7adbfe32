//! What `planwise replay --format json` writes.

use serde::Serialize;

use super::PriceList;
use crate::advice::{Assessment, Item, Outcome, RULES_VERSION, Rule, Strength};
use crate::catalog::Status;
use crate::number::json::{Day, Usd};
use crate::replay::actual::{ActualUsage, Month, Position};
use crate::replay::{self, Cause, Class, Replay, Share, Way};
use crate::report::Remark;
use crate::subject;

/// A saved report, the same worked out now, what changed, and what was really used since.
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    then: Then<'a>,
    now: Now<'a>,
    still_stands: bool,
    summary: String,
    changes: Vec<Change<'a>>,
    actual: Option<Actual<'a>>,
}

#[derive(Serialize)]
struct Then<'a> {
    created: String,
    catalog: PriceList,
    rules: &'a str,
    outcome: Outcome,
    rule: Rule,
    strength: Strength,
    costs_usd: Costs,
}

#[derive(Serialize)]
struct Now<'a> {
    catalog: PriceList,
    rules: &'static str,
    model: &'a str,
    outcome: Outcome,
    rule: Rule,
    strength: Strength,
    costs_usd: Costs,
}

/// USD a month; null where there was no price.
#[derive(Serialize)]
struct Costs {
    pro: Usd,
    api: Option<Usd>,
    hybrid: Option<Usd>,
}

/// One thing that is not as it was. Prices are USD for a million tokens.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Change<'a> {
    Outcome { from: Outcome, to: Outcome },
    Cost { of: Way, from: Option<Usd>, to: Usd, cause: Cause },
    Price { model: &'a str, class: Class, from: Option<Usd>, to: Option<Usd> },
    ModelNew { model: &'a str },
    ModelGone { model: &'a str },
    Status { model: &'a str, from: Status, to: Status },
    Rules { from: &'a str, to: &'static str },
    Rule { from: Rule, to: Rule },
    Points { item: Item, from: i8, to: i8 },
    Share { of: &'static str, from: u8, to: u8 },
    Capacity { of: &'static str, from: u64, to: u64 },
    Strength { from: Strength, to: Strength },
    RemarkNew { id: &'a str, text: &'a str },
    RemarkGone { id: &'a str, text: &'a str },
}

#[derive(Serialize)]
struct Actual<'a> {
    since: Day,
    days: u64,
    too_short: bool,
    responses: u64,
    unpriced_responses: u64,
    doubts: &'a [String],
    month: Option<Figures>,
}

#[derive(Serialize)]
struct Figures {
    estimate: Estimate,
    actual: Used,
    in_range: InRange,
    recommendation: Option<Recommendation>,
    problem: Option<String>,
}

#[derive(Serialize)]
struct Estimate {
    input_tokens: u64,
    output_tokens: u64,
    api_usd: Option<Usd>,
    api_p10_usd: Option<Usd>,
    api_p90_usd: Option<Usd>,
}

#[derive(Serialize)]
struct Used {
    input_tokens: u64,
    output_tokens: u64,
    api_equivalent_usd: Option<Usd>,
}

#[derive(Serialize)]
struct InRange {
    input: Position,
    output: Position,
    api_usd: Option<Position>,
}

/// What comes out with the month that was really used.
#[derive(Serialize)]
struct Recommendation {
    still_stands: bool,
    outcome: Outcome,
    strength: Strength,
    costs_usd: Costs,
}

impl<'a> Document<'a> {
    pub(crate) fn new(replay: &'a Replay<'_>, actual: Option<&'a ActualUsage>) -> Self {
        let saved = replay.saved;
        let then = &saved.result;
        let now = &replay.now;
        Self {
            then: Then {
                created: saved.created.to_string(),
                catalog: PriceList { id: saved.prices.id, as_of: saved.prices.as_of },
                rules: &saved.rules,
                outcome: then.outcome,
                rule: then.rule,
                strength: then.strength,
                costs_usd: Costs {
                    pro: then.costs_usd.pro,
                    api: then.costs_usd.api,
                    hybrid: then.costs_usd.hybrid,
                },
            },
            now: Now {
                catalog: replay.world.catalog.into(),
                rules: RULES_VERSION,
                model: &now.model_id,
                outcome: now.outcome,
                rule: now.rule,
                strength: now.strength,
                costs_usd: now.into(),
            },
            still_stands: !replay.turned(),
            summary: subject::replay::sentence(replay),
            changes: replay.changes.iter().map(Into::into).collect(),
            actual: actual.map(|actual| Actual {
                since: Day(actual.since),
                days: actual.days,
                too_short: actual.is_short(),
                responses: actual.responses,
                unpriced_responses: actual.unpriced,
                doubts: &actual.doubts,
                month: actual.month.as_ref().map(|month| Figures::new(month, replay)),
            }),
        }
    }
}

impl From<&Assessment> for Costs {
    fn from(assessment: &Assessment) -> Self {
        let costs = &assessment.costs;
        Self { pro: Usd(costs.pro), api: Some(Usd(costs.api)), hybrid: Some(Usd(costs.hybrid)) }
    }
}

impl<'a> From<&'a replay::Change> for Change<'a> {
    fn from(change: &'a replay::Change) -> Self {
        match change {
            replay::Change::Outcome { from, to } => Self::Outcome { from: *from, to: *to },
            replay::Change::Cost { way, from, to, cause } => {
                Self::Cost { of: *way, from: from.map(Usd), to: Usd(*to), cause: *cause }
            }
            replay::Change::Price { model, class, from, to, .. } => {
                Self::Price { model, class: *class, from: from.map(Usd), to: to.map(Usd) }
            }
            replay::Change::Listed { model } => Self::ModelNew { model },
            replay::Change::Unlisted { model } => Self::ModelGone { model },
            replay::Change::Status { model, from, to } => {
                Self::Status { model, from: *from, to: *to }
            }
            replay::Change::Rules { from } => Self::Rules { from, to: RULES_VERSION },
            replay::Change::Rule { from, to } => Self::Rule { from: *from, to: *to },
            replay::Change::Points { item, from, to } => {
                Self::Points { item: *item, from: *from, to: *to }
            }
            replay::Change::Share { share, from, to } => {
                let of = match share {
                    Share::Outside => "outside_pct",
                    Share::Overflow => "overflow_pct",
                };
                Self::Share { of, from: *from, to: *to }
            }
            replay::Change::Capacity { is_input, from, to } => {
                let of = if *is_input { "capacity_input" } else { "capacity_output" };
                Self::Capacity { of, from: *from, to: *to }
            }
            replay::Change::Strength { from, to } => Self::Strength { from: *from, to: *to },
            replay::Change::Appeared(Remark { id, text }) => Self::RemarkNew { id, text },
            replay::Change::Gone(Remark { id, text }) => Self::RemarkGone { id, text },
        }
    }
}

impl Figures {
    fn new(month: &Month, replay: &Replay<'_>) -> Self {
        let saved = &replay.saved.result.costs_usd;
        let range = saved.api_range();
        Self {
            estimate: Estimate {
                input_tokens: month.estimate.input,
                output_tokens: month.estimate.output,
                api_usd: saved.api,
                api_p10_usd: range.map(|(low, _)| Usd(low)),
                api_p90_usd: range.map(|(_, high)| Usd(high)),
            },
            actual: Used {
                input_tokens: month.volume.input,
                output_tokens: month.volume.output,
                api_equivalent_usd: month.usd.map(Usd),
            },
            in_range: InRange { input: month.input, output: month.output, api_usd: month.cost },
            recommendation: month.assessment.as_deref().ok().map(|measured| Recommendation {
                still_stands: measured.outcome == replay.now.outcome,
                outcome: measured.outcome,
                strength: measured.strength,
                costs_usd: measured.into(),
            }),
            problem: month.assessment.as_ref().err().map(ToString::to_string),
        }
    }
}
