//! The plan comparison as lines: which plan would have covered the usage in the logs, and why.

use std::fmt::Write as _;

use super::command::tell_step;
use super::scenarios::{NOTHING_TO_REDO, NOTHING_TO_UNDO};
use super::stage::Stage;
use super::{Page, Plain, Typed};
use crate::fit::{Digest, Mark, WeekDigest};
use crate::measured::Replay;
use crate::words;

/// A cell with no value.
const NOTHING: &str = "-";

impl Plain<'_> {
    /// True if the logs are still available, so that the person can declare a plan.
    pub(super) fn can_say_plan(&self) -> bool {
        self.replayed_month().is_some_and(|month| !month.replays.all().is_empty())
    }

    pub(super) fn declare_plan(&mut self, page: &mut Page) {
        if matches!(self.stage, Stage::Plan(_)) {
            return;
        }
        if self.can_say_plan() {
            let before = std::mem::replace(&mut self.stage, Stage::Welcome);
            self.stage = Stage::Plan(Box::new(before));
        } else if self.digest().is_some() {
            page.para("Read your logs again to say which plan you had.");
        } else {
            page.para("That comes after your logs: choose 'Use my own logs'.");
        }
    }

    pub(super) fn ask_plan(&self, page: &mut Page) {
        let Some(month) = self.replayed_month() else { return };
        page.para("Which plan did you have while these logs were written?");
        let mut now = None;
        for (replay, number) in month.replays.all().iter().zip(1..) {
            page.option(number, &plan_name(replay));
            if replay.plan.as_deref() == month.declared_plan() {
                now = Some(number.to_string());
            }
        }
        page.prompt("A number, b back, ? help, q quit", now.as_deref());
    }

    /// Handles the chosen plan and prints the comparison; `before` is the stage to return to.
    pub(super) fn plan_had(&mut self, before: Stage, typed: Typed<'_>, page: &mut Page) {
        let Some(month) = self.replayed_month().cloned() else { return };
        let all = month.replays.all();
        let said = match typed {
            Typed::Nothing => month.declared_plan(),
            typed => match typed.pick(all) {
                Some(replay) => replay.plan.as_deref(),
                None => return page.range(all.len()),
            },
        };
        self.stage = before;
        if said == month.declared_plan() {
            return page.para("Nothing was changed.");
        }
        let is_of_reading = self.talked_about().is_some();
        let reading = self.wizard.scan.reading_mut().filter(|_| is_of_reading);
        if let Err(error) = self.session.declare_plan(said, reading) {
            return page.para(&format!("Not changed: {error}"));
        }
        self.fit(page);
    }

    /// Undoes or redoes a plan declared for logs that are not imported, which the session does not
    /// record. Returns false if the session should handle it.
    pub(super) fn step_of_reading(&mut self, is_undo: bool, page: &mut Page) -> bool {
        let is_of_reading = self.talked_about().is_some();
        let Some(reading) = self.wizard.scan.reading_mut().filter(|_| is_of_reading) else {
            return false;
        };
        if self.session.has_taken(reading) || (!is_undo && self.session.would_take_again(reading)) {
            return false;
        }
        let what = if is_undo { reading.undo() } else { reading.redo() };
        match what {
            Some(what) => tell_step(is_undo, &what, page),
            None if is_undo => page.para(NOTHING_TO_UNDO),
            None => page.para(NOTHING_TO_REDO),
        }
        true
    }
}

/// A plan to choose, or what the logs say about it.
fn plan_name(replay: &Replay) -> String {
    match (&replay.plan, words::fit::plan_named(&replay.digest)) {
        (Some(_), Some((name, _))) => name.to_owned(),
        (None, Some((name, by))) => format!("{name}, {by}"),
        (_, None) => "Not said".to_owned(),
    }
}

/// Prints every part of the comparison.
pub(super) fn tell(fit: &Digest, page: &mut Page) {
    let said = words::fit::digest_sentences(fit);
    page.gap();
    page.para("Fit: your logs against each plan, estimate.");
    page.para(&words::fit::plan_had(fit));
    for sentence in said.answer.iter().take(1) {
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
    for line in words::fit::legend(&fit.plans, fit.unnamed_hits) {
        page.para(&line);
    }
    for sentence in said.answer.iter().skip(1) {
        page.gap();
        page.para(sentence);
    }
    if let Some(shown) = &fit.week {
        page.gap();
        week(shown, page);
    }
    page.gap();
    page.para(&format!("{}:", words::fit::AT_LIKELY));
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
    let costs = words::fit::interruption_rows(&fit.plans);
    if let Some(value) = fit.hour_value.filter(|_| !costs.is_empty()) {
        page.gap();
        page.para(&format!("{}:", words::fit::interruption_heading(value)));
        for [name, hours, cost, with_fee] in &costs {
            let cells = [("Blocked", &**hours), ("They cost", cost), ("With the fee", with_fee)];
            line(name.trim_end_matches('*'), &cells, page);
        }
        if let Some(note) = words::fit::interruption_note(fit.unnamed_hits) {
            page.para(&note);
        }
    }
    for (name, sentences) in words::fit::grounds(&said) {
        page.gap();
        page.para(&format!("{name}:"));
        for sentence in sentences {
            page.hang("  ", sentence);
        }
    }
    page.gap();
    page.para(words::VERIFY);
}

/// `  Pro. Carries it: no. Blocked: 1 to 40.5 h.`; leaves out empty cells.
fn line(name: &str, cells: &[(&str, &str)], page: &mut Page) {
    let mut text = format!("{name}.");
    for (name, value) in cells.iter().filter(|(_, value)| *value != NOTHING) {
        let _ = write!(text, " {name}: {value}.");
    }
    page.hang("  ", &text);
}

/// The hardest week, one line per day, with equal hours grouped.
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

/// The words for an hour's mark. Returns `None` for an hour of another week or without use.
const fn says(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Outside | Mark::Idle => None,
        Mark::Within => Some("carried"),
        Mark::OverLow => Some("refused at the low capacity"),
        Mark::OverLikely => Some("refused at the likely capacity"),
        Mark::OverHigh => Some("refused at any capacity"),
        Mark::Hit => Some("a limit hit of yours"),
    }
}
