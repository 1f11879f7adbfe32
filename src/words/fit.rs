//! The sentences about a plan replay, shared by command line, wizard and report.

use std::borrow::Cow;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::fit::simulate::{DAYS, Simulated, Stopped};
use crate::fit::{
    Account, Digest, Holds, Mark, Origin, PlanDigest, Range, Reasons, Sentences, WeekDigest,
    Window, Yardstick,
};
use crate::number::{grouped, usd};
use crate::text::clean;

mod answer;
mod calendar;
mod caveats;
mod table;

pub use calendar::{DayMark, MarkedDay, calendar};
pub use table::{
    brief_rows, end_rows, interruption_heading, interruption_note, interruption_rows, legend,
    paying_range, plan_rows, replayed_on, short_name,
};

/// Names of plans by their ids.
struct Names<'a>(&'a [PlanDigest]);

impl Names<'_> {
    fn of(&self, id: &str) -> String {
        let plan = self.0.iter().find(|plan| plan.id == id);
        plan.map_or_else(|| clean(id).into_owned(), |plan| plan.name.clone())
    }

    fn all(&self, ids: &[String]) -> String {
        joined(ids.iter().map(|id| self.of(id)))
    }
}

/// `Max and Ultra`.
fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" and ")
}

/// What was found, and what that rests on, in sentences. `unnamed_hits` counts the limit hits without
/// a known plan.
pub fn sentences(reasons: &Reasons, plans: &[PlanDigest], unnamed_hits: u64) -> Sentences {
    let names = &Names(plans);
    let (rows, origins) = capacities(reasons, plans);
    let holds = rows.iter().map(|[plan, what, holds]| format!("{plan}, {what}: {holds}."));
    let sources = origins.iter().zip(1..).map(|(origin, number)| format!("[{number}]: {origin}."));
    let (assumptions, caveats) = (reasons.assumptions.iter(), reasons.caveats.iter());
    // "All of it" is only said of all of it.
    let it = if reasons.is_partial() { "all that was replayed" } else { "all of it" };
    Sentences {
        answer: reasons
            .findings
            .iter()
            .map(|found| answer::finding(found, names, unnamed_hits, it))
            .collect(),
        holds: holds.chain(sources).collect(),
        assumptions: assumptions.map(|of| caveats::assumption(of, reasons)).collect(),
        doubts: caveats.map(|of| caveats::caveat(of, reasons, names)).collect(),
    }
}

/// The same of a digest; what an older file says is shown as it stands there.
pub fn digest_sentences(fit: &Digest) -> Cow<'_, Sentences> {
    match &fit.account {
        Account::Reasons(reasons) => Cow::Owned(sentences(reasons, &fit.plans, fit.unnamed_hits)),
        Account::Written(written) => Cow::Borrowed(written),
    }
}

/// What the sentences rest on, part by part, each with its heading; without parts that are empty.
pub fn grounds(said: &Sentences) -> impl Iterator<Item = (&'static str, &[String])> {
    let parts = [
        ("Estimated capacity of each plan", &said.holds),
        (TAKEN_FOR_GRANTED, &said.assumptions),
        (HOW_FAR_TO_TRUST, &said.doubts),
    ];
    parts.into_iter().map(|(name, part)| (name, part.as_slice())).filter(|(_, p)| !p.is_empty())
}

/// The heading of the assumptions.
pub const TAKEN_FOR_GRANTED: &str = "Assumptions";
/// The heading of the caveats.
pub const HOW_FAR_TO_TRUST: &str = "Caveats";
/// The heading of the rows at one capacity.
pub const AT_LIKELY: &str = "At the likely capacity";
/// The question about the plan that the person had.
pub const PLAN_HAD: &str = "Plan you had";

/// The name of the plan that the person had and who named it.
pub fn plan_named(fit: &Digest) -> Option<(&str, &'static str)> {
    let by = if fit.is_declared { "your choice" } else { "from your logs" };
    fit.plan_now().map(|plan| (plan.name.as_str(), by))
}

/// `Plan you had: Pro (your choice).`
pub fn plan_had(fit: &Digest) -> String {
    match plan_named(fit) {
        Some((name, by)) => format!("{PLAN_HAD}: {name} ({by})."),
        None => format!("{PLAN_HAD}: not known. Your logs do not name it."),
    }
}

/// The basic caveat of every replay.
pub const FIT_UNKNOWN: &str = "Anthropic does not publish how much a plan covers, so every figure \
                               here is an estimate at a low, a likely and a high capacity.";

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
    "Covers: yes at any capacity, likely at the likely one, perhaps at the high one.";

/// Explains the letters in a picture of a week. Each stands for the last request of an hour.
pub const MARKS: &str = "o covered at any capacity; refused: + at the low capacity, # at the \
                         likely one too, @ at any. ! your limit hit.";

/// Explains the marks of a week's hours, from the emptiest to the fullest.
pub const WEEK_KEY: [(Mark, &str); 5] = [
    (Mark::Within, "covered at any capacity"),
    (Mark::OverLow, "refused at the low one"),
    (Mark::OverLikely, "at the likely one too"),
    (Mark::OverHigh, "at any"),
    (Mark::Hit, "your limit hit"),
];

/// The title of the hour-by-hour week: the one with the most refused work, otherwise the fullest.
pub const HARDEST_WEEK: &str = "Your hardest week, hour by hour";

/// Names the plan and capacity that the week is compared with.
pub fn week_sentence(week: &WeekDigest) -> String {
    let what = match week.window {
        Window::FiveHour => "How full the five-hour window was, compared with five hours of",
        Window::Week | Window::FableWeek => "How full the week was, compared with a week of",
    };
    let figures = match &week.amounts {
        Some(of) => Some((range(of.yardstick, &of.holds), measure(of.yardstick, of.asked))),
        None => week.written_holds.clone().zip(week.written_asked.clone()),
    };
    match figures {
        Some((holds, asked)) => {
            format!("{what} {}: {holds} (estimate). Used in the whole week: {asked}.", week.plan)
        }
        None => format!("{what} {} (estimate).", week.plan),
    }
}

/// Explains the column of windows.
pub const HITS: &str = "5h+wk: five-hour windows and weekly limits used up.";

/// Said where logs hold nothing that can be replayed.
pub const NOTHING_TO_REPLAY: &str = "Nothing in these logs to replay.";

/// The question that a replay answers.
pub const QUESTION: &str = "Would this plan have covered your usage?";

/// Explains the figures of the ranges.
pub fn ranges(fit: &Digest) -> String {
    format!(
        "Blocked: hours in {}. Paying: dollars a month with the fee. Ranges run from the high to \
         the low capacity (estimate).",
        days(fit)
    )
}

/// Explains the figures of the ranges and the mark for the person's plan.
pub fn ranges_sentence(fit: &Digest) -> String {
    let mark = if fit.plans.iter().any(|plan| plan.is_now) { " * your plan." } else { "" };
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

/// Hours with one decimal.
pub fn hours(hours: Decimal) -> String {
    let rounded = hours.round_dp_with_strategy(1, RoundingStrategy::MidpointNearestEven);
    if rounded.is_zero() && !hours.is_zero() {
        return "<0.1 h".to_owned();
    }
    format!("{} h", rounded.normalize())
}

/// An amount in dollars or tokens, whichever the replay measures.
pub fn measure(yardstick: Yardstick, amount: Decimal) -> String {
    match yardstick {
        Yardstick::Tokens => {
            crate::number::tokens_short(u64::try_from(amount.trunc()).unwrap_or(u64::MAX))
        }
        Yardstick::ApiValue | Yardstick::ApiValueWithReads => usd(amount),
    }
}

/// `$4.50 to $21.00, likely $12.00`, or tokens.
fn range(yardstick: Yardstick, holds: &Range<Decimal>) -> String {
    let show = |amount| measure(yardstick, amount);
    if holds.low == holds.high {
        return show(holds.likely);
    }
    format!("{} to {}, likely {}", show(holds.low), show(holds.high), show(holds.likely))
}

/// The estimated capacity of each plan's windows: plan, window, range with the number of its
/// source. Then the sources in the order of their numbers.
pub fn capacities(reasons: &Reasons, plans: &[PlanDigest]) -> (Vec<[String; 3]>, Vec<String>) {
    let names = &Names(plans);
    let mut rows = Vec::new();
    let mut origins: Vec<String> = Vec::new();
    for holding in &reasons.windows {
        let what = if holding.window == Window::FiveHour { "five hours" } else { "a week" };
        let holds = match &holding.holds {
            Holds::NoLimit => "no limit".to_owned(),
            Holds::Unknown => "not known".to_owned(),
            Holds::Estimated { now, origin: source } => {
                let origin = origin(source, names);
                let number =
                    origins.iter().position(|known| *known == origin).unwrap_or_else(|| {
                        origins.push(origin);
                        origins.len() - 1
                    });
                let now = range(reasons.yardstick, &now.map(|amount| amount.0));
                format!("{now} [{}]", number + 1)
            }
        };
        rows.push([names.of(&holding.plan), what.to_owned(), holds]);
    }
    (rows, origins)
}

/// `limit hit` of one, `3 limit hits` of more.
fn own(count: u64, what: &str) -> String {
    if count == 1 { what.to_owned() } else { counted(count, what) }
}

/// Added if the usual range was too low for a window that passed without a hit.
const RAISED: &str = ", raised to your largest window without a limit hit";

/// The source of a capacity, in one clause.
fn origin(origin: &Origin, names: &Names<'_>) -> String {
    match origin {
        Origin::Own { plans, hits, readings, is_scaled, is_raised } => {
            let mut seen = Vec::new();
            if *hits > 0 {
                seen.push(own(*hits, "limit hit"));
            }
            if *readings > 0 {
                seen.push(own(*readings, "reading"));
            }
            let scaled = if *is_scaled { ", times the published ratio of the plans" } else { "" };
            let raised = if *is_raised { RAISED } else { "" };
            format!("your own {} on {}{scaled}{raised}", seen.join(" and "), names.all(plans))
        }
        Origin::Estimate { date, is_scaled, is_raised, .. } => {
            let scaled =
                if *is_scaled { " for Pro, times the published ratio of the plans" } else { "" };
            let raised = if *is_raised { RAISED } else { "" };
            format!("estimates of users ({date}){scaled}{raised}")
        }
    }
}

/// How likely a plan is to interrupt the work: `in 12 to 97 of 100 months, likely in 54`.
pub fn stopped(simulated: &Simulated, plan: &Stopped) -> String {
    let months = plan.months;
    if months.low == months.high {
        return format!("in {} of {} months, at any capacity", months.likely, simulated.months);
    }
    format!(
        "in {} to {} of {} months, likely in {}",
        months.high, months.low, simulated.months, months.likely
    )
}

/// Explains the two ends of that range. `None` if there is only one number.
pub fn stopped_range(plan: &Stopped) -> Option<&'static str> {
    (plan.months.low != plan.months.high).then_some(
        "The range reflects the uncertain capacity of the plan: fewer months at the high one, \
         more at the low one.",
    )
}

/// The assumptions of the simulation, one sentence each.
pub fn simulated_assumptions(simulated: &Simulated) -> Vec<String> {
    let habit = &simulated.habit;
    let (shortest, longest) = habit.minutes();
    vec![
        format!(
            "Simulated, not measured: {} months of {DAYS} days with {} a week, each {shortest} to \
             {longest} minutes long, between 8:00 and 20:00, mostly on working days.",
            simulated.months,
            counted(u64::from(habit.sessions_a_week), "session"),
        ),
        format!(
            "Each month holds {} of API value without cache reads, priced as {}: the {}% of your \
             work that stays on the plan.",
            usd(habit.fresh),
            habit.model,
            habit.in_app_pct
        ),
        "Later requests in a session are larger, because each message resends the whole chat."
            .to_owned(),
        "Today's limits apply throughout; increases announced for Claude Code apply to chat too."
            .to_owned(),
    ]
}
