//! The screens, one file each.
//!
//! A screen owns what only it needs: its focus, its open field. It reads everything else from
//! [`Cx`], changes it through [`EventCtx`], and names the [`Place`](super::place::Place) to go to.

mod advanced;
mod check;
pub(super) mod compare;
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
pub use result::ResultScreen;
pub use save::Save;
pub use scenarios::Scenarios;
pub use settings::Settings;
pub use side_by_side::SideBySide;
pub use usage::UsageScreen;
pub use week::WeekScreen;
pub use welcome::Welcome;

use std::fmt::Debug;

use super::app::{AppState, Cx, EventCtx};
use super::key::Press;
use super::keymap::{Action, Context};
use super::page::Page;
use super::place::Reading;
use crate::wizard::session::{Preview, Session};
use crate::wizard::{Effect, Message, Scan};

/// What each screen implements.
pub trait ScreenBehavior: Debug {
    /// The keymap context.
    fn context(&self) -> Context;

    /// The title in the frame.
    fn title(&self, cx: &Cx<'_, '_>) -> String;

    /// Draws the screen, top down.
    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page);

    /// Handles a key that the keymap binds in this context.
    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>);

    /// Handles a key without a binding here, such as text for a field.
    fn press(&mut self, _press: Press, _ctx: &mut EventCtx<'_, '_>) {}

    /// Handles pasted text. A paste never confirms anything.
    fn paste(&mut self, _text: &str, _ctx: &mut EventCtx<'_, '_>) {}

    /// Handles a click on the focusable line with this index.
    fn click(&mut self, _index: usize, _ctx: &mut EventCtx<'_, '_>) {}

    /// Handles the result of an effect.
    fn on_message(&mut self, _message: Message, _ctx: &mut EventCtx<'_, '_>) {}

    /// Undoes the screen's own last change. True if the screen owns its undo history: the session's
    /// is then left alone.
    fn undo(&mut self, _ctx: &mut EventCtx<'_, '_>) -> bool {
        false
    }

    /// Redoes the screen's own last undone change. Returns the same as [`Self::undo`].
    fn redo(&mut self, _ctx: &mut EventCtx<'_, '_>) -> bool {
        false
    }

    /// The focused choice, for the live pane to preview.
    fn preview(&self, _session: &Session<'_>) -> Preview {
        Preview::Nothing
    }

    /// Updates the screen after choices changed by undo or on another screen.
    fn refresh(&mut self, _session: &Session<'_>) {}

    /// The title of the month in the live pane while it shows other choices.
    fn month_title(&self) -> Option<&'static str> {
        None
    }

    /// Follows the scan, also below other screens. True if another page is shown now.
    fn follow(&mut self, _scan: &Scan) -> bool {
        false
    }

    /// Updates what is derived from the choices and the scan, also below other screens.
    fn renew(&mut self, _session: &Session<'_>, _app: &AppState) {}

    /// Updates what is derived from the outcome too, before the screen is drawn.
    fn derive(&mut self, _cx: &Cx<'_, '_>) {}

    /// The text that `w` opens: the explanation of this screen.
    fn why(&self, session: &Session<'_>) -> Option<Reading> {
        session.is_complete().then_some(Reading::Why)
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
    fn opening(&self, _app: &AppState) -> Vec<Effect> {
        Vec::new()
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
