//! Estimate and actual usage: compares the report saved last with today's prices and the person's
//! logs.

use std::path::PathBuf;
use std::sync::Arc;

use super::stage::{OutcomeCheck, Stage};
use super::{Page, Plain, Turn, Typed};
use crate::replay::actual::{ActualUsage, Figure, Of, Position};
use crate::replay::{KEPT, Replay};
use crate::report::Saved;
use crate::subject;
use crate::wizard::{Effect, Purpose, Stage as ScanStage};
use crate::words::VERIFY;

impl Plain<'_> {
    pub(super) fn begin_outcome_check(&mut self, turn: &mut Turn) {
        self.stage = Stage::OutcomeCheck(OutcomeCheck::Recall);
        turn.effects.push(Effect::Recall(None));
    }

    /// Handles the report saved last, or why there is none.
    pub(super) fn on_recalled(&mut self, result: Result<Saved, String>, turn: &mut Turn) {
        self.stage = Stage::Welcome;
        match result {
            Ok(saved) => match Replay::new(&saved, self.session.world, None) {
                Ok(replay) => {
                    tell(&replay, &mut turn.page);
                    self.stage = Stage::OutcomeCheck(OutcomeCheck::Order(Arc::new(saved), None));
                    turn.effects.push(Effect::FindLogs);
                }
                Err(why) => turn.page.para(&format!("Not worked out: {why}")),
            },
            Err(why) => turn.page.para(&why),
        }
    }

    /// Prints the usage since the day of the report, or why it is unknown.
    pub(super) fn tell_used(&self, saved: &Saved, page: &mut Page) {
        match self.wizard.scan.stage() {
            ScanStage::Used(used) => {
                match Replay::new(saved, self.session.world, None) {
                    Ok(replay) => match ActualUsage::new(&replay, used) {
                        Ok(actual) => print_actual(&replay, &actual, page),
                        Err(why) => page.para(&format!("Not compared: {why}")),
                    },
                    Err(why) => page.para(&format!("Not worked out: {why}")),
                }
                if self.wizard.scan.month().is_some() {
                    page.para(KEPT);
                }
            }
            ScanStage::Failed(why) => page.para(&format!("Not read: {why}")),
            _ => {}
        }
    }

    pub(super) fn ask_outcome_check(at: &OutcomeCheck, page: &mut Page) {
        let OutcomeCheck::Order(saved, places) = at else {
            return;
        };
        page.gap();
        page.para(&format!(
            "Which logs are held against it? Only what was used since {} counts. Nothing is sent, and \
             nothing is written.",
            saved.day
        ));
        super::logs::tell_places(places.as_deref(), page);
    }

    pub(super) fn outcome_check(
        &mut self,
        at: OutcomeCheck,
        typed: Typed<'_>,
        line: &str,
        turn: &mut Turn,
    ) {
        match at {
            OutcomeCheck::Recall => {}
            OutcomeCheck::Order(saved, places) => {
                let has_places = places.as_ref().is_some_and(|places| !places.is_empty());
                if typed == Typed::Nothing && !has_places {
                    turn.page.para("Type the path of a file or folder, or b for back.");
                    return;
                }
                let path = (!line.is_empty()).then(|| PathBuf::from(line));
                turn.page.para("Reading your logs. Type x to stop.");
                turn.effects.push(self.wizard.read_logs(path, Purpose::Since(saved.day)));
                self.stage = Stage::OutcomeCheck(OutcomeCheck::Reading(saved, places));
            }
            OutcomeCheck::Reading(..) => turn.page.para("Still reading. Type x to stop."),
        }
    }
}

/// The report then and now.
fn tell(replay: &Replay<'_>, page: &mut Page) {
    page.gap();
    page.para(&format!("How did it turn out? Your report of {}.", replay.saved.day));
    page.para(&format!("{}.", subject::replay::verdict(replay).trim_end_matches('.')));
    page.para(&spoken(&subject::replay::sentence(replay)));
    page.para(&spoken(&subject::replay::prices(replay)));
    page.para(&format!("{}:", subject::replay::CHANGED));
    let changes = subject::replay::changes(replay);
    if changes.is_empty() {
        page.hang("  ", subject::replay::NOTHING_CHANGED);
    }
    for (what, text) in changes {
        page.hang("  ", &format!("{what}: {}", spoken(&text)));
    }
    page.para(VERIFY);
}

/// Actual usage next to the estimate.
fn print_actual(replay: &Replay<'_>, actual: &ActualUsage, page: &mut Page) {
    page.gap();
    page.para(&format!("What you really used since {}:", actual.since));
    page.para(&subject::replay::covered(actual));
    for caution in subject::replay::cautions(actual) {
        page.warn(&caution);
    }
    if let Some(month) = &actual.month {
        for figure in month.figures(replay) {
            page.hang("  ", &figure_in_words(&figure));
        }
    }
    for sentence in subject::replay::explained(replay, actual) {
        page.para(&spoken(&sentence));
    }
    if let Some(standing) = subject::replay::standing(replay, actual) {
        page.para(&spoken(&standing));
    }
    if !actual.doubts.is_empty() {
        page.para("How far to trust it:");
        for doubt in &actual.doubts {
            page.hang("  ", doubt);
        }
    }
}

/// `Tokens sent a month: estimated 3,000,000, really 3,100,000, inside the range.`
fn figure_in_words(figure: &Figure) -> String {
    let name = match figure.of {
        Of::Input => "Tokens sent a month",
        Of::Output => "Tokens written a month",
        Of::Api => "On the API a month",
    };
    let words = |value: Option<_>| {
        value.map_or_else(|| "without a price".to_owned(), |value| figure.of.words(value))
    };
    let range = figure.range.map_or_else(String::new, |(low, high)| {
        format!(", range {} to {}", figure.of.words(low), figure.of.words(high))
    });
    let place =
        figure.position.map_or_else(String::new, |place| format!(", {}", Position::words(place)));
    format!(
        "{name}: estimated {}{range}; really {}{place}.",
        words(figure.estimate),
        words(figure.really)
    )
}

/// Replaces the arrow of the tables, which screen readers spell out.
fn spoken(text: &str) -> String {
    text.replace(" -> ", " to ")
}
