//! Data about a plan: some fields of `.claude.json`, and Claude Desktop's history of plan usage.
//!
//! Both files contain more than is read here, including an e-mail address. Only the named fields
//! are read, and none of them identifies the user.

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::encoding::utf8;
use super::json::{Object, Raw, documents};
use crate::history::{History, Login, Plan, PlanSeen, Reading, Skip};
use crate::text::quoted;

/// The windows of a plan in `.claude.json`, in the vendor's words.
const WINDOWS: [&str; 4] = ["five_hour", "seven_day", "seven_day_opus", "seven_day_sonnet"];
/// The same windows in Claude Desktop's samples.
const SAMPLED: [(&str, &str); 2] = [("fh", "five_hour"), ("sd", "seven_day")];
/// The valid time range of a reading, in milliseconds since 1970: 2023-01-01, the year Claude came
/// out, to 2100-01-01.
const SANE: std::ops::Range<u64> = 1_672_531_200_000..4_102_444_800_000;

/// Reads the plan and the last known window usage from a `.claude.json`. `name` is shown in doubts.
///
/// Without an account there is no plan: Claude Code uses an API key or a cloud provider.
pub fn read_claude_json(bytes: &[u8], name: &str, history: &mut History) {
    let bytes = utf8(bytes);
    let Some(document) = documents(&bytes).next().filter(|document| document.is_object()) else {
        return history.skip(Skip::NotJson);
    };
    let is_cut = document.is_cut();
    if is_cut {
        history.skip(Skip::NotJson);
        history
            .doubt(format!("{} ends in the middle; what is missing is not counted.", quoted(name)));
    }
    let document = document.object();
    let cached = document.object("cachedUsageUtilization");
    let used = cached.object("utilization");
    let account = document.get("oauthAccount").filter(|account| account.is_object());
    // If the file is truncated, the missing part could be the account.
    if let Some(account) = account.map(Raw::object) {
        let beyond = account.flag("hasExtraUsageEnabled");
        history.add_plan(PlanSeen {
            at: None,
            login: Login::Claude,
            plan: plan(&account),
            has_extra_usage: beyond.or_else(|| used.object("extra_usage").flag("is_enabled")),
        });
    } else if !is_cut {
        let login = Login::Other;
        history.add_plan(PlanSeen { at: None, login, plan: None, has_extra_usage: None });
    }
    cached_use(&cached, &used, history);
}

/// The plan, from the vendor's words for the organization and its limits.
fn plan(account: &Object<'_>) -> Option<Plan> {
    let word = account.text("organizationType")?;
    let limits = account.text("organizationRateLimitTier").unwrap_or_default();
    Some(match word.strip_prefix("claude_").unwrap_or(&word) {
        "free" => Plan::Free,
        "pro" => Plan::Pro,
        "max" if limits.ends_with("_20x") => Plan::Max20,
        "max" if limits.ends_with("_5x") => Plan::Max5,
        "max" => Plan::Max,
        "ultra" => Plan::Ultra,
        "team" => Plan::Team,
        "enterprise" => Plan::Enterprise,
        _ => Plan::Other(word.into_owned()),
    })
}

/// Window usage when Claude Code last asked for it, which may be long ago.
fn cached_use(cached: &Object<'_>, used: &Object<'_>, history: &mut History) {
    let mut found: Vec<(String, Option<Raw<'_>>, Object<'_>)> = Vec::new();
    for window in WINDOWS {
        let part = used.get(window).filter(|part| part.is_object()).map(Raw::object);
        if let Some(part) = part {
            found.push((window.to_owned(), part.get("utilization"), part));
        }
    }
    for limit in used.list("limits") {
        let limit = limit.object();
        let window = match limit.text("kind").as_deref() {
            // These repeat the same windows, rounded.
            Some("session") => "five_hour".to_owned(),
            Some("weekly_all") => "seven_day".to_owned(),
            Some(kind) => match limit.object("scope").object("model").text("display_name") {
                Some(model) => format!("{kind} ({model})"),
                None => kind.to_owned(),
            },
            None => continue,
        };
        if found.iter().all(|(known, ..)| *known != window) {
            found.push((window, limit.get("percent"), limit));
        }
    }
    if found.is_empty() {
        return;
    }
    let Some(at) = cached.get("fetchedAtMs").and_then(time) else {
        return history.skip(Skip::NoTime);
    };
    for (window, percent, part) in found {
        let resets_at = part.text("resets_at").and_then(|text| text.parse().ok());
        add(history, at, window, percent, resets_at);
    }
}

/// Reads every sample from Claude Desktop's history of plan usage. `name` is shown in doubts.
pub fn read_desktop_history(bytes: &[u8], name: &str, history: &mut History) {
    let bytes = utf8(bytes);
    let Some(document) = documents(&bytes).next() else {
        return history.skip(Skip::NotJson);
    };
    if document.is_cut() {
        history
            .doubt(format!("{} ends in the middle; what is missing is not counted.", quoted(name)));
    }
    for sample in document.object().list("samples") {
        if !(sample.is_object() && sample.is_json()) {
            history.skip(Skip::NotJson);
            continue;
        }
        let sample = sample.object();
        let Some(at) = sample.get("t").and_then(time) else {
            history.skip(Skip::NoTime);
            continue;
        };
        let used = sample.object("u");
        for (name, window) in SAMPLED {
            add(history, at, window.to_owned(), used.get(name), None);
        }
    }
}

/// A time in milliseconds since 1970; `None` outside of [`SANE`].
fn time(value: Raw<'_>) -> Option<Timestamp> {
    let millis = value.whole().filter(|millis| SANE.contains(millis))?;
    Timestamp::from_millisecond(i64::try_from(millis).ok()?).ok()
}

/// Adds a reading. Ignores readings without a percentage or above 100.
fn add(
    history: &mut History,
    at: Timestamp,
    window: String,
    percent: Option<Raw<'_>>,
    resets_at: Option<Timestamp>,
) {
    let Some(percent) = percent.filter(|percent| percent.bytes() != b"null") else {
        return;
    };
    let is_sane =
        |percent: &Decimal| !percent.is_sign_negative() && *percent <= Decimal::ONE_HUNDRED;
    match percent.decimal().filter(is_sane) {
        Some(percent) => history.add_reading(Reading { at, window, percent, resets_at }),
        None => history.skip(Skip::BadCount),
    }
}

#[cfg(test)]
mod tests;
