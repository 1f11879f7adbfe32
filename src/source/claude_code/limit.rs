//! Recognizes lines that say a plan's usage limit was reached.
//!
//! Newer versions record the limit in fields, older ones only in a sentence. A sentence counts only
//! on a line of a failed request; mentioning a limit is not enough.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::fields::{Envelope, Quota, Told};
use super::{SYNTHETIC, hit_of};
use crate::history::{LimitHit, MONTHLY_SPEND, OVERAGE};

/// How sentences name a limit, in lower case, with the vendor's word for it in the fields. The first
/// that matches counts. Behind each: the versions of Claude Code it was seen in, and where, as issues
/// of anthropics/claude-code unless another place is named.
///
/// Sentences that name no limit are not listed: `Claude AI usage limit reached|1760004000` (to 2.0.1:
/// 8835), `Claude usage limit reached. Your limit will reset at 12am.` (2025-07:
/// aniketkarne/CCAutoRenew 3), `You've hit your limit · resets Feb 16, 11am` (2.1.4 to 2.1.123: 19472,
/// 25583, 54698).
const NAMED: [(&str, &str); 20] = [
    ("monthly spend limit", MONTHLY_SPEND), // 2.1.175 to 2.1.245: 67939, 79167; "your org's": 89615
    ("monthly usage limit", MONTHLY_SPEND), // 2.1.119, "your org's": 52679, 52908
    ("spending cap reached", MONTHLY_SPEND), // 2.0.32: 14470
    ("out of extra usage", OVERAGE),        // 2.1.23 to 2.1.123: 22603, 42654, 55114
    ("out of usage credits", OVERAGE),      // 2.1.220: session logs in public repositories
    ("opus weekly limit", "seven_day_opus"), // 2.0.x: 9040, 10333
    ("weekly opus limit", "seven_day_opus"),
    ("opus limit", "seven_day_opus"), // 2.0.10: 9110; 2026-08: 12487
    ("sonnet weekly limit", "seven_day_sonnet"),
    ("weekly sonnet limit", "seven_day_sonnet"),
    ("sonnet limit", "seven_day_sonnet"),
    ("fable weekly limit", FABLE),
    ("weekly fable limit", FABLE),
    ("fable limit", FABLE),
    ("fable 5 limit", FABLE), // 2026: session logs in public repositories
    ("weekly limit", "seven_day"), // 2.0.55: 12686; 2.1.163: 65802; 2.1.263: 92834
    ("session limit", "five_hour"), // 2.1.185 to 2.1.215: 69995, 74079, 79136
    ("5-hour limit", "five_hour"), // 2025, early 2026
    ("five-hour limit", "five_hour"),
    ("hour limit", "five_hour"),
];
const FABLE: &str = "seven_day_overage_included";

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
    let is_plan = text.contains("limit reached")
        && (text.contains("usage limit") || text.contains("reset") || window(text).is_some());
    (is_plan || text.contains("spending cap reached"))
        && !text.trim_start().starts_with("api error")
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

/// The limit that a sentence names, in the vocabulary of the fields. What follows the first dot may
/// name another one: `You've hit your monthly spend limit · your session limit resets 2pm`.
fn window(text: &str) -> Option<&'static str> {
    let head = text.split(['·', '∙', '•']).next().unwrap_or(text);
    if let Some((_, name)) = NAMED.iter().find(|(words, _)| head.contains(words)) {
        return Some(name);
    }
    // Later models of the family.
    (head.contains("fable ") && head.contains(" limit")).then_some(FABLE)
}

/// The reset time in the sentence; `None` if it gives none with a time zone.
fn reset(text: &str, at: Timestamp, zones: fn(&str) -> Option<TimeZone>) -> Option<Timestamp> {
    if let Some((_, after)) = text.split_once('|') {
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        return after.get(..digits)?.parse().ok().and_then(second);
    }
    let (before, after) = text.split_once("resets ").or_else(|| text.split_once("reset at "))?;
    // The session's reset lifts no other limit.
    if before.trim_end().ends_with("session limit") && window(text) != Some("five_hour") {
        return None;
    }
    let (when, zone) = after.split_once('(')?;
    let zone = zones(zone.split_once(')')?.0)?;
    let now = at.to_zoned(zone.clone()).datetime();
    let when = when.trim().replace(" at ", ", ");
    let next = if let Some((day, time)) = when.rsplit_once(", ") {
        dated(day, clock(time)?, now)?
    } else {
        let today = now.date().to_datetime(clock(&when)?);
        if today < now { today.checked_add(1.day()).ok()? } else { today }
    };
    zone.to_ambiguous_zoned(next).compatible().ok().map(|zoned| zoned.timestamp())
}

/// A date such as `aug 1` or `jan 2, 2027`. Without a year it is in this one or, if that is past, in
/// the next one.
fn dated(day: &str, time: Time, now: DateTime) -> Option<DateTime> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let (day, year) = match day.split_once(", ") {
        Some((day, year)) => (day, Some(year.parse::<i16>().ok()?)),
        None => (day, None),
    };
    let (month, day) = day.split_once(' ')?;
    let month = MONTHS.iter().zip(1_i8..).find(|(name, _)| month.starts_with(*name))?.1;
    let in_year = |year| Some(Date::new(year, month, day.parse().ok()?).ok()?.to_datetime(time));
    match year.map_or_else(|| in_year(now.year()), in_year) {
        Some(when) if year.is_some() || when >= now => Some(when),
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
