//! What to do next, by outcome.

use rust_decimal::Decimal;

use super::place::is_claude_code;
use super::work::is_without_api_part;
use super::{api_part, api_parts};
use crate::advice::{Assessment, Outcome, Rule, Unmet, Variant};
use crate::facts::Facts;
use crate::number::{brief_usd, day_in_words, likely_range, short_usd};
use crate::usage::ProPrice;

/// The most next steps.
pub(super) const MOST_STEPS: usize = 5;

/// A next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// What to do, in one to three sentences.
    pub text: String,
    /// The article's section behind it, or `not in the article`.
    pub section: &'static str,
}

/// The section of steps that the article does not have.
const NOT_THERE: &str = "not in the article";

fn step(text: impl Into<String>, section: &'static str) -> NextStep {
    NextStep { text: text.into(), section }
}

/// At most five next steps in order, the decision first.
pub fn next_steps(assessment: &Assessment) -> Vec<NextStep> {
    let mut steps = match assessment.outcome {
        Outcome::Pro => pro(assessment),
        Outcome::Api => api(assessment),
        Outcome::Hybrid => hybrid(assessment),
    };
    steps.truncate(MOST_STEPS);
    steps
}

/// The next steps as two to four very short sentences of at most 36 columns.
pub fn next_steps_brief(assessment: &Assessment) -> Vec<String> {
    let credit = || format!("Buy {} of API credit.", brief_usd(Purchase::of(assessment).credit));
    let steps: &[&str] = match (assessment.rule, assessment.outcome) {
        (_, Outcome::Hybrid) if is_without_api_part(assessment) => {
            &["Keep Pro.", "Set the share outside the app.", "Then see the result again."]
        }
        (Rule::R7, _) => {
            &["Keep Pro.", &credit(), "Test the API for a month.", "Compare the two bills."]
        }
        (_, Outcome::Pro) => &["Keep Pro.", "Note every limit for a month.", "Then ask again."],
        (Rule::R1, _) => &[
            "Keep Pro.",
            "Find a product with its own key.",
            "Use both for a month.",
            "Compare the two bills.",
        ],
        (Rule::R2, _) => {
            &["Find a product with its own key.", "Use it for a month.", "Only then cancel Pro."]
        }
        (_, Outcome::Hybrid) => {
            &["Keep Pro.", &credit(), "Use both for a month.", "Compare the two bills."]
        }
        (_, Outcome::Api) => &[&credit(), "Use it for a month.", "Only then cancel Pro."],
    };
    steps.iter().map(|step| (*step).to_owned()).collect()
}

fn pro(assessment: &Assessment) -> Vec<NextStep> {
    let is_test = assessment.rule == Rule::R7;
    let keep = if is_test {
        "Keep Pro for now, or subscribe if you have no plan yet."
    } else {
        "Keep Pro, or subscribe if you have no plan yet."
    };
    let mut steps = vec![step(keep, "BL1")];
    steps.extend(assessment.unmet.iter().map(|unmet| match unmet {
        Unmet::Automation => step(
            "Pro does not cover work that runs without you. Look for a product that does that work and holds its own key.",
            "Tools",
        ),
        Unmet::Tools => step(
            "Pro does not cover work inside other apps. Ask whether your app has a paid plan of its own, without an API key.",
            "Tools",
        ),
        Unmet::Capacity => step(
            "At a limit, wait for the reset, use a lighter model, buy usage credits or compare a larger plan.",
            NOT_THERE,
        ),
    }));
    if is_test {
        let Purchase { credit, limit } = Purchase::of(assessment);
        steps.push(step(
            format!(
                "Create an account and an API key at platform.claude.com. Buy {} of credit, switch auto-reload off and set a spend limit of {}.",
                short_usd(credit),
                short_usd(limit)
            ),
            "BL2",
        ));
        steps.push(step(
            format!(
                "Use the API for a month, then compare its bill with Pro's {}. The estimate is {}.",
                short_usd(assessment.costs.pro),
                estimate(assessment)
            ),
            "BL2",
        ));
    }
    steps.push(step(
        "For a month, note the date of every limit that stops you. If that is most weeks, run planwise again.",
        "BL3",
    ));
    if let (ProPrice::Monthly, Some(months)) =
        (assessment.usage.pro_price, assessment.annual_months)
    {
        steps.push(step(
            format!("If you are sure to stay longer than {months} months, pay for Pro by the year: it is cheaper from then on."),
            "ProBill",
        ));
    }
    steps
}

fn api(assessment: &Assessment) -> Vec<NextStep> {
    let mut steps = Vec::new();
    if assessment.variant == Some(Variant::Product) {
        steps.push(step(
            "Choose a product that holds its own key and bills you itself. Its price is its own, not the API's.",
            "Tools",
        ));
        steps.push(step(
            format!(
                "Use it for a month, then compare its bill with the API's price for this work: {}.",
                estimate(assessment)
            ),
            "BL2",
        ));
    } else {
        steps.push(step(
            "Create an account and an API key at platform.claude.com. The key spends your money, so keep it like a password.",
            "Setup",
        ));
        steps.push(credit(assessment));
        steps.push(key_user(assessment));
        steps.push(step(
            format!("After a month, compare the bill with the estimate: {}.", estimate(assessment)),
            "BL2",
        ));
    }
    steps.push(if is_claude_code(assessment) {
        step("If you pay for a plan, cancel it only after that month.", "BL2")
    } else {
        step(
            "If you have Pro, cancel it only after that month. First export what you need from Projects, history and artifacts.",
            "Switch",
        )
    });
    steps
}

fn hybrid(assessment: &Assessment) -> Vec<NextStep> {
    let is_code = is_claude_code(assessment);
    let mut steps = vec![step(
        if is_code {
            "Keep Pro for Claude Code: run /login there and sign in with your plan."
        } else {
            "Keep Pro for your daily chat, or subscribe if you have no plan yet."
        },
        "Hybrid",
    )];
    if is_without_api_part(assessment) {
        steps.push(step(
            format!(
                "Nothing in this month needs the API, so buy no credit. Run planwise again once work leaves {}.",
                super::Place::in_assessment(assessment).app
            ),
            NOT_THERE,
        ));
        return steps;
    }
    let has_outside_work = assessment.split.outside_pct > 0;
    if !has_outside_work {
        steps.push(step(
            "When a limit stops you, buy usage credits in the app first. They cost API prices and need no API key.",
            NOT_THERE,
        ));
    }
    if assessment.variant == Some(Variant::Product) {
        steps.push(step(
            format!(
                "For {}, choose a product that holds its own key and bills you itself. Its price is its own, not the API's.",
                api_parts(assessment)
            ),
            "Tools",
        ));
    } else if has_outside_work {
        steps.push(step(
            format!(
                "Create an account and an API key at platform.claude.com for {}. The key spends your money, so keep it like a password.",
                api_parts(assessment)
            ),
            "Setup",
        ));
        steps.push(credit(assessment));
        steps.push(key_user(assessment));
    } else {
        let Purchase { credit, limit } = Purchase::of(assessment);
        steps.push(step(
            format!(
                "If you need the API itself, create an API key at platform.claude.com. Buy {} of credit, switch auto-reload off and set a spend limit of {}.",
                short_usd(credit),
                short_usd(limit)
            ),
            "Setup",
        ));
        steps.push(key_user(assessment));
    }
    let costs = &assessment.costs;
    steps.push(step(
        format!(
            "After a month, compare both bills with the estimate: Pro {} and the API about {}. Cancel whichever you barely used.",
            short_usd(costs.pro),
            short_usd(api_part(costs))
        ),
        "Hybrid",
    ));
    steps
}

/// `about $15 a month, likely between $10 and $22.50`
fn estimate(assessment: &Assessment) -> String {
    let costs = &assessment.costs;
    let range = likely_range(costs.api_p10, costs.api_p90);
    format!("about {} a month, {range}", short_usd(costs.api))
}

fn credit(assessment: &Assessment) -> NextStep {
    let Purchase { credit, limit } = Purchase::of(assessment);
    step(
        format!(
            "Buy {} of credit, switch auto-reload off and set a spend limit of {}. Credit expires after a year and is non-refundable.",
            short_usd(credit),
            short_usd(limit)
        ),
        "BL2",
    )
}

/// What sends the requests with the person's key.
fn key_user(assessment: &Assessment) -> NextStep {
    let model = &assessment.model_name;
    if is_claude_code(assessment) {
        return step(
            format!(
                "For work with the key, set ANTHROPIC_API_KEY in Claude Code: it then bills the key, not your plan. Start with {model}."
            ),
            NOT_THERE,
        );
    }
    if assessment.variant == Some(Variant::App) {
        return step(
            format!(
                "Paste the key into an app that accepts one: an editor such as Cursor{} or a terminal tool such as Claude Code{}. The app may charge for itself on top.",
                as_of("cursor-bills-you"),
                as_of("claude-code-sign-in")
            ),
            "Tools",
        );
    }
    step(
        format!(
            "Use the key in your script or in an app that accepts one. The guide at platform.claude.com shows the first call; start with {model}."
        ),
        "Setup",
    )
}

/// The date of a fact: ` (as of 29 September 2026)`.
fn as_of(id: &str) -> String {
    let fact = Facts::builtin().ok().and_then(|facts| facts.get(id));
    fact.map_or_else(String::new, |fact| format!(" (as of {})", day_in_words(fact.source_date)))
}

/// What to pay in advance for the API part of the recommendation, USD.
struct Purchase {
    /// The estimate, rounded up to 5 dollars; at least 5.
    credit: Decimal,
    /// The upper end of the likely range, rounded up to 5 dollars.
    limit: Decimal,
}

impl Purchase {
    fn of(assessment: &Assessment) -> Self {
        let costs = &assessment.costs;
        let (likely, high) = match assessment.outcome {
            Outcome::Hybrid => (api_part(costs), costs.hybrid_p90 - costs.pro),
            Outcome::Pro | Outcome::Api => (costs.api, costs.api_p90),
        };
        let credit = up_to_five(likely);
        Self { credit, limit: up_to_five(high).max(credit) }
    }
}

/// Rounds up to 5 dollars, which is also the least (the smallest first purchase of credit).
fn up_to_five(amount: Decimal) -> Decimal {
    let five = Decimal::from(5);
    ((amount / five).ceil() * five).max(five)
}
