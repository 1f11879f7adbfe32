//! The progress of a log scan, and its result. Pure state: the reading itself is done elsewhere.

use std::sync::Arc;

use jiff::civil::Date;

use crate::history::summary::Summary;
use crate::measured::{Measured, Reading};
use crate::number::grouped;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// The number of the scan; news of other scans is ignored.
    number: u32,
    purpose: Purpose,
    stage: Stage,
    /// The logs read last, for any purpose, until they are dropped.
    reading: Option<Reading>,
    /// The plan declared for them, while others are read.
    declared: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Makes a month of all usage.
    Month,
    /// Compares the usage since this day with a report.
    Since(Date),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// No scan was started, or its result was dropped.
    Idle,
    Running(Progress),
    Stopped,
    /// The scan found a month.
    Read,
    /// The scan summed up the usage since a day, which may be nothing.
    Used(Arc<Summary>),
    /// The scan found nothing, for this reason.
    Failed(String),
}

/// The files and bytes read so far, and their totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    pub files: u64,
    /// Files to read; 0 until they have been found.
    pub of_files: u64,
    pub bytes: u64,
    /// Total size of the files when they were found.
    pub of_bytes: u64,
}

/// News of a running scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    At(Progress),
    /// The scan is done and made a month.
    Read(Arc<Measured>),
    /// The scan is done: the usage since a day, and the month of all logs, if they make one.
    Used(Arc<Summary>, Option<Arc<Measured>>),
    /// The scan ended without a result, for this reason.
    Failed(String),
}

const MB: u64 = 1_000_000;

impl Progress {
    /// `41 of 128 files`; for a single file its size, `120 of 300 MB`.
    pub fn words(&self) -> String {
        if self.of_files == 1 {
            let of = self.of_bytes.max(self.bytes).div_ceil(MB);
            return format!("{} of {} MB", grouped(self.bytes / MB), grouped(of));
        }
        format!("{} of {} files", grouped(self.files), grouped(self.of_files))
    }

    /// How many of `cells` are filled, by bytes.
    pub fn cells(&self, cells: u64) -> u64 {
        let of = self.of_bytes.max(self.bytes).max(1);
        let done = u128::from(self.bytes) * u128::from(cells) / u128::from(of);
        u64::try_from(done).unwrap_or(cells).min(cells)
    }
}

impl Scan {
    pub const fn new() -> Self {
        Self {
            number: 0,
            purpose: Purpose::Month,
            stage: Stage::Idle,
            reading: None,
            declared: None,
        }
    }

    pub const fn number(&self) -> u32 {
        self.number
    }

    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The month of the logs read last, until they are dropped.
    pub const fn month(&self) -> Option<&Arc<Measured>> {
        match &self.reading {
            Some(reading) => Some(reading.month()),
            None => None,
        }
    }

    /// The logs read last, until they are dropped.
    pub const fn reading(&self) -> Option<&Reading> {
        self.reading.as_ref()
    }

    pub const fn reading_mut(&mut self) -> Option<&mut Reading> {
        self.reading.as_mut()
    }

    /// The plan that the person declared for the logs read last.
    pub fn declared_plan(&self) -> Option<&str> {
        self.month().map_or(self.declared.as_deref(), |month| month.declared_plan())
    }

    /// Starts a scan and returns its number.
    pub fn begin(&mut self, purpose: Purpose) -> u32 {
        self.number = self.number.wrapping_add(1);
        self.purpose = purpose;
        if purpose == Purpose::Month {
            self.declared = self.declared_plan().map(str::to_owned);
            self.reading = None;
        }
        self.stage = Stage::Running(Progress::default());
        self.number
    }

    /// Stops the scan. Returns false if none is running.
    pub fn stop(&mut self) -> bool {
        let runs = matches!(self.stage, Stage::Running(_));
        if runs {
            self.stage = Stage::Stopped;
        }
        runs
    }

    /// Drops the month that was found. Usage compared with a report stays.
    pub fn leave(&mut self) {
        (self.reading, self.declared) = (None, None);
        if self.stage == Stage::Read {
            self.stage = Stage::Idle;
        }
    }

    /// Handles news of a scan. Returns false if that scan was stopped or replaced.
    pub fn on_message(&mut self, number: u32, news: News) -> bool {
        let is_current = number == self.number && matches!(self.stage, Stage::Running(_));
        if is_current {
            self.stage = match news {
                News::At(progress) => Stage::Running(progress),
                News::Read(measured) => {
                    self.reading = Some(Reading::new(measured));
                    Stage::Read
                }
                News::Used(used, month) => {
                    self.reading = month.map(Reading::new).or_else(|| self.reading.take());
                    Stage::Used(used)
                }
                News::Failed(why) => Stage::Failed(why),
            };
        }
        is_current
    }

    /// The status line during the scan; `stops` is true if the key that stops it is active.
    pub fn status(&self, stops: bool) -> Option<String> {
        let Stage::Running(progress) = &self.stage else {
            return None;
        };
        let said = match progress.of_files {
            0 => "Looking for logs".to_owned(),
            _ => format!("Reading logs: {}", progress.words()),
        };
        Some(if stops { format!("{said}, x stops") } else { said })
    }

    /// The status line after the scan has ended by itself.
    pub const fn ended(&self) -> Option<&'static str> {
        match (&self.stage, self.purpose) {
            (Stage::Read, _) => Some("Logs are read: open Use my own logs."),
            (Stage::Used(_), _) => Some("Logs are read: r shows how it turned out."),
            (Stage::Failed(_), Purpose::Month) => Some("! Logs not read: see Use my own logs."),
            (Stage::Failed(_), Purpose::Since(_)) => Some("! Logs not read: r says why."),
            _ => None,
        }
    }
}

impl Default for Scan {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAR: Progress =
        Progress { files: 41, of_files: 128, bytes: 300 * MB, of_bytes: 1_200 * MB };

    #[test]
    fn the_status_line_counts_files_or_the_bytes_of_a_single_one() {
        let mut scan = Scan::new();
        assert_eq!(scan.status(true), None);
        let number = scan.begin(Purpose::Month);
        assert_eq!(scan.status(true).unwrap(), "Looking for logs, x stops");
        assert!(scan.on_message(number, News::At(FAR)));
        assert_eq!(scan.status(true).unwrap(), "Reading logs: 41 of 128 files, x stops");
        assert_eq!(scan.status(false).unwrap(), "Reading logs: 41 of 128 files");
        assert_eq!(FAR.cells(20), 5);
        let one = Progress { of_files: 1, bytes: 120 * MB + 1, of_bytes: 300 * MB, ..FAR };
        scan.on_message(number, News::At(one));
        assert_eq!(scan.status(true).unwrap(), "Reading logs: 120 of 300 MB, x stops");
        let grown = Progress { bytes: u64::MAX, of_bytes: 1, ..one };
        assert_eq!(grown.cells(20), 20);
    }

    #[test]
    fn ten_thousand_files_fit_the_status_line() {
        let many = Progress { files: 9_999, of_files: 10_000, ..FAR };
        let mut scan = Scan::new();
        let number = scan.begin(Purpose::Month);
        scan.on_message(number, News::At(many));
        assert!(scan.status(true).unwrap().chars().count() <= 44);
    }

    #[test]
    fn news_of_a_reading_that_was_stopped_are_not_heard() {
        let mut scan = Scan::new();
        let first = scan.begin(Purpose::Month);
        assert!(scan.stop());
        assert!(!scan.stop());
        assert!(!scan.on_message(first, News::Failed("late".to_owned())));
        assert_eq!(scan.stage(), &Stage::Stopped);
        let second = scan.begin(Purpose::Month);
        assert!(!scan.on_message(first, News::At(FAR)));
        assert!(scan.on_message(second, News::Failed("why".to_owned())));
        assert_eq!(scan.ended(), Some("! Logs not read: see Use my own logs."));
        assert_eq!(scan.status(true), None);
    }

    #[test]
    fn the_end_is_said_with_the_way_to_what_was_read() {
        let mut scan = Scan::new();
        let day = jiff::civil::date(2026, 10, 20);
        let number = scan.begin(Purpose::Since(day));
        assert_eq!(scan.purpose(), Purpose::Since(day));
        scan.on_message(number, News::Failed("why".to_owned()));
        assert_eq!(scan.ended(), Some("! Logs not read: r says why."));
    }
}
