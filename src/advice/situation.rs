//! What the prices imply for a month: which way to pay is cheaper, and whether Pro is enough.

use rust_decimal::Decimal;

use super::BAND_PCT;
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
    by_share: [Situation; SHARES.len()],
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
}

impl Terms {
    pub(super) fn new(
        api: Decimal,
        pro: Decimal,
        volume: Volume,
        cache_read: Percent,
        capacity: Volume,
    ) -> Self {
        Self {
            api,
            pro,
            fresh_input: fresh_input(volume, cache_read),
            output: Decimal::from(volume.output),
            capacity_input: Decimal::from(capacity.input),
            capacity_output: Decimal::from(capacity.output),
        }
    }

    /// The situation with this outside share, in whole percent.
    pub(super) fn situation(&self, outside: u8) -> Situation {
        let inside = 100_u8.saturating_sub(outside);
        let exceeds = |tokens: Decimal, capacity: Decimal| {
            tokens * Decimal::from(inside) > capacity * Decimal::ONE_HUNDRED
        };
        Situation {
            total: Band::of(self.api, 100, self.pro),
            chat: Band::of(self.api, inside, self.pro),
            over_capacity: exceeds(self.fresh_input, self.capacity_input)
                || exceeds(self.output, self.capacity_output),
            all_outside: outside >= 100,
        }
    }
}

/// The answers that determine the default share: interface, automation, and features `none`.
const SHARES: [(Interface, Automation, Features); 18] = {
    use Automation as A;
    use Features::{Core, None};
    use Interface::{Chat, Code, Tools};
    [
        (Chat, A::None, Core),
        (Chat, A::Some, Core),
        (Chat, A::Heavy, Core),
        (Tools, A::None, Core),
        (Tools, A::Some, Core),
        (Tools, A::Heavy, Core),
        (Code, A::None, Core),
        (Code, A::Some, Core),
        (Code, A::Heavy, Core),
        (Chat, A::None, None),
        (Chat, A::Some, None),
        (Chat, A::Heavy, None),
        (Tools, A::None, None),
        (Tools, A::Some, None),
        (Tools, A::Heavy, None),
        (Code, A::None, None),
        (Code, A::Some, None),
        (Code, A::Heavy, None),
    ]
};

impl Market {
    pub(super) fn new(terms: &Terms, outside: Outside) -> Self {
        let mut known: Vec<(u8, Situation)> = Vec::with_capacity(10);
        let by_share = SHARES.map(|(interface, automation, features)| {
            let share = match outside {
                Outside::Default => default_outside(interface, automation, features),
                Outside::Set(share) | Outside::Measured(share) => share,
            };
            if let Some((_, situation)) = known.iter().find(|(seen, _)| *seen == share) {
                return *situation;
            }
            let situation = terms.situation(share);
            known.push((share, situation));
            situation
        });
        Self { by_share }
    }

    /// The situation for these answers.
    pub(crate) fn situation(&self, profile: Profile) -> Situation {
        let without = usize::from(profile.features() == Features::None);
        let index = without * 9 + profile.interface() as usize * 3 + profile.automation() as usize;
        self.by_share[index]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::SAMPLE;

    fn terms(api: &str) -> Terms {
        let capacity = Volume { input: 30_000_000, output: 5_000_000 };
        Terms::new(api.parse().unwrap(), Decimal::from(20), SAMPLE, Percent::ZERO, capacity)
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
            Terms::new(Decimal::ONE, Decimal::from(20), volume, Percent::whole(read), capacity)
                .situation(outside)
                .over_capacity
        };
        assert!(!at(30_000_000, 0, 0));
        assert!(at(30_000_001, 0, 0));
        assert!(!at(60_000_000, 50, 0));
        assert!(!at(60_000_000, 0, 50));
    }
}
