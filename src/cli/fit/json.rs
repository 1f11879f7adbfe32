//! The JSON of `planwise fit`: stable, for scripts. Money and hours are decimal strings.

use anyhow::Context as _;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::Shown;
use crate::cli::usage::zone_name;
use crate::fit::simulate::Simulated;
use crate::fit::{
    Bill, Blocks, Capacity, Choice, Filled, Fit, Level, Origin, Outcome, PlanFit, Range, Rules,
    Tally, Trace, Uncounted, Verdict, WeekReset, Yardstick,
};
use crate::number::{exact, six_places};
use crate::words::fit as words;

/// A quotient with six places.
fn rounded(amount: Decimal) -> String {
    exact(six_places(amount))
}

fn range<T>(range: &Range<T>, value: impl Fn(&T) -> Value) -> Value {
    let each = range.each().map(|(level, part)| (level.as_str().to_owned(), value(part)));
    Value::Object(Map::from_iter(each))
}

fn tally(tally: &Tally) -> Value {
    json!({"requests": tally.requests, "usd": exact(tally.usd)})
}

fn blocks(blocks: &Blocks) -> Value {
    json!({
        "hours": rounded(blocks.hours()),
        "count": blocks.count,
        "longest_hours": rounded(blocks.longest_hours()),
    })
}

fn bill(bill: Option<&Bill>) -> Value {
    let Some(bill) = bill else { return Value::Null };
    json!({
        "fee_usd": exact(bill.fee),
        "overflow_usd": rounded(bill.overflow),
        "blocked_hours": rounded(bill.blocked_hours),
        "interruption_usd": bill.interruption.map(rounded),
        "total_usd": rounded(bill.total),
        "least_total_usd": rounded(bill.least),
        "hours_are": bill.hours_are.as_str(),
        "never_blocks": bill.never_blocks,
        "serves_everything": bill.is_servable,
        "limit_hits_met": bill.was_hit,
    })
}

fn capacity(capacity: Option<&Capacity>) -> Value {
    let Some(capacity) = capacity else { return Value::Null };
    let decimals = |of: &Range<Decimal>| range(of, |end| rounded(*end).into());
    let origin = match &capacity.origin {
        Origin::Own { plans, hits, readings, is_scaled, is_raised } => json!({
            "kind": "own",
            "plans": plans,
            "limit_hits": hits,
            "readings": readings,
            "scaled": is_scaled,
            "raised_to_own_largest_window": is_raised,
        }),
        Origin::Estimate { source, date, is_scaled, is_raised } => json!({
            "kind": "estimate",
            "source": source,
            "date": date.to_string(),
            "scaled": is_scaled,
            "raised_to_own_largest_window": is_raised,
        }),
    };
    json!({"base": decimals(&capacity.base), "now": decimals(&capacity.now), "origin": origin})
}

fn filled(filled: &Filled) -> Value {
    json!({
        "asked": rounded(filled.asked),
        "day": filled.day.to_string(),
        "percent": filled.percent.map(rounded),
    })
}

fn outcome(outcome: &Outcome) -> Value {
    let hits = outcome.hits.iter().map(|hit| {
        json!({
            "window": hit.window.as_str(),
            "opened": hit.opened.to_string(),
            "at": hit.at.to_string(),
            "resets_at": hit.resets_at.to_string(),
            "refused_requests": hit.refused,
            "project": hit.project,
            "session": hit.session,
            "filled_by_project": hit.filled_by,
            "filled_by_session": hit.filled_by_session,
        })
    });
    let weeks = outcome.weeks.iter().map(|week| {
        json!({
            "start": week.start.to_string(),
            "end": week.end.to_string(),
            "asked": exact(week.asked),
            "holds": week.holds.map(exact),
            "refused": tally(&week.refused),
            "outside_plan": tally(&week.outside),
            "five_hour_hits": week.five_hour_hits,
        })
    });
    let months = outcome.months.iter().map(|month| {
        json!({
            "month": month.month.strftime("%Y-%m").to_string(),
            "usage_credits_usd": exact(month.value),
            "paid_usd": exact(month.cash),
        })
    });
    json!({
        "fits": outcome.fits(),
        "carried": tally(&outcome.carried),
        "refused": tally(&outcome.refused),
        "outside_plan": tally(&outcome.outside),
        "waiting": {
            "blocked": blocks(&outcome.waiting),
            "hours_only_to_resets_of_limit_hits": rounded(outcome.at_most_hours()),
            "month": bill(outcome.wait.as_ref()),
        },
        "paying": {
            "paid": tally(&outcome.paid),
            "unpaid": tally(&outcome.unpaid),
            "blocked": blocks(&outcome.capped),
            "month": bill(outcome.pay.as_ref()),
            "usage_credits": months.collect::<Vec<_>>(),
        },
        "hits": hits.collect::<Vec<_>>(),
        "weeks": weeks.collect::<Vec<_>>(),
    })
}

fn plan(plan: &PlanFit) -> Value {
    json!({
        "id": plan.id,
        "name": plan.name,
        "fee_usd": plan.fee.map(exact),
        "min_members": plan.min_members,
        "is_now": plan.is_now,
        "can_pay_for_more": plan.can_pay,
        "has_five_hour_limit": plan.has_five_hour,
        "carries_it": Verdict::of(plan).as_str(),
        "limit_hits_met": plan.told.iter().map(|hit| json!({
            "at": hit.at.to_string(),
            "until": hit.until.map(|until| until.to_string()),
            "plan": hit.plan,
            "hours_not_counted": hit.uncounted.map(Uncounted::as_str),
        })).collect::<Vec<_>>(),
        "five_hours_hold": capacity(plan.five_hour.as_ref()),
        "a_week_holds": capacity(plan.week.as_ref()),
        "at_capacity": range(&plan.outcomes, outcome),
    })
}

/// The replay as JSON.
pub(super) fn fit(fit: &Fit, trace: &Trace, shown: &Shown<'_>) -> anyhow::Result<String> {
    let coverage = &fit.coverage;
    let choice = |choice: &Option<Choice>| match choice {
        Some(choice) => choice_json(fit, *choice),
        None => Value::Null,
    };
    let break_evens = Value::Object(Map::from_iter(Level::ALL.map(|level| {
        let evens = fit.break_evens.at(level).iter().map(|even| {
            json!({
                "from": choice_json(fit, even.from),
                "to": choice_json(fit, even.to),
                "usd_per_hour": rounded(even.usd_per_hour),
                "hours_are": even.hours_are.as_str(),
            })
        });
        (level.as_str().to_owned(), Value::Array(evens.collect()))
    })));
    let others = fit.others.iter().map(|other| {
        json!({
            "yardstick": other.yardstick.as_str(),
            "carries": other.carries,
            "cheapest": choice(&other.cheapest),
            "differs": other.differs,
        })
    });
    let contradictions = fit.conflicts.iter().map(|conflict| {
        json!({
            "plan": conflict.plan,
            "window": conflict.window.as_str(),
            "used_up_at": rounded(conflict.ceiling),
            "went_on_to": rounded(conflict.floor),
            "really_used_up": filled(&conflict.used_up),
            "really_went_on": filled(&conflict.went_on),
        })
    });
    let hits = trace.hits().iter().map(|hit| {
        json!({
            "at": hit.at.to_string(),
            "window": hit.window,
            "resets_at": hit.resets_at.map(|reset| reset.to_string()),
        })
    });
    let json = json!({
        "timezone": zone_name(shown.zone),
        "catalog": {
            "id": shown.catalog.id.as_str(),
            "as_of": shown.catalog.as_of.to_string(),
        },
        "yardstick": fit.yardstick.as_str(),
        "unit": if fit.yardstick == Yardstick::Tokens { "tokens" } else { "usd" },
        "rules": if fit.rules == Rules::Today { "today" } else { "dated" },
        "week_reset": match &fit.reset {
            WeekReset::Told(at) => json!({"from": "limit_hit", "at": at.to_string()}),
            WeekReset::Wall { weekday, time, is_set } => json!({
                "from": if *is_set { "flag" } else { "assumed" },
                "weekday": weekday_name(*weekday),
                "time": time.strftime("%H:%M").to_string(),
            }),
        },
        "hour_value_usd": fit.hour_value.map(exact),
        "spend_cap_usd": fit.spend_cap.map(exact),
        "coverage": {
            "first": coverage.first.map(|day| day.to_string()),
            "last": coverage.last.map(|day| day.to_string()),
            "days": coverage.days,
            "requests": coverage.requests,
            "api_usd": exact(coverage.api),
            "api_usd_without_cache_reads": exact(coverage.fresh),
            "tokens_without_cache": coverage.tokens,
            "unpriced_responses": coverage.unpriced,
            "sums_left_out": coverage.sums,
            "oversized_responses": coverage.oversized,
        },
        "answer": words::answer(fit),
        "plans": fit.plans.iter().map(plan).collect::<Vec<_>>(),
        "cheapest": range(&fit.cheapest, choice),
        "cheaper_that_blocks": range(&fit.blocking, choice),
        "break_evens": break_evens,
        "other_yardsticks": others.collect::<Vec<_>>(),
        "limit_hits": {
            "told": fit.hit_use.told,
            "used_as_evidence": fit.hit_use.used,
            "without_known_plan": fit.hit_use.without_plan,
            "of_a_limit_the_plan_lacks": fit.hit_use.without_limit,
            "of_a_window_cut_by_the_first_day": fit.hit_use.cut,
            "of_a_window_without_work_of_the_plan": fit.hit_use.outside,
            "of_no_whole_window": fit.hit_use.other,
            "contradictions": contradictions.collect::<Vec<_>>(),
            "all": hits.collect::<Vec<_>>(),
        },
        "calendar": calendar(fit, shown),
        "days_with_requests": fit.days.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "assumptions": words::fit_assumptions(fit),
        "doubts": words::fit_doubts(fit),
    });
    serde_json::to_string_pretty(&json).context("cannot write JSON")
}

/// What the calendar of the text shows, day by day; null where no plan has a known window.
fn calendar(fit: &Fit, shown: &Shown<'_>) -> Value {
    let Some(plan) = fit.reference() else { return Value::Null };
    let days = words::calendar(plan, shown.zone).into_iter().map(|day| {
        json!({
            "day": day.day.to_string(),
            "mark": day.mark.as_str(),
            "carried": day.carried,
            "refused": day.refused,
            "outside_plan": day.outside,
            "limit_hits": day.told,
        })
    });
    json!({"plan": plan.id, "days": days.collect::<Vec<_>>()})
}

fn choice_json(fit: &Fit, choice: Choice) -> Value {
    let id = fit.plan_of(choice).map(|plan| plan.id.as_str());
    json!({"plan": id, "policy": choice.policy.as_str()})
}

fn weekday_name(weekday: jiff::civil::Weekday) -> &'static str {
    use jiff::civil::Weekday;
    match weekday {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}

/// The made-up months as JSON.
pub(super) fn simulated(simulated: &Simulated, shown: &Shown<'_>) -> anyhow::Result<String> {
    let habit = &simulated.habit;
    let plans = simulated.plans.iter().map(|plan| {
        json!({
            "id": plan.id,
            "name": plan.name,
            "fee_usd": plan.fee.map(exact),
            "months_stopped": range(&plan.months, |months| (*months).into()),
            "median_hits": range(&plan.hits, |hits| (*hits).into()),
            "median_blocked_hours": range(&plan.hours, |hours| rounded(*hours).into()),
        })
    });
    let json = json!({
        "simulated": true,
        "timezone": zone_name(shown.zone),
        "catalog": {
            "id": shown.catalog.id.as_str(),
            "as_of": shown.catalog.as_of.to_string(),
        },
        "months": simulated.months,
        "habit": {
            "session_minutes": [habit.minutes().0, habit.minutes().1],
            "sessions_a_week": habit.sessions_a_week,
            "api_usd_without_cache_reads": exact(habit.fresh),
            "cache_reads_usd": exact(habit.cache_reads),
            "tokens_without_cache": habit.tokens,
            "in_app_pct": habit.in_app_pct,
            "model": habit.model,
        },
        "plans": plans.collect::<Vec<_>>(),
        "assumptions": words::simulated_assumptions(simulated),
    });
    serde_json::to_string_pretty(&json).context("cannot write JSON")
}
