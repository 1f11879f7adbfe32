//! What can be typed: the flags of every command, their help, and the plan they make.
//!
//! Parsing only checks what was typed; it opens no file and needs no price list. So `--help` and
//! `--version` always work.

use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use super::catalog::CatalogChoice;
use super::misuse::{self, Misuse};
use crate::cost::Mix;
use crate::number::{NumberError, Percent, parse_tokens};

/// What the arguments ask for.
#[derive(Debug)]
pub enum Plan {
    /// Show a help text or the version.
    Show(String),
    /// Open the wizard.
    Wizard(WizardArgs, Option<CatalogChoice>),
    /// Assess a file of answers.
    Decide(DecideArgs, Option<CatalogChoice>),
    /// Price a volume on every model.
    Cost(CostArgs, Option<CatalogChoice>),
    /// Sum up what was really used.
    Usage(UsageArgs, Option<CatalogChoice>),
}

const EXAMPLES: &str = "\
Examples:
  planwise
      Ask, compare, recommend. Nothing is sent anywhere and no key is needed.
  planwise --answers claude-choice.json
      Open the wizard filled in from a saved report.
  planwise decide --answers claude-choice.json
      The same recommendation as text, without a terminal.
  planwise cost --input 2.5M --output 800k
      What a month of that size costs on each current model, beside Pro.
  planwise usage
      What your Claude Code logs hold, and what it would have cost on the API.

'planwise help decide', 'planwise help cost' and 'planwise help usage' say more.

Exit codes: 0 done, 1 failed, 2 wrong use or no terminal, 130 interrupted.";

const DECIDE_EXAMPLES: &str = "\
Examples:
  planwise decide --answers claude-choice.json
  planwise decide --answers claude-choice.json --catalog article --format json
  planwise decide --answers answers.json --output choice.md
  planwise decide --answers answers.json --output choice.html
  echo '{\"answers\": {\"interface\": \"chat\"},
         \"usage\": {\"input_tokens\": 3000000, \"output_tokens\": 900000}}' |
    planwise decide --answers - --assume-defaults

A saved report in JSON is also an answers file: only its 'answers' and 'usage' are read.
An answer that is missing is an error that names the question and its options.";

const COST_EXAMPLES: &str = "\
Examples:
  planwise cost --input 500k --output 200k
  planwise cost --input 2M --output 800k --catalog article
  planwise cost --input 10M --output 1M --model claude-sonnet-5-5 \\
    --model claude-opus-5-5
  planwise cost --input 30M --output 2M --cache-read 60 --batch 50 --format json

N is a number of tokens a month: 800k, 2.5M, 1,000,000 or 1e6.
PCT is a percentage with at most four decimals: 25 or 33.3333.
A model without a price for such tokens is shown as unpriced, never as $0.";

const USAGE_EXAMPLES: &str = "\
Examples:
  planwise usage
  planwise usage --since 2026-11-01 --until 2026-11-30 --by model
  planwise usage --by week --timezone Europe/Madrid --format json
  planwise usage ~/backup/claude/projects session.jsonl

Without PATH the logs are looked for where Claude Code keeps them: the folders in
CLAUDE_CONFIG_DIR, else ~/.config/claude and ~/.claude. Files are only read, no file
of credentials is opened, and nothing is sent or written.

Dollars are what the same tokens would have cost on the API, by the prices of
their days. On a plan with a flat price they are no money that was spent.";

/// Claude Pro, the API, or both? Asks eight questions, prices your month, says why.
#[derive(Debug, Parser)]
#[command(
    name = "planwise",
    version,
    max_term_width = 80,
    after_help = EXAMPLES,
    long_about = "Claude Pro, the API, or both? Without a command, planwise opens a wizard: it \
        asks eight questions, shows what the same month costs on every model, and recommends \
        Pro, the API or a hybrid, with its reasons. Every figure comes from a dated price list; \
        nothing is read from the network and nothing is sent."
)]
struct Cli {
    /// Prices to use: builtin, article, or a FILE in the same format
    ///
    /// Holds for every command, before or after its name. Without it your own list is used where
    /// there is one (catalog.json in the configuration folder), else the one built in.
    #[arg(long, global = true, value_name = "builtin|article|FILE")]
    catalog: Option<CatalogChoice>,

    #[command(flatten)]
    wizard: WizardArgs,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Assess a saved report or an answers file, without a terminal
    #[command(after_help = DECIDE_EXAMPLES)]
    Decide(DecideArgs),
    /// Price a month of tokens on each model, beside Pro
    #[command(after_help = COST_EXAMPLES)]
    Cost(CostArgs),
    /// Sum up what you really used, from the logs of Claude Code
    #[command(after_help = USAGE_EXAMPLES)]
    Usage(UsageArgs),
}

/// How the wizard is opened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "Wizard")]
pub struct WizardArgs {
    /// Open filled in from an answers file or a saved report in JSON
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// When to use colour.
    #[arg(long, value_name = "WHEN", hide_possible_values = true)]
    #[arg(help = "Use colour: auto (not where NO_COLOR is set), always or never")]
    pub color: Option<ColorWhen>,
    /// Draw with ASCII only, the same as '--glyphs ascii'
    #[arg(long, conflicts_with = "glyphs")]
    pub ascii: bool,
    /// Draw with these characters: full, plain (no braille) or ascii
    #[arg(long, value_name = "SET", hide_possible_values = true)]
    pub glyphs: Option<GlyphSet>,
    /// Use this theme: terminal, contrast or mono
    #[arg(long, value_name = "NAME", hide_possible_values = true)]
    pub theme: Option<ThemeName>,
    /// Take mouse clicks (then hold Shift to select text)
    #[arg(long)]
    pub mouse: bool,
    /// Keep no draft and remember no folder: write nothing but the report
    #[arg(long)]
    pub no_state: bool,
}

impl WizardArgs {
    /// The glyphs asked for, in either way.
    pub fn glyph_set(&self) -> Option<GlyphSet> {
        if self.ascii { Some(GlyphSet::Ascii) } else { self.glyphs }
    }

    /// The first flag that was given, by its name.
    fn first_given(&self) -> Option<&'static str> {
        [
            (self.answers.is_some(), "--answers"),
            (self.color.is_some(), "--color"),
            (self.ascii, "--ascii"),
            (self.glyphs.is_some(), "--glyphs"),
            (self.theme.is_some(), "--theme"),
            (self.mouse, "--mouse"),
            (self.no_state, "--no-state"),
        ]
        .into_iter()
        .find_map(|(is_given, name)| is_given.then_some(name))
    }
}

/// When the wizard uses colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// Where the terminal and the environment allow it.
    Auto,
    /// In any case.
    Always,
    /// Not at all.
    Never,
}

/// The characters the wizard draws with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GlyphSet {
    /// Braille and blocks.
    Full,
    /// No braille.
    Plain,
    /// Seven bits.
    Ascii,
}

impl GlyphSet {
    /// Its name, as [`Glyphs::named`](crate::tui::look::Glyphs::named) knows it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Plain => "plain",
            Self::Ascii => "ascii",
        }
    }
}

/// A built-in theme of the wizard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ThemeName {
    /// The terminal's own colours.
    Terminal,
    /// Everything in full strength.
    Contrast,
    /// No colour.
    Mono,
}

impl ThemeName {
    /// Its name, as [`Theme::named`](crate::tui::look::Theme::named) knows it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Contrast => "contrast",
            Self::Mono => "mono",
        }
    }
}

/// What `planwise decide` assesses and how it answers.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct DecideArgs {
    /// The answers: a saved report in JSON, an answers file, or '-' for standard input
    #[arg(long, value_name = "FILE|-")]
    pub answers: PathBuf,
    /// How to write the report: text, json, markdown or html
    ///
    /// Without it the name given to '--output' decides: .json, .md or .html. Otherwise text.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub format: Option<ReportFormat>,
    /// Save the report under this name instead of printing it ('-' prints it)
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Replace an existing file, which is kept as '.bak'
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Assume an answer where one is missing; the report marks it as assumed
    ///
    /// Assumed are: interface chat, session moderate, limits unknown, automation none, developer
    /// no, control no, features nice, billing either; 500k input and 200k output tokens where the
    /// usage is missing.
    #[arg(long)]
    pub assume_defaults: bool,
}

impl DecideArgs {
    /// The format asked for; else the one the name of the file stands for; else text.
    pub fn format(&self) -> ReportFormat {
        let ending = self.output.as_deref().and_then(Path::extension);
        let is = |word: &str| ending.is_some_and(|ending| ending.eq_ignore_ascii_case(word));
        match self.format {
            Some(format) => format,
            None if is("json") => ReportFormat::Json,
            None if is("md") || is("markdown") => ReportFormat::Markdown,
            None if is("html") || is("htm") => ReportFormat::Html,
            None => ReportFormat::Text,
        }
    }
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For a person at a terminal.
    Text,
    /// For programs, and for opening again.
    Json,
    /// For keeping and sharing.
    Markdown,
    /// For sending on: one page for any browser.
    Html,
}

/// What `planwise cost` prices and how it answers.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct CostArgs {
    /// Input tokens a month
    #[arg(long, value_name = "N", value_parser = parse_tokens, allow_negative_numbers = true)]
    pub input: u64,
    /// Output tokens a month
    #[arg(long, value_name = "N", value_parser = parse_tokens, allow_negative_numbers = true)]
    pub output: u64,
    /// A model by id or alias; give it again for more (default: every current model)
    #[arg(long, value_name = "ID")]
    pub model: Vec<String>,
    /// Share of the input read from the cache
    #[arg(long, value_name = "PCT", value_parser = share, allow_negative_numbers = true)]
    pub cache_read: Option<Percent>,
    /// Share of the input written to the cache for five minutes
    #[arg(long, value_name = "PCT", value_parser = share, allow_negative_numbers = true)]
    pub cache_write: Option<Percent>,
    /// Share of the input written to the cache for one hour
    #[arg(long, value_name = "PCT", value_parser = share, allow_negative_numbers = true)]
    pub cache_write_1h: Option<Percent>,
    /// Share of everything sent as batches, at half the price
    #[arg(long, value_name = "PCT", value_parser = share, allow_negative_numbers = true)]
    pub batch: Option<Percent>,
    /// Thinking on top of the output, 0 to 1000 percent of it
    #[arg(long, value_name = "PCT", value_parser = thinking, allow_negative_numbers = true)]
    pub thinking: Option<Percent>,
    /// Typical size of a prompt, for models whose price depends on it
    #[arg(long, value_name = "N", value_parser = parse_tokens, allow_negative_numbers = true)]
    pub prompt_tokens: Option<u64>,
    /// How to write the result: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: TableFormat,
}

impl CostArgs {
    /// How the tokens are billed.
    pub fn mix(&self) -> Mix {
        Mix {
            cache_read: self.cache_read.unwrap_or_default(),
            cache_write_5m: self.cache_write.unwrap_or_default(),
            cache_write_1h: self.cache_write_1h.unwrap_or_default(),
            batch: self.batch.unwrap_or_default(),
            thinking: self.thinking.unwrap_or_default(),
        }
    }

    /// The shares of the cache are parts of one input.
    fn check(&self) -> Result<(), Misuse> {
        let mix = self.mix();
        let sum = mix.cache_read.value() + mix.cache_write_5m.value() + mix.cache_write_1h.value();
        if sum <= Percent::whole(100).value() {
            return Ok(());
        }
        Err(Misuse::new(format!(
            "'--cache-read', '--cache-write' and '--cache-write-1h' are {sum} % together; they \
             share one input, so give at most 100 %",
            sum = sum.normalize()
        )))
    }
}

/// How a table of costs is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For a person at a terminal.
    Text,
    /// For programs.
    Json,
}

/// What `planwise usage` reads and how it answers.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct UsageArgs {
    /// Logs to read, files or folders, instead of the usual places
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What kind of data it is: auto or claude-code
    #[arg(long, value_name = "KIND", default_value = "auto", hide_possible_values = true)]
    pub from: SourceKind,
    /// The first day that counts, such as 2026-11-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Option<Date>,
    /// The last day that counts
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<Date>,
    /// The time zone of the days, such as Europe/Madrid or UTC (default: the system's)
    #[arg(long, value_name = "TZ")]
    pub timezone: Option<String>,
    /// One row for each day, week, month, model, project or session
    #[arg(long, value_name = "WHAT", default_value = "day", hide_possible_values = true)]
    pub by: RowKind,
    /// How to write the result: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: TableFormat,
}

impl UsageArgs {
    /// A span of days goes forward.
    fn check(&self) -> Result<(), Misuse> {
        match (self.since, self.until) {
            (Some(since), Some(until)) if until < since => Err(Misuse::new(format!(
                "'--until' ({until}) is before '--since' ({since}); give the earlier day to \
                 '--since'"
            ))),
            _ => Ok(()),
        }
    }
}

/// A kind of data that `planwise usage` reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SourceKind {
    /// Whatever it is, of the kinds that are known.
    Auto,
    /// The session logs of Claude Code.
    ClaudeCode,
}

/// What a row of `planwise usage` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RowKind {
    /// A calendar day.
    Day,
    /// An ISO week.
    Week,
    /// A calendar month.
    Month,
    /// A model.
    Model,
    /// A project.
    Project,
    /// A session.
    Session,
}

/// A day as `2026-11-20`.
fn day(typed: &str) -> Result<Date, Misuse> {
    match typed.parse::<Date>() {
        Ok(day) if typed.len() == 10 => Ok(day),
        _ => Err(Misuse::new(format!(
            "{} is not a day; write it as 2026-11-20",
            crate::text::quoted(typed)
        ))),
    }
}

fn share(typed: &str) -> Result<Percent, NumberError> {
    Percent::parse(typed, 100)
}

fn thinking(typed: &str) -> Result<Percent, NumberError> {
    Percent::parse(typed, 1000)
}

/// Makes a plan of the arguments, the program's own name first among them.
pub(super) fn plan(args: &[String]) -> Result<Plan, Misuse> {
    let command = command_named(args);
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(told) => {
            return match (told.kind(), command) {
                (ErrorKind::DisplayHelp | ErrorKind::DisplayVersion, _) => {
                    Ok(Plan::Show(told.render().to_string()))
                }
                (ErrorKind::MissingRequiredArgument, Some(command))
                    if is_before("--answers", command, args) =>
                {
                    Err(misplaced("--answers", command))
                }
                _ => Err(misuse::explain(&told, command)),
            };
        }
    };
    match (cli.wizard.first_given(), &cli.command) {
        (Some(flag), Some(_)) => return Err(misplaced(flag, command.unwrap_or_default())),
        (Some(_), None) if cli.wizard.answers.as_deref() == Some(Path::new("-")) => {
            return Err(Misuse::new(
                "the wizard needs standard input for its keys; name a file, or use 'planwise \
                 decide --answers -'",
            ));
        }
        _ => {}
    }
    match cli.command {
        None => Ok(Plan::Wizard(cli.wizard, cli.catalog)),
        Some(Command::Decide(args)) => Ok(Plan::Decide(args, cli.catalog)),
        Some(Command::Cost(args)) => {
            args.check()?;
            Ok(Plan::Cost(args, cli.catalog))
        }
        Some(Command::Usage(args)) => {
            args.check()?;
            Ok(Plan::Usage(args, cli.catalog))
        }
    }
}

/// A flag of the wizard that stands before a command.
fn misplaced(flag: &str, command: &str) -> Misuse {
    Misuse::new(format!(
        "'{flag}' before '{command}' is for the wizard; leave it out, or put it after \
         '{command}' if 'planwise {command} --help' lists it"
    ))
}

/// Whether the flag was typed somewhere before the command.
fn is_before(flag: &str, command: &str, args: &[String]) -> bool {
    let mut before = args.iter().take_while(|arg| *arg != command);
    before.any(|arg| arg.split('=').next() == Some(flag))
}

/// The command among the arguments, to point at its help.
fn command_named(args: &[String]) -> Option<&'static str> {
    let known = |arg: &String| ["decide", "cost", "usage"].into_iter().find(|name| arg == name);
    args.iter().skip(1).find_map(known)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::tui::look::{Glyphs, Theme};

    fn parsed(line: &str) -> Plan {
        let args: Vec<String> = line.split(' ').map(str::to_owned).collect();
        plan(&args).unwrap()
    }

    #[test]
    fn the_flags_are_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_flag_has_a_help_text() {
        let cli = Cli::command();
        for command in std::iter::once(&cli).chain(cli.get_subcommands()) {
            for flag in command.get_arguments() {
                assert!(flag.get_help().is_some(), "{flag}");
            }
        }
    }

    #[test]
    fn every_named_look_exists() {
        for set in GlyphSet::value_variants() {
            assert!(Glyphs::named(set.name()).is_some(), "{set:?}");
        }
        for theme in ThemeName::value_variants() {
            assert!(Theme::named(theme.name()).is_some(), "{theme:?}");
        }
    }

    #[test]
    fn the_wizard_gets_its_flags() {
        let line =
            "planwise --answers a.json --color never --ascii --theme mono --mouse --no-state";
        let Plan::Wizard(args, None) = parsed(line) else {
            panic!("not the wizard");
        };
        assert_eq!(args.answers, Some(PathBuf::from("a.json")));
        assert_eq!(args.color, Some(ColorWhen::Never));
        assert_eq!(args.glyph_set(), Some(GlyphSet::Ascii));
        assert_eq!(args.theme, Some(ThemeName::Mono));
        assert!(args.mouse && args.no_state);
    }

    #[test]
    fn the_price_list_is_named_before_or_after_the_command() {
        for line in [
            "planwise --catalog article cost --input 1 --output 1",
            "planwise cost --input 1 --output 1 --catalog article",
        ] {
            let Plan::Cost(_, choice) = parsed(line) else {
                panic!("not 'cost'");
            };
            assert_eq!(choice, Some(CatalogChoice::Article), "{line}");
        }
        let Plan::Wizard(_, choice) = parsed("planwise --catalog ./article") else {
            panic!("not the wizard");
        };
        assert_eq!(choice, Some(CatalogChoice::File("./article".into())));
    }

    #[test]
    fn the_name_of_the_file_settles_the_format() {
        for (line, format) in [
            ("planwise decide --answers a", ReportFormat::Text),
            ("planwise decide --answers a --output b.JSON", ReportFormat::Json),
            ("planwise decide --answers a --output b.md", ReportFormat::Markdown),
            ("planwise decide --answers a --output b.html", ReportFormat::Html),
            ("planwise decide --answers a --output b.HTM", ReportFormat::Html),
            ("planwise decide --answers a --output b", ReportFormat::Text),
            ("planwise decide --answers a --output b.md --format json", ReportFormat::Json),
        ] {
            let Plan::Decide(args, _) = parsed(line) else {
                panic!("not 'decide'");
            };
            assert_eq!(args.format(), format, "{line}");
        }
    }
}
