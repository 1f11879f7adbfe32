//! Reads one file or archive entry according to its content.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::Path;

use jiff::tz::TimeZone;

use super::archive;
use super::find::unreadable;
use super::job::{Job, Options, Watch, Watched};
use super::left_out::{LeftOut, Why};
use super::lines::{Read as Told, Span, read_lines, usual};
use crate::history::{History, Skip, Source};
use crate::source::claude_ai::{Splitter, read_piece};
use crate::source::claude_code::{Place, Prefilter, read_line};
use crate::source::kind::{Family, HEAD, Kind, is_log_line};
use crate::source::{admin, ccusage, console, plan};

/// The largest document read as a whole, in MiB. Self-imposed, because it is held in memory.
const LONGEST_DOCUMENT_MIB: u64 = 256;
/// Bytes read from a stream at a time.
const CHUNK: usize = 256 * 1024;

/// The results of one thread.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) history: History,
    /// Files that could not be read, each with its cause.
    pub(super) unreadable: Vec<String>,
    pub(super) left_out: Vec<LeftOut>,
}

impl Part {
    pub(super) fn merge(&mut self, other: Self) {
        self.history.merge(other.history);
        self.unreadable.extend(other.unreadable);
        self.left_out.extend(other.left_out);
    }
}

/// The origin of some content.
pub(super) struct About<'a> {
    /// Display name, without folders.
    pub(super) name: &'a str,
    /// The parts of its path.
    pub(super) path: &'a [&'a str],
    /// The root it was found under.
    pub(super) root: usize,
    /// True if the user named the file.
    pub(super) is_named: bool,
    /// The end of the range of lines to read.
    pub(super) end: Option<u64>,
}

/// How reading one piece of content ended.
pub(super) struct Outcome {
    /// Bytes read; `None` if it was not read.
    pub(super) bytes: Option<u64>,
    /// The error that ended the reading early.
    pub(super) error: Option<io::Error>,
}

impl Outcome {
    pub(super) const NOT_READ: Self = Self { bytes: None, error: None };

    const fn read(bytes: u64) -> Self {
        Self { bytes: Some(bytes), error: None }
    }
}

/// Reads content of any kind into this thread's results.
pub(super) struct Reader<'r> {
    options: &'r Options,
    filter: Prefilter,
    watch: &'r Watch,
    /// If true, the bytes read are counted elsewhere.
    pub(super) is_quiet: bool,
    pub(super) part: Part,
    buffer: Vec<u8>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(options: &'r Options, filter: Prefilter, watch: &'r Watch) -> Self {
        let (part, buffer) = (Part::default(), Vec::new());
        Self { options, filter, watch, is_quiet: false, part, buffer }
    }

    /// Wraps the source so that it counts bytes and can be stopped.
    pub(super) fn watched<R>(&self, inner: R) -> Watched<'r, R> {
        Watched { inner, watch: self.watch, is_quiet: self.is_quiet }
    }

    /// True if the reading was stopped.
    pub(super) fn is_stopped(&self) -> bool {
        self.watch.is_stopped()
    }

    /// Reads a file or a range of it.
    pub(super) fn read_file(&mut self, job: Job<'_>) {
        let path = &job.file.path;
        let outcome =
            self.open(job).unwrap_or_else(|error| Outcome { bytes: None, error: Some(error) });
        if let Some(bytes) = outcome.bytes {
            // The first range counts the file, the others only their bytes.
            if job.start == 0 {
                self.part.history.add_file(bytes);
            } else {
                self.part.history.add_bytes(bytes);
            }
        }
        if let Some(cause) = outcome.error {
            let mut sentence = unreadable(path, &cause);
            if outcome.bytes.is_some() {
                sentence.push_str("; what was read before is counted");
            }
            if !self.part.unreadable.contains(&sentence) {
                self.part.unreadable.push(sentence);
            }
        }
    }

    fn open(&mut self, job: Job<'_>) -> io::Result<Outcome> {
        let path = &job.file.path;
        let mut file = File::open(path)?;
        let parts: Vec<_> =
            path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
        let about = About {
            name: &file_name(path),
            path: &parts,
            root: job.file.root,
            is_named: job.file.is_named,
            end: job.end,
        };
        // Nearly every file is a log, so its head is read into the buffer for lines.
        usual(&mut self.buffer);
        let ready = fill(&mut file, &mut self.buffer, job.file.bytes)?;
        let head = self.buffer.get(..ready.min(HEAD)).unwrap_or_default();
        let kind = Kind::of(head);
        if job.start > 0 {
            // Only logs are split into ranges. Anything else is read whole, with the first range.
            if kind != Some(Kind::ClaudeCode) || self.not_asked(Kind::ClaudeCode).is_some() {
                return Ok(Outcome::NOT_READ);
            }
            let from = job.start.saturating_sub(1);
            file.seek(SeekFrom::Start(from))?;
            let end = job.end.map(|end| end.saturating_sub(from));
            return Ok(self.lines(file, Span { is_inside: true, end }, 0, &about));
        }
        if kind == Some(Kind::Zip) {
            return Ok(archive::read(self, file, &about));
        }
        if kind == Some(Kind::ClaudeCode) && self.not_asked(Kind::ClaudeCode).is_none() {
            self.part.history.add_source(Source::ClaudeCode);
            let span = Span { is_inside: false, end: about.end };
            // Ignore anything appended from now on, until the next reading.
            let rest = file.take(job.file.bytes.saturating_sub(ready as u64));
            return Ok(self.lines(rest, span, ready, &about));
        }
        // Seek back to the end of the head; the bytes after it are read again.
        let head = head.to_vec();
        file.seek(SeekFrom::Start(head.len() as u64))?;
        Ok(self.content(kind, &head, file, &about))
    }

    /// Reads content of a known kind, continuing after its head.
    pub(super) fn content(
        &mut self,
        kind: Option<Kind>,
        head: &[u8],
        rest: impl Read,
        about: &About<'_>,
    ) -> Outcome {
        let whole = head.chain(rest);
        if let Some((kind, family)) = kind.and_then(|kind| Some((kind, self.not_asked(kind)?))) {
            return self.leave_out(about, Why::NotAsked(kind, family));
        }
        match kind {
            Some(Kind::ClaudeCode) => {
                self.part.history.add_source(Source::ClaudeCode);
                self.lines(whole, Span { is_inside: false, end: about.end }, 0, about)
            }
            Some(Kind::ClaudeAi) => self.conversations(whole, about),
            Some(kind) if kind.family().is_none() => self.leave_out(about, Why::NotRead(kind)),
            Some(kind) => self.document(kind, whole, about),
            None if head.len() < HEAD && is_blank(head) => {
                if about.is_named {
                    self.leave_out(about, Why::Empty);
                }
                Outcome::read(head.len() as u64)
            }
            // A log may begin with anything, such as the end of a truncated line or binary data.
            None => self.lines_perhaps(whole, about),
        }
    }

    /// The requested family, if this kind belongs to another one.
    fn not_asked(&self, kind: Kind) -> Option<Family> {
        self.options.only.filter(|only| kind.family().is_some_and(|family| family != *only))
    }

    pub(super) fn leave_out(&mut self, about: &About<'_>, why: Why) -> Outcome {
        self.part.left_out.push(LeftOut {
            name: about.name.to_owned(),
            is_named: about.is_named,
            why,
        });
        Outcome::NOT_READ
    }

    /// Reads log lines. The buffer already contains the first `ready` bytes.
    fn lines(&mut self, source: impl Read, span: Span, ready: usize, about: &About<'_>) -> Outcome {
        let place = Place::of(about.path, about.root, zone);
        let source = self.watched(source);
        source.note(ready);
        let (filter, history) = (self.filter, &mut self.part.history);
        let read =
            read_lines(
                source,
                span,
                &mut self.buffer,
                ready,
                &self.watch.stop,
                |line| match line {
                    Told::Line(line) => read_line(line, &place, filter, history),
                    Told::TooLong => history.skip(Skip::TooLong),
                },
            );
        let (bytes, error) = read;
        Outcome { bytes: Some(bytes), error }
    }

    /// Reads lines of a file whose head is not recognized. They count if any line is a log line.
    fn lines_perhaps(&mut self, source: impl Read, about: &About<'_>) -> Outcome {
        if self.not_asked(Kind::ClaudeCode).is_some() {
            return self.leave_out(about, Why::Unknown);
        }
        let place = Place::of(about.path, about.root, zone);
        let (filter, mut history, mut is_own) = (self.filter, History::default(), false);
        let source = self.watched(source);
        let span = Span::default();
        let read =
            read_lines(source, span, &mut self.buffer, 0, &self.watch.stop, |line| match line {
                Told::Line(line) => {
                    is_own = is_own || is_log_line(line);
                    read_line(line, &place, filter, &mut history);
                }
                Told::TooLong => history.skip(Skip::TooLong),
            });
        if !is_own {
            return self.leave_out(about, Why::Unknown);
        }
        history.add_source(Source::ClaudeCode);
        self.part.history.merge(history);
        Outcome { bytes: Some(read.0), error: read.1 }
    }

    fn conversations(&mut self, source: impl Read, about: &About<'_>) -> Outcome {
        let mut source = self.watched(source);
        let (assumed, history) = (&self.options.assumed, &mut self.part.history);
        history.add_source(Source::ClaudeAi);
        history.doubt(assumed.doubt());
        if self.buffer.len() < CHUNK {
            self.buffer.resize(CHUNK, 0);
        }
        let (mut splitter, mut bytes, mut error) = (Splitter::default(), 0_u64, None);
        loop {
            match source.read(&mut self.buffer) {
                Ok(0) => break,
                Ok(count) => {
                    bytes = bytes.saturating_add(count as u64);
                    let chunk = self.buffer.get(..count).unwrap_or_default();
                    splitter.feed(chunk, |piece| read_piece(piece, assumed, history));
                }
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                Err(cause) => {
                    error = Some(cause);
                    break;
                }
            }
        }
        // A reading that was stopped or failed says nothing about whether the export is complete.
        if error.is_none()
            && !self.watch.is_stopped()
            && splitter.finish(|piece| read_piece(piece, assumed, history))
        {
            let name = crate::text::quoted(about.name);
            history.doubt(format!("{name} ends in the middle: the export is not complete."));
        }
        Outcome { bytes: Some(bytes), error }
    }

    /// Reads a small document as a whole.
    fn document(&mut self, kind: Kind, source: impl Read, about: &About<'_>) -> Outcome {
        let limit = LONGEST_DOCUMENT_MIB * 1024 * 1024;
        let mut bytes = Vec::new();
        let mut source = self.watched(source).take(limit + 1);
        if let Err(error) = source.read_to_end(&mut bytes) {
            return Outcome { bytes: None, error: Some(error) };
        }
        let history = &mut self.part.history;
        let count = bytes.len() as u64;
        if count > limit {
            history.skip(Skip::TooLong);
            let name = crate::text::quoted(about.name);
            history.doubt(format!(
                "{name} is longer than {LONGEST_DOCUMENT_MIB} MiB; it is not read."
            ));
            return Outcome::NOT_READ;
        }
        if self.watch.is_stopped() {
            return Outcome::NOT_READ;
        }
        match kind {
            Kind::ConsoleTokens | Kind::ConsoleCosts => console::read(&bytes, about.name, history),
            Kind::AdminUsage | Kind::AdminCosts => admin::read(&bytes, about.name, history),
            Kind::Ccusage => ccusage::read(&bytes, about.name, history),
            Kind::ClaudeJson => plan::read_claude_json(&bytes, about.name, history),
            Kind::DesktopPlan => plan::read_desktop_history(&bytes, about.name, history),
            // These kinds are not documents.
            _ => {}
        }
        Outcome::read(count)
    }
}

/// Reads the start of a source.
pub(super) fn head(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    source.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Reads until `room` is full, the source ends, or `size` bytes are read. Returns the number of
/// bytes.
fn fill(source: &mut impl Read, room: &mut [u8], size: u64) -> io::Result<usize> {
    let mut filled = 0;
    loop {
        match source.read(room.get_mut(filled..).unwrap_or_default()) {
            Ok(0) => return Ok(filled),
            Ok(count) => filled += count,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
        if filled as u64 >= size {
            return Ok(filled);
        }
    }
}

fn is_blank(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    text.trim_ascii().is_empty()
}

/// The file name without its folders.
fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}
