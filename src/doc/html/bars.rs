//! The bar chart of the month on each model: the API alone and hybrid, with a line for the price of
//! Pro.
#![expect(clippy::float_arithmetic, reason = "pixels")]

use rust_decimal::Decimal;

use super::Html;
use super::pen::{Anchor, Size, float, line, picture, rect, text, text_inside, width_of};
use crate::doc::Figure;
use crate::doc::figure::{BarRow, Bars};
use crate::number::usd;
use crate::text::layout::fit;

/// Room above the bars for the label of Pro's line.
const ABOVE: f64 = 26.0;
/// The maximum width of a name, in columns.
const LONGEST: usize = 22;

/// Draws the picture in both sizes.
pub(super) fn write(figure: &Figure, bars: &Bars, html: &mut Html) {
    for size in Size::BOTH {
        let chart = Chart::new(bars, size);
        let height = chart.row_top(bars.rows.len());
        picture(html, "bars", size, height, figure, |html| chart.draw(html));
    }
}

struct Chart<'a> {
    bars: &'a Bars,
    size: Size,
    left: f64,
    /// Pixels per dollar.
    scale: f64,
}

impl<'a> Chart<'a> {
    fn new(bars: &'a Bars, size: Size) -> Self {
        let names = bars.rows.iter().map(|row| width_of(&fit(&row.name, LONGEST)));
        let left = match size {
            Size::Wide => names.fold(0.0, f64::max) + 18.0,
            // In a narrow picture, the names are above the bars.
            Size::Narrow => 0.0,
        };
        let amounts: Vec<Decimal> = bars
            .rows
            .iter()
            .flat_map(|row| [Some(row.api), row.hybrid])
            .flatten()
            .chain([bars.pro])
            .collect();
        let words = amounts.iter().map(|amount| width_of(&usd(*amount))).fold(0.0, f64::max);
        let most = amounts.into_iter().max().map_or(1.0, float);
        // The labels "hybrid " and "API " precede the amounts.
        let room = size.width() - left - words - width_of("hybrid ") - 10.0;
        Self { bars, size, left, scale: room / most.max(f64::MIN_POSITIVE) }
    }

    fn row_height(&self) -> f64 {
        match self.size {
            Size::Wide => 50.0,
            Size::Narrow => 66.0,
        }
    }

    fn row_top(&self, index: usize) -> f64 {
        ABOVE + self.row_height() * f64::from(u16::try_from(index).unwrap_or(u16::MAX))
    }

    fn draw(&self, html: &mut Html) {
        let pro = self.bars.pro;
        let x = self.left + float(pro) * self.scale;
        let end = self.row_top(self.bars.rows.len());
        for (index, row) in self.bars.rows.iter().enumerate() {
            self.row(row, self.row_top(index), html);
        }
        line(html, "pro-line", (x, ABOVE - 6.0), (x, end - 8.0));
        let words = format!("Pro {}", usd(pro));
        text_inside(html, "name pro", (x, ABOVE - 11.0), self.size.width(), &words);
        // Draw the labels over the line of Pro, so that it does not strike them through.
        for (index, row) in self.bars.rows.iter().enumerate() {
            self.names(row, self.row_top(index), html);
        }
    }

    /// The top of the two bars of a row.
    fn bars_top(&self, top: f64) -> f64 {
        match self.size {
            Size::Wide => top + 2.0,
            Size::Narrow => top + 20.0,
        }
    }

    fn row(&self, row: &BarRow, top: f64, html: &mut Html) {
        let y = self.bars_top(top);
        for (class, cost, y) in
            [("bar api", Some(row.api), y), ("bar hybrid", row.hybrid, y + 20.0)]
        {
            if let Some(cost) = cost {
                let width = (float(cost) * self.scale).max(1.0);
                rect(html, class, (self.left, y), (width, 16.0));
            }
        }
    }

    fn names(&self, row: &BarRow, top: f64, html: &mut Html) {
        let class = if row.is_chosen { "model chosen" } else { "model" };
        let name = fit(&row.name, LONGEST);
        match self.size {
            Size::Wide => text(html, class, (self.left - 12.0, top + 24.0), Anchor::End, &name),
            Size::Narrow => text(html, class, (0.0, top + 14.0), Anchor::Start, &name),
        }
        let y = self.bars_top(top);
        for (name, cost, y) in [("API", Some(row.api), y), ("hybrid", row.hybrid, y + 20.0)] {
            if let Some(cost) = cost {
                let x = self.left + float(cost) * self.scale + 6.0;
                let words = format!("{name} {}", usd(cost));
                text(html, "amount", (x, y + 12.5), Anchor::Start, &words);
            }
        }
    }
}
