//! The program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    planwise::cli::run(std::env::args_os())
}
