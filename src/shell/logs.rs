//! Finding and reading the logs of what a person really used.
//!
//! Files are read line by line by a few threads, each with a bounded buffer and a history of its
//! own; the histories are merged at the end. Nothing is written, and a file that holds
//! credentials is never opened, whatever it is called by.

mod find;
mod lines;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use jiff::tz::TimeZone;
use thiserror::Error;

pub use self::find::{Found, LogFile, default_roots, find, roots_of};
use self::lines::{Read, read_lines};
use super::quoted;
use crate::history::{History, Skip};
use crate::source::claude_code::{Place, Prefilter, is_own_line, read_line};

/// More readers than this only take memory.
const MOST_THREADS: usize = 8;
/// How often the caller hears of the progress.
const PULSE: Duration = Duration::from_millis(100);

/// Why logs were not read.
#[derive(Debug, Error)]
pub enum LogsError {
    /// A path that was given is not there.
    #[error("cannot read {path}: it does not exist; check the path")]
    Missing {
        /// The path in quotes.
        path: String,
    },
    /// A path that was given is named like a file of credentials.
    #[error("refused to open {path}: it is named like a file of credentials; name a log instead")]
    Credentials {
        /// The path in quotes.
        path: String,
    },
}

/// How the files are read. It changes nothing but the time.
#[derive(Debug, Clone, Copy)]
pub struct Readers {
    /// How many threads read at once, at least one.
    pub threads: usize,
    /// Whether lines are looked through before they are parsed.
    pub filter: Prefilter,
}

impl Readers {
    /// One thread for each core, up to eight.
    pub fn system() -> Self {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        Self { threads: threads.min(MOST_THREADS), filter: Prefilter::On }
    }
}

/// How far the reading is, and the way to stop it.
#[derive(Debug, Default)]
pub struct Watch {
    bytes: AtomicU64,
    stop: std::sync::Arc<AtomicBool>,
}

impl Watch {
    /// A watch that ends the reading once the flag is set.
    pub fn stopped_by(stop: std::sync::Arc<AtomicBool>) -> Self {
        Self { bytes: AtomicU64::new(0), stop }
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Whether the reading was stopped.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// What was read.
#[derive(Debug)]
pub struct Reading {
    /// Everything that was read, or the part of it until the reading was stopped.
    pub history: History,
    /// Files and folders that could not be read, in quotes, in order.
    pub unreadable: Vec<String>,
}

/// Reads every file that was found. `pulse` is called in this thread about ten times a second.
pub fn read(found: &Found, readers: Readers, watch: &Watch, mut pulse: impl FnMut()) -> Reading {
    let next = AtomicUsize::new(0);
    let threads = readers.threads.clamp(1, found.files.len().max(1));
    let mut history = History::default();
    let mut unreadable: Vec<String> = found.unreadable.iter().map(|path| quoted(path)).collect();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| work(found, readers.filter, &next, watch)))
            .collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            thread::park_timeout(if next.load(Ordering::Relaxed) == 0 {
                Duration::from_millis(1)
            } else {
                pause(watch, found.bytes)
            });
            pulse();
        }
        for worker in workers {
            // A reader that fell over has lost its part: that must not pass for a full history.
            match worker.join() {
                Ok((part, failed)) => {
                    history.merge(part);
                    unreadable.extend(failed.iter().map(|path| quoted(path)));
                }
                Err(_) => history.doubt("A reader stopped early; part of the logs is missing."),
            }
        }
    });
    for _ in &unreadable {
        history.skip(Skip::UnreadableFile);
    }
    unreadable.sort();
    Reading { history, unreadable }
}

/// Short while little is left, so that the end is not waited for.
fn pause(watch: &Watch, total: u64) -> Duration {
    const SOON: u64 = 64 * 1024 * 1024;
    if total.saturating_sub(watch.bytes()) < SOON { Duration::from_millis(2) } else { PULSE / 5 }
}

/// Reads one file after the other until none is left.
fn work<'f>(
    found: &'f Found,
    filter: Prefilter,
    next: &AtomicUsize,
    watch: &Watch,
) -> (History, Vec<&'f Path>) {
    let mut history = History::default();
    let mut failed = Vec::new();
    let mut buffer = Vec::new();
    while let Some(file) = found.files.get(next.fetch_add(1, Ordering::Relaxed)) {
        if watch.is_stopped() {
            break;
        }
        if read_file(file, filter, &mut buffer, watch, &mut history).is_err() {
            failed.push(file.path.as_path());
        }
    }
    (history, failed)
}

fn read_file(
    file: &LogFile,
    filter: Prefilter,
    buffer: &mut Vec<u8>,
    watch: &Watch,
    history: &mut History,
) -> std::io::Result<()> {
    let source = File::open(&file.path)?;
    let parts: Vec<_> =
        file.path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    let place = Place::of(&parts, file.root, zone);
    let mut is_foreign = file.is_named;
    let mut lines = 0_u64;
    let read = read_lines(source, buffer, &watch.bytes, &watch.stop, |line| match line {
        Read::Line(line) => {
            lines = lines.saturating_add(1);
            if is_foreign && is_own_line(line) {
                is_foreign = false;
            }
            read_line(line, &place, filter, history);
        }
        Read::TooLong => history.skip(Skip::TooLong),
    });
    let (bytes, error) = read;
    history.add_file(bytes);
    if is_foreign && lines > 0 {
        let name = file.path.file_name().map(PathBuf::from).unwrap_or_default();
        history.doubt(format!("{} holds no line of a Claude Code log.", quoted(&name)));
    }
    error.map_or(Ok(()), Err)
}

fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}
