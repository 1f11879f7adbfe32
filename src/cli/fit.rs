//! `planwise fit`: would the plan have covered the usage?

use std::process::ExitCode;

use anyhow::Context as _;
use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::{FitArgs, TableFormat};
use super::catalog::{self, CatalogChoice};
use super::usage_error::UsageError;
use super::{output, reading, usage};
use crate::catalog::Catalog;
use crate::cost::Volume;
use crate::facts::Facts;
use crate::fit::simulate::{SESSIONS_A_WEEK, simulate};
use crate::fit::{API, Ask, Evidence, Fit, Held, Span, Trace, WeekReset, assumed_reset};
use crate::format;
use crate::question::{Answers, Origin, Profile, QuestionId, Rank, Session};
use crate::report::read_answers;
use crate::shell::clock;
use crate::shell::input::{INPUT_LIMIT, read_stdin, read_text};
use crate::shell::logs::Options;
use crate::source::claude_ai::Assumed;
use crate::subject;
use crate::text::quoted;
use crate::usage::{SAMPLE, Usage};

/// Replays the logs, or simulated months, and prints the result.
pub(super) fn fit(args: &FitArgs, prices: Option<&CatalogChoice>) -> anyhow::Result<ExitCode> {
    let now = clock::now()?;
    let zone = match &args.timezone {
        None => now.time_zone().clone(),
        Some(name) => usage::named_zone(name)?,
    };
    let (catalog, settings) = catalog::load_and_settings(prices)?;
    let mut ask = ask(args, &catalog, &zone, &now)?;
    ask.hour_value = ask.hour_value.or(settings.hour_value);
    let text = if args.is_simulated() {
        let (profile, month) = habits(args)?;
        let sessions = args.sessions_per_week.unwrap_or(SESSIONS_A_WEEK);
        let habit = month.habit(profile, sessions, &catalog, ask.today)?;
        let simulated = simulate(&habit, &ask);
        match args.format {
            TableFormat::Json => {
                format::sorted(&format::fit::Document::simulated(&simulated, &catalog, &zone))
            }
            TableFormat::Text => subject::fit::simulated(&simulated, &catalog),
        }
    } else {
        let Some(history) = reading::gather(&args.paths, &options(&catalog, ask.today))? else {
            return Ok(reading::interrupted());
        };
        let told = Evidence::of(&history);
        if args.plan_now.is_none() {
            ask.evidence.held = told.held;
        }
        (ask.evidence.readings, ask.evidence.named) = (told.readings, told.named);
        let trace = Trace::of_history(&history, &catalog, &ask.span, ask.today);
        let fit = Fit::new(&trace, &ask);
        match args.format {
            TableFormat::Json => {
                format::sorted(&format::fit::Document::replay(&fit, &trace, &catalog, &zone))
            }
            TableFormat::Text => subject::fit::text(&fit, &catalog, &zone),
        }
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Assumes the list's default model for replies in an export.
fn options(catalog: &Catalog, today: Date) -> Options {
    let assumed = Assumed::by_default(catalog, today);
    Options { assumed, ..Options::default() }
}

fn ask<'a>(
    args: &FitArgs,
    catalog: &'a Catalog,
    zone: &TimeZone,
    now: &Zoned,
) -> anyhow::Result<Ask<'a>> {
    let held = match args.plan_now {
        None => Vec::new(),
        Some(plan) => {
            check_plan(plan, catalog)?;
            vec![Held { since: None, plan: plan.to_owned() }]
        }
    };
    let reset = args.week_start.map_or_else(assumed_reset, |start| WeekReset::Wall {
        weekday: start.weekday,
        time: start.time,
        is_set: true,
    });
    Ok(Ask {
        catalog,
        facts: Facts::builtin()?,
        span: Span { zone: zone.clone(), since: args.since, until: args.until },
        reset,
        yardstick: args.yardstick,
        rules: args.rules.unwrap_or_default(),
        today: now.timestamp().to_zoned(zone.clone()).date(),
        evidence: Evidence { held, ..Evidence::default() },
        spend_cap: args.spend_cap,
        hour_value: args.hour_value,
    })
}

/// Fails if the list does not have the plan.
fn check_plan(id: &str, catalog: &Catalog) -> Result<(), UsageError> {
    if id == API || catalog.plan(id).is_some() {
        return Ok(());
    }
    let names: Vec<&str> = catalog.plans.iter().map(|plan| plan.id.as_str()).collect();
    Err(UsageError::new(format!(
        "'--plan-now': the price list has no plan {}; it has {}",
        quoted(id),
        names.join(", ")
    )))
}

/// The answers and the month behind the simulated months.
fn habits(args: &FitArgs) -> anyhow::Result<(Profile, Usage)> {
    if let Some(path) = &args.answers {
        let (json, from) = if path.as_os_str() == "-" {
            (read_stdin(INPUT_LIMIT)?, "standard input".to_owned())
        } else {
            (read_text(path, INPUT_LIMIT)?, output::shown(path))
        };
        let unusable = || format!("cannot use {from}");
        let file = read_answers(&json).with_context(unusable)?;
        let (answers, month) = file.complete(args.assume_defaults).with_context(unusable)?;
        return Ok((answers.profile, month));
    }
    let mut answers = Answers::default();
    let session = args.session.unwrap_or(Session::Moderate);
    answers.give(QuestionId::Session, session as Rank, Origin::User);
    let resolved = answers.assume_open().resolve().context("the answers are not complete")?;
    let volume = Volume {
        input: args.input.unwrap_or(SAMPLE.input),
        output: args.output.unwrap_or(SAMPLE.output),
    };
    Ok((resolved.profile, Usage { volume, ..Usage::default() }))
}
