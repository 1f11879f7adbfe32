//! Real usage in words.

use rust_decimal::Decimal;

use crate::catalog::Catalog;
use crate::history::{Login, Source};
use crate::measured::{LimitsSeen, Measured, SessionsSeen, Whose};
use crate::number::{grouped, usd};
use crate::question::QuestionId;
use crate::usage::Usage;

/// Shown if the data covers too few days to preselect answers.
const TOO_SHORT: &str = "Under 7 days of use, so no answer is preselected.";

/// Said once the person has stopped a reading of logs.
pub const READING_STOPPED: &str = "Reading stopped. Nothing was imported.";

/// What the data implies for a question, in one or two lines: `Your logs: 6 limit hits in 28 days.`
/// `None` if it implies nothing.
pub fn evidence(measured: &Measured, question: QuestionId) -> Option<String> {
    let says = match question {
        QuestionId::Interface => interface(measured),
        QuestionId::Session => measured.sessions.map(sessions),
        QuestionId::Limits => measured.limits.map(|seen| limits(measured, seen)),
        QuestionId::Automation => measured.unattended.map(|part| {
            format!("{}% of the output was written without anybody typing.", part.percent())
        }),
        _ => None,
    }?;
    let replayed = replayed_on(measured, question).map(|text| format!(" {text}"));
    let short = if measured.is_short() { format!(" {TOO_SHORT}") } else { String::new() };
    Some(format!("Your logs: {says}{}{short}", replayed.unwrap_or_default()))
}

/// The replay result for the question about limits, on the person's own plan, otherwise on Pro.
fn replayed_on(measured: &Measured, question: QuestionId) -> Option<String> {
    let fit = measured.fit.as_deref().filter(|_| question == QuestionId::Limits)?;
    let plan = fit.plan_asked_about().filter(|plan| plan.carries.is_limited())?;
    let has_hits = measured.limits.is_some_and(|seen| seen.hits > 0);
    Some(super::fit::replayed_on(plan, has_hits))
}

fn interface(measured: &Measured) -> Option<String> {
    if let Some(part) = measured.programs.filter(|part| part.is_most()) {
        return Some(format!(
            "{}% of the output went to programs, through the SDK or the API.",
            part.percent()
        ));
    }
    let has = |source| measured.sources.contains(&source);
    let says = match measured.login {
        Some(Login::Claude) if has(Source::ClaudeCode) => {
            "Claude Code, signed in with a Claude account."
        }
        Some(Login::Claude) => "signed in with a Claude account.",
        None if has(Source::ClaudeCode) && measured.limits.is_some_and(|seen| seen.hits > 0) => {
            "Claude Code, stopped by usage limits, which only plans have."
        }
        _ if has(Source::ClaudeAi) => "chats in the Claude app.",
        Some(Login::Other) => "Claude Code, not signed in with a Claude account.",
        None if has(Source::ClaudeCode) => {
            "Claude Code; they do not say whether you used a plan or a key."
        }
        None => return None,
    };
    Some(says.to_owned())
}

/// A length such as `1 minute` or `25.5 minutes`.
pub(crate) fn minutes(count: Decimal) -> String {
    format!("{} minute{}", count.normalize(), if count == Decimal::ONE { "" } else { "s" })
}

fn sessions(seen: SessionsSeen) -> String {
    let minutes = minutes(seen.median_minutes);
    if seen.count == 1 {
        return format!("one session, {minutes} long.");
    }
    let long = match seen.marathons {
        0 => "none of three hours or more".to_owned(),
        count => format!("{} of three hours or more", grouped(count)),
    };
    format!("{} sessions, median {minutes}, {long}.", grouped(seen.count))
}

fn limits(measured: &Measured, seen: LimitsSeen) -> String {
    let hits = plural(seen.hits, "limit hit", "limit hits");
    let whose = match seen.plan {
        Whose::Pro => ".",
        Whose::Other => ", on another plan than Pro.",
        Whose::Unknown => "; the plan is not known.",
    };
    format!("{hits} in {}{whose}", days(measured))
}

/// The highest recorded usage of a plan window; `None` if unknown.
pub fn fullest_window(measured: &Measured) -> Option<String> {
    let peak = measured.limits?.peak_pct?;
    Some(format!("The fullest limit window reached {}%.", peak.normalize()))
}

/// `28 days`.
fn days(measured: &Measured) -> String {
    plural(measured.days, "day", "days")
}

fn plural(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// `28 days of logs scaled to an average month`.
pub fn scaled(measured: &Measured) -> String {
    format!("{} of logs scaled to an average month", days(measured))
}

/// `28 days, 2026-10-26 to 2026-11-22`.
pub fn covered(measured: &Measured) -> String {
    format!("{}, {}", days(measured), span(measured))
}

/// `2026-10-26 to 2026-11-22`, or one date for a single day.
pub fn span(measured: &Measured) -> String {
    if measured.from == measured.to {
        return measured.from.to_string();
    }
    format!("{} to {}", measured.from, measured.to)
}

/// `Claude Code logs, claude.ai export`.
pub fn sources(measured: &Measured) -> String {
    let names: Vec<&str> = measured.sources.iter().map(|source| source.name()).collect();
    if names.is_empty() { "not known".to_owned() } else { names.join(", ") }
}

/// The API cost of the usage with its own mix of models. `None` if no model has a price.
///
/// `Your mix of models in these logs: $84.12 a month at API prices. A value, not a bill.`
pub fn mix(measured: &Measured) -> Option<String> {
    let value = usd(measured.mix_usd?);
    Some(format!(
        "Your mix of models in these logs: {value} a month at API prices. A value, not a bill.{}",
        unpriced(measured)
    ))
}

fn unpriced(measured: &Measured) -> String {
    match measured.unpriced {
        0 => String::new(),
        1 => " One response without a price is not included.".to_owned(),
        count => format!(" {} responses without a price are not included.", grouped(count)),
    }
}

/// Reasons to trust the figures less, the most serious ones first.
pub fn doubts(measured: &Measured) -> Vec<String> {
    let mut doubts = Vec::new();
    if measured.is_short() {
        doubts.push(format!(
            "Only {} from first to last use: they answer no question, and the month is rough.",
            crate::words::fit::counted(measured.days_of_use, "day")
        ));
    }
    if measured.is_cut() {
        doubts.push(
            "The month holds more tokens than planwise can count; it is cut at 1,000,000,000,000."
                .to_owned(),
        );
    }
    let chats = [Source::ClaudeCode, Source::ClaudeAi];
    let (own, retold): (Vec<Source>, Vec<Source>) =
        measured.sources.iter().partition(|source| chats.contains(source));
    if !own.is_empty() && !retold.is_empty() || retold.len() > 1 {
        doubts.push(
            "Several kinds of files were read. Usage that is in two of them counts twice."
                .to_owned(),
        );
    }
    if measured.mix_usd.is_none() {
        doubts.push("No response has a price in this list, so the logs set no model.".to_owned());
    }
    doubts.extend(measured.doubts.iter().cloned());
    doubts
}

/// Label and value of each figure found, the most important ones first.
pub fn found(measured: &Measured, catalog: &Catalog) -> Vec<(&'static str, String)> {
    let mut figures = vec![
        ("Responses", grouped(measured.responses)),
        ("Input a month", grouped(measured.volume.input)),
        ("Input read from the cache", format!("{}%", measured.cached.read.shown())),
        ("Output a month", grouped(measured.volume.output)),
    ];
    if let Some(seen) = measured.limits {
        figures.push(("Limit hits", grouped(seen.hits)));
    }
    if let Some(model) = measured.model.as_deref().and_then(|id| catalog.model(id)) {
        figures.push(("Main model", model.short_name().to_owned()));
    }
    if let Some(value) = measured.mix_usd {
        figures.push(("Value at API prices", usd(value)));
    }
    figures
}

/// Why the data answers none of the questions.
pub const fn answers_nothing(measured: &Measured) -> &'static str {
    if measured.is_short() {
        "Under 7 days of use, so they answer no question."
    } else {
        "They answer none of the questions."
    }
}

/// Real usage as a report shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RealUsage {
    /// Label and value of each figure.
    pub figures: Vec<(&'static str, String)>,
    /// What the data implies for the questions.
    pub evidence: Vec<String>,
    /// Reasons to trust the figures less.
    pub doubts: Vec<String>,
}

/// Real usage as a report shows it. `None` if none was read.
pub fn real_usage(usage: &Usage) -> Option<RealUsage> {
    let measured = usage.measured.as_deref()?;
    let month = match usage.measured_month() {
        Some(measured) => scaled(measured),
        None => format!(
            "changed by hand since; the logs hold {} of input and {} of output",
            crate::number::tokens(measured.volume.input),
            grouped(measured.volume.output)
        ),
    };
    let mix = match measured.mix_usd {
        Some(value) => {
            format!(
                "{} a month at API prices. A value, not a bill.{}",
                usd(value),
                unpriced(measured)
            )
        }
        None => "unpriced".to_owned(),
    };
    let evidence = QuestionId::ALL
        .into_iter()
        .filter_map(|question| evidence(measured, question))
        .chain(fullest_window(measured))
        .collect();
    Some(RealUsage {
        figures: vec![
            ("Read from", sources(measured)),
            ("Covers", format!("{} ({})", covered(measured), measured.zone)),
            ("Responses", grouped(measured.responses)),
            ("Your month", month),
            ("Your mix of models in these logs", mix),
        ],
        evidence,
        doubts: doubts(measured),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measured::Part;
    use crate::wizard::session::real_tests::four_weeks;

    fn said(measured: &Measured, question: QuestionId) -> String {
        evidence(measured, question).unwrap()
    }

    #[test]
    fn each_question_hears_its_figure() {
        let month = four_weeks();
        for (question, expected) in [
            (QuestionId::Interface, "Your logs: Claude Code, signed in with a Claude account."),
            (
                QuestionId::Session,
                "Your logs: 41 sessions, median 25.5 minutes, 2 of three hours or more.",
            ),
            (QuestionId::Limits, "Your logs: 6 limit hits in 28 days."),
            (
                QuestionId::Automation,
                "Your logs: 12.3% of the output was written without anybody typing.",
            ),
        ] {
            assert_eq!(said(&month, question), expected);
        }
        assert_eq!(evidence(&month, QuestionId::Billing), None);
    }

    #[test]
    fn a_plan_that_is_not_pro_and_too_few_days_are_said() {
        let mut month = four_weeks();
        let mut seen = month.limits.unwrap();
        (seen.hits, seen.plan) = (1, Whose::Other);
        month.limits = Some(seen);
        assert_eq!(
            said(&month, QuestionId::Limits),
            "Your logs: 1 limit hit in 28 days, on another plan than Pro."
        );
        seen.plan = Whose::Unknown;
        (month.limits, month.days, month.days_of_use) = (Some(seen), 6, 6);
        assert_eq!(
            said(&month, QuestionId::Limits),
            "Your logs: 1 limit hit in 6 days; the plan is not known. Under 7 days of use, so no answer is preselected."
        );
    }

    #[test]
    fn programs_and_unknown_logins_have_their_words() {
        let mut month = four_weeks();
        month.programs = Part::new(2, 3);
        assert_eq!(
            said(&month, QuestionId::Interface),
            "Your logs: 66.7% of the output went to programs, through the SDK or the API."
        );
        month.programs = None;
        month.login = None;
        assert_eq!(
            said(&month, QuestionId::Interface),
            "Your logs: Claude Code, stopped by usage limits, which only plans have."
        );
        month.limits = None;
        assert_eq!(said(&month, QuestionId::Interface), "Your logs: chats in the Claude app.");
        month.sources = vec![Source::ClaudeCode];
        assert_eq!(
            said(&month, QuestionId::Interface),
            "Your logs: Claude Code; they do not say whether you used a plan or a key."
        );
        month.sources = vec![Source::Ccusage];
        assert_eq!(evidence(&month, QuestionId::Interface), None);
    }

    #[test]
    fn the_value_of_the_mix_is_never_called_a_bill() {
        assert_eq!(
            mix(&four_weeks()).unwrap(),
            "Your mix of models in these logs: $84.12 a month at API prices. A value, not a bill. 2 responses without a price are not included."
        );
        assert_eq!(mix(&Measured { mix_usd: None, ..four_weeks() }), None);
    }

    #[test]
    fn few_days_a_cut_month_and_two_kinds_of_files_are_doubts() {
        let month = four_weeks();
        assert_eq!(doubts(&month), month.doubts, "a chat export and logs do not overlap");
        let cut = Measured {
            days: 1,
            days_of_use: 1,
            volume: crate::cost::Volume { input: crate::number::MOST_TOKENS, output: 0 },
            sources: vec![Source::ClaudeCode, Source::ConsoleTokens],
            mix_usd: None,
            ..month
        };
        let said = doubts(&cut);
        assert_eq!(said.len(), 5);
        assert_eq!(
            said[0],
            "Only 1 day from first to last use: they answer no question, and the month is rough."
        );
    }
}
