//! The axes: what can be varied, in which unit, from where to where.

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};
use thiserror::Error;

use crate::advice::World;
use crate::cost::Volume;
use crate::number::{MOST_TOKENS, Percent, exact, grouped, parse_price, parse_tokens};
use crate::question::{Answers, Origin, QuestionId, Rank, Resolved};
use crate::text::{nearest, quoted};
use crate::usage::{Confidence, Outside, ProPrice, Usage};

/// The most points along an axis.
pub const MOST_STEPS: u16 = 1_000;

/// What is varied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// A number of the month.
    Number(Number),
    /// The answer to a question.
    Question(QuestionId),
    /// The model of the API part.
    Model,
    /// How sure the person is of the volume.
    Confidence,
}

/// A number of the month that can be varied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// Input tokens a month.
    Input,
    /// Output tokens a month.
    Output,
    /// Both together, as a multiple of the file's month.
    Volume,
    /// Share outside the app, whole percent.
    Outside,
    /// Share of the input read from the cache, percent.
    CacheRead,
    /// Share written to the cache for five minutes, percent.
    CacheWrite,
    /// Share written to the cache for an hour, percent.
    CacheWrite1h,
    /// Share sent as batches, percent.
    Batch,
    /// Thinking on top of the output, percent of it.
    Thinking,
    /// Tokens of a typical prompt.
    PromptTokens,
    /// What Pro costs a month, USD.
    ProPrice,
    /// Share of the chat that overflows, whole percent.
    Overflow,
    /// Chat input that Pro is thought to carry, tokens a month.
    CapacityInput,
    /// The same for output.
    CapacityOutput,
}

/// How a number is written and stepped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Whole tokens.
    Tokens,
    /// A multiple with at most four places.
    Times,
    /// Whole percent.
    Whole,
    /// Percent with at most four places, up to this.
    Percent(u16),
    /// Dollars above 0, at most two places.
    Dollars,
}

impl Number {
    const ALL: [Self; 14] = [
        Self::Input,
        Self::Output,
        Self::Volume,
        Self::Outside,
        Self::CacheRead,
        Self::CacheWrite,
        Self::CacheWrite1h,
        Self::Batch,
        Self::Thinking,
        Self::PromptTokens,
        Self::ProPrice,
        Self::Overflow,
        Self::CapacityInput,
        Self::CapacityOutput,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Output => "output",
            Self::Volume => "volume",
            Self::Outside => "outside",
            Self::CacheRead => "cache-read",
            Self::CacheWrite => "cache-write",
            Self::CacheWrite1h => "cache-write-1h",
            Self::Batch => "batch",
            Self::Thinking => "thinking",
            Self::PromptTokens => "prompt-tokens",
            Self::ProPrice => "pro-price",
            Self::Overflow => "overflow",
            Self::CapacityInput => "capacity-input",
            Self::CapacityOutput => "capacity-output",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Input => "input tokens a month",
            Self::Output => "output tokens a month",
            Self::Volume => "times this month's volume",
            Self::Outside => "percent outside the Claude app",
            Self::CacheRead => "percent of the input read from the cache",
            Self::CacheWrite => "percent of the input written to the cache for 5 minutes",
            Self::CacheWrite1h => "percent of the input written to the cache for 1 hour",
            Self::Batch => "percent sent as batches",
            Self::Thinking => "percent of thinking on top of the output",
            Self::PromptTokens => "tokens of a typical prompt",
            Self::ProPrice => "dollars a month for Pro",
            Self::Overflow => "percent of the chat that goes to the API",
            Self::CapacityInput => "input tokens of chat that Pro is thought to carry",
            Self::CapacityOutput => "output tokens of chat that Pro is thought to carry",
        }
    }

    const fn unit(self) -> Unit {
        match self {
            Self::Input
            | Self::Output
            | Self::PromptTokens
            | Self::CapacityInput
            | Self::CapacityOutput => Unit::Tokens,
            Self::Volume => Unit::Times,
            Self::Outside | Self::Overflow => Unit::Whole,
            Self::CacheRead | Self::CacheWrite | Self::CacheWrite1h | Self::Batch => {
                Unit::Percent(100)
            }
            Self::Thinking => Unit::Percent(1_000),
            Self::ProPrice => Unit::Dollars,
        }
    }
}

impl Unit {
    /// The smallest step, as decimal places.
    const fn places(self) -> u32 {
        match self {
            Self::Tokens | Self::Whole => 0,
            Self::Dollars => 2,
            Self::Times | Self::Percent(_) => 4,
        }
    }

    fn parse(self, typed: &str) -> Result<Decimal, String> {
        match self {
            Self::Tokens => parse_tokens(typed).map(Decimal::from).map_err(|why| why.to_string()),
            Self::Percent(most) => {
                Percent::parse(typed, most).map(Percent::value).map_err(|why| why.to_string())
            }
            Self::Dollars => parse_price(typed).map_err(|why| why.to_string()),
            Self::Whole => Percent::parse(typed, 100)
                .ok()
                .map(Percent::value)
                .filter(Decimal::is_integer)
                .ok_or_else(|| {
                    format!("{} is not a whole percentage from 0 to 100", quoted(typed))
                }),
            Self::Times => times(typed).ok_or_else(|| {
                format!(
                    "{} is not a multiple from 0 to 1000000 with at most four decimals; type one such as 0.5 or 3",
                    quoted(typed)
                )
            }),
        }
    }
}

/// A multiple: `0.5`, `3`, `2,5`, `3x`.
fn times(typed: &str) -> Option<Decimal> {
    let text = typed.trim().trim_end_matches(['x', 'X', '×']).trim_end().replace(',', ".");
    let plain = (1..=20).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && text.bytes().any(|b| b.is_ascii_digit());
    let value = plain.then(|| Decimal::from_str_exact(&text).ok()).flatten()?.normalize();
    (value <= Decimal::from(1_000_000) && value.scale() <= 4).then_some(value)
}

/// Where along a numeric axis the points lie; both ends belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The first value, as typed.
    pub from: String,
    /// The last value, as typed.
    pub to: String,
    /// How many points, 2 to [`MOST_STEPS`].
    pub steps: u16,
}

/// A place on an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// On one of numbers.
    Number(Decimal),
    /// The option of a question.
    Option(QuestionId, Rank),
    /// A model's id.
    Model(String),
    /// A level of confidence.
    Confidence(Confidence),
    /// Nothing is set there: the month leaves it to the method.
    Unset,
}

impl Value {
    /// The value as it stands in CSV and JSON.
    pub fn exact(&self) -> String {
        match self {
            Self::Number(number) => exact(*number),
            Self::Option(question, rank) => question.option_id(*rank).to_owned(),
            Self::Model(id) => id.clone(),
            Self::Confidence(level) => level.as_str().to_owned(),
            Self::Unset => String::new(),
        }
    }
}

/// Why an axis cannot be walked. Each says what to give instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AxisError {
    /// No such axis.
    #[error("{given} cannot be varied{meant}; name one of {all}")]
    Unknown {
        /// What was asked for, quoted.
        given: String,
        /// ` (did you mean 'input'?)`, or nothing.
        meant: String,
        /// Every axis.
        all: String,
    },
    /// A numeric axis without both ends.
    #[error("'{axis}' needs both '--from' and '--to', {words}, such as --from {from} --to {to}")]
    NoSpan {
        /// The axis.
        axis: &'static str,
        /// What its numbers are.
        words: &'static str,
        /// An example.
        from: &'static str,
        /// An example.
        to: &'static str,
    },
    /// Ends for an axis of options.
    #[error("'{0}' is varied over all it can be, so leave out '--from', '--to' and '--steps'")]
    NeedlessSpan(&'static str),
    /// One end is not a value of the axis.
    #[error("'--{end}': {problem}")]
    BadEnd {
        /// `from` or `to`.
        end: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// The axis would go backwards, or nowhere.
    #[error("'--from' ({from}) must be less than '--to' ({to})")]
    Backwards {
        /// The first value.
        from: String,
        /// The last value.
        to: String,
    },
    /// Too few or too many points.
    #[error("'--steps' is {0}; give a whole number from 2 to {MOST_STEPS}")]
    Steps(u16),
    /// The cache shares would be more than the whole input.
    #[error(
        "'--to' {to} and the other cache shares of the file ({others} %) make more than 100 % of the input; give at most {most}"
    )]
    CacheSum {
        /// The last value.
        to: String,
        /// What the other two make.
        others: String,
        /// What is left.
        most: String,
    },
    /// A multiple of the file's month beyond what a month can be.
    #[error(
        "'--to' {to} would be more than 1,000,000,000,000 tokens a month; give a smaller multiple"
    )]
    TooMany {
        /// The last value.
        to: String,
    },
    /// Multiples of an empty month.
    #[error(
        "the month of the file is empty, so there are no multiples of it; vary 'input' or 'output'"
    )]
    EmptyMonth,
}

impl Axis {
    /// Every axis, in the order in which help lists them.
    pub fn all() -> impl Iterator<Item = Self> {
        let numbers = Number::ALL.into_iter().map(Self::Number);
        let rest = QuestionId::ALL.into_iter().map(Self::Question);
        numbers.chain([Self::Model, Self::Confidence]).chain(rest)
    }

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number(number) => number.name(),
            Self::Question(question) => question.as_str(),
            Self::Model => "model",
            Self::Confidence => "confidence",
        }
    }

    /// The axis with this name.
    ///
    /// # Errors
    /// Where there is none; the error names the nearest and all.
    pub fn named(name: &str) -> Result<Self, AxisError> {
        Self::all().find(|axis| axis.name() == name).ok_or_else(|| AxisError::Unknown {
            given: quoted(name),
            meant: nearest(name, Self::all().map(Self::name))
                .map(|near| format!(" (did you mean '{near}'?)"))
                .unwrap_or_default(),
            all: Self::all().map(Self::name).collect::<Vec<_>>().join(", "),
        })
    }

    /// What its values are, in words.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Number(number) => number.words(),
            Self::Question(_) => "the answer to one question",
            Self::Model => "the model of the API part",
            Self::Confidence => "how sure the volume is",
        }
    }

    /// The points of the axis.
    pub(super) fn values(
        self,
        span: Option<&Span>,
        usage: &Usage,
        world: &World<'_>,
    ) -> Result<Vec<Value>, AxisError> {
        match (self, span) {
            (Self::Number(number), Some(span)) => numbers(number, span, usage),
            (Self::Number(number), None) => Err(no_span(number)),
            (_, Some(_)) => Err(AxisError::NeedlessSpan(self.name())),
            (Self::Question(question), None) => {
                Ok(question.ranks().map(|rank| Value::Option(question, rank)).collect())
            }
            (Self::Confidence, None) => Ok(Confidence::ALL.map(Value::Confidence).to_vec()),
            (Self::Model, None) => {
                let models = usage
                    .models(world.catalog, world.today)
                    .unwrap_or_else(|_| world.catalog.current_models(world.today));
                Ok(models.into_iter().map(|model| Value::Model(model.id.clone())).collect())
            }
        }
    }

    /// The answers and the month at a place of the axis.
    pub(super) fn apply(
        self,
        value: &Value,
        answers: &Resolved,
        usage: &Usage,
    ) -> (Resolved, Usage) {
        let (mut answers, mut usage) = (*answers, usage.clone());
        match (self, value) {
            (Self::Number(number), Value::Number(at)) => set(number, *at, &mut usage),
            (_, Value::Option(question, rank)) => {
                let given = Answers::from_resolved(&answers).with(*question, *rank, Origin::User);
                // Every question has an answer already; one more leaves none open but `control`,
                // which no keys had settled.
                answers = given.resolve().unwrap_or_else(|| Resolved {
                    profile: answers.profile.with(*question, *rank),
                    ..answers
                });
            }
            (_, Value::Model(id)) => usage.model = Some(id.clone()),
            (_, Value::Confidence(level)) => usage.confidence = *level,
            (_, Value::Number(_) | Value::Unset) => {}
        }
        (answers, usage)
    }

    /// Where the file stands.
    pub(super) fn present(self, answers: &Resolved, usage: &Usage, world: &World<'_>) -> Value {
        match self {
            Self::Question(question) => Value::Option(question, answers.profile.rank(question)),
            Self::Confidence => Value::Confidence(usage.confidence),
            Self::Model => usage
                .model(world.catalog, world.today)
                .map_or(Value::Unset, |model| Value::Model(model.id.clone())),
            Self::Number(number) => {
                let mix = &usage.mix;
                let number = match number {
                    Number::Input => Some(usage.volume.input.into()),
                    Number::Output => Some(usage.volume.output.into()),
                    Number::Volume => Some(Decimal::ONE),
                    Number::Outside => Some(usage.outside.share(answers.profile).into()),
                    Number::CacheRead => Some(mix.cache_read.value()),
                    Number::CacheWrite => Some(mix.cache_write_5m.value()),
                    Number::CacheWrite1h => Some(mix.cache_write_1h.value()),
                    Number::Batch => Some(mix.batch.value()),
                    Number::Thinking => Some(mix.thinking.value()),
                    Number::PromptTokens => usage.prompt_tokens.map(Decimal::from),
                    Number::ProPrice => usage.pro_monthly(world.catalog).ok(),
                    Number::Overflow => usage.overflow_pct.map(Decimal::from),
                    Number::CapacityInput => Some(
                        usage.capacity_input.unwrap_or_else(|| world.facts.capacity_input()).into(),
                    ),
                    Number::CapacityOutput => Some(
                        usage
                            .capacity_output
                            .unwrap_or_else(|| world.facts.capacity_output())
                            .into(),
                    ),
                };
                number.map_or(Value::Unset, Value::Number)
            }
        }
    }

    /// A value about half way between two that are not neighbours; `None` where there is none.
    pub(super) fn between(self, low: &Value, high: &Value) -> Option<Value> {
        let (Self::Number(number), Value::Number(low), Value::Number(high)) = (self, low, high)
        else {
            return None;
        };
        let middle = ((low + high) / Decimal::TWO)
            .round_dp_with_strategy(number.unit().places(), RoundingStrategy::ToZero)
            .normalize();
        (*low < middle && middle < *high).then_some(Value::Number(middle))
    }
}

fn no_span(number: Number) -> AxisError {
    let (from, to) = match number.unit() {
        Unit::Tokens => ("0", "10M"),
        Unit::Times => ("0", "3"),
        Unit::Whole | Unit::Percent(_) => ("0", "100"),
        Unit::Dollars => ("17", "100"),
    };
    AxisError::NoSpan { axis: number.name(), words: number.words(), from, to }
}

/// The points between both ends, evenly spaced and each once.
fn numbers(number: Number, span: &Span, usage: &Usage) -> Result<Vec<Value>, AxisError> {
    let unit = number.unit();
    let end =
        |end, typed: &str| unit.parse(typed).map_err(|problem| AxisError::BadEnd { end, problem });
    let (from, to) = (end("from", &span.from)?, end("to", &span.to)?);
    if from >= to {
        return Err(AxisError::Backwards { from: shown(unit, from), to: shown(unit, to) });
    }
    if !(2..=MOST_STEPS).contains(&span.steps) {
        return Err(AxisError::Steps(span.steps));
    }
    check(number, to, usage)?;
    let parts = Decimal::from(span.steps - 1);
    let mut values: Vec<Value> = (0..span.steps)
        .map(|step| {
            let at = from + (to - from) * Decimal::from(step) / parts;
            let strategy = RoundingStrategy::MidpointNearestEven;
            Value::Number(at.round_dp_with_strategy(unit.places(), strategy).normalize())
        })
        .collect();
    values.dedup();
    Ok(values)
}

/// What the rest of the month allows.
fn check(number: Number, to: Decimal, usage: &Usage) -> Result<(), AxisError> {
    let [read, short, long] =
        [usage.mix.cache_read, usage.mix.cache_write_5m, usage.mix.cache_write_1h]
            .map(Percent::value);
    let others = match number {
        Number::CacheRead => short + long,
        Number::CacheWrite => read + long,
        Number::CacheWrite1h => read + short,
        Number::Volume => {
            let most = usage.volume.input.max(usage.volume.output);
            if most == 0 {
                return Err(AxisError::EmptyMonth);
            }
            if Decimal::from(most) * to > Decimal::from(MOST_TOKENS) {
                return Err(AxisError::TooMany { to: exact(to) });
            }
            return Ok(());
        }
        _ => return Ok(()),
    };
    if others + to > Decimal::ONE_HUNDRED {
        return Err(AxisError::CacheSum {
            to: exact(to),
            others: exact(others),
            most: exact(Decimal::ONE_HUNDRED - others),
        });
    }
    Ok(())
}

/// A number as its axis writes it.
fn shown(unit: Unit, number: Decimal) -> String {
    match (unit, number.to_u64()) {
        (Unit::Tokens, Some(tokens)) => grouped(tokens),
        _ => exact(number),
    }
}

impl Axis {
    /// A value for a person: `2,500,000`, `× 1.5`, `20 %`, `$17`, `Some`.
    pub(crate) fn shown(self, value: &Value, sweep: &super::Sweep<'_>) -> String {
        match (self, value) {
            (Self::Number(number), Value::Number(at)) => match number.unit() {
                Unit::Times => format!("x {}", exact(*at)),
                Unit::Whole | Unit::Percent(_) => format!("{} %", exact(*at)),
                Unit::Dollars => crate::number::usd(*at),
                Unit::Tokens => shown(Unit::Tokens, *at),
            },
            (_, Value::Option(question, rank)) => {
                sweep.wording.question(*question).short_label(*rank).to_owned()
            }
            (_, Value::Model(id)) => sweep
                .world
                .catalog
                .model(id)
                .map_or_else(|| id.clone(), |model| model.short_name().to_owned()),
            (_, Value::Confidence(level)) => level.as_str().to_owned(),
            (_, Value::Number(number)) => exact(*number),
            (_, Value::Unset) => "left to the method".to_owned(),
        }
    }
}

fn set(number: Number, at: Decimal, usage: &mut Usage) {
    let whole = at.to_u64().unwrap_or_default();
    let percent = |most| Percent::new(at, most).unwrap_or_default();
    let share = at.to_u8().unwrap_or_default();
    match number {
        Number::Input => usage.volume.input = whole,
        Number::Output => usage.volume.output = whole,
        Number::Volume => {
            let Volume { input, output } = usage.volume;
            usage.volume = Volume { input: scaled(input, at), output: scaled(output, at) };
        }
        Number::Outside => usage.outside = Outside::Set(share),
        Number::CacheRead => usage.mix.cache_read = percent(100),
        Number::CacheWrite => usage.mix.cache_write_5m = percent(100),
        Number::CacheWrite1h => usage.mix.cache_write_1h = percent(100),
        Number::Batch => usage.mix.batch = percent(100),
        Number::Thinking => usage.mix.thinking = percent(1_000),
        Number::PromptTokens => usage.prompt_tokens = Some(whole),
        Number::ProPrice => usage.pro_price = ProPrice::Other(at),
        Number::Overflow => usage.overflow_pct = Some(share),
        Number::CapacityInput => usage.capacity_input = Some(whole),
        Number::CapacityOutput => usage.capacity_output = Some(whole),
    }
}

/// A count times a multiple, in whole tokens, half to even.
fn scaled(tokens: u64, by: Decimal) -> u64 {
    let exact = Decimal::from(tokens) * by;
    let whole = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
    whole.to_u64().unwrap_or(MOST_TOKENS)
}
