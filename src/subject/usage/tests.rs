//! The complete text for each kind of source.

use jiff::tz::TimeZone;

use super::*;
use crate::catalog::Catalog;
use crate::history::History;
use crate::source::{admin, ccusage, console, plan};

type Read = fn(&[u8], &str, &mut History);

/// The text about these sample files.
pub(crate) fn text_of(files: &[(&str, Read)], by: By) -> String {
    let mut history = History::default();
    for (name, read) in files {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/usage");
        let bytes = std::fs::read(folder.join(name)).unwrap();
        history.add_file(bytes.len() as u64);
        read(&bytes, name, &mut history);
    }
    shown(&history, by)
}

fn shown(history: &History, by: By) -> String {
    let query = Query {
        catalog: Catalog::builtin().unwrap(),
        zone: TimeZone::UTC,
        since: None,
        until: None,
        by,
        now: "2026-11-22T14:05:00Z".parse().unwrap(),
    };
    let shown = text(&Summary::new(history, &query), &query);
    assert!(shown.lines().all(|line| line.chars().count() <= crate::doc::text::WIDTH), "{shown}");
    shown
}

#[test]
fn console_tokens() {
    let files: &[(&str, Read)] = &[("console_tokens.csv", console::read)];
    insta::assert_snapshot!(text_of(files, By::Project));
}

#[test]
fn console_costs() {
    let files: &[(&str, Read)] = &[("console_cost.csv", console::read)];
    insta::assert_snapshot!(text_of(files, By::Day));
}

#[test]
fn admin_usage_and_costs() {
    let files: &[(&str, Read)] =
        &[("admin_usage.json", admin::read), ("admin_cost.json", admin::read)];
    insta::assert_snapshot!(text_of(files, By::Model));
}

#[test]
fn ccusage_for_both_names() {
    let files: &[(&str, Read)] = &[("ccusage_claude_daily.json", ccusage::read)];
    insta::assert_snapshot!(text_of(files, By::Session));
    // The other sample has the same day for all agents: the same row under another name.
    let files: &[(&str, Read)] = &[("ccusage_all_daily.json", ccusage::read)];
    assert!(text_of(files, By::Day).contains("31.5K"));
}

#[test]
fn plan_files() {
    let files: &[(&str, Read)] = &[
        ("claude_dot_json_subset.json", plan::read_claude_json),
        ("desktop_plan_usage_history.json", plan::read_desktop_history),
    ];
    insta::assert_snapshot!(text_of(files, By::Day));
}

#[test]
fn bounds_and_hostile_names_fit_the_width() {
    let mut history = History::default();
    let csv = "usage_date_utc,model_version,workspace,usage_input_tokens_no_cache,\
               usage_output_tokens,x\n\
               2026-11-01,claude-haiku-5-5,\u{1b}[2J\u{202e}evil workspace of a very long name \
               indeed,999999999999,999999999999,\n";
    console::read(csv.as_bytes(), "x\u{1b}]0;pwn\u{7}.csv", &mut history);
    let shown = shown(&history, By::Project);
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{shown}");
    // 10^12 less one at 0.10 and 0.50, or all at 0.50 and 2.50.
    assert!(shown.contains("$600,000.00-$3,000,000.00"), "{shown}");
}
