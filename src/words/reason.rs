//! The reasons: each item with points, as a tag, a short phrase and a full sentence.

use std::borrow::Cow;
use std::cmp::Reverse;

use rust_decimal::{Decimal, RoundingStrategy};

use super::place::is_claude_code;
use crate::advice::{Assessment, Item, Reason, Rule};
use crate::number::{short_usd, tokens_short, usd};
use crate::question::{Automation, Features, Interface, Limits, Origin, QuestionId, Session};

/// One reason in three lengths.
struct Phrases {
    tag: Cow<'static, str>,
    short: Cow<'static, str>,
    long: Cow<'static, str>,
}

impl Phrases {
    const fn fixed(tag: &'static str, short: &'static str, long: &'static str) -> Self {
        Self { tag: Cow::Borrowed(tag), short: Cow::Borrowed(short), long: Cow::Borrowed(long) }
    }
}

/// A reason in at most 23 columns, for the live pane: `some work is automated`.
pub fn reason_tag(reason: &Reason, assessment: &Assessment) -> String {
    phrases(reason, assessment).tag.into_owned()
}

/// A reason in at most 34 columns: `some work runs without you`.
pub fn reason_short(reason: &Reason, assessment: &Assessment) -> String {
    phrases(reason, assessment).short.into_owned()
}

/// A reason as a full sentence.
pub fn reason_long(reason: &Reason, assessment: &Assessment) -> String {
    phrases(reason, assessment).long.into_owned()
}

/// The reason that overrides all points: no keys (rule R3 only).
pub fn gate(assessment: &Assessment) -> Option<String> {
    let assumed = assessment.answers.origin(QuestionId::Developer) == Origin::Assumed;
    (assessment.rule == Rule::R3).then(|| {
        if assumed {
            "No API keys, as assumed".to_owned()
        } else {
            "You do not want API keys".to_owned()
        }
    })
}

/// The same reason, worded to stand before the points.
pub(crate) fn gate_first(assessment: &Assessment) -> Option<String> {
    gate(assessment).map(|gate| format!("{gate}, so points do not decide."))
}

/// At most `most` reasons, the largest first. Of two or more, at least one is against the
/// recommendation, if there is any.
pub fn reasons_ranked(assessment: &Assessment, most: usize) -> Vec<&Reason> {
    let mut ranked: Vec<&Reason> = assessment.reasons.iter().collect();
    ranked.sort_by_key(|reason| Reverse(reason.points.unsigned_abs()));
    let against = ranked.iter().position(|reason| !reason.supports);
    if let Some(place) = against.filter(|place| most >= 2 && *place >= most) {
        let reason = ranked.remove(place);
        ranked.insert(most - 1, reason);
    }
    ranked.truncate(most);
    ranked
}

fn phrases(reason: &Reason, assessment: &Assessment) -> Phrases {
    let profile = assessment.answers.profile;
    let more = reason.points > 0;
    match reason.item {
        Item::P1 if is_claude_code(assessment) => Phrases::fixed(
            "you work in Claude Code",
            "you work in Claude Code",
            "You do most of your work in Claude Code, which Pro covers when you sign in with the plan.",
        ),
        Item::P1 => Phrases::fixed(
            "you work in the app",
            "you work in the Claude app",
            "You do most of your work in the Claude app, which Pro covers.",
        ),
        Item::P2 if profile.session() == Session::Short => Phrases::fixed(
            "sessions are short",
            "sessions are short",
            "Your sessions are short, and short sessions seldom reach a limit.",
        ),
        Item::P2 => Phrases::fixed(
            "sessions under 3 hours",
            "sessions are under three hours",
            "Your sessions are moderate in length, which suits Pro.",
        ),
        Item::P3 if profile.features() == Features::Core => Phrases::fixed(
            "built around the app",
            "built around the app",
            "Your way of working is built on the app's features, and the API does not have them.",
        ),
        Item::P3 => Phrases::fixed(
            "you like the app",
            "you like the app's features",
            "You like the app's features, and the API does not have them.",
        ),
        Item::P4 if more => Phrases::fixed(
            "you prefer one price",
            "you prefer one flat price",
            "You prefer one flat price, and Pro has one.",
        ),
        Item::P4 => Phrases::fixed(
            "you prefer pay per use",
            "you prefer to pay per use",
            "You prefer to pay for what you use, and Pro costs the same every month.",
        ),
        Item::A5 if assessment.over_capacity && is_claude_code(assessment) => Phrases::fixed(
            "more than Pro covers",
            "more work than Pro can cover",
            "You work more in Claude Code than Pro is estimated to cover.",
        ),
        Item::A5 if assessment.over_capacity => Phrases::fixed(
            "more than Pro covers",
            "more chat than Pro can cover",
            "You chat more than Pro is estimated to cover.",
        ),
        Item::P5 | Item::A5 => limits(reason.item, profile.limits()),
        Item::P6 => chat_price(assessment, more),
        Item::A1 if profile.interface() == Interface::Code => Phrases::fixed(
            "you work in own code",
            "you work from your own code",
            "You work from your own code, which needs the API.",
        ),
        Item::A1 => Phrases::fixed(
            "you work in other apps",
            "you work inside other apps",
            "You work inside other apps, which need the API.",
        ),
        Item::A2 if profile.automation() == Automation::Heavy => Phrases::fixed(
            "much is automated",
            "much of it runs without you",
            "Much of your work runs without you typing, and Pro covers only what you type.",
        ),
        Item::A2 => Phrases::fixed(
            "some work is automated",
            "some of your work is automated",
            "Some of your work runs without you typing, and Pro covers only what you type.",
        ),
        Item::A3 => Phrases::fixed(
            "control over each call",
            "you need control over each call",
            "You need control over each call, and only the API gives it.",
        ),
        Item::A4 => Phrases::fixed(
            "used to keys",
            "API keys are easy for you",
            "You write code or manage keys already, so the API is easy for you to use.",
        ),
        Item::A6 => Phrases::fixed(
            "sessions over 3 hours",
            "sessions of three hours or more",
            "Your sessions last three hours or more, and limits stop long sessions most.",
        ),
        Item::A7 => total_price(assessment),
        Item::A8 => Phrases::fixed(
            "you prefer pay per use",
            "you prefer to pay per use",
            "You prefer to pay for what you use, and the API is billed that way.",
        ),
    }
}

fn limits(item: Item, limits: Limits) -> Phrases {
    match (item, limits == Limits::Often) {
        (Item::P5, true) => Phrases::fixed(
            "limits stop you often",
            "limits stop you most weeks",
            "Pro's limits stop you most weeks, so Pro alone does not cover your work.",
        ),
        (Item::P5, false) => Phrases::fixed(
            "you meet Pro's limits",
            "you meet Pro's limits now and then",
            "Pro's limits stop you now and then.",
        ),
        (_, true) => Phrases::fixed(
            "limits stop you often",
            "limits stop you most weeks",
            "Pro's limits stop you most weeks; the API has no five-hour or weekly limit.",
        ),
        (_, false) => Phrases::fixed(
            "you meet Pro's limits",
            "you meet Pro's limits now and then",
            "Pro's limits stop you now and then; the API has no five-hour or weekly limit.",
        ),
    }
}

fn chat_price(assessment: &Assessment, dearer: bool) -> Phrases {
    let is_code = is_claude_code(assessment);
    if assessment.split.outside_pct >= 100 && is_code {
        return Phrases::fixed(
            "no work left for Pro",
            "no work is left for Pro",
            "All of your work lies outside Claude Code, so nothing is left for Pro to cover.",
        );
    }
    if assessment.split.outside_pct >= 100 {
        return Phrases::fixed(
            "no chat left for Pro",
            "no chat is left for Pro",
            "All of your work lies outside the Claude app, so no chat is left for Pro to cover.",
        );
    }
    let chat = assessment.costs.chat_on_api;
    let beside = if dearer { "well above" } else { "well under" };
    let work = if is_code { "Claude Code" } else { "chat alone" };
    let whole = if is_code { "work in Claude Code" } else { "chat alone" };
    Phrases {
        tag: format!(
            "{}: {} on the API",
            if is_code { "work" } else { "chat" },
            without_cents(chat)
        )
        .into(),
        short: format!("{work} is {} on the API", brief(chat)).into(),
        long: format!(
            "Your {whole} would cost about {} on the API, {beside} Pro's {}.",
            short_usd(chat),
            short_usd(assessment.costs.pro)
        )
        .into(),
    }
}

fn total_price(assessment: &Assessment) -> Phrases {
    let api = assessment.costs.api;
    Phrases {
        tag: format!("all of it is only {}", without_cents(api)).into(),
        short: format!("all on the API is only {}", brief(api)).into(),
        long: format!(
            "Your whole month on the API would cost about {}, well under Pro's {}.",
            short_usd(api),
            short_usd(assessment.costs.pro)
        )
        .into(),
    }
}

/// Dollars without cents from ten up, in at most seven columns: `$4.50`, `$15`, `$1,235`.
fn without_cents(amount: Decimal) -> String {
    if amount < Decimal::TEN {
        return brief(amount);
    }
    brief(amount.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven))
}

/// Dollars in at most eight columns: `$15`, `$4.50`, `$1,235`, `$825M`.
fn brief(amount: Decimal) -> String {
    let nearest = RoundingStrategy::MidpointNearestEven;
    let cents = amount.round_dp_with_strategy(2, nearest);
    let whole = amount.round_dp_with_strategy(0, nearest);
    if amount.is_sign_negative() || cents < Decimal::ONE_THOUSAND && cents != whole {
        return usd(amount);
    }
    match u64::try_from(whole) {
        Ok(0) => usd(amount).trim_end_matches(".00").to_owned(),
        Ok(dollars @ ..1_000_000) => format!("${}", crate::number::grouped(dollars)),
        Ok(dollars) => format!("${}", tokens_short(dollars)),
        Err(_) => "very much".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_are_as_short_as_they_are_true() {
        for (amount, text) in [
            ("0", "$0"),
            ("0.001", "<$0.01"),
            ("12", "$12"),
            ("12.004", "$12"),
            ("4.5", "$4.50"),
            ("999.99", "$999.99"),
            ("1234.5", "$1,234"),
            ("999999", "$999,999"),
            ("825000000", "$825M"),
        ] {
            assert_eq!(brief(amount.parse().unwrap()), text, "{amount}");
        }
    }
}
