//! The lines of the screen: how each is called, and its default in words.

use super::super::numbers::Kind;
use crate::number::{grouped, parse_tokens, tokens_short};
use crate::session::{Finer, Number, Session, answers_overflow};
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

    /// The number it holds; `None` for a line without one.
    const fn finer(self) -> Option<Finer> {
        match self {
            Self::CacheRead => Some(Finer::CacheRead),
            Self::CacheWrite5m => Some(Finer::CacheWrite5m),
            Self::CacheWrite1h => Some(Finer::CacheWrite1h),
            Self::Batch => Some(Finer::Batch),
            Self::Thinking => Some(Finer::Thinking),
            Self::Prompt => Some(Finer::Prompt),
            Self::Overflow => Some(Finer::Overflow),
            Self::CapacityInput => Some(Finer::CapacityInput),
            Self::CapacityOutput => Some(Finer::CapacityOutput),
            Self::Reset | Self::Back => None,
        }
    }

    /// What its field waits for; `None` for a line without a number.
    pub(super) fn kind(self) -> Option<Kind> {
        self.finer().map(|finer| finer.most_percent().map_or(Kind::Tokens, Kind::Percent))
    }

    /// The number that counts at present; `None` where only the answers could say.
    pub(super) fn number(self, session: &Session<'_>) -> Option<Number> {
        self.finer()?.number(session)
    }

    /// Whether the person set it.
    pub(super) fn is_set(self, usage: &Usage) -> bool {
        self.finer().is_some_and(|finer| finer.is_set(usage))
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
        match self.finer() {
            Some(finer) => finer.put(number, session),
            None => Ok(session.usage().clone()),
        }
    }
}
