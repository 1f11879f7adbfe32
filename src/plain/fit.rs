//! The fit as lines: which plan would have carried what the logs show, and why.

use std::fmt::Write as _;

use super::Page;
use crate::fit::{Digest, Mark, WeekDigest};
use crate::words;

/// In a cell with nothing to say.
const NOTHING: &str = "-";

/// Every part of it.
pub(super) fn tell(fit: &Digest, page: &mut Page) {
    page.gap();
    page.para("Fit: your logs against each plan, estimate.");
    for sentence in fit.answer.iter().take(1) {
        page.para(sentence);
    }
    page.gap();
    for (plan, [_, carries, blocked, paying]) in
        fit.plans.iter().zip(words::fit::brief_rows(&fit.plans))
    {
        let yours = if plan.is_now { ", the plan you have" } else { "" };
        line(
            &format!("{}{yours}", plan.name),
            &[("Carries it", &carries), ("Blocked", &blocked), ("Paying", &paying)],
            page,
        );
    }
    page.para(&words::fit::ranges(fit));
    page.para(words::fit::VERDICTS);
    for sentence in fit.answer.iter().skip(1) {
        page.gap();
        page.para(sentence);
    }
    if let Some(shown) = &fit.week {
        page.gap();
        week(shown, page);
    }
    page.gap();
    page.para("At the likely capacity:");
    for (plan, [_, fee, hits, blocked, longest, overflow, paying, _]) in
        fit.plans.iter().zip(words::fit::plan_rows(&fit.plans))
    {
        let (five_hour, weeks) = hits.split_once('+').unwrap_or((NOTHING, NOTHING));
        line(
            &plan.name,
            &[
                ("Fee", &fee),
                ("Five-hour windows used up", five_hour),
                ("Weeks used up", weeks),
                ("Blocked", &blocked),
                ("Longest", &longest),
                ("Overflow", &overflow),
                ("Paying", &paying),
            ],
            page,
        );
    }
    for (name, sentences) in [
        ("What a window holds is not published:", &fit.holds),
        ("What this takes for granted:", &fit.assumptions),
        ("How far to trust this:", &fit.doubts),
    ] {
        if !sentences.is_empty() {
            page.gap();
            page.para(name);
        }
        for sentence in sentences {
            page.hang("  ", sentence);
        }
    }
    page.gap();
    page.para(words::VERIFY);
}

/// `  Pro. Carries it: no. Blocked: 1 to 40.5 h.`; cells with nothing to say are left out.
fn line(name: &str, cells: &[(&str, &str)], page: &mut Page) {
    let mut text = format!("{name}.");
    for (name, value) in cells.iter().filter(|(_, value)| *value != NOTHING) {
        let _ = write!(text, " {name}: {value}.");
    }
    page.hang("  ", &text);
}

/// The hardest week, a line for each day, hours that are alike told together.
fn week(week: &WeekDigest, page: &mut Page) {
    page.para(&format!("{}.", words::fit::HARDEST_WEEK));
    page.para(&words::fit::week_sentence(week));
    for (day, marks) in &week.days {
        let mut runs: Vec<(usize, usize, &'static str)> = Vec::new();
        for (hour, mark) in marks.iter().enumerate() {
            let Some(says) = says(*mark) else {
                continue;
            };
            match runs.last_mut() {
                Some((_, end, last)) if *end == hour && *last == says => *end = hour + 1,
                _ => runs.push((hour, hour + 1, says)),
            }
        }
        if marks.iter().all(|mark| *mark == Mark::Outside) {
            continue;
        }
        let told: Vec<String> =
            runs.iter().map(|(from, to, says)| format!("{from} to {to} h {says}")).collect();
        let told = if told.is_empty() { "nothing asked".to_owned() } else { told.join(", ") };
        page.hang("  ", &format!("{}: {told}.", day.strftime("%a %Y-%m-%d")));
    }
}

/// What a mark says of an hour; `None` where nothing was asked.
const fn says(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Outside | Mark::Idle => None,
        Mark::Within => Some("carried"),
        Mark::OverLow => Some("refused at the low capacity"),
        Mark::OverLikely => Some("refused at the likely capacity"),
        Mark::OverHigh => Some("refused at any capacity"),
    }
}
