//! Highest usage readings of the windows of a plan.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::{Query, week_of};
use crate::history::Reading;

/// The window whose peaks are also listed by week.
const WEEKLY: &str = "seven_day";

/// The highest usage reading of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peak {
    /// The window in the vendor's word.
    pub window: String,
    /// The ISO week of this peak, such as `2026-W47`; `None` for the peak of all weeks.
    pub week: Option<String>,
    /// Percent used.
    pub percent: Decimal,
    /// When this reading was first recorded.
    pub at: Timestamp,
}

/// The peak of each window, and of each week of the weekly window, in order of window and week.
pub(super) fn peaks<'r>(
    readings: impl Iterator<Item = &'r Reading>,
    query: &Query<'_>,
) -> Vec<Peak> {
    let mut found: BTreeMap<(String, Option<String>), Peak> = BTreeMap::new();
    for reading in readings {
        let day = query.day(reading.at);
        if !query.takes(day, day) {
            continue;
        }
        let week = (reading.window == WEEKLY).then(|| week_of(day));
        for week in [None, week.clone()].into_iter().take(1 + usize::from(week.is_some())) {
            let peak = Peak {
                window: reading.window.clone(),
                week: week.clone(),
                percent: reading.percent,
                at: reading.at,
            };
            let known = found.entry((reading.window.clone(), week)).or_insert_with(|| peak.clone());
            let is_earlier = reading.percent == known.percent && reading.at < known.at;
            if reading.percent > known.percent || is_earlier {
                *known = peak;
            }
        }
    }
    found.into_values().collect()
}
