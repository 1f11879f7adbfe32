//! The lines of the screen: what each holds, its default, and how it is put into the month.

use super::super::numbers::Kind;
use crate::cost::Mix;
use crate::number::{Percent, grouped, parse_tokens, tokens_short};
use crate::session::Session;
use crate::usage::Usage;

/// A line that can be focused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Row {
    #[default]
    CacheRead,
    CacheWrite5m,
    CacheWrite1h,
    Batch,
    Thinking,
    Prompt,
    Overflow,
    CapacityInput,
    CapacityOutput,
    Reset,
    Back,
}

pub(super) const ROWS: [Row; 11] = [
    Row::CacheRead,
    Row::CacheWrite5m,
    Row::CacheWrite1h,
    Row::Batch,
    Row::Thinking,
    Row::Prompt,
    Row::Overflow,
    Row::CapacityInput,
    Row::CapacityOutput,
    Row::Reset,
    Row::Back,
];

/// A number of one of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    Percent(Percent),
    Tokens(u64),
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{percent} %"),
            Self::Tokens(tokens) => f.write_str(&grouped(*tokens)),
        }
    }
}

impl Row {
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::CacheRead => "Read from cache",
            Self::CacheWrite5m => "Written for 5 minutes",
            Self::CacheWrite1h => "Written for 1 hour",
            Self::Batch => "Sent as batches",
            Self::Thinking => "Thinking allowance",
            Self::Prompt => "Typical prompt size",
            Self::Overflow => "Chat stopped by limits",
            Self::CapacityInput => "Pro carries, input",
            Self::CapacityOutput => "Pro carries, output",
            Self::Reset => "Reset all",
            Self::Back => "Back",
        }
    }

    /// What its field waits for; `None` for a line without a number.
    pub(super) const fn kind(self) -> Option<Kind> {
        match self {
            Self::Thinking => Some(Kind::Percent(1_000)),
            Self::CacheRead
            | Self::CacheWrite5m
            | Self::CacheWrite1h
            | Self::Batch
            | Self::Overflow => Some(Kind::Percent(100)),
            Self::Prompt | Self::CapacityInput | Self::CapacityOutput => Some(Kind::Tokens),
            Self::Reset | Self::Back => None,
        }
    }

    const fn share(self, mix: &mut Mix) -> Option<&mut Percent> {
        match self {
            Self::CacheRead => Some(&mut mix.cache_read),
            Self::CacheWrite5m => Some(&mut mix.cache_write_5m),
            Self::CacheWrite1h => Some(&mut mix.cache_write_1h),
            Self::Batch => Some(&mut mix.batch),
            Self::Thinking => Some(&mut mix.thinking),
            _ => None,
        }
    }

    /// The number that counts at present; `None` where only the answers could say.
    pub(super) fn number(self, session: &Session<'_>) -> Option<Number> {
        let usage = session.usage();
        let facts = session.world.facts;
        Some(match self {
            Self::Prompt => Number::Tokens(usage.prompt_tokens.unwrap_or(0)),
            Self::CapacityInput => {
                Number::Tokens(usage.capacity_input.unwrap_or_else(|| facts.capacity_input()))
            }
            Self::CapacityOutput => {
                Number::Tokens(usage.capacity_output.unwrap_or_else(|| facts.capacity_output()))
            }
            Self::Overflow => {
                let part = usage.overflow_pct.or_else(|| answers_overflow(session))?;
                Number::Percent(Percent::whole(u16::from(part)))
            }
            row => {
                let mut mix = usage.mix;
                Number::Percent(*row.share(&mut mix)?)
            }
        })
    }

    /// Whether the person set it.
    pub(super) fn is_set(self, usage: &Usage) -> bool {
        let mut mix = usage.mix;
        match self {
            Self::Prompt => usage.prompt_tokens.is_some(),
            Self::Overflow => usage.overflow_pct.is_some(),
            Self::CapacityInput => usage.capacity_input.is_some(),
            Self::CapacityOutput => usage.capacity_output.is_some(),
            row => row.share(&mut mix).is_some_and(|share| !share.is_zero()),
        }
    }

    /// What it is unless it is set: `0 %`, `by answers`.
    pub(super) fn default_words(self, session: &Session<'_>) -> String {
        let facts = session.world.facts;
        match self {
            Self::Prompt => "small".to_owned(),
            Self::CapacityInput => tokens_short(facts.capacity_input()),
            Self::CapacityOutput => tokens_short(facts.capacity_output()),
            Self::Overflow => match answers_overflow(session) {
                Some(part) => format!("{part} %"),
                None => "by answers".to_owned(),
            },
            _ => "0 %".to_owned(),
        }
    }

    /// The value as it is read; with `brief`, `30M` where that is exact.
    pub(super) fn value_words(self, session: &Session<'_>, brief: bool) -> String {
        match (self, self.number(session)) {
            (Self::Prompt, Some(Number::Tokens(0))) => "small".to_owned(),
            (_, Some(Number::Tokens(tokens))) if brief => {
                let short = tokens_short(tokens);
                if parse_tokens(&short) == Ok(tokens) { short } else { grouped(tokens) }
            }
            (_, Some(number)) => number.to_string(),
            (_, None) => "open".to_owned(),
        }
    }

    /// The usage with this number on this line, or why that cannot be; `None` is the default.
    pub(super) fn put(
        self,
        number: Option<Number>,
        session: &Session<'_>,
    ) -> Result<Usage, String> {
        let mut usage = session.usage().clone();
        let facts = session.world.facts;
        match (self, number) {
            (Self::Prompt, Some(Number::Tokens(tokens))) => {
                usage.prompt_tokens = (tokens > 0).then_some(tokens);
            }
            (Self::Prompt, _) => usage.prompt_tokens = None,
            (Self::CapacityInput, Some(Number::Tokens(tokens))) => {
                usage.capacity_input = (tokens != facts.capacity_input()).then_some(tokens);
            }
            (Self::CapacityInput, _) => usage.capacity_input = None,
            (Self::CapacityOutput, Some(Number::Tokens(tokens))) => {
                usage.capacity_output = (tokens != facts.capacity_output()).then_some(tokens);
            }
            (Self::CapacityOutput, _) => usage.capacity_output = None,
            (Self::Overflow, Some(Number::Percent(part))) => {
                usage.overflow_pct = Some(whole(part)?);
            }
            (Self::Overflow, _) => usage.overflow_pct = None,
            (row, number) => {
                let share = match number {
                    Some(Number::Percent(share)) => share,
                    _ => Percent::ZERO,
                };
                if let Some(slot) = row.share(&mut usage.mix) {
                    *slot = share;
                }
                let mix = &usage.mix;
                let cached = mix.cache_read.value()
                    + mix.cache_write_5m.value()
                    + mix.cache_write_1h.value();
                if cached > Percent::whole(100).value() {
                    return Err(format!(
                        "The three cache shares would be {} % together; at most 100 fit. Lower another one first.",
                        cached.normalize()
                    ));
                }
            }
        }
        Ok(usage)
    }
}

fn whole(part: Percent) -> Result<u8, String> {
    use rust_decimal::prelude::ToPrimitive;
    let value = part.value();
    value
        .to_u8()
        .filter(|_| value.fract().is_zero())
        .ok_or_else(|| format!("{part} % is not a whole percentage; type one such as 15"))
}

/// The share of the chat that the method takes as stopped; `None` while a question is open.
pub(super) fn answers_overflow(session: &Session<'_>) -> Option<u8> {
    let usage = Usage { overflow_pct: None, ..session.usage().clone() };
    let case = session.assess_month(&usage)?;
    Some(case.split.overflow_pct)
}
