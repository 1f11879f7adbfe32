//! A question: its options, why we ask, the answers so far.

use ratatui::text::{Line, Span};

use super::options::{OptionLine, draw_option};
use super::{ScreenBehavior, moved};
use crate::advice::Certainty;
use crate::question::{Given, Origin, QuestionId, QuestionText, Rank};
use crate::text::layout::{pad_right, wrap};
use crate::tui::app::{Cx, EventCtx, Go};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::Reading;
use crate::wizard::flow::{self, Arrival, Step};
use crate::wizard::session::{Preview, Session};
use crate::words;

#[derive(Debug)]
pub struct Question {
    id: QuestionId,
    focus: Focus,
    arrival: Arrival,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    /// The option at this index on screen.
    Option(usize),
    Button(Button),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Button {
    Continue,
    Back,
    Result,
}

impl Button {
    const fn label(self) -> &'static str {
        match self {
            Self::Continue => "[ Continue ]",
            Self::Back => "[ Back ]",
            Self::Result => "[ See the result ]",
        }
    }
}

impl Question {
    /// A question, with the focus on its answer.
    pub fn new(id: QuestionId, arrival: Arrival, session: &Session<'_>) -> Self {
        let focus = chosen_index(id, session).unwrap_or_default();
        Self { id, focus: Focus::Option(focus), arrival }
    }

    fn text<'w>(&self, session: &Session<'w>) -> &'w QuestionText {
        session.wording.question(self.id)
    }

    fn focused_rank(&self, session: &Session<'_>) -> Option<Rank> {
        match self.focus {
            Focus::Option(index) => self.text(session).rank_at(index),
            Focus::Button(_) => None,
        }
    }

    fn take(&self, ctx: &mut EventCtx<'_, '_>) {
        if let Some(rank) = self.focused_rank(ctx.session) {
            ctx.answer(self.id, rank);
        }
    }

    fn go_on(&self, ctx: &mut EventCtx<'_, '_>) {
        if ctx.session.answers().effective(self.id).is_none() {
            ctx.say = Some("Pick an option first, or type its number.".to_owned());
            return;
        }
        let next = flow::after_question(self.id, self.arrival, ctx.session.answers());
        ctx.go = Some(next.into());
    }

    fn go_back(&self, ctx: &mut EventCtx<'_, '_>) {
        let before = flow::before_question(self.id, self.arrival, ctx.session.answers());
        ctx.go = Some(before.into());
    }

    /// Fills open questions with the usual answers, marks them as assumed and shows the result.
    fn see_result(ctx: &mut EventCtx<'_, '_>) {
        let mut choices = ctx.session.choices().clone();
        choices.answers = choices.answers.assume_open();
        ctx.change(choices, "Open questions assumed");
        ctx.go = Some(Go::To(Step::Result));
    }

    fn press_button(&self, button: Button, ctx: &mut EventCtx<'_, '_>) {
        match button {
            Button::Continue => self.go_on(ctx),
            Button::Back => self.go_back(ctx),
            Button::Result => Self::see_result(ctx),
        }
    }

    fn buttons(settled: Certainty) -> Vec<Button> {
        match settled {
            Certainty::Open => vec![Button::Continue, Button::Back],
            _ => vec![Button::Continue, Button::Back, Button::Result],
        }
    }

    /// Moves the focus through options and buttons as one list.
    fn step(&mut self, action: Action, ctx: &EventCtx<'_, '_>) {
        let options = self.text(ctx.session).options.len();
        let buttons = Self::buttons(ctx.outlook.settled);
        let here = match self.focus {
            Focus::Option(index) => index,
            Focus::Button(button) => {
                options + buttons.iter().position(|b| *b == button).unwrap_or_default()
            }
        };
        let next = moved(here, action, options + buttons.len());
        self.focus = match next.checked_sub(options).and_then(|index| buttons.get(index)) {
            Some(button) => Focus::Button(*button),
            None => Focus::Option(next.min(options.saturating_sub(1))),
        };
    }

    fn draw_options(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let text = self.text(cx.session);
        let chosen = cx.session.answers().effective(self.id);
        let given = cx.session.answers().given(self.id);
        let tight = !page.is_roomy() && text.options.iter().all(|option| option.detail.is_empty());
        for (index, option) in text.options.iter().enumerate() {
            draw_option(
                page,
                &OptionLine {
                    index,
                    label: &option.label,
                    detail: &option.detail,
                    focused: self.focus == Focus::Option(index),
                    chosen: chosen.is_some() && text.rank_at(index) == chosen,
                    origin: match text.rank_at(index) {
                        Some(rank) if given == Some(Given { rank, origin: Origin::Usage }) => {
                            "from your usage"
                        }
                        _ => "",
                    },
                },
            );
            if !tight || page.window() > 20 {
                page.gap();
            }
        }
    }

    fn draw_buttons(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let mut line = Line::from("  ");
        let from = page.row();
        let mut column = 2;
        let buttons = Self::buttons(cx.outlook.settled);
        let wide: usize = buttons.iter().map(|button| button.label().len() + 3).sum();
        let gap = if wide < usize::from(page.width()) { 3_u16 } else { 1 };
        let mut first = from;
        for button in buttons {
            let length = u16::try_from(button.label().len()).unwrap_or_default();
            if column > 2 && column + length > page.width() {
                page.line(std::mem::replace(&mut line, Line::from("  ")));
                column = 2;
                first = page.row();
            }
            let focused = self.focus == Focus::Button(button);
            let style = if focused { look.theme.focus } else { look.theme.text };
            if focused {
                page.cursor_at(column, first);
            }
            let label = button.label();
            column += length + gap;
            line.push_span(Span::styled(label, style));
            line.push_span(Span::raw(" ".repeat(usize::from(gap))));
        }
        page.line(line);
        page.mark_focusable(from, matches!(self.focus, Focus::Button(_)));
    }

    fn draw_so_far(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let answered = |question: &QuestionId| {
            cx.session.answers().effective(*question).map(|rank| (*question, rank))
        };
        let so_far: Vec<(QuestionId, Rank)> =
            QuestionId::ALL[..self.id.index()].iter().filter_map(answered).collect();
        if so_far.is_empty() {
            return;
        }
        let label = |(question, rank): &(QuestionId, Rank)| {
            cx.session.wording.question(*question).short_label(*rank).to_owned()
        };
        if page.is_roomy() {
            let title = "  So far";
            let change = "e to change";
            let room = usize::from(page.width().saturating_sub(3));
            page.text(&crate::text::layout::columns(title, change, room), look.theme.text);
            for entry in &so_far {
                let name = &cx.session.wording.question(entry.0).name;
                let line =
                    format!("    {} {} {}", entry.0.index() + 1, pad_right(name, 18), label(entry));
                page.text(&line, look.theme.text);
            }
        } else {
            let labels: Vec<String> = so_far.iter().map(label).collect();
            let dot = format!(" {} ", look.glyphs.middle_dot);
            let room = usize::from(page.width().saturating_sub(12));
            let lines = wrap(&labels.join(&dot), room);
            page.fill(u16::try_from(lines.len()).unwrap_or(1));
            for (index, line) in lines.iter().enumerate() {
                let lead = if index == 0 { "  So far  " } else { "          " };
                page.text(&format!("{lead}{line}"), look.theme.text);
            }
        }
    }
}

/// The index on screen of the current answer.
fn chosen_index(id: QuestionId, session: &Session<'_>) -> Option<usize> {
    session.answers().effective(id).map(|rank| session.wording.question(id).index_of(rank))
}

/// What is already certain before every question is answered.
fn settled_line(settled: Certainty) -> Option<String> {
    match settled {
        Certainty::Open => None,
        Certainty::AtAnyVolume(outcome) => Some(format!(
            "Decided: {} at any volume. The remaining questions only refine the reasons.",
            outcome.name()
        )),
        Certainty::AtThisVolume(outcome) => Some(format!(
            "{} at this volume, whatever you answer next; your volume can still change it.",
            outcome.name()
        )),
    }
}

impl ScreenBehavior for Question {
    fn context(&self) -> Context {
        Context::Question
    }

    fn title(&self, cx: &Cx<'_, '_>) -> String {
        let progress = cx.app.look.progress(Step::Question(self.id)).unwrap_or_default();
        if cx.app.size.0 >= 100 {
            format!("{progress}  {}", self.text(cx.session).name)
        } else {
            progress
        }
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let text = self.text(cx.session);
        page.gap();
        if page.is_roomy() {
            page.gap();
        }
        page.paragraph(&text.title, 2, look.theme.title);
        page.gap();
        if page.is_roomy() {
            page.gap();
        }
        self.draw_options(cx, page);
        let measured = cx.session.usage().measured.as_deref();
        let evidence = measured.and_then(|measured| words::evidence(measured, self.id));
        if let Some(evidence) = &evidence {
            page.paragraph(evidence, 2, look.theme.title);
            if page.is_roomy() {
                let peak = measured.filter(|_| self.id == QuestionId::Limits);
                if let Some(peak) = peak.and_then(words::fullest_window) {
                    page.paragraph(&peak, 2, look.theme.text);
                }
                page.gap();
            }
        }
        if page.is_roomy() {
            page.text("  Why we ask", look.theme.title);
            page.paragraph(&format!("{} {}", text.why, text.more), 2, look.theme.text);
            page.gap();
            let quote = format!("The article: \"{}.\" ({})", text.quote, text.section);
            page.paragraph(&quote, 2, look.theme.text);
            page.gap();
        } else if evidence.is_none() {
            // Evidence from the logs replaces this line. `w` still explains why.
            page.paragraph(&format!("Why we ask: {}", text.why), 2, look.theme.text);
            // More help in the free rows, leaving room for the buttons, the answers so far and
            // two blanks.
            let room = usize::from(page.width().saturating_sub(3));
            let more = wrap(&text.more, room).len();
            let taken = usize::from(page.row()) + more + 6;
            if taken <= usize::from(page.window()) && cx.outlook.settled == Certainty::Open {
                page.paragraph(&text.more, 2, look.theme.text);
            }
        }
        if cx.session.is_complete() {
            page.gap();
        } else if let Some(line) = settled_line(cx.outlook.settled) {
            page.gap();
            page.paragraph(&line, 2, look.theme.title);
            page.gap();
        } else {
            page.gap();
        }
        self.draw_buttons(cx, page);
        page.gap();
        if page.is_roomy() {
            page.gap();
        }
        self.draw_so_far(cx, page);
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        let options = self.text(ctx.session).options.len();
        match action {
            Action::Digit(digit) => {
                let index = digit.to_digit(10).map_or(0, |digit| digit as usize);
                if (1..=options).contains(&index) {
                    self.focus = Focus::Option(index - 1);
                    self.take(ctx);
                } else {
                    ctx.say = Some(format!("Options are numbered 1 to {options}."));
                }
            }
            Action::Choose => match self.focus {
                Focus::Option(_) => self.take(ctx),
                Focus::Button(button) => self.press_button(button, ctx),
            },
            Action::Enter => match self.focus {
                Focus::Option(_) => {
                    self.take(ctx);
                    self.go_on(ctx);
                }
                Focus::Button(button) => self.press_button(button, ctx),
            },
            Action::Back => self.go_back(ctx),
            action => self.step(action, ctx),
        }
    }

    fn click(&mut self, index: usize, ctx: &mut EventCtx<'_, '_>) {
        self.focus = Focus::Option(index);
        self.take(ctx);
    }

    fn options(&self, cx: &Cx<'_, '_>) -> Option<usize> {
        Some(self.text(cx.session).options.len())
    }

    fn preview(&self, session: &Session<'_>) -> Preview {
        match self.focused_rank(session) {
            Some(rank) => Preview::Answer(self.id, rank),
            None => Preview::Nothing,
        }
    }

    fn refresh(&mut self, session: &Session<'_>) {
        if let Some(index) = chosen_index(self.id, session) {
            self.focus = Focus::Option(index);
        }
    }

    fn why(&self, _session: &Session<'_>) -> Option<Reading> {
        Some(Reading::WhyAsked(self.id))
    }
}
