//! A tree of logs whose totals are known, with the traps of real ones: answers over several lines
//! whose output grows, histories repeated in other files, tool inputs and texts that look like
//! usage, spaces after separators, sub-agents, and failures that are no plan limit.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// Responses, input, output, 5-minute writes, 1-hour writes, reads.
pub(crate) type Sums = [u64; 6];

/// What a tree holds, each response once.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    pub(crate) responses: u64,
    pub(crate) bytes: u64,
    /// Lines that count, repeats among them.
    pub(crate) lines: u64,
    pub(crate) hits: u64,
    pub(crate) models: BTreeMap<String, Sums>,
}

/// Numbers that are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

const MODELS: [&str; 3] =
    ["claude-sonnet-4-5-20250929", "claude-opus-4-5-20251101", "claude-haiku-4-5-20251001"];

/// Writes sessions until the tree has this many bytes.
pub(crate) fn write(root: &Path, bytes: u64) -> Expected {
    let mut expected = Expected::default();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut session = 0;
    while expected.bytes < bytes {
        session += 1;
        write_session(root, session, &mut dice, &mut expected);
    }
    expected
}

fn spaced(line: &str) -> String {
    // Only between a key and its value, where no text of ours has such a pair.
    line.replace("\":", "\": ").replace(",\"", ", \"")
}

/// The object with its fields in the order in which Claude Code writes them.
fn as_written(line: &Value) -> String {
    const FIRST: [&str; 9] = [
        "parentUuid",
        "isSidechain",
        "sessionId",
        "type",
        "role",
        "model",
        "id",
        "message",
        "content",
    ];
    let fields = line.as_object().unwrap();
    let rest = fields.keys().map(String::as_str).filter(|key| !FIRST.contains(key));
    let known = FIRST.into_iter().filter(|key| fields.contains_key(*key));
    let written: Vec<String> = known
        .chain(rest)
        .map(|key| {
            let value = &fields[key];
            let text = if key == "message" { as_written(value) } else { value.to_string() };
            format!("\"{key}\":{text}")
        })
        .collect();
    format!("{{{}}}", written.join(","))
}

fn write_session(root: &Path, session: u64, dice: &mut Dice, expected: &mut Expected) {
    let id = format!("session-{session}");
    let folder = root.join(format!("projects/-home-dev-project{}", dice.roll(5)));
    let model = MODELS[usize::try_from(dice.roll(3)).unwrap()];
    let is_spaced = dice.roll(20) == 0;
    // The order of fields is no promise: some sessions have another one.
    let is_sorted = session % 20 == 7;
    let print = |line: &Value| {
        let text = if is_sorted { line.to_string() } else { as_written(line) };
        if is_spaced { spaced(&text) } else { text }
    };
    let mut time = 1_790_000_000 + i64::try_from(dice.roll(5_000_000)).unwrap();
    let (mut main, mut side) = (Vec::new(), Vec::new());
    let (mut main_lines, mut side_lines) = (0, 0);
    for turn in 0..4 + dice.roll(30) {
        time += 5 + i64::try_from(dice.roll(240)).unwrap();
        let stamp = jiff::Timestamp::from_second(time).unwrap().to_string();
        let words =
            "the usage of input and output ".repeat(usize::try_from(dice.roll(500)).unwrap());
        let trap = if dice.roll(20) == 0 { "{\"usage\":{\"input_tokens\":5}}" } else { "" };
        main.push(print(&json!({"type": "user", "timestamp": stamp, "sessionId": id,
            "message": {"role": "user", "content": format!("{words}{trap}")},
            "toolUseResult": {"stdout": words}})));
        let is_side = dice.roll(10) == 0;
        let (write, output) = (300 + dice.roll(9000), 5 + dice.roll(900));
        let short = if dice.roll(5) > 0 { write } else { 0 };
        let (input, read) = (1 + dice.roll(20), 12_000 + dice.roll(90_000));
        let blocks = 1 + dice.roll(3);
        for block in 0..blocks {
            let is_last = block + 1 == blocks;
            let so_far = if is_last { output } else { 1 + dice.roll(output / 2 + 1) };
            let trap = if dice.roll(20) == 0 {
                json!({"id": null, "usage": {"input_tokens": 999, "output_tokens": 999}})
            } else {
                json!({"command": "ls"})
            };
            let line = print(&json!({"type": "assistant", "timestamp": stamp, "sessionId": id,
                "entrypoint": "cli", "isSidechain": is_side, "requestId": format!("req_{session}_{turn}"),
                "uuid": format!("u{session}-{turn}-{block}"),
                "message": {"id": format!("msg_{session}_{turn}"), "model": model,
                    "content": [{"type": "tool_use", "input": trap}],
                    "usage": {"input_tokens": input, "output_tokens": so_far,
                        "cache_creation_input_tokens": write, "cache_read_input_tokens": read,
                        "cache_creation": {"ephemeral_5m_input_tokens": short,
                            "ephemeral_1h_input_tokens": write - short}}}}));
            if is_side {
                side.push(line);
                side_lines += 1;
            } else {
                main.push(line);
                main_lines += 1;
            }
        }
        let sums = expected.models.entry(model.to_owned()).or_default();
        for (sum, count) in sums.iter_mut().zip([1, input, output, short, write - short, read]) {
            *sum += count;
        }
        expected.responses += 1;
        if dice.roll(150) == 0 {
            let is_plan = dice.roll(3) > 0;
            let text =
                if is_plan { "You've hit your session limit" } else { "API Error: Rate limited" };
            let mut line = json!({"type": "assistant", "timestamp": stamp, "sessionId": id,
                "message": {"id": "x", "model": "<synthetic>", "usage": {"input_tokens": 0},
                    "content": [{"type": "text", "text": text}]},
                "error": "rate_limit", "isApiErrorMessage": true});
            if is_plan {
                line["quotaLimits"] = json!({"status": "rejected", "rateLimitType": "five_hour",
                    "resetsAt": 1_800_000_000 + session * 100 + turn, "isUsingOverage": false});
                expected.hits += 1;
            }
            main.push(print(&line));
        }
    }
    let put = |name: String, lines: &[String]| {
        let text = lines.join("\n") + "\n";
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &text).unwrap();
        text.len() as u64
    };
    expected.bytes += put(format!("{id}.jsonl"), &main);
    expected.lines += main_lines;
    // A resumed session repeats its history in a second file.
    if dice.roll(10) == 0 {
        expected.bytes += put(format!("{id}-resumed.jsonl"), &main);
        expected.lines += main_lines;
    }
    if !side.is_empty() {
        expected.bytes += put(format!("{id}/subagents/agent-1.jsonl"), &side);
        expected.lines += side_lines;
    }
}
