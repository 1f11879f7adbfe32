//! The fourteen parts of the report, in order.

use std::borrow::Cow;

use super::fit;
use super::{Block, Content, Head, Mark, Part, PartId, Table, Verdict};
use crate::advice::{Assessment, Flip, Outcome, Reason};
use crate::catalog::Status;
use crate::measured::Measured;
use crate::number::{exact, grouped, tokens, usd, usd_rate, usd_signed};
use crate::question::{Origin, QuestionId};
use crate::report::{Report, origin_words, used};
use crate::text::cell::inert;
use crate::usage::{Outside, ProPrice};
use crate::words::{self, VERIFY};

/// In a cell with nothing to say.
const NOTHING: &str = "-";

/// Everything but the last line, which is [`VERIFY`] again.
pub(super) fn content(report: &Report<'_>) -> Content {
    let assessment = report.assessment;
    let mut parts = vec![ways(assessment), reasons(report), rule(assessment)];
    parts.extend(split(assessment));
    parts.extend([models(assessment), changes(report), trade()]);
    parts.push(part(
        PartId::Assumptions,
        "Assumptions",
        vec![Block::List(words::assumptions(assessment, report.world.catalog))],
    ));
    parts.extend([answers(report), month(assessment)]);
    parts.extend(logs(assessment));
    parts.extend(fit::part(assessment));
    parts.extend(report.days().map(used));
    parts.extend([warnings(assessment), steps(assessment), notes(assessment)]);
    Content { head: head(report), verdict: verdict(assessment), parts }
}

pub(super) fn part(id: PartId, heading: &'static str, blocks: Vec<Block>) -> Part {
    Part { id, heading, blocks }
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into())
}

fn head(report: &Report<'_>) -> Head {
    Head {
        title: report
            .title()
            .map_or_else(|| "Claude Pro, the API, or both?".to_owned(), Cow::into_owned),
        note: report.note().map(Cow::into_owned),
        about: [
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
        ],
    }
}

fn verdict(assessment: &Assessment) -> Verdict {
    let costs = &assessment.costs;
    let outcome = assessment.outcome;
    let (low, high) = costs.range_of(outcome);
    let cost = match outcome {
        Outcome::Pro => format!("{} a month, one flat price.", usd(costs.pro)),
        Outcome::Api => format!(
            "About {} a month on {}, an estimate; {} to {} in eight cases of ten.",
            usd(costs.api),
            assessment.model_name,
            usd(low),
            usd(high)
        ),
        Outcome::Hybrid => format!(
            "About {} a month, an estimate: Pro {} + API {} on {}; {} to {} in eight cases of ten.",
            usd(costs.hybrid),
            usd(costs.pro),
            usd(words::api_part(costs)),
            assessment.model_name,
            usd(low),
            usd(high)
        ),
    };
    Verdict {
        headline: words::headline(outcome),
        strength: assessment.strength.name(),
        advice: words::recommendation(assessment),
        surety: words::strength_sentence(assessment),
        cost,
        assumed: words::assumed(assessment),
        unmet: assessment.unmet.iter().map(|unmet| unmet.sentence()).collect(),
    }
}

fn ways(assessment: &Assessment) -> Part {
    let costs = &assessment.costs;
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
        let mark = if outcome == assessment.outcome { Mark::Recommended } else { Mark::Plain };
        let cells = [
            name.to_owned(),
            usd(costs.of(outcome)),
            range,
            does,
            cover.does_not.unwrap_or_else(|| NOTHING.to_owned()),
        ];
        (cells, mark)
    };
    let table = Table::new(
        "What each of the three ways costs a month and what it covers",
        ["Way", ">A month", "Eight cases in ten", "Covers", "Does not cover"],
        [
            row(Outcome::Pro, "Pro alone"),
            row(Outcome::Api, "API alone"),
            row(Outcome::Hybrid, "Hybrid"),
        ],
    );
    let chances = format!(
        "Estimates on {}. Chance that the API alone costs less than Pro: {}.",
        assessment.model_name,
        words::chances(assessment)
    );
    part(PartId::Ways, "The three ways side by side", vec![Block::Table(table), paragraph(chances)])
}

fn reasons(report: &Report<'_>) -> Part {
    let assessment = report.assessment;
    let mut blocks = Vec::new();
    if let Some(gate) = words::gate(assessment) {
        blocks.push(paragraph(format!("First of all: {gate} (DF-Pro 3; Setup).")));
    }
    for (title, caption, supports) in [
        ("For", "Reasons for the recommendation", true),
        ("Against", "Reasons against the recommendation", false),
    ] {
        blocks.push(Block::Heading(title));
        let mut chosen: Vec<&Reason> = words::reasons_ranked(assessment, usize::MAX);
        chosen.retain(|reason| reason.supports == supports);
        if chosen.is_empty() {
            blocks.push(paragraph("None."));
            continue;
        }
        blocks.push(Block::Table(Table::plain(
            caption,
            [">Points", "Item", "Reason", "Rests on", "Article"],
            chosen.into_iter().map(|reason| {
                let side = if reason.item.is_pro() { "Pro" } else { "API" };
                [
                    format!("{side} {:+}", reason.points),
                    reason.item.as_str().to_owned(),
                    words::reason_long(reason, assessment),
                    grounds(reason, report),
                    reason.item.section().to_owned(),
                ]
            }),
        )));
    }
    blocks.push(Block::Footnote(
        "Article: DF-Pro and DF-API are the bullets of its two lists (choose Pro if, choose API if), BL the paragraphs of its bottom line, Switch its part on moving from Pro to the API, Setup the one on keys and accounts, Tools the one for people who do not code, Cost its examples, Core, Heavy, APIBest, ProBest, ProBill and Hybrid the parts of that name.",
    ));
    part(PartId::Reasons, "Reasons", blocks)
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
    parts.join(", ")
}

fn rule(assessment: &Assessment) -> Part {
    let rule = format!(
        "Rule {}: {} (article: {})",
        assessment.rule.as_str(),
        words::rule_sentence(assessment.rule),
        assessment.rule.section()
    );
    part(
        PartId::Rule,
        "How it was decided",
        vec![paragraph(words::needs_sentence(assessment)), paragraph(rule)],
    )
}

fn split(assessment: &Assessment) -> Option<Part> {
    if assessment.outcome != Outcome::Hybrid {
        return None;
    }
    let split = assessment.split;
    let month = assessment.usage.volume;
    let (pro, api) = (split.pro_volume(month), split.api_volume(month));
    let table = Table::plain(
        "Which part of the month goes to Pro and which to the API",
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
                words::api_parts(assessment),
            ],
        ],
    );
    let shares = format!(
        "{} % lies outside the Claude app; of the chat, {} % moves to the API as well.",
        split.outside_pct, split.overflow_pct
    );
    Some(part(
        PartId::Split,
        "How the work is divided",
        vec![Block::Table(table), paragraph(shares)],
    ))
}

fn models(assessment: &Assessment) -> Part {
    let table = Table::new(
        "What this month costs on each model",
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
            let is_chosen = model.id == assessment.model_id;
            let mut name = inert(&model.name).into_owned();
            if is_chosen {
                name.push_str(" (chosen)");
            }
            if model.retired {
                name.push_str(" (switched off)");
            } else if model.status != Status::Current {
                name = format!("{name} ({})", model.status.as_str());
            }
            let unpriced = || "unpriced".to_owned();
            let row = model.row.as_ref();
            let cells = [
                name,
                row.and_then(|r| r.input).map_or_else(unpriced, usd_rate),
                row.and_then(|r| r.output).map_or_else(unpriced, usd_rate),
                model.api.map_or_else(unpriced, usd),
                model.vs_pro.map_or_else(unpriced, usd_signed),
                model.hybrid.map_or_else(unpriced, usd),
                model
                    .break_even
                    .map_or_else(|| NOTHING.to_owned(), |at| format!("{} times", words::times(at))),
            ];
            (cells, if is_chosen { Mark::Chosen } else { Mark::Plain })
        }),
    );
    let last =
        "The last column: how many times this volume the API alone would cost what Pro costs.";
    part(
        PartId::Models,
        "The same volume on each model",
        vec![Block::Table(table), Block::Footnote(last)],
    )
}

fn changes(report: &Report<'_>) -> Part {
    let assessment = report.assessment;
    let mut blocks = Vec::new();
    if assessment.flips.is_empty() {
        blocks.push(paragraph("No single change that was tried."));
    } else {
        blocks.push(Block::Table(Table::plain(
            "Changes that lead to another recommendation",
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
                [inert(&cause).into_owned(), words::flip_outcome(flip).name().to_owned()]
            }),
        )));
    }
    let nothing = words::flips_summary(assessment, report.world.catalog);
    blocks.extend(nothing.map(Block::Paragraph));
    part(PartId::Changes, "What would change it", blocks)
}

fn trade() -> Part {
    let (gives_up, gains) = words::trade();
    let list = |lines: &[&str]| Block::List(lines.iter().map(|line| (*line).to_owned()).collect());
    part(
        PartId::Trade,
        "Leaving Pro for the API",
        vec![
            paragraph("You give up (article: Switch):"),
            list(gives_up),
            paragraph("You gain:"),
            list(gains),
        ],
    )
}

fn answers(report: &Report<'_>) -> Part {
    let answers = &report.assessment.answers;
    let table = Table::plain(
        "Your answers and where they are from",
        ["Question", "Answer", "From"],
        QuestionId::ALL.map(|question| {
            let text = report.wording.question(question);
            let option = text.option(answers.profile.rank(question));
            [
                text.title.clone(),
                option.map_or_else(String::new, |option| option.label.clone()),
                origin_words(answers.origin(question)).to_owned(),
            ]
        }),
    );
    part(PartId::Answers, "Your answers", vec![Block::Table(table)])
}

fn month(assessment: &Assessment) -> Part {
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
    let or_default = |value: Option<u64>| value.map_or_else(|| "as usual".to_owned(), tokens);
    let row = |name: &str, value: String| [name.to_owned(), value];
    let table = Table::plain(
        "The figures of your month",
        ["Figure", "Value"],
        [
            row("Sent to Claude", format!("{}{assumed}", tokens(usage.volume.input))),
            row("Written by Claude", format!("{}{assumed}", tokens(usage.volume.output))),
            row("Outside the Claude app", format!("{} %, {outside}", assessment.split.outside_pct)),
            row(
                "Model of the API part",
                format!("{} ({})", inert(&assessment.model_name), assessment.model_id),
            ),
            row("How sure", usage.confidence.as_str().to_owned()),
            row("Price of Pro", format!("{} a month, {price}", usd(assessment.costs.pro))),
            row(
                "Read from the cache; written for 5 minutes; for 1 hour",
                format!(
                    "{} %; {} %; {} %",
                    mix.cache_read.shown(),
                    mix.cache_write_5m.shown(),
                    mix.cache_write_1h.shown()
                ),
            ),
            row("Sent in batches", format!("{} %", mix.batch.shown())),
            row("Thinking, of the output", format!("{} %", mix.thinking.shown())),
            row("Typical prompt", or_default(usage.prompt_tokens)),
            row("Chat that moves to the API", format!("{} %", assessment.split.overflow_pct)),
            row("Too much chat for Pro, sent", or_default(Some(assessment.capacity.input))),
            row("Too much chat for Pro, written", or_default(Some(assessment.capacity.output))),
        ],
    );
    part(PartId::Month, "Your month", vec![Block::Table(table)])
}

/// What the month and some answers were read from, where they were.
fn logs(assessment: &Assessment) -> Option<Part> {
    let real = words::real_usage(&assessment.usage)?;
    let table = Table::plain(
        "What was read",
        ["Figure", "Value"],
        real.figures.into_iter().map(|(name, value)| [name.to_owned(), value]),
    );
    let mut blocks = vec![Block::Table(table), Block::List(real.evidence)];
    if !real.doubts.is_empty() {
        blocks.push(paragraph("How far to trust it:"));
        blocks.push(Block::List(real.doubts));
    }
    Some(part(PartId::Logs, "Your own logs", blocks))
}

/// What was really used, where it was read.
fn used(measured: &Measured) -> Part {
    let table = Table::plain(
        "What each day would have cost on the API",
        ["Day", ">On the API"],
        measured.by_day.iter().map(|day| [day.day.to_string(), used::cost(day)]),
    );
    part(
        PartId::Used,
        "What you really used",
        vec![paragraph(used::sentence(measured)), Block::Table(table)],
    )
}

fn warnings(assessment: &Assessment) -> Part {
    let warnings = &assessment.warnings;
    let block = if warnings.is_empty() {
        paragraph("None.")
    } else {
        Block::List(warnings.iter().map(|w| format!("{}: {}", w.id, w.text)).collect())
    };
    part(PartId::Warnings, "Warnings", vec![block])
}

fn steps(assessment: &Assessment) -> Part {
    let steps = words::next_steps(assessment);
    let steps = steps.into_iter().map(|step| format!("{} ({})", step.text, step.section));
    part(PartId::Steps, "Next steps", vec![Block::Numbered(steps.collect())])
}

fn notes(assessment: &Assessment) -> Part {
    let notes = &assessment.notes;
    let block = if notes.is_empty() {
        paragraph("Nothing to add.")
    } else {
        Block::List(
            notes
                .iter()
                .map(|note| format!("{}: {} ({}; {})", note.id, note.text, note.date, note.source))
                .collect(),
        )
    };
    part(PartId::Notes, "Not from the article", vec![block])
}
