//! Saves a report so that no failure loses an older file.
//!
//! The bytes are written to a temporary file in the same folder, synced, and only then renamed. At
//! every moment the name refers to the whole old file, the whole new file, or nothing; a test makes
//! each step fail to prove it. The caller decides what happens to an older file, see [`Collision`].
//!
//! This module never asks the user and creates no folder on its own. The caller keeps the text, so
//! it can save it elsewhere after an error.

use std::{
    fs::{self, DirBuilder, File},
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use tempfile::{Builder, NamedTempFile, PersistError};

pub(super) use self::error::Step;
pub use self::{error::SaveError, name::place};
use super::folders;

mod error;
mod name;
#[cfg(test)]
mod tests;

/// Our temporary files are named with this prefix, [`RANDOM`] letters or digits, and [`SUFFIX`].
const PREFIX: &str = ".planwise-";
const RANDOM: usize = 12;
const SUFFIX: &str = ".tmp";

/// The age at which one of our temporary files counts as abandoned. A younger one may belong to
/// another planwise that is still saving.
const STALE: Duration = Duration::from_secs(60 * 60);

/// What to do if the name is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collision {
    /// Save nothing and return [`SaveError::Exists`].
    Fail,
    /// Rename the old file to `a.md.bak` (or `.bak-2`, …) and give its name to the new one.
    Replace,
}

/// The file that already has the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Existing {
    pub modified: SystemTime,
    pub bytes: u64,
}

/// Saves the bytes and returns the path actually written.
///
/// On an error, an older file is untouched and no temporary file is left in the folder.
pub fn write(target: &Path, bytes: &[u8], on_collision: Collision) -> Result<PathBuf, SaveError> {
    Job::new(target, &mut |_| Ok(()))?.write(bytes, on_collision)
}

/// The regular file at the target; `None` if the name is free.
///
/// Also `None` if the name belongs to something else; [`write()`] reports what it is.
pub fn occupied(target: &Path) -> Option<Existing> {
    let metadata = fs::symlink_metadata(target).ok().filter(fs::Metadata::is_file)?;
    Some(Existing {
        modified: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH),
        bytes: metadata.len(),
    })
}

/// Creates a folder that the user agreed to, with any missing parents.
pub fn create_folder(folder: &Path) -> Result<(), SaveError> {
    folders::create(DirBuilder::new().recursive(true), folder)
}

/// Replaces one of our own files. Only this user can read the new one.
pub(super) fn replace_private(target: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    replace_private_with(target, bytes, &mut |_| Ok(()))
}

/// Like [`replace_private`], but calls `before` ahead of each step.
pub(super) fn replace_private_with(
    target: &Path,
    bytes: &[u8],
    before: &mut dyn FnMut(Step) -> io::Result<()>,
) -> Result<(), SaveError> {
    let mut job = Job::new(target, before)?;
    let temporary = job.stage(bytes, Access::User)?;
    job.overwrite(temporary)?;
    job.confirm(target)
}

/// Saves the bytes, readable by this user only, under the first free numbered name: `a.json`,
/// `a-2.json`, … Returns the path actually written.
pub(super) fn keep_private(
    target: &Path,
    bytes: &[u8],
    before: &mut dyn FnMut(Step) -> io::Result<()>,
) -> Result<PathBuf, SaveError> {
    let mut job = Job::new(target, before)?;
    let temporary = job.stage(bytes, Access::User)?;
    let written = job.put(temporary, name::numbered(target))?;
    job.confirm(&written)?;
    Ok(written)
}

/// Moves a file to the first free name, with whatever content it has by then.
///
/// Reserves the name with an empty file, then renames over it in one step.
pub(super) fn move_aside(
    from: &Path,
    names: impl Iterator<Item = PathBuf>,
) -> Result<PathBuf, SaveError> {
    let failed = |cause| SaveError::NotMoved { path: from.to_path_buf(), cause };
    for to in names {
        match File::create_new(&to) {
            Ok(_) => {
                fs::rename(from, &to).map_err(|cause| {
                    let _ = fs::remove_file(&to);
                    failed(cause)
                })?;
                return Ok(to);
            }
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
            Err(cause) => return Err(failed(cause)),
        }
    }
    Err(failed(io::ErrorKind::AlreadyExists.into()))
}

/// Moves a file that no one else changes to the first free name. A partial file is never visible
/// under any name.
pub(super) fn move_back(
    from: &Path,
    names: impl Iterator<Item = PathBuf>,
) -> Result<PathBuf, SaveError> {
    let failed = |cause| SaveError::NotMoved { path: from.to_path_buf(), cause };
    for to in names {
        match fs::hard_link(from, &to) {
            Ok(()) => {
                // Harmless if this fails: the file then has two names and nothing is lost.
                let _ = fs::remove_file(from);
                return Ok(to);
            }
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Err(failed(cause)),
            // Not every file system supports hard links.
            Err(_) => return move_aside(from, std::iter::once(to)),
        }
    }
    Err(failed(io::ErrorKind::AlreadyExists.into()))
}

/// The numbered names of a file: `a.json`, `a-2.json`, …
pub(super) fn numbered(target: &Path) -> impl Iterator<Item = PathBuf> {
    name::numbered(target)
}

/// Who may read a new file.
#[derive(Clone, Copy)]
enum Access {
    /// Anyone the user's umask allows, as for any new file.
    Umask,
    /// Only the user.
    User,
}

/// A save in progress.
struct Job<'a> {
    target: &'a Path,
    folder: PathBuf,
    /// True if a regular file had the name at the start.
    taken: bool,
    /// Called before each step; an error simulates a failure of that step. Used only by tests.
    before: &'a mut dyn FnMut(Step) -> io::Result<()>,
}

impl<'a> Job<'a> {
    /// Makes every check that is possible before writing a byte.
    fn new(
        target: &'a Path,
        before: &'a mut dyn FnMut(Step) -> io::Result<()>,
    ) -> Result<Self, SaveError> {
        name::check(target)?;
        let folder = existing_folder(target)?;
        let taken = is_file(target, &folder)?;
        Ok(Self { target, folder, taken, before })
    }

    fn write(mut self, bytes: &[u8], on_collision: Collision) -> Result<PathBuf, SaveError> {
        if self.taken && on_collision == Collision::Fail {
            return Err(SaveError::Exists { path: self.target.to_path_buf() });
        }
        let temporary = self.stage(bytes, Access::Umask)?;
        let written = match on_collision {
            Collision::Fail => self.put(temporary, std::iter::once(self.target.to_path_buf()))?,
            Collision::Replace => self.replace(temporary)?,
        };
        self.confirm(&written)?;
        Ok(written)
    }

    /// Writes the bytes to a temporary file and syncs it.
    fn stage(&mut self, bytes: &[u8], access: Access) -> Result<NamedTempFile, SaveError> {
        self.begin(Step::Create)?;
        let mut temporary = temporary(&self.folder, access).map_err(|cause| {
            if cause.kind() == io::ErrorKind::NotFound {
                SaveError::MissingFolder { folder: self.folder.clone() }
            } else {
                self.failed(Step::Create, cause)
            }
        })?;
        // Use the file system's clock, which also stamped the files that this time is compared
        // with.
        if let Ok(now) = temporary.as_file().metadata().and_then(|it| it.modified()) {
            sweep(&self.folder, now);
        }
        self.begin(Step::Write)?;
        temporary
            .write_all(bytes)
            .and_then(|()| temporary.flush())
            .map_err(|cause| self.failed(Step::Write, cause))?;
        self.begin(Step::Sync)?;
        sync(temporary.as_file()).map_err(|cause| self.failed(Step::Sync, cause))?;
        Ok(temporary)
    }

    /// Renames the file to the first free name.
    fn put(
        &mut self,
        mut temporary: NamedTempFile,
        names: impl Iterator<Item = PathBuf>,
    ) -> Result<PathBuf, SaveError> {
        self.begin(Step::Place)?;
        for path in names {
            name::check(&path)?;
            match give_free_name(temporary, &path) {
                Ok(()) => return Ok(path),
                Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => {
                    temporary = refused.file;
                }
                Err(refused) => return Err(self.failed(Step::Place, refused.error)),
            }
        }
        Err(SaveError::Exists { path: self.target.to_path_buf() })
    }

    /// Keeps the old file under a second name, then gives its name to the new one.
    fn replace(&mut self, temporary: NamedTempFile) -> Result<PathBuf, SaveError> {
        self.begin(Step::Backup)?;
        let backup =
            back_up(self.target, &self.folder).map_err(|cause| self.failed(Step::Backup, cause))?;
        let Some(backup) = backup else {
            return self.put(temporary, std::iter::once(self.target.to_path_buf()));
        };
        if let Err(error) = self.overwrite(temporary) {
            // The old file still has its own name, so the backup is redundant.
            let _ = fs::remove_file(backup);
            return Err(error);
        }
        Ok(self.target.to_path_buf())
    }

    /// Renames the file to the target in one step, replacing any file there.
    fn overwrite(&mut self, temporary: NamedTempFile) -> Result<(), SaveError> {
        self.begin(Step::Place)?;
        temporary
            .persist(self.target)
            .map(drop)
            .map_err(|refused| self.failed(Step::Place, refused.error))
    }

    /// Syncs the rename. On Unix the name belongs to the folder, not to the file.
    fn confirm(&mut self, written: &Path) -> Result<(), SaveError> {
        (self.before)(Step::Confirm)
            .and_then(|()| sync_folder(&self.folder))
            .map_err(|cause| SaveError::NotConfirmed { path: written.to_path_buf(), cause })
    }

    fn begin(&mut self, step: Step) -> Result<(), SaveError> {
        (self.before)(step).map_err(|cause| self.failed(step, cause))
    }

    fn failed(&self, step: Step, cause: io::Error) -> SaveError {
        SaveError::at(step, self.target, &self.folder, cause)
    }
}

/// The target's folder, which must exist.
fn existing_folder(target: &Path) -> Result<PathBuf, SaveError> {
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    };
    match fs::metadata(&folder) {
        Ok(metadata) if metadata.is_dir() => Ok(folder),
        Ok(_) => Err(SaveError::NotAFolder { folder }),
        Err(cause) => Err(match cause.kind() {
            io::ErrorKind::NotFound => SaveError::MissingFolder { folder },
            io::ErrorKind::NotADirectory => SaveError::NotAFolder { folder },
            _ => SaveError::at(Step::Create, target, &folder, cause),
        }),
    }
}

/// True if a regular file has the name; anything else there is an error.
fn is_file(target: &Path, folder: &Path) -> Result<bool, SaveError> {
    let path = || target.to_path_buf();
    let metadata = match fs::symlink_metadata(target) {
        Ok(metadata) => metadata,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(cause) => return Err(SaveError::at(Step::Create, target, folder, cause)),
    };
    if metadata.is_symlink() {
        let to = fs::canonicalize(target)
            .or_else(|_| fs::read_link(target).map(|to| folder.join(to)))
            .unwrap_or_default();
        Err(SaveError::IsLink { path: path(), to })
    } else if metadata.is_dir() {
        Err(SaveError::IsFolder { path: path() })
    } else if metadata.is_file() {
        Ok(true)
    } else {
        Err(SaveError::IsSpecial { path: path() })
    }
}

/// Creates a temporary file in the folder. It is removed on drop unless it gets a name.
fn temporary(folder: &Path, access: Access) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(match access {
        // The system applies the umask when it creates the file.
        Access::Umask => 0o666,
        Access::User => 0o600,
    }));
    #[cfg(not(unix))]
    let _ = access;
    builder.tempfile_in(folder)
}

/// Removes temporary files of killed saves. Ignores failures: they are no reason to refuse a save.
fn sweep(folder: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let is_stale = is_ours(&entry.file_name().to_string_lossy())
            && entry.metadata().is_ok_and(|metadata| {
                metadata.is_file()
                    && metadata
                        .modified()
                        .is_ok_and(|then| now.duration_since(then).is_ok_and(|age| age > STALE))
            });
        if is_stale {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// True if [`temporary`] could have created this name.
fn is_ours(name: &str) -> bool {
    name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX)).is_some_and(|random| {
        random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Renames the file to a free name; fails with "already exists" if the name is taken.
fn give_free_name(temporary: NamedTempFile, path: &Path) -> Result<(), PersistError> {
    match temporary.persist_noclobber(path) {
        Ok(_) => Ok(()),
        // Some file systems (exFAT and network shares on macOS) support neither of the two methods
        // that this uses.
        Err(refused)
            if matches!(
                refused.error.kind(),
                io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied
            ) =>
        {
            reserve_name(refused.file, path)
        }
        Err(refused) => Err(refused),
    }
}

/// The same in two steps: reserves the name with an empty file, then renames over it.
fn reserve_name(temporary: NamedTempFile, path: &Path) -> Result<(), PersistError> {
    if let Err(error) = File::create_new(path).map(drop) {
        return Err(PersistError { error, file: temporary });
    }
    temporary.persist(path).map(drop).inspect_err(|_| {
        let _ = fs::remove_file(path);
    })
}

/// Gives the old file a second name and returns it; `None` if there is no old file.
///
/// The old file keeps its first name until the new one takes it, so the name always exists.
fn back_up(target: &Path, folder: &Path) -> io::Result<Option<PathBuf>> {
    for backup in name::backups(target) {
        match fs::hard_link(target, &backup) {
            Ok(()) => return Ok(Some(backup)),
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            // Not every file system supports hard links.
            Err(_) => return copy(target, folder).map(Some),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Copies the old file, with its mode and date, to its first free backup name.
fn copy(target: &Path, folder: &Path) -> io::Result<PathBuf> {
    let mut old = File::open(target)?;
    let metadata = old.metadata()?;
    let mut copy = temporary(folder, Access::User)?;
    io::copy(&mut old, copy.as_file_mut())?;
    copy.as_file().set_permissions(metadata.permissions())?;
    if let Ok(modified) = metadata.modified() {
        let _ = copy.as_file().set_modified(modified);
    }
    sync(copy.as_file())?;
    for backup in name::backups(target) {
        match give_free_name(copy, &backup) {
            Ok(()) => return Ok(backup),
            Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => {
                copy = refused.file;
            }
            Err(refused) => return Err(refused.error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Waits until the file is on disk, if the file system supports that.
fn sync(file: &File) -> io::Result<()> {
    match file.sync_all() {
        Err(cause)
            if matches!(cause.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) =>
        {
            Ok(())
        }
        result => result,
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder) {
        Ok(folder) => sync(&folder),
        // A folder may be writable but not readable.
        Err(cause) if cause.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        Err(cause) => Err(cause),
    }
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
