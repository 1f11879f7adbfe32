//! The inputs that do not depend on the person.

use jiff::civil::Date;

use crate::catalog::Catalog;
use crate::facts::Facts;

/// The inputs that do not depend on the person: prices, facts and the date.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    pub catalog: &'a Catalog,
    /// Dated facts other than prices.
    pub facts: &'a Facts,
    /// The date to price for.
    pub today: Date,
}
