//! The lines of the screen: how each is called, and its default in words.

use super::super::numbers::Kind;
use crate::number::{grouped, parse_tokens, tokens_short};
use crate::session::{Finer, Number, Session, answers_overflow};
use crate::usage::Usage;

/// A line that can be focused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    Number(Finer),
    Reset,
    Back,
}

impl Default for Row {
    fn default() -> Self {
        Self::Number(Finer::CacheRead)
    }
}

/// The lines from the top: every finer number, then the buttons.
pub(super) const ROWS: [Row; 11] = {
    let [a, b, c, d, e, f, g, h, i] = Finer::ALL;
    [
        Row::Number(a),
        Row::Number(b),
        Row::Number(c),
        Row::Number(d),
        Row::Number(e),
        Row::Number(f),
        Row::Number(g),
        Row::Number(h),
        Row::Number(i),
        Row::Reset,
        Row::Back,
    ]
};

impl Row {
    /// Its place from the top.
    pub(super) fn index(self) -> usize {
        ROWS.iter().position(|row| *row == self).unwrap_or_default()
    }

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Number(finer) => match finer {
                Finer::CacheRead => "Read from cache",
                Finer::CacheWrite5m => "Written for 5 minutes",
                Finer::CacheWrite1h => "Written for 1 hour",
                Finer::Batch => "Sent as batches",
                Finer::Thinking => "Thinking allowance",
                Finer::Prompt => "Typical prompt size",
                Finer::Overflow => "Chat stopped by limits",
                Finer::CapacityInput => "Pro carries, input",
                Finer::CapacityOutput => "Pro carries, output",
            },
            Self::Reset => "Reset all",
            Self::Back => "Back",
        }
    }

    /// The number it holds; `None` for a line without one.
    const fn finer(self) -> Option<Finer> {
        match self {
            Self::Number(finer) => Some(finer),
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
            Self::Number(Finer::Prompt) => "small".to_owned(),
            Self::Number(Finer::CapacityInput) => tokens_short(facts.capacity_input()),
            Self::Number(Finer::CapacityOutput) => tokens_short(facts.capacity_output()),
            Self::Number(Finer::Overflow) => match answers_overflow(session) {
                Some(part) => format!("{part} %"),
                None => "by answers".to_owned(),
            },
            _ => "0 %".to_owned(),
        }
    }

    /// The value as it is read; with `brief`, `30M` where that is exact.
    pub(super) fn value_words(self, session: &Session<'_>, brief: bool) -> String {
        match (self, self.number(session)) {
            (Self::Number(Finer::Prompt), Some(Number::Tokens(0))) => "small".to_owned(),
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
