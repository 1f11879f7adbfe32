//! What is asked of a replay.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Evidence, Rules, Span, WeekReset, Yardstick};
use crate::catalog::Catalog;
use crate::facts::Facts;

/// The options of a replay.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    pub catalog: &'a Catalog,
    /// Dated rules and estimates.
    pub facts: &'a Facts,
    /// The days that count, and the time zone of days, months and weeks.
    pub span: Span,
    /// Start of weeks, used if no limit hit shows it.
    pub reset: WeekReset,
    pub yardstick: Yardstick,
    pub rules: Rules,
    pub today: Date,
    /// Plans and readings known from the files or the person.
    pub evidence: Evidence,
    /// Most USD of usage credits, or of API use, in a calendar month; `None` for no cap.
    pub spend_cap: Option<Decimal>,
    /// Cost of an hour of interruption, USD; `None` to ignore it.
    pub hour_value: Option<Decimal>,
}
