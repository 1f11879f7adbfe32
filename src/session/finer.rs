//! The finer numbers of a month: how it is billed, and what Pro is thought to carry.

use rust_decimal::prelude::ToPrimitive;

use super::Session;
use crate::cost::Mix;
use crate::number::{Percent, grouped};
use crate::usage::Usage;

/// One of the finer numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finer {
    /// Share of the input read from the cache.
    CacheRead,
    /// Share of the input written to the cache for five minutes.
    CacheWrite5m,
    /// Share of the input written to the cache for an hour.
    CacheWrite1h,
    /// Share sent as batches.
    Batch,
    /// Thinking, in percent of the output.
    Thinking,
    /// Tokens of a typical prompt.
    Prompt,
    /// Share of the chat that Pro's limits would stop.
    Overflow,
    /// Tokens of chat a month that Pro carries, sent.
    CapacityInput,
    /// Tokens of chat a month that Pro carries, written.
    CapacityOutput,
}

/// What one of them can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// A percentage.
    Percent(Percent),
    /// A count of tokens.
    Tokens(u64),
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{} %", percent.shown()),
            Self::Tokens(tokens) => f.write_str(&grouped(*tokens)),
        }
    }
}

impl Finer {
    /// All of them, in the order of the screens: six of the bill, three of Pro.
    pub const ALL: [Self; 9] = [
        Self::CacheRead,
        Self::CacheWrite5m,
        Self::CacheWrite1h,
        Self::Batch,
        Self::Thinking,
        Self::Prompt,
        Self::Overflow,
        Self::CapacityInput,
        Self::CapacityOutput,
    ];

    /// The largest percentage; `None` for a number of tokens.
    pub const fn most_percent(self) -> Option<u16> {
        match self {
            Self::Thinking => Some(1_000),
            Self::CacheRead
            | Self::CacheWrite5m
            | Self::CacheWrite1h
            | Self::Batch
            | Self::Overflow => Some(100),
            Self::Prompt | Self::CapacityInput | Self::CapacityOutput => None,
        }
    }

    const fn share(self, mix: &mut Mix) -> Option<&mut Percent> {
        match self {
            Self::CacheRead => Some(&mut mix.cache_read),
            Self::CacheWrite5m => Some(&mut mix.cache_write_5m),
            Self::CacheWrite1h => Some(&mut mix.cache_write_1h),
            Self::Batch => Some(&mut mix.batch),
            Self::Thinking => Some(&mut mix.thinking),
            Self::Prompt | Self::Overflow | Self::CapacityInput | Self::CapacityOutput => None,
        }
    }

    /// Whether the person set it.
    pub fn is_set(self, usage: &Usage) -> bool {
        let mut mix = usage.mix;
        match self {
            Self::Prompt => usage.prompt_tokens.is_some(),
            Self::Overflow => usage.overflow_pct.is_some(),
            Self::CapacityInput => usage.capacity_input.is_some(),
            Self::CapacityOutput => usage.capacity_output.is_some(),
            share => share.share(&mut mix).is_some_and(|share| !share.is_zero()),
        }
    }

    /// The number that counts at present; `None` where only the answers could say.
    pub fn number(self, session: &Session<'_>) -> Option<Number> {
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
            share => {
                let mut mix = usage.mix;
                Number::Percent(*share.share(&mut mix)?)
            }
        })
    }

    /// The usage with this number, or why that cannot be, in a sentence; `None` is the default.
    pub fn put(self, number: Option<Number>, session: &Session<'_>) -> Result<Usage, String> {
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
                usage.overflow_pct = Some(whole_percent(part)?);
            }
            (Self::Overflow, _) => usage.overflow_pct = None,
            (finer, number) => {
                let share = match number {
                    Some(Number::Percent(share)) => share,
                    _ => Percent::ZERO,
                };
                if let Some(slot) = finer.share(&mut usage.mix) {
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

/// A percentage that must be whole, or why it is not taken.
pub fn whole_percent(part: Percent) -> Result<u8, String> {
    let value = part.value();
    value
        .to_u8()
        .filter(|_| value.fract().is_zero())
        .ok_or_else(|| format!("{part} % is not a whole percentage; type one such as 15"))
}

/// The share of the chat that the method takes as stopped; `None` while a question is open.
pub fn answers_overflow(session: &Session<'_>) -> Option<u8> {
    let usage = Usage { overflow_pct: None, ..session.usage().clone() };
    let case = session.assess_month(&usage)?;
    Some(case.split.overflow_pct)
}
