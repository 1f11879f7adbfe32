//! The way into the wizard, which alone of all commands needs a terminal.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use anyhow::Context as _;
use jiff::{Timestamp, Zoned};

use super::args::{ColorWhen, WizardArgs};
use super::misuse::Misuse;
use crate::advice::{World, billing_cost};
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::question::Wording;
use crate::report::read_answers;
use crate::session::{Choices, Session};
use crate::shell::clock;
use crate::shell::draft;
use crate::shell::folders::Folders;
use crate::shell::input::{INPUT_LIMIT, read_text};
use crate::shell::surroundings::Surroundings;
use crate::tui::look::{Glyphs, Look, Theme};
use crate::tui::state::{Desk, Kept, Places};
use crate::tui::{Launch, run};

/// Refuses to start where nobody can answer: no answer is ever invented.
pub(super) fn check_terminal() -> Result<(), Misuse> {
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return Ok(());
    }
    Err(Misuse::new(
        "the wizard needs a terminal to ask its questions; without one use 'planwise decide \
         --answers FILE --format json'",
    ))
}

/// Opens the wizard with these prices and returns when the person leaves it.
pub fn wizard(args: &WizardArgs, catalog: &Catalog) -> anyhow::Result<ExitCode> {
    let now = clock::now()?;
    let world = World { catalog, facts: Facts::builtin()?, today: now.date() };
    let wording = Wording::builtin()?;
    let begin = args.answers.as_ref().map(|path| answers(path, &world)).transpose()?;
    let (places, folders) = places(args, &now);
    let draft =
        |path: fn(&Folders) -> PathBuf| match folders.as_ref().and_then(|f| kept(&path(f), &now)) {
            Some(Ok(mut kept)) => {
                let status = price(&mut kept.choices, &world);
                (Some(kept), status)
            }
            Some(Err(why)) => (None, Some(why)),
            None => (None, None),
        };
    let (kept, status) = draft(Folders::draft);
    let (earlier, _) = draft(Folders::earlier);
    let desk = Desk {
        mouse: args.mouse,
        unreadable: status.clone().filter(|_| kept.is_none()),
        kept,
        earlier,
        ..Desk::new(look(args, &Surroundings::system()), places)
    };
    let session = Session::new(world, wording, Choices::default());
    run(Launch { session, desk, begin, status })
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

/// Where reports and the draft go; nothing is kept with `--no-state` or without a home folder.
fn places(args: &WizardArgs, now: &Zoned) -> (Places, Option<Folders>) {
    let folders = Folders::system();
    let stem = format!("claude-choice-{}", now.date());
    let Some(folders) = folders else {
        let places = Places {
            reports: PathBuf::from("."),
            draft: None,
            earlier: None,
            remembered: None,
            stem,
        };
        return (places, None);
    };
    let last =
        draft::load(&folders.remembered()).ok().flatten().map(|(text, _)| PathBuf::from(text));
    let reports = folders.report_folder(last.as_deref());
    let keeps = !args.no_state;
    let places = Places {
        reports,
        draft: keeps.then(|| folders.draft()),
        earlier: keeps.then(|| folders.earlier()),
        remembered: keeps.then(|| folders.remembered()),
        stem,
    };
    (places, keeps.then_some(folders))
}

/// What was kept from an earlier start, or why it cannot be used.
fn kept(path: &Path, now: &Zoned) -> Option<Result<Kept, String>> {
    match draft::load(path) {
        Ok(None) => None,
        Ok(Some((text, modified))) => Some(match Choices::from_draft(&text) {
            // Kept before the first answer: there is nothing to go on from.
            Ok(choices) if choices == Choices::default() => return None,
            Ok(choices) => Ok(Kept { choices, when: when(modified, now) }),
            Err(error) => Err(format!("! Kept answers could not be read: {error}")),
        }),
        Err(error) => Some(Err(format!("! Kept answers could not be read: {error}"))),
    }
}

/// Makes kept choices fit this price list: they may have been made with another one. No answer is
/// lost over a month that has no price here. Returns what had to go.
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

/// Theme and glyphs: flags beat the environment.
fn look(args: &WizardArgs, surroundings: &Surroundings) -> Look {
    let colour = match args.color {
        Some(ColorWhen::Always) => true,
        Some(ColorWhen::Never) => false,
        Some(ColorWhen::Auto) | None => !surroundings.no_color,
    };
    let theme = match args.theme.and_then(|name| Theme::named(name.name())) {
        Some(theme) if colour => theme,
        None if colour => Theme::TERMINAL,
        _ => Theme::MONO,
    };
    let glyphs = match args.glyph_set() {
        Some(set) => Glyphs::named(set.name()).unwrap_or(&Glyphs::ASCII),
        None if !surroundings.is_utf8 => &Glyphs::ASCII,
        None if surroundings.term == "linux" => &Glyphs::PLAIN,
        None => &Glyphs::FULL,
    };
    Look::new(theme, glyphs)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn flags_beat_the_environment() {
        let plain = Surroundings { no_color: true, is_utf8: false, term: "xterm".to_owned() };
        let default = look(&WizardArgs::default(), &plain);
        assert_eq!((default.theme.name, default.glyphs.name), ("mono", "ascii"));
        let args = WizardArgs {
            color: Some(ColorWhen::Always),
            glyphs: Some(super::super::args::GlyphSet::Full),
            ..WizardArgs::default()
        };
        let flagged = look(&args, &plain);
        assert_eq!((flagged.theme.name, flagged.glyphs.name), ("terminal", "full"));
    }
}
