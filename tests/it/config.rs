//! The settings file as a person meets it: `planwise config`, and what each command makes of it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

const COST: [&str; 5] = ["cost", "--input", "1M", "--output=1M", "--format=json"];

/// An empty home with the settings in it.
struct Home(TempDir);

impl Home {
    fn with(settings: &str) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(home.path("config/planwise")).unwrap();
        fs::write(home.path("config/planwise/config.toml"), settings).unwrap();
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(assert_cmd::cargo::cargo_bin!("planwise"))
            .env_clear()
            .env("HOME", self.0.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_DATA_HOME", self.path("data"))
            .env("TZ", "UTC")
            .env("SOURCE_DATE_EPOCH", "1795356300")
            .current_dir(self.0.path())
            .args(args)
            .output()
            .unwrap()
    }

    /// Both streams, with this home called `HOME`.
    fn said(&self, args: &[&str]) -> (Option<i32>, String, String) {
        let output = self.run(args);
        let text = |bytes: Vec<u8>| {
            String::from_utf8(bytes).unwrap().replace(self.0.path().to_str().unwrap(), "HOME")
        };
        (output.status.code(), text(output.stdout), text(output.stderr))
    }
}

#[test]
fn the_path_is_printed_even_where_there_is_no_file() {
    let home = Home(tempfile::tempdir().unwrap());
    let (code, out, err) = home.said(&["config", "path"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    if cfg!(target_os = "linux") {
        assert_eq!(out, "HOME/config/planwise/config.toml\n");
    }
    let (code, out, err) = home.said(&["config", "check"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.ends_with("does not exist: every setting has its default.\n"), "{out}");
}

#[test]
#[cfg(target_os = "linux")]
fn the_sample_is_in_order_and_changes_nothing() {
    let home = Home::with("");
    let (code, sample, err) = home.said(&["config", "sample"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let before = home.said(&COST);
    fs::write(home.path("config/planwise/config.toml"), &sample).unwrap();
    assert_eq!(home.said(&COST), before);
    let (code, out, err) = home.said(&["config", "check"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    insta::assert_snapshot!("config_check", out);
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_wrong_is_named_with_its_place_and_the_rest_holds() {
    let home = Home::with(
        "mouse = true\ntheme = \"neon\"\nmodle = \"x\"\nmodel = \"claude-sonnet-9\"\nfolder = \"/nowhere\"\n",
    );
    let (code, out, err) = home.said(&["config", "check"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!("config_check_problems", format!("{err}---\n{out}"));
    let (code, out, err) = home.said(&["config", "check", "config/planwise/config.toml"]);
    assert_eq!(code, Some(1));
    assert!(err.starts_with("planwise: 'config/planwise/config.toml' line 2, column 9: "), "{err}");
    assert!(out.contains("  mouse = true\n"), "{out}");
    assert!(out.contains("  theme = \"terminal\"  (default)\n"), "{out}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_model_that_the_list_lacks_has_a_place_too_and_takes_no_other_setting_with_it() {
    let home = Home::with("theme = \"mono\"\nmodel = \"gpt\"\npro_price = 17.50\n");
    let (code, out, err) = home.said(&["config", "check"]);
    assert_eq!(code, Some(1));
    assert!(
        err.contains("config.toml' line 2, column 9: model 'gpt' is not in the price list"),
        "{err}"
    );
    assert!(err.ends_with("until then it is the price list's own\n"), "{err}");
    assert!(out.contains("  model = \"auto\"  (default)\n  pro_price = 17.5"), "{out}");
    // A list that is not there has no default: other prices would look like one's own.
    let home = Home::with("catalog = \"/nope.json\"\n");
    let (code, out, err) = home.said(&["config", "check"]);
    assert_eq!(code, Some(1));
    assert!(
        err.contains("config.toml' line 1, column 11: the price list of your settings"),
        "{err}"
    );
    assert!(out.contains("  catalog = \"/nope.json\"  (cannot be used)\n"), "{out}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_broken_file_stops_no_command_and_is_said_on_standard_error() {
    let (_, usual, _) = Home::with("").said(&COST);
    let home = Home::with("catalog = \"article\"\ntheme = mono\n");
    let (code, out, err) = home.said(&COST);
    assert_eq!((code, out), (Some(0), usual));
    assert_eq!(err.lines().count(), 1, "{err}");
    let start = "planwise: 'HOME/config/planwise/config.toml' line 2, column 9: ";
    assert!(err.starts_with(start), "{err}");
    assert!(err.ends_with("; correct it, until then all defaults hold\n"), "{err}");

    fs::write(home.path("config/planwise/config.toml"), b"theme = \"\xff\"").unwrap();
    let (code, _, err) = home.said(&COST);
    assert_eq!(code, Some(0));
    assert!(err.contains("is not UTF-8 text at byte offset 9 (line 1)"), "{err}");
    assert!(err.contains("until then all defaults hold"), "{err}");
}

#[test]
#[cfg(target_os = "linux")]
fn the_price_list_of_the_settings_is_used_unless_a_flag_names_another() {
    let list = |home: &Home, args: &[&str]| {
        let (code, out, err) = home.said(args);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        let json: serde_json::Value = serde_json::from_str(&out).unwrap();
        json["catalog"]["id"].as_str().unwrap().to_owned()
    };
    let home = Home::with("catalog = \"article\"\n");
    assert_eq!(list(&home, &COST), "article");
    let mut flagged = COST.to_vec();
    flagged.extend(["--catalog", "builtin"]);
    assert_eq!(list(&home, &flagged), "builtin");

    let home = Home::with("catalog = \"~/my prices.json\"\n");
    let (code, out, err) = home.said(&COST);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("the price list of your settings cannot be used"), "{err}");
    assert!(err.contains("'HOME/my prices.json': it does not exist"), "{err}");
    fs::copy("assets/catalog.json", home.path("my prices.json")).unwrap();
    assert_eq!(list(&home, &COST), "file");
}
