//! The ways past Pro's limits that the article does not know.

use crate::advice::{Assessment, OtherWay};
use crate::doc::{Block, Cell, Depth, Part, Table};
use crate::number::usd;
use crate::words;

/// Usage credits and larger plans; `None` where they do not apply.
pub(super) fn other(assessment: &Assessment, depth: Depth) -> Option<Part> {
    let ways = &assessment.other_ways;
    if ways.is_empty() {
        return None;
    }
    let covers = |way: &OtherWay| words::other_way_covers(way, assessment);
    let list = match depth {
        Depth::Full => Block::Table(Table::new::<4, Cell>(
            "Ways past Pro's limits, which the article does not know",
            ["Way", ">A month", ">With the rest on the API", "Covers"],
            ways.iter().map(|way| {
                [
                    words::other_way(way).into(),
                    Cell::Money(way.monthly),
                    Cell::Money(way.with_outside),
                    covers(way).into(),
                ]
            }),
        )),
        Depth::Brief => {
            let term = |way: &OtherWay| {
                let (name, cost) = (words::other_way(way), usd(way.monthly));
                let covers = covers(way);
                let what = if way.with_outside == way.monthly {
                    covers
                } else {
                    format!("{covers}; {} with the rest on the API", usd(way.with_outside))
                };
                (format!("  {name:22}{cost:>11}   ").into(), what.into())
            };
            Block::Terms(ways.iter().map(term).collect())
        }
    };
    let notes = Block::paragraph(words::other_ways_notes(assessment).join(" "));
    Some(Part::new("other-ways", words::NOT_IN_THE_ARTICLE, vec![list, notes]))
}
