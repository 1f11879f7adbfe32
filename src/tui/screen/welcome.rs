//! The first screen: what planwise is, and ways to start.

use ratatui::layout::Rect;
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use super::{ScreenBehavior, moved};
use crate::question::QuestionId;
use crate::text::layout::pad_right;
use crate::tui::app::{AppState, Cx, EventCtx, Go};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::Place;
use crate::tui::widget::bigtext::BigText;
use crate::wizard::flow::{self, Arrival, Step};
use crate::wizard::session::Choices;
use crate::wizard::{Beginning, Kept};

#[derive(Debug, Default)]
pub struct Welcome {
    focus: usize,
}

/// The name of a way to start, and what it is in a narrow and in a wide window.
const fn words(way: Beginning) -> (&'static str, &'static str, &'static str) {
    match way {
        Beginning::Continue => ("Continue", "", ""),
        Beginning::Earlier => ("Earlier draft", "", ""),
        Beginning::Start => ("Start", "", ""),
        Beginning::Quick => {
            ("Quick check", "4 questions, 1 minute", "4 questions about last week, 1 minute")
        }
        Beginning::Logs => (
            "Use my own logs",
            "Claude Code or an export",
            "Claude Code, a claude.ai export, Console files",
        ),
        Beginning::OutcomeCheck => ("Last report", "how did it turn out?", ""),
        Beginning::Open => ("Open a report", "go on from a saved one", "go on from a saved one"),
        Beginning::Examples => {
            ("Examples", "three users, decided", "three users of the article, decided")
        }
        Beginning::Settings => {
            ("Settings", "colours, mouse, places", "colours, mouse, signs, places")
        }
        Beginning::Help => ("Help", "keys, words, method", "keys, words, how the answer is made"),
    }
}

fn ways(app: &AppState) -> Vec<Beginning> {
    app.wizard.beginnings().collect()
}

impl Welcome {
    fn go(&self, ctx: &mut EventCtx<'_, '_>) {
        let Some(way) = ways(ctx.app).get(self.focus).copied() else {
            return;
        };
        ctx.go = Some(match way {
            Beginning::Continue => {
                let kept = ctx.app.wizard.kept.take();
                go_on(kept, ctx)
            }
            Beginning::Earlier => {
                let earlier = ctx.app.wizard.earlier.take();
                go_on(earlier, ctx)
            }
            Beginning::Start => {
                ctx.change(ctx.session.fresh(), "Start");
                Go::To(flow::FIRST)
            }
            Beginning::Quick => {
                let begun = ctx.app.wizard.begin_quick(ctx.session);
                ctx.report(begun);
                Go::To(Step::Quick(0))
            }
            Beginning::Logs => Go::Over(Place::Logs(Arrival::Flow)),
            Beginning::OutcomeCheck => Go::Over(Place::OutcomeCheck(None)),
            Beginning::Open => Go::Over(Place::Open),
            Beginning::Examples => Go::Over(Place::Examples),
            Beginning::Settings => Go::Over(Place::Settings),
            Beginning::Help => Go::Over(Place::Help(Context::List)),
        });
    }

    fn intro(cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        // A second kept draft adds two lines.
        if page.is_roomy() || cx.app.wizard.earlier.is_none() {
            page.gap();
        }
        if page.is_roomy() {
            page.gap();
        }
        let title = BigText { text: "PLANWISE", style: look.theme.title, look };
        // In a low window the name in the frame is enough.
        let has_room = page.window() >= 10;
        if has_room && title.is_big(Rect::new(0, 0, page.width().saturating_sub(3), 3)) {
            page.widget(2, page.width().saturating_sub(3), 3, &title);
            // Two kept drafts and a report need one line more than there is.
            if page.is_roomy() || ways(cx.app).len() < 10 {
                page.gap();
            }
        }
        if page.is_roomy() {
            page.gap();
        }
        page.text("  Claude Pro, the API, or both?", look.theme.title);
        page.paragraph("Your answer, its reasons, and its cost.", 2, look.theme.text);
        page.gap();
        if cx.app.wizard.kept.is_some() && page.is_roomy() {
            page.text("  Your answers were kept when you left.", look.theme.text);
            page.gap();
        }
    }
}

/// Continues with kept choices.
fn go_on(kept: Option<Kept>, ctx: &mut EventCtx<'_, '_>) -> Go {
    if let Some(kept) = kept {
        ctx.change(kept.choices, "Kept answers");
    }
    Go::To(flow::resume(ctx.session.answers()))
}

impl ScreenBehavior for Welcome {
    fn context(&self) -> Context {
        Context::List
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "planwise".to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        Self::intro(cx, page);
        for (index, way) in ways(cx.app).into_iter().enumerate() {
            let (name, brief, long) = words(way);
            let mut about = if page.is_roomy() { long.to_owned() } else { brief.to_owned() };
            // Shorter text in windows of up to 76 columns.
            let tight = page.width() < 47;
            let pad = match &cx.app.wizard.kept {
                _ if page.is_roomy() => 18,
                _ if tight => 13,
                None => 16,
                // A draft's progress is the longest text in this column.
                Some(_) => 14,
            };
            let room = usize::from(page.width()).saturating_sub(pad + 6);
            match (way, &cx.app.wizard.kept, &cx.app.wizard.earlier) {
                (Beginning::Continue, Some(kept), _) | (Beginning::Earlier, _, Some(kept)) => {
                    about = kept_words(&kept.choices, &kept.when, room);
                }
                (Beginning::Start, Some(_), _) => "the draft is kept".clone_into(&mut about),
                (Beginning::Start, None, _) => about = start_words(page.is_roomy()),
                (Beginning::Settings, ..) if !cx.app.problems.is_empty() => {
                    "! config.toml broken".clone_into(&mut about);
                }
                (Beginning::Logs, ..) if tight => "Claude Code or export".clone_into(&mut about),
                _ => {}
            }
            if let (Beginning::OutcomeCheck, true, Some(day)) =
                (way, page.is_roomy(), cx.app.wizard.reported)
            {
                about = format!("of {day}: how did it turn out?");
            }
            let focused = index == self.focus;
            let from = page.row();
            let name = match (way, &cx.app.wizard.kept) {
                (Beginning::Start, Some(_)) => "Start over",
                // A shorter name instead of a cut one if the column is narrow.
                (Beginning::Logs, Some(_)) if !page.is_roomy() => "My own logs",
                (Beginning::Logs, None) if tight => "My own logs",
                _ => name,
            };
            let (mark, style) =
                if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
            let name = Span::styled(format!("{mark} {}", pad_right(name, pad)), style);
            page.entry(&name, &about, look.theme.text);
            page.mark_focusable(from, focused);
            if focused {
                page.cursor_at(2, from);
            }
            page.mark_clickable(from, index);
        }
        // If space is short, blank lines are dropped before entries.
        let low = |page: &Page, rows: u16| page.row().saturating_add(rows) > page.window();
        if !low(page, 6) || page.is_roomy() {
            page.gap();
        }
        if page.is_roomy() {
            page.gap();
            let catalog = cx.session.world.catalog;
            page.paragraph(
                &format!(
                    "planwise follows one article's decision framework and says what it adds. Its prices are dated: {} of {}.",
                    super::help::list_name(catalog),
                    catalog.as_of
                ),
                2,
                look.theme.text,
            );
            page.gap();
        } else if !cx.app.has_pane() {
            // The pane explains the three ways wherever there is one.
            for (name, about) in [
                ("Pro    ", "one flat price, the Claude app"),
                ("API    ", "pay for what you use; needs a key"),
                ("Hybrid ", "Pro for chat, the API for the rest"),
            ] {
                page.entry(&Span::styled(name, look.theme.text), about, look.theme.text);
            }
            if !low(page, 2) {
                page.gap();
            }
        }
        let figures = if page.width() < 47 { "Figures:" } else { "Figures are" };
        let figures = format!("{figures} estimates, US dollars before tax.");
        page.sentence(&figures, look.theme.text);
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        match action {
            Action::Enter | Action::Choose => self.go(ctx),
            Action::Back => ctx.say = Some("This is the first screen. q quits.".to_owned()),
            action => self.focus = moved(self.focus, action, ways(ctx.app).len()),
        }
    }

    fn click(&mut self, index: usize, ctx: &mut EventCtx<'_, '_>) {
        self.focus = index;
        self.go(ctx);
    }
}

fn start_words(is_roomy: bool) -> String {
    let count = QuestionId::COUNT;
    if is_roomy {
        format!("{count} questions and your month, about 3 minutes")
    } else {
        format!("{count} questions, 3 minutes")
    }
}

/// `question 5 of 8, yesterday 18:02`, shortened to fit.
fn kept_words(choices: &Choices, when: &str, room: usize) -> String {
    let words = match choices.answers.next_open() {
        Some(question) => {
            let number = question.index() + 1;
            [
                format!("question {number} of {}, {when}", QuestionId::COUNT),
                format!("question {number}, {when}"),
                format!("{number} of {}, {when}", QuestionId::COUNT),
            ]
        }
        None => [format!("your month, {when}"), format!("month, {when}"), when.to_owned()],
    };
    let [longest, shorter, shortest] = words;
    [longest, shorter].into_iter().find(|words| words.width() <= room).unwrap_or(shortest)
}
