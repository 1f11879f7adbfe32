//! The models as rows: the cost of the month on each, API alone and hybrid.

use rust_decimal::{Decimal, RoundingStrategy};

use super::axis::Axis;
use super::model::{CompareModel, row_of};
use crate::catalog::{Model, Status};
use crate::number::{grouped, usd, usd_rate, usd_signed};
use crate::text::layout::{fit, pad_left, pad_right};

/// Columns before the names: the margin and the focus mark.
const LEAD: usize = 4;

pub(super) struct Table<'a> {
    pub(super) seen: &'a CompareModel,
    pub(super) models: &'a [&'a Model],
    /// What the figures are for, in the head of the roomy table.
    pub(super) head: String,
    /// Available columns.
    pub(super) room: u16,
    /// True to show the prices per million tokens beside the names.
    pub(super) with_rates: bool,
}

struct Column {
    head: &'static str,
    cells: Vec<String>,
    /// Preferred width in columns.
    wanted: usize,
}

impl Column {
    fn least(&self) -> usize {
        let cells = self.cells.iter().map(|cell| cell.chars().count());
        cells.max().unwrap_or(0).max(self.head.len()) + 1
    }
}

impl Table<'_> {
    /// The head, indented, and the rows without the indent and the focus mark.
    pub(super) fn lines(&self) -> (String, Vec<String>) {
        let room = usize::from(self.room);
        let mut columns = self.columns();
        let mut with_rates = self.with_rates;
        let mut names = self.names(with_rates);
        let least = |names: &[String], columns: &[Column]| {
            let amounts: usize = columns.iter().map(Column::least).sum();
            LEAD + longest(names) + amounts
        };
        // When space is short, figures also shown in the pane or the chart go first.
        if least(&names, &columns) > room && with_rates {
            with_rates = false;
            names = self.names(false);
        }
        while least(&names, &columns) > room && columns.len() > 2 {
            match columns.iter().position(|column| column.head == "API - Pro") {
                Some(place) => drop(columns.remove(place)),
                None => drop(columns.pop()),
            }
        }
        let wanted_name = if with_rates { 25 } else { 11 };
        let spare = room.saturating_sub(least(&names, &columns));
        let name = longest(&names);
        let name_width = name.max(wanted_name.min(name + spare));
        let mut spare = spare.saturating_sub(name_width - name);
        let widths: Vec<usize> = columns
            .iter()
            .map(|column| {
                let least = column.least();
                let more = column.wanted.saturating_sub(least).min(spare);
                spare -= more;
                least + more
            })
            .collect();
        let row = |name: &str, cells: &mut dyn Iterator<Item = &str>| {
            let mut line = pad_right(name, name_width);
            for (cell, width) in cells.zip(&widths) {
                line.push_str(&pad_left(cell, *width));
            }
            line
        };
        let mut heads = columns.iter().map(|column| column.head);
        let head = if with_rates {
            let text = fit(&self.head, name_width + 2).into_owned();
            let mut letters = text.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            let text: String = first.into_iter().chain(letters).collect();
            format!("  {}", pad_head(&text, &row("", &mut heads)))
        } else {
            format!("  {}", pad_head("Model", &row("", &mut heads)))
        };
        let rows = names.iter().enumerate().map(|(index, name)| {
            let mut cells =
                columns.iter().map(|column| column.cells.get(index).map_or("", String::as_str));
            row(name, &mut cells)
        });
        (head, rows.collect())
    }

    fn names(&self, with_rates: bool) -> Vec<String> {
        let longest = self.models.iter().map(|model| self.name(model).chars().count());
        let width = longest.max().unwrap_or(0) + 2;
        let name = |model: &&Model| {
            let name = self.name(model);
            match self.rates(&model.id).filter(|_| with_rates) {
                Some(rates) => format!("{}{rates}", pad_right(&name, width)),
                None => name,
            }
        };
        self.models.iter().map(name).collect()
    }

    /// The name, with a remark for a model that is not current.
    fn name(&self, model: &Model) -> String {
        let name = model.short_name();
        let word = match model.status {
            _ if model.is_retired(self.seen.today) => "retired",
            Status::Deprecated => "deprecated",
            Status::Legacy => "legacy",
            Status::Limited => "limited",
            Status::Current | Status::Retired => return name.to_owned(),
        };
        if self.room >= 70 {
            format!("{name}, {word}")
        } else {
            // The sentence under the chart explains the mark.
            format!("{name} !")
        }
    }

    /// `$2 / $10`: the input and output prices per million tokens.
    fn rates(&self, id: &str) -> Option<String> {
        let row = row_of(&self.seen.table, id)?.row.as_ref()?;
        let rate = |price: Option<Decimal>| price.map_or_else(|| "?".to_owned(), usd_rate);
        Some(format!("{} / {}", rate(row.input), rate(row.output)))
    }

    fn columns(&self) -> Vec<Column> {
        let of = |cell: &dyn Fn(&str) -> Option<String>| -> Vec<String> {
            let cells = self.models.iter().map(|model| cell(&model.id));
            cells.map(Option::unwrap_or_default).collect()
        };
        let case = &self.seen.table;
        let api = of(&|id| {
            let api = row_of(case, id).and_then(|model| model.api);
            Some(api.map_or_else(|| "unpriced".to_owned(), amount))
        });
        let hybrid = of(&|id| row_of(case, id)?.hybrid.map(amount));
        let versus = of(&|id| row_of(case, id)?.vs_pro.map(difference));
        let equal = of(&|id| {
            let at = self.seen.break_even_of(id)?;
            Some(multiple(at, self.seen.axis))
        });
        let column = |head, cells, wanted| Column { head, cells, wanted };
        let mut columns = vec![column("API alone", api, 10), column("Hybrid", hybrid, 10)];
        if self.with_rates {
            columns.push(column("API - Pro", versus, 12));
            columns.push(column("= Pro at", equal, 11));
        } else {
            columns.push(column("= Pro at", equal, 12));
        }
        columns
    }
}

fn longest(lines: &[String]) -> usize {
    let lengths = lines.iter().map(|line| line.chars().count());
    lengths.max().unwrap_or(0)
}

/// Moves a head's first word two columns left of the names, above the focus mark.
fn pad_head(text: &str, row: &str) -> String {
    let rest: String = row.chars().skip(text.chars().count().saturating_sub(2)).collect();
    format!("{text}{rest}")
}

/// Dollars and cents, without the cents from $100,000 on.
fn amount(amount: Decimal) -> String {
    if amount.abs() < Decimal::from(100_000) {
        usd(amount)
    } else {
        let whole = amount.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
        usd(whole).trim_end_matches(".00").to_owned()
    }
}

/// The same as [`amount`], with a sign.
fn difference(by: Decimal) -> String {
    if by.abs() < Decimal::from(100_000) {
        usd_signed(by)
    } else if by > Decimal::ZERO {
        format!("+{}", amount(by))
    } else {
        amount(by)
    }
}

/// The break-even of the API alone with Pro: `× 1.33`, or `3.33M sent` for an empty month.
pub(super) fn multiple(at: Decimal, axis: Axis) -> String {
    let thousand = Decimal::ONE_THOUSAND;
    if axis.starts_at_zero() {
        axis.name(at)
    } else if at < Decimal::new(5, 3) {
        "< × 0.01".to_owned()
    } else if at >= thousand {
        let whole = at.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
        match u64::try_from(whole) {
            Ok(whole) => format!("× {}", grouped(whole)),
            Err(_) => "far beyond".to_owned(),
        }
    } else {
        axis.name(at)
    }
}
