//! What to do next, by outcome.

use rust_decimal::Decimal;

use super::work::is_without_api_part;
use super::{VERIFY, api_part, api_parts};
use crate::advice::{Assessment, Outcome, Rule, Unmet, Variant};
use crate::facts::Facts;
use crate::number::{usd, usd_rate};
use crate::usage::ProPrice;

/// A next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// What to do, in one or two sentences.
    pub text: String,
    /// The article's section behind it, or `not in the article`.
    pub section: &'static str,
}

/// The section of steps that the article does not have.
const NOT_THERE: &str = "not in the article";

fn step(text: impl Into<String>, section: &'static str) -> NextStep {
    NextStep { text: text.into(), section }
}

/// The next steps, in order.
pub fn next_steps(assessment: &Assessment) -> Vec<NextStep> {
    let mut steps = vec![step(
        "Look back at last week: how many long sessions you had, which limits you met, and how much you typed yourself or carried into other tools.",
        "BL4",
    )];
    match assessment.outcome {
        Outcome::Pro => pro(assessment, &mut steps),
        Outcome::Api => api(assessment, &mut steps),
        Outcome::Hybrid => hybrid(assessment, &mut steps),
    }
    steps.push(step("After a month, run planwise again with your real numbers.", "Cost"));
    steps.push(step(VERIFY, "BL5"));
    steps
}

/// The next steps as two to four very short sentences of at most 36 columns.
pub fn next_steps_brief(assessment: &Assessment) -> Vec<String> {
    let credit = format!("Put {} on the API, auto-reload off.", first_purchase());
    let mut steps = match (assessment.rule, assessment.outcome) {
        (_, Outcome::Hybrid) if is_without_api_part(assessment) => {
            return vec![
                "Keep Pro.".to_owned(),
                "Set the share outside the app.".to_owned(),
                "Then see the result again.".to_owned(),
            ];
        }
        (Rule::R7, _) => {
            vec!["Keep Pro.".to_owned(), credit, "Test the API for a month.".to_owned()]
        }
        (_, Outcome::Pro) => {
            vec!["Keep Pro.".to_owned(), "Note every limit for a month.".to_owned()]
        }
        (Rule::R1, _) => vec![
            "Keep Pro.".to_owned(),
            "Find a product with its own key.".to_owned(),
            "Use both for a month.".to_owned(),
        ],
        (Rule::R2, _) => {
            vec!["Find a product with its own key.".to_owned(), "Use it for a month.".to_owned()]
        }
        (_, Outcome::Hybrid) => {
            vec!["Keep Pro.".to_owned(), credit, "Run both for a month.".to_owned()]
        }
        (_, Outcome::Api) => vec![credit, "Run it for a month.".to_owned()],
    };
    steps.push(match assessment.outcome {
        Outcome::Pro if assessment.rule != Rule::R7 => "Then ask again.".to_owned(),
        Outcome::Api => "Only then cancel Pro.".to_owned(),
        Outcome::Pro | Outcome::Hybrid => "Compare the two bills.".to_owned(),
    });
    steps
}

fn pro(assessment: &Assessment, steps: &mut Vec<NextStep>) {
    steps.push(step("Keep Pro, or take it if you have no plan yet.", "BL1"));
    steps.push(step(
        "For a month, write down the date of every limit you meet. If it becomes most weeks, run planwise again.",
        "BL3",
    ));
    if let (ProPrice::Monthly, Some(months)) =
        (assessment.usage.pro_price, assessment.annual_months)
    {
        steps.push(step(
            format!(
                "Paid by the year, Pro breaks even after {months} months; choose that only if you are sure to stay longer."
            ),
            "ProBill",
        ));
    }
    for unmet in &assessment.unmet {
        let (remedy, section) = match unmet {
            Unmet::Automation => {
                ("Look for a product that does the job and holds its own key.", "Tools")
            }
            Unmet::Tools => {
                ("Ask whether the app you use has a paid plan of its own, without a key.", "Tools")
            }
            Unmet::Capacity => (
                "At a limit you can wait for the reset, change to a lighter model, buy usage credits or compare a larger plan.",
                NOT_THERE,
            ),
        };
        steps.push(step(format!("{} {remedy}", unmet.sentence()), section));
    }
    if assessment.rule == Rule::R7 {
        steps.push(step(
            format!(
                "Test the API for one month beside Pro: an account and a key at platform.claude.com, {} of credit with auto-reload off and a spend limit on. Then compare its bill, about {} by this estimate, with Pro's {}.",
                first_purchase(),
                usd(assessment.costs.api),
                usd(assessment.costs.pro)
            ),
            "BL2",
        ));
    }
}

fn api(assessment: &Assessment, steps: &mut Vec<NextStep>) {
    let costs = &assessment.costs;
    let estimate = format!(
        "about {} a month (from {} to {} in eight cases of ten)",
        usd(costs.api),
        usd(costs.api_p10),
        usd(costs.api_p90)
    );
    if assessment.variant == Some(Variant::Product) {
        find_product(steps);
        steps.push(step(
            format!(
                "Use it for a month and compare its bill with the API's own price for this work, {estimate}."
            ),
            "BL2",
        ));
    } else {
        set_up(assessment, "Create an API key", steps);
        steps.push(step(
            format!("Run a month of real work and compare the bill with the estimate: {estimate}."),
            "BL2",
        ));
    }
    steps.push(step(
        "If you have Pro, keep it until that month is over, and first take along what you need of your Projects, history and artifacts.",
        "Switch",
    ));
}

fn hybrid(assessment: &Assessment, steps: &mut Vec<NextStep>) {
    let costs = &assessment.costs;
    let nothing_yet = is_without_api_part(assessment);
    steps.push(step("Keep Pro for your daily chat.", "Hybrid"));
    if nothing_yet {
        steps.push(step(
            "By your shares nothing of this month goes to the API. Take the next steps only once work runs outside the Claude app.",
            NOT_THERE,
        ));
    }
    if assessment.variant == Some(Variant::Product) {
        find_product(steps);
    } else {
        let has_work = assessment.split.outside_pct > 0;
        let key = if has_work { "Create one API key for each job" } else { "Create an API key" };
        set_up(assessment, key, steps);
    }
    steps.push(step(
        format!("Run {} on the API for a month and chat on Pro.", api_parts(assessment)),
        "Hybrid",
    ));
    if nothing_yet {
        // There is no API bill to compare.
        return;
    }
    steps.push(step(
        format!(
            "Hold both bills against the estimate: Pro {} and the API about {}.",
            usd(costs.pro),
            usd(api_part(costs))
        ),
        "BL2",
    ));
    steps.push(step("Give up the half that you hardly used.", "Hybrid"));
}

/// Adds the steps to set up the API: account, key, app, first call, model and a small credit.
fn set_up(assessment: &Assessment, key: &str, steps: &mut Vec<NextStep>) {
    steps.push(step(
        format!(
            "Open an Anthropic account at platform.claude.com. {key}; keep it like a password, it spends money."
        ),
        "Setup",
    ));
    steps.push(if assessment.variant == Some(Variant::App) {
        step(
            "Choose an app that takes your key, and paste it there. Ask who bills you: your key or the app.",
            "Tools",
        )
    } else {
        step(
            "Choose what sends the requests: a script of yours, or an app that takes your key. The get-started guide at platform.claude.com shows a first call.",
            "Setup",
        )
    });
    steps.push(step(
        format!(
            "Begin with {}; the model overview at platform.claude.com sets the others beside it.",
            assessment.model_name
        ),
        "DF-API 3",
    ));
    steps.push(step(
        format!(
            "Put in {} of credit, auto-reload off and a spend limit on. Credit runs out after a year and is not paid back.",
            first_purchase()
        ),
        "BL2",
    ));
}

fn find_product(steps: &mut Vec<NextStep>) {
    steps.push(step(
        "Choose a product that holds its own key and bills you itself. Read what its plan includes: its price is its own, not the API's.",
        "Tools",
    ));
}

/// The smallest first purchase of credit, from the facts.
fn first_purchase() -> String {
    let amount = Facts::builtin()
        .ok()
        .and_then(|facts| facts.get("api-first-purchase"))
        .and_then(|fact| fact.value.as_str())
        .and_then(|value| value.parse::<Decimal>().ok());
    amount.map_or_else(|| "a small amount".to_owned(), usd_rate)
}
