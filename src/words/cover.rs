//! What each way to pay covers of the person's work, and what it does not.

use std::cmp::Ordering;

use super::place::{Place, is_claude_code};
use crate::advice::{Assessment, Outcome};
use crate::number::short_usd;
use crate::question::{Automation, Control, Features, Interface, Limits};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The work covered: `the chat`.
    pub does: String,
    /// The work not covered, without "not": `the automated 20%`.
    pub does_not: Option<String>,
    /// Both in at most 23 columns: `the chat, not the jobs`.
    pub short: String,
    /// Both in one line, which may wrap for hybrid: `the chat; not the automated 20%`.
    pub line: String,
}

impl Cover {
    fn new(does: impl Into<String>, does_not: Option<String>, short: &str) -> Self {
        let does = does.into();
        let line = match &does_not {
            Some(out) => format!("{does}; not {out}"),
            None => does.clone(),
        };
        Self { does, does_not, short: short.to_owned(), line }
    }

    fn with_line(self, line: impl Into<String>) -> Self {
        Self { line: line.into(), ..self }
    }
}

/// What an outcome covers of this month.
pub fn covers(assessment: &Assessment, outcome: Outcome) -> Cover {
    match outcome {
        Outcome::Pro => pro(assessment),
        Outcome::Api => api(assessment),
        Outcome::Hybrid => hybrid(assessment),
    }
}

/// Pro covers the chat, up to its limits.
fn pro(assessment: &Assessment) -> Cover {
    let profile = assessment.answers.profile;
    let share = assessment.split.outside_pct;
    let jobs = profile.automation() != Automation::None;
    let place = Place::of(profile);
    if share >= 100 {
        let moved = format!("what you move to {}", place.app);
        let now = Some("the work as it is now".to_owned());
        let short = match profile.interface() {
            Interface::ClaudeCode => "what you move there",
            _ => "what you move to chat",
        };
        return Cover::new(moved.clone(), now, short).with_line(moved);
    }
    let of_share = |what: &str| {
        if share == 0 { format!("work {what}") } else { format!("the {share}% {what}") }
    };
    let (outside, short) = match profile.interface() {
        Interface::Tools if jobs => {
            (Some(of_share("in other apps and jobs")), "chat, not other apps")
        }
        Interface::Tools => (Some(of_share("in other apps")), "chat, not other apps"),
        Interface::Code if jobs => {
            (Some(of_share("in your own code and jobs")), "the chat, not your code")
        }
        Interface::Code => (Some(of_share("in your own code")), "the chat, not your code"),
        Interface::Chat if jobs && share == 0 => {
            (Some("the automated work".to_owned()), "the chat, not the jobs")
        }
        Interface::Chat if jobs => {
            (Some(format!("the automated {share}%")), "the chat, not the jobs")
        }
        Interface::Chat if share > 0 => {
            (Some(of_share("outside the app")), "the chat, not the rest")
        }
        Interface::ClaudeCode if jobs && share == 0 => {
            (Some("the automated work".to_owned()), "Claude Code, not jobs")
        }
        Interface::ClaudeCode if jobs => {
            (Some(format!("the automated {share}%")), "Claude Code, not jobs")
        }
        Interface::ClaudeCode if share > 0 => {
            (Some(of_share("outside Claude Code")), "Claude Code only")
        }
        Interface::Chat | Interface::ClaudeCode if profile.control() == Control::Yes => {
            (None, "all but call control")
        }
        Interface::Chat | Interface::ClaudeCode => (None, "all, up to its limits"),
    };
    let control = (profile.control() == Control::Yes).then_some("control over each call");
    let limited = match assessment.limits_effective {
        Limits::Often | Limits::Sometimes => Some(match profile.interface() {
            Interface::ClaudeCode => "work that its limits stop",
            _ => "chat that its limits stop",
        }),
        Limits::Never | Limits::Unknown => None,
    };
    let parts: Vec<&str> = outside.as_deref().into_iter().chain(control).chain(limited).collect();
    let does_not = match parts.split_last() {
        None => None,
        Some((last, [])) => Some((*last).to_owned()),
        Some((last, rest)) => Some(format!("{}, and {last}", rest.join(", "))),
    };
    match (&outside, control) {
        (Some(outside), _) => {
            let line = format!("{}; not {outside}", place.covered);
            Cover::new(place.covered, does_not, short).with_line(line)
        }
        (None, Some(control)) => {
            let line = format!("{}; not {control}", place.covered);
            Cover::new(place.covered, does_not, short).with_line(line)
        }
        (None, None) => {
            let does = "all of it, up to its limits";
            Cover::new(does, does_not, short).with_line(does)
        }
    }
}

/// The API covers everything except the Claude app itself.
fn api(assessment: &Assessment) -> Cover {
    let profile = assessment.answers.profile;
    let jobs = profile.automation() != Automation::None;
    let app = (profile.features() != Features::None).then(|| "the Claude app".to_owned());
    if assessment.split.outside_pct >= 100 {
        return match app {
            Some(app) => Cover::new("all of it", Some(app), "all but the Claude app"),
            None => Cover::new("all of it", None, "all of it"),
        };
    }
    if profile.interface() == Interface::ClaudeCode {
        // The same tool goes on with a key, so only the app's features would be missed.
        let line = "all of it, in Claude Code with a key";
        return Cover::new(line, app, "all of it, with a key").with_line(line);
    }
    let chat = "chat only through another app";
    let app = Some("the Claude app".to_owned());
    let (work, short) = match profile.interface() {
        Interface::Tools if jobs => ("apps and jobs", "all but the Claude app"),
        Interface::Tools => ("other apps", "all but the Claude app"),
        Interface::Code if jobs => ("code and jobs", "all but the Claude app"),
        Interface::Code => ("your code", "all but the Claude app"),
        Interface::Chat if jobs => ("the jobs", "the jobs, not the app"),
        Interface::Chat | Interface::ClaudeCode => {
            return Cover::new(chat, app, "chat in another app").with_line(chat);
        }
    };
    let does = format!("{work}; {chat}");
    Cover::new(does.clone(), app, short).with_line(does)
}

/// Hybrid covers everything. Its line compares its cost with the API alone.
fn hybrid(assessment: &Assessment) -> Cover {
    let costs = &assessment.costs;
    let cover = Cover::new("all of it", None, "all of it");
    if super::work::is_without_api_part(assessment) {
        return Cover::new("all of it", None, "no work for the API")
            .with_line("all of it; nothing would go to the API");
    }
    let beside = match costs.hybrid.cmp(&costs.api) {
        Ordering::Greater if is_claude_code(assessment) => format!(
            "for {} more than the API alone, most of your work stays at one flat price",
            short_usd(costs.hybrid - costs.api)
        ),
        Ordering::Greater => format!(
            "for {} more than the API alone, you keep Projects, history and artifacts",
            short_usd(costs.hybrid - costs.api)
        ),
        Ordering::Less => {
            format!("{} less than the API alone", short_usd(costs.api - costs.hybrid))
        }
        Ordering::Equal => "the API alone costs the same".to_owned(),
    };
    cover.with_line(format!("all of it; {beside}"))
}
