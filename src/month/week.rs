//! A month estimated from a week: sessions, turns and words.
//!
//! A chat sends its whole history again with every turn, so input grows with the square of the
//! turns (method, section 1, "Estimator").

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Field, Unit};
use crate::catalog::Tokenizer;
use crate::cost::Volume;
use crate::number::{MOST_TOKENS, Percent};
use crate::question::Origin;
use crate::usage::Usage;

/// The largest thinking allowance, in percent of the output.
const MOST_THINKING: u16 = 1_000;

/// A typical week with Claude.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Sessions per week, at most 1,000.
    pub sessions: u32,
    /// Turns per session, at most 1,000.
    pub turns: u32,
    /// Words written per turn, at most 100,000.
    pub words_written: u32,
    /// Words per reply, at most 100,000.
    pub words_replied: u32,
    /// Words of documents kept in the chat, at most 1,000,000.
    pub words_documents: u32,
    /// Thinking, in percent of the output: 0 to 1,000.
    pub thinking: Percent,
}

impl Default for Week {
    /// An hour of drafting on each of five days.
    fn default() -> Self {
        Self {
            sessions: 5,
            turns: 10,
            words_written: 60,
            words_replied: 300,
            words_documents: 0,
            thinking: Percent::ZERO,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeekNumber {
    Sessions,
    Turns,
    /// Words written per turn.
    Written,
    /// Words per reply.
    Replied,
    /// Words of documents kept in the chat.
    Documents,
    /// Thinking, in percent of the output; the others are counts.
    Thinking,
}

impl WeekNumber {
    /// In the order in which they are asked.
    pub const ALL: [Self; 6] = [
        Self::Sessions,
        Self::Turns,
        Self::Written,
        Self::Replied,
        Self::Documents,
        Self::Thinking,
    ];

    /// The unit it is typed in, and its range.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Sessions | Self::Turns => Unit::Count(1_000),
            Self::Written | Self::Replied => Unit::Count(100_000),
            Self::Documents => Unit::Count(1_000_000),
            Self::Thinking => Field::Thinking.unit(),
        }
    }

    /// The label beside a slider.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sessions => "Sessions a week",
            Self::Turns => "Turns a session",
            Self::Written => "Words you write a turn",
            Self::Replied => "Words of a reply",
            Self::Documents => "Words of documents",
            Self::Thinking => Field::Thinking.spec().label,
        }
    }

    pub fn get(self, week: Week) -> Decimal {
        match self {
            Self::Sessions => week.sessions.into(),
            Self::Turns => week.turns.into(),
            Self::Written => week.words_written.into(),
            Self::Replied => week.words_replied.into(),
            Self::Documents => week.words_documents.into(),
            Self::Thinking => week.thinking.value(),
        }
    }

    /// Sets the number, which must be in the range of its unit.
    pub fn set(self, number: Decimal, week: &mut Week) {
        let count = number.to_u32().unwrap_or_default();
        match self {
            Self::Sessions => week.sessions = count,
            Self::Turns => week.turns = count,
            Self::Written => week.words_written = count,
            Self::Replied => week.words_replied = count,
            Self::Documents => week.words_documents = count,
            Self::Thinking => {
                week.thinking = Percent::new(number, MOST_THINKING).unwrap_or_default();
            }
        }
    }

    /// The number as it is displayed and typed.
    pub fn shown(self, week: Week) -> String {
        self.unit().typed(self.get(week))
    }
}

impl Week {
    /// The typical week to start from, with the month's thinking allowance.
    pub(crate) fn beginning(usage: &Usage) -> Self {
        Self { thinking: usage.mix.thinking, ..Self::default() }
    }

    /// The month with the volume of this week.
    pub fn put(&self, usage: &Usage, tokenizer: Tokenizer) -> Usage {
        let mut usage = usage.clone();
        usage.volume = self.month(tokenizer);
        usage.volume_origin = Origin::User;
        // The estimate already counts thinking as output, so it must not be added twice.
        usage.mix.thinking = Percent::ZERO;
        usage
    }

    /// Tokens in a month of 52/12 weeks, rounded half to even, at most [`MOST_TOKENS`] each.
    pub fn month(&self, tokenizer: Tokenizer) -> Volume {
        let turns = Decimal::from(self.turns);
        let written = Decimal::from(self.words_written);
        let replied = Decimal::from(self.words_replied);
        let documents = Decimal::from(self.words_documents);
        let half = Decimal::new(5, 1);
        let input = documents * turns
            + written * turns * (turns + Decimal::ONE) * half
            + replied * turns * (turns - Decimal::ONE) * half;
        let output = replied * turns * (Decimal::ONE + self.thinking.fraction());
        // Tokens per word are fifteenths and a month is 52/12 weeks, so divide once, at the end.
        let sessions = Decimal::from(self.sessions) * Decimal::from(52);
        let per_word = Decimal::from(tokenizer.fifteenths_per_word());
        let month = |words: Decimal| {
            let tokens = words * per_word * sessions / Decimal::from(15 * 12);
            let whole = tokens.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
            u64::try_from(whole).unwrap_or(MOST_TOKENS).min(MOST_TOKENS)
        };
        Volume { input: month(input), output: month(output) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_is_sent_again_at_every_turn() {
        // One session, 3 turns, 100 words written, 200 replied, 1,000 of documents, old tokenizer:
        // input 4/3 x (3000 + 600 + 600) = 5,600; output 4/3 x 600 = 800; x 52/12.
        let week = Week {
            sessions: 1,
            turns: 3,
            words_written: 100,
            words_replied: 200,
            words_documents: 1_000,
            thinking: Percent::ZERO,
        };
        assert_eq!(week.month(Tokenizer::Old), Volume { input: 24_267, output: 3_467 });
        let thinking = Week { thinking: Percent::whole(50), ..week };
        assert_eq!(thinking.month(Tokenizer::Old), Volume { input: 24_267, output: 5_200 });
    }

    #[test]
    fn the_newer_tokenizer_counts_more_tokens_for_the_same_words() {
        let week = Week::default();
        // 5 sessions x 10 replies of 300 words x 52/12 = 65,000 words.
        assert_eq!(week.month(Tokenizer::Old).output, 86_667);
        assert_eq!(week.month(Tokenizer::New).output, 117_000);
    }

    #[test]
    fn no_session_is_no_volume_and_the_largest_week_stays_in_range() {
        assert_eq!(
            Week { sessions: 0, ..Week::default() }.month(Tokenizer::New),
            Volume { input: 0, output: 0 }
        );
        let largest = Week {
            sessions: 1_000,
            turns: 1_000,
            words_written: 100_000,
            words_replied: 100_000,
            words_documents: 1_000_000,
            thinking: Percent::whole(1_000),
        };
        assert_eq!(largest.month(Tokenizer::New).input, MOST_TOKENS);
    }
}
