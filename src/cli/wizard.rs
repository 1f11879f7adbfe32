//! The way into the wizard, which alone of all commands needs a terminal.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use super::args::WizardArgs;
use super::misuse::Misuse;
use crate::catalog::Catalog;

/// Refuses to start where nobody can answer: no answer is ever invented.
pub(super) fn check_terminal() -> Result<(), Misuse> {
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return Ok(());
    }
    Err(Misuse::new(
        "the wizard needs a terminal to ask its questions; without one use 'planwise decide \
         --answers FILE --format json'",
    ))
}

/// Opens the wizard with these prices and returns when the person leaves it.
pub fn wizard(args: WizardArgs, catalog: Catalog) -> anyhow::Result<ExitCode> {
    let _ = (args, catalog);
    anyhow::bail!("the wizard is not part of this build; use 'planwise decide --answers FILE'")
}
