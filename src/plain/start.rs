//! The ways to start: kept answers, the questions, the quick check, logs, a file, an example.

use super::stage::{From, Stage};
use super::{Page, Plain, Turn, Typed, tell};
use crate::question::QuestionId;
use crate::wizard::flow::{self, Next, Step};
use crate::wizard::session::{Choices, Session};
use crate::wizard::{Beginning, Kept};

impl Plain<'_> {
    /// The ways to start that lines have.
    fn beginnings(&self) -> Vec<Beginning> {
        self.wizard.beginnings().filter(|way| *way != Beginning::Settings).collect()
    }

    pub(super) fn ask_welcome(&self, page: &mut Page) {
        let ways = self.beginnings();
        let stands = |kept: &Option<Kept>| match kept {
            Some(Kept { choices, when }) => match choices.answers.next_open() {
                Some(open) => {
                    format!("question {} of {}, {when}", open.index() + 1, QuestionId::COUNT)
                }
                None => format!("your month, {when}"),
            },
            None => String::new(),
        };
        page.para("How do you want to begin?");
        for (way, number) in ways.iter().zip(1..) {
            let text = match way {
                Beginning::Continue => format!("Continue. {}", stands(&self.wizard.kept)),
                Beginning::Earlier => format!("Earlier draft. {}", stands(&self.wizard.earlier)),
                Beginning::Start if self.wizard.kept.is_some() => {
                    format!("Start over. {} questions; the draft is kept", QuestionId::COUNT)
                }
                Beginning::Start => {
                    format!("Start. {} questions and your month, 3 minutes", QuestionId::COUNT)
                }
                Beginning::Quick => "Quick check. 4 questions about last week, 1 minute".to_owned(),
                Beginning::Logs => {
                    "Use my own logs. Your real month, and answers from it".to_owned()
                }
                Beginning::Open => "Open a report. Go on from a saved one".to_owned(),
                Beginning::OutcomeCheck => {
                    let day =
                        self.wizard.reported.map_or_else(String::new, |day| format!(", of {day}"));
                    format!("Last report{day}. How did it turn out?")
                }
                Beginning::Examples => "Examples. Three users of the article, decided".to_owned(),
                Beginning::Settings | Beginning::Help => {
                    "Words and method. What the terms mean".to_owned()
                }
            };
            page.option(number, &text);
        }
        page.prompt("A number, ? for help, q to quit", Some("1"));
    }

    pub(super) fn begin(&mut self, typed: Typed<'_>, turn: &mut Turn) {
        let ways = self.beginnings();
        // Enter does what the prompt says: the first of the list.
        let chosen = if typed == Typed::Nothing { ways.first() } else { typed.pick(&ways) };
        let page = &mut turn.page;
        match chosen {
            None => page.range(ways.len()),
            Some(Beginning::Continue) => {
                let kept = self.wizard.kept.take();
                self.go_on(kept, page);
            }
            Some(Beginning::Earlier) => {
                let earlier = self.wizard.earlier.take();
                self.go_on(earlier, page);
            }
            Some(Beginning::Start) => {
                self.change(self.session.fresh(), "Start", page);
                self.follow(Next::To(flow::FIRST), page);
            }
            Some(Beginning::Quick) => self.begin_quick(page),
            Some(Beginning::Logs) => self.begin_logs(From::Start, turn),
            Some(Beginning::Open) => self.stage = Stage::Open,
            Some(Beginning::OutcomeCheck) => self.begin_outcome_check(turn),
            Some(Beginning::Examples) => self.stage = Stage::Examples,
            Some(Beginning::Settings | Beginning::Help) => tell::terms(page),
        }
    }

    fn go_on(&mut self, kept: Option<Kept>, page: &mut Page) {
        if let Some(kept) = kept {
            self.change(kept.choices, "Kept answers", page);
        }
        self.follow(Next::To(flow::resume(self.session.answers())), page);
    }

    pub(super) fn take_file(&mut self, choices: Choices, page: &mut Page) {
        let step = flow::opened(&choices);
        self.take_elsewhere(choices, "File", step, page);
    }

    /// Takes choices that a file or a scenario has, and continues on this step.
    pub(super) fn take_elsewhere(
        &mut self,
        choices: Choices,
        what: &str,
        step: Step,
        page: &mut Page,
    ) {
        match self.wizard.take_elsewhere(&mut self.session, choices, what) {
            Ok(()) => self.follow(Next::To(step), page),
            Err(error) => page.para(&format!("Not changed: {error}")),
        }
    }

    pub(super) fn example(&mut self, typed: Typed<'_>, page: &mut Page) {
        let examples = crate::wizard::session::examples();
        let Some(example) = typed.pick(examples) else {
            page.range(examples.len());
            return;
        };
        // An example is not kept for the next start, but the person's own answers are.
        let what = format!("Example: {}", example.name);
        match self.wizard.take_elsewhere(&mut self.session, example.choices(), what) {
            Ok(()) => {
                page.para("An example. u takes it back.");
                self.show_result(page);
            }
            Err(error) => page.para(&format!("Not changed: {error}")),
        }
    }

    fn begin_quick(&mut self, page: &mut Page) {
        if let Err(error) = self.wizard.begin_quick(&mut self.session) {
            page.para(&format!("Not changed: {error}"));
        }
        page.para(
            "Four answers are assumed: that you work in the Claude app, need no control over \
             each call, like the app's features, and would pay either way. So the result is never \
             called clear. You can change them at the end.",
        );
        self.stage = Stage::Quick(0);
    }

    pub(super) fn quick(&mut self, number: usize, typed: Typed<'_>, page: &mut Page) {
        let quick = &self.session.wording.quick;
        let Some(question) = quick.get(number) else {
            return self.follow(Next::To(flow::resume(self.session.answers())), page);
        };
        let is_open = |question: QuestionId, session: &Session<'_>| {
            session.answers().effective(question).is_none()
        };
        if typed != Typed::Nothing || is_open(question.id, &self.session) {
            let option = typed.pick(&question.options);
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
        match flow::after_quick(number, &mut self.session) {
            Ok(step) => self.follow(Next::To(step), page),
            Err(error) => page.para(&format!("Not changed: {error}")),
        }
    }
}
