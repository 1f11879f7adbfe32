//! Logs that tell of limit hits but name no plan, still at hand: it can be said which plan it was.

use jiff::{Timestamp, ToSpan as _};
use planwise::fit::Evidence;
use planwise::history::LimitHit;
use planwise::measured::{LimitsSeen, Measured, Replay, Whose};

use super::replayed::replay;

/// This month with a hit on each of four Mondays, replayed for each plan that it may have been.
pub(crate) fn unnamed(mut measured: Measured) -> Measured {
    let monday = "2026-10-26T17:05:00Z".parse::<Timestamp>().unwrap();
    let hits = (0..4_i64).map(|week| {
        let at = monday.checked_add((week * 7 * 24).hours()).unwrap();
        let resets_at = at.checked_add(2.hours()).ok();
        LimitHit { at, window: Some("five_hour".to_owned()), resets_at }
    });
    let made =
        replay(hits.collect(), Evidence::default(), |trace, ask| Replay::each(trace, ask, || true));
    measured.limits = Some(LimitsSeen { hits: 4, weeks: 4, plan: Whose::Unknown, peak_pct: None });
    measured.with_replays(made)
}
