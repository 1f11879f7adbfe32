//! Maps that remember the last lookup: consecutive responses nearly always share session, model and
//! day.

use std::hash::Hash;

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A map that finds the last key again without hashing it.
#[derive(Debug)]
pub(super) struct Recent<K, V> {
    entries: IndexMap<K, V, RandomState>,
    last: usize,
}

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Self { entries: IndexMap::default(), last: 0 }
    }
}

impl<K: Hash + Eq, V> Recent<K, V> {
    /// Works with the value of a key; a new key gets a new value.
    pub(super) fn with<R>(
        &mut self,
        key: K,
        make: impl FnOnce() -> V,
        work: impl FnOnce(&mut V) -> R,
    ) -> R {
        if let Some((known, value)) = self.entries.get_index_mut(self.last)
            && *known == key
        {
            return work(value);
        }
        let entry = self.entries.entry(key);
        self.last = entry.index();
        work(entry.or_insert_with(make))
    }

    /// All entries, in the order of their first lookup.
    pub(super) fn into_entries(self) -> impl Iterator<Item = (K, V)> {
        self.entries.into_iter()
    }
}

/// Finds the day of a time in one zone and remembers the last one.
#[derive(Debug, Default)]
pub(super) struct Days {
    /// Start of the day, start of the next day, and the day.
    last: Option<(Timestamp, Timestamp, Date)>,
}

impl Days {
    /// The day of this time. Every call must use the same zone.
    pub(super) fn of(&mut self, time: Timestamp, zone: &TimeZone) -> Date {
        if let Some((start, end, day)) = self.last
            && start <= time
            && time < end
        {
            return day;
        }
        let zoned = time.to_zoned(zone.clone());
        let start = zoned.start_of_day();
        let end = zoned.tomorrow().and_then(|next| next.start_of_day());
        // At either end of the calendar there is no day before or after.
        self.last = start.ok().zip(end.ok()).map(|(start, end)| {
            let (start, end) = (start.timestamp(), end.timestamp());
            (start, end, zoned.date())
        });
        zoned.date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_own_value_whatever_came_last() {
        let mut map = Recent::default();
        for key in ["a", "a", "b", "a", "c", "c", "b"] {
            map.with(key, || 0, |count| *count += 1);
        }
        let entries: Vec<_> = map.into_entries().collect();
        assert_eq!(entries, [("a", 3), ("b", 2), ("c", 2)]);
    }

    #[test]
    fn the_day_is_that_of_the_zone_on_every_hour_of_a_year() {
        // Clocks change in the first; the second skipped a whole day in 2011.
        for (name, from) in [
            ("America/Santiago", "2026-01-01T00:00:00Z"),
            ("Pacific/Apia", "2011-06-01T00:00:00Z"),
            ("UTC", "2026-01-01T00:00:00Z"),
        ] {
            let zone = TimeZone::get(name).unwrap();
            let first: Timestamp = from.parse().unwrap();
            let mut days = Days::default();
            for hour in 0..366 * 24 {
                let time = first + jiff::SignedDuration::from_hours(hour);
                let day = time.to_zoned(zone.clone()).date();
                assert_eq!(days.of(time, &zone), day, "{name} {time}");
            }
            assert_eq!(
                days.of(Timestamp::MIN, &TimeZone::UTC),
                Timestamp::MIN.to_zoned(TimeZone::UTC).date()
            );
        }
    }
}
