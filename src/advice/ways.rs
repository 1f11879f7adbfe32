//! Ways to go past Pro's limits that the article does not know (method, section 7b): usage credits
//! and the larger plans.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::costs::Costs;
use super::split::Split;
use super::world::World;
use crate::catalog::Plan;
use crate::fit::{Digest, Verdict as Fits};
use crate::question::Limits;
use crate::usage::Usage;

/// Chat that costs more than this many times Pro on the API is worth a look at other ways, whatever
/// the answer about limits.
const DEAR_CHAT: i64 = 2;

/// The fact that describes usage credits.
const CREDITS_FACT: &str = "usage-credits";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum OtherWayId {
    ProCredits,
    Max,
    Ultra,
}

/// Whether a larger plan would have covered the person's own logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Carried {
    /// Even at the low capacity.
    Yes,
    /// At the likely capacity, not at the low one.
    Likely,
    /// Only at the high capacity.
    Perhaps,
    No,
    /// There are no logs, or nobody knows what the plan holds.
    Unknown,
}

/// A way to pay that the article does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherWay {
    pub id: OtherWayId,
    /// The plan's name in the price list.
    pub plan: String,
    /// USD a month. Covers the chat, not the work outside the plan.
    pub monthly: Decimal,
    /// USD a month with the work outside the plan on the API, less the plan's own API credit.
    pub with_outside: Decimal,
    /// Whether it covers the chat; `None` for usage credits, which have no limit.
    pub carried: Option<Carried>,
    pub source: String,
    pub date: Date,
}

impl OtherWay {
    /// True if this is a plan above Pro.
    pub fn is_larger_plan(&self) -> bool {
        self.id != OtherWayId::ProCredits
    }

    /// True if the person's own logs say that it covers the chat.
    pub fn is_covered_by_logs(&self) -> bool {
        matches!(self.carried, Some(Carried::Yes | Carried::Likely))
    }
}

/// The other ways, the cheapest kind first. Empty unless limits stop the person or the chat alone
/// would be dear on the API.
pub(super) fn other_ways(
    usage: &Usage,
    limits_effective: Limits,
    split: Split,
    costs: &Costs,
    world: &World<'_>,
) -> Vec<OtherWay> {
    let is_stopped = matches!(limits_effective, Limits::Sometimes | Limits::Often);
    if !is_stopped && costs.chat_on_api <= costs.pro * Decimal::from(DEAR_CHAT) {
        return Vec::new();
    }
    let percent = Decimal::new(1, 2);
    let outside = costs.api * Decimal::from(split.outside_pct) * percent;
    let past_limits = costs.chat_on_api * Decimal::from(split.overflow_pct) * percent;
    let pro = world.catalog.plan("pro");
    let credits = world.facts.get(CREDITS_FACT).zip(pro).map(|(fact, pro)| OtherWay {
        id: OtherWayId::ProCredits,
        plan: pro.name.clone(),
        monthly: costs.pro + past_limits,
        with_outside: costs.pro + past_limits + outside,
        carried: None,
        source: fact.source.clone(),
        date: fact.source_date,
    });
    let replay = usage.measured_month().and_then(|measured| measured.fit.as_deref());
    let plans = [(OtherWayId::Max, "max"), (OtherWayId::Ultra, "ultra")];
    let larger = plans.into_iter().filter_map(|(id, plan)| {
        let plan = world.catalog.plan(plan)?;
        let monthly = plan.monthly?;
        let outside = (outside - plan.api_credit).max(Decimal::ZERO);
        Some(OtherWay {
            id,
            plan: plan.name.clone(),
            monthly,
            with_outside: monthly + outside,
            carried: Some(carried(plan, replay)),
            source: plan.source.clone(),
            date: plan.date,
        })
    });
    credits.into_iter().chain(larger).collect()
}

fn carried(plan: &Plan, replay: Option<&Digest>) -> Carried {
    let Some(replayed) = replay.and_then(|replay| replay.plan(&plan.id)) else {
        return Carried::Unknown;
    };
    match replayed.carries {
        Fits::Yes | Fits::Unlimited => Carried::Yes,
        Fits::Likely => Carried::Likely,
        Fits::Perhaps => Carried::Perhaps,
        Fits::No | Fits::Capped => Carried::No,
        Fits::Unknown => Carried::Unknown,
    }
}
