//! Two to four scenarios side by side.

use super::ScreenBehavior;
use super::scenarios::{NOTHING_TO_REDO, NOTHING_TO_UNDO};
use crate::compare::Comparison;
use crate::report::Opened;
use crate::session::Session;
use crate::tui::app::{Cx, EventCtx, Go};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::Reading;

#[derive(Debug)]
pub struct SideBySide {
    files: Vec<(String, Opened)>,
}

impl SideBySide {
    /// Compares these files, by name. Takes two to four.
    pub const fn new(files: Vec<(String, Opened)>) -> Self {
        Self { files }
    }
}

impl ScreenBehavior for SideBySide {
    fn context(&self) -> Context {
        Context::Reading
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Side by side, estimates a month".to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let session = cx.session;
        match Comparison::new(self.files.clone(), session.world, session.wording) {
            Ok(comparison) => {
                let room = usize::from(page.width().saturating_sub(2));
                for line in crate::subject::compare::lines(&comparison, room) {
                    page.text(&format!(" {line}"), look.theme.text);
                }
            }
            Err(why) => page.paragraph(&format!("! {why}"), 2, look.theme.text),
        }
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        if matches!(action, Action::Back | Action::Enter) {
            ctx.go = Some(Go::Back);
        }
    }

    // The columns hold fixed answers. Undo must not change the session behind them.
    fn undo(&mut self, ctx: &mut EventCtx<'_, '_>) -> bool {
        ctx.say = Some(NOTHING_TO_UNDO.to_owned());
        true
    }

    fn redo(&mut self, ctx: &mut EventCtx<'_, '_>) -> bool {
        ctx.say = Some(NOTHING_TO_REDO.to_owned());
        true
    }

    fn why(&self, _session: &Session<'_>) -> Option<Reading> {
        None
    }

    fn needs_result(&self) -> bool {
        true
    }
}
