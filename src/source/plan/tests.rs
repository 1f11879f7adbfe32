//! What the two files reveal about a plan, and that they reveal nothing else.

use serde_json::{Value, json};

use super::*;

const SUBSET: &str = include_str!("../../../tests/fixtures/usage/claude_dot_json_subset.json");
const DESKTOP: &str = include_str!("../../../tests/fixtures/usage/desktop_plan_usage_history.json");

fn read_text(text: &str) -> History {
    let mut history = History::default();
    read_claude_json(text.as_bytes(), ".claude.json", &mut history);
    history
}

fn desktop(text: &str) -> History {
    let mut history = History::default();
    read_desktop_history(text.as_bytes(), "plan-usage-history.json", &mut history);
    history
}

fn plans(json: &Value) -> Vec<PlanSeen> {
    read_text(&json.to_string()).plans().cloned().collect()
}

/// Window, percentage and reset of every reading.
fn readings(history: &History) -> Vec<String> {
    let line = |reading: &Reading| {
        let reset = reading.resets_at.map_or_else(|| "-".to_owned(), |time| time.to_string());
        format!("{} {} {} {reset}", reading.at, reading.window, reading.percent)
    };
    history.readings().map(line).collect()
}

fn skipped(history: &History) -> Vec<(Skip, u64)> {
    history.skipped().iter().map(|(why, count)| (*why, *count)).collect()
}

#[test]
fn the_sample_yields_the_plan_and_its_last_percentages() {
    let history = read_text(SUBSET);
    let plans: Vec<PlanSeen> = history.plans().cloned().collect();
    assert_eq!(
        plans,
        [PlanSeen {
            at: None,
            login: Login::Claude,
            plan: Some(Plan::Max5),
            has_extra_usage: Some(true)
        }]
    );
    assert_eq!(
        readings(&history),
        [
            "2026-11-20T09:00:00Z five_hour 51 2026-11-20T14:40:00Z",
            "2026-11-20T09:00:00Z seven_day 38.5 2026-11-24T09:00:00Z",
            "2026-11-20T09:00:00Z weekly_scoped (Fable) 47 2026-11-24T09:00:00Z",
        ]
    );
    assert!(history.skipped().is_empty());
    assert_eq!(history.responses().count(), 0);
}

#[test]
fn the_sample_of_claude_desktop_yields_its_samples() {
    assert_eq!(
        readings(&desktop(DESKTOP)),
        [
            "2026-11-20T08:55:00Z five_hour 11 -",
            "2026-11-20T08:55:00Z seven_day 9 -",
            "2026-11-20T09:00:00Z five_hour 52 -",
            "2026-11-20T09:00:00Z seven_day 30 -",
        ]
    );
}

#[test]
fn every_plan_is_known_by_its_word_and_unknown_words_are_kept() {
    let tier = "default_claude_max_20x";
    for (word, tier, plan) in [
        ("claude_pro", "", Plan::Pro),
        ("claude_max", "default_claude_max_5x", Plan::Max5),
        ("claude_max", tier, Plan::Max20),
        ("claude_max", "", Plan::Max),
        ("claude_team", tier, Plan::Team),
        ("claude_enterprise", "", Plan::Enterprise),
        ("claude_free", "", Plan::Free),
        ("claude_ultra", "", Plan::Ultra),
        ("claude_gold", "", Plan::Other("claude_gold".to_owned())),
    ] {
        let json = json!({"oauthAccount":
            {"organizationType": word, "organizationRateLimitTier": tier}});
        assert_eq!(plans(&json)[0].plan, Some(plan), "{word} {tier}");
    }
}

#[test]
fn without_an_account_there_is_no_plan() {
    for json in [json!({}), json!({"oauthAccount": null}), json!({"oauthAccount": "x"})] {
        let expected =
            PlanSeen { at: None, login: Login::Other, plan: None, has_extra_usage: None };
        assert_eq!(plans(&json), [expected]);
    }
    let odd = json!({"oauthAccount": {"organizationType": 7, "hasExtraUsageEnabled": "yes"}});
    let expected = PlanSeen { at: None, login: Login::Claude, plan: None, has_extra_usage: None };
    assert_eq!(plans(&odd), [expected]);
}

#[test]
fn a_file_that_is_cut_off_does_not_say_that_there_is_no_account() {
    let history = read_text("{\"numStartups\":3,\"oauthAcc");
    assert_eq!(history.plans().count(), 0);
    assert_eq!(skipped(&history), [(Skip::NotJson, 1)]);
    assert_eq!(read_text("").plans().count(), 0);
}

#[test]
fn neither_address_nor_ids_are_kept() {
    let json = json!({"userID": "secret-id", "oauthAccount": {"emailAddress": "ana@example.org",
        "accountUuid": "secret-account", "organizationUuid": "secret-org",
        "organizationName": "Ana's secret", "organizationType": "claude_pro"},
        "cachedUsageUtilization": {"accountUuid": "secret-account", "fetchedAtMs": 1_795_165_200_000_u64,
            "utilization": {"five_hour": {"utilization": 1}}},
        "projects": {"/home/ana/secret": {}}});
    let all = format!("{:?}", read_text(&json.to_string()));
    assert!(all.contains("Pro") && all.contains("five_hour"), "{all}");
    assert!(!all.contains("secret") && !all.contains("example.org"), "{all}");
}

#[test]
fn percentages_and_times_that_cannot_be_are_named() {
    let cached = |at: Value, percent: Value| {
        let json = json!({"cachedUsageUtilization": {"fetchedAtMs": at,
            "utilization": {"five_hour": {"utilization": percent}}}});
        let history = read_text(&json.to_string());
        (readings(&history).len(), skipped(&history))
    };
    let now = json!(1_795_165_200_000_u64);
    assert_eq!(cached(now.clone(), json!(100)), (1, vec![]));
    assert_eq!(cached(now.clone(), json!(null)), (0, vec![]));
    for percent in [json!(100.5), json!(-1), json!("51"), json!(1e300), json!([])] {
        assert_eq!(cached(now.clone(), percent), (0, vec![(Skip::BadCount, 1)]));
    }
    for at in [json!(0), json!(1_795_165_200), json!(-5), json!(u64::MAX), json!("x"), json!(null)]
    {
        assert_eq!(cached(at, json!(5)), (0, vec![(Skip::NoTime, 1)]));
    }
}

#[test]
fn a_bad_sample_spoils_only_itself() {
    let history = desktop(
        r#"{"samples":[{"t":1795164900000,"u":{"fh":11}},7,{"t":"x","u":{"fh":1}},
            {"t":1795165200000,"u":{"fh":900,"sd":4}},{"t":1795165300000,"u":null},{"t":17951"#,
    );
    assert_eq!(
        readings(&history),
        ["2026-11-20T08:55:00Z five_hour 11 -", "2026-11-20T09:00:00Z seven_day 4 -"]
    );
    assert_eq!(skipped(&history), [(Skip::NotJson, 2), (Skip::BadCount, 1), (Skip::NoTime, 1)]);
}

#[test]
fn the_windows_in_the_list_count_where_they_are_not_named_apart() {
    let json = json!({"cachedUsageUtilization": {"fetchedAtMs": 1_795_165_200_000_u64,
        "utilization": {"limits": [{"kind": "session", "percent": 5}, {"kind": "weekly_all",
        "percent": 6}, {"kind": "new_kind", "percent": 7}, {"percent": 8}, null]}}});
    let all = readings(&read_text(&json.to_string()));
    let windows: Vec<&str> = all.iter().map(|line| line.split(' ').nth(1).unwrap()).collect();
    assert_eq!(windows, ["five_hour", "new_kind", "seven_day"]);
}
