//! The command line: arguments in, text out, an exit code for scripts.
//!
//! Arguments become a [`Plan`], which is then executed. Only the wizard needs a terminal. Every
//! error is one line on standard error: what, where and what to do. Exit codes: 0 done, 1 failed, 2
//! wrong use or no terminal, 130 interrupted.

pub mod args;
mod catalog;
mod compare;
mod completions;
mod cost;
mod decide;
mod fit;
mod manual;
mod output;
mod plain;
mod reading;
mod replay;
mod settings;
mod sweep;
mod usage;
mod usage_error;
mod wizard;

use std::ffi::OsString;
use std::process::ExitCode;

use self::args::Plan;
pub use self::settings::Loaded;
pub use self::usage_error::UsageError;
pub use self::wizard::wizard;

/// The exit code for usage errors, and for the wizard without a terminal.
const WRONG_USE: u8 = 2;

/// Runs the program with these arguments; the first is its own name.
///
/// The exit code is 0 when done, 1 on failure, and 2 for usage errors or a missing terminal.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    match perform(args) {
        Ok(code) => code,
        Err(error) => {
            output::complain(&format!("{error:#}"));
            if error.is::<UsageError>() { ExitCode::from(WRONG_USE) } else { ExitCode::FAILURE }
        }
    }
}

fn perform(args: impl IntoIterator<Item = OsString>) -> anyhow::Result<ExitCode> {
    let args = usage_error::screen(args)?;
    match args::plan(&args)? {
        Plan::Show(text) => output::print(&text)?,
        Plan::Wizard(args, prices) => {
            let settings = settings::load();
            wizard::check_terminal(&args, &settings.settings)?;
            let prices = catalog::load_with(prices.as_ref(), &settings.settings.catalog)?;
            return wizard(&args, &prices, &settings);
        }
        Plan::Decide(args, prices) => decide::decide(&args, prices.as_ref())?,
        Plan::Cost(args, prices) => cost::cost(&args, prices.as_ref())?,
        Plan::Fit(args, prices) => return fit::fit(&args, prices.as_ref()),
        Plan::Usage(args, prices) => return usage::usage(&args, prices.as_ref()),
        Plan::Replay(args, prices) => return replay::replay(&args, prices.as_ref()),
        Plan::Compare(args, prices) => compare::compare(&args, prices.as_ref())?,
        Plan::Sweep(args, prices) => sweep::sweep(&args, prices.as_ref())?,
        Plan::Config(command) => return settings::config(&command),
        Plan::Completions(shell) => output::print(&completions::script(shell))?,
        Plan::Man => output::print(&manual::page()?)?,
    }
    Ok(ExitCode::SUCCESS)
}
