//! How much history was replayed.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::amount::wide_units;
use crate::history::StartValues;
use crate::number::amount;
use crate::number::half_even;
#[cfg(test)]
use crate::number::json;

/// How much history there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Coverage {
    /// The first day that counts; null without requests.
    #[cfg_attr(test, schemars(with = "Option<json::Day>"))]
    pub first: Option<Date>,
    /// The last day; null without requests.
    #[cfg_attr(test, schemars(with = "Option<json::Day>"))]
    pub last: Option<Date>,
    /// Days from the first to the last, both counted; 0 without requests.
    pub days: u32,
    /// Requests in the replay.
    pub requests: u64,
    /// Their value on the API.
    #[serde(rename = "api_usd", with = "amount")]
    #[cfg_attr(test, schemars(with = "json::Usd"))]
    pub api: Decimal,
    /// The same without cache reads.
    #[serde(rename = "api_usd_without_cache_reads", with = "amount")]
    #[cfg_attr(test, schemars(with = "json::Usd"))]
    pub fresh: Decimal,
    /// Their uncached input and output tokens.
    #[serde(rename = "tokens_without_cache")]
    pub tokens: u128,
    /// Responses without a price, left out.
    #[serde(rename = "unpriced_responses")]
    pub unpriced: u64,
    /// Sums of several responses, left out.
    #[serde(rename = "sums_left_out")]
    pub sums: u64,
    /// Responses of impossible value, left out.
    #[serde(rename = "oversized_responses")]
    pub oversized: u64,
    /// Responses of an impossible date, left out.
    #[serde(rename = "misdated_responses")]
    pub misdated: u64,
    /// Everything that is left out, as a part of all; null if nothing is.
    pub left_out: Option<LeftOut>,
    /// Set where the output counts are only values from the start of each answer; else null.
    pub start_values: Option<StartValues>,
    /// Whether there is a conclusion about the plans: not where more than 20 % of all tokens is left
    /// out, nor where the output counts are only values from the start of each answer.
    pub is_conclusive: bool,
    /// The last day of many without use at the end, and how many they are.
    #[serde(skip)]
    pub idle_since: Option<(Date, u32)>,
}

/// What a replay leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// Responses left out.
    pub responses: u64,
    /// All responses.
    pub of_responses: u64,
    /// Tokens left out, cached or not.
    pub tokens: u128,
    /// All tokens, cached or not.
    pub of_tokens: u128,
    /// Days with a response that is replayed.
    pub replayed_days: u64,
    /// Days with any response.
    pub of_days: u64,
}

impl LeftOut {
    /// From this share of all tokens on, in percent, the rest alone allows no conclusion.
    const TOO_MUCH: u128 = 20;
    /// Above this share, in percent, a conclusion is said to be one about the rest.
    const MUCH: u128 = 2;

    const fn is_above(self, percent: u128) -> bool {
        self.tokens.saturating_mul(100) > self.of_tokens.saturating_mul(percent)
    }

    /// True if too much is left out for any conclusion.
    pub const fn is_too_much(self) -> bool {
        self.is_above(Self::TOO_MUCH)
    }

    /// True if so much is left out that a conclusion has to say so.
    pub const fn is_much(self) -> bool {
        self.is_above(Self::MUCH)
    }

    /// The share of all tokens in whole percent, half to even, and above 0 at least 1.
    pub fn percent(self) -> u8 {
        let share = half_even(self.tokens.saturating_mul(100), self.of_tokens).unwrap_or_default();
        let least = u128::from(self.tokens > 0);
        u8::try_from(share.clamp(least, 100)).unwrap_or(100)
    }
}

impl Coverage {
    /// Scales an amount over these days to a month of 365/12 days. Exact up to the last division,
    /// which keeps 28 digits.
    pub fn a_month(&self, amount: Decimal) -> Decimal {
        if self.days == 0 {
            return Decimal::ZERO;
        }
        let year = amount.checked_mul(Decimal::from(365)).unwrap_or(Decimal::MAX);
        year / Decimal::from(12 * u64::from(self.days))
    }

    /// How many of the days fall into the calendar month starting on `month`, and the length of
    /// that month.
    pub(super) fn days_of_month(&self, month: Date) -> (i64, i64) {
        let last_of_month = month.last_of_month();
        let from = self.first.map_or(month, |first| first.max(month));
        let to = self.last.map_or(last_of_month, |last| last.min(last_of_month));
        let days = from.until((jiff::Unit::Day, to)).map_or(0, |span| i64::from(span.get_days()));
        (days.saturating_add(1).max(0), i64::from(month.days_in_month()))
    }

    /// A monthly cap in proportion to the days that fall into a calendar month, in 10^-12 dollars,
    /// rounded down.
    pub(super) fn part_of_month(&self, cap: Decimal, month: Date) -> u128 {
        let (days, of) = self.days_of_month(month);
        let days = u128::try_from(days).unwrap_or_default();
        let of = u128::try_from(of).unwrap_or(1).max(1);
        wide_units(cap).saturating_mul(days) / of
    }

    /// True if the days cover any calendar month only partly.
    pub fn has_partial_month(&self) -> bool {
        let is_partial = |day: Option<Date>| {
            day.is_some_and(|day| {
                let (days, of) = self.days_of_month(day.first_of_month());
                days < of
            })
        };
        is_partial(self.first) || is_partial(self.last)
    }
}
