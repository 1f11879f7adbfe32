//! Finding and reading what a person really used.
//!
//! Files are told apart by their content and read by a few threads, each with bounded buffers and a
//! history of its own; the histories are merged at the end. A large log is shared out among the
//! threads by ranges of it. Nothing is written, nothing is unpacked to disk, and a file that holds
//! credentials is never opened, whatever it is called by.

mod archive;
mod content;
mod find;
mod left_out;
mod lines;

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use thiserror::Error;

use self::content::Part;
pub use self::find::{Found, LogFile, default_roots, find, roots_of};
use self::left_out::{doubts, sentences};
use super::quoted;
use crate::history::{History, Skip};
use crate::source::claude_ai::Assumed;
use crate::source::claude_code::Prefilter;
pub use crate::source::kind::Family;

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
    files: AtomicU64,
    stop: std::sync::Arc<AtomicBool>,
}

impl Watch {
    /// A watch that ends the reading once the flag is set.
    pub fn stopped_by(stop: std::sync::Arc<AtomicBool>) -> Self {
        Self { bytes: AtomicU64::new(0), files: AtomicU64::new(0), stop }
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Files done so far; a large log counts with its last part.
    pub fn files(&self) -> u64 {
        self.files.load(Ordering::Relaxed)
    }

    /// Whether the reading was stopped.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// Reads from a source, notes how far it is, and ends when it is stopped.
struct Watched<'w, R> {
    inner: R,
    watch: &'w Watch,
    /// Whether it only ends when it is stopped.
    is_quiet: bool,
}

impl<R> Watched<'_, R> {
    /// Notes bytes that were read before.
    fn note(&self, bytes: usize) {
        if !self.is_quiet {
            self.watch.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        }
    }
}

impl<R: io::Read> io::Read for Watched<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.watch.is_stopped() {
            return Ok(0);
        }
        let count = self.inner.read(into)?;
        self.note(count);
        Ok(count)
    }
}

impl<R: io::Seek> io::Seek for Watched<'_, R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// What is read, and what is assumed where a file does not say.
#[derive(Debug, Clone)]
pub struct Options {
    /// The only sources that are read; `None` for all.
    pub only: Option<Family>,
    /// What the answers of a claude.ai export are taken for.
    pub assumed: Assumed,
    /// The largest part of a log that one thread reads at a stretch, in bytes, at least one. It
    /// changes nothing but the time.
    pub stretch: u64,
}

impl Default for Options {
    fn default() -> Self {
        const STRETCH: u64 = 64 * 1024 * 1024;
        Self { only: None, assumed: Assumed::default(), stretch: STRETCH }
    }
}

/// What was read.
#[derive(Debug)]
pub struct Reading {
    /// Everything that was read, or the part of it until the reading was stopped.
    pub history: History,
    /// Files and folders that could not be read, in quotes, in order.
    pub unreadable: Vec<String>,
    /// Why files that were given by name were not read, one sentence each, in order. They are
    /// among the doubts of the history too.
    pub left_out: Vec<String>,
}

/// Reads every file that was found, of whatever kind it is. `pulse` is called in this thread about
/// ten times a second.
pub fn read(found: &Found, readers: Readers, watch: &Watch, pulse: impl FnMut()) -> Reading {
    read_with(found, readers, &Options::default(), watch, pulse)
}

/// Reads those of the files that were found that the options ask for.
pub fn read_with(
    found: &Found,
    readers: Readers,
    options: &Options,
    watch: &Watch,
    mut pulse: impl FnMut(),
) -> Reading {
    let next = AtomicUsize::new(0);
    let jobs = jobs(found, options.stretch);
    let threads = readers.threads.clamp(1, jobs.len().max(1));
    let mut all = Part::default();
    all.unreadable.extend(found.unreadable.iter().map(|path| quoted(path)));
    thread::scope(|scope| {
        let work = || work(&jobs, readers.filter, options, &next, watch);
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
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
                Ok(part) => all.merge(part),
                Err(_) => {
                    all.history.doubt("A reader stopped early; part of the files is missing.");
                }
            }
        }
    });
    let Part { mut history, mut unreadable, left_out } = all;
    for _ in &unreadable {
        history.skip(Skip::UnreadableFile);
    }
    unreadable.sort();
    for doubt in doubts(&left_out) {
        history.doubt(doubt);
    }
    Reading { history, unreadable, left_out: sentences(&left_out) }
}

/// Short while little is left, so that the end is not waited for.
fn pause(watch: &Watch, total: u64) -> Duration {
    const SOON: u64 = 64 * 1024 * 1024;
    if total.saturating_sub(watch.bytes()) < SOON { Duration::from_millis(2) } else { PULSE / 5 }
}

/// A file, or a range of one that is large.
#[derive(Debug, Clone, Copy)]
struct Job<'f> {
    file: &'f LogFile,
    start: u64,
    /// Where the range ends; `None` for the end of the file, wherever it is by then.
    end: Option<u64>,
}

/// The files in stretches of this many bytes, in their order.
fn jobs(found: &Found, stretch: u64) -> Vec<Job<'_>> {
    let stretch = stretch.max(1);
    let mut jobs = Vec::with_capacity(found.files.len());
    for file in &found.files {
        let mut start = 0;
        while file.bytes.saturating_sub(start) > stretch {
            let end = start + stretch;
            jobs.push(Job { file, start, end: Some(end) });
            start = end;
        }
        jobs.push(Job { file, start, end: None });
    }
    jobs
}

/// Takes one job after the other until none is left.
fn work(
    jobs: &[Job<'_>],
    filter: Prefilter,
    options: &Options,
    next: &AtomicUsize,
    watch: &Watch,
) -> Part {
    let mut reader = content::Reader::new(options, filter, watch);
    while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
        if watch.is_stopped() {
            break;
        }
        reader.read_file(*job);
        if job.end.is_none() {
            watch.files.fetch_add(1, Ordering::Relaxed);
        }
    }
    reader.part
}
