//! What a replay costs: a year of 500,000 responses on every plan at three capacities.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use planwise::catalog::Catalog;
use planwise::facts::Facts;
use planwise::fit::{
    Ask, Class, Event, Evidence, Fit, Held, Rules, Span, Trace, Yardstick, assumed_reset,
};
use rust_decimal::Decimal;

const RESPONSES: u64 = 500_000;

/// Numbers that are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

/// A year up to November 2026: sessions of up to three hours on most days, a dollar scale that
/// makes Pro refuse much of it and Max some.
fn year(cents: u64) -> Trace {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let start: Timestamp = "2025-11-20T00:00:00Z".parse().unwrap();
    let names: Vec<String> = (0..800).map(|number| format!("session-{number}")).collect();
    let projects: Vec<String> = (0..20).map(|number| format!("project-{number}")).collect();
    let events: Vec<Event<'_>> = (0..RESPONSES)
        .map(|_| {
            let day = i64::try_from(dice.roll(365)).unwrap();
            let hour = 8 + i64::try_from(dice.roll(3) * 4 + dice.roll(3)).unwrap();
            let second = i64::try_from(dice.roll(3_600_000)).unwrap();
            let session = usize::try_from(dice.roll(800)).unwrap();
            Event {
                at: start + (day * 24 + hour).hours() + second.milliseconds(),
                fresh: Decimal::new(i64::try_from(dice.roll(cents * 200)).unwrap(), 4),
                cache_reads: Decimal::new(i64::try_from(dice.roll(cents * 100)).unwrap(), 4),
                tokens: dice.roll(4_000),
                session: &names[session],
                project: &projects[session % 20],
                class: Class::new(false, dice.roll(50) == 0, true),
            }
        })
        .collect();
    Trace::of_events(&events)
}

fn ask() -> Ask<'static> {
    Ask {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        span: Span { zone: TimeZone::get("Europe/Madrid").unwrap(), since: None, until: None },
        reset: assumed_reset(),
        yardstick: Yardstick::ApiValue,
        rules: Rules::Dated,
        today: date(2026, 11, 22),
        evidence: Evidence {
            held: vec![Held { since: None, plan: "pro".to_owned() }],
            ..Evidence::default()
        },
        spend_cap: None,
        hour_value: None,
    }
}

fn replay(c: &mut Criterion) {
    let mut group = c.benchmark_group("fit");
    group.throughput(Throughput::Elements(RESPONSES)).sample_size(20);
    for (name, cents, cap) in [
        ("a light year on every plan at three capacities", 1, None),
        ("a heavy year on every plan at three capacities", 10, None),
        ("a heavy year with a spend cap", 10, Some(Decimal::ONE_HUNDRED)),
    ] {
        let trace = year(cents);
        let ask = Ask { spend_cap: cap, ..ask() };
        group.bench_function(name, |b| b.iter(|| Fit::new(black_box(&trace), black_box(&ask))));
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    replay(&mut criterion);
    criterion.final_summary();
}
