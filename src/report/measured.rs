//! What real usage said, as reports and drafts keep it: figures, so that a report that is opened
//! again says the same.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::read::{ReadError, wrong};
use crate::cost::Volume;
use crate::fit::{Account, Digest, PlanDigest, Reasons, Sentences, WeekDigest};
use crate::history::{Login, Source};
use crate::measured::{
    Cached, DayCost, LimitsSeen, Measured as Month, Part, Replays, SessionsSeen,
};
#[cfg(test)]
use crate::number::json::Usd;
use crate::number::json::{Day, Tokens};
use crate::number::{Percent, amount};
#[cfg(test)]
use crate::text::node::Line;
use crate::text::node::{Node, line, line_or_none, sentences};

/// Twice the days that a report of this program holds (`month::MOST_DAYS`).
const MOST_DAYS: usize = 184;
/// The most plans that are kept; a price list has fewer.
const MOST_PLANS: usize = 40;

/// What real usage said.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Measured {
    /// The first day with a response.
    from: Day,
    /// The last day that counts: that of the reading for logs, that of the last response else.
    to: Day,
    /// Calendar days from the first to the last, both counted.
    #[cfg_attr(test, schemars(range(min = 1)))]
    days: u64,
    /// Days from the first to the last use; where it is absent, all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "u64", range(min = 1)))]
    days_of_use: Option<u64>,
    /// The zone whose days these are.
    #[serde(deserialize_with = "line", default = "local_time")]
    #[cfg_attr(test, schemars(with = "Line"))]
    timezone: String,
    /// What was read, each kind once.
    #[serde(deserialize_with = "sources", default)]
    #[cfg_attr(test, schemars(with = "Vec<String>", inner(length(min = 1))))]
    sources: Vec<Source>,
    /// Responses that were counted.
    responses: u64,
    /// Input tokens scaled to a month.
    input_tokens: Tokens,
    /// Output tokens scaled to a month.
    output_tokens: Tokens,
    /// Share of the input read from the cache.
    #[serde(default)]
    cache_read_pct: Percent,
    /// Share of the input written to the cache for five minutes.
    #[serde(default)]
    cache_write_pct: Percent,
    /// Share of the input written to the cache for one hour.
    #[serde(default)]
    cache_write_1h_pct: Percent,
    /// The model with the most value at API prices; null when none has a price.
    #[serde(deserialize_with = "line_or_none", default)]
    #[cfg_attr(test, schemars(length(min = 1)))]
    model: Option<String>,
    /// What all models together would cost on the API for a month; null when none has a price.
    #[serde(with = "amount::optional", default)]
    #[cfg_attr(test, schemars(with = "Option<Usd>"))]
    mix_usd: Option<Decimal>,
    /// Responses without a price.
    unpriced_responses: u64,
    /// Limits that were reached; null where the data cannot tell.
    limits: Option<LimitsSeen>,
    /// How long sessions were; null where the data cannot tell.
    sessions: Option<SessionsSeen>,
    /// Output that nobody typed for; null where the data cannot tell.
    unattended: Option<Part>,
    /// Output that programs asked for; null where the data cannot tell.
    programs: Option<Part>,
    /// How Claude Code is signed in; null when not known.
    login: Option<Login>,
    /// What the use of each day would have cost on the API: the days with use of the last 92, in
    /// order. Missing where a source has no single days.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[cfg_attr(test, schemars(length(min = 1)))]
    daily_costs: Vec<DayCost>,
    /// Reasons to trust the figures less.
    #[serde(deserialize_with = "sentences", default)]
    #[cfg_attr(test, schemars(with = "Vec<Line>"))]
    doubts: Vec<String>,
    /// Real usage replayed against the windows of every plan; missing where nothing could be
    /// replayed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Fit"))]
    fit: Option<Fit>,
}

/// What a replay against the windows of every plan said.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Fit {
    /// The first day of the history.
    from: Day,
    /// The last day.
    to: Day,
    /// Days from the first to the last, both counted.
    #[cfg_attr(test, schemars(range(min = 1)))]
    days: u32,
    /// Requests that were replayed.
    requests: u64,
    /// The id of the plan that the person has; null where that is not known.
    #[serde(deserialize_with = "line_or_none", default)]
    #[cfg_attr(test, schemars(length(min = 1)))]
    plan_now: Option<String>,
    /// Who named that plan; null where nobody did.
    plan_now_from: Option<ToldBy>,
    /// Limit hits of which nobody said on which plan they were met, so that no plan's verdict counts
    /// them.
    #[serde(default)]
    limit_hits_without_plan: u64,
    /// What an hour of interruption costs; null where that was not said.
    #[serde(with = "amount::optional", default)]
    #[cfg_attr(test, schemars(with = "Option<Usd>"))]
    hour_value_usd: Option<Decimal>,
    /// The plans in the order of the price list, the API last.
    #[serde(default)]
    plans: Vec<PlanDigest>,
    /// The week in which most did not fit, else the fullest one; null where no plan has a known
    /// window.
    week: Option<WeekDigest>,
    /// What was found, and what that rests on; not in older files.
    #[serde(skip_serializing_if = "Option::is_none")]
    reasons: Option<Reasons>,
    /// The answer in sentences, the most important one first; only in older files.
    #[serde(deserialize_with = "sentences", default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(with = "Vec<Line>"))]
    answer: Vec<String>,
    /// What the windows are taken to hold, and the sources; only in older files.
    #[serde(deserialize_with = "sentences", default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(with = "Vec<Line>"))]
    windows_hold: Vec<String>,
    /// What the replay takes for granted, in sentences; only in older files.
    #[serde(deserialize_with = "sentences", default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(with = "Vec<Line>"))]
    assumptions: Vec<String>,
    /// Why to trust it less, in sentences; only in older files.
    #[serde(deserialize_with = "sentences", default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(with = "Vec<Line>"))]
    doubts: Vec<String>,
}

/// Who told which plan the person had.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
enum ToldBy {
    /// The logs name it.
    Logs,
    /// The person said so.
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
            from: Day(month.from),
            to: Day(month.to),
            days: month.days,
            days_of_use: Some(month.days_of_use),
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
        let fit = fit.kept();
        let told_by = if fit.is_declared { ToldBy::Person } else { ToldBy::Logs };
        Self {
            from: Day(fit.from),
            to: Day(fit.to),
            days: fit.days,
            requests: fit.requests,
            plan_now: fit.plan_now().map(|plan| plan.id.clone()),
            plan_now_from: fit.plan_now().map(|_| told_by),
            limit_hits_without_plan: fit.unnamed_hits,
            hour_value_usd: fit.hour_value,
            plans: fit.plans,
            week: fit.week,
            reasons: match fit.account {
                Account::Reasons(reasons) => Some(reasons),
                Account::Written(_) => None,
            },
            answer: Vec::new(),
            windows_hold: Vec::new(),
            assumptions: Vec::new(),
            doubts: Vec::new(),
        }
    }
}

const SPAN: &str = "must be at least 1, from 'from' to 'to'";

impl Measured {
    /// The month, with what the fields say together checked; errors name them below `usage`.
    pub(super) fn checked(self) -> Result<Month, ReadError> {
        let at = |field: &str| format!("usage.measured.{field}");
        let (from, to) = (self.from.0, self.to.0);
        if self.days == 0 || to < from {
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
            if cost.day < from || cost.day > to || before.is_some_and(|b| b >= cost.day) {
                return Err(wrong(
                    at(&format!("daily_costs.{index}.day")),
                    "must lie from 'from' to 'to', each day once and in order",
                ));
            }
            before = Some(cost.day);
        }
        Ok(Month {
            from,
            to,
            days: self.days,
            days_of_use: self.days_of_use.unwrap_or(self.days).clamp(1, self.days),
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
        let (from, to) = (self.from.0, self.to.0);
        if self.days == 0 || to < from {
            return Err(wrong("usage.measured.fit.days", SPAN));
        }
        let now = self.plan_now.as_deref();
        let plans = self.plans.into_iter().take(MOST_PLANS);
        Ok(Digest {
            from,
            to,
            days: self.days,
            requests: self.requests,
            account: match self.reasons {
                Some(reasons) => Account::Reasons(reasons),
                None => Account::Written(Sentences {
                    answer: self.answer,
                    holds: self.windows_hold,
                    assumptions: self.assumptions,
                    doubts: self.doubts,
                }),
            },
            plans: plans
                .map(|plan| PlanDigest { is_now: now == Some(plan.id.as_str()), ..plan })
                .collect(),
            week: self.week,
            unnamed_hits: self.limit_hits_without_plan,
            hour_value: self.hour_value_usd,
            is_declared: self.plan_now_from == Some(ToldBy::Person),
        })
    }
}
