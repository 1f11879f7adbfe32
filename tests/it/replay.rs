//! `planwise replay`: what changed since a report was saved, why, and how it turned out.

use crate::common::home::{Home, answers, assert_fits, drawn};
use serde_json::{Value, json};

/// The report of the drawn case with some fields otherwise.
fn saved(home: &Home, edits: &[(&str, Value)]) -> Value {
    let mut report: Value = serde_json::from_str(&home.report(&drawn())).unwrap();
    for (path, value) in edits {
        *report.pointer_mut(path).unwrap() = value.clone();
    }
    home.file("report.json", report.to_string());
    report
}

/// The text of a replay, which fits a terminal.
fn text(home: &Home, args: &[&str]) -> String {
    let text = home.run(&[&["replay", "report.json"], args].concat()).text();
    assert_fits(&text);
    text
}

fn json_of(home: &Home, args: &[&str]) -> Value {
    home.run(&[&["replay", "report.json", "--format", "json"], args].concat()).json()
}

/// The report as it would have been with Sonnet at $3 and $15: $22.50, hybrid $26.30.
const DEARER: [(&str, &str); 6] = [
    ("/catalog/models/0/input", "3"),
    ("/catalog/models/0/output", "15"),
    ("/result/costs_usd/api", "22.5"),
    ("/result/costs_usd/hybrid", "26.3"),
    ("/result/costs_usd/api_p10", "15"),
    ("/result/costs_usd/api_p90", "33.75"),
];

fn dearer() -> Vec<(&'static str, Value)> {
    DEARER.iter().map(|(path, value)| (*path, json!(value))).collect()
}

#[test]
fn nothing_changed_is_said() {
    let home = Home::new();
    saved(&home, &[]);
    insta::assert_snapshot!(text(&home, &[]));
    let replay = json_of(&home, &[]);
    assert_eq!(replay["changes"], json!([]));
    assert_eq!(replay["still_stands"], true);
    assert_eq!(replay["actual"], Value::Null);
}

#[test]
fn another_price_names_its_row_and_what_it_does() {
    let home = Home::new();
    saved(&home, &dearer());
    insta::assert_snapshot!(text(&home, &[]));
    let replay = json_of(&home, &[]);
    assert_eq!(replay["summary"], "API $22.50 -> $15.00, hybrid $26.30 -> $24.20; still Hybrid.");
    assert_eq!(
        replay["changes"],
        json!([
            {"kind": "cost", "of": "api", "from": "22.5", "to": "15", "cause": "prices"},
            {"kind": "cost", "of": "hybrid", "from": "26.3", "to": "24.2", "cause": "parts"},
            {"kind": "price", "model": "claude-sonnet-5-5", "class": "input", "from": "3", "to": "2"},
            {"kind": "price", "model": "claude-sonnet-5-5", "class": "output", "from": "15", "to": "10"},
        ])
    );
}

#[test]
fn everything_that_can_change_is_told_with_its_cause() {
    let home = Home::new();
    let mut edits = dearer();
    edits.extend([
        ("/tool/rules", json!("2026.09-1")),
        ("/catalog/as_of", json!("2026-09-01")),
        ("/catalog/models/1/id", json!("claude-opus-5-0")),
        ("/catalog/models/2/status", json!("legacy")),
        ("/catalog/models/3/cache_read", json!(null)),
        ("/result/outcome", json!("pro")),
        ("/result/rule", json!("R4")),
        ("/result/strength", json!("close")),
        ("/result/costs_usd/pro", json!("17")),
        ("/result/reasons/0/points", json!(1)),
        ("/result/split/outside_pct", json!(10)),
        ("/result/split/overflow_pct", json!(0)),
        ("/assumptions/capacity_input", json!(25_000_000)),
        ("/result/warnings", json!([{"id": "W9", "text": "The list was old."}])),
        ("/notes", json!([])),
    ]);
    saved(&home, &edits);
    insta::assert_snapshot!(text(&home, &[]));
    let replay = json_of(&home, &[]);
    assert_eq!(replay["still_stands"], false);
    let kinds: Vec<&str> = replay["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["kind"].as_str().unwrap())
        .collect();
    for kind in [
        "outcome",
        "cost",
        "price",
        "model_new",
        "model_gone",
        "status",
        "rules",
        "rule",
        "points",
        "share",
        "capacity",
        "strength",
        "remark_new",
        "remark_gone",
    ] {
        assert!(kinds.contains(&kind), "no {kind} in {kinds:?}");
    }
}

#[test]
fn figures_that_do_not_follow_from_their_prices_are_named() {
    let home = Home::new();
    saved(&home, &[("/result/costs_usd/api", json!("1"))]);
    let text = text(&home, &[]);
    let words: Vec<&str> = text.split_whitespace().collect();
    assert!(
        words.join(" ").contains(
            "API costs something else: the report's own figures do not follow from its prices; it was changed by hand"
        ),
        "{text}"
    );
    assert_eq!(json_of(&home, &[])["changes"][0]["cause"], "edited");
}

#[test]
fn another_list_or_model_is_taken_by_name() {
    let home = Home::new();
    saved(&home, &[]);
    let refusal = home.run(&["replay", "report.json", "--catalog", "article"]).refusal(1);
    assert!(
        refusal.starts_with("cannot replay 'report.json': model 'claude-sonnet-5-5'"),
        "{refusal}"
    );
    assert!(
        refusal
            .ends_with("name another model with '--model', or another price list with '--catalog'"),
        "{refusal}"
    );
    let args = ["--catalog", "article", "--model", "claude-sonnet-4-5"];
    let replay = json_of(&home, &args);
    // 3M x 3 + 0.9M x 15 = 9 + 13.5.
    assert_eq!(replay["now"]["costs_usd"]["api"], "22.5");
    assert_eq!(replay["changes"][0]["cause"], "model");
    assert_eq!(
        replay["now"]["catalog"],
        json!({"id": "article", "as_of": replay["now"]["catalog"]["as_of"]})
    );
}

#[test]
fn an_assumed_answer_stays_assumed() {
    let home = Home::new();
    let file =
        json!({"answers": {}, "usage": {"input_tokens": 3_000_000, "output_tokens": 900_000}});
    home.file("few.json", file.to_string());
    let report = home
        .run(&["decide", "--answers", "few.json", "--assume-defaults", "--format", "json"])
        .text();
    home.file("report.json", report);
    assert_eq!(json_of(&home, &[])["changes"], json!([]));
}

#[test]
fn what_is_no_report_is_refused_with_the_way_out() {
    let home = Home::new();
    home.file("report.json", drawn().to_string());
    assert_eq!(
        home.run(&["replay", "report.json"]).refusal(1),
        "cannot replay 'report.json': 'result' is missing: this is a file of answers, not a saved report; save one with 'planwise decide --format json', or in the wizard"
    );
    for (path, value, said) in [
        (
            "/created",
            json!("yesterday"),
            "'created' is 'yesterday'; it must be a time such as 2026-11-22T14:05:00+01:00",
        ),
        (
            "/result/outcome",
            json!("both"),
            "'result.outcome' cannot be 'both'; choose pro, hybrid or api",
        ),
        (
            "/result/costs_usd/api",
            json!("1e3"),
            "'result.costs_usd.api' must be an amount in quotes, plain digits such as \"2.50\"",
        ),
        (
            "/result/costs_usd/api",
            json!("99999999999999999999999999"),
            "'result.costs_usd.api' must be an amount in quotes, plain digits such as \"2.50\"",
        ),
        (
            "/answer_origin/limits",
            json!("me"),
            "'answer_origin.limits' cannot be 'me'; choose user, derived, assumed or usage",
        ),
        (
            "/schema_version",
            json!(9),
            "the file has schema version 9, but this planwise reads versions up to 1; use a newer planwise",
        ),
    ] {
        saved(&home, &[(path, value)]);
        assert_eq!(
            home.run(&["replay", "report.json"]).refusal(1),
            format!("cannot replay 'report.json': {said}")
        );
    }
    saved(&home, &[("/result/split", json!(7))]);
    let refusal = home.run(&["replay", "report.json"]).refusal(1);
    assert_eq!(refusal, "cannot replay 'report.json': 'result.split' must be an object in braces");
    assert_eq!(
        home.run(&["replay"]).refusal(2),
        "missing '<REPORT|->'; see 'planwise replay --help'"
    );
}

#[test]
fn a_report_of_the_first_days_still_opens() {
    let home = Home::new();
    let mut report = saved(&home, &[]);
    report.as_object_mut().unwrap().remove("schema_version");
    home.file("report.json", report.to_string());
    assert_eq!(json_of(&home, &[])["changes"], json!([]));
}

#[test]
fn hostile_text_in_a_report_is_inert() {
    let home = Home::new();
    let hostile = "</style><script>\u{1b}[2J\u{202e}|`=cmd()\nnew line";
    let long = "y".repeat(10_000);
    saved(
        &home,
        &[
            (
                "/result/warnings",
                json!([{"id": hostile, "text": hostile}, {"id": "W1", "text": long}]),
            ),
            ("/catalog/models/0/id", json!(hostile)),
            ("/tool/rules", json!(hostile)),
        ],
    );
    let text = text(&home, &[]);
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
    assert!(text.len() < 6_000, "{} bytes", text.len());
    json_of(&home, &[]);
}

/// A log with one response a day, from a day of November on.
fn log(first: u32, days: u32, model: &str, [input, output, write, read]: [u64; 4]) -> String {
    let lines = (first..first + days).map(|day| {
        json!({"type": "assistant", "timestamp": format!("2026-11-{day:02}T12:00:00Z"),
            "sessionId": "s", "message": {"id": format!("m{day}"), "model": model,
            "usage": {"input_tokens": input, "output_tokens": output,
                "cache_creation_input_tokens": write, "cache_read_input_tokens": read}}})
        .to_string()
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// The drawn case, made on the 3rd of November.
fn early(home: &Home) {
    saved(home, &[("/created", json!("2026-11-03T09:00:00+01:00"))]);
}

#[test]
fn a_month_of_real_usage_inside_the_range_stands() {
    let home = Home::new();
    early(&home);
    // Before the report: does not count.
    home.file("logs/before.jsonl", log(1, 2, "claude-sonnet-5-5", [90_000_000, 1, 0, 0]));
    // Twenty days of 100,000 in and 30,000 out: times 365/12 = 3,041,667 and 912,500 a month.
    home.file("logs/after.jsonl", log(3, 20, "claude-sonnet-5-5", [60_000, 30_000, 0, 40_000]));
    insta::assert_snapshot!(text(&home, &["--usage", "logs"]));
    let actual = json_of(&home, &["--usage", "logs"])["actual"].clone();
    assert_eq!(actual["days"], 20);
    assert_eq!(actual["too_short"], false);
    let month = &actual["month"];
    assert_eq!(month["actual"]["input_tokens"], 3_041_667);
    assert_eq!(month["actual"]["output_tokens"], 912_500);
    // A day is 0.06 x 2 + 0.04 x 0.10 + 0.03 x 10 = 0.424 dollars; a month 12.896667.
    assert_eq!(month["actual"]["api_equivalent_usd"], "12.896667");
    assert_eq!(
        month["in_range"],
        json!({"input": "inside", "output": "inside", "api_usd": "inside"})
    );
    assert_eq!(month["recommendation"]["still_stands"], true);
    // 3,041,667 x (0.6 x 2 + 0.4 x 0.1) / 10^6 + 9.125, by the measured shares.
    assert_eq!(month["recommendation"]["costs_usd"]["api"], "12.89666708");
}

#[test]
fn usage_outside_the_range_and_another_recommendation_are_said() {
    let home = Home::new();
    let file = json!({
        "answers": answers(["chat", "short", "never", "none", "yes", "no", "none", "metered"]),
        "usage": {"input_tokens": 500_000, "output_tokens": 200_000},
    });
    home.file("answers.json", file.to_string());
    let report =
        home.report(&file).replace("2026-11-22T14:05:00+00:00", "2026-11-03T09:00:00+00:00");
    let value: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(value["result"]["outcome"], "api");
    home.file("report.json", report);
    home.file("logs/a.jsonl", log(3, 20, "claude-opus-5-5", [2_000_000, 400_000, 0, 0]));
    insta::assert_snapshot!(text(&home, &["--usage", "logs"]));
    let month = json_of(&home, &["--usage", "logs"])["actual"]["month"].clone();
    assert_eq!(month["in_range"], json!({"input": "above", "output": "above", "api_usd": "above"}));
    assert_eq!(month["recommendation"]["still_stands"], false);
}

#[test]
fn a_few_days_are_too_short_and_none_is_nothing() {
    let home = Home::new();
    saved(&home, &[("/created", json!("2026-11-17T09:00:00+01:00"))]);
    home.file("logs/a.jsonl", log(17, 5, "claude-sonnet-5-5", [10_000, 1_000, 0, 0]));
    let short = text(&home, &["--usage", "logs"]);
    assert!(short.contains("! Under 7 days are too short to stand for a month"), "{short}");
    assert!(short.contains("6 days covered, 5 responses"), "{short}");
    early(&home);
    home.file("logs/a.jsonl", log(1, 2, "claude-sonnet-5-5", [10_000, 1_000, 0, 0]));
    let none = text(&home, &["--usage", "logs"]);
    assert!(none.contains("No usage was found since then"), "{none}");
    assert_eq!(json_of(&home, &["--usage", "logs"])["actual"]["month"], Value::Null);
    home.file("logs/a.jsonl", log(4, 8, "gpt-6", [10_000, 1_000, 0, 0]));
    let unpriced = text(&home, &["--usage", "logs"]);
    assert!(unpriced.contains("8 responses have no price and are in no dollars"), "{unpriced}");
    assert!(unpriced.contains("unpriced"), "{unpriced}");
}

#[test]
fn more_than_a_month_can_hold_is_refused() {
    let home = Home::new();
    early(&home);
    home.file("logs/a.jsonl", log(4, 8, "claude-sonnet-5-5", [900_000_000_000, 1, 0, 0]));
    let refusal = home.run(&["replay", "report.json", "--usage", "logs"]).refusal(1);
    assert!(
        refusal.starts_with("the logs hold more than 1,000,000,000,000 tokens a month"),
        "{refusal}"
    );
}
