//! Saved scenarios: named reports, one file each, in the data folder.
//!
//! Several programs may use the folder at once, and any of them may be killed at any moment. So
//! every new file is written whole under a free name, a rename replaces a whole file with a whole
//! one, and a deleted file is moved aside so that it can be restored. An unreadable file is
//! reported and does not hide the others.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use thiserror::Error;

use super::folders::{self, Folders};
use super::input::{INPUT_LIMIT, InputError, read_text};
use super::save::{self, SaveError, Step};
pub use crate::report::{Deleted, Listing, Scenario, ScenarioId, Unread};
use crate::report::{ReadError, read_report, with_name};
use crate::text::{clean, looks_like_key, quoted};

#[cfg(test)]
mod tests;

/// The maximum length of a name, in characters.
pub const NAME_LIMIT: usize = 60;

/// The folder for deleted scenarios, inside the scenarios folder.
const ASIDE: &str = "deleted";
/// How long deleted scenarios are kept: 30 days. Undo only reaches back to the start of the program
/// that deleted them, and few keep it open that long.
const KEPT_ASIDE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const ENDING: &str = "json";
/// The maximum length of the name's part of a file name, in characters.
const LONGEST_STEM: usize = 40;

/// Why something could not be done with a scenario.
#[derive(Debug, Error)]
pub enum ScenarioError {
    #[error("a scenario needs a name; type one such as 'more automation'")]
    NoName,
    #[error(
        "the name {given} has {length} characters; at most {NAME_LIMIT} are kept, so shorten it"
    )]
    LongName {
        /// The beginning of the name, quoted.
        given: String,
        /// The full length, in characters.
        length: usize,
    },
    /// The name contains something like an API key.
    #[error("the name holds something that looks like an API key; leave the key out")]
    Key,
    /// The file is gone, probably deleted by another program.
    #[error("the scenario {name} is no longer there; another planwise may have deleted it")]
    Gone {
        /// Its name, quoted.
        name: String,
    },
    /// The file does not contain a report.
    #[error("cannot use the scenario {file}: {cause}")]
    Broken {
        /// Its file, quoted.
        file: String,
        cause: ReadError,
    },
    #[error(transparent)]
    Input(#[from] InputError),
    #[error(transparent)]
    Save(#[from] SaveError),
    #[error("cannot list the scenarios in '{}': {cause}; check the folder", folder.display())]
    List {
        /// The folder.
        folder: PathBuf,
        /// The system error.
        cause: io::Error,
    },
}

/// The saved scenarios of one user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The scenarios in the user's data folder.
    pub fn of(folders: &Folders) -> Self {
        Self::at(folders.scenarios())
    }

    /// The scenarios in a folder, which may not exist yet.
    pub const fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn path(&self, id: &ScenarioId) -> PathBuf {
        self.folder.join(&id.0)
    }

    /// Saves a report in JSON under a name. Never touches an existing file.
    ///
    /// # Errors
    /// If the name is unusable, the text is not a report, or the file cannot be written.
    pub fn keep(&self, name: &str, report: &str) -> Result<ScenarioId, ScenarioError> {
        self.keep_with(name, report, &mut |_| Ok(()))
    }

    fn keep_with(
        &self,
        name: &str,
        report: &str,
        before: &mut dyn FnMut(Step) -> io::Result<()>,
    ) -> Result<ScenarioId, ScenarioError> {
        let name = usable(name)?;
        let (text, _) = with_name(report, &name)
            .map_err(|cause| ScenarioError::Broken { file: quoted(&name), cause })?;
        folders::create_private(&self.folder)?;
        let target = self.folder.join(format!("{}.{ENDING}", stem(&name)));
        let written = save::keep_private(&target, text.as_bytes(), before)?;
        Ok(id_of(&written))
    }

    /// Lists every scenario; empty if the folder does not exist yet.
    ///
    /// # Errors
    /// If the folder cannot be read. Files that cannot be read are listed in `unread` instead.
    pub fn list(&self) -> Result<Listing, ScenarioError> {
        let failed = |cause| ScenarioError::List { folder: self.folder.clone(), cause };
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Listing::default()),
            Err(cause) => return Err(failed(cause)),
        };
        let mut listing = Listing::default();
        for entry in entries {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_none_or(|ending| ending != ENDING) {
                continue;
            }
            let id = id_of(&path);
            match self.open(&id) {
                Ok(scenario) => listing.scenarios.push(scenario),
                // Deleted after the folder was listed.
                Err(ScenarioError::Gone { .. }) => {}
                Err(why) => listing.unread.push(Unread { file: id.shown(), why: why.to_string() }),
            }
        }
        listing.scenarios.sort_by(|a, b| (a.saved.created, &a.id).cmp(&(b.saved.created, &b.id)));
        listing.unread.sort_by(|a, b| a.file.cmp(&b.file));
        part(&mut listing.scenarios);
        Ok(listing)
    }

    /// Reads one scenario.
    ///
    /// # Errors
    /// If it is gone, unreadable, or not a report.
    pub fn open(&self, id: &ScenarioId) -> Result<Scenario, ScenarioError> {
        let text = self.text(id)?;
        let saved = read_report(&text)
            .map_err(|cause| ScenarioError::Broken { file: quoted(&id.shown()), cause })?;
        let name = saved.name.clone().unwrap_or_else(|| name_of_file(id));
        Ok(Scenario { id: id.clone(), name, saved })
    }

    fn text(&self, id: &ScenarioId) -> Result<String, ScenarioError> {
        read_text(&self.path(id), INPUT_LIMIT).map_err(|error| match error {
            InputError::Missing { .. } => ScenarioError::Gone { name: quoted(&name_of_file(id)) },
            error => error.into(),
        })
    }

    /// Renames a scenario and returns the old name. The file name does not change.
    ///
    /// # Errors
    /// If the name is unusable, or the scenario is gone or cannot be written. It is then unchanged.
    pub fn rename(&self, id: &ScenarioId, name: &str) -> Result<String, ScenarioError> {
        self.rename_with(id, name, &mut |_| Ok(()))
    }

    fn rename_with(
        &self,
        id: &ScenarioId,
        name: &str,
        before: &mut dyn FnMut(Step) -> io::Result<()>,
    ) -> Result<String, ScenarioError> {
        let name = usable(name)?;
        let from = self.open(id)?.name;
        let (text, _) = with_name(&self.text(id)?, &name)
            .map_err(|cause| ScenarioError::Broken { file: quoted(&id.shown()), cause })?;
        save::replace_private_with(&self.path(id), text.as_bytes(), before)?;
        Ok(from)
    }

    /// Moves a scenario aside. [`Self::restore`] brings it back.
    ///
    /// # Errors
    /// If it is already gone or cannot be moved.
    pub fn delete(&self, id: &ScenarioId, now: SystemTime) -> Result<Deleted, ScenarioError> {
        let aside = self.folder.join(ASIDE);
        let from = self.path(id);
        let gone = || ScenarioError::Gone { name: quoted(&name_of_file(id)) };
        if fs::symlink_metadata(&from).is_err() {
            return Err(gone());
        }
        folders::create_private(&aside)?;
        // From here on the file's time is that of the deletion, which decides when it is removed
        // for good.
        stamp(&from, now);
        match save::move_aside(&from, save::numbered(&aside.join(&id.0))) {
            Ok(aside) => Ok(Deleted { id: id.clone(), aside }),
            Err(SaveError::NotMoved { cause, .. }) if cause.kind() == io::ErrorKind::NotFound => {
                Err(gone())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Permanently removes scenarios deleted more than 30 days ago. Ignores files that cannot be
    /// removed.
    pub fn clear_aside(&self, now: SystemTime) {
        let entries = fs::read_dir(self.folder.join(ASIDE)).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            let is_old = fs::symlink_metadata(&path).is_ok_and(|about| {
                let age = about.modified().ok().and_then(|then| now.duration_since(then).ok());
                about.is_file() && age.is_some_and(|age| age > KEPT_ASIDE)
            });
            if is_old && path.extension().is_some_and(|ending| ending == ENDING) {
                let _ = fs::remove_file(&path);
            }
        }
    }

    /// Restores a deleted scenario under its file name, or under the next free one if that is
    /// taken.
    ///
    /// # Errors
    /// If it cannot be moved.
    pub fn restore(&self, deleted: &Deleted) -> Result<ScenarioId, ScenarioError> {
        let place = self.path(&deleted.id);
        Ok(id_of(&save::move_back(&deleted.aside, save::numbered(&place))?))
    }
}

/// Sets the file's modification time. Ignores failures; the file then keeps its own time.
fn stamp(path: &Path, now: SystemTime) {
    if fs::symlink_metadata(path).is_ok_and(|about| about.is_file()) {
        // Windows requires write access for this, which a read-only file refuses.
        let file = File::options().write(true).open(path).or_else(|_| File::open(path));
        let _ = file.and_then(|file| file.set_modified(now));
    }
}

fn id_of(path: &Path) -> ScenarioId {
    ScenarioId(path.file_name().unwrap_or_default().to_os_string())
}

/// Cleans a name into the single line that is stored. An error if it is empty, too long or like a
/// key.
fn usable(name: &str) -> Result<String, ScenarioError> {
    let line = clean(name).trim().to_owned();
    let length = line.chars().count();
    if looks_like_key(&line) {
        Err(ScenarioError::Key)
    } else if line.is_empty() {
        Err(ScenarioError::NoName)
    } else if length > NAME_LIMIT {
        Err(ScenarioError::LongName { given: quoted(&line), length })
    } else {
        Ok(line)
    }
}

/// The file name for a scenario name: lowercase ASCII letters and digits, separated by `-`.
fn stem(name: &str) -> String {
    let mut stem = String::new();
    for letter in name.chars().take(LONGEST_STEM) {
        if letter.is_ascii_alphanumeric() {
            stem.push(letter.to_ascii_lowercase());
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem = stem.trim_end_matches('-');
    // Windows reserves some words as file names; the prefix makes them usable.
    if stem.is_empty() { "scenario".to_owned() } else { format!("s-{stem}") }
}

/// The display name of a scenario whose report has no name.
fn name_of_file(id: &ScenarioId) -> String {
    let shown = id.shown();
    let stem = shown.strip_suffix(".json").unwrap_or(&shown);
    stem.strip_prefix("s-").unwrap_or(stem).chars().take(NAME_LIMIT).collect()
}

/// Numbers scenarios of the same name: `base`, `base (2)`.
fn part(scenarios: &mut [Scenario]) {
    let mut seen: Vec<String> = Vec::new();
    for scenario in scenarios {
        let numbered = (2..=u32::MAX).map(|number| format!("{} ({number})", scenario.name));
        let mut names = std::iter::once(scenario.name.clone()).chain(numbered);
        if let Some(free) = names.find(|name| !seen.contains(name)) {
            scenario.name = free;
        }
        seen.push(scenario.name.clone());
    }
}
