//! Reads the lines of a file in bounded memory.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::memchr;

use crate::source::claude_code::LONGEST_LINE;

/// Bytes read at a time, and the size the buffer returns to after a long line.
const USUAL: usize = 256 * 1024;

/// A line, or a marker for one too long to hold.
pub(super) enum Read<'a> {
    /// A line without its line feed.
    Line(&'a [u8]),
    /// A line of more than [`LONGEST_LINE`] bytes, skipped.
    TooLong,
}

/// Selects the lines that start in a range of a file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    /// True if reading starts one byte before the range, which may be inside an earlier line.
    pub(super) is_inside: bool,
    /// The end of the range, relative to where reading starts; `None` for the end of the file.
    pub(super) end: Option<u64>,
}

/// Grows the buffer to its usual size, or shrinks it if it is more than four times as large. Keeps
/// the content up to that size.
pub(super) fn usual(buffer: &mut Vec<u8>) {
    if buffer.len() > 4 * USUAL {
        buffer.truncate(USUAL);
        buffer.shrink_to_fit();
    }
    if buffer.len() < USUAL {
        buffer.resize(USUAL, 0);
    }
}

/// Calls `each` with every line of the span, including a last line without a line feed. Returns the
/// bytes of these lines and the error that ended reading early, if any; lines before the error
/// count. The first `ready` bytes of the buffer, at most its usual size, have already been read.
pub(super) fn read_lines(
    mut source: impl io::Read,
    span: Span,
    buffer: &mut Vec<u8>,
    mut ready: usize,
    stop: &AtomicBool,
    mut each: impl FnMut(Read<'_>),
) -> (u64, Option<io::Error>) {
    usual(buffer);
    // The buffer's offset in the input, and the start of the first line that counts.
    let (mut place, mut first) = (0_u64, (!span.is_inside).then_some(0_u64));
    // True while skipping the rest of a line that belongs to another span or is too long.
    let (mut filled, mut is_skipping) = (0_usize, span.is_inside);
    let mut error = None;
    'reading: while !stop.load(Ordering::Relaxed) {
        if filled == buffer.len() {
            if filled > LONGEST_LINE {
                each(Read::TooLong);
                is_skipping = true;
                place = place.saturating_add(filled as u64);
                filled = 0;
            } else {
                buffer.resize((filled * 2).min(LONGEST_LINE + 1), 0);
            }
        }
        let read = match std::mem::take(&mut ready) {
            0 => source.read(buffer.get_mut(filled..).unwrap_or_default()),
            count => Ok(count),
        };
        let count = match read {
            Ok(0) => break,
            Ok(count) => count,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
            Err(cause) => {
                error = Some(cause);
                break;
            }
        };
        let (mut start, mut from) = (0, filled);
        filled += count;
        let held = buffer.get(..filled).unwrap_or_default();
        while let Some(at) = held.get(from..).and_then(|rest| memchr(b'\n', rest)) {
            let end = from + at;
            if !std::mem::take(&mut is_skipping) {
                each(Read::Line(held.get(start..end).unwrap_or_default()));
            }
            start = end + 1;
            from = start;
            let next = place.saturating_add(start as u64);
            first = first.or(Some(next));
            if span.end.is_some_and(|end| next >= end) {
                place = next;
                filled = 0;
                break 'reading;
            }
        }
        if is_skipping {
            start = filled;
        }
        place = place.saturating_add(start as u64);
        buffer.copy_within(start..filled, 0);
        filled -= start;
        // A line of an earlier span fills the whole span.
        if first.is_none() && span.end.is_some_and(|end| place >= end) {
            break;
        }
    }
    // A reading that was stopped or failed ends in the middle of a line.
    if filled > 0 && !is_skipping && error.is_none() && !stop.load(Ordering::Relaxed) {
        each(Read::Line(buffer.get(..filled).unwrap_or_default()));
    }
    let end = place.saturating_add(filled as u64);
    (first.map_or(0, |first| end.saturating_sub(first)), error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        let (bytes, error) = read_lines(
            text,
            Span::default(),
            &mut Vec::new(),
            0,
            &AtomicBool::new(false),
            |line| {
                found.push(match line {
                    Read::Line(line) => String::from_utf8_lossy(line).into_owned(),
                    Read::TooLong => "(too long)".to_owned(),
                });
            },
        );
        assert!(error.is_none());
        assert_eq!(bytes, text.len() as u64);
        found
    }

    #[test]
    fn the_last_line_counts_without_a_line_feed() {
        assert_eq!(lines(b"a\nb\r\n\nc"), ["a", "b\r", "", "c"]);
        assert_eq!(lines(b"a\n"), ["a"]);
        assert!(lines(b"").is_empty());
    }

    #[test]
    fn a_line_longer_than_the_buffer_is_whole() {
        let long = "x".repeat(3 * USUAL + 7);
        let found = lines(format!("a\n{long}\nb\n").as_bytes());
        assert_eq!(found, ["a", &long, "b"]);
    }

    #[test]
    fn a_line_of_200_mb_is_named_and_nothing_else_is_lost() {
        /// A text of 200 million bytes, generated while it is read.
        struct Endless(u64);
        impl io::Read for Endless {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                let count = (into.len() as u64).min(self.0);
                self.0 -= count;
                let count = usize::try_from(count).unwrap();
                into[..count].fill(b'x');
                Ok(count)
            }
        }
        let source =
            io::Read::chain(io::Read::chain(&b"a\n"[..], Endless(200_000_000)), &b"\nb"[..]);
        let (mut buffer, mut found) = (Vec::new(), Vec::new());
        let (bytes, _) =
            read_lines(source, Span::default(), &mut buffer, 0, &AtomicBool::new(false), |line| {
                found.push(match line {
                    Read::Line(line) => line.len(),
                    Read::TooLong => usize::MAX,
                });
            });
        assert_eq!(found, [1, usize::MAX, 1]);
        assert_eq!(bytes, 200_000_004);
        assert!(buffer.len() <= LONGEST_LINE + 1);
    }

    #[test]
    fn spans_of_any_size_share_out_every_line_and_byte() {
        let text = b"first\n\nsecond line\nx\n\n\nthe last, without an end";
        let whole: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
        for size in 1..=text.len() + 1 {
            let (mut found, mut bytes) = (Vec::new(), 0);
            for start in (0..text.len()).step_by(size) {
                let from = start.saturating_sub(1);
                let end = start + size;
                let span = Span {
                    is_inside: start > 0,
                    end: (end < text.len()).then(|| (end - from) as u64),
                };
                let source = &text[from..];
                let stop = AtomicBool::new(false);
                let (count, _) = read_lines(source, span, &mut Vec::new(), 0, &stop, |line| {
                    if let Read::Line(line) = line {
                        found.push(line.to_vec());
                    }
                });
                bytes += count;
            }
            assert_eq!(found, whole, "spans of {size}");
            assert_eq!(bytes, text.len() as u64, "spans of {size}");
        }
    }
}
