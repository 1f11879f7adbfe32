//! The sections of the report, in order. In a terminal some are shorter and some are left out.

use super::{Report, curve, fit, used, ways};
use crate::advice::{Assessment, Because, Flip, Outcome, Reason};
use crate::catalog::Status;
use crate::doc::figure::{BarRow, Bars};
use crate::doc::{Block, Cell, Depth, Document, Figure, Fit, Mark, Part, Picture, Table, Verdict};
use crate::measured::Measured;
use crate::number::{exact, grouped, tokens, tokens_short, usd};
use crate::question::{Origin, QuestionId};
use crate::text::layout::pad_right;
use crate::text::node::serde_name;
use crate::usage::{Outside, ProPrice};
use crate::words::{self, Place, VERIFY};

/// The most models drawn. The table lists all.
const MOST_DRAWN: usize = 12;

pub(super) fn document(report: &Report<'_>, depth: Depth) -> Document {
    let assessment = report.assessment;
    let verdict = Some(verdict(report, depth));
    let created = report.created.strftime("%Y-%m-%d %H:%M %:z");
    let (prices, facts) = (report.prices(), report.world.facts.as_of);
    let last = VERIFY.into();
    if depth == Depth::Brief {
        let mut parts = vec![brief_ways(assessment)];
        parts.extend(ways::other(assessment, depth));
        parts.push(brief_models(assessment));
        parts.extend([brief_reasons(assessment), brief_changes(report), brief_answers(report)]);
        parts.extend(logs(assessment, depth));
        parts.extend(fit::part(assessment, depth));
        parts.extend(report.days().map(|days| used(days, depth)));
        parts.extend(brief_remarks(assessment));
        parts.push(steps(assessment, depth));
        let made = format!("Made {created} with prices of {prices} and facts of {facts}.");
        parts.push(Part::new("made", "", vec![Block::Gap, Block::paragraph(made)]));
        return Document { verdict, parts, last, ..Document::default() };
    }
    let mut parts = vec![three_ways(report)];
    parts.extend(ways::other(assessment, depth));
    parts.extend([reasons(report), rule(assessment)]);
    parts.extend(split(assessment));
    parts.extend([models(assessment), changes(report), trade(assessment), assumptions(report)]);
    parts.extend([answers(report), month(assessment)]);
    parts.extend(logs(assessment, depth));
    parts.extend(fit::part(assessment, depth));
    parts.extend(report.days().map(|days| used(days, depth)));
    parts.extend([warnings(assessment), steps(assessment, depth), notes(assessment)]);
    Document {
        title: report.title().map_or_else(
            || "Claude Pro, the API, or both?".into(),
            |title| title.into_owned().into(),
        ),
        note: report.note().map(|note| note.into_owned().into()),
        about: vec![
            format!(
                "Made {created} by {} {}, rules {}",
                env!("CARGO_PKG_NAME"),
                env!("CARGO_PKG_VERSION"),
                crate::advice::RULES_VERSION
            )
            .into(),
            format!("Prices: {prices}, US dollars before tax; facts of {facts}").into(),
            VERIFY.into(),
        ],
        verdict,
        parts,
        last,
    }
}

fn verdict(report: &Report<'_>, depth: Depth) -> Verdict {
    let assessment = report.assessment;
    let costs = &assessment.costs;
    let outcome = assessment.outcome;
    let (low, high) = costs.range_of(outcome);
    let model = &assessment.model_name;
    let range = match depth {
        Depth::Full => format!("; {} to {} in eight cases of ten.", usd(low), usd(high)),
        Depth::Brief => ".".to_owned(),
    };
    let cost = Block::paragraph(match outcome {
        Outcome::Pro => format!("{} a month, one flat price.", usd(costs.pro)),
        Outcome::Api => {
            format!("About {} a month on {model}, an estimate{range}", usd(costs.api))
        }
        Outcome::Hybrid => format!(
            "About {} a month, an estimate: Pro {} + API {} on {model}{range}",
            usd(costs.hybrid),
            usd(costs.pro),
            usd(words::api_part(costs)),
        ),
    });
    let mut blocks = vec![
        Block::paragraph(words::recommendation(assessment)),
        Block::paragraph(words::strength_sentence(assessment)),
    ];
    blocks.extend(words::cheaper_plan(assessment).map(Block::paragraph));
    let unmet = &assessment.unmet;
    let unmet =
        (!unmet.is_empty()).then(|| Block::sentences(unmet.iter().map(|unmet| unmet.sentence())));
    let assumed = words::assumed(assessment).map(Block::paragraph);
    match depth {
        Depth::Full => blocks.extend([Some(cost), unmet, assumed].into_iter().flatten()),
        Depth::Brief => {
            blocks.extend([unmet, assumed, Some(cost)].into_iter().flatten());
            let own = [("Title: ", report.title()), ("Note: ", report.note())];
            let own = own.into_iter().filter_map(|(name, text)| {
                text.map(|text| (name.into(), text.into_owned().into()))
            });
            blocks.push(Block::Terms(own.collect()));
        }
    }
    Verdict {
        heading: "Recommendation",
        class: serde_name(&outcome),
        headline: words::headline(outcome),
        strength: assessment.strength.name(),
        bill: (
            costs.of(outcome),
            if outcome == Outcome::Pro { " a month" } else { " a month, estimate" },
        ),
        blocks,
    }
}

fn three_ways(report: &Report<'_>) -> Part {
    let assessment = report.assessment;
    let mut table = Table::new::<5, Cell>(
        "What each of the three ways costs a month and what it covers",
        ["Way", ">A month", "Eight cases in ten", "Covers", "Does not cover"],
        [],
    );
    for (outcome, name) in words::WAYS {
        let cover = words::covers(assessment, outcome);
        let (low, high) = assessment.costs.range_of(outcome);
        let is_recommended = outcome == assessment.outcome;
        table.push(
            if is_recommended { Mark::Recommended } else { Mark::Plain },
            [
                name.into(),
                Cell::Money(assessment.costs.of(outcome)),
                if low == high { "always the same".into() } else { Cell::Range(low, high) },
                if outcome == Outcome::Hybrid { cover.line } else { cover.does }.into(),
                cover.does_not.map_or(Cell::NOTHING, Cell::from),
            ],
        );
    }
    let chances = format!(
        "Estimates on {}. Chance that the API alone costs less than Pro: {}.",
        assessment.model_name,
        words::chances(assessment)
    );
    let mut blocks = vec![Block::Table(table), Block::paragraph(chances)];
    blocks.extend(words::why_not_cheaper(assessment).map(Block::paragraph));
    blocks.extend(curve::figure(report).map(Block::figure));
    Part::new("ways", "The three ways side by side", blocks)
}

fn brief_ways(assessment: &Assessment) -> Part {
    let head = format!("{:12}{:>16}   ", "", "a month");
    let blank = " ".repeat(head.len());
    let mut terms = vec![(head.into(), "covers (estimates)".into())];
    for (outcome, name) in words::WAYS {
        let mark = if outcome == assessment.outcome { "*" } else { " " };
        let cost = usd(assessment.costs.of(outcome));
        let line = words::covers(assessment, outcome).line;
        terms.push((format!("{mark} {name:10}{cost:>16}   ").into(), line.into()));
        let (low, high) = assessment.costs.range_of(outcome);
        if low != high {
            let range = format!("{} to {} in eight cases of ten", usd(low), usd(high));
            terms.push((blank.clone().into(), range.into()));
        }
    }
    let mut blocks = vec![Block::Gap, Block::Terms(terms)];
    blocks.extend(words::why_not_cheaper(assessment).map(Block::paragraph));
    blocks.push(Block::paragraph(words::chances_sentence(assessment)));
    Part::new("ways", "", blocks)
}

fn reasons(report: &Report<'_>) -> Part {
    let assessment = report.assessment;
    let mut blocks = Vec::new();
    if let Some(gate) = words::gate(assessment) {
        blocks.push(Block::paragraph(format!("First of all: {gate} (DF-Pro 3; Setup).")));
    }
    for (title, caption, supports) in [
        ("For", "Reasons for the recommendation", true),
        ("Against", "Reasons against the recommendation", false),
    ] {
        blocks.push(Block::heading(title));
        let mut chosen: Vec<&Reason> = words::reasons_ranked(assessment, usize::MAX);
        chosen.retain(|reason| reason.supports == supports);
        if chosen.is_empty() {
            blocks.push(Block::paragraph("None."));
            continue;
        }
        blocks.push(Block::Table(Table::new::<5, Cell>(
            caption,
            [">Points", "Item", "Reason", "Rests on", "Article"],
            chosen.into_iter().map(|reason| {
                [
                    format!("{} {:+}", side(reason), reason.points).into(),
                    serde_name(&reason.item).into(),
                    words::reason_long(reason, assessment).into(),
                    grounds(reason, report).into(),
                    reason.item.section().into(),
                ]
            }),
        )));
    }
    blocks.push(Block::Footnote(
        "Article: DF-Pro and DF-API are the bullets of its two lists (choose Pro if, choose API if), BL the paragraphs of its bottom line, Switch its part on moving from Pro to the API, Setup the one on keys and accounts, Tools the one for people who do not code, Cost its examples, Core, Heavy, APIBest, ProBest, ProBill and Hybrid the parts of that name.".into(),
    ));
    Part::new("reasons", "Reasons", blocks)
}

fn brief_reasons(assessment: &Assessment) -> Part {
    let gate = words::gate(assessment).map(|gate| ("  first    ".into(), gate.into()));
    let reasons = words::reasons_ranked(assessment, usize::MAX).into_iter().map(|reason| {
        let against = if reason.supports { "" } else { " (against)" };
        (
            format!("  {:4} {:+}   ", side(reason), reason.points).into(),
            format!("{}{against}", words::reason_short(reason, assessment)).into(),
        )
    });
    Part::new(
        "reasons",
        format!("Why ({})", words::ENOUGH),
        vec![
            Block::Terms(gate.into_iter().chain(reasons).collect()),
            Block::paragraph(words::needs_sentence(assessment)),
            Block::paragraph(words::rule_sentence(assessment.rule)),
        ],
    )
}

const fn side(reason: &Reason) -> &'static str {
    if reason.item.is_pro() { "Pro" } else { "API" }
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
        "Rule {}: {} (article: {})",
        serde_name(&assessment.rule),
        words::rule_sentence(assessment.rule),
        assessment.rule.section()
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
        ["Part", ">Share", ">Sent, tokens", ">Written, tokens", "What"],
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
        "{} % lies outside {}; of {}, {} % moves to the API as well.",
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
            ">Input per million",
            ">Output per million",
            ">API alone",
            ">Beside Pro",
            ">Hybrid",
            ">Equal to Pro at",
        ],
        [],
    );
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
    let last =
        "The last column: how many times this volume the API alone would cost what Pro costs.";
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

fn brief_models(assessment: &Assessment) -> Part {
    let volume = assessment.usage.volume;
    let table = Table::new::<5, Cell>(
        "",
        ["", ">API alone", ">beside Pro", ">Hybrid", ">= Pro at"],
        assessment.models.iter().map(|model| {
            let mark = if model.id == assessment.model_id { "*" } else { " " };
            let even = model.break_even.map(|at| format!("x {}", words::times(at)).into());
            [
                format!("{mark} {}", model.name).into(),
                Cell::priced(model.api, Cell::Money),
                Cell::priced(model.vs_pro, Cell::Change),
                Cell::priced(model.hybrid, Cell::Money),
                even.unwrap_or(Cell::NOTHING),
            ]
        }),
    );
    let heading = format!(
        "The same month on each model ({} sent, {} written)",
        tokens_short(volume.input),
        tokens_short(volume.output)
    );
    let fit =
        Fit { gap: 4, narrow_gap: 1, name: 14, name_floor: 0, cuts_first: true, ..Fit::default() };
    Part::new("models", heading, vec![Block::Table(table.with(fit))])
}

fn changes(report: &Report<'_>) -> Part {
    let assessment = report.assessment;
    let catalog = report.world.catalog;
    let mut blocks = Vec::new();
    if assessment.flips.is_empty() {
        blocks.push(Block::paragraph("No single change that was tried."));
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
    blocks.extend(words::flips_summary(assessment, catalog).map(Block::paragraph));
    Part::new("changes", CHANGES, blocks)
}

const CHANGES: &str = "What would change it";

fn brief_changes(report: &Report<'_>) -> Part {
    let catalog = report.world.catalog;
    let flips = report.assessment.flips.iter();
    let lines =
        flips.map(|flip| words::flip_line(flip, report.assessment, report.wording, catalog, "->"));
    let lines = lines.chain(words::flips_summary(report.assessment, catalog));
    Part::new("changes", CHANGES, vec![Block::list("  ", lines)])
}

fn trade(assessment: &Assessment) -> Part {
    let (gives_up, gains) = words::trade(assessment);
    let blocks = vec![
        Block::paragraph("You give up (article: Switch):"),
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
    Part::new("answers", ANSWERS, vec![Block::Table(table)])
}

const ANSWERS: &str = "Your answers";

/// The answers, followed by the month.
fn brief_answers(report: &Report<'_>) -> Part {
    let assessment = report.assessment;
    let answers = &assessment.answers;
    let lead = |name: &str| format!("  {} ", pad_right(name, 18)).into();
    let mut terms: Vec<_> = QuestionId::ALL
        .into_iter()
        .map(|question| {
            let text = report.wording.question(question);
            let from = match answers.origin(question) {
                Origin::User => String::new(),
                other => format!(" ({})", from(other)),
            };
            let label = text.short_label(answers.profile.rank(question));
            (lead(&text.name), format!("{label}{from}").into())
        })
        .collect();
    let volume = assessment.usage.volume;
    let month = format!(
        "{} {} sent, {} written{}; {} % outside {}",
        tokens_short(volume.input),
        if volume.input == 1 { "token" } else { "tokens" },
        tokens_short(volume.output),
        assumed(assessment),
        assessment.split.outside_pct,
        Place::in_assessment(assessment).short
    );
    terms.push((lead("Volume a month"), month.into()));
    Part::new("answers", ANSWERS, vec![Block::Terms(terms)])
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
    let or_default = |value: Option<u64>| value.map_or_else(|| "as usual".to_owned(), tokens);
    let row = |name: &'static str, value: String| [Cell::from(name), Cell::from(value)];
    let table = Table::new(
        "The figures of your month",
        ["Figure", "Value"],
        [
            row("Sent to Claude", format!("{}{assumed}", tokens(usage.volume.input))),
            row("Written by Claude", format!("{}{assumed}", tokens(usage.volume.output))),
            [
                format!("Outside {}", Place::in_assessment(assessment).app).into(),
                format!("{} %, {outside}", assessment.split.outside_pct).into(),
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
                    "{} %; {} %; {} %",
                    mix.cache_read.shown(),
                    mix.cache_write_5m.shown(),
                    mix.cache_write_1h.shown()
                ),
            ),
            row("Sent in batches", format!("{} %", mix.batch.shown())),
            row("Thinking, of the output", format!("{} %", mix.thinking.shown())),
            row("Typical prompt", or_default(usage.prompt_tokens)),
            row(
                "Chat that moves to the API",
                format!(
                    "{} %, {}",
                    assessment.split.overflow_pct,
                    words::overflow_origin(assessment.split.overflow_origin)
                ),
            ),
            row("Too much chat for Pro, sent", or_default(Some(assessment.capacity.input))),
            row("Too much chat for Pro, written", or_default(Some(assessment.capacity.output))),
        ],
    );
    Part::new("month", "Your month", vec![Block::Table(table)])
}

/// The sources of the month and of some answers, if they were read from logs.
fn logs(assessment: &Assessment, depth: Depth) -> Option<Part> {
    let real = words::real_usage(&assessment.usage)?;
    let blocks = if depth == Depth::Brief {
        let figures = real.figures.iter().map(|(name, value)| format!("{name}: {value}"));
        vec![
            Block::list("  ", figures),
            Block::sentences(real.evidence.into_iter().chain(real.doubts)),
        ]
    } else {
        let rows = real.figures.into_iter().map(|(name, value)| [name.into(), Cell::from(value)]);
        let mut blocks = vec![
            Block::Table(Table::new("What was read", ["Figure", "Value"], rows)),
            Block::sentences(real.evidence),
        ];
        if !real.doubts.is_empty() {
            blocks.push(Block::paragraph("How far to trust it:"));
            blocks.push(Block::sentences(real.doubts));
        }
        blocks
    };
    Some(Part::new("logs", "Your own logs", blocks))
}

/// Actual usage, if it was read.
fn used(measured: &Measured, depth: Depth) -> Part {
    const CAPTION: &str = "What each day would have cost on the API";
    let sentence = used::sentence(measured);
    let blocks = if depth == Depth::Brief {
        vec![Block::list("  ", [sentence])]
    } else {
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
        vec![Block::figure(figure), Block::paragraph(sentence), Block::Table(table)]
    };
    Part::new("used", "What you really used", blocks)
}

/// Warnings and notes, if there are any.
fn brief_remarks(assessment: &Assessment) -> impl Iterator<Item = Part> {
    let warnings = (!assessment.warnings.is_empty()).then(|| {
        let lines = assessment.warnings.iter().map(|warning| warning.text.clone());
        Part::new("warnings", "Look again", vec![Block::list("  ! ", lines)])
    });
    let notes = (!assessment.notes.is_empty()).then(|| {
        let lines = assessment.notes.iter().map(|note| format!("{} ({})", note.text, note.date));
        Part::new("notes", "Not in the article", vec![Block::sentences(lines)])
    });
    warnings.into_iter().chain(notes)
}

fn warnings(assessment: &Assessment) -> Part {
    let lines =
        assessment.warnings.iter().map(|warning| format!("{}: {}", warning.id, warning.text));
    Part::new("warnings", "Warnings", vec![list_or(lines, "None.")])
}

fn list_or(lines: impl ExactSizeIterator<Item = String>, nothing: &'static str) -> Block {
    if lines.len() == 0 { Block::paragraph(nothing) } else { Block::sentences(lines) }
}

/// In a terminal the last step is the last line of the report.
fn steps(assessment: &Assessment, depth: Depth) -> Part {
    let steps = words::next_steps(assessment).into_iter();
    let steps = match depth {
        Depth::Brief => {
            steps.filter(|step| step.text != VERIFY).map(|step| step.text.into()).collect()
        }
        Depth::Full => {
            steps.map(|step| format!("{} ({})", step.text, step.section).into()).collect()
        }
    };
    Part::new("steps", "Next steps", vec![Block::Numbered(steps)])
}

fn notes(assessment: &Assessment) -> Part {
    let lines = assessment
        .notes
        .iter()
        .map(|note| format!("{}: {} ({}; {})", note.id, note.text, note.date, note.source));
    Part::new("notes", "Not from the article", vec![list_or(lines, "Nothing to add.")])
}
