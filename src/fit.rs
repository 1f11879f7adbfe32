//! Would this plan have covered your usage? Replays a history against the windows of every plan.
//!
//! Plans limit usage by five-hour windows and by weeks, so two people with the same monthly total
//! can fare differently. The rules of the replay:
//!
//! - A **five-hour window** opens with the first request at or after the end of the previous one,
//!   and ends five hours later. A request opens one whether or not it is covered, so the windows
//!   are the same for every plan and capacity.
//! - A **week** begins at a fixed reset ([`WeekReset`]). Weeks and five-hour windows run side by
//!   side.
//! - A request is **carried** if no window is used up when it starts, even if it exceeds what is
//!   left. Otherwise it is **refused** and uses no part of any window. Everything after it is
//!   refused too, until the reset. A window is **hit** when it refuses a request, not when it is
//!   merely full.
//! - A request **outside** the plan is in no window: Fable models where they cost credits, fast
//!   mode on every plan, Claude Code on the Free plan.
//! - **Waiting**: refused and outside requests are blocked. Blocked hours run from a window's first
//!   refused request to its reset, nights included, but not beyond the last day that counts. Time
//!   blocked by two windows counts once. Fable's own part of the week and outside requests block no
//!   hours, because other work continues.
//! - **Paying**: refused and outside requests are paid for at API prices as usage credits. The
//!   first request that would exceed a cap ends paying until the end of the month (for the daily
//!   limit, of the day). It and all refused requests after it are blocked, so a cap is never
//!   exceeded. If only some days of a month count, the cap is reduced in proportion.
//! - **Limit hits of the history** are facts, whatever the replay shows: the plan they happened on
//!   did not cover everything, and a smaller plan would not have either. Someone who waits after a
//!   hit leaves no requests behind. So the hours to its reset are added as an upper bound, and the
//!   cost of paying is unknown.
//! - **Dated rules** apply on their days: a request is judged by what its window holds that day,
//!   and an increase frees a window that was used up.
//!
//! Everything is counted in whole numbers of 10^-12 dollars. The replay uses no file, clock or
//! terminal; it is one pure function.

mod amount;
mod ask;
mod capacity;
mod compare;
mod coverage;
mod digest;
mod finding;
mod grid;
mod outcome;
mod pay;
mod reasons;
mod replay;
mod result;
mod rules;
pub mod simulate;
mod solve;
mod terms;
mod trace;
mod verdict;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

pub use self::ask::Ask;
pub use self::capacity::{Capacity, Conflict, Evidence, Held, HitUse, Origin, Reading};
pub use self::coverage::{Coverage, LeftOut};
pub use self::digest::{
    Account, DayMarks, Digest, LevelDigest, Mark, Part, PlanDigest, Sentences, WeekAmounts,
    WeekDigest, hours_of, worst_week,
};
pub(crate) use self::finding::{
    Blocking, ByYardstick, Finding, HitHours, Rest, Shortfall, Smallest, Undone, Way,
};
pub use self::grid::WeekReset;
pub use self::outcome::{
    Bill, Blocks, Bound, DayOutcome, Outcome, Tally, ToldHit, Uncounted, WeekOutcome, WindowHit,
};
pub use self::pay::MonthBill;
#[cfg(test)]
pub(crate) use self::reasons::Holding;
pub use self::reasons::Reasons;
pub(crate) use self::reasons::{Assumption, Caveat, Holds, WeekStart};
pub use self::result::{BreakEven, Choice, Fit, OtherYardstick, PlanFit, Policy};
pub use self::terms::{API, Level, NAMEABLE, Range, Rules, Window, Yardstick};
pub use self::trace::{Class, Event, Request, Span, Trace};
pub use self::verdict::Verdict;

/// The default reset: Monday at midnight.
pub fn assumed_reset() -> WeekReset {
    WeekReset::Wall {
        weekday: jiff::civil::Weekday::Monday,
        time: jiff::civil::Time::midnight(),
        is_set: false,
    }
}

/// The Monday on or before a day, where a calendar row begins.
pub fn monday_of(day: Date) -> Date {
    let back = i64::from(jiff::civil::Weekday::Monday.until(day.weekday()));
    day.checked_sub(back.days()).unwrap_or(day)
}

pub fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned(zone.clone()).date()
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
