//! What a wizard asks for with reports and kept scenarios, and the results.

use std::path::PathBuf;

use super::{Deleted, ScenarioId};
use crate::advice::Assessment;

/// An order to save a report.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveOrder {
    pub formats: Vec<Format>,
    /// The folder as typed; a leading `~` stands for the home folder.
    pub folder: PathBuf,
    /// The file name without its extension.
    pub stem: String,
    /// A note of one line.
    pub note: Option<String>,
    /// What to do if a file already exists.
    pub on_collision: OnCollision,
    /// True if a missing folder is to be created.
    pub create_folder: bool,
    /// The content of the report.
    pub assessment: Box<Assessment>,
}

/// A format of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For reading and sharing.
    Markdown,
    /// For sharing: with pictures, for any browser, printable.
    Html,
    /// For replay.
    Json,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Markdown, Self::Html, Self::Json];

    /// The file extension.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
        }
    }
}

/// What to do if a file already exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnCollision {
    Ask,
    /// Use the next free name.
    KeepBoth,
    /// Keep the old file as `.bak`.
    Replace,
}

/// Why a report was not saved, and what to try next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveFailure {
    /// Files with these names exist: one, or several with several formats.
    Exists {
        /// The existing files.
        taken: Vec<Taken>,
        /// A name without extension that is free in every format.
        free: String,
    },
    /// The folder does not exist.
    MissingFolder(PathBuf),
    /// Any other failure, as a message.
    Other(String),
}

/// An existing file with the name of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub path: PathBuf,
    /// Its date of change and size: `2026-11-20, 9.1 KB`.
    pub about: String,
}

/// An order for the kept scenarios. A new listing follows each.
#[derive(Debug, Clone, PartialEq)]
pub enum ScenarioOrder {
    /// Only list them.
    List,
    /// Keep a recommendation under a name.
    Keep {
        name: String,
        /// The recommendation to keep.
        assessment: Box<Assessment>,
    },
    /// Rename one.
    Rename {
        id: ScenarioId,
        /// The new name.
        name: String,
    },
    /// Delete one by moving its file aside.
    Delete(ScenarioId),
    /// Restore a deleted one.
    Restore(Deleted),
}

/// The result of an order for the kept scenarios.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScenarioDone {
    Listed,
    Kept(ScenarioId),
    /// One was renamed.
    Renamed {
        id: ScenarioId,
        /// The former name.
        from: String,
    },
    /// One was deleted. Restoring takes this value.
    Deleted(Deleted),
    /// One was restored.
    Restored {
        id: ScenarioId,
        /// Its former file, which differs if the name was taken in the meantime.
        was: ScenarioId,
    },
}
