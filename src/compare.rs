//! Compares two to four answers files, reports or kept scenarios: differences, costs,
//! recommendations, and which single difference changes the recommendation.
//!
//! All sides use the same prices, facts and rules, so that their figures are comparable. If a saved
//! report had another result, the comparison shows it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use thiserror::Error;

use crate::advice::{AssessError, Assessment, Outcome, World, assess};
use crate::question::{Answers, Origin, QuestionId, Resolved, Wording};
use crate::report::{Opened, ReadError, Saved};
use crate::text::{clean, looks_like_key, quoted};
use crate::usage::Usage;

pub(crate) const FEWEST: usize = 2;
pub const MOST: usize = 4;
/// The longest name, in characters.
const LONGEST_NAME: usize = 40;

/// One side of a comparison.
#[derive(Debug, Clone)]
pub struct Side {
    /// Unique among the sides.
    pub name: String,
    /// The assessment with the common prices.
    pub assessment: Assessment,
    /// The report's result when it was saved, if it differs.
    pub was: Option<Was>,
}

/// A report's result when it was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Was {
    pub outcome: Outcome,
    /// USD a month; `None` if it had no price.
    pub cost: Option<Decimal>,
    /// The date of its prices.
    pub prices_of: jiff::civil::Date,
}

#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    /// In the order given.
    pub sides: Vec<Side>,
    /// The common prices, facts and date.
    pub world: World<'a>,
    /// The wording of the questions.
    pub wording: &'a Wording,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CompareError {
    /// Too few or too many sides.
    #[error("{0} to compare; give 2 to 4")]
    Count(usize),
    /// A side has incomplete answers.
    #[error("{name}: {problem}")]
    Read {
        /// The name, quoted.
        name: String,
        problem: ReadError,
    },
    /// The common list cannot price a side.
    #[error("{name}: {problem}; '--catalog' takes another price list")]
    Assess {
        /// The name, quoted.
        name: String,
        problem: AssessError,
    },
}

/// One input in which two sides differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    Answer(QuestionId),
    /// Tokens a month.
    Volume,
    /// The share of work outside the app, if set.
    Outside,
    /// The model of the API part.
    Model,
    /// How tokens are billed: cache, batches, thinking, prompt size.
    Billing,
    ProPrice,
    /// The share of the chat beyond Pro's limits, if set.
    Overflow,
    /// The estimated capacity of Pro, if set.
    Capacity,
}

impl Difference {
    /// Every input that can change a recommendation.
    fn all() -> impl Iterator<Item = Self> {
        QuestionId::ALL.into_iter().map(Self::Answer).chain([
            Self::Volume,
            Self::Outside,
            Self::Model,
            Self::Billing,
            Self::ProPrice,
            Self::Overflow,
            Self::Capacity,
        ])
    }

    /// The name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answer(question) => question.as_str(),
            Self::Volume => "volume",
            Self::Outside => "outside_share",
            Self::Model => "model",
            Self::Billing => "billing_of_tokens",
            Self::ProPrice => "pro_price",
            Self::Overflow => "overflow",
            Self::Capacity => "capacity",
        }
    }

    /// The first side's answers and month with this input taken from the other side. `None` if both
    /// have the same.
    fn taken(self, first: &Assessment, other: &Assessment) -> Option<(Resolved, Usage)> {
        let (mut answers, mut usage) = (first.answers, first.usage.clone());
        let theirs = &other.usage;
        match self {
            Self::Answer(question) => {
                let rank = other.answers.profile.rank(question);
                let given = Answers::from_resolved(&answers).with(question, rank, Origin::User);
                answers = given.resolve().unwrap_or_else(|| Resolved {
                    profile: answers.profile.with(question, rank),
                    ..answers
                });
                if answers.profile == first.answers.profile {
                    return None;
                }
            }
            Self::Volume => usage.volume = theirs.volume,
            Self::Outside => usage.outside = theirs.outside,
            Self::Model => usage.model = Some(other.model_id.clone()),
            Self::Billing => {
                usage.mix = theirs.mix;
                usage.prompt_tokens = theirs.prompt_tokens;
            }
            Self::ProPrice => usage.pro_price = theirs.pro_price,
            Self::Overflow => usage.overflow_pct = theirs.overflow_pct,
            Self::Capacity => {
                usage.capacity_input = theirs.capacity_input;
                usage.capacity_output = theirs.capacity_output;
            }
        }
        let same_model = self == Self::Model && first.model_id == other.model_id;
        let same = usage == first.usage && !matches!(self, Self::Answer(_));
        (!same && !same_model).then_some((answers, usage))
    }
}

/// The single differences that change the first side's recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turning {
    /// The index of the other side in [`Comparison::sides`].
    pub side: usize,
    /// Each difference with the outcome it leads to. Empty if it takes several together.
    pub alone: Vec<(Difference, Outcome)>,
}

impl<'a> Comparison<'a> {
    /// Assesses every side with the same prices.
    ///
    /// # Errors
    /// If there are not two to four sides, or one is incomplete or has no price.
    pub fn new(
        files: Vec<(String, Opened)>,
        world: World<'a>,
        wording: &'a Wording,
    ) -> Result<Self, CompareError> {
        if !(FEWEST..=MOST).contains(&files.len()) {
            return Err(CompareError::Count(files.len()));
        }
        let mut sides: Vec<Side> = Vec::new();
        for (name, opened) in files {
            let shown = || quoted(&name);
            let (answers, usage) = opened
                .file()
                .complete(false)
                .map_err(|problem| CompareError::Read { name: shown(), problem })?;
            let assessment = assess(&answers, &usage, &world)
                .map_err(|problem| CompareError::Assess { name: shown(), problem })?;
            let was = opened.report().and_then(|saved| was(saved, &assessment));
            let name = free_name(&name, &sides);
            sides.push(Side { name, assessment, was });
        }
        Ok(Self { sides, world, wording })
    }

    /// The questions that the sides answer differently.
    pub fn answers_that_differ(&self) -> Vec<QuestionId> {
        let differs = |question: &QuestionId| {
            let ranks: BTreeSet<_> = self
                .sides
                .iter()
                .map(|side| side.assessment.answers.profile.rank(*question))
                .collect();
            ranks.len() > 1
        };
        QuestionId::ALL.into_iter().filter(differs).collect()
    }

    /// For each side with another recommendation than the first: the single differences that
    /// explain it.
    pub(crate) fn turnings(&self) -> Vec<Turning> {
        let Some((first, others)) = self.sides.split_first() else {
            return Vec::new();
        };
        let first = &first.assessment;
        let turning = |(index, other): (usize, &Side)| {
            let other = &other.assessment;
            (other.outcome != first.outcome).then(|| Turning {
                side: index + 1,
                alone: Difference::all()
                    .filter_map(|difference| {
                        let (answers, usage) = difference.taken(first, other)?;
                        let outcome = assess(&answers, &usage, &self.world).ok()?.outcome;
                        (outcome != first.outcome).then_some((difference, outcome))
                    })
                    .collect(),
            })
        };
        others.iter().enumerate().filter_map(turning).collect()
    }
}

/// The report's result when it was saved, if it differs from now.
fn was(saved: &Saved, now: &Assessment) -> Option<Was> {
    let then = &saved.result;
    let cost = then.costs_usd.of(then.outcome);
    let same = then.outcome == now.outcome && cost == Some(now.costs.of(now.outcome));
    (!same).then_some(Was { outcome: then.outcome, cost, prices_of: saved.prices.day() })
}

/// A harmless, short name that no other side has.
fn free_name(name: &str, taken: &[Side]) -> String {
    let clean = clean(name);
    let line = clean.trim();
    let short: String = if looks_like_key(line) || line.is_empty() {
        "unnamed".to_owned()
    } else {
        line.chars().take(LONGEST_NAME).collect()
    };
    let is_free = |name: &str| taken.iter().all(|side| side.name != name);
    // One more candidate than there can be other sides, so one is free.
    let numbered = (2..=MOST + 1).map(|number| format!("{short} ({number})"));
    std::iter::once(short.clone()).chain(numbered).find(|name| is_free(name)).unwrap_or(short)
}
