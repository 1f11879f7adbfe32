//! Saying which plan one had: on the screen of the fit, before and after logs are taken over.

use super::*;
use planwise::wizard::Purpose;

/// From the first screen to the fit of logs with limit hits that name no plan.
pub(crate) fn to_unnamed(state: &mut State<'_>) {
    to_unnamed_findings(state);
    send(state, "f");
}

/// From the first screen to what these logs say.
fn to_unnamed_findings(state: &mut State<'_>) {
    begin_reading(state);
    read_unnamed(state, 1);
}

/// The reading of this number finds them.
fn read_unnamed(state: &mut State<'_>, number: u32) {
    let month = Arc::new(unnamed_plan::unnamed((*four_weeks()).clone()));
    update(state, Message::Wizard(wizard::Message::Scan(number, News::Read(month))));
}

fn seen(state: &mut State<'_>) -> String {
    screen(state, (80, 40))
}

/// What the question about limits has for an answer.
fn limits(state: &State<'_>) -> Option<&'static str> {
    let given = state.session.answers().given(QuestionId::Limits)?;
    Some(QuestionId::Limits.option_id(given.rank))
}

/// Sends keys and sees these parts on the screen then.
fn sees(state: &mut State<'_>, keys: &str, parts: &[&str]) {
    send(state, keys);
    let seen = seen(state);
    for part in parts {
        assert!(seen.contains(part), "{keys}: {part}\n{seen}");
    }
}

#[test]
fn the_plan_one_had_is_said_on_the_fit_screen_before_and_after_the_logs_are_taken() {
    let mut state = start();
    to_unnamed(&mut state);
    assert!(seen(&mut state).contains("< not said >"));
    assert!(seen(&mut state).contains("on a plan that is not"));
    // Before they are taken it is the screen that undoes.
    send(&mut state, "<right><right>");
    let pro = seen(&mut state);
    assert!(pro.contains("< Pro >"), "{pro}");
    assert!(pro.contains("it stopped you 4 times."), "{pro}");
    send(&mut state, "<left>u");
    assert!(seen(&mut state).contains("< Pro >"), "{}", seen(&mut state));
    // What was said is taken over with the month; limits are answered from it.
    send(&mut state, "f<enter>");
    assert_eq!(limits(&state), Some("often"));
    // Then it is a change like any other.
    send(&mut state, "f<right>");
    assert!(seen(&mut state).contains("< Max >"), "{}", seen(&mut state));
    assert_eq!(limits(&state), Some("unknown"));
    send(&mut state, "u");
    let back = seen(&mut state);
    assert!(back.contains("< Pro >") && back.contains("Undone: Plan you had Pro → Max"), "{back}");
    assert_eq!(limits(&state), Some("often"));
    // A kept draft shows the same, and says how to change it.
    let kept = Choices::from_draft(&state.session.choices().draft()).unwrap();
    assert!(kept.is_kept_as(state.session.choices()));
    let mut state = start();
    state.begin_with(kept);
    send(&mut state, "f<right>");
    let again = seen(&mut state);
    assert!(again.contains("Plan you had: Pro (your choice)."), "{again}");
    assert!(again.contains("Read your logs again to say another plan."), "{again}");
}

#[test]
fn a_plan_that_was_undone_stays_undone_when_the_logs_are_too() {
    let mut state = start();
    to_unnamed_findings(&mut state);
    sees(&mut state, "<enter>f<right><right>", &["< Pro >"]);
    assert_eq!(limits(&state), Some("often"));
    sees(&mut state, "uu", &["< not said >", "Undone: Plan you had not said →"]);
    sees(&mut state, "u", &["< not said >", "Undone: Your own logs"]);
    sees(&mut state, "f<esc><down><down><enter>", &["Usage limits", "Not sure"]);
    assert!(!seen(&mut state).contains("Most weeks"), "{}", seen(&mut state));
    send(&mut state, "<enter>");
    assert_eq!(limits(&state), Some("unknown"));
    // Made again it is what it was, on the screen of the fit too.
    sees(&mut state, "f<right><right>uuu<ctrl-r>", &["< not said >", "Redone: Your own logs"]);
    sees(&mut state, "<ctrl-r><ctrl-r>", &["< Pro >", "Redone: Plan you had"]);
    assert_eq!(limits(&state), Some("often"));
}

#[test]
fn what_was_said_of_logs_before_they_are_taken_is_undone_and_redone_on_any_visit() {
    let mut state = start();
    state.session.answer(QuestionId::Interface, 0).unwrap();
    let answers = *state.session.answers();
    to_unnamed(&mut state);
    sees(&mut state, "<right><right>", &["< Pro >"]);
    sees(&mut state, "ffu", &["< Free >", "Undone: Plan you had Free → Pro"]);
    sees(&mut state, "u", &["< not said >", "Undone: Plan you had not said → Free"]);
    sees(&mut state, "u", &["< not said >", "Nothing to undo here; answers: Esc first."]);
    assert_eq!(state.session.answers(), &answers);
    sees(&mut state, "<ctrl-r><ctrl-r>", &["< Pro >", "Redone: Plan you had Free → Pro"]);
    sees(&mut state, "<ctrl-r>", &["< Pro >", "Nothing to redo here; answers: Esc first."]);
    // What was found shows the same, and undoes the same.
    sees(&mut state, "f", &["Usage limits", "Most weeks"]);
    sees(&mut state, "u", &["Usage limits", "Not sure", "Undone: Plan you had Free → Pro"]);
    // Another plan ends what could be said again.
    sees(&mut state, "f<right><right><ctrl-r>", &["< Max >", "Nothing to redo here"]);
    assert_eq!(state.session.answers(), &answers);
}

#[test]
fn a_plan_that_was_said_stays_said_when_the_same_logs_are_read_again() {
    let mut state = start();
    to_unnamed(&mut state);
    sees(&mut state, "<right><right>", &["< Pro >"]);
    // Read others, and those are the same.
    let effects = send(&mut state, "f<right><right><enter><up><enter>");
    assert!(
        matches!(&effects[..], [Effect::Wizard(wizard::Effect::Scan(order))] if order.number == 2),
        "{effects:?}"
    );
    read_unnamed(&mut state, 2);
    sees(&mut state, "", &["Usage limits", "Most weeks"]);
    sees(&mut state, "f", &["< Pro >", "your choice"]);
    // Left, there is nothing that anything was said of.
    send(&mut state, "f<right><enter><enter>");
    let effects = send(&mut state, "<enter>");
    assert!(
        matches!(&effects[..], [Effect::Wizard(wizard::Effect::Scan(order))] if order.number == 3),
        "{effects:?}"
    );
    read_unnamed(&mut state, 3);
    sees(&mut state, "f", &["< not said >"]);
}

#[test]
fn a_plan_is_offered_to_be_said_only_while_the_logs_are_at_hand() {
    let mut state = start();
    to_unnamed(&mut state);
    sees(&mut state, "", &["←→ plan"]);
    sees(&mut state, "?", &["say which plan you had"]);
    send(&mut state, "?<right>f<enter>");
    let kept = Choices::from_draft(&state.session.choices().draft()).unwrap();
    let mut state = start();
    state.begin_with(kept);
    sees(&mut state, "f", &["Plan you had: Free (your choice)."]);
    assert!(!seen(&mut state).contains("had  "), "{}", seen(&mut state));
    sees(&mut state, "?", &["Keys of the fit"]);
    assert!(!seen(&mut state).contains("say which plan"), "{}", seen(&mut state));
    // Read again, they are at hand; what was taken over of them follows.
    send(&mut state, "?f");
    state.app.wizard.scan.begin(Purpose::Month);
    read_unnamed(&mut state, 1);
    sees(&mut state, "f", &["< Free >", "←→ plan"]);
    sees(&mut state, "<right>", &["< Pro >"]);
    assert_eq!(limits(&state), Some("often"));
    sees(&mut state, "u", &["< Free >", "Undone: Plan you had Free → Pro"]);
}
