//! Reading one file, or one entry of an archive, by what it holds.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::Path;

use jiff::tz::TimeZone;

use super::archive;
use super::left_out::{LeftOut, Why};
use super::lines::{Read as Told, Span, read_lines, usual};
use super::{Job, Options, Watch, Watched, quoted};
use crate::history::{History, Skip, Source};
use crate::source::claude_ai::{Splitter, read_piece};
use crate::source::claude_code::{Place, Prefilter, is_own_line, read_line};
use crate::source::kind::{Family, HEAD, Kind};
use crate::source::{admin, ccusage, console, plan};

/// The longest document that is read as a whole, in MiB. Self-imposed: it is held in memory.
const LONGEST_DOCUMENT_MIB: u64 = 256;
/// What is read of a stream at once.
const CHUNK: usize = 256 * 1024;

/// What one thread has read.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) history: History,
    /// Files that could not be read, in quotes.
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

/// Where a content comes from.
pub(super) struct About<'a> {
    /// Its name for a person, without the folders it lies in.
    pub(super) name: &'a str,
    /// The parts of its path.
    pub(super) path: &'a [&'a str],
    /// Which of the roots it was found under.
    pub(super) root: usize,
    /// Whether it was given by name.
    pub(super) is_named: bool,
    /// Where the range of lines ends.
    pub(super) end: Option<u64>,
}

/// How the reading of one content ended.
pub(super) struct Outcome {
    /// The bytes that were read of it; `None` when it was not read.
    pub(super) bytes: Option<u64>,
    /// What ended the reading early.
    pub(super) error: Option<io::Error>,
}

impl Outcome {
    pub(super) const NOT_READ: Self = Self { bytes: None, error: None };

    const fn read(bytes: u64) -> Self {
        Self { bytes: Some(bytes), error: None }
    }
}

/// Reads contents of every kind into its part.
pub(super) struct Reader<'r> {
    options: &'r Options,
    filter: Prefilter,
    watch: &'r Watch,
    /// Whether what is read is counted by someone else.
    pub(super) is_quiet: bool,
    pub(super) part: Part,
    buffer: Vec<u8>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(options: &'r Options, filter: Prefilter, watch: &'r Watch) -> Self {
        let (part, buffer) = (Part::default(), Vec::new());
        Self { options, filter, watch, is_quiet: false, part, buffer }
    }

    /// The source, under watch.
    pub(super) fn watched<R>(&self, inner: R) -> Watched<'r, R> {
        Watched { inner, watch: self.watch, is_quiet: self.is_quiet }
    }

    /// Whether the reading was stopped.
    pub(super) fn is_stopped(&self) -> bool {
        self.watch.is_stopped()
    }

    /// Reads a file, or a range of it.
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
        if outcome.error.is_some() {
            let path = quoted(path);
            if !self.part.unreadable.contains(&path) {
                self.part.unreadable.push(path);
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
        // Nearly every file is a log: its head stays where its lines are read.
        usual(&mut self.buffer);
        let ready = fill(&mut file, &mut self.buffer, job.file.bytes)?;
        let head = self.buffer.get(..ready.min(HEAD)).unwrap_or_default();
        let kind = Kind::of(head);
        if job.start > 0 {
            // Only lines are shared out; whoever has the first range reads anything else whole.
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
            // What is written from now on belongs to the next reading.
            let rest = file.take(job.file.bytes.saturating_sub(ready as u64));
            return Ok(self.lines(rest, span, ready, &about));
        }
        // What stands behind the head is read again.
        let head = head.to_vec();
        file.seek(SeekFrom::Start(head.len() as u64))?;
        Ok(self.content(kind, &head, file, &about))
    }

    /// Reads a content of this kind that goes on behind its head.
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
            Some(kind @ (Kind::Codex | Kind::StatsCache | Kind::Zip)) => {
                self.leave_out(about, Why::NotRead(kind))
            }
            Some(kind) => self.document(kind, whole, about),
            None if head.len() < HEAD && is_blank(head) => {
                if about.is_named {
                    self.leave_out(about, Why::Empty);
                }
                Outcome::read(head.len() as u64)
            }
            // A log may begin with anything: the end of a line that was cut, or no text at all.
            None => self.lines_perhaps(whole, about),
        }
    }

    /// The one family that was asked for, where this kind is of another.
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

    /// Reads lines of a log; `ready` bytes of its start are in the buffer.
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

    /// Reads lines of a file whose head tells nothing; they count once one of them is of a log.
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
                    is_own = is_own || is_own_line(line);
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
        // A reading that was stopped or failed has cut the conversation itself.
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
            // These are no documents.
            Kind::ClaudeCode | Kind::ClaudeAi | Kind::Codex | Kind::StatsCache | Kind::Zip => {}
        }
        Outcome::read(count)
    }
}

/// The start of a source.
pub(super) fn head(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    source.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Reads until there is no room or nothing left, and says how much it was. What is shorter than
/// the room ends once it has given its size.
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

/// The name of a file without its folders.
fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}
