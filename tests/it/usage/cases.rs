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
        let json = later_json(&["usage"], &format!("limit-sentences-misread/{file}.jsonl"));
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

fn command(home: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    command_at(home, args, NOW)
}

/// Runs the program in an empty home at this time: exit code, output, complaints.
fn command_at(home: &Path, args: &[&str], now: &str) -> (Option<i32>, String, String) {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("planwise"))
        .args(args)
        .env_clear()
        .env("HOME", home)
        .env("TZ", "UTC")
        .env("SOURCE_DATE_EPOCH", now)
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

#[test]
fn what_may_not_be_read_is_named_with_its_place_and_cause() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = home();
    let log = put(
        home.path(),
        ".claude/projects/-p/locked.jsonl",
        fs::read(case("unreadable/locked.jsonl")).unwrap(),
    );
    let allow = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let claude = home.path().join(".claude");
    allow(&claude, 0o000);
    if fs::read_dir(&claude).is_ok() {
        return eprintln!("skipped: root reads everything");
    }
    let (code, out, err) = run(home.path(), &[]);
    allow(&claude, 0o755);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(
        err.contains(&format!("cannot read '{}': permission denied", claude.display())),
        "{err}"
    );
    allow(&log, 0o000);
    let (code, out, err) = run(home.path(), &[log.to_str().unwrap(), "--format", "json"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("locked.jsonl': permission denied"), "{err}");
}

#[test]
fn the_folder_that_the_variable_names_is_read_or_named() {
    let home = home();
    put(home.path(), ".claude/projects/-p/s.jsonl", line("1", "2026-11-20T09:00:00Z", "s", 1));
    let gone = home.path().join("gone");
    let with =
        |list: &str| run_with(home.path(), &["--format", "json"], &[("CLAUDE_CONFIG_DIR", list)]);
    let (code, _, err) = with(gone.to_str().unwrap());
    assert_eq!(code, Some(1));
    let places = "gone/projects': CLAUDE_CONFIG_DIR leads there, but it does not exist";
    assert!(err.contains(places), "{err}");
    let comma = case("config-dir/a,b");
    let (code, out, err) = with(&comma);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["coverage"]["responses"], 1);
    // One of two is missing.
    let (code, _, err) =
        with(&format!("{},{}", home.path().join(".claude").display(), gone.display()));
    assert_eq!(code, Some(0));
    assert!(err.contains(places), "{err}");
}

#[test]
fn files_saved_again_by_excel_are_read_or_the_dates_are_named() {
    let json = json_of_case("excel-csv/sep.csv");
    assert_eq!(
        (&json["totals"]["input"], &json["totals"]["output"]),
        (&json!(46_981), &json!(16_932))
    );
    assert_eq!(json_of_case("excel-csv/cost_de.csv")["totals"]["billed_usd"], "5");
    let json = json_of_case("excel-csv/excel_date.csv");
    assert!(
        doubts(&json).contains(
            "dates such as '11/1/2026', of which it is not clear what is the month: save them as \
             2026-11-01"
        ),
        "{json}"
    );
    // Another row shows which number is the month.
    let rows = fs::read_to_string(case("excel-csv/excel_date.csv")).unwrap();
    let second = rows.lines().nth(1).unwrap().replace("11/1/2026", "11/20/2026");
    let home = home();
    put(home.path(), "two.csv", format!("{rows}\n{second}\n"));
    let json = json_of(home.path(), &["two.csv"]);
    let days: Vec<&str> =
        json["rows"].as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap()).collect();
    assert_eq!(days, ["2026-11-01", "2026-11-20"]);
}

#[test]
fn credits_and_refunds_lower_what_was_billed() {
    let home = home();
    let rows = fs::read_to_string(case("excel-csv/cost_de.csv")).unwrap();
    let refund = rows
        .lines()
        .nth(1)
        .unwrap()
        .replace("5,00;5,00", "-1.234,50;0")
        .replace("token;", "credit;");
    put(home.path(), "c.csv", format!("{}\n{refund}\n", rows.trim_end()));
    assert_eq!(json_of(home.path(), &["c.csv"])["totals"]["billed_usd"], "-1229.5");
}

#[test]
fn foreign_text_in_json_is_escaped_and_no_key_is_shown() {
    let (_, out, _) = run(home().path(), &[&case("json-controls/a.jsonl"), "--format", "json"]);
    assert!(out.contains(r#""c\u009b2J\u202ex""#), "{out}");
    for args in [&["--by", "session"][..], &["--by", "model", "--format", "json"]] {
        let (_, out, _) =
            run(home().path(), &[&[case("key-shown/a.jsonl").as_str()], args].concat());
        assert!(
            !out.contains("sk-ant") && out.contains("looks like an API key, not shown"),
            "{out}"
        );
    }
}

/// 2026-11-29, noon in Greenwich.
const LATER: &str = "1795953600";

/// The answer of a command about a case on 2026-11-29.
fn later(args: &[&str], path: &str) -> String {
    let (code, out, err) = command_at(home().path(), &[args, &[&case(path)]].concat(), LATER);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    out
}

fn later_json(args: &[&str], path: &str) -> Value {
    serde_json::from_str(&later(&[args, &["--format", "json"]].concat(), path)).unwrap()
}

#[test]
fn days_without_use_count_the_same_everywhere() {
    // $12.00 in 29 days is $12.59 a month.
    for until in [&[][..], &["--until", "2026-11-29"]] {
        let args = |command: &'static str| [&[command], until].concat();
        let usage = later_json(&args("usage"), "idle-days/light");
        let of = |name: &str| usage["coverage"][name].clone();
        assert_eq!((of("days"), of("days_with_use")), (json!(29), json!(8)));
        assert_eq!((of("first_day"), of("last_day")), (json!("2026-11-01"), json!("2026-11-29")));
        let fit = later_json(&args("fit"), "idle-days/light");
        assert_eq!(
            (&fit["coverage"]["days"], &fit["coverage"]["last"]),
            (&json!(29), &json!("2026-11-29"))
        );
        let text = later(&args("fit"), "idle-days/light");
        assert!(text.contains("the API for everything, $12.59 a month"), "{text}");
    }
    let eight = later_json(&["usage", "--until", "2026-11-08"], "idle-days/light");
    assert_eq!(eight["coverage"]["days"], 8);
    let text = later(&["usage"], "idle-days/light");
    assert!(text.contains("2026-11-01 to 2026-11-29, 29 days, 8 with use (UTC)"), "{text}");
    // The report of 2026-10-31 expected 3M and 900K a month: the 30 days since held that.
    let (report, logs) = (case("idle-days/report.json"), case("idle-days/logs"));
    let args = ["replay", &report, "--usage", &logs, "--format", "json"];
    let (code, out, err) = command_at(home().path(), &args, LATER);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let usage = &serde_json::from_str::<Value>(&out).unwrap()["actual"];
    assert_eq!(usage["days"], 30, "{usage}");
    assert_eq!(usage["month"]["actual"]["input_tokens"], 3_041_667);
    assert!(!out.contains("above the range") && !out.contains("\"above\""), "{out}");
}

#[test]
fn the_last_use_long_ago_is_said() {
    let at = "1797422400"; // 2026-12-16
    for args in [&["usage"][..], &["fit"]] {
        let path = case("idle-days/light");
        let (_, out, _) = command_at(home().path(), &[args, &[&path]].concat(), at);
        let text = out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("The last use was on 2026-11-08, 38 days before"), "{text}");
        assert!(text.contains("'--until 2026-11-08'"), "{text}");
    }
}

#[test]
fn one_line_of_a_wrong_clock_does_not_move_the_month() {
    let good = later_json(&["fit"], "wrong-clock/good");
    let month = |fit: &Value| {
        let of = |name: &str| fit["coverage"][name].clone();
        (of("first"), of("last"), of("days"), of("api_usd"), of("requests"))
    };
    for (folder, day) in [("bad", "1970-01-01"), ("ahead", "2038-")] {
        let fit = later_json(&["fit"], &format!("wrong-clock/{folder}"));
        assert_eq!(month(&fit), month(&good), "{folder}");
        assert_eq!(fit["coverage"]["misdated_responses"], 1, "{folder}");
        let usage = later_json(&["usage"], &format!("wrong-clock/{folder}"));
        assert_eq!(usage["coverage"]["days"], 29, "{folder}");
        assert_eq!(usage["coverage"]["skipped"]["wrong_date"], 1, "{folder}");
        let doubt = format!("came out or after today: 1, on {day}");
        assert!(doubts(&usage).contains(&doubt), "{}", doubts(&usage));
    }
}

#[test]
fn there_is_no_conclusion_where_most_is_left_out() {
    let path = "fit-says-carried-all-with-96-percent-left-out";
    let text = later(&["fit", "--until", "2026-03-04"], path);
    assert!(
        text.contains("1 of 26 responses, on 1 of 2 days with use: $0.08 on the API"),
        "{text}"
    );
    assert!(text.contains("No conclusion: 25 of 26 responses"), "{text}");
    for word in ["all of it", "Carries", "Cheapest"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    let json = later_json(&["fit", "--until", "2026-03-04"], path);
    assert_eq!(json["coverage"]["is_conclusive"], false);
    assert_eq!(json["plans"], json!([]));
}

#[test]
fn a_conclusion_about_a_part_says_so() {
    let home = home();
    let mut lines: String = (0..30)
        .map(|day| {
            line(&format!("m{day}"), &format!("2026-11-{:02}T09:00:00Z", 1 + day % 20), "s", 100)
        })
        .collect();
    let other = line("x", "2026-11-03T10:00:00Z", "s", 100).replace("claude-opus-5-5", "other");
    lines += &other;
    put(home.path(), "a.jsonl", &lines);
    let (_, text, _) = command(home.path(), &["fit", "a.jsonl"]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains(
            "1 of 31 responses, with 3% of all tokens, are left out: the rest of this page is about the others."
        ),
        "{text}"
    );
    assert!(text.contains("covered all that was replayed"), "{text}");
    assert!(!text.contains("all of it"), "{text}");
}

#[test]
fn output_that_is_only_a_start_value_leads_to_no_conclusion() {
    let home = home();
    let lines = |small: usize| -> String {
        (0..20)
            .map(|n| {
                line(&format!("m{n}"), "2026-11-20T09:00:00Z", "s", if n < small { 8 } else { 900 })
            })
            .collect()
    };
    put(home.path(), "cut.jsonl", lines(2));
    put(home.path(), "whole.jsonl", lines(1));
    let doubt =
        "The output is many times larger than counted: 2 of 20 responses hold 8 output tokens";
    let cut = json_of(home.path(), &["cut.jsonl"]);
    assert!(cut["doubts"][0].as_str().unwrap().starts_with(doubt), "{}", cut["doubts"]);
    assert!(!doubts(&json_of(home.path(), &["whole.jsonl"])).contains("many times larger"));
    let (_, text, _) = command(home.path(), &["fit", "cut.jsonl"]);
    assert!(text.contains("No conclusion: 2 of 20 responses hold 8 output tokens"), "{text}");
    let (_, text, _) = command(home.path(), &["fit", "whole.jsonl"]);
    assert!(!text.contains("There is no conclusion"), "{text}");
}
