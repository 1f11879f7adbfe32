//! The answers, the result, the texts, help and the way out, drawn and driven by keys.

use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use crate::advice::{Rule, World};
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::question::{Answers, Origin, QuestionId, Wording};
use crate::tui::app::{AppState, Ending};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::keymap::Context;
use crate::tui::look::{Glyphs, Look, Theme};
use crate::tui::message::Message;
use crate::tui::place::{Place, Reading};
use crate::tui::state::State;
use crate::tui::update::update;
use crate::tui::{layout, view};
use crate::usage::Usage;
use crate::wizard::flow::Step;
use crate::wizard::session::{Choices, Month, Session};
use crate::wizard::{Places, Saved};

const SIZES: [(u16, u16); 6] = [(80, 24), (120, 40), (76, 24), (99, 60), (40, 12), (75, 50)];

/// The persona of the reference drawings.
const DRAWN: &str = "p25";

fn state(choices: Choices, catalog: &'static Catalog) -> State<'static> {
    let world = World { catalog, facts: Facts::builtin().unwrap(), today: date(2026, 11, 22) };
    let app = AppState::new(
        Look::default(),
        Places {
            reports: "/home/ana/Documents".into(),
            draft: Some("/home/ana/.local/state/planwise/draft.json".into()),
            earlier: None,
            remembered: None,
            last_report: None,
            stem: "claude-choice-2026-11-22".to_owned(),
        },
    );
    let session = Session::new(world, Wording::builtin().unwrap(), choices);
    State::new(session, app)
}

/// Every persona: its id and its choices.
fn personas(catalog: &Catalog) -> Vec<(String, Choices)> {
    let json = include_str!("../../../../tests/fixtures/personas.json");
    let all: Vec<serde_json::Value> = serde_json::from_str(json).unwrap();
    all.iter()
        .map(|persona| {
            let mut answers = Answers::default();
            for question in QuestionId::ALL {
                let option = persona[question.as_str()].as_str().unwrap();
                answers.give(question, question.rank_of(option).unwrap(), Origin::User);
            }
            let mut usage = Usage::default();
            usage.volume.input = persona["input_tokens"].as_u64().unwrap();
            usage.volume.output = persona["output_tokens"].as_u64().unwrap();
            usage.model = persona["model"]
                .as_str()
                .filter(|id| catalog.model(id).is_some())
                .map(str::to_owned);
            let choices = Choices { answers, usage, month: Month::Own };
            (persona["id"].as_str().unwrap().to_owned(), choices)
        })
        .collect()
}

fn persona(id: &str) -> Choices {
    let catalog = Catalog::builtin().unwrap();
    let mut choices = personas(catalog).into_iter().find(|(known, _)| known == id).unwrap().1;
    choices.usage.model = None;
    choices
}

/// The persona of the drawings on a screen.
fn on(place: Place) -> State<'static> {
    let mut state = state(persona(DRAWN), Catalog::builtin().unwrap());
    show(&mut state, place);
    state
}

/// The screen of a place alone.
fn show(state: &mut State<'static>, place: Place) {
    state.layers.clear();
    state.open(place);
    state.derive();
}

fn draw(state: &mut State<'static>, size: (u16, u16)) -> (Buffer, Option<Position>) {
    state.app.size = size;
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buffer = Buffer::empty(area);
    let cursor = view::draw(state, area, &mut buffer);
    (buffer, cursor)
}

/// The rows of a buffer as text.
fn rows(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width);
    buffer
        .content
        .chunks(width)
        .map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect())
        .collect()
}

/// The text of a screen at a size, without the live pane.
fn text(state: &mut State<'static>, size: (u16, u16)) -> String {
    let (buffer, _) = draw(state, size);
    let main = layout::main_area(size).unwrap();
    let cut = |row: &String| {
        let shown: String = row.chars().take(usize::from(main.right())).collect();
        shown.trim_end().to_owned()
    };
    rows(&buffer).iter().map(cut).collect::<Vec<_>>().join("\n")
}

fn press(state: &mut State<'static>, keys: &[Key]) -> Vec<Effect> {
    let mut effects = Vec::new();
    for key in keys {
        effects.extend(update(state, Message::Key((*key).into())));
    }
    effects
}

fn top<'a>(state: &'a State<'static>) -> &'a Place {
    &state.layers.last().unwrap().place
}

const SCREENS: [Place; 9] = [
    Place::Answers,
    Place::Step(Step::Answers),
    Place::Step(Step::Result),
    Place::Reading(Reading::Why),
    Place::Reading(Reading::WhyAsked(QuestionId::Developer)),
    Place::Reading(Reading::WhyMonth),
    Place::Reading(Reading::NextSteps),
    Place::Help(Context::Usage),
    Place::Leave,
];

#[test]
fn every_screen_draws_for_every_persona_at_every_size() {
    let mut rules = std::collections::HashSet::new();
    let article: &'static Catalog = Box::leak(Box::new(Catalog::article().unwrap()));
    for (catalog, step) in [(Catalog::builtin().unwrap(), 1), (article, 6)] {
        for (_, choices) in personas(catalog).into_iter().step_by(step) {
            let mut state = state(choices, catalog);
            let Some(assessment) = state.session.assessment() else {
                continue;
            };
            let is_new = rules.insert(assessment.rule);
            let sizes = if is_new { &SIZES[..] } else { &SIZES[..1] };
            for place in SCREENS {
                show(&mut state, place);
                let reads = matches!(top(&state), Place::Reading(_) | Place::Help(_));
                for &size in sizes {
                    let (_, cursor) = draw(&mut state, size);
                    assert_eq!(cursor.is_some(), !reads, "{:?} at {size:?}", top(&state));
                    let _ = press(&mut state, &[Key::PageDown]);
                    let (_, cursor) = draw(&mut state, size);
                    assert_eq!(cursor.is_some(), !reads, "{:?} at {size:?}", top(&state));
                }
            }
        }
    }
    assert_eq!(rules.len(), Rule::ALL.len());
}

#[test]
fn every_size_is_safe() {
    let mut state = on(Place::Step(Step::Result));
    for place in SCREENS {
        show(&mut state, place);
        for width in (0..130).step_by(13) {
            for height in (0..50).step_by(3) {
                draw(&mut state, (width, height));
            }
        }
    }
}

#[test]
fn no_screen_says_a_word_that_has_a_better_one() {
    for (id, choices) in personas(Catalog::builtin().unwrap()) {
        let mut state = state(choices, Catalog::builtin().unwrap());
        for place in SCREENS {
            show(&mut state, place);
            let shown = text(&mut state, (99, 600)).to_lowercase();
            for word in [
                "p10",
                "p90",
                "overflow",
                " k1",
                " band",
                "volume factor",
                " mark",
                "df-",
                "a path",
            ] {
                assert!(!shown.contains(word), "{id}: {word} in {:?}", top(&state));
            }
        }
    }
}

#[test]
fn the_drawn_result_fits_its_window_with_its_buttons() {
    let mut state = on(Place::Step(Step::Result));
    for size in [(80, 24), (120, 40)] {
        let shown = text(&mut state, size);
        assert!(!shown.contains("▼ more"), "{shown}");
        for part in [
            "$24.20 a month",
            "$290.40 a year",
            "◆ Hybrid",
            "The API alone would save $9.20 a month",
            "Automation \"None\"",
            "[ Next steps ]",
            "[ Compare ]",
        ] {
            assert!(shown.contains(part), "{part} at {size:?}\n{shown}");
        }
    }
}

#[test]
fn the_result_in_ascii_is_all_ascii() {
    let mut state = on(Place::Step(Step::Result));
    state.app.look = Look::new(Theme::MONO, &Glyphs::ASCII);
    for size in SIZES {
        for place in SCREENS {
            show(&mut state, place);
            let shown = text(&mut state, size);
            assert!(shown.is_ascii(), "{shown}");
        }
    }
}

#[test]
fn the_result_scrolls_and_its_buttons_stay() {
    let mut state = on(Place::Step(Step::Result));
    state.app.size = (40, 14);
    assert!(text(&mut state, (40, 14)).contains("[ Next steps ]"));
    press(&mut state, &[Key::Down, Key::Down, Key::End]);
    let end = text(&mut state, (40, 14));
    assert!(end.contains("[ Next steps ]") && end.contains("Features \"Do without\""), "{end}");
    assert!(state.layers.last().unwrap().scroll > Some(0));
    press(&mut state, &[Key::Home]);
    assert_eq!(state.layers.last().unwrap().scroll, Some(0));
}

#[test]
fn the_buttons_of_the_result_open_what_they_name() {
    for (keys, is_there) in [
        (
            &[Key::Enter][..],
            (|place| matches!(place, Place::Reading(Reading::NextSteps))) as fn(&Place) -> bool,
        ),
        (&[Key::Right, Key::Enter], |place| matches!(place, Place::Save)),
        (&[Key::Right, Key::Right, Key::Right, Key::Char(' ')], |place| {
            matches!(place, Place::Compare)
        }),
        (&[Key::Right, Key::Left, Key::Left, Key::Enter], |place| {
            matches!(place, Place::Reading(Reading::NextSteps))
        }),
        (&[Key::Char('w')], |place| matches!(place, Place::Reading(Reading::Why))),
        (&[Key::Char('w'), Key::Char('w')], |place| matches!(place, Place::Step(Step::Result))),
        (&[Key::Char('n'), Key::Esc], |place| matches!(place, Place::Step(Step::Result))),
        (&[Key::Char('?'), Key::Char('?')], |place| matches!(place, Place::Step(Step::Result))),
        (&[Key::Esc], |place| matches!(place, Place::Step(Step::Answers) | Place::Answers)),
    ] {
        let mut state = on(Place::Step(Step::Result));
        press(&mut state, keys);
        assert!(is_there(top(&state)), "{keys:?} gave {:?}", top(&state));
    }
}

#[test]
fn a_sample_month_assumed_answers_and_a_saved_report_are_said() {
    let mut choices = persona(DRAWN);
    choices.month = Month::Sample;
    choices.usage.volume_origin = Origin::Assumed;
    let mut answers = Answers::default();
    answers.give(QuestionId::Interface, 0, Origin::User);
    choices.answers = answers.assume_open();
    let mut state = state(choices, Catalog::builtin().unwrap());
    show(&mut state, Place::Step(Step::Result));
    let shown = text(&mut state, (80, 24));
    assert!(shown.contains("! Based on a sample month and assumed"), "{shown}");
    show(&mut state, Place::Answers);
    let shown = text(&mut state, (80, 24));
    assert!(shown.contains("(assumed)") && shown.contains("A sample month"), "{shown}");
    assert!(!shown.contains('…'), "{shown}");

    let mut state = on(Place::Step(Step::Result));
    state.app.wizard.saved = Some(Saved {
        choices: state.session.choices().clone(),
        paths: vec!["/home/ana/claude-choice-2026-11-22.md".into()],
    });
    let shown = text(&mut state, (99, 60));
    assert!(shown.contains("Saved: '/home/ana/claude"), "{shown}");
}

#[test]
fn a_line_of_the_answers_opens_its_question_and_comes_back() {
    let mut state = on(Place::Step(Step::Result));
    press(&mut state, &[Key::Char('e')]);
    assert!(matches!(top(&state), Place::Step(Step::Answers) | Place::Answers));
    press(&mut state, &[Key::Char('4'), Key::Enter]);
    assert!(matches!(top(&state), Place::Step(Step::Question(_)) | Place::Change(_)));
    // Automation "None": the answer is set, and the focus is back on its line.
    press(&mut state, &[Key::Char('1'), Key::Enter]);
    assert!(matches!(top(&state), Place::Step(Step::Answers) | Place::Answers));
    let shown = text(&mut state, (80, 24));
    assert!(shown.contains("> 4 Automation         None"), "{shown}");
    press(&mut state, &[Key::Esc]);
    assert!(matches!(top(&state), Place::Step(Step::Result)));
    assert!(text(&mut state, (80, 24)).contains("◆ Pro alone"));
}

#[test]
fn a_line_of_the_month_opens_the_month() {
    let mut state = on(Place::Step(Step::Result));
    press(&mut state, &[Key::Char('e'), Key::Char('9'), Key::Enter]);
    assert!(matches!(top(&state), Place::Step(Step::Month) | Place::ChangeMonth(_)));
    press(&mut state, &[Key::Right, Key::Esc]);
    assert!(matches!(top(&state), Place::Step(Step::Answers) | Place::Answers));
    assert!(text(&mut state, (80, 24)).contains("4,000,000 tokens"));
}

#[test]
fn every_answer_on_the_check_screen_says_that_it_can_be_changed() {
    for answer in 0..4 {
        let mut choices = persona(DRAWN);
        choices.answers.give(QuestionId::Limits, answer, Origin::Usage);
        choices.usage.outside = crate::usage::Outside::Measured(20);
        let mut state = state(choices, Catalog::builtin().unwrap());
        show(&mut state, Place::Answers);
        for size in [(80, 24), (100, 30), (120, 40)] {
            let shown = text(&mut state, size);
            let rows: Vec<&str> = shown.lines().filter(|line| line.contains("usage)")).collect();
            assert_eq!(rows.len(), 2, "{shown}");
            assert!(rows.iter().all(|row| row.contains("change")), "{size:?}: {shown}");
        }
    }
}

#[test]
fn the_way_leads_from_the_answers_to_the_result_and_back_to_the_month() {
    let mut choices = persona(DRAWN);
    choices.month = Month::Sample;
    choices.usage.volume_origin = Origin::Assumed;
    let mut state = state(choices, Catalog::builtin().unwrap());
    show(&mut state, Place::Step(Step::Answers));
    press(&mut state, &[Key::Char('e')]);
    assert_eq!(state.layers.len(), 1);
    press(&mut state, &[Key::Enter]);
    assert!(matches!(top(&state), Place::Step(Step::Result)));
    assert_eq!(state.session.choices().month, Month::Own);
    press(&mut state, &[Key::Esc, Key::Esc]);
    assert!(matches!(top(&state), Place::Step(Step::Month) | Place::ChangeMonth(_)));
    assert_eq!(state.layers.len(), 1);
}

#[test]
fn an_open_question_comes_before_the_result() {
    let mut choices = persona(DRAWN);
    let mut answers = Answers::default();
    for question in QuestionId::ALL {
        if question != QuestionId::Billing {
            let given = choices.answers.given(question).unwrap();
            answers.give(question, given.rank, given.origin);
        }
    }
    choices.answers = answers;
    let mut state = state(choices, Catalog::builtin().unwrap());
    show(&mut state, Place::Step(Step::Answers));
    let shown = text(&mut state, (80, 24));
    assert!(shown.contains("not answered"), "{shown}");
    assert!(shown.contains("One question is still open"), "{shown}");
    press(&mut state, &[Key::Enter]);
    assert!(matches!(top(&state), Place::Step(Step::Question(_)) | Place::Change(_)));
    press(&mut state, &[Key::Char('2'), Key::Enter]);
    assert!(matches!(top(&state), Place::Step(Step::Answers) | Place::Answers));
    press(&mut state, &[Key::Enter]);
    assert!(matches!(top(&state), Place::Step(Step::Result)));
}

#[test]
fn what_follows_from_another_answer_is_marked_and_control_needs_keys() {
    let mut state = state(persona("p01"), Catalog::builtin().unwrap());
    show(&mut state, Place::Answers);
    let shown = text(&mut state, (80, 24));
    assert!(shown.contains("No (no keys)\n"), "{shown}");
    press(&mut state, &[Key::Char('6'), Key::Enter]);
    assert!(matches!(top(&state), Place::Step(Step::Answers) | Place::Answers));
    assert!(state.status.as_deref().unwrap().contains("Keys and credit"));

    let mut choices = persona("p11");
    let mut answers = Answers::default();
    for question in QuestionId::ALL {
        if question != QuestionId::Developer {
            let given = choices.answers.given(question).unwrap();
            answers.give(question, given.rank, given.origin);
        }
    }
    choices.answers = answers;
    let mut state = self::state(choices, Catalog::builtin().unwrap());
    show(&mut state, Place::Answers);
    assert!(text(&mut state, (80, 24)).contains("Yes (own code)"));
    press(&mut state, &[Key::Char('5'), Key::Enter]);
    assert!(matches!(top(&state), Place::Step(Step::Question(_)) | Place::Change(_)));
}

#[test]
fn a_text_that_needs_a_result_does_not_outlive_it() {
    for (place, needs) in [
        (Place::Reading(Reading::Why), true),
        (Place::Reading(Reading::WhyMonth), false),
        (Place::Step(Step::Question(QuestionId::Interface)), false),
        (Place::Step(Step::Month), false),
    ] {
        let state = on(place);
        assert_eq!(state.top().unwrap().screen.needs_result(), needs, "{:?}", top(&state));
    }
    // A key without a meaning here does not move the text.
    let mut state = on(Place::Reading(Reading::NextSteps));
    press(&mut state, &[Key::Char('x'), Key::Left]);
    assert!(matches!(top(&state), Place::Reading(_)));
}

#[test]
fn help_begins_with_the_keys_of_the_place_it_was_opened_from() {
    for context in Context::ALL {
        let mut state = on(Place::Help(context));
        let shown = text(&mut state, (99, 120));
        let first = crate::tui::keymap::bindings(context).next().unwrap();
        assert!(shown.contains(first.shown), "{context:?}\n{shown}");
        assert!(shown.contains("How the answer is made"), "{shown}");
    }
}

#[test]
fn leaving_offers_to_save_first_and_says_what_is_kept() {
    let mut state = on(Place::Step(Step::Result));
    press(&mut state, &[Key::Char('q')]);
    let shown = text(&mut state, (80, 24));
    assert!(shown.contains("kept for next time"), "{shown}");
    press(&mut state, &[Key::Esc]);
    assert!(matches!(top(&state), Place::Step(Step::Result)));
    press(&mut state, &[Key::Char('q'), Key::Char('3'), Key::Enter]);
    assert!(matches!(top(&state), Place::Step(Step::Result)));
    press(&mut state, &[Key::Char('q'), Key::Enter]);
    assert!(matches!(top(&state), Place::Save));
    assert_eq!(state.layers.len(), 2);

    let mut state = on(Place::Step(Step::Result));
    state.app.wizard.places.draft = None;
    press(&mut state, &[Key::Char('q')]);
    assert!(text(&mut state, (40, 12)).contains("nothing is kept"));
    press(&mut state, &[Key::Char('2'), Key::Enter]);
    assert_eq!(state.ending, Some(Ending::Quit));
}

#[test]
fn the_focused_line_stands_out() {
    let mut state = on(Place::Step(Step::Result));
    let mut checked = 0;
    for place in SCREENS {
        show(&mut state, place);
        if matches!(top(&state), Place::Reading(_) | Place::Help(_)) {
            continue;
        }
        checked += 1;
        for size in SIZES {
            let (buffer, cursor) = draw(&mut state, size);
            let at = cursor.unwrap();
            let cell = buffer.cell(at).unwrap();
            assert!(cell.modifier.contains(Modifier::REVERSED), "{:?}", top(&state));
        }
    }
    assert!(checked >= 2, "the result and the question before leaving have a focus");
}

#[test]
fn y_copies_the_summary_and_says_that_the_terminal_may_not_allow_it() {
    let mut state = on(Place::Step(Step::Result));
    let effects = press(&mut state, &[Key::Char('y')]);
    let assessment = state.session.assessment().unwrap();
    let lines = crate::words::summary(assessment, state.session.world.catalog);
    assert_eq!(effects, [Effect::Copy(lines.join("\n"))]);
    assert_eq!(state.status.as_deref(), Some("Copied, if this terminal allows it."));
}
