//! How it ends: signals, closed windows, faults, full disks; and what is kept then.

use super::*;

#[test]
fn ctrl_c_keeps_the_answers_and_the_next_start_goes_on() {
    let home = home();
    let mut terminal = start(home.path(), &["--mouse"]);
    begin(&mut terminal);
    answer(&mut terminal, 1, "1");
    answer(&mut terminal, 2, "2");
    terminal.wait_for("Step 3 of 10");
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
    terminal.wait_for("Step 3 of 10");
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
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let home = home();
        let mut terminal = start(home.path(), &["--mouse"]);
        begin(&mut terminal);
        answer(&mut terminal, 1, "1");
        terminal.wait_for("Step 2 of 10");
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
    terminal.wait_for("Step 2 of 10");
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
            // A fault in a thread that only helps is no end: the screen stays.
            let helper = std::thread::Builder::new().spawn(|| panic!("a fault of a helper"));
            assert!(helper.unwrap().join().is_err());
            terminal.draw(|frame| frame.render_widget("before the fault", frame.area()))?;
            panic!("a fault in the middle");
        });
    }
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let home = home();
    let mut child = command(std::env::current_exe().unwrap(), home.path());
    child.args(["--ignored", "--exact", "--nocapture", "endings::panic_in_the_terminal"]);
    child.env(PANICS, "1");
    let left = Pty::start(child, USUAL).finish();
    assert_eq!(left.code, Some(101), "{}", left.text());
    assert!(!left.screen.alternate_screen() && !left.screen.hide_cursor());
    assert!(!left.screen.bracketed_paste());
    assert_eq!(left.screen.mouse_protocol_mode(), MouseProtocolMode::None);
    let text = left.text();
    let drawn = text.find("before").unwrap();
    assert!(drawn < text.find(LEAVE).unwrap(), "the fault of a helper took the screen: {text}");
    assert!(!text.contains("a fault of a helper"), "{text}");
    let message = text.rfind("a fault in the middle").unwrap();
    assert!(message > text.find(LEAVE).unwrap(), "hidden with the screen");
    let shown = left.screen.contents();
    assert!(shown.contains("a fault in the middle"), "{shown}");
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
    assert!(lines.contains("Your answers are not kept: a file is in the way of"), "{lines}");
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
    terminal.wait_for("Step 3 of 10");
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
    terminal.wait_for("Step 3 of 10");
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    let lines = farewell(&left);
    assert!(lines.contains("Your answers are not kept"), "{lines}");
}

#[test]
fn a_terminal_that_claims_any_size_is_drawn_on_as_far_as_it_makes_sense() {
    let home = home();
    let mut terminal = start(home.path(), &[]);
    begin(&mut terminal);
    // The emulator of the tests stays small: it is the program that must not run out of memory.
    terminal.claim(u16::MAX, u16::MAX);
    terminal.send("2");
    terminal.send(ENTER);
    terminal.claim(USUAL.0, USUAL.1);
    terminal.wait_for("Step 2 of 10");
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert_restored(&left);
}
