//! What is asked at each stage, the way back from it, and why it is asked.

use super::{Beginning, Field, Kept, Page, Plain, Stage, Way, tell};
use crate::question::{Answers, QuestionId, Step};
use crate::words;

impl Plain<'_> {
    pub(super) fn why(&mut self, page: &mut Page) {
        match &self.stage {
            Stage::Question(question, _) => tell::why_asked(*question, &self.session, page),
            Stage::Quick(number) => {
                if let Some(quick) = self.session.wording.quick.get(*number) {
                    tell::why_asked(quick.id, &self.session, page);
                }
            }
            Stage::Month(..) | Stage::Week(..) | Stage::Extras(_) | Stage::Extra(..) => {
                for text in words::MONTH {
                    page.para(text);
                }
            }
            Stage::Check | Stage::Result | Stage::Save(_) | Stage::Leave(_) => {
                match self.session.assessment() {
                    Some(case) => tell::why(&case, &self.session, page),
                    None => page.para("Nothing to explain here yet."),
                }
            }
            Stage::Welcome | Stage::Examples | Stage::Open => {
                page.para("Nothing to explain here yet.");
            }
        }
    }

    pub(super) fn back(&mut self, page: &mut Page) {
        let answers = self.session.answers();
        self.stage = match &self.stage {
            Stage::Welcome => {
                page.para("This is the beginning. q quits.");
                Stage::Welcome
            }
            Stage::Examples | Stage::Open => Stage::Welcome,
            Stage::Question(_, Way::Change)
            | Stage::Month(_, Way::Change)
            | Stage::Extras(Way::Change)
            | Stage::Result => Stage::Check,
            Stage::Question(question, Way::Flow) => match answers.asked_before(*question) {
                Some(before) => Stage::Question(before, Way::Flow),
                None => Stage::Welcome,
            },
            Stage::Quick(number) => match number.checked_sub(1) {
                Some(before) => Stage::Quick(before),
                None => Stage::Welcome,
            },
            Stage::Month(field, Way::Flow) => match field.before() {
                Some(before) => Stage::Month(before, Way::Flow),
                None => match last_asked(answers) {
                    Some(last) => Stage::Question(last, Way::Flow),
                    None => Stage::Welcome,
                },
            },
            Stage::Week(field, week, way) => match field.before() {
                Some(before) => Stage::Week(before, *week, *way),
                None => Stage::Month(Field::Start, *way),
            },
            Stage::Extra(_, way) => Stage::Extras(*way),
            Stage::Extras(Way::Flow) | Stage::Check => Stage::Month(Field::More, Way::Flow),
            Stage::Save(_) => Stage::Result,
            Stage::Leave(before) => (**before).clone(),
        };
    }

    /// Puts what is asked now at the end of the page.
    pub(super) fn ask(&mut self, page: &mut Page) {
        page.gap();
        match self.stage.clone() {
            Stage::Welcome => self.ask_welcome(page),
            Stage::Examples => {
                page.para("The article's three users. Which one?");
                for (example, number) in crate::session::examples().iter().zip(1..) {
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
            Stage::Extras(_) => self.ask_extras(page),
            Stage::Extra(extra, _) => self.ask_extra(extra, page),
            Stage::Check => tell::check(&mut self.session, page),
            Stage::Result => tell::result_menu(page),
            Stage::Save(saving) => self.ask_saving(&saving, page),
            Stage::Leave(_) => {
                page.para("Your recommendation is not saved.");
                page.option(1, "Save the report first");
                page.option(
                    2,
                    if self.keeps_draft() {
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

    fn ask_welcome(&self, page: &mut Page) {
        let ways = self.beginnings();
        let stands = |kept: &Option<Kept>| match kept {
            Some(Kept { choices, when }) => match choices.answers.next_open() {
                Some(open) => format!("question {} of 8, {when}", open.index() + 1),
                None => format!("your month, {when}"),
            },
            None => String::new(),
        };
        for (way, number) in ways.iter().zip(1..) {
            let text = match way {
                Beginning::Continue => format!("Continue. {}", stands(&self.kept)),
                Beginning::Earlier => format!("Earlier draft. {}", stands(&self.earlier)),
                Beginning::Start if self.kept.is_some() => {
                    "Start over. 8 questions; the draft is kept".to_owned()
                }
                Beginning::Start => "Start. 8 questions and your month, 3 minutes".to_owned(),
                Beginning::Quick => "Quick check. 4 questions about last week, 1 minute".to_owned(),
                Beginning::Open => "Open a report. Go on from a saved one".to_owned(),
                Beginning::Examples => "Examples. Three users of the article, decided".to_owned(),
                Beginning::Words => "Words and method. What the terms mean".to_owned(),
            };
            page.option(number, &text);
        }
        page.prompt("A number, ? for help, q to quit", Some("1"));
    }

    fn ask_question(&mut self, question: QuestionId, page: &mut Page) {
        let is_decided = self.is_decided();
        let session = &self.session;
        let text = session.wording.question(question);
        page.para(&format!("Question {} of 8. {}.", question.index() + 1, text.name));
        page.para(&text.title);
        for (option, number) in text.options.iter().zip(1..) {
            let label = match option.detail.as_str() {
                "" => option.label.clone(),
                detail => format!("{}. {detail}", option.label),
            };
            page.option(number, &label);
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

/// The last question on the path.
fn last_asked(answers: &Answers) -> Option<QuestionId> {
    let is_asked = |question: &QuestionId| !matches!(answers.step(*question), Step::Settled { .. });
    QuestionId::ALL.into_iter().rev().find(is_asked)
}
