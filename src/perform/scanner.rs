//! Reads logs in a background thread, so that neither keys nor leaving have to wait.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Zoned;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::place::absolute;
use super::tell::Tell;
use crate::catalog::Catalog;
use crate::facts::{Facts, FactsError};
use crate::fit::{Ask, Evidence, Rules, Span, Trace, Yardstick, assumed_reset};
use crate::history::History;
use crate::history::summary::{By, Query, Summary};
use crate::measured::{Measured, NoMonth, Replay};
use crate::shell::clock;
use crate::shell::logs::{self, Found, Options, Readers, Reading, Watch};
use crate::source::claude_ai::Assumed;
use crate::wizard::{Message, News, Progress, Purpose, ScanOrder};

/// How often progress is reported.
const PULSE: Duration = Duration::from_millis(100);

/// The thread that reads logs, if one is running.
pub(super) struct Scanner {
    tell: Tell,
    stop: Arc<AtomicBool>,
}

impl std::fmt::Debug for Scanner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scanner").field("stop", &self.stop).finish_non_exhaustive()
    }
}

impl Scanner {
    pub(super) fn new(tell: Tell) -> Self {
        Self { tell, stop: Arc::default() }
    }

    /// Starts a scan and returns at once. Stops a scan that is still running.
    pub(super) fn begin(&mut self, order: ScanOrder, catalog: &Catalog) {
        self.stop();
        self.stop = Arc::default();
        let (stop, tell, catalog) =
            (Arc::clone(&self.stop), Tell::clone(&self.tell), catalog.clone());
        let number = order.number;
        // Unnamed, so that the panic hook lets the wizard continue. Never joined: leaving ends the
        // program at once, and the scan needs no cleanup.
        let spawned = thread::Builder::new().spawn(move || {
            let at = |progress| tell(Message::Scan(number, News::At(progress)));
            let news = guarded(|| read(order, &catalog, &stop, at));
            tell(Message::Scan(number, news));
        });
        if let Err(cause) = spawned {
            let why = format!("Cannot start to read: {cause}. Try again.");
            (self.tell)(Message::Scan(number, News::Failed(why)));
        }
    }

    /// Stops the scan, if one is running.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Drop for Scanner {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The result of the work. A panic becomes a failed scan.
fn guarded(work: impl FnOnce() -> News) -> News {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        News::Failed(
            "Reading the logs broke off by a fault of planwise. Nothing was taken; go on without it."
                .to_owned(),
        )
    })
}

/// Finds and reads the logs, and sums them up.
fn read(
    order: ScanOrder,
    catalog: &Catalog,
    stop: &Arc<AtomicBool>,
    tell: impl Fn(Progress),
) -> News {
    let paths = match order.path.map(|path| absolute(&path)).transpose() {
        Ok(path) => Vec::from_iter(path),
        Err(why) => return News::Failed(why),
    };
    let found = match logs::find(&paths) {
        Ok(found) => found,
        Err(error) => return News::Failed(error.to_string()),
    };
    let now = match clock::now() {
        Ok(now) => now,
        Err(error) => return News::Failed(error.to_string()),
    };
    let watch = Watch::stopped_by(Arc::clone(stop));
    // For exported replies we assume the default model.
    let assumed = Assumed::by_default(catalog, now.date());
    let options = Options { assumed, ..Options::default() };
    let Reading { history, left_out, unreadable } = read_all(&found, &options, &watch, tell);
    if watch.is_stopped() {
        // Nobody receives this any more.
        return News::Failed("Reading was stopped.".to_owned());
    }
    let month = Measured::new(&history, catalog, now.time_zone(), now.timestamp());
    let month = month.map(|measured| {
        let made = replayed(&history, catalog, &now, order.hour_value, &watch)?;
        Ok(Arc::new(measured.with_replays(made)))
    });
    if let Purpose::Since(since) = order.purpose {
        // The same logs also make a month, so they need not be read again to import it.
        let month = month.ok().and_then(Result::<_, FactsError>::ok);
        return News::Used(used(&history, catalog, &now, since), month);
    }
    match month {
        Ok(Ok(measured)) => News::Read(measured),
        Ok(Err(error)) => News::Failed(error.to_string()),
        Err(NoMonth::BillsOnly) => News::Failed(
            "The files hold billed dollars but no tokens. Choose a token export instead."
                .to_owned(),
        ),
        Err(NoMonth::Empty) if !unreadable.is_empty() => News::Failed(format!(
            "Cannot read {}. Give another file or folder.",
            unreadable.first().map_or("", String::as_str)
        )),
        Err(NoMonth::Empty) if found.files.is_empty() && paths.is_empty() => News::Failed(
            "No logs of Claude Code in the usual places. Give a file or folder.".to_owned(),
        ),
        Err(NoMonth::Empty) => {
            let why = left_out
                .first()
                .map_or_else(|| "No response was found in there.".to_owned(), Clone::clone);
            let hits = history.hits().count();
            let hits = match hits {
                0 => String::new(),
                1 => " It tells of one limit hit, but of no tokens.".to_owned(),
                hits => format!(" It tells of {hits} limit hits, but of no tokens."),
            };
            News::Failed(format!("{why}{hits} Give another file or folder."))
        }
    }
}

/// The usage since a day. No usage is a valid result too.
fn used(history: &History, catalog: &Catalog, now: &Zoned, since: Date) -> Arc<Summary> {
    let query = Query {
        catalog,
        zone: now.time_zone().clone(),
        since: Some(since),
        until: None,
        by: By::Model,
        now: now.timestamp(),
    };
    Arc::new(Summary::new(history, &query))
}

/// Replays the history against the limits of every plan that the person may have had. Returns
/// nothing if no request can be replayed.
fn replayed(
    history: &History,
    catalog: &Catalog,
    now: &Zoned,
    hour_value: Option<Decimal>,
    watch: &Watch,
) -> Result<Vec<Replay>, FactsError> {
    let zone = now.time_zone();
    let ask = Ask {
        catalog,
        facts: Facts::builtin()?,
        span: Span { zone: zone.clone(), since: None, until: None },
        reset: assumed_reset(),
        yardstick: Yardstick::default(),
        rules: Rules::default(),
        today: now.date(),
        evidence: Evidence::of(history),
        spend_cap: None,
        hour_value,
    };
    let trace = Trace::of_history(history, catalog, &ask.span, ask.today);
    Ok(Replay::each(&trace, &ask, || !watch.is_stopped()))
}

/// Reads everything and reports progress.
fn read_all(found: &Found, options: &Options, watch: &Watch, tell: impl Fn(Progress)) -> Reading {
    let progress = || Progress {
        files: watch.files(),
        of_files: found.files.len() as u64,
        bytes: watch.bytes(),
        of_bytes: found.bytes,
    };
    tell(progress());
    let mut told = Instant::now();
    let reading = logs::read_with(found, Readers::system(), options, watch, || {
        if told.elapsed() >= PULSE {
            told = Instant::now();
            tell(progress());
        }
    });
    tell(progress());
    reading
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::fs;
    use std::path::PathBuf;
    use std::sync::mpsc;

    use super::*;

    const CODEX: &str = "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"type\":\"turn_context\",\"payload\":{\"model\":\"gpt-6\"}}\n";

    fn line(id: usize, day: usize) -> String {
        format!(
            "{{\"type\":\"assistant\",\"timestamp\":\"2026-11-{day:02}T09:00:00Z\",\"sessionId\":\"s\",\
             \"message\":{{\"id\":\"m{id}\",\"model\":\"claude-opus-5-5\",\
             \"usage\":{{\"input_tokens\":10,\"output_tokens\":{id}}}}}}}\n"
        )
    }

    #[test]
    fn a_panic_is_told_and_nothing_else_happens() {
        // The hook would print the panic in the middle of the test output.
        let news = thread::Builder::new()
            .spawn(|| guarded(|| std::panic::resume_unwind(Box::new("a fault"))))
            .unwrap()
            .join()
            .unwrap();
        assert!(matches!(news, News::Failed(why) if why.contains("broke off")));
    }

    #[test]
    fn every_file_is_told_and_the_history_is_that_of_one_reading() {
        let folder = tempfile::tempdir().unwrap();
        for file in 0..70 {
            let text: String = (0..5).map(|n| line(file * 5 + n, 1 + file % 20)).collect();
            fs::write(folder.path().join(format!("{file}.jsonl")), text).unwrap();
        }
        let found = logs::find(&[folder.path().to_owned()]).unwrap();
        let told = RefCell::new(Vec::new());
        let tell = |progress| told.borrow_mut().push(progress);
        let history = read_all(&found, &Options::default(), &Watch::default(), tell).history;
        assert_eq!(history.responses().count(), 350);
        assert_eq!((history.files(), history.bytes()), (70, found.bytes));
        let last = *told.borrow().last().unwrap();
        assert_eq!((last.files, last.of_files), (70, 70));
        assert_eq!((last.bytes, last.of_bytes), (found.bytes, found.bytes));
    }

    #[test]
    fn a_reading_ends_with_a_month_or_with_why_not() {
        let folder = tempfile::tempdir().unwrap();
        let catalog = Catalog::builtin().unwrap();
        let (sender, messages) = mpsc::channel();
        let mut scanner = Scanner::new(Arc::new(move |message| drop(sender.send(message))));
        let mut ends = |number, path: PathBuf| {
            let purpose = Purpose::Month;
            scanner
                .begin(ScanOrder { number, path: Some(path), purpose, hour_value: None }, catalog);
            loop {
                match messages.recv().unwrap() {
                    Message::Scan(_, News::At(_)) => {}
                    Message::Scan(of, news) => {
                        assert_eq!(of, number);
                        return news;
                    }
                    other => panic!("{other:?}"),
                }
            }
        };
        let News::Failed(why) = ends(1, folder.path().to_owned()) else {
            panic!("an empty folder");
        };
        assert!(why.starts_with("No response was found"), "{why}");
        fs::write(folder.path().join("codex"), CODEX).unwrap();
        let News::Failed(why) = ends(4, folder.path().join("codex")) else {
            panic!("a Codex log");
        };
        assert!(why.contains("'codex' is a Codex log"), "{why}");
        let News::Failed(why) = ends(2, folder.path().join("none")) else {
            panic!("a missing folder");
        };
        assert!(why.contains("does not exist"), "{why}");
        fs::write(folder.path().join("a.jsonl"), line(7, 1) + &line(8, 10)).unwrap();
        let News::Read(month) = ends(3, folder.path().to_owned()) else {
            panic!("two responses");
        };
        assert_eq!((month.days_of_use, month.responses), (10, 2));
        let fit = month.fit.as_deref().unwrap();
        // Both reach to today.
        assert_eq!((u64::from(fit.days), fit.to, fit.requests), (month.days, month.to, 2));
        assert_eq!(fit.plan("pro").unwrap().carries, crate::fit::Verdict::Yes);
        // The logs name no plan, so the person can choose one.
        let plans: Vec<&str> =
            month.replays.all().iter().filter_map(|replay| replay.plan.as_deref()).collect();
        assert_eq!(plans, crate::fit::NAMEABLE);
        let said = month.if_on(Some("max")).unwrap();
        assert!(said.fit.as_deref().unwrap().plan("max").unwrap().is_now);
    }
}
