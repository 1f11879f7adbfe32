//! Two to four scenarios side by side.

use super::ScreenBehavior;
use super::scenarios::{NOTHING_TO_REDO, NOTHING_TO_UNDO};
use crate::compare::Comparison;
use crate::doc::{Block, Document};
use crate::report::Opened;
use crate::subject::compare::{document, laid_out, names};
use crate::tui::app::{AppState, Cx, EventCtx, Go};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::Reading;
use crate::wizard::session::Session;

#[derive(Debug)]
pub struct SideBySide {
    files: Vec<(String, Opened)>,
    /// The names and the comparison, or why these files cannot be compared.
    compared: Option<Result<([Block; 1], Document), String>>,
}

impl SideBySide {
    /// Compares these files, by name. Takes two to four.
    pub const fn new(files: Vec<(String, Opened)>) -> Self {
        Self { files, compared: None }
    }
}

impl ScreenBehavior for SideBySide {
    fn context(&self) -> Context {
        Context::Reading
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Side by side, estimates a month".to_owned()
    }

    fn renew(&mut self, session: &Session<'_>, _app: &AppState) {
        self.compared.get_or_insert_with(|| {
            let files = self.files.clone();
            let compared = Comparison::new(files, session.world, session.wording);
            compared.map(|of| (names(&of), document(&of))).map_err(|why| format!("! {why}"))
        });
    }

    fn draw(&self, _cx: &Cx<'_, '_>, page: &mut Page) {
        let style = page.look().theme.text;
        match &self.compared {
            None => {}
            Some(Ok((names, document))) => {
                let room = usize::from(page.width().saturating_sub(2));
                for line in laid_out(names, document, room) {
                    page.text(&format!(" {line}"), style);
                }
            }
            Some(Err(why)) => page.paragraph(why, 2, style),
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
