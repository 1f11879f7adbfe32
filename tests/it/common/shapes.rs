//! Histories of different shapes replayed against every plan, for screens that show the result.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use planwise::fit::{Class, Digest, Event, Evidence, Fit, Held, Trace};
use planwise::history::LimitHit;
use rust_decimal::Decimal;

use super::replayed::asked;

/// `count` requests of so many dollars, ten minutes apart, from a time on.
fn row(start: &str, count: i64, dollars: i64) -> Vec<(Timestamp, Decimal)> {
    let start: Timestamp = start.parse().unwrap();
    (0..count).map(|turn| (start + (turn * 10).minutes(), Decimal::from(dollars))).collect()
}

fn replayed(
    requests: &[(Timestamp, Decimal)],
    class: Class,
    hits: Vec<LimitHit>,
) -> Option<Digest> {
    let event = |(at, fresh): &(Timestamp, Decimal)| Event {
        at: *at,
        fresh: *fresh,
        cache_reads: Decimal::ZERO,
        tokens: 20_000,
        session: "s",
        project: "shop",
        class,
    };
    let events: Vec<Event<'_>> = requests.iter().map(event).collect();
    let held = Held { since: None, plan: "pro".to_owned() };
    let held = if hits.is_empty() { Vec::new() } else { vec![held] };
    let trace = Trace::of_events(&events).with_hits(hits);
    let ask = asked(Evidence { held, ..Evidence::default() });
    Digest::of(&Fit::new(&trace, &ask), &trace, &TimeZone::UTC)
}

const CODE: Class = Class::new(false, false, true);

/// Nothing at all.
pub(crate) fn empty() -> Option<Digest> {
    replayed(&[], CODE, Vec::new())
}

/// One response of a dollar.
pub(crate) fn one_response() -> Option<Digest> {
    replayed(&row("2026-11-20T09:00:00Z", 1, 1), CODE, Vec::new())
}

/// Two dollars a day in the app for a week: every plan but Free carries that.
pub(crate) fn fits_everything() -> Option<Digest> {
    let days: Vec<_> =
        (9..16).flat_map(|day| row(&format!("2026-11-{day:02}T09:00:00Z"), 2, 1)).collect();
    replayed(&days, Class::new(false, false, false), Vec::new())
}

/// Fast mode, which no plan includes.
pub(crate) fn fits_nothing() -> Option<Digest> {
    replayed(&row("2026-11-16T09:00:00Z", 12, 5), Class::new(true, false, true), Vec::new())
}

/// Six dollars a day on Pro, a limit hit at 11:00 each day, and then nothing.
pub(crate) fn hits_on_the_own_plan() -> Option<Digest> {
    let days: Vec<_> =
        (9..14).flat_map(|day| row(&format!("2026-11-{day:02}T09:00:00Z"), 6, 1)).collect();
    let hit = |day: u8| LimitHit {
        at: format!("2026-11-{day:02}T11:00:00Z").parse().unwrap(),
        window: Some("five_hour".to_owned()),
        resets_at: format!("2026-11-{day:02}T14:00:00Z").parse().ok(),
    };
    replayed(&days, CODE, (9..14).map(hit).collect())
}
