//! What each option costs a month, which one is cheapest, and what an hour must be worth.

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

/// A plan and what one does where it refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Which of the plans of the fit.
    pub plan: usize,
    /// What one does.
    pub policy: Policy,
}

/// What an option costs in a month of 365/12 days, USD.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bill {
    /// The plan's fee.
    pub fee: Decimal,
    /// Usage credits, bundles considered; for the API all of it.
    pub overflow: Decimal,
    /// Hours blocked, at most those of a month.
    pub blocked_hours: Decimal,
    /// What these cost; `None` where an hour was given no value.
    pub interruption: Option<Decimal>,
    /// Everything together.
    pub total: Decimal,
    /// The same with the hours alone that a replay found: less where `blocked_hours` are at most so
    /// many.
    pub least: Decimal,
    /// How sure the hours blocked are.
    pub hours_are: Bound,
    /// Whether nothing was refused that was not paid for, and the person was not stopped on it.
    pub never_blocks: bool,
    /// Whether waiting helps with what is refused: nothing of it is outside of the plan altogether.
    pub is_servable: bool,
    /// Whether limit hits of the history were met on this plan or a larger one. Then the hours of
    /// waiting are at most so many, and paying costs at least so much: what was not asked after a
    /// hit is not known.
    pub was_hit: bool,
}

/// Hours of a month of 365/12 days.
const MONTH_HOURS: Decimal = Decimal::from_parts(730, 0, 0, false, 0);

impl Bill {
    /// The bill of a month; `sure` are the hours blocked that a replay found. `None` beyond what a decimal holds.
    pub(super) fn new(
        coverage: &Coverage,
        fee: Decimal,
        cash: Decimal,
        cap: Option<Decimal>,
        (blocks, sure): (&Blocks, Decimal),
        hour_value: Option<Decimal>,
    ) -> Option<Self> {
        let overflow = coverage.a_month(cash);
        // A short month is scaled up to more days than it has, which must not break the cap.
        let overflow = cap.map_or(overflow, |cap| overflow.min(cap));
        // The day on which clocks go back has 25 hours.
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

    /// Whether it is surely less than another total: not where interruptions have a price and some
    /// of their hours are not counted, nor where it is less only if the hours are fewer.
    pub fn is_surely_below(&self, total: Decimal) -> bool {
        let is_bound = matches!(self.hours_are, Bound::Replayed | Bound::AtMost);
        self.total < total && (is_bound || self.interruption.is_none())
    }

    /// What one pays, without what an interruption costs.
    pub fn paid(&self) -> Decimal {
        self.fee + self.overflow
    }
}

/// What an hour of interruption must cost for a dearer option to be worth it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakEven {
    /// The cheaper option, which blocks.
    pub from: Choice,
    /// The dearer one, which blocks less.
    pub to: Choice,
    /// USD an hour.
    pub usd_per_hour: Decimal,
    /// How sure the hours of the cheaper option are: where they are at most so many, the hour must
    /// cost at least so much, and the other way round.
    pub hours_are: Bound,
}

/// The options that can be ranked, with their bills. A seat of a team counts only for somebody who
/// has one, and waiting counts only where it helps.
fn options(plans: &[PlanFit], level: Level) -> impl Iterator<Item = (Choice, &Bill)> {
    plans
        .iter()
        .enumerate()
        .filter(|(_, plan)| plan.min_members <= 1 || plan.is_now)
        .filter(|(_, plan)| plan.is_api() || plan.is_known())
        .flat_map(move |(plan, fit)| {
            let outcome = fit.outcomes.at(level);
            let wait = outcome.wait.as_ref().filter(|bill| bill.is_servable);
            // What paying costs somebody who stopped at a limit is not known.
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

/// The cheapest option that carries or pays for everything: the same work for each of them.
pub(super) fn cheapest(plans: &[PlanFit], level: Level) -> Option<Choice> {
    let steady = options(plans, level).filter(|(_, bill)| bill.never_blocks);
    steady.min_by_key(|(_, bill)| bill.total).map(|(choice, _)| choice)
}

/// The cheapest option that blocks and costs less than `steady`; of equal ones the one that blocks
/// less. Where none surely does, the one that may cost least, if that is less. All of the work gets
/// done with it, but later.
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

/// What an hour must be worth for each option that is dearer than `base` and blocks less. Without
/// the value that was asked for: it is what the answer is about.
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
