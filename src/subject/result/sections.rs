//! The sections of the report, in order: a first page that is complete by itself, and an appendix.

use std::cmp::Ordering;

use super::{Report, curve, fit, used, ways};
use crate::advice::{Assessment, Because, Flip, Outcome, Reason};
use crate::catalog::Status;
use crate::doc::figure::{BarRow, Bars};
use crate::doc::{Block, Cell, Document, Figure, Fit, Mark, Part, Picture, Table, Verdict};
use crate::measured::Measured;
use crate::number::{day_in_words, exact, grouped, likely_range, short_usd, tokens, usd};
use crate::question::{Origin, QuestionId};
use crate::text::capital;
use crate::text::node::serde_name;
use crate::usage::{Outside, ProPrice};
use crate::words::{self, Place, VERIFY};

/// The most models drawn. The table lists all.
const MOST_DRAWN: usize = 12;

pub(super) fn document(report: &Report<'_>) -> Document {
    let assessment = report.assessment;
    let mut parts = vec![costs(assessment)];
    parts.extend(ways::other(assessment));
    parts.extend(warnings(assessment));
    parts.extend([why(assessment), steps(assessment), changes(report)]);
    let mut appendix: Vec<Part> = curve::figure(report)
        .map(|figure| {
            let blocks =
                vec![Block::figure(figure), Block::paragraph(words::chances_sentence(assessment))];
            Part::new("growth", "The bill as your month grows", blocks)
        })
        .into_iter()
        .collect();
    appendix.extend([reasons(report), rule(assessment)]);
    appendix.extend(split(assessment));
    appendix.extend([models(assessment), every_change(report), trade(assessment)]);
    appendix.extend([assumptions(report), answers(report), month(assessment)]);
    appendix.extend(logs(assessment));
    appendix.extend(fit::part(assessment));
    appendix.extend(report.days().map(used));
    appendix.extend([notes(assessment), glossary(), made(report)]);
    Document {
        title: report.title().map_or_else(
            || "Claude Pro, the API, or both?".into(),
            |title| title.into_owned().into(),
        ),
        note: report.note().map(|note| note.into_owned().into()),
        about: vec![
            format!(
                "{}, by {}. Prices in US dollars before tax: {}.",
                report.created.strftime("%-d %B %Y"),
                env!("CARGO_PKG_NAME"),
                report.prices()
            )
            .into(),
        ],
        verdict: Some(verdict(report)),
        parts,
        appendix,
        last: VERIFY.into(),
    }
}

fn verdict(report: &Report<'_>) -> Verdict {
    let assessment = report.assessment;
    let outcome = assessment.outcome;
    let strength = capital(assessment.strength.name());
    let unmet = &assessment.unmet;
    let unmet =
        (!unmet.is_empty()).then(|| Block::sentences(unmet.iter().map(|unmet| unmet.sentence())));
    let blocks = [
        Some(Block::paragraph(words::recommendation(assessment))),
        Some(Block::paragraph(bill(assessment))),
        Some(Block::paragraph(format!("{strength}. {}", words::strength_sentence(assessment)))),
        words::why_not_cheaper(assessment).map(Block::paragraph),
        words::cheaper_plan(assessment).map(Block::paragraph),
        unmet,
        words::assumed(assessment).map(Block::paragraph),
    ];
    Verdict {
        heading: "Recommendation",
        class: serde_name(&outcome),
        headline: words::headline(outcome),
        strength: assessment.strength.name(),
        bill: (
            assessment.costs.of(outcome),
            if outcome == Outcome::Pro { " a month" } else { " a month, estimate" },
        ),
        blocks: blocks.into_iter().flatten().collect(),
    }
}

/// What the recommendation costs a month and a year, and what changes for somebody who has Pro.
fn bill(assessment: &Assessment) -> String {
    let costs = &assessment.costs;
    let outcome = assessment.outcome;
    let (pro, year) = (short_usd(costs.pro), short_usd(costs.year(outcome)));
    if outcome == Outcome::Pro {
        return format!(
            "Pro costs {pro} a month, {year} a year: one flat price. If you already pay for Pro, nothing changes."
        );
    }
    let (low, high) = costs.range_of(outcome);
    let total = costs.of(outcome);
    let from = match outcome {
        Outcome::Hybrid => format!(
            "Pro at {pro} plus about {} for the API on {}",
            short_usd(words::api_part(costs)),
            assessment.model_name
        ),
        Outcome::Pro | Outcome::Api => format!("the API on {}, without Pro", assessment.model_name),
    };
    let change = match total.cmp(&costs.pro) {
        Ordering::Equal => "the same as you pay now".to_owned(),
        Ordering::Greater => {
            format!("{} a month more than you pay now", short_usd(total - costs.pro))
        }
        Ordering::Less => format!("{} a month less than you pay now", short_usd(costs.pro - total)),
    };
    format!(
        "About {} a month, {}; {year} a year. This is {from}. If you already pay for Pro, it is {change}. {}",
        short_usd(total),
        likely_range(low, high),
        words::LIKELY_RANGE
    )
}

fn costs(assessment: &Assessment) -> Part {
    let mut table = Table::new::<5, Cell>(
        "What each of the three ways costs and covers",
        ["Way", ">A month", ">A year", "Likely a month", "Covers"],
        [],
    );
    for (outcome, name) in words::WAYS {
        let (low, high) = assessment.costs.range_of(outcome);
        let is_recommended = outcome == assessment.outcome;
        table.push(
            if is_recommended { Mark::Recommended } else { Mark::Plain },
            [
                name.into(),
                Cell::Money(assessment.costs.of(outcome)),
                Cell::Money(assessment.costs.year(outcome)),
                if low == high { "always the same".into() } else { Cell::Range(low, high) },
                words::covers(assessment, outcome).line.into(),
            ],
        );
    }
    let volume = assessment.usage.volume;
    let basis = format!(
        "Based on {} of input (what you send){} and {} of output (what Claude writes) a month, on {}. API and hybrid are estimates.",
        tokens(volume.input),
        assumed(assessment),
        tokens(volume.output),
        assessment.model_name
    );
    Part::new("ways", "Cost and coverage", vec![Block::Table(table), Block::paragraph(basis)])
}

/// The largest reasons, in plain words.
fn why(assessment: &Assessment) -> Part {
    const MOST: usize = 4;
    let gate = words::gate_first(assessment);
    let most = MOST - usize::from(gate.is_some());
    let reasons = words::reasons_ranked(assessment, most).into_iter().map(|reason| {
        let against = if reason.supports { "" } else { "Against: " };
        let section = words::section_names(reason.item.section());
        format!("{against}{} ({section})", words::reason_long(reason, assessment))
    });
    let lines: Vec<String> = gate.into_iter().chain(reasons).collect();
    let article =
        Block::Footnote(format!("In brackets: sections of the article {}.", words::ARTICLE).into());
    Part::new("why", "Why", vec![Block::sentences(lines), article])
}

/// Every item with points, by side, so that the points add up to the total in the heading.
fn reasons(report: &Report<'_>) -> Part {
    let assessment = report.assessment;
    let mut blocks: Vec<Block> =
        words::gate_first(assessment).map(Block::paragraph).into_iter().collect();
    for (is_pro, caption) in [(true, "Points for Pro"), (false, "Points for the API")] {
        blocks.push(Block::heading(words::need_of(assessment, is_pro)));
        let mut chosen: Vec<&Reason> = words::reasons_ranked(assessment, usize::MAX);
        chosen.retain(|reason| reason.item.is_pro() == is_pro);
        if chosen.is_empty() {
            blocks.push(Block::paragraph(words::NO_POINTS));
            continue;
        }
        blocks.push(Block::Table(Table::new::<5, Cell>(
            caption,
            [">Points", "Item", "Reason", "Based on", "Article"],
            chosen.into_iter().map(|reason| {
                [
                    format!("{:+}", reason.points).into(),
                    serde_name(&reason.item).into(),
                    words::reason_long(reason, assessment).into(),
                    grounds(reason, report).into(),
                    words::section_names(reason.item.section()).into(),
                ]
            }),
        )));
    }
    Part::new("reasons", "All reasons", blocks)
}

/// The grounds of an item: answers, or a figure.
fn grounds(reason: &Reason, report: &Report<'_>) -> String {
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
        "Rule {}: {} (Article: {}.)",
        serde_name(&assessment.rule),
        words::rule_sentence(assessment.rule),
        words::section_names(assessment.rule.section())
    );
    let needs = words::needs_sentence(assessment);
    Part::new("rule", "How it was decided", [needs, rule].map(Block::paragraph).into())
}

fn split(assessment: &Assessment) -> Option<Part> {
    if assessment.outcome != Outcome::Hybrid {
        return None;
    }
    let split = assessment.split;
    let month = assessment.usage.volume;
    let (pro, api) = (split.pro_volume(month), split.api_volume(month));
    let table = Table::new::<5, Cell>(
        "Which part of the month goes to Pro and which to the API",
        ["Part", ">Share", ">Input tokens", ">Output tokens", "What"],
        [
            [
                "Pro".into(),
                Cell::Percent(split.pro_pct()),
                Cell::Count(pro.input),
                Cell::Count(pro.output),
                words::pro_keeps(assessment).into(),
            ],
            [
                "API".into(),
                Cell::Percent(split.api_pct()),
                Cell::Count(api.input),
                Cell::Count(api.output),
                words::api_parts(assessment).into(),
            ],
        ],
    );
    let place = Place::in_assessment(assessment);
    let shares = format!(
        "{}% of the work is outside {}. Of {}, {}% moves to the API as well.",
        split.outside_pct, place.app, place.the_work, split.overflow_pct
    );
    let blocks = vec![Block::Table(table), Block::paragraph(shares)];
    Some(Part::new("split", "How the work is divided", blocks))
}

fn models(assessment: &Assessment) -> Part {
    let mut table = Table::new::<7, Cell>(
        "What this month costs on each model",
        [
            "Model",
            ">Input / M",
            ">Output / M",
            ">API alone",
            ">Compared with Pro",
            ">Hybrid",
            ">Break-even",
        ],
        [],
    )
    .with(Fit { narrow_gap: 1, name_floor: 19, ..Fit::default() });
    for model in &assessment.models {
        let is_chosen = model.id == assessment.model_id;
        let mut name = model.name.clone();
        if is_chosen {
            name.push_str(" (chosen)");
        }
        if model.retired {
            name.push_str(" (switched off)");
        } else if model.status != Status::Current {
            name = format!("{name} ({})", serde_name(&model.status));
        }
        let row = model.row.as_ref();
        let even = model.break_even.map(|at| format!("{} times", words::times(at)).into());
        table.push(
            if is_chosen { Mark::Chosen } else { Mark::Plain },
            [
                Cell::Foreign(name),
                Cell::priced(row.and_then(|row| row.input), Cell::Rate),
                Cell::priced(row.and_then(|row| row.output), Cell::Rate),
                Cell::priced(model.api, Cell::Money),
                Cell::priced(model.vs_pro, Cell::Change),
                Cell::priced(model.hybrid, Cell::Money),
                even.unwrap_or(Cell::NOTHING),
            ],
        );
    }
    let last = "Input / M, output / M: the price of a million tokens. Break-even: the multiple of this volume at which the API alone costs as much as Pro.";
    let mut blocks: Vec<Block> = bars(assessment).map(Block::figure).into_iter().collect();
    blocks.extend([Block::Table(table), Block::Footnote(last.into())]);
    Part::new("models", "The same volume on each model", blocks)
}

/// The chart of all models with a price.
fn bars(assessment: &Assessment) -> Option<Figure> {
    let priced = assessment.models.iter().filter_map(|model| {
        Some(BarRow {
            name: model.name.clone(),
            is_chosen: model.id == assessment.model_id,
            api: model.api?,
            hybrid: model.hybrid,
        })
    });
    let rows: Vec<BarRow> = priced.take(MOST_DRAWN).collect();
    if rows.is_empty() {
        return None;
    }
    let words: Vec<String> = rows
        .iter()
        .map(|row| {
            let hybrid = Cell::priced(row.hybrid, Cell::Money);
            format!("{}: API alone {}, hybrid {hybrid}", row.name, usd(row.api))
        })
        .collect();
    let pro = assessment.costs.pro;
    let is_cut = assessment.models.len() > MOST_DRAWN;
    Some(Figure {
        name: "The same month on each model",
        description: format!("Pro costs {}. {}.", usd(pro), words.join("; ")),
        picture: Picture::Bars(Bars { pro, rows }),
        is_titled: false,
        caption: None,
        note: is_cut.then(|| format!("The first {MOST_DRAWN} with a price are drawn.")),
        table: None,
    })
}

/// The nearest changes that lead to another recommendation, in sentences.
fn changes(report: &Report<'_>) -> Part {
    const MOST: usize = 5;
    let assessment = report.assessment;
    let catalog = report.world.catalog;
    let flips = assessment.flips.iter().take(MOST);
    let mut lines: Vec<String> =
        flips.map(|flip| words::flip_sentence(flip, assessment, report.wording, catalog)).collect();
    if lines.is_empty() {
        lines.push(words::NO_FLIP.to_owned());
    }
    lines.extend(words::flips_summary(assessment, catalog));
    Part::new("changes", "What would change it", vec![Block::sentences(lines)])
}

fn every_change(report: &Report<'_>) -> Part {
    let assessment = report.assessment;
    let catalog = report.world.catalog;
    let mut blocks = Vec::new();
    if assessment.flips.is_empty() {
        blocks.push(Block::paragraph(words::NO_FLIP));
    } else {
        blocks.push(Block::Table(Table::new::<2, Cell>(
            "Changes that lead to another recommendation",
            ["Change", "Then"],
            assessment.flips.iter().map(|flip| {
                let mut cause = words::flip_cause(flip, assessment, report.wording, catalog);
                if let Flip::Volume { multiplier, volume, .. } = flip {
                    cause = format!(
                        "{cause} ({} and {} tokens, {} times this volume)",
                        grouped(volume.input),
                        grouped(volume.output),
                        exact(*multiplier)
                    );
                }
                [Cell::Foreign(cause), words::flip_outcome(flip).name().into()]
            }),
        )));
    }
    Part::new("every-change", "Every change that would alter it", blocks)
}

fn trade(assessment: &Assessment) -> Part {
    let (gives_up, gains) = words::trade(assessment);
    let blocks = vec![
        Block::paragraph("You leave:"),
        Block::sentences(gives_up.iter().copied()),
        Block::paragraph("You gain:"),
        Block::sentences(gains.iter().copied()),
    ];
    Part::new("trade", "Leaving Pro for the API", blocks)
}

fn assumptions(report: &Report<'_>) -> Part {
    let assumptions = words::assumptions(report.assessment, report.world.catalog);
    Part::new("assumptions", "Assumptions", vec![Block::sentences(assumptions)])
}

/// The origin of an answer, in words.
const fn from(origin: Origin) -> &'static str {
    match origin {
        Origin::User => "you",
        Origin::Derived => "follows from another answer",
        Origin::Assumed => "assumed",
        Origin::Usage => "read from your usage",
    }
}

fn answers(report: &Report<'_>) -> Part {
    let answers = &report.assessment.answers;
    let table = Table::new::<3, Cell>(
        "Your answers and where they are from",
        ["Question", "Answer", "From"],
        QuestionId::ALL.map(|question| {
            let text = report.wording.question(question);
            let option = text.option(answers.profile.rank(question));
            [
                text.title.clone().into(),
                option.map_or_else(String::new, |option| option.label.clone()).into(),
                from(answers.origin(question)).into(),
            ]
        }),
    );
    Part::new("answers", "Your answers", vec![Block::Table(table)])
}

fn assumed(assessment: &Assessment) -> &'static str {
    if assessment.usage.volume_origin == Origin::Assumed { " (assumed)" } else { "" }
}

fn month(assessment: &Assessment) -> Part {
    let usage = &assessment.usage;
    let mix = &usage.mix;
    let assumed = assumed(assessment);
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
    let or_default = |value: Option<u64>| value.map_or_else(|| "default".to_owned(), tokens);
    let row = |name: &'static str, value: String| [Cell::from(name), Cell::from(value)];
    let table = Table::new(
        "The figures of your month",
        ["Figure", "Value"],
        [
            row("Input, what you send", format!("{}{assumed}", tokens(usage.volume.input))),
            row("Output, what Claude writes", format!("{}{assumed}", tokens(usage.volume.output))),
            [
                format!("Outside {}", Place::in_assessment(assessment).app).into(),
                format!("{}%, {outside}", assessment.split.outside_pct).into(),
            ],
            [
                "Model of the API part".into(),
                Cell::Foreign(format!("{} ({})", assessment.model_name, assessment.model_id)),
            ],
            row("How sure", serde_name(&usage.confidence)),
            row("Price of Pro", format!("{} a month, {price}", usd(assessment.costs.pro))),
            row(
                "Read from the cache; written for 5 minutes; for 1 hour",
                format!(
                    "{}%; {}%; {}%",
                    mix.cache_read.shown(),
                    mix.cache_write_5m.shown(),
                    mix.cache_write_1h.shown()
                ),
            ),
            row("Sent in batches", format!("{}%", mix.batch.shown())),
            row("Thinking, of the output", format!("{}%", mix.thinking.shown())),
            row("Typical prompt", or_default(usage.prompt_tokens)),
            row(
                "Chat that moves to the API",
                format!(
                    "{}%, {}",
                    assessment.split.overflow_pct,
                    words::overflow_origin(assessment.split.overflow_origin)
                ),
            ),
            row("Estimated capacity of Pro, input", or_default(Some(assessment.capacity.input))),
            row("Estimated capacity of Pro, output", or_default(Some(assessment.capacity.output))),
        ],
    );
    Part::new("month", "Your month", vec![Block::Table(table)])
}

/// The sources of the month and of some answers, if they were read from logs.
fn logs(assessment: &Assessment) -> Option<Part> {
    let real = words::real_usage(&assessment.usage)?;
    let rows = real.figures.into_iter().map(|(name, value)| [name.into(), Cell::from(value)]);
    let mut blocks = vec![
        Block::Table(Table::new("What was read", ["Figure", "Value"], rows)),
        Block::sentences(real.evidence),
    ];
    if !real.doubts.is_empty() {
        blocks.push(Block::heading("Caveats"));
        blocks.push(Block::sentences(real.doubts));
    }
    Some(Part::new("logs", "Your own logs", blocks))
}

/// Actual usage, if it was read.
fn used(measured: &Measured) -> Part {
    const CAPTION: &str = "What each day would have cost on the API";
    let sentence = used::sentence(measured);
    let days = &measured.by_day;
    let rows = days.iter().map(|day| [day.day.to_string(), used::cost(day)]);
    let mut table = Table::new(CAPTION, ["Day", ">On the API"], rows);
    table.folded = Some("The figures, day by day");
    let figure = Figure {
        name: CAPTION,
        description: sentence.clone(),
        picture: Picture::Days(days.iter().map(|day| (day.day, day.usd)).collect()),
        is_titled: false,
        caption: None,
        note: None,
        table: None,
    };
    let blocks = vec![Block::figure(figure), Block::paragraph(sentence), Block::Table(table)];
    Part::new("used", "Your actual usage", blocks)
}

/// What to check before the decision, if anything.
fn warnings(assessment: &Assessment) -> Option<Part> {
    let warnings = &assessment.warnings;
    let lines = warnings.iter().map(|warning| warning.text.clone());
    (!warnings.is_empty()).then(|| Part::new("warnings", "Warnings", vec![Block::sentences(lines)]))
}

fn steps(assessment: &Assessment) -> Part {
    let steps = words::next_steps(assessment).into_iter().map(|step| step.text.into());
    Part::new("steps", "What to do next", vec![Block::Numbered(steps.collect())])
}

fn notes(assessment: &Assessment) -> Part {
    let notes = &assessment.notes;
    let lines = notes.iter().map(|note| {
        format!("{}: {} ({}; {})", note.id, note.text, day_in_words(note.date), note.source)
    });
    let block = if notes.is_empty() {
        Block::paragraph("Nothing to add.")
    } else {
        Block::sentences(lines)
    };
    Part::new("notes", "Not in the article", vec![block])
}

fn glossary() -> Part {
    let rows = words::TERMS.map(|(term, meaning)| [term, meaning]);
    let table = Table::new("Terms and their meaning", ["Term", "Meaning"], rows);
    Part::new("glossary", "Glossary", vec![Block::Table(table)])
}

fn made(report: &Report<'_>) -> Part {
    let made = format!(
        "Made {} by {} {}, rules {}, with {} and facts of {}.",
        report.created.strftime("%Y-%m-%d %H:%M %:z"),
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
        crate::advice::RULES_VERSION,
        report.prices(),
        report.world.facts.as_of
    );
    Part::new("made", "Versions", vec![Block::paragraph(made)])
}
