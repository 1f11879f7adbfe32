//! The house rules that a compiler does not keep: which room may know which.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of the pure core: module files and folders under `src/`.
const CORE: [&str; 25] = [
    "advice", "catalog", "compare", "cost", "doc", "facts", "fit", "format", "history", "month",
    "number", "plain", "question", "replay", "report", "schema", "session", "settings", "source",
    "subject", "sweep", "text", "usage", "words", "lib",
];

/// What the core must not name: terminal, files, environment, clock, and the rooms above it.
const FORBIDDEN: [&str; 16] = [
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
    "crate::shell",
    "crate::tui",
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
    for room in CORE {
        rust_files(&source().join(format!("{room}.rs")), &mut files);
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
        let shell = ["shell", "tui", "cli", "main"].contains(&name.as_str());
        assert!(shell || CORE.contains(&name.as_str()), "'{name}' is neither core nor shell");
    }
}

#[test]
fn only_four_files_touch_the_outside_of_the_wizard() {
    let mut files = Vec::new();
    rust_files(&source().join("tui"), &mut files);
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let code = code(&file);
        let code = code.split("#[cfg(test)]").next().unwrap();
        if ["run.rs", "perform.rs", "keeper.rs", "scanner.rs", "tests.rs"].contains(&name) {
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
    for file in files {
        let is_home = file.ends_with("tui/key.rs");
        assert!(is_home || !code(&file).contains("KeyCode::"), "{} names KeyCode", file.display());
    }
}

#[test]
fn no_module_hides_in_a_mod_file() {
    let mut files = Vec::new();
    rust_files(&source(), &mut files);
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
