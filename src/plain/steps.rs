//! The questions, the list of answers, and the result.

use super::stage::{From, Saving, Stage};
use super::{Page, Plain, Turn, Typed, tell};
use crate::advice::Certainty;
use crate::question::QuestionId;
use crate::wizard::flow::{self, Arrival, MonthLine, Next};
use crate::wizard::session::Preview;

/// An action on the result page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Next,
    Save,
    Compare,
    Why,
    Answers,
    Copy,
    Scenarios,
    Fit,
    Logs,
}

impl Choice {
    const fn name(self) -> &'static str {
        match self {
            Self::Next => "Next steps",
            Self::Save => "Save the report",
            Self::Compare => "Compare the models and volumes",
            Self::Why => "Why, every point",
            Self::Answers => "Check and change your answers",
            Self::Copy => "A summary of four lines",
            Self::Scenarios => "Scenarios. Keep this result under a name, compare it with others",
            Self::Fit => "Fit. Your logs against each plan",
            Self::Logs => "Use my own logs. Your real month",
        }
    }
}

impl Plain<'_> {
    pub(super) fn question(
        &mut self,
        question: QuestionId,
        way: Arrival,
        typed: Typed<'_>,
        page: &mut Page,
    ) {
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
        self.follow(flow::after_question(question, way, self.session.answers()), page);
    }

    /// The list of answers: a number changes a line, Enter continues.
    pub(super) fn check(&mut self, typed: Typed<'_>, page: &mut Page) {
        let lines = QuestionId::ALL.len() + MonthLine::LISTED.len();
        let Typed::Number(number) = typed else {
            if typed == Typed::Nothing {
                self.follow(flow::after_answers(self.session.answers()), page);
            } else {
                page.range(lines);
            }
            return;
        };
        let asked = QuestionId::ALL.len();
        if let Some(question) = typed.pick(&QuestionId::ALL).copied() {
            if flow::can_change(question, self.session.answers()) {
                self.stage = Stage::Question(question, Arrival::Detour);
            } else {
                let keys = &self.session.wording.question(QuestionId::Developer).name;
                page.para(&format!("Not asked without keys: change {keys} first."));
            }
            return;
        }
        match number.checked_sub(asked + 1).and_then(|line| MonthLine::LISTED.get(line)) {
            Some(MonthLine::Advanced) => self.stage = Stage::AdvancedList(Arrival::Detour),
            Some(field) => self.stage = Stage::Month(*field, Arrival::Detour),
            None => page.range(lines),
        }
    }

    /// The actions for this result. The last one compares plans if logs were read, else reads logs.
    fn choices(&self) -> [Choice; 8] {
        let last = if self.digest().is_some() { Choice::Fit } else { Choice::Logs };
        [
            Choice::Next,
            Choice::Save,
            Choice::Compare,
            Choice::Why,
            Choice::Answers,
            Choice::Copy,
            Choice::Scenarios,
            last,
        ]
    }

    pub(super) fn ask_result(&self, page: &mut Page) {
        for (choice, number) in self.choices().into_iter().zip(1..) {
            page.option(number, choice.name());
        }
        page.prompt("A number, b back, u undo, ? help, q quit", Some("1"));
    }

    pub(super) fn result(&mut self, typed: Typed<'_>, turn: &mut Turn) {
        let Some(case) = self.session.assessment() else {
            return self.follow(Next::To(flow::resume(self.session.answers())), &mut turn.page);
        };
        let choices = self.choices();
        let chosen = if typed == Typed::Nothing { choices.first() } else { typed.pick(&choices) };
        let page = &mut turn.page;
        match chosen {
            Some(Choice::Next) => tell::next_steps(case, page),
            Some(Choice::Save) => self.stage = Stage::Save(Saving::Path),
            Some(Choice::Compare) => tell::compare(case, None, page),
            Some(Choice::Why) => tell::why(case, &self.session, page),
            Some(Choice::Answers) => self.stage = Stage::Check,
            Some(Choice::Copy) => tell::copy(case, &self.session, page),
            Some(Choice::Scenarios) => self.list_scenarios(turn),
            Some(Choice::Fit) => self.fit(page),
            Some(Choice::Logs) => self.begin_logs(From::Month(Arrival::Flow), turn),
            None => page.range(choices.len()),
        }
    }

    /// Shows the result. That makes the month the person's own.
    pub(super) fn show_result(&mut self, page: &mut Page) {
        let is_elsewhere = self.wizard.is_elsewhere(self.session.choices());
        self.session.accept_month();
        if is_elsewhere {
            self.wizard.elsewhere = Some(self.session.choices().clone());
        }
        if let Some(case) = self.session.assessment() {
            tell::result(case, &self.session, page);
            self.stage = Stage::Result;
        }
    }

    /// True if the open questions can no longer change the outcome.
    pub(super) fn is_decided(&mut self) -> bool {
        let outlook = self.session.outlook(&Preview::Nothing);
        !self.session.is_complete() && outlook.settled != Certainty::Open
    }

    /// Assumes the usual answers for all open questions, marks them as assumed, and shows the
    /// result.
    pub(super) fn assume_open(&mut self, page: &mut Page) {
        let mut choices = self.session.choices().clone();
        choices.answers = choices.answers.assume_open();
        if self.change(choices, "Open questions assumed", page) {
            self.show_result(page);
        }
    }
}
