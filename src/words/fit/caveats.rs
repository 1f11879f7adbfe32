//! The assumptions of a plan replay, and reasons to trust it less.

use rust_decimal::Decimal;

use super::{counted, measure, plan_name, yardstick};
use crate::fit::{Capacity, Conflict, Fit, Origin, PlanFit, Rules, WeekReset, Window};
use crate::number::usd;

/// The assumptions of the replay, one sentence each.
pub fn fit_assumptions(fit: &Fit) -> Vec<String> {
    let mut out = vec![format!(
        "What fills a window (the yardstick) is taken to be {}.",
        yardstick(fit.yardstick)
    )];
    out.push(
        "A five-hour window opens with the first request after the last one closed, carried or \
         not."
            .to_owned(),
    );
    out.push(match &fit.reset {
        WeekReset::Told(_) => {
            "Weeks begin at the reset that a weekly limit hit of yours told, every 168 hours."
                .to_owned()
        }
        WeekReset::Wall { is_set: true, .. } => "Weeks begin when you said.".to_owned(),
        WeekReset::Wall { .. } => "When your week resets is not known: Monday 00:00 is assumed. \
                                   Set it with 'planwise fit --week-start'."
            .to_owned(),
    });
    if fit.reset_overruled {
        out.push(
            "'--week-start' was not used: a weekly limit hit of yours tells another reset."
                .to_owned(),
        );
    }
    out.push(match fit.rules {
        Rules::Dated => "Each day is replayed by the limits of that day.".to_owned(),
        Rules::Today => "All days are replayed by today's limits.".to_owned(),
    });
    if fit.plans.iter().any(|plan| plan.id == "ultra" && !plan.has_five_hour) {
        out.push(
            "Ultra is taken to be verified: then it has had no five-hour limit since 31 October 2026."
                .to_owned(),
        );
    }
    if fit
        .plans
        .iter()
        .any(|plan| plan.is_known() && plan.five_hour.is_some() && plan.week.is_none())
    {
        out.push(
            "What a week of Free holds is not known; only its five hours are replayed.".to_owned(),
        );
    }
    out.push(
        "Blocked hours run from the first refused request to the reset, nights included, but not \
         past the last day."
            .to_owned(),
    );
    if fit.plans.iter().any(|plan| plan.outcomes.likely.told > 0) {
        out.push(
            "Limit hits in your logs count as stops on the plan you had and on every smaller one. \
             Hours to their resets are added as an upper bound, where a reset was told of a limit on \
             all work and within these days; what paying would have cost after them is not known, so that option is not ranked."
                .to_owned(),
        );
    }
    out.push(paying(fit));
    if fit.coverage.days > 0 {
        out.push(format!(
            "A month is {} made to 365/12; fees are by the month, before tax.",
            match fit.coverage.days {
                1 => "the 1 day".to_owned(),
                days => format!("the {days} days"),
            }
        ));
    }
    if fit.plans.iter().any(|plan| plan.min_members > 1) {
        out.push(
            "Team is per seat, sold from two seats on; it is not ranked unless you have it."
                .to_owned(),
        );
    }
    out.push(
        "The limits are shared with claude.ai and Claude Desktop, which these logs do not hold; \
         the API credit of larger plans does not pay for Claude Code and is left out."
            .to_owned(),
    );
    if fit.plans.iter().any(|plan| plan.outcomes.likely.outside.requests > 0 && !plan.is_api()) {
        out.push(
            "Not part of a plan, so in no window: Claude Code on Free, Fable models on Pro and \
             Team Standard since 20 July 2026, fast mode everywhere."
                .to_owned(),
        );
    }
    out.extend(fit.unreplayed.iter().map(|text| format!("Not replayed: {text}")));
    out
}

/// Explains what the person pays for, and up to which amount.
fn paying(fit: &Fit) -> String {
    match fit.spend_cap {
        Some(cap) if cap.is_zero() => {
            "Nothing may be paid for what does not fit, as you said; the \
                                       API then serves nothing."
                .to_owned()
        }
        Some(cap) => {
            let share = if fit.coverage.has_partial_month() {
                ", for a calendar month of which only some days are here that share of it"
            } else {
                ""
            };
            format!(
                "Paying means usage credits or the API, up to {} a calendar month by API \
                 prices{share}; over that you are blocked again. What you pay for credits can be \
                 less than the cap. They come {BUNDLES}.",
                usd(cap)
            )
        }
        None => format!("Paying means usage credits at API prices, {BUNDLES}."),
    }
}

/// How bundles are counted.
const BUNDLES: &str = "with bundles where they are cheaper: these are priced by the month, and a \
                       part of a month costs that part";

/// Reasons to trust the replay less, one sentence each.
pub fn fit_doubts(fit: &Fit) -> Vec<String> {
    let mut out = Vec::new();
    let coverage = &fit.coverage;
    if coverage.requests > 0 && coverage.days < 7 {
        out.push(format!(
            "Only {} of history: a month made of that is a guess.",
            counted(u64::from(coverage.days), "day")
        ));
    }
    if coverage.unpriced > 0 {
        out.push(format!(
            "Left out, because the list has no price: {}.",
            counted(coverage.unpriced, "response")
        ));
    }
    if coverage.sums > 0 {
        out.push(format!(
            "Left out, because a sum of a day does not say when in it a window was full: {}.",
            counted(coverage.sums, "sum")
        ));
    }
    if coverage.oversized > 0 {
        out.push(format!(
            "Left out, because no response can be that large: {}.",
            counted(coverage.oversized, "response")
        ));
    }
    out.extend(named_otherwise(fit));
    out.extend(fit.plans.iter().filter(|plan| plan.is_now).filter_map(disagreement));
    out.extend(fit.conflicts.iter().map(|conflict| conflict_sentence(fit, conflict)));
    out.extend(unseen_work(fit));
    out.extend(reaching_in(fit));
    out.extend(unused_hits(fit));
    out
}

/// The person named another plan than the files.
fn named_otherwise(fit: &Fit) -> Option<String> {
    let named = plan_name(fit, fit.named_otherwise.as_deref()?);
    let said = &fit.plans.iter().find(|plan| plan.is_now)?.name;
    Some(format!(
        "You said that you had {said}, but your files say {named}. Limit hits are taken for those \
         of {said}; if they are of {named}, leave out '--plan-now', or choose what your logs say in \
         the wizard's Fit."
    ))
}

/// One window was used up by less than another one allowed.
fn conflict_sentence(fit: &Fit, conflict: &Conflict) -> String {
    let what = match conflict.window {
        Window::FiveHour => "five-hour window",
        Window::Week | Window::FableWeek => "week",
    };
    let (full, on) = (conflict.used_up, conflict.went_on);
    let asked = measure(fit, full.asked);
    let was = match full.percent.filter(|percent| *percent < Decimal::ONE_HUNDRED) {
        Some(percent) => format!("was {} % full at {asked}", percent.round_dp(1).normalize()),
        None => format!("was used up at {asked}"),
    };
    // Across a change of limits, the raw figures alone may not show the contradiction.
    let counted = if full.factor == on.factor {
        String::new()
    } else {
        let limits = match fit.rules {
            Rules::Dated => "the limits of the last day",
            Rules::Today => "today's limits",
        };
        format!(
            " Limits changed between them: by {limits} the first would hold {} at most, and the \
             second came to {}.",
            measure(fit, conflict.ceiling),
            measure(fit, conflict.floor)
        )
    };
    format!(
        "Your own evidence contradicts itself: a {what} of {} {was} on {}, another one went on to \
         {} on {} without a limit hit.{counted} At least the latter is taken; perhaps another plan, \
         another device or claude.ai filled the first.",
        plan_name(fit, &conflict.plan),
        full.day,
        measure(fit, on.asked),
        on.day,
    )
}

/// Waiting after a real hit leaves no requests in the logs.
fn unseen_work(fit: &Fit) -> Option<String> {
    let mut told: Vec<_> = fit.plans.iter().flat_map(|plan| &plan.told).collect();
    told.sort_by_key(|hit| (hit.at, hit.plan.as_str()));
    told.dedup();
    let mut plans: Vec<String> = Vec::new();
    for hit in &told {
        let name = plan_name(fit, &hit.plan);
        if !plans.contains(&name) {
            plans.push(name);
        }
    }
    (!told.is_empty()).then(|| {
        format!(
            "Your logs tell of {} on {}: you were stopped then. Who waits leaves no request \
             behind, so work that you did not do then is in no figure, not even of larger plans.",
            counted(told.len() as u64, "limit hit"),
            plans.join(" and ")
        )
    })
}

/// Limit hits before the first day that counts may have blocked work on it.
fn reaching_in(fit: &Fit) -> Option<String> {
    let (told, until) = fit.reaching_in?;
    Some(format!(
        "A limit hit of {told}, before these days, reaches into them, up to {until}: work that you \
         did not do because of it is in no figure."
    ))
}

/// Limit hits that say nothing about the size of a window, and why.
fn unused_hits(fit: &Fit) -> Vec<String> {
    let uses = fit.hit_use;
    let held = || {
        let now = fit.plans.iter().find(|plan| plan.is_now);
        now.map_or("your plan", |plan| plan.name.as_str())
    };
    let mut out = Vec::new();
    if uses.without_plan > 0 {
        out.push(format!(
            "{} could show what your plan holds: say which plan you had, in the wizard's Fit or \
             with 'planwise fit --plan-now'.",
            counted(uses.without_plan, "limit hit")
        ));
    }
    if uses.without_limit > 0 {
        out.push(format!(
            "{} of a kind that {} is not known to have on that day: perhaps you had another plan \
             then, or the account was not verified. Nothing is read from {} about what a window \
             holds.",
            counted(uses.without_limit, "limit hit"),
            held(),
            if uses.without_limit == 1 { "it" } else { "them" }
        ));
    }
    if uses.cut > 0 {
        out.push(format!(
            "{} not used to tell what a window holds: the window began before the days that count.",
            counted(uses.cut, "limit hit"),
        ));
    }
    if uses.outside > 0 {
        out.push(format!(
            "{} not used to tell what a window holds: none of the work before {} is part of {}.",
            counted(uses.outside, "limit hit"),
            if uses.outside == 1 { "it" } else { "them" },
            held()
        ));
    }
    if uses.other > 0 {
        out.push(format!(
            "{} not used to tell what a window holds: of one model, of credits, of an unnamed \
             kind, or without a request before.",
            counted(uses.other, "limit hit"),
        ));
    }
    out
}

/// The person's own windows lead to very different estimates.
fn disagreement(plan: &PlanFit) -> Option<String> {
    let doubles = |capacity: &Capacity| {
        let is_own = matches!(capacity.origin, Origin::Own { .. });
        is_own && capacity.base.high > capacity.base.low * Decimal::TWO
    };
    let windows = [("Five hours", &plan.five_hour), ("Weeks", &plan.week)];
    let (what, _) =
        windows.into_iter().find(|(_, capacity)| capacity.as_ref().is_some_and(doubles))?;
    Some(format!(
        "{what} of yours ended in a limit hit after very different amounts of work: something \
         outside of these logs fills the same windows, or what fills a window is taken wrongly.",
    ))
}
