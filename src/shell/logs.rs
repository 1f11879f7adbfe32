//! Finds and reads usage data.
//!
//! Files are recognized by content and read by a few threads. Each thread has bounded buffers and
//! its own history; the histories are merged at the end. A large log is split into ranges that the
//! threads share. Nothing is written or unpacked to disk, and a credentials file is never opened,
//! however it is reached.

mod archive;
mod content;
mod find;
mod job;
mod left_out;
mod lines;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use self::content::Part;
use self::find::MOST_THREADS;
pub use self::find::{Found, LogFile, LogsError, default_roots, find, roots_of};
use self::job::{Job, jobs};
pub use self::job::{Options, Watch};
use self::left_out::{doubts, sentences};
use crate::history::{History, Skip};
use crate::source::claude_code::Prefilter;
pub use crate::source::kind::Family;

/// Interval between progress callbacks.
const PULSE: Duration = Duration::from_millis(100);

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

/// The result of a reading.
#[derive(Debug)]
pub struct Reading {
    /// Everything read, or everything up to the stop.
    pub history: History,
    /// Files and folders that could not be read, each with its cause, sorted.
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
    all.unreadable.extend(found.unreadable.iter().cloned());
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
