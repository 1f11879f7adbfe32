//! Figures of a history: totals, rows, sessions, limit hits, and reasons for caution.

mod doubts;
mod peaks;
mod recent;
mod totals;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use rust_decimal::prelude::FromPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

pub use self::peaks::Peak;
pub use self::totals::Totals;

use self::doubts::Tally;
use self::recent::{Days, Recent};
use super::price::{Gap, Tariff, price_as};
use super::{
    Asker, Bill, Count, History, LimitHit, Period, PlanSeen, Plausible, Reach, Response, Skip,
    Source,
};
use crate::catalog::{Catalog, Model};

/// A longer gap between two responses with one session id starts a new session.
const LONGEST_GAP: SignedDuration = SignedDuration::from_mins(60);
/// Sessions of at least this length are marathons.
const MARATHON: SignedDuration = SignedDuration::from_mins(180);
/// Row key for entries without a model, project or session.
const NONE: &str = super::NO_MODEL;

/// What the rows of a summary stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A calendar day, such as `2026-11-20`.
    Day,
    /// An ISO week, such as `2026-W47`.
    Week,
    /// A calendar month, such as `2026-11`.
    Month,
    /// A model as the source spells it.
    Model,
    /// A project by its folder name.
    Project,
    /// A session by its id.
    Session,
}

/// What to summarize, and with which days and prices.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    pub catalog: &'a Catalog,
    /// The time zone that sets the days.
    pub zone: TimeZone,
    /// First day that counts.
    pub since: Option<Date>,
    /// Last day that counts.
    pub until: Option<Date>,
    /// What the rows stand for.
    pub by: By,
    /// The current time, to spot times in the future.
    pub now: Timestamp,
}

impl Query<'_> {
    fn day(&self, time: Timestamp) -> Date {
        time.to_zoned(self.zone.clone()).date()
    }

    /// True if the query includes all days from the first to the last.
    fn takes(&self, first: Date, last: Date) -> bool {
        self.since.is_none_or(|since| since <= first)
            && self.until.is_none_or(|until| last <= until)
    }

    /// The first and last day of a response: for a sum over whole days its UTC days, otherwise its
    /// day in the zone.
    fn days(&self, response: &Response, days: &mut Days) -> (Date, Date) {
        match response.count {
            Count::Sum { days } if days > 0 => {
                let first = utc_day(response.time);
                let last = first.checked_add((i64::from(days) - 1).days()).unwrap_or(first);
                (first, last)
            }
            _ => {
                let day = days.of(response.time, &self.zone);
                (day, day)
            }
        }
    }

    /// The row key for an entry of this day.
    fn key(&self, day: Date, model: &str, project: &str, session: &str) -> String {
        match self.by {
            By::Day => day.to_string(),
            By::Week => week_of(day),
            By::Month => format!("{:04}-{:02}", day.year(), day.month()),
            By::Model => or_none(model),
            By::Project => or_none(project),
            By::Session => or_none(session),
        }
    }
}

/// The row key for a name.
fn or_none(name: &str) -> String {
    if name.is_empty() { NONE } else { name }.to_owned()
}

/// The ISO week of a day, such as `2026-W47`.
fn week_of(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

fn utc_day(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
}

/// The id of the model a source means: by its id, or by its name as cost exports write it. Returns
/// `None` for a name that two models share.
fn catalog_id(catalog: &Catalog, spelled: &str) -> Option<String> {
    if let Some(model) = catalog.spelled(spelled) {
        return Some(model.id.clone());
    }
    let is_named = |model: &&Model| {
        [&*model.name, model.short_name()].iter().any(|name| name.eq_ignore_ascii_case(spelled))
    };
    let mut named = catalog.models.iter().filter(is_named);
    let model = named.next()?;
    named.next().is_none().then(|| model.id.clone())
}

/// What was read and counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Time of the first counted response or billed amount.
    pub from: Option<Timestamp>,
    /// Time of the last counted response or billed amount.
    pub to: Option<Timestamp>,
    /// Calendar days of the period; a sum counts all its days.
    pub days: u64,
    /// Days among them with use.
    pub days_with_use: u64,
    pub files: u64,
    pub bytes: u64,
    /// Counted responses.
    pub responses: u64,
    /// Repeated records of counted responses that were dropped.
    pub duplicates: u64,
    /// Skipped entries by reason.
    pub skipped: BTreeMap<Skip, u64>,
}

/// Totals of one model as the source spells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ModelTotals {
    pub totals: Totals,
    /// Id in the price list; `None` if it is not listed.
    pub catalog_id: Option<String>,
}

/// Sessions: runs of responses with one session id without a gap of more than an hour.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sessions {
    pub count: u64,
    /// Median length in minutes, to one place; `None` without sessions.
    pub median_minutes: Option<Decimal>,
    /// Sessions of three hours or more.
    pub marathons: u64,
}

/// Figures of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub coverage: Coverage,
    /// The days that count; `None` without usage.
    pub period: Option<Period>,
    /// Number of files read from each source.
    pub sources: BTreeMap<Source, u64>,
    /// Sources of the counted entries, in order.
    pub counted: Vec<Source>,
    /// Totals of everything.
    pub totals: Totals,
    /// Totals by model, as the source spells it.
    pub models: BTreeMap<String, ModelTotals>,
    /// Rows as asked for, ascending.
    pub rows: Vec<(String, Totals)>,
    /// Hits of a plan's limits in order of time.
    pub limit_hits: Vec<LimitHit>,
    /// Caps on spending that were reached, in order of time.
    pub spending_caps: Vec<LimitHit>,
    /// Session lengths, without sums.
    pub sessions: Sessions,
    /// Unattended share of the output whose asker is known, in percent to one place; `None` if no
    /// asker is known.
    pub unattended_pct: Option<Decimal>,
    /// Plans named by the sources, the latest last.
    pub plans: Vec<PlanSeen>,
    /// Highest usage readings of the windows of a plan.
    pub peaks: Vec<Peak>,
    /// Reasons for caution about the figures, one sentence each.
    pub doubts: Vec<String>,
    /// What ccusage itself says that its sums cost, USD; `None` if it does not say so of each.
    pub ccusage_usd: Option<Decimal>,
}

impl Summary {
    /// Summarizes the part of a history that the query asks for.
    pub fn new(history: &History, query: &Query<'_>) -> Self {
        let plausible = Plausible::new(query.day(query.now), &query.zone);
        let mut work = Work {
            query,
            plausible,
            coverage: Coverage {
                files: history.files,
                bytes: history.bytes,
                skipped: history.skipped.clone(),
                ..Coverage::default()
            },
            cells: Recent::default(),
            known: Recent::default(),
            totals: Totals::default(),
            models: BTreeMap::new(),
            rows: BTreeMap::new(),
            times: Recent::default(),
            calendar: Days::default(),
            utc: Days::default(),
            days: None,
            asked: 0,
            unattended: 0,
            gaps: BTreeSet::new(),
            own_costs: Vec::new(),
            tally: Tally::default(),
        };
        for (key, response) in &history.responses {
            if work.add(response) && response.source == Source::Ccusage {
                work.own_costs.push(history.own_costs.get(key).copied());
            }
        }
        for bill in history.bills() {
            work.add_bill(bill);
        }
        work.add_cells();
        let Work { mut coverage, totals, tally, gaps, own_costs, .. } = work;
        coverage.responses = totals.responses;
        let reach = Reach::of(tally.days.keys().copied());
        let period = work
            .days
            .map(|used| Period::new(used, reach, query.since, query.until, query.day(query.now)));
        coverage.days = period.map_or(0, Period::days);
        coverage.days_with_use = tally.days_with_use();
        if let Some((count, ..)) = tally.misdated {
            coverage.skipped.insert(Skip::WrongDate, count);
        }
        let takes = |hit: &&LimitHit| {
            let day = query.day(hit.at);
            query.takes(day, day) && plausible.takes(hit.at, Source::ClaudeCode)
        };
        let sorted = |mut hits: Vec<LimitHit>| {
            hits.sort_by(|a, b| (a.at, &a.window).cmp(&(b.at, &b.window)));
            hits
        };
        let mut summary = Self {
            sessions: sessions(work.times.into_entries().map(|(_, times)| times)),
            unattended_pct: share(work.unattended, work.asked),
            rows: work.rows.into_iter().collect(),
            doubts: history.doubts.iter().cloned().collect(),
            period,
            sources: history.sources.clone(),
            counted: tally.days.keys().copied().collect(),
            coverage,
            totals,
            models: work.models,
            limit_hits: sorted(history.hits().filter(takes).cloned().collect()),
            spending_caps: sorted(history.spending_caps().filter(takes).cloned().collect()),
            plans: history.plans().cloned().collect(),
            peaks: peaks::peaks(history.readings(), query),
            ccusage_usd: sum_of_all(own_costs),
        };
        let doubts = doubts::doubts(&summary, &tally, &gaps, history, query);
        summary.doubts.extend(doubts);
        summary
    }
}

/// The row of a response, before it is put in words.
#[derive(PartialEq, Eq, Hash)]
enum Slot<'h> {
    Day(Date),
    Name(&'h str),
}

/// A summary in progress.
struct Work<'h, 'q> {
    query: &'q Query<'q>,
    coverage: Coverage,
    /// Responses by row (day or name), model and tariff. Each is added up once; then the cells are
    /// priced and combined into totals, models and rows.
    cells: Recent<(Slot<'h>, &'h str, Option<Tariff<'q>>), Totals>,
    /// Price-list models by the sources' spelling.
    known: Recent<&'h str, Option<&'q Model>>,
    totals: Totals,
    models: BTreeMap<String, ModelTotals>,
    rows: BTreeMap<String, Totals>,
    /// Response times of each session.
    times: Recent<&'h str, Vec<Timestamp>>,
    calendar: Days,
    /// Days in UTC, as the price list counts them.
    utc: Days,
    plausible: Plausible,
    /// First and last day.
    days: Option<(Date, Date)>,
    /// Output tokens whose asker is known.
    asked: u128,
    /// Of these, the tokens nobody typed for.
    unattended: u128,
    /// The models without a price, and why.
    gaps: BTreeSet<(&'h str, Gap)>,
    /// What ccusage itself says that each of its sums costs.
    own_costs: Vec<Option<Decimal>>,
    tally: Tally,
}

impl<'h> Work<'h, '_> {
    /// Adds a response if the query takes it; returns whether it does.
    fn add(&mut self, response: &'h Response) -> bool {
        let (first, last) = self.query.days(response, &mut self.calendar);
        if !self.query.takes(first, last) {
            let is_partly = self.query.takes(first, first) || self.query.takes(last, last);
            self.tally.clipped += u64::from(is_partly);
            return false;
        }
        if !self.plausible.takes(response.time, response.source) {
            self.tally.note_misdated(first);
            return false;
        }
        let catalog = self.query.catalog;
        let (model, session) = (&*response.model, &*response.session);
        let known = self.known.with(model, || catalog.spelled(model), |known| *known);
        let day = self.utc.of(response.time, &TimeZone::UTC);
        let tariff = known.and_then(|known| Tariff::of(response, known, day));
        let slot = match self.query.by {
            By::Day | By::Week | By::Month => Slot::Day(first),
            By::Model => Slot::Name(model),
            By::Project => Slot::Name(&response.project),
            By::Session => Slot::Name(session),
        };
        let gap = self.cells.with((slot, model, tariff), Totals::default, |sums| {
            if tariff.is_some() {
                sums.count(response);
                return None;
            }
            let price = known.ok_or(Gap::Model).and_then(|own| price_as(response, own, catalog));
            sums.add(response, price.ok());
            price.err()
        });
        self.gaps.extend(gap.map(|gap| (model, gap)));
        if !response.count.is_sum() {
            self.times.with(session, Vec::new, |times| times.push(response.time));
        }
        let output = u128::from(response.tokens.output);
        if response.asker != Asker::Unknown {
            self.asked = self.asked.saturating_add(output);
        }
        if response.is_unattended() {
            self.unattended = self.unattended.saturating_add(output);
        }
        self.coverage.duplicates = self.coverage.duplicates.saturating_add(response.repeats);
        self.cover(response.time, first, last);
        self.tally.note(response, first);
        true
    }

    /// Combines the cells into totals, models and rows.
    fn add_cells(&mut self) {
        let catalog = self.query.catalog;
        for ((slot, model, tariff), mut sums) in std::mem::take(&mut self.cells).into_entries() {
            if let Some(tariff) = tariff {
                let known = self.known.with(model, || catalog.spelled(model), |known| *known);
                let bulk = sums.bulk();
                let price =
                    known.ok_or(Gap::Model).and_then(|known| tariff.price(&bulk, known, catalog));
                sums.set_price(price.ok());
                self.gaps.extend(price.err().map(|gap| (model, gap)));
            }
            let key = match slot {
                Slot::Day(day) => self.query.key(day, "", "", ""),
                Slot::Name(name) => or_none(name),
            };
            self.rows.entry(key).or_default().merge(&sums);
            self.totals.merge(&sums);
            self.add_model(model, |totals| totals.merge(&sums));
        }
    }

    fn add_bill(&mut self, bill: &Bill) {
        let day = utc_day(bill.at);
        if !self.query.takes(day, day) {
            return;
        }
        self.totals.add_bill(bill);
        let model = bill.model.as_deref();
        let key = self.query.key(day, model.unwrap_or_default(), &bill.project, "");
        self.rows.entry(key).or_default().add_bill(bill);
        if let Some(model) = model {
            self.add_model(model, |totals| totals.add_bill(bill));
        }
        self.cover(bill.at, day, day);
        self.tally.note_bill(bill, day);
    }

    /// Adds to the totals of a model as the source spells it.
    fn add_model(&mut self, spelled: &str, add: impl FnOnce(&mut Totals)) {
        if let Some(model) = self.models.get_mut(spelled) {
            return add(&mut model.totals);
        }
        let catalog_id = catalog_id(self.query.catalog, spelled);
        let mut model = ModelTotals { totals: Totals::default(), catalog_id };
        add(&mut model.totals);
        self.models.insert(spelled.to_owned(), model);
    }

    fn cover(&mut self, time: Timestamp, first: Date, last: Date) {
        let coverage = &mut self.coverage;
        coverage.from = Some(coverage.from.map_or(time, |from| from.min(time)));
        coverage.to = coverage.to.max(Some(time));
        self.days =
            Some(self.days.map_or((first, last), |(from, to)| (from.min(first), to.max(last))));
    }
}

/// The sum of amounts if every one is known.
fn sum_of_all(amounts: Vec<Option<Decimal>>) -> Option<Decimal> {
    amounts.into_iter().reduce(|sum, amount| sum?.checked_add(amount?)).flatten()
}

/// A share in percent, to one place, rounded half to even.
fn share(part: u128, whole: u128) -> Option<Decimal> {
    let part = Decimal::from_u128(part)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let share = part.checked_div(Decimal::from_u128(whole)?)?;
    Some(one_place(share))
}

fn one_place(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(1, RoundingStrategy::MidpointNearestEven).normalize()
}

/// Splits the times of each session id into sessions and measures them.
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

#[cfg(test)]
mod tests;
