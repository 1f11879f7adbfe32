//! The size of the month, one number at a time.

use super::{Page, Plain, Stage, Typed, Way, tell};
use crate::catalog::Tokenizer;
use crate::cost::Volume;
use crate::number::{
    NumberError, Percent, grouped, human_size, parse_price, parse_tokens, tokens_short, usd,
};
use crate::question::Origin;
use crate::session::{Month, Preview, Session};
use crate::text::quoted;
use crate::usage::estimate::Week;
use crate::usage::{Confidence, Outside, ProPrice, SAMPLE, Usage, pro_monthly};

use super::extra::Extra;

/// A line of the month, in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// A preset, own numbers, or a week described.
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

/// The months of the article.
const PRESETS: [(&str, Volume); 3] = [
    ("The article's moderate month", SAMPLE),
    ("The article's heavier month", Volume { input: 2_000_000, output: 800_000 }),
    // The article gives no output here: it is taken at the ratio of its other examples, 2.5 to 1.
    ("The article's very high month", Volume { input: 10_000_000, output: 4_000_000 }),
];

impl Field {
    const ALL: [Self; 8] = [
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

    fn index(self) -> usize {
        Self::ALL.iter().position(|field| *field == self).unwrap_or_default()
    }

    /// The one asked before it; `None` for the first.
    pub(super) fn before(self) -> Option<Self> {
        Self::ALL.get(self.index().checked_sub(1)?).copied()
    }

    fn after(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    /// Its name in lists.
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
            Self::Sent => format!("{} tokens", grouped(usage.volume.input)),
            Self::Written => format!("{} tokens", grouped(usage.volume.output)),
            Self::Outside => {
                let origin = match usage.outside {
                    Outside::Default => " (default)",
                    Outside::Set(_) => "",
                    Outside::Measured(_) => " (from usage)",
                };
                format!("{} percent{origin}", share(session))
            }
            Self::Model => match usage.model(session.world.catalog, session.world.today) {
                Ok(model) => model.short_name().to_owned(),
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
            Self::More => match Extra::ALL.iter().filter(|extra| extra.is_set(usage)).count() {
                0 => "all at their defaults".to_owned(),
                set => format!("{set} set"),
            },
        }
    }
}

/// The share outside the app at present; open questions count as little outside.
fn share(session: &Session<'_>) -> u8 {
    match session.answers().assume_open().resolve() {
        Some(resolved) => session.usage().outside.share(resolved.profile),
        None => 0,
    }
}

fn tokenizer(session: &Session<'_>) -> Tokenizer {
    let model = session.usage().model(session.world.catalog, session.world.today);
    model.map_or(Tokenizer::New, |model| model.tokenizer)
}

/// A number of a described week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WeekField {
    Sessions,
    Turns,
    Written,
    Replied,
    Documents,
    Thinking,
}

impl WeekField {
    const ALL: [Self; 6] = [
        Self::Sessions,
        Self::Turns,
        Self::Written,
        Self::Replied,
        Self::Documents,
        Self::Thinking,
    ];

    fn index(self) -> usize {
        Self::ALL.iter().position(|field| *field == self).unwrap_or_default()
    }

    /// The one asked before it; `None` for the first.
    pub(super) fn before(self) -> Option<Self> {
        Self::ALL.get(self.index().checked_sub(1)?).copied()
    }

    const fn question(self) -> &'static str {
        match self {
            Self::Sessions => {
                "How many sessions a week? A session is one chat, from its first message to its last."
            }
            Self::Turns => "How many turns in a session? A turn is one message and its reply.",
            Self::Written => "How many words do you write a turn? 300 words are a page.",
            Self::Replied => "How many words has a reply?",
            Self::Documents => {
                "How many words of documents stay in the chat? They are sent at every turn."
            }
            Self::Thinking => {
                "Thinking, in percent of the output? With Opus and Fable 50 to 100 is usual."
            }
        }
    }

    /// The largest number it takes.
    const fn most(self) -> u32 {
        match self {
            Self::Sessions | Self::Turns | Self::Thinking => 1_000,
            Self::Written | Self::Replied => 100_000,
            Self::Documents => 1_000_000,
        }
    }

    fn value(self, week: &Week) -> String {
        let count = |count: u32| grouped(u64::from(count));
        match self {
            Self::Sessions => count(week.sessions),
            Self::Turns => count(week.turns),
            Self::Written => count(week.words_written),
            Self::Replied => count(week.words_replied),
            Self::Documents => count(week.words_documents),
            Self::Thinking => week.thinking.to_string(),
        }
    }

    /// Puts what was typed into the week, or says what is accepted.
    fn put(self, typed: &str, week: &mut Week) -> Result<(), String> {
        let most = self.most();
        if self == Self::Thinking {
            week.thinking = Percent::parse(typed, 1_000).map_err(|error| error.to_string())?;
            return Ok(());
        }
        let too_many = || format!("at most {}; type a smaller number", grouped(u64::from(most)));
        let count = parse_tokens(typed).map_err(|error| match error {
            NumberError::TooLarge(_) => too_many(),
            _ => format!("{} is not a whole number; type one such as 12 or 1,500", quoted(typed)),
        })?;
        let count =
            u32::try_from(count).ok().filter(|count| *count <= most).ok_or_else(too_many)?;
        match self {
            Self::Sessions => week.sessions = count,
            Self::Turns => week.turns = count,
            Self::Written => week.words_written = count,
            Self::Replied => week.words_replied = count,
            Self::Documents => week.words_documents = count,
            Self::Thinking => {}
        }
        Ok(())
    }
}

impl Plain<'_> {
    /// Takes the answer to one line of the month.
    pub(super) fn month(
        &mut self,
        field: Field,
        way: Way,
        typed: Typed<'_>,
        line: &str,
        page: &mut Page,
    ) {
        if field == Field::Start {
            self.start_month(way, typed, page);
            return;
        }
        if field == Field::More {
            match typed {
                Typed::Nothing | Typed::Number(1) => self.after_month(),
                Typed::Number(2) => self.stage = Stage::Extras(way),
                Typed::Number(_) | Typed::Text(_) => page.range(2),
            }
            return;
        }
        if typed != Typed::Nothing {
            let (usage, what) = match self.put(field, typed, line) {
                Ok(changed) => changed,
                Err(why) => {
                    page.para(&format!("Not taken: {why}."));
                    return;
                }
            };
            if !self.set(usage, &what, page) {
                return;
            }
            page.para(&format!("{}: {}.", field.name(), field.value(&self.session)));
            tell::live(&mut self.session, page);
        }
        self.stage = match (way, field.after()) {
            (Way::Change, _) | (_, None) => Stage::Check,
            (Way::Flow, Some(next)) => Stage::Month(next, Way::Flow),
        };
    }

    /// The usage with what was typed on this line, and what to call the change.
    fn put(
        &mut self,
        field: Field,
        typed: Typed<'_>,
        line: &str,
    ) -> Result<(Usage, String), String> {
        let mut usage = self.session.usage().clone();
        let tokens = |line: &str| parse_tokens(line).map_err(|error| error.to_string());
        let what = match field {
            Field::Sent => {
                usage.volume.input = tokens(line)?;
                "Sent to Claude"
            }
            Field::Written => {
                usage.volume.output = tokens(line)?;
                "Written by Claude"
            }
            Field::Outside => {
                let share = Percent::parse(line, 100).map_err(|error| error.to_string())?;
                let whole = super::extra::whole(share)?;
                usage.outside = Outside::Set(whole);
                "Outside the app"
            }
            Field::Model => {
                let ids = self.models();
                let chosen = match typed {
                    Typed::Number(number) => ids.get(number.wrapping_sub(1)),
                    _ => None,
                };
                let (id, _) =
                    chosen.ok_or_else(|| format!("type a number from 1 to {}", ids.len()))?;
                usage.model = Some(id.clone());
                "Model"
            }
            Field::Sure => {
                let chosen = match typed {
                    Typed::Number(number) => Confidence::ALL.get(number.wrapping_sub(1)),
                    _ => None,
                };
                usage.confidence = *chosen.ok_or("type a number from 1 to 3")?;
                "How sure"
            }
            Field::ProPrice => {
                usage.pro_price = match typed {
                    Typed::Number(1) => ProPrice::Monthly,
                    Typed::Number(2) => ProPrice::Annual,
                    _ => ProPrice::Other(parse_price(line).map_err(|error| error.to_string())?),
                };
                "Pro price"
            }
            Field::Start | Field::More => "",
        };
        Ok((usage, what.to_owned()))
    }

    fn start_month(&mut self, way: Way, typed: Typed<'_>, page: &mut Page) {
        match typed {
            Typed::Nothing | Typed::Number(1) => self.stage = Stage::Month(Field::Sent, way),
            Typed::Number(number @ 2..=4) => {
                if let Some((name, volume)) = PRESETS.get(number - 2) {
                    let usage = Usage { volume: *volume, ..self.session.usage().clone() };
                    if self.set(usage, name, page) {
                        page.para(&format!("{name}."));
                        tell::live(&mut self.session, page);
                        self.stage = Stage::Month(Field::Outside, way);
                    }
                }
            }
            Typed::Number(5) => {
                let thinking = self.session.usage().mix.thinking;
                let week = Week { thinking, ..Week::default() };
                self.stage = Stage::Week(WeekField::Sessions, week, way);
            }
            Typed::Number(_) | Typed::Text(_) => page.range(5),
        }
    }

    /// Takes one number of a week; after the last the week becomes the month.
    pub(super) fn week(
        &mut self,
        field: WeekField,
        mut week: Week,
        way: Way,
        line: &str,
        page: &mut Page,
    ) {
        if !line.is_empty()
            && let Err(why) = field.put(line, &mut week)
        {
            page.para(&format!("Not taken: {why}."));
            return;
        }
        if let Some(next) = WeekField::ALL.get(field.index() + 1) {
            self.stage = Stage::Week(*next, week, way);
            return;
        }
        let mut usage = self.session.usage().clone();
        usage.volume = week.month(tokenizer(&self.session));
        usage.volume_origin = Origin::User;
        // The estimate counts the thinking in what is written: once is enough.
        usage.mix.thinking = Percent::ZERO;
        if self.set(usage, "A week described", page) {
            let volume = self.session.usage().volume;
            page.para(&format!(
                "That week comes to {} tokens sent and {} written a month.",
                grouped(volume.input),
                grouped(volume.output)
            ));
            tell::live(&mut self.session, page);
            self.stage = Stage::Month(Field::Outside, way);
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
            Some(open) => Stage::Question(open, Way::Flow),
            None => Stage::Check,
        };
    }

    /// The models one can choose, each with what the month costs on it.
    fn models(&mut self) -> Vec<(String, String)> {
        match self.session.outlook(&Preview::Nothing).month {
            Ok(month) => month
                .models
                .iter()
                .map(|priced| {
                    let cost = match &priced.api {
                        Ok(cost) => format!("{} a month, estimate", usd(*cost)),
                        Err(_) => "unpriced".to_owned(),
                    };
                    let text = format!("{}. API alone {cost}", priced.model.short_name());
                    (priced.model.id.clone(), text)
                })
                .collect(),
            Err(_) => Vec::new(),
        }
    }

    pub(super) fn ask_month(&mut self, field: Field, page: &mut Page) {
        let usage = self.session.usage().clone();
        let size = |tokens: u64| match tokens {
            0 => String::new(),
            tokens => {
                let size = human_size(tokens, tokenizer(&self.session).per_word());
                format!(" At present {}, about {size}.", grouped(tokens))
            }
        };
        let now = field.value(&self.session);
        match field {
            Field::Start => {
                let whose = match self.session.choices().month {
                    Month::Sample => "a sample, until you set your own",
                    Month::Own => "yours",
                };
                page.para(&format!(
                    "Your month, estimate: the last step. It stands at {} sent and {} written: {whose}.",
                    tokens_short(usage.volume.input),
                    tokens_short(usage.volume.output)
                ));
                page.option(1, "Type my own numbers");
                for ((name, volume), number) in PRESETS.iter().zip(2..) {
                    let (input, output) = (tokens_short(volume.input), tokens_short(volume.output));
                    page.option(number, &format!("{name}. {input} sent, {output} written"));
                }
                page.option(5, "Describe a week, and have it counted");
                page.prompt("A number, b back, w why, ? help", Some("1"));
                return;
            }
            Field::Sent => page.para(&format!(
                "How many tokens are sent to Claude a month, input? A chat sends its whole history at every turn.{}",
                size(usage.volume.input)
            )),
            Field::Written => page.para(&format!(
                "How many tokens does Claude write a month, output?{}",
                size(usage.volume.output)
            )),
            Field::Outside => {
                page.para("What share of the work lies outside the Claude app, in percent?");
            }
            Field::Model => {
                page.para("Which model would the API part use?");
                for ((_, text), number) in self.models().iter().zip(1..) {
                    page.option(number, text);
                }
            }
            Field::Sure => {
                page.para("How sure are you of these numbers?");
                for (level, number) in Confidence::ALL.into_iter().zip(1..) {
                    let factor = level.factor().normalize();
                    page.option(
                        number,
                        &format!("{}. The range divides and multiplies by {factor}", level.as_str()),
                    );
                }
            }
            Field::ProPrice => {
                page.para("What does Pro cost you a month?");
                for (price, number) in [(ProPrice::Monthly, 1), (ProPrice::Annual, 2)] {
                    let how =
                        if price == ProPrice::Monthly { "paid monthly" } else { "paid by the year" };
                    let amount = pro_monthly(price, self.session.world.catalog)
                        .map_or_else(|_| "no price in this list".to_owned(), usd);
                    page.option(number, &format!("{amount}, {how}"));
                }
                page.prompt("A number, or another price such as $17.50; b back", Some(&now));
                return;
            }
            Field::More => {
                page.para("Caching, batches, thinking, and what Pro carries?");
                page.option(1, "Go on");
                page.option(2, "Set them");
                page.prompt("A number, b back, w why, ? help", Some("1"));
                return;
            }
        }
        let what = match field {
            Field::Sent | Field::Written => "A number such as 2.5M or 800k, b back",
            Field::Outside => "A whole number from 0 to 100, b back",
            _ => "A number, b back",
        };
        page.prompt(what, Some(&now));
    }

    pub(super) fn ask_week(field: WeekField, week: Week, page: &mut Page) {
        page.para(field.question());
        page.prompt("A number, b back", Some(&field.value(&week)));
    }
}
