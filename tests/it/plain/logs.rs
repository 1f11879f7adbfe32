//! Reading one's own logs in lines: told, overruled, stopped, and the same report as on the full
//! screen.

use std::fs;

use planwise::measured::Measured;
use planwise::plain::Turn;
use planwise::question::Origin;
use planwise::report::read_answers;
use planwise::wizard::Progress;

use super::pipes::piped;
use super::*;

/// Four weeks with six limit hits on Pro.
pub(crate) fn four_weeks() -> Measured {
    let json = r#"{"usage": {"input_tokens": 1, "output_tokens": 1, "measured": {
        "from": "2026-10-26", "to": "2026-11-22", "days": 28, "timezone": "UTC",
        "sources": ["claude_code"], "responses": 5123,
        "input_tokens": 41234567, "output_tokens": 1234567,
        "cache_read_pct": "91.2345", "model": "claude-opus-5-5", "mix_usd": "84.123456",
        "unpriced_responses": 0,
        "limits": {"hits": 6, "weeks": 3, "plan": "pro"},
        "sessions": {"count": 41, "median_minutes": "25.5", "marathons": 2},
        "unattended": {"output_tokens": 123000, "of": 1000000}, "doubts": ["Few days."]}}}"#;
    (*read_answers(json).unwrap().usage.unwrap().measured.unwrap()).clone()
}

/// At what was found, from the first screen.
fn found(plain: &mut Plain<'static>) -> Turn {
    let turn = plain.line("3");
    assert_eq!(turn.effects, [Effect::FindLogs]);
    let turn = plain.on_message(wizard::Message::LogPlaces(vec!["~/.claude/projects".to_owned()]));
    assert!(turn.page.text().contains("  ~/.claude/projects\n"), "{}", turn.page.text());
    let turn = plain.line("");
    assert_eq!(turn.effects, [reading(plain, None, Purpose::Month)]);
    assert!(plain.is_reading());
    let far = Progress { files: 3, of_files: 9, ..Progress::default() };
    let turn = told(plain, News::At(far));
    assert_eq!(turn, Turn::default(), "its progress is printed now and then");
    assert_eq!(plain.progress().text(), "Reading logs: 3 of 9 files.\n");
    told(plain, News::Read(Arc::new(four_weeks())))
}

#[test]
fn what_was_found_is_told_and_taken_and_every_answer_can_be_overruled() {
    let mut plain = plain();
    let turn = found(&mut plain);
    let text = turn.page.text();
    for told in [
        "28 days, 2026-10-26 to 2026-11-22.",
        "  Input a month: 41,234,567.",
        "  Limit hits: 6.",
        "$84.12 a month at API prices. A value, not a\nbill.",
        "  Automation: Some.",
        "How far to trust it:",
        "  1. Use it.",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let turn = plain.line("1");
    assert!(turn.page.text().starts_with("Taken: your month and 4 answers."), "{:?}", turn.page);
    let turn = feed(&mut plain, &["1", ""]);
    let text = turn.page.text();
    assert!(text.contains("Step 3 of 10."), "{text}");
    assert!(text.contains("(from your usage)"), "{text}");
    assert!(text.contains("Your logs: 6 limit hits in 28 days."), "{text}");
    let origin = |plain: &Plain<'_>, question| {
        plain.session().answers().given(question).map(|given| given.origin)
    };
    assert_eq!(origin(&plain, QuestionId::Session), Some(Origin::Usage), "Enter confirms");
    plain.line("1");
    assert_eq!(origin(&plain, QuestionId::Limits), Some(Origin::User));
    assert_eq!(plain.session().answers().effective(QuestionId::Limits), Some(0));
    // The changes come back one after the other.
    for what in
        ["Limits Most weeks to Never.", "Where Claude Code to Claude app.", "Your own logs."]
    {
        let turn = plain.line("u");
        let text = turn.page.text();
        assert!(text.starts_with(&format!("Undone: {what}")), "{what}: {text}");
    }
    assert!(plain.session().usage().measured.is_none());
    let turn = feed(&mut plain, &["redo"]);
    assert!(turn.page.text().starts_with("Redone: Your own logs"), "{:?}", turn.page);
    assert!(plain.session().usage().measured_month().is_some());
}

#[test]
fn a_retired_model_of_the_logs_can_be_left_and_chosen_again() {
    let mut plain = plain();
    plain.line("3");
    plain.on_message(wizard::Message::LogPlaces(vec!["~/.claude/projects".to_owned()]));
    plain.line("");
    let model = Some("claude-opus-4-1-20250805".to_owned());
    told(&mut plain, News::Read(Arc::new(Measured { model, ..four_weeks() })));
    feed(&mut plain, &["1", "1", "1", "1", "1", "2", "1", "1", "2", ""]);
    let asked = feed(&mut plain, &[""]);
    let text = asked.page.text();
    assert!(text.contains("Which model would the API part use?"), "{text}");
    assert!(text.contains("  5. Opus 4.1, retired. API alone $"), "{text}");
    assert!(text.contains("Enter is Opus 4.1, retired."), "{text}");
    let turn = plain.line("1");
    assert!(turn.page.text().starts_with("Model for the API: Sonnet 5.5."), "{:?}", turn.page);
    let again = plain.line("b");
    assert!(again.page.text().contains("  5. Opus 4.1, retired. API alone $"), "{:?}", again.page);
    let turn = plain.line("5");
    assert!(
        turn.page.text().starts_with("Model for the API: Opus 4.1, retired."),
        "{:?}",
        turn.page
    );
}

#[test]
fn a_reading_can_be_stopped_and_a_failure_is_told_with_what_to_do() {
    let mut plain = plain();
    plain.line("3");
    let turn = plain.on_message(wizard::Message::LogPlaces(Vec::new()));
    assert!(turn.page.text().contains("No logs of Claude Code in the usual places"));
    let turn = plain.line("");
    assert!(turn.page.text().starts_with("Type the path of a file or folder"), "{:?}", turn.page);
    let turn = plain.line("~/export.zip");
    assert_eq!(turn.effects, [reading(&plain, Some("~/export.zip"), Purpose::Month)]);
    let turn = plain.line("x");
    assert_eq!(turn.effects, [Effect::StopScan]);
    assert!(turn.page.text().starts_with("Reading stopped. Nothing was imported."));
    let late = told(&mut plain, News::Read(Arc::new(four_weeks())));
    assert!(!late.page.text().contains("28 days"), "news of a reading that was stopped");
    plain.line("~/export.zip");
    let turn = told(&mut plain, News::Failed("No response was found in there.".to_owned()));
    assert!(turn.page.text().starts_with("Not read: No response was found in there."));
    assert!(turn.page.text().ends_with("> "));
    assert!(plain.session().usage().measured.is_none());
    plain.line("b");
    assert!(plain.line("1").page.text().contains("Step 1 of 10."));
}

#[test]
fn fit_without_logs_says_what_it_needs() {
    let mut plain = plain();
    let turn = plain.line("fit");
    assert!(turn.page.text().starts_with("Fit needs your logs: choose 'Use my own logs'"));
}

#[test]
fn the_plan_one_had_is_said_in_lines() {
    let mut plain = plain();
    assert!(plain.line("plan").page.text().starts_with("That comes after your logs"));
    at_unnamed(&mut plain);
    let told = plain.line("f").page.text().to_owned();
    assert!(told.contains("Plan you had: not known. Your logs do not name it."), "{told}");
    assert!(told.contains("To say which plan you had, type plan."), "{told}");
    let asked = plain.line("plan").page.text().to_owned();
    assert!(asked.contains("Which plan did you have while these logs were written?"), "{asked}");
    assert!(asked.contains("  1. Not said\n") && asked.contains("  3. Pro\n"), "{asked}");
    let told = plain.line("3").page.text().to_owned();
    assert!(told.contains("Plan you had: Pro (your choice)."), "{told}");
    assert!(told.contains("  1. Use it."), "back at what was found: {told}");
    plain.line("1");
    let said = |plain: &Plain<'_>| {
        let measured = plain.session().usage().measured.clone();
        measured.and_then(|measured| measured.declared_plan().map(str::to_owned))
    };
    assert_eq!(said(&plain).as_deref(), Some("pro"));
    // Taken over it is a change like any other; a number too large changes nothing.
    feed(&mut plain, &["plan", "9", "4"]);
    assert_eq!(said(&plain).as_deref(), Some("max"));
    let undone = plain.line("u").page.text().to_owned();
    assert!(undone.contains("Undone: Plan you had Pro to Max."), "{undone}");
    assert_eq!(said(&plain).as_deref(), Some("pro"));
    assert!(feed(&mut plain, &["plan", ""]).page.text().contains("Nothing was changed."));
}

/// At what was found in logs that name no plan.
fn at_unnamed(plain: &mut Plain<'_>) {
    plain.line("3");
    plain.on_message(wizard::Message::LogPlaces(vec!["~/.claude/projects".to_owned()]));
    read_unnamed(plain);
}

/// Reads them from the usual places.
fn read_unnamed(plain: &mut Plain<'_>) -> String {
    plain.line("");
    told(plain, News::Read(Arc::new(unnamed_plan::unnamed(four_weeks())))).page.text().to_owned()
}

/// Types lines and sees this in what the last one says.
fn says(plain: &mut Plain<'_>, lines: &[&str], part: &str) {
    let turn = feed(plain, lines);
    assert!(turn.page.text().contains(part), "{lines:?}: {part}\n{}", turn.page.text());
}

#[test]
fn a_plan_said_of_logs_that_are_not_taken_is_undone_and_redone() {
    let mut plain = plain();
    feed(&mut plain, &["1", "1", "b", "b"]);
    let answers = *plain.session().answers();
    assert!(!answers.is_empty());
    at_unnamed(&mut plain);
    says(&mut plain, &["plan", "3"], "Plan you had: Pro (your choice).");
    says(&mut plain, &["u"], "Undone: Plan you had not said to Pro. Type redo to have it again.");
    says(&mut plain, &["f"], "Plan you had: not known. Your logs do not name it.");
    says(&mut plain, &["u"], "Nothing to undo here. For your answers type b first.");
    says(&mut plain, &["redo"], "Redone: Plan you had not said to Pro");
    says(&mut plain, &["f"], "Plan you had: Pro (your choice).");
    says(&mut plain, &["redo"], "Nothing to redo here. For your answers type b first.");
    assert_eq!(plain.session().answers(), &answers);
    // Once they are taken the session undoes, and what was undone is not said any more.
    feed(&mut plain, &["plan", "1", "1", "plan", "3"]);
    says(&mut plain, &["u"], "Undone: Plan you had not said to Pro.");
    says(&mut plain, &["u"], "Undone: Your own logs.");
    feed(&mut plain, &["b", "b"]);
    says(&mut plain, &["3"], "Your own logs, a month");
    plain.on_message(wizard::Message::LogPlaces(Vec::new()));
    says(&mut plain, &["f"], "Plan you had: not known. Your logs do not name it.");
}

#[test]
fn a_plan_said_of_logs_that_are_not_taken_stays_said_when_they_are_read_again() {
    let mut plain = plain();
    at_unnamed(&mut plain);
    says(&mut plain, &["plan", "3"], "Plan you had: Pro (your choice).");
    plain.line("3");
    let found = read_unnamed(&mut plain);
    assert!(found.contains("Usage limits: Most weeks."), "{found}");
    says(&mut plain, &["fit"], "Plan you had: Pro (your choice).");
    // The same when one only went back.
    feed(&mut plain, &["b", "3"]);
    plain.on_message(wizard::Message::LogPlaces(Vec::new()));
    says(&mut plain, &["fit"], "Plan you had: Pro (your choice).");
}

/// The lines from the first one to a saved report with one's own logs.
const FROM_LOGS: [&str; 24] = [
    "3",
    "",
    "fit",
    "1",
    "1",
    "",
    "",
    "",
    "2",
    "1",
    "2",
    "2",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "fit",
    "s",
    "report.json",
    "",
    "q",
];

#[test]
#[cfg(target_os = "linux")]
fn logs_from_a_pipe_give_the_report_of_the_full_screen() {
    let home = tempfile::tempdir().unwrap();
    tree::write(&home.path().join("config/claude"), 300_000);
    let ran = piped(home.path(), &["--plain"], &(FROM_LOGS.join("\n") + "\n"));
    let out = String::from_utf8(ran.stdout).unwrap();
    assert_eq!((ran.status.code(), ran.stderr.len()), (Some(0), 0), "{out}");
    assert_eq!(out.matches("Fit: your logs against each plan, estimate.").count(), 2, "{out}");
    for part in ["At the likely capacity:", "Your hardest week", "  Pro. Carries it: "] {
        assert!(out.contains(part), "{part}: {out}");
    }
    // What the words and marks of a line mean, beside the lines; the report has it indented.
    assert!(out.contains("\nnot in plan: the plan does not include any of this work.\n"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    let saved = home.path().join("data/planwise/reports/report.json");
    let in_lines = fs::read_to_string(&saved).unwrap();
    assert!(!home.path().join("state/planwise/draft.json").exists(), "the report holds it now");

    let on_screen = terminal::logs_on_the_full_screen(home.path());
    assert_eq!(in_lines, on_screen);
    assert!(in_lines.contains("\"measured\""), "{in_lines}");
}

#[test]
#[cfg(target_os = "linux")]
fn lines_typed_while_logs_are_read_are_kept_in_order_and_x_stops_a_long_reading() {
    let home = tempfile::tempdir().unwrap();
    // A log that takes no room on the disk and far longer to read than anyone waits.
    let log = home.path().join("a.jsonl");
    fs::write(&log, "{\"type\":\"user\",\"sessionId\":\"s\"}\n").unwrap();
    fs::File::options().write(true).open(&log).unwrap().set_len(1 << 40).unwrap();
    let mut terminal = terminal::start(home.path(), &["--plain"], &[]);
    terminal.send("3\r");
    terminal.wait_for("A path, b back");
    terminal.send("a.jsonl\r");
    terminal.wait_for("Type x to stop.");
    terminal.wait_for(" MB.");
    terminal.send("x\r");
    terminal.wait_for("Reading stopped. Nothing was imported.");
    terminal.send("q\r");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert!(!left.text().contains('\u{1b}'), "{}", left.text());
}

#[test]
fn the_report_saved_last_is_held_against_what_was_used() {
    let day = date(2026, 10, 20);
    let mut plain = plain_after(Some(day));
    // The fourth way to begin, before opening a report.
    let turn = plain.line("4");
    assert_eq!(turn.effects, [Effect::Recall(None)]);
    let turn = plain.on_message(wizard::Message::Recalled(Box::new(Ok(since::report()))));
    let text = turn.page.text();
    assert!(text.contains("How did it turn out? Your report of 2026-10-20."), "{text}");
    assert!(text.contains("HYBRID: use both"), "{text}");
    assert_eq!(turn.effects, [Effect::FindLogs]);
    let turn = plain.on_message(wizard::Message::LogPlaces(vec!["~/.claude/projects".to_owned()]));
    assert!(turn.page.text().contains("Only what was used since 2026-10-20 counts."));
    let turn = plain.line("");
    assert_eq!(turn.effects, [reading(&plain, None, Purpose::Since(day))]);
    assert!(plain.is_reading());
    // 100,000 tokens sent and 30,000 written on each of 30 days.
    let month = Arc::new(four_weeks());
    let turn =
        told(&mut plain, News::Used(Arc::new(since::used(30, 100_000, 30_000)), Some(month)));
    let text = turn.page.text().replace("\n  ", " ").replace('\n', " ");
    for part in [
        "What you really used since 2026-10-20:",
        "30 days covered, 30 responses",
        "Tokens sent a month: estimated 3,000,000, range 2,000,000 to 4,500,000; really 3,041,667, \
         inside the range.",
        "Tokens written a month: estimated 900,000,",
        "On the API a month: estimated $15.00, range $10.00 to $22.50; really $15.21,",
        "These logs are at hand: 'Use my own logs' makes your month of them.",
    ] {
        assert!(text.contains(part), "'{part}': {text}");
    }
    assert!(turn.page.text().lines().all(|line| line.chars().count() <= 80));
    // Others can be read, and back leads to the start.
    plain.line("~/x");
    assert!(plain.is_reading());
    plain.line("x");
    assert!(!plain.is_reading());
    assert!(plain.line("b").page.text().contains("How do you want to begin?"));
    // What was read for the report is there to be taken over; once it is left it is gone.
    assert!(plain.line("3").page.text().contains("Your own logs, a month, estimate: 28 days"));
    let turn = plain.on_message(wizard::Message::LogPlaces(vec!["~/.claude/projects".to_owned()]));
    assert!(turn.page.text().contains("Use it. Your own answers stay"), "{}", turn.page.text());
    plain.line("2");
    plain.line("3");
    let turn = plain.on_message(wizard::Message::LogPlaces(vec!["~/.claude/projects".to_owned()]));
    assert!(turn.page.text().contains("Use my own logs. It reads"), "{}", turn.page.text());
}

#[test]
fn without_a_report_that_can_be_read_it_says_so_and_goes_on() {
    let mut plain = plain_after(Some(date(2026, 10, 20)));
    plain.line("4");
    let turn = plain.on_message(wizard::Message::Recalled(Box::new(Err(
        "No saved report is remembered.".to_owned(),
    ))));
    let text = turn.page.text();
    assert!(text.starts_with("No saved report is remembered.\n"), "{text}");
    assert!(text.contains("How do you want to begin?"), "{text}");
}
