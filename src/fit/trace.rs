//! The history as the replay needs it: requests in order of time, compact and in whole numbers.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::amount;
use super::grid::{FIVE_HOURS, SEVEN_DAYS};
use super::{Window, Yardstick};
use crate::catalog::{Catalog, Family};
use crate::history::{
    ApiValue, History, LimitHit, Plausible, Reach, Response, Source, StartValues, api_value,
};

/// In milliseconds.
const HOUR: i64 = 3_600_000;

/// Hours between two times, rounded up, at most 400 days.
fn hours_between(from: Timestamp, to: Timestamp) -> usize {
    let span = to.as_millisecond().saturating_sub(from.as_millisecond()).max(0);
    usize::try_from((span.saturating_add(HOUR - 1) / HOUR).min(24 * 400)).unwrap_or_default()
}

/// The kind of a request, as far as plans distinguish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class(u8);

impl Class {
    pub(super) const COUNT: usize = 6;

    /// Fast mode is checked first, because on a plan it always costs credits.
    pub const fn new(is_fast: bool, is_fable: bool, is_claude_code: bool) -> Self {
        let kind = if is_fast {
            2
        } else if is_fable {
            1
        } else {
            0
        };
        Self(kind * 2 + if is_claude_code { 1 } else { 0 })
    }

    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }

    pub(super) const fn bit(self) -> u8 {
        1 << self.0
    }

    pub(super) const fn is_fable(self) -> bool {
        self.0 / 2 == 1
    }

    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..6).map(Self)
    }

    pub(super) const fn is_fast(self) -> bool {
        self.0 / 2 == 2
    }

    pub(super) const fn is_claude_code(self) -> bool {
        self.0 % 2 == 1
    }
}

/// One request, in 48 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Request {
    /// Milliseconds since 1970, rounded down.
    pub(super) at: i64,
    /// API value without cache reads, in 10^-12 dollars.
    pub(super) fresh: u64,
    /// API value with cache reads, in 10^-12 dollars.
    pub(super) api: u64,
    /// Uncached input and output tokens.
    pub(super) tokens: u64,
    /// Index into the trace's sessions.
    pub(super) session: u32,
    /// Index into the trace's projects.
    pub(super) project: u32,
    pub(super) class: Class,
}

impl Request {
    /// How much of a window the request uses.
    pub(super) const fn load(&self, yardstick: Yardstick) -> u64 {
        match yardstick {
            Yardstick::ApiValue => self.fresh,
            Yardstick::ApiValueWithReads => self.api,
            Yardstick::Tokens => self.tokens,
        }
    }
}

/// The data for a request, with borrowed texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<'a> {
    pub at: Timestamp,
    /// API value without cache reads, USD.
    pub fresh: Decimal,
    /// API value of its cache reads, USD.
    pub cache_reads: Decimal,
    /// Uncached input and output tokens.
    pub tokens: u64,
    pub session: &'a str,
    pub project: &'a str,
    pub class: Class,
}

/// The part of a history that counts, and the zone that sets its days.
#[derive(Debug, Clone)]
pub struct Span {
    /// The time zone of days, months and weeks.
    pub zone: TimeZone,
    /// First day that counts.
    pub since: Option<Date>,
    /// Last day that counts.
    pub until: Option<Date>,
}

impl Span {
    pub fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    fn takes(&self, at: Timestamp) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let day = self.day(at);
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// Requests in order of time, with the names they refer to.
///
/// The order is total: at the same millisecond the request with less value comes first. So the
/// result depends neither on reading order nor on equal times.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    pub(super) requests: Vec<Request>,
    pub(super) sessions: Vec<Arc<str>>,
    pub(super) projects: Vec<Arc<str>>,
    pub(super) hits: Vec<LimitHit>,
    /// The limit on all work that was hit before the first day and lasted into the days that count:
    /// the day of the hit and the day of the reset. If there are several, the one that was lifted
    /// last.
    pub(super) reaching_in: Option<(Date, Date)>,
    /// Responses without a price; no figure includes them.
    pub unpriced: u64,
    /// Sums of several responses. They do not show when each response came, so no figure includes
    /// them.
    pub sums: u64,
    /// Responses above 18 million dollars each, which cannot be real; no figure includes them.
    pub oversized: u64,
    /// Responses of days on which they cannot have been; no figure includes them.
    pub(super) misdated: u64,
    /// How far the days reach.
    pub(super) reach: Reach,
    /// The first and the last use, with or without a price.
    pub(super) used: Option<(Timestamp, Timestamp)>,
    /// The logs hold output counts from the start of each answer.
    pub(super) start_values: Option<StartValues>,
    /// What was replayed, and everything that could have been.
    pub(super) replayed: Amount,
    pub(super) all: Amount,
}

/// Responses, their tokens, and the days with any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Amount {
    pub(super) responses: u64,
    pub(super) tokens: u128,
    pub(super) days: u64,
}

impl Amount {
    fn of<'h>(responses: impl Iterator<Item = &'h Response>, span: &Span) -> Self {
        let (mut all, mut days) = (Self::default(), BTreeSet::new());
        for response in responses {
            all.responses = all.responses.saturating_add(1);
            all.tokens = all.tokens.saturating_add(response.tokens.all().into());
            days.insert(span.day(response.time));
        }
        Self { days: days.len() as u64, ..all }
    }
}

impl Trace {
    /// Builds a trace from the part of a history within the days asked for.
    pub fn of_history(history: &History, catalog: &Catalog, span: &Span, today: Date) -> Self {
        let plausible = Plausible::new(today, &span.zone);
        let is_dated = |response: &&Response| plausible.takes(response.time, response.source);
        let asked = || history.responses().filter(|response| span.takes(response.time));
        let inside = || asked().filter(is_dated);
        // A daily sum does not show when during the day a window was full.
        let counted = || inside().filter(|response| !response.count.is_sum());
        let mut names = Names::new(counted().map(|r| (&*r.session, &*r.project)));
        let sums = inside().filter(|response| response.count.is_sum()).count();
        let mut trace = Self {
            sums: sums as u64,
            misdated: asked().filter(|response| !is_dated(response)).count() as u64,
            reach: Reach::of(inside().map(|response| response.source)),
            used: inside().map(|response| response.time).fold(None, |used, time| {
                let (first, last) = used.unwrap_or((time, time));
                Some((first.min(time), last.max(time)))
            }),
            start_values: StartValues::of(inside()),
            ..Self::default()
        };
        let mut fable: HashMap<&str, bool> = HashMap::new();
        for response in counted() {
            let Some(value) = api_value(response, catalog) else {
                trace.unpriced = trace.unpriced.saturating_add(1);
                continue;
            };
            let is_fable = *fable.entry(&response.model).or_insert_with(|| {
                catalog.spelled(&response.model).is_some_and(|model| model.family == Family::Fable)
            });
            let event = Event {
                at: response.time,
                fresh: value.fresh,
                cache_reads: value.cache_reads,
                tokens: response.tokens.input.saturating_add(response.tokens.output),
                session: &response.session,
                project: &response.project,
                class: class(response, is_fable),
            };
            trace.push(&event, &mut names);
        }
        if trace.unpriced + trace.sums + trace.oversized + trace.misdated > 0 {
            trace.all = Amount::of(asked(), span);
            let is_replayed = |response: &&Response| {
                let value = || api_value(response, catalog);
                let units =
                    |value: ApiValue| amount::units(value.fresh.checked_add(value.cache_reads)?);
                value().and_then(units).is_some()
            };
            trace.replayed = Amount::of(counted().filter(is_replayed), span);
        }
        let takes =
            |hit: &&LimitHit| span.takes(hit.at) && plausible.takes(hit.at, Source::ClaudeCode);
        trace.hits = history.hits().filter(takes).cloned().collect();
        trace.hits.sort_by(|a, b| (a.at, &a.window).cmp(&(b.at, &b.window)));
        trace.reaching_in = span.since.and_then(|since| {
            let reaching = history.hits().filter_map(|hit| {
                let until = lifted(hit)?;
                let last = span.day(time(until.as_millisecond().saturating_sub(1)));
                (span.day(hit.at) < since && since <= last).then_some((until, hit.at))
            });
            let (until, told) = reaching.max()?;
            Some((span.day(told), span.day(until)))
        });
        trace.finish(names)
    }

    /// Builds a trace from requests in any order.
    pub fn of_events(events: &[Event<'_>]) -> Self {
        let mut names = Names::new(events.iter().map(|event| (event.session, event.project)));
        let mut trace = Self { reach: Reach::Asked, ..Self::default() };
        for event in events {
            trace.push(event, &mut names);
        }
        trace.finish(names)
    }

    /// Adds limit hits.
    #[must_use]
    pub fn with_hits(mut self, hits: impl IntoIterator<Item = LimitHit>) -> Self {
        self.hits.extend(hits);
        self.hits.sort_by(|a, b| (a.at, &a.window).cmp(&(b.at, &b.window)));
        self
    }

    fn push(&mut self, event: &Event<'_>, names: &mut Names) {
        let api = event.fresh.checked_add(event.cache_reads).and_then(amount::units);
        match (amount::units(event.fresh), api) {
            (Some(fresh), Some(api)) => self.requests.push(Request {
                at: event.at.as_millisecond(),
                fresh,
                api,
                tokens: event.tokens,
                session: names.session(event.session),
                project: names.project(event.project),
                class: event.class,
            }),
            _ => self.oversized = self.oversized.saturating_add(1),
        }
    }

    fn finish(mut self, names: Names) -> Self {
        self.requests.sort_unstable();
        self.sessions = names.sessions.names;
        self.projects = names.projects.names;
        self
    }

    /// The number of requests.
    pub fn len(&self) -> usize {
        self.requests.len()
    }

    pub fn is_empty(&self) -> bool {
        self.requests.is_empty()
    }

    /// The times of the first and the last use; `None` without requests.
    pub fn ends(&self) -> Option<(Timestamp, Timestamp)> {
        let requests = (time(self.requests.first()?.at), time(self.requests.last()?.at));
        Some(self.used.unwrap_or(requests))
    }

    /// The API value of all requests with and without cache reads, USD.
    pub fn value(&self) -> (Decimal, Decimal) {
        let sum = |part: fn(&Request) -> u64| {
            amount::usd(self.requests.iter().map(|request| u128::from(part(request))).sum())
        };
        (sum(|request| request.api), sum(|request| request.fresh))
    }

    /// Uncached input and output tokens of all requests.
    pub fn tokens(&self) -> u128 {
        self.requests.iter().map(|request| u128::from(request.tokens)).sum()
    }

    /// Limit hits in order of time.
    pub fn hits(&self) -> &[LimitHit] {
        &self.hits
    }

    /// The requests from one time up to, but not including, another.
    pub(super) fn between(&self, from: i64, to: i64) -> &[Request] {
        let start = self.requests.partition_point(|request| request.at < from);
        let end = self.requests.partition_point(|request| request.at < to);
        self.requests.get(start..end).unwrap_or_default()
    }

    /// Load on the open window when the last request of each hour from `from` to `to` began, in the
    /// yardstick's measure; `None` for an hour without requests. The replay refuses a request once
    /// this reaches the window's capacity. A week is assumed to begin at `from`. Requests of
    /// classes not in `included` open windows but do not fill them.
    pub(super) fn filled_by_hour(
        &self,
        from: Timestamp,
        to: Timestamp,
        window: Window,
        yardstick: Yardstick,
        included: u8,
    ) -> Vec<Option<Decimal>> {
        let mut filled = vec![None; hours_between(from, to)];
        let (from, to) = (from.as_millisecond(), to.as_millisecond());
        let requests = match window {
            // Each five-hour window depends on all before it.
            Window::FiveHour => self.between(i64::MIN, to),
            Window::Week | Window::FableWeek => self.between(from, to),
        };
        let (mut closes, mut sum) = (i64::MIN, 0_u128);
        for request in requests {
            if window == Window::FiveHour && request.at >= closes {
                (closes, sum) = (request.at.saturating_add(FIVE_HOURS), 0);
            }
            if included & request.class.bit() == 0 {
                continue;
            }
            let hour = request.at.saturating_sub(from).div_euclid(HOUR);
            let cell = usize::try_from(hour).ok().and_then(|hour| filled.get_mut(hour));
            if let Some(cell) = cell {
                *cell = Some(yardstick.measure(sum));
            }
            sum = sum.saturating_add(u128::from(request.load(yardstick)));
        }
        filled
    }

    pub(super) fn session(&self, id: u32) -> Arc<str> {
        name(&self.sessions, id)
    }

    pub(super) fn project(&self, id: u32) -> Arc<str> {
        name(&self.projects, id)
    }
}

/// True if a limit covers only one model or credits, so that other work continues.
pub(super) fn is_partial(word: Option<&str>) -> bool {
    word.is_some_and(|word| !matches!(word, "five_hour" | "seven_day"))
}

/// When a limit on all work was lifted; `None` if unknown, and for limits of one model or of
/// credits. No limit lasts longer than its window.
pub(super) fn lifted(hit: &LimitHit) -> Option<Timestamp> {
    let word = hit.window.as_deref();
    let longest = if word == Some("five_hour") { FIVE_HOURS } else { SEVEN_DAYS };
    let at = hit.at.as_millisecond();
    let until = hit.resets_at.map(Timestamp::as_millisecond);
    until
        .filter(|until| *until > at && !is_partial(word))
        .map(|until| time(until.min(at.saturating_add(longest))))
}

/// The window for the vendor's word; `None` for limits on one model and on credits.
pub(super) fn window_named(word: Option<&str>) -> Option<Window> {
    match word {
        Some("five_hour") => Some(Window::FiveHour),
        Some("seven_day") => Some(Window::Week),
        _ => None,
    }
}

fn class(response: &Response, is_fable: bool) -> Class {
    let is_claude_code = matches!(response.source, Source::ClaudeCode);
    Class::new(response.terms.fast, is_fable, is_claude_code)
}

fn name(names: &[Arc<str>], id: u32) -> Arc<str> {
    usize::try_from(id).ok().and_then(|id| names.get(id)).map_or_else(|| "".into(), Arc::clone)
}

/// The time this many milliseconds after 1970.
pub(super) fn time(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(if milliseconds < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

/// Names in alphabetical order, so that their indices do not depend on reading order.
struct Index {
    names: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
}

impl Index {
    fn new(names: BTreeSet<&str>) -> Self {
        let names: Vec<Arc<str>> = names.into_iter().map(Arc::from).collect();
        let numbers = names.iter().cloned().zip(0..).collect();
        Self { names, numbers }
    }

    fn number(&self, name: &str) -> u32 {
        self.numbers.get(name).copied().unwrap_or(u32::MAX)
    }
}

struct Names {
    sessions: Index,
    projects: Index,
}

impl Names {
    fn new<'a>(names: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let (mut sessions, mut projects) = (BTreeSet::new(), BTreeSet::new());
        for (session, project) in names {
            sessions.insert(session);
            projects.insert(project);
        }
        Self { sessions: Index::new(sessions), projects: Index::new(projects) }
    }

    fn session(&mut self, name: &str) -> u32 {
        self.sessions.number(name)
    }

    fn project(&mut self, name: &str) -> u32 {
        self.projects.number(name)
    }
}
