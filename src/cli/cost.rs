//! `planwise cost`: the cost of a volume on each model, compared with Pro.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::args::{CostArgs, TableFormat};
use super::catalog::{self, CatalogChoice};
use super::output;
use super::usage_error::UsageError;
use crate::catalog::{Catalog, Model as Listed};
use crate::cost::{self, Mix, Unpriced, Volume};
use crate::doc::text::print;
use crate::doc::{Block, Cell, Column, Fit, Table};
use crate::format::cost::{Document, Model};
use crate::number::grouped;
use crate::number::json::Usd;
use crate::shell::clock;
use crate::text::node::pretty;
use crate::usage::{self, ProPrice, find_model, pro_monthly};
use crate::words::{VERIFY, price_list};

/// The maximum width of an id. Ids from a file may be long.
const ID: usize = 30;

/// Prices the volume and prints the result.
pub(super) fn cost(args: &CostArgs, prices: Option<&CatalogChoice>) -> anyhow::Result<()> {
    let catalog = catalog::load(prices)?;
    let quote = Quote::new(args, &catalog, clock::now()?.date())?;
    let text = match args.format {
        TableFormat::Text => quote.text(),
        TableFormat::Json => quote.json(),
    };
    Ok(output::print(&text)?)
}

/// The costs of one month on the requested models.
struct Quote<'a> {
    catalog: &'a Catalog,
    today: Date,
    volume: Volume,
    mix: Mix,
    prompt_tokens: Option<u64>,
    pro: Decimal,
    lines: Vec<Line<'a>>,
}

/// A model and the cost of the month on it.
struct Line<'a> {
    model: &'a Listed,
    usd: Result<Decimal, Unpriced>,
}

impl<'a> Quote<'a> {
    fn new(args: &CostArgs, catalog: &'a Catalog, today: Date) -> anyhow::Result<Self> {
        let volume = Volume { input: args.input, output: args.output };
        let mix = args.mix();
        let lines = models(args, catalog, today)?
            .into_iter()
            .map(|model| Line {
                model,
                usd: catalog
                    .row(model, args.prompt_tokens)
                    .ok_or(Unpriced::NoRow)
                    .and_then(|row| cost::cost(row, volume, &mix)),
            })
            .collect();
        Ok(Self {
            catalog,
            today,
            volume,
            mix,
            prompt_tokens: args.prompt_tokens,
            pro: pro_monthly(ProPrice::Monthly, catalog)?,
            lines,
        })
    }

    fn json(&self) -> String {
        let models = self.lines.iter().map(|line| Model {
            id: &line.model.id,
            name: &line.model.name,
            status: line.model.status,
            usd: line.usd.ok().map(Usd),
        });
        pretty(&Document {
            catalog: self.catalog.into(),
            input_tokens: self.volume.input,
            output_tokens: self.volume.output,
            pro_usd: Usd(self.pro),
            models: models.collect(),
        })
    }

    fn text(&self) -> String {
        let mut out: Vec<Block> = self.heading().into_iter().map(Block::paragraph).collect();
        out.extend([Block::Gap, Block::Table(self.table()), Block::Gap]);
        out.extend(self.notes().into_iter().map(Block::paragraph));
        out.push(Block::paragraph(VERIFY));
        print(&out)
    }

    /// Names the volume and the price list.
    fn heading(&self) -> Vec<String> {
        let mut heading = vec![
            format!(
                "Cost of {} input and {} output tokens / month, an estimate",
                grouped(self.volume.input),
                grouped(self.volume.output),
            ),
            format!(
                "Prices: {}, US dollars before tax",
                price_list(self.catalog.id, self.catalog.as_of)
            ),
        ];
        let billing = self.billing();
        if !billing.is_empty() {
            heading.push(format!("Billed: {}", billing.join(", ")));
        }
        heading
    }

    /// Describes the billing if it is not plain input and output.
    fn billing(&self) -> Vec<String> {
        let shares = [
            (self.mix.cache_read, "of input read from cache"),
            (self.mix.cache_write_5m, "of input written to cache (5 min)"),
            (self.mix.cache_write_1h, "of input written to cache (1 h)"),
            (self.mix.batch, "of everything as batches"),
            (self.mix.thinking, "thinking on top of output"),
        ];
        let mut parts: Vec<String> = shares
            .into_iter()
            .filter(|(share, _)| !share.is_zero())
            .map(|(share, what)| format!("{share}% {what}"))
            .collect();
        if let Some(tokens) = self.prompt_tokens {
            parts.push(format!("prompts of {} tokens", grouped(tokens)));
        }
        parts
    }

    /// Pro first, then one row per model.
    fn table(&self) -> Table {
        let pro =
            [Cell::from("Claude Pro"), "the subscription".into(), Cell::Money(self.pro), "".into()];
        let rows = self.lines.iter().map(|line| {
            let difference = |cost| Cell::Change(cost - self.pro);
            let mut name = line.model.short_name().to_owned();
            if line.model.is_retired(self.today) {
                name.push_str(" (retired)");
            }
            [
                name.into(),
                line.model.id.clone().into(),
                Cell::priced(line.usd.ok(), Cell::Money),
                line.usd.map_or_else(|_| "".into(), difference),
            ]
        });
        let head = ["Model", "Id", ">Estimate / month", ">Against Pro"];
        let mut table = Table::new("The month on each model", head, [pro].into_iter().chain(rows))
            .with(Fit { name_floor: 10, ..Fit::default() });
        if let Some(id) = table.columns.get_mut(1) {
            *id = Column { most: Some(ID), ..Column::new("Id") };
        }
        table
    }

    /// Notes below the table: why a price is missing, and its conditions.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for Line { model, usd } in &self.lines {
            if let Err(why) = usd {
                notes.push(format!("{} {why} for this month.", model.short_name()));
            }
            let largest = model.row(self.catalog.as_of, u64::MAX);
            if let Some(step) = largest.filter(|_| self.prompt_tokens.is_none())
                && step.above_prompt_tokens > 0
            {
                notes.push(format!(
                    "{} has another price for prompts above {} tokens; set '--prompt-tokens'.",
                    model.short_name(),
                    grouped(step.above_prompt_tokens)
                ));
            }
        }
        let mut seen = Vec::new();
        notes.retain(|note| {
            let is_new = !seen.contains(note);
            seen.push(note.clone());
            is_new
        });
        notes
    }
}

/// The requested models in order. The current ones if none is requested.
fn models<'a>(
    args: &CostArgs,
    catalog: &'a Catalog,
    today: Date,
) -> anyhow::Result<Vec<&'a Listed>> {
    if args.model.is_empty() {
        let current = catalog.current_models(today);
        return if current.is_empty() {
            let as_of = catalog.as_of;
            Err(usage::UsageError::NoModel { as_of }.into())
        } else {
            Ok(current)
        };
    }
    let asked = args.model.iter();
    Ok(asked
        .map(|id| find_model(catalog, id, today))
        .collect::<Result<_, _>>()
        .map_err(|unknown| UsageError::new(unknown.to_string()))?)
}
