//! `planwise usage`: what a person really used, from the logs on this machine.

mod json;
mod table;

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;

use super::args::{RowKind, TableFormat, UsageArgs};
use super::catalog::{self, CatalogChoice};
use super::misuse::Misuse;
use super::output;
use crate::history::summary::{By, Query, Summary};
use crate::shell::clock;
use crate::shell::logs::{self, Found, Readers, Reading, Watch};
use crate::text::quoted;

/// The exit code after Ctrl-C.
pub(super) const INTERRUPTED: u8 = 130;
/// Work that takes less shows no progress.
const PATIENCE: Duration = Duration::from_millis(500);
/// More files than this are not named one by one.
const MOST_NAMED: usize = 5;

/// Reads the logs and prints what they hold.
pub(super) fn usage(args: &UsageArgs, prices: Option<&CatalogChoice>) -> anyhow::Result<ExitCode> {
    let now = clock::now()?;
    let zone = match &args.timezone {
        None => now.time_zone().clone(),
        Some(name) => named_zone(name)?,
    };
    let catalog = catalog::load(prices)?;
    let found = logs::find(&args.paths)?;
    let stop = Arc::new(AtomicBool::new(false));
    listen(&stop);
    let watch = Watch::stopped_by(stop);
    let Reading { history, unreadable } = read(&found, &watch);
    if watch.is_stopped() {
        output::complain("interrupted; nothing was written");
        return Ok(ExitCode::from(INTERRUPTED));
    }
    name_unreadable(&unreadable);
    if history.files() == 0 {
        output::complain(if args.paths.is_empty() {
            "no logs of Claude Code found; name a file or folder, see 'planwise usage --help'"
        } else {
            "no logs in the given paths; a folder is searched for files that end in '.jsonl'"
        });
    }
    let query = Query {
        catalog: &catalog,
        zone,
        since: args.since,
        until: args.until,
        by: by(args.by),
        now: now.timestamp(),
    };
    let summary = Summary::new(&history, &query);
    let text = match args.format {
        TableFormat::Json => json::json(&summary, &query)?,
        TableFormat::Text => table::text(&summary, &query),
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Names the files that could not be read, and past a few only their number.
pub(super) fn name_unreadable(unreadable: &[String]) {
    for path in unreadable.iter().take(MOST_NAMED) {
        output::complain(&format!("cannot read {path}; it is left out"));
    }
    if let Some(more) = unreadable.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        output::complain(&format!("cannot read {more} more files or folders; they are left out"));
    }
}

const fn by(kind: RowKind) -> By {
    match kind {
        RowKind::Day => By::Day,
        RowKind::Week => By::Week,
        RowKind::Month => By::Month,
        RowKind::Model => By::Model,
        RowKind::Project => By::Project,
        RowKind::Session => By::Session,
    }
}

fn named_zone(name: &str) -> Result<TimeZone, Misuse> {
    TimeZone::get(name).map_err(|_unknown| {
        Misuse::new(format!(
            "'--timezone': {} is not a time zone; give one such as Europe/Madrid or UTC",
            quoted(name)
        ))
    })
}

/// The name of a zone for the result.
fn zone_name(zone: &TimeZone) -> String {
    match zone.iana_name() {
        Some(name) => name.to_owned(),
        None if *zone == TimeZone::UTC => "UTC".to_owned(),
        None => zone.to_fixed_offset().map_or_else(|_| "local".to_owned(), |at| at.to_string()),
    }
}

/// Reads, with the progress on standard error where a person is waiting for it.
pub(super) fn read(found: &Found, watch: &Watch) -> Reading {
    const MIB: u64 = 1024 * 1024;
    let start = Instant::now();
    let is_watched = io::stderr().is_terminal();
    let mut shown = None;
    let reading = logs::read(found, Readers::system(), watch, || {
        if !is_watched || start.elapsed() < PATIENCE {
            return;
        }
        let done = watch.bytes() / MIB;
        if shown != Some(done) {
            shown = Some(done);
            let total = (found.bytes / MIB).max(done);
            let _ = write!(io::stderr().lock(), "\rReading logs: {done} of {total} MiB ");
        }
    });
    if shown.is_some() {
        // Blanks instead of an escape sequence: every terminal understands them.
        let _ = write!(io::stderr().lock(), "\r{:60}\r", "");
    }
    reading
}

/// Lets Ctrl-C end the reading instead of the program.
#[cfg(unix)]
pub(super) fn listen(stop: &Arc<AtomicBool>) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    for signal in [SIGINT, SIGTERM] {
        // Without a listener the signal ends the program at once, which is safe too.
        let _ = signal_hook::flag::register(signal, Arc::clone(stop));
    }
}

#[cfg(not(unix))]
pub(super) fn listen(_: &Arc<AtomicBool>) {}
