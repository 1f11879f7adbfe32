//! How sums and billed amounts change a summary.

use super::*;
use crate::history::History;
use crate::source::{admin, ccusage, claude_code, console};

const HEAD: &str =
    "usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens,x\n";

fn summed(history: &History, by: By, edit: impl FnOnce(&mut Query<'_>)) -> Summary {
    let mut query = Query {
        catalog: Catalog::builtin().unwrap(),
        zone: TimeZone::UTC,
        since: None,
        until: None,
        by,
        now: "2026-11-22T14:05:00Z".parse().unwrap(),
    };
    edit(&mut query);
    Summary::new(history, &query)
}

fn keys(summary: &Summary) -> Vec<&str> {
    summary.rows.iter().map(|(key, _)| key.as_str()).collect()
}

fn log(history: &mut History, time: &str) {
    let line = format!(
        "{{\"type\":\"assistant\",\"timestamp\":\"{time}\",\"sessionId\":\"s\",\"entrypoint\":\"cli\",\"message\":{{\"id\":\
         \"{time}\",\"model\":\"claude-opus-5-5\",\"usage\":{{\"output_tokens\":5}}}}}}"
    );
    let place = claude_code::Place::of(&["p", "s.jsonl"], 0, |_| None);
    claude_code::read_line(line.as_bytes(), &place, claude_code::Prefilter::On, history);
}

fn csv(history: &mut History, row: &str) {
    console::read(format!("{HEAD}{row},\n").as_bytes(), "t.csv", history);
}

fn cc(history: &mut History, list: &str, name: &str, period: &str) {
    let text = format!(
        "{{\"{list}\":[{{\"{name}\":\"{period}\",\"outputTokens\":3,\"modelsUsed\":\
         [\"claude-opus-5-5\"]}}]}}"
    );
    ccusage::read(text.as_bytes(), "c.json", history);
}

/// The doubts that contain this word.
fn about<'s>(summary: &'s Summary, word: &str) -> Vec<&'s str> {
    summary.doubts.iter().map(String::as_str).filter(|doubt| doubt.contains(word)).collect()
}

#[test]
fn a_utc_day_stays_its_day_in_every_time_zone_and_that_is_said() {
    let mut history = History::default();
    csv(&mut history, "2026-11-01,claude-opus-5-5,1,1");
    for zone in ["America/New_York", "Asia/Tokyo"] {
        let summary = summed(&history, By::Day, |query| query.zone = TimeZone::get(zone).unwrap());
        assert_eq!(keys(&summary), ["2026-11-01"]);
        assert_eq!(about(&summary, "Whole days in UTC").len(), 1, "{:?}", summary.doubts);
    }
    assert!(about(&summed(&history, By::Day, |_| ()), "Whole days").is_empty());
}

#[test]
fn sums_are_not_sessions_and_do_not_tell_who_asked() {
    let mut history = History::default();
    csv(&mut history, "2026-11-01,claude-opus-5-5,1,1000");
    log(&mut history, "2026-11-20T09:00:00Z");
    let summary = summed(&history, By::Session, |_| ());
    assert_eq!(keys(&summary), ["(none)", "s"]);
    assert_eq!((summary.sessions.count, summary.coverage.responses), (1, 2));
    // Only the five tokens of the log are known to be typed for.
    assert_eq!(summary.unattended_pct, Some(Decimal::ZERO));
    assert_eq!(
        about(&summary, "Who asked"),
        ["Who asked is not told: Console token export. The unattended share leaves that out."]
    );
    assert_eq!(
        about(&summary, "Sums over"),
        [
            "Sums over several responses: 1 (Console token export). Each counts as one response, and \
          none as a session."
        ]
    );
    assert_eq!(keys(&summed(&history, By::Project, |_| ())), ["(none)", "p"]);
}

#[test]
fn a_month_counts_all_of_its_days_and_is_left_out_where_only_a_part_is_asked_for() {
    let mut history = History::default();
    cc(&mut history, "monthly", "month", "2026-10");
    let summary = summed(&history, By::Day, |_| ());
    assert_eq!(summary.coverage.days, 31);
    assert_eq!(summary.coverage.to.unwrap().to_string(), "2026-10-01T00:00:00Z");
    for (since, until, count) in [
        ("2026-10-01", "2026-10-31", 1),
        ("2026-10-02", "2026-10-31", 0),
        ("2026-10-01", "2026-10-30", 0),
    ] {
        let summary = summed(&history, By::Day, |query| {
            query.since = since.parse().ok();
            query.until = until.parse().ok();
        });
        assert_eq!(summary.coverage.responses, count, "{since} {until}");
        assert_eq!(about(&summary, "Sums that reach beyond").len() as u64, 1 - count);
    }
}

#[test]
fn two_sources_that_tell_the_same_day_are_named_with_the_way_out() {
    let mut history = History::default();
    log(&mut history, "2026-11-20T09:00:00Z");
    log(&mut history, "2026-11-19T09:00:00Z");
    cc(&mut history, "daily", "date", "2026-11-19");
    cc(&mut history, "daily", "date", "2026-11-20");
    assert_eq!(
        about(&summed(&history, By::Day, |_| ()), "both tell"),
        [
            "Claude Code logs and ccusage output both tell of 2 days from 2026-11-19 to 2026-11-20: the \
          same work may count twice. Read one of them alone with '--from claude-code' or '--from \
          ccusage'."
        ]
    );
    let mut history = History::default();
    csv(&mut history, "2026-11-01,claude-sonnet-5-5,1,1");
    let report = include_bytes!("../../../tests/fixtures/usage/admin_usage.json");
    admin::read(report, "a.json", &mut history);
    assert_eq!(
        about(&summed(&history, By::Day, |_| ()), "both tell"),
        ["Console token export and Admin usage report both tell of 2026-11-01: the same work may \
          count twice. Read one of them alone with '--from console' or '--from admin'."]
    );
    // Another day is other work.
    let mut history = History::default();
    log(&mut history, "2026-11-20T09:00:00Z");
    csv(&mut history, "2026-11-01,claude-opus-5-5,1,1");
    assert!(about(&summed(&history, By::Day, |_| ()), "both tell").is_empty());
}

#[test]
fn a_day_and_its_month_of_one_source_are_named() {
    let mut history = History::default();
    cc(&mut history, "daily", "date", "2026-11-20");
    assert!(about(&summed(&history, By::Day, |_| ()), "in two ways").is_empty());
    cc(&mut history, "monthly", "month", "2026-11");
    assert_eq!(
        about(&summed(&history, By::Day, |_| ()), "in two ways"),
        ["ccusage output tells of 2026-11-20 in two ways, such as by day and by month: the same \
          work counts twice. Name only one of the files."]
    );
}

#[test]
fn both_bounds_are_told_where_a_sum_can_cross_a_price_step() {
    let mut history = History::default();
    csv(&mut history, "2026-11-01,claude-haiku-5-5,1000000,100000");
    csv(&mut history, "2026-11-02,claude-opus-5-5,1000000,0");
    let summary = summed(&history, By::Model, |_| ());
    // Haiku 0.10 + 0.05, or 0.50 + 0.25; Opus $4 either way.
    let dec = |text: &str| Some(text.parse::<Decimal>().unwrap());
    assert_eq!((summary.totals.usd, summary.totals.usd_high()), (dec("4.15"), dec("4.75")));
    let bounds: Vec<_> = summary.rows.iter().map(|(_, row)| (row.usd, row.usd_high())).collect();
    assert_eq!(bounds, [(dec("0.15"), dec("0.75")), (dec("4"), None)]);
    assert_eq!(
        about(&summary, "dollars run"),
        ["Sums hide the size and day of each request: dollars run from $4.15, all at the lower \
          prices, to $4.75, all at the higher ones."]
    );
}

#[test]
fn costs_rounded_to_cents_say_how_far_they_can_be_off() {
    let mut history = History::default();
    let bytes = include_bytes!("../../../tests/fixtures/usage/console_cost.csv");
    console::read(bytes, "c.csv", &mut history);
    assert_eq!(
        about(&summed(&history, By::Day, |_| ()), "cents"),
        ["The Console rounds every cost to cents: 2 amounts can be off by $0.01 together."]
    );
}

#[test]
fn a_name_of_two_models_is_neither() {
    let catalog = Catalog::builtin().unwrap();
    let id = |name| catalog_id(catalog, name);
    assert_eq!(id("Claude Haiku 4.5").as_deref(), Some("claude-haiku-4-5"));
    assert_eq!(id("claude haiku 4.5").as_deref(), Some("claude-haiku-4-5"));
    assert_eq!(id("Claude Sonnet 3.5"), None);
    assert_eq!(id("Claude"), None);
}
