//! Two to four answers files, reports or kept scenarios side by side: what differs, what each
//! costs, what is recommended, and which difference alone turns the recommendation.
//!
//! All are worked out with the same prices, facts and rules, so that their figures can be held
//! against each other; where a saved report said something else, that is told.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use thiserror::Error;

use crate::advice::{AssessError, Assessment, Outcome, World, assess};
use crate::question::{Answers, Origin, QuestionId, Resolved, Wording};
use crate::report::{Opened, ReadError, Saved};
use crate::text::{clean, looks_like_key, quoted};
use crate::usage::Usage;

/// The fewest that can be compared.
pub const FEWEST: usize = 2;
/// The most that can be compared.
pub const MOST: usize = 4;
/// The longest name, in characters.
const LONGEST_NAME: usize = 40;

/// One of those compared.
#[derive(Debug, Clone)]
pub struct Side {
    /// How it is called; no two are called the same.
    pub name: String,
    /// What comes out with the common prices.
    pub assessment: Assessment,
    /// What its report said when it was saved, where that is something else.
    pub was: Option<Was>,
}

/// What a report said when it was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Was {
    /// What was recommended.
    pub outcome: Outcome,
    /// What that cost, USD a month; `None` where it had no price.
    pub cost: Option<Decimal>,
    /// The day of its prices.
    pub prices_of: jiff::civil::Date,
}

/// Two to four sides.
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    /// Those compared, in the order given.
    pub sides: Vec<Side>,
    /// The common prices, facts and day.
    pub world: World<'a>,
    /// The wording of the questions.
    pub wording: &'a Wording,
}

/// Why there is no comparison.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CompareError {
    /// Too few or too many.
    #[error("{0} to compare; give 2 to 4")]
    Count(usize),
    /// One of them has no complete answers.
    #[error("{name}: {problem}")]
    Read {
        /// Its name, quoted.
        name: String,
        /// What is missing.
        problem: ReadError,
    },
    /// One of them cannot be priced with the common list.
    #[error("{name}: {problem}; '--catalog' takes another price list")]
    Assess {
        /// Its name, quoted.
        name: String,
        /// Why not.
        problem: AssessError,
    },
}

/// One thing in which two sides differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The answer to a question.
    Answer(QuestionId),
    /// Tokens a month.
    Volume,
    /// The share outside the app, where it is set.
    Outside,
    /// The model of the API part.
    Model,
    /// How the tokens are billed: cache, batches, thinking, prompt size.
    Billing,
    /// What Pro costs.
    ProPrice,
    /// The share of chat that overflows, where it is set.
    Overflow,
    /// What Pro is thought to carry, where it is set.
    Capacity,
}

impl Difference {
    /// Everything that can differ and change a recommendation.
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

    /// The word as it stands in JSON.
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

    /// The first side's answers and month with this taken over from the other; `None` where both
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

/// Which differences alone turn the first side's recommendation into another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turning {
    /// The place of the other side, from 1.
    pub side: usize,
    /// Each with what it leads to; empty where it takes several together.
    pub alone: Vec<(Difference, Outcome)>,
}

impl<'a> Comparison<'a> {
    /// Works out every side with the same prices.
    ///
    /// # Errors
    /// Where there are not two to four, or one is not complete or has no price.
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

    /// The questions to which not all have the same answer.
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

    /// For each side with another recommendation than the first: which difference alone explains it.
    pub fn turnings(&self) -> Vec<Turning> {
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

/// What the report said, where it is something else than now.
fn was(saved: &Saved, now: &Assessment) -> Option<Was> {
    let then = &saved.result;
    let cost = then.costs.of(then.outcome);
    let same = then.outcome == now.outcome && cost == Some(now.costs.of(now.outcome));
    (!same).then_some(Was { outcome: then.outcome, cost, prices_of: saved.prices_of })
}

/// A name that is harmless, short, and that none of the others has.
fn free_name(name: &str, taken: &[Side]) -> String {
    let clean = clean(name);
    let line = clean.trim();
    let short: String = if looks_like_key(line) || line.is_empty() {
        "unnamed".to_owned()
    } else {
        line.chars().take(LONGEST_NAME).collect()
    };
    let is_free = |name: &str| taken.iter().all(|side| side.name != name);
    // One more than there can be others: one of these is free.
    let numbered = (2..=MOST + 1).map(|number| format!("{short} ({number})"));
    std::iter::once(short.clone()).chain(numbered).find(|name| is_free(name)).unwrap_or(short)
}
