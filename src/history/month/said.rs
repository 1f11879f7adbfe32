//! The plan that a person says they had, and what the replay says then.

use std::sync::Arc;

use super::{LimitsSeen, Measured, Whose};
use crate::fit::Digest;

/// What a replay says if the person had a certain plan.
#[derive(Debug, Clone)]
pub struct Replay {
    /// The id of the plan in the price list, `api` for the API; `None` for what the logs say of it,
    /// which may be nothing.
    pub plan: Option<String>,
    /// What came of it.
    pub digest: Arc<Digest>,
}

/// The replays of one reading of logs, one for each plan that the person may have had. They are
/// made while the logs are at hand, and kept in no file: a report holds the one that was chosen.
///
/// Two of them are always equal: a month is the same month whether or not they are still at hand.
#[derive(Debug, Clone, Default)]
pub struct Replays {
    made: Arc<[Replay]>,
    /// Whose limits the logs themselves tell of.
    told: Option<Whose>,
}

impl PartialEq for Replays {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Replays {}

impl Replays {
    /// What can be chosen, what the logs say first; empty where the logs are no longer at hand.
    pub fn all(&self) -> &[Replay] {
        &self.made
    }

    /// Whether both are of one reading.
    fn is_of_one_reading(&self, other: &Self) -> bool {
        !self.made.is_empty() && Arc::ptr_eq(&self.made, &other.made)
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
    pub fn plan_said(&self) -> Option<&str> {
        let fit = self.fit.as_deref().filter(|fit| fit.is_said)?;
        fit.plan_now().map(|plan| plan.id.as_str())
    }

    /// Whether both come from one reading of logs, whatever the person said since.
    pub fn is_same_reading(&self, other: &Self) -> bool {
        self.replays.is_of_one_reading(&other.replays) || self == other
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
        let said = self.plan_said();
        let here = all.iter().position(|replay| replay.plan.as_deref() == said)?;
        let step = if is_forward { 1 } else { all.len().saturating_sub(1) };
        all.get((here + step) % all.len().max(1)).map(|replay| replay.plan.clone())
    }
}
