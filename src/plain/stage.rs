//! What is asked at present.

use std::sync::Arc;

use crate::month::{Field, Week, WeekNumber};
use crate::question::QuestionId;
use crate::report::{SaveOrder, Saved};
use crate::wizard::flow::{Arrival, MonthLine};

/// The current prompt.
#[derive(Debug, Clone)]
pub(super) enum Stage {
    Welcome,
    Examples,
    Open,
    Logs(Logs, From),
    OutcomeCheck(OutcomeCheck),
    Question(QuestionId, Arrival),
    Quick(usize),
    Month(MonthLine, Arrival),
    Week(WeekNumber, Week, Arrival),
    AdvancedList(Arrival),
    Advanced(Field, Arrival),
    Check,
    Result,
    Save(Saving),
    Scenarios,
    /// Which plan the person had; holds the stage to return to.
    Plan(Box<Self>),
    /// Whether to leave without saving; holds the stage to return to.
    Leave(Box<Self>),
}

impl Stage {
    /// True if any text may be typed, so that only the shortest commands are recognized.
    pub(super) const fn takes_text(&self) -> bool {
        matches!(
            self,
            Self::Open
                | Self::Save(Saving::Path | Saving::Note(_))
                | Self::Logs(Logs::Order(_), _)
                | Self::OutcomeCheck(OutcomeCheck::Order(..))
        )
    }

    /// True if the stage needs a result, and so every question answered.
    pub(super) const fn needs_result(&self) -> bool {
        matches!(self, Self::Result | Self::Save(_) | Self::Scenarios)
    }
}

/// Where the person asked for a log scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// At the start; the questions follow.
    Start,
    /// In the month, and back to it afterwards.
    Month(Arrival),
}

/// The current prompt about logs.
#[derive(Debug, Clone)]
pub(super) enum Logs {
    /// Which logs to read; the usual places that exist, once they are known.
    Order(Option<Vec<String>>),
    /// The scan is running; the usual places.
    Reading(Option<Vec<String>>),
    /// What the scan found; the usual places.
    Found(Option<Vec<String>>),
}

/// The stage of the check.
#[derive(Debug, Clone)]
pub(super) enum OutcomeCheck {
    /// The report is being read.
    Recall,
    /// Which logs to read; the usual places that exist, once they are known.
    Order(Arc<Saved>, Option<Vec<String>>),
    /// The scan is running; the usual places.
    Reading(Arc<Saved>, Option<Vec<String>>),
}

/// The current prompt about saving.
#[derive(Debug, Clone)]
pub(super) enum Saving {
    /// The path, or Enter for the default.
    Path,
    /// A note for the report.
    Note(Box<SaveOrder>),
    /// What to do with an existing file of that name.
    Taken { order: Box<SaveOrder>, what: String, free: String },
    /// Whether to create the folder.
    NoFolder { order: Box<SaveOrder>, folder: String },
}
