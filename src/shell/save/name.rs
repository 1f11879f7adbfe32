//! Names for saved files: which are allowed, and which come next when one is taken.

use std::{
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf, is_separator},
};

use super::error::{NAME_LIMIT, SaveError};
use crate::text::looks_like_key;

/// How many numbered names are tried before giving up; a self-imposed limit.
const TRIES: u32 = 9_999;

/// The path of a file with this name, as typed by a person, in the folder.
pub fn place(folder: &Path, name: &str) -> Result<PathBuf, SaveError> {
    let name = name.trim();
    // First, because a refused key is in no error, not even in its fields.
    if looks_like_key(name) {
        return Err(SaveError::SecretInName);
    }
    // On Windows a colon leads to another drive, or to a hidden part of the file.
    let leads_away = |letter: char| is_separator(letter) || (cfg!(windows) && letter == ':');
    if let Some(separator) = name.chars().find(|letter| leads_away(*letter)) {
        return Err(SaveError::SeparatorInName { name: PathBuf::from(name), separator });
    }
    let target = folder.join(name);
    check(&target)?;
    Ok(target)
}

/// Checks what can be said of a target without looking at the disk.
pub(super) fn check(target: &Path) -> Result<(), SaveError> {
    let path = || target.to_path_buf();
    let bytes = target.as_os_str().as_encoded_bytes();
    if looks_like_key(&target.to_string_lossy()) {
        return Err(SaveError::SecretInName);
    }
    if bytes.contains(&0) {
        return Err(SaveError::NulInName { path: path() });
    }
    // Not `Path::file_name`: it sees 'reports' in 'reports/', which means a folder.
    let name = bytes.rsplit(|byte| is_separator(char::from(*byte))).next().unwrap_or_default();
    if matches!(name, b"" | b"." | b"..") {
        return Err(SaveError::EmptyName { path: path() });
    }
    if name.len() > NAME_LIMIT {
        return Err(SaveError::NameTooLong { path: path(), bytes: name.len() });
    }
    Ok(())
}

/// The target, then its numbered names: `a.md`, `a-2.md`, `a-3.md`, …
pub(super) fn numbered(target: &Path) -> impl Iterator<Item = PathBuf> {
    std::iter::once(target.to_path_buf()).chain((2..=TRIES).map(|number| {
        let mut name = target.file_stem().unwrap_or_default().to_os_string();
        name.push(format!("-{number}"));
        if let Some(extension) = target.extension() {
            name.push(".");
            name.push(extension);
        }
        target.with_file_name(name)
    }))
}

/// The names for an older file that makes room: `a.md.bak`, `a.md.bak-2`, …
pub(super) fn backups(target: &Path) -> impl Iterator<Item = PathBuf> {
    let with_end = |end: &OsStr| {
        let mut name = target.file_name().unwrap_or_default().to_os_string();
        name.push(end);
        target.with_file_name(name)
    };
    std::iter::once(OsString::from(".bak"))
        .chain((2..=TRIES).map(|number| OsString::from(format!(".bak-{number}"))))
        .map(move |end| with_end(&end))
}

/// The first name that is free: the target itself, or the one that
/// [`Collision::KeepBoth`](super::Collision::KeepBoth) would take now.
///
/// Only a forecast for a dialog: the name may be taken before the save.
pub fn next_free(target: &Path) -> PathBuf {
    numbered(target).find(|name| !is_taken(name)).unwrap_or_else(|| target.to_path_buf())
}

/// Whether anything has the name, even a link that leads nowhere.
pub(super) fn is_taken(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
