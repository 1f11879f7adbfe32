//! The sentences that people read. Screens, command line and report share them, so that each is
//! written once.
//!
//! Every figure comes from an [`Assessment`]. The only arithmetic here is differences between two
//! amounts shown together, such as how much more hybrid costs than Pro.

mod assumption;
mod cover;
pub mod fit;
mod flip;
mod glossary;
mod guide;
mod measured;
mod place;
mod reason;
mod step;
mod summary;
mod ways;
mod work;

use rust_decimal::{Decimal, RoundingStrategy};

pub(crate) use assumption::LIKELY_RANGE;
pub use assumption::assumptions;
pub use cover::{Cover, covers};
pub(crate) use flip::flip_sentence;
pub use flip::{flip_cause, flip_line, flip_outcome, flips_nothing, flips_summary};
pub use glossary::TERMS;
pub(crate) use guide::strength_reason;
pub use guide::{
    LOG_FILES, LOGS, METHOD, MONTH, PRICES, PRIVATE, also_does, answer_in_words, assumed,
    note_brief, origin_words, points_words, rests_on, section_names, strength_brief,
    strength_sentence,
};
pub(crate) use measured::minutes;
pub use measured::{
    READING_STOPPED, RealUsage, answers_nothing, covered, doubts, evidence, found, fullest_window,
    mix, real_usage, scaled, sources, span,
};
pub(crate) use place::Place;
pub(crate) use reason::gate_first;
pub use reason::{gate, reason_long, reason_short, reason_tag, reasons_ranked};
#[cfg(test)]
use step::MOST_STEPS;
pub use step::{NextStep, next_steps, next_steps_brief};
pub use summary::summary;
pub use ways::{
    NOT_IN_THE_ARTICLE, cheaper_plan, other_way, other_way_covers, other_way_covers_short,
    other_way_short, other_ways_notes, why_not_cheaper, why_not_cheaper_brief,
};
pub use work::{api_parts, api_work};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::advice::{Assessment, Bend, Costs, MARK, Outcome, OverflowOrigin, Rule, Variant};
use crate::catalog::CatalogId;
use crate::question::Interface;

/// The last line of every output.
pub const VERIFY: &str =
    "Verify current prices at claude.com/pricing and platform.claude.com before you decide.";

/// The threshold of a need, in words.
pub const ENOUGH: &str = "a need counts from 3 points";

/// The article behind the method.
pub(crate) const ARTICLE: &str = "\"Claude Pro vs API\" (about March 2026)";

/// The three ways to pay, as tables name them.
pub const WAYS: [(Outcome, &str); 3] =
    [(Outcome::Pro, "Pro alone"), (Outcome::Api, "API alone"), (Outcome::Hybrid, "Hybrid")];

/// A price list and its date: `your list of 2026-11-20`.
pub(crate) fn price_list(id: CatalogId, day: Date) -> String {
    let whose = match id {
        CatalogId::Builtin => "the built-in list",
        CatalogId::Article => "the article's list",
        CatalogId::File => "your list",
    };
    format!("{whose} of {day}")
}

/// The name of a zone.
pub(crate) fn zone_name(zone: &TimeZone) -> String {
    match zone.iana_name() {
        Some(name) => name.to_owned(),
        None if *zone == TimeZone::UTC => "UTC".to_owned(),
        None => zone.to_fixed_offset().map_or_else(|_| "local".to_owned(), |at| at.to_string()),
    }
}

/// The verdict as a headline: `HYBRID: use both`.
pub const fn headline(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pro => "PRO: flat price",
        Outcome::Hybrid => "HYBRID: use both",
        Outcome::Api => "API: pay per use",
    }
}

/// What to do, in one sentence; at most three lines of 46 columns.
///
/// `Use Pro for chat and the API for automated work, through an app that accepts your key.`
pub fn recommendation(assessment: &Assessment) -> String {
    let variant = match assessment.variant {
        Some(Variant::App) if place::is_claude_code(assessment) => ", with an API key",
        Some(Variant::App) => ", through an app that accepts your key",
        Some(Variant::Product) if place::is_claude_code(assessment) => {
            ", through a product with its own key"
        }
        Some(Variant::Product) => ", through a product that bills you itself",
        None if assessment.outcome == Outcome::Api => ", with your own API key",
        None => "",
    };
    format!("{}{variant}.", advice(assessment))
}

/// The recommendation without its variant and without a full stop.
fn advice(assessment: &Assessment) -> String {
    match assessment.rule {
        Rule::R1 | Rule::R6 if work::is_without_api_part(assessment) => {
            let place = Place::in_assessment(assessment);
            format!("Use Pro now, and the API once work leaves {}", place.short)
        }
        Rule::R1 | Rule::R6 => {
            format!("Use Pro for {} and the API for {}", pro_use(assessment), api_work(assessment))
        }
        Rule::R2 | Rule::R5 if place::is_claude_code(assessment) => {
            "Use the API for all of it, Claude Code too".to_owned()
        }
        Rule::R2 | Rule::R5 if chats(assessment) => {
            "Use the API for all of it, chat too".to_owned()
        }
        Rule::R2 | Rule::R5 => "Use the API for all of it".to_owned(),
        Rule::R3 if assessment.unmet.is_empty() => {
            "Use Pro for everything; you need no API key".to_owned()
        }
        Rule::R3 => "Use Pro; you need no API key, but it does not cover everything".to_owned(),
        Rule::R4 if covers(assessment, Outcome::Pro).does_not.is_some() => {
            "Use Pro; there is little reason to use the API".to_owned()
        }
        Rule::R4 => "Use Pro for everything; there is little reason to use the API".to_owned(),
        Rule::R7 => "Use Pro for now, and test the API for a month".to_owned(),
    }
}

/// The kinds of work that stay on Pro in a hybrid month.
pub(crate) fn pro_keeps(assessment: &Assessment) -> &'static str {
    if place::is_claude_code(assessment) {
        "your sessions in Claude Code"
    } else {
        "conversations, drafts, thinking aloud"
    }
}

/// What a hybrid keeps Pro for.
fn pro_use(assessment: &Assessment) -> &'static str {
    if place::is_claude_code(assessment) { "Claude Code" } else { "chat" }
}

/// True if the person uses the Claude app for chat.
fn chats(assessment: &Assessment) -> bool {
    assessment.answers.profile.interface() == Interface::Chat && assessment.split.outside_pct < 100
}

/// The rule in one sentence.
pub const fn rule_sentence(rule: Rule) -> &'static str {
    match rule {
        Rule::R1 => {
            "You do not want API keys, but some of your work needs the API, and Pro is needed or cheaper for the rest. Use both, with a product that holds its own key."
        }
        Rule::R2 => {
            "You do not want API keys, but your work needs the API and there is little reason to use Pro. Use a product that holds its own key."
        }
        Rule::R3 => {
            "You do not want API keys, and nothing is strong enough to override that. Use Pro."
        }
        Rule::R4 => "There is little reason to use the API. Use Pro.",
        Rule::R5 => "There is enough reason to use the API and too little to use Pro. Use the API.",
        Rule::R6 => {
            "There is enough reason for each, and some of your work needs the API. Use both."
        }
        Rule::R7 => {
            "There is enough reason for each, but none of your work needs the API yet. Use Pro, and test the API."
        }
    }
}

/// The section of the article behind a rule.
pub(crate) fn in_the_article(rule: Rule) -> String {
    format!("In the article: {}.", section_names(rule.section()))
}

/// The points of one side, as a heading: `Points for Pro: 10`.
pub(crate) fn need_of(assessment: &Assessment, is_pro: bool) -> String {
    let needs = assessment.needs;
    let (name, total) = if is_pro { ("Pro", needs.pro) } else { ("the API", needs.api) };
    let counts = if total >= MARK { "" } else { ", too few to count" };
    format!("Points for {name}: {total}{counts}")
}

/// Shown if no item of a side has points.
pub(crate) const NO_POINTS: &str = "None of your answers gives points here.";

/// Shown if no change tried leads to another recommendation.
pub(crate) const NO_FLIP: &str = "No single change would alter it.";

/// Explains points.
pub(crate) fn points_speak() -> String {
    format!("Points count for Pro or for the API; {ENOUGH}.")
}

/// How likely the API alone is cheaper, in one sentence.
pub(crate) fn chances_sentence(assessment: &Assessment) -> String {
    format!("It is {} that the API alone costs less than Pro.", chances(assessment))
}

/// The points of both sides and which of them count, in one sentence.
pub fn needs_sentence(assessment: &Assessment) -> String {
    let needs = assessment.needs;
    let count = match (needs.pro >= MARK, needs.api >= MARK) {
        (true, true) => "both do",
        (true, false) => "only the need for Pro does",
        (false, true) => "only the need for the API does",
        (false, false) => "neither does",
    };
    format!(
        "Points for Pro: {}. Points for the API: {}. A need counts from {MARK} points; {count}.",
        needs.pro, needs.api
    )
}

/// The origin of the share of the chat beyond Pro's limits.
pub(crate) const fn overflow_origin(origin: OverflowOrigin) -> &'static str {
    match origin {
        OverflowOrigin::User => "set by you",
        OverflowOrigin::Capacity => "what exceeds the estimated capacity of Pro",
        OverflowOrigin::Usage => "from your logs, replayed on Pro",
        OverflowOrigin::Default => "from your answers on limits and control",
    }
}

/// What the API part of a hybrid month costs, USD.
pub fn api_part(costs: &Costs) -> Decimal {
    costs.hybrid - costs.pro
}

/// How likely the API alone costs less than Pro: `82% likely`. Only a month that costs nothing is
/// sure to.
pub fn chances(assessment: &Assessment) -> String {
    let chance = Decimal::try_from(assessment.chance_under_pro).unwrap_or_default();
    let exact = chance * Decimal::ONE_HUNDRED;
    let whole = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
    if whole >= Decimal::ONE_HUNDRED && !assessment.costs.api.is_zero() {
        "more than 99% likely".to_owned()
    } else if whole.is_zero() {
        "less than 1% likely".to_owned()
    } else {
        format!("{}% likely", whole.normalize())
    }
}

/// Explains what a chart with straight lines leaves out: the volume at which Pro's limits start to
/// stop work.
pub fn bend_sentence(at: &str, bend: Bend) -> String {
    if bend.is_above {
        format!("From {at} Pro's limits would stop you: hybrid then costs more than drawn.")
    } else {
        format!("Up to {at} Pro's limits are enough: hybrid costs less than drawn.")
    }
}

/// A multiple of the present volume with two decimals: `1.33`.
pub fn times(multiplier: Decimal) -> String {
    let two = multiplier.round_dp_with_strategy(2, RoundingStrategy::MidpointNearestEven);
    if two.is_zero() && !multiplier.is_zero() {
        return "<0.01".to_owned();
    }
    format!("{two:.2}")
}

/// The losses and gains of moving from Pro to the API (article, Switch).
pub fn trade(assessment: &Assessment) -> (&'static [&'static str], &'static [&'static str]) {
    const LEAVES_PLAN: &[&str] = &[
        "One flat price: with a key every token in Claude Code costs money, and you have a balance to watch",
        "The Claude app that the plan also includes, with its Projects, history and artifacts",
    ];
    const GIVES_UP: &[&str] = &[
        "The Claude app: one place to type and read",
        "Projects: you send the context yourself, and pay for it each time",
        "Your conversation history and artifacts, unless you export them",
        "The ease of one open tab and one flat price",
    ];
    const GAINS: &[&str] = &[
        "No waiting for a five-hour or weekly reset; only your credit and a rate per minute limit you",
        "You pay only for what you use, and nothing in an idle month",
        "Control over each call: model, system prompt and structured output",
    ];
    (if place::is_claude_code(assessment) { LEAVES_PLAN } else { GIVES_UP }, GAINS)
}

#[cfg(test)]
mod tests;
