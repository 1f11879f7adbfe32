//! Usage errors in one line: what, where, what to do.
//!
//! The parser's own messages take several paragraphs and repeat the arguments unchanged. This
//! module replaces them with one clean sentence.

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use thiserror::Error;

use crate::text::{looks_like_key, nearest, quoted};

/// A usage error. The program ends with exit code 2.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct UsageError(String);

impl UsageError {
    /// The message is one sentence that ends with the remedy.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

/// Checks every argument before anything else happens: none may contain a secret key, and all must
/// be text.
pub(super) fn screen(args: impl IntoIterator<Item = OsString>) -> Result<Vec<String>, UsageError> {
    let args: Vec<OsString> = args.into_iter().collect();
    let given = || args.iter().enumerate().skip(1);
    // Check all of them for keys first: the next check prints an argument.
    if let Some((place, _)) = given().find(|(_, arg)| looks_like_key(&arg.to_string_lossy())) {
        return Err(UsageError::new(format!(
            "argument {place} holds what looks like a secret key; planwise never needs one, leave \
             it out"
        )));
    }
    if let Some((place, arg)) = given().find(|(_, arg)| arg.to_str().is_none()) {
        return Err(UsageError::new(format!(
            "argument {place} is not UTF-8 text: {}; rename the file, or use '-' for a standard \
             stream",
            quoted(&arg.to_string_lossy())
        )));
    }
    // Replace the program's own name, which could be anything.
    let own = std::iter::once("planwise".to_owned());
    let rest = args.iter().skip(1);
    Ok(own.chain(rest.map(|arg| arg.to_string_lossy().into_owned())).collect())
}

/// Rewrites the parser's error in our words.
pub(super) fn explain(refusal: &clap::Error, command: Option<&str>) -> UsageError {
    let help = match command {
        Some(command) => format!("see 'planwise {command} --help'"),
        None => "see 'planwise --help'".to_owned(),
    };
    let typed = |kind| quoted(&context(refusal, kind).join(" "));
    let flag = || {
        context(refusal, ContextKind::InvalidArg)
            .first()
            .map_or_else(|| "an argument".to_owned(), |flag| flag_name(flag))
    };
    // The parser also suggests names that are hardly similar.
    let meant = |typed, kind| {
        let (typed, near) = (context(refusal, typed).join(" "), context(refusal, kind));
        match nearest(&typed, near.iter().map(String::as_str)) {
            Some(near) => format!(" (did you mean '{near}'?)"),
            None => String::new(),
        }
    };
    let value = context(refusal, ContextKind::InvalidValue);
    let message = match refusal.kind() {
        ErrorKind::ValueValidation => match refusal.source() {
            Some(reason) => format!("{}: {reason}", flag()),
            None => {
                format!("{}: {} cannot be used; {help}", flag(), typed(ContextKind::InvalidValue))
            }
        },
        ErrorKind::InvalidValue if value.iter().all(String::is_empty) => {
            format!("{} needs a value; {help}", flag())
        }
        ErrorKind::InvalidValue => format!(
            "{}: {} is not one of {}{}",
            flag(),
            typed(ContextKind::InvalidValue),
            context(refusal, ContextKind::ValidValue).join(", "),
            meant(ContextKind::InvalidValue, ContextKind::SuggestedValue),
        ),
        ErrorKind::UnknownArgument if is_negative(&context(refusal, ContextKind::InvalidArg)) => {
            format!("a number is negative; give 0 or more; {help}")
        }
        ErrorKind::UnknownArgument => format!(
            "unknown argument {}{}; {help}",
            typed(ContextKind::InvalidArg),
            meant(ContextKind::InvalidArg, ContextKind::SuggestedArg),
        ),
        ErrorKind::InvalidSubcommand => format!(
            "unknown command {}{}; use {}, or none for the wizard",
            typed(ContextKind::InvalidSubcommand),
            meant(ContextKind::InvalidSubcommand, ContextKind::SuggestedSubcommand),
            commands(),
        ),
        ErrorKind::MissingRequiredArgument => format!(
            "missing {}; {help}",
            context(refusal, ContextKind::InvalidArg)
                .iter()
                .map(|flag| format!("'{flag}'"))
                .collect::<Vec<_>>()
                .join(" and ")
        ),
        ErrorKind::ArgumentConflict => conflict(
            &flag(),
            &context(refusal, ContextKind::PriorArg)
                .iter()
                .map(|flag| flag_name(flag))
                .collect::<Vec<_>>(),
        ),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            format!("{} takes no such value; {help}", flag())
        }
        _ => format!("the arguments cannot be used; {help}"),
    };
    UsageError(message)
}

/// `decide, cost or usage`: the names of all commands.
fn commands() -> String {
    match super::args::COMMANDS.split_last() {
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// True if the unknown flag looks like a negative number such as `-2.5M`.
fn is_negative(flag: &[String]) -> bool {
    let digits = flag.first().and_then(|flag| flag.strip_prefix('-'));
    digits.is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
}

/// The same flag twice, or two flags that exclude each other.
fn conflict(flag: &str, others: &[String]) -> String {
    match others.first() {
        Some(other) if other != flag => {
            format!("{flag} and {other} exclude each other; give one of them")
        }
        _ => format!("{flag} is given twice; give it once"),
    }
}

/// `'--input'` of `--input <N>`.
fn flag_name(usage: &str) -> String {
    let name = usage.split_whitespace().next().unwrap_or_default();
    quoted(name)
}

/// The parser's details of this kind.
fn context(refusal: &clap::Error, kind: ContextKind) -> Vec<String> {
    match refusal.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(list)) => list.clone(),
        _ => Vec::new(),
    }
}
