//! The screens as data: what to open, without knowing how it is built.

use std::path::PathBuf;

use super::keymap::Context;
use crate::question::QuestionId;
use crate::report::Opened;
use crate::wizard::flow::{Arrival, MonthLine, Step};

/// A screen. The router builds it.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// A step of the path.
    Step(Step),
    /// A question, to change its answer.
    Change(QuestionId),
    /// A line of monthly usage, to change it.
    ChangeMonth(MonthLine),
    /// The list of answers, over another screen.
    Answers,
    /// Advanced usage: caching, batches, thinking.
    Advanced,
    /// A typical week, to estimate the month from.
    Week,
    /// The models side by side, with the chart.
    Compare,
    /// Every plan replayed against the logs.
    Fit,
    Reading(Reading),
    Save,
    Open,
    /// Estimate vs. actual for the report at this path, or for the one saved last.
    OutcomeCheck(Option<PathBuf>),
    /// Use my own logs: at the start, or from the month.
    Logs(Arrival),
    /// The article's three example users.
    Examples,
    Scenarios,
    /// Two to four scenarios, by name.
    SideBySide(Vec<(String, Opened)>),
    Settings,
    /// Help that starts with the keys of a context.
    Help(Context),
    /// Asks whether to leave without saving.
    Leave,
}

impl From<Step> for Place {
    fn from(step: Step) -> Self {
        Self::Step(step)
    }
}

impl Place {
    /// True for a text about the screen below it.
    pub const fn is_text(&self) -> bool {
        matches!(self, Self::Reading(_) | Self::Fit | Self::Help(_))
    }

    /// True if the screen previews months or choices that are not the person's own.
    pub const fn only_looks(&self) -> bool {
        matches!(self, Self::Compare | Self::Scenarios | Self::Examples)
    }
}

/// A text to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Every reason behind the result.
    Why,
    /// Why we ask a question.
    WhyAsked(QuestionId),
    /// Why we ask for the month, and how it is counted.
    WhyMonth,
    NextSteps,
    /// Problems with the settings file.
    Problems,
}

impl Reading {
    /// True if `w` opens this text.
    pub const fn is_why(self) -> bool {
        matches!(self, Self::Why | Self::WhyAsked(_) | Self::WhyMonth)
    }
}
