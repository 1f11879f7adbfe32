//! What real usage said, as JSON: figures only, so that a report that is opened again says the same.

use rust_decimal::Decimal;
use serde::Serialize;

use super::fit::FitPart;
use crate::history::Login;
use crate::measured::{Measured, Part, Whose};
use crate::number::{Percent, exact};

/// The object `usage.measured`.
#[derive(Serialize)]
pub(crate) struct MeasuredPart<'a> {
    from: String,
    to: String,
    days: u64,
    timezone: &'a str,
    sources: Vec<&'static str>,
    responses: u64,
    input_tokens: u64,
    output_tokens: u64,
    cache_read_pct: Percent,
    cache_write_pct: Percent,
    cache_write_1h_pct: Percent,
    model: Option<&'a str>,
    mix_usd: Option<String>,
    unpriced_responses: u64,
    limits: Option<LimitsPart>,
    sessions: Option<SessionsPart>,
    unattended: Option<ShareOf>,
    programs: Option<ShareOf>,
    login: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    daily_costs: Vec<DailyCost>,
    doubts: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    fit: Option<FitPart<'a>>,
}

#[derive(Serialize)]
struct DailyCost {
    day: String,
    usd: Option<String>,
    unpriced_responses: u64,
}

#[derive(Serialize)]
struct LimitsPart {
    hits: u64,
    weeks: u64,
    plan: Option<&'static str>,
    peak_pct: Option<String>,
}

#[derive(Serialize)]
struct SessionsPart {
    count: u64,
    median_minutes: String,
    marathons: u64,
}

#[derive(Serialize)]
struct ShareOf {
    output_tokens: u64,
    of: u64,
}

impl ShareOf {
    const fn new(part: Part) -> Self {
        Self { output_tokens: part.part, of: part.whole }
    }
}

impl<'a> MeasuredPart<'a> {
    /// The object for this usage.
    pub(crate) fn new(measured: &'a Measured) -> Self {
        let cached = measured.cached;
        let plain = |value: Decimal| exact(value);
        Self {
            from: measured.from.to_string(),
            to: measured.to.to_string(),
            days: measured.days,
            timezone: &measured.zone,
            sources: measured.sources.iter().map(|source| source.as_str()).collect(),
            responses: measured.responses,
            input_tokens: measured.volume.input,
            output_tokens: measured.volume.output,
            cache_read_pct: cached.read,
            cache_write_pct: cached.write_5m,
            cache_write_1h_pct: cached.write_1h,
            model: measured.model.as_deref(),
            mix_usd: measured.mix_usd.map(plain),
            unpriced_responses: measured.unpriced,
            limits: measured.limits.map(|seen| LimitsPart {
                hits: seen.hits,
                weeks: seen.weeks,
                plan: match seen.plan {
                    Whose::Pro => Some("pro"),
                    Whose::Other => Some("other"),
                    Whose::Unknown => None,
                },
                peak_pct: seen.peak_pct.map(plain),
            }),
            sessions: measured.sessions.map(|seen| SessionsPart {
                count: seen.count,
                median_minutes: exact(seen.median_minutes),
                marathons: seen.marathons,
            }),
            unattended: measured.unattended.map(ShareOf::new),
            programs: measured.programs.map(ShareOf::new),
            login: measured.login.map(|login| match login {
                Login::Claude => "claude",
                Login::Other => "other",
            }),
            daily_costs: measured
                .by_day
                .iter()
                .map(|day| DailyCost {
                    day: day.day.to_string(),
                    usd: day.usd.map(plain),
                    unpriced_responses: day.unpriced,
                })
                .collect(),
            doubts: &measured.doubts,
            fit: measured.fit.as_deref().map(FitPart::new),
        }
    }
}
