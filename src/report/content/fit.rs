//! Which plan would have carried what the logs show.

use super::sections::part as named;
use super::{Block, Part, PartId, Table};
use crate::advice::Assessment;
use crate::fit::{Digest, Mark, WeekDigest};
use crate::text::cell::inert;
use crate::words::fit as words;

/// The part; `None` where no logs were replayed.
pub(super) fn part(assessment: &Assessment) -> Option<Part> {
    let fit = assessment.usage.measured.as_deref()?.fit.as_deref()?;
    let mut blocks = vec![Block::Paragraph(words::plan_had(fit)), Block::List(fit.answer.clone())];
    blocks.extend(ranges(fit));
    blocks.extend(words::legend(&fit.plans, fit.unnamed_hits).into_iter().map(Block::Paragraph));
    blocks.extend(likely(fit));
    blocks.extend(interruption(fit).into_iter().flatten());
    blocks.extend(fit.week.as_ref().map(week).into_iter().flatten());
    for (name, sentences) in [
        ("What a window holds is not published", &fit.holds),
        ("What this takes for granted", &fit.assumptions),
        ("How far to trust this", &fit.doubts),
    ] {
        if !sentences.is_empty() {
            blocks.push(Block::Heading(name));
            blocks.push(Block::List(sentences.clone()));
        }
    }
    Some(named(PartId::Fit, words::QUESTION, blocks))
}

fn ranges(fit: &Digest) -> [Block; 3] {
    let table = Table::plain(
        "Each plan at the high to the low capacity",
        ["Plan", "Carries it", ">Blocked", ">Paying a month"],
        words::brief_rows(&fit.plans).into_iter().map(named_inert),
    );
    // On paper only this table has the column.
    let verdicts = Block::Footnote(words::VERDICTS);
    [Block::Table(table), verdicts, Block::Paragraph(words::ranges_sentence(fit))]
}

fn likely(fit: &Digest) -> [Block; 3] {
    let head =
        ["Plan", ">Fee", ">5h+wk", ">Blocked", ">Longest", ">Overflow", ">Paying", "Carries"];
    let rows = words::plan_rows(&fit.plans).into_iter().map(named_inert);
    [
        Block::Heading("At the likely capacity"),
        Block::Table(Table::plain("Windows hit, time blocked, dollars a month", head, rows)),
        Block::Footnote(words::HITS),
    ]
}

/// What the blocked hours cost; `None` where an hour has no value.
fn interruption(fit: &Digest) -> Option<Vec<Block>> {
    let value = fit.hour_value?;
    let rows = words::interruption_rows(&fit.plans).into_iter().map(named_inert);
    let head = ["Plan", ">Blocked", ">They cost", ">With the fee"];
    let note = words::interruption_note(fit.unnamed_hits);
    let shown = [
        Block::Paragraph(format!("{}:", words::interruption_heading(value))),
        Block::Table(Table::plain("What the blocked hours cost a month", head, rows)),
    ];
    Some(shown.into_iter().chain(note.map(Block::Paragraph)).collect())
}

/// A row whose first cell is a plan's name from a price list or a file.
fn named_inert<const N: usize>(mut row: [String; N]) -> [String; N] {
    if let Some(name) = row.first_mut() {
        *name = inert(name).into_owned();
    }
    row
}

/// A week by its days: in how many hours the window was how full.
fn week(week: &WeekDigest) -> [Block; 4] {
    let rows = week.days.iter().map(|(day, marks)| {
        let count = |wanted: Mark| marks.iter().filter(|mark| **mark == wanted).count().to_string();
        [
            day.strftime("%a %Y-%m-%d").to_string(),
            count(Mark::Within),
            count(Mark::OverLow),
            count(Mark::OverLikely),
            count(Mark::OverHigh),
            count(Mark::Hit),
        ]
    });
    let head = [
        "Day",
        ">Carried at any",
        ">Refused at the low",
        ">At the likely too",
        ">At any",
        ">A hit of yours",
    ];
    [
        Block::Heading(words::HARDEST_WEEK),
        Block::Paragraph(words::week_sentence(week)),
        Block::Week,
        Block::Table(Table::plain(
            "Hours by the capacity at which their last request is refused, or with a limit hit",
            head,
            rows,
        )),
    ]
}
