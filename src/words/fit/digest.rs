//! A replay made into a digest: its figures with the sentences about them.

use jiff::tz::TimeZone;

use super::{answer, capacity_lines, fit_assumptions, fit_doubts, measure, range};
use crate::fit::{
    Digest, Fit, PlanDigest, PlanFit, Trace, WeekDigest, Window, hours_of, worst_week,
};

/// The digest of a replay; `None` where there was nothing to replay.
pub fn digest(fit: &Fit, trace: &Trace, zone: &TimeZone) -> Option<Digest> {
    let coverage = &fit.coverage;
    Some(Digest {
        from: coverage.first?,
        to: coverage.last?,
        days: coverage.days,
        requests: coverage.requests,
        answer: answer(fit),
        plans: fit.plans.iter().map(PlanDigest::of).collect(),
        week: fit.reference().and_then(|plan| week(fit, trace, plan, zone)),
        holds: capacity_lines(fit),
        assumptions: fit_assumptions(fit),
        doubts: fit_doubts(fit),
    })
}

fn week(fit: &Fit, trace: &Trace, plan: &PlanFit, zone: &TimeZone) -> Option<WeekDigest> {
    let week = worst_week(plan)?;
    let (window, days) = hours_of(fit, trace, plan, week, zone)?;
    let capacity = if window == Window::FiveHour { &plan.five_hour } else { &plan.week };
    Some(WeekDigest {
        plan: plan.name.clone(),
        window,
        holds: range(fit, capacity.as_ref()?),
        asked: measure(fit, week.asked),
        days,
    })
}
