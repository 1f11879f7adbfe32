//! The month: how much is sent and written, what lies outside the app, on which model.

mod draw;

pub(super) use draw::advanced_set;

use super::numbers::{Entry, Kind, paste_into, press_into, stepped_percent, stepped_tokens};
use super::question::{after_month, last_asked};
use super::{Logs, More, Reading, Screen, ScreenBehavior, WeekScreen, moved};
use crate::cost::Volume;
use crate::number::{Percent, grouped, parse_price, parse_tokens, tokens_short};
use crate::session::{Month, Run, Session};
use crate::tui::key::Press;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::state::{Cx, EventCtx, Go};
use crate::usage::{Confidence, Outside, PRESETS, ProPrice, Usage};

/// The month.
#[derive(Debug, Default)]
pub struct UsageScreen {
    focus: Row,
    entry: Option<Entry>,
    way: Arrival,
    /// The person's own volume, while a preset stands in its place.
    own: Option<Volume>,
    /// What Enter opens, where that is focused instead of a preset.
    door: Option<Door>,
}

/// A way to count the month elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    /// The estimate from a week.
    Week,
    /// The person's own logs.
    Logs,
}

impl Door {
    const ALL: [Self; 2] = [Self::Week, Self::Logs];

    const fn name(self) -> &'static str {
        match self {
            Self::Week => "describe a week",
            Self::Logs => "use my own logs",
        }
    }
}

/// How one came here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Arrival {
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

impl UsageScreen {
    /// The month, to change a line of it and return.
    pub const fn to_change(focus: Row) -> Self {
        Self { focus, entry: None, way: Arrival::Change, own: None, door: None }
    }

    fn index(&self) -> usize {
        ROWS.iter().position(|row| *row == self.focus).unwrap_or_default()
    }

    /// Changes a number by a key of its slider, or a choice by an arrow.
    fn step(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        let mut usage = ctx.session.usage().clone();
        let volume = usage.volume;
        match self.focus {
            Row::Sent => {
                if let Some(input) = stepped_tokens(volume.input, action) {
                    usage.volume.input = input;
                    self.set(ctx, usage, format!("Sent {}", tokens_short(volume.input)), true);
                }
            }
            Row::Written => {
                if let Some(output) = stepped_tokens(volume.output, action) {
                    usage.volume.output = output;
                    self.set(ctx, usage, format!("Written {}", tokens_short(volume.output)), true);
                }
            }
            Row::Outside => {
                let share = share(ctx.session);
                let now = Percent::whole(u16::from(share));
                if let Some(next) = stepped_percent(now, 100, action) {
                    usage.outside = Outside::Set(whole_percent(next));
                    self.set(ctx, usage, format!("Outside the app {share} %"), true);
                }
            }
            _ => self.choose(action, usage, ctx),
        }
    }

    /// Walks through the choices of a line.
    fn choose(&mut self, action: Action, mut usage: Usage, ctx: &mut EventCtx<'_, '_>) {
        let step = match action {
            Action::Left | Action::Less => -1,
            Action::Right | Action::More => 1,
            _ => return,
        };
        match self.focus {
            Row::Start => {
                let is_sample = ctx.session.choices().month == Month::Sample;
                let preset =
                    preset(usage.volume).filter(|_| !is_sample).map_or(0, |index| index + 1);
                let door = self.door.and_then(|door| Door::ALL.iter().position(|d| *d == door));
                let here = door.map_or(preset, |door| PRESETS.len() + 1 + door);
                let next = walk(here, PRESETS.len() + 1 + Door::ALL.len(), step);
                self.door =
                    next.checked_sub(PRESETS.len() + 1).and_then(|d| Door::ALL.get(d)).copied();
                if self.door.is_some() {
                    return;
                }
                if here == 0 && !is_sample {
                    self.own = Some(usage.volume);
                }
                let (name, volume) = match next.checked_sub(1).and_then(|i| PRESETS.get(i)) {
                    Some((name, volume)) => (*name, Some(*volume)),
                    None => ("My own numbers", self.own),
                };
                match volume {
                    Some(volume) if here != next => {
                        usage.volume = volume;
                        self.set(ctx, usage, name, false);
                    }
                    None => ctx.say = Some("Your own numbers: type them below (Tab).".to_owned()),
                    Some(_) => {}
                }
            }
            Row::Model => {
                let Ok(month) = &ctx.outlook.month else {
                    return;
                };
                let ids: Vec<&str> = month.models.iter().map(|m| m.model.id.as_str()).collect();
                let here = ids.iter().position(|id| *id == month.model.id).unwrap_or_default();
                let next = walk(here, ids.len(), step);
                if next != here {
                    usage.model = ids.get(next).map(|id| (*id).to_owned());
                    let what = format!("Model {}", month.model.short_name());
                    self.set(ctx, usage, what, false);
                }
            }
            Row::Confidence => {
                let here = Confidence::ALL.iter().position(|c| *c == usage.confidence);
                let next = walk(here.unwrap_or_default(), Confidence::ALL.len(), step);
                if let Some(confidence) = Confidence::ALL.get(next) {
                    let what = format!("How sure: {}", usage.confidence.as_str());
                    usage.confidence = *confidence;
                    self.set(ctx, usage, what, false);
                }
            }
            Row::ProPrice => {
                let next = match (usage.pro_price, step) {
                    (ProPrice::Monthly, 1) => ProPrice::Annual,
                    (ProPrice::Annual, -1) | (ProPrice::Other(_), _) => ProPrice::Monthly,
                    (ProPrice::Annual, _) => {
                        ctx.say = Some("Type a digit for another price.".to_owned());
                        return;
                    }
                    _ => return,
                };
                usage.pro_price = next;
                self.set(ctx, usage, "Pro price", false);
            }
            _ => {}
        }
    }

    fn set(&self, ctx: &mut EventCtx<'_, '_>, usage: Usage, what: impl Into<String>, slides: bool) {
        let run = slides.then(|| Run(u16::try_from(self.index()).unwrap_or_default()));
        ctx.set_usage(usage, what, run);
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
    fn open(&mut self, ctx: &EventCtx<'_, '_>) {
        let usage = ctx.session.usage();
        let value = match self.focus {
            Row::Sent => grouped(usage.volume.input),
            Row::Written => grouped(usage.volume.output),
            Row::Outside => share(ctx.session).to_string(),
            Row::ProPrice => match usage.pro_monthly(ctx.session.world.catalog) {
                Ok(price) => price.to_string(),
                Err(_) => String::new(),
            },
            _ => return,
        };
        self.entry = Some(Entry::on(value));
    }

    /// Takes the typed number, or says what is wrong with it and keeps the field open.
    fn take(&mut self, ctx: &mut EventCtx<'_, '_>) {
        let Some(entry) = &mut self.entry else {
            return;
        };
        let mut usage = ctx.session.usage().clone();
        let text = entry.text().to_owned();
        let (taken, what) = match self.focus {
            Row::Sent => {
                (parse_tokens(&text).map(|input| usage.volume.input = input), "Sent to Claude")
            }
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
                self.set(ctx, usage, what, false);
            }
            Err(error) => entry.refuse(&error),
        }
    }

    fn press_row(&mut self, ctx: &mut EventCtx<'_, '_>) {
        match self.focus {
            Row::Continue => {
                ctx.session.accept_month();
                ctx.go = Some(match self.way {
                    Arrival::Flow => Go::To(after_month(ctx.session)),
                    Arrival::Change => Go::Back,
                });
            }
            Row::Back => self.go_back(ctx),
            Row::More => ctx.go = Some(Go::Over(Screen::More(More::default()))),
            Row::Start => {
                ctx.go = Some(Go::Over(match self.door {
                    Some(Door::Logs) => Screen::Logs(Box::new(Logs::for_month(ctx.app))),
                    Some(Door::Week) | None => Screen::Week(WeekScreen::new(ctx.session)),
                }));
            }
            Row::Model | Row::Confidence => {
                ctx.say = Some("←→ change this. Continue is further down.".to_owned());
            }
            _ => self.open(ctx),
        }
    }

    fn go_back(&self, ctx: &mut EventCtx<'_, '_>) {
        ctx.go = Some(match self.way {
            Arrival::Flow => Go::To(last_asked(ctx.session)),
            Arrival::Change => Go::Back,
        });
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
    here.saturating_add_signed(step).min(count.saturating_sub(1))
}

fn preset(volume: Volume) -> Option<usize> {
    PRESETS.iter().position(|(_, preset)| *preset == volume)
}

impl ScreenBehavior for UsageScreen {
    fn context(&self) -> Context {
        if self.entry.is_some() { Context::Field } else { Context::Usage }
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        match self.way {
            Arrival::Flow => "Your month, estimate: the last step".to_owned(),
            Arrival::Change => "Your month, estimate".to_owned(),
        }
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        self.draw_all(cx, page);
    }

    fn takes_pages(&self) -> bool {
        self.entry.is_none() && self.kind().is_some()
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
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
                // The line says again where the month is from, not what could be opened.
                self.door = None;
                self.focus = ROWS.get(next).copied().unwrap_or_default();
            }
            Action::Digit(digit) if self.kind().is_some() => self.entry = Some(Entry::begun(digit)),
            Action::Digit(_) => {
                ctx.say = Some("Numbers go into Sent, Written and Outside.".to_owned());
            }
            Action::Enter | Action::Choose => self.press_row(ctx),
            Action::Back => self.go_back(ctx),
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
        if let Some(row) = ROWS.into_iter().find(|row| *row as usize == index) {
            ctx.session.end_run();
            self.focus = row;
        }
    }

    fn refresh(&mut self, _session: &Session<'_>) {
        self.door = None;
    }

    fn why(&self, _session: &Session<'_>) -> Option<Screen> {
        Some(Screen::Reading(Reading::WhyMonth))
    }
}
