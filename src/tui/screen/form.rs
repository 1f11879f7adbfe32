//! Screens made of lines with numbers. Each declares its lines; the form draws and edits them.
//!
//! The number field is the control; the track only pictures it. Digits open the field of the
//! focused line and arrows step its number. Consecutive steps are one change for undo.

mod draw;
mod step;

pub(super) use draw::{NumberRow, draw_buttons, draw_choice, draw_door};

use std::fmt::Debug;

use rust_decimal::Decimal;

use self::step::stepped;
use super::{ScreenBehavior, moved};
use crate::month::{Field, Unit, WeekNumber};
use crate::number::{NumberError, Percent, grouped, parse_price, parse_tokens, usd};
use crate::tui::app::{Cx, EventCtx, Go};
use crate::tui::field::Field as TextField;
use crate::tui::key::{Key, Press};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::Reading;
use crate::wizard::flow::MonthLine;
use crate::wizard::session::{Preview, Run, Session};

/// What a line of a form is about.
pub(super) trait FormLine: Debug + Copy + PartialEq + 'static {
    /// All lines of the form, from the top.
    const LINES: &'static [Self];

    /// The unit of its number. `None` for a line without one.
    fn counts(self) -> Option<Unit>;
}

impl FormLine for Field {
    const LINES: &'static [Self] = &Self::ADVANCED;

    fn counts(self) -> Option<Unit> {
        Some(self.unit())
    }
}

impl FormLine for WeekNumber {
    const LINES: &'static [Self] = &Self::ALL;

    fn counts(self) -> Option<Unit> {
        Some(self.unit())
    }
}

impl FormLine for MonthLine {
    const LINES: &'static [Self] = &Self::ALL;

    fn counts(self) -> Option<Unit> {
        match self {
            Self::Number(field) => Some(field.unit()),
            Self::Start | Self::Model | Self::Confidence | Self::Advanced => None,
        }
    }
}

/// A row of a form: its lines, then what the form does, then the way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row<L> {
    Line(L),
    Button,
    Back,
}

/// The focus of a form and its open field.
#[derive(Debug)]
pub(super) struct Form<L> {
    pub focus: Row<L>,
    entry: Option<Entry>,
    /// Why the last change was rejected. Cleared by the next key.
    pub problem: Option<String>,
}

impl<L: FormLine> Form<L> {
    /// A form with the focus on a line.
    pub(super) const fn new(focus: L) -> Self {
        Self { focus: Row::Line(focus), entry: None, problem: None }
    }

    /// All rows, from the top.
    pub(super) fn rows() -> impl Iterator<Item = Row<L>> {
        L::LINES.iter().copied().map(Row::Line).chain([Row::Button, Row::Back])
    }

    fn index_of(row: Row<L>) -> usize {
        Self::rows().position(|known| known == row).unwrap_or_default()
    }

    /// True if the field of this line is open.
    pub(super) fn is_open(&self, row: Row<L>) -> bool {
        self.entry.is_some() && self.focus == row
    }

    /// The undo run of the focused line's steps. `first` keeps the runs of two forms apart.
    pub(super) fn run(&self, first: u16) -> Run {
        Run(first + u16::try_from(Self::index_of(self.focus)).unwrap_or_default())
    }

    /// Shows below the focused line why nothing was changed.
    pub(super) fn refuse(&mut self, why: String, ctx: &mut EventCtx<'_, '_>) {
        ctx.say = Some("! Not changed.".to_owned());
        self.problem = Some(why);
    }
}

pub(super) trait FormScreen: Debug {
    type Line: FormLine;

    /// The hint for a digit typed on a line without a number.
    const DIGITS: &'static str = "Numbers go into the lines above.";

    fn form(&self) -> &Form<Self::Line>;

    fn form_mut(&mut self) -> &mut Form<Self::Line>;

    /// The title in the frame.
    fn heading(&self, cx: &Cx<'_, '_>) -> String;

    /// Draws the whole screen, top down.
    fn draw_all(&self, cx: &Cx<'_, '_>, page: &mut Page);

    /// The number of a line. `None` if it depends on answers that are still open.
    fn number(&self, line: Self::Line, ctx: &EventCtx<'_, '_>) -> Option<Decimal>;

    /// Parses the text typed on a line. `None` restores the default.
    fn read(&self, _line: Self::Line, unit: Unit, typed: &str) -> Result<Option<Decimal>, String> {
        unit.parse(typed).map(Some).map_err(|error| error.to_string())
    }

    /// Sets the number of a line. `steps` marks it as one of several steps. Returns the reason if
    /// the number is not allowed; nothing changes then.
    fn put(
        &mut self,
        line: Self::Line,
        number: Option<Decimal>,
        steps: bool,
        ctx: &mut EventCtx<'_, '_>,
    ) -> Result<(), String>;

    /// Handles Enter on a line: opens its field.
    fn press_line(&mut self, _line: Self::Line, ctx: &mut EventCtx<'_, '_>) {
        self.open(ctx);
    }

    /// Does what the form is for.
    fn press_button(&mut self, ctx: &mut EventCtx<'_, '_>);

    /// Changes the choice of a line, which has no number to step.
    fn choose(&mut self, _line: Self::Line, _action: Action, _ctx: &mut EventCtx<'_, '_>) {}

    /// Leaves the screen.
    fn go_back(&mut self, ctx: &mut EventCtx<'_, '_>) {
        ctx.go = Some(Go::Back);
    }

    /// Called after the focus moved or the choices changed elsewhere.
    fn settle(&mut self) {}

    /// True if a click presses the buttons. Where they share a line, it only focuses it.
    fn click_presses(&self) -> bool {
        false
    }

    /// The month to preview before it is set.
    fn month_ahead(&self, _session: &Session<'_>) -> Preview {
        Preview::Nothing
    }

    /// The focused line and the unit of its number, if it has one.
    fn numbered(&self) -> Option<(Self::Line, Unit)> {
        match self.form().focus {
            Row::Line(line) => Some((line, line.counts()?)),
            Row::Button | Row::Back => None,
        }
    }

    /// Presses the focused row.
    fn press_row(&mut self, ctx: &mut EventCtx<'_, '_>) {
        match self.form().focus {
            Row::Line(line) => self.press_line(line, ctx),
            Row::Button => self.press_button(ctx),
            Row::Back => self.go_back(ctx),
        }
    }

    /// Opens the field of the focused line with its current value.
    fn open(&mut self, ctx: &EventCtx<'_, '_>) {
        if let Some((line, unit)) = self.numbered() {
            let value = self.number(line, ctx).map(|number| unit.typed(number));
            self.form_mut().entry = Some(Entry::on(value.unwrap_or_default()));
        }
    }

    /// Sets the typed number, or shows what is wrong with it and keeps the field open.
    fn take(&mut self, mut entry: Entry, ctx: &mut EventCtx<'_, '_>) {
        let Some((line, unit)) = self.numbered() else {
            return;
        };
        let number = self.read(line, unit, entry.field.text());
        if let Err(why) = number.and_then(|number| self.put(line, number, false, ctx)) {
            entry.problem = Some(why);
            self.form_mut().entry = Some(entry);
        }
    }

    /// Handles a slider key: steps the number or changes the choice.
    fn step(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        let Row::Line(line) = self.form().focus else {
            return;
        };
        let number = || self.number(line, ctx).unwrap_or_default();
        match line.counts().and_then(|unit| stepped(unit, number(), action)) {
            None => self.choose(line, action, ctx),
            next => {
                if let Err(why) = self.put(line, next, true, ctx) {
                    self.form_mut().refuse(why, ctx);
                }
            }
        }
    }
}

impl<F: FormScreen> ScreenBehavior for F {
    fn context(&self) -> Context {
        if self.form().entry.is_some() { Context::Field } else { Context::Usage }
    }

    fn title(&self, cx: &Cx<'_, '_>) -> String {
        self.heading(cx)
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        self.draw_all(cx, page);
    }

    fn takes_pages(&self) -> bool {
        self.form().entry.is_none() && self.numbered().is_some()
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        let form = self.form_mut();
        form.problem = None;
        if let Some(entry) = &mut form.entry {
            match action {
                Action::Enter => {
                    if let Some(entry) = form.entry.take() {
                        self.take(entry, ctx);
                    }
                }
                Action::Back => form.entry = None,
                Action::Less => *entry = Entry::on(""),
                _ => {}
            }
            return;
        }
        match action {
            Action::Up | Action::Down => {
                ctx.session.end_run();
                let here = Form::index_of(form.focus);
                let next = moved(here, action, Form::<F::Line>::rows().count());
                form.focus = Form::rows().nth(next).unwrap_or(form.focus);
                self.settle();
            }
            Action::Digit(digit) if self.numbered().is_some() => {
                self.form_mut().entry = Some(Entry::on(digit));
            }
            Action::Digit(_) => ctx.say = Some(Self::DIGITS.to_owned()),
            Action::Enter | Action::Choose => self.press_row(ctx),
            Action::Back => self.go_back(ctx),
            action => self.step(action, ctx),
        }
    }

    fn press(&mut self, press: Press, ctx: &mut EventCtx<'_, '_>) {
        if let Some(entry) = &mut self.form_mut().entry {
            ctx.say = entry.press(press);
        }
    }

    fn paste(&mut self, text: &str, ctx: &mut EventCtx<'_, '_>) {
        ctx.say = match &mut self.form_mut().entry {
            Some(entry) => {
                entry.problem = None;
                entry.field.paste(text).map(str::to_owned)
            }
            None => Some("Open a field first: Enter on a number.".to_owned()),
        };
    }

    fn click(&mut self, index: usize, ctx: &mut EventCtx<'_, '_>) {
        let form = self.form_mut();
        (form.entry, form.problem) = (None, None);
        if let Some(row) = Form::rows().nth(index) {
            form.focus = row;
            ctx.session.end_run();
            if self.click_presses() && !matches!(row, Row::Line(_)) {
                self.press_row(ctx);
            }
        }
    }

    fn preview(&self, session: &Session<'_>) -> Preview {
        self.month_ahead(session)
    }

    fn refresh(&mut self, _session: &Session<'_>) {
        self.settle();
    }

    fn why(&self, _session: &Session<'_>) -> Option<Reading> {
        Some(Reading::WhyMonth)
    }
}

/// An open number field.
#[derive(Debug)]
pub(super) struct Entry {
    field: TextField,
    /// Why the last Enter was rejected.
    problem: Option<String>,
}

impl Entry {
    fn on(value: impl Into<String>) -> Self {
        Self { field: TextField::new(value, 24), problem: None }
    }

    /// Handles a key. Returns a message for letters that no number contains.
    fn press(&mut self, press: Press) -> Option<String> {
        self.problem = None;
        let allowed = |letter: char| {
            letter.is_ascii_digit()
                || matches!(letter, '.' | ',' | '_' | 'k' | 'm' | 'b' | 'g' | 'e')
        };
        match press.key {
            Key::Char(letter) if !allowed(letter) => {
                Some("Only digits . , _ and k M B. Esc leaves it.".to_owned())
            }
            _ => self.field.press(press).map(str::to_owned),
        }
    }

    /// The value of the typed text, `= 2,500,000`, or what is wrong with it.
    fn reading(&self, unit: Unit) -> String {
        if let Some(problem) = &self.problem {
            return format!("! {problem}");
        }
        let text = self.field.text();
        match unit {
            Unit::Tokens | Unit::Count(_) | Unit::Times => match parse_tokens(text) {
                Ok(value) => format!("= {}", grouped(value)),
                Err(NumberError::Empty) => "such as 2.5M, 800k, 1,000,000 or 1e6".to_owned(),
                Err(_) => "not a number yet".to_owned(),
            },
            Unit::Whole | Unit::Percent(_) => {
                let most = unit.most_percent().unwrap_or(100);
                match Percent::parse(text, most) {
                    Ok(value) => format!("= {value} %"),
                    Err(_) => format!("0 to {most}, at most four decimals"),
                }
            }
            Unit::Dollars => match parse_price(text) {
                Ok(price) => format!("= {} a month", usd(price)),
                Err(_) => "dollars, such as 17 or 16.67".to_owned(),
            },
        }
    }
}
