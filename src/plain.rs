//! The wizard in lines: for screen readers, simple terminals and pipes.
//!
//! A line goes in, text comes out, and nothing that was written is ever changed. The same
//! session, questions, words and report as on the full screen; only how they are asked differs.
//! Pure state: what is to be read or written outside is asked for as a [`Wish`].

mod advanced;
mod ask;
mod command;
mod fit;
mod help;
mod logs;
mod month;
mod page;
mod save;
mod scenarios;
mod start;
mod steps;
mod tell;
mod turned_out;
mod week;

use std::path::PathBuf;

use jiff::civil::Date;

pub use page::Page;

use self::logs::Logs;
use self::month::Line;
use self::save::Saving;
use self::scenarios::Kept as KeptScenarios;
use self::turned_out::TurnedOut;
use crate::measured::Reading;
use crate::month::{Field, Week, WeekNumber};
use crate::question::QuestionId;
use crate::report::{SaveOrder, ScenarioOrder};
use crate::session::{Choices, Month, Session};
use crate::text::{clean, looks_like_key};

/// Answers kept from an earlier start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The choices.
    pub choices: Choices,
    /// When they were kept, in words: `yesterday 18:02`.
    pub when: String,
}

/// Where things are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The folder that a report is offered for.
    pub reports: PathBuf,
    /// What a report is called, without ending.
    pub stem: String,
    /// Whether answers are kept for the next start.
    pub keeps: bool,
    /// The day of the report saved last, where one is remembered.
    pub reported: Option<Date>,
}

/// How it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The person quit.
    Quit,
}

/// What is to be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// Keep the choices for the next start.
    Keep(Box<Choices>),
    /// Move what was kept before aside first.
    SetAside,
    /// Forget what was kept if it is the present choices: a report holds them now.
    Drop,
    /// Write the report; [`Plain::saved`] takes what came of it.
    Save(Box<SaveOrder>),
    /// Read a report or a file of answers; [`Plain::opened`] takes what came of it.
    Open(PathBuf),
    /// Look where logs are; [`Plain::log_places`] takes them.
    FindLogs,
    /// Read logs, the usual ones unless a path is given; [`Plain::read`] takes what came of it.
    Scan(Option<PathBuf>),
    /// Read the report saved last; [`Plain::recalled`] takes it.
    Recall,
    /// Read what was used from a day on; [`Plain::used`] takes what came of it.
    ScanSince(Option<PathBuf>, Date),
    /// Stop reading them.
    StopScan,
    /// Do something with the kept scenarios; [`Plain::scenarios`] takes what came of it.
    Scenario(Box<ScenarioOrder>),
}

impl Wish {
    /// Whether nothing can be asked before it is known what came of it.
    const fn is_waited_for(&self) -> bool {
        match self {
            Self::Save(_)
            | Self::Open(_)
            | Self::FindLogs
            | Self::Scan(_)
            | Self::Recall
            | Self::ScanSince(..)
            | Self::Scenario(_) => true,
            Self::Keep(_) | Self::SetAside | Self::Drop | Self::StopScan => false,
        }
    }
}

/// What a line led to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Turn {
    /// What is to be printed. Ends with a prompt, without a line break, unless it is the end or
    /// something is waited for.
    pub page: Page,
    /// What is to be done, in this order.
    pub wishes: Vec<Wish>,
    /// Set at the end.
    pub ending: Option<Ending>,
}

/// What is being asked.
#[derive(Debug, Clone)]
enum Stage {
    Welcome,
    Examples,
    Open,
    Logs(Logs, From),
    TurnedOut(TurnedOut),
    Question(QuestionId, Arrival),
    Quick(usize),
    Month(Line, Arrival),
    Week(WeekNumber, Week, Arrival),
    /// The list of the advanced numbers.
    AdvancedList(Arrival),
    Advanced(Field, Arrival),
    Check,
    Result,
    Save(Saving),
    Scenarios,
    /// Which plan the person had, and what was asked before.
    Plan(Box<Self>),
    /// Whether to leave without saving, and what was asked before.
    Leave(Box<Self>),
}

impl Stage {
    /// Whether any text may be typed, so that only the shortest commands are taken as such.
    const fn takes_text(&self) -> bool {
        matches!(
            self,
            Self::Open
                | Self::Save(Saving::Path | Saving::Note(_))
                | Self::Logs(Logs::Order(_), _)
                | Self::TurnedOut(TurnedOut::Order(..))
        )
    }

    /// Whether it cannot stand while a question is open.
    const fn needs_result(&self) -> bool {
        matches!(self, Self::Result | Self::Save(_) | Self::Scenarios)
    }
}

/// How one came to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrival {
    /// Along the questions.
    Flow,
    /// From the list of answers, which is where one returns.
    Change,
}

/// Where the reading of logs was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    /// At the start: on to the questions.
    Start,
    /// In the month, which is where one returns.
    Month(Arrival),
}

/// What was typed.
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

    /// The one of a list whose number was typed.
    fn pick<T>(self, list: &[T]) -> Option<&T> {
        match self {
            Self::Number(number) => list.get(number.checked_sub(1)?),
            Self::Nothing | Self::Text(_) => None,
        }
    }
}

/// The wizard in lines.
#[derive(Debug)]
pub struct Plain<'w> {
    session: Session<'w>,
    stage: Stage,
    places: Places,
    kept: Option<Kept>,
    earlier: Option<Kept>,
    /// Whether something that could not be read is where answers are kept.
    unreadable: bool,
    /// Choices that need no keeping: an example's, or a file's.
    elsewhere: Option<Choices>,
    /// What was saved last, and where.
    saved: Option<(Choices, String)>,
    /// The report that was asked for last, until it is known what came of it.
    wanted: Option<SaveOrder>,
    /// The kept scenarios as they were listed last.
    scenarios: KeptScenarios,
    /// The logs that were read last, whatever for, until they are left.
    read: Option<Reading>,
}

impl<'w> Plain<'w> {
    /// The wizard before its first line.
    pub fn new(session: Session<'w>, places: Places) -> Self {
        Self {
            session,
            stage: Stage::Welcome,
            places,
            kept: None,
            earlier: None,
            unreadable: false,
            elsewhere: None,
            saved: None,
            wanted: None,
            scenarios: KeptScenarios::default(),
            read: None,
        }
    }

    /// Offers what was kept; `unreadable` says that something is there which cannot be read.
    pub fn offer(&mut self, kept: Option<Kept>, earlier: Option<Kept>, unreadable: bool) {
        (self.kept, self.earlier, self.unreadable) = (kept, earlier, unreadable);
    }

    /// What the person chose so far.
    pub const fn session(&self) -> &Session<'w> {
        &self.session
    }

    /// The first text.
    pub fn open(&mut self) -> Turn {
        let mut turn = Turn::default();
        tell::hello(&self.session, &mut turn.page);
        self.ask(&mut turn.page);
        turn
    }

    /// Begins with choices from a file: at the result, or at the first gap.
    pub fn begin_with(&mut self, choices: Choices) -> Turn {
        let mut turn = Turn::default();
        tell::hello(&self.session, &mut turn.page);
        self.take_file(choices, "File", &mut turn.page);
        self.ask(&mut turn.page);
        turn
    }

    /// Takes a line in.
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

    /// Takes in what came of something outside, notes what is to be kept, and asks on.
    fn turn(&mut self, take: impl FnOnce(&mut Self, &mut Turn)) -> Turn {
        let before = self.session.choices().clone();
        let mut turn = Turn::default();
        take(self, &mut turn);
        if let Some(reading) = &mut self.read {
            reading.follow(self.session.usage().measured.as_deref());
        }
        if *self.session.choices() != before && self.keeps_draft() {
            // Answers that the person did not go on from are not written over.
            let unreadable = std::mem::take(&mut self.unreadable);
            if let Some(kept) = self.kept.take() {
                self.earlier = Some(kept);
                turn.wishes.push(Wish::SetAside);
            } else if unreadable {
                turn.wishes.push(Wish::SetAside);
            }
            turn.wishes.push(Wish::Keep(Box::new(self.session.choices().clone())));
        }
        if let Some(open) = self.session.answers().next_open()
            && self.stage.needs_result()
        {
            self.stage = Stage::Question(open, Arrival::Flow);
        }
        if let Some(Wish::Save(order)) = turn.wishes.last() {
            self.wanted = Some((**order).clone());
        }
        let waits = turn.wishes.iter().any(Wish::is_waited_for);
        if turn.ending.is_none() && !waits && !self.is_reading() {
            self.ask(&mut turn.page);
        }
        turn
    }

    /// The lines at the end: result, cost, and where things are kept. `unkept` says why the
    /// answers could not be kept.
    pub fn farewell(&self, unkept: Option<&str>) -> Page {
        let mut page = Page::default();
        if self.session.answers().is_empty() {
            return page;
        }
        match self.session.assessment() {
            Some(case) => tell::verdict(&case, &self.session, &mut page),
            None => page.para("planwise: no result yet."),
        }
        match (&self.saved, unkept) {
            (Some((choices, paths)), _) if choices == self.session.choices() => {
                page.para(&format!("Saved: {paths}"));
            }
            (_, Some(why)) if self.keeps_draft() => {
                page.para(&format!("Your answers are not kept: {why}"));
            }
            _ if self.keeps_draft() => {
                page.para("Your answers are kept: planwise goes on from there.");
            }
            _ => page.para("Nothing was saved."),
        }
        page
    }

    fn keeps_draft(&self) -> bool {
        self.places.keeps && !self.is_elsewhere()
    }

    /// Whether the present choices need no keeping: they are an example's, or a file's.
    fn is_elsewhere(&self) -> bool {
        self.elsewhere.as_ref() == Some(self.session.choices())
    }

    /// Whether there is a result to look at.
    fn is_settled(&self) -> bool {
        self.session.is_complete() && self.session.choices().month == Month::Own
    }

    fn has_unsaved_result(&self) -> bool {
        let choices = self.session.choices();
        self.is_settled()
            && self.saved.as_ref().is_none_or(|(saved, _)| saved != choices)
            && !self.is_elsewhere()
    }

    fn answer(&mut self, typed: Typed<'_>, line: &str, turn: &mut Turn) {
        match self.stage.clone() {
            Stage::Welcome => self.begin(typed, turn),
            Stage::Examples => self.example(typed, &mut turn.page),
            Stage::Open => match typed {
                Typed::Nothing => turn.page.para("Type the path of a file, or b for back."),
                _ => turn.wishes.push(Wish::Open(line.into())),
            },
            Stage::Logs(logs, from) => self.logs(logs, from, typed, line, turn),
            Stage::TurnedOut(at) => self.turned_out(at, typed, line, turn),
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
                Typed::Number(3) => self.stage = *before,
                _ => turn.page.range(3),
            },
        }
    }

    /// Takes new choices as a whole; says so where they cannot be taken.
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
