//! The week screen driven by keys.

use super::*;
use crate::number::Percent;
use crate::tui::key::Key;
use crate::tui::place::Place;
use crate::tui::screen::save::tests::{complete, press, seen, state, typed, walk, words};
use crate::tui::state::State;

fn week() -> State<'static> {
    state(complete(), Place::Week)
}

#[test]
fn the_screen_is_drawn_at_every_size() {
    walk(&mut week(), Form::<WeekNumber>::rows().count());
}

#[test]
fn the_month_is_shown_but_not_taken_until_asked_for() {
    let mut state = week();
    let before = state.session.choices().clone();
    press(&mut state, Key::Right);
    assert_eq!(*state.session.choices(), before);
    assert!(seen(&state).contains("What if, estimate"));
    // 6 sessions x 10 replies x 300 words x 9/5 x 52/12.
    assert!(words(&state).contains("140,400"), "{}", words(&state));
    press(&mut state, Key::Esc);
    assert_eq!(*state.session.choices(), before);
}

#[test]
fn using_the_numbers_is_one_change_that_undo_names() {
    let mut state = week();
    let before = state.session.choices().clone();
    for _ in 0..6 {
        press(&mut state, Key::Down);
    }
    press(&mut state, Key::Enter);
    assert_eq!(state.layers.len(), 1, "back to the month");
    let volume = state.session.usage().volume;
    assert_eq!((volume.input, volume.output), (655_200, 117_000));
    press(&mut state, Key::Char('u'));
    assert_eq!(state.status.as_deref(), Some("Undone: Describe a week"));
    assert_eq!(*state.session.choices(), before);
}

#[test]
fn thinking_is_counted_once() {
    let mut choices = complete();
    choices.usage.mix.thinking = Percent::whole(100);
    let state = state(choices, Place::Week);
    assert!(words(&state).contains("allowance under More becomes 0"));
    let month = WeekScreen::new(&state.session).month(&state.session);
    assert_eq!(month.volume.output, 234_000);
    assert!(month.mix.thinking.is_zero());
}

#[test]
fn a_number_out_of_range_is_refused_in_words() {
    let mut state = week();
    for (rows, text, said) in [
        (0, "1001", "at most 1,000; type a smaller number"),
        (1, "2.5", "'2.5' is not a whole number"),
        (2, "1e9", "at most 100,000"),
        (4, "1e99", "at most 1,000,000"),
        (5, "1000.5", "from 0 to 1000"),
        (3, "", "no number given"),
    ] {
        for _ in Form::<WeekNumber>::rows() {
            press(&mut state, Key::Up);
        }
        for _ in 0..rows {
            press(&mut state, Key::Down);
        }
        press(&mut state, Key::Enter);
        press(&mut state, Key::Ctrl('u'));
        typed(&mut state, text);
        press(&mut state, Key::Enter);
        assert!(words(&state).contains(said), "{}", words(&state));
        press(&mut state, Key::Esc);
    }
    press(&mut state, Key::Up);
    typed(&mut state, "1.5k");
    press(&mut state, Key::Enter);
    assert!(words(&state).contains("1,500"));
}
