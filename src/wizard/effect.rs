//! Work that the wizard wants done outside itself. Only `perform` does it.

use std::path::PathBuf;

use rust_decimal::Decimal;

use super::Purpose;
use crate::report::{SaveOrder, ScenarioOrder};
use crate::wizard::session::Choices;

#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Save(Box<SaveOrder>),
    FindReports(PathBuf),
    Open(PathBuf),
    /// Read a whole saved report to compare it with actual usage; `None` is the one saved last.
    Recall(Option<PathBuf>),
    ForgetReport,
    Draft(DraftOrder),
    FindLogs,
    /// Read logs in the background.
    Scan(ScanOrder),
    StopScan,
    Scenario(Box<ScenarioOrder>),
}

/// A change to the choices kept for the next start.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftOrder {
    /// Keep these, and discard what was kept before.
    Keep(Box<Choices>),
    /// Keep nothing.
    Drop,
    /// Stop keeping these, because a report has them now. Other choices stay: another planwise or
    /// an earlier start may have kept them.
    DropSaved(Box<Choices>),
    /// Move the kept choices aside, before others replace them.
    SetAside,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanOrder {
    /// Identifies this scan among earlier ones.
    pub number: u32,
    /// The file or folder as typed; `None` for the usual places.
    pub path: Option<PathBuf>,
    pub purpose: Purpose,
    /// What an hour of waiting at a limit is worth, USD; `None` if the person did not say.
    pub hour_value: Option<Decimal>,
}
