//! The JSON of `planwise usage`: stable, for scripts.

use std::collections::BTreeMap;

use anyhow::Context as _;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Serialize;

use super::zone_name;
use crate::history::Skip;
use crate::history::summary::{Query, Summary, Totals};
use crate::number::exact;

#[derive(Serialize)]
struct SummaryJson<'a> {
    timezone: String,
    catalog: CatalogJson<'a>,
    coverage: CoverageJson<'a>,
    totals: TotalsJson,
    models: BTreeMap<&'a str, ModelJson<'a>>,
    rows: Vec<RowJson<'a>>,
    limit_hits: Vec<HitJson<'a>>,
    sessions: SessionsJson,
    unattended_pct: Option<f64>,
    doubts: &'a [String],
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
            unpriced_responses: totals.unpriced_responses,
        }
    }
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
        doubts: &summary.doubts,
    };
    serde_json::to_string_pretty(&json).context("cannot write JSON")
}
