//! The cost of a volume of tokens on the API, in exact decimals.
//!
//! The formula is section 2 of the method: cache shares split the input, a thinking allowance
//! increases the output, and batches halve the cost.

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};
use thiserror::Error;

use crate::catalog::PriceRow;
use crate::number::Percent;

/// Tokens a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Volume {
    /// Every prompt token, cached or not.
    pub input: u64,
    /// Every output token, without thinking.
    pub output: u64,
}

impl Volume {
    pub const fn is_empty(self) -> bool {
        self.input == 0 && self.output == 0
    }

    /// A multiple of the volume in whole tokens, rounded half to even.
    #[must_use]
    pub fn times(self, multiple: Decimal) -> Self {
        let part = |tokens: u64| {
            Decimal::from(tokens)
                .checked_mul(multiple)
                .map(|tokens| {
                    tokens.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven)
                })
                .and_then(|tokens| tokens.to_u64())
                .unwrap_or(u64::MAX)
        };
        Self { input: part(self.input), output: part(self.output) }
    }
}

/// How the tokens of a volume are billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mix {
    /// Share of the input read from the cache.
    pub cache_read: Percent,
    /// Share of the input written to the cache for five minutes.
    pub cache_write_5m: Percent,
    /// Share of the input written to the cache for one hour.
    pub cache_write_1h: Percent,
    /// Share of the whole volume sent in batches.
    pub batch: Percent,
    /// Thinking in percent of the output, from 0 to 1,000.
    pub thinking: Percent,
}

impl Mix {
    /// The sum of the three cache shares in percent of the input: at most 100.
    pub fn cached(&self) -> Decimal {
        self.cache_read.value() + self.cache_write_5m.value() + self.cache_write_1h.value()
    }
}

/// Why a volume has no price on a model. Shown as unpriced, never as $0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unpriced {
    /// No price row is in force on the list's date.
    #[error("has no price on the list's date")]
    NoRow,
    /// The row has no price for this class of tokens, which the volume contains.
    #[error("has no {0} price")]
    Class(&'static str),
}

/// One millionth, because prices are per million tokens.
const PER_MILLION: Decimal = Decimal::from_parts(1, 0, 0, false, 6);
/// Half of one percent: the discount for each percent sent in batches.
const HALF_PERCENT: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

/// The cost of the volume at these prices, USD a month.
///
/// Exact to the 28 digits of a decimal. A class without tokens needs no price.
pub fn cost(row: &PriceRow, volume: Volume, mix: &Mix) -> Result<Decimal, Unpriced> {
    let input = Decimal::from(volume.input);
    let read = input * mix.cache_read.fraction();
    let short_write = input * mix.cache_write_5m.fraction();
    let long_write = input * mix.cache_write_1h.fraction();
    let output = Decimal::from(volume.output) * (Decimal::ONE + mix.thinking.fraction());
    let parts = [
        (input - read - short_write - long_write, row.input, "input"),
        (read, row.cache_read, "cache read"),
        (short_write, row.cache_write_5m, "5-minute cache write"),
        (long_write, row.cache_write_1h, "1-hour cache write"),
        (output, row.output, "output"),
    ];
    let mut sum = Decimal::ZERO;
    for (tokens, price, class) in parts {
        if !tokens.is_zero() {
            sum += tokens * price.ok_or(Unpriced::Class(class))?;
        }
    }
    let full = sum * PER_MILLION;
    if mix.batch.is_zero() {
        return Ok(full.normalize());
    }
    let has_tokens = volume.input > 0 || volume.output > 0;
    if has_tokens && (row.batch_input.is_none() || row.batch_output.is_none()) {
        return Err(Unpriced::Class("batch"));
    }
    Ok((full * (Decimal::ONE - mix.batch.value() * HALF_PERCENT)).normalize())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalog::Catalog;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn sonnet_4_5() -> PriceRow {
        let catalog = Catalog::article().unwrap();
        let model = catalog.model("claude-sonnet-4-5").unwrap();
        catalog.row(model, None).unwrap().clone()
    }

    fn price(input: u64, output: u64, mix: &Mix) -> Decimal {
        cost(&sonnet_4_5(), Volume { input, output }, mix).unwrap()
    }

    #[test]
    fn the_articles_examples_come_out_exactly() {
        assert_eq!(price(500_000, 200_000, &Mix::default()), dec("4.50"));
        assert_eq!(price(2_000_000, 800_000, &Mix::default()), dec("18.00"));
        assert_eq!(price(10_000_000, 0, &Mix::default()), dec("30.00"));
    }

    #[test]
    fn cache_thinking_and_batch_each_change_their_own_part() {
        let pct = Percent::whole;
        // 1M in: 600K plain 1.80, 200K read 0.06, 100K written 5m 0.375, 100K written 1h 0.60.
        let cached = Mix {
            cache_read: pct(20),
            cache_write_5m: pct(10),
            cache_write_1h: pct(10),
            ..Mix::default()
        };
        assert_eq!(price(1_000_000, 0, &cached), dec("2.835"));
        assert_eq!(price(0, 1_000_000, &Mix { thinking: pct(50), ..Mix::default() }), dec("22.5"));
        assert_eq!(price(1_000_000, 0, &Mix { batch: pct(100), ..Mix::default() }), dec("1.5"));
        assert_eq!(price(1_000_000, 0, &Mix { batch: pct(50), ..Mix::default() }), dec("2.25"));
    }

    #[test]
    fn a_missing_price_is_unpriced_only_where_its_class_has_tokens() {
        let row = PriceRow { cache_read: None, batch_output: None, ..sonnet_4_5() };
        let volume = Volume { input: 1_000, output: 0 };
        assert!(cost(&row, volume, &Mix::default()).is_ok());
        let read = Mix { cache_read: Percent::whole(1), ..Mix::default() };
        assert_eq!(cost(&row, volume, &read), Err(Unpriced::Class("cache read")));
        let batch = Mix { batch: Percent::whole(1), ..Mix::default() };
        assert_eq!(cost(&row, volume, &batch), Err(Unpriced::Class("batch")));
        let nothing = Volume { input: 0, output: 0 };
        assert_eq!(cost(&row, nothing, &batch), Ok(Decimal::ZERO));
    }

    #[test]
    fn awkward_shares_stay_exact() {
        let mix = Mix {
            cache_read: Percent::new(dec("33.3333"), 100).unwrap(),
            batch: Percent::new(dec("12.3456"), 100).unwrap(),
            thinking: Percent::new(dec("0.0001"), 1000).unwrap(),
            ..Mix::default()
        };
        // (666667*3 + 333333*0.3 + 1000001*15) / 10^6 * (1 - 0.061728), worked by hand.
        assert_eq!(price(1_000_000, 1_000_000, &mix), dec("16.0444661185248"));
    }

    proptest! {
        /// More tokens never cost less, and the parts add up to the whole.
        #[test]
        fn cost_is_additive_and_monotone(a in 0_u64..500_000_000_000, b in 0_u64..500_000_000_000, out in 0_u64..1_000_000_000) {
            let mix = Mix::default();
            prop_assert_eq!(price(a, out, &mix) + price(b, 0, &mix), price(a + b, out, &mix));
            prop_assert!(price(a + b, out, &mix) >= price(a, out, &mix));
        }
    }
}
