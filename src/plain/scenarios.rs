//! Kept scenarios: keep the present result under a name, open, rename, delete, and compare two to
//! four of them.

use super::stage::Stage;
use super::{Page, Plain, Turn, Typed};
use crate::compare::{Comparison, FEWEST, MOST};
use crate::doc::{Block, Table};
use crate::number::usd;
use crate::report::{Listing, Opened, Scenario, ScenarioDone, ScenarioOrder};
use crate::subject;
use crate::wizard::Effect;
use crate::wizard::flow;
use crate::wizard::session::{Choices, Session};
use crate::words;

/// The longest name, in characters.
const LONGEST_NAME: usize = 60;

/// Shown if an undo would reach past the current prompt.
pub(super) const NOTHING_TO_UNDO: &str = "Nothing to undo here. For your answers type b first.";
/// Shown if a redo would reach past the current prompt.
pub(super) const NOTHING_TO_REDO: &str = "Nothing to redo here. For your answers type b first.";

impl Plain<'_> {
    /// Handles the result of a scenario order, and the new list.
    pub(super) fn on_scenarios(
        &mut self,
        result: Result<(ScenarioDone, Listing), String>,
        turn: &mut Turn,
    ) {
        match result {
            Ok((done, listing)) => {
                if let Some(says) = self.wizard.scenario_steps.done(&done) {
                    turn.page.para(says);
                }
                self.listing = listing;
            }
            Err(why) => {
                turn.page.para(&format!("Not done: {why}"));
                self.wizard.scenario_steps.failed();
            }
        }
    }

    pub(super) fn undo_scenario(&mut self, turn: &mut Turn) {
        match self.wizard.scenario_steps.undo() {
            Some(order) => turn.effects.push(Effect::Scenario(Box::new(order))),
            None => turn.page.para(NOTHING_TO_UNDO),
        }
    }

    pub(super) fn redo_scenario(&mut self, turn: &mut Turn) {
        match self.wizard.scenario_steps.redo() {
            Some(order) => turn.effects.push(Effect::Scenario(Box::new(order))),
            None => turn.page.para(NOTHING_TO_REDO),
        }
    }

    pub(super) fn ask_scenarios(&self, page: &mut Page) {
        page.para("Scenarios, estimates a month.");
        page.option(0, &format!("now: {}", worth(&present(&self.session), &self.session)));
        let listing = &self.listing;
        for (scenario, number) in listing.scenarios.iter().zip(1..) {
            let opened = Opened::Report(Box::new(scenario.saved.clone()));
            page.option(number, &format!("{}: {}", scenario.name, worth(&opened, &self.session)));
        }
        if listing.scenarios.is_empty() {
            page.para("Nothing is kept yet.");
        }
        for unread in &listing.unread {
            page.hang("! ", &format!("{} is left out: {}", unread.file, unread.why));
        }
        page.para("A number opens that one. Or type one of these lines:");
        page.hang("  ", "keep, and a name: keeps the present result under that name.");
        if !listing.scenarios.is_empty() {
            page.hang("  ", "rename 1, and a name: gives number 1 another name.");
            page.hang("  ", "delete 1: takes number 1 away; u brings it back.");
            page.hang("  ", "compare 0 1: tells two to four of them against each other.");
        }
        page.prompt_that("A number or a line, b back, ? help", "goes back");
    }

    pub(super) fn scenario(&mut self, typed: Typed<'_>, line: &str, turn: &mut Turn) {
        match typed {
            Typed::Nothing | Typed::Number(0) => self.stage = Stage::Result,
            Typed::Number(_) => match typed.pick(&self.listing.scenarios).cloned() {
                Some(scenario) => {
                    let choices = Choices::from_file(&scenario.saved.file);
                    turn.page.para("Opened. u brings your own answers back.");
                    let (step, what) =
                        (flow::reopened(&choices), format!("Scenario {}", scenario.name));
                    self.take_elsewhere(choices, &what, step, &mut turn.page);
                }
                None => self.no_such(&mut turn.page),
            },
            Typed::Text(_) => {
                let (verb, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
                self.scenario_verb(&verb.to_ascii_lowercase(), rest.trim(), turn);
            }
        }
    }

    fn scenario_verb(&mut self, verb: &str, rest: &str, turn: &mut Turn) {
        let (first, name) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let chosen = Typed::of(first).pick(&self.listing.scenarios).cloned();
        let order = match (verb, chosen) {
            ("keep", _) => match (name_problem(rest), self.session.assessment()) {
                (Some(problem), _) => return turn.page.para(&problem),
                (None, Some(assessment)) => ScenarioOrder::Keep {
                    name: rest.to_owned(),
                    assessment: Box::new(assessment.clone()),
                },
                (None, None) => return turn.page.para("There is no result to keep yet."),
            },
            ("rename", Some(Scenario { id, .. })) => {
                if let Some(problem) = name_problem(name.trim()) {
                    return turn.page.para(&problem);
                }
                ScenarioOrder::Rename { id, name: name.trim().to_owned() }
            }
            ("delete", Some(scenario)) => ScenarioOrder::Delete(scenario.id),
            ("rename" | "delete", None) => return self.no_such(&mut turn.page),
            ("compare" | "c", _) => return self.side_by_side(rest, &mut turn.page),
            _ => {
                return turn.page.para(
                    "Type a number, or keep, rename, delete or compare and what goes with it.",
                );
            }
        };
        turn.effects.push(Effect::Scenario(Box::new(order)));
    }

    fn no_such(&self, page: &mut Page) {
        match self.listing.scenarios.len() {
            0 => page.para("Nothing is kept yet. Type keep and a name first."),
            1 => page.para("Type number 1: only one is kept."),
            most => page.range(most),
        }
    }

    /// Prints a comparison of two to four scenarios.
    fn side_by_side(&self, typed: &str, page: &mut Page) {
        let mut files: Vec<(String, Opened)> = Vec::new();
        for number in typed.split(|letter: char| letter == ',' || letter.is_whitespace()) {
            let kept = Typed::of(number).pick(&self.listing.scenarios);
            match (number, kept) {
                ("", _) => {}
                ("0", _) => files.push(("now".to_owned(), present(&self.session))),
                (_, Some(kept)) => {
                    files.push((kept.name.clone(), Opened::Report(Box::new(kept.saved.clone()))));
                }
                (_, None) => return self.no_such(page),
            }
        }
        if !(FEWEST..=MOST).contains(&files.len()) {
            page.para(&format!("Type {FEWEST} to {MOST} numbers after it: compare 0 1"));
            return;
        }
        match Comparison::new(files, self.session.world, self.session.wording) {
            Ok(comparison) => tell(&comparison, page),
            Err(why) => page.para(&format!("Not compared: {why}")),
        }
    }
}

/// Why a name cannot be used. Returns `None` if it can.
fn name_problem(name: &str) -> Option<String> {
    match name.chars().count() {
        0 => Some("A scenario needs a name: type it after the word.".to_owned()),
        count if count > LONGEST_NAME => {
            Some(format!("That name has {count} characters; at most {LONGEST_NAME} fit."))
        }
        _ => None,
    }
}

/// The present choices as an opened scenario.
fn present(session: &Session<'_>) -> Opened {
    Opened::Answers(Box::new(session.choices().as_file()))
}

/// `Hybrid $24.20`, with today's prices.
fn worth(opened: &Opened, session: &Session<'_>) -> String {
    match session.assess_file(opened.file()) {
        Some(case) => format!("{} {}", case.outcome.name(), usd(case.costs.of(case.outcome))),
        None => "no price".to_owned(),
    }
}

/// Replaces the arrow of the tables, which screen readers spell out.
fn spoken(text: &str) -> String {
    text.replace(" -> ", " makes it ")
}

/// One line per row: its name, then each scenario's value.
fn tell(comparison: &Comparison<'_>, page: &mut Page) {
    page.gap();
    let names: Vec<&str> = comparison.sides.iter().map(|side| side.name.as_str()).collect();
    page.para(&format!("Compared, in this order: {}.", names.join("; ")));
    let document = subject::compare::document(comparison);
    for part in &document.parts {
        page.gap();
        page.para(&format!("{}:", part.heading.trim_end_matches(" (* recommended)")));
        for block in &part.blocks {
            match block {
                Block::Table(table) => tell_rows(table, &names, page),
                Block::Footnote(sentence) => page.hang("  ", &spoken(sentence)),
                _ => {}
            }
        }
    }
    page.gap();
    page.para(&format!("{} {}", subject::compare::prices(comparison), words::VERIFY));
}

fn tell_rows(table: &Table, names: &[&str], page: &mut Page) {
    for row in &table.rows {
        let mut cells = row.cells.iter().map(ToString::to_string);
        let name = cells.next().unwrap_or_default();
        let told: Vec<String> = cells
            .zip(names)
            .filter(|(cell, _)| !cell.is_empty() && *cell != "-")
            .map(|(cell, name)| match cell.strip_prefix("* ") {
                Some(cell) => format!("{name} {cell} (recommended)"),
                None => format!("{name} {}", spoken(&cell)),
            })
            .collect();
        let lead = if name.is_empty() { String::new() } else { format!("{name}: ") };
        page.hang("  ", &format!("{lead}{}.", told.join("; ")));
    }
}
