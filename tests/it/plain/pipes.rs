//! The wizard in lines at the ends of pipes.

use std::fmt::Write as _;
use std::fs;
use std::process::Stdio;

/// Lines from a pipe, in an empty home.
pub(crate) fn piped(home: &std::path::Path, args: &[&str], input: &str) -> std::process::Output {
    piped_with(home, &[], args, input)
}

/// The same with these variables set.
fn piped_with(
    home: &std::path::Path,
    variables: &[(&str, &str)],
    args: &[&str],
    input: &str,
) -> std::process::Output {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("planwise"));
    command
        .env_clear()
        .env("HOME", home)
        .env("XDG_STATE_HOME", home.join("state"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("TZ", "UTC")
        .env("SOURCE_DATE_EPOCH", "1795356300")
        .envs(variables.iter().copied())
        .current_dir(home)
        .stdin(Stdio::null())
        .args(args);
    assert_cmd::Command::from_std(command).write_stdin(input).output().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn a_pipe_that_ends_early_loses_nothing_and_the_next_start_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let ran = piped(home.path(), &["--plain"], "1\n1\n2\n2");
    let out = String::from_utf8(ran.stdout).unwrap();
    assert_eq!((ran.status.code(), ran.stderr.len()), (Some(0), 0));
    assert!(
        out.ends_with(
            "\nplanwise: no result yet.\nYour answers are kept: planwise goes on from there.\n"
        ),
        "{out}"
    );
    let ran = piped(home.path(), &["--plain"], "1\n");
    let out = String::from_utf8(ran.stdout).unwrap();
    assert!(out.contains("1. Continue. question 4 of 8"), "{out}");
    assert!(out.contains("Step 4 of 10."), "{out}");
    // Nothing to read at all is an end too.
    let ran = piped(home.path(), &["--plain", "--no-state"], "");
    assert_eq!(ran.status.code(), Some(0));
    // Without the wish for lines nobody can answer.
    let ran = piped(home.path(), &[], "1\n");
    assert_eq!((ran.status.code(), ran.stdout.len()), (Some(2), 0));
}

#[test]
#[cfg(target_os = "linux")]
fn a_variable_that_asks_for_lines_is_as_good_as_the_flag() {
    let home = tempfile::tempdir().unwrap();
    let flagged = piped(home.path(), &["--plain", "--no-state"], "1\n1\n");
    for variable in [("ACCESSIBLE", "1"), ("TERM", "dumb")] {
        let ran = piped_with(home.path(), &[variable], &["--no-state"], "1\n1\n");
        assert_eq!(ran.status.code(), Some(0), "{variable:?}");
        assert_eq!(ran.stdout, flagged.stdout, "{variable:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn settings_are_in_force_and_what_is_wrong_with_them_is_said() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("config/planwise")).unwrap();
    let settings = "plain = true\nmodel = \"claude-opus-5-5\"\npro_price = 17.50\nmouse = 1\n";
    fs::write(home.path().join("config/planwise/config.toml"), settings).unwrap();
    let ran = piped(home.path(), &["--no-state"], "1\n1\n");
    let out = String::from_utf8(ran.stdout).unwrap();
    let said = out.split("planwise: Claude Pro").next().unwrap();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let file = home.path().join("config/planwise/config.toml");
    let file = file.display();
    assert_eq!(
        said,
        format!(
            "! '{file}' line 4, column 9: 'mouse' cannot be '1'; write true or false, without \
             quotes; until then it is false"
        )
    );
    assert!(out.contains("API alone on Opus 5.5 $6.00 a month, Pro $17.50: estimates"), "{out}");
}

/// What the program makes of a reader that leaves after three lines.
#[test]
#[cfg(target_os = "linux")]
fn a_reader_that_has_seen_enough_is_no_error() {
    let home = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new("bash");
    command
        .env_clear()
        .env("HOME", home.path())
        .env("XDG_STATE_HOME", home.path().join("state"))
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .args(["-c", "\"$1\" --plain < input | head -3; echo \"code ${PIPESTATUS[0]}\"", "bash"])
        .arg(assert_cmd::cargo::cargo_bin!("planwise"))
        .current_dir(home.path());
    // So much that the pipe is full long before the end, whatever the reader does.
    let lines = format!("1\n1\n{}", "w\n".repeat(2_000));
    fs::write(home.path().join("input"), lines).unwrap();
    let ran = command.output().unwrap();
    let out = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(String::from_utf8_lossy(&ran.stderr), "");
    assert_eq!(out.lines().count(), 4, "{out}");
    assert!(out.starts_with("planwise: Claude Pro, the API, or both?\n"), "{out}");
    assert!(out.ends_with("\ncode 0\n"), "{out}");
}

/// Lines that open every door.
const ANSWERS: [&str; 82] = [
    "x y",
    "6",
    "5",
    "b",
    "4",
    "b",
    "3",
    "b",
    "1",
    "1",
    "2",
    "2",
    "2",
    "2",
    "1",
    "1",
    "2",
    "5",
    "12",
    "",
    "",
    "",
    "",
    "",
    "b",
    "b",
    "b",
    "6",
    "b",
    "1",
    "3M",
    "900k",
    "",
    "",
    "",
    "",
    "2",
    "1",
    "50",
    "",
    "b",
    "",
    "",
    "3",
    "compare 1.5",
    "compare 999",
    "c",
    "n",
    "y",
    "fit",
    "7",
    "keep first",
    "b",
    "e",
    "4",
    "1",
    "",
    "p",
    "compare 0 1",
    "rename 1 second",
    "u",
    "delete 1",
    "u",
    "compare 1",
    "delete 9",
    "1",
    "u",
    "redo",
    "s",
    "nowhere/at/all.md",
    "",
    "3",
    "s",
    "r.html",
    "for the accountant",
    "s",
    "r.html",
    "",
    "1",
    "u",
    "q",
    "2",
];

/// What they must find behind the doors.
const TOLD: [&str; 18] = [
    "Type a number from 1 to 6.",
    "That week comes to 1,572,480 tokens sent",
    "What if it were 1.50 times your month: 4.50M sent, 1.35M written.",
    "Type a multiple from 0 to 100 after it: compare 1.5",
    "Fit needs your logs",
    "Compared, in this order: now; first.",
    "  Recommended: now Pro; first Hybrid.",
    "Renamed. u takes it back.",
    "It has its old name.",
    "Deleted. u brings it back.",
    "It is back.",
    "Type 2 to 4 numbers after it: compare 0 1",
    "Type number 1: only one is kept.",
    "Opened. u brings your own answers back.",
    "Redone: Scenario first",
    "/nowhere/at' does not exist.",
    "Keep both: the new one becomes r-2",
    "r-2.html'",
];

/// A session that goes through every door, and asks for help and for the reason at every prompt.
#[test]
#[cfg(target_os = "linux")]
fn a_whole_session_is_lines_of_80_columns_without_a_single_escape() {
    let mut input = String::new();
    for answer in ANSWERS {
        for line in ["?", "w", answer] {
            // A path and a note take every text but the shortest commands.
            let _ = writeln!(input, "{line}");
        }
    }
    for (input, helps) in [(input, true), (ANSWERS.join("\n") + "\n", false)] {
        // A home of its own each: scenarios are kept, and answers for the next start.
        let home = tempfile::tempdir().unwrap();
        let ran = piped(home.path(), &["--plain"], &input);
        let out = String::from_utf8(ran.stdout).unwrap();
        assert_eq!((ran.status.code(), ran.stderr.len()), (Some(0), 0), "{out}");
        let odd = |letter: char| letter.is_control() && letter != '\n';
        assert!(!out.contains(odd), "{out:?}");
        for line in out.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        assert_eq!(out.contains("Here you answer a question"), helps);
        assert_eq!(out.contains("Points count for Pro or for the API"), helps);
        if helps {
            continue;
        }
        for part in TOLD {
            assert!(out.contains(part), "'{part}': {out}");
        }
        let page = home.path().join("data/planwise/reports/r.html");
        assert!(fs::read_to_string(page).unwrap().contains("for the accountant"));
    }
}
