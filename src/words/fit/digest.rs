//! The digest of a plan replay: its figures and their sentences.

use jiff::tz::TimeZone;

use super::{answer, capacity_lines, fit_assumptions, fit_doubts, measure, range};
use std::sync::Arc;

use crate::fit::{
    Ask, Digest, Evidence, Fit, Held, NAMEABLE, PlanDigest, PlanFit, Trace, WeekDigest, Window,
    hours_of, worst_week,
};
use crate::measured::Replay;

/// The digest of a replay. `None` if there was nothing to replay.
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
        unnamed_hits: fit.unnamed_hits(),
        hour_value: fit.hour_value,
        is_declared: false,
    })
}

/// Replays on the plan found in the logs, then on every other plan that the person may have had.
/// Empty if there was nothing to replay. Stops early once `goes_on` returns false.
pub fn replays(trace: &Trace, ask: &Ask<'_>, goes_on: impl Fn() -> bool) -> Vec<Replay> {
    let zone = &ask.span.zone;
    let Some(told) = digest(&Fit::new(trace, ask), trace, zone) else { return Vec::new() };
    let told_now = told.plan_now().map(|plan| plan.id.clone());
    let mut made = vec![Replay { plan: None, digest: Arc::new(told) }];
    for id in NAMEABLE {
        if told_now.as_deref() == Some(id) || !goes_on() {
            continue;
        }
        let held = vec![Held { since: None, plan: id.to_owned() }];
        let evidence = Evidence { held, ..ask.evidence.clone() };
        let said = digest(&Fit::new(trace, &Ask { evidence, ..ask.clone() }), trace, zone);
        // The person's own price list may lack a plan.
        let Some(mut said) = said.filter(|said| said.plan_now().is_some()) else { continue };
        said.is_declared = true;
        made.push(Replay { plan: Some(id.to_owned()), digest: Arc::new(said) });
    }
    made
}

/// `Plan you had: Pro, as you said.`
pub fn plan_had(fit: &Digest) -> String {
    match (fit.plan_now(), fit.is_declared) {
        (Some(plan), true) => format!("Plan you had: {}, as you said.", plan.name),
        (Some(plan), false) => format!("Plan you had: {}, as your logs say.", plan.name),
        (None, _) => "Plan you had: not said, and your logs do not name it.".to_owned(),
    }
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
