//! What real usage said, as reports and drafts keep it: figures, so that a report that is opened
//! again says the same.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::read::{ReadError, wrong};
use crate::cost::Volume;
use crate::fit::{Digest, PlanDigest, WeekDigest};
use crate::history::{Login, Source};
use crate::measured::{
    Cached, DayCost, LimitsSeen, Measured as Month, Part, Replays, SessionsSeen,
};
use crate::number::json::Tokens;
use crate::number::{Percent, amount, day};
use crate::text::node::{Node, line, line_or_none, sentences};

/// Twice the days that a report of this program holds (`month::MOST_DAYS`).
const MOST_DAYS: usize = 184;
/// The most plans that are kept; a price list has fewer.
const MOST_PLANS: usize = 40;

/// What real usage said.
#[derive(Serialize, Deserialize)]
pub(crate) struct Measured {
    #[serde(deserialize_with = "day")]
    from: Date,
    #[serde(deserialize_with = "day")]
    to: Date,
    days: u64,
    #[serde(deserialize_with = "line", default = "local_time")]
    timezone: String,
    #[serde(deserialize_with = "sources", default)]
    sources: Vec<Source>,
    responses: u64,
    input_tokens: Tokens,
    output_tokens: Tokens,
    #[serde(default)]
    cache_read_pct: Percent,
    #[serde(default)]
    cache_write_pct: Percent,
    #[serde(default)]
    cache_write_1h_pct: Percent,
    #[serde(deserialize_with = "line_or_none", default)]
    model: Option<String>,
    #[serde(with = "amount::optional", default)]
    mix_usd: Option<Decimal>,
    unpriced_responses: u64,
    limits: Option<LimitsSeen>,
    sessions: Option<SessionsSeen>,
    unattended: Option<Part>,
    programs: Option<Part>,
    login: Option<Login>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    daily_costs: Vec<DayCost>,
    #[serde(deserialize_with = "sentences", default)]
    doubts: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fit: Option<Fit>,
}

/// What a replay against the windows of every plan said.
#[derive(Serialize, Deserialize)]
struct Fit {
    #[serde(deserialize_with = "day")]
    from: Date,
    #[serde(deserialize_with = "day")]
    to: Date,
    days: u32,
    requests: u64,
    #[serde(deserialize_with = "line_or_none", default)]
    plan_now: Option<String>,
    plan_now_from: Option<ToldBy>,
    #[serde(default)]
    limit_hits_without_plan: u64,
    #[serde(with = "amount::optional", default)]
    hour_value_usd: Option<Decimal>,
    #[serde(deserialize_with = "sentences", default)]
    answer: Vec<String>,
    #[serde(default)]
    plans: Vec<PlanDigest>,
    week: Option<WeekDigest>,
    #[serde(deserialize_with = "sentences", default)]
    windows_hold: Vec<String>,
    #[serde(deserialize_with = "sentences", default)]
    assumptions: Vec<String>,
    #[serde(deserialize_with = "sentences", default)]
    doubts: Vec<String>,
}

/// Who told which plan the person had.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ToldBy {
    Logs,
    Person,
}

fn local_time() -> String {
    "local time".to_owned()
}

/// A kind that a later version knows is not worth a refusal.
fn sources<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Source>, D::Error> {
    let items = Vec::<Node>::deserialize(deserializer)?;
    let mut sources: Vec<Source> =
        items.iter().filter_map(|item| Source::deserialize(item).ok()).collect();
    sources.sort_unstable();
    sources.dedup();
    Ok(sources)
}

impl From<&Month> for Measured {
    fn from(month: &Month) -> Self {
        Self {
            from: month.from,
            to: month.to,
            days: month.days,
            timezone: month.zone.clone(),
            sources: month.sources.clone(),
            responses: month.responses,
            input_tokens: Tokens(month.volume.input),
            output_tokens: Tokens(month.volume.output),
            cache_read_pct: month.cached.read,
            cache_write_pct: month.cached.write_5m,
            cache_write_1h_pct: month.cached.write_1h,
            model: month.model.clone(),
            mix_usd: month.mix_usd,
            unpriced_responses: month.unpriced,
            limits: month.limits,
            sessions: month.sessions,
            unattended: month.unattended,
            programs: month.programs,
            login: month.login,
            daily_costs: month.by_day.clone(),
            doubts: month.doubts.clone(),
            fit: month.fit.as_deref().map(Fit::from),
        }
    }
}

impl From<&Digest> for Fit {
    fn from(fit: &Digest) -> Self {
        let told_by = if fit.is_declared { ToldBy::Person } else { ToldBy::Logs };
        Self {
            from: fit.from,
            to: fit.to,
            days: fit.days,
            requests: fit.requests,
            plan_now: fit.plan_now().map(|plan| plan.id.clone()),
            plan_now_from: fit.plan_now().map(|_| told_by),
            limit_hits_without_plan: fit.unnamed_hits,
            hour_value_usd: fit.hour_value,
            answer: fit.answer.clone(),
            plans: fit.plans.clone(),
            week: fit.week.clone(),
            windows_hold: fit.holds.clone(),
            assumptions: fit.assumptions.clone(),
            doubts: fit.doubts.clone(),
        }
    }
}

const SPAN: &str = "must be at least 1, from 'from' to 'to'";

impl Measured {
    /// The month, with what the fields say together checked; errors name them below `usage`.
    pub(super) fn checked(self) -> Result<Month, ReadError> {
        let at = |field: &str| format!("usage.measured.{field}");
        if self.days == 0 || self.to < self.from {
            return Err(wrong(at("days"), SPAN));
        }
        let cached = Cached {
            read: self.cache_read_pct,
            write_5m: self.cache_write_pct,
            write_1h: self.cache_write_1h_pct,
        };
        if [cached.read, cached.write_5m, cached.write_1h]
            .into_iter()
            .map(Percent::value)
            .sum::<Decimal>()
            > Decimal::ONE_HUNDRED
        {
            return Err(wrong(
                at("cache_read_pct"),
                "makes more than 100 together with the other two cache shares",
            ));
        }
        let part = |name: &str, part: Option<Part>| match part {
            Some(part) if part.part > part.whole => {
                Err(wrong(at(name), "must not be more than it is a part of"))
            }
            part => Ok(part.filter(|part| part.whole > 0)),
        };
        let count = self.daily_costs.len();
        if count > MOST_DAYS {
            return Err(wrong(
                at("daily_costs"),
                format!("has {count} days; at most {MOST_DAYS} are kept"),
            ));
        }
        let mut before = None;
        for (index, cost) in self.daily_costs.iter().enumerate() {
            if cost.day < self.from || cost.day > self.to || before.is_some_and(|b| b >= cost.day) {
                return Err(wrong(
                    at(&format!("daily_costs.{index}.day")),
                    "must lie from 'from' to 'to', each day once and in order",
                ));
            }
            before = Some(cost.day);
        }
        Ok(Month {
            from: self.from,
            to: self.to,
            days: self.days,
            zone: self.timezone,
            sources: self.sources,
            responses: self.responses,
            volume: Volume { input: self.input_tokens.0, output: self.output_tokens.0 },
            cached,
            model: self.model,
            mix_usd: self.mix_usd,
            unpriced: self.unpriced_responses,
            limits: self.limits,
            sessions: self.sessions,
            unattended: part("unattended", self.unattended)?,
            programs: part("programs", self.programs)?,
            login: self.login,
            by_day: self.daily_costs,
            doubts: self.doubts,
            fit: self.fit.map(Fit::checked).transpose()?.map(Arc::new),
            replays: Replays::default(),
        })
    }
}

impl Fit {
    fn checked(self) -> Result<Digest, ReadError> {
        if self.days == 0 || self.to < self.from {
            return Err(wrong("usage.measured.fit.days", SPAN));
        }
        let now = self.plan_now.as_deref();
        let plans = self.plans.into_iter().take(MOST_PLANS);
        Ok(Digest {
            from: self.from,
            to: self.to,
            days: self.days,
            requests: self.requests,
            answer: self.answer,
            plans: plans
                .map(|plan| PlanDigest { is_now: now == Some(plan.id.as_str()), ..plan })
                .collect(),
            week: self.week,
            holds: self.windows_hold,
            assumptions: self.assumptions,
            doubts: self.doubts,
            unnamed_hits: self.limit_hits_without_plan,
            hour_value: self.hour_value_usd,
            is_declared: self.plan_now_from == Some(ToldBy::Person),
        })
    }
}
