//! What can be typed: the flags of every command, their help, and the plan they make.
//!
//! Parsing only checks what was typed; it opens no file and needs no price list. So `--help` and
//! `--version` always work.

mod whatif;

use std::path::{Path, PathBuf};

pub use whatif::{CompareArgs, CompareFormat, ReplayArgs, SchemaArgs, SweepArgs, SweepFormat};

use clap::builder::PossibleValue;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::{Date, Time, Weekday};
use rust_decimal::Decimal;

pub use super::catalog::CatalogChoice;
use super::misuse::{self, Misuse};
use crate::cost::Mix;
use crate::fit::{Rules, Yardstick};
use crate::number::{NumberError, Percent, parse_price, parse_tokens};
pub use crate::settings::{ColorWhen, GlyphSet, ThemeName};

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
    /// Replay what was really used against the plans.
    Fit(Box<FitArgs>, Option<CatalogChoice>),
    /// Work a saved report out again.
    Replay(ReplayArgs, Option<CatalogChoice>),
    /// Hold two to four files against each other.
    Compare(CompareArgs, Option<CatalogChoice>),
    /// Vary one number or answer.
    Sweep(SweepArgs, Option<CatalogChoice>),
    /// Show the settings.
    Config(ConfigCommand),
    /// Print a completion script.
    Completions(Shell),
    /// Print the manual page.
    Man,
}

/// Every command, in the order of the help.
pub(super) const COMMANDS: [&str; 11] = [
    "decide",
    "cost",
    "usage",
    "fit",
    "replay",
    "compare",
    "sweep",
    "schema",
    "config",
    "completions",
    "man",
];

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
  planwise fit
      Which plan would have carried that, and what the others would have cost.
  planwise replay claude-choice.json
      A saved report with today's prices: what changed, and does it still stand.
  planwise compare now.json automated.json
      Up to four files side by side, and which difference turns the result.
  planwise sweep --answers claude-choice.json --vary volume --from 0 --to 5
      Result and costs along one number, for people who plot.

'planwise help decide', and so on for every command, says more.

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

const FIT_EXAMPLES: &str = "\
Examples:
  planwise fit
  planwise fit --plan-now pro --week-start thuT09:00
  planwise fit --hour-value 60 --spend-cap 100 --since 2026-10-01
  planwise fit --rules today --yardstick tokens --format json ~/backup/claude
  planwise fit --answers claude-choice.json
  planwise fit --simulate --session marathon --sessions-per-week 8 \\
    --input 20M --output 3M

Logs are found and read as by 'planwise usage'. Each request is replayed against
the five-hour windows and the weeks of every plan, once waiting for each reset and
once paying for what does not fit.

How much a window holds is not published: the answer is a range, from your own
limit hits where '--plan-now' says which plan they belong to, else from dated
estimates of users. With '--answers' or '--simulate' no log is read; a hundred
made-up months like yours are replayed instead.";

const CONFIG_EXAMPLES: &str = "\
Examples:
  planwise config sample > \"$(planwise config path)\"
      In a new folder: mkdir -p \"$(dirname \"$(planwise config path)\")\" first.
  planwise config check

planwise only reads this file. Flags beat the environment, and the environment
beats the file.";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  planwise completions bash > ~/.local/share/bash-completion/completions/planwise
  planwise completions zsh > ~/.zfunc/_planwise
      With 'fpath+=~/.zfunc' before 'compinit' in ~/.zshrc.
  planwise completions fish > ~/.config/fish/completions/planwise.fish
  planwise completions powershell >> $PROFILE
  planwise completions elvish >> ~/.config/elvish/rc.elv";

const MAN_EXAMPLES: &str = "\
Examples:
  planwise man | man -l -
  planwise man > ~/.local/share/man/man1/planwise.1";

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
    /// Replay what you really used against the limits of each plan
    #[command(after_help = FIT_EXAMPLES)]
    Fit(Box<FitArgs>),
    /// Work a saved report out again with today's prices, and hold it against real usage
    #[command(after_help = whatif::REPLAY_EXAMPLES)]
    Replay(ReplayArgs),
    /// Hold two to four reports or answers files against each other
    #[command(after_help = whatif::COMPARE_EXAMPLES)]
    Compare(CompareArgs),
    /// Vary one number or answer and see where the recommendation changes
    #[command(after_help = whatif::sweep_examples())]
    Sweep(SweepArgs),
    /// Print the JSON Schema of a format
    #[command(after_help = whatif::schema_examples())]
    Schema(SchemaArgs),
    /// Print the place of the settings, a sample, or whether they are in order
    #[command(subcommand, after_help = CONFIG_EXAMPLES)]
    Config(ConfigCommand),
    /// Print the script that completes commands and flags in a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// Print the manual page
    #[command(after_help = MAN_EXAMPLES)]
    Man,
}

/// What `planwise config` does.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum ConfigCommand {
    /// Print where the settings file is looked for
    Path,
    /// Print a settings file that explains every key and holds the defaults
    Sample,
    /// Say whether the settings file is in order, and what holds
    Check {
        /// A settings file to check instead of yours
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
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
    /// The full screen or plain lines.
    #[command(flatten)]
    pub face: FaceArgs,
    /// Keep no draft and remember no folder: write nothing but the report
    #[arg(long)]
    pub no_state: bool,
}

/// Whether the wizard asks on the full screen or in lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct FaceArgs {
    /// Ask in plain lines, for screen readers and simple terminals
    ///
    /// Also where ACCESSIBLE is set, TERM is dumb, or the settings say so. The lines can come from
    /// a file or a pipe.
    #[arg(long)]
    pub plain: bool,
    /// Use the full screen even where the settings or the environment ask for plain lines
    #[arg(long, conflicts_with = "plain")]
    pub full_screen: bool,
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
            (self.face.plain, "--plain"),
            (self.face.full_screen, "--full-screen"),
            (self.no_state, "--no-state"),
        ]
        .into_iter()
        .find_map(|(is_given, name)| is_given.then_some(name))
    }
}

/// Makes the words of a setting those of a flag.
macro_rules! flag_of_words {
    ($($name:ident),+) => {$(
        impl ValueEnum for $name {
            fn value_variants<'a>() -> &'a [Self] {
                Self::ALL
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(PossibleValue::new(self.name()))
            }
        }
    )+};
}

flag_of_words!(ColorWhen, GlyphSet, ThemeName);

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
    /// Do not remember the saved report: the wizard asks of the last one how it turned out
    #[arg(long, requires = "output")]
    pub no_state: bool,
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
    /// Files or folders to read instead of the usual places of Claude Code: logs, exports of
    /// claude.ai (zip too) and the Console, saved Admin API reports, 'ccusage --json'
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Read only this kind: auto (all), claude-code, claude-ai, console, admin or ccusage
    #[arg(long, value_name = "KIND", default_value = "auto", hide_possible_values = true)]
    pub from: SourceKind,
    /// The model that answered in a claude.ai export, which names none (default: the newest Sonnet)
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,
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
    fn check(&self) -> Result<(), Misuse> {
        check_span(self.since, self.until)
    }
}

/// A span of days goes forward.
fn check_span(since: Option<Date>, until: Option<Date>) -> Result<(), Misuse> {
    match (since, until) {
        (Some(since), Some(until)) if until < since => Err(Misuse::new(format!(
            "'--until' ({until}) is before '--since' ({since}); give the earlier day to '--since'"
        ))),
        _ => Ok(()),
    }
}

/// What `planwise fit` replays and how it answers.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct FitArgs {
    /// Logs to read, files or folders, instead of the usual places
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The plan you have: free, pro, max, ultra, team, team-premium or api
    ///
    /// Limit hits in your logs then show what its windows hold.
    #[arg(long, value_name = "PLAN", hide_possible_values = true)]
    pub plan_now: Option<PlanName>,
    /// What fills a window: api-value, api-value-with-reads or tokens
    #[arg(long, value_name = "WHAT", default_value = "api-value", hide_possible_values = true)]
    pub yardstick: YardstickName,
    /// When your week resets, such as mon or thuT09:00, unless a limit hit tells it
    #[arg(long, value_name = "DAY[THH:MM]", value_parser = week_start)]
    pub week_start: Option<WeekStart>,
    /// What an hour of interruption costs you, USD; else the one of the settings
    #[arg(long, value_name = "USD", value_parser = dollars, allow_negative_numbers = true)]
    pub hour_value: Option<Decimal>,
    /// The most you would pay a calendar month for what does not fit, USD; 0 for nothing
    #[arg(long, value_name = "USD", value_parser = cap, allow_negative_numbers = true)]
    pub spend_cap: Option<Decimal>,
    /// The first day that counts, such as 2026-11-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Option<Date>,
    /// The last day that counts
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<Date>,
    /// Limits to replay: dated (each day its own; the default) or today (today's throughout)
    #[arg(long, value_name = "RULES", hide_possible_values = true)]
    pub rules: Option<RulesName>,
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
    #[arg(long, value_name = "LENGTH", hide_possible_values = true)]
    pub session: Option<SessionName>,
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

    fn check(&self) -> Result<(), Misuse> {
        check_span(self.since, self.until)?;
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
                Err(Misuse::new(format!(
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
            Err(Misuse::new(format!("'{flag}' is for made-up months; add '--simulate'{or}")))
        })
    }
}

/// A plan by the word that is typed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanName {
    /// Free.
    Free,
    /// Pro.
    Pro,
    /// Max, once Max 5x.
    Max,
    /// Ultra, once Max 20x.
    Ultra,
    /// A standard seat of a team.
    Team,
    /// A premium seat of a team.
    TeamPremium,
    /// No plan: the API.
    Api,
}

impl PlanName {
    /// The id in the price list.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Pro => "pro",
            Self::Max => "max",
            Self::Ultra => "ultra",
            Self::Team => "team_standard",
            Self::TeamPremium => "team_premium",
            Self::Api => crate::fit::API,
        }
    }
}

/// What fills a window, by the word that is typed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum YardstickName {
    /// API value without cache reads.
    ApiValue,
    /// API value with cache reads.
    ApiValueWithReads,
    /// Uncached input and output tokens.
    Tokens,
}

impl YardstickName {
    /// The yardstick meant.
    pub const fn yardstick(self) -> Yardstick {
        match self {
            Self::ApiValue => Yardstick::ApiValue,
            Self::ApiValueWithReads => Yardstick::ApiValueWithReads,
            Self::Tokens => Yardstick::Tokens,
        }
    }
}

/// Whose limits are replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RulesName {
    /// Each day its own.
    Dated,
    /// Today's.
    Today,
}

impl RulesName {
    /// The rules meant.
    pub const fn rules(self) -> Rules {
        match self {
            Self::Dated => Rules::Dated,
            Self::Today => Rules::Today,
        }
    }
}

/// How long a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SessionName {
    /// A few questions at a time.
    Short,
    /// Up to about three hours.
    Moderate,
    /// Three hours or more.
    Marathon,
}

impl SessionName {
    /// The option of the question.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Moderate => "moderate",
            Self::Marathon => "marathon",
        }
    }
}

/// A weekday and a time at which weeks begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekStart {
    /// The day.
    pub weekday: Weekday,
    /// The time of that day.
    pub time: Time,
}

/// Reads `mon` or `thuT09:00`.
fn week_start(typed: &str) -> Result<WeekStart, Misuse> {
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
            Misuse::new(format!(
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
fn cap(typed: &str) -> Result<Decimal, Misuse> {
    let digits = typed.trim().trim_start_matches('$').trim_start();
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_zero = is_plain && Decimal::from_str_exact(digits).is_ok_and(|amount| amount.is_zero());
    if is_zero {
        return Ok(Decimal::ZERO);
    }
    parse_price(typed).map_err(|_above_zero| {
        Misuse::new(format!(
            "{} is not a cap; type dollars from 0 to 10,000, with at most two decimals",
            crate::text::quoted(typed)
        ))
    })
}

/// A kind of data that `planwise usage` reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SourceKind {
    /// Whatever it is, of the kinds that are known.
    Auto,
    /// Claude Code.
    ClaudeCode,
    /// claude.ai and Claude Desktop.
    ClaudeAi,
    /// The exports of the Console.
    Console,
    /// Saved reports of the Admin API.
    Admin,
    /// What 'ccusage --json' printed.
    Ccusage,
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

/// Which shell gets a completion script.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct CompletionsArgs {
    /// The shell: bash, zsh, fish, powershell or elvish
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub shell: Shell,
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
pub fn plan(args: &[String]) -> Result<Plan, Misuse> {
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
        Some(Command::Fit(args)) => {
            args.check()?;
            Ok(Plan::Fit(args, cli.catalog))
        }
        Some(Command::Replay(args)) => Ok(Plan::Replay(args, cli.catalog)),
        Some(Command::Compare(args)) => {
            args.check()?;
            Ok(Plan::Compare(args, cli.catalog))
        }
        Some(Command::Sweep(args)) => {
            args.check()?;
            Ok(Plan::Sweep(args, cli.catalog))
        }
        Some(Command::Schema(args)) => Ok(Plan::Show(args.text().to_owned())),
        Some(Command::Config(command)) => Ok(Plan::Config(command)),
        Some(Command::Completions(args)) => Ok(Plan::Completions(args.shell)),
        Some(Command::Man) => Ok(Plan::Man),
    }
}

/// Every command and flag, for what is made of them.
pub(super) fn command() -> clap::Command {
    Cli::command()
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
    let known = |arg: &String| COMMANDS.into_iter().find(|name| arg == name);
    args.iter().skip(1).find_map(known)
}

#[cfg(test)]
mod tests {
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
        for set in GlyphSet::ALL {
            assert!(Glyphs::named(set.name()).is_some(), "{set:?}");
        }
        for theme in ThemeName::ALL {
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
