//! Whether a plan carries everything.

use serde::{Deserialize, Serialize};

use super::{Level, PlanFit};

/// Whether a plan carries everything, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Verdict {
    /// Even at the low capacity.
    Yes,
    /// At the likely capacity, not at the low one.
    Likely,
    /// Only at the high capacity.
    Perhaps,
    /// At no capacity.
    No,
    /// Nobody knows what it holds.
    Unknown,
    /// There is no limit, and everything is paid for.
    #[serde(rename = "pays all")]
    Unlimited,
    /// There is no limit, but a cap on what may be paid leaves work undone.
    Capped,
}

impl Verdict {
    /// Every verdict, the best first.
    pub const ALL: [Self; 7] = [
        Self::Yes,
        Self::Likely,
        Self::Perhaps,
        Self::No,
        Self::Unknown,
        Self::Unlimited,
        Self::Capped,
    ];

    pub fn of(plan: &PlanFit) -> Self {
        let fits = |level| plan.outcomes.at(level).fits();
        if plan.is_api() {
            if plan.outcomes.likely.unpaid.requests > 0 { Self::Capped } else { Self::Unlimited }
        } else if !plan.told.is_empty() {
            // It stopped the person, whatever its assumed capacity.
            Self::No
        } else if !plan.is_known() {
            Self::Unknown
        } else if fits(Level::Low) {
            Self::Yes
        } else if fits(Level::Likely) {
            Self::Likely
        } else if fits(Level::High) {
            Self::Perhaps
        } else {
            Self::No
        }
    }

    /// True if there is a window of known size that could be used up.
    pub const fn is_limited(self) -> bool {
        !matches!(self, Self::Unknown | Self::Unlimited | Self::Capped)
    }
}
