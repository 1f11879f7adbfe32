//! The wizard in lines: for screen readers, simple terminals and pipes.
//!
//! A line goes in, text comes out, and nothing that was written is ever changed. The same
//! session, questions, words and report as on the full screen; only how they are asked differs.
//! Pure state: what is to be read or written outside is asked for as a [`Wish`].

mod ask;
mod extra;
mod month;
mod page;
mod save;
mod tell;

use std::path::PathBuf;

pub use page::Page;
pub use save::{Form, OnTaken, Refusal, SaveWish};

use self::extra::Extra;
use self::month::{Field, WeekField};
use self::save::Saving;
use crate::advice::Certainty;
use crate::question::{Answers, Origin, QuestionId, Step};
use crate::session::{Choices, Month, Preview, Session};
use crate::text::{clean, looks_like_key};
use crate::usage::estimate::Week;

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
    /// Write the report; [`Plain::saved`] takes what came of it.
    Save(SaveWish),
    /// Read a report or a file of answers; [`Plain::opened`] takes what came of it.
    Open(String),
}

/// What a line led to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Turn {
    /// What is to be printed. Ends with a prompt, without a line break, unless it is the end.
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
    Question(QuestionId, Way),
    Quick(usize),
    Month(Field, Way),
    Week(WeekField, Week, Way),
    /// The list of the finer numbers.
    Extras(Way),
    Extra(Extra, Way),
    Check,
    Result,
    Save(Saving),
    /// Whether to leave without saving, and what was asked before.
    Leave(Box<Self>),
}

/// How one came to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Along the questions.
    Flow,
    /// From the list of answers, which is where one returns.
    Change,
}

/// A way to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beginning {
    Continue,
    Earlier,
    Start,
    Quick,
    Open,
    Examples,
    Words,
}

/// What was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Typed<'t> {
    Nothing,
    Number(usize),
    Text(&'t str),
}

/// What the quick check does not ask (method, section 1, "Quick check").
const ASSUMED: [(QuestionId, &str); 4] = [
    (QuestionId::Interface, "chat"),
    (QuestionId::Control, "no"),
    (QuestionId::Features, "nice"),
    (QuestionId::Billing, "either"),
];

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
    saved: Option<(Choices, Vec<String>)>,
    /// The report that was asked for last, until it is known what came of it.
    wanted: Option<SaveWish>,
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
        self.take_file(choices, &mut turn.page);
        self.ask(&mut turn.page);
        turn
    }

    /// Takes a line in.
    pub fn line(&mut self, typed: &str) -> Turn {
        let before = self.session.choices().clone();
        let mut turn = Turn::default();
        let line = clean(typed);
        let line = line.trim();
        if looks_like_key(line) {
            turn.page
                .para("That looks like a secret key. planwise never needs one; it was not used.");
        } else {
            self.take(line, &mut turn);
        }
        self.finish(&before, turn)
    }

    /// Takes in what came of saving.
    pub fn saved(&mut self, result: Result<Vec<String>, Refusal>) -> Turn {
        let mut turn = Turn::default();
        self.take_saved(result, &mut turn);
        let before = self.session.choices().clone();
        self.finish(&before, turn)
    }

    /// Takes in what came of opening a file.
    pub fn opened(&mut self, result: Result<Choices, String>) -> Turn {
        let before = self.session.choices().clone();
        let mut turn = Turn::default();
        match result {
            Ok(choices) => self.take_file(choices, &mut turn.page),
            Err(why) => turn.page.para(&format!("Not opened: {why}")),
        }
        self.finish(&before, turn)
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
                page.para(&format!("Saved: {}", paths.join(" and ")));
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

    /// Notes what is to be kept, and asks on unless something has to be done first.
    fn finish(&mut self, before: &Choices, mut turn: Turn) -> Turn {
        if self.session.choices() != before && self.keeps_draft() {
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
            && matches!(self.stage, Stage::Result | Stage::Save(_))
        {
            self.stage = Stage::Question(open, Way::Flow);
        }
        if let Some(Wish::Save(wish)) = turn.wishes.last() {
            self.wanted = Some(wish.clone());
        }
        let waits = |wish: &Wish| matches!(wish, Wish::Save(_) | Wish::Open(_));
        if turn.ending.is_none() && !turn.wishes.iter().any(waits) {
            self.ask(&mut turn.page);
        }
        turn
    }

    fn keeps_draft(&self) -> bool {
        self.places.keeps && self.elsewhere.as_ref() != Some(self.session.choices())
    }

    fn has_unsaved_result(&self) -> bool {
        let choices = self.session.choices();
        self.session.is_complete()
            && choices.month == Month::Own
            && self.saved.as_ref().is_none_or(|(saved, _)| saved != choices)
            && self.elsewhere.as_ref() != Some(choices)
    }

    /// Letters first; anything else is for what is asked.
    fn take(&mut self, line: &str, turn: &mut Turn) {
        let is_path = matches!(self.stage, Stage::Open | Stage::Save(Saving::Path));
        match line.to_ascii_lowercase().as_str() {
            "q" | "quit" | "exit" => self.quit(turn),
            "?" | "help" => tell::help(&mut turn.page),
            "b" | "back" => self.back(&mut turn.page),
            "u" | "undo" if !is_path => match self.session.undo() {
                Some(what) => turn.page.para(&format!("Undone: {}", what.replace('→', "to"))),
                None => turn.page.para("Nothing to undo."),
            },
            "w" | "why" if !is_path => self.why(&mut turn.page),
            "r" if matches!(self.stage, Stage::Question(..)) && self.is_decided() => {
                self.assume_open(&mut turn.page);
            }
            _ => {
                let typed = match line.parse::<usize>() {
                    _ if line.is_empty() => Typed::Nothing,
                    Ok(number) => Typed::Number(number),
                    Err(_) => Typed::Text(line),
                };
                self.answer(typed, line, turn);
            }
        }
    }

    fn answer(&mut self, typed: Typed<'_>, line: &str, turn: &mut Turn) {
        match self.stage.clone() {
            Stage::Welcome => self.begin(typed, &mut turn.page),
            Stage::Examples => self.example(typed, &mut turn.page),
            Stage::Open => match typed {
                Typed::Nothing => turn.page.para("Type the path of a file, or b for back."),
                _ => turn.wishes.push(Wish::Open(line.to_owned())),
            },
            Stage::Question(question, way) => self.question(question, way, typed, &mut turn.page),
            Stage::Quick(number) => self.quick(number, typed, &mut turn.page),
            Stage::Month(field, way) => self.month(field, way, typed, line, &mut turn.page),
            Stage::Week(field, week, way) => self.week(field, week, way, line, &mut turn.page),
            Stage::Extras(way) => self.extras(way, typed, &mut turn.page),
            Stage::Extra(extra, way) => self.extra(extra, way, line, &mut turn.page),
            Stage::Check => self.check(typed, &mut turn.page),
            Stage::Result => self.result(typed, &mut turn.page),
            Stage::Save(saving) => self.saving(&saving, typed, line, turn),
            Stage::Leave(before) => match typed {
                Typed::Number(1) => self.stage = Stage::Save(Saving::Path),
                Typed::Number(2) => turn.ending = Some(Ending::Quit),
                Typed::Number(3) => self.stage = *before,
                _ => turn.page.range(3),
            },
        }
    }

    fn quit(&mut self, turn: &mut Turn) {
        let is_asked = matches!(self.stage, Stage::Leave(_));
        if self.has_unsaved_result() && !is_asked {
            let before = std::mem::replace(&mut self.stage, Stage::Welcome);
            self.stage = Stage::Leave(Box::new(before));
        } else {
            turn.ending = Some(Ending::Quit);
        }
    }

    fn beginnings(&self) -> Vec<Beginning> {
        use Beginning::{Continue, Earlier, Examples, Open, Quick, Start, Words};
        let kept = self.kept.iter().map(|_| Continue);
        let earlier = self.earlier.iter().map(|_| Earlier);
        kept.chain(earlier).chain([Start, Quick, Open, Examples, Words]).collect()
    }

    fn begin(&mut self, typed: Typed<'_>, page: &mut Page) {
        let ways = self.beginnings();
        let index = match typed {
            // What Enter does is what the prompt says: the first of the list.
            Typed::Nothing => 0,
            Typed::Number(number) => number.wrapping_sub(1),
            Typed::Text(_) => usize::MAX,
        };
        match ways.get(index) {
            None => page.range(ways.len()),
            Some(Beginning::Continue) => {
                let kept = self.kept.take();
                self.go_on(kept, page);
            }
            Some(Beginning::Earlier) => {
                let earlier = self.earlier.take();
                self.go_on(earlier, page);
            }
            Some(Beginning::Start) => {
                self.change(self.session.fresh(), "Start", page);
                self.stage = Stage::Question(QuestionId::Interface, Way::Flow);
            }
            Some(Beginning::Quick) => {
                let mut choices = self.session.choices().clone();
                choices.answers = assume(Answers::default(), true);
                // Nothing has been answered yet: what is kept from an earlier start stays.
                self.elsewhere = Some(choices.clone());
                self.change(choices, "Quick check", page);
                page.para(
                    "Four answers are assumed: that you work in the Claude app, need no control \
                     over each call, like the app's features, and would pay either way. So the \
                     result is never called clear. You can change them at the end.",
                );
                self.stage = Stage::Quick(0);
            }
            Some(Beginning::Open) => self.stage = Stage::Open,
            Some(Beginning::Examples) => self.stage = Stage::Examples,
            Some(Beginning::Words) => tell::terms(page),
        }
    }

    fn go_on(&mut self, kept: Option<Kept>, page: &mut Page) {
        if let Some(kept) = kept {
            self.change(kept.choices, "Kept answers", page);
        }
        self.stage = self.next_question();
    }

    /// The first open question, or the month.
    fn next_question(&self) -> Stage {
        match self.session.answers().next_open() {
            Some(open) => Stage::Question(open, Way::Flow),
            None => Stage::Month(Field::Start, Way::Flow),
        }
    }

    fn take_file(&mut self, choices: Choices, page: &mut Page) {
        let settled = choices.month == Month::Own;
        self.elsewhere = Some(choices.clone());
        if !self.change(choices, "File", page) {
            return;
        }
        if settled && self.session.is_complete() {
            self.show_result(page);
        } else {
            self.stage = self.next_question();
        }
    }

    fn example(&mut self, typed: Typed<'_>, page: &mut Page) {
        let examples = crate::session::examples();
        let chosen = match typed {
            Typed::Number(number) => examples.get(number.wrapping_sub(1)),
            _ => None,
        };
        let Some(example) = chosen else {
            page.range(examples.len());
            return;
        };
        // An example is not kept for the next start: answers of one's own are.
        self.elsewhere = Some(example.choices());
        if self.change(example.choices(), &format!("Example: {}", example.name), page) {
            page.para("An example. u takes it back.");
            self.show_result(page);
        }
    }

    fn question(&mut self, question: QuestionId, way: Way, typed: Typed<'_>, page: &mut Page) {
        let text = self.session.wording.question(question);
        match typed {
            Typed::Nothing if self.session.answers().effective(question).is_some() => {}
            Typed::Number(number) => {
                let Some(rank) = number.checked_sub(1).and_then(|index| text.rank_at(index)) else {
                    page.range(text.options.len());
                    return;
                };
                if let Err(error) = self.session.answer(question, rank) {
                    page.para(&format!("Not changed: {error}"));
                    return;
                }
                page.para(&format!("Answer: {}.", text.short_label(rank)));
                tell::live(&mut self.session, page);
            }
            Typed::Nothing | Typed::Text(_) => {
                page.range(text.options.len());
                return;
            }
        }
        let answers = self.session.answers();
        self.stage = match (way, answers.next_open()) {
            (Way::Change, None) => Stage::Check,
            // A change can bring a question that was skipped before: it comes first.
            (Way::Change, Some(open)) => Stage::Question(open, Way::Change),
            (Way::Flow, _) => match answers.asked_after(question) {
                Some(next) => Stage::Question(next, Way::Flow),
                None => Stage::Month(Field::Start, Way::Flow),
            },
        };
    }

    fn quick(&mut self, number: usize, typed: Typed<'_>, page: &mut Page) {
        let quick = &self.session.wording.quick;
        let Some(question) = quick.get(number) else {
            self.stage = self.next_question();
            return;
        };
        let is_open = |question: QuestionId, session: &Session<'_>| {
            session.answers().effective(question).is_none()
        };
        match typed {
            Typed::Nothing if !is_open(question.id, &self.session) => {}
            Typed::Number(typed) => {
                let option = typed.checked_sub(1).and_then(|index| question.options.get(index));
                let rank = option.and_then(|option| question.id.rank_of(&option.option));
                let (Some(option), Some(rank)) = (option, rank) else {
                    page.range(question.options.len());
                    return;
                };
                if let Err(error) = self.session.answer(question.id, rank) {
                    page.para(&format!("Not changed: {error}"));
                    return;
                }
                page.para(&format!("Answer: {}.", option.label));
                tell::live(&mut self.session, page);
            }
            Typed::Nothing | Typed::Text(_) => {
                page.range(question.options.len());
                return;
            }
        }
        // Undo can have opened one of the four again, or taken the assumed ones back.
        let open = quick.iter().position(|question| is_open(question.id, &self.session));
        self.stage = match (quick.get(number + 1), open) {
            (Some(_), _) => Stage::Quick(number + 1),
            (None, Some(open)) => Stage::Quick(open),
            (None, None) => {
                let mut choices = self.session.choices().clone();
                choices.answers = assume(choices.answers, false);
                self.change(choices, "Quick check", page);
                Stage::Month(Field::Start, Way::Flow)
            }
        };
    }

    /// The list of answers: a number changes a line, Enter goes on.
    fn check(&mut self, typed: Typed<'_>, page: &mut Page) {
        let lines = QuestionId::ALL.len() + Field::LINES.len();
        match typed {
            Typed::Nothing => match self.session.answers().next_open() {
                Some(open) => self.stage = Stage::Question(open, Way::Change),
                None => self.show_result(page),
            },
            Typed::Number(number @ 1..=8) => {
                let Some(question) = QuestionId::ALL.get(number - 1).copied() else {
                    return;
                };
                let is_settled =
                    matches!(self.session.answers().step(question), Step::Settled { .. });
                if is_settled && question != QuestionId::Developer {
                    let keys = &self.session.wording.question(QuestionId::Developer).name;
                    page.para(&format!("Not asked without keys: change {keys} first."));
                } else {
                    self.stage = Stage::Question(question, Way::Change);
                }
            }
            Typed::Number(number) => match Field::LINES.get(number.wrapping_sub(9)) {
                Some(Field::More) => self.stage = Stage::Extras(Way::Change),
                Some(field) => self.stage = Stage::Month(*field, Way::Change),
                None => page.range(lines),
            },
            Typed::Text(_) => page.range(lines),
        }
    }

    fn result(&mut self, typed: Typed<'_>, page: &mut Page) {
        let Some(case) = self.session.assessment() else {
            self.stage = self.next_question();
            return;
        };
        match typed {
            Typed::Nothing | Typed::Number(1) => tell::next_steps(&case, page),
            Typed::Number(2) => self.stage = Stage::Save(Saving::Path),
            Typed::Number(3) => tell::compare(&case, page),
            Typed::Number(4) => tell::why(&case, &self.session, page),
            Typed::Number(5) => self.stage = Stage::Check,
            Typed::Number(6) => tell::copy(&case, &self.session, page),
            Typed::Number(_) | Typed::Text(_) => page.range(6),
        }
    }

    /// The result; looking at it makes the month one's own.
    fn show_result(&mut self, page: &mut Page) {
        let is_elsewhere = self.elsewhere.as_ref() == Some(self.session.choices());
        self.session.accept_month();
        if is_elsewhere {
            self.elsewhere = Some(self.session.choices().clone());
        }
        if let Some(case) = self.session.assessment() {
            tell::result(&case, &self.session, page);
            self.stage = Stage::Result;
        }
    }

    /// Whether the open questions cannot change the outcome any more.
    fn is_decided(&mut self) -> bool {
        let outlook = self.session.outlook(&Preview::Nothing);
        !self.session.is_complete() && outlook.settled != Certainty::Open
    }

    /// Takes the usual answers for what is still open, marked as assumed, and shows the result.
    fn assume_open(&mut self, page: &mut Page) {
        let mut choices = self.session.choices().clone();
        choices.answers = choices.answers.assume_open();
        if self.change(choices, "Open questions assumed", page) {
            self.show_result(page);
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

/// The answers with the four others assumed where `replace` or where there is none.
fn assume(mut answers: Answers, replace: bool) -> Answers {
    for (question, option) in ASSUMED {
        if let Some(rank) = question.rank_of(option)
            && (replace || answers.given(question).is_none())
        {
            answers.give(question, rank, Origin::Assumed);
        }
    }
    answers
}
