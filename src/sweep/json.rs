//! The points of a sweep for programs.

use serde_json::{Value, json};

use super::{Point, Sweep, Turn};
use crate::number::exact;

pub(super) fn render(sweep: &Sweep<'_>) -> String {
    let present = Some(sweep.present.exact()).filter(|text| !text.is_empty());
    let value = json!({
        "vary": sweep.axis.name(),
        "unit": sweep.axis.words(),
        "present": present,
        "catalog": {"id": sweep.world.catalog.id.as_str(), "as_of": sweep.world.catalog.as_of},
        "points": sweep.points.iter().map(point).collect::<Vec<_>>(),
        "turns": sweep.turns.iter().map(turn).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

fn point(point: &Point) -> Value {
    let value = point.value.exact();
    match &point.result {
        Err(why) => json!({"value": value, "outcome": null, "problem": why.to_string()}),
        Ok(found) => {
            let costs = &found.costs;
            json!({
                "value": value,
                "input_tokens": found.usage.volume.input,
                "output_tokens": found.usage.volume.output,
                "model": found.model_id,
                "outcome": found.outcome.as_str(),
                "rule": found.rule.as_str(),
                "strength": found.strength.as_str(),
                "need_pro": found.needs.pro,
                "need_api": found.needs.api,
                "costs_usd": {
                    "recommended": exact(costs.of(found.outcome)),
                    "pro": exact(costs.pro),
                    "api": exact(costs.api),
                    "hybrid": exact(costs.hybrid),
                    "api_p10": exact(costs.api_p10),
                    "api_p90": exact(costs.api_p90),
                    "hybrid_p10": exact(costs.hybrid_p10),
                    "hybrid_p90": exact(costs.hybrid_p90),
                },
                "p_api_under_pro": found.chance_under_pro,
            })
        }
    }
}

fn turn(turn: &Turn) -> Value {
    json!({
        "last": turn.last.exact(),
        "from": turn.from.as_str(),
        "first": turn.first.exact(),
        "to": turn.to.as_str(),
    })
}
