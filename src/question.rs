//! The questions of the framework: their answers, their wording, and the path through them.
//!
//! Answers are keyed by question id, never by position, and the current question is found by
//! replaying the answers from the start, so going back loses nothing and a changed flow keeps
//! saved answers.

mod answers;
mod wording;

pub use answers::{Answers, Given, Origin, Resolved, Step};
pub use wording::{QuestionText, QuickQuestion, Wording};

use serde::{Deserialize, Serialize};

/// The questions, in the order they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum QuestionId {
    /// Where most of the work with Claude happens.
    Interface,
    /// How long a typical session is.
    Session,
    /// How often the person runs into Pro's limits.
    Limits,
    /// How much runs without a person typing.
    Automation,
    /// Whether API keys and prepaid credit are acceptable.
    Developer,
    /// Whether the person needs control over each API call.
    Control,
    /// How much the person relies on the app's features.
    Features,
    /// How the person likes to pay.
    Billing,
}

impl QuestionId {
    pub(crate) const COUNT: usize = 8;
    /// [`Self::COUNT`] spelled out.
    pub(crate) const COUNT_IN_WORDS: &'static str = "eight";
    /// The same where a sentence begins.
    pub(crate) const COUNT_BEGINS: &'static str = "Eight";

    /// Every question, in the order they are asked.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Interface,
        Self::Session,
        Self::Limits,
        Self::Automation,
        Self::Developer,
        Self::Control,
        Self::Features,
        Self::Billing,
    ];

    /// The index in [`Self::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The id in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Interface => "interface",
            Self::Session => "session",
            Self::Limits => "limits",
            Self::Automation => "automation",
            Self::Developer => "developer",
            Self::Control => "control",
            Self::Features => "features",
            Self::Billing => "billing",
        }
    }

    /// The option ids, ordered from Pro to the API (method, section 10).
    pub const fn scale(self) -> &'static [&'static str] {
        match self {
            Self::Interface => Interface::IDS,
            Self::Session => Session::IDS,
            Self::Limits => Limits::IDS,
            Self::Automation => Automation::IDS,
            Self::Developer => Developer::IDS,
            Self::Control => Control::IDS,
            Self::Features => Features::IDS,
            Self::Billing => Billing::IDS,
        }
    }

    /// The rank of the option with this id.
    pub fn rank_of(self, option: &str) -> Option<Rank> {
        self.scale().iter().position(|id| *id == option).and_then(|rank| u8::try_from(rank).ok())
    }

    /// The id of the option at this rank; the last one if out of range.
    pub fn option_id(self, rank: Rank) -> &'static str {
        let scale = self.scale();
        scale.get(usize::from(rank)).or_else(|| scale.last()).copied().unwrap_or_default()
    }

    /// Every rank on the question's scale.
    pub fn ranks(self) -> std::ops::Range<Rank> {
        0..u8::try_from(self.scale().len()).unwrap_or(u8::MAX)
    }
}

impl std::fmt::Display for QuestionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The index of an option on its question's scale; 0 is closest to Pro.
pub type Rank = u8;

/// Declares the options of one question, ordered from Pro to the API.
macro_rules! scale {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $id:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// The option ids, in scale order.
            pub(crate) const IDS: &'static [&'static str] = &[$($id),+];

            /// The options, in scale order.
            pub const ALL: [Self; Self::IDS.len()] = [$(Self::$variant),+];

            /// The option at this rank; the last one if out of range.
            const fn from_rank(rank: Rank) -> Self {
                $(if rank == Self::$variant as Rank { return Self::$variant; })+
                Self::ALL[Self::IDS.len() - 1]
            }
        }
    };
}

scale! {
    /// Where most of the work happens.
    Interface {
        Chat = "chat",
        /// Claude Code, signed in with a plan. Pro covers it, so it counts as chat.
        ClaudeCode = "claude_code",
        Tools = "tools",
        Code = "code",
    }
}
scale! {
    /// How long a typical session is.
    Session {
        /// A few questions at a time.
        Short = "short",
        Moderate = "moderate",
        Marathon = "marathon",
    }
}
scale! {
    /// How often the person runs into Pro's limits.
    Limits {
        Never = "never",
        /// The person does not know.
        Unknown = "unknown",
        Sometimes = "sometimes",
        Often = "often",
    }
}
scale! {
    /// How much runs without a person typing.
    Automation {
        None = "none",
        Some = "some",
        Heavy = "heavy",
    }
}
scale! {
    /// Whether API keys and prepaid credit are acceptable.
    Developer {
        No = "no",
        Willing = "willing",
        Yes = "yes",
    }
}
scale! {
    /// Whether the person needs control over each API call.
    Control {
        No = "no",
        Yes = "yes",
    }
}
scale! {
    /// How much the person relies on the app's features.
    Features {
        Core = "core",
        Nice = "nice",
        None = "none",
    }
}
scale! {
    /// How the person likes to pay.
    Billing {
        Flat = "flat",
        Either = "either",
        Metered = "metered",
    }
}

impl Interface {
    /// True if Pro covers the work itself: the Claude app, or Claude Code signed in with the plan.
    pub const fn is_on_plan(self) -> bool {
        matches!(self, Self::Chat | Self::ClaudeCode)
    }
}

/// A complete set of answers, as the method uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Profile([Rank; 8]);

impl Profile {
    /// A profile from the rank of each answer. Without keys, control counts as no.
    pub fn new(ranks: [Rank; 8]) -> Self {
        Self(ranks).normal()
    }

    /// Every profile, in the order of the scales. Without keys, control counts as no.
    pub fn all() -> impl Iterator<Item = Self> {
        // Counts up digit by digit. One division per index would take half of the total run time.
        let counts = QuestionId::ALL.map(|question| question.ranks().end);
        let mut next = Some([0; 8]);
        std::iter::from_fn(move || {
            let ranks = next?;
            let mut after = ranks;
            next = None;
            for (rank, count) in after.iter_mut().zip(counts).rev() {
                *rank += 1;
                if *rank < count {
                    next = Some(after);
                    break;
                }
                *rank = 0;
            }
            Some(Self::new(ranks))
        })
    }

    /// The raw ranks of the set at this index, before the rule that no keys means no control.
    pub(crate) fn raw_ranks(index: usize) -> [Rank; 8] {
        let mut rest = index;
        let mut ranks = [0; 8];
        for (question, rank) in QuestionId::ALL.into_iter().zip(&mut ranks).rev() {
            let options = question.scale().len();
            *rank = u8::try_from(rest % options).unwrap_or_default();
            rest /= options;
        }
        ranks
    }

    /// A copy with another answer to one question.
    #[must_use]
    pub fn with(self, question: QuestionId, rank: Rank) -> Self {
        let mut ranks = self.0;
        if let Some(slot) = ranks.get_mut(question.index()) {
            *slot = rank;
        }
        Self(ranks).normal()
    }

    /// The rank of the answer to a question.
    pub fn rank(self, question: QuestionId) -> Rank {
        self.0.get(question.index()).copied().unwrap_or_default()
    }

    pub fn option(self, question: QuestionId) -> &'static str {
        question.option_id(self.rank(question))
    }

    fn normal(mut self) -> Self {
        if self.developer() == Developer::No {
            self.0[QuestionId::Control.index()] = Control::No as Rank;
        }
        self
    }

    pub const fn interface(self) -> Interface {
        Interface::from_rank(self.0[0])
    }

    pub const fn session(self) -> Session {
        Session::from_rank(self.0[1])
    }

    pub const fn limits(self) -> Limits {
        Limits::from_rank(self.0[2])
    }

    pub const fn automation(self) -> Automation {
        Automation::from_rank(self.0[3])
    }

    pub const fn developer(self) -> Developer {
        Developer::from_rank(self.0[4])
    }

    pub const fn control(self) -> Control {
        Control::from_rank(self.0[5])
    }

    pub const fn features(self) -> Features {
        Features::from_rank(self.0[6])
    }

    pub const fn billing(self) -> Billing {
        Billing::from_rank(self.0[7])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_index_walks_every_raw_set_once() {
        const COUNT: usize = 7_776;
        let raw: HashSet<[Rank; 8]> = (0..COUNT).map(Profile::raw_ranks).collect();
        assert_eq!(raw.len(), COUNT);
        let product: usize = QuestionId::ALL.iter().map(|q| q.scale().len()).product();
        assert_eq!(product, COUNT);
    }

    #[test]
    fn typed_answers_agree_with_their_ids() {
        for profile in Profile::all() {
            assert_eq!(profile.option(QuestionId::Limits), Limits::IDS[profile.limits() as usize]);
            assert_eq!(
                profile.option(QuestionId::Billing),
                Billing::IDS[profile.billing() as usize]
            );
            if profile.developer() == Developer::No {
                assert_eq!(profile.control(), Control::No);
            }
        }
    }

    #[test]
    fn an_option_is_found_by_its_id_only() {
        assert_eq!(QuestionId::Developer.rank_of("willing"), Some(1));
        assert_eq!(QuestionId::Developer.rank_of("maybe"), None);
    }
}
