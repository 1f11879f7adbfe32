//! How numbers are shown: one style for money, percent, ranges, tokens and dates.
//!
//! Tables and files show money to the cent (`$20.00`) and days as `2026-11-29`; sentences drop needless
//! cents (`$20`) and name the month (`29 November 2026`).

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

/// Formats dollars: `$24.20`, `-$5.00`, `$1,500.00`; rounds half to even to cents.
///
/// An amount that rounds to zero without being zero reads `<$0.01`.
pub fn usd(amount: Decimal) -> String {
    let cents = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointNearestEven);
    if cents.is_zero() && !amount.is_zero() {
        return "<$0.01".to_owned();
    }
    let text = format!("{:.2}", cents.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, "00"));
    let sign = if cents < Decimal::ZERO { "-" } else { "" };
    format!("{sign}${}.{decimals}", group_digits(whole))
}

/// Dollars in a sentence, without needless cents: `$20`, `$16.67`.
pub(crate) fn short_usd(amount: Decimal) -> String {
    usd(amount).trim_end_matches(".00").to_owned()
}

/// Dollars in at most ten columns: `$903.96`, `$26,420`, `$26.42M`.
pub(crate) fn brief_usd(amount: Decimal) -> String {
    let million = Decimal::from(1_000_000);
    if amount < Decimal::from(10_000) {
        usd(amount)
    } else if amount < million * Decimal::TEN {
        short_usd(amount.round())
    } else {
        format!("{}M", usd(amount / million))
    }
}

/// Dollars with an explicit sign: `+$10.00`, `-$5.00`, `$0.00`.
pub fn usd_signed(amount: Decimal) -> String {
    let text = usd(amount);
    let is_amount = amount > Decimal::ZERO && text.starts_with('$');
    if is_amount { format!("+{text}") } else { text }
}

/// Formats dollars with as few decimals as are exact, for prices per million tokens: `$2`, `$0.10`,
/// `$2.50`.
pub fn usd_rate(amount: Decimal) -> String {
    let normal = amount.normalize();
    match normal.scale() {
        1 => format!("${normal:.2}"),
        _ => format!("${normal}"),
    }
}

/// The range that holds 8 of 10 cases, behind an amount: `likely between $10 and $22.50`.
pub(crate) fn likely_range(low: Decimal, high: Decimal) -> String {
    format!("likely between {} and {}", short_usd(low), short_usd(high))
}

/// A day in a sentence: `29 November 2026`.
pub(crate) fn day_in_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// A percentage with at most one decimal, without its sign: `91.2`, `<0.1`.
pub fn percent_shown(value: Decimal) -> String {
    let rounded = value.round_dp(1).normalize();
    if rounded.is_zero() && !value.is_zero() { "<0.1".to_owned() } else { rounded.to_string() }
}

/// All digits, in groups of three: `3,000,000`.
pub fn grouped(count: u64) -> String {
    group_digits(&count.to_string())
}

fn group_digits(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 token`, `3,000 tokens`.
pub fn tokens(count: u64) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} token{plural}", grouped(count))
}

/// Three significant digits with a unit: `3M`, `2.16M`, `648K`, `950`.
pub fn tokens_short(count: u64) -> String {
    let text = tokens_three(count);
    match text.split_once('.') {
        Some((whole, rest)) => {
            let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            let decimals = rest.trim_end_matches(char::is_alphabetic).trim_end_matches('0');
            let dot = if decimals.is_empty() { "" } else { "." };
            format!("{whole}{dot}{decimals}{unit}")
        }
        None => text,
    }
}

/// Exactly three significant digits with a unit: `3.00M`, `840K`, `950`.
pub fn tokens_three(count: u64) -> String {
    const UNITS: [(u64, &str); 4] =
        [(1_000_000_000_000, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K")];
    for (unit, letter) in UNITS {
        // From 999,500 the figure rounds up to the next unit: 1.00M, not 1000K.
        if count >= unit - unit / 2_000 && count >= 1_000 {
            let value = Decimal::from(count) / Decimal::from(unit);
            let places = if value >= Decimal::new(9995, 2) {
                0
            } else if value >= Decimal::new(9995, 3) {
                1
            } else {
                2
            };
            let rounded =
                value.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven);
            let text = format!("{rounded:.*}{letter}", places as usize);
            return text;
        }
    }
    count.to_string()
}

/// The approximate amount of text: `5 novels` (100,000 words each) or, below one, `12 pages` (300
/// words each).
pub fn human_size(tokens: u64, tokens_per_word: Decimal) -> String {
    if tokens_per_word <= Decimal::ZERO {
        return String::new();
    }
    let words = Decimal::from(tokens) / tokens_per_word;
    let (unit, name) =
        if words < Decimal::from(100_000) { (300, "page") } else { (100_000, "novel") };
    let count = (words / Decimal::from(unit))
        .round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven)
        .normalize();
    let whole = u64::try_from(count).unwrap_or(u64::MAX);
    let plural = if whole == 1 { "" } else { "s" };
    let count = if whole < 10_000 { grouped(whole) } else { tokens_short(whole) };
    format!("{count} {name}{plural}")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::number::MOST_TOKENS;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn sentences_have_short_amounts_and_months_with_names() {
        assert_eq!(likely_range(dec("10"), dec("22.5")), "likely between $10 and $22.50");
        assert_eq!(day_in_words(date(2026, 11, 9)), "9 November 2026");
    }

    #[test]
    fn money_rounds_half_to_even_and_never_hides_a_cent() {
        for (amount, shown) in [
            ("24.2", "$24.20"),
            ("-5", "-$5.00"),
            ("0.125", "$0.12"),
            ("0.135", "$0.14"),
            ("1500", "$1,500.00"),
            ("1234567.891", "$1,234,567.89"),
            ("0", "$0.00"),
            ("0.004", "<$0.01"),
            ("-0.001", "<$0.01"),
        ] {
            assert_eq!(usd(dec(amount)), shown, "{amount}");
        }
        for (amount, brief) in [
            ("903.96", "$903.96"),
            ("26420", "$26,420"),
            ("60013.50", "$60,014"),
            ("2642000.4", "$2,642,000"),
            ("26420000", "$26.42M"),
            ("300000000", "$300.00M"),
        ] {
            assert_eq!(brief_usd(dec(amount)), brief);
        }
        assert_eq!(usd_signed(dec("10")), "+$10.00");
        assert_eq!(usd_rate(dec("0.1")), "$0.10");
        assert_eq!(usd_rate(dec("2")), "$2");
        assert_eq!(usd_rate(dec("0.125")), "$0.125");
    }

    #[test]
    fn token_counts_read_short() {
        for (count, short, three) in [
            (0, "0", "0"),
            (950, "950", "950"),
            (3_000_000, "3M", "3.00M"),
            (2_160_000, "2.16M", "2.16M"),
            (840_000, "840K", "840K"),
            (99_600, "99.6K", "99.6K"),
            (99_940_000, "99.9M", "99.9M"),
            (99_960_000, "100M", "100M"),
            (999_499, "999K", "999K"),
            (999_500, "1M", "1.00M"),
            (10_000, "10K", "10.0K"),
            (1_000_000_000, "1B", "1.00B"),
            (MOST_TOKENS, "1T", "1.00T"),
        ] {
            assert_eq!(tokens_short(count), short);
            assert_eq!(tokens_three(count), three);
        }
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn volumes_have_a_human_size() {
        assert_eq!(human_size(3_000_000, dec("1.8")), "17 novels");
        assert_eq!(human_size(900_000, dec("1.8")), "5 novels");
        assert_eq!(human_size(540, dec("1.8")), "1 page");
        assert_eq!(human_size(2_000_000_000, dec("1.8")), "11.1K novels");
        assert_eq!(human_size(MOST_TOKENS, dec("1.8")), "5.56M novels");
    }
}
