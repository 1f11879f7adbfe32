//! The schemas in `docs/schema` match the types.

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema as Generated};
use serde_json::Value;

use super::Schema;
use crate::format;
use crate::text::node::pretty;

/// Removes the memory size of integers, which means nothing in JSON, and joins the lines of
/// comments.
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
        if let Some(Value::String(text)) = schema.get_mut("description") {
            *text = text.replace("\n\n", "\u{0}").replace('\n', " ").replace('\u{0}', "\n\n");
        }
        transform_subschemas(self, schema);
    }
}

/// The schema of a type's output.
fn generated<T: JsonSchema>() -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(Tidy);
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
fn the_schema_of_usage_is_current() {
    assert_current(Schema::Usage, &generated::<format::usage::Document<'_>>());
}

#[test]
fn the_schema_of_fit_is_current() {
    assert_current(Schema::Fit, &generated::<format::fit::Document<'_>>());
}
