//! Replays a saved report with today's prices, facts and rules.
//!
//! [`Replay`] holds both results and every [`Change`] between them. Where it can, a change names
//! its cause: a price row, a rule, points or a share. [`actual`] compares the report's estimate
//! with the usage logged since.

pub mod actual;
mod cause;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

pub use cause::Cause;

/// Shown by the wizard after reading logs to compare with a report.
pub const KEPT: &str = "These logs are at hand: 'Use my own logs' makes your month of them.";

use crate::advice::{
    AssessError, Assessment, Item, Outcome, RULES_VERSION, Rule, Strength, World, assess,
};
use crate::catalog::{CatalogId, PriceRow, Status};
use crate::report::{Remark, Saved};

/// A saved report and the same answers and month assessed today.
#[derive(Debug, Clone)]
pub struct Replay<'a> {
    pub saved: &'a Saved,
    /// Today's prices, facts and date.
    pub world: World<'a>,
    /// The assessment with today's prices and rules.
    pub now: Assessment,
    /// Every difference, causes and effects, in display order.
    pub changes: Vec<Change>,
}

/// A way to pay for the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Pro,
    Api,
    Hybrid,
}

impl Way {
    /// All three, in display order.
    pub const ALL: [Self; 3] = [Self::Pro, Self::Api, Self::Hybrid];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Pro => "Pro",
            Self::Api => "API",
            Self::Hybrid => "hybrid",
        }
    }

    pub(crate) const fn outcome(self) -> Outcome {
        match self {
            Self::Pro => Outcome::Pro,
            Self::Api => Outcome::Api,
            Self::Hybrid => Outcome::Hybrid,
        }
    }
}

/// A class of tokens with its own price. Only the classes that a report keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Uncached input.
    Input,
    /// Output.
    Output,
    /// Input read from the cache.
    CacheRead,
    /// Input written to the cache for five minutes.
    #[serde(rename = "cache_write_5m")]
    CacheWrite,
}

impl Class {
    const ALL: [Self; 4] = [Self::Input, Self::Output, Self::CacheRead, Self::CacheWrite];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Output => "output",
            Self::CacheRead => "cache reads",
            Self::CacheWrite => "5-minute cache writes",
        }
    }

    const fn of(self, row: &PriceRow) -> Option<Decimal> {
        match self {
            Self::Input => row.input,
            Self::Output => row.output,
            Self::CacheRead => row.cache_read,
            Self::CacheWrite => row.cache_write_5m,
        }
    }
}

/// A share of the work, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Work outside the Claude app.
    Outside,
    /// Chat beyond Pro's limits, as a share of the chat.
    Overflow,
}

/// One difference between the saved report and today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Outcome {
        from: Outcome,
        to: Outcome,
    },
    /// The cost of one way to pay, USD a month.
    Cost {
        way: Way,
        /// `None` where the model had no price.
        from: Option<Decimal>,
        to: Decimal,
        cause: Cause,
    },
    /// A price in the model's row, USD per million tokens.
    Price {
        model: String,
        name: String,
        /// True if this model runs the API part.
        is_chosen: bool,
        class: Class,
        /// Then.
        from: Option<Decimal>,
        /// Now.
        to: Option<Decimal>,
    },
    /// A model that the saved report did not list.
    Listed {
        model: String,
    },
    /// A model that the list no longer has.
    Unlisted {
        model: String,
    },
    /// The model's status in the list, such as retired.
    Status {
        /// Its id.
        model: String,
        from: Status,
        to: Status,
    },
    Rules {
        from: String,
    },
    /// The rule that fires.
    Rule {
        from: Rule,
        to: Rule,
    },
    /// The points of one item.
    Points {
        item: Item,
        /// 0 if the item had no points.
        from: i8,
        to: i8,
    },
    /// A share of the work.
    Share {
        share: Share,
        /// In percent.
        from: u8,
        to: u8,
    },
    /// The estimated capacity of Pro, tokens of chat a month.
    Capacity {
        /// True for input, false for output.
        is_input: bool,
        from: u64,
        to: u64,
    },
    Strength {
        from: Strength,
        to: Strength,
    },
    /// A warning or note that is new.
    Appeared(Remark),
    /// A warning or note that no longer applies.
    Gone(Remark),
}

impl<'a> Replay<'a> {
    /// Assesses the report again. `model` replaces the report's model for the API part.
    ///
    /// # Errors
    /// If this list cannot price the month: the model is missing or has no price.
    pub fn new(
        saved: &'a Saved,
        world: World<'a>,
        model: Option<&str>,
    ) -> Result<Self, ReplayError> {
        let (answers, mut usage) = saved.file.complete(false)?;
        if let Some(model) = model {
            usage.model = Some(model.to_owned());
        }
        let now = assess(&answers, &usage, &world).map_err(ReplayError::Assess)?;
        Ok(Self::with(saved, world, now))
    }

    /// The same with what the report was assessed as.
    pub(crate) fn with(saved: &'a Saved, world: World<'a>, now: Assessment) -> Self {
        let changes = changes(saved, &now);
        Self { saved, world, now, changes }
    }

    /// True if the recommendation changed.
    pub fn turned(&self) -> bool {
        self.saved.result.outcome != self.now.outcome
    }

    /// The price list and its date, of the report and of today.
    pub(crate) fn lists(&self) -> ((CatalogId, Date), (CatalogId, Date)) {
        let now = self.world.catalog;
        ((self.saved.prices.id, self.saved.prices.day()), (now.id, now.as_of))
    }
}

/// Why a report cannot be replayed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// Its answers are incomplete.
    #[error(transparent)]
    Read(#[from] crate::report::ReadError),
    /// This list cannot price its month.
    #[error("{0}; name another model with '--model', or another price list with '--catalog'")]
    Assess(AssessError),
}

fn changes(saved: &Saved, now: &Assessment) -> Vec<Change> {
    let then = &saved.result;
    let mut changes = Vec::new();
    if then.outcome != now.outcome {
        changes.push(Change::Outcome { from: then.outcome, to: now.outcome });
    }
    for way in Way::ALL {
        let (from, to) = (then.costs_usd.of(way.outcome()), now.costs.of(way.outcome()));
        if from != Some(to) {
            let cause = cause::of(way, saved, now);
            changes.push(Change::Cost { way, from, to, cause });
        }
    }
    prices(saved, now, &mut changes);
    if saved.rules != RULES_VERSION {
        changes.push(Change::Rules { from: saved.rules.clone() });
    }
    if then.rule != now.rule {
        changes.push(Change::Rule { from: then.rule, to: now.rule });
    }
    for item in Item::ALL {
        let from = then.reasons.iter().find(|of| of.item == item).map_or(0, |reason| reason.points);
        let to = now.reasons.iter().find(|of| of.item == item).map_or(0, |reason| reason.points);
        if from != to {
            changes.push(Change::Points { item, from, to });
        }
    }
    for (share, from, to) in [
        (Share::Outside, then.split.outside_pct.0, now.split.outside_pct),
        (Share::Overflow, then.split.overflow_pct.0, now.split.overflow_pct),
    ] {
        if from != to {
            changes.push(Change::Share { share, from, to });
        }
    }
    for (is_input, from, to) in [
        (true, saved.capacity.input, now.capacity.input),
        (false, saved.capacity.output, now.capacity.output),
    ] {
        if from != to {
            changes.push(Change::Capacity { is_input, from, to });
        }
    }
    if then.strength != now.strength {
        changes.push(Change::Strength { from: then.strength, to: now.strength });
    }
    let warnings = now.warnings.iter().map(|warning| (warning.id, warning.text.as_str()));
    remarks(&then.warnings, warnings, &mut changes);
    let notes = now.notes.iter().map(|note| (note.id, note.text.as_str()));
    remarks(&saved.notes, notes, &mut changes);
    changes
}

/// Compares the price rows of both lists, model by model.
fn prices(saved: &Saved, now: &Assessment, changes: &mut Vec<Change>) {
    for model in &now.models {
        let Some(then) = saved.prices.row(&model.id) else {
            changes.push(Change::Listed { model: model.id.clone() });
            continue;
        };
        for class in Class::ALL {
            let from = class.of(&then.prices());
            let to = model.row.as_ref().and_then(|row| class.of(row));
            if from != to {
                changes.push(Change::Price {
                    model: model.id.clone(),
                    name: model.name.clone(),
                    is_chosen: model.id == now.model_id,
                    class,
                    from,
                    to,
                });
            }
        }
        if then.status != model.status {
            changes.push(Change::Status {
                model: model.id.clone(),
                from: then.status,
                to: model.status,
            });
        }
    }
    for row in &saved.prices.models {
        if !now.models.iter().any(|model| model.id == row.id) {
            changes.push(Change::Unlisted { model: row.id.clone() });
        }
    }
}

/// Matches remarks by name only. Other changes cover the figures in their text.
fn remarks<'a>(
    then: &[Remark],
    now: impl Iterator<Item = (&'static str, &'a str)>,
    changes: &mut Vec<Change>,
) {
    let now: Vec<(&str, &str)> = now.collect();
    for (id, text) in &now {
        if !then.iter().any(|remark| remark.id == *id) {
            changes
                .push(Change::Appeared(Remark { id: (*id).to_owned(), text: (*text).to_owned() }));
        }
    }
    for remark in then {
        if !now.iter().any(|(id, _)| *id == remark.id) {
            changes.push(Change::Gone(remark.clone()));
        }
    }
}
