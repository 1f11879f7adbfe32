//! A typical week in words and turns, and the month it adds up to.

#[cfg(test)]
mod tests;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::form::{Form, FormScreen, NumberRow, Row, draw_buttons};
use crate::catalog::Tokenizer;
use crate::month::{Unit, Week, WeekNumber};
use crate::number::{NumberError, grouped, human_size, tokens_short, usd};
use crate::text::layout::{columns, pad_left, pad_right};
use crate::tui::app::{Cx, EventCtx, Go};
use crate::tui::page::Page;
use crate::usage::Usage;
use crate::wizard::session::{Preview, Session};

/// A typical week, scaled to a month.
#[derive(Debug)]
pub struct WeekScreen {
    week: Week,
    form: Form<WeekNumber>,
}

/// Explains the focused line.
const fn about(row: Row<WeekNumber>) -> &'static str {
    match row {
        Row::Line(WeekNumber::Sessions) => {
            "A session is one chat, from its first message to its last."
        }
        Row::Line(WeekNumber::Turns) => "A turn is one message of yours and its reply.",
        Row::Line(WeekNumber::Written) => {
            "On average, what you type or paste each time. 300 words are a page."
        }
        Row::Line(WeekNumber::Replied) => "On average, what Claude writes back each time.",
        Row::Line(WeekNumber::Documents) => {
            "Files and long texts that stay in the chat, and are sent at every turn."
        }
        Row::Line(WeekNumber::Thinking) => {
            "Billed as output, on top of the reply. With Opus and Fable 50 to 100 % is usual."
        }
        Row::Button => "Makes this month yours; u takes it back.",
        Row::Back => "Back to the month, which stays as it was.",
    }
}

impl WeekScreen {
    /// A typical week to start from, with the month's thinking allowance.
    pub fn new(session: &Session<'_>) -> Self {
        let form = Form::new(WeekNumber::Sessions);
        Self { week: Week::beginning(session.usage()), form }
    }

    /// The session's month with the volume of this week.
    fn month(&self, session: &Session<'_>) -> Usage {
        self.week.put(session.usage(), session.tokenizer())
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
                self.form.problem = Some(error.to_string());
            }
        }
    }

    fn draw_row(&self, number: WeekNumber, page: &mut Page) {
        let row = Row::Line(number);
        let at = number.get(self.week);
        let percent = number.unit().most_percent().map_or("", |_| " %");
        let words = match number {
            WeekNumber::Written | WeekNumber::Replied | WeekNumber::Documents => at.to_u64(),
            _ => None,
        };
        // Less than half a page is not worth a comparison.
        let aside = words.filter(|words| *words >= 150);
        self.form.draw_number(
            page,
            row,
            &NumberRow {
                label: number.label(),
                value: format!("{}{percent}", number.shown(self.week)),
                aside: aside.map_or_else(String::new, |words| human_size(words, Decimal::ONE)),
                unit: number.unit(),
                at: (self.form.focus == row || page.is_roomy()).then_some(at),
                scale: false,
            },
        );
    }

    fn draw_month(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let counted = cx.session.tokenizer();
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

impl FormScreen for WeekScreen {
    type Line = WeekNumber;

    fn form(&self) -> &Form<WeekNumber> {
        &self.form
    }

    fn form_mut(&mut self) -> &mut Form<WeekNumber> {
        &mut self.form
    }

    fn heading(&self, _cx: &Cx<'_, '_>) -> String {
        "Describe a week".to_owned()
    }

    fn number(&self, line: WeekNumber, _ctx: &EventCtx<'_, '_>) -> Option<Decimal> {
        Some(line.get(self.week))
    }

    fn read(&self, line: WeekNumber, unit: Unit, typed: &str) -> Result<Option<Decimal>, String> {
        unit.parse(typed).map(Some).map_err(|why| match why {
            NumberError::TooMany(_) => format!("{}: {why}", line.label()),
            why => why.to_string(),
        })
    }

    fn put(
        &mut self,
        line: WeekNumber,
        to: Option<Decimal>,
        _steps: bool,
        _ctx: &mut EventCtx<'_, '_>,
    ) -> Result<(), String> {
        line.set(to.unwrap_or_default(), &mut self.week);
        Ok(())
    }

    fn press_button(&mut self, ctx: &mut EventCtx<'_, '_>) {
        self.use_numbers(ctx);
    }

    fn month_ahead(&self, session: &Session<'_>) -> Preview {
        Preview::Month(Box::new(self.month(session)), "with this week's month".to_owned())
    }

    fn draw_all(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let roomy = page.is_roomy();
        if roomy {
            page.gap();
        }
        page.text("  A typical week with Claude", look.theme.title);
        for number in WeekNumber::ALL {
            self.draw_row(number, page);
            if roomy && number != WeekNumber::Thinking {
                page.gap();
            }
        }
        page.gap();
        self.draw_month(cx, page);
        page.gap();
        let counted = cx.session.tokenizer();
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
        match &self.form.problem {
            Some(problem) => page.refusal(problem),
            None if roomy => {
                page.paragraph(about(self.form.focus), 2, look.theme.text);
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
        let focus = match self.form.focus {
            Row::Button => Some(0),
            Row::Back => Some(1),
            Row::Line(_) => None,
        };
        // The buttons share a line, so a click only focuses it. Enter presses.
        self.form.clickable(page, Row::Button, |page, _| {
            draw_buttons(page, &["Use these numbers", "Back"], focus);
        });
    }
}
