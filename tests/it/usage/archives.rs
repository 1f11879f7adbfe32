//! Zip archives: the data export, and archives that are made to harm.

use std::fs;
use std::io::{Cursor, Write as _};

use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{fixture, home, json_of, line, put, run};

const TIME: &str = "2026-11-20T09:00:00Z";

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The bytes with every occurrence of one text replaced by another of the same length.
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut out = bytes.to_vec();
    for at in 0..=out.len() - from.len() {
        if out[at..].starts_with(from) {
            out[at..at + to.len()].copy_from_slice(to);
        }
    }
    out
}

/// Output tokens, skipped entries and doubts of an archive beside a log of one token.
fn read(bytes: &[u8]) -> (u64, Value, String) {
    let home = home();
    put(home.path(), "x.zip", bytes);
    put(home.path(), "a.jsonl", line("beside", TIME, "s", 1));
    let before = fs::read_dir(home.path()).unwrap().count();
    let json = json_of(home.path(), &["x.zip", "a.jsonl"]);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), before, "something was unpacked");
    let output = json["totals"]["output"].as_u64().unwrap();
    (output, json["coverage"]["skipped"].clone(), json["doubts"].to_string())
}

#[test]
fn the_data_export_is_read_as_the_zip_it_comes_in() {
    let home = home();
    let conversations = fs::read(fixture("claude_ai_conversations.json")).unwrap();
    let bytes = archive(&[
        ("users.json", br#"[{"uuid":"u","full_name":"Ana","email_address":"a@b.c"}]"#),
        ("conversations.json", &conversations),
        ("projects.json", b"[]"),
    ]);
    // Whatever it is called.
    put(home.path(), "t/export.txt", &bytes);
    let json = json_of(home.path(), &["t", "--from", "claude-ai"]);
    assert_eq!(json["totals"]["output"], 6);
    assert_eq!(json["coverage"]["files"], 1);
    assert_eq!(json["coverage"]["bytes"], bytes.len());
    assert_eq!(json["coverage"]["skipped"], json!({}));
    let (_, _, err) = run(home.path(), &["t/export.txt", "--from", "console"]);
    let told = "planwise: 'export.txt' is a zip archive with nothing in it that is read.";
    assert_eq!(err.lines().next(), Some(told));
}

#[test]
fn entries_of_every_kind_are_read() {
    let names = ["console_tokens.csv", "admin_usage.json", "claude_normal.jsonl"];
    let contents = names.map(|name| fs::read(fixture(name)).unwrap());
    let entries: Vec<(&str, &[u8])> =
        names.into_iter().zip(contents.iter().map(Vec::as_slice)).collect();
    assert_eq!(read(&archive(&entries)).0, 1 + 16_932 + 500 + 421);
}

#[test]
fn a_bomb_is_not_read_to_its_end_and_its_neighbours_are() {
    let mut bomb = line("in the bomb", TIME, "s", 2).into_bytes();
    bomb.resize(bomb.len() + 20 * 1024 * 1024, b'\n');
    bomb.extend(line("behind it", TIME, "s", 100).bytes());
    let other = line("other", TIME, "s", 4);
    let bytes = archive(&[("bomb.jsonl", &bomb), ("other.jsonl", other.as_bytes())]);
    assert!(bytes.len() < 100_000);
    let (output, skipped, doubts) = read(&bytes);
    assert_eq!((output, skipped), (7, json!({"unreadable_file": 1})));
    let told = "'x.zip/bomb.jsonl' was not read to its end: it unpacks to far more than it holds.";
    assert!(doubts.contains(told), "{doubts}");
}

#[test]
fn names_that_lead_out_of_the_archive_are_not_opened() {
    let log = line("1", TIME, "s", 100);
    for name in ["../a.jsonl", "/etc/a.jsonl", "a/../../b.jsonl", "..\\a.jsonl", "C:\\a.jsonl"] {
        let placed = archive(&[("x".repeat(name.len()).as_str(), log.as_bytes())]);
        let bytes = replaced(&placed, "x".repeat(name.len()).as_bytes(), name.as_bytes());
        let (output, skipped, doubts) = read(&bytes);
        assert_eq!((output, skipped), (1, json!({"unreadable_file": 1})), "{name}");
        assert!(doubts.contains("its name leads out of the archive."), "{name}: {doubts}");
    }
}

#[test]
fn archives_in_archives_credentials_and_encrypted_entries_are_not_opened() {
    let log = line("1", TIME, "s", 2);
    let inner = archive(&[("a.jsonl", log.as_bytes())]);
    let bytes = archive(&[
        ("inner.zip", &inner),
        (".credentials.json", log.as_bytes()),
        ("a.jsonl", log.as_bytes()),
    ]);
    let (output, skipped, doubts) = read(&bytes);
    assert_eq!((output, skipped), (3, json!({"unreadable_file": 2})));
    assert!(doubts.contains("'x.zip/inner.zip' was not opened: it is an archive"), "{doubts}");
    assert!(doubts.contains("it is named like a file of credentials"), "{doubts}");
    // The first bit of the flags, in the directory and in front of the entry.
    let mut bytes = archive(&[("a.jsonl", log.as_bytes())]);
    let central = bytes.windows(4).position(|part| part == b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[central + 8] |= 1;
    let (output, skipped, doubts) = read(&bytes);
    assert_eq!((output, skipped), (1, json!({"unreadable_file": 1})));
    assert!(doubts.contains("'x.zip/a.jsonl' was not opened: it is encrypted."), "{doubts}");
}

#[test]
fn a_cut_or_damaged_archive_is_named() {
    let words: Vec<String> = (0..500).map(|n| line(&n.to_string(), TIME, "s", 0)).collect();
    let bytes = archive(&[("a.jsonl", words.concat().as_bytes())]);
    for end in [5, bytes.len() / 2, bytes.len() - 1] {
        let (output, skipped, doubts) = read(&bytes[..end]);
        assert_eq!((output, skipped), (1, json!({"unreadable_file": 1})), "cut at {end}");
        assert!(doubts.contains("'x.zip' is a damaged or incomplete zip archive."), "{doubts}");
    }
    let mut broken = bytes.clone();
    let middle = broken.len() / 2 - 40;
    broken[middle..middle + 16].fill(0xff);
    let (output, skipped, doubts) = read(&broken);
    assert_eq!((output, skipped["unreadable_file"].as_u64()), (1, Some(1)));
    assert!(doubts.contains("'x.zip/a.jsonl' was not read to its end"), "{doubts}");
}

#[test]
fn entries_that_share_a_name_are_told() {
    let (first, second) = (line("1", TIME, "s", 2), line("2", TIME, "s", 2));
    let other = line("3", TIME, "s", 4);
    let bytes = archive(&[
        ("aa.jsonl", first.as_bytes()),
        ("ab.jsonl", second.as_bytes()),
        ("other.jsonl", other.as_bytes()),
    ]);
    let (output, skipped, doubts) = read(&replaced(&bytes, b"ab.jsonl", b"aa.jsonl"));
    assert_eq!((output, skipped), (7, json!({"unreadable_file": 1})));
    let told = "'x.zip': entries that share their name with another: 1; of each name one is read.";
    assert!(doubts.contains(told), "{doubts}");
}
