//! Signals that ask the program to exit, delivered as messages so that it can exit cleanly.

use std::io;

/// Calls `tell` from a separate thread with the exit code for each SIGINT, SIGHUP, SIGQUIT or
/// SIGTERM, until `tell` returns `false`.
///
/// # Errors
/// If signals cannot be watched.
#[cfg(unix)]
pub fn watch(tell: impl Fn(u8) -> bool + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
    let watcher = move || {
        for signal in signals.forever() {
            // The shell convention for a program ended by a signal: 130 for SIGINT.
            let code = u8::try_from(signal).map_or(u8::MAX, |number| 128_u8.saturating_add(number));
            if !tell(code) {
                return;
            }
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(watcher).map(drop)
}

/// Does nothing: this platform has no such signals.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn watch(_tell: impl Fn(u8) -> bool + Send + 'static) -> io::Result<()> {
    Ok(())
}
