//! What was really used, in one sentence.

use rust_decimal::Decimal;

use super::DayCost;
use crate::number::usd;

/// What the days would have cost together: `30 days from 2026-10-23 to 2026-11-21: ...`.
///
/// They are not called money spent: on a plan with a flat price they are none.
pub(super) fn sentence(days: &[DayCost]) -> String {
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return "No day was read.".to_owned();
    };
    let sum: Decimal = days.iter().filter_map(|day| day.usd).sum();
    let unpriced = days.iter().filter(|day| day.usd.is_none()).count();
    let plural = if days.len() == 1 { "" } else { "s" };
    let span = if first.day == last.day {
        format!("on {}", first.day)
    } else {
        format!("from {} to {}", first.day, last.day)
    };
    let bound = if unpriced > 0 { "at least " } else { "" };
    let rest = match unpriced {
        0 => String::new(),
        1 => "; 1 day with a model that has no price".to_owned(),
        count => format!("; {count} days with a model that has no price"),
    };
    format!(
        "{} day{plural} with use, {span}: {bound}{} on the API at the prices of the days, an estimate{rest}.",
        days.len(),
        usd(sum)
    )
}
