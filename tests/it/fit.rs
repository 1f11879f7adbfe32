//! `planwise fit` as a person meets it: what is printed, what is said when something is missing.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

/// 2026-11-22, 14:05 in Greenwich.
const NOW: &str = "1795356300";

/// Runs the program in an empty home: exit code, output, complaints.
fn run(home: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("planwise"))
        .arg("fit")
        .args(args)
        .env_clear()
        .env("HOME", home)
        .env("TZ", "UTC")
        .env("SOURCE_DATE_EPOCH", NOW)
        .current_dir(home)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn json_of(home: &Path, args: &[&str]) -> Value {
    let (code, out, err) = run(home, &[args, &["--format", "json"]].concat());
    assert_eq!(code, Some(0), "{err}");
    serde_json::from_str(&out).unwrap()
}

/// A line of a response on Opus 5.5: 50,000 output tokens are a dollar.
fn line(id: u32, time: &str, project: &str, output: u64) -> String {
    let line = json!({"type": "assistant", "timestamp": time, "sessionId": format!("s-{project}"),
        "cwd": format!("/home/dev/{project}"),
        "message": {"id": format!("m{id}"), "model": "claude-opus-5-5",
            "usage": {"input_tokens": 0, "output_tokens": output,
                "cache_read_input_tokens": 100_000}}});
    format!("{line}\n")
}

fn hit(time: &str, window: &str, resets_at: i64) -> String {
    let line = json!({"type": "assistant", "timestamp": time, "sessionId": "s-shop",
        "message": {"id": "x", "model": "<synthetic>", "usage": {"input_tokens": 0}},
        "error": "rate_limit", "isApiErrorMessage": true,
        "quotaLimits": {"status": "rejected", "rateLimitType": window, "resetsAt": resets_at,
            "isUsingOverage": false}});
    format!("{line}\n")
}

/// Three weeks of November: $0.50 of output every ten minutes. On Mondays 40 of them in a row for
/// the shop, on other working days five for notes.
fn three_weeks() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let (mut shop, mut notes) = (String::new(), String::new());
    let mut id = 0;
    for week in 0..3 {
        for weekday in 0..5 {
            let day = 2 + week * 7 + weekday;
            for turn in 0..if weekday == 0 { 40 } else { 5 } {
                id += 1;
                let minutes = 9 * 60 + turn * 10;
                let time = format!("2026-11-{day:02}T{:02}:{:02}:00Z", minutes / 60, minutes % 60);
                if weekday == 0 {
                    shop.push_str(&line(id, &time, "shop", 25_000));
                } else {
                    notes.push_str(&line(id, &time, "notes", 25_000));
                }
            }
        }
    }
    for (project, text) in [("shop", shop), ("notes", notes)] {
        let folder = home.path().join(format!(".claude/projects/-home-dev-{project}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.jsonl"), text).unwrap();
    }
    home
}

#[test]
fn the_text_says_which_plan_carries_it_and_why() {
    let home = three_weeks();
    let (code, out, err) = run(home.path(), &["--catalog", "builtin"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    insta::assert_snapshot!("text", out);
}

#[test]
fn a_plan_a_price_of_an_hour_and_a_cap_change_the_text() {
    let home = three_weeks();
    let args = [
        "--plan-now",
        "max",
        "--hour-value",
        "40",
        "--spend-cap",
        "15",
        "--week-start",
        "wedT09:00",
        "--rules",
        "today",
        "--yardstick",
        "api-value-with-reads",
        "--timezone",
        "Europe/Madrid",
        "--since",
        "2026-11-01",
        "--catalog",
        "builtin",
    ];
    let (code, out, err) = run(home.path(), &args);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    insta::assert_snapshot!("text_with_flags", out);
}

#[test]
fn the_json_holds_every_figure_exactly() {
    let home = three_weeks();
    let json = json_of(home.path(), &["--catalog", "builtin", "--until", "2026-11-20"]);
    // 180 requests of $0.50 and $0.02 of cache reads.
    assert_eq!(json["coverage"]["requests"], 180);
    assert_eq!(json["coverage"]["days"], 19);
    assert_eq!(json["coverage"]["api_usd"], "93.6");
    assert_eq!(json["coverage"]["api_usd_without_cache_reads"], "90");
    let plan = |id: &str| {
        let plans = json["plans"].as_array().unwrap();
        plans.iter().find(|plan| plan["id"] == id).unwrap().clone()
    };
    // Five hours of Pro likely hold 4.125 x 2.4 = $9.90: the 20th request of a Monday takes $9.50
    // to $10, the 21st at 12:20 is refused until 14:00; the next window does the same.
    let pro = &plan("pro")["at_capacity"]["likely"];
    assert_eq!(pro["hits"].as_array().unwrap().len(), 3);
    assert_eq!(pro["hits"][0]["at"], "2026-11-02T12:20:00Z");
    assert_eq!(pro["hits"][0]["resets_at"], "2026-11-02T14:00:00Z");
    assert_eq!(pro["hits"][0]["project"], "/home/dev/shop");
    assert_eq!(pro["refused"], json!({"requests": 30, "usd": "15.6"}));
    assert_eq!(pro["waiting"]["blocked"]["hours"], "5");
    assert_eq!(pro["paying"]["usage_credits"][0]["paid_usd"], "15.6");
    // 20 + 15.60 x 365 / 12 / 19.
    assert_eq!(pro["paying"]["month"]["total_usd"], "44.973684");
    assert_eq!(plan("max")["carries_it"], "yes");
    assert_eq!(plan("free")["at_capacity"]["likely"]["outside_plan"]["requests"], 180);
    assert_eq!(json["cheapest"]["likely"], json!({"plan": "pro", "policy": "pay"}));
    assert_eq!(json["cheaper_that_blocks"]["likely"], json!({"plan": "pro", "policy": "wait"}));
    let calendar = &json["calendar"];
    assert_eq!(calendar["plan"], "pro");
    assert_eq!(
        calendar["days"][0],
        json!({"day": "2026-11-02", "mark": "five_hour_hit", "carried": 30, "refused": 10,
            "outside_plan": 0, "limit_hits": 0})
    );
    assert_eq!(json["week_reset"]["from"], "assumed");
    assert_eq!(json["other_yardsticks"].as_array().unwrap().len(), 2);
}

#[test]
fn a_weekly_hit_in_the_logs_sets_the_reset_and_a_five_hour_hit_the_capacity() {
    let home = three_weeks();
    let path = home.path().join(".claude/projects/-home-dev-shop/b.jsonl");
    // Monday the 9th at 11:00, when $6.50 were used; resets at 14:00. Weeks reset on Thursday 9:00.
    let lines = [
        hit("2026-11-09T11:00:30Z", "five_hour", 1_794_232_800),
        hit("2026-11-17T08:00:00Z", "seven_day", 1_795_078_800),
    ];
    fs::write(path, lines.concat()).unwrap();
    let json = json_of(home.path(), &["--plan-now", "pro", "--week-start", "sun"]);
    assert_eq!(json["week_reset"], json!({"from": "limit_hit", "at": "2026-11-19T09:00:00Z"}));
    let pro = json["plans"].as_array().unwrap().iter().find(|plan| plan["id"] == "pro").unwrap();
    let five = &pro["five_hours_hold"];
    // On other Mondays $15 passed in five hours without a hit, so that they hold no less; the
    // contradiction is told with both figures.
    assert_eq!(five["now"]["low"], "15");
    assert_eq!(five["origin"]["raised_to_own_largest_window"], true);
    assert_eq!(
        json["limit_hits"]["contradictions"],
        json!([
            {"plan": "pro", "window": "five_hour", "really_used_up": {"asked": "6.5", "day": "2026-11-09", "percent": "100"},
                "really_went_on": {"asked": "15", "day": "2026-11-02", "percent": null},
                "used_up_at": "6.5", "went_on_to": "15", "limits_changed": false},
            {"plan": "pro", "window": "week", "really_used_up": {"asked": "25", "day": "2026-11-17", "percent": "100"},
                "really_went_on": {"asked": "30", "day": "2026-11-05", "percent": null},
                "used_up_at": "25", "went_on_to": "30", "limits_changed": false},
        ])
    );
    let doubts = json["doubts"].to_string();
    assert!(
        doubts.contains("was used up at $6.50 on 2026-11-09, another one reached $15.00"),
        "{doubts}"
    );
    assert_eq!(five["origin"]["kind"], "own");
    assert_eq!(json["limit_hits"]["told"], 2);
    let assumptions = json["assumptions"].to_string();
    assert!(assumptions.contains("'--week-start' was not used"), "{assumptions}");
    let without = json_of(home.path(), &[]);
    assert_eq!(without["limit_hits"]["without_known_plan"], 2);
    let doubts = without["doubts"].to_string();
    assert!(doubts.contains("in the wizard's Fit or with 'planwise fit --plan-now'"), "{doubts}");
}

/// On three days six dollars from 9 o'clock, a limit hit at 11:00 until 14:00, and then nothing.
fn who_waited() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let mut log = String::new();
    for day in 10..13 {
        for turn in 0..6 {
            let time = format!("2026-11-{day}T09:{:02}:00Z", turn * 10);
            log += &line(day * 10 + turn, &time, "shop", 50_000);
        }
        let reset = format!("2026-11-{day}T14:00:00Z").parse::<jiff::Timestamp>().unwrap();
        log += &hit(&format!("2026-11-{day}T11:00:00Z"), "five_hour", reset.as_second());
    }
    let logs = home.path().join("projects/p");
    fs::create_dir_all(&logs).unwrap();
    fs::write(logs.join("s.jsonl"), log).unwrap();
    home
}

#[test]
fn the_plan_that_stopped_someone_who_then_waited_is_not_said_to_carry_it_all() {
    let home = who_waited();
    let (code, out, err) =
        run(home.path(), &["--plan-now", "pro", "--catalog", "builtin", "projects"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    insta::assert_snapshot!("hits_on_the_own_plan", out);
    let joined = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(joined.contains("Your logs record 3 limit hits on Pro."));
    assert!(!joined.contains("Pro would have covered"), "{out}");
    let json = json_of(home.path(), &["--plan-now", "pro", "--catalog", "builtin", "projects"]);
    let plan = |id: &str| {
        let plans = json["plans"].as_array().unwrap();
        plans.iter().find(|plan| plan["id"] == id).unwrap().clone()
    };
    assert_eq!(plan("pro")["limit_hits_met"].as_array().unwrap().len(), 3);
    assert_eq!(plan("pro")["carries_it"], "no");
    assert_eq!(plan("free")["limit_hits_met"].as_array().unwrap().len(), 3, "it is smaller");
    assert_eq!(plan("max")["limit_hits_met"], json!([]));
    assert_eq!(plan("pro")["limit_hits_met"][0]["hours_not_counted"], Value::Null);
    let cut = json_of(home.path(), &["--plan-now", "pro", "--until", "2026-11-11", "projects"]);
    let kept = cut["plans"][1]["limit_hits_met"].as_array().unwrap().len();
    assert_eq!((cut["plans"][1]["id"].as_str(), kept), (Some("pro"), 2));
    for level in ["low", "likely", "high"] {
        let pro = &plan("pro")["at_capacity"][level];
        assert_eq!(pro["fits"], false);
        assert_eq!(pro["waiting"]["blocked"]["hours"], "9");
        assert_eq!(pro["waiting"]["hours_only_to_resets_of_limit_hits"], "9");
        assert_eq!(pro["waiting"]["month"]["never_blocks"], false);
        assert_eq!(pro["paying"]["month"]["never_blocks"], false);
        assert_ne!(json["cheapest"][level]["plan"], "pro");
    }
    let marks: Vec<&str> = json["calendar"]["days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| day["mark"].as_str().unwrap())
        .collect();
    assert_eq!(marks, ["own_limit_hit"; 3]);
    // The plan is not named: nobody's windows, but a fact all the same.
    let (_, out, _) = run(home.path(), &["projects"]);
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!out.contains("stopped you 3 times"), "{out}");
    assert!(out.contains("But you were stopped 3 times on a plan that is not known"), "{out}");
    assert!(out.contains("3 limit hits on a plan they do not name"), "{out}");
}

#[test]
fn a_limit_hit_before_the_days_that_reaches_into_them_is_told() {
    let home = three_weeks();
    let path = home.path().join(".claude/projects/-home-dev-shop/b.jsonl");
    // Thursday the 12th at 8:00 until Monday the 16th at 9:00.
    fs::write(path, hit("2026-11-12T08:00:00Z", "seven_day", 1_794_819_600)).unwrap();
    let doubt = |since| {
        let json = json_of(home.path(), &["--plan-now", "pro", "--since", since]);
        let told = "A limit hit on 2026-11-12, before these days, blocked you until 2026-11-16. Work that you did not do because of it is in no figure.";
        json["doubts"].as_array().unwrap().contains(&json!(told))
    };
    assert_eq!(
        ["2026-11-12", "2026-11-13", "2026-11-16", "2026-11-17"].map(doubt),
        [false, true, true, false]
    );
}

#[test]
fn a_cap_that_binds_is_told_and_nothing_may_be_paid_is_a_cap() {
    let home = three_weeks();
    let args = ["--spend-cap", "0", "--catalog", "builtin"];
    let (code, out, err) = run(home.path(), &args);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    assert!(!out.contains("pays all"), "{out}");
    insta::assert_snapshot!("capped", out);
    let json = json_of(home.path(), &args);
    assert_eq!(json["spend_cap_usd"], "0");
    let api = json["plans"].as_array().unwrap().last().unwrap();
    assert_eq!(api["carries_it"], "capped");
    assert_eq!(api["at_capacity"]["likely"]["paying"]["unpaid"]["requests"], 180);
    assert_eq!(json["cheapest"]["likely"], json!({"plan": "max", "policy": "wait"}));
}

#[test]
fn work_that_no_plan_has_is_not_called_carried() {
    let home = tempfile::tempdir().unwrap();
    let logs = home.path().join("projects/p");
    fs::create_dir_all(&logs).unwrap();
    let fable = line(1, "2026-11-18T09:00:00Z", "shop", 50_000).replace("opus-5-5", "fable-5-2");
    fs::write(logs.join("s.jsonl"), fable).unwrap();
    let (code, out, _) = run(home.path(), &["--catalog", "builtin", "projects"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!("one_response_that_pro_does_not_have", out);
    for wrong in ["1 requests", "1 days", "1 hits", "Asked"] {
        assert!(!out.contains(wrong), "{wrong}: {out}");
    }
}

#[test]
fn hours_that_are_not_counted_say_why_in_the_json_too() {
    let home = tempfile::tempdir().unwrap();
    let logs = home.path().join("projects/p");
    fs::create_dir_all(&logs).unwrap();
    let told = |log: &str| {
        fs::write(logs.join("s.jsonl"), log).unwrap();
        let json = json_of(home.path(), &["--plan-now", "pro", "projects"]);
        let hits = json["plans"][1]["limit_hits_met"].as_array().unwrap().clone();
        hits.iter().map(|hit| hit["hours_not_counted"].clone()).collect::<Vec<_>>()
    };
    let work = line(1, "2026-11-10T09:00:00Z", "shop", 50_000);
    let seconds = |time: &str| time.parse::<jiff::Timestamp>().unwrap().as_second();
    let at = "2026-11-10T10:00:00Z";
    let counted = hit(at, "five_hour", seconds("2026-11-10T14:00:00Z"));
    let of_a_model = hit(at, "seven_day_opus", seconds("2026-11-16T00:00:00Z"));
    let later = hit("2026-11-12T10:00:00Z", "five_hour", seconds("2026-11-12T14:00:00Z"));
    assert_eq!(
        told(&[work, counted, of_a_model, later].concat()),
        [Value::Null, json!("one_model_or_credits"), Value::Null]
    );
}

#[test]
fn names_of_plans_stay_whole_or_are_shortened_where_cells_are_wide() {
    let home = tempfile::tempdir().unwrap();
    let mut log = String::new();
    for turn in 0..40 {
        let time = format!("2026-11-{:02}T09:00:00Z", 2 + turn % 10);
        log += &line(turn, &time, "shop", 90_000_000);
        let reset = format!("2026-11-{:02}T05:00:00Z", 9 + turn % 10);
        let reset = reset.parse::<jiff::Timestamp>().unwrap().as_second();
        let time = format!("2026-11-{:02}T10:{turn:02}:00Z", 2 + turn % 10);
        log += &hit(&time, "seven_day", reset + i64::from(turn));
    }
    let logs = home.path().join("projects/p");
    fs::create_dir_all(&logs).unwrap();
    fs::write(logs.join("s.jsonl"), log).unwrap();
    let args = ["--plan-now", "pro", "--hour-value", "60", "--spend-cap", "9999", "projects"];
    let (code, out, err) = run(home.path(), &args);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    for line in out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
        assert!(!line.contains('\u{2026}'), "cut: {line}");
    }
    insta::assert_snapshot!("wide_cells", out);
}

#[test]
fn no_line_is_longer_than_eighty_columns_however_long_the_history() {
    let home = tempfile::tempdir().unwrap();
    let logs = home.path().join("projects/p");
    fs::create_dir_all(&logs).unwrap();
    let ends =
        [line(1, "2025-11-20T09:00:00Z", "shop", 1), line(2, "2026-11-20T09:00:00Z", "shop", 1)];
    fs::write(logs.join("s.jsonl"), ends.concat()).unwrap();
    let (_, out, _) = run(home.path(), &["projects"]);
    assert!(out.contains("368 days"), "{out}");
    for line in out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn without_logs_it_says_so_and_points_to_the_made_up_month() {
    let home = tempfile::tempdir().unwrap();
    let (code, out, err) = run(home.path(), &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    insta::assert_snapshot!("no_logs", out);
    let json = json_of(home.path(), &[]);
    assert_eq!(json["coverage"]["requests"], 0);
    assert_eq!(json["answer"], json!([]));
}

#[test]
fn a_made_up_month_is_labelled_and_always_the_same() {
    let home = tempfile::tempdir().unwrap();
    let args = [
        "--simulate",
        "--session",
        "marathon",
        "--sessions-per-week",
        "6",
        "--input",
        "40M",
        "--output",
        "8M",
        "--catalog",
        "builtin",
    ];
    let (code, out, err) = run(home.path(), &args);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    assert_eq!(run(home.path(), &args).1, out);
    insta::assert_snapshot!("simulated", out);
    // Where both ends are one number, there is no range to explain.
    let little = ["--simulate", "--input", "100k", "--output", "10k", "--catalog", "builtin"];
    let (_, out, _) = run(home.path(), &little);
    assert!(out.contains("Pro would stop you in 0 of 100 months, at any capacity."), "{out}");
    assert!(!out.contains("The range is"), "{out}");
}

#[test]
fn a_month_without_tokens_is_said_to_be_none() {
    let home = tempfile::tempdir().unwrap();
    let (code, out, err) = run(home.path(), &["--simulate", "--input", "0", "--output", "0"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains("A month without tokens leaves nothing to replay"), "{out}");
    assert!(!out.contains("would stop you"), "{out}");
}

#[test]
fn answers_from_a_file_are_what_the_month_is_made_of() {
    let home = tempfile::tempdir().unwrap();
    let answers = json!({
        "answers": {"interface": "chat", "session": "short", "automation": "some",
            "developer": "no", "features": "nice", "billing": "either", "limits": "never"},
        "usage": {"input_tokens": 4_000_000, "output_tokens": 1_000_000},
    });
    fs::write(home.path().join("a.json"), answers.to_string()).unwrap();
    let json = json_of(home.path(), &["--answers", "a.json", "--catalog", "builtin"]);
    assert_eq!(json["simulated"], true);
    assert_eq!(json["habit"]["session_minutes"], json!([5, 20]));
    // 80 percent stay in the app: of 4M x $2 + 1M x $10 = $18 that is $14.40.
    assert_eq!(json["habit"]["in_app_pct"], 80);
    assert_eq!(json["habit"]["api_usd_without_cache_reads"], "14.4");
    let (code, _, err) = run(home.path(), &["--answers", "none.json"]);
    assert_eq!(code, Some(1), "{err}");
    fs::write(home.path().join("b.json"), "{\"answers\": {}}").unwrap();
    let (code, _, err) = run(home.path(), &["--answers", "b.json"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("--assume-defaults"), "{err}");
    let assumed = json_of(home.path(), &["--answers", "b.json", "--assume-defaults"]);
    assert_eq!(assumed["habit"]["sessions_a_week"], 10);
}

#[test]
fn a_list_without_the_models_allows_no_conclusion_about_its_plans() {
    let home = three_weeks();
    let json = json_of(home.path(), &["--catalog", "article"]);
    // Opus 5.5 is not in the article's list: nothing has a price, nothing is replayed.
    assert_eq!(json["coverage"]["requests"], 0);
    assert_eq!(json["coverage"]["unpriced_responses"], 180);
    let ids: Vec<&str> =
        json["plans"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert_eq!((ids.len(), &json["coverage"]["is_conclusive"]), (0, &json!(false)));
    let (code, _, err) = run(home.path(), &["--catalog", "article", "--plan-now", "max"]);
    assert_eq!(code, Some(2));
    assert_eq!(err, "planwise: '--plan-now': the price list has no plan 'max'; it has pro\n");
}

#[test]
fn wrong_use_is_told_with_the_remedy() {
    let home = tempfile::tempdir().unwrap();
    for (args, expected) in [
        (
            &["--week-start", "funday"][..],
            "'--week-start': 'funday' is not a day and time of the week; write it as mon or \
             thuT09:00",
        ),
        (
            &["--week-start", "monT24:00"],
            "'--week-start': 'monT24:00' is not a day and time of the week; write it as mon or \
             thuT09:00",
        ),
        (
            &["--plan-now", "mega"],
            "'--plan-now': 'mega' is not one of free, pro, max, ultra, team, team-premium, api",
        ),
        (
            &["--hour-value", "-3"],
            "'--hour-value': '-3' is not a price; type dollars above 0, at most 10,000, with at \
             most two decimals",
        ),
        (
            &["--since", "2026-11-20", "--until", "2026-11-19"],
            "'--until' (2026-11-19) is before '--since' (2026-11-20); give the earlier day to \
             '--since'",
        ),
        (
            &["--sessions-per-week", "3"],
            "'--sessions-per-week' is for made-up months; add '--simulate' or '--answers'",
        ),
        (&["--session", "short"], "'--session' is for made-up months; add '--simulate'"),
        (&["--input", "2M"], "'--input' is for made-up months; add '--simulate'"),
        (&["--output", "2M", "x"], "'--output' is for made-up months; add '--simulate'"),
        (
            &["--simulate", "--hour-value", "40"],
            "'--hour-value' is for logs and made-up months take no account of it; leave out \
             '--hour-value' or '--simulate'",
        ),
        (
            &["--answers", "a.json", "--spend-cap", "0"],
            "'--spend-cap' is for logs and made-up months take no account of it; leave out \
             '--spend-cap' or '--answers'",
        ),
        (
            &["--simulate", "--rules", "dated", "--until", "2026-11-01"],
            "'--until' is for logs and made-up months take no account of it; leave out \
             '--until' or '--simulate'",
        ),
        (
            &["--simulate", "--rules", "dated"],
            "'--rules' is for logs and made-up months take no account of it; leave out \
             '--rules' or '--simulate'",
        ),
        (
            &["--simulate", "--plan-now", "pro"],
            "'--plan-now' is for logs and made-up months take no account of it; leave out \
             '--plan-now' or '--simulate'",
        ),
        (
            &["--simulate", "--since", "2026-11-01"],
            "'--since' is for logs and made-up months take no account of it; leave out \
             '--since' or '--simulate'",
        ),
        (
            &["--spend-cap", "0.001"],
            "'--spend-cap': '0.001' is not a cap; type dollars from 0 to 10,000, with at most two \
             decimals",
        ),
        (
            &["c", "--assume-defaults"],
            "'--assume-defaults' fills the gaps of an answers file; add '--answers FILE' or leave it \
             out",
        ),
        (
            &["--simulate", "x.jsonl"],
            "'--simulate' and '[PATH]...' exclude each other; give one of them",
        ),
        (
            &["--timezone", "Mars/Olympus"],
            "'--timezone': 'Mars/Olympus' is not a time zone; give one such as Europe/Madrid or UTC",
        ),
    ] {
        let (code, out, err) = run(home.path(), args);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{args:?}");
        assert_eq!(err, format!("planwise: {expected}\n"), "{args:?}");
    }
}

#[test]
fn the_value_of_an_hour_comes_from_the_settings_and_the_flag_beats_it() {
    let home = three_weeks();
    let folder = home.path().join(".config/planwise");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "hour_value = 35\nmodle = 1\n").unwrap();
    let value = |args: &[&str]| json_of(home.path(), args)["hour_value_usd"].clone();
    assert_eq!(value(&[]), "35");
    assert_eq!(value(&["--catalog", "builtin"]), "35");
    assert_eq!(value(&["--hour-value", "50"]), "50");
    // What cannot be used of the file is said once.
    let (_, _, err) = run(home.path(), &[]);
    assert_eq!(err.matches("modle").count(), 1, "{err}");
}

#[test]
fn the_help_breaks_no_line_of_its_own_text() {
    let home = tempfile::tempdir().unwrap();
    let (code, out, _) = run(home.path(), &["--help"]);
    assert_eq!(code, Some(0));
    let whole = "the five-hour windows and the weeks of every plan, once waiting for each reset\n\
                 and once paying for what does not fit.\n";
    assert!(out.contains(whole), "{out}");
    let words: Vec<&str> = out.split_whitespace().collect();
    let cap = "It caps what is used, counted at API prices, of usage credits and of the API alike.";
    assert!(words.join(" ").contains(cap), "{out}");
}

#[test]
fn a_plan_that_the_files_contradict_is_said() {
    let home = three_weeks();
    let account = json!({"oauthAccount": {"organizationType": "claude_max",
        "organizationRateLimitTier": "default_claude_max_5x"}});
    fs::write(home.path().join(".claude.json"), account.to_string()).unwrap();
    let doubt = |args: &[&str]| {
        let json = json_of(home.path(), args);
        let doubts = json["doubts"].as_array().unwrap().clone();
        doubts.into_iter().find(|doubt| doubt.as_str().unwrap().starts_with("You chose"))
    };
    let said = doubt(&["--plan-now", "pro"]).unwrap();
    let said = said.as_str().unwrap();
    assert!(said.starts_with("You chose Pro as your plan, but your files name Max."), "{said}");
    let (_, out, _) = run(home.path(), &["--plan-now", "pro"]);
    assert!(out.contains("- You chose Pro as your plan, but your files name Max."), "{out}");
    assert_eq!((doubt(&["--plan-now", "max"]), doubt(&[])), (None, None));
}

#[test]
fn what_interruptions_cost_says_whose_hits_it_leaves_out() {
    let home = three_weeks();
    let log = home.path().join(".claude/projects/-home-dev-shop/b.jsonl");
    fs::write(log, hit("2026-11-03T10:00:00Z", "five_hour", 1_793_714_400)).unwrap();
    let (_, out, _) = run(home.path(), &["--hour-value", "5"]);
    let table = out.split("If you wait: ").nth(1).unwrap().split("\n\n").next().unwrap();
    let last = table.lines().last().unwrap();
    assert_eq!(last, "By your requests alone: 1 limit hit happened on an unknown plan.");
    let (_, out, _) = run(home.path(), &["--hour-value", "5", "--plan-now", "pro"]);
    assert!(!out.contains("By your requests alone:"), "{out}");
}
