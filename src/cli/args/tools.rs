//! What is typed for settings, completions and the manual.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use clap_complete::Shell;

pub(super) const CONFIG_EXAMPLES: &str = "\
Examples:
  planwise config sample > \"$(planwise config path)\"
      In a new folder: mkdir -p \"$(dirname \"$(planwise config path)\")\" first.
  planwise config check

planwise only reads this file. Flags beat the environment, and the environment
beats the file.";

pub(super) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  planwise completions bash > ~/.local/share/bash-completion/completions/planwise
  planwise completions zsh > ~/.zfunc/_planwise
      With 'fpath+=~/.zfunc' before 'compinit' in ~/.zshrc.
  planwise completions fish > ~/.config/fish/completions/planwise.fish
  planwise completions powershell >> $PROFILE
  planwise completions elvish >> ~/.config/elvish/rc.elv";

pub(super) const MAN_EXAMPLES: &str = "\
Examples:
  planwise man | man -l -
  planwise man > ~/.local/share/man/man1/planwise.1";

/// What `planwise config` does.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum ConfigCommand {
    /// Print where the settings file is looked for
    Path,
    /// Print a settings file that explains every key and holds the defaults
    Sample,
    /// Say whether the settings file is in order, and what holds
    Check {
        /// A settings file to check instead of yours
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

/// Which shell gets a completion script.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct CompletionsArgs {
    /// The shell: bash, zsh, fish, powershell or elvish
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub shell: Shell,
}
