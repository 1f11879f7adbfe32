//! A week described in words and turns, and the month it comes to.

#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

use super::numbers::{
    Entry, Kind, NumberLine, draw_buttons, draw_number, paste_into, percent_position, press_into,
    stepped_percent,
};
use super::{Reading, Screen, ScreenBehavior, moved};
use crate::catalog::Tokenizer;
use crate::number::{Percent, grouped, human_size, tokens_short, usd};
use crate::question::Origin;
use crate::session::{Preview, Session};
use crate::text::layout::{columns, pad_left, pad_right};
use crate::tui::key::Press;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::state::{Cx, EventCtx, Go};
use crate::usage::Usage;
use crate::usage::estimate::{MOST_THINKING, Week, WeekError, WeekNumber};

/// A week with Claude, counted into a month.
#[derive(Debug)]
pub struct WeekScreen {
    week: Week,
    focus: Row,
    entry: Option<Entry>,
    /// Why the numbers were not taken, until the next key.
    problem: Option<String>,
}

/// A line that can be focused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Sessions,
    Turns,
    Written,
    Replied,
    Documents,
    Thinking,
    Use,
    Back,
}

const ROWS: [Row; 8] = [
    Row::Sessions,
    Row::Turns,
    Row::Written,
    Row::Replied,
    Row::Documents,
    Row::Thinking,
    Row::Use,
    Row::Back,
];

impl Row {
    const fn label(self) -> &'static str {
        match self {
            Self::Sessions => "Sessions a week",
            Self::Turns => "Turns a session",
            Self::Written => "Words you write a turn",
            Self::Replied => "Words of a reply",
            Self::Documents => "Words of documents",
            Self::Thinking => "Thinking allowance",
            Self::Use => "Use these numbers",
            Self::Back => "Back",
        }
    }

    /// What the focused line means.
    const fn about(self) -> &'static str {
        match self {
            Self::Sessions => "A session is one chat, from its first message to its last.",
            Self::Turns => "A turn is one message of yours and its reply.",
            Self::Written => "On average, what you type or paste each time. 300 words are a page.",
            Self::Replied => "On average, what Claude writes back each time.",
            Self::Documents => {
                "Files and long texts that stay in the chat, and are sent at every turn."
            }
            Self::Thinking => {
                "Billed as output, on top of the reply. With Opus and Fable 50 to 100 % is usual."
            }
            Self::Use => "Makes this month yours; u takes it back.",
            Self::Back => "Back to the month, which stays as it was.",
        }
    }

    /// The number it holds; `None` for a button.
    const fn number(self) -> Option<WeekNumber> {
        match self {
            Self::Sessions => Some(WeekNumber::Sessions),
            Self::Turns => Some(WeekNumber::Turns),
            Self::Written => Some(WeekNumber::Written),
            Self::Replied => Some(WeekNumber::Replied),
            Self::Documents => Some(WeekNumber::Documents),
            Self::Thinking => Some(WeekNumber::Thinking),
            Self::Use | Self::Back => None,
        }
    }

    /// The largest count it takes; `None` for a line without a count.
    fn most(self) -> Option<u32> {
        self.number()?.most()
    }

    fn count(self, week: &mut Week) -> Option<&mut u32> {
        self.number()?.count(week)
    }

    fn kind(self) -> Option<Kind> {
        let most = self.number()?.most();
        Some(most.map_or(Kind::Percent(MOST_THINKING), |most| Kind::Count(u64::from(most))))
    }
}

/// The steps within a power of ten, times ten.
const STEPS: [u64; 10] = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80];

/// A count after a key of its slider; `None` where the key means nothing here.
fn stepped_count(value: u32, most: u32, action: Action) -> Option<u32> {
    let (value, most) = (u64::from(value), u64::from(most));
    let fine = |value: u64| {
        value.checked_ilog10().map_or(1, |digits| 10_u64.pow(digits.saturating_sub(1)))
    };
    // Whole numbers only: below ten 1.2, 1.5 and 2.5 are left out.
    let mut nice = (0..6_u32).flat_map(|power| {
        STEPS
            .into_iter()
            .map(move |step| step * 10_u64.pow(power))
            .filter(|step| step % 10 == 0)
            .map(|step| step / 10)
    });
    let next = match action {
        Action::Right => nice.find(|nice| *nice > value).unwrap_or(most),
        Action::Left => nice.take_while(|nice| *nice < value).last().unwrap_or(0),
        Action::More => value + fine(value),
        Action::Less => value.saturating_sub(fine(value.saturating_sub(1))),
        Action::PageUp => (value * 10).max(1),
        Action::PageDown => value / 10,
        Action::Home => 0,
        Action::End => most,
        _ => return None,
    };
    u32::try_from(next.min(most)).ok()
}

/// Where the knob of a count stands, 0 to 1: the scale is logarithmic.
#[expect(clippy::float_arithmetic, reason = "pixels")]
fn count_position(value: u32, most: u32) -> f64 {
    f64::from(value).ln_1p() / f64::from(most.max(1)).ln_1p()
}

impl WeekScreen {
    /// A typical week to begin with, with the thinking allowance of the month.
    pub fn new(session: &Session<'_>) -> Self {
        Self {
            week: Week { thinking: session.usage().mix.thinking, ..Week::default() },
            focus: Row::Sessions,
            entry: None,
            problem: None,
        }
    }

    fn index(&self) -> usize {
        ROWS.iter().position(|row| *row == self.focus).unwrap_or_default()
    }

    /// The month of the session with the volume of this week.
    fn month(&self, session: &Session<'_>) -> Usage {
        let mut usage = session.usage().clone();
        usage.volume = self.week.month(tokenizer(session));
        usage.volume_origin = Origin::User;
        // The estimate counts the thinking in what is written: once is enough.
        usage.mix.thinking = Percent::ZERO;
        usage
    }

    fn step(&mut self, action: Action) {
        if let (Some(most), Some(count)) = (self.focus.most(), self.focus.count(&mut self.week)) {
            if let Some(next) = stepped_count(*count, most, action) {
                *count = next;
            }
        } else if self.focus == Row::Thinking
            && let Some(next) = stepped_percent(self.week.thinking, MOST_THINKING, action)
        {
            self.week.thinking = next;
        }
    }

    fn open(&mut self) {
        let Some(number) = self.focus.number() else {
            return;
        };
        let value = number.value(self.week);
        self.entry = Some(Entry::on(value));
    }

    /// Takes the typed number, or says what is wrong with it and keeps the field open.
    fn take(&mut self) {
        let Some(mut entry) = self.entry.take() else {
            return;
        };
        let Some(number) = self.focus.number() else {
            return;
        };
        if let Err(why) = number.put(entry.text(), &mut self.week) {
            let why = match why {
                WeekError::TooMany(_) => format!("{}: {why}", self.focus.label()),
                why => why.to_string(),
            };
            entry.refuse(&why);
            self.entry = Some(entry);
        }
    }

    fn use_numbers(&mut self, ctx: &mut EventCtx<'_, '_>) {
        let usage = self.month(ctx.session);
        let volume = usage.volume;
        match ctx.session.set_usage(usage, "Describe a week", None) {
            Ok(()) => {
                ctx.say = Some(format!(
                    "Your month: {} sent, {} written.",
                    tokens_short(volume.input),
                    tokens_short(volume.output)
                ));
                ctx.go = Some(Go::Back);
            }
            Err(error) => {
                ctx.say = Some("! Not taken.".to_owned());
                self.problem = Some(error.to_string());
            }
        }
    }

    fn press_row(&mut self, ctx: &mut EventCtx<'_, '_>) {
        match self.focus {
            Row::Use => self.use_numbers(ctx),
            Row::Back => ctx.go = Some(Go::Back),
            _ => self.open(),
        }
    }

    fn draw_row(&self, row: Row, page: &mut Page) {
        let Some(kind) = row.kind() else {
            return;
        };
        let mut week = self.week;
        let (value, position) = match (row.most(), row.count(&mut week)) {
            (Some(most), Some(count)) => (grouped(u64::from(*count)), count_position(*count, most)),
            _ => (format!("{} %", week.thinking), percent_position(week.thinking, MOST_THINKING)),
        };
        let words = match row {
            Row::Written => week.words_written,
            Row::Replied => week.words_replied,
            Row::Documents => week.words_documents,
            _ => 0,
        };
        // Below half a page there is nothing to picture.
        let aside = match words {
            0..150 => String::new(),
            words => human_size(u64::from(words), Decimal::ONE),
        };
        let focused = self.focus == row;
        let roomy = page.is_roomy();
        let from = page.row();
        draw_number(
            page,
            &NumberLine {
                label: row.label(),
                value,
                aside,
                position: (focused || roomy).then_some(position),
                scale: &[],
                kind,
                focused,
                entry: self.entry.as_ref().filter(|_| focused),
            },
        );
        page.mark_clickable(from, row as usize);
    }

    fn draw_month(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let counted = tokenizer(cx.session);
        let volume = self.week.month(counted);
        let room = usize::from(page.width().saturating_sub(5));
        page.text("  The month it makes, estimate", look.theme.title);
        for (label, tokens) in
            [("Sent to Claude", volume.input), ("Written by Claude", volume.output)]
        {
            let mut amount = grouped(tokens);
            if amount.len() > 13 {
                amount = tokens_short(tokens);
            }
            let text = format!("{}{}", pad_right(label, 17), pad_left(&amount, 13));
            let size = human_size(tokens, counted.per_word());
            let size = if room < 44 { String::new() } else { pad_left(&size, 13) };
            page.text(&format!("    {}", columns(&text, &size, room)), look.theme.text);
        }
        match &cx.outlook.month {
            Ok(month) => {
                let label = format!("All on {}", month.model.short_name());
                let cost = format!("{} / month", usd(month.api));
                page.text(&format!("    {}", columns(&label, &cost, room)), look.theme.text);
            }
            Err(error) => page.paragraph(&format!("! {error}"), 4, look.theme.title),
        }
    }
}

/// How the chosen model counts words.
fn tokenizer(session: &Session<'_>) -> Tokenizer {
    session
        .usage()
        .model(session.world.catalog, session.world.today)
        .map_or(Tokenizer::New, |model| model.tokenizer)
}

impl ScreenBehavior for WeekScreen {
    fn context(&self) -> Context {
        if self.entry.is_some() { Context::Field } else { Context::Usage }
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Describe a week".to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let roomy = page.is_roomy();
        if roomy {
            page.gap();
        }
        page.text("  A typical week with Claude", look.theme.title);
        for row in ROWS.into_iter().take(6) {
            self.draw_row(row, page);
            if roomy && row != Row::Thinking {
                page.gap();
            }
        }
        page.gap();
        self.draw_month(cx, page);
        page.gap();
        let counted = tokenizer(cx.session);
        let model =
            cx.outlook.month.as_ref().map_or("The chosen model", |month| month.model.short_name());
        let generation = match counted {
            Tokenizer::New => "newer",
            Tokenizer::Old => "older",
        };
        let squares =
            "Each turn sends the whole chat again: twice the turns, up to four times the input.";
        let words = format!(
            "{model} counts {:.2} tokens a word, as the {generation} models do.",
            counted.per_word()
        );
        match &self.problem {
            Some(problem) => page.refusal(problem),
            None if roomy => {
                page.paragraph(self.focus.about(), 2, look.theme.text);
                page.gap();
                page.paragraph(&format!("{squares} {words}"), 2, look.theme.text);
            }
            None => page.paragraph(&format!("{squares} {words}"), 2, look.theme.text),
        }
        if !cx.session.usage().mix.thinking.is_zero() {
            page.paragraph(
                "The thinking is counted in what is written; the allowance under More becomes 0.",
                2,
                look.theme.text,
            );
        }
        page.gap();
        let focus = match self.focus {
            Row::Use => Some(0),
            Row::Back => Some(1),
            _ => None,
        };
        let from = page.row();
        draw_buttons(page, &[Row::Use.label(), Row::Back.label()], focus);
        page.mark_clickable(from, Row::Use as usize);
    }

    fn takes_pages(&self) -> bool {
        self.entry.is_none() && self.focus.kind().is_some()
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        self.problem = None;
        if let Some(entry) = &mut self.entry {
            match action {
                Action::Enter => self.take(),
                Action::Back => self.entry = None,
                Action::Less => entry.clear(),
                _ => {}
            }
            return;
        }
        match action {
            Action::Up | Action::Down => {
                let next = moved(self.index(), action, ROWS.len());
                self.focus = ROWS.get(next).copied().unwrap_or(Row::Sessions);
            }
            Action::Digit(digit) if self.focus.kind().is_some() => {
                self.entry = Some(Entry::begun(digit));
            }
            Action::Digit(_) => ctx.say = Some("Numbers go into the lines above.".to_owned()),
            Action::Enter | Action::Choose => self.press_row(ctx),
            Action::Back => ctx.go = Some(Go::Back),
            action => self.step(action),
        }
    }

    fn press(&mut self, press: Press, ctx: &mut EventCtx<'_, '_>) {
        press_into(&mut self.entry, press, ctx);
    }

    fn paste(&mut self, text: &str, ctx: &mut EventCtx<'_, '_>) {
        paste_into(&mut self.entry, text, ctx);
    }

    fn click(&mut self, index: usize, _turn: &mut EventCtx<'_, '_>) {
        self.entry = None;
        self.problem = None;
        // The buttons share a line: a click shows where it went, Enter presses.
        if let Some(row) = ROWS.into_iter().find(|row| *row as usize == index) {
            self.focus = row;
        }
    }

    fn preview(&self, session: &Session<'_>) -> Preview {
        Preview::Month(Box::new(self.month(session)), "with this week's month".to_owned())
    }

    fn why(&self, _session: &Session<'_>) -> Option<Screen> {
        Some(Screen::Reading(Reading::WhyMonth))
    }
}
