//! Sums over responses and billed amounts.

use rust_decimal::Decimal;

use super::super::price::Bulk;
use crate::history::{Bill, Count, Price, Response};

/// Sums over responses and billed amounts. Tokens are exact and may exceed 64 bits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Uncached input tokens.
    pub input: u128,
    /// Output tokens.
    pub output: u128,
    /// Tokens written to the cache for five minutes.
    pub cache_write_5m: u128,
    /// Tokens written to the cache for one hour.
    pub cache_write_1h: u128,
    /// Tokens read from the cache.
    pub cache_read: u128,
    pub web_searches: u128,
    /// API cost of the priced responses, with sums at the lowest prices that can have applied;
    /// `None` if no response has a price.
    pub usd: Option<Decimal>,
    pub unpriced_responses: u64,
    /// Responses; a sum of several counts as one.
    pub responses: u64,
    /// Responses with estimated token counts.
    pub estimates: u64,
    /// Billed dollars, separate from the API cost of tokens; `None` without any.
    pub billed_usd: Option<Decimal>,
    /// Number of billed amounts.
    pub bills: u64,
    /// Like `usd`, but with sums at the highest prices that can have applied.
    high: Option<Decimal>,
}

impl Totals {
    /// Adds a response at its own price.
    pub(super) fn add(&mut self, response: &Response, price: Option<Price>) {
        self.count(response);
        // If the sum exceeds exact dollars, the response counts as unpriced.
        let sums = price.and_then(|price| {
            let low = self.usd.unwrap_or_default().checked_add(price.low)?;
            Some((low, self.high.unwrap_or_default().checked_add(price.high)?))
        });
        match sums {
            Some((low, high)) => (self.usd, self.high) = (Some(low), Some(high)),
            None => self.unpriced_responses = self.unpriced_responses.saturating_add(1),
        }
    }

    /// Sets the dollars of all responses that were only counted.
    pub(super) fn set_price(&mut self, usd: Option<Decimal>) {
        (self.usd, self.high) = (usd, usd);
        self.unpriced_responses = if usd.is_none() { self.responses } else { 0 };
    }

    pub(super) const fn bulk(&self) -> Bulk {
        Bulk {
            input: self.input,
            output: self.output,
            cache_write_5m: self.cache_write_5m,
            cache_write_1h: self.cache_write_1h,
            cache_read: self.cache_read,
            web_searches: self.web_searches,
        }
    }

    /// Adds a response without a price.
    pub(super) fn count(&mut self, response: &Response) {
        let tokens = response.tokens;
        for (sum, count) in [
            (&mut self.input, tokens.input),
            (&mut self.output, tokens.output),
            (&mut self.cache_write_5m, tokens.cache_write_5m),
            (&mut self.cache_write_1h, tokens.cache_write_1h),
            (&mut self.cache_read, tokens.cache_read),
            (&mut self.web_searches, response.web_searches),
        ] {
            *sum = sum.saturating_add(count.into());
        }
        self.responses = self.responses.saturating_add(1);
        if response.count == Count::Estimate {
            self.estimates = self.estimates.saturating_add(1);
        }
    }

    pub(super) fn add_bill(&mut self, bill: &Bill) {
        // A bill is at most 10^12 dollars, so this never overflows in practice.
        self.billed_usd = Some(self.billed_usd.unwrap_or_default().saturating_add(bill.usd));
        self.bills = self.bills.saturating_add(1);
    }

    /// Merges the totals of other responses and bills.
    pub fn merge(&mut self, other: &Self) {
        for (sum, count) in [
            (&mut self.input, other.input),
            (&mut self.output, other.output),
            (&mut self.cache_write_5m, other.cache_write_5m),
            (&mut self.cache_write_1h, other.cache_write_1h),
            (&mut self.cache_read, other.cache_read),
            (&mut self.web_searches, other.web_searches),
        ] {
            *sum = sum.saturating_add(count);
        }
        for (sum, count) in [
            (&mut self.responses, other.responses),
            (&mut self.unpriced_responses, other.unpriced_responses),
            (&mut self.estimates, other.estimates),
            (&mut self.bills, other.bills),
        ] {
            *sum = sum.saturating_add(count);
        }
        let join = |a: Option<Decimal>, b: Option<Decimal>| match (a, b) {
            (Some(a), Some(b)) => a.checked_add(b),
            (a, b) => a.or(b),
        };
        self.usd = join(self.usd, other.usd);
        self.high = join(self.high, other.high);
        self.billed_usd = join(self.billed_usd, other.billed_usd);
    }

    /// Highest possible API cost of the priced responses; `None` if it equals `usd`.
    pub fn usd_high(&self) -> Option<Decimal> {
        self.high.filter(|high| Some(*high) != self.usd)
    }

    /// All tokens.
    pub fn tokens(&self) -> u128 {
        self.input
            .saturating_add(self.output)
            .saturating_add(self.cache_write_5m)
            .saturating_add(self.cache_write_1h)
            .saturating_add(self.cache_read)
    }
}
