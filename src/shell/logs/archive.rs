//! Reads the entries of a zip archive as streams. Nothing is unpacked to disk.
//!
//! An archive may be malicious: a zip bomb, paths outside of itself, or nested archives. Such an
//! entry is reported and not read further; the others are read.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::content::{About, Outcome, Reader, head};
use super::left_out::Why;
use crate::source::kind::Kind;
use crate::text::quoted;

/// The maximum unpacked size of an archive, in GiB.
const MOST_UNPACKED_GIB: u64 = 8;
/// The maximum compression ratio of an entry. Text compresses about ten to one.
const MOST_TIMES: u64 = 200;
/// Below this size in bytes an entry may have any compression ratio.
const HARMLESS: u64 = 16 * 1024 * 1024;
/// Entries beyond this number are ignored.
const MOST_ENTRIES: usize = 100_000;
/// At most this many unread entries of an archive are named; the rest are counted.
const MOST_NAMED: usize = 20;

/// Why an entry was not read, or only in part.
#[derive(Debug, Clone, Copy)]
enum Fault {
    Outside,
    Credentials,
    Encrypted,
    Nested,
    TooMuch,
    Damaged,
}

impl Fault {
    const fn words(self) -> &'static str {
        match self {
            Self::Outside => "was not opened: its name leads out of the archive",
            Self::Credentials => "was not opened: it is named like a file of credentials",
            Self::Encrypted => "was not opened: it is encrypted",
            Self::Nested => "was not opened: it is an archive in an archive",
            Self::TooMuch => "was not read to its end: it unpacks to far more than it holds",
            Self::Damaged => "was not read to its end: it is damaged",
        }
    }
}

/// Reads every entry of an archive that contains usage data.
pub(super) fn read(reader: &mut Reader<'_>, file: File, about: &About<'_>) -> Outcome {
    let bytes = file.metadata().map_or(0, |about| about.len());
    let source = BufReader::new(reader.watched(file));
    let mut archive = match ZipArchive::new(source) {
        Ok(archive) => archive,
        Err(cause) => {
            let name = quoted(about.name);
            reader.part.history.doubt(format!("{name} is a damaged or incomplete zip archive."));
            return Outcome { bytes: None, error: Some(io::Error::other(cause)) };
        }
    };
    let count = archive.len();
    let mut told = Faults { about, count: 0 };
    let (mut is_useful, mut unpacked) = (false, 0);
    for index in 0..count.min(MOST_ENTRIES) {
        if reader.is_stopped() {
            break;
        }
        match entry(reader, &mut archive, index, bytes, &mut unpacked, about) {
            Ok(is_read) => is_useful |= is_read,
            Err((name, fault)) => {
                is_useful = true;
                told.tell(reader, &name, fault);
            }
        }
    }
    if let Some(more) = count.checked_sub(MOST_ENTRIES).filter(|more| *more > 0) {
        let name = quoted(about.name);
        reader.part.history.doubt(format!("{name}: {more} more entries were not looked at."));
    }
    let start = archive.central_directory_start();
    if let Some(lost) = listed(archive.into_inner(), start).checked_sub(count).filter(|n| *n > 0) {
        is_useful = true;
        let name = quoted(about.name);
        reader.part.history.doubt(format!(
            "{name}: entries that share their name with another: {lost}; of each name one is read."
        ));
        let entry = format!("{name}: entries of one name");
        reader.part.unreadable.extend(std::iter::repeat_n(entry, lost.min(MOST_NAMED)));
    }
    if is_useful {
        return Outcome { bytes: Some(bytes), error: None };
    }
    reader.leave_out(about, Why::NothingInside)
}

/// Reports entries that were not read.
struct Faults<'a> {
    about: &'a About<'a>,
    count: usize,
}

impl Faults<'_> {
    fn tell(&mut self, reader: &mut Reader<'_>, name: &str, fault: Fault) {
        self.count += 1;
        let entry = quoted(&format!("{}/{name}", self.about.name));
        if self.count <= MOST_NAMED {
            reader.part.history.doubt(format!("{entry} {}.", fault.words()));
        } else {
            let archive = quoted(self.about.name);
            reader.part.history.doubt(format!("{archive}: more entries like these were not read."));
        }
        reader.part.unreadable.push(format!("{entry}: it {}", fault.words()));
    }
}

/// Reads one entry. Returns whether it contains usage data, or its name and why it was not read.
fn entry(
    reader: &mut Reader<'_>,
    archive: &mut ZipArchive<impl Read + Seek>,
    index: usize,
    whole: u64,
    unpacked: &mut u64,
    about: &About<'_>,
) -> Result<bool, (String, Fault)> {
    let unnamed = || (format!("entry {}", index + 1), Fault::Damaged);
    let (name, packed) = {
        let data = archive.by_index_data(index).map_err(|_cause| unnamed())?;
        let name = String::from_utf8_lossy(data.name_raw()).into_owned();
        if data.is_dir() || data.is_symlink() {
            return Ok(false);
        }
        if data.enclosed_name().is_none() || leads_out(&name) {
            return Err((name, Fault::Outside));
        }
        if super::find::is_credentials(name.as_ref()) {
            return Err((name, Fault::Credentials));
        }
        if data.encrypted() {
            return Err((name, Fault::Encrypted));
        }
        (name, data.compressed_size().min(whole))
    };
    let damaged = |name: &str| (name.to_owned(), Fault::Damaged);
    let content = archive.by_index(index).map_err(|_cause| damaged(&name))?;
    let mut content = Bounded {
        inner: content,
        read: 0,
        most: HARMLESS.max(packed.saturating_mul(MOST_TIMES)),
        unpacked,
        is_over: false,
    };
    let head = head(&mut content).map_err(|_cause| damaged(&name))?;
    let kind = Kind::of(&head);
    if kind == Some(Kind::Zip) {
        return Err((name, Fault::Nested));
    }
    let full = format!("{}/{name}", about.name);
    let path: Vec<&str> = name.split(['/', '\\']).collect();
    let part = About { name: &full, path: &path, root: about.root, is_named: false, end: None };
    // Progress counts the bytes of the archive, not of its entries.
    reader.is_quiet = true;
    let outcome = reader.content(kind, &head, &mut content, &part);
    reader.is_quiet = false;
    match (content.is_over, outcome.error) {
        (true, _) => Err((name, Fault::TooMuch)),
        (_, Some(_)) => Err((name, Fault::Damaged)),
        _ => Ok(outcome.bytes.is_some() && !head.is_empty()),
    }
}

/// True if the path has a `..` part or is absolute, in any system's syntax.
fn leads_out(name: &str) -> bool {
    name.starts_with(['/', '\\'])
        || name.as_bytes().get(1) == Some(&b':')
        || name.split(['/', '\\']).any(|part| part == "..")
}

/// A reader that fails if an entry unpacks to more than its limit.
struct Bounded<'u, R> {
    inner: R,
    read: u64,
    most: u64,
    /// Bytes unpacked so far from the whole archive.
    unpacked: &'u mut u64,
    is_over: bool,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.read = self.read.saturating_add(count as u64);
        *self.unpacked = self.unpacked.saturating_add(count as u64);
        if self.read > self.most || *self.unpacked > MOST_UNPACKED_GIB * 1024 * 1024 * 1024 {
            self.is_over = true;
            return Err(io::Error::other("it unpacks to too much"));
        }
        Ok(count)
    }
}

/// The number of entries in the archive's directory, including those that share a name.
fn listed(mut source: impl Read + Seek, start: u64) -> usize {
    const FIXED: usize = 46;
    let mut count = 0;
    if source.seek(SeekFrom::Start(start)).is_err() {
        return count;
    }
    let mut header = [0_u8; FIXED];
    while source.read_exact(&mut header).is_ok() && header.starts_with(b"PK\x01\x02") {
        count += 1;
        // Lengths of the name, the extra field and the comment.
        let lengths = header.get(28..34).unwrap_or_default().chunks_exact(2);
        let rest: i64 = lengths
            .map(|pair| pair.iter().rev().fold(0, |sum, byte| sum << 8 | i64::from(*byte)))
            .sum();
        if source.seek(SeekFrom::Current(rest)).is_err() {
            break;
        }
    }
    count
}
