//! The decision method: from answers and a month to a recommendation with its reasons.
//!
//! One pure function, [`assess()`], turns answers, usage, price list, facts and date into an
//! [`Assessment`]. The wizard, the command line and the report all show that; nothing else computes
//! a figure. [`Ends`] adds the outcomes that open questions still allow.

mod along;
mod assess;
mod costs;
mod ends;
mod evidence;
mod flips;
mod points;
mod remarks;
mod rules;
mod situation;
mod split;
mod strength;
mod ways;
mod world;

pub use along::Bend;
pub(crate) use along::{advised_up_to, bend};
#[cfg(test)]
pub(crate) use assess::assessed;
pub(crate) use assess::model_costs;
pub use assess::{
    AssessError, Assessment, ModelCost, PricedModel, PricedMonth, assess, billing_cost,
};
pub use costs::Costs;
pub use ends::{Certainty, Counts, Ends, Landing, corners};
pub use flips::{Direction, Flip};
pub use points::{Because, Item, Needs, Reason};
pub(crate) use points::{answer_points, apart_from_month, partial_needs};
pub use remarks::{Note, Unmet};
pub(crate) use rules::MARK;
pub use rules::{Outcome, Rule, Variant};
pub use situation::{Market, Situation};
pub use split::OverflowOrigin;
pub use strength::{Cap, Strength};
pub use ways::{Carried, OtherWay, OtherWayId};
pub use world::World;

/// The version of the rules, as reports show it.
pub(crate) const RULES_VERSION: &str = "2026.11-2";

/// How far from the Pro price a cost counts as near, in percent.
pub(crate) const BAND_PCT: u8 = 25;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
