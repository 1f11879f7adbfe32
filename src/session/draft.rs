//! Choices kept between two starts: an answers file that may have gaps.

use serde_json::{Map, Value, json};

use super::{Choices, Month};
use crate::question::{Origin, QuestionId};
use crate::report::{AnswersFile, MeasuredPart};
use crate::usage::{Outside, ProPrice, Usage};

impl Choices {
    /// The choices of an answers file or a saved report; without a month it is the sample one, and
    /// a month that was assumed is not the person's own.
    pub fn from_file(file: &AnswersFile) -> Self {
        let answers = file.answers;
        match &file.usage {
            Some(usage) => {
                let is_assumed = usage.volume_origin == Origin::Assumed;
                let month = if is_assumed { Month::Sample } else { Month::Own };
                Self { answers, usage: usage.clone(), month }
            }
            None => Self { answers, ..Self::default() },
        }
    }

    /// The same as a file of answers: what a scenario is compared with.
    pub fn as_file(&self) -> AnswersFile {
        AnswersFile { answers: self.answers, usage: Some(self.usage.clone()), ignored: Vec::new() }
    }

    /// The choices as an answers file, with the origin of each answer.
    pub fn draft(&self) -> String {
        let mut answers = Map::new();
        let mut origins = Map::new();
        for question in QuestionId::ALL {
            if let Some(given) = self.answers.given(question) {
                let name = question.as_str().to_owned();
                origins.insert(name.clone(), given.origin.as_str().into());
                answers.insert(name, question.option_id(given.rank).into());
            }
        }
        let mut file = json!({"schema_version": 1, "answers": answers, "answer_origin": origins});
        if self.month == Month::Own
            && let Some(fields) = file.as_object_mut()
        {
            fields.insert("usage".to_owned(), usage(&self.usage));
        }
        file.to_string()
    }

    /// The choices of a kept draft.
    pub fn from_draft(text: &str) -> Result<Self, crate::report::ReadError> {
        Ok(Self::from_file(&crate::report::read_answers(text)?))
    }
}

/// The month with the field names of the report.
fn usage(usage: &Usage) -> Value {
    let share = match usage.outside {
        Outside::Default => None,
        Outside::Set(share) | Outside::Measured(share) => Some(share),
    };
    let pro_price = match usage.pro_price {
        ProPrice::Monthly => "monthly".to_owned(),
        ProPrice::Annual => "annual".to_owned(),
        ProPrice::Other(price) => price.to_string(),
    };
    json!({
        "input_tokens": usage.volume.input,
        "output_tokens": usage.volume.output,
        "volume_origin": usage.volume_origin.as_str(),
        "outside_share_pct": share,
        "outside_origin": usage.outside.origin(),
        "model": usage.model,
        "confidence": usage.confidence.as_str(),
        "cache_read_pct": usage.mix.cache_read,
        "cache_write_pct": usage.mix.cache_write_5m,
        "cache_write_1h_pct": usage.mix.cache_write_1h,
        "batch_pct": usage.mix.batch,
        "thinking_pct": usage.mix.thinking,
        "prompt_tokens": usage.prompt_tokens,
        "pro_price": pro_price,
        "overflow_pct": usage.overflow_pct,
        "capacity_input": usage.capacity_input,
        "capacity_output": usage.capacity_output,
        "measured": usage.measured.as_deref().map(MeasuredPart::new),
    })
}
