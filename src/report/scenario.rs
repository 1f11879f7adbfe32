//! Kept scenarios as values: names, contents, and the listing of their folder.

use std::ffi::OsString;
use std::path::PathBuf;

use super::Saved;
use crate::text::clean;

/// The file name of a scenario. Stays the same when the scenario is renamed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScenarioId(pub(crate) OsString);

impl ScenarioId {
    /// The file name for display.
    pub fn shown(&self) -> String {
        clean(&self.0.to_string_lossy()).into_owned()
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    pub id: ScenarioId,
    /// Unique in a listing.
    pub name: String,
    /// The report.
    pub saved: Saved,
}

/// A file that cannot be read as a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The file name for display.
    pub file: String,
    /// Why, in one line.
    pub why: String,
}

/// The contents of the folder.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listing {
    /// The oldest first.
    pub scenarios: Vec<Scenario>,
    /// Sorted by name.
    pub unread: Vec<Unread>,
}

/// A deleted scenario that can be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    pub(crate) id: ScenarioId,
    /// The path of the file now.
    pub(crate) aside: PathBuf,
}
