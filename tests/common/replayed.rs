//! Four weeks of work replayed against every plan, for tests that show what came of it.

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use planwise::catalog::Catalog;
use planwise::facts::Facts;
use planwise::fit::{
    Ask, Class, Digest, Event, Evidence, Fit, Held, Rules, Span, Trace, Yardstick, assumed_reset,
};
use planwise::words;
use rust_decimal::Decimal;

/// A dollar every quarter of an hour: on Mondays from 9 to 17 o'clock, else from 9 to 10.
fn four_weeks() -> Vec<(Timestamp, Decimal)> {
    let first = date(2026, 10, 26).at(9, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
    let mut events = Vec::new();
    for day in 0..28_i64 {
        let turns = match day % 7 {
            0 => 32,
            1..=4 => 4,
            _ => 0,
        };
        for turn in 0..turns {
            let at = first.checked_add(day.days().minutes(turn * 15)).unwrap();
            events.push((at.timestamp(), Decimal::ONE));
        }
    }
    events
}

/// What a replay of these weeks says to somebody on Pro.
pub(crate) fn digest() -> Digest {
    let times = four_weeks();
    let events: Vec<Event<'_>> = times
        .iter()
        .map(|(at, fresh)| Event {
            at: *at,
            fresh: *fresh,
            cache_reads: Decimal::ONE,
            tokens: 20_000,
            session: "s",
            project: "shop",
            class: Class::new(false, false, true),
        })
        .collect();
    // Only since the end: what came before shows nothing of what Pro holds.
    let held = Held { since: times.last().map(|(at, _)| *at), plan: "pro".to_owned() };
    digest_of(&Trace::of_events(&events), vec![held]).unwrap()
}

/// What a replay of anything says on the day of the tests to somebody who had these plans.
pub(crate) fn digest_of(trace: &Trace, held: Vec<Held>) -> Option<Digest> {
    let zone = TimeZone::UTC;
    let ask = Ask {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        span: Span { zone: zone.clone(), since: None, until: None },
        reset: assumed_reset(),
        yardstick: Yardstick::default(),
        rules: Rules::default(),
        today: date(2026, 11, 22),
        evidence: Evidence { held, readings: Vec::new() },
        spend_cap: None,
        hour_value: None,
    };
    words::fit::digest(&Fit::new(trace, &ask), trace, &zone)
}
