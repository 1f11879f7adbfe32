//! The loop around the wizard in lines: reads lines, prints text, does what is wished for.
//!
//! The terminal stays as it is: no mode is changed, so the system's own line editing, Ctrl-Z and
//! scrolling back work. One thread reads lines, one waits for signals, one passes on what the
//! reading of logs tells; all send into the channel that the loop blocks on.

use std::collections::VecDeque;
use std::io::{self, BufRead, IsTerminal as _, Read as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::plain::{Ending, Kept, Places, Plain, Turn, Wish};
use crate::session::Choices;
use crate::shell::{draft, signals};
use crate::text::clean;
use crate::text::layout::narrowed;
use crate::tui::Launch;
use crate::tui::effect::{Effect, ScanOrder};
use crate::tui::message::{Message, SaveFailure};
use crate::tui::perform::perform;
use crate::tui::scan::{News, Purpose};
use crate::tui::scanner::Scanner;
use crate::tui::state::{self, AppState, State};

/// The most bytes of one line; a limit of our own, many times what any answer needs.
const LONGEST: u64 = 64 * 1024;

/// How often the progress of a reading is printed: each line is read out.
const PULSE: Duration = Duration::from_secs(4);

/// What the loop waits for.
enum Event {
    /// A line was typed, or came from a file or a pipe.
    Line(String),
    /// There are no more lines.
    End,
    /// The lines cannot be read.
    Failed(io::Error),
    /// The reading of logs has something to tell.
    Told(Message),
    /// The system asks the program to end; the exit code that goes with it.
    #[cfg_attr(not(unix), expect(dead_code, reason = "other systems have no such signals"))]
    Signal(u8),
}

/// Runs the wizard in lines until it ends. A reader that has seen enough (`| head`) is no error.
///
/// # Errors
/// When lines cannot be read or text cannot be written.
pub(super) fn plain(launch: Launch<'_>) -> anyhow::Result<ExitCode> {
    match converse(launch) {
        Err(error) if is_closed(&error) => Ok(ExitCode::SUCCESS),
        result => result,
    }
}

/// Whether nobody reads what is printed any more.
fn is_closed(error: &anyhow::Error) -> bool {
    let cause = error.downcast_ref::<io::Error>();
    cause.is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

fn converse(launch: Launch<'_>) -> anyhow::Result<ExitCode> {
    let Launch { session, mut app, begin, status } = launch;
    let places = Places {
        reports: app.places.reports.clone(),
        stem: app.places.stem.clone(),
        keeps: app.places.draft.is_some(),
        reported: app.reported,
    };
    let mut plain = Plain::new(session, places);
    let kept = |kept: state::Kept| Kept { choices: kept.choices, when: kept.when };
    let unreadable = app.unreadable.is_some();
    plain.offer(app.kept.take().map(kept), app.earlier.take().map(kept), unreadable);

    let (sender, events) = mpsc::channel();
    let scanner = Scanner::new(pass_on(&sender)?);
    let mut outside = Outside { app, scanner, told: Instant::now(), unkept: None };
    let mut said = crate::plain::Page::default();
    for problem in status.iter().chain(&outside.app.problems) {
        said.warn(problem.trim_start_matches("! "));
    }
    outside.print(said.text())?;
    let ends = sender.clone();
    signals::watch(move |code| ends.send(Event::Signal(code)).is_ok())
        .context("cannot watch for signals")?;
    read_lines(sender);
    let first = match begin {
        Some(choices) => plain.begin_with(choices),
        None => plain.open(),
    };
    let mut ending = outside.perform(&mut plain, first)?;
    let echo = !io::stdin().is_terminal();
    // What was typed while logs are read waits for what is asked then.
    let mut ahead = VecDeque::new();
    while ending.is_none() {
        let event = match ahead.pop_front() {
            Some(event) if !plain.is_reading() => event,
            waiting => {
                if let Some(event) = waiting {
                    ahead.push_front(event);
                }
                events.recv().unwrap_or(Event::End)
            }
        };
        match event {
            event @ (Event::Line(_) | Event::End)
                if plain.is_reading() && !is_urgent(&event, echo, ahead.is_empty()) =>
            {
                ahead.push_back(event);
            }
            Event::Line(line) => {
                // What comes from a pipe is on no screen yet.
                let echoed =
                    if echo { format!("{}\n", clean(line.trim_end())) } else { String::new() };
                outside.print(&echoed)?;
                let was_reading = plain.is_reading();
                let turn = plain.line(&line);
                if was_reading && !plain.is_reading() {
                    // They were meant for what was found; nothing was.
                    ahead.retain(|event| matches!(event, Event::End));
                }
                ending = outside.perform(&mut plain, turn)?;
            }
            Event::Told(message) => {
                if let Some(turn) = outside.hear(&mut plain, message)? {
                    ending = outside.perform(&mut plain, turn)?;
                }
            }
            Event::End => {
                outside.print("\n")?;
                break;
            }
            Event::Failed(cause) => {
                outside.print("\n")?;
                return Err(cause).context("cannot read what is typed; start planwise again");
            }
            Event::Signal(code) => {
                // Nobody may be there to read it any more.
                let _ = outside.print("\n");
                let _ = outside.print(plain.farewell(outside.unkept.as_deref()).text());
                return Ok(ExitCode::from(code));
            }
        }
    }
    outside.print(plain.farewell(outside.unkept.as_deref()).text())?;
    Ok(ExitCode::SUCCESS)
}

/// Whether it acts at once although logs are read: what stops it, and the end of a terminal. What
/// comes through a pipe was all there before: its order is meant.
fn is_urgent(event: &Event, from_pipe: bool, is_next: bool) -> bool {
    match event {
        Event::Line(_) if from_pipe && !is_next => false,
        Event::Line(line) => {
            let line = line.trim().to_ascii_lowercase();
            ["x", "stop", "b", "back", "q", "quit", "exit", "?", "help"].contains(&line.as_str())
        }
        _ => !from_pipe,
    }
}

/// What the loop does for the wizard.
struct Outside {
    app: AppState,
    scanner: Scanner,
    /// When the progress of a reading was printed last.
    told: Instant,
    /// Why the answers could not be kept, if they could not.
    unkept: Option<String>,
}

impl Outside {
    /// Prints what a turn says and does what it wishes for, until nothing is left to do.
    fn perform(&mut self, plain: &mut Plain<'_>, mut turn: Turn) -> anyhow::Result<Option<Ending>> {
        loop {
            // An answer is kept before anything is printed that nobody may read.
            let mut unkept = String::new();
            let mut next = None;
            let (keeping, rest): (Vec<Wish>, Vec<Wish>) = turn
                .wishes
                .into_iter()
                .partition(|wish| matches!(wish, Wish::Keep(_) | Wish::SetAside | Wish::Drop));
            for wish in keeping {
                unkept.push_str(&self.keep(&wish, plain.session().choices()));
            }
            self.print(&unkept)?;
            self.print(turn.page.text())?;
            for wish in rest {
                next = self.fulfil(wish, plain);
            }
            match next {
                Some(next) => turn = next,
                None => return Ok(turn.ending),
            }
        }
    }

    /// Does one thing outside, and has the wizard take in what came of it.
    fn fulfil(&mut self, wish: Wish, plain: &mut Plain<'_>) -> Option<Turn> {
        let effect = match wish {
            Wish::Save(order) => Effect::Save(order),
            Wish::Open(path) => Effect::Open(path),
            Wish::FindLogs => Effect::FindLogs,
            Wish::Scenario(order) => Effect::Scenario(order),
            Wish::Recall => Effect::Recall(None),
            Wish::Scan(path) => return self.scan(path, Purpose::Month, plain),
            Wish::ScanSince(path, day) => return self.scan(path, Purpose::Since(day), plain),
            Wish::StopScan => {
                self.app.scan.stop();
                self.scanner.stop();
                return None;
            }
            // These are kept before the text is printed.
            Wish::Keep(_) | Wish::SetAside | Wish::Drop => return None,
        };
        // Files are read and written by the same code as on the full screen.
        let state = State::new(plain.session().clone(), self.app.clone());
        match perform(effect, &state)? {
            Message::Saved(result) => Some(plain.saved(result)),
            Message::Opened(result) => Some(plain.opened(result.map(|choices| *choices))),
            Message::LogPlaces(places) => Some(plain.log_places(places)),
            Message::Recalled(result) => Some(plain.recalled(*result)),
            Message::Scenarios(result) => Some(plain.scenarios(*result)),
            _ => Some(plain.saved(Err(SaveFailure::Other("nothing was done".to_owned())))),
        }
    }

    /// Begins to read logs; what comes of it is told later.
    fn scan(&mut self, path: Option<PathBuf>, purpose: Purpose, plain: &Plain<'_>) -> Option<Turn> {
        let number = self.app.scan.begin(purpose);
        let hour_value = self.app.hour_value;
        self.told = Instant::now();
        let order = ScanOrder { number, path, purpose, hour_value };
        self.scanner.begin(order, plain.session().world.catalog);
        None
    }

    /// Takes in what the reading of logs tells; its progress is printed now and then.
    fn hear(&mut self, plain: &mut Plain<'_>, message: Message) -> anyhow::Result<Option<Turn>> {
        let Message::Scan(number, news) = message else {
            return Ok(None);
        };
        if !self.app.scan.on_message(number, news.clone()) {
            return Ok(None);
        }
        match news {
            News::At(_) => {
                if self.told.elapsed() >= PULSE
                    && let Some(words) = self.app.scan.status(false)
                {
                    self.told = Instant::now();
                    self.print(plain.progress(&words).text())?;
                }
                Ok(None)
            }
            News::Read(measured) => Ok(Some(plain.read(Ok(measured)))),
            News::Failed(why) => Ok(Some(match self.app.scan.purpose() {
                Purpose::Month => plain.read(Err(why)),
                Purpose::Since(_) => plain.used(Err(why)),
            })),
            News::Used(used, month) => Ok(Some(plain.used(Ok((used, month))))),
        }
    }

    /// Keeps the answers, or what is to become of those kept before. Returns what is to be said;
    /// the same reason for not keeping them once.
    fn keep(&mut self, wish: &Wish, present: &Choices) -> String {
        let places = &self.app.places;
        let result = match (wish, &places.draft, &places.earlier) {
            (Wish::Keep(choices), Some(path), _) => draft::save(path, &Choices::draft(choices)),
            (Wish::SetAside, Some(path), Some(aside)) => draft::set_aside(path, aside),
            (Wish::Drop, Some(path), _) => draft::discard_only(path, &present.draft()),
            _ => return String::new(),
        };
        let problem = result.err().map(|error| draft::why_not(&error));
        let said = match &problem {
            Some(problem) if Some(problem) != self.unkept.as_ref() => {
                let mut page = crate::plain::Page::default();
                page.warn(&format!("Not kept: {problem}"));
                page.text().to_owned()
            }
            _ => String::new(),
        };
        self.unkept = problem;
        said
    }

    /// Prints a text in letters that the terminal has.
    fn print(&self, text: &str) -> anyhow::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        let text = self.app.look.text(text);
        let text = match crossterm::terminal::size() {
            Ok((columns, _)) if out.is_terminal() => narrowed(&text, usize::from(columns)),
            _ => text,
        };
        let done = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        done.context("cannot write to the terminal")
    }
}

/// A channel whose messages come to the loop as events.
fn pass_on(sender: &Sender<Event>) -> anyhow::Result<Sender<Message>> {
    let (messages, inbox) = mpsc::channel();
    let sender = sender.clone();
    let pass = move || {
        for message in inbox {
            if sender.send(Event::Told(message)).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("news".to_owned()).spawn(pass).context("cannot read logs")?;
    Ok(messages)
}

/// Reads lines and sends them; ends with the program.
fn read_lines(sender: Sender<Event>) {
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            let mut line = Vec::new();
            // What goes beyond the limit is taken as the next line.
            let event = match (&mut input).take(LONGEST).read_until(b'\n', &mut line) {
                Ok(0) => Event::End,
                Ok(_) => Event::Line(String::from_utf8_lossy(&line).into_owned()),
                Err(cause) => Event::Failed(cause),
            };
            let is_last = !matches!(event, Event::Line(_));
            if sender.send(event).is_err() || is_last {
                return;
            }
        }
    });
}
