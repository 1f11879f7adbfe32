//! Saving: one path to type, and what is asked where it is taken.

use std::path::{Path, PathBuf};

use super::{Page, Plain, Stage, Turn, Typed, Wish};
use crate::advice::Assessment;
use crate::text::clean;

/// A report to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveWish {
    /// The folder; `~` at its start is the home folder.
    pub folder: PathBuf,
    /// The name of the file without its ending.
    pub stem: String,
    /// The forms wanted, at least one.
    pub forms: Vec<Form>,
    /// What to do where a file has the name.
    pub on_taken: OnTaken,
    /// Whether a missing folder is created.
    pub create_folder: bool,
    /// What is reported.
    pub assessment: Box<Assessment>,
}

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A text to read and to send.
    Markdown,
    /// For opening again, and for programs.
    Json,
}

/// What to do where a file has the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnTaken {
    /// Ask.
    Ask,
    /// Take the next free name.
    KeepBoth,
    /// Keep the old file as `.bak`.
    Replace,
}

/// Why a report was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A file with the name is there.
    Taken {
        /// Which, and how large: `a.md (2026-11-20, 9.1 KB)`.
        what: String,
        /// A name that is free, without ending.
        free: String,
    },
    /// The folder is not there.
    NoFolder(String),
    /// Anything else, in words.
    Other(String),
}

/// What is being asked about saving.
#[derive(Debug, Clone)]
pub(super) enum Saving {
    /// The path.
    Path,
    /// What to do with a file that has the name.
    Taken { wish: SaveWish, what: String, free: String },
    /// Whether to create the folder.
    NoFolder { wish: SaveWish, folder: String },
}

impl Plain<'_> {
    /// The path that Enter stands for.
    fn usual_path(&self) -> String {
        let path = self.places.reports.join(format!("{}.md", self.places.stem));
        clean(&path.to_string_lossy()).into_owned()
    }

    pub(super) fn ask_saving(&self, saving: &Saving, page: &mut Page) {
        match saving {
            Saving::Path => {
                page.para(
                    "Save the report. An ending of .md is a text to read, .json one that planwise \
                     can open again; without an ending both are saved.",
                );
                page.prompt("Path, or a name for that folder; b back", Some(&self.usual_path()));
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
                page.para(&format!("The folder {} does not exist.", clean(folder)));
                page.option(1, "Create it and save");
                page.option(2, "Another path");
                page.option(3, "Do not save");
                page.prompt("A number", None);
            }
        }
    }

    pub(super) fn saving(
        &mut self,
        saving: &Saving,
        typed: Typed<'_>,
        line: &str,
        turn: &mut Turn,
    ) {
        let again = |wish: &SaveWish, on_taken: OnTaken, create_folder: bool| {
            Wish::Save(SaveWish { on_taken, create_folder, ..wish.clone() })
        };
        match saving {
            Saving::Path => self.take_path(line, turn),
            Saving::Taken { wish, .. } => match typed {
                Typed::Nothing | Typed::Number(1) => {
                    turn.wishes.push(again(wish, OnTaken::KeepBoth, wish.create_folder));
                }
                Typed::Number(2) => {
                    turn.wishes.push(again(wish, OnTaken::Replace, wish.create_folder));
                }
                Typed::Number(3) => self.stage = Stage::Save(Saving::Path),
                Typed::Number(4) => self.stage = Stage::Result,
                _ => turn.page.range(4),
            },
            Saving::NoFolder { wish, .. } => match typed {
                Typed::Number(1) => turn.wishes.push(again(wish, wish.on_taken, true)),
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
            self.places.reports.join(format!("{}.md", self.places.stem))
        } else {
            PathBuf::from(line)
        };
        let Some(name) = typed.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            turn.page.para("That names no file; add a name such as claude-choice.md.");
            return;
        };
        let ending = Path::new(&name).extension().map(|end| end.to_string_lossy().to_lowercase());
        let (forms, ending) = match ending.as_deref() {
            Some("md") => (vec![Form::Markdown], 3),
            Some("json") => (vec![Form::Json], 5),
            _ => (vec![Form::Markdown, Form::Json], 0),
        };
        let stem = name.get(..name.len().saturating_sub(ending)).unwrap_or(&name).to_owned();
        let folder = match typed.parent() {
            Some(folder) if folder.as_os_str().is_empty() => self.places.reports.clone(),
            Some(folder) => folder.to_path_buf(),
            None => self.places.reports.clone(),
        };
        turn.wishes.push(Wish::Save(SaveWish {
            folder,
            stem,
            forms,
            on_taken: OnTaken::Ask,
            create_folder: false,
            assessment: Box::new(case),
        }));
    }

    pub(super) fn take_saved(&mut self, result: Result<Vec<String>, Refusal>, turn: &mut Turn) {
        let wish = self.wanted.clone();
        self.stage = match (result, wish) {
            (Ok(paths), _) => {
                turn.page.para(&format!("Saved: {}", paths.join(" and ")));
                self.saved = Some((self.session.choices().clone(), paths));
                Stage::Result
            }
            (Err(Refusal::Taken { what, free }), Some(wish)) => {
                Stage::Save(Saving::Taken { wish, what, free })
            }
            (Err(Refusal::NoFolder(folder)), Some(wish)) => {
                Stage::Save(Saving::NoFolder { wish, folder })
            }
            (Err(Refusal::Other(why)), _) => {
                turn.page.para(&format!("Not saved: {why}"));
                Stage::Save(Saving::Path)
            }
            (Err(_), None) => Stage::Save(Saving::Path),
        };
    }
}
