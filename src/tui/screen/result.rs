//! The recommendation: what to use, its cost, the alternatives, the reasons and what would
//! change it.

mod parts;

use ratatui::text::{Line, Span};

use super::ScreenBehavior;
use crate::tui::app::{Cx, EventCtx, Go};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::{Place, Reading};
use crate::wizard::flow::Step;
use crate::wizard::session::Session;

#[derive(Debug, Default)]
pub struct ResultScreen {
    focus: Button,
}

/// A button below the recommendation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Button {
    #[default]
    NextSteps,
    Save,
    Compare,
}

impl Button {
    const ALL: [Self; 3] = [Self::NextSteps, Self::Save, Self::Compare];

    const fn label(self, short: bool) -> &'static str {
        match self {
            Self::NextSteps => "[ Next steps ]",
            Self::Save if short => "[ Save ]",
            Self::Save => "[ Save the report ]",
            Self::Compare => "[ Compare ]",
        }
    }
}

impl ResultScreen {
    fn walk(&mut self, action: Action) {
        let here = Button::ALL.iter().position(|button| *button == self.focus).unwrap_or_default();
        let next =
            if action == Action::Left { here.saturating_sub(1) } else { here.saturating_add(1) };
        if let Some(button) = Button::ALL.get(next) {
            self.focus = *button;
        }
    }

    fn press_button(&self, ctx: &mut EventCtx<'_, '_>) {
        ctx.go = Some(Go::Over(match self.focus {
            Button::NextSteps => Place::Reading(Reading::NextSteps),
            Button::Save => Place::Save,
            Button::Compare => Place::Compare,
        }));
    }

    /// Draws the buttons. They stay in view while the text above scrolls.
    fn draw_buttons(&self, page: &mut Page) {
        let look = page.look();
        let short = page.width() < 60;
        let gap = if short { "  " } else { "   " };
        let from = page.row();
        let mut line = Line::default();
        let mut column = 1_u16;
        for button in Button::ALL {
            let label = button.label(short);
            let focused = button == self.focus;
            // The focus shows by its shape too.
            let (mark, style) =
                if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
            if focused {
                page.cursor_at(column.saturating_add(1), from);
            }
            let lead = if column == 1 || short { " " } else { "  " };
            line.push_span(Span::raw(lead));
            line.push_span(Span::styled(mark, look.theme.text));
            line.push_span(Span::styled(label, style));
            let taken = label.len().saturating_add(gap.len());
            column = column.saturating_add(u16::try_from(taken).unwrap_or_default());
        }
        page.line(line);
        page.mark_sticky(from);
    }
}

impl ScreenBehavior for ResultScreen {
    fn context(&self) -> Context {
        Context::Result
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "planwise: your recommendation".to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let Some(case) = &cx.outlook.assessment else {
            return;
        };
        if page.is_roomy() {
            parts::roomy(case, cx, page);
            page.gap();
        } else {
            parts::compact(case, cx, page);
        }
        self.draw_buttons(page);
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        match action {
            Action::Left | Action::Right => self.walk(action),
            Action::Enter | Action::Choose => self.press_button(ctx),
            Action::Back => {
                ctx.go = Some(Go::To(Step::Answers));
            }
            _ => {}
        }
    }

    fn why(&self, _session: &Session<'_>) -> Option<Reading> {
        Some(Reading::Why)
    }

    fn needs_result(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
