//! The contents of the API part of a hybrid month: work outside the Claude app, chat beyond Pro's
//! limits, or both.

use rust_decimal::Decimal;

use super::place::is_claude_code;
use crate::advice::Assessment;
use crate::number::exact;
use crate::question::{Automation, Control, Interface, Limits};

/// The share of the API part, in percent, from which its chat is mentioned besides work outside the
/// app. Our own threshold.
const NAMED_FROM: i64 = 33;

/// The work for the API, by kind. At most 26 columns.
pub fn api_work(assessment: &Assessment) -> &'static str {
    let split = assessment.split;
    let api = split.api_pct();
    let chat = api - Decimal::from(split.outside_pct);
    if !has_outside_work(assessment) && !chat.is_zero() {
        return chat_work(assessment);
    }
    if chat * Decimal::ONE_HUNDRED < api * Decimal::from(NAMED_FROM) || chat.is_zero() {
        return outside_work(assessment);
    }
    match (assessment.answers.profile.interface(), has_jobs(assessment)) {
        (Interface::Tools, true) => "apps, jobs and extra chat",
        (Interface::Tools, false) => "other apps and extra chat",
        (Interface::Code, true) => "code, jobs and extra chat",
        (Interface::Code, false) => "your code and extra chat",
        (Interface::Chat, true) => "jobs and extra chat",
        (Interface::Chat, false) => "other work and extra chat",
        (Interface::ClaudeCode, true) => "jobs and more",
        (Interface::ClaudeCode, false) => "other and extra work",
    }
}

/// Each kind of work in the API part with its percent of the month: `automated work (20%) and
/// what Pro's limits stop (8%)`.
pub fn api_parts(assessment: &Assessment) -> String {
    let split = assessment.split;
    let chat = split.api_pct() - Decimal::from(split.outside_pct);
    let outside = outside_work(assessment);
    match (split.outside_pct, chat.is_zero()) {
        (_, true) => outside.to_owned(),
        (0, false) if !has_outside_work(assessment) => chat_work(assessment).to_owned(),
        (share, false) => {
            format!("{outside} ({share}%) and {} ({}%)", chat_work(assessment), exact(chat))
        }
    }
}

/// True if no work of this month would move to the API, by the shares.
pub(super) fn is_without_api_part(assessment: &Assessment) -> bool {
    assessment.split.api_pct().is_zero()
}

/// True if the person has work outside the Claude app, even with a share of 0 this month.
fn has_outside_work(assessment: &Assessment) -> bool {
    assessment.split.outside_pct > 0
        || has_jobs(assessment)
        || !assessment.answers.profile.interface().is_on_plan()
}

fn has_jobs(assessment: &Assessment) -> bool {
    assessment.answers.profile.automation() != Automation::None
}

fn outside_work(assessment: &Assessment) -> &'static str {
    match (assessment.answers.profile.interface(), has_jobs(assessment)) {
        (Interface::Tools, true) => "other apps and jobs",
        (Interface::Tools, false) => "other apps",
        (Interface::Code, true) => "your own code and jobs",
        (Interface::Code, false) => "your own code",
        (Interface::Chat | Interface::ClaudeCode, true) => "automated work",
        (Interface::Chat, false) if assessment.split.outside_pct > 0 => "work outside the app",
        (Interface::Chat, false) => "what the app does not do",
        (Interface::ClaudeCode, false) if assessment.split.outside_pct > 0 => {
            "work outside Claude Code"
        }
        (Interface::ClaudeCode, false) => "what Pro does not do",
    }
}

/// The chat that moves to the API, named by its reason.
fn chat_work(assessment: &Assessment) -> &'static str {
    let is_controlled =
        assessment.answers.profile.control() == Control::Yes && assessment.split.outside_pct == 0;
    let is_code = is_claude_code(assessment);
    match assessment.limits_effective {
        _ if assessment.over_capacity && is_code => "work past the limits",
        _ if assessment.over_capacity => "chat past the limits",
        Limits::Often => "what Pro's limits stop",
        _ if is_controlled => "calls you control",
        Limits::Sometimes => "what Pro's limits stop",
        Limits::Never | Limits::Unknown if is_code => "work that you move there",
        Limits::Never | Limits::Unknown => "chat that you move there",
    }
}
