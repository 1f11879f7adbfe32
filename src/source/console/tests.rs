//! Every export format, and invalid rows.

use super::*;
use crate::history::Response;

const TOKENS: &str = include_str!("../../../tests/fixtures/usage/console_tokens.csv");
const COST: &str = include_str!("../../../tests/fixtures/usage/console_cost.csv");
const HEAD: &str = "usage_date_utc,model_version,workspace,usage_input_tokens_no_cache,\
                    usage_output_tokens,speed\n";

fn read_all(files: &[&[u8]]) -> History {
    let mut history = History::default();
    for bytes in files {
        read(bytes, "export.csv", &mut history);
    }
    history
}

fn read_text(text: &str) -> History {
    read_all(&[text.as_bytes()])
}

fn one(history: &History) -> Response {
    let all: Vec<&Response> = history.responses().collect();
    assert_eq!(all.len(), 1, "{history:?}");
    assert_eq!(history.skipped().len(), 0, "{history:?}");
    all[0].clone()
}

fn skipped(history: &History) -> Vec<(Skip, u64)> {
    history.skipped().iter().map(|(why, count)| (*why, *count)).collect()
}

/// Output of every sum, ascending.
fn outputs(history: &History) -> Vec<u64> {
    let mut all: Vec<u64> = history.responses().map(|sum| sum.tokens.output).collect();
    all.sort_unstable();
    all
}

/// Dollars and model of every bill, ascending.
fn bills(history: &History) -> Vec<(String, Option<&str>)> {
    let mut all: Vec<_> =
        history.bills().map(|bill| (bill.usd.to_string(), bill.model.as_deref())).collect();
    all.sort();
    all
}

#[test]
fn the_sample_of_tokens_is_one_sum_of_a_day() {
    let history = read_text(TOKENS);
    let sum = one(&history);
    assert_eq!(sum.time.to_string(), "2026-11-01T00:00:00Z");
    assert_eq!(&*sum.model, "claude-opus-5-5");
    let tokens = Tokens {
        input: 46_981,
        output: 16_932,
        cache_write_5m: 15_969,
        cache_write_1h: 0,
        cache_read: 0,
    };
    assert_eq!(sum.tokens, tokens);
    assert_eq!(sum.terms, Terms { prompt: PromptSize::UpTo200K, ..Terms::default() });
    assert_eq!((sum.count, sum.source), (Count::Sum { days: 1 }, Source::ConsoleTokens));
    assert_eq!((&*sum.project, &*sum.session, sum.asker), ("Default", "", Asker::Unknown));
    assert!(!sum.is_unsplit);
    assert_eq!(history.sources()[&Source::ConsoleTokens], 1);
}

#[test]
fn the_sample_of_costs_is_two_bills() {
    let history = read_text(COST);
    let model = Some("Claude Haiku 5.5");
    assert_eq!(bills(&history), [("0.02".to_owned(), model), ("0.05".to_owned(), model)]);
    let bill = history.bills().next().unwrap();
    assert_eq!(bill.at.to_string(), "2026-11-01T00:00:00Z");
    assert_eq!((bill.project.as_str(), bill.source), ("Default", Source::ConsoleCosts));
    assert_eq!(history.responses().count(), 0);
    assert!(history.skipped().is_empty());
}

#[test]
fn columns_are_found_by_name_in_any_order_among_unknown_ones() {
    let history = read_text(
        "Speed,Usage_Output_Tokens,shoe_size,USAGE_DATE_UTC,inference_geo,usage_type,\
         usage_input_tokens_cache_read,model_version,web_search_count,context_window\n\
         fast,7,43,2026-11-02,us,batch,9,claude-opus-5-5,3,200k-1M\n",
    );
    let sum = one(&history);
    assert_eq!(sum.tokens, Tokens { output: 7, cache_read: 9, ..Tokens::default() });
    assert_eq!(sum.web_searches, 3);
    let terms =
        Terms { fast: true, us_only: true, tier: Tier::Batch, prompt: PromptSize::Above200K };
    assert_eq!(sum.terms, terms);
}

#[test]
fn key_and_workspace_names_can_contain_quoted_commas() {
    let history = read_text(
        "usage_date_utc,model_version,api_key,workspace,usage_output_tokens,speed\n\
         2026-11-01,claude-opus-5-5,\"a, \"\"b\"\"\",\"Shop, prod\",5,\n",
    );
    assert_eq!(&*one(&history).project, "Shop, prod");
    assert_eq!(outputs(&history), [5]);
}

#[test]
fn older_files_have_one_cache_write_column_and_a_time_in_the_date() {
    for (date, time, days) in [
        ("2025-06-01T13:00:00Z", "2025-06-01T13:00:00Z", 0),
        ("2025-06-01 13:00:00", "2025-06-01T13:00:00Z", 0),
        ("2025-06-01 13:00", "2025-06-01T13:00:00Z", 0),
        ("2025-06-01T15:00:00+02:00", "2025-06-01T13:00:00Z", 0),
        ("2025-06-01 13:00:00 UTC", "2025-06-01T13:00:00Z", 0),
        ("2025-06-01 00:00:00", "2025-06-01T00:00:00Z", 1),
        ("2025-06-01", "2025-06-01T00:00:00Z", 1),
    ] {
        let history = read_text(&format!(
            "usage_date_utc,model_version,usage_input_tokens_cache_write,usage_output_tokens,x\n\
             {date},claude-sonnet-4-20250514,25,50,\n"
        ));
        let sum = one(&history);
        assert_eq!(sum.time.to_string(), time, "{date}");
        assert_eq!(sum.count, Count::Sum { days }, "{date}");
        assert_eq!(sum.tokens.cache_write_5m, 25);
        assert!(sum.is_unsplit);
    }
}

#[test]
fn cost_files_of_2024_have_seven_columns() {
    let history = read_text(
        "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n\
         2024-09-01,Claude Sonnet 3.5,Default,k,message,output,1.10\n\
         2024-09-01,Claude Sonnet 3.5,Default,k,message,input_no_cache,0.30\n",
    );
    let model = Some("Claude Sonnet 3.5");
    assert_eq!(bills(&history), [("0.30".to_owned(), model), ("1.10".to_owned(), model)]);
}

#[test]
fn the_last_columns_of_a_cost_file_may_be_missing() {
    let cut: String = COST
        .lines()
        .map(|line| line.rsplitn(3, ',').last().unwrap_or_default().to_owned() + "\n")
        .collect();
    assert!(!cut.contains("api_key_status") && cut.contains("speed"));
    assert_eq!(bills(&read_text(&cut)), bills(&read_text(COST)));
    // Also if missing only from the rows.
    let head = COST.lines().next().unwrap();
    let rows = cut.split_once('\n').unwrap().1;
    assert_eq!(bills(&read_text(&format!("{head}\n{rows}"))), bills(&read_text(COST)));
}

#[test]
fn every_encoding_and_line_end_reads_the_same() {
    let expected = outputs(&read_text(TOKENS));
    assert_eq!(expected, [16_932]);
    let crlf = TOKENS.replace('\n', "\r\n");
    let units = |text: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    };
    let marked = format!("\u{feff}{crlf}");
    for bytes in [
        crlf.as_bytes().to_vec(),
        TOKENS.trim_end().as_bytes().to_vec(),
        marked.as_bytes().to_vec(),
        units(&crlf, u16::to_le_bytes),
        units(&crlf, u16::to_be_bytes),
        units(&marked, u16::to_le_bytes),
        units(&marked, u16::to_be_bytes),
        TOKENS.replace(',', ";").replace("Shop; prod", "Shop, prod").into_bytes(),
    ] {
        let history = read_all(&[&bytes]);
        assert_eq!(outputs(&history), expected);
        assert_eq!(one(&history).terms.prompt, PromptSize::UpTo200K);
    }
}

#[test]
fn the_same_export_twice_counts_once_and_two_equal_rows_of_one_file_both_count() {
    let row = "2026-11-01,claude-opus-5-5,Default,1,5,\n";
    let text = format!("{HEAD}{row}{row}");
    assert_eq!(outputs(&read_text(&text)), [5, 5]);
    let twice = read_all(&[text.as_bytes(), text.as_bytes()]);
    assert_eq!(outputs(&twice), [5, 5]);
    assert_eq!(twice.responses().map(|sum| sum.repeats).sum::<u64>(), 2);
    let costs = read_all(&[COST.as_bytes(), COST.as_bytes()]);
    assert_eq!(bills(&costs).len(), 2);
}

#[test]
fn a_later_export_of_a_day_replaces_an_earlier_one_with_less() {
    let (early, late) =
        ("2026-11-01,claude-opus-5-5,Default,1,5,\n", "2026-11-01,claude-opus-5-5,Default,3,9,\n");
    let (early, late) = (format!("{HEAD}{early}"), format!("{HEAD}{late}"));
    for order in [[&early, &late], [&late, &early]] {
        assert_eq!(outputs(&read_all(&order.map(String::as_bytes))), [9]);
    }
    // A key that was disabled in between is still the same key.
    let off = COST.replace(",active", ",inactive");
    assert_eq!(bills(&read_all(&[COST.as_bytes(), off.as_bytes()])).len(), 2);
}

#[test]
fn bad_rows_are_counted_and_named_and_spoil_no_other() {
    let good = "2026-11-01,claude-opus-5-5,Default,1,5,\n";
    for (row, why) in [
        ("2026-11-01,claude-opus-5-5,Default,-1,7,\n", Skip::BadCount),
        ("2026-11-01,claude-opus-5-5,Default,1.5,7,\n", Skip::BadCount),
        ("2026-11-01,claude-opus-5-5,Default,many,7,\n", Skip::BadCount),
        ("2026-11-01,claude-opus-5-5,Default,9223372036854775807,7,\n", Skip::BadCount),
        ("2026-11-01,claude-opus-5-5,Default,1000000000001,7,\n", Skip::BadCount),
        (",claude-opus-5-5,Default,1,7,\n", Skip::NoTime),
        ("Total,,,1,7,\n", Skip::NoTime),
        ("2026-02-30,claude-opus-5-5,Default,1,7,\n", Skip::NoTime),
        ("2026-11-01,,Default,1,7,\n", Skip::NoModel),
        ("2026-11-01,claude-opus-5-5,Shop, prod,1,7,\n", Skip::BadCount),
        ("2026-11-01,claude-op\n", Skip::BadCount),
        ("2026-11-01,claude-opus-5-5,\"Default,1,7,\n", Skip::BadCount),
        ("x\n", Skip::BadCount),
    ] {
        let history = read_text(&format!("{HEAD}{good}{row}{good}\n\n{good}"));
        assert_eq!(outputs(&history), [5, 5, 5], "{row}");
        assert_eq!(skipped(&history), [(why, 1)], "{row}");
    }
    let costs = COST.replacen(",0.05,0.05", ",0.05.1,0.05", 1);
    assert_eq!(bills(&read_text(&costs)).len(), 1);
    assert_eq!(skipped(&read_text(&costs)), [(Skip::BadCount, 1)]);
    let credit = COST.replacen(",0.05,0.05", ",-0.05,0.05", 1);
    assert_eq!(bills(&read_text(&credit)).len(), 2);
    assert_eq!(skipped(&read_text(&credit)), []);
}

#[test]
fn an_empty_count_is_none_and_a_missing_last_cell_is_no_harm() {
    let history = read_text(&format!("{HEAD}2026-11-01,claude-opus-5-5,Default,,5,\n"));
    assert_eq!(one(&history).tokens, Tokens { output: 5, ..Tokens::default() });
    // Truncated after the count that could itself have been truncated.
    let history = read_text(&format!("{HEAD}2026-11-01,claude-opus-5-5,Default,1,5"));
    assert_eq!(skipped(&history), [(Skip::BadCount, 1)]);
}

#[test]
fn half_characters_and_control_characters_are_kept_out_of_counts_only() {
    let mut bytes = HEAD.as_bytes().to_vec();
    bytes.extend(b"2026-11-01,claude-opus-5-5,Sh\xe2\x89p\0,1,5,\n");
    bytes.extend(b"2026-11-02,claude-opus-5-5,Default,\xff1,6,\n");
    let history = read_all(&[&bytes]);
    assert_eq!(outputs(&history), [5]);
    assert_eq!(skipped(&history), [(Skip::BadCount, 1)]);
    assert_eq!(&*history.responses().next().unwrap().project, "Sh\u{fffd}p\0");
}

#[test]
fn files_put_together_are_read_by_the_names_above_each_part() {
    let other = "model_version,usage_output_tokens,usage_date_utc\nclaude-opus-5-5,7,2026-11-02\n";
    let row = "2026-11-01,claude-opus-5-5,Default,1,5,\n";
    let history = read_text(&format!("{HEAD}{row}\u{feff}{other}{COST}"));
    assert_eq!(outputs(&history), [5, 7]);
    assert_eq!(bills(&history).len(), 2);
    assert_eq!(history.sources().len(), 2);
}

#[test]
fn a_file_without_the_columns_is_named_without_harm() {
    for text in ["", "a,b\n1,2\n", "usage_date_utc,x\n2026-11-01,3\n", "\0\0\0"] {
        let mut history = History::default();
        read(text.as_bytes(), "x\u{1b}[31m.csv", &mut history);
        assert_eq!(history.responses().count(), 0);
        assert!(history.sources().is_empty());
        let doubts = format!("{history:?}");
        assert!(doubts.contains("'x\u{fffd}[31m.csv' is no export of the Console"), "{doubts}");
    }
}

#[test]
fn a_tier_the_prices_do_not_know_is_told_apart() {
    let text = TOKENS.replace(",standard,", ",priority,");
    assert_eq!(one(&read_text(&text)).terms.tier, Tier::Other);
}

#[test]
fn context_windows_are_known_by_their_words() {
    for (text, size) in [
        ("≤ 200k", PromptSize::UpTo200K),
        ("0-200k", PromptSize::UpTo200K),
        ("<= 200K", PromptSize::UpTo200K),
        ("200k-1M", PromptSize::Above200K),
        ("200k - 1M", PromptSize::Above200K),
        ("> 200k", PromptSize::Above200K),
        ("", PromptSize::Untold),
        ("not_available", PromptSize::Untold),
    ] {
        assert_eq!(prompt_size(text), size, "{text}");
    }
}
