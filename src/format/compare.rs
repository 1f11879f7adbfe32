//! What `planwise compare --format json` writes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Costs, PriceList};
use crate::advice::{Outcome, Rule, Strength};
use crate::compare::{self, Comparison, Was};
use crate::number::json::{Day, Usd};
use crate::question::{Origin, QuestionId};
use crate::report::answers::Month;
use crate::words;

/// Two to four sides, worked out with the same prices.
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    catalog: PriceList,
    sides: Vec<Side<'a>>,
    answers_that_differ: Vec<&'static str>,
    turns: Vec<Turn<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    name: &'a str,
    outcome: Outcome,
    strength: Strength,
    rule: Rule,
    need_pro: i8,
    need_api: i8,
    costs_usd: Costs,
    answers: BTreeMap<&'static str, &'static str>,
    answer_origin: BTreeMap<&'static str, Origin>,
    usage: Month,
    flips: Vec<Flip>,
    /// Only where the report said something else when it was saved.
    saved: Option<Saved>,
}

#[derive(Serialize)]
struct Flip {
    cause: String,
    outcome: Outcome,
}

#[derive(Serialize)]
struct Saved {
    outcome: Outcome,
    cost_usd: Option<Usd>,
    prices_of: Day,
}

/// Which differences alone turn the first side's recommendation into another one.
#[derive(Serialize)]
struct Turn<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
    alone: Vec<Turning>,
}

#[derive(Serialize)]
struct Turning {
    difference: &'static str,
    outcome: Outcome,
}

impl<'a> Document<'a> {
    pub(crate) fn new(comparison: &'a Comparison<'_>) -> Self {
        let name = |index: usize| comparison.sides.get(index).map(|side| side.name.as_str());
        let turn = |turning: compare::Turning| Turn {
            from: name(0),
            to: name(turning.side),
            alone: turning
                .alone
                .iter()
                .map(|(difference, outcome)| Turning {
                    difference: difference.as_str(),
                    outcome: *outcome,
                })
                .collect(),
        };
        let differ = comparison.answers_that_differ();
        Self {
            catalog: comparison.world.catalog.into(),
            sides: comparison.sides.iter().map(|side| Side::new(side, comparison)).collect(),
            answers_that_differ: differ.iter().map(|question| question.as_str()).collect(),
            turns: comparison.turnings().into_iter().map(turn).collect(),
        }
    }
}

impl<'a> Side<'a> {
    fn new(side: &'a compare::Side, comparison: &Comparison<'_>) -> Self {
        let of = &side.assessment;
        let answers = &of.answers;
        let flip = |flip| Flip {
            cause: {
                let catalog = comparison.world.catalog;
                words::flip_cause(flip, of, comparison.wording, catalog)
            },
            outcome: words::flip_outcome(flip),
        };
        Self {
            name: &side.name,
            outcome: of.outcome,
            strength: of.strength,
            rule: of.rule,
            need_pro: of.needs.pro,
            need_api: of.needs.api,
            costs_usd: of.into(),
            answers: QuestionId::ALL.map(|of| (of.as_str(), answers.profile.option(of))).into(),
            answer_origin: QuestionId::ALL.map(|of| (of.as_str(), answers.origin(of))).into(),
            usage: Month::compared(of),
            flips: of.flips.iter().map(flip).collect(),
            saved: side.was.map(Into::into),
        }
    }
}

impl From<Was> for Saved {
    fn from(was: Was) -> Self {
        Self { outcome: was.outcome, cost_usd: was.cost.map(Usd), prices_of: Day(was.prices_of) }
    }
}
