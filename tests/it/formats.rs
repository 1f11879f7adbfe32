//! One report, four formats: each is read back, and every figure in it is held against the JSON.

use std::collections::BTreeSet;

use planwise::advice::{Assessment, Outcome, World};
use planwise::catalog::Catalog;
use planwise::number::{grouped, tokens_short, usd, usd_rate, usd_signed};
use planwise::report::read_answers;
use planwise::words::times;
use roxmltree::{Document, Node, ParsingOptions};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::common::cases::{
    Case, HOSTILE, assessed, cases, hostile_catalog, odd_months, with, world, world_of,
};
use crate::common::{full, replayed};

/// The four formats of one report.
struct Formats {
    json: Value,
    markdown: String,
    text: String,
    html: String,
}

fn formats(a: &Assessment, world: World<'_>, words: Option<&str>) -> Formats {
    with(a, world, words, |report| Formats {
        json: serde_json::from_str(&report.json()).unwrap(),
        markdown: report.markdown(),
        text: report.text(),
        html: report.html(),
    })
}

/// The page as a tree; a page that is not well-formed does not get so far.
fn tree(html: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(html, options).unwrap()
}

/// All the text in a node.
fn words(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).map(|n| n.text().unwrap()).collect()
}

/// The same with a blank between cells and paragraphs.
fn parted(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text).map(|n| n.text().unwrap());
    texts.collect::<Vec<_>>().join(" ")
}

fn section<'a, 'i>(page: &'a Document<'i>, id: &str) -> Node<'a, 'i> {
    page.descendants().find(|node| node.attribute("id") == Some(id)).unwrap()
}

/// The rows of the tables in a part of the page.
fn html_rows(page: &Document<'_>, id: &str) -> Vec<Vec<String>> {
    let is = |name: &'static str| move |node: &Node<'_, '_>| node.has_tag_name(name);
    let in_details = |node: &Node<'_, '_>| node.ancestors().any(|n| n.has_tag_name("details"));
    section(page, id)
        .descendants()
        .filter(is("tr"))
        .filter(|row| !row.parent().unwrap().has_tag_name("thead") && !in_details(row))
        .map(|row| row.children().filter(Node::is_element).map(words).collect())
        .collect()
}

/// The rows of the tables under a heading of the Markdown, without escapes and emphasis.
fn markdown_rows(page: &str, heading: &str) -> Vec<Vec<String>> {
    let Some((_, part)) = page.split_once(&format!("# {heading}\n")) else {
        return Vec::new();
    };
    let part = part.split("\n## ").next().unwrap();
    let part = part.split("\n### ").next().unwrap();
    let mut rows = Vec::new();
    let mut in_table = false;
    for line in part.lines() {
        let is_row = line.starts_with("| ");
        if line.starts_with("| ---") {
            in_table = true;
        } else if is_row && in_table {
            let line = line.trim_start_matches("| ").trim_end_matches(" |");
            rows.push(line.split(" | ").map(plain).collect());
        } else if !is_row {
            in_table = false;
        }
    }
    rows
}

/// A Markdown text as it is shown.
fn plain(markdown: &str) -> String {
    let inner = markdown.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    let mut shown = String::new();
    let mut letters = inner.unwrap_or(markdown).chars();
    while let Some(letter) = letters.next() {
        shown.push(if letter == '\\' { letters.next().unwrap() } else { letter });
    }
    shown
}

fn dec(value: &Value) -> Option<Decimal> {
    value.as_str().map(|text| text.parse().unwrap())
}

/// The rows that the JSON calls for: of the ways and of the models.
fn expected_rows(json: &Value) -> (Vec<[String; 3]>, Vec<Vec<String>>) {
    let costs = &json["result"]["costs_usd"];
    let cost = |name: &str| dec(&costs[name]).unwrap();
    let range = |low: Decimal, high: Decimal| {
        if low == high {
            "always the same".to_owned()
        } else {
            format!("{} to {}", usd(low), usd(high))
        }
    };
    let way = |name: &str, own: &str, low: &str, high: &str| {
        [name.to_owned(), usd(cost(own)), range(cost(low), cost(high))]
    };
    let ways = vec![
        way("Pro alone", "pro", "pro", "pro"),
        way("API alone", "api", "api_p10", "api_p90"),
        way("Hybrid", "hybrid", "hybrid_p10", "hybrid_p90"),
    ];
    let prices = json["catalog"]["models"].as_array().unwrap();
    let models = json["result"]["models"].as_array().unwrap();
    let or_unpriced = |value: &Value, show: fn(Decimal) -> String| {
        dec(value).map_or_else(|| "unpriced".to_owned(), show)
    };
    let models = prices
        .iter()
        .zip(models)
        .map(|(price, model)| {
            assert_eq!(price["id"], model["id"]);
            let even = dec(&model["break_even_multiplier"]);
            vec![
                or_unpriced(&price["input"], usd_rate),
                or_unpriced(&price["output"], usd_rate),
                or_unpriced(&model["api_usd"], usd),
                or_unpriced(&model["vs_pro_usd"], usd_signed),
                or_unpriced(&model["hybrid_usd"], usd),
                even.map_or_else(|| "-".to_owned(), |at| format!("{} times", times(at))),
            ]
        })
        .collect();
    (ways, models)
}

/// Holds every table of both pages against the JSON, and the pages against each other.
fn tables_agree(name: &str, f: &Formats) {
    let page = tree(&f.html);
    let (ways, models) = expected_rows(&f.json);
    let same = |id: &str, heading: &str| {
        let (html, markdown) = (html_rows(&page, id), markdown_rows(&f.markdown, heading));
        assert_eq!(html, markdown, "{name}: {heading}");
        html
    };
    let rows = same("ways", "Cost and coverage");
    let found: Vec<[String; 3]> =
        rows.iter().map(|row| [0, 1, 3].map(|index| row[index].clone())).collect();
    assert_eq!(found, ways, "{name}");
    let rows = same("models", "The same volume on each model");
    let found: Vec<Vec<String>> = rows.into_iter().map(|row| row[1..].to_vec()).collect();
    assert_eq!(found, models, "{name}");

    let result = &f.json["result"];
    let rows = same("reasons", "All reasons");
    let found: BTreeSet<(String, String)> =
        rows.iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let expected: BTreeSet<(String, String)> = result["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reason| {
            let points = reason["points"].as_i64().unwrap();
            (format!("{points:+}"), reason["item"].as_str().unwrap().to_owned())
        })
        .collect();
    assert_eq!(found, expected, "{name}");
    assert_eq!(
        same("every-change", "Every change that would alter it").len(),
        result["flips"].as_array().unwrap().len()
    );
    for row in result["flips"].as_array().unwrap() {
        if let Some(multiplier) = row["multiplier"].as_str() {
            let times = format!("{multiplier} times this volume");
            assert!(words(section(&page, "every-change")).contains(&times), "{name}: {times}");
        }
    }
    if result["outcome"] == "hybrid" {
        let rows = same("split", "How the work is divided");
        for (row, share) in rows.iter().zip(["pro_pct", "api_pct"]) {
            assert_eq!(row[1], format!("{}%", result["split"][share]), "{name}");
        }
    }
    assert_eq!(same("answers", "Your answers").len(), 8);
    let month = same("month", "Your month");
    let told = |name: &str| match f.json["usage"][name].as_u64().unwrap() {
        1 => "1 token".to_owned(),
        count => format!("{} tokens", grouped(count)),
    };
    assert!(month[0][1].starts_with(&told("input_tokens")), "{name}");
    assert!(month[1][1].starts_with(&told("output_tokens")), "{name}");
}

/// Every amount that begins with a dollar sign.
fn amounts(text: &str) -> BTreeSet<String> {
    let parts: Vec<&str> = text.split('$').collect();
    parts
        .windows(2)
        .map(|pair| {
            let sign = if pair[0].ends_with('<') { "<" } else { "" };
            let is_figure = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ',');
            let digits: String = pair[1].chars().take_while(is_figure).collect();
            format!("{sign}${}", digits.trim_end_matches(['.', ',']))
        })
        .collect()
}

#[test]
fn every_figure_is_the_same_in_every_format() {
    let article = Catalog::article().unwrap();
    let mut checked = [0; 2];
    for Case { name, file } in cases() {
        for (world, checked) in [world(), world_of(&article)].into_iter().zip(&mut checked) {
            let Ok(file) = read_answers(&file) else { panic!("{name}") };
            let (answers, usage) = file.complete(false).unwrap();
            // The article's list does not know every model.
            let Ok(a) = planwise::advice::assess(&answers, &usage, &world) else { continue };
            *checked += 1;
            let f = formats(&a, world, None);
            tables_agree(&name, &f);
            // What stands in the sentences is in the tables too, or is one of their differences.
            let page = tree(&f.html);
            let costs = &a.costs;
            let mut known = amounts(&plain(&f.markdown));
            for amount in [costs.hybrid - costs.pro, (costs.hybrid - costs.api).abs()] {
                known.insert(usd(amount));
            }
            let own = |id| amounts(&parted(section(&page, id)));
            let parts = [
                "recommendation",
                "reasons",
                "rule",
                "models",
                "changes",
                "trade",
                "assumptions",
                "answers",
                "month",
                "steps",
                "notes",
            ];
            for id in parts {
                // The picture in a part has the amounts of the table under it.
                let more: Vec<_> = own(id).difference(&known).cloned().collect();
                assert!(more.is_empty(), "{name}: {id} has {more:?}");
            }
            // In its short reasons a whole amount has no cents.
            let whole: Vec<String> =
                known.iter().filter_map(|a| a.strip_suffix(".00")).map(str::to_owned).collect();
            known.extend(whole);
            let more: Vec<_> = amounts(&f.text).difference(&known).cloned().collect();
            assert!(more.is_empty(), "{name}: the text has {more:?}");
            for way in [costs.pro, costs.api, costs.hybrid] {
                assert!(f.text.contains(&usd(way)), "{name}: the text lacks {}", usd(way));
            }
            // The verdict in each.
            let verdict = words(section(&page, "recommendation"));
            let headline = planwise::words::headline(a.outcome);
            assert!(verdict.contains(headline) && verdict.contains(&usd(costs.of(a.outcome))));
            assert!(f.text.contains(headline) && f.markdown.contains(headline));
        }
    }
    assert_eq!(checked[0], cases().len(), "every case has a price on the own list");
    assert!(checked[1] >= 20, "on the article's list: {}", checked[1]);
}

#[test]
fn the_picture_has_its_figures_in_a_table() {
    for Case { name, file } in odd_months() {
        let a = assessed(&file, &world());
        let f = formats(&a, world(), None);
        let page = tree(&f.html);
        let ways = section(&page, "growth");
        let details = ways.descendants().find(|node| node.has_tag_name("details")).unwrap();
        let rows: Vec<Vec<String>> = details
            .descendants()
            .filter(|node| node.has_tag_name("tr"))
            .skip(1)
            .map(|row| row.children().filter(Node::is_element).map(words).collect())
            .collect();
        let today = rows.iter().find(|row| row[0].contains("(today")).unwrap();
        let volume = a.usage.volume;
        let (costs, outcome) = (&a.costs, a.outcome.name());
        let expected = [
            tokens_short(volume.input),
            tokens_short(volume.output),
            usd(costs.pro),
            usd(costs.api),
            usd(costs.hybrid),
        ];
        assert_eq!(today[1..6], expected, "{name}");
        assert_eq!(today[6], outcome, "{name}");
        if volume.input > 0 {
            for (sign, api) in [("below this", costs.api_p10), ("above this", costs.api_p90)] {
                let row = rows.iter().find(|row| row[0].contains(sign)).unwrap();
                assert_eq!(row[4], usd(api), "{name}: {sign}");
            }
        }
        for id in ["lines-wide", "lines-narrow", "bars-wide", "bars-narrow"] {
            for (part, least) in [("t", 10), ("d", 40)] {
                let text = words(section(&page, &format!("{id}-{part}")));
                assert!(text.len() > least, "{name}: {id}-{part} says '{text}'");
            }
        }
    }
}

#[test]
fn the_page_loads_and_runs_nothing() {
    let a = assessed(&odd_months()[0].file, &world());
    let f = formats(&a, world(), None);
    assert!(f.html.contains(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; \
         style-src &#39;unsafe-inline&#39;; img-src data:\"/>"
    ));
    let page = tree(&f.html);
    let all: Vec<Node<'_, '_>> = page.descendants().filter(Node::is_element).collect();
    assert_eq!(page.root_element().attribute("lang"), Some("en"));
    assert_eq!(all.iter().filter(|node| node.has_tag_name("h1")).count(), 1);
    for node in all {
        let name = node.tag_name().name();
        let active = ["script", "link", "iframe", "object", "embed", "img", "form", "base"];
        assert!(!active.contains(&name), "<{name}>");
        for attribute in node.attributes() {
            let is_active = attribute.name().starts_with("on")
                || ["href", "src", "style", "action"].contains(&attribute.name());
            let known = ["https://claude.com/pricing", "https://platform.claude.com"];
            let is_link =
                (name, attribute.name()) == ("a", "href") && known.contains(&attribute.value());
            assert!(!is_active || is_link, "<{name} {}>", attribute.name());
        }
        if name == "table" {
            assert!(node.children().any(|child| child.has_tag_name("caption")));
        }
        if name == "th" {
            assert!(matches!(node.attribute("scope"), Some("col" | "row")));
        }
    }
    assert!(!f.html.contains("url(") && !f.html.contains("@import"));
}

#[test]
fn no_text_means_harm_in_any_format() {
    let list = hostile_catalog();
    let a = assessed(&odd_months()[0].file, &world_of(&list));
    for text in [HOSTILE.to_owned(), "x".repeat(10_000), HOSTILE.repeat(40)] {
        let f = formats(&a, world_of(&list), Some(&text));
        // Cleaned, and otherwise letter for letter, once as the title and once as the note.
        let shown = planwise::text::clean(&text).into_owned();
        assert_eq!(f.json["title"], shown.as_str());
        assert_eq!(f.json["note"], shown.as_str());
        let page = tree(&f.html);
        let title = page.descendants().find(|node| node.has_tag_name("h1")).unwrap();
        assert_eq!(words(title), shown);
        assert!(page.descendants().all(|node| !node.has_tag_name("script")));
        let lines: Vec<&str> = f.markdown.lines().collect();
        assert_eq!(lines[0], format!("# {}", lines[0].trim_start_matches("# ")));
        assert_eq!(plain(lines[2].trim_start_matches("Note: ")), shown);
        for out in [&f.markdown, &f.text, &f.html] {
            let steers =
                |c: char| c.is_control() && c != '\n' || "\u{202e}\u{2066}\u{feff}".contains(c);
            assert!(!out.contains(steers));
        }
        // One title, one note: nothing of them became a heading, an item or a row of its own.
        let plain_report = formats(&a, world_of(&list), None);
        assert_eq!(f.markdown.lines().count(), plain_report.markdown.lines().count() + 2);
        assert!(f.text.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80));
        tables_agree("hostile", &f);
        // Pasted into a spreadsheet, no cell with a foreign text in it begins a formula.
        let models = html_rows(&page, "models");
        assert!(models.iter().any(|row| row[0].starts_with("'=cmd()")), "{models:?}");
        for id in ["ways", "reasons", "models", "changes", "answers", "month"] {
            for row in html_rows(&page, id) {
                for cell in row {
                    let is_amount = cell.len() < 2
                        || cell.parse::<i8>().is_ok()
                        || cell.starts_with("-$")
                        || cell.starts_with("+$");
                    assert!(is_amount || !cell.starts_with(['=', '+', '-', '@']), "{cell}");
                }
            }
        }
    }
}

/// A report on a month read from logs and replayed.
fn full() -> Assessment {
    let (answers, usage) = full::with(replayed::digest()).complete(false).unwrap();
    planwise::advice::assess(&answers, &usage, &world()).unwrap()
}

/// Whether a text holds a letter that steers a terminal or the order of letters.
fn steers(text: &str) -> bool {
    text.contains(|c: char| c.is_control() && c != '\n' || "\u{202e}\u{2066}\u{feff}".contains(c))
}

/// Everything that can be said of hostile texts in a report of which nothing else is known.
fn nothing_is_active(f: &Formats, parts: &[&str]) {
    let page = tree(&f.html);
    for node in page.descendants() {
        let name = node.tag_name().name();
        assert!(!["script", "img", "heading"].contains(&name), "<{name}>");
    }
    for out in [&f.markdown, &f.text, &f.html] {
        assert!(!steers(out), "{out}");
    }
    assert!(f.text.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80));
    for line in f.markdown.lines() {
        assert!(!line.starts_with("# heading") && !line.starts_with("- item"), "{line}");
        assert!(!line.contains("<script") || line.contains("\\<script"), "{line}");
    }
    for id in parts {
        for row in html_rows(&page, id) {
            for cell in row {
                let is_figure = cell.len() < 2
                    || cell.parse::<i8>().is_ok()
                    || cell.starts_with("-$")
                    || cell.starts_with("+$");
                assert!(is_figure || !cell.starts_with(['=', '+', '-', '@']), "{id}: {cell}");
            }
        }
    }
}

/// Projects, sessions and models as logs name them; none of it is ours.
#[test]
fn what_logs_name_is_inert_in_every_format() {
    use planwise::source::claude_code::{Place, Prefilter, read_line};
    for name in [HOSTILE.to_owned(), "=cmd()|`x`\n</style><script>".to_owned(), "W".repeat(10_000)]
    {
        let mut history = planwise::history::History::default();
        let place =
            Place { project: &name, session: &name, is_sub_agent: false, root: 0, zones: |_| None };
        for (day, model) in [(1, name.as_str()), (9, "claude-opus-5-5"), (20, "claude-opus-5-5")] {
            let line = serde_json::json!({
                "type": "assistant", "timestamp": format!("2026-11-{day:02}T09:00:00Z"),
                "sessionId": name, "cwd": name,
                "message": {"id": format!("m{day}"), "model": model,
                    "usage": {"input_tokens": 400_000, "output_tokens": 90_000}},
            });
            read_line(line.to_string().as_bytes(), &place, Prefilter::On, &mut history);
        }
        let measured = planwise::measured::Measured::new(
            &history,
            Catalog::builtin().unwrap(),
            &jiff::tz::TimeZone::UTC,
            "2026-11-22T14:05:00Z".parse().unwrap(),
        )
        .unwrap();
        assert_eq!(measured.by_day.len(), 3);
        let mut a = full();
        a.usage.measured = Some(std::sync::Arc::new(measured));
        let f = formats(&a, world(), Some(&name));
        nothing_is_active(&f, &["ways", "models", "month", "logs", "used"]);
        let shown = planwise::text::clean(&name).into_owned();
        assert_eq!(f.json["title"], shown.as_str());
        // The project and the session are nobody's business but the person's.
        let measured = f.json["usage"]["measured"].to_string();
        assert!(!measured.contains(&"W".repeat(200)), "{measured}");
    }
}

/// A replay in a file that somebody else made: every text in it means harm.
#[test]
fn a_replay_from_a_hostile_file_is_inert_in_every_format() {
    let hostile = HOSTILE.to_owned();
    let mut digest = replayed::digest();
    for (plan, name) in digest.plans.iter_mut().zip(["=cmd()", "+1|<b>`x`", "@SUM(A1)", "-2"]) {
        plan.name = name.to_owned();
    }
    let week = digest.week.as_mut().unwrap();
    week.plan = hostile.clone();
    let (answers, usage) = full::with(digest).complete(false).unwrap();
    let mut a = planwise::advice::assess(&answers, &usage, &world()).unwrap();
    // As it comes back from a file.
    let saved = with(&a, world(), None, |report| report.json());
    let mut figures: serde_json::Value = serde_json::from_str(&saved).unwrap();
    let mut sentences = figures.clone();
    // Plans that the list does not have, and sentences as version 0.1.0 kept them.
    let fit = &mut figures["usage"]["measured"]["fit"];
    fit["reasons"]["findings"][0]["plan"] = hostile.as_str().into();
    fit["reasons"]["windows"][0]["plan"] = "=cmd()".into();
    fit["reasons"]["windows"][2]["holds"]["origin"]["source"] = hostile.as_str().into();
    let fit = &mut sentences["usage"]["measured"]["fit"];
    fit.as_object_mut().unwrap().remove("reasons");
    fit["answer"] = serde_json::json!([hostile, "=cmd()"]);
    fit["windows_hold"] = serde_json::json!([hostile, hostile]);
    fit["assumptions"] = serde_json::json!(["12. item\n# heading"]);
    fit["doubts"] = serde_json::json!(["- item"]);
    let week = fit["week"].as_object_mut().unwrap();
    week.remove("amounts");
    week.insert("holds".to_owned(), hostile.as_str().into());
    week.insert("asked".to_owned(), hostile.as_str().into());
    for file in [figures, sentences] {
        a.usage = read_answers(&file.to_string()).unwrap().usage.unwrap();
        let f = formats(&a, world(), None);
        nothing_is_active(&f, &["ways", "models", "month", "logs", "fit", "used"]);
        let rows = html_rows(&tree(&f.html), "fit");
        assert_eq!(rows[0][0], "'=cmd()");
        assert_eq!(rows, markdown_rows(&f.markdown, "Would this plan have covered your usage?"));
    }
}

/// The rows of a table that is opened where someone wants it.
fn rows_in_details(part: Node<'_, '_>) -> Vec<Vec<String>> {
    let details = part.descendants().find(|node| node.has_tag_name("details")).unwrap();
    details
        .descendants()
        .filter(|node| node.has_tag_name("tr"))
        .skip(1)
        .map(|row| row.children().filter(Node::is_element).map(words).collect())
        .collect()
}

#[test]
fn days_that_were_read_are_in_every_format_and_else_in_none() {
    let f = formats(&full(), world(), None);
    let sum = "20 days with use, from 2026-10-26 to 2026-11-20: at least $128.75 on the API at \
               the prices of the days, an estimate; 2 responses have no price and are not in it.";
    let days = f.json["usage"]["measured"]["daily_costs"].as_array().unwrap();
    let first = serde_json::json!({"day": "2026-10-26", "usd": "1.25", "unpriced_responses": 0});
    assert_eq!(days[0], first);
    assert_eq!(days[7]["usd"], Value::Null);
    assert!(f.markdown.contains(sum), "{}", f.markdown);
    let text = f.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(sum), "{text}");
    let page = tree(&f.html);
    assert!(words(section(&page, "used")).contains(sum));
    let expected: Vec<Vec<String>> = days
        .iter()
        .map(|day| {
            let lead = if day["unpriced_responses"] == 0 { "" } else { "at least " };
            let cost = dec(&day["usd"]);
            let cost = cost.map_or_else(|| "unpriced".to_owned(), |c| format!("{lead}{}", usd(c)));
            vec![day["day"].as_str().unwrap().to_owned(), cost]
        })
        .collect();
    assert_eq!(expected[12][1], "at least $12.50");
    assert_eq!(markdown_rows(&f.markdown, "Your actual usage"), expected);
    assert_eq!(rows_in_details(section(&page, "used")), expected);
    let bars = |size: &str| {
        let picture = section(&page, &format!("daily-{size}-t")).parent().unwrap();
        picture.children().filter(|node| node.has_tag_name("rect")).count()
    };
    assert_eq!((bars("wide"), bars("narrow")), (19, 19));
    // Opened again it shows the same.
    let again = read_answers(&f.json.to_string()).unwrap();
    assert_eq!(again.ignored, Vec::<String>::new());
    let (answers, usage) = again.complete(false).unwrap();
    let again = planwise::advice::assess(&answers, &usage, &world()).unwrap();
    assert_eq!(formats(&again, world(), None).html, f.html);

    let without = formats(&assessed(&odd_months()[0].file, &world()), world(), None);
    for out in [&without.markdown, &without.text, &without.html, &without.json.to_string()] {
        assert!(!out.contains("really used") && !out.contains("daily_costs"), "{out}");
    }
}

#[test]
fn the_week_of_a_replay_is_drawn_with_its_figures_beside_it() {
    let f = formats(&full(), world(), None);
    let week = &f.json["usage"]["measured"]["fit"]["week"];
    let letters: String =
        week["days"].as_array().unwrap().iter().map(|day| day["hours"].as_str().unwrap()).collect();
    let count = |letter: char| letters.chars().filter(|found| *found == letter).count();
    let page = tree(&f.html);
    for size in ["wide", "narrow"] {
        let picture = section(&page, &format!("week-{size}-t")).parent().unwrap();
        let drawn = |class: &str| {
            picture.children().filter(|node| node.attribute("class") == Some(class)).count()
        };
        // The key has one of each.
        for (class, letter) in
            [("load within", 'o'), ("load low", '+'), ("load likely", '#'), ("load high", '@')]
        {
            assert_eq!(drawn(class), count(letter) + 1, "{size} {class}");
        }
        let title = words(section(&page, &format!("week-{size}-t")));
        assert_eq!(title, "Your hardest week, hour by hour");
        let about = words(section(&page, &format!("week-{size}-d")));
        let used = count('o') + count('+') + count('#') + count('@');
        assert!(about.contains(&format!("{used} hours with use: ")), "{about}");
    }
    assert!(count('o') > 0 && count('@') > 0, "{letters}");
    // The hours of the picture, and what the counts of both formats say of them.
    let rows = rows_in_details(section(&page, "fit"));
    assert_eq!(rows.len(), week["days"].as_array().unwrap().len());
    let hours = |cell: &str| -> usize {
        let spans = cell.split(", ").filter(|span| *span != "-");
        spans
            .map(|span| {
                let (from, to) = span.split_once(" to ").unwrap();
                let hour = |text: &str| text.trim_end_matches(":00").parse::<usize>().unwrap();
                hour(to) - hour(from)
            })
            .sum()
    };
    let counted: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let counts = row[1..].iter().map(|cell| hours(cell).to_string());
            std::iter::once(row[0].clone()).chain(counts).collect()
        })
        .collect();
    let heading = "Would this plan have covered your usage?";
    let markdown = markdown_rows(&f.markdown, heading);
    assert_eq!(markdown[markdown.len() - counted.len()..], counted);
    assert_eq!(html_rows(&page, "fit"), markdown);
}

#[test]
fn a_report_saved_by_an_older_version_still_opens() {
    let saved = include_str!("../fixtures/report/schema_1.json");
    // The first files had no version at all.
    let oldest = saved.replacen("  \"schema_version\": 1,\n", "", 1);
    assert_ne!(saved, oldest);
    for text in [saved, &oldest] {
        let file = read_answers(text).unwrap();
        assert_eq!(file.ignored, Vec::<String>::new());
        let (answers, usage) = file.complete(false).unwrap();
        assert_eq!(usage.volume.input, 3_000_000);
        let a = planwise::advice::assess(&answers, &usage, &world()).unwrap();
        assert_eq!(a.outcome, Outcome::Hybrid);
        assert_eq!(usd(a.costs.hybrid), "$24.20");
        // And whole, to be worked out again or held side by side.
        let report = planwise::report::read_report(text).unwrap();
        assert_eq!(report.result.outcome, Outcome::Hybrid);
        assert_eq!(report.result.costs_usd.of(Outcome::Hybrid).map(usd).as_deref(), Some("$24.20"));
        let replay = planwise::replay::Replay::new(&report, world(), None).unwrap();
        assert!(!replay.turned(), "{}", planwise::subject::replay::text(&replay, None));
    }
}
