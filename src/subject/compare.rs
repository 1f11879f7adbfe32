//! Two to four scenarios side by side: one document for every format for people.

mod html;

use crate::advice::{Assessment, Outcome};
use crate::compare::{Comparison, Difference, Side, Was};
use crate::doc::text::{Page, WIDTH};
use crate::doc::{self, Block, Column, Document, Fit, Mark, Part, Row, Table};
use crate::number::{exact, grouped, tokens_short, usd, usd_signed};
use crate::question::{Origin, QuestionId};
use crate::text::cell::inert;
use crate::text::node::serde_name;
use crate::usage::{Outside, Usage};
use crate::words;

/// The comparison for a terminal of 80 columns.
pub(crate) fn text(comparison: &Comparison<'_>) -> String {
    let mut text = lines(comparison, WIDTH).join("\n");
    text.push('\n');
    text
}

/// The comparison in lines of at most `width` columns, with the names above all tables.
pub(crate) fn lines(comparison: &Comparison<'_>, width: usize) -> Vec<String> {
    laid_out(&names(comparison), &document(comparison), width)
}

/// The names of the sides, above all tables.
pub(crate) fn names(comparison: &Comparison<'_>) -> [Block; 1] {
    let names = comparison.sides.iter().map(|side| side.name.clone());
    [Block::Table(table("", names, Vec::new()))]
}

/// The names and the document in lines of at most `width` columns.
pub(crate) fn laid_out(names: &[Block], document: &Document, width: usize) -> Vec<String> {
    let mut page = Page::new(width);
    page.blocks(names);
    page.document(document);
    page.into_lines()
}

pub(crate) fn markdown(comparison: &Comparison<'_>) -> String {
    doc::markdown::render(&document(comparison))
}

/// The comparison as one page without scripts or external resources.
pub fn html(comparison: &Comparison<'_>) -> String {
    html::render(&document(comparison))
}

/// The content of every format: tables with a cell per side, and sentences below them.
pub(crate) fn document(comparison: &Comparison<'_>) -> Document {
    let sections = [
        result(comparison),
        costs(comparison),
        answers(comparison),
        usage(comparison),
        flips(comparison),
    ];
    let mut parts: Vec<Part> =
        sections.into_iter().map(|section| section.part(comparison)).collect();
    if let Some(part) = parts.last_mut() {
        part.blocks.extend([Block::Gap, Block::paragraph(prices(comparison))]);
    }
    Document {
        title: "Compared: Claude Pro, the API, or both?".into(),
        parts,
        last: words::VERIFY.into(),
        ..Document::default()
    }
}

/// The date of the prices.
pub(crate) fn prices(comparison: &Comparison<'_>) -> String {
    let as_of = comparison.world.catalog.as_of;
    format!("All with prices of {as_of}, US dollars before tax.")
}

/// Rows under one heading, with sentences below.
struct Section {
    title: &'static str,
    rows: Vec<Line>,
    says: Vec<String>,
}

/// A label and a cell for each side.
struct Line {
    name: String,
    cells: Vec<String>,
}

impl Section {
    fn part(self, comparison: &Comparison<'_>) -> Part {
        let names = comparison.sides.iter().map(|side| inert(&side.name).into_owned());
        let table = (!self.rows.is_empty()).then(|| table(self.title, names, self.rows));
        let says = self.says.into_iter().map(|text| Block::Footnote(text.into()));
        Part::new("", self.title, table.map(Block::Table).into_iter().chain(says).collect())
    }
}

fn table(caption: &'static str, names: impl Iterator<Item = String>, rows: Vec<Line>) -> Table {
    let side = |name: String| Column { name: name.into(), ..Column::new("") };
    let row = |Line { name, cells }: Line| Row {
        cells: std::iter::once(name).chain(cells).map(Into::into).collect(),
        mark: Mark::Plain,
    };
    Table {
        caption: caption.into(),
        columns: std::iter::once(Column::new("")).chain(names.map(side)).collect(),
        rows: rows.into_iter().map(row).collect(),
        fit: Fit { side_by_side: true, ..Fit::default() },
        ..Table::default()
    }
}

/// A row from one cell per side.
fn row(name: &str, sides: &[Side], cell: impl Fn(&Assessment) -> String) -> Line {
    let cells = sides.iter().map(|side| cell(&side.assessment)).collect();
    Line { name: name.to_owned(), cells }
}

fn result(comparison: &Comparison<'_>) -> Section {
    let sides = &comparison.sides;
    let rows = vec![
        row("Recommended", sides, |of| of.outcome.name().to_owned()),
        row("How sure", sides, |of| of.strength.name().to_owned()),
        row("A month", sides, |of| usd(of.costs.of(of.outcome))),
        row("8 in 10 cases", sides, |of| {
            let (low, high) = of.costs.range_of(of.outcome);
            if low == high { "flat".to_owned() } else { format!("{} to {}", usd(low), usd(high)) }
        }),
        row("Rule", sides, |of| serde_name(&of.rule)),
        row("Need for Pro", sides, |of| of.needs.pro.to_string()),
        row("Need for API", sides, |of| of.needs.api.to_string()),
    ];
    let says = sides.iter().filter_map(|side| side.was.map(|was| saved(side, was))).collect();
    Section { title: "Result, estimates", rows, says }
}

/// A report's result when it was saved.
fn saved(side: &Side, was: Was) -> String {
    let cost = was.cost.map_or_else(|| "unpriced".to_owned(), usd);
    format!(
        "{} was saved as {} at {cost} a month, with prices of {}.",
        side.name,
        was.outcome.name(),
        was.prices_of
    )
}

fn costs(comparison: &Comparison<'_>) -> Section {
    let sides = &comparison.sides;
    let way = |name, outcome: Outcome| {
        row(name, sides, |of| {
            let mark = if of.outcome == outcome { "* " } else { "" };
            format!("{mark}{}", usd(of.costs.of(outcome)))
        })
    };
    let mut rows = vec![
        way("Pro alone", Outcome::Pro),
        way("API alone", Outcome::Api),
        way("Hybrid", Outcome::Hybrid),
    ];
    if let Some(first) = sides.first() {
        let base = first.assessment.costs.of(first.assessment.outcome);
        rows.push(Line {
            name: "To the first".to_owned(),
            cells: sides
                .iter()
                .enumerate()
                .map(|(index, side)| {
                    let of = &side.assessment;
                    if index == 0 {
                        "-".to_owned()
                    } else {
                        usd_signed(of.costs.of(of.outcome) - base)
                    }
                })
                .collect(),
        });
    }
    Section { title: "Costs a month, estimates (* recommended)", rows, says: Vec::new() }
}

fn answers(comparison: &Comparison<'_>) -> Section {
    let differ = comparison.answers_that_differ();
    let rows: Vec<Line> = differ
        .iter()
        .map(|question| {
            let text = comparison.wording.question(*question);
            row(&text.short, &comparison.sides, |of| {
                let label = text.short_label(of.answers.profile.rank(*question));
                match words::origin_words(*question, of.answers.origin(*question)) {
                    Some(origin) => format!("{label} ({origin})"),
                    None => label.to_owned(),
                }
            })
        })
        .collect();
    let mut says = match QuestionId::COUNT.saturating_sub(rows.len()) {
        QuestionId::COUNT => {
            vec![format!("All {} answers are the same.", QuestionId::COUNT_IN_WORDS)]
        }
        0 => Vec::new(),
        1 => vec!["The other answer is the same.".to_owned()],
        same => vec![format!("The other {same} answers are the same.")],
    };
    says.extend(comparison.sides.iter().filter_map(|side| assumed(side, comparison)));
    Section { title: "Answers that differ", rows, says }
}

/// The assumed answers of a side. Answers equal on all sides have no row to mention it.
fn assumed(side: &Side, comparison: &Comparison<'_>) -> Option<String> {
    let answers = &side.assessment.answers;
    let names: Vec<&str> = QuestionId::ALL
        .into_iter()
        .filter(|question| answers.origin(*question) == Origin::Assumed)
        .map(|question| comparison.wording.question(question).short.as_str())
        .collect();
    (!names.is_empty())
        .then(|| format!("Assumed in {}, not given: {}.", side.name, names.join(", ")))
}

/// A count of the month's tokens, and its origin if not given by the person.
fn volume(usage: &Usage, tokens: u64) -> String {
    let count = tokens_short(tokens);
    match usage.volume_origin {
        Origin::User | Origin::Derived => count,
        Origin::Assumed => format!("{count} (assumed)"),
        Origin::Usage => format!("{count} (measured)"),
    }
}

fn usage(comparison: &Comparison<'_>) -> Section {
    let sides = &comparison.sides;
    let of_usage =
        |name: &str, cell: &dyn Fn(&Usage) -> String| row(name, sides, |of| cell(&of.usage));
    let percent = |value: crate::number::Percent| format!("{}%", value.shown());
    let rows: Vec<Line> = [
        of_usage("Sent", &|of| volume(of, of.volume.input)),
        of_usage("Written", &|of| volume(of, of.volume.output)),
        row("Outside app", sides, |of| {
            let set = match of.usage.outside {
                Outside::Default => " (usual)",
                Outside::Set(_) => "",
                Outside::Measured(_) => " (measured)",
            };
            format!("{}%{set}", of.split.outside_pct)
        }),
        row("Model", sides, |of| inert(&of.model_name).into_owned()),
        of_usage("How sure", &|of| serde_name(&of.confidence)),
        row("Pro price", sides, |of| usd(of.costs.pro)),
        of_usage("Cache reads", &|of| percent(of.mix.cache_read)),
        of_usage("Cache writes", &|of| percent(of.mix.cache_write_5m)),
        of_usage("1-hour writes", &|of| percent(of.mix.cache_write_1h)),
        of_usage("Batches", &|of| percent(of.mix.batch)),
        of_usage("Thinking", &|of| percent(of.mix.thinking)),
        of_usage("Prompt size", &|of| {
            of.prompt_tokens.map_or_else(|| "small".to_owned(), tokens_short)
        }),
        row("Chat to the API", sides, |of| format!("{}%", of.split.overflow_pct)),
        row("Pro carries in", sides, |of| tokens_short(of.capacity.input)),
        row("Pro carries out", sides, |of| tokens_short(of.capacity.output)),
    ]
    .into_iter()
    .filter(differs)
    .collect();
    let mut says: Vec<String> = sides
        .iter()
        .filter(|side| side.assessment.usage.volume_origin == Origin::Assumed)
        .map(|side| format!("Assumed in {}, not given: the volume.", side.name))
        .collect();
    // The short forms may be equal although the counts differ.
    let hidden = |count: fn(&Usage) -> u64| {
        let exact: Vec<u64> = sides.iter().map(|side| count(&side.assessment.usage)).collect();
        let short: Vec<String> = exact.iter().map(|tokens| tokens_short(*tokens)).collect();
        let same = |list: &[String]| list.windows(2).all(|pair| pair.first() == pair.last());
        (exact.windows(2).any(|pair| pair.first() != pair.last()) && same(&short))
            .then(|| exact.iter().map(|tokens| grouped(*tokens)).collect::<Vec<_>>().join(", "))
    };
    let mut counts_differ = false;
    for (what, count) in [
        ("Tokens sent", (|of| of.volume.input) as fn(&Usage) -> u64),
        ("Tokens written", |of| of.volume.output),
    ] {
        if let Some(counts) = hidden(count) {
            says.push(format!("{what}: {counts}."));
            counts_differ = true;
        }
    }
    if rows.is_empty() && !counts_differ {
        says.push("Both the volume and how it is billed are the same.".to_owned());
    }
    Section { title: "Usage that differs", rows, says }
}

fn differs(row: &Line) -> bool {
    row.cells.windows(2).any(|pair| pair.first() != pair.last())
}

fn flips(comparison: &Comparison<'_>) -> Section {
    let sides = &comparison.sides;
    let catalog = comparison.world.catalog;
    let lists: Vec<Vec<String>> = sides
        .iter()
        .map(|side| {
            let flips = side.assessment.flips.iter();
            let line =
                |flip| words::flip_line(flip, &side.assessment, comparison.wording, catalog, "->");
            flips.map(line).collect()
        })
        .collect();
    let most = lists.iter().map(Vec::len).max().unwrap_or_default();
    let rows = (0..most)
        .map(|index| Line {
            name: if index == 0 { "Flips with".to_owned() } else { String::new() },
            cells: lists
                .iter()
                .map(|list| match list.get(index) {
                    Some(line) => line.clone(),
                    None if index == 0 => "nothing tried".to_owned(),
                    None => String::new(),
                })
                .collect(),
        })
        .collect();
    Section { title: "What would change it", rows, says: why(comparison) }
}

/// The single differences that explain a recommendation other than the first side's.
fn why(comparison: &Comparison<'_>) -> Vec<String> {
    let sides = &comparison.sides;
    let Some(first) = sides.first() else {
        return Vec::new();
    };
    let turnings = comparison.turnings();
    if turnings.is_empty() {
        return vec![format!("All recommend {}.", first.assessment.outcome.name())];
    }
    turnings
        .iter()
        .filter_map(|turning| {
            let other = sides.get(turning.side)?;
            let lead = format!(
                "{} is {}, {} is {}.",
                first.name,
                first.assessment.outcome.name(),
                other.name,
                other.assessment.outcome.name()
            );
            if turning.alone.is_empty() {
                return Some(format!(
                    "{lead} No single difference turns it, only several together."
                ));
            }
            let causes: Vec<String> = turning
                .alone
                .iter()
                .map(|(difference, outcome)| {
                    format!(
                        "{} -> {}",
                        named(*difference, &other.assessment, comparison),
                        outcome.name()
                    )
                })
                .collect();
            Some(format!(
                "{lead} One change in {} is enough: {}.",
                first.name,
                causes.join("; or ")
            ))
        })
        .collect()
}

/// A difference with the other side's value: `Automation "Heavy"`.
fn named(difference: Difference, other: &Assessment, comparison: &Comparison<'_>) -> String {
    let usage = &other.usage;
    match difference {
        Difference::Answer(question) => {
            let text = comparison.wording.question(question);
            let label = text.short_label(other.answers.profile.rank(question));
            format!("{} \"{label}\"", text.short)
        }
        Difference::Volume => format!(
            "{} sent + {} written",
            tokens_short(usage.volume.input),
            tokens_short(usage.volume.output)
        ),
        Difference::Outside => {
            let place = words::Place::in_assessment(other);
            format!("{}% outside {}", other.split.outside_pct, place.short)
        }
        Difference::Model => other.model_name.clone(),
        Difference::Billing => "how its tokens are billed".to_owned(),
        Difference::ProPrice => format!("Pro at {}", usd(other.costs.pro)),
        Difference::Overflow => format!(
            "{}% of {} to the API",
            usage
                .overflow_pct
                .map_or_else(|| exact(other.split.overflow_pct.into()), |pct| pct.to_string()),
            words::Place::in_assessment(other).the_work
        ),
        Difference::Capacity => "the estimated capacity of Pro".to_owned(),
    }
}
