//! Parses and validates a price list. Errors name the invalid row and the reason.

use std::collections::HashSet;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize as _;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use thiserror::Error;

use super::{
    Bundle, Catalog, CatalogId, CreditLimits, FableTerms, Family, Model, Overflow, Plan, PriceRow,
};
use crate::text::node::Node;
use crate::text::{clean, looks_like_key, quoted};

/// Real prices are far below this; a larger one is a typo.
const HIGHEST_PRICE: u64 = 1_000_000;
/// More decimal places than this could not be summed exactly.
const MOST_PLACES: u32 = 6;

/// An invalid row of a price list: its place, the problem and the fix.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("price list: {place}: {problem}")]
pub struct CatalogError {
    /// The row, such as `model 'claude-opus-5-5', price row 2`.
    place: String,
    /// What is wrong and what would be valid.
    problem: String,
}

impl CatalogError {
    fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { place: place.into(), problem: problem.into() }
    }
}

type Read<T> = Result<T, CatalogError>;

/// A JSON object with its place in the list, for error messages.
struct Row<'a> {
    place: String,
    fields: &'a Map<String, Value>,
}

impl<'a> Row<'a> {
    fn new(place: String, value: &'a Value) -> Read<Self> {
        match value.as_object() {
            Some(fields) => Ok(Self { place, fields }),
            None => Err(CatalogError::new(place, "must be an object in braces")),
        }
    }

    fn wrong<T>(&self, problem: impl Into<String>) -> Read<T> {
        Err(CatalogError::new(self.place.clone(), problem))
    }

    /// The value of a mandatory key.
    fn required(&self, key: &str) -> Read<&'a Value> {
        match self.fields.get(key) {
            Some(value) => Ok(value),
            None => self.wrong(format!("'{key}' is missing; add it")),
        }
    }

    /// The value of a mandatory key that may be null.
    fn known_or_null(&self, key: &str) -> Read<&'a Value> {
        match self.fields.get(key) {
            Some(value) => Ok(value),
            None => {
                self.wrong(format!("'{key}' is missing; add it, with null where it is unknown"))
            }
        }
    }

    /// Text that is safe to show on a terminal.
    fn text(&self, key: &str) -> Read<String> {
        match self.required(key)?.as_str() {
            Some(text) if text.trim().is_empty() => self.wrong(format!("'{key}' is empty")),
            Some(text) => self.harmless(key, text),
            None => self.wrong(format!("'{key}' must be text in quotes")),
        }
    }

    fn harmless(&self, key: &str, text: &str) -> Read<String> {
        // An escape can hide a key until the text is decoded: `sk\u002dant-`.
        if looks_like_key(text) {
            return self.wrong(format!("'{key}' holds what looks like an API key; take it out"));
        }
        if clean(text) != text {
            return self.wrong(format!("'{key}' holds a control character; remove it"));
        }
        Ok(text.to_owned())
    }

    fn texts(&self, key: &str) -> Read<Vec<String>> {
        let list = match self.fields.get(key) {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Array(list)) => list,
            Some(_) => return self.wrong(format!("'{key}' must be a list in brackets")),
        };
        list.iter()
            .map(|item| match item.as_str() {
                Some(text) if !text.is_empty() => self.harmless(key, text),
                _ => self.wrong(format!("'{key}' must hold texts in quotes")),
            })
            .collect()
    }

    /// A day such as `2026-11-20`, or null.
    fn day(&self, key: &str) -> Read<Option<Date>> {
        match self.known_or_null(key)? {
            Value::Null => Ok(None),
            Value::String(text) => match text.parse::<Date>() {
                Ok(day) if text.len() == 10 => Ok(Some(day)),
                _ => self.wrong(format!("'{key}' is {}; write a day as 2026-11-20", quoted(text))),
            },
            _ => self
                .wrong(format!("'{key}' must be a day in quotes such as \"2026-11-20\", or null")),
        }
    }

    fn known_day(&self, key: &str) -> Read<Date> {
        self.required(key)?;
        match self.day(key)? {
            Some(day) => Ok(day),
            None => self.wrong(format!("'{key}' is null; write the day as 2026-11-20")),
        }
    }

    /// A price as a quoted decimal, or null if unpriced.
    fn price(&self, key: &str) -> Read<Option<Decimal>> {
        let text = match self.known_or_null(key)? {
            Value::Null => return Ok(None),
            Value::String(text) => text,
            _ => {
                return self.wrong(format!(
                    "'{key}' must be a decimal in quotes such as \"2.50\", or null"
                ));
            }
        };
        let plain =
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b));
        let price = match Decimal::from_str_exact(text) {
            Ok(price) if plain => price.normalize(),
            _ => {
                return self.wrong(format!(
                    "'{key}' is {}; write a decimal such as \"2.50\"",
                    quoted(text)
                ));
            }
        };
        if price < Decimal::ZERO {
            return self.wrong(format!("'{key}' is negative ('{price}'); a price is 0 or more"));
        }
        if price > Decimal::from(HIGHEST_PRICE) || price.scale() > MOST_PLACES {
            return self.wrong(format!(
                "'{key}' is {}; a price is at most 1,000,000 with at most {MOST_PLACES} decimals",
                quoted(text)
            ));
        }
        Ok(Some(price))
    }

    fn count(&self, key: &str) -> Read<u64> {
        match self.required(key)?.as_u64() {
            Some(count) => Ok(count),
            None => self.wrong(format!("'{key}' must be a whole number, 0 or more")),
        }
    }

    /// A price that older lists lack.
    fn optional_price(&self, key: &str) -> Read<Option<Decimal>> {
        if self.fields.contains_key(key) { self.price(key) } else { Ok(None) }
    }

    /// One word of a fixed set.
    fn word<T: DeserializeOwned>(&self, key: &str, words: &str) -> Read<T> {
        let value = self.required(key)?;
        match T::deserialize(value) {
            Ok(word) => Ok(word),
            Err(_) => self.wrong(format!("'{key}' must be one of {words}")),
        }
    }
}

/// Parses and validates a whole list.
pub(super) fn catalog(json: &str, id: CatalogId) -> Read<Catalog> {
    let whole = "the file";
    if json.trim().is_empty() {
        return Err(CatalogError::new(
            whole,
            "is empty; expected a JSON object with 'models' and 'plans'",
        ));
    }
    // `Value` would keep the last of two prices under one name; `Node` rejects the second.
    let value: Value = Node::parse(json)
        .and_then(|_| serde_json::from_str(json))
        .map_err(|e| CatalogError::new(whole, format!("is not JSON: {e}")))?;
    let root = Row::new(whole.to_owned(), &value)?;
    if root.text("currency")? != "USD" {
        return root.wrong("'currency' must be \"USD\": every figure is in US dollars");
    }
    let catalog = Catalog {
        id,
        as_of: root.known_day("as_of")?,
        models: models(&root)?,
        plans: plans(&root)?,
        web_search_per_1000: match root.fields.get("tools") {
            None | Some(Value::Null) => None,
            Some(tools) => {
                Row::new("'tools'".to_owned(), tools)?.optional_price("web_search_per_1000")?
            }
        },
        bundles: bundles(&root)?,
        credits: credits(&root)?,
    };
    check_ids(&catalog)?;
    check_default(&catalog)?;
    Ok(catalog)
}

fn list<'a>(root: &Row<'a>, key: &str) -> Read<&'a Vec<Value>> {
    match root.required(key)? {
        Value::Array(list) if !list.is_empty() => Ok(list),
        _ => root.wrong(format!("'{key}' must be a list with at least one entry")),
    }
}

fn models(root: &Row<'_>) -> Read<Vec<Model>> {
    list(root, "models")?
        .iter()
        .enumerate()
        .map(|(index, value)| model(&Row::new(named("model", index, value), value)?))
        .collect()
}

/// `model 'claude-opus-5-5'`, or `model 3` if it has no id.
fn named(kind: &str, index: usize, value: &Value) -> String {
    match value.get("id").and_then(Value::as_str) {
        Some(id) if !id.is_empty() => format!("{kind} {}", quoted(id)),
        _ => format!("{kind} {}", index + 1),
    }
}

fn model(row: &Row<'_>) -> Read<Model> {
    let model = Model {
        id: row.text("id")?,
        aliases: row.texts("aliases")?,
        name: row.text("name")?,
        family: Family::from_name(&row.text("family")?),
        status: row.word("status", "current, legacy, deprecated, limited, retired")?,
        released: row.day("released")?,
        retires: row.day("retires")?,
        tokenizer: row.word("tokenizer", "old, new")?,
        prices: prices(row)?,
        us_only_multiplier: row.optional_price("us_only_multiplier")?,
        source: row.text("source")?,
        checked: row.known_day("checked")?,
    };
    if let (Some(released), Some(retires)) = (model.released, model.retires)
        && retires < released
    {
        return row.wrong(format!("retires on {retires}, before its release on {released}"));
    }
    Ok(model)
}

fn prices(model: &Row<'_>) -> Read<Vec<PriceRow>> {
    let Value::Array(list) = model.required("prices")? else {
        return model.wrong("'prices' must be a list in brackets");
    };
    // Former long-prompt prices are rows like the others. Only old logs need them.
    let former = match model.fields.get("former_long_context_prices") {
        None | Some(Value::Null) => &[],
        Some(Value::Array(list)) => list.as_slice(),
        Some(_) => return model.wrong("'former_long_context_prices' must be a list in brackets"),
    };
    let mut rows = Vec::with_capacity(list.len() + former.len());
    for (index, value) in list.iter().chain(former).enumerate() {
        let row = Row::new(format!("{}, price row {}", model.place, index + 1), value)?;
        let price = price_row(&row)?;
        if let Some(other) = rows.iter().position(|earlier| overlaps(earlier, &price)) {
            return row.wrong(format!(
                "its dates overlap those of price row {} for the same prompt size; end one where the other begins",
                other + 1
            ));
        }
        rows.push(price);
    }
    Ok(rows)
}

fn price_row(row: &Row<'_>) -> Read<PriceRow> {
    let price = PriceRow {
        from: row.day("from")?,
        to: row.day("to")?,
        above_prompt_tokens: row.count("above_prompt_tokens")?,
        input: row.price("input")?,
        output: row.price("output")?,
        cache_write_5m: row.price("cache_write_5m")?,
        cache_write_1h: row.price("cache_write_1h")?,
        cache_read: row.price("cache_read")?,
        batch_input: row.price("batch_input")?,
        batch_output: row.price("batch_output")?,
        fast_input: row.price("fast_input")?,
        fast_output: row.price("fast_output")?,
    };
    if let (Some(from), Some(to)) = (price.from, price.to)
        && to <= from
    {
        return row.wrong(format!("'to' ({to}) must be later than 'from' ({from})"));
    }
    Ok(price)
}

/// True if two rows of one prompt step apply on the same day. `from` is inclusive, `to` exclusive.
fn overlaps(a: &PriceRow, b: &PriceRow) -> bool {
    let starts_before_end = |start: Option<Date>, end: Option<Date>| match (start, end) {
        (Some(start), Some(end)) => start < end,
        _ => true,
    };
    a.above_prompt_tokens == b.above_prompt_tokens
        && starts_before_end(a.from, b.to)
        && starts_before_end(b.from, a.to)
}

fn plans(root: &Row<'_>) -> Read<Vec<Plan>> {
    let mut plans = Vec::new();
    for (index, value) in list(root, "plans")?.iter().enumerate() {
        let row = Row::new(named("plan", index, value), value)?;
        plans.push(Plan {
            id: row.text("id")?,
            name: row.text("name")?,
            monthly: row.price("monthly")?,
            annual_per_month: row.price("annual_per_month")?,
            annual_total: row.price("annual_total")?,
            api_credit: match row.fields.get("api_credit_per_month") {
                None | Some(Value::Null) => Decimal::ZERO,
                Some(_) => row.price("api_credit_per_month")?.unwrap_or_default(),
            },
            overflow: match row.fields.get("overflow") {
                None | Some(Value::Null) => Overflow::Wait,
                Some(_) => row.word("overflow", "wait, usage_credits, all_usage_at_api_rates")?,
            },
            claude_code: row.fields.get("includes").and_then(|i| i.get("claude_code")?.as_bool()),
            fable: row
                .fields
                .get("includes")
                .and_then(|includes| FableTerms::deserialize(includes.get("fable")?).ok()),
            min_members: match row.fields.get("min_members") {
                None | Some(Value::Null) => 1,
                Some(_) => row.count("min_members")?.max(1),
            },
            source: row.text("source")?,
            date: row.known_day("date")?,
        });
    }
    let Some(pro) = plans.iter().find(|plan| plan.id == "pro") else {
        return root.wrong("no plan with the id 'pro'; add it with its monthly price");
    };
    for (key, price) in [("monthly", pro.monthly), ("annual_per_month", pro.annual_per_month)] {
        let missing = price.is_none() && key == "monthly";
        if missing || price.is_some_and(|p| p.is_zero() || p > Decimal::from(10_000)) {
            return Err(CatalogError::new(
                "plan 'pro'",
                format!("'{key}' must be more than 0 and at most 10,000"),
            ));
        }
    }
    Ok(plans)
}

/// Bundles of usage credits; older lists have none.
fn bundles(root: &Row<'_>) -> Read<Vec<Bundle>> {
    let list = match root.fields.get("usage_credit_bundles") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(_) => return root.wrong("'usage_credit_bundles' must be a list in brackets"),
    };
    let mut bundles = Vec::with_capacity(list.len());
    for (index, value) in list.iter().enumerate() {
        let row = Row::new(format!("usage credit bundle {}", index + 1), value)?;
        let amount = |key| match row.price(key)? {
            Some(amount) if !amount.is_zero() => Ok(amount),
            _ => row.wrong(format!("'{key}' must be more than 0")),
        };
        let (value, price) = (amount("value")?, amount("price")?);
        bundles.push(Bundle { value, price, plans: row.texts("plans")? });
    }
    Ok(bundles)
}

/// Limits on usage credits; older lists have none.
fn credits(root: &Row<'_>) -> Read<CreditLimits> {
    let place = "'usage_credits'".to_owned();
    let Some(credits) = root.fields.get("usage_credits").filter(|value| !value.is_null()) else {
        return Ok(CreditLimits::default());
    };
    let row = Row::new(place.clone(), credits)?;
    let daily = row.optional_price("daily_redemption_limit")?;
    let (bundles_individual, bundles_team) = match row.fields.get("bundle_value_cap_per_month") {
        None | Some(Value::Null) => (None, None),
        Some(caps) => {
            let caps = Row::new(format!("{place}, 'bundle_value_cap_per_month'"), caps)?;
            (caps.optional_price("individual")?, caps.optional_price("team")?)
        }
    };
    Ok(CreditLimits { bundles_individual, bundles_team, daily })
}

fn check_ids(catalog: &Catalog) -> Read<()> {
    let mut seen = HashSet::new();
    let ids = catalog.models.iter().flat_map(|m| std::iter::once(&m.id).chain(&m.aliases));
    for id in ids {
        if !seen.insert(id) {
            return Err(CatalogError::new(
                format!("model {}", quoted(id)),
                "this id or alias is in the list twice; keep one",
            ));
        }
    }
    let mut seen = HashSet::new();
    match catalog.plans.iter().find(|plan| !seen.insert(&plan.id)) {
        Some(plan) => Err(CatalogError::new(
            format!("plan {}", quoted(&plan.id)),
            "this id is in the list twice; keep one",
        )),
        None => Ok(()),
    }
}

/// Fails if no current model has a price: Pro could not be compared with anything.
fn check_default(catalog: &Catalog) -> Read<()> {
    if catalog.default_model(catalog.as_of).is_some() {
        return Ok(());
    }
    Err(CatalogError::new(
        "models",
        format!("no current model has an input and an output price on {}; add one", catalog.as_of),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article() -> Value {
        serde_json::from_str(super::super::ARTICLE).unwrap()
    }

    fn error_after(change: impl FnOnce(&mut Value)) -> String {
        let mut list = article();
        change(&mut list);
        catalog(&list.to_string(), CatalogId::File).unwrap_err().to_string()
    }

    #[test]
    fn both_embedded_lists_are_valid() {
        assert!(catalog(super::super::BUILTIN, CatalogId::Builtin).is_ok());
        assert!(catalog(super::super::ARTICLE, CatalogId::Article).is_ok());
    }

    #[test]
    fn an_absent_price_key_is_an_error_but_null_is_unpriced() {
        let message = error_after(|list| {
            list["models"][1]["prices"][0].as_object_mut().unwrap().remove("cache_read");
        });
        assert_eq!(
            message,
            "price list: model 'claude-haiku-4-5', price row 1: 'cache_read' is missing; add it, with null where it is unknown"
        );
        let mut list = article();
        list["models"][1]["prices"][0]["cache_read"] = Value::Null;
        assert!(catalog(&list.to_string(), CatalogId::File).is_ok());
    }

    #[test]
    fn a_price_that_stands_twice_or_has_too_many_places_is_refused() {
        let twice = super::super::ARTICLE.replacen(
            "\"input\": \"3\",",
            "\"input\": \"3\", \"input\": \"0\",",
            1,
        );
        let message = catalog(&twice, CatalogId::File).unwrap_err().to_string();
        assert!(message.contains("'input'"), "{message}");
        let tiny = format!("0.{}1", "0".repeat(29));
        let message =
            error_after(|list| list["models"][0]["prices"][0]["input"] = tiny.clone().into());
        assert!(message.contains("'input' is '0.000"), "{message}");
    }

    #[test]
    fn a_negative_price_names_its_row() {
        let message = error_after(|list| list["models"][0]["prices"][0]["output"] = "-15".into());
        assert_eq!(
            message,
            "price list: model 'claude-sonnet-4-5', price row 1: 'output' is negative ('-15'); a price is 0 or more"
        );
    }

    #[test]
    fn overlapping_dates_are_told_apart_by_prompt_step() {
        let second = |list: &mut Value, above: u64| {
            let mut row = list["models"][0]["prices"][0].clone();
            row["from"] = "2026-05-01".into();
            row["above_prompt_tokens"] = above.into();
            list["models"][0]["prices"].as_array_mut().unwrap().push(row);
        };
        let message = error_after(|list| second(list, 0));
        assert!(
            message.contains("price row 2: its dates overlap those of price row 1"),
            "{message}"
        );
        let mut list = article();
        second(&mut list, 200_000);
        assert!(catalog(&list.to_string(), CatalogId::File).is_ok());
    }

    #[test]
    fn every_other_fault_is_named() {
        type Change = fn(&mut Value);
        let cases: [(Change, &str); 18] = [
            (
                |l| l["models"][1]["id"] = "claude-sonnet-4-5".into(),
                "model 'claude-sonnet-4-5': this id or alias is in the list twice",
            ),
            (
                |l| l["models"][1]["aliases"] = serde_json::json!(["claude-sonnet-4-5"]),
                "in the list twice",
            ),
            (
                |l| l["as_of"] = "20.11.2026".into(),
                "'as_of' is '20.11.2026'; write a day as 2026-11-20",
            ),
            (|l| l["currency"] = "EUR".into(), "'currency' must be \"USD\""),
            (
                |l| l["models"] = serde_json::json!([]),
                "'models' must be a list with at least one entry",
            ),
            (|l| l["models"][0] = 3.into(), "model 1: must be an object"),
            (
                |l| l["models"][0]["status"] = "new".into(),
                "'status' must be one of current, legacy",
            ),
            (|l| l["models"][0]["name"] = "a\u{1b}[2J".into(), "'name' holds a control character"),
            (
                |l| l["models"][0]["name"] = "sk-ant-api03-zz".into(),
                "'name' holds what looks like an API key; take it out",
            ),
            (
                |l| l["models"][0]["id"] = "SK-ANT-api03-zz".into(),
                "'id' holds what looks like an API key; take it out",
            ),
            (
                |l| l["models"][0]["prices"][0]["input"] = 3.into(),
                "'input' must be a decimal in quotes",
            ),
            (
                |l| l["models"][0]["prices"][0]["input"] = "3e2".into(),
                "'input' is '3e2'; write a decimal",
            ),
            (|l| l["models"][0]["prices"][0]["input"] = "99999999".into(), "at most 1,000,000"),
            (|l| l["models"][0]["prices"][0]["from"] = "2026-02-30".into(), "write a day as"),
            (
                |l| {
                    l["models"][0]["prices"][0]["from"] = "2026-02-01".into();
                    l["models"][0]["prices"][0]["to"] = "2026-01-01".into();
                },
                "must be later than 'from'",
            ),
            (|l| l["plans"][0]["id"] = "basic".into(), "no plan with the id 'pro'"),
            (
                |l| l["plans"][0]["monthly"] = Value::Null,
                "plan 'pro': 'monthly' must be more than 0",
            ),
            (
                |l| {
                    for m in l["models"].as_array_mut().unwrap() {
                        m["status"] = "retired".into();
                    }
                },
                "no current model has an input and an output price",
            ),
        ];
        for (change, expected) in cases {
            let message = error_after(change);
            assert!(message.contains(expected), "{message} should say {expected}");
        }
        for (text, expected) in [
            ("", "is empty"),
            ("{", "is not JSON"),
            ("[]", "must be an object"),
            ("{}", "'currency' is missing"),
        ] {
            let message = catalog(text, CatalogId::File).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
    }
}
