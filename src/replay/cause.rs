//! Finds why a cost changed, by first recomputing the old report's own figures.

use rust_decimal::Decimal;
use serde::Serialize;

use super::Way;
use crate::advice::{Assessment, Outcome, RULES_VERSION};
use crate::cost::cost;
use crate::report::Saved;

/// Why a cost changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The listed price of Pro.
    ProPrice,
    /// The prices of the model for the API part.
    Prices,
    /// Another model for the API part.
    Model,
    /// A price that reports do not keep, such as the one of 1-hour cache writes.
    #[serde(rename = "unkept_price")]
    Unkept,
    /// The share of work on the API.
    Shares,
    /// The price of Pro or the API part. Other changes give their causes.
    Parts,
    /// The report's figures do not follow from its prices: someone edited it.
    Edited,
}

impl Cause {
    pub const fn words(self) -> &'static str {
        match self {
            Self::ProPrice => "another price of Pro",
            Self::Prices => "other prices of the model, below",
            Self::Model => "another model",
            Self::Unkept => "a price that a report does not keep, such as 1-hour cache writes",
            Self::Shares => "another share goes to the API",
            Self::Parts => "its parts cost something else",
            Self::Edited => {
                "the report's own figures do not follow from its prices; it was changed by hand"
            }
        }
    }
}

/// Why this way to pay costs something else than in the report.
pub(super) fn of(way: Way, saved: &Saved, now: &Assessment) -> Cause {
    match way {
        Way::Pro => Cause::ProPrice,
        Way::Api => api(saved, now),
        Way::Hybrid => hybrid(saved, now),
    }
}

fn api(saved: &Saved, now: &Assessment) -> Cause {
    let Some(usage) = &saved.file.usage else {
        return Cause::Edited;
    };
    if usage.model.as_deref().is_some_and(|model| model != now.model_id) {
        return Cause::Model;
    }
    let Some(then) = saved.prices.row(&now.model_id) else {
        return Cause::Unkept;
    };
    if !same_prices(saved, now) {
        return Cause::Prices;
    }
    let mix = &usage.mix;
    let keeps_all = mix.cache_write_1h.is_zero() && saved.rules == RULES_VERSION;
    // Recompute the month from the report's own row. The row does not say if batches have a price.
    let mut row = then.prices();
    (row.batch_input, row.batch_output) = (row.input, row.output);
    let follows = cost(&row, usage.volume, mix).ok() == saved.result.costs_usd.of(Outcome::Api);
    if keeps_all && !follows { Cause::Edited } else { Cause::Unkept }
}

fn hybrid(saved: &Saved, now: &Assessment) -> Cause {
    let then = &saved.result;
    let is_same = |of| then.costs_usd.of(of) == Some(now.costs.of(of));
    if !is_same(Outcome::Pro) || !is_same(Outcome::Api) {
        return Cause::Parts;
    }
    let (was, is) = (&then.split, &now.split);
    if was.outside_pct.0 != is.outside_pct || was.overflow_pct.0 != is.overflow_pct {
        return Cause::Shares;
    }
    Cause::Edited
}

/// True if the chosen model's prices in the report equal today's.
fn same_prices(saved: &Saved, now: &Assessment) -> bool {
    let then = saved.prices.row(&now.model_id);
    let model = now.models.iter().find(|model| model.id == now.model_id);
    let now = model.and_then(|model| model.row.as_ref());
    then.zip(now).is_some_and(|(then, now)| {
        let kept = |row: &crate::catalog::PriceRow| -> [Option<Decimal>; 4] {
            [row.input, row.output, row.cache_read, row.cache_write_5m]
        };
        kept(&then.prices()) == kept(now)
    })
}
