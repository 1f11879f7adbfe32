//! The program as a person, a script and a terminal meet it. One program of tests: linking it is
//! most of what another one would cost. What runs in a real terminal is in `tests/pty/`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the exception for tests does not reach their helpers"
)]

mod common;

mod architecture;
#[cfg(unix)]
mod browser;
mod cli;
mod compare;
mod config;
mod contrast;
mod earlier;
mod fit;
mod formats;
mod guide;
mod pictures;
mod plain;
mod platforms;
mod random;
mod replay;
mod save;
mod scenarios;
mod schema;
mod screens;
mod shells;
mod sizes;
mod sweep;
mod usage;
mod voice;
mod widgets;
