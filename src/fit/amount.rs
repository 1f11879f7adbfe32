//! Amounts in whole numbers, for the inner loop, and back in decimals.
//!
//! A dollar is 10^12 of the unit here. A price of a list has at most six decimals per million
//! tokens, so tokens times price is a whole number of units; half prices of batches and the factor
//! of US-only processing add two more digits, which lists of up to four decimals leave room for.
//! Only a list with longer prices is rounded, half to even, by at most half a unit a response.

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

/// Decimals of a dollar that a unit stands for.
const PLACES: u32 = 12;

/// Units of a dollar amount; `None` where it is negative or above 18,446,744 dollars.
pub(super) fn units(usd: Decimal) -> Option<u64> {
    whole(usd.checked_mul(Decimal::from(1_000_000_000_000_u64))?)?.to_u64()
}

/// Units of a larger dollar amount, such as what a window holds.
pub(super) fn wide_units(usd: Decimal) -> u128 {
    let units = usd.checked_mul(Decimal::from(1_000_000_000_000_u64)).and_then(whole);
    units.and_then(|units| units.to_u128()).unwrap_or(u128::MAX)
}

fn whole(units: Decimal) -> Option<Decimal> {
    let units = units.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
    (!units.is_sign_negative() || units.is_zero()).then_some(units)
}

/// Dollars of an amount in units. Sums of fewer than 2^32 responses always fit.
pub(super) fn usd(units: u128) -> Decimal {
    let decimal = i128::try_from(units)
        .ok()
        .and_then(|units| Decimal::try_from_i128_with_scale(units, PLACES).ok());
    decimal.map_or(Decimal::MAX, |usd| usd.normalize())
}

/// A count as a decimal.
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
