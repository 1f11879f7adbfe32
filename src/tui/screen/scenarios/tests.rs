//! The list driven by keys. The test supplies the folder's contents.

use jiff::civil::date;

use super::*;
use crate::question::QuestionId;
use crate::report::{Deleted, Unread, with_name};
use crate::subject::result::Report;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::message::Message;
use crate::tui::screen::save::tests::{complete, press, seen, state, typed, walk, words};
use crate::tui::state::State;
use crate::tui::update::update;
use crate::wizard;

fn screen() -> State<'static> {
    state(complete(), Place::Scenarios)
}

/// A scenario of the present state with this file name.
fn kept(state: &State<'_>, file: &str, name: &str) -> Scenario {
    let created = date(2026, 11, 22).at(14, 5, 0, 0).in_tz("UTC").unwrap();
    let assessment = state.session.assessment().unwrap();
    let report = Report {
        assessment,
        world: state.session.world,
        wording: state.session.wording,
        created: &created,
        title: None,
        note: None,
    };
    let (_, saved) = with_name(&report.json(), name).unwrap();
    Scenario { id: ScenarioId(file.into()), name: name.to_owned(), saved }
}

fn heard(state: &mut State<'_>, done: ScenarioDone, scenarios: Vec<Scenario>) {
    let listing = Listing { scenarios, unread: Vec::new() };
    update(state, Message::Wizard(wizard::Message::Scenarios(Box::new(Ok((done, listing))))));
}

/// A list with the present state and one without automation, and what it lists.
fn two() -> (State<'static>, Vec<Scenario>) {
    let mut state = screen();
    let base = kept(&state, "s-base.json", "base");
    state.session.answer(QuestionId::Automation, 0).unwrap();
    let manual = kept(&state, "s-manual.json", "all by hand");
    state.session.undo();
    let both = vec![base, manual];
    heard(&mut state, ScenarioDone::Listed, both.clone());
    (state, both)
}

/// The one scenario order among the effects.
fn order(effects: &[Effect]) -> &ScenarioOrder {
    let orders: Vec<&ScenarioOrder> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Wizard(wizard::Effect::Scenario(order)) => Some(&**order),
            _ => None,
        })
        .collect();
    match orders.as_slice() {
        [order] => order,
        other => panic!("{other:?}"),
    }
}

#[test]
fn p_opens_the_list_and_closes_it() {
    let mut state = state(complete(), Place::Compare);
    let effects = press(&mut state, Key::Char('p'));
    assert_eq!(order(&effects), &ScenarioOrder::List);
    assert!(seen(&state).contains("Scenarios, estimates"), "{}", seen(&state));
    press(&mut state, Key::Char('p'));
    assert!(seen(&state).contains("Compare"), "{}", seen(&state));
}

#[test]
fn the_present_state_is_kept_under_a_name() {
    let mut state = screen();
    heard(&mut state, ScenarioDone::Listed, vec![]);
    assert!(words(&state).contains("Nothing is kept yet."), "{}", words(&state));
    press(&mut state, Key::Enter);
    typed(&mut state, "Q1 plan");
    let effects = press(&mut state, Key::Enter);
    match order(&effects) {
        ScenarioOrder::Keep { name, assessment } => {
            assert_eq!(name, "Q1 plan");
            assert_eq!(Some(&**assessment), state.session.assessment());
        }
        other => panic!("{other:?}"),
    }
    let base = kept(&state, "s-q1-plan.json", "Q1 plan");
    heard(&mut state, ScenarioDone::Kept(base.id.clone()), vec![base]);
    assert!(words(&state).contains("[ ] Q1 plan Hybrid"), "{}", words(&state));
    assert_eq!(state.status.as_deref(), Some("Kept. u takes it back."));
    let effects = press(&mut state, Key::Char('u'));
    assert_eq!(order(&effects), &ScenarioOrder::Delete(ScenarioId("s-q1-plan.json".into())));
}

#[test]
fn a_deleted_one_comes_back_with_u_and_nothing_else_is_undone() {
    let (mut state, both) = two();
    press(&mut state, Key::Down);
    press(&mut state, Key::Char(' '));
    let effects = press(&mut state, Key::Char('d'));
    let id = ScenarioId("s-base.json".into());
    assert_eq!(order(&effects), &ScenarioOrder::Delete(id.clone()));
    let deleted = Deleted { id, aside: "deleted/s-base.json".into() };
    let rest = vec![both[1].clone()];
    heard(&mut state, ScenarioDone::Deleted(deleted.clone()), rest);
    press(&mut state, Key::Down);
    let effects = press(&mut state, Key::Char('u'));
    assert_eq!(order(&effects), &ScenarioOrder::Restore(deleted.clone()));
    heard(&mut state, ScenarioDone::Restored { id: deleted.id.clone(), was: deleted.id }, both);
    assert_eq!(state.status.as_deref(), Some("It is back."));
    // It has its mark and the focus.
    assert!(words(&state).contains("> [x] base Hybrid"), "{}", words(&state));
}

#[test]
fn what_was_deleted_comes_back_on_a_later_visit() {
    let (mut state, both) = two();
    let rest = vec![both[1].clone()];
    press(&mut state, Key::Down);
    press(&mut state, Key::Char('d'));
    let id = ScenarioId("s-base.json".into());
    let deleted = Deleted { id, aside: "deleted/s-base.json".into() };
    heard(&mut state, ScenarioDone::Deleted(deleted.clone()), rest.clone());
    state.open(Place::Scenarios);
    heard(&mut state, ScenarioDone::Listed, rest);
    let effects = press(&mut state, Key::Char('u'));
    assert_eq!(order(&effects), &ScenarioOrder::Restore(deleted));
}

#[test]
fn where_nothing_of_the_list_is_left_to_undo_the_answers_stay() {
    let (mut state, _) = two();
    state.session.answer(QuestionId::Automation, 0).unwrap();
    let before = state.session.choices().clone();
    assert!(press(&mut state, Key::Char('u')).is_empty());
    assert_eq!(state.status.as_deref(), Some("Nothing to undo here; answers: Esc first."));
    assert_eq!(state.session.choices(), &before);
    state.session.undo();
    let before = state.session.choices().clone();
    assert!(press(&mut state, Key::Ctrl('r')).is_empty());
    assert_eq!(state.status.as_deref(), Some("Nothing to redo here; answers: Esc first."));
    assert_eq!(state.session.choices(), &before);
}

#[test]
fn renames_are_taken_back_one_after_the_other() {
    let (mut state, both) = two();
    let id = ScenarioId("s-base.json".into());
    for from in ["base", "base 2"] {
        let renamed = ScenarioDone::Renamed { id: id.clone(), from: from.to_owned() };
        heard(&mut state, renamed, both.clone());
        assert_eq!(state.status.as_deref(), Some("Renamed. u takes it back."));
    }
    for (name, was) in [("base 2", "base 3"), ("base", "base 2")] {
        let effects = press(&mut state, Key::Char('u'));
        let back = ScenarioOrder::Rename { id: id.clone(), name: name.to_owned() };
        assert_eq!(order(&effects), &back);
        let renamed = ScenarioDone::Renamed { id: id.clone(), from: was.to_owned() };
        heard(&mut state, renamed, both.clone());
        assert_eq!(state.status.as_deref(), Some("It has its old name."));
    }
    let effects = press(&mut state, Key::Ctrl('r'));
    assert_eq!(order(&effects), &ScenarioOrder::Rename { id, name: "base 2".to_owned() });
}

#[test]
fn another_name_is_typed_and_taken() {
    let (mut state, _) = two();
    press(&mut state, Key::Down);
    press(&mut state, Key::F(2));
    typed(&mut state, " 2");
    let effects = press(&mut state, Key::Enter);
    let id = ScenarioId("s-base.json".into());
    let renamed = ScenarioOrder::Rename { id, name: "base 2".to_owned() };
    assert_eq!(order(&effects), &renamed);
}

#[test]
fn opening_one_takes_its_answers_and_u_brings_the_others_back() {
    let (mut state, _) = two();
    let before = state.session.choices().clone();
    press(&mut state, Key::Down);
    press(&mut state, Key::Down);
    press(&mut state, Key::Enter);
    assert_eq!(state.session.answers().effective(QuestionId::Automation), Some(0));
    assert!(seen(&state).contains("your recommendation"), "{}", seen(&state));
    press(&mut state, Key::Char('u'));
    assert_eq!(state.session.choices().answers, before.answers);
}

#[test]
fn marked_ones_are_held_side_by_side() {
    let (mut state, _) = two();
    press(&mut state, Key::Char('c'));
    assert!(words(&state).contains("! Mark two to four with Space first."), "{}", words(&state));
    press(&mut state, Key::Char(' '));
    press(&mut state, Key::Down);
    press(&mut state, Key::Down);
    press(&mut state, Key::Char(' '));
    assert!(words(&state).contains("[x] all by hand"), "{}", words(&state));
    press(&mut state, Key::Char('c'));
    let text = seen(&state);
    assert!(text.contains("Side by side"), "{text}");
    assert!(words(&state).contains("Recommended Hybrid"), "{text}");
    // Undo changes nothing while the columns are shown.
    let before = state.session.choices().clone();
    press(&mut state, Key::Char('u'));
    assert_eq!(state.status.as_deref(), Some("Nothing to undo here; answers: Esc first."));
    assert_eq!(state.session.choices(), &before);
    press(&mut state, Key::Esc);
    assert!(seen(&state).contains("[x]"), "the marks are still there");
}

#[test]
fn a_failure_and_a_broken_file_are_said() {
    let mut state = screen();
    let unread = Unread { file: "x.json".to_owned(), why: "it is empty".to_owned() };
    let listing = Listing { scenarios: vec![], unread: vec![unread] };
    update(
        &mut state,
        Message::Wizard(wizard::Message::Scenarios(Box::new(Ok((ScenarioDone::Listed, listing))))),
    );
    assert!(words(&state).contains("! x.json is left out: it is empty"), "{}", words(&state));
    update(
        &mut state,
        Message::Wizard(wizard::Message::Scenarios(Box::new(Err("the disk is full".to_owned())))),
    );
    assert!(words(&state).contains("! the disk is full"), "{}", words(&state));
}

#[test]
fn where_nothing_is_kept_no_scenario_is_either_and_the_status_line_says_so() {
    let (mut state, _) = two();
    state.app.wizard.places.draft = None;
    press(&mut state, Key::Enter);
    typed(&mut state, "Q1 plan");
    assert!(press(&mut state, Key::Enter).is_empty(), "no order is given");
    let said = Some("! Not done: this run keeps nothing.");
    assert_eq!(state.status.as_deref(), said);
    press(&mut state, Key::Down);
    assert!(press(&mut state, Key::Char('d')).is_empty());
    assert_eq!(state.status.as_deref(), said);
    press(&mut state, Key::F(2));
    typed(&mut state, " 2");
    assert!(press(&mut state, Key::Enter).is_empty());
    assert_eq!(state.status.as_deref(), said);
    assert!(words(&state).contains("! This run keeps nothing on disk."), "{}", seen(&state));
    // Nothing was changed, so there is nothing to undo.
    assert!(press(&mut state, Key::Char('u')).is_empty());
}

/// The screen's text without trailing blanks.
fn shown(state: &State<'_>) -> String {
    seen(state).lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Four scenarios: by hand, as it is, in batches, and one with a malicious name.
fn four() -> State<'static> {
    let mut state = screen();
    let base = kept(&state, "s-base.json", "base");
    state.session.answer(QuestionId::Automation, 0).unwrap();
    let manual = kept(&state, "s-manual.json", "all by hand");
    state.session.undo();
    let mut usage = state.session.usage().clone();
    usage.volume = crate::cost::Volume { input: 40_000_000, output: 12_000_000 };
    state.session.set_usage(usage, "Volume", None).unwrap();
    let large = kept(&state, "s-large.json", "ten times as much, for the whole team of the year");
    state.session.undo();
    state.session.answer(QuestionId::Automation, 2).unwrap();
    let heavy = kept(&state, "s-heavy.json", "=cmd()|</b>`x` heavy");
    state.session.undo();
    heard(&mut state, ScenarioDone::Listed, vec![base, manual, large, heavy]);
    state
}

/// Marks the first `count` kept scenarios and compares them.
fn side_by_side(state: &mut State<'_>, count: usize) {
    for _ in 0..count {
        press(state, Key::Down);
        press(state, Key::Char(' '));
    }
    press(state, Key::Char('c'));
}

#[test]
fn what_is_kept_and_marked_can_be_seen_at_every_size() {
    type Begin = fn() -> State<'static>;
    type Steps = fn(&mut State<'_>);
    let screens: [(Begin, Steps, &[&str]); 7] = [
        (
            screen,
            |state| heard(state, ScenarioDone::Listed, vec![]),
            &["> [ ] now", "Hybrid    $20.84", "Nothing is kept yet."],
        ),
        (
            four,
            |_| {},
            &["> [ ] now", "  [ ] all by hand", "Pro       $20.00", "[ ] =cmd()|</b>`x` heavy"],
        ),
        (
            four,
            |state| {
                press(state, Key::Down);
                press(state, Key::Char(' '));
                press(state, Key::Down);
                press(state, Key::Char(' '));
            },
            &["  [x] base", "> [x] all by hand", "  [ ] ten times as much"],
        ),
        (
            || two().0,
            |state| {
                press(state, Key::Down);
                press(state, Key::F(2));
                typed(state, " of Q1");
            },
            &["> Name     base of Q1", "  [ ] base", "[ Keep this one ]"],
        ),
        (
            || two().0,
            |state| {
                press(state, Key::Down);
                press(state, Key::Char('d'));
                let id = ScenarioId("s-base.json".into());
                let deleted = Deleted { id, aside: "deleted/s-base.json".into() };
                state.session.answer(QuestionId::Automation, 0).unwrap();
                let manual = kept(state, "s-manual.json", "all by hand");
                state.session.undo();
                heard(state, ScenarioDone::Deleted(deleted), vec![manual]);
            },
            &["> [ ] all by hand", "Deleted. u brings it back."],
        ),
        (
            four,
            |state| side_by_side(state, 2),
            &["base", "all by hand", "$20.84", "* $20.00", "close call"],
        ),
        (four, |state| side_by_side(state, 4), &["base", "$136.80", "$21.92"]),
    ];
    for (begin, steps, parts) in screens {
        for (columns, rows) in [(80, 24), (120, 40), (60, 20)] {
            let mut state = begin();
            update(&mut state, Message::Resize(columns, rows));
            steps(&mut state);
            let seen = shown(&state);
            for part in parts {
                assert!(seen.contains(part), "{columns}x{rows}: '{part}' is not in\n{seen}");
            }
        }
    }
}

#[test]
fn every_size_shows_the_focus() {
    let (mut state, _) = two();
    walk(&mut state, 6);
    press(&mut state, Key::Char('q'));
}
