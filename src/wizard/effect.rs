//! What the wizard wants done outside itself. Only the room `perform` does it.

use std::path::PathBuf;

use rust_decimal::Decimal;

use super::Purpose;
use crate::report::{SaveOrder, ScenarioOrder};
use crate::session::Choices;

/// Something to do outside the state.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Write the report.
    Save(Box<SaveOrder>),
    /// Look for saved reports in a folder.
    FindReports(PathBuf),
    /// Read a saved report or answers file.
    Open(PathBuf),
    /// Read a whole saved report, to see how it turned out; `None` is the one saved last.
    Recall(Option<PathBuf>),
    /// Forget the report saved last.
    ForgetReport,
    /// Do something with the kept choices.
    Draft(DraftOrder),
    /// Look where logs are.
    FindLogs,
    /// Read logs beside the loop.
    Scan(ScanOrder),
    /// Stop reading them.
    StopScan,
    /// Do something with the kept scenarios.
    Scenario(Box<ScenarioOrder>),
}

/// What is to become of the choices kept for the next start.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftOrder {
    /// These are the newest; what was kept before does not count any more.
    Keep(Box<Choices>),
    /// Nothing is to be kept.
    Drop,
    /// These are not to be kept, as a report holds them now: another planwise may have kept
    /// others, and so may an earlier start.
    DropSaved(Box<Choices>),
    /// What is kept moves aside, before others take its place.
    SetAside,
}

/// Logs to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanOrder {
    /// Tells the reading from those before it.
    pub number: u32,
    /// The file or folder as it was typed; `None` for the usual places.
    pub path: Option<PathBuf>,
    /// What for.
    pub purpose: Purpose,
    /// What an hour of waiting at a limit is worth, USD; `None` where the person did not say.
    pub hour_value: Option<Decimal>,
}
