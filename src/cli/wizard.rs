//! Starts the wizard, the only command that needs a terminal.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use anyhow::Context as _;
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use super::args::{ColorWhen, WizardArgs};
use super::settings::Loaded;
use super::usage_error::UsageError;
use crate::advice::{World, billing_cost};
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::question::Wording;
use crate::report::{read_answers, read_report};
use crate::settings::Settings;
use crate::shell::clock;
use crate::shell::draft;
use crate::shell::folders::{Folders, at_home};
use crate::shell::input::{INPUT_LIMIT, read_text};
use crate::shell::terminal_env::{ColorWish, TerminalEnv};
use crate::tui::app::AppState;
use crate::tui::look::{Glyphs, Look, Theme};
use crate::tui::{Launch, run};
use crate::wizard::session::{Choices, Month, Session};
use crate::wizard::{Kept, Places, Wizard};

/// The user interface of the wizard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Face {
    /// Full screen, which needs a terminal.
    FullScreen,
    /// Line by line: by choice, or because the terminal has no full screen. Works with a pipe.
    Lines,
}

/// Picks the interface. Flags override the environment, which overrides the settings.
fn face(args: &WizardArgs, settings: &Settings, terminal_env: &TerminalEnv) -> Face {
    if args.face.full_screen {
        Face::FullScreen
    } else if args.face.plain || terminal_env.accessible || terminal_env.is_dumb() || settings.plain
    {
        Face::Lines
    } else {
        Face::FullScreen
    }
}

/// Refuses to start if nobody can answer, because answers are never invented.
pub(super) fn check_terminal(args: &WizardArgs, settings: &Settings) -> Result<(), UsageError> {
    let takes_pipes = face(args, settings, &TerminalEnv::system()) == Face::Lines;
    if takes_pipes || io::stdin().is_terminal() && io::stdout().is_terminal() {
        return Ok(());
    }
    Err(UsageError::new(
        "the wizard needs a terminal to ask its questions; without one use 'planwise decide \
         --answers FILE --format json'",
    ))
}

/// Runs the wizard with these prices and settings until the person leaves it.
pub fn wizard(args: &WizardArgs, catalog: &Catalog, loaded: &Loaded) -> anyhow::Result<ExitCode> {
    let launch = launch(args, catalog, loaded)?;
    match face(args, &loaded.settings, &TerminalEnv::system()) {
        Face::FullScreen => run(launch),
        Face::Lines => super::plain::plain(launch),
    }
}

/// Everything the wizard starts with: settings, kept answers, an answers file.
fn launch<'w>(
    args: &WizardArgs,
    catalog: &'w Catalog,
    loaded: &Loaded,
) -> anyhow::Result<Launch<'w>> {
    let settings = &loaded.settings;
    let now = clock::now()?;
    let world = World { catalog, facts: Facts::builtin()?, today: now.date() };
    let wording = Wording::builtin()?;
    let begin = args.answers.as_ref().map(|path| answers(path, &world)).transpose()?;
    let (places, folders) = places(args, settings, &now);
    let mut session = Session::new(world, wording, Choices::default());
    let mut loaded = loaded.clone();
    let (usage, refused) = super::settings::first_month(settings, &world);
    for (key, why) in refused {
        loaded.complain(key, &why);
    }
    if let Err(error) = session.start_with(usage) {
        loaded.complain("catalog", &error.to_string());
    }
    let draft =
        |path: fn(&Folders) -> PathBuf| match folders.as_ref().and_then(|f| kept(&path(f), &now)) {
            Some(Ok(mut kept)) => {
                let status = price(&mut kept.choices, &world);
                (Some(kept), status)
            }
            Some(Err(why)) => (None, Some(why)),
            None => (None, None),
        };
    let (mut kept, status) = draft(Folders::draft);
    let (mut earlier, _) = draft(Folders::earlier);
    for kept in [&mut kept, &mut earlier].into_iter().flatten() {
        // A sample month is not a choice, so it follows the settings.
        if kept.choices.month == Month::Sample {
            kept.choices.usage = session.fresh().usage;
        }
    }
    let app = AppState {
        mouse: args.mouse || settings.mouse,
        problems: loaded.problems,
        wizard: Wizard {
            hour_value: settings.hour_value,
            unreadable: status.clone().filter(|_| kept.is_none()),
            kept,
            earlier,
            reported: places.last_report.as_deref().and_then(reported),
            ..Wizard::new(places.clone())
        },
        ..AppState::new(look(args, settings, &TerminalEnv::system()), places)
    };
    Ok(Launch { session, app, begin, status })
}

/// The answers of a file named on the command line, checked against the price list.
fn answers(path: &Path, world: &World<'_>) -> anyhow::Result<Choices> {
    let text = read_text(path, INPUT_LIMIT)?;
    let shown = crate::text::clean(&path.to_string_lossy()).into_owned();
    let file = read_answers(&text).with_context(|| format!("cannot use '{shown}'"))?;
    let choices = Choices::from_file(&file);
    billing_cost(&choices.usage, world).with_context(|| format!("cannot use '{shown}'"))?;
    Ok(choices)
}

/// The folders for reports and for the draft. Nothing is kept with `--no-state` or without a home
/// folder.
fn places(args: &WizardArgs, settings: &Settings, now: &Zoned) -> (Places, Option<Folders>) {
    let folders = Folders::system();
    let stem = format!("claude-choice-{}", now.date());
    let wanted = settings.folder.as_deref().and_then(|folder| at_home(folder).ok());
    let Some(folders) = folders else {
        let places = Places {
            reports: wanted.unwrap_or_else(|| PathBuf::from(".")),
            draft: None,
            earlier: None,
            remembered: None,
            last_report: None,
            stem,
        };
        return (places, None);
    };
    let last =
        draft::load(&folders.remembered()).ok().flatten().map(|(text, _)| PathBuf::from(text));
    // Offers a missing folder too: saving asks before it creates one.
    let reports = wanted.unwrap_or_else(|| folders.report_folder(last.as_deref()));
    let keeps = !args.no_state;
    let places = Places {
        reports,
        draft: keeps.then(|| folders.draft()),
        earlier: keeps.then(|| folders.earlier()),
        remembered: keeps.then(|| folders.remembered()),
        last_report: keeps.then(|| folders.last_report()),
        stem,
    };
    (places, keeps.then_some(folders))
}

/// The draft kept from an earlier start, or why it is unusable.
fn kept(path: &Path, now: &Zoned) -> Option<Result<Kept, String>> {
    match draft::load(path) {
        Ok(None) => None,
        Ok(Some((text, modified))) => Some(match Choices::from_draft(&text) {
            // Saved before the first answer, so there is nothing to resume.
            Ok(choices) if choices == Choices::default() => return None,
            Ok(choices) => Ok(Kept { choices, when: when(modified, now) }),
            Err(error) => Err(format!("! Kept answers could not be read: {error}")),
        }),
        Err(error) => Some(Err(format!("! Kept answers could not be read: {error}"))),
    }
}

/// The date of the report saved last. `None` if it is unreadable; the next report replaces it.
fn reported(path: &Path) -> Option<Date> {
    let (text, _) = draft::load(path).ok()??;
    Some(read_report(&text).ok()?.day)
}

/// Adapts kept choices to this price list, because another list may have been used before. Keeps
/// all answers even if the month has no price here. Returns what was dropped.
fn price(choices: &mut Choices, world: &World<'_>) -> Option<String> {
    let error = billing_cost(&choices.usage, world).err()?;
    choices.usage.model = None;
    if billing_cost(&choices.usage, world).is_ok() {
        return Some(format!("! Kept model left out: {error}"));
    }
    *choices = Choices { answers: choices.answers, ..Choices::default() };
    Some(format!("! Kept month left out: {error}"))
}

/// `today 18:02`, `yesterday 18:02`, `2026-11-20`.
fn when(time: SystemTime, now: &Zoned) -> String {
    let Ok(stamp) = Timestamp::try_from(time) else {
        return "earlier".to_owned();
    };
    let then = stamp.to_zoned(now.time_zone().clone());
    let clock = then.strftime("%H:%M");
    match now.date().yesterday() {
        _ if then.date() == now.date() => format!("today {clock}"),
        Ok(yesterday) if then.date() == yesterday => format!("yesterday {clock}"),
        _ => then.date().to_string(),
    }
}

/// Theme and glyphs. Flags override the environment, which overrides the settings.
fn look(args: &WizardArgs, settings: &Settings, terminal_env: &TerminalEnv) -> Look {
    let environment = terminal_env.color.map(|wish| match wish {
        ColorWish::Never => ColorWhen::Never,
        ColorWish::Always => ColorWhen::Always,
    });
    let colour = match args.color {
        // 'auto' asks the environment and ignores the settings.
        Some(ColorWhen::Auto) => environment.unwrap_or(ColorWhen::Auto),
        Some(when) => when,
        None => environment.unwrap_or(settings.color),
    };
    let theme = match (colour, args.theme.unwrap_or(settings.theme)) {
        (ColorWhen::Never, _) => Theme::MONO,
        (ColorWhen::Auto | ColorWhen::Always, name) => {
            Theme::named(name.name()).unwrap_or(Theme::TERMINAL)
        }
    };
    let glyphs = match args.glyph_set().or(settings.glyphs) {
        Some(set) => Glyphs::named(set.name()).unwrap_or(&Glyphs::ASCII),
        None if !terminal_env.is_utf8 => &Glyphs::ASCII,
        None if terminal_env.has_few_characters() => &Glyphs::PLAIN,
        None => &Glyphs::FULL,
    };
    Look::new(theme, glyphs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{GlyphSet, ThemeName};

    #[test]
    fn a_time_is_said_as_people_say_it() {
        let now: Zoned = "2026-11-22T09:00:00[UTC]".parse().unwrap();
        let at = |text: &str| {
            let then: Timestamp = text.parse().unwrap();
            when(SystemTime::from(then), &now)
        };
        assert_eq!(at("2026-11-22T08:30:00Z"), "today 08:30");
        assert_eq!(at("2026-11-21T18:02:00Z"), "yesterday 18:02");
        assert_eq!(at("2026-11-20T18:02:00Z"), "2026-11-20");
    }

    #[test]
    fn kept_answers_outlive_the_price_list_they_were_made_with() {
        let catalog = Catalog::builtin().unwrap();
        let facts = Facts::builtin().unwrap();
        let world = World { catalog, facts, today: jiff::civil::date(2026, 11, 22) };
        let draft = r#"{"answers": {"interface": "chat", "limits": "often"},
            "usage": {"input_tokens": 7, "output_tokens": 8, "model": "my-own-model"}}"#;
        let mut choices = Choices::from_draft(draft).unwrap();
        let before = choices.clone();
        let said = price(&mut choices, &world).unwrap();
        assert!(said.starts_with("! Kept model left out: model 'my-own-model'"), "{said}");
        assert_eq!(choices.answers, before.answers);
        assert_eq!((choices.usage.volume, choices.month), (before.usage.volume, before.month));
        assert_eq!(choices.usage.model, None);
        assert_eq!(price(&mut choices, &world), None);
    }

    #[test]
    fn lines_are_asked_for_in_four_ways_and_refused_in_one() {
        let around = |accessible: bool, term: &str| TerminalEnv {
            color: None,
            accessible,
            is_utf8: true,
            term: term.to_owned(),
            is_old_console: false,
        };
        let (none, default) = (WizardArgs::default(), Settings::default());
        let xterm = around(false, "xterm");
        assert_eq!(face(&none, &default, &xterm), Face::FullScreen);
        assert_eq!(face(&none, &default, &around(false, "dumb")), Face::Lines);
        assert_eq!(face(&none, &default, &around(true, "xterm")), Face::Lines);
        let set = Settings { plain: true, ..Settings::default() };
        assert_eq!(face(&none, &set, &xterm), Face::Lines);
        let mut args = WizardArgs::default();
        args.face.plain = true;
        assert_eq!(face(&args, &default, &xterm), Face::Lines);
        args.face = super::super::args::FaceArgs { plain: false, full_screen: true };
        assert_eq!(face(&args, &set, &around(true, "dumb")), Face::FullScreen);
    }

    #[test]
    fn flags_beat_the_environment_and_that_beats_the_settings() {
        let named = |args: &WizardArgs, settings: &Settings, around: &TerminalEnv| {
            let look = look(args, settings, around);
            (look.theme.name, look.glyphs.name)
        };
        let utf8 = TerminalEnv {
            color: None,
            accessible: false,
            is_utf8: true,
            term: "xterm".to_owned(),
            is_old_console: false,
        };
        let plain = TerminalEnv { color: Some(ColorWish::Never), is_utf8: false, ..utf8.clone() };
        let console = TerminalEnv { is_old_console: true, ..utf8.clone() };
        assert_eq!(
            named(&WizardArgs::default(), &Settings::default(), &console),
            ("terminal", "plain")
        );
        let forced = TerminalEnv { color: Some(ColorWish::Always), ..utf8.clone() };
        let none = WizardArgs::default();
        let default = Settings::default();
        assert_eq!(named(&none, &default, &utf8), ("terminal", "full"));
        assert_eq!(named(&none, &default, &plain), ("mono", "ascii"));
        let set = Settings {
            theme: ThemeName::Contrast,
            color: ColorWhen::Always,
            glyphs: Some(GlyphSet::Plain),
            ..Settings::default()
        };
        assert_eq!(named(&none, &set, &utf8), ("contrast", "plain"));
        assert_eq!(named(&none, &set, &plain), ("mono", "plain"));
        let never = Settings { color: ColorWhen::Never, ..set.clone() };
        assert_eq!(named(&none, &never, &utf8), ("mono", "plain"));
        assert_eq!(named(&none, &never, &forced), ("contrast", "plain"));
        let args = WizardArgs {
            color: Some(ColorWhen::Always),
            glyphs: Some(GlyphSet::Full),
            theme: Some(ThemeName::Terminal),
            ..WizardArgs::default()
        };
        assert_eq!(named(&args, &never, &plain), ("terminal", "full"));
        let auto = WizardArgs { color: Some(ColorWhen::Auto), ..WizardArgs::default() };
        assert_eq!(named(&auto, &never, &utf8), ("contrast", "plain"));
        assert_eq!(named(&auto, &set, &plain), ("mono", "plain"));
    }
}
