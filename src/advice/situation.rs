//! What the prices imply for a month: which way to pay is cheaper, and whether Pro is enough.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::BAND_PCT;
use super::evidence::{REFUSED_IS_MUCH, ReplayedOnPro};
use crate::cost::Volume;
use crate::number::Percent;
use crate::question::{Automation, Features, Interface, Profile};
use crate::usage::{Outside, default_outside, fresh_input};

/// A cost on the API compared with the price of Pro. The bounds are inclusive: at $20, $15.00 is
/// cheaper and $25.00 is near.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Above 125% of Pro.
    Dearer,
    /// Within 25% of Pro.
    Near,
    /// At most 75% of Pro.
    Cheaper,
}

impl Band {
    /// The band of `percent` percent of a cost compared with a price of Pro.
    fn of(cost: Decimal, percent: u8, pro: Decimal) -> Self {
        let share = cost * Decimal::from(percent);
        if share <= pro * Decimal::from(100 - BAND_PCT) {
            Self::Cheaper
        } else if share > pro * Decimal::from(100 + BAND_PCT) {
            Self::Dearer
        } else {
            Self::Near
        }
    }
}

/// Every input of the points and rules besides the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Situation {
    /// The cost of everything on the API, compared with Pro.
    pub total: Band,
    /// The cost of the chat if it were on the API, compared with Pro.
    pub chat: Band,
    /// True if the chat exceeds the estimated capacity of Pro (method, K1).
    pub over_capacity: bool,
    /// True if no work is left in the app: the outside share is 100%.
    pub all_outside: bool,
}

/// One month at one price, with the [`Situation`] for every set of answers.
///
/// Bands depend on the answers only through the outside share. It has few values, so they are
/// computed once per volume.
#[derive(Debug, Clone)]
pub struct Market {
    /// By interface, automation, and whether features are `none`.
    by_answers: [[[Situation; 2]; Automation::IDS.len()]; Interface::IDS.len()],
}

/// The properties of a month that determine its situation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// Everything on the API, USD a month.
    pub api: Decimal,
    /// USD a month.
    pub pro: Decimal,
    /// Input not read from the cache, tokens a month.
    pub fresh_input: Decimal,
    /// Output, tokens a month.
    pub output: Decimal,
    /// Estimated capacity of Pro for chat input, tokens a month.
    pub capacity_input: Decimal,
    /// Estimated capacity of Pro for chat output, tokens a month.
    pub capacity_output: Decimal,
    /// The person's own logs on Pro; `None` without a replay of this month.
    pub replayed: Option<ReplayedOnPro>,
}

impl Terms {
    pub(super) fn new(
        api: Decimal,
        pro: Decimal,
        volume: Volume,
        cache_read: Percent,
        capacity: Volume,
        replayed: Option<ReplayedOnPro>,
    ) -> Self {
        Self {
            api,
            pro,
            fresh_input: fresh_input(volume, cache_read),
            output: Decimal::from(volume.output),
            capacity_input: Decimal::from(capacity.input),
            capacity_output: Decimal::from(capacity.output),
            replayed,
        }
    }

    /// The situation with this outside share, in whole percent.
    pub(super) fn situation(&self, outside: u8) -> Situation {
        Situation {
            total: Band::of(self.api, 100, self.pro),
            chat: Band::of(self.api, 100_u8.saturating_sub(outside), self.pro),
            over_capacity: self.parts(outside).iter().any(|(part, capacity)| part > capacity)
                && self.replayed.is_none_or(|on_pro| on_pro.refused.likely > REFUSED_IS_MUCH),
            all_outside: outside >= 100,
        }
    }

    /// The chat without cache reads, in hundredths of a token, beside the estimated capacity of Pro
    /// in the same unit: input, then output.
    fn parts(&self, outside: u8) -> [(Decimal, Decimal); 2] {
        let inside = Decimal::from(100_u8.saturating_sub(outside));
        let part =
            |tokens: Decimal, capacity: Decimal| (tokens * inside, capacity * Decimal::ONE_HUNDRED);
        [part(self.fresh_input, self.capacity_input), part(self.output, self.capacity_output)]
    }

    /// The share of the chat above the estimated capacity of Pro, up to the next whole percent.
    pub(super) fn beyond_capacity(&self, outside: u8) -> u8 {
        let beyond = |(part, capacity): (Decimal, Decimal)| {
            let above = (part - capacity).max(Decimal::ZERO) * Decimal::ONE_HUNDRED;
            above.checked_div(part).and_then(|share| share.ceil().to_u8()).unwrap_or_default()
        };
        self.parts(outside).into_iter().map(beyond).max().unwrap_or_default()
    }
}

impl Market {
    pub(super) fn new(terms: &Terms, outside: Outside) -> Self {
        let mut known: Vec<(u8, Situation)> = Vec::with_capacity(10);
        let mut of_share = |share: u8| {
            if let Some((_, situation)) = known.iter().find(|(seen, _)| *seen == share) {
                return *situation;
            }
            let situation = terms.situation(share);
            known.push((share, situation));
            situation
        };
        let by_answers = Interface::ALL.map(|interface| {
            Automation::ALL.map(|automation| {
                [Features::Core, Features::None].map(|features| {
                    of_share(match outside {
                        Outside::Default => default_outside(interface, automation, features),
                        Outside::Set(share) | Outside::Measured(share) => share,
                    })
                })
            })
        });
        Self { by_answers }
    }

    /// The situation for these answers.
    pub(crate) fn situation(&self, profile: Profile) -> Situation {
        let without = usize::from(profile.features() == Features::None);
        self.by_answers[profile.interface() as usize][profile.automation() as usize][without]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::SAMPLE;

    fn terms(api: &str) -> Terms {
        let capacity = Volume { input: 30_000_000, output: 5_000_000 };
        Terms::new(api.parse().unwrap(), Decimal::from(20), SAMPLE, Percent::ZERO, capacity, None)
    }

    #[test]
    fn the_edges_of_the_band_are_closed() {
        for (api, band) in [
            ("15.00", Band::Cheaper),
            ("15.0001", Band::Near),
            ("25", Band::Near),
            ("25.0001", Band::Dearer),
        ] {
            assert_eq!(terms(api).situation(0).total, band, "{api}");
        }
    }

    #[test]
    fn the_table_of_shares_is_laid_out_as_it_is_read() {
        let market = Market::new(&terms("30"), Outside::Default);
        for profile in Profile::all() {
            let share = Outside::Default.share(profile);
            assert_eq!(market.situation(profile), terms("30").situation(share));
        }
    }

    #[test]
    fn capacity_counts_chat_without_cache_reads_and_is_exceeded_only_above() {
        let at = |input, read: u16, outside| {
            let capacity = Volume { input: 30_000_000, output: 5_000_000 };
            let volume = Volume { input, output: 0 };
            Terms::new(
                Decimal::ONE,
                Decimal::from(20),
                volume,
                Percent::whole(read),
                capacity,
                None,
            )
            .situation(outside)
            .over_capacity
        };
        assert!(!at(30_000_000, 0, 0));
        assert!(at(30_000_001, 0, 0));
        assert!(!at(60_000_000, 50, 0));
        assert!(!at(60_000_000, 0, 50));
    }
}
