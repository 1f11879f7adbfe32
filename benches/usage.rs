//! Reading logs: one line, and a whole tree.
//!
//! Beside the measurements this program makes and checks the large trees that `compare.sh` needs:
//! `--make FOLDER MIB` writes a tree and its totals, `--check FOLDER` reads a tree in many orders
//! and with many readers and stops at the first figure that is not the known one.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

#[path = "../tests/it/common/tree.rs"]
mod tree;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::{env, fs};

use criterion::{Criterion, Throughput};
use jiff::tz::TimeZone;
use planwise::catalog::Catalog;
use planwise::history::History;
use planwise::history::summary::{By, Query, Summary};
use planwise::shell::logs::{Readers, Watch, find, read};
use planwise::source::claude_code::{Place, Prefilter, read_line};
use serde_json::{Value, json};

/// The tree that is measured, small enough to stay in the cache of the file system.
const SMALL: u64 = 64 * 1024 * 1024;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--make", folder, mib, ..] => make(Path::new(folder), mib.parse().unwrap()),
        ["--check", folder, ..] => check(Path::new(folder)),
        _ => measure(),
    }
}

/// Writes a tree and beside it what it holds.
fn make(folder: &Path, mib: u64) {
    let expected = tree::write(folder, mib * 1024 * 1024);
    let models: serde_json::Map<String, Value> = expected
        .models
        .iter()
        .map(|(id, [responses, input, output, short, long, read])| {
            let sums = json!({"responses": responses, "input": input, "output": output,
                "cache_write_5m": short, "cache_write_1h": long, "cache_read": read});
            (id.clone(), sums)
        })
        .collect();
    let known = json!({"responses": expected.responses, "bytes": expected.bytes,
        "limit_hits": expected.hits, "models": models});
    fs::write(folder.join("expected.json"), known.to_string()).unwrap();
}

/// Reads a tree with its files in many orders and by many readers; every total must be the known.
fn check(folder: &Path) {
    let known: Value =
        serde_json::from_slice(&fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let mut found = find(&[folder.join("projects")]).unwrap();
    for (turn, threads) in [1, 2, 3, 8].into_iter().enumerate() {
        for filter in [Prefilter::On, Prefilter::Off] {
            // By the size from either end, then by two arbitrary orders of the names.
            match turn {
                0 => {}
                1 => found.files.reverse(),
                _ => found.files.sort_by_key(|file| shuffled(&file.path, turn)),
            }
            let reading = read(&found, Readers { threads, filter }, &Watch::default(), || {});
            let summary = Summary::new(&reading.history, &query(Catalog::builtin().unwrap()));
            let models: serde_json::Map<String, Value> = summary
                .models
                .iter()
                .map(|(id, model)| {
                    let sums = &model.totals;
                    let sums = json!({"responses": sums.responses,
                        "input": narrow(sums.input), "output": narrow(sums.output),
                        "cache_write_5m": narrow(sums.cache_write_5m),
                        "cache_write_1h": narrow(sums.cache_write_1h),
                        "cache_read": narrow(sums.cache_read)});
                    (id.clone(), sums)
                })
                .collect();
            for (name, read) in [
                ("responses", json!(summary.coverage.responses)),
                ("limit_hits", json!(summary.limit_hits.len())),
                ("models", Value::Object(models)),
            ] {
                let known = known.get(name).unwrap();
                assert_eq!(*known, read, "{name} with {threads} readers");
            }
        }
    }
    println!(
        "Equal to the known totals: {} responses, {} limit hits, {} files, four orders, 1, 2, 3 and \
         8 readers, with and without the prefilter.",
        known["responses"],
        known["limit_hits"],
        found.files.len()
    );
}

fn narrow(count: u128) -> u64 {
    u64::try_from(count).unwrap()
}

/// A place in an order that has nothing to do with names (FNV).
fn shuffled(path: &Path, turn: usize) -> u64 {
    let bytes = path.as_os_str().as_encoded_bytes();
    bytes.iter().fold(turn as u64 ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn query(catalog: &Catalog) -> Query<'_> {
    Query {
        catalog,
        zone: TimeZone::UTC,
        since: None,
        until: None,
        by: By::Day,
        now: "2026-11-22T14:05:00Z".parse().unwrap(),
    }
}

fn measure() {
    let mut criterion = Criterion::default().configure_from_args();
    lines(&mut criterion);
    trees(&mut criterion);
    criterion.final_summary();
}

fn lines(criterion: &mut Criterion) {
    let counted = br#"{"type":"assistant","timestamp":"2026-11-20T09:00:04.120Z","sessionId":"s1","requestId":"r1","message":{"id":"m1","model":"claude-opus-5-5","content":[{"type":"text","text":"an answer of some words"}],"usage":{"input_tokens":4,"cache_creation_input_tokens":12000,"cache_read_input_tokens":18000,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":12000},"output_tokens":421}}}"#;
    let words = "what a person typed and a tool gave back ".repeat(100);
    let passed = json!({"type": "user", "message": {"content": words}}).to_string();
    let place = Place::of(&["projects", "p", "s1.jsonl"], 0, |_| None);
    let mut group = criterion.benchmark_group("line");
    for (name, line) in [("counted", &counted[..]), ("passed over", passed.as_bytes())] {
        group.throughput(Throughput::Bytes(line.len() as u64));
        let mut history = History::default();
        group.bench_function(name, |bencher| {
            bencher.iter(|| read_line(black_box(line), &place, Prefilter::On, &mut history));
        });
    }
    group.finish();
}

fn trees(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let expected = tree::write(folder.path(), SMALL);
    let paths: [PathBuf; 1] = [folder.path().join("projects")];
    let mut group = criterion.benchmark_group("tree");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(expected.bytes));
    for (name, readers) in [
        ("1 reader", Readers { threads: 1, filter: Prefilter::On }),
        ("1 reader, no prefilter", Readers { threads: 1, filter: Prefilter::Off }),
        ("as many as cores", Readers::system()),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let found = find(&paths).unwrap();
                read(&found, readers, &Watch::default(), || {})
            });
        });
    }
    group.finish();
}
