//! The units in which people type numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::number::{
    NumberError, Percent, exact, grouped, parse_count, parse_price, parse_times, parse_tokens,
};

/// The unit of a typed number, and its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Whole tokens, at most [`crate::number::MOST_TOKENS`].
    Tokens,
    /// A multiple with at most four decimal places.
    Times,
    /// Whole percent, 0 to 100.
    Whole,
    /// Percent with at most four decimal places, up to this maximum.
    Percent(u16),
    /// A whole number up to this maximum.
    Count(u32),
    /// Dollars above 0, with at most two decimal places.
    Dollars,
}

impl Unit {
    /// The number of decimal places.
    pub const fn places(self) -> u32 {
        match self {
            Self::Tokens | Self::Whole | Self::Count(_) => 0,
            Self::Dollars => 2,
            Self::Times | Self::Percent(_) => 4,
        }
    }

    /// The largest percentage. Returns `None` for units other than percent.
    pub(crate) const fn most_percent(self) -> Option<u16> {
        match self {
            Self::Whole => Some(100),
            Self::Percent(most) => Some(most),
            Self::Tokens | Self::Times | Self::Count(_) | Self::Dollars => None,
        }
    }

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

    /// A number as a text field shows it: in full, and in a form that [`Self::parse`] accepts.
    pub fn typed(self, number: Decimal) -> String {
        match (self, number.to_u64()) {
            (Self::Tokens | Self::Count(_), Some(count)) => grouped(count),
            _ => exact(number),
        }
    }
}
