//! Why a save failed, and what to do about it.

use std::{
    io,
    path::{Path, PathBuf},
};

use thiserror::Error;

use crate::shell::{quoted, quoted_within};

/// The most bytes in a name on the usual file systems.
pub(super) const NAME_LIMIT: usize = 255;

/// How much is shown of a name that is too long: enough to know it by, in characters.
const SHOWN: usize = 30;

/// One step of a save, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::shell) enum Step {
    Create,
    Write,
    Sync,
    Backup,
    Place,
    Confirm,
}

impl Step {
    pub(in crate::shell) fn name(self) -> &'static str {
        match self {
            Self::Create => "creating a temporary file",
            Self::Write => "writing",
            Self::Sync => "writing to the disk",
            Self::Backup => "keeping the old file",
            Self::Place => "giving the file its name",
            Self::Confirm => "confirming the name",
        }
    }
}

/// Why nothing was saved; the older file, if there is one, is untouched.
///
/// The only exception is [`SaveError::NotConfirmed`].
#[derive(Debug, Error)]
pub enum SaveError {
    /// The path ends without the name of a file.
    #[error(
        "cannot save to {}: it names no file; add a name such as 'claude-choice.md'",
        quoted(path)
    )]
    EmptyName {
        /// The path given.
        path: PathBuf,
    },
    /// A folder came with the name.
    #[error(
        "cannot use the name {}: it holds '{separator}'; give the folder apart from the name",
        quoted(name)
    )]
    SeparatorInName {
        /// The name given.
        name: PathBuf,
        /// What separates folders in it.
        separator: char,
    },
    /// The path holds a NUL character, which no system accepts.
    #[error("cannot save to {}: it holds a NUL character; remove it", quoted(path))]
    NulInName {
        /// The path given.
        path: PathBuf,
    },
    /// The path holds what looks like a secret key; it is not kept here, so nobody shows it.
    #[error("cannot save: the path holds what looks like a secret key; choose another name")]
    SecretInName,
    /// The name is longer than file systems allow.
    #[error(
        "cannot save to {}: the name has {bytes} bytes and {NAME_LIMIT} fit; shorten it by {}",
        quoted_within(path.file_name().map_or(path, Path::new), SHOWN),
        bytes.saturating_sub(NAME_LIMIT)
    )]
    NameTooLong {
        /// The path given.
        path: PathBuf,
        /// The bytes in its last part.
        bytes: usize,
    },
    /// The file system does not take this name, for its length or its letters.
    #[error(
        "cannot save to {}: the file system does not accept this path; choose a shorter or \
         plainer name",
        quoted(path)
    )]
    NameRefused {
        /// The path given.
        path: PathBuf,
    },
    /// The folder is not there; [`create_folder`](super::create_folder) makes it.
    #[error(
        "cannot save into {}: the folder does not exist; create it or choose another folder",
        quoted(folder)
    )]
    MissingFolder {
        /// The folder of the target.
        folder: PathBuf,
    },
    /// A file stands where the folder should be.
    #[error("cannot save into {}: it is not a folder; choose another folder", quoted(folder))]
    NotAFolder {
        /// The folder of the target.
        folder: PathBuf,
    },
    /// The folder could not be created.
    #[error("cannot create the folder {}: {cause}; choose another folder", quoted(folder))]
    NotCreated {
        /// The folder asked for.
        folder: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The folder takes no new files: by its permissions, or the disk is read-only.
    #[error(
        "cannot save into {}: it is read-only for you; choose another folder, or '-' for \
         standard output",
        quoted(folder)
    )]
    ReadOnlyFolder {
        /// The folder of the target.
        folder: PathBuf,
    },
    /// The disk, or the user's share of it, is full.
    #[error(
        "cannot save into {}: the disk is full; free some space, choose another folder, or '-' \
         for standard output",
        quoted(folder)
    )]
    DiskFull {
        /// The folder of the target.
        folder: PathBuf,
    },
    /// A folder has this name.
    #[error("cannot save to {}: it is a folder; add the name of a file", quoted(path))]
    IsFolder {
        /// The target.
        path: PathBuf,
    },
    /// The target is a symbolic link, and following it would write somewhere unseen.
    #[error(
        "cannot save to {}: it is a link to {}; save there directly or choose another name",
        quoted(path),
        quoted(to)
    )]
    IsLink {
        /// The target.
        path: PathBuf,
        /// Where the link points.
        to: PathBuf,
    },
    /// A pipe, socket or device has this name.
    #[error(
        "cannot save to {}: it is a pipe, socket or device; choose another name, or '-' for \
         standard output",
        quoted(path)
    )]
    IsSpecial {
        /// The target.
        path: PathBuf,
    },
    /// There is a file already and nobody chose what becomes of it.
    #[error(
        "cannot save to {}: it exists already; choose another name, or replace it (the old \
         file is kept as '.bak')",
        quoted(path)
    )]
    Exists {
        /// The target.
        path: PathBuf,
    },
    /// The system failed in another way.
    #[error(
        "cannot save to {} ({step}): {cause}; choose another folder, or '-' for standard output",
        quoted(path)
    )]
    Io {
        /// The target.
        path: PathBuf,
        /// What was being done.
        step: &'static str,
        /// What the system said.
        cause: io::Error,
    },
    /// The file is in place, but might not survive a loss of power.
    #[error(
        "saved to {}, but the disk did not confirm it: {cause}; check the file, or save it once \
         more elsewhere",
        quoted(path)
    )]
    NotConfirmed {
        /// The file written.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A file of ours could not be moved.
    #[error(
        "cannot move {}: {cause}; it is where it was, check that its folder can be written",
        quoted(path)
    )]
    NotMoved {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A file of ours could not be removed.
    #[error("cannot remove {}: {cause}; remove it yourself", quoted(path))]
    NotRemoved {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

impl SaveError {
    /// The error for a step that failed, by what the system said.
    pub(super) fn at(step: Step, target: &Path, folder: &Path, cause: io::Error) -> Self {
        let path = target.to_path_buf();
        let folder = folder.to_path_buf();
        match cause.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { folder },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnlyFolder { folder }
            }
            io::ErrorKind::InvalidFilename => Self::NameRefused { path },
            io::ErrorKind::AlreadyExists => Self::Exists { path },
            _ => Self::Io { path, step: step.name(), cause },
        }
    }
}
