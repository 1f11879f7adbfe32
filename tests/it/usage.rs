//! `planwise usage` over whole trees of logs: known totals, bad input, and what is printed.

mod archives;
mod cases;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::tree;
use jiff::tz::TimeZone;
use planwise::catalog::Catalog;
use planwise::history::summary::{By, Query, Summary};
use planwise::shell::logs::{Options, Readers, Reading, Watch, find, read, read_with, roots_of};
use planwise::source::claude_code::Prefilter;
use serde_json::{Value, json};
use tempfile::TempDir;

/// 2026-11-22, 14:05 in Greenwich.
const NOW: &str = "1795356300";

fn summary(paths: &[PathBuf], threads: usize, filter: Prefilter) -> Summary {
    let found = find(paths).unwrap();
    let readers = Readers { threads, filter };
    summed(&read(&found, readers, &Watch::default(), || {}))
}

fn summed(reading: &Reading) -> Summary {
    let query = Query {
        catalog: Catalog::builtin().unwrap(),
        zone: TimeZone::UTC,
        since: None,
        until: None,
        by: By::Day,
        now: "2026-11-22T14:05:00Z".parse().unwrap(),
    };
    Summary::new(&reading.history, &query)
}

/// Runs the program in an empty home: exit code, output, complaints.
fn run(home: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    run_with(home, args, &[])
}

fn run_with(
    home: &Path,
    args: &[&str],
    variables: &[(&str, &str)],
) -> (Option<i32>, String, String) {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("planwise"))
        .arg("usage")
        .args(args)
        .env_clear()
        .env("HOME", home)
        .env("TZ", "UTC")
        .env("SOURCE_DATE_EPOCH", NOW)
        .envs(variables.iter().copied())
        .current_dir(home)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn json_of(home: &Path, args: &[&str]) -> Value {
    let (code, out, err) = run(home, &[args, &["--format", "json"]].concat());
    assert_eq!(code, Some(0), "{err}");
    serde_json::from_str(&out).unwrap()
}

fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A line with its own id, time, session and output.
fn line(id: &str, time: &str, session: &str, output: u64) -> String {
    let line = json!({"type": "assistant", "timestamp": time, "sessionId": session,
        "entrypoint": "cli", "message": {"id": id, "model": "claude-opus-5-5",
            "usage": {"input_tokens": 10, "output_tokens": output}}});
    format!("{line}\n")
}

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/usage");
    path.join(name).to_str().unwrap().to_owned()
}

#[test]
fn a_tree_of_16_mib_has_its_known_totals_with_any_readers_in_any_order() {
    let root = home();
    let expected = tree::write(root.path(), 16 * 1024 * 1024);
    let paths = [root.path().to_path_buf()];
    let first = summary(&paths, 1, Prefilter::On);
    let models: BTreeMap<String, tree::Sums> = first
        .models
        .iter()
        .map(|(id, model)| {
            let sums = &model.totals;
            let counts = [
                u128::from(sums.responses),
                sums.input,
                sums.output,
                sums.cache_write_5m,
                sums.cache_write_1h,
                sums.cache_read,
            ];
            (id.clone(), counts.map(|count| u64::try_from(count).unwrap()))
        })
        .collect();
    assert_eq!(models, expected.models);
    assert_eq!(first.coverage.responses, expected.responses);
    assert_eq!(first.coverage.bytes, expected.bytes);
    assert_eq!(first.coverage.duplicates, expected.lines - expected.responses);
    assert_eq!(first.limit_hits.len() as u64, expected.hits);
    assert!(expected.hits > 0 && expected.lines > expected.responses);
    for threads in [2, 3, 7] {
        assert_eq!(summary(&paths, threads, Prefilter::On), first, "{threads} threads");
    }
    assert_eq!(summary(&paths, 2, Prefilter::Off), first, "the prefilter changes something");
    // The same files in another order, each under the root it had.
    let mut found = find(&paths).unwrap();
    found.files.sort_by_key(|file| {
        let name = file.path.to_string_lossy();
        name.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
    });
    let readers = Readers { threads: 2, filter: Prefilter::On };
    let shuffled = read(&found, readers, &Watch::default(), || {}).history;
    assert_eq!(shuffled.responses().count() as u64, expected.responses);
    let output: u64 = shuffled.responses().map(|response| response.tokens.output).sum();
    assert_eq!(u128::from(output), first.totals.output);
}

#[test]
fn the_samples_yield_what_their_page_says() {
    let home = home();
    for (name, by) in [("normal", "day"), ("limits", "day"), ("legacy_and_oddities", "month")] {
        let path = fixture(&format!("claude_{name}.jsonl"));
        let (code, out, err) =
            run(home.path(), &[&path, "--by", by, "--catalog", "builtin", "--format", "json"]);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        insta::assert_snapshot!(format!("{name}_json"), out);
        let (_, out, _) = run(home.path(), &[&path, "--by", by, "--catalog", "builtin"]);
        assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
        insta::assert_snapshot!(format!("{name}_text"), out);
    }
}

#[test]
fn a_file_of_another_kind_is_named_as_not_read() {
    let home = home();
    put(home.path(), "notes.json", "{\"usage\":1}");
    put(home.path(), "nothing.jsonl", "\n");
    for (path, expected) in [
        (fixture("codex.jsonl"), "'codex.jsonl' is a Codex log, which is not read."),
        (
            fixture("stats_cache.json"),
            "'stats_cache.json' is the statistics file of Claude Code, which is not read.",
        ),
        ("notes.json".into(), "'notes.json' is of no kind that is known; it is not read."),
        ("nothing.jsonl".into(), "'nothing.jsonl' is empty."),
    ] {
        let (code, out, err) = run(home.path(), &[&path, "--format", "json"]);
        assert_eq!(code, Some(0));
        assert_eq!(err.lines().next(), Some(format!("planwise: {expected}").as_str()));
        let json: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(json["coverage"]["responses"], 0);
        assert_eq!(json["doubts"], json!([expected]));
    }
    // In a folder only what is known is worth a word.
    for index in 0..5 {
        let name = format!("t/rollout-{index}.jsonl");
        put(home.path(), &name, fs::read(fixture("codex.jsonl")).unwrap());
    }
    put(home.path(), "t/notes.json", "{\"usage\":1}");
    put(home.path(), "t/a.jsonl", line("1", "2026-11-20T09:00:00Z", "s", 1));
    let (_, out, err) = run(home.path(), &["t", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((json["coverage"]["files"].as_u64(), err.as_str()), (Some(1), ""));
    let doubts = json["doubts"].to_string();
    assert!(doubts.contains("Files that are a Codex log and not read: 5."), "{doubts}");
}

/// Every sample of a source, with the kind that `--from` knows it by.
const SOURCES: [(&str, &str); 10] = [
    ("claude_normal.jsonl", "claude-code"),
    ("claude_dot_json_subset.json", "claude-code"),
    ("claude_ai_conversations.json", "claude-ai"),
    ("desktop_plan_usage_history.json", "claude-ai"),
    ("console_tokens.csv", "console"),
    ("console_cost.csv", "console"),
    ("admin_usage.json", "admin"),
    ("admin_cost.json", "admin"),
    ("ccusage_claude_daily.json", "ccusage"),
    ("ccusage_all_daily.json", "ccusage"),
];

#[test]
fn only_the_kind_that_is_asked_for_is_read() {
    let home = home();
    for (name, kind) in SOURCES {
        for from in ["auto", "claude-code", "claude-ai", "console", "admin", "ccusage"] {
            let path = fixture(name);
            let (code, out, err) = run(home.path(), &[&path, "--from", from, "--format", "json"]);
            assert_eq!(code, Some(0), "{name}, {from}: {err}");
            let json: Value = serde_json::from_str(&out).unwrap();
            let is_read = from == "auto" || from == kind;
            assert_eq!(json["coverage"]["files"], u64::from(is_read), "{name}, {from}");
            let told = format!("; '--from {from}' leaves it out.");
            assert_eq!(err.contains(&told), !is_read, "{name}, {from}: {err}");
            assert_eq!(json["doubts"].to_string().contains(&told), !is_read, "{name}, {from}");
        }
    }
}

#[test]
fn files_are_known_by_their_content_and_not_by_their_names() {
    let home = home();
    // Every name has the ending of another kind.
    let endings = ["csv", "txt", "zip", "log", "json", "jsonl", "tsv", "ndjson", "JSON", "TXT"];
    for ((name, _), ending) in SOURCES.into_iter().zip(endings) {
        put(home.path(), &format!("t/{name}.{ending}"), fs::read(fixture(name)).unwrap());
    }
    let mixed = json_of(home.path(), &["t"]);
    let paths: Vec<String> = SOURCES.iter().map(|(name, _)| fixture(name)).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let named = json_of(home.path(), &paths);
    assert_eq!(mixed["totals"], named["totals"]);
    assert_eq!(mixed["models"], named["models"]);
    assert_eq!(mixed["coverage"], named["coverage"]);
    assert_eq!(mixed["coverage"]["files"], SOURCES.len());
    let bytes: u64 = paths.iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    assert_eq!(mixed["coverage"]["bytes"], bytes);
}

#[test]
fn an_export_of_claude_ai_is_an_estimate_for_the_assumed_model() {
    let home = home();
    let path = fixture("claude_ai_conversations.json");
    let json = json_of(home.path(), &[&path, "--catalog", "builtin", "--by", "project"]);
    // 37 characters at 2.5 a token and one image; 15 characters answered.
    assert_eq!(json["models"]["claude-sonnet-5-5"]["input"], 1311);
    assert_eq!(json["totals"]["output"], 6);
    assert_eq!(json["rows"][0]["key"], "claude.ai");
    assert_eq!(json["coverage"]["from"], "2026-11-01T09:00:09Z");
    assert_eq!(json["unattended_pct"], 0.0);
    let doubts = json["doubts"].to_string();
    assert!(doubts.contains("estimates for 'claude-sonnet-5-5', at 2.5 characters"), "{doubts}");
    let old = json_of(home.path(), &[&path, "--model", "claude-haiku-4-5"]);
    assert_eq!(old["totals"]["output"], 5);
    assert_eq!(old["models"].as_object().unwrap().len(), 1);
    let doubts = old["doubts"].to_string();
    assert!(doubts.contains("at 3.4 characters"), "{doubts}");
}

#[test]
fn a_large_export_in_one_line_is_read_as_it_comes() {
    let home = home();
    let text = "words and \u{e9}\u{4e2d} and \"quotes\" ".repeat(40);
    let conversation = |index: usize| {
        let messages: Vec<Value> = (0..10)
            .map(|turn| {
                json!({"uuid": format!("{index}-{turn}"), "text": text,
                    "sender": if turn % 2 == 0 { "human" } else { "assistant" },
                    "created_at": "2026-11-01T09:00:00Z"})
            })
            .collect();
        json!({"uuid": index.to_string(), "name": "", "chat_messages": messages}).to_string()
    };
    let list: Vec<String> = (0..500).map(conversation).collect();
    put(home.path(), "a.json", format!("[{}]", list.join(",")));
    let json = json_of(home.path(), &["a.json"]);
    assert_eq!(json["coverage"]["responses"], 2_500);
    let characters = text.chars().count() as u64;
    let sizes = [1, 3, 5, 7, 9].map(|count: u64| (characters * count * 10).div_ceil(25));
    assert_eq!(json["totals"]["input"], 500 * sizes.iter().sum::<u64>());
    assert_eq!(json["coverage"]["skipped"], json!({}));
}

#[test]
fn a_broken_export_of_claude_ai_loses_only_what_is_broken() {
    let home = home();
    let whole = fs::read_to_string(fixture("claude_ai_conversations.json")).unwrap();
    let one = whole.trim().trim_start_matches('[').trim_end_matches(']');
    let cut = one.get(..one.len() - 50).unwrap();
    put(home.path(), "a.json", format!("[{{\"a\":nope}},{one},{cut}"));
    let json = json_of(home.path(), &["a.json"]);
    assert_eq!(json["coverage"]["responses"], 1);
    assert_eq!(json["coverage"]["skipped"], json!({"not_json": 2}));
    let doubts = json["doubts"].to_string();
    assert!(
        doubts.contains("'a.json' ends in the middle: the export is not complete."),
        "{doubts}"
    );
}

#[test]
fn a_large_log_is_shared_out_without_a_change() {
    let root = home();
    let expected = tree::write(root.path(), 512 * 1024);
    let paths = [root.path().to_path_buf()];
    let found = find(&paths).unwrap();
    let whole = summary(&paths, 1, Prefilter::On);
    assert_eq!(whole.coverage.responses, expected.responses);
    for stretch in [1_000, 4_096, 70_001, u64::MAX] {
        for threads in [1, 3] {
            let readers = Readers { threads, filter: Prefilter::On };
            let options = Options { stretch, ..Options::default() };
            let reading = read_with(&found, readers, &options, &Watch::default(), || {});
            assert_eq!(summed(&reading), whole, "{stretch} bytes, {threads} threads");
        }
    }
}

#[test]
fn a_file_that_grows_is_read_to_its_new_end() {
    let home = home();
    let path = put(home.path(), "t/a.jsonl", line("1", "2026-11-20T09:00:00Z", "s", 1));
    let found = find(&[home.path().join("t")]).unwrap();
    let more = line("2", "2026-11-20T09:00:00Z", "s", 1) + "{\"type\":\"assistant\",\"mess";
    fs::write(&path, line("1", "2026-11-20T09:00:00Z", "s", 1) + &more).unwrap();
    let reading = read(&found, Readers::system(), &Watch::default(), || {});
    assert_eq!(reading.history.responses().count(), 2);
    assert_eq!(reading.history.bytes(), fs::metadata(&path).unwrap().len());
    // And one that shrinks to its new end.
    fs::write(&path, "").unwrap();
    let reading = read(&found, Readers::system(), &Watch::default(), || {});
    assert_eq!((reading.history.responses().count(), reading.unreadable.len()), (0, 0));
}

#[test]
fn a_log_behind_a_long_first_line_is_found() {
    let home = home();
    let long = format!("{{\"note\":\"{}\"}}\n", "x".repeat(100_000));
    put(home.path(), "t/a.jsonl", long.clone() + &line("1", "2026-11-20T09:00:00Z", "s", 1));
    put(home.path(), "t/b.jsonl", long.repeat(2));
    let json = json_of(home.path(), &["t"]);
    assert_eq!(
        (json["coverage"]["responses"].as_u64(), json["coverage"]["files"].as_u64()),
        (Some(1), Some(1))
    );
}

#[test]
fn a_log_with_an_odd_beginning_loses_only_that() {
    let good = line("m1", "2026-11-20T09:00:00Z", "s1", 7);
    for odd in [
        "\0".repeat(70_000),
        format!("the end of a line{}\"}}", "y".repeat(70_000)),
        "[".into(),
        "[1,2]".into(),
    ] {
        let home = home();
        put(home.path(), "logs/projects/p/a.jsonl", format!("{odd}\n{good}\n"));
        let json = json_of(home.path(), &["logs"]);
        assert_eq!(json["totals"]["output"], 7, "{:?}", odd.chars().next());
        assert_eq!(json["coverage"]["files"], 1);
        assert_eq!(json["coverage"]["skipped"], json!({"not_json": 1}));
    }
}

fn text_of(name: &str) -> String {
    fs::read_to_string(fixture(name)).unwrap().trim_end().to_owned()
}

#[test]
fn pages_in_a_list_and_a_long_summary_are_recognized() {
    let home = home();
    let page = text_of("admin_usage.json");
    put(
        home.path(),
        "pages.json",
        format!("[{page},{}]", page.replace("2026-11-01", "2026-11-03")),
    );
    assert_eq!(json_of(home.path(), &["pages.json"])["totals"]["output"], 1000);
    let export = text_of("claude_ai_conversations.json");
    let long =
        export.replace("\"summary\":\"\"", &format!("\"summary\":\"{}\"", "x".repeat(70_000)));
    assert_ne!(long, export);
    put(home.path(), "conversations.json", long);
    assert_eq!(json_of(home.path(), &["conversations.json"])["coverage"]["responses"], 1);
}

#[test]
fn a_cost_export_of_before_and_one_of_now_bill_a_day_once() {
    let home = home();
    let new = text_of("console_cost.csv");
    let old: String =
        new.lines().map(|row| row.rsplitn(3, ',').nth(2).unwrap().to_owned() + "\n").collect();
    put(home.path(), "new.csv", &new);
    put(home.path(), "old.csv", old);
    assert_eq!(json_of(home.path(), &["new.csv", "old.csv"])["totals"]["billed_usd"], "0.07");
}

#[test]
fn the_usual_places_hold_the_plan_and_more_logs() {
    let home = home();
    let root = home.path();
    let time = "2026-11-20T09:00:00Z";
    put(root, ".claude/projects/-p/a.jsonl", line("1", time, "a", 1));
    put(root, ".claude/transcripts/b.jsonl", line("2", time, "b", 2));
    put(root, ".claude/transcripts/b.txt", line("3", time, "b", 4));
    let desktop = ".config/Claude/local-agent-mode-sessions/s";
    put(root, &format!("{desktop}/projects/-p/c.jsonl"), line("4", time, "c", 8));
    put(root, &format!("{desktop}/audit.jsonl"), line("5", time, "c", 16));
    let plan = fs::read(fixture("claude_dot_json_subset.json")).unwrap();
    put(root, ".claude.json", plan);
    put(root, ".claude/.credentials.json", "{\"oauthAccount\":{}}");
    let json = json_of(root, &[]);
    let is_linux = cfg!(target_os = "linux");
    assert_eq!(json["totals"]["output"], if is_linux { 11 } else { 3 });
    assert_eq!(json["coverage"]["files"], if is_linux { 4 } else { 3 });
    let json = json_of(root, &[".claude"]);
    assert_eq!(json["totals"]["output"], 7, "what is given is searched for every ending");
}

#[test]
fn the_usual_places_are_read_without_a_path_and_not_with_one() {
    let home = home();
    let root = home.path();
    let time = "2026-11-20T09:00:00Z";
    put(root, ".claude/projects/-p/a.jsonl", line("1", time, "a", 1));
    put(root, ".config/claude/projects/-p/b.jsonl", line("2", time, "b", 2));
    put(root, "other/projects/-p/c.jsonl", line("3", time, "c", 4));
    put(root, "more/-p/d.jsonl", line("4", time, "d", 8));
    let output = |json: &Value| json["totals"]["output"].as_u64().unwrap();
    assert_eq!(output(&json_of(root, &[])), 3);
    assert_eq!(output(&json_of(root, &["--from", "claude-code"])), 3);
    assert_eq!(output(&json_of(root, &["more"])), 8);
    assert_eq!(output(&json_of(root, &["more", "other", "more/-p/d.jsonl"])), 12);
    let list = [("CLAUDE_CONFIG_DIR", "~/other, /nowhere")];
    let (_, out, _) = run_with(root, &["--format", "json"], &list);
    assert_eq!(output(&serde_json::from_str(&out).unwrap()), 4);
}

#[test]
fn the_list_of_folders_takes_configuration_folders_and_their_projects() {
    let home = Some(Path::new("/h"));
    let roots = |list: &str| roots_of(Some(list.as_ref()), None, home);
    assert_eq!(
        roots("~/a,/b/projects, ~"),
        [Path::new("/h/a/projects"), Path::new("/b/projects"), Path::new("/h/projects"),]
    );
    let usual = [Path::new("/h/.config/claude/projects"), Path::new("/h/.claude/projects")];
    assert_eq!(roots(" ,"), usual);
    assert_eq!(roots_of(None, Some("relative".as_ref()), home), usual);
    assert_eq!(roots_of(None, Some("/c".as_ref()), home)[0], Path::new("/c/claude/projects"));
    assert!(roots_of(None, None, None).is_empty());
}

#[test]
fn no_logs_are_zeros_and_a_line_on_standard_error() {
    let home = home();
    fs::create_dir(home.path().join("empty")).unwrap();
    for args in [&["--format", "json"][..], &["empty", "--format", "json"]] {
        let (code, out, err) = run(home.path(), args);
        assert_eq!(code, Some(0));
        assert_eq!(err.lines().count(), 1, "{err}");
        let json: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(json["coverage"]["from"], Value::Null);
        assert_eq!(json["coverage"]["days"], 0);
        assert_eq!(json["totals"]["usd"], Value::Null);
        assert_eq!(json["sessions"], json!({"count": 0, "median_minutes": null, "marathons": 0}));
        assert_eq!(json["unattended_pct"], Value::Null);
    }
    let (code, out, _) = run(home.path(), &[]);
    assert_eq!(code, Some(0));
    assert!(out.contains("no responses found"), "{out}");
}

#[test]
fn wrong_use_and_missing_paths_are_told_with_the_remedy() {
    let home = home();
    put(home.path(), ".credentials.json", "{}");
    for (args, code, message) in [
        (&["nowhere"][..], 1, "cannot read 'nowhere': it does not exist; check the path"),
        (
            &[".credentials.json"],
            1,
            "refused to open '.credentials.json': it is named like a file of credentials; name a \
             log instead",
        ),
        (&["--since", "x"], 2, "'--since': 'x' is not a day; write it as 2026-11-20"),
        (
            &["--since", "2026-11-02", "--until", "2026-11-01"],
            2,
            "'--until' (2026-11-01) is before '--since' (2026-11-02); give the earlier day to \
             '--since'",
        ),
        (
            &["--timezone", "Mars/Olympus"],
            2,
            "'--timezone': 'Mars/Olympus' is not a time zone; give one such as Europe/Madrid or UTC",
        ),
        (
            &["--from", "slack"],
            2,
            "'--from': 'slack' is not one of auto, claude-code, claude-ai, console, admin, ccusage",
        ),
        (
            &["--model", "claude-sonet-5-5", "--catalog", "builtin"],
            2,
            "'--model': model 'claude-sonet-5-5' is not in the price list (did you mean \
             'claude-sonnet-5-5'?); name one of claude-sonnet-5-5, claude-opus-5-5, \
             claude-haiku-5-5, claude-fable-5-2",
        ),
    ] {
        let (got, out, err) = run(home.path(), args);
        assert_eq!((got, out.as_str()), (Some(code), ""));
        assert_eq!(err, format!("planwise: {message}\n"));
    }
}

#[test]
fn days_are_those_of_the_time_zone_and_both_ends_count() {
    let home = home();
    let lines = [
        line("1", "2026-11-18T23:30:00Z", "a", 1),
        line("2", "2026-11-19T12:00:00Z", "a", 2),
        line("3", "2026-11-20T22:59:59Z", "a", 4),
        line("4", "2026-11-20T23:00:00Z", "a", 8),
    ];
    put(home.path(), "a.jsonl", lines.concat());
    let output = |args: &str| {
        let args: Vec<&str> = args.split(' ').collect();
        json_of(home.path(), &args)["totals"]["output"].as_u64().unwrap()
    };
    assert_eq!(output("a.jsonl --since 2026-11-19 --until 2026-11-20"), 14);
    assert_eq!(output("a.jsonl --since 2026-11-19 --until 2026-11-20 --timezone Europe/Madrid"), 7);
    assert_eq!(output("a.jsonl --until 2026-11-18"), 1);
    let json = json_of(home.path(), &["a.jsonl", "--timezone", "Europe/Madrid"]);
    assert_eq!(json["timezone"], "Europe/Madrid");
    // To today, the 22nd.
    assert_eq!(json["coverage"]["days"], 4);
    assert_eq!(json["coverage"]["from"], "2026-11-18T23:30:00Z");
    let keys = |by: &str| {
        let json = json_of(home.path(), &["a.jsonl", "--by", by]);
        let rows = json["rows"].as_array().unwrap().clone();
        rows.iter().map(|row| row["key"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(keys("day"), ["2026-11-18", "2026-11-19", "2026-11-20"]);
    assert_eq!(keys("week"), ["2026-W47"]);
    assert_eq!(keys("month"), ["2026-11"]);
    assert_eq!(keys("model"), ["claude-opus-5-5"]);
    assert_eq!(keys("session"), ["a"]);
}

#[test]
fn a_session_ends_with_a_gap_of_more_than_an_hour_and_three_hours_are_a_marathon() {
    let home = home();
    let at =
        |id: &str, time: &str, session: &str| line(id, &format!("2026-11-20T{time}Z"), session, 1);
    // Exactly an hour is no gap: four responses, 180 minutes. Then one alone, and another id.
    let lines = [
        at("1", "09:00:00", "a"),
        at("2", "10:00:00", "a"),
        at("3", "11:00:00", "a"),
        at("4", "12:00:00", "a"),
        at("5", "13:00:01", "a"),
        at("6", "09:30:00", "b"),
        at("7", "09:40:30", "b"),
    ];
    put(home.path(), "a.jsonl", lines.concat());
    let json = json_of(home.path(), &["a.jsonl"]);
    assert_eq!(json["sessions"], json!({"count": 3, "median_minutes": 10.5, "marathons": 1}));
}

#[test]
fn what_ran_without_a_person_is_a_share_of_the_output() {
    let home = home();
    let root = home.path();
    put(root, "t/projects/-p/s.jsonl", line("1", "2026-11-20T09:00:00Z", "s", 2));
    put(root, "t/projects/-p/s/subagents/agent-1.jsonl", line("2", "2026-11-20T09:01:00Z", "s", 1));
    put(root, "t/projects/-p/s/subagents/journal.jsonl", line("3", "2026-11-20T09:01:00Z", "s", 1));
    let json = json_of(root, &["t", "--by", "project"]);
    assert_eq!(json["unattended_pct"], 33.3);
    assert_eq!(json["coverage"]["files"], 2);
    assert_eq!(json["sessions"]["count"], 1);
    assert_eq!(json["rows"][0]["key"], "-p");
}

#[test]
fn an_unknown_model_is_unpriced_with_its_tokens_and_never_zero_dollars() {
    let home = home();
    let unknown = line("1", "2026-11-20T09:00:00Z", "s", 5).replace("claude-opus-5-5", "gpt-6");
    let known = line("2", "2026-11-20T09:00:00Z", "s", 5);
    put(home.path(), "a.jsonl", unknown + &known);
    let json = json_of(home.path(), &["a.jsonl", "--by", "model", "--catalog", "builtin"]);
    assert_eq!(json["totals"]["usd"], "0.00014");
    assert_eq!(json["totals"]["unpriced_responses"], 1);
    assert_eq!(json["models"]["gpt-6"]["usd"], Value::Null);
    assert_eq!(json["models"]["gpt-6"]["catalog_id"], Value::Null);
    assert_eq!(json["models"]["gpt-6"]["output"], 5);
    assert_eq!(json["models"]["claude-opus-5-5"]["catalog_id"], "claude-opus-5-5");
    let doubts = json["doubts"].to_string();
    assert!(doubts.contains("Unpriced responses of 'gpt-6': 1, 15 tokens."), "{doubts}");
}

#[test]
fn two_spellings_of_a_model_are_two_entries_that_text_joins() {
    let home = home();
    let other = line("1", "2026-11-20T09:00:00Z", "s", 5).replace("opus-5-5", "opus-5-5[1m]");
    put(home.path(), "a.jsonl", other + &line("2", "2026-11-20T09:00:00Z", "s", 6));
    let json = json_of(home.path(), &["a.jsonl"]);
    assert_eq!(json["models"].as_object().unwrap().len(), 2);
    assert_eq!(json["models"]["claude-opus-5-5[1m]"]["catalog_id"], "claude-opus-5-5");
    let (_, text, _) = run(home.path(), &["a.jsonl"]);
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("Opus 5.5")).collect();
    assert_eq!(rows.len(), 1, "{text}");
    assert!(rows[0].contains("  11  "), "{text}");
}

#[test]
fn a_time_ahead_of_now_is_left_out_and_named() {
    let home = home();
    put(home.path(), "a.jsonl", line("1", "2027-11-20T09:00:00Z", "s", 5));
    let json = json_of(home.path(), &["a.jsonl"]);
    assert_eq!(json["coverage"]["responses"], 0);
    assert_eq!(json["coverage"]["skipped"], json!({"wrong_date": 1}));
    assert!(json["doubts"].to_string().contains("or after today: 1, on 2027-11-20."));
}

#[test]
fn counts_near_the_limit_sum_up_beyond_64_bits() {
    let home = home();
    let most = 1_000_000_000_000;
    let lines: String =
        (0..20).map(|id| line(&id.to_string(), "2026-11-20T09:00:00Z", "s", most)).collect();
    put(home.path(), "a.jsonl", lines);
    let json = json_of(home.path(), &["a.jsonl", "--catalog", "builtin"]);
    assert_eq!(json["totals"]["output"].as_u64(), Some(20 * most));
    assert_eq!(json["totals"]["usd"], "400000000.0008");
}

#[test]
fn bad_input_is_counted_and_named_and_nothing_else_is_lost() {
    let home = home();
    let root = home.path();
    let time = "2026-11-20T09:00:00Z";
    let good = |id: &str| line(id, time, "s", 1);
    let cut = good("9");
    put(root, "t/cut.jsonl", format!("{}{}", good("1"), cut.get(..cut.len() - 20).unwrap()));
    put(root, "t/bom.jsonl", format!("\u{feff}{}", good("2")));
    put(root, "t/crlf.jsonl", good("3").replace('\n', "\r\n"));
    put(root, "t/nul.jsonl", format!("\0\0\n{}", good("4")));
    let mut half = good("5").into_bytes();
    half.extend(b"{\"type\":\"assistant\",\"message\":{\"usage\":{},\"model\":\"\xe2\x82\"}}\n");
    put(root, "t/half.jsonl", half);
    put(root, "t/tail.jsonl", good("6").trim_end());
    put(root, "t/empty.jsonl", "");
    put(root, "t/notes.txt", good("7"));
    let json = json_of(root, &["t"]);
    assert_eq!(json["coverage"]["responses"], 7);
    assert_eq!(json["coverage"]["files"], 8);
    assert_eq!(json["coverage"]["skipped"], json!({"not_json": 3}));
}

#[test]
fn a_long_line_is_named_and_its_neighbours_count() {
    let home = home();
    let time = "2026-11-20T09:00:00Z";
    let long = "x".repeat(17 * 1024 * 1024);
    let lines =
        [line("1", time, "s", 1), format!("{{\"usage\":\"{long}\"}}\n"), line("2", time, "s", 1)];
    put(home.path(), "a.jsonl", lines.concat());
    let json = json_of(home.path(), &["a.jsonl"]);
    assert_eq!(json["coverage"]["responses"], 2);
    assert_eq!(json["coverage"]["skipped"], json!({"too_long": 1}));
}

#[test]
#[cfg(unix)]
fn links_in_circles_credentials_and_closed_doors_are_survived() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let home = home();
    let root = home.path();
    let time = "2026-11-20T09:00:00Z";
    put(root, "t/a/a.jsonl", line("1", time, "s", 1));
    put(root, "secret/.credentials.json", line("2", time, "s", 100));
    put(root, "t/credentials.jsonl", line("3", time, "s", 100));
    symlink(root.join("t"), root.join("t/a/loop")).unwrap();
    symlink("a.jsonl", root.join("t/a/same.jsonl")).unwrap();
    symlink(root.join("secret/.credentials.json"), root.join("t/hidden.jsonl")).unwrap();
    symlink("self.jsonl", root.join("t/self.jsonl")).unwrap();
    let closed = put(root, "t/closed.jsonl", line("4", time, "s", 100));
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let is_root = fs::read(&closed).is_ok();
    let (code, out, err) = run(root, &["t", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, Some(0));
    assert!(err.contains("self.jsonl"), "{err}");
    let (output, unread) = if is_root { (101, 1) } else { (1, 2) };
    assert_eq!(json["totals"]["output"], output);
    assert_eq!(json["coverage"]["skipped"], json!({"unreadable_file": unread}));
}

#[test]
fn a_file_that_vanishes_is_named() {
    let home = home();
    let gone = put(home.path(), "t/a.jsonl", line("1", "2026-11-20T09:00:00Z", "s", 1));
    put(home.path(), "t/b.jsonl", line("2", "2026-11-20T09:00:00Z", "s", 1));
    let found = find(&[home.path().join("t")]).unwrap();
    fs::remove_file(gone).unwrap();
    let reading = read(&found, Readers::system(), &Watch::default(), || {});
    assert_eq!(reading.history.responses().count(), 1);
    assert_eq!(reading.unreadable.len(), 1);
}

#[test]
fn ten_thousand_small_files_are_read() {
    let home = home();
    for index in 0..10_000 {
        let name = format!("t/{}/{index}.jsonl", index % 100);
        put(home.path(), &name, line(&index.to_string(), "2026-11-20T09:00:00Z", "s", 1));
    }
    let read = summary(&[home.path().join("t")], 2, Prefilter::On);
    assert_eq!((read.coverage.files, read.coverage.responses), (10_000, 10_000));
}

#[test]
fn nothing_is_written_beside_the_result() {
    let home = home();
    put(home.path(), ".claude/projects/-p/a.jsonl", line("1", "2026-11-20T09:00:00Z", "a", 1));
    json_of(home.path(), &[]);
    let names: Vec<_> =
        fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, [".claude"]);
}
