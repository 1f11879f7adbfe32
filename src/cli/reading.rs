//! Reads usage files for a command: progress, Ctrl-C, and unreadable files.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use super::output;
use crate::history::History;
use crate::shell::logs::{self, Found, Options, Readers, Reading, Watch};

/// The exit code after Ctrl-C.
const INTERRUPTED: u8 = 130;
/// Shorter work shows no progress.
const PATIENCE: Duration = Duration::from_millis(500);
/// The most files named one by one.
const MOST_NAMED: usize = 5;

/// Reads the paths, or the default locations if there are none. Lists skipped files on standard
/// error. `None` if Ctrl-C stopped the reading.
///
/// # Errors
/// If a path does not exist or has the name of a credentials file, or if nothing could be read.
pub(super) fn gather(paths: &[PathBuf], options: &Options) -> anyhow::Result<Option<History>> {
    let found = logs::find(paths)?;
    let stop = Arc::new(AtomicBool::new(false));
    listen(&stop);
    let watch = Watch::stopped_by(stop);
    let Reading { history, unreadable, left_out } = read(&found, options, &watch);
    if watch.is_stopped() {
        return Ok(None);
    }
    name_left_out(&left_out);
    if history.files() == 0 && !unreadable.is_empty() {
        let (first, others) = unreadable.split_first().unzip();
        name_unreadable(others.unwrap_or_default());
        anyhow::bail!("cannot read {}", first.map_or("", String::as_str));
    }
    name_unreadable(&unreadable);
    Ok(Some(history))
}

/// Prints that Ctrl-C stopped the reading.
pub(super) fn interrupted() -> ExitCode {
    output::complain("interrupted; nothing was written");
    ExitCode::from(INTERRUPTED)
}

/// Prints the named files that are skipped, and why.
fn name_left_out(sentences: &[String]) {
    for sentence in sentences.iter().take(MOST_NAMED) {
        output::complain(sentence);
    }
    if let Some(more) = sentences.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        output::complain(&format!("{more} more files are not read"));
    }
}

/// Prints the files or folders that cannot be read.
fn name_unreadable(unreadable: &[String]) {
    for path in unreadable.iter().take(MOST_NAMED) {
        output::complain(&format!("cannot read {path}"));
    }
    if let Some(more) = unreadable.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        output::complain(&format!("cannot read {more} more files or folders"));
    }
}

/// Reads the files. Shows progress on standard error if that is a terminal.
fn read(found: &Found, options: &Options, watch: &Watch) -> Reading {
    const MIB: u64 = 1024 * 1024;
    let start = Instant::now();
    let is_watched = io::stderr().is_terminal();
    let mut shown = None;
    let reading = logs::read_with(found, Readers::system(), options, watch, || {
        if !is_watched || start.elapsed() < PATIENCE {
            return;
        }
        let done = watch.bytes() / MIB;
        if shown != Some(done) {
            shown = Some(done);
            let total = (found.bytes / MIB).max(done);
            let _ = write!(io::stderr().lock(), "\rReading: {done} of {total} MiB ");
        }
    });
    if shown.is_some() {
        // Overwrite with blanks, because not every terminal understands escape sequences.
        let _ = write!(io::stderr().lock(), "\r{:60}\r", "");
    }
    reading
}

/// Makes Ctrl-C stop the reading instead of the program.
#[cfg(unix)]
fn listen(stop: &Arc<AtomicBool>) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    for signal in [SIGINT, SIGTERM] {
        // Without a handler the signal ends the program at once, which is safe too.
        let _ = signal_hook::flag::register(signal, Arc::clone(stop));
    }
}

#[cfg(not(unix))]
fn listen(_: &Arc<AtomicBool>) {}
