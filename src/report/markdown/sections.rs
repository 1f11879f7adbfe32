//! The fourteen parts of the report, in order.

use super::{Page, escape};
use crate::advice::{Assessment, Flip, Outcome, Reason};
use crate::catalog::Status;
use crate::number::{exact, grouped, usd, usd_rate, usd_signed};
use crate::question::{Origin, QuestionId};
use crate::report::{Report, origin_words};
use crate::usage::{Outside, ProPrice};
use crate::words::{self, VERIFY};

/// In a cell with nothing to say.
const NOTHING: &str = "-";

/// Writes every part but the last line.
pub(super) fn write(report: &Report<'_>, page: &mut Page) {
    head(report, page);
    verdict(report.assessment, page);
    ways(report.assessment, page);
    reasons(report, page);
    rule(report.assessment, page);
    split(report.assessment, page);
    models(report.assessment, page);
    changes(report, page);
    trade(page);
    page.heading("Assumptions");
    page.list(words::assumptions(report.assessment, report.world.catalog));
    answers(report, page);
    usage(report.assessment, page);
    real_usage(report.assessment, page);
    warnings(report.assessment, page);
    page.heading("Next steps");
    page.numbered(
        words::next_steps(report.assessment)
            .into_iter()
            .map(|step| format!("{} ({})", escape(&step.text), step.section)),
    );
    notes(report, page);
}

fn head(report: &Report<'_>, page: &mut Page) {
    let title =
        report.title().map_or_else(|| "Claude Pro, the API, or both?".to_owned(), |t| escape(&t));
    page.paragraph(&format!("# {title}"));
    if let Some(note) = report.note() {
        page.paragraph(&format!("Note: {}", escape(&note)));
    }
    page.list([
        format!(
            "Made {} by {} {}, rules {}",
            report.created.strftime("%Y-%m-%d %H:%M %:z"),
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION"),
            crate::advice::RULES_VERSION
        ),
        format!(
            "Prices: {}, US dollars before tax; facts of {}",
            report.prices(),
            report.world.facts.as_of
        ),
        VERIFY.to_owned(),
    ]);
}

fn verdict(assessment: &Assessment, page: &mut Page) {
    let costs = &assessment.costs;
    let outcome = assessment.outcome;
    page.heading("Recommendation");
    page.paragraph(&format!("**{}** ({})", words::headline(outcome), assessment.strength.name()));
    page.paragraph(&words::recommendation(assessment));
    page.paragraph(assessment.strength.sentence());
    let (low, high) = costs.range_of(outcome);
    let cost = match outcome {
        Outcome::Pro => format!("{} a month, one flat price.", usd(costs.pro)),
        Outcome::Api => format!(
            "About {} a month on {}, an estimate; {} to {} in eight cases of ten.",
            usd(costs.api),
            escape(&assessment.model_name),
            usd(low),
            usd(high)
        ),
        Outcome::Hybrid => format!(
            "About {} a month, an estimate: Pro {} + API {} on {}; {} to {} in eight cases of ten.",
            usd(costs.hybrid),
            usd(costs.pro),
            usd(words::api_part(costs)),
            escape(&assessment.model_name),
            usd(low),
            usd(high)
        ),
    };
    page.paragraph(&cost);
    if !assessment.unmet.is_empty() {
        page.list(assessment.unmet.iter().map(|u| u.sentence().to_owned()));
    }
}

fn ways(assessment: &Assessment, page: &mut Page) {
    let costs = &assessment.costs;
    page.heading("The three ways side by side");
    let row = |outcome: Outcome, name: &str| {
        let cover = words::covers(assessment, outcome);
        let (low, high) = costs.range_of(outcome);
        let range = if low == high {
            "always the same".to_owned()
        } else {
            format!("{} to {}", usd(low), usd(high))
        };
        let does = match outcome {
            Outcome::Hybrid => cover.line,
            Outcome::Pro | Outcome::Api => cover.does,
        };
        let name =
            if outcome == assessment.outcome { format!("**{name}**") } else { name.to_owned() };
        [
            name,
            escape(&usd(costs.of(outcome))),
            escape(&range),
            does,
            cover.does_not.unwrap_or_else(|| NOTHING.to_owned()),
        ]
    };
    page.table(
        ["Way", ">A month", "Eight cases in ten", "Covers", "Does not cover"],
        [
            row(Outcome::Pro, "Pro alone"),
            row(Outcome::Api, "API alone"),
            row(Outcome::Hybrid, "Hybrid"),
        ],
    );
    page.paragraph(&format!(
        "Estimates on {}. Chance that the API alone costs less than Pro: {}.",
        escape(&assessment.model_name),
        words::chances(assessment)
    ));
}

fn reasons(report: &Report<'_>, page: &mut Page) {
    let assessment = report.assessment;
    page.heading("Reasons");
    if let Some(gate) = words::gate(assessment) {
        page.paragraph(&format!("First of all: {gate} (DF-Pro 3; Setup)."));
    }
    for (title, supports) in [("For", true), ("Against", false)] {
        page.paragraph(&format!("**{title}**"));
        let mut chosen: Vec<&Reason> = words::reasons_ranked(assessment, usize::MAX);
        chosen.retain(|reason| reason.supports == supports);
        if chosen.is_empty() {
            page.paragraph("None.");
            continue;
        }
        page.table(
            [">Points", "Item", "Reason", "Rests on", "Article"],
            chosen.into_iter().map(|reason| {
                let side = if reason.item.is_pro() { "Pro" } else { "API" };
                [
                    format!("{side} {:+}", reason.points),
                    reason.item.as_str().to_owned(),
                    escape(&words::reason_long(reason, assessment)),
                    grounds(reason, report),
                    reason.item.section().to_owned(),
                ]
            }),
        );
    }
    page.paragraph(
        "Article: DF-Pro and DF-API are the bullets of its two lists (choose Pro if, choose API if), BL the paragraphs of its bottom line, Switch its part on moving from Pro to the API, Setup the one on keys and accounts, Tools the one for people who do not code, Cost its examples, Core, Heavy, APIBest, ProBest, ProBill and Hybrid the parts of that name.",
    );
}

/// What an item rests on: answers, or a figure.
fn grounds(reason: &Reason, report: &Report<'_>) -> String {
    use crate::advice::Because;
    let profile = report.assessment.answers.profile;
    let parts: Vec<String> = reason
        .because
        .iter()
        .map(|ground| match ground {
            Because::Answer(question) => {
                let text = report.wording.question(*question);
                let label = text.short_label(profile.rank(*question));
                format!("{}: {label}", text.short)
            }
            Because::ChatOnApi(cost) => format!("chat on the API: {}", usd(*cost)),
            Because::Api(cost) => format!("all on the API: {}", usd(*cost)),
            Because::Capacity => "the capacity check".to_owned(),
        })
        .collect();
    escape(&parts.join(", "))
}

fn rule(assessment: &Assessment, page: &mut Page) {
    page.heading("How it was decided");
    page.paragraph(&words::needs_sentence(assessment));
    page.paragraph(&format!(
        "Rule {}: {} (article: {})",
        assessment.rule.as_str(),
        words::rule_sentence(assessment.rule),
        assessment.rule.section()
    ));
}

fn split(assessment: &Assessment, page: &mut Page) {
    if assessment.outcome != Outcome::Hybrid {
        return;
    }
    let split = assessment.split;
    let month = assessment.usage.volume;
    let (pro, api) = (split.pro_volume(month), split.api_volume(month));
    page.heading("How the work is divided");
    page.table(
        ["Part", ">Share", ">Sent, tokens", ">Written, tokens", "What"],
        [
            [
                "Pro".to_owned(),
                format!("{} %", split.pro_pct()),
                grouped(pro.input),
                grouped(pro.output),
                "conversations, drafts, thinking aloud".to_owned(),
            ],
            [
                "API".to_owned(),
                format!("{} %", split.api_pct()),
                grouped(api.input),
                grouped(api.output),
                words::api_work(assessment).to_owned(),
            ],
        ],
    );
    page.paragraph(&format!(
        "{} % lies outside the Claude app; of the chat, {} % moves to the API as well.",
        split.outside_pct, split.overflow_pct
    ));
}

fn models(assessment: &Assessment, page: &mut Page) {
    page.heading("The same volume on each model");
    page.table(
        [
            "Model",
            ">Input per million",
            ">Output per million",
            ">API alone",
            ">Beside Pro",
            ">Hybrid",
            ">Equal to Pro at",
        ],
        assessment.models.iter().map(|model| {
            let mut name = escape(&model.name);
            if model.id == assessment.model_id {
                name.push_str(" (chosen)");
            }
            if model.retired {
                name.push_str(" (switched off)");
            } else if model.status != Status::Current {
                name = format!("{name} ({})", model.status.as_str());
            }
            let unpriced = || "unpriced".to_owned();
            let row = model.row.as_ref();
            let rate = |price| escape(&usd_rate(price));
            [
                name,
                row.and_then(|r| r.input).map_or_else(unpriced, rate),
                row.and_then(|r| r.output).map_or_else(unpriced, rate),
                model.api.map_or_else(unpriced, |cost| escape(&usd(cost))),
                model.vs_pro.map_or_else(unpriced, |more| escape(&usd_signed(more))),
                model.hybrid.map_or_else(unpriced, |cost| escape(&usd(cost))),
                model.break_even.map_or_else(
                    || NOTHING.to_owned(),
                    |at| format!("{} times", escape(&words::times(at))),
                ),
            ]
        }),
    );
    page.paragraph(
        "The last column: how many times this volume the API alone would cost what Pro costs.",
    );
}

fn changes(report: &Report<'_>, page: &mut Page) {
    let assessment = report.assessment;
    page.heading("What would change it");
    if assessment.flips.is_empty() {
        page.paragraph("No single change that was tried.");
    } else {
        page.table(
            ["Change", "Then"],
            assessment.flips.iter().map(|flip| {
                let mut cause = words::flip_cause(flip, report.wording, report.world.catalog);
                if let Flip::Volume { multiplier, volume, .. } = flip {
                    cause = format!(
                        "{cause} ({} and {} tokens, {} times this volume)",
                        grouped(volume.input),
                        grouped(volume.output),
                        exact(*multiplier)
                    );
                }
                [escape(&cause), words::flip_outcome(flip).name().to_owned()]
            }),
        );
    }
    if let Some(sentence) = words::flips_summary(assessment, report.world.catalog) {
        page.paragraph(&sentence);
    }
}

fn trade(page: &mut Page) {
    let (gives_up, gains) = words::trade();
    page.heading("Leaving Pro for the API");
    page.paragraph("You give up (article: Switch):");
    page.list(gives_up.iter().map(|line| (*line).to_owned()));
    page.paragraph("You gain:");
    page.list(gains.iter().map(|line| (*line).to_owned()));
}

fn answers(report: &Report<'_>, page: &mut Page) {
    let answers = &report.assessment.answers;
    page.heading("Your answers");
    page.table(
        ["Question", "Answer", "From"],
        QuestionId::ALL.map(|question| {
            let text = report.wording.question(question);
            let option = text.option(answers.profile.rank(question));
            [
                escape(&text.title),
                escape(option.map_or("", |option| option.label.as_str())),
                origin_words(answers.origin(question)).to_owned(),
            ]
        }),
    );
}

fn usage(assessment: &Assessment, page: &mut Page) {
    let usage = &assessment.usage;
    let mix = &usage.mix;
    let assumed = if usage.volume_origin == Origin::Assumed { " (assumed)" } else { "" };
    let outside = match usage.outside {
        Outside::Default => "the usual share for these answers",
        Outside::Set(_) => "set by you",
        Outside::Measured(_) => "read from your usage",
    };
    let price = match usage.pro_price {
        ProPrice::Monthly => "paid by the month",
        ProPrice::Annual => "paid by the year",
        ProPrice::Other(_) => "set by you",
    };
    let or_default = |value: Option<u64>| {
        value.map_or_else(|| "as usual".to_owned(), |tokens| format!("{} tokens", grouped(tokens)))
    };
    let row = |name: &str, value: String| [name.to_owned(), value];
    page.heading("Your month");
    page.table(
        ["Figure", "Value"],
        [
            row("Sent to Claude", format!("{} tokens{assumed}", grouped(usage.volume.input))),
            row("Written by Claude", format!("{} tokens{assumed}", grouped(usage.volume.output))),
            row("Outside the Claude app", format!("{} %, {outside}", assessment.split.outside_pct)),
            row(
                "Model of the API part",
                format!("{} ({})", escape(&assessment.model_name), escape(&assessment.model_id)),
            ),
            row("How sure", usage.confidence.as_str().to_owned()),
            row("Price of Pro", format!("{} a month, {price}", usd(assessment.costs.pro))),
            row(
                "Read from the cache; written for 5 minutes; for 1 hour",
                format!("{} %; {} %; {} %", mix.cache_read, mix.cache_write_5m, mix.cache_write_1h),
            ),
            row("Sent in batches", format!("{} %", mix.batch)),
            row("Thinking, of the output", format!("{} %", mix.thinking)),
            row("Typical prompt", or_default(usage.prompt_tokens)),
            row("Chat that moves to the API", format!("{} %", assessment.split.overflow_pct)),
            row("Too much chat for Pro, sent", or_default(Some(assessment.capacity.input))),
            row("Too much chat for Pro, written", or_default(Some(assessment.capacity.output))),
        ],
    );
}

/// What the month and some answers were read from, where they were.
fn real_usage(assessment: &Assessment, page: &mut Page) {
    let Some(real) = words::real_usage(&assessment.usage) else {
        return;
    };
    page.heading("Your own logs");
    page.table(
        ["Figure", "Value"],
        real.figures.into_iter().map(|(name, value)| [name.to_owned(), escape(&value)]),
    );
    page.list(real.evidence.iter().map(|line| escape(line)));
    if !real.doubts.is_empty() {
        page.paragraph("How far to trust it:");
        page.list(real.doubts.iter().map(|line| escape(line)));
    }
}

fn warnings(assessment: &Assessment, page: &mut Page) {
    page.heading("Warnings");
    if assessment.warnings.is_empty() {
        page.paragraph("None.");
    } else {
        page.list(
            assessment
                .warnings
                .iter()
                .map(|warning| format!("{}: {}", warning.id, escape(&warning.text))),
        );
    }
}

fn notes(report: &Report<'_>, page: &mut Page) {
    page.heading("Not from the article");
    if report.assessment.notes.is_empty() {
        page.paragraph("Nothing to add.");
    } else {
        page.list(report.assessment.notes.iter().map(|note| {
            format!("{}: {} ({}; {})", note.id, escape(&note.text), note.date, escape(&note.source))
        }));
    }
}
