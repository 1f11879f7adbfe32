//! What a history gives the wizard: one month of use, and evidence for four of the questions.
//!
//! Only figures; the sentences about them are in [`crate::words`]. Everything is a function of the
//! history, the price list, the zone and the time, so the same logs always give the same result.

mod declared_plan;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize, Serializer};

pub use self::declared_plan::{Reading, Replay, Replays};
use crate::catalog::Catalog;
use crate::cost::Volume;
use crate::fit::Digest;
use crate::history::summary::{By, Query, Summary};
use crate::history::{Asker, Count, History, Login, Plan, Plausible, Response, Skip, Source};
#[cfg(test)]
use crate::number::json;
use crate::number::{MOST_TOKENS, Percent, amount, day as day_of, grouped, half_even, six_places};
use crate::question::{Automation, Interface, Limits, QuestionId, Rank, Session};
use crate::text::{clean, looks_like_key, quoted};

/// With fewer days than this the data answers no question.
pub const FEWEST_DAYS: u64 = 7;
/// From this median session length, in minutes, sessions count as moderate.
const MODERATE_MINUTES: u64 = 20;
/// From this unattended share of the output, in percent, some work counts as unattended.
const SOME_UNATTENDED: u128 = 5;
/// From this share, in percent, much of the work counts as unattended.
const HEAVY_UNATTENDED: u128 = 50;
/// Only the days with use among this many last calendar days are listed, to keep reports short.
pub const MOST_DAYS: i64 = 92;
/// At most this many doubts are listed.
const MOST_DOUBTS: usize = 20;

/// A month measured from real usage, with the evidence from the same data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    pub from: Date,
    pub to: Date,
    /// Calendar days from the first to the last, both included; at least 1.
    pub days: u64,
    /// Days from the first to the last use; at most [`Self::days`].
    pub days_of_use: u64,
    /// The time zone of these days, such as `Europe/Madrid`.
    pub zone: String,
    /// The sources of the data, each once.
    pub sources: Vec<Source>,
    pub responses: u64,
    /// Tokens scaled to a month, each 0 to 10^12.
    pub volume: Volume,
    pub cached: Cached,
    /// Id of the model with the highest value at API prices; `None` if no response has a price.
    pub model: Option<String>,
    /// API cost of all models together, USD a month, to six places; `None` if no response has a
    /// price. This is a value, not a bill.
    pub mix_usd: Option<Decimal>,
    /// Responses without a price; [`Self::mix_usd`] does not include them.
    pub unpriced: u64,
    /// Limit hits; `None` if the data does not show them.
    pub limits: Option<LimitsSeen>,
    /// Session lengths; `None` if the data does not show them.
    pub sessions: Option<SessionsSeen>,
    /// Unattended output as a part of the output whose asker is known; `None` if no asker is known.
    pub unattended: Option<Part>,
    /// Output requested by programs through the SDK or the API, as a part of all output.
    pub programs: Option<Part>,
    /// How Claude Code is signed in; `None` if unknown.
    pub login: Option<Login>,
    /// API value of each day with use among the last [`MOST_DAYS`], in order. Empty if a source has
    /// no single days.
    pub by_day: Vec<DayCost>,
    /// Reasons for caution about the figures, one sentence each, without file names.
    pub doubts: Vec<String>,
    /// The replay of the same data against the windows of every plan; `None` if there was none.
    pub fit: Option<Arc<Digest>>,
    /// One replay for each plan the person can say they had. Empty once the logs are no longer
    /// loaded.
    pub replays: Replays,
}

/// What one day of use would have cost on the API. On a flat plan it is no money that was spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DayCost {
    /// In the person's time zone.
    #[serde(deserialize_with = "day_of")]
    #[cfg_attr(test, schemars(with = "json::Day"))]
    pub day: Date,
    /// USD to six places, at that day's prices; null if nothing used that day has a price.
    #[serde(default, with = "amount::optional")]
    #[cfg_attr(test, schemars(with = "Option<json::Usd>"))]
    pub usd: Option<Decimal>,
    /// Responses without a price; they are not in 'usd'.
    #[serde(rename = "unpriced_responses")]
    pub unpriced: u64,
}

/// Cached shares of the input, in percent to four places; together at most 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cached {
    pub read: Percent,
    /// Written with the five-minute lifetime.
    pub write_5m: Percent,
    /// Written with the one-hour lifetime.
    pub write_1h: Percent,
}

/// Limit hits of a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LimitsSeen {
    /// How often a limit was reached.
    pub hits: u64,
    /// How many seven-day spans, counted from the first day, contain a hit.
    pub weeks: u64,
    /// The plan whose limits were hit; null if unknown.
    #[serde(default, serialize_with = "whose_or_null")]
    #[cfg_attr(test, schemars(with = "Option<Whose>"))]
    pub plan: Whose,
    /// Highest usage seen of any window, in percent; null if unknown.
    #[serde(default, with = "amount::optional")]
    #[cfg_attr(test, schemars(with = "Option<json::Amount>"))]
    pub peak_pct: Option<Decimal>,
}

/// The plan whose limits a history shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Whose {
    /// All of them Pro's.
    Pro,
    /// Another plan's, or several plans'.
    Other,
    #[default]
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(skip))]
    Unknown,
}

/// Files store an unknown plan as null.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives the field")]
fn whose_or_null<S: Serializer>(plan: &Whose, serializer: S) -> Result<S::Ok, S::Error> {
    match plan {
        Whose::Unknown => serializer.serialize_none(),
        known => known.serialize(serializer),
    }
}

/// Session lengths. A session is a run of responses without a gap of more than an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SessionsSeen {
    /// How many, at least 1.
    pub count: u64,
    /// Median length in minutes, to one place.
    #[serde(default, with = "amount")]
    #[cfg_attr(test, schemars(with = "json::Amount"))]
    pub median_minutes: Decimal,
    /// Sessions of three hours or more.
    pub marathons: u64,
}

/// A part of a whole, in tokens. The whole is never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Part {
    /// At most the whole.
    #[serde(rename = "output_tokens")]
    pub part: u64,
    /// The whole.
    #[serde(rename = "of")]
    pub whole: u64,
}

impl Part {
    /// Returns `None` if the whole is 0.
    pub fn new(part: u128, whole: u128) -> Option<Self> {
        let (mut part, mut whole) = (part.min(whole), whole);
        // Halve both until they fit; the share stays the same.
        while whole > u128::from(u64::MAX) {
            part /= 2;
            whole /= 2;
        }
        let part = Self { part: u64::try_from(part).ok()?, whole: u64::try_from(whole).ok()? };
        (part.whole > 0).then_some(part)
    }

    fn is_at_least(self, percent: u128) -> bool {
        u128::from(self.part) * 100 >= u128::from(self.whole) * percent
    }

    /// True if the part is more than half of the whole.
    pub fn is_most(self) -> bool {
        u128::from(self.part) * 2 > u128::from(self.whole)
    }

    /// The share in percent, to one place, rounded half to even.
    pub fn percent(self) -> Decimal {
        let share = Decimal::from(self.part) * Decimal::ONE_HUNDRED;
        rounded(share.checked_div(Decimal::from(self.whole)).unwrap_or_default(), 1)
    }
}

/// Why a history gives no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoMonth {
    /// It has no responses that count.
    Empty,
    /// It has billed amounts but no tokens.
    BillsOnly,
}

impl Measured {
    /// Sums up a history. `zone` sets the days, and `now` shows which times lie in the future.
    ///
    /// # Errors
    /// Returns an error if the history has no responses.
    pub fn new(
        history: &History,
        catalog: &Catalog,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<Self, NoMonth> {
        let query =
            Query { catalog, zone: zone.clone(), since: None, until: None, by: By::Day, now };
        // Leave out bills: their days would spread the tokens over too long a time.
        let has_bills = history.bills().next().is_some();
        let summary = if has_bills {
            Summary::new(&history.without_bills(), &query)
        } else {
            Summary::new(history, &query)
        };
        let coverage = &summary.coverage;
        let Some(period) = summary.period else {
            return Err(if has_bills { NoMonth::BillsOnly } else { NoMonth::Empty });
        };
        let day = |time: Timestamp| time.to_zoned(zone.clone()).date();
        let (from, to, days) = (period.first, period.last, period.days());
        let totals = &summary.totals;
        let input = [totals.cache_write_5m, totals.cache_write_1h, totals.cache_read]
            .into_iter()
            .fold(totals.input, u128::saturating_add);
        let plausible = Plausible::new(day(now), zone);
        let is_dated = |response: &&Response| plausible.takes(response.time, response.source);
        let output = Output::of(history.responses().filter(is_dated));
        let login = history.plans().last().map(|seen| seen.login);
        Ok(Self {
            from,
            to,
            days,
            days_of_use: period.days_of_use(),
            zone: zone_name(zone),
            sources: sources(history),
            responses: coverage.responses,
            volume: Volume { input: a_month(input, days), output: a_month(totals.output, days) },
            cached: Cached::of(
                [totals.cache_read, totals.cache_write_5m, totals.cache_write_1h],
                input,
            ),
            model: dearest(&summary),
            mix_usd: totals.usd.and_then(|usd| per_month_usd(usd, days)),
            unpriced: totals.unpriced_responses,
            limits: limits(history, &summary, from, to, &day),
            sessions: sessions(history, &summary),
            unattended: output.unattended(),
            programs: Part::new(output.programs, output.all),
            login,
            by_day: by_day(history, &summary, to),
            doubts: doubts(&summary),
            fit: None,
            replays: Replays::default(),
        })
    }

    /// True if the days of use are too few to answer a question from.
    pub const fn is_short(&self) -> bool {
        self.days_of_use < FEWEST_DAYS
    }

    /// True if the month exceeded the largest countable volume and was capped.
    pub const fn is_cut(&self) -> bool {
        self.volume.input >= MOST_TOKENS || self.volume.output >= MOST_TOKENS
    }

    /// The option the data suggests; `None` if there is no evidence or too little.
    pub fn suggests(&self, question: QuestionId) -> Option<Rank> {
        if self.is_short() {
            return None;
        }
        match question {
            QuestionId::Interface => self.interface().map(|option| option as Rank),
            QuestionId::Session => self.sessions.map(|seen| self.session(seen) as Rank),
            QuestionId::Limits => self.limits.map(|seen| self.limits_met(seen) as Rank),
            QuestionId::Automation => {
                let part = self.unattended.filter(|_| self.says_who_asked())?;
                Some(automation(part) as Rank)
            }
            _ => None,
        }
    }

    fn interface(&self) -> Option<Interface> {
        if self.programs.is_some_and(Part::is_most) {
            return Some(Interface::Code);
        }
        if !self.says_who_asked() {
            return None;
        }
        // Only plans have usage limits, so a hit shows a plan as well as a login does.
        let has_hits = self.limits.is_some_and(|seen| seen.hits > 0);
        let is_signed_in = self.login == Some(Login::Claude)
            || (has_hits && self.sources.contains(&Source::ClaudeCode));
        if is_signed_in {
            return Some(Interface::ClaudeCode);
        }
        self.sources.contains(&Source::ClaudeAi).then_some(Interface::Chat)
    }

    /// True if it is known who asked for at least half of the output. Old reports do not say how
    /// much that was.
    fn says_who_asked(&self) -> bool {
        let known = self.unattended.map_or(0, |part| u128::from(part.whole));
        self.programs.is_none_or(|part| known * 2 >= u128::from(part.whole))
    }

    fn session(&self, seen: SessionsSeen) -> Session {
        // At least one a week: marathons / (days / 7) >= 1.
        if u128::from(seen.marathons) * 7 >= u128::from(self.days) {
            Session::Marathon
        } else if seen.median_minutes >= Decimal::from(MODERATE_MINUTES) {
            Session::Moderate
        } else {
            Session::Short
        }
    }

    fn limits_met(&self, seen: LimitsSeen) -> Limits {
        // Half of the weeks: weeks / (days / 7) >= 1/2.
        match (seen.plan, seen.weeks) {
            (Whose::Other | Whose::Unknown, _) => Limits::Unknown,
            (Whose::Pro, 0) => Limits::Never,
            (Whose::Pro, weeks) if u128::from(weeks) * 14 >= u128::from(self.days) => Limits::Often,
            (Whose::Pro, _) => Limits::Sometimes,
        }
    }
}

fn automation(part: Part) -> Automation {
    if part.is_at_least(HEAVY_UNATTENDED) {
        Automation::Heavy
    } else if part.is_at_least(SOME_UNATTENDED) {
        Automation::Some
    } else {
        Automation::None
    }
}

impl Cached {
    /// The shares of the input for cache reads and both kinds of cache writes.
    fn of(parts: [u128; 3], input: u128) -> Self {
        let [read, short, long] = cache_shares(parts, input);
        Self { read, write_5m: short, write_1h: long }
    }
}

/// Parts of a sum in percent, to four places; together at most 100.
pub fn cache_shares(parts: [u128; 3], sum: u128) -> [Percent; 3] {
    // Count in units of the fourth place, so that the rounded parts never exceed 100%.
    const WHOLE: u128 = 1_000_000;
    let mut left = WHOLE;
    parts.map(|part| {
        let units = half_even(part.saturating_mul(WHOLE), sum).unwrap_or_default().min(left);
        left = left.saturating_sub(units);
        let share = Decimal::new(i64::try_from(units).unwrap_or_default(), 4);
        Percent::new(share, 100).unwrap_or_default()
    })
}

/// Output tokens by who asked.
#[derive(Default)]
struct Output {
    all: u128,
    /// Requested through the SDK or the API.
    programs: u128,
    /// From sources that say who asked.
    told: u128,
    /// Of `told`, the part that nobody typed for.
    alone: u128,
}

impl Output {
    fn of<'h>(responses: impl Iterator<Item = &'h Response>) -> Self {
        let mut sums = Self::default();
        for response in responses {
            let output = u128::from(response.tokens.output);
            let is_api = matches!(response.source, Source::ConsoleTokens | Source::AdminUsage);
            sums.all = sums.all.saturating_add(output);
            if is_api || response.asker == Asker::Program {
                sums.programs = sums.programs.saturating_add(output);
            }
            if response.asker != Asker::Unknown {
                sums.told = sums.told.saturating_add(output);
                if response.is_unattended() {
                    sums.alone = sums.alone.saturating_add(output);
                }
            }
        }
        sums
    }

    fn unattended(&self) -> Option<Part> {
        Part::new(self.alone, self.told)
    }
}

/// The sources of the data, each once.
fn sources(history: &History) -> Vec<Source> {
    let mut sources: Vec<Source> = history
        .responses()
        .map(|response| response.source)
        .chain(history.bills().map(|bill| bill.source))
        .chain(history.sources().keys().copied())
        .collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

/// Scales the tokens of some days to a month, at most 10^12.
fn a_month(tokens: u128, days: u64) -> u64 {
    per_month(tokens, days).unwrap_or(MOST_TOKENS)
}

/// Scales a sum over some days to a month: times (365/12) / days, rounded half to even.
///
/// Returns `None` if `days` is 0 or the result exceeds [`MOST_TOKENS`].
pub fn per_month(total: u128, days: u64) -> Option<u64> {
    let (year, months) = (total.checked_mul(365)?, u128::from(days).checked_mul(12)?);
    let month = u64::try_from(half_even(year, months)?).ok()?;
    (month <= MOST_TOKENS).then_some(month)
}

/// Scales dollars over some days to a month, rounded half to even to six places.
pub fn per_month_usd(total: Decimal, days: u64) -> Option<Decimal> {
    let year = total.checked_mul(Decimal::from(365))?;
    let months = Decimal::from(days).checked_mul(Decimal::from(12))?;
    Some(six_places(year.checked_div(months)?).normalize())
}

/// The API value of the last days with use.
fn by_day(history: &History, summary: &Summary, last: Date) -> Vec<DayCost> {
    let is_longer = |response: &Response| matches!(response.count, Count::Sum { days } if days > 1);
    if history.responses().any(is_longer) {
        // A weekly sum would look like one expensive day.
        return Vec::new();
    }
    let recent = |day: &Date| last.duration_since(*day).as_hours() / 24 < MOST_DAYS;
    summary
        .rows
        .iter()
        .filter_map(|(day, totals)| Some((day.parse::<Date>().ok()?, totals)))
        .filter(|(day, _)| recent(day))
        .map(|(day, totals)| DayCost {
            day,
            usd: totals.usd.map(|usd| six_places(usd).normalize()),
            unpriced: totals.unpriced_responses,
        })
        .collect()
}

/// Id of the model that would have cost the most on the API.
fn dearest(summary: &Summary) -> Option<String> {
    let mut value: BTreeMap<&str, Decimal> = BTreeMap::new();
    for model in summary.models.values() {
        if let (Some(id), Some(usd)) = (&model.catalog_id, model.totals.usd) {
            let sum = value.entry(id).or_default();
            *sum = sum.checked_add(usd).unwrap_or(Decimal::MAX);
        }
    }
    // If two have the same value, take the first by name, so the result does not depend on reading
    // order.
    let (id, _) = value.into_iter().rev().max_by_key(|(_, usd)| *usd)?;
    Some(id.to_owned())
}

fn limits(
    history: &History,
    summary: &Summary,
    from: Date,
    to: Date,
    day: &dyn Fn(Timestamp) -> Date,
) -> Option<LimitsSeen> {
    let hits = &summary.limit_hits;
    let tells = history.responses().any(|response| response.source == Source::ClaudeCode);
    if !tells && hits.is_empty() {
        return None;
    }
    let mut weeks: Vec<i64> = hits
        .iter()
        .map(|hit| {
            // A hit just outside the days with responses counts for the nearest of them.
            let day = day(hit.at).clamp(from, to);
            (day.duration_since(from).as_hours() / 24).div_euclid(7)
        })
        .collect();
    weeks.sort_unstable();
    weeks.dedup();
    let mut plans = history.plans().filter_map(|seen| seen.plan.as_ref());
    let plan = match plans.next() {
        None => Whose::Unknown,
        Some(Plan::Pro) if plans.all(|plan| *plan == Plan::Pro) => Whose::Pro,
        Some(_) => Whose::Other,
    };
    Some(LimitsSeen {
        hits: hits.len() as u64,
        weeks: weeks.len() as u64,
        plan,
        peak_pct: history.readings().map(|reading| rounded(reading.percent, 1)).max(),
    })
}

fn sessions(history: &History, summary: &Summary) -> Option<SessionsSeen> {
    // Sums have no session length.
    let tells = history
        .responses()
        .any(|response| !response.count.is_sum() && !response.session.is_empty());
    let median_minutes = summary.sessions.median_minutes.filter(|_| tells)?;
    let (count, marathons) = (summary.sessions.count, summary.sessions.marathons);
    Some(SessionsSeen { count, median_minutes, marathons })
}

/// The doubts of a summary and what was skipped, in a form fit for a report.
fn doubts(summary: &Summary) -> Vec<String> {
    let models: Vec<String> = summary.models.keys().map(|id| quoted(id)).collect();
    let left_out: Vec<String> = summary
        .coverage
        .skipped
        .iter()
        .filter(|(why, _)| !matches!(why, Skip::Synthetic | Skip::ApiError))
        .map(|(why, count)| format!("{} {}", grouped(*count), why.reason()))
        .collect();
    let left_out = (!left_out.is_empty()).then(|| format!("Left out: {}.", left_out.join(", ")));
    let all: Vec<String> =
        summary.doubts.iter().map(|doubt| discreet(doubt, &models)).chain(left_out).collect();
    let more = all.len().saturating_sub(MOST_DOUBTS);
    let mut kept: Vec<String> = all.into_iter().take(MOST_DOUBTS).collect();
    if more > 0 {
        kept.push(format!("And {more} more doubts, which 'planwise usage' names."));
    }
    kept
}

/// Removes file names and addresses, because reports get passed on. `models` are the quoted names
/// that may stay.
fn discreet(sentence: &str, models: &[String]) -> String {
    let sentence = clean(sentence);
    if looks_like_key(&sentence) {
        return "One doubt is left out: its text looks like an API key.".to_owned();
    }
    let mut out = String::with_capacity(sentence.len());
    let mut rest = sentence.as_ref();
    while let Some((before, quote, after)) = next_quote(rest) {
        out.push_str(before);
        if !models.iter().any(|model| model == quote) && names_a_place(quote) {
            out.push_str(if out.is_empty() { "A file" } else { "a file" });
        } else {
            out.push_str(quote);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Splits at the next quoted part: the text before it, the part with its quotes, and the text after
/// it. An apostrophe within a word does not open a quote.
fn next_quote(text: &str) -> Option<(&str, &str, &str)> {
    let is_edge = |letter: Option<char>| !letter.is_some_and(char::is_alphanumeric);
    let start = text
        .match_indices('\'')
        .map(|(at, _)| at)
        .find(|at| is_edge(text.get(..*at).and_then(|before| before.chars().next_back())))?;
    let (before, quote) = text.split_at_checked(start)?;
    let end = quote
        .match_indices('\'')
        .map(|(at, _)| at + 1)
        .skip(1)
        .find(|at| is_edge(quote.get(*at..).and_then(|after| after.chars().next())))?;
    let (quote, after) = quote.split_at_checked(end)?;
    Some((before, quote, after))
}

/// True if a quoted text looks like a path, a file or an address.
fn names_a_place(quote: &str) -> bool {
    const ENDINGS: [&str; 6] = ["jsonl", "json", "csv", "zip", "txt", "md"];
    let text = quote.trim_matches('\'');
    let ending = text.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    text.contains(['/', '\\', '@', '~'])
        || ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

fn rounded(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven).normalize()
}

fn zone_name(zone: &TimeZone) -> String {
    match zone.iana_name() {
        Some(name) => name.to_owned(),
        None if *zone == TimeZone::UTC => "UTC".to_owned(),
        None => {
            zone.to_fixed_offset().map_or_else(|_| "local time".to_owned(), |at| at.to_string())
        }
    }
}
