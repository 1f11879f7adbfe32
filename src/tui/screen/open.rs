//! Opens a saved report or an answers file.

use std::path::{Path, PathBuf};

use super::ScreenBehavior;
use super::form::draw_buttons;
use super::save::draw_field;
use crate::text::clean;
use crate::text::layout::columns;
use crate::tui::app::{AppState, Cx, EventCtx, Go};
use crate::tui::field::Field;
use crate::tui::key::{Key, Press};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::Place;
use crate::wizard::flow;
use crate::wizard::session::Choices;
use crate::wizard::{Effect, FoundReport, Message};

/// A path field with the reports of the default folder below it.
#[derive(Debug)]
pub struct Open {
    path: Field,
    folder: PathBuf,
    /// The reports in the folder. `None` until the search finished.
    found: Option<Vec<FoundReport>>,
    focus: Focus,
    /// The report that was focused last.
    picked: usize,
    /// The file being opened.
    asked: Option<PathBuf>,
    problem: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Path,
    /// The report at this index.
    Found(usize),
    /// The button for Estimate vs. actual.
    OutcomeCheck,
    Back,
}

/// The longest path accepted, in characters. An arbitrary limit.
const LONGEST: usize = 1_000;

impl Open {
    pub fn new(app: &AppState) -> Self {
        Self {
            path: Field::new("", LONGEST),
            folder: app.wizard.places.reports.clone(),
            found: None,
            focus: Focus::Path,
            picked: 0,
            asked: None,
            problem: None,
        }
    }

    fn found(&self) -> &[FoundReport] {
        self.found.as_deref().unwrap_or_default()
    }

    /// Moves the focus through path, reports and buttons as one list.
    fn step(&mut self, action: Action) {
        let reports = self.found().len();
        let here = match self.focus {
            Focus::Path => 0,
            Focus::Found(index) => index + 1,
            Focus::OutcomeCheck => reports + 1,
            Focus::Back => reports + 2,
        };
        self.focus_on(super::moved(here, action, reports + 3));
    }

    /// Focuses a line by its index: the path, a report, one of the buttons.
    fn focus_on(&mut self, place: usize) {
        let reports = self.found().len();
        self.focus = match place.checked_sub(1) {
            None => Focus::Path,
            Some(index) if index < reports => {
                self.picked = index;
                Focus::Found(index)
            }
            Some(index) if index == reports => Focus::OutcomeCheck,
            Some(_) => Focus::Back,
        };
    }

    /// The report to check: the typed path, or else the report focused last.
    fn asked_about(&self) -> Option<PathBuf> {
        match self.path.text().trim() {
            "" => self.found().get(self.picked).map(|report| report.path.clone()),
            text => Some(PathBuf::from(text)),
        }
    }

    fn enter(&mut self, ctx: &mut EventCtx<'_, '_>) {
        let path = match self.focus {
            Focus::Back => {
                ctx.go = Some(Go::Back);
                return;
            }
            Focus::OutcomeCheck => {
                match self.asked_about() {
                    Some(path) => ctx.go = Some(Go::Over(Place::OutcomeCheck(Some(path)))),
                    None => self.problem = Some("Type the path of a report first.".to_owned()),
                }
                return;
            }
            Focus::Found(index) => self.found().get(index).map(|report| report.path.clone()),
            Focus::Path => match self.path.text().trim() {
                "" => None,
                text => Some(PathBuf::from(text)),
            },
        };
        match path {
            Some(path) => {
                ctx.ask(Effect::Open(path.clone()));
                self.asked = Some(path);
            }
            None => {
                self.problem = Some("Type the path of a file first.".to_owned());
            }
        }
    }

    /// Replaces the session's choices with those read and opens the matching screen.
    fn take(&mut self, choices: Choices, ctx: &mut EventCtx<'_, '_>) {
        let name = self.asked.as_deref().map_or_else(String::new, name_of);
        let step = flow::opened(&choices);
        let what = format!("Opened {name}");
        if let Err(error) = ctx.app.wizard.take_elsewhere(ctx.session, choices, what) {
            self.refuse(error.to_string(), ctx);
            return;
        }
        ctx.say = Some(format!("Opened {name}"));
        ctx.go = Some(Go::To(step));
    }

    fn refuse(&mut self, why: String, ctx: &mut EventCtx<'_, '_>) {
        ctx.say = Some("! Not opened.".to_owned());
        self.problem = Some(why);
    }

    fn draw_found(&self, page: &mut Page) {
        let look = page.look();
        let folder = clean(&self.folder.to_string_lossy()).into_owned();
        let Some(found) = &self.found else {
            return;
        };
        if found.is_empty() {
            page.paragraph(&format!("No saved reports in {folder}."), 2, look.theme.text);
            return;
        }
        page.text("  Saved reports, newest first", look.theme.title);
        page.paragraph(&folder, 2, look.theme.text);
        let room = usize::from(page.width().saturating_sub(6));
        for (index, report) in found.iter().enumerate() {
            let focused = self.focus == Focus::Found(index);
            let (mark, style) =
                if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
            let from = page.row();
            let line = columns(&report.name, &report.changed, room);
            page.text(&format!("  {mark} {line}"), style);
            page.mark_focusable(from, focused);
            if focused {
                page.cursor_at(2, from);
            }
            page.mark_clickable(from, index + 1);
        }
    }
}

/// The file name of a path, cleaned for display.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    clean(&name.to_string_lossy()).into_owned()
}

impl ScreenBehavior for Open {
    fn context(&self) -> Context {
        Context::Form
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Open a report".to_owned()
    }

    fn draw(&self, _cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        page.gap();
        page.paragraph(
            "A report saved as JSON, or an answers file. Its answers and its month take the place of yours; u takes that back.",
            2,
            look.theme.text,
        );
        page.gap();
        let from = page.row();
        draw_field(
            page,
            "Path",
            &self.path,
            "type or paste it; ~ is home",
            self.focus == Focus::Path,
        );
        page.mark_clickable(from, 0);
        page.gap();
        if let Some(problem) = &self.problem {
            page.refusal(problem);
            page.gap();
        }
        self.draw_found(page);
        page.gap();
        let from = page.row();
        let focus = match self.focus {
            Focus::OutcomeCheck => Some(0),
            Focus::Back => Some(1),
            Focus::Path | Focus::Found(_) => None,
        };
        draw_buttons(page, &["How did it turn out?", "Back"], focus);
        page.mark_clickable(from, self.found().len() + 1);
        if let Some(path) = self.asked_about().filter(|_| focus == Some(0)) {
            let name = name_of(&path);
            let about =
                format!("{name}: with today's prices, and against what you really used since.");
            page.paragraph(&about, 2, look.theme.text);
        }
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        self.problem = None;
        match action {
            Action::Enter => self.enter(ctx),
            Action::Back => ctx.go = Some(Go::Back),
            action => self.step(action),
        }
    }

    fn press(&mut self, press: Press, ctx: &mut EventCtx<'_, '_>) {
        self.problem = None;
        let moves = matches!(press.key, Key::Left | Key::Right | Key::Home | Key::End);
        let on_button = matches!(self.focus, Focus::OutcomeCheck | Focus::Back);
        if on_button && press.key == Key::Char(' ') {
            self.enter(ctx);
            return;
        }
        if on_button && matches!(press.key, Key::Left | Key::Right) {
            let is_left = press.key == Key::Left;
            self.focus = if is_left { Focus::OutcomeCheck } else { Focus::Back };
            return;
        }
        // Typed text always goes to the path. There is no other field.
        if press.typed.is_some() && !moves {
            self.focus = Focus::Path;
        }
        if self.focus == Focus::Path
            && let Some(said) = self.path.press(press)
        {
            self.problem = said.strip_prefix("! ").map(str::to_owned);
            ctx.say = Some(said.to_owned());
        }
    }

    fn paste(&mut self, text: &str, ctx: &mut EventCtx<'_, '_>) {
        self.problem = None;
        self.focus = Focus::Path;
        if let Some(said) = self.path.paste(text) {
            self.problem = said.strip_prefix("! ").map(str::to_owned);
            ctx.say = Some(said.to_owned());
        }
    }

    fn click(&mut self, index: usize, ctx: &mut EventCtx<'_, '_>) {
        self.focus_on(index);
        if self.focus != Focus::Path {
            self.enter(ctx);
        }
    }

    fn on_message(&mut self, message: Message, ctx: &mut EventCtx<'_, '_>) {
        match message {
            Message::Found(found) => {
                // If nothing is typed yet, focus the newest report. It is the likely choice.
                if !found.is_empty() && self.path.text().is_empty() && self.focus == Focus::Path {
                    self.focus = Focus::Found(0);
                }
                self.found = Some(found);
            }
            Message::Opened(Ok(choices)) => self.take(*choices, ctx),
            Message::Opened(Err(why)) => self.refuse(why, ctx),
            _ => {}
        }
    }

    fn opening(&self, app: &AppState) -> Vec<Effect> {
        vec![Effect::FindReports(app.wizard.places.reports.clone())]
    }
}

#[cfg(test)]
mod tests {
    use super::super::save::tests::{complete, press, seen, state, typed, walk, words};
    use super::*;
    use crate::question::{Origin, QuestionId};
    use crate::tui::effect::Effect;
    use crate::tui::message::Message;
    use crate::tui::state::State;
    use crate::tui::update::update;
    use crate::wizard;
    use crate::wizard::flow::Step;
    use crate::wizard::session::Month;

    fn open() -> State<'static> {
        state(Choices::default(), Place::Open)
    }

    fn reports() -> Message {
        let report = |name: &str| FoundReport {
            path: Path::new("/home/ana/Documents").join(name),
            name: name.to_owned(),
            changed: "2026-11-20".to_owned(),
        };
        Message::Wizard(wizard::Message::Found(vec![
            report("claude-choice-b.json"),
            report("claude-choice-a.json"),
        ]))
    }

    #[test]
    fn the_screen_is_drawn_at_every_size() {
        let mut state = open();
        walk(&mut state, 2);
        update(&mut state, reports());
        walk(&mut state, 4);
        assert!(seen(&state).contains("claude-choice-a.json"));
    }

    #[test]
    fn the_folder_is_looked_through_on_opening() {
        let state = open();
        let effects = state.top().unwrap().screen.opening(&state.app);
        assert_eq!(effects, [wizard::Effect::FindReports("/home/ana/Documents".into())]);
    }

    #[test]
    fn the_newest_report_is_offered_and_letters_belong_to_the_path() {
        let mut state = open();
        update(&mut state, reports());
        assert!(words(&state).contains("> claude-choice-b.json 2026-11-20"));
        let path = PathBuf::from("/home/ana/Documents/claude-choice-b.json");
        assert_eq!(press(&mut state, Key::Enter), [Effect::Wizard(wizard::Effect::Open(path))]);
        typed(&mut state, "~/q.json ");
        assert!(words(&state).contains("> Path ~/q.json"));
        let path = PathBuf::from("~/q.json");
        assert_eq!(press(&mut state, Key::Enter), [Effect::Wizard(wizard::Effect::Open(path))]);
        assert!(state.ending.is_none());
    }

    #[test]
    fn what_was_read_leads_to_the_result_or_the_first_gap() {
        let mut half = complete();
        half.answers =
            crate::question::Answers::default().with(QuestionId::Interface, 1, Origin::User);
        let sample = Choices { month: Month::Sample, ..complete() };
        let first =
            QuestionId::ALL.into_iter().find(|question| half.answers.given(*question).is_none());
        let question = Step::Question(first.unwrap());
        for (choices, step) in [(complete(), Step::Result), (half, question), (sample, Step::Month)]
        {
            let mut state = open();
            typed(&mut state, "/x/a.json");
            press(&mut state, Key::Enter);
            let effects = update(
                &mut state,
                Message::Wizard(wizard::Message::Opened(Ok(Box::new(choices.clone())))),
            );
            assert!(effects.is_empty(), "the file holds them already");
            assert_eq!(*state.session.choices(), choices);
            assert_eq!(state.top().unwrap().place, Place::Step(step));
            assert_eq!(state.status.as_deref(), Some("Opened a.json"));
            assert_eq!(state.session.undo().unwrap(), "Opened a.json");
            assert_eq!(*state.session.choices(), Choices::default());
        }
    }

    #[test]
    fn an_error_is_shown_in_full_and_nothing_is_lost() {
        let mut state = open();
        typed(&mut state, "/x/a.json");
        press(&mut state, Key::Enter);
        let why = "cannot use '/x/a.json': unknown option 'often' for 'session'; give one of short, moderate, marathon";
        update(&mut state, Message::Wizard(wizard::Message::Opened(Err(why.to_owned()))));
        let text = words(&state);
        assert!(text.contains(why) && text.contains("Path /x/a.json"), "{text}");
        assert_eq!(*state.session.choices(), Choices::default());
        assert_eq!(state.layers.len(), 2);
    }

    #[test]
    fn a_key_is_refused_and_an_empty_path_asked_for() {
        let mut state = open();
        assert_eq!(press(&mut state, Key::Enter), []);
        assert!(words(&state).contains("Type the path of a file first."));
        typed(&mut state, "sk-ant-");
        assert!(!seen(&state).contains("sk-ant"));
        assert!(words(&state).contains("Looks like an API key; not kept."));
    }
}
