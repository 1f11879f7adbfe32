//! Saving as a user sees it: which file appears, and what is said when none does.

use std::{
    fs::{self, File},
    path::Path,
};

use planwise::shell::save::{Collision, SaveError, create_folder, occupied, place, write};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The names in the folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// What a save to the target says, in the way that refuses least.
fn refusal(target: &Path) -> String {
    write(target, b"new", Collision::Fail).unwrap_err().to_string()
}

#[test]
fn a_save_writes_the_file_and_nothing_else() {
    let root = folder();
    let target = root.path().join("report.md");
    let written = write(&target, b"text", Collision::Fail).unwrap();
    assert_eq!(written, target);
    assert_eq!(text(&target), "text");
    assert_eq!(names(root.path()), ["report.md"]);
}

#[test]
#[cfg(unix)]
fn a_report_is_as_readable_as_any_other_new_file() {
    use std::os::unix::fs::PermissionsExt;

    let root = folder();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    let plain = root.path().join("plain.md");
    File::create(&plain).unwrap();
    let target = root.path().join("report.md");
    write(&target, b"one", Collision::Fail).unwrap();
    assert_eq!(mode(&target), mode(&plain));
    write(&target, b"two", Collision::Replace).unwrap();
    assert_eq!(mode(&target), mode(&plain));
}

#[test]
fn without_a_choice_nothing_is_overwritten() {
    let root = folder();
    let target = root.path().join("report.md");
    fs::write(&target, "old").unwrap();
    let error = write(&target, b"new", Collision::Fail).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "cannot save to '{}': it exists already; choose another name, or replace it (the \
             old file is kept as '.bak')",
            target.display()
        )
    );
    assert_eq!(text(&target), "old");
    assert_eq!(names(root.path()), ["report.md"]);
}

#[test]
fn replacing_keeps_every_older_file() {
    let root = folder();
    let target = root.path().join("report.md");
    for content in ["one", "two", "three"] {
        let written = write(&target, content.as_bytes(), Collision::Replace).unwrap();
        assert_eq!(written, target);
    }
    assert_eq!(text(&target), "three");
    assert_eq!(text(&root.path().join("report.md.bak")), "one");
    assert_eq!(text(&root.path().join("report.md.bak-2")), "two");
    assert_eq!(names(root.path()).len(), 3);
}

#[test]
fn a_taken_name_is_described() {
    let root = folder();
    let target = root.path().join("report.md");
    assert!(occupied(&target).is_none());
    fs::write(&target, "12345").unwrap();
    let existing = occupied(&target).unwrap();
    assert_eq!(existing.bytes, 5);
    let modified = fs::metadata(&target).unwrap().modified().unwrap();
    assert_eq!(existing.modified, modified);
    assert!(occupied(root.path()).is_none(), "a folder is no file");
}

#[test]
fn a_missing_folder_can_be_created() {
    let root = folder();
    let target = root.path().join("new/deep/report.md");
    let error = write(&target, b"text", Collision::Fail).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "cannot save into '{}/new/deep': the folder does not exist; create it or choose \
             another folder",
            root.path().display()
        )
    );
    assert!(names(root.path()).is_empty(), "not without asking");
    let SaveError::MissingFolder { folder } = error else {
        unreachable!("the message is of that variant");
    };
    create_folder(&folder).unwrap();
    write(&target, b"text", Collision::Fail).unwrap();
    assert_eq!(text(&target), "text");
}

#[test]
fn a_file_in_the_place_of_the_folder_is_named() {
    let root = folder();
    let file = root.path().join("file");
    fs::write(&file, "").unwrap();
    let expected = |folder: &Path| {
        format!(
            "cannot save into '{}': it is not a folder; choose another folder",
            folder.display()
        )
    };
    assert_eq!(refusal(&file.join("report.md")), expected(&file));
    let below = file.join("below");
    assert_eq!(refusal(&below.join("report.md")), expected(&below));
    assert_eq!(create_folder(&file).unwrap_err().to_string(), expected(&file));
}

#[test]
fn a_folder_of_that_name_is_not_touched() {
    let root = folder();
    let target = root.path().join("report.md");
    fs::create_dir(&target).unwrap();
    let expected =
        format!("cannot save to '{}': it is a folder; add the name of a file", target.display());
    for on_collision in [Collision::Fail, Collision::Replace] {
        let error = write(&target, b"new", on_collision).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    assert_eq!(names(root.path()), ["report.md"]);
}

#[test]
#[cfg(unix)]
fn a_link_is_not_followed_and_its_end_is_named() {
    let root = folder();
    let path = root.path().canonicalize().unwrap();
    let (end, link, nowhere) = (path.join("end.md"), path.join("link.md"), path.join("nowhere.md"));
    fs::write(&end, "old").unwrap();
    std::os::unix::fs::symlink("end.md", &link).unwrap();
    std::os::unix::fs::symlink("gone.md", &nowhere).unwrap();
    for (link, end) in [(&link, &end), (&nowhere, &path.join("gone.md"))] {
        for on_collision in [Collision::Fail, Collision::Replace] {
            let error = write(link, b"new", on_collision).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!(
                    "cannot save to '{}': it is a link to '{}'; save there directly or choose \
                     another name",
                    link.display(),
                    end.display()
                )
            );
        }
    }
    assert_eq!(text(&end), "old");
    assert_eq!(names(&path), ["end.md", "link.md", "nowhere.md"]);
}

#[test]
#[cfg(unix)]
fn a_socket_is_not_replaced() {
    let root = folder();
    let target = root.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&target).unwrap();
    let error = write(&target, b"new", Collision::Replace).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "cannot save to '{}': it is a pipe, socket or device; choose another name, or '-' \
             for standard output",
            target.display()
        )
    );
    assert_eq!(names(root.path()), ["socket"]);
}

/// `/sys` takes no files from anybody, so this holds for root too.
#[test]
#[cfg(target_os = "linux")]
fn a_read_only_folder_is_named() {
    assert_eq!(
        refusal(Path::new("/sys/report.md")),
        "cannot save into '/sys': it is read-only for you; choose another folder, or '-' for \
         standard output"
    );
}

#[test]
#[cfg(unix)]
fn a_folder_without_write_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;

    let root = folder();
    let target = root.path().join("report.md");
    let set = |mode| fs::set_permissions(root.path(), fs::Permissions::from_mode(mode));
    set(0o555).unwrap();
    // Root writes to every folder, and so does its report.
    let is_root = fs::write(root.path().join("probe"), b"").is_ok();
    let result = write(&target, b"text", Collision::Fail);
    set(0o755).unwrap();
    if is_root {
        result.unwrap();
        assert_eq!(text(&target), "text");
    } else {
        let error = result.unwrap_err();
        assert!(matches!(error, SaveError::ReadOnlyFolder { .. }), "{error}");
        assert!(names(root.path()).is_empty());
    }
}

#[test]
fn a_name_has_at_most_255_bytes() {
    let root = folder();
    let longest = root.path().join("é".repeat(126) + ".md");
    write(&longest, b"text", Collision::Fail).unwrap();
    let longer = root.path().join("é".repeat(127) + "x.md");
    assert_eq!(
        refusal(&longer),
        format!(
            "cannot save to '{}...{}x.md': the name has 258 bytes and 255 fit; shorten it by 3",
            "é".repeat(18),
            "é".repeat(5)
        )
    );
    // The name fits, that of the backup does not; the old file keeps its name.
    let error = write(&longest, b"new", Collision::Replace).unwrap_err();
    assert!(matches!(error, SaveError::NameRefused { .. }), "{error}");
    assert_eq!(text(&longest), "text");
    assert_eq!(names(root.path()).len(), 1);
}

#[test]
fn a_path_without_a_file_name_is_refused() {
    let root = folder();
    for end in ["", ".", ".."] {
        let target = format!("{}/{end}", root.path().display());
        assert_eq!(
            refusal(Path::new(&target)),
            format!(
                "cannot save to '{target}': it names no file; add a name such as \
                 'claude-choice.md'"
            )
        );
    }
    assert_eq!(
        refusal(Path::new("")),
        "cannot save to '': it names no file; add a name such as 'claude-choice.md'"
    );
}

#[test]
fn a_typed_name_is_checked_before_it_meets_the_folder() {
    let folder = Path::new("/reports");
    let message = |name| place(folder, name).unwrap_err().to_string();
    assert_eq!(place(folder, " a.md ").unwrap(), Path::new("/reports/a.md"));
    assert_eq!(
        message("../a.md"),
        "cannot use the name '../a.md': it holds '/'; give the folder apart from the name"
    );
    assert_eq!(
        message("/etc/passwd"),
        "cannot use the name '/etc/passwd': it holds '/'; give the folder apart from the name"
    );
    assert_eq!(
        message("a\0b.md"),
        r"cannot save to '/reports/a\u{0}b.md': it holds a NUL character; remove it"
    );
    for name in ["", "  ", ".", ".."] {
        assert!(message(name).contains("it names no file"), "{name:?}");
    }
}

#[test]
fn a_key_in_a_name_is_refused_and_never_shown() {
    let root = folder();
    for error in [
        write(&root.path().join("sk-ant-Zq7.md"), b"text", Collision::Fail).unwrap_err(),
        place(root.path(), "x/sk-ant-Zq7").unwrap_err(),
    ] {
        assert_eq!(
            error.to_string(),
            "cannot save: the path holds what looks like a secret key; choose another name"
        );
        assert!(!format!("{error:?}").contains("Zq7"));
    }
    assert!(names(root.path()).is_empty());
}
