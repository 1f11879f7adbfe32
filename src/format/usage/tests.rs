//! The JSON about sums, bills and plans.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::*;
use crate::catalog::Catalog;
use crate::history::History;
use crate::history::summary::By;
use crate::source::{admin, ccusage, console, plan};

fn shown(history: &History) -> Value {
    let query = Query {
        catalog: Catalog::builtin().unwrap(),
        zone: TimeZone::UTC,
        since: None,
        until: None,
        by: By::Day,
        now: "2026-11-22T14:05:00Z".parse().unwrap(),
    };
    serde_json::to_value(Document::new(&Summary::new(history, &query), &query)).unwrap()
}

#[test]
fn billed_dollars_are_apart_and_only_where_a_source_holds_them() {
    let mut history = History::default();
    let bytes = include_bytes!("../../../tests/fixtures/usage/console_cost.csv");
    console::read(bytes, "c.csv", &mut history);
    let json = shown(&history);
    // 0.05 + 0.02.
    assert_eq!(json["totals"]["billed_usd"], "0.07");
    assert_eq!(json["totals"]["usd"], Value::Null);
    assert_eq!(json["coverage"]["responses"], 0);
    assert_eq!(json["coverage"]["from"], "2026-11-01T00:00:00Z");
    assert_eq!(json["coverage"]["days"], 1);
    assert_eq!(json["rows"][0]["key"], "2026-11-01");
    assert_eq!(json["rows"][0]["billed_usd"], "0.07");
    let model = &json["models"]["Claude Haiku 5.5"];
    assert_eq!(model["catalog_id"], "claude-haiku-5-5");
    assert_eq!((&model["billed_usd"], &model["usd"]), (&json!("0.07"), &Value::Null));
    assert_eq!(json["sources"], json!([{"source": "Console cost export", "files": 1}]));
    let bytes = include_bytes!("../../../tests/fixtures/usage/admin_usage.json");
    let mut history = History::default();
    admin::read(bytes, "a.json", &mut history);
    let json = shown(&history);
    assert_eq!(json["totals"].get("billed_usd"), None);
    assert_eq!(json["totals"].get("usd_high"), None);
    // Sonnet 5.5 in batch, half of each price: 1,500 x 1 + 500 x 5 + 500 x 1.25 + 1,000 x 2
    // + 200 x 0.05 = 6,635 millionths, and 10 searches at $0.01.
    assert_eq!(json["totals"]["usd"], "0.106635");
    assert_eq!(json["sessions"]["count"], 0);
    assert_eq!(json["unattended_pct"], Value::Null);
}

#[test]
fn plans_and_peaks_are_kept_as_evidence() {
    let mut history = History::default();
    let bytes = include_bytes!("../../../tests/fixtures/usage/claude_dot_json_subset.json");
    plan::read_claude_json(bytes, "x", &mut history);
    let bytes = include_bytes!("../../../tests/fixtures/usage/desktop_plan_usage_history.json");
    plan::read_desktop_history(bytes, "y", &mut history);
    let json = shown(&history);
    let at = "2026-11-20T09:00:00Z";
    assert_eq!(
        json["evidence"],
        json!({
            "plans": [{"at": null, "login": "claude", "plan": "max_5x", "extra_usage": true}],
            "peaks": [
                {"window": "five_hour", "percent": "52", "at": at},
                {"window": "seven_day", "percent": "38.5", "at": at},
                {"window": "seven_day", "week": "2026-W47", "percent": "38.5", "at": at},
                {"window": "weekly_scoped (Fable)", "percent": "47", "at": at},
            ]
        })
    );
    assert_eq!(json["coverage"]["from"], Value::Null);
}

#[test]
fn the_samples_have_their_exact_dollars() {
    let mut history = History::default();
    let bytes = include_bytes!("../../../tests/fixtures/usage/console_tokens.csv");
    console::read(bytes, "t.csv", &mut history);
    // Opus 5.5: 46,981 x 4 + 15,969 x 5 + 16,932 x 20 = 606,409 millionths.
    assert_eq!(shown(&history)["totals"]["usd"], "0.606409");
    for bytes in [
        &include_bytes!("../../../tests/fixtures/usage/ccusage_claude_daily.json")[..],
        include_bytes!("../../../tests/fixtures/usage/ccusage_all_daily.json"),
    ] {
        let mut history = History::default();
        ccusage::read(bytes, "c.json", &mut history);
        // 277 x 4 + 512 x 5 + 1,024 x 0.20 + 31,456 x 20 = 632,992.8 millionths; not its $17.58.
        assert_eq!(shown(&history)["totals"]["usd"], "0.6329928");
    }
    let mut history = History::default();
    let bytes = include_bytes!("../../../tests/fixtures/usage/admin_cost.json");
    admin::read(bytes, "a.json", &mut history);
    let json = shown(&history);
    // 123.78912 + 20.00 cents.
    assert_eq!(json["totals"]["billed_usd"], "1.4378912");
    assert_eq!(json["models"]["claude-opus-5-5"]["billed_usd"], "1.2378912");
}
