//! A month of use: tokens, how they are billed, and how sure the person is.

mod habit;

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::catalog::{Catalog, Model};
use crate::cost::{Mix, Volume};
use crate::measured::Measured;
use crate::number::Percent;
use crate::question::{Automation, Features, Interface, Origin, Profile};
use crate::text::quoted;

/// The article's moderate month, shown until the person gives a volume.
pub const SAMPLE: Volume = Volume { input: 500_000, output: 200_000 };

/// The article's months by name.
pub const PRESETS: [(&str, Volume); 3] = [
    ("Article, moderate", SAMPLE),
    ("Article, heavier", Volume { input: 2_000_000, output: 800_000 }),
    // The article gives no output here; this uses the 2.5 to 1 ratio of its other examples.
    ("Article, very high", Volume { input: 10_000_000, output: 4_000_000 }),
];

/// A month of use with everything needed to price it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    pub volume: Volume,
    /// Who gave the volume: the person, or nobody (assumed).
    pub volume_origin: Origin,
    pub outside: Outside,
    /// Model of the API part, by id or alias; `None` for the list's default.
    pub model: Option<String>,
    /// How sure the person is of the volume.
    pub confidence: Confidence,
    /// How the tokens are billed.
    pub mix: Mix,
    /// Typical prompt size in tokens; `None` for small prompts.
    pub prompt_tokens: Option<u64>,
    /// What Pro costs this person.
    pub pro_price: ProPrice,
    /// Share of the chat beyond the limits, in whole percent; `None` for the method's default.
    pub overflow_pct: Option<u8>,
    /// Chat input a month that Pro can cover, in tokens; `None` for the value in the facts.
    pub capacity_input: Option<u64>,
    /// Chat output a month that Pro can cover, in tokens; `None` for the value in the facts.
    pub capacity_output: Option<u64>,
    /// The month measured from real usage, if any was read. The volume may have changed since: see
    /// [`Usage::measured_month`].
    pub measured: Option<Arc<Measured>>,
}

impl Usage {
    /// The default month, marked as assumed, for a person who gave none.
    pub fn sample() -> Self {
        Self { volume_origin: Origin::Assumed, ..Self::default() }
    }
}

impl Default for Usage {
    fn default() -> Self {
        Self {
            volume: SAMPLE,
            volume_origin: Origin::User,
            outside: Outside::Default,
            model: None,
            confidence: Confidence::Rough,
            mix: Mix::default(),
            prompt_tokens: None,
            pro_price: ProPrice::Monthly,
            overflow_pct: None,
            capacity_input: None,
            capacity_output: None,
            measured: None,
        }
    }
}

/// Share of the work outside the Claude app, in whole percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// The method's default for the answers.
    Default,
    /// Set by the person, 0 to 100.
    Set(u8),
    /// Read from real usage, 0 to 100.
    Measured(u8),
}

impl Outside {
    pub fn share(self, profile: Profile) -> u8 {
        match self {
            Self::Default => {
                default_outside(profile.interface(), profile.automation(), profile.features())
            }
            Self::Set(share) | Self::Measured(share) => share,
        }
    }
}

/// The default share outside the app (method, section 3).
pub const fn default_outside(
    interface: Interface,
    automation: Automation,
    features: Features,
) -> u8 {
    if !interface.is_on_plan() && matches!(features, Features::None) {
        return 100;
    }
    match (interface, automation) {
        (Interface::Chat | Interface::ClaudeCode, Automation::None) => 0,
        (Interface::Chat | Interface::ClaudeCode, Automation::Some) => 20,
        (Interface::Chat | Interface::ClaudeCode, Automation::Heavy)
        | (Interface::Tools, Automation::None) => 60,
        (Interface::Tools, Automation::Some) => 70,
        (Interface::Code, Automation::None) => 80,
        (Interface::Tools, Automation::Heavy) | (Interface::Code, Automation::Some) => 85,
        (Interface::Code, Automation::Heavy) => 95,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Confidence {
    /// Read from real usage: a factor of 1.15.
    Measured,
    /// A fair idea: a factor of 1.5.
    Rough,
    /// A guess: a factor of 3.
    Guess,
}

impl Confidence {
    /// All levels, the surest first.
    pub const ALL: [Self; 3] = [Self::Measured, Self::Rough, Self::Guess];

    /// The factor between the middle and either end of the range that holds 8 in 10 cases.
    pub fn factor(self) -> Decimal {
        match self {
            Self::Measured => Decimal::new(115, 2),
            Self::Rough => Decimal::new(15, 1),
            Self::Guess => Decimal::from(3),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProPrice {
    /// The list's monthly price.
    Monthly,
    /// The list's price a month with annual billing.
    Annual,
    /// Another amount in USD: above 0, at most 10,000, at most two decimals.
    Other(Decimal),
}

/// Why a usage cannot be priced with a list.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UsageError {
    /// The model is not in the list.
    #[error("model {given} is not in the price list{}; name one of {current}", nearest.as_ref().map(|id| format!(" (did you mean '{id}'?)")).unwrap_or_default())]
    UnknownModel {
        /// The model asked for, quoted.
        given: String,
        /// The nearest id, if one is near.
        nearest: Option<String>,
        /// The current models.
        current: String,
    },
    /// No current model of the list has a price today.
    #[error("the price list of {as_of} has no current model with a price; use a newer list")]
    NoModel {
        /// The list's date.
        as_of: Date,
    },
    /// The list has no yearly price for Pro.
    #[error("the price list has no annual price of Pro; choose 'monthly' or give an amount")]
    NoAnnualPrice,
}

impl Usage {
    pub fn model<'a>(&self, catalog: &'a Catalog, today: Date) -> Result<&'a Model, UsageError> {
        match &self.model {
            None => {
                catalog.default_model(today).ok_or(UsageError::NoModel { as_of: catalog.as_of })
            }
            Some(id) => find_model(catalog, id, today),
        }
    }

    /// The models to compare and choose from: the current ones, the model of the API part, and the
    /// model of the logs, so that it can be chosen again.
    pub fn models<'a>(
        &self,
        catalog: &'a Catalog,
        today: Date,
    ) -> Result<Vec<&'a Model>, UsageError> {
        let chosen = self.model(catalog, today)?;
        let measured = self.measured.as_deref().and_then(|measured| measured.model.as_deref());
        let used = measured.and_then(|id| catalog.model(id));
        Ok(catalog.listed_models(std::iter::once(chosen).chain(used), today))
    }

    /// The measured month, if the volume still comes from it; `None` if the volume was entered or
    /// changed by hand.
    pub fn measured_month(&self) -> Option<&Measured> {
        self.measured.as_deref().filter(|measured| measured.volume == self.volume)
    }

    /// Monthly price of Pro in USD.
    pub fn pro_monthly(&self, catalog: &Catalog) -> Result<Decimal, UsageError> {
        pro_monthly(self.pro_price, catalog)
    }
}

/// The model with this id or alias. The error names the nearest id.
pub fn find_model<'a>(
    catalog: &'a Catalog,
    id: &str,
    today: Date,
) -> Result<&'a Model, UsageError> {
    catalog.model(id).ok_or_else(|| UsageError::UnknownModel {
        given: quoted(id),
        nearest: catalog.nearest(id).map(str::to_owned),
        current: catalog
            .current_models(today)
            .iter()
            .map(|model| model.id.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    })
}

/// Monthly price of Pro at this choice, in USD.
pub fn pro_monthly(choice: ProPrice, catalog: &Catalog) -> Result<Decimal, UsageError> {
    let pro = catalog.plan("pro");
    match choice {
        ProPrice::Monthly => pro.and_then(|plan| plan.monthly),
        ProPrice::Annual => pro.and_then(|plan| plan.annual_per_month),
        ProPrice::Other(amount) => Some(amount),
    }
    .map(|price| price.normalize())
    .ok_or(UsageError::NoAnnualPrice)
}

/// Input not read from the cache, as the capacity check counts it.
pub fn fresh_input(volume: Volume, cache_read: Percent) -> Decimal {
    let input = Decimal::from(volume.input);
    input - input * cache_read.fraction()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_unknown_model_names_its_neighbour() {
        let catalog = Catalog::builtin().unwrap();
        let usage = Usage { model: Some("claude-sonnet-5.5".into()), ..Usage::default() };
        let message = usage.model(catalog, date(2026, 11, 22)).unwrap_err().to_string();
        assert_eq!(
            message,
            "model 'claude-sonnet-5.5' is not in the price list (did you mean 'claude-sonnet-5-5'?); name one of claude-sonnet-5-5, claude-opus-5-5, claude-haiku-5-5, claude-fable-5-2"
        );
    }

    #[test]
    fn pro_costs_what_the_list_says() {
        let builtin = Catalog::builtin().unwrap();
        let article = Catalog::article().unwrap();
        let annual = |catalog| pro_monthly(ProPrice::Annual, catalog).unwrap().to_string();
        assert_eq!(annual(builtin), "16.67");
        assert_eq!(annual(&article), "18");
    }
}
