//! The loop around the wizard in lines: reads lines, prints text, does what is wished for.
//!
//! The terminal stays as it is: no mode is changed, so the system's own line editing, Ctrl-Z and
//! scrolling back work. One thread reads lines, one waits for signals; both send into the channel
//! that the loop blocks on.

use std::io::{self, BufRead, IsTerminal as _, Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::{self, Sender};
use std::thread;

use anyhow::Context as _;

use crate::plain::{Ending, Form, Kept, OnTaken, Places, Plain, Refusal, SaveWish, Turn, Wish};
use crate::session::Choices;
use crate::shell::draft;
use crate::text::clean;
use crate::tui::Launch;
use crate::tui::effect::{Effect, Format, OnCollision, SaveOrder};
use crate::tui::message::{Message, SaveFailure};
use crate::tui::perform::perform;
use crate::tui::state::{self, Desk, State};

/// The most bytes of one line; a limit of our own, many times what any answer needs.
const LONGEST: u64 = 64 * 1024;

/// What the loop waits for.
enum Event {
    /// A line was typed, or came from a file or a pipe.
    Line(String),
    /// There are no more lines.
    End,
    /// The lines cannot be read.
    Failed(io::Error),
    /// The system asks the program to end; the exit code that goes with it.
    #[cfg_attr(not(unix), expect(dead_code, reason = "other systems have no such signals"))]
    Signal(u8),
}

/// Runs the wizard in lines until it ends.
///
/// # Errors
/// When lines cannot be read or text cannot be written.
pub(super) fn plain(launch: Launch<'_>) -> anyhow::Result<ExitCode> {
    let Launch { session, mut desk, begin, status } = launch;
    let places = Places {
        reports: desk.places.reports.clone(),
        stem: desk.places.stem.clone(),
        keeps: desk.places.draft.is_some(),
    };
    let mut plain = Plain::new(session, places);
    let kept = |kept: state::Kept| Kept { choices: kept.choices, when: kept.when };
    let unreadable = desk.unreadable.is_some();
    plain.offer(desk.kept.take().map(kept), desk.earlier.take().map(kept), unreadable);

    let mut outside = Outside { desk, unkept: None };
    if let Some(status) = status {
        outside.print(&format!("{status}\n"))?;
    }
    if let (Some(day), Some(path)) = (outside.desk.reported, &outside.desk.places.last_report) {
        let line = format!(
            "Your last report is of {day}. How did it turn out? This command says: planwise replay \
             {} --usage FOLDER-OF-YOUR-LOGS\n",
            shown(path)
        );
        outside.print(&line)?;
    }
    let (sender, events) = mpsc::channel();
    watch_signals(&sender)?;
    read_lines(sender);
    let first = match begin {
        Some(choices) => plain.begin_with(choices),
        None => plain.open(),
    };
    let mut ending = outside.perform(&mut plain, first)?;
    let echo = !io::stdin().is_terminal();
    let code = loop {
        if ending.is_some() {
            break 0;
        }
        match events.recv() {
            Ok(Event::Line(line)) => {
                // What comes from a pipe is on no screen yet.
                let echoed =
                    if echo { format!("{}\n", clean(line.trim_end())) } else { String::new() };
                outside.print(&echoed)?;
                let turn = plain.line(&line);
                ending = outside.perform(&mut plain, turn)?;
            }
            Ok(Event::End) | Err(_) => {
                outside.print("\n")?;
                break 0;
            }
            Ok(Event::Failed(cause)) => {
                outside.print("\n")?;
                return Err(cause).context("cannot read what is typed; start planwise again");
            }
            Ok(Event::Signal(code)) => {
                // Nobody may be there to read it any more.
                let _ = outside.print("\n");
                let _ = outside.print(plain.farewell(outside.unkept.as_deref()).text());
                return Ok(ExitCode::from(code));
            }
        }
    };
    outside.print(plain.farewell(outside.unkept.as_deref()).text())?;
    Ok(ExitCode::from(code))
}

/// What the loop does for the wizard.
struct Outside {
    desk: Desk,
    /// Why the answers could not be kept, if they could not.
    unkept: Option<String>,
}

impl Outside {
    /// Prints what a turn says and does what it wishes for, until nothing is left to do.
    fn perform(&mut self, plain: &mut Plain<'_>, mut turn: Turn) -> anyhow::Result<Option<Ending>> {
        loop {
            self.print(turn.page.text())?;
            let mut next = None;
            for wish in turn.wishes {
                match wish {
                    Wish::Keep(choices) => self.keep(&choices)?,
                    Wish::SetAside => {
                        let places = &self.desk.places;
                        if let (Some(path), Some(aside)) = (&places.draft, &places.earlier) {
                            let result = draft::set_aside(path, aside);
                            self.note(result.err().map(|error| error.to_string()))?;
                        }
                    }
                    Wish::Save(wish) => next = Some(plain.saved(self.save(wish, plain))),
                    Wish::Open(path) => next = Some(plain.opened(self.open(&path, plain))),
                }
            }
            match next {
                Some(next) => turn = next,
                None => return Ok(turn.ending),
            }
        }
    }

    fn keep(&mut self, choices: &Choices) -> anyhow::Result<()> {
        let Some(path) = &self.desk.places.draft else {
            return Ok(());
        };
        let result = draft::save(path, &choices.draft());
        self.note(result.err().map(|error| error.to_string()))
    }

    /// Says why answers are not kept; the same reason once.
    fn note(&mut self, problem: Option<String>) -> anyhow::Result<()> {
        if problem != self.unkept
            && let Some(problem) = &problem
        {
            self.print(&format!("\n! Not kept: {problem}\n> "))?;
        }
        self.unkept = problem;
        Ok(())
    }

    fn save(&self, wish: SaveWish, plain: &Plain<'_>) -> Result<Vec<String>, Refusal> {
        let order = SaveOrder {
            formats: wish
                .forms
                .iter()
                .map(|form| match form {
                    Form::Markdown => Format::Markdown,
                    Form::Json => Format::Json,
                })
                .collect(),
            folder: wish.folder,
            stem: wish.stem,
            note: None,
            on_collision: match wish.on_taken {
                OnTaken::Ask => OnCollision::Ask,
                OnTaken::KeepBoth => OnCollision::KeepBoth,
                OnTaken::Replace => OnCollision::Replace,
            },
            create_folder: wish.create_folder,
            assessment: wish.assessment,
        };
        match self.effect(Effect::Save(Box::new(order)), plain) {
            Some(Message::Saved(Ok(paths))) => Ok(paths.iter().map(|path| shown(path)).collect()),
            Some(Message::Saved(Err(failure))) => Err(match failure {
                SaveFailure::Exists { taken, free } => {
                    let what: Vec<String> = taken
                        .iter()
                        .map(|taken| format!("{} ({})", shown(&taken.path), taken.about))
                        .collect();
                    Refusal::Taken { what: what.join(" and "), free }
                }
                SaveFailure::MissingFolder(folder) => Refusal::NoFolder(shown(&folder)),
                SaveFailure::Other(why) => Refusal::Other(why),
            }),
            _ => Err(Refusal::Other("nothing was written".to_owned())),
        }
    }

    fn open(&self, path: &str, plain: &Plain<'_>) -> Result<Choices, String> {
        match self.effect(Effect::Open(path.into()), plain) {
            Some(Message::Opened(result)) => result.map(|choices| *choices),
            _ => Err("nothing was read".to_owned()),
        }
    }

    /// Files are read and written by the same code as on the full screen.
    fn effect(&self, effect: Effect, plain: &Plain<'_>) -> Option<Message> {
        perform(effect, &State::new(plain.session().clone(), self.desk.clone()))
    }

    /// Prints a text in letters that the terminal has.
    fn print(&self, text: &str) -> anyhow::Result<()> {
        let mut out = io::stdout().lock();
        let text = self.desk.look.text(text);
        let done = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        done.context("cannot write to the terminal")
    }
}

/// The path in quotes, harmless.
fn shown(path: &Path) -> String {
    format!("'{}'", clean(&path.to_string_lossy()))
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

/// Turns the system's wish that the program end into an event, so that it ends in order.
#[cfg(unix)]
fn watch_signals(sender: &Sender<Event>) -> anyhow::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])
        .context("cannot watch for signals")?;
    let sender = sender.clone();
    thread::spawn(move || {
        for signal in signals.forever() {
            let code = match signal {
                SIGHUP => 129,
                SIGINT => 130,
                _ => 143,
            };
            if sender.send(Event::Signal(code)).is_err() {
                return;
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
fn watch_signals(_sender: &Sender<Event>) -> anyhow::Result<()> {
    Ok(())
}
