//! Worked cases, each small enough to check by hand. In January 2026 no change of limits was in
//! force: five hours of Pro likely hold $4.125 and a week $37.50 (low $1.50 and $15, high $7 and
//! $63.64).

mod evidence;
mod money;
mod windows;

use jiff::civil::{Weekday, date};
use rust_decimal::Decimal;

use super::*;
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::history::LimitHit;

/// What is said about a replay.
fn said(fit: &Fit) -> Sentences {
    let plans: Vec<PlanDigest> = fit.plans.iter().map(PlanDigest::of).collect();
    crate::words::fit::sentences(&fit.reasons(), &plans, fit.unnamed_hits())
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn event(time: &str, usd: &str) -> Event<'static> {
    Event {
        at: at(time),
        fresh: dec(usd),
        cache_reads: Decimal::ZERO,
        tokens: 1_000,
        session: "s",
        project: "p",
        class: Class::new(false, false, true),
    }
}

/// `count` requests of the same value, this many minutes apart.
fn row(start: &str, minutes: i64, count: i64, usd: &str) -> Vec<Event<'static>> {
    let first = at(start);
    (0..count).map(|n| Event { at: first + (n * minutes).minutes(), ..event(start, usd) }).collect()
}

pub(super) fn ask() -> Ask<'static> {
    Ask {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        span: Span { zone: TimeZone::UTC, since: None, until: None },
        reset: assumed_reset(),
        yardstick: Yardstick::ApiValue,
        rules: Rules::Dated,
        today: date(2026, 11, 22),
        evidence: Evidence::default(),
        spend_cap: None,
        hour_value: None,
    }
}

/// From one day to another in UTC.
fn days(since: &str, until: &str) -> Span {
    let day = |text: &str| text.parse().ok();
    Span { zone: TimeZone::UTC, since: day(since), until: day(until) }
}

pub(super) fn on(plan: &str) -> Evidence {
    Evidence { held: vec![held(None, plan)], ..Evidence::default() }
}

fn fit(events: &[Event<'_>], ask: &Ask<'_>) -> Fit {
    Fit::new(&Trace::of_events(events), ask)
}

fn plan<'f>(fit: &'f Fit, id: &str) -> &'f PlanFit {
    fit.plans.iter().find(|plan| plan.id == id).unwrap()
}

fn likely<'f>(fit: &'f Fit, id: &str) -> &'f Outcome {
    &plan(fit, id).outcomes.likely
}

fn hit(window: &str, time: &str, reset: Option<&str>) -> LimitHit {
    LimitHit { at: at(time), window: Some(window.to_owned()), resets_at: reset.map(at) }
}

fn held(since: Option<&str>, plan: &str) -> Held {
    Held { since: since.map(at), plan: plan.to_owned() }
}

fn named(fit: &Fit, choice: Option<Choice>) -> String {
    let choice = choice.unwrap();
    format!("{} {:?}", fit.plan_of(choice).unwrap().id, choice.policy).to_lowercase()
}
