//! The terms of a replay: limits, what fills them, and the range that is assumed of them.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::amount;

/// The id of the API among the plans.
pub const API: &str = "api";

/// Ids of the plans the person can be asked whether they had.
pub const NAMEABLE: [&str; 7] =
    ["free", "pro", "max", "ultra", "team_standard", "team_premium", API];

/// What fills a window. The vendor does not say; published estimates differ by what they count.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Yardstick {
    /// The value on the API without cache reads, in dollars.
    #[default]
    ApiValue,
    /// The value on the API with cache reads, in dollars.
    ApiValueWithReads,
    /// Uncached input and output tokens.
    Tokens,
}

impl Yardstick {
    /// All yardsticks, the default first.
    pub const ALL: [Self; 3] = [Self::ApiValue, Self::ApiValueWithReads, Self::Tokens];

    /// Converts a load to USD or tokens.
    pub(super) fn measure(self, load: u128) -> Decimal {
        match self {
            Self::ApiValue | Self::ApiValueWithReads => amount::usd(load),
            Self::Tokens => amount::count(load),
        }
    }

    /// Converts USD or tokens to a load, rounded half to even.
    pub(super) fn load(self, measure: Decimal) -> u128 {
        match self {
            Self::ApiValue | Self::ApiValueWithReads => amount::wide_units(measure),
            Self::Tokens => u128::try_from(measure.round()).unwrap_or(u128::MAX),
        }
    }
}

/// The word in JSON and on the command line.
impl std::fmt::Display for Yardstick {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.serialize(f)
    }
}

/// A limit of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Window {
    /// Five hours from the first request on.
    FiveHour,
    /// Seven days between two fixed resets.
    Week,
    /// The half of a week that Fable models may take on the larger plans.
    FableWeek,
}

/// Whose rules hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Rules {
    /// Each day its own.
    #[default]
    Dated,
    /// Today's throughout.
    Today,
}

/// A level of assumed capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Low end of the range.
    Low,
    Likely,
    /// High end of the range.
    High,
}

impl Level {
    /// All levels, the lowest capacity first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Likely, Self::High];
}

/// One value for each level of capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Range_of_{T}"))]
pub struct Range<T> {
    /// At the low end.
    pub low: T,
    /// At the likely value.
    pub likely: T,
    /// At the high end.
    pub high: T,
}

impl<T> Range<T> {
    pub const fn at(&self, level: Level) -> &T {
        match level {
            Level::Low => &self.low,
            Level::Likely => &self.likely,
            Level::High => &self.high,
        }
    }

    /// Applies `change` to each of the three values.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Range<U> {
        Range { low: change(self.low), likely: change(self.likely), high: change(self.high) }
    }

    /// The three values with their levels.
    pub fn each(&self) -> [(Level, &T); 3] {
        Level::ALL.map(|level| (level, self.at(level)))
    }

    /// Builds a range from the value at each level.
    pub fn of_levels(mut value: impl FnMut(Level) -> T) -> Self {
        Self { low: value(Level::Low), likely: value(Level::Likely), high: value(Level::High) }
    }
}

/// Amounts of a range in quotes, to six places.
pub(super) mod amounts {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Range;
    use crate::number::json::Amount;

    pub(crate) fn serialize<S: Serializer>(
        range: &Range<Decimal>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        range.map(Amount::rounded).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Range<Decimal>, D::Error> {
        Ok(Range::<Amount>::deserialize(deserializer)?.map(|amount| amount.0))
    }
}

impl Range<Decimal> {
    /// The larger value at each level.
    pub(super) fn larger(self, other: Self) -> Self {
        Self {
            low: self.low.max(other.low),
            likely: self.likely.max(other.likely),
            high: self.high.max(other.high),
        }
    }

    /// Multiplies level by level; `None` if a product overflows.
    pub(super) fn times(self, other: Self) -> Option<Self> {
        Some(Self {
            low: self.low.checked_mul(other.low)?,
            likely: self.likely.checked_mul(other.likely)?,
            high: self.high.checked_mul(other.high)?,
        })
    }
}
