//! Commands for every prompt: the full screen's letter keys, or words.

use super::stage::{Saving, Stage};
use super::{Ending, Plain, Turn, fit, help, tell};
use crate::report::ScenarioOrder;
use crate::wizard::Effect;
use crate::words;

/// A command that works at every prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Command {
    Quit,
    Help,
    Back,
    Undo,
    Redo,
    Why,
    Answers,
    Compare,
    Next,
    Scenarios,
    Fit,
    Plan,
    Save,
    Copy,
    Stop,
}

impl Command {
    fn of(line: &str) -> Option<Self> {
        Some(match line {
            "q" | "quit" | "exit" => Self::Quit,
            "?" | "help" => Self::Help,
            "b" | "back" => Self::Back,
            "u" | "undo" => Self::Undo,
            "redo" => Self::Redo,
            "w" | "why" => Self::Why,
            "e" | "answers" => Self::Answers,
            "c" | "compare" => Self::Compare,
            "n" | "next" => Self::Next,
            "p" | "scenarios" => Self::Scenarios,
            "f" | "fit" => Self::Fit,
            "plan" => Self::Plan,
            "s" | "save" => Self::Save,
            "y" | "copy" => Self::Copy,
            "x" | "stop" => Self::Stop,
            _ => return None,
        })
    }

    /// True if the command also works while a path or a note is typed.
    const fn is_short(self) -> bool {
        matches!(self, Self::Quit | Self::Help | Self::Back)
    }
}

impl Plain<'_> {
    /// Performs a command. Returns false if the line is an answer to the prompt.
    pub(super) fn command(&mut self, line: &str, turn: &mut Turn) -> bool {
        let line = line.to_ascii_lowercase();
        if line == "r" && matches!(self.stage, Stage::Question(..)) && self.is_decided() {
            self.assume_open(&mut turn.page);
            return true;
        }
        let Some(command) = Command::of(&line) else {
            return match line.strip_prefix("compare ").or_else(|| line.strip_prefix("c ")) {
                Some(times)
                    if !self.stage.takes_text() && !matches!(self.stage, Stage::Scenarios) =>
                {
                    self.compare_at(times, turn);
                    true
                }
                _ => false,
            };
        };
        if self.stage.takes_text() && !command.is_short() {
            return false;
        }
        match command {
            Command::Quit => self.quit(turn),
            Command::Help => help::help(&self.stage, &mut turn.page),
            Command::Back => self.back(turn),
            Command::Undo => self.undo(turn),
            Command::Redo => self.redo(turn),
            Command::Why => self.why(&mut turn.page),
            Command::Answers if self.session.answers().is_empty() => {
                turn.page.para("That comes after the first question.");
            }
            Command::Answers => self.stage = Stage::Check,
            Command::Fit => self.fit(&mut turn.page),
            Command::Plan => self.declare_plan(&mut turn.page),
            Command::Stop if self.is_reading() => self.stop_reading(turn),
            Command::Stop => turn.page.para("No logs are being read."),
            Command::Compare
            | Command::Next
            | Command::Scenarios
            | Command::Save
            | Command::Copy => self.door(command, turn),
        }
        true
    }

    /// Opens something that needs a result.
    fn door(&mut self, command: Command, turn: &mut Turn) {
        let Some(case) = self.session.assessment() else {
            turn.page.para("That comes after the questions.");
            return;
        };
        if !self.is_settled() {
            turn.page.para("First your month: go on to its end.");
            return;
        }
        match command {
            Command::Compare => tell::compare(case, None, &mut turn.page),
            Command::Next => tell::next_steps(case, &mut turn.page),
            Command::Copy => tell::copy(case, &self.session, &mut turn.page),
            Command::Scenarios => self.list_scenarios(turn),
            _ => self.stage = Stage::Save(Saving::Path),
        }
    }

    /// Reads the kept scenarios again and lists them.
    pub(super) fn list_scenarios(&mut self, turn: &mut Turn) {
        self.stage = Stage::Scenarios;
        turn.effects.push(Effect::Scenario(Box::new(ScenarioOrder::List)));
    }

    /// What the logs show about each plan.
    pub(super) fn fit(&self, page: &mut super::Page) {
        match (self.digest(), &self.session.usage().measured) {
            (Some(digest), _) => {
                fit::tell(&digest, page);
                if self.can_say_plan() {
                    page.para("To say which plan you had, type plan.");
                }
            }
            (None, Some(_)) => page.para(words::fit::NOTHING_TO_REPLAY),
            (None, None) => page.para(
                "Fit needs your logs: choose 'Use my own logs' at the start, or at the first line \
                 of your month.",
            ),
        }
    }

    /// Compares at a multiple of the month's volume, without changing anything.
    fn compare_at(&self, times: &str, turn: &mut Turn) {
        if !self.is_settled() {
            turn.page.para("That comes after the questions and your month.");
            return;
        }
        let multiple = times
            .trim_start_matches(['x', ' '])
            .replace(',', ".")
            .parse::<rust_decimal::Decimal>()
            .ok()
            .filter(|times| {
                !times.is_sign_negative() && *times <= rust_decimal::Decimal::from(100)
            });
        let Some(multiple) = multiple else {
            turn.page.para("Type a multiple from 0 to 100 after it: compare 1.5");
            return;
        };
        let mut usage = self.session.usage().clone();
        usage.volume = usage.volume.times(multiple);
        match self.session.assess_month(&usage) {
            Some(case) => tell::compare(&case, Some(multiple), &mut turn.page),
            None => turn.page.para("That month has no price."),
        }
    }

    fn undo(&mut self, turn: &mut Turn) {
        if matches!(self.stage, Stage::Scenarios) {
            return self.undo_scenario(turn);
        }
        if self.step_of_reading(true, &mut turn.page) {
            return;
        }
        match self.session.undo() {
            Some(what) => tell_step(true, &what, &mut turn.page),
            None => turn.page.para("Nothing to undo."),
        }
    }

    fn redo(&mut self, turn: &mut Turn) {
        if matches!(self.stage, Stage::Scenarios) {
            return self.redo_scenario(turn);
        }
        if self.step_of_reading(false, &mut turn.page) {
            return;
        }
        match self.session.redo() {
            Some(what) => tell_step(false, &what, &mut turn.page),
            None => turn.page.para("Nothing to do again."),
        }
    }

    fn quit(&mut self, turn: &mut Turn) {
        let is_asked = matches!(self.stage, Stage::Leave(_));
        if self.has_unsaved_result() && !is_asked {
            let before = std::mem::replace(&mut self.stage, Stage::Welcome);
            self.stage = Stage::Leave(Box::new(before));
        } else {
            turn.ending = Some(Ending::Quit);
        }
    }

    fn why(&self, page: &mut super::Page) {
        match &self.stage {
            Stage::Question(question, _) => tell::why_asked(*question, &self.session, page),
            Stage::Quick(number) => {
                if let Some(quick) = self.session.wording.quick.get(*number) {
                    tell::why_asked(quick.id, &self.session, page);
                }
            }
            Stage::Month(..) | Stage::Week(..) | Stage::AdvancedList(_) | Stage::Advanced(..) => {
                tell::why_month(&self.session, page);
            }
            Stage::Logs(..) | Stage::OutcomeCheck(_) => page.para(words::LOGS),
            Stage::Check | Stage::Result | Stage::Save(_) | Stage::Scenarios | Stage::Leave(_) => {
                match self.session.assessment() {
                    Some(case) => tell::why(case, &self.session, page),
                    None => page.para("Nothing to explain here yet."),
                }
            }
            Stage::Welcome | Stage::Examples | Stage::Open | Stage::Plan(_) => {
                page.para("Nothing to explain here yet.");
            }
        }
    }
}

/// Prints what was undone or redone.
pub(super) fn tell_step(is_undo: bool, what: &str, page: &mut super::Page) {
    let what = what.replace('→', "to");
    page.para(&if is_undo {
        format!("Undone: {what}. Type redo to have it again.")
    } else {
        format!("Redone: {what}")
    });
}
