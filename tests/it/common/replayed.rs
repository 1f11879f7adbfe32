//! Four weeks of work replayed against every plan, for tests that show the result.

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use planwise::catalog::Catalog;
use planwise::facts::Facts;
use planwise::fit::{
    Ask, Class, Digest, Event, Evidence, Fit, Held, Rules, Span, Trace, Yardstick, assumed_reset,
};
use planwise::history::LimitHit;
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
    // Only since the end: what came before shows nothing of what Pro holds.
    let since = four_weeks().last().map(|(at, _)| *at);
    let evidence =
        Evidence { held: vec![Held { since, plan: "pro".to_owned() }], ..Evidence::default() };
    replay(Vec::new(), evidence, |trace, ask| {
        Digest::of(&Fit::new(trace, ask), trace, &TimeZone::UTC).unwrap()
    })
}

/// Replays these weeks, with limit hits, and lets `say` tell the result.
pub(crate) fn replay<T>(
    hits: Vec<LimitHit>,
    evidence: Evidence,
    say: impl FnOnce(&Trace, &Ask<'_>) -> T,
) -> T {
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
    let trace = Trace::of_events(&events).with_hits(hits);
    say(&trace, &asked(evidence))
}

/// What a replay is asked on the day of the tests.
pub(crate) fn asked(evidence: Evidence) -> Ask<'static> {
    Ask {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        span: Span { zone: TimeZone::UTC, since: None, until: None },
        reset: assumed_reset(),
        yardstick: Yardstick::default(),
        rules: Rules::default(),
        today: date(2026, 11, 22),
        evidence,
        spend_cap: None,
        hour_value: None,
    }
}
