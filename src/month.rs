//! The numbers that make a month: what each is called, in which unit it is typed, and where it stands.

mod field;
mod unit;
mod week;

pub use field::{Field, Spec, advanced_set};
pub use unit::Unit;
pub use week::{Week, WeekNumber};
