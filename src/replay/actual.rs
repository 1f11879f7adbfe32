//! What was really used since a report was made, held against its estimate.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use super::Replay;
use crate::advice::{AssessError, Assessment, assess};
use crate::cost::{Mix, Volume};
use crate::history::summary::Summary;
use crate::measured::{cache_shares, per_month, per_month_usd};
use crate::number::{Percent, grouped};
use crate::question::Origin;
use crate::usage::{Confidence, Usage};

/// Fewer days than this are too short to stand for a month.
pub const ENOUGH_DAYS: u64 = 7;

/// Where a figure lies beside the range that was to hold eight cases in ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// Less than the lower end.
    Below,
    /// In the range, its ends among it.
    Inside,
    /// More than the upper end.
    Above,
}

impl Position {
    /// How it is said in a table.
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
        // Multiplied out: a quotient could be cut at its last digit.
        if actual * factor < estimate {
            Self::Below
        } else if actual > estimate * factor {
            Self::Above
        } else {
            Self::Inside
        }
    }
}

/// What was used since, and what it says about the estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The first day that counts: the one of the report.
    pub since: Date,
    /// Calendar days from the first to the last response, both counted.
    pub days: u64,
    /// Counted responses.
    pub responses: u64,
    /// Those without a price; they are not in any dollars.
    pub unpriced: u64,
    /// Reasons to trust the figures less, one sentence each.
    pub doubts: Vec<String>,
    /// The figures, where there are any.
    pub month: Option<Month>,
}

impl Held {
    /// Whether the days are too few to stand for a month.
    pub const fn is_short(&self) -> bool {
        self.days < ENOUGH_DAYS
    }
}

/// A month as it really was, scaled from the days that are covered.
#[derive(Debug, Clone, PartialEq)]
pub struct Month {
    /// Tokens a month: every prompt token, cached or not, and every answered one.
    pub volume: Volume,
    /// What was estimated.
    pub estimate: Volume,
    /// Where the input lies in the estimate's range.
    pub input: Position,
    /// Where the output lies in the estimate's range.
    pub output: Position,
    /// What the used tokens would have cost on the API, USD a month, by the prices of their days
    /// and on the models used; `None` when none has a price.
    pub usd: Option<Decimal>,
    /// Where that lies between the report's P10 and P90; `None` where either is not known.
    pub cost: Option<Position>,
    /// The same answers with this month; why not, where it cannot be priced.
    pub assessment: Result<Box<Assessment>, AssessError>,
}

/// One figure of the estimate beside what it really was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Which figure.
    pub of: Of,
    /// What was estimated, tokens or USD a month; `None` where the report had no price.
    pub estimate: Option<Decimal>,
    /// The range that was to hold eight cases in ten; `None` where the report had no price.
    pub range: Option<(Decimal, Decimal)>,
    /// What it really was; `None` where nothing that was used has a price.
    pub really: Option<Decimal>,
    /// Where that lies in the range; `None` where either is not known.
    pub position: Option<Position>,
}

/// What a [`Figure`] counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Tokens sent to Claude.
    Input,
    /// Tokens written by Claude.
    Output,
    /// USD on the API.
    Api,
}

impl Of {
    /// The value as it is shown: whole tokens, or dollars.
    pub fn words(self, value: Decimal) -> String {
        match self {
            Self::Input | Self::Output => grouped(value.to_u64().unwrap_or(u64::MAX)),
            Self::Api => crate::number::usd(value),
        }
    }
}

impl Month {
    /// The three figures of the estimate beside what they really were.
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
        let costs = &replay.saved.result.costs;
        [
            tokens(Of::Input, self.estimate.input, self.volume.input, self.input),
            tokens(Of::Output, self.estimate.output, self.volume.output, self.output),
            Figure {
                of: Of::Api,
                estimate: costs.api,
                range: costs.api_range,
                really: self.usd,
                position: self.cost,
            },
        ]
    }
}

/// Why what was used cannot be held against a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the logs hold more than 1,000,000,000,000 tokens a month, which no report can; name fewer logs with '--usage'"
)]
pub struct TooMuch;

impl Held {
    /// Holds what was used from the day of the report on against its estimate.
    ///
    /// # Errors
    /// Where the logs hold more tokens a month than a report can.
    pub fn new(replay: &Replay<'_>, used: &Summary) -> Result<Self, TooMuch> {
        let days = used.coverage.days;
        let mut held = Self {
            since: replay.saved.day,
            days,
            responses: used.coverage.responses,
            unpriced: used.totals.unpriced_responses,
            doubts: used.doubts.clone(),
            month: None,
        };
        if used.coverage.responses > 0 && days > 0 {
            held.month = Some(month(replay, used, days)?);
        }
        Ok(held)
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
    let range = replay.saved.result.costs.api_range;
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
            // Logs count thinking among the output.
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
