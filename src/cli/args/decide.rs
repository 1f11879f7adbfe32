//! The flags of `decide`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

pub(super) const DECIDE_EXAMPLES: &str = "\
Examples:
  planwise decide --answers claude-choice.json
  planwise decide --answers claude-choice.json --catalog article --format json
  planwise decide --answers answers.json --output choice.md
  planwise decide --answers answers.json --output choice.html
  echo '{\"answers\": {\"interface\": \"chat\"},
         \"usage\": {\"input_tokens\": 3000000, \"output_tokens\": 900000}}' |
    planwise decide --answers - --assume-defaults

A saved report in JSON is also an answers file: only its 'answers' and 'usage' are read.
An answer that is missing is an error that names the question and its options.";

/// What `planwise decide` assesses and how it answers.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct DecideArgs {
    /// The answers: a saved report in JSON, an answers file, or '-' for standard input
    #[arg(long, value_name = "FILE|-")]
    pub answers: PathBuf,
    /// How to write the report: text, json, markdown or html
    ///
    /// Without it the name given to '--output' decides: .json, .md or .html. Otherwise text.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub format: Option<ReportFormat>,
    /// Save the report under this name instead of printing it ('-' prints it)
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Replace an existing file, which is kept as '.bak'
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Do not remember the saved report: the wizard asks of the last one how it turned out
    #[arg(long, requires = "output")]
    pub no_state: bool,
    /// Assume an answer where one is missing; the report marks it as assumed
    ///
    /// Assumed are: interface chat, session moderate, limits unknown, automation none, developer
    /// no, control no, features nice, billing either; 500k input and 200k output tokens where the
    /// usage is missing.
    #[arg(long)]
    pub assume_defaults: bool,
}

impl DecideArgs {
    /// The format asked for; else the one the name of the file stands for; else text.
    pub fn format(&self) -> ReportFormat {
        let ending = self.output.as_deref().and_then(Path::extension);
        let is = |word: &str| ending.is_some_and(|ending| ending.eq_ignore_ascii_case(word));
        match self.format {
            Some(format) => format,
            None if is("json") => ReportFormat::Json,
            None if is("md") || is("markdown") => ReportFormat::Markdown,
            None if is("html") || is("htm") => ReportFormat::Html,
            None => ReportFormat::Text,
        }
    }
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For a person at a terminal.
    Text,
    /// For programs, and for opening again.
    Json,
    /// For keeping and sharing.
    Markdown,
    /// For sending on: one page for any browser.
    Html,
}
