//! The rows of the tables about a plan replay, shared by command line, wizard and report.

use rust_decimal::Decimal;

use super::{counted, hours};
use crate::fit::{Bound, Level, LevelDigest, Part, PlanDigest, Verdict};
use crate::number::{grouped, usd};
use crate::text::node::serde_name;

/// The content of an empty cell.
const NOTHING: &str = "-";

/// The name of a plan, marked if it is the person's own.
fn name(plan: &PlanDigest) -> String {
    let mark = if plan.is_now { "*" } else { "" };
    format!("{}{mark}", plan.name)
}

/// A plan's name in a narrow column: `Team Std` for `Team Standard`.
pub fn short_name(name: &str) -> String {
    name.replace(" Standard", " Std").replace(" Premium", " Prem")
}

fn dollars(amount: Option<Decimal>) -> String {
    amount.map_or_else(|| NOTHING.to_owned(), usd)
}

/// Before an upper bound of hours.
const AT_MOST: &str = "<=";
/// Before a lower bound of hours or of a total.
const AT_LEAST: &str = ">=";
/// After hours of which some are an upper bound and others are not counted.
const NEITHER: &str = "?";
/// After a total that leaves work undone.
const UNDONE: &str = "!";
/// Replaces the verdict if none of the work is part of a plan.
const NOT_IN_PLAN: &str = "not in plan";

/// Hours or their cost with a mark for certainty: `12 h`, `<=12 h`, `>=0 h`, `3 h?`.
fn marked(bound: Bound, text: &str) -> String {
    match bound {
        Bound::Replayed => text.to_owned(),
        Bound::AtMost => format!("{AT_MOST}{text}"),
        Bound::AtLeast => format!("{AT_LEAST}{text}"),
        Bound::Neither => format!("{text}{NEITHER}"),
    }
}

fn blocked(at: &LevelDigest, amount: Decimal) -> String {
    marked(at.hours_are, &hours(amount))
}

/// True if the hours blocked are known: the plan has a window, and some of the work is part of the
/// plan.
fn tells_hours(plan: &PlanDigest) -> bool {
    plan.carries.is_limited() && plan.part != Part::Nothing
}

/// The cost of paying for the rest, USD a month: `$41.20`, `>=$41.20` if limit hits cut work off,
/// `$41.20!` if a cap leaves work undone.
fn paying(plan: &PlanDigest, at: &LevelDigest) -> String {
    let least = if plan.told_hits > 0 { AT_LEAST } else { "" };
    let mark = if at.unpaid > 0 { UNDONE } else { "" };
    at.paying.map_or_else(|| NOTHING.to_owned(), |total| format!("{least}{}{mark}", usd(total)))
}

/// Whether the plan covers all of the work: `no, 3 hits` if the logs record limit hits.
fn carries(plan: &PlanDigest) -> String {
    if is_not_in_plan(plan) {
        NOT_IN_PLAN.to_owned()
    } else if plan.told_hits > 0 {
        format!("no, {}", counted(plan.told_hits, "hit"))
    } else {
        serde_name(&plan.carries)
    }
}

/// True if none of the work is part of a plan and the logs record no limit hits on it.
fn is_not_in_plan(plan: &PlanDigest) -> bool {
    plan.part == Part::Nothing && !(plan.is_now && plan.told_hits > 0)
}

/// Explains each mark that occurs in the rows, one sentence each. `unnamed_hits` counts the limit
/// hits without a known plan.
pub fn legend(plans: &[PlanDigest], unnamed_hits: u64) -> Vec<String> {
    let any = |test: &dyn Fn(&PlanDigest) -> bool| plans.iter().any(test);
    let at = |plan: &PlanDigest, test: &dyn Fn(&LevelDigest) -> bool| {
        plan.at.each().iter().any(|(_, level)| test(level))
    };
    let mut out = Vec::new();
    if unnamed_hits > 0 {
        out.push(format!(
            "Covers: by your requests alone; {} happened on an unknown plan.",
            counted(unnamed_hits, "limit hit")
        ));
    }
    if any(&|plan| plan.told_hits > 0 && !is_not_in_plan(plan)) {
        out.push("hits: limit hits in your logs, on this plan or on a larger one.".to_owned());
    }
    let hours_are =
        |bound| any(&|plan| tells_hours(plan) && at(plan, &|level| level.hours_are == bound));
    if hours_are(Bound::AtMost) {
        out.push(format!(
            "{AT_MOST} at most: until the resets of these hits, whether you worked or not."
        ));
    }
    let pays = any(&|plan| plan.told_hits > 0 && plan.at.likely.paying.is_some());
    let least = [
        pays.then_some("work not done after a hit has no price"),
        hours_are(Bound::AtLeast).then_some("hours after some hits could not be counted"),
    ];
    let least: Vec<&str> = least.into_iter().flatten().collect();
    if !least.is_empty() {
        out.push(format!("{AT_LEAST} at least: {}.", least.join("; ")));
    }
    if hours_are(Bound::Neither) {
        out.push(format!(
            "{NEITHER} more or less: hours run until the resets of some hits; those after others \
             could not be counted."
        ));
    }
    if any(&is_not_in_plan) {
        out.push(format!("{NOT_IN_PLAN}: the plan does not include any of this work."));
    }
    if any(&|plan| at(plan, &|level| level.unpaid > 0)) {
        out.push(format!(
            "{UNDONE} leaves work undone: your cap is reached before everything is paid."
        ));
    }
    if any(&|plan| plan.carries == Verdict::Capped) {
        out.push("capped: covers only what the cap pays for.".to_owned());
    }
    out
}

/// Every plan at the likely capacity: name, fee, windows hit (five hours + weeks), time blocked,
/// longest block, overflow and total a month if the person pays for the rest, and whether it covers
/// all of the work.
pub fn plan_rows(plans: &[PlanDigest]) -> Vec<[String; 8]> {
    let row = |plan: &PlanDigest| {
        let likely = plan.at.likely;
        let limited = |text: String| {
            if tells_hours(plan) { text } else { NOTHING.to_owned() }
        };
        [
            name(plan),
            dollars(plan.fee),
            limited(format!("{}+{}", likely.five_hour_hits, likely.week_hits)),
            limited(blocked(&likely, likely.blocked_hours)),
            limited(blocked(&likely, likely.longest_hours)),
            dollars(likely.overflow),
            paying(plan, &likely),
            carries(plan),
        ]
    };
    plans.iter().map(row).collect()
}

/// The monthly cost of blocked hours at the likely capacity, for plans if an hour has a value:
/// name, hours blocked, their cost, their cost plus the fee.
pub fn interruption_rows(plans: &[PlanDigest]) -> Vec<[String; 4]> {
    let row = |plan: &PlanDigest| {
        let likely = plan.at.likely;
        let (amount, cost) = likely.blocked_a_month.zip(likely.interruption)?;
        let money = |amount| marked(likely.hours_are, &usd(amount));
        let with_fee = plan.fee.and_then(|fee| fee.checked_add(cost));
        Some([
            name(plan),
            blocked(&likely, amount),
            money(cost),
            with_fee.map_or_else(|| NOTHING.to_owned(), money),
        ])
    };
    plans.iter().filter(|plan| tells_hours(plan)).filter_map(row).collect()
}

/// The heading of these rows.
pub fn interruption_heading(hour_value: Decimal) -> String {
    format!("If you wait: cost of the blocked hours a month, at {} an hour", usd(hour_value))
}

/// The note below these rows if limit hits have no known plan.
pub fn interruption_note(unnamed_hits: u64) -> Option<String> {
    (unnamed_hits > 0).then(|| {
        format!(
            "By your requests alone: {} happened on an unknown plan.",
            counted(unnamed_hits, "limit hit")
        )
    })
}

/// The plans with windows at the ends of the range: name, then time blocked and total a month if
/// the person pays for the rest, at the low, likely and high capacity.
pub fn end_rows(plans: &[PlanDigest]) -> Vec<[String; 7]> {
    let row = |plan: &PlanDigest| {
        let blocked = |level| {
            let at = plan.at.at(level);
            if plan.part == Part::Nothing {
                NOTHING.to_owned()
            } else {
                blocked(at, at.blocked_hours)
            }
        };
        let paying = |level| paying(plan, plan.at.at(level));
        [
            name(plan),
            blocked(Level::Low),
            blocked(Level::Likely),
            blocked(Level::High),
            paying(Level::Low),
            paying(Level::Likely),
            paying(Level::High),
        ]
    };
    plans.iter().filter(|plan| plan.carries.is_limited()).map(row).collect()
}

/// Every plan with ranges from the high capacity to the low one: name, whether it covers all of the
/// work, time blocked, total a month if the person pays for the rest.
pub fn brief_rows(plans: &[PlanDigest]) -> Vec<[String; 4]> {
    let row = |plan: &PlanDigest| {
        let blocked = if tells_hours(plan) {
            let text = span(plan, |at| hours(at.blocked_hours).trim_end_matches(" h").to_owned());
            // Hits are the same at every capacity. If a replay finds their hours, those are
            // certain.
            let bounds = plan.at.each().map(|(_, at)| at.hours_are);
            let bound = bounds.into_iter().find(|bound| *bound != Bound::Replayed);
            let bound = if bounds.contains(&Bound::Neither) { Some(Bound::Neither) } else { bound };
            marked(bound.unwrap_or_default(), &format!("{text} h"))
        } else {
            NOTHING.to_owned()
        };
        [name(plan), carries(plan), blocked, paying_range(plan)]
    };
    plans.iter().map(row).collect()
}

/// The monthly cost of a plan if the person pays for the rest: `$20.00 to $41.20`.
pub fn paying_range(plan: &PlanDigest) -> String {
    span(plan, |at| paying(plan, at))
}

/// The values from the high capacity to the low one; a single value if both are equal.
fn span(plan: &PlanDigest, value: impl Fn(&LevelDigest) -> String) -> String {
    let (least, most) = (value(&plan.at.high), value(&plan.at.low));
    if least == most { most } else { format!("{least} to {most}") }
}

/// `Replayed on Pro (estimate): 0 to 14 windows used up.` If the logs record hits, it adds why
/// the two differ.
pub fn replayed_on(plan: &PlanDigest, has_hits: bool) -> String {
    let hits = span(plan, |at| grouped(at.hits()));
    let plural = if hits == "1" { "" } else { "s" };
    let why = if has_hits { " The hits are real; the capacity is a guess." } else { "" };
    format!("Replayed on {} (estimate): {hits} window{plural} used up.{why}", plan.name)
}
