//! `planwise sweep`: one axis at a time, for a person, a spreadsheet and a program.

use crate::common::home::{Home, Ran, answers, assert_fits, drawn};
use serde_json::{Value, json};

/// A developer who chats: the API while it is cheap.
fn cheap() -> Value {
    json!({
        "answers": answers(["chat", "short", "never", "none", "yes", "no", "none", "metered"]),
        "usage": {"input_tokens": 500_000, "output_tokens": 200_000},
    })
}

struct Sweeps(Home);

impl Sweeps {
    fn of(file: &Value) -> Self {
        let home = Home::new();
        home.file("a.json", file.to_string());
        Self(home)
    }

    fn run(&self, args: &str) -> Ran {
        let args: Vec<&str> = args.split_whitespace().collect();
        self.0.run(&[&["sweep", "--answers", "a.json", "--vary"], args.as_slice()].concat())
    }

    fn json(&self, args: &str) -> Value {
        self.run(&format!("{args} --format json")).json()
    }
}

#[test]
fn the_text_shows_where_the_recommendation_changes() {
    let text = Sweeps::of(&cheap()).run("volume --from 0 --to 10").text();
    assert_fits(&text);
    insta::assert_snapshot!(text);
}

#[test]
fn a_question_is_varied_over_its_options() {
    let text = Sweeps::of(&drawn()).run("features").text();
    assert_fits(&text);
    insta::assert_snapshot!(text);
}

#[test]
fn many_points_still_make_one_strip() {
    let text = Sweeps::of(&cheap()).run("input --from 0 --to 20M --steps 300").text();
    assert_fits(&text);
    let strip = text.lines().find(|line| line.starts_with('|')).unwrap();
    assert_eq!(strip.len(), 80);
    assert!(strip.contains('A') && strip.contains('P'), "{strip}");
    // A head, 300 points.
    assert_eq!(text.lines().filter(|line| line.contains("$20.00")).count(), 300);
}

#[test]
fn the_csv_has_a_head_and_exact_decimals() {
    let csv = Sweeps::of(&drawn()).run("cache-read --from 0 --to 100 --steps 4 --format csv");
    insta::assert_snapshot!(csv.text());
}

#[test]
fn the_json_has_its_fields_and_no_others() {
    let json = Sweeps::of(&cheap()).run("volume --from 1 --to 10 --steps 2 --format json");
    insta::assert_snapshot!(json.text());
}

/// The change is found to the token: on either side the program decides as told.
#[test]
fn a_change_is_found_exactly() {
    let sweeps = Sweeps::of(&cheap());
    let json = sweeps.json("input --from 0 --to 50M --steps 3");
    let turns = json["turns"].as_array().unwrap();
    assert!(!turns.is_empty());
    for turn in turns {
        let [last, first] =
            ["last", "first"].map(|end| turn[end].as_str().unwrap().parse::<u64>().unwrap());
        assert_eq!(last + 1, first, "{turn}");
        for (tokens, outcome) in [(last, &turn["from"]), (first, &turn["to"])] {
            let mut file = cheap();
            file["usage"]["input_tokens"] = json!(tokens);
            let report: Value = serde_json::from_str(&Home::new().report(&file)).unwrap();
            assert_eq!(&report["result"]["outcome"], outcome, "{tokens}");
        }
    }
}

/// Every axis runs, holds the present point where it is on it, and agrees with `decide` there.
#[test]
fn every_axis_can_be_varied() {
    let mut file = drawn();
    file["usage"]["prompt_tokens"] = json!(0);
    let sweeps = Sweeps::of(&file);
    for (args, count) in [
        ("input --from 0 --to 6M --steps 3", 3),
        ("output --from 0 --to 1.8M --steps 3", 3),
        ("volume --from 0.5 --to 1.5 --steps 3", 3),
        ("outside --from 0 --to 100 --steps 11", 11),
        ("cache-read --from 0 --to 100", 11),
        ("cache-write --from 0 --to 50", 11),
        ("cache-write-1h --from 0 --to 12.5", 11),
        ("batch --from 0 --to 100", 11),
        ("thinking --from 0 --to 1000", 11),
        ("prompt-tokens --from 0 --to 200k", 11),
        ("pro-price --from 10 --to 30 --steps 3", 3),
        ("overflow --from 0 --to 50", 11),
        ("capacity-input --from 0 --to 60M --steps 3", 3),
        ("capacity-output --from 0 --to 10M --steps 3", 3),
        ("model", 4),
        ("confidence", 3),
        ("interface", 4),
        ("session", 3),
        ("limits", 4),
        ("automation", 3),
        ("developer", 3),
        ("control", 2),
        ("features", 3),
        ("billing", 3),
    ] {
        let json = sweeps.json(args);
        let points = json["points"].as_array().unwrap();
        assert_eq!(points.len(), count, "{args}");
        assert!(points.iter().all(|point| point["outcome"].is_string()), "{args}: {points:?}");
        // The method's own overflow is not a number of the file.
        if !args.starts_with("overflow") {
            let here = points.iter().find(|point| point["value"] == json["present"]);
            assert!(here.is_some(), "{args}: {}", json["present"]);
            let here = here.unwrap();
            assert_eq!(here["costs_usd"]["api"], "15", "{args}");
            assert_eq!(here["outcome"], "hybrid", "{args}");
        }
    }
}

#[test]
fn whole_values_are_not_repeated() {
    let json = Sweeps::of(&drawn()).json("outside --from 0 --to 3 --steps 100");
    let values: Vec<&str> = json["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| point["value"].as_str().unwrap())
        .collect();
    assert_eq!(values, ["0", "1", "2", "3"]);
}

#[test]
fn a_point_without_a_price_is_empty_and_never_0() {
    // Fast past: an own list in which the chosen model has no price for reading the cache.
    let sweeps = Sweeps::of(&drawn());
    let list = include_str!("../../assets/catalog.json");
    let mut list: Value = serde_json::from_str(list).unwrap();
    for model in list["models"].as_array_mut().unwrap() {
        for row in model["prices"].as_array_mut().unwrap() {
            row["cache_read"] = Value::Null;
        }
    }
    sweeps.0.file("list.json", list.to_string());
    let args = "cache-read --from 0 --to 10 --steps 2 --catalog list.json";
    let csv = sweeps.run(&format!("{args} --format csv")).text();
    let unpriced = csv.lines().last().unwrap();
    assert_eq!(unpriced, format!("10{}", ",".repeat(17)));
    let json = sweeps.json(args);
    assert_eq!(json["points"][1]["outcome"], Value::Null);
    assert!(json["points"][1]["problem"].as_str().unwrap().contains("has no cache read price"));
    let text = sweeps.run(args).text();
    assert_fits(&text);
    assert!(text.contains("unpriced") && text.contains('?'), "{text}");
}

#[test]
fn a_model_named_like_a_formula_is_inert_in_a_spreadsheet() {
    let sweeps = Sweeps::of(&drawn());
    let list = include_str!("../../assets/catalog.json").replace("claude-opus-5-5", "=cmd(),x");
    sweeps.0.file("list.json", list);
    let csv = sweeps.run("model --catalog list.json --format csv").text();
    assert!(csv.contains("\n\"'=cmd(),x\","), "{csv}");
    assert!(!csv.contains("\n=") && !csv.contains(",="), "{csv}");
}

#[test]
fn a_bad_span_says_what_to_give() {
    let sweeps = Sweeps::of(&drawn());
    for (args, code, said) in [
        (
            "inpt --from 0 --to 1",
            2,
            "'--vary': 'inpt' cannot be varied (did you mean 'input'?); name one of input, output, volume, outside, cache-read, cache-write, cache-write-1h, batch, thinking, prompt-tokens, pro-price, overflow, capacity-input, capacity-output, model, confidence, interface, session, limits, automation, developer, control, features, billing",
        ),
        (
            "input",
            2,
            "'input' needs both '--from' and '--to', input tokens a month, such as --from 0 --to 10M",
        ),
        ("input --from 1M", 2, "'--from' is given without '--to'; give both"),
        ("input --to 1M", 2, "'--to' is given without '--from'; give both"),
        ("input --from 2M --to 1M", 2, "'--from' (2,000,000) must be less than '--to' (1,000,000)"),
        ("input --from 1M --to 1M", 2, "'--from' (1,000,000) must be less than '--to' (1,000,000)"),
        (
            "input --from -1 --to 1M",
            2,
            "'--from': '-1' is not a number of tokens; type one such as 2.5M, 800k, 1,000,000 or 1e6",
        ),
        (
            "input --from 0 --to 2e12",
            2,
            "'--to': '2e12' is more than 1,000,000,000,000 tokens a month; type a smaller number",
        ),
        (
            "input --from 0 --to 1M --steps 1",
            2,
            "'--steps' is 1; give a whole number from 2 to 1000",
        ),
        (
            "input --from 0 --to 1M --steps 1001",
            2,
            "'--steps' is 1001; give a whole number from 2 to 1000",
        ),
        ("outside --from 0 --to 12.5", 2, "'--to': '12.5' is not a whole percentage from 0 to 100"),
        (
            "batch --from 0 --to 101",
            2,
            "'--to': '101' is not a percentage from 0 to 100 with at most four decimals",
        ),
        (
            "volume --from 0 --to 1e3",
            2,
            "'--to': '1e3' is not a multiple from 0 to 1000000 with at most four decimals; type one such as 0.5 or 3",
        ),
        (
            "volume --from 0 --to 1000000",
            2,
            "'--to' 1000000 would be more than 1,000,000,000,000 tokens a month; give a smaller multiple",
        ),
        (
            "pro-price --from 0 --to 20",
            2,
            "'--from': '0' is not a price; type dollars above 0, at most 10,000, with at most two decimals",
        ),
        (
            "features --from 0 --to 2",
            2,
            "'features' is varied over all it can be, so leave out '--from', '--to' and '--steps'",
        ),
        (
            "features --steps 3",
            2,
            "'features' is varied over all it can be, so leave out '--steps'",
        ),
    ] {
        assert_eq!(sweeps.run(args).refusal(code), said, "{args}");
    }
    let mut file = drawn();
    file["usage"]["cache_write_pct"] = json!(30);
    assert_eq!(
        Sweeps::of(&file).run("cache-read --from 0 --to 80").refusal(2),
        "'--to' 80 and the other cache shares of the file (30%) make more than 100% of the input; give at most 70"
    );
    file["usage"] = json!({"input_tokens": 0, "output_tokens": 0});
    assert_eq!(
        Sweeps::of(&file).run("volume --from 0 --to 2").refusal(2),
        "the month of the file is empty, so there are no multiples of it; vary 'input' or 'output'"
    );
}
