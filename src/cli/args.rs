//! What can be typed: the flags of every command, their help, and the plan they make.
//!
//! Parsing only checks what was typed; it opens no file and needs no price list. So `--help` and
//! `--version` always work.

mod cost;
mod days;
mod decide;
mod fit;
mod tools;
mod usage;
mod whatif;
mod wizard;

use std::path::Path;

pub use cost::CostArgs;
pub use decide::{DecideArgs, ReportFormat};
pub use fit::{FitArgs, WeekStart};
pub use tools::{CompletionsArgs, ConfigCommand};
pub use usage::{SourceKind, UsageArgs};
pub use whatif::{CompareArgs, CompareFormat, ReplayArgs, SchemaArgs, SweepArgs, SweepFormat};
pub use wizard::{FaceArgs, WizardArgs};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub use super::catalog::CatalogChoice;
use super::usage_error::{self, UsageError};
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
pub const COMMANDS: [&str; 11] = [
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
    #[command(after_help = decide::DECIDE_EXAMPLES)]
    Decide(DecideArgs),
    /// Price a month of tokens on each model, beside Pro
    #[command(after_help = cost::COST_EXAMPLES)]
    Cost(CostArgs),
    /// Sum up what you really used, from the logs of Claude Code
    #[command(after_help = usage::USAGE_EXAMPLES)]
    Usage(UsageArgs),
    /// Replay what you really used against the limits of each plan
    #[command(after_help = fit::FIT_EXAMPLES)]
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
    #[command(subcommand, after_help = tools::CONFIG_EXAMPLES)]
    Config(ConfigCommand),
    /// Print the script that completes commands and flags in a shell
    #[command(after_help = tools::COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// Print the manual page
    #[command(after_help = tools::MAN_EXAMPLES)]
    Man,
}

/// Words that can be typed: each with a line of help, and what it stands for.
type Words<T> = &'static [(&'static str, &'static str, T)];

/// Takes one of these words.
fn one_of<T>(words: Words<T>) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    let values = words.iter().map(|(word, help, _)| PossibleValue::new(*word).help(*help));
    PossibleValuesParser::new(values).try_map(|typed| {
        let known = words.iter().find(|(word, ..)| *word == typed);
        known.map(|(.., value)| *value).ok_or_else(|| UsageError::new("not one of the words"))
    })
}

/// How a table of costs is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For a person at a terminal.
    Text,
    /// For programs.
    Json,
}

/// Makes a plan of the arguments, the program's own name first among them.
pub fn plan(args: &[String]) -> Result<Plan, UsageError> {
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
                _ => Err(usage_error::explain(&told, command)),
            };
        }
    };
    match (cli.wizard.first_given(), &cli.command) {
        (Some(flag), Some(_)) => return Err(misplaced(flag, command.unwrap_or_default())),
        (Some(_), None) if cli.wizard.answers.as_deref() == Some(Path::new("-")) => {
            return Err(UsageError::new(
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
fn misplaced(flag: &str, command: &str) -> UsageError {
    UsageError::new(format!(
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
    use std::path::PathBuf;

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
    fn the_help_counts_the_questions_as_the_framework_does() {
        let long = Cli::command().get_long_about().unwrap().to_string();
        let short = Cli::command().get_about().unwrap().to_string();
        let asked = format!("asks {} questions", crate::question::QuestionId::COUNT_IN_WORDS);
        assert!(long.contains(&asked), "{long}");
        assert!(short.to_lowercase().contains(&asked), "{short}");
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
