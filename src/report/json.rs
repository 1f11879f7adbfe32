//! The report as JSON: what stands in which field. [`shape`] fixes names and order.

mod fit;
mod measured;
mod shape;

use rust_decimal::Decimal;
use serde_json::Value;

pub(crate) use self::measured::MeasuredPart;
use self::shape::{
    Assumptions, CatalogPart, Costs, Document, FactsPart, Flip as FlipShape, ModelCost, NotePart,
    Number, Pairs, PriceRow, Reason, Result, Split, Tool, UsagePart, WarningPart,
};
use super::{Report, SCHEMA_VERSION};
use crate::advice::{Because, Flip, MARK, RULES_VERSION};
use crate::number::exact;
use crate::question::{Origin, QuestionId};
use crate::usage::ProPrice;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut text = serde_json::to_string_pretty(&document(report)).unwrap_or_default();
    text.push('\n');
    text
}

fn document<'a>(report: &'a Report<'a>) -> Document<'a> {
    let assessment = report.assessment;
    let answers = &assessment.answers;
    let split = assessment.split;
    Document {
        schema_version: SCHEMA_VERSION,
        tool: Tool {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            rules: RULES_VERSION,
        },
        created: report.created_rfc3339(),
        catalog: catalog(report),
        answers: Pairs(
            QuestionId::ALL
                .map(|question| (question.as_str(), answers.profile.option(question)))
                .to_vec(),
        ),
        answer_origin: Pairs(
            QuestionId::ALL
                .map(|question| (question.as_str(), answers.origin(question).as_str()))
                .to_vec(),
        ),
        usage: usage(report),
        facts: FactsPart { as_of: report.world.facts.as_of },
        result: result(report),
        assumptions: Assumptions {
            band_pct: crate::advice::BAND_PCT,
            overflow_pct: split.overflow_pct,
            capacity_input: assessment.capacity.input,
            capacity_output: assessment.capacity.output,
        },
        notes: assessment
            .notes
            .iter()
            .map(|note| NotePart {
                id: note.id,
                text: &note.text,
                date: note.date,
                source: &note.source,
            })
            .collect(),
        title: report.title(),
        note: report.note(),
    }
}

fn catalog<'a>(report: &Report<'a>) -> CatalogPart<'a> {
    let list = report.world.catalog;
    CatalogPart {
        id: list.id.as_str(),
        as_of: list.as_of,
        currency: "USD",
        models: report
            .assessment
            .models
            .iter()
            .map(|model| {
                let price = |pick: fn(&crate::catalog::PriceRow) -> Option<Decimal>| {
                    model.row.as_ref().and_then(pick).map(exact)
                };
                PriceRow {
                    id: &model.id,
                    input: price(|row| row.input),
                    output: price(|row| row.output),
                    cache_read: price(|row| row.cache_read),
                    cache_write_5m: price(|row| row.cache_write_5m),
                    status: model.status.as_str(),
                }
            })
            .collect(),
    }
}

fn usage<'a>(report: &Report<'a>) -> UsagePart<'a> {
    let assessment = report.assessment;
    let usage = &assessment.usage;
    UsagePart {
        input_tokens: usage.volume.input,
        output_tokens: usage.volume.output,
        volume_origin: (usage.volume_origin != Origin::User).then(|| usage.volume_origin.as_str()),
        outside_share_pct: assessment.split.outside_pct,
        outside_origin: usage.outside.origin(),
        model: &assessment.model_id,
        confidence: usage.confidence.as_str(),
        cache_read_pct: usage.mix.cache_read,
        cache_write_pct: usage.mix.cache_write_5m,
        cache_write_1h_pct: usage.mix.cache_write_1h,
        batch_pct: usage.mix.batch,
        thinking_pct: usage.mix.thinking,
        prompt_tokens: usage.prompt_tokens,
        pro_price: match usage.pro_price {
            ProPrice::Monthly => "monthly".to_owned(),
            ProPrice::Annual => "annual".to_owned(),
            ProPrice::Other(price) => exact(price),
        },
        overflow_pct: usage.overflow_pct,
        capacity_input: usage.capacity_input,
        capacity_output: usage.capacity_output,
        measured: usage.measured.as_deref().map(MeasuredPart::new),
    }
}

fn result<'a>(report: &Report<'a>) -> Result<'a> {
    let assessment = report.assessment;
    let costs = &assessment.costs;
    let split = assessment.split;
    Result {
        outcome: assessment.outcome.as_str(),
        variant: assessment.variant.map(crate::advice::Variant::as_str),
        rule: assessment.rule.as_str(),
        strength: assessment.strength.as_str(),
        need_pro: assessment.needs.pro,
        need_api: assessment.needs.api,
        mark: MARK,
        capacity_check: assessment.over_capacity,
        limits_effective: QuestionId::Limits.option_id(assessment.limits_effective as u8),
        reasons: assessment
            .reasons
            .iter()
            .map(|reason| Reason {
                item: reason.item.as_str(),
                side: if reason.item.is_pro() { "pro" } else { "api" },
                points: reason.points,
                because: because(&reason.because, report),
                section: reason.item.section(),
            })
            .collect(),
        costs_usd: Costs {
            pro: exact(costs.pro),
            api: exact(costs.api),
            hybrid: exact(costs.hybrid),
            chat_on_api: exact(costs.chat_on_api),
            api_p10: exact(costs.api_p10),
            api_p90: exact(costs.api_p90),
            hybrid_p10: exact(costs.hybrid_p10),
            hybrid_p90: exact(costs.hybrid_p90),
        },
        p_api_under_pro: assessment.chance_under_pro,
        split: Split {
            outside_pct: split.outside_pct,
            overflow_pct: split.overflow_pct,
            pro_pct: Number(split.pro_pct()),
            api_pct: Number(split.api_pct()),
        },
        models: assessment
            .models
            .iter()
            .map(|model| ModelCost {
                id: &model.id,
                api_usd: model.api.map(exact),
                hybrid_usd: model.hybrid.map(exact),
                vs_pro_usd: model.vs_pro.map(exact),
                break_even_multiplier: model.break_even.map(exact),
            })
            .collect(),
        flips: assessment.flips.iter().map(flip).collect(),
        unmet: assessment.unmet.iter().map(|unmet| unmet.as_str()).collect(),
        warnings: assessment
            .warnings
            .iter()
            .map(|warning| WarningPart { id: warning.id, text: &warning.text })
            .collect(),
    }
}

/// The answers and figures an item rests on, by name.
fn because(grounds: &[Because], report: &Report<'_>) -> Pairs<Value> {
    let profile = report.assessment.answers.profile;
    Pairs(
        grounds
            .iter()
            .map(|ground| match ground {
                Because::Answer(question) => {
                    (question.as_str(), Value::from(profile.option(*question)))
                }
                Because::ChatOnApi(cost) => ("chat_on_api", Value::from(exact(*cost))),
                Because::Api(cost) => ("api", Value::from(exact(*cost))),
                Because::Capacity => ("capacity_check", Value::Bool(true)),
            })
            .collect(),
    )
}

fn flip(flip: &Flip) -> FlipShape<'_> {
    match flip {
        Flip::Answer { question, to, outcome } => FlipShape::Answer {
            question: question.as_str(),
            to: question.option_id(*to),
            outcome: outcome.as_str(),
        },
        Flip::Volume { direction, multiplier, volume, outcome } => FlipShape::Volume {
            direction: direction.as_str(),
            multiplier: exact(*multiplier),
            input_tokens: volume.input,
            output_tokens: volume.output,
            outcome: outcome.as_str(),
        },
        Flip::Model { model, outcome } => FlipShape::Model { model, outcome: outcome.as_str() },
        Flip::AnnualPrice { outcome } => {
            FlipShape::ProPrice { to: "annual", outcome: outcome.as_str() }
        }
        Flip::Share { to_pct, outcome } => {
            FlipShape::Share { to_pct: *to_pct, outcome: outcome.as_str() }
        }
    }
}
