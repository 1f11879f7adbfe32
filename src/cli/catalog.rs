//! The price list that a command uses, and its source.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::Context as _;

use super::usage_error::UsageError;
use super::{output, settings};
use crate::catalog::{Catalog, CatalogId};
use crate::settings::{PriceList, Settings};
use crate::shell::folders::{Folders, at_home};
use crate::shell::input::{INPUT_LIMIT, InputError, read_text};

/// The value of `--catalog`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatalogChoice {
    /// The word `builtin`: the current built-in list.
    Builtin,
    /// The word `article`: the built-in list of the article.
    Article,
    /// Anything else: the path of a file.
    File(PathBuf),
}

impl FromStr for CatalogChoice {
    type Err = UsageError;

    fn from_str(word: &str) -> Result<Self, UsageError> {
        match word {
            "" => Err(UsageError::new("no list named; give builtin, article or a file")),
            "builtin" => Ok(Self::Builtin),
            "article" => Ok(Self::Article),
            path => Ok(Self::File(PathBuf::from(path))),
        }
    }
}

/// The price list for a command: the chosen one, otherwise the one in the settings.
pub(super) fn load(choice: Option<&CatalogChoice>) -> anyhow::Result<Catalog> {
    match choice {
        Some(choice) => load_with(Some(choice), &PriceList::Auto),
        None => load_with(None, &settings::for_command().catalog),
    }
}

/// Also returns the settings, to read them only once.
pub(super) fn load_and_settings(
    choice: Option<&CatalogChoice>,
) -> anyhow::Result<(Catalog, Settings)> {
    let settings = settings::for_command();
    Ok((load_with(choice, &settings.catalog)?, settings))
}

/// The chosen list, otherwise the one in the settings, otherwise the user's own one, otherwise the
/// built-in one.
pub(super) fn load_with(
    choice: Option<&CatalogChoice>,
    setting: &PriceList,
) -> anyhow::Result<Catalog> {
    match choice {
        Some(CatalogChoice::Builtin) => builtin(),
        Some(CatalogChoice::Article) => Ok(Catalog::article()?),
        Some(CatalogChoice::File(path)) => parse(&read_text(path, INPUT_LIMIT)?, path),
        None => match setting {
            PriceList::Builtin => builtin(),
            PriceList::Article => Ok(Catalog::article()?),
            PriceList::File(path) => {
                let path = at_home(path)?;
                let list = read_text(&path, INPUT_LIMIT)
                    .map_err(anyhow::Error::from)
                    .and_then(|json| parse(&json, &path));
                list.context("the price list of your settings cannot be used ('--catalog builtin' goes without it)")
            }
            PriceList::Auto => match Folders::system() {
                Some(folders) => own(&folders.own_catalog()),
                None => builtin(),
            },
        },
    }
}

fn builtin() -> anyhow::Result<Catalog> {
    Ok(Catalog::builtin()?.clone())
}

/// The user's own list, if it exists. A broken one is an error, because a fallback would show
/// prices that look like the user's.
fn own(path: &Path) -> anyhow::Result<Catalog> {
    let around = "your own price list cannot be used ('--catalog builtin' goes without it)";
    match read_text(path, INPUT_LIMIT) {
        Ok(json) => parse(&json, path).context(around),
        Err(InputError::Missing { .. }) => builtin(),
        Err(error) => Err(error).context(around),
    }
}

fn parse(json: &str, path: &Path) -> anyhow::Result<Catalog> {
    Catalog::read(json, CatalogId::File)
        .with_context(|| format!("cannot use {}", output::shown(path)))
}
