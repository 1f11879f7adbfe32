//! The numbers that make a month: the name of each, its unit, and its place in the data.

mod field;
mod unit;
mod week;

pub(crate) use field::advanced_set;
pub use field::{Field, Spec};
pub use unit::Unit;
pub use week::{Week, WeekNumber};
