//! The outcomes that open questions still allow: outcome and points of every completion.
//!
//! All 7,776 completions are computed once per volume; a key press only filters them. Skips do not
//! apply here, so a question that another answer settles counts as open (method, section 1, "Early
//! certainty").

use std::sync::LazyLock;

use super::points::Needs;
use super::rules::{Outcome, judge, rule};
use super::situation::{Band, Market, Situation};
use crate::question::{Profile, QuestionId, Rank};
use crate::usage::Outside;

/// The result of one completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EndPoint {
    pub needs: Needs,
    pub outcome: Outcome,
}

/// The number of completions per outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub pro: u16,
    pub hybrid: u16,
    pub api: u16,
}

impl Counts {
    pub const fn total(self) -> u16 {
        self.pro + self.hybrid + self.api
    }

    /// The outcome, if only one is left.
    pub const fn only(self) -> Option<Outcome> {
        match (self.pro, self.hybrid, self.api) {
            (1.., 0, 0) => Some(Outcome::Pro),
            (0, 1.., 0) => Some(Outcome::Hybrid),
            (0, 0, 1..) => Some(Outcome::Api),
            _ => None,
        }
    }

    fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Pro => self.pro += 1,
            Outcome::Hybrid => self.hybrid += 1,
            Outcome::Api => self.api += 1,
        }
    }
}

/// A place on the map and the number of completions there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landing {
    pub needs: Needs,
    pub outcome: Outcome,
    /// The number of completions that end here.
    pub ways: u16,
}

/// How far the given answers determine the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Several outcomes are possible.
    Open,
    /// One outcome is possible at this volume.
    AtThisVolume(Outcome),
    /// One outcome is possible at any volume and price.
    AtAnyVolume(Outcome),
}

/// The result of every completion at one volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ends {
    points: Vec<EndPoint>,
    outside: Outside,
}

impl Ends {
    /// Computes all 7,776 completions at the volume of this market.
    pub fn new(market: &Market, outside: Outside) -> Self {
        let end = |profile: Profile| {
            let verdict = judge(profile, market.situation(profile));
            EndPoint { needs: verdict.needs, outcome: verdict.outcome() }
        };
        Self { points: Profile::all().map(end).collect(), outside }
    }

    /// The completions that agree with the fixed answers.
    pub fn open(&self, fixed: [Option<Rank>; 8]) -> impl Iterator<Item = EndPoint> + '_ {
        completions(fixed).into_iter().filter_map(|index| self.points.get(index).copied())
    }

    /// Counts the completions that agree with the fixed answers, by outcome.
    pub fn count(&self, fixed: [Option<Rank>; 8]) -> Counts {
        let mut counts = Counts::default();
        self.open(fixed).for_each(|end| counts.add(end.outcome));
        counts
    }

    /// The places on the map that the fixed answers allow, without duplicates.
    pub fn landings(&self, fixed: [Option<Rank>; 8]) -> Vec<Landing> {
        const APIS: usize = 20;
        const PROS: usize = 21;
        let mut ways = [0_u16; APIS * PROS * 3];
        let mut landings = Vec::new();
        let slot = |end: EndPoint| {
            let api = usize::try_from(end.needs.api).ok().filter(|api| *api < APIS)?;
            let pro = usize::try_from(end.needs.pro + 5).ok().filter(|pro| *pro < PROS)?;
            Some((pro * APIS + api) * 3 + end.outcome as usize)
        };
        for end in self.open(fixed) {
            if let Some(count) = slot(end).and_then(|slot| ways.get_mut(slot)) {
                if *count == 0 {
                    landings.push(Landing { needs: end.needs, outcome: end.outcome, ways: 0 });
                }
                *count += 1;
            }
        }
        for landing in &mut landings {
            let end = EndPoint { needs: landing.needs, outcome: landing.outcome };
            landing.ways = slot(end).and_then(|slot| ways.get(slot)).copied().unwrap_or_default();
        }
        landings
    }

    /// How far the fixed answers determine the outcome, at this volume and at any.
    pub fn certainty(&self, fixed: [Option<Rank>; 8]) -> Certainty {
        let Some(outcome) = self.count(fixed).only() else {
            return Certainty::Open;
        };
        let masks = match self.outside {
            Outside::Default => &*BY_DEFAULT_SHARE,
            Outside::Set(100..) | Outside::Measured(100..) => &*ALL_OUTSIDE,
            Outside::Set(_) | Outside::Measured(_) => &*SOME_INSIDE,
        };
        let only = 1_u8 << outcome as u8;
        let always = completions(fixed).into_iter().all(|i| masks.get(i).copied() == Some(only));
        if always { Certainty::AtAnyVolume(outcome) } else { Certainty::AtThisVolume(outcome) }
    }
}

/// The outcome in each corner of the map by the decision table, in the order top left, top right,
/// bottom left, bottom right. The need for the API grows to the right, the need for Pro upwards. If
/// the open answers disagree, the usual outcome.
pub fn corners(fixed: [Option<Rank>; 8], market: &Market) -> [Outcome; 4] {
    const NEED: i8 = super::rules::MARK;
    let usual = [
        (Needs { pro: NEED, api: 0 }, Outcome::Pro),
        (Needs { pro: NEED, api: NEED }, Outcome::Hybrid),
        (Needs { pro: 0, api: 0 }, Outcome::Pro),
        (Needs { pro: 0, api: NEED }, Outcome::Api),
    ];
    let completions = completions(fixed);
    usual.map(|(needs, usual)| {
        if needs.api < NEED {
            // Every row of the table keeps Pro when the API is not needed.
            return Outcome::Pro;
        }
        let mut outcomes = completions.iter().map(|index| {
            let profile = Profile::new(Profile::raw_ranks(*index));
            rule(profile, market.situation(profile), needs).outcome()
        });
        let first = outcomes.next().unwrap_or(usual);
        if outcomes.all(|outcome| outcome == first) { first } else { usual }
    })
}

/// The indices of all completions of the fixed answers.
fn completions(fixed: [Option<Rank>; 8]) -> Vec<usize> {
    let mut indices = vec![0];
    for (question, fixed) in QuestionId::ALL.into_iter().zip(fixed) {
        let options = question.scale().len();
        let ranks = match fixed {
            Some(rank) => usize::from(rank)..usize::from(rank) + 1,
            None => 0..options,
        };
        indices = indices
            .iter()
            .flat_map(|index| ranks.clone().map(move |rank| index * options + rank))
            .collect();
    }
    indices
}

/// The possible outcomes of every completion over all feasible bands and both results of the
/// capacity check, as bits.
fn masks(all_outside: impl Fn(Profile) -> bool) -> Vec<u8> {
    let mask = |profile: Profile| {
        Situation::feasible(all_outside(profile))
            .map(|situation| 1_u8 << judge(profile, situation).outcome() as u8)
            .fold(0, |mask, bit| mask | bit)
    };
    Profile::all().map(mask).collect()
}

static BY_DEFAULT_SHARE: LazyLock<Vec<u8>> =
    LazyLock::new(|| masks(|profile| Outside::Default.share(profile) == 100));
static ALL_OUTSIDE: LazyLock<Vec<u8>> = LazyLock::new(|| masks(|_| true));
static SOME_INSIDE: LazyLock<Vec<u8>> = LazyLock::new(|| masks(|_| false));

impl Situation {
    /// The six possible band pairs (a part never costs more than the whole), each with the capacity
    /// check off and on.
    pub(super) fn feasible(all_outside: bool) -> impl Iterator<Item = Self> {
        const BANDS: [Band; 3] = [Band::Dearer, Band::Near, Band::Cheaper];
        BANDS.into_iter().flat_map(move |total| {
            BANDS.into_iter().filter(move |chat| *chat >= total).flat_map(move |chat| {
                [false, true].map(|over_capacity| Self { total, chat, over_capacity, all_outside })
            })
        })
    }
}
