//! A history in figures: totals, rows, sessions, limit hits, and how far to trust them.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rust_decimal::prelude::FromPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{History, LimitHit, Response, Skip, api_equivalent};
use crate::catalog::Catalog;
use crate::number::grouped;
use crate::text::quoted;

/// A longer gap between two responses of one session id parts two sessions.
const LONGEST_GAP: SignedDuration = SignedDuration::from_mins(60);
/// A session from this length on is a marathon.
const MARATHON: SignedDuration = SignedDuration::from_mins(180);
/// Claude Code deletes logs after this many days, unless told otherwise.
const KEPT_DAYS: u64 = 30;

/// What a row of the summary stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A calendar day, such as `2026-11-20`.
    Day,
    /// An ISO week, such as `2026-W47`.
    Week,
    /// A calendar month, such as `2026-11`.
    Month,
    /// A model, as the source spells it.
    Model,
    /// A project, by the name of its folder.
    Project,
    /// A session, by its id.
    Session,
}

/// What to sum up, and with which day and prices.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    /// The prices.
    pub catalog: &'a Catalog,
    /// The zone whose days count.
    pub zone: TimeZone,
    /// The first day that counts.
    pub since: Option<Date>,
    /// The last day that counts.
    pub until: Option<Date>,
    /// What the rows stand for.
    pub by: By,
    /// The time now, to doubt times that are still to come.
    pub now: Timestamp,
}

impl Query<'_> {
    fn day(&self, time: Timestamp) -> Date {
        time.to_zoned(self.zone.clone()).date()
    }

    fn takes(&self, time: Timestamp) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let day = self.day(time);
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }

    fn key(&self, response: &Response) -> String {
        let day = || self.day(response.time);
        match self.by {
            By::Day => day().to_string(),
            By::Week => {
                let week = day().iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            By::Month => format!("{:04}-{:02}", day().year(), day().month()),
            By::Model => response.model.to_string(),
            By::Project => response.project.to_string(),
            By::Session => response.session.to_string(),
        }
    }
}

/// Sums over responses. Tokens are exact; they may exceed 64 bits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Uncached input tokens.
    pub input: u128,
    /// Output tokens.
    pub output: u128,
    /// Tokens written to the cache for five minutes.
    pub cache_write_5m: u128,
    /// Tokens written to the cache for one hour.
    pub cache_write_1h: u128,
    /// Tokens read from the cache.
    pub cache_read: u128,
    /// Web searches.
    pub web_searches: u128,
    /// What the priced responses would have cost on the API; `None` when none has a price.
    pub usd: Option<Decimal>,
    /// Responses without a price.
    pub unpriced_responses: u64,
    /// Responses.
    pub responses: u64,
}

impl Totals {
    fn add(&mut self, response: &Response, usd: Option<Decimal>) {
        let tokens = response.tokens;
        for (sum, count) in [
            (&mut self.input, tokens.input),
            (&mut self.output, tokens.output),
            (&mut self.cache_write_5m, tokens.cache_write_5m),
            (&mut self.cache_write_1h, tokens.cache_write_1h),
            (&mut self.cache_read, tokens.cache_read),
            (&mut self.web_searches, response.web_searches),
        ] {
            *sum = sum.saturating_add(count.into());
        }
        self.responses = self.responses.saturating_add(1);
        // A sum too large for exact dollars leaves the response unpriced.
        let sum = usd.and_then(|usd| self.usd.unwrap_or_default().checked_add(usd));
        match sum {
            Some(sum) => self.usd = Some(sum),
            None => self.unpriced_responses = self.unpriced_responses.saturating_add(1),
        }
    }

    /// Takes in the totals of other responses.
    pub fn merge(&mut self, other: &Self) {
        for (sum, count) in [
            (&mut self.input, other.input),
            (&mut self.output, other.output),
            (&mut self.cache_write_5m, other.cache_write_5m),
            (&mut self.cache_write_1h, other.cache_write_1h),
            (&mut self.cache_read, other.cache_read),
            (&mut self.web_searches, other.web_searches),
        ] {
            *sum = sum.saturating_add(count);
        }
        self.responses = self.responses.saturating_add(other.responses);
        self.unpriced_responses = self.unpriced_responses.saturating_add(other.unpriced_responses);
        self.usd = match (self.usd, other.usd) {
            (Some(a), Some(b)) => a.checked_add(b),
            (a, b) => a.or(b),
        };
    }

    /// Every token.
    pub fn tokens(&self) -> u128 {
        self.input
            .saturating_add(self.output)
            .saturating_add(self.cache_write_5m)
            .saturating_add(self.cache_write_1h)
            .saturating_add(self.cache_read)
    }
}

/// What was read and counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// The first counted response.
    pub from: Option<Timestamp>,
    /// The last counted response.
    pub to: Option<Timestamp>,
    /// Calendar days from the first to the last, both counted.
    pub days: u64,
    /// Files that were read.
    pub files: u64,
    /// Bytes that were read.
    pub bytes: u64,
    /// Counted responses.
    pub responses: u64,
    /// Records of counted responses that were dropped as repeats.
    pub duplicates: u64,
    /// What was read and does not count.
    pub skipped: BTreeMap<Skip, u64>,
}

/// One model as the source spells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ModelTotals {
    /// Its sums.
    pub totals: Totals,
    /// Its id in the price list; `None` when it is not in it.
    pub catalog_id: Option<String>,
}

/// Runs of responses of one session id without a gap of more than an hour.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sessions {
    /// How many.
    pub count: u64,
    /// The median of their lengths in minutes, one decimal; `None` without any.
    pub median_minutes: Option<Decimal>,
    /// How many lasted three hours or more.
    pub marathons: u64,
}

/// A history in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// What was read and counted.
    pub coverage: Coverage,
    /// Everything together.
    pub totals: Totals,
    /// By model, as the source spells it.
    pub models: BTreeMap<String, ModelTotals>,
    /// By what was asked for, ascending.
    pub rows: Vec<(String, Totals)>,
    /// Limits that were reached, in the order of time.
    pub limit_hits: Vec<LimitHit>,
    /// How long sessions were.
    pub sessions: Sessions,
    /// Share of output tokens that nobody typed for, in percent with one decimal; `None` without
    /// output.
    pub unattended_pct: Option<Decimal>,
    /// Reasons to trust the figures less, one sentence each.
    pub doubts: Vec<String>,
}

impl Summary {
    /// Sums up the part of a history that the query asks for.
    pub fn new(history: &History, query: &Query<'_>) -> Self {
        let mut coverage = Coverage {
            files: history.files,
            bytes: history.bytes,
            skipped: history.skipped.clone(),
            ..Coverage::default()
        };
        let mut totals = Totals::default();
        let mut models: BTreeMap<String, ModelTotals> = BTreeMap::new();
        let mut rows: BTreeMap<String, Totals> = BTreeMap::new();
        let mut times: HashMap<&str, Vec<Timestamp>> = HashMap::new();
        let mut unattended = 0_u128;
        let (mut unsplit, mut early) = (0_u64, 0_u64);
        let tomorrow = query.now.checked_add(SignedDuration::from_hours(24));
        for response in history.responses().filter(|response| query.takes(response.time)) {
            let usd = api_equivalent(response, query.catalog);
            totals.add(response, usd);
            rows.entry(query.key(response)).or_default().add(response, usd);
            if let Some(model) = models.get_mut(&*response.model) {
                model.totals.add(response, usd);
            } else {
                let known = query.catalog.spelled(&response.model);
                let mut model = ModelTotals {
                    catalog_id: known.map(|model| model.id.clone()),
                    totals: Totals::default(),
                };
                model.totals.add(response, usd);
                models.insert(response.model.to_string(), model);
            }
            times.entry(&response.session).or_default().push(response.time);
            if response.is_unattended() {
                unattended = unattended.saturating_add(response.tokens.output.into());
            }
            coverage.duplicates = coverage.duplicates.saturating_add(response.repeats);
            coverage.from = Some(coverage.from.map_or(response.time, |t| t.min(response.time)));
            coverage.to = coverage.to.max(Some(response.time));
            unsplit += u64::from(response.is_unsplit);
            early += u64::from(tomorrow.as_ref().is_ok_and(|day| response.time > *day));
        }
        coverage.responses = totals.responses;
        if let (Some(from), Some(to)) = (coverage.from, coverage.to) {
            let span = query.day(to).duration_since(query.day(from)).as_hours() / 24;
            coverage.days = u64::try_from(span).unwrap_or_default().saturating_add(1);
        }
        let mut limit_hits: Vec<LimitHit> =
            history.hits.values().filter(|hit| query.takes(hit.at)).cloned().collect();
        limit_hits.sort_by(|a, b| (a.at, &a.window).cmp(&(b.at, &b.window)));
        let mut summary = Self {
            sessions: sessions(times.into_values()),
            unattended_pct: share(unattended, totals.output),
            rows: rows.into_iter().collect(),
            doubts: history.doubts.iter().cloned().collect(),
            coverage,
            totals,
            models,
            limit_hits,
        };
        summary.add_doubts(history, unsplit, early);
        summary
    }

    fn add_doubts(&mut self, history: &History, unsplit: u64, early: u64) {
        if self.coverage.responses == 0 {
            return;
        }
        let days = self.coverage.days;
        let plural = if days == 1 { "" } else { "s" };
        let mut doubts = vec![
            format!(
                "These logs cover {days} day{plural}. Claude Code deletes logs older than \
                 {KEPT_DAYS} days unless 'cleanupPeriodDays' says otherwise."
            ),
            "Logs on this machine are a lower bound: lines can hold partial counts, and claude.ai \
             and Claude Desktop share the plan's limits but are not in them."
                .to_owned(),
        ];
        if unsplit > 0 {
            doubts.push(format!(
                "Responses that do not tell 5-minute from 1-hour cache writes: {}. They are priced as \
                 5-minute writes, the cheaper ones.",
                grouped(unsplit)
            ));
        }
        if early > 0 {
            doubts.push(format!(
                "Responses with a time more than a day ahead of now: {}. They are counted.",
                grouped(early)
            ));
        }
        for (id, model) in &self.models {
            if model.totals.unpriced_responses > 0 {
                let some = model.totals.unpriced_responses < model.totals.responses;
                doubts.push(format!(
                    "Unpriced responses of {}: {}{}.",
                    quoted(id),
                    grouped(model.totals.unpriced_responses),
                    if some {
                        String::new()
                    } else {
                        format!(", {} tokens", grouped(narrow(model.totals.tokens())))
                    }
                ));
            }
        }
        doubts.extend(own_sum_doubt(history));
        self.doubts.extend(doubts);
    }
}

/// The largest count that is shown in words, where it is larger than that.
fn narrow(count: u128) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// What the program's own sums say against the lines of the same sessions.
fn own_sum_doubt(history: &History) -> Option<String> {
    let mut own: HashMap<&str, u128> = HashMap::new();
    for ((session, _), output) in &history.own_sums {
        let sum = own.entry(session).or_default();
        *sum = sum.saturating_add((*output).into());
    }
    let lines = history.responses().filter(|response| own.contains_key(&*response.session));
    let lines: u128 = lines.map(|response| u128::from(response.tokens.output)).sum();
    let own: u128 = own.values().sum();
    (own > lines).then(|| {
        format!(
            "Possible undercount: Claude Code's own sums hold {} output tokens for sessions whose \
             lines hold {}.",
            grouped(narrow(own)),
            grouped(narrow(lines))
        )
    })
}

/// A share in percent, rounded half to even to one decimal.
fn share(part: u128, whole: u128) -> Option<Decimal> {
    let part = Decimal::from_u128(part)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let share = part.checked_div(Decimal::from_u128(whole)?)?;
    Some(one_place(share))
}

fn one_place(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(1, RoundingStrategy::MidpointNearestEven).normalize()
}

/// Parts each session id's times into sessions and measures them.
fn sessions<'a>(times: impl Iterator<Item = Vec<Timestamp>> + 'a) -> Sessions {
    let mut lengths = Vec::new();
    for mut times in times {
        times.sort_unstable();
        let mut times = times.into_iter();
        let Some(first) = times.next() else {
            continue;
        };
        let (mut start, mut last) = (first, first);
        for time in times {
            if time.duration_since(last) > LONGEST_GAP {
                lengths.push(last.duration_since(start));
                start = time;
            }
            last = time;
        }
        lengths.push(last.duration_since(start));
    }
    lengths.sort_unstable();
    let middle = lengths.len() / 2;
    let upper = lengths.get(middle);
    let lower =
        if lengths.len().is_multiple_of(2) { lengths.get(middle.wrapping_sub(1)) } else { upper };
    let minutes =
        |length: &SignedDuration| Decimal::from_i128(length.as_millis()).unwrap_or_default();
    Sessions {
        count: lengths.len() as u64,
        median_minutes: lower.zip(upper).map(|(lower, upper)| {
            one_place((minutes(lower) + minutes(upper)) / Decimal::from(2 * 60_000))
        }),
        marathons: lengths.iter().filter(|length| **length >= MARATHON).count() as u64,
    }
}
