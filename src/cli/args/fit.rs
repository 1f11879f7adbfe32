//! The flags of `fit`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::{Date, Time, Weekday};
use rust_decimal::Decimal;

use super::days::{check_span, day};
use super::{TableFormat, UsageError, Words, one_of};
use crate::fit::{API, Rules, Yardstick};
use crate::number::{NumberError, parse_price, parse_tokens};
use crate::question::Session;

pub(super) const FIT_EXAMPLES: &str = "\
Examples:
  planwise fit
  planwise fit --plan-now pro --week-start thuT09:00
  planwise fit --hour-value 60 --spend-cap 100 --since 2026-10-01
  planwise fit --rules today --yardstick tokens --format json ~/backup/claude
  planwise fit --answers claude-choice.json
  planwise fit --simulate --session marathon --sessions-per-week 8 \\
    --input 20M --output 3M

Logs are found and read as by 'planwise usage'. Each request is replayed against
the five-hour windows and the weeks of every plan, once waiting for each reset
and once paying for what does not fit.

How much a window holds is not published: the answer is a range, from your own
limit hits where '--plan-now' says which plan they belong to, else from dated
estimates of users. With '--answers' or '--simulate' no log is read; a hundred
made-up months like yours are replayed instead.";

/// What `planwise fit` replays and how it answers.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct FitArgs {
    /// Logs to read, files or folders, instead of the usual places
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The plan you have: free, pro, max, ultra, team, team-premium or api
    ///
    /// Limit hits in your logs then show what its windows hold.
    #[arg(long, value_name = "PLAN", value_parser = one_of(PLANS), hide_possible_values = true)]
    pub plan_now: Option<&'static str>,
    /// What fills a window: api-value, api-value-with-reads or tokens
    #[arg(long, value_name = "WHAT", default_value = "api-value")]
    #[arg(value_parser = one_of(YARDSTICKS), hide_possible_values = true)]
    pub yardstick: Yardstick,
    /// When your week resets, such as mon or thuT09:00, unless a limit hit tells it
    #[arg(long, value_name = "DAY[THH:MM]", value_parser = week_start)]
    pub week_start: Option<WeekStart>,
    /// What an hour of interruption costs you, USD; else the one of the settings
    #[arg(long, value_name = "USD", value_parser = dollars, allow_negative_numbers = true)]
    pub hour_value: Option<Decimal>,
    /// The most credits you would use a calendar month, USD at API prices; 0 for none
    ///
    /// It caps what is used, counted at API prices, of usage credits and of the API alike. What you
    /// pay for credits can be less, because bundles of them come at a discount.
    #[arg(long, value_name = "USD", value_parser = cap, allow_negative_numbers = true)]
    pub spend_cap: Option<Decimal>,
    /// The first day that counts, such as 2026-11-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Option<Date>,
    /// The last day that counts
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<Date>,
    /// Limits to replay: dated (each day its own; the default) or today (today's throughout)
    #[arg(long, value_name = "RULES", value_parser = one_of(RULES), hide_possible_values = true)]
    pub rules: Option<Rules>,
    /// The time zone of days and weeks, such as Europe/Madrid or UTC (default: the system's)
    #[arg(long, value_name = "TZ")]
    pub timezone: Option<String>,
    /// Read no log; replay made-up months of the size you give
    #[arg(long, conflicts_with = "paths")]
    pub simulate: bool,
    /// The same from an answers file or a saved report in JSON ('-' for standard input)
    #[arg(long, value_name = "FILE|-", conflicts_with_all = ["paths", "session", "input", "output"])]
    pub answers: Option<PathBuf>,
    /// Assume an answer where the file has none, as 'planwise decide' does
    #[arg(long, requires = "answers")]
    pub assume_defaults: bool,
    /// How long a simulated session is: short, moderate or marathon
    #[arg(long, value_name = "LENGTH", value_parser = one_of(SESSIONS))]
    #[arg(hide_possible_values = true)]
    pub session: Option<Session>,
    /// Simulated sessions a week, 1 to 200 (default: 10)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=200))]
    pub sessions_per_week: Option<u32>,
    /// Simulated input tokens a month (default: 500k)
    #[arg(long, value_name = "N", value_parser = parse_tokens)]
    pub input: Option<u64>,
    /// Simulated output tokens a month (default: 200k)
    #[arg(long, value_name = "N", value_parser = parse_tokens)]
    pub output: Option<u64>,
    /// How to write the result: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: TableFormat,
}

impl FitArgs {
    /// Whether made-up months are asked for.
    pub const fn is_simulated(&self) -> bool {
        self.simulate || self.answers.is_some()
    }

    pub(super) fn check(&self) -> Result<(), UsageError> {
        check_span(self.since, self.until)?;
        if self.assume_defaults && self.answers.is_none() {
            return Err(UsageError::new(
                "'--assume-defaults' fills the gaps of an answers file; add '--answers FILE' or \
                 leave it out",
            ));
        }
        let first = |given: &[(bool, &'static str)]| {
            given.iter().find_map(|(is_given, name)| is_given.then_some(*name))
        };
        if self.is_simulated() {
            let of_logs = [
                (self.plan_now.is_some(), "--plan-now"),
                (self.hour_value.is_some(), "--hour-value"),
                (self.spend_cap.is_some(), "--spend-cap"),
                (self.since.is_some(), "--since"),
                (self.until.is_some(), "--until"),
                (self.rules.is_some(), "--rules"),
            ];
            return first(&of_logs).map_or(Ok(()), |flag| {
                let with = if self.simulate { "--simulate" } else { "--answers" };
                Err(UsageError::new(format!(
                    "'{flag}' is for logs and made-up months take no account of it; leave out \
                     '{flag}' or '{with}'"
                )))
            });
        }
        let sessions = self.sessions_per_week.is_some();
        let made_up = [
            (self.session.is_some(), "--session"),
            (self.input.is_some(), "--input"),
            (self.output.is_some(), "--output"),
            (sessions, "--sessions-per-week"),
        ];
        first(&made_up).map_or(Ok(()), |flag| {
            let or = if flag == "--sessions-per-week" { " or '--answers'" } else { "" };
            Err(UsageError::new(format!("'{flag}' is for made-up months; add '--simulate'{or}")))
        })
    }
}

/// The plans and their ids in the price list.
const PLANS: Words<&str> = &[
    ("free", "Free", "free"),
    ("pro", "Pro", "pro"),
    ("max", "Max, once Max 5x", "max"),
    ("ultra", "Ultra, once Max 20x", "ultra"),
    ("team", "A standard seat of a team", "team_standard"),
    ("team-premium", "A premium seat of a team", "team_premium"),
    ("api", "No plan: the API", API),
];

const YARDSTICKS: Words<Yardstick> = &[
    ("api-value", "API value without cache reads", Yardstick::ApiValue),
    ("api-value-with-reads", "API value with cache reads", Yardstick::ApiValueWithReads),
    ("tokens", "Uncached input and output tokens", Yardstick::Tokens),
];

const RULES: Words<Rules> =
    &[("dated", "Each day its own", Rules::Dated), ("today", "Today's", Rules::Today)];

const SESSIONS: Words<Session> = &[
    ("short", "A few questions at a time", Session::Short),
    ("moderate", "Up to about three hours", Session::Moderate),
    ("marathon", "Three hours or more", Session::Marathon),
];

/// A weekday and a time at which weeks begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekStart {
    /// The day.
    pub weekday: Weekday,
    /// The time of that day.
    pub time: Time,
}

/// Reads `mon` or `thuT09:00`.
fn week_start(typed: &str) -> Result<WeekStart, UsageError> {
    const DAYS: [(&str, Weekday); 7] = [
        ("mon", Weekday::Monday),
        ("tue", Weekday::Tuesday),
        ("wed", Weekday::Wednesday),
        ("thu", Weekday::Thursday),
        ("fri", Weekday::Friday),
        ("sat", Weekday::Saturday),
        ("sun", Weekday::Sunday),
    ];
    let lower = typed.to_ascii_lowercase();
    let known = DAYS.iter().find_map(|(name, day)| Some((*day, lower.strip_prefix(name)?)));
    let read = |rest: &str| {
        if rest.is_empty() {
            return Some(Time::midnight());
        }
        let (hour, minute) = rest.strip_prefix('t')?.split_once(':')?;
        let number = |text: &str| {
            let is_number = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
            text.parse::<i8>().ok().filter(|_| is_number)
        };
        Time::new(number(hour)?, number(minute)?, 0, 0).ok()
    };
    known.and_then(|(weekday, rest)| Some(WeekStart { weekday, time: read(rest)? })).ok_or_else(
        || {
            UsageError::new(format!(
                "{} is not a day and time of the week; write it as mon or thuT09:00",
                crate::text::quoted(typed)
            ))
        },
    )
}

/// Dollars above 0, at most 10,000, with at most two decimals.
fn dollars(typed: &str) -> Result<Decimal, NumberError> {
    parse_price(typed)
}

/// Dollars from 0, at most 10,000, with at most two decimals.
fn cap(typed: &str) -> Result<Decimal, UsageError> {
    let digits = typed.trim().trim_start_matches('$').trim_start();
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_zero = is_plain && Decimal::from_str_exact(digits).is_ok_and(|amount| amount.is_zero());
    if is_zero {
        return Ok(Decimal::ZERO);
    }
    parse_price(typed).map_err(|_above_zero| {
        UsageError::new(format!(
            "{} is not a cap; type dollars from 0 to 10,000, with at most two decimals",
            crate::text::quoted(typed)
        ))
    })
}
