//! The cheapest option, and break-even values of an hour.

use rust_decimal::Decimal;

use super::{Bill, BreakEven, Choice, Level, PlanFit, Policy};

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
