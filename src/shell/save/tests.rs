//! Fault tests: a step fails or the program dies, and the folder must still be intact.
//! What a user sees of a save is tested in `tests/it/save.rs`.

use std::{collections::BTreeMap, env, process::Command};

use tempfile::TempDir;

use super::*;

const BEFORE_NAMING: [Step; 4] = [Step::Create, Step::Write, Step::Sync, Step::Place];

/// A folder with an old report, an older backup and someone else's file.
fn folder() -> (TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("report.md"), "old").unwrap();
    fs::write(root.path().join("report.md.bak"), "older").unwrap();
    fs::write(root.path().join(".planwise-notes.tmp"), "not ours").unwrap();
    let target = root.path().join("report.md");
    (root, target)
}

/// Every name in the folder with its text.
fn contents(folder: &Path) -> BTreeMap<String, String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// A save whose step fails with the kind of error.
fn save_failing_at(
    target: &Path,
    on_collision: Collision,
    step: Step,
    kind: io::ErrorKind,
) -> Result<PathBuf, SaveError> {
    let mut before = |now| {
        if now == step { Err(kind.into()) } else { Ok(()) }
    };
    Job::new(target, &mut before)?.write(b"new", on_collision)
}

#[test]
fn the_bytes_are_on_the_disk_before_the_old_file_is_touched() {
    let (_root, target) = folder();
    let mut steps = vec![];
    let mut before = |step| {
        let text = fs::read_to_string(&target);
        steps.push((step, text.expect("the name is never free")));
        Ok(())
    };
    let job = Job::new(&target, &mut before).unwrap();
    job.write(b"new", Collision::Replace).unwrap();
    let old = |step| (step, "old".to_owned());
    assert_eq!(
        steps,
        [
            old(Step::Create),
            old(Step::Write),
            old(Step::Sync),
            old(Step::Backup),
            old(Step::Place),
            (Step::Confirm, "new".to_owned()),
        ]
    );
}

#[test]
fn a_failed_step_leaves_the_folder_as_it_was() {
    for step in BEFORE_NAMING {
        let (root, target) = folder();
        let before = contents(root.path());
        let result = save_failing_at(&target, Collision::Replace, step, io::ErrorKind::Other);
        assert!(matches!(result, Err(SaveError::Io { .. })), "{step:?}: {result:?}");
        assert_eq!(contents(root.path()), before, "{step:?}");
    }
    let (root, target) = folder();
    let before = contents(root.path());
    save_failing_at(&target, Collision::Replace, Step::Backup, io::ErrorKind::Other).unwrap_err();
    assert_eq!(contents(root.path()), before);
}

#[test]
fn a_failed_first_save_leaves_no_file() {
    for step in BEFORE_NAMING {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("report.md");
        save_failing_at(&target, Collision::Fail, step, io::ErrorKind::Other).unwrap_err();
        assert!(contents(root.path()).is_empty(), "{step:?}");
    }
}

#[test]
fn an_unconfirmed_save_is_in_place_and_says_so() {
    let (root, target) = folder();
    let error =
        save_failing_at(&target, Collision::Replace, Step::Confirm, io::ErrorKind::TimedOut)
            .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "saved to '{}', but the disk did not confirm it: timed out; check the file, or save \
             it once more elsewhere",
            target.display()
        )
    );
    let after = contents(root.path());
    assert_eq!(after["report.md"], "new");
    assert_eq!(after["report.md.bak"], "older");
    assert_eq!(after["report.md.bak-2"], "old");
    assert_eq!(after.len(), 4, "{after:?}");
}

#[test]
fn a_full_disk_is_told_from_other_failures() {
    let (root, target) = folder();
    let place = root.path().display();
    for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded] {
        for step in [Step::Create, Step::Write, Step::Sync] {
            let error = save_failing_at(&target, Collision::Replace, step, kind).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!(
                    "cannot save into '{place}': the disk is full; free some space, choose \
                     another folder, or '-' for standard output"
                )
            );
        }
    }
    let error = save_failing_at(&target, Collision::Replace, Step::Write, io::ErrorKind::TimedOut);
    assert_eq!(
        error.unwrap_err().to_string(),
        format!(
            "cannot save to '{place}/report.md' (writing): timed out; choose another folder, or \
             '-' for standard output"
        )
    );
}

#[test]
fn a_file_that_appears_during_the_save_is_not_overwritten() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("report.md");
    let mut before = |step| match step {
        Step::Place => fs::write(&target, "somebody else's"),
        _ => Ok(()),
    };
    let job = Job::new(&target, &mut before).unwrap();
    let error = job.write(b"new", Collision::Fail).unwrap_err();
    assert!(matches!(error, SaveError::Exists { .. }), "{error}");
    assert_eq!(contents(root.path()).len(), 1);

    fs::remove_file(&target).unwrap();
    let written = keep_private(&target, b"new", &mut before).unwrap();
    assert_eq!(written, root.path().join("report-2.md"));
    assert_eq!(contents(root.path())["report.md"], "somebody else's");
}

#[test]
fn what_is_kept_takes_the_first_free_number_before_the_last_extension() {
    let root = tempfile::tempdir().unwrap();
    for (name, second) in
        [("report", "report-2"), (".hidden", ".hidden-2"), ("report.tar.gz", "report.tar-2.gz")]
    {
        let target = root.path().join(name);
        for expected in [name, second] {
            let written = keep_private(&target, b"new", &mut |_| Ok(())).unwrap();
            assert_eq!(written, root.path().join(expected));
        }
    }
}

#[test]
#[cfg(unix)]
fn a_numbered_name_does_not_follow_a_link() {
    let (root, target) = folder();
    std::os::unix::fs::symlink("gone.md", root.path().join("report-2.md")).unwrap();
    let written = keep_private(&target, b"new", &mut |_| Ok(())).unwrap();
    assert_eq!(written, root.path().join("report-3.md"));
}

#[test]
fn a_file_that_goes_away_during_the_save_needs_no_backup() {
    let (root, target) = folder();
    let mut before = |step| match step {
        Step::Backup => fs::remove_file(&target),
        _ => Ok(()),
    };
    let job = Job::new(&target, &mut before).unwrap();
    assert_eq!(job.write(b"new", Collision::Replace).unwrap(), target);
    let after = contents(root.path());
    assert_eq!(after["report.md"], "new");
    assert!(!after.contains_key("report.md.bak-2"), "{after:?}");
}

/// Dies in the middle of a save. Started by the tests below, which set the file and the step.
#[test]
#[ignore = "started by the tests of a killed save"]
fn die_before_a_step() {
    let Some(target) = env::var_os("PLANWISE_TEST_TARGET").map(PathBuf::from) else {
        return;
    };
    let last = env::var("PLANWISE_TEST_STEP").unwrap();
    let mut before = |step: Step| {
        if step.name() == last {
            std::process::abort();
        }
        Ok(())
    };
    let _ = Job::new(&target, &mut before).unwrap().write(b"new", Collision::Replace);
}

/// Saves in another process, which is killed just before the step.
fn save_killed_before(step: Step, target: &Path) {
    let status = Command::new(env::current_exe().unwrap())
        .args(["shell::save::tests::die_before_a_step", "--exact", "--ignored"])
        .env("PLANWISE_TEST_TARGET", target)
        .env("PLANWISE_TEST_STEP", step.name())
        .output()
        .unwrap()
        .status;
    assert!(!status.success(), "it was to die");
}

#[test]
fn a_save_killed_at_any_step_leaves_a_whole_file_under_the_name() {
    let steps = [Step::Create, Step::Write, Step::Sync, Step::Backup, Step::Place, Step::Confirm];
    for step in steps {
        let (root, target) = folder();
        save_killed_before(step, &target);
        let left = contents(root.path());
        let expected = if step == Step::Confirm { "new" } else { "old" };
        assert_eq!(left["report.md"], expected, "{step:?}");
        assert_eq!(left["report.md.bak"], "older", "{step:?}");
        assert_eq!(left[".planwise-notes.tmp"], "not ours", "{step:?}");
        // The old text is never lost: under its name, or beside the new one.
        assert!(left.values().any(|text| text == "old"), "{step:?}: {left:?}");
        // And the next save works as if nothing had happened.
        write(&target, b"next", Collision::Replace).unwrap();
        assert_eq!(contents(root.path())["report.md"], "next", "{step:?}");
    }
}

#[test]
fn what_a_killed_save_leaves_goes_away_with_a_later_one() {
    let (root, target) = folder();
    save_killed_before(Step::Place, &target);

    let left = contents(root.path());
    assert_eq!(left["report.md"], "old", "the old file has its name");
    let ours: Vec<_> = left.keys().filter(|name| is_ours(name)).collect();
    assert_eq!(ours.len(), 1, "{left:?}");

    // Too young: it may belong to a save that is under way.
    let other = root.path().join("other.md");
    write(&other, b"other", Collision::Fail).unwrap();
    let temporary = root.path().join(ours[0]);
    assert!(temporary.exists());

    for name in [temporary.as_path(), &root.path().join(".planwise-notes.tmp")] {
        let file = File::options().write(true).open(name).unwrap();
        let modified = file.metadata().unwrap().modified().unwrap();
        file.set_modified(modified - STALE * 2).unwrap();
    }
    write(&other, b"other", Collision::Replace).unwrap();
    assert!(!temporary.exists());
    let after = contents(root.path());
    assert_eq!(after[".planwise-notes.tmp"], "not ours");
    assert_eq!(after["report.md"], "old");
}

#[test]
fn only_names_that_we_give_are_ours() {
    let root = tempfile::tempdir().unwrap();
    let made = temporary(root.path(), Access::Umask).unwrap();
    assert!(is_ours(made.path().file_name().unwrap().to_str().unwrap()));
    for name in [
        ".planwise-notes.tmp",
        ".planwise-0123456789a-.tmp",
        ".planwise-0123456789ab",
        "0123456789ab.tmp",
    ] {
        assert!(!is_ours(name), "{name}");
    }
}

#[test]
fn a_file_system_without_second_names_gets_a_copy_as_backup() {
    let (root, target) = folder();
    let backup = copy(&target, root.path()).unwrap();
    assert_eq!(backup, root.path().join("report.md.bak-2"));
    assert_eq!(fs::read_to_string(&backup).unwrap(), "old");
    let (old, new) = (fs::metadata(&target).unwrap(), fs::metadata(&backup).unwrap());
    assert_eq!(old.permissions(), new.permissions());
    assert_eq!(old.modified().unwrap(), new.modified().unwrap());
}

#[test]
fn a_file_system_that_cannot_rename_safely_still_overwrites_nothing() {
    let (root, target) = folder();
    let new_file = || {
        let mut file = temporary(root.path(), Access::Umask).unwrap();
        file.write_all(b"new").unwrap();
        file
    };
    let refused = reserve_name(new_file(), &target).unwrap_err();
    assert_eq!(refused.error.kind(), io::ErrorKind::AlreadyExists);
    drop(refused);
    reserve_name(new_file(), &root.path().join("free.md")).unwrap();
    let after = contents(root.path());
    assert_eq!(after["report.md"], "old");
    assert_eq!(after["free.md"], "new");
    assert_eq!(after.len(), 4, "{after:?}");
}
