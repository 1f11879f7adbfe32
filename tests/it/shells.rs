//! What other programs read of planwise: completion scripts and the manual page.

use std::process::Command;

use crate::common::at_hand;

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// What a line of arguments prints; it must end well and complain of nothing.
fn printed(args: &[&str]) -> String {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("planwise"));
    let output = command.env_clear().args(args).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The words of a line that are commands in the program's help.
fn commands() -> Vec<String> {
    let help = printed(&["--help"]);
    let list = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    // A line that goes on stands further to the right.
    let names = list.lines().filter_map(|line| line.strip_prefix("  "));
    names
        .filter_map(|line| line.split(' ').next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn each_shell_has_its_script() {
    for shell in SHELLS {
        insta::assert_snapshot!(format!("completions_{shell}"), printed(&["completions", shell]));
    }
}

#[test]
fn every_script_knows_every_command() {
    let commands = commands();
    assert!(commands.len() > 5, "{commands:?}");
    for shell in SHELLS {
        let script = printed(&["completions", shell]);
        for command in &commands {
            assert!(script.contains(command.as_str()), "{shell} does not know '{command}'");
        }
    }
}

/// The script is run by a real bash, as if Tab had been pressed after each line.
#[test]
#[cfg(target_os = "linux")]
fn bash_completes_commands_flags_and_values() {
    let script = printed(&["completions", "bash"]);
    let completed = |words: &[&str]| {
        let line = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ");
        let last = words.len() - 1;
        let (now, before) = (words[last], words[last - 1]);
        let ask = format!(
            // Bash has this one only while somebody presses Tab.
            "{script}\ncompopt() {{ :; }}; COMP_WORDS=({line}); COMP_CWORD={last}\n\
             _planwise planwise '{now}' '{before}'; echo \"${{COMPREPLY[@]}}\""
        );
        let output = Command::new("bash").args(["--norc", "-c", &ask]).output().unwrap();
        assert!(output.stderr.is_empty(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    };
    assert_eq!(completed(&["planwise", "dec"]), "decide");
    assert_eq!(completed(&["planwise", "decide", "--ass"]), "--assume-defaults");
    assert_eq!(completed(&["planwise", "--theme", ""]), "terminal contrast mono");
    assert_eq!(completed(&["planwise", "decide", "--format", "m"]), "markdown");
    assert_eq!(completed(&["planwise", "completions", "z"]), "zsh");
    assert_eq!(completed(&["planwise", "sweep", "--vary", "vol"]), "volume");
    // No file is a number of tokens.
    assert_eq!(completed(&["planwise", "cost", "--input", "Car"]), "Car");
    assert_eq!(completed(&["planwise", "decide", "--answers", "Cargo.to"]), "Cargo.toml");
}

/// The script is run by a real fish where there is one, in a folder with a file.
#[test]
#[cfg(target_os = "linux")]
fn fish_completes_words_and_offers_files_only_where_one_is_meant() {
    let Some(fish) = at_hand(&["fish"]) else { return };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("script.fish"), printed(&["completions", "fish"])).unwrap();
    let completed = |line: &str| {
        let ask = format!("source script.fish; complete -C '{line}'");
        let mut fish = Command::new(&fish);
        fish.env("HOME", folder.path()).current_dir(folder.path());
        let output = fish.args(["--no-config", "-c", &ask]).output().unwrap();
        let words = String::from_utf8(output.stdout).unwrap();
        let words: Vec<&str> = words.lines().filter_map(|line| line.split('\t').next()).collect();
        words.join(" ")
    };
    for (line, words) in [
        ("planwise completions ", "bash elvish fish powershell zsh"),
        ("planwise completions z", "zsh"),
        ("planwise completions zsh ", ""),
        ("planwise schema ", "answers fit report usage"),
        ("planwise man ", ""),
        ("planwise cost ", ""),
        ("planwise cost --catalog ", "script.fish"),
        ("planwise decide --format m", "markdown"),
        ("planwise replay ", "script.fish"),
    ] {
        assert_eq!(completed(line), words, "{line}");
    }
}

#[test]
fn a_shell_must_be_named_and_known() {
    for (args, message) in [
        (&["completions"][..], "missing '<SHELL>'; see 'planwise completions --help'"),
        (
            &["completions", "x"][..],
            "'<SHELL>': 'x' is not one of bash, elvish, fish, powershell, zsh",
        ),
    ] {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("planwise"));
        let output = command.env_clear().args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said, format!("planwise: {message}\n"));
    }
}

#[test]
fn the_manual_is_one_page_with_every_command() {
    let page = printed(&["man"]);
    for command in commands().iter().filter(|command| *command != "help") {
        assert!(page.contains(&format!("\n.SS \"planwise {command}")), "no section on '{command}'");
    }
    for heading in ["NAME", "SYNOPSIS", "OPTIONS", "EXAMPLES", "COMMANDS"] {
        assert_eq!(page.matches(&format!("\n.SH {heading}\n")).count(), 1, "{heading}");
    }
    insta::assert_snapshot!("manual", page);
}

/// No line of a text may begin like a request of the formatter by accident.
#[test]
fn the_manual_has_only_requests_that_man_knows() {
    const KNOWN: [&str; 13] =
        [".TH", ".SH", ".SS", ".TP", ".PP", ".RS", ".RE", ".br", ".nf", ".fi", ".ie", ".el", ".IP"];
    let page = printed(&["man"]);
    let requests: Vec<&str> = page.lines().filter(|line| line.starts_with(['.', '\''])).collect();
    assert!(requests.len() > 50, "{requests:?}");
    for line in requests {
        assert!(KNOWN.contains(&line.split(' ').next().unwrap_or_default()), "{line}");
    }
}
