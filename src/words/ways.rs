//! What speaks against the cheapest way, and the ways past Pro's limits that the article does not
//! know.

use rust_decimal::Decimal;

use super::covers;
use super::place::{Place, is_claude_code};
use crate::advice::{Assessment, Carried, OtherWay, OtherWayId, Outcome};
use crate::number::short_usd;
use crate::question::{Billing, Developer, Features};

/// The heading over the other ways.
pub const NOT_IN_THE_ARTICLE: &str = "Other ways, not in the article";

/// What the three ways are called in a sentence.
const fn way(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pro => "Pro alone",
        Outcome::Api => "The API alone",
        Outcome::Hybrid => "Hybrid",
    }
}

/// The cheapest of the three ways, if that is not the recommended one.
fn cheapest(assessment: &Assessment) -> Option<Outcome> {
    let costs = &assessment.costs;
    [Outcome::Pro, Outcome::Api, Outcome::Hybrid]
        .into_iter()
        .filter(|other| costs.of(*other) < costs.of(assessment.outcome))
        .min_by_key(|other| costs.of(*other))
}

/// [`why_not_cheaper`] where there is little room: by the month, with the main drawback.
pub fn why_not_cheaper_brief(assessment: &Assessment) -> Option<String> {
    let cheapest = cheapest(assessment)?;
    let month = assessment.costs.of(assessment.outcome) - assessment.costs.of(cheapest);
    let drawback = drawback(assessment, cheapest);
    let main = drawback.split([',', ';']).next().unwrap_or(&drawback);
    Some(format!("{} would save {} a month, but {main}.", way(cheapest), short_usd(month)))
}

/// Why the cheapest of the three ways is not the recommended one, in one sentence. `None` if it is.
pub fn why_not_cheaper(assessment: &Assessment) -> Option<String> {
    let costs = &assessment.costs;
    let outcome = assessment.outcome;
    let cheapest = cheapest(assessment)?;
    let month = costs.of(outcome) - costs.of(cheapest);
    let year = costs.year(outcome) - costs.year(cheapest);
    let saves = format!("{} would save {} a month", way(cheapest), short_usd(month));
    let saves = if year > Decimal::ZERO {
        format!("{saves} ({} a year)", short_usd(year))
    } else {
        // Pro paid by the year costs less than twelve of its months.
        saves
    };
    Some(format!("{saves}, but {}.", drawback(assessment, cheapest)))
}

/// What the person would do without, or put up with, on a cheaper way.
fn drawback(assessment: &Assessment, cheaper: Outcome) -> String {
    let profile = assessment.answers.profile;
    match cheaper {
        Outcome::Pro => match covers(assessment, Outcome::Pro).does_not {
            Some(missing) => format!("it does not cover {missing}"),
            None => "it has usage limits and costs the same in a quiet month".to_owned(),
        },
        Outcome::Hybrid => "it means two bills, and you have little need for Pro".to_owned(),
        Outcome::Api => {
            let loses = match profile.features() {
                _ if profile.developer() == Developer::No => {
                    "it needs an API key, and you do not want one"
                }
                Features::Core => {
                    "you would leave the Claude app, Projects and your history, and your work is built on them"
                }
                Features::Nice if is_claude_code(assessment) => {
                    "you would leave the plan's app features, which you like"
                }
                Features::Nice => {
                    "you would leave the Claude app, Projects and your history, which you like"
                }
                Features::None if is_claude_code(assessment) => {
                    "every session in Claude Code would be billed by the token"
                }
                Features::None => "you would chat through another app, with a balance to watch",
            };
            if profile.billing() == Billing::Flat && profile.developer() != Developer::No {
                format!("{loses}, and you prefer one flat price")
            } else {
                loses.to_owned()
            }
        }
    }
}

/// The name of another way: `Pro with usage credits`, `Max`.
pub fn other_way(way: &OtherWay) -> String {
    match way.id {
        OtherWayId::ProCredits => format!("{} with usage credits", way.plan),
        OtherWayId::Max | OtherWayId::Ultra => way.plan.clone(),
    }
}

/// The name of another way in at most 11 columns.
pub fn other_way_short(way: &OtherWay) -> String {
    match way.id {
        OtherWayId::ProCredits => format!("{}+credits", way.plan),
        OtherWayId::Max | OtherWayId::Ultra => way.plan.clone(),
    }
}

/// What another way covers, in at most 22 columns.
pub const fn other_way_covers_short(way: &OtherWay) -> &'static str {
    match (way.id, way.carried) {
        (OtherWayId::ProCredits, _) => "more, past Pro's limit",
        (_, Some(Carried::Yes)) => "all of it, by your logs",
        (_, Some(Carried::Likely)) => "likely all, by your logs",
        (_, Some(Carried::Perhaps)) => "perhaps, by your logs",
        (_, Some(Carried::No)) => "not all, by your logs",
        (OtherWayId::Max, _) => "5 times Pro's limit",
        (OtherWayId::Ultra, _) => "only a weekly limit",
    }
}

/// What another way covers.
pub fn other_way_covers(way: &OtherWay, assessment: &Assessment) -> String {
    let place = Place::in_assessment(assessment);
    let work = place.covered;
    let limits = match way.id {
        OtherWayId::ProCredits => {
            return format!("{work}, past Pro's limits too, without an API key");
        }
        OtherWayId::Max => "5 times Pro's limit per five hours",
        OtherWayId::Ultra => "no five-hour limit once verified, but a weekly one",
    };
    match way.carried {
        Some(Carried::Yes) => format!("{work}, all of it on your logs"),
        Some(Carried::Likely) => format!("{work}, likely all of it on your logs"),
        Some(Carried::Perhaps) => format!("{work}, perhaps: your logs come close to its limits"),
        Some(Carried::No) => format!("{work}, but not all of it on your logs"),
        Some(Carried::Unknown) | None => format!("{work}; {limits}"),
    }
}

/// What the rows of the other ways leave out or do not know. Empty if there are no rows.
pub fn other_ways_notes(assessment: &Assessment) -> Vec<String> {
    let ways = &assessment.other_ways;
    let mut notes = Vec::new();
    if ways.iter().any(|way| way.with_outside != way.monthly) {
        let place = Place::in_assessment(assessment);
        notes.push(format!(
            "None of them covers the {}% of your work outside {}. The last amount adds that work on the API, less any API credit that the plan includes.",
            assessment.split.outside_pct, place.app
        ));
    }
    if ways.iter().any(|way| way.carried == Some(Carried::Unknown)) {
        notes.push("Without your logs it is not known whether a larger plan is enough.".to_owned());
    }
    notes
}

/// A larger plan that costs less than the recommended way and covers the work by the person's logs.
pub fn cheaper_plan(assessment: &Assessment) -> Option<String> {
    let cost = assessment.costs.of(assessment.outcome);
    let way = assessment
        .other_ways
        .iter()
        .find(|way| way.is_larger_plan() && way.is_covered_by_logs() && way.with_outside < cost)?;
    let (plan, total) = (&way.plan, short_usd(way.with_outside));
    Some(if way.with_outside == way.monthly && assessment.split.outside_pct == 0 {
        format!(
            "{plan} at {total} would likely cover all of this on your logs (not in the article)."
        )
    } else {
        format!(
            "{plan}, with the rest on the API, would likely cover this on your logs for {total} (not in the article)."
        )
    })
}
