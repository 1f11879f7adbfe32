//! The sentences about a replay: command line, wizard and report share them.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::fit::simulate::{DAYS, Simulated, Stopped};
use crate::fit::{
    Capacity, Choice, Digest, Fit, Level, Origin, PlanFit, Policy, Rules, Verdict, WeekDigest,
    WeekReset, Window, Yardstick,
};
use crate::number::{grouped, usd};
use crate::text::clean;

mod digest;
mod table;

pub use digest::digest;
pub use table::{brief_rows, end_rows, paying_range, plan_rows, replayed_on};

/// What nobody may forget about any of it.
pub const FIT_UNKNOWN: &str = "What a window of a plan holds is not published. Every figure here \
                               rests on a range: low, likely, high.";

/// What fills a window, in words.
pub const fn yardstick(yardstick: Yardstick) -> &'static str {
    match yardstick {
        Yardstick::ApiValue => "API value without cache reads",
        Yardstick::ApiValueWithReads => "API value with cache reads",
        Yardstick::Tokens => "uncached input and output tokens",
    }
}

/// A limit in words.
pub const fn window(window: Window) -> &'static str {
    match window {
        Window::FiveHour => "five-hour window",
        Window::Week => "week",
        Window::FableWeek => "Fable's half of the week",
    }
}

/// What the verdicts mean, one line of 80 columns at most.
pub const VERDICTS: &str =
    "Carries: yes at any capacity, likely at the likely one, perhaps at the high one.";

/// What the letters in a picture of a week mean: for the last request of each hour.
pub const MARKS: &str = "o carried at any capacity; refused: + at the low capacity, # at the \
                         likely one too, @ at any.";

/// The week that is shown hour by hour: the one in which most did not fit, else the fullest one.
pub const HARDEST_WEEK: &str = "Your hardest week, hour by hour";

/// What that week is held against.
pub fn week_sentence(week: &WeekDigest) -> String {
    let what = match week.window {
        Window::FiveHour => "How full the five-hour window was, against what five hours of",
        Window::Week | Window::FableWeek => "How full the week was, against what weeks of",
    };
    format!(
        "{what} {} hold now: {}, an estimate. Asked in the whole week: {}.",
        week.plan, week.holds, week.asked
    )
}

/// What the column of windows counts.
pub const HITS: &str = "5h+wk: five-hour windows and weeks that were used up.";

/// The question that a replay answers.
pub const QUESTION: &str = "Would a plan have carried it?";

/// What the figures of the ranges are.
pub fn ranges(fit: &Digest) -> String {
    format!(
        "Blocked: hours in {}. Paying: dollars a month with the fee. From the high to the low \
         capacity, an estimate.",
        days(fit)
    )
}

/// What the figures of the ranges are, and whose plan is marked.
pub fn ranges_sentence(fit: &Digest) -> String {
    let mark = if fit.plans.iter().any(|plan| plan.is_now) { " * the plan you have." } else { "" };
    format!("{}{mark}", ranges(fit))
}

/// `28 days`.
pub fn days(fit: &Digest) -> String {
    counted(u64::from(fit.days), "day")
}

/// Hours with one decimal.
pub fn hours(hours: Decimal) -> String {
    let rounded = hours.round_dp_with_strategy(1, RoundingStrategy::MidpointNearestEven);
    if rounded.is_zero() && !hours.is_zero() {
        return "<0.1 h".to_owned();
    }
    format!("{} h", rounded.normalize())
}

/// An option in words: `Pro and paying for the rest`.
pub fn choice(fit: &Fit, choice: Choice, level: Level) -> String {
    let Some(plan) = fit.plan_of(choice) else { return String::new() };
    if plan.is_api() {
        return "the API for everything".to_owned();
    }
    match choice.policy {
        _ if plan.outcomes.at(level).fits() => plan.name.clone(),
        Policy::Wait => format!("{} and waiting for each reset", plan.name),
        Policy::Pay => format!("{} and paying for what does not fit", plan.name),
    }
}

fn total(fit: &Fit, choice: Choice, level: Level) -> Option<Decimal> {
    bill(fit, choice, level).map(|bill| bill.total)
}

fn bill(fit: &Fit, choice: Choice, level: Level) -> Option<crate::fit::Bill> {
    let outcome = fit.plan_of(choice)?.outcomes.at(level);
    match choice.policy {
        Policy::Wait => outcome.wait,
        Policy::Pay => outcome.pay,
    }
}

/// The answer in a few sentences, the most important one first. Empty without requests.
pub fn answer(fit: &Fit) -> Vec<String> {
    if fit.coverage.requests == 0 {
        return Vec::new();
    }
    let mut out: Vec<String> = Vec::new();
    out.push(smallest(fit));
    if let Some(cheapest) = fit.cheapest.likely {
        let cost = total(fit, cheapest, Level::Likely).map(usd).unwrap_or_default();
        let is_steady = fit.never_blocks.likely == Some(cheapest)
            || bill(fit, cheapest, Level::Likely).is_some_and(|bill| bill.never_blocks);
        let valued = if fit.hour_value.is_some() { ", interruptions included" } else { "" };
        let blocked = if is_steady {
            "and it never blocks".to_owned()
        } else {
            let bill = bill(fit, cheapest, Level::Likely);
            let blocked = bill.map(|bill| hours(bill.blocked_hours)).unwrap_or_default();
            format!("blocked for {blocked} a month")
        };
        let name = choice(fit, cheapest, Level::Likely);
        out.push(format!("Cheapest: {name}, {cost} a month{valued}, {blocked}."));
        if !is_steady {
            out.extend(never_blocks(fit));
        }
    }
    out.extend(break_even(fit));
    out.extend(at_the_ends(fit));
    out.extend(yardsticks(fit));
    out
}

/// The smallest plan that carries everything, and why the one below it does not.
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
    let why = below.map(|plan| why_not(plan, Level::Likely)).unwrap_or_default();
    match carrying {
        Some(plan) if Verdict::of(plan) == Verdict::Yes => {
            format!("{} would have carried all of it, even at the low capacity.{why}", plan.name)
        }
        Some(plan) => {
            format!("{} would likely have carried all of it.{why}", plan.name)
        }
        None => format!("No plan would have carried all of it at the likely capacity.{why}"),
    }
}

/// ` Pro would not: 3 five-hour windows and 1 week used up.`
fn why_not(plan: &PlanFit, level: Level) -> String {
    let outcome = plan.outcomes.at(level);
    let mut parts = Vec::new();
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

fn counted(count: u64, what: &str) -> String {
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

fn never_blocks(fit: &Fit) -> Option<String> {
    let steady = fit.never_blocks.likely?;
    let cost = usd(total(fit, steady, Level::Likely)?);
    Some(format!(
        "Cheapest that never blocks: {}, {cost} a month.",
        choice(fit, steady, Level::Likely)
    ))
}

/// What an hour must cost for the dearer options to be worth it.
fn break_even(fit: &Fit) -> Vec<String> {
    let evens = &fit.break_evens.likely;
    let steady = fit.never_blocks.likely;
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
            format!(
                "{to} is worth it over {from} if an hour of interruption costs you more than \
                 {amount}."
            )
        })
        .collect()
}

/// `The API` of `the API`.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How the answer moves at the ends of the range.
fn at_the_ends(fit: &Fit) -> Option<String> {
    let named = |level| {
        let steady = *fit.never_blocks.at(level);
        let steady = steady?;
        Some((steady, choice(fit, steady, level), usd(total(fit, steady, level)?)))
    };
    let (low, high) = (named(Level::Low)?, named(Level::High)?);
    let likely = fit.never_blocks.likely?;
    if low.0.plan == likely.plan && high.0.plan == likely.plan && low.2 == high.2 {
        return Some("That holds at the low and the high capacity too.".to_owned());
    }
    Some(format!(
        "To never be blocked: at the low capacity {}, {} a month; at the high one {}, {}.",
        low.1, low.2, high.1, high.2
    ))
}

/// Whether the choice of yardstick changes the answer.
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
                other.yardstick.as_str()
            )
        })
        .collect();
    Some(if differing.is_empty() {
        "The answer is the same by every yardstick.".to_owned()
    } else {
        format!("The yardstick matters: {}.", differing.join("; "))
    })
}

/// An amount in the yardstick's measure: dollars, or tokens.
pub fn measure(fit: &Fit, amount: Decimal) -> String {
    match fit.yardstick {
        Yardstick::Tokens => {
            crate::number::tokens_short(u64::try_from(amount.trunc()).unwrap_or(u64::MAX))
        }
        Yardstick::ApiValue | Yardstick::ApiValueWithReads => usd(amount),
    }
}

/// `$4.50 to $21.00, likely $12.00`, or tokens.
pub fn range(fit: &Fit, capacity: &Capacity) -> String {
    let show = |amount| measure(fit, amount);
    let now = &capacity.now;
    format!("{} to {}, likely {}", show(now.low), show(now.high), show(now.likely))
}

/// What each plan's windows are taken to hold: plan, window, range with the number of its source;
/// then the sources in the order of their numbers.
pub fn capacities(fit: &Fit) -> (Vec<[String; 3]>, Vec<String>) {
    let plan_name = |id: &str| {
        let plan = fit.plans.iter().find(|plan| plan.id == id);
        plan.map_or_else(|| clean(id).into_owned(), |plan| plan.name.clone())
    };
    let mut rows = Vec::new();
    let mut origins: Vec<String> = Vec::new();
    for plan in fit.plans.iter().filter(|plan| plan.is_known()) {
        for (what, capacity) in [("five hours", &plan.five_hour), ("a week", &plan.week)] {
            let Some(capacity) = capacity else {
                let is_free = what == "five hours" && !plan.has_five_hour;
                let missing = if is_free { "no limit" } else { "not known" };
                rows.push([plan.name.clone(), what.to_owned(), missing.to_owned()]);
                continue;
            };
            let origin = origin(capacity, plan_name);
            let number = origins.iter().position(|known| *known == origin).unwrap_or_else(|| {
                origins.push(origin);
                origins.len() - 1
            });
            let holds = format!("{} [{}]", range(fit, capacity), number + 1);
            rows.push([plan.name.clone(), what.to_owned(), holds]);
        }
    }
    (rows, origins)
}

/// The same in sentences: `Pro, five hours: $4.50 to $21.00, likely $12.00 [1].`
fn capacity_lines(fit: &Fit) -> Vec<String> {
    let (rows, origins) = capacities(fit);
    let holds = rows.iter().map(|[plan, what, holds]| format!("{plan}, {what}: {holds}."));
    let sources = origins.iter().zip(1..).map(|(origin, number)| format!("[{number}]: {origin}."));
    holds.chain(sources).collect()
}

/// Where a capacity comes from, in one clause.
pub fn origin(capacity: &Capacity, plan_name: impl Fn(&str) -> String) -> String {
    match &capacity.origin {
        Origin::Own { plans, hits, readings, is_scaled } => {
            let mut seen = Vec::new();
            if *hits > 0 {
                seen.push(counted(*hits, "limit hit"));
            }
            if *readings > 0 {
                seen.push(counted(*readings, "reading"));
            }
            let names: Vec<String> = plans.iter().map(|id| plan_name(id)).collect();
            let scaled = if *is_scaled { ", times the published ratio" } else { "" };
            format!("your own {} on {}{scaled}", seen.join(" and "), names.join(" and "))
        }
        Origin::Estimate { date, is_scaled, is_raised, .. } => {
            let scaled = if *is_scaled { " for Pro, times the published ratio" } else { "" };
            let raised =
                if *is_raised { ", raised to your largest window without a hit" } else { "" };
            format!("estimates of users ({date}){scaled}{raised}")
        }
    }
}

/// What the replay takes for granted, one sentence each.
pub fn fit_assumptions(fit: &Fit) -> Vec<String> {
    let mut out = vec![format!("What fills a window is taken to be {}.", yardstick(fit.yardstick))];
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
            "Ultra is taken as verified: since 31 October 2026 it has no five-hour limit then."
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
        "Blocked hours run from the first refused request to the reset, nights included."
            .to_owned(),
    );
    out.push(match fit.spend_cap {
        Some(cap) => format!(
            "Paying means usage credits at API prices, with bundles where they are cheaper, up to \
             {} a month; over that you are blocked again.",
            usd(cap)
        ),
        None => "Paying means usage credits at API prices, with bundles where they are cheaper."
            .to_owned(),
    });
    if fit.coverage.days > 0 {
        out.push(format!(
            "A month is {} days made to 365/12; fees are by the month, before tax.",
            fit.coverage.days
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

/// Why to trust the replay less, one sentence each.
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
    out.extend(fit.plans.iter().filter(|plan| plan.is_now).filter_map(disagreement));
    let uses = fit.hit_use;
    // Whoever waits after a real hit leaves no refused request behind.
    let replayed = |plan: &PlanFit| plan.outcomes.likely.hits.len() as u64;
    if let Some(plan) = fit.plans.iter().find(|plan| plan.is_now)
        && uses.used > replayed(plan)
    {
        out.push(format!(
            "Your logs tell of {} on {}: you were stopped then. Who waits leaves no request to \
             refuse, so the replay shows fewer stops than there were.",
            counted(uses.used, "limit hit"),
            plan.name
        ));
    }
    if uses.without_plan > 0 {
        out.push(format!(
            "{} could show what your plan holds; name it with 'planwise fit --plan-now'.",
            capital(&counted(uses.without_plan, "limit hit"))
        ));
    }
    out
}

/// Where the person's own windows tell very different things.
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
         outside of these logs fills the same windows, or the yardstick is a poor one.",
    ))
}

/// How likely a plan is to stop somebody: `in 12 to 97 of 100 months, likely 54`.
pub fn stopped(simulated: &Simulated, plan: &Stopped) -> String {
    let months = plan.months;
    if months.low == months.high {
        return format!("in {} of {} months, at any capacity", months.likely, simulated.months);
    }
    format!(
        "in {} to {} of {} months, likely {}",
        months.high, months.low, simulated.months, months.likely
    )
}

/// What the simulation takes for granted, one sentence each.
pub fn simulated_assumptions(simulated: &Simulated) -> Vec<String> {
    let habit = &simulated.habit;
    let (shortest, longest) = habit.minutes();
    vec![
        format!(
            "Made up, not measured: {} months of {DAYS} days with {} a week of {shortest} to \
             {longest} minutes, between 8 and 20 o'clock, mostly on working days.",
            simulated.months,
            counted(u64::from(habit.sessions_a_week), "session"),
        ),
        format!(
            "Each holds {} of API value without cache reads, priced as {}: the {} % of your work \
             that stays in the app.",
            usd(habit.fresh),
            habit.model,
            habit.in_app_pct
        ),
        "Later requests of a session are larger, because a chat sends its history again."
            .to_owned(),
        "Today's limits hold throughout; rises announced for Claude Code count for chat too."
            .to_owned(),
    ]
}
