//! Dated prices of models and plans: what one token class costs, on which day, by which source.
//!
//! Two lists are part of the program: the current one and the article's frozen one. A third can
//! come from a file in the same format. The types hold prices exactly as the list writes them.

mod read;

use std::sync::LazyLock;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use read::CatalogError;

use crate::text;

/// The list that is current as of its date.
const BUILTIN: &str = include_str!("../assets/catalog.json");
/// The list frozen at the article's prices.
const ARTICLE: &str = include_str!("../assets/catalog-article.json");

static BUILTIN_CATALOG: LazyLock<Result<Catalog, CatalogError>> =
    LazyLock::new(|| Catalog::read(BUILTIN, CatalogId::Builtin));

/// Which list of prices is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum CatalogId {
    /// The list built into the program.
    Builtin,
    /// The article's list, built into the program.
    Article,
    /// A list from a file. Its path is never shown in a report.
    File,
}

impl CatalogId {
    /// The id as it stands in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Builtin => "builtin",
            Self::Article => "article",
            Self::File => "file",
        }
    }
}

/// A list of prices as of one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalog {
    /// Which list this is.
    pub id: CatalogId,
    /// The day the prices were those of the vendor.
    pub as_of: Date,
    /// Every model with its dated prices, in the list's order.
    pub models: Vec<Model>,
    /// The plans, in the list's order.
    pub plans: Vec<Plan>,
    /// USD for a thousand web searches; `None` where the list does not say.
    pub web_search_per_1000: Option<Decimal>,
    /// Bundles of usage credits that cost less than they are worth; empty where the list has none.
    pub bundles: Vec<Bundle>,
    /// How many usage credits can be bought and used up.
    pub credits: CreditLimits,
}

/// Usage credits that are bought together for less than their value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// USD of usage at API prices that it pays for.
    pub value: Decimal,
    /// USD that it costs.
    pub price: Decimal,
    /// The ids of the plans that can buy it.
    pub plans: Vec<String>,
}

/// Limits on usage credits; `None` where the list does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CreditLimits {
    /// USD of bundle value a month for one person.
    pub bundles_individual: Option<Decimal>,
    /// USD of bundle value a month for a team.
    pub bundles_team: Option<Decimal>,
    /// USD of credits that can be used up in one day.
    pub daily: Option<Decimal>,
}

/// One model and what it has cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The id the API knows it by.
    pub id: String,
    /// Other ids of the same model.
    pub aliases: Vec<String>,
    /// The vendor's name, such as `Claude Sonnet 5.5`.
    pub name: String,
    /// The line it belongs to.
    pub family: Family,
    /// Where it stands in its life.
    pub status: Status,
    /// The day it was released; unknown for some.
    pub released: Option<Date>,
    /// The day it is switched off, once that is fixed.
    pub retires: Option<Date>,
    /// Which tokenizer it counts with.
    pub tokenizer: Tokenizer,
    /// Prices by date and prompt size, former ones for long prompts among them.
    pub prices: Vec<PriceRow>,
    /// What every token price is multiplied with where only the US may process it; `None` where
    /// the model does not take that, or the list does not say.
    pub us_only_multiplier: Option<Decimal>,
    /// Where the prices come from.
    pub source: String,
    /// The day they were last checked.
    pub checked: Date,
}

/// Prices of one model for one span of days and one step of prompt size, in USD per million tokens.
///
/// `None` means unknown or not offered: unpriced, never zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRow {
    /// First day it applies.
    pub from: Option<Date>,
    /// First day it no longer applies.
    pub to: Option<Date>,
    /// Applies to prompts of more tokens than this.
    pub above_prompt_tokens: u64,
    /// Uncached input.
    pub input: Option<Decimal>,
    /// Output, thinking included.
    pub output: Option<Decimal>,
    /// Input written to the cache for five minutes.
    pub cache_write_5m: Option<Decimal>,
    /// Input written to the cache for one hour.
    pub cache_write_1h: Option<Decimal>,
    /// Input read from the cache.
    pub cache_read: Option<Decimal>,
    /// Input sent as a batch.
    pub batch_input: Option<Decimal>,
    /// Output of a batch.
    pub batch_output: Option<Decimal>,
    /// Input in fast mode.
    pub fast_input: Option<Decimal>,
    /// Output in fast mode.
    pub fast_output: Option<Decimal>,
}

/// The line a model belongs to, in the order lists show them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// The middle of the range.
    Sonnet,
    /// The large one.
    Opus,
    /// The small one.
    Haiku,
    /// The largest one.
    Fable,
    /// Any other, by name.
    Other(String),
}

impl Family {
    fn from_name(name: &str) -> Self {
        match name {
            "sonnet" => Self::Sonnet,
            "opus" => Self::Opus,
            "haiku" => Self::Haiku,
            "fable" => Self::Fable,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// Where a model stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The newest of its family.
    Current,
    /// Still served, replaced by a newer one.
    Legacy,
    /// Announced to be switched off.
    Deprecated,
    /// Served to some organizations only.
    Limited,
    /// Switched off.
    Retired,
}

impl Status {
    /// The word as it stands in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Legacy => "legacy",
            Self::Deprecated => "deprecated",
            Self::Limited => "limited",
            Self::Retired => "retired",
        }
    }
}

/// The two generations of tokenizer: the same text is about 35 % more tokens on the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tokenizer {
    /// Up to Opus 4.6, Sonnet 4.6 and Haiku 4.5.
    Old,
    /// Claude 4.7 and later.
    New,
}

impl Tokenizer {
    /// Tokens a word of English, times 15: 4/3 is 20, 9/5 is 27 (method, estimator).
    pub const fn fifteenths_per_word(self) -> u64 {
        match self {
            Self::Old => 20,
            Self::New => 27,
        }
    }

    /// Tokens a word of English, rounded to 28 digits; for words on screen, never for money.
    pub fn per_word(self) -> Decimal {
        Decimal::from(self.fifteenths_per_word()) / Decimal::from(15)
    }
}

/// What happens past a plan's limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// Nothing is answered until the reset.
    Wait,
    /// Usage credits pay for more, at API prices.
    UsageCredits,
    /// The plan includes no usage: all of it is billed at API prices.
    AllUsageAtApiRates,
}

/// How a plan includes Fable models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FableTerms {
    /// Not at all.
    None,
    /// For usage credits from the first message.
    UsageCredits,
    /// Up to half of the weekly limit.
    HalfOfWeeklyLimit,
    /// At API prices, like everything.
    ApiRates,
}

/// A subscription plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Its id, such as `pro`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// USD a month, paid monthly; `None` where it cannot be.
    pub monthly: Option<Decimal>,
    /// USD a month, paid by the year, as the list writes it.
    pub annual_per_month: Option<Decimal>,
    /// USD for a year at once.
    pub annual_total: Option<Decimal>,
    /// What happens past its limit.
    pub overflow: Overflow,
    /// Whether Claude Code is part of it; `None` where the list does not say.
    pub claude_code: Option<bool>,
    /// How it includes Fable models; `None` where the list does not say.
    pub fable: Option<FableTerms>,
    /// The fewest members it is sold to; 1 for a plan of one person.
    pub min_members: u64,
    /// Where the prices come from.
    pub source: String,
    /// The day they were last checked.
    pub date: Date,
}

impl Catalog {
    /// The current list built into the program.
    ///
    /// # Errors
    /// None in a released program: a test reads the embedded list.
    pub fn builtin() -> Result<&'static Self, CatalogError> {
        BUILTIN_CATALOG.as_ref().map_err(Clone::clone)
    }

    /// The article's list built into the program.
    pub fn article() -> Result<Self, CatalogError> {
        Self::read(ARTICLE, CatalogId::Article)
    }

    /// Reads and checks a list. An error names the row that is wrong and why.
    pub fn read(json: &str, id: CatalogId) -> Result<Self, CatalogError> {
        read::catalog(json, id)
    }

    /// The model with this id or alias.
    pub fn model(&self, id: &str) -> Option<&Model> {
        self.models
            .iter()
            .find(|model| model.id == id)
            .or_else(|| self.models.iter().find(|model| model.aliases.iter().any(|a| a == id)))
    }

    /// The model that a log means by this id.
    ///
    /// Logs know spellings that the list does not: `anthropic/` in front, `[1m]`, a version or a
    /// date behind, `@` or `.` between the parts, `-fast` where ccusage means fast mode.
    pub fn spelled(&self, id: &str) -> Option<&Model> {
        if let Some(model) = self.model(id) {
            return Some(model);
        }
        let lower = id.to_ascii_lowercase();
        let bare = lower.rsplit_once(['/', ':']).map_or(lower.as_str(), |(before, after)| {
            // A version such as `-v1:0` stands behind a colon, a vendor in front of a slash.
            if after.bytes().all(|b| b.is_ascii_digit()) { before } else { after }
        });
        let bare = bare.split_once("anthropic.").map_or(bare, |(_, after)| after);
        let bare = bare.rsplit_once('/').map_or(bare, |(_, after)| after);
        let bare = bare.strip_suffix("[1m]").unwrap_or(bare);
        // How ccusage spells fast mode, which is a price of the same model.
        let bare = bare.strip_suffix("-fast").unwrap_or(bare);
        let bare = bare.replace(['@', '.'], "-");
        let bare = match bare.rsplit_once("-v") {
            Some((before, version))
                if !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()) =>
            {
                before
            }
            _ => bare.as_str(),
        };
        self.model(bare).or_else(|| {
            let (before, date) = bare.rsplit_once('-')?;
            let is_date = date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit());
            is_date.then(|| self.model(before)).flatten()
        })
    }

    /// The id or alias nearest to what was typed, for an error message.
    pub fn nearest(&self, typed: &str) -> Option<&str> {
        let ids = self.models.iter().flat_map(|m| {
            std::iter::once(m.id.as_str()).chain(m.aliases.iter().map(String::as_str))
        });
        text::nearest(typed, ids)
    }

    /// The plan with this id.
    pub fn plan(&self, id: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.id == id)
    }

    /// Every model that is released and current on `today`, in the order lists show them.
    pub fn current_models(&self, today: Date) -> Vec<&Model> {
        let mut models: Vec<&Model> =
            self.models.iter().filter(|model| model.is_current(today)).collect();
        models.sort_by(|a, b| a.family.cmp(&b.family).then_with(|| a.id.cmp(&b.id)));
        models
    }

    /// The current models, then those of the others that are not among them.
    pub fn listed_models<'a>(
        &'a self,
        others: impl IntoIterator<Item = &'a Model>,
        today: Date,
    ) -> Vec<&'a Model> {
        let mut models = self.current_models(today);
        for other in others {
            if !models.iter().any(|model| model.id == other.id) {
                models.push(other);
            }
        }
        models
    }

    /// The model used where none is chosen: the newest current Sonnet, else the cheapest current
    /// model with a price. `None` only when no current model has a price on `today`.
    pub fn default_model(&self, today: Date) -> Option<&Model> {
        let current = || {
            self.models.iter().filter(|model| {
                model.is_current(today)
                    && !model.is_retired(today)
                    && self.base_price(model).is_some()
            })
        };
        current()
            .filter(|model| model.family == Family::Sonnet)
            .max_by_key(|model| model.released)
            .or_else(|| current().min_by_key(|model| self.base_price(model)))
    }

    /// The row in force on the list's own date for prompts of this size.
    pub fn row<'a>(&self, model: &'a Model, prompt_tokens: Option<u64>) -> Option<&'a PriceRow> {
        model.row(self.as_of, prompt_tokens.unwrap_or(0))
    }

    /// Input plus output price at the smallest prompt size, to find the cheapest model.
    fn base_price(&self, model: &Model) -> Option<Decimal> {
        let row = self.row(model, None)?;
        Some(row.input? + row.output?)
    }
}

impl Model {
    /// The row in force on `day` for prompts of `prompt_tokens`: of the rows of that day, the one
    /// with the largest step that the prompt exceeds.
    pub fn row(&self, day: Date, prompt_tokens: u64) -> Option<&PriceRow> {
        self.prices
            .iter()
            .filter(|row| {
                row.from.is_none_or(|from| from <= day) && row.to.is_none_or(|to| day < to)
            })
            .filter(|row| row.above_prompt_tokens == 0 || prompt_tokens > row.above_prompt_tokens)
            .max_by_key(|row| row.above_prompt_tokens)
    }

    /// Whether it has been switched off by `today`.
    pub fn is_retired(&self, today: Date) -> bool {
        self.status == Status::Retired || self.retires.is_some_and(|day| day <= today)
    }

    /// Whether it is released and current on `today`.
    pub fn is_current(&self, today: Date) -> bool {
        self.status == Status::Current && self.released.is_some_and(|day| day <= today)
    }

    /// Its name without the vendor's: `Sonnet 5.5`.
    pub fn short_name(&self) -> &str {
        self.name.strip_prefix("Claude ").unwrap_or(&self.name)
    }

    /// Whether its price depends on the size of the prompt on `day`.
    pub fn has_steps(&self, day: Date) -> bool {
        self.row(day, u64::MAX).is_some_and(|row| row.above_prompt_tokens > 0)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 22);

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn the_builtin_list_offers_four_current_models() {
        let catalog = Catalog::builtin().unwrap();
        let ids: Vec<&str> = catalog.current_models(TODAY).iter().map(|m| m.id.as_str()).collect();
        assert_eq!(
            ids,
            ["claude-sonnet-5-5", "claude-opus-5-5", "claude-haiku-5-5", "claude-fable-5-2"]
        );
        assert_eq!(catalog.default_model(TODAY).unwrap().id, "claude-sonnet-5-5");
        assert_eq!(catalog.as_of, date(2026, 11, 20));
        assert_eq!(catalog.plan("max").unwrap().monthly, Some(dec("100")));
    }

    #[test]
    fn the_article_list_defaults_to_sonnet_4_5_and_18_a_month() {
        let catalog = Catalog::article().unwrap();
        assert_eq!(catalog.default_model(TODAY).unwrap().id, "claude-sonnet-4-5");
        assert_eq!(catalog.plan("pro").unwrap().annual_per_month, Some(dec("18")));
    }

    #[test]
    fn an_alias_finds_its_model_and_a_slip_its_neighbour() {
        let catalog = Catalog::builtin().unwrap();
        assert_eq!(catalog.model("claude-haiku-4-5-20251001").unwrap().id, "claude-haiku-4-5");
        assert_eq!(catalog.nearest("claude-sonet-5-5"), Some("claude-sonnet-5-5"));
    }

    #[test]
    fn model_id_spellings_of_logs_find_their_model() {
        let catalog = Catalog::builtin().unwrap();
        for (spelled, id) in [
            ("claude-opus-5-5", "claude-opus-5-5"),
            ("claude-opus-5-5[1m]", "claude-opus-5-5"),
            ("claude-opus-5-5-20260922", "claude-opus-5-5"),
            ("anthropic/claude-opus-5.5", "claude-opus-5-5"),
            ("claude-opus-4-5@20251101", "claude-opus-4-5"),
            ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5"),
            ("openrouter/anthropic/claude-sonnet-5.5", "claude-sonnet-5-5"),
            ("claude-opus-5-5-fast", "claude-opus-5-5"),
        ] {
            assert_eq!(catalog.spelled(spelled).map(|m| m.id.as_str()), Some(id), "{spelled}");
        }
        for unknown in ["gpt-6", "claude-opus-9", "", "[1m]", "claude-20251101", "/", ":0"] {
            assert_eq!(catalog.spelled(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_former_price_for_long_prompts_held_until_its_day() {
        let catalog = Catalog::builtin().unwrap();
        let sonnet = catalog.model("claude-sonnet-4-5").unwrap();
        let input = |day, prompt| sonnet.row(day, prompt).unwrap().input.unwrap();
        assert_eq!(input(date(2026, 4, 29), 200_001), dec("6"));
        assert_eq!(input(date(2026, 4, 29), 200_000), dec("3"));
        assert_eq!(input(date(2026, 4, 30), 200_001), dec("3"));
        assert!(!sonnet.has_steps(catalog.as_of));
        assert_eq!(catalog.web_search_per_1000, Some(dec("10")));
        assert_eq!(sonnet.us_only_multiplier, None);
        let opus = catalog.model("claude-opus-5-5").unwrap();
        assert_eq!(opus.us_only_multiplier, Some(dec("1.1")));
    }

    #[test]
    fn a_long_prompt_is_priced_by_its_step() {
        let catalog = Catalog::builtin().unwrap();
        let haiku = catalog.model("claude-haiku-5-5").unwrap();
        assert_eq!(catalog.row(haiku, None).unwrap().input, Some(dec("0.1")));
        assert_eq!(catalog.row(haiku, Some(100_000)).unwrap().input, Some(dec("0.1")));
        assert_eq!(catalog.row(haiku, Some(100_001)).unwrap().input, Some(dec("0.5")));
        assert!(haiku.has_steps(catalog.as_of));
    }

    #[test]
    fn a_price_change_applies_from_its_day_on() {
        let catalog = Catalog::builtin().unwrap();
        let sonnet = catalog.model("claude-sonnet-5-5").unwrap();
        let read_on = |day| sonnet.row(day, 0).unwrap().cache_read.unwrap();
        assert_eq!(read_on(date(2026, 10, 6)), dec("0.2"));
        assert_eq!(read_on(date(2026, 10, 7)), dec("0.1"));
    }

    #[test]
    fn a_model_is_retired_from_its_last_day_on() {
        let catalog = Catalog::builtin().unwrap();
        let sonnet = catalog.model("claude-sonnet-4-5").unwrap();
        assert!(!sonnet.is_retired(date(2026, 11, 29)));
        assert!(sonnet.is_retired(date(2026, 11, 30)));
    }

    #[test]
    fn within_a_generation_haiku_is_cheapest_and_opus_dearest() {
        let catalog = Catalog::builtin().unwrap();
        let price = |id| catalog.base_price(catalog.model(id).unwrap()).unwrap();
        assert!(price("claude-haiku-5-5") < price("claude-sonnet-5-5"));
        assert!(price("claude-sonnet-5-5") < price("claude-opus-5-5"));
    }
}
