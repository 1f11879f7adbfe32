//! Kept scenarios as values: what they are called, what they hold, and the fate of each file.

use std::ffi::OsString;
use std::path::PathBuf;

use super::Saved;
use crate::text::clean;

/// The file of a scenario, which stays the same when it is renamed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScenarioId(pub(crate) OsString);

impl ScenarioId {
    /// The name of the file, for a person.
    pub fn shown(&self) -> String {
        clean(&self.0.to_string_lossy()).into_owned()
    }
}

/// A kept scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Its file.
    pub id: ScenarioId,
    /// Its name; no two of a listing have the same.
    pub name: String,
    /// The report.
    pub saved: Saved,
}

/// A file that is no scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its name, fit for a person.
    pub file: String,
    /// What is wrong with it, in one line.
    pub why: String,
}

/// What the folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// The scenarios, the earliest kept first.
    pub scenarios: Vec<Scenario>,
    /// The files that cannot be read, by name.
    pub unread: Vec<Unread>,
}

/// A deleted scenario, to bring it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// Its file.
    pub(crate) id: ScenarioId,
    /// Where it is now.
    pub(crate) aside: PathBuf,
}
