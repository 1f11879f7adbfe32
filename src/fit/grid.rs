//! The start and end of windows, days and rules. None of it depends on a plan or a capacity, so it
//! is laid out once for all replays.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::Yardstick;
use super::trace::{Class, Trace, time};

/// In milliseconds.
pub(super) const FIVE_HOURS: i64 = 5 * 3_600_000;
/// In milliseconds.
pub(super) const SEVEN_DAYS: i64 = 7 * 24 * 3_600_000;

/// When weekly windows reset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WeekReset {
    /// Every 168 hours from a recorded reset. A change to or from daylight saving shifts the local
    /// hour, not the week.
    Told(Timestamp),
    /// At this weekday and local time of the zone. The week of a change to or from daylight saving
    /// has 167 or 169 hours.
    Wall {
        /// The day of the week.
        weekday: Weekday,
        /// The local time.
        time: Time,
        /// True if a person set it; otherwise it is assumed.
        is_set: bool,
    },
}

impl WeekReset {
    /// The week that contains a time: its start and the start of the next, in milliseconds.
    pub(super) fn week(&self, at: i64, zone: &TimeZone) -> (i64, i64) {
        match self {
            Self::Told(reset) => {
                let since = at.saturating_sub(reset.as_millisecond()).div_euclid(SEVEN_DAYS);
                let start = reset.as_millisecond().saturating_add(since.saturating_mul(SEVEN_DAYS));
                (start, start.saturating_add(SEVEN_DAYS))
            }
            Self::Wall { weekday, time, .. } => wall_week(at, *weekday, *time, zone),
        }
    }
}

fn wall_week(at: i64, weekday: Weekday, clock: Time, zone: &TimeZone) -> (i64, i64) {
    let begin = |day: Date| {
        let start = zone.to_ambiguous_zoned(day.to_datetime(clock)).compatible().ok()?;
        Some(start.timestamp().as_millisecond())
    };
    let week = || {
        let day = time(at).to_zoned(zone.clone()).date();
        let back = i64::from(weekday.until(day.weekday()));
        let day = day.checked_sub(back.days()).ok()?;
        let start = begin(day)?;
        // On the weekday itself, before that time, the previous week still runs.
        if start <= at {
            Some((start, begin(day.checked_add(7.days()).ok()?)?))
        } else {
            Some((begin(day.checked_sub(7.days()).ok()?)?, start))
        }
    };
    // Only at the ends of the calendar, where there are no logs.
    week().unwrap_or_else(|| (at, at.saturating_add(SEVEN_DAYS)))
}

/// A window, a week or a day, as a half-open range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub start: i64,
    pub end: i64,
}

/// Sums over the requests of one class in a segment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    pub count: u64,
    pub fresh: u128,
    pub api: u128,
    pub tokens: u128,
}

impl Sum {
    pub(super) const fn load(&self, yardstick: Yardstick) -> u128 {
        match yardstick {
            Yardstick::ApiValue => self.fresh,
            Yardstick::ApiValueWithReads => self.api,
            Yardstick::Tokens => self.tokens,
        }
    }
}

/// Consecutive requests in the same five-hour window, week, day and rules.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub from: usize,
    pub to: usize,
    pub five: usize,
    pub week: usize,
    pub day: usize,
    pub era: usize,
    pub sums: [Sum; Class::COUNT],
}

/// The layout that all replays share.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    pub segments: Vec<Segment>,
    pub fives: Vec<Stretch>,
    pub weeks: Vec<Stretch>,
    /// Days with requests.
    pub days: Vec<(Date, Stretch)>,
    /// The month of each day, as an index.
    pub months: Vec<usize>,
    /// First day and end of each month.
    pub month_ends: Vec<(Date, i64)>,
    /// Start of each set of rules; the first starts before everything.
    pub eras: Vec<i64>,
}

impl Grid {
    /// Lays out the windows of a trace. `eras` are the first days of new rules, ascending.
    pub(super) fn new(trace: &Trace, zone: &TimeZone, reset: &WeekReset, eras: &[Date]) -> Self {
        let mut grid = Self::default();
        grid.eras.push(i64::MIN);
        grid.eras.extend(eras.iter().map(|day| start_of(*day, zone)));
        let (mut segment, mut until): (Option<Segment>, i64) = (None, i64::MIN);
        for (index, request) in trace.requests.iter().enumerate() {
            if segment.is_none() || request.at >= until {
                grid.segments.extend(segment.take());
                let (next, end) = grid.open(index, request.at, zone, reset);
                until = end;
                segment = Some(next);
            }
            if let Some(segment) = &mut segment {
                segment.to = index + 1;
                if let Some(sum) = segment.sums.get_mut(request.class.index()) {
                    sum.count += 1;
                    sum.fresh += u128::from(request.fresh);
                    sum.api += u128::from(request.api);
                    sum.tokens += u128::from(request.tokens);
                }
            }
        }
        grid.segments.extend(segment);
        grid
    }

    /// Opens the segment that begins with a request. Also returns the latest time it can end.
    fn open(
        &mut self,
        index: usize,
        at: i64,
        zone: &TimeZone,
        reset: &WeekReset,
    ) -> (Segment, i64) {
        if self.fives.last().is_none_or(|window| at >= window.end) {
            self.fives.push(Stretch { start: at, end: at.saturating_add(FIVE_HOURS) });
        }
        if self.weeks.last().is_none_or(|week| at >= week.end) {
            let (start, end) = reset.week(at, zone);
            self.weeks.push(Stretch { start, end });
        }
        if self.days.last().is_none_or(|(_, day)| at >= day.end) {
            self.open_day(at, zone);
        }
        let era = self.eras.partition_point(|start| *start <= at).saturating_sub(1);
        let ends = [
            self.fives.last().map(|window| window.end),
            self.weeks.last().map(|week| week.end),
            self.days.last().map(|(_, day)| day.end),
            self.eras.get(era + 1).copied(),
        ];
        let end = ends.into_iter().flatten().min().unwrap_or(i64::MAX);
        let last = |count: usize| count.saturating_sub(1);
        let segment = Segment {
            from: index,
            to: index,
            five: last(self.fives.len()),
            week: last(self.weeks.len()),
            day: last(self.days.len()),
            era,
            sums: [Sum::default(); Class::COUNT],
        };
        (segment, end)
    }

    fn open_day(&mut self, at: i64, zone: &TimeZone) {
        let day = time(at).to_zoned(zone.clone()).date();
        let end = day.tomorrow().map_or(i64::MAX, |next| start_of(next, zone));
        self.days.push((day, Stretch { start: start_of(day, zone), end }));
        let month = day.first_of_month();
        if self.month_ends.last().is_none_or(|(last, _)| *last != month) {
            let next = month.checked_add(1.month()).map_or(i64::MAX, |next| start_of(next, zone));
            self.month_ends.push((month, next));
        }
        self.months.push(self.month_ends.len().saturating_sub(1));
    }
}

/// Start of a day, in milliseconds.
pub(super) fn start_of(day: Date, zone: &TimeZone) -> i64 {
    zone.to_ambiguous_zoned(day.to_datetime(Time::midnight()))
        .compatible()
        .map_or(i64::MAX, |start| start.timestamp().as_millisecond())
}
