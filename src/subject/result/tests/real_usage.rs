//! A report on a month read from real usage, and the same report read back.

use super::*;
use crate::fit::Bound;
use crate::measured::Measured;
use crate::question::QuestionId;
use crate::wizard::session::real_tests::{four_weeks, four_weeks_replayed};
use crate::wizard::session::{Choices, Session};

/// Choices with real usage accepted and the other four questions answered.
fn choices(measured: Measured) -> Choices {
    let mut session = Session::new(builtin(), Wording::builtin().unwrap(), Choices::default());
    session.take_measured(&std::sync::Arc::new(measured)).unwrap();
    for question in
        [QuestionId::Developer, QuestionId::Control, QuestionId::Features, QuestionId::Billing]
    {
        session.answer(question, 1).unwrap();
    }
    session.choices().clone()
}

fn assess_choices(choices: &Choices) -> Assessment {
    assess(&choices.answers.resolve().unwrap(), &choices.usage, &builtin()).unwrap()
}

#[test]
fn the_json_names_the_origin_the_dates_and_the_figures() {
    let a = assess_choices(&choices(four_weeks()));
    let report: Value = serde_json::from_str(&json_of(&a, builtin())).unwrap();
    for (question, origin) in [
        ("interface", "usage"),
        ("session", "usage"),
        ("limits", "usage"),
        ("automation", "usage"),
        ("developer", "user"),
    ] {
        assert_eq!(report["answer_origin"][question], origin, "{question}");
    }
    let usage = &report["usage"];
    assert_eq!(usage["confidence"], "measured");
    assert_eq!(usage["input_tokens"], 41_234_567);
    assert_eq!(usage["cache_read_pct"], "91.2345");
    assert_eq!(usage["outside_origin"], "default");
    assert_eq!(
        usage["measured"],
        json!({
            "from": "2026-10-26", "to": "2026-11-22", "days": 28, "days_of_use": 28, "timezone": "Europe/Madrid",
            "sources": ["claude_code", "claude_ai"], "responses": 5_123,
            "input_tokens": 41_234_567, "output_tokens": 1_234_567,
            "cache_read_pct": "91.2345", "cache_write_pct": "0.5", "cache_write_1h_pct": 6,
            "model": "claude-opus-5-5", "mix_usd": "84.123456", "unpriced_responses": 2,
            "limits": {"hits": 6, "weeks": 3, "plan": "pro", "peak_pct": "97.3"},
            "sessions": {"count": 41, "median_minutes": "25.5", "marathons": 2},
            "unattended": {"output_tokens": 123_000, "of": 1_000_000},
            "programs": {"output_tokens": 10_000, "of": 1_000_000},
            "login": "claude", "doubts": four_weeks().doubts,
        })
    );
}

#[test]
fn the_markdown_and_the_text_name_sources_dates_evidence_and_doubts() {
    let a = assess_choices(&choices(four_weeks()));
    let page = with(&a, builtin(), None, |report| report.markdown());
    let (_, part) = page.split_once("## Your own logs\n").unwrap();
    let (part, _) = part.split_once("### ").unwrap();
    let expected = "
| Figure | Value |
| --- | --- |
| Read from | Claude Code logs, claude.ai export |
| Covers | 28 days, 2026-10-26 to 2026-11-22 (Europe/Madrid) |
| Responses | 5,123 |
| Your month | 28 days of logs scaled to an average month |
| Your mix of models in these logs | $84.12 a month at API prices. A value, not a bill. 2 responses without a price are not included. |

- Your logs: Claude Code, signed in with a Claude account.
- Your logs: 41 sessions, median 25.5 minutes, 2 of three hours or more.
- Your logs: 6 limit hits in 28 days.
- Your logs: 12.3% of the output was written without anybody typing.
- The fullest limit window reached 97.3%.

**Caveats**

- These logs cover 28 days. Claude Code deletes logs older than 30 days unless 'cleanupPeriodDays' says otherwise.

";
    assert_eq!(part, expected);
    assert_eq!(page.matches("read from your usage").count(), 4);
    assert!(page.contains(
        "28 days of logs scaled to an average month (Claude Code logs, claude.ai export)"
    ));
    let text = with(&a, builtin(), None, |report| report.text());
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "Your own logs Read from: Claude Code logs, claude.ai export",
        "Covers: 28 days, 2026-10-26 to 2026-11-22 (Europe/Madrid)",
        "Your mix of models in these logs: $84.12 a month at API prices. A value, not a bill.",
        "- Your logs: 6 limit hits in 28 days.",
        "- These logs cover 28 days.",
    ] {
        assert!(words.contains(part), "{part}\n{text}");
    }
    assert!(text.lines().all(|line| line.width() <= 80));
    let without = assess_choices(&Choices::from_file(&read_answers(&drawn()).unwrap()));
    assert!(!with(&without, builtin(), None, |report| report.markdown()).contains("Your own logs"));
}

/// The part of a text after `start` and before `end`.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap();
    rest.split_once(end).unwrap().0
}

#[test]
fn what_a_replay_said_stands_in_every_format() {
    let a = assess_choices(&choices(four_weeks_replayed()));
    let page = with(&a, builtin(), None, |report| report.markdown());
    insta::assert_snapshot!(
        "replayed_markdown",
        between(&page, "### Would this plan have covered your usage?\n", "\n### ")
    );
    let html = with(&a, builtin(), None, |report| report.html());
    let part = between(&html, "<section id=\"fit\"", "</section>");
    for said in ["Max would likely have covered all of it.", "$23.00 to $184.25", "1 to 40.5 h"] {
        assert!(part.contains(said), "{said}\n{part}");
    }
    let text = with(&a, builtin(), None, |report| report.text());
    assert!(text.lines().all(|line| line.width() <= 80), "{text}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Pro* no 1 to 40.5 h $23.00 to $184.25"), "{text}");
    let without = assess_choices(&choices(four_weeks()));
    for text in [
        with(&without, builtin(), None, |report| report.markdown()),
        with(&without, builtin(), None, |report| report.html()),
        with(&without, builtin(), None, |report| report.text()),
    ] {
        assert!(!text.contains("Would this plan have covered your usage?"), "{text}");
    }
}

#[test]
fn a_replay_gives_the_notes_on_larger_plans_and_credits_their_figures() {
    let mut choices = choices(four_weeks_replayed());
    // Without keys, nothing can be automated: Pro, with more chat than it covers.
    choices.answers.give(QuestionId::Developer, 0, crate::question::Origin::User);
    choices.answers.give(QuestionId::Limits, 2, crate::question::Origin::User);
    let note = |a: &Assessment, id: &str| {
        let note = a.notes.iter().find(|note| note.id == id);
        note.map(|note| note.text.clone()).unwrap()
    };
    let replayed = assess_choices(&choices);
    let larger = "Replayed on your logs, an estimate: Max covers all of it at the likely capacity, not at the low one.";
    let credits = "Replayed on your logs, an estimate: what does not fit Pro costs $3.00 to $164.25 a month, likely $21.50, as usage credits.";
    assert!(note(&replayed, "X1").contains(larger), "{}", note(&replayed, "X1"));
    assert!(note(&replayed, "X2").starts_with(credits), "{}", note(&replayed, "X2"));
    // Everything else is the same as without real usage.
    choices.usage.measured = Some(std::sync::Arc::new(four_weeks()));
    let plain = assess_choices(&choices);
    assert_eq!(note(&replayed, "X1").replace(&format!("{larger} "), ""), note(&plain, "X1"));
    assert_eq!(note(&replayed, "X2").replace(&format!("{credits} "), ""), note(&plain, "X2"));
    assert_eq!(
        (replayed.outcome, replayed.rule, replayed.needs),
        (plain.outcome, plain.rule, plain.needs)
    );
    assert_eq!(replayed.costs, plain.costs);
}

#[test]
fn limit_hits_and_caps_of_a_replay_stand_in_the_report_and_survive_it() {
    let mut measured = four_weeks_replayed();
    let fit = std::sync::Arc::make_mut(measured.fit.as_mut().unwrap());
    let pro = fit.plans.iter_mut().find(|plan| plan.id == "pro").unwrap();
    pro.told_hits = 3;
    pro.at.likely.hours_are = Bound::AtMost;
    pro.at.likely.unpaid = 2;
    pro.at.likely.unpaid_hours = "1.5".parse().unwrap();
    let mut choices = choices(measured);
    choices.answers.give(QuestionId::Limits, 2, crate::question::Origin::User);
    let a = assess_choices(&choices);
    let text = with(&a, builtin(), None, |report| report.text());
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Pro* no, 3 hits <=1 to 40.5 h >=$23.00 to >=$184.25",
        "hits: limit hits in your logs, on this plan or on a larger one.",
        "! leaves work undone: your cap is reached before everything is paid.",
        "Work you did not do after a limit hit is not in it.",
    ] {
        assert!(words.contains(said), "{said}\n{text}");
    }
    let html = with(&a, builtin(), None, |report| report.html());
    assert!(between(&html, "<section id=\"fit\"", "</section>").contains("no, 3 hits"));
    let opened = Choices::from_file(&read_answers(&json_of(&a, builtin())).unwrap());
    assert_eq!(opened.usage.measured, choices.usage.measured);
}

#[test]
fn a_month_changed_by_hand_is_not_called_that_of_the_logs() {
    let mut choices = choices(four_weeks());
    choices.usage.volume.input = 7;
    let a = assess_choices(&choices);
    let page = with(&a, builtin(), None, |report| report.markdown());
    assert!(!page.contains("scaled to an average month"));
    assert!(page.contains("changed by hand since; the logs hold 41,234,567 tokens of input"));
}

#[test]
fn a_saved_report_opened_again_keeps_origins_and_what_was_read() {
    for measured in [
        four_weeks(),
        Measured { days: 5, days_of_use: 5, ..four_weeks() },
        Measured {
            limits: None,
            sessions: None,
            unattended: None,
            programs: None,
            login: None,
            model: None,
            mix_usd: None,
            sources: Vec::new(),
            ..four_weeks()
        },
    ] {
        let mut choices = choices(measured);
        choices.answers = choices.answers.assume_open();
        let assumed = QuestionId::ALL.map(|question| choices.answers.given(question));
        let a = assess_choices(&choices);
        let opened = Choices::from_file(&read_answers(&json_of(&a, builtin())).unwrap());
        assert_eq!(opened.usage.measured, choices.usage.measured);
        assert_eq!(opened.usage.measured_month(), choices.usage.measured_month());
        let given = QuestionId::ALL.map(|question| opened.answers.given(question));
        assert_eq!(given, assumed);
    }
}

#[test]
fn a_file_without_it_still_opens_and_a_wrong_one_is_refused_by_name() {
    let with = |measured: Value| {
        let file = json!({"answers": {}, "usage": {
            "input_tokens": 1, "output_tokens": 1, "measured": measured}});
        read_answers(&file.to_string()).map(|file| file.usage.unwrap().measured.is_some())
    };
    assert_eq!(with(Value::Null), Ok(false));
    let a = assess_choices(&choices(four_weeks()));
    let report: Value = serde_json::from_str(&json_of(&a, builtin())).unwrap();
    let good = &report["usage"]["measured"];
    assert_eq!(with(good.clone()), Ok(true));
    for (field, value, says) in [
        ("days", json!(0), "'usage.measured.days' must be at least 1"),
        ("from", json!("yesterday"), "'usage.measured.from' must be a day"),
        ("to", json!("2026-01-01"), "'usage.measured.days' must be at least 1"),
        ("responses", json!("7"), "'usage.measured.responses' must be a whole number"),
        ("cache_read_pct", json!(99), "'usage.measured.cache_read_pct' makes more than 100"),
        ("mix_usd", json!("-1"), "'usage.measured.mix_usd' must be an amount"),
        ("mix_usd", json!("1e9"), "'usage.measured.mix_usd' must be an amount"),
        ("unattended", json!({"output_tokens": 2, "of": 1}), "must not be more"),
        ("limits", json!({"hits": 1}), "'usage.measured.limits.weeks' is missing"),
        ("doubts", json!("one"), "'usage.measured.doubts' must be a list"),
        ("login", json!("root"), "'usage.measured.login' cannot be 'root'"),
    ] {
        let mut wrong = good.clone();
        wrong[field] = value;
        let error = with(wrong).unwrap_err().to_string();
        assert!(error.contains(says), "{field}: {error}");
    }
    assert!(with(json!([])).unwrap_err().to_string().contains("must be an object"));
    // Texts from a file are made harmless before display.
    let mut odd = good.clone();
    odd["doubts"] = json!(["\u{1b}[2J\u{202e}x", 7, "y".repeat(2_000)]);
    let file = json!({"answers": {}, "usage": {
        "input_tokens": 1, "output_tokens": 1, "measured": odd}});
    let measured = read_answers(&file.to_string()).unwrap().usage.unwrap().measured.unwrap();
    assert_eq!(measured.doubts.len(), 2);
    assert!(!measured.doubts[0].contains(['\u{1b}', '\u{202e}']));
    assert_eq!(measured.doubts[1].len(), 500);
}
