//! The answers given so far, and the path through the questions that follows.

use super::{
    Automation, Billing, Control, Developer, Features, Interface, Limits, Profile, QuestionId,
    Rank, Session,
};
use serde::{Deserialize, Serialize};

/// The origin of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Origin {
    /// Given by the person.
    User,
    /// Implied by another answer.
    Derived,
    /// A default: quick check, `--assume-defaults`.
    Assumed,
    Usage,
}

/// An answer and its origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The option's index on the question's scale.
    pub rank: Rank,
    pub origin: Origin,
}

/// The answers given so far, by question.
///
/// An answer off the current path is kept but has no effect until the path leads there again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers([Option<Given>; 8]);

/// The state of a question on the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Given(Given),
    /// Not asked, because another answer settles it.
    Settled {
        /// The implied answer.
        rank: Rank,
        /// An earlier answer, which has no effect now.
        kept: Option<Given>,
    },
    Open,
}

/// A complete set of answers with the origin of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// The answers that the method uses.
    pub profile: Profile,
    /// In the order of [`QuestionId::ALL`].
    pub origins: [Origin; 8],
}

impl Resolved {
    /// The origin of the answer to a question.
    pub fn origin(&self, question: QuestionId) -> Origin {
        self.origins.get(question.index()).copied().unwrap_or(Origin::User)
    }

    /// True if any answer is a default.
    pub(crate) fn has_assumed(&self) -> bool {
        self.origins.contains(&Origin::Assumed)
    }
}

impl Answers {
    /// The answer to a question, whether it has an effect now or not.
    pub fn given(&self, question: QuestionId) -> Option<Given> {
        self.0.get(question.index()).copied().flatten()
    }

    pub fn give(&mut self, question: QuestionId, rank: Rank, origin: Origin) {
        if let Some(slot) = self.0.get_mut(question.index()) {
            *slot = Some(Given { rank, origin });
        }
    }

    pub(crate) fn forget(&mut self, question: QuestionId) {
        if let Some(slot) = self.0.get_mut(question.index()) {
            *slot = None;
        }
    }

    /// A copy with one more answer.
    #[must_use]
    pub fn with(mut self, question: QuestionId, rank: Rank, origin: Origin) -> Self {
        self.give(question, rank, origin);
        self
    }

    /// The answers of a complete set with their origins. Leaves out implied ones.
    pub(crate) fn from_resolved(resolved: &Resolved) -> Self {
        let mut answers = Self::default();
        for question in QuestionId::ALL {
            let origin = resolved.origin(question);
            if origin != Origin::Derived {
                answers.give(question, resolved.profile.rank(question), origin);
            }
        }
        answers
    }

    /// True if there are no answers.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// The state of a question on the path.
    pub fn step(&self, question: QuestionId) -> Step {
        let given = self.given(question);
        match (self.settled(question), given) {
            (Some(rank), kept) => Step::Settled { rank, kept },
            (None, Some(given)) => Step::Given(given),
            (None, None) => Step::Open,
        }
    }

    /// The answer to a question that has an effect now.
    pub fn effective(&self, question: QuestionId) -> Option<Rank> {
        match self.step(question) {
            Step::Given(given) => Some(given.rank),
            Step::Settled { rank, .. } => Some(rank),
            Step::Open => None,
        }
    }

    /// The answer implied by another one (method, section 1, column "skip").
    fn settled(&self, question: QuestionId) -> Option<Rank> {
        let is = |other: QuestionId, rank: Rank| self.effective(other) == Some(rank);
        match question {
            // An explicit answer about keys overrides the implied one.
            QuestionId::Developer
                if self.given(question).is_none()
                    && is(QuestionId::Interface, Interface::Code as Rank) =>
            {
                Some(Developer::Yes as Rank)
            }
            QuestionId::Control if is(QuestionId::Developer, Developer::No as Rank) => {
                Some(Control::No as Rank)
            }
            _ => None,
        }
    }

    /// The first question on the path that has no answer.
    pub fn next_open(&self) -> Option<QuestionId> {
        QuestionId::ALL.into_iter().find(|&question| self.step(question) == Step::Open)
    }

    /// The nearest earlier question on the path.
    pub(crate) fn asked_before(&self, question: QuestionId) -> Option<QuestionId> {
        QuestionId::ALL.into_iter().take(question.index()).rfind(|&q| self.is_asked(q))
    }

    /// The nearest later question on the path.
    pub(crate) fn asked_after(&self, question: QuestionId) -> Option<QuestionId> {
        QuestionId::ALL.into_iter().skip(question.index() + 1).find(|&q| self.is_asked(q))
    }

    fn is_asked(&self, question: QuestionId) -> bool {
        !matches!(self.step(question), Step::Settled { .. })
    }

    /// The complete set. `None` while a question on the path is open.
    pub fn resolve(&self) -> Option<Resolved> {
        let mut ranks = [0; 8];
        let mut origins = [Origin::User; 8];
        for (question, (rank, origin)) in
            QuestionId::ALL.into_iter().zip(ranks.iter_mut().zip(&mut origins))
        {
            (*rank, *origin) = match self.step(question) {
                Step::Given(given) => (given.rank, given.origin),
                // Implied by an answer that is itself a default.
                Step::Settled { rank, kept: Some(Given { origin: Origin::Assumed, .. }) } => {
                    (rank, Origin::Assumed)
                }
                Step::Settled { rank, .. } => (rank, Origin::Derived),
                Step::Open => return None,
            };
        }
        Some(Resolved { profile: Profile::new(ranks), origins })
    }

    /// A copy with the method's default for every open question, marked as assumed.
    #[must_use]
    pub(crate) fn assume_open(mut self) -> Self {
        // Method, section 1, "Assumed answers".
        let assumed: [(QuestionId, Rank); 8] = [
            (QuestionId::Interface, Interface::Chat as Rank),
            (QuestionId::Session, Session::Moderate as Rank),
            (QuestionId::Limits, Limits::Unknown as Rank),
            (QuestionId::Automation, Automation::None as Rank),
            (QuestionId::Developer, Developer::No as Rank),
            (QuestionId::Control, Control::No as Rank),
            (QuestionId::Features, Features::Nice as Rank),
            (QuestionId::Billing, Billing::Either as Rank),
        ];
        for (question, rank) in assumed {
            let follows_assumed = question == QuestionId::Control
                && self.given(question).is_none()
                && self.given(QuestionId::Developer).is_some_and(|g| g.origin == Origin::Assumed);
            if self.step(question) == Step::Open || follows_assumed {
                self.give(question, rank, Origin::Assumed);
            }
        }
        self
    }

    /// The answers that fix a completion: given and in effect. Implied ones stay open.
    pub fn fixed(&self) -> [Option<Rank>; 8] {
        QuestionId::ALL.map(|question| match self.step(question) {
            Step::Given(given) => Some(given.rank),
            Step::Settled { kept, .. } => kept.map(|given| given.rank),
            Step::Open => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(pairs: &[(QuestionId, &str)]) -> Answers {
        let mut answers = Answers::default();
        for (question, option) in pairs {
            answers.give(*question, question.rank_of(option).unwrap(), Origin::User);
        }
        answers
    }

    #[test]
    fn own_code_settles_the_keys_but_a_given_answer_wins() {
        let code = answers(&[(QuestionId::Interface, "code")]);
        assert_eq!(code.effective(QuestionId::Developer), Some(Developer::Yes as Rank));
        let no_keys = answers(&[(QuestionId::Interface, "code"), (QuestionId::Developer, "no")]);
        assert_eq!(no_keys.effective(QuestionId::Developer), Some(Developer::No as Rank));
    }

    #[test]
    fn no_keys_settle_control_and_keep_what_was_said() {
        let given = answers(&[(QuestionId::Control, "yes"), (QuestionId::Developer, "no")]);
        assert_eq!(given.effective(QuestionId::Control), Some(Control::No as Rank));
        let back = given.with(QuestionId::Developer, Developer::Willing as Rank, Origin::User);
        assert_eq!(back.effective(QuestionId::Control), Some(Control::Yes as Rank));
    }

    #[test]
    fn the_path_leads_over_the_skipped_ones_both_ways() {
        let code = answers(&[
            (QuestionId::Interface, "code"),
            (QuestionId::Session, "short"),
            (QuestionId::Limits, "never"),
            (QuestionId::Automation, "none"),
        ]);
        assert_eq!(code.next_open(), Some(QuestionId::Control));
        assert_eq!(code.asked_before(QuestionId::Control), Some(QuestionId::Automation));
        assert_eq!(code.asked_after(QuestionId::Automation), Some(QuestionId::Control));
        assert_eq!(Answers::default().next_open(), Some(QuestionId::Interface));
        assert_eq!(Answers::default().asked_before(QuestionId::Interface), None);
    }

    #[test]
    fn a_complete_set_names_who_gave_each_answer() {
        let complete = answers(&[
            (QuestionId::Interface, "code"),
            (QuestionId::Session, "short"),
            (QuestionId::Limits, "never"),
            (QuestionId::Automation, "none"),
            (QuestionId::Control, "yes"),
            (QuestionId::Features, "none"),
            (QuestionId::Billing, "flat"),
        ]);
        let resolved = complete.resolve().unwrap();
        assert_eq!(resolved.origin(QuestionId::Developer), Origin::Derived);
        assert_eq!(resolved.origin(QuestionId::Control), Origin::User);
        assert_eq!(Answers::from_resolved(&resolved), complete);
        assert!(!resolved.has_assumed());
    }
}
