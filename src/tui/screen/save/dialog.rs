//! Asks before a report is written.

use std::path::Path;

use super::super::moved;
use crate::report::{Format, Taken};
use crate::text::clean;
use crate::text::layout::fit_middle;
use crate::tui::keymap::Action;
use crate::tui::page::Page;

/// Maximum columns of a folder. The replies below it must stay visible.
const SHOWN: usize = 160;

/// A question with a few replies, the safest first.
#[derive(Debug)]
pub(super) struct Dialog {
    question: String,
    replies: Vec<(Reply, String)>,
    focus: usize,
}

/// `a, b and c`.
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    KeepBoth,
    Replace,
    CreateFolder,
    ChangeName,
    ChangeFolder,
    Cancel,
}

impl Dialog {
    /// The name is taken. `free` is an unused one.
    pub(super) fn exists(taken: &[Taken], free: &str, formats: &[Format]) -> Self {
        let several = formats.len() > 1;
        let named: Vec<String> = taken
            .iter()
            .map(|taken| {
                let name = taken.path.file_name().unwrap_or_default();
                let name = clean(&name.to_string_lossy()).into_owned();
                format!("{name} ({})", taken.about)
            })
            .collect();
        let question = match taken {
            [one] if !several => format!(
                "A file with this name exists ({}). Nothing is overwritten unless you choose it.",
                one.about
            ),
            [_] => format!(
                "{} exists. All files keep one name, so this counts for all. Nothing is overwritten unless you choose it.",
                named.join("")
            ),
            _ => format!("{} exist. Nothing is overwritten unless you choose it.", listed(&named)),
        };
        let free = clean(free);
        let endings: Vec<String> =
            formats.iter().map(|format| format!(".{}", format.extension())).collect();
        let replace = if taken.len() > 1 {
            "Replace them (the old ones go to .bak)"
        } else {
            "Replace it (the old one goes to .bak)"
        };
        Self {
            question,
            replies: vec![
                (Reply::KeepBoth, format!("Keep both: {free}{}", listed(&endings))),
                (Reply::Replace, replace.to_owned()),
                (Reply::ChangeName, "Change the name".to_owned()),
                (Reply::Cancel, "Cancel".to_owned()),
            ],
            focus: 0,
        }
    }

    /// The folder does not exist.
    pub(super) fn missing_folder(folder: &Path) -> Self {
        Self {
            question: format!(
                "The folder {} does not exist.",
                fit_middle(&clean(&folder.to_string_lossy()), SHOWN)
            ),
            replies: vec![
                (Reply::CreateFolder, "Create it and save".to_owned()),
                (Reply::ChangeFolder, "Change the folder".to_owned()),
                (Reply::Cancel, "Cancel".to_owned()),
            ],
            focus: 0,
        }
    }

    pub(super) fn step(&mut self, action: Action) {
        self.focus = moved(self.focus, action, self.replies.len());
    }

    /// Focuses a reply. True if there is one at this index.
    pub(super) fn focus_on(&mut self, index: usize) -> bool {
        let is_there = index < self.replies.len();
        if is_there {
            self.focus = index;
        }
        is_there
    }

    pub(super) fn reply(&self) -> Reply {
        self.replies.get(self.focus).map_or(Reply::Cancel, |(reply, _)| *reply)
    }

    pub(super) fn draw(&self, page: &mut Page) {
        let look = page.look();
        page.item("! ", &self.question, 2, look.theme.title);
        page.gap();
        for (index, (_, words)) in self.replies.iter().enumerate() {
            let focused = index == self.focus;
            let (mark, style) =
                if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
            let from = page.row();
            page.item(&format!("{mark} {}  ", index + 1), words, 2, style);
            page.mark_focusable(from, focused);
            if focused {
                page.cursor_at(2, from);
            }
            page.mark_clickable(from, index);
        }
    }
}
