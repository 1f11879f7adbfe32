//! The results of the wizard's effects.

use std::path::PathBuf;

use super::News;
use crate::report::{Listing, SaveFailure, Saved, ScenarioDone};
use crate::wizard::session::Choices;

#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// The files of a saved report, or why saving failed.
    Saved(Result<Vec<PathBuf>, SaveFailure>),
    Found(Vec<FoundReport>),
    /// The choices of a report, or why reading it failed.
    Opened(Result<Box<Choices>, String>),
    /// A whole saved report, or why reading it failed.
    Recalled(Box<Result<Saved, String>>),
    /// The usual log folders that exist, as they are displayed.
    LogPlaces(Vec<String>),
    /// News of the scan with this number.
    Scan(u32, News),
    /// The result of a scenario order with the new list, or why it failed.
    Scenarios(Box<Result<(ScenarioDone, Listing), String>>),
    /// Whether the draft was kept as requested, or why not.
    Draft(Result<(), String>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundReport {
    pub path: PathBuf,
    pub name: String,
    /// The day of the last change: `2026-11-20`.
    pub changed: String,
}
