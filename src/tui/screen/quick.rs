//! The quick check: four questions about last week. The other four answers are assumed.

use super::form::draw_buttons;
use super::options::{OptionLine, draw_option};
use super::{ScreenBehavior, moved};
use crate::question::{QuestionId, QuickQuestion, Rank};
use crate::tui::app::{Cx, EventCtx, Go};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::Reading;
use crate::wizard::flow;
use crate::wizard::session::{ASSUMED, Preview, Session};

#[derive(Debug, Default)]
pub struct Quick {
    /// Index of the question, from 0.
    number: usize,
    focus: Focus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    /// The option at this index.
    Option(usize),
    Continue,
    Back,
}

impl Default for Focus {
    fn default() -> Self {
        Self::Option(0)
    }
}

impl Quick {
    /// The question with this index, with the focus on its answer.
    pub fn new(number: usize, session: &Session<'_>) -> Self {
        let mut quick = Self { number, focus: Focus::default() };
        quick.refresh(session);
        quick
    }

    fn question<'w>(&self, session: &Session<'w>) -> Option<&'w QuickQuestion> {
        session.wording.quick.get(self.number)
    }

    fn focused(&self, session: &Session<'_>) -> Option<(QuestionId, Rank)> {
        let question = self.question(session)?;
        match self.focus {
            Focus::Option(index) => Some((question.id, rank_at(question, index)?)),
            Focus::Continue | Focus::Back => None,
        }
    }

    fn take(&self, ctx: &mut EventCtx<'_, '_>) {
        if let Some((question, rank)) = self.focused(ctx.session) {
            ctx.answer(question, rank);
        }
    }

    fn go_on(&self, ctx: &mut EventCtx<'_, '_>) {
        let answers = ctx.session.answers();
        let open = |question: &QuickQuestion| answers.effective(question.id).is_none();
        if self.question(ctx.session).is_some_and(open) {
            ctx.say = Some("Pick an option first, or type its number.".to_owned());
            return;
        }
        match flow::after_quick(self.number, ctx.session) {
            Ok(step) => ctx.go = Some(Go::To(step)),
            Err(error) => ctx.say = Some(format!("! {error}")),
        }
    }

    fn go_back(&self, ctx: &mut EventCtx<'_, '_>) {
        ctx.go = Some(Go::To(flow::before_quick(self.number)));
    }

    /// Moves the focus through options and buttons as one list.
    fn step(&mut self, action: Action, session: &Session<'_>) {
        let options = self.question(session).map_or(0, |q| q.options.len());
        let here = match self.focus {
            Focus::Option(index) => index,
            Focus::Continue => options,
            Focus::Back => options + 1,
        };
        let next = moved(here, action, options + 2);
        self.focus = match next.checked_sub(options) {
            None => Focus::Option(next),
            Some(0) => Focus::Continue,
            Some(_) => Focus::Back,
        };
    }

    fn draw_options(&self, question: &QuickQuestion, cx: &Cx<'_, '_>, page: &mut Page) {
        let chosen = cx.session.answers().effective(question.id);
        let text = cx.session.wording.question(question.id);
        for (index, option) in question.options.iter().enumerate() {
            let rank = rank_at(question, index);
            let detail = rank.map(|rank| format!("counts as \"{}\"", text.short_label(rank)));
            draw_option(
                page,
                &OptionLine {
                    index,
                    label: &option.label,
                    detail: detail.as_deref().unwrap_or_default(),
                    origin: "",
                    focused: self.focus == Focus::Option(index),
                    chosen: rank.is_some() && rank == chosen,
                },
            );
            page.gap();
        }
    }
}

/// The rank of the option at this index.
fn rank_at(question: &QuickQuestion, index: usize) -> Option<Rank> {
    let option = question.options.get(index)?;
    question.id.rank_of(&option.option)
}

/// The assumed answers, worded as in the list of answers: `Claude app, no control ...`.
fn assumed_words(session: &Session<'_>) -> String {
    let named: Vec<String> = ASSUMED
        .into_iter()
        .filter_map(|(question, option)| {
            let text = session.wording.question(question);
            let label = text.short_label(question.rank_of(option)?);
            Some(format!("{} \"{label}\"", text.name))
        })
        .collect();
    named.join(", ")
}

impl ScreenBehavior for Quick {
    fn context(&self) -> Context {
        Context::Question
    }

    fn title(&self, cx: &Cx<'_, '_>) -> String {
        let count = cx.session.wording.quick.len();
        format!("Quick check, question {} of {count}", self.number + 1)
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let roomy = page.is_roomy();
        let Some(question) = self.question(cx.session) else {
            return;
        };
        page.gap();
        if roomy {
            page.gap();
        }
        page.paragraph(&question.title, 2, look.theme.title);
        page.gap();
        if roomy {
            page.gap();
        }
        self.draw_options(question, cx, page);
        if roomy {
            let text = cx.session.wording.question(question.id);
            page.text("  Why we ask", look.theme.title);
            page.paragraph(&format!("{} {}", text.why, text.more), 2, look.theme.text);
            page.gap();
            page.text("  What is not asked", look.theme.title);
            page.paragraph(
                &format!(
                    "Four answers are assumed: {}. So the result is never called clear. e shows them all and changes them.",
                    assumed_words(cx.session)
                ),
                2,
                look.theme.text,
            );
            page.gap();
        } else {
            page.paragraph(
                "Four answers are assumed (Claude app, usual tastes): e shows and changes them.",
                2,
                look.theme.text,
            );
            page.gap();
        }
        let focus = match self.focus {
            Focus::Continue => Some(0),
            Focus::Back => Some(1),
            Focus::Option(_) => None,
        };
        draw_buttons(page, &["Continue", "Back"], focus);
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        let options = self.question(ctx.session).map_or(0, |q| q.options.len());
        match action {
            Action::Digit(digit) => {
                let index = digit.to_digit(10).map_or(0, |digit| digit as usize);
                if (1..=options).contains(&index) {
                    self.focus = Focus::Option(index - 1);
                    self.take(ctx);
                } else {
                    ctx.say = Some(format!("Options are numbered 1 to {options}."));
                }
            }
            Action::Enter | Action::Choose => match self.focus {
                Focus::Option(_) => {
                    self.take(ctx);
                    if action == Action::Enter {
                        self.go_on(ctx);
                    }
                }
                Focus::Continue => self.go_on(ctx),
                Focus::Back => self.go_back(ctx),
            },
            Action::Back => self.go_back(ctx),
            action => self.step(action, ctx.session),
        }
    }

    fn click(&mut self, index: usize, ctx: &mut EventCtx<'_, '_>) {
        self.focus = Focus::Option(index);
        self.take(ctx);
    }

    fn options(&self, cx: &Cx<'_, '_>) -> Option<usize> {
        self.question(cx.session).map(|question| question.options.len())
    }

    fn preview(&self, session: &Session<'_>) -> Preview {
        match self.focused(session) {
            Some((question, rank)) => Preview::Answer(question, rank),
            None => Preview::Nothing,
        }
    }

    fn refresh(&mut self, session: &Session<'_>) {
        let Some(question) = self.question(session) else {
            return;
        };
        let chosen = session.answers().effective(question.id);
        let here = |index: &usize| chosen.is_some() && rank_at(question, *index) == chosen;
        if let Some(index) = (0..question.options.len()).find(here) {
            self.focus = Focus::Option(index);
        }
    }

    fn why(&self, session: &Session<'_>) -> Option<Reading> {
        let question = self.question(session)?;
        Some(Reading::WhyAsked(question.id))
    }
}

#[cfg(test)]
mod tests {
    use super::super::save::tests::{complete, press, seen, state, walk, words};
    use super::*;
    use crate::question::Origin;
    use crate::tui::key::Key;
    use crate::tui::place::Place;
    use crate::tui::state::State;
    use crate::wizard::flow::Step;
    use crate::wizard::session::Choices;

    /// The quick check, started from the first screen.
    fn quick(choices: Choices) -> State<'static> {
        let mut state = state(choices, Place::Step(Step::Start));
        press(&mut state, Key::Down);
        press(&mut state, Key::Enter);
        assert!(seen(&state).contains("Quick check, question 1 of 4"));
        state
    }

    #[test]
    fn the_screen_is_drawn_at_every_size() {
        for number in 0..4 {
            let mut state = quick(Choices::default());
            for _ in 0..number {
                press(&mut state, Key::Enter);
            }
            walk(&mut state, 5);
        }
    }

    #[test]
    fn four_answers_are_assumed_in_one_change_and_the_others_cleared() {
        let mut state = quick(complete());
        let answers = *state.session.answers();
        for question in QuestionId::ALL {
            let assumed = ASSUMED.iter().find(|(assumed, _)| *assumed == question);
            match (assumed, answers.given(question)) {
                (Some((_, option)), Some(given)) => {
                    assert_eq!(given.origin, Origin::Assumed);
                    assert_eq!(question.option_id(given.rank), *option);
                }
                (None, None) => {}
                other => panic!("{question}: {other:?}"),
            }
        }
        assert!(words(&state).contains("Four answers are assumed"));
        press(&mut state, Key::Char('u'));
        assert_eq!(*state.session.choices(), complete());
    }

    #[test]
    fn enter_takes_and_goes_on_and_esc_goes_back() {
        let mut state = quick(Choices::default());
        press(&mut state, Key::Char('2'));
        assert!(words(&state).contains("> (o) 2 One to four"));
        press(&mut state, Key::Enter);
        assert!(seen(&state).contains("question 2 of 4"));
        press(&mut state, Key::Esc);
        assert!(words(&state).contains("> (o) 2 One to four"), "kept");
        for _ in 0..3 {
            press(&mut state, Key::Enter);
        }
        assert!(seen(&state).contains("question 4 of 4"));
        press(&mut state, Key::Enter);
        assert!(matches!(
            state.top().unwrap().place,
            Place::Step(Step::Month) | Place::ChangeMonth(_)
        ));
        assert!(state.session.is_complete());
        assert!(state.session.assessment().unwrap().strength.name() != "clear");
        let session = state.session.answers().given(QuestionId::Session).unwrap();
        assert_eq!((session.rank, session.origin), (1, Origin::User));
    }

    #[test]
    fn nothing_goes_on_unanswered() {
        let mut state = quick(Choices::default());
        for _ in 0..3 {
            press(&mut state, Key::Down);
        }
        press(&mut state, Key::Enter);
        assert!(state.status.as_deref().unwrap().starts_with("Pick an option"));
        press(&mut state, Key::Esc);
        assert!(matches!(state.top().unwrap().place, Place::Step(Step::Start)));
    }

    #[test]
    fn the_month_comes_with_every_answer_even_after_undo() {
        let mut state = quick(Choices::default());
        press(&mut state, Key::Char('u'));
        for _ in 0..4 {
            press(&mut state, Key::Enter);
        }
        assert!(matches!(
            state.top().unwrap().place,
            Place::Step(Step::Month) | Place::ChangeMonth(_)
        ));
        assert!(state.session.is_complete());
    }
}
