//! Estimates to the token, and malformed exports.

use serde_json::{Value, json};

use super::*;
use crate::history::Response;

const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/usage/claude_ai_conversations.json");

fn assumed(tokenizer: Tokenizer) -> Assumed {
    Assumed { model: "claude-x".to_owned(), tokenizer }
}

fn read(bytes: &[u8]) -> History {
    let mut history = History::default();
    let mut splitter = Splitter::default();
    let assumed = assumed(Tokenizer::New);
    splitter.feed(bytes, |piece| read_piece(piece, &assumed, &mut history));
    splitter.finish(|piece| read_piece(piece, &assumed, &mut history));
    history
}

#[expect(clippy::needless_pass_by_value, reason = "so that callers write it in place")]
fn message(id: &str, parent: Value, sender: &str, text: &str) -> Value {
    json!({"uuid": id, "parent_message_uuid": parent, "sender": sender, "text": text,
        "created_at": "2026-11-01T09:00:00Z"})
}

fn conversation(messages: &[Value]) -> Vec<u8> {
    json!([{"uuid": "c", "name": "secret", "chat_messages": messages}]).to_string().into_bytes()
}

/// Input and output of every response, ordered by time and size.
fn answers(history: &History) -> Vec<(u64, u64)> {
    let mut found: Vec<&Response> = history.responses().collect();
    found.sort_by_key(|response| (response.time, response.tokens.input, response.tokens.output));
    found.iter().map(|response| (response.tokens.input, response.tokens.output)).collect()
}

#[test]
fn the_sample_is_one_estimated_response() {
    let history = read(SAMPLE);
    let found: Vec<&Response> = history.responses().collect();
    // 25 characters typed, 12 attached and one image; replies of 12 and 3 characters.
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].tokens.input, 15 + IMAGE_TOKENS);
    assert_eq!(found[0].tokens.output, 6);
    assert_eq!(found[0].time.to_string(), "2026-11-01T09:00:09Z");
    assert_eq!(&*found[0].session, "c0000000-0000-4000-8000-000000000001");
    assert_eq!((&*found[0].project, found[0].count), ("claude.ai", Count::Estimate));
    assert!(!found[0].is_unattended());
}

#[test]
fn the_old_tokenizer_makes_fewer_tokens() {
    let mut history = History::default();
    let inner = SAMPLE.trim_ascii();
    read_conversation(&inner[1..inner.len() - 1], &assumed(Tokenizer::Old), &mut history);
    // 37 and 15 characters at 3.4 per token.
    assert_eq!(answers(&history), [(11 + IMAGE_TOKENS, 5)]);
}

#[test]
fn every_turn_sends_the_conversation_so_far() {
    let text = "x".repeat(25);
    let messages: Vec<Value> = (0..6)
        .map(|index| {
            let sender = if index % 2 == 0 { "human" } else { "assistant" };
            let parent = if index == 0 { json!(ROOT) } else { json!(format!("m{}", index - 1)) };
            message(&format!("m{index}"), parent, sender, &text)
        })
        .collect();
    assert_eq!(answers(&read(&conversation(&messages))), [(10, 10), (30, 10), (50, 10)]);
    // File order is irrelevant if parents are named.
    let mut backwards = messages;
    backwards.reverse();
    assert_eq!(answers(&read(&conversation(&backwards))), [(10, 10), (30, 10), (50, 10)]);
}

#[test]
fn an_edited_message_is_another_way() {
    let messages = [
        message("a", json!(ROOT), "human", &"x".repeat(25)),
        message("b", json!("a"), "assistant", &"x".repeat(50)),
        message("c", json!("b"), "human", &"x".repeat(25)),
        message("d", json!("c"), "assistant", "x"),
        message("c2", json!("b"), "human", &"x".repeat(250)),
        message("d2", json!("c2"), "assistant", "x"),
    ];
    assert_eq!(answers(&read(&conversation(&messages))), [(10, 20), (40, 1), (130, 1)]);
}

#[test]
fn without_parents_the_order_is_the_way() {
    let messages = [
        message("a", Value::Null, "human", &"x".repeat(25)),
        message("b", Value::Null, "assistant", &"x".repeat(25)),
        message("c", Value::Null, "assistant", "x"),
    ];
    assert_eq!(answers(&read(&conversation(&messages))), [(10, 10), (20, 1)]);
}

#[test]
fn circles_and_missing_parents_end_a_way() {
    let messages = [
        message("a", json!("b"), "assistant", &"x".repeat(25)),
        message("b", json!("a"), "assistant", &"x".repeat(25)),
        message("c", json!("c"), "assistant", "x"),
        message("d", json!("gone"), "assistant", "x"),
    ];
    assert_eq!(answers(&read(&conversation(&messages))), [(0, 1), (0, 1), (0, 10), (10, 10)]);
}

#[test]
fn a_long_conversation_takes_no_quadratic_time() {
    let mut messages = vec![message("0", json!(ROOT), "human", "x")];
    // In reverse order, so that the first message has the longest path.
    for index in (1..50_000).rev() {
        let parent = json!((index - 1).to_string());
        messages.push(message(&index.to_string(), parent, "assistant", "x"));
    }
    let history = read(&conversation(&messages));
    assert_eq!(history.responses().count(), 49_999);
    assert_eq!(history.responses().map(|response| response.tokens.input).max(), Some(20_000));
}

#[test]
fn the_text_of_the_content_counts_once_and_stands_in_for_nothing() {
    let mut answer = message("a", json!(ROOT), "assistant", "a stand-in for what is below");
    answer["content"] = json!([
        {"type": "thinking", "thinking": "x".repeat(5)},
        {"type": "text", "text": "\u{e9}".repeat(10)},
        {"type": "tool_use", "input": {"text": "not counted"}},
        {"type": "tool_result", "content": [{"text": "not counted"}]},
        null,
    ]);
    assert_eq!(answers(&read(&conversation(&[answer]))), [(0, 6)]);
}

#[test]
fn an_answer_without_a_time_is_named() {
    let mut answer = message("a", json!(ROOT), "assistant", "x");
    answer["created_at"] = json!("2026-11-01T09:00:00");
    let history = read(&conversation(&[answer, message("b", json!("a"), "assistant", "y")]));
    assert_eq!(history.responses().count(), 1);
    assert_eq!(history.skipped().get(&Skip::NoTime), Some(&1));
}

#[test]
fn the_same_message_in_two_exports_counts_once() {
    let messages = conversation(&[message("a", json!(ROOT), "assistant", "x")]);
    let mut history = read(&messages);
    history.merge(read(&messages));
    assert_eq!(history.responses().count(), 1);
}

#[test]
fn what_is_broken_is_named_and_the_rest_is_kept() {
    let good = |id: &str| {
        let list = conversation(&[message(id, json!(ROOT), "assistant", "x")]);
        String::from_utf8(list).unwrap().trim_matches(['[', ']']).to_owned()
    };
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let list = format!("[{},{{\"uuid\":nope}},{deep},{},7,{}", good("1"), good("2"), good("3"));
    let mut bytes = list.into_bytes();
    bytes.extend(b",{\"uuid\":\"\xe2\x82\",\"chat_messages\":[]},");
    bytes.extend(good("4").bytes().take(30));
    let history = read(&bytes);
    assert_eq!(history.responses().count(), 3);
    assert_eq!(history.skipped().get(&Skip::TooDeep), Some(&1));
    assert_eq!(history.skipped().get(&Skip::NotJson), Some(&3));
}

#[test]
fn a_broken_letter_spoils_no_more_than_itself() {
    let text = |text: &[u8]| {
        let whole = conversation(&[
            message("q", json!(null), "human", "Hello there"),
            message("a", json!("q"), "assistant", "1234X6789"),
        ]);
        let at = whole.windows(9).position(|part| part == b"1234X6789").unwrap();
        [&whole[..at], text, &whole[at + 9..]].concat()
    };
    let clean = answers(&read(&text(b"1234567890")));
    assert_eq!(clean.len(), 1);
    for broken in
        [&b"123456789\xc3"[..], b"123456789\x00", b"123456789\\ud83d", b"123456789\\udc00"]
    {
        let history = read(&text(broken));
        assert_eq!(answers(&history), clean, "{broken:?}");
        assert_eq!(history.skipped().len(), 0);
    }
    // A full pair is one character, and an escaped backslash starts no escape.
    assert_eq!(answers(&read(&text(b"1234567\\ud83d\\ude00\\\\\xc3"))), clean);
}

#[test]
fn odd_values_of_fields_spoil_nothing() {
    let list = json!([
        {"uuid": 5, "chat_messages": [message("a", json!(7), "assistant", "x"), null, 3]},
        {"uuid": "c", "chat_messages": {"a": 1}},
        {"uuid": "d", "chat_messages": [{"uuid": null, "sender": "assistant", "text": null,
            "content": "x", "attachments": {}, "files": null,
            "created_at": "2026-11-01T09:00:00Z"}]},
    ]);
    let history = read(list.to_string().as_bytes());
    assert_eq!(history.responses().count(), 2);
    assert!(history.skipped().is_empty());
}

#[test]
fn what_is_assumed_is_said() {
    let doubt = assumed(Tokenizer::New).doubt();
    for part in ["'claude-x'", "2.5 characters", "1296 tokens", "'--model'"] {
        assert!(doubt.contains(part), "{doubt}");
    }
}
