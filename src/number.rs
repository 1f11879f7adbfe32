//! Numbers as people write and read them: token counts, money, percentages.

pub(crate) mod json;
mod shown;

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::text::node::{Scalar, scalar};
use crate::text::quoted;

pub(crate) use shown::{brief_usd, day_in_words, likely_range, short_usd};
pub use shown::{
    grouped, human_size, percent_shown, tokens, tokens_short, tokens_three, usd, usd_rate,
    usd_signed,
};

/// Rounds an amount of at least a cent up to 1, 2, 4 or 5 times a power of ten: the end of an axis.
pub fn round_above(amount: Decimal) -> Decimal {
    let mut power = Decimal::new(1, 2);
    for _ in 0..24 {
        for digit in [1, 2, 4, 5] {
            let candidate = power * Decimal::from(digit);
            if candidate >= amount {
                return candidate.normalize();
            }
        }
        power *= Decimal::TEN;
    }
    amount
}

/// The largest accepted number of tokens a month, 10^12.
pub const MOST_TOKENS: u64 = 1_000_000_000_000;

/// Why a typed number was rejected. Each message says what is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NumberError {
    /// The input is empty.
    #[error("no number given; type one such as 2.5M, 800k, 1,000,000 or 1e6")]
    Empty,
    /// The text is not a number in any accepted form.
    #[error("{0} is not a number of tokens; type one such as 2.5M, 800k, 1,000,000 or 1e6")]
    Malformed(String),
    /// The number has a fraction of a token.
    #[error("{0} is not a whole number of tokens; add digits or a unit such as k or M")]
    Fraction(String),
    /// A dot before three digits can be a decimal point or a separator of thousands.
    #[error("{given} can mean {} or {}; type it without the dot", grouped(*.small), grouped(*.large))]
    Ambiguous { given: String, small: u64, large: u64 },
    #[error("{0} is more than 1,000,000,000,000 tokens a month; type a smaller number")]
    TooLarge(String),
    /// A percentage out of range or with too many decimals.
    #[error("{given} is not a percentage from 0 to {most} with at most four decimals")]
    Percent {
        given: String,
        /// The largest percentage accepted here.
        most: u16,
    },
    /// A fractional percentage where only whole ones are accepted.
    #[error("{0}% is not a whole percentage; type one such as 15")]
    NotWhole(Percent),
    /// The count is empty.
    #[error("no number given; type one such as 12 or 1,500")]
    NoCount,
    /// The text is not a count.
    #[error("{0} is not a whole number; type one such as 12 or 1,500")]
    NotCount(String),
    /// The count is above this maximum.
    #[error("at most {}; type a smaller number", grouped(u64::from(*.0)))]
    TooMany(u32),
    /// The text is not a multiple, or is out of range.
    #[error(
        "{0} is not a multiple from 0 to 1000000 with at most four decimals; type one such as 0.5 or 3"
    )]
    NotMultiple(String),
    /// A price out of range or with too many decimals.
    #[error("{0} is not a price; type dollars above 0, at most 10,000, with at most two decimals")]
    Price(String),
}

/// Reads a number of tokens: `2.5M`, `800k`, `1,000,000`, `1_000_000`, `1e6`, `2,5M`.
///
/// Groups of exactly three digits after a comma are thousands; one comma with other digits
/// after it is a decimal comma. So are groups after two dots or more, or before a decimal comma; after
/// a single dot they could be decimals as well, unless a unit follows. The result is whole and at most
/// [`MOST_TOKENS`].
///
/// ```
/// # use planwise::number::parse_tokens;
/// assert_eq!(parse_tokens("2,5M"), Ok(2_500_000));
/// assert_eq!(parse_tokens("1,000,000"), Ok(1_000_000));
/// assert_eq!(parse_tokens("1.000.000"), Ok(1_000_000));
/// assert!(parse_tokens("500.000").is_err());
/// ```
pub fn parse_tokens(typed: &str) -> Result<u64, NumberError> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    let malformed = || NumberError::Malformed(quoted(text));
    let (mantissa, exponent) = split_unit(text).ok_or_else(malformed)?;
    let (whole, fraction) = split_decimals(mantissa).ok_or_else(malformed)?;
    if let Some((small, large)) = readings(text) {
        return Err(NumberError::Ambiguous { given: quoted(text), small, large });
    }
    let fraction = fraction.trim_end_matches('0');
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Ok(0);
    }
    let shift = exponent - i64::try_from(fraction.len()).ok().ok_or_else(malformed)?;
    let (digits, shift) = (digits.trim_end_matches('0'), shift + trailing_zeros(digits));
    if shift < 0 {
        return Err(NumberError::Fraction(quoted(text)));
    }
    let too_large = || NumberError::TooLarge(quoted(text));
    let length = i64::try_from(digits.len()).ok().ok_or_else(too_large)?;
    if length + shift > 13 {
        return Err(too_large());
    }
    let value = digits.parse::<u64>().ok().ok_or_else(too_large)?
        * 10_u64.pow(u32::try_from(shift).ok().ok_or_else(too_large)?);
    if value > MOST_TOKENS { Err(too_large()) } else { Ok(value) }
}

/// Splits `2.5M` into `2.5` and the power of ten of its unit or exponent.
fn split_unit(text: &str) -> Option<(&str, i64)> {
    if let Some((mantissa, exponent)) = text.split_once(['e', 'E']) {
        let sign_free = exponent.strip_prefix('+').unwrap_or(exponent);
        let fits =
            (1..=3).contains(&sign_free.len()) && sign_free.bytes().all(|b| b.is_ascii_digit());
        return fits.then(|| sign_free.parse().ok().map(|e| (mantissa, e))).flatten();
    }
    let last = text.chars().next_back()?;
    let power = match last.to_ascii_lowercase() {
        'k' => 3,
        'm' => 6,
        'b' | 'g' => 9,
        _ => return Some((text, 0)),
    };
    Some((text.strip_suffix(last)?.trim_end(), power))
}

/// Both readings of a number such as `500.000`, whose dot can separate decimals or thousands.
fn readings(text: &str) -> Option<(u64, u64)> {
    let (whole, group) = text.split_once('.')?;
    let is_group = group.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    let small = whole.parse().ok().filter(|_| is_group)?;
    Some((small, format!("{whole}{group}").parse().ok()?))
}

/// Splits a mantissa into its whole digits, without separators, and its decimals.
fn split_decimals(mantissa: &str) -> Option<(String, String)> {
    let dots = mantissa.matches('.').count();
    let (whole, decimals) = match mantissa.rsplit_once(',') {
        // `1.234,5`
        Some((whole, decimals)) if dots > 0 && !decimals.contains('.') => (whole, decimals),
        // `1.234.567`
        None if dots > 1 => (mantissa, ""),
        _ if dots > 0 => mantissa.split_once('.')?,
        _ if is_decimal_comma(mantissa) => mantissa.split_once(',')?,
        _ => (mantissa, ""),
    };
    if !decimals.bytes().all(|b| b.is_ascii_digit()) || (whole.is_empty() && decimals.is_empty()) {
        return None;
    }
    Some((join_groups(whole)?, decimals.to_owned()))
}

/// A single comma is a decimal comma unless exactly three digits follow it.
fn is_decimal_comma(mantissa: &str) -> bool {
    match mantissa.split_once(',') {
        Some((_, after)) => !after.contains([',', '_']) && after.len() != 3,
        None => false,
    }
}

/// Joins `1,000,000`, `1_000_000` or `1.000.000`: every group after the first has three digits.
fn join_groups(whole: &str) -> Option<String> {
    let separator = ['_', '.'].into_iter().find(|sign| whole.contains(*sign)).unwrap_or(',');
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !(1..=3).contains(&first.len()) {
            return None;
        }
        digits.push_str(group);
    }
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(digits)
}

/// The number of trailing zeros.
fn trailing_zeros(digits: &str) -> i64 {
    i64::try_from(digits.len() - digits.trim_end_matches('0').len()).unwrap_or(i64::MAX)
}

/// A percentage: a whole number or a decimal with at most four places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Percent(Decimal);

impl Percent {
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// A percentage from 0 to `most`, at most four decimal places.
    pub fn new(value: Decimal, most: u16) -> Result<Self, NumberError> {
        let value = value.normalize();
        if value.is_sign_negative() && !value.is_zero()
            || value > Decimal::from(most)
            || value.scale() > 4
        {
            return Err(NumberError::Percent { given: format!("'{value}'"), most });
        }
        Ok(Self(value))
    }

    /// Reads `25`, `33.3333`, `12,5` or `20 %`.
    pub fn parse(typed: &str, most: u16) -> Result<Self, NumberError> {
        let text = typed.trim().trim_end_matches('%').trim_end().replace(',', ".");
        let wrong = || NumberError::Percent { given: quoted(typed), most };
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return Err(wrong());
        }
        let value = Decimal::from_str_exact(&text).ok().ok_or_else(wrong)?;
        Self::new(value, most).ok().ok_or_else(wrong)
    }

    /// A whole percentage.
    pub fn whole(value: u16) -> Self {
        Self(Decimal::from(value))
    }

    /// The number before the percent sign.
    pub const fn value(self) -> Decimal {
        self.0
    }

    /// The fraction of one: 20% is 0.20. Exact.
    pub fn fraction(self) -> Decimal {
        self.0 * Decimal::new(1, 2)
    }

    /// The number with at most one decimal: `91.2`, `<0.1`. Measured values are no more precise
    /// than that. Fields for editing show every digit.
    pub fn shown(self) -> String {
        percent_shown(self.0)
    }

    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.normalize())
    }
}

/// In JSON a whole percentage is a number, any other a decimal string.
impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match u16::try_from(self.0) {
            Ok(whole) if Decimal::from(whole) == self.0 => serializer.serialize_u16(whole),
            _ => serializer.serialize_str(&self.to_string()),
        }
    }
}

/// Reads a count of at most `most`, written as [`parse_tokens`] reads one.
pub fn parse_count(typed: &str, most: u32) -> Result<u32, NumberError> {
    let count = parse_tokens(typed).map_err(|error| match error {
        NumberError::Empty => NumberError::NoCount,
        NumberError::TooLarge(_) => NumberError::TooMany(most),
        _ => NumberError::NotCount(quoted(typed)),
    })?;
    let count = u32::try_from(count).ok().filter(|count| *count <= most);
    count.ok_or(NumberError::TooMany(most))
}

/// Reads a multiple: `0.5`, `3`, `2,5`, `3x`.
pub fn parse_times(typed: &str) -> Result<Decimal, NumberError> {
    let text = typed.trim().trim_end_matches(['x', 'X', '×']).trim_end().replace(',', ".");
    let plain = (1..=20).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && text.bytes().any(|b| b.is_ascii_digit());
    plain
        .then(|| Decimal::from_str_exact(&text).ok())
        .flatten()
        .map(|value| value.normalize())
        .filter(|value| *value <= Decimal::from(1_000_000) && value.scale() <= 4)
        .ok_or_else(|| NumberError::NotMultiple(quoted(typed)))
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(deserializer, 100)
    }
}

impl Percent {
    /// Reads a percentage from 0 to `most` from a file: a whole number, or a decimal in quotes.
    pub(crate) fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        most: u16,
    ) -> Result<Self, D::Error> {
        let expected = format!(
            "a whole number from 0 to {most}, or a decimal in quotes with at most four places"
        );
        scalar(deserializer, &expected, |given| {
            let value = match given {
                Scalar::Whole(whole) => Decimal::from(whole),
                Scalar::Text(text) => plain_decimal(text, 20, 4)?,
            };
            Self::new(value, most).ok()
        })
    }
}

#[cfg(test)]
impl Percent {
    /// The schema of what [`Self::read`] takes.
    pub(crate) fn schema(most: u16) -> schemars::Schema {
        let digits = most.to_string().len() - 1;
        let places = r"(\.[0-9]{1,4})?";
        let pattern = format!(r"^0*({most}(\.0{{1,4}})?|[0-9]{{1,{digits}}}{places})$");
        schemars::json_schema!({
            "anyOf": [
                { "type": "integer", "minimum": 0, "maximum": most },
                { "type": "string", "pattern": pattern, "maxLength": 20 }
            ]
        })
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Percent {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Percent".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = Self::schema(100);
        let about =
            "A share in percent: a whole number, or a decimal in quotes with at most four places.";
        schema.insert("description".to_owned(), about.into());
        schema
    }
}

/// Parses plain digits with at most one decimal point and at most `places` decimals.
pub(crate) fn plain_decimal(text: &str, longest: usize, places: usize) -> Option<Decimal> {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let plain = text.len() <= longest
        && match text.split_once('.') {
            Some((whole, rest)) => is_digits(whole) && is_digits(rest) && rest.len() <= places,
            None => is_digits(text),
        };
    plain.then(|| Decimal::from_str_exact(text).ok()).flatten()
}

/// Amounts, hours and similar values in files: not negative, exact, plain digits in quotes.
pub(crate) mod amount {
    use super::{
        Decimal, Deserializer, Scalar, Serializer, exact, plain_decimal, scalar, six_places,
    };

    /// Above this, sums of amounts could overflow a decimal.
    const MOST: Decimal = Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0);

    pub(crate) fn serialize<S: Serializer>(
        amount: &Decimal,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&exact(*amount))
    }

    /// A quotient, to six places.
    pub(crate) fn rounded<S: Serializer>(
        quotient: &Decimal,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serialize(&six_places(*quotient), serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Decimal, D::Error> {
        let expected = "an amount in quotes, plain digits such as \"2.50\"";
        scalar(deserializer, expected, |given| match given {
            Scalar::Text(text) => plain_decimal(text, 40, 28).filter(|amount| *amount <= MOST),
            Scalar::Whole(_) => None,
        })
    }

    /// An optional amount.
    pub(crate) mod optional {
        use super::{Decimal, Deserializer, Serializer, exact};

        #[expect(clippy::ref_option, reason = "serde gives the field")]
        pub(crate) fn serialize<S: Serializer>(
            amount: &Option<Decimal>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            match amount {
                Some(amount) => serializer.serialize_some(&exact(*amount)),
                None => serializer.serialize_none(),
            }
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Decimal>, D::Error> {
            super::deserialize(deserializer).map(Some)
        }
    }
}

/// Reads a calendar day from a file.
pub(crate) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    scalar(deserializer, "a day in quotes, such as \"2026-11-22\"", |given| match given {
        Scalar::Text(text) => text.parse().ok(),
        Scalar::Whole(_) => None,
    })
}

/// Reads a price of Pro: dollars above 0, at most 10,000, at most two decimals.
pub fn parse_price(typed: &str) -> Result<Decimal, NumberError> {
    let text = typed.trim().trim_start_matches('$').trim_start();
    let wrong = || NumberError::Price(quoted(typed));
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let price: Decimal = if plain {
        Decimal::from_str_exact(text).ok().ok_or_else(wrong)?
    } else {
        return Err(wrong());
    };
    if price <= Decimal::ZERO || price > Decimal::from(10_000) || price.normalize().scale() > 2 {
        return Err(wrong());
    }
    Ok(price.normalize())
}

/// The exact amount in plain notation without trailing zeros, as JSON has it.
pub fn exact(amount: Decimal) -> String {
    amount.normalize().to_string()
}

/// Divides and rounds half to even to a whole number. `None` if `by` is 0.
pub fn half_even(value: u128, by: u128) -> Option<u128> {
    let (whole, rest) = (value.checked_div(by)?, value.checked_rem(by)?);
    let up = match rest.saturating_mul(2).cmp(&by) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => whole % 2 == 1,
        std::cmp::Ordering::Greater => true,
    };
    Some(whole.saturating_add(u128::from(up)))
}

/// Rounds half to even to six decimals.
pub fn six_places(quotient: Decimal) -> Decimal {
    quotient.round_dp_with_strategy(6, RoundingStrategy::MidpointNearestEven)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn every_written_form_is_read() {
        for (typed, expected) in [
            ("0", 0),
            ("2.5M", 2_500_000),
            ("800k", 800_000),
            ("800 K", 800_000),
            ("1,000,000", 1_000_000),
            ("1_000_000", 1_000_000),
            ("1e6", 1_000_000),
            ("1.5E6", 1_500_000),
            ("1e+3", 1_000),
            ("2,5M", 2_500_000),
            ("2,500", 2_500),
            ("2,500M", 2_500_000_000),
            ("0.000001M", 1),
            (".5k", 500),
            ("1.000.000", 1_000_000),
            ("12.345.678", 12_345_678),
            ("1.234,5k", 1_234_500),
            ("1,234.5k", 1_234_500),
            ("2.500M", 2_500_000),
            ("1.0000", 1),
            ("1,000.000", 1_000),
            ("1T", 0),
            ("1000B", MOST_TOKENS),
            ("1G", 1_000_000_000),
            ("1e12", MOST_TOKENS),
            ("000012", 12),
            ("3.0", 3),
            ("1,0000", 1),
        ] {
            if typed == "1T" {
                assert!(parse_tokens(typed).is_err(), "T is not a unit people type here");
            } else {
                assert_eq!(parse_tokens(typed), Ok(expected), "{typed}");
            }
        }
    }

    #[test]
    fn what_is_not_a_number_says_what_would_be() {
        for typed in
            ["", "-1", "abc", "1.2.3", "1,00,0", "1__000", "e6", "1e", "1e-3", ".", "k", "1kk", "١"]
        {
            assert!(parse_tokens(typed).is_err(), "{typed}");
        }
        for typed in ["1.000.00", "1.00.000", "1,2,3.4.5", "1.2,3.4", "1,234,5.6,7", "0.500"] {
            assert!(parse_tokens(typed).is_err(), "{typed}");
        }
        assert_eq!(
            parse_tokens("500.000").unwrap_err().to_string(),
            "'500.000' can mean 500 or 500,000; type it without the dot"
        );
        assert!(matches!(parse_tokens("1.000"), Err(NumberError::Ambiguous { .. })));
        assert_eq!(parse_tokens("0.5"), Err(NumberError::Fraction("'0.5'".into())));
        assert_eq!(parse_tokens("1.23k").unwrap(), 1_230);
        assert!(matches!(parse_tokens("1.2345k"), Err(NumberError::Fraction(_))));
        assert!(matches!(parse_tokens("1000000000001"), Err(NumberError::TooLarge(_))));
        assert!(matches!(parse_tokens("1e999"), Err(NumberError::TooLarge(_))));
        assert!(matches!(parse_tokens(&"9".repeat(400)), Err(NumberError::TooLarge(_))));
        let message = parse_tokens("many").unwrap_err().to_string();
        assert_eq!(
            message,
            "'many' is not a number of tokens; type one such as 2.5M, 800k, 1,000,000 or 1e6"
        );
    }

    #[test]
    fn percentages_have_four_places_at_most() {
        assert_eq!(Percent::parse("33.3333", 100).unwrap().value(), dec("33.3333"));
        assert_eq!(Percent::parse("12,5 %", 100).unwrap().to_string(), "12.5");
        for typed in ["100.0001", "-1", "1.00001", "", "x", "1e2"] {
            assert!(Percent::parse(typed, 100).is_err(), "{typed}");
        }
        assert_eq!(Percent::parse("1000", 1000).unwrap().fraction(), dec("10"));
    }

    #[test]
    fn a_price_of_pro_has_a_range() {
        assert_eq!(parse_price("$17").unwrap(), dec("17"));
        for typed in ["0", "10000.01", "1.999", "-3", "", "x"] {
            assert!(parse_price(typed).is_err(), "{typed}");
        }
    }
}
