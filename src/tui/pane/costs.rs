//! The lower part of the pane: the cost per month of every option.

use ratatui::layout::Rect;
use ratatui::widgets::Widget;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::PaneWriter;
use super::rows::{Below, Rows};
use crate::advice::{Outcome, PricedMonth};
use crate::number::{brief_usd, short_usd, tokens_short, usd};
use crate::text::layout::{columns, first_that_fits};
use crate::tui::widget::bars::{Bar, Bars};
use crate::wizard::session::{Month, Preview};
use crate::words;

impl PaneWriter<'_, '_> {
    pub(super) fn month(&mut self, plan: Rows) {
        let month = match &self.state.outlook.month {
            Ok(month) => month.clone(),
            Err(error) => {
                let text = error.to_string();
                for line in crate::text::layout::wrap(&text, self.width()) {
                    self.plain(&line);
                }
                return;
            }
        };
        let bars = plan.below != Below::Volume;
        let rows = self.cost_rows(&month, plan.models);
        if bars {
            self.bars(&month, &rows);
        }
        for row in &rows {
            let text = row.text(self.width(), self.state.app.look.glyphs.you);
            self.plain_over_bars(&text, bars);
        }
        let (volume, own) = self.volume();
        if self.is_wide() {
            let sample = match own {
                Month::Own => "; * for the API",
                Month::Sample if self.state.outlook.needs.is_none() => ": the moderate",
                Month::Sample => ": a sample until",
            };
            let wordings = [sample, "; * the API", ""].map(|rest| format!("  {volume}{rest}"));
            self.plain(&first_that_fits(wordings, self.width()));
            if own == Month::Sample {
                let rest = if self.state.outlook.needs.is_none() {
                    "  user of the article"
                } else {
                    "  you give your own"
                };
                self.plain(rest);
                self.plain("  * the model the API part would use");
            }
        } else {
            self.plain(&volume);
        }
        if plan.below == Below::Range {
            self.range(own);
        }
    }

    fn volume(&self) -> (String, Month) {
        let preview = self.state.preview();
        let (usage, own) = match &preview {
            Preview::Month(usage, _) => (usage.as_ref(), Month::Own),
            Preview::Choices(choices, _) => (&choices.usage, Month::Own),
            _ => (self.state.session.usage(), self.state.session.choices().month),
        };
        let volume = usage.volume;
        (
            format!("{} sent, {} written", tokens_short(volume.input), tokens_short(volume.output)),
            own,
        )
    }

    /// Pro, hybrid and `models` models, including the one in use, in fixed order.
    fn cost_rows(&self, month: &PricedMonth<'_>, models: u16) -> Vec<CostRow> {
        let assessment = self.state.outlook.assessment.as_ref();
        let recommended = assessment.map(|case| case.outcome);
        let hybrid = assessment.map(|case| case.costs.hybrid);
        let mut rows = vec![
            CostRow {
                mark: Mark::recommended(recommended == Some(Outcome::Pro)),
                name: "Pro, flat".to_owned(),
                amount: Some(month.pro),
                from: false,
                side: Outcome::Pro,
            },
            CostRow {
                mark: Mark::recommended(recommended == Some(Outcome::Hybrid)),
                name: "Hybrid".to_owned(),
                amount: Some(hybrid.unwrap_or(month.pro)),
                from: hybrid.is_none(),
                side: Outcome::Hybrid,
            },
        ];
        // If there are too few rows, the most expensive unused models are dropped.
        let is_chosen = |model: &str| model == month.model.id;
        let mut others: Vec<_> =
            month.models.iter().filter(|priced| !is_chosen(&priced.model.id)).collect();
        others.sort_by_key(|priced| (priced.api.is_err(), priced.api.ok()));
        others.truncate(usize::from(models.saturating_sub(1)));
        for priced in &month.models {
            let chosen = is_chosen(&priced.model.id);
            if !chosen && !others.iter().any(|other| other.model.id == priced.model.id) {
                continue;
            }
            let mark = match (chosen, recommended) {
                (true, Some(Outcome::Api)) => Mark::Recommended,
                (true, _) => Mark::InUse,
                (false, _) => Mark::None,
            };
            rows.push(CostRow {
                mark,
                name: format!("API {}", priced.model.short_name()),
                amount: priced.api.ok(),
                from: false,
                side: Outcome::Api,
            });
        }
        rows
    }

    /// The bars of the wide pane, with Pro's price as a line through all of them.
    fn bars(&mut self, month: &PricedMonth<'_>, rows: &[CostRow]) {
        const MARK: u16 = 4;
        const CELLS: u16 = 13;
        let scale = format!("0   {}", self.state.app.look.glyphs.marker);
        let text = format!(
            "{:17}{scale}{} {}",
            "",
            short_usd(month.pro),
            short_usd(month.pro * Decimal::from(3))
        );
        self.plain(&text);
        let cells = |amount: Decimal| {
            let per_pro = amount.checked_div(month.pro).and_then(|ratio| ratio.to_f64());
            bars_scale(per_pro.unwrap_or_default(), MARK)
        };
        let bars: Vec<Bar> = rows
            .iter()
            .map(|row| {
                let amount = row.amount.unwrap_or_default();
                match row.side {
                    Outcome::Hybrid => Bar {
                        solid: cells(month.pro),
                        hatched: cells(amount - month.pro),
                        side: Outcome::Hybrid,
                    },
                    side => Bar { solid: cells(amount), hatched: 0.0, side },
                }
            })
            .collect();
        let height = u16::try_from(bars.len()).unwrap_or_default();
        let area = Rect::new(self.inside.x.saturating_add(17), self.row, CELLS, height);
        Bars { rows: &bars, mark: Some(MARK), look: self.state.app.look }
            .render(area.intersection(self.inside), self.buf);
    }

    /// Writes a cost row, and skips the space between name and amount if bars are drawn there.
    fn plain_over_bars(&mut self, text: &str, bars: bool) {
        if !bars {
            self.plain(text);
            return;
        }
        if self.row < self.inside.bottom() {
            let shown = self.state.app.look.text(text).into_owned();
            let style = self.state.app.look.theme.text;
            let name: String = shown.chars().take(17).collect();
            let amount = shown.chars().skip(30).collect::<String>();
            self.buf.set_stringn(self.inside.x, self.row, &name, 17, style);
            self.buf.set_stringn(self.inside.x.saturating_add(30), self.row, &amount, 11, style);
        }
        self.row = self.row.saturating_add(1);
    }

    /// A range between two whole amounts per month.
    fn range_line(&mut self, name: &str, short: &str, low: Decimal, high: Decimal) {
        let (from, to) = (brief_usd(low), brief_usd(high));
        let wordings = [
            format!("  {name:<11} {} to {} / month", usd(low), usd(high)),
            format!("  {name:<11} {from} to {to} / month"),
            format!("  {short} {from} to {to} / month"),
        ];
        self.plain(&first_that_fits(wordings, self.width()));
    }

    /// The range of the bill, the likelihood, and where to check prices.
    fn range(&mut self, own: Month) {
        let case = self.state.outlook.assessment.clone().filter(|_| own == Month::Own);
        if let Some(case) = case {
            let factor = crate::number::exact(case.usage.confidence.factor());
            self.rule(&format!("If your volume is off (÷/× {factor})"));
            let costs = &case.costs;
            self.range_line("API alone", "API", costs.api_p10, costs.api_p90);
            self.range_line("Hybrid", "Hybrid", costs.hybrid_p10, costs.hybrid_p90);
            let chance = words::chances(&case);
            let brief = chance
                .replace("less than", "under")
                .replace("more than", "over")
                .replace(" chances", "")
                .replace(" chance", "");
            let pro = short_usd(costs.pro);
            let wordings = [
                format!("  API alone under {pro}: {chance}"),
                format!("  API alone under {pro}: {brief}"),
                format!("  API under {pro}: {brief}"),
            ];
            self.plain(&first_that_fits(wordings, self.width()));
            match case
                .models
                .iter()
                .find(|model| model.id == case.model_id)
                .and_then(|m| m.break_even)
            {
                Some(times) => {
                    self.plain(&format!("  API alone = Pro at × {} of this", words::times(times)));
                }
                None => self.plain("  API alone costs nothing at zero volume"),
            }
        } else {
            self.row = self.row.saturating_add(1);
        }
        self.plain("  Verify prices at claude.com/pricing");
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Recommended,
    InUse,
}

impl Mark {
    const fn recommended(is: bool) -> Self {
        if is { Self::Recommended } else { Self::None }
    }
}

struct CostRow {
    mark: Mark,
    name: String,
    amount: Option<Decimal>,
    from: bool,
    side: Outcome,
}

impl CostRow {
    fn text(&self, width: usize, you: &str) -> String {
        let mark = match self.mark {
            Mark::None => " ",
            Mark::Recommended => you,
            Mark::InUse => "*",
        };
        let amount = self.amount.map_or_else(|| "unpriced".to_owned(), row_usd);
        let amount = if self.from { format!("from {amount}") } else { amount };
        columns(&format!("{mark} {}", self.name), &amount, width)
    }
}

/// Dollars for a row of the pane: no cents from a million up, so that the names keep their room.
fn row_usd(amount: Decimal) -> String {
    if amount < Decimal::from(1_000_000) { usd(amount) } else { brief_usd(amount) }
}

#[expect(clippy::float_arithmetic, reason = "lengths of bars, never money")]
fn bars_scale(per_pro: f64, mark: u16) -> f64 {
    per_pro * f64::from(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_amounts_lose_their_cents_never_a_digit_before_them() {
        for (amount, row) in [
            ("903.96", "$903.96"),
            ("26420", "$26,420.00"),
            ("60013.50", "$60,013.50"),
            ("2642000.4", "$2,642,000"),
            ("26420000", "$26.42M"),
            ("300000000", "$300.00M"),
        ] {
            assert_eq!(row_usd(amount.parse().unwrap()), row);
        }
    }
}
