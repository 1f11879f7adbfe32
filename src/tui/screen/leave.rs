//! Asks whether to leave without saving.

use ratatui::text::Span;

use super::{ScreenBehavior, moved};
use crate::text::layout::pad_right;
use crate::tui::app::{AppState, Cx, Ending, EventCtx, Go};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::Place;

/// Asks what to do with a result that is not saved in a report.
#[derive(Debug, Default)]
pub struct Leave {
    focus: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Save,
    Leave,
    Stay,
}

impl Choice {
    const ALL: [Self; 3] = [Self::Save, Self::Leave, Self::Stay];

    const fn words(self, app: &AppState) -> (&'static str, &'static str) {
        match self {
            Self::Save => ("Save the report first", ""),
            Self::Leave if app.wizard.places.draft.is_some() => {
                ("Leave", "answers are kept for next time")
            }
            Self::Leave => ("Leave", "nothing is kept"),
            Self::Stay => ("Stay", ""),
        }
    }
}

impl Leave {
    fn choose(&self, ctx: &mut EventCtx<'_, '_>) {
        ctx.go = match Choice::ALL.get(self.focus) {
            Some(Choice::Save) => Some(Go::Instead(Place::Save)),
            Some(Choice::Leave) => Some(Go::Leave(Ending::Quit)),
            Some(Choice::Stay) | None => Some(Go::Back),
        };
    }
}

impl ScreenBehavior for Leave {
    fn context(&self) -> Context {
        Context::Dialog
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Leave?".to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        page.gap();
        if page.is_roomy() {
            page.gap();
        }
        page.paragraph("This result is not saved.", 2, look.theme.title);
        page.gap();
        for (index, choice) in Choice::ALL.into_iter().enumerate() {
            let (name, about) = choice.words(cx.app);
            let focused = index == self.focus;
            let (mark, style) =
                if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
            let name = if about.is_empty() { name.to_owned() } else { pad_right(name, 6) };
            let from = page.row();
            let name = Span::styled(format!("{mark} {}  {name}", index + 1), style);
            page.entry(&name, about, look.theme.text);
            page.mark_focusable(from, focused);
            if focused {
                page.cursor_at(2, from);
            }
            page.mark_clickable(from, index);
            if page.is_roomy() {
                page.gap();
            }
        }
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        match action {
            Action::Enter | Action::Choose => self.choose(ctx),
            Action::Back => ctx.go = Some(Go::Back),
            action => self.focus = moved(self.focus, action, Choice::ALL.len()),
        }
    }

    fn click(&mut self, index: usize, ctx: &mut EventCtx<'_, '_>) {
        self.focus = index;
        self.choose(ctx);
    }
}
