//! What README and the guide say can be done: every command line is understood, every picture is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use planwise::cli::args::{COMMANDS, Plan, plan};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages for people, each with its text.
fn pages() -> Vec<(PathBuf, String)> {
    let mut paths = vec![root().join("README.md"), root().join("CONTRIBUTING.md")];
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        paths.push(entry.unwrap().path());
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The command lines of a page that begin with the program's name: the lines of its `sh` blocks and
/// what stands between backticks.
fn command_lines(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut block = None;
    for line in text.lines() {
        if let Some(language) = line.strip_prefix("```") {
            block = if block.is_none() { Some(language) } else { None };
            continue;
        }
        let parts: Vec<&str> = match block {
            Some("sh") => vec![line],
            Some(_) => continue,
            None => line.split('`').skip(1).step_by(2).collect(),
        };
        let is_command = |part: &&str| *part == "planwise" || part.starts_with("planwise ");
        found.extend(parts.into_iter().filter(is_command).map(str::to_owned));
    }
    found
}

/// The words of a command line up to a pipe, a redirection or a comment.
fn words(line: &str) -> Vec<String> {
    assert!(!line.contains(['"', '\'', '\\']), "'{line}' needs a shell to be understood");
    let ends = |word: &&str| !["|", "<", ">", "#"].contains(word);
    line.split_whitespace().take_while(ends).map(str::to_owned).collect()
}

#[test]
fn every_command_line_in_the_pages_is_understood() {
    let mut commands = BTreeSet::new();
    for (path, text) in pages() {
        for line in command_lines(&text) {
            let words = words(&line);
            if let Err(error) = plan(&words) {
                panic!("{}: '{line}': {error}", path.display());
            }
            commands.insert(words.get(1).cloned().unwrap_or_default());
        }
    }
    for command in COMMANDS.into_iter().chain([""]) {
        assert!(commands.contains(command), "no page shows 'planwise {command}'");
    }
    // A command line that is wrong would be seen.
    assert!(plan(&words("planwise fit --plan-now gold")).is_err());
    assert!(matches!(plan(&words("planwise man | man -l -")), Ok(Plan::Man)));
}

/// Pictures and links of a page: what stands before the round brackets, and in them.
fn links(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("](") {
        let (before, after) = text.split_at(at);
        let target = after.trim_start_matches("](").split(')').next().unwrap();
        let start = before.rfind('[').unwrap();
        let label = before.split_at(start).1.trim_start_matches('[');
        let bang = if before.split_at(start).0.ends_with('!') { "!" } else { "" };
        found.push((format!("{bang}{label}"), target.to_owned()));
    }
    found
}

/// The anchor that a heading gets.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.collect::<String>().trim().to_lowercase().replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere() {
    let (mut files, mut sections) = (0, 0);
    for (path, text) in pages() {
        for (label, target) in links(&text) {
            let said = || format!("{}: [{label}]({target})", path.display());
            assert!(!target.starts_with("http:"), "{}", said());
            if target.starts_with("https:") {
                continue;
            }
            let (file, section) = target.split_once('#').unwrap_or((&target, ""));
            let page =
                if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(page.exists(), "{}", said());
            files += 1;
            if !section.is_empty() {
                sections += 1;
                let text = fs::read_to_string(page).unwrap();
                let mut headings = text.lines().filter(|line| line.starts_with('#'));
                let is_it = |line: &str| anchor(line.trim_start_matches('#')) == section;
                assert!(headings.any(is_it), "{}", said());
            }
        }
    }
    assert!(files >= 20 && sections >= 1, "only {files} links, {sections} to a heading");
}

#[test]
fn every_picture_is_shown_with_words_and_every_file_is_a_picture_that_is_shown() {
    let mut shown = BTreeSet::new();
    for (path, text) in pages() {
        for (label, target) in links(&text) {
            let Some(words) = label.strip_prefix('!') else {
                continue;
            };
            assert!(words.split(' ').count() >= 4, "{}: '{target}' has no words", path.display());
            let file = path.parent().unwrap().join(&target).canonicalize().unwrap();
            shown.insert(file.file_name().unwrap().to_str().unwrap().to_owned());
        }
    }
    let stored: BTreeSet<String> = fs::read_dir(root().join("docs/pictures"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(shown, stored);
}

/// What the guide shows of the plain lines is what the program printed in a test.
#[test]
fn the_plain_lines_in_the_guide_were_printed() {
    let guide = fs::read_to_string(root().join("docs/guide.md")).unwrap();
    let printed = include_str!("snapshots/it__plain__plain_session.snap");
    let blocks: Vec<&str> = guide.split("```text\n").skip(1).collect();
    assert!(!blocks.is_empty());
    for block in blocks {
        let lines = block.split("```").next().unwrap();
        assert!(printed.contains(lines), "no test printed this:\n{lines}");
    }
}

#[test]
fn the_glossary_of_the_guide_is_that_of_the_program() {
    let guide = include_str!("../../docs/guide.md");
    let (_, glossary) = guide.split_once("\n## Glossary\n\n").unwrap();
    let expected: Vec<String> = planwise::words::TERMS
        .iter()
        .map(|(term, meaning)| format!("- **{term}**: {meaning}"))
        .collect();
    assert_eq!(glossary.lines().collect::<Vec<_>>(), expected);
}
