//! The days that usage covers: one definition for every figure that is scaled to a month.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::Source;

/// With the last use longer ago than this, the idle days since are pointed out.
const LONG_AGO: u32 = 30;

/// How far the days of some usage reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// From the first to the last use: an export ends with its own period.
    #[default]
    Use,
    /// As far as days were asked for, else as [`Self::Use`].
    Asked,
    /// Up to today: whoever did not use Claude Code since left no lines in its logs.
    Today,
}

impl Reach {
    /// How far usage from these sources reaches.
    pub fn of(mut sources: impl Iterator<Item = Source>) -> Self {
        if sources.any(|source| source == Source::ClaudeCode) { Self::Today } else { Self::Use }
    }
}

/// Days of usage. Days without use among them count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day: the first one asked for, else that of the first use.
    pub first: Date,
    /// The last day: today or the last one asked for where usage reaches to it, else that of the
    /// last use.
    pub last: Date,
    pub first_use: Date,
    pub last_use: Date,
}

impl Period {
    /// The period of usage from the first to the last use, when these days were asked for.
    pub fn new(
        (first_use, last_use): (Date, Date),
        reach: Reach,
        since: Option<Date>,
        until: Option<Date>,
        today: Date,
    ) -> Self {
        let (first, last) = match reach {
            Reach::Use => (None, None),
            Reach::Asked => (since, until),
            Reach::Today => (since, Some(until.unwrap_or(today))),
        };
        Self {
            first: first.unwrap_or(first_use).min(first_use),
            last: last.map_or(last_use, |last| last.min(today).max(last_use)),
            first_use,
            last_use,
        }
    }

    pub fn days(self) -> u64 {
        days_between(self.first, self.last)
    }

    /// Days from the first to the last use, both included.
    pub fn days_of_use(self) -> u64 {
        days_between(self.first_use, self.last_use)
    }

    /// The day of the last use and the days since, if these are many: more than are usual.
    pub fn idle_end(self) -> Option<(Date, u32)> {
        let idle = self.last_use.until((jiff::Unit::Day, self.last)).ok()?.get_days();
        let idle = u32::try_from(idle).ok().filter(|idle| *idle > LONG_AGO)?;
        Some((self.last_use, idle))
    }
}

/// Points out many idle days at the end.
pub fn idle_sentence(last_use: Date, days: u32) -> String {
    format!(
        "The last use was on {last_use}, {days} days before the end of the period; these days count \
         as days without use. To leave them out, end the period with '--until {last_use}'."
    )
}

/// Days from the first to the last, both included.
pub(super) fn days_between(first: Date, last: Date) -> u64 {
    let span = last.duration_since(first).as_hours() / 24;
    u64::try_from(span).unwrap_or_default().saturating_add(1)
}

/// The times at which usage can have been. A clock without a battery starts in 1970, and nobody has
/// used anything tomorrow; another time zone may be a day ahead.
#[derive(Debug, Clone, Copy)]
pub struct Plausible {
    /// The first preview of Claude Code came out in this month.
    code: Timestamp,
    /// Claude came out in this year.
    claude: Timestamp,
    end: Timestamp,
}

impl Plausible {
    pub fn new(today: Date, zone: &TimeZone) -> Self {
        let start = |day: Date| day.to_zoned(zone.clone()).map(|start| start.timestamp());
        Self {
            code: start(date(2025, 2, 1)).unwrap_or(Timestamp::MIN),
            claude: start(date(2023, 1, 1)).unwrap_or(Timestamp::MIN),
            end: today.checked_add(2.days()).and_then(start).unwrap_or(Timestamp::MAX),
        }
    }

    /// True if usage from this source can be of this time.
    pub fn takes(&self, time: Timestamp, source: Source) -> bool {
        let start = if source == Source::ClaudeCode { self.code } else { self.claude };
        start <= time && time < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = date(2026, 11, 29);
    const USE: (Date, Date) = (date(2026, 11, 1), date(2026, 11, 8));

    fn days(reach: Reach, since: Option<Date>, until: Option<Date>) -> (String, String, u64) {
        let period = Period::new(USE, reach, since, until, TODAY);
        (period.first.to_string(), period.last.to_string(), period.days())
    }

    #[test]
    fn logs_reach_to_today_and_exports_to_their_own_end() {
        let is = |first: &str, last: &str, days| (first.to_owned(), last.to_owned(), days);
        assert_eq!(days(Reach::Today, None, None), is("2026-11-01", "2026-11-29", 29));
        let until = Some(date(2026, 11, 10));
        assert_eq!(days(Reach::Today, None, until), is("2026-11-01", "2026-11-10", 10));
        let since = Some(date(2026, 10, 31));
        assert_eq!(days(Reach::Today, since, None), is("2026-10-31", "2026-11-29", 30));
        let far = Some(date(2027, 1, 1));
        assert_eq!(days(Reach::Today, None, far), is("2026-11-01", "2026-11-29", 29));
        assert_eq!(days(Reach::Use, since, far), is("2026-11-01", "2026-11-08", 8));
        assert_eq!(days(Reach::Asked, since, None), is("2026-10-31", "2026-11-08", 9));
        assert_eq!(days(Reach::Asked, None, until), is("2026-11-01", "2026-11-10", 10));
    }

    #[test]
    fn thirty_idle_days_are_usual_and_one_more_is_said() {
        let period = |today| Period::new(USE, Reach::Today, None, None, today);
        assert_eq!(period(date(2026, 12, 8)).idle_end(), None);
        assert_eq!(period(date(2026, 12, 9)).idle_end(), Some((date(2026, 11, 8), 31)));
    }

    #[test]
    fn a_wrong_clock_is_told_by_its_year() {
        let plausible = Plausible::new(TODAY, &TimeZone::UTC);
        let is = |time: &str, source| {
            plausible.takes(format!("{time}T12:00:00Z").parse().unwrap(), source)
        };
        assert!(!is("1970-01-01", Source::ClaudeCode));
        assert!(!is("2024-12-31", Source::ClaudeCode));
        assert!(is("2024-12-31", Source::ConsoleTokens));
        assert!(is("2026-11-30", Source::ClaudeCode));
        assert!(!is("2026-12-01", Source::ClaudeCode));
        assert!(!is("2038-01-19", Source::ClaudeAi));
    }
}
