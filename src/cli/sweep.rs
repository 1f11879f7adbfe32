//! `planwise sweep`: the recommendation and the costs along one axis.

use anyhow::Context as _;

use super::args::{SweepArgs, SweepFormat};
use super::catalog::{self, CatalogChoice};
use super::decide::{name_ignored, text_of};
use super::output;
use super::usage_error::UsageError;
use crate::advice::World;
use crate::facts::Facts;
use crate::format;
use crate::question::Wording;
use crate::report::read_answers;
use crate::shell::clock;
use crate::subject;
use crate::sweep::Sweep;

/// Sweeps one axis and prints the result.
pub(super) fn sweep(args: &SweepArgs, prices: Option<&CatalogChoice>) -> anyhow::Result<()> {
    let (json, from) = text_of(&args.answers)?;
    let unusable = || format!("cannot use {from}");
    let file = read_answers(&json).with_context(unusable)?;
    name_ignored(&file.ignored, &from);
    let (answers, usage) = file.complete(false).with_context(unusable)?;
    let catalog = catalog::load(prices)?;
    let today = clock::now()?.date();
    let world = World { catalog: &catalog, facts: Facts::builtin()?, today };
    let (axis, span) = (args.axis()?, args.span()?);
    let sweep = Sweep::new(axis, span.as_ref(), &answers, &usage, world, Wording::builtin()?)
        .map_err(|why| UsageError::new(why.to_string()))?;
    let text = match args.format {
        SweepFormat::Text => subject::sweep::text(&sweep),
        SweepFormat::Csv => sweep.csv(),
        SweepFormat::Json => format::sorted(&format::sweep::Document::new(&sweep)),
    };
    Ok(output::print(&text)?)
}
