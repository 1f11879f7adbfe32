//! Everything in JSON keeps to its schema, and what is broken does not.

use std::path::Path;

use crate::common::home::{Home, answers, drawn};
use crate::common::{replayed, shapes};
use jiff::ToSpan as _;
use jsonschema::Validator;
use planwise::fit::{Ask, Digest, Evidence, Fit, Held, Yardstick};
use planwise::history::LimitHit;
use planwise::report::read_answers;
use planwise::schema::Schema;
use serde_json::{Value, json};

fn validator(schema: Schema) -> Validator {
    let text: Value = serde_json::from_str(schema.text()).unwrap();
    jsonschema::draft202012::options().should_validate_formats(true).build(&text).unwrap()
}

/// Fails with every place where the value breaks the schema.
fn assert_valid(validator: &Validator, value: &Value, what: &str) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

/// The file of the worked case.
fn persona(case: &Value) -> Value {
    let option = |question: &str| case[question].as_str().unwrap();
    json!({
        "answers": answers([
            option("interface"), option("session"), option("limits"), option("automation"),
            option("developer"), option("control"), option("features"), option("billing"),
        ]),
        "usage": {
            "input_tokens": case["input_tokens"], "output_tokens": case["output_tokens"],
            "model": case["model"],
        },
    })
}

/// Reports on files, worked out in this process: hundreds of them take no time.
fn reports(files: &[Value], catalog: &planwise::catalog::Catalog) -> Vec<Value> {
    use jiff::civil::date;
    use planwise::advice::{World, assess};
    let world = World {
        catalog,
        facts: planwise::facts::Facts::builtin().unwrap(),
        today: date(2026, 11, 22),
    };
    let created = date(2026, 11, 22).at(14, 5, 0, 0).in_tz("UTC").unwrap();
    let report = |file: &Value| {
        let (answers, usage) = read_answers(&file.to_string()).unwrap().complete(true).unwrap();
        let assessment = assess(&answers, &usage, &world).unwrap();
        let report = planwise::subject::result::Report {
            assessment: &assessment,
            world,
            wording: planwise::question::Wording::builtin().unwrap(),
            created: &created,
            title: Some("a title"),
            note: Some("a note with <, | and \u{202e}"),
        };
        serde_json::from_str(&report.json()).unwrap()
    };
    files.iter().map(report).collect()
}

/// Months at the corners of what is taken.
fn corners() -> Vec<Value> {
    let most = 1_000_000_000_000_u64;
    let month = |usage: Value| {
        let mut file = drawn();
        file["usage"] = usage;
        file
    };
    vec![
        month(json!({"input_tokens": 0, "output_tokens": 0})),
        month(json!({"input_tokens": most, "output_tokens": most, "confidence": "guess"})),
        month(json!({"input_tokens": 1, "output_tokens": 0, "outside_share_pct": 100})),
        month(json!({"input_tokens": 7, "output_tokens": 3, "cache_read_pct": "33.3333",
            "cache_write_pct": "0.0001", "cache_write_1h_pct": 50, "batch_pct": 100,
            "thinking_pct": 1000, "prompt_tokens": most, "pro_price": "0.01",
            "overflow_pct": 100, "capacity_input": 0, "capacity_output": most,
            "outside_share_pct": 0, "outside_origin": "usage", "confidence": "measured"})),
        month(json!({"input_tokens": 5, "output_tokens": 5, "pro_price": "10000",
            "model": "claude-haiku-4-5-20251001", "thinking_pct": "0.5"})),
        month(json!({"input_tokens": 5, "output_tokens": 5, "pro_price": "annual",
            "model": "claude-haiku-5-5", "prompt_tokens": 200_000})),
        json!({}),
    ]
}

fn personas() -> Vec<Value> {
    let text = include_str!("../fixtures/personas.json");
    let cases: Vec<Value> = serde_json::from_str(text).unwrap();
    cases.iter().map(persona).collect()
}

/// Every option of every question with two months.
fn states() -> Vec<Value> {
    let mut files = Vec::new();
    for interface in ["chat", "tools", "code"] {
        for automation in ["none", "some", "heavy"] {
            for developer in ["no", "willing", "yes"] {
                for features in ["core", "nice", "none"] {
                    for (limits, volume) in
                        [("never", 40_000_u64), ("unknown", 5_000_000), ("often", 900_000_000)]
                    {
                        files.push(json!({
                            "answers": answers([interface, "marathon", limits, automation,
                                developer, "yes", features, "metered"]),
                            "usage": {"input_tokens": volume, "output_tokens": volume / 7},
                        }));
                    }
                }
            }
        }
    }
    files
}

fn examples() -> Vec<Value> {
    let text: Value = serde_json::from_str(include_str!("../../assets/examples.json")).unwrap();
    let cases = text["examples"].as_array().unwrap();
    let file = |case: &Value| json!({"answers": case["answers"], "usage": case["month"]});
    cases.iter().map(file).collect()
}

#[test]
fn every_report_keeps_to_the_schema() {
    let validator = validator(Schema::Report);
    let builtin = planwise::catalog::Catalog::builtin().unwrap();
    let article = planwise::catalog::Catalog::article().unwrap();
    let today = [examples(), corners(), states()].concat();
    let mut checked = 0;
    for (files, catalog) in [(today, builtin), (personas(), &article)] {
        for (file, report) in files.iter().zip(reports(&files, catalog)) {
            assert_valid(&validator, &report, &file.to_string());
            checked += 1;
        }
    }
    assert!(checked > 270, "only {checked}");
}

#[test]
fn every_report_of_version_0_1_0_keeps_to_the_schema() {
    let validator = validator(Schema::Report);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/0.1.0");
    let mut checked = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_str().unwrap().starts_with("report-") {
            let text = std::fs::read_to_string(&path).unwrap();
            let report = serde_json::from_str(&text).unwrap();
            assert_valid(&validator, &report, path.to_str().unwrap());
            checked += 1;
        }
    }
    assert_eq!(checked, 13);
}

#[test]
fn what_the_program_prints_keeps_to_the_schema() {
    let home = Home::new();
    let report = home.report(&drawn());
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_valid(&validator(Schema::Report), &report, "decide");
    // A saved report is a file of answers too.
    assert_valid(&validator(Schema::Answers), &report, "a report as answers");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/usage");
    let fixtures = fixtures.to_str().unwrap();
    let usage = validator(Schema::Usage);
    for by in ["day", "week", "month", "model", "project", "session"] {
        let ran = home.run(&["usage", fixtures, "--by", by, "--format", "json"]);
        assert_valid(&usage, &serde_json::from_str(&ran.out).unwrap(), by);
    }
    home.file("empty/none.txt", "");
    let ran = home.run(&["usage", "empty", "--format", "json"]);
    assert_valid(&usage, &serde_json::from_str(&ran.out).unwrap(), "no logs");
}

#[test]
fn what_fit_prints_keeps_to_the_schema() {
    let validator = validator(Schema::Fit);
    let home = Home::new();
    home.file("empty/none.txt", "");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/usage");
    let log = fixtures.join("claude_normal.jsonl");
    let (fixtures, log) = (fixtures.to_str().unwrap(), log.to_str().unwrap());
    for (args, is_simulated) in [
        (vec![fixtures], false),
        (vec![log, "--plan-now", "max", "--yardstick", "tokens", "--rules", "today"], false),
        (vec![log, "--spend-cap", "1", "--hour-value", "40", "--week-start", "wed"], false),
        (vec!["empty"], false),
        (vec!["--simulate", "--session", "marathon", "--input", "20M", "--output", "3M"], true),
    ] {
        let ran = home.run(&[&["fit"], args.as_slice(), &["--format", "json"]].concat());
        let value: Value = serde_json::from_str(&ran.out).unwrap();
        assert_valid(&validator, &value, &args.join(" "));
        assert_eq!(value.get("simulated").is_some(), is_simulated);
        for name in value.as_object().unwrap().keys() {
            let mut fewer = value.clone();
            fewer.as_object_mut().unwrap().remove(name);
            assert!(!validator.is_valid(&fewer), "{args:?} without {name}");
        }
        for (path, wrong) in [
            ("/plans/0/fee_usd", json!(20)),
            ("/plans/0/id", json!(null)),
            ("/catalog/as_of", json!("20.11.2026")),
            ("/assumptions", json!("none")),
        ] {
            // Most of the samples is sums, so that nothing is said of a plan.
            if value.pointer(path).is_some() {
                assert!(!validator.is_valid(&broken(&value, path, wrong)), "{args:?} {path}");
            }
        }
    }
}

/// A report on a month that was read from logs and replayed.
fn replayed_report(digest: Digest) -> Value {
    let mut measured = measured();
    measured.fit = Some(std::sync::Arc::new(digest));
    let mut file = drawn();
    let usage = planwise::usage::Usage {
        measured: Some(std::sync::Arc::new(measured)),
        ..planwise::usage::Usage::default()
    };
    let choices = planwise::wizard::session::Choices {
        usage,
        month: planwise::wizard::session::Month::Own,
        ..Default::default()
    };
    let draft: Value = serde_json::from_str(&choices.draft()).unwrap();
    file["usage"]["measured"] = draft["usage"]["measured"].clone();
    let catalog = planwise::catalog::Catalog::builtin().unwrap();
    reports(&[file], catalog).swap_remove(0)
}

/// A replay says the same when it is read back, whatever it found.
#[test]
fn every_replay_keeps_to_the_schema_and_reads_back_the_same() {
    let dec = |text: &str| text.parse::<rust_decimal::Decimal>().ok();
    let monday: jiff::Timestamp = "2026-10-26T09:20:00Z".parse().unwrap();
    let hit = |window: &str, hours: i64, until: Option<i64>| LimitHit {
        at: monday + hours.hours(),
        window: Some(window.to_owned()),
        resets_at: until.map(|until| monday + until.hours()),
    };
    let hits = vec![
        hit("five_hour", 0, Some(4)),
        hit("five_hour", 168, None),
        hit("seven_day_opus", 170, Some(190)),
        hit("overage", 336, None),
    ];
    let on = |plan: &str| Evidence {
        held: vec![Held { since: None, plan: plan.to_owned() }],
        named: Some("max".to_owned()),
        ..Evidence::default()
    };
    let asked = |evidence: Evidence, cap: Option<&str>, hour: Option<&str>| {
        replayed::replay(hits.clone(), evidence, |trace, ask| {
            let (spend_cap, hour_value) = (cap.and_then(dec), hour.and_then(dec));
            let ask = Ask { spend_cap, hour_value, yardstick: Yardstick::Tokens, ..ask.clone() };
            Digest::of(&Fit::new(trace, &ask), trace, &jiff::tz::TimeZone::UTC)
        })
    };
    let digests = [
        shapes::one_response(),
        shapes::fits_everything(),
        shapes::fits_nothing(),
        shapes::hits_on_the_own_plan(),
        asked(on("pro"), Some("7.5"), Some("30")),
        asked(on("ultra"), Some("0"), None),
        asked(on("api"), None, Some("0.01")),
        asked(Evidence::default(), None, Some("5")),
    ];
    let validator = validator(Schema::Report);
    let mut kinds = std::collections::BTreeSet::new();
    for digest in digests.into_iter().flatten() {
        let report = replayed_report(digest.clone());
        assert_valid(&validator, &report, "a replay");
        let reasons = &report["usage"]["measured"]["fit"]["reasons"];
        for part in ["findings", "assumptions", "caveats"] {
            let items = reasons[part].as_array().unwrap();
            kinds.extend(items.iter().map(|item| item["kind"].as_str().unwrap().to_owned()));
        }
        let read = read_answers(&report.to_string()).unwrap().usage.unwrap().measured.unwrap();
        assert_eq!(read.fit.as_deref(), Some(&digest));
    }
    assert!(kinds.len() > 25, "{kinds:?}");
}

/// What logs of four weeks say.
fn measured() -> planwise::measured::Measured {
    let file = json!({"usage": {"input_tokens": 1, "output_tokens": 1, "measured": {
        "from": "2026-10-26", "to": "2026-11-20", "days": 26, "timezone": "UTC",
        "sources": ["claude_code"], "responses": 192, "input_tokens": 3_000_000,
        "output_tokens": 900_000, "cache_read_pct": "91.2", "model": "claude-opus-5-5",
        "mix_usd": "224.6", "unpriced_responses": 0,
        "limits": {"hits": 6, "weeks": 3, "plan": "pro", "peak_pct": "97.3"},
        "sessions": {"count": 41, "median_minutes": "25.5", "marathons": 2},
        "unattended": {"output_tokens": 1, "of": 3}, "login": "claude", "doubts": ["few"],
        "daily_costs": [
            {"day": "2026-10-26", "usd": "12.345678", "unpriced_responses": 0},
            {"day": "2026-11-20", "usd": null, "unpriced_responses": 3}]}}});
    let usage = read_answers(&file.to_string()).unwrap().usage.unwrap();
    (*usage.measured.unwrap()).clone()
}

#[test]
fn a_report_on_real_usage_keeps_to_the_schema_and_reads_back_the_same() {
    let report = replayed_report(replayed::digest());
    let validator = validator(Schema::Report);
    assert_valid(&validator, &report, "real usage");
    let told = &report["usage"]["measured"]["fit"];
    assert_eq!(told["plan_now"], "pro");
    let read = read_answers(&report.to_string()).unwrap().usage.unwrap().measured.unwrap();
    assert_eq!(read.fit.as_deref(), Some(&replayed::digest()));
    let hours = json!("!".repeat(24));
    let hit = broken(&report, "/usage/measured/fit/week/days/0/hours", hours);
    assert_valid(&validator, &hit, "a limit hit in every hour");
    let read = read_answers(&hit.to_string()).unwrap().usage.unwrap().measured.unwrap();
    let week = read.fit.as_ref().unwrap().week.as_ref().unwrap();
    assert_eq!(week.days[0].1, [planwise::fit::Mark::Hit; 24]);
    for (path, wrong) in [
        ("days", json!(0)),
        ("plans/1/carries_it", json!("maybe")),
        ("plans/1/at_capacity/low/blocked_hours", json!(5)),
        ("week/days/0/hours", json!("oo")),
        ("week/window", json!("month")),
        ("week/amounts/asked", json!(5)),
        ("plans/1/at_capacity/low/refused_pct", json!(101)),
        ("reasons/yardstick", json!("words")),
        ("reasons/findings/0/kind", json!("magic")),
        ("reasons/findings/0/is_sure", json!("yes")),
        ("reasons/windows/0/holds/now/low", json!("-1")),
        ("reasons/assumptions/0", json!("few")),
    ] {
        let wrong = broken(&report, &format!("/usage/measured/fit/{path}"), wrong);
        assert!(!validator.is_valid(&wrong), "{path}");
        let said = read_answers(&wrong.to_string()).unwrap_err().to_string();
        assert!(said.contains("fit"), "{path}: {said}");
    }
    for (path, wrong) in
        [("0/day", json!("yesterday")), ("0/usd", json!(12)), ("1/unpriced_responses", json!("3"))]
    {
        let wrong = broken(&report, &format!("/usage/measured/daily_costs/{path}"), wrong);
        assert!(!validator.is_valid(&wrong), "{path}");
        let said = read_answers(&wrong.to_string()).unwrap_err().to_string();
        assert!(said.contains("daily_costs"), "{path}: {said}");
    }
    // What the schema cannot say: the days lie within the month's own and keep their order.
    for day in ["2026-10-25", "2026-11-20", "2026-11-21"] {
        let path = "/usage/measured/daily_costs/0/day";
        let said = read_answers(&broken(&report, path, json!(day)).to_string()).unwrap_err();
        let said = said.to_string();
        assert!(said.contains("each day once and in order"), "{day}: {said}");
    }
    assert_valid(&self::validator(Schema::Answers), &report, "a report as answers");
}

/// The report with one thing otherwise.
fn broken(report: &Value, path: &str, value: Value) -> Value {
    let mut broken = report.clone();
    *broken.pointer_mut(path).unwrap() = value;
    broken
}

#[test]
fn a_broken_report_is_refused() {
    let validator = validator(Schema::Report);
    let report = &reports(&[drawn()], planwise::catalog::Catalog::builtin().unwrap())[0];
    assert_valid(&validator, report, "whole");
    for (path, value) in [
        ("/schema_version", json!(2)),
        ("/schema_version", json!("1")),
        ("/tool/rules", json!("newest")),
        ("/tool/name", json!("other")),
        ("/created", json!("2026-11-22")),
        ("/created", json!("2026-13-22T14:05:00+01:00")),
        ("/created", json!("yesterday")),
        ("/catalog/id", json!("/home/ana/prices.json")),
        ("/catalog/as_of", json!("20.11.2026")),
        ("/catalog/as_of", json!("2026-02-30")),
        ("/catalog/models/0/input", json!(2)),
        ("/catalog/models/0/input", json!("2e0")),
        ("/catalog/models/0/input", json!("-2")),
        ("/catalog/models/0/status", json!("new")),
        ("/answers/interface", json!("web")),
        ("/answers/interface", json!(null)),
        ("/answer_origin/limits", json!("guess")),
        ("/usage/input_tokens", json!(-1)),
        ("/usage/input_tokens", json!(1.5)),
        ("/usage/input_tokens", json!(1_000_000_000_001_u64)),
        ("/usage/input_tokens", json!("3")),
        ("/usage/outside_share_pct", json!(101)),
        ("/usage/outside_share_pct", json!("20")),
        ("/usage/cache_read_pct", json!("33.33333")),
        ("/usage/cache_read_pct", json!("100.0001")),
        ("/usage/thinking_pct", json!(1001)),
        ("/usage/pro_price", json!("0")),
        ("/usage/pro_price", json!("weekly")),
        ("/usage/pro_price", json!("10000.01")),
        ("/usage/model", json!("")),
        ("/facts/as_of", json!(null)),
        ("/result/outcome", json!("both")),
        ("/result/variant", json!("key")),
        ("/result/rule", json!("R8")),
        ("/result/strength", json!("certain")),
        ("/result/need_pro", json!(16)),
        ("/result/mark", json!(4)),
        ("/result/capacity_check", json!("no")),
        ("/result/reasons/0/item", json!("P9")),
        ("/result/reasons/0/side", json!("api")),
        ("/result/reasons/0/points", json!(0)),
        ("/result/reasons/0/because", json!({})),
        ("/result/reasons/0/section", json!("")),
        ("/result/costs_usd/pro", json!(null)),
        ("/result/costs_usd/api", json!(15)),
        ("/result/costs_usd/api", json!("$15")),
        ("/result/costs_usd/api", json!("15.")),
        ("/result/p_api_under_pro", json!(1.2)),
        ("/result/split/pro_pct", json!("72")),
        ("/result/models", json!([])),
        ("/result/models/0/vs_pro_usd", json!("+5")),
        ("/result/flips/0/kind", json!("mood")),
        ("/result/flips/0/outcome", json!("none")),
        ("/result/flips/0/question", json!("colour")),
        ("/result/unmet", json!(["love"])),
        ("/assumptions/band_pct", json!(30)),
        ("/notes/0/id", json!("Y1")),
        ("/notes/0/date", json!("2026")),
        ("/notes/0/source", json!("two\nlines")),
        ("/title", json!(7)),
    ] {
        let broken = broken(report, path, value.clone());
        assert!(!validator.is_valid(&broken), "{path}: {value} is taken");
    }
}

/// Every object in a value, by its path.
fn objects(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.push(path.to_owned());
            for (name, value) in fields {
                objects(value, &format!("{path}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                objects(item, &format!("{path}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn a_report_has_every_field_and_no_other() {
    let validator = validator(Schema::Report);
    let report = &reports(&[drawn()], planwise::catalog::Catalog::builtin().unwrap())[0];
    let mut paths = Vec::new();
    objects(report, "", &mut paths);
    assert!(paths.len() > 25, "{paths:?}");
    for path in paths {
        let fields = report.pointer(&path).unwrap().as_object().unwrap().clone();
        let optional = |name: &str| {
            // Reports of earlier rules do not have these.
            ["other_ways", "overflow_origin"].contains(&name)
                || (path.is_empty() && ["title", "note", "name"].contains(&name))
                || (path.ends_with("/because") && fields.len() > 1)
        };
        for name in fields.keys().filter(|name| !optional(name)) {
            let mut fewer = fields.clone();
            fewer.remove(name);
            let broken = broken_at(report, &path, fewer.into());
            assert!(!validator.is_valid(&broken), "without {path}/{name}");
        }
        let mut more = fields;
        more.insert("more".to_owned(), json!(1));
        assert!(!validator.is_valid(&broken_at(report, &path, more.into())), "more in {path}");
    }
}

fn broken_at(report: &Value, path: &str, value: Value) -> Value {
    if path.is_empty() { value } else { broken(report, path, value) }
}

#[test]
#[expect(clippy::too_many_lines, reason = "most of them are a table of values")]
fn the_schema_of_answers_takes_what_the_program_takes() {
    let validator = validator(Schema::Answers);
    let whole = drawn();
    let with = |path: &str, value: Value| {
        let mut file = whole.clone();
        let (parent, name) = path.rsplit_once('/').unwrap();
        file.pointer_mut(parent).unwrap()[name] = value;
        file
    };
    let without = |path: &str, file: &Value| {
        let mut file = file.clone();
        let (parent, name) = path.rsplit_once('/').unwrap();
        file.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
        file
    };
    let code = with("/answers/interface", json!("code"));
    let no_keys = with("/answers/developer", json!("no"));
    let mut files = vec![
        whole.clone(),
        without("/answers/developer", &code),
        without("/answers/developer", &whole),
        without("/answers/control", &no_keys),
        without("/answers/control", &whole),
        without("/answers/limits", &whole),
        without("/answers", &whole),
        without("/usage", &whole),
        without("/usage/input_tokens", &whole),
        with("/schema_version", json!(1)),
        with("/schema_version", json!(2)),
        with("/schema_version", json!(null)),
        with("/answers", json!([])),
        with("/usage", json!(null)),
        json!([]),
    ];
    for (path, values) in [
        ("/answers/limits", vec![json!("unknown"), json!("daily"), json!(null), json!(1)]),
        ("/answers/control", vec![json!("yes"), json!(null), json!(true)]),
        (
            "/usage/input_tokens",
            vec![
                json!(0),
                json!(1_000_000_000_000_u64),
                json!(1_000_000_000_001_u64),
                json!(-1),
                json!("3"),
                json!(null),
                json!(1.5),
            ],
        ),
        (
            "/usage/outside_share_pct",
            vec![json!(0), json!(100), json!(101), json!("20"), json!(null), json!(-1)],
        ),
        (
            "/usage/outside_origin",
            vec![json!("default"), json!("user"), json!("usage"), json!("me"), json!(null)],
        ),
        ("/usage/confidence", vec![json!("guess"), json!("sure"), json!(null), json!(1)]),
        (
            "/usage/cache_read_pct",
            vec![
                json!(0),
                json!(100),
                json!(101),
                json!("33.3333"),
                json!("33.33333"),
                json!("100"),
                json!("100.0001"),
                json!("1e1"),
                json!(" 1"),
                json!(".5"),
                json!("007.5"),
                json!(null),
            ],
        ),
        (
            "/usage/thinking_pct",
            vec![
                json!(1000),
                json!(1001),
                json!("999.9999"),
                json!("1000.0001"),
                json!("1000.0000"),
            ],
        ),
        (
            "/usage/pro_price",
            vec![
                json!("monthly"),
                json!("annual"),
                json!("17"),
                json!("17.5"),
                json!("17.555"),
                json!("0"),
                json!("0.00"),
                json!("0.01"),
                json!("0.10"),
                json!("10000"),
                json!("10000.01"),
                json!("$17"),
                json!(17),
                json!(null),
                json!("017"),
            ],
        ),
        ("/usage/overflow_pct", vec![json!(0), json!(30), json!(101), json!(null)]),
        ("/usage/capacity_input", vec![json!(0), json!(null), json!(-1)]),
        ("/usage/prompt_tokens", vec![json!(200_000), json!("200k"), json!(null)]),
        (
            "/usage/model",
            vec![json!("claude-sonnet-5-5"), json!(""), json!(" "), json!(5), json!(null)],
        ),
    ] {
        files.extend(values.into_iter().map(|value| with(path, value)));
    }
    let mut user = with("/usage/outside_origin", json!("user"));
    files.push(user.clone());
    user["usage"]["outside_share_pct"] = json!(35);
    files.push(user);
    let mut default = with("/usage/outside_origin", json!("default"));
    default["usage"]["outside_share_pct"] = json!("anything");
    files.push(default);
    let (mut taken, mut refused) = (0, 0);
    for file in files {
        let text = file.to_string();
        let read = read_answers(&text)
            .map_err(|e| e.to_string())
            .and_then(|file| file.complete(false).map(drop).map_err(|error| error.to_string()));
        assert_eq!(validator.is_valid(&file), read.is_ok(), "{text}: {read:?}");
        *(if read.is_ok() { &mut taken } else { &mut refused }) += 1;
    }
    assert!(taken > 25 && refused > 35, "{taken} taken, {refused} refused");
    // A slip in a name is found here; the program names it and goes on.
    assert!(!validator.is_valid(&with("/usage/input_token", json!(3))));
    assert!(!validator.is_valid(&with("/answers/interfaces", json!("chat"))));
}

#[test]
fn a_broken_summary_of_usage_is_refused() {
    let validator = validator(Schema::Usage);
    let home = Home::new();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/usage");
    let ran = home.run(&["usage", fixture.to_str().unwrap(), "--format", "json"]);
    let summary: Value = serde_json::from_str(&ran.out).unwrap();
    assert_valid(&validator, &summary, "whole");
    let model = summary["models"].as_object().unwrap().keys().next().unwrap();
    for (path, value) in [
        ("/timezone", json!("")),
        ("/catalog/as_of", json!(20)),
        ("/coverage/from", json!("2026-11-20")),
        ("/coverage/days", json!(-1)),
        ("/totals/input", json!("5")),
        ("/totals/usd", json!(5.5)),
        ("/totals/usd", json!("5e1")),
        ("/rows/0/key", json!(1)),
        ("/rows/0", json!({})),
        ("/limit_hits/0/at", json!(null)),
        ("/sessions/median_minutes", json!("4")),
        ("/unattended_pct", json!(101)),
        ("/doubts", json!("none")),
        (&format!("/models/{model}"), json!({})),
    ] {
        let broken = broken(&summary, path, value.clone());
        assert!(!validator.is_valid(&broken), "{path}: {value} is taken");
    }
    let may_lack = ["ccusage_usd"];
    for name in
        summary.as_object().unwrap().keys().filter(|name| !may_lack.contains(&name.as_str()))
    {
        let mut fewer = summary.clone();
        fewer.as_object_mut().unwrap().remove(name);
        assert!(!validator.is_valid(&fewer), "without {name}");
    }
    // What a later version adds breaks nobody.
    let mut more = summary.clone();
    more["more"] = json!(1);
    more["totals"]["billed_usd"] = json!("1.5");
    assert_valid(&validator, &more, "more fields");
}

#[test]
fn every_schema_is_printed_as_it_stands_in_the_documents_and_is_sound() {
    let home = Home::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema");
    let mut files: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let mut names: Vec<String> =
        Schema::ALL.iter().map(|schema| format!("{}.json", schema.name())).collect();
    names.sort();
    assert_eq!(files, names);
    for schema in Schema::ALL {
        let file = std::fs::read_to_string(folder.join(format!("{}.json", schema.name()))).unwrap();
        assert_eq!(home.run(&["schema", schema.name()]).text(), file);
        let value: Value = serde_json::from_str(&file).unwrap();
        jsonschema::meta::validate(&value).unwrap();
        assert_eq!(value["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(described(&value, schema.name()) >= 10, "{}", schema.name());
    }
    assert_eq!(
        home.run(&["schema", "reprot"]).refusal(2),
        "'<NAME>': 'reprot' is not one of report, answers, usage, fit (did you mean 'report'?)"
    );
}

/// Every named field says what it is, in which unit. Returns how many there are.
fn described(schema: &Value, at: &str) -> usize {
    let mut found = 0;
    match schema {
        Value::Object(fields) => {
            for (name, value) in fields {
                let at = format!("{at}/{name}");
                let conditional = ["if", "then", "else", "not"].contains(&name.as_str());
                if conditional {
                    continue;
                }
                if name == "properties" && !at.contains("allOf") {
                    for (field, value) in value.as_object().unwrap() {
                        let told = value.get("description").is_some()
                            || value.get("$ref").is_some()
                            || value.get("const").is_some();
                        assert!(told, "{at}/{field} is not described");
                        found += 1;
                    }
                }
                found += described(value, &at);
            }
        }
        Value::Array(items) => found += items.iter().map(|item| described(item, at)).sum::<usize>(),
        _ => {}
    }
    found
}
