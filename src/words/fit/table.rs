//! The rows of the tables about a replay: command line, wizard and report set the same ones.

use rust_decimal::Decimal;

use super::hours;
use crate::fit::{Level, LevelDigest, PlanDigest, Verdict};
use crate::number::{grouped, usd};

/// In a cell with nothing to say.
const NOTHING: &str = "-";

/// The name of a plan, with a mark for the one the person has.
fn name(plan: &PlanDigest) -> String {
    let mark = if plan.is_now { "*" } else { "" };
    format!("{}{mark}", plan.name)
}

fn dollars(amount: Option<Decimal>) -> String {
    amount.map_or_else(|| NOTHING.to_owned(), usd)
}

/// Every plan at the likely capacity: name, fee, windows hit (five hours + weeks), time blocked and
/// the longest of it, overflow and total a month where one pays, and whether it carries all.
pub fn plan_rows(plans: &[PlanDigest]) -> Vec<[String; 8]> {
    let row = |plan: &PlanDigest| {
        let likely = plan.at.likely;
        let limited = |text: String| {
            if plan.carries.is_limited() { text } else { NOTHING.to_owned() }
        };
        [
            name(plan),
            dollars(plan.fee),
            limited(format!("{}+{}", likely.five_hour_hits, likely.week_hits)),
            limited(hours(likely.blocked_hours)),
            limited(hours(likely.longest_hours)),
            dollars(likely.overflow),
            dollars(likely.paying),
            plan.carries.as_str().to_owned(),
        ]
    };
    plans.iter().map(row).collect()
}

/// The plans with windows at the ends of the range: name, time blocked at the low, likely and high
/// capacity, the total a month where one pays at each.
pub fn end_rows(plans: &[PlanDigest]) -> Vec<[String; 7]> {
    let row = |plan: &PlanDigest| {
        let blocked = |level| hours(plan.at.at(level).blocked_hours);
        let paying = |level| dollars(plan.at.at(level).paying);
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

/// Every plan with what is known of it as a range from the high capacity to the low one: name,
/// whether it carries all, time blocked, total a month where one pays.
pub fn brief_rows(plans: &[PlanDigest]) -> Vec<[String; 4]> {
    let row = |plan: &PlanDigest| {
        let blocked = if plan.carries == Verdict::No && plan.at.low.hits() == 0 {
            // No window is used up, and yet not all is carried: it is outside of the plan.
            "not part of it".to_owned()
        } else if plan.carries.is_limited() {
            let text = span(plan, |at| hours(at.blocked_hours).trim_end_matches(" h").to_owned());
            format!("{text} h")
        } else {
            NOTHING.to_owned()
        };
        [name(plan), plan.carries.as_str().to_owned(), blocked, paying_range(plan)]
    };
    plans.iter().map(row).collect()
}

/// What a plan costs a month where one pays for the rest: `$20.00 to $41.20`.
pub fn paying_range(plan: &PlanDigest) -> String {
    span(plan, |at| dollars(at.paying))
}

/// From the high capacity to the low one, once where both are the same.
fn span(plan: &PlanDigest, value: impl Fn(&LevelDigest) -> String) -> String {
    let (least, most) = (value(&plan.at.high), value(&plan.at.low));
    if least == most { most } else { format!("{least} to {most}") }
}

/// `Replayed on Pro, an estimate: 0 to 14 windows used up.`
pub fn replayed_on(plan: &PlanDigest) -> String {
    let hits = span(plan, |at| grouped(at.hits()));
    let plural = if hits == "1" { "" } else { "s" };
    format!("Replayed on {}, an estimate: {hits} window{plural} used up.", plan.name)
}
