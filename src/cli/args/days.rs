//! Days as they are typed.

use jiff::civil::Date;

use super::UsageError;

/// A span of days goes forward.
pub(super) fn check_span(since: Option<Date>, until: Option<Date>) -> Result<(), UsageError> {
    match (since, until) {
        (Some(since), Some(until)) if until < since => Err(UsageError::new(format!(
            "'--until' ({until}) is before '--since' ({since}); give the earlier day to '--since'"
        ))),
        _ => Ok(()),
    }
}

/// A day as `2026-11-20`.
pub(super) fn day(typed: &str) -> Result<Date, UsageError> {
    match typed.parse::<Date>() {
        Ok(day) if typed.len() == 10 => Ok(day),
        _ => Err(UsageError::new(format!(
            "{} is not a day; write it as 2026-11-20",
            crate::text::quoted(typed)
        ))),
    }
}
