//! The chart of the bill as the month grows.
#![expect(clippy::float_arithmetic, reason = "pixels")]

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::model::CompareModel;
use super::table;
use crate::advice::{Assessment, Outcome, advised_up_to};
use crate::number::{round_above, short_usd};
use crate::tui::page::Page;
use crate::tui::widget::chart::{Chart, Line, Stretches, Words};

/// Columns left of the chart.
const INDENT: u16 = 3;
/// Columns right of the field, for the longest name and the blank before it.
const NAMES: u16 = 7;
/// Maximum columns of the chart. More adds no detail.
const WIDEST: u16 = 130;

pub(super) struct Picture {
    x_max: Decimal,
    y_max: Decimal,
    today: Decimal,
    crossing: Option<Decimal>,
    pro: Decimal,
    /// Cost of one unit of the axis with everything on the API.
    api: Decimal,
    /// Cost that one unit of the axis adds to a hybrid month.
    hybrid: Decimal,
    recommended: Outcome,
    /// The what-if multiple and the cost of the way recommended for it.
    what_if: Option<(Decimal, Option<Decimal>)>,
    /// The end of each stretch of advice, and its name.
    stretches: Vec<(Decimal, &'static str)>,
    today_name: &'static str,
    crossing_name: String,
    end_name: String,
}

impl Picture {
    /// `shown` is the assessment of the month shown. Returns `None` if the focused model has no price.
    pub(super) fn new(
        seen: &CompareModel,
        shown: Option<&Assessment>,
        what_if: Option<Decimal>,
    ) -> Option<Self> {
        let (here, unit) = (seen.here.as_ref()?, seen.unit()?);
        let costs = here.costs;
        let dearest = costs.pro.max(costs.api).max(costs.hybrid);
        let y_max = round_above((costs.pro * Decimal::TWO).max(dearest * Decimal::new(12, 1)));
        let advised = advised_up_to(unit, seen.most).into_iter();
        let stretches = advised.map(|(end, outcome)| (end, outcome.name())).collect();
        let crossing = seen.break_even().filter(|multiple| *multiple <= seen.most);
        Some(Self {
            x_max: seen.most,
            y_max,
            today: seen.axis.today(),
            crossing,
            pro: costs.pro,
            api: unit.costs.api,
            hybrid: unit.costs.hybrid - unit.costs.pro,
            recommended: here.outcome,
            what_if: what_if
                .map(|multiple| (multiple, shown.map(|case| case.costs.of(case.outcome)))),
            stretches,
            today_name: if seen.axis.starts_at_zero() { "0, today" } else { "today" },
            crossing_name: crossing
                .map_or_else(String::new, |multiple| table::multiple(multiple, seen.axis)),
            end_name: seen.axis.end_name(seen.most),
        })
    }

    #[cfg(test)]
    pub(super) fn stretches(&self) -> &[(Decimal, &'static str)] {
        &self.stretches
    }

    /// Draws the chart in `rows` rows, with the line of advice under it.
    pub(super) fn draw(&self, page: &mut Page, rows: u16, roomy: bool) {
        let look = page.look();
        let (top, pro, zero) = (axis_usd(self.y_max), short_usd(self.pro), "$0".to_owned());
        let ticks = [
            (float(self.y_max), top.as_str()),
            (float(self.pro), pro.as_str()),
            (0.0, zero.as_str()),
        ];
        let line = |fixed: Decimal, slope: Decimal, label| Line {
            fixed: float(fixed),
            slope: float(slope),
            label,
        };
        let chart = Chart {
            x_max: float(self.x_max),
            y_max: float(self.y_max),
            y_ticks: &ticks,
            pro: line(self.pro, Decimal::ZERO, "Pro"),
            api: line(Decimal::ZERO, self.api, "API"),
            hybrid: line(self.pro, self.hybrid, "Hybrid"),
            recommended: self.recommended,
            today: float(self.today),
            what_if: None,
            crossing: self.crossing.map(float),
            words: Words {
                zero: "0",
                today: self.today_name,
                crossing: &self.crossing_name,
                most: &self.end_name,
            },
            look,
        };
        let margin = if roomy { 3 } else { 1 };
        let width = page.width().saturating_sub(INDENT + margin).min(WIDEST);
        let from = page.row();
        page.widget(INDENT, width, rows, &chart);
        let label = ticks.iter().map(|(_, name)| name.len()).max().unwrap_or(0);
        let left = INDENT + u16::try_from(label).unwrap_or(0) + 1;
        let columns = (INDENT + width).saturating_sub(left + NAMES);
        self.mark_what_if(page, (left, from), columns, rows.saturating_sub(2));
        self.advise(page, left, columns);
    }

    /// Marks the what-if month with `●` at the cost of the way recommended for that volume. It
    /// may not be the way recommended today.
    fn mark_what_if(&self, page: &mut Page, field: (u16, u16), columns: u16, rows: u16) {
        let Some((multiple, cost)) = self.what_if else {
            return;
        };
        let look = page.look();
        let (left, top) = field;
        let (Some(x), Some(last)) = (self.column(multiple, columns), rows.checked_sub(1)) else {
            return;
        };
        page.put(left + x, top + rows, look.glyphs.tee_up, look.theme.border);
        if let Some(cost) = cost.filter(|cost| *cost <= self.y_max) {
            let share = 1.0 - float(cost) / float(self.y_max);
            let y = whole(share * f64::from(rows)).min(last);
            page.put(left + x, top + y, look.glyphs.what_if, look.theme.hybrid);
        }
    }

    /// Draws the advice for each volume, on the same scale as the chart above.
    fn advise(&self, page: &mut Page, left: u16, columns: u16) {
        const LABEL: u16 = 8;
        let look = page.look();
        // The word gets the columns left of the axis and at most one of the axis.
        let start = left.max(LABEL);
        let width = (left + columns).saturating_sub(start);
        let last = width.saturating_sub(1);
        let at = |multiple: Decimal| {
            let x = self.column(multiple, columns).unwrap_or(columns);
            f64::from((left + x).saturating_sub(start).min(last))
        };
        let ends: Vec<(f64, &str)> =
            self.stretches.iter().map(|(end, name)| (at(*end), *name)).collect();
        let row = page.row();
        page.text("  advice", look.theme.text);
        page.overlay(
            ratatui::layout::Rect::new(start, row, width, 1),
            &Stretches { ends: &ends, x_max: f64::from(last), look },
        );
    }

    /// The column of a multiple in a field this wide.
    fn column(&self, multiple: Decimal, columns: u16) -> Option<u16> {
        let last = columns.checked_sub(1)?;
        let share = float(multiple) / float(self.x_max);
        Some(whole(share * f64::from(columns)).min(last))
    }
}

fn float(amount: Decimal) -> f64 {
    amount.to_f64().unwrap_or_default()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what a terminal can have"
)]
fn whole(cells: f64) -> u16 {
    cells.clamp(0.0, 10_000.0) as u16
}

/// The amount at the top of the axis, shortened: `$40`, `$500K`, `$50M`.
fn axis_usd(amount: Decimal) -> String {
    for (unit, letter) in [(1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K")] {
        let unit = Decimal::from(unit);
        if amount >= unit * Decimal::TEN {
            return format!("${}{letter}", (amount / unit).normalize());
        }
    }
    short_usd(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_the_axis_is_a_round_amount() {
        for (amount, top) in [
            ("40", "$40"),
            ("40.01", "$50"),
            ("51", "$100"),
            ("72", "$100"),
            ("33.34", "$40"),
            ("20000", "$20K"),
            ("14400000", "$20M"),
            ("0.02", "$0.02"),
        ] {
            assert_eq!(axis_usd(round_above(amount.parse().unwrap())), top, "{amount}");
        }
    }
}
