//! What a frame writes: little, only what changed, and nothing outside of a synchronized update.

use std::collections::BTreeSet;

use super::*;

const LARGE: (u16, u16) = (120, 40);
const BEGIN: &str = "\x1b[?2026h";
const END: &str = "\x1b[?2026l";

/// What a key that moves the focus, a slider or a preview may write.
const MOST: usize = 5 * 1024;

/// What a full frame may write: a glyph takes three bytes at most (all of ours are in the first
/// plane of Unicode), and five more are left for each cell to share a cursor move (up to 9 bytes)
/// and a change of style (up to 20) with its neighbours.
const FULL_FRAME: usize = 120 * 40 * (3 + 5);

/// The wizard at the month, on a large screen.
fn at_the_month(home: &Path) -> Pty {
    let mut terminal = Pty::start(wizard(home, &[]), LARGE);
    answer_all(&mut terminal);
    terminal
}

/// The frame is one update, and its bytes.
fn frame<'a>(what: &str, written: &'a [u8]) -> &'a str {
    let text = std::str::from_utf8(written).unwrap();
    assert!(text.starts_with(BEGIN) && text.ends_with(END), "{what}: {text:?}");
    assert_eq!(text.matches(BEGIN).count(), 1, "{what}: {text:?}");
    assert_eq!(text.matches(END).count(), 1, "{what}: {text:?}");
    text
}

/// The rows, from 0, into which a frame writes letters.
fn rows_written(frame: &str) -> BTreeSet<usize> {
    let mut rows = BTreeSet::new();
    let mut row = None;
    for part in frame.split("\x1b[").skip(1) {
        let end = part.find(|letter: char| letter.is_ascii_alphabetic()).unwrap();
        let (parameters, rest) = part.split_at(end);
        if rest.starts_with('H') {
            row = parameters.split(';').next().unwrap().parse::<usize>().ok();
        }
        if rest.chars().count() > 1 {
            rows.insert(row.unwrap() - 1);
        }
    }
    rows
}

#[test]
fn a_key_that_moves_the_focus_a_slider_or_a_preview_writes_little() {
    let home = home();
    let mut terminal = Pty::start(wizard(home.path(), &[]), LARGE);
    terminal.wait_for("> Start");
    let mut most = 0;
    let mut check = |terminal: &mut Pty, where_to: &str, keys: &[&str]| {
        for key in keys {
            let before = terminal.rows();
            let written = terminal.press(key);
            let what = format!("{key:?} on {where_to}");
            let frame = frame(&what, &written);
            assert!(written.len() <= MOST, "{what} wrote {} bytes", written.len());
            most = most.max(written.len());
            let after = terminal.rows();
            let changed: BTreeSet<usize> =
                (0..before.len()).filter(|row| before.get(*row) != after.get(*row)).collect();
            let touched = rows_written(frame);
            assert!(touched.is_subset(&changed), "{what}: rows {touched:?}, changed {changed:?}");
        }
    };
    check(&mut terminal, "the first screen", &["j", "j", "k", "\t", "k"]);
    begin_at(&mut terminal);
    for (number, option) in (1..).zip(HYBRID) {
        terminal.wait_for(&format!("Step {number} of 10"));
        check(&mut terminal, &format!("question {number}"), &["j", "k", "j", "1", "2"]);
        answer(&mut terminal, number, option);
    }
    terminal.wait_for("Your month");
    check(
        &mut terminal,
        "the month",
        &["l", "l", "h", "+", "-", "\x1b[5~", "\x1b[6~", "j", "l", "j"],
    );
    check(&mut terminal, "an open field", &["2", "5", "\x7f", "\x1b"]);
    go_to(&mut terminal, "[ Continue ]");
    terminal.send(ENTER);
    terminal.wait_for("Step 10 of 10");
    check(&mut terminal, "the list of answers", &["j", "j", "k", "9"]);
    go_to(&mut terminal, "See my recommendation");
    terminal.send(ENTER);
    terminal.wait_for("your recommendation");
    terminal.press("c");
    terminal.wait_for("Compare");
    check(&mut terminal, "compare", &["l", "l", "h", "+", "\x1b"]);
    assert!(most > 500, "something was measured: {most}");
    terminal.send(CTRL_C);
    assert_restored(&terminal.finish());
}

/// Opens the first question from the first line of the first screen.
fn begin_at(terminal: &mut Pty) {
    terminal.press("\x1b[H");
    terminal.send(ENTER);
}

#[test]
fn a_change_of_screen_writes_at_most_one_full_frame() {
    let home = home();
    let mut terminal = at_the_month(home.path());
    let mut most = 0;
    // Help, why, answers, a theme, everything anew, and back.
    for key in ["?", "?", "w", "\x1b", "e", "e", "t", "t", "t", CTRL_L, "?", "\x1b"] {
        let written = terminal.press(key);
        frame(key, &written);
        assert!(written.len() <= FULL_FRAME, "{key:?} wrote {} bytes", written.len());
        most = most.max(written.len());
    }
    assert!(most > 120 * 40 / 2, "the whole screen was drawn: {most}");
    terminal.send(CTRL_C);
    assert_restored(&terminal.finish());
}

#[test]
fn nothing_is_drawn_outside_of_an_update() {
    let home = home();
    let mut terminal = at_the_month(home.path());
    for key in ["m", "m", "?", "\x1b", CTRL_L, "l", "w", "\x1b"] {
        terminal.press(key);
    }
    for (columns, rows) in [(80, 24), (40, 12), (120, 40)] {
        terminal.resize(columns, rows);
        terminal.wait("a frame of this size", |screen| {
            let corner = screen.rows(0, columns).nth(usize::from(rows) - 2);
            corner.is_some_and(|row| !row.trim().is_empty())
        });
    }
    terminal.send(CTRL_C);
    let left = terminal.finish();
    let text = left.text();
    let drawn = text.split_once(LEAVE).unwrap().0;
    let mut outside = String::new();
    for (index, part) in drawn.split(BEGIN).enumerate() {
        let rest = if index == 0 { part } else { part.split_once(END).unwrap().1 };
        outside.push_str(rest);
    }
    // Modes are all that is left: no letter, no move, nothing erased.
    for part in outside.split("\x1b[").filter(|part| !part.is_empty()) {
        let is_mode = part.starts_with('?') && part.ends_with(['h', 'l']);
        assert!(is_mode, "{part:?} outside of an update");
    }
}
