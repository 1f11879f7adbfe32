//! A sweep in words: a strip of the recommendations and a table.

use crate::advice::Outcome;
use crate::doc::text::{WIDTH, print};
use crate::doc::{Block, Cell, Fit, Table};
use crate::number::usd;
use crate::sweep::{Axis, Point, Sweep};
use crate::text::layout::columns;
use crate::text::node::serde_name;
use crate::words::VERIFY;

/// The width of the strip's frame.
const FRAME: usize = 4;

/// The sweep for a terminal.
pub(crate) fn text(sweep: &Sweep<'_>) -> String {
    let mut blocks = vec![Block::paragraph(head(sweep))];
    if !sweep.points.is_empty() {
        blocks.extend([Block::Gap, Block::Lines(strip(sweep))]);
    }
    blocks.extend([Block::Gap, turns(sweep), Block::Gap, Block::Table(table(sweep))]);
    let why = sweep.points.iter().find_map(|point| point.result.as_ref().err());
    blocks.push(Block::list("  ! ", why.map(ToString::to_string)));
    let list = sweep.world.catalog;
    let prices = format!("Estimates, US dollars before tax, at prices of {}.", list.as_of);
    blocks.extend([Block::Gap, Block::paragraph(prices), Block::paragraph(VERIFY)]);
    print(&blocks)
}

fn head(sweep: &Sweep<'_>) -> String {
    let present = sweep.axis.shown(&sweep.present, sweep);
    match sweep.axis {
        Axis::Question(question) => {
            let text = sweep.wording.question(question);
            format!("What if \"{}\" had another answer? Now: {present}.", text.name)
        }
        axis => format!("What if '{}' changes ({})? Now: {present}.", axis.name(), axis.words()),
    }
}

/// `| PPPPPPHHHHHHHHHAAAA |`, with the same width for each point.
fn strip(sweep: &Sweep<'_>) -> Vec<String> {
    let count = sweep.points.len();
    let room = WIDTH.saturating_sub(FRAME);
    // The width of each point. With more points than columns, each column shows the point at its
    // position.
    let cell = (room / count.max(1)).clamp(1, 6);
    let wide = (cell * count).min(room);
    let cells: String = (0..wide)
        .filter_map(|column| sweep.points.get(column * count / wide.max(1)))
        .map(letter)
        .collect();
    let mut lines = vec![format!("| {cells} |")];
    if let (Some(first), Some(last)) = (sweep.points.first(), sweep.points.last()) {
        let (first, last) =
            (sweep.axis.shown(&first.value, sweep), sweep.axis.shown(&last.value, sweep));
        let wide = wide.max(first.len() + last.len() + 1);
        lines.push(format!("  {}", columns(&first, &last, wide)));
    }
    let legend = [('P', "P Pro"), ('H', "H Hybrid"), ('A', "A API"), ('?', "? unpriced")];
    let legend = legend.into_iter().filter(|(letter, _)| cells.contains(*letter));
    let legend: Vec<&str> = legend.map(|(_, words)| words).collect();
    lines.push(format!("  {}", legend.join("   ")));
    lines
}

fn letter(point: &Point) -> char {
    match point.outcome() {
        Some(Outcome::Pro) => 'P',
        Some(Outcome::Hybrid) => 'H',
        Some(Outcome::Api) => 'A',
        None => '?',
    }
}

fn turns(sweep: &Sweep<'_>) -> Block {
    let shown = |value| sweep.axis.shown(value, sweep);
    if !sweep.turns.is_empty() {
        let [to, from] = match sweep.axis {
            Axis::Number(_) => ["up to", "from"],
            _ => ["with", "with"],
        };
        let lines = sweep.turns.iter().map(|turn| {
            let (before, after) = (turn.from.name(), turn.to.name());
            let (last, first) = (shown(&turn.last), shown(&turn.first));
            format!("{before} {to} {last}, {after} {from} {first}")
        });
        return Block::list("  ", lines);
    }
    let outcome = sweep.points.iter().find_map(Point::outcome);
    Block::paragraph(match (outcome, sweep.bill()) {
        (Some(outcome), Some((low, high))) if low == high => {
            format!("{} all the way, at {} a month.", outcome.name(), usd(low))
        }
        (Some(outcome), Some((low, high))) => format!(
            "{} all the way; only the bill changes, {} to {} a month.",
            outcome.name(),
            usd(low),
            usd(high)
        ),
        _ => "No point of it has a price.".to_owned(),
    })
}

fn table(sweep: &Sweep<'_>) -> Table {
    let head = ["", ">advice", ">sure", ">a month", ">Pro", ">API", ">Hybrid"];
    let rows = sweep.points.iter().map(|point| {
        let mark = if point.value == sweep.present { "> " } else { "  " };
        let name = format!("{mark}{}", sweep.axis.shown(&point.value, sweep)).into();
        let Ok(found) = &point.result else {
            let empty = || Cell::from("");
            return [name, "unpriced".into(), empty(), empty(), empty(), empty(), empty()];
        };
        let costs = &found.costs;
        let [bill, pro, api, hybrid] =
            [costs.of(found.outcome), costs.pro, costs.api, costs.hybrid].map(Cell::Money);
        [
            name,
            found.outcome.name().into(),
            serde_name(&found.strength).into(),
            bill,
            pro,
            api,
            hybrid,
        ]
    });
    let mut table = Table::new("", head, rows);
    if let Some(name) = table.columns.first_mut() {
        name.name = sweep.axis.name().into();
    }
    table.with(Fit { gap: 3, name: 12, name_floor: 0, ..Fit::default() })
}
