//! What a derive does not know of the schema of answers.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::{Measured, PerQuestion, QuestionId, Word};
use crate::number::Percent;

/// The options of a question, with the comment on it.
pub(in crate::report) fn answer(question: QuestionId) -> Schema {
    let questions = QuestionId::json_schema(&mut SchemaGenerator::default());
    let about = &questions.as_value()["oneOf"][question.index()]["description"];
    json_schema!({ "description": about, "enum": question.scale() })
}

/// What the answers to other questions settle may be missing.
pub(super) fn path() -> Value {
    let unless = |question: &str, answer: &str, open: &str| {
        json!({
            "if": { "properties": { question: { "const": answer } }, "required": [question] },
            "else": {
                "required": [open],
                "properties": { open: { "not": { "type": "null" } } }
            }
        })
    };
    json!([unless("interface", "code", "developer"), unless("developer", "no", "control")])
}

impl<T: Word> JsonSchema for PerQuestion<T> {
    fn schema_name() -> Cow<'static, str> {
        if T::CONDITIONS.is_some() { "Answers".into() } else { "Origins".into() }
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let is_written = generator.contract().is_serialize();
        let properties: Map<String, Value> = QuestionId::ALL
            .map(|id| (id.as_str().to_owned(), T::schema(id, generator).to_value()))
            .into_iter()
            .collect();
        let is_needed = |id: &QuestionId| {
            let may_be_settled = matches!(id, QuestionId::Developer | QuestionId::Control);
            is_written || T::CONDITIONS.is_some() && !may_be_settled
        };
        let needed: Vec<_> = QuestionId::ALL.into_iter().filter(is_needed).collect();
        let mut schema = json_schema!({ "type": "object", "properties": properties });
        if !needed.is_empty() {
            schema.insert("required".to_owned(), json!(needed));
        }
        if let Some(conditions) = T::CONDITIONS.filter(|_| !is_written) {
            schema.insert("allOf".to_owned(), conditions());
        }
        schema
    }
}

/// What the share outside the app must be, by who gave it.
pub(super) fn outside() -> Value {
    let given = |by: Value| json!({ "properties": { "outside_origin": by }, "required": ["outside_origin"] });
    json!([
        {
            "if": given(json!({ "enum": ["user", "usage"] })),
            "then": {
                "required": ["outside_share_pct"],
                "properties": { "outside_share_pct": { "type": "integer" } }
            }
        },
        {
            "if": given(json!({ "const": "default" })),
            "else": {
                "properties": {
                    "outside_share_pct": {
                        "type": ["integer", "null"], "minimum": 0, "maximum": 100
                    }
                }
            }
        }
    ])
}

pub(super) fn share(generator: &mut SchemaGenerator) -> Schema {
    if generator.contract().is_serialize() {
        json_schema!({ "type": "integer", "minimum": 0, "maximum": 100 })
    } else {
        Schema::default()
    }
}

pub(super) fn thinking(_: &mut SchemaGenerator) -> Schema {
    Percent::schema(1_000)
}

pub(super) fn price(_: &mut SchemaGenerator) -> Schema {
    let dollars = r"0*(10000(\.0{1,2})?|[1-9][0-9]{0,3}(\.[0-9]{1,2})?|0\.(0[1-9]|[1-9][0-9]?))";
    let pattern = format!("^(monthly|annual|{dollars})$");
    json_schema!({ "type": "string", "pattern": pattern, "maxLength": 20 })
}

/// Described where it is written; a report of another version is read too.
pub(super) fn measured(generator: &mut SchemaGenerator) -> Schema {
    if generator.contract().is_serialize() {
        generator.subschema_for::<Measured>()
    } else {
        json_schema!({ "type": "object" })
    }
}
