//! The axes of a sweep: what varies, in which unit, over which range.

use rust_decimal::{Decimal, RoundingStrategy};
use thiserror::Error;

use crate::advice::World;
use crate::month::{Field, Unit};
use crate::number::{MOST_TOKENS, exact};
use crate::question::{Answers, Origin, QuestionId, Rank, Resolved};
use crate::text::node::serde_name;
use crate::text::{nearest, quoted};
use crate::usage::{Confidence, Usage};

/// The most points along an axis.
const MOST_STEPS: u16 = 1_000;

/// The input that varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// A numeric field of the month.
    Number(Field),
    /// The answer to a question.
    Question(QuestionId),
    Model,
    /// How sure the person is of the volume.
    Confidence,
}

/// The range of a numeric axis. Both ends are included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// As typed.
    pub from: String,
    /// As typed.
    pub to: String,
    /// The number of points, 2 to `MOST_STEPS`.
    pub steps: u16,
}

/// A value on an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A value of a numeric field.
    Number(Decimal),
    /// An option of a question.
    Option(QuestionId, Rank),
    /// A model id.
    Model(String),
    /// A level of confidence.
    Confidence(Confidence),
    /// The month does not set the field; the method decides.
    Unset,
}

impl Value {
    /// The value as CSV and JSON have it.
    pub fn exact(&self) -> String {
        match self {
            Self::Number(number) => exact(*number),
            Self::Option(question, rank) => question.option_id(*rank).to_owned(),
            Self::Model(id) => id.clone(),
            Self::Confidence(level) => serde_name(level),
            Self::Unset => String::new(),
        }
    }
}

/// Why an axis is invalid. Each message says what to give instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AxisError {
    /// There is no axis with this name.
    #[error("{given} cannot be varied{meant}; name one of {all}")]
    Unknown {
        /// The name given, quoted.
        given: String,
        /// ` (did you mean 'input'?)`, or empty.
        meant: String,
        /// The names of every axis.
        all: String,
    },
    /// A numeric axis without both ends.
    #[error("'{axis}' needs both '--from' and '--to', {words}, such as --from {from} --to {to}")]
    NoSpan {
        axis: &'static str,
        /// What its numbers are.
        words: &'static str,
        /// An example.
        from: &'static str,
        /// An example.
        to: &'static str,
    },
    #[error("'{0}' is varied over all it can be, so leave out '--from', '--to' and '--steps'")]
    NeedlessSpan(&'static str),
    /// One end is not a value of this axis.
    #[error("'--{end}': {problem}")]
    BadEnd {
        /// `from` or `to`.
        end: &'static str,
        problem: String,
    },
    #[error("'--from' ({from}) must be less than '--to' ({to})")]
    Backwards {
        /// As typed.
        from: String,
        /// As typed.
        to: String,
    },
    /// The number of points is out of range.
    #[error("'--steps' is {0}; give a whole number from 2 to {MOST_STEPS}")]
    Steps(u16),
    /// The cache shares would exceed the whole input.
    #[error(
        "'--to' {to} and the other cache shares of the file ({others}%) make more than 100% of the input; give at most {most}"
    )]
    CacheSum {
        to: String,
        /// The sum of the other two shares.
        others: String,
        /// The largest value possible.
        most: String,
    },
    /// A multiple that exceeds the largest possible month.
    #[error(
        "'--to' {to} would be more than 1,000,000,000,000 tokens a month; give a smaller multiple"
    )]
    TooMany {
        /// The last multiple of the sweep.
        to: String,
    },
    /// Multiples of an empty month.
    #[error(
        "the month of the file is empty, so there are no multiples of it; vary 'input' or 'output'"
    )]
    EmptyMonth,
}

impl Axis {
    /// Every axis, in the order of the help text.
    pub fn all() -> impl Iterator<Item = Self> {
        let numbers = Field::ALL.into_iter().map(Self::Number);
        let rest = QuestionId::ALL.into_iter().map(Self::Question);
        numbers.chain([Self::Model, Self::Confidence]).chain(rest)
    }

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number(field) => field.spec().id,
            Self::Question(question) => question.as_str(),
            Self::Model => "model",
            Self::Confidence => "confidence",
        }
    }

    /// The axis with this name.
    ///
    /// # Errors
    /// If there is none. The error names the nearest axis and lists all.
    pub fn named(name: &str) -> Result<Self, AxisError> {
        Self::all().find(|axis| axis.name() == name).ok_or_else(|| AxisError::Unknown {
            given: quoted(name),
            meant: nearest(name, Self::all().map(Self::name))
                .map(|near| format!(" (did you mean '{near}'?)"))
                .unwrap_or_default(),
            all: Self::all().map(Self::name).collect::<Vec<_>>().join(", "),
        })
    }

    /// Describes its values.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Number(field) => field.spec().values,
            Self::Question(_) => "the answer to one question",
            Self::Model => "the model of the API part",
            Self::Confidence => "how sure the volume is",
        }
    }

    pub(super) fn values(
        self,
        span: Option<&Span>,
        usage: &Usage,
        world: &World<'_>,
    ) -> Result<Vec<Value>, AxisError> {
        match (self, span) {
            (Self::Number(field), Some(span)) => numbers(field, span, usage),
            (Self::Number(field), None) => Err(no_span(field)),
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

    /// The answers and the month with this value applied.
    pub(super) fn apply(
        self,
        value: &Value,
        answers: &Resolved,
        usage: &Usage,
    ) -> (Resolved, Usage) {
        let (mut answers, mut usage) = (*answers, usage.clone());
        match (self, value) {
            (Self::Number(field), Value::Number(at)) => field.set(Some(*at), &mut usage),
            (_, Value::Option(question, rank)) => {
                let given = Answers::from_resolved(&answers).with(*question, *rank, Origin::User);
                // Every question already has an answer. Changing one can only reopen `control`,
                // which was settled by having no keys.
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

    /// The file's own value on this axis.
    pub(super) fn present(self, answers: &Resolved, usage: &Usage, world: &World<'_>) -> Value {
        match self {
            Self::Question(question) => Value::Option(question, answers.profile.rank(question)),
            Self::Confidence => Value::Confidence(usage.confidence),
            Self::Model => usage
                .model(world.catalog, world.today)
                .map_or(Value::Unset, |model| Value::Model(model.id.clone())),
            // A typical prompt of 0 tokens means unset.
            Self::Number(Field::PromptTokens) => {
                usage.prompt_tokens.map_or(Value::Unset, |tokens| Value::Number(tokens.into()))
            }
            Self::Number(field) => {
                field.get(usage, answers.profile, world).map_or(Value::Unset, Value::Number)
            }
        }
    }

    /// A value about halfway between two values. `None` if they are neighbours.
    pub(super) fn between(self, low: &Value, high: &Value) -> Option<Value> {
        let (Self::Number(field), Value::Number(low), Value::Number(high)) = (self, low, high)
        else {
            return None;
        };
        let middle = ((low + high) / Decimal::TWO)
            .round_dp_with_strategy(field.unit().places(), RoundingStrategy::ToZero)
            .normalize();
        (*low < middle && middle < *high).then_some(Value::Number(middle))
    }
}

fn no_span(field: Field) -> AxisError {
    let spec = field.spec();
    let (from, to) = match spec.unit {
        Unit::Tokens | Unit::Count(_) => ("0", "10M"),
        Unit::Times => ("0", "3"),
        Unit::Whole | Unit::Percent(_) => ("0", "100"),
        Unit::Dollars => ("17", "100"),
    };
    AxisError::NoSpan { axis: spec.id, words: spec.values, from, to }
}

/// Evenly spaced points from one end to the other, without duplicates.
fn numbers(field: Field, span: &Span, usage: &Usage) -> Result<Vec<Value>, AxisError> {
    let unit = field.unit();
    let end = |end, typed: &str| {
        unit.parse(typed).map_err(|problem| AxisError::BadEnd {
            end,
            problem: match unit {
                Unit::Whole => format!("{} is not a whole percentage from 0 to 100", quoted(typed)),
                _ => problem.to_string(),
            },
        })
    };
    let (from, to) = (end("from", &span.from)?, end("to", &span.to)?);
    if from >= to {
        return Err(AxisError::Backwards { from: unit.typed(from), to: unit.typed(to) });
    }
    if !(2..=MOST_STEPS).contains(&span.steps) {
        return Err(AxisError::Steps(span.steps));
    }
    check(field, to, usage)?;
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

/// Checks the last value against the rest of the month.
fn check(field: Field, to: Decimal, usage: &Usage) -> Result<(), AxisError> {
    match field {
        Field::Volume => {
            let most = usage.volume.input.max(usage.volume.output);
            if most == 0 {
                return Err(AxisError::EmptyMonth);
            }
            if Decimal::from(most) * to > Decimal::from(MOST_TOKENS) {
                return Err(AxisError::TooMany { to: exact(to) });
            }
        }
        Field::CacheRead | Field::CacheWrite | Field::CacheWrite1h => {
            let others = usage.mix.cached() - field.set_in(usage).unwrap_or_default();
            if others + to > Decimal::ONE_HUNDRED {
                return Err(AxisError::CacheSum {
                    to: exact(to),
                    others: exact(others),
                    most: exact(Decimal::ONE_HUNDRED - others),
                });
            }
        }
        _ => {}
    }
    Ok(())
}

impl Axis {
    /// The value for display: `2,500,000`, `× 1.5`, `20%`, `$17`, `Some`.
    pub(crate) fn shown(self, value: &Value, sweep: &super::Sweep<'_>) -> String {
        match (self, value) {
            (Self::Number(field), Value::Number(at)) => match field.unit() {
                Unit::Times => format!("x {}", exact(*at)),
                Unit::Whole | Unit::Percent(_) => format!("{}%", exact(*at)),
                Unit::Dollars => crate::number::usd(*at),
                unit @ (Unit::Tokens | Unit::Count(_)) => unit.typed(*at),
            },
            (_, Value::Option(question, rank)) => {
                sweep.wording.question(*question).short_label(*rank).to_owned()
            }
            (_, Value::Model(id)) => sweep
                .world
                .catalog
                .model(id)
                .map_or_else(|| id.clone(), |model| model.short_name().to_owned()),
            (_, Value::Confidence(level)) => serde_name(level),
            (_, Value::Number(number)) => exact(*number),
            (_, Value::Unset) => "left to the method".to_owned(),
        }
    }
}
