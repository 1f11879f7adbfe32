//! The answer of a plan replay in a few sentences.

use super::{bill, choice, counted, hours, total, yardstick};
use rust_decimal::Decimal;

use crate::fit::{
    Bill, Bound, Choice, Fit, Level, PlanFit, Policy, ToldHit, Uncounted, Verdict, Window,
};
use crate::number::{grouped, usd};

/// The answer in a few sentences, the most important one first. Empty if there are no requests.
pub fn answer(fit: &Fit) -> Vec<String> {
    if fit.coverage.requests == 0 {
        return Vec::new();
    }
    let mut out: Vec<String> = Vec::new();
    out.push(smallest(fit));
    out.extend(hits_of_nobody(fit));
    out.push(cheapest(fit));
    out.extend(blocking(fit));
    out.extend(undone(fit));
    out.extend(break_even(fit));
    out.extend(at_the_ends(fit));
    out.extend(yardsticks(fit));
    out
}

/// The cheapest option that does all of the work without interruptions.
fn cheapest(fit: &Fit) -> String {
    let lead = if fit.unnamed_hits() > 0 {
        "By your requests alone the cheapest that never blocks"
    } else {
        "Cheapest that never blocks"
    };
    let named = fit.cheapest.likely.and_then(|cheapest| {
        let cost = usd(total(fit, cheapest, Level::Likely)?);
        Some(format!("{lead}: {}, {cost} a month.", choice(fit, cheapest, Level::Likely)))
    });
    named.unwrap_or_else(|| match fit.spend_cap {
        Some(cap) => {
            format!("Nothing carries or pays for all of it under {}.", capped(cap))
        }
        None => "Nothing carries or pays for all of it.".to_owned(),
    })
}

/// The options that cost less than that one but interrupt the work.
fn blocking(fit: &Fit) -> Option<String> {
    let cheaper = fit.blocking.likely?;
    let bill = bill(fit, cheaper, Level::Likely)?;
    let unsure = unsurely_cheaper(fit, &bill);
    let lead = match (&unsure, fit.cheapest.likely) {
        (Some(_), _) => "Perhaps cheaper, but it blocks",
        (None, Some(_)) => "Cheaper, but it blocks",
        (None, None) => "With blocks",
    };
    Some(format!(
        "{lead}: {}, {}, {}.{}",
        choice(fit, cheaper, Level::Likely),
        price(&bill),
        blocked(fit, cheaper, &bill),
        unsure.unwrap_or_default()
    ))
}

/// `up to $85.18 a month, interruptions included`. The wording follows the certainty of the hours.
fn price(bill: &Bill) -> String {
    let total = usd(bill.total);
    let is_none = bill.blocked_hours.is_zero();
    match bill.hours_are {
        _ if bill.interruption.is_none() => format!("{total} a month"),
        Bound::Replayed => format!("{total} a month, interruptions included"),
        Bound::AtMost => format!("up to {total} a month, interruptions included"),
        Bound::AtLeast if is_none => format!("{total} a month without the interruptions"),
        Bound::AtLeast => {
            format!("at least {total} a month with the interruptions that are counted")
        }
        Bound::Neither => format!("{total} a month with the interruptions that are counted"),
    }
}

/// The condition on which an option is cheaper than the one without interruptions. `None` if it
/// certainly is.
fn unsurely_cheaper(fit: &Fit, bill: &Bill) -> Option<String> {
    let steady = fit.cheapest.likely?;
    let limit = total(fit, steady, Level::Likely)?;
    if bill.is_surely_below(limit) {
        return None;
    }
    let most = limit.checked_sub(bill.paid())?.checked_div(fit.hour_value?)?;
    Some(format!(
        " It is cheaper than {} only if you were blocked for less than {} a month.",
        choice(fit, steady, Level::Likely),
        hours(most)
    ))
}

/// `blocked for 8 h a month`.
fn blocked(fit: &Fit, choice: Choice, bill: &Bill) -> String {
    let hours = hours(bill.blocked_hours);
    let plan = fit.plan_of(choice).filter(|_| choice.policy == Policy::Wait);
    let Some(plan) = plan else { return format!("blocked for {hours} a month") };
    let not_counted = not_counted(&plan.told);
    if bill.blocked_hours.is_zero() && bill.was_hit {
        return if plan.told.iter().all(|hit| hit.uncounted == Some(Uncounted::NotTold)) {
            "blocked for hours that your limit hits do not tell".to_owned()
        } else {
            format!("blocked for hours that are not counted: {not_counted}")
        };
    }
    let but = if not_counted.is_empty() {
        String::new()
    } else {
        format!(", not counting {not_counted}")
    };
    if plan.outcomes.likely.at_most == 0 {
        return format!("blocked for {hours} a month{but}");
    }
    let hits = plan.told.iter().filter(|hit| hit.uncounted.is_none()).count();
    let resets = if hits == 1 { "reset of your limit hit" } else { "resets of your limit hits" };
    format!("blocked for up to {hours} a month, to the {resets}{but}")
}

/// `1 limit hit after the last day that counts`: limit hits whose hours no figure includes, and
/// why.
fn not_counted(told: &[ToldHit]) -> String {
    let kinds = [
        (Uncounted::NotTold, "without a reset"),
        (Uncounted::Partial, "of one model or of credits alone"),
        (Uncounted::After, "after the last day that counts"),
    ];
    let parts = kinds.into_iter().filter_map(|(kind, why)| {
        let count = told.iter().filter(|hit| hit.uncounted == Some(kind)).count() as u64;
        (count > 0).then(|| format!("{} {why}", counted(count, "limit hit")))
    });
    parts.collect::<Vec<_>>().join(" and ")
}

/// Limit hits without a known plan. Whichever plan it was, it did not cover everything.
fn hits_of_nobody(fit: &Fit) -> Option<String> {
    let hits = fit.hits_on_api;
    if hits > 0 {
        return Some(format!(
            "Your logs tell of {}, and the API has no such limit: whichever plan it was did not \
             carry all of it, nor would a smaller one have.",
            counted(hits, "limit hit")
        ));
    }
    let hits = fit.hits_on_unknown;
    (hits > 0).then(|| {
        format!(
            "Your logs tell of {} on a plan they do not name: whichever it was did not carry all \
             of it, nor would a smaller one have.",
            counted(hits, "limit hit")
        )
    })
}

/// `your cap of $15.00 a month at API prices`. The cap limits usage, not the amount paid for it.
fn capped(cap: Decimal) -> String {
    format!("your cap of {} a month at API prices", usd(cap))
}

/// A warning if a cap leaves work undone even when the person pays for the rest.
fn undone(fit: &Fit) -> Option<String> {
    let is_ranked = |plan: &&PlanFit| plan.min_members <= 1 || plan.is_now;
    let parts: Vec<String> = fit
        .plans
        .iter()
        .filter(is_ranked)
        .filter_map(|plan| {
            let outcome = &plan.outcomes.likely;
            let bill = outcome.pay.filter(|_| outcome.unpaid.requests > 0)?;
            // If other work continues, work outside the plan adds no blocked hours.
            let is_partly = outcome.outside.requests > 0
                && outcome.carried.requests + outcome.refused.requests > 0;
            let hours = match hours(bill.blocked_hours) {
                _ if bill.blocked_hours.is_zero() => "for hours that are not counted".to_owned(),
                hours if is_partly => format!("for at least {hours} a month"),
                hours => format!("for {hours} a month"),
            };
            Some(format!(
                "{} ({}) {}, blocked {hours}",
                plan.name,
                usd(bill.paid()),
                counted(outcome.unpaid.requests, "request"),
            ))
        })
        .collect();
    let why = match fit.spend_cap {
        Some(cap) => format!("Under {}", capped(cap)),
        None => "Under the daily limit of usage credits".to_owned(),
    };
    (!parts.is_empty()).then(|| format!("{why}, paying leaves undone: {}.", parts.join("; ")))
}

/// The smallest plan that covers everything, and why the one below it does not.
fn smallest(fit: &Fit) -> String {
    let is_ranked = |plan: &&PlanFit| {
        !plan.is_api() && plan.is_known() && (plan.min_members <= 1 || plan.is_now)
    };
    let by_fee = |plan: &&PlanFit| plan.fee;
    let carrying = fit
        .plans
        .iter()
        .filter(is_ranked)
        .filter(|plan| plan.outcomes.likely.fits())
        .min_by_key(by_fee);
    let below = fit
        .plans
        .iter()
        .filter(is_ranked)
        .filter(|plan| carrying.is_none_or(|carrying| plan.fee < carrying.fee))
        .max_by_key(by_fee);
    let why = below.map(|plan| why_not(fit, plan, Level::Likely)).unwrap_or_default();
    let Some(plan) = carrying else {
        return format!("No plan would have carried all of it at the likely capacity.{why}");
    };
    let (likely, even) = match Verdict::of(plan) {
        Verdict::Yes => ("", ", even at the low capacity"),
        _ => ("likely ", ""),
    };
    let hits = fit.unnamed_hits();
    if hits > 0 {
        // A hit shows that its plan did not cover everything, but the plan is unknown.
        return format!(
            "By your requests alone {} would {likely}have carried all of it{even}; but you were \
             stopped {}, on which plan is not known.{why}",
            plan.name,
            times(hits)
        );
    }
    format!("{} would {likely}have carried all of it{even}.{why}", plan.name)
}

/// `once`, `3 times`.
fn times(count: u64) -> String {
    if count == 1 { "once".to_owned() } else { format!("{} times", grouped(count)) }
}

/// ` Pro would not: 3 five-hour windows and 1 week used up.`
fn why_not(fit: &Fit, plan: &PlanFit, level: Level) -> String {
    let outcome = plan.outcomes.at(level);
    let mut parts = Vec::new();
    if outcome.told > 0 {
        parts.push(told(fit, plan));
    }
    let five = outcome.hits_of(Window::FiveHour);
    let week = outcome.hits_of(Window::Week);
    if five > 0 {
        parts.push(format!("{} used up", counted(five as u64, "five-hour window")));
    }
    if week > 0 {
        parts.push(format!("{} used up", counted(week as u64, "week")));
    }
    if outcome.hits_of(Window::FableWeek) > 0 {
        parts.push("its half week for Fable used up".to_owned());
    }
    if outcome.outside.requests > 0 {
        let what = counted(outcome.outside.requests, "request");
        parts.push(format!("{what} not part of it"));
    }
    if parts.is_empty() {
        return String::new();
    }
    format!(" {} would not: {}.", plan.name, parts.join(", "))
}

/// `you were stopped 3 times on Max, which holds more`.
fn told(fit: &Fit, plan: &PlanFit) -> String {
    let own = plan.told.iter().filter(|hit| hit.plan == plan.id).count() as u64;
    let count = if own > 0 { own } else { plan.told.len() as u64 };
    let times = times(count);
    if own > 0 {
        return format!("you were stopped {times} on it, as your logs tell");
    }
    let larger: Vec<&str> = fit
        .plans
        .iter()
        .filter(|other| plan.told.iter().any(|hit| hit.plan == other.id))
        .map(|other| other.name.as_str())
        .collect();
    format!("you were stopped {times} on {}, which holds no less", larger.join(" and "))
}

/// The hourly value from which the dearer options pay off.
fn break_even(fit: &Fit) -> Vec<String> {
    let evens = &fit.break_evens.likely;
    let steady = fit.cheapest.likely;
    let larger = evens.iter().find(|even| {
        fit.plan_of(even.to).is_some_and(|plan| {
            !plan.is_api() && even.to.plan != even.from.plan && plan.outcomes.likely.fits()
        })
    });
    let mut shown: Vec<_> = evens.iter().filter(|even| Some(even.to) == steady).collect();
    if let Some(larger) = larger
        && !shown.iter().any(|even| even.to.plan == larger.to.plan)
    {
        shown.push(larger);
    }
    shown
        .into_iter()
        .map(|even| {
            let to = capital(&choice(fit, even.to, Level::Likely));
            let from = choice(fit, even.from, Level::Likely);
            let amount = usd(even.usd_per_hour);
            let doubt = fit.plan_of(even.from).map(doubt_of_price).unwrap_or_default();
            format!(
                "{to} is worth it over {from} if an hour of interruption costs you more than \
                 {amount}.{doubt}"
            )
        })
        .collect()
}

/// The direction in which the hourly value is wrong: too many hours make it too low, uncounted
/// hours too high.
fn doubt_of_price(plan: &PlanFit) -> String {
    let is_at_most = plan.outcomes.likely.at_most > 0;
    let missing = not_counted(&plan.told);
    match (is_at_most, missing.is_empty()) {
        (false, true) => String::new(),
        (true, true) => " It takes more if you were blocked for less.".to_owned(),
        (false, false) => format!(" Less could do: {missing} not counted."),
        (true, false) => format!(
            " It takes more if you were blocked for less; less could do, because of {missing} not \
             counted."
        ),
    }
}

/// Capitalizes the first letter: `The API` from `the API`.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How the answer changes at the ends of the range.
fn at_the_ends(fit: &Fit) -> Option<String> {
    let named = |level| {
        let steady = (*fit.cheapest.at(level))?;
        Some((steady, choice(fit, steady, level), usd(total(fit, steady, level)?)))
    };
    let (low, high) = (named(Level::Low)?, named(Level::High)?);
    let likely = fit.cheapest.likely?;
    if low.0.plan == likely.plan && high.0.plan == likely.plan && low.2 == high.2 {
        return Some(
            "The cheapest that never blocks is the same at the low and the high capacity."
                .to_owned(),
        );
    }
    Some(format!(
        "To never be blocked: at the low capacity {}, {} a month; at the high one {}, {}.",
        low.1, low.2, high.1, high.2
    ))
}

/// Compares the answers by every yardstick. `None` if there is only one.
fn yardsticks(fit: &Fit) -> Option<String> {
    if fit.others.is_empty() {
        return None;
    }
    let differing: Vec<String> = fit
        .others
        .iter()
        .filter(|other| other.differs)
        .map(|other| {
            let carries: Vec<&str> = fit
                .plans
                .iter()
                .filter(|plan| other.carries.contains(&plan.id))
                .map(|plan| plan.name.as_str())
                .collect();
            let carries =
                if carries.is_empty() { "no plan".to_owned() } else { carries.join(", ") };
            format!(
                "by {} ('planwise fit --yardstick {}') {carries} would carry it",
                yardstick(other.yardstick),
                other.yardstick
            )
        })
        .collect();
    Some(if differing.is_empty() {
        "What fills a window is a guess too. The answer is the same by every yardstick for it: API \
         value without or with cache reads, or tokens."
            .to_owned()
    } else {
        format!("What fills a window is a guess too, and it matters: {}.", differing.join("; "))
    })
}
