//! The result of a replay.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::{
    API, Bound, Capacity, Conflict, Coverage, HitUse, Outcome, Range, Rules, ToldHit, WeekReset,
    Yardstick,
};

/// What one does where a plan refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Policy {
    /// Waiting for the reset.
    Wait,
    /// Paying at API prices.
    Pay,
}

/// A plan, and what one does when it refuses a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Index into the plans of the fit.
    pub plan: usize,
    pub policy: Policy,
}

/// How much an hour of interruption must cost before a more expensive option pays off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakEven {
    /// The cheaper option, which blocks.
    pub from: Choice,
    /// The more expensive option, which blocks less.
    pub to: Choice,
    pub usd_per_hour: Decimal,
    /// How sure the hours of the cheaper option are. If they are an upper bound, this value is a
    /// lower bound, and the reverse.
    pub hours_are: Bound,
}

/// The result for one plan, or for the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFit {
    /// Id in the price list; `api` for the API.
    pub id: String,
    pub name: String,
    /// USD a month; `None` if it cannot be paid monthly.
    pub fee: Option<Decimal>,
    /// The fewest members it is sold to.
    pub min_members: u64,
    /// True if usage beyond the plan can be paid for.
    pub can_pay: bool,
    /// True if the person has it now.
    pub is_now: bool,
    /// Five-hour capacity; `None` if there is no such limit or it is unknown.
    pub five_hour: Option<Capacity>,
    /// Weekly capacity; `None` if there is no such limit or it is unknown.
    pub week: Option<Capacity>,
    /// True if the plan has a five-hour limit on the last day.
    pub has_five_hour: bool,
    /// Limit hits of the history on this plan or a larger one, in order of time.
    pub told: Vec<ToldHit>,
    pub outcomes: Range<Outcome>,
}

impl PlanFit {
    pub fn is_api(&self) -> bool {
        self.id == API
    }

    /// True if any window limited the plan. Without a known window everything counts as covered,
    /// which proves nothing.
    pub const fn is_known(&self) -> bool {
        self.five_hour.is_some() || self.week.is_some()
    }
}

/// The answer by another yardstick, at the likely capacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherYardstick {
    pub yardstick: Yardstick,
    /// Ids of the plans that cover everything.
    pub carries: Vec<String>,
    /// The cheapest option that covers or pays for everything.
    pub cheapest: Option<Choice>,
    /// True if either differs from the answer by the chosen yardstick.
    pub differs: bool,
}

/// The result of a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    pub yardstick: Yardstick,
    pub rules: Rules,
    pub reset: WeekReset,
    /// True if a limit hit showed another reset than the one asked for.
    pub reset_overruled: bool,
    pub coverage: Coverage,
    /// In the list's order, the API last.
    pub plans: Vec<PlanFit>,
    /// Index of the plan that the weeks and the calendar show: the current plan, else Pro, else the
    /// first; `None` if the list has no plan with a known window.
    pub reference: Option<usize>,
    /// The cheapest option that covers or pays for everything, so it never blocks.
    pub cheapest: Range<Option<Choice>>,
    /// The cheapest option that blocks and costs less than `cheapest`, or may cost less if its
    /// hours are uncertain; `None` if there is none.
    pub blocking: Range<Option<Choice>>,
    /// How much an hour of interruption must cost before a more expensive option pays off.
    pub break_evens: Range<Vec<BreakEven>>,
    pub others: Vec<OtherYardstick>,
    /// How the limit hits were used as evidence.
    pub hit_use: HitUse,
    /// Limit hits of a plan's windows at a time when the person said they used the API.
    pub hits_on_api: u64,
    /// Limit hits of any kind at a time when the plan is unknown.
    pub hits_on_unknown: u64,
    /// Id of the plan named in the files, if the person named another one.
    pub named_otherwise: Option<String>,
    /// A limit hit from before the first day that lasted into the days that count: the day of the
    /// hit and the day of the reset. If there are several, the one that was lifted last.
    pub reaching_in: Option<(Date, Date)>,
    /// Contradictions between the limit hits and the requests.
    pub conflicts: Vec<Conflict>,
    /// Limit changes during these days that could not be replayed, in words.
    pub unreplayed: Vec<String>,
    /// Days with requests.
    pub days: Vec<Date>,
    /// As asked, USD.
    pub hour_value: Option<Decimal>,
    /// As asked, USD a month.
    pub spend_cap: Option<Decimal>,
}

impl Fit {
    /// The plan that the weeks and the calendar show.
    pub fn reference(&self) -> Option<&PlanFit> {
        self.plans.get(self.reference?)
    }

    /// Limit hits on an unknown plan.
    pub const fn unnamed_hits(&self) -> u64 {
        self.hits_on_api.saturating_add(self.hits_on_unknown)
    }

    /// The plan of a choice.
    pub fn plan_of(&self, choice: Choice) -> Option<&PlanFit> {
        self.plans.get(choice.plan)
    }
}
