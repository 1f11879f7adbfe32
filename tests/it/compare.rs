//! `planwise compare`: two to four files side by side, in every format.

use crate::common::home::{Home, answers, assert_fits, drawn};
use serde_json::{Value, json};

fn four(home: &Home) -> [String; 4] {
    let month = |input: u64, output: u64| json!({"input_tokens": input, "output_tokens": output});
    let file = |name: &str, options: [&str; 8], usage: Value| {
        home.file(name, json!({"answers": answers(options), "usage": usage}).to_string())
    };
    [
        home.file("now.json", drawn().to_string()),
        file(
            "no-automation.json",
            ["chat", "moderate", "sometimes", "none", "willing", "no", "core", "either"],
            month(3_000_000, 900_000),
        ),
        file(
            "own code.json",
            ["code", "moderate", "sometimes", "heavy", "yes", "yes", "none", "metered"],
            json!({"input_tokens": 40_000_000, "output_tokens": 4_000_000,
                "model": "claude-opus-5-5", "cache_read_pct": 60, "batch_pct": "12.5",
                "confidence": "measured", "pro_price": "annual"}),
        ),
        file(
            "light.json",
            ["chat", "short", "never", "none", "no", "no", "nice", "flat"],
            month(100_000, 40_000),
        ),
    ]
}

#[test]
fn two_files_side_by_side() {
    let home = Home::new();
    let [a, b, ..] = four(&home);
    let text = home.run(&["compare", &a, &b]).text();
    assert_fits(&text);
    insta::assert_snapshot!(text);
}

#[test]
fn four_files_side_by_side_in_80_columns() {
    let home = Home::new();
    let [a, b, c, d] = four(&home);
    let text = home.run(&["compare", &a, &b, &c, &d]).text();
    assert_fits(&text);
    insta::assert_snapshot!(text);
}

#[test]
fn the_markdown_is_plain_tables() {
    let home = Home::new();
    let [a, b, c, _] = four(&home);
    insta::assert_snapshot!(home.run(&["compare", &a, &b, &c, "--format", "markdown"]).text());
}

#[test]
fn the_json_has_every_figure_exactly() {
    let home = Home::new();
    let [a, b, c, _] = four(&home);
    let json = home.run(&["compare", &a, &b, &c, "--format", "json"]).json();
    let sides = json["sides"].as_array().unwrap();
    let names: Vec<&str> = sides.iter().map(|side| side["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["now", "no-automation", "own code"]);
    let outcomes: Vec<&str> = sides.iter().map(|side| side["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["hybrid", "pro", "api"]);
    assert_eq!(sides[0]["costs_usd"]["recommended"], "24.2");
    assert_eq!(sides[1]["costs_usd"]["recommended"], "20");
    // (16M x 4 + 24M x 0.2 + 4M x 20) / 10^6 x (1 - 12.5/200).
    assert_eq!(sides[2]["costs_usd"]["api"], "139.5");
    assert_eq!(json["turns"][0]["from"], "now");
    assert_eq!(json["turns"][0]["alone"], json!([{"difference": "automation", "outcome": "pro"}]));
    assert_eq!(json["answers_that_differ"].as_array().unwrap().len(), 6);
}

/// The figures of each format are those of the JSON.
#[test]
fn all_formats_agree() {
    let home = Home::new();
    let [a, b, c, d] = four(&home);
    let run = |format: &str| home.run(&["compare", &a, &b, &c, &d, "--format", format]);
    let json = run("json").json();
    let mut checked = 0;
    for format in ["text", "markdown", "html"] {
        let text = run(format).text();
        for side in json["sides"].as_array().unwrap() {
            for (way, usd) in side["costs_usd"].as_object().unwrap() {
                if !["recommended", "pro", "api", "hybrid"].contains(&way.as_str()) {
                    continue;
                }
                let exact: rust_decimal::Decimal = usd.as_str().unwrap().parse().unwrap();
                let shown = planwise::number::usd(exact);
                assert!(text.contains(&shown), "{format} has no {way} {shown}");
                checked += 1;
            }
        }
    }
    assert!(checked >= 36, "three costs of four files in three formats: {checked}");
}

#[test]
fn the_page_has_no_script_and_asks_for_nothing() {
    let home = Home::new();
    let [a, b, ..] = four(&home);
    let page = home.run(&["compare", &a, &b, "--format", "html"]).text();
    insta::assert_snapshot!(page);
    assert!(page.contains(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:\"/>"
    ));
    for word in ["<script", "http:", "https:", "src=", "href=", "url(", "@import", "onload"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn a_report_that_said_something_else_is_told() {
    let home = Home::new();
    let report = home.report(&drawn()).replace("\"hybrid\": \"24.2\"", "\"hybrid\": \"30.1\"");
    home.file("saved.json", report);
    let [a, ..] = four(&home);
    let text = home.run(&["compare", "saved.json", &a]).text();
    assert!(
        text.contains("saved was saved as Hybrid at $30.10 a month, with prices of 2026-11-20."),
        "{text}"
    );
    assert!(text.contains("All eight answers are the same."), "{text}");
    assert!(text.contains("Both the volume and how it is billed are the same."), "{text}");
    assert!(text.contains("All recommend Hybrid."), "{text}");
}

#[test]
fn a_difference_that_short_figures_hide_is_shown_in_full() {
    let home = Home::new();
    home.file("a.json", drawn().to_string());
    let mut other = drawn();
    other["usage"]["input_tokens"] = json!(3_000_001);
    home.file("b.json", other.to_string());
    let text = home.run(&["compare", "a.json", "b.json"]).text();
    assert!(text.contains("Tokens sent: 3,000,000, 3,000,001."), "{text}");
}

#[test]
fn hostile_names_are_inert_in_every_format() {
    let home = Home::new();
    let hostile = [
        "</style><script>alert(1)<|script>.json",
        "|`=cmd()\u{202e}txt.json",
        "two\nlines\u{1b}[2J.json",
        "漢字漢字漢字漢字漢字漢字漢字.json",
    ];
    // A separator cannot be in a name.
    let hostile: Vec<String> = hostile.iter().map(|name| name.replace("</", "<")).collect();
    let names: Vec<&str> = hostile.iter().map(String::as_str).collect();
    for name in &names {
        home.file(name, drawn().to_string());
    }
    for format in ["text", "markdown", "json", "html"] {
        let text =
            home.run(&[&["compare"], names.as_slice(), &["--format", format]].concat()).text();
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{format}: {text}");
        match format {
            "text" => assert_fits(&text),
            "html" => assert!(!text.contains("<script"), "{text}"),
            "markdown" => {
                assert!(text.contains("\\|\\`=cmd()\u{fffd}txt"), "{text}");
                assert!(text.contains("\\<style>\\<script>alert(1)\\<\\|script>"), "{text}");
                assert!(!text.contains(" <s") && !text.contains("><s"), "{text}");
            }
            _ => {
                let json: Value = serde_json::from_str(&text).unwrap();
                assert_eq!(json["sides"][2]["name"], "two lines\u{fffd}[2J");
            }
        }
    }
}

#[test]
fn the_same_name_twice_is_told_apart() {
    let home = Home::new();
    home.file("a/x.json", drawn().to_string());
    home.file("b/x.json", drawn().to_string());
    let json = home.run(&["compare", "a/x.json", "b/x.json", "--format", "json"]).json();
    assert_eq!(json["sides"][0]["name"], "x");
    assert_eq!(json["sides"][1]["name"], "x (2)");
}

#[test]
fn a_file_that_cannot_be_used_is_named() {
    let home = Home::new();
    let [a, b, c, d] = four(&home);
    assert_eq!(home.run(&["compare", &a]).refusal(2), "1 file to compare; give 2 to 4");
    let five = home.run(&["compare", &a, &b, &c, &d, &a]).refusal(2);
    assert_eq!(five, "5 files to compare; give 2 to 4");
    let missing = home.run(&["compare", &a, "none.json"]).refusal(1);
    assert_eq!(missing, "cannot read 'none.json': it does not exist; check the path");
    home.file(
        "few.json",
        r#"{"answers": {"interface": "chat"}, "usage": {"input_tokens": 1, "output_tokens": 1}}"#,
    );
    let few = home.run(&["compare", &a, "few.json"]).refusal(1);
    assert!(few.starts_with("'few': nothing is given for 'session'"), "{few}");
    home.file("broken.json", "{");
    let broken = home.run(&["compare", &a, "broken.json"]).refusal(1);
    assert!(broken.starts_with("cannot use 'broken.json': not valid JSON at line 1"), "{broken}");
    let list = home.run(&["compare", &a, &c, "--catalog", "article"]).refusal(1);
    assert!(
        list.starts_with("'own code': model 'claude-opus-5-5' is not in the price list"),
        "{list}"
    );
}

#[test]
fn what_is_assumed_does_not_look_given() {
    let home = Home::new();
    let given = home.file("given.json", drawn().to_string());
    let assumed = home.file(
        "quick.json",
        json!({
            "answers": answers(["chat", "moderate", "sometimes", "none", "willing", "no", "core", "either"]),
            "answer_origin": {"automation": "assumed", "control": "assumed"},
            "usage": {"input_tokens": 500_000, "output_tokens": 200_000, "volume_origin": "assumed"},
        })
        .to_string(),
    );
    for format in ["text", "markdown", "html"] {
        let text = home.run(&["compare", &given, &assumed, "--format", format]).text();
        for said in [
            "None (assumed)",
            "500K (assumed)",
            "200K (assumed)",
            "Assumed in quick, not given: Automation, Control.",
            "Assumed in quick, not given: the volume.",
        ] {
            let plain = text.replace('\\', "");
            assert!(plain.contains(said), "{said}: {text}");
        }
        assert!(!text.contains("Assumed in given"), "{text}");
    }
    let json = home.run(&["compare", &given, &assumed, "--format", "json"]).json();
    let [first, second] = [&json["sides"][0], &json["sides"][1]];
    assert_eq!(first["answer_origin"]["automation"], "user");
    assert_eq!(second["answer_origin"]["automation"], "assumed");
    assert_eq!(second["answer_origin"]["limits"], "user");
    assert_eq!(first["usage"]["volume_origin"], "user");
    assert_eq!(second["usage"]["volume_origin"], "assumed");
    assert_eq!(second["usage"]["outside_origin"], "default");
}
