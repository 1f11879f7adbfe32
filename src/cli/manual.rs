//! `planwise man`: the `--help` of every command as one page for `man`.

use std::fmt::Write as _;
use std::io;

use anyhow::Context as _;
use clap::Command;
use clap_mangen::Man;

use super::args;

/// The files that planwise uses, and their purpose.
const FILES: [(&str, &str); 7] = [
    ("config.toml", "your settings, in the configuration folder; 'planwise config path' names it"),
    ("catalog.json", "a price list of your own, in the same folder"),
    ("draft.json", "answers kept for the next start, in the state folder; '--no-state' keeps none"),
    ("earlier.json", "the answers kept before those"),
    ("last.json", "the folder that a report was last saved to"),
    ("report.json", "a copy of the report saved last, to see how it turned out"),
    ("scenarios", "the kept scenarios, in the data folder"),
];

/// The environment variables that planwise reads.
const VARIABLES: [(&str, &str); 8] = [
    ("NO_COLOR", "set and not empty: no colour"),
    ("CLICOLOR_FORCE", "set, not empty and not 0: colour, even where the settings say never"),
    ("ACCESSIBLE", "set and not empty: plain lines instead of the full screen"),
    ("TERM", "dumb: plain lines instead of the full screen; linux: no braille"),
    ("LC_ALL, LC_CTYPE, LANG", "the first that is set says whether the terminal takes UTF-8"),
    ("CLAUDE_CONFIG_DIR", "where 'planwise usage' looks for the logs of Claude Code"),
    ("XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_DATA_HOME", "on Linux, where the folders are"),
    ("SOURCE_DATE_EPOCH, TZ", "the time instead of the clock's, and the time zone"),
];

/// The exit codes.
const ENDINGS: [(&str, &str); 4] =
    [("0", "done"), ("1", "failed"), ("2", "wrong use, or no terminal"), ("130", "interrupted")];

/// The page, for `man -l -`.
pub(super) fn page() -> anyhow::Result<String> {
    let mut program = args::command();
    program.build();
    let man = Man::new(program.clone());
    let mut page = part(|out| man.render_title(out))?;
    for text in [
        part(|out| man.render_name_section(out))?,
        format!(".SH SYNOPSIS\n{}", usage(&mut program)),
        part(|out| man.render_description_section(out))?,
        part(|out| man.render_options_section(out))?,
    ] {
        page.push_str(&without_preamble(&text));
    }
    page.push_str(".SH EXAMPLES\n");
    examples(&program, &mut page);
    page.push_str(".SH COMMANDS\n");
    for command in commands(&program) {
        section(command, &mut page)?;
    }
    terms("FILES", &FILES, &mut page);
    terms("ENVIRONMENT", &VARIABLES, &mut page);
    terms("EXIT STATUS", &ENDINGS, &mut page);
    Ok(page)
}

/// The output of one renderer.
fn part(render: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    render(&mut bytes).context("the manual cannot be written")?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The subcommands, except the built-in help.
fn commands(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|command| command.get_name() != "help")
}

/// The usage line of a command, from its help.
fn usage(command: &mut Command) -> String {
    let usage = command.render_usage().to_string();
    let lines = usage.trim().trim_start_matches("Usage:").lines();
    lines.flat_map(|line| [escaped(line.trim()), "\n.br\n".to_owned()]).collect()
}

/// Removes the definition that every renderer writes first. The page needs it once.
fn without_preamble(text: &str) -> String {
    let rest = text.lines().filter(|line| !line.starts_with(".ie ") && !line.starts_with(".el "));
    rest.flat_map(|line| [line, "\n"]).collect()
}

/// A command and its subcommands.
fn section(command: &Command, page: &mut String) -> anyhow::Result<()> {
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let _ = writeln!(page, ".SS \"{}\"\n{}.PP", escaped(name), usage(&mut command.clone()));
    // Omit global flags, which are listed once above.
    let own = command.clone().mut_args(|flag| {
        let everywhere = flag.is_global_set() || flag.get_id() == "help";
        flag.hide(everywhere)
    });
    let has_options = own.get_arguments().any(|flag| !flag.is_hide_set());
    let man = Man::new(own);
    let mut text = part(|out| man.render_description_section(out))?;
    if has_options {
        text.push_str(&part(|out| man.render_options_section(out))?);
    }
    // Headings of the command's own text become plain paragraphs.
    for line in without_preamble(&text).lines() {
        page.push_str(if line.starts_with(".SH ") { ".PP" } else { line });
        page.push('\n');
    }
    examples(command, page);
    for below in commands(command) {
        section(below, page)?;
    }
    Ok(())
}

/// The text below the help of a command, line for line.
fn examples(command: &Command, page: &mut String) {
    if let Some(after) = command.get_after_long_help().or_else(|| command.get_after_help()) {
        page.push_str(".PP\n.nf\n");
        let text = after.to_string();
        let is_program = !command.get_bin_name().is_some_and(|name| name.contains(' '));
        // The program's own examples already have a section with a heading.
        let text = if is_program { text.trim_start_matches("Examples:\n") } else { &text };
        for line in text.lines() {
            page.push_str(&escaped(line));
            page.push('\n');
        }
        page.push_str(".fi\n");
    }
}

/// A section of names and what they mean.
fn terms(heading: &str, terms: &[(&str, &str)], page: &mut String) {
    let _ = writeln!(page, ".SH \"{heading}\"");
    for (name, about) in terms {
        let _ = writeln!(page, ".TP\n\\fB{}\\fR\n{}", escaped(name), escaped(about));
    }
}

/// Escapes text so that `man` shows it unchanged.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\*(Aq");
    if text.starts_with('.') { format!("\\&{text}") } else { text }
}
