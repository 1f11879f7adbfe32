//! The sentences about a plan replay, shared by command line, wizard and report.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::fit::simulate::{DAYS, Simulated, Stopped};
use crate::fit::{
    Bill, Capacity, Choice, Digest, Fit, Level, Mark, Origin, Policy, WeekDigest, Window, Yardstick,
};
use crate::number::{grouped, usd};
use crate::text::clean;

mod answer;
mod calendar;
mod caveats;
mod digest;
mod table;

pub use answer::answer;
pub use calendar::{DayMark, MarkedDay, calendar};
pub use caveats::{fit_assumptions, fit_doubts};
pub use digest::{digest, plan_had, replays};
pub use table::{
    brief_rows, end_rows, interruption_heading, interruption_note, interruption_rows, legend,
    paying_range, plan_rows, replayed_on, short_name,
};

/// The basic caveat of every replay.
pub const FIT_UNKNOWN: &str = "What a window of a plan holds is not published. Every figure here \
                               rests on a range: low, likely, high.";

/// The measure of a window, in words.
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

/// Explains the verdicts. At most one line of 80 columns.
pub const VERDICTS: &str =
    "Carries: yes at any capacity, likely at the likely one, perhaps at the high one.";

/// Explains the letters in a picture of a week. Each stands for the last request of an hour.
pub const MARKS: &str = "o carried at any capacity; refused: + at the low capacity, # at the \
                         likely one too, @ at any. ! a limit hit of yours.";

/// Explains the marks of a week's hours, from the emptiest to the fullest.
pub const WEEK_KEY: [(Mark, &str); 5] = [
    (Mark::Within, "carried at any capacity"),
    (Mark::OverLow, "refused at the low"),
    (Mark::OverLikely, "at the likely too"),
    (Mark::OverHigh, "at any"),
    (Mark::Hit, "a limit hit of yours"),
];

/// The title of the hour-by-hour week: the one with the most refused work, otherwise the fullest.
pub const HARDEST_WEEK: &str = "Your hardest week, hour by hour";

/// Names the plan and capacity that the week is compared with.
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

/// Explains the column of windows.
pub const HITS: &str = "5h+wk: five-hour windows and weeks that were used up.";

/// The question that a replay answers.
pub const QUESTION: &str = "Would a plan have carried it?";

/// Explains the figures of the ranges.
pub fn ranges(fit: &Digest) -> String {
    format!(
        "Blocked: hours in {}. Paying: dollars a month with the fee. From the high to the low \
         capacity, an estimate.",
        days(fit)
    )
}

/// Explains the figures of the ranges and the mark for the person's plan.
pub fn ranges_sentence(fit: &Digest) -> String {
    let mark = if fit.plans.iter().any(|plan| plan.is_now) { " * the plan you have." } else { "" };
    format!("{}{mark}", ranges(fit))
}

/// `28 days`.
pub fn days(fit: &Digest) -> String {
    counted(u64::from(fit.days), "day")
}

/// `1 day`, `3 days`.
pub fn counted(count: u64, what: &str) -> String {
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

fn plan_name(fit: &Fit, id: &str) -> String {
    let plan = fit.plans.iter().find(|plan| plan.id == id);
    plan.map_or_else(|| clean(id).into_owned(), |plan| plan.name.clone())
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
        Policy::Pay if plan.outcomes.at(level).unpaid.requests > 0 => {
            format!("{} and paying up to the cap, then waiting", plan.name)
        }
        Policy::Pay => format!("{} and paying for what does not fit", plan.name),
    }
}

fn total(fit: &Fit, choice: Choice, level: Level) -> Option<Decimal> {
    bill(fit, choice, level).map(|bill| bill.total)
}

fn bill(fit: &Fit, choice: Choice, level: Level) -> Option<Bill> {
    let outcome = fit.plan_of(choice)?.outcomes.at(level);
    match choice.policy {
        Policy::Wait => outcome.wait,
        Policy::Pay => outcome.pay,
    }
}

/// An amount in dollars or tokens, whichever the replay measures.
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
    if now.low == now.high {
        return show(now.likely);
    }
    format!("{} to {}, likely {}", show(now.low), show(now.high), show(now.likely))
}

/// The estimated capacity of each plan's windows: plan, window, range with the number of its
/// source. Then the sources in the order of their numbers.
pub fn capacities(fit: &Fit) -> (Vec<[String; 3]>, Vec<String>) {
    let plan_name = |id: &str| plan_name(fit, id);
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

/// `limit hit` of one, `3 limit hits` of more.
fn own(count: u64, what: &str) -> String {
    if count == 1 { what.to_owned() } else { counted(count, what) }
}

/// Added if the usual range was too low for a window that passed without a hit.
const RAISED: &str = ", raised to your largest window without a hit";

/// The source of a capacity, in one clause.
pub fn origin(capacity: &Capacity, plan_name: impl Fn(&str) -> String) -> String {
    match &capacity.origin {
        Origin::Own { plans, hits, readings, is_scaled, is_raised } => {
            let mut seen = Vec::new();
            if *hits > 0 {
                seen.push(own(*hits, "limit hit"));
            }
            if *readings > 0 {
                seen.push(own(*readings, "reading"));
            }
            let names: Vec<String> = plans.iter().map(|id| plan_name(id)).collect();
            let scaled = if *is_scaled { ", times the published ratio" } else { "" };
            let raised = if *is_raised { RAISED } else { "" };
            format!("your own {} on {}{scaled}{raised}", seen.join(" and "), names.join(" and "))
        }
        Origin::Estimate { date, is_scaled, is_raised, .. } => {
            let scaled = if *is_scaled { " for Pro, times the published ratio" } else { "" };
            let raised = if *is_raised { RAISED } else { "" };
            format!("estimates of users ({date}){scaled}{raised}")
        }
    }
}

/// How likely a plan is to interrupt the work: `in 12 to 97 of 100 months, likely 54`.
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

/// Explains the two ends of that range. `None` if there is only one number.
pub fn stopped_range(plan: &Stopped) -> Option<&'static str> {
    (plan.months.low != plan.months.high).then_some(
        "The range is what is not known about the plan's capacity: fewer months at the high \
         one, more at the low one.",
    )
}

/// The assumptions of the simulation, one sentence each.
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
