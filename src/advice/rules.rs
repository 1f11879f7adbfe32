//! The seven rules: the outcome for each combination of points and gates (method, section 6).

use serde::{Deserialize, Serialize};

use super::points::{self, Known, Needs};
use super::situation::{Band, Situation};
use crate::question::{
    Automation, Billing, Control, Developer, Features, Interface, Limits, Profile,
};

/// The number of points from which a side is needed.
pub(crate) const MARK: i8 = 3;

/// The recommendation, ordered from Pro to the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Outcome {
    Pro,
    Hybrid,
    Api,
}

impl Outcome {
    /// The name in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pro => "Pro",
            Self::Hybrid => "Hybrid",
            Self::Api => "API",
        }
    }
}

/// The rule that fires. Exactly one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Rule {
    /// No keys, but a strong sign and a need for Pro: hybrid through a product.
    R1,
    /// No keys, a strong sign and no need for Pro: API through a product.
    R2,
    /// No keys otherwise: Pro, with the needs it does not meet.
    R3,
    /// Keys, no need for the API: Pro.
    R4,
    /// Keys, need for the API only: API.
    R5,
    /// Keys, both needs and a concrete job: hybrid.
    R6,
    /// Keys, both needs but no job: Pro, with a test of the API.
    R7,
}

impl Rule {
    /// Every rule, in order.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 7] =
        [Self::R1, Self::R2, Self::R3, Self::R4, Self::R5, Self::R6, Self::R7];

    pub const fn outcome(self) -> Outcome {
        match self {
            Self::R1 | Self::R6 => Outcome::Hybrid,
            Self::R2 | Self::R5 => Outcome::Api,
            Self::R3 | Self::R4 | Self::R7 => Outcome::Pro,
        }
    }

    /// The sections of the article behind the rule.
    pub const fn section(self) -> &'static str {
        match self {
            Self::R1 => "Hybrid; Tools",
            Self::R2 => "BL3; Tools",
            Self::R3 => "DF-Pro 3; Setup",
            Self::R4 => "ProBest; BL1",
            Self::R5 => "BL2; BL3",
            Self::R6 => "Hybrid",
            Self::R7 => "BL1 over BL2",
        }
    }
}

/// How the person reaches the API without sending requests directly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Variant {
    /// Through an app that accepts the person's API key.
    App,
    /// Through a product that has its own key and bills the person.
    Product,
}

impl Variant {
    /// The variant of a rule for these answers.
    pub fn of(rule: Rule, profile: Profile) -> Option<Self> {
        match rule {
            Rule::R1 | Rule::R2 => Some(Self::Product),
            Rule::R5 | Rule::R6 if profile.developer() == Developer::Willing => Some(Self::App),
            _ => None,
        }
    }
}

/// The rule that fires and the points of both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Verdict {
    pub rule: Rule,
    pub needs: Needs,
}

impl Verdict {
    pub(crate) const fn outcome(self) -> Outcome {
        self.rule.outcome()
    }
}

/// Judges a complete set of answers in a situation.
pub(crate) fn judge(profile: Profile, situation: Situation) -> Verdict {
    let needs = points::needs(Known::from(profile), situation);
    Verdict { rule: rule(profile, situation, needs), needs }
}

/// The only row of the decision table that matches.
pub(super) fn rule(profile: Profile, situation: Situation, needs: Needs) -> Rule {
    let needs_api = needs.api >= MARK;
    let needs_pro = needs.pro >= MARK;
    if profile.developer() == Developer::No {
        let dear = situation.total == Band::Dearer && !situation.all_outside;
        return match needs_api && has_sign(profile) {
            true if needs_pro || dear => Rule::R1,
            true => Rule::R2,
            false => Rule::R3,
        };
    }
    match (needs_api, needs_pro) {
        (false, _) => Rule::R4,
        (true, false) => Rule::R5,
        (true, true) if has_job(profile, situation) => Rule::R6,
        (true, true) => Rule::R7,
    }
}

/// True if there is a concrete job for the API.
fn has_job(profile: Profile, situation: Situation) -> bool {
    profile.automation() != Automation::None
        || !profile.interface().is_on_plan()
        || profile.control() == Control::Yes
        || points::limits_effective(profile.limits(), situation) == Limits::Often
}

/// True if there is a sign strong enough to override "no keys".
fn has_sign(profile: Profile) -> bool {
    let (interface, billing) = (profile.interface(), profile.billing());
    let content_in_app = interface.is_on_plan()
        && (profile.features() == Features::Core || billing == Billing::Flat);
    profile.automation() == Automation::Heavy
        || interface == Interface::Code
        || (interface == Interface::Tools
            && profile.automation() != Automation::None
            && billing != Billing::Flat)
        || (profile.limits() == Limits::Often && !content_in_app)
}
