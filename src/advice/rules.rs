//! The seven rules: which outcome the two totals and the gates lead to (method, section 6).

use serde::{Deserialize, Serialize};

use super::points::{self, Known, Needs};
use super::situation::{Band, Situation};
use crate::question::{
    Automation, Billing, Control, Developer, Features, Interface, Limits, Profile,
};

/// Points on a side that are a sufficient reason by themselves.
pub const MARK: i8 = 3;

/// What is recommended, from Pro towards the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The flat price.
    Pro,
    /// Both.
    Hybrid,
    /// Pay per use.
    Api,
}

impl Outcome {
    /// The id as it stands in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pro => "pro",
            Self::Hybrid => "hybrid",
            Self::Api => "api",
        }
    }

    /// The name as it stands in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pro => "Pro",
            Self::Hybrid => "Hybrid",
            Self::Api => "API",
        }
    }
}

/// The rule that fired. Exactly one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    pub const ALL: [Self; 7] =
        [Self::R1, Self::R2, Self::R3, Self::R4, Self::R5, Self::R6, Self::R7];

    /// The name, such as `R6`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::R1 => "R1",
            Self::R2 => "R2",
            Self::R3 => "R3",
            Self::R4 => "R4",
            Self::R5 => "R5",
            Self::R6 => "R6",
            Self::R7 => "R7",
        }
    }

    /// What it leads to.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::R1 | Self::R6 => Outcome::Hybrid,
            Self::R2 | Self::R5 => Outcome::Api,
            Self::R3 | Self::R4 | Self::R7 => Outcome::Pro,
        }
    }

    /// The sections of the article it rests on.
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

/// How the API is reached where the person does not send requests themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variant {
    /// Through an app that takes the person's key.
    App,
    /// Through a product that holds its own key and bills the person itself.
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

/// The rule that fired and both totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Verdict {
    /// The rule.
    pub rule: Rule,
    /// Both totals.
    pub needs: Needs,
}

impl Verdict {
    /// What is recommended.
    pub const fn outcome(self) -> Outcome {
        self.rule.outcome()
    }
}

/// The verdict on a complete set of answers in a situation.
pub fn judge(profile: Profile, situation: Situation) -> Verdict {
    let needs = points::needs(Known::from(profile), situation);
    Verdict { rule: rule(profile, situation, needs), needs }
}

/// The one row of the decision table that matches.
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

/// A concrete job for the API.
fn has_job(profile: Profile, situation: Situation) -> bool {
    profile.automation() != Automation::None
        || profile.interface() != Interface::Chat
        || profile.control() == Control::Yes
        || points::limits_effective(profile.limits(), situation) == Limits::Often
}

/// A sign strong enough to look past "no keys".
fn has_sign(profile: Profile) -> bool {
    let (interface, billing) = (profile.interface(), profile.billing());
    let content_in_app = interface == Interface::Chat
        && (profile.features() == Features::Core || billing == Billing::Flat);
    profile.automation() == Automation::Heavy
        || interface == Interface::Code
        || (interface == Interface::Tools
            && profile.automation() != Automation::None
            && billing != Billing::Flat)
        || (profile.limits() == Limits::Often && !content_in_app)
}
