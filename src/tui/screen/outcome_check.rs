//! Estimate vs. actual: a saved report at today's prices, compared with the usage since.

mod range;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use super::form::draw_buttons;
use super::logs::draw_bar;
use super::save::draw_field;
use super::{ScreenBehavior, moved};
use crate::advice::Assessment;
use crate::doc::Block;
use crate::doc::text::Page as Lines;
use crate::history::summary::Summary;
use crate::replay::actual::{ActualUsage, Month, TooMuch};
use crate::replay::{KEPT, Replay, ReplayError};
use crate::report::Saved;
use crate::subject;
use crate::tui::app::{AppState, Cx, EventCtx, Go};
use crate::tui::field::Field;
use crate::tui::key::Press;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::Reading;
use crate::wizard::session::{Choices, Preview, Session};
use crate::wizard::{Effect, Message, Purpose, Scan, Stage};
use crate::words::{READING_STOPPED, VERIFY};

/// The longest path accepted, in characters. An arbitrary limit.
const LONGEST: usize = 1_000;

/// Estimate vs. actual for a saved report.
#[derive(Debug)]
pub struct OutcomeCheck {
    /// The report's path. `None` for the one saved last.
    from: Option<PathBuf>,
    /// The report. `None` until it has been read.
    saved: Option<Box<Saved>>,
    /// Its assessment at today's prices. `None` until the report has been read.
    now: Option<Result<Assessment, ReplayError>>,
    /// The usage since the report. `None` until logs have been read.
    used: Option<Arc<Summary>>,
    /// That usage beside the estimate, once both are known.
    actual: Option<Result<ActualUsage, TooMuch>>,
    /// The path of the logs. Empty for the default folders.
    path: Field,
    typing: bool,
    button: usize,
    /// The default log folders that exist. `None` until the search finished.
    places: Option<Vec<String>>,
    /// Why the report or the logs could not be read.
    problem: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Button {
    Read,
    Again,
    Other,
    Stop,
    GoOn,
    Back,
}

impl Button {
    const fn label(self) -> &'static str {
        match self {
            Self::Read => "Read my logs",
            Self::Again => "Read again",
            Self::Other => "Other logs",
            Self::Stop => "Stop",
            Self::GoOn => "Go on meanwhile",
            Self::Back => "Back",
        }
    }
}

impl OutcomeCheck {
    /// The check of the report at this path, or of the one saved last.
    pub fn new(from: Option<PathBuf>, app: &AppState) -> Self {
        let mut screen = Self {
            from,
            saved: None,
            now: None,
            used: None,
            actual: None,
            path: Field::new("", LONGEST),
            typing: false,
            button: 0,
            places: None,
            problem: None,
        };
        screen.follow(&app.wizard.scan);
        // The outcome of an earlier scan is old news here.
        screen.problem = None;
        screen
    }

    /// The purpose of a scan for this report. `None` until the report has been read.
    fn purpose(&self) -> Option<Purpose> {
        self.saved.as_ref().map(|saved| Purpose::Since(saved.day))
    }

    /// True if the scan is for this report.
    fn is_mine(&self, scan: &Scan) -> bool {
        self.purpose() == Some(scan.purpose())
    }

    fn buttons(&self, scan: &Scan) -> &'static [Button] {
        let runs = self.is_mine(scan) && matches!(scan.stage(), Stage::Running(_));
        match (&self.saved, &self.used) {
            (None, _) => &[Button::Back],
            (Some(_), _) if runs => &[Button::GoOn, Button::Stop],
            (Some(_), None) => &[Button::Read, Button::Other, Button::Back],
            (Some(_), Some(_)) => &[Button::Back, Button::Again, Button::Other],
        }
    }

    fn read(&mut self, ctx: &mut EventCtx<'_, '_>) {
        let Some(purpose) = self.purpose() else {
            return;
        };
        let text = self.path.text().trim();
        let path = (!text.is_empty()).then(|| PathBuf::from(text));
        if path.is_none() && self.places.as_ref().is_some_and(Vec::is_empty) {
            self.problem = Some("Nothing is in the usual places: give a path.".to_owned());
            self.typing = true;
            return;
        }
        let reading = ctx.app.wizard.read_logs(path, purpose);
        ctx.ask(reading);
        self.button = 0;
    }

    fn press_button(&mut self, ctx: &mut EventCtx<'_, '_>) {
        self.problem = None;
        match self.buttons(&ctx.app.wizard.scan).get(self.button) {
            Some(Button::Read | Button::Again) => self.read(ctx),
            Some(Button::Other) => self.typing = true,
            Some(Button::Stop) => {
                if ctx.app.wizard.scan.stop() {
                    ctx.ask(Effect::StopScan);
                }
                self.button = 0;
                ctx.say = Some(READING_STOPPED.to_owned());
            }
            Some(Button::GoOn | Button::Back) | None => ctx.go = Some(Go::Back),
        }
    }

    /// Draws everything below the path field or the progress.
    fn draw_replay(&self, replay: &Replay<'_>, cx: &Cx<'_, '_>, page: &mut Page) {
        let theme = page.look().theme;
        page.paragraph(&subject::replay::verdict(replay), 2, theme.title);
        page.paragraph(&subject::replay::sentence(replay), 2, theme.text);
        page.gap();
        match &self.actual {
            None => self.draw_waiting(cx, page),
            Some(Ok(actual)) => {
                draw_actual(replay, actual, page);
                if cx.app.wizard.scan.month().is_some() {
                    page.paragraph(KEPT, 2, theme.text);
                }
            }
            Some(Err(why)) => page.item("! ", &why.to_string(), 2, theme.title),
        }
        page.gap();
        draw_costs(replay, page);
        page.paragraph(&subject::replay::prices(replay), 2, theme.text);
        page.gap();
        page.text(&format!("  {}", subject::replay::CHANGED), theme.title);
        let changes = subject::replay::changes(replay);
        if changes.is_empty() {
            page.paragraph(subject::replay::NOTHING_CHANGED, 2, theme.text);
        }
        for (what, text) in changes {
            page.item(&format!("{what:<9}"), &text, 2, theme.text);
        }
        page.gap();
        page.paragraph(VERIFY, 2, theme.title);
        page.gap();
    }

    /// Draws the page before and during a scan.
    fn draw_waiting(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let theme = page.look().theme;
        match cx.app.wizard.scan.stage() {
            Stage::Running(progress) if self.is_mine(&cx.app.wizard.scan) => {
                page.text("  Reading your logs", theme.title);
                draw_bar(*progress, page);
            }
            stage => {
                page.text("  What did you really use?", theme.title);
                page.paragraph(
                    "Read your logs: they hold the estimate against what you used since then. Nothing is sent, and nothing is written.",
                    2,
                    theme.text,
                );
                match &self.places {
                    None => {}
                    Some(places) if places.is_empty() => page.paragraph(
                        "No logs of Claude Code in the usual places: give a path.",
                        2,
                        theme.text,
                    ),
                    Some(places) => {
                        let found = places.join(", ");
                        page.paragraph(&format!("Usual places: {found}."), 2, theme.text);
                    }
                }
                if *stage == Stage::Stopped && self.is_mine(&cx.app.wizard.scan) {
                    page.text("  The last reading was stopped.", theme.text);
                }
            }
        }
    }
}

/// Why a report cannot be recomputed, and the way out from this screen.
fn unusable(why: &ReplayError) -> String {
    match why {
        ReplayError::Read(why) => why.to_string(),
        ReplayError::Assess(why) => {
            format!("{why}. The command 'planwise replay' takes another model with '--model'.")
        }
    }
}

/// Draws actual usage beside the estimate.
fn draw_actual(replay: &Replay<'_>, actual: &ActualUsage, page: &mut Page) {
    let theme = page.look().theme;
    page.paragraph(&format!("What you really used since {}", actual.since), 2, theme.title);
    if let Some(month) = &actual.month {
        range::draw(&month.figures(replay), page);
        page.gap();
    }
    if let Some(standing) = subject::replay::standing(replay, actual) {
        page.paragraph(&standing, 2, theme.title);
    }
    page.paragraph(&subject::replay::covered(actual), 2, theme.text);
    for caution in subject::replay::cautions(actual) {
        page.item("! ", &caution, 2, theme.text);
    }
    for sentence in subject::replay::explained(replay, actual) {
        page.paragraph(&sentence, 2, theme.text);
    }
    for doubt in &actual.doubts {
        page.item("? ", doubt, 2, theme.text);
    }
}

/// Draws the cost of each way then and now, with the recommended one marked.
fn draw_costs(replay: &Replay<'_>, page: &mut Page) {
    let theme = page.look().theme;
    page.paragraph(&subject::replay::costs_heading(replay), 2, theme.title);
    let mut lines = Lines::new(usize::MAX);
    lines.blocks(&[Block::Table(subject::replay::costs(replay))]);
    for line in lines.into_lines() {
        page.text(&format!("  {line}"), theme.text);
    }
}

impl ScreenBehavior for OutcomeCheck {
    fn context(&self) -> Context {
        if self.typing { Context::Form } else { Context::Findings }
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        match &self.saved {
            Some(saved) => format!("How did it turn out? {}", saved.day),
            None => "How did it turn out?".to_owned(),
        }
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let theme = page.look().theme;
        page.gap();
        if self.typing {
            draw_field(page, "Path", &self.path, "logs to read; empty: the usual places", true);
            page.gap();
        }
        if let Some(problem) = &self.problem {
            page.refusal(problem);
            page.gap();
        }
        match &self.saved {
            None if self.problem.is_none() => page.text("  Reading the report ...", theme.text),
            None => {}
            Some(saved) => match &self.now {
                Some(Ok(now)) => {
                    let replay = Replay::with(saved, cx.session.world, now.clone());
                    self.draw_replay(&replay, cx, page);
                }
                Some(Err(why)) => page.item("! ", &unusable(why), 2, theme.title),
                None => {}
            },
        }
        let buttons = self.buttons(&cx.app.wizard.scan);
        let labels: Vec<&str> = buttons.iter().map(|button| button.label()).collect();
        let from = page.row();
        draw_buttons(page, &labels, (!self.typing).then_some(self.button));
        if !self.typing {
            page.mark_sticky(from);
        }
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        if self.typing {
            self.problem = None;
            match action {
                Action::Enter => {
                    self.typing = false;
                    self.read(ctx);
                }
                Action::Back => self.typing = false,
                _ => {}
            }
            return;
        }
        match action {
            Action::Enter | Action::Choose => self.press_button(ctx),
            Action::Left => self.button = moved(self.button, Action::Up, usize::MAX),
            Action::Right => {
                let count = self.buttons(&ctx.app.wizard.scan).len();
                self.button = moved(self.button, Action::Down, count);
            }
            Action::Back => ctx.go = Some(Go::Back),
            _ => {}
        }
    }

    fn press(&mut self, press: Press, ctx: &mut EventCtx<'_, '_>) {
        if self.typing {
            self.problem = None;
            ctx.say = self.path.press(press).map(str::to_owned);
        }
    }

    fn paste(&mut self, text: &str, ctx: &mut EventCtx<'_, '_>) {
        // The screen has one field, so a pasted path goes there even if it is closed.
        if self.saved.is_some() {
            self.problem = None;
            self.typing = true;
            ctx.say = self.path.paste(text).map(str::to_owned);
        }
    }

    fn on_message(&mut self, message: Message, ctx: &mut EventCtx<'_, '_>) {
        match message {
            Message::LogPlaces(places) => self.places = Some(places),
            Message::Recalled(read) => match *read {
                Ok(saved) => {
                    self.saved = Some(Box::new(saved));
                    (self.now, self.actual) = (None, None);
                    // An earlier scan may already cover this report.
                    self.follow(&ctx.app.wizard.scan);
                }
                Err(why) => self.problem = Some(why),
            },
            _ => {}
        }
    }

    fn preview(&self, session: &Session<'_>) -> Preview {
        let Some(saved) = &self.saved else {
            return Preview::Nothing;
        };
        let mut choices = Choices::from_file(&saved.file);
        let mut name = format!("report of {}", saved.day);
        if let Some(Ok(ActualUsage {
            month: Some(Month { assessment: Ok(measured), .. }), ..
        })) = &self.actual
        {
            choices.usage = measured.usage.clone();
            "with what you used".clone_into(&mut name);
        }
        if crate::advice::billing_cost(&choices.usage, &session.world).is_err() {
            return Preview::Nothing;
        }
        Preview::Choices(Box::new(choices), name)
    }

    fn renew(&mut self, session: &Session<'_>, _app: &AppState) {
        let Some(saved) = &self.saved else { return };
        let now = self.now.get_or_insert_with(|| {
            Replay::new(saved, session.world, None).map(|replay| replay.now)
        });
        if let (None, Ok(now), Some(used)) = (&self.actual, now, &self.used) {
            let replay = Replay::with(saved, session.world, now.clone());
            self.actual = Some(ActualUsage::new(&replay, used));
        }
    }

    fn month_title(&self) -> Option<&'static str> {
        let uses = self.used.is_some();
        Some(if uses { "Used month, estimate" } else { "Reported month, estimate" })
    }

    // Ignores scans for other purposes.
    fn follow(&mut self, scan: &Scan) -> bool {
        if !self.is_mine(scan) {
            return false;
        }
        match scan.stage() {
            Stage::Used(used) => {
                let is_news = self.used.as_ref().is_none_or(|known| !Arc::ptr_eq(known, used));
                if is_news {
                    self.actual = None;
                }
                self.used = Some(Arc::clone(used));
                self.button = 0;
                is_news
            }
            Stage::Failed(why) => {
                self.problem = Some(why.clone());
                self.button = 0;
                true
            }
            Stage::Stopped => {
                self.button = 0;
                true
            }
            Stage::Idle | Stage::Running(_) | Stage::Read => false,
        }
    }

    fn why(&self, _session: &Session<'_>) -> Option<Reading> {
        None
    }

    fn opening(&self, _app: &AppState) -> Vec<Effect> {
        vec![Effect::Recall(self.from.clone()), Effect::FindLogs]
    }
}
