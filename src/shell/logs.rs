//! Finds and reads usage data.
//!
//! Files are recognized by content and read by a few threads. Each thread has bounded buffers and
//! its own history; the histories are merged at the end. A large log is split into ranges that the
//! threads share. Nothing is written or unpacked to disk, and a credentials file is never opened,
//! however it is reached.

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

/// More threads than this only use more memory.
const MOST_THREADS: usize = 8;
/// Interval between progress callbacks.
const PULSE: Duration = Duration::from_millis(100);

#[derive(Debug, Error)]
pub enum LogsError {
    /// A given path does not exist.
    #[error("cannot read {path}: it does not exist; check the path")]
    Missing {
        /// The path in quotes.
        path: String,
    },
    /// A given path is named like a credentials file.
    #[error("refused to open {path}: it is named like a file of credentials; name a log instead")]
    Credentials {
        /// The path in quotes.
        path: String,
    },
}

/// How to read the files. Affects only speed.
#[derive(Debug, Clone, Copy)]
pub struct Readers {
    /// Number of threads, at least one.
    pub threads: usize,
    /// Whether to scan lines before parsing them.
    pub filter: Prefilter,
}

impl Readers {
    /// One thread per core, up to eight.
    pub fn system() -> Self {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        Self { threads: threads.min(MOST_THREADS), filter: Prefilter::On }
    }
}

/// Progress of a reading, and the means to stop it.
#[derive(Debug, Default)]
pub struct Watch {
    bytes: AtomicU64,
    files: AtomicU64,
    stop: std::sync::Arc<AtomicBool>,
}

impl Watch {
    /// A watch that stops the reading once the flag is set.
    pub fn stopped_by(stop: std::sync::Arc<AtomicBool>) -> Self {
        Self { bytes: AtomicU64::new(0), files: AtomicU64::new(0), stop }
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Files finished so far. A large log counts when its last range is done.
    pub fn files(&self) -> u64 {
        self.files.load(Ordering::Relaxed)
    }

    /// True if the reading was stopped.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// A reader that counts bytes and ends early if the reading is stopped.
struct Watched<'w, R> {
    inner: R,
    watch: &'w Watch,
    /// If true, bytes are not counted; stopping still works.
    is_quiet: bool,
}

impl<R> Watched<'_, R> {
    /// Counts bytes that were read elsewhere.
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

/// What to read, and what to assume if a file does not say.
#[derive(Debug, Clone)]
pub struct Options {
    /// Read only this family; `None` reads all.
    pub only: Option<Family>,
    /// The model and tokenizer assumed for a claude.ai export.
    pub assumed: Assumed,
    /// The largest range of a log that one thread reads at a time, in bytes, at least one. Affects
    /// only speed.
    pub stretch: u64,
}

impl Default for Options {
    fn default() -> Self {
        const STRETCH: u64 = 64 * 1024 * 1024;
        Self { only: None, assumed: Assumed::default(), stretch: STRETCH }
    }
}

/// The result of a reading.
#[derive(Debug)]
pub struct Reading {
    /// Everything read, or everything up to the stop.
    pub history: History,
    /// Files and folders that could not be read, quoted and sorted.
    pub unreadable: Vec<String>,
    /// Why files given by name were not read: one sentence each, sorted. The history's doubts
    /// include them too.
    pub left_out: Vec<String>,
}

/// Reads every file found, of any kind. Calls `pulse` in this thread about ten times a second.
pub fn read(found: &Found, readers: Readers, watch: &Watch, pulse: impl FnMut()) -> Reading {
    read_with(found, readers, &Options::default(), watch, pulse)
}

/// Reads the files found that match the options.
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
            // If a thread panicked, its share is lost. The history must not pass as complete.
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

/// The wait between polls of the threads; shorter near the end, so that the result is not delayed.
fn pause(watch: &Watch, total: u64) -> Duration {
    const SOON: u64 = 64 * 1024 * 1024;
    if total.saturating_sub(watch.bytes()) < SOON { Duration::from_millis(2) } else { PULSE / 5 }
}

/// A file, or a range of a large one.
#[derive(Debug, Clone, Copy)]
struct Job<'f> {
    file: &'f LogFile,
    start: u64,
    /// End of the range; `None` for the end of the file, wherever that is when read.
    end: Option<u64>,
}

/// Splits the files into ranges of this many bytes, in order.
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

/// Takes jobs until none is left.
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
