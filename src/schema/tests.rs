//! The schemas in `docs/schema` match the types.

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema as Generated};
use serde_json::{Value, json};

use super::Schema;
use crate::format;
use crate::report;
use crate::text::node::pretty;

/// Removes what means nothing to who reads JSON (the size of integers in memory, what the program
/// does with a field that is missing), and joins the lines of comments.
#[derive(Clone)]
struct Tidy;

impl Transform for Tidy {
    fn transform(&mut self, schema: &mut Generated) {
        let is_size = |format: &Value| {
            format.as_str().is_some_and(|format| format.contains("int") || format == "double")
        };
        if schema.get("format").is_some_and(is_size) {
            schema.remove("format");
        }
        schema.remove("default");
        schema.remove("readOnly");
        if schema.get("const").is_some() {
            schema.remove("minimum");
            schema.remove("maximum");
        }
        if let Some(Value::String(text)) = schema.get_mut("description") {
            *text = text.replace("\n\n", "\u{0}").replace('\n', " ").replace('\u{0}', "\n\n");
        }
        transform_subschemas(self, schema);
    }
}

/// Allows no field that is not described.
#[derive(Clone)]
struct Closed;

impl Transform for Closed {
    fn transform(&mut self, schema: &mut Generated) {
        if schema.get("type").is_some_and(|kind| kind == "object")
            && schema.get("properties").is_some()
            && schema.get("additionalProperties").is_none()
        {
            schema.insert("additionalProperties".to_owned(), false.into());
        }
        transform_subschemas(self, schema);
    }
}

/// Allows null for every field that may be missing, as reading does.
#[derive(Clone)]
struct NullIsMissing;

impl Transform for NullIsMissing {
    fn transform(&mut self, schema: &mut Generated) {
        let nothing = json!({ "type": "null" });
        let required = schema.get("required").cloned().unwrap_or_default();
        let is_object = schema.get("type").is_some_and(|kind| kind == "object");
        let fields = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (name, field) in fields.filter(|_| is_object).into_iter().flatten() {
            let holds =
                |list: &Value, one: &Value| list.as_array().is_some_and(|all| all.contains(one));
            let has = |key: &str| field.get(key).is_some();
            let allows_null = field.get("anyOf").is_some_and(|all| holds(all, &nothing))
                || field.get("type").is_some_and(|all| holds(all, &"null".into()))
                || !["type", "enum", "const", "anyOf", "$ref"].into_iter().any(has);
            if !allows_null && !holds(&required, &name.as_str().into()) {
                let mut some = field.take();
                let about = some.as_object_mut().and_then(|some| some.remove("description"));
                *field = json!({ "description": about, "anyOf": [some, nothing] });
            }
        }
        transform_subschemas(self, schema);
    }
}

/// The schema of a type's output.
fn generated<T: JsonSchema>() -> String {
    schema_of::<T>(SchemaSettings::draft2020_12().for_serialize())
}

fn schema_of<T: JsonSchema>(settings: SchemaSettings) -> String {
    let settings = settings.with_transform(Tidy);
    pretty(&settings.into_generator().into_root_schema_for::<T>())
}

/// Fails if a file does not match its type. `UPDATE_SCHEMA=1` writes the file instead.
fn assert_current(schema: Schema, generated: &str) {
    let path = format!("{}/docs/schema/{}.json", env!("CARGO_MANIFEST_DIR"), schema.name());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, generated).unwrap();
        return;
    }
    assert!(
        std::fs::read_to_string(&path).unwrap() == generated,
        "{path} is out of date; run 'UPDATE_SCHEMA=1 cargo test --lib schema' and read the difference"
    );
}

#[test]
fn the_schema_of_reports_is_current() {
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(Closed);
    assert_current(Schema::Report, &schema_of::<report::document::Document>(settings));
}

#[test]
fn the_schema_of_answers_is_current() {
    let settings = SchemaSettings::draft2020_12().with_transform(Closed);
    let settings = settings.with_transform(NullIsMissing);
    assert_current(Schema::Answers, &schema_of::<report::answers::File>(settings));
}

#[test]
fn the_schema_of_usage_is_current() {
    assert_current(Schema::Usage, &generated::<format::usage::Document<'_>>());
}

#[test]
fn the_schema_of_fit_is_current() {
    assert_current(Schema::Fit, &generated::<format::fit::Document<'_>>());
}
