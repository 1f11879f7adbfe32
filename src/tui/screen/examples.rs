//! The article's three users: view each with its result, or start from one.

use ratatui::text::{Line, Span};

use super::{ScreenBehavior, moved};
use crate::advice::{Assessment, assess};
use crate::number::{tokens_short, usd};
use crate::text::layout::columns;
use crate::tui::app::{Cx, EventCtx, Go};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::wizard::flow::Step;
use crate::wizard::session::{Example, Preview, Session, examples};

fn assess_one(example: &Example, session: &Session<'_>) -> Option<Assessment> {
    let choices = example.choices();
    let resolved = choices.answers.resolve()?;
    assess(&resolved, &choices.usage, &session.world).ok()
}

/// `Pro  $20.00 / month`.
fn outcome(example: &Example, session: &Session<'_>) -> String {
    match assess_one(example, session) {
        Some(case) => {
            format!("{}  {} / month", case.outcome.name(), usd(case.costs.of(case.outcome)))
        }
        None => "no price".to_owned(),
    }
}

#[derive(Debug)]
pub struct Examples {
    focus: usize,
    /// The outcome of each example, in words.
    outcomes: Vec<String>,
}

impl Examples {
    pub fn new(session: &Session<'_>) -> Self {
        let outcomes = examples().iter().map(|example| outcome(example, session)).collect();
        Self { focus: 0, outcomes }
    }

    fn take(&self, ctx: &mut EventCtx<'_, '_>) {
        let Some(example) = examples().get(self.focus) else {
            return;
        };
        let had_answers = !ctx.session.answers().is_empty();
        // An example is not kept for the next start; only the person's own answers are.
        ctx.take_elsewhere(example.choices(), format!("Example: {}", example.name));
        if ctx.say.is_none() {
            ctx.say = Some(if had_answers {
                "An example. u brings your own answers back.".to_owned()
            } else {
                "An example. u takes it back.".to_owned()
            });
            ctx.go = Some(Go::To(Step::Result));
        }
    }

    fn draw_example(&self, index: usize, example: &Example, page: &mut Page) {
        let look = page.look();
        let focused = index == self.focus;
        let (mark, style) = if focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
        let from = page.row();
        let room = usize::from(page.width().saturating_sub(8));
        let outcome = self.outcomes.get(index).map_or("", String::as_str);
        let has_room = example.name.chars().count() + outcome.chars().count() < room;
        let line =
            if has_room { columns(&example.name, outcome, room) } else { example.name.clone() };
        page.line(Line::from(vec![
            Span::raw("  "),
            Span::styled(format!("{mark} {} {line}", index + 1), style),
        ]));
        if !has_room {
            page.paragraph(outcome, 6, look.theme.text);
        }
        page.paragraph(&example.who, 6, look.theme.text);
        let month = format!(
            "{} sent, {} written a month.",
            tokens_short(example.month.input_tokens),
            tokens_short(example.month.output_tokens)
        );
        if page.is_roomy() {
            let line = format!("{month} The article: {}.", example.section);
            page.paragraph(&line, 6, look.theme.text);
        }
        page.mark_focusable(from, focused);
        if focused {
            page.cursor_at(2, from);
        }
        page.mark_clickable(from, index);
        page.gap();
    }
}

impl ScreenBehavior for Examples {
    fn context(&self) -> Context {
        Context::List
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Examples, estimates".to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        page.gap();
        page.paragraph("The three users of the article, decided.", 2, look.theme.title);
        if page.is_roomy() {
            page.paragraph(
                "The months follow the article's examples; the answers are ours.",
                2,
                look.theme.text,
            );
        }
        page.gap();
        for (index, example) in examples().iter().enumerate() {
            self.draw_example(index, example, page);
        }
        let own = !cx.session.answers().is_empty() || cx.app.wizard.kept.is_some();
        let after = if own {
            "Enter takes the example and shows its result; u brings your own answers back."
        } else {
            "Enter takes the example and shows its result; u takes it back."
        };
        page.paragraph(after, 2, look.theme.text);
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        match action {
            Action::Enter | Action::Choose => self.take(ctx),
            Action::Back => ctx.go = Some(Go::Back),
            action => self.focus = moved(self.focus, action, examples().len()),
        }
    }

    fn click(&mut self, index: usize, _ctx: &mut EventCtx<'_, '_>) {
        self.focus = index.min(examples().len().saturating_sub(1));
    }

    fn preview(&self, _session: &Session<'_>) -> Preview {
        match examples().get(self.focus) {
            Some(example) => Preview::Choices(Box::new(example.choices()), example.name.clone()),
            None => Preview::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::compare::fixture::{
        DRAWN, SIZES, has_focus, month, open, press, screen, state, with,
    };
    use super::*;
    use crate::advice::Outcome;
    use crate::tui::key::Key;
    use crate::tui::message::Message;
    use crate::tui::place::Place;
    use crate::tui::state::State;
    use crate::tui::update::update;
    use crate::wizard::session::Choices;

    fn examples(article: bool) -> State<'static> {
        let mut state = with(Choices::default(), article);
        open(&mut state, Place::Examples);
        state
    }

    #[test]
    fn each_example_ends_where_the_article_sends_it_at_either_prices() {
        let all = crate::wizard::session::examples();
        assert_eq!(all.len(), 3);
        for article in [false, true] {
            let state = examples(article);
            let outcomes: Vec<Outcome> = all
                .iter()
                .map(|example| {
                    for (question, option) in &example.answers {
                        assert!(question.rank_of(option).is_some(), "{question} {option}");
                    }
                    assert!(example.name.chars().count() <= 27, "{}", example.name);
                    assess_one(example, &state.session).unwrap().outcome
                })
                .collect();
            assert_eq!(outcomes, [Outcome::Pro, Outcome::Api, Outcome::Hybrid]);
        }
    }

    #[test]
    fn the_pane_shows_the_focused_example_and_nothing_is_chosen() {
        let mut state = examples(false);
        press(&mut state, &[Key::Down]);
        let seen = state.outlook.assessment.as_ref().unwrap();
        assert_eq!(seen.outcome, Outcome::Api);
        assert_eq!(state.session.choices(), &Choices::default());
        let lines = screen(&mut state, (80, 24)).join("\n");
        assert!(lines.contains("API: pay per use"), "{lines}");
        assert!(lines.contains("Example month, estimate"), "{lines}");
        assert!(lines.contains("10M sent, 4M written"), "{lines}");
    }

    #[test]
    fn enter_takes_it_and_undo_brings_ones_own_answers_back() {
        let mut state = state(DRAWN, month(3_000_000, 900_000), false);
        let own = state.session.choices().clone();
        open(&mut state, Place::Examples);
        press(&mut state, &[Key::Enter]);
        assert!(matches!(state.layers.last().unwrap().place, Place::Step(Step::Result)));
        assert_eq!(state.outlook.assessment.as_ref().unwrap().outcome, Outcome::Pro);
        press(&mut state, &[Key::Char('u')]);
        assert_eq!(state.status.as_deref(), Some("Undone: Example: Desk professional"));
        assert_eq!(state.session.choices(), &own);
    }

    #[test]
    fn kept_answers_are_untouched_by_an_example() {
        let own = state(DRAWN, month(3_000_000, 900_000), false);
        let own = own.session.choices().clone();
        let mut state = examples(false);
        state.app.wizard.kept =
            Some(crate::wizard::Kept { choices: own.clone(), when: "today 18:02".to_owned() });
        let effects = update(&mut state, Message::Key(Key::Enter.into()));
        assert_eq!(effects, [], "nothing is written");
        assert!(!state.has_unsaved_result(), "an example is nothing to save");
        assert_eq!(state.app.wizard.kept.as_ref().unwrap().choices, own);
    }

    #[test]
    fn it_is_drawn_at_every_size() {
        for article in [false, true] {
            let mut state = examples(article);
            for keys in [&[][..], &[Key::Down][..], &[Key::End][..], &[Key::Char('t')][..]] {
                press(&mut state, keys);
                for size in SIZES {
                    assert!(has_focus(&mut state, size), "{size:?}");
                }
            }
        }
        let mut state = examples(false);
        press(&mut state, &[Key::Esc]);
        assert!(matches!(state.layers.last().unwrap().place, Place::Step(Step::Start)));
    }
}
