//! The wizard in lines: for screen readers, simple terminals and pipes.
//!
//! A line goes in, text comes out, and printed text never changes. The session, questions, words
//! and report are those of the full screen; only the prompts differ. Pure state: reading and
//! writing are requested as an [`Effect`], and [`Plain::on_message`] handles the result.

mod advanced;
mod ask;
mod command;
mod fit;
mod help;
mod logs;
mod month;
mod outcome_check;
mod page;
mod save;
mod scenarios;
mod stage;
mod start;
mod steps;
mod tell;
#[cfg(test)]
mod tests;
mod week;

pub use page::Page;

use self::stage::{Saving, Stage};
use crate::report::{Listing, SaveOrder};
use crate::text::{clean, looks_like_key};
use crate::wizard::flow::{Arrival, MonthLine, Next, Step};
use crate::wizard::session::{Choices, Month, Session};
use crate::wizard::{Effect, Message, News, Stage as ScanStage, Wizard};

/// Why the wizard ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Quit,
}

/// True if the next prompt needs the result of this effect.
const fn is_waited_for(effect: &Effect) -> bool {
    !matches!(effect, Effect::Draft(_) | Effect::StopScan | Effect::ForgetReport)
}

/// The result of a line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Turn {
    /// The text to print. Ends with a prompt without a line break, except at the end or while a
    /// result is pending.
    pub page: Page,
    /// The effects to perform, in order.
    pub effects: Vec<Effect>,
    /// Set when the wizard should end.
    pub ending: Option<Ending>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Typed<'t> {
    Nothing,
    Number(usize),
    Text(&'t str),
}

impl<'t> Typed<'t> {
    fn of(line: &'t str) -> Self {
        match line.parse::<usize>() {
            _ if line.is_empty() => Self::Nothing,
            Ok(number) => Self::Number(number),
            Err(_) => Self::Text(line),
        }
    }

    /// The list item with the number that was typed.
    fn pick<T>(self, list: &[T]) -> Option<&T> {
        match self {
            Self::Number(number) => list.get(number.checked_sub(1)?),
            Self::Nothing | Self::Text(_) => None,
        }
    }
}

#[derive(Debug)]
pub struct Plain<'w> {
    session: Session<'w>,
    stage: Stage,
    wizard: Wizard,
    /// The last requested report, until its result is known.
    wanted: Option<Box<SaveOrder>>,
    /// The kept scenarios as last listed.
    listing: Listing,
}

impl<'w> Plain<'w> {
    /// The wizard before its first line.
    pub fn new(session: Session<'w>, wizard: Wizard) -> Self {
        let (stage, listing) = (Stage::Welcome, Listing::default());
        Self { session, stage, wizard, wanted: None, listing }
    }

    pub const fn wizard(&self) -> &Wizard {
        &self.wizard
    }

    pub const fn session(&self) -> &Session<'w> {
        &self.session
    }

    /// The first page.
    pub fn open(&mut self) -> Turn {
        let mut turn = Turn::default();
        tell::hello(&self.session, &mut turn.page);
        self.ask(&mut turn.page);
        turn
    }

    /// Starts with choices from a file: at the result, or at the first open question.
    pub fn begin_with(&mut self, choices: Choices) -> Turn {
        let mut turn = Turn::default();
        tell::hello(&self.session, &mut turn.page);
        self.take_file(choices, &mut turn.page);
        self.ask(&mut turn.page);
        turn
    }

    /// Handles a typed line.
    pub fn line(&mut self, typed: &str) -> Turn {
        self.turn(|plain, turn| {
            let line = clean(typed);
            let line = line.trim();
            if looks_like_key(line) {
                turn.page.para(
                    "That looks like a secret key. planwise never needs one; it was not used.",
                );
            } else if !plain.command(line, turn) {
                plain.answer(Typed::of(line), line, turn);
            }
        })
    }

    /// Runs a step, requests that changed choices are kept, and prompts again.
    fn turn(&mut self, take: impl FnOnce(&mut Self, &mut Turn)) -> Turn {
        let before = self.session.choices().clone();
        let mut turn = Turn::default();
        take(self, &mut turn);
        if let Some(reading) = self.wizard.scan.reading_mut() {
            reading.follow(self.session.usage().measured.as_deref());
        }
        if *self.session.choices() != before {
            turn.effects.extend(self.wizard.keep(self.session.choices()));
        }
        if let Some(open) = self.session.answers().next_open()
            && self.stage.needs_result()
        {
            self.stage = Stage::Question(open, Arrival::Flow);
        }
        let waits = turn.effects.iter().any(is_waited_for);
        if turn.ending.is_none() && !waits && !self.is_reading() {
            self.ask(&mut turn.page);
        }
        turn
    }

    /// Handles the result of an effect. Ignores progress of a scan, and scans that were stopped.
    pub fn on_message(&mut self, message: Message) -> Turn {
        match message {
            Message::Saved(result) => self.turn(|plain, turn| plain.on_saved(result, turn)),
            Message::Opened(result) => self.turn(|plain, turn| match result {
                Ok(choices) => plain.take_file(*choices, &mut turn.page),
                Err(why) => turn.page.para(&format!("Not opened: {why}")),
            }),
            Message::LogPlaces(places) => self.turn(|plain, _| plain.on_places(places)),
            Message::Recalled(result) => self.turn(|plain, turn| plain.on_recalled(*result, turn)),
            Message::Scenarios(result) => {
                self.turn(|plain, turn| plain.on_scenarios(*result, turn))
            }
            Message::Scan(number, news) => {
                let is_end = !matches!(news, News::At(_));
                if self.wizard.on_scan(&self.session, number, news) && is_end {
                    return self.turn(Self::on_scan_end);
                }
                Turn::default()
            }
            Message::Draft(result) => self.on_draft(result),
            // The plain wizard requests no list of reports.
            Message::Found(_) => Turn::default(),
        }
    }

    /// Says why the answers are not kept. Does not repeat the same reason.
    fn on_draft(&mut self, result: Result<(), String>) -> Turn {
        let mut turn = Turn::default();
        let problem = result.err();
        if let Some(why) = problem.as_ref().filter(|_| problem != self.wizard.unkept) {
            turn.page.warn(&format!("Not kept: {why}"));
        }
        self.wizard.unkept = problem;
        turn
    }

    /// The lines at the end: result, cost, and where things are saved.
    pub fn farewell(&self) -> Page {
        let mut page = Page::default();
        for line in self.wizard.farewell(&self.session) {
            page.para(&line);
        }
        page
    }

    /// True if there is a result to show.
    fn is_settled(&self) -> bool {
        self.session.is_complete() && self.session.choices().month == Month::Own
    }

    fn has_unsaved_result(&self) -> bool {
        let choices = self.session.choices();
        self.is_settled() && !self.wizard.is_saved(choices) && !self.wizard.is_elsewhere(choices)
    }

    fn answer(&mut self, typed: Typed<'_>, line: &str, turn: &mut Turn) {
        match self.stage.clone() {
            Stage::Welcome => self.begin(typed, turn),
            Stage::Examples => self.example(typed, &mut turn.page),
            Stage::Open => match typed {
                Typed::Nothing => turn.page.para("Type the path of a file, or b for back."),
                _ => turn.effects.push(Effect::Open(line.into())),
            },
            Stage::Logs(logs, from) => self.logs(logs, from, typed, line, turn),
            Stage::OutcomeCheck(at) => self.outcome_check(at, typed, line, turn),
            Stage::Question(question, way) => self.question(question, way, typed, &mut turn.page),
            Stage::Quick(number) => self.quick(number, typed, &mut turn.page),
            Stage::Month(of, way) => self.month(of, way, typed, line, turn),
            Stage::Week(field, week, way) => self.week(field, week, way, line, &mut turn.page),
            Stage::AdvancedList(way) => self.advanced_list(way, typed, &mut turn.page),
            Stage::Advanced(field, way) => self.advanced(field, way, line, &mut turn.page),
            Stage::Check => self.check(typed, &mut turn.page),
            Stage::Result => self.result(typed, turn),
            Stage::Save(saving) => self.saving(saving, typed, line, turn),
            Stage::Scenarios => self.scenario(typed, line, turn),
            Stage::Plan(before) => self.plan_had(*before, typed, &mut turn.page),
            Stage::Leave(before) => match typed {
                Typed::Number(1) => self.stage = Stage::Save(Saving::Path),
                Typed::Number(2) => turn.ending = Some(Ending::Quit),
                Typed::Number(3) => self.return_to(*before, turn),
                _ => turn.page.range(3),
            },
        }
    }

    /// Goes where a step leads. Whatever was to be changed is a line of the list of answers.
    fn follow(&mut self, next: Next, page: &mut Page) {
        self.stage = match next {
            Next::Return | Next::To(Step::Answers) => Stage::Check,
            Next::Ask(question) => Stage::Question(question, Arrival::Detour),
            Next::To(Step::Start) => Stage::Welcome,
            Next::To(Step::Question(question)) => Stage::Question(question, Arrival::Flow),
            Next::To(Step::Quick(number)) => Stage::Quick(number),
            Next::To(Step::Month) => Stage::Month(MonthLine::Start, Arrival::Flow),
            Next::To(Step::Result) => return self.show_result(page),
        };
    }

    /// Returns to a stage. If it was waiting for a scan, that scan may have ended meanwhile.
    fn return_to(&mut self, before: Stage, turn: &mut Turn) {
        self.stage = before;
        if self.is_reading() && !matches!(self.wizard.scan.stage(), ScanStage::Running(_)) {
            self.on_scan_end(turn);
        }
    }

    /// Replaces all choices. Prints a message if that fails.
    fn change(&mut self, choices: Choices, what: &str, page: &mut Page) -> bool {
        match self.session.change(choices, what, None) {
            Ok(()) => true,
            Err(error) => {
                page.para(&format!("Not changed: {error}"));
                false
            }
        }
    }
}
