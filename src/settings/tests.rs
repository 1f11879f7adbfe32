//! The sample, the keys, and everything that can be wrong with a file.

use super::*;

/// The sample with every key uncommented.
fn uncommented() -> String {
    let sample = Settings::sample();
    let lines = sample.lines().filter(|line| !line.starts_with("##"));
    // Skip the introduction, which stays a comment.
    lines
        .skip_while(|line| !line.is_empty())
        .flat_map(|line| [line.strip_prefix("# ").unwrap_or(line), "\n"])
        .collect()
}

fn problems(text: &str) -> Vec<String> {
    Settings::read(text).problems.iter().map(Problem::to_string).collect()
}

#[test]
fn the_sample_says_every_key_with_its_default() {
    let text = uncommented();
    assert_eq!(text.matches(" = ").count(), KEYS.len(), "{text}");
    let read = Settings::read(&text);
    assert_eq!((read.settings, read.problems), (Settings::default(), Vec::new()));
    assert_eq!(Settings::read(&Settings::sample()), Reading::default());
    for key in KEYS {
        let line = format!("\n{} = {}\n", key.name, key.shown(&Settings::default()));
        assert!(text.contains(&line), "{line}");
    }
    assert!(Settings::sample().lines().all(|line| line.chars().count() <= 90));
    insta::assert_snapshot!("sample", Settings::sample());
}

#[test]
fn every_key_is_read_and_written_back_the_same() {
    let text = "plain = true\ntheme = \"mono\"\ncolor = \"never\"\nglyphs = \"ascii\"\nmouse = true\n\
                folder = \"~/reports\"\nmodel = \"claude-opus-5-5\"\npro_price = 17.50\n\
                hour_value = 40\ncatalog = \"/srv/prices.json\"\n";
    let reading = Settings::read(text);
    assert_eq!(reading.problems, []);
    let settings = reading.settings;
    let default = Settings::default();
    for key in KEYS {
        assert_ne!(key.shown(&settings), key.shown(&default), "{} was not read", key.name);
    }
    assert_eq!(settings.pro_price, ProPrice::Other(Decimal::new(175, 1)));
    assert_eq!(settings.hour_value, Some(Decimal::from(40)));
    let line = |key: &Key| [key.name, " = ", &key.shown(&settings), "\n"].concat();
    let written: String = KEYS.iter().map(line).collect();
    assert_eq!(Settings::read(&written).settings, settings);
}

#[test]
fn a_price_is_as_exact_as_it_was_written() {
    for (typed, price) in [("17.10", "17.1"), ("\"0.01\"", "0.01"), ("10000", "10000")] {
        let settings = Settings::read(&format!("pro_price = {typed}")).settings;
        assert_eq!(settings.pro_price, ProPrice::Other(price.parse().unwrap()), "{typed}");
    }
    for typed in ["0", "-5", "1e3", "10_000", "17.555", "nan", "0x11", "true", "[1]"] {
        let said = problems(&format!("pro_price = {typed}"));
        assert_eq!(said.len(), 1, "{typed}");
        assert!(said[0].contains("write \"monthly\", \"annual\" or dollars above 0"), "{said:?}");
    }
}

#[test]
fn a_wrong_value_is_named_with_its_place_and_the_rest_is_used() {
    let reading =
        Settings::read("mouse = true\n  theme =  \"neon\"\nplain = 1\ncolour = \"auto\"\n");
    assert!(reading.settings.mouse);
    let said: Vec<String> = reading.problems.iter().map(Problem::to_string).collect();
    assert_eq!(
        said,
        [
            "line 2, column 12: 'theme' cannot be 'neon'; write one of \"terminal\", \"contrast\", \
             \"mono\"; until then it is \"terminal\"",
            "line 3, column 9: 'plain' cannot be '1'; write true or false, without quotes; until \
             then it is false",
            "line 4, column 1: unknown key 'colour' (did you mean 'color'?); it is not used; the \
             keys are plain, theme, color, glyphs, mouse, folder, model, pro_price, hour_value, \
             catalog",
        ]
    );
    assert_eq!(reading.settings, Settings { mouse: true, ..Settings::default() });
}

#[test]
fn a_text_that_is_no_toml_leaves_every_default() {
    for (text, place) in [
        ("mouse = true\ntheme = \"mono", "line 2, column "),
        ("mouse = true\nmouse = false\n", "line 2, column 1: "),
        ("theme", "line 1, column "),
        ("# ä\nä ä = 1", "line 2, column "),
        ("a = [", "line 1, column "),
    ] {
        let reading = Settings::read(text);
        assert_eq!(reading.settings, Settings::default(), "{text}");
        let said = reading.problems.first().unwrap().to_string();
        assert!(said.starts_with(place), "{said}");
        assert!(said.ends_with("; correct it, until then all defaults hold"), "{said}");
        assert_eq!(reading.problems.len(), 1);
    }
}

#[test]
fn a_path_means_the_same_everywhere() {
    let folder = |typed: &str| Settings::read(&format!("folder = {typed:?}"));
    assert_eq!(folder("~/a b").settings.folder, Some(PathBuf::from("~/a b")));
    for typed in ["reports", "./reports", "", "sk-ant-x"] {
        let reading = folder(typed);
        assert_eq!(reading.settings.folder, None, "{typed}");
        assert_eq!(reading.problems.len(), 1, "{typed}");
        assert!(!reading.problems[0].what.contains("sk-ant"));
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics_and_every_problem_has_a_place(text in "(?s).{0,80}") {
        for problem in Settings::read(&text).problems {
            proptest::prop_assert!(problem.line >= 1 && problem.line <= text.matches('\n').count() + 1);
            proptest::prop_assert!(!problem.what.contains('\n'));
        }
    }

    #[test]
    fn any_value_of_any_key_is_taken_or_named(
        index in 0..KEYS.len(),
        value in r#"true|-?[0-9]{1,6}(\.[0-9]{1,3})?|"[^"\\\n\r]{0,12}"|\[1\]|\{a=1\}|1979-05-27"#,
    ) {
        let reading = Settings::read(&format!("{} = {value}", KEYS[index].name));
        proptest::prop_assert!(reading.problems.len() <= 1);
        if let Some(problem) = reading.problems.first() {
            proptest::prop_assert_eq!(&reading.settings, &Settings::default());
            proptest::prop_assert_eq!(problem.line, 1);
        }
    }
}
