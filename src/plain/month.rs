//! The size of the month, one number at a time.

use jiff::civil::Date;

use super::{Arrival, From, Page, Plain, Stage, Turn, Typed, tell};
use crate::catalog::{Model, Tokenizer};
use crate::number::{Percent, grouped, human_size, parse_price, parse_tokens, tokens_short, usd};
use crate::session::{Finer, Month, Preview, Session, whole_percent};
use crate::text::quoted;
use crate::usage::estimate::{Week, WeekNumber};
use crate::usage::{Confidence, Outside, PRESETS, ProPrice, Usage, pro_monthly};
use crate::words;

/// A line of the month, in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// A preset, own numbers, a week described, or logs.
    Start,
    Sent,
    Written,
    Outside,
    Model,
    Sure,
    ProPrice,
    /// Whether the finer numbers are wanted.
    More,
}

/// The one before it in a list; `None` for the first.
pub(super) fn before<T: Copy + PartialEq>(list: &[T], here: T) -> Option<T> {
    let place = list.iter().position(|known| *known == here)?;
    list.get(place.checked_sub(1)?).copied()
}

/// The one after it in a list; `None` for the last.
pub(super) fn after<T: Copy + PartialEq>(list: &[T], here: T) -> Option<T> {
    let place = list.iter().position(|known| *known == here)?;
    list.get(place + 1).copied()
}

/// What can be chosen at the start of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beginning {
    Own,
    Preset(usize),
    Week,
    Logs,
}

const BEGINNINGS: [Beginning; 6] = [
    Beginning::Own,
    Beginning::Preset(0),
    Beginning::Preset(1),
    Beginning::Preset(2),
    Beginning::Week,
    Beginning::Logs,
];

impl Field {
    pub(super) const ALL: [Self; 8] = [
        Self::Start,
        Self::Sent,
        Self::Written,
        Self::Outside,
        Self::Model,
        Self::Sure,
        Self::ProPrice,
        Self::More,
    ];

    /// Those that stand in the list of answers.
    pub(super) const LINES: [Self; 7] = [
        Self::Sent,
        Self::Written,
        Self::Outside,
        Self::Model,
        Self::Sure,
        Self::ProPrice,
        Self::More,
    ];

    /// Its name in lists, and in what undo says.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Start => "Start from",
            Self::Sent => "Sent to Claude, input",
            Self::Written => "Written by Claude, output",
            Self::Outside => "Outside the Claude app",
            Self::Model => "Model for the API",
            Self::Sure => "How sure you are",
            Self::ProPrice => "Pro price",
            Self::More => "Caching, batches, thinking, limits",
        }
    }

    /// Its present value, in words.
    pub(super) fn value(self, session: &Session<'_>) -> String {
        let usage = session.usage();
        match self {
            Self::Start => String::new(),
            Self::Sent => tokens(usage.volume.input),
            Self::Written => tokens(usage.volume.output),
            Self::Outside => {
                let origin = match usage.outside {
                    Outside::Default => " (default)",
                    Outside::Set(_) => "",
                    Outside::Measured(_) => " (from your usage)",
                };
                format!("{} percent{origin}", share(session))
            }
            Self::Model => match usage.model(session.world.catalog, session.world.today) {
                Ok(model) => named(model, session.world.today),
                Err(error) => error.to_string(),
            },
            Self::Sure => usage.confidence.as_str().to_owned(),
            Self::ProPrice => {
                let how = match usage.pro_price {
                    ProPrice::Monthly => "paid monthly",
                    ProPrice::Annual => "a month, paid by the year",
                    ProPrice::Other(_) => "a month, your price",
                };
                match usage.pro_monthly(session.world.catalog) {
                    Ok(price) => format!("{} {how}", usd(price)),
                    Err(error) => error.to_string(),
                }
            }
            Self::More => match Finer::ALL.iter().filter(|finer| finer.is_set(usage)).count() {
                0 => "all at their defaults".to_owned(),
                set => format!("{set} set"),
            },
        }
    }

    /// What is asked.
    fn question(self, session: &Session<'_>) -> String {
        let usage = session.usage();
        let size = |tokens: u64| match tokens {
            0 => String::new(),
            tokens => {
                let size = human_size(tokens, tokenizer(session).per_word());
                format!(" At present {}, about {size}.", grouped(tokens))
            }
        };
        match self {
            Self::Start => {
                let whose = match (usage.measured_month(), session.choices().month) {
                    (Some(measured), _) => words::scaled(measured),
                    (None, Month::Sample) => "a sample, until you set your own".to_owned(),
                    (None, Month::Own) => "yours".to_owned(),
                };
                format!(
                    "Your month, estimate: the last step. It stands at {} sent and {} written: {whose}.",
                    tokens_short(usage.volume.input),
                    tokens_short(usage.volume.output)
                )
            }
            Self::Sent => format!(
                "How many tokens are sent to Claude a month, input? A chat sends its whole history at every turn.{}",
                size(usage.volume.input)
            ),
            Self::Written => format!(
                "How many tokens does Claude write a month, output?{}",
                size(usage.volume.output)
            ),
            Self::Outside => {
                "What share of the work lies outside the Claude app, in percent?".to_owned()
            }
            Self::Model => "Which model would the API part use?".to_owned(),
            Self::Sure => "How sure are you of these numbers?".to_owned(),
            Self::ProPrice => "What does Pro cost you a month?".to_owned(),
            Self::More => "Caching, batches, thinking, and what Pro carries?".to_owned(),
        }
    }

    /// What can be typed.
    const fn prompt(self) -> &'static str {
        match self {
            Self::Sent | Self::Written => "A number such as 2.5M or 800k, b back, w why, ? help",
            Self::Outside => "A whole number from 0 to 100, b back, w why, ? help",
            Self::ProPrice => "A number, or another price such as $17.50; b back, ? help",
            Self::Start | Self::Model | Self::Sure | Self::More => {
                "A number, b back, w why, ? help"
            }
        }
    }
}

/// `3,000,000 tokens`.
pub(super) fn tokens(count: u64) -> String {
    format!("{} token{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// `Sonnet 5.5`, `Opus 4.1, retired`.
fn named(model: &Model, today: Date) -> String {
    let retired = if model.is_retired(today) { ", retired" } else { "" };
    format!("{}{retired}", model.short_name())
}

/// The share outside the app at present; open questions count as little outside.
fn share(session: &Session<'_>) -> u8 {
    match session.answers().assume_open().resolve() {
        Some(resolved) => session.usage().outside.share(resolved.profile),
        None => 0,
    }
}

pub(super) fn tokenizer(session: &Session<'_>) -> Tokenizer {
    let model = session.usage().model(session.world.catalog, session.world.today);
    model.map_or(Tokenizer::New, |model| model.tokenizer)
}

impl Plain<'_> {
    /// Takes the answer to one line of the month.
    pub(super) fn month(
        &mut self,
        field: Field,
        way: Arrival,
        typed: Typed<'_>,
        line: &str,
        turn: &mut Turn,
    ) {
        match field {
            Field::Start => return self.start_month(way, typed, turn),
            Field::More => {
                match typed {
                    Typed::Nothing | Typed::Number(1) => self.after_month(),
                    Typed::Number(2) => self.stage = Stage::Extras(way),
                    Typed::Number(_) | Typed::Text(_) => turn.page.range(2),
                }
                return;
            }
            _ => {}
        }
        let page = &mut turn.page;
        if typed != Typed::Nothing {
            match self.put(field, typed, line) {
                Err(why) => {
                    page.para(&format!("Not taken: {why}."));
                    return;
                }
                Ok(usage) => {
                    if !self.set(usage, field.name(), page) {
                        return;
                    }
                }
            }
            page.para(&format!("{}: {}.", field.name(), field.value(&self.session)));
            tell::live(&mut self.session, page);
        }
        self.stage = match (way, after(&Field::ALL, field)) {
            (Arrival::Change, _) | (_, None) => Stage::Check,
            (Arrival::Flow, Some(next)) => Stage::Month(next, Arrival::Flow),
        };
    }

    /// The usage with what was typed on this line.
    fn put(&mut self, field: Field, typed: Typed<'_>, line: &str) -> Result<Usage, String> {
        let mut usage = self.session.usage().clone();
        let tokens = || parse_tokens(line).map_err(|error| error.to_string());
        let range = |most: usize| format!("type a number from 1 to {most}");
        match field {
            Field::Sent => usage.volume.input = tokens()?,
            Field::Written => usage.volume.output = tokens()?,
            Field::Outside => {
                let whole = Percent::parse(line, 100).ok().and_then(|it| whole_percent(it).ok());
                usage.outside = Outside::Set(whole.ok_or_else(|| {
                    format!("{} is not a whole number from 0 to 100", quoted(line))
                })?);
            }
            Field::Model => {
                let models = self.models();
                let (id, _) = typed.pick(&models).ok_or_else(|| range(models.len()))?;
                usage.model = Some(id.clone());
            }
            Field::Sure => {
                let levels = &Confidence::ALL;
                usage.confidence = *typed.pick(levels).ok_or_else(|| range(levels.len()))?;
            }
            Field::ProPrice => {
                usage.pro_price = match typed {
                    Typed::Number(1) => ProPrice::Monthly,
                    Typed::Number(2) => ProPrice::Annual,
                    _ => ProPrice::Other(parse_price(line).map_err(|error| error.to_string())?),
                };
            }
            Field::Start | Field::More => {}
        }
        Ok(usage)
    }

    fn start_month(&mut self, way: Arrival, typed: Typed<'_>, turn: &mut Turn) {
        // A month from logs needs no number typed: Enter goes on from it.
        let is_measured = self.session.usage().measured_month().is_some();
        let next = if is_measured { Field::Outside } else { Field::Sent };
        match (typed, typed.pick(&BEGINNINGS)) {
            (Typed::Nothing, _) => self.stage = Stage::Month(next, way),
            (_, Some(Beginning::Own)) => self.stage = Stage::Month(Field::Sent, way),
            (_, Some(Beginning::Preset(place))) => {
                if let Some((name, volume)) = PRESETS.get(*place) {
                    let usage = Usage { volume: *volume, ..self.session.usage().clone() };
                    if self.set(usage, name, &mut turn.page) {
                        turn.page.para(&format!("{name}."));
                        tell::live(&mut self.session, &mut turn.page);
                        self.stage = Stage::Month(Field::Outside, way);
                    }
                }
            }
            (_, Some(Beginning::Week)) => {
                let thinking = self.session.usage().mix.thinking;
                let week = Week { thinking, ..Week::default() };
                self.stage = Stage::Week(WeekNumber::Sessions, week, way);
            }
            (_, Some(Beginning::Logs)) => self.begin_logs(From::Month(way), turn),
            (_, None) => turn.page.range(BEGINNINGS.len()),
        }
    }

    /// Changes the month; says so where it cannot be.
    pub(super) fn set(&mut self, usage: Usage, what: &str, page: &mut Page) -> bool {
        match self.session.set_usage(usage, what, None) {
            Ok(()) => true,
            Err(error) => {
                page.para(&format!("Not changed: {error}"));
                false
            }
        }
    }

    /// On from the month: to a question that was opened again, or to the list of answers.
    pub(super) fn after_month(&mut self) {
        self.session.accept_month();
        self.stage = match self.session.answers().next_open() {
            Some(open) => Stage::Question(open, Arrival::Flow),
            None => Stage::Check,
        };
    }

    /// The models one can choose, each with what the month costs on it.
    fn models(&mut self) -> Vec<(String, String)> {
        let today = self.session.world.today;
        match self.session.outlook(&Preview::Nothing).month {
            Ok(month) => month
                .models
                .iter()
                .map(|priced| {
                    let cost = match &priced.api {
                        Ok(cost) => format!("{} a month, estimate", usd(*cost)),
                        Err(_) => "unpriced".to_owned(),
                    };
                    let text = format!("{}. API alone {cost}", named(priced.model, today));
                    (priced.model.id.clone(), text)
                })
                .collect(),
            Err(_) => Vec::new(),
        }
    }

    pub(super) fn ask_month(&mut self, field: Field, page: &mut Page) {
        page.para(&field.question(&self.session));
        for (text, number) in self.month_options(field).iter().zip(1..) {
            page.option(number, text);
        }
        match field {
            Field::Start if self.session.usage().measured_month().is_some() => {
                page.prompt_that(field.prompt(), "goes on with it");
            }
            Field::Start | Field::More => page.prompt(field.prompt(), Some("1")),
            field => page.prompt(field.prompt(), Some(&field.value(&self.session))),
        }
    }

    /// The numbered options of a line, where it has any.
    fn month_options(&mut self, field: Field) -> Vec<String> {
        match field {
            Field::Start => BEGINNINGS
                .into_iter()
                .map(|beginning| match beginning {
                    Beginning::Own => "Type my own numbers".to_owned(),
                    Beginning::Preset(place) => {
                        PRESETS.get(place).map_or_else(String::new, |(name, volume)| {
                            let (input, output) = (volume.input, volume.output);
                            let (input, output) = (tokens_short(input), tokens_short(output));
                            format!("{name}. {input} sent, {output} written")
                        })
                    }
                    Beginning::Week => "Describe a week, and have it counted".to_owned(),
                    Beginning::Logs => "Use my own logs".to_owned(),
                })
                .collect(),
            Field::Model => self.models().into_iter().map(|(_, text)| text).collect(),
            Field::Sure => Confidence::ALL
                .into_iter()
                .map(|level| {
                    let factor = level.factor().normalize();
                    format!("{}. The range divides and multiplies by {factor}", level.as_str())
                })
                .collect(),
            Field::ProPrice => [ProPrice::Monthly, ProPrice::Annual]
                .into_iter()
                .map(|price| {
                    let how = if price == ProPrice::Monthly {
                        "paid monthly"
                    } else {
                        "paid by the year"
                    };
                    let amount = pro_monthly(price, self.session.world.catalog)
                        .map_or_else(|_| "no price in this list".to_owned(), usd);
                    format!("{amount}, {how}")
                })
                .collect(),
            Field::More => vec!["Go on".to_owned(), "Set them".to_owned()],
            Field::Sent | Field::Written | Field::Outside => Vec::new(),
        }
    }
}
