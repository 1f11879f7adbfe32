//! A sweep in words: a strip that shows where the recommendation changes, and a table.

use super::{Axis, Point, Sweep};
use crate::advice::Outcome;
use crate::number::usd;
use crate::text::layout::columns;
use crate::text::sheet::{Sheet, WIDTH};
use crate::words::VERIFY;

/// Columns of the strip's frame.
const FRAME: usize = 4;

pub(super) fn render(sweep: &Sweep<'_>) -> String {
    let mut sheet = Sheet::default();
    head(sweep, &mut sheet);
    strip(sweep, &mut sheet);
    turns(sweep, &mut sheet);
    table(sweep, &mut sheet);
    sheet.blank();
    let list = sweep.world.catalog;
    sheet.text(&format!("Estimates, US dollars before tax, at prices of {}.", list.as_of));
    sheet.text(VERIFY);
    sheet.finish()
}

fn head(sweep: &Sweep<'_>, sheet: &mut Sheet) {
    let present = sweep.axis.shown(&sweep.present, sweep);
    let what = match sweep.axis {
        Axis::Question(question) => {
            let text = sweep.wording.question(question);
            format!("What if \"{}\" had another answer? Now: {present}.", text.name)
        }
        axis => format!("What if '{}' changes ({})? Now: {present}.", axis.name(), axis.words()),
    };
    sheet.text(&what);
}

/// `| PPPPPPHHHHHHHHHAAAA |`, each point as wide as the next.
fn strip(sweep: &Sweep<'_>, sheet: &mut Sheet) {
    let count = sweep.points.len();
    if count == 0 {
        return;
    }
    let room = WIDTH.saturating_sub(FRAME);
    // Each point as wide as fits, or where there are more points than columns, each column
    // the point it falls on.
    let cell = (room / count).clamp(1, 6);
    let wide = (cell * count).min(room);
    let cells: String = (0..wide)
        .filter_map(|column| sweep.points.get(column * count / wide.max(1)))
        .map(letter)
        .collect();
    sheet.blank();
    sheet.line(&format!("| {cells} |"));
    if let (Some(first), Some(last)) = (sweep.points.first(), sweep.points.last()) {
        let (first, last) =
            (sweep.axis.shown(&first.value, sweep), sweep.axis.shown(&last.value, sweep));
        sheet
            .line(&format!("  {}", columns(&first, &last, wide.max(first.len() + last.len() + 1))));
    }
    let mut legend: Vec<&str> = Vec::new();
    for (letter, words) in [('P', "P Pro"), ('H', "H Hybrid"), ('A', "A API"), ('?', "? unpriced")]
    {
        if cells.contains(letter) {
            legend.push(words);
        }
    }
    sheet.line(&format!("  {}", legend.join("   ")));
}

fn letter(point: &Point) -> char {
    match point.outcome() {
        Some(Outcome::Pro) => 'P',
        Some(Outcome::Hybrid) => 'H',
        Some(Outcome::Api) => 'A',
        None => '?',
    }
}

fn turns(sweep: &Sweep<'_>, sheet: &mut Sheet) {
    sheet.blank();
    let shown = |value| sweep.axis.shown(value, sweep);
    for turn in &sweep.turns {
        let text = if matches!(sweep.axis, Axis::Number(_)) {
            format!(
                "{} up to {}, {} from {}",
                turn.from.name(),
                shown(&turn.last),
                turn.to.name(),
                shown(&turn.first)
            )
        } else {
            format!(
                "{} with {}, {} with {}",
                turn.from.name(),
                shown(&turn.last),
                turn.to.name(),
                shown(&turn.first)
            )
        };
        sheet.hanging("  ", &text);
    }
    if !sweep.turns.is_empty() {
        return;
    }
    let outcomes: Vec<Outcome> = sweep.points.iter().filter_map(Point::outcome).collect();
    match (outcomes.first(), sweep.bill()) {
        (Some(outcome), Some((low, high))) if low == high => {
            sheet.text(&format!("{} all the way, at {} a month.", outcome.name(), usd(low)));
        }
        (Some(outcome), Some((low, high))) => sheet.text(&format!(
            "{} all the way; only the bill changes, {} to {} a month.",
            outcome.name(),
            usd(low),
            usd(high)
        )),
        _ => sheet.text("No point of it has a price."),
    }
}

fn table(sweep: &Sweep<'_>, sheet: &mut Sheet) {
    let mut rows = vec![
        [sweep.axis.name(), "advice", "sure", "a month", "Pro", "API", "Hybrid"].map(str::to_owned),
    ];
    for point in &sweep.points {
        let mark = if point.value == sweep.present { "> " } else { "  " };
        let name = format!("{mark}{}", sweep.axis.shown(&point.value, sweep));
        let mut row = [name, "unpriced".to_owned()]
            .into_iter()
            .chain(std::iter::repeat_n(String::new(), 5))
            .collect::<Vec<_>>();
        if let Ok(found) = &point.result {
            let costs = &found.costs;
            row.truncate(1);
            row.extend([found.outcome.name(), found.strength.as_str()].map(str::to_owned));
            row.extend([costs.of(found.outcome), costs.pro, costs.api, costs.hybrid].map(usd));
        }
        rows.extend(<[String; 7]>::try_from(row));
    }
    sheet.blank();
    sheet.figures(12, &rows);
    if let Some(why) = sweep.points.iter().find_map(|point| point.result.as_ref().err()) {
        sheet.hanging("  ! ", &why.to_string());
    }
}
