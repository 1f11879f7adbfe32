//! Dated facts other than prices: limits and their changes, who bills for what, rough figures.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

/// The facts built into the program.
const BUILTIN: &str = include_str!("../assets/facts.json");

static FACTS: LazyLock<Result<Facts, FactsError>> = LazyLock::new(|| Facts::read(BUILTIN));

/// Why the list of facts is invalid.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("list of facts: {0}")]
pub struct FactsError(String);

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Facts {
    /// The day on which the list was last checked.
    pub as_of: Date,
    /// In the order of the list.
    pub facts: Vec<Fact>,
}

/// One fact with its date and source.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Fact {
    /// Unique in the list.
    pub id: String,
    /// One of: limits, plans, billing, api, tokens, article, capacity.
    pub topic: String,
    /// One sentence for people.
    pub text: String,
    /// The figure, if there is one: a number, a decimal string or a range.
    pub value: Value,
    pub unit: Option<String>,
    /// The plan that it applies to.
    pub plan: Option<String>,
    /// The plans that it applies to, if there are several; empty otherwise.
    #[serde(default)]
    pub plans: Vec<String>,
    /// The first day on which it applied.
    pub from: Option<Date>,
    /// The first day on which it no longer applied.
    pub to: Option<Date>,
    /// The publisher.
    pub source: String,
    /// The day of publication.
    pub source_date: Date,
    pub confidence: Confidence,
    /// True if the article says it too.
    pub in_article: bool,
}

/// How reliable a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Official text, or official text confirmed by catalogs.
    High,
    /// Two or more third parties that agree.
    Medium,
    /// One third party.
    Low,
}

impl Facts {
    /// The facts built into the program.
    pub fn builtin() -> Result<&'static Self, FactsError> {
        FACTS.as_ref().map_err(Clone::clone)
    }

    /// Parses and checks a list of facts.
    pub fn read(json: &str) -> Result<Self, FactsError> {
        let list: Self = serde_json::from_str(json).map_err(|e| FactsError(e.to_string()))?;
        for (index, fact) in list.facts.iter().enumerate() {
            if list.facts.iter().take(index).any(|earlier| earlier.id == fact.id) {
                return Err(FactsError(format!("'{}' is there twice; keep one", fact.id)));
            }
            if let (Some(from), Some(to)) = (fact.from, fact.to)
                && to <= from
            {
                return Err(FactsError(format!("'{}': 'to' must be later than 'from'", fact.id)));
            }
        }
        for id in [CAPACITY_INPUT, CAPACITY_OUTPUT] {
            if list.count(id).is_none() {
                return Err(FactsError(format!("'{id}' with a whole number is missing")));
            }
        }
        Ok(list)
    }

    pub fn get(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// Input tokens of chat a month above which Pro is unlikely to be enough. A rough figure.
    pub fn capacity_input(&self) -> u64 {
        self.count(CAPACITY_INPUT).unwrap_or(u64::MAX)
    }

    /// Output tokens of chat a month above which Pro is unlikely to be enough. A rough figure.
    pub fn capacity_output(&self) -> u64 {
        self.count(CAPACITY_OUTPUT).unwrap_or(u64::MAX)
    }

    fn count(&self, id: &str) -> Option<u64> {
        self.get(id)?.value.as_u64()
    }
}

const CAPACITY_INPUT: &str = "capacity-check-input";
const CAPACITY_OUTPUT: &str = "capacity-check-output";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_facts_hold_the_capacity_figures() {
        let facts = Facts::builtin().unwrap();
        assert_eq!(facts.capacity_input(), 30_000_000);
        assert_eq!(facts.capacity_output(), 5_000_000);
        assert!(facts.facts.iter().all(|fact| !fact.source.is_empty() && !fact.text.is_empty()));
    }

    #[test]
    fn a_fact_that_is_there_twice_is_named() {
        let doubled = BUILTIN.replacen("pro-weekly-limit", "pro-five-hour-limit", 1);
        let message = Facts::read(&doubled).unwrap_err().to_string();
        assert_eq!(message, "list of facts: 'pro-five-hour-limit' is there twice; keep one");
    }
}
