//! `planwise usage`: actual usage from the logs on this machine.

use std::process::ExitCode;

use jiff::tz::TimeZone;

use super::args::{SourceKind, TableFormat, UsageArgs};
use super::catalog::{self, CatalogChoice};
use super::output;
use super::reading;
use super::usage_error::UsageError;
use crate::format;
use crate::history::summary::{Query, Summary};
use crate::shell::clock;
use crate::shell::logs::{Family, Options};
use crate::source::claude_ai::Assumed;
use crate::subject;
use crate::text::node::pretty;
use crate::text::quoted;
use crate::usage::find_model;

/// Reads the logs and prints a summary.
pub(super) fn usage(args: &UsageArgs, prices: Option<&CatalogChoice>) -> anyhow::Result<ExitCode> {
    let now = clock::now()?;
    let zone = match &args.timezone {
        None => now.time_zone().clone(),
        Some(name) => named_zone(name)?,
    };
    let catalog = catalog::load(prices)?;
    let today = now.date();
    let model = match &args.model {
        None => catalog.default_model(today),
        Some(id) => Some(
            find_model(&catalog, id, today)
                .map_err(|error| UsageError::new(format!("'--model': {error}")))?,
        ),
    };
    let options = Options {
        only: family(args.from),
        assumed: model.map(Assumed::of).unwrap_or_default(),
        ..Options::default()
    };
    let Some(history) = reading::gather(&args.paths, &options)? else {
        return Ok(reading::interrupted());
    };
    if history.files() == 0 {
        output::complain(if args.paths.is_empty() {
            "no logs of Claude Code found; name a file or folder, see 'planwise usage --help'"
        } else {
            "no usage data in the given paths; see 'planwise usage --help' for what is read"
        });
    }
    let query = Query {
        catalog: &catalog,
        zone,
        since: args.since,
        until: args.until,
        by: args.by,
        now: now.timestamp(),
    };
    let summary = Summary::new(&history, &query);
    let text = match args.format {
        TableFormat::Json => pretty(&format::usage::Document::new(&summary, &query)),
        TableFormat::Text => subject::usage::text(&summary, &query),
    };
    output::print(&text)?;
    // The program ends here, so do not spend time on freeing a large history.
    std::mem::forget(history);
    Ok(ExitCode::SUCCESS)
}

const fn family(kind: SourceKind) -> Option<Family> {
    match kind {
        SourceKind::Auto => None,
        SourceKind::ClaudeCode => Some(Family::ClaudeCode),
        SourceKind::ClaudeAi => Some(Family::ClaudeAi),
        SourceKind::Console => Some(Family::Console),
        SourceKind::Admin => Some(Family::Admin),
        SourceKind::Ccusage => Some(Family::Ccusage),
    }
}

pub(super) fn named_zone(name: &str) -> Result<TimeZone, UsageError> {
    TimeZone::get(name).map_err(|_unknown| {
        UsageError::new(format!(
            "'--timezone': {} is not a time zone; give one such as Europe/Madrid or UTC",
            quoted(name)
        ))
    })
}
