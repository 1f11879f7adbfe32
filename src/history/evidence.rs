//! What tells about a plan and its windows besides the responses.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A plan, as far as a source names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Plan {
    /// Without a subscription.
    Free,
    /// Claude Pro.
    Pro,
    /// Claude Max with five times the usage of Pro.
    Max5,
    /// Claude Max with twenty times the usage of Pro.
    Max20,
    /// Claude Max, which of the two is not told.
    Max,
    /// Claude Ultra.
    Ultra,
    /// A Team plan.
    Team,
    /// An Enterprise plan.
    Enterprise,
    /// A plan by the vendor's own word for it, none of the above.
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

/// The plan that a source names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanSeen {
    /// When it was noted; `None` when the source does not say.
    pub at: Option<Timestamp>,
    /// How Claude Code is signed in.
    pub login: Login,
    /// The plan; `None` without one.
    pub plan: Option<Plan>,
    /// Whether usage beyond the plan is paid for; `None` when unknown.
    pub has_extra_usage: Option<bool>,
}

/// How far a window of a plan was used up at one time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading {
    /// When it was noted.
    pub at: Timestamp,
    /// Which window, in the vendor's word: `five_hour`, `seven_day` and others.
    pub window: String,
    /// How much of it was used, in percent.
    pub percent: Decimal,
    /// When the window ends; `None` when unknown.
    pub resets_at: Option<Timestamp>,
}
