//! What one response would have cost on the API, at the price of its day.

use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::{Response, Tier};
use crate::catalog::{Catalog, PriceRow};

/// One millionth: prices are per million tokens.
const PER_MILLION: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

/// What one response would have cost on the API, in two parts, USD.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ApiValue {
    /// Everything but cache reads: input, cache writes, output, web searches.
    pub fresh: Decimal,
    /// What was read from the cache.
    pub cache_reads: Decimal,
}

/// Dollars for one response by the row in force on its day (UTC, as the list counts) and for the
/// size of its prompt; `None` where the list has no price for all of it.
pub fn api_equivalent(response: &Response, catalog: &Catalog) -> Option<Decimal> {
    let value = api_value(response, catalog)?;
    value.fresh.checked_add(value.cache_reads)
}

/// The same with cache reads apart, which plans seem to count little or not at all.
pub fn api_value(response: &Response, catalog: &Catalog) -> Option<ApiValue> {
    let model = catalog.spelled(&response.model)?;
    let day = response.time.to_zoned(TimeZone::UTC).date();
    let tokens = response.tokens;
    let row = model.row(day, tokens.prompt())?;
    let terms = response.terms;
    let searches = match response.web_searches {
        0 => Decimal::ZERO,
        count => Decimal::from(count)
            .checked_mul(catalog.web_search_per_1000?)?
            .checked_mul(Decimal::new(1, 3))?,
    };
    // Fast mode has two prices of its own; what is cached grows like its input.
    let (input, output, cached) = match (terms.fast, terms.tier) {
        (false, Tier::Standard) => (row.input, row.output, None),
        (true, Tier::Standard) => (row.fast_input, row.fast_output, scale(row, row.fast_input)),
        (false, Tier::Batch) => (row.batch_input, row.batch_output, scale(row, row.batch_input)),
        _ => return None,
    };
    let is_plain = !terms.fast && terms.tier == Tier::Standard;
    let cache = |price: Option<Decimal>| {
        if is_plain {
            return price;
        }
        let (times, of) = cached?;
        price?.checked_mul(times)?.checked_div(of)
    };
    let mut fresh = Decimal::ZERO;
    for (count, price) in [
        (tokens.input, input),
        (tokens.output, output),
        (tokens.cache_write_5m, cache(row.cache_write_5m)),
        (tokens.cache_write_1h, cache(row.cache_write_1h)),
    ] {
        fresh = fresh.checked_add(times(count, price)?)?;
    }
    let mut reads = times(tokens.cache_read, cache(row.cache_read))?;
    if terms.us_only {
        let factor = model.us_only_multiplier?;
        fresh = fresh.checked_mul(factor)?;
        reads = reads.checked_mul(factor)?;
    }
    Some(ApiValue {
        fresh: fresh.checked_mul(PER_MILLION)?.checked_add(searches)?,
        cache_reads: reads.checked_mul(PER_MILLION)?,
    })
}

/// Tokens of one class at their price; no tokens need none.
fn times(count: u64, price: Option<Decimal>) -> Option<Decimal> {
    if count == 0 { Some(Decimal::ZERO) } else { Decimal::from(count).checked_mul(price?) }
}

/// The other input price over the plain one.
fn scale(row: &PriceRow, other: Option<Decimal>) -> Option<(Decimal, Decimal)> {
    Some((other?, row.input?))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::history::{Asker, Source, Terms, Tokens};

    fn response(model: &str, day: &str, tokens: Tokens) -> Response {
        Response {
            time: format!("{day}T12:00:00Z").parse().unwrap(),
            model: model.into(),
            tokens,
            web_searches: 0,
            terms: Terms::default(),
            source: Source::ClaudeCode,
            session: Arc::from("s"),
            project: Arc::from("p"),
            asker: Asker::Person,
            is_copy: false,
            is_unsplit: false,
            repeats: 0,
        }
    }

    fn usd(response: &Response) -> Option<String> {
        let catalog = Catalog::builtin().unwrap();
        api_equivalent(response, catalog).map(|usd| usd.normalize().to_string())
    }

    const MILLION: Tokens =
        Tokens { input: 0, output: 0, cache_write_5m: 0, cache_write_1h: 0, cache_read: 1_000_000 };

    #[test]
    fn the_price_is_the_one_in_force_on_the_day_of_the_response() {
        let on = |day| usd(&response("claude-sonnet-5-5", day, MILLION));
        assert_eq!(on("2026-10-06").as_deref(), Some("0.2"));
        assert_eq!(on("2026-10-07").as_deref(), Some("0.1"));
    }

    #[test]
    fn price_tiers_are_per_request_on_the_whole_prompt() {
        let tokens = |cache_read| Tokens { input: 10_000, output: 1_000, cache_read, ..MILLION };
        let haiku = |read| usd(&response("claude-haiku-5-5", "2026-11-20", tokens(read)));
        // 10,000 x 0.10 + 1,000 x 0.50 + 90,000 x 0.01, and five times that with one token more.
        assert_eq!(haiku(90_000).as_deref(), Some("0.0024"));
        assert_eq!(haiku(90_001).as_deref(), Some("0.01200005"));
    }

    #[test]
    fn every_class_has_its_own_price() {
        let tokens = Tokens {
            input: 1_000_000,
            output: 100_000,
            cache_write_5m: 10_000,
            cache_write_1h: 1_000,
            cache_read: 100,
        };
        // Opus 5.5: 4 + 2 + 0.05 + 0.008 + 0.00002.
        let plain = response("claude-opus-5-5", "2026-11-20", tokens);
        assert_eq!(usd(&plain).as_deref(), Some("6.05802"));
    }

    #[test]
    fn fast_mode_us_only_batch_and_web_searches_are_priced() {
        let mut opus = response("claude-opus-5-5", "2026-11-20", MILLION);
        assert_eq!(usd(&opus).as_deref(), Some("0.2"));
        opus.web_searches = 3;
        assert_eq!(usd(&opus).as_deref(), Some("0.23"));
        opus.terms.us_only = true;
        assert_eq!(usd(&opus).as_deref(), Some("0.25"));
        opus.terms = Terms { fast: true, ..Terms::default() };
        assert_eq!(usd(&opus).as_deref(), Some("0.43"));
        opus.terms = Terms { tier: Tier::Batch, ..Terms::default() };
        assert_eq!(usd(&opus).as_deref(), Some("0.13"));
        opus.terms = Terms { fast: true, tier: Tier::Batch, ..Terms::default() };
        assert_eq!(usd(&opus), None, "the two do not combine");
    }

    #[test]
    fn what_has_no_price_is_unpriced_and_never_zero() {
        assert_eq!(usd(&response("gpt-6", "2026-11-20", MILLION)), None);
        let mut sonnet = response("claude-sonnet-5-5", "2026-11-20", MILLION);
        sonnet.terms.fast = true;
        assert_eq!(usd(&sonnet), None);
    }
}
