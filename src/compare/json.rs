//! The comparison for programs: stable names, money as exact decimals in quotes.

use serde_json::{Value, json};

use super::{Comparison, Side};
use crate::number::exact;
use crate::question::QuestionId;
use crate::words;

pub(super) fn render(comparison: &Comparison<'_>) -> String {
    let name = |index: usize| comparison.sides.get(index).map(|side| side.name.as_str());
    let turnings = comparison.turnings();
    let value = json!({
        "catalog": {
            "id": comparison.world.catalog.id.as_str(),
            "as_of": comparison.world.catalog.as_of,
        },
        "sides": comparison.sides.iter().map(|of| side(of, comparison)).collect::<Vec<_>>(),
        "answers_that_differ":
            comparison.answers_that_differ().iter().map(|of| of.as_str()).collect::<Vec<_>>(),
        "turns": turnings.iter().map(|turning| json!({
            "from": name(0),
            "to": name(turning.side),
            "alone": turning.alone.iter().map(|(difference, outcome)| json!({
                "difference": difference.as_str(), "outcome": outcome.as_str(),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

fn side(side: &Side, comparison: &Comparison<'_>) -> Value {
    let of = &side.assessment;
    let costs = &of.costs;
    let mix = &of.usage.mix;
    let answers: Value = QuestionId::ALL
        .into_iter()
        .map(|question| (question.as_str().to_owned(), of.answers.profile.option(question).into()))
        .collect::<serde_json::Map<String, Value>>()
        .into();
    let origins: Value = QuestionId::ALL
        .into_iter()
        .map(|question| (question.as_str().to_owned(), of.answers.origin(question).as_str().into()))
        .collect::<serde_json::Map<String, Value>>()
        .into();
    json!({
        "name": side.name,
        "outcome": of.outcome.as_str(),
        "strength": of.strength.as_str(),
        "rule": of.rule.as_str(),
        "need_pro": of.needs.pro,
        "need_api": of.needs.api,
        "costs_usd": {
            "recommended": exact(costs.of(of.outcome)),
            "pro": exact(costs.pro),
            "api": exact(costs.api),
            "hybrid": exact(costs.hybrid),
            "api_p10": exact(costs.api_p10),
            "api_p90": exact(costs.api_p90),
            "hybrid_p10": exact(costs.hybrid_p10),
            "hybrid_p90": exact(costs.hybrid_p90),
        },
        "answers": answers,
        "answer_origin": origins,
        "usage": {
            "input_tokens": of.usage.volume.input,
            "output_tokens": of.usage.volume.output,
            "volume_origin": of.usage.volume_origin.as_str(),
            "outside_share_pct": of.split.outside_pct,
            "outside_origin": of.usage.outside.origin(),
            "model": of.model_id,
            "confidence": of.usage.confidence.as_str(),
            "cache_read_pct": mix.cache_read,
            "cache_write_pct": mix.cache_write_5m,
            "cache_write_1h_pct": mix.cache_write_1h,
            "batch_pct": mix.batch,
            "thinking_pct": mix.thinking,
            "prompt_tokens": of.usage.prompt_tokens,
            "overflow_pct": of.split.overflow_pct,
            "capacity_input": of.capacity.input,
            "capacity_output": of.capacity.output,
        },
        "flips": of.flips.iter().map(|flip| json!({
            "cause": words::flip_cause(flip, comparison.wording, comparison.world.catalog),
            "outcome": words::flip_outcome(flip).as_str(),
        })).collect::<Vec<_>>(),
        "saved": side.was.map(|was| json!({
            "outcome": was.outcome.as_str(),
            "cost_usd": was.cost.map(exact),
            "prices_of": was.prices_of,
        })),
    })
}
