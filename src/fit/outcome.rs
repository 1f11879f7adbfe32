//! What a plan would have made of the history at one capacity.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Bill, MonthBill, Window, amount, replay};

/// A number of requests and their value on the API, USD.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Requests.
    pub requests: u64,
    /// Their value on the API, cache reads included.
    pub usd: Decimal,
}

impl From<replay::Share> for Tally {
    fn from(share: replay::Share) -> Self {
        Self { requests: share.requests, usd: amount::usd(share.api) }
    }
}

/// How long requests are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Blocks {
    /// Milliseconds of all of them.
    pub milliseconds: i64,
    /// How many there are; those that overlap are one.
    pub count: u64,
    /// Milliseconds of the longest.
    pub longest: i64,
}

impl From<replay::Blocked> for Blocks {
    fn from(blocked: replay::Blocked) -> Self {
        Self {
            milliseconds: blocked.total(),
            count: blocked.count() as u64,
            longest: blocked.longest(),
        }
    }
}

impl Blocks {
    /// All of them in hours.
    pub fn hours(&self) -> Decimal {
        hours(self.milliseconds)
    }

    /// The longest in hours.
    pub fn longest_hours(&self) -> Decimal {
        hours(self.longest)
    }
}

/// Milliseconds in hours.
pub(super) fn hours(milliseconds: i64) -> Decimal {
    Decimal::from(milliseconds) / Decimal::from(3_600_000)
}

/// A window that refused requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowHit {
    /// Which limit.
    pub window: Window,
    /// When the window opened.
    pub opened: Timestamp,
    /// The first request that it refused.
    pub at: Timestamp,
    /// When it resets.
    pub resets_at: Timestamp,
    /// Requests it refused.
    pub refused: u64,
    /// The session of the first refused request.
    pub session: String,
    /// The project of the first refused request.
    pub project: String,
    /// The project that filled most of the window until then.
    pub filled_by: String,
    /// The session that filled most of it.
    pub filled_by_session: String,
}

/// One week of a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekOutcome {
    /// When it began.
    pub start: Timestamp,
    /// When it ended.
    pub end: Timestamp,
    /// What was asked of the plan, carried or not: USD or tokens.
    pub asked: Decimal,
    /// What a week holds by the rules of its first day; `None` where nobody knows.
    pub holds: Option<Decimal>,
    /// What a used-up window refused.
    pub refused: Tally,
    /// What is not part of the plan.
    pub outside: Tally,
    /// Five-hour windows that refused something.
    pub five_hour_hits: u64,
    /// The classes of requests that were part of the plan on its first day, one bit each.
    pub(super) included: u8,
}

/// One day of a replay, in requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOutcome {
    /// The day.
    pub day: Date,
    /// Carried by the plan.
    pub carried: u64,
    /// Refused because a window was used up.
    pub refused: u64,
    /// Not part of the plan.
    pub outside: u64,
}

/// Why the hours after a limit hit are in no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Uncounted {
    /// No reset was told after it.
    #[serde(rename = "no_reset_told")]
    NotTold,
    /// It is a limit of one model or of credits, so that other work goes on.
    #[serde(rename = "one_model_or_credits")]
    Partial,
    /// It was met after the last day that counts.
    #[serde(rename = "after_the_last_day")]
    After,
}

/// How sure hours blocked are, beside what a window is taken to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Bound {
    /// A replay found them.
    #[default]
    Replayed,
    /// At most so many: some run to the reset of a limit hit after which nothing was asked.
    AtMost,
    /// At least so many: those after some limit hit are not counted.
    AtLeast,
    /// Some run to the reset of a limit hit, those after another one are not counted.
    Neither,
}

impl Bound {
    /// What is known of hours after these limit hits, some of which may be upper bounds.
    pub(super) fn of(told: &[ToldHit], has_upper: bool) -> Self {
        let is_missing = told.iter().any(|hit| hit.uncounted.is_some());
        match (has_upper, is_missing) {
            (false, false) => Self::Replayed,
            (true, false) => Self::AtMost,
            (false, true) => Self::AtLeast,
            (true, true) => Self::Neither,
        }
    }
}

/// A limit hit of the history that the person met on a plan, and that a plan no larger would not
/// have spared them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldHit {
    /// The earliest time it was told.
    pub at: Timestamp,
    /// When it was lifted; `None` where that was not told, or where other work went on meanwhile.
    pub until: Option<Timestamp>,
    /// The id of the plan that was held.
    pub plan: String,
    /// Why its hours are not counted; `None` where they are.
    pub uncounted: Option<Uncounted>,
}

/// The result of one plan at one capacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Carried by the plan.
    pub carried: Tally,
    /// Refused because a window was used up.
    pub refused: Tally,
    /// Not part of the plan.
    pub outside: Tally,
    /// Paid for, where one pays.
    pub paid: Tally,
    /// Not even paid for, where one pays.
    pub unpaid: Tally,
    /// Limit hits of the history on this plan or a larger one; the same at every capacity.
    pub told: u64,
    /// Hours blocked, where one waits; those to the resets of `told` hits among them.
    pub waiting: Blocks,
    /// Milliseconds of `waiting` that only `told` hits speak for: at most so many, because who does
    /// not ask is not refused.
    pub at_most: i64,
    /// How sure the hours of `waiting` are.
    pub hours_are: Bound,
    /// Hours blocked by a cap, where one pays.
    pub capped: Blocks,
    /// Windows that were hit, in the order of time.
    pub hits: Vec<WindowHit>,
    /// Week by week.
    pub weeks: Vec<WeekOutcome>,
    /// Day by day, those with requests.
    pub days: Vec<DayOutcome>,
    /// Usage credits month by month, for months with any.
    pub months: Vec<MonthBill>,
    /// What a month costs if one waits; `None` where there is nothing to wait for or no price.
    pub wait: Option<Bill>,
    /// What a month costs if one pays; `None` where one cannot.
    pub pay: Option<Bill>,
}

impl Outcome {
    /// Whether the plan carried everything: nothing is refused or outside of it, and the person
    /// was not stopped on it.
    pub const fn fits(&self) -> bool {
        self.refused.requests == 0 && self.outside.requests == 0 && self.told == 0
    }

    /// The hours of [`Self::at_most`].
    pub fn at_most_hours(&self) -> Decimal {
        hours(self.at_most)
    }

    /// How many windows of a kind were hit.
    pub fn hits_of(&self, window: Window) -> usize {
        self.hits.iter().filter(|hit| hit.window == window).count()
    }
}
