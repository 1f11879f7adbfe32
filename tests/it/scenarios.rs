//! Kept scenarios as a user sees them: names, order, what is broken, what comes back.

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use crate::common::home::{Home, drawn};
use planwise::advice::Outcome;
use planwise::report::read_answers;
use planwise::shell::scenarios::{ScenarioError, Store};
use serde_json::Value;

struct Place {
    home: Home,
    store: Store,
    report: String,
}

fn place() -> Place {
    let home = Home::new();
    let report = home.report(&drawn());
    let store = Store::at(home.path("data/planwise/scenarios"));
    Place { home, store, report }
}

impl Place {
    fn names(&self) -> Vec<String> {
        let listing = self.store.list().unwrap();
        listing.scenarios.into_iter().map(|scenario| scenario.name).collect()
    }

    fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.store.folder())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn file(&self, name: &str) -> PathBuf {
        self.store.folder().join(name)
    }
}

#[test]
fn nothing_is_there_before_the_first_and_listing_makes_no_folder() {
    let place = place();
    assert_eq!(place.names(), [""; 0]);
    assert!(!place.store.folder().exists());
}

#[test]
fn a_scenario_is_the_saved_report_with_a_name() {
    let place = place();
    let id = place.store.keep("  more\tautomation ", &place.report).unwrap();
    assert_eq!(place.files(), ["s-more-automation.json"]);
    let text = fs::read_to_string(place.file("s-more-automation.json")).unwrap();
    let rest = place.report.strip_prefix("{").unwrap();
    assert_eq!(text, format!("{{\n  \"name\": \"more automation\",{rest}"));
    let scenario = place.store.open(&id).unwrap();
    assert_eq!(scenario.name, "more automation");
    assert_eq!(scenario.saved.result.costs_usd.of(Outcome::Hybrid).unwrap().to_string(), "24.2");
    // It is also an answers file, and nothing in it is unknown.
    assert_eq!(read_answers(&text).unwrap().ignored, [""; 0]);
    place.home.file("copy.json", &text);
    let again = place.home.run(&["decide", "--answers", "copy.json", "--format", "json"]).json();
    assert_eq!(again["result"]["outcome"], "hybrid");
    // And keeps to the schema.
    let schema: Value = serde_json::from_str(planwise::schema::Schema::Report.text()).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    assert!(jsonschema::draft202012::is_valid(&schema, &value));
}

#[test]
#[cfg(unix)]
fn scenarios_are_for_the_user_only() {
    use std::os::unix::fs::PermissionsExt;
    let place = place();
    let id = place.store.keep("a", &place.report).unwrap();
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(place.file("s-a.json")), 0o600);
    assert_eq!(mode(place.store.folder().to_path_buf()), 0o700);
    place.store.rename(&id, "b").unwrap();
    assert_eq!(mode(place.file("s-a.json")), 0o600);
}

#[test]
fn the_same_name_twice_keeps_both_and_tells_them_apart() {
    let place = place();
    for _ in 0..3 {
        place.store.keep("base", &place.report).unwrap();
    }
    assert_eq!(place.names(), ["base", "base (2)", "base (3)"]);
    assert_eq!(place.files(), ["s-base-2.json", "s-base-3.json", "s-base.json"]);
}

#[test]
fn a_rename_changes_the_name_and_nothing_else() {
    let place = place();
    let id = place.store.keep("old", &place.report).unwrap();
    place.store.rename(&id, "new \"one\"").unwrap();
    assert_eq!(place.names(), ["new \"one\""]);
    let text = fs::read_to_string(place.file("s-old.json")).unwrap();
    let rest = place.report.strip_prefix("{").unwrap();
    assert_eq!(text, format!("{{\n  \"name\": \"new \\\"one\\\"\",{rest}"));
    place.store.rename(&id, "old").unwrap();
    assert_eq!(place.names(), ["old"]);
}

#[test]
fn a_deleted_scenario_comes_back() {
    let place = place();
    let id = place.store.keep("a", &place.report).unwrap();
    let text = fs::read_to_string(place.file("s-a.json")).unwrap();
    let deleted = place.store.delete(&id, SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(place.names(), [""; 0]);
    assert_eq!(fs::read_to_string(place.file("deleted/s-a.json")).unwrap(), text);
    // Its place is taken by now: it comes back beside the other.
    place.store.keep("a", &place.report).unwrap();
    place.store.restore(&deleted).unwrap();
    assert_eq!(place.names(), ["a", "a (2)"]);
    assert_eq!(fs::read_to_string(place.file("s-a-2.json")).unwrap(), text);
    assert_eq!(fs::read_dir(place.file("deleted")).unwrap().count(), 0);
}

#[test]
fn what_another_program_deleted_is_said_to_be_gone() {
    let place = place();
    let id = place.store.keep("a", &place.report).unwrap();
    place.store.delete(&id, SystemTime::UNIX_EPOCH).unwrap();
    let said = "the scenario 'a' is no longer there; another planwise may have deleted it";
    assert_eq!(place.store.delete(&id, SystemTime::UNIX_EPOCH).unwrap_err().to_string(), said);
    assert_eq!(place.store.rename(&id, "b").unwrap_err().to_string(), said);
    assert_eq!(place.store.open(&id).unwrap_err().to_string(), said);
    assert_eq!(place.files(), ["deleted"], "a rename does not bring it back");
}

#[test]
fn a_broken_file_is_named_and_hides_no_other() {
    let place = place();
    place.store.keep("good", &place.report).unwrap();
    for (name, bytes) in [
        ("broken.json", b"{\"answers\": ".as_slice()),
        ("empty.json", b""),
        ("answers.json", br#"{"answers": {"interface": "chat"}}"#),
        ("binary.json", b"\xff\xfe\x00"),
        ("half.json", br#"{"answers": {}, "result": {"outcome": "pro"}}"#),
        ("\u{1b}[2J.json", b"[]"),
        (".planwise-abcdefghijkl.tmp", b"{"),
        ("notes.txt", b"mine"),
    ] {
        fs::write(place.file(name), bytes).unwrap();
    }
    fs::create_dir(place.file("folder.json")).unwrap();
    assert_eq!(place.names(), ["good"]);
    let listing = place.store.list().unwrap();
    let unread: Vec<&str> = listing.unread.iter().map(|unread| unread.file.as_str()).collect();
    assert_eq!(
        unread,
        [
            "answers.json",
            "binary.json",
            "broken.json",
            "empty.json",
            "folder.json",
            "half.json",
            "\u{fffd}[2J.json"
        ]
    );
    for unread in &listing.unread {
        assert!(!unread.why.contains('\u{1b}') && !unread.why.contains('\n'), "{unread:?}");
        assert!(unread.why.contains(';') || unread.why.contains(':'), "{unread:?}");
    }
}

#[test]
fn a_name_is_clean_and_not_too_long_and_never_a_key() {
    let place = place();
    let refused = |name: &str| place.store.keep(name, &place.report).unwrap_err();
    assert!(matches!(refused(" \n\t"), ScenarioError::NoName));
    assert!(matches!(refused("my sk-ant-api03-Zq7"), ScenarioError::Key));
    assert!(!refused("my sk-ant-api03-Zq7").to_string().contains("Zq7"));
    let long = refused(&"x".repeat(61)).to_string();
    assert!(long.ends_with("has 61 characters; at most 60 are kept, so shorten it"), "{long}");
    place.store.keep("../../etc/</style><script>|`=cmd()\u{202e}", &place.report).unwrap();
    place.store.keep("漢字", &place.report).unwrap();
    place.store.keep("con", &place.report).unwrap();
    assert_eq!(place.files(), ["s-con.json", "s-etc-style-script-cmd.json", "scenario.json"]);
    assert_eq!(place.names(), ["con", "../../etc/</style><script>|`=cmd()\u{fffd}", "漢字"]);
}

#[test]
fn what_is_no_report_is_not_kept() {
    let place = place();
    let error = place.store.keep("a", &drawn().to_string()).unwrap_err().to_string();
    assert!(error.contains("a file of answers, not a saved report"), "{error}");
    assert!(!place.store.folder().exists());
}

#[test]
fn a_file_in_the_place_of_the_folder_is_named() {
    let place = place();
    place.home.file("data/planwise/scenarios", "mine");
    let error = place.store.keep("a", &place.report).unwrap_err().to_string();
    assert!(error.contains("it is not a folder"), "{error}");
    let error = place.store.list().unwrap_err().to_string();
    assert!(error.starts_with("cannot list the scenarios in"), "{error}");
    assert_eq!(fs::read_to_string(place.store.folder()).unwrap(), "mine");
}
