//! How much history was replayed.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::amount::wide_units;
use crate::number::amount;
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
