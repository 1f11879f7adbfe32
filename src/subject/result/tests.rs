//! The report in each format, and read back.

mod money;
mod real_usage;

use jiff::Zoned;
use jiff::civil::date;
use jiff::tz::{TimeZone, offset};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::advice::{Assessment, Outcome, Rule, World, assess};
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::number::{exact, usd, usd_rate, usd_signed};
use crate::question::Wording;
use crate::report::read_answers;
use crate::usage::Usage;

fn builtin() -> World<'static> {
    world(Catalog::builtin().unwrap())
}

fn world(catalog: &Catalog) -> World<'_> {
    World { catalog, facts: Facts::builtin().unwrap(), today: date(2026, 11, 22) }
}

fn created() -> Zoned {
    date(2026, 11, 22).at(14, 5, 0, 0).to_zoned(TimeZone::fixed(offset(1))).unwrap()
}

/// Assesses an answers file.
fn assessed(file: &str, world: &World<'_>) -> Assessment {
    let file = read_answers(file).unwrap();
    let (answers, usage) = file.complete(false).unwrap();
    assess(&answers, &usage, world).unwrap()
}

/// Passes the report on an assessment to a function.
fn with<T>(
    assessment: &Assessment,
    world: World<'_>,
    note: Option<&str>,
    read: impl FnOnce(Report<'_>) -> T,
) -> T {
    read(Report {
        assessment,
        world,
        wording: Wording::builtin().unwrap(),
        created: &created(),
        title: None,
        note,
    })
}

fn json_of(assessment: &Assessment, world: World<'_>) -> String {
    with(assessment, world, None, |report| report.json())
}

fn answers(options: [&str; 8]) -> Value {
    let questions = crate::question::QuestionId::ALL.map(crate::question::QuestionId::as_str);
    questions.into_iter().zip(options).collect()
}

/// The case shown in the design drawings.
fn drawn() -> String {
    json!({
        "answers": answers(["chat", "moderate", "sometimes", "some", "willing", "no", "core", "either"]),
        "usage": {"input_tokens": 3_000_000, "output_tokens": 900_000},
    })
    .to_string()
}

/// The formats for people, each with its whitespace joined into one line.
fn for_people(assessment: &Assessment) -> [String; 3] {
    with(assessment, builtin(), None, |report| [report.text(), report.markdown(), report.html()])
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn every_format_says_what_is_assumed() {
    const VOLUME: &str = "The month is a sample: its volume is assumed.";
    const ANSWERS: &str = "Some answers are assumed.";
    const BOTH: &str = "The month is a sample, and some answers are assumed.";
    let file = read_answers(&drawn()).unwrap();
    let given = file.answers.resolve().unwrap();
    let assumed = crate::question::Answers::default().assume_open().resolve().unwrap();
    let own = file.usage.unwrap();
    for (answers, usage, notice) in [
        (given, Usage::sample(), Some(VOLUME)),
        (assumed, own.clone(), Some(ANSWERS)),
        (assumed, Usage::sample(), Some(BOTH)),
        (given, own, None),
    ] {
        let a = assess(&answers, &usage, &builtin()).unwrap();
        let summary = crate::words::summary(&a, builtin().catalog).join(" ");
        for text in for_people(&a).iter().chain([&summary]) {
            for known in [VOLUME, ANSWERS, BOTH] {
                assert_eq!(text.contains(known), notice == Some(known), "{known}: {text}");
            }
        }
    }
}

#[test]
fn a_saved_sample_month_is_a_sample_when_it_is_read_again() {
    let answers = read_answers(&drawn()).unwrap().answers;
    let choices =
        crate::wizard::session::Choices { answers, ..crate::wizard::session::Choices::default() };
    let a = assess(&answers.resolve().unwrap(), &choices.usage, &builtin()).unwrap();
    let json = json_of(&a, builtin());
    let value: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["usage"]["volume_origin"], "assumed");
    let again = crate::wizard::session::Choices::from_file(&read_answers(&json).unwrap());
    assert_eq!(again.month, crate::wizard::session::Month::Own);
    assert_eq!(again.usage.volume_origin, crate::question::Origin::Assumed);
}

/// Asserts that two values are equal. Texts that are amounts compare as amounts.
fn assert_same(found: &Value, expected: &Value) {
    match (found, expected) {
        (Value::String(a), Value::String(b)) => {
            let amount = |text: &str| text.parse::<Decimal>().ok();
            let same = amount(a).is_some() && amount(a) == amount(b);
            assert!(a == b || same, "{a} is not {b}");
        }
        (Value::Object(fields), Value::Object(all)) => {
            assert_eq!(fields.len(), all.len(), "{found}");
            holds(found, expected);
        }
        _ => assert_eq!(found, expected),
    }
}

/// Asserts that every expected field is present with its value.
fn holds(found: &Value, expected: &Value) {
    for (name, value) in expected.as_object().unwrap() {
        assert!(found.get(name).is_some(), "'{name}' is missing");
        assert_same(&found[name], value);
    }
}

#[test]
fn the_drawn_case_is_the_specifications_example() {
    let world = builtin();
    let a = assessed(&drawn(), &world);
    let text = json_of(&a, world);
    let report: Value = serde_json::from_str(&text).unwrap();
    let head = json!({
        "schema_version": 1,
        "tool": {"name": "planwise", "version": "0.1.0", "rules": "2026.11-2"},
        "created": "2026-11-22T14:05:00+01:00",
        "answers": answers(["chat", "moderate", "sometimes", "some", "willing", "no", "core", "either"]),
        "answer_origin": answers(["user"; 8]),
        "usage": {
            "input_tokens": 3_000_000, "output_tokens": 900_000, "outside_share_pct": 20,
            "outside_origin": "default", "model": "claude-sonnet-5-5", "confidence": "rough",
            "cache_read_pct": 0, "cache_write_pct": 0, "cache_write_1h_pct": 0, "batch_pct": 0,
            "thinking_pct": 0, "prompt_tokens": null, "pro_price": "monthly",
            "overflow_pct": null, "capacity_input": null, "capacity_output": null,
        },
        "facts": {"as_of": "2026-11-20"},
        "assumptions": {"band_pct": 25, "overflow_pct": 10, "capacity_input": 30_000_000, "capacity_output": 5_000_000},
    });
    holds(&report, &head);
    let catalog = json!({"id": "builtin", "as_of": "2026-11-20", "currency": "USD"});
    holds(&report["catalog"], &catalog);
    assert_same(
        &report["catalog"]["models"][0],
        &json!({"id": "claude-sonnet-5-5", "input": "2", "output": "10", "cache_read": "0.10",
                "cache_write_5m": "2.50", "status": "current"}),
    );
    let result = json!({
        "outcome": "hybrid", "variant": "app", "rule": "R6", "strength": "clear",
        "need_pro": 10, "need_api": 6, "mark": 3, "capacity_check": false,
        "limits_effective": "sometimes",
        "costs_usd": {"pro": "20", "api": "15", "hybrid": "24.2", "chat_on_api": "12",
                      "api_p10": "10", "api_p90": "22.5", "hybrid_p10": "22.8", "hybrid_p90": "26.3"},
        "p_api_under_pro": 0.8184,
        "split": {"outside_pct": 20, "overflow_pct": 10, "overflow_origin": "default",
                  "pro_pct": 72, "api_pct": 28},
        "unmet": [], "warnings": [],
    });
    holds(&report["result"], &result);
    assert_same(
        &report["result"]["models"][0],
        &json!({"id": "claude-sonnet-5-5", "api_usd": "15", "hybrid_usd": "24.2",
                "vs_pro_usd": "-5", "break_even_multiplier": "1.333333"}),
    );
    assert_same(
        &report["result"]["flips"][0],
        &json!({"kind": "answer", "question": "automation", "to": "none", "outcome": "pro"}),
    );
    let p3 = json!({"item": "P3", "side": "pro", "points": 8, "because": {"features": "core"}, "section": "DF-Pro 4; Switch"});
    let reasons = report["result"]["reasons"].as_array().unwrap();
    assert!(reasons.contains(&p3));
    let because =
        |item: &str| reasons.iter().find(|r| r["item"] == item).map(|r| r["because"].clone());
    assert_eq!(because("P6"), Some(json!({"chat_on_api": "12"})));
    assert_eq!(because("A7"), Some(json!({"api": "15"})));
    assert_eq!(because("P2"), Some(json!({"interface": "chat", "session": "moderate"})));
    assert!(text.ends_with("}\n"));
}

#[test]
fn fields_keep_their_order_and_a_note_comes_last() {
    let world = builtin();
    let a = assessed(&drawn(), &world);
    let order = |text: &str, names: &[&str]| {
        let places: Vec<usize> =
            names.iter().map(|name| text.find(&format!("\"{name}\":")).unwrap()).collect();
        assert!(places.is_sorted(), "{names:?} at {places:?}");
    };
    let text = with(&a, world, Some("mine | <b>"), |report| {
        Report { title: Some("My choice"), ..report }.json()
    });
    let top = [
        "schema_version",
        "tool",
        "created",
        "catalog",
        "answers",
        "answer_origin",
        "usage",
        "facts",
        "result",
        "assumptions",
        "notes",
        "title",
        "note",
    ];
    order(&text, &top);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value.as_object().unwrap().len(), top.len());
    let (_, result) = text.split_once("\"result\"").unwrap();
    order(
        result,
        &[
            "outcome",
            "variant",
            "rule",
            "strength",
            "need_pro",
            "need_api",
            "mark",
            "capacity_check",
            "limits_effective",
            "reasons",
            "costs_usd",
            "p_api_under_pro",
            "split",
            "models",
            "flips",
            "unmet",
            "warnings",
        ],
    );
    let without = json_of(&a, world);
    assert!(!without.contains("\"title\"") && !without.contains("\"note\""));
}

#[test]
fn shares_are_numbers_as_short_as_they_are_exact() {
    let world = builtin();
    let mut file: Value = serde_json::from_str(&drawn()).unwrap();
    for (outside, overflow, shown) in
        [(35, 10, "58.5"), (7, 3, "90.21"), (20, 10, "72"), (93, 99, "0.07"), (100, 0, "0")]
    {
        file["usage"]["outside_share_pct"] = outside.into();
        file["usage"]["overflow_pct"] = overflow.into();
        let text = json_of(&assessed(&file.to_string(), &world), world);
        assert!(text.contains(&format!("\"pro_pct\": {shown},\n")), "{shown}");
    }
}

/// The persona as an answers file.
fn persona_file(persona: &Value) -> String {
    let mut usage = json!({
        "input_tokens": persona["input_tokens"],
        "output_tokens": persona["output_tokens"],
        "model": persona["model"],
    });
    if let Some(share) = persona.get("outside_share") {
        usage["outside_share_pct"] = share.clone();
    }
    json!({"answers": persona, "usage": usage}).to_string()
}

fn personas() -> Vec<Value> {
    let personas: Vec<Value> =
        serde_json::from_str(include_str!("../../../tests/fixtures/personas.json")).unwrap();
    assert_eq!(personas.len(), 39);
    personas
}

fn persona(id: &str) -> Value {
    personas().into_iter().find(|p| p["id"] == id).unwrap()
}

/// Asserts that a saved report, read and assessed again, is the same report.
fn comes_back(file: &str, world: World<'_>) -> Assessment {
    let a = assessed(file, &world);
    let saved = json_of(&a, world);
    let again = read_answers(&saved).unwrap();
    assert_eq!(again.ignored, Vec::<String>::new());
    assert_eq!(json_of(&assessed(&saved, &world), world), saved);
    a
}

#[test]
fn every_persona_comes_back_the_same_at_both_lists() {
    let article = Catalog::article().unwrap();
    for persona in personas() {
        let file = persona_file(&persona);
        let a = comes_back(&file, world(&article));
        assert_eq!(json!(a.outcome), persona["ref"]["outcome"]);
        assert_eq!(json!(a.rule), persona["ref"]["rule"]);
        comes_back(&file, builtin());
    }
}

#[test]
fn every_odd_month_comes_back_the_same() {
    let all = json!({
        "input_tokens": 1_000_000_000_000_u64, "output_tokens": 1, "outside_share_pct": 33,
        "outside_origin": "usage", "model": "claude-haiku-4-5-20251001", "confidence": "measured",
        "cache_read_pct": "33.3333", "cache_write_pct": 12, "cache_write_1h_pct": "0.5",
        "batch_pct": "12.3456", "thinking_pct": 1000, "prompt_tokens": 250_000,
        "pro_price": "17.50", "overflow_pct": 45, "capacity_input": 1, "capacity_output": 0,
    });
    let change = |pairs: Value| {
        let mut usage = all.clone();
        for (name, value) in pairs.as_object().unwrap() {
            usage[name] = value.clone();
        }
        usage
    };
    for usage in [
        all.clone(),
        change(json!({"outside_origin": "default", "confidence": "guess", "pro_price": "annual"})),
        change(json!({"outside_origin": "user", "pro_price": "0.01", "thinking_pct": "0.0001"})),
        change(json!({"input_tokens": 0, "output_tokens": 0, "model": "claude-fable-5-2"})),
        change(
            json!({"input_tokens": 7, "cache_read_pct": 100, "cache_write_pct": 0, "cache_write_1h_pct": 0}),
        ),
    ] {
        for options in [
            ["chat", "moderate", "sometimes", "some", "willing", "no", "core", "either"],
            ["code", "marathon", "often", "heavy", "no", "yes", "none", "metered"],
            ["tools", "short", "never", "none", "yes", "yes", "nice", "flat"],
        ] {
            let file = json!({"answers": answers(options), "usage": usage}).to_string();
            comes_back(&file, builtin());
        }
    }
}

/// No keys, but work in other apps that limits stop.
fn without_keys() -> String {
    json!({
        "answers": answers(["tools", "short", "sometimes", "none", "no", "no", "core", "flat"]),
        "usage": {"input_tokens": 2_000_000, "output_tokens": 800_000},
    })
    .to_string()
}

#[test]
fn three_reports_read_well() {
    let article = Catalog::article().unwrap();
    let cases = [
        ("pro", without_keys(), builtin(), Rule::R3),
        ("api", persona_file(&persona("p15")), world(&article), Rule::R5),
        ("hybrid", drawn(), builtin(), Rule::R6),
    ];
    for (name, file, world, rule) in cases {
        let a = assessed(&file, &world);
        assert_eq!(a.rule, rule);
        with(&a, world, Some("for the team | <now>"), |report| {
            insta::assert_snapshot!(format!("{name}_markdown"), report.markdown());
            insta::assert_snapshot!(format!("{name}_text"), report.text());
        });
    }
}

#[test]
fn the_text_fits_a_terminal_of_80_columns() {
    let article = Catalog::article().unwrap();
    let mut files: Vec<String> = personas().iter().map(persona_file).collect();
    let mut huge: Value = serde_json::from_str(&drawn()).unwrap();
    huge["usage"] = json!({
        "input_tokens": 1_000_000_000_000_u64, "output_tokens": 1_000_000_000_000_u64,
        "thinking_pct": 1000, "outside_share_pct": 35, "pro_price": "10000", "confidence": "guess",
    });
    files.push(huge.to_string());
    for file in files {
        let world = if file.contains("sonnet-4-5") { world(&article) } else { builtin() };
        let a = assessed(&file, &world);
        let long = "long ".repeat(39);
        let text = with(&a, world, Some(&long), |report| report.text());
        for line in text.lines() {
            assert!(line.width() <= 80, "{line}");
        }
        assert!(text.is_ascii());
        assert!(text.contains(&format!("\n{} (", crate::words::headline(a.outcome))));
        assert!(text.contains(&format!("\n\n{}\n\nAPPENDIX\n", wrapped_verify())));
    }
}

fn wrapped_verify() -> String {
    crate::text::layout::wrap(crate::words::VERIFY, 80).join("\n")
}

#[test]
fn what_a_person_typed_cannot_mark_up_or_hide_anything() {
    let world = builtin();
    let a = assessed(&drawn(), &world);
    let odd = "a | b `c` <script>\u{1b}[2J\u{202e} [x](http://e.x) *d*";
    let page = with(&a, world, Some(odd), |report| report.markdown());
    let line = page.lines().find(|line| line.starts_with("Note:")).unwrap();
    assert_eq!(
        line,
        "Note: a \\| b \\`c\\` \\<script>\u{fffd}\\[2J\u{fffd} \\[x\\](http\\://e.x) \\*d\\*"
    );
    let secret = "my sk-ant-api03-secret";
    with(&a, world, Some(secret), |report| {
        for text in [report.json(), report.markdown(), report.text()] {
            assert!(!text.contains("secret"));
        }
    });
}

#[test]
fn outcomes_have_all_their_parts() {
    let world = builtin();
    let parts = [
        "# Claude Pro, the API, or both?",
        "## Recommendation",
        "## Cost and coverage",
        "## Why",
        "## What to do next",
        "## What would change it",
        "## Appendix",
        "### The bill as your month grows",
        "### All reasons",
        "### How it was decided",
        "### The same volume on each model",
        "### Leaving Pro for the API",
        "### Assumptions",
        "### Your answers",
        "### Not in the article",
        "### Glossary",
    ];
    for file in [drawn(), without_keys()] {
        let a = assessed(&file, &world);
        let page = with(&a, world, None, |report| report.markdown());
        let places: Vec<usize> = parts.iter().map(|part| page.find(part).unwrap()).collect();
        assert!(places.is_sorted());
        assert_eq!(page.contains("### How the work is divided"), a.outcome == Outcome::Hybrid);
    }
    assert_eq!(exact(Decimal::new(2420, 2)), "24.2");
}

#[test]
fn every_kind_of_profile_can_be_written_down() {
    let world = builtin();
    let months = [(3_000_000, 900_000), (0, 0), (60_000_000, 9_000_000)];
    for (index, profile) in crate::question::Profile::all().enumerate().step_by(37) {
        let (input, output) = months[index % months.len()];
        let options = crate::question::QuestionId::ALL.map(|question| profile.option(question));
        let file = json!({
            "answers": answers(options),
            "usage": {"input_tokens": input, "output_tokens": output},
        });
        let a = comes_back(&file.to_string(), world);
        with(&a, world, None, |report| {
            assert!(report.text().lines().all(|line| line.width() <= 80));
            assert!(!report.markdown().contains("|  |"), "an empty cell");
        });
    }
}
