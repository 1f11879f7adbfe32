//! Performs the effects of the wizard, on either face, and reports their results.

mod keeper;
mod place;
mod scanner;
mod tell;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use self::keeper::Keeper;
use self::place::absolute;
use self::scanner::Scanner;
pub(crate) use self::tell::Tell;
use crate::report::{
    self, Format, Listing, OnCollision, SaveFailure, SaveOrder, Saved, ScenarioDone, ScenarioOrder,
    Taken,
};
use crate::shell::folders::{self, Folders};
use crate::shell::save::SaveError;
use crate::shell::scenarios::{ScenarioError, Store};
use crate::shell::{clock, draft, input, save};
use crate::subject::result::Report;
use crate::wizard::session::{Choices, Session};
use crate::wizard::{Effect, FoundReport, Message, Places, quoted_paths};

#[derive(Debug)]
pub(crate) struct Performer {
    keeper: Keeper,
    scanner: Scanner,
}

impl Performer {
    /// Writes drafts and reads logs in background threads. Their results go to `tell`.
    pub(crate) fn beside(places: &Places, tell: &Tell) -> Self {
        Self {
            keeper: Keeper::beside(places, Arc::clone(tell)),
            scanner: Scanner::new(Arc::clone(tell)),
        }
    }

    /// Writes each draft before it returns, and reads logs in a background thread.
    pub(crate) fn at_once(places: &Places, tell: &Tell) -> Self {
        Self { keeper: Keeper::at_once(places), scanner: Scanner::new(Arc::clone(tell)) }
    }

    /// Performs an effect. Returns the result if it is known at once.
    pub(crate) fn perform(
        &mut self,
        effect: Effect,
        session: &Session<'_>,
        places: &Places,
    ) -> Option<Message> {
        Some(match effect {
            Effect::Save(order) => Message::Saved(save_report(&order, session, places)),
            Effect::FindReports(folder) => Message::Found(find_reports(&folder)),
            Effect::FindLogs => Message::LogPlaces(log_places()),
            Effect::Open(path) => Message::Opened(open_report(&path, session)),
            Effect::Recall(path) => {
                let kept = places.last_report.as_deref();
                Message::Recalled(Box::new(recall(path.as_deref(), kept)))
            }
            Effect::ForgetReport => {
                if let Some(kept) = &places.last_report {
                    // If the file cannot be removed, the next saved report overwrites it.
                    let _ = draft::discard(kept);
                }
                return None;
            }
            Effect::Scenario(order) => {
                Message::Scenarios(Box::new(scenario(*order, session, places)))
            }
            Effect::Draft(order) => return self.keeper.keep(order).map(Message::Draft),
            Effect::Scan(order) => {
                self.scanner.begin(order, session.world.catalog);
                return None;
            }
            Effect::StopScan => {
                self.scanner.stop();
                return None;
            }
        })
    }

    /// Waits for pending work. Returns why the newest draft is not on disk, if it is not.
    pub(crate) fn finish(self) -> Option<String> {
        self.keeper.finish()
    }
}

/// Performs an order for the kept scenarios.
fn scenario(
    order: ScenarioOrder,
    session: &Session<'_>,
    places: &Places,
) -> Result<(ScenarioDone, Listing), String> {
    // The screen checks this before it sends the order.
    if order != ScenarioOrder::List && places.draft.is_none() {
        return Err("this run keeps nothing on disk".to_owned());
    }
    match Folders::system() {
        Some(folders) => {
            carry_out(order, &Store::of(&folders), session).map_err(|error| in_the_wizard(&error))
        }
        None => Err("there is no folder to keep scenarios in; set HOME".to_owned()),
    }
}

/// Performs an order for the kept scenarios and lists them again.
fn carry_out(
    order: ScenarioOrder,
    store: &Store,
    session: &Session<'_>,
) -> Result<(ScenarioDone, Listing), String> {
    let words = |error: ScenarioError| error.to_string();
    let now = || match clock::now() {
        Ok(now) => Ok(SystemTime::from(now.timestamp())),
        Err(error) => Err(error.to_string()),
    };
    let done = match order {
        ScenarioOrder::List => {
            store.clear_aside(now()?);
            ScenarioDone::Listed
        }
        ScenarioOrder::Keep { name, assessment } => {
            let created = clock::now().map_err(|error| error.to_string())?;
            let report = Report {
                assessment: &assessment,
                world: session.world,
                wording: session.wording,
                created: &created,
                title: None,
                note: None,
            };
            ScenarioDone::Kept(store.keep(&name, &report.json()).map_err(words)?)
        }
        ScenarioOrder::Rename { id, name } => {
            let from = store.rename(&id, &name).map_err(words)?;
            ScenarioDone::Renamed { id, from }
        }
        ScenarioOrder::Delete(id) => {
            ScenarioDone::Deleted(store.delete(&id, now()?).map_err(words)?)
        }
        ScenarioOrder::Restore(deleted) => {
            let id = store.restore(&deleted).map_err(words)?;
            ScenarioDone::Restored { id, was: deleted.id }
        }
    };
    Ok((done, store.list().map_err(words)?))
}

/// Writes the report in every requested format, all with the same stem.
///
/// Checks as much as possible before the first file is written. An error after that says which
/// files exist and which do not.
fn save_report(
    order: &SaveOrder,
    session: &Session<'_>,
    places: &Places,
) -> Result<Vec<PathBuf>, SaveFailure> {
    let created = clock::now().map_err(|e| other(&e))?;
    let folder = absolute(&order.folder).map_err(SaveFailure::Other)?;
    if order.create_folder {
        save::create_folder(&folder).map_err(|e| other(&e))?;
    } else if is_own(&folder) {
        folders::create_private(&folder).map_err(|e| other(&e))?;
    }
    let mut targets = targets(&folder, &order.stem, &order.formats)?;
    let collision = match order.on_collision {
        OnCollision::Replace => save::Collision::Replace,
        OnCollision::Ask => {
            if let Some(exists) = exists(&folder, order, &targets) {
                return Err(exists);
            }
            save::Collision::Fail
        }
        OnCollision::KeepBoth => {
            let free = free_stem(&folder, order)
                .ok_or_else(|| SaveFailure::Other("no free name is left; type another".into()))?;
            targets = self::targets(&folder, &free, &order.formats)?;
            save::Collision::Fail
        }
    };
    // A link or a folder in the way always fails, so it goes first, before anything is written.
    targets.sort_by_key(|(_, target)| !is_odd(target));
    let report = Report {
        assessment: &order.assessment,
        world: session.world,
        wording: session.wording,
        created: &created,
        title: None,
        note: order.note.as_deref(),
    };
    let mut written = Vec::with_capacity(targets.len());
    for (index, (format, target)) in targets.iter().enumerate() {
        let text = match format {
            Format::Markdown => report.markdown(),
            Format::Json => report.json(),
            Format::Html => report.html(),
        };
        match save::write(target, text.as_bytes(), collision) {
            Ok(path) => written.push(path),
            Err(SaveError::MissingFolder { folder }) if written.is_empty() => {
                return Err(SaveFailure::MissingFolder(folder));
            }
            Err(error @ SaveError::Exists { .. }) if written.is_empty() => {
                // Another program took the name in the meantime.
                return Err(exists(&folder, order, &targets).unwrap_or_else(|| other(&error)));
            }
            Err(error) => {
                let rest: Vec<PathBuf> =
                    targets.iter().skip(index + 1).map(|(_, target)| target.clone()).collect();
                return Err(SaveFailure::Other(halfway(&written, &error, &rest)));
            }
        }
    }
    if let Some(remembered) = &places.remembered
        && let Some(folder) = folder.to_str()
    {
        // Only a convenience: if this fails, the next start offers the usual folder.
        let _ = draft::save(remembered, folder);
    }
    if let Some(kept) = &places.last_report {
        draft::remember_report(kept, &report.json());
    }
    Ok(written)
}

/// The files to write: the same stem, one per format.
fn targets(
    folder: &Path,
    stem: &str,
    formats: &[Format],
) -> Result<Vec<(Format, PathBuf)>, SaveFailure> {
    formats
        .iter()
        .map(|format| {
            let name = format!("{stem}.{}", format.extension());
            let target = save::place(folder, &name).map_err(|e| other(&e))?;
            Ok((*format, target))
        })
        .collect()
}

/// The existing files in the way, if there are any.
fn exists(folder: &Path, order: &SaveOrder, targets: &[(Format, PathBuf)]) -> Option<SaveFailure> {
    let taken: Vec<Taken> = targets
        .iter()
        .filter_map(|(_, target)| {
            let existing = save::occupied(target)?;
            Some(Taken { path: target.clone(), about: about(&existing) })
        })
        .collect();
    if taken.is_empty() {
        return None;
    }
    let free = free_stem(folder, order)?;
    Some(SaveFailure::Exists { taken, free })
}

/// The first of `a`, `a-2`, `a-3` ... that is free in every format, so that the files of one report
/// share a name.
fn free_stem(folder: &Path, order: &SaveOrder) -> Option<String> {
    /// A limit of our own, the same as for single files.
    const TRIES: u32 = 9_999;
    std::iter::once(order.stem.clone())
        .chain((2..=TRIES).map(|number| format!("{}-{number}", order.stem)))
        .find(|stem| {
            order.formats.iter().all(|format| {
                let target = folder.join(format!("{stem}.{}", format.extension()));
                target.symlink_metadata().is_err()
            })
        })
}

/// True if something other than an ordinary file has the name.
fn is_odd(target: &Path) -> bool {
    target.symlink_metadata().is_ok_and(|metadata| !metadata.is_file())
}

/// True if the folder is one of our own, which are created without asking.
fn is_own(folder: &Path) -> bool {
    Folders::system().is_some_and(|folders| folders.is_own(folder))
}

fn other(error: &dyn std::fmt::Display) -> SaveFailure {
    SaveFailure::Other(in_the_wizard(&error.to_string()))
}

/// The message without the advice that only applies to the command line.
fn in_the_wizard(message: &str) -> String {
    message.replace(", or '-' for standard output", "").replace(", or '-' for standard input", "")
}

/// The result for each file, if some could not be written.
fn halfway(written: &[PathBuf], error: &SaveError, rest: &[PathBuf]) -> String {
    let mut message = in_the_wizard(&error.to_string());
    if !rest.is_empty() {
        let _ = write!(message, ". Not written: {}", quoted_paths(rest));
    }
    if !written.is_empty() {
        message = format!("{} is saved. But: {message}", quoted_paths(written));
    }
    message
}

/// `2026-11-20, 9.1 KB`.
fn about(existing: &save::Existing) -> String {
    let size = match existing.bytes {
        bytes @ 0..1_000 => format!("{bytes} bytes"),
        bytes => format!("{}.{} KB", bytes / 1_000, bytes % 1_000 / 100),
    };
    match day_of(existing.modified) {
        Some(day) => format!("{day}, {size}"),
        None => size,
    }
}

fn day_of(time: std::time::SystemTime) -> Option<String> {
    let stamp = jiff::Timestamp::try_from(time).ok()?;
    Some(stamp.to_zoned(jiff::tz::TimeZone::system()).date().to_string())
}

/// The saved reports in a folder, newest first, at most nine.
fn find_reports(folder: &Path) -> Vec<FoundReport> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<(std::time::SystemTime, FoundReport)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_report = name.starts_with("claude-choice-")
                && !crate::text::looks_like_key(&name)
                && Path::new(&name).extension().is_some_and(|e| e == "json");
            let modified =
                entry.metadata().ok().filter(std::fs::Metadata::is_file)?.modified().ok()?;
            is_report.then(|| {
                let name = crate::text::clean(&name).into_owned();
                let changed = day_of(modified).unwrap_or_default();
                (modified, FoundReport { path: entry.path(), name, changed })
            })
        })
        .collect();
    found.sort_by_key(|(modified, _)| std::cmp::Reverse(*modified));
    found.into_iter().take(9).map(|(_, report)| report).collect()
}

/// The usual log folders that exist, with the home folder written as `~`.
fn log_places() -> Vec<String> {
    let base = directories::BaseDirs::new();
    let home = base.as_ref().map(directories::BaseDirs::home_dir);
    crate::shell::logs::default_roots()
        .into_iter()
        .filter(|root| root.is_dir())
        .map(|root| {
            let below = home.and_then(|home| root.strip_prefix(home).ok());
            let shown = below.map(|below| Path::new("~").join(below));
            crate::text::clean(&shown.unwrap_or(root).to_string_lossy()).into_owned()
        })
        .collect()
}

/// Reads a whole saved report. Without a path, the report saved last, which is `kept`.
fn recall(path: Option<&Path>, kept: Option<&Path>) -> Result<Saved, String> {
    const NONE: &str =
        "No saved report is remembered. Save one, or choose one under Open a report.";
    let (path, is_last) = match (path, kept) {
        (Some(path), _) => (absolute(path)?, false),
        (None, Some(kept)) => (kept.to_path_buf(), true),
        (None, None) => return Err(NONE.to_owned()),
    };
    let text = match input::read_text(&path, input::INPUT_LIMIT) {
        Ok(text) => text,
        Err(input::InputError::Missing { .. }) if is_last => return Err(NONE.to_owned()),
        Err(error) => return Err(in_the_wizard(&error.to_string())),
    };
    report::read_report(&text).map_err(|error| {
        format!("cannot use '{}': {error}", crate::text::clean(&path.to_string_lossy()))
    })
}

/// Reads a saved report or an answers file.
fn open_report(path: &Path, session: &Session<'_>) -> Result<Box<Choices>, String> {
    let path = absolute(path)?;
    let text = input::read_text(&path, input::INPUT_LIMIT)
        .map_err(|error| in_the_wizard(&error.to_string()))?;
    let file = report::read_answers(&text).map_err(|error| {
        format!("cannot use '{}': {error}", crate::text::clean(&path.to_string_lossy()))
    })?;
    let choices = Choices::from_file(&file);
    crate::advice::billing_cost(&choices.usage, &session.world).map_err(|e| e.to_string())?;
    Ok(Box::new(choices))
}
