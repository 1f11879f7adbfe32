//! The replay for programs: stable names, money as exact decimals in quotes.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::actual::{Held, Month};
use super::{Change, Replay, Share};
use crate::advice::RULES_VERSION;
use crate::number::exact;

pub(super) fn render(replay: &Replay<'_>, actual: Option<&Held>) -> String {
    let saved = replay.saved;
    let then = &saved.result;
    let now = &replay.now;
    let costs = |pro: Decimal, api: Option<Decimal>, hybrid: Option<Decimal>| json!({"pro": exact(pro), "api": api.map(exact), "hybrid": hybrid.map(exact)});
    let value = json!({
        "then": {
            "created": saved.created.to_string(),
            "catalog": {"id": saved.list.as_str(), "as_of": saved.prices_of},
            "rules": saved.rules,
            "outcome": then.outcome.as_str(),
            "rule": then.rule.as_str(),
            "strength": then.strength.as_str(),
            "costs_usd": costs(then.costs.pro, then.costs.api, then.costs.hybrid),
        },
        "now": {
            "catalog": {
                "id": replay.world.catalog.id.as_str(),
                "as_of": replay.world.catalog.as_of,
            },
            "rules": RULES_VERSION,
            "model": now.model_id,
            "outcome": now.outcome.as_str(),
            "rule": now.rule.as_str(),
            "strength": now.strength.as_str(),
            "costs_usd": costs(now.costs.pro, Some(now.costs.api), Some(now.costs.hybrid)),
        },
        "still_stands": !replay.turned(),
        "summary": replay.sentence(),
        "changes": replay.changes.iter().map(change).collect::<Vec<_>>(),
        "actual": actual.map(|held| used(held, replay)),
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

fn change(change: &Change) -> Value {
    match change {
        Change::Outcome { from, to } => {
            json!({"kind": "outcome", "from": from.as_str(), "to": to.as_str()})
        }
        Change::Cost { way, from, to, cause } => json!({
            "kind": "cost", "of": way.as_str(), "from": from.map(exact), "to": exact(*to),
            "cause": cause.as_str(),
        }),
        Change::Price { model, class, from, to, .. } => json!({
            "kind": "price", "model": model, "class": class.as_str(),
            "from": from.map(exact), "to": to.map(exact),
        }),
        Change::Listed { model } => json!({"kind": "model_new", "model": model}),
        Change::Unlisted { model } => json!({"kind": "model_gone", "model": model}),
        Change::Status { model, from, to } => json!({
            "kind": "status", "model": model, "from": from.as_str(), "to": to.as_str(),
        }),
        Change::Rules { from } => json!({"kind": "rules", "from": from, "to": RULES_VERSION}),
        Change::Rule { from, to } => {
            json!({"kind": "rule", "from": from.as_str(), "to": to.as_str()})
        }
        Change::Points { item, from, to } => {
            json!({"kind": "points", "item": item.as_str(), "from": from, "to": to})
        }
        Change::Share { share, from, to } => {
            let of = match share {
                Share::Outside => "outside_pct",
                Share::Overflow => "overflow_pct",
            };
            json!({"kind": "share", "of": of, "from": from, "to": to})
        }
        Change::Capacity { is_input, from, to } => {
            let of = if *is_input { "capacity_input" } else { "capacity_output" };
            json!({"kind": "capacity", "of": of, "from": from, "to": to})
        }
        Change::Strength { from, to } => {
            json!({"kind": "strength", "from": from.as_str(), "to": to.as_str()})
        }
        Change::Appeared(remark) => {
            json!({"kind": "remark_new", "id": remark.id, "text": remark.text})
        }
        Change::Gone(remark) => {
            json!({"kind": "remark_gone", "id": remark.id, "text": remark.text})
        }
    }
}

fn used(held: &Held, replay: &Replay<'_>) -> Value {
    let mut value = Map::new();
    value.insert("since".into(), json!(held.since));
    value.insert("days".into(), json!(held.days));
    value.insert("too_short".into(), json!(held.is_short()));
    value.insert("responses".into(), json!(held.responses));
    value.insert("unpriced_responses".into(), json!(held.unpriced));
    value.insert("doubts".into(), json!(held.doubts));
    let month = held.month.as_ref().map(|month| figures(month, replay));
    value.insert("month".into(), json!(month));
    Value::Object(value)
}

fn figures(month: &Month, replay: &Replay<'_>) -> Value {
    let saved = &replay.saved.result.costs;
    let measured = month.assessment.as_ref().ok();
    json!({
        "estimate": {
            "input_tokens": month.estimate.input,
            "output_tokens": month.estimate.output,
            "api_usd": saved.api.map(exact),
            "api_p10_usd": saved.api_range.map(|(low, _)| exact(low)),
            "api_p90_usd": saved.api_range.map(|(_, high)| exact(high)),
        },
        "actual": {
            "input_tokens": month.volume.input,
            "output_tokens": month.volume.output,
            "api_equivalent_usd": month.usd.map(exact),
        },
        "in_range": {
            "input": month.input.as_str(),
            "output": month.output.as_str(),
            "api_usd": month.cost.map(super::actual::Position::as_str),
        },
        "recommendation": measured.map(|measured| json!({
            "still_stands": measured.outcome == replay.now.outcome,
            "outcome": measured.outcome.as_str(),
            "strength": measured.strength.as_str(),
            "costs_usd": {
                "pro": exact(measured.costs.pro),
                "api": exact(measured.costs.api),
                "hybrid": exact(measured.costs.hybrid),
            },
        })),
        "problem": month.assessment.as_ref().err().map(ToString::to_string),
    })
}
