//! A program in a real pseudo-terminal: keys in, screen out.
//!
//! Nothing here sleeps for luck. A test waits for what it wants to see, for at most
//! `PLANWISE_TEST_SECONDS` (30 unless set), and on failure says what stood on the screen instead.
//! Send Enter by itself: two keys that arrive in one read can be taken for one sequence.

use std::io::{ErrorKind, Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::{Parser, Screen};

/// 2026-11-22, 14:05 in Greenwich.
const NOW: &str = "1795356300";

/// A program and the terminal it runs in.
pub(crate) struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Arc<Output>,
    reader: JoinHandle<()>,
}

/// What the program wrote so far.
struct Output {
    state: Mutex<Written>,
    changed: Condvar,
}

struct Written {
    parser: Parser,
    raw: Vec<u8>,
    has_ended: bool,
    /// Set to let go of the terminal at the next chance.
    lets_go: bool,
}

impl Written {
    /// Whether a frame has begun that is not complete: half of it may be on the screen.
    fn is_drawing(&self) -> bool {
        let last = |mark: &[u8]| self.raw.windows(mark.len()).rposition(|part| part == mark);
        last(b"\x1b[?2026h") > last(b"\x1b[?2026l")
    }
}

/// How a program ended and what it left.
pub(crate) struct Left {
    /// The exit code; `None` when a signal ended it.
    pub(crate) code: Option<u32>,
    /// The screen as it was left.
    pub(crate) screen: Screen,
    /// Every byte it wrote.
    pub(crate) raw: Vec<u8>,
}

impl Left {
    /// Everything it wrote, as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }
}

/// `program` at home in this folder, with none of the variables of the person who runs the test.
pub(crate) fn command(program: impl AsRef<Path>, home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(program.as_ref());
    command.env_clear();
    command.cwd(home);
    command.env("HOME", home);
    command.env("PATH", "/usr/local/bin:/usr/bin:/bin");
    for (name, folder) in
        [("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state"), ("XDG_DATA_HOME", "data")]
    {
        command.env(name, home.join(folder));
    }
    for (name, value) in
        [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("TZ", "UTC"), ("SOURCE_DATE_EPOCH", NOW)]
    {
        command.env(name, value);
    }
    command
}

/// A terminal of this many columns and rows.
pub(crate) fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, ..PtySize::default() }
}

/// A screen of no size is one of a single cell here: the emulator knows no other.
fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN)
}

fn patience() -> Duration {
    let seconds = std::env::var("PLANWISE_TEST_SECONDS").ok();
    Duration::from_secs(seconds.and_then(|text| text.parse().ok()).unwrap_or(30))
}

impl Pty {
    /// Starts a program in a new terminal.
    pub(crate) fn start(command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave); // so that the output ends with the program
        let output = Arc::new(Output {
            state: Mutex::new(Written {
                parser: Parser::new(cells(rows), cells(columns), 0),
                raw: Vec::new(),
                has_ended: false,
                lets_go: false,
            }),
            changed: Condvar::new(),
        });
        let source = pair.master.try_clone_reader().unwrap();
        let sink = Arc::clone(&output);
        Self {
            child,
            keys: pair.master.take_writer().unwrap(),
            master: pair.master,
            output,
            reader: thread::spawn(move || sink.collect(source)),
        }
    }

    /// The number of the process.
    pub(crate) fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends keys as a terminal would.
    pub(crate) fn send(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Sends keys and returns what was written up to the end of the frame that follows.
    pub(crate) fn press(&mut self, keys: &str) -> Vec<u8> {
        const COMPLETE: &[u8] = b"\x1b[?2026l";
        let from = self.output.until(|state| !state.is_drawing()).raw.len();
        self.send(keys);
        let state = self.output.until(|state| {
            let written = &state.raw[from..];
            state.has_ended
                || !state.is_drawing()
                    && written.windows(COMPLETE.len()).any(|part| part == COMPLETE)
        });
        state.raw[from..].to_vec()
    }

    /// What stands on the screen now, as text.
    pub(crate) fn text(&self) -> String {
        self.output.until(|state| !state.is_drawing()).parser.screen().contents()
    }

    /// The rows of the screen now, with every detail of each.
    pub(crate) fn rows(&self) -> Vec<String> {
        let state = self.output.until(|state| !state.is_drawing());
        state.parser.screen().rows_formatted(0, u16::MAX).collect()
    }

    /// Sends a signal by its name: `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let line = format!("kill -s {name} {}", self.id());
        let done = Command::new("sh").args(["-c", &line]).status().unwrap();
        assert!(done.success(), "{line}");
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        let mut state = self.output.state.lock().unwrap();
        state.parser.screen_mut().set_size(cells(rows), cells(columns));
        drop(state);
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// Tells the program another size than the one that is looked at.
    pub(crate) fn claim(&self, columns: u16, rows: u16) {
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// Waits until a complete frame is as wanted; `what` is for the message when it never is.
    pub(crate) fn wait(&self, what: &str, wanted: impl Fn(&Screen) -> bool) {
        let seen = self
            .output
            .until(|state| state.has_ended || !state.is_drawing() && wanted(state.parser.screen()));
        let is_seen = wanted(seen.parser.screen());
        let when = if seen.has_ended { " at the end" } else { "" };
        let shown = seen.parser.screen().contents();
        drop(seen); // a lock held by a panic would fail the reader too
        assert!(is_seen, "never saw {what}. On the screen{when}:\n{shown}");
    }

    /// Whether the screen is as wanted now, or once the frame that is being drawn is complete.
    pub(crate) fn sees(&self, wanted: impl FnOnce(&Screen) -> bool) -> bool {
        wanted(self.output.until(|state| !state.is_drawing()).parser.screen())
    }

    /// What stands on the screen now, in every detail.
    pub(crate) fn now(&self) -> String {
        let state = self.output.until(|state| !state.is_drawing());
        state.parser.screen().state_formatted()
    }

    /// Waits for a text on the screen.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait(&format!("'{text}'"), |screen| screen.contents().contains(text));
    }

    /// Waits until the program ends, and hands over all it left.
    pub(crate) fn finish(mut self) -> Left {
        drop(self.output.until(|state| state.has_ended));
        let code = self.exit_code();
        self.reader.join().unwrap();
        let state = self.output.state.lock().unwrap();
        Left { code, screen: state.parser.screen().clone(), raw: state.raw.clone() }
    }

    /// Takes the terminal away, as closing its window does, and returns how the program ended.
    pub(crate) fn hang_up(mut self) -> Option<u32> {
        self.output.state.lock().unwrap().lets_go = true;
        self.send("\x0c"); // Ctrl-L has the program write, which wakes the reader
        self.reader.join().unwrap();
        drop(self.keys);
        drop(self.master);
        wait_for_end(self.child.as_mut())
    }

    fn exit_code(&mut self) -> Option<u32> {
        wait_for_end(self.child.as_mut())
    }
}

fn wait_for_end(child: &mut dyn Child) -> Option<u32> {
    let deadline = Instant::now() + patience();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.signal().is_none().then(|| status.exit_code());
        }
        if Instant::now() > deadline {
            child.kill().unwrap();
            panic!("the program did not end");
        }
        thread::sleep(Duration::from_millis(2));
    }
}

impl Output {
    fn collect(&self, mut source: Box<dyn Read + Send>) {
        let mut chunk = [0; 8192];
        loop {
            let read = match source.read(&mut chunk) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                read => read.unwrap_or(0),
            };
            let mut state = self.state.lock().unwrap();
            let bytes = &chunk[..read];
            state.parser.process(bytes);
            state.raw.extend_from_slice(bytes);
            state.has_ended = read == 0;
            let is_done = state.has_ended || state.lets_go;
            drop(state);
            self.changed.notify_all();
            if is_done {
                return;
            }
        }
    }

    /// What was written once it is as wanted, or when patience ends.
    fn until(&self, wanted: impl Fn(&Written) -> bool) -> std::sync::MutexGuard<'_, Written> {
        let state = self.state.lock().unwrap();
        let (state, _) =
            self.changed.wait_timeout_while(state, patience(), |state| !wanted(state)).unwrap();
        state
    }
}
