//! The lower part of the pane: the cost per month of every option.

use ratatui::layout::Rect;
use ratatui::widgets::Widget;
use rust_decimal::Decimal;

use super::rows::Rows;
use super::{PaneWriter, Whose, month_title, whose_month};
use crate::advice::{Outcome, PricedMonth};
use crate::catalog::{Model, Status};
use crate::number::{brief_usd, short_usd, tokens_short, usd};
use crate::text::layout::{first_that_fits, pad_left, pad_right, wrap};
use crate::tui::widget::bars::{Bar, Bars, CostScale};
use crate::usage::Confidence;
use crate::wizard::session::Preview;
use crate::words;

impl PaneWriter<'_, '_> {
    /// The costs below their title, and the volume they are for.
    pub(super) fn costs(&mut self, plan: &Rows, captions: &[String]) {
        self.rule(month_title(self.state));
        let month = match &self.state.outlook.month {
            Ok(month) => month.clone(),
            Err(error) => {
                let text = error.to_string();
                for line in wrap(&text, self.width()) {
                    self.plain(&line);
                }
                return;
            }
        };
        let rows = self.cost_rows(&month, plan.models);
        self.bars(&month, &rows);
        for caption in captions.iter().take(usize::from(plan.captions)) {
            self.plain(caption);
        }
    }

    /// The volume behind the costs, and whose it is: one line, or two where a month is to be given.
    pub(super) fn captions(&self) -> Vec<String> {
        let preview = self.state.preview();
        let usage = match &preview {
            Preview::Month(usage, _) => usage.as_ref(),
            Preview::Choices(choices, _) => &choices.usage,
            _ => self.state.session.usage(),
        };
        let volume = usage.volume;
        let (input, output) = (tokens_short(volume.input), tokens_short(volume.output));
        let both = format!("{input} sent, {output} written");
        let lines = match (whose_month(self.state), self.is_wide()) {
            (Whose::Sample, wide) if self.state.outlook.points.is_none() => {
                if wide {
                    [format!("{input} tokens sent, {output} written;"), "yours comes later".into()]
                } else {
                    [format!("{input} tokens sent, {output}"), "written; yours comes later".into()]
                }
            }
            (Whose::Sample, true) => {
                [format!("{both}: a sample until"), "you give your own month in step 9".to_owned()]
            }
            (Whose::Sample, false) if self.state.outlook.assessment.is_some() => {
                [format!("{both},"), "a sample: give your own".to_owned()]
            }
            (Whose::Sample, false) => [format!("{both},"), "until step 9 has your own".to_owned()],
            (Whose::ChosenSample | Whose::Own | Whose::Looked, wide) => {
                let mark = if wide { "; * for the API part" } else { "" };
                return vec![first_that_fits([format!("{both}{mark}"), both], self.width())];
            }
        };
        lines.into()
    }

    /// Pro, hybrid and `models` models, including the one in use, in fixed order.
    fn cost_rows(&self, month: &PricedMonth<'_>, models: u16) -> Vec<CostRow> {
        let assessment = self.state.outlook.assessment.as_ref();
        let recommended = assessment.map(|case| case.outcome);
        let hybrid = assessment.map(|case| case.costs.hybrid);
        let mut rows = vec![
            CostRow {
                mark: Mark::recommended(recommended == Some(Outcome::Pro)),
                name: "Pro".to_owned(),
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
        let listed: Vec<&Model> = month.models.iter().map(|priced| priced.model).collect();
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
            let name = priced.model.short_name();
            let name = if self.is_wide() { name } else { family_name(priced.model, &listed) };
            rows.push(CostRow {
                mark,
                name: format!("API {name}"),
                amount: priced.api.ok(),
                from: false,
                side: Outcome::Api,
            });
        }
        rows
    }

    /// The rows with their bars to one scale, and Pro's price as a line through all of them.
    fn bars(&mut self, month: &PricedMonth<'_>, rows: &[CostRow]) {
        let look = self.state.app.look;
        let amounts: Vec<String> = rows.iter().map(CostRow::amount).collect();
        let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or_default();
        let amount_width = widest(&mut amounts.iter().map(|text| text.chars().count()));
        let names = widest(&mut rows.iter().map(|row| row.name.chars().count() + 3)).max(13);
        let most = match self.inside.width {
            0..=30 => 7,
            31..=60 => 14,
            _ => 21,
        };
        let room = self.width().saturating_sub(names + 1 + amount_width);
        let columns = u16::try_from(room).unwrap_or(0).min(most);
        let priced = rows.iter().filter_map(|row| row.amount);
        let largest = priced.max().unwrap_or_default();
        let scale = CostScale::new(month.pro, largest, columns);
        let bars: Vec<Bar> = rows
            .iter()
            .map(|row| {
                let amount = row.amount.unwrap_or_default();
                match row.side {
                    Outcome::Hybrid => scale.hybrid(month.pro, amount),
                    side => scale.bar(amount, side),
                }
            })
            .collect();
        let top = self.row;
        for (row, amount) in rows.iter().zip(&amounts) {
            let name = pad_right(&row.name, names.saturating_sub(2));
            let mark = row.mark.symbol(look.glyphs.you);
            let rest = self.width().saturating_sub(names);
            let text = format!("{mark} {name}{}", pad_left(amount, rest));
            let bold = row.mark == Mark::Recommended;
            self.line(&text, if bold { look.theme.title } else { look.theme.text });
        }
        let height = u16::try_from(bars.len()).unwrap_or_default();
        let x = self.inside.x.saturating_add(u16::try_from(names).unwrap_or(0));
        let area = Rect::new(x, top, columns, height);
        Bars { rows: &bars, line: scale.line, look }
            .render(area.intersection(self.inside), self.buf);
    }

    /// True if a range of the bill can be shown: the month is the person's own.
    pub(super) fn has_range(&self) -> bool {
        self.state.outlook.assessment.is_some() && whose_month(self.state) == Whose::Own
    }

    /// The range of the bill, how likely the API is cheaper, and where it costs what Pro does.
    pub(super) fn range(&mut self) {
        let Some(case) = self.state.outlook.assessment.clone() else {
            return;
        };
        self.rule(match case.usage.confidence {
            Confidence::Measured => "If you use 13% less to 15% more",
            Confidence::Rough => "If you use a third less to half more",
            Confidence::Guess => "If you use a third of it to 3 times it",
        });
        let costs = &case.costs;
        for (name, low, high) in [
            ("API alone", costs.api_p10, costs.api_p90),
            ("Hybrid", costs.hybrid_p10, costs.hybrid_p90),
        ] {
            let wordings = [
                format!("  {name:<11} {} to {}", usd(low), usd(high)),
                format!("  {name:<11} {} to {}", brief_usd(low), brief_usd(high)),
            ];
            self.plain(&first_that_fits(wordings, self.width()));
        }
        let pro = short_usd(costs.pro);
        let chance = words::chances(&case);
        self.plain(&first_that_fits(
            [
                format!("{chance} likely: the API alone is under {pro}"),
                format!("{chance}: the API alone is under {pro}"),
                format!("API alone under {pro}: {chance}"),
            ],
            self.width(),
        ));
        let chosen = case.models.iter().find(|model| model.id == case.model_id);
        match chosen.and_then(|model| model.break_even) {
            Some(times) => {
                let times = words::times(times);
                let wordings = [
                    format!("Break-even with Pro: {times} times the volume"),
                    format!("Break-even with Pro: {times} times this"),
                ];
                self.plain(&first_that_fits(wordings, self.width()));
            }
            None => self.plain("The API alone costs nothing at zero volume"),
        }
    }
}

/// The family's name for its newest current model, else the model's own short name.
fn family_name<'a>(model: &'a Model, listed: &[&Model]) -> &'a str {
    let newest = listed
        .iter()
        .filter(|other| other.family == model.family && other.status == Status::Current)
        .max_by_key(|other| other.released);
    let name = model.short_name();
    match newest {
        Some(newest) if newest.id == model.id => name.split(' ').next().unwrap_or(name),
        _ => name,
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

    const fn symbol(self, you: &'static str) -> &'static str {
        match self {
            Self::None => " ",
            Self::Recommended => you,
            Self::InUse => "*",
        }
    }
}

struct CostRow {
    mark: Mark,
    name: String,
    amount: Option<Decimal>,
    /// True if it is at least this much.
    from: bool,
    side: Outcome,
}

impl CostRow {
    fn amount(&self) -> String {
        let amount = self.amount.map_or_else(|| "unpriced".to_owned(), row_usd);
        if self.from { format!("{amount}+") } else { amount }
    }
}

/// Dollars for a row of the pane: no cents from a million up, so that the names keep their room.
fn row_usd(amount: Decimal) -> String {
    if amount < Decimal::from(1_000_000) { usd(amount) } else { brief_usd(amount) }
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

    #[test]
    fn a_family_names_its_newest_model_alone() {
        let catalog = crate::catalog::Catalog::builtin().unwrap();
        let listed: Vec<&Model> = catalog.models.iter().collect();
        let name = |id: &str| family_name(catalog.model(id).unwrap(), &listed);
        assert_eq!(name("claude-sonnet-5-5"), "Sonnet");
        assert_eq!(name("claude-sonnet-4-5"), "Sonnet 4.5");
    }
}
