//! The wizard in a real terminal: what it shows, how it leaves, what it keeps.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the exception for tests does not reach their helpers"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::civil::Date;
use planwise::tui::run::with_terminal;
use portable_pty::CommandBuilder;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;
use tempfile::TempDir;
use vt100::{MouseProtocolMode, Screen};

#[path = "../it/common/at_hand.rs"]
mod at_hand;
mod bytes;
mod endings;
mod input;
mod logs;
mod looks;
#[path = "../it/common/pty.rs"]
mod pty;
mod random;
mod terminals;
#[path = "../it/common/tree.rs"]
mod tree;

use pty::{Left, Pty, command};

const PROGRAM: &str = env!("CARGO_BIN_EXE_planwise");
const USUAL: (u16, u16) = (80, 24);
const ENTER: &str = "\r";
const CTRL_C: &str = "\x03";
const CTRL_L: &str = "\x0c";
const CTRL_Z: &str = "\x1a";
/// Leaves the alternate screen.
const LEAVE: &str = "\x1b[?1049l";

/// The persona of the drawings: the option of each of the eight questions.
const HYBRID: [&str; 8] = ["1", "2", "2", "2", "2", "1", "1", "2"];

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn wizard(home: &Path, args: &[&str]) -> CommandBuilder {
    let mut command = command(PROGRAM, home);
    command.args(args);
    command
}

/// The wizard at its first screen.
fn start(home: &Path, args: &[&str]) -> Pty {
    let terminal = Pty::start(wizard(home, args), USUAL);
    terminal.wait_for("Claude Pro, the API, or both?");
    terminal
}

/// Goes from the first screen to the first question.
fn begin(terminal: &mut Pty) {
    terminal.wait_for("> Start");
    terminal.send(ENTER);
    terminal.wait_for("Step 1 of 10");
}

/// Answers one question and goes on.
fn answer(terminal: &mut Pty, number: usize, option: &str) {
    terminal.wait_for(&format!("Step {number} of 10"));
    terminal.send(option);
    terminal.wait_for(&format!("> (o) {option}"));
    terminal.send(ENTER);
}

/// Answers all questions, up to the month.
fn answer_all(terminal: &mut Pty) {
    begin(terminal);
    for (number, option) in (1..).zip(HYBRID) {
        answer(terminal, number, option);
    }
    terminal.wait_for("Your month");
}

/// The terminal is as it was before, and the wizard's own screen is gone.
fn assert_restored(left: &Left) {
    let screen = &left.screen;
    assert!(!screen.alternate_screen(), "still on the other screen");
    assert!(!screen.hide_cursor(), "the cursor is hidden");
    assert!(!screen.bracketed_paste(), "bracketed paste is on");
    assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
    let text = left.text();
    let updates = text.rfind("\x1b[?2026h").unwrap();
    assert!(
        text.rfind("\x1b[?2026l").is_some_and(|end| end > updates),
        "an update was never ended"
    );
    for mode in ["1000", "1002", "1003", "1006", "1015", "2004"] {
        let last = |letter: char| text.rfind(&format!("\x1b[?{mode}{letter}"));
        assert!(last('l') >= last('h'), "mode {mode} is left on");
    }
    assert!(text.contains(LEAVE));
}

/// What was printed on the normal screen after leaving.
fn farewell(left: &Left) -> String {
    let text = left.text();
    let from = text.rfind(LEAVE).unwrap() + LEAVE.len();
    text.get(from..).unwrap().to_owned()
}

/// Every file and folder below, for a message.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        found.push(entry.path());
        found.extend(below(&entry.path()));
    }
    found
}

/// The parameters of every colour that was set.
fn colours(text: &str) -> Vec<String> {
    text.split("\x1b[")
        .skip(1)
        .filter_map(|rest| rest.split_once('m'))
        .map(|(parameters, _)| parameters)
        .filter(|parameters| parameters.chars().all(|c| c.is_ascii_digit() || ";:".contains(c)))
        .flat_map(|parameters| parameters.split(';'))
        .filter(|number| {
            let number = number.split(':').next().and_then(|n| n.parse().ok());
            matches!(number, Some(30_u8..=38 | 40..=48 | 90..=97 | 100..=107))
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_first_screen_shows_and_q_leaves_it() {
    let home = home();
    let mut terminal = start(home.path(), &[]);
    terminal.wait_for("q quit");
    terminal.wait("its own screen", Screen::alternate_screen);
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert_restored(&left);
    assert_eq!(left.screen.contents().trim(), "", "nothing to say yet");
}

#[test]
fn eight_questions_lead_to_the_month_and_q_says_where_things_stand() {
    let home = home();
    let mut terminal = start(home.path(), &[]);
    answer_all(&mut terminal);
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert_restored(&left);
    let lines = farewell(&left);
    assert!(lines.contains("About $20.84 for a sample month"), "{lines}");
    assert!(lines.contains("Your answers are kept"), "{lines}");
    // On the normal screen a person reads the same.
    let screen = left.screen.contents();
    assert!(screen.contains("About $20.84 for a sample month"), "{screen}");
}

/// From the month over the check of the answers.
fn go_on_to_the_result(terminal: &mut Pty) {
    go_to(terminal, "[ Continue ]");
    terminal.send(ENTER);
    terminal.wait_for("Check");
    go_to(terminal, "See my recommendation");
    terminal.send(ENTER);
    terminal.wait_for("your recommendation");
}

/// Saves the report as the form offers it, as Markdown.
fn save_as_offered(terminal: &mut Pty) {
    terminal.send("s");
    // The wide result has a button of the form's name: only the form shows the path.
    terminal.wait_for("Full path");
    go_to(terminal, "[ Save ]");
    terminal.send(ENTER);
    terminal.wait_for("Saved");
}

#[test]
fn from_the_start_to_a_saved_report() {
    for size in [USUAL, (120, 40)] {
        let home = home();
        let mut terminal = Pty::start(wizard(home.path(), &[]), size);
        answer_all(&mut terminal);
        for (line, digits, value) in
            [("Sent to Claude", "3M", "3,000,000"), ("Written by Claude", "900k", "900,000")]
        {
            go_to(&mut terminal, line);
            terminal.send(digits);
            terminal.wait_for(&format!("= {value}"));
            terminal.send(ENTER);
            terminal.wait("a closed field", |screen| {
                !screen.contents().contains(&format!("= {value}"))
            });
        }
        go_on_to_the_result(&mut terminal);
        save_as_offered(&mut terminal);
        terminal.send("q");
        let left = terminal.finish();
        assert_eq!(left.code, Some(0));
        assert_restored(&left);
        let lines = farewell(&left);
        assert!(lines.contains("HYBRID"), "{lines}");
        assert!(lines.contains("About $24.20 a month"), "{lines}");
        assert!(lines.contains("Saved: '"), "{lines}");
        let report = home.path().join("data/planwise/reports/claude-choice-2026-11-22.md");
        let text = fs::read_to_string(&report).unwrap();
        assert!(text.contains("$24.20"), "{text}");
    }
}

/// Goes on with Tab until the place with this text is focused: it is shown in reverse.
fn go_to(terminal: &mut Pty, text: &str) {
    let is_focused = |screen: &Screen| {
        let mut rows = (0..).zip(screen.rows(0, u16::MAX));
        rows.any(|(row, line)| {
            let Some((before, _)) = line.split_once(text) else {
                return false;
            };
            let column = u16::try_from(before.chars().count()).unwrap();
            screen.cell(row, column).is_some_and(vt100::Cell::inverse)
        })
    };
    for _ in 0..30 {
        if terminal.sees(is_focused) {
            return;
        }
        let before = terminal.now();
        terminal.send("\t");
        terminal.wait("a move", |screen| screen.state_formatted() != before);
    }
    panic!("never came to '{text}'");
}

#[test]
fn colour_is_there_unless_it_is_unwanted() {
    let home = home();
    let shown = |variable: Option<&str>| {
        let mut command = wizard(home.path(), &["--no-state"]);
        if let Some(name) = variable {
            command.env(name, "1");
        }
        let mut terminal = Pty::start(command, USUAL);
        answer_all(&mut terminal);
        terminal.send("q");
        colours(&terminal.finish().text())
    };
    assert!(!shown(None).is_empty());
    assert_eq!(shown(Some("NO_COLOR")), [""; 0]);
}

#[test]
fn a_locale_without_utf_8_gets_ascii() {
    let home = home();
    let mut command = wizard(home.path(), &[]);
    command.env("LANG", "C");
    let mut terminal = Pty::start(command, USUAL);
    answer_all(&mut terminal);
    terminal.send("q");
    let left = terminal.finish();
    assert!(left.raw.is_ascii(), "{}", left.text());
}
