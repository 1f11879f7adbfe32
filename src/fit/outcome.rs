//! The outcome of one plan at one capacity.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, Serializer};

use super::amount::usd;
use super::{Coverage, MonthBill, Window, replay};
#[cfg(test)]
use crate::number::json;
use crate::number::{amount, six_places};

/// Requests and their value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tally {
    /// Requests.
    pub requests: u64,
    /// Their value on the API, cache reads included.
    #[serde(with = "amount")]
    #[cfg_attr(test, schemars(with = "json::Usd"))]
    pub usd: Decimal,
}

impl From<replay::Share> for Tally {
    fn from(share: replay::Share) -> Self {
        Self { requests: share.requests, usd: usd(share.api) }
    }
}

/// Time during which requests are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Blocks {
    /// Total.
    pub milliseconds: i64,
    /// Number of blocks; overlapping ones count as one.
    pub count: u64,
    /// The longest block, in milliseconds.
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
    /// Total in hours.
    pub fn hours(&self) -> Decimal {
        hours(self.milliseconds)
    }

    pub fn longest_hours(&self) -> Decimal {
        hours(self.longest)
    }
}

/// Converts milliseconds to hours.
pub(super) fn hours(milliseconds: i64) -> Decimal {
    Decimal::from(milliseconds) / Decimal::from(3_600_000)
}

/// A window that refused requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WindowHit {
    pub window: Window,
    /// When the window opened.
    #[cfg_attr(test, schemars(with = "json::Time"))]
    pub opened: Timestamp,
    /// The first request that it refused.
    #[cfg_attr(test, schemars(with = "json::Time"))]
    pub at: Timestamp,
    /// When it resets.
    #[cfg_attr(test, schemars(with = "json::Time"))]
    pub resets_at: Timestamp,
    /// Requests it refused.
    #[serde(rename = "refused_requests")]
    pub refused: u64,
    /// The session of the first refused request.
    pub session: String,
    /// The project of the first refused request.
    pub project: String,
    /// The project that filled most of the window until then.
    #[serde(rename = "filled_by_project")]
    pub filled_by: String,
    /// The session that did.
    pub filled_by_session: String,
}

/// One week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WeekOutcome {
    /// When it began.
    #[cfg_attr(test, schemars(with = "json::Time"))]
    pub start: Timestamp,
    /// When it ended.
    #[cfg_attr(test, schemars(with = "json::Time"))]
    pub end: Timestamp,
    /// What was asked, carried or not, in the unit of the yardstick.
    #[serde(with = "amount")]
    #[cfg_attr(test, schemars(with = "json::Amount"))]
    pub asked: Decimal,
    /// What a week holds by the rules of its first day; null where nobody knows.
    #[serde(with = "amount::optional")]
    #[cfg_attr(test, schemars(with = "Option<json::Amount>"))]
    pub holds: Option<Decimal>,
    /// What a used-up window refused.
    pub refused: Tally,
    /// What is not part of the plan.
    #[serde(rename = "outside_plan")]
    pub outside: Tally,
    /// Five-hour windows that refused something.
    pub five_hour_hits: u64,
    /// Request classes included in the plan on its first day, one bit each.
    #[serde(skip)]
    pub(super) included: u8,
}

/// One day of a replay, in requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOutcome {
    pub day: Date,
    pub carried: u64,
    /// Refused by a used-up window.
    pub refused: u64,
    /// Not included in the plan.
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
    /// True if some of the hours are an upper bound.
    pub(crate) const fn has_upper(self) -> bool {
        matches!(self, Self::AtMost | Self::Neither)
    }

    /// How sure the hours after these limit hits are. `has_upper` says that some are upper bounds.
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

/// A limit hit that this plan would not have spared, because it holds no more than the one it was
/// met on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ToldHit {
    /// When it was told first.
    #[cfg_attr(test, schemars(with = "json::Time"))]
    pub at: Timestamp,
    /// When it was lifted; null where that was not told or other work went on.
    #[cfg_attr(test, schemars(with = "Option<json::Time>"))]
    pub until: Option<Timestamp>,
    /// The id of the plan that was held.
    pub plan: String,
    /// Why the hours to its reset are in no figure; null where they are counted.
    #[serde(rename = "hours_not_counted")]
    pub uncounted: Option<Uncounted>,
}

/// What a month of 365/12 days costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bill {
    /// The plan's fee.
    #[serde(rename = "fee_usd", with = "amount")]
    #[cfg_attr(test, schemars(with = "json::Usd"))]
    pub fee: Decimal,
    /// Usage credits, bundles considered; for the API all of it.
    #[serde(rename = "overflow_usd", serialize_with = "amount::rounded")]
    #[cfg_attr(test, schemars(with = "json::Usd"))]
    pub overflow: Decimal,
    /// Hours blocked in a month, at most 730.
    #[serde(serialize_with = "amount::rounded")]
    #[cfg_attr(test, schemars(with = "json::Amount"))]
    pub blocked_hours: Decimal,
    /// What these hours cost; null where an hour has no value.
    #[serde(rename = "interruption_usd", serialize_with = "rounded_or_null")]
    #[cfg_attr(test, schemars(with = "Option<json::Usd>"))]
    pub interruption: Option<Decimal>,
    /// Everything together.
    #[serde(rename = "total_usd", serialize_with = "amount::rounded")]
    #[cfg_attr(test, schemars(with = "json::Usd"))]
    pub total: Decimal,
    /// The total with the hours alone that a replay found: less than everything where some hours
    /// only run to the reset of a limit hit.
    #[serde(rename = "least_total_usd", serialize_with = "amount::rounded")]
    #[cfg_attr(test, schemars(with = "json::Usd"))]
    pub least: Decimal,
    pub hours_are: Bound,
    /// Whether nothing was refused that was not paid for, and no limit hit was met.
    pub never_blocks: bool,
    /// Whether what is refused gets done later: nothing of it is outside of the plan altogether.
    #[serde(rename = "serves_everything")]
    pub is_servable: bool,
    /// Whether the logs tell of limit hits on this plan or a larger one: then hours of waiting are
    /// at most so many, and paying costs at least so much.
    #[serde(rename = "limit_hits_met")]
    pub was_hit: bool,
}

#[expect(clippy::ref_option, reason = "serde gives the field")]
fn rounded_or_null<S: Serializer>(usd: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    amount::optional::serialize(&usd.map(six_places), serializer)
}

/// Hours of a month of 365/12 days.
const MONTH_HOURS: Decimal = Decimal::from_parts(730, 0, 0, false, 0);

impl Bill {
    /// The bill of a month. `sure` is the time blocked that a replay found. Returns `None` if a
    /// decimal overflows.
    pub(super) fn new(
        coverage: &Coverage,
        fee: Decimal,
        cash: Decimal,
        cap: Option<Decimal>,
        (blocks, sure): (&Blocks, Decimal),
        hour_value: Option<Decimal>,
    ) -> Option<Self> {
        let overflow = coverage.a_month(cash);
        // A short month is scaled up to more days than it has; the result must not exceed the cap.
        let overflow = cap.map_or(overflow, |cap| overflow.min(cap));
        // The day when clocks go back has 25 hours.
        let a_month = |hours| coverage.a_month(hours).min(MONTH_HOURS);
        let (blocked_hours, sure) = (a_month(blocks.hours()), a_month(sure));
        let (interruption, surely) = match hour_value {
            Some(value) => (Some(blocked_hours.checked_mul(value)?), sure.checked_mul(value)?),
            None => (None, Decimal::ZERO),
        };
        let paid = fee.checked_add(overflow)?;
        let total = paid.checked_add(interruption.unwrap_or_default())?;
        Some(Self {
            fee,
            overflow,
            blocked_hours,
            interruption,
            total,
            least: paid.checked_add(surely)?,
            hours_are: Bound::Replayed,
            never_blocks: false,
            is_servable: true,
            was_hit: false,
        })
    }

    /// True if this is certainly less than another total. It is not certain if interruptions have a
    /// price and some of their hours are not counted, or if the total is less only when the hours
    /// are fewer.
    pub fn is_surely_below(&self, total: Decimal) -> bool {
        let is_bound = matches!(self.hours_are, Bound::Replayed | Bound::AtMost);
        self.total < total && (is_bound || self.interruption.is_none())
    }

    /// What one pays, without the cost of interruptions.
    pub fn paid(&self) -> Decimal {
        self.fee + self.overflow
    }
}

/// The result for one plan at one capacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub carried: Tally,
    /// Refused by a used-up window.
    pub refused: Tally,
    /// Not included in the plan.
    pub outside: Tally,
    /// Paid for, if one pays.
    pub paid: Tally,
    /// Blocked by a cap, if one pays.
    pub unpaid: Tally,
    /// Limit hits of the history on this plan or a larger one; the same at every capacity.
    pub told: u64,
    /// Hours blocked, if one waits, including those to the resets of `told` hits.
    pub waiting: Blocks,
    /// Milliseconds of `waiting` based only on `told` hits. This is an upper bound, because the
    /// logs do not show whether the person would have sent requests.
    pub at_most: i64,
    /// How sure the hours of `waiting` are.
    pub hours_are: Bound,
    /// Hours blocked by a cap, if one pays.
    pub capped: Blocks,
    /// Windows that were hit, in order of time.
    pub hits: Vec<WindowHit>,
    pub weeks: Vec<WeekOutcome>,
    /// Days with requests.
    pub days: Vec<DayOutcome>,
    /// Usage credits of each month with any.
    pub months: Vec<MonthBill>,
    /// Monthly cost if one waits; `None` for the API and for plans without a monthly fee.
    pub wait: Option<Bill>,
    /// Monthly cost if one pays; `None` if one cannot.
    pub pay: Option<Bill>,
}

impl Outcome {
    /// True if the plan carried everything: no request was refused or outside the plan, and the
    /// person hit no limit on it.
    pub const fn fits(&self) -> bool {
        self.refused.requests == 0 && self.outside.requests == 0 && self.told == 0
    }

    /// [`Self::at_most`] in hours.
    pub fn at_most_hours(&self) -> Decimal {
        hours(self.at_most)
    }

    /// The number of hits of a kind of window.
    pub fn hits_of(&self, window: Window) -> usize {
        self.hits.iter().filter(|hit| hit.window == window).count()
    }
}
