//! The screens, one file each.
//!
//! A screen owns what only it needs: its focus, its open field. It reads everything else from
//! [`Cx`] and changes it through [`EventCtx`].

mod advanced;
mod check;
mod compare;
mod examples;
mod fit;
mod form;
pub(crate) mod help;
mod leave;
mod logs;
mod open;
mod options;
mod outcome_check;
mod question;
mod quick;
mod reading;
mod result;
mod save;
mod scenarios;
mod settings;
mod side_by_side;
mod usage;
mod week;
mod welcome;

pub use advanced::AdvancedUsage;
pub use check::Check;
pub use compare::Compare;
pub use examples::Examples;
pub use fit::FitScreen;
pub use help::Help;
pub use leave::Leave;
pub use logs::Logs;
pub use open::Open;
pub use outcome_check::OutcomeCheck;
pub use question::Question;
pub use quick::Quick;
pub use reading::Reading;
pub use result::ResultScreen;
pub use save::Save;
pub use scenarios::Scenarios;
pub use settings::Settings;
pub use side_by_side::SideBySide;
pub use usage::UsageScreen;
pub use week::WeekScreen;
pub use welcome::Welcome;
pub(crate) use welcome::resume;

use super::key::Press;
use super::keymap::{Action, Context};
use super::page::Page;
use super::state::{AppState, Cx, EventCtx};
use crate::session::{Preview, Session};
use crate::wizard::{Effect, Message};

#[derive(Debug)]
pub enum Screen {
    Welcome(Welcome),
    /// One of the eight questions.
    Question(Question),
    /// One of the quick check's four questions about last week.
    Quick(Quick),
    /// Monthly usage.
    Usage(UsageScreen),
    /// Advanced usage: caching, batches, thinking.
    Advanced(AdvancedUsage),
    /// A typical week, to estimate the month from.
    Week(WeekScreen),
    /// The list of answers.
    Check(Check),
    Result(ResultScreen),
    /// The models side by side, with the chart.
    Compare(Compare),
    /// Every plan replayed against the logs.
    Fit(FitScreen),
    /// A text to read: why, next steps.
    Reading(Reading),
    Save(Box<Save>),
    Open(Box<Open>),
    /// Estimate vs. actual for a saved report.
    OutcomeCheck(Box<OutcomeCheck>),
    Logs(Box<Logs>),
    /// The article's three example users.
    Examples(Examples),
    Scenarios(Box<Scenarios>),
    SideBySide(SideBySide),
    Settings(Settings),
    Help(Help),
    /// Asks whether to leave without saving.
    Leave(Leave),
}

/// What each screen implements. [`Screen`] forwards to the one it holds.
pub trait ScreenBehavior {
    /// The keymap context.
    fn context(&self) -> Context;

    /// The title in the frame.
    fn title(&self, cx: &Cx<'_, '_>) -> String;

    /// Draws the screen, top down.
    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page);

    /// Handles a key that the keymap binds in this context.
    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>);

    /// Handles a key without a binding here, such as text for a field.
    fn press(&mut self, _press: Press, _turn: &mut EventCtx<'_, '_>) {}

    /// Handles pasted text. A paste never confirms anything.
    fn paste(&mut self, _text: &str, _turn: &mut EventCtx<'_, '_>) {}

    /// Handles a click on the focusable line with this index.
    fn click(&mut self, _index: usize, _turn: &mut EventCtx<'_, '_>) {}

    /// Handles the result of an effect.
    fn on_message(&mut self, _message: Message, _turn: &mut EventCtx<'_, '_>) {}

    /// Undoes the screen's own last change. True if the screen owns its undo history: the session's
    /// is then left alone.
    fn undo(&mut self, _turn: &mut EventCtx<'_, '_>) -> bool {
        false
    }

    /// Redoes the screen's own last undone change. Returns the same as [`Self::undo`].
    fn redo(&mut self, _turn: &mut EventCtx<'_, '_>) -> bool {
        false
    }

    /// The focused choice, for the live pane to preview.
    fn preview(&self, _session: &Session<'_>) -> Preview {
        Preview::Nothing
    }

    /// Updates the screen after choices changed by undo or on another screen.
    fn refresh(&mut self, _session: &Session<'_>) {}

    /// The screen that `w` opens: the explanation of this one.
    fn why(&self, session: &Session<'_>) -> Option<Screen> {
        session.is_complete().then_some(Screen::Reading(Reading::Why))
    }

    /// The number of numbered options, if the screen has any.
    fn options(&self, _cx: &Cx<'_, '_>) -> Option<usize> {
        None
    }

    /// True if the screen shows a result. It is closed once a question is open again.
    fn needs_result(&self) -> bool {
        false
    }

    /// True if `PgUp` and `PgDn` change the focused value; otherwise they scroll the page.
    fn takes_pages(&self) -> bool {
        false
    }

    /// The effects to run when the screen opens.
    fn opening(&self, _desk: &AppState) -> Vec<Effect> {
        Vec::new()
    }
}

/// Forwards a call to the screen in the variant.
macro_rules! dispatch {
    ($self:ident, $screen:ident => $call:expr) => {
        match $self {
            Screen::Welcome($screen) => $call,
            Screen::Question($screen) => $call,
            Screen::Quick($screen) => $call,
            Screen::Usage($screen) => $call,
            Screen::Advanced($screen) => $call,
            Screen::Week($screen) => $call,
            Screen::Check($screen) => $call,
            Screen::Result($screen) => $call,
            Screen::Compare($screen) => $call,
            Screen::Fit($screen) => $call,
            Screen::Reading($screen) => $call,
            Screen::Save($screen) => $call,
            Screen::Open($screen) => $call,
            Screen::OutcomeCheck($screen) => $call,
            Screen::Logs($screen) => $call,
            Screen::Examples($screen) => $call,
            Screen::Scenarios($screen) => $call,
            Screen::SideBySide($screen) => $call,
            Screen::Settings($screen) => $call,
            Screen::Help($screen) => $call,
            Screen::Leave($screen) => $call,
        }
    };
}

impl ScreenBehavior for Screen {
    fn context(&self) -> Context {
        dispatch!(self, screen => screen.context())
    }

    fn title(&self, cx: &Cx<'_, '_>) -> String {
        dispatch!(self, screen => screen.title(cx))
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        dispatch!(self, screen => screen.draw(cx, page));
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        dispatch!(self, screen => screen.act(action, ctx));
    }

    fn press(&mut self, press: Press, ctx: &mut EventCtx<'_, '_>) {
        dispatch!(self, screen => screen.press(press, ctx));
    }

    fn paste(&mut self, text: &str, ctx: &mut EventCtx<'_, '_>) {
        dispatch!(self, screen => screen.paste(text, ctx));
    }

    fn click(&mut self, index: usize, ctx: &mut EventCtx<'_, '_>) {
        dispatch!(self, screen => screen.click(index, ctx));
    }

    fn on_message(&mut self, message: Message, ctx: &mut EventCtx<'_, '_>) {
        dispatch!(self, screen => screen.on_message(message, ctx));
    }

    fn undo(&mut self, ctx: &mut EventCtx<'_, '_>) -> bool {
        dispatch!(self, screen => screen.undo(ctx))
    }

    fn redo(&mut self, ctx: &mut EventCtx<'_, '_>) -> bool {
        dispatch!(self, screen => screen.redo(ctx))
    }

    fn preview(&self, session: &Session<'_>) -> Preview {
        dispatch!(self, screen => screen.preview(session))
    }

    fn refresh(&mut self, session: &Session<'_>) {
        dispatch!(self, screen => screen.refresh(session));
    }

    fn why(&self, session: &Session<'_>) -> Option<Screen> {
        dispatch!(self, screen => screen.why(session))
    }

    fn options(&self, cx: &Cx<'_, '_>) -> Option<usize> {
        dispatch!(self, screen => screen.options(cx))
    }

    fn needs_result(&self) -> bool {
        dispatch!(self, screen => screen.needs_result())
    }

    fn takes_pages(&self) -> bool {
        dispatch!(self, screen => screen.takes_pages())
    }

    fn opening(&self, app: &AppState) -> Vec<Effect> {
        dispatch!(self, screen => screen.opening(app))
    }
}

/// Moves the focus on a list of `count` lines. It stops at both ends.
pub(crate) fn moved(focus: usize, action: Action, count: usize) -> usize {
    let last = count.saturating_sub(1);
    match action {
        Action::Up => focus.saturating_sub(1),
        Action::Down => focus.saturating_add(1).min(last),
        Action::Home | Action::PageUp => 0,
        Action::End | Action::PageDown => last,
        Action::Digit(digit) => match digit.to_digit(10) {
            Some(number @ 1..) if number as usize <= count => number as usize - 1,
            _ => focus,
        },
        _ => focus,
    }
}
