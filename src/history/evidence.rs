//! Evidence about a plan and its windows besides the responses.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A plan as a source names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Plan {
    /// No subscription.
    Free,
    Pro,
    /// Claude Max 5x.
    Max5,
    /// Claude Max 20x.
    Max20,
    /// Claude Max, but the source does not say which of the two.
    Max,
    Ultra,
    Team,
    Enterprise,
    /// Any other plan, in the vendor's own word.
    Other(String),
}

/// How Claude Code is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Login {
    /// With a Claude account, on a plan.
    Claude,
    /// Without one: with an API key or through a cloud.
    Other,
}

/// A plan named by a source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanSeen {
    /// `None` if the source does not say.
    pub at: Option<Timestamp>,
    pub login: Login,
    /// `None` without a plan.
    pub plan: Option<Plan>,
    /// True if usage beyond the plan is paid for; `None` if unknown.
    pub has_extra_usage: Option<bool>,
}

/// A usage reading of a plan window.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading {
    pub at: Timestamp,
    /// The window in the vendor's word: `five_hour`, `seven_day` and others.
    pub window: String,
    /// Percent used.
    pub percent: Decimal,
    /// When the window ends; `None` if unknown.
    pub resets_at: Option<Timestamp>,
}
