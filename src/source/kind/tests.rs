//! Every sample is recognized by content, in every layout.

use super::*;

const SAMPLES: [(&[u8], Kind); 13] = [
    (include_bytes!("../../../tests/fixtures/usage/claude_normal.jsonl"), Kind::ClaudeCode),
    (include_bytes!("../../../tests/fixtures/usage/claude_limits.jsonl"), Kind::ClaudeCode),
    (
        include_bytes!("../../../tests/fixtures/usage/claude_legacy_and_oddities.jsonl"),
        Kind::ClaudeCode,
    ),
    (include_bytes!("../../../tests/fixtures/usage/claude_ai_conversations.json"), Kind::ClaudeAi),
    (include_bytes!("../../../tests/fixtures/usage/console_tokens.csv"), Kind::ConsoleTokens),
    (include_bytes!("../../../tests/fixtures/usage/console_cost.csv"), Kind::ConsoleCosts),
    (include_bytes!("../../../tests/fixtures/usage/admin_usage.json"), Kind::AdminUsage),
    (include_bytes!("../../../tests/fixtures/usage/admin_cost.json"), Kind::AdminCosts),
    (include_bytes!("../../../tests/fixtures/usage/ccusage_all_daily.json"), Kind::Ccusage),
    (include_bytes!("../../../tests/fixtures/usage/claude_dot_json_subset.json"), Kind::ClaudeJson),
    (
        include_bytes!("../../../tests/fixtures/usage/desktop_plan_usage_history.json"),
        Kind::DesktopPlan,
    ),
    (include_bytes!("../../../tests/fixtures/usage/codex.jsonl"), Kind::Codex),
    (include_bytes!("../../../tests/fixtures/usage/stats_cache.json"), Kind::StatsCache),
];

fn utf16(text: &str, is_little: bool) -> Vec<u8> {
    let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
    let pair = |unit: u16| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() };
    units.flat_map(pair).collect()
}

#[test]
fn every_sample_is_known_by_its_content() {
    for (sample, kind) in SAMPLES {
        assert_eq!(Kind::of(sample), Some(kind));
    }
    let daily = include_bytes!("../../../tests/fixtures/usage/ccusage_claude_daily.json");
    assert_eq!(Kind::of(daily), Some(Kind::Ccusage));
    assert_eq!(Kind::of(b"PK\x03\x04and more"), Some(Kind::Zip));
}

#[test]
fn blank_lines_and_byte_order_marks_in_front_hide_nothing() {
    for (sample, kind) in SAMPLES {
        for lead in ["\n\r\n  ", "\u{feff}", "\n\u{feff}\n"] {
            assert_eq!(Kind::of(&[lead.as_bytes(), sample].concat()), Some(kind), "{lead:?}");
        }
        let windows = String::from_utf8_lossy(sample).replace('\n', "\r\n");
        assert_eq!(Kind::of(windows.as_bytes()), Some(kind));
    }
}

#[test]
fn utf_16_is_read_in_both_orders() {
    for (sample, kind) in SAMPLES {
        let text = String::from_utf8_lossy(sample);
        for is_little in [true, false] {
            let wide = utf16(&text, is_little);
            assert_eq!(Kind::of(&wide), Some(kind));
            assert_eq!(Kind::of(&wide[2..]), Some(kind), "without a mark");
        }
    }
}

#[test]
fn pretty_print_is_the_same_document() {
    let mut documents = 0;
    for (sample, kind) in SAMPLES {
        if let Ok(value) = serde_json::from_slice::<serde_json::Value>(sample) {
            let pretty = serde_json::to_string_pretty(&value).unwrap();
            assert_eq!(Kind::of(pretty.as_bytes()), Some(kind), "{kind:?}");
            documents += 1;
        }
    }
    assert!(documents >= 5, "{documents} samples are one document of JSON");
}

#[test]
fn lines_are_known_behind_broken_ones() {
    for (sample, kind) in SAMPLES {
        if [Kind::ClaudeCode, Kind::Codex].contains(&kind) {
            for lead in ["nonsense\n", "{\"type\":\"assist\n", "\0\0\n", "{}\n", "{\"a\":[1,\n"] {
                assert_eq!(Kind::of(&[lead.as_bytes(), sample].concat()), Some(kind), "{lead:?}");
            }
        }
    }
}

#[test]
fn a_start_that_ends_anywhere_is_no_other_kind() {
    for (sample, kind) in SAMPLES {
        let told = (0..sample.len()).filter_map(|end| Kind::of(&sample[..end]));
        let others: Vec<_> = told.filter(|told| *told != kind).collect();
        assert!(others.is_empty(), "{kind:?} passes for {others:?}");
    }
}

#[test]
fn a_report_without_rows_is_one_still() {
    for (text, kind) in [
        (r#"{"data":[],"has_more":false,"next_page":null}"#, Kind::AdminUsage),
        (r#"{"data":[{"starting_at":"x","results":[]}],"has_more":false}"#, Kind::AdminUsage),
        (r#"{"daily":[],"totals":{}}"#, Kind::Ccusage),
        (r#"{"blocks":[]}"#, Kind::Ccusage),
        (r#"{"version":2,"samples":[]}"#, Kind::DesktopPlan),
        (r#"{"projects":{"p":[{"totalTokens":1}]}}"#, Kind::Ccusage),
        (r#"{"blocks":[{"tokenCounts":{}}]}"#, Kind::Ccusage),
    ] {
        assert_eq!(Kind::of(text.as_bytes()), Some(kind), "{text}");
    }
}

#[test]
fn what_lies_beside_usage_is_named_for_what_it_is() {
    const CONVERSATION: &str = r#"{"uuid":"u","name":"n","summary":"s","account":{"uuid":"a"}"#;
    let long = "x".repeat(9);
    for (text, kind) in [
        (
            r#"{"display":"a","pastedContents":{"1":{"type":"text"}},"sessionId":"s"}"#,
            Some(Kind::PromptHistory),
        ),
        (
            r#"{"id":"1","subject":"a","status":"pending","blocks":[],"blockedBy":[]}"#,
            Some(Kind::Task),
        ),
        (r#"{"type":"system","subtype":"init","session_id":"s"}"#, Some(Kind::StreamJson)),
        (
            r#"{"type":"assistant","message":{"usage":{"output_tokens":3}},"session_id":"s"}"#,
            Some(Kind::StreamJson),
        ),
        (&format!("[{CONVERSATION}}}]"), Some(Kind::ExportIndex)),
        // Only the start of a long summary is known.
        (&format!("[{CONVERSATION},\"more\":\"{long}"), Some(Kind::ClaudeAi)),
        (&format!("[{CONVERSATION},\"chat_messages\":[]}}]"), Some(Kind::ClaudeAi)),
        (r#"{"id":"1","blocks":[]}"#, None),
        // Qwen Code.
        (r#"{"parentUuid":null,"sessionId":"s","type":"user","message":{"parts":[]}}"#, None),
        (r#"{"sessionId":"s","type":"assistant","message":{},"usageMetadata":{}}"#, None),
        // Pi, whose usage has other names.
        (r#"{"type":"message","message":{"role":"assistant","usage":{"input":3}}}"#, None),
        // A tool may be given anything.
        (
            r#"{"sessionId":"s","type":"user","message":{"content":[{"parts":[]}]},"toolUseResult":{"parts":1}}"#,
            Some(Kind::ClaudeCode),
        ),
    ] {
        assert_eq!(Kind::of(text.as_bytes()), kind, "{text}");
    }
}

#[test]
fn the_state_of_claude_code_is_known_by_what_it_starts_with() {
    let text = r#"{"numStartups":3,"projects":{"/p":{"history":[{"display":"secret"}]}}"#;
    assert_eq!(Kind::of(text.as_bytes()), Some(Kind::ClaudeJson));
}

#[test]
fn a_text_that_mentions_keys_is_of_no_kind() {
    for text in [
        "",
        "  \n",
        "notes about usage_date and \"type\": \"sessionId\"",
        r#"{"note":"{\"type\":\"user\",\"sessionId\":\"s\"}"}"#,
        r#"{"name":"x","version":"1.0.0","dependencies":{"samples":"1"}}"#,
        r#"[{"uuid":"u","full_name":"Ana"}]"#,
        r#"[{"text":"chat_messages"},["chat_messages"]]"#,
        r#"{"object":"list","data":[{"id":"a","message":"usage"}],"has_more":false}"#,
        "a,b,c\n1,2,3\n",
        "\u{feff}",
        "{",
        "[",
        "{\"",
        "{\"type\\",
        "\"{\"",
    ] {
        assert_eq!(Kind::of(text.as_bytes()), None, "{text}");
    }
}
