//! What a replay against the plans' windows said, as JSON.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::fit::{DayMarks, Digest, Level, LevelDigest, PlanDigest, WeekDigest};
use crate::number::exact;

/// The object `usage.measured.fit`.
#[derive(Serialize)]
pub(super) struct FitPart<'a> {
    from: String,
    to: String,
    days: u32,
    requests: u64,
    plan_now: Option<&'a str>,
    plan_now_from: Option<&'static str>,
    limit_hits_without_plan: u64,
    hour_value_usd: Option<String>,
    answer: &'a [String],
    plans: Vec<PlanPart<'a>>,
    week: Option<WeekPart<'a>>,
    windows_hold: &'a [String],
    assumptions: &'a [String],
    doubts: &'a [String],
}

#[derive(Serialize)]
struct PlanPart<'a> {
    id: &'a str,
    name: &'a str,
    fee_usd: Option<String>,
    carries_it: &'static str,
    limit_hits: u64,
    part_of_plan: &'static str,
    at_capacity: Levels,
}

#[derive(Serialize)]
struct Levels {
    low: LevelPart,
    likely: LevelPart,
    high: LevelPart,
}

#[derive(Serialize)]
struct LevelPart {
    five_hour_hits: u64,
    week_hits: u64,
    blocked_hours: String,
    longest_hours: String,
    blocked_hours_a_month: Option<String>,
    interruption_usd: Option<String>,
    overflow_usd: Option<String>,
    paying_usd: Option<String>,
    hours_are: &'static str,
    unpaid_requests: u64,
    paying_blocked_hours: String,
}

#[derive(Serialize)]
struct WeekPart<'a> {
    plan: &'a str,
    window: &'static str,
    holds: &'a str,
    asked: &'a str,
    days: Vec<DayPart>,
}

#[derive(Serialize)]
struct DayPart {
    day: String,
    hours: String,
}

impl<'a> FitPart<'a> {
    pub(super) fn new(fit: &'a Digest) -> Self {
        Self {
            from: fit.from.to_string(),
            to: fit.to.to_string(),
            days: fit.days,
            requests: fit.requests,
            plan_now: fit.plan_now().map(|plan| plan.id.as_str()),
            plan_now_from: fit.plan_now().map(|_| if fit.is_declared { "person" } else { "logs" }),
            limit_hits_without_plan: fit.unnamed_hits,
            hour_value_usd: fit.hour_value.map(exact),
            answer: &fit.answer,
            plans: fit.plans.iter().map(PlanPart::new).collect(),
            week: fit.week.as_ref().map(WeekPart::new),
            windows_hold: &fit.holds,
            assumptions: &fit.assumptions,
            doubts: &fit.doubts,
        }
    }
}

impl<'a> PlanPart<'a> {
    fn new(plan: &'a PlanDigest) -> Self {
        let part = |level| LevelPart::new(plan.at.at(level));
        Self {
            id: &plan.id,
            name: &plan.name,
            fee_usd: plan.fee.map(exact),
            carries_it: plan.carries.as_str(),
            limit_hits: plan.told_hits,
            part_of_plan: plan.part.as_str(),
            at_capacity: Levels {
                low: part(Level::Low),
                likely: part(Level::Likely),
                high: part(Level::High),
            },
        }
    }
}

impl LevelPart {
    fn new(level: &LevelDigest) -> Self {
        let amount = |amount: Option<Decimal>| amount.map(exact);
        Self {
            five_hour_hits: level.five_hour_hits,
            week_hits: level.week_hits,
            blocked_hours: exact(level.blocked_hours),
            longest_hours: exact(level.longest_hours),
            blocked_hours_a_month: amount(level.interruption.map(|of| of.hours)),
            interruption_usd: amount(level.interruption.map(|of| of.usd)),
            overflow_usd: amount(level.overflow),
            paying_usd: amount(level.paying),
            hours_are: level.hours_are.as_str(),
            unpaid_requests: level.unpaid,
            paying_blocked_hours: exact(level.unpaid_hours),
        }
    }
}

impl<'a> WeekPart<'a> {
    fn new(week: &'a WeekDigest) -> Self {
        let day = |(day, hours): &DayMarks| DayPart {
            day: day.to_string(),
            hours: hours.iter().map(|mark| mark.letter()).collect(),
        };
        Self {
            plan: &week.plan,
            window: week.window.as_str(),
            holds: &week.holds,
            asked: &week.asked,
            days: week.days.iter().map(day).collect(),
        }
    }
}
