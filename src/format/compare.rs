//! What `planwise compare --format json` writes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Costs, PriceList};
use crate::advice::{Outcome, Rule, Strength};
use crate::compare::{self, Comparison, Was};
use crate::number::Percent;
use crate::number::json::{Day, Usd};
use crate::question::{Origin, QuestionId};
use crate::usage::Confidence;
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
    usage: Month<'a>,
    flips: Vec<Flip>,
    /// Only where the report said something else when it was saved.
    saved: Option<Saved>,
}

#[derive(Serialize)]
struct Month<'a> {
    input_tokens: u64,
    output_tokens: u64,
    volume_origin: Origin,
    outside_share_pct: u8,
    outside_origin: &'static str,
    model: &'a str,
    confidence: Confidence,
    cache_read_pct: Percent,
    cache_write_pct: Percent,
    cache_write_1h_pct: Percent,
    batch_pct: Percent,
    thinking_pct: Percent,
    prompt_tokens: Option<u64>,
    overflow_pct: u8,
    capacity_input: u64,
    capacity_output: u64,
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
            cause: words::flip_cause(flip, comparison.wording, comparison.world.catalog),
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
            usage: of.into(),
            flips: of.flips.iter().map(flip).collect(),
            saved: side.was.map(Into::into),
        }
    }
}

impl<'a> From<&'a crate::advice::Assessment> for Month<'a> {
    fn from(of: &'a crate::advice::Assessment) -> Self {
        let usage = &of.usage;
        let mix = &usage.mix;
        Self {
            input_tokens: usage.volume.input,
            output_tokens: usage.volume.output,
            volume_origin: usage.volume_origin,
            outside_share_pct: of.split.outside_pct,
            outside_origin: usage.outside.origin(),
            model: &of.model_id,
            confidence: usage.confidence,
            cache_read_pct: mix.cache_read,
            cache_write_pct: mix.cache_write_5m,
            cache_write_1h_pct: mix.cache_write_1h,
            batch_pct: mix.batch,
            thinking_pct: mix.thinking,
            prompt_tokens: usage.prompt_tokens,
            overflow_pct: of.split.overflow_pct,
            capacity_input: of.capacity.input,
            capacity_output: of.capacity.output,
        }
    }
}

impl From<Was> for Saved {
    fn from(was: Was) -> Self {
        Self { outcome: was.outcome, cost_usd: was.cost.map(Usd), prices_of: Day(was.prices_of) }
    }
}
