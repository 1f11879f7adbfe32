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

#[path = "common/pty.rs"]
mod pty;
#[path = "usage/tree.rs"]
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
    terminal.wait_for("Question 1 of 8");
}

/// Answers one question and goes on.
fn answer(terminal: &mut Pty, number: usize, option: &str) {
    terminal.wait_for(&format!("Question {number} of 8"));
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
        go_to(&mut terminal, "[ Continue ]");
        terminal.send(ENTER);
        terminal.wait_for("Check your answers");
        go_to(&mut terminal, "See my recommendation");
        terminal.send(ENTER);
        terminal.wait_for("Your recommendation");
        terminal.send("s");
        // The wide result has a button of the form's name: only the form shows the path.
        terminal.wait_for("Full path");
        go_to(&mut terminal, "[ Save ]");
        terminal.send(ENTER);
        terminal.wait_for("Saved");
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
fn ctrl_c_keeps_the_answers_and_the_next_start_goes_on() {
    let home = home();
    let mut terminal = start(home.path(), &["--mouse"]);
    begin(&mut terminal);
    answer(&mut terminal, 1, "1");
    answer(&mut terminal, 2, "2");
    terminal.wait_for("Question 3 of 8");
    terminal.wait("the mouse", |screen| {
        screen.mouse_protocol_mode() != MouseProtocolMode::None && screen.bracketed_paste()
    });
    terminal.send(CTRL_C);
    let left = terminal.finish();
    assert_eq!(left.code, Some(130));
    assert_restored(&left);
    let lines = farewell(&left);
    assert!(lines.contains("Your answers are kept"), "{lines}");

    let mut terminal = start(home.path(), &[]);
    terminal.wait_for("> Continue");
    terminal.wait_for("question 3 of 8");
    terminal.send(ENTER);
    terminal.wait_for("Question 3 of 8");
    terminal.send(CTRL_C);
    assert_eq!(terminal.finish().code, Some(130));
}

#[test]
fn the_terminal_has_its_modes_back() {
    let home = home();
    let mut shell = command("sh", home.path());
    let script = format!("stty -a >before; '{PROGRAM}'; echo \"code $?\"; stty -a >after");
    shell.args(["-c", &script]);
    for (keys, code) in [("q", "code 0"), (CTRL_C, "code 130")] {
        let mut terminal = Pty::start(shell.clone(), USUAL);
        terminal.wait_for("> ");
        terminal.send(keys);
        let left = terminal.finish();
        assert!(farewell(&left).contains(code), "{}", farewell(&left));
        let modes = |name: &str| fs::read_to_string(home.path().join(name)).unwrap();
        assert!(modes("before").contains(" icanon"), "{}", modes("before"));
        assert_eq!(modes("before"), modes("after"), "{code}");
    }
}

#[test]
fn a_signal_ends_it_in_order() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let home = home();
        let mut terminal = start(home.path(), &["--mouse"]);
        begin(&mut terminal);
        answer(&mut terminal, 1, "1");
        terminal.wait_for("Question 2 of 8");
        terminal.signal(signal);
        let left = terminal.finish();
        assert_eq!(left.code, Some(code), "SIG{signal}");
        assert_restored(&left);
        let lines = farewell(&left);
        assert!(lines.contains("Your answers are kept"), "{lines}");
    }
}

#[test]
fn closing_the_window_ends_it_and_keeps_the_answers() {
    let home = home();
    let mut terminal = start(home.path(), &[]);
    begin(&mut terminal);
    answer(&mut terminal, 1, "1");
    terminal.wait_for("Question 2 of 8");
    assert_eq!(terminal.hang_up(), Some(129));
    start(home.path(), &[]).wait_for("> Continue");
}

/// The variable that lets the test below do its part.
const PANICS: &str = "PLANWISE_TEST_PANICS";

#[test]
#[ignore = "run by 'a_panic_gives_the_terminal_back' in a terminal of its own"]
fn panic_in_the_terminal() {
    if std::env::var_os(PANICS).is_some() {
        let _: io::Result<()> = with_terminal(true, |terminal| {
            terminal.draw(|frame| frame.render_widget("before the fault", frame.area()))?;
            panic!("a fault in the middle");
        });
    }
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let home = home();
    let mut child = command(std::env::current_exe().unwrap(), home.path());
    child.args(["--ignored", "--exact", "--nocapture", "panic_in_the_terminal"]);
    child.env(PANICS, "1");
    let left = Pty::start(child, USUAL).finish();
    assert_eq!(left.code, Some(101), "{}", left.text());
    assert!(!left.screen.alternate_screen() && !left.screen.hide_cursor());
    assert!(!left.screen.bracketed_paste());
    assert_eq!(left.screen.mouse_protocol_mode(), MouseProtocolMode::None);
    let text = left.text();
    assert!(text.contains("before"), "nothing was drawn: {text}");
    let message = text.rfind("a fault in the middle").unwrap();
    assert!(message > text.find(LEAVE).unwrap(), "hidden with the screen");
    let shown = left.screen.contents();
    assert!(shown.contains("a fault in the middle"), "{shown}");
}

#[test]
fn it_can_be_suspended_and_comes_back() {
    let home = home();
    let mut shell = command("sh", home.path());
    shell.arg("-i");
    shell.env("PS1", "ready> ");
    let mut terminal = Pty::start(shell, USUAL);
    terminal.wait_for("ready>");
    terminal.send(&format!("{PROGRAM}; echo code $?"));
    terminal.send(ENTER);
    begin(&mut terminal);
    answer(&mut terminal, 1, "1");
    terminal.wait_for("Question 2 of 8");
    terminal.send(CTRL_Z);
    terminal.wait("the shell", |screen| {
        let text = screen.contents();
        !screen.alternate_screen()
            && text.contains("planwise is paused: fg brings it back (undo is u)")
            && text.trim_end().ends_with("ready>")
    });
    terminal.send("fg");
    terminal.send(ENTER);
    terminal.wait_for("Back again. Nothing was lost.");
    terminal.wait_for("Question 2 of 8");
    answer(&mut terminal, 2, "2");
    terminal.wait_for("Question 3 of 8");
    terminal.send("q");
    terminal.wait("the shell", |screen| {
        let text = screen.contents();
        !screen.alternate_screen()
            && text.contains("Your answers are kept")
            && text.trim_end().ends_with("ready>")
    });
    terminal.send("exit 0");
    terminal.send(ENTER);
    assert_restored(&terminal.finish());
}

#[test]
fn ctrl_l_draws_everything_anew() {
    let home = home();
    let mut terminal = start(home.path(), &[]);
    begin(&mut terminal);
    terminal.send(CTRL_L);
    terminal.send(ENTER);
    terminal.wait_for("Question 2 of 8");
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    let text = left.text();
    let (_, anew) = text.split_once("\x1b[2J").unwrap();
    assert!(anew.contains(" Where you land "), "{anew}");
}

#[test]
fn any_size_at_any_moment_loses_nothing() {
    let home = home();
    let mut terminal = start(home.path(), &[]);
    begin(&mut terminal);
    answer(&mut terminal, 1, "1");
    answer(&mut terminal, 2, "2");
    terminal.wait_for("Question 3 of 8");
    terminal.resize(20, 5);
    terminal.wait_for("Terminal is 20x5.");
    for (columns, rows) in [(0, 0), (1, 1), (1, 50), (200, 1), (0, 24), (80, 0)] {
        terminal.resize(columns, rows);
    }
    terminal.resize(21, 6);
    terminal.wait_for("Terminal is 21x6.");
    terminal.resize(300, 100);
    terminal.wait("the whole of a large screen", |screen| {
        let corner = screen.rows(299, 1).nth(98).unwrap_or_default();
        screen.contents().contains("Question 3 of 8") && !corner.trim().is_empty()
    });
    terminal.resize(80, 24);
    terminal.wait("both answers", |screen| {
        let text = screen.contents();
        text.contains("Question 3 of 8") && text.contains("So far  Claude app · Moderate")
    });
    answer(&mut terminal, 3, "2");
    terminal.wait_for("Question 4 of 8");
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert_restored(&left);
}

#[test]
fn without_a_terminal_it_says_what_to_do() {
    let home = home();
    let output =
        Command::new(PROGRAM).env("HOME", home.path()).stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("planwise decide"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");

    for redirected in ["</dev/null", ">out", "| cat"] {
        let mut shell = command("sh", home.path());
        let script = format!("'{PROGRAM}' {redirected}");
        shell.args(["-c", &script]);
        let left = Pty::start(shell, USUAL).finish();
        assert_eq!(left.text().matches("planwise decide").count(), 1);
        assert!(!left.text().contains('\x1b'), "{}", left.text());
    }
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

#[test]
fn two_at_once_share_one_draft() {
    let home = home();
    let mut both = [start(home.path(), &[]), start(home.path(), &[])];
    for terminal in &mut both {
        begin(terminal);
    }
    for (number, option) in (1..).zip(HYBRID) {
        for terminal in &mut both {
            answer(terminal, number, option);
        }
    }
    for mut terminal in both {
        terminal.wait_for("Your month");
        terminal.send("q");
        let left = terminal.finish();
        assert_eq!(left.code, Some(0));
        assert_restored(&left);
    }
    start(home.path(), &[]).wait_for("> Continue");
}

#[test]
fn no_state_leaves_nothing_behind() {
    let home = home();
    let mut terminal = start(home.path(), &["--no-state"]);
    answer_all(&mut terminal);
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    let lines = farewell(&left);
    assert!(lines.contains("Nothing was saved."), "{lines}");
    assert_eq!(below(home.path()), Vec::<PathBuf>::new());
}

#[test]
fn answers_that_cannot_be_kept_are_said_and_stop_nothing() {
    let home = home();
    // A file where the folder should be.
    fs::write(home.path().join("state"), "").unwrap();
    let mut terminal = start(home.path(), &[]);
    begin(&mut terminal);
    terminal.send("1");
    terminal.wait_for("! Not kept");
    terminal.send(ENTER);
    for (number, option) in (2..).zip(HYBRID.into_iter().skip(1)) {
        answer(&mut terminal, number, option);
    }
    terminal.wait_for("Your month");
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert_restored(&left);
    let lines = farewell(&left);
    assert!(lines.contains("Your answers are not kept: cannot save into"), "{lines}");
}

#[test]
fn kept_answers_outlive_the_price_list_they_were_made_with() {
    let home = home();
    let folder = home.path().join("state/planwise");
    fs::create_dir_all(&folder).unwrap();
    let draft = r#"{"answers": {"interface": "chat", "session": "moderate"},
        "usage": {"input_tokens": 7, "output_tokens": 8, "model": "my-own-model"}}"#;
    fs::write(folder.join("draft.json"), draft).unwrap();
    let mut terminal = start(home.path(), &[]);
    terminal.wait_for("! Kept model left out");
    terminal.send(ENTER);
    terminal.wait_for("Question 3 of 8");
    terminal.send("q");
    assert_eq!(terminal.finish().code, Some(0));
}

#[test]
fn a_full_disk_is_said_and_stops_nothing() {
    let home = home();
    // No file may grow: writing fails as on a full disk.
    let mut shell = command("sh", home.path());
    let script = format!("trap '' XFSZ; ulimit -f 0; exec '{PROGRAM}'");
    shell.args(["-c", &script]);
    let mut terminal = Pty::start(shell, USUAL);
    begin(&mut terminal);
    terminal.send("1");
    terminal.wait_for("! Not kept");
    terminal.send(ENTER);
    answer(&mut terminal, 2, "2");
    terminal.wait_for("Question 3 of 8");
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    let lines = farewell(&left);
    assert!(lines.contains("Your answers are not kept"), "{lines}");
}

/// The first and the last day with a response of a tree, and the days between, both counted.
fn days_of(tree: &Path) -> (Date, Date, u64) {
    let mut days: Vec<Date> = below(tree)
        .into_iter()
        .filter(|path| path.is_file())
        .flat_map(|path| {
            let text = fs::read_to_string(path).unwrap();
            let lines: Vec<Value> =
                text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            lines
        })
        .filter(|line| line["type"] == "assistant" && line["isApiErrorMessage"] != true)
        .map(|line| {
            let time: jiff::Timestamp = line["timestamp"].as_str().unwrap().parse().unwrap();
            time.to_zoned(jiff::tz::TimeZone::UTC).date()
        })
        .collect();
    days.sort_unstable();
    let (first, last) = (days[0], days[days.len() - 1]);
    let span = last.duration_since(first).as_hours() / 24;
    (first, last, u64::try_from(span).unwrap() + 1)
}

#[test]
fn the_report_of_ones_own_logs_has_the_volumes_of_the_logs() {
    let home = home();
    let root = home.path().join("config/claude");
    let expected = tree::write(&root, 600_000);
    let before = below(&root);
    let (first, last, days) = days_of(&root);
    let sum = |class: usize| -> Decimal {
        expected.models.values().map(|sums| Decimal::from(sums[class])).sum()
    };
    let month = |tokens: Decimal| {
        let scaled = tokens * Decimal::from(365) / Decimal::from(12 * days);
        scaled.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven).to_string()
    };

    let mut terminal = start(home.path(), &[]);
    terminal.send("3");
    terminal.wait_for("> Use my own logs");
    terminal.send(ENTER);
    terminal.wait_for("> Start    read the usual places");
    terminal.send(ENTER);
    terminal.wait_for("[ Use it ]");
    terminal.wait_for(&format!("{days} days, {first} to {last}."));
    terminal.send(ENTER);
    // The logs do not say how Claude Code is signed in; the next three questions they answer.
    answer(&mut terminal, 1, "1");
    for number in 2..=4 {
        terminal.wait_for(&format!("Question {number} of 8"));
        terminal.wait_for("(from your usage)");
        terminal.wait_for("Your logs: ");
        terminal.send(ENTER);
    }
    for (number, option) in (5..).zip(["2", "1", "2", "2"]) {
        answer(&mut terminal, number, option);
    }
    terminal.wait_for("of logs scaled to a month");
    for _ in 0..7 {
        terminal.send("j");
    }
    terminal.send(ENTER);
    terminal.wait_for("Check your answers");
    terminal.send(ENTER);
    terminal.wait_for("from your own logs");
    terminal.send("s");
    terminal.wait_for("Save the report");
    // Format: all.
    terminal.send("\x1b[C");
    terminal.send("\x1b[C");
    terminal.send("\x1b[C");
    terminal.wait_for("(o) all");
    for _ in 0..4 {
        terminal.send("\t");
    }
    terminal.send(ENTER);
    terminal.wait_for("Saved: ");
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert_restored(&left);

    let saved = home.path().join("data/planwise/reports/claude-choice-2026-11-22.json");
    let report: Value = serde_json::from_str(&fs::read_to_string(&saved).unwrap()).unwrap();
    let usage = &report["usage"];
    let input = sum(1) + sum(3) + sum(4) + sum(5);
    assert_eq!(usage["input_tokens"].to_string(), month(input));
    assert_eq!(usage["output_tokens"].to_string(), month(sum(2)));
    let share = |tokens: Decimal| {
        let share = tokens * Decimal::ONE_HUNDRED / input;
        share.round_dp_with_strategy(4, RoundingStrategy::MidpointNearestEven).normalize()
    };
    let printed =
        |field: &str| -> Decimal { usage[field].to_string().trim_matches('"').parse().unwrap() };
    assert_eq!(printed("cache_read_pct"), share(sum(5)));
    assert_eq!(printed("cache_write_pct"), share(sum(3)));
    assert_eq!(printed("cache_write_1h_pct"), share(sum(4)));
    assert_eq!(usage["confidence"], "measured");
    let measured = &usage["measured"];
    assert_eq!(measured["responses"], expected.responses);
    assert_eq!(measured["days"], days);
    assert_eq!(measured["limits"]["hits"], expected.hits);
    let origins: Vec<&str> = ["interface", "session", "limits", "automation", "billing"]
        .map(|question| report["answer_origin"][question].as_str().unwrap())
        .to_vec();
    assert_eq!(origins, ["user", "usage", "usage", "usage", "user"]);
    assert_eq!(report["answers"]["limits"], "unknown", "the plan is not known");

    let text = fs::read_to_string(saved.with_extension("md")).unwrap();
    assert!(text.contains("| Read from | Claude Code logs |"), "{text}");
    assert!(text.contains(&format!("{days} days, {first} to {last} (UTC)")), "{text}");
    let home_path = home.path().to_string_lossy().into_owned();
    for secret in [home_path.as_str(), "project0", "session-1", ".jsonl", "the usage of input"] {
        assert!(!text.contains(secret) && !report.to_string().contains(secret), "{secret}");
    }
    assert_eq!(below(&root), before, "nothing is written beside the logs");
}

/// A report saved in one run is held against the logs in a later one.
#[test]
fn the_report_saved_last_is_held_against_ones_own_logs() {
    let home = home();
    let mut terminal = start(home.path(), &[]);
    answer_all(&mut terminal);
    go_to(&mut terminal, "[ Continue ]");
    terminal.send(ENTER);
    terminal.wait_for("Check your answers");
    go_to(&mut terminal, "See my recommendation");
    terminal.send(ENTER);
    terminal.wait_for("Your recommendation");
    terminal.send("s");
    terminal.wait_for("Full path");
    // As Markdown, which is what most people save: the report is remembered all the same.
    go_to(&mut terminal, "[ Save ]");
    terminal.send(ENTER);
    terminal.wait_for("Saved");
    terminal.send("q");
    assert_eq!(terminal.finish().code, Some(0));
    let kept = home.path().join("state/planwise/report.json");
    // As if it had been made a month ago.
    let report = fs::read_to_string(&kept).unwrap();
    fs::write(&kept, report.replacen("2026-11-22T", "2026-10-22T", 1)).unwrap();
    let root = home.path().join("config/claude");
    tree::write(&root, 600_000);
    let before = below(&root);
    let command = |args: &[&str]| {
        let output = Command::new(PROGRAM)
            .args(args)
            .env_clear()
            .env("HOME", home.path())
            .env("TZ", "UTC")
            .env("SOURCE_DATE_EPOCH", "1795356300")
            .output()
            .unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let (kept, logs) = (kept.to_str().unwrap(), root.to_str().unwrap());
    let expected = command(&["replay", kept, "--usage", logs, "--format", "json"]);
    let actual = &expected["actual"];

    let terminal_size = (120, 40);
    let mut terminal = Pty::start(wizard(home.path(), &[]), terminal_size);
    terminal.wait_for("of 2026-10-22: how did it turn out?");
    terminal.send("4");
    terminal.wait_for("> Last report");
    terminal.send(ENTER);
    terminal.wait_for("How did it turn out? 2026-10-22");
    terminal.wait_for("[ Read my logs ]");
    terminal.send(ENTER);
    terminal.wait_for("What you really used since 2026-10-22");
    let responses = actual["responses"].as_u64().unwrap();
    terminal.wait_for(&format!("{} days covered, {responses} responses", actual["days"]));
    let really = actual["month"]["actual"]["output_tokens"].as_u64().unwrap();
    terminal.wait_for(&planwise::number::grouped(really));
    let usd: Decimal =
        actual["month"]["actual"]["api_equivalent_usd"].as_str().unwrap().parse().unwrap();
    terminal.wait_for(&planwise::number::usd(usd));
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert_restored(&left);
    assert_eq!(below(&root), before, "nothing is written beside the logs");

    // Forgotten with the answers, and never remembered without leave.
    let mut terminal = start(home.path(), &["--no-state"]);
    terminal.send("r");
    terminal.wait_for("No saved report is remembered yet.");
    terminal.send("q");
    terminal.finish();
}

#[test]
fn leaving_while_logs_are_read_is_immediate() {
    let home = home();
    tree::write(&home.path().join("config/claude"), 30_000_000);
    let mut terminal = start(home.path(), &[]);
    terminal.send("3");
    terminal.wait_for("> Use my own logs");
    terminal.send(ENTER);
    terminal.wait_for("> Start    read the usual places");
    // Without waiting for the end of the reading.
    terminal.send(ENTER);
    terminal.send(CTRL_C);
    let left = terminal.finish();
    assert_eq!(left.code, Some(130));
    assert_restored(&left);
}

#[test]
fn a_long_reading_shows_its_progress_and_ctrl_c_ends_it() {
    let home = home();
    // A log that takes no room on the disk and far longer to read than anyone waits.
    let log = home.path().join("a.jsonl");
    fs::write(&log, "{\"type\":\"user\",\"sessionId\":\"s\"}\n").unwrap();
    fs::File::options().write(true).open(&log).unwrap().set_len(1 << 40).unwrap();
    let mut terminal = Pty::start(wizard(home.path(), &["usage", "a.jsonl"]), USUAL);
    terminal.wait_for(" of 1048576 MiB");
    assert!(terminal.sees(|screen| screen.contents().starts_with("Reading: ")));
    terminal.send(CTRL_C);
    let left = terminal.finish();
    assert_eq!(left.code, Some(130));
    let lines: Vec<String> = left.screen.rows(0, 80).collect();
    let shown: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|l| !l.is_empty()).collect();
    let last = shown.last().copied().unwrap_or_default();
    assert_eq!(last, "planwise: interrupted; nothing was written");
    assert!(!left.text().contains("On the API"), "a result was printed");
}
