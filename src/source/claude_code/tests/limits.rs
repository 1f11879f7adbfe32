//! Limits that stopped the user, recognized by fields and by sentences.

use super::*;

fn told(text: &str) -> Value {
    json!({"type": "assistant", "timestamp": "2026-11-20T11:10:01.000Z", "sessionId": "s",
        "message": {"id": "x", "model": SYNTHETIC, "content": [{"type": "text", "text": text}],
            "usage": {"input_tokens": 0, "output_tokens": 0, "speed": null}},
        "error": "rate_limit", "isApiErrorMessage": true, "apiErrorStatus": 429})
}

fn modern() -> Value {
    let mut line = told("You've hit your session limit · resets 2:40pm (Europe/Madrid)");
    line["quotaLimits"] = json!({"status": "rejected", "resetsAt": 1_795_182_000,
        "rateLimitType": "five_hour", "isUsingOverage": false});
    line
}

fn hit(
    at: &str,
    window: Option<&str>,
    reset: Option<&str>,
) -> (String, Option<String>, Option<String>) {
    (at.to_owned(), window.map(str::to_owned), reset.map(str::to_owned))
}

const AT: &str = "2026-11-20T11:10:01Z";

#[test]
fn a_rejected_quota_is_a_hit_and_counts_once_at_its_earliest_time() {
    let mut later = modern();
    later["timestamp"] = json!("2026-11-20T11:30:00Z");
    let expected = hit(AT, Some("five_hour"), Some("2026-11-20T13:40:00Z"));
    assert_eq!(hits(&read(&[modern(), later.clone()])), std::slice::from_ref(&expected));
    let mut weekly = modern();
    weekly["quotaLimits"]["rateLimitType"] = json!("seven_day");
    assert_eq!(hits(&read(&[modern(), later, weekly])).len(), 2);
}

#[test]
fn a_quota_that_was_not_rejected_or_is_paid_extra_is_no_hit() {
    for (key, value) in
        [("status", json!("allowed")), ("status", Value::Null), ("isUsingOverage", json!(true))]
    {
        let mut line = modern();
        line["quotaLimits"][key] = value;
        assert_eq!(hits(&read(&[line])), []);
    }
    for (key, value) in [
        ("error", json!("server_error")),
        ("error", Value::Null),
        ("isApiErrorMessage", json!(false)),
        ("type", json!("user")),
    ] {
        let mut line = modern();
        line[key] = value;
        assert_eq!(hits(&read(&[line])), [], "{key}");
    }
}

#[test]
fn an_unknown_window_or_reset_is_null() {
    let mut line = modern();
    line["quotaLimits"]["rateLimitType"] = Value::Null;
    line["quotaLimits"]["resetsAt"] = Value::Null;
    line["message"]["content"] = json!([]);
    assert_eq!(hits(&read(&[line])), [hit(AT, None, None)]);
}

#[test]
fn a_reset_that_the_fields_do_not_tell_is_taken_from_the_sentence() {
    let mut line = modern();
    line["message"]["content"] =
        json!([{"type": "text", "text": "You've hit your session limit · resets 2pm (UTC)"}]);
    let reset = |line: &Value| hits(&read(std::slice::from_ref(line)))[0].2.clone();
    assert_ne!(reset(&line).as_deref(), Some("2026-11-20T14:00:00Z"), "the fields win");
    line["quotaLimits"]["resetsAt"] = Value::Null;
    assert_eq!(reset(&line).as_deref(), Some("2026-11-20T14:00:00Z"));
}

#[test]
fn every_sentence_of_every_age_is_known() {
    for (text, window, reset) in [
        ("Claude AI usage limit reached|1795182000", None, Some("2026-11-20T13:40:00Z")),
        (
            "Claude usage limit reached. Your limit will reset at 1pm (Europe/Madrid).",
            None,
            Some("2026-11-20T12:00:00Z"),
        ),
        ("5-hour limit reached ∙ resets 3pm", Some("five_hour"), None),
        ("You've hit your limit · resets 4am (Asia/Shanghai)", None, Some("2026-11-20T20:00:00Z")),
        (
            "You’ve hit your session limit ∙ resets 2:40pm (Europe/Madrid)",
            Some("five_hour"),
            Some("2026-11-20T13:40:00Z"),
        ),
        (
            "You've hit your weekly limit · resets Dec 2, 9am (Europe/Berlin)",
            Some("seven_day"),
            Some("2026-12-02T08:00:00Z"),
        ),
        (
            "You've hit your weekly limit · resets Jan 2, 12am (UTC)",
            Some("seven_day"),
            Some("2027-01-02T00:00:00Z"),
        ),
        ("You've reached your Fable 5 limit.", Some("seven_day_overage_included"), None),
        (
            "Opus weekly limit reached ∙ resets Nov 25, 5pm (Europe/Berlin)",
            Some("seven_day_opus"),
            Some("2026-11-25T16:00:00Z"),
        ),
        ("Opus weekly limit reached ∙ resets Oct 24", Some("seven_day_opus"), None),
        ("You've hit your Sonnet limit", Some("seven_day_sonnet"), None),
        ("You've hit your weekly Opus limit", Some("seven_day_opus"), None),
        ("You've hit your Fable 6 limit", Some("seven_day_overage_included"), None),
        ("You've hit your Fable weekly limit", Some("seven_day_overage_included"), None),
        (
            "You've hit your 5-hour limit · resets 1am (UTC)",
            Some("five_hour"),
            Some("2026-11-21T01:00:00Z"),
        ),
        ("You've hit your usage limit.", None, None),
        (
            "Weekly limit reached · resets Dec 2, 7pm (Europe/Moscow)",
            Some("seven_day"),
            Some("2026-12-02T16:00:00Z"),
        ),
        (
            "You've hit your weekly limit · resets Nov 26 at 10pm (Asia/Shanghai)",
            Some("seven_day"),
            Some("2026-11-26T14:00:00Z"),
        ),
        (
            "You've hit your weekly limit · resets Jan 2, 2027, 8am (UTC)",
            Some("seven_day"),
            Some("2027-01-02T08:00:00Z"),
        ),
        (
            "You've hit your weekly limit · resets Jan 2, 2027 at 8:30am (UTC)",
            Some("seven_day"),
            Some("2027-01-02T08:30:00Z"),
        ),
        ("You've hit your limit · resets 4am (Nowhere/Land)", None, None),
        ("You've hit your limit · resets 25pm (UTC)", None, None),
    ] {
        assert_eq!(hits(&read(&[told(text)])), [hit(AT, window, reset)], "{text}");
    }
}

#[test]
fn other_failures_are_no_plan_limit() {
    for text in ["API Error: Rate limited", "API Error: 529 Overloaded", "You've hit your stride"] {
        assert_eq!(hits(&read(&[told(text)])), [], "{text}");
    }
    let mut overloaded = told("Claude AI usage limit reached|1795182000");
    overloaded["error"] = json!("server_error");
    assert_eq!(hits(&read(&[overloaded])), []);
}

#[test]
fn a_refused_api_key_and_a_busy_server_are_no_plan_limit_whatever_they_say() {
    for text in [
        "API Error: Rate limit reached",
        "API Error: Request rejected (429) · Rate limit reached",
        "API Error (529): Overloaded, limit reached",
    ] {
        assert_eq!(hits(&read(&[told(text)])), [], "{text}");
    }
    for status in [401, 529] {
        let mut line = told("You've hit your limit · resets 4am (UTC)");
        line["apiErrorStatus"] = json!(status);
        assert_eq!(hits(&read(&[line])), [], "{status}");
    }
}

#[test]
fn without_an_error_key_only_the_sentences_of_2025_count() {
    let mut old = told("Claude AI usage limit reached|1751976000");
    old["error"] = Value::Null;
    assert_eq!(hits(&read(&[old.clone()])).len(), 1);
    old["message"]["model"] = json!("claude-opus-5-5");
    assert_eq!(hits(&read(&[old])), []);
    let mut new = told("You've hit your limit · resets 4am (UTC)");
    new["error"] = Value::Null;
    assert_eq!(hits(&read(&[new])), []);
}

#[test]
fn without_a_reset_hits_of_a_quarter_of_an_hour_are_one() {
    let at = |time: &str| {
        let mut line = told("You've reached your Fable 5 limit.");
        line["timestamp"] = json!(format!("2026-11-20T{time}Z"));
        line
    };
    let lines = [at("11:01:00"), at("11:14:59"), at("11:15:00")];
    let times: Vec<String> = hits(&read(&lines)).into_iter().map(|hit| hit.0).collect();
    assert_eq!(times, ["2026-11-20T11:01:00Z", "2026-11-20T11:15:00Z"]);
}

#[test]
fn text_that_mentions_a_limit_is_no_hit() {
    let user = json!({"type": "user", "timestamp": "2026-11-20T11:12:00Z", "sessionId": "s",
        "message": {"role": "user",
            "content": "rate_limit quotaLimits \"isApiErrorMessage\":true limit reached|1795182000"}});
    assert!(nothing(&read(&[user])));
}

#[test]
fn a_hit_without_a_time_is_named() {
    let mut line = modern();
    line["timestamp"] = Value::Null;
    assert_eq!(skipped(&[line]), Skip::NoTime);
}

#[test]
fn caps_on_spending_are_no_limits_of_a_plan() {
    for (text, word, reset) in [
        (
            "You're out of extra usage · resets 11:59pm (UTC)",
            "overage",
            Some("2026-11-20T23:59:00Z"),
        ),
        (
            "You're out of extra usage · resets Dec 2, 2pm (Asia/Jerusalem)",
            "overage",
            Some("2026-12-02T12:00:00Z"),
        ),
        (
            "You're out of usage credits · resets 10:50pm (Asia/Tokyo) · progress saved",
            "overage",
            Some("2026-11-20T13:50:00Z"),
        ),
        (
            "You've hit your monthly spend limit · raise it at claude.ai/settings/usage",
            "monthly_spend",
            None,
        ),
        (
            "You've hit your monthly spend limit · your session limit resets 2:40pm (Asia/Jakarta)",
            "monthly_spend",
            None,
        ),
        (
            "You've hit your org's monthly spend limit · run /usage-credits to ask your admin for a \
             higher limit · your session limit resets 4:20pm (America/Chicago)",
            "monthly_spend",
            None,
        ),
        ("You've hit your org's monthly usage limit", "monthly_spend", None),
        ("Spending cap reached resets 9pm", "monthly_spend", None),
    ] {
        let history = read(&[told(text)]);
        assert_eq!(hits(&history), [], "{text}");
        let caps: Vec<_> = history.spending_caps().collect();
        let seen = caps.iter().map(|cap| {
            (cap.window.as_deref().unwrap(), cap.resets_at.map(|time| time.to_string()))
        });
        assert_eq!(seen.collect::<Vec<_>>(), [(word, reset.map(str::to_owned))], "{text}");
    }
    let mut fields = modern();
    fields["quotaLimits"]["rateLimitType"] = json!("overage");
    let history = read(&[fields]);
    assert_eq!((hits(&history).len(), history.spending_caps().count()), (0, 1));
}
