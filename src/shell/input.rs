//! Reads text that someone else wrote: answers, a saved report, a price list, a draft.
//!
//! The text is untrusted: it may be missing, endless, binary or contain a secret key. Each case is
//! an error that says what, where and what to do. No error shows any byte of the text.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read},
    path::Path,
    time::SystemTime,
};

use thiserror::Error;

use super::quoted;

/// Files larger than this are refused unread: 16 MiB.
///
/// A self-imposed limit; a saved report has a few KiB.
pub const INPUT_LIMIT: u64 = 16 * MIB;

const MIB: u64 = 1024 * 1024;

/// Why a text was not read.
///
/// `from` is the file in single quotes, or `standard input`.
#[derive(Debug, Error)]
pub enum InputError {
    #[error("cannot read {from}: it does not exist; check the path")]
    Missing {
        /// The source of the text.
        from: String,
    },
    #[error("cannot read {from}: it is a folder; name a file in it")]
    Folder {
        /// The source of the text.
        from: String,
    },
    /// It is a pipe, socket or device, which could block or never end.
    #[error(
        "cannot read {from}: it is a pipe, socket or device; name an ordinary file, or '-' \
         for standard input"
    )]
    Special {
        /// The source of the text.
        from: String,
    },
    /// The user lacks permission.
    #[error(
        "cannot read {from}: permission denied; allow reading it, or name a file that you \
         may read"
    )]
    Denied {
        /// The source of the text.
        from: String,
    },
    /// It is larger than allowed.
    #[error("cannot read {from}: it is larger than {}; name a smaller file", size(*limit))]
    TooLarge {
        from: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// It is not UTF-8 text.
    #[error(
        "cannot read {from}: it is not UTF-8 text at byte offset {offset} (line {line}); save \
         it as UTF-8 and try again"
    )]
    NotUtf8 {
        from: String,
        /// Byte offset of the first invalid byte.
        offset: usize,
        /// The line of that byte, from 1.
        line: usize,
    },
    /// It is empty or blank.
    #[error("cannot read {from}: it is empty; name a file with text in it")]
    Empty {
        /// The source of the text.
        from: String,
    },
    /// It contains what looks like a secret key.
    #[error(
        "refused to read {from}: line {line} holds what looks like a secret key; remove the \
         key and try again"
    )]
    Secret {
        from: String,
        /// The line of the key, from 1.
        line: usize,
    },
    /// Any other system error.
    #[error("cannot read {from}: {cause}; check the path and the disk")]
    Io {
        /// The source of the text.
        from: String,
        cause: io::Error,
    },
}

impl InputError {
    fn io(from: String, cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing { from },
            io::ErrorKind::IsADirectory => Self::Folder { from },
            io::ErrorKind::PermissionDenied => Self::Denied { from },
            _ => Self::Io { from, cause },
        }
    }
}

/// Reads a text file of at most `limit` bytes and strips its byte order mark.
pub fn read_text(path: &Path, limit: u64) -> Result<String, InputError> {
    read_dated(path, limit).map(|(text, _)| text)
}

/// Reads standard input to its end, under the same rules as a file.
pub fn read_stdin(limit: u64) -> Result<String, InputError> {
    read_bounded(io::stdin().lock(), "standard input", limit)
}

/// Reads a text file and returns its modification time too.
pub(super) fn read_dated(path: &Path, limit: u64) -> Result<(String, SystemTime), InputError> {
    let from = quoted(path);
    let failed = |cause| InputError::io(from.clone(), cause);
    let check = |metadata: &Metadata| {
        if metadata.is_dir() {
            Err(InputError::Folder { from: from.clone() })
        } else if !metadata.is_file() {
            Err(InputError::Special { from: from.clone() })
        } else if metadata.len() > limit {
            Err(InputError::TooLarge { from: from.clone(), limit })
        } else {
            Ok(())
        }
    };
    // Check before opening, because opening a pipe waits for a writer. Check again afterwards,
    // because the name may refer to another file by then.
    check(&fs::metadata(path).map_err(failed)?)?;
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    check(&metadata)?;
    let modified = metadata.modified().map_err(failed)?;
    Ok((read_bounded(file, &from, limit)?, modified))
}

fn read_bounded(reader: impl Read, from: &str, limit: u64) -> Result<String, InputError> {
    let mut bytes = Vec::new();
    reader
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|cause| InputError::io(from.to_owned(), cause))?;
    if u64::try_from(bytes.len()).map_or(true, |length| length > limit) {
        return Err(InputError::TooLarge { from: from.to_owned(), limit });
    }
    decode(bytes, from)
}

fn decode(bytes: Vec<u8>, from: &str) -> Result<String, InputError> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        InputError::NotUtf8 {
            from: from.to_owned(),
            offset,
            line: line_at(error.as_bytes(), offset),
        }
    })?;
    if let Some(offset) = crate::text::key_offset(&text) {
        return Err(InputError::Secret {
            from: from.to_owned(),
            line: line_at(text.as_bytes(), offset),
        });
    }
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    if text.trim().is_empty() {
        return Err(InputError::Empty { from: from.to_owned() });
    }
    Ok(text)
}

/// The line, from 1, of the byte at `offset`.
fn line_at(bytes: &[u8], offset: usize) -> usize {
    1 + bytes.iter().take(offset).filter(|byte| **byte == b'\n').count()
}

/// A size for a message, in MiB if that is exact.
fn size(bytes: u64) -> String {
    if bytes > 0 && bytes.is_multiple_of(MIB) {
        format!("{} MiB", bytes / MIB)
    } else {
        format!("{bytes} bytes")
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;

    fn file(bytes: &[u8]) -> (TempDir, PathBuf) {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("answers.json");
        fs::write(&path, bytes).unwrap();
        (root, path)
    }

    /// The error for a file with these bytes, without its folder.
    fn refusal(bytes: &[u8], limit: u64) -> String {
        let (root, path) = file(bytes);
        let text = read_text(&path, limit).unwrap_err().to_string();
        text.replace(&format!("{}/", root.path().display()), "")
    }

    #[test]
    fn a_text_is_read_without_its_byte_order_mark() {
        let (_root, path) = file("\u{feff}{\"a\": \"é\"}\r\n".as_bytes());
        let text = read_text(&path, INPUT_LIMIT).unwrap();
        assert_eq!(text, "{\"a\": \"é\"}\r\n");
    }

    #[test]
    fn the_limit_counts_every_byte() {
        let (_root, path) = file(b"12345");
        assert_eq!(read_text(&path, 5).unwrap(), "12345");
        assert_eq!(
            refusal(b"12345", 4),
            "cannot read 'answers.json': it is larger than 4 bytes; name a smaller file"
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_large_file_is_refused_unread() {
        let (_root, path) = file(b"");
        // A sparse file: reading it would take long and use a lot of memory.
        File::create(&path).unwrap().set_len(1 << 40).unwrap();
        let text = read_text(&path, INPUT_LIMIT).unwrap_err().to_string();
        assert!(text.ends_with("it is larger than 16 MiB; name a smaller file"), "{text}");
    }

    #[test]
    fn an_endless_stream_ends_at_the_limit() {
        let text = read_bounded(io::repeat(b'x'), "standard input", MIB).unwrap_err().to_string();
        assert_eq!(
            text,
            "cannot read standard input: it is larger than 1 MiB; name a smaller file"
        );
    }

    #[test]
    fn a_file_without_text_is_empty() {
        for bytes in ["", " \r\n\t", "\u{feff}\n"] {
            assert_eq!(
                refusal(bytes.as_bytes(), INPUT_LIMIT),
                "cannot read 'answers.json': it is empty; name a file with text in it"
            );
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_located() {
        assert_eq!(
            refusal(b"{\n\n  \"a\": \"\xff\"}", INPUT_LIMIT),
            "cannot read 'answers.json': it is not UTF-8 text at byte offset 11 (line 3); save \
             it as UTF-8 and try again"
        );
        // What `>` writes in older PowerShell: UTF-16 with a byte order mark.
        assert!(refusal(b"\xff\xfe{\0}\0", INPUT_LIMIT).contains("offset 0 (line 1)"));
    }

    #[test]
    fn a_secret_key_is_refused_and_never_shown() {
        let key = "sk-ant-api03-Zq7";
        let json = format!("{{\n\"note\": \"my key {key}\"}}");
        assert_eq!(
            refusal(json.as_bytes(), INPUT_LIMIT),
            "refused to read 'answers.json': line 2 holds what looks like a secret key; remove \
             the key and try again"
        );
        let marked = format!("\u{feff}{key}");
        let error = read_bounded(marked.as_bytes(), "standard input", INPUT_LIMIT).unwrap_err();
        for text in [format!("{error}"), format!("{error:?}")] {
            assert!(!text.contains("sk-ant") && !text.contains("Zq7"), "{text}");
        }
        // A key in place of a path.
        let error = read_text(Path::new(key), INPUT_LIMIT).unwrap_err();
        for text in [format!("{error}"), format!("{error:?}")] {
            assert!(!text.contains("sk-ant") && !text.contains("Zq7"), "{text}");
        }
    }

    #[test]
    fn a_missing_file_is_named() {
        let (_root, path) = file(b"x");
        for missing in [path.with_file_name("none.json"), path.join("below")] {
            assert_eq!(
                read_text(&missing, INPUT_LIMIT).unwrap_err().to_string(),
                format!("cannot read '{}': it does not exist; check the path", missing.display())
            );
        }
    }

    #[test]
    fn a_folder_is_named() {
        let (root, _path) = file(b"x");
        assert_eq!(
            read_text(root.path(), INPUT_LIMIT).unwrap_err().to_string(),
            format!("cannot read '{}': it is a folder; name a file in it", root.path().display())
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_pipe_socket_or_device_is_refused_at_once() {
        use std::{os::unix::net::UnixListener, process::Command, sync::mpsc, thread};

        let root = tempfile::tempdir().unwrap();
        let socket = root.path().join("socket");
        let _listener = UnixListener::bind(&socket).unwrap();
        let pipe = root.path().join("pipe");
        let made = Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success(), "mkfifo is part of every Unix");

        for path in [socket, pipe, PathBuf::from("/dev/zero")] {
            let (sender, receiver) = mpsc::channel();
            let name = path.clone();
            thread::spawn(move || sender.send(read_text(&name, INPUT_LIMIT)));
            let answer = receiver.recv_timeout(std::time::Duration::from_secs(10));
            assert_eq!(
                answer.expect("it hung").unwrap_err().to_string(),
                format!(
                    "cannot read '{}': it is a pipe, socket or device; name an ordinary file, \
                     or '-' for standard input",
                    path.display()
                )
            );
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_may_not_be_read_is_named() {
        use std::os::unix::fs::PermissionsExt;

        let (_root, path) = file(b"x");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        let error = read_text(&path, INPUT_LIMIT).err().unwrap_or_else(|| {
            eprintln!("root reads every file: only the message is tested");
            InputError::io(quoted(&path), io::ErrorKind::PermissionDenied.into())
        });
        assert_eq!(
            error.to_string(),
            format!(
                "cannot read '{}': permission denied; allow reading it, or name a file that \
                 you may read",
                path.display()
            )
        );
    }
}
