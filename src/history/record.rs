//! A response: what a source finds of it, and what counts of its copies.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::Arc;

use jiff::Timestamp;

use super::Source;

/// Tokens of one response by class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tokens {
    /// Input that was neither read from nor written to the cache.
    pub input: u64,
    /// Output, thinking included.
    pub output: u64,
    /// Input written to the cache for five minutes.
    pub cache_write_5m: u64,
    /// Input written to the cache for one hour.
    pub cache_write_1h: u64,
    /// Input read from the cache.
    pub cache_read: u64,
}

impl Tokens {
    /// Every token of the prompt, cached or not.
    pub const fn prompt(&self) -> u64 {
        self.input
            .saturating_add(self.cache_write_5m)
            .saturating_add(self.cache_write_1h)
            .saturating_add(self.cache_read)
    }

    /// Every token.
    pub const fn all(&self) -> u64 {
        self.prompt().saturating_add(self.output)
    }
}

/// What the token counts of one entry of a history stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Count {
    /// The sum of several responses, told as one.
    Sum {
        /// The whole UTC days that it covers, from its time on; 0 for a part of a day.
        days: u16,
    },
    /// One response, its tokens estimated from its text.
    Estimate,
    /// One response, counted by the API.
    #[default]
    Exact,
}

impl Count {
    /// Whether it is the sum of several responses.
    pub const fn is_sum(self) -> bool {
        matches!(self, Self::Sum { .. })
    }
}

/// Who asked for a response. The variants are in the order of preference among equal copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asker {
    /// The source does not say. Reports on API keys are of this kind: a program sends every
    /// request, but whether a person waited for it is not told.
    Unknown,
    /// A program through the SDK.
    Program,
    /// A sub-agent, on its own.
    SubAgent,
    /// A person who typed.
    Person,
}

/// How the API would bill the tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Tier {
    /// At the listed price.
    #[default]
    Standard,
    /// As a batch.
    Batch,
    /// In a tier that the price list does not know.
    Other,
}

/// How large the prompts are, where a source tells that apart from the tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PromptSize {
    /// By the tokens alone.
    #[default]
    Untold,
    /// At most 200,000 tokens each.
    UpTo200K,
    /// More than 200,000 tokens each.
    Above200K,
}

/// What a response costs more or less for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Terms {
    /// Fast mode.
    pub fast: bool,
    /// Processed in the US only.
    pub us_only: bool,
    /// The service tier.
    pub tier: Tier,
    /// How large its prompts are; of use for sums only.
    pub prompt: PromptSize,
}

/// One response as a source found it, texts still borrowed from what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'a> {
    /// What tells two copies of one response from two responses.
    pub key: Cow<'a, str>,
    /// When it came.
    pub time: Timestamp,
    /// The model id exactly as the source spells it.
    pub model: Cow<'a, str>,
    /// Its tokens.
    pub tokens: Tokens,
    /// Web searches made for it.
    pub web_searches: u64,
    /// How it would be billed.
    pub terms: Terms,
    /// What the counts stand for.
    pub count: Count,
    /// Where it was read.
    pub source: Source,
    /// The session it belongs to; empty for a sum over several.
    pub session: Cow<'a, str>,
    /// The project or workspace it belongs to; empty when the source does not say.
    pub project: Cow<'a, str>,
    /// Who asked for it.
    pub asker: Asker,
    /// Whether the record says itself that it was copied from another session.
    pub is_copy: bool,
    /// Whether cache writes were not told apart; they count as five-minute ones.
    pub is_unsplit: bool,
}

/// One response, counted once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The earliest time of all its records.
    pub time: Timestamp,
    /// The model id exactly as the source spells it.
    pub model: Arc<str>,
    /// Its tokens.
    pub tokens: Tokens,
    /// Web searches made for it.
    pub web_searches: u64,
    /// How it would be billed.
    pub terms: Terms,
    /// What the counts stand for.
    pub count: Count,
    /// Where it was read.
    pub source: Source,
    /// The session it belongs to; empty for a sum over several.
    pub session: Arc<str>,
    /// The project or workspace it belongs to; empty when the source does not say.
    pub project: Arc<str>,
    /// Who asked for it.
    pub asker: Asker,
    /// Whether the record says itself that it was copied from another session.
    pub is_copy: bool,
    /// Whether cache writes were not told apart.
    pub is_unsplit: bool,
    /// How many records of it were dropped as repeats.
    pub repeats: u64,
}

impl Response {
    /// Whether nobody typed for it: a sub-agent or a program asked.
    pub fn is_unattended(&self) -> bool {
        matches!(self.asker, Asker::Program | Asker::SubAgent)
    }

    /// The order among records of one response; the largest wins as a whole. Only equal records
    /// are equal in it, so that no order of reading can show.
    fn rank(&self) -> impl Ord {
        let tokens = self.tokens;
        let counts = (
            tokens.output,
            tokens.all(),
            tokens.cache_write_1h,
            tokens.cache_write_5m,
            tokens.cache_read,
            tokens.input,
        );
        let rest = (self.web_searches, !self.is_copy, self.asker, !self.is_unsplit, self.count);
        (
            counts,
            Arc::clone(&self.model),
            self.terms,
            rest,
            Reverse(Arc::clone(&self.session)),
            Reverse(Arc::clone(&self.project)),
        )
    }

    /// Takes in another record of the same response where that one cannot win, which most cannot:
    /// the program writes a line for each part of an answer. Otherwise it is left to
    /// [`Self::absorb`].
    pub(super) fn repeat(&mut self, record: &Record<'_>) -> bool {
        let is_weaker = record.tokens.output < self.tokens.output || self.is_same_as(record);
        if is_weaker {
            self.time = self.time.min(record.time);
            self.repeats = self.repeats.saturating_add(1);
        }
        is_weaker
    }

    /// Whether a record differs in nothing but its time.
    fn is_same_as(&self, record: &Record<'_>) -> bool {
        self.tokens == record.tokens
            && *self.model == *record.model
            && *self.session == *record.session
            && *self.project == *record.project
            && self.web_searches == record.web_searches
            && self.terms == record.terms
            && self.count == record.count
            && self.source == record.source
            && self.asker == record.asker
            && self.is_copy == record.is_copy
            && self.is_unsplit == record.is_unsplit
    }

    /// Takes in another record of the same response.
    pub(super) fn absorb(&mut self, other: Self) {
        let time = self.time.min(other.time);
        let repeats = self.repeats.saturating_add(other.repeats).saturating_add(1);
        // Most repeats differ in their output already.
        let wins = match other.tokens.output.cmp(&self.tokens.output) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal => other.rank() > self.rank(),
        };
        if wins {
            *self = other;
        }
        self.time = time;
        self.repeats = repeats;
    }
}
