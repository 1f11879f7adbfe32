//! What a history says for the wizard: the month it makes, and evidence for four of the questions.
//!
//! Figures only; the sentences about them are [`crate::words`]. Everything is a function of the
//! history, the price list, the zone and the time, so that the same logs always say the same.

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
use crate::history::{Asker, Count, History, Login, Plan, Response, Skip, Source};
use crate::number::{MOST_TOKENS, Percent, amount, day as day_of, grouped, half_even, six_places};
use crate::question::{Automation, Interface, Limits, QuestionId, Rank, Session};
use crate::text::{clean, looks_like_key, quoted};

/// Fewer days than this say too little about a week to answer a question.
pub const FEWEST_DAYS: u64 = 7;
/// The shortest median of the sessions, in minutes, that counts as moderate.
const MODERATE_MINUTES: u64 = 20;
/// Unattended share of the output, in percent, from which on some work runs by itself.
const SOME_UNATTENDED: u128 = 5;
/// The same from which on much of it does.
const HEAVY_UNATTENDED: u128 = 50;
/// At most so many of the last calendar days are kept one by one: a quarter of a year, so that a
/// report stays a report.
pub const MOST_DAYS: i64 = 92;
/// At most this many doubts are kept one by one.
const MOST_DOUBTS: usize = 20;

/// A month measured from real usage, and what else the same data tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The first day with a response.
    pub from: Date,
    /// The last day with a response.
    pub to: Date,
    /// Calendar days from the first to the last, both counted; at least 1.
    pub days: u64,
    /// The zone whose days these are, such as `Europe/Madrid`.
    pub zone: String,
    /// What was read, each kind once.
    pub sources: Vec<Source>,
    /// Responses that were counted.
    pub responses: u64,
    /// The tokens scaled to a month, each 0 to 10^12.
    pub volume: Volume,
    /// Shares of the input that were cached.
    pub cached: Cached,
    /// The model with the most value at API prices, by its id in the price list; `None` when no
    /// response has a price.
    pub model: Option<String>,
    /// What all models together would cost on the API for a month, USD, to six places; `None` when
    /// no response has a price. It is a value, not a bill.
    pub mix_usd: Option<Decimal>,
    /// Responses without a price, which [`Self::mix_usd`] leaves out.
    pub unpriced: u64,
    /// Limits that were reached; `None` where the data cannot tell.
    pub limits: Option<LimitsSeen>,
    /// How long sessions were; `None` where the data cannot tell.
    pub sessions: Option<SessionsSeen>,
    /// Output that nobody typed for, of the output for which that is known; `None` where the data
    /// cannot tell.
    pub unattended: Option<Part>,
    /// Output that programs asked for through the SDK or the API, of all output.
    pub programs: Option<Part>,
    /// How Claude Code is signed in; `None` when unknown.
    pub login: Option<Login>,
    /// What the use of each day would have cost on the API, in order of the days: those with use of
    /// the last [`MOST_DAYS`]. Empty where a source has no single days.
    pub by_day: Vec<DayCost>,
    /// Reasons to trust the figures less, one sentence each, without names of files.
    pub doubts: Vec<String>,
    /// What a replay of the same data against the windows of every plan said; `None` where there
    /// was none.
    pub fit: Option<Arc<Digest>>,
    /// What it says for each plan that the person may say they had, as long as that is at hand.
    pub replays: Replays,
}

/// What the use of one day would have cost on the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCost {
    /// The day, in the person's time zone.
    #[serde(deserialize_with = "day_of")]
    pub day: Date,
    /// USD to six places, at the prices of the day; `None` where nothing that was used has a price.
    #[serde(default, with = "amount::optional")]
    pub usd: Option<Decimal>,
    /// Responses without a price, which `usd` leaves out.
    #[serde(rename = "unpriced_responses")]
    pub unpriced: u64,
}

/// Shares of the input, in percent with at most four places, together at most 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cached {
    /// Read from the cache.
    pub read: Percent,
    /// Written to it for five minutes.
    pub write_5m: Percent,
    /// Written to it for one hour.
    pub write_1h: Percent,
}

/// Limits that were reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitsSeen {
    /// How often.
    pub hits: u64,
    /// In how many of the spans of seven days since the first day.
    pub weeks: u64,
    /// Whose limits they were.
    #[serde(default, serialize_with = "whose_or_null")]
    pub plan: Whose,
    /// How full the fullest window was seen, in percent; `None` when unknown.
    #[serde(default, with = "amount::optional")]
    pub peak_pct: Option<Decimal>,
}

/// Whose limits a history tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Those of Pro, throughout.
    Pro,
    /// Those of another plan, or of several.
    Other,
    /// The plan is not known.
    #[default]
    #[serde(skip_deserializing)]
    Unknown,
}

/// In files a plan that is not known is null.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives the field")]
fn whose_or_null<S: Serializer>(plan: &Whose, serializer: S) -> Result<S::Ok, S::Error> {
    match plan {
        Whose::Unknown => serializer.serialize_none(),
        known => known.serialize(serializer),
    }
}

/// How long sessions were. A session is a run of responses without a gap of more than an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionsSeen {
    /// How many, at least 1.
    pub count: u64,
    /// The median of their lengths in minutes, to one place.
    #[serde(default, with = "amount")]
    pub median_minutes: Decimal,
    /// How many lasted three hours or more.
    pub marathons: u64,
}

/// A part of a whole, in tokens. The whole is never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The part, at most the whole.
    #[serde(rename = "output_tokens")]
    pub part: u64,
    /// The whole.
    #[serde(rename = "of")]
    pub whole: u64,
}

impl Part {
    /// A part of a whole; `None` where there is no whole.
    pub fn new(part: u128, whole: u128) -> Option<Self> {
        let (mut part, mut whole) = (part.min(whole), whole);
        // The share stays where the counts would not fit.
        while whole > u128::from(u64::MAX) {
            part /= 2;
            whole /= 2;
        }
        let part = Self { part: u64::try_from(part).ok()?, whole: u64::try_from(whole).ok()? };
        (part.whole > 0).then_some(part)
    }

    /// Whether it is at least this many percent.
    fn is_at_least(self, percent: u128) -> bool {
        u128::from(self.part) * 100 >= u128::from(self.whole) * percent
    }

    /// Whether it is more than half.
    pub fn is_most(self) -> bool {
        u128::from(self.part) * 2 > u128::from(self.whole)
    }

    /// In percent, rounded half to even to one place.
    pub fn percent(self) -> Decimal {
        let share = Decimal::from(self.part) * Decimal::ONE_HUNDRED;
        rounded(share.checked_div(Decimal::from(self.whole)).unwrap_or_default(), 1)
    }
}

/// Why a history makes no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoMonth {
    /// It holds nothing that counts.
    Empty,
    /// It holds billed amounts but no tokens.
    BillsOnly,
}

impl Measured {
    /// Sums a history up. `zone` says whose days count, `now` which times are still to come.
    ///
    /// # Errors
    /// Where no response was read.
    pub fn new(
        history: &History,
        catalog: &Catalog,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<Self, NoMonth> {
        let query =
            Query { catalog, zone: zone.clone(), since: None, until: None, by: By::Day, now };
        // The days of a bill without tokens must not make a month of tokens smaller.
        let has_bills = history.bills().next().is_some();
        let summary = if has_bills {
            Summary::new(&history.without_bills(), &query)
        } else {
            Summary::new(history, &query)
        };
        let coverage = &summary.coverage;
        let (Some(first), Some(last)) = (coverage.from, coverage.to) else {
            return Err(if has_bills { NoMonth::BillsOnly } else { NoMonth::Empty });
        };
        let day = |time: Timestamp| time.to_zoned(zone.clone()).date();
        let (from, to, days) = (day(first), day(last), coverage.days.max(1));
        let totals = &summary.totals;
        let input = [totals.cache_write_5m, totals.cache_write_1h, totals.cache_read]
            .into_iter()
            .fold(totals.input, u128::saturating_add);
        let output = Output::of(history);
        let login = history.plans().last().map(|seen| seen.login);
        Ok(Self {
            from,
            to,
            days,
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

    /// Whether the days are too few to answer a question from them.
    pub const fn is_short(&self) -> bool {
        self.days < FEWEST_DAYS
    }

    /// Whether the month holds more tokens than can be counted with, so that it was cut.
    pub const fn is_cut(&self) -> bool {
        self.volume.input >= MOST_TOKENS || self.volume.output >= MOST_TOKENS
    }

    /// The option that the data speaks for; `None` where it says nothing, or too little.
    pub fn suggests(&self, question: QuestionId) -> Option<Rank> {
        if self.is_short() {
            return None;
        }
        match question {
            QuestionId::Interface => self.interface().map(|option| option as Rank),
            QuestionId::Session => self.sessions.map(|seen| self.session(seen) as Rank),
            QuestionId::Limits => self.limits.map(|seen| self.limits_met(seen) as Rank),
            QuestionId::Automation => self.unattended.map(|part| automation(part) as Rank),
            _ => None,
        }
    }

    fn interface(&self) -> Option<Interface> {
        if self.programs.is_some_and(Part::is_most) {
            return Some(Interface::Code);
        }
        let is_app = self.login == Some(Login::Claude) || self.sources.contains(&Source::ClaudeAi);
        is_app.then_some(Interface::Chat)
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
    /// The shares that reads and both kinds of writes are of the input.
    fn of(parts: [u128; 3], input: u128) -> Self {
        let [read, short, long] = cache_shares(parts, input);
        Self { read, write_5m: short, write_1h: long }
    }
}

/// Parts of a sum in percent, to four places; together at most 100.
pub fn cache_shares(parts: [u128; 3], sum: u128) -> [Percent; 3] {
    // In units of the fourth place, so that the rounded ones can be held to 100 % together.
    const WHOLE: u128 = 1_000_000;
    let mut left = WHOLE;
    parts.map(|part| {
        let units = half_even(part.saturating_mul(WHOLE), sum).unwrap_or_default().min(left);
        left = left.saturating_sub(units);
        let share = Decimal::new(i64::try_from(units).unwrap_or_default(), 4);
        Percent::new(share, 100).unwrap_or_default()
    })
}

/// Output tokens by who asked for them.
#[derive(Default)]
struct Output {
    all: u128,
    /// Through the SDK or the API.
    programs: u128,
    /// Of sources that tell who asked.
    told: u128,
    /// Of these without anybody typing.
    alone: u128,
}

impl Output {
    fn of(history: &History) -> Self {
        let mut sums = Self::default();
        for response in history.responses() {
            let output = u128::from(response.tokens.output);
            let is_told = matches!(response.source, Source::ClaudeCode | Source::ClaudeAi);
            let is_api = matches!(response.source, Source::ConsoleTokens | Source::AdminUsage);
            sums.all = sums.all.saturating_add(output);
            if is_api || is_told && response.asker == Asker::Program {
                sums.programs = sums.programs.saturating_add(output);
            }
            if is_told {
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

/// What was read, each kind once.
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

/// Tokens of so many days as tokens a month, at most 10^12.
fn a_month(tokens: u128, days: u64) -> u64 {
    per_month(tokens, days).unwrap_or(MOST_TOKENS)
}

/// A sum over some days as a sum a month: times (365/12) / days, rounded half to even.
///
/// `None` without any day, and above [`MOST_TOKENS`] a month.
pub fn per_month(total: u128, days: u64) -> Option<u64> {
    let (year, months) = (total.checked_mul(365)?, u128::from(days).checked_mul(12)?);
    let month = u64::try_from(half_even(year, months)?).ok()?;
    (month <= MOST_TOKENS).then_some(month)
}

/// Dollars over some days as dollars a month, rounded half to even to six places.
pub fn per_month_usd(total: Decimal, days: u64) -> Option<Decimal> {
    let year = total.checked_mul(Decimal::from(365))?;
    let months = Decimal::from(days).checked_mul(Decimal::from(12))?;
    Some(six_places(year.checked_div(months)?).normalize())
}

/// The last days of a summary by days.
fn by_day(history: &History, summary: &Summary, last: Date) -> Vec<DayCost> {
    let is_longer = |response: &Response| matches!(response.count, Count::Sum { days } if days > 1);
    if history.responses().any(is_longer) {
        // A sum over a week would look like one dear day.
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

/// The model that would have cost the most on the API, by its id in the price list.
fn dearest(summary: &Summary) -> Option<String> {
    let mut value: BTreeMap<&str, Decimal> = BTreeMap::new();
    for model in summary.models.values() {
        if let (Some(id), Some(usd)) = (&model.catalog_id, model.totals.usd) {
            let sum = value.entry(id).or_default();
            *sum = sum.checked_add(usd).unwrap_or(Decimal::MAX);
        }
    }
    // Of two with the same value the first by name, so that no order of reading shows.
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
            // A hit just outside of the days with responses belongs to the nearest of them.
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
    // A sum over a day has no length.
    let tells = history
        .responses()
        .any(|response| !response.count.is_sum() && !response.session.is_empty());
    let median_minutes = summary.sessions.median_minutes.filter(|_| tells)?;
    let (count, marathons) = (summary.sessions.count, summary.sessions.marathons);
    Some(SessionsSeen { count, median_minutes, marathons })
}

/// The doubts of a summary, and what was left out, fit for a report.
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

/// A sentence without names of files and addresses: a report may be sent on. `models` are the
/// quoted names that may stay.
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

/// The text before the next quoted part, the part with its quotes, and the text behind it. An
/// apostrophe within a word begins none.
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

/// Whether a quoted text looks like a path, a file or an address.
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
