//! Keys for entries without an id.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Assigns keys to the sums of one file.
///
/// A key covers everything in a sum except its amounts, and the number of equal sums before it in
/// the file. So an export read twice counts once, while two equal rows of one export both count.
#[derive(Debug, Default)]
pub(super) struct Keys {
    seen: HashMap<u128, u32>,
}

impl Keys {
    /// The key of the next sum with these parts, in this order. The parts are hashed, because
    /// exports can have millions of rows.
    pub(super) fn next<'p>(&mut self, parts: impl IntoIterator<Item = &'p [u8]>) -> String {
        let (mut low, mut high) = (DefaultHasher::new(), DefaultHasher::new());
        high.write_u8(1);
        for part in parts {
            part.hash(&mut low);
            part.hash(&mut high);
        }
        let print = u128::from(high.finish()) << 64 | u128::from(low.finish());
        let seen = self.seen.entry(print).or_default();
        *seen = seen.saturating_add(1);
        format!("sum {print:032x} {seen}")
    }
}
