//! The table of the month's numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::Unit;
use crate::advice::World;
use crate::number::Percent;
use crate::question::{Origin, Profile};
use crate::usage::{Outside, ProPrice, Usage, pro_monthly};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Input,
    Output,
    /// Input and output together, as a multiple of the month they are in.
    Volume,
    /// Share of the work outside the app.
    Outside,
    /// Share of the input read from the cache.
    CacheRead,
    /// Share of the input written to the five-minute cache.
    CacheWrite,
    /// Share of the input written to the one-hour cache.
    CacheWrite1h,
    /// Share sent in batches.
    Batch,
    /// Thinking, in percent of the output.
    Thinking,
    /// Tokens of a typical prompt; 0 means a small one.
    PromptTokens,
    ProPrice,
    /// Share of the chat that Pro's limits would block.
    Overflow,
    /// Chat input per month that Pro covers.
    CapacityInput,
    /// Chat output per month that Pro covers.
    CapacityOutput,
}

/// How many of the advanced numbers the month sets.
pub(crate) fn advanced_set(usage: &Usage) -> usize {
    Field::ADVANCED.into_iter().filter(|field| field.is_set(usage)).count()
}

/// The properties of a number that do not depend on the month.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spec {
    /// The name on the command line.
    pub id: &'static str,
    /// The unit it is typed in, and its range.
    pub unit: Unit,
    /// The label beside a slider.
    pub label: &'static str,
    /// The name in a sentence.
    pub name: &'static str,
    /// The values it accepts, in words.
    pub values: &'static str,
}

impl Field {
    /// In the order in which help lists them.
    pub const ALL: [Self; 14] = [
        Self::Input,
        Self::Output,
        Self::Volume,
        Self::Outside,
        Self::CacheRead,
        Self::CacheWrite,
        Self::CacheWrite1h,
        Self::Batch,
        Self::Thinking,
        Self::PromptTokens,
        Self::ProPrice,
        Self::Overflow,
        Self::CapacityInput,
        Self::CapacityOutput,
    ];

    /// The advanced ones, in screen order: six for the bill, three for Pro.
    pub(crate) const ADVANCED: [Self; 9] = [
        Self::CacheRead,
        Self::CacheWrite,
        Self::CacheWrite1h,
        Self::Batch,
        Self::Thinking,
        Self::PromptTokens,
        Self::Overflow,
        Self::CapacityInput,
        Self::CapacityOutput,
    ];

    /// The field's row of the table.
    pub(crate) const fn spec(self) -> Spec {
        match self {
            Self::Input => Spec {
                id: "input",
                unit: Unit::Tokens,
                label: "Sent to Claude, input",
                name: "Sent to Claude, input",
                values: "input tokens a month",
            },
            Self::Output => Spec {
                id: "output",
                unit: Unit::Tokens,
                label: "Written by Claude, output",
                name: "Written by Claude, output",
                values: "output tokens a month",
            },
            Self::Volume => Spec {
                id: "volume",
                unit: Unit::Times,
                label: "Volume",
                name: "Volume of the month",
                values: "times this month's volume",
            },
            Self::Outside => Spec {
                id: "outside",
                unit: Unit::Whole,
                label: "Outside the Claude app",
                name: "Outside the Claude app",
                values: "percent outside the Claude app",
            },
            Self::CacheRead => Spec {
                id: "cache-read",
                unit: Unit::Percent(100),
                label: "Read from cache",
                name: "Share of the input read from the cache",
                values: "percent of the input read from the cache",
            },
            Self::CacheWrite => Spec {
                id: "cache-write",
                unit: Unit::Percent(100),
                label: "Written for 5 minutes",
                name: "Share of the input written to the cache for 5 minutes",
                values: "percent of the input written to the cache for 5 minutes",
            },
            Self::CacheWrite1h => Spec {
                id: "cache-write-1h",
                unit: Unit::Percent(100),
                label: "Written for 1 hour",
                name: "Share of the input written to the cache for 1 hour",
                values: "percent of the input written to the cache for 1 hour",
            },
            Self::Batch => Spec {
                id: "batch",
                unit: Unit::Percent(100),
                label: "Sent as batches",
                name: "Share sent as batches, at half the price",
                values: "percent sent as batches",
            },
            Self::Thinking => Spec {
                id: "thinking",
                unit: Unit::Percent(1_000),
                label: "Thinking allowance",
                name: "Thinking, on top of the output",
                values: "percent of thinking on top of the output",
            },
            Self::PromptTokens => Spec {
                id: "prompt-tokens",
                unit: Unit::Tokens,
                label: "Typical prompt size",
                name: "Typical size of a prompt, for prices that depend on it",
                values: "tokens of a typical prompt",
            },
            Self::ProPrice => Spec {
                id: "pro-price",
                unit: Unit::Dollars,
                label: "Pro price",
                name: "Pro price",
                values: "dollars a month for Pro",
            },
            Self::Overflow => Spec {
                id: "overflow",
                unit: Unit::Whole,
                label: "Chat stopped by limits",
                name: "Share of the chat that Pro's limits would stop",
                values: "percent of the chat that goes to the API",
            },
            Self::CapacityInput => Spec {
                id: "capacity-input",
                unit: Unit::Tokens,
                label: "Pro carries, input",
                name: "Chat a month that Pro carries, input",
                values: "input tokens of chat that Pro is thought to carry",
            },
            Self::CapacityOutput => Spec {
                id: "capacity-output",
                unit: Unit::Tokens,
                label: "Pro carries, output",
                name: "Chat a month that Pro carries, output",
                values: "output tokens of chat that Pro is thought to carry",
            },
        }
    }

    /// The unit it is typed in, and its range.
    pub const fn unit(self) -> Unit {
        self.spec().unit
    }

    /// The value that the month itself sets. Returns `None` if it comes from the price list, the
    /// facts or the answers.
    pub(crate) fn set_in(self, usage: &Usage) -> Option<Decimal> {
        let mix = &usage.mix;
        match self {
            Self::Input => Some(usage.volume.input.into()),
            Self::Output => Some(usage.volume.output.into()),
            Self::Volume => Some(Decimal::ONE),
            Self::Outside => match usage.outside {
                Outside::Default => None,
                Outside::Set(share) | Outside::Measured(share) => Some(share.into()),
            },
            Self::CacheRead => Some(mix.cache_read.value()),
            Self::CacheWrite => Some(mix.cache_write_5m.value()),
            Self::CacheWrite1h => Some(mix.cache_write_1h.value()),
            Self::Batch => Some(mix.batch.value()),
            Self::Thinking => Some(mix.thinking.value()),
            Self::PromptTokens => usage.prompt_tokens.map(Decimal::from),
            Self::ProPrice => match usage.pro_price {
                ProPrice::Monthly | ProPrice::Annual => None,
                ProPrice::Other(price) => Some(price),
            },
            Self::Overflow => usage.overflow_pct.map(Decimal::from),
            Self::CapacityInput => usage.capacity_input.map(Decimal::from),
            Self::CapacityOutput => usage.capacity_output.map(Decimal::from),
        }
    }

    /// True if the month sets a value other than the default. A share of 0% is the default.
    pub(crate) fn is_set(self, usage: &Usage) -> bool {
        let is_share = matches!(self.unit(), Unit::Percent(_));
        self.set_in(usage).is_some_and(|number| !(is_share && number.is_zero()))
    }

    /// The effective value. Returns `None` if only the answers about limits determine it, or the
    /// price list has no such price.
    pub fn get(self, usage: &Usage, profile: Profile, world: &World<'_>) -> Option<Decimal> {
        match self {
            Self::Outside => Some(usage.outside.share(profile).into()),
            Self::ProPrice => pro_monthly(usage.pro_price, world.catalog).ok(),
            field => field.set_in(usage).or_else(|| field.default(world)),
        }
    }

    /// The default of an advanced number. Returns `None` if the answers determine it.
    pub fn default(self, world: &World<'_>) -> Option<Decimal> {
        match self {
            Self::CapacityInput => Some(world.facts.capacity_input().into()),
            Self::CapacityOutput => Some(world.facts.capacity_output().into()),
            Self::Overflow => None,
            _ => Some(Decimal::ZERO),
        }
    }

    /// Sets the month's number, which must be in the range of its unit. `None` restores the
    /// default.
    pub fn set(self, number: Option<Decimal>, usage: &mut Usage) {
        let at = number.unwrap_or_default();
        let percent = |most| Percent::new(at, most).unwrap_or_default();
        let tokens = number.and_then(|number| number.to_u64());
        let share = number.and_then(|number| number.to_u8());
        if matches!(self, Self::Input | Self::Output) && usage.volume_origin == Origin::Assumed {
            usage.volume_origin = Origin::User;
        }
        let mix = &mut usage.mix;
        match self {
            Self::Input => usage.volume.input = tokens.unwrap_or_default(),
            Self::Output => usage.volume.output = tokens.unwrap_or_default(),
            Self::Volume => usage.volume = usage.volume.times(at),
            Self::Outside => usage.outside = share.map_or(Outside::Default, Outside::Set),
            Self::CacheRead => mix.cache_read = percent(100),
            Self::CacheWrite => mix.cache_write_5m = percent(100),
            Self::CacheWrite1h => mix.cache_write_1h = percent(100),
            Self::Batch => mix.batch = percent(100),
            Self::Thinking => mix.thinking = percent(1_000),
            Self::PromptTokens => usage.prompt_tokens = tokens,
            Self::ProPrice => usage.pro_price = number.map_or(ProPrice::Monthly, ProPrice::Other),
            Self::Overflow => usage.overflow_pct = share,
            Self::CapacityInput => usage.capacity_input = tokens,
            Self::CapacityOutput => usage.capacity_output = tokens,
        }
    }

    /// The month with this advanced number, or a sentence that explains why it is invalid. Setting
    /// the default is the same as setting nothing.
    pub fn put(
        self,
        number: Option<Decimal>,
        usage: &Usage,
        world: &World<'_>,
    ) -> Result<Usage, String> {
        let mut usage = usage.clone();
        self.set(number.filter(|_| number != self.default(world)), &mut usage);
        let cached = usage.mix.cached();
        if matches!(self, Self::CacheRead | Self::CacheWrite | Self::CacheWrite1h)
            && cached > Decimal::ONE_HUNDRED
        {
            return Err(format!(
                "The three cache shares would be {}% together; at most 100 fit. Lower another one first.",
                cached.normalize()
            ));
        }
        Ok(usage)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::catalog::Catalog;
    use crate::cost::Volume;
    use crate::facts::Facts;
    use crate::question::Answers;

    /// A valid number for each unit that differs from the default and changes none of the others.
    fn other(unit: Unit) -> Decimal {
        match unit {
            Unit::Dollars => Decimal::new(1750, 2),
            Unit::Percent(_) => Decimal::new(333_333, 4),
            _ => Decimal::from(3),
        }
    }

    #[test]
    fn a_number_put_into_a_month_is_read_from_it_and_alone_there() {
        let world = World {
            catalog: Catalog::builtin().unwrap(),
            facts: Facts::builtin().unwrap(),
            today: date(2026, 11, 22),
        };
        let profile = Answers::default().assume_open().resolve().unwrap().profile;
        for field in Field::ALL.into_iter().filter(|field| *field != Field::Volume) {
            let (mut usage, number) = (Usage::default(), other(field.unit()));
            field.set(Some(number), &mut usage);
            assert_eq!(field.get(&usage, profile, &world), Some(number), "{field:?}");
            assert!(field.is_set(&usage), "{field:?}");
            for rest in Field::ALL.into_iter().filter(|rest| *rest != field) {
                assert_eq!(rest.set_in(&usage), rest.set_in(&Usage::default()), "{field:?}");
            }
            field.set(None, &mut usage);
            if !matches!(field, Field::Input | Field::Output) {
                assert_eq!(usage, Usage::default(), "{field:?}");
            }
        }
        let mut usage = Usage::default();
        Field::Volume.set(Some(Decimal::new(25, 1)), &mut usage);
        assert_eq!(usage.volume, Volume { input: 1_250_000, output: 500_000 });
    }

    #[test]
    fn names_are_one_each_and_a_number_shown_is_read_again() {
        for field in Field::ALL {
            let spec = field.spec();
            let others = Field::ALL.into_iter().filter(|other| *other != field);
            assert!(
                others.into_iter().all(|other| {
                    other.spec().id != spec.id && other.spec().label != spec.label
                })
            );
            let number = other(spec.unit);
            assert_eq!(spec.unit.parse(&spec.unit.typed(number)), Ok(number), "{field:?}");
        }
    }

    #[test]
    fn a_default_counts_as_not_set() {
        let world = World {
            catalog: Catalog::builtin().unwrap(),
            facts: Facts::builtin().unwrap(),
            today: date(2026, 11, 22),
        };
        for field in Field::ADVANCED {
            let usage = field.put(field.default(&world), &Usage::default(), &world).unwrap();
            assert_eq!(usage, Usage::default(), "{field:?}");
        }
    }
}
