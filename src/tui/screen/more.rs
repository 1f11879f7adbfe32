//! The rest of the month: how it is billed, and what Pro is thought to carry.

mod row;
#[cfg(test)]
mod tests;

use self::row::{ROWS, Row};
use super::numbers::{
    Entry, Kind, NumberLine, draw_buttons, draw_door, draw_number, paste_into, percent_position,
    press_into, stepped_percent, stepped_tokens, token_position,
};
use super::{Reading, Screen, ScreenBehavior, moved};
use crate::advice::PricedModel;
use crate::cost::Mix;
use crate::number::{Percent, grouped, human_size, parse_tokens, usd_rate};
use crate::session::{Finer, Number, Run, Session};
use crate::text::layout::pad_left;
use crate::tui::key::Press;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::state::{Cx, EventCtx, Go};
use crate::usage::Usage;

/// The rest of the month: caching, batches, thinking, and Pro's limits.
#[derive(Debug, Default)]
pub struct More {
    focus: Row,
    entry: Option<Entry>,
    /// Why the last change was not made, until the next key.
    problem: Option<String>,
}

/// The runs of this screen's sliders begin here, clear of those of the month.
const FIRST_RUN: u16 = 100;

impl More {
    fn index(&self) -> usize {
        self.focus.index()
    }

    /// Puts a number on the focused line. Where that cannot be, nothing changes and it says why.
    fn set(
        &self,
        number: Option<Number>,
        slides: bool,
        ctx: &mut EventCtx<'_, '_>,
    ) -> Result<(), String> {
        let usage = self.focus.put(number, ctx.session)?;
        let old = self.focus.value_words(ctx.session, true);
        let what = format!("{} {old}", self.focus.label());
        let index = u16::try_from(self.index()).unwrap_or_default();
        let run = slides.then_some(Run(FIRST_RUN + index));
        ctx.session.set_usage(usage, what, run).map_err(|error| error.to_string())
    }

    fn step(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        let zero = match self.focus.kind() {
            Some(Kind::Percent(_)) => Number::Percent(Percent::ZERO),
            Some(_) => Number::Tokens(0),
            None => return,
        };
        let now = self.focus.number(ctx.session).unwrap_or(zero);
        let next = match (now, self.focus.kind()) {
            (Number::Percent(percent), Some(Kind::Percent(most))) => {
                stepped_percent(percent, most, action).map(Number::Percent)
            }
            (Number::Tokens(tokens), _) => stepped_tokens(tokens, action).map(Number::Tokens),
            _ => None,
        };
        if let Some(next) = next
            && let Err(why) = self.set(Some(next), true, ctx)
        {
            self.refuse(why, ctx);
        }
    }

    fn refuse(&mut self, why: String, ctx: &mut EventCtx<'_, '_>) {
        ctx.say = Some("! Not changed.".to_owned());
        self.problem = Some(why);
    }

    fn open(&mut self, ctx: &EventCtx<'_, '_>) {
        let value = match self.focus.number(ctx.session) {
            Some(Number::Percent(percent)) => percent.to_string(),
            Some(Number::Tokens(tokens)) => grouped(tokens),
            None => String::new(),
        };
        self.entry = Some(Entry::on(value));
    }

    /// Takes the typed number, or says what is wrong with it and keeps the field open.
    fn take(&mut self, ctx: &mut EventCtx<'_, '_>) {
        let (Some(mut entry), Some(kind)) = (self.entry.take(), self.focus.kind()) else {
            return;
        };
        let text = entry.text();
        let number = match kind {
            // An emptied field takes the default back.
            _ if text.trim().is_empty() => Ok(None),
            Kind::Percent(most) => Percent::parse(text, most)
                .map(|percent| Some(Number::Percent(percent)))
                .map_err(|error| error.to_string()),
            _ => parse_tokens(text)
                .map(|tokens| Some(Number::Tokens(tokens)))
                .map_err(|error| error.to_string()),
        };
        if let Err(why) = number.and_then(|number| self.set(number, false, ctx)) {
            entry.refuse(&why);
            self.entry = Some(entry);
        }
    }

    fn reset(&mut self, ctx: &mut EventCtx<'_, '_>) {
        let usage = Usage {
            mix: Mix::default(),
            prompt_tokens: None,
            overflow_pct: None,
            capacity_input: None,
            capacity_output: None,
            ..ctx.session.usage().clone()
        };
        if usage == *ctx.session.usage() {
            ctx.say = Some("All of them are at their defaults.".to_owned());
            return;
        }
        match ctx.session.set_usage(usage, "Reset all", None) {
            Ok(()) => ctx.say = Some("All back to the defaults. u takes it back.".to_owned()),
            Err(error) => self.refuse(error.to_string(), ctx),
        }
    }

    fn press_row(&mut self, ctx: &mut EventCtx<'_, '_>) {
        match self.focus {
            Row::Reset => self.reset(ctx),
            Row::Back => ctx.go = Some(Go::Back),
            Row::Number(_) => self.open(ctx),
        }
    }

    fn draw_row(&self, row: Row, cx: &Cx<'_, '_>, page: &mut Page) {
        let Some(kind) = row.kind() else {
            return;
        };
        let focused = self.focus == row;
        let position = match row.number(cx.session) {
            Some(Number::Tokens(tokens)) => token_position(tokens),
            Some(Number::Percent(percent)) => match kind {
                Kind::Percent(most) => percent_position(percent, most),
                _ => 0.0,
            },
            None => 0.0,
        };
        let default = row.default_words(cx.session);
        let roomy = page.is_roomy();
        let value = row.value_words(cx.session, !roomy);
        let is_set = row.is_set(cx.session.usage());
        let tokenizer = cx.outlook.month.as_ref().ok().map(|m| m.model.tokenizer);
        let size = match (row.number(cx.session), tokenizer) {
            (Some(Number::Tokens(tokens @ 1..)), Some(tokenizer)) => {
                human_size(tokens, tokenizer.per_word())
            }
            _ => String::new(),
        };
        // A narrow page has room for the default only beside the track.
        let (value, aside) = if page.width() < 48 {
            let aside = if is_set { format!("else {default}") } else { "default".to_owned() };
            (value, aside)
        } else {
            let default = match (is_set, row) {
                (true, _) => format!("default {default}"),
                (false, Row::Number(Finer::Overflow)) => "by answers".to_owned(),
                (false, _) => "default".to_owned(),
            };
            (format!("{value}{}", pad_left(&default, 15)), size)
        };
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
        page.mark_clickable(from, row.index());
        if let Some(problem) = self.problem.as_ref().filter(|_| focused)
            && is_low(page)
        {
            page.refusal(problem);
        }
    }

    /// What the focused line means, with the prices of the chosen model.
    fn about(&self, cx: &Cx<'_, '_>) -> String {
        let month = cx.outlook.month.as_ref().ok();
        let chosen = month.and_then(|month| {
            let of = |priced: &&PricedModel<'_>| priced.model.id == month.model.id;
            let row = month.models.iter().find(of)?.row?;
            Some((month.model.short_name(), row))
        });
        match self.focus {
            Row::Number(Finer::CacheRead) => {
                let price = chosen.map_or_else(String::new, |(name, row)| {
                    cache_price(name, row.cache_read, row.input)
                });
                format!("The share of what you send that the API has kept and reads again.{price}")
            }
            Row::Number(Finer::CacheWrite5m) => {
                let price = chosen.map_or_else(String::new, |(name, row)| {
                    cache_price(name, row.cache_write_5m, row.input)
                });
                format!("The share of what you send that the API keeps for five minutes.{price}")
            }
            Row::Number(Finer::CacheWrite1h) => {
                let price = chosen.map_or_else(String::new, |(name, row)| {
                    cache_price(name, row.cache_write_1h, row.input)
                });
                format!("The share of what you send that the API keeps for an hour.{price}")
            }
            Row::Number(Finer::Batch) => {
                "The share that can wait and is sent as batches: it costs half of everything."
                    .to_owned()
            }
            Row::Number(Finer::Thinking) => {
                "Thinking is billed as output, on top of what is written. With Opus and Fable 50 to 100 % is usual."
                    .to_owned()
            }
            Row::Number(Finer::Prompt) => steps_words(cx.session),
            Row::Number(Finer::Overflow) => {
                "The share of the chat that Pro's limits would stop; with both it goes to the API. The answers set it unless you do."
                    .to_owned()
            }
            Row::Number(Finer::CapacityInput) => {
                "More chat a month than this counts as too much for Pro, re-read cache left out. A soft figure: Anthropic gives none."
                    .to_owned()
            }
            Row::Number(Finer::CapacityOutput) => {
                "More chat a month than this counts as too much for Pro. A soft figure: Anthropic gives none."
                    .to_owned()
            }
            Row::Reset => "Sets all nine lines back to their defaults; u undoes it.".to_owned(),
            Row::Back => "Back to the month. Everything here counts already.".to_owned(),
        }
    }
}

/// Whether the lines below the focused one are likely to be out of sight.
const fn is_low(page: &Page) -> bool {
    page.window() < 20
}

/// ` On Sonnet 5.5 $0.20 per million, else $2.`
fn cache_price(
    name: &str,
    price: Option<rust_decimal::Decimal>,
    input: Option<rust_decimal::Decimal>,
) -> String {
    match price.zip(input) {
        Some((price, input)) => {
            format!(" On {name} {} per million, else {}.", usd_rate(price), usd_rate(input))
        }
        None => format!(" {name} has no price for it."),
    }
}

/// Which models cost more for large prompts, and from where on.
fn steps_words(session: &Session<'_>) -> String {
    let catalog = session.world.catalog;
    let steps: Vec<String> = catalog
        .current_models(session.world.today)
        .into_iter()
        .filter_map(|model| {
            let small = model.row(catalog.as_of, 0)?;
            let large = model.row(catalog.as_of, u64::MAX)?;
            if large.above_prompt_tokens == 0 {
                return None;
            }
            Some(format!(
                "{} over {} tokens: {} in, {} out per million instead of {}, {}.",
                model.short_name(),
                grouped(large.above_prompt_tokens),
                usd_rate(large.input?),
                usd_rate(large.output?),
                usd_rate(small.input?),
                usd_rate(small.output?)
            ))
        })
        .collect();
    if steps.is_empty() {
        "Tokens of one request. No current model of this list costs more for large ones.".to_owned()
    } else {
        format!("Tokens of one request. {}", steps.join(" "))
    }
}

impl ScreenBehavior for More {
    fn context(&self) -> Context {
        if self.entry.is_some() { Context::Field } else { Context::Usage }
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "More about your month, estimate".to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let roomy = page.is_roomy();
        if roomy {
            page.gap();
        }
        page.text("  How it is billed on the API", look.theme.title);
        for row in ROWS.into_iter().take(6) {
            self.draw_row(row, cx, page);
        }
        page.gap();
        page.text("  What Pro is thought to carry", look.theme.title);
        for row in ROWS.into_iter().skip(6).take(3) {
            self.draw_row(row, cx, page);
        }
        page.gap();
        let from = page.row();
        draw_door(page, Row::Reset.label(), "to the defaults", self.focus == Row::Reset);
        page.mark_clickable(from, Row::Reset.index());
        page.gap();
        match &self.problem {
            Some(problem) if !is_low(page) => {
                page.refusal(problem);
            }
            _ => page.paragraph(&self.about(cx), 2, look.theme.text),
        }
        if roomy {
            page.gap();
            page.paragraph(
                "Digits type the exact number, a percentage with up to four decimals; an emptied field takes the default back.",
                2,
                look.theme.text,
            );
            page.gap();
        } else {
            page.fill(1);
        }
        let from = page.row();
        draw_buttons(page, &["Back to the month"], (self.focus == Row::Back).then_some(0));
        page.mark_clickable(from, Row::Back.index());
    }

    fn takes_pages(&self) -> bool {
        self.entry.is_none() && self.focus.kind().is_some()
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        self.problem = None;
        if let Some(entry) = &mut self.entry {
            match action {
                Action::Enter => self.take(ctx),
                Action::Back => self.entry = None,
                Action::Less => entry.clear(),
                _ => {}
            }
            return;
        }
        match action {
            Action::Up | Action::Down => {
                ctx.session.end_run();
                let next = moved(self.index(), action, ROWS.len());
                self.focus = ROWS.get(next).copied().unwrap_or_default();
            }
            Action::Digit(digit) if self.focus.kind().is_some() => {
                self.entry = Some(Entry::begun(digit));
            }
            Action::Digit(_) => ctx.say = Some("Numbers go into the lines above.".to_owned()),
            Action::Enter | Action::Choose => self.press_row(ctx),
            Action::Back => ctx.go = Some(Go::Back),
            action => self.step(action, ctx),
        }
    }

    fn press(&mut self, press: Press, ctx: &mut EventCtx<'_, '_>) {
        press_into(&mut self.entry, press, ctx);
    }

    fn paste(&mut self, text: &str, ctx: &mut EventCtx<'_, '_>) {
        paste_into(&mut self.entry, text, ctx);
    }

    fn click(&mut self, index: usize, ctx: &mut EventCtx<'_, '_>) {
        self.entry = None;
        self.problem = None;
        if let Some(row) = ROWS.into_iter().find(|row| row.index() == index) {
            ctx.session.end_run();
            self.focus = row;
            if row.kind().is_none() {
                self.press_row(ctx);
            }
        }
    }

    fn why(&self, _session: &Session<'_>) -> Option<Screen> {
        Some(Screen::Reading(Reading::WhyMonth))
    }
}
