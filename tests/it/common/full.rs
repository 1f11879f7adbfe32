//! A month read from four weeks of logs, with every day and a replay: what a report can show most of.

use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::date;
use planwise::fit::Digest;
use planwise::measured::{DayCost, Measured};
use planwise::report::read_answers;
use rust_decimal::Decimal;

use super::month;

/// Twenty working days; one with a response that has no price, one with nothing that has one.
pub(crate) fn days() -> Vec<DayCost> {
    let first = date(2026, 10, 26);
    (0..28_i64)
        .filter(|day| day % 7 < 5)
        .map(|day| DayCost {
            day: first.checked_add(day.days()).unwrap(),
            usd: (day != 9).then(|| Decimal::new((day * 37 % 11 + 1) * 125, 2).normalize()),
            unpriced: u64::from(day == 9 || day == 16),
        })
        .collect()
}

/// The file with days and this replay in it.
pub(crate) fn with(digest: Digest) -> planwise::report::AnswersFile {
    let mut file = read_answers(month::FILE).unwrap();
    let usage = file.usage.as_mut().unwrap();
    let measured = Measured {
        by_day: days(),
        fit: Some(Arc::new(digest)),
        ..(**usage.measured.as_ref().unwrap()).clone()
    };
    usage.measured = Some(Arc::new(measured));
    file
}
