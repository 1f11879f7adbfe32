//! Numbers and days as they stand in JSON.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::number::six_places;

/// Plain digits, no exponent.
#[cfg(test)]
const DECIMAL: &str = r"^(0|[1-9][0-9]*)(\.[0-9]+)?$";
#[cfg(test)]
const DAY: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
#[cfg(test)]
const TIME: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$";

fn exact<S: Serializer>(amount: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&amount.normalize())
}

/// US dollars, 0 or more, before tax, as an exact decimal in quotes: plain digits, no exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(extend("pattern" = DECIMAL)))]
pub(crate) struct Usd(
    #[serde(serialize_with = "exact")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(extend("pattern" = DECIMAL)))]
pub(crate) struct Amount(
    #[serde(serialize_with = "exact")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub Decimal,
);

impl Amount {
    /// A quotient to six places.
    pub(crate) fn rounded(amount: Decimal) -> Self {
        Self(six_places(amount))
    }
}

/// A calendar day, such as 2026-11-20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("format" = "date", "pattern" = DAY)))]
pub(crate) struct Day(#[cfg_attr(test, schemars(with = "String"))] pub Date);

/// A time in UTC, RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("format" = "date-time", "pattern" = TIME)))]
pub(crate) struct Time(#[cfg_attr(test, schemars(with = "String"))] pub Timestamp);
