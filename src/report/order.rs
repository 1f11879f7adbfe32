//! What a wizard wants done with reports and kept scenarios, and the results.

use std::path::PathBuf;

use super::{Deleted, ScenarioId};
use crate::advice::Assessment;

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
    pub assessment: Box<Assessment>,
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
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Markdown, Self::Html, Self::Json];

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

/// Why a report was not written, and what may be tried next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveFailure {
    /// Files with these names are there: one, or with several formats perhaps more.
    Exists {
        /// The files in the way.
        taken: Vec<Taken>,
        /// The name that is free for every format, without ending.
        free: String,
    },
    /// The folder is not there.
    MissingFolder(PathBuf),
    /// Anything else, in words.
    Other(String),
}

/// A file that has the name of a report already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Where it is.
    pub path: PathBuf,
    /// When it was changed and how large it is: `2026-11-20, 9.1 KB`.
    pub about: String,
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
        assessment: Box<Assessment>,
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

/// The result of an order for the kept scenarios.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScenarioDone {
    /// They were listed.
    Listed,
    /// One was kept.
    Kept(ScenarioId),
    /// One has another name.
    Renamed {
        /// Which.
        id: ScenarioId,
        /// The name before.
        from: String,
    },
    /// One was moved aside; this brings it back.
    Deleted(Deleted),
    /// One is back.
    Restored {
        /// Its file.
        id: ScenarioId,
        /// Its file before, which has another name where that was taken in between.
        was: ScenarioId,
    },
}
