//! Keys, pastes, the mouse, suspending and resizing.

use super::*;

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
    terminal.wait_for("Step 2 of 10");
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
    terminal.wait_for("Step 2 of 10");
    answer(&mut terminal, 2, "2");
    terminal.wait_for("Step 3 of 10");
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
    terminal.wait_for("Step 2 of 10");
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    let text = left.text();
    let (_, anew) = text.split_once("\x1b[2J").unwrap();
    assert!(anew.contains(" Still possible "), "{anew}");
}

#[test]
fn any_size_at_any_moment_loses_nothing() {
    let home = home();
    let mut terminal = start(home.path(), &[]);
    begin(&mut terminal);
    answer(&mut terminal, 1, "1");
    answer(&mut terminal, 2, "2");
    terminal.wait_for("Step 3 of 10");
    terminal.resize(20, 5);
    terminal.wait_for("This needs 40x12");
    for (columns, rows) in [(0, 0), (1, 1), (1, 50), (200, 1), (0, 24), (80, 0)] {
        terminal.resize(columns, rows);
    }
    terminal.resize(21, 6);
    terminal.wait_for("Terminal is 21x6.");
    terminal.resize(300, 100);
    terminal.wait("the whole of a large screen", |screen| {
        let corner = screen.rows(299, 1).nth(98).unwrap_or_default();
        screen.contents().contains("Step 3 of 10") && !corner.trim().is_empty()
    });
    terminal.resize(80, 24);
    terminal.wait("both answers", |screen| {
        let text = screen.contents();
        text.contains("Step 3 of 10") && text.contains("So far  Claude app · Moderate")
    });
    answer(&mut terminal, 3, "2");
    terminal.wait_for("Step 4 of 10");
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert_restored(&left);
}

#[test]
fn the_mouse_is_off_at_first_and_m_turns_it_on_and_off() {
    let home = home();
    let is_on = |screen: &Screen| screen.mouse_protocol_mode() != MouseProtocolMode::None;
    for (args, at_first) in [(&[][..], false), (&["--mouse"], true)] {
        let mut terminal = start(home.path(), args);
        terminal.wait_for("q quit");
        assert_eq!(terminal.sees(is_on), at_first, "{args:?}");
        for turn in 1..=3 {
            terminal.send("m");
            let wanted = (turn % 2 == 1) != at_first;
            terminal.wait("the mouse", |screen| is_on(screen) == wanted);
            terminal.wait_for(if wanted { "Mouse on." } else { "Mouse off." });
        }
        terminal.send("q");
        let left = terminal.finish();
        assert_eq!(left.code, Some(0));
        assert_restored(&left);
    }
}

#[test]
fn a_paste_goes_into_an_open_field_and_confirms_nothing() {
    let home = home();
    let mut terminal = start(home.path(), &[]);
    begin(&mut terminal);
    terminal.press("\x1b[200~2\rq\r\x1b[201~");
    terminal.wait_for("Step 1 of 10");
    for (number, option) in (1..).zip(HYBRID) {
        answer(&mut terminal, number, option);
    }
    terminal.wait_for("Your month");
    go_to(&mut terminal, "Sent to Claude");
    terminal.press("7");
    terminal.press("\x15");
    terminal.press("\x1b[200~ 2.5M \r\nq\x1b[201~");
    terminal.wait_for("= 2,500,000");
    terminal.send(ENTER);
    terminal.wait("a closed field", |screen| !screen.contents().contains("= 2,500,000"));
    terminal.wait_for("Your month");
    terminal.send(CTRL_C);
    let left = terminal.finish();
    assert_eq!(left.code, Some(130));
    let draft = fs::read_to_string(home.path().join("state/planwise/draft.json")).unwrap();
    assert!(draft.contains("\"input_tokens\":2500000"), "{draft}");
}

#[test]
fn the_release_of_a_key_does_nothing() {
    let home = home();
    let mut terminal = start(home.path(), &[]);
    begin(&mut terminal);
    terminal.wait_for("> ( ) 1");
    // Pressed, repeated and released, as terminals tell it that tell all three.
    terminal.send("\x1b[1;1:3B");
    terminal.send("\x1b[113;1:3u");
    terminal.send("\x1b[1;1:1B");
    terminal.wait_for("> ( ) 2");
    terminal.send("\x1b[1;1:3B");
    terminal.send("\x1b[1;1:2B");
    terminal.wait_for("> ( ) 3");
    terminal.send(CTRL_C);
    assert_eq!(terminal.finish().code, Some(130), "the release of q did not quit");
}

#[test]
fn resizing_in_the_middle_of_an_edit_keeps_the_field() {
    let home = home();
    let mut terminal = start(home.path(), &[]);
    answer_all(&mut terminal);
    go_to(&mut terminal, "Sent to Claude");
    terminal.send("25");
    terminal.wait_for("= 25");
    for (columns, rows) in [(120, 40), (40, 12), (20, 5), (80, 24)] {
        terminal.resize(columns, rows);
        if columns >= 40 {
            terminal.wait_for("= 25");
        } else {
            terminal.wait_for("This needs 40x12");
        }
    }
    terminal.send("k");
    terminal.wait_for("= 25,000");
    terminal.send(ENTER);
    terminal.wait("a closed field", |screen| !screen.contents().contains("= 25,000"));
    terminal.send(CTRL_C);
    assert_restored(&terminal.finish());
    let draft = fs::read_to_string(home.path().join("state/planwise/draft.json")).unwrap();
    assert!(draft.contains("\"input_tokens\":25000,"), "{draft}");
}

#[test]
fn what_is_typed_while_logs_are_read_arrives_in_order() {
    let home = home();
    // A log that takes no room on the disk and far longer to read than anyone waits.
    let log = home.path().join("a.jsonl");
    fs::write(&log, "{\"type\":\"user\",\"sessionId\":\"s\"}\n").unwrap();
    fs::File::options().write(true).open(&log).unwrap().set_len(1 << 40).unwrap();
    let mut terminal = start(home.path(), &[]);
    terminal.send("3");
    terminal.wait_for("> Use my own logs");
    terminal.send(ENTER);
    terminal.wait_for("another file or folder");
    terminal.wait_for("> Path");
    terminal.send(ENTER);
    terminal.send("a.jsonl");
    terminal.wait_for("a.jsonl");
    terminal.send(ENTER);
    terminal.wait_for("read this path");
    // The reading, back to the first screen, and three answers, all at once.
    terminal.send("\r\r1\r1\r2\r3\r");
    terminal.wait_for("Step 4 of 10");
    terminal.wait_for("Reading logs:");
    terminal.send("x");
    terminal.wait_for("Reading stopped.");
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert_restored(&left);
    let draft = fs::read_to_string(home.path().join("state/planwise/draft.json")).unwrap();
    for answer in ["\"interface\":\"chat\"", "\"session\":\"moderate\"", "\"limits\":\"often\""] {
        assert!(draft.contains(answer), "{answer}: {draft}");
    }
}
