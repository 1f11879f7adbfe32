//! Every report format, and invalid results.

use serde_json::{Value, json};

use super::*;
use crate::history::Response;

const USAGE: &str = include_str!("../../../tests/fixtures/usage/admin_usage.json");
const COST: &str = include_str!("../../../tests/fixtures/usage/admin_cost.json");

fn read_all(files: &[&str]) -> History {
    let mut history = History::default();
    for text in files {
        read(text.as_bytes(), "report.json", &mut history);
    }
    history
}

fn sums(history: &History) -> Vec<&Response> {
    let mut all: Vec<&Response> = history.responses().collect();
    all.sort_by_key(|sum| (sum.time, sum.tokens.output));
    all
}

fn bills(history: &History) -> Vec<String> {
    let mut all: Vec<String> = history
        .bills()
        .map(|bill| format!("{} {} {:?}", bill.at, bill.usd.normalize(), bill.model))
        .collect();
    all.sort();
    all
}

fn skipped(history: &History) -> Vec<(Skip, u64)> {
    history.skipped().iter().map(|(why, count)| (*why, *count)).collect()
}

/// A one-day report with these results.
fn report(results: &[Value]) -> Value {
    json!({"data": [{"starting_at": "2026-11-01T00:00:00Z", "ending_at": "2026-11-02T00:00:00Z",
        "results": results}], "has_more": false, "next_page": null})
}

fn result(output: u64) -> Value {
    json!({"model": "claude-opus-5-5", "output_tokens": output, "service_tier": "standard"})
}

/// The doubts it raises.
fn doubts(history: &History) -> String {
    let text = format!("{history:?}");
    text.split("doubts: ").nth(1).unwrap_or_default().to_owned()
}

#[test]
fn the_sample_of_usage_is_one_sum_of_a_day() {
    let history = read_all(&[USAGE]);
    let all = sums(&history);
    assert_eq!(all.len(), 1);
    let sum = all[0];
    assert_eq!(sum.time.to_string(), "2026-11-01T00:00:00Z");
    assert_eq!(&*sum.model, "claude-sonnet-5-5");
    let tokens = Tokens {
        input: 1_500,
        output: 500,
        cache_write_5m: 500,
        cache_write_1h: 1_000,
        cache_read: 200,
    };
    assert_eq!(sum.tokens, tokens);
    assert_eq!(sum.web_searches, 10);
    let batch = Terms { tier: Tier::Batch, prompt: PromptSize::UpTo200K, ..Terms::default() };
    assert_eq!(sum.terms, batch);
    assert_eq!((sum.count, sum.source), (Count::Sum { days: 1 }, Source::AdminUsage));
    assert_eq!((&*sum.project, &*sum.session, sum.asker), ("", "", Asker::Unknown));
    assert_eq!(doubts(&history).matches("report.json").count(), 0);
}

#[test]
fn the_cost_report_is_in_cents() {
    let history = read_all(&[COST]);
    // 123.78912 cents of input tokens and 20.00 cents of web searches.
    assert_eq!(
        bills(&history),
        [
            "2026-11-01T00:00:00Z 0.2 None",
            "2026-11-01T00:00:00Z 1.2378912 Some(\"claude-opus-5-5\")"
        ]
    );
    assert_eq!(history.responses().count(), 0);
    assert_eq!(history.sources()[&Source::AdminCosts], 1);
}

#[test]
fn the_same_report_twice_counts_once_and_two_equal_results_both_count() {
    let text = report(&[result(5), result(5)]).to_string();
    assert_eq!(sums(&read_all(&[&text])).len(), 2);
    assert_eq!(sums(&read_all(&[&text, &text])).len(), 2);
    assert_eq!(bills(&read_all(&[COST, COST])).len(), 2);
}

#[test]
fn group_keys_are_null_unless_the_report_was_grouped_by_them() {
    let plain = json!({"model": "claude-opus-5-5", "output_tokens": 5, "service_tier": null,
        "api_key_id": null, "workspace_id": null, "context_window": null, "inference_geo": null,
        "speed": null, "cache_creation": null, "server_tool_use": null});
    let history = read_all(&[&report(&[plain]).to_string()]);
    assert_eq!(sums(&history)[0].terms, Terms::default());
    assert!(doubts(&history).contains("not grouped by service tier"), "{history:?}");
    let no_model = report(&[json!({"model": null, "output_tokens": 5})]);
    let history = read_all(&[&no_model.to_string()]);
    assert_eq!((&*sums(&history)[0].model, sums(&history)[0].tokens.output), ("(none)", 5));
    assert!(doubts(&history).contains("not grouped by model"), "{history:?}");
}

#[test]
fn service_tier_geography_speed_and_workspace_are_taken_over() {
    let mut grouped = result(5);
    for (name, value) in [
        ("service_tier", "flex_discount"),
        ("inference_geo", "us"),
        ("speed", "fast"),
        ("workspace_id", "wrkspc_1"),
        ("context_window", "200k-1M"),
    ] {
        grouped[name] = value.into();
    }
    let history = read_all(&[&report(&[grouped]).to_string()]);
    let sum = sums(&history)[0];
    let terms =
        Terms { fast: true, us_only: true, tier: Tier::Other, prompt: PromptSize::Above200K };
    assert_eq!((sum.terms, &*sum.project), (terms, "wrkspc_1"));
}

#[test]
fn a_bucket_of_an_hour_is_a_part_of_a_day() {
    let mut hour = report(&[result(5)]);
    hour["data"][0]["ending_at"] = "2026-11-01T01:00:00Z".into();
    assert_eq!(sums(&read_all(&[&hour.to_string()]))[0].count, Count::Sum { days: 0 });
}

#[test]
fn a_page_of_several_is_said() {
    let mut page = report(&[result(5)]);
    page["has_more"] = true.into();
    let first = page.to_string();
    let more = "one page of several";
    assert!(doubts(&read_all(&[&first])).contains(more));
    // With the last page after it, in either form, nothing is missing.
    page = report(&[result(7)]);
    page["data"][0]["starting_at"] = "2026-11-02T00:00:00Z".into();
    for text in [format!("{first}\n{page}\n"), format!("[{first},{page}]")] {
        let history = read_all(&[&text]);
        assert_eq!(sums(&history).len(), 2, "{text}");
        assert!(!doubts(&history).contains(more), "{text}");
    }
}

#[test]
fn a_bad_result_spoils_only_itself() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for (bad, why) in [
        (r#"{"model":"m","output_tokens":-1}"#.to_owned(), Skip::BadCount),
        (r#"{"model":"m","output_tokens":"7"}"#.to_owned(), Skip::BadCount),
        (r#"{"model":"m","output_tokens":1.5}"#.to_owned(), Skip::BadCount),
        (r#"{"model":"m","output_tokens":9223372036854775807}"#.to_owned(), Skip::BadCount),
        (
            r#"{"model":"m","server_tool_use":{"web_search_requests":[]}}"#.to_owned(),
            Skip::BadCount,
        ),
        (format!(r#"{{"model":"m","output_tokens":{deep}}}"#), Skip::BadCount),
        (r#"{"amount":12.5,"currency":"USD"}"#.to_owned(), Skip::BadCount),
        (r#"{"amount":"-1000000000001","currency":"USD"}"#.to_owned(), Skip::BadCount),
        (r#"{"amount":"12.5","currency":"EUR"}"#.to_owned(), Skip::BadCount),
        (r#"{"amount":"lots"}"#.to_owned(), Skip::BadCount),
        (r#"{"output_tokens":5}"#.to_owned(), Skip::NoModel),
        (r#"{"model":{},"output_tokens":5}"#.to_owned(), Skip::NoModel),
        (r#"{"model":"m" "output_tokens":5}"#.to_owned(), Skip::NotJson),
        ("17".to_owned(), Skip::NotJson),
        ("null".to_owned(), Skip::NotJson),
    ] {
        let text = report(&[result(5), json!("BAD"), result(6)]).to_string();
        let history = read_all(&[&text.replace("\"BAD\"", &bad)]);
        let outputs: Vec<u64> = sums(&history).iter().map(|sum| sum.tokens.output).collect();
        assert_eq!(outputs, [5, 6], "{bad:.60}");
        assert_eq!(skipped(&history), [(why, 1)], "{bad:.60}");
        assert_eq!(history.bills().count(), 0);
    }
}

#[test]
fn unknown_fields_of_any_depth_and_half_characters_are_survived() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let text = report(&[result(5)]).to_string();
    let text = text.replacen("\"model\"", &format!("\"x\":{deep},\"y\":\"\u{1}\",\"model\""), 1);
    let text = text.replace('\u{1}', "?");
    let mut bytes = text.into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'?').unwrap();
    bytes[at] = 0xe2;
    let mut history = History::default();
    read(&bytes, "x", &mut history);
    assert_eq!(sums(&history).len(), 1);
    assert!(history.skipped().is_empty(), "{:?}", history.skipped());
}

#[test]
fn a_bucket_without_a_time_is_named() {
    for time in [json!(null), json!("2026-11-01"), json!("2026-11-01T00:00:00"), json!(7)] {
        let mut page = report(&[result(5)]);
        page["data"][0]["starting_at"] = time;
        assert_eq!(skipped(&read_all(&[&page.to_string()])), [(Skip::NoTime, 1)]);
    }
}

#[test]
fn a_report_that_is_cut_off_yields_what_is_whole_and_says_so() {
    let text = format!(
        r#"{{"data":[{{"starting_at":"2026-11-01T00:00:00Z","results":[{},{{"model":"claude-opu"#,
        result(5)
    );
    let history = read_all(&[&text]);
    assert_eq!(sums(&history).len(), 1);
    assert_eq!(skipped(&history), [(Skip::NotJson, 1)]);
    assert!(doubts(&history).contains("'report.json' ends in the middle"));
}

#[test]
fn utf_16_and_foreign_files_are_survived() {
    let bytes: Vec<u8> = USAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut history = History::default();
    read(&bytes, "x", &mut history);
    assert_eq!(sums(&history).len(), 1);
    for text in ["", "7", "{}", "[1]", "{\"data\":7}", "{\"data\":[]}x{"] {
        let history = read_all(&[text]);
        assert_eq!(history.responses().count() + history.bills().count(), 0, "{text}");
        assert!(history.sources().is_empty());
    }
    assert!(doubts(&read_all(&["{}"])).contains("'report.json' is no report of the Admin API"));
}
