//! What the wizard wants done outside itself. Only `run` does it.

use std::path::PathBuf;

use rust_decimal::Decimal;

use super::scan::Purpose;
use crate::report::{Deleted, ScenarioId};
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
    /// Forget the kept choices.
    DropDraft,
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

/// What to do with the kept scenarios; each is followed by a new list of them.
#[derive(Debug, Clone, PartialEq)]
pub enum ScenarioOrder {
    /// Only list them.
    List,
    /// Keep a recommendation under a name.
    Keep {
        /// The name.
        name: String,
        /// What is kept.
        assessment: Box<crate::advice::Assessment>,
    },
    /// Give one another name.
    Rename {
        /// Which.
        id: ScenarioId,
        /// The name.
        name: String,
    },
    /// Move one aside.
    Delete(ScenarioId),
    /// Bring one back.
    Restore(Deleted),
}

/// A report to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveOrder {
    /// The formats wanted.
    pub formats: Vec<Format>,
    /// The folder as it was typed; `~` at its start is the home folder.
    pub folder: PathBuf,
    /// The name of the file without its ending.
    pub stem: String,
    /// A note of one line.
    pub note: Option<String>,
    /// What to do where a file is in the way.
    pub on_collision: OnCollision,
    /// Whether a missing folder is created.
    pub create_folder: bool,
    /// What is reported.
    pub assessment: Box<crate::advice::Assessment>,
}

/// A format of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A text to read and to send.
    Markdown,
    /// A page to send on: pictures, any browser, paper.
    Html,
    /// For replay.
    Json,
}

impl Format {
    /// The ending of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
        }
    }
}

/// What to do where a file is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnCollision {
    /// Ask.
    Ask,
    /// Take the next free name.
    KeepBoth,
    /// Keep the old file as `.bak`.
    Replace,
}
