//! The table of the month's numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::Unit;
use crate::advice::World;
use crate::number::Percent;
use crate::question::Profile;
use crate::usage::{Outside, ProPrice, Usage, pro_monthly};

/// A number of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Input tokens a month.
    Input,
    /// Output tokens a month.
    Output,
    /// Both together, as a multiple of the month they are in.
    Volume,
    /// Share outside the app.
    Outside,
    /// Share of the input read from the cache.
    CacheRead,
    /// Share written to the cache for five minutes.
    CacheWrite,
    /// Share written to the cache for an hour.
    CacheWrite1h,
    /// Share sent as batches.
    Batch,
    /// Thinking, in percent of the output.
    Thinking,
    /// Tokens of a typical prompt; 0 is a small one.
    PromptTokens,
    /// What Pro costs a month.
    ProPrice,
    /// Share of the chat that Pro's limits would stop.
    Overflow,
    /// Chat input a month that Pro carries.
    CapacityInput,
    /// The same for output.
    CapacityOutput,
}

/// How many of the advanced numbers a month sets.
pub fn advanced_set(usage: &Usage) -> usize {
    Field::ADVANCED.into_iter().filter(|field| field.is_set(usage)).count()
}

/// What is known of a number whatever the month.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// Its name on the command line.
    pub id: &'static str,
    /// How it is typed, and its range.
    pub unit: Unit,
    /// What it is called beside a slider.
    pub label: &'static str,
    /// What it is called in a sentence.
    pub name: &'static str,
    /// What its numbers are.
    pub values: &'static str,
}

impl Field {
    /// All of them, in the order in which help lists them.
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

    /// The advanced ones, in the order of the screens: six of the bill, three of Pro.
    pub const ADVANCED: [Self; 9] = [
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

    /// Its line of the table.
    pub const fn spec(self) -> Spec {
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

    /// How it is typed, and its range.
    pub const fn unit(self) -> Unit {
        self.spec().unit
    }

    /// What the month itself says; `None` where it leaves it to list, facts or answers.
    pub fn set_in(self, usage: &Usage) -> Option<Decimal> {
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

    /// Whether the month says something else than the default. A share of 0 % is the default.
    pub fn is_set(self, usage: &Usage) -> bool {
        let is_share = matches!(self.unit(), Unit::Percent(_));
        self.set_in(usage).is_some_and(|number| !(is_share && number.is_zero()))
    }

    /// The number that counts; `None` where only the answers on limits could say, or the list has
    /// no such price.
    pub fn get(self, usage: &Usage, profile: Profile, world: &World<'_>) -> Option<Decimal> {
        match self {
            Self::Outside => Some(usage.outside.share(profile).into()),
            Self::ProPrice => pro_monthly(usage.pro_price, world.catalog).ok(),
            field => field.set_in(usage).or_else(|| field.default(world)),
        }
    }

    /// What an advanced number is unless it is set; `None` where the answers say it.
    pub fn default(self, world: &World<'_>) -> Option<Decimal> {
        match self {
            Self::CapacityInput => Some(world.facts.capacity_input().into()),
            Self::CapacityOutput => Some(world.facts.capacity_output().into()),
            Self::Overflow => None,
            _ => Some(Decimal::ZERO),
        }
    }

    /// Puts a number, of the range of its unit, into the month; `None` takes the default back.
    pub fn set(self, number: Option<Decimal>, usage: &mut Usage) {
        let at = number.unwrap_or_default();
        let percent = |most| Percent::new(at, most).unwrap_or_default();
        let tokens = number.and_then(|number| number.to_u64());
        let share = number.and_then(|number| number.to_u8());
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

    /// The month with this advanced number, or why that cannot be, in a sentence. A number that is
    /// the default is as good as none.
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
                "The three cache shares would be {} % together; at most 100 fit. Lower another one first.",
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

    /// A number of each range that is no default and changes none of the others.
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
