//! What a response would have cost on the API, at the price of its day.

use std::hash::{Hash, Hasher};
use std::ptr;

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive as _;

use super::{Count, PromptSize, Response, Source, Terms, Tier};
use crate::catalog::{Catalog, Model, PriceRow};

/// Prices are per million tokens.
const PER_MILLION: Decimal = Decimal::from_parts(1, 0, 0, false, 6);
/// Reports list prompts above this many tokens separately.
const LONG: u64 = 200_000;

/// Why tokens have no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// The list does not have the model.
    Model,
    /// The list has the model, but not for the day or the prompt size.
    Day,
    /// The list has no price for this, named in words.
    Part(&'static str),
    /// The sum exceeds exact dollars.
    TooLarge,
}

/// API cost of a response or a sum, in US dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// For a sum, at the lowest prices that can have applied.
    pub low: Decimal,
    /// For a sum, at the highest prices that can have applied.
    pub high: Decimal,
}

/// API cost of one response in two parts, USD.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ApiValue {
    /// Input, cache writes, output and web searches.
    pub fresh: Decimal,
    pub cache_reads: Decimal,
}

impl ApiValue {
    /// The total; `None` on overflow.
    fn all(self) -> Option<Decimal> {
        self.fresh.checked_add(self.cache_reads)
    }
}

/// API cost of one response, with cache reads separate, because plans seem to count them little or
/// not at all. A sum is priced at its smallest prompts. Returns `None` if the list
/// lacks a price for any part.
pub fn api_value(response: &Response, catalog: &Catalog) -> Option<ApiValue> {
    let model = catalog.spelled(&response.model)?;
    let day = response.time.to_zoned(TimeZone::UTC).date();
    let prompt = if response.count.is_sum() { 0 } else { response.tokens.prompt() };
    by_row(&Bulk::of(response), response.terms, model, model.row(day, prompt)?, catalog).ok()
}

/// Both bounds of the API cost. They differ only for a sum: the sum does not show the size of each
/// prompt, on which of its days the price changed, or, from ccusage, how long cache writes last.
pub(super) fn price_as(
    response: &Response,
    model: &Model,
    catalog: &Catalog,
) -> Result<Price, Gap> {
    let day = response.time.to_zoned(TimeZone::UTC).date();
    let value = |bulk: &Bulk, row| {
        by_row(bulk, response.terms, model, row, catalog)?.all().ok_or(Gap::TooLarge)
    };
    let bulk = Bulk::of(response);
    let Count::Sum { days } = response.count else {
        let usd = value(&bulk, model.row(day, response.tokens.prompt()).ok_or(Gap::Day)?)?;
        return Ok(Price { low: usd, high: usd });
    };
    let mut bounds: Option<Price> = None;
    for row in rows_of_sum(model, response, day, days) {
        let low = value(&bulk, row)?;
        // Nearly all writes of current Claude Code last an hour, which ccusage does not record.
        let is_open = response.is_unsplit && response.source == Source::Ccusage;
        let high = if is_open && row.cache_write_1h.is_some() {
            value(&bulk.written_for_an_hour(), row)?
        } else {
            low
        };
        bounds = Some(bounds.map_or(Price { low, high }, |bounds| Price {
            low: bounds.low.min(low),
            high: bounds.high.max(high),
        }));
    }
    bounds.ok_or(Gap::Day)
}

/// The terms under which responses of one model have the same price for each token. Such responses
/// are added up first and priced together, with the same result.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tariff<'m> {
    row: &'m PriceRow,
    terms: Terms,
    /// The classes that have tokens, one bit each. A class without a price leaves only responses
    /// with tokens of that class unpriced.
    classes: u8,
}

impl PartialEq for Tariff<'_> {
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self.row, other.row) && self.terms == other.terms && self.classes == other.classes
    }
}

impl Eq for Tariff<'_> {}

impl Hash for Tariff<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        ptr::from_ref(self.row).hash(state);
        self.terms.hash(state);
        self.classes.hash(state);
    }
}

impl<'m> Tariff<'m> {
    /// The tariff of a response on its day in UTC. Returns `None` for a sum of several responses,
    /// and if the model has no row.
    pub(super) fn of(response: &Response, model: &'m Model, day: Date) -> Option<Self> {
        if response.count.is_sum() {
            return None;
        }
        let tokens = response.tokens;
        let row = model.row(day, tokens.prompt())?;
        let counts = [
            tokens.input,
            tokens.output,
            tokens.cache_write_5m,
            tokens.cache_write_1h,
            tokens.cache_read,
            response.web_searches,
        ];
        let classes = counts.iter().fold(0, |bits, count| bits << 1 | u8::from(*count > 0));
        Some(Self { row, terms: response.terms, classes })
    }

    /// API cost of these tokens in dollars.
    pub(super) fn price(
        self,
        bulk: &Bulk,
        model: &Model,
        catalog: &Catalog,
    ) -> Result<Decimal, Gap> {
        by_row(bulk, self.terms, model, self.row, catalog)?.all().ok_or(Gap::TooLarge)
    }
}

/// Tokens by class, of one or more responses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bulk {
    pub(super) input: u128,
    pub(super) output: u128,
    pub(super) cache_write_5m: u128,
    pub(super) cache_write_1h: u128,
    pub(super) cache_read: u128,
    pub(super) web_searches: u128,
}

impl Bulk {
    fn of(response: &Response) -> Self {
        let tokens = response.tokens;
        Self {
            input: tokens.input.into(),
            output: tokens.output.into(),
            cache_write_5m: tokens.cache_write_5m.into(),
            cache_write_1h: tokens.cache_write_1h.into(),
            cache_read: tokens.cache_read.into(),
            web_searches: response.web_searches.into(),
        }
    }

    /// The same tokens with all cache writes for an hour.
    const fn written_for_an_hour(self) -> Self {
        let writes = self.cache_write_5m.saturating_add(self.cache_write_1h);
        Self { cache_write_5m: 0, cache_write_1h: writes, ..self }
    }
}

/// All rows that can have applied to part of a sum, from its first day on.
///
/// No request in a sum has a larger prompt than the whole sum, so a small sum has one price. A
/// prompt size given by the source rules out more rows.
fn rows_of_sum<'m>(
    model: &'m Model,
    response: &Response,
    first: Date,
    days: u16,
) -> Vec<&'m PriceRow> {
    let more = i64::from(days.saturating_sub(1));
    let last = first.checked_add(more.days()).unwrap_or(first);
    let changes = model.prices.iter().filter_map(|row| row.from);
    let days = changes.filter(|day| first < *day && *day <= last);
    let (small, large) = match response.terms.prompt {
        PromptSize::Untold => (0, u64::MAX),
        PromptSize::UpTo200K => (0, LONG),
        PromptSize::Above200K => (LONG + 1, u64::MAX),
    };
    let large = large.min(response.tokens.prompt()).max(small);
    let mut rows = Vec::new();
    for day in std::iter::once(first).chain(days) {
        // From the row of the smallest prompt up to the row of the largest one.
        let steps = model.prices.iter().map(|row| row.above_prompt_tokens.saturating_add(1));
        let sizes = steps.filter(|size| (small..=large).contains(size));
        let found = std::iter::once(small).chain(sizes).filter_map(|size| model.row(day, size));
        rows.extend(found);
    }
    rows
}

/// API cost of all tokens in dollars, at the prices of one row.
fn by_row(
    tokens: &Bulk,
    terms: Terms,
    model: &Model,
    row: &PriceRow,
    catalog: &Catalog,
) -> Result<ApiValue, Gap> {
    let searches = match catalog.web_search_per_1000 {
        _ if tokens.web_searches == 0 => Decimal::ZERO,
        None => return Err(Gap::Part("web searches")),
        Some(price) => Decimal::from_u128(tokens.web_searches)
            .and_then(|count| count.checked_mul(price)?.checked_mul(Decimal::new(1, 3)))
            .ok_or(Gap::TooLarge)?,
    };
    // Fast mode has its own input and output prices; cache prices scale with its input price.
    let (input, output, mode) = match (terms.fast, terms.tier) {
        (false, Tier::Standard) => (row.input, row.output, None),
        (true, Tier::Standard) => (row.fast_input, row.fast_output, Some("fast mode")),
        (false, Tier::Batch) => (row.batch_input, row.batch_output, Some("batches")),
        (true, _) => return Err(Gap::Part("fast mode in its service tier")),
        (false, Tier::Other) => return Err(Gap::Part("its service tier")),
    };
    let cache = |price: Option<Decimal>| match mode {
        None => price,
        Some(_) => price?.checked_mul(input?)?.checked_div(row.input?),
    };
    let times = |count: u128, price: Option<Decimal>, class| {
        if count == 0 {
            return Ok(Decimal::ZERO);
        }
        let price = price.ok_or_else(|| Gap::Part(mode.unwrap_or(class)))?;
        Decimal::from_u128(count).and_then(|count| count.checked_mul(price)).ok_or(Gap::TooLarge)
    };
    let mut fresh = Decimal::ZERO;
    for (count, price, class) in [
        (tokens.input, input, "input"),
        (tokens.output, output, "output"),
        (tokens.cache_write_5m, cache(row.cache_write_5m), "5-minute cache writes"),
        (tokens.cache_write_1h, cache(row.cache_write_1h), "1-hour cache writes"),
    ] {
        fresh = fresh.checked_add(times(count, price, class)?).ok_or(Gap::TooLarge)?;
    }
    let mut reads = times(tokens.cache_read, cache(row.cache_read), "cache reads")?;
    if terms.us_only {
        let factor = model.us_only_multiplier.ok_or(Gap::Part("US-only processing"))?;
        fresh = fresh.checked_mul(factor).ok_or(Gap::TooLarge)?;
        reads = reads.checked_mul(factor).ok_or(Gap::TooLarge)?;
    }
    let value = || {
        Some(ApiValue {
            fresh: fresh.checked_mul(PER_MILLION)?.checked_add(searches)?,
            cache_reads: reads.checked_mul(PER_MILLION)?,
        })
    };
    value().ok_or(Gap::TooLarge)
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
            count: Count::Exact,
            source: Source::ClaudeCode,
            session: Arc::from("s"),
            project: Arc::from("p"),
            asker: Asker::Person,
            is_copy: false,
            is_unsplit: false,
            repeats: 0,
        }
    }

    fn priced(response: &Response) -> Option<Price> {
        let catalog = Catalog::builtin().unwrap();
        price_as(response, catalog.spelled(&response.model)?, catalog).ok()
    }

    fn usd(response: &Response) -> Option<String> {
        priced(response).map(|price| price.low.normalize().to_string())
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

    /// Both cost bounds of a sum over these days.
    fn bounds(model: &str, day: &str, days: u16, tokens: Tokens, prompt: PromptSize) -> String {
        let mut sum = response(model, day, tokens);
        sum.time = format!("{day}T00:00:00Z").parse().unwrap();
        sum.count = Count::Sum { days };
        sum.terms.prompt = prompt;
        match priced(&sum) {
            Some(price) => format!("{} {}", price.low.normalize(), price.high.normalize()),
            None => "unpriced".to_owned(),
        }
    }

    #[test]
    fn a_day_or_month_total_has_two_bounds_when_a_tier_exists() {
        let haiku = |read, prompt| {
            let tokens = Tokens { output: 1_000, cache_read: read, ..Tokens::default() };
            bounds("claude-haiku-5-5", "2026-11-20", 1, tokens, prompt)
        };
        let (untold, short, long) =
            (PromptSize::Untold, PromptSize::UpTo200K, PromptSize::Above200K);
        // 100,000 x 0.01 + 1,000 x 0.50 = $0.0015: no request can be above the step.
        assert_eq!(haiku(100_000, untold), "0.0015 0.0015");
        // One token more: all below at 0.01 and 0.50, or all above at 0.05 and 2.50.
        assert_eq!(haiku(100_001, untold), "0.00150001 0.00750005");
        // "At most 200,000 tokens each" does not show which side of 100,000 they are on.
        assert_eq!(haiku(100_001, short), "0.00150001 0.00750005");
        assert_eq!(haiku(300_000, long), "0.0175 0.0175");
    }

    #[test]
    fn the_old_premium_above_200_000_tokens_is_told_by_the_context_window() {
        let sonnet = |day, prompt| {
            let tokens = Tokens { input: 1_000_000, output: 100_000, ..Tokens::default() };
            bounds("claude-sonnet-4-5", day, 1, tokens, prompt)
        };
        // 3 + 1.5 below, 6 + 2.25 above; the premium ended on 2026-04-30.
        assert_eq!(sonnet("2026-04-29", PromptSize::Untold), "4.5 8.25");
        assert_eq!(sonnet("2026-04-29", PromptSize::UpTo200K), "4.5 4.5");
        assert_eq!(sonnet("2026-04-29", PromptSize::Above200K), "8.25 8.25");
        assert_eq!(sonnet("2026-04-30", PromptSize::Untold), "4.5 4.5");
    }

    #[test]
    fn a_sum_over_days_in_which_the_price_changed_has_two_bounds() {
        let sonnet =
            |day, days| bounds("claude-sonnet-5-5", day, days, MILLION, PromptSize::Untold);
        assert_eq!(sonnet("2026-10-01", 31), "0.1 0.2");
        assert_eq!(sonnet("2026-10-01", 6), "0.2 0.2");
        assert_eq!(sonnet("2026-10-01", 7), "0.1 0.2");
        assert_eq!(sonnet("2026-10-07", 1), "0.1 0.1");
        assert_eq!(bounds("gpt-6", "2026-10-07", 1, MILLION, PromptSize::Untold), "unpriced");
    }
}
