//! What `planwise fit --format json` writes.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::{LimitHit, PriceList};
use crate::catalog::Catalog;
use crate::fit::simulate::{self, Stopped};
use crate::fit::{
    self, Bill, Bound, Capacity, Conflict, Coverage, Fit, HitUse, PlanDigest, PlanFit, Policy,
    Range, Rules, Tally, ToldHit, Trace, Verdict, WeekOutcome, WindowHit, Yardstick,
};
use crate::number::json::{Amount, Day, Time, Usd};
use crate::words::fit::{self as words, MarkedDay};
use crate::words::zone_name;

/// Which plan would have carried it, as 'planwise fit --format json' writes it. Times are RFC 3339
/// in UTC; money and hours are decimals in quotes. What a window holds is an estimate throughout.
/// Later versions may add fields.
#[derive(Serialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "planwise fit"))]
pub(crate) enum Document<'a> {
    Replay(Box<Replay<'a>>),
    Simulated(Simulated<'a>),
}

/// A replay of real usage.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("not" = { "required": ["simulated"] })))]
pub(crate) struct Replay<'a> {
    /// The zone of days, months and weeks.
    #[cfg_attr(test, schemars(length(min = 1)))]
    timezone: String,
    catalog: PriceList,
    yardstick: Yardstick,
    unit: Unit,
    rules: Rules,
    week_reset: WeekReset,
    /// What an hour of interruption costs, as asked; null where it has no value.
    hour_value_usd: Option<Usd>,
    /// The cap on usage credits, or on API use, a calendar month, as asked: at API prices, so that
    /// what is paid for credits can be less where bundles are cheaper. Null without one.
    spend_cap_usd: Option<Usd>,
    coverage: &'a Coverage,
    /// The answer in sentences, the most important one first.
    answer: Vec<String>,
    /// The plans in the order of the price list, the API last.
    plans: Vec<Plan<'a>>,
    /// The cheapest option that carries or pays for everything, so that it never blocks; null where
    /// there is none.
    cheapest: Range<Option<Choice<'a>>>,
    /// The cheapest option that blocks and costs less than that, or may where its hours are not
    /// sure; null where there is none.
    cheaper_that_blocks: Range<Option<Choice<'a>>>,
    /// What an hour of interruption must cost.
    break_evens: Range<Vec<BreakEven<'a>>>,
    /// The answers by the other yardsticks, at the likely capacity.
    other_yardsticks: Vec<OtherYardstick<'a>>,
    limit_hits: LimitHits<'a>,
    /// The days of one plan at the likely capacity: the one the person has, else Pro; null where no
    /// plan has a known window.
    calendar: Option<Calendar<'a>>,
    /// Days with requests.
    days_with_requests: Vec<Day>,
    /// What the replay takes for granted.
    assumptions: Vec<String>,
    /// Why to trust it less.
    doubts: Vec<String>,
}

/// The unit of the yardstick.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
enum Unit {
    Usd,
    Tokens,
}

/// When weeks began.
#[derive(Serialize)]
#[serde(tag = "from", rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
enum WeekReset {
    /// A weekly limit hit told it.
    LimitHit {
        /// The reset that was told.
        at: Time,
    },
    /// By the clock on the wall, as asked.
    Flag {
        weekday: ShortWeekday,
        /// The time of the day.
        #[cfg_attr(test, schemars(extend("pattern" = "^[0-9]{2}:[0-9]{2}$")))]
        time: String,
    },
    /// By the clock on the wall, as assumed.
    Assumed {
        weekday: ShortWeekday,
        /// The time of the day.
        #[cfg_attr(test, schemars(extend("pattern" = "^[0-9]{2}:[0-9]{2}$")))]
        time: String,
    },
}

/// The day of the week.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
enum ShortWeekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// One plan, or the API.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Plan<'a> {
    /// Its id in the price list; 'api' for the API.
    id: &'a str,
    /// Its name.
    name: &'a str,
    /// A month; null where it cannot be paid monthly.
    fee_usd: Option<Usd>,
    /// The fewest members it is sold to.
    min_members: u64,
    /// Whether the person has it now.
    is_now: bool,
    /// Whether more than it carries can be paid for.
    can_pay_for_more: bool,
    /// Whether it has a five-hour limit on the last day.
    has_five_hour_limit: bool,
    carries_it: Verdict,
    /// Limit hits that the logs tell of, on this plan or a larger one: it did not carry everything.
    limit_hits_met: &'a [ToldHit],
    /// What five hours hold; null where there is no such limit or nobody knows.
    five_hours_hold: Option<&'a Capacity>,
    /// What a week holds; null where there is no such limit or nobody knows.
    a_week_holds: Option<&'a Capacity>,
    /// The result at each capacity.
    at_capacity: Range<Outcome<'a>>,
}

/// The result of a plan at one capacity.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Outcome<'a> {
    /// Whether the plan carried everything.
    fits: bool,
    /// Carried by the plan.
    carried: Tally,
    /// Refused because a window was used up.
    refused: Tally,
    /// Not part of the plan.
    outside_plan: Tally,
    waiting: Waiting,
    paying: Paying,
    /// Windows that were used up, in the order of time.
    hits: &'a [WindowHit],
    /// Week by week.
    weeks: &'a [WeekOutcome],
}

/// If one waits for each reset.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Waiting {
    /// How long, where one waits.
    blocked: Blocks,
    /// Hours among them that only limit hits of the logs speak for: at most so many.
    hours_only_to_resets_of_limit_hits: Amount,
    /// What a month costs; null where that cannot be said or done.
    month: Option<Bill>,
}

/// If one pays for what does not fit.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Paying {
    /// Paid for.
    paid: Tally,
    /// Not even paid for.
    unpaid: Tally,
    /// How long a spending cap blocks.
    blocked: Blocks,
    /// What a month costs; null where that cannot be said or done.
    month: Option<Bill>,
    /// Months with usage credits.
    usage_credits: Vec<CreditMonth>,
}

/// One month with usage credits.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CreditMonth {
    /// The calendar month.
    #[cfg_attr(test, schemars(extend("pattern" = "^-?[0-9]{4,6}-[0-9]{2}$")))]
    month: String,
    /// Usage credits used.
    usage_credits_usd: Usd,
    /// What was paid for them, bundles considered.
    paid_usd: Usd,
}

/// How long requests were refused, in all of the days.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Blocks {
    /// Hours of all of them.
    hours: Amount,
    /// How many; those that overlap are one.
    count: u64,
    /// Hours of the longest.
    longest_hours: Amount,
}

/// A plan and what one does.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Choice<'a> {
    /// The id of the plan; 'api' for the API.
    plan: Option<&'a str>,
    policy: Policy,
}

/// What an hour of interruption must cost for the dearer of two options to be worth it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct BreakEven<'a> {
    /// The cheaper option, which blocks.
    from: Choice<'a>,
    /// The dearer option, which blocks less.
    to: Choice<'a>,
    /// What an hour of interruption must cost for the dearer option to be worth it.
    usd_per_hour: Usd,
    hours_are: Bound,
}

/// The answer by another yardstick.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OtherYardstick<'a> {
    yardstick: Yardstick,
    /// The ids of the plans that carry everything.
    carries: &'a [String],
    /// The cheapest option that carries or pays for everything; null where there is none.
    cheapest: Option<Choice<'a>>,
    /// Whether the answer differs.
    differs: bool,
}

/// The result of the limit hits.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LimitHits<'a> {
    #[serde(flatten)]
    uses: &'a HitUse,
    /// Windows that were used up after less than another one of the same plan carried, in the unit
    /// of the yardstick.
    contradictions: &'a [Conflict],
    /// All of them, in the order of time.
    all: Vec<LimitHit<'a>>,
}

/// A plan's days.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Calendar<'a> {
    /// The id of the plan.
    plan: &'a str,
    /// Days with requests or limit hits.
    days: Vec<MarkedDay>,
}

/// Made-up months: simulated, not measured.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Simulated<'a> {
    /// Always true.
    #[cfg_attr(test, schemars(extend("const" = true)))]
    simulated: bool,
    /// The zone of days and weeks.
    #[cfg_attr(test, schemars(length(min = 1)))]
    timezone: String,
    catalog: PriceList,
    /// Months that were made up.
    months: u32,
    habit: Habit<'a>,
    /// The plans with known windows.
    plans: &'a [Stopped],
    /// What the simulation takes for granted.
    assumptions: Vec<String>,
}

/// What the months are like.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Habit<'a> {
    /// The shortest and the longest session.
    session_minutes: [u64; 2],
    /// Sessions a week.
    sessions_a_week: u32,
    /// API value of a month.
    api_usd_without_cache_reads: Usd,
    /// Its cache reads beside that.
    cache_reads_usd: Usd,
    /// Its uncached input and output tokens.
    tokens_without_cache: u64,
    /// The share that stays in the app.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    in_app_pct: u8,
    /// The model it is priced with.
    model: &'a str,
}

impl<'a> Document<'a> {
    /// The replay of real usage.
    pub(crate) fn replay(
        fit: &'a Fit,
        trace: &'a Trace,
        catalog: &Catalog,
        zone: &TimeZone,
    ) -> Self {
        let plans: Vec<PlanDigest> = fit.plans.iter().map(PlanDigest::of).collect();
        let said = words::sentences(&fit.reasons(), &plans, fit.unnamed_hits());
        Self::Replay(Box::new(Replay {
            timezone: zone_name(zone),
            catalog: catalog.into(),
            yardstick: fit.yardstick,
            unit: if fit.yardstick == Yardstick::Tokens { Unit::Tokens } else { Unit::Usd },
            rules: fit.rules,
            week_reset: (&fit.reset).into(),
            hour_value_usd: fit.hour_value.map(Usd),
            spend_cap_usd: fit.spend_cap.map(Usd),
            coverage: &fit.coverage,
            answer: said.answer,
            plans: fit.plans.iter().map(Into::into).collect(),
            cheapest: by_level(&fit.cheapest, |of| of.map(|choice| Choice::of(fit, choice))),
            cheaper_that_blocks: by_level(&fit.blocking, |of| {
                of.map(|choice| Choice::of(fit, choice))
            }),
            break_evens: by_level(&fit.break_evens, |evens| {
                let even = |even: &fit::BreakEven| BreakEven {
                    from: Choice::of(fit, even.from),
                    to: Choice::of(fit, even.to),
                    usd_per_hour: Usd::rounded(even.usd_per_hour),
                    hours_are: even.hours_are,
                };
                evens.iter().map(even).collect()
            }),
            other_yardsticks: fit
                .others
                .iter()
                .map(|other| OtherYardstick {
                    yardstick: other.yardstick,
                    carries: &other.carries,
                    cheapest: other.cheapest.map(|choice| Choice::of(fit, choice)),
                    differs: other.differs,
                })
                .collect(),
            limit_hits: LimitHits::new(&fit.hit_use, &fit.conflicts, trace),
            calendar: fit.reference().map(|plan| Calendar::new(plan, zone)),
            days_with_requests: fit.days.iter().copied().map(Day).collect(),
            assumptions: said.assumptions,
            doubts: said.doubts,
        }))
    }

    /// Made-up months.
    pub(crate) fn simulated(
        simulated: &'a simulate::Simulated,
        catalog: &Catalog,
        zone: &TimeZone,
    ) -> Self {
        let habit = &simulated.habit;
        Self::Simulated(Simulated {
            simulated: true,
            timezone: zone_name(zone),
            catalog: catalog.into(),
            months: simulated.months,
            habit: Habit {
                session_minutes: habit.minutes().into(),
                sessions_a_week: habit.sessions_a_week,
                api_usd_without_cache_reads: Usd(habit.fresh),
                cache_reads_usd: Usd(habit.cache_reads),
                tokens_without_cache: habit.tokens,
                in_app_pct: habit.in_app_pct,
                model: &habit.model,
            },
            plans: &simulated.plans,
            assumptions: words::simulated_assumptions(simulated),
        })
    }
}

/// Something for each level of capacity.
fn by_level<'a, T, U>(range: &'a Range<T>, mut value: impl FnMut(&'a T) -> U) -> Range<U> {
    Range::of_levels(|level| value(range.at(level)))
}

impl From<&fit::WeekReset> for WeekReset {
    fn from(reset: &fit::WeekReset) -> Self {
        match reset {
            fit::WeekReset::Told(at) => Self::LimitHit { at: Time(*at) },
            fit::WeekReset::Wall { weekday, time, is_set } => {
                let (weekday, time) = ((*weekday).into(), time.strftime("%H:%M").to_string());
                if *is_set { Self::Flag { weekday, time } } else { Self::Assumed { weekday, time } }
            }
        }
    }
}

impl From<Weekday> for ShortWeekday {
    fn from(weekday: Weekday) -> Self {
        match weekday {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }
}

impl<'a> From<&'a PlanFit> for Plan<'a> {
    fn from(plan: &'a PlanFit) -> Self {
        Self {
            id: &plan.id,
            name: &plan.name,
            fee_usd: plan.fee.map(Usd),
            min_members: plan.min_members,
            is_now: plan.is_now,
            can_pay_for_more: plan.can_pay,
            has_five_hour_limit: plan.has_five_hour,
            carries_it: Verdict::of(plan),
            limit_hits_met: &plan.told,
            five_hours_hold: plan.five_hour.as_ref(),
            a_week_holds: plan.week.as_ref(),
            at_capacity: by_level(&plan.outcomes, Into::into),
        }
    }
}

impl<'a> From<&'a fit::Outcome> for Outcome<'a> {
    fn from(outcome: &'a fit::Outcome) -> Self {
        Self {
            fits: outcome.fits(),
            carried: outcome.carried,
            refused: outcome.refused,
            outside_plan: outcome.outside,
            waiting: Waiting {
                blocked: outcome.waiting.into(),
                hours_only_to_resets_of_limit_hits: Amount::rounded(outcome.at_most_hours()),
                month: outcome.wait,
            },
            paying: Paying {
                paid: outcome.paid,
                unpaid: outcome.unpaid,
                blocked: outcome.capped.into(),
                month: outcome.pay,
                usage_credits: outcome.months.iter().map(Into::into).collect(),
            },
            hits: &outcome.hits,
            weeks: &outcome.weeks,
        }
    }
}

impl From<&fit::MonthBill> for CreditMonth {
    fn from(credits: &fit::MonthBill) -> Self {
        Self {
            month: credits.month.strftime("%Y-%m").to_string(),
            usage_credits_usd: Usd(credits.value),
            paid_usd: Usd(credits.cash),
        }
    }
}

impl From<fit::Blocks> for Blocks {
    fn from(blocked: fit::Blocks) -> Self {
        Self {
            hours: Amount::rounded(blocked.hours()),
            count: blocked.count,
            longest_hours: Amount::rounded(blocked.longest_hours()),
        }
    }
}

impl<'a> Choice<'a> {
    fn of(fit: &'a Fit, choice: fit::Choice) -> Self {
        let plan = fit.plan_of(choice).map(|plan| plan.id.as_str());
        Self { plan, policy: choice.policy }
    }
}

impl<'a> LimitHits<'a> {
    fn new(uses: &'a HitUse, conflicts: &'a [Conflict], trace: &'a Trace) -> Self {
        Self { uses, contradictions: conflicts, all: trace.hits().iter().map(Into::into).collect() }
    }
}

impl<'a> Calendar<'a> {
    fn new(plan: &'a PlanFit, zone: &TimeZone) -> Self {
        Self { plan: &plan.id, days: words::calendar(plan, zone) }
    }
}
