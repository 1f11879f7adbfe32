//! The JSON of `planwise usage`: stable, for scripts.

use std::collections::BTreeMap;

use anyhow::Context as _;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Serialize;

use super::zone_name;
use crate::history::summary::{Query, Summary, Totals};
use crate::history::{Login, Plan, Skip};
use crate::number::exact;

#[derive(Serialize)]
struct SummaryJson<'a> {
    timezone: String,
    catalog: CatalogJson<'a>,
    coverage: CoverageJson<'a>,
    sources: Vec<SourceJson>,
    totals: TotalsJson,
    models: BTreeMap<&'a str, ModelJson<'a>>,
    rows: Vec<RowJson<'a>>,
    limit_hits: Vec<HitJson<'a>>,
    sessions: SessionsJson,
    unattended_pct: Option<f64>,
    evidence: EvidenceJson<'a>,
    doubts: &'a [String],
}

#[derive(Serialize)]
struct SourceJson {
    source: &'static str,
    files: u64,
}

/// What tells about a plan besides the responses.
#[derive(Serialize)]
struct EvidenceJson<'a> {
    plans: Vec<PlanJson<'a>>,
    peaks: Vec<PeakJson<'a>>,
}

#[derive(Serialize)]
struct PlanJson<'a> {
    at: Option<Timestamp>,
    login: &'static str,
    plan: Option<&'a str>,
    extra_usage: Option<bool>,
}

/// The highest use of a window; of one week where that is named.
#[derive(Serialize)]
struct PeakJson<'a> {
    window: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    week: Option<&'a str>,
    percent: String,
    at: Timestamp,
}

#[derive(Serialize)]
struct CatalogJson<'a> {
    id: &'a str,
    as_of: String,
}

#[derive(Serialize)]
struct CoverageJson<'a> {
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    days: u64,
    files: u64,
    bytes: u64,
    responses: u64,
    duplicates: u64,
    skipped: &'a BTreeMap<Skip, u64>,
}

#[derive(Serialize)]
struct TotalsJson {
    input: u128,
    output: u128,
    cache_write_5m: u128,
    cache_write_1h: u128,
    cache_read: u128,
    web_searches: u128,
    usd: Option<String>,
    /// Only where sums leave the dollars open.
    #[serde(skip_serializing_if = "Option::is_none")]
    usd_high: Option<String>,
    /// Only where a source holds billed dollars.
    #[serde(skip_serializing_if = "Option::is_none")]
    billed_usd: Option<String>,
    unpriced_responses: u64,
}

#[derive(Serialize)]
struct ModelJson<'a> {
    #[serde(flatten)]
    totals: TotalsJson,
    catalog_id: Option<&'a str>,
}

#[derive(Serialize)]
struct RowJson<'a> {
    key: &'a str,
    #[serde(flatten)]
    totals: TotalsJson,
}

#[derive(Serialize)]
struct HitJson<'a> {
    at: Timestamp,
    window: Option<&'a str>,
    resets_at: Option<Timestamp>,
}

#[derive(Serialize)]
struct SessionsJson {
    count: u64,
    median_minutes: Option<f64>,
    marathons: u64,
}

impl From<&Totals> for TotalsJson {
    fn from(totals: &Totals) -> Self {
        Self {
            input: totals.input,
            output: totals.output,
            cache_write_5m: totals.cache_write_5m,
            cache_write_1h: totals.cache_write_1h,
            cache_read: totals.cache_read,
            web_searches: totals.web_searches,
            usd: totals.usd.map(exact),
            usd_high: totals.usd_high().map(exact),
            billed_usd: totals.billed_usd.map(exact),
            unpriced_responses: totals.unpriced_responses,
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

fn evidence(summary: &Summary) -> EvidenceJson<'_> {
    let plans = summary.plans.iter().map(|seen| PlanJson {
        at: seen.at,
        login: match seen.login {
            Login::Claude => "claude",
            Login::Other => "other",
        },
        plan: seen.plan.as_ref().map(plan_word),
        extra_usage: seen.has_extra_usage,
    });
    let peaks = summary.peaks.iter().map(|peak| PeakJson {
        window: &peak.window,
        week: peak.week.as_deref(),
        percent: exact(peak.percent),
        at: peak.at,
    });
    EvidenceJson { plans: plans.collect(), peaks: peaks.collect() }
}

/// A decimal with one place as a JSON number.
fn number(value: Option<Decimal>) -> Option<f64> {
    value?.to_string().parse().ok()
}

/// The summary as JSON.
pub(super) fn json(summary: &Summary, query: &Query<'_>) -> anyhow::Result<String> {
    let coverage = &summary.coverage;
    let models = summary.models.iter().map(|(id, model)| {
        let catalog_id = model.catalog_id.as_deref();
        (id.as_str(), ModelJson { totals: (&model.totals).into(), catalog_id })
    });
    let rows = summary.rows.iter().map(|(key, totals)| RowJson { key, totals: totals.into() });
    let hits = summary.limit_hits.iter().map(|hit| HitJson {
        at: hit.at,
        window: hit.window.as_deref(),
        resets_at: hit.resets_at,
    });
    let sources = summary.sources.iter();
    let sources =
        sources.map(|(source, files)| SourceJson { source: source.name(), files: *files });
    let json = SummaryJson {
        timezone: zone_name(&query.zone),
        catalog: CatalogJson {
            id: query.catalog.id.as_str(),
            as_of: query.catalog.as_of.to_string(),
        },
        coverage: CoverageJson {
            from: coverage.from,
            to: coverage.to,
            days: coverage.days,
            files: coverage.files,
            bytes: coverage.bytes,
            responses: coverage.responses,
            duplicates: coverage.duplicates,
            skipped: &coverage.skipped,
        },
        sources: sources.collect(),
        totals: (&summary.totals).into(),
        models: models.collect(),
        rows: rows.collect(),
        limit_hits: hits.collect(),
        sessions: SessionsJson {
            count: summary.sessions.count,
            median_minutes: number(summary.sessions.median_minutes),
            marathons: summary.sessions.marathons,
        },
        unattended_pct: number(summary.unattended_pct),
        evidence: evidence(summary),
        doubts: &summary.doubts,
    };
    serde_json::to_string_pretty(&json).context("cannot write JSON")
}

#[cfg(test)]
mod tests;
