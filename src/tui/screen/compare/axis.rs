//! The volume axis of the chart: multiples of the person's month, or of a sample if it is empty.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::cost::Volume;
use crate::number::{MOST_TOKENS, tokens_short, tokens_three};
use crate::tui::keymap::Action;

/// The right end for an empty month. The article's examples send five tokens for every two
/// written.
const SAMPLE_UNIT: Volume = Volume { input: 10_000_000, output: 4_000_000 };

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Axis {
    /// The volume at multiple 1.
    unit: Volume,
    today: Decimal,
}

impl Axis {
    /// The axis for a month of this volume.
    pub(super) const fn of(volume: Volume) -> Self {
        if volume.input == 0 && volume.output == 0 {
            Self { unit: SAMPLE_UNIT, today: Decimal::ZERO }
        } else {
            Self { unit: volume, today: Decimal::ONE }
        }
    }

    /// The person's month on the axis: 1, or 0 if it is empty.
    pub(super) const fn today(self) -> Decimal {
        self.today
    }

    /// True if the month is empty. The axis then shows volumes instead of multiples.
    pub(super) const fn starts_at_zero(self) -> bool {
        self.today.is_zero()
    }

    /// The volume at a multiple, in whole tokens, rounded half to even.
    pub(super) fn volume(self, multiple: Decimal) -> Volume {
        self.unit.times(multiple)
    }

    /// A multiple as text: `× 1.50`, or `2.50M sent` for an empty month.
    pub(super) fn name(self, multiple: Decimal) -> String {
        if self.starts_at_zero() {
            format!("{} sent", tokens_three(self.volume(multiple).input))
        } else {
            // A format precision would truncate instead of rounding.
            format!("× {}", crate::words::times(multiple))
        }
    }

    /// The label of the right end, as short as possible: `× 2.5`.
    pub(super) fn end_name(self, most: Decimal) -> String {
        if self.starts_at_zero() {
            let volume = self.volume(most);
            let short = |tokens| tokens_short(tokens);
            format!("{} + {}", short(volume.input), short(volume.output))
        } else {
            format!("× {}", most.normalize())
        }
    }

    /// The right end: the larger of 2.5 times today and 1.25 times break-even, at most 5 times.
    pub(super) fn shown(self, break_even: Option<Decimal>) -> Decimal {
        if self.starts_at_zero() {
            return Decimal::ONE;
        }
        let five = Decimal::from(5);
        let wanted = break_even
            .filter(|multiple| *multiple < five)
            .map(|multiple| multiple * Decimal::new(125, 2))
            .or_else(|| break_even.map(|_| five))
            .unwrap_or_default()
            .round_dp_with_strategy(1, RoundingStrategy::AwayFromZero);
        wanted.clamp(Decimal::new(25, 1), five).normalize()
    }

    /// The largest what-if: the right end, but never a month above the program's limit.
    pub(super) fn most(self, break_even: Option<Decimal>) -> Decimal {
        let largest = self.unit.input.max(self.unit.output);
        let countable = Decimal::from(MOST_TOKENS)
            .checked_div(Decimal::from(largest))
            .unwrap_or(Decimal::ONE)
            .round_dp_with_strategy(2, RoundingStrategy::ToZero);
        self.shown(break_even).min(countable).max(self.today)
    }

    /// The multiple after a key.
    pub(super) fn stepped(self, now: Decimal, action: Action, most: Decimal) -> Decimal {
        let hundredth = Decimal::new(1, 2);
        let coarse = if self.starts_at_zero() {
            Decimal::new(5, 2)
        } else if most > Decimal::from(3) {
            Decimal::new(25, 2)
        } else {
            Decimal::new(1, 1)
        };
        let step = match action {
            Action::Less | Action::More => hundredth,
            _ => coarse,
        };
        let whole = (now / step).floor();
        let next = match action {
            Action::Right | Action::More => (whole + Decimal::ONE) * step,
            _ if whole * step == now => (whole - Decimal::ONE) * step,
            _ => whole * step,
        };
        // A step always stops at the person's own month.
        // The current value may lie beyond the end of a narrower chart.
        let passes_today =
            (now < self.today && next > self.today) || (now > self.today && next < self.today);
        if passes_today {
            return self.today;
        }
        next.clamp(Decimal::ZERO, most.max(now)).normalize()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    const MONTH: Volume = Volume { input: 3_000_000, output: 900_001 };

    #[test]
    fn a_multiple_is_whole_tokens_half_to_even() {
        let axis = Axis::of(MONTH);
        assert_eq!(axis.volume(dec("1.5")).input, 4_500_000);
        assert_eq!(axis.volume(dec("1.5")).output, 1_350_002);
        assert_eq!(axis.volume(dec("0.5")).output, 450_000);
        assert_eq!(axis.name(dec("1.5")), "× 1.50");
    }

    #[test]
    fn the_right_end_follows_the_break_even_up_to_five() {
        let axis = Axis::of(MONTH);
        for (break_even, end) in [
            (Some("1.333333"), "2.5"),
            (Some("2.4"), "3"),
            (Some("2.41"), "3.1"),
            (Some("26.666667"), "5"),
            (Some("0.1"), "2.5"),
            (None, "2.5"),
        ] {
            assert_eq!(axis.shown(break_even.map(dec)), dec(end), "{break_even:?}");
        }
    }

    #[test]
    fn steps_stop_at_the_ends_and_at_ones_own_month() {
        let axis = Axis::of(MONTH);
        let most = dec("2.5");
        let step = |now: &str, action| axis.stepped(dec(now), action, most).to_string();
        assert_eq!(step("1", Action::Right), "1.1");
        assert_eq!(step("1", Action::Left), "0.9");
        assert_eq!(step("1.13", Action::Right), "1.2");
        assert_eq!(step("1.13", Action::Left), "1.1");
        assert_eq!(step("1.04", Action::Left), "1");
        assert_eq!(step("1.1", Action::Less), "1.09");
        assert_eq!(step("2.5", Action::Right), "2.5");
        assert_eq!(step("0", Action::Left), "0");
        // The value comes from the wider chart of another model.
        assert_eq!(step("4", Action::Right), "4");
        assert_eq!(step("4", Action::Left), "3.9");
    }

    #[test]
    fn an_empty_month_counts_in_tokens() {
        let axis = Axis::of(Volume { input: 0, output: 0 });
        assert_eq!(axis.today(), Decimal::ZERO);
        let next = axis.stepped(Decimal::ZERO, Action::Right, axis.most(None));
        assert_eq!(axis.volume(next).input, 500_000);
        assert_eq!(axis.name(next), "500K sent");
        assert_eq!(axis.end_name(Decimal::ONE), "10M + 4M");
    }

    #[test]
    fn no_what_if_is_larger_than_what_can_be_counted() {
        let axis = Axis::of(Volume { input: MOST_TOKENS, output: 5 });
        assert_eq!(axis.most(None), Decimal::ONE);
    }
}
