//! `planwise completions`: the script that lets a shell complete what is typed.

use clap_complete::{Shell, generate};

use super::args;

/// The completion script of one shell, to be read by it.
pub(super) fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    generate(shell, &mut args::command(), "planwise", &mut script);
    // Names, help texts and the templates around them are all text.
    String::from_utf8_lossy(&script).into_owned()
}
