//! What a reading does: which parts of which files, with which assumptions, and who watches it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::find::{Found, LogFile};
use crate::source::claude_ai::Assumed;
use crate::source::kind::Family;

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

/// A file, or a range of a large one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Job<'f> {
    pub(super) file: &'f LogFile,
    pub(super) start: u64,
    /// End of the range; `None` for the end of the file, wherever that is when read.
    pub(super) end: Option<u64>,
}

/// Splits the files into ranges of this many bytes, in order.
pub(super) fn jobs(found: &Found, stretch: u64) -> Vec<Job<'_>> {
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

/// Progress of a reading, and the means to stop it.
#[derive(Debug, Default)]
pub struct Watch {
    bytes: AtomicU64,
    pub(super) files: AtomicU64,
    pub(super) stop: Arc<AtomicBool>,
}

impl Watch {
    /// A watch that stops the reading once the flag is set.
    pub fn stopped_by(stop: Arc<AtomicBool>) -> Self {
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
pub(super) struct Watched<'w, R> {
    pub(super) inner: R,
    pub(super) watch: &'w Watch,
    /// If true, bytes are not counted; stopping still works.
    pub(super) is_quiet: bool,
}

impl<R> Watched<'_, R> {
    /// Counts bytes that were read elsewhere.
    pub(super) fn note(&self, bytes: usize) {
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
