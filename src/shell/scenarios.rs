//! Kept scenarios: reports under a name, one file each, in the data folder.
//!
//! Several programs may use the folder at once, and any of them may die at any moment: every file
//! is written whole under a name that nothing had, a rename replaces a whole file by a whole one,
//! and what is deleted is moved aside, from where it can come back. A file that cannot be read is
//! named and hides none of the others.

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

/// The most characters of a name.
pub const NAME_LIMIT: usize = 60;

/// The folder for what was deleted, inside the one of the scenarios.
const ASIDE: &str = "deleted";
/// How long what was deleted stays there: 30 days. Undo reaches back to the start of the program
/// that deleted it, which few keep open for so long.
const KEPT_ASIDE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How the files end.
const ENDING: &str = "json";
/// More characters of a name do not go into the name of its file.
const LONGEST_STEM: usize = 40;

/// Why something could not be done with a scenario.
#[derive(Debug, Error)]
pub enum ScenarioError {
    /// The name is empty.
    #[error("a scenario needs a name; type one such as 'more automation'")]
    NoName,
    /// The name is too long.
    #[error(
        "the name {given} has {length} characters; at most {NAME_LIMIT} are kept, so shorten it"
    )]
    LongName {
        /// Its beginning, quoted.
        given: String,
        /// How many characters it has.
        length: usize,
    },
    /// The name holds something like an API key.
    #[error("the name holds something that looks like an API key; leave the key out")]
    Key,
    /// Another program has deleted it.
    #[error("the scenario {name} is no longer there; another planwise may have deleted it")]
    Gone {
        /// Its name, quoted.
        name: String,
    },
    /// Its file does not hold a report.
    #[error("cannot use the scenario {file}: {cause}")]
    Broken {
        /// Its file, quoted.
        file: String,
        /// What is wrong.
        cause: ReadError,
    },
    /// Its file cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// Its file cannot be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The folder cannot be listed.
    #[error("cannot list the scenarios in '{}': {cause}; check the folder", folder.display())]
    List {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

/// The kept scenarios of one user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The scenarios in the user's data folder.
    pub fn of(folders: &Folders) -> Self {
        Self::at(folders.scenarios())
    }

    /// The scenarios in a folder, which need not exist.
    pub const fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Where they are kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn path(&self, id: &ScenarioId) -> PathBuf {
        self.folder.join(&id.0)
    }

    /// Keeps a report in JSON under a name. Nothing that is there is touched.
    ///
    /// # Errors
    /// Where the name cannot be used, the text is not a report, or nothing can be written.
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

    /// Everything in the folder; nothing where there is no folder yet.
    ///
    /// # Errors
    /// Where the folder itself cannot be read. A file that cannot is one of `unread`.
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
                // Deleted since the folder was listed.
                Err(ScenarioError::Gone { .. }) => {}
                Err(why) => listing.unread.push(Unread { file: id.shown(), why: why.to_string() }),
            }
        }
        listing.scenarios.sort_by(|a, b| (a.saved.created, &a.id).cmp(&(b.saved.created, &b.id)));
        listing.unread.sort_by(|a, b| a.file.cmp(&b.file));
        part(&mut listing.scenarios);
        Ok(listing)
    }

    /// One scenario.
    ///
    /// # Errors
    /// Where it is gone, cannot be read, or is not a report.
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

    /// Gives a scenario another name and returns the one before; its file stays.
    ///
    /// # Errors
    /// Where the name cannot be used, or the scenario is gone or cannot be written. It is then as
    /// it was.
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
    /// Where it is gone already, or cannot be moved.
    pub fn delete(&self, id: &ScenarioId, now: SystemTime) -> Result<Deleted, ScenarioError> {
        let aside = self.folder.join(ASIDE);
        let from = self.path(id);
        let gone = || ScenarioError::Gone { name: quoted(&name_of_file(id)) };
        if fs::symlink_metadata(&from).is_err() {
            return Err(gone());
        }
        folders::create_private(&aside)?;
        // From here its time is that of the deletion, which tells when it has been aside for long.
        stamp(&from, now);
        match save::move_aside(&from, save::numbered(&aside.join(&id.0))) {
            Ok(aside) => Ok(Deleted { id: id.clone(), aside }),
            Err(SaveError::NotMoved { cause, .. }) if cause.kind() == io::ErrorKind::NotFound => {
                Err(gone())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Removes for good what was deleted more than 30 days ago. What cannot be removed stays.
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

    /// Brings a deleted scenario back, under its file name or, where another has that by now, the
    /// next free one.
    ///
    /// # Errors
    /// Where it cannot be moved.
    pub fn restore(&self, deleted: &Deleted) -> Result<ScenarioId, ScenarioError> {
        let place = self.path(&deleted.id);
        Ok(id_of(&save::move_back(&deleted.aside, save::numbered(&place))?))
    }
}

/// Gives a file this time. Where it cannot be given, the file keeps its own.
fn stamp(path: &Path, now: SystemTime) {
    if fs::symlink_metadata(path).is_ok_and(|about| about.is_file()) {
        // Windows wants to be asked for writing, and a read-only file refuses that.
        let file = File::options().write(true).open(path).or_else(|_| File::open(path));
        let _ = file.and_then(|file| file.set_modified(now));
    }
}

fn id_of(path: &Path) -> ScenarioId {
    ScenarioId(path.file_name().unwrap_or_default().to_os_string())
}

/// A name as it is kept: one clean line that is not too long.
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

/// The name of the file for a name: small letters and digits of ASCII, parted by `-`.
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
    // On Windows some words cannot be names of files: with this before them they can.
    if stem.is_empty() { "scenario".to_owned() } else { format!("s-{stem}") }
}

/// How a scenario is called where its report has no name.
fn name_of_file(id: &ScenarioId) -> String {
    let shown = id.shown();
    let stem = shown.strip_suffix(".json").unwrap_or(&shown);
    stem.strip_prefix("s-").unwrap_or(stem).chars().take(NAME_LIMIT).collect()
}

/// Tells scenarios of the same name apart: `base`, `base (2)`.
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
