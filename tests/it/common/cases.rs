//! Reports to look at: every persona, odd months, and texts that mean harm.

use jiff::Zoned;
use jiff::civil::date;
use jiff::tz::TimeZone;
use planwise::advice::{Assessment, World, assess};
use planwise::catalog::Catalog;
use planwise::facts::Facts;
use planwise::question::Wording;
use planwise::report::read_answers;
use planwise::subject::result::Report;
use serde_json::{Value, json};

/// Everything that could break out of a format, in one text.
pub(crate) const HOSTILE: &str = "</style><script>alert(1)</script><img src=x onerror=alert(1)> \
    <a href=\"javascript:alert(1)\">x</a> | a | `b` *c* _d_ [e](http://e.x) &lt; ' \" =cmd()\n\
    # heading\n- item\u{202e}\u{2066}\u{1b}[2J\u{7} שלום \u{feff}{{x}} ${y} %s <!-- ]]> -->";

pub(crate) const QUESTIONS: [&str; 8] =
    ["interface", "session", "limits", "automation", "developer", "control", "features", "billing"];

/// A month as a file of answers, with a name for messages.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) file: String,
}

fn personas() -> Vec<Value> {
    serde_json::from_str(include_str!("../../fixtures/personas.json")).unwrap()
}

/// Every persona, each on its own model and on the current default one.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for persona in personas() {
        let id = persona["id"].as_str().unwrap();
        for model in [persona["model"].clone(), Value::Null] {
            let mut usage = json!({
                "input_tokens": persona["input_tokens"],
                "output_tokens": persona["output_tokens"],
            });
            if let Some(share) = persona.get("outside_share") {
                usage["outside_share_pct"] = share.clone();
            }
            let on = model.as_str().unwrap_or("the default model").to_owned();
            if !model.is_null() {
                usage["model"] = model;
            }
            let file = json!({"answers": persona, "usage": usage}).to_string();
            cases.push(Case { name: format!("{id} on {on}"), file });
        }
    }
    cases.extend(odd_months());
    cases
}

/// The month of the drawings, and months that strain a picture.
pub(crate) fn odd_months() -> Vec<Case> {
    let drawn = ["chat", "moderate", "sometimes", "some", "willing", "no", "core", "either"];
    [
        ("the month of the drawings", drawn, json!({"input_tokens": 3_000_000, "output_tokens": 900_000})),
        ("an empty month", drawn, json!({"input_tokens": 0, "output_tokens": 0})),
        (
            "a huge month",
            ["code", "marathon", "often", "heavy", "yes", "yes", "none", "metered"],
            json!({
                "input_tokens": 1_000_000_000_000_u64, "output_tokens": 1_000_000_000_000_u64,
                "thinking_pct": 1000, "pro_price": "10000", "confidence": "guess",
                "model": "claude-fable-5-2",
            }),
        ),
        (
            "a tiny month",
            ["tools", "short", "never", "none", "no", "no", "nice", "flat"],
            json!({"input_tokens": 1, "output_tokens": 0, "pro_price": "0.01", "confidence": "guess"}),
        ),
        (
            "a month at break-even",
            drawn,
            json!({"input_tokens": 4_000_000, "output_tokens": 1_200_000, "confidence": "measured",
                   "outside_share_pct": 100}),
        ),
    ]
    .map(|(name, options, usage)| {
        let answers: Value = QUESTIONS.into_iter().zip(options).collect();
        let file = json!({"answers": answers, "usage": usage}).to_string();
        Case { name: name.to_owned(), file }
    })
    .into()
}

pub(crate) fn world() -> World<'static> {
    world_of(Catalog::builtin().unwrap())
}

pub(crate) fn world_of(catalog: &Catalog) -> World<'_> {
    World { catalog, facts: Facts::builtin().unwrap(), today: date(2026, 11, 22) }
}

pub(crate) fn assessed(file: &str, world: &World<'_>) -> Assessment {
    let file = read_answers(file).unwrap();
    let (answers, usage) = file.complete(false).unwrap();
    assess(&answers, &usage, world).unwrap()
}

pub(crate) fn created() -> Zoned {
    date(2026, 11, 22).at(14, 5, 0, 0).to_zoned(TimeZone::UTC).unwrap()
}

/// Hands the report on an assessment to a function, with a title and a note.
pub(crate) fn with<T>(
    assessment: &Assessment,
    world: World<'_>,
    text: Option<&str>,
    read: impl FnOnce(Report<'_>) -> T,
) -> T {
    read(Report {
        assessment,
        world,
        wording: Wording::builtin().unwrap(),
        created: &created(),
        title: text,
        note: text,
    })
}

/// A price list whose first current model has a hostile name.
pub(crate) fn hostile_catalog() -> Catalog {
    let mut list: Value =
        serde_json::from_str(include_str!("../../../assets/catalog.json")).unwrap();
    let models = list["models"].as_array_mut().unwrap();
    for (index, model) in models.iter_mut().enumerate() {
        let name =
            ["=cmd()", "+1|<b>`x`", "-2</style><script>alert(1)</script>", "@SUM(A1)"][index % 4];
        model["name"] = format!("{name} {index} {}", "long".repeat(index % 3 * 20)).into();
    }
    Catalog::read(&list.to_string(), planwise::catalog::CatalogId::File).unwrap()
}
