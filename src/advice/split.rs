//! How hybrid divides a month between Pro and the API (method, section 7).

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use super::situation::Terms;
use crate::cost::Volume;
use crate::question::{Control, Limits, Profile};

/// Share of the chat beyond Pro's limits if the person hits them most weeks.
const OVERFLOW_OFTEN: u8 = 30;
/// Share of the chat beyond Pro's limits if the person hits them now and then.
const OVERFLOW_SOMETIMES: u8 = 10;
/// Share of the chat that moves if only control needs the API.
const OVERFLOW_CONTROL: u8 = 20;

/// The origin of the share of the chat beyond Pro's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum OverflowOrigin {
    /// The method's default for the answers.
    Default,
    /// The person's own logs, replayed on Pro.
    Usage,
    /// The estimated capacity of Pro.
    Capacity,
    /// Set by the person.
    User,
}

/// The shares of a hybrid month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// Work outside the Claude app, whole percent.
    pub outside_pct: u8,
    /// Share of the chat beyond Pro's limits, whole percent.
    pub overflow_pct: u8,
    pub overflow_origin: OverflowOrigin,
    /// The lowest and the highest share that a replay gives, in whole percent; `None` unless the
    /// share comes from one.
    pub overflow_range: Option<(u8, u8)>,
}

/// The share of the chat beyond Pro's limits and its origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Overflow {
    pct: u8,
    origin: OverflowOrigin,
    range: Option<(u8, u8)>,
}

impl Overflow {
    /// What the answers, the volume and the person's logs imply.
    fn implied(profile: Profile, limits_effective: Limits, outside_pct: u8, terms: &Terms) -> Self {
        let is_controlled = profile.control() == Control::Yes && outside_pct == 0;
        let by_control = if is_controlled { OVERFLOW_CONTROL } else { 0 };
        let by_limits = match limits_effective {
            Limits::Often => OVERFLOW_OFTEN,
            Limits::Sometimes => OVERFLOW_SOMETIMES,
            Limits::Never | Limits::Unknown => 0,
        };
        let default = by_limits.max(by_control);
        let (floor, evidence, origin) = match terms.replayed {
            Some(on_pro) => {
                let floor = if on_pro.is_floor { default } else { by_control };
                (floor, on_pro.refused.likely, OverflowOrigin::Usage)
            }
            None => (default, terms.beyond_capacity(outside_pct), OverflowOrigin::Capacity),
        };
        let decides = match terms.replayed {
            Some(_) => evidence >= floor,
            None => evidence > floor,
        };
        let range = terms
            .replayed
            .filter(|_| decides)
            .map(|on_pro| (on_pro.refused.high.max(floor), on_pro.refused.low.max(floor)));
        let origin = if decides { origin } else { OverflowOrigin::Default };
        Self { pct: evidence.max(floor), origin, range }
    }
}

impl Split {
    /// The split for these answers; `by_hand` overrides the share of the chat beyond the limits.
    pub(super) fn new(
        profile: Profile,
        limits_effective: Limits,
        outside_pct: u8,
        terms: &Terms,
        by_hand: Option<u8>,
    ) -> Self {
        let overflow = match by_hand {
            Some(pct) => Overflow { pct, origin: OverflowOrigin::User, range: None },
            None => Overflow::implied(profile, limits_effective, outside_pct, terms),
        };
        Self {
            outside_pct,
            overflow_pct: overflow.pct,
            overflow_origin: overflow.origin,
            overflow_range: overflow.range,
        }
    }

    /// Percent of the month on Pro, at most two decimals.
    pub fn pro_pct(self) -> Decimal {
        let inside = 100_u64.saturating_sub(u64::from(self.outside_pct));
        let stays = 100_u64.saturating_sub(u64::from(self.overflow_pct));
        Decimal::new(i64::try_from(inside * stays).unwrap_or_default(), 2).normalize()
    }

    /// Percent of the month on the API. Adds up to 100 with [`Self::pro_pct`].
    pub fn api_pct(self) -> Decimal {
        Decimal::ONE_HUNDRED - self.pro_pct()
    }

    /// Tokens on the API, rounded half to even.
    pub(crate) fn api_volume(self, month: Volume) -> Volume {
        let share = self.api_pct() * Decimal::new(1, 2);
        let part = |tokens: u64| {
            let exact = Decimal::from(tokens) * share;
            let whole = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
            u64::try_from(whole).unwrap_or(tokens)
        };
        Volume { input: part(month.input), output: part(month.output) }
    }

    /// Tokens on Pro. Adds up to the month with [`Self::api_volume`].
    pub(crate) fn pro_volume(self, month: Volume) -> Volume {
        let api = self.api_volume(month);
        Volume {
            input: month.input.saturating_sub(api.input),
            output: month.output.saturating_sub(api.output),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn by_hand(outside_pct: u8, overflow_pct: u8) -> Split {
        let overflow_origin = OverflowOrigin::User;
        Split { outside_pct, overflow_pct, overflow_origin, overflow_range: None }
    }

    #[test]
    fn the_drawn_example_splits_72_to_28() {
        let split = by_hand(20, 10);
        assert_eq!(split.pro_pct(), Decimal::from(72));
        assert_eq!(split.api_pct(), Decimal::from(28));
        let month = Volume { input: 3_000_000, output: 900_000 };
        assert_eq!(split.api_volume(month), Volume { input: 840_000, output: 252_000 });
        assert_eq!(split.pro_volume(month), Volume { input: 2_160_000, output: 648_000 });
    }

    #[test]
    fn the_parts_always_make_the_whole() {
        let month = Volume { input: 999_999, output: 333_331 };
        for outside_pct in 0..=100 {
            for overflow_pct in 0..=100 {
                let split = by_hand(outside_pct, overflow_pct);
                assert_eq!(split.pro_pct() + split.api_pct(), Decimal::ONE_HUNDRED);
                assert!(split.pro_pct().scale() <= 2);
                let (pro, api) = (split.pro_volume(month), split.api_volume(month));
                assert_eq!(pro.input + api.input, month.input);
                assert_eq!(pro.output + api.output, month.output);
            }
        }
    }
}
