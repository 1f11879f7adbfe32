//! What the core costs: an assessment, the open ends, a key press, reading what is built in.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput};
use jiff::civil::date;
use planwise::advice::{World, assess, billing_cost, corners};
use planwise::catalog::{Catalog, CatalogId};
use planwise::cost::Volume;
use planwise::facts::Facts;
use planwise::question::{Answers, Origin, QuestionId, Resolved, Wording};
use planwise::usage::Usage;
use planwise::wizard::session::{Choices, Month, Preview, Session};
use serde_json::Value;

const PERSONAS: &str = include_str!("../tests/fixtures/personas.json");

/// The persona of the drawings, by option.
const DRAWN: [(QuestionId, &str); 8] = [
    (QuestionId::Interface, "chat"),
    (QuestionId::Session, "moderate"),
    (QuestionId::Limits, "sometimes"),
    (QuestionId::Automation, "some"),
    (QuestionId::Developer, "willing"),
    (QuestionId::Control, "no"),
    (QuestionId::Features, "core"),
    (QuestionId::Billing, "either"),
];

fn world() -> World<'static> {
    World {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        today: date(2026, 11, 22),
    }
}

fn answers<'a>(options: impl IntoIterator<Item = (QuestionId, &'a str)>) -> Answers {
    let mut answers = Answers::default();
    for (question, option) in options {
        answers.give(question, question.rank_of(option).unwrap(), Origin::User);
    }
    answers
}

fn month(input: u64, output: u64) -> Usage {
    Usage { volume: Volume { input, output }, ..Usage::default() }
}

/// The worked cases, on the default model: the article's are not in the current list.
fn personas() -> Vec<(Resolved, Usage)> {
    let cases: Vec<Value> = serde_json::from_str(PERSONAS).unwrap();
    let case = |case: &Value| {
        let given = QuestionId::ALL.map(|id| (id, case[id.as_str()].as_str().unwrap()));
        let tokens = |name: &str| case[name].as_u64().unwrap();
        (answers(given).resolve().unwrap(), month(tokens("input_tokens"), tokens("output_tokens")))
    };
    cases.iter().map(case).collect()
}

fn assessment(c: &mut Criterion) {
    let world = world();
    let resolved = answers(DRAWN).resolve().unwrap();
    let usage = month(3_000_000, 900_000);
    let mut group = c.benchmark_group("assessment");
    group.bench_function("persona of the drawings", |b| {
        b.iter(|| assess(black_box(&resolved), black_box(&usage), &world).unwrap());
    });
    let cases = personas();
    group.throughput(Throughput::Elements(cases.len() as u64));
    group.bench_function("all personas in turn", |b| {
        b.iter(|| {
            for (resolved, usage) in &cases {
                black_box(assess(black_box(resolved), black_box(usage), &world).unwrap());
            }
        });
    });
    group.finish();
    let mut group = c.benchmark_group("assessment of one persona");
    for index in [0, 11, 23, 34] {
        let (resolved, usage) = cases.get(index).unwrap();
        group.bench_function(format!("p{:02}", index + 1), |b| {
            b.iter(|| assess(black_box(resolved), black_box(usage), &world).unwrap());
        });
    }
    group.finish();
}

fn ends(c: &mut Criterion) {
    let world = world();
    let usage = month(3_000_000, 900_000);
    let priced = billing_cost(&usage, &world).unwrap();
    let mut group = c.benchmark_group("open ends");
    group.bench_function("all completions, once per volume", |b| {
        b.iter(|| priced.ends(black_box(&usage)));
    });
    let ends = priced.ends(&usage);
    for (name, given) in [("no answer", 0), ("four answers", 4), ("all answers", 8)] {
        let fixed = answers(DRAWN.into_iter().take(given)).fixed();
        group.bench_function(format!("filter for a key press, {name}"), |b| {
            b.iter(|| {
                let fixed = black_box(fixed);
                (
                    ends.count(fixed),
                    ends.landings(fixed),
                    ends.certainty(fixed),
                    corners(fixed, &priced.market),
                )
            });
        });
    }
    group.finish();
}

fn outlook(c: &mut Criterion) {
    let mut group = c.benchmark_group("outlook");
    let session = |given: usize| {
        let choices = Choices {
            answers: answers(DRAWN.into_iter().take(given)),
            usage: month(3_000_000, 900_000),
            month: Month::Own,
        };
        Session::new(world(), Wording::builtin().unwrap(), choices)
    };
    group.bench_function("another option focused", |b| {
        let mut session = session(3);
        let preview = Preview::Answer(QuestionId::Automation, 1);
        b.iter(|| session.outlook(black_box(&preview)));
    });
    group.bench_function("another volume", |b| {
        b.iter_batched(
            || session(8),
            |mut session| session.outlook(&Preview::Nothing),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn loading(c: &mut Criterion) {
    let mut group = c.benchmark_group("reading what is built in");
    let text = include_str!("../assets/catalog.json");
    group.bench_function("price list", |b| {
        b.iter(|| Catalog::read(black_box(text), CatalogId::Builtin).unwrap());
    });
    let text = include_str!("../assets/facts.json");
    group.bench_function("facts", |b| {
        b.iter(|| Facts::read(black_box(text)).unwrap());
    });
    let text = include_str!("../assets/questions.json");
    group.bench_function("wording", |b| {
        b.iter(|| serde_json::from_str::<Wording>(black_box(text)).unwrap());
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    assessment(&mut criterion);
    ends(&mut criterion);
    outlook(&mut criterion);
    loading(&mut criterion);
    criterion.final_summary();
}
