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

/// A screen.
#[derive(Debug)]
pub enum Screen {
    /// The first one.
    Welcome(Welcome),
    /// One of the questions.
    Question(Question),
    /// One of the four questions about last week.
    Quick(Quick),
    /// The month.
    Usage(UsageScreen),
    /// The rest of the month: caching, batches, thinking.
    Advanced(AdvancedUsage),
    /// A week, from which the month is estimated.
    Week(WeekScreen),
    /// The answers, before the result and whenever they are wanted.
    Check(Check),
    /// The recommendation.
    Result(ResultScreen),
    /// The models side by side, and the chart.
    Compare(Compare),
    /// The logs against each plan.
    Fit(FitScreen),
    /// A text: why, next steps.
    Reading(Reading),
    /// Saving the report.
    Save(Box<Save>),
    /// Opening a saved report.
    Open(Box<Open>),
    /// How a saved report turned out.
    OutcomeCheck(Box<OutcomeCheck>),
    /// The person's own logs.
    Logs(Box<Logs>),
    /// The article's users.
    Examples(Examples),
    /// The kept scenarios.
    Scenarios(Box<Scenarios>),
    /// Scenarios side by side.
    SideBySide(SideBySide),
    /// Looks and places.
    Settings(Settings),
    /// Help.
    Help(Help),
    /// Whether to leave without saving.
    Leave(Leave),
}

/// What every screen does.
pub trait ScreenBehavior {
    /// Where its keys are looked up.
    fn context(&self) -> Context;

    /// What stands in the frame above it.
    fn title(&self, cx: &Cx<'_, '_>) -> String;

    /// Draws it, top down.
    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page);

    /// Acts on a key of its context.
    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>);

    /// Takes a key that means nothing in its context: text for a field.
    fn press(&mut self, _press: Press, _turn: &mut EventCtx<'_, '_>) {}

    /// Takes pasted text. Nothing is confirmed by it.
    fn paste(&mut self, _text: &str, _turn: &mut EventCtx<'_, '_>) {}

    /// Takes a click on the line with this index.
    fn click(&mut self, _index: usize, _turn: &mut EventCtx<'_, '_>) {}

    /// Hears the result of an effect.
    fn on_message(&mut self, _message: Message, _turn: &mut EventCtx<'_, '_>) {}

    /// Takes back its own last change; `true` where the session's are none of its business.
    fn undo(&mut self, _turn: &mut EventCtx<'_, '_>) -> bool {
        false
    }

    /// Makes its own undone change again; `true` as with [`Self::undo`].
    fn redo(&mut self, _turn: &mut EventCtx<'_, '_>) -> bool {
        false
    }

    /// The choice that is looked at but not made.
    fn preview(&self, _session: &Session<'_>) -> Preview {
        Preview::Nothing
    }

    /// Follows choices that came back by undo or on another screen.
    fn refresh(&mut self, _session: &Session<'_>) {}

    /// The screen that explains this one.
    fn why(&self, session: &Session<'_>) -> Option<Screen> {
        session.is_complete().then_some(Screen::Reading(Reading::Why))
    }

    /// How many numbered options it offers, where it offers any.
    fn options(&self, _cx: &Cx<'_, '_>) -> Option<usize> {
        None
    }

    /// Whether it shows a result, so that it cannot stand while a question is open.
    fn needs_result(&self) -> bool {
        false
    }

    /// Whether `PgUp` and `PgDn` change what is focused; else they turn the page.
    fn takes_pages(&self) -> bool {
        false
    }

    /// What is to be done outside when it opens.
    fn opening(&self, _desk: &AppState) -> Vec<Effect> {
        Vec::new()
    }
}

/// Passes a call on to the screen within.
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

/// The focus on a list of `count` lines after an arrow: it stops at both ends.
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
