//! What it takes to write the report down in each format, and to put it on the disk.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use jiff::civil::date;
use jiff::tz::TimeZone;
use planwise::advice::{World, assess};
use planwise::catalog::Catalog;
use planwise::facts::Facts;
use planwise::question::Wording;
use planwise::report::read_answers;
use planwise::shell::save::{Collision, write};
use planwise::subject::result::Report;

#[path = "../tests/it/common/drawn.rs"]
mod drawn;
#[path = "../tests/it/common/full.rs"]
mod full;
#[path = "../tests/it/common/month.rs"]
mod month;
#[path = "../tests/it/common/replayed.rs"]
mod replayed;

use drawn::DRAWN;

/// Writes a report down.
type Render = fn(&Report<'_>) -> String;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let world = World {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        today: date(2026, 11, 22),
    };
    let (answers, usage) = read_answers(DRAWN).unwrap().complete(false).unwrap();
    let assessment = assess(&answers, &usage, &world).unwrap();
    let created = date(2026, 11, 22).at(14, 5, 0, 0).to_zoned(TimeZone::UTC).unwrap();
    let report = Report {
        assessment: &assessment,
        world,
        wording: Wording::builtin().unwrap(),
        created: &created,
        title: None,
        note: Some("for the team"),
    };
    let formats: [(&str, Render); 4] = [
        ("html", |report| report.html()),
        ("markdown", |report| report.markdown()),
        ("json", |report| report.json()),
        ("text", |report| report.text()),
    ];
    let mut group = criterion.benchmark_group("report");
    for (name, render) in formats {
        group.throughput(Throughput::Bytes(render(&report).len() as u64));
        group.bench_function(name, |b| b.iter(|| render(black_box(&report))));
    }
    group.finish();
    // With a month of days and the week of a replay in it: the longest report there is.
    let (answers, usage) = full::with(replayed::digest()).complete(false).unwrap();
    let assessment = assess(&answers, &usage, &world).unwrap();
    let full = Report { assessment: &assessment, ..report };
    let mut group = criterion.benchmark_group("report of real usage");
    for (name, render) in formats {
        group.throughput(Throughput::Bytes(render(&full).len() as u64));
        group.bench_function(name, |b| b.iter(|| render(black_box(&full))));
    }
    group.finish();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("report.html");
    let mut group = criterion.benchmark_group("report on disk");
    let page = report.html();
    group.bench_function("html, syncs included", |b| {
        b.iter(|| {
            write(&target, page.as_bytes(), Collision::Fail).unwrap();
            std::fs::remove_file(&target).unwrap();
        });
    });
    group.finish();
    criterion.final_summary();
}
