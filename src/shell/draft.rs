//! The draft: an unfinished interview, kept between runs.
//!
//! A draft is one text in a private folder, replaced as a whole. This module does not interpret it.
//! The same functions serve any small file of our own, such as
//! [`Folders::remembered`](super::folders::Folders::remembered).

use std::{fs, io, path::Path, time::SystemTime};

use super::{
    folders,
    input::{self, INPUT_LIMIT, InputError},
    quoted,
    save::{self, SaveError},
};

/// Saves the text, for this user only, replacing the previous one.
///
/// Creates the folder if it is missing. On an error the previous text is still there.
pub fn save(path: &Path, text: &str) -> Result<(), SaveError> {
    if let Some(folder) = path.parent() {
        folders::create_private(folder)?;
    }
    save::replace_private(path, text.as_bytes())
}

/// Why a draft could not be saved and what to do. The reason comes first, because a status line may
/// show no more. Unlike with a report, the user cannot choose another folder.
pub fn why_not(error: &SaveError) -> String {
    match error {
        SaveError::DiskFull { folder } => {
            format!("the disk is full; free some space for {}", quoted(folder))
        }
        SaveError::ReadOnlyFolder { folder } => {
            format!("no right to write; make {} writable for you", quoted(folder))
        }
        SaveError::NotAFolder { folder } => {
            format!("a file is in the way of {}; move it elsewhere", quoted(folder))
        }
        SaveError::NotCreated { folder, cause } => {
            format!("{cause}; check why {} cannot be created", quoted(folder))
        }
        SaveError::Io { path, step, cause } => {
            format!("{cause} ({step}); check {}", quoted(path))
        }
        other => other.to_string(),
    }
}

/// The saved text and its time; `None` if there is none.
///
/// An empty draft, or one that is not text, is an error; [`discard`] removes it.
pub fn load(path: &Path) -> Result<Option<(String, SystemTime)>, InputError> {
    match input::read_dated(path, INPUT_LIMIT) {
        Ok(found) => Ok(Some(found)),
        Err(InputError::Missing { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Remembers a report in JSON as the last one saved. Ignores errors, as it is only a convenience.
/// If the report cannot be saved, the older one is removed so that it does not pass for this one.
pub fn remember_report(place: &Path, report: &str) {
    if save(place, report).is_err() {
        let _ = discard(place);
    }
}

/// Moves the draft to another name in the same folder, replacing any file there. Succeeds if there
/// is no draft.
pub fn set_aside(path: &Path, aside: &Path) -> Result<(), SaveError> {
    match fs::rename(path, aside) {
        Ok(()) => Ok(()),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(cause) => Err(SaveError::NotRemoved { path: path.to_path_buf(), cause }),
    }
}

/// Removes the draft. Succeeds if there is none.
pub fn discard(path: &Path) -> Result<(), SaveError> {
    match fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(cause) => Err(SaveError::NotRemoved { path: path.to_path_buf(), cause }),
    }
}

/// Removes the draft if it is exactly this text. Succeeds, and changes nothing, if it is not or
/// there is none.
pub fn discard_only(path: &Path, text: &str) -> Result<(), SaveError> {
    // A draft that cannot be read may not be ours.
    match load(path) {
        Ok(Some((kept, _))) if kept == text => discard(path),
        Ok(_) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_until_it_is_discarded() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("state/planwise/draft.json");
        assert!(load(&path).unwrap().is_none());
        discard(&path).unwrap();

        save(&path, "one").unwrap();
        save(&path, "two").unwrap();
        discard_only(&path, "one").unwrap();
        let (text, modified) = load(&path).unwrap().unwrap();
        assert_eq!(text, "two");
        assert_eq!(modified, fs::metadata(&path).unwrap().modified().unwrap());
        let names: Vec<_> = fs::read_dir(path.parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names, ["draft.json"], "nothing else is left");

        let aside = path.with_file_name("earlier.json");
        set_aside(&path, &aside).unwrap();
        assert_eq!(load(&aside).unwrap().unwrap().0, "two");
        set_aside(&path, &aside).unwrap();
        assert!(load(&path).unwrap().is_none());
        discard(&path).unwrap();
    }

    #[test]
    fn why_it_is_not_kept_begins_with_the_reason() {
        let folder = || Path::new("/home/ana/.local/state/planwise").to_path_buf();
        assert_eq!(
            why_not(&SaveError::DiskFull { folder: folder() }),
            "the disk is full; free some space for '/home/ana/.local/state/planwise'"
        );
        let path = folder().join("draft.json");
        let cause = || io::Error::from(io::ErrorKind::TimedOut);
        for (error, begin) in [
            (SaveError::ReadOnlyFolder { folder: folder() }, "no right to write; make '/home"),
            (SaveError::NotAFolder { folder: folder() }, "a file is in the way of '/home"),
            (SaveError::NotCreated { folder: folder(), cause: cause() }, "timed out; check why"),
            (SaveError::Io { path, step: "writing", cause: cause() }, "timed out (writing); check"),
        ] {
            assert!(why_not(&error).starts_with(begin), "{}", why_not(&error));
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_draft_is_for_the_user_only() {
        use std::os::unix::fs::PermissionsExt;

        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("planwise/draft.json");
        save(&path, "text").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
    }

    #[test]
    fn a_broken_draft_is_an_error_and_can_be_discarded() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("draft.json");
        for (bytes, reason) in [
            (&b""[..], "it is empty"),
            (b"{\xc3", "it is not UTF-8 text at byte offset 1 (line 1)"),
        ] {
            fs::write(&path, bytes).unwrap();
            let error = load(&path).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
        discard(&path).unwrap();
        assert!(load(&path).unwrap().is_none());
    }

    #[test]
    fn a_folder_in_the_place_of_a_draft_is_named() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("draft.json");
        fs::create_dir(&path).unwrap();
        assert!(matches!(load(&path), Err(InputError::Folder { .. })));
        assert!(matches!(save(&path, "x"), Err(SaveError::IsFolder { .. })));
        let error = discard(&path).unwrap_err().to_string();
        let start = format!("cannot remove '{}': ", path.display());
        assert!(error.starts_with(&start), "{error}");
    }
}
