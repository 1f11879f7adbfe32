//! Recognizes lines that say a plan's usage limit was reached.
//!
//! Newer versions record the limit in fields, older ones only in a sentence. A sentence counts only
//! on a line of a failed request; mentioning a limit is not enough.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::fields::{Envelope, Quota, Told};
use super::{SYNTHETIC, hit_of};
use crate::history::LimitHit;

/// True if a failed request's fields allow it to be about a limit.
pub(super) fn is_possible(envelope: &Envelope<'_>) -> bool {
    envelope.error.is("rate_limit") || (envelope.error.is_empty() && is_own_line(envelope))
}

fn is_own_line(envelope: &Envelope<'_>) -> bool {
    envelope.message.0.as_ref().is_some_and(|message| message.model.is(SYNTHETIC))
}

/// The limit hit on this line, if there is one.
pub(super) fn hit(
    envelope: &Envelope<'_>,
    line: &[u8],
    at: Timestamp,
    zones: fn(&str) -> Option<TimeZone>,
) -> Option<LimitHit> {
    if let Some(quota) = envelope.quota_limits.0.as_ref() {
        let mut hit = envelope.error.is("rate_limit").then(|| modern(quota, at)).flatten()?;
        if hit.resets_at.is_none() {
            // The sentence may contain what the fields lack.
            let text = sentence(line, is_about_limit);
            hit.resets_at = text.and_then(|text| reset(&text, at, zones));
        }
        return Some(hit);
    }
    // The servers were overloaded or the user was not signed in; neither is a plan limit.
    if matches!(envelope.api_error_status.known(), Some(401 | 529)) {
        return None;
    }
    // Without an error name only the sentences of 2025 count.
    let text = sentence(line, if envelope.error.is_empty() { is_old } else { is_about_limit })?;
    Some(hit_of(at, window(&text), reset(&text, at, zones)))
}

/// The first text of the message that matches, in lower case.
fn sentence(line: &[u8], is_one: fn(&str) -> bool) -> Option<String> {
    let told: Told<'_> = serde_json::from_slice(line).ok()?;
    let texts = told.message.0?.content.0;
    let mut texts = texts.iter().filter_map(|text| text.get()).map(str::to_ascii_lowercase);
    texts.find(|text| is_one(text))
}

fn modern(quota: &Quota<'_>, at: Timestamp) -> Option<LimitHit> {
    let is_hit = quota.status.is("rejected") && !quota.is_using_overage.0;
    let resets_at = quota.resets_at.known().and_then(second);
    is_hit.then(|| hit_of(at, quota.rate_limit_type.get(), resets_at))
}

/// True for the sentences of 2025, in lower case. A rate-limited API key also produces
/// `limit reached`, but without a plan limit or a reset.
fn is_old(text: &str) -> bool {
    let is_plan = ["usage limit reached", "hour limit reached", "weekly limit reached"]
        .iter()
        .any(|words| text.contains(words))
        || text.contains("limit reached") && text.contains("reset");
    is_plan && !text.trim_start().starts_with("api error")
}

/// True if a sentence, in lower case, says that a limit was reached.
fn is_about_limit(text: &str) -> bool {
    let openings = ["ve hit your ", "ve reached your ", "re out of "];
    is_old(text)
        || openings.iter().any(|opening| {
            text.split(opening).zip(text.split(opening).skip(1)).any(|(before, after)| {
                (before.ends_with("you'") || before.ends_with("you’")) && names_limit(after)
            })
        })
}

/// True if only words come before `limit` or `usage`.
fn names_limit(after: &str) -> bool {
    let is_named = |rest: &str| rest.starts_with("limit") || rest.starts_with("usage");
    let is_word = |letter: char| letter.is_alphanumeric() || "_ .'’-".contains(letter);
    let end = after.find(|letter| !is_word(letter)).unwrap_or(after.len());
    let words = after.get(..end).unwrap_or(after);
    is_named(words)
        || words.match_indices(' ').any(|(at, _)| words.get(at + 1..).is_some_and(is_named))
}

/// The limit that a sentence names, in the vocabulary of the fields.
fn window(text: &str) -> Option<&'static str> {
    let named = [
        ("weekly limit", "seven_day"),
        ("session limit", "five_hour"),
        ("5-hour limit", "five_hour"),
        ("opus limit", "seven_day_opus"),
        ("sonnet limit", "seven_day_sonnet"),
        ("out of extra usage", "overage"),
    ];
    let found = named.iter().find(|(words, _)| text.contains(words)).map(|(_, name)| *name);
    let is_fable = text.contains("fable") && text.contains(" limit");
    found.or_else(|| is_fable.then_some("seven_day_overage_included"))
}

/// The reset time in the sentence; `None` if it gives none with a time zone.
fn reset(text: &str, at: Timestamp, zones: fn(&str) -> Option<TimeZone>) -> Option<Timestamp> {
    if let Some((_, after)) = text.split_once('|') {
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        return after.get(..digits)?.parse().ok().and_then(second);
    }
    let (_, after) = text.split_once("resets ").or_else(|| text.split_once("reset at "))?;
    let (when, zone) = after.split_once('(')?;
    let zone = zones(zone.split_once(')')?.0)?;
    let now = at.to_zoned(zone.clone()).datetime();
    let when = when.trim();
    let next = if let Some((day, time)) = when.rsplit_once(", ") {
        dated(day, clock(time)?, now)?
    } else {
        let today = now.date().to_datetime(clock(when)?);
        if today < now { today.checked_add(1.day()).ok()? } else { today }
    };
    zone.to_ambiguous_zoned(next).compatible().ok().map(|zoned| zoned.timestamp())
}

/// A date such as `aug 1`: this year or, if that is past, next year.
fn dated(day: &str, time: Time, now: DateTime) -> Option<DateTime> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let (month, day) = day.split_once(' ')?;
    let month = MONTHS.iter().zip(1_i8..).find(|(name, _)| month.starts_with(*name))?.1;
    let in_year = |year| Some(Date::new(year, month, day.parse().ok()?).ok()?.to_datetime(time));
    match in_year(now.year()) {
        Some(when) if when >= now => Some(when),
        _ => in_year(now.year().checked_add(1)?),
    }
}

/// A time such as `3pm`, `2:40pm` or `14:40`.
fn clock(text: &str) -> Option<Time> {
    let text = text.trim();
    let (digits, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        _ => (text, None),
    };
    let digits = digits.trim();
    let (hour, minute) = digits.split_once(':').unwrap_or((digits, "0"));
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// A time in seconds since 1970.
fn second(seconds: u64) -> Option<Timestamp> {
    Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
}
