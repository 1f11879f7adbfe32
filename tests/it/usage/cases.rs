//! Logs as real people's folders hold them. Each case stands for its kind.

use serde_json::Value;

use super::*;

/// A file or folder of a case, by its full path.
fn case(path: &str) -> String {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cases");
    cases.join(path).to_str().unwrap().to_owned()
}

fn json_of_case(path: &str) -> Value {
    json_of(home().path(), &[&case(path)])
}

fn text_of_case(path: &str) -> String {
    let (code, out, err) = run(home().path(), &[&case(path)]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    out
}

fn doubts(json: &Value) -> String {
    json["doubts"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn writes_that_the_split_leaves_out_count_as_five_minute_writes() {
    for file in ["zero", "part"] {
        let json = json_of_case(&format!("cache-split/{file}.jsonl"));
        assert_eq!(json["totals"]["cache_write_5m"], 12_229, "{file}");
        assert_eq!(json["totals"]["cache_write_1h"], 0, "{file}");
        // 335 x 1 + 12,229 x 1.25 + 14,942 x 0.10 + 690 x 5 a million, and a web search.
        assert_eq!(json["totals"]["usd"], "0.03056545", "{file}");
        assert!(doubts(&json).contains("or not of all: 1. The rest counts as 5-minute writes"));
    }
    let json = json_of_case("cache-writes-lost-when-split-is-zero");
    assert_eq!(json["totals"]["cache_write_5m"], 3_590);
    assert!(doubts(&json).contains(
        "Unpriced responses of 'MiniMax-M2.1': 1, 21,322 tokens. The price list does not have this \
         model."
    ));
}

#[test]
fn who_typed_is_not_known_where_no_line_says_so() {
    let json = json_of_case("unattended-zero-where-not-told");
    assert_eq!(json["unattended_pct"], Value::Null);
    let text = text_of_case("unattended-zero-where-not-told");
    assert!(text.contains("Unattended: not known, the logs do not say who asked"), "{text}");
    assert!(text.contains("Who asked is not told: older Claude Code logs."), "{text}");
}

#[test]
fn fast_mode_in_the_id_has_the_price_of_fast_mode() {
    let folder = "fast-in-the-model-id-priced-as-standard";
    for file in ["session", "same-with-speed-fast"] {
        let json = json_of_case(&format!("{folder}/{file}.jsonl"));
        assert_eq!(json["totals"]["usd"], "0.473682", "{file}");
    }
}

#[test]
fn files_that_are_no_logs_are_named_for_what_they_are() {
    let folder = "other-files-called-claude-code-logs";
    for (file, what) in [
        ("qwen", "of no kind that is known; it is not read."),
        ("history", "the prompt history of Claude Code, which is not read."),
        (
            "stream-json",
            "output of 'claude -p --output-format stream-json' without times, which is not \
             read.",
        ),
    ] {
        let path = case(&format!("{folder}/{file}.jsonl"));
        let (_, out, err) = run(home().path(), &[&path, "--format", "json"]);
        assert_eq!(err.lines().next().unwrap(), format!("planwise: '{file}.jsonl' is {what}"));
        let json: Value = serde_json::from_str(&out).unwrap();
        assert_eq!((&json["coverage"]["files"], &json["sources"]), (&json!(0), &json!([])));
    }
    let json = json_of_case("task-file-is-ccusage-output");
    assert_eq!(json["sources"], json!([{"files": 1, "source": "Claude Code logs"}]));
    assert_eq!(json["coverage"]["files"], 1);
}

#[test]
fn sentences_about_limits_name_the_limit_and_its_reset() {
    for (file, window, reset) in [
        ("opus-weekly", "seven_day_opus", Some("2025-11-10T16:00:00Z")),
        ("date-with-at", "seven_day", Some("2026-08-26T14:00:00Z")),
        ("date-with-year", "seven_day", Some("2027-01-02T08:00:00Z")),
    ] {
        let json = json_of_case(&format!("limit-sentences-misread/{file}.jsonl"));
        let hit = &json["limit_hits"][0];
        assert_eq!((&hit["window"], &hit["resets_at"]), (&json!(window), &json!(reset)), "{file}");
        assert_eq!(json["spending_caps"], json!([]));
    }
}

#[test]
fn caps_on_spending_stand_apart_from_limits() {
    for (file, words) in [
        (
            "limit-sentences-misread/usage-credits.jsonl",
            "usage credits used up, until 2026-08-22 10:50",
        ),
        ("monthly-spend-limit-is-a-stop-of-the-plan", "monthly spend limit"),
    ] {
        let text = text_of_case(file);
        assert!(text.contains("Limit hits: 0"), "{text}");
        assert!(text.contains("Spending caps reached, not limits of a plan: 1"), "{text}");
        assert!(text.contains(words), "{text}");
    }
    let home = home();
    let logs = case("monthly-spend-limit-is-a-stop-of-the-plan");
    for plan in [&[][..], &["--plan-now", "max"]] {
        let (_, text, _) = command(home.path(), &[&["fit", &logs], plan].concat());
        assert!(!text.contains("limit hit") && !text.contains("stopped"), "{text}");
    }
}

/// Runs the program in an empty home: exit code, output, complaints.
fn command(home: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("planwise"))
        .args(args)
        .env_clear()
        .env("HOME", home)
        .env("TZ", "UTC")
        .env("SOURCE_DATE_EPOCH", NOW)
        .current_dir(home)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_dot_before_three_digits_is_asked_about() {
    let home = home();
    let (code, _, err) = command(home.path(), &["cost", "--input", "500.000", "--output", "0"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("'500.000' can mean 500 or 500,000; type it without the dot"), "{err}");
    let (code, out, _) = command(home.path(), &["cost", "--input", "1.000.000", "--output", "0"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("1,000,000 input"), "{out}");
}
