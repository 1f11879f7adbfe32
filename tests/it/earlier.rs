//! What version 0.1.0 wrote opens, and says the same.

use std::fs;
use std::path::{Path, PathBuf};

use planwise::advice::Outcome;
use planwise::measured::Measured;
use planwise::report::{read_answers, read_report};
use planwise::wizard::session::Choices;
use planwise::words;
use serde_json::{Value, json};

/// The files of one kind, each with its text.
fn files(kind: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/0.1.0");
    let mut files: Vec<(PathBuf, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(kind))
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// The choices of a text, written again.
fn again(text: &str) -> Value {
    let file = read_answers(text).unwrap();
    assert_eq!(file.ignored, [""; 0]);
    serde_json::from_str(&Choices::from_file(&file).draft()).unwrap()
}

/// Sentences about a replay: they are shown as written, and not written again.
const SENTENCES: [&str; 6] = [
    "/fit/answer",
    "/fit/windows_hold",
    "/fit/assumptions",
    "/fit/doubts",
    "/week/holds",
    "/week/asked",
];

/// The fields of `was`, each with its value in `now`; null is the same as missing.
fn assert_kept(was: &Value, now: &Value, at: &str) {
    match (was, now) {
        (Value::Object(fields), Value::Object(_)) => {
            for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
                let at = format!("{at}/{name}");
                if SENTENCES.iter().any(|sentences| at.ends_with(sentences)) {
                    assert_eq!(now.get(name), None, "{at}");
                } else {
                    assert_kept(value, &now[name], &at);
                }
            }
        }
        _ => assert_eq!(was, now, "{at}"),
    }
}

#[test]
fn every_draft_comes_back_as_it_was_left() {
    let drafts = files("draft-");
    assert_eq!(drafts.len(), 3);
    for (path, text) in drafts {
        assert_kept(&serde_json::from_str(&text).unwrap(), &again(&text), path.to_str().unwrap());
    }
}

#[test]
fn every_answers_file_gives_its_answers_and_its_month() {
    let files = files("answers-");
    assert_eq!(files.len(), 10);
    for (path, text) in files {
        assert_kept(&serde_json::from_str(&text).unwrap(), &again(&text), path.to_str().unwrap());
    }
}

#[test]
fn every_report_opens_with_what_went_in_and_what_came_out() {
    let reports = [files("report-"), files("scenario")].concat();
    assert_eq!(reports.len(), 14);
    let mut with_fit = 0;
    for (path, text) in reports {
        let at = path.to_str().unwrap();
        let was: Value = serde_json::from_str(&text).unwrap();
        let saved = read_report(&text).unwrap();
        for question in planwise::question::QuestionId::ALL {
            let rank = saved.file.answers.effective(question).unwrap();
            assert_eq!(was["answers"][question.as_str()], question.option_id(rank), "{at}");
        }
        let mut month = was["usage"].clone();
        // A share by default is worked out from the answers, and the model from the list.
        if month["outside_origin"] == "default" {
            month.as_object_mut().unwrap().remove("outside_share_pct");
        }
        let now = again(&text);
        assert_kept(&month, &now["usage"], at);
        let result = &was["result"];
        assert_eq!(result["outcome"], json!(saved.result.outcome), "{at}");
        assert_eq!(result["rule"], json!(saved.result.rule), "{at}");
        assert_eq!(result["strength"], json!(saved.result.strength), "{at}");
        let costs = &result["costs_usd"];
        let read = &saved.result.costs_usd;
        for (name, cost) in [
            ("pro", read.of(Outcome::Pro)),
            ("api", read.of(Outcome::Api)),
            ("hybrid", read.of(Outcome::Hybrid)),
            ("api_p10", read.api_range().map(|(low, _)| low)),
            ("api_p90", read.api_range().map(|(_, high)| high)),
        ] {
            assert_eq!(costs[name], cost.unwrap().to_string(), "{at}: {name}");
        }
        assert_eq!(saved.name.as_deref(), was["name"].as_str(), "{at}");
        assert_eq!(was["catalog"]["as_of"], saved.prices.day().to_string(), "{at}");
        let models = was["catalog"]["models"].as_array().unwrap();
        assert!(!models.is_empty(), "{at}");
        for model in models {
            let row = saved.prices.row(model["id"].as_str().unwrap()).unwrap().prices();
            assert_eq!(model["input"].as_str(), row.input.map(|p| p.to_string()).as_deref());
        }
        let measured = saved.file.usage.as_ref().unwrap().measured.as_deref();
        if let Some(fit) = measured.and_then(|measured: &Measured| measured.fit.as_deref()) {
            with_fit += 1;
            let was = &was["usage"]["measured"]["fit"];
            let shown = words::fit::digest_sentences(fit);
            for (name, shown) in [
                ("answer", &shown.answer),
                ("windows_hold", &shown.holds),
                ("assumptions", &shown.assumptions),
                ("doubts", &shown.doubts),
            ] {
                assert_eq!(was[name], serde_json::json!(shown), "{at}: {name}");
            }
            let week = words::fit::week_sentence(fit.week.as_ref().unwrap());
            assert!(week.contains("$3.60 to $16.80, likely $9.90 (estimate)."), "{week}");
            assert!(week.ends_with("Used in the whole week: $4.48."), "{week}");
        }
    }
    assert_eq!(with_fit, 3);
}
