//! Why a save failed, and what to do about it.

use std::{
    io,
    path::{Path, PathBuf},
};

use thiserror::Error;

use crate::shell::{quoted, quoted_within};

/// The maximum bytes in a file name on common file systems.
pub(super) const NAME_LIMIT: usize = 255;

/// How many characters of an overlong name are shown, enough to recognize it.
const SHOWN: usize = 30;

/// The steps of a save, in order.
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

/// Why nothing was saved. An older file is untouched.
///
/// [`SaveError::NotConfirmed`] is the exception: the file was saved.
#[derive(Debug, Error)]
pub enum SaveError {
    /// The path has no file name at its end.
    #[error(
        "cannot save to {}: it names no file; add a name such as 'claude-choice.md'",
        quoted(path)
    )]
    EmptyName {
        /// The path as given.
        path: PathBuf,
    },
    /// The name includes a folder.
    #[error(
        "cannot use the name {}: it holds '{separator}'; give the folder apart from the name",
        quoted(name)
    )]
    SeparatorInName {
        name: PathBuf,
        /// The separator found in the name.
        separator: char,
    },
    /// The path contains a NUL character, which no system accepts.
    #[error("cannot save to {}: it holds a NUL character; remove it", quoted(path))]
    NulInName {
        /// The path as given.
        path: PathBuf,
    },
    /// The path contains what looks like a secret key. It is not stored here, so no message can
    /// show it.
    #[error("cannot save: the path holds what looks like a secret key; choose another name")]
    SecretInName,
    /// The name is longer than file systems allow.
    #[error(
        "cannot save to {}: the name has {bytes} bytes and {NAME_LIMIT} fit; shorten it by {}",
        quoted_within(path.file_name().map_or(path, Path::new), SHOWN),
        bytes.saturating_sub(NAME_LIMIT)
    )]
    NameTooLong {
        path: PathBuf,
        /// Length of the file name in bytes.
        bytes: usize,
    },
    /// The file system rejects this name because of its length or characters.
    #[error(
        "cannot save to {}: the file system does not accept this path; choose a shorter or \
         plainer name",
        quoted(path)
    )]
    NameRefused {
        /// The path as given.
        path: PathBuf,
    },
    /// The folder does not exist; [`create_folder`](super::create_folder) makes it.
    #[error(
        "cannot save into {}: the folder does not exist; create it or choose another folder",
        quoted(folder)
    )]
    MissingFolder {
        /// The target's folder.
        folder: PathBuf,
    },
    /// A file has the folder's name.
    #[error("cannot save into {}: it is not a folder; choose another folder", quoted(folder))]
    NotAFolder {
        /// The target's folder.
        folder: PathBuf,
    },
    #[error("cannot create the folder {}: {cause}; choose another folder", quoted(folder))]
    NotCreated {
        /// The folder to create.
        folder: PathBuf,
        cause: io::Error,
    },
    /// The folder is not writable: its permissions forbid it or the disk is read-only.
    #[error(
        "cannot save into {}: it is read-only for you; choose another folder, or '-' for \
         standard output",
        quoted(folder)
    )]
    ReadOnlyFolder {
        /// The target's folder.
        folder: PathBuf,
    },
    /// The disk or the user's quota is full.
    #[error(
        "cannot save into {}: the disk is full; free some space, choose another folder, or '-' \
         for standard output",
        quoted(folder)
    )]
    DiskFull {
        /// The target's folder.
        folder: PathBuf,
    },
    /// A folder has this name.
    #[error("cannot save to {}: it is a folder; add the name of a file", quoted(path))]
    IsFolder {
        /// The target.
        path: PathBuf,
    },
    /// The target is a symbolic link. Following it would write to a place the user does not see.
    #[error(
        "cannot save to {}: it is a link to {}; save there directly or choose another name",
        quoted(path),
        quoted(to)
    )]
    IsLink {
        /// The target.
        path: PathBuf,
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
    /// A file has the name, and the save may not replace or avoid it.
    #[error(
        "cannot save to {}: it exists already; choose another name, or replace it (the old \
         file is kept as '.bak')",
        quoted(path)
    )]
    Exists {
        /// The target.
        path: PathBuf,
    },
    /// Any other system error.
    #[error(
        "cannot save to {} ({step}): {cause}; choose another folder, or '-' for standard output",
        quoted(path)
    )]
    Io {
        path: PathBuf,
        /// The step that failed, in words.
        step: &'static str,
        cause: io::Error,
    },
    /// The file is in place, but might not survive a power loss.
    #[error(
        "saved to {}, but the disk did not confirm it: {cause}; check the file, or save it once \
         more elsewhere",
        quoted(path)
    )]
    NotConfirmed {
        /// The file saved.
        path: PathBuf,
        cause: io::Error,
    },
    /// One of our own files could not be moved.
    #[error(
        "cannot move {}: {cause}; it is where it was, check that its folder can be written",
        quoted(path)
    )]
    NotMoved {
        /// The file.
        path: PathBuf,
        cause: io::Error,
    },
    /// One of our own files could not be removed.
    #[error("cannot remove {}: {cause}; remove it yourself", quoted(path))]
    NotRemoved {
        /// The file.
        path: PathBuf,
        cause: io::Error,
    },
}

impl SaveError {
    /// The error for a failed step, by the kind of system error.
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
