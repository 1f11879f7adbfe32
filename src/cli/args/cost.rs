//! The flags of `cost`.

use clap::Args;
use rust_decimal::Decimal;

use super::{TableFormat, UsageError};
use crate::cost::Mix;
use crate::number::{NumberError, Percent, parse_tokens};

pub(super) const COST_EXAMPLES: &str = "\
Examples:
  planwise cost --input 500k --output 200k
  planwise cost --input 2M --output 800k --catalog article
  planwise cost --input 10M --output 1M --model claude-sonnet-5-5 \\
    --model claude-opus-5-5
  planwise cost --input 30M --output 2M --cache-read 60 --batch 50 --format json

N is a number of tokens a month: 800k, 2.5M, 1,000,000 or 1e6.
PCT is a percentage with at most four decimals: 25 or 33.3333.
A model without a price for such tokens is shown as unpriced, never as $0.";

/// What `planwise cost` prices and how it answers.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct CostArgs {
    /// Input tokens a month
    #[arg(long, value_name = "N", value_parser = parse_tokens, allow_negative_numbers = true)]
    pub input: u64,
    /// Output tokens a month
    #[arg(long, value_name = "N", value_parser = parse_tokens, allow_negative_numbers = true)]
    pub output: u64,
    /// A model by id or alias; give it again for more (default: every current model)
    #[arg(long, value_name = "ID")]
    pub model: Vec<String>,
    /// Share of the input read from the cache
    #[arg(long, value_name = "PCT", value_parser = share, allow_negative_numbers = true)]
    pub cache_read: Option<Percent>,
    /// Share of the input written to the cache for five minutes
    #[arg(long, value_name = "PCT", value_parser = share, allow_negative_numbers = true)]
    pub cache_write: Option<Percent>,
    /// Share of the input written to the cache for one hour
    #[arg(long, value_name = "PCT", value_parser = share, allow_negative_numbers = true)]
    pub cache_write_1h: Option<Percent>,
    /// Share of everything sent as batches, at half the price
    #[arg(long, value_name = "PCT", value_parser = share, allow_negative_numbers = true)]
    pub batch: Option<Percent>,
    /// Thinking on top of the output, 0 to 1000 percent of it
    #[arg(long, value_name = "PCT", value_parser = thinking, allow_negative_numbers = true)]
    pub thinking: Option<Percent>,
    /// Typical size of a prompt, for models whose price depends on it
    #[arg(long, value_name = "N", value_parser = parse_tokens, allow_negative_numbers = true)]
    pub prompt_tokens: Option<u64>,
    /// How to write the result: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: TableFormat,
}

impl CostArgs {
    /// How the tokens are billed.
    pub fn mix(&self) -> Mix {
        Mix {
            cache_read: self.cache_read.unwrap_or_default(),
            cache_write_5m: self.cache_write.unwrap_or_default(),
            cache_write_1h: self.cache_write_1h.unwrap_or_default(),
            batch: self.batch.unwrap_or_default(),
            thinking: self.thinking.unwrap_or_default(),
        }
    }

    /// The shares of the cache are parts of one input.
    pub(super) fn check(&self) -> Result<(), UsageError> {
        let sum = self.mix().cached();
        if sum <= Decimal::ONE_HUNDRED {
            return Ok(());
        }
        Err(UsageError::new(format!(
            "'--cache-read', '--cache-write' and '--cache-write-1h' are {sum}% together; they \
             share one input, so give at most 100%",
            sum = sum.normalize()
        )))
    }
}

fn share(typed: &str) -> Result<Percent, NumberError> {
    Percent::parse(typed, 100)
}

fn thinking(typed: &str) -> Result<Percent, NumberError> {
    Percent::parse(typed, 1000)
}

#[cfg(test)]
mod tests {
    use clap::{Args as _, Command};

    use super::*;
    use crate::month::{Field, Unit};

    /// The largest value of a number, and one beyond it, as they are typed.
    fn edge(unit: Unit) -> (&'static str, &'static str) {
        match unit.most_percent() {
            Some(100) => ("100", "100.0001"),
            Some(_) => ("1000", "1000.0001"),
            None => ("1000000000000", "1000000000001"),
        }
    }

    #[test]
    fn the_flags_are_the_numbers_of_the_month_in_their_ranges() {
        let command = CostArgs::augment_args(Command::new("cost"));
        let flags: Vec<&str> = command.get_arguments().filter_map(|flag| flag.get_long()).collect();
        let numbers = Field::ALL.map(|field| (field.spec().id, field.unit()));
        let numbers = numbers.into_iter().filter(|(id, _)| flags.contains(id));
        let mut tried = 0;
        for (id, unit) in numbers {
            let (most, beyond) = edge(unit);
            let parse = |value: &str| {
                let flag = format!("--{id}={value}");
                let others = [("input", "--input=1"), ("output", "--output=1")];
                let others = others.into_iter().filter(|(other, _)| *other != id);
                let args = others.map(|(_, flag)| flag.to_owned()).chain([flag]);
                command.clone().try_get_matches_from(std::iter::once("cost".to_owned()).chain(args))
            };
            assert!(parse(most).is_ok(), "{id} takes {most}");
            assert!(parse(beyond).is_err(), "{id} does not take {beyond}");
            assert!(unit.parse(most).is_ok() && unit.parse(beyond).is_err(), "{id}");
            tried += 1;
        }
        assert_eq!(tried, 8, "{flags:?}");
    }
}
