//! `planwise completions`: the script that lets a shell complete commands.

use std::fmt::Write as _;

use clap::{Arg, Command, ValueHint};
use clap_complete::{Shell, generate};

use super::args;
use crate::sweep::Axis;

/// The completion script for one shell.
pub(super) fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    let mut command = with_hints(args::command());
    generate(shell, &mut command, "planwise", &mut script);
    // Names, help texts and templates are all UTF-8.
    let mut script = String::from_utf8_lossy(&script).into_owned();
    if shell == Shell::Fish {
        script.push_str(&fish_words(&command));
    }
    script
}

/// Adds a hint to each value: a file, one of a few words, or nothing that a shell can complete.
fn with_hints(command: Command) -> Command {
    let hinted = |arg: Arg| {
        let names = arg.get_value_names().unwrap_or_default();
        let is_file = names.iter().any(|name| name.contains("FILE") || name.contains("PATH"));
        match arg.get_id().as_str() {
            "vary" => arg.value_parser(Axis::all().map(Axis::name).collect::<Vec<_>>()),
            _ if is_file => arg.value_hint(ValueHint::AnyPath),
            _ if arg.get_action().takes_values() => arg.value_hint(ValueHint::Other),
            _ => arg,
        }
    };
    command.mut_args(hinted).mut_subcommands(with_hints)
}

/// Adds positional words, such as the name of a shell, which the generator for fish leaves out.
/// Commands without any do not complete files.
fn fish_words(command: &Command) -> String {
    let mut lines = String::new();
    for command in command.get_subcommands().filter(|command| !command.has_subcommands()) {
        let name = command.get_name();
        let mut takes_files = false;
        let mut words = Vec::new();
        for argument in command.get_positionals() {
            let values = argument.get_possible_values();
            takes_files |= values.is_empty();
            words.extend(values.iter().map(|value| value.get_name().to_owned()));
        }
        if takes_files {
            continue;
        }
        let here = format!("complete -c planwise -n \"__fish_planwise_using_subcommand {name}");
        let _ = writeln!(lines, "{here}\" -f");
        if !words.is_empty() {
            let words = words.join(" ");
            let seen = format!("; and not __fish_seen_subcommand_from {words}");
            let _ = writeln!(lines, "{here}{seen}\" -f -a \"{words}\"");
        }
    }
    lines
}
