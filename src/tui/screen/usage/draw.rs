//! Draws monthly usage.

use ratatui::layout::Rect;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use unicode_width::UnicodeWidthStr;

use super::super::form::{NumberRow, Row, draw_buttons, draw_choice, draw_door};
use super::UsageScreen;
use crate::advice::{Assessment, Outcome, OverflowOrigin, PricedModel};
use crate::catalog::{Model, Tokenizer};
use crate::month::{Field, advanced_set};
use crate::number::{grouped, human_size, short_usd, tokens_short, usd, usd_rate};
use crate::text::layout::{columns, pad_left, pad_right};
use crate::text::node::serde_name;
use crate::tui::app::Cx;
use crate::tui::page::Page;
use crate::tui::widget::bars::{Bar, Bars};
use crate::usage::{Confidence, Outside, ProPrice};
use crate::wizard::MonthStart;
use crate::wizard::flow::MonthLine;
use crate::wizard::session::Month;
use crate::words;

impl UsageScreen {
    pub(super) fn draw_lines(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let roomy = page.is_roomy();
        if roomy {
            page.gap();
        }
        let measured = cx.session.usage().measured_month();
        let chosen = match (self.door, cx.session.choices().month) {
            (Some(MonthStart::Logs), _) => "use my own logs",
            (Some(_), _) => "describe a week",
            (None, Month::Sample) => "the sample month",
            (None, Month::Own) if measured.is_some() => "my own logs",
            (None, Month::Own) => MonthStart::of(cx.session.usage().volume)
                .preset()
                .map_or("my own numbers", |(name, _)| name),
        };
        let room = usize::from(page.width().saturating_sub(5));
        let aside = match (self.door, roomy) {
            (Some(_), _) => "Enter opens it",
            (None, true) => "",
            (None, false) => "5 more",
        };
        let start = format!("Start from  < {chosen} >");
        let aside = if start.width() + aside.width() < room { aside } else { "" };
        let start = columns(&start, aside, room);
        self.form.clickable(page, Row::Line(MonthLine::Start), |page, focused| {
            let (mark, style) =
                if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
            let from = page.row();
            page.text(&format!("{mark} {start}"), style);
            page.mark_focusable(from, focused);
        });
        if roomy {
            page.text(
                "              Moderate 500K/200K · Heavier 2M/800K · Very high 10M/4M ·",
                look.theme.text,
            );
            page.text(
                "              Describe a week · Use my own logs (Enter opens these)",
                look.theme.text,
            );
        }
        page.gap();
        self.draw_numbers(cx, page);
        self.draw_choices(cx, page);
        if let Some(case) = &cx.outlook.assessment {
            Self::draw_split(case, page);
            let chosen = case.models.iter().find(|model| model.id == case.model_id);
            if let Some(times) = chosen.and_then(|model| model.break_even) {
                let text = if roomy {
                    format!(
                        "API alone costs what Pro costs at × {} of this month.",
                        words::times(times)
                    )
                } else {
                    format!("API alone = Pro at × {} of this volume", words::times(times))
                };
                page.paragraph(&text, 2, look.theme.text);
            }
            page.gap();
        }
        if let Some(measured) = measured {
            let (scaled, from) = (words::scaled(measured), words::sources(measured));
            let text = if roomy {
                format!("{scaled} ({}), from: {from}.", words::span(measured))
            } else {
                format!("{scaled}.")
            };
            page.paragraph(&text, 2, look.theme.text);
        } else if roomy {
            let words = cx.outlook.month.as_ref().map_or(Tokenizer::New, |m| m.model.tokenizer);
            page.paragraph(
                &format!(
                    "Sent repeats the whole chat at every turn, so it grows faster than you type. A novel here is 100,000 words of {:.2} tokens.",
                    words.per_word()
                ),
                2,
                look.theme.text,
            );
        } else {
            page.sentence("Sent repeats the whole chat at every turn.", look.theme.text);
        }
        page.gap();
        let focus = match self.form.focus {
            Row::Button => Some(0),
            Row::Back => Some(1),
            Row::Line(_) => None,
        };
        draw_buttons(page, &["Continue", "Back"], focus);
    }

    fn draw_numbers(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let usage = cx.session.usage();
        let tokenizer = cx.outlook.month.as_ref().map_or(Tokenizer::New, |m| m.model.tokenizer);
        let (long, longest) = (Field::Input.spec().label, Field::Output.spec().label);
        let value = usage.volume.input.max(usage.volume.output);
        let needed = longest.width() + grouped(value).width() + " tokens".width() + 1;
        let (sent, written) = if is_tight(page) || needed + 5 > usize::from(page.width()) {
            ("Sent, input", "Written, output")
        } else {
            (long, longest)
        };
        for (field, label, tokens) in [
            (Field::Input, sent, usage.volume.input),
            (Field::Output, written, usage.volume.output),
        ] {
            self.form.draw_number(
                page,
                Row::Line(MonthLine::Number(field)),
                &NumberRow {
                    label,
                    value: format!("{} tokens", grouped(tokens)),
                    aside: human_size(tokens, tokenizer.per_word()),
                    unit: field.unit(),
                    at: Some(tokens.into()),
                    scale: true,
                },
            );
            if page.is_roomy() {
                page.gap();
            }
        }
        let share = cx.session.outside_share();
        let aside = match usage.outside {
            Outside::Default => "default",
            Outside::Set(_) => "set by you",
            Outside::Measured(_) => "from usage",
        };
        self.form.draw_number(
            page,
            Row::Line(MonthLine::Number(Field::Outside)),
            &NumberRow {
                label: Field::Outside.spec().label,
                value: format!("{share} %"),
                aside: aside.to_owned(),
                unit: Field::Outside.unit(),
                at: Some(share.into()),
                scale: true,
            },
        );
        page.gap();
    }

    fn draw_choices(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let usage = cx.session.usage();
        let roomy = page.is_roomy();
        let line = |page: &mut Page, row, label: &str, choice: &str, aside: &str| {
            self.form.clickable(page, row, |page, focused| {
                draw_choice(page, label, choice, aside, focused);
            });
        };
        let (model, rates) = match &cx.outlook.month {
            Ok(month) => {
                (month.model.short_name().to_owned(), rates(month.model, month.models.as_slice()))
            }
            Err(error) => (error.to_string(), String::new()),
        };
        let today = cx.session.world.today;
        let model_label = match &cx.outlook.month {
            Ok(month) if month.model.is_retired(today) => "Model (retired)",
            _ if roomy => "Model for the API part",
            _ => "Model for the API",
        };
        line(
            page,
            Row::Line(MonthLine::Model),
            model_label,
            &model,
            if roomy { &rates } else { "" },
        );
        let (low, high) = match usage.confidence {
            Confidence::Measured => ("87", "115"),
            Confidence::Rough => ("67", "150"),
            Confidence::Guess => ("33", "300"),
        };
        let range = if roomy {
            format!("between {low} and {high} % of this")
        } else {
            format!("{low}-{high} %")
        };
        line(
            page,
            Row::Line(MonthLine::Confidence),
            "How sure are you?",
            &serde_name(&usage.confidence),
            &range,
        );
        let price_row = Row::Line(MonthLine::Number(Field::ProPrice));
        if self.form.is_open(price_row) {
            let (value, aside) = (String::new(), String::new());
            let (label, unit) = ("Pro price, dollars a month", Field::ProPrice.unit());
            let line = NumberRow { label, value, aside, unit, at: None, scale: false };
            self.form.draw_number(page, price_row, &line);
        } else {
            let price =
                usage.pro_monthly(cx.session.world.catalog).map(short_usd).unwrap_or_default();
            let how = match usage.pro_price {
                ProPrice::Monthly => "monthly",
                ProPrice::Annual => "a month, by the year",
                ProPrice::Other(_) => "a month, your price",
            };
            let aside = if roomy { "annual, or your own" } else { "" };
            line(page, price_row, "Pro price", &format!("{price} {how}"), aside);
        }
        let set = advanced_set(usage);
        let about = match (set, roomy) {
            (0, true) => "caching, batches, thinking: none set".to_owned(),
            (0, false) if is_tight(page) => "caching ...".to_owned(),
            (0, false) => "caching, batches ...".to_owned(),
            (set, true) => format!("{set} set: caching, batches ..."),
            (set, false) if is_tight(page) => format!("{set} set: caching ..."),
            (set, false) => format!("{set} set: caching, batches"),
        };
        self.form.clickable(page, Row::Line(MonthLine::Advanced), |page, focused| {
            draw_door(page, "More", &about, focused);
        });
        page.gap();
    }

    fn draw_split(case: &Assessment, page: &mut Page) {
        let look = page.look();
        let month = case.usage.volume;
        let api = case.split.api_volume(month);
        let pro = case.split.pro_volume(month);
        let (pro_cost, api_cost) = (usd(case.costs.pro), usd(words::api_part(&case.costs)));
        if page.is_roomy() {
            page.text("  Where it goes", look.theme.title);
            for (name, pct, volume, cost, outcome) in [
                ("Stays on Pro", case.split.pro_pct(), pro, &pro_cost, Outcome::Pro),
                ("Goes to API", case.split.api_pct(), api, &api_cost, Outcome::Api),
            ] {
                let row = page.row();
                let text = format!(
                    "    {}{:20}{}   {}  {}",
                    pad_right(name, 14),
                    "",
                    pad_left(&format!("{} %", pct.normalize()), 7),
                    pad_left(
                        &format!(
                            "{} + {}",
                            tokens_short(volume.input),
                            tokens_short(volume.output)
                        ),
                        13
                    ),
                    pad_left(cost, 8)
                );
                page.text(&text, look.theme.text);
                let bar = Bar { solid: bar_eighths(pct), hatched: 0, side: outcome };
                page.overlay(Rect::new(18, row, 20, 1), &Bars { rows: &[bar], line: None, look });
            }
            page.paragraph(&split_words(case), 4, look.theme.text);
            page.gap();
        } else {
            let room = usize::from(page.width().saturating_sub(3));
            let rows = [(pro, pro_cost), (api, api_cost)].map(|(volume, cost)| {
                let amount = format!(
                    "{} sent {} written",
                    pad_left(&tokens_short(volume.input), 5),
                    tokens_short(volume.output)
                );
                (amount, cost)
            });
            let long = ["Stays on Pro", "Goes to API "];
            let fits = rows.iter().zip(long).all(|((amount, cost), name)| {
                name.width() + amount.width() + cost.width() + 2 <= room
            });
            for ((amount, cost), name) in
                rows.into_iter().zip(if fits { long } else { ["On Pro", "On API"] })
            {
                let line = columns(&format!("{name} {amount}"), &cost, room);
                page.text(&format!("  {line}"), look.theme.text);
            }
        }
    }
}

/// True if the text must be shorter than at 80 columns.
fn is_tight(page: &Page) -> bool {
    page.width() < 47
}

/// Bar lengths of the split, in eighths of a cell. All of it is 20 cells.
fn bar_eighths(pct: Decimal) -> u16 {
    (pct * Decimal::new(16, 1)).round().to_u16().unwrap_or_default()
}

/// `20 % runs outside the app; 10 % of the chat when limits stop you`.
fn split_words(case: &Assessment) -> String {
    let place = words::Place::in_assessment(case);
    let outside = format!("{} % lies outside {}", case.split.outside_pct, place.short);
    let why = match (case.split.overflow_pct, case.split.overflow_origin) {
        (0, _) => return outside,
        (_, OverflowOrigin::User) => ", as you set it",
        (_, OverflowOrigin::Usage) => " by your logs",
        (_, OverflowOrigin::Capacity) => " is more than Pro holds",
        (20, OverflowOrigin::Default) if case.split.outside_pct == 0 => " for the control you need",
        (_, OverflowOrigin::Default) => " when limits stop you",
    };
    format!("{outside}; {} % of {}{why}", case.split.overflow_pct, place.the_work)
}

/// `$2 in, $10 out per million`.
fn rates(model: &Model, models: &[PricedModel<'_>]) -> String {
    let row = models.iter().find(|priced| priced.model.id == model.id).and_then(|m| m.row);
    match row.and_then(|row| row.input.zip(row.output)) {
        Some((input, output)) => {
            format!("{} in, {} out per million", usd_rate(input), usd_rate(output))
        }
        None => "unpriced".to_owned(),
    }
}
