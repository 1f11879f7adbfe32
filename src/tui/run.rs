//! The loop around the pure parts, and the only place that performs effects.
//!
//! One thread reads the terminal, one waits for signals; both send into the channel that the main
//! loop blocks on, so nothing wakes up while the person thinks.

use std::io::{self, IsTerminal as _, Stdout, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use anyhow::Context as _;
use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event,
    MouseButton, MouseEventKind,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{ExecutableCommand, QueueableCommand};
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Rect, Size};

use super::app::{AppState, Ending};
use super::effect::Effect;
use super::key;
use super::message::Message;
use super::state::State;
use super::update::update;
use super::view;
use crate::perform::{Performer, Tell};
use crate::shell::signals;
use crate::wizard::session::{Choices, Session};

/// Everything needed to start the wizard.
#[derive(Debug)]
pub struct Launch<'w> {
    pub session: Session<'w>,
    /// Looks, places, and what an earlier start kept.
    pub app: AppState,
    /// Choices to start with; they skip the first screen.
    pub begin: Option<Choices>,
    /// The first message of the status line.
    pub status: Option<String>,
}

/// Runs the wizard until it ends, then prints the outcome on the normal screen.
///
/// # Errors
/// If the terminal cannot be set up or written to. The terminal is restored in every case.
pub fn run(launch: Launch<'_>) -> anyhow::Result<ExitCode> {
    let mut state = State::new(launch.session, launch.app);
    if let Some(choices) = launch.begin {
        state.begin_with(choices);
    }
    state.greet(launch.status);
    // Only the theme decides about colour: it knows NO_COLOR and the options that override it.
    crossterm::style::force_color_output(true);
    let (sender, messages) = mpsc::channel();
    let ends = sender.clone();
    signals::watch(move |code| ends.send(Message::Terminate(code)).is_ok())
        .context("cannot watch for signals")?;
    let told = sender.clone();
    let tell: Tell = Arc::new(move |message| drop(told.send(Message::Wizard(message))));
    let mut performer = Performer::beside(&state.app.wizard.places, &tell);
    let result = with_terminal(state.app.mouse, |terminal| {
        read_events(&sender)?;
        main_loop(terminal, &mut state, &messages, &mut performer)
    });
    // The farewell is only true once we know whether the draft is on disk.
    state.app.wizard.unkept = performer.finish();
    match result {
        // The window was closed during a write: the signal arrives later.
        Err(_) if !io::stdout().is_terminal() => state.ending = Some(Ending::Terminated(129)),
        result => result.context("the terminal cannot be used")?,
    }
    let told = farewell(&state);
    if !matches!(state.ending, Some(Ending::Terminated(_))) {
        told.context("cannot write to the terminal")?;
    }
    Ok(match state.ending {
        Some(Ending::Interrupted) => ExitCode::from(130),
        Some(Ending::Terminated(code)) => ExitCode::from(code),
        _ => ExitCode::SUCCESS,
    })
}

/// The most columns and rows that are drawn. A terminal may claim up to 65,535 of each, which would
/// need more memory than any computer has. This limit of our own is larger than any screen.
const LARGEST: Size = Size::new(1_000, 1_000);

/// Limits a terminal size to [`LARGEST`].
fn bounded(size: Size) -> Size {
    Size::new(size.width.min(LARGEST.width), size.height.min(LARGEST.height))
}

/// The terminal at its actual size, limited to 1,000 columns and rows.
#[derive(Debug)]
pub struct Bounded(CrosstermBackend<Stdout>);

impl Backend for Bounded {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.0.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.0.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.0.size().map(bounded)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}

pub type Canvas = Terminal<Bounded>;

/// Runs `body` on the alternate screen in raw mode. Restores the terminal in every case: an error,
/// the end, or a panic.
///
/// # Errors
/// Errors of the setup, and errors of `body`.
pub fn with_terminal<T>(
    mouse: bool,
    body: impl FnOnce(&mut Canvas) -> io::Result<T>,
) -> io::Result<T> {
    let inner = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // Unnamed threads read logs or keep answers. Their failures are reported, and the wizard
        // continues.
        if thread::current().name().is_some() {
            restore();
            inner(panic);
        }
    }));
    let result = enter(mouse).and_then(|()| {
        let mut terminal = Terminal::new(Bounded(CrosstermBackend::new(io::stdout())))?;
        body(&mut terminal)
    });
    restore();
    result
}

/// Takes over the terminal: raw mode, alternate screen, bracketed paste, and the mouse if wanted.
fn enter(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    io::stdout().execute(EnterAlternateScreen)?;
    match io::stdout().execute(EnableBracketedPaste) {
        // A Windows console without escape sequences: a paste arrives as keys.
        Err(cause) if cause.kind() == io::ErrorKind::Unsupported => {}
        done => drop(done?),
    }
    if mouse {
        io::stdout().execute(EnableMouseCapture)?;
    }
    Ok(())
}

/// Undoes [`enter`], however far it got. Ignores errors, because nothing could be done about them.
fn restore() {
    let mut out = io::stdout();
    let _ = out.execute(DisableMouseCapture);
    let _ = out.execute(DisableBracketedPaste);
    let _ = out.execute(EndSynchronizedUpdate);
    let _ = disable_raw_mode();
    let _ = out.execute(Show);
    let _ = out.execute(LeaveAlternateScreen);
}

fn main_loop(
    terminal: &mut Canvas,
    state: &mut State<'_>,
    messages: &Receiver<Message>,
    performer: &mut Performer,
) -> io::Result<()> {
    let size = terminal.size()?;
    let mut queue = vec![Message::Resize(size.width, size.height)];
    loop {
        let mut is_stale = false;
        for message in queue.drain(..) {
            is_stale |= take(state, message, performer)?;
            if state.ending.is_some() {
                return Ok(());
            }
        }
        draw(terminal, state, is_stale)?;
        // Blocks until something happens. A terminal that hung up ends the wizard.
        match messages.recv() {
            Ok(message) => queue.push(message),
            Err(_) => state.ending = Some(Ending::Terminated(129)),
        }
        queue.extend(messages.try_iter());
        if state.ending.is_some() {
            return Ok(());
        }
    }
}

/// Handles a message and the results of its effects. Returns true if the screen may differ from the
/// last frame, so that every cell must be redrawn.
fn take(state: &mut State<'_>, message: Message, performer: &mut Performer) -> io::Result<bool> {
    // Of two resizes in a row we may only see the last. Even if that is the size last drawn, the
    // terminal may have cut or moved the content.
    let mut is_stale = matches!(message, Message::Resize(..));
    let mut queue = vec![message];
    while let Some(message) = queue.pop() {
        for effect in update(state, message) {
            match effect {
                Effect::Redraw => is_stale = true,
                Effect::Suspend => {
                    suspend(state)?;
                    is_stale = true;
                    queue.push(Message::Resumed);
                }
                Effect::Mouse(true) => {
                    io::stdout().execute(EnableMouseCapture)?;
                }
                Effect::Mouse(false) => {
                    io::stdout().execute(DisableMouseCapture)?;
                }
                Effect::Copy(text) => {
                    // A terminal that does not know the sequence ignores it and sends no answer.
                    let _ = io::stdout().execute(CopyToClipboard::to_clipboard_from(text));
                }
                Effect::Wizard(effect) => {
                    let told = performer.perform(effect, &state.session, &state.app.wizard.places);
                    queue.extend(told.map(Message::Wizard));
                }
            }
        }
    }
    Ok(is_stale)
}

/// Clears the screen, so that the next frame redraws every cell.
///
/// `Terminal::clear` would ask the terminal for the cursor position, and the thread that reads keys
/// would take the answer.
fn forget(terminal: &mut Canvas) -> io::Result<()> {
    let size = terminal.size()?;
    terminal.resize(Rect::from((Position::ORIGIN, size)))
}

/// Draws a frame as one synchronized update, so that no partial frame is visible. Writes only the
/// changed cells, unless the screen is stale.
fn draw(terminal: &mut Canvas, state: &State<'_>, is_stale: bool) -> io::Result<()> {
    io::stdout().queue(BeginSynchronizedUpdate)?;
    if is_stale {
        forget(terminal)?;
    }
    terminal.draw(|frame| view::view(state, frame))?;
    io::stdout().execute(EndSynchronizedUpdate)?;
    Ok(())
}

/// Restores the terminal, stops, and sets it up again when the shell resumes the program.
#[cfg(unix)]
fn suspend(state: &State<'_>) -> io::Result<()> {
    restore();
    writeln!(io::stdout(), "planwise is paused: fg brings it back (undo is u)")?;
    signal_hook::low_level::raise(signal_hook::consts::SIGTSTP)?;
    enter(state.app.mouse)
}

#[cfg(not(unix))]
fn suspend(_state: &State<'_>) -> io::Result<()> {
    Ok(())
}

/// Reads the terminal and sends its events. Ends with the program.
fn read_events(sender: &Sender<Message>) -> io::Result<()> {
    /// Ends the wizard together with this thread: without keys nobody could leave it.
    struct LastWord(Sender<Message>);

    impl Drop for LastWord {
        fn drop(&mut self) {
            // The terminal is gone, or the reading thread panicked.
            let code = if thread::panicking() { 101 } else { 129 };
            let _ = self.0.send(Message::Terminate(code));
        }
    }

    let sender = LastWord(sender.clone());
    let reader = move || {
        while let Ok(event) = crossterm::event::read() {
            if let Some(message) = message_of(&event)
                && sender.0.send(message).is_err()
            {
                return;
            }
        }
    };
    thread::Builder::new().name("keys".to_owned()).spawn(reader).map(drop)
}

/// The message for a terminal event. Returns `None` for most mouse movements.
fn message_of(event: &Event) -> Option<Message> {
    match event {
        Event::Key(event) => key::press(event).map(Message::Key),
        Event::Paste(text) => Some(Message::Paste(text.clone())),
        Event::Resize(columns, rows) => {
            let size = bounded(Size::new(*columns, *rows));
            Some(Message::Resize(size.width, size.height))
        }
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                Some(Message::Click { column: mouse.column, row: mouse.row })
            }
            MouseEventKind::ScrollUp => Some(Message::Wheel(-3)),
            MouseEventKind::ScrollDown => Some(Message::Wheel(3)),
            _ => None,
        },
        Event::FocusGained | Event::FocusLost => None,
    }
}

/// Prints the lines after leaving: result, cost, and where it is saved.
fn farewell(state: &State<'_>) -> io::Result<()> {
    let lines = state.farewell();
    let mut out = io::stdout().lock();
    for line in lines {
        writeln!(out, "{}", state.app.look.text(&line))?;
    }
    out.flush()
}
