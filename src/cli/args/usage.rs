//! The flags of `usage`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::days::{check_span, day};
use super::{TableFormat, UsageError, Words, one_of};
use crate::history::summary::By;

pub(super) const USAGE_EXAMPLES: &str = "\
Examples:
  planwise usage
  planwise usage --since 2026-11-01 --until 2026-11-30 --by model
  planwise usage --by week --timezone Europe/Madrid --format json
  planwise usage ~/backup/claude/projects session.jsonl

Without PATH the logs are looked for where Claude Code keeps them: the folders in
CLAUDE_CONFIG_DIR, else ~/.config/claude and ~/.claude. Files are only read, no file
of credentials is opened, and nothing is sent or written.

Dollars are what the same tokens would have cost on the API, by the prices of
their days. On a plan with a flat price they are no money that was spent.";

/// What `planwise usage` reads and how it answers.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct UsageArgs {
    /// Files or folders to read instead of the usual places of Claude Code: logs, exports of
    /// claude.ai (zip too) and the Console, saved Admin API reports, 'ccusage --json'
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Read only this kind: auto (all), claude-code, claude-ai, console, admin or ccusage
    #[arg(long, value_name = "KIND", default_value = "auto", hide_possible_values = true)]
    pub from: SourceKind,
    /// The model that answered in a claude.ai export, which names none (default: the newest Sonnet)
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,
    /// The first day that counts, such as 2026-11-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Option<Date>,
    /// The last day that counts
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<Date>,
    /// The time zone of the days, such as Europe/Madrid or UTC (default: the system's)
    #[arg(long, value_name = "TZ")]
    pub timezone: Option<String>,
    /// One row for each day, week, month, model, project or session
    #[arg(long, value_name = "WHAT", default_value = "day", value_parser = one_of(ROWS))]
    #[arg(hide_possible_values = true)]
    pub by: By,
    /// How to write the result: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: TableFormat,
}

impl UsageArgs {
    pub(super) fn check(&self) -> Result<(), UsageError> {
        check_span(self.since, self.until)
    }
}

/// A kind of data that `planwise usage` reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SourceKind {
    /// Whatever it is, of the kinds that are known.
    Auto,
    /// Claude Code.
    ClaudeCode,
    /// claude.ai and Claude Desktop.
    ClaudeAi,
    /// The exports of the Console.
    Console,
    /// Saved reports of the Admin API.
    Admin,
    /// What 'ccusage --json' printed.
    Ccusage,
}

/// What a row stands for.
const ROWS: Words<By> = &[
    ("day", "A calendar day", By::Day),
    ("week", "An ISO week", By::Week),
    ("month", "A calendar month", By::Month),
    ("model", "A model", By::Model),
    ("project", "A project", By::Project),
    ("session", "A session", By::Session),
];
