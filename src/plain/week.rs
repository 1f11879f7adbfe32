//! A week described in words and turns, from which the month is counted.

use super::month::{Field, tokenizer};
use super::{Page, Plain, Stage, Way, tell};
use crate::number::{NumberError, Percent, grouped, parse_tokens, tokens};
use crate::question::Origin;
use crate::text::quoted;
use crate::usage::estimate::Week;

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
    pub(super) const ALL: [Self; 6] = [
        Self::Sessions,
        Self::Turns,
        Self::Written,
        Self::Replied,
        Self::Documents,
        Self::Thinking,
    ];

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

    /// Where its count stands; the thinking is no count.
    const fn count(self, week: &mut Week) -> Option<&mut u32> {
        match self {
            Self::Sessions => Some(&mut week.sessions),
            Self::Turns => Some(&mut week.turns),
            Self::Written => Some(&mut week.words_written),
            Self::Replied => Some(&mut week.words_replied),
            Self::Documents => Some(&mut week.words_documents),
            Self::Thinking => None,
        }
    }

    fn value(self, mut week: Week) -> String {
        match self.count(&mut week) {
            Some(count) => grouped(u64::from(*count)),
            None => week.thinking.to_string(),
        }
    }

    /// Puts what was typed into the week, or says what is accepted.
    fn put(self, typed: &str, week: &mut Week) -> Result<(), String> {
        let most = self.most();
        let Some(slot) = self.count(week) else {
            week.thinking = Percent::parse(typed, 1_000).map_err(|error| error.to_string())?;
            return Ok(());
        };
        let too_many = || format!("at most {}; type a smaller number", grouped(u64::from(most)));
        let count = parse_tokens(typed).map_err(|error| match error {
            NumberError::TooLarge(_) => too_many(),
            _ => format!("{} is not a whole number; type one such as 12 or 1,500", quoted(typed)),
        })?;
        *slot = u32::try_from(count).ok().filter(|count| *count <= most).ok_or_else(too_many)?;
        Ok(())
    }
}

impl Plain<'_> {
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
        if let Some(next) = super::month::after(&WeekField::ALL, field) {
            self.stage = Stage::Week(next, week, way);
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
                "That week comes to {} sent and {} written a month.",
                tokens(volume.input),
                grouped(volume.output)
            ));
            tell::live(&mut self.session, page);
            self.stage = Stage::Month(Field::Outside, way);
        }
    }

    pub(super) fn ask_week(field: WeekField, week: Week, page: &mut Page) {
        page.para(field.question());
        page.prompt("A number, b back, ? help", Some(&field.value(week)));
    }
}
