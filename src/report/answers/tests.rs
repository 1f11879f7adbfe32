//! Good files, and what is said about bad ones.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::*;
use crate::cost::Volume;
use crate::number::Percent;
use crate::question::{Control, Developer};
use crate::usage::{Confidence, Outside, ProPrice};

const ANSWERS: &str = r#""answers": {"interface": "chat", "session": "moderate", "limits": "sometimes", "automation": "some", "developer": "willing", "control": "no", "features": "core", "billing": "either"}"#;

/// A file with these fields of `usage` beside the two required ones.
fn month(fields: &str) -> String {
    format!(
        r#"{{{ANSWERS}, "usage": {{"input_tokens": 3000000, "output_tokens": 900000{fields}}}}}"#
    )
}

fn usage(fields: &str) -> Usage {
    read_answers(&month(fields)).unwrap().usage.unwrap()
}

fn error(json: &str) -> String {
    read_answers(json).unwrap_err().to_string()
}

#[test]
fn a_month_needs_two_numbers_and_takes_fourteen_more() {
    assert_eq!(
        usage(""),
        Usage { volume: Volume { input: 3_000_000, output: 900_000 }, ..Usage::default() }
    );
    let full = usage(
        r#", "outside_share_pct": 35, "outside_origin": "usage", "model": "m", "confidence": "guess",
        "cache_read_pct": "33.3333", "cache_write_pct": 10, "cache_write_1h_pct": "0.0001", "batch_pct": 50,
        "thinking_pct": 1000, "prompt_tokens": 200000, "pro_price": "17.5", "overflow_pct": 5,
        "capacity_input": 0, "capacity_output": 1000000000000"#,
    );
    assert_eq!(full.outside, Outside::Measured(35));
    assert_eq!(full.model.as_deref(), Some("m"));
    assert_eq!(full.confidence, Confidence::Guess);
    assert_eq!(full.mix.cache_read.to_string(), "33.3333");
    assert_eq!(full.mix.thinking, Percent::whole(1000));
    assert_eq!(full.pro_price, ProPrice::Other(Decimal::new(175, 1)));
    assert_eq!(full.overflow_pct, Some(5));
    assert_eq!(full.prompt_tokens, Some(200_000));
    assert_eq!(full.capacity_output, Some(1_000_000_000_000));
    assert_eq!(usage(r#", "pro_price": "annual""#).pro_price, ProPrice::Annual);
}

#[test]
fn the_share_outside_follows_its_origin() {
    for (fields, outside) in [
        ("", Outside::Default),
        (r#", "outside_share_pct": null"#, Outside::Default),
        (r#", "outside_share_pct": 0"#, Outside::Set(0)),
        (r#", "outside_share_pct": 100, "outside_origin": "user""#, Outside::Set(100)),
        (r#", "outside_share_pct": 5, "outside_origin": "usage""#, Outside::Measured(5)),
        (r#", "outside_share_pct": 77, "outside_origin": "default""#, Outside::Default),
        (r#", "outside_share_pct": "x", "outside_origin": "default""#, Outside::Default),
    ] {
        assert_eq!(usage(fields).outside, outside, "{fields}");
    }
}

/// A field, values that are wrong in it, and what is said about each.
fn wrong_values() -> Vec<(&'static str, &'static [&'static str], &'static str)> {
    let whole = "must be a whole number from 0 to 1,000,000,000,000, digits only, without quotes";
    let share = "must be a whole number from 0 to 100, without quotes";
    let percent =
        "must be a whole number from 0 to 100, or a decimal in quotes with at most four places";
    let price = "must be 'monthly', 'annual' or dollars in quotes: above 0, at most 10000, at most two decimals";
    vec![
        (
            "prompt_tokens",
            &[
                "3e6",
                "3.0",
                "\"3\"",
                "-1",
                "-0",
                "1000000000001",
                "99999999999999999999999",
                "1e999999",
                "true",
                "[]",
                "{}",
            ][..],
            whole,
        ),
        ("capacity_input", &["0.5"][..], whole),
        ("outside_share_pct", &["101", "-1", "20.0", "\"20\"", "20.5"][..], share),
        (
            "batch_pct",
            &[
                "100.5",
                "33.5",
                "101",
                "\"33.33333\"",
                "\"-1\"",
                "\"1e1\"",
                "\"\"",
                "\"100.0001\"",
                "\".5\"",
                "\"5.\"",
                "\"٣\"",
                "\"20 %\"",
                "false",
                "[1]",
            ][..],
            percent,
        ),
        (
            "thinking_pct",
            &["1001", "\"1000.0001\""][..],
            "must be a whole number from 0 to 1000, or a decimal in quotes with at most four places",
        ),
        (
            "pro_price",
            &[
                "20",
                "\"0\"",
                "\"0.001\"",
                "\"10000.01\"",
                "\"$20\"",
                "\"-1\"",
                "\"yearly\"",
                "\"1e3\"",
            ][..],
            price,
        ),
        ("overflow_pct", &["\"12.5\""][..], "must be a whole number from 0 to 100"),
        ("confidence", &["3"][..], "must be text in quotes: measured, rough or guess"),
        ("confidence", &["\"sure\""][..], "cannot be 'sure'; choose measured, rough or guess"),
        ("outside_origin", &["\"me\""][..], "cannot be 'me'; choose default, user or usage"),
        ("model", &["3", "\" \""][..], "must be the id of a model, in quotes"),
    ]
}

#[test]
fn a_month_that_is_wrong_is_named_with_its_path() {
    for (name, values, problem) in wrong_values() {
        for value in values {
            let json = month(&format!(r#", "{name}": {value}"#));
            // Past the range of a double the parser itself gives up.
            if *value == "1e999999" {
                assert!(error(&json).starts_with("not valid JSON at line 1, column "));
            } else {
                assert_eq!(error(&json), format!("'usage.{name}' {problem}"), "{value}");
            }
        }
    }
}

#[test]
fn a_month_with_something_missing_or_too_much_says_so() {
    let whole = "must be a whole number from 0 to 1,000,000,000,000, digits only, without quotes";
    assert_eq!(
        error(&month(r#", "outside_origin": "user""#)),
        "'usage.outside_share_pct' is missing; give a whole number from 0 to 100, or set 'usage.outside_origin' to 'default'"
    );
    assert_eq!(
        error(&month(
            r#", "cache_read_pct": 50, "cache_write_pct": 50, "cache_write_1h_pct": "0.0001""#
        )),
        "'usage.cache_read_pct' makes 100.0001 together with 'usage.cache_write_pct' and 'usage.cache_write_1h_pct'; the three may make at most 100"
    );
    for odd in ["{}", r#"{"input_tokens": null}"#] {
        assert_eq!(
            error(&format!(r#"{{"usage": {odd}}}"#)),
            "'usage.input_tokens' is missing; give a whole number from 0 to 1,000,000,000,000"
        );
    }
    assert_eq!(
        error(r#"{"usage": {"input_tokens": 1.5}}"#),
        format!("'usage.input_tokens' {whole}")
    );
}

#[test]
fn an_answer_that_is_wrong_names_its_options() {
    assert_eq!(
        error(r#"{"answers": {"limits": "oftn"}}"#),
        "'answers.limits' has no option 'oftn' (did you mean 'often'?); choose never, unknown, sometimes or often"
    );
    assert_eq!(
        error(r#"{"answers": {"control": true}}"#),
        "'answers.control' must be text in quotes: no or yes"
    );
    assert_eq!(error(r#"{"answers": []}"#), "'answers' must be an object in braces");
    assert_eq!(error(r#"{"usage": 3}"#), "'usage' must be an object in braces");
    for text in ["[]", "3", "\"x\"", "null"] {
        assert_eq!(
            error(text),
            "the file must hold an object in braces, with 'answers' and 'usage'; begin it with '{'"
        );
    }
}

#[test]
fn what_is_not_json_is_named_by_line_and_column() {
    assert_eq!(
        error("{\n  \"answers\": }"),
        "not valid JSON at line 2, column 14: expected value; correct it there"
    );
    assert_eq!(
        error(""),
        "not valid JSON at line 1, column 0: EOF while parsing a value; correct it there"
    );
    assert_eq!(
        error("{} x"),
        "not valid JSON at line 1, column 4: trailing characters; correct it there"
    );
    assert_eq!(
        error(r#"{"usage": {"a": 1, "a": 2}}"#),
        "not valid JSON at line 1, column 22: 'a' is there twice; correct it there"
    );
    let deep = "[".repeat(10_000);
    assert_eq!(
        error(&deep),
        "not valid JSON at line 1, column 128: recursion limit exceeded; correct it there"
    );
    let deep = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    assert!(error(&deep).contains("recursion limit exceeded"));
    let closed = format!("{{\"tool\": {}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(error(&closed).contains("recursion limit exceeded"));
}

#[test]
fn a_newer_version_is_refused_and_an_old_or_missing_one_read() {
    for ok in ["", r#""schema_version": 1"#, r#""schema_version": null"#] {
        assert!(read_answers(&format!("{{{ok}}}")).is_ok(), "{ok}");
    }
    assert_eq!(
        error(r#"{"schema_version": 2}"#),
        "the file has schema version 2, but this planwise reads versions up to 1; use a newer planwise"
    );
    for odd in ["0", "-1", "1.0", "\"1\"", "true"] {
        assert_eq!(
            error(&format!(r#"{{"schema_version": {odd}}}"#)),
            "'schema_version' must be the whole number 1"
        );
    }
}

#[test]
fn a_key_is_refused_wherever_it_hides_and_never_repeated() {
    for text in [
        r#"{"note": "sk-ant-api03-secret"}"#,
        r#"{"x": [{"y": "SK-ANT-secret"}]}"#,
        r#"{"sk\u002dant\u002dsecret": 1}"#,
        r#"{"a": "s\u006b-ant-secret"}"#,
        "{\"a\": \"sk-\u{200b}ant-secret\"}",
        "not json sk-ant-secret",
    ] {
        let message = error(text);
        assert_eq!(
            message,
            "the text holds something that looks like an API key, so none of it was read; take the key out"
        );
    }
    let twice = r#"{"s\u006b-ant-secret": 1, "s\u006b-ant-secret": 2}"#;
    let message = error(twice);
    assert!(message.contains("a name is there twice") && !message.contains("secret"));
}

#[test]
fn unknown_fields_are_named_and_those_of_a_report_are_known() {
    let file = read_answers(
        r#"{"schema_version": 1, "tool": {}, "result": {"x": 1}, "note": "n", "answer": {},
            "answers": {"interfce": "chat", "interface": null}, "usage": {"input_tokens": 1, "output_tokens": 2, "tokens\u001b[2J": 3}}"#,
    )
    .unwrap();
    assert_eq!(file.ignored, ["answer", "answers.interfce", "usage.tokens\u{fffd}[2J"]);
    let many: Value = (0..50).map(|n| (format!("field{n:02}"), json!(n))).collect();
    let ignored = read_answers(&many.to_string()).unwrap().ignored;
    assert_eq!(ignored.len(), 21);
    assert_eq!(ignored[20], "and 30 more");
    let long = json!({"x".repeat(99): 1}).to_string();
    assert_eq!(read_answers(&long).unwrap().ignored[0].len(), 63);
}

#[test]
fn a_byte_order_mark_is_no_error() {
    assert!(read_answers("\u{feff}{}").is_ok());
}

#[test]
fn skipped_questions_may_be_missing() {
    let file = |answers: &str| {
        read_answers(&format!(
            r#"{{"answers": {{{answers}, "session": "short", "limits": "never", "automation": "none", "features": "nice", "billing": "flat"}}, "usage": {{"input_tokens": 1, "output_tokens": 2}}}}"#
        ))
        .unwrap()
    };
    let (code, _) = file(r#""interface": "code", "control": "yes""#).complete(false).unwrap();
    assert_eq!(code.profile.developer(), Developer::Yes);
    assert_eq!(code.origin(QuestionId::Developer), Origin::Derived);
    let (given, _) = file(r#""interface": "code", "developer": "no", "control": "yes""#)
        .complete(false)
        .unwrap();
    assert_eq!(given.profile.developer(), Developer::No);
    assert_eq!(given.profile.control(), Control::No);
    assert_eq!(given.origin(QuestionId::Developer), Origin::User);
    let (no_keys, _) = file(r#""interface": "tools", "developer": "no""#).complete(false).unwrap();
    assert_eq!(no_keys.origin(QuestionId::Control), Origin::Derived);
    assert_eq!(
        file(r#""interface": "tools", "developer": null"#).complete(false).unwrap_err().to_string(),
        "nothing is given for 'developer' (no, willing or yes), 'control' (no or yes); add it, or use --assume-defaults"
    );
}

#[test]
fn who_gave_each_answer_is_read_and_a_derived_one_must_follow() {
    let file = |answers: &str, origins: &str| {
        read_answers(&format!(
            r#"{{"answers": {{{answers}, "session": "short", "limits": "never", "automation": "none",
            "features": "nice", "billing": "flat"}}, "answer_origin": {{{origins}}}}}"#
        ))
    };
    let read = file(
        r#""interface": "code", "developer": "yes", "control": "yes""#,
        r#""interface": "usage", "developer": "derived", "limits": "assumed", "billing": null"#,
    );
    let answers = read.unwrap().answers;
    let origin = |question| answers.given(question).map(|given| given.origin);
    assert_eq!(origin(QuestionId::Interface), Some(Origin::Usage));
    assert_eq!(origin(QuestionId::Limits), Some(Origin::Assumed));
    assert_eq!(origin(QuestionId::Billing), Some(Origin::User));
    // It follows anew, so that it goes when the answer goes that it follows from.
    assert_eq!(origin(QuestionId::Developer), None);
    assert_eq!(answers.effective(QuestionId::Developer), Some(Developer::Yes as Rank));
    let wrong = r#""interface": "chat", "developer": "yes", "control": "yes""#;
    let written = file(wrong, r#""developer": "derived""#).unwrap().answers;
    let developer = written.given(QuestionId::Developer).unwrap();
    assert_eq!((developer.rank, developer.origin), (Developer::Yes as Rank, Origin::User));
    assert_eq!(
        file(wrong, r#""limits": "you""#).unwrap_err().to_string(),
        "'answer_origin.limits' cannot be 'you'; choose user, derived, assumed or usage"
    );
    assert_eq!(file(wrong, r#""mood": "user""#).unwrap().ignored, ["answer_origin.mood"]);
}

#[test]
fn what_is_missing_is_named_or_assumed() {
    let nothing = read_answers("{}").unwrap();
    let message = nothing.complete(false).unwrap_err().to_string();
    assert!(message.starts_with(
        "nothing is given for 'interface' (chat, claude_code, tools or code), 'session' ("
    ));
    assert!(message.ends_with(
        "'usage' (with input_tokens and output_tokens); add it, or use --assume-defaults"
    ));
    let (answers, usage) = nothing.complete(true).unwrap();
    let options = QuestionId::ALL.map(|question| answers.profile.option(question));
    assert_eq!(options, ["chat", "moderate", "unknown", "none", "no", "no", "nice", "either"]);
    assert!(answers.has_assumed());
    assert_eq!(answers.origin(QuestionId::Control), Origin::Assumed);
    assert_eq!(usage.volume_origin, Origin::Assumed);
    assert_eq!(usage.volume, crate::usage::SAMPLE);
    let code = read_answers(r#"{"answers": {"interface": "code"}}"#).unwrap();
    let (answers, _) = code.complete(true).unwrap();
    assert_eq!(answers.origin(QuestionId::Interface), Origin::User);
    assert_eq!(answers.origin(QuestionId::Developer), Origin::Derived);
    assert_eq!(answers.origin(QuestionId::Control), Origin::Assumed);
}
