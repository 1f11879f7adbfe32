//! Pictures: the figures that are drawn, and the words that stand with them.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Table, Words};
use crate::advice::Outcome;
use crate::fit::WeekDigest;

/// A picture with its words.
#[derive(Debug)]
pub(crate) struct Figure {
    pub name: &'static str,
    /// The picture in words, for those who do not see it.
    pub description: String,
    pub picture: Picture,
    /// True if its name is a heading, where the part has more than the picture.
    pub is_titled: bool,
    pub caption: Option<Caption>,
    /// What the picture leaves out.
    pub note: Option<String>,
    /// The same data as a table.
    pub table: Option<Table>,
}

/// What the marks in a picture mean.
#[derive(Debug)]
pub(crate) struct Caption {
    pub lead: String,
    /// What the sign of today is.
    pub today: Words,
    /// What the numbers beside its points are, from 1.
    pub points: Vec<String>,
    pub rest: Vec<String>,
}

#[derive(Debug)]
pub(crate) enum Picture {
    Curve(Curve),
    Bars(Bars),
    /// USD a day; `None` where a day has no price, and no entry where it was not used.
    Days(Vec<(Date, Option<Decimal>)>),
    Week(WeekDigest),
}

/// The costs along the volume. The three ways are straight lines. Volumes are multiples of a unit.
#[derive(Debug)]
pub(crate) struct Curve {
    /// What one unit is.
    pub unit_name: String,
    /// How the right end is called.
    pub end_name: String,
    /// Today's volume: 1, or 0 where the month is empty.
    pub today: Decimal,
    /// The right end.
    pub most: Decimal,
    /// USD at the top: a round amount above every line.
    pub top: Decimal,
    /// USD a month for Pro, whatever the volume.
    pub pro: Decimal,
    /// USD that one unit costs on the API.
    pub api: Decimal,
    /// USD that one unit adds to a hybrid month.
    pub hybrid: Decimal,
    /// What is recommended today.
    pub outcome: Outcome,
    /// The ends of the range that holds eight cases of ten; `None` for an empty month.
    pub band: Option<(Decimal, Decimal)>,
    /// Where two ways cost the same, from the left: the volume and USD.
    pub even: Vec<(Decimal, Decimal)>,
    /// What is recommended up to each multiple; the last one is [`Curve::most`].
    pub stretches: Vec<(Decimal, Outcome)>,
}

impl Curve {
    /// What a way costs at a multiple.
    pub(crate) fn cost(&self, way: Outcome, multiple: Decimal) -> Decimal {
        match way {
            Outcome::Pro => self.pro,
            Outcome::Api => self.api * multiple,
            Outcome::Hybrid => self.pro + self.hybrid * multiple,
        }
    }
}

/// The API alone and hybrid on each model, beside the line of Pro's price.
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
    /// USD a month; `None` where it is unpriced.
    pub hybrid: Option<Decimal>,
}
