//! The thin shell: all contact with files, the environment and the clock.
//!
//! The core decides, the shell performs. Each module here handles one kind of contact with the
//! machine, returns values or errors, and never prints or asks:
//!
//! - [`clock`]: the only place that reads the time.
//! - [`folders`]: our own folders and the default report folder.
//! - [`input`]: reads a file or standard input written by someone else, within limits.
//! - [`logs`]: finds and reads usage data.
//! - [`save`]: writes a report so that no failure loses an older file.
//! - [`scenarios`]: saves named scenarios, safely across several programs.
//! - [`signals`]: requests from the system to exit.
//! - [`terminal_env`]: what the environment reveals about the terminal.
//! - [`draft`]: keeps an unfinished interview between runs.

use std::path::Path;

pub mod clock;
pub mod draft;
pub mod folders;
pub mod input;
pub mod logs;
pub mod save;
pub mod scenarios;
pub mod signals;
pub mod terminal_env;

/// The path in single quotes, safe for one line of a message.
///
/// Control characters are escaped, because a file name may contain any of them and a message goes
/// to a terminal. A path that looks like a secret key (pasted into the wrong field) is not shown. A
/// path of more than 300 characters is shortened in the middle.
fn quoted(path: &Path) -> String {
    quoted_within(path, 300)
}

/// Like [`quoted`], with at most `most` characters (at least 8) between the quotes.
fn quoted_within(path: &Path, most: usize) -> String {
    const GAP: &str = "...";
    let text = path.to_string_lossy();
    if crate::text::looks_like_key(&text) {
        return "a path that looks like a secret key".to_owned();
    }
    let mut shown = crate::text::exact(&text);
    let count = shown.chars().count();
    if count > most {
        // The extension shows the file type, but the beginning of the path says more.
        let room = most.saturating_sub(GAP.len());
        let end = room / 3;
        let front: String = shown.chars().take(room.saturating_sub(end)).collect();
        let back: String = shown.chars().skip(count.saturating_sub(end)).collect();
        shown = [&front, GAP, &back].concat();
    }
    format!("'{shown}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_on_one_line_and_never_shows_a_key() {
        assert_eq!(quoted(Path::new("a b.md")), "'a b.md'");
        assert_eq!(quoted(Path::new("a\n\u{1b}[2J.md")), r"'a\n\u{1b}[2J.md'");
        assert_eq!(quoted(Path::new("/tmp/sk-ant-abc")), "a path that looks like a secret key");
        let long = "a".repeat(300);
        assert_eq!(quoted(Path::new(&long)), format!("'{long}'"));
        let longer = format!("{long}b.md");
        assert_eq!(quoted_within(Path::new(&longer), 15), "'aaaaaaaa...b.md'");
        assert_eq!(quoted(Path::new(&longer)).len(), 302);
    }
}
