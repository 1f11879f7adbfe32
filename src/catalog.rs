//! Dated prices of models and plans: USD per token class, by day, each with its source.
//!
//! Two price lists are built in: the current one and the article's frozen one. A third can be
//! loaded from a file in the same format. Prices are kept exactly as the list writes them.

mod read;

use std::sync::LazyLock;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use read::CatalogError;

use crate::text;

/// The current price list.
const BUILTIN: &str = include_str!("../assets/catalog.json");
/// The price list frozen at the article's prices.
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

/// A list of prices as of one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalog {
    pub id: CatalogId,
    /// The day on which these were the vendor's prices.
    pub as_of: Date,
    pub models: Vec<Model>,
    pub plans: Vec<Plan>,
    /// USD per 1,000 web searches; `None` if the list has no price.
    pub web_search_per_1000: Option<Decimal>,
    /// Discounted bundles of usage credits; empty if the list has none.
    pub bundles: Vec<Bundle>,
    /// Caps on buying and spending usage credits.
    pub credits: CreditLimits,
}

/// A bundle of usage credits sold below its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// USD of usage at API prices that the bundle covers.
    pub value: Decimal,
    /// USD charged for the bundle.
    pub price: Decimal,
    /// Ids of the plans that can buy it.
    pub plans: Vec<String>,
}

/// Caps on usage credits, in USD; `None` if the list gives no cap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CreditLimits {
    /// Bundle value per month for one person.
    pub bundles_individual: Option<Decimal>,
    /// Bundle value per month for a team.
    pub bundles_team: Option<Decimal>,
    /// Credits that can be spent in one day.
    pub daily: Option<Decimal>,
}

/// A model and its price history.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The API model id.
    pub id: String,
    pub aliases: Vec<String>,
    /// The vendor's display name, such as `Claude Sonnet 5.5`.
    pub name: String,
    pub family: Family,
    pub status: Status,
    /// Release day; `None` if unknown.
    pub released: Option<Date>,
    /// The day it is switched off; `None` until one is announced.
    pub retires: Option<Date>,
    pub tokenizer: Tokenizer,
    /// Rows by date and prompt size. Includes former long-prompt prices, needed for old logs.
    pub prices: Vec<PriceRow>,
    /// Factor on every token price for US-only processing; `None` if the model does not offer it or
    /// the list gives none.
    pub us_only_multiplier: Option<Decimal>,
    pub source: String,
    /// The day the prices were last checked.
    pub checked: Date,
}

/// Prices of one model for a span of days and a prompt size step, in USD per million tokens.
///
/// `None` means unknown or not offered. Such usage is unpriced, never free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRow {
    /// First day it applies.
    pub from: Option<Date>,
    /// First day it no longer applies.
    pub to: Option<Date>,
    /// Applies to prompts with more tokens than this.
    pub above_prompt_tokens: u64,
    /// Input that is neither written to nor read from the cache.
    pub input: Option<Decimal>,
    /// Output, including thinking.
    pub output: Option<Decimal>,
    pub cache_write_5m: Option<Decimal>,
    pub cache_write_1h: Option<Decimal>,
    pub cache_read: Option<Decimal>,
    pub batch_input: Option<Decimal>,
    pub batch_output: Option<Decimal>,
    pub fast_input: Option<Decimal>,
    pub fast_output: Option<Decimal>,
}

/// A model family. The order is the display order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    Sonnet,
    Opus,
    Haiku,
    Fable,
    /// A family this program does not know, by name.
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

/// Lifecycle stage of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Status {
    /// The newest of its family.
    Current,
    /// Still served, but superseded.
    Legacy,
    /// Scheduled to be switched off.
    Deprecated,
    /// Served to selected organizations only.
    Limited,
    /// Switched off.
    Retired,
}

/// Tokenizer generations. The same text is about 35% more tokens on the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tokenizer {
    /// Up to Opus 4.6, Sonnet 4.6 and Haiku 4.5.
    Old,
    /// Claude 4.7 and later.
    New,
}

impl Tokenizer {
    /// Tokens per English word, times 15: 4/3 becomes 20, 9/5 becomes 27 (method, estimator).
    pub const fn fifteenths_per_word(self) -> u64 {
        match self {
            Self::Old => 20,
            Self::New => 27,
        }
    }

    /// Tokens per English word, rounded to 28 digits. For display only, never for money.
    pub fn per_word(self) -> Decimal {
        Decimal::from(self.fifteenths_per_word()) / Decimal::from(15)
    }
}

/// What happens past a plan's usage limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// No replies until the limit resets.
    Wait,
    /// Usage credits pay for further usage at API prices.
    UsageCredits,
    /// The plan includes no usage; all of it is billed at API prices.
    AllUsageAtApiRates,
}

/// Terms on which a plan includes Fable models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FableTerms {
    None,
    /// Needs usage credits from the first message.
    UsageCredits,
    /// Up to half of the weekly limit.
    HalfOfWeeklyLimit,
    /// Billed at API prices, like all other usage.
    ApiRates,
}

/// A subscription plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The id, such as `pro`.
    pub id: String,
    pub name: String,
    /// USD per month, billed monthly; `None` if that is not offered.
    pub monthly: Option<Decimal>,
    /// USD per month, billed annually, as the list writes it.
    pub annual_per_month: Option<Decimal>,
    /// USD for a year, paid at once.
    pub annual_total: Option<Decimal>,
    pub overflow: Overflow,
    /// API credit included, USD per month; 0 if the list names none.
    pub api_credit: Decimal,
    /// True if the plan includes Claude Code; `None` if the list does not say.
    pub claude_code: Option<bool>,
    /// `None` if the list does not say.
    pub fable: Option<FableTerms>,
    /// The minimum number of members; 1 for an individual plan.
    pub min_members: u64,
    pub source: String,
    /// The day the prices were last checked.
    pub date: Date,
}

/// The end of a model id that means fast mode, a price of the same model.
const FAST: &str = "-fast";

/// True if a model id says that the response came in fast mode.
pub(crate) fn is_fast(id: &str) -> bool {
    id.strip_suffix("[1m]").unwrap_or(id).ends_with(FAST)
}

impl Catalog {
    /// The built-in current list.
    ///
    /// # Errors
    /// Never in a released program: a test parses the embedded list.
    pub fn builtin() -> Result<&'static Self, CatalogError> {
        BUILTIN_CATALOG.as_ref().map_err(Clone::clone)
    }

    /// The built-in list with the article's prices.
    pub fn article() -> Result<Self, CatalogError> {
        Self::read(ARTICLE, CatalogId::Article)
    }

    /// Parses and validates a list. An error names the invalid row and the reason.
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

    /// The model that a log refers to by this id.
    ///
    /// Accepts spellings that the list does not have: a vendor, a region or an ARN in front, `[1m]`,
    /// a version or date at the end, `@default`, `@` or `.` as separators, and `-fast`.
    pub fn spelled(&self, id: &str) -> Option<&Model> {
        if let Some(model) = self.model(id) {
            return Some(model);
        }
        let lower = id.to_ascii_lowercase();
        // Only Bedrock writes a colon after the name, before a version such as `0` or `0:200k`.
        let parts = || lower.rsplit(['/', ':']);
        let is_name = |part: &&str| part.bytes().any(|byte| byte.is_ascii_alphabetic());
        let part = parts().find(|part| part.contains("claude")).or_else(|| parts().find(is_name));
        let bare = part.unwrap_or(&lower);
        let bare = bare.split_once("anthropic.").map_or(bare, |(_, after)| after);
        let bare = bare.strip_suffix("[1m]").unwrap_or(bare);
        let bare = bare.strip_suffix(FAST).unwrap_or(bare);
        let bare = bare.strip_suffix("@default").unwrap_or(bare).replace(['@', '.'], "-");
        let mut bare = bare.as_str();
        loop {
            if let Some(model) = self.model(bare) {
                return Some(model);
            }
            let (before, end) = bare.rsplit_once('-')?;
            let digits = end.strip_prefix('v').unwrap_or(end);
            let is_date = end.len() == "20251101".len() || end.len() > digits.len();
            if !is_date || digits.is_empty() || digits.bytes().any(|byte| !byte.is_ascii_digit()) {
                return None;
            }
            bare = before;
        }
    }

    /// The id or alias closest to the typed one, for an error message.
    pub fn nearest(&self, typed: &str) -> Option<&str> {
        let ids = self.models.iter().flat_map(|m| {
            std::iter::once(m.id.as_str()).chain(m.aliases.iter().map(String::as_str))
        });
        text::nearest(typed, ids)
    }

    pub fn plan(&self, id: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.id == id)
    }

    /// Models that are released and current on `today`, in display order.
    pub fn current_models(&self, today: Date) -> Vec<&Model> {
        let mut models: Vec<&Model> =
            self.models.iter().filter(|model| model.is_current(today)).collect();
        models.sort_by(|a, b| a.family.cmp(&b.family).then_with(|| a.id.cmp(&b.id)));
        models
    }

    /// The current models, then the others given that are not among them.
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

    /// The default model: the newest current Sonnet, else the cheapest current model with a price.
    /// `None` only if no current model has a price on `today`.
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

    /// The price row in force on the list's own date for prompts of this size.
    pub fn row<'a>(&self, model: &'a Model, prompt_tokens: Option<u64>) -> Option<&'a PriceRow> {
        model.row(self.as_of, prompt_tokens.unwrap_or(0))
    }

    /// Input plus output price at the smallest prompt size. Used to find the cheapest model.
    fn base_price(&self, model: &Model) -> Option<Decimal> {
        let row = self.row(model, None)?;
        Some(row.input? + row.output?)
    }
}

impl Model {
    /// The price row in force on `day` for prompts of `prompt_tokens`: among that day's rows, the
    /// one with the largest step that the prompt exceeds.
    pub fn row(&self, day: Date, prompt_tokens: u64) -> Option<&PriceRow> {
        self.prices
            .iter()
            .filter(|row| {
                row.from.is_none_or(|from| from <= day) && row.to.is_none_or(|to| day < to)
            })
            .filter(|row| row.above_prompt_tokens == 0 || prompt_tokens > row.above_prompt_tokens)
            .max_by_key(|row| row.above_prompt_tokens)
    }

    /// True if the model has been switched off by `today`.
    pub fn is_retired(&self, today: Date) -> bool {
        self.status == Status::Retired || self.retires.is_some_and(|day| day <= today)
    }

    /// True if the model is released and current on `today`.
    pub fn is_current(&self, today: Date) -> bool {
        self.status == Status::Current && self.released.is_some_and(|day| day <= today)
    }

    /// The name without the vendor, such as `Sonnet 5.5`.
    pub fn short_name(&self) -> &str {
        self.name.strip_prefix("Claude ").unwrap_or(&self.name)
    }

    /// True if the price on `day` depends on the prompt size.
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
            ("claude-opus-5-5-fast[1m]", "claude-opus-5-5"),
            ("claude-opus-5-5@default", "claude-opus-5-5"),
            ("claude-opus-4-6@default[1m]", "claude-opus-4-6"),
            ("claude-3-5-sonnet-v2@20241022", "claude-3-5-sonnet-20241022"),
            ("anthropic.claude-opus-4-6-v1", "claude-opus-4-6"),
            ("eu.anthropic.claude-opus-5-5", "claude-opus-5-5"),
            ("global.anthropic.claude-opus-4-5-20251101-v1:0", "claude-opus-4-5"),
            ("us.anthropic.claude-sonnet-4-5-20250929-v1:0[1m]", "claude-sonnet-4-5"),
            ("anthropic.claude-3-haiku-20240307-v1:0:48k", "claude-3-haiku-20240307"),
            ("bedrock/us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5"),
            (
                "arn:aws:bedrock:us-east-1:123456789012:inference-profile/\
                 us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                "claude-sonnet-4-5",
            ),
        ] {
            assert_eq!(catalog.spelled(spelled).map(|m| m.id.as_str()), Some(id), "{spelled}");
        }
        for unknown in
            ["gpt-6", "claude-opus-9", "", "[1m]", "claude-20251101", "/", ":0", "claude-v1"]
        {
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
