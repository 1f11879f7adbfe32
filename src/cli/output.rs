//! The two streams: results on standard output, everything else on standard error.

use std::io::{self, Write};
use std::path::Path;

use thiserror::Error;

use crate::text::{clean, looks_like_key};

/// Standard output did not take everything.
#[derive(Debug, Error)]
#[error(
    "cannot write to standard output: {0}; what came out is not complete, send it to a place \
     with room"
)]
pub(super) struct OutputError(io::Error);

/// Writes a whole text to standard output, ending in a line break.
///
/// A reader that has seen enough (`| head`) is no error.
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

/// Says an error on standard error, after the program's name.
pub(super) fn complain(message: &str) {
    remark(&format!("planwise: {message}"));
}

/// Writes one line to standard error. Nobody may be listening: that is no error.
///
/// The last guard: whatever the line was made of, it steers no terminal and shows no key.
pub(super) fn remark(line: &str) {
    let line = if looks_like_key(line) {
        "planwise: a message held what looks like a secret key and is not shown".into()
    } else {
        clean(line)
    };
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// The path in single quotes, harmless and in full.
pub(super) fn shown(path: &Path) -> String {
    format!("'{}'", clean(&path.to_string_lossy()))
}
