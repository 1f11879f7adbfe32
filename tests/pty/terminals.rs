//! Other kinds of terminals, and the programs that stand between a terminal and the wizard.

use std::collections::BTreeSet;
use std::num::NonZeroU16;
use std::time::{Duration, Instant};

use vt100::{Callbacks, Parser};

use super::at_hand::at_hand;
use super::*;

/// The sequences that a terminal does not know, and letters that stand for them.
#[derive(Default)]
struct Unknown(BTreeSet<String>);

impl Callbacks for Unknown {
    fn unhandled_char(&mut self, _: &mut Screen, letter: char) {
        self.0.insert(format!("letter {letter:?}"));
    }

    fn unhandled_control(&mut self, _: &mut Screen, byte: u8) {
        self.0.insert(format!("control {byte}"));
    }

    fn unhandled_escape(&mut self, _: &mut Screen, i1: Option<u8>, _: Option<u8>, byte: u8) {
        self.0.insert(format!("escape {i1:?} {}", char::from(byte)));
    }

    fn unhandled_csi(
        &mut self,
        _: &mut Screen,
        i1: Option<u8>,
        _: Option<u8>,
        parameters: &[&[u16]],
        letter: char,
    ) {
        let lead = i1.map_or(' ', char::from);
        let numbers: Vec<u16> = parameters.iter().flat_map(|list| list.iter().copied()).collect();
        self.0.insert(format!("csi{lead}{numbers:?}{letter}"));
    }

    fn unhandled_osc(&mut self, _: &mut Screen, parameters: &[&[u8]]) {
        self.0.insert(format!("osc {:?}", parameters.first()));
    }
}

/// What a parser of a real terminal does not know of this output.
fn unknown(raw: &[u8]) -> BTreeSet<String> {
    let cells = |count| NonZeroU16::new(count).unwrap();
    let mut parser = Parser::new_with_callbacks(cells(40), cells(120), 0, Unknown::default());
    parser.process(raw);
    std::mem::take(&mut parser.callbacks_mut().0)
}

#[test]
fn every_kind_of_terminal_is_started_answered_resized_and_left() {
    for term in ["linux", "vt100", "xterm-256color", "screen", "tmux-256color", "unheard-of"] {
        let home = home();
        let mut command = wizard(home.path(), &[]);
        command.env("TERM", term);
        let mut terminal = Pty::start(command, USUAL);
        begin(&mut terminal);
        answer(&mut terminal, 1, "1");
        answer(&mut terminal, 2, "2");
        terminal.wait_for("Step 3 of 10");
        terminal.resize(120, 40);
        terminal.wait("the wide pane", |screen| {
            let text = screen.contents();
            text.contains("Step 3 of 10") && text.contains("not chances")
        });
        terminal.resize(80, 24);
        terminal.wait("the usual pane", |screen| {
            screen.rows(0, 80).nth(23).is_some_and(|row| row.contains("? help"))
        });
        // Half of a sequence that is not known would stand on the screen as letters.
        let text = terminal.text();
        for garbage in ["[?", "2026", ";1H", "[0m", "[39m", "[m"] {
            let text = text.replace("Prices 2026-11-20. Verify.", "");
            assert!(!text.contains(garbage), "{term}: {garbage} in {text}");
        }
        let has_eighths = text.contains(|letter| ('▉'..='▏').contains(&letter));
        assert_eq!(has_eighths, term != "linux", "{term}: {text}");
        terminal.send("q");
        let left = terminal.finish();
        assert_eq!(left.code, Some(0), "{term}");
        assert_restored(&left);
        assert!(farewell(&left).contains("Your answers are kept"), "{term}");
        // Of all that is written only these may be unknown, and every terminal passes over them
        // where it does not know them: the marks around a frame, an older way to tell the mouse
        // (turned off only), and the usual colour of underlines among other styles.
        let known: BTreeSet<String> =
            ["csi?[2026]h", "csi?[2026]l", "csi?[1015]l", "csi [59]m"].map(str::to_owned).into();
        let unknown = unknown(&left.raw);
        assert!(unknown.is_subset(&known), "{term}: {unknown:?}");
    }
}

/// A server of tmux that ends with the test.
struct Tmux<'a>(&'a Path);

impl Tmux<'_> {
    fn run(&self, args: &[&str]) -> String {
        let mut command = Command::new("tmux");
        command.env_clear().env("HOME", self.0).env("TMUX_TMPDIR", self.0);
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin").env("LANG", "C.UTF-8");
        for folder in ["CONFIG", "STATE", "DATA"] {
            let place = self.0.join(folder.to_lowercase());
            command.env(format!("XDG_{folder}_HOME"), place);
        }
        command.env("TZ", "UTC").env("SOURCE_DATE_EPOCH", "1795356300");
        let ran =
            command.args(["-u", "-L", "test", "-f", "/dev/null"]).args(args).output().unwrap();
        assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    }

    /// What stands in the pane once it is as wanted.
    fn wait(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            let shown = self.run(&["capture-pane", "-p"]);
            if wanted(&shown) {
                return shown;
            }
            assert!(Instant::now() < deadline, "never saw {what}:\n{shown}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn keys(&self, keys: &[&str]) {
        let mut args = vec!["send-keys"];
        args.extend(keys);
        self.run(&args);
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        let mut command = Command::new("tmux");
        command.env("TMUX_TMPDIR", self.0).args(["-L", "test", "kill-server"]);
        let _ = command.output();
    }
}

#[test]
fn inside_tmux_the_pane_shows_what_it_should_and_is_given_back() {
    if at_hand(&["tmux"]).is_none() {
        return;
    }
    let home = home();
    let tmux = Tmux(home.path());
    tmux.run(&["new-session", "-d", "-x", "80", "-y", "24", "PS1='ready> ' exec sh -i"]);
    tmux.wait("the shell", |text| text.contains("ready>"));
    tmux.keys(&["-l", &format!("'{PROGRAM}'; echo code $?")]);
    tmux.keys(&["Enter"]);
    tmux.wait("the first screen", |text| text.contains("> Start"));
    tmux.keys(&["Enter"]);
    tmux.wait("question 1", |text| text.contains("Step 1 of 10"));
    tmux.keys(&["1", "Enter"]);
    let shown = tmux.wait("question 2", |text| text.contains("Step 2 of 10"));
    for part in ["┌─ Step 2 of 10", "├─ Still possible", "Prices 2026-11-20. Verify. ┘", "q quit"]
    {
        assert!(shown.contains(part), "{part}:\n{shown}");
    }
    let width = |line: &str| unicode_width::UnicodeWidthStr::width(line);
    assert_eq!(shown.lines().count(), 24, "{shown}");
    assert!(shown.lines().take(23).all(|line| width(line) == 80), "{shown}");
    tmux.run(&["resize-window", "-x", "120", "-y", "40"]);
    let shown = tmux.wait("the wide pane", |text| text.contains("not chances"));
    assert_eq!(shown.lines().count(), 40, "{shown}");
    tmux.run(&["resize-window", "-x", "80", "-y", "24"]);
    tmux.wait("the usual pane", |text| {
        text.lines().nth(23).is_some_and(|row| row.contains("? help"))
    });
    tmux.keys(&["q"]);
    let shown = tmux.wait("the shell again", |text| text.contains("code 0"));
    assert!(shown.contains("planwise: no result yet."), "{shown}");
    assert!(shown.contains("Your answers are kept"), "{shown}");
    assert!(!shown.contains("Question 2"), "{shown}");
    let state =
        tmux.run(&["display-message", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}"]);
    assert_eq!(state.trim(), "0 1 0");
}

#[test]
fn inside_gnu_screen_it_works_and_the_shell_comes_back() {
    let Some(program) = at_hand(&["screen"]) else { return };
    let home = home();
    let sockets = home.path().join("sockets");
    fs::create_dir(&sockets).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&sockets, fs::Permissions::from_mode(0o700)).unwrap();
    }
    fs::write(home.path().join("screenrc"), "altscreen on\nstartup_message off\n").unwrap();
    let mut command = command(program, home.path());
    command.args(["-U", "-c", "screenrc", "sh", "-i"]);
    command.env("SCREENDIR", &sockets);
    command.env("PS1", "ready> ");
    let mut terminal = Pty::start(command, USUAL);
    terminal.wait_for("ready>");
    terminal.send(&format!("'{PROGRAM}'; echo code $?"));
    terminal.send(ENTER);
    begin(&mut terminal);
    answer(&mut terminal, 1, "1");
    terminal.wait_for("Step 2 of 10");
    terminal.wait_for("Prices 2026-11-20. Verify.");
    terminal.resize(120, 40);
    terminal.wait_for("not chances");
    terminal.send("q");
    terminal.wait_for("code 0");
    terminal.wait("the lines at the end alone", |screen| {
        let text = screen.contents();
        text.contains("Your answers are kept") && !text.contains("Question 2")
    });
    terminal.send("exit");
    terminal.send(ENTER);
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
}
