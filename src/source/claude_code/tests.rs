//! One test for each rule and pitfall of these logs, named after it.

use serde_json::{Value, json};

mod limits;

use super::*;
use crate::history::Response;

const PLACE: Place<'static> = Place {
    project: "-home-ana-shop",
    session: "file",
    is_sub_agent: false,
    root: 0,
    zones: |name| TimeZone::get(name).ok(),
};

/// The history of some lines, with and without the prefilter, which must not change it.
fn read_raw(lines: &[&[u8]]) -> History {
    let read = |filter| {
        let mut history = History::default();
        for line in lines {
            read_line(line, &PLACE, filter, &mut history);
        }
        history
    };
    let (on, off) = (read(Prefilter::On), read(Prefilter::Off));
    assert_eq!(format!("{:?}", parts(&on)), format!("{:?}", parts(&off)), "the prefilter matters");
    on
}

/// The visible parts of a history, in a fixed order.
fn parts(history: &History) -> (Vec<String>, String) {
    let mut responses: Vec<String> = history.responses().map(|r| format!("{r:?}")).collect();
    responses.sort();
    (responses, format!("{:?} {:?}", history.skipped(), hits(history)))
}

fn read(lines: &[Value]) -> History {
    let texts: Vec<String> = lines.iter().map(Value::to_string).collect();
    let forward: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
    let history = read_raw(&forward);
    let mut backward = forward;
    backward.reverse();
    assert_eq!(parts(&history), parts(&read_raw(&backward)), "the order of lines matters");
    history
}

fn line() -> Value {
    json!({
        "type": "assistant", "timestamp": "2026-11-20T09:00:00.000Z", "sessionId": "s",
        "requestId": "req", "uuid": "u", "isSidechain": false, "entrypoint": "cli",
        "message": {"id": "msg", "model": "claude-opus-5-5", "usage": {
            "input_tokens": 1, "output_tokens": 20, "cache_read_input_tokens": 300,
            "cache_creation_input_tokens": 4000,
            "cache_creation": {"ephemeral_5m_input_tokens": 1000, "ephemeral_1h_input_tokens": 3000}
        }}
    })
}

/// A line with one value set, at a path such as `/message/usage/input_tokens`.
fn with(path: &str, value: Value) -> Value {
    let mut line = line();
    let (parent, key) = path.rsplit_once('/').unwrap();
    line.pointer_mut(parent).unwrap()[key] = value;
    line
}

fn usage(key: &str, value: Value) -> Value {
    with(&format!("/message/usage/{key}"), value)
}

fn one(history: &History) -> &Response {
    assert_eq!(history.skipped().len(), 0, "{history:?}");
    let all: Vec<&Response> = history.responses().collect();
    assert_eq!(all.len(), 1, "{history:?}");
    all[0]
}

/// The only skip reason. It must occur once, without any response.
fn skipped(lines: &[Value]) -> Skip {
    only_skip(&read(lines))
}

fn only_skip(history: &History) -> Skip {
    assert_eq!(history.responses().count(), 0, "{history:?}");
    let all: Vec<_> = history.skipped().iter().collect();
    assert_eq!(all.len(), 1, "{history:?}");
    assert_eq!(*all[0].1, 1);
    *all[0].0
}

fn nothing(history: &History) -> bool {
    history.responses().count() == 0 && history.skipped().is_empty() && hits(history).is_empty()
}

fn hits(history: &History) -> Vec<(String, Option<String>, Option<String>)> {
    use crate::history::summary::{By, Query, Summary};
    let query = Query {
        catalog: crate::catalog::Catalog::builtin().unwrap(),
        zone: TimeZone::UTC,
        since: None,
        until: None,
        by: By::Day,
        now: "2026-11-22T14:05:00Z".parse().unwrap(),
    };
    let hits = Summary::new(history, &query).limit_hits;
    hits.into_iter()
        .map(|hit| (hit.at.to_string(), hit.window, hit.resets_at.map(|time| time.to_string())))
        .collect()
}

#[test]
fn every_token_class_is_read() {
    let history = read(&[line()]);
    let response = one(&history);
    let tokens = Tokens {
        input: 1,
        output: 20,
        cache_write_5m: 1000,
        cache_write_1h: 3000,
        cache_read: 300,
    };
    assert_eq!(response.tokens, tokens);
    assert_eq!(response.tokens.prompt(), 4301);
    assert_eq!((&*response.model, &*response.session), ("claude-opus-5-5", "s"));
    assert_eq!(&*response.project, "-home-ana-shop");
    assert_eq!(response.asker, Asker::Person);
    assert!(!response.is_unsplit);
}

#[test]
fn only_assistant_lines_with_a_usage_object_count() {
    for kind in ["user", "system", "summary", "attachment", "queue-operation", "news", ""] {
        assert!(nothing(&read(&[with("/type", kind.into())])), "{kind}");
    }
    for odd in [json!(null), json!(5), json!("x"), json!([1]), json!(true)] {
        assert!(nothing(&read(&[with("/message/usage", odd.clone())])), "{odd}");
        assert!(nothing(&read(&[with("/message", odd.clone())])), "{odd}");
        assert!(nothing(&read(&[with("/type", odd)])));
    }
}

#[test]
fn synthetic_and_error_lines_are_left_out() {
    assert_eq!(skipped(&[with("/message/model", SYNTHETIC.into())]), Skip::Synthetic);
    assert_eq!(skipped(&[with("/isApiErrorMessage", true.into())]), Skip::ApiError);
    one(&read(&[with("/isApiErrorMessage", false.into())]));
    one(&read(&[with("/isApiErrorMessage", Value::Null)]));
}

#[test]
fn a_line_without_a_model_is_named() {
    for odd in [json!(null), json!(""), json!(5)] {
        assert_eq!(skipped(&[with("/message/model", odd)]), Skip::NoModel);
    }
}

#[test]
fn a_null_or_missing_count_is_zero() {
    let history = read(&[usage("input_tokens", Value::Null)]);
    assert_eq!(one(&history).tokens.input, 0);
    let history = read(&[with("/message/usage", json!({}))]);
    assert_eq!(one(&history).tokens, Tokens::default());
}

#[test]
fn a_count_that_cannot_be_spoils_the_line() {
    for odd in [
        json!(-1),
        json!(1.5),
        json!("7"),
        json!(true),
        json!([]),
        json!({}),
        json!(1_000_000_000_001_u64),
        json!(9_223_372_036_854_775_807_u64),
        json!(9_223_372_036_854_775_808_u64),
        json!(u64::MAX),
    ] {
        for key in ["input_tokens", "output_tokens", "cache_read_input_tokens"] {
            assert_eq!(skipped(&[usage(key, odd.clone())]), Skip::BadCount, "{key} {odd}");
        }
        let split = json!({"ephemeral_1h_input_tokens": odd});
        assert_eq!(skipped(&[usage("cache_creation", split)]), Skip::BadCount);
        let tools = json!({"web_search_requests": odd});
        assert_eq!(skipped(&[usage("server_tool_use", tools)]), Skip::BadCount);
    }
    let history = read(&[usage("input_tokens", json!(1_000_000_000_000_u64))]);
    assert_eq!(one(&history).tokens.input, 1_000_000_000_000);
    for text in ["1e400", "123456789012345678901234567890"] {
        let raw = line()
            .to_string()
            .replace("\"output_tokens\":20", &format!("\"output_tokens\":{text}"));
        assert_eq!(only_skip(&read_raw(&[raw.as_bytes()])), Skip::BadCount, "{text}");
    }
}

#[test]
fn no_time_or_a_time_without_a_zone_is_named() {
    for odd in [json!(null), json!(""), json!(5), json!("2026-11-20T09:00:00"), json!("soon")] {
        assert_eq!(skipped(&[with("/timestamp", odd)]), Skip::NoTime);
    }
    let history = read(&[with("/timestamp", "2026-11-20T11:00:00+02:00".into())]);
    assert_eq!(one(&history).time.to_string(), "2026-11-20T09:00:00Z");
}

#[test]
fn cache_writes_without_a_split_are_five_minute_writes_and_said_so() {
    for odd in [json!(null), json!({}), json!({"ephemeral_5m_input_tokens": null})] {
        let history = read(&[usage("cache_creation", odd)]);
        let response = one(&history);
        assert_eq!((response.tokens.cache_write_5m, response.tokens.cache_write_1h), (4000, 0));
        assert!(response.is_unsplit);
    }
}

#[test]
fn fast_mode_place_tier_and_web_searches_are_read() {
    let history = read(&[usage("speed", "fast".into())]);
    assert!(one(&history).terms.fast);
    let history = read(&[usage("speed", Value::Null)]);
    assert_eq!(one(&history).terms, Terms::default());
    let history = read(&[usage("inference_geo", "us".into())]);
    assert!(one(&history).terms.us_only);
    let history = read(&[usage("service_tier", "batch".into())]);
    assert_eq!(one(&history).terms.tier, Tier::Batch);
    let history = read(&[usage("service_tier", "priority".into())]);
    assert_eq!(one(&history).terms.tier, Tier::Other);
    let history = read(&[usage("server_tool_use", json!({"web_search_requests": 3}))]);
    assert_eq!(one(&history).web_searches, 3);
    let history = read(&[usage("server_tool_use", Value::Null)]);
    assert_eq!(one(&history).web_searches, 0);
}

#[test]
fn passes_that_the_sum_excludes_are_responses_of_their_own() {
    let entries = json!([
        {"type": "message", "input_tokens": 9, "output_tokens": 9},
        {"type": "advisor_message", "model": "claude-fable-5-2", "input_tokens": 7, "output_tokens": 8},
        {"type": "advisor_message", "model": "claude-opus-5-5", "usage": {"output_tokens": 5}},
        {"type": "compaction", "input_tokens": 180_000, "output_tokens": 3_500},
        "odd", null,
    ]);
    let history = read(&[usage("iterations", entries.clone()), usage("iterations", entries)]);
    let mut found: Vec<(String, u64, u64)> = history
        .responses()
        .map(|r| (r.model.to_string(), r.tokens.input, r.tokens.output))
        .collect();
    found.sort();
    let expected = [
        ("claude-fable-5-2", 7, 8),
        ("claude-opus-5-5", 0, 5),
        ("claude-opus-5-5", 1, 20),
        ("claude-opus-5-5", 180_000, 3_500),
    ];
    assert_eq!(found, expected.map(|(model, input, output)| (model.to_owned(), input, output)));
    let bad = json!([{"type": "advisor_message", "model": "m", "output_tokens": -1}]);
    assert_eq!(skipped(&[usage("iterations", bad)]), Skip::BadCount);
    one(&read(&[usage("iterations", Value::Null)]));
}

#[test]
fn the_whole_record_with_most_output_wins_and_the_earliest_time_stays() {
    let mut first = usage("output_tokens", json!(9));
    first["message"]["usage"]["input_tokens"] = json!(999);
    let mut last = usage("output_tokens", json!(159));
    last["timestamp"] = json!("2026-11-21T00:00:01Z");
    let history = read(&[first.clone(), first, last]);
    let response = one(&history);
    assert_eq!((response.tokens.input, response.tokens.output), (1, 159));
    assert_eq!(response.time.to_string(), "2026-11-20T09:00:00Z");
    assert_eq!(response.repeats, 2);
}

#[test]
fn a_tie_is_settled_by_the_larger_total_then_by_the_longer_writes() {
    let history = read(&[line(), usage("input_tokens", json!(2))]);
    assert_eq!(one(&history).tokens.input, 2);
    let long = json!({"ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 4000});
    let history = read(&[line(), usage("cache_creation", long)]);
    assert_eq!(one(&history).tokens.cache_write_1h, 4000);
    let history = read(&[line(), with("/message/model", "claude-opus-5-5[1m]".into())]);
    assert_eq!(&*one(&history).model, "claude-opus-5-5[1m]");
    let history = read(&[line(), usage("speed", "fast".into())]);
    assert!(one(&history).terms.fast);
}

#[test]
fn a_response_is_known_by_its_message_then_its_request_then_its_line() {
    let without = |keys: &[&str]| {
        let mut line = line();
        for key in keys {
            let value = if *key == "requestId" { Value::Null } else { json!("") };
            match *key {
                "id" => line["message"]["id"] = value,
                key => line[key] = value,
            }
        }
        line
    };
    let mut replay = line();
    replay["requestId"] = json!("another");
    one(&read(&[line(), replay]));
    let mut other_line = without(&["id"]);
    other_line["uuid"] = json!("v");
    one(&read(&[without(&["id"]), other_line]));
    let mut other_line = without(&["id", "requestId"]);
    other_line["uuid"] = json!("v");
    assert_eq!(read(&[without(&["id", "requestId"]), other_line]).responses().count(), 2);
    let bare = without(&["id", "requestId", "uuid"]);
    let mut later = bare.clone();
    later["timestamp"] = json!("2026-11-20T09:00:01Z");
    assert_eq!(read(&[bare.clone(), bare, later]).responses().count(), 2);
}

#[test]
fn a_fork_repeats_its_history_and_the_original_keeps_it() {
    let mut fork = line();
    fork["sessionId"] = json!("a-branch");
    fork["forkedFrom"] = json!({"sessionId": "s", "messageUuid": "u"});
    let history = read(&[line(), fork]);
    assert_eq!((&*one(&history).session, one(&history).repeats), ("s", 1));
}

#[test]
fn a_btw_sidechain_replays_the_parent_under_a_new_request() {
    let mut replay = line();
    replay["isSidechain"] = json!(true);
    replay["requestId"] = json!("req2");
    let history = read(&[line(), replay]);
    assert_eq!(one(&history).asker, Asker::Person);
}

#[test]
fn the_old_progress_shape_of_sub_agents_counts_once() {
    let inner = json!({"timestamp": "2026-11-20T09:00:00.000Z", "requestId": "req", "costUSD": 0.1,
        "isSidechain": true, "message": line()["message"]});
    let progress = json!({"type": "progress", "sessionId": "s", "uuid": "x", "entrypoint": "cli",
        "data": {"type": "agent_progress", "message": inner}});
    let history = read(std::slice::from_ref(&progress));
    assert_eq!(one(&history).asker, Asker::SubAgent);
    assert_eq!(one(&history).tokens.output, 20);
    let history = read(&[progress, line()]);
    assert_eq!(one(&history).asker, Asker::Person);
}

#[test]
fn sub_agents_and_programs_are_told_apart_from_typing() {
    let asker = |path: &str, value: Value| one(&read(&[with(path, value)])).asker;
    assert_eq!(asker("/isSidechain", true.into()), Asker::SubAgent);
    assert_eq!(asker("/agentId", "a1".into()), Asker::SubAgent);
    assert_eq!(asker("/entrypoint", "sdk-ts".into()), Asker::Program);
    assert_eq!(asker("/entrypoint", "sdk-cli".into()), Asker::Program);
    assert_eq!(asker("/entrypoint", "claude-code-github-action".into()), Asker::Program);
    assert_eq!(asker("/entrypoint", "cli".into()), Asker::Person);
    assert_eq!(asker("/entrypoint", "claude-vscode".into()), Asker::Person);
    // Before 2.1.81 no line says whether a program started the session, sub-agents or not.
    assert_eq!(asker("/entrypoint", Value::Null), Asker::Unknown);
    let mut old = with("/entrypoint", Value::Null);
    old["isSidechain"] = json!(true);
    assert_eq!(one(&read(&[old])).asker, Asker::Unknown);
}

#[test]
fn a_path_tells_project_session_and_sub_agent() {
    let zones = PLACE.zones;
    let place = |path: &str| {
        let parts: Vec<&str> = path.split('/').collect();
        let place = Place::of(&parts, 0, zones);
        (place.project.to_owned(), place.session.to_owned(), place.is_sub_agent)
    };
    let is = |project: &str, session: &str, agent| (project.to_owned(), session.to_owned(), agent);
    assert_eq!(place("/h/.claude/projects/-p/s.jsonl"), is("-p", "s", false));
    assert_eq!(place("/h/.claude/projects/-p/s/x.jsonl"), is("-p", "x", false));
    assert_eq!(place("/projects/-p/s/subagents/agent-1.jsonl"), is("-p", "s", true));
    assert_eq!(place("/projects/-p/s/subagents/workflows/w/agent-1.jsonl"), is("-p", "s", true));
    assert_eq!(place("/h/projects/-p/agent-1.jsonl"), is("-p", "agent-1", true));
    assert_eq!(place("/backup/s.jsonl"), is("backup", "s", false));
    assert_eq!(place("/backup/s/subagents/agent-1.jsonl"), is("backup", "s", true));
    assert_eq!(place("s.jsonl"), is("", "s", false));
    let mut line = line();
    line["sessionId"] = Value::Null;
    assert_eq!(&*one(&read(&[line])).session, "file");
}

#[test]
fn a_tool_input_with_null_ids_or_a_usage_of_its_own_changes_nothing() {
    let content = json!([{"type": "tool_use", "id": null, "input": {
        "id": null, "usage": {"input_tokens": 999, "output_tokens": 999}, "type": "user"}}]);
    let history = read(&[with("/message/content", content)]);
    assert_eq!(one(&history).tokens.output, 20);
}

#[test]
fn text_that_looks_like_usage_does_not_count() {
    let user = json!({"type": "user", "timestamp": "2026-11-20T09:00:00Z", "sessionId": "s",
        "message": {"role": "user", "content": "{\"usage\":{\"input_tokens\":5}} \"usage\""}});
    assert!(nothing(&read(&[user])));
}

#[test]
fn odd_values_of_other_fields_spoil_nothing() {
    for odd in [json!(null), json!(5), json!([{}]), json!({"a": [1]}), json!("x"), json!(1.5)] {
        for key in [
            "requestId",
            "uuid",
            "agentId",
            "entrypoint",
            "data",
            "quotaLimits",
            "error",
            "startTime",
            "modelUsage",
            "forkedFrom",
            "isSidechain",
            "isApiErrorMessage",
            "new",
        ] {
            one(&read(&[with(&format!("/{key}"), odd.clone())]));
        }
        for key in ["speed", "service_tier", "inference_geo", "iterations", "server_tool_use"] {
            one(&read(&[usage(key, odd.clone())]));
        }
    }
}

#[test]
fn spaces_after_separators_and_escaped_keys_are_json_too() {
    let spaced = line().to_string().replace(':', " : ").replace(',', " , ");
    let spaced = spaced.replace("09 : 00 : 00", "09:00:00");
    one(&read_raw(&[spaced.as_bytes()]));
    let escaped = line().to_string().replace("\"usage\"", "\"\\u0075sage\"");
    one(&read_raw(&[escaped.as_bytes()]));
}

#[test]
fn line_ends_blanks_and_byte_order_marks_are_no_part_of_a_line() {
    let text = line().to_string();
    for (before, after) in [("", "\r"), ("\u{feff}", ""), ("  \t", " \r"), (" \u{feff} ", "")] {
        one(&read_raw(&[format!("{before}{text}{after}").as_bytes()]));
    }
    assert!(nothing(&read_raw(&[b"", b"\r", b"  ", "\u{feff}".as_bytes()])));
}

#[test]
fn an_invalid_byte_spoils_at_most_its_own_line() {
    let good = line().to_string();
    let mut inside = with("/message/content", "half".into()).to_string().into_bytes();
    let at = memmem::find(&inside, b"half").unwrap();
    inside[at] = 0xe2;
    one(&read_raw(&[&inside, good.as_bytes()]));
    let mut in_model = with("/message/model", "half".into()).to_string().into_bytes();
    let at = memmem::find(&in_model, b"half").unwrap();
    in_model[at] = 0xe2;
    assert_eq!(only_skip(&read_raw(&[&in_model])), Skip::NotJson);
}

#[test]
fn broken_lines_are_named_and_nothing_else_is_lost() {
    let good = line().to_string();
    let cut = &good.as_bytes()[..good.len() - 9];
    assert_eq!(only_skip(&read_raw(&[cut])), Skip::NotJson);
    let nul = good.replace("req", "r\0q");
    assert_eq!(only_skip(&read_raw(&[nul.as_bytes()])), Skip::NotJson);
    for broken in ["garbage", "\0\0\0", "[1]", "{\"usage\" {}}", "5"] {
        assert_eq!(only_skip(&read_raw(&[broken.as_bytes()])), Skip::NotJson, "{broken}");
    }
    let history = read_raw(&[cut, good.as_bytes(), cut]);
    assert_eq!((history.responses().count(), history.skipped()[&Skip::NotJson]), (1, 2));
}

#[test]
fn nesting_of_depth_10_000_is_named() {
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    let text = with("/message/content", "deep".into()).to_string();
    let text = text.replace("\"deep\"", &deep);
    assert_eq!(only_skip(&read_raw(&[text.as_bytes()])), Skip::TooDeep);
    // Brackets in a string are not nesting.
    one(&read(&[with("/message/content", "[{\"".repeat(10_000).into())]));
    let flat = format!("[{}[]]", "[],".repeat(10_000));
    let text = with("/message/content", "deep".into()).to_string().replace("\"deep\"", &flat);
    one(&read_raw(&[text.as_bytes()]));
}

#[test]
fn its_own_sums_only_raise_a_doubt() {
    use crate::history::summary::{By, Query, Summary};
    let sum = |start: u64, output: u64| {
        json!({"type": "cost-state", "sessionId": "s", "totalCostUSD": 1, "startTime": start,
            "modelUsage": {"claude-opus-5-5": {"outputTokens": output, "costUSD": 1},
                "claude-haiku-5-5": {"outputTokens": 5}, "odd": null}})
    };
    let doubts = |lines: &[Value]| {
        let query = Query {
            catalog: crate::catalog::Catalog::builtin().unwrap(),
            zone: TimeZone::UTC,
            since: None,
            until: None,
            by: By::Day,
            now: "2026-11-22T14:05:00Z".parse().unwrap(),
        };
        let history = read(lines);
        one(&history);
        Summary::new(&history, &query).doubts.join(" ")
    };
    assert!(!doubts(&[line(), sum(1, 15)]).contains("undercount"));
    // Snapshots of one run grow; another run adds.
    let text = doubts(&[line(), sum(1, 10), sum(1, 40), sum(2, 40)]);
    assert!(text.contains("hold 90 output tokens for sessions whose lines hold 20"), "{text}");
    // A fork's own sum begins with that of the session it was copied from.
    let mut copy = line();
    copy["forkedFrom"] = json!({"sessionId": "origin"});
    assert!(!doubts(&[copy, sum(1, 500)]).contains("undercount"));
}

#[test]
fn projects_are_told_apart_by_their_working_folder() {
    let project = |folder: &str, cwd: Value| {
        let place = Place { project: folder, ..PLACE };
        let mut history = History::default();
        let line = with("/cwd", cwd).to_string();
        read_line(line.as_bytes(), &place, Prefilter::On, &mut history);
        one(&history).project.to_string()
    };
    // Two names in other scripts have one folder.
    assert_eq!(
        project("-home-ana---", "/home/ana/\u{65e5}\u{672c}".into()),
        "/home/ana/\u{65e5}\u{672c}"
    );
    assert_eq!(
        project("-home-ana---", "/home/ana/\u{4e2d}\u{56fd}".into()),
        "/home/ana/\u{4e2d}\u{56fd}"
    );
    assert_eq!(project("-a---", "/a/\u{1f600}".into()), "/a/\u{1f600}");
    // A command may have changed the folder.
    assert_eq!(project("-home-ana-shop", "/home/ana/shop/src/bin".into()), "/home/ana/shop");
    assert_eq!(
        project("C--Users-ana-shop", "C:\\Users\\ana\\shop\\src".into()),
        "C:\\Users\\ana\\shop"
    );
    for elsewhere in [json!("/tmp"), json!(""), json!(null), json!(5)] {
        assert_eq!(project("-home-ana-shop", elsewhere), "-home-ana-shop");
    }
}
