//! The plan that a person says they had, and what the replay says then.

use std::sync::Arc;

use super::{LimitsSeen, Measured, Whose};
use crate::fit::Digest;

/// What a replay says if the person had a certain plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// The id of the plan in the price list, `api` for the API; `None` for what the logs say of it,
    /// which may be nothing.
    pub plan: Option<String>,
    /// The result.
    pub digest: Arc<Digest>,
}

/// The replays of one reading of logs, one for each plan that the person may have had. They are
/// made while the logs are at hand, and kept in no file: a report holds the one that was chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replays {
    made: Arc<[Replay]>,
    /// Whose limits the logs themselves tell of.
    told: Option<Whose>,
}

impl Replays {
    /// What can be chosen, what the logs say first; empty where the logs are no longer at hand.
    pub fn all(&self) -> &[Replay] {
        &self.made
    }

    /// Whether both are of one reading.
    fn is_of_one_reading(&self, other: &Self) -> bool {
        !self.made.is_empty() && Arc::ptr_eq(&self.made, &other.made)
    }

    /// Whether the logs themselves name the plan.
    fn name_the_plan(&self) -> bool {
        self.made.first().is_some_and(|told| told.digest.plan_now().is_some())
    }
}

impl Measured {
    /// The month with its replays, as the logs tell it: the first one.
    #[must_use]
    pub fn with_replays(mut self, made: Vec<Replay>) -> Self {
        self.fit = made.first().map(|replay| Arc::clone(&replay.digest));
        self.replays = Replays { made: made.into(), told: self.limits.map(|seen| seen.plan) };
        self
    }

    /// The plan that the person said they had; `None` where they said nothing.
    pub fn declared_plan(&self) -> Option<&str> {
        let fit = self.fit.as_deref().filter(|fit| fit.is_declared)?;
        fit.plan_now().map(|plan| plan.id.as_str())
    }

    /// Whether the other is a month of the same logs, whatever plan the person said of either.
    pub fn is_same_logs(&self, other: &Self) -> bool {
        self.replays.is_of_one_reading(&other.replays)
            || self.has_same_figures(other)
            || self.if_on(other.declared_plan()).is_some_and(|said| said.has_same_figures(other))
    }

    /// Whether all that a file keeps of both is the same. A month read back from a draft is the
    /// month that was kept, though its replays are no longer at hand.
    pub fn has_same_figures(&self, other: &Self) -> bool {
        let kept = |month: &Self| Self { replays: Replays::default(), ..month.clone() };
        kept(self) == kept(other)
    }

    /// The same of somebody who said of earlier logs that they had this plan: they need not say it
    /// again unless these logs name one.
    #[must_use]
    pub fn as_said(self: Arc<Self>, plan: Option<&str>) -> Arc<Self> {
        let said = plan.filter(|_| !self.replays.name_the_plan());
        said.and_then(|plan| self.if_on(Some(plan))).map_or(self, Arc::new)
    }

    /// What a change of the plan to that of `other` is called: `Plan you had Pro → Max`.
    pub fn change_of_plan(&self, other: &Self) -> String {
        let name = |month: &Self| {
            let plan = month.fit.as_deref().and_then(Digest::plan_now);
            plan.map_or_else(|| "not said".to_owned(), |plan| plan.name.clone())
        };
        format!("Plan you had {} → {}", name(self), name(other))
    }

    /// The same if the person had this plan, `None` for what the logs say of it; `None` where that
    /// was not replayed.
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

    /// The neighbour of the plan that is taken now, around the end; `None` where there is none.
    pub fn next_plan(&self, is_forward: bool) -> Option<Option<String>> {
        let all = self.replays.all();
        let said = self.declared_plan();
        let here = all.iter().position(|replay| replay.plan.as_deref() == said)?;
        let step = if is_forward { 1 } else { all.len().saturating_sub(1) };
        all.get((here + step) % all.len().max(1)).map(|replay| replay.plan.clone())
    }
}

/// Logs that were read, and what the person said of them before they took them over. From then on
/// the session knows what was said, and this follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    month: Arc<Measured>,
    /// The plans that were said before, the last one last.
    past: Vec<Option<String>>,
    /// Those that were taken back, the one taken back last is last.
    future: Vec<Option<String>>,
}

impl Reading {
    /// What was read, with nothing to undo yet.
    pub const fn new(month: Arc<Measured>) -> Self {
        Self { month, past: Vec::new(), future: Vec::new() }
    }

    /// The month, with the plan that was said last.
    pub const fn month(&self) -> &Arc<Measured> {
        &self.month
    }

    /// Takes the month for that of somebody on this plan, `None` for what the logs say of it;
    /// `false` where that was not replayed.
    pub fn say(&mut self, plan: Option<&str>) -> bool {
        let before = self.said();
        let is_declared = self.set(plan).is_some();
        if is_declared {
            self.past.push(before);
            self.future.clear();
        }
        is_declared
    }

    /// Takes the last plan back that was said, and says what the change was.
    pub fn undo(&mut self) -> Option<String> {
        let (before, after) = (self.past.pop()?, self.said());
        let (from, to) = self.set(before.as_deref())?;
        self.future.push(after);
        Some(to.change_of_plan(&from))
    }

    /// Says the plan again that was taken back last, and says what the change is.
    pub fn redo(&mut self) -> Option<String> {
        let (after, before) = (self.future.pop()?, self.said());
        let (from, to) = self.set(after.as_deref())?;
        self.past.push(before);
        Some(from.change_of_plan(&to))
    }

    /// Takes in what the session says of the plan, where it took over these logs.
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

    /// The month before and after it is taken for that of this plan.
    fn set(&mut self, plan: Option<&str>) -> Option<(Arc<Measured>, Arc<Measured>)> {
        let said = Arc::new(self.month.if_on(plan)?);
        let before = std::mem::replace(&mut self.month, Arc::clone(&said));
        Some((before, said))
    }
}
