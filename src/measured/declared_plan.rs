//! The plan a person says they had, and the replay that goes with it.

use std::sync::Arc;

use super::{LimitsSeen, Measured, Whose};
use crate::fit::{Ask, Digest, Evidence, Fit, Held, NAMEABLE, Trace};

/// The replay for one plan the person may have had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// Id in the price list, `api` for the API; `None` for the plan in the logs, which may name
    /// none.
    pub plan: Option<String>,
    pub digest: Arc<Digest>,
}

impl Replay {
    /// Replays on the plan found in the logs, then on every other plan that the person may have
    /// had. Empty if there was nothing to replay. Stops early once `goes_on` returns false.
    pub fn each(trace: &Trace, ask: &Ask<'_>, goes_on: impl Fn() -> bool) -> Vec<Self> {
        let digest = |ask: &Ask<'_>| Digest::of(&Fit::new(trace, ask), trace, &ask.span.zone);
        let Some(told) = digest(ask) else { return Vec::new() };
        let told_now = told.plan_now().map(|plan| plan.id.clone());
        let mut made = vec![Self { plan: None, digest: Arc::new(told) }];
        for id in NAMEABLE {
            if told_now.as_deref() == Some(id) || !goes_on() {
                continue;
            }
            let held = vec![Held { since: None, plan: id.to_owned() }];
            let evidence = Evidence { held, ..ask.evidence.clone() };
            let said = digest(&Ask { evidence, ..ask.clone() });
            // The person's own price list may lack a plan.
            let Some(mut said) = said.filter(|said| said.plan_now().is_some()) else { continue };
            said.is_declared = true;
            made.push(Self { plan: Some(id.to_owned()), digest: Arc::new(said) });
        }
        made
    }
}

/// The replays of one reading of logs, one for each plan the person may have had. They exist only
/// while the logs are loaded. No file keeps them: a report keeps the chosen one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replays {
    made: Arc<[Replay]>,
    /// The plan whose limits the logs themselves show.
    told: Option<Whose>,
}

impl Replays {
    /// The choices, starting with the plan in the logs; empty once the logs are no longer loaded.
    pub fn all(&self) -> &[Replay] {
        &self.made
    }

    /// True if both come from the same reading.
    fn is_of_one_reading(&self, other: &Self) -> bool {
        !self.made.is_empty() && Arc::ptr_eq(&self.made, &other.made)
    }

    /// True if the logs themselves name the plan.
    fn name_the_plan(&self) -> bool {
        self.made.first().is_some_and(|told| told.digest.plan_now().is_some())
    }
}

impl Measured {
    /// The month with its replays, using the first: the plan in the logs.
    #[must_use]
    pub fn with_replays(mut self, made: Vec<Replay>) -> Self {
        self.fit = made.first().map(|replay| Arc::clone(&replay.digest));
        self.replays = Replays { made: made.into(), told: self.limits.map(|seen| seen.plan) };
        self
    }

    /// The plan the person said they had; `None` if they did not say.
    pub fn declared_plan(&self) -> Option<&str> {
        let fit = self.fit.as_deref().filter(|fit| fit.is_declared)?;
        fit.plan_now().map(|plan| plan.id.as_str())
    }

    /// True if both months come from the same logs, whatever plan the person said for either.
    pub fn is_same_logs(&self, other: &Self) -> bool {
        self.replays.is_of_one_reading(&other.replays)
            || self.has_same_figures(other)
            || self.if_on(other.declared_plan()).is_some_and(|said| said.has_same_figures(other))
    }

    /// True if a file would store the same for both. A month read back from a draft equals the
    /// stored month, although its replays are gone.
    pub fn has_same_figures(&self, other: &Self) -> bool {
        let kept = |month: &Self| Self {
            fit: month.fit.as_ref().map(|fit| Arc::new(fit.kept())),
            replays: Replays::default(),
            ..month.clone()
        };
        kept(self) == kept(other)
    }

    /// Applies the plan the person declared for earlier logs, so they need not repeat it, unless
    /// these logs name a plan.
    #[must_use]
    pub fn with_declared_plan(self: Arc<Self>, plan: Option<&str>) -> Arc<Self> {
        let said = plan.filter(|_| !self.replays.name_the_plan());
        said.and_then(|plan| self.if_on(Some(plan))).map_or(self, Arc::new)
    }

    /// The name of a change to the plan of `other`: `Plan you had Pro → Max`.
    pub fn change_of_plan(&self, other: &Self) -> String {
        let name = |month: &Self| {
            let plan = month.fit.as_deref().and_then(Digest::plan_now);
            plan.map_or_else(|| "not said".to_owned(), |plan| plan.name.clone())
        };
        format!("Plan you had {} → {}", name(self), name(other))
    }

    /// The month if the person had this plan, `None` for the plan in the logs. Returns `None` if
    /// that plan was not replayed.
    pub fn if_on(&self, plan: Option<&str>) -> Option<Self> {
        let replay = self.replays.all().iter().find(|replay| replay.plan.as_deref() == plan)?;
        let whose = match plan {
            None => self.replays.told,
            Some("pro") => Some(Whose::Pro),
            Some(_) => Some(Whose::Other),
        };
        let limits =
            self.limits.map(|seen| LimitsSeen { plan: whose.unwrap_or(seen.plan), ..seen });
        Some(Self { limits, fit: Some(Arc::clone(&replay.digest)), ..self.clone() })
    }

    /// The plan after or before the current one, wrapping around; `None` without replays.
    pub fn next_plan(&self, is_forward: bool) -> Option<Option<String>> {
        let all = self.replays.all();
        let said = self.declared_plan();
        let here = all.iter().position(|replay| replay.plan.as_deref() == said)?;
        let step = if is_forward { 1 } else { all.len().saturating_sub(1) };
        all.get((here + step) % all.len().max(1)).map(|replay| replay.plan.clone())
    }
}

/// Logs that were read, and the plans the person declared before importing them. After the import
/// the session holds the declared plan, and this type follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    month: Arc<Measured>,
    /// Plans declared before, the latest last.
    past: Vec<Option<String>>,
    /// Undone plans, the latest last.
    future: Vec<Option<String>>,
}

impl Reading {
    /// Wraps a month, with nothing to undo yet.
    pub const fn new(month: Arc<Measured>) -> Self {
        Self { month, past: Vec::new(), future: Vec::new() }
    }

    /// The month with the plan declared last.
    pub const fn month(&self) -> &Arc<Measured> {
        &self.month
    }

    /// Declares a plan, `None` for the plan in the logs. Returns `false` if that plan was not
    /// replayed.
    pub fn say(&mut self, plan: Option<&str>) -> bool {
        let before = self.said();
        let is_declared = self.set(plan).is_some();
        if is_declared {
            self.past.push(before);
            self.future.clear();
        }
        is_declared
    }

    /// Undoes the last declaration and returns a description of the change.
    pub fn undo(&mut self) -> Option<String> {
        let (before, after) = (self.past.pop()?, self.said());
        let (from, to) = self.set(before.as_deref())?;
        self.future.push(after);
        Some(to.change_of_plan(&from))
    }

    /// Redoes the declaration undone last and returns a description of the change.
    pub fn redo(&mut self) -> Option<String> {
        let (after, before) = (self.future.pop()?, self.said());
        let (from, to) = self.set(after.as_deref())?;
        self.past.push(before);
        Some(from.change_of_plan(&to))
    }

    /// Adopts the session's declared plan if the session imported these logs.
    pub fn follow(&mut self, taken: Option<&Measured>) {
        let Some(taken) = taken.filter(|taken| self.month.is_same_logs(taken)) else { return };
        if taken.declared_plan() != self.month.declared_plan()
            && self.set(taken.declared_plan()).is_some()
        {
            self.future.clear();
        }
    }

    fn said(&self) -> Option<String> {
        self.month.declared_plan().map(str::to_owned)
    }

    /// Switches to this plan and returns the month before and after.
    fn set(&mut self, plan: Option<&str>) -> Option<(Arc<Measured>, Arc<Measured>)> {
        let said = Arc::new(self.month.if_on(plan)?);
        let before = std::mem::replace(&mut self.month, Arc::clone(&said));
        Some((before, said))
    }
}
