//! Choices kept between two starts: an answers file that may be incomplete.

use super::{Choices, Month};
use crate::report::answers::File;
use crate::report::{AnswersFile, ReadError, read_answers};

impl Choices {
    /// The choices of an answers file or a saved report. Without a month it is the sample, which is
    /// still to be given; a month that is there stays a sample only by its origin.
    pub fn from_file(file: &AnswersFile) -> Self {
        let answers = file.answers;
        match &file.usage {
            Some(usage) => Self { answers, usage: usage.clone(), month: Month::Own },
            None => Self { answers, ..Self::default() },
        }
    }

    /// The choices as an answers file, to compare scenarios with.
    pub fn as_file(&self) -> AnswersFile {
        AnswersFile { answers: self.answers, usage: Some(self.usage.clone()), ignored: Vec::new() }
    }

    /// The choices as the text of an answers file, with the origin of each answer.
    pub fn draft(&self) -> String {
        let usage = (self.month == Month::Own).then_some(&self.usage);
        serde_json::to_string(&File::new(&self.answers, usage)).unwrap_or_default()
    }

    /// The choices of a kept draft.
    pub fn from_draft(text: &str) -> Result<Self, ReadError> {
        Ok(Self::from_file(&read_answers(text)?))
    }
}
