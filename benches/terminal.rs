//! The released program in a real pseudo-terminal: start, key to frame, idleness, memory, size.
//!
//! A frame is complete with the last byte of its synchronised update. Everything is measured from
//! outside, so starting the process and the way through the pseudo-terminal are part of each time.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

#[cfg(target_os = "linux")]
fn main() {
    linux::main();
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("the measurements in a terminal need Linux: they read /proc");
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::io::{Read, Write};
    use std::path::Path;
    use std::thread;
    use std::time::{Duration, Instant};

    use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

    const PROGRAM: &str = env!("CARGO_BIN_EXE_planwise");
    const LARGE: (u16, u16) = (120, 40);
    const USUAL: (u16, u16) = (80, 24);
    /// Ends a synchronised update.
    const COMPLETE: &[u8] = b"\x1b[?2026l";
    const RIGHT: &str = "\x1b[C";
    const LEFT: &str = "\x1b[D";
    const DOWN: &str = "\x1b[B";
    const UP: &str = "\x1b[A";
    /// The options of the persona of the drawings, by place on screen.
    const DRAWN: [&str; 8] = ["1", "2", "2", "2", "2", "1", "1", "2"];

    /// A program in a terminal of its own, read by this thread alone.
    struct Terminal {
        child: Box<dyn Child + Send + Sync>,
        keys: Box<dyn Write + Send>,
        output: Box<dyn Read + Send>,
        _master: Box<dyn MasterPty + Send>,
        /// From the start to the first complete frame.
        started: Duration,
    }

    impl Terminal {
        fn start(home: &Path, args: &[&str], (columns, rows): (u16, u16)) -> Self {
            let size = PtySize { rows, cols: columns, ..PtySize::default() };
            let mut command = CommandBuilder::new(PROGRAM);
            command.args(args);
            command.env_clear();
            command.cwd(home);
            command.env("HOME", home);
            command.env("TERM", "xterm-256color");
            command.env("LANG", "C.UTF-8");
            let pair = native_pty_system().openpty(size).unwrap();
            let output = pair.master.try_clone_reader().unwrap();
            let keys = pair.master.take_writer().unwrap();
            let start = Instant::now();
            let child = pair.slave.spawn_command(command).unwrap();
            let mut terminal =
                Self { child, keys, output, _master: pair.master, started: Duration::ZERO };
            terminal.frame();
            terminal.started = start.elapsed();
            terminal
        }

        /// Reads until a frame is complete.
        fn frame(&mut self) {
            let mut chunk = [0; 8192];
            let mut read = Vec::new();
            while !read.ends_with(COMPLETE) {
                let count = self.output.read(&mut chunk).unwrap();
                assert!(count > 0, "the program ended before its frame was complete");
                read.extend_from_slice(chunk.get(..count).unwrap_or_default());
            }
        }

        /// From a key to the last byte of its frame.
        fn press(&mut self, key: &str) -> Duration {
            let start = Instant::now();
            self.keys.write_all(key.as_bytes()).unwrap();
            self.frame();
            start.elapsed()
        }

        /// Answers questions up to this one.
        fn reach_question(&mut self, number: usize) {
            self.press("\r");
            for option in DRAWN.into_iter().take(number - 1) {
                self.press(option);
                self.press("\r");
            }
        }

        /// Answers all questions; the month follows.
        fn reach_month(&mut self) {
            self.reach_question(9);
        }

        fn status(&self, name: &str) -> u64 {
            let id = self.child.process_id().unwrap();
            field(Path::new(&format!("/proc/{id}/status")), name)
        }

        /// How often any thread gave up its processor of its own accord.
        fn sleeps(&self) -> u64 {
            let id = self.child.process_id().unwrap();
            fs::read_dir(format!("/proc/{id}/task"))
                .unwrap()
                .map(|task| field(&task.unwrap().path().join("status"), "voluntary_ctxt_switches"))
                .sum()
        }

        fn quit(mut self) {
            self.keys.write_all(b"\x03").unwrap(); // Ctrl-C asks nothing
            let mut rest = Vec::new();
            let _ = self.output.read_to_end(&mut rest);
            self.child.wait().unwrap();
        }
    }

    /// A number in a file of `/proc`.
    fn field(path: &Path, name: &str) -> u64 {
        let text = fs::read_to_string(path).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let number = line.unwrap().split_whitespace().next();
        number.unwrap().parse().unwrap()
    }

    /// Says median and spread of some times.
    fn report(what: &str, target: &str, mut times: Vec<Duration>) {
        times.sort_unstable();
        let at = |percent: usize| {
            times.get((times.len() - 1) * percent / 100).copied().unwrap_or_default()
        };
        println!(
            "{what:<48} median {:>9.1?}   p10 {:>9.1?}   p90 {:>9.1?}   n {:<4} {target}",
            at(50),
            at(10),
            at(90),
            times.len()
        );
    }

    pub(super) fn main() {
        // `cargo test --benches` only wants to see it run.
        let is_measured = std::env::args().any(|arg| arg == "--bench");
        let (starts, presses, idle) = if is_measured {
            (50, 300, Duration::from_secs(5))
        } else {
            (1, 2, Duration::from_millis(10))
        };
        for size in [LARGE, USUAL] {
            starting(size, starts);
        }
        for (args, kept) in [(&["--no-state"][..], "nothing kept"), (&[], "draft kept")] {
            for size in [LARGE, USUAL] {
                pressing(size, args, kept, presses);
            }
        }
        resting(idle);
        let bytes = fs::metadata(PROGRAM).unwrap().len();
        println!("{:<48} {bytes} bytes   at most 6 MiB", "size of the binary");
    }

    fn starting(size: (u16, u16), count: usize) {
        let home = tempfile::tempdir().unwrap();
        let times = (0..count)
            .map(|_| {
                let terminal = Terminal::start(home.path(), &[], size);
                let time = terminal.started;
                terminal.quit();
                time
            })
            .collect();
        let what = format!("start to first frame, {}x{}", size.0, size.1);
        report(&what, "at most 10 ms", times);
    }

    fn pressing(size: (u16, u16), args: &[&str], kept: &str, count: usize) {
        let home = tempfile::tempdir().unwrap();
        let named = |key: &str| format!("{key} to frame, {}x{}, {kept}", size.0, size.1);
        let mut terminal = Terminal::start(home.path(), args, size);
        terminal.reach_question(4);
        let times = [DOWN, UP].into_iter().cycle().take(count);
        let times = times.map(|key| terminal.press(key)).collect();
        report(&named("option"), "at most 1 ms", times);
        terminal.quit();

        let home = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::start(home.path(), args, size);
        terminal.reach_month();
        let times = [RIGHT, LEFT].into_iter().cycle().take(count);
        let times = times.map(|key| terminal.press(key)).collect();
        report(&named("slider"), "at most 1 ms", times);
        terminal.quit();
    }

    fn resting(time: Duration) {
        let home = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::start(home.path(), &[], LARGE);
        terminal.reach_month();
        terminal.press(RIGHT);
        thread::sleep(time / 10); // every thread is back to waiting
        let before = terminal.sleeps();
        thread::sleep(time);
        let woken = terminal.sleeps() - before;
        println!("{:<48} {woken}   none", format!("wake-ups in {time:?} without a key"));
        let memory = terminal.status("VmHWM");
        println!(
            "{:<48} {memory} KiB   at most 10240 KiB",
            "most memory, after all questions, 120x40"
        );
        terminal.quit();
    }
}
