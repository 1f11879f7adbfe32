//! JSON Schemas (draft 2020-12) of all JSON that the program writes and reads.
//!
//! They are files under `docs/schema`, so that other tools can refer to them, and are built into
//! the program. A test generates them from the types of `format`. To add one, add a row to
//! [`Schema::ALL`], [`Schema::name`], [`Schema::about`], [`Schema::text`] and that test.

/// One format with a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// A saved report, as `decide --format json` writes it.
    Report,
    /// Answers and a month, as `decide --answers` reads them.
    Answers,
    /// Actual usage, as `usage --format json` writes it.
    Usage,
    /// A plan replay, as `fit --format json` writes it.
    Fit,
}

impl Schema {
    /// Every schema, in the order of the help text.
    pub const ALL: [Self; 4] = [Self::Report, Self::Answers, Self::Usage, Self::Fit];

    /// The name on the command line and of the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Answers => "answers",
            Self::Usage => "usage",
            Self::Fit => "fit",
        }
    }

    /// A description in one line.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Report => "a saved report, as 'planwise decide --format json' writes it",
            Self::Answers => "a file of answers, as 'planwise decide --answers' reads it",
            Self::Usage => "what was used, as 'planwise usage --format json' writes it",
            Self::Fit => {
                "which plan would have carried it, as 'planwise fit --format json' writes it"
            }
        }
    }

    /// The JSON text, with a final line break.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Report => include_str!("../docs/schema/report.json"),
            Self::Answers => include_str!("../docs/schema/answers.json"),
            Self::Usage => include_str!("../docs/schema/usage.json"),
            Self::Fit => include_str!("../docs/schema/fit.json"),
        }
    }

    /// The schema with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|schema| schema.name() == name)
    }
}

#[cfg(test)]
mod tests;
