//! Replay: a saved report worked out again with the prices, facts and rules of today.
//!
//! [`Replay`] holds both results and every [`Change`] between them, with the cause where it can be
//! told: a price row, a rule, points, a share. [`actual`] holds the report's estimate against what
//! was really used since.

pub mod actual;
mod cause;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

pub use cause::Cause;

/// What a wizard says of logs that were read to hold a report against them.
pub const KEPT: &str = "These logs are at hand: 'Use my own logs' makes your month of them.";

use crate::advice::{
    AssessError, Assessment, Item, Outcome, RULES_VERSION, Rule, Strength, World, assess,
};
use crate::catalog::{CatalogId, PriceRow, Status};
use crate::report::{Remark, Saved};

/// A saved report beside the same answers and month today.
#[derive(Debug, Clone)]
pub struct Replay<'a> {
    /// The report.
    pub saved: &'a Saved,
    /// The prices, facts and day of now.
    pub world: World<'a>,
    /// What comes out now.
    pub now: Assessment,
    /// Everything that is not as it was, causes and effects, in the order in which it is told.
    pub changes: Vec<Change>,
}

/// A way to pay for the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Pro alone.
    Pro,
    /// Everything on the API.
    Api,
    /// Both.
    Hybrid,
}

impl Way {
    /// All three, in the order of lists.
    pub const ALL: [Self; 3] = [Self::Pro, Self::Api, Self::Hybrid];

    /// The name in a sentence.
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

/// A class of tokens with a price of its own, as far as a report keeps it.
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

    /// The name in a sentence.
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
    /// Outside the Claude app.
    Outside,
    /// Of the chat, what overflows.
    Overflow,
}

/// One thing that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Another recommendation.
    Outcome {
        /// Then.
        from: Outcome,
        /// Now.
        to: Outcome,
    },
    /// Another cost of one way, USD a month.
    Cost {
        /// Which way.
        way: Way,
        /// Then; `None` where there was no price.
        from: Option<Decimal>,
        /// Now.
        to: Decimal,
        /// Why.
        cause: Cause,
    },
    /// Another price in a row of the list, USD for a million tokens.
    Price {
        /// The model's id.
        model: String,
        /// Its name.
        name: String,
        /// Whether it is the model of the API part.
        is_chosen: bool,
        /// Which price.
        class: Class,
        /// Then.
        from: Option<Decimal>,
        /// Now.
        to: Option<Decimal>,
    },
    /// A model that was not among those compared.
    Listed {
        /// Its id.
        model: String,
    },
    /// A model that is no longer among those compared.
    Unlisted {
        /// Its id.
        model: String,
    },
    /// A model at another point of its life.
    Status {
        /// Its id.
        model: String,
        /// Then.
        from: Status,
        /// Now.
        to: Status,
    },
    /// Another version of the rules.
    Rules {
        /// Then.
        from: String,
    },
    /// Another rule that fires.
    Rule {
        /// Then.
        from: Rule,
        /// Now.
        to: Rule,
    },
    /// Other points of one item.
    Points {
        /// The item.
        item: Item,
        /// Then; 0 for none.
        from: i8,
        /// Now.
        to: i8,
    },
    /// Another share.
    Share {
        /// Which.
        share: Share,
        /// Then, in percent.
        from: u8,
        /// Now.
        to: u8,
    },
    /// Another figure of what Pro is thought to carry, tokens of chat a month.
    Capacity {
        /// Whether it is the one for input.
        is_input: bool,
        /// Then.
        from: u64,
        /// Now.
        to: u64,
    },
    /// More or less certainty.
    Strength {
        /// Then.
        from: Strength,
        /// Now.
        to: Strength,
    },
    /// A warning or note that was not there.
    Appeared(Remark),
    /// A warning or note that is no longer there.
    Gone(Remark),
}

impl<'a> Replay<'a> {
    /// Works the report out again. `model` takes another one for the API part than the report's.
    ///
    /// # Errors
    /// Where the month cannot be priced with this list: the model is not in it, or has no price.
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
        let changes = changes(saved, &now);
        Ok(Self { saved, world, now, changes })
    }

    /// Whether the recommendation is another one.
    pub fn turned(&self) -> bool {
        self.saved.result.outcome != self.now.outcome
    }

    /// Whose list it was, and whose it is now, with their days.
    pub(crate) fn lists(&self) -> ((CatalogId, Date), (CatalogId, Date)) {
        let now = self.world.catalog;
        ((self.saved.list, self.saved.prices_of), (now.id, now.as_of))
    }
}

/// Why a report cannot be worked out again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// Its answers are not complete.
    #[error(transparent)]
    Read(#[from] crate::report::ReadError),
    /// Its month cannot be priced with this list.
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
        let (from, to) = (then.costs.of(way.outcome()), now.costs.of(way.outcome()));
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
        let from = then.points.iter().find(|(of, _)| *of == item).map_or(0, |(_, points)| *points);
        let to = now.reasons.iter().find(|of| of.item == item).map_or(0, |reason| reason.points);
        if from != to {
            changes.push(Change::Points { item, from, to });
        }
    }
    for (share, from, to) in [
        (Share::Outside, then.outside_pct, now.split.outside_pct),
        (Share::Overflow, then.overflow_pct, now.split.overflow_pct),
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

/// The price rows of both lists, model by model.
fn prices(saved: &Saved, now: &Assessment, changes: &mut Vec<Change>) {
    for model in &now.models {
        let Some(then) = saved.rows.iter().find(|row| row.model == model.id) else {
            changes.push(Change::Listed { model: model.id.clone() });
            continue;
        };
        for class in Class::ALL {
            let from = class.of(&then.row);
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
    for row in &saved.rows {
        if !now.models.iter().any(|model| model.id == row.model) {
            changes.push(Change::Unlisted { model: row.model.clone() });
        }
    }
}

/// Remarks are the same where their name is; what a figure in them says is told elsewhere.
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
