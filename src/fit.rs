//! Would the plan have carried it? A history replayed against the windows of every plan.
//!
//! Plans are metered in five-hour windows and in weeks, so that two people with the same monthly
//! total fare differently. The rules of the replay:
//!
//! - A **five-hour window** opens with the first request at or after the end of the last one, and
//!   ends five hours later. A request opens one whether or not it is carried, so that the windows
//!   are the same for every plan and capacity.
//! - A **week** begins at a fixed reset ([`WeekReset`]). Both kinds run at once.
//! - A request is **carried** if no window is used up when it starts, even if it goes beyond the
//!   rest. Otherwise it is **refused** and takes nothing of any window; so is all after it until
//!   the reset. A window is **hit** when it refuses a request, not when it is merely full.
//! - A request that is **outside** the plan is in no window: Fable models where they cost credits,
//!   fast mode everywhere, Claude Code on the Free plan.
//! - **Waiting**: what is refused or outside is blocked. Blocked hours run from the first refused
//!   request of a window to its reset, at night too, but not beyond the last day that counts; where
//!   two windows block at once the hours count once. Fable's own part of the week and what is
//!   outside of a plan block no hours: other work goes on.
//! - **Paying**: what is refused or outside is paid at API prices as usage credits. The first
//!   request that would exceed a cap ends that until the month is over (the daily limit: the day);
//!   it and all refused ones after it are blocked, so that a cap is never exceeded. A month of
//!   which only some days count has that share of the cap.
//! - **Limit hits of the history** are facts, whatever the replay says: the plan they happened on
//!   did not carry all of it, and neither would a smaller one. Who waits after one leaves no request
//!   behind, so the hours to its reset are added as an upper bound, and what paying would have cost
//!   is not known.
//! - **Rules with dates** hold on their days: a request is judged by what its window holds on the
//!   day of the request, and a rise frees a window that was used up.
//!
//! Everything is counted in whole numbers of 10^-12 dollars. The replay knows no
//! file, no clock and no terminal; one call is one pure function.

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
    /// Every yardstick, the default first.
    pub const ALL: [Self; 3] = [Self::ApiValue, Self::ApiValueWithReads, Self::Tokens];

    /// A load as USD or tokens.
    fn measure(self, load: u128) -> Decimal {
        match self {
            Self::ApiValue | Self::ApiValueWithReads => amount::usd(load),
            Self::Tokens => amount::count(load),
        }
    }

    /// USD or tokens as a load, rounded half to even.
    fn load(self, measure: Decimal) -> u128 {
        match self {
            Self::ApiValue | Self::ApiValueWithReads => amount::wide_units(measure),
            Self::Tokens => u128::try_from(measure.round()).unwrap_or(u128::MAX),
        }
    }
}

/// The word as it stands in JSON and on the command line.
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

/// How much a window is taken to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The low end of the range.
    Low,
    /// The likely value.
    Likely,
    /// The high end of the range.
    High,
}

impl Level {
    /// Every level, the least capacity first.
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
    /// The value at a level.
    pub const fn at(&self, level: Level) -> &T {
        match level {
            Level::Low => &self.low,
            Level::Likely => &self.likely,
            Level::High => &self.high,
        }
    }

    /// Something else for each of the three.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Range<U> {
        Range { low: change(self.low), likely: change(self.likely), high: change(self.high) }
    }

    /// The three with their levels.
    pub fn each(&self) -> [(Level, &T); 3] {
        Level::ALL.map(|level| (level, self.at(level)))
    }

    /// One value for each level.
    pub fn of_levels(mut value: impl FnMut(Level) -> T) -> Self {
        Self { low: value(Level::Low), likely: value(Level::Likely), high: value(Level::High) }
    }
}

impl Range<Decimal> {
    /// The larger one at each level.
    fn larger(self, other: Self) -> Self {
        Self {
            low: self.low.max(other.low),
            likely: self.likely.max(other.likely),
            high: self.high.max(other.high),
        }
    }

    /// Low times low, likely times likely, high times high; `None` beyond what a decimal holds.
    fn times(self, other: Self) -> Option<Self> {
        Some(Self {
            low: self.low.checked_mul(other.low)?,
            likely: self.likely.checked_mul(other.likely)?,
            high: self.high.checked_mul(other.high)?,
        })
    }
}

/// What is asked of the replay.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// Prices and plans.
    pub catalog: &'a Catalog,
    /// Dated rules and estimates.
    pub facts: &'a Facts,
    /// The days that count, and the zone of days, months and weeks.
    pub span: Span,
    /// When weeks begin where no limit hit tells it.
    pub reset: WeekReset,
    /// What fills a window.
    pub yardstick: Yardstick,
    /// Whose rules hold.
    pub rules: Rules,
    /// The day that is today.
    pub today: Date,
    /// What the person knows.
    pub evidence: Evidence,
    /// The most USD of usage credits, or of API use, in a calendar month; `None` for no cap.
    pub spend_cap: Option<Decimal>,
    /// What an hour of interruption costs, USD; `None` to leave it out.
    pub hour_value: Option<Decimal>,
}

/// How much history there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The first day that counts.
    pub first: Option<Date>,
    /// The last day that counts.
    pub last: Option<Date>,
    /// Days from the first to the last, both counted; 0 without requests.
    pub days: u32,
    /// Requests in the replay.
    pub requests: u64,
    /// Their value on the API, USD.
    pub api: Decimal,
    /// The same without cache reads, USD.
    pub fresh: Decimal,
    /// Their uncached input and output tokens.
    pub tokens: u128,
    /// Responses without a price, left out.
    pub unpriced: u64,
    /// Sums of several responses, left out.
    pub sums: u64,
    /// Responses of impossible value, left out.
    pub oversized: u64,
}

impl Coverage {
    /// What something over these days comes to in a month of 365/12 days; exact up to the last
    /// division, which keeps 28 digits.
    pub fn a_month(&self, amount: Decimal) -> Decimal {
        if self.days == 0 {
            return Decimal::ZERO;
        }
        let year = amount.checked_mul(Decimal::from(365)).unwrap_or(Decimal::MAX);
        year / Decimal::from(12 * u64::from(self.days))
    }

    /// How many of the days fall into the calendar month that begins on a day, and how many that
    /// month has.
    fn days_of_month(&self, month: Date) -> (i64, i64) {
        let last_of_month = month.last_of_month();
        let from = self.first.map_or(month, |first| first.max(month));
        let to = self.last.map_or(last_of_month, |last| last.min(last_of_month));
        let days = from.until((jiff::Unit::Day, to)).map_or(0, |span| i64::from(span.get_days()));
        (days.saturating_add(1).max(0), i64::from(month.days_in_month()))
    }

    /// The part of a monthly cap that the days of a calendar month have, in 10^-12 dollars, rounded
    /// down.
    fn part_of_month(&self, cap: Decimal, month: Date) -> u128 {
        let (days, of) = self.days_of_month(month);
        let days = u128::try_from(days).unwrap_or_default();
        let of = u128::try_from(of).unwrap_or(1).max(1);
        amount::wide_units(cap).saturating_mul(days) / of
    }

    /// Whether some calendar month is only partly among the days.
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

/// One plan, or the API, against the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFit {
    /// Its id in the price list; `api` for the API.
    pub id: String,
    /// Its name.
    pub name: String,
    /// USD a month; `None` where it cannot be paid monthly.
    pub fee: Option<Decimal>,
    /// The fewest members it is sold to.
    pub min_members: u64,
    /// Whether more than it carries can be paid for.
    pub can_pay: bool,
    /// Whether the person has it now.
    pub is_now: bool,
    /// What five hours hold; `None` where there is no such limit or nobody knows.
    pub five_hour: Option<Capacity>,
    /// What a week holds; `None` where there is no such limit or nobody knows.
    pub week: Option<Capacity>,
    /// Whether it has a five-hour limit on the last day.
    pub has_five_hour: bool,
    /// Limit hits of the history on this plan or a larger one, in the order of time.
    pub told: Vec<ToldHit>,
    /// The result at each capacity.
    pub outcomes: Range<Outcome>,
}

impl PlanFit {
    /// Whether it is the API.
    pub fn is_api(&self) -> bool {
        self.id == API
    }

    /// Whether anything was limited at all: a plan without a known window carries all for lack of
    /// knowledge.
    pub const fn is_known(&self) -> bool {
        self.five_hour.is_some() || self.week.is_some()
    }
}

/// The id of the API among the plans.
pub const API: &str = "api";

/// The plans that a person can be asked about as the one they had, by their ids in the price list.
pub const NAMEABLE: [&str; 7] =
    ["free", "pro", "max", "ultra", "team_standard", "team_premium", API];

/// The answer by another yardstick, at the likely capacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherYardstick {
    /// Which one.
    pub yardstick: Yardstick,
    /// The ids of the plans that carry everything.
    pub carries: Vec<String>,
    /// The cheapest option that carries or pays for everything.
    pub cheapest: Option<Choice>,
    /// Whether either differs from the answer by the chosen yardstick.
    pub differs: bool,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// What fills a window.
    pub yardstick: Yardstick,
    /// Whose rules held.
    pub rules: Rules,
    /// When weeks began.
    pub reset: WeekReset,
    /// Whether the reset asked for gave way to one that a limit hit told.
    pub reset_overruled: bool,
    /// How much history there is.
    pub coverage: Coverage,
    /// The plans in the list's order, the API last.
    pub plans: Vec<PlanFit>,
    /// Which of the plans the weeks and the calendar are about: the present one, else Pro, else
    /// the first; `None` where the list has no plan with a known window.
    pub reference: Option<usize>,
    /// The cheapest option that carries or pays for everything, so that it never blocks.
    pub cheapest: Range<Option<Choice>>,
    /// The cheapest option that blocks and costs less than that, or may where its hours are not
    /// sure; `None` where there is none.
    pub blocking: Range<Option<Choice>>,
    /// What an hour of interruption must cost for a dearer option to be worth it.
    pub break_evens: Range<Vec<BreakEven>>,
    /// The answers by the other yardsticks.
    pub others: Vec<OtherYardstick>,
    /// The result of the limit hits of the history.
    pub hit_use: HitUse,
    /// Limit hits of a plan's windows at a time for which the API was named as the plan.
    pub hits_on_api: u64,
    /// Limit hits at a time for which no plan is known, of whatever kind.
    pub hits_on_unknown: u64,
    /// The id of the plan that the files name, where the person named another one.
    pub named_otherwise: Option<String>,
    /// A limit hit before the first day that was lifted no earlier than on it: the day of the hit
    /// and the day of the reset. Of several the one that was lifted last.
    pub reaching_in: Option<(Date, Date)>,
    /// Where these and the requests contradict each other.
    pub conflicts: Vec<Conflict>,
    /// Changes of limits that fall into the days and could not be replayed, in words.
    pub unreplayed: Vec<String>,
    /// Days with requests.
    pub days: Vec<Date>,
    /// What an hour of interruption costs, as asked.
    pub hour_value: Option<Decimal>,
    /// The cap on credits a month, as asked.
    pub spend_cap: Option<Decimal>,
}

impl Fit {
    /// Replays a trace. Pure: the same trace and question always give the same answer.
    pub fn new(trace: &Trace, ask: &Ask<'_>) -> Self {
        Solver::new(trace, ask).fit()
    }

    /// The plan the weeks and the calendar are about.
    pub fn reference(&self) -> Option<&PlanFit> {
        self.plans.get(self.reference?)
    }

    /// Limit hits of which nobody said on which plan they were met.
    pub const fn unnamed_hits(&self) -> u64 {
        self.hits_on_api.saturating_add(self.hits_on_unknown)
    }

    /// The plan of a choice.
    pub fn plan_of(&self, choice: Choice) -> Option<&PlanFit> {
        self.plans.get(choice.plan)
    }
}

/// The reset of weeks where nothing tells it: Monday at midnight is assumed.
pub fn assumed_reset() -> WeekReset {
    WeekReset::Wall {
        weekday: jiff::civil::Weekday::Monday,
        time: jiff::civil::Time::midnight(),
        is_set: false,
    }
}

/// The Monday on or before a day, where a row of a calendar begins.
pub fn monday_of(day: Date) -> Date {
    let back = i64::from(jiff::civil::Weekday::Monday.until(day.weekday()));
    day.checked_sub(back.days()).unwrap_or(day)
}

/// Which day a time falls on in a zone.
pub fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned(zone.clone()).date()
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
