//! The wizard without a face: the state that the full screen and the plain lines share.
//!
//! Pure state. Reading and writing are requested as an [`Effect`]; the result comes back as a
//! [`Message`].

mod effect;
pub mod flow;
mod message;
mod scan;
pub mod session;
mod start;

use std::path::PathBuf;

use jiff::civil::Date;
use rust_decimal::Decimal;

pub use effect::{DraftOrder, Effect, ScanOrder};
pub use message::{FoundReport, Message};
pub use scan::{News, Progress, Purpose, Scan, Stage};
pub use start::{Beginning, MonthStart};

use crate::advice::AssessError;
use crate::number::usd;
use crate::question::Answers;
use crate::report::Steps;
use crate::text::clean;
use crate::wizard::session::{Choices, Session, assume};
use crate::words;

/// What the wizard knows besides the choices: places, drafts, saved reports, scanned logs.
#[derive(Debug, Clone)]
pub struct Wizard {
    /// Where reports go, and where choices are kept between starts.
    pub places: Places,
    /// The choices kept last, until the person continues with others.
    pub kept: Option<Kept>,
    /// Choices kept before those, set aside when other answers replaced them.
    pub earlier: Option<Kept>,
    /// Why the draft on disk could not be read, until other answers replace it.
    pub unreadable: Option<String>,
    /// Choices that need no draft: an example, a file, or choices that the person discarded.
    pub elsewhere: Option<Choices>,
    /// Why the choices could not be kept.
    pub unkept: Option<String>,
    /// The report saved last.
    pub saved: Option<Saved>,
    /// The day of the report saved last, if it is known.
    pub reported: Option<Date>,
    /// Changes to the kept scenarios. They can be undone on any later visit.
    pub scenario_steps: Steps,
    /// The state of the log scan.
    pub scan: Scan,
    /// What an hour of waiting at a limit is worth, USD; `None` if the person did not say.
    pub hour_value: Option<Decimal>,
}

/// The folders and files in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The default folder for reports.
    pub reports: PathBuf,
    /// The draft file; `None` if nothing is kept.
    pub draft: Option<PathBuf>,
    /// The file with the choices kept before the draft.
    pub earlier: Option<PathBuf>,
    /// The file that remembers the last folder; `None` if nothing is kept.
    pub remembered: Option<PathBuf>,
    /// The file that keeps the report saved last, to compare it with actual usage; `None` if
    /// nothing is kept.
    pub last_report: Option<PathBuf>,
    /// The default name of a report today, without extension: `claude-choice-2026-11-22`.
    pub stem: String,
}

/// Choices kept from an earlier start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub choices: Choices,
    /// When they were kept: `yesterday 18:02`.
    pub when: String,
}

/// A saved report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub choices: Choices,
    pub paths: Vec<PathBuf>,
}

impl Wizard {
    /// The state at the start: nothing kept, nothing saved, nothing read.
    pub const fn new(places: Places) -> Self {
        Self {
            places,
            kept: None,
            earlier: None,
            unreadable: None,
            elsewhere: None,
            unkept: None,
            saved: None,
            reported: None,
            scenario_steps: Steps::new(),
            scan: Scan::new(),
            hour_value: None,
        }
    }

    /// Loads choices that need no draft until they change, because a file, a scenario or an example
    /// has them.
    pub fn take_elsewhere(
        &mut self,
        session: &mut Session<'_>,
        choices: Choices,
        what: impl Into<String>,
    ) -> Result<(), AssessError> {
        self.elsewhere = Some(choices.clone());
        session.change(choices, what, None)
    }

    /// Begins the quick check, with the other answers assumed. Nothing has been answered yet, so
    /// the draft from an earlier start stays.
    pub fn begin_quick(&mut self, session: &mut Session<'_>) -> Result<(), AssessError> {
        let answers = assume(Answers::default(), true);
        let choices = Choices { answers, ..session.choices().clone() };
        self.take_elsewhere(session, choices, "Quick check")
    }

    /// True if these choices need no draft, because an example or a file has them.
    pub fn is_elsewhere(&self, choices: &Choices) -> bool {
        self.elsewhere.as_ref().is_some_and(|kept| kept.is_kept_as(choices))
    }

    /// True if these choices will be offered at the next start.
    pub fn keeps_draft(&self, choices: &Choices) -> bool {
        self.places.draft.is_some() && !self.is_elsewhere(choices)
    }

    /// True if the last saved report is about these choices.
    pub fn is_saved(&self, choices: &Choices) -> bool {
        self.saved.as_ref().is_some_and(|saved| saved.choices.is_kept_as(choices))
    }

    /// Requests that changed choices are kept. Sets aside earlier answers that the person did not
    /// continue with, so that they are not overwritten.
    pub fn keep(&mut self, choices: &Choices) -> Vec<Effect> {
        if !self.keeps_draft(choices) {
            return Vec::new();
        }
        let unreadable = self.unreadable.take().is_some();
        let kept = self.kept.take();
        let sets_aside = unreadable || kept.is_some();
        self.earlier = kept.or_else(|| self.earlier.take());
        let aside = sets_aside.then_some(DraftOrder::SetAside);
        let keep = DraftOrder::Keep(Box::new(choices.clone()));
        aside.into_iter().chain([keep]).map(Effect::Draft).collect()
    }

    /// Records that a report of these choices was written, so that they need no draft any more.
    pub fn note_saved(&mut self, choices: &Choices, paths: Vec<PathBuf>, today: Date) -> Effect {
        if let Some(folder) = paths.first().and_then(|path| path.parent()) {
            self.places.reports = folder.to_path_buf();
        }
        if self.places.last_report.is_some() {
            self.reported = Some(today);
        }
        self.saved = Some(Saved { choices: choices.clone(), paths });
        Effect::Draft(DraftOrder::DropSaved(Box::new(choices.clone())))
    }

    /// Requests a log scan, of the usual places unless a path is given.
    pub fn read_logs(&mut self, path: Option<PathBuf>, purpose: Purpose) -> Effect {
        let number = self.scan.begin(purpose);
        Effect::Scan(ScanOrder { number, path, purpose, hour_value: self.hour_value })
    }

    /// Handles news of scan `number`. Returns false if that scan was stopped or replaced. A plan
    /// declared earlier applies to these logs too.
    pub fn on_scan(&mut self, session: &Session<'_>, number: u32, news: News) -> bool {
        let declared = |month| session.with_declared_plan(month, self.scan.declared_plan());
        let news = match news {
            News::Read(month) => News::Read(declared(month)),
            News::Used(used, month) => News::Used(used, month.map(declared)),
            news => news,
        };
        self.scan.on_message(number, news)
    }

    /// The lines at the end: result, cost, and where things are saved.
    pub fn farewell(&self, session: &Session<'_>) -> Vec<String> {
        let choices = session.choices();
        if choices.answers.is_empty() {
            return Vec::new();
        }
        let mut lines = Vec::new();
        match session.assessment() {
            Some(case) => {
                let cost = usd(case.costs.of(case.outcome));
                let headline = words::headline(case.outcome).replacen(':', ",", 1);
                lines.push(format!("planwise: {headline} ({}).", case.strength.name()));
                let month = if choices.is_sample() { "for a sample month" } else { "a month" };
                lines.push(format!(
                    "About {cost} {month}, estimate before tax. Prices of {}. Verify them.",
                    session.world.catalog.as_of
                ));
            }
            None => lines.push("planwise: no result yet.".to_owned()),
        }
        let keeps = self.keeps_draft(choices);
        lines.push(match (&self.saved, &self.unkept) {
            (Some(saved), _) if self.is_saved(choices) => {
                format!("{SAVED}{}", quoted_paths(&saved.paths))
            }
            (_, Some(why)) if keeps => format!("Your answers are not kept: {why}"),
            _ if keeps => "Your answers are kept: planwise goes on from there.".to_owned(),
            _ => "Nothing was saved.".to_owned(),
        });
        lines
    }
}

/// The start of a line of saved files, which must stay in one piece to be copied.
pub const SAVED: &str = "Saved: ";

/// The paths in quotes, for a sentence.
pub fn quoted_paths(paths: &[PathBuf]) -> String {
    let shown: Vec<String> =
        paths.iter().map(|path| format!("'{}'", clean(&path.to_string_lossy()))).collect();
    shown.join(" and ")
}
