//! Slider steps and knob positions.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::month::Unit;
use crate::number::Percent;
use crate::tui::keymap::Action;

/// The number after a slider key. Returns `None` if the key is not a slider key.
pub(super) fn stepped(unit: Unit, value: Decimal, action: Action) -> Option<Decimal> {
    match unit {
        Unit::Tokens => stepped_tokens(value.to_u64()?, action).map(Decimal::from),
        Unit::Count(most) => stepped_count(value.to_u32()?, most, action).map(Decimal::from),
        Unit::Whole | Unit::Percent(_) => {
            let most = unit.most_percent()?;
            stepped_percent(Percent::new(value, most).ok()?, most, action).map(Percent::value)
        }
        Unit::Times | Unit::Dollars => None,
    }
}

/// The position of a slider's knob, 0 to 1.
pub(super) fn position(unit: Unit, value: Decimal) -> f64 {
    match unit {
        Unit::Tokens => token_position(value.to_u64().unwrap_or_default()),
        Unit::Count(most) => count_position(value.to_u32().unwrap_or_default(), most),
        Unit::Whole | Unit::Percent(_) | Unit::Times | Unit::Dollars => {
            percent_position(value, unit.most_percent().unwrap_or(100))
        }
    }
}

/// The numbers under the track, with their positions.
pub(super) const fn scale(unit: Unit) -> &'static [(f64, &'static str)] {
    match unit {
        Unit::Tokens => {
            &[(0.0, "10K"), (0.2, "100K"), (0.4, "1M"), (0.6, "10M"), (0.8, "100M"), (1.0, "1B")]
        }
        Unit::Whole | Unit::Percent(_) => {
            &[(0.0, "0"), (0.2, "20"), (0.4, "40"), (0.6, "60"), (0.8, "80"), (1.0, "100")]
        }
        Unit::Count(_) | Unit::Times | Unit::Dollars => &[],
    }
}

/// The smallest step of a token slider. Right goes from 0 to here, Left from here to 0.
const FIRST: u64 = 10_000;
/// The right end of a token slider. Larger numbers can be typed.
const LAST: u64 = 1_000_000_000;
/// The steps within a power of ten, times ten.
const STEPS: [u64; 10] = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80];

/// A token count after a slider key. Returns `None` if the key is not a slider key.
fn stepped_tokens(value: u64, action: Action) -> Option<u64> {
    Some(match action {
        Action::Right => nice_values().find(|nice| *nice > value).unwrap_or(value),
        Action::Left => nice_values().take_while(|nice| *nice < value).last().unwrap_or(0),
        Action::More if value < FIRST => FIRST,
        Action::More => value.saturating_add(fine(value)).min(crate::number::MOST_TOKENS),
        Action::Less | Action::PageDown if value <= FIRST => 0,
        // One step below 1,000,000 is 990,000, so that a step down and a step up cancel out.
        Action::Less => value.saturating_sub(fine(value - 1)),
        Action::PageUp if value == 0 => FIRST,
        Action::PageUp => value.saturating_mul(10).min(LAST.max(value)),
        Action::PageDown => value / 10,
        Action::Home => 0,
        Action::End => LAST,
        _ => return None,
    })
}

fn nice_values() -> impl Iterator<Item = u64> {
    (3..9_u32)
        .flat_map(|power| STEPS.into_iter().map(move |step| step * 10_u64.pow(power)))
        .take_while(|nice| *nice <= LAST)
}

/// One unit of the second digit.
fn fine(value: u64) -> u64 {
    value.checked_ilog10().map_or(1, |digits| 10_u64.pow(digits.saturating_sub(1)))
}

/// A percentage after a slider key. Returns `None` if the key is not a slider key.
fn stepped_percent(value: Percent, most: u16, action: Action) -> Option<Percent> {
    let whole = value.value().trunc().to_u16().unwrap_or_default();
    let next = match action {
        Action::Right => (whole / 5 + 1) * 5,
        Action::Left => {
            let below = whole.div_ceil(5).saturating_sub(1) * 5;
            if value.value().fract().is_zero() { below } else { whole / 5 * 5 }
        }
        Action::More => whole + 1,
        Action::Less => whole.saturating_sub(u16::from(value.value().fract().is_zero())),
        Action::PageUp => whole + 10,
        Action::PageDown => whole.saturating_sub(10),
        Action::Home => 0,
        Action::End => most,
        _ => return None,
    };
    Some(Percent::whole(next.min(most)))
}

/// The position of a token slider's knob, 0 to 1, on a logarithmic scale from 10K to 1B.
#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "pixels")]
fn token_position(value: u64) -> f64 {
    if value <= FIRST { 0.0 } else { ((value as f64 / FIRST as f64).log10() / 5.0).min(1.0) }
}

/// The position of a percent slider's knob, 0 to 1.
#[expect(clippy::float_arithmetic, reason = "pixels")]
fn percent_position(value: Decimal, most: u16) -> f64 {
    value.to_f64().unwrap_or_default() / f64::from(most.max(1))
}

/// A count after a slider key. Returns `None` if the key is not a slider key.
fn stepped_count(value: u32, most: u32, action: Action) -> Option<u32> {
    let (value, most) = (u64::from(value), u64::from(most));
    // Whole numbers only: this drops 1.2, 1.5 and 2.5.
    let mut nice = (0..6_u32).flat_map(|power| {
        STEPS
            .into_iter()
            .map(move |step| step * 10_u64.pow(power))
            .filter(|step| step % 10 == 0)
            .map(|step| step / 10)
    });
    let next = match action {
        Action::Right => nice.find(|nice| *nice > value).unwrap_or(most),
        Action::Left => nice.take_while(|nice| *nice < value).last().unwrap_or(0),
        Action::More => value + fine(value),
        Action::Less => value.saturating_sub(fine(value.saturating_sub(1))),
        Action::PageUp => (value * 10).max(1),
        Action::PageDown => value / 10,
        Action::Home => 0,
        Action::End => most,
        _ => return None,
    };
    u32::try_from(next.min(most)).ok()
}

/// The position of a count slider's knob, 0 to 1, on a logarithmic scale.
#[expect(clippy::float_arithmetic, reason = "pixels")]
fn count_position(value: u32, most: u32) -> f64 {
    f64::from(value).ln_1p() / f64::from(most.max(1)).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_slider_walks_the_nice_numbers() {
        let mut value = 0;
        let mut seen = Vec::new();
        for _ in 0..12 {
            value = stepped_tokens(value, Action::Right).unwrap();
            seen.push(value);
        }
        assert_eq!(
            seen,
            [
                10_000, 12_000, 15_000, 20_000, 25_000, 30_000, 40_000, 50_000, 60_000, 80_000,
                100_000, 120_000
            ]
        );
        assert_eq!(stepped_tokens(10_000, Action::Left), Some(0));
        assert_eq!(stepped_tokens(3_100_000, Action::Left), Some(3_000_000));
        assert_eq!(stepped_tokens(3_100_000, Action::Right), Some(4_000_000));
        assert_eq!(stepped_tokens(1_000_000_000, Action::Right), Some(1_000_000_000));
        assert_eq!(stepped_tokens(5_000_000_000, Action::Right), Some(5_000_000_000));
        assert_eq!(stepped_tokens(5_000_000_000, Action::PageUp), Some(5_000_000_000));
        assert_eq!(stepped_tokens(0, Action::PageUp), Some(10_000));
        assert_eq!(stepped_tokens(7, Action::End), Some(1_000_000_000));
    }

    #[test]
    fn a_fine_step_is_one_in_the_second_digit_and_comes_back() {
        assert_eq!(stepped_tokens(3_000_000, Action::More), Some(3_100_000));
        assert_eq!(stepped_tokens(1_000_000, Action::Less), Some(990_000));
        assert_eq!(stepped_tokens(990_000, Action::More), Some(1_000_000));
        assert_eq!(stepped_tokens(5, Action::Less), Some(0));
    }

    #[test]
    fn a_percent_slider_steps_by_five_one_and_ten() {
        let at = |value: &str, action| {
            stepped_percent(Percent::parse(value, 100).unwrap(), 100, action).unwrap().to_string()
        };
        assert_eq!(at("20", Action::Right), "25");
        assert_eq!(at("22", Action::Right), "25");
        assert_eq!(at("22", Action::Left), "20");
        assert_eq!(at("20", Action::Left), "15");
        assert_eq!(at("20.5", Action::Left), "20");
        assert_eq!(at("20.5", Action::Less), "20");
        assert_eq!(at("99", Action::PageUp), "100");
        assert_eq!(at("3", Action::PageDown), "0");
    }

    #[test]
    fn a_count_walks_the_nice_whole_numbers() {
        let mut value = 0;
        let mut seen = Vec::new();
        while let Some(next) = stepped_count(value, 1_000, Action::Right) {
            if next == value {
                break;
            }
            value = next;
            seen.push(value);
        }
        assert_eq!(
            seen,
            [
                1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200,
                250, 300, 400, 500, 600, 800, 1_000
            ]
        );
        assert_eq!(stepped_count(1, 1_000, Action::Left), Some(0));
        assert_eq!(stepped_count(7, 1_000, Action::Left), Some(6));
        assert_eq!(stepped_count(100, 1_000, Action::Less), Some(99));
        assert_eq!(stepped_count(99, 1_000, Action::More), Some(100));
        assert_eq!(stepped_count(0, 1_000, Action::Less), Some(0));
        assert_eq!(stepped_count(500, 1_000, Action::PageUp), Some(1_000));
        assert_eq!(stepped_count(5, 1_000, Action::PageDown), Some(0));
        assert_eq!(stepped_count(5, 1_000, Action::Home), Some(0));
        assert_eq!(stepped_count(5, 100_000, Action::End), Some(100_000));
    }
}
