//! Appearance, mouse and files. Changes apply to this run only.

use ratatui::text::{Line, Span};

use super::{ScreenBehavior, help, moved};
use crate::text::clean;
use crate::text::layout::pad_right;
use crate::tui::app::{AppState, Cx, EventCtx, Go};
use crate::tui::keymap::{Action, Context};
use crate::tui::look::{Glyphs, Look, Theme};
use crate::tui::page::Page;
use crate::tui::place::{Place, Reading};
use crate::wizard::{DraftOrder, Effect};

#[derive(Debug, Default)]
pub struct Settings {
    focus: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Theme,
    Glyphs,
    Mouse,
    Forget,
}

/// What is focused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focused {
    /// A problem with the settings file.
    Problem,
    Row(Row),
    /// A read-only line.
    Fact,
}

impl Row {
    const ALL: [Self; 4] = [Self::Theme, Self::Glyphs, Self::Mouse, Self::Forget];

    const fn name(self) -> &'static str {
        match self {
            Self::Theme => "Theme",
            Self::Glyphs => "Characters",
            Self::Mouse => "Mouse",
            Self::Forget => "Forget the kept answers",
        }
    }

    /// The current choice, in words.
    const fn value(self, app: &AppState) -> &'static str {
        match self {
            Self::Theme => app.look.theme.name,
            Self::Glyphs => app.look.glyphs.name,
            Self::Mouse if app.mouse => "on",
            Self::Mouse => "off",
            Self::Forget => "",
        }
    }

    /// What the current choice means.
    fn about(self, app: &AppState) -> &'static str {
        match self {
            Self::Theme => theme_about(app.look.theme.name),
            Self::Glyphs => glyphs_about(app.look.glyphs.name),
            Self::Mouse if app.mouse => "Click and wheel. Shift-drag selects text.",
            Self::Mouse => "The terminal selects text as usual.",
            Self::Forget if app.wizard.places.draft.is_none() => {
                "Nothing is kept: nothing to forget."
            }
            Self::Forget => "Deletes them, and the last report's copy.",
        }
    }
}

fn theme_about(name: &str) -> &'static str {
    match name {
        "contrast" => "Bold shapes, underlined keys, no colour.",
        "mono" => "No colour: shapes and words say it all.",
        _ => "Your terminal's own colours.",
    }
}

fn glyphs_about(name: &str) -> &'static str {
    match name {
        "plain" => "No braille: for fonts with few signs.",
        "ascii" => "Only what every keyboard has.",
        _ => "Lines, blocks and braille dots.",
    }
}

/// The next or previous choice, wrapping around at the end.
fn neighbour<T: Copy>(all: &[T], here: Option<usize>, forward: bool) -> Option<T> {
    let count = all.len();
    let next = match here {
        None => 0,
        Some(index) if forward => (index + 1) % count.max(1),
        Some(index) => (index + count.saturating_sub(1)) % count.max(1),
    };
    all.get(next).copied()
}

impl Settings {
    fn line(&self, app: &AppState) -> Focused {
        match self.focus.checked_sub(app.problems.len()) {
            None => Focused::Problem,
            Some(index) => Row::ALL.get(index).map_or(Focused::Fact, |row| Focused::Row(*row)),
        }
    }

    /// Selects the next or previous choice.
    fn change(&self, forward: bool, ctx: &mut EventCtx<'_, '_>) {
        let look = ctx.app.look;
        let Focused::Row(row) = self.line(ctx.app) else {
            ctx.say = Some("Only to be read here.".to_owned());
            return;
        };
        match row {
            Row::Theme => {
                let here = Theme::ALL.iter().position(|t| t.name == look.theme.name);
                if let Some(theme) = neighbour(&Theme::ALL, here, forward) {
                    ctx.app.look = Look::new(theme, look.glyphs);
                }
            }
            Row::Glyphs => {
                let here = Glyphs::ALL.iter().position(|g| g.name == look.glyphs.name);
                if let Some(glyphs) = neighbour(&Glyphs::ALL, here, forward) {
                    ctx.app.look = Look::new(look.theme, glyphs);
                }
            }
            Row::Mouse => {
                ctx.app.mouse = !ctx.app.mouse;
                ctx.effects.push(crate::tui::effect::Effect::Mouse(ctx.app.mouse));
            }
            Row::Forget => ctx.say = Some("Enter forgets them.".to_owned()),
        }
    }

    fn enter(&self, ctx: &mut EventCtx<'_, '_>) {
        let line = self.line(ctx.app);
        if line == Focused::Problem {
            ctx.go = Some(Go::Over(Place::Reading(Reading::Problems)));
        } else if line != Focused::Row(Row::Forget) {
            self.change(true, ctx);
        } else if ctx.app.wizard.places.draft.is_none() {
            ctx.say = Some("Nothing is kept, so nothing was deleted.".to_owned());
        } else {
            ctx.app.wizard.kept = None;
            ctx.app.wizard.elsewhere = Some(ctx.session.choices().clone());
            ctx.app.wizard.reported = None;
            ctx.ask(Effect::Draft(DraftOrder::Drop));
            ctx.ask(Effect::ForgetReport);
            ctx.say = Some("Forgotten: the kept answers are deleted.".to_owned());
        }
    }

    /// Draws a problem with the settings file in full.
    fn draw_problem(problem: &str, focused: bool, page: &mut Page) {
        let look = page.look();
        let from = page.row();
        let (mark, style) =
            if focused { ("> ! ", look.theme.focus) } else { ("  ! ", look.theme.warning) };
        page.item(mark, problem, 2, style);
        page.mark_focusable(from, focused);
        if focused {
            page.cursor_at(2, from);
        }
    }

    fn draw_row(row: Row, focused: bool, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let (mark, style) = if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
        let text = match row {
            Row::Forget => row.name().to_owned(),
            row => format!("{}< {} >", pad_right(row.name(), 13), row.value(cx.app)),
        };
        let from = page.row();
        page.line(Line::from(vec![Span::raw("  "), Span::styled(format!("{mark} {text}"), style)]));
        page.paragraph(row.about(cx.app), 6, look.theme.text);
        page.mark_focusable(from, focused);
        if focused {
            page.cursor_at(2, from);
        }
    }

    /// Draws a fact below its name, on as many lines as it needs.
    fn draw_fact((name, fact): &(&str, String), focused: bool, page: &mut Page) {
        let look = page.look();
        let from = page.row();
        let (mark, style) = if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
        let name = Span::styled(format!("{mark} {}", pad_right(name, 11)), style);
        page.entry(&name, fact, look.theme.text);
        page.mark_focusable(from, focused);
        if focused {
            page.cursor_at(2, from);
        }
    }
}

/// Number of facts below the settings.
const FACTS: usize = 5;

/// The files in use and their sources. These lines are read-only, but the arrows reach them.
fn facts(cx: &Cx<'_, '_>) -> [(&'static str, String); FACTS] {
    let places = &cx.app.wizard.places;
    let shown = |path: &std::path::Path| clean(&path.to_string_lossy()).into_owned();
    let kept = match &places.draft {
        Some(draft) => shown(draft),
        None => "nowhere: nothing is kept on disk".to_owned(),
    };
    let catalog = cx.session.world.catalog;
    let prices = format!(
        "{} of {}; another: planwise --catalog FILE",
        help::list_name(catalog),
        catalog.as_of
    );
    let run = "alone keeps what is set here; for good: planwise config sample";
    [
        ("This run", run.to_owned()),
        ("Answers in", kept),
        ("Reports to", shown(&places.reports)),
        ("Prices", prices),
        ("Network", "none: nothing is sent anywhere".to_owned()),
    ]
}

impl ScreenBehavior for Settings {
    fn context(&self) -> Context {
        Context::List
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Settings, for this run".to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let roomy = page.is_roomy();
        if roomy {
            page.gap();
        }
        let problems = &cx.app.problems;
        for (index, problem) in problems.iter().enumerate() {
            let from = page.row();
            Self::draw_problem(problem, index == self.focus, page);
            page.mark_clickable(from, index);
            page.gap();
        }
        for (index, row) in (problems.len()..).zip(Row::ALL) {
            let from = page.row();
            Self::draw_row(row, index == self.focus, cx, page);
            page.mark_clickable(from, index);
            if roomy {
                page.gap();
            }
        }
        if !roomy {
            page.gap();
        }
        for (index, fact) in (problems.len() + Row::ALL.len()..).zip(&facts(cx)) {
            let from = page.row();
            Self::draw_fact(fact, index == self.focus, page);
            page.mark_clickable(from, index);
            if roomy {
                page.gap();
            }
        }
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        match action {
            Action::Left => self.change(false, ctx),
            Action::Right => self.change(true, ctx),
            Action::Enter | Action::Choose => self.enter(ctx),
            Action::Back => ctx.go = Some(Go::Back),
            action => {
                let lines = ctx.app.problems.len() + Row::ALL.len() + FACTS;
                self.focus = moved(self.focus, action, lines);
            }
        }
    }

    fn click(&mut self, index: usize, ctx: &mut EventCtx<'_, '_>) {
        let here = self.focus;
        self.focus = index;
        // The first click on Forget only focuses it, so that nothing is deleted by accident.
        let forgets = self.line(ctx.app) == Focused::Row(Row::Forget);
        if !forgets || here == self.focus {
            self.enter(ctx);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::compare::fixture::{SIZES, has_focus, open, press, screen, with};
    use super::*;
    use crate::tui::effect::Effect;
    use crate::tui::key::Key;
    use crate::tui::state::State;
    use crate::wizard;
    use crate::wizard::flow::Step;
    use crate::wizard::session::Choices;

    fn settings() -> State<'static> {
        let mut state = with(Choices::default(), false);
        open(&mut state, Place::Settings);
        state
    }

    #[test]
    fn a_theme_is_seen_at_once_and_walks_around() {
        let mut state = settings();
        for name in ["contrast", "mono", "terminal"] {
            press(&mut state, &[Key::Right]);
            assert_eq!(state.app.look.theme.name, name);
            assert!(screen(&mut state, (80, 24)).join("\n").contains(&format!("< {name} >")));
        }
        press(&mut state, &[Key::Left]);
        assert_eq!(state.app.look.theme.name, "mono");
    }

    #[test]
    fn characters_change_without_touching_the_theme() {
        let mut state = settings();
        press(&mut state, &[Key::Right, Key::Down, Key::Left]);
        assert_eq!(state.app.look.glyphs.name, "ascii");
        assert_eq!(state.app.look.theme.name, "contrast");
        for line in screen(&mut state, (80, 24)) {
            assert!(line.is_ascii(), "{line}");
        }
    }

    #[test]
    fn a_broken_file_is_said_in_full_wherever_there_is_room_and_its_text_scrolls() {
        let mut state = with(Choices::default(), false);
        let problem = "'/home/ana/.config/planwise/config.toml' line 1, column 9: 'theme' cannot be 'red'; write one of \"terminal\", \"contrast\", \"mono\"; until then it is \"terminal\"";
        state.app.problems = vec![problem.to_owned(); 2];
        state.greet(None);
        let first = screen(&mut state, (40, 12)).join("\n");
        assert!(first.contains("! config.toml broken: see Settings"), "{first}");
        // A more urgent message takes the line.
        state.greet(Some("! Kept answers could not be read".to_owned()));
        assert_eq!(state.status.as_deref(), Some("! Kept answers could not be read"));
        let first = screen(&mut state, (80, 24)).join("\n");
        assert!(first.contains("    Settings         ! config.toml broken"), "{first}");

        open(&mut state, Place::Settings);
        let words = |lines: Vec<String>| {
            let left = |line: &String| line.chars().take(48).collect::<String>();
            let text: Vec<String> = lines.iter().map(left).collect();
            text.join(" ").replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let shown = words(screen(&mut state, (80, 24)));
        assert!(shown.contains(&format!("> ! {problem} ! {problem} Theme")), "{shown}");
        press(&mut state, &[Key::Right]);
        assert_eq!(state.status.as_deref(), Some("Only to be read here."));
        press(&mut state, &[Key::Down, Key::Down, Key::Right]);
        assert_eq!(state.app.look.theme.name, "contrast");
        press(&mut state, &[Key::Home, Key::Enter]);
        let text = words(screen(&mut state, (80, 24)));
        assert!(text.contains(&format!("! {problem} ! {problem} The file is only read")), "{text}");
        press(&mut state, &[Key::Esc]);
        assert!(matches!(state.layers.last().unwrap().place, Place::Settings));
    }

    #[test]
    fn the_mouse_is_turned_on_outside_too() {
        let mut state = settings();
        let effects = press(&mut state, &[Key::Char('3'), Key::Enter]);
        assert!(state.app.mouse);
        assert_eq!(effects, [Effect::Mouse(true)]);
    }

    #[test]
    fn forgetting_drops_the_draft_and_says_so() {
        let mut state = settings();
        let effects = press(&mut state, &[Key::Char('4'), Key::Left]);
        assert!(effects.is_empty());
        let effects = press(&mut state, &[Key::Enter]);
        assert_eq!(
            effects,
            [
                Effect::Wizard(wizard::Effect::Draft(wizard::DraftOrder::Drop)),
                Effect::Wizard(wizard::Effect::ForgetReport)
            ]
        );
        assert!(state.status.as_deref().unwrap().starts_with("Forgotten"));
        state.app.wizard.places.draft = None;
        assert!(press(&mut state, &[Key::Enter]).is_empty());
    }

    #[test]
    fn it_is_drawn_at_every_size_and_says_where_things_are() {
        let mut state = settings();
        for keys in [&[][..], &[Key::Down][..], &[Key::Right][..], &[Key::End][..]] {
            press(&mut state, keys);
            for size in SIZES {
                assert!(has_focus(&mut state, size), "{size:?}");
            }
        }
        let lines = screen(&mut state, (80, 24)).join("\n");
        for text in ["/home/ana/Documents", "built-in list of", "--catalog", "nothing is sent"] {
            assert!(lines.contains(text), "{text}\n{lines}");
        }
        press(&mut state, &[Key::Esc]);
        assert!(matches!(state.layers.last().unwrap().place, Place::Step(Step::Start)));
    }
}
