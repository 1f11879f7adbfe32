//! What `planwise sweep --format json` writes.

use serde::Serialize;

use super::{Costs, PriceList};
use crate::advice::{Assessment, Outcome, Rule, Strength};
use crate::sweep::{self, Sweep};

/// The recommendation and the costs along one axis.
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    vary: &'static str,
    unit: &'static str,
    /// Where the file stands on the axis; null where it has no value of its own.
    present: Option<String>,
    catalog: PriceList,
    points: Vec<Point<'a>>,
    turns: Vec<Turn>,
}

#[derive(Serialize)]
struct Point<'a> {
    value: String,
    #[serde(flatten)]
    result: Found<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Found<'a> {
    Result {
        input_tokens: u64,
        output_tokens: u64,
        model: &'a str,
        outcome: Outcome,
        rule: Rule,
        strength: Strength,
        need_pro: i8,
        need_api: i8,
        costs_usd: Costs,
        p_api_under_pro: f64,
    },
    Problem {
        /// Always null.
        outcome: (),
        problem: String,
    },
}

/// A change of the recommendation between two neighbouring values.
#[derive(Serialize)]
struct Turn {
    last: String,
    from: Outcome,
    first: String,
    to: Outcome,
}

impl<'a> Document<'a> {
    pub(crate) fn new(sweep: &'a Sweep<'_>) -> Self {
        Self {
            vary: sweep.axis.name(),
            unit: sweep.axis.words(),
            present: Some(sweep.present.exact()).filter(|text| !text.is_empty()),
            catalog: sweep.world.catalog.into(),
            points: sweep.points.iter().map(Into::into).collect(),
            turns: sweep.turns.iter().map(Into::into).collect(),
        }
    }
}

impl<'a> From<&'a sweep::Point> for Point<'a> {
    fn from(point: &'a sweep::Point) -> Self {
        let result = match &point.result {
            Ok(found) => found.as_ref().into(),
            Err(why) => Found::Problem { outcome: (), problem: why.to_string() },
        };
        Self { value: point.value.exact(), result }
    }
}

impl<'a> From<&'a Assessment> for Found<'a> {
    fn from(found: &'a Assessment) -> Self {
        Self::Result {
            input_tokens: found.usage.volume.input,
            output_tokens: found.usage.volume.output,
            model: &found.model_id,
            outcome: found.outcome,
            rule: found.rule,
            strength: found.strength,
            need_pro: found.needs.pro,
            need_api: found.needs.api,
            costs_usd: found.into(),
            p_api_under_pro: found.chance_under_pro,
        }
    }
}

impl From<&sweep::Turn> for Turn {
    fn from(turn: &sweep::Turn) -> Self {
        Self { last: turn.last.exact(), from: turn.from, first: turn.first.exact(), to: turn.to }
    }
}
