//! `planwise decide`: assesses a saved report or an answers file.

use std::path::Path;

use anyhow::Context as _;

use super::args::{DecideArgs, ReportFormat};
use super::catalog::{self, CatalogChoice};
use super::output;
use crate::advice::{World, assess};
use crate::facts::Facts;
use crate::question::Wording;
use crate::report::read_answers;
use crate::shell::folders::Folders;
use crate::shell::input::{INPUT_LIMIT, read_stdin, read_text};
use crate::shell::save::{self, Collision, SaveError};
use crate::shell::{clock, draft};
use crate::subject::result::Report;
use crate::text::quoted;

/// The most ignored fields named one by one. A corrupt file may have thousands.
const MOST_NAMED: usize = 8;

/// Assesses the answers and prints or saves the report.
pub(super) fn decide(args: &DecideArgs, prices: Option<&CatalogChoice>) -> anyhow::Result<()> {
    let (json, from) = text_of(&args.answers)?;
    let unusable = || format!("cannot use {from}");
    let file = read_answers(&json).with_context(unusable)?;
    name_ignored(&file.ignored, &from);
    let (answers, usage) = file.complete(args.assume_defaults).with_context(unusable)?;
    let catalog = catalog::load(prices)?;
    let created = clock::now()?;
    let world = World { catalog: &catalog, facts: Facts::builtin()?, today: created.date() };
    let assessment = assess(&answers, &usage, &world).with_context(unusable)?;
    let report = Report {
        assessment: &assessment,
        world,
        wording: Wording::builtin()?,
        created: &created,
        title: None,
        note: None,
    };
    let text = match args.format() {
        ReportFormat::Text => report.text(),
        ReportFormat::Json => report.json(),
        ReportFormat::Markdown => report.markdown(),
        ReportFormat::Html => report.html(),
    };
    match args.output.as_deref() {
        Some(path) if !is_dash(path) => {
            save(path, text, args.force)?;
            if !args.no_state
                && let Some(folders) = Folders::system()
            {
                draft::remember_report(&folders.last_report(), &report.json());
            }
            Ok(())
        }
        _ => Ok(output::print(&text)?),
    }
}

/// The text of a file, or of standard input for `-`, and its name for messages.
pub(super) fn text_of(path: &Path) -> anyhow::Result<(String, String)> {
    if is_dash(path) {
        return Ok((read_stdin(INPUT_LIMIT)?, "standard input".to_owned()));
    }
    Ok((read_text(path, INPUT_LIMIT)?, output::shown(path)))
}

/// Lists the fields of a file that were ignored.
pub(super) fn name_ignored(ignored: &[String], from: &str) {
    if !ignored.is_empty() {
        output::complain(&format!("{from}: ignored {}", fields(ignored)));
    }
}

/// Saves the report and prints where.
fn save(path: &Path, mut text: String, force: bool) -> anyhow::Result<()> {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let collision = if force { Collision::Replace } else { Collision::Fail };
    match save::write(path, text.as_bytes(), collision) {
        Ok(written) => {
            output::remark(&format!("saved: {}", output::shown(&written)));
            Ok(())
        }
        Err(error @ SaveError::Exists { .. }) => anyhow::bail!("{error} with '--force'"),
        Err(error) => Err(error.into()),
    }
}

/// `the field 'a'` or `the fields 'a', 'b' and 3 more`.
fn fields(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(MOST_NAMED).map(|name| quoted(name)).collect();
    let plural = if names.len() == 1 { "" } else { "s" };
    let rest = match names.len() - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("the unknown field{plural} {}{rest}; check the spelling", shown.join(", "))
}

/// True for `-`, which stands for a standard stream.
fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_fields_are_named_but_not_by_the_thousand() {
        let names = |count: usize| (1..=count).map(|n| format!("f{n}")).collect::<Vec<_>>();
        assert_eq!(fields(&names(1)), "the unknown field 'f1'; check the spelling");
        assert_eq!(
            fields(&names(10)),
            "the unknown fields 'f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8' and 2 more; check \
             the spelling"
        );
    }
}
