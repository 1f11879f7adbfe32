//! The results of the wizard's effects.

use std::path::PathBuf;

use super::News;
use crate::report::{Listing, SaveFailure, Saved, ScenarioDone};
use crate::session::Choices;

/// The result of something that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A report was written, or why not.
    Saved(Result<Vec<PathBuf>, SaveFailure>),
    /// The saved reports that were found in a folder.
    Found(Vec<FoundReport>),
    /// A report was read, or why not.
    Opened(Result<Box<Choices>, String>),
    /// A whole saved report was read, or why not.
    Recalled(Box<Result<Saved, String>>),
    /// The usual places of logs that are there, as they are shown.
    LogPlaces(Vec<String>),
    /// What the reading of this number has come to.
    Scan(u32, News),
    /// The result of an order for the kept scenarios, and what is kept now; or why it failed.
    Scenarios(Box<Result<(ScenarioDone, Listing), String>>),
    /// The draft was kept as it was asked for, or why not.
    Draft(Result<(), String>),
}

/// A saved report that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundReport {
    /// Where it is.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// When it was changed: `2026-11-20`.
    pub changed: String,
}
