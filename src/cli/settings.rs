//! The settings: loaded before a command runs, and shown by `planwise config`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use super::args::ConfigCommand;
use super::output;
use crate::advice::{World, billing_cost};
use crate::facts::Facts;
use crate::settings::{KEYS, Places, Reading, Settings};
use crate::shell::clock;
use crate::shell::folders::{Folders, at_home};
use crate::shell::input::{INPUT_LIMIT, InputError, read_text};
use crate::usage::Usage;

/// The settings in effect and the problems with the file.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// Unusable values are replaced by their defaults.
    pub settings: Settings,
    /// Unusable values and why, one line each, starting with the file.
    pub problems: Vec<String>,
    places: Places,
}

impl Loaded {
    /// Adds a problem with a key that was found only later.
    pub(super) fn complain(&mut self, key: &str, what: &str) {
        let problem = self.places.problem(key, what);
        self.problems.extend(path().map(|path| about(&path, &problem)));
    }
}

/// The person's settings. The defaults if there is no file.
pub(super) fn load() -> Loaded {
    let Some(path) = path() else {
        return Loaded::default();
    };
    match read_text(&path, INPUT_LIMIT) {
        Ok(text) => {
            let Reading { settings, problems, places } = Settings::read(&text);
            let problems = problems.iter().map(|problem| about(&path, &problem.to_string()));
            Loaded { settings, problems: problems.collect(), places }
        }
        Err(error) if is_nothing(&error) => Loaded::default(),
        Err(error) => Loaded {
            problems: vec![format!("{error}; until then all defaults hold")],
            ..Loaded::default()
        },
    }
}

/// For a command without a screen: prints problems to standard error.
pub(super) fn for_command() -> Settings {
    let Loaded { settings, problems, .. } = load();
    for problem in problems {
        output::complain(&problem);
    }
    settings
}

/// `planwise config`.
pub(super) fn config(command: &ConfigCommand) -> anyhow::Result<ExitCode> {
    match command {
        ConfigCommand::Path => output::print(&own()?.to_string_lossy())?,
        ConfigCommand::Sample => output::print(&Settings::sample())?,
        ConfigCommand::Check { file } => return check(file.as_deref()),
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints the settings in effect, and problems on standard error.
fn check(file: Option<&Path>) -> anyhow::Result<ExitCode> {
    let path = file.map_or_else(own, |file| Ok(file.to_path_buf()))?;
    let shown = output::shown(&path);
    let text = match read_text(&path, INPUT_LIMIT) {
        Err(error) if file.is_none() && is_nothing(&error) => {
            let there = path.exists();
            let state = if there { "is empty" } else { "does not exist" };
            output::print(&format!("{shown} {state}: every setting has its default."))?;
            return Ok(ExitCode::SUCCESS);
        }
        text => text?,
    };
    let Reading { mut settings, problems, places } = Settings::read(&text);
    let mut problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let outside = outside(&mut settings)?;
    problems.extend(outside.iter().map(|(key, what)| places.problem(key, what)));
    for problem in &problems {
        output::complain(&about(&path, problem));
    }
    let state = match problems.len() {
        0 => "is in order",
        1 => "has a problem",
        _ => "has problems",
    };
    let unusable: Vec<&str> = outside.iter().map(|(key, _)| *key).collect();
    output::print(&format!("{shown} {state}. This holds:\n{}", in_force(&settings, &unusable)))?;
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Each key with its value, and whether that is the default or unusable.
fn in_force(settings: &Settings, unusable: &[&str]) -> String {
    let default = Settings::default();
    KEYS.iter()
        .flat_map(|key| {
            let value = key.shown(settings);
            let note = if value == key.shown(&default) {
                "  (default)"
            } else if unusable.contains(&key.name) {
                "  (cannot be used)"
            } else {
                ""
            };
            ["  ", key.name, " = ", value.as_str(), note, "\n"].map(str::to_owned)
        })
        .collect()
}

/// Checks values against the world outside of the file: a missing list, a model that the list
/// lacks. Returns problems by key. Replaces unusable values that have a default.
fn outside(settings: &mut Settings) -> anyhow::Result<Vec<(&'static str, String)>> {
    let mut problems = Vec::new();
    match super::catalog::load_with(None, &settings.catalog) {
        Err(error) => problems.push(("catalog", format!("{error:#}"))),
        Ok(catalog) => {
            let today = clock::now()?.date();
            let world = World { catalog: &catalog, facts: Facts::builtin()?, today };
            let (usage, refused) = first_month(settings, &world);
            (settings.model, settings.pro_price) = (usage.model, usage.pro_price);
            problems.extend(refused);
        }
    }
    if let Some(folder) = &settings.folder {
        match at_home(folder) {
            Ok(folder) if folder.is_dir() => {}
            Ok(folder) => problems.push((
                "folder",
                format!(
                    "'folder': {} is no folder yet; create it, or name another",
                    output::shown(&folder)
                ),
            )),
            Err(error) => problems.push(("folder", format!("'folder': {error}"))),
        }
    }
    Ok(problems)
}

/// The wizard's first month: the sample month with the person's model and price. Also returns, by
/// key, the settings that this price list cannot satisfy.
pub(super) fn first_month(
    settings: &Settings,
    world: &World<'_>,
) -> (Usage, Vec<(&'static str, String)>) {
    type Set = fn(&Settings, Usage) -> Usage;
    let wanted: [(&'static str, Set, &str); 2] = [
        (
            "model",
            |settings, usage| Usage { model: settings.model.clone(), ..usage },
            "the price list's own",
        ),
        (
            "pro_price",
            |settings, usage| Usage { pro_price: settings.pro_price, ..usage },
            "the monthly price",
        ),
    ];
    let mut usage = Usage::default();
    let mut refused = Vec::new();
    for (key, set, kept) in wanted {
        let next = set(settings, usage.clone());
        match billing_cost(&next, world) {
            Ok(_) => usage = next,
            Err(error) if next != usage => {
                refused.push((key, format!("{error}; until then it is {kept}")));
            }
            Err(_) => {}
        }
    }
    (usage, refused)
}

/// The settings file, or an error that says why there is none.
fn own() -> anyhow::Result<PathBuf> {
    path().context("there is no home folder, so there are no settings; set HOME")
}

fn path() -> Option<PathBuf> {
    Folders::system().map(|folders| folders.settings())
}

/// True if the file is missing or empty.
const fn is_nothing(error: &InputError) -> bool {
    matches!(error, InputError::Missing { .. } | InputError::Empty { .. })
}

/// A problem with its file. Read errors name the file already.
fn about(path: &Path, problem: &str) -> String {
    if problem.starts_with("line ") {
        format!("{} {problem}", output::shown(path))
    } else {
        problem.to_owned()
    }
}
