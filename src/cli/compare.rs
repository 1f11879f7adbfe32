//! `planwise compare`: two to four files side by side.

use std::path::Path;

use anyhow::Context as _;

use super::args::{CompareArgs, CompareFormat};
use super::catalog::{self, CatalogChoice};
use super::decide::{name_ignored, text_of};
use super::output;
use crate::advice::World;
use crate::compare::Comparison;
use crate::facts::Facts;
use crate::format;
use crate::question::Wording;
use crate::report::open;
use crate::shell::clock;
use crate::subject;

/// Compares the files and prints the result.
pub(super) fn compare(args: &CompareArgs, prices: Option<&CatalogChoice>) -> anyhow::Result<()> {
    let mut files = Vec::new();
    for path in &args.files {
        let (json, from) = text_of(path)?;
        let opened = open(&json).with_context(|| format!("cannot use {from}"))?;
        name_ignored(&opened.file().ignored, &from);
        files.push((name_of(path), opened));
    }
    let catalog = catalog::load(prices)?;
    let today = clock::now()?.date();
    let world = World { catalog: &catalog, facts: Facts::builtin()?, today };
    let comparison = Comparison::new(files, world, Wording::builtin()?)?;
    let text = match args.format {
        CompareFormat::Text => subject::compare::text(&comparison),
        CompareFormat::Markdown => subject::compare::markdown(&comparison),
        CompareFormat::Json => format::sorted(&format::compare::Document::new(&comparison)),
        CompareFormat::Html => subject::compare::html(&comparison),
    };
    Ok(output::print(&text)?)
}

/// The name of a file in the comparison: without its extension.
fn name_of(path: &Path) -> String {
    if path.as_os_str() == "-" {
        return "standard input".to_owned();
    }
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}
