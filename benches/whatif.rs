//! What it takes to look back and ahead: a replay, a comparison, a sweep.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput};
use jiff::civil::date;
use planwise::advice::{World, assess};
use planwise::catalog::Catalog;
use planwise::compare::Comparison;
use planwise::facts::Facts;
use planwise::question::Wording;
use planwise::replay::Replay;
use planwise::replay::actual::ActualUsage;
use planwise::report::{Opened, open, read_answers};
use planwise::sweep::{Axis, Span, Sweep};

#[path = "../tests/it/common/drawn.rs"]
mod drawn;
#[path = "../tests/it/common/since.rs"]
mod since;

use drawn::DRAWN;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let world = World {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        today: date(2026, 11, 22),
    };
    let wording = Wording::builtin().unwrap();
    replays(&mut criterion, world);
    comparisons(&mut criterion, world, wording);
    sweeps(&mut criterion, world, wording);
    criterion.final_summary();
}

fn replays(criterion: &mut Criterion, world: World<'_>) {
    let saved = since::report();
    let used = since::used(30, 100_000, 30_000);
    let mut group = criterion.benchmark_group("replay");
    group.bench_function("a report with the prices of today", |b| {
        b.iter(|| Replay::new(black_box(&saved), world, None).unwrap());
    });
    let replay = Replay::new(&saved, world, None).unwrap();
    group.bench_function("held against what was used", |b| {
        b.iter(|| ActualUsage::new(black_box(&replay), &used).unwrap());
    });
    let actual = ActualUsage::new(&replay, &used).unwrap();
    group.bench_function("in words", |b| {
        b.iter(|| planwise::subject::replay::text(&replay, black_box(Some(&actual))));
    });
    group.finish();
}

fn comparisons(criterion: &mut Criterion, world: World<'_>, wording: &Wording) {
    let files: Vec<(String, Opened)> = [
        DRAWN.to_owned(),
        DRAWN.replace("\"some\"", "\"none\""),
        DRAWN.replace("\"some\"", "\"heavy\""),
        DRAWN.replace("3000000", "30000000"),
    ]
    .iter()
    .zip(1..)
    .map(|(text, number)| (format!("scenario {number}"), open(text).unwrap()))
    .collect();
    let mut group = criterion.benchmark_group("compare");
    for count in [2, 4] {
        let files: Vec<_> = files.iter().take(count).cloned().collect();
        group.bench_function(format!("{count} files"), |b| {
            b.iter_batched(
                || files.clone(),
                |files| Comparison::new(files, world, wording).unwrap(),
                BatchSize::SmallInput,
            );
        });
    }
    let comparison = Comparison::new(files, world, wording).unwrap();
    group.bench_function("4 files as a page", |b| {
        b.iter(|| planwise::subject::compare::html(black_box(&comparison)));
    });
    group.finish();
}

fn sweeps(criterion: &mut Criterion, world: World<'_>, wording: &Wording) {
    let (answers, usage) = read_answers(DRAWN).unwrap().complete(false).unwrap();
    assert!(assess(&answers, &usage, &world).is_ok());
    let axis = Axis::named("volume").unwrap();
    let mut group = criterion.benchmark_group("sweep");
    for steps in [21, 1_000] {
        let span = Span { from: "0".to_owned(), to: "5".to_owned(), steps };
        let new = || Sweep::new(axis, Some(&span), &answers, &usage, world, wording).unwrap();
        group.throughput(Throughput::Elements(u64::from(steps)));
        group.bench_function(format!("{steps} points of volume"), |b| b.iter(new));
    }
    let span = Span { from: "0".to_owned(), to: "5".to_owned(), steps: 1_000 };
    let sweep = Sweep::new(axis, Some(&span), &answers, &usage, world, wording).unwrap();
    group.throughput(Throughput::Bytes(sweep.csv().len() as u64));
    group.bench_function("1,000 points as CSV", |b| b.iter(|| black_box(&sweep).csv()));
    group.finish();
}
