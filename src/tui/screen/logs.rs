//! Use my own logs: what to read, the progress, and the findings.

use std::path::PathBuf;
use std::sync::Arc;

use super::fit::step_of_reading;
use super::form::draw_buttons;
use super::save::draw_field;
use super::{ScreenBehavior, moved};
use crate::measured::Measured;
use crate::question::QuestionId;
use crate::text::layout::{columns, pad_right};
use crate::tui::app::{AppState, Cx, EventCtx, Go};
use crate::tui::field::Field;
use crate::tui::key::Press;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::wizard::flow::{self, Arrival};
use crate::wizard::session::{Preview, Session, Taken};
use crate::wizard::{Effect, Message, Progress, Purpose, Scan, Stage};
use crate::words;

/// The longest path accepted, in characters. An arbitrary limit.
const LONGEST: usize = 1_000;
/// Width of the progress bar, in cells.
const CELLS: u64 = 20;

#[derive(Debug)]
pub struct Logs {
    /// At the start, where the questions follow, or from monthly usage.
    arrival: Arrival,
    shows: Shows,
    path: Field,
    /// The default log folders that exist. `None` until the search finished.
    places: Option<Vec<String>>,
    problem: Option<String>,
}

/// The page shown and its focus.
#[derive(Debug)]
enum Shows {
    /// What to read.
    Order(Row),
    Progress(Wait),
    Findings(Arc<Measured>, Button),
}

/// A line of the page that starts a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Start,
    Path,
    /// The path field is open.
    Typing,
    Back,
}

const ROWS: [Row; 3] = [Row::Start, Row::Path, Row::Back];

/// A line below the progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wait {
    GoOn,
    Stop,
}

const WAITS: [Wait; 2] = [Wait::GoOn, Wait::Stop];

/// A button below the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Button {
    Use,
    Leave,
    Others,
}

const BUTTONS: [Button; 3] = [Button::Use, Button::Leave, Button::Others];

impl Button {
    const fn label(self) -> &'static str {
        match self {
            Self::Use => "Use it",
            Self::Leave => "Leave it",
            Self::Others => "Read others",
        }
    }
}

impl Logs {
    pub fn new(arrival: Arrival, app: &AppState) -> Self {
        let mut logs = Self {
            arrival,
            shows: Shows::Order(Row::Start),
            path: Field::new("", LONGEST),
            places: None,
            problem: None,
        };
        logs.follow(&app.wizard.scan);
        // The outcome of an earlier scan is old news here.
        logs.problem = None;
        if let (Some(month), Shows::Order(_)) = (app.wizard.scan.month(), &logs.shows) {
            logs.shows = Shows::Findings(Arc::clone(month), Button::Use);
        }
        logs
    }

    /// True if the findings shown are from the most recent scan.
    fn shows_last(&self, app: &AppState) -> bool {
        match &self.shows {
            Shows::Findings(shown, _) => {
                app.wizard.scan.month().is_some_and(|read| read.is_same_logs(shown))
            }
            Shows::Order(_) | Shows::Progress(_) => false,
        }
    }

    fn has_places(&self) -> bool {
        self.places.as_ref().is_none_or(|places| !places.is_empty())
    }

    fn typed(&self) -> Option<PathBuf> {
        let text = self.path.text().trim();
        (!text.is_empty()).then(|| PathBuf::from(text))
    }

    fn start(&mut self, ctx: &mut EventCtx<'_, '_>) {
        let path = self.typed();
        if path.is_none() && !self.has_places() {
            self.problem = Some("Give a path first: nothing is in the usual places.".to_owned());
            self.shows = Shows::Order(Row::Path);
            return;
        }
        let reading = ctx.app.wizard.read_logs(path, Purpose::Month);
        ctx.ask(reading);
        self.shows = Shows::Progress(Wait::GoOn);
    }

    /// Handles a key on the page that starts a scan.
    fn order(&mut self, row: Row, action: Action, ctx: &mut EventCtx<'_, '_>) {
        self.problem = None;
        let next = match (row, action) {
            (Row::Typing, Action::Enter) => Row::Start,
            (Row::Typing, Action::Back) => Row::Path,
            (Row::Typing, Action::Up | Action::Down) => moved_row(Row::Path, action),
            (Row::Start, Action::Enter | Action::Choose) => return self.start(ctx),
            (Row::Path, Action::Enter | Action::Choose) => Row::Typing,
            (Row::Back, Action::Enter | Action::Choose) | (_, Action::Back) => {
                ctx.go = Some(Go::Back);
                return;
            }
            (row, action) => moved_row(row, action),
        };
        self.shows = Shows::Order(next);
    }

    /// Handles a key on the progress page.
    fn wait(&mut self, wait: Wait, action: Action, ctx: &mut EventCtx<'_, '_>) {
        match (wait, action) {
            (Wait::GoOn, Action::Enter | Action::Choose) | (_, Action::Back) => {
                ctx.go = Some(Go::Back);
            }
            (Wait::Stop, Action::Enter | Action::Choose) => {
                if ctx.app.wizard.scan.stop() {
                    ctx.ask(Effect::StopScan);
                }
                self.follow(&ctx.app.wizard.scan);
                ctx.say = Some(words::READING_STOPPED.to_owned());
            }
            (wait, action) => {
                let here = WAITS.iter().position(|line| *line == wait).unwrap_or_default();
                let next = moved(here, action, WAITS.len());
                let next = WAITS.get(next).copied().unwrap_or(Wait::GoOn);
                self.shows = Shows::Progress(next);
            }
        }
    }

    /// Handles a key on the findings page.
    fn findings(
        &mut self,
        measured: &Arc<Measured>,
        button: Button,
        action: Action,
        ctx: &mut EventCtx<'_, '_>,
    ) {
        match (action, button) {
            (Action::Back, _) => ctx.go = Some(Go::Back),
            (Action::Left | Action::Right, _) => {
                let here = BUTTONS.iter().position(|known| *known == button).unwrap_or_default();
                let towards = if action == Action::Left { Action::Up } else { Action::Down };
                let next = moved(here, towards, BUTTONS.len());
                if let Some(next) = BUTTONS.get(next) {
                    self.shows = Shows::Findings(Arc::clone(measured), *next);
                }
            }
            (Action::Enter | Action::Choose, Button::Use) => self.take(measured, ctx),
            (Action::Enter | Action::Choose, Button::Leave) => {
                ctx.app.wizard.scan.leave();
                ctx.say = Some("Left. Nothing was taken.".to_owned());
                ctx.go = Some(Go::Back);
            }
            (Action::Enter | Action::Choose, Button::Others) => {
                self.shows = Shows::Order(Row::Path);
            }
            _ => {}
        }
    }

    fn take(&mut self, measured: &Arc<Measured>, ctx: &mut EventCtx<'_, '_>) {
        match ctx.session.take_measured(measured) {
            Ok(taken) => {
                ctx.say = Some(said(&taken));
                ctx.go = Some(flow::after_logs(self.arrival).into());
            }
            Err(error) => {
                ctx.say = Some("! Not taken.".to_owned());
                self.problem = Some(error.to_string());
            }
        }
    }

    fn draw_order(&self, row: Row, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        page.gap();
        page.paragraph(
            "Reads what you really used and makes your month of it, with answers to up to four of the questions.",
            2,
            look.theme.text,
        );
        page.paragraph("Nothing is sent, and nothing is written.", 2, look.theme.title);
        page.gap();
        match &self.places {
            None => page.text("  Looking at the usual places ...", look.theme.text),
            Some(places) if places.is_empty() => {
                page.paragraph(
                    "No logs of Claude Code in the usual places on this computer.",
                    2,
                    look.theme.text,
                );
            }
            Some(places) => {
                page.text("  Found in the usual places", look.theme.text);
                for place in places {
                    page.paragraph(place, 4, look.theme.text);
                }
            }
        }
        page.gap();
        self.draw_rows(row, page);
        page.gap();
        if let Some(problem) = &self.problem {
            page.refusal(problem);
            page.gap();
        } else if *cx.app.wizard.scan.stage() == Stage::Stopped
            && cx.app.wizard.scan.purpose() == Purpose::Month
        {
            page.text("  The last reading was stopped.", look.theme.text);
            page.gap();
        }
        page.paragraph(words::LOG_FILES, 2, look.theme.text);
        if page.is_roomy() {
            page.gap();
            page.paragraph(words::LOGS, 2, look.theme.text);
        }
    }

    fn draw_rows(&self, row: Row, page: &mut Page) {
        let typed = self.typed().is_some();
        let start = match (typed, self.has_places()) {
            (true, _) => "read this path",
            (false, true) => "read the usual places",
            (false, false) => "give a path first",
        };
        for (index, here) in ROWS.into_iter().enumerate() {
            let from = page.row();
            match here {
                Row::Start => draw_row(page, "Start", start, row == here),
                Row::Back => draw_row(page, "Back", "", row == here),
                Row::Path | Row::Typing if row == Row::Typing => {
                    draw_field(page, "Path", &self.path, "", true);
                }
                Row::Path | Row::Typing => {
                    let shown = crate::text::clean(self.path.text()).into_owned();
                    let about = if typed { &shown } else { "another file or folder" };
                    draw_row(page, "Path", about, row == here);
                }
            }
            page.mark_clickable(from, index);
        }
    }

    fn draw_progress(progress: Progress, wait: Wait, page: &mut Page) {
        let look = page.look();
        page.gap();
        page.text("  Reading your logs", look.theme.title);
        page.gap();
        draw_bar(progress, page);
        page.gap();
        page.paragraph(
            "You can go on meanwhile: the line below keeps count, and x stops it.",
            2,
            look.theme.text,
        );
        page.gap();
        for (index, line) in WAITS.into_iter().enumerate() {
            let from = page.row();
            match line {
                Wait::GoOn => draw_row(page, "Back", "and go on meanwhile", wait == line),
                Wait::Stop => draw_row(page, "Stop", "nothing is taken", wait == line),
            }
            page.mark_clickable(from, index);
        }
    }

    fn draw_findings(&self, measured: &Measured, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        page.gap();
        page.paragraph(&format!("{}.", words::covered(measured)), 2, look.theme.title);
        page.paragraph(&format!("From: {}.", words::sources(measured)), 2, look.theme.text);
        page.gap();
        if let Some(problem) = &self.problem {
            page.refusal(problem);
            page.gap();
        }
        draw_figures(measured, cx, page);
        page.gap();
        draw_answers(measured, cx, page);
        page.gap();
        if let Some(mix) = words::mix(measured) {
            page.paragraph(&mix, 2, look.theme.text);
        }
        if let Some(peak) = words::fullest_window(measured) {
            page.paragraph(&peak, 2, look.theme.text);
        }
        page.gap();
        let doubts = words::doubts(measured);
        if !doubts.is_empty() {
            page.text("  How far to trust it", look.theme.title);
            for doubt in &doubts {
                page.item("- ", doubt, 2, look.theme.text);
            }
        }
        page.gap();
    }
}

/// Draws the progress as a bar and in words.
pub(super) fn draw_bar(progress: Progress, page: &mut Page) {
    let look = page.look();
    if progress.of_files == 0 {
        page.text("  Looking for files ...", look.theme.text);
        return;
    }
    let done = progress.cells(CELLS);
    let repeat = |text: &str, count: u64| text.repeat(usize::try_from(count).unwrap_or_default());
    let bar =
        format!("  {}{}", repeat(look.glyphs.done, done), repeat(look.glyphs.open, CELLS - done));
    page.text(&bar, look.theme.text);
    page.text(&format!("  {}", progress.words()), look.theme.text);
}

/// The line focused after an arrow key.
fn moved_row(row: Row, action: Action) -> Row {
    let here = ROWS.iter().position(|known| *known == row).unwrap_or_default();
    ROWS.get(moved(here, action, ROWS.len())).copied().unwrap_or(Row::Start)
}

/// The status line after an import.
fn said(taken: &Taken) -> String {
    if let Some(why) = &taken.model_left_out {
        return format!("! Usual model instead: {why}");
    }
    match (taken.answered, taken.kept) {
        (_, kept @ 1..) => format!("Taken. {kept} of your own answers stand."),
        (0, 0) => "Taken: your month. u takes it back.".to_owned(),
        (1, 0) => "Taken: your month and an answer; u undoes.".to_owned(),
        (count, 0) => format!("Taken: month, {count} answers; u undoes."),
    }
}

/// A line to press: `> Start   read the usual places`.
fn draw_row(page: &mut Page, name: &str, about: &str, focused: bool) {
    let look = page.look();
    let (mark, style) = if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
    let from = page.row();
    let room = usize::from(page.width().saturating_sub(5));
    let text = columns(&format!("{}{about}", pad_right(name, 9)), "", room);
    page.text(&format!("  {mark} {}", text.trim_end()), style);
    page.mark_focusable(from, focused);
    if focused {
        page.cursor_at(2, from);
    }
}

fn draw_figures(measured: &Measured, cx: &Cx<'_, '_>, page: &mut Page) {
    let look = page.look();
    let room = usize::from(page.width().saturating_sub(7));
    for (name, value) in words::found(measured, cx.session.world.catalog) {
        page.text(&format!("    {}", columns(name, &value, room)), look.theme.text);
    }
    page.paragraph(&format!("{}.", words::scaled(measured)), 4, look.theme.text);
}

/// Draws the answers that the logs suggest, by question.
fn draw_answers(measured: &Measured, cx: &Cx<'_, '_>, page: &mut Page) {
    let look = page.look();
    let answers: Vec<String> = QuestionId::ALL
        .into_iter()
        .filter_map(|question| {
            let rank = measured.suggests(question)?;
            let text = cx.session.wording.question(question);
            Some(format!("    {}{}", pad_right(&text.name, 19), text.short_label(rank)))
        })
        .collect();
    if answers.is_empty() {
        page.paragraph(words::answers_nothing(measured), 2, look.theme.text);
        return;
    }
    page.text("  What it answers; you can change each", look.theme.title);
    for answer in answers {
        page.text(&answer, look.theme.text);
    }
}

impl ScreenBehavior for Logs {
    fn context(&self) -> Context {
        match &self.shows {
            Shows::Order(Row::Typing) => Context::Form,
            Shows::Order(_) | Shows::Progress(_) => Context::List,
            Shows::Findings(..) => Context::Findings,
        }
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        match &self.shows {
            Shows::Findings(..) => "Your own logs, a month, estimate".to_owned(),
            _ => "Use my own logs".to_owned(),
        }
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        match &self.shows {
            Shows::Order(row) => self.draw_order(*row, cx, page),
            Shows::Progress(wait) => {
                let progress = match cx.app.wizard.scan.stage() {
                    Stage::Running(progress) => *progress,
                    _ => Progress::default(),
                };
                Self::draw_progress(progress, *wait, page);
            }
            Shows::Findings(measured, button) => {
                self.draw_findings(measured, cx, page);
                let from = page.row();
                let focus = BUTTONS.iter().position(|known| known == button);
                draw_buttons(page, &BUTTONS.map(Button::label), focus);
                page.mark_sticky(from);
            }
        }
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        match &self.shows {
            Shows::Order(row) => self.order(*row, action, ctx),
            Shows::Progress(wait) => self.wait(*wait, action, ctx),
            Shows::Findings(measured, button) => {
                let (measured, button) = (Arc::clone(measured), *button);
                self.findings(&measured, button, action, ctx);
            }
        }
    }

    fn press(&mut self, press: Press, ctx: &mut EventCtx<'_, '_>) {
        if matches!(self.shows, Shows::Order(Row::Typing)) {
            self.problem = None;
            ctx.say = self.path.press(press).map(str::to_owned);
        }
    }

    fn paste(&mut self, text: &str, ctx: &mut EventCtx<'_, '_>) {
        // The screen has one field, so a pasted path goes there even if it is closed.
        if matches!(self.shows, Shows::Order(_)) {
            self.problem = None;
            self.shows = Shows::Order(Row::Typing);
            ctx.say = self.path.paste(text).map(str::to_owned);
        }
    }

    fn click(&mut self, index: usize, ctx: &mut EventCtx<'_, '_>) {
        match &self.shows {
            Shows::Order(_) => {
                if let Some(row) = ROWS.get(index) {
                    self.order(*row, Action::Enter, ctx);
                }
            }
            Shows::Progress(_) => {
                if let Some(wait) = WAITS.get(index) {
                    self.wait(*wait, Action::Enter, ctx);
                }
            }
            Shows::Findings(..) => {}
        }
    }

    fn on_message(&mut self, message: Message, _ctx: &mut EventCtx<'_, '_>) {
        if let Message::LogPlaces(places) = message {
            // Without default folders, only a typed path is left.
            if places.is_empty() && matches!(self.shows, Shows::Order(Row::Start)) {
                self.shows = Shows::Order(Row::Path);
            }
            self.places = Some(places);
        }
    }

    fn follow(&mut self, scan: &Scan) -> bool {
        if scan.purpose() != Purpose::Month {
            // Another screen started this scan, so the one shown here is over. The findings of the
            // other scan make a month as well.
            let month = match (scan.stage(), &self.shows) {
                (Stage::Running(_), _) | (_, Shows::Findings(..) | Shows::Order(Row::Typing)) => {
                    None
                }
                _ => scan.month(),
            };
            let was_shown = matches!(self.shows, Shows::Progress(_));
            if let Some(month) = month {
                self.shows = Shows::Findings(Arc::clone(month), Button::Use);
            } else if was_shown {
                self.shows = Shows::Order(Row::Start);
            }
            return was_shown || month.is_some();
        }
        match (scan.stage(), &self.shows) {
            (Stage::Running(_), Shows::Progress(_)) | (Stage::Idle | Stage::Used(_), _) => {
                return false;
            }
            (Stage::Running(_), _) => self.shows = Shows::Progress(Wait::GoOn),
            (Stage::Read, _) => {
                if let Some(month) = scan.month() {
                    self.shows = Shows::Findings(Arc::clone(month), Button::Use);
                }
            }
            (Stage::Stopped | Stage::Failed(_), _) => {
                self.problem = match scan.stage() {
                    Stage::Failed(why) => Some(why.clone()),
                    _ => None,
                };
                self.shows = Shows::Order(Row::Start);
            }
        }
        true
    }

    // The person can have declared another plan for the logs that are shown.
    fn renew(&mut self, _session: &Session<'_>, app: &AppState) {
        if let (Some(read), Shows::Findings(shown, _)) = (app.wizard.scan.month(), &mut self.shows)
            && !Arc::ptr_eq(read, shown)
            && read.is_same_logs(shown)
        {
            *shown = Arc::clone(read);
        }
    }

    fn undo(&mut self, ctx: &mut EventCtx<'_, '_>) -> bool {
        self.shows_last(ctx.app) && step_of_reading(true, ctx)
    }

    fn redo(&mut self, ctx: &mut EventCtx<'_, '_>) -> bool {
        self.shows_last(ctx.app) && step_of_reading(false, ctx)
    }

    fn preview(&self, session: &Session<'_>) -> Preview {
        match &self.shows {
            Shows::Findings(measured, Button::Use) => match session.measured_choices(measured) {
                Ok((choices, _)) => Preview::Choices(Box::new(choices), "if you use it".to_owned()),
                Err(_) => Preview::Nothing,
            },
            _ => Preview::Nothing,
        }
    }

    fn opening(&self, _app: &AppState) -> Vec<Effect> {
        vec![Effect::FindLogs]
    }
}
