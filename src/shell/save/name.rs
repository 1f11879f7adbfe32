//! Names for saved files: which are valid, and which come next if one is taken.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf, is_separator},
};

use super::error::{NAME_LIMIT, SaveError};
use crate::text::looks_like_key;

/// How many numbered names to try; a self-imposed limit.
const TRIES: u32 = 9_999;

/// The path of a file in the folder, from a name that the user typed.
pub fn place(folder: &Path, name: &str) -> Result<PathBuf, SaveError> {
    let name = name.trim();
    // First, because an error must never contain a key, not even in a field.
    if looks_like_key(name) {
        return Err(SaveError::SecretInName);
    }
    // On Windows a colon leads to another drive or to an alternate data stream.
    let leads_away = |letter: char| is_separator(letter) || (cfg!(windows) && letter == ':');
    if let Some(separator) = name.chars().find(|letter| leads_away(*letter)) {
        return Err(SaveError::SeparatorInName { name: PathBuf::from(name), separator });
    }
    let target = folder.join(name);
    check(&target)?;
    Ok(target)
}

/// Makes the checks on a target that need no disk access.
pub(super) fn check(target: &Path) -> Result<(), SaveError> {
    let path = || target.to_path_buf();
    let bytes = target.as_os_str().as_encoded_bytes();
    if looks_like_key(&target.to_string_lossy()) {
        return Err(SaveError::SecretInName);
    }
    if bytes.contains(&0) {
        return Err(SaveError::NulInName { path: path() });
    }
    // Not `Path::file_name`: it returns 'reports' for 'reports/', which means a folder.
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

/// Backup names for an older file: `a.md.bak`, `a.md.bak-2`, …
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
