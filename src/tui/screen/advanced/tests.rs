//! Editing the advanced numbers by keys.

use super::*;
use crate::tui::key::Key;
use crate::tui::place::Place;
use crate::tui::screen::save::tests::{complete, press, seen, state, typed, walk, words};
use crate::tui::state::State;
use crate::usage::Usage;

fn more() -> State<'static> {
    state(complete(), Place::Advanced)
}

/// Focuses a line and types a number.
fn put(state: &mut State<'_>, row: Row<Field>, number: &str) {
    go_to(state, row);
    press(state, Key::Enter);
    press(state, Key::Ctrl('u'));
    typed(state, number);
    press(state, Key::Enter);
}

fn index_of(row: Row<Field>) -> usize {
    Form::rows().position(|known| known == row).unwrap()
}

fn is_set(row: Row<Field>, state: &State<'_>) -> bool {
    matches!(row, Row::Line(field) if field.is_set(state.session.usage()))
}

fn go_to(state: &mut State<'_>, row: Row<Field>) {
    for _ in Form::<Field>::rows() {
        press(state, Key::Up);
    }
    for _ in 0..index_of(row) {
        press(state, Key::Down);
    }
}

#[test]
fn the_screen_is_drawn_at_every_size() {
    walk(&mut more(), Form::<Field>::rows().count());
}

#[test]
fn every_line_steps_and_says_its_default() {
    let mut state = more();
    for (index, row) in Form::rows().enumerate().take(9) {
        assert_eq!(index_of(row), index);
        go_to(&mut state, row);
        press(&mut state, Key::Right);
        assert!(is_set(row, &state), "{row:?}");
        let text = seen(&state);
        assert!(text.contains("default"), "{text}");
        press(&mut state, Key::Char('u'));
        assert!(!is_set(row, &state), "{row:?}");
    }
}

#[test]
fn typed_numbers_are_exact_and_an_emptied_field_takes_the_default() {
    let mut state = more();
    put(&mut state, Row::Line(Field::Thinking), "62.1234");
    assert_eq!(state.session.usage().mix.thinking.to_string(), "62.1234");
    put(&mut state, Row::Line(Field::PromptTokens), "150k");
    assert_eq!(state.session.usage().prompt_tokens, Some(150_000));
    put(&mut state, Row::Line(Field::Overflow), "15");
    assert_eq!(state.session.usage().overflow_pct, Some(15));
    put(&mut state, Row::Line(Field::CapacityOutput), "2M");
    assert_eq!(state.session.usage().capacity_output, Some(2_000_000));
    put(&mut state, Row::Line(Field::CapacityInput), "30M");
    assert_eq!(state.session.usage().capacity_input, None, "the default");
    put(&mut state, Row::Line(Field::Overflow), "");
    assert_eq!(state.session.usage().overflow_pct, None);
    put(&mut state, Row::Line(Field::Overflow), "15.5");
    assert!(words(&state).contains("15.5% is not a whole percentage"));
    assert_eq!(state.session.usage().overflow_pct, None);
    press(&mut state, Key::Esc);
    put(&mut state, Row::Line(Field::Thinking), "1001");
    assert!(words(&state).contains("from 0 to 1000"), "{}", words(&state));
    press(&mut state, Key::Esc);
    put(&mut state, Row::Line(Field::Batch), "12.34567");
    assert!(state.session.usage().mix.batch.is_zero());
}

#[test]
fn the_cache_shares_fit_together_or_nothing_changes() {
    let mut state = more();
    put(&mut state, Row::Line(Field::CacheRead), "80");
    put(&mut state, Row::Line(Field::CacheWrite), "20");
    go_to(&mut state, Row::Line(Field::CacheWrite1h));
    let before = state.session.choices().clone();
    press(&mut state, Key::Right);
    assert_eq!(*state.session.choices(), before);
    let text = words(&state);
    assert!(text.contains("would be 105% together; at most 100 fit"), "{text}");
    state.app.size = (40, 12);
    let text = words(&state);
    assert!(text.contains("cache shares would be"), "{text}");
    state.app.size = (80, 24);
    put(&mut state, Row::Line(Field::CacheWrite1h), "0.0001");
    assert_eq!(*state.session.choices(), before);
    assert!(words(&state).contains("would be 100.0001%"));
}

#[test]
fn a_model_without_that_price_is_named_and_nothing_changes() {
    let mut choices = complete();
    let unpriced = Form::<Field>::rows().take(4).find_map(|row| {
        let state = state(choices.clone(), Place::Advanced);
        let Row::Line(field) = row else {
            return None;
        };
        let session = &state.session;
        let usage = field.put(Some(Decimal::TEN), session.usage(), &session.world).ok()?;
        let catalog = state.session.world.catalog;
        catalog.models.iter().find_map(|model| {
            let fits = |usage: &Usage| crate::advice::billing_cost(usage, &state.session.world);
            let on = |usage: &Usage| Usage { model: Some(model.id.clone()), ..usage.clone() };
            let plain = on(state.session.usage());
            (fits(&plain).is_ok() && fits(&on(&usage)).is_err()).then(|| (row, model.id.clone()))
        })
    });
    let (row, id) = unpriced.expect("the list has a model without a price of batches");
    choices.usage.model = Some(id.clone());
    let mut state = state(choices.clone(), Place::Advanced);
    go_to(&mut state, row);
    press(&mut state, Key::Right);
    assert_eq!(*state.session.choices(), choices);
    assert!(words(&state).contains(&id), "{}", words(&state));
}

#[test]
fn one_line_resets_everything_and_undo_brings_it_back() {
    let mut state = more();
    put(&mut state, Row::Line(Field::CacheRead), "80");
    put(&mut state, Row::Line(Field::PromptTokens), "1M");
    put(&mut state, Row::Line(Field::CapacityInput), "1M");
    let set = state.session.usage().clone();
    go_to(&mut state, Row::Button);
    press(&mut state, Key::Enter);
    assert_eq!(*state.session.usage(), Usage::sample());
    press(&mut state, Key::Char('u'));
    assert_eq!(*state.session.usage(), set);
    press(&mut state, Key::Esc);
    assert_eq!(state.layers.len(), 1);
}

#[test]
fn the_step_of_a_price_is_named() {
    let mut state = more();
    go_to(&mut state, Row::Line(Field::PromptTokens));
    assert!(words(&state).contains("Haiku 5.5 over 100,000 tokens:"));
}
