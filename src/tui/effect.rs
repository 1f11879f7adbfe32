//! What the wizard wants done outside itself. Only `run` does it.

use std::path::PathBuf;

use rust_decimal::Decimal;

use super::scan::Purpose;
pub use crate::report::{Format, OnCollision, SaveOrder, ScenarioOrder};
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
    /// Keep the choices for the next start.
    KeepDraft(Box<Choices>),
    /// Forget the kept choices, whatever they are.
    DropDraft,
    /// Forget the kept choices if they are the present ones, which a report holds now: another
    /// planwise may have kept others, and so may an earlier start.
    DropSavedDraft,
    /// Move the kept choices aside, before others take their place.
    SetDraftAside,
    /// Look where logs are.
    FindLogs,
    /// Read logs beside the loop.
    Scan(ScanOrder),
    /// Stop reading them.
    StopScan,
    /// Do something with the kept scenarios.
    Scenario(Box<ScenarioOrder>),
    /// Put a text on the clipboard.
    Copy(String),
    /// Turn mouse reports on or off.
    Mouse(bool),
    /// Stop the program until the shell brings it back.
    Suspend,
    /// Draw every cell anew.
    Redraw,
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
