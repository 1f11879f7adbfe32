//! The same month on each model as bars: the API alone and hybrid, beside the line of Pro's price.
#![expect(clippy::float_arithmetic, reason = "pixels")]

use rust_decimal::Decimal;

use super::Html;
use super::pen::{Anchor, Size, float, line, picture, rect, text, text_inside, width_of};
use crate::advice::{Assessment, ModelCost};
use crate::number::usd;
use crate::text::layout::fit;

const NAME: &str = "The same month on each model";
/// Models that are drawn; all of them are in the table.
pub(super) const MOST: usize = 12;
/// Room above the bars for the name of Pro's line.
const ABOVE: f64 = 26.0;
/// The longest name, in columns.
const LONGEST: usize = 22;

/// Draws it in both sizes; nothing where no model has a price.
pub(super) fn write(assessment: &Assessment, html: &mut Html) {
    let models: Vec<&ModelCost> =
        assessment.models.iter().filter(|model| model.api.is_some()).take(MOST).collect();
    if models.is_empty() {
        return;
    }
    let description = describe(assessment, &models);
    for size in Size::BOTH {
        let chart = Bars::new(assessment, &models, size);
        let height = chart.row_top(models.len());
        picture(html, "bars", size, height, (NAME, &description), |html| chart.draw(html));
    }
}

fn describe(assessment: &Assessment, models: &[&ModelCost]) -> String {
    let amount = |cost: Option<Decimal>| cost.map_or_else(|| "unpriced".to_owned(), usd);
    let rows: Vec<String> = models
        .iter()
        .map(|model| {
            format!(
                "{}: API alone {}, hybrid {}",
                model.name,
                amount(model.api),
                amount(model.hybrid)
            )
        })
        .collect();
    format!("Pro costs {}. {}.", usd(assessment.costs.pro), rows.join("; "))
}

struct Bars<'a> {
    assessment: &'a Assessment,
    models: &'a [&'a ModelCost],
    size: Size,
    left: f64,
    /// Pixels for a dollar.
    scale: f64,
}

impl<'a> Bars<'a> {
    fn new(assessment: &'a Assessment, models: &'a [&'a ModelCost], size: Size) -> Self {
        let names = models.iter().map(|model| width_of(&fit(&model.name, LONGEST)));
        let left = match size {
            Size::Wide => names.fold(0.0, f64::max) + 18.0,
            // Above its bars.
            Size::Narrow => 0.0,
        };
        let amounts: Vec<Decimal> = models
            .iter()
            .flat_map(|model| [model.api, model.hybrid])
            .flatten()
            .chain([assessment.costs.pro])
            .collect();
        let words = amounts.iter().map(|amount| width_of(&usd(*amount))).fold(0.0, f64::max);
        let most = amounts.into_iter().max().map_or(1.0, float);
        // "Hybrid " and "API " stand before the amounts.
        let room = size.width() - left - words - width_of("hybrid ") - 10.0;
        Self { assessment, models, size, left, scale: room / most.max(f64::MIN_POSITIVE) }
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
        let pro = self.assessment.costs.pro;
        let x = self.left + float(pro) * self.scale;
        let end = self.row_top(self.models.len());
        for (index, model) in self.models.iter().enumerate() {
            self.row(model, self.row_top(index), html);
        }
        line(html, "pro-line", (x, ABOVE - 6.0), (x, end - 8.0));
        let words = format!("Pro {}", usd(pro));
        text_inside(html, "name pro", (x, ABOVE - 11.0), self.size.width(), &words);
        // Above the line of Pro, so that no word is struck through.
        for (index, model) in self.models.iter().enumerate() {
            self.names(model, self.row_top(index), html);
        }
    }

    /// Where the two bars of a row begin.
    fn bars_top(&self, top: f64) -> f64 {
        match self.size {
            Size::Wide => top + 2.0,
            Size::Narrow => top + 20.0,
        }
    }

    fn row(&self, model: &ModelCost, top: f64, html: &mut Html) {
        let y = self.bars_top(top);
        for (class, cost, y) in [("bar api", model.api, y), ("bar hybrid", model.hybrid, y + 20.0)]
        {
            if let Some(cost) = cost {
                let width = (float(cost) * self.scale).max(1.0);
                rect(html, class, (self.left, y), (width, 16.0));
            }
        }
    }

    fn names(&self, model: &ModelCost, top: f64, html: &mut Html) {
        let chosen = model.id == self.assessment.model_id;
        let class = if chosen { "model chosen" } else { "model" };
        let name = fit(&model.name, LONGEST);
        match self.size {
            Size::Wide => text(html, class, (self.left - 12.0, top + 24.0), Anchor::End, &name),
            Size::Narrow => text(html, class, (0.0, top + 14.0), Anchor::Start, &name),
        }
        let y = self.bars_top(top);
        for (name, cost, y) in [("API", model.api, y), ("hybrid", model.hybrid, y + 20.0)] {
            if let Some(cost) = cost {
                let x = self.left + float(cost) * self.scale + 6.0;
                let words = format!("{name} {}", usd(cost));
                text(html, "amount", (x, y + 12.5), Anchor::Start, &words);
            }
        }
    }
}
