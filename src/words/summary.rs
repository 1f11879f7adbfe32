//! The four lines that `y` copies.

use std::cmp::Reverse;

use super::{advice, api_part, gate, headline, reason_tag, rule_sentence};
use crate::advice::{Assessment, Outcome, Reason};
use crate::catalog::Catalog;
use crate::number::{day_in_words, short_usd};

/// The most reasons in the summary.
const REASONS: usize = 3;

/// The recommendation in four lines: what, the cost, the comparison with its assumptions, and why.
pub fn summary(assessment: &Assessment, catalog: &Catalog) -> [String; 4] {
    let costs = &assessment.costs;
    let (pro, api, hybrid) = (short_usd(costs.pro), short_usd(costs.api), short_usd(costs.hybrid));
    let model = &assessment.model_name;
    let chat_only = if assessment.split.outside_pct > 0 { " (chat only)" } else { "" };
    let cost = match assessment.outcome {
        Outcome::Pro => format!("{pro} a month, one flat price."),
        Outcome::Api => format!("About {api} a month (estimate): the API on {model}."),
        Outcome::Hybrid => format!(
            "About {hybrid} a month (estimate): Pro {pro} + API {} on {model}.",
            short_usd(api_part(costs))
        ),
    };
    let others = match assessment.outcome {
        Outcome::Pro => format!("API alone {api}, hybrid {hybrid} (estimates on {model})."),
        Outcome::Api => format!("Pro alone {pro}{chat_only}, hybrid {hybrid}."),
        Outcome::Hybrid => format!("Pro alone {pro}{chat_only}, API alone {api}."),
    };
    [
        format!(
            "planwise: {} ({}). {}.",
            headline(assessment.outcome).replace(": ", ", "),
            assessment.strength.name(),
            advice(assessment)
        ),
        cost,
        match super::assumed(assessment) {
            Some(notice) => format!("{others} Prices of {}. {notice}", day_in_words(catalog.as_of)),
            None => format!("{others} Prices of {}.", day_in_words(catalog.as_of)),
        },
        why(assessment),
    ]
}

/// The largest reasons for the recommendation. No keys comes first.
///
/// Leaves out points against it: next to a verdict, a minus sign would look like doubt.
fn why(assessment: &Assessment) -> String {
    let speaks_for = |reason: &&Reason| reason.supports && reason.points > 0;
    let mut reasons: Vec<&Reason> = assessment.reasons.iter().filter(speaks_for).collect();
    reasons.sort_by_key(|reason| Reverse(reason.points));
    let gate = gate(assessment).map(|_| "no API keys".to_owned());
    let tags = reasons
        .iter()
        .take(REASONS)
        .map(|reason| format!("{} {:+}", reason_tag(reason, assessment), reason.points));
    let tags: Vec<String> = gate.into_iter().chain(tags).collect();
    if tags.is_empty() {
        return format!("Why: {}", rule_sentence(assessment.rule));
    }
    format!("Why: {}.", tags.join(", "))
}
