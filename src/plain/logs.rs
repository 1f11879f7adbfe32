//! Use my own logs: choose them, follow the scan, see what was found, and import it.

use std::path::PathBuf;
use std::sync::Arc;

use super::stage::{From, Logs, OutcomeCheck, Stage};
use super::{Page, Plain, Turn, Typed};
use crate::fit::Digest;
use crate::measured::{Measured, Reading};
use crate::month::Field;
use crate::question::QuestionId;
use crate::wizard::flow::{self, Arrival, MonthLine};
use crate::wizard::session::{Session, Taken};
use crate::wizard::{Effect, Purpose, Stage as ScanStage};
use crate::words;

impl Plain<'_> {
    /// True during a scan: lines other than commands wait until it ends.
    pub const fn is_reading(&self) -> bool {
        matches!(
            self.stage,
            Stage::Logs(Logs::Reading(_), _) | Stage::OutcomeCheck(OutcomeCheck::Reading(..))
        )
    }

    /// Asks which logs to read, or shows those that were read to compare with a report.
    pub(super) fn begin_logs(&mut self, from: From, turn: &mut Turn) {
        let logs = match self.wizard.scan.reading() {
            Some(reading) => {
                found(reading.month(), &self.session, &mut turn.page);
                Logs::Found(None)
            }
            None => Logs::Order(None),
        };
        self.stage = Stage::Logs(logs, from);
        turn.effects.push(Effect::FindLogs);
    }

    /// Handles the usual log places that exist.
    pub(super) fn on_places(&mut self, places: Vec<String>) {
        if let Stage::Logs(Logs::Order(known) | Logs::Found(known), _)
        | Stage::OutcomeCheck(OutcomeCheck::Order(_, known)) = &mut self.stage
        {
            *known = Some(places);
        }
    }

    /// The progress line of the scan: `Reading logs: 41 of 128 files`.
    pub fn progress(&self) -> Page {
        let mut page = Page::default();
        if let Some(words) = self.wizard.scan.status(false).filter(|_| self.is_reading()) {
            page.para(&format!("{words}."));
        }
        page
    }

    /// Handles the end of a scan.
    pub(super) fn on_scan_end(&mut self, turn: &mut Turn) {
        match self.stage.clone() {
            Stage::Logs(Logs::Reading(places), from) => {
                let logs = match (self.wizard.scan.stage(), self.wizard.scan.month()) {
                    (ScanStage::Failed(why), _) => {
                        turn.page.para(&format!("Not read: {why}"));
                        Logs::Order(places)
                    }
                    (_, Some(month)) => {
                        found(month, &self.session, &mut turn.page);
                        Logs::Found(places)
                    }
                    (_, None) => Logs::Order(places),
                };
                self.stage = Stage::Logs(logs, from);
            }
            Stage::OutcomeCheck(OutcomeCheck::Reading(saved, places)) => {
                self.tell_used(&saved, &mut turn.page);
                self.stage = Stage::OutcomeCheck(OutcomeCheck::Order(saved, places));
            }
            // Nobody is waiting for it any more.
            _ => {}
        }
    }

    pub(super) fn stop_reading(&mut self, turn: &mut Turn) {
        self.stage = match self.stage.clone() {
            Stage::Logs(Logs::Reading(places), from) => Stage::Logs(Logs::Order(places), from),
            Stage::OutcomeCheck(OutcomeCheck::Reading(saved, places)) => {
                Stage::OutcomeCheck(OutcomeCheck::Order(saved, places))
            }
            _ => return,
        };
        self.wizard.scan.stop();
        turn.effects.push(Effect::StopScan);
        turn.page.para(words::READING_STOPPED);
    }

    pub(super) fn ask_logs(logs: &Logs, page: &mut Page) {
        match logs {
            Logs::Order(places) => {
                page.para(
                    "Use my own logs. It reads what you really used and makes your month of it, \
                     with answers to up to four of the questions. Nothing is sent, and nothing is \
                     written.",
                );
                tell_places(places.as_deref(), page);
            }
            // There is no prompt: only x stops the scan.
            Logs::Reading(_) => {}
            Logs::Found(..) => {
                page.option(1, "Use it. Your own answers stay as they are");
                page.option(2, "Leave it. Nothing is taken");
                page.option(3, "Read others");
                page.prompt("A number, f fit, b back, ? help", Some("1"));
            }
        }
    }

    pub(super) fn logs(
        &mut self,
        logs: Logs,
        from: From,
        typed: Typed<'_>,
        line: &str,
        turn: &mut Turn,
    ) {
        match logs {
            Logs::Order(places) => {
                let has_places = places.as_ref().is_some_and(|places| !places.is_empty());
                if typed == Typed::Nothing && !has_places {
                    turn.page.para("Type the path of a file or folder, or b for back.");
                    return;
                }
                let path = (!line.is_empty()).then(|| PathBuf::from(line));
                turn.page.para("Reading your logs. Type x to stop.");
                turn.effects.push(self.wizard.read_logs(path, Purpose::Month));
                self.stage = Stage::Logs(Logs::Reading(places), from);
            }
            Logs::Reading(_) => turn.page.para("Still reading. Type x to stop."),
            Logs::Found(places) => match typed {
                Typed::Nothing | Typed::Number(1) => self.take_over(from, turn),
                Typed::Number(2) => {
                    self.wizard.scan.leave();
                    turn.page.para("Left. Nothing was taken.");
                    self.stage = Self::before_logs(from);
                }
                Typed::Number(3) => self.stage = Stage::Logs(Logs::Order(places), from),
                Typed::Number(_) | Typed::Text(_) => turn.page.range(3),
            },
        }
    }

    /// The stage before the logs prompt.
    pub(super) const fn before_logs(from: From) -> Stage {
        match from {
            From::Start => Stage::Welcome,
            From::Month(way) => Stage::Month(MonthLine::Start, way),
        }
    }

    fn take_over(&mut self, from: From, turn: &mut Turn) {
        let Some(month) = self.wizard.scan.month() else { return };
        match self.session.take_measured(month) {
            Ok(taken) => {
                said(&taken, &mut turn.page);
                match from {
                    From::Start => self.follow(flow::after_logs(Arrival::Flow), &mut turn.page),
                    From::Month(Arrival::Flow) => {
                        // The lines before it are set now.
                        let next = MonthLine::Number(Field::Outside);
                        self.stage = Stage::Month(next, Arrival::Flow);
                    }
                    From::Month(way) => self.follow(flow::after_logs(way), &mut turn.page),
                }
                super::tell::live(&mut self.session, &mut turn.page);
            }
            Err(error) => turn.page.para(&format!("Not taken: {error}")),
        }
    }

    /// The logs read last, if they were imported or the prompt is about importing them.
    pub(super) fn talked_about(&self) -> Option<&Reading> {
        let stage = match &self.stage {
            Stage::Plan(before) => before,
            stage => stage,
        };
        let is_asked = matches!(stage, Stage::Logs(Logs::Found(_), _));
        self.wizard.scan.reading().filter(|reading| is_asked || self.session.has_taken(reading))
    }

    /// The month whose replay can be shown.
    pub(super) fn replayed_month(&self) -> Option<&Arc<Measured>> {
        self.session.replayed(self.talked_about())
    }

    pub(super) fn digest(&self) -> Option<Arc<Digest>> {
        self.replayed_month()?.fit.clone()
    }
}

/// What is in the usual places, and the prompt for which logs to read.
pub(super) fn tell_places(places: Option<&[String]>, page: &mut Page) {
    let found = places.unwrap_or_default();
    if found.is_empty() {
        page.para("No logs of Claude Code in the usual places on this computer.");
    } else {
        page.para("Found in the usual places:");
        for place in found {
            page.hang("  ", place);
        }
    }
    page.para(words::LOG_FILES);
    page.para(words::LOGS);
    let what = "A path, b back, ? help, q quit";
    if found.is_empty() {
        page.prompt(what, None);
    } else {
        page.prompt_that(what, "reads the usual places");
    }
}

fn found(measured: &Measured, session: &Session<'_>, page: &mut Page) {
    page.gap();
    page.para(&format!("Your own logs, a month, estimate: {}.", words::covered(measured)));
    page.para(&format!("From: {}.", words::sources(measured)));
    for (name, value) in words::found(measured, session.world.catalog) {
        page.hang("  ", &format!("{name}: {value}."));
    }
    page.para(&format!("{}.", words::scaled(measured)));
    let answers: Vec<String> = QuestionId::ALL
        .into_iter()
        .filter_map(|question| {
            let text = session.wording.question(question);
            let label = text.short_label(measured.suggests(question)?);
            Some(format!("{}: {label}.", text.name))
        })
        .collect();
    if answers.is_empty() {
        page.para(words::answers_nothing(measured));
    } else {
        page.para("What it answers; you can change each:");
        for answer in &answers {
            page.hang("  ", answer);
        }
    }
    for sentence in words::mix(measured).iter().chain(words::fullest_window(measured).iter()) {
        page.para(sentence);
    }
    let doubts = words::doubts(measured);
    if !doubts.is_empty() {
        page.para("How far to trust it:");
        for doubt in &doubts {
            page.hang("  ", doubt);
        }
    }
}

fn said(taken: &Taken, page: &mut Page) {
    if let Some(why) = &taken.model_left_out {
        page.para(&format!("The usual model is taken instead: {why}"));
    }
    let answers = match taken.answered {
        0 => "your month".to_owned(),
        1 => "your month and one answer".to_owned(),
        count => format!("your month and {count} answers"),
    };
    page.para(&format!("Taken: {answers}. You can change each; u takes it all back."));
    match taken.kept {
        0 => {}
        1 => page.para("One answer of your own stands, though the logs speak for another."),
        kept => page
            .para(&format!("{kept} of your own answers stand, though the logs speak for others.")),
    }
}
