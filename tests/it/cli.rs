//! The command line as a script sees it: what is printed where, and the exit code.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// 2026-11-22, 14:05 in Greenwich.
const NOW: &str = "1795356300";

/// An empty home, and what a program run in it leaves behind.
struct Home(TempDir);

/// What one run printed and how it ended.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and returns its path as text.
    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("planwise"));
        command
            .env_clear()
            .env("HOME", self.0.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_DATA_HOME", self.path("data"))
            .env("TZ", "UTC")
            .env("SOURCE_DATE_EPOCH", NOW)
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        command
    }

    fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        self.run_with("", args)
    }

    fn run_with<S: AsRef<OsStr>>(
        &self,
        input: impl AsRef<[u8]>,
        args: impl IntoIterator<Item = S>,
    ) -> Ran {
        let mut command = assert_cmd::Command::from_std(self.command());
        let output = command.args(args).write_stdin(input.as_ref()).output().unwrap();
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    /// Done: exit code 0 and nothing to complain about.
    fn text(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{self:?}");
        self.out
    }

    fn json(self) -> Value {
        serde_json::from_str(&self.text()).unwrap()
    }

    /// Not done: the exit code, and one line on standard error that is returned bare.
    fn refusal(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (Some(code), ""), "{self:?}");
        assert_eq!(self.err.lines().count(), 1, "{self:?}");
        let message = self.err.strip_prefix("planwise: ").unwrap();
        message.trim_end().to_owned()
    }
}

/// Runs a line of words without blanks in an empty home.
fn run(line: &str) -> Ran {
    Home::new().run(line.split_whitespace())
}

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cli");
    path.join(name).to_str().unwrap().to_owned()
}

mod cost {
    use super::*;

    fn usd(line: &str) -> Vec<(String, Option<String>)> {
        run(&format!("cost --format json {line}")).json()["models"]
            .as_array()
            .unwrap()
            .iter()
            .map(|model| {
                let text = |key: &str| model[key].as_str().map(str::to_owned);
                (text("id").unwrap(), text("usd"))
            })
            .collect()
    }

    fn one(line: &str) -> Option<String> {
        let models = usd(line);
        assert_eq!(models.len(), 1);
        models.into_iter().next().unwrap().1
    }

    #[test]
    fn the_articles_examples_come_out_exactly() {
        let sonnet = "--catalog article --model claude-sonnet-4-5";
        for (volume, expected) in [
            ("--input 500k --output 200k", "4.5"),
            ("--input 2M --output 800k", "18"),
            ("--input 10M --output 0", "30"),
        ] {
            assert_eq!(one(&format!("{sonnet} {volume}")).as_deref(), Some(expected));
        }
    }

    #[test]
    fn the_json_has_its_fields_and_no_others() {
        let ran = run("cost --input 2,5M --output 1_000 --catalog article --format json");
        insta::assert_snapshot!(ran.text());
    }

    #[test]
    fn the_list_is_named_before_or_after_the_command() {
        let volume = "--input 1M --output 1M --format json";
        let before = run(&format!("--catalog article cost {volume}")).text();
        let after = run(&format!("cost {volume} --catalog=article")).text();
        assert_eq!(before, after);
        assert_ne!(before, run(&format!("cost {volume}")).text());
    }

    #[test]
    fn without_a_name_every_current_model_is_priced() {
        let ids: Vec<String> =
            usd("--input 1M --output 1M").into_iter().map(|(id, _)| id).collect();
        assert_eq!(
            ids,
            ["claude-sonnet-5-5", "claude-opus-5-5", "claude-haiku-5-5", "claude-fable-5-2"]
        );
    }

    #[test]
    fn models_come_in_the_order_asked_and_aliases_as_ids() {
        let models =
            usd("--input 1M --output 0 --model claude-opus-5-5 --model claude-haiku-4-5-20251001 \
             --model claude-opus-5-5");
        let expected =
            [("claude-opus-5-5", "4"), ("claude-haiku-4-5", "1"), ("claude-opus-5-5", "4")];
        let expected = expected.map(|(id, usd)| (id.to_owned(), Some(usd.to_owned())));
        assert_eq!(models, expected);
    }

    #[test]
    fn every_share_counts() {
        let sonnet = "--catalog article --model claude-sonnet-4-5 --input 1M --output 1M";
        for (shares, expected) in [
            ("", "18"),
            ("--cache-read 20", "17.46"),
            ("--cache-write 20", "18.15"),
            ("--cache-write-1h 20", "18.6"),
            ("--cache-read 50 --cache-write 25 --cache-write-1h 25", "17.5875"),
            ("--batch 50", "13.5"),
            ("--thinking 1000", "168"),
            ("--cache-read 33.3333 --batch 12.3456 --thinking 0.0001", "16.0444661185248"),
        ] {
            assert_eq!(one(&format!("{sonnet} {shares}")).as_deref(), Some(expected), "{shares}");
        }
    }

    #[test]
    fn the_size_of_a_prompt_chooses_its_price() {
        let haiku = "--model claude-haiku-5-5 --input 1M --output 0";
        assert_eq!(one(haiku).as_deref(), Some("0.1"));
        let long = one(&format!("{haiku} --prompt-tokens 100,001"));
        assert_eq!(long.as_deref(), Some("0.5"));
    }

    #[test]
    fn an_unpriced_model_is_null_and_no_failure() {
        let mythos = "--model claude-mythos-preview --input 1M --output 1M";
        assert_eq!(one(mythos).as_deref(), Some("60"));
        assert_eq!(one(&format!("{mythos} --batch 1")), None);
        assert_eq!(one("--model claude-mythos-preview --input 0 --output 0").as_deref(), Some("0"));
    }

    #[test]
    fn money_has_no_exponent() {
        let sonnet = "--model claude-sonnet-5-5";
        let least = one(&format!("{sonnet} --input 1 --output 0"));
        assert_eq!(least.as_deref(), Some("0.000002"));
        let most = one(&format!("{sonnet} --input 1e12 --output 1e12"));
        assert_eq!(most.as_deref(), Some("12000000"));
    }

    #[test]
    fn the_text_is_a_table_beside_pro() {
        insta::assert_snapshot!(run("cost --input 2.5M --output 800k").text());
    }

    #[test]
    fn the_text_says_what_is_special() {
        let text =
            run("cost --input 2M --output 1M --cache-read 33.3333 --cache-write 10 --batch 50 \
             --thinking 20 --prompt-tokens 8k --model claude-opus-4-1 --model claude-haiku-5-5 \
             --model claude-mythos-preview --model claude-3-5-sonnet --model claude-3-5-sonnet")
            .text();
        insta::assert_snapshot!(text);
    }

    #[test]
    fn no_line_is_wider_than_a_terminal() {
        for line in [
            "cost --input 1e12 --output 1e12 --thinking 1000",
            "cost --input 1e12 --output 1e12 --thinking 1000 --model claude-3-5-sonnet-20240620 \
             --model claude-mythos-preview",
        ] {
            for line in run(line).text().lines() {
                assert!(line.chars().count() <= 80, "{line}");
            }
        }
    }

    #[test]
    fn a_model_is_retired_from_its_day_on() {
        let home = Home::new();
        let args = "cost --input 1 --output 1 --model claude-sonnet-4-5";
        let before = home.run(args.split(' ')).text();
        assert!(!before.contains("(retired)"), "{before}");
        let after = home
            .command()
            .args(args.split(' '))
            .env("SOURCE_DATE_EPOCH", "1796342400")
            .output()
            .unwrap();
        let after = String::from_utf8(after.stdout).unwrap();
        assert!(after.contains("Sonnet 4.5 (retired)"), "{after}");
    }

    #[test]
    fn before_the_first_release_there_is_nothing_to_price() {
        let home = Home::new();
        let mut command = home.command();
        let command = command.args(["cost", "--input", "1", "--output", "1"]);
        let output = command.env("SOURCE_DATE_EPOCH", "0").output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            "planwise: the price list of 2026-11-20 has no current model with a price; use a \
             newer list\n"
        );
    }

    #[test]
    fn wrong_use_is_told_with_the_remedy() {
        let volume = "cost --input 1 --output 1";
        let numbers = "type one such as 2.5M, 800k, 1,000,000 or 1e6";
        let percent = "is not a percentage from 0 to 100 with at most four decimals";
        let current = "claude-sonnet-5-5, claude-opus-5-5, claude-haiku-5-5, claude-fable-5-2";
        for (line, message) in [
            (
                "cost".to_owned(),
                "missing '--input <N>' and '--output <N>'; see 'planwise cost --help'".to_owned(),
            ),
            (
                "cost --input 1".to_owned(),
                "missing '--output <N>'; see 'planwise cost --help'".to_owned(),
            ),
            (
                "cost --input --output 1".to_owned(),
                "'--input' needs a value; see 'planwise cost --help'".to_owned(),
            ),
            (
                "cost --input many --output 1".to_owned(),
                format!("'--input': 'many' is not a number of tokens; {numbers}"),
            ),
            (
                "cost --input 1 --output -1".to_owned(),
                format!("'--output': '-1' is not a number of tokens; {numbers}"),
            ),
            (
                "cost --input 1 --output -2.5M".to_owned(),
                "a number is negative; give 0 or more; see 'planwise cost --help'".to_owned(),
            ),
            (
                "cost --input 0.5 --output 1".to_owned(),
                "'--input': '0.5' is not a whole number of tokens; add digits or a unit such as \
                 k or M"
                    .to_owned(),
            ),
            (
                "cost --input 1000000000001 --output 1".to_owned(),
                "'--input': '1000000000001' is more than 1,000,000,000,000 tokens a month; type a \
                 smaller number"
                    .to_owned(),
            ),
            (
                format!("{volume} --prompt-tokens x"),
                format!("'--prompt-tokens': 'x' is not a number of tokens; {numbers}"),
            ),
            (format!("{volume} --cache-read 101"), format!("'--cache-read': '101' {percent}")),
            (format!("{volume} --batch 1.00001"), format!("'--batch': '1.00001' {percent}")),
            (format!("{volume} --cache-write -1"), format!("'--cache-write': '-1' {percent}")),
            (
                format!("{volume} --thinking 1000.5"),
                "'--thinking': '1000.5' is not a percentage from 0 to 1000 with at most four \
                 decimals"
                    .to_owned(),
            ),
            (
                format!("{volume} --cache-read 60 --cache-write 40 --cache-write-1h 0.0001"),
                "'--cache-read', '--cache-write' and '--cache-write-1h' are 100.0001% together; they share one input, so give at most 100%"
                    .to_owned(),
            ),
            (
                format!("{volume} --model claude-sonet-5-5"),
                format!(
                    "model 'claude-sonet-5-5' is not in the price list (did you mean \
                     'claude-sonnet-5-5'?); name one of {current}"
                ),
            ),
            (
                format!("{volume} --model gpt"),
                format!("model 'gpt' is not in the price list; name one of {current}"),
            ),
            (
                format!("{volume} --format xml"),
                "'--format': 'xml' is not one of text, json".to_owned(),
            ),
            (format!("{volume} --input 2"), "'--input' is given twice; give it once".to_owned()),
            (format!("{volume} 3"), "unknown argument '3'; see 'planwise cost --help'".to_owned()),
            (
                format!("{volume} --catalog="),
                "'--catalog': no list named; give builtin, article or a file".to_owned(),
            ),
        ] {
            assert_eq!(run(&line).refusal(2), message, "{line}");
        }
    }
}

mod price_list {
    use super::*;

    const VOLUME: [&str; 5] = ["cost", "--input", "1M", "--output", "1M"];

    fn cost(home: &Home, more: &[&str]) -> Ran {
        home.run(VOLUME.iter().chain(more))
    }

    /// What is said about a list with these bytes, its folder left out.
    fn refusal(bytes: impl AsRef<[u8]>) -> String {
        let home = Home::new();
        let path = home.file("list.json", bytes);
        let message = cost(&home, &["--catalog", &path]).refusal(1);
        message.replace(&format!("{}/", home.0.path().display()), "")
    }

    fn refusal_after(from: &str, to: &str) -> String {
        let list = fs::read_to_string(fixture("prices.json")).unwrap();
        assert!(list.contains(from), "{from}");
        refusal(list.replacen(from, to, 1))
    }

    #[test]
    fn a_list_from_a_file_is_used_and_its_path_not_told() {
        let list = fixture("prices.json");
        let more = ["--catalog", &list, "--format", "json"];
        let json = cost(&Home::new(), &more).json();
        assert_eq!(json["catalog"]["id"], "file");
        assert_eq!(json["catalog"]["as_of"], "2026-10-01");
        assert_eq!(json["pro_usd"], "25");
        assert_eq!(json["models"][0]["usd"], "5");
        assert_eq!(json["models"][1]["usd"], Value::Null);
        insta::assert_snapshot!(cost(&Home::new(), &["--catalog", &list]).text());
    }

    #[test]
    fn the_own_list_is_used_unless_another_is_named() {
        let home = Home::new();
        let list = fs::read(fixture("prices.json")).unwrap();
        home.file("config/planwise/catalog.json", list);
        let text = cost(&home, &[]).text();
        assert!(text.contains("Prices: your list of 2026-10-01,"), "{text}");
        let text = cost(&home, &["--catalog", "builtin"]).text();
        assert!(text.contains("Prices: the built-in list of 2026-11-20,"), "{text}");
        let text = cost(&home, &["--catalog", "article"]).text();
        assert!(text.contains("Prices: the article's list of 2026-04-01,"), "{text}");
    }

    #[test]
    fn a_broken_own_list_is_never_passed_over_in_silence() {
        let home = Home::new();
        let path = home.file("config/planwise/catalog.json", "{}");
        assert_eq!(
            cost(&home, &[]).refusal(1),
            format!(
                "your own price list cannot be used ('--catalog builtin' goes without it): cannot \
                 use '{path}': price list: the file: 'currency' is missing; add it"
            )
        );
        assert_eq!(cost(&home, &["--catalog", "builtin"]).code, Some(0));
    }

    #[test]
    fn a_word_with_a_folder_is_a_file() {
        assert_eq!(
            cost(&Home::new(), &["--catalog", "./article"]).refusal(1),
            "cannot read './article': it does not exist; check the path"
        );
        assert_eq!(
            cost(&Home::new(), &["--catalog", "Builtin"]).refusal(1),
            "cannot read 'Builtin': it does not exist; check the path"
        );
    }

    #[test]
    fn a_bad_file_is_named_with_the_reason() {
        assert_eq!(
            cost(&Home::new(), &["--catalog", "/"]).refusal(1),
            "cannot read '/': it is a folder; name a file in it"
        );
        for (bytes, message) in [
            (b"".as_slice(), "cannot read 'list.json': it is empty; name a file with text in it"),
            (
                b"\xff",
                "cannot read 'list.json': it is not UTF-8 text at byte offset 0 (line 1); save it \
                 as UTF-8 and try again",
            ),
            (
                b"{\"key\": \"sk-ant-api03-Zq7\"}",
                "refused to read 'list.json': line 1 holds what looks like a secret key; remove \
                 the key and try again",
            ),
            (b"[]", "cannot use 'list.json': price list: the file: must be an object in braces"),
            (
                b"prices",
                "cannot use 'list.json': price list: the file: is not JSON: expected value at \
                 line 1 column 1",
            ),
        ] {
            assert_eq!(refusal(bytes), message);
        }
    }

    #[test]
    fn a_wrong_row_is_named_with_the_reason() {
        let wrong = "cannot use 'list.json': price list: model";
        assert_eq!(
            refusal_after("\"claude-opus-test\"", "\"claude-sonnet-test\""),
            format!(
                "{wrong} 'claude-sonnet-test': this id or alias is in the list twice; keep one"
            )
        );
        assert_eq!(
            refusal_after("\"output\": \"4\",", ""),
            format!(
                "{wrong} 'claude-sonnet-test', price row 1: 'output' is missing; add it, with \
                 null where it is unknown"
            )
        );
        assert_eq!(
            refusal_after("\"input\": \"5\"", "\"input\": \"-5\""),
            format!(
                "{wrong} 'claude-opus-test', price row 1: 'input' is negative ('-5'); a price is \
                 0 or more"
            )
        );
        let row = r#"{"from": null, "to": null, "above_prompt_tokens": 0, "input": "9",
            "output": null, "cache_write_5m": null, "cache_write_1h": null, "cache_read": null,
            "batch_input": null, "batch_output": null, "fast_input": null, "fast_output": null},"#;
        assert_eq!(
            refusal_after("\"prices\": [", &format!("\"prices\": [{row}")),
            format!(
                "{wrong} 'claude-sonnet-test', price row 2: its dates overlap those of price row \
                 1 for the same prompt size; end one where the other begins"
            )
        );
        assert_eq!(
            refusal_after("Claude Opus Test", "Claude\\u001b[31m Opus"),
            format!("{wrong} 'claude-opus-test': 'name' holds a control character; remove it")
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_hundred_mebibytes_are_refused_unread() {
        let home = Home::new();
        let path = home.file("list.json", "");
        let file = fs::File::create(&path).unwrap();
        file.set_len(100 * 1024 * 1024).unwrap();
        for args in [
            ["cost", "--input", "1", "--output", "1", "--catalog"].as_slice(),
            ["decide", "--answers"].as_slice(),
        ] {
            let message = home.run(args.iter().chain([&path.as_str()])).refusal(1);
            assert_eq!(
                message,
                format!("cannot read '{path}': it is larger than 16 MiB; name a smaller file")
            );
        }
    }
}

mod wrong_use {
    use super::*;

    #[test]
    fn an_unknown_word_is_named_with_its_neighbour() {
        for (line, message) in [
            (
                "decied",
                "unknown command 'decied' (did you mean 'decide'?); use decide, cost, usage, fit, \
                 replay, compare, sweep, schema, config, completions or man, or none for the wizard",
            ),
            (
                "--ansers x",
                "unknown argument '--ansers' (did you mean '--answers'?); see 'planwise --help'",
            ),
            ("--theme dark", "'--theme': 'dark' is not one of terminal, contrast, mono"),
            ("--color", "'--color' needs a value; see 'planwise --help'"),
            (
                "--ascii --glyphs full",
                "'--ascii' and '--glyphs' exclude each other; give one of them",
            ),
            (
                "--answers a.json decide",
                "'--answers' before 'decide' is for the wizard; leave it out, or put it after \
                 'decide' if 'planwise decide --help' lists it",
            ),
            (
                "--answers a.json decide --answers a.json",
                "'--answers' before 'decide' is for the wizard; leave it out, or put it after \
                 'decide' if 'planwise decide --help' lists it",
            ),
            ("decide", "missing '--answers <FILE|->'; see 'planwise decide --help'"),
            (
                "--answers -",
                "the wizard needs standard input for its keys; name a file, or use 'planwise \
                 decide --answers -'",
            ),
            (
                "decide --answers a.json --force",
                "missing '--output <PATH>'; see 'planwise decide --help'",
            ),
            (
                "decide --answers a.json --format docx",
                "'--format': 'docx' is not one of text, json, markdown, html",
            ),
        ] {
            assert_eq!(run(line).refusal(2), message, "{line}");
        }
    }

    #[test]
    fn the_wizard_needs_a_terminal_and_invents_nothing() {
        for line in ["", "--answers missing.json", "--catalog article --no-state"] {
            let home = Home::new();
            assert_eq!(
                home.run_with("1\n1\n1\n", line.split_whitespace()).refusal(2),
                "the wizard needs a terminal to ask its questions; without one use 'planwise \
                 decide --answers FILE --format json'"
            );
            assert_eq!(fs::read_dir(home.0.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn a_secret_key_is_refused_wherever_it_stands_and_never_shown() {
        for (line, place) in [
            ("sk-ant-api03-Zq7", 1),
            ("--answers=/tmp/SK-ANT-api03-Zq7.json", 1),
            ("--catalog sk-ant-api03-Zq7 cost --input 1 --output 1", 2),
            ("cost --input sk-ant-api03-Zq7 --output 1", 3),
            ("cost --input 1 --output 1 --model sk-ant-api03-Zq7", 7),
            ("decide --answers a --output sk-ant-api03-Zq7", 5),
            ("--help --sk-ant-api03-Zq7", 2),
        ] {
            assert_eq!(
                run(line).refusal(2),
                format!(
                    "argument {place} holds what looks like a secret key; planwise never needs \
                     one, leave it out"
                ),
                "{line}"
            );
        }
    }

    #[test]
    #[cfg(unix)]
    fn an_argument_that_is_no_text_is_refused() {
        use std::os::unix::ffi::OsStrExt;

        let home = Home::new();
        let args = [b"decide".as_slice(), b"--answers", b"caf\xe9\x1b[2J.json"];
        assert_eq!(
            home.run(args.map(OsStr::from_bytes)).refusal(2),
            "argument 3 is not UTF-8 text: 'caf\u{fffd}\u{fffd}[2J.json'; rename the file, or use \
             '-' for a standard stream"
        );
        // A key beside it is found first and not shown.
        let args = [b"\xff".as_slice(), b"\xffsk-ant-api03-Zq7"];
        let message = home.run(args.map(OsStr::from_bytes)).refusal(2);
        assert!(message.starts_with("argument 2 holds"), "{message}");
    }

    #[test]
    fn what_is_repeated_cannot_steer_the_terminal() {
        let home = Home::new();
        let evil = "x\u{1b}]0;owned\u{7}\u{202e}\r\nplanwise: ok";
        for args in [
            vec![evil],
            vec!["--catalog", evil, "cost", "--input", "1", "--output", "1"],
            vec!["cost", "--input", evil, "--output", "1"],
            vec!["cost", "--input", "1", "--output", "1", "--batch", evil],
            vec!["cost", "--input", "1", "--output", "1", "--model", evil],
            vec!["cost", "--input", "1", "--output", "1", "--format", evil],
            vec!["--theme", evil],
            vec!["decide", "--answers", evil],
        ] {
            let ran = home.run(&args);
            assert!(ran.code == Some(1) || ran.code == Some(2), "{ran:?}");
            assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
            let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!ran.err.contains(steers), "{ran:?}");
        }
    }

    #[test]
    fn a_bad_clock_is_named() {
        let home = Home::new();
        let output = home
            .command()
            .args(["cost", "--input", "1", "--output", "1"])
            .env("SOURCE_DATE_EPOCH", "sk-ant-api03-Zq7")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            "planwise: a message held what looks like a secret key and is not shown\n"
        );
    }
}

mod help {
    use super::*;

    #[test]
    fn the_program_explains_itself() {
        insta::assert_snapshot!("help", run("--help").text());
        insta::assert_snapshot!("help_decide", run("decide --help").text());
        insta::assert_snapshot!("help_cost", run("cost --help").text());
        insta::assert_snapshot!("help_short", run("-h").text());
        assert_eq!(run("help cost").text(), run("cost --help").text());
    }

    #[test]
    fn the_version_is_that_of_the_package() {
        let expected = concat!("planwise ", env!("CARGO_PKG_VERSION"), "\n");
        assert_eq!(run("--version").text(), expected);
        assert_eq!(run("-V").text(), expected);
    }

    #[test]
    fn help_needs_nothing() {
        let home = Home::new();
        home.file("config/planwise/catalog.json", "broken");
        for line in ["--help", "--version", "--catalog missing.json cost --help"] {
            home.run(line.split(' ')).text();
        }
        let mut bare = home.command();
        let bare = bare.env_clear().env("SOURCE_DATE_EPOCH", "x").arg("--help");
        assert!(bare.output().unwrap().status.success());
    }

    #[test]
    fn the_help_fits_a_narrow_terminal() {
        for line in ["--help", "-h", "decide --help", "cost --help"] {
            for line in run(line).text().lines() {
                assert!(line.chars().count() <= 80, "{line}");
            }
        }
    }

    /// The examples are meant to be copied, so each must be understood.
    #[test]
    fn the_examples_of_cost_work() {
        let help = run("cost --help").text().replace("\\\n", " ");
        let examples: Vec<&str> =
            help.lines().filter_map(|line| line.trim().strip_prefix("planwise cost ")).collect();
        assert_eq!(examples.len(), 4);
        for example in examples {
            run(&format!("cost {example}")).text();
        }
    }
}

mod streams {
    use super::*;

    const LINES: [&str; 3] = ["--help", "cost --input 1M --output 1M", "--version"];

    #[test]
    fn a_reader_that_left_is_no_error() {
        for line in LINES {
            let (reader, writer) = io::pipe().unwrap();
            drop(reader);
            let home = Home::new();
            let mut command = home.command();
            let command = command.args(line.split(' ')).stdout(writer);
            let output = command.stderr(Stdio::piped()).output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{line}");
            assert!(output.stderr.is_empty(), "{line}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_an_error() {
        for line in LINES {
            let full = fs::OpenOptions::new().write(true).open("/dev/full");
            let home = Home::new();
            let mut command = home.command();
            let command = command.args(line.split(' ')).stdout(full.unwrap());
            let output = command.stderr(Stdio::piped()).output().unwrap();
            assert_eq!(output.status.code(), Some(1), "{line}");
            assert_eq!(
                String::from_utf8(output.stderr).unwrap(),
                "planwise: cannot write to standard output: No space left on device (os error \
                 28); what came out is not complete, send it to a place with room\n"
            );
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn nobody_listening_to_an_error_changes_nothing() {
        let full = fs::OpenOptions::new().write(true).open("/dev/full");
        let home = Home::new();
        let mut command = home.command();
        let status = command.arg("--nonsense").stderr(full.unwrap()).status();
        assert_eq!(status.unwrap().code(), Some(2));
    }
}

mod decide {
    use super::*;

    fn answers() -> String {
        fs::read_to_string(fixture("answers.json")).unwrap()
    }

    /// Assesses a text from standard input.
    fn assess(json: &str, more: &[&str]) -> Ran {
        Home::new().run_with(json, ["decide", "--answers", "-"].iter().chain(more))
    }

    /// The same answers with one part replaced.
    fn with(from: &str, to: &str) -> String {
        let json = answers();
        assert!(json.contains(from), "{from}");
        json.replacen(from, to, 1)
    }

    fn complaint(json: &str) -> String {
        let message = assess(json, &[]).refusal(1);
        let reason = message.strip_prefix("cannot use standard input: ");
        reason.unwrap_or(&message).to_owned()
    }

    #[test]
    fn a_file_and_standard_input_give_the_same() {
        let path = fixture("answers.json");
        let more = ["--catalog", "article", "--format", "json"];
        let file = Home::new().run(["decide", "--answers", &path].iter().chain(&more));
        let json = file.json();
        assert_eq!(json["result"]["outcome"], "pro");
        assert_eq!(json["result"]["costs_usd"]["api"], "4.5");
        assert_eq!(json["catalog"]["id"], "article");
        assert_eq!(assess(&answers(), &more).json(), json);
    }

    #[test]
    fn every_format_ends_its_last_line() {
        for format in ["text", "json", "markdown"] {
            let text = assess(&answers(), &["--format", format]).text();
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{text:?}");
            assert!(!text.contains('\u{1b}'), "{text:?}");
        }
        assert_eq!(
            assess(&answers(), &[]).text(),
            assess(&answers(), &["--format", "text"]).text()
        );
        assert!(assess(&answers(), &["--format", "markdown"]).text().starts_with("# "));
    }

    #[test]
    fn the_report_is_saved_and_its_path_told_beside_it() {
        let home = Home::new();
        let input = fixture("answers.json");
        let args = ["decide", "--answers", &input, "--output", "choice.json"];
        let ran = home.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
        assert_eq!(ran.err, "saved: 'choice.json'\n");
        let saved = fs::read_to_string(home.path("choice.json")).unwrap();
        let printed = home.run(["decide", "--answers", &input, "--format", "json"]);
        assert_eq!(saved, printed.text());
        let dash = home.run(args[..3].iter().chain(&["--output", "-", "--format", "json"]));
        assert_eq!(saved, dash.text());

        fs::write(home.path("choice.json"), "mine").unwrap();
        assert_eq!(
            home.run(args).refusal(1),
            "cannot save to 'choice.json': it exists already; choose another name, or replace it \
             (the old file is kept as '.bak') with '--force'"
        );
        assert_eq!(fs::read(home.path("choice.json")).unwrap(), b"mine");

        let ran = home.run(args.iter().chain(&["--force"]));
        assert_eq!(ran.err, "saved: 'choice.json'\n");
        assert_eq!(fs::read_to_string(home.path("choice.json")).unwrap(), saved);
        assert_eq!(fs::read(home.path("choice.json.bak")).unwrap(), b"mine");
    }

    #[test]
    fn a_place_that_cannot_be_saved_to_is_named() {
        let home = Home::new();
        let input = fixture("answers.json");
        let save = |to: &str| {
            let args = ["decide", "--answers", &input, "--output", to, "--force"];
            home.run(args).refusal(1)
        };
        assert_eq!(
            save("none/choice.md"),
            "cannot save into 'none': the folder does not exist; create it or choose another \
             folder"
        );
        fs::create_dir(home.path("folder")).unwrap();
        assert_eq!(
            save("folder"),
            "cannot save to 'folder': it is a folder; add the name of a file"
        );
        let name = "x".repeat(300);
        assert_eq!(
            save(&name),
            format!(
                "cannot save to '{}...{}': the name has 300 bytes and 255 fit; shorten it by 45",
                "x".repeat(18),
                "x".repeat(9)
            )
        );
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("elsewhere", home.path("link")).unwrap();
            assert_eq!(
                save("link"),
                "cannot save to 'link': it is a link to './elsewhere'; save there directly or \
                 choose another name"
            );
            assert_eq!(
                save("/dev/null"),
                "cannot save to '/dev/null': it is a pipe, socket or device; choose another name, \
                 or '-' for standard output"
            );
        }
        let mut names: Vec<_> =
            fs::read_dir(home.0.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["folder", "link"]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let home = Home::new();
        let read = |path: &str| home.run(["decide", "--answers", path]).refusal(1);
        assert_eq!(read("none.json"), "cannot read 'none.json': it does not exist; check the path");
        assert_eq!(read("."), "cannot read '.': it is a folder; name a file in it");
        home.file("empty.json", " \n");
        assert_eq!(
            read("empty.json"),
            "cannot read 'empty.json': it is empty; name a file with text in it"
        );
        home.file("latin.json", b"{\n\"\xe9\": 1}");
        assert_eq!(
            read("latin.json"),
            "cannot read 'latin.json': it is not UTF-8 text at byte offset 3 (line 2); save it as \
             UTF-8 and try again"
        );
        home.file("key.json", "{\"note\": \"sk-ant-api03-Zq7\"}");
        assert_eq!(
            read("key.json"),
            "refused to read 'key.json': line 1 holds what looks like a secret key; remove the \
             key and try again"
        );
        let stdin = |bytes: &[u8]| {
            let ran = home.run_with(bytes, ["decide", "--answers", "-"]);
            ran.refusal(1)
        };
        assert_eq!(
            stdin(b""),
            "cannot read standard input: it is empty; name a file with text in it"
        );
        assert_eq!(
            stdin(b"\xff"),
            "cannot read standard input: it is not UTF-8 text at byte offset 0 (line 1); save it \
             as UTF-8 and try again"
        );
    }

    #[test]
    fn unknown_fields_are_named_once_and_do_no_harm() {
        let ran = assess(&with("{\n \"answers\"", "{\"colour\\u001b[31m\": 1, \"answers\""), &[]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(
            ran.err,
            "planwise: standard input: ignored the unknown field 'colour\u{fffd}[31m'; check the \
             spelling\n"
        );
        assert_eq!(ran.out, assess(&answers(), &[]).text());
    }

    #[test]
    fn a_missing_answer_names_the_question_and_its_options() {
        let json = with(", \"billing\": \"flat\"", "");
        let message = complaint(&json);
        for word in ["billing", "flat", "either", "metered"] {
            assert!(message.contains(word), "{message}");
        }
        assess(&json, &["--assume-defaults"]).text();
        assess("{\"answers\": {}}", &["--assume-defaults"]).text();
    }

    #[test]
    fn who_gave_each_answer_survives_a_save_in_every_format() {
        let mut file =
            assess("{\"answers\": {}}", &["--assume-defaults", "--format", "json"]).json();
        file["answer_origin"]["session"] = "usage".into();
        file["answer_origin"]["limits"] = "user".into();
        let saved = file.to_string();
        let again = assess(&saved, &["--format", "json"]).json();
        for field in ["answer_origin", "answers", "usage"] {
            assert_eq!(again[field], file[field], "{field}");
        }
        assert_eq!(again["usage"]["volume_origin"], "assumed");
        let text = assess(&saved, &[]).text();
        assert!(text.contains("Answer: Moderate; From: read from your usage"), "{text}");
        assert!(text.contains("From: assumed"), "{text}");
        let markdown = assess(&saved, &["--format", "markdown"]).text();
        assert!(markdown.contains("| read from your usage |"), "{markdown}");
        assert!(markdown.contains("| assumed |"), "{markdown}");
        let html = assess(&saved, &["--format", "html"]).text();
        assert!(html.contains("<bdi>read from your usage</bdi>"), "{html}");
    }

    #[test]
    fn a_saved_report_is_remembered_unless_no_state_is_asked_for() {
        let home = Home::new();
        let save = |name: &str, more: &[&str]| {
            let args = [&["decide", "--answers", "-", "--output", name], more].concat();
            assert_eq!(home.run_with(answers(), &args).code, Some(0));
            home.path("state/planwise/report.json")
        };
        assert!(!save("a.json", &["--no-state"]).exists());
        // Whatever its own format is.
        let kept = save("b.md", &[]);
        let report = planwise::report::read_report(&fs::read_to_string(kept).unwrap()).unwrap();
        assert_eq!(report.day.to_string(), "2026-11-22");
    }

    #[test]
    fn what_is_assumed_is_said() {
        let json = assess("{\"answers\": {}}", &["--assume-defaults", "--format", "json"]).json();
        assert_eq!(json["answers"]["limits"], "unknown");
        assert_eq!(json["answers"]["session"], "moderate");
        assert_eq!(json["answer_origin"]["interface"], "assumed");
        assert_eq!(json["usage"]["input_tokens"], 500_000);
        assert_eq!(json["usage"]["output_tokens"], 200_000);
        assert_ne!(json["result"]["strength"], "clear");
    }

    #[test]
    fn a_model_without_a_price_is_an_error_that_names_others() {
        let home = Home::new();
        let list = fixture("prices.json");
        let json = with("200000}", "200000, \"model\": \"claude-opus-test\"}");
        let args = ["decide", "--answers", "-", "--catalog", &list];
        assert_eq!(
            home.run_with(&json, args).refusal(1),
            "cannot use standard input: model 'claude-opus-test' has no output price for this \
             month; choose one of claude-sonnet-test"
        );
    }

    #[test]
    fn an_unknown_model_in_a_file_is_no_wrong_use() {
        let message = complaint(&with("200000}", "200000, \"model\": \"claude-sonet-5-5\"}"));
        assert!(message.contains("'claude-sonet-5-5'"), "{message}");
        assert!(message.contains("did you mean 'claude-sonnet-5-5'?"), "{message}");
    }

    #[test]
    fn the_time_comes_from_the_environment() {
        let json = assess(&answers(), &["--format", "json"]).json();
        let created = json["created"].as_str().unwrap();
        assert!(created.starts_with("2026-11-22T14:05:00"), "{created}");
        assert_eq!(assess(&answers(), &[]).text(), assess(&answers(), &[]).text());
    }

    #[test]
    fn a_saved_report_is_an_answers_file() {
        let first = assess(&answers(), &["--format", "json"]).text();
        assert_eq!(assess(&first, &["--format", "json"]).text(), first);
    }

    #[test]
    fn bad_content_is_told_with_the_place_and_the_remedy() {
        let usage = |more: &str| with("200000}", &format!("200000, {more}}}"));
        let output = |value: &str| with("200000}", &format!("{value}}}"));
        for (json, words) in [
            ("answers".to_owned(), vec!["JSON"]),
            ("[]".to_owned(), vec!["object"]),
            ("{\"answers\": [], \"usage\": {}}".to_owned(), vec!["answers"]),
            (
                with("\"session\": \"moderate\"", "\"session\": \"long\""),
                vec!["session", "'long'", "short", "moderate", "marathon"],
            ),
            (
                with("\"session\": \"moderate\"", "\"session\": \"\\u001b[31m\""),
                vec!["session", "short"],
            ),
            (with("\"session\": \"moderate\"", "\"session\": 2"), vec!["session", "short"]),
            (output("-1"), vec!["output_tokens"]),
            (output("2.5"), vec!["output_tokens"]),
            (output("3e6"), vec!["output_tokens"]),
            (output("\"3\""), vec!["output_tokens"]),
            (output("1000000000001"), vec!["output_tokens"]),
            (output(&"9".repeat(400)), vec!["line 6", "out of range"]),
            (usage("\"outside_share_pct\": 101"), vec!["outside_share_pct"]),
            (usage("\"batch_pct\": 101"), vec!["batch_pct"]),
            (usage("\"cache_read_pct\": 60, \"cache_write_pct\": 41"), vec!["100"]),
            (
                with("{\n \"answers\"", "{\"schema_version\": 2, \"answers\""),
                vec!["schema version 2"],
            ),
        ] {
            let ran = assess(&json, &[]);
            assert!(!ran.err.contains('\u{1b}'), "{ran:?}");
            let message = ran.refusal(1);
            for word in words {
                assert!(message.contains(word), "no '{word}' for {json}: {message}");
            }
        }
    }

    #[test]
    fn the_price_list_of_the_report_is_told() {
        let list = fixture("prices.json");
        let text = assess(&answers(), &["--catalog", &list]).text();
        assert!(text.contains("your list of\n2026-10-01"), "{text}");
        let json = assess(&answers(), &["--catalog", &list, "--format", "json"]).json();
        assert_eq!(json["catalog"]["id"], "file");
        assert_eq!(json["result"]["costs_usd"]["pro"], "25");
    }
}
