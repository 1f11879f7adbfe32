//! A summary of a replay: small enough to keep in a report, complete enough to show again.
//! [`crate::words::fit`] words it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::terms::amounts;
use super::{
    Bound, Fit, Level, Outcome, PlanFit, Range, Reasons, Trace, Verdict, WeekOutcome, Window,
    Yardstick,
};
#[cfg(test)]
use crate::number::json;
use crate::number::json::WholePercent;
use crate::number::{amount, day, six_places};
#[cfg(test)]
use crate::text::node::Line;
use crate::text::node::{Scalar, line, line_or_none, scalar};

/// A week touches at most eight calendar days.
const MOST_DAYS: usize = 8;

/// A summary of a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// First day of the history.
    pub from: Date,
    /// Last day of the history.
    pub to: Date,
    /// Days from the first to the last, both included; at least 1.
    pub days: u32,
    /// Requests replayed, at least 1.
    pub requests: u64,
    pub account: Account,
    /// In the list's order, the API last.
    pub plans: Vec<PlanDigest>,
    /// The week in which the most did not fit, else the fullest one; `None` if no plan has a known
    /// window.
    pub week: Option<WeekDigest>,
    /// Limit hits on an unknown plan; no plan's verdict counts them.
    pub unnamed_hits: u64,
    /// Cost of an hour of interruption, USD; `None` if the person gave none.
    pub hour_value: Option<Decimal>,
    /// True if the person said which plan they had. Otherwise the plan is from the logs, or unknown.
    pub is_declared: bool,
}

/// What was found, and what that rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Account {
    Reasons(Reasons),
    /// As version 0.1.0 wrote it; nothing once it was saved again.
    Written(Sentences),
}

/// Sentences about a replay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentences {
    /// The answer, the most important sentence first.
    pub answer: Vec<String>,
    /// Assumed capacities, with the source.
    pub holds: Vec<String>,
    pub assumptions: Vec<String>,
    pub doubts: Vec<String>,
}

/// The result for one plan, or for the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlanDigest {
    /// Id in the price list; `api` for the API.
    #[serde(deserialize_with = "line")]
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub id: String,
    /// Its name.
    #[serde(deserialize_with = "line")]
    #[cfg_attr(test, schemars(with = "Line"))]
    pub name: String,
    /// USD a month; null if it cannot be paid monthly.
    #[serde(rename = "fee_usd", default, with = "amount::optional")]
    #[cfg_attr(test, schemars(with = "Option<json::Usd>"))]
    pub fee: Option<Decimal>,
    /// True if the person has it now. Files store this on the digest.
    #[serde(skip)]
    pub is_now: bool,
    /// Whether it carries everything.
    #[serde(rename = "carries_it")]
    pub carries: Verdict,
    /// Limit hits of the history on this plan or a larger one.
    #[serde(rename = "limit_hits", default)]
    pub told_hits: u64,
    /// How much of the work the plan includes.
    #[serde(rename = "part_of_plan", default)]
    pub part: Part,
    /// The result at each capacity, which is an estimate.
    #[serde(rename = "at_capacity")]
    pub at: Range<LevelDigest>,
}

/// The result for one plan at one capacity; amounts and hours to six places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelDigest {
    /// Five-hour windows that refused a request.
    pub five_hour_hits: u64,
    /// Weeks that refused a request, Fable's half of a week included.
    pub week_hits: u64,
    /// Hours blocked over all days, if one waits.
    #[serde(default, with = "amount")]
    #[cfg_attr(test, schemars(with = "json::Amount"))]
    pub blocked_hours: Decimal,
    /// The longest block, in hours.
    #[serde(default, with = "amount")]
    #[cfg_attr(test, schemars(with = "json::Amount"))]
    pub longest_hours: Decimal,
    /// Hours blocked in a month of 365/12 days, if one waits; null if an hour has no value, for the
    /// API, and for plans without a monthly fee.
    #[serde(rename = "blocked_hours_a_month", default, with = "amount::optional")]
    #[cfg_attr(test, schemars(with = "Option<json::Amount>"))]
    pub blocked_a_month: Option<Decimal>,
    /// The cost of these hours, USD; null under the same conditions.
    #[serde(rename = "interruption_usd", default, with = "amount::optional")]
    #[cfg_attr(test, schemars(with = "Option<json::Usd>"))]
    pub interruption: Option<Decimal>,
    /// USD a month for what does not fit, if one pays; null if one cannot.
    #[serde(rename = "overflow_usd", default, with = "amount::optional")]
    #[cfg_attr(test, schemars(with = "Option<json::Usd>"))]
    pub overflow: Option<Decimal>,
    /// USD a month including the fee, if one pays; null if one cannot.
    #[serde(rename = "paying_usd", default, with = "amount::optional")]
    #[cfg_attr(test, schemars(with = "Option<json::Usd>"))]
    pub paying: Option<Decimal>,
    #[serde(default)]
    pub hours_are: Bound,
    /// Requests blocked by a cap even if one pays.
    #[serde(rename = "unpaid_requests", default)]
    pub unpaid: u64,
    /// Hours blocked over all days, if one pays.
    #[serde(rename = "paying_blocked_hours", default, with = "amount")]
    #[cfg_attr(test, schemars(with = "json::Amount"))]
    pub unpaid_hours: Decimal,
    /// What the plan refused of the requests' value on the API, cache reads included, where one
    /// waits: in whole percent, half to even, and above 0 at least 1. Requests outside the plan
    /// count as refused, those without a price are left out. Missing for the API, where nobody knows
    /// what the plan holds, where nothing has a value, and in older files.
    #[serde(
        default,
        deserialize_with = "percent_or_none",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(test, schemars(with = "Option<WholePercent>"))]
    pub refused_pct: Option<u8>,
}

fn percent_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    Ok(Some(WholePercent::deserialize(deserializer)?.0))
}

/// A share that is not 0 is at least 1 %.
fn refused_pct(plan: &PlanFit, outcome: &Outcome) -> Option<u8> {
    if plan.is_api() || !plan.is_known() {
        return None;
    }
    let refused = outcome.refused.usd + outcome.outside.usd;
    let share = refused.checked_mul(Decimal::ONE_HUNDRED)?;
    let share = share.checked_div(refused + outcome.carried.usd)?.round();
    let least = if refused.is_zero() { Decimal::ZERO } else { Decimal::ONE };
    u8::try_from(share.max(least)).ok()
}

/// How much of the work a plan includes, regardless of what its windows hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "PartOfPlan"))]
pub enum Part {
    /// Everything.
    #[default]
    All,
    /// Some of it.
    Some,
    /// None of it.
    Nothing,
}

impl Part {
    /// The part of the work that a plan includes; the API serves everything.
    fn of(plan: &PlanFit) -> Self {
        let outcome = &plan.outcomes.likely;
        let inside = outcome.carried.requests.saturating_add(outcome.refused.requests);
        match (plan.is_api(), outcome.outside.requests, inside) {
            (true, ..) | (_, 0, _) => Self::All,
            (_, _, 0) => Self::Nothing,
            _ => Self::Some,
        }
    }
}

/// One week, hour by hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WeekDigest {
    /// Name of the plan whose windows are shown.
    #[serde(deserialize_with = "line")]
    #[cfg_attr(test, schemars(with = "Line"))]
    pub plan: String,
    /// Which window.
    #[serde(default = "five_hours")]
    #[cfg_attr(test, schemars(extend("enum" = ["five_hour", "week"])))]
    pub window: Window,
    /// What that window holds and what was asked of it; not in older files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amounts: Option<WeekAmounts>,
    /// What that window holds now, in words; only in older files.
    #[serde(rename = "holds", default, deserialize_with = "line_or_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<Line>"))]
    pub written_holds: Option<String>,
    /// What was asked in the week, in words; only in older files.
    #[serde(rename = "asked", default, deserialize_with = "line_or_none")]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<Line>"))]
    pub written_asked: Option<String>,
    /// Calendar days of the week in the person's zone, 24 hours each.
    #[serde(default, serialize_with = "write_days", deserialize_with = "read_days")]
    #[cfg_attr(test, schemars(with = "Vec<DayLetters>", length(max = 8)))]
    pub days: Vec<DayMarks>,
}

/// What a window holds and what was asked of it in a week, in dollars or tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WeekAmounts {
    /// What fills the window: it decides the unit.
    pub yardstick: Yardstick,
    /// What the window holds now, an estimate.
    #[serde(rename = "window_holds", with = "amounts")]
    #[cfg_attr(test, schemars(with = "Range<json::Amount>"))]
    pub holds: Range<Decimal>,
    /// What was asked in the week.
    #[serde(with = "amount")]
    #[cfg_attr(test, schemars(with = "json::Amount"))]
    pub asked: Decimal,
}

const fn five_hours() -> Window {
    Window::FiveHour
}

/// A calendar day and its 24 hours.
pub type DayMarks = (Date, [Mark; 24]);

/// One day, with one letter for each hour.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct DayLetters {
    /// The day.
    #[serde(deserialize_with = "day")]
    #[cfg_attr(test, schemars(with = "json::Day"))]
    day: Date,
    /// A letter for each hour: blank another week, '.' no use, and of its last request 'o' carried
    /// at any capacity, '+' refused at the low one, '#' at the likely one too, '@' at any; '!' an
    /// hour in which a limit was really hit.
    #[serde(serialize_with = "letters", deserialize_with = "marks")]
    #[cfg_attr(test, schemars(with = "String", extend("pattern" = "^[ .o+#@!]{24}$")))]
    hours: [Mark; 24],
}

fn write_days<S: Serializer>(days: &[DayMarks], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(days.iter().map(|&(day, hours)| DayLetters { day, hours }))
}

fn read_days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<DayMarks>, D::Error> {
    let days = Vec::<DayLetters>::deserialize(deserializer)?;
    Ok(days.into_iter().take(MOST_DAYS).map(|DayLetters { day, hours }| (day, hours)).collect())
}

fn letters<S: Serializer>(hours: &[Mark; 24], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&hours.iter().map(|mark| mark.letter()).collect::<String>())
}

fn marks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[Mark; 24], D::Error> {
    let expected = "24 letters in quotes, each a blank or one of . o + # @ !";
    scalar(deserializer, expected, |given| match given {
        Scalar::Text(letters) => {
            let marks: Option<Vec<Mark>> = letters.chars().map(Mark::of_letter).collect();
            marks?.try_into().ok()
        }
        Scalar::Whole(_) => None,
    })
}

/// How full a window was when the last request of an hour began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Mark {
    /// The hour belongs to another week.
    #[default]
    Outside,
    /// No requests.
    Idle,
    /// Not used up at the low capacity.
    Within,
    /// Used up at the low capacity, not at the likely one.
    OverLow,
    /// Used up at the likely capacity, not at the high one.
    OverLikely,
    /// Used up at the high capacity.
    OverHigh,
    /// The person hit a limit in this hour, on this plan or on a larger one, whatever the replay
    /// shows.
    Hit,
}

impl Mark {
    /// All marks, the emptiest first.
    pub const ALL: [Self; 7] = [
        Self::Outside,
        Self::Idle,
        Self::Within,
        Self::OverLow,
        Self::OverLikely,
        Self::OverHigh,
        Self::Hit,
    ];

    /// The letter on screen and in JSON, pure ASCII.
    pub const fn letter(self) -> char {
        match self {
            Self::Outside => ' ',
            Self::Idle => '.',
            Self::Within => 'o',
            Self::OverLow => '+',
            Self::OverLikely => '#',
            Self::OverHigh => '@',
            Self::Hit => '!',
        }
    }

    /// The mark with this letter.
    pub fn of_letter(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.letter() == letter)
    }

    /// The mark for this capacity and the usage when a request began. Usage equal to the capacity
    /// counts as used up.
    fn of(asked: Decimal, holds: &Range<Decimal>) -> Self {
        match asked {
            asked if asked >= holds.high => Self::OverHigh,
            asked if asked >= holds.likely => Self::OverLikely,
            asked if asked >= holds.low => Self::OverLow,
            _ => Self::Within,
        }
    }
}

impl PlanDigest {
    pub fn of(plan: &PlanFit) -> Self {
        let at = |level| {
            let outcome = plan.outcomes.at(level);
            let hits = |window| outcome.hits_of(window) as u64;
            LevelDigest {
                five_hour_hits: hits(Window::FiveHour),
                week_hits: hits(Window::Week).saturating_add(hits(Window::FableWeek)),
                blocked_hours: six_places(outcome.waiting.hours()),
                longest_hours: six_places(outcome.waiting.longest_hours()),
                blocked_a_month: outcome
                    .wait
                    .filter(|bill| bill.interruption.is_some())
                    .map(|bill| six_places(bill.blocked_hours)),
                interruption: outcome.wait.and_then(|bill| bill.interruption).map(six_places),
                overflow: outcome.pay.map(|bill| six_places(bill.overflow)),
                paying: outcome.pay.map(|bill| six_places(bill.paid())),
                hours_are: outcome.hours_are,
                unpaid: outcome.pay.map_or(0, |_| outcome.unpaid.requests),
                unpaid_hours: six_places(
                    outcome.pay.map_or(Decimal::ZERO, |_| outcome.capped.hours()),
                ),
                refused_pct: refused_pct(plan, outcome),
            }
        };
        Self {
            id: plan.id.clone(),
            name: plan.name.clone(),
            fee: plan.fee,
            is_now: plan.is_now,
            carries: Verdict::of(plan),
            told_hits: plan.outcomes.likely.told,
            part: Part::of(plan),
            at: Range::of_levels(at),
        }
    }
}

impl LevelDigest {
    /// Windows of any kind that refused a request.
    pub const fn hits(&self) -> u64 {
        self.five_hour_hits.saturating_add(self.week_hits)
    }
}

impl Digest {
    /// The digest of a replay. `None` if there was nothing to replay.
    pub fn of(fit: &Fit, trace: &Trace, zone: &TimeZone) -> Option<Self> {
        let coverage = &fit.coverage;
        Some(Self {
            from: coverage.first?,
            to: coverage.last?,
            days: coverage.days,
            requests: coverage.requests,
            account: Account::Reasons(fit.reasons()),
            plans: fit.plans.iter().map(PlanDigest::of).collect(),
            week: fit.reference().and_then(|plan| WeekDigest::of(fit, trace, plan, zone)),
            unnamed_hits: fit.unnamed_hits(),
            hour_value: fit.hour_value,
            is_declared: false,
        })
    }

    /// The digest as a file keeps it: sentences of older files are not written again.
    #[must_use]
    pub fn kept(&self) -> Self {
        let mut kept = self.clone();
        if let Account::Written(sentences) = &mut kept.account {
            *sentences = Sentences::default();
        }
        if let Some(week) = &mut kept.week {
            (week.written_holds, week.written_asked) = (None, None);
        }
        kept
    }

    /// The plan the person has; `None` if unknown.
    pub fn plan_now(&self) -> Option<&PlanDigest> {
        self.plans.iter().find(|plan| plan.is_now)
    }

    /// The plan for questions about limits: the one the person has, else Pro.
    pub fn plan_asked_about(&self) -> Option<&PlanDigest> {
        self.plan_now().or_else(|| self.plan("pro"))
    }

    pub fn plan(&self, id: &str) -> Option<&PlanDigest> {
        self.plans.iter().find(|plan| plan.id == id)
    }
}

impl WeekDigest {
    fn of(fit: &Fit, trace: &Trace, plan: &PlanFit, zone: &TimeZone) -> Option<Self> {
        let week = worst_week(plan)?;
        let (window, days) = hours_of(fit, trace, plan, week, zone)?;
        let capacity = if window == Window::FiveHour { &plan.five_hour } else { &plan.week };
        Some(Self {
            plan: plan.name.clone(),
            window,
            amounts: Some(WeekAmounts {
                yardstick: fit.yardstick,
                holds: capacity.as_ref()?.now.map(six_places),
                asked: six_places(week.asked),
            }),
            written_holds: None,
            written_asked: None,
            days,
        })
    }
}

/// The week of a plan in which the most did not fit at the likely capacity, else the fullest one.
pub fn worst_week(plan: &PlanFit) -> Option<&WeekOutcome> {
    let weeks = plan.outcomes.at(Level::Likely).weeks.iter();
    weeks.max_by_key(|week| (week.refused.usd, week.asked, std::cmp::Reverse(week.start)))
}

/// The hours of one week of a plan, by the calendar of a zone. Each shows how full the five-hour
/// window was when the last request of the hour began, and real limit hits. Plans without a
/// five-hour window show the week instead. Compares with current capacities. Returns `None` if the
/// capacity is unknown or the plan includes nothing of the week.
pub fn hours_of(
    fit: &Fit,
    trace: &Trace,
    plan: &PlanFit,
    week: &WeekOutcome,
    zone: &TimeZone,
) -> Option<(Window, Vec<DayMarks>)> {
    let (window, capacity) = match (&plan.five_hour, &plan.week) {
        (Some(five), _) => (Window::FiveHour, five),
        (None, Some(week)) => (Window::Week, week),
        (None, None) => return None,
    };
    let filled = trace.filled_by_hour(week.start, week.end, window, fit.yardstick, week.included);
    if filled.iter().all(Option::is_none) {
        return None;
    }
    let mut days: Vec<DayMarks> = Vec::new();
    let mut at: Timestamp = week.start;
    for filled in filled {
        let ends = at.checked_add(1.hour()).ok()?;
        let mark = if plan.told.iter().any(|hit| (at..ends).contains(&hit.at)) {
            Mark::Hit
        } else {
            filled.map_or(Mark::Idle, |filled| Mark::of(filled, &capacity.now))
        };
        let local = at.to_zoned(zone.clone());
        let (day, hour) = (local.date(), usize::try_from(local.hour()).unwrap_or_default());
        if days.last().is_none_or(|(last, _)| *last != day) {
            days.push((day, [Mark::Outside; 24]));
        }
        // If the clock shows an hour twice, the fuller mark wins.
        let cell = days.last_mut().and_then(|(_, hours)| hours.get_mut(hour));
        if let Some(cell) = cell {
            *cell = mark.max(*cell);
        }
        at = ends;
    }
    Some((window, days))
}
