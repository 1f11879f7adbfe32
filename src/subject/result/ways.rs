//! The ways past Pro's limits that the article does not know.

use crate::advice::Assessment;
use crate::doc::{Block, Cell, Part, Table};
use crate::words;

/// Usage credits and larger plans; `None` where they do not apply.
pub(super) fn other(assessment: &Assessment) -> Option<Part> {
    let ways = &assessment.other_ways;
    if ways.is_empty() {
        return None;
    }
    let table = Table::new::<4, Cell>(
        "More ways past Pro's limits",
        ["Way", ">A month", ">With other work on the API", "Covers"],
        ways.iter().map(|way| {
            [
                words::other_way(way).into(),
                Cell::Money(way.monthly),
                Cell::Money(way.with_outside),
                words::other_way_covers(way, assessment).into(),
            ]
        }),
    );
    let mut blocks = vec![Block::Table(table)];
    let notes = words::other_ways_notes(assessment);
    blocks.extend((!notes.is_empty()).then(|| Block::paragraph(notes.join(" "))));
    Some(Part::new("other-ways", words::NOT_IN_THE_ARTICLE, blocks))
}
