//! What can happen to the wizard.

use std::path::PathBuf;

use super::key::Press;
use super::scan::News;
use crate::report::{Listing, Saved};
pub use crate::report::{SaveFailure, ScenarioDone, Taken};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A key was pressed.
    Key(Press),
    /// A text was pasted.
    Paste(String),
    /// The mouse was clicked, at this column and row.
    Click {
        /// Column from 0.
        column: u16,
        /// Row from 0.
        row: u16,
    },
    /// The wheel was turned: up is negative.
    Wheel(i16),
    /// The terminal has another size now, in columns and rows.
    Resize(u16, u16),
    /// The program came back after it was suspended.
    Resumed,
    /// The system wants the program to end; the exit code that goes with it.
    Terminate(u8),
    /// A report was written, or why not.
    Saved(Result<Vec<PathBuf>, SaveFailure>),
    /// The saved reports that were found in a folder.
    Found(Vec<FoundReport>),
    /// A report was read, or why not.
    Opened(Result<Box<crate::session::Choices>, String>),
    /// A whole saved report was read, or why not.
    Recalled(Box<Result<Saved, String>>),
    /// The usual places of logs that are there, as they are shown.
    LogPlaces(Vec<String>),
    /// What the reading of this number has come to.
    Scan(u32, News),
    /// What became of an order for the kept scenarios, and what is kept now; or why nothing did.
    Scenarios(Box<Result<(ScenarioDone, Listing), String>>),
    /// The draft could not be kept, and why.
    Draft(String),
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
