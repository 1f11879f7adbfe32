//! The list of answers, before the result and on demand. Each line can be changed.

use ratatui::text::{Line, Span};

use super::form::draw_buttons;
use super::{ScreenBehavior, moved};
use crate::month::{Field, advanced_set};
use crate::number::{grouped, short_usd};
use crate::question::{Given, Origin, QuestionId, Step as Asked};
use crate::text::layout::{columns, pad_right};
use crate::text::node::serde_name;
use crate::tui::app::{Cx, EventCtx, Go};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::Place;
use crate::usage::{Outside, ProPrice};
use crate::wizard::flow::{self, Arrival, MonthLine, Next, Step};
use crate::wizard::session::Session;
use crate::words;

#[derive(Debug)]
pub struct Check {
    focus: Focus,
    arrival: Arrival,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Question(QuestionId),
    /// A line of monthly usage.
    Month(MonthLine),
    Result,
    Back,
}

/// One line of the list.
struct Entry {
    mark: String,
    name: String,
    /// A one-word name for narrow windows.
    short: String,
    value: String,
    /// A shorter value, for when the full one leaves no room for the word `change`.
    tight: String,
    can_change: bool,
}

/// Columns of a name.
const NAMES: usize = 19;
/// Columns of a one-word name.
const BRIEF: usize = 12;

/// Short for `from your usage`.
const FROM_USAGE: &str = "usage";

const MONTH: [MonthLine; 6] = [
    MonthLine::Number(Field::Input),
    MonthLine::Number(Field::Output),
    MonthLine::Number(Field::Outside),
    MonthLine::Model,
    MonthLine::Confidence,
    MonthLine::Number(Field::ProPrice),
];

impl Check {
    /// The list: on the path the result is next, else an answer is to be changed.
    pub const fn new(arrival: Arrival) -> Self {
        let focus = match arrival {
            Arrival::Flow => Focus::Result,
            Arrival::Detour => Focus::Question(QuestionId::Interface),
        };
        Self { focus, arrival }
    }

    fn open(&self, ctx: &mut EventCtx<'_, '_>) {
        match self.focus {
            Focus::Question(question) if !flow::can_change(question, ctx.session.answers()) => {
                let keys = &ctx.session.wording.question(QuestionId::Developer).name;
                ctx.say = Some(format!("Not asked without keys: change {keys} first."));
            }
            Focus::Question(question) => ctx.go = Some(Go::Over(Place::Change(question))),
            Focus::Month(line) => ctx.go = Some(Go::Over(Place::ChangeMonth(line))),
            Focus::Result => Self::see_result(ctx),
            Focus::Back => self.go_back(ctx),
        }
    }

    fn see_result(ctx: &mut EventCtx<'_, '_>) {
        ctx.go = Some(match flow::after_answers(ctx.session.answers()) {
            Next::Ask(open) => Go::Over(Place::Change(open)),
            next => {
                ctx.session.accept_month();
                next.into()
            }
        });
    }

    fn go_back(&self, ctx: &mut EventCtx<'_, '_>) {
        ctx.go = Some(flow::before_answers(self.arrival).into());
    }

    fn draw_entry(
        &self,
        index: usize,
        (focus, entry): (Focus, &Entry),
        brief: bool,
        page: &mut Page,
    ) {
        let look = page.look();
        let focused = self.focus == focus;
        let (mark, style) = if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
        let room = usize::from(page.width().saturating_sub(6));
        let name = if brief { &entry.short } else { &entry.name };
        let pad = if brief && matches!(focus, Focus::Question(_)) { BRIEF } else { NAMES };
        let has_room = |value: &str| pad + value.chars().count() + 7 <= room;
        let value = if has_room(&entry.value) { &entry.value } else { &entry.tight };
        let left = format!("{}{value}", pad_right(name, pad));
        // The answer matters more than the word `change`. Enter works with or without it.
        let change =
            if entry.can_change && left.chars().count() + 7 <= room { "change" } else { "" };
        let text = format!("{mark} {} {}", entry.mark, columns(&left, change, room));
        let from = page.row();
        page.line(Line::from(vec![Span::raw(" "), Span::styled(text, style)]));
        page.mark_focusable(from, focused);
        if focused {
            page.cursor_at(1, from);
        }
        page.mark_clickable(from, index);
    }

    fn draw_verdict(cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let open = QuestionId::ALL
            .into_iter()
            .filter(|question| cx.session.answers().step(*question) == Asked::Open)
            .count();
        match &cx.outlook.assessment {
            Some(case) if case.warnings.is_empty() => {
                page.text("  ok No conflicts found", look.theme.ok);
            }
            Some(case) => {
                for warning in &case.warnings {
                    page.item("! ", &warning.text, 2, look.theme.warning);
                }
            }
            None if open == 1 => page.text("  ! One question is still open", look.theme.warning),
            None => page.text(&format!("  ! {open} questions are still open"), look.theme.warning),
        }
    }
}

/// Every focusable line and button, from the top.
fn all(session: &Session<'_>) -> Vec<Focus> {
    let advanced = (advanced_set(session.usage()) > 0).then_some(MonthLine::Advanced);
    QuestionId::ALL
        .into_iter()
        .map(Focus::Question)
        .chain(MONTH.into_iter().chain(advanced).map(Focus::Month))
        .chain([Focus::Result, Focus::Back])
        .collect()
}

/// True if a value fits between the name and the word `change`.
fn fits(value: &str, room: usize) -> bool {
    NAMES + value.chars().count() + 7 <= room
}

fn entry(focus: Focus, cx: &Cx<'_, '_>, room: usize) -> Option<Entry> {
    let month = |mark: &str, name: &str, value: String| {
        Some(Entry {
            mark: mark.to_owned(),
            name: name.to_owned(),
            short: name.to_owned(),
            tight: value.clone(),
            value,
            can_change: true,
        })
    };
    let usage = cx.session.usage();
    let tokens = |count| {
        let count = grouped(count);
        let with_unit = format!("{count} tokens");
        if fits(&with_unit, room) { with_unit } else { count }
    };
    match focus {
        Focus::Question(question) => Some(question_entry(question, cx.session)),
        Focus::Month(MonthLine::Number(Field::Input)) => {
            month("9", "Sent to Claude", tokens(usage.volume.input))
        }
        Focus::Month(MonthLine::Number(Field::Output)) => {
            month(" ", "Written by Claude", tokens(usage.volume.output))
        }
        Focus::Month(MonthLine::Number(Field::Outside)) => {
            let origin = match usage.outside {
                Outside::Default => " (default)",
                Outside::Set(_) => "",
                Outside::Measured(_) => " (from your usage)",
            };
            let share = cx.session.outside_share();
            let place = words::Place::of_answers(cx.session.answers());
            let name = format!("Outside {}", place.short);
            let line = month(" ", &name, format!("{share} %{origin}"));
            match usage.outside {
                Outside::Measured(_) => {
                    line.map(|line| Entry { tight: format!("{share} % ({FROM_USAGE})"), ..line })
                }
                Outside::Default | Outside::Set(_) => line,
            }
        }
        Focus::Month(MonthLine::Model) => {
            let model = match &cx.outlook.month {
                Ok(month) => month.model.short_name().to_owned(),
                Err(error) => error.to_string(),
            };
            month(" ", if room > 60 { "Model for the API" } else { "API model" }, model)
        }
        Focus::Month(MonthLine::Confidence) => {
            month(" ", "How sure you are", serde_name(&usage.confidence))
        }
        Focus::Month(MonthLine::Number(Field::ProPrice)) => {
            let price =
                usage.pro_monthly(cx.session.world.catalog).map(short_usd).unwrap_or_default();
            let how = match usage.pro_price {
                ProPrice::Monthly => "monthly",
                ProPrice::Annual => "by the year",
                ProPrice::Other(_) => "your price",
            };
            month(" ", "Pro price", format!("{price} {how}"))
        }
        Focus::Month(_) => {
            let set = advanced_set(usage);
            month(" ", "Caching, batches", format!("{set} set"))
        }
        Focus::Result | Focus::Back => None,
    }
}

fn question_entry(question: QuestionId, session: &Session<'_>) -> Entry {
    let text = session.wording.question(question);
    let value = words::answer_in_words(session.answers(), question, text);
    let tight = match session.answers().given(question) {
        Some(Given { rank, origin: Origin::Usage }) => {
            format!("{} ({FROM_USAGE})", text.short_label(rank))
        }
        _ => value.clone(),
    };
    Entry {
        mark: (question.index() + 1).to_string(),
        name: text.name.clone(),
        short: text.short.clone(),
        value,
        tight,
        can_change: flow::can_change(question, session.answers()),
    }
}

impl ScreenBehavior for Check {
    fn context(&self) -> Context {
        Context::Check
    }

    fn title(&self, cx: &Cx<'_, '_>) -> String {
        let progress = match self.arrival {
            Arrival::Flow => cx.app.look.progress(Step::Answers),
            Arrival::Detour => None,
        };
        match progress {
            Some(progress) if cx.app.size.0 < 60 => progress,
            Some(progress) if cx.app.size.0 < 100 => format!("{progress}  Check"),
            Some(progress) => format!("{progress}  Check your answers"),
            None => "Check your answers".to_owned(),
        }
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let roomy = page.is_roomy();
        let sample = cx.session.choices().is_sample();
        page.gap();
        if roomy {
            page.text("  Your answers", look.theme.title);
            page.gap();
        }
        let room = usize::from(page.width().saturating_sub(6));
        let lines = all(cx.session);
        let entries: Vec<Option<Entry>> = lines.iter().map(|line| entry(*line, cx, room)).collect();
        // One long remark shortens all names, so that the columns stay aligned.
        let brief = entries.iter().flatten().any(|entry| !fits(&entry.value, room));
        for ((index, line), entry) in lines.into_iter().enumerate().zip(&entries) {
            if line == Focus::Month(MonthLine::Number(Field::Input)) {
                page.gap();
                let measured = cx.session.usage().measured_month();
                let heading = match (roomy, sample, measured) {
                    (true, false, Some(month)) => {
                        Some(format!("Your month, estimate: {}", words::scaled(month)))
                    }
                    (false, false, Some(month)) => Some(words::scaled(month)),
                    (true, false, None) => Some("Your month, estimate".to_owned()),
                    (true, true, _) => Some("The month: a sample until you set yours".to_owned()),
                    (false, true, _) => Some("A sample month until you set yours".to_owned()),
                    (false, false, None) => None,
                };
                if let Some(heading) = heading {
                    page.text(&format!("  {heading}"), look.theme.title);
                }
                if roomy {
                    page.gap();
                }
            }
            if let Some(entry) = entry {
                self.draw_entry(index, (line, entry), brief, page);
            }
        }
        page.gap();
        Self::draw_verdict(cx, page);
        page.gap();
        let focus = match self.focus {
            Focus::Result => Some(0),
            Focus::Back => Some(1),
            _ => None,
        };
        draw_buttons(page, &["See my recommendation", "Back"], focus);
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        let lines = all(ctx.session);
        match action {
            Action::Enter | Action::Choose => self.open(ctx),
            Action::Back => self.go_back(ctx),
            action => {
                let here = lines.iter().position(|line| *line == self.focus);
                let next = moved(here.unwrap_or_default(), action, lines.len());
                if let Some(line) = lines.get(next) {
                    self.focus = *line;
                }
            }
        }
    }

    fn click(&mut self, index: usize, ctx: &mut EventCtx<'_, '_>) {
        if let Some(line) = all(ctx.session).get(index) {
            self.focus = *line;
            self.open(ctx);
        }
    }

    fn refresh(&mut self, session: &Session<'_>) {
        // The line of advanced numbers disappears once none is set.
        if !all(session).contains(&self.focus) {
            self.focus = Focus::Month(MonthLine::Number(Field::ProPrice));
        }
    }
}
