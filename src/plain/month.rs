//! The size of the month, one number at a time.

use jiff::civil::Date;

use super::stage::{From, Stage};
use super::{Page, Plain, Turn, Typed, tell};
use crate::catalog::Model;
use crate::month::{Field, Unit, Week, WeekNumber, advanced_set};
use crate::number::{grouped, human_size, tokens, tokens_short, usd};
use crate::question::Origin;
use crate::text::node::serde_name;
use crate::text::quoted;
use crate::usage::{Confidence, Outside, ProPrice, Usage, pro_monthly};
use crate::wizard::MonthStart;
use crate::wizard::flow::{self, Arrival, MonthLine};
use crate::wizard::session::{Preview, Session};
use crate::words;

/// The list item before `here`. Returns `None` for the first.
pub(super) fn before<T: Copy + PartialEq>(list: &[T], here: T) -> Option<T> {
    let place = list.iter().position(|known| *known == here)?;
    list.get(place.checked_sub(1)?).copied()
}

/// The list item after `here`. Returns `None` for the last.
pub(super) fn after<T: Copy + PartialEq>(list: &[T], here: T) -> Option<T> {
    let place = list.iter().position(|known| *known == here)?;
    list.get(place + 1).copied()
}

impl MonthLine {
    /// The lines shown in the list of answers.
    pub(super) const LISTED: [Self; 7] = {
        let [_, listed @ ..] = Self::ALL;
        listed
    };

    /// The name in lists and in undo messages.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Start => "Start from",
            Self::Number(field) => field.spec().name,
            Self::Model => "Model for the API",
            Self::Confidence => "How sure you are",
            Self::Advanced => "Caching, batches, thinking, limits",
        }
    }

    /// The present value, in words.
    pub(super) fn value(self, session: &Session<'_>) -> String {
        let usage = session.usage();
        match self {
            Self::Start => String::new(),
            Self::Number(Field::Input) => tokens(usage.volume.input),
            Self::Number(Field::Output) => tokens(usage.volume.output),
            Self::Number(Field::Outside) => {
                let origin = match usage.outside {
                    Outside::Default => " (default)",
                    Outside::Set(_) => "",
                    Outside::Measured(_) => " (from your usage)",
                };
                format!("{} percent{origin}", session.outside_share())
            }
            Self::Model => match usage.model(session.world.catalog, session.world.today) {
                Ok(model) => named(model, session.world.today),
                Err(error) => error.to_string(),
            },
            Self::Confidence => serde_name(&usage.confidence),
            // The advanced numbers have their own list.
            Self::Number(_) => {
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
            Self::Advanced => match advanced_set(usage) {
                0 => "all at their defaults".to_owned(),
                set => format!("{set} set"),
            },
        }
    }

    fn question(self, session: &Session<'_>) -> String {
        let usage = session.usage();
        let size = |tokens: u64| match tokens {
            0 => String::new(),
            tokens => {
                let size = human_size(tokens, session.tokenizer().per_word());
                format!(" At present {}, about {size}.", grouped(tokens))
            }
        };
        match self {
            Self::Start => {
                let whose = match usage.measured_month() {
                    Some(measured) => words::scaled(measured),
                    None if session.choices().is_sample() => {
                        "a sample, until you set your own".to_owned()
                    }
                    None => "yours".to_owned(),
                };
                format!(
                    "Your month, estimate: the last step. It stands at {} sent and {} written: {whose}.",
                    tokens_short(usage.volume.input),
                    tokens_short(usage.volume.output)
                )
            }
            Self::Number(Field::Input) => format!(
                "How many tokens are sent to Claude a month, input? A chat sends its whole history at every turn.{}",
                size(usage.volume.input)
            ),
            Self::Number(Field::Output) => format!(
                "How many tokens does Claude write a month, output?{}",
                size(usage.volume.output)
            ),
            Self::Number(Field::Outside) => {
                "What share of the work lies outside the Claude app, in percent?".to_owned()
            }
            Self::Model => "Which model would the API part use?".to_owned(),
            Self::Confidence => "How sure are you of these numbers?".to_owned(),
            Self::Number(_) => "What does Pro cost you a month?".to_owned(),
            Self::Advanced => "Caching, batches, thinking, and what Pro carries?".to_owned(),
        }
    }

    /// What can be typed at the prompt.
    const fn prompt(self) -> &'static str {
        match self {
            Self::Number(Field::Input | Field::Output) => {
                "A number such as 2.5M or 800k, b back, w why, ? help"
            }
            Self::Number(Field::Outside) => "A whole number from 0 to 100, b back, w why, ? help",
            Self::Number(_) => "A number, or another price such as $17.50; b back, ? help",
            Self::Start | Self::Model | Self::Confidence | Self::Advanced => {
                "A number, b back, w why, ? help"
            }
        }
    }
}

/// `Sonnet 5.5`, `Opus 4.1, retired`.
fn named(model: &Model, today: Date) -> String {
    let retired = if model.is_retired(today) { ", retired" } else { "" };
    format!("{}{retired}", model.short_name())
}

impl Plain<'_> {
    /// Handles the answer to one line of the month.
    pub(super) fn month(
        &mut self,
        of: MonthLine,
        way: Arrival,
        typed: Typed<'_>,
        line: &str,
        turn: &mut Turn,
    ) {
        match of {
            MonthLine::Start => return self.start_month(way, typed, turn),
            MonthLine::Advanced => {
                match typed {
                    Typed::Nothing | Typed::Number(1) => self.after_month(way, &mut turn.page),
                    Typed::Number(2) => self.stage = Stage::AdvancedList(way),
                    Typed::Number(_) | Typed::Text(_) => turn.page.range(2),
                }
                return;
            }
            _ => {}
        }
        let page = &mut turn.page;
        if typed != Typed::Nothing {
            match self.put(of, typed, line) {
                Err(why) => {
                    page.para(&format!("Not taken: {why}."));
                    return;
                }
                Ok(usage) => {
                    if !self.set(usage, of.name(), page) {
                        return;
                    }
                }
            }
            page.para(&format!("{}: {}.", of.name(), of.value(&self.session)));
            tell::live(&mut self.session, page);
        }
        match after(&MonthLine::ALL, of) {
            Some(next) if way == Arrival::Flow => self.stage = Stage::Month(next, way),
            _ => self.follow(flow::after_month(way), page),
        }
    }

    /// The usage with the typed value on this line.
    fn put(&mut self, of: MonthLine, typed: Typed<'_>, line: &str) -> Result<Usage, String> {
        let mut usage = self.session.usage().clone();
        let range = |most: usize| format!("type a number from 1 to {most}");
        match (of, typed) {
            (MonthLine::Number(Field::ProPrice), Typed::Number(1)) => {
                usage.pro_price = ProPrice::Monthly;
            }
            (MonthLine::Number(Field::ProPrice), Typed::Number(2)) => {
                usage.pro_price = ProPrice::Annual;
            }
            (MonthLine::Number(field), _) => {
                let number = field.unit().parse(line).map_err(|error| match field.unit() {
                    Unit::Whole => format!("{} is not a whole number from 0 to 100", quoted(line)),
                    _ => error.to_string(),
                })?;
                field.set(Some(number), &mut usage);
            }
            (MonthLine::Model, _) => {
                let models = self.models();
                let (id, _) = typed.pick(&models).ok_or_else(|| range(models.len()))?;
                usage.model = Some(id.clone());
            }
            (MonthLine::Confidence, _) => {
                let levels = &Confidence::ALL;
                usage.confidence = *typed.pick(levels).ok_or_else(|| range(levels.len()))?;
            }
            (MonthLine::Start | MonthLine::Advanced, _) => {}
        }
        Ok(usage)
    }

    fn start_month(&mut self, way: Arrival, typed: Typed<'_>, turn: &mut Turn) {
        // A month from logs needs no typed number, so Enter continues.
        let is_measured = self.session.usage().measured_month().is_some();
        let next = if is_measured { Field::Outside } else { Field::Input };
        match (typed, typed.pick(&MonthStart::ALL)) {
            (Typed::Nothing, _) => self.stage = Stage::Month(MonthLine::Number(next), way),
            (_, Some(MonthStart::Own)) => {
                self.stage = Stage::Month(MonthLine::Number(Field::Input), way);
            }
            (_, Some(start @ MonthStart::Preset(_))) => {
                if let Some((name, volume)) = start.preset() {
                    let volume_origin = Origin::Assumed;
                    let usage = Usage { volume, volume_origin, ..self.session.usage().clone() };
                    if self.set(usage, name, &mut turn.page) {
                        turn.page.para(&format!("{name}."));
                        tell::live(&mut self.session, &mut turn.page);
                        self.stage = Stage::Month(MonthLine::Number(Field::Outside), way);
                    }
                }
            }
            (_, Some(MonthStart::Week)) => {
                let week = Week::beginning(self.session.usage());
                self.stage = Stage::Week(WeekNumber::Sessions, week, way);
            }
            (_, Some(MonthStart::Logs)) => self.begin_logs(From::Month(way), turn),
            (_, None) => turn.page.range(MonthStart::ALL.len()),
        }
    }

    /// Changes the month. Prints a message if that fails.
    pub(super) fn set(&mut self, usage: Usage, what: &str, page: &mut Page) -> bool {
        match self.session.set_usage(usage, what, None) {
            Ok(()) => true,
            Err(error) => {
                page.para(&format!("Not changed: {error}"));
                false
            }
        }
    }

    /// Goes on after the month, which on the path is taken as it stands.
    pub(super) fn after_month(&mut self, way: Arrival, page: &mut Page) {
        if way == Arrival::Flow {
            self.session.accept_month();
        }
        self.follow(flow::after_month(way), page);
    }

    /// The available models, each with the month's cost.
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

    pub(super) fn ask_month(&mut self, of: MonthLine, page: &mut Page) {
        page.para(&of.question(&self.session));
        for (text, number) in self.month_options(of).iter().zip(1..) {
            page.option(number, text);
        }
        match of {
            MonthLine::Start if self.session.usage().measured_month().is_some() => {
                page.prompt_that(of.prompt(), "goes on with it");
            }
            MonthLine::Start | MonthLine::Advanced => page.prompt(of.prompt(), Some("1")),
            of => page.prompt(of.prompt(), Some(&of.value(&self.session))),
        }
    }

    /// The numbered options of a line, if it has any.
    fn month_options(&mut self, of: MonthLine) -> Vec<String> {
        match of {
            MonthLine::Start => MonthStart::ALL
                .into_iter()
                .map(|beginning| match beginning {
                    MonthStart::Own => "Type my own numbers".to_owned(),
                    MonthStart::Preset(_) => {
                        beginning.preset().map_or_else(String::new, |(name, volume)| {
                            let (input, output) = (volume.input, volume.output);
                            let (input, output) = (tokens_short(input), tokens_short(output));
                            format!("{name}. {input} sent, {output} written")
                        })
                    }
                    MonthStart::Week => "Describe a week, and have it counted".to_owned(),
                    MonthStart::Logs => "Use my own logs".to_owned(),
                })
                .collect(),
            MonthLine::Model => self.models().into_iter().map(|(_, text)| text).collect(),
            MonthLine::Confidence => Confidence::ALL
                .into_iter()
                .map(|level| {
                    let factor = level.factor().normalize();
                    format!("{}. The range divides and multiplies by {factor}", serde_name(&level))
                })
                .collect(),
            MonthLine::Number(Field::ProPrice) => [ProPrice::Monthly, ProPrice::Annual]
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
            MonthLine::Advanced => vec!["Go on".to_owned(), "Set them".to_owned()],
            MonthLine::Number(_) => Vec::new(),
        }
    }
}
