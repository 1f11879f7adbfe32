//! Responses: a record as found by a source, and the one record of each response that counts.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::Arc;

use jiff::Timestamp;

use super::Source;

/// Tokens of one response by class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tokens {
    /// Input neither read from nor written to the cache.
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
    /// All tokens of the prompt, cached or not.
    pub const fn prompt(&self) -> u64 {
        self.input
            .saturating_add(self.cache_write_5m)
            .saturating_add(self.cache_write_1h)
            .saturating_add(self.cache_read)
    }

    pub const fn all(&self) -> u64 {
        self.prompt().saturating_add(self.output)
    }
}

/// What the token counts of a history entry stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Count {
    /// The sum of several responses, given as one.
    Sum {
        /// The whole UTC days it covers, starting at its time; 0 for a part of a day.
        days: u16,
    },
    /// One response, its tokens estimated from its text.
    Estimate,
    /// One response, counted by the API.
    #[default]
    Exact,
}

impl Count {
    /// True for the sum of several responses.
    pub const fn is_sum(self) -> bool {
        matches!(self, Self::Sum { .. })
    }
}

/// Who asked for a response, in ascending order of preference among equal copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asker {
    /// The source does not say. Reports on API keys belong here: a program sends every request, but
    /// the report does not show whether a person waited for it.
    Unknown,
    /// A program through the SDK.
    Program,
    /// A sub-agent on its own.
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
    Batch,
    /// A tier that the price list does not have.
    Other,
}

/// Prompt size, for sources that report it separately from the tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PromptSize {
    /// Known only from the tokens.
    #[default]
    Untold,
    /// At most 200,000 tokens each.
    UpTo200K,
    /// More than 200,000 tokens each.
    Above200K,
}

/// Terms that change the price of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Terms {
    pub fast: bool,
    /// Processed in the US only.
    pub us_only: bool,
    pub tier: Tier,
    /// Used for sums only.
    pub prompt: PromptSize,
}

/// One response as a source found it, with texts borrowed from the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'a> {
    /// Equal for two copies of one response, different for two responses.
    pub key: Cow<'a, str>,
    pub time: Timestamp,
    /// Model id exactly as the source spells it.
    pub model: Cow<'a, str>,
    pub tokens: Tokens,
    pub web_searches: u64,
    /// How it would be billed.
    pub terms: Terms,
    /// What the token counts stand for.
    pub count: Count,
    pub source: Source,
    /// Empty for a sum over several sessions.
    pub session: Cow<'a, str>,
    /// Project or workspace; empty if the source does not say.
    pub project: Cow<'a, str>,
    pub asker: Asker,
    /// True if the record itself says that it was copied from another session.
    pub is_copy: bool,
    /// True if the source leaves open the lifetime of some cache writes; they count as five-minute
    /// ones.
    pub is_unsplit: bool,
}

/// One response, counted once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The earliest time of all its records.
    pub time: Timestamp,
    /// Model id exactly as the source spells it.
    pub model: Arc<str>,
    pub tokens: Tokens,
    pub web_searches: u64,
    /// How it would be billed.
    pub terms: Terms,
    /// What the token counts stand for.
    pub count: Count,
    pub source: Source,
    /// Empty for a sum over several sessions.
    pub session: Arc<str>,
    /// Project or workspace; empty if the source does not say.
    pub project: Arc<str>,
    pub asker: Asker,
    /// True if the record itself says that it was copied from another session.
    pub is_copy: bool,
    /// True if the source leaves open the lifetime of some cache writes.
    pub is_unsplit: bool,
    /// Number of repeated records dropped.
    pub repeats: u64,
}

impl Response {
    /// True if a sub-agent or a program asked, so nobody typed for it.
    pub fn is_unattended(&self) -> bool {
        matches!(self.asker, Asker::Program | Asker::SubAgent)
    }

    /// The order among records of one response; the largest wins as a whole. Only equal records
    /// compare equal, so the result does not depend on reading order.
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

    /// Merges another record of the same response if that record cannot win. Most cannot, because
    /// Claude Code writes a line for each part of an answer. Otherwise returns false, and
    /// [`Self::absorb`] does the rest.
    pub(super) fn repeat(&mut self, record: &Record<'_>) -> bool {
        let is_weaker = record.tokens.output < self.tokens.output || self.is_same_as(record);
        if is_weaker {
            self.time = self.time.min(record.time);
            self.repeats = self.repeats.saturating_add(1);
        }
        is_weaker
    }

    /// True if a record differs only in its time.
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

    /// Merges another record of the same response.
    pub(super) fn absorb(&mut self, other: Self) {
        let time = self.time.min(other.time);
        let repeats = self.repeats.saturating_add(other.repeats).saturating_add(1);
        // Most repeats differ in their output, so compare that first.
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
