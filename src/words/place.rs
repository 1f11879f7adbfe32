//! Where the work that Pro covers happens, as sentences name it: the Claude app, or Claude Code.

use crate::advice::Assessment;
use crate::question::{Answers, Interface, Profile, QuestionId, Rank};

/// The nouns for the part of the work that Pro covers.
pub(crate) struct Place {
    /// `the Claude app`
    pub app: &'static str,
    /// The same where there is little room: `the app`.
    pub short: &'static str,
    /// What Pro covers of the work, in a table: `the chat`.
    pub covered: &'static str,
    /// The work itself: `the chat`.
    pub the_work: &'static str,
    /// Without an article: `chat`.
    pub work: &'static str,
}

const APP: Place = Place {
    app: "the Claude app",
    short: "the app",
    covered: "the chat",
    the_work: "the chat",
    work: "chat",
};

const CLAUDE_CODE: Place = Place {
    app: "Claude Code",
    short: "Claude Code",
    covered: "Claude Code",
    the_work: "your work in Claude Code",
    work: "work in Claude Code",
};

impl Place {
    pub(crate) fn of(profile: Profile) -> &'static Self {
        if profile.interface() == Interface::ClaudeCode { &CLAUDE_CODE } else { &APP }
    }

    /// The nouns for answers of which some may be open.
    pub(crate) fn of_answers(answers: &Answers) -> &'static Self {
        let given = answers.effective(QuestionId::Interface);
        if given == Some(Interface::ClaudeCode as Rank) { &CLAUDE_CODE } else { &APP }
    }

    pub(crate) fn in_assessment(assessment: &Assessment) -> &'static Self {
        Self::of(assessment.answers.profile)
    }
}

/// True if the person works in Claude Code with a plan.
pub(super) fn is_claude_code(assessment: &Assessment) -> bool {
    assessment.answers.profile.interface() == Interface::ClaudeCode
}
