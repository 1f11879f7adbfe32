//! Notes from outside the article, warnings, and needs that Pro does not meet (method, section 8).

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::evidence::{REFUSED_IS_MUCH, ReplayedOnPro};
use super::rules::{Outcome, Rule, Verdict};
use super::situation::Situation;
use super::ways::{Carried, OtherWay};
use super::world::World;
use crate::catalog::{Catalog, Model, Status};
use crate::cost::Volume;
use crate::fit::{Digest, Verdict as Fits};
use crate::number::{grouped, tokens, usd};
use crate::question::{Automation, Developer, Features, Interface, Limits, Origin, Profile};
use crate::usage::{Outside, Usage};

/// A need that the recommendation leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Unmet {
    /// Automated work.
    Automation,
    /// Work inside other apps or code.
    Tools,
    /// More chat than the estimated capacity of Pro.
    Capacity,
}

impl Unmet {
    /// Explains what Pro does not do.
    pub(crate) const fn sentence(self) -> &'static str {
        match self {
            Self::Automation => "Work that runs without you typing is not covered.",
            Self::Tools => "Work inside other apps or from code is not covered.",
            Self::Capacity => "Chat beyond Pro's limits is not covered.",
        }
    }
}

/// A remark from outside the article, with its date and source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// X1 to X9.
    pub id: &'static str,
    pub text: String,
    /// The date of its newest source.
    pub date: Date,
    pub source: String,
}

/// A likely slip in the input, or a point that needs care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// W1 to W13.
    pub id: &'static str,
    pub text: String,
}

/// The inputs of all remarks.
pub(super) struct Case<'a> {
    pub profile: Profile,
    pub usage: &'a Usage,
    pub model: &'a Model,
    pub share: u8,
    pub situation: Situation,
    pub verdict: Verdict,
    pub limits_effective: Limits,
    /// The monthly cost of the recommendation, USD.
    pub cost: Decimal,
    pub unmet: &'a [Unmet],
    pub other_ways: &'a [OtherWay],
    pub replayed: Option<ReplayedOnPro>,
    pub world: &'a World<'a>,
}

impl Case<'_> {
    fn lacks_capacity(&self) -> bool {
        self.unmet.contains(&Unmet::Capacity)
    }

    fn tokens(&self) -> u64 {
        let Volume { input, output } = self.usage.volume;
        input.saturating_add(output)
    }
}

/// The needs that rule R3 leaves open. Empty under any other rule.
pub(super) fn unmet(rule: Rule, profile: Profile, limits_effective: Limits) -> Vec<Unmet> {
    if rule != Rule::R3 {
        return Vec::new();
    }
    let mut unmet = Vec::new();
    if profile.automation() != Automation::None {
        unmet.push(Unmet::Automation);
    }
    if !profile.interface().is_on_plan() {
        unmet.push(Unmet::Tools);
    }
    if matches!(limits_effective, Limits::Sometimes | Limits::Often) {
        unmet.push(Unmet::Capacity);
    }
    unmet
}

/// Below this many tokens a month, and without limit hits, the Free plan may be enough.
const FREE_MAY_DO: u64 = 150_000;
/// Below this many tokens a month, frequent limit hits are surprising.
const FEW_FOR_LIMITS: u64 = 300_000;
/// Above this many tokens a month, a typing error is likely.
const MANY: u64 = 1_000_000_000;
/// A price list older than this many days gets a warning.
const OLD_DAYS: i32 = 60;

/// The warnings, W1 to W13.
pub(super) fn warnings(case: &Case<'_>) -> Vec<Warning> {
    let Volume { input, output } = case.usage.volume;
    let profile = case.profile;
    let outside_set = matches!(case.usage.outside, Outside::Set(_));
    let today = case.world.today;
    let age = days_between(case.world.catalog.as_of, today);
    let name = &case.model.name;
    let mut warnings = Vec::new();
    let mut warn = |id, applies: bool, text: String| {
        if applies {
            warnings.push(Warning { id, text });
        }
    };
    warn(
        "W1",
        profile.interface() == Interface::Code && profile.developer() == Developer::No,
        "You work from your own code but want no keys: code needs a key, or a product that holds one.".to_owned(),
    );
    warn(
        "W2",
        profile.limits() == Limits::Never && case.situation.over_capacity,
        "You say limits never stop you, but this much chat exceeds the estimated capacity of Pro."
            .to_owned(),
    );
    warn(
        "W3",
        profile.automation() == Automation::None && outside_set && case.share > 0,
        format!(
            "Nothing runs without you, yet {}% of work is set as outside the Claude app.",
            case.share
        ),
    );
    warn(
        "W4",
        case.share >= 100 && profile.features() == Features::Core,
        "All work is outside the Claude app, yet your way of working is built on the app."
            .to_owned(),
    );
    warn("W5", input == 0 && output == 0, "The volume is zero: costs are zero too.".to_owned());
    warn(
        "W6",
        output > input.saturating_mul(5) || input > MANY || output > MANY,
        format!(
            "{} sent and {} written is unusual: check for a slip of typing.",
            tokens(input),
            grouped(output)
        ),
    );
    warn(
        "W7",
        profile.limits() == Limits::Often && case.tokens() < FEW_FOR_LIMITS,
        "Limits stop you most weeks, but this volume is small. Each message resends the whole chat, so the real numbers may be higher.".to_owned(),
    );
    let retired = case.model.is_retired(today);
    let retiring = match case.model.retires {
        _ if retired => format!("{name} has been switched off. Choose another model."),
        Some(day) => format!("{name} will be switched off on {day}. Plan with a newer model."),
        None => format!("{name} is deprecated. Plan with a newer model."),
    };
    warn("W8", retired || case.model.status == Status::Deprecated, retiring);
    warn(
        "W9",
        age > OLD_DAYS,
        format!("The price list is {age} days old. Prices may have changed since."),
    );
    let outcome = case.verdict.outcome();
    let refused = case.replayed.map(|on_pro| on_pro.refused);
    warn(
        "W10",
        outcome == Outcome::Pro && refused.is_some_and(|share| share.likely > REFUSED_IS_MUCH),
        format!(
            "Your logs say otherwise: on Pro, about {}% of this work, by value, would have been refused.",
            refused.map(|share| share.likely).unwrap_or_default()
        ),
    );
    warn(
        "W11",
        outcome != Outcome::Pro
            && matches!(case.limits_effective, Limits::Sometimes | Limits::Often)
            && case.replayed.is_some_and(|on_pro| on_pro.refused.low == 0 && on_pro.hits == 0),
        "You say that limits stop you, but your logs hold no limit hit on Pro, and Pro would have covered all of them.".to_owned(),
    );
    warn(
        "W12",
        case.usage.volume_origin == Origin::Assumed,
        "The month is a sample, not yours. Give your own to be sure.".to_owned(),
    );
    let half_price = |way: &&OtherWay| {
        way.is_larger_plan()
            && way.carried != Some(Carried::No)
            && way.with_outside * Decimal::TWO < case.cost
    };
    let larger = case.other_ways.iter().find(half_price);
    warn("W13", larger.is_some(), larger.map(larger_plan_may_do).unwrap_or_default());
    warnings
}

/// A larger plan that may cover the month for less than half the price.
fn larger_plan_may_do(way: &OtherWay) -> String {
    let cost = usd(way.with_outside);
    let may = if way.is_covered_by_logs() { "would likely cover" } else { "may cover" };
    if way.with_outside == way.monthly {
        format!("{} at {cost} a month {may} this (not in the article).", way.plan)
    } else {
        format!(
            "{}, with the rest on the API, {may} this for {cost} a month (not in the article).",
            way.plan
        )
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The notes, X1 to X9.
pub(super) fn notes(case: &Case<'_>) -> Vec<Note> {
    let profile = case.profile;
    let outcome = case.verdict.outcome();
    let limits = profile.limits();
    let through_others = matches!(case.verdict.rule, Rule::R1 | Rule::R2)
        || (profile.developer() == Developer::Willing && outcome != Outcome::Pro);
    let dear_for_max = outcome != Outcome::Pro && costs_near_max(case.cost, case.world.catalog);
    let mut notes = Vec::new();
    let mut note = |applies: bool, id, text: &str, facts: &[&str]| {
        if applies {
            notes.extend(from_facts(case.world, id, text, facts));
        }
    };
    note(
        dear_for_max || case.lacks_capacity(),
        "X1",
        &joined(larger_plans(case.world.catalog), replayed(case).and_then(carried_by_larger)),
        &["api-credit-max", "api-credit-ultra", "max-renamed"],
    );
    note(
        matches!(limits, Limits::Sometimes | Limits::Often),
        "X2",
        &joined(String::new(), replayed(case).and_then(credits)),
        &["usage-credits", "usage-credit-bundle-50"],
    );
    note(
        outcome == Outcome::Pro && limits == Limits::Never && case.tokens() < FREE_MAY_DO,
        "X3",
        "For so little use the Free plan may be enough.",
        &["free-has-projects"],
    );
    note(
        profile.automation() == Automation::Heavy
            && case.usage.mix.batch.is_zero()
            && outcome != Outcome::Pro,
        "X4",
        "",
        &["batch-half-price"],
    );
    note(
        through_others,
        "X5",
        "Ask of every app who bills you: your key, or the app itself.",
        &["cursor-bills-you", "raycast-bills-you", "claude-code-sign-in"],
    );
    note(
        case.lacks_capacity(),
        "X6",
        "Your use may have outgrown what Pro covers.",
        &["limit-choices"],
    );
    note(profile.interface() == Interface::Tools, "X7", "", &["outside-apps-need-key"]);
    note(
        profile.automation() == Automation::Some && profile.developer() == Developer::Yes,
        "X8",
        "Small scripted use may be possible on a plan; check the rule in force.",
        &["scripted-use-on-plan"],
    );
    note(
        limits != Limits::Never,
        "X9",
        "The limits have changed since the article.",
        &["peak-hours-removed", "five-hour-doubled-2026-05", "weekly-plus-25", "five-hour-plus-20"],
    );
    notes
}

/// True from 80% of the monthly price of Max.
fn costs_near_max(cost: Decimal, catalog: &Catalog) -> bool {
    let max = catalog.plan("max").and_then(|max| max.monthly);
    max.is_some_and(|max| cost * Decimal::from(100) >= max * Decimal::from(80))
}

/// The plans above Pro with their monthly prices. Empty if the price list has none.
fn larger_plans(catalog: &Catalog) -> String {
    let priced = |id| {
        let plan = catalog.plan(id)?;
        Some(format!("{} at {}", plan.name, usd(plan.monthly?)))
    };
    match (priced("max"), priced("ultra")) {
        (Some(max), Some(ultra)) => {
            format!("Compare the larger plans, which cover more: {max} and {ultra} a month.")
        }
        (Some(plan), None) | (None, Some(plan)) => {
            format!("Compare the larger plan, which covers more: {plan} a month.")
        }
        (None, None) => String::new(),
    }
}

/// The replay of the person's own logs, if there is one.
fn replayed<'a>(case: &'a Case<'_>) -> Option<&'a Digest> {
    case.usage.measured.as_deref()?.fit.as_deref()
}

fn joined(first: String, then: Option<String>) -> String {
    match then {
        Some(then) if first.is_empty() => then,
        Some(then) => format!("{first} {then}"),
        None => first,
    }
}

/// Precedes every figure from a replay.
const REPLAYED: &str = "Replayed on your logs, an estimate:";

/// Whether the larger plans cover the logged usage. `None` if the replay has none of them.
fn carried_by_larger(fit: &Digest) -> Option<String> {
    let carries = |id: &str| {
        let plan = fit.plan(id)?;
        let how = match plan.carries {
            Fits::Yes => "covers all of it even at the low capacity",
            Fits::Likely => "covers all of it at the likely capacity, not at the low one",
            Fits::Perhaps => "covers all of it at the high capacity only",
            Fits::No if plan.told_hits > 0 => "stopped you, as your logs show",
            Fits::No => "does not cover all of it at any capacity",
            Fits::Unknown | Fits::Unlimited | Fits::Capped => return None,
        };
        Some(format!("{} {how}", plan.name))
    };
    let parts: Vec<String> = ["max", "ultra"].into_iter().filter_map(carries).collect();
    let hits = if fit.unnamed_hits > 0 {
        " Your limit hits are not in that: their plan is not known."
    } else {
        ""
    };
    (!parts.is_empty()).then(|| format!("{REPLAYED} {}.{hits}", parts.join("; ")))
}

/// The monthly cost of usage credits for the rest, from the high capacity to the low one.
fn credits(fit: &Digest) -> Option<String> {
    let plan = fit.plan_asked_about()?;
    let (least, most) = (usd(plan.at.high.overflow?), usd(plan.at.low.overflow?));
    let likely = usd(plan.at.likely.overflow?);
    let cost = if least == most {
        format!("{most} a month at any capacity,")
    } else {
        format!("{least} to {most} a month, likely {likely},")
    };
    let text = format!("{REPLAYED} what does not fit {} costs {cost} as usage credits.", plan.name);
    Some(if plan.told_hits > 0 || fit.unnamed_hits > 0 {
        // Work not done after a limit hit leaves no log entry to price.
        format!("{text} Work you did not do after a limit hit is not in it.")
    } else {
        text
    })
}

/// A note made of `lead` and the texts of these facts, dated by the newest of them.
fn from_facts(world: &World<'_>, id: &'static str, lead: &str, ids: &[&str]) -> Option<Note> {
    let facts: Vec<_> = ids.iter().filter_map(|id| world.facts.get(id)).collect();
    let date = facts.iter().map(|fact| fact.source_date).max()?;
    let texts: Vec<&str> = std::iter::once(lead)
        .filter(|lead| !lead.is_empty())
        .chain(facts.iter().map(|fact| fact.text.as_str()))
        .collect();
    let mut sources: Vec<&str> = Vec::new();
    for fact in &facts {
        if !sources.contains(&fact.source.as_str()) {
            sources.push(&fact.source);
        }
    }
    Some(Note { id, text: texts.join(" "), date, source: sources.join("; ") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::assess;
    use crate::facts::Facts;
    use crate::question::{Answers, Origin, QuestionId};

    /// The text of note X1 for a person whom Pro often stops, with these prices.
    fn larger_plans_noted(catalog: &Catalog) -> String {
        let mut answers = Answers::default();
        for question in QuestionId::ALL {
            answers.give(question, 0, Origin::User);
        }
        answers.give(QuestionId::Limits, 2, Origin::User);
        let facts = Facts::builtin().unwrap();
        let world = World { catalog, facts, today: jiff::civil::date(2026, 11, 22) };
        let found = assess(&answers.resolve().unwrap(), &Usage::sample(), &world).unwrap();
        found.notes.iter().find(|note| note.id == "X1").unwrap().text.clone()
    }

    #[test]
    fn larger_plans_cost_what_the_price_list_in_use_says() {
        let mut catalog = Catalog::builtin().unwrap().clone();
        let built_in = "Compare the larger plans, which cover more: Max at $100.00 and Ultra at $200.00 a month.";
        let text = larger_plans_noted(&catalog);
        assert!(text.starts_with(built_in), "{text}");

        for plan in &mut catalog.plans {
            if plan.id == "max" {
                plan.monthly = Some(Decimal::from(125));
            }
        }
        let text = larger_plans_noted(&catalog);
        assert!(text.contains("Max at $125.00 and Ultra at $200.00 a month."), "{text}");

        catalog.plans.retain(|plan| plan.id != "max");
        let text = larger_plans_noted(&catalog);
        assert!(
            text.starts_with("Compare the larger plan, which covers more: Ultra at $200.00"),
            "{text}"
        );
    }
}
