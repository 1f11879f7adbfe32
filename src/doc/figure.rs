//! Pictures: the figures to draw and their texts.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Table, Words};
use crate::advice::Outcome;
use crate::fit::WeekDigest;

/// A picture and its texts.
#[derive(Debug)]
pub(crate) struct Figure {
    pub name: &'static str,
    /// A text alternative for readers who cannot see the picture.
    pub description: String,
    pub picture: Picture,
    /// True if the name is a heading, because the part has more than the picture.
    pub is_titled: bool,
    pub caption: Option<Caption>,
    /// A note on what the picture leaves out.
    pub note: Option<String>,
    /// The same data as a table.
    pub table: Option<Table>,
}

/// The legend of a picture.
#[derive(Debug)]
pub(crate) struct Caption {
    pub lead: String,
    /// Explains the mark of today.
    pub today: Words,
    /// Explains the numbered points, from 1.
    pub points: Vec<String>,
    pub rest: Vec<String>,
}

#[derive(Debug)]
pub(crate) enum Picture {
    Curve(Curve),
    Bars(Bars),
    /// USD a day. `None` if a day has no price; days without use have no entry.
    Days(Vec<(Date, Option<Decimal>)>),
    Week(WeekDigest),
}

/// The costs by volume. The three ways to pay are straight lines. Volumes are multiples of a unit.
#[derive(Debug)]
pub(crate) struct Curve {
    /// Describes one unit.
    pub unit_name: String,
    /// The label of the right end.
    pub end_name: String,
    /// Today's volume: 1, or 0 if the month is empty.
    pub today: Decimal,
    /// The volume at the right end.
    pub most: Decimal,
    /// USD at the top: a round amount above every line.
    pub top: Decimal,
    /// USD a month for Pro, at any volume.
    pub pro: Decimal,
    /// The cost of one unit on the API, USD.
    pub api: Decimal,
    /// The cost that one unit adds to a hybrid month, USD.
    pub hybrid: Decimal,
    /// Today's recommendation.
    pub outcome: Outcome,
    /// The volumes that cover 8 in 10 cases; `None` for an empty month.
    pub band: Option<(Decimal, Decimal)>,
    /// The points at which two ways cost the same, from the left: volume and USD.
    pub even: Vec<(Decimal, Decimal)>,
    /// The recommendation up to each multiple. The last multiple is [`Curve::most`].
    pub stretches: Vec<(Decimal, Outcome)>,
}

impl Curve {
    /// The cost of a way to pay at a multiple.
    pub(crate) fn cost(&self, way: Outcome, multiple: Decimal) -> Decimal {
        match way {
            Outcome::Pro => self.pro,
            Outcome::Api => self.api * multiple,
            Outcome::Hybrid => self.pro + self.hybrid * multiple,
        }
    }
}

/// The API alone and hybrid on each model, with a line for the price of Pro.
#[derive(Debug)]
pub(crate) struct Bars {
    /// USD a month.
    pub pro: Decimal,
    pub rows: Vec<BarRow>,
}

#[derive(Debug)]
pub(crate) struct BarRow {
    pub name: String,
    pub is_chosen: bool,
    /// USD a month.
    pub api: Decimal,
    /// USD a month; `None` if unpriced.
    pub hybrid: Option<Decimal>,
}
