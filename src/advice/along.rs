//! The recommendation and the hybrid split as the volume of a month changes.

use rust_decimal::Decimal;

use super::assess::split;
use super::{Assessment, Outcome, World};
use crate::usage::Usage;

/// The recommendation up to each multiple of the volume. The last multiple is `most`.
pub(crate) fn advised_up_to(case: &Assessment, most: Decimal) -> Vec<(Decimal, Outcome)> {
    let inside = case.stretches.iter().filter(|stretch| stretch.from < most);
    let ends = case.stretches.iter().skip(1).map(|next| next.from.min(most));
    let mut list: Vec<(Decimal, Outcome)> = inside
        .zip(ends.chain(std::iter::once(most)))
        .map(|(stretch, end)| (end, stretch.outcome))
        .collect();
    if let Some((end, _)) = list.last_mut() {
        *end = most;
    }
    list
}

/// The volume at which Pro's estimated capacity starts to change the hybrid split, so that the cost
/// is no longer one straight line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bend {
    /// The first multiple of the volume with another split, in hundredths.
    pub at: Decimal,
    /// True if the bend is above the present volume.
    pub is_above: bool,
}

/// The bend between zero and `most` times the volume of a month, if there is one. Of two, the upper
/// one.
pub(crate) fn bend(case: &Assessment, most: Decimal, world: &World<'_>) -> Option<Bend> {
    let hundredth = Decimal::new(1, 2);
    let differs = |multiple: Decimal| {
        let usage = Usage { volume: case.usage.volume.times(multiple), ..case.usage.clone() };
        let (is_over, there) = split(&case.answers, &usage, world).ok()?;
        Some(is_over != case.over_capacity && there.overflow_pct != case.split.overflow_pct)
    };
    let far = [most, hundredth].into_iter().find(|far| differs(*far) == Some(true))?;
    let (mut same, mut other) = (Decimal::ONE, far);
    while (other - same).abs() > hundredth {
        let middle = ((same + other) / Decimal::TWO).round_dp(2);
        if middle == same || middle == other {
            break;
        }
        if differs(middle)? {
            other = middle;
        } else {
            same = middle;
        }
    }
    Some(Bend { at: other, is_above: other > Decimal::ONE })
}
