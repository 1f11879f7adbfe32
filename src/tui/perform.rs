//! Performs effects that touch files and the clipboard, and says what became of them.

use std::io;
use std::path::{Path, PathBuf};

use crossterm::ExecutableCommand;
use crossterm::clipboard::CopyToClipboard;

use super::effect::{Effect, Format, OnCollision, SaveOrder};
use super::message::{FoundReport, Message, SaveFailure};
use super::state::State;
use crate::report::{self, Report};
use crate::session::Choices;
use crate::shell::{clock, draft, input, save};

/// Does what an effect asks for.
pub(super) fn perform(effect: Effect, state: &State<'_>) -> Option<Message> {
    match effect {
        Effect::Save(order) => Some(Message::Saved(save_report(&order, state))),
        Effect::FindReports(folder) => Some(Message::Found(find_reports(&folder))),
        Effect::Open(path) => Some(Message::Opened(open_report(&path, state))),
        Effect::Copy(text) => {
            // A terminal that does not know the sequence ignores it; there is no answer.
            let _ = io::stdout().execute(CopyToClipboard::to_clipboard_from(text));
            None
        }
        // The loop itself does these.
        Effect::KeepDraft(_)
        | Effect::DropDraft
        | Effect::Mouse(_)
        | Effect::Suspend
        | Effect::Redraw => None,
    }
}

/// Writes the report in every format asked for. Nothing is written if one name is taken.
fn save_report(order: &SaveOrder, state: &State<'_>) -> Result<Vec<PathBuf>, SaveFailure> {
    let other = |error: &dyn std::fmt::Display| SaveFailure::Other(error.to_string());
    let created = clock::now().map_err(|e| other(&e))?;
    if order.create_folder {
        save::create_folder(&order.folder).map_err(|e| other(&e))?;
    } else if !order.folder.is_dir() && state.desk.places.reports == order.folder {
        // A folder of our own is created without asking.
        crate::shell::folders::create_private(&order.folder).map_err(|e| other(&e))?;
    }
    let report = Report {
        assessment: &order.assessment,
        world: state.session.world,
        wording: state.session.wording,
        created: &created,
        title: None,
        note: order.note.as_deref(),
    };
    let mut targets = Vec::with_capacity(order.formats.len());
    for format in &order.formats {
        let name = format!("{}.{}", order.stem, format.extension());
        let target = save::place(&order.folder, &name).map_err(|e| other(&e))?;
        if order.on_collision == OnCollision::Ask
            && let Some(existing) = save::occupied(&target)
        {
            let free = save::next_free(&target);
            return Err(SaveFailure::Exists {
                about: about(&existing),
                free,
                path: target,
            });
        }
        targets.push((*format, target));
    }
    let collision = match order.on_collision {
        OnCollision::Ask => save::Collision::Fail,
        OnCollision::KeepBoth => save::Collision::KeepBoth,
        OnCollision::Replace => save::Collision::Replace,
    };
    let mut written = Vec::with_capacity(targets.len());
    for (format, target) in targets {
        let text = match format {
            Format::Markdown => report.markdown(),
            Format::Json => report.json(),
        };
        match save::write(&target, text.as_bytes(), collision) {
            Ok(path) => written.push(path),
            Err(save::SaveError::MissingFolder { folder }) => {
                return Err(SaveFailure::MissingFolder(folder));
            }
            Err(error) => return Err(other(&error)),
        }
    }
    if let Some(remembered) = &state.desk.places.remembered {
        // Only a convenience: where it cannot be kept, the next start offers the usual folder.
        let _ = draft::save(remembered, &order.folder.to_string_lossy());
    }
    Ok(written)
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
    Some(
        stamp
            .to_zoned(jiff::tz::TimeZone::system())
            .date()
            .to_string(),
    )
}

/// The saved reports of a folder, newest first, at most nine.
fn find_reports(folder: &Path) -> Vec<FoundReport> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<(std::time::SystemTime, FoundReport)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_report = name.starts_with("claude-choice-")
                && Path::new(&name).extension().is_some_and(|e| e == "json");
            let modified = entry
                .metadata()
                .ok()
                .filter(std::fs::Metadata::is_file)?
                .modified()
                .ok()?;
            is_report.then(|| {
                let name = crate::text::clean(&name).into_owned();
                let changed = day_of(modified).unwrap_or_default();
                (
                    modified,
                    FoundReport {
                        path: entry.path(),
                        name,
                        changed,
                    },
                )
            })
        })
        .collect();
    found.sort_by_key(|(modified, _)| std::cmp::Reverse(*modified));
    found
        .into_iter()
        .take(9)
        .map(|(_, report)| report)
        .collect()
}

/// Reads a saved report or an answers file.
fn open_report(path: &Path, state: &State<'_>) -> Result<Box<Choices>, String> {
    let text = input::read_text(path, input::INPUT_LIMIT).map_err(|e| e.to_string())?;
    let file = report::read_answers(&text).map_err(|error| {
        format!(
            "cannot use '{}': {error}",
            crate::text::clean(&path.to_string_lossy())
        )
    })?;
    let choices = Choices::from_file(&file);
    crate::advice::billing_cost(&choices.usage, &state.session.world).map_err(|e| e.to_string())?;
    Ok(Box::new(choices))
}
