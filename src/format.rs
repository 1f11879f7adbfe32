//! What the subcommands write for other programs, as types: names, units and ranges of every field.
//!
//! A format is built from the figures once. The schemas in `docs/schema` are generated from these
//! types, and their descriptions are the comments here: see `CONTRIBUTING.md`.
#![expect(
    clippy::doc_markdown,
    clippy::struct_field_names,
    reason = "comments are read in a schema, which knows no Markdown, and names are the format's"
)]

pub(crate) mod compare;
pub(crate) mod cost;
pub(crate) mod fit;
pub(crate) mod replay;
pub(crate) mod sweep;
pub(crate) mod usage;

use serde::Serialize;

use crate::advice::Assessment;
use crate::catalog::{Catalog, CatalogId};
use crate::number::json::{Day, Time, Usd};
use crate::text::node::pretty;

/// JSON with the fields of each object in the order of their names, ending in a line break: what
/// version 0.1.0 wrote for `fit`, `compare`, `replay` and `sweep`.
pub(crate) fn sorted(document: &impl Serialize) -> String {
    // A value holds no count beyond 64 bits; then the order gives way to the figures.
    serde_json::to_value(document).map_or_else(|_| pretty(document), |value| pretty(&value))
}

/// The prices used.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct PriceList {
    /// Which list.
    pub id: CatalogId,
    /// The day of the list.
    pub as_of: Day,
}

impl From<&Catalog> for PriceList {
    fn from(catalog: &Catalog) -> Self {
        Self { id: catalog.id, as_of: Day(catalog.as_of) }
    }
}

/// One limit that was reached.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct LimitHit<'a> {
    /// When it was reached.
    at: Time,
    /// Which limit, in the source's word; null where it does not say.
    window: Option<&'a str>,
    /// When it ends; null where the source does not say.
    resets_at: Option<Time>,
}

impl<'a> From<&'a crate::history::LimitHit> for LimitHit<'a> {
    fn from(hit: &'a crate::history::LimitHit) -> Self {
        Self { at: Time(hit.at), window: hit.window.as_deref(), resets_at: hit.resets_at.map(Time) }
    }
}

/// What each option costs a month, and the range that holds eight cases in ten, USD.
#[derive(Serialize)]
pub(crate) struct Costs {
    recommended: Usd,
    pro: Usd,
    api: Usd,
    hybrid: Usd,
    api_p10: Usd,
    api_p90: Usd,
    hybrid_p10: Usd,
    hybrid_p90: Usd,
}

impl From<&Assessment> for Costs {
    fn from(assessment: &Assessment) -> Self {
        let costs = &assessment.costs;
        Self {
            recommended: Usd(costs.of(assessment.outcome)),
            pro: Usd(costs.pro),
            api: Usd(costs.api),
            hybrid: Usd(costs.hybrid),
            api_p10: Usd(costs.api_p10),
            api_p90: Usd(costs.api_p90),
            hybrid_p10: Usd(costs.hybrid_p10),
            hybrid_p90: Usd(costs.hybrid_p90),
        }
    }
}
