//! Faults and concurrent programs. What a user sees is tested in `tests/it/scenarios.rs`.

use std::process::Command;
use std::{env, thread};

use tempfile::TempDir;

use super::*;

fn store() -> (TempDir, Store) {
    let root = tempfile::tempdir().unwrap();
    let store = Store::at(root.path().join("data/scenarios"));
    (root, store)
}

/// A saved report.
fn report() -> String {
    use jiff::civil::date;

    use crate::advice::{World, assess};
    use crate::catalog::Catalog;
    use crate::facts::Facts;
    use crate::question::{Answers, Wording};
    use crate::subject::result::Report;
    use crate::usage::Usage;

    let world = World {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        today: date(2026, 11, 22),
    };
    let answers = Answers::default().assume_open().resolve().unwrap();
    let assessment = assess(&answers, &Usage::default(), &world).unwrap();
    let created = date(2026, 11, 22).at(14, 5, 0, 0).in_tz("UTC").unwrap();
    Report {
        assessment: &assessment,
        world,
        wording: Wording::builtin().unwrap(),
        created: &created,
        title: None,
        note: None,
    }
    .json()
}

fn names(store: &Store) -> Vec<String> {
    let listing = store.list().unwrap();
    assert_eq!(listing.unread, []);
    listing.scenarios.into_iter().map(|scenario| scenario.name).collect()
}

#[test]
fn a_failure_at_any_step_keeps_nothing_and_loses_nothing() {
    let report = report();
    for step in [Step::Create, Step::Write, Step::Sync, Step::Place] {
        let (_root, store) = store();
        store.keep("first", &report).unwrap();
        let before = fs::read_to_string(store.folder().join("s-first.json")).unwrap();
        let mut fail = |now| {
            if now == step { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        };
        let error = store.keep_with("first", &report, &mut fail).unwrap_err().to_string();
        assert!(error.contains("scenarios"), "{step:?}: {error}");
        assert_eq!(names(&store), ["first"], "{step:?}");
        let after = fs::read_to_string(store.folder().join("s-first.json")).unwrap();
        assert_eq!(after, before, "{step:?}");
        let left = fs::read_dir(store.folder()).unwrap().count();
        assert_eq!(left, 1, "{step:?} leaves a file behind");
    }
}

/// Saves, renames, deletes and lists in the folder of the test below, and dies midway.
#[test]
#[ignore = "started by 'programs_at_once_lose_nothing' and 'a_program_that_dies_leaves_whole_files'"]
fn worker() {
    let store = Store::at(env::var_os("SCENARIOS").unwrap().into());
    let own = env::var("WORKER").unwrap();
    let report = report();
    if let Some(last) = own.strip_prefix("keep dies at ") {
        let _ = store.keep_with("lost", &report, &mut die_at(last));
    }
    if let Some(last) = own.strip_prefix("rename dies at ") {
        let id = ScenarioId("s-kept.json".into());
        let _ = store.rename_with(&id, "other", &mut die_at(last));
    }
    for round in 0..15 {
        let kept = store.keep("same name", &report).unwrap();
        store.rename(&kept, &format!("{own} {round}")).unwrap();
        let gone = store.keep(&format!("{own} gone"), &report).unwrap();
        let deleted = store.delete(&gone, SystemTime::UNIX_EPOCH).unwrap();
        if round % 5 == 0 {
            let back = store.restore(&deleted).unwrap();
            store.delete(&back, SystemTime::UNIX_EPOCH).unwrap();
        }
        assert_eq!(store.list().unwrap().unread, [], "a file is seen in parts");
    }
}

/// Dies at once, like a killed program.
fn die_at(last: &str) -> impl FnMut(Step) -> io::Result<()> {
    move |step| {
        if step.name() == last {
            std::process::abort();
        }
        Ok(())
    }
}

/// Every step of one of our saves. The rename lies between the last two.
const STEPS: [Step; 5] = [Step::Create, Step::Write, Step::Sync, Step::Place, Step::Confirm];

fn start(store: &Store, worker: &str) -> std::process::Child {
    Command::new(env::current_exe().unwrap())
        .args(["shell::scenarios::tests::worker", "--exact", "--ignored"])
        .env("SCENARIOS", store.folder())
        .env("WORKER", worker)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn programs_at_once_lose_nothing() {
    let (_root, store) = store();
    let programs = ["a", "b"].map(|worker| start(&store, worker));
    let threads = ["c", "d"].map(|own| {
        let store = store.clone();
        let report = report();
        thread::spawn(move || {
            for round in 0..15 {
                let kept = store.keep("same name", &report).unwrap();
                store.rename(&kept, &format!("{own} {round}")).unwrap();
                assert_eq!(store.list().unwrap().unread, [], "a file is seen in parts");
            }
        })
    });
    for mut program in programs {
        assert!(program.wait().unwrap().success());
    }
    for thread in threads {
        thread.join().unwrap();
    }
    let mut names = names(&store);
    names.sort();
    let mut expected: Vec<String> = ["a", "b", "c", "d"]
        .iter()
        .flat_map(|own| (0..15).map(move |round| format!("{own} {round}")))
        .collect();
    expected.sort();
    assert_eq!(names, expected);
    // Deleted scenarios can still be restored.
    let aside = fs::read_dir(store.folder().join(ASIDE)).unwrap().count();
    assert_eq!(aside, 30);
}

#[test]
fn what_was_deleted_is_removed_for_good_30_days_after_that_and_not_before() {
    let (_root, store) = store();
    let day = Duration::from_secs(24 * 60 * 60);
    let now = SystemTime::UNIX_EPOCH + 20_000 * day;
    let id = store.keep("long kept", &report()).unwrap();
    let kept = store.keep("still kept", &report()).unwrap();
    for id in [&id, &kept] {
        File::open(store.path(id)).unwrap().set_modified(now - 400 * day).unwrap();
    }
    let deleted = store.delete(&id, now).unwrap();
    store.clear_aside(now + 30 * day);
    assert_eq!(store.restore(&deleted).unwrap(), id);
    store.delete(&id, now).unwrap();
    store.clear_aside(now + 31 * day);
    assert_eq!(fs::read_dir(store.folder().join(ASIDE)).unwrap().count(), 0);
    assert_eq!(names(&store), ["still kept"]);
}

#[test]
fn a_program_that_dies_leaves_whole_files() {
    for step in STEPS {
        let (_root, store) = store();
        store.keep("kept", &report()).unwrap();
        let worker = format!("keep dies at {}", step.name());
        assert!(!start(&store, &worker).wait().unwrap().success(), "{step:?}");
        let left = fs::read_dir(store.folder()).unwrap().count();
        let expected = if step == Step::Create { 1 } else { 2 };
        assert_eq!(left, expected, "{step:?}: what the dead program began is there");
        // And nobody sees it, unless it is whole and has its name.
        let seen = if step == Step::Confirm { &["kept", "lost"][..] } else { &["kept"][..] };
        assert_eq!(names(&store), seen, "{step:?}");
        store.keep("next", &report()).unwrap();
        assert!(names(&store).contains(&"next".to_owned()), "{step:?}");
    }
}

#[test]
fn a_program_that_dies_while_it_renames_leaves_the_old_name_or_the_new_one() {
    for step in STEPS {
        let (_root, store) = store();
        let id = store.keep("kept", &report()).unwrap();
        let worker = format!("rename dies at {}", step.name());
        assert!(!start(&store, &worker).wait().unwrap().success(), "{step:?}");
        let expected = if step == Step::Confirm { "other" } else { "kept" };
        assert_eq!(names(&store), [expected], "{step:?}");
        store.rename(&id, "again").unwrap();
        assert_eq!(names(&store), ["again"], "{step:?}");
    }
}
