//! Would this plan have covered your usage? Replays a history against the windows of every plan.
//!
//! Plans limit usage by five-hour windows and by weeks, so two people with the same monthly total
//! can fare differently. The rules of the replay:
//!
//! - A **five-hour window** opens with the first request at or after the end of the previous one,
//!   and ends five hours later. A request opens one whether or not it is covered, so the windows
//!   are the same for every plan and capacity.
//! - A **week** begins at a fixed reset ([`WeekReset`]). Weeks and five-hour windows run side by
//!   side.
//! - A request is **carried** if no window is used up when it starts, even if it exceeds what is
//!   left. Otherwise it is **refused** and uses no part of any window. Everything after it is
//!   refused too, until the reset. A window is **hit** when it refuses a request, not when it is
//!   merely full.
//! - A request **outside** the plan is in no window: Fable models where they cost credits, fast
//!   mode on every plan, Claude Code on the Free plan.
//! - **Waiting**: refused and outside requests are blocked. Blocked hours run from a window's first
//!   refused request to its reset, nights included, but not beyond the last day that counts. Time
//!   blocked by two windows counts once. Fable's own part of the week and outside requests block no
//!   hours, because other work continues.
//! - **Paying**: refused and outside requests are paid for at API prices as usage credits. The
//!   first request that would exceed a cap ends paying until the end of the month (for the daily
//!   limit, of the day). It and all refused requests after it are blocked, so a cap is never
//!   exceeded. If only some days of a month count, the cap is reduced in proportion.
//! - **Limit hits of the history** are facts, whatever the replay shows: the plan they happened on
//!   did not cover everything, and a smaller plan would not have either. Someone who waits after a
//!   hit leaves no requests behind. So the hours to its reset are added as an upper bound, and the
//!   cost of paying is unknown.
//! - **Dated rules** apply on their days: a request is judged by what its window holds that day,
//!   and an increase frees a window that was used up.
//!
//! Everything is counted in whole numbers of 10^-12 dollars. The replay uses no file, clock or
//! terminal; it is one pure function.

mod amount;
mod capacity;
mod compare;
mod digest;
mod grid;
mod outcome;
mod pay;
mod replay;
mod rules;
pub mod simulate;
mod solve;
mod trace;
mod verdict;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use self::capacity::{Capacity, Conflict, Evidence, Filled, Held, HitUse, Origin, Reading};
pub use self::compare::{Bill, BreakEven, Choice, Policy};
pub use self::digest::{
    DayMarks, Digest, LevelDigest, Mark, Part, PlanDigest, WeekDigest, hours_of, worst_week,
};
pub use self::grid::WeekReset;
pub use self::outcome::{
    Blocks, Bound, DayOutcome, Outcome, Tally, ToldHit, Uncounted, WeekOutcome, WindowHit,
};
pub use self::pay::MonthBill;
pub use self::trace::{Class, Event, Request, Span, Trace};
pub use self::verdict::Verdict;

use self::solve::Solver;
use crate::catalog::Catalog;
use crate::facts::Facts;

/// What fills a window. The vendor does not say; published estimates differ by what they count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Yardstick {
    /// The value on the API without cache reads, in dollars.
    #[default]
    ApiValue,
    /// The value on the API with cache reads, in dollars.
    ApiValueWithReads,
    /// Uncached input and output tokens.
    Tokens,
}

impl Yardstick {
    /// All yardsticks, the default first.
    pub const ALL: [Self; 3] = [Self::ApiValue, Self::ApiValueWithReads, Self::Tokens];

    /// Converts a load to USD or tokens.
    fn measure(self, load: u128) -> Decimal {
        match self {
            Self::ApiValue | Self::ApiValueWithReads => amount::usd(load),
            Self::Tokens => amount::count(load),
        }
    }

    /// Converts USD or tokens to a load, rounded half to even.
    fn load(self, measure: Decimal) -> u128 {
        match self {
            Self::ApiValue | Self::ApiValueWithReads => amount::wide_units(measure),
            Self::Tokens => u128::try_from(measure.round()).unwrap_or(u128::MAX),
        }
    }
}

/// The word in JSON and on the command line.
impl std::fmt::Display for Yardstick {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.serialize(f)
    }
}

/// A limit of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Window {
    /// Five hours from the first request on.
    FiveHour,
    /// Seven days between two fixed resets.
    Week,
    /// The half of a week that Fable models may take on the larger plans.
    FableWeek,
}

impl Window {}

/// Whose rules hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Rules {
    /// Each day its own.
    #[default]
    Dated,
    /// Today's throughout.
    Today,
}

/// A level of assumed capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Low end of the range.
    Low,
    Likely,
    /// High end of the range.
    High,
}

impl Level {
    /// All levels, the lowest capacity first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Likely, Self::High];
}

/// One value for each level of capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Range_of_{T}"))]
pub struct Range<T> {
    /// At the low end.
    pub low: T,
    /// At the likely value.
    pub likely: T,
    /// At the high end.
    pub high: T,
}

impl<T> Range<T> {
    pub const fn at(&self, level: Level) -> &T {
        match level {
            Level::Low => &self.low,
            Level::Likely => &self.likely,
            Level::High => &self.high,
        }
    }

    /// Applies `change` to each of the three values.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Range<U> {
        Range { low: change(self.low), likely: change(self.likely), high: change(self.high) }
    }

    /// The three values with their levels.
    pub fn each(&self) -> [(Level, &T); 3] {
        Level::ALL.map(|level| (level, self.at(level)))
    }

    /// Builds a range from the value at each level.
    pub fn of_levels(mut value: impl FnMut(Level) -> T) -> Self {
        Self { low: value(Level::Low), likely: value(Level::Likely), high: value(Level::High) }
    }
}

impl Range<Decimal> {
    /// The larger value at each level.
    fn larger(self, other: Self) -> Self {
        Self {
            low: self.low.max(other.low),
            likely: self.likely.max(other.likely),
            high: self.high.max(other.high),
        }
    }

    /// Multiplies level by level; `None` if a product overflows.
    fn times(self, other: Self) -> Option<Self> {
        Some(Self {
            low: self.low.checked_mul(other.low)?,
            likely: self.likely.checked_mul(other.likely)?,
            high: self.high.checked_mul(other.high)?,
        })
    }
}

/// The options of a replay.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    pub catalog: &'a Catalog,
    /// Dated rules and estimates.
    pub facts: &'a Facts,
    /// The days that count, and the time zone of days, months and weeks.
    pub span: Span,
    /// Start of weeks, used if no limit hit shows it.
    pub reset: WeekReset,
    pub yardstick: Yardstick,
    pub rules: Rules,
    pub today: Date,
    /// Plans and readings known from the files or the person.
    pub evidence: Evidence,
    /// Most USD of usage credits, or of API use, in a calendar month; `None` for no cap.
    pub spend_cap: Option<Decimal>,
    /// Cost of an hour of interruption, USD; `None` to ignore it.
    pub hour_value: Option<Decimal>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// First day that counts.
    pub first: Option<Date>,
    /// Last day that counts.
    pub last: Option<Date>,
    /// Days from the first to the last, both included; 0 without requests.
    pub days: u32,
    /// Requests in the replay.
    pub requests: u64,
    /// API value of the requests, USD.
    pub api: Decimal,
    /// API value without cache reads, USD.
    pub fresh: Decimal,
    /// Uncached input and output tokens.
    pub tokens: u128,
    /// Responses left out because they have no price.
    pub unpriced: u64,
    /// Sums of several responses, left out.
    pub sums: u64,
    /// Responses left out because their value is impossible.
    pub oversized: u64,
}

impl Coverage {
    /// Scales an amount over these days to a month of 365/12 days. Exact up to the last division,
    /// which keeps 28 digits.
    pub fn a_month(&self, amount: Decimal) -> Decimal {
        if self.days == 0 {
            return Decimal::ZERO;
        }
        let year = amount.checked_mul(Decimal::from(365)).unwrap_or(Decimal::MAX);
        year / Decimal::from(12 * u64::from(self.days))
    }

    /// How many of the days fall into the calendar month starting on `month`, and the length of
    /// that month.
    fn days_of_month(&self, month: Date) -> (i64, i64) {
        let last_of_month = month.last_of_month();
        let from = self.first.map_or(month, |first| first.max(month));
        let to = self.last.map_or(last_of_month, |last| last.min(last_of_month));
        let days = from.until((jiff::Unit::Day, to)).map_or(0, |span| i64::from(span.get_days()));
        (days.saturating_add(1).max(0), i64::from(month.days_in_month()))
    }

    /// A monthly cap in proportion to the days that fall into a calendar month, in 10^-12 dollars,
    /// rounded down.
    fn part_of_month(&self, cap: Decimal, month: Date) -> u128 {
        let (days, of) = self.days_of_month(month);
        let days = u128::try_from(days).unwrap_or_default();
        let of = u128::try_from(of).unwrap_or(1).max(1);
        amount::wide_units(cap).saturating_mul(days) / of
    }

    /// True if the days cover any calendar month only partly.
    pub fn has_partial_month(&self) -> bool {
        let is_partial = |day: Option<Date>| {
            day.is_some_and(|day| {
                let (days, of) = self.days_of_month(day.first_of_month());
                days < of
            })
        };
        is_partial(self.first) || is_partial(self.last)
    }
}

/// The result for one plan, or for the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFit {
    /// Id in the price list; `api` for the API.
    pub id: String,
    pub name: String,
    /// USD a month; `None` if it cannot be paid monthly.
    pub fee: Option<Decimal>,
    /// The fewest members it is sold to.
    pub min_members: u64,
    /// True if usage beyond the plan can be paid for.
    pub can_pay: bool,
    /// True if the person has it now.
    pub is_now: bool,
    /// Five-hour capacity; `None` if there is no such limit or it is unknown.
    pub five_hour: Option<Capacity>,
    /// Weekly capacity; `None` if there is no such limit or it is unknown.
    pub week: Option<Capacity>,
    /// True if the plan has a five-hour limit on the last day.
    pub has_five_hour: bool,
    /// Limit hits of the history on this plan or a larger one, in order of time.
    pub told: Vec<ToldHit>,
    pub outcomes: Range<Outcome>,
}

impl PlanFit {
    pub fn is_api(&self) -> bool {
        self.id == API
    }

    /// True if any window limited the plan. Without a known window everything counts as covered,
    /// which proves nothing.
    pub const fn is_known(&self) -> bool {
        self.five_hour.is_some() || self.week.is_some()
    }
}

/// The id of the API among the plans.
pub const API: &str = "api";

/// Ids of the plans the person can be asked whether they had.
pub const NAMEABLE: [&str; 7] =
    ["free", "pro", "max", "ultra", "team_standard", "team_premium", API];

/// The answer by another yardstick, at the likely capacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherYardstick {
    pub yardstick: Yardstick,
    /// Ids of the plans that cover everything.
    pub carries: Vec<String>,
    /// The cheapest option that covers or pays for everything.
    pub cheapest: Option<Choice>,
    /// True if either differs from the answer by the chosen yardstick.
    pub differs: bool,
}

/// The result of a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    pub yardstick: Yardstick,
    pub rules: Rules,
    pub reset: WeekReset,
    /// True if a limit hit showed another reset than the one asked for.
    pub reset_overruled: bool,
    pub coverage: Coverage,
    /// In the list's order, the API last.
    pub plans: Vec<PlanFit>,
    /// Index of the plan that the weeks and the calendar show: the current plan, else Pro, else the
    /// first; `None` if the list has no plan with a known window.
    pub reference: Option<usize>,
    /// The cheapest option that covers or pays for everything, so it never blocks.
    pub cheapest: Range<Option<Choice>>,
    /// The cheapest option that blocks and costs less than `cheapest`, or may cost less if its
    /// hours are uncertain; `None` if there is none.
    pub blocking: Range<Option<Choice>>,
    /// How much an hour of interruption must cost before a more expensive option pays off.
    pub break_evens: Range<Vec<BreakEven>>,
    pub others: Vec<OtherYardstick>,
    /// How the limit hits were used as evidence.
    pub hit_use: HitUse,
    /// Limit hits of a plan's windows at a time when the person said they used the API.
    pub hits_on_api: u64,
    /// Limit hits of any kind at a time when the plan is unknown.
    pub hits_on_unknown: u64,
    /// Id of the plan named in the files, if the person named another one.
    pub named_otherwise: Option<String>,
    /// A limit hit from before the first day that lasted into the days that count: the day of the
    /// hit and the day of the reset. If there are several, the one that was lifted last.
    pub reaching_in: Option<(Date, Date)>,
    /// Contradictions between the limit hits and the requests.
    pub conflicts: Vec<Conflict>,
    /// Limit changes during these days that could not be replayed, in words.
    pub unreplayed: Vec<String>,
    /// Days with requests.
    pub days: Vec<Date>,
    /// As asked, USD.
    pub hour_value: Option<Decimal>,
    /// As asked, USD a month.
    pub spend_cap: Option<Decimal>,
}

impl Fit {
    /// Replays a trace. The same trace and question always give the same result.
    pub fn new(trace: &Trace, ask: &Ask<'_>) -> Self {
        Solver::new(trace, ask).fit()
    }

    /// The plan that the weeks and the calendar show.
    pub fn reference(&self) -> Option<&PlanFit> {
        self.plans.get(self.reference?)
    }

    /// Limit hits on an unknown plan.
    pub const fn unnamed_hits(&self) -> u64 {
        self.hits_on_api.saturating_add(self.hits_on_unknown)
    }

    /// The plan of a choice.
    pub fn plan_of(&self, choice: Choice) -> Option<&PlanFit> {
        self.plans.get(choice.plan)
    }
}

/// The default reset: Monday at midnight.
pub fn assumed_reset() -> WeekReset {
    WeekReset::Wall {
        weekday: jiff::civil::Weekday::Monday,
        time: jiff::civil::Time::midnight(),
        is_set: false,
    }
}

/// The Monday on or before a day, where a calendar row begins.
pub fn monday_of(day: Date) -> Date {
    let back = i64::from(jiff::civil::Weekday::Monday.until(day.weekday()));
    day.checked_sub(back.days()).unwrap_or(day)
}

pub fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned(zone.clone()).date()
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
