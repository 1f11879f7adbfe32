//! The system's wish that the program end, taken as news so that it ends in order.

use std::io;

/// Calls `tell` from a thread of its own with the exit code that goes with each signal that asks
/// the program to end, until `tell` returns `false`. SIGINT, SIGHUP, SIGQUIT and SIGTERM do.
///
/// # Errors
/// When signals cannot be watched.
#[cfg(unix)]
pub fn watch(tell: impl Fn(u8) -> bool + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
    let watcher = move || {
        for signal in signals.forever() {
            // As a shell tells that a signal ended a program: 130 for SIGINT.
            let code = u8::try_from(signal).map_or(u8::MAX, |number| 128_u8.saturating_add(number));
            if !tell(code) {
                return;
            }
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(watcher).map(drop)
}

/// There are no such signals here: nothing is watched.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn watch(_tell: impl Fn(u8) -> bool + Send + 'static) -> io::Result<()> {
    Ok(())
}
