//! The wording of the questions, from `assets/questions.json`.

use std::sync::LazyLock;

use serde::Deserialize;
use thiserror::Error;

use super::{QuestionId, Rank};

static WORDING: LazyLock<Result<Wording, WordingError>> =
    LazyLock::new(|| Wording::read(include_str!("../../assets/questions.json")));

/// Why the wording is invalid.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("wording of the questions: {0}")]
pub struct WordingError(String);

/// The wording of every question.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    questions: Vec<QuestionText>,
    /// The four questions of the quick check, in order.
    pub quick: Vec<QuickQuestion>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionText {
    pub id: QuestionId,
    /// The name in lists: `Where you work`.
    pub name: String,
    /// The name in one word.
    pub short: String,
    pub title: String,
    /// Why we ask, in one sentence.
    pub why: String,
    /// More help with the answer.
    pub more: String,
    /// The passage of the article behind the question.
    pub quote: String,
    /// The section of the article that the quote is from.
    pub section: String,
    /// In display order.
    pub options: Vec<OptionText>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionText {
    pub id: String,
    pub label: String,
    /// A longer explanation; may be empty.
    pub detail: String,
    /// The label in a list of answers.
    pub short: String,
}

/// A question of the quick check. Its options map to answers of the full question.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuickQuestion {
    /// The full question that it answers.
    pub id: QuestionId,
    /// The wording in the quick check.
    pub title: String,
    /// In display order.
    pub options: Vec<QuickOption>,
}

/// An option of the quick check.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuickOption {
    /// The id of the answer that it maps to.
    pub option: String,
    pub label: String,
}

impl Wording {
    /// The wording built into the program.
    pub fn builtin() -> Result<&'static Self, WordingError> {
        WORDING.as_ref().map_err(Clone::clone)
    }

    /// Parses the wording and checks that every question and every option occurs once.
    fn read(json: &str) -> Result<Self, WordingError> {
        let wording: Self = serde_json::from_str(json).map_err(|e| WordingError(e.to_string()))?;
        let asked: Vec<QuestionId> = wording.questions.iter().map(|q| q.id).collect();
        if asked != QuestionId::ALL {
            return Err(WordingError("the questions must stand in their order".to_owned()));
        }
        for question in &wording.questions {
            let mut ids: Vec<&str> = question.options.iter().map(|o| o.id.as_str()).collect();
            let mut scale = question.id.scale().to_vec();
            ids.sort_unstable();
            scale.sort_unstable();
            if ids != scale {
                return Err(WordingError(format!(
                    "'{}' must have its options once each",
                    question.id
                )));
            }
        }
        for quick in &wording.quick {
            if let Some(odd) = quick.options.iter().find(|o| quick.id.rank_of(&o.option).is_none())
            {
                return Err(WordingError(format!("'{}' has no option '{}'", quick.id, odd.option)));
            }
        }
        Ok(wording)
    }

    /// The wording of one question. Always present: parsing checks that.
    pub fn question(&self, id: QuestionId) -> &QuestionText {
        &self.questions[id.index()]
    }
}

impl QuestionText {
    /// The rank of the option at this position on screen.
    pub(crate) fn rank_at(&self, index: usize) -> Option<Rank> {
        self.options.get(index).and_then(|option| self.id.rank_of(&option.id))
    }

    /// The position on screen of the option with this rank.
    pub fn index_of(&self, rank: Rank) -> usize {
        let id = self.id.option_id(rank);
        self.options.iter().position(|option| option.id == id).unwrap_or_default()
    }

    /// The wording of the option with this rank.
    pub fn option(&self, rank: Rank) -> Option<&OptionText> {
        self.options.get(self.index_of(rank))
    }

    /// The short label of the option with this rank.
    pub(crate) fn short_label(&self, rank: Rank) -> &str {
        self.option(rank).map_or("", |option| option.short.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_is_worded_and_every_option_found() {
        let wording = Wording::builtin().unwrap();
        for id in QuestionId::ALL {
            let text = wording.question(id);
            assert_eq!(text.id, id);
            for rank in id.ranks() {
                assert_eq!(text.rank_at(text.index_of(rank)), Some(rank));
                assert!(!text.short_label(rank).is_empty());
            }
        }
        let quick: Vec<QuestionId> = wording.quick.iter().map(|q| q.id).collect();
        assert_eq!(
            quick,
            [
                QuestionId::Session,
                QuestionId::Limits,
                QuestionId::Automation,
                QuestionId::Developer
            ]
        );
    }

    #[test]
    fn a_missing_option_is_named() {
        let json = include_str!("../../assets/questions.json").replacen(
            "\"id\": \"metered\"",
            "\"id\": \"meter\"",
            1,
        );
        let message = Wording::read(&json).unwrap_err().to_string();
        assert_eq!(message, "wording of the questions: 'billing' must have its options once each");
    }
}
