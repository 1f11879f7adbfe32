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
use crate::month::Unit;
use crate::number::{NumberError, Percent, grouped, parse_price, parse_tokens, usd};
use crate::session::{Preview, Run, Session};
use crate::tui::app::{Cx, EventCtx, Go};
use crate::tui::field::Field;
use crate::tui::key::{Key, Press};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::Reading;

/// The focus of a form and its open field.
#[derive(Debug)]
pub(super) struct Form<R: 'static> {
    rows: &'static [R],
    pub focus: R,
    entry: Option<Entry>,
    /// Why the last change was rejected. Cleared by the next key.
    pub problem: Option<String>,
}

impl<R: Copy + PartialEq> Form<R> {
    /// A form with these lines, from the top.
    pub(super) const fn new(rows: &'static [R], focus: R) -> Self {
        Self { rows, focus, entry: None, problem: None }
    }

    fn index_of(&self, row: R) -> usize {
        self.rows.iter().position(|known| *known == row).unwrap_or_default()
    }

    /// True if the field of this line is open.
    pub(super) fn is_open(&self, row: R) -> bool {
        self.entry.is_some() && self.focus == row
    }

    /// The undo run of the focused line's steps. `first` keeps the runs of two forms apart.
    pub(super) fn run(&self, first: u16) -> Run {
        Run(first + u16::try_from(self.index_of(self.focus)).unwrap_or_default())
    }

    /// Shows below the focused line why nothing was changed.
    pub(super) fn refuse(&mut self, why: String, ctx: &mut EventCtx<'_, '_>) {
        ctx.say = Some("! Not changed.".to_owned());
        self.problem = Some(why);
    }
}

pub(super) trait FormScreen: Debug {
    type Row: Copy + PartialEq + 'static;

    /// The hint for a digit typed on a line without a number.
    const DIGITS: &'static str = "Numbers go into the lines above.";

    fn form(&self) -> &Form<Self::Row>;

    fn form_mut(&mut self) -> &mut Form<Self::Row>;

    /// The title in the frame.
    fn heading(&self) -> &'static str;

    /// Draws the whole screen, top down.
    fn draw_all(&self, cx: &Cx<'_, '_>, page: &mut Page);

    /// The unit of a line's number. `None` for a line without one.
    fn unit(row: Self::Row) -> Option<Unit>;

    /// The number of the focused line. `None` if it depends on answers that are still open.
    fn number(&self, ctx: &EventCtx<'_, '_>) -> Option<Decimal>;

    /// Parses the text typed on the focused line. `None` restores the default.
    fn read(&self, unit: Unit, typed: &str) -> Result<Option<Decimal>, String> {
        unit.parse(typed).map(Some).map_err(|error| error.to_string())
    }

    /// Sets the number of the focused line. `steps` marks it as one of several steps. Returns the
    /// reason if the number is not allowed; nothing changes then.
    fn put(
        &mut self,
        number: Option<Decimal>,
        steps: bool,
        ctx: &mut EventCtx<'_, '_>,
    ) -> Result<(), String>;

    /// Handles Enter on the focused line: presses it or opens its field.
    fn press_row(&mut self, ctx: &mut EventCtx<'_, '_>);

    /// Changes the choice of the focused line, which has no number to step.
    fn choose(&mut self, _action: Action, _ctx: &mut EventCtx<'_, '_>) {}

    /// Leaves the screen.
    fn go_back(&mut self, ctx: &mut EventCtx<'_, '_>) {
        ctx.go = Some(Go::Back);
    }

    /// Called after the focus moved or the choices changed elsewhere.
    fn settle(&mut self) {}

    /// Called after a click focused a line.
    fn clicked(&mut self, _ctx: &mut EventCtx<'_, '_>) {}

    /// The month to preview before it is set.
    fn month_ahead(&self, _session: &Session<'_>) -> Preview {
        Preview::Nothing
    }

    /// Opens the field of the focused line with its current value.
    fn open(&mut self, ctx: &EventCtx<'_, '_>) {
        if let Some(unit) = Self::unit(self.form().focus) {
            let value = self.number(ctx).map(|number| unit.typed(number));
            self.form_mut().entry = Some(Entry::on(value.unwrap_or_default()));
        }
    }

    /// Sets the typed number, or shows what is wrong with it and keeps the field open.
    fn take(&mut self, mut entry: Entry, ctx: &mut EventCtx<'_, '_>) {
        let Some(unit) = Self::unit(self.form().focus) else {
            return;
        };
        let number = self.read(unit, entry.field.text());
        if let Err(why) = number.and_then(|number| self.put(number, false, ctx)) {
            entry.problem = Some(why);
            self.form_mut().entry = Some(entry);
        }
    }

    /// Handles a slider key: steps the number or changes the choice.
    fn step(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        let unit = Self::unit(self.form().focus);
        let next =
            unit.and_then(|unit| stepped(unit, self.number(ctx).unwrap_or_default(), action));
        match next {
            None => self.choose(action, ctx),
            next => {
                if let Err(why) = self.put(next, true, ctx) {
                    self.form_mut().refuse(why, ctx);
                }
            }
        }
    }

    /// True if the focused line has a number.
    fn has_number(&self) -> bool {
        Self::unit(self.form().focus).is_some()
    }
}

impl<F: FormScreen> ScreenBehavior for F {
    fn context(&self) -> Context {
        if self.form().entry.is_some() { Context::Field } else { Context::Usage }
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        self.heading().to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        self.draw_all(cx, page);
    }

    fn takes_pages(&self) -> bool {
        self.form().entry.is_none() && self.has_number()
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
                let next = moved(form.index_of(form.focus), action, form.rows.len());
                form.focus = form.rows.get(next).copied().unwrap_or(form.focus);
                self.settle();
            }
            Action::Digit(digit) if self.has_number() => {
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
        if let Some(row) = form.rows.get(index) {
            form.focus = *row;
            ctx.session.end_run();
            self.clicked(ctx);
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
    field: Field,
    /// Why the last Enter was rejected.
    problem: Option<String>,
}

impl Entry {
    fn on(value: impl Into<String>) -> Self {
        Self { field: Field::new(value, 24), problem: None }
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
