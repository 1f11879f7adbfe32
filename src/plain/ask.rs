//! The prompt of each stage, and the stage to go back to.

use super::month::before;
use super::stage::{Logs, OutcomeCheck, Saving, Stage};
use super::{Page, Plain, Turn, tell};
use crate::month::WeekNumber;
use crate::question::{Given, Origin, QuestionId};
use crate::wizard::flow::STEPS;
use crate::wizard::flow::{self, Arrival, MonthLine, Next};
use crate::words;

impl Plain<'_> {
    pub(super) fn back(&mut self, turn: &mut Turn) {
        let answers = *self.session.answers();
        let page = &mut turn.page;
        let before = match &self.stage {
            Stage::Welcome => return page.para("This is the beginning. q quits."),
            Stage::Logs(Logs::Reading(_), _) | Stage::OutcomeCheck(OutcomeCheck::Reading(..)) => {
                return self.stop_reading(turn);
            }
            Stage::Question(question, way) => {
                return self.follow(flow::before_question(*question, *way, &answers), page);
            }
            Stage::Quick(number) => {
                return self.follow(Next::To(flow::before_quick(*number)), page);
            }
            Stage::Month(MonthLine::Start, way) => {
                return self.follow(flow::before_month(*way, &answers), page);
            }
            Stage::Examples | Stage::Open | Stage::OutcomeCheck(_) => Stage::Welcome,
            Stage::Logs(_, from) => Self::before_logs(*from),
            Stage::Month(_, Arrival::Detour)
            | Stage::AdvancedList(Arrival::Detour)
            | Stage::Result => Stage::Check,
            Stage::Month(line, way) => {
                Stage::Month(before(&MonthLine::ALL, *line).unwrap_or(MonthLine::Start), *way)
            }
            Stage::Week(field, week, way) => match before(&WeekNumber::ALL, *field) {
                Some(before) => Stage::Week(before, *week, *way),
                None => Stage::Month(MonthLine::Start, *way),
            },
            Stage::Advanced(_, way) => Stage::AdvancedList(*way),
            // The last line of the month.
            Stage::AdvancedList(Arrival::Flow) | Stage::Check => {
                Stage::Month(MonthLine::Advanced, Arrival::Flow)
            }
            Stage::Save(Saving::Note(_)) => Stage::Save(Saving::Path),
            Stage::Save(_) | Stage::Scenarios => Stage::Result,
            Stage::Plan(before) | Stage::Leave(before) => (**before).clone(),
        };
        self.return_to(before, turn);
    }

    /// Adds the current prompt to the end of the page.
    pub(super) fn ask(&mut self, page: &mut Page) {
        page.gap();
        match self.stage.clone() {
            Stage::Welcome => self.ask_welcome(page),
            Stage::Examples => {
                page.para("The article's three users. Which one?");
                for (example, number) in crate::wizard::session::examples().iter().zip(1..) {
                    page.option(number, &format!("{}. {}", example.name, example.who));
                }
                page.prompt("A number, or b for back", None);
            }
            Stage::Open => {
                page.para("Open a saved report in JSON, or a file of answers. Its path?");
                page.prompt("Path, or b for back", None);
            }
            Stage::Question(question, _) => self.ask_question(question, page),
            Stage::Quick(number) => self.ask_quick(number, page),
            Stage::Month(field, _) => self.ask_month(field, page),
            Stage::Week(field, week, _) => Self::ask_week(field, week, page),
            Stage::AdvancedList(_) => self.ask_advanced_list(page),
            Stage::Advanced(extra, _) => self.ask_advanced(extra, page),
            Stage::Check => tell::check(&mut self.session, page),
            Stage::Logs(logs, _) => Self::ask_logs(&logs, page),
            Stage::OutcomeCheck(at) => Self::ask_outcome_check(&at, page),
            Stage::Result => self.ask_result(page),
            Stage::Scenarios => self.ask_scenarios(page),
            Stage::Save(saving) => self.ask_saving(&saving, page),
            Stage::Plan(_) => self.ask_plan(page),
            Stage::Leave(_) => {
                page.para("Your recommendation is not saved.");
                page.option(1, "Save the report first");
                page.option(
                    2,
                    if self.wizard.keeps_draft(self.session.choices()) {
                        "Leave; your answers are kept for next time"
                    } else {
                        "Leave; nothing is kept"
                    },
                );
                page.option(3, "Stay");
                page.prompt("Your choice", None);
            }
        }
    }

    fn ask_question(&mut self, question: QuestionId, page: &mut Page) {
        let is_decided = self.is_decided();
        let session = &self.session;
        let text = session.wording.question(question);
        let number = question.index() + 1;
        page.para(&format!("Step {number} of {STEPS}. {}.", text.name));
        page.para(&text.title);
        let given = session.answers().given(question);
        for (index, option) in text.options.iter().enumerate() {
            let label = match option.detail.as_str() {
                "" => option.label.clone(),
                detail => format!("{}. {detail}", option.label),
            };
            let says = |rank| given == Some(Given { rank, origin: Origin::Usage });
            let origin =
                if text.rank_at(index).is_some_and(says) { " (from your usage)" } else { "" };
            page.option(index + 1, &format!("{label}{origin}"));
        }
        if let Some(measured) = session.usage().measured.as_deref() {
            if let Some(evidence) = words::evidence(measured, question) {
                page.para(&evidence);
            }
            if question == QuestionId::Limits
                && let Some(peak) = words::fullest_window(measured)
            {
                page.para(&peak);
            }
        }
        if is_decided {
            page.para("Already decided: r shows the result now, the open answers assumed.");
        }
        let now = session.answers().effective(question).map(|rank| text.index_of(rank) + 1);
        page.prompt(
            "A number, b back, w why, ? help, q quit",
            now.map(|n| n.to_string()).as_deref(),
        );
    }

    fn ask_quick(&self, number: usize, page: &mut Page) {
        let quick = &self.session.wording.quick;
        let Some(question) = quick.get(number) else {
            return;
        };
        page.para(&format!("Quick check, question {} of {}.", number + 1, quick.len()));
        page.para(&question.title);
        let chosen = self.session.answers().effective(question.id);
        let mut now = None;
        for (option, number) in question.options.iter().zip(1..) {
            page.option(number, &option.label);
            if chosen.is_some() && question.id.rank_of(&option.option) == chosen {
                now = Some(number.to_string());
            }
        }
        page.prompt("A number, b back, w why, ? help, q quit", now.as_deref());
    }
}
