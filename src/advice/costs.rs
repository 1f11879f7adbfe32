//! What each of the three ways costs.

use rust_decimal::Decimal;

use super::rules::Outcome;

/// Estimates in USD a month. Exact to the 28 digits of a decimal, far below a cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Costs {
    pub pro: Decimal,
    /// USD a year; less than twelve months where Pro is paid by the year.
    pub pro_year: Decimal,
    /// Everything on the API.
    pub api: Decimal,
    /// Pro and the API part together.
    pub hybrid: Decimal,
    /// The chat priced as if it were on the API.
    pub chat_on_api: Decimal,
    /// The 10th percentile.
    pub api_p10: Decimal,
    /// The 90th percentile.
    pub api_p90: Decimal,
    pub hybrid_p10: Decimal,
    pub hybrid_p90: Decimal,
}

impl Costs {
    pub const fn of(&self, outcome: Outcome) -> Decimal {
        match outcome {
            Outcome::Pro => self.pro,
            Outcome::Hybrid => self.hybrid,
            Outcome::Api => self.api,
        }
    }

    /// USD a year: twelve unrounded months, except that Pro paid by the year costs what the price
    /// list says for a year.
    pub(crate) fn year(&self, outcome: Outcome) -> Decimal {
        const MONTHS: Decimal = Decimal::from_parts(12, 0, 0, false, 0);
        match outcome {
            Outcome::Pro => self.pro_year,
            Outcome::Hybrid => self.pro_year + (self.hybrid - self.pro) * MONTHS,
            Outcome::Api => self.api * MONTHS,
        }
    }

    /// The range from the 10th to the 90th percentile.
    pub(crate) const fn range_of(&self, outcome: Outcome) -> (Decimal, Decimal) {
        match outcome {
            Outcome::Pro => (self.pro, self.pro),
            Outcome::Hybrid => (self.hybrid_p10, self.hybrid_p90),
            Outcome::Api => (self.api_p10, self.api_p90),
        }
    }
}
