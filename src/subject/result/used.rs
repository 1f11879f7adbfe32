//! Actual usage in words.

use rust_decimal::Decimal;

use crate::measured::{DayCost, MOST_DAYS, Measured};
use crate::number::{grouped, usd};

/// The API cost of all days together: `30 days with use, from 2026-10-23 to 2026-11-21: ...`.
///
/// The text does not call it money spent, because a flat-price plan costs the same either way.
pub(super) fn sentence(measured: &Measured) -> String {
    let days = &measured.by_day;
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return "No day was read.".to_owned();
    };
    let sum: Decimal = days.iter().filter_map(|day| day.usd).sum();
    let unpriced = days.iter().fold(0_u64, |sum, day| sum.saturating_add(day.unpriced));
    let plural = if days.len() == 1 { "" } else { "s" };
    let span = if first.day == last.day {
        format!("on {}", first.day)
    } else {
        format!("from {} to {}", first.day, last.day)
    };
    let bound = if unpriced > 0 { "at least " } else { "" };
    let rest = match unpriced {
        0 => String::new(),
        1 => "; 1 response has no price and is not in it".to_owned(),
        count => format!("; {} responses have no price and are not in it", grouped(count)),
    };
    let earlier = if first_shown(measured) > measured.from {
        format!(" Only the last {MOST_DAYS} days are told one by one.")
    } else {
        String::new()
    };
    format!(
        "{} day{plural} with use, {span}: {bound}{} on the API at the prices of the days, an estimate{rest}.{earlier}",
        days.len(),
        usd(sum)
    )
}

/// The first day shown, with use or without.
fn first_shown(measured: &Measured) -> jiff::civil::Date {
    let before = jiff::Span::new().days(MOST_DAYS - 1);
    measured.to.checked_sub(before).unwrap_or(measured.from)
}

/// The API cost of a day: `$1.25`, `at least $1.25`, `unpriced`.
pub(super) fn cost(day: &DayCost) -> String {
    match day.usd {
        None => "unpriced".to_owned(),
        Some(cost) if day.unpriced > 0 => format!("at least {}", usd(cost)),
        Some(cost) => usd(cost),
    }
}
