//! Output counts that are only values from the start of an answer.

use serde::Serialize;

use super::{Count, Response, Source};

/// Fewer responses than this show nothing.
const FEWEST: u64 = 20;
/// An answer of this many output tokens or fewer is hardly ever complete.
const SMALL: u64 = 8;

/// Responses of logs whose output counts are from the start of each answer: in complete logs 0.6 to
/// 2.6 % are that small, in truncated ones 25 to 99.8 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StartValues {
    /// Responses with hardly any output.
    pub small: u64,
    /// Responses in all.
    pub responses: u64,
}

impl StartValues {
    /// The counts of Claude Code's logs among these responses; `None` if they look complete.
    pub fn of<'h>(responses: impl Iterator<Item = &'h Response>) -> Option<Self> {
        let is_counted = |response: &&Response| {
            response.source == Source::ClaudeCode && response.count == Count::Exact
        };
        let found = responses.filter(is_counted).fold(Self::default(), Self::and);
        found.is_truncated().then_some(found)
    }

    /// With one more response of Claude Code's logs.
    #[must_use]
    pub fn and(self, response: &Response) -> Self {
        Self {
            small: self.small.saturating_add(u64::from(response.tokens.output <= SMALL)),
            responses: self.responses.saturating_add(1),
        }
    }

    /// True if a tenth or more are that small.
    pub const fn is_truncated(self) -> bool {
        self.responses >= FEWEST && self.small.saturating_mul(10) >= self.responses
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_of_twenty_responses_is_the_line() {
        let is = |small, responses| StartValues { small, responses }.is_truncated();
        assert!(is(2, 20));
        assert!(!is(1, 20));
        assert!(!is(19, 19));
        assert!(is(100, 1000));
        assert!(!is(99, 1000));
    }
}
