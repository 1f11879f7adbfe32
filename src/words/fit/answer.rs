//! The findings of a plan replay in words.

use super::{Names, counted, hours, joined, yardstick};
use crate::fit::{
    Blocking, Bound, ByYardstick, Finding, HitHours, Rest, Shortfall, Smallest, Undone, Way,
};
use crate::number::json::Usd;
use crate::number::{grouped, usd};
use crate::text::capital;

/// A finding in one sentence or two. `unnamed_hits` counts the limit hits without a known plan, `it`
/// is what a plan covers all of.
pub(super) fn finding(finding: &Finding, names: &Names<'_>, unnamed_hits: u64, it: &str) -> String {
    match finding {
        Finding::LeftOut { responses, of_responses, tokens_pct, is_conclusive } => {
            let share = format!(
                "{} of {}, with {}% of all tokens,",
                grouped(*responses),
                counted(*of_responses, "response"),
                tokens_pct.0
            );
            if *is_conclusive {
                format!("{share} are left out: the rest of this page is about the others.")
            } else {
                format!(
                    "No conclusion: {share} are left out, which is too many to judge by the rest."
                )
            }
        }
        Finding::StartValues { responses, of_responses } => format!(
            "No conclusion: {} of {} hold 8 output tokens or fewer, so these logs kept the counts \
             from the start of each answer. The real output is many times larger.",
            grouped(*responses),
            counted(*of_responses, "response")
        ),
        Finding::Smallest(found) => smallest(found, names, unnamed_hits, it),
        Finding::UnnamedHits { hits, is_on_api } => {
            let hits = counted(*hits, "limit hit");
            let (of_plan, which) = if *is_on_api {
                (", and the API has no such limit", "Whichever plan it was, it")
            } else {
                (" on a plan they do not name", "Whichever plan it was, it")
            };
            format!(
                "Your logs record {hits}{of_plan}. {which} did not cover {it}, and a smaller one \
                 would not have either."
            )
        }
        Finding::Cheapest { option, usd: total } => {
            let lead = if unnamed_hits > 0 {
                "Cheapest without interruptions, by your requests alone"
            } else {
                "Cheapest without interruptions"
            };
            format!("{lead}: {}, {} a month.", way(option, names), usd(total.0))
        }
        Finding::NothingServesAll { cap_usd: Some(cap) } => {
            format!("Nothing covers or pays for {it} under {}.", capped(*cap))
        }
        Finding::NothingServesAll { cap_usd: None } => {
            format!("Nothing covers or pays for {it}.")
        }
        Finding::Blocking(found) => blocking(found, names),
        Finding::Undone { cap_usd, plans } => undone(*cap_usd, plans, names),
        Finding::BreakEven { from, to, usd_per_hour, hours_are, hits } => format!(
            "{} is worth it over {} if an hour of interruption costs you more than {}.{}",
            capital(&way(to, names)),
            way(from, names),
            usd(usd_per_hour.0),
            doubt_of_price(*hours_are, hits)
        ),
        Finding::EndsAgree => {
            "The cheapest way without interruptions is the same at the low and the high capacity."
                .to_owned()
        }
        Finding::Ends { low, low_usd, high, high_usd } => format!(
            "Without interruptions at the low capacity: {}, {} a month; at the high one: {}, {}.",
            way(low, names),
            usd(low_usd.0),
            way(high, names),
            usd(high_usd.0)
        ),
        Finding::Yardsticks { differing } => yardsticks(differing, names),
    }
}

/// An option: `Pro and paying for what does not fit`.
fn way(way: &Way, names: &Names<'_>) -> String {
    let name = names.of(&way.plan);
    match way.rest {
        _ if way.plan == crate::fit::API => "the API for everything".to_owned(),
        Rest::None => name,
        Rest::Waits => format!("{name} and waiting for each reset"),
        Rest::Paid => format!("{name} and paying for what does not fit"),
        Rest::PaidToCap => format!("{name} and paying up to the cap, then waiting"),
    }
}

/// The smallest plan that covers everything, and why the one below it does not.
fn smallest(found: &Smallest, names: &Names<'_>, unnamed_hits: u64, it: &str) -> String {
    let why = found.below.as_ref().map(|below| why_not(below, names)).unwrap_or_default();
    let Some(plan) = &found.plan else {
        return format!("No plan would have covered {it} at the likely capacity.{why}");
    };
    let name = names.of(plan);
    let (likely, even) =
        if found.is_sure { ("", ", even at the low capacity") } else { ("likely ", "") };
    if unnamed_hits > 0 {
        // A hit shows that its plan did not cover everything, but the plan is unknown.
        return format!(
            "By your requests alone, {name} would {likely}have covered {it}{even}. But you \
             were stopped {} on a plan that is not known.{why}",
            times(unnamed_hits)
        );
    }
    format!("{name} would {likely}have covered {it}{even}.{why}")
}

/// `once`, `3 times`.
fn times(count: u64) -> String {
    if count == 1 { "once".to_owned() } else { format!("{} times", grouped(count)) }
}

/// ` Pro would not: it would have used up 3 five-hour windows.`
fn why_not(why: &Shortfall, names: &Names<'_>) -> String {
    let mut parts = Vec::new();
    if why.limit_hits > 0 {
        let times = times(why.limit_hits);
        parts.push(if why.hit_on.is_empty() {
            format!("your logs show that it stopped you {times}")
        } else {
            format!(
                "you were stopped {times} on {}, which covers at least as much",
                names.all(&why.hit_on)
            )
        });
    }
    for (hits, what) in [(why.five_hour_hits, "five-hour window"), (why.week_hits, "weekly limit")]
    {
        if hits > 0 {
            parts.push(format!("it would have used up {}", counted(hits, what)));
        }
    }
    if why.fable_week_hits > 0 {
        parts.push("it would have used up its weekly half for Fable".to_owned());
    }
    if why.outside_requests > 0 {
        parts.push(format!(
            "it does not include {} of your requests",
            grouped(why.outside_requests)
        ));
    }
    if parts.is_empty() {
        return String::new();
    }
    format!(" {} would not: {}.", names.of(&why.plan), parts.join(", "))
}

/// The option that costs less than the one without interruptions, but interrupts the work.
fn blocking(found: &Blocking, names: &Names<'_>) -> String {
    let unsure = found.cheaper_below_hours.zip(found.never_blocks.as_ref());
    let lead = match (unsure, &found.never_blocks) {
        (Some(_), _) => "Perhaps cheaper, but with interruptions",
        (None, Some(_)) => "Cheaper, but with interruptions",
        (None, None) => "With interruptions",
    };
    let only_if = unsure.map(|(below, steady)| {
        format!(
            " It is cheaper than {} only if you were blocked for less than {} a month.",
            way(steady, names),
            hours(below.0)
        )
    });
    format!(
        "{lead}: {}, {}, {}.{}",
        way(&found.option, names),
        price(found),
        blocked(found),
        only_if.unwrap_or_default()
    )
}

/// `up to $85.18 a month, interruptions included`. The wording follows the certainty of the hours.
fn price(found: &Blocking) -> String {
    let total = usd(found.usd.0);
    let is_none = found.blocked_hours.0.is_zero();
    match found.hours_are {
        _ if !found.has_interruption_price => format!("{total} a month"),
        Bound::Replayed => format!("{total} a month, interruptions included"),
        Bound::AtMost => format!("up to {total} a month, interruptions included"),
        Bound::AtLeast if is_none => format!("{total} a month without the interruptions"),
        Bound::AtLeast => {
            format!("at least {total} a month with the interruptions that could be counted")
        }
        Bound::Neither => format!("{total} a month with the interruptions that could be counted"),
    }
}

/// `blocked for 8 h a month`.
fn blocked(found: &Blocking) -> String {
    let hours = hours(found.blocked_hours.0);
    let Some(hits) = &found.hits else { return format!("blocked for {hours} a month") };
    let not_counted = not_counted(hits);
    if found.blocked_hours.0.is_zero() && *hits != HitHours::default() {
        return if *hits == (HitHours { no_reset_told: hits.no_reset_told, ..HitHours::default() }) {
            "blocked for hours that your limit hits do not record".to_owned()
        } else {
            format!("blocked for hours that could not be counted: {not_counted}")
        };
    }
    let but = if not_counted.is_empty() {
        String::new()
    } else {
        format!(", not counting {not_counted}")
    };
    if !found.hours_are.has_upper() {
        return format!("blocked for {hours} a month{but}");
    }
    let resets =
        if hits.counted == 1 { "reset of your limit hit" } else { "resets of your limit hits" };
    format!("blocked for up to {hours} a month, until the {resets}{but}")
}

/// `1 limit hit after the last day that counts`: limit hits whose hours no figure includes, and
/// why.
fn not_counted(hits: &HitHours) -> String {
    let kinds = [
        (hits.no_reset_told, "without a reset"),
        (hits.one_model_or_credits, "of one model or of credits alone"),
        (hits.after_the_last_day, "after the last day that counts"),
    ];
    let parts = kinds.into_iter().filter(|(count, _)| *count > 0);
    joined(parts.map(|(count, why)| format!("{} {why}", counted(count, "limit hit"))))
}

/// `your cap of $15.00 a month at API prices`. The cap limits usage, not the amount paid for it.
fn capped(cap: Usd) -> String {
    format!("your cap of {} a month at API prices", usd(cap.0))
}

/// A warning if a cap leaves work undone even when the person pays for the rest.
fn undone(cap: Option<Usd>, plans: &[Undone], names: &Names<'_>) -> String {
    let why = match cap {
        Some(cap) => format!("Under {}", capped(cap)),
        None => "Under the daily limit of usage credits".to_owned(),
    };
    let parts = plans.iter().map(|left| {
        let hours = match hours(left.blocked_hours.0) {
            _ if left.blocked_hours.0.is_zero() => "for hours that could not be counted".to_owned(),
            hours if left.is_at_least => format!("for at least {hours} a month"),
            hours => format!("for {hours} a month"),
        };
        format!(
            "{} ({}) {}, blocked {hours}",
            names.of(&left.plan),
            usd(left.paid_usd.0),
            counted(left.requests, "request"),
        )
    });
    format!(
        "{why}, some work stays undone even if you pay: {}.",
        parts.collect::<Vec<_>>().join("; ")
    )
}

/// The direction in which the hourly value is wrong: too many hours make it too low, uncounted
/// hours too high.
fn doubt_of_price(hours_are: Bound, hits: &HitHours) -> String {
    let missing = not_counted(hits);
    match (hours_are.has_upper(), missing.is_empty()) {
        (false, true) => String::new(),
        (true, true) => " The hour must be worth more if you were blocked for less.".to_owned(),
        (false, false) => format!(" Less could be enough: {missing} could not be counted."),
        (true, false) => format!(
            " The hour must be worth more if you were blocked for less, or less because {missing} \
             could not be counted."
        ),
    }
}

/// Compares the answers by every yardstick.
fn yardsticks(differing: &[ByYardstick], names: &Names<'_>) -> String {
    if differing.is_empty() {
        return "How a plan measures usage is not published either. The answer is the same by every \
                measure: API value with or without cache reads, or tokens."
            .to_owned();
    }
    let parts = differing.iter().map(|other| {
        let carries = match other.carries.as_slice() {
            [] => "no plan".to_owned(),
            ids => ids.iter().map(|id| names.of(id)).collect::<Vec<_>>().join(", "),
        };
        format!(
            "by {} ('planwise fit --yardstick {}'), {carries} would cover it",
            yardstick(other.yardstick),
            other.yardstick
        )
    });
    let parts = parts.collect::<Vec<_>>().join("; ");
    format!("How a plan measures usage is not published either, and it matters: {parts}.")
}
