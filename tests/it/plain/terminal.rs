//! The wizard in lines in a real terminal.

use std::fs;

use super::*;
use crate::common::pty::{Pty, command};

pub(crate) fn start(home: &std::path::Path, args: &[&str], variables: &[(&str, &str)]) -> Pty {
    let mut command = command(env!("CARGO_BIN_EXE_planwise"), home);
    command.args(args);
    for (name, value) in variables {
        command.env(name, value);
    }
    let terminal = Pty::start(command, (80, 24));
    terminal.wait_for("A number, ? for help, q to quit. Enter is 1.");
    terminal
}

#[test]
fn a_dumb_terminal_gets_lines_and_the_report_of_the_full_screen() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = start(home.path(), &[], &[("TERM", "dumb")]);
    terminal.send("1\r");
    for (answer, number) in ["1", "2", "2", "2", "2", "1", "1", "2"].iter().zip(1..) {
        terminal.wait_for(&format!("Step {number} of 10."));
        terminal.send(&format!("{answer}\r"));
    }
    terminal.wait_for("Your month, estimate");
    for line in ["1", "3M", "900k", "", "", "", "", ""] {
        terminal.send(&format!("{line}\r"));
    }
    terminal.wait_for("Check your answers.");
    terminal.send("\r");
    terminal.wait_for("A summary of four lines");
    terminal.send("2\r");
    terminal.wait_for("Save the report.");
    terminal.send(&format!("{}\r", home.path().join("r.json").display()));
    terminal.wait_for("A note for the report?");
    terminal.send("\r");
    terminal.wait_for("Saved: ");
    terminal.send("q\r");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert!(!left.text().contains('\u{1b}'), "an escape sequence: {}", left.text());
    let saved = fs::read_to_string(home.path().join("r.json")).unwrap();
    let ranks = ["chat", "moderate", "sometimes", "some", "willing", "no", "core", "either"];
    let mut places = [0; 8];
    for (question, option) in QuestionId::ALL.into_iter().zip(ranks) {
        places[question.index()] = question.rank_of(option).unwrap();
    }
    let screen = on_the_full_screen(places, (3_000_000, 900_000), 0);
    assert_eq!(saved, json(&screen.session));
}

#[test]
fn ctrl_c_and_ctrl_d_end_it_in_order_and_the_answers_are_kept() {
    for (key, code) in [("\x03", 130), ("\x04", 0)] {
        let home = tempfile::tempdir().unwrap();
        let mut terminal = start(home.path(), &[], &[("ACCESSIBLE", "1")]);
        terminal.send("1\r");
        terminal.wait_for("Step 1 of 10.");
        terminal.send("1\r");
        terminal.wait_for("Step 2 of 10.");
        terminal.send(key);
        let left = terminal.finish();
        assert_eq!(left.code, Some(code));
        assert!(left.text().contains("Your answers are kept"), "{}", left.text());
        assert!(home.path().join("state/planwise/draft.json").exists());
    }
}

/// One's own logs taken over on the full screen, the other answers as in the lines; the JSON that
/// is saved.
pub(crate) fn logs_on_the_full_screen(home: &std::path::Path) -> String {
    let mut command = command(env!("CARGO_BIN_EXE_planwise"), home);
    command.arg("--no-state");
    let mut terminal = Pty::start(command, (80, 24));
    terminal.wait_for("> Start");
    terminal.send("3");
    terminal.wait_for("> Use my own logs");
    terminal.send("\r");
    terminal.wait_for("> Start    read the usual places");
    terminal.send("\r");
    terminal.wait_for("[ Use it ]");
    terminal.send("\r");
    for (number, option) in (1..).zip(["1", "", "", "", "2", "1", "2", "2"]) {
        terminal.wait_for(&format!("Step {number} of 10"));
        if !option.is_empty() {
            terminal.send(option);
            terminal.wait_for(&format!("> (o) {option}"));
        }
        terminal.send("\r");
    }
    terminal.wait_for("of logs scaled to an average month");
    terminal.send("jjjjjjj");
    terminal.send("\r");
    terminal.wait_for("Step 10 of 10");
    terminal.send("\r");
    terminal.wait_for("your recommendation");
    terminal.send("s");
    terminal.wait_for("Save the report");
    // The format: JSON is the third.
    terminal.send("\x1b[C");
    terminal.send("\x1b[C");
    terminal.wait_for("(o) JSON");
    terminal.send("\t\t\t\t");
    terminal.send("\r");
    terminal.wait_for("Saved: ");
    terminal.send("q");
    assert_eq!(terminal.finish().code, Some(0));
    fs::read_to_string(home.join("data/planwise/reports/claude-choice-2026-11-22.json")).unwrap()
}

#[test]
fn the_end_of_input_in_the_middle_keeps_the_draft_and_says_so() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = start(home.path(), &["--plain"], &[]);
    terminal.send("1\r");
    terminal.wait_for("Step 1 of 10.");
    terminal.send("1\r");
    terminal.wait_for("Step 2 of 10.");
    terminal.send("\x04");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert!(
        left.text().contains("Your answers are kept: planwise goes on from there."),
        "{}",
        left.text()
    );
    assert!(home.path().join("state/planwise/draft.json").exists());
}
