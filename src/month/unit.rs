//! The units in which people type numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::number::{
    NumberError, Percent, exact, grouped, parse_count, parse_price, parse_times, parse_tokens,
};

/// How a number is typed, and from where to where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Whole tokens, at most [`crate::number::MOST_TOKENS`].
    Tokens,
    /// A multiple with at most four places.
    Times,
    /// Whole percent, 0 to 100.
    Whole,
    /// Percent with at most four places, up to this.
    Percent(u16),
    /// A whole number up to this.
    Count(u32),
    /// Dollars above 0, at most two places.
    Dollars,
}

impl Unit {
    /// The smallest step, as decimal places.
    pub const fn places(self) -> u32 {
        match self {
            Self::Tokens | Self::Whole | Self::Count(_) => 0,
            Self::Dollars => 2,
            Self::Times | Self::Percent(_) => 4,
        }
    }

    /// The largest percentage; `None` for what is no percentage.
    pub const fn most_percent(self) -> Option<u16> {
        match self {
            Self::Whole => Some(100),
            Self::Percent(most) => Some(most),
            Self::Tokens | Self::Times | Self::Count(_) | Self::Dollars => None,
        }
    }

    /// Reads what was typed.
    pub fn parse(self, typed: &str) -> Result<Decimal, NumberError> {
        match self {
            Self::Tokens => parse_tokens(typed).map(Decimal::from),
            Self::Times => parse_times(typed),
            Self::Whole => {
                let part = Percent::parse(typed, 100)?;
                let whole = Some(part.value()).filter(Decimal::is_integer);
                whole.ok_or(NumberError::NotWhole(part))
            }
            Self::Percent(most) => Percent::parse(typed, most).map(Percent::value),
            Self::Count(most) => parse_count(typed, most).map(Decimal::from),
            Self::Dollars => parse_price(typed),
        }
    }

    /// A number as a field that is opened on it shows it: all of it, and fit to be read again.
    pub fn typed(self, number: Decimal) -> String {
        match (self, number.to_u64()) {
            (Self::Tokens | Self::Count(_), Some(count)) => grouped(count),
            _ => exact(number),
        }
    }
}
