//! How much a key costs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::advice::assessed;
use crate::tui::key::Key;
use crate::tui::message::Message;
use crate::tui::place::Place;
use crate::tui::screen::compare::fixture::{DRAWN, month, state};
use crate::tui::state::State;
use crate::tui::update::update;
use crate::tui::view;
use crate::wizard::flow::Step;

/// The assessments that a message costs. Drawing what it leads to costs none.
fn cost(state: &mut State<'_>, message: Message) -> usize {
    let before = assessed();
    update(state, message);
    let cost = assessed() - before;
    for (columns, rows) in [state.app.size, (120, 40)] {
        let area = Rect::new(0, 0, columns, rows);
        view::draw(state, area, &mut Buffer::empty(area));
    }
    assert_eq!(assessed() - before, cost, "drawing {:?}", state.top().unwrap().place);
    cost
}

#[test]
fn a_key_assesses_at_most_once_and_drawing_never() {
    use Key::{Char, Ctrl, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up};
    let digit = |digit| vec![Char(digit)];
    let scripts: [(Place, Vec<Key>); 8] = [
        (
            Place::Step(Step::Result),
            vec![Right, Down, PageDown, Home, Char('y'), Char('t'), Char('?')],
        ),
        // Another model, a what-if month on it, and both taken and undone.
        (Place::Compare, vec![Down, Right, Right, Left, Char('v'), Enter, Char('u'), PageDown, Up]),
        (Place::Compare, vec![Right, Esc, Right, Enter, Char('u'), Ctrl('r'), Char('w'), Esc, Esc]),
        (Place::Answers, vec![Down, PageDown, Enter, Down, Enter, Char('u'), Char('u'), Esc]),
        (
            Place::Step(Step::Question(crate::question::QuestionId::Automation)),
            [
                vec![Down, Up],
                digit('1'),
                digit('2'),
                digit('2'),
                vec![Enter, Esc, Char('u'), Char('w')],
            ]
            .concat(),
        ),
        (
            Place::Step(Step::Month),
            vec![
                Right,
                Right,
                Left,
                Char('+'),
                PageUp,
                End,
                Home,
                Tab,
                Char('5'),
                Enter,
                Char('u'),
                Enter,
            ],
        ),
        (Place::Week, vec![Right, Down, Char('9'), Enter, Up, End, Up, Enter]),
        (Place::Advanced, vec![Right, Right, Down, Char('7'), Enter, Char('u'), Esc]),
    ];
    let mut most = 0;
    for (place, keys) in scripts {
        let mut state = state(DRAWN, month(3_000_000, 900_000), false);
        state.go_to(Step::Result);
        state.open(place.clone());
        assert!(cost(&mut state, Message::Resize(80, 24)) <= 1);
        for (index, key) in keys.iter().enumerate() {
            let cost = cost(&mut state, Message::Key((*key).into()));
            assert!(cost <= 1, "{place:?} {:?}: {cost}", &keys[..=index]);
            most = most.max(cost);
        }
    }
    assert_eq!(most, 1, "nothing was counted");
}

#[test]
fn a_list_of_outcomes_assesses_each_once() {
    let mut state = state(DRAWN, month(3_000_000, 900_000), false);
    state.go_to(Step::Start);
    let examples = crate::wizard::session::examples().len();
    let before = assessed();
    state.open(Place::Examples);
    assert_eq!(assessed() - before, examples);
    for key in [Key::Down, Key::Down, Key::Up] {
        assert!(cost(&mut state, Message::Key(key.into())) <= 1, "{key:?}");
    }
}

#[test]
fn another_model_in_a_what_if_month_needs_its_own_month_too() {
    let mut state = state(DRAWN, month(3_000_000, 900_000), false);
    state.go_to(Step::Result);
    state.open(Place::Compare);
    update(&mut state, Message::Resize(80, 24));
    for (key, most) in [(Key::Right, 1), (Key::Down, 2), (Key::Right, 1), (Key::Down, 2)] {
        assert_eq!(cost(&mut state, Message::Key(key.into())), most, "{key:?}");
    }
}
