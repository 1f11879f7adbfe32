//! The monthly cost of each option, the cheapest one, and break-even values of an hour.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Blocks, Bound, Coverage, Level, PlanFit};

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

/// Cost of an option in a month of 365/12 days, USD.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bill {
    pub fee: Decimal,
    /// Usage credits, bundles considered; for the API its whole cost.
    pub overflow: Decimal,
    /// Hours blocked, at most those of a month.
    pub blocked_hours: Decimal,
    /// Cost of the blocked hours; `None` if an hour was given no value.
    pub interruption: Option<Decimal>,
    pub total: Decimal,
    /// The total with only the hours found by the replay. It is lower than `total` if
    /// `blocked_hours` is an upper bound.
    pub least: Decimal,
    pub hours_are: Bound,
    /// True if every refused request was paid for and the person hit no limit on the plan.
    pub never_blocks: bool,
    /// True if waiting helps: no refused request is outside the plan altogether.
    pub is_servable: bool,
    /// True if the history has limit hits on this plan or a larger one. Then the waiting hours are
    /// an upper bound and the cost of paying is a lower bound, because requests not made after a
    /// hit are unknown.
    pub was_hit: bool,
}

/// Hours of a month of 365/12 days.
const MONTH_HOURS: Decimal = Decimal::from_parts(730, 0, 0, false, 0);

impl Bill {
    /// The bill of a month. `sure` is the time blocked that a replay found. Returns `None` if a
    /// decimal overflows.
    pub(super) fn new(
        coverage: &Coverage,
        fee: Decimal,
        cash: Decimal,
        cap: Option<Decimal>,
        (blocks, sure): (&Blocks, Decimal),
        hour_value: Option<Decimal>,
    ) -> Option<Self> {
        let overflow = coverage.a_month(cash);
        // A short month is scaled up to more days than it has; the result must not exceed the cap.
        let overflow = cap.map_or(overflow, |cap| overflow.min(cap));
        // The day when clocks go back has 25 hours.
        let a_month = |hours| coverage.a_month(hours).min(MONTH_HOURS);
        let (blocked_hours, sure) = (a_month(blocks.hours()), a_month(sure));
        let (interruption, surely) = match hour_value {
            Some(value) => (Some(blocked_hours.checked_mul(value)?), sure.checked_mul(value)?),
            None => (None, Decimal::ZERO),
        };
        let paid = fee.checked_add(overflow)?;
        let total = paid.checked_add(interruption.unwrap_or_default())?;
        Some(Self {
            fee,
            overflow,
            blocked_hours,
            interruption,
            total,
            least: paid.checked_add(surely)?,
            hours_are: Bound::Replayed,
            never_blocks: false,
            is_servable: true,
            was_hit: false,
        })
    }

    /// True if this is certainly less than another total. It is not certain if interruptions have a
    /// price and some of their hours are not counted, or if the total is less only when the hours
    /// are fewer.
    pub fn is_surely_below(&self, total: Decimal) -> bool {
        let is_bound = matches!(self.hours_are, Bound::Replayed | Bound::AtMost);
        self.total < total && (is_bound || self.interruption.is_none())
    }

    /// What one pays, without the cost of interruptions.
    pub fn paid(&self) -> Decimal {
        self.fee + self.overflow
    }
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

/// The options that can be ranked, with their bills. A team seat counts only if the person has one,
/// and waiting only if it helps.
fn options(plans: &[PlanFit], level: Level) -> impl Iterator<Item = (Choice, &Bill)> {
    plans
        .iter()
        .enumerate()
        .filter(|(_, plan)| plan.min_members <= 1 || plan.is_now)
        .filter(|(_, plan)| plan.is_api() || plan.is_known())
        .flat_map(move |(plan, fit)| {
            let outcome = fit.outcomes.at(level);
            let wait = outcome.wait.as_ref().filter(|bill| bill.is_servable);
            // If the person stopped at a limit, the cost of paying is unknown.
            let pay = outcome.pay.as_ref().filter(|bill| bill.is_servable && !bill.was_hit);
            let choice = move |policy| Choice { plan, policy };
            [
                wait.map(|bill| (choice(Policy::Wait), bill)),
                pay.map(|bill| (choice(Policy::Pay), bill)),
            ]
            .into_iter()
            .flatten()
        })
}

/// The cheapest option that covers or pays for everything. Each of these gets the same work done.
pub(super) fn cheapest(plans: &[PlanFit], level: Level) -> Option<Choice> {
    let steady = options(plans, level).filter(|(_, bill)| bill.never_blocks);
    steady.min_by_key(|(_, bill)| bill.total).map(|(choice, _)| choice)
}

/// The cheapest option that blocks and costs less than `steady`; of equal ones, the one that blocks
/// less. If none certainly costs less, the option with the lowest possible cost, if that is less.
/// It gets all the work done, but later.
pub(super) fn blocking(plans: &[PlanFit], level: Level, steady: Option<Choice>) -> Option<Choice> {
    let bill_of = |wanted| options(plans, level).find(|(choice, _)| *choice == wanted);
    let limit = steady.and_then(bill_of).map(|(_, bill)| bill.total);
    let order = |bill: &Bill| {
        let is_sure = limit.is_none_or(|limit| bill.is_surely_below(limit));
        (!is_sure, if is_sure { bill.total } else { bill.least }, bill.blocked_hours)
    };
    options(plans, level)
        .filter(|(_, bill)| !bill.never_blocks && limit.is_none_or(|limit| bill.least < limit))
        .min_by_key(|(_, bill)| order(bill))
        .map(|(choice, _)| choice)
}

/// The break-even value of an hour for each option that costs more than `base` and blocks less.
/// Ignores the value given by the person, because the answer is about that value.
pub(super) fn break_evens(plans: &[PlanFit], level: Level, base: Choice) -> Vec<BreakEven> {
    let Some((_, cheap)) = options(plans, level).find(|(choice, _)| *choice == base) else {
        return Vec::new();
    };
    let against = options(plans, level).filter_map(|(to, bill)| {
        let saved = cheap.blocked_hours - bill.blocked_hours;
        let more = bill.paid() - cheap.paid();
        if saved <= Decimal::ZERO || more <= Decimal::ZERO {
            return None;
        }
        let usd_per_hour = more.checked_div(saved)?;
        Some(BreakEven { from: base, to, usd_per_hour, hours_are: cheap.hours_are })
    });
    against.collect()
}
