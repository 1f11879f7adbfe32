//! Prints results and explanations as lines, in the same words as the other faces.

use rust_decimal::Decimal;

use super::Page;
use crate::advice::{Assessment, Certainty, Outcome, answer_points};
use crate::number::{grouped, tokens_three, usd};
use crate::question::QuestionId;
use crate::wizard::flow::MonthLine;
use crate::wizard::session::{Preview, Session};
use crate::words;

/// The first lines of the wizard.
pub(super) fn hello(session: &Session<'_>, page: &mut Page) {
    page.para("planwise: Claude Pro, the API, or both?");
    page.para(&format!(
        "{} short questions, then the size of your month. Nothing is sent, and no key or \
         password is asked. Figures are estimates in US dollars before tax.",
        QuestionId::COUNT_BEGINS
    ));
    page.para(&format!(
        "Prices of {}. Verify them before you decide.",
        session.world.catalog.as_of
    ));
}

pub(super) fn terms(page: &mut Page) {
    for (term, about) in words::TERMS {
        page.hang("  ", &format!("{term}: {about}"));
    }
    for text in words::METHOD {
        page.para(text);
    }
}

/// One sentence on the present result.
pub(super) fn live(session: &mut Session<'_>, page: &mut Page) {
    let outlook = session.outlook(&Preview::Nothing);
    let sample = if session.choices().is_sample() { ", for a sample month" } else { "" };
    if let Some(case) = &outlook.assessment {
        let cost = usd(case.costs.of(case.outcome));
        page.para(&format!(
            "Live: {} ({}). About {cost} a month, estimate{sample}.",
            words::headline(case.outcome),
            case.strength.name()
        ));
        return;
    }
    let counts = outlook.counts;
    let left = match counts.total() {
        1 => "1 way".to_owned(),
        ways => format!("{} ways", grouped(u64::from(ways))),
    };
    let [pro, hybrid, api] =
        [counts.pro, counts.hybrid, counts.api].map(|ways| grouped(u64::from(ways)));
    page.para(&format!("Live: {left} left. Pro {pro}, Hybrid {hybrid}, API {api}."));
    match outlook.settled {
        Certainty::Open => {}
        Certainty::AtThisVolume(outcome) => page.para(&format!(
            "{} at this volume, whatever you answer next; your volume can still change it.",
            outcome.name()
        )),
        Certainty::AtAnyVolume(outcome) => page.para(&format!(
            "Decided: {} at any volume. The other questions only refine the reasons.",
            outcome.name()
        )),
    }
    if let Ok(month) = &outlook.month {
        page.para(&format!(
            "API alone on {} {} a month, Pro {}: estimates{sample}.",
            month.model.short_name(),
            usd(month.api),
            usd(month.pro)
        ));
    }
}

pub(super) fn result(case: &Assessment, session: &Session<'_>, page: &mut Page) {
    page.gap();
    page.para("Your recommendation.");
    page.para(&format!("{} ({}).", words::headline(case.outcome), case.strength.name()));
    page.para(&words::recommendation(case));
    page.para(words::strength_sentence(case));
    if let Some(notice) = words::assumed(case) {
        page.para(notice);
    }
    let costs = &case.costs;
    page.gap();
    page.para("What a month costs, estimates:");
    for (outcome, name) in words::WAYS {
        let mark = if outcome == case.outcome { " (recommended)" } else { "" };
        page.hang(
            "  ",
            &format!(
                "{name}{mark}: {}. Covers {}.",
                usd(costs.of(outcome)),
                words::covers(case, outcome).line
            ),
        );
    }
    let chances = words::chances_sentence(case);
    page.para(&format!("The API part is priced on {}. {chances}", case.model_name));
    page.gap();
    page.para(&format!("Why ({}):", words::ENOUGH));
    if let Some(gate) = words::gate_first(case) {
        page.hang("  ", &gate);
    }
    for reason in words::reasons_ranked(case, 4) {
        let side = if reason.item.is_pro() { "Pro" } else { "API" };
        let against = if reason.supports { "" } else { " (against)" };
        let short = words::reason_short(reason, case);
        page.hang("  ", &format!("{side} {:+}: {short}{against}.", reason.points));
    }
    flips(case, session, page);
    warnings(case, page);
    page.gap();
    page.para(&format!("Prices {}. {}", session.world.catalog.as_of, words::VERIFY));
}

fn flips(case: &Assessment, session: &Session<'_>, page: &mut Page) {
    let catalog = session.world.catalog;
    page.gap();
    page.para("What would change it:");
    for flip in &case.flips {
        let change = words::flip_cause(flip, case, session.wording, catalog);
        page.hang("  ", &format!("{change}: {}.", words::flip_outcome(flip).name()));
    }
    match words::flips_summary(case, catalog) {
        Some(sentence) => page.hang("  ", &sentence),
        None if case.flips.is_empty() => page.hang("  ", words::NO_FLIP),
        None => {}
    }
}

/// Every point behind the result.
pub(super) fn why(case: &Assessment, session: &Session<'_>, page: &mut Page) {
    page.gap();
    page.para(&format!("{}.", words::headline(case.outcome)));
    page.para(&words::recommendation(case));
    if let Some(gate) = words::gate_first(case) {
        page.para(&gate);
    }
    page.para(&words::needs_sentence(case));
    page.gap();
    page.para("The rule that decides:");
    page.para(words::rule_sentence(case.rule));
    page.para(&words::in_the_article(case.rule));
    if !case.unmet.is_empty() {
        page.para("What Pro leaves open:");
    }
    for unmet in &case.unmet {
        page.hang("! ", unmet.sentence());
    }
    for is_pro in [true, false] {
        page.gap();
        page.para(&format!("{}.", words::need_of(case, is_pro)));
        let mut any = false;
        for reason in case.reasons.iter().filter(|reason| reason.item.is_pro() == is_pro) {
            any = true;
            let section = words::section_names(reason.item.section());
            let text = words::reason_long(reason, case);
            page.hang("  ", &format!("{:+}: {text} ({section})", reason.points));
        }
        if !any {
            page.hang("  ", words::NO_POINTS);
        }
    }
    page.gap();
    page.para(&format!(
        "How sure this is: {}. {}",
        case.strength.name(),
        words::strength_sentence(case)
    ));
    flips(case, session, page);
    notes(case, page);
    warnings(case, page);
    page.gap();
    page.para("What the figures rest on:");
    for line in words::assumptions(case, session.world.catalog) {
        page.hang("  ", &line);
    }
}

/// Facts that are not in the article, each with its date and source.
fn notes(case: &Assessment, page: &mut Page) {
    if !case.notes.is_empty() {
        page.gap();
        page.para("Not in the article:");
    }
    for note in &case.notes {
        page.hang("  ", &format!("{} ({}, {})", note.text, note.date, note.source));
    }
}

fn warnings(case: &Assessment, page: &mut Page) {
    if !case.warnings.is_empty() {
        page.gap();
        page.para("Worth a second look:");
    }
    for warning in &case.warnings {
        page.hang("! ", &warning.text);
    }
}

/// Why we ask for the month, and what its figures contain.
pub(super) fn why_month(session: &Session<'_>, page: &mut Page) {
    for text in words::MONTH {
        page.para(text);
    }
    if let Some(case) = session.assessment() {
        page.para("What is counted, and what is not:");
        for line in words::assumptions(case, session.world.catalog) {
            page.hang("  ", &line);
        }
    }
    page.para(words::PRICES);
    page.para(&format!("Prices {}. {}", session.world.catalog.as_of, words::VERIFY));
}

/// Why we ask a question, and what each answer does.
pub(super) fn why_asked(question: QuestionId, session: &Session<'_>, page: &mut Page) {
    let text = session.wording.question(question);
    page.para(&format!("{} {}", text.why, text.more));
    page.para(&format!("The article says: \"{}.\" ({})", text.quote, text.section));
    for (index, option) in text.options.iter().enumerate() {
        if let Some(rank) = text.rank_at(index) {
            let points = words::points_words(answer_points(question, rank));
            page.hang("  ", &format!("{}: {points}.", option.short));
        }
    }
    if let Some(also) = words::also_does(question) {
        page.para(also);
    }
    page.para(&words::points_speak());
}

/// The cost of the month, or of a multiple of it, on every model, and the recommendation at other
/// volumes.
pub(super) fn compare(case: &Assessment, multiple: Option<Decimal>, page: &mut Page) {
    page.gap();
    let volume = case.usage.volume;
    let (input, output) = (tokens_three(volume.input), tokens_three(volume.output));
    let whose = multiple.map_or_else(
        || "Your month".to_owned(),
        |times| format!("What if it were {} times your month", words::times(times)),
    );
    page.para(&format!(
        "{whose}: {input} sent, {output} written. On each model, estimates a month:"
    ));
    for model in &case.models {
        let chosen = if model.id == case.model_id { " (the one chosen)" } else { "" };
        let money = |amount: Option<_>| amount.map_or_else(|| "unpriced".to_owned(), usd);
        let even = match model.break_even {
            Some(at) => format!("; costs what Pro costs at {} times this volume", words::times(at)),
            None => String::new(),
        };
        page.hang(
            "  ",
            &format!(
                "{}{chosen}: API alone {}, hybrid {}{even}.",
                model.name,
                money(model.api),
                money(model.hybrid)
            ),
        );
    }
    page.para(&format!("Pro alone: {}. Advised: {}.", usd(case.costs.pro), case.outcome.name()));
    page.gap();
    page.para(&format!("If this volume is off, on {}:", case.model_name));
    for (outcome, name) in [(Outcome::Api, "API alone"), (Outcome::Hybrid, "Hybrid")] {
        let (low, high) = case.costs.range_of(outcome);
        page.hang("  ", &format!("{name}: {} to {} in 8 of 10 cases.", usd(low), usd(high)));
    }
    page.hang("  ", &format!("API alone costs less than Pro: {}.", words::chances(case)));
    if !volume.is_empty() {
        if let [only] = case.stretches.as_slice() {
            page.para(&format!("Advised at any other volume too: {}.", only.outcome.name()));
        } else {
            page.para("What is advised at other volumes, in multiples of this one:");
        }
        for (stretch, next) in
            case.stretches.iter().zip(case.stretches.iter().skip(1).map(Some).chain([None]))
        {
            let from = words::times(stretch.from);
            let reach = match next {
                Some(next) if stretch.from.is_zero() => {
                    format!("up to {} times", words::times(next.from))
                }
                Some(next) => format!("from {from} to {} times", words::times(next.from)),
                None if stretch.from.is_zero() => continue,
                None => format!("from {from} times on"),
            };
            page.hang("  ", &format!("{}: {reach}.", stretch.outcome.name()));
        }
    }
    page.para("compare 1.5 tells the same for 1.5 times your month.");
}

pub(super) fn next_steps(case: &Assessment, page: &mut Page) {
    page.gap();
    page.para("Next steps.");
    for (step, number) in words::next_steps(case).iter().zip(1..) {
        let section = words::section_names(step.section);
        page.option(number, &format!("{} ({section})", step.text));
    }
    if case.outcome != Outcome::Pro {
        let (gives_up, gains) = words::trade(case);
        let part = if case.outcome == Outcome::Api { "By leaving Pro you" } else { "The API part" };
        let (less, more) = if case.outcome == Outcome::Api {
            ("give up", "You gain")
        } else {
            ("does without", "It gains")
        };
        page.para(&format!("{part} {less}:"));
        for line in gives_up {
            page.hang("  ", &format!("{line}."));
        }
        page.para(&format!("{more}:"));
        for line in gains {
            page.hang("  ", &format!("{line}."));
        }
    }
    notes(case, page);
    page.gap();
    page.para(words::VERIFY);
}

/// The four-line summary that the full screen copies.
pub(super) fn copy(case: &Assessment, session: &Session<'_>, page: &mut Page) {
    page.gap();
    for line in words::summary(case, session.world.catalog) {
        page.para(&line);
    }
}

/// Every answer with its number.
pub(super) fn check(session: &mut Session<'_>, page: &mut Page) {
    page.para("Check your answers.");
    let outlook = session.outlook(&Preview::Nothing);
    for (question, number) in QuestionId::ALL.into_iter().zip(1..) {
        let text = session.wording.question(question);
        let answer = words::answer_in_words(session.answers(), question, text);
        page.option(number, &format!("{}: {answer}", text.name));
    }
    let is_sample = session.choices().is_sample();
    if is_sample {
        page.para("The month is a sample until you set yours.");
    }
    for (field, number) in MonthLine::LISTED.into_iter().zip(9..) {
        page.option(number, &format!("{}: {}", field.name(), field.value(session)));
    }
    match &outlook.assessment {
        Some(case) if case.warnings.is_empty() => page.para("No conflicts found."),
        Some(case) => {
            for warning in &case.warnings {
                page.hang("! ", &warning.text);
            }
        }
        None => page.para("Some questions are still open."),
    }
    page.prompt_that("A number changes that line, b back, ? help, q quit", "shows the result");
}
