//! What `planwise cost --format json` writes.

use serde::Serialize;

use super::PriceList;
use crate::catalog::Status;
use crate::number::json::Usd;

/// The cost of a month on each of the models asked for.
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    pub catalog: PriceList,
    pub input_tokens: u64,
    pub output_tokens: u64,
    pub pro_usd: Usd,
    pub models: Vec<Model<'a>>,
}

/// One model.
#[derive(Serialize)]
pub(crate) struct Model<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub status: Status,
    /// A month, USD; null where the list has no price for it.
    pub usd: Option<Usd>,
}
