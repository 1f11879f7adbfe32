//! The clock: read once here and passed on as a value.
//!
//! No other module may read the time, so that a report can be reproduced exactly. Two variables
//! control it: `SOURCE_DATE_EPOCH` replaces the time (see
//! <https://reproducible-builds.org/specs/source-date-epoch/>), `TZ` sets the time zone.

use std::{
    env,
    ffi::{OsStr, OsString},
};

use jiff::{Timestamp, Zoned, tz::TimeZone};
use thiserror::Error;

const VARIABLE: &str = "SOURCE_DATE_EPOCH";

/// Why the time is not available.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ClockError {
    /// `SOURCE_DATE_EPOCH` is set, but is not a valid time.
    #[error(
        "cannot use '{VARIABLE}' from the environment: '{value}' is not a whole number of \
         seconds since 1970 up to the year 9999; correct it or unset it"
    )]
    BadEpoch {
        /// Its value, with control characters escaped.
        value: String,
    },
}

/// The current time in the local time zone, or the time set by `SOURCE_DATE_EPOCH`.
///
/// Without a known time zone, as in a bare container, the zone is UTC.
pub fn now() -> Result<Zoned, ClockError> {
    let zone = TimeZone::system();
    let zone = if zone.is_unknown() { TimeZone::UTC } else { zone };
    Ok(instant(env::var_os(VARIABLE))?.to_zoned(zone))
}

fn instant(epoch: Option<OsString>) -> Result<Timestamp, ClockError> {
    match epoch {
        Some(value) => parse(&value),
        None => Ok(Timestamp::now()),
    }
}

fn parse(value: &OsStr) -> Result<Timestamp, ClockError> {
    value
        .to_str()
        .and_then(|text| text.parse::<u64>().ok())
        .and_then(|seconds| i64::try_from(seconds).ok())
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .ok_or_else(|| ClockError::BadEpoch {
            value: value.to_string_lossy().escape_default().to_string(),
        })
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// Prints the time for the test below, which sets the variables.
    #[test]
    #[ignore = "started by 'the_environment_sets_time_and_zone'"]
    fn show_now() {
        println!("{}", now().unwrap().strftime("%Y-%m-%dT%H:%M:%S%:z"));
    }

    #[test]
    #[cfg(unix)]
    fn the_environment_sets_time_and_zone() {
        // The last is not a time zone, so it counts as UTC.
        for (zone, expected) in [
            ("JST-9", "2026-11-21T22:05:00+09:00"),
            ("UTC", "2026-11-21T13:05:00+00:00"),
            ("No/Such_Zone", "2026-11-21T13:05:00+00:00"),
        ] {
            let output = Command::new(env::current_exe().unwrap())
                .args(["shell::clock::tests::show_now", "--exact"])
                .args(["--ignored", "--nocapture"])
                .env("TZ", zone)
                .env(VARIABLE, "1795266300")
                .output()
                .unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            assert!(text.contains(expected), "{zone}: {text}");
        }
    }

    #[test]
    fn source_date_epoch_replaces_the_time() {
        let time = instant(Some("1795266300".into())).unwrap();
        assert_eq!(time.to_string(), "2026-11-21T13:05:00Z");
    }

    #[test]
    fn without_it_the_time_moves_on() {
        let first = instant(None).unwrap();
        assert!(first.as_second() > 1_700_000_000);
        assert!(instant(None).unwrap() >= first);
    }

    #[test]
    fn a_bad_source_date_epoch_is_named_with_the_remedy() {
        assert_eq!(
            instant(Some("next week".into())).unwrap_err().to_string(),
            "cannot use 'SOURCE_DATE_EPOCH' from the environment: 'next week' is not a whole \
             number of seconds since 1970 up to the year 9999; correct it or unset it"
        );
        for bad in
            ["", " 5", "-1", "-377705023201", "1.5", "1e9", "9223372036854775807", "\u{1b}[2J"]
        {
            assert!(instant(Some(bad.into())).is_err(), "{bad:?} was accepted");
        }
    }

    #[test]
    fn a_bad_value_cannot_steer_the_terminal() {
        let text = instant(Some("\u{1b}[2J".into())).unwrap_err().to_string();
        assert!(!text.contains('\u{1b}'), "{text:?}");
    }
}
