//! `planwise replay`: a saved report with today's prices, compared with actual usage if wanted.

use std::process::ExitCode;

use anyhow::Context as _;

use super::args::{ReplayArgs, TableFormat};
use super::catalog::{self, CatalogChoice};
use super::decide::{name_ignored, text_of};
use super::{output, reading};
use crate::advice::World;
use crate::facts::Facts;
use crate::format;
use crate::history::summary::{By, Query, Summary};
use crate::replay::Replay;
use crate::replay::actual::ActualUsage;
use crate::report::read_report;
use crate::shell::clock;
use crate::shell::logs::Options;
use crate::source::claude_ai::Assumed;
use crate::subject;

/// Replays the report and prints the changes.
pub(super) fn replay(
    args: &ReplayArgs,
    prices: Option<&CatalogChoice>,
) -> anyhow::Result<ExitCode> {
    let (json, from) = text_of(&args.report)?;
    let saved = read_report(&json).with_context(|| format!("cannot replay {from}"))?;
    name_ignored(&saved.file.ignored, &from);
    let catalog = catalog::load(prices)?;
    let now = clock::now()?;
    let world = World { catalog: &catalog, facts: Facts::builtin()?, today: now.date() };
    let replay = Replay::new(&saved, world, args.model.as_deref())
        .with_context(|| format!("cannot replay {from}"))?;
    let actual = if args.usage.is_empty() {
        None
    } else {
        let assumed = Assumed::by_default(&catalog, now.date());
        let options = Options { assumed, ..Options::default() };
        let Some(history) = reading::gather(&args.usage, &options)? else {
            return Ok(reading::interrupted());
        };
        let query = Query {
            catalog: &catalog,
            zone: now.time_zone().clone(),
            since: Some(saved.day),
            until: None,
            by: By::Model,
            now: now.timestamp(),
        };
        Some(ActualUsage::new(&replay, &Summary::new(&history, &query))?)
    };
    let text = match args.format {
        TableFormat::Text => subject::replay::text(&replay, actual.as_ref()),
        TableFormat::Json => {
            format::sorted(&format::replay::Document::new(&replay, actual.as_ref()))
        }
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
