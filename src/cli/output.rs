//! The two streams: results on standard output, everything else on standard error.

use std::io::{self, Write};
use std::path::Path;

use thiserror::Error;

use crate::text::{clean, looks_like_key};

/// Writing to standard output failed part way.
#[derive(Debug, Error)]
#[error(
    "cannot write to standard output: {0}; what came out is not complete, send it to a place \
     with room"
)]
pub(super) struct OutputError(io::Error);

/// Writes a whole text with a final line break to standard output.
///
/// A reader that closes early (`| head`) is not an error.
pub(super) fn print(text: &str) -> Result<(), OutputError> {
    let mut out = io::stdout().lock();
    let end: &[u8] = if text.ends_with('\n') { b"" } else { b"\n" };
    let written =
        out.write_all(text.as_bytes()).and_then(|()| out.write_all(end)).and_then(|()| out.flush());
    match written {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => Err(OutputError(cause)),
        _ => Ok(()),
    }
}

/// Prints an error on standard error, after the program's name.
pub(super) fn complain(message: &str) {
    remark(&format!("planwise: {message}"));
}

/// Writes one line to standard error. Ignores failures, because nobody may be reading.
///
/// Also the last safeguard: cleans control characters and hides keys, whatever the line contains.
pub(super) fn remark(line: &str) {
    let line = if looks_like_key(line) {
        "planwise: a message held what looks like a secret key and is not shown".into()
    } else {
        clean(line)
    };
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// The full path in single quotes, made harmless.
pub(super) fn shown(path: &Path) -> String {
    format!("'{}'", clean(&path.to_string_lossy()))
}
