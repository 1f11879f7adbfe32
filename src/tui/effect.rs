//! What the wizard wants done outside itself. Only `run` does it.

use std::path::PathBuf;

use crate::session::Choices;

/// Something to do outside the state.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Write the report.
    Save(Box<SaveOrder>),
    /// Look for saved reports in a folder.
    FindReports(PathBuf),
    /// Read a saved report or answers file.
    Open(PathBuf),
    /// Keep the choices for the next start.
    KeepDraft(Box<Choices>),
    /// Forget the kept choices.
    DropDraft,
    /// Move the kept choices aside, before others take their place.
    SetDraftAside,
    /// Put a text on the clipboard.
    Copy(String),
    /// Turn mouse reports on or off.
    Mouse(bool),
    /// Stop the program until the shell brings it back.
    Suspend,
    /// Draw every cell anew.
    Redraw,
}

/// A report to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveOrder {
    /// The formats wanted.
    pub formats: Vec<Format>,
    /// The folder as it was typed; `~` at its start is the home folder.
    pub folder: PathBuf,
    /// The name of the file without its ending.
    pub stem: String,
    /// A note of one line.
    pub note: Option<String>,
    /// What to do where a file is in the way.
    pub on_collision: OnCollision,
    /// Whether a missing folder is created.
    pub create_folder: bool,
    /// What is reported.
    pub assessment: Box<crate::advice::Assessment>,
}

/// A format of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A text to read and to send.
    Markdown,
    /// A page to send on: pictures, any browser, paper.
    Html,
    /// For replay.
    Json,
}

impl Format {
    /// The ending of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
        }
    }
}

/// What to do where a file is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnCollision {
    /// Ask.
    Ask,
    /// Take the next free name.
    KeepBoth,
    /// Keep the old file as `.bak`.
    Replace,
}
