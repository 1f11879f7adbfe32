//! The numbers that make a month: the name of each, its unit, and its place in the data.

mod field;
mod unit;
mod week;

pub use field::Field;
pub(crate) use field::advanced_set;
pub use unit::Unit;
pub use week::{Week, WeekNumber};
