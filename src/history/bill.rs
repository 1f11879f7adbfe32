//! Amounts that were billed: dollars without tokens.

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::Source;

/// One billed amount.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bill {
    /// US dollars.
    pub usd: Decimal,
    /// The start of the day or bucket it is billed for.
    pub at: Timestamp,
    /// The model exactly as the source spells it; `None` for what is not billed by model.
    pub model: Option<String>,
    /// The workspace; empty when the source does not say.
    pub project: String,
    /// Where it was read.
    pub source: Source,
}
