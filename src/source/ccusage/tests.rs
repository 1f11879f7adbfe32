//! Every output format, and invalid rows.

use serde_json::{Value, json};

use super::*;
use crate::history::Response;

const DAILY: &str = include_str!("../../../tests/fixtures/usage/ccusage_claude_daily.json");
const ALL: &str = include_str!("../../../tests/fixtures/usage/ccusage_all_daily.json");

fn read_text(text: &str) -> History {
    let mut history = History::default();
    read(text.as_bytes(), "cc.json", &mut history);
    history
}

fn read_json(json: &Value) -> History {
    read_text(&json.to_string())
}

fn sums(history: &History) -> Vec<&Response> {
    let mut all: Vec<&Response> = history.responses().collect();
    all.sort_by_key(|sum| (sum.time, sum.model.clone(), sum.tokens.output));
    all
}

/// The only sum of a report without skipped rows.
fn one(json: &Value) -> Response {
    let history = read_json(json);
    assert!(history.skipped().is_empty(), "{history:?}");
    let all = sums(&history);
    assert_eq!(all.len(), 1, "{history:?}");
    all[0].clone()
}

fn skipped(history: &History) -> Vec<(Skip, u64)> {
    history.skipped().iter().map(|(why, count)| (*why, *count)).collect()
}

fn part(model: &str, output: u64) -> Value {
    json!({"modelName": model, "inputTokens": 1, "outputTokens": output,
        "cacheCreationTokens": 3, "cacheReadTokens": 4, "cost": 5.5})
}

fn row(name: &str, time: &str) -> Value {
    json!({name: time, "modelsUsed": ["claude-opus-5-5"],
        "modelBreakdowns": [part("claude-opus-5-5", 2)]})
}

#[test]
fn the_samples_of_a_day_are_one_sum() {
    for text in [DAILY, ALL] {
        let history = read_text(text);
        let all = sums(&history);
        assert_eq!(all.len(), 1);
        let sum = all[0];
        assert_eq!(sum.time.to_string(), "2026-11-20T00:00:00Z");
        assert_eq!(&*sum.model, "claude-opus-5-5");
        let tokens = Tokens {
            input: 277,
            output: 31_456,
            cache_write_5m: 512,
            cache_write_1h: 0,
            cache_read: 1_024,
        };
        assert_eq!(sum.tokens, tokens);
        assert_eq!((sum.count, sum.source), (Count::Sum { days: 1 }, Source::Ccusage));
        assert_eq!((sum.asker, &*sum.session, &*sum.project), (Asker::Unknown, "", ""));
        assert_eq!(history.sources()[&Source::Ccusage], 1);
    }
}

#[test]
fn cache_creation_merges_5m_and_1h() {
    assert!(one(&json!({"daily": [row("date", "2026-11-20")]})).is_unsplit);
    let mut none = row("date", "2026-11-20");
    none["modelBreakdowns"][0]["cacheCreationTokens"] = 0.into();
    assert!(!one(&json!({"daily": [none]})).is_unsplit);
}

#[test]
fn the_period_is_told_by_the_list_and_its_spelling() {
    for (list, name, text, start, days) in [
        ("daily", "date", "2026-11-20", "2026-11-20", 1),
        ("daily", "period", "2026-11-20", "2026-11-20", 1),
        ("weekly", "week", "2026-11-16", "2026-11-16", 7),
        ("weekly", "period", "2026-W47", "2026-11-16", 7),
        ("monthly", "month", "2026-02", "2026-02-01", 28),
        ("monthly", "period", "2026-11", "2026-11-01", 30),
        ("monthly", "month", "2026-11-01", "2026-11-01", 30),
    ] {
        let sum = one(&json!({list: [row(name, text)]}));
        assert_eq!(sum.time.to_string(), format!("{start}T00:00:00Z"), "{list} {text}");
        assert_eq!(sum.count, Count::Sum { days }, "{list} {text}");
    }
}

#[test]
fn instances_are_projects() {
    let json = json!({"projects": {"-home-ana-shop": [row("date", "2026-11-20")]}, "totals": {}});
    assert_eq!(&*one(&json).project, "-home-ana-shop");
    let mut flat = row("date", "2026-11-20");
    flat["project"] = "/home/ana/shop/".into();
    assert_eq!(&*one(&json!({"daily": [flat]})).project, "shop", "a path is not shown");
}

#[test]
fn sessions_last_from_their_first_to_their_last_activity() {
    for (list, id) in [("sessions", "sessionId"), ("session", "period")] {
        for (first, last, time, days) in [
            ("2026-11-19", "2026-11-20", "2026-11-19T00:00:00Z", 2),
            ("2026-11-20", "2026-11-20", "2026-11-20T00:00:00Z", 1),
            ("2026-11-19T23:00:00Z", "2026-11-20T01:00:00Z", "2026-11-19T00:00:00Z", 2),
            ("2026-11-20T08:00:00Z", "2026-11-20T09:30:00Z", "2026-11-20T08:00:00Z", 0),
        ] {
            let mut session = row(id, "s-1");
            session["firstActivity"] = first.into();
            session["lastActivity"] = last.into();
            let sum = one(&json!({list: [session]}));
            assert_eq!((sum.time.to_string().as_str(), sum.count), (time, Count::Sum { days }));
            assert_eq!(&*sum.session, "s-1");
        }
    }
    let mut only_last = row("sessionId", "s-1");
    only_last["lastActivity"] = "2026-11-20".into();
    assert_eq!(one(&json!({"sessions": [only_last]})).count, Count::Sum { days: 1 });
}

#[test]
fn blocks_name_their_counts_at_length_and_gaps_are_no_use() {
    let block = |models: Value| {
        json!({"id": "b", "startTime": "2026-11-20T09:00:00.000Z", "isActive": false,
            "isGap": false, "tokenCounts": {"inputTokens": 1, "outputTokens": 2,
            "cacheCreationInputTokens": 3, "cacheReadInputTokens": 4}, "costUSD": 1.5,
            "models": models})
    };
    let mut gap = block(json!([]));
    gap["isGap"] = true.into();
    let sum = one(&json!({"blocks": [gap, block(json!(["<synthetic>", "claude-opus-5-5"]))]}));
    assert_eq!(
        (sum.time.to_string().as_str(), sum.count),
        ("2026-11-20T09:00:00Z", Count::Sum { days: 0 })
    );
    let tokens =
        Tokens { input: 1, output: 2, cache_write_5m: 3, cache_write_1h: 0, cache_read: 4 };
    assert_eq!(sum.tokens, tokens);
    let several = read_json(&json!({"blocks": [block(json!(["a", "b"])), block(json!([]))]}));
    assert_eq!(skipped(&several), [(Skip::NoModel, 1)]);
    let joined = &sums(&several)[0];
    assert_eq!((&*joined.model, joined.tokens), ("(none)", tokens));
    assert!(format!("{several:?}").contains("'cc.json' has rows over several models"));
}

#[test]
fn rows_without_a_breakdown_count_where_one_model_was_used() {
    let plain = json!({"date": "2026-11-20", "inputTokens": 9, "modelsUsed": ["claude-opus-5-5"]});
    assert_eq!(one(&json!({"daily": [plain]})).tokens.input, 9);
}

#[test]
fn a_row_of_all_agents_is_not_added_to_those_of_single_agents() {
    let agent = |name: &str| {
        let mut row = row("period", "2026-11-20");
        row["agent"] = name.into();
        row
    };
    let all = json!({"daily": [agent("all"), agent("claude"), agent("codex")]});
    assert_eq!(sums(&read_json(&all)).len(), 1);
    let single = json!({"daily": [agent("claude"), agent("codex")]});
    assert_eq!(sums(&read_json(&single)).len(), 2);
}

#[test]
fn cost_keys_vanish_with_no_cost_and_are_not_taken_over_without_it() {
    let mut bare = row("date", "2026-11-20");
    bare["modelBreakdowns"][0].as_object_mut().unwrap().remove("cost");
    let (with, without) =
        (one(&json!({"daily": [row("date", "2026-11-20")]})), one(&json!({"daily": [bare]})));
    assert_eq!(with, without);
    assert_eq!(read_text(DAILY).bills().count(), 0);
}

#[test]
fn fast_mode_is_a_suffix_of_the_model() {
    let mut fast = row("date", "2026-11-20");
    fast["modelBreakdowns"] = json!([part("claude-opus-5-5-fast", 2)]);
    let sum = one(&json!({"daily": [fast]}));
    assert_eq!((&*sum.model, sum.terms.fast), ("claude-opus-5-5-fast", true));
}

#[test]
fn the_same_report_twice_counts_once() {
    assert_eq!(sums(&read_text(&format!("{DAILY}\n"))).len(), 1);
    let mut history = read_text(DAILY);
    read(DAILY.as_bytes(), "again.json", &mut history);
    assert_eq!(sums(&history).len(), 1);
}

#[test]
fn bad_rows_are_counted_and_named_and_spoil_no_other() {
    let bad_count = {
        let mut row = row("date", "2026-11-21");
        let counts = &mut row["modelBreakdowns"];
        counts[0]["outputTokens"] = (-1).into();
        counts.as_array_mut().unwrap().push(part("claude-haiku-5-5", 8));
        row
    };
    let history = read_json(&json!({"daily": [row("date", "2026-11-20"), bad_count]}));
    let models: Vec<&str> = sums(&history).iter().map(|sum| &*sum.model).collect();
    assert_eq!(models, ["claude-opus-5-5", "claude-haiku-5-5"]);
    assert_eq!(skipped(&history), [(Skip::BadCount, 1)]);
    for (bad, why) in [
        (row("date", "yesterday"), Skip::NoTime),
        (row("x", "2026-11-20"), Skip::NoTime),
        (json!({"date": "2026-11-20", "inputTokens": 1}), Skip::NoModel),
        (json!({"date": "2026-11-20", "modelBreakdowns": [{}]}), Skip::NoModel),
        (
            json!({"date": "2026-11-20", "modelBreakdowns": [part("<synthetic>", 1)]}),
            Skip::Synthetic,
        ),
        (json!(null), Skip::NotJson),
    ] {
        let history = read_json(&json!({"daily": [bad, row("date", "2026-11-20")]}));
        assert_eq!(sums(&history).len(), 1);
        assert_eq!(skipped(&history), [(why, 1)]);
    }
}

#[test]
fn output_of_a_shell_is_read_in_its_encoding_and_behind_its_warnings() {
    let text = format!("\u{feff}npm warn something\r\n{DAILY}");
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut history = History::default();
    read(&bytes, "x", &mut history);
    assert_eq!(sums(&history).len(), 1);
    let foreign = read_text("{\"a\":1}");
    assert!(format!("{foreign:?}").contains("'cc.json' holds no report of ccusage."));
    assert!(foreign.sources().is_empty());
}
