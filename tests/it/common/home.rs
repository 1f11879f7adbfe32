//! An empty home in which the program runs, and what it prints there.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// 2026-11-22, 14:05 in Greenwich.
const NOW: &str = "1795356300";

pub(crate) struct Home(TempDir);

/// What one run printed and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and returns its name, which is relative to where the program runs.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        name.to_owned()
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        let output = Command::new(assert_cmd::cargo::cargo_bin!("planwise"))
            .args(args)
            .env_clear()
            .env("HOME", self.0.path())
            .env("TZ", "UTC")
            .env("SOURCE_DATE_EPOCH", NOW)
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The saved report of a file of answers.
    pub(crate) fn report(&self, answers: &Value) -> String {
        self.file("answers.json", answers.to_string());
        self.run(&["decide", "--answers", "answers.json", "--format", "json"]).text()
    }
}

impl Ran {
    /// Done: exit code 0 and nothing to complain about.
    pub(crate) fn text(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{self:?}");
        self.out
    }

    pub(crate) fn json(self) -> Value {
        serde_json::from_str(&self.text()).unwrap()
    }

    /// Not done: the exit code, and one line on standard error that is returned bare.
    pub(crate) fn refusal(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (Some(code), ""), "{self:?}");
        assert_eq!(self.err.lines().count(), 1, "{self:?}");
        self.err.strip_prefix("planwise: ").unwrap().trim_end().to_owned()
    }
}

/// Eight answers in the order of the questions.
pub(crate) fn answers(options: [&str; 8]) -> Value {
    let questions = [
        "interface",
        "session",
        "limits",
        "automation",
        "developer",
        "control",
        "features",
        "billing",
    ];
    questions.into_iter().zip(options).collect()
}

/// The case that the screens draw: hybrid at $24.20.
pub(crate) fn drawn() -> Value {
    json!({
        "answers":
            answers(["chat", "moderate", "sometimes", "some", "willing", "no", "core", "either"]),
        "usage": {"input_tokens": 3_000_000, "output_tokens": 900_000},
    })
}

/// Every line of a text fits a terminal of 80 columns.
pub(crate) fn assert_fits(text: &str) {
    for line in text.lines() {
        let width = unicode_width::UnicodeWidthStr::width(line);
        assert!(width <= 80, "{width} columns: {line}");
    }
}
