//! Saving: asks for a path and a note, and what to do if the name is taken.

use std::path::{Path, PathBuf};

use super::stage::{Saving, Stage};
use super::{Page, Plain, Turn, Typed};
use crate::report::{Format, NOTE_LIMIT, OnCollision, SaveFailure, SaveOrder};
use crate::text::clean;
use crate::wizard::{Effect, SAVED, quoted_paths};

impl Plain<'_> {
    /// The default path, used on Enter.
    fn usual_path(&self) -> String {
        let path = self.wizard.places.reports.join(format!("{}.md", self.wizard.places.stem));
        clean(&path.to_string_lossy()).into_owned()
    }

    pub(super) fn ask_saving(&self, saving: &Saving, page: &mut Page) {
        match saving {
            Saving::Path => {
                page.para(
                    "Save the report. An ending of .md is a text to read, .html a page to send \
                     on, .json one that planwise can open again; without an ending all three are \
                     saved.",
                );
                page.prompt("Path, or a name for that folder; b back", Some(&self.usual_path()));
            }
            Saving::Note(_) => {
                page.para("A note for the report? One line, such as why it was made.");
                page.prompt_that("A note, b back", "saves without one");
            }
            Saving::Taken { what, free, .. } => {
                page.para(&format!(
                    "There already: {what}. Nothing is overwritten unless you choose it."
                ));
                page.option(1, &format!("Keep both: the new one becomes {}", clean(free)));
                page.option(2, "Replace; the old one goes to .bak");
                page.option(3, "Another name");
                page.option(4, "Do not save");
                page.prompt("A number", Some("1"));
            }
            Saving::NoFolder { folder, .. } => {
                page.para(&format!("The folder {folder} does not exist."));
                page.option(1, "Create it and save");
                page.option(2, "Another path");
                page.option(3, "Do not save");
                page.prompt("A number", None);
            }
        }
    }

    pub(super) fn saving(&mut self, saving: Saving, typed: Typed<'_>, line: &str, turn: &mut Turn) {
        match saving {
            Saving::Path => self.take_path(line, turn),
            Saving::Note(order) if line.chars().count() > NOTE_LIMIT => {
                turn.page.para(&format!(
                    "That note has {} characters; at most {NOTE_LIMIT} fit. Type a shorter one.",
                    line.chars().count()
                ));
                self.stage = Stage::Save(Saving::Note(order));
            }
            Saving::Note(mut order) => {
                order.note = (!line.is_empty()).then(|| line.to_owned());
                self.save(order, turn);
            }
            Saving::Taken { mut order, .. } => match typed {
                Typed::Nothing | Typed::Number(1) => {
                    order.on_collision = OnCollision::KeepBoth;
                    self.save(order, turn);
                }
                Typed::Number(2) => {
                    order.on_collision = OnCollision::Replace;
                    self.save(order, turn);
                }
                Typed::Number(3) => self.stage = Stage::Save(Saving::Path),
                Typed::Number(4) => self.stage = Stage::Result,
                _ => turn.page.range(4),
            },
            Saving::NoFolder { mut order, .. } => match typed {
                Typed::Number(1) => {
                    order.create_folder = true;
                    self.save(order, turn);
                }
                Typed::Number(2) => self.stage = Stage::Save(Saving::Path),
                Typed::Number(3) => self.stage = Stage::Result,
                _ => turn.page.range(3),
            },
        }
    }

    fn take_path(&mut self, line: &str, turn: &mut Turn) {
        let Some(case) = self.session.assessment() else {
            turn.page.para("There is no result to save yet.");
            return;
        };
        let typed = if line.is_empty() {
            self.wizard.places.reports.join(format!("{}.md", self.wizard.places.stem))
        } else {
            PathBuf::from(line)
        };
        let Some(name) = typed.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            turn.page.para("That names no file; add a name such as claude-choice.md.");
            return;
        };
        let ending = Path::new(&name).extension().map(|end| end.to_string_lossy().to_lowercase());
        let format =
            Format::ALL.into_iter().find(|format| ending.as_deref() == Some(format.extension()));
        let (formats, cut) = match format {
            Some(format) => (vec![format], format.extension().len() + 1),
            None => (Format::ALL.to_vec(), 0),
        };
        let stem = name.get(..name.len().saturating_sub(cut)).unwrap_or(&name).to_owned();
        let folder = match typed.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
            _ => self.wizard.places.reports.clone(),
        };
        self.stage = Stage::Save(Saving::Note(Box::new(SaveOrder {
            folder,
            stem,
            formats,
            note: None,
            on_collision: OnCollision::Ask,
            create_folder: false,
            assessment: Box::new(case.clone()),
        })));
    }

    /// Requests that the report is written.
    fn save(&mut self, order: Box<SaveOrder>, turn: &mut Turn) {
        self.wanted = Some(order.clone());
        turn.effects.push(Effect::Save(order));
    }

    /// Handles the result of saving.
    pub(super) fn on_saved(&mut self, result: Result<Vec<PathBuf>, SaveFailure>, turn: &mut Turn) {
        self.stage = match (result, self.wanted.take()) {
            (Ok(paths), _) => {
                turn.page.para(&format!("{SAVED}{}", quoted_paths(&paths)));
                let today = self.session.world.today;
                turn.effects.push(self.wizard.note_saved(self.session.choices(), paths, today));
                Stage::Result
            }
            (Err(SaveFailure::Exists { taken, free }), Some(order)) => {
                let what: Vec<String> = taken
                    .iter()
                    .map(|taken| format!("{} ({})", shown(&taken.path), taken.about))
                    .collect();
                Stage::Save(Saving::Taken { order, what: what.join(" and "), free })
            }
            (Err(SaveFailure::MissingFolder(folder)), Some(order)) => {
                Stage::Save(Saving::NoFolder { order, folder: shown(&folder) })
            }
            (Err(SaveFailure::Other(why)), _) => {
                turn.page.para(&format!("Not saved: {why}"));
                Stage::Save(Saving::Path)
            }
            (Err(_), None) => Stage::Save(Saving::Path),
        };
    }
}

/// The path in quotes, with control characters removed.
fn shown(path: &Path) -> String {
    format!("'{}'", clean(&path.to_string_lossy()))
}
