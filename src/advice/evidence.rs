//! What a person's own logs say about Pro, from their replay.

use crate::fit::Range;
use crate::usage::Usage;

/// Above this share of the work, in percent, a replay contradicts "Pro is enough".
pub(super) const REFUSED_IS_MUCH: u8 = 5;

/// The replay of a person's own logs on Pro.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ReplayedOnPro {
    /// The share of the work, by API value, that Pro refuses at each capacity; whole percent.
    pub refused: Range<u8>,
    /// True if the logs were written under Pro. They hold only what got through, so what they show
    /// is the least that Pro refuses.
    pub is_floor: bool,
    /// Limit hits in the logs, on Pro or on a plan that they do not name.
    pub hits: u64,
}

impl ReplayedOnPro {
    /// The replay behind this month; `None` without one. A month changed by hand is no longer the
    /// one that was replayed.
    pub(super) fn of(usage: &Usage) -> Option<Self> {
        let digest = usage.measured_month()?.fit.as_deref()?;
        let pro = digest.plan("pro")?;
        let refused = Range {
            low: pro.at.low.refused_pct?,
            likely: pro.at.likely.refused_pct?,
            high: pro.at.high.refused_pct?,
        };
        let hits = pro.told_hits.saturating_add(digest.unnamed_hits);
        Some(Self { refused, is_floor: pro.is_now || pro.told_hits > 0, hits })
    }
}
