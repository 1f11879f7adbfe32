//! Saves the report: format, folder, name, note, and what to do if a file exists.

mod dialog;
#[cfg(test)]
pub(in crate::tui::screen) mod tests;

use std::path::{Path, PathBuf};

use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use self::dialog::{Dialog, Reply};
use super::form::draw_buttons;
use super::{ScreenBehavior, moved};
use crate::report::{Format, OnCollision, SaveFailure, SaveOrder};
use crate::text::clean;
use crate::text::layout::{first_that_fits, fit, fit_middle, pad_right};
use crate::tui::app::{AppState, Cx, EventCtx, Go, SaveForm};
use crate::tui::field::Field;
use crate::tui::key::{Key, Press};
use crate::tui::keymap::{Action, Context};
use crate::tui::layout::status_room;
use crate::tui::page::Page;
use crate::tui::place::Reading;
use crate::wizard::session::Session;
use crate::wizard::{Effect, Message};

#[derive(Debug)]
pub struct Save {
    /// Index into [`FORMATS`].
    format: usize,
    folder: Field,
    name: Field,
    note: Field,
    focus: Row,
    dialog: Option<Dialog>,
    /// The current problem. Cleared by the next key.
    problem: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Format,
    Folder,
    Name,
    Note,
    Save,
    Cancel,
}

const ROWS: [Row; 6] = [Row::Format, Row::Folder, Row::Name, Row::Note, Row::Save, Row::Cancel];

/// The choices of the format line.
const FORMATS: [(&str, &[Format]); 4] = [
    ("Markdown", &[Format::Markdown]),
    ("HTML", &[Format::Html]),
    ("JSON", &[Format::Json]),
    ("all", &[Format::Markdown, Format::Html, Format::Json]),
];

/// The longest note, in characters.
const LONGEST_NOTE: usize = 200;
/// The longest folder and name accepted, in characters. An arbitrary limit.
const LONGEST_PATH: usize = 1_000;

impl Save {
    pub fn new(app: &AppState) -> Self {
        let form = app.form.clone().unwrap_or_else(|| SaveForm {
            format: 0,
            folder: app.wizard.places.reports.to_string_lossy().into_owned(),
            name: app.wizard.places.stem.clone(),
            note: String::new(),
        });
        Self {
            format: form.format,
            folder: Field::new(form.folder, LONGEST_PATH),
            name: Field::new(form.name, LONGEST_PATH),
            note: Field::new(form.note, LONGEST_NOTE),
            focus: Row::Format,
            dialog: None,
            problem: None,
        }
    }

    /// Stores the typed text in the app for the next time the form opens.
    fn keep(&self, app: &mut AppState) {
        app.form = Some(SaveForm {
            format: self.format,
            folder: self.folder.text().to_owned(),
            name: self.name.text().to_owned(),
            note: self.note.text().to_owned(),
        });
    }

    fn formats(&self) -> &'static [Format] {
        FORMATS.get(self.format).map_or(&[Format::Markdown], |(_, formats)| formats)
    }

    /// The name, trimmed and without our file extension.
    fn stem(&self) -> &str {
        let mut stem = self.name.text().trim();
        while let Some(shorter) = without_ending(stem) {
            stem = shorter;
        }
        stem
    }

    fn folder(&self) -> &str {
        self.folder.text().trim()
    }

    const fn field(&mut self) -> Option<&mut Field> {
        match self.focus {
            Row::Folder => Some(&mut self.folder),
            Row::Name => Some(&mut self.name),
            Row::Note => Some(&mut self.note),
            Row::Format | Row::Save | Row::Cancel => None,
        }
    }

    /// Orders the report to be written.
    fn save(&mut self, on_collision: OnCollision, create_folder: bool, ctx: &mut EventCtx<'_, '_>) {
        let missing = if self.folder().is_empty() {
            Some(("Give a folder to save into.", Row::Folder))
        } else if self.stem().is_empty() {
            Some(("Give the file a name.", Row::Name))
        } else {
            None
        };
        if let Some((what, row)) = missing {
            self.focus = row;
            self.problem = Some(what.to_owned());
            return;
        }
        let Some(assessment) = ctx.session.assessment() else {
            self.problem = Some("There is no result to save yet.".to_owned());
            return;
        };
        let note = clean(self.note.text().trim()).into_owned();
        ctx.ask(Effect::Save(Box::new(SaveOrder {
            formats: self.formats().to_vec(),
            folder: PathBuf::from(self.folder()),
            stem: self.stem().to_owned(),
            note: (!note.is_empty()).then_some(note),
            on_collision,
            create_folder,
            assessment: Box::new(assessment.clone()),
        })));
    }

    fn finish(paths: Vec<PathBuf>, ctx: &mut EventCtx<'_, '_>) {
        ctx.say = Some(saved_words(&paths, status_room(ctx.app.size)));
        let today = ctx.session.world.today;
        let dropped = ctx.app.wizard.note_saved(ctx.session.choices(), paths, today);
        ctx.ask(dropped);
        ctx.go = Some(Go::Back);
    }

    fn reply(&mut self, reply: Reply, ctx: &mut EventCtx<'_, '_>) {
        self.dialog = None;
        match reply {
            Reply::KeepBoth => self.save(OnCollision::KeepBoth, false, ctx),
            Reply::Replace => self.save(OnCollision::Replace, false, ctx),
            Reply::CreateFolder => self.save(OnCollision::Ask, true, ctx),
            Reply::ChangeName => self.focus = Row::Name,
            Reply::ChangeFolder => self.focus = Row::Folder,
            Reply::Cancel => {
                ctx.say = Some("Nothing was saved.".to_owned());
                ctx.go = Some(Go::Back);
            }
        }
    }

    fn enter(&mut self, ctx: &mut EventCtx<'_, '_>) {
        match self.focus {
            Row::Save => self.save(OnCollision::Ask, false, ctx),
            Row::Cancel => ctx.go = Some(Go::Back),
            _ => self.step(Action::Down),
        }
    }

    fn step(&mut self, action: Action) {
        let here = ROWS.iter().position(|row| *row == self.focus);
        let next = moved(here.unwrap_or_default(), action, ROWS.len());
        self.focus = ROWS.get(next).copied().unwrap_or(Row::Format);
    }

    fn say(&mut self, said: &'static str, ctx: &mut EventCtx<'_, '_>) {
        // The status line is short, so the form shows the full text.
        self.problem = said.strip_prefix("! ").map(str::to_owned);
        ctx.say = Some(said.to_owned());
    }

    fn draw_format(&self, page: &mut Page) {
        let look = page.look();
        let focused = self.focus == Row::Format && self.dialog.is_none();
        let (mark, style) = if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
        let from = page.row();
        let mut line = Line::from(vec![
            Span::raw("  "),
            Span::styled(format!("{mark} {}", pad_right("Format", LABEL)), style),
        ]);
        let start = 4 + LABEL;
        let mut column = start;
        let mut cursor = (column, from);
        for (index, (name, _)) in FORMATS.iter().enumerate() {
            let chosen = index == self.format;
            let dot = if chosen { "(o)" } else { "( )" };
            let text = format!("{dot} {name}");
            // On a narrow page the choices continue on a second line.
            if column + text.len() > usize::from(page.width()) && column > start {
                page.line(std::mem::take(&mut line));
                line.push_span(Span::raw(" ".repeat(start)));
                column = start;
            }
            if chosen {
                cursor = (column + 1, page.row());
            }
            column += text.len() + 2;
            let style = if chosen && focused { look.theme.focus } else { look.theme.text };
            line.push_span(Span::styled(text, style));
            line.push_span(Span::raw("  "));
        }
        page.line(line);
        page.mark_clickable(from, Row::Format as usize);
        page.mark_focusable(from, focused);
        if focused {
            page.cursor_at(u16::try_from(cursor.0).unwrap_or_default(), cursor.1);
        }
    }

    fn draw_fields(&self, page: &mut Page) {
        for (row, label, field, hint) in [
            (Row::Folder, "Folder", &self.folder, "where the file goes"),
            (Row::Name, "Name", &self.name, "without ending"),
            (Row::Note, "Note", &self.note, "one line, if you like"),
        ] {
            let from = page.row();
            let focused = self.focus == row && self.dialog.is_none();
            draw_field(page, label, field, hint, focused);
            page.mark_clickable(from, row as usize);
        }
    }

    /// Draws the path of the file, on one line if it fits. Shortens overlong folders and names, so
    /// that the form keeps its room.
    fn draw_path(&self, page: &mut Page) {
        /// Maximum lines for the folder, and for a name.
        const LINES: usize = 2;
        let look = page.look();
        page.text("  Full path", look.theme.title);
        let folder = clean(self.folder()).into_owned();
        let stem = clean(self.stem()).into_owned();
        let room = usize::from(page.width().saturating_sub(3));
        let names: Vec<String> =
            self.formats().iter().map(|format| format!("{stem}.{}", format.extension())).collect();
        let whole: Vec<String> = names
            .iter()
            .map(|name| Path::new(&folder).join(name).to_string_lossy().into_owned())
            .collect();
        if whole.iter().all(|path| path.width() <= room) {
            for path in whole {
                page.text(&format!("  {path}"), look.theme.text);
            }
        } else {
            let mut start = folder.clone();
            if !start.ends_with(std::path::is_separator) {
                start.push(std::path::MAIN_SEPARATOR);
            }
            page.paragraph(&fit_middle(&start, room * LINES), 2, look.theme.text);
            for name in names {
                let most = room.saturating_sub(2) * LINES;
                page.paragraph(&fit_middle(&name, most), 4, look.theme.text);
            }
        }
        if folder.starts_with('~') {
            page.text("  (~ is your home folder)", look.theme.text);
        } else if !folder.is_empty() && Path::new(&folder).is_relative() {
            page.paragraph("(from the folder planwise was started in)", 2, look.theme.text);
        }
    }
}

/// Columns of a label before its field.
const LABEL: usize = 9;

/// Draws a text field. While it is empty it shows `hint`, cut at the semicolon if space is short.
pub(super) fn draw_field(page: &mut Page, label: &str, field: &Field, hint: &str, focused: bool) {
    let look = page.look();
    let from = page.row();
    let start = 4 + LABEL;
    let room = usize::from(page.width()).saturating_sub(start + 2).max(4);
    let (mark, style) = if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
    // The cursor needs a free column after the last letter.
    let scroll = field.scroll(room - 1);
    let text = if field.text().is_empty() {
        let brief = hint.split(';').next().unwrap_or(hint);
        let hints = [hint, brief].map(|hint| format!("({hint})"));
        if focused { String::new() } else { first_that_fits(hints, room) }
    } else if focused {
        behind(&clean(field.text()), scroll)
    } else {
        clean(field.text()).into_owned()
    };
    let text = if focused { pad_right(&text, room) } else { fit(&text, room).into_owned() };
    page.line(Line::from(vec![
        Span::raw("  "),
        Span::styled(format!("{mark} {}", pad_right(label, LABEL)), style),
        Span::styled(text, style),
    ]));
    page.mark_focusable(from, focused);
    if focused {
        let column = start + field.cursor().saturating_sub(scroll);
        page.cursor_at(u16::try_from(column).unwrap_or_default(), from);
    }
}

/// The text after its first columns.
fn behind(text: &str, columns: usize) -> String {
    let mut passed = 0;
    text.chars()
        .skip_while(|letter| {
            let before = passed < columns;
            passed += letter.width().unwrap_or(0);
            before
        })
        .collect()
}

/// The name without our file extension, in any case. Returns `None` if it has none.
fn without_ending(name: &str) -> Option<&str> {
    let (stem, ending) = name.rsplit_once('.')?;
    let ours = [Format::Markdown, Format::Html, Format::Json]
        .iter()
        .any(|format| ending.eq_ignore_ascii_case(format.extension()));
    ours.then(|| stem.trim_end())
}

/// The status line after saving: the paths of the files if they fit.
fn saved_words(paths: &[PathBuf], room: usize) -> String {
    let names = names(paths);
    let folder = paths.first().and_then(|path| path.parent()).unwrap_or_else(|| Path::new(""));
    let place = clean(&folder.join("").to_string_lossy()).into_owned();
    let whole = format!("Saved: {place}{names}");
    if whole.width() <= room { whole } else { format!("Saved: {names}") }
}

/// `a.md`, or `a.md, .json` for two files with the same stem.
fn names(paths: &[PathBuf]) -> String {
    let mut paths = paths.iter();
    let first = paths.next().and_then(|path| path.file_name());
    let mut names = clean(&first.unwrap_or_default().to_string_lossy()).into_owned();
    for ending in paths.filter_map(|path| path.extension()) {
        names.push_str(", .");
        names.push_str(&ending.to_string_lossy());
    }
    names
}

impl ScreenBehavior for Save {
    fn context(&self) -> Context {
        if self.dialog.is_some() { Context::Dialog } else { Context::Form }
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Save the report".to_owned()
    }

    fn draw(&self, _cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        page.gap();
        self.draw_format(page);
        page.gap();
        self.draw_fields(page);
        page.gap();
        self.draw_path(page);
        page.gap();
        if let Some(dialog) = &self.dialog {
            dialog.draw(page);
            return;
        }
        if let Some(problem) = &self.problem {
            page.refusal(problem);
        } else {
            let how = if self.focus == Row::Format { "Left and right choose. " } else { "" };
            page.paragraph(
                &format!("{how}Markdown is for reading, HTML for sending on and printing; \"Open a report\" goes on from JSON. Nothing is overwritten unless you choose it."),
                2,
                look.theme.text,
            );
        }
        page.gap();
        let focus = match self.focus {
            Row::Save => Some(0),
            Row::Cancel => Some(1),
            _ => None,
        };
        let from = page.row();
        draw_buttons(page, &["Save", "Cancel"], focus);
        page.mark_clickable(from, Row::Save as usize);
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        self.problem = None;
        if let Some(dialog) = &mut self.dialog {
            match action {
                Action::Enter | Action::Choose => {
                    let reply = dialog.reply();
                    self.reply(reply, ctx);
                }
                Action::Back => self.dialog = None,
                action => dialog.step(action),
            }
            return;
        }
        match action {
            Action::Enter => self.enter(ctx),
            Action::Back => ctx.go = Some(Go::Back),
            action => self.step(action),
        }
    }

    fn press(&mut self, press: Press, ctx: &mut EventCtx<'_, '_>) {
        if self.dialog.is_some() {
            return;
        }
        self.problem = None;
        if let Some(field) = self.field() {
            let said = field.press(press);
            self.keep(ctx.app);
            if let Some(said) = said {
                self.say(said, ctx);
            }
            return;
        }
        match (self.focus, press.key) {
            (Row::Format, Key::Left) => self.format = self.format.saturating_sub(1),
            (Row::Format, Key::Right) => self.format = (self.format + 1).min(FORMATS.len() - 1),
            (Row::Format, Key::Char(' ')) => self.format = (self.format + 1) % FORMATS.len(),
            (Row::Save, Key::Right) => self.focus = Row::Cancel,
            (Row::Cancel, Key::Left) => self.focus = Row::Save,
            (Row::Save | Row::Cancel, Key::Char(' ')) => self.enter(ctx),
            (_, Key::Char(_)) => {
                ctx.say = Some("Text goes into Folder, Name and Note: Tab.".to_owned());
            }
            _ => {}
        }
        self.keep(ctx.app);
    }

    fn paste(&mut self, text: &str, ctx: &mut EventCtx<'_, '_>) {
        if self.dialog.is_some() {
            return;
        }
        self.problem = None;
        match self.field() {
            Some(field) => {
                let said = field.paste(text);
                self.keep(ctx.app);
                if let Some(said) = said {
                    self.say(said, ctx);
                }
            }
            None => ctx.say = Some("Go to a field first: Tab.".to_owned()),
        }
    }

    fn click(&mut self, index: usize, ctx: &mut EventCtx<'_, '_>) {
        self.problem = None;
        if let Some(dialog) = &mut self.dialog {
            if dialog.focus_on(index) {
                let reply = dialog.reply();
                self.reply(reply, ctx);
            }
            return;
        }
        // The buttons share a line, so a click only focuses it. Enter presses.
        if let Some(row) = ROWS.into_iter().find(|row| *row as usize == index) {
            self.focus = row;
        }
    }

    fn on_message(&mut self, message: Message, ctx: &mut EventCtx<'_, '_>) {
        match message {
            Message::Saved(Ok(paths)) => Self::finish(paths, ctx),
            Message::Saved(Err(SaveFailure::Exists { taken, free })) => {
                self.dialog = Some(Dialog::exists(&taken, &free, self.formats()));
            }
            Message::Saved(Err(SaveFailure::MissingFolder(folder))) => {
                self.dialog = Some(Dialog::missing_folder(&folder));
            }
            Message::Saved(Err(SaveFailure::Other(why))) => {
                ctx.say = Some("! Not saved.".to_owned());
                self.problem = Some(why);
            }
            _ => {}
        }
    }

    fn why(&self, _session: &Session<'_>) -> Option<Reading> {
        None
    }

    fn needs_result(&self) -> bool {
        true
    }
}
