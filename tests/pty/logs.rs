//! Reading one's own logs in a real terminal.

use super::*;

/// The first day with a response of a tree, the day of the tests, to which logs of Claude Code
/// reach, and the days between, both counted.
fn days_of(tree: &Path) -> (Date, Date, u64) {
    let mut days: Vec<Date> = below(tree)
        .into_iter()
        .filter(|path| path.is_file())
        .flat_map(|path| {
            let text = fs::read_to_string(path).unwrap();
            let lines: Vec<Value> =
                text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            lines
        })
        .filter(|line| line["type"] == "assistant" && line["isApiErrorMessage"] != true)
        .map(|line| {
            let time: jiff::Timestamp = line["timestamp"].as_str().unwrap().parse().unwrap();
            time.to_zoned(jiff::tz::TimeZone::UTC).date()
        })
        .collect();
    days.sort_unstable();
    let (first, last) = (days[0], jiff::civil::date(2026, 11, 22));
    assert!(days[days.len() - 1] <= last);
    let span = last.duration_since(first).as_hours() / 24;
    (first, last, u64::try_from(span).unwrap() + 1)
}

#[test]
fn the_report_of_ones_own_logs_has_the_volumes_of_the_logs() {
    let home = home();
    let root = home.path().join("config/claude");
    let expected = tree::write(&root, 600_000);
    let before = below(&root);
    let (first, last, days) = days_of(&root);
    let sum = |class: usize| -> Decimal {
        expected.models.values().map(|sums| Decimal::from(sums[class])).sum()
    };
    let month = |tokens: Decimal| {
        let scaled = tokens * Decimal::from(365) / Decimal::from(12 * days);
        scaled.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven).to_string()
    };

    let mut terminal = start(home.path(), &[]);
    terminal.send("3");
    terminal.wait_for("> Use my own logs");
    terminal.send(ENTER);
    terminal.wait_for("> Start    read the usual places");
    terminal.send(ENTER);
    terminal.wait_for("[ Use it ]");
    terminal.wait_for(&format!("{days} days, {first} to {last}."));
    terminal.send(ENTER);
    // The logs do not say how Claude Code is signed in; the next three questions they answer.
    answer(&mut terminal, 1, "1");
    for number in 2..=4 {
        terminal.wait_for(&format!("Step {number} of 10"));
        terminal.wait_for("(from your usage)");
        terminal.wait_for("Your logs: ");
        terminal.send(ENTER);
    }
    for (number, option) in (5..).zip(["2", "1", "2", "2"]) {
        answer(&mut terminal, number, option);
    }
    terminal.wait_for("of logs scaled to an average month");
    for _ in 0..7 {
        terminal.send("j");
    }
    terminal.send(ENTER);
    terminal.wait_for("Step 10 of 10");
    terminal.send(ENTER);
    terminal.wait_for("your recommendation");
    terminal.send("s");
    terminal.wait_for("Save the report");
    // Format: all.
    terminal.send("\x1b[C");
    terminal.send("\x1b[C");
    terminal.send("\x1b[C");
    terminal.wait_for("(o) all");
    for _ in 0..4 {
        terminal.send("\t");
    }
    terminal.send(ENTER);
    terminal.wait_for("Saved: ");
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert_restored(&left);

    let saved = home.path().join("data/planwise/reports/claude-choice-2026-11-22.json");
    let report: Value = serde_json::from_str(&fs::read_to_string(&saved).unwrap()).unwrap();
    let usage = &report["usage"];
    let input = sum(1) + sum(3) + sum(4) + sum(5);
    assert_eq!(usage["input_tokens"].to_string(), month(input));
    assert_eq!(usage["output_tokens"].to_string(), month(sum(2)));
    let share = |tokens: Decimal| {
        let share = tokens * Decimal::ONE_HUNDRED / input;
        share.round_dp_with_strategy(4, RoundingStrategy::MidpointNearestEven).normalize()
    };
    let printed =
        |field: &str| -> Decimal { usage[field].to_string().trim_matches('"').parse().unwrap() };
    assert_eq!(printed("cache_read_pct"), share(sum(5)));
    assert_eq!(printed("cache_write_pct"), share(sum(3)));
    assert_eq!(printed("cache_write_1h_pct"), share(sum(4)));
    assert_eq!(usage["confidence"], "measured");
    let measured = &usage["measured"];
    assert_eq!(measured["responses"], expected.responses);
    assert_eq!(measured["days"], days);
    assert_eq!(measured["limits"]["hits"], expected.hits);
    let origins: Vec<&str> = ["interface", "session", "limits", "automation", "billing"]
        .map(|question| report["answer_origin"][question].as_str().unwrap())
        .to_vec();
    assert_eq!(origins, ["user", "usage", "usage", "usage", "user"]);
    assert_eq!(report["answers"]["limits"], "unknown", "the plan is not known");

    let text = fs::read_to_string(saved.with_extension("md")).unwrap();
    assert!(text.contains("| Read from | Claude Code logs |"), "{text}");
    assert!(text.contains(&format!("{days} days, {first} to {last} (UTC)")), "{text}");
    let home_path = home.path().to_string_lossy().into_owned();
    for secret in [home_path.as_str(), "project0", "session-1", ".jsonl", "the usage of input"] {
        assert!(!text.contains(secret) && !report.to_string().contains(secret), "{secret}");
    }
    assert_eq!(below(&root), before, "nothing is written beside the logs");
}

#[test]
fn leaving_while_logs_are_read_is_immediate() {
    let home = home();
    tree::write(&home.path().join("config/claude"), 30_000_000);
    let mut terminal = start(home.path(), &[]);
    terminal.send("3");
    terminal.wait_for("> Use my own logs");
    terminal.send(ENTER);
    terminal.wait_for("> Start    read the usual places");
    // Without waiting for the end of the reading.
    terminal.send(ENTER);
    terminal.send(CTRL_C);
    let left = terminal.finish();
    assert_eq!(left.code, Some(130));
    assert_restored(&left);
}

#[test]
fn a_long_reading_shows_its_progress_and_ctrl_c_ends_it() {
    let home = home();
    // A log that takes no room on the disk and far longer to read than anyone waits.
    let log = home.path().join("a.jsonl");
    fs::write(&log, "{\"type\":\"user\",\"sessionId\":\"s\"}\n").unwrap();
    fs::File::options().write(true).open(&log).unwrap().set_len(1 << 40).unwrap();
    let mut terminal = Pty::start(wizard(home.path(), &["usage", "a.jsonl"]), USUAL);
    terminal.wait_for(" of 1048576 MiB");
    assert!(terminal.sees(|screen| screen.contents().starts_with("Reading: ")));
    terminal.send(CTRL_C);
    let left = terminal.finish();
    assert_eq!(left.code, Some(130));
    let lines: Vec<String> = left.screen.rows(0, 80).collect();
    let shown: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|l| !l.is_empty()).collect();
    let last = shown.last().copied().unwrap_or_default();
    assert_eq!(last, "planwise: interrupted; nothing was written");
    assert!(!left.text().contains("On the API"), "a result was printed");
}

/// A report saved in one run is held against the logs in a later one.
#[test]
fn the_report_saved_last_is_held_against_ones_own_logs() {
    let home = home();
    let mut terminal = start(home.path(), &[]);
    answer_all(&mut terminal);
    go_on_to_the_result(&mut terminal);
    // As Markdown, which is what most people save: the report is remembered all the same.
    save_as_offered(&mut terminal);
    terminal.send("q");
    assert_eq!(terminal.finish().code, Some(0));
    let kept = home.path().join("state/planwise/report.json");
    // As if it had been made a month ago.
    let report = fs::read_to_string(&kept).unwrap();
    fs::write(&kept, report.replacen("2026-11-22T", "2026-10-22T", 1)).unwrap();
    let root = home.path().join("config/claude");
    tree::write(&root, 600_000);
    let before = below(&root);
    let command = |args: &[&str]| {
        let output = Command::new(PROGRAM)
            .args(args)
            .env_clear()
            .env("HOME", home.path())
            .env("TZ", "UTC")
            .env("SOURCE_DATE_EPOCH", "1795356300")
            .output()
            .unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let (kept, logs) = (kept.to_str().unwrap(), root.to_str().unwrap());
    let expected = command(&["replay", kept, "--usage", logs, "--format", "json"]);
    let actual = &expected["actual"];

    let terminal_size = (120, 40);
    let mut terminal = Pty::start(wizard(home.path(), &[]), terminal_size);
    terminal.wait_for("of 2026-10-22: how did it turn out?");
    terminal.send("4");
    terminal.wait_for("> Last report");
    terminal.send(ENTER);
    terminal.wait_for("How did it turn out? 2026-10-22");
    terminal.wait_for("[ Read my logs ]");
    terminal.send(ENTER);
    terminal.wait_for("What you really used since 2026-10-22");
    let responses = actual["responses"].as_u64().unwrap();
    terminal.wait_for(&format!("{} days covered, {responses} responses", actual["days"]));
    let really = actual["month"]["actual"]["output_tokens"].as_u64().unwrap();
    terminal.wait_for(&planwise::number::grouped(really));
    let usd: Decimal =
        actual["month"]["actual"]["api_equivalent_usd"].as_str().unwrap().parse().unwrap();
    terminal.wait_for(&planwise::number::usd(usd));
    terminal.send("q");
    let left = terminal.finish();
    assert_eq!(left.code, Some(0));
    assert_restored(&left);
    assert_eq!(below(&root), before, "nothing is written beside the logs");

    // Forgotten with the answers, and never remembered without leave.
    let mut terminal = start(home.path(), &["--no-state"]);
    terminal.send("r");
    terminal.wait_for("No saved report is remembered yet.");
    terminal.send("q");
    terminal.finish();
}
