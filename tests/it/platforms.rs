//! What only one system has stands where only that system is built.

use std::fs;
use std::path::{Path, PathBuf};

/// Words that name what only Unix or only Windows has.
const WORDS: [(&str, &str); 9] = [
    ("std::os::unix", "unix"),
    ("os::unix", "unix"),
    ("signal_hook", "unix"),
    ("SIGTSTP", "unix"),
    ("libc::", "unix"),
    ("/dev/", "unix"),
    ("/proc/", "unix"),
    ("std::os::windows", "windows"),
    ("os::windows", "windows"),
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

/// Whether an attribute says that what follows is built for tests alone, or for this system alone.
fn guards(line: &str, system: &str) -> bool {
    let Some(condition) =
        line.trim_start().trim_start_matches("#!").trim_start_matches('#').strip_prefix("[cfg(")
    else {
        return false;
    };
    !condition.starts_with("not(")
        && (condition.contains("test")
            || condition.contains(system)
            || system == "unix" && condition.contains("linux"))
}

/// The lines that name what only some system has, outside of everything that is built for it alone.
///
/// An attribute covers what begins on the next line: up to its last bracket, or to the `;` or `,`
/// of a line that opens none.
fn unguarded(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (word, system) in WORDS {
        let mut depth = 0_i64;
        let mut is_covered = false;
        for line in text.lines() {
            let code = line.split("//").next().unwrap_or_default();
            if !is_covered && guards(line, system) {
                (is_covered, depth) = (true, 0);
                if line.trim_start().starts_with("#!") {
                    break;
                }
                continue;
            }
            if !is_covered && code.contains(word) {
                found.push(line.trim().to_owned());
            }
            if is_covered && !code.trim_start().starts_with("#[") {
                for letter in code.chars() {
                    depth += match letter {
                        '{' | '(' | '[' => 1,
                        '}' | ')' | ']' => -1,
                        _ => 0,
                    };
                }
                let ends = code.trim_end().ends_with(['}', ';', ',']);
                is_covered = depth > 0 || !ends;
            }
        }
    }
    found
}

#[test]
fn what_one_system_has_stands_behind_a_condition() {
    let mut files = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    assert!(files.len() > 100, "the source has moved");
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        // Files that are built for tests alone say so where they are named.
        if name == "tests.rs" || name == "properties.rs" {
            continue;
        }
        let found = unguarded(&fs::read_to_string(&file).unwrap());
        assert!(found.is_empty(), "{}: {found:?}", file.display());
    }
}

#[test]
fn what_stands_behind_no_condition_is_found() {
    let bad = "fn a() {\n    std::os::unix::fs::symlink(a, b);\n}\n";
    assert!(!unguarded(bad).is_empty());
    assert!(unguarded(&format!("#[cfg(unix)]\n{bad}")).is_empty());
    assert!(!unguarded(&format!("#[cfg(not(unix))]\n{bad}")).is_empty());
    assert!(!unguarded(&format!("#[cfg(unix)]\nfn b() {{\n}}\n{bad}")).is_empty());
    assert!(!unguarded("#[cfg(unix)]\nuse a;\nuse signal_hook::consts;\n").is_empty());
    assert!(unguarded("#[cfg(test)]\nmod tests {\n    use std::os::unix::fs;\n}\n").is_empty());
}
