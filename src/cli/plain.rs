//! The event loop of the line-based wizard: reads lines, prints text, performs effects.
//!
//! The terminal mode never changes, so the system's own line editing, Ctrl-Z and scrolling back
//! work. One thread reads lines, one waits for signals, one may read logs; all send into the
//! channel that the loop blocks on.

use std::collections::VecDeque;
use std::io::{self, BufRead, IsTerminal as _, Read as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::perform::{Performer, Tell};
use crate::plain::{Ending, Page, Plain, Turn};
use crate::shell::signals;
use crate::text::clean;
use crate::text::layout::narrowed;
use crate::tui::Launch;
use crate::tui::look::Look;
use crate::wizard::{Effect, Message, News};

/// The most bytes of one line. Our own limit, far above any real answer.
const LONGEST: u64 = 64 * 1024;

/// The interval between progress lines. Long, because a screen reader reads each one out.
const PULSE: Duration = Duration::from_secs(4);

/// The events that the loop waits for.
enum Event {
    /// A line, typed or from a file or a pipe.
    Line(String),
    /// The input has ended.
    End,
    /// The input cannot be read.
    Failed(io::Error),
    /// A message from the thread that reads logs.
    Told(Message),
    /// A signal asks the program to end with this exit code.
    #[cfg_attr(not(unix), expect(dead_code, reason = "other systems have no such signals"))]
    Signal(u8),
}

/// Runs the line-based wizard until it ends. A reader that closes early (`| head`) is not an error.
///
/// # Errors
/// When lines cannot be read or text cannot be written.
pub(super) fn plain(launch: Launch<'_>) -> anyhow::Result<ExitCode> {
    match converse(launch) {
        Err(error) if is_closed(&error) => Ok(ExitCode::SUCCESS),
        result => result,
    }
}

/// True if nobody reads the output any more.
fn is_closed(error: &anyhow::Error) -> bool {
    let cause = error.downcast_ref::<io::Error>();
    cause.is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

fn converse(launch: Launch<'_>) -> anyhow::Result<ExitCode> {
    let Launch { session, app, begin, status } = launch;
    let (sender, events) = mpsc::channel();
    let told = sender.clone();
    let tell: Tell = Arc::new(move |message| drop(told.send(Event::Told(message))));
    let performer = Performer::at_once(&app.wizard.places, &tell);
    let mut outside = Outside { look: app.look, performer, told: Instant::now() };
    let mut plain = Plain::new(session, app.wizard);
    let mut said = Page::default();
    for problem in status.iter().chain(&app.problems) {
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
    // Lines typed while logs are read wait for the next question.
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
                // Piped input is not on the screen yet.
                let echoed =
                    if echo { format!("{}\n", clean(line.trim_end())) } else { String::new() };
                outside.print(&echoed)?;
                let was_reading = plain.is_reading();
                let turn = plain.line(&line);
                if was_reading && !plain.is_reading() {
                    // These lines were meant for what the logs would hold, but there was nothing.
                    ahead.retain(|event| matches!(event, Event::End));
                }
                ending = outside.perform(&mut plain, turn)?;
            }
            Event::Told(Message::Scan(_, News::At(_))) if outside.told.elapsed() < PULSE => {}
            Event::Told(message) => {
                let is_progress = matches!(message, Message::Scan(_, News::At(_)));
                let turn = plain.on_message(message);
                if is_progress {
                    outside.told = Instant::now();
                    outside.print(plain.progress().text())?;
                }
                ending = outside.perform(&mut plain, turn)?;
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
                // The reader may be gone already.
                let _ = outside.print("\n");
                let _ = outside.print(plain.farewell().text());
                return Ok(ExitCode::from(code));
            }
        }
    }
    outside.print(plain.farewell().text())?;
    Ok(ExitCode::SUCCESS)
}

/// True if the event must not wait for the reading of logs: a request to stop it, or the end of a
/// terminal. Piped input was complete from the start, so its order counts.
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

/// Performs effects for the wizard.
struct Outside {
    look: Look,
    performer: Performer,
    /// When progress was last printed.
    told: Instant,
}

impl Outside {
    /// Prints the text of a turn and performs its effects, until none are left.
    fn perform(&mut self, plain: &mut Plain<'_>, mut turn: Turn) -> anyhow::Result<Option<Ending>> {
        loop {
            // Save answers before printing: the reader may be gone.
            let (keeping, rest): (Vec<Effect>, Vec<Effect>) =
                turn.effects.into_iter().partition(|effect| matches!(effect, Effect::Draft(_)));
            for effect in keeping {
                let unkept = self.fulfil(effect, plain).unwrap_or_default();
                self.print(unkept.page.text())?;
            }
            self.print(turn.page.text())?;
            let mut next = None;
            for effect in rest {
                next = self.fulfil(effect, plain);
            }
            match next {
                Some(next) => turn = next,
                None => return Ok(turn.ending),
            }
        }
    }

    /// Performs one effect and passes the result to the wizard.
    fn fulfil(&mut self, effect: Effect, plain: &mut Plain<'_>) -> Option<Turn> {
        if matches!(effect, Effect::Scan(_)) {
            self.told = Instant::now();
        }
        let places = &plain.wizard().places;
        let message = self.performer.perform(effect, plain.session(), places)?;
        Some(plain.on_message(message))
    }

    /// Prints a text in characters that the terminal supports.
    fn print(&self, text: &str) -> anyhow::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        let text = self.look.text(text);
        let text = match crossterm::terminal::size() {
            Ok((columns, _)) if out.is_terminal() => narrowed(&text, usize::from(columns)),
            _ => text,
        };
        let done = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        done.context("cannot write to the terminal")
    }
}

/// Reads lines and sends them until the program ends.
fn read_lines(sender: Sender<Event>) {
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            let mut line = Vec::new();
            // Bytes beyond the limit become the next line.
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
