//! Compares a report's estimate with the usage logged since.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use super::Replay;
use crate::advice::{AssessError, Assessment, Outcome, assess};
use crate::cost::{Mix, Volume};
use crate::history::summary::Summary;
use crate::measured::{cache_shares, per_month, per_month_usd};
use crate::number::{Percent, grouped};
use crate::question::Origin;
use crate::usage::{Confidence, Usage};

/// Fewer days than this are too few to represent a month.
pub(crate) const ENOUGH_DAYS: u64 = 7;

/// Where a figure lies relative to the range that covers 8 in 10 cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// Below the lower end.
    Below,
    /// Within the range, ends included.
    Inside,
    /// Above the upper end.
    Above,
}

impl Position {
    /// The wording in a table.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Below => "below the range",
            Self::Inside => "inside the range",
            Self::Above => "above the range",
        }
    }

    fn of(value: Decimal, (low, high): (Decimal, Decimal)) -> Self {
        if value < low {
            Self::Below
        } else if value > high {
            Self::Above
        } else {
            Self::Inside
        }
    }

    /// Where a count lies in the range around an estimate.
    fn of_tokens(actual: u64, estimate: u64, confidence: Confidence) -> Self {
        let (actual, estimate) = (Decimal::from(actual), Decimal::from(estimate));
        let factor = confidence.factor();
        // Multiplied rather than divided: a quotient could lose its last digit.
        if actual * factor < estimate {
            Self::Below
        } else if actual > estimate * factor {
            Self::Above
        } else {
            Self::Inside
        }
    }
}

/// Usage since a report, compared with its estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct ActualUsage {
    /// The first day counted: the date of the report.
    pub since: Date,
    /// Calendar days from the first to the last response, inclusive.
    pub days: u64,
    pub responses: u64,
    /// Responses without a price. No dollar figure includes them.
    pub unpriced: u64,
    /// Reasons to trust the figures less, one sentence each.
    pub doubts: Vec<String>,
    /// `None` without usage.
    pub month: Option<Month>,
}

impl ActualUsage {
    /// True if the days are too few to represent a month.
    pub(crate) const fn is_short(&self) -> bool {
        self.days < ENOUGH_DAYS
    }
}

/// Actual usage scaled to a month from the days covered.
#[derive(Debug, Clone, PartialEq)]
pub struct Month {
    /// Tokens a month: every prompt token, cached or not, and every output token.
    pub volume: Volume,
    /// The estimated volume.
    pub estimate: Volume,
    /// The position of the input in the estimate's range.
    pub input: Position,
    /// The position of the output in the estimate's range.
    pub output: Position,
    /// The API cost of this usage, USD a month, at the prices of each day and for the models used.
    /// `None` if nothing has a price.
    pub usd: Option<Decimal>,
    /// The position of that cost between the report's P10 and P90. `None` if either is unknown.
    pub cost: Option<Position>,
    /// The same answers with this month, or why the month cannot be priced.
    pub assessment: Result<Box<Assessment>, AssessError>,
}

/// One figure of the estimate and its actual value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// What it counts.
    pub of: Of,
    /// Tokens or USD a month; `None` if the report had no price.
    pub estimate: Option<Decimal>,
    /// The range that covers 8 in 10 cases; `None` if the report had no price.
    pub range: Option<(Decimal, Decimal)>,
    /// The actual value; `None` if nothing used has a price.
    pub really: Option<Decimal>,
    /// The position in the range; `None` if either is unknown.
    pub position: Option<Position>,
}

/// What a [`Figure`] counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Input,
    Output,
    /// USD on the API.
    Api,
}

impl Of {
    /// Formats the value: whole tokens, or dollars.
    pub fn words(self, value: Decimal) -> String {
        match self {
            Self::Input | Self::Output => grouped(value.to_u64().unwrap_or(u64::MAX)),
            Self::Api => crate::number::usd(value),
        }
    }
}

impl Month {
    /// The three figures of the estimate with their actual values.
    pub fn figures(&self, replay: &Replay<'_>) -> [Figure; 3] {
        let factor = replay.now.usage.confidence.factor();
        let tokens = |of, estimate: u64, really: u64, position| {
            let estimate = Decimal::from(estimate);
            let low = estimate.checked_div(factor).unwrap_or_default();
            Figure {
                of,
                estimate: Some(estimate),
                range: Some((low, estimate.saturating_mul(factor))),
                really: Some(Decimal::from(really)),
                position: Some(position),
            }
        };
        let costs = &replay.saved.result.costs_usd;
        [
            tokens(Of::Input, self.estimate.input, self.volume.input, self.input),
            tokens(Of::Output, self.estimate.output, self.volume.output, self.output),
            Figure {
                of: Of::Api,
                estimate: costs.of(Outcome::Api),
                range: costs.api_range(),
                really: self.usd,
                position: self.cost,
            },
        ]
    }
}

/// Why usage cannot be compared with a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the logs hold more than 1,000,000,000,000 tokens a month, which no report can; name fewer logs with '--usage'"
)]
pub struct TooMuch;

impl ActualUsage {
    /// Compares usage since the date of the report with its estimate.
    ///
    /// # Errors
    /// If the logs hold more tokens a month than a report can.
    pub fn new(replay: &Replay<'_>, used: &Summary) -> Result<Self, TooMuch> {
        let days = used.coverage.days;
        let mut actual = Self {
            since: replay.saved.day,
            days,
            responses: used.coverage.responses,
            unpriced: used.totals.unpriced_responses,
            doubts: used.doubts.clone(),
            month: None,
        };
        if used.coverage.responses > 0 && days > 0 {
            actual.month = Some(month(replay, used, days)?);
        }
        Ok(actual)
    }
}

fn month(replay: &Replay<'_>, summary: &Summary, days: u64) -> Result<Month, TooMuch> {
    let totals = &summary.totals;
    let sent = [totals.input, totals.cache_write_5m, totals.cache_write_1h, totals.cache_read]
        .into_iter()
        .try_fold(0_u128, u128::checked_add)
        .ok_or(TooMuch)?;
    let volume = Volume {
        input: per_month(sent, days).ok_or(TooMuch)?,
        output: per_month(totals.output, days).ok_or(TooMuch)?,
    };
    let estimated = &replay.now.usage;
    let estimate = estimated.volume;
    let confidence = estimated.confidence;
    let usd = totals.usd.and_then(|usd| per_month_usd(usd, days));
    let range = replay.saved.result.costs_usd.api_range();
    let [read, short, long] =
        cache_shares([totals.cache_read, totals.cache_write_5m, totals.cache_write_1h], sent);
    let usage = Usage {
        volume,
        volume_origin: Origin::Usage,
        confidence: Confidence::Measured,
        mix: Mix {
            cache_read: read,
            cache_write_5m: short,
            cache_write_1h: long,
            // Logs count thinking as output.
            thinking: Percent::ZERO,
            ..estimated.mix
        },
        ..estimated.clone()
    };
    Ok(Month {
        volume,
        estimate,
        input: Position::of_tokens(volume.input, estimate.input, confidence),
        output: Position::of_tokens(volume.output, estimate.output, confidence),
        usd,
        cost: usd.zip(range).map(|(usd, range)| Position::of(usd, range)),
        assessment: assess(&replay.now.answers, &usage, &replay.world).map(Box::new),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_range_belong_to_it() {
        let at = |actual| Position::of_tokens(actual, 3_000_000, Confidence::Rough);
        assert_eq!(at(2_000_000), Position::Inside);
        assert_eq!(at(1_999_999), Position::Below);
        assert_eq!(at(4_500_000), Position::Inside);
        assert_eq!(at(4_500_001), Position::Above);
        let none = Position::of_tokens(0, 0, Confidence::Guess);
        assert_eq!(none, Position::Inside);
    }
}
