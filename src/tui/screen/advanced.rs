//! Advanced usage: how the month is billed, and the estimated capacity of Pro.

#[cfg(test)]
mod tests;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::form::{Form, FormScreen, NumberRow, Row, draw_buttons, draw_door};
use crate::advice::PricedModel;
use crate::catalog::PriceRow;
use crate::month::{Field, Unit};
use crate::number::{grouped, human_size, parse_tokens, percent_shown, tokens_short, usd_rate};
use crate::text::layout::pad_left;
use crate::tui::app::{Cx, EventCtx};
use crate::tui::page::Page;
use crate::wizard::session::{Outlook, Session};

/// Advanced usage: caching, batches, thinking, and Pro's limits.
#[derive(Debug)]
pub struct AdvancedUsage {
    form: Form<Field>,
}

impl Default for AdvancedUsage {
    fn default() -> Self {
        Self { form: Form::new(Field::CacheRead) }
    }
}

/// The first undo run of this screen's sliders. The month's sliders use the numbers below.
const FIRST_RUN: u16 = 100;

/// The number in effect. Returns `None` if it depends on answers that are still open.
fn number(field: Field, session: &Session<'_>, outlook: &Outlook<'_>) -> Option<Decimal> {
    session.number(field).or_else(|| usual_overflow(outlook))
}

fn usual_overflow(outlook: &Outlook<'_>) -> Option<Decimal> {
    outlook.assessment.as_ref().map(|case| case.usual_overflow.into())
}

/// The default of a number: `0 %`, `by answers`.
fn default_words(field: Field, session: &Session<'_>, outlook: &Outlook<'_>) -> String {
    let default = field.default(&session.world).or_else(|| usual_overflow(outlook));
    match (field, field.unit(), default) {
        (Field::PromptTokens, ..) => "small".to_owned(),
        (_, _, None) => "by answers".to_owned(),
        (_, Unit::Tokens, Some(tokens)) => tokens_short(tokens.to_u64().unwrap_or_default()),
        (_, _, Some(share)) => format!("{share} %"),
    }
}

/// A number as text. `brief` shortens it to `30M` where that is exact.
fn value_words(field: Field, number: Option<Decimal>, brief: bool) -> String {
    match (number, field.unit()) {
        (Some(tokens), _) if field == Field::PromptTokens && tokens.is_zero() => "small".to_owned(),
        (Some(tokens), Unit::Tokens) => {
            let tokens = tokens.to_u64().unwrap_or_default();
            let short = tokens_short(tokens);
            if brief && parse_tokens(&short) == Ok(tokens) { short } else { grouped(tokens) }
        }
        (Some(share), _) => format!("{} %", percent_shown(share)),
        (None, _) => "open".to_owned(),
    }
}

impl AdvancedUsage {
    fn reset(&mut self, ctx: &mut EventCtx<'_, '_>) {
        let mut usage = ctx.session.usage().clone();
        for field in Field::ADVANCED {
            field.set(None, &mut usage);
        }
        if usage == *ctx.session.usage() {
            ctx.say = Some("All of them are at their defaults.".to_owned());
            return;
        }
        match ctx.session.set_usage(usage, "Reset all", None) {
            Ok(()) => ctx.say = Some("All back to the defaults. u takes it back.".to_owned()),
            Err(error) => self.form.refuse(error.to_string(), ctx),
        }
    }

    fn draw_row(&self, field: Field, cx: &Cx<'_, '_>, page: &mut Page) {
        let row = Row::Line(field);
        let (focused, roomy) = (self.form.focus == row, page.is_roomy());
        let number = number(field, cx.session, cx.outlook);
        let default = default_words(field, cx.session, cx.outlook);
        let value = value_words(field, number, !roomy);
        let is_set = field.is_set(cx.session.usage());
        // On a narrow page only the default fits beside the track.
        let (value, aside) = if page.width() < 48 {
            let aside = if is_set { format!("else {default}") } else { "default".to_owned() };
            (value, aside)
        } else {
            let default = match (is_set, field) {
                (true, _) => format!("default {default}"),
                (false, Field::Overflow) => "by answers".to_owned(),
                (false, _) => "default".to_owned(),
            };
            let size = match (field.unit(), number.and_then(|number| number.to_u64())) {
                (Unit::Tokens, Some(tokens @ 1..)) => {
                    let model = cx.outlook.month.as_ref().ok().map(|month| month.model);
                    model.map_or_else(String::new, |model| {
                        human_size(tokens, model.tokenizer.per_word())
                    })
                }
                _ => String::new(),
            };
            (format!("{value}{}", pad_left(&default, 15)), size)
        };
        self.form.draw_number(
            page,
            row,
            &NumberRow {
                label: field.spec().label,
                value,
                aside,
                unit: field.unit(),
                at: (focused || roomy).then(|| number.unwrap_or_default()),
                scale: false,
            },
        );
        if let Some(problem) = self.form.problem.as_ref().filter(|_| focused)
            && is_low(page)
        {
            page.refusal(problem);
        }
    }

    /// Explains the focused line, with the prices of the chosen model.
    fn about(&self, cx: &Cx<'_, '_>) -> String {
        let month = cx.outlook.month.as_ref().ok();
        let chosen = month.and_then(|month| {
            let of = |priced: &&PricedModel<'_>| priced.model.id == month.model.id;
            let row = month.models.iter().find(of)?.row?;
            Some((month.model.short_name(), row))
        });
        let price = |of: fn(&PriceRow) -> Option<Decimal>| match chosen {
            Some((name, row)) => cache_price(name, of(row), row.input),
            None => String::new(),
        };
        match self.form.focus {
            Row::Line(Field::CacheRead) => format!(
                "The share of what you send that the API has kept and reads again.{}",
                price(|row| row.cache_read)
            ),
            Row::Line(Field::CacheWrite) => format!(
                "The share of what you send that the API keeps for five minutes.{}",
                price(|row| row.cache_write_5m)
            ),
            Row::Line(Field::CacheWrite1h) => format!(
                "The share of what you send that the API keeps for an hour.{}",
                price(|row| row.cache_write_1h)
            ),
            Row::Line(Field::Batch) => {
                "The share that can wait and is sent as batches: it costs half of everything."
                    .to_owned()
            }
            Row::Line(Field::Thinking) => {
                "Thinking is billed as output, on top of what is written. With Opus and Fable 50 to 100 % is usual."
                    .to_owned()
            }
            Row::Line(Field::PromptTokens) => steps_words(cx.session),
            Row::Line(Field::Overflow) => {
                "The share of the chat that Pro's limits would stop; with both it goes to the API. The answers set it unless you do."
                    .to_owned()
            }
            Row::Line(Field::CapacityInput) => {
                "More chat a month than this counts as too much for Pro, re-read cache left out. A soft figure: Anthropic gives none."
                    .to_owned()
            }
            Row::Line(Field::CapacityOutput) => {
                "More chat a month than this counts as too much for Pro. A soft figure: Anthropic gives none."
                    .to_owned()
            }
            // The other numbers belong to the usage screen.
            Row::Line(_) => String::new(),
            Row::Button => "Sets all nine lines back to their defaults; u undoes it.".to_owned(),
            Row::Back => "Back to the month. Everything here counts already.".to_owned(),
        }
    }
}

/// True if the lines below the focused one are probably scrolled out of view.
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

/// The models that charge more for large prompts, and the sizes from which they do.
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

impl FormScreen for AdvancedUsage {
    type Line = Field;

    fn form(&self) -> &Form<Field> {
        &self.form
    }

    fn form_mut(&mut self) -> &mut Form<Field> {
        &mut self.form
    }

    fn heading(&self, _cx: &Cx<'_, '_>) -> String {
        "More about your month, estimate".to_owned()
    }

    fn number(&self, line: Field, ctx: &EventCtx<'_, '_>) -> Option<Decimal> {
        number(line, ctx.session, ctx.outlook)
    }

    fn read(&self, _line: Field, unit: Unit, typed: &str) -> Result<Option<Decimal>, String> {
        // An emptied field restores the default.
        let typed = Some(typed).filter(|typed| !typed.trim().is_empty());
        typed.map(|typed| unit.parse(typed)).transpose().map_err(|error| error.to_string())
    }

    fn put(
        &mut self,
        field: Field,
        to: Option<Decimal>,
        steps: bool,
        ctx: &mut EventCtx<'_, '_>,
    ) -> Result<(), String> {
        let usage = field.put(to, ctx.session.usage(), &ctx.session.world)?;
        let old = value_words(field, number(field, ctx.session, ctx.outlook), true);
        let what = format!("{} {old}", field.spec().label);
        let run = steps.then(|| self.form.run(FIRST_RUN));
        ctx.session.set_usage(usage, what, run).map_err(|error| error.to_string())
    }

    fn press_button(&mut self, ctx: &mut EventCtx<'_, '_>) {
        self.reset(ctx);
    }

    fn click_presses(&self) -> bool {
        true
    }

    fn draw_all(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let roomy = page.is_roomy();
        if roomy {
            page.gap();
        }
        page.text("  How it is billed on the API", look.theme.title);
        for field in Field::ADVANCED.into_iter().take(6) {
            self.draw_row(field, cx, page);
        }
        page.gap();
        page.text("  What Pro is thought to carry", look.theme.title);
        for field in Field::ADVANCED.into_iter().skip(6) {
            self.draw_row(field, cx, page);
        }
        page.gap();
        self.form.clickable(page, Row::Button, |page, focused| {
            draw_door(page, "Reset all", "to the defaults", focused);
        });
        page.gap();
        match &self.form.problem {
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
        self.form.clickable(page, Row::Back, |page, focused| {
            draw_buttons(page, &["Back to the month"], focused.then_some(0));
        });
    }
}
