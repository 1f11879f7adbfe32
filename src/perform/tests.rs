//! Saving and opening in real folders.

use std::fs;

use jiff::civil::date;
use tempfile::TempDir;

use super::*;
use crate::advice::World;
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::question::{Answers, Origin, QuestionId, Wording};
use crate::wizard::session::Month;

const MD: Format = Format::Markdown;
const JSON: Format = Format::Json;

/// A session with every answer, and its report folder.
struct Ground {
    session: Session<'static>,
    places: Places,
}

impl Ground {
    fn save(&self, order: &SaveOrder) -> Result<Vec<PathBuf>, SaveFailure> {
        save_report(order, &self.session, &self.places)
    }

    fn recall(&self, path: Option<&Path>) -> Result<Saved, String> {
        recall(path, self.places.last_report.as_deref())
    }

    fn perform(&self, effect: Effect) -> Option<Message> {
        let tell: Tell = Arc::new(|_| {});
        Performer::at_once(&self.places, &tell).perform(effect, &self.session, &self.places)
    }
}

fn ground(root: &TempDir) -> Ground {
    let world = World {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        today: date(2026, 11, 22),
    };
    let mut answers = Answers::default();
    for question in QuestionId::ALL {
        answers.give(question, 0, Origin::User);
    }
    let choices = Choices { answers, month: Month::Own, ..Choices::default() };
    let session = Session::new(world, Wording::builtin().unwrap(), choices);
    let places = Places {
        reports: root.path().to_path_buf(),
        draft: None,
        earlier: None,
        remembered: Some(root.path().join("state/last.json")),
        last_report: None,
        stem: "a".to_owned(),
    };
    Ground { session, places }
}

fn order(ground: &Ground, folder: &Path, formats: &[Format]) -> SaveOrder {
    SaveOrder {
        formats: formats.to_vec(),
        folder: folder.to_path_buf(),
        stem: "a".to_owned(),
        note: None,
        on_collision: OnCollision::Ask,
        create_folder: false,
        assessment: Box::new(ground.session.assessment().unwrap().clone()),
    }
}

/// The sorted names in a folder, without the files that the tests themselves keep there.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "state")
        .collect();
    names.sort();
    names
}

fn why(result: Result<Vec<PathBuf>, SaveFailure>) -> String {
    match result {
        Err(SaveFailure::Other(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_formats_are_written_and_the_folder_is_remembered() {
    let root = tempfile::tempdir().unwrap();
    let ground = ground(&root);
    let formats = [MD, Format::Html, JSON];
    let written = ground.save(&order(&ground, root.path(), &formats)).unwrap();
    assert_eq!(names(root.path()), ["a.html", "a.json", "a.md"]);
    assert_eq!(written, ["a.md", "a.html", "a.json"].map(|name| root.path().join(name)));
    let page = fs::read_to_string(root.path().join("a.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"), "{page}");
    let remembered = fs::read_to_string(root.path().join("state/last.json")).unwrap();
    assert_eq!(Path::new(&remembered), root.path());
}

#[test]
fn a_taken_name_asks_and_both_formats_get_one_free_stem() {
    let root = tempfile::tempdir().unwrap();
    let ground = ground(&root);
    fs::write(root.path().join("a.json"), "old").unwrap();
    fs::write(root.path().join("a-2.md"), "old").unwrap();
    let mut order = order(&ground, root.path(), &[MD, JSON]);
    match ground.save(&order) {
        Err(SaveFailure::Exists { taken, free }) => {
            assert_eq!(taken.len(), 1);
            assert_eq!(taken[0].path, root.path().join("a.json"));
            assert!(taken[0].about.ends_with("3 bytes"), "{}", taken[0].about);
            assert_eq!(free, "a-3");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(names(root.path()), ["a-2.md", "a.json"], "nothing yet");
    assert!(!root.path().join("state").exists(), "nor remembered");
    order.on_collision = OnCollision::KeepBoth;
    ground.save(&order).unwrap();
    assert_eq!(names(root.path()), ["a-2.md", "a-3.json", "a-3.md", "a.json"]);
    order.on_collision = OnCollision::Replace;
    ground.save(&order).unwrap();
    assert_eq!(fs::read_to_string(root.path().join("a.json.bak")).unwrap(), "old");
    assert_ne!(fs::read_to_string(root.path().join("a.json")).unwrap(), "old");
}

#[test]
fn a_missing_folder_is_created_only_when_asked_for() {
    let root = tempfile::tempdir().unwrap();
    let ground = ground(&root);
    let folder = root.path().join("x/y");
    let mut order = order(&ground, &folder, &[MD]);
    assert_eq!(ground.save(&order), Err(SaveFailure::MissingFolder(folder.clone())));
    assert!(!folder.exists());
    order.create_folder = true;
    ground.save(&order).unwrap();
    assert_eq!(names(&folder), ["a.md"]);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_named() {
    let root = tempfile::tempdir().unwrap();
    let ground = ground(&root);
    let file = root.path().join("file");
    fs::write(&file, "x").unwrap();
    let why = why(ground.save(&order(&ground, &file, &[MD])));
    assert!(why.contains("it is not a folder; choose another folder"), "{why}");
}

#[test]
#[cfg(unix)]
fn a_link_in_the_way_of_the_second_file_stops_the_first_too() {
    let root = tempfile::tempdir().unwrap();
    let ground = ground(&root);
    std::os::unix::fs::symlink("elsewhere", root.path().join("a.json")).unwrap();
    let why = why(ground.save(&order(&ground, root.path(), &[MD, JSON])));
    assert!(why.contains("it is a link to"), "{why}");
    assert!(why.contains("a.md'"), "the other is named: {why}");
    assert_eq!(names(root.path()), ["a.json"]);
    let mut order = order(&ground, root.path(), &[MD, JSON]);
    order.on_collision = OnCollision::KeepBoth;
    ground.save(&order).unwrap();
    assert_eq!(names(root.path()), ["a-2.json", "a-2.md", "a.json"]);
}

#[test]
fn half_a_save_says_which_half() {
    let error = SaveError::DiskFull { folder: PathBuf::from("/r") };
    let (one, two) = (PathBuf::from("/r/a.md"), PathBuf::from("/r/a.json"));
    let full = "cannot save into '/r': the disk is full; free some space, choose another folder";
    assert_eq!(
        halfway(std::slice::from_ref(&one), &error, &[]),
        format!("'/r/a.md' is saved. But: {full}")
    );
    assert_eq!(halfway(&[], &error, &[two]), format!("{full}. Not written: '/r/a.json'"));
}

#[test]
fn a_name_too_long_or_with_a_folder_in_it_is_refused_before_anything_is_written() {
    let root = tempfile::tempdir().unwrap();
    let ground = ground(&root);
    // The name fits with `.md` but not with `.json`.
    for (stem, part) in [("n".repeat(251), "256 bytes"), ("x/y".to_owned(), "it holds '/'")] {
        let mut order = order(&ground, root.path(), &[MD, JSON]);
        order.stem = stem;
        let why = why(ground.save(&order));
        assert!(why.contains(part), "{why}");
        assert_eq!(names(root.path()), Vec::<String>::new());
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_read_only_folder_says_what_to_do_in_the_wizard() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    let ground = ground(&root);
    let folder = root.path().join("closed");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    // Permissions do not bind root.
    match ground.save(&order(&ground, &folder, &[MD])) {
        Ok(_) => {}
        Err(SaveFailure::Other(why)) => {
            assert!(why.ends_with("it is read-only for you; choose another folder"), "{why}");
        }
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn a_relative_folder_becomes_a_full_path_and_a_tilde_the_home() {
    assert!(absolute(Path::new("x")).unwrap().is_absolute());
    let home = directories::BaseDirs::new().unwrap();
    let home = home.home_dir();
    assert_eq!(absolute(Path::new("~")).unwrap(), home);
    assert_eq!(absolute(Path::new("~/a/b")).unwrap(), home.join("a/b"));
    assert_eq!(absolute(Path::new("/x/~")).unwrap(), Path::new("/x/~"));
}

#[test]
fn a_report_is_found_and_opened_again() {
    let root = tempfile::tempdir().unwrap();
    let ground = ground(&root);
    let path = root.path().join("claude-choice-2026-11-22.json");
    fs::write(&path, r#"{"answers": {"interface": "code"}}"#).unwrap();
    fs::write(root.path().join("claude-choice-2026-11-22.md"), "x").unwrap();
    fs::write(root.path().join("other.json"), "x").unwrap();
    let found = find_reports(root.path());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].path, path);
    let choices = open_report(&path, &ground.session).unwrap();
    assert!(choices.answers.given(QuestionId::Interface).is_some());
    assert_eq!(find_reports(&root.path().join("none")), []);
}

#[test]
fn what_cannot_be_opened_says_why() {
    let root = tempfile::tempdir().unwrap();
    let ground = ground(&root);
    let file = |name: &str, bytes: &[u8]| {
        let path = root.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let model =
        r#"{"answers": {}, "usage": {"input_tokens": 1, "output_tokens": 1, "model": "nix"}}"#;
    for (path, part) in [
        (root.path().join("none"), "does not exist"),
        (root.path().to_path_buf(), "it is a folder"),
        (file("empty", b""), "it is empty"),
        (file("bytes", b"{\xc3"), "not UTF-8"),
        (file("text", b"# PRO"), "cannot use"),
        (file("model", model.as_bytes()), "'nix'"),
    ] {
        let why = open_report(&path, &ground.session).unwrap_err();
        assert!(why.contains(part), "{why}");
        assert!(!why.contains("standard input"), "{why}");
    }
}

#[test]
fn the_report_saved_last_is_remembered_whatever_its_format_and_forgotten_on_request() {
    let root = tempfile::tempdir().unwrap();
    let mut ground = ground(&root);
    let kept = root.path().join("state/report.json");
    // Nothing is kept if keeping is off.
    ground.save(&order(&ground, root.path(), &[MD])).unwrap();
    assert!(!kept.exists());
    let nothing = ground.recall(None).unwrap_err();
    assert!(nothing.starts_with("No saved report is remembered."), "{nothing}");

    ground.places.last_report = Some(kept.clone());
    assert_eq!(ground.recall(None).unwrap_err(), nothing);
    let again = SaveOrder { stem: "b".to_owned(), ..order(&ground, root.path(), &[MD]) };
    ground.save(&again).unwrap();
    let saved = ground.recall(None).unwrap();
    let assessment = ground.session.assessment().unwrap();
    assert_eq!(saved.result.outcome, assessment.outcome);
    assert_eq!(saved.result.costs_usd.of(crate::advice::Outcome::Api), Some(assessment.costs.api));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&kept).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "for this user only");
    }
    assert_eq!(ground.perform(Effect::ForgetReport), None);
    assert!(!kept.exists());
    assert_eq!(ground.recall(None).unwrap_err(), nothing);
}

#[test]
fn a_report_in_a_file_is_recalled_and_a_file_of_answers_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let ground = ground(&root);
    let written = ground.save(&order(&ground, root.path(), &[JSON])).unwrap();
    let saved = ground.recall(Some(&written[0])).unwrap();
    assert_eq!(saved.result.outcome, ground.session.assessment().unwrap().outcome);
    let answers = root.path().join("answers.json");
    fs::write(&answers, r#"{"answers": {}, "usage": {"input_tokens": 1, "output_tokens": 1}}"#)
        .unwrap();
    let why = ground.recall(Some(&answers)).unwrap_err();
    assert!(why.contains("this is a file of answers, not a saved report"), "{why}");
    let why = ground.recall(Some(&root.path().join("none.json"))).unwrap_err();
    assert!(why.contains("it does not exist"), "{why}");
}

#[test]
fn a_run_that_keeps_nothing_orders_nothing_of_the_scenarios() {
    let root = tempfile::tempdir().unwrap();
    let ground = ground(&root);
    let name = "a".to_owned();
    let assessment = Box::new(ground.session.assessment().unwrap().clone());
    let keep = ScenarioOrder::Keep { name, assessment };
    match ground.perform(Effect::Scenario(Box::new(keep))) {
        Some(Message::Scenarios(told)) => {
            assert_eq!(*told, Err("this run keeps nothing on disk".to_owned()));
        }
        other => panic!("{other:?}"),
    }
}
