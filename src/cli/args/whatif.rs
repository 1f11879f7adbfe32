//! The flags of `replay`, `compare`, `sweep` and `schema`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{TableFormat, UsageError};
use crate::compare::{FEWEST, MOST};
use crate::schema::Schema;
use crate::sweep::{Axis, Span};

pub(super) const REPLAY_EXAMPLES: &str = "\
Examples:
  planwise replay claude-choice.json
  planwise replay claude-choice.json --catalog prices.json --format json
  planwise replay claude-choice.json --usage ~/.claude/projects

Answers and month are those of the report; prices, facts and rules are today's.
With '--usage' the estimate is held against what was really used since the day of
the report: scaled to a month of 365/12 days, inside or outside the range that was
to hold eight cases in ten, and whether the recommendation stands with it.";

pub(super) const COMPARE_EXAMPLES: &str = "\
Examples:
  planwise compare now.json automated.json
  planwise compare a.json b.json c.json d.json --format html > compared.html

Each file is a saved report in JSON or an answers file; its name is its column's.
All are worked out with the same prices, and where a report said something else
when it was saved, that is told.";

/// The examples of `sweep`, and every axis.
pub(super) fn sweep_examples() -> String {
    let mut axes = String::new();
    let mut line = String::from(" ");
    for axis in Axis::all() {
        if line.len() + axis.name().len() + 1 > 78 {
            axes.push_str(&line);
            axes.push('\n');
            line = String::from(" ");
        }
        line.push(' ');
        line.push_str(axis.name());
    }
    axes.push_str(&line);
    format!(
        "\
Examples:
  planwise sweep --answers claude-choice.json --vary volume --from 0 --to 5
  planwise sweep --answers claude-choice.json --vary input --from 1M --to 40M \\
    --steps 40 --format csv > input.csv
  planwise sweep --answers claude-choice.json --vary automation

What can be varied:
{axes}

Numbers need '--from' and '--to', both of which are points: tokens such as 2.5M,
percent, dollars (pro-price), or multiples of the file's month (volume: 0.5 is half
of it). The questions, 'model' and 'confidence' are varied over all they can be.
All else stays as the file has it, a usual share outside the app is taken anew."
    )
}

/// What each schema describes.
pub(super) fn schema_examples() -> String {
    let lines: Vec<String> = Schema::ALL
        .into_iter()
        .map(|schema| format!("  {:<8} {}", schema.name(), schema.about()))
        .collect();
    format!(
        "Schemas (draft 2020-12):\n{}\n\nExample:\n  planwise schema report > report.schema.json",
        lines.join("\n")
    )
}

/// What `planwise replay` works out again.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct ReplayArgs {
    /// A saved report in JSON, or '-' for standard input
    #[arg(value_name = "REPORT|-")]
    pub report: PathBuf,
    /// Hold it against what these logs say was used since: files or folders
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub usage: Vec<PathBuf>,
    /// Another model for the API part than the report's, by id or alias
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,
    /// How to write the result: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: TableFormat,
}

/// What `planwise compare` holds against each other.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct CompareArgs {
    /// Two to four saved reports in JSON or answers files
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// How to write the result: text, markdown, json or html
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: CompareFormat,
}

impl CompareArgs {
    pub(super) fn check(&self) -> Result<(), UsageError> {
        let count = self.files.len();
        if (FEWEST..=MOST).contains(&count) {
            return Ok(());
        }
        let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
        Err(UsageError::new(format!("{files} to compare; give {FEWEST} to {MOST}")))
    }
}

/// How a comparison is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// For a person at a terminal.
    Text,
    /// For keeping and sharing.
    Markdown,
    /// For programs.
    Json,
    /// For a browser.
    Html,
}

/// What `planwise sweep` varies.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct SweepArgs {
    /// The answers: a saved report in JSON, an answers file, or '-' for standard input
    #[arg(long, value_name = "FILE|-")]
    pub answers: PathBuf,
    /// What to vary: a number of the month such as input, or a question such as automation
    #[arg(long, value_name = "WHAT")]
    pub vary: String,
    /// The first value of a number
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub from: Option<String>,
    /// The last value of a number
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub to: Option<String>,
    /// How many points, both ends among them, 2 to 1000 (default 11)
    #[arg(long, value_name = "N")]
    pub steps: Option<u16>,
    /// How to write the result: text, csv or json
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: SweepFormat,
}

/// How many points a sweep has where nothing is said: tenths of the way.
const STEPS: u16 = 11;

impl SweepArgs {
    /// The axis.
    pub(in crate::cli) fn axis(&self) -> Result<Axis, UsageError> {
        Axis::named(&self.vary).map_err(|why| UsageError::new(format!("'--vary': {why}")))
    }

    /// From where to where, if anything of it was given.
    pub(in crate::cli) fn span(&self) -> Result<Option<Span>, UsageError> {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => Ok(Some(Span {
                from: from.clone(),
                to: to.clone(),
                steps: self.steps.unwrap_or(STEPS),
            })),
            (None, None) if self.steps.is_none() || matches!(self.axis()?, Axis::Number(_)) => {
                Ok(None)
            }
            (None, None) => Err(UsageError::new(format!(
                "'{}' is varied over all it can be, so leave out '--steps'",
                self.axis()?.name()
            ))),
            (Some(_), None) => Err(UsageError::new("'--from' is given without '--to'; give both")),
            (None, Some(_)) => Err(UsageError::new("'--to' is given without '--from'; give both")),
        }
    }

    pub(super) fn check(&self) -> Result<(), UsageError> {
        self.axis()?;
        self.span().map(drop)
    }
}

/// How a sweep is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SweepFormat {
    /// For a person at a terminal.
    Text,
    /// For a spreadsheet.
    Csv,
    /// For programs.
    Json,
}

/// Which schema `planwise schema` prints.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct SchemaArgs {
    /// The format
    #[arg(value_name = "NAME", value_parser = schemas(), hide_possible_values = true)]
    #[arg(help = schema_names())]
    pub name: String,
}

fn schemas() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(Schema::ALL.map(Schema::name))
}

/// `The format: report, answers or usage`.
fn schema_names() -> String {
    format!("The format: {}", Schema::ALL.map(Schema::name).join(", "))
}

impl SchemaArgs {
    /// The schema asked for.
    pub(super) fn text(&self) -> &'static str {
        // The parser takes no other name.
        Schema::named(&self.name).map_or("", Schema::text)
    }
}
