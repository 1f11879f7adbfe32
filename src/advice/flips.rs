//! What would change the recommendation (method, section 8).

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use super::rules::{Outcome, judge};
use super::situation::{Band, Situation, Terms};
use crate::cost::Volume;
use crate::number::{MOST_TOKENS, six_places};
use crate::question::{Profile, QuestionId, Rank};
use crate::usage::Outside;

/// The side of the present volume that a flip lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Direction {
    Below,
    Above,
}

/// One change that leads to another outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flip {
    /// Another answer to one question.
    Answer {
        question: QuestionId,
        /// The nearest answer that changes the outcome.
        to: Rank,
        outcome: Outcome,
    },
    /// More or less volume; input and output change together.
    Volume {
        /// The side of the present volume.
        direction: Direction,
        /// The multiple of the present volume, to six decimals.
        multiplier: Decimal,
        /// The last volume before the edge (below), or the first one beyond it (above).
        volume: Volume,
        outcome: Outcome,
    },
    /// Another model.
    Model {
        /// The model's id.
        model: String,
        outcome: Outcome,
    },
    /// Annual billing for Pro.
    AnnualPrice {
        /// The recommendation at the annual price.
        outcome: Outcome,
    },
    /// Another share of work outside the app.
    Share {
        /// The nearest share that changes the outcome, in whole percent.
        to_pct: u8,
        outcome: Outcome,
    },
}

/// Facts first, then preferences.
const ANSWER_ORDER: [QuestionId; 8] = [
    QuestionId::Interface,
    QuestionId::Automation,
    QuestionId::Developer,
    QuestionId::Session,
    QuestionId::Limits,
    QuestionId::Control,
    QuestionId::Features,
    QuestionId::Billing,
];

/// Preferences for which the person could easily have picked the next option.
const SOFT: [QuestionId; 5] = [
    QuestionId::Session,
    QuestionId::Limits,
    QuestionId::Control,
    QuestionId::Features,
    QuestionId::Billing,
];

/// The outcome with these answers. The other answers stay; a default share is recomputed.
fn outcome_of(terms: &Terms, outside: Outside, profile: Profile) -> Outcome {
    judge(profile, terms.situation(outside.share(profile))).outcome()
}

/// For each question, the nearest other answer that changes the outcome.
pub(super) fn answers(terms: &Terms, outside: Outside, profile: Profile) -> Vec<Flip> {
    let present = outcome_of(terms, outside, profile);
    let nearest = |question: QuestionId| {
        let here = profile.rank(question);
        question
            .ranks()
            .filter(|rank| *rank != here)
            .map(|to| (to, outcome_of(terms, outside, profile.with(question, to))))
            .filter(|(_, outcome)| *outcome != present)
            // Nearest by steps; on a tie the option towards the API, which has the higher rank.
            .min_by_key(|(to, _)| (to.abs_diff(here), std::cmp::Reverse(*to)))
            .map(|(to, outcome)| Flip::Answer { question, to, outcome })
    };
    ANSWER_ORDER.into_iter().filter_map(nearest).collect()
}

/// The number of preferences that change the outcome when moved one step either way.
pub(super) fn soft(terms: &Terms, outside: Outside, profile: Profile) -> usize {
    let present = outcome_of(terms, outside, profile);
    SOFT.into_iter()
        .filter(|question| {
            let here = profile.rank(*question);
            question.ranks().any(|to| {
                to.abs_diff(here) == 1
                    && outcome_of(terms, outside, profile.with(*question, to)) != present
            })
        })
        .count()
}

/// The nearest whole share below and above the present one that changes the outcome.
pub(super) fn shares(terms: &Terms, share: u8, profile: Profile) -> Vec<Flip> {
    let at = |share| judge(profile, terms.situation(share)).outcome();
    let present = at(share);
    let flip = |to_pct| {
        let outcome = at(to_pct);
        (outcome != present).then_some(Flip::Share { to_pct, outcome })
    };
    let below = (0..share).rev().find_map(flip);
    let above = (share.saturating_add(1)..=100).find_map(flip);
    below.into_iter().chain(above).collect()
}

/// Decimals to which an edge, as a token count, is exact.
const EDGE_PLACES: u32 = 12;

/// A range of volumes with one outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The stretch starts just beyond this multiple of the present volume.
    pub from: Decimal,
    pub outcome: Outcome,
}

/// The multiples of the present volume at which the situation changes. `None` if it never does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edges {
    total_low: Option<Decimal>,
    total_high: Option<Decimal>,
    chat_low: Option<Decimal>,
    chat_high: Option<Decimal>,
    capacity_input: Option<Decimal>,
    capacity_output: Option<Decimal>,
    all_outside: bool,
}

impl Edges {
    pub(super) fn new(terms: &Terms, share: u8) -> Self {
        let inside = Decimal::from(100_u8.saturating_sub(share));
        let chat = terms.api * inside;
        let low = terms.pro * Decimal::from(100 - super::BAND_PCT);
        let high = terms.pro * Decimal::from(100 + super::BAND_PCT);
        let edge = |at: Decimal, of: Decimal| at.checked_div(of);
        let total = terms.api * Decimal::ONE_HUNDRED;
        let capacity =
            |limit: Decimal, tokens: Decimal| edge(limit * Decimal::ONE_HUNDRED, tokens * inside);
        Self {
            total_low: edge(low, total),
            total_high: edge(high, total),
            chat_low: edge(low, chat),
            chat_high: edge(high, chat),
            capacity_input: capacity(terms.capacity_input, terms.fresh_input),
            capacity_output: capacity(terms.capacity_output, terms.output),
            all_outside: share >= 100,
        }
    }

    /// Every edge, in the order of the fields.
    pub(super) const fn all(&self) -> [Option<Decimal>; 6] {
        [
            self.total_low,
            self.total_high,
            self.chat_low,
            self.chat_high,
            self.capacity_input,
            self.capacity_output,
        ]
    }

    /// The situation just beyond a multiple of the present volume.
    fn beyond(&self, at: Decimal) -> Situation {
        let passed = |edge: Option<Decimal>| edge.is_some_and(|edge| at >= edge);
        Self::situation(self.all().map(passed), self.all_outside)
    }

    /// The situation after passing exactly these edges.
    pub(super) const fn situation(passed: [bool; 6], all_outside: bool) -> Situation {
        let [total_low, total_high, chat_low, chat_high, input, output] = passed;
        Situation {
            total: band(total_low, total_high),
            chat: band(chat_low, chat_high),
            over_capacity: input || output,
            all_outside,
        }
    }
}

const fn band(past_low: bool, past_high: bool) -> Band {
    match (past_low, past_high) {
        (_, true) => Band::Dearer,
        (true, false) => Band::Near,
        (false, false) => Band::Cheaper,
    }
}

/// The outcomes from zero volume upwards. Neighbouring stretches have different outcomes.
pub(super) fn stretches(edges: &Edges, profile: Profile) -> Vec<Stretch> {
    let mut cuts: Vec<Decimal> = edges.all().into_iter().flatten().collect();
    cuts.push(Decimal::ZERO);
    cuts.sort_unstable();
    cuts.dedup();
    let mut stretches: Vec<Stretch> = Vec::with_capacity(cuts.len());
    for from in cuts {
        let outcome = judge(profile, edges.beyond(from)).outcome();
        if stretches.last().is_none_or(|last| last.outcome != outcome) {
            stretches.push(Stretch { from, outcome });
        }
    }
    stretches
}

/// The nearest change of volume on either side. `outcome_at` returns the verdict on whole tokens.
pub(super) fn volumes(
    stretches: &[Stretch],
    volume: Volume,
    outcome_at: impl Fn(Volume) -> Outcome,
) -> Vec<Flip> {
    let Some(here) = stretches.iter().rposition(|s| s.from < Decimal::ONE) else {
        return Vec::new();
    };
    let scaled = |tokens: u64, by: Decimal, strategy| {
        // The edge is a quotient cut at 28 digits, so a whole number of tokens may come out
        // slightly low.
        let exact = Decimal::from(tokens).checked_mul(by)?.round_dp(EDGE_PLACES);
        u64::try_from(exact.round_dp_with_strategy(0, strategy))
            .ok()
            .filter(|tokens| *tokens <= MOST_TOKENS)
    };
    let below = || {
        let edge = stretches.get(here)?.from;
        let outcome = stretches.get(here.checked_sub(1)?)?.outcome;
        let down = RoundingStrategy::ToZero;
        let last = Volume {
            input: scaled(volume.input, edge, down)?,
            output: scaled(volume.output, edge, down)?,
        };
        Some(Flip::Volume {
            direction: Direction::Below,
            multiplier: six_places(edge),
            volume: last,
            outcome,
        })
    };
    let above = || {
        let next = stretches.get(here + 1)?;
        let up = RoundingStrategy::AwayFromZero;
        let input = scaled(volume.input, next.from, RoundingStrategy::ToZero)?
            + u64::from(volume.input > 0);
        let output = scaled(volume.output, next.from, up)?;
        // At an edge that depends on output alone, a whole number of tokens is not yet beyond it.
        let first = [output, output + u64::from(volume.output > 0)]
            .map(|output| Volume { input, output })
            .into_iter()
            .find(|volume| outcome_at(*volume) == next.outcome)?;
        Some(Flip::Volume {
            direction: Direction::Above,
            multiplier: six_places(next.from),
            volume: first,
            outcome: next.outcome,
        })
    };
    below().into_iter().chain(above()).collect()
}
