//! Numbers and days as they stand in JSON.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};

use super::{MOST_TOKENS, amount, day, grouped, plain_decimal, six_places};
use crate::text::node::{Scalar, scalar};

/// Plain digits, no exponent.
#[cfg(test)]
const DECIMAL: &str = r"^(0|[1-9][0-9]*)(\.[0-9]+)?$";
#[cfg(test)]
const SIGNED: &str = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$";
#[cfg(test)]
const DAY: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
#[cfg(test)]
const TIME: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$";

/// US dollars, 0 or more, before tax, as an exact decimal in quotes: plain digits, no exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(extend("pattern" = DECIMAL)))]
pub(crate) struct Usd(
    #[serde(with = "amount")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub Decimal,
);

impl Usd {
    /// A quotient to six places.
    pub(crate) fn rounded(amount: Decimal) -> Self {
        Self(six_places(amount))
    }
}

/// 0 or more, as a decimal in quotes: plain digits, no exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(extend("pattern" = DECIMAL)))]
pub(crate) struct Amount(
    #[serde(with = "amount")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub Decimal,
);

impl Amount {
    /// A quotient to six places.
    pub(crate) fn rounded(amount: Decimal) -> Self {
        Self(six_places(amount))
    }
}

/// US dollars before tax, above or below 0, as an exact decimal in quotes: plain digits, no exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(extend("pattern" = SIGNED)))]
pub(crate) struct SignedUsd(
    #[serde(serialize_with = "amount::serialize")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub Decimal,
);

/// A calendar day, such as 2026-11-20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("format" = "date", "pattern" = DAY)))]
pub(crate) struct Day(
    #[serde(deserialize_with = "day")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub Date,
);

/// A time in UTC, RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("format" = "date-time", "pattern" = TIME)))]
pub(crate) struct Time(#[cfg_attr(test, schemars(with = "String"))] pub Timestamp);

/// Tokens: a whole number in digits only, at most 10^12; 3e6 and 3.0 are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(extend("maximum" = MOST_TOKENS)))]
pub(crate) struct Tokens(pub u64);

impl<'de> Deserialize<'de> for Tokens {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let most = grouped(MOST_TOKENS);
        let expected = format!("a whole number from 0 to {most}, digits only, without quotes");
        scalar(deserializer, &expected, |given| match given {
            Scalar::Whole(tokens) if tokens <= MOST_TOKENS => Some(Self(tokens)),
            _ => None,
        })
    }
}

/// Whole percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(extend("maximum" = 100)))]
pub(crate) struct WholePercent(pub u8);

/// One written in quotes is read too.
impl<'de> Deserialize<'de> for WholePercent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar(deserializer, "a whole number from 0 to 100", |given| {
            let value = match given {
                Scalar::Whole(whole) => Decimal::from(whole),
                Scalar::Text(text) => plain_decimal(text, 20, 4)?,
            };
            let whole = u8::try_from(value).ok()?;
            (whole <= 100 && Decimal::from(whole) == value).then_some(Self(whole))
        })
    }
}
