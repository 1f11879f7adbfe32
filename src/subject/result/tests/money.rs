//! The figures in the Markdown are those in the JSON.

use std::collections::BTreeSet;

use super::*;

#[test]
fn money_in_the_markdown_is_money_of_the_json() {
    let article = Catalog::article().unwrap();
    for persona in personas() {
        for world in [world(&article), builtin()] {
            let a = assessed(&persona_file(&persona), &world);
            let page = with(&a, world, None, |report| report.markdown());
            let report: Value = serde_json::from_str(&json_of(&a, world)).unwrap();
            let known = amounts(&a, &report);
            // The part from outside the article has figures of its own.
            let (own, _) = page.split_once("### Not in the article").unwrap();
            for figure in figures(own) {
                assert!(known.contains(&figure), "{}: {figure}", persona["id"]);
            }
            rows(&page, &report);
        }
    }
}

/// Every amount that the page may contain, taken from the JSON.
fn amounts(a: &Assessment, report: &Value) -> BTreeSet<String> {
    let dec = |value: &Value| value.as_str().map(|text| text.parse::<Decimal>().unwrap());
    let result = &report["result"];
    let costs = result["costs_usd"].as_object().unwrap();
    let cost = |name: &str| dec(&costs[name]).unwrap();
    let mut money: Vec<Decimal> = costs.values().filter_map(dec).collect();
    // Differences of two amounts shown together, and the first purchase.
    money.push(cost("hybrid") - cost("pro"));
    money.push((cost("hybrid") - cost("api")).abs());
    // What a cheaper way would save, a month and a year.
    let ways = [Outcome::Pro, Outcome::Api, Outcome::Hybrid];
    for (one, other) in ways.into_iter().flat_map(|one| ways.map(|other| (one, other))) {
        money.push((a.costs.of(one) - a.costs.of(other)).abs());
        money.push((a.costs.year(one) - a.costs.year(other)).abs());
    }
    for way in result["other_ways"].as_array().unwrap() {
        money.extend([&way["monthly_usd"], &way["with_outside_usd"]].into_iter().filter_map(dec));
    }
    for model in result["models"].as_array().unwrap() {
        money.extend([&model["api_usd"], &model["hybrid_usd"]].into_iter().filter_map(dec));
    }
    let mut known: BTreeSet<String> = money.into_iter().map(usd).collect();
    for model in result["models"].as_array().unwrap() {
        let more = dec(&model["vs_pro_usd"]).map(usd_signed);
        known.extend(more.map(|text| text.trim_start_matches(['+', '-']).to_owned()));
    }
    for model in report["catalog"]["models"].as_array().unwrap() {
        known.extend([&model["input"], &model["output"]].into_iter().filter_map(dec).map(usd_rate));
    }
    // The year of each way, and what to pay in advance: multiples of 5.
    known.extend(ways.map(|way| usd(a.costs.year(way))));
    for amount in known.clone() {
        known.extend(amount.strip_suffix(".00").map(str::to_owned));
    }
    let part = if a.outcome == Outcome::Hybrid {
        a.costs.hybrid_p90 - a.costs.pro
    } else {
        a.costs.api_p90
    };
    for multiple in 1..=400 {
        let amount = Decimal::from(5 * multiple);
        if amount <= part + Decimal::from(5) {
            known.insert(crate::number::short_usd(amount));
        }
    }
    assert_eq!(a.costs.api, cost("api"));
    known
}

/// Everything that starts with a dollar sign.
fn figures(page: &str) -> BTreeSet<String> {
    let parts: Vec<&str> = page.split('$').collect();
    parts
        .windows(2)
        .map(|pair| {
            let sign = if pair[0].ends_with('<') { "<" } else { "" };
            let digits: String = pair[1]
                .chars()
                .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
                .collect();
            format!("{sign}${}", digits.trim_end_matches(['.', ',']))
        })
        .collect()
}

/// Asserts that the rows of the tables contain the JSON's values.
fn rows(page: &str, report: &Value) {
    let result = &report["result"];
    for model in result["models"].as_array().unwrap() {
        let cell = |name: &str, show: fn(Decimal) -> String| {
            model[name].as_str().map_or_else(
                || "unpriced".to_owned(),
                |text| show(text.parse().unwrap()).replace('<', "\\<"),
            )
        };
        let row = format!(
            "| {} | {} | {} |",
            cell("api_usd", usd),
            cell("vs_pro_usd", usd_signed),
            cell("hybrid_usd", usd)
        );
        assert!(page.contains(&row), "{row}");
    }
    for reason in result["reasons"].as_array().unwrap() {
        let points = reason["points"].as_i64().unwrap();
        let row = format!("| {points:+} | {} |", reason["item"].as_str().unwrap());
        assert!(page.contains(&row), "{row}");
    }
    for flip in result["flips"].as_array().unwrap() {
        if flip["kind"] == "volume" {
            let times = format!("{} times this volume", flip["multiplier"].as_str().unwrap());
            assert!(page.contains(&times), "{times}");
        }
    }
    let split = &result["split"];
    if result["outcome"] == "hybrid" {
        for (part, share) in [("Pro", &split["pro_pct"]), ("API", &split["api_pct"])] {
            assert!(page.contains(&format!("| {part} | {share}% |")), "{share}");
        }
    }
    assert!(page.contains("[claude.com/pricing](https://claude.com/pricing)"));
}
