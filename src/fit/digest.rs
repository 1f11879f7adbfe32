//! What a replay says in few figures: small enough to be kept in a report and to be handed around,
//! and enough to show it again. The sentences in it are those of [`crate::words::fit`].

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Bound, Fit, Level, PlanFit, Range, Trace, Verdict, WeekOutcome, Window};
use crate::number::{amount, day, six_places};
use crate::text::node::{Scalar, line, scalar};

/// A week touches at most eight calendar days.
const MOST_DAYS: usize = 8;

/// What a replay says in few figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The first day of the history.
    pub from: Date,
    /// The last day of the history.
    pub to: Date,
    /// Days from the first to the last, both counted; at least 1.
    pub days: u32,
    /// Requests that were replayed, at least 1.
    pub requests: u64,
    /// The answer in a few sentences, the most important one first.
    pub answer: Vec<String>,
    /// The plans in the list's order, the API last.
    pub plans: Vec<PlanDigest>,
    /// The week in which most did not fit, else the fullest one; `None` where no plan has a known
    /// window.
    pub week: Option<WeekDigest>,
    /// What the windows are taken to hold, one sentence each, with the source.
    pub holds: Vec<String>,
    /// What the replay takes for granted, one sentence each.
    pub assumptions: Vec<String>,
    /// Why to trust it less, one sentence each.
    pub doubts: Vec<String>,
    /// Limit hits of which nobody said on which plan they were met: no plan's verdict counts them.
    pub unnamed_hits: u64,
    /// What an hour of interruption costs, USD; `None` where the person did not say.
    pub hour_value: Option<Decimal>,
    /// Whether the person said which plan they had; otherwise the logs told it, or nobody did.
    pub is_declared: bool,
}

/// The result of one plan, or of the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanDigest {
    /// Its id in the price list; `api` for the API.
    #[serde(deserialize_with = "line")]
    pub id: String,
    /// Its name.
    #[serde(deserialize_with = "line")]
    pub name: String,
    /// USD a month; `None` where it cannot be paid monthly.
    #[serde(rename = "fee_usd", default, with = "amount::optional")]
    pub fee: Option<Decimal>,
    /// Whether the person has it now; in files the digest says it.
    #[serde(skip)]
    pub is_now: bool,
    /// Whether it carries everything.
    #[serde(rename = "carries_it")]
    pub carries: Verdict,
    /// Limit hits that the history tells of, on this plan or a larger one.
    #[serde(rename = "limit_hits", default)]
    pub told_hits: u64,
    /// How much of the work is part of it.
    #[serde(rename = "part_of_plan", default)]
    pub part: Part,
    /// The result at each capacity.
    #[serde(rename = "at_capacity")]
    pub at: Range<LevelDigest>,
}

/// The result of one plan at one capacity; amounts and hours to six places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LevelDigest {
    /// Five-hour windows that refused something.
    pub five_hour_hits: u64,
    /// Weeks that refused something, Fable's half of a week included.
    pub week_hits: u64,
    /// Hours blocked in all of the days, where one waits.
    #[serde(default, with = "amount")]
    pub blocked_hours: Decimal,
    /// The longest of them.
    #[serde(default, with = "amount")]
    pub longest_hours: Decimal,
    /// Hours blocked in a month of 365/12 days, where one waits; `None` where an hour was given no
    /// value or there is nothing to wait for.
    #[serde(rename = "blocked_hours_a_month", default, with = "amount::optional")]
    pub blocked_a_month: Option<Decimal>,
    /// What they cost, USD; `None` like they.
    #[serde(rename = "interruption_usd", default, with = "amount::optional")]
    pub interruption: Option<Decimal>,
    /// USD a month for what does not fit, where one pays; `None` where one cannot.
    #[serde(rename = "overflow_usd", default, with = "amount::optional")]
    pub overflow: Option<Decimal>,
    /// USD a month with the fee, where one pays; `None` where one cannot.
    #[serde(rename = "paying_usd", default, with = "amount::optional")]
    pub paying: Option<Decimal>,
    /// How sure the blocked hours are.
    #[serde(default)]
    pub hours_are: Bound,
    /// Requests that not even paying serves, because of a cap.
    #[serde(rename = "unpaid_requests", default)]
    pub unpaid: u64,
    /// Hours blocked in all of the days, where one pays.
    #[serde(rename = "paying_blocked_hours", default, with = "amount")]
    pub unpaid_hours: Decimal,
}

/// How much of the work is part of a plan, whatever its windows hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// All of it.
    #[default]
    All,
    /// Some of it.
    Some,
    /// Nothing of it.
    Nothing,
}

impl Part {
    /// How much of the work is part of a plan; the API serves everything.
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
pub struct WeekDigest {
    /// The name of the plan whose windows it is held against.
    #[serde(deserialize_with = "line")]
    pub plan: String,
    /// Which of its windows.
    #[serde(default = "five_hours")]
    pub window: Window,
    /// What that window holds now, in words: `$4.50 to $21.00, likely $12.00`.
    #[serde(deserialize_with = "line")]
    pub holds: String,
    /// What was asked in the week, in words.
    #[serde(deserialize_with = "line")]
    pub asked: String,
    /// The calendar days of the week in the person's zone, each with its 24 hours.
    #[serde(default, serialize_with = "write_days", deserialize_with = "read_days")]
    pub days: Vec<DayMarks>,
}

const fn five_hours() -> Window {
    Window::FiveHour
}

/// A calendar day and its 24 hours.
pub type DayMarks = (Date, [Mark; 24]);

/// A day in files: its hours are a letter each.
#[derive(Serialize, Deserialize)]
struct DayLetters {
    #[serde(deserialize_with = "day")]
    day: Date,
    #[serde(serialize_with = "letters", deserialize_with = "marks")]
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
    /// Nothing was asked in it.
    Idle,
    /// Not used up at the low capacity.
    Within,
    /// Used up at the low capacity, not at the likely one.
    OverLow,
    /// Used up at the likely capacity, not at the high one.
    OverLikely,
    /// Used up at the high capacity.
    OverHigh,
    /// The person met a limit in this hour, on this plan or on a larger one, whatever the replay
    /// says of it.
    Hit,
}

impl Mark {
    /// Every mark, the emptiest first.
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

    /// The mark of a window that holds this much and had been asked for so much when a request
    /// began: at what it holds it is used up.
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
    /// The figures of one plan.
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
    /// Windows of any kind that refused something.
    pub const fn hits(&self) -> u64 {
        self.five_hour_hits.saturating_add(self.week_hits)
    }
}

impl Digest {
    /// The plan the person has; `None` where nobody told it.
    pub fn plan_now(&self) -> Option<&PlanDigest> {
        self.plans.iter().find(|plan| plan.is_now)
    }

    /// The plan that questions about limits are about: the one the person has, else Pro.
    pub fn plan_asked_about(&self) -> Option<&PlanDigest> {
        self.plan_now().or_else(|| self.plan("pro"))
    }

    /// The plan with this id.
    pub fn plan(&self, id: &str) -> Option<&PlanDigest> {
        self.plans.iter().find(|plan| plan.id == id)
    }
}

/// The week of a plan in which most did not fit at the likely capacity, else the fullest one.
pub fn worst_week(plan: &PlanFit) -> Option<&WeekOutcome> {
    let weeks = plan.outcomes.at(Level::Likely).weeks.iter();
    weeks.max_by_key(|week| (week.refused.usd, week.asked, std::cmp::Reverse(week.start)))
}

/// The hours of a week of a plan, by the calendar of a zone: how full its five-hour window was when
/// the last request of each hour began, or its week where it has no other window, and in which of
/// them a limit was really hit. Held against what
/// these windows hold now. `None` where nobody knows what they hold, and where nothing of the week
/// is part of the plan.
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
        // The hour that a clock shows twice has the fuller mark.
        let cell = days.last_mut().and_then(|(_, hours)| hours.get_mut(hour));
        if let Some(cell) = cell {
            *cell = mark.max(*cell);
        }
        at = ends;
    }
    Some((window, days))
}
