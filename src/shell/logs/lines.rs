//! Lines of a file in bounded memory.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use memchr::memchr;

use crate::source::claude_code::LONGEST_LINE;

/// What is read at once, and what the buffer goes back to after a long line.
const USUAL: usize = 256 * 1024;

/// A line, or that there was one too long to hold.
pub(super) enum Read<'a> {
    /// A line without its line feed.
    Line(&'a [u8]),
    /// A line of more than [`LONGEST_LINE`] bytes, left out.
    TooLong,
}

/// Calls `each` with every line, the last one also without a line feed. Gives back the bytes read
/// and what ended the reading early, if something did; the lines before it are kept.
pub(super) fn read_lines(
    mut source: impl io::Read,
    buffer: &mut Vec<u8>,
    progress: &AtomicU64,
    stop: &AtomicBool,
    mut each: impl FnMut(Read<'_>),
) -> (u64, Option<io::Error>) {
    if buffer.len() > 4 * USUAL {
        *buffer = Vec::new();
    }
    if buffer.len() < USUAL {
        buffer.resize(USUAL, 0);
    }
    let (mut bytes, mut filled, mut is_too_long) = (0_u64, 0_usize, false);
    let mut error = None;
    while !stop.load(Ordering::Relaxed) {
        if filled == buffer.len() {
            if filled > LONGEST_LINE {
                each(Read::TooLong);
                is_too_long = true;
                filled = 0;
            } else {
                buffer.resize((filled * 2).min(LONGEST_LINE + 1), 0);
            }
        }
        let count = match source.read(buffer.get_mut(filled..).unwrap_or_default()) {
            Ok(0) => break,
            Ok(count) => count,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
            Err(cause) => {
                error = Some(cause);
                break;
            }
        };
        bytes = bytes.saturating_add(count as u64);
        progress.fetch_add(count as u64, Ordering::Relaxed);
        let (mut start, mut from) = (0, filled);
        filled += count;
        let held = buffer.get(..filled).unwrap_or_default();
        while let Some(at) = held.get(from..).and_then(|rest| memchr(b'\n', rest)) {
            let end = from + at;
            if !std::mem::take(&mut is_too_long) {
                each(Read::Line(held.get(start..end).unwrap_or_default()));
            }
            start = end + 1;
            from = start;
        }
        if is_too_long {
            filled = 0;
        } else {
            buffer.copy_within(start..filled, 0);
            filled -= start;
        }
    }
    // A reading that was stopped or failed has cut the line itself.
    if filled > 0 && !is_too_long && error.is_none() && !stop.load(Ordering::Relaxed) {
        each(Read::Line(buffer.get(..filled).unwrap_or_default()));
    }
    (bytes, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        let (bytes, error) = read_lines(
            text,
            &mut Vec::new(),
            &AtomicU64::new(0),
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
        /// A text of 200 million bytes that is nowhere in memory.
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
            read_lines(source, &mut buffer, &AtomicU64::new(0), &AtomicBool::new(false), |line| {
                found.push(match line {
                    Read::Line(line) => line.len(),
                    Read::TooLong => usize::MAX,
                });
            });
        assert_eq!(found, [1, usize::MAX, 1]);
        assert_eq!(bytes, 200_000_004);
        assert!(buffer.len() <= LONGEST_LINE + 1);
    }
}
