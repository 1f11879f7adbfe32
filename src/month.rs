//! The numbers that make a month: what each is called, in which unit it is typed, and where it stands.

mod field;
mod unit;

pub use field::{Field, Spec};
pub use unit::Unit;
