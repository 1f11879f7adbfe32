//! Billed amounts: dollars without tokens.

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::Source;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bill {
    pub usd: Decimal,
    /// Start of the day or bucket it is billed for.
    pub at: Timestamp,
    /// Model id exactly as the source spells it; `None` if not billed by model.
    pub model: Option<String>,
    /// The workspace; empty if the source does not say.
    pub project: String,
    pub source: Source,
}
