//! Amounts in whole numbers for the inner loop, and conversion back to decimals.
//!
//! The unit is 10^-12 dollars. A list price has at most six decimals per million tokens, so tokens
//! times price is a whole number of units. Half prices of batches and the factor of US-only
//! processing add two more digits, which fit if a list has up to four decimals. Only longer prices
//! are rounded, half to even, by at most half a unit a response.

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

/// Decimal places of a dollar in one unit.
const PLACES: u32 = 12;

/// A dollar amount in units; `None` if it is negative or above 18,446,744 dollars.
pub(super) fn units(usd: Decimal) -> Option<u64> {
    whole(usd.checked_mul(Decimal::from(1_000_000_000_000_u64))?)?.to_u64()
}

/// A larger dollar amount in units, such as a window's capacity.
pub(super) fn wide_units(usd: Decimal) -> u128 {
    let units = usd.checked_mul(Decimal::from(1_000_000_000_000_u64)).and_then(whole);
    units.and_then(|units| units.to_u128()).unwrap_or(u128::MAX)
}

fn whole(units: Decimal) -> Option<Decimal> {
    let units = units.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
    (!units.is_sign_negative() || units.is_zero()).then_some(units)
}

/// Units in dollars. Sums of fewer than 2^32 responses always fit.
pub(super) fn usd(units: u128) -> Decimal {
    let decimal = i128::try_from(units)
        .ok()
        .and_then(|units| Decimal::try_from_i128_with_scale(units, PLACES).ok());
    decimal.map_or(Decimal::MAX, |usd| usd.normalize())
}

pub(super) fn count(count: u128) -> Decimal {
    i128::try_from(count)
        .ok()
        .and_then(|count| Decimal::try_from_i128_with_scale(count, 0).ok())
        .unwrap_or(Decimal::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_survive_the_way_to_whole_numbers_and_back() {
        for text in ["0", "0.000000000001", "0.0024", "0.01200005", "18446744.0737"] {
            let amount: Decimal = text.parse().unwrap();
            assert_eq!(usd(u128::from(units(amount).unwrap())), amount, "{text}");
        }
        assert_eq!(units("18446745".parse().unwrap()), None);
        assert_eq!(units("-0.01".parse().unwrap()), None);
        assert_eq!(usd((1 << 32) * u128::from(u64::MAX)).to_string().len(), 29);
    }
}
