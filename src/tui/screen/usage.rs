//! The month: how much is sent and written, what lies outside the app, on which model.

use super::numbers::{
    Entry, Kind, NumberLine, PERCENT_SCALE, TOKEN_SCALE, draw_buttons, draw_choice, draw_door,
    draw_number, percent_position, stepped_percent, stepped_tokens, token_position,
};
use super::question::{after_month, last_asked};
use super::{Behave, More, Reading, Screen, WeekScreen, moved};
use crate::advice::{Assessment, Outcome};
use crate::catalog::Tokenizer;
use crate::cost::Volume;
use crate::number::{
    Percent, grouped, human_size, parse_price, parse_tokens, tokens_short, tokens_three, usd,
    usd_rate,
};
use crate::session::{Run, Session};
use crate::text::layout::{columns, pad_left, pad_right};
use crate::tui::key::Press;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::pane::short_usd;
use crate::tui::state::{Cx, Go, Turn};
use crate::tui::widget::bars::{Bar, Bars};
use crate::usage::{Confidence, Outside, ProPrice, SAMPLE, Usage};

/// The month.
#[derive(Debug, Default)]
pub struct UsageScreen {
    focus: Row,
    entry: Option<Entry>,
    way: Way,
}

/// How one came here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Way {
    /// After the questions.
    #[default]
    Flow,
    /// From the list of answers, which is where one returns.
    Change,
}

/// A line of the month that can be focused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Row {
    /// A preset.
    Start,
    /// Input tokens.
    #[default]
    Sent,
    /// Output tokens.
    Written,
    /// Share outside the app.
    Outside,
    /// Model of the API part.
    Model,
    /// How sure the person is.
    Confidence,
    /// What Pro costs.
    ProPrice,
    /// Caching, batches, thinking.
    More,
    /// On.
    Continue,
    /// Back.
    Back,
}

const ROWS: [Row; 10] = [
    Row::Start,
    Row::Sent,
    Row::Written,
    Row::Outside,
    Row::Model,
    Row::Confidence,
    Row::ProPrice,
    Row::More,
    Row::Continue,
    Row::Back,
];

/// The months of the article, and other ways to begin.
const PRESETS: [(&str, Volume); 3] = [
    ("Article, moderate", SAMPLE),
    (
        "Article, heavier",
        Volume {
            input: 2_000_000,
            output: 800_000,
        },
    ),
    // The article gives no output here: it is taken at the ratio of its other examples, 2.5 to 1.
    (
        "Article, very high",
        Volume {
            input: 10_000_000,
            output: 4_000_000,
        },
    ),
];

impl UsageScreen {
    /// The month, to change a line of it and return.
    pub const fn to_change(focus: Row) -> Self {
        Self {
            focus,
            entry: None,
            way: Way::Change,
        }
    }

    fn index(&self) -> usize {
        ROWS.iter()
            .position(|row| *row == self.focus)
            .unwrap_or_default()
    }

    /// Changes a number by a key of its slider, or a choice by an arrow.
    fn step(&self, action: Action, turn: &mut Turn<'_, '_>) {
        let mut usage = turn.session.usage().clone();
        let volume = usage.volume;
        match self.focus {
            Row::Sent => {
                if let Some(input) = stepped_tokens(volume.input, action) {
                    usage.volume.input = input;
                    self.set(
                        turn,
                        usage,
                        format!("Sent {}", tokens_short(volume.input)),
                        true,
                    );
                }
            }
            Row::Written => {
                if let Some(output) = stepped_tokens(volume.output, action) {
                    usage.volume.output = output;
                    self.set(
                        turn,
                        usage,
                        format!("Written {}", tokens_short(volume.output)),
                        true,
                    );
                }
            }
            Row::Outside => {
                let share = share(turn.session);
                let now = Percent::whole(u16::from(share));
                if let Some(next) = stepped_percent(now, 100, action) {
                    usage.outside = Outside::Set(whole_percent(next));
                    self.set(turn, usage, format!("Outside the app {share} %"), true);
                }
            }
            _ => self.choose(action, usage, turn),
        }
    }

    /// Walks through the choices of a line.
    fn choose(&self, action: Action, mut usage: Usage, turn: &mut Turn<'_, '_>) {
        let step = match action {
            Action::Left | Action::Less => -1,
            Action::Right | Action::More => 1,
            _ => return,
        };
        match self.focus {
            Row::Start => {
                let here = preset(usage.volume).map_or(0, |index| index + 1);
                let next = walk(here, PRESETS.len() + 1, step);
                if let Some((name, volume)) = next.checked_sub(1).and_then(|i| PRESETS.get(i)) {
                    usage.volume = *volume;
                    self.set(turn, usage, *name, false);
                } else if here != next {
                    turn.say = Some("Type your own numbers below: go down with Tab.".to_owned());
                }
            }
            Row::Model => {
                let Ok(month) = &turn.outlook.month else {
                    return;
                };
                let ids: Vec<&str> = month.models.iter().map(|m| m.model.id.as_str()).collect();
                let here = ids
                    .iter()
                    .position(|id| *id == month.model.id)
                    .unwrap_or_default();
                let next = walk(here, ids.len(), step);
                if next != here {
                    usage.model = ids.get(next).map(|id| (*id).to_owned());
                    let what = format!("Model {}", month.model.short_name());
                    self.set(turn, usage, what, false);
                }
            }
            Row::Confidence => {
                let here = Confidence::ALL.iter().position(|c| *c == usage.confidence);
                let next = walk(here.unwrap_or_default(), Confidence::ALL.len(), step);
                if let Some(confidence) = Confidence::ALL.get(next) {
                    let what = format!("How sure: {}", usage.confidence.as_str());
                    usage.confidence = *confidence;
                    self.set(turn, usage, what, false);
                }
            }
            Row::ProPrice => {
                let next = match (usage.pro_price, step) {
                    (ProPrice::Monthly, 1) => ProPrice::Annual,
                    (ProPrice::Annual, -1) | (ProPrice::Other(_), _) => ProPrice::Monthly,
                    (ProPrice::Annual, _) => {
                        turn.say = Some("Type another price: a digit opens the field.".to_owned());
                        return;
                    }
                    _ => return,
                };
                usage.pro_price = next;
                self.set(turn, usage, "Pro price", false);
            }
            _ => {}
        }
    }

    fn set(&self, turn: &mut Turn<'_, '_>, usage: Usage, what: impl Into<String>, slides: bool) {
        let run = slides.then(|| Run(u16::try_from(self.index()).unwrap_or_default()));
        turn.set_usage(usage, what, run);
    }

    fn kind(&self) -> Option<Kind> {
        match self.focus {
            Row::Sent | Row::Written => Some(Kind::Tokens),
            Row::Outside => Some(Kind::Percent(100)),
            Row::ProPrice => Some(Kind::Price),
            _ => None,
        }
    }

    /// Opens the field of the focused line on its present value.
    fn open(&mut self, turn: &Turn<'_, '_>) {
        let usage = turn.session.usage();
        let value = match self.focus {
            Row::Sent => grouped(usage.volume.input),
            Row::Written => grouped(usage.volume.output),
            Row::Outside => share(turn.session).to_string(),
            Row::ProPrice => match usage.pro_monthly(turn.session.world.catalog) {
                Ok(price) => price.to_string(),
                Err(_) => String::new(),
            },
            _ => return,
        };
        self.entry = Some(Entry::on(value));
    }

    /// Takes the typed number, or says what is wrong with it and keeps the field open.
    fn take(&mut self, turn: &mut Turn<'_, '_>) {
        let Some(entry) = &mut self.entry else {
            return;
        };
        let mut usage = turn.session.usage().clone();
        let text = entry.text().to_owned();
        let (taken, what) = match self.focus {
            Row::Sent => (
                parse_tokens(&text).map(|input| usage.volume.input = input),
                "Sent to Claude",
            ),
            Row::Written => (
                parse_tokens(&text).map(|output| usage.volume.output = output),
                "Written by Claude",
            ),
            Row::Outside => (
                Percent::parse(&text, 100).and_then(|share| {
                    let whole = whole_percent(share);
                    usage.outside = Outside::Set(whole);
                    if Percent::whole(u16::from(whole)) == share {
                        Ok(())
                    } else {
                        Err(crate::number::NumberError::Fraction(format!("'{text}'")))
                    }
                }),
                "Outside the app",
            ),
            _ => (
                parse_price(&text).map(|price| usage.pro_price = ProPrice::Other(price)),
                "Pro price",
            ),
        };
        match taken {
            Ok(()) => {
                self.entry = None;
                self.set(turn, usage, what, false);
            }
            Err(error) => entry.refuse(&error),
        }
    }

    fn press_row(&mut self, turn: &mut Turn<'_, '_>) {
        match self.focus {
            Row::Continue => {
                turn.session.accept_month();
                turn.go = Some(match self.way {
                    Way::Flow => Go::To(after_month(turn.session)),
                    Way::Change => Go::Back,
                });
            }
            Row::Back => self.go_back(turn),
            Row::More => turn.go = Some(Go::Over(Screen::More(More::default()))),
            Row::Start => turn.go = Some(Go::Over(Screen::Week(WeekScreen::new(turn.session)))),
            Row::Model | Row::Confidence => {
                turn.say = Some("Left and right change this. Continue is further down.".to_owned());
            }
            _ => self.open(turn),
        }
    }

    fn go_back(&self, turn: &mut Turn<'_, '_>) {
        turn.go = Some(match self.way {
            Way::Flow => Go::To(last_asked(turn.session)),
            Way::Change => Go::Back,
        });
    }

    fn draw_numbers(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let usage = cx.session.usage();
        let tokenizer = cx
            .outlook
            .month
            .as_ref()
            .map_or(Tokenizer::New, |m| m.model.tokenizer);
        let size = |tokens| human_size(tokens, tokenizer.per_word());
        let entry = |row| self.entry.as_ref().filter(|_| self.focus == row);
        for (row, label, tokens) in [
            (Row::Sent, "Sent to Claude, input", usage.volume.input),
            (
                Row::Written,
                "Written by Claude, output",
                usage.volume.output,
            ),
        ] {
            let from = page.row();
            draw_number(
                page,
                &NumberLine {
                    label,
                    value: format!("{} tokens", grouped(tokens)),
                    aside: size(tokens),
                    position: Some(token_position(tokens)),
                    scale: TOKEN_SCALE,
                    kind: Kind::Tokens,
                    focused: self.focus == row,
                    entry: entry(row),
                },
            );
            page.target_since(from, row as usize);
            if page.is_roomy() {
                page.gap();
            }
        }
        let share = share(cx.session);
        let aside = match usage.outside {
            Outside::Default => "default",
            Outside::Set(_) => "set by you",
            Outside::Measured(_) => "from usage",
        };
        let from = page.row();
        draw_number(
            page,
            &NumberLine {
                label: "Outside the Claude app",
                value: format!("{share} %"),
                aside: aside.to_owned(),
                position: Some(percent_position(Percent::whole(u16::from(share)), 100)),
                scale: PERCENT_SCALE,
                kind: Kind::Percent(100),
                focused: self.focus == Row::Outside,
                entry: entry(Row::Outside),
            },
        );
        page.target_since(from, Row::Outside as usize);
        page.gap();
    }

    fn draw_choices(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let usage = cx.session.usage();
        let roomy = page.is_roomy();
        let line = |page: &mut Page, row, label: &str, choice: &str, aside: &str| {
            let from = page.row();
            draw_choice(page, label, choice, aside, self.focus == row);
            page.target_since(from, row as usize);
        };
        let (model, rates) = match &cx.outlook.month {
            Ok(month) => (
                month.model.short_name().to_owned(),
                rates(month.model, month.models.as_slice()),
            ),
            Err(error) => (error.to_string(), String::new()),
        };
        let model_label = if roomy {
            "Model for the API part"
        } else {
            "Model for the API"
        };
        line(
            page,
            Row::Model,
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
            Row::Confidence,
            "How sure are you?",
            usage.confidence.as_str(),
            &range,
        );
        if let Some(entry) = self.entry.as_ref().filter(|_| self.focus == Row::ProPrice) {
            draw_number(
                page,
                &NumberLine {
                    label: "Pro price, dollars a month",
                    value: String::new(),
                    aside: String::new(),
                    position: None,
                    scale: &[],
                    kind: Kind::Price,
                    focused: true,
                    entry: Some(entry),
                },
            );
        } else {
            let price = usage
                .pro_monthly(cx.session.world.catalog)
                .map(short_usd)
                .unwrap_or_default();
            let how = match usage.pro_price {
                ProPrice::Monthly => "monthly",
                ProPrice::Annual => "a month, by the year",
                ProPrice::Other(_) => "a month, your price",
            };
            let aside = if roomy { "annual, or your own" } else { "" };
            line(
                page,
                Row::ProPrice,
                "Pro price",
                &format!("{price} {how}"),
                aside,
            );
        }
        let set = advanced_set(usage);
        let about = match (set, roomy) {
            (0, true) => "caching, batches, thinking: none set".to_owned(),
            (0, false) => "caching, batches ...".to_owned(),
            (set, _) => format!("caching, batches ...: {set} set"),
        };
        let from = page.row();
        draw_door(page, "More", &about, self.focus == Row::More);
        page.target_since(from, Row::More as usize);
        page.gap();
    }

    fn draw_split(case: &Assessment, page: &mut Page) {
        let look = page.look();
        let month = case.usage.volume;
        let api = case.split.api_volume(month);
        let pro = case.split.pro_volume(month);
        let (pro_cost, api_cost) = (
            usd(case.costs.pro),
            usd(crate::words::api_part(&case.costs)),
        );
        let short = |tokens| {
            let exact = tokens_short(tokens);
            if exact.len() > 5 {
                tokens_three(tokens)
            } else {
                exact
            }
        };
        if page.is_roomy() {
            page.text("  Where it goes", look.theme.title);
            for (name, pct, volume, cost, outcome) in [
                (
                    "Stays on Pro",
                    case.split.pro_pct(),
                    pro,
                    &pro_cost,
                    Outcome::Pro,
                ),
                (
                    "Goes to API",
                    case.split.api_pct(),
                    api,
                    &api_cost,
                    Outcome::Api,
                ),
            ] {
                let row = page.row();
                let text = format!(
                    "    {}{:20}{}    {}  {}",
                    pad_right(name, 14),
                    "",
                    pad_left(&format!("{} %", pct.normalize()), 6),
                    pad_left(
                        &format!("{} + {}", short(volume.input), short(volume.output)),
                        16
                    ),
                    pad_left(cost, 8)
                );
                page.text(&text, look.theme.text);
                let bar = Bar {
                    solid: bar_cells(pct),
                    hatched: 0.0,
                    side: outcome.side(),
                };
                page.overlay(
                    ratatui::layout::Rect::new(18, row, 20, 1),
                    &Bars {
                        rows: &[bar],
                        mark: None,
                        look,
                    },
                );
            }
            page.paragraph(&split_words(case), 4, look.theme.text);
            page.gap();
        } else {
            let room = usize::from(page.width().saturating_sub(3));
            for (name, volume, cost) in [
                ("Stays on Pro", pro, pro_cost),
                ("Goes to API ", api, api_cost),
            ] {
                let amount = format!(
                    "{} sent {} written",
                    pad_left(&short(volume.input), 5),
                    short(volume.output)
                );
                let line = columns(&format!("{name} {amount}"), &cost, room);
                page.text(&format!("  {line}"), look.theme.text);
            }
        }
    }
}

/// Lengths of the bars of the split: 20 cells are everything.
#[expect(clippy::float_arithmetic, reason = "pixels")]
fn bar_cells(pct: rust_decimal::Decimal) -> f64 {
    use rust_decimal::prelude::ToPrimitive;
    pct.to_f64().unwrap_or_default() / 5.0
}

/// `20 % runs outside the app; 10 % of the chat when limits stop you`.
fn split_words(case: &Assessment) -> String {
    let outside = format!("{} % lies outside the app", case.split.outside_pct);
    match case.split.overflow_pct {
        0 => outside,
        part if case.usage.overflow_pct.is_some() => {
            format!("{outside}; {part} % of the chat, as you set it")
        }
        part if case.split.outside_pct == 0 && part == 20 => {
            format!("{outside}; {part} % of the chat for the control you need")
        }
        part => format!("{outside}; {part} % of the chat when limits stop you"),
    }
}

fn whole_percent(percent: Percent) -> u8 {
    use rust_decimal::prelude::ToPrimitive;
    percent.value().trunc().to_u8().unwrap_or(100).min(100)
}

/// The share outside the app at present; open questions count as little outside.
pub(super) fn share(session: &Session<'_>) -> u8 {
    let usage = session.usage();
    match session.answers().assume_open().resolve() {
        Some(resolved) => usage.outside.share(resolved.profile),
        None => 0,
    }
}

fn walk(here: usize, count: usize, step: isize) -> usize {
    here.saturating_add_signed(step)
        .min(count.saturating_sub(1))
}

fn preset(volume: Volume) -> Option<usize> {
    PRESETS.iter().position(|(_, preset)| *preset == volume)
}

/// How many of the advanced numbers differ from their defaults.
pub(super) fn advanced_set(usage: &Usage) -> usize {
    let mix = &usage.mix;
    [
        mix.cache_read,
        mix.cache_write_5m,
        mix.cache_write_1h,
        mix.batch,
        mix.thinking,
    ]
    .iter()
    .filter(|percent| !percent.is_zero())
    .count()
        + usize::from(usage.prompt_tokens.is_some())
        + usize::from(usage.overflow_pct.is_some())
        + usize::from(usage.capacity_input.is_some())
        + usize::from(usage.capacity_output.is_some())
}

/// `$2 in, $10 out per million`.
fn rates(model: &crate::catalog::Model, models: &[crate::advice::PricedModel<'_>]) -> String {
    let row = models
        .iter()
        .find(|priced| priced.model.id == model.id)
        .and_then(|m| m.row);
    match row.and_then(|row| row.input.zip(row.output)) {
        Some((input, output)) => format!(
            "{} in, {} out per million",
            usd_rate(input),
            usd_rate(output)
        ),
        None => "unpriced".to_owned(),
    }
}

impl Behave for UsageScreen {
    fn context(&self) -> Context {
        if self.entry.is_some() {
            Context::Field
        } else {
            Context::Usage
        }
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        match self.way {
            Way::Flow => "Your month, estimate: the last step".to_owned(),
            Way::Change => "Your month, estimate".to_owned(),
        }
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let roomy = page.is_roomy();
        if roomy {
            page.gap();
        }
        let chosen = preset(cx.session.usage().volume)
            .filter(|_| cx.session.choices().month == crate::session::Month::Own)
            .and_then(|index| PRESETS.get(index))
            .map_or("my own numbers", |(name, _)| name);
        let from = page.row();
        let (mark, style) = match self.focus {
            Row::Start => (">", look.theme.focus),
            _ => (" ", look.theme.text),
        };
        let room = usize::from(page.width().saturating_sub(5));
        let aside = if roomy { "" } else { "4 more" };
        let start = columns(&format!("Start from  < {chosen} >"), aside, room);
        page.text(&format!("{mark} {start}"), style);
        page.target_since(from, Row::Start as usize);
        if self.focus == Row::Start {
            page.focus_since(from);
        }
        if roomy {
            page.text(
                "              Moderate 500K/200K · Heavier 2M/800K · Very high 10M/4M ·",
                look.theme.text,
            );
            page.text(
                "              Enter describes a week, and counts it for you",
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
                    format!("API alone costs what Pro costs at × {times:.2} of this month.")
                } else {
                    format!("API alone = Pro at × {times:.2} of this volume")
                };
                page.paragraph(&text, 2, look.theme.text);
            }
            page.gap();
        }
        if roomy {
            let words = cx
                .outlook
                .month
                .as_ref()
                .map_or(Tokenizer::New, |m| m.model.tokenizer);
            page.paragraph(
                &format!(
                    "Sent repeats the whole chat at every turn, so it grows faster than you type. A novel here is 100,000 words of {:.2} tokens.",
                    words.per_word()
                ),
                2,
                look.theme.text,
            );
        } else {
            page.text(
                "  Sent repeats the whole chat at every turn.",
                look.theme.text,
            );
        }
        page.gap();
        let focus = match self.focus {
            Row::Continue => Some(0),
            Row::Back => Some(1),
            _ => None,
        };
        draw_buttons(page, &["Continue", "Back"], focus);
    }

    fn act(&mut self, action: Action, turn: &mut Turn<'_, '_>) {
        if let Some(entry) = &mut self.entry {
            match action {
                Action::Enter => self.take(turn),
                Action::Back => self.entry = None,
                Action::Less => entry.clear(),
                _ => {}
            }
            return;
        }
        match action {
            Action::Up | Action::Down => {
                turn.session.end_run();
                let next = moved(self.index(), action, ROWS.len());
                self.focus = ROWS.get(next).copied().unwrap_or_default();
            }
            Action::Digit(digit) if self.kind().is_some() => self.entry = Some(Entry::begun(digit)),
            Action::Digit(_) => {
                turn.say = Some("Numbers go into Sent, Written and Outside.".to_owned())
            }
            Action::Enter | Action::Choose => self.press_row(turn),
            Action::Back => self.go_back(turn),
            action => self.step(action, turn),
        }
    }

    fn press(&mut self, press: Press, turn: &mut Turn<'_, '_>) {
        if let Some(entry) = &mut self.entry {
            turn.say = entry.press(press);
        }
    }

    fn paste(&mut self, text: &str, turn: &mut Turn<'_, '_>) {
        match &mut self.entry {
            Some(entry) => turn.say = entry.paste(text),
            None => turn.say = Some("Open a field first: Enter on a number.".to_owned()),
        }
    }

    fn click(&mut self, index: usize, turn: &mut Turn<'_, '_>) {
        self.entry = None;
        if let Some(row) = ROWS.into_iter().find(|row| *row as usize == index) {
            turn.session.end_run();
            self.focus = row;
        }
    }

    fn why(&self, _session: &Session<'_>) -> Option<Screen> {
        Some(Screen::Reading(Reading::WhyMonth))
    }
}
