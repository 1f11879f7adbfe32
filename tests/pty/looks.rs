//! Colours and characters as flags and environment want them, in a real pseudo-terminal.

use std::fs;

use crate::pty::{Pty, command};
use tempfile::TempDir;

/// What a run was given: flags, variables, and the lines of its settings.
#[derive(Default)]
struct Given<'a> {
    flags: &'a [&'a str],
    variables: &'a [(&'a str, &'a str)],
    settings: &'a str,
}

/// What the first screen was drawn with.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    has_colour: bool,
    has_eighths: bool,
    is_ascii: bool,
}

const FULL: Seen = Seen { has_colour: true, has_eighths: true, is_ascii: false };
const PLAIN: Seen = Seen { has_eighths: false, ..FULL };
const ASCII: Seen = Seen { is_ascii: true, ..PLAIN };
const COLOURLESS: Seen = Seen { has_colour: false, ..FULL };

fn seen(given: &Given<'_>) -> Seen {
    let home = TempDir::new().unwrap();
    if !given.settings.is_empty() {
        let folder = home.path().join("config/planwise");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("config.toml"), given.settings).unwrap();
    }
    let mut program = command(env!("CARGO_BIN_EXE_planwise"), home.path());
    program.args(given.flags);
    for (name, value) in given.variables {
        program.env(name, value);
    }
    let mut terminal = Pty::start(program, (80, 24));
    terminal.wait_for("Quick check");
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    let text = left.text();
    Seen {
        has_colour: has_colour(&text),
        has_eighths: text.contains(|letter| ('▉'..='▏').contains(&letter)),
        is_ascii: text.is_ascii(),
    }
}

/// Whether a sequence sets a foreground or a background other than the terminal's own.
fn has_colour(text: &str) -> bool {
    text.split("\u{1b}[").skip(1).any(|rest| {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != ';');
        let (numbers, after) = rest.split_at(end.unwrap_or(rest.len()));
        after.starts_with('m')
            && numbers.split(';').any(|number| {
                let number = number.parse().unwrap_or(0);
                matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107)
            })
    })
}

#[test]
fn no_color_takes_the_colour_and_empty_it_does_not() {
    let with = |variables: &[(&str, &str)]| seen(&Given { variables, ..Given::default() });
    assert_eq!(with(&[]), FULL);
    assert_eq!(with(&[("NO_COLOR", "1")]), COLOURLESS);
    assert_eq!(with(&[("NO_COLOR", "0")]), COLOURLESS);
    assert_eq!(with(&[("NO_COLOR", "")]), FULL);
    assert_eq!(with(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]), COLOURLESS);
}

#[test]
fn clicolor_force_beats_the_settings_and_a_flag_beats_both() {
    let settings = "color = \"never\"\n";
    let with = |flags: &[&str], variables: &[(&str, &str)]| {
        seen(&Given { flags, variables, settings }).has_colour
    };
    assert!(!with(&[], &[]));
    assert!(with(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!with(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!with(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(with(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!with(&["--color", "auto"], &[("NO_COLOR", "1")]));
}

#[test]
fn the_themes_without_colour_set_none() {
    for theme in ["contrast", "mono"] {
        let flags = ["--theme", theme];
        assert_eq!(seen(&Given { flags: &flags, ..Given::default() }), COLOURLESS, "{theme}");
    }
}

#[test]
fn the_characters_are_those_that_the_terminal_has_or_that_were_asked_for() {
    let with = |flags: &[&str], variables: &[(&str, &str)]| {
        seen(&Given { flags, variables, ..Given::default() })
    };
    assert_eq!(with(&["--ascii"], &[]), ASCII);
    assert_eq!(with(&["--glyphs", "ascii"], &[]), ASCII);
    assert_eq!(with(&["--glyphs", "plain"], &[]), PLAIN);
    assert_eq!(with(&[], &[("TERM", "linux")]), PLAIN);
    assert_eq!(with(&[], &[("LANG", "C")]), ASCII);
    assert_eq!(with(&[], &[("LANG", "POSIX")]), ASCII);
    assert_eq!(with(&[], &[("LANG", "")]), ASCII);
    assert_eq!(with(&[], &[("LC_ALL", "C")]), ASCII);
    assert_eq!(with(&[], &[("LC_ALL", ""), ("LC_CTYPE", "en_US.utf8"), ("LANG", "C")]), FULL);
    assert_eq!(with(&["--glyphs", "full"], &[("LANG", "C")]), FULL);
}
