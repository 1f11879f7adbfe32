//! The house rules that a compiler does not keep: which room may know which.

mod house;

use std::fs;
use std::path::{Path, PathBuf};

use house::{House, circles};

/// The rooms of the house, from the ground up: a room knows only those before it. Up to `plain` it
/// is the pure core; `shell` reads and writes, `tui` and `cli` are what people see.
const ROOMS: [&str; 31] = [
    "text", "number", "catalog", "cost", "question", "facts", "history", "source", "fit",
    "measured", "usage", "settings", "advice", "words", "doc", "month", "sweep", "report",
    "compare", "replay", "subject", "format", "schema", "wizard", "plain", "shell", "perform",
    "tui", "cli", "lib", "main",
];

/// The last room of the core.
const LAST_PURE: &str = "plain";

/// What the core must not name: terminal, files, environment, clock.
const FORBIDDEN: [&str; 14] = [
    "ratatui",
    "crossterm",
    "std::fs",
    "std::env",
    "std::io",
    "std::process",
    "std::thread",
    "std::net",
    "SystemTime",
    "Instant::now",
    "Zoned::now",
    "Timestamp::now",
    "directories::",
    "tempfile::",
];

fn rust_files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            rust_files(&entry.unwrap().path(), found);
        }
    } else if path.extension().is_some_and(|ending| ending == "rs") {
        found.push(path.to_owned());
    }
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The code of a file without its comments, so that prose may name what code may not.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_core_knows_no_terminal_file_environment_or_clock() {
    let mut files = Vec::new();
    let pure = ROOMS.iter().position(|room| *room == LAST_PURE).unwrap();
    for room in &ROOMS[..=pure] {
        let alone = source().join(format!("{room}.rs"));
        if alone.is_file() {
            files.push(alone);
        }
        let folder = source().join(room);
        if folder.is_dir() {
            rust_files(&folder, &mut files);
        }
    }
    assert!(files.len() > 25, "the core has moved: {files:?}");
    // Unit tests read fixtures, and the one of the schemas writes them.
    files.retain(|file| !file.ends_with("tests.rs"));
    for file in files {
        let code = code(&file);
        for word in FORBIDDEN {
            assert!(!code.contains(word), "{} names '{word}'", file.display());
        }
    }
}

#[test]
fn every_room_of_the_source_is_known_here() {
    for entry in fs::read_dir(source()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(ROOMS.contains(&name.as_str()), "'{name}' has no place in the order of the rooms");
    }
}

#[test]
fn every_room_knows_only_those_below_it() {
    let place = |room: &String| ROOMS.iter().position(|known| known == room).unwrap();
    let mut checked = 0;
    for (file, uses) in House::read(&source()).arrows() {
        for used in uses {
            let (Some(from), Some(to)) = (file.first(), used.first()) else { continue };
            checked += 1;
            let (file, used) = (file.join("/"), used.join("/"));
            assert!(place(to) <= place(from), "'{file}' uses '{used}'");
        }
    }
    assert!(checked > 500, "only {checked} arrows found");
}

#[test]
fn no_more_than_two_files_go_round_in_a_circle() {
    for circle in circles(&House::read(&source()).arrows()) {
        assert!(circle.len() <= 2, "a circle: {circle:#?}");
    }
}

#[test]
fn a_circle_is_found_and_a_name_handed_on_is_followed_to_its_file() {
    let house = House::of(&[
        ("a", "pub use self::deep::Deep;\nmod deep;"),
        ("a/deep", "use crate::c::Third;\npub struct Deep;"),
        ("b", "use crate::a::{self, Deep};"),
        ("c", "fn third() { crate::b::second(); }\nstruct Third;"),
        ("d", "use crate::a::Deep;\n#[cfg(test)]\nmod tests {\n    use crate::c::Third;\n}"),
    ]);
    let arrows = house.arrows();
    let found = circles(&arrows);
    assert_eq!(found, [["a/deep", "b", "c"]]);
    let file = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(arrows[&file("d")], [file("a/deep")].into());
}

#[test]
fn only_one_file_of_the_full_screen_touches_the_outside() {
    let mut files = Vec::new();
    rust_files(&source().join("tui"), &mut files);
    assert!(files.len() > 40, "the wizard has moved: {files:?}");
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let code = code(&file);
        let code = code.split("#[cfg(test)]").next().unwrap();
        if ["run.rs", "tests.rs"].contains(&name) {
            continue;
        }
        for word in ["std::fs", "std::env", "std::io", "std::thread", "crate::shell", "execute("] {
            assert!(!code.contains(word), "{} names '{word}'", file.display());
        }
    }
}

#[test]
fn keys_of_the_terminal_are_named_in_one_file() {
    let mut files = Vec::new();
    rust_files(&source(), &mut files);
    assert!(files.iter().any(|file| file.ends_with("tui/key.rs")), "the keys have moved");
    for file in files {
        let is_home = file.ends_with("tui/key.rs");
        assert!(is_home || !code(&file).contains("KeyCode::"), "{} names KeyCode", file.display());
    }
}

#[test]
fn no_module_hides_in_a_mod_file() {
    let mut files = Vec::new();
    rust_files(&source(), &mut files);
    assert!(files.len() > 100, "the source has moved");
    assert!(files.iter().all(|file| file.file_name().unwrap() != "mod.rs"));
}

#[test]
fn what_the_status_line_says_fits_its_44_columns() {
    let mut files = Vec::new();
    rust_files(&source().join("tui"), &mut files);
    let mut checked = 0;
    for file in files {
        let code = code(&file);
        let code = code.split("#[cfg(test)]").next().unwrap();
        for lead in ["say = Some(", "status = Some("] {
            for after in code.split(lead).skip(1) {
                let after = after.trim_start();
                let words = after.strip_prefix("format!(").unwrap_or(after).trim_start();
                let Some(words) = words.strip_prefix('"').and_then(|w| w.split('"').next()) else {
                    continue;
                };
                checked += 1;
                assert!(words.chars().count() <= 44, "{}: '{words}'", file.display());
            }
        }
    }
    assert!(checked > 20, "the messages have moved: only {checked} found");
}
