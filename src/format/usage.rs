//! What `planwise usage --format json` writes.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::{LimitHit, PriceList};
use crate::history::summary::{self, Peak, Query, Summary};
use crate::history::{Login, Plan, PlanSeen, Skip, Source};
use crate::number::json::{Amount, Day, SignedUsd, Time, Usd};
use crate::words::zone_name;

/// What was really used, as 'planwise usage --format json' writes it. Times are RFC 3339 in UTC;
/// money is an exact decimal in quotes. Later versions may add fields.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "planwise usage"))]
pub(crate) struct Document<'a> {
    /// The zone whose days count.
    #[cfg_attr(test, schemars(length(min = 1)))]
    timezone: String,
    catalog: PriceList,
    coverage: Coverage<'a>,
    /// What was read, and from how many files.
    sources: Vec<Files>,
    /// Everything together.
    totals: Totals,
    /// By model, as the source spells it.
    models: BTreeMap<&'a str, Model<'a>>,
    /// By what was asked for with '--by', ascending.
    rows: Vec<Row<'a>>,
    /// Limits of a plan that were reached, in the order of time.
    limit_hits: Vec<LimitHit<'a>>,
    /// Caps on spending that were reached, in the order of time: 'overage' for used-up usage
    /// credits, 'monthly_spend' for a spend limit. They say nothing of a plan's limits.
    spending_caps: Vec<LimitHit<'a>>,
    sessions: Sessions,
    /// What ccusage itself says that its sums cost; absent where it does not say so of each.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Usd"))]
    ccusage_usd: Option<Usd>,
    /// Share of output tokens that nobody typed for, in percent with one decimal; null where it is
    /// not known who asked.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    unattended_pct: Option<f64>,
    evidence: Evidence<'a>,
    /// Reasons to trust the figures less, one sentence each.
    #[cfg_attr(test, schemars(inner(length(min = 1))))]
    doubts: &'a [String],
}

/// What was read and counted.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Coverage<'a> {
    /// The first counted response; null without any.
    from: Option<Time>,
    /// The last counted response; null without any.
    to: Option<Time>,
    /// The first day that counts; null without any.
    first_day: Option<Day>,
    /// The last day that counts: logs of Claude Code reach to today or to '--until'; null without
    /// any.
    last_day: Option<Day>,
    /// Calendar days from the first to the last, both counted.
    days: u64,
    /// Days among them with use.
    days_with_use: u64,
    /// Files that were read.
    files: u64,
    /// Bytes that were read.
    bytes: u64,
    /// Counted responses, each once.
    responses: u64,
    /// Repeats of counted responses that were dropped.
    duplicates: u64,
    /// What was read and does not count, by reason.
    #[cfg_attr(test, schemars(with = "BTreeMap<String, u64>"))]
    skipped: &'a BTreeMap<Skip, u64>,
}

/// One kind of data.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Files {
    /// The kind of data.
    #[cfg_attr(test, schemars(extend("enum" = Source::ALL.map(Source::name))))]
    source: &'static str,
    /// Files of this kind.
    files: u64,
}

/// Sums over responses and billed amounts.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Totals {
    /// Uncached input tokens.
    input: u128,
    /// Output tokens, thinking included.
    output: u128,
    /// Tokens written to the cache for five minutes.
    cache_write_5m: u128,
    /// Tokens written to the cache for one hour.
    cache_write_1h: u128,
    /// Tokens read from the cache.
    cache_read: u128,
    /// Web searches.
    web_searches: u128,
    /// What the priced responses would have cost on the API, by the prices of their days; null
    /// when none has a price. On a flat plan it is no money that was spent.
    usd: Option<Usd>,
    /// The most that 'usd' can be, where sums of several requests cross a price step; absent where
    /// the two are equal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Usd"))]
    usd_high: Option<Usd>,
    /// What was billed, for sources that hold dollars and no tokens; absent without them. Below 0
    /// where credits and refunds are more than the rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "SignedUsd"))]
    billed_usd: Option<SignedUsd>,
    /// Responses without a price; they are not in 'usd'.
    unpriced_responses: u64,
}

/// One model.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Model<'a> {
    #[serde(flatten)]
    totals: Totals,
    /// Its id in the price list; null when it is not in it.
    catalog_id: Option<&'a str>,
}

/// One row.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Row<'a> {
    /// The day, week, month, model, project or session.
    key: &'a str,
    #[serde(flatten)]
    totals: Totals,
}

/// Runs of responses of one session without a gap of more than an hour.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Sessions {
    /// How many.
    count: u64,
    /// The median of their lengths in minutes, one decimal; null without any.
    #[cfg_attr(test, schemars(range(min = 0)))]
    median_minutes: Option<f64>,
    /// How many lasted three hours or more.
    marathons: u64,
}

/// What is known of the plan besides the responses.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Evidence<'a> {
    /// Plans that files name.
    plans: Vec<NamedPlan<'a>>,
    /// How far windows of the plan were used up at most.
    peaks: Vec<FullWindow<'a>>,
}

/// A plan that a file names.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NamedPlan<'a> {
    /// When it was noted; null when unknown.
    at: Option<Time>,
    login: Login,
    /// The plan; null without one.
    plan: Option<&'a str>,
    /// Whether use beyond the plan is paid for; null when unknown.
    extra_usage: Option<bool>,
}

/// The highest use of a window.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FullWindow<'a> {
    /// Which window, such as five_hour.
    #[cfg_attr(test, schemars(length(min = 1)))]
    window: &'a str,
    /// The ISO week of this peak; absent for the highest of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "String"))]
    week: Option<&'a str>,
    /// Percent of the window, as an exact decimal in quotes.
    percent: Amount,
    /// When it was reached.
    at: Time,
}

impl<'a> Document<'a> {
    pub(crate) fn new(summary: &'a Summary, query: &Query<'_>) -> Self {
        let coverage = &summary.coverage;
        let files =
            |(source, files): (&Source, &u64)| Files { source: source.name(), files: *files };
        Self {
            timezone: zone_name(&query.zone),
            catalog: query.catalog.into(),
            coverage: Coverage {
                from: coverage.from.map(Time),
                to: coverage.to.map(Time),
                first_day: summary.period.map(|period| Day(period.first)),
                last_day: summary.period.map(|period| Day(period.last)),
                days: coverage.days,
                days_with_use: coverage.days_with_use,
                files: coverage.files,
                bytes: coverage.bytes,
                responses: coverage.responses,
                duplicates: coverage.duplicates,
                skipped: &coverage.skipped,
            },
            sources: summary.sources.iter().map(files).collect(),
            totals: (&summary.totals).into(),
            models: summary
                .models
                .iter()
                .map(|(id, model)| {
                    let catalog_id = model.catalog_id.as_deref();
                    (id.as_str(), Model { totals: (&model.totals).into(), catalog_id })
                })
                .collect(),
            rows: summary
                .rows
                .iter()
                .map(|(key, totals)| Row { key, totals: totals.into() })
                .collect(),
            limit_hits: summary.limit_hits.iter().map(Into::into).collect(),
            spending_caps: summary.spending_caps.iter().map(Into::into).collect(),
            sessions: Sessions {
                count: summary.sessions.count,
                median_minutes: one_decimal(summary.sessions.median_minutes),
                marathons: summary.sessions.marathons,
            },
            ccusage_usd: summary.ccusage_usd.map(Usd),
            unattended_pct: one_decimal(summary.unattended_pct),
            evidence: Evidence {
                plans: summary.plans.iter().map(Into::into).collect(),
                peaks: summary.peaks.iter().map(Into::into).collect(),
            },
            doubts: &summary.doubts,
        }
    }
}

impl From<&summary::Totals> for Totals {
    fn from(sums: &summary::Totals) -> Self {
        Self {
            input: sums.input,
            output: sums.output,
            cache_write_5m: sums.cache_write_5m,
            cache_write_1h: sums.cache_write_1h,
            cache_read: sums.cache_read,
            web_searches: sums.web_searches,
            usd: sums.usd.map(Usd),
            usd_high: sums.usd_high().map(Usd),
            billed_usd: sums.billed_usd.map(SignedUsd),
            unpriced_responses: sums.unpriced_responses,
        }
    }
}

impl<'a> From<&'a PlanSeen> for NamedPlan<'a> {
    fn from(seen: &'a PlanSeen) -> Self {
        Self {
            at: seen.at.map(Time),
            login: seen.login,
            plan: seen.plan.as_ref().map(plan_word),
            extra_usage: seen.has_extra_usage,
        }
    }
}

impl<'a> From<&'a Peak> for FullWindow<'a> {
    fn from(peak: &'a Peak) -> Self {
        Self {
            window: &peak.window,
            week: peak.week.as_deref(),
            percent: Amount(peak.percent),
            at: Time(peak.at),
        }
    }
}

/// The word for a plan; a word that is not known is kept.
fn plan_word(plan: &Plan) -> &str {
    match plan {
        Plan::Free => "free",
        Plan::Pro => "pro",
        Plan::Max5 => "max_5x",
        Plan::Max20 => "max_20x",
        Plan::Max => "max",
        Plan::Ultra => "ultra",
        Plan::Team => "team",
        Plan::Enterprise => "enterprise",
        Plan::Other(word) => word,
    }
}

/// A decimal with one place as a JSON number.
fn one_decimal(value: Option<Decimal>) -> Option<f64> {
    value?.to_string().parse().ok()
}

#[cfg(test)]
mod tests;
