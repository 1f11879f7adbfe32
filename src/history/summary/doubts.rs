//! Reasons for caution about the figures, in sentences.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::{Query, Summary};
use crate::history::period::days_between;
use crate::history::{
    Asker, Bill, Count, Gap, History, NO_MODEL, Period, Response, Source, StartValues,
    idle_sentence,
};
use crate::number::{grouped, usd};
use crate::text::quoted;

/// Claude Code deletes logs after this many days by default.
const KEPT_DAYS: u64 = 30;
/// Of a sum over more days than this, only the first ones are recorded.
const MOST_DAYS: u16 = 366;

/// Pairs of sources that can record the same work: Claude Code can run on an API key.
const SAME_WORK: [(Source, Source); 7] = [
    (Source::ClaudeCode, Source::Ccusage),
    (Source::ClaudeCode, Source::ConsoleTokens),
    (Source::ClaudeCode, Source::AdminUsage),
    (Source::ConsoleTokens, Source::AdminUsage),
    (Source::ConsoleTokens, Source::Ccusage),
    (Source::AdminUsage, Source::Ccusage),
    (Source::ConsoleCosts, Source::AdminCosts),
];

/// How a source groups its sums. Two groupings of one day count the same work twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Granularity {
    PartsOfDays,
    Days,
    Weeks,
    Months,
    Sessions,
}

impl Granularity {
    fn of(response: &Response, days: u16) -> Self {
        match days {
            _ if !response.session.is_empty() => Self::Sessions,
            0 => Self::PartsOfDays,
            1 => Self::Days,
            2..=7 => Self::Weeks,
            _ => Self::Months,
        }
    }
}

/// Observations about responses and bills, collected during the summary.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Responses that do not split cache writes by lifetime.
    unsplit: u64,
    /// Responses of days on which they cannot have been: how many, and the first and last of the days.
    pub(super) misdated: Option<(u64, Date, Date)>,
    /// Responses of Claude Code's logs, and how many of them have hardly any output.
    counts: StartValues,
    /// Sums of several responses.
    sums: u64,
    /// Sums that lie only partly within the days asked for.
    pub(super) clipped: u64,
    /// Amounts rounded to cents.
    rounded: u64,
    /// Days that each source covers.
    pub(super) days: BTreeMap<Source, BTreeSet<Date>>,
    /// The last source and day recorded.
    last: Option<(Source, Date)>,
    /// Days that each source covers, by grouping.
    ways: BTreeMap<(Source, Granularity), BTreeSet<Date>>,
    /// Sources that do not say who asked.
    unasked: BTreeSet<Source>,
    /// Sources that contain sums.
    summing: BTreeSet<Source>,
    /// Sources that count whole UTC days.
    by_utc: BTreeSet<Source>,
}

impl Tally {
    pub(super) fn note_misdated(&mut self, day: Date) {
        let (count, first, last) = self.misdated.unwrap_or((0, day, day));
        self.misdated = Some((count.saturating_add(1), first.min(day), last.max(day)));
    }

    /// Days with use, of all sources together.
    pub(super) fn days_with_use(&self) -> u64 {
        self.days.values().flatten().collect::<BTreeSet<_>>().len() as u64
    }

    pub(super) fn note(&mut self, response: &Response, first: Date) {
        self.unsplit += u64::from(response.is_unsplit);
        let source = response.source;
        if response.asker == Asker::Unknown {
            self.unasked.insert(source);
        }
        let Count::Sum { days } = response.count else {
            if source == Source::ClaudeCode {
                self.counts = self.counts.and(response);
            }
            if self.last != Some((source, first)) {
                self.last = Some((source, first));
                self.days.entry(source).or_default().insert(first);
            }
            return;
        };
        self.sums += 1;
        self.summing.insert(source);
        if days > 0 {
            self.by_utc.insert(source);
        }
        let of_source = self.days.entry(source).or_default();
        let of_way = self.ways.entry((source, Granularity::of(response, days))).or_default();
        for ahead in 0..days.clamp(1, MOST_DAYS) {
            if let Ok(day) = first.checked_add(i64::from(ahead).days()) {
                of_source.insert(day);
                of_way.insert(day);
            }
        }
    }

    pub(super) fn note_bill(&mut self, bill: &Bill, day: Date) {
        self.days.entry(bill.source).or_default().insert(day);
        self.by_utc.insert(bill.source);
        self.rounded += u64::from(bill.source == Source::ConsoleCosts);
    }

    fn has(&self, source: Source) -> bool {
        self.days.contains_key(&source)
    }
}

/// All doubts about a summary.
pub(super) fn doubts(
    summary: &Summary,
    tally: &Tally,
    gaps: &BTreeSet<(&str, Gap)>,
    history: &History,
    query: &Query<'_>,
) -> Vec<String> {
    let mut doubts = Vec::new();
    if tally.clipped > 0 {
        doubts.push(format!(
            "Sums that reach beyond the days asked for: {}. They are left out.",
            grouped(tally.clipped)
        ));
    }
    if let Some((count, first, last)) = tally.misdated {
        let days = if first == last { format!("on {first}") } else { format!("{first} to {last}") };
        doubts.push(format!(
            "Responses dated before Claude Code came out or after today: {}, {days}. They are left \
             out; the clock of that machine may have been wrong.",
            grouped(count)
        ));
    }
    let Some(period) = summary.period else {
        return doubts;
    };
    if tally.counts.is_truncated() {
        doubts.push(format!(
            "The output is many times larger than counted: {} of {} responses hold 8 output tokens or \
             fewer, so these logs kept counts from the start of each answer.",
            grouped(tally.counts.small),
            grouped(tally.counts.responses)
        ));
    }
    doubts.extend(period.idle_end().map(|(day, days)| idle_sentence(day, days)));
    doubts.extend(of_logs(tally, period));
    doubts.extend(of_counts(tally, summary));
    doubts.extend(of_sums(tally, summary, query));
    doubts.extend(of_costs(tally));
    doubts.extend(twice(tally));
    doubts.extend(unpriced(summary, gaps));
    doubts.extend(own_sum(history));
    doubts
}

/// What the logs on this machine cannot show.
fn of_logs(tally: &Tally, period: Period) -> Vec<String> {
    let mut doubts = Vec::new();
    let since = tally.days.get(&Source::ClaudeCode).and_then(|days| days.first());
    if let Some(since) = since {
        let is_alone = tally.days.len() == 1;
        let days = if is_alone { period.days() } else { days_between(*since, period.last) };
        let plural = if days == 1 { "" } else { "s" };
        let logs = if is_alone { "These logs cover" } else { "The Claude Code logs cover" };
        doubts.push(format!(
            "{logs} {days} day{plural}. Claude Code deletes logs older than {KEPT_DAYS} days unless \
             'cleanupPeriodDays' says otherwise."
        ));
    }
    if tally.has(Source::ClaudeCode) || tally.has(Source::Ccusage) {
        doubts.push(
            "Logs on this machine are a lower bound: lines can hold partial counts, and claude.ai \
             and Claude Desktop share the plan's limits but are not in them."
                .to_owned(),
        );
    }
    doubts
}

fn of_counts(tally: &Tally, summary: &Summary) -> Vec<String> {
    let mut doubts = Vec::new();
    if tally.unsplit > 0 {
        doubts.push(format!(
            "Responses that do not tell 5-minute from 1-hour cache writes, or not of all: {}. The \
             rest counts as 5-minute writes, the cheaper ones{}.",
            grouped(tally.unsplit),
            if tally.has(Source::Ccusage) {
                "; the upper end of the dollars takes ccusage's for 1-hour writes"
            } else {
                ""
            }
        ));
    }
    if summary.totals.estimates > 0 {
        doubts.push(format!(
            "Responses whose tokens are estimated from their text ('~'): {}. The source holds no \
             counts.",
            grouped(summary.totals.estimates)
        ));
    }
    doubts
}

/// What sums hide.
fn of_sums(tally: &Tally, summary: &Summary, query: &Query<'_>) -> Vec<String> {
    let mut doubts = Vec::new();
    if tally.sums > 0 {
        doubts.push(format!(
            "Sums over several responses: {} ({}). Each counts as one response, and none as a \
             session.",
            grouped(tally.sums),
            names(&tally.summing)
        ));
    }
    let bounds = summary.totals.usd.map(usd).zip(summary.totals.usd_high().map(usd));
    if let Some((low, high)) = bounds.filter(|(low, high)| low != high) {
        doubts.push(format!(
            "Sums hide the size and day of each request{}: dollars run from {}, all at the lower \
             prices, to {}, all at the higher ones.",
            if tally.has(Source::Ccusage) { " and the lifetime of cache writes" } else { "" },
            low,
            high
        ));
    }
    if !tally.unasked.is_empty() {
        doubts.push(format!(
            "Who asked is not told: {}. The unattended share leaves that out.",
            names(&tally.unasked).replace("Claude Code logs", "older Claude Code logs")
        ));
    }
    if query.zone != TimeZone::UTC && !tally.by_utc.is_empty() {
        doubts.push(format!("Whole days in UTC, not in the time zone: {}.", names(&tally.by_utc)));
    }
    if tally.has(Source::Ccusage) {
        doubts.push(
            "ccusage tells neither batches nor US-only inference nor web searches: all is priced as \
             standard. Its days are those of the zone it ran in, taken as UTC days."
                .to_owned(),
        );
    }
    doubts
}

fn of_costs(tally: &Tally) -> Vec<String> {
    let mut doubts = Vec::new();
    if tally.rounded > 0 {
        let off = Decimal::from(tally.rounded) * Decimal::new(5, 3);
        doubts.push(format!(
            "The Console rounds every cost to cents: {} amount{} can be off by {} together.",
            grouped(tally.rounded),
            if tally.rounded == 1 { "" } else { "s" },
            usd(off)
        ));
    }
    if tally.has(Source::AdminCosts) {
        doubts.push("The Admin cost report leaves the Priority Tier out.".to_owned());
    }
    doubts
}

/// Days that were recorded more than once, so that their work counts more than once.
fn twice(tally: &Tally) -> Vec<String> {
    let mut doubts = Vec::new();
    for (one, other) in SAME_WORK {
        let (Some(a), Some(b)) = (tally.days.get(&one), tally.days.get(&other)) else {
            continue;
        };
        let Some(days) = common(a, b) else {
            continue;
        };
        let (from, or) = (option(one), option(other));
        let remedy = if from == or {
            "Name only one of the files.".to_owned()
        } else {
            format!("Read one of them alone with '--from {from}' or '--from {or}'.")
        };
        doubts.push(format!(
            "{} and {} both tell of {days}: the same work may count twice. {remedy}",
            one.name(),
            other.name()
        ));
    }
    let ways: Vec<_> = tally.ways.iter().collect();
    for (at, ((source, _), days)) in ways.iter().enumerate() {
        // Older Console exports give hours, and midnight looks like a whole day.
        if *source == Source::ConsoleTokens {
            continue;
        }
        let later = ways.iter().skip(at + 1).filter(|((other, _), _)| other == source);
        let found = later.into_iter().find_map(|(_, other)| common(days, other));
        if let Some(days) = found {
            doubts.push(format!(
                "{} tells of {days} in two ways, such as by day and by month: the same work counts \
                 twice. Name only one of the files.",
                source.name()
            ));
        }
    }
    doubts
}

/// How many days two sources share, and which, in words.
fn common(a: &BTreeSet<Date>, b: &BTreeSet<Date>) -> Option<String> {
    let shared: Vec<&Date> = a.intersection(b).collect();
    Some(match (*shared.first()?, *shared.last()?) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{} days from {first} to {last}", shared.len()),
    })
}

/// The source's name in '--from'.
const fn option(source: Source) -> &'static str {
    match source {
        Source::ClaudeCode => "claude-code",
        Source::ClaudeAi => "claude-ai",
        Source::ConsoleTokens | Source::ConsoleCosts => "console",
        Source::AdminUsage | Source::AdminCosts => "admin",
        Source::Ccusage => "ccusage",
    }
}

fn names(sources: &BTreeSet<Source>) -> String {
    sources.iter().map(|source| source.name()).collect::<Vec<_>>().join(", ")
}

fn unpriced(summary: &Summary, gaps: &BTreeSet<(&str, Gap)>) -> Vec<String> {
    let mut doubts = Vec::new();
    let mut is_listed = false;
    for (id, model) in &summary.models {
        if model.totals.unpriced_responses > 0 {
            let some = model.totals.unpriced_responses < model.totals.responses;
            let own = gaps.iter().filter(|(model, _)| model == id).map(|(_, gap)| reason(*gap, id));
            is_listed |= id != NO_MODEL;
            doubts.push(format!(
                "Unpriced responses of {}: {}{}. {}.",
                quoted(id),
                grouped(model.totals.unpriced_responses),
                if some {
                    String::new()
                } else {
                    format!(", {} tokens", grouped(narrow(model.totals.tokens())))
                },
                own.collect::<Vec<_>>().join(". "),
            ));
        }
    }
    if is_listed {
        doubts.push(
            "To price them, add what is missing to a price list of your own and name it with \
             '--catalog'."
                .to_owned(),
        );
    }
    doubts
}

/// Why a model's tokens have no price.
fn reason(gap: Gap, id: &str) -> String {
    match gap {
        Gap::Model if id == NO_MODEL => {
            "The source does not say of which model they are".to_owned()
        }
        Gap::Model => "The price list does not have this model".to_owned(),
        Gap::Day => "The price list has no price for their days".to_owned(),
        Gap::Part(part) => format!("The price list has no price for {part}"),
        Gap::TooLarge => "The counts are too large to price".to_owned(),
    }
}

/// Limits a count to the largest that can be shown in words.
fn narrow(count: u128) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Compares the program's own sums with the lines of the same sessions.
fn own_sum(history: &History) -> Option<String> {
    let mut own: HashMap<&str, u128> = HashMap::new();
    let is_whole = |session: &String| !history.forks.contains(session);
    for ((session, _), output) in history.own_sums.iter().filter(|(key, _)| is_whole(&key.0)) {
        let sum = own.entry(session).or_default();
        *sum = sum.saturating_add((*output).into());
    }
    let is_line = |response: &&Response| {
        response.source == Source::ClaudeCode && own.contains_key(&*response.session)
    };
    let lines: u128 =
        history.responses().filter(is_line).map(|line| u128::from(line.tokens.output)).sum();
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
