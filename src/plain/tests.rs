//! The wizard in lines without its process: refusals, undo, what is kept, and the last lines.

use jiff::civil::date;

use super::*;
use crate::advice::World;
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::question::Wording;
use crate::wizard::session::Choices;
use crate::wizard::{DraftOrder, Kept, Places};

fn wizard(draft: Option<&str>) -> Wizard {
    Wizard::new(Places {
        reports: "/home/ana/Documents".into(),
        draft: draft.map(Into::into),
        earlier: None,
        remembered: None,
        last_report: None,
        stem: "claude-choice-2026-11-22".to_owned(),
    })
}

fn plain(wizard: Wizard) -> Plain<'static> {
    let world = World {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        today: date(2026, 11, 22),
    };
    let session = Session::new(world, Wording::builtin().unwrap(), Choices::default());
    let mut plain = Plain::new(session, wizard);
    plain.open();
    plain
}

/// The output of the last of these lines, and its effects.
fn feed(plain: &mut Plain<'_>, lines: &[&str]) -> (String, Vec<Effect>) {
    let turn = lines.iter().map(|line| plain.line(line)).last().unwrap();
    (turn.page.text().to_owned(), turn.effects)
}

#[test]
fn before_the_first_answer_no_command_changes_anything() {
    let mut plain = plain(wizard(Some("/home/ana/draft.json")));
    let commands = [
        ("b", "This is the beginning. q quits."),
        ("u", "Nothing to undo."),
        ("redo", "Nothing to do again."),
        ("w", "Nothing to explain here yet."),
        ("e", "That comes after the first question."),
        ("c", "That comes after the questions."),
        ("n", "That comes after the questions."),
        ("p", "That comes after the questions."),
        ("s", "That comes after the questions."),
        ("y", "That comes after the questions."),
        ("f", "Fit needs your logs"),
        ("plan", "That comes after your logs"),
        ("x", "No logs are being read."),
        ("compare 2", "That comes after the questions and your month."),
        ("99", "Type a number from 1 to 6."),
    ];
    for (line, said) in commands {
        let (text, effects) = feed(&mut plain, &[line]);
        assert!(text.starts_with(said), "{line}: {text}");
        assert!(text.ends_with("> "), "{line} asks again");
        assert_eq!(effects, [], "{line}");
    }
    assert_eq!(plain.session().choices(), &Choices::default());
}

#[test]
fn an_answer_is_kept_and_undo_and_back_lead_where_they_say() {
    let mut plain = plain(wizard(Some("/home/ana/draft.json")));
    let (_, effects) = feed(&mut plain, &["1", "1"]);
    let kept = Box::new(plain.session().choices().clone());
    assert_eq!(effects, [Effect::Draft(DraftOrder::Keep(kept))]);
    let (text, _) = feed(&mut plain, &["b"]);
    assert!(text.contains("Step 1 of 10.") && text.contains("Enter is 1."), "{text}");
    let (text, effects) = feed(&mut plain, &["u"]);
    assert!(text.starts_with("Undone: Where open to Claude app."), "{text}");
    let kept = Box::new(Choices::default());
    assert_eq!(effects, [Effect::Draft(DraftOrder::Keep(kept))]);
    assert!(feed(&mut plain, &["redo"]).0.starts_with("Redone: Where open to"));
}

#[test]
fn answers_not_gone_on_from_are_set_aside_once_and_offered_as_earlier_ones() {
    let kept = Kept { choices: Choices::default(), when: "today 18:02".to_owned() };
    for wizard in [
        Wizard { kept: Some(kept), ..wizard(Some("/home/ana/draft.json")) },
        Wizard { unreadable: Some("why".to_owned()), ..wizard(Some("/home/ana/draft.json")) },
    ] {
        let offers = wizard.kept.is_some();
        let mut plain = plain(wizard);
        let start = if offers { "2" } else { "1" };
        let (_, effects) = feed(&mut plain, &[start, "1"]);
        assert_eq!(effects[0], Effect::Draft(DraftOrder::SetAside));
        assert_eq!(effects.len(), 2);
        assert_eq!(plain.wizard().earlier.is_some(), offers);
        assert_eq!(feed(&mut plain, &["1"]).1.len(), 1, "once");
    }
}

#[test]
fn a_run_that_keeps_nothing_asks_for_no_draft() {
    let mut plain = plain(wizard(None));
    assert_eq!(feed(&mut plain, &["1", "1"]).1, []);
    assert!(plain.farewell().text().ends_with("Nothing was saved.\n"));
}

#[test]
fn why_answers_are_not_kept_is_said_once_and_at_the_end_of_input() {
    let mut plain = plain(wizard(Some("/home/ana/draft.json")));
    feed(&mut plain, &["1", "1"]);
    let full = || Message::Draft(Err("the disk is full".to_owned()));
    assert_eq!(plain.on_message(full()).page.text(), "! Not kept: the disk is full\n");
    assert_eq!(plain.on_message(full()), Turn::default());
    let farewell = plain.farewell();
    assert!(farewell.text().contains("planwise: no result yet."), "{farewell:?}");
    assert!(farewell.text().ends_with("Your answers are not kept: the disk is full\n"));
    assert_eq!(plain.on_message(Message::Draft(Ok(()))), Turn::default());
    assert!(plain.farewell().text().contains("Your answers are kept"));
}

#[test]
fn what_cannot_be_opened_is_said_and_asked_for_again() {
    let mut plain = plain(wizard(None));
    let (_, effects) = feed(&mut plain, &["4", "a.json"]);
    assert_eq!(effects, [Effect::Open("a.json".into())]);
    let turn = plain.on_message(Message::Opened(Err("it does not exist".to_owned())));
    assert!(turn.page.text().starts_with("Not opened: it does not exist\n"), "{turn:?}");
    assert!(turn.page.text().ends_with("Path, or b for back.\n> "), "{turn:?}");
    let turn = plain
        .on_message(Message::Opened(Ok(Box::new(crate::wizard::session::examples()[0].choices()))));
    assert!(turn.page.text().contains("Your recommendation."), "{turn:?}");
    assert_eq!(turn.effects, [], "a file needs no keeping");
    assert_eq!(plain.line("q").ending, Some(Ending::Quit), "nor is it asked about");
}

#[test]
fn a_reading_that_ended_while_leaving_was_asked_shows_what_it_found() {
    let mut plain = plain(wizard(None));
    feed(&mut plain, &["1", "1", "1", "1", "1", "1", "1", "1", "1"]);
    for _ in 0..20 {
        if matches!(plain.stage, Stage::Result) {
            break;
        }
        feed(&mut plain, &[""]);
    }
    assert!(matches!(plain.stage, Stage::Result), "{:?}", plain.stage);
    feed(&mut plain, &["8"]);
    plain.on_message(Message::LogPlaces(vec!["/home/ana/.claude".to_owned()]));
    feed(&mut plain, &[""]);
    assert!(plain.is_reading());
    let (asked, _) = feed(&mut plain, &["q"]);
    assert!(asked.contains("Your recommendation is not saved."), "{asked}");
    let month = std::sync::Arc::new(crate::wizard::session::real_tests::four_weeks());
    let turn = plain.on_message(Message::Scan(1, News::Read(month)));
    assert!(!turn.page.text().contains("Use it."), "{}", turn.page.text());
    for stay in ["3", "b"] {
        let mut plain = Plain {
            session: plain.session.clone(),
            stage: plain.stage.clone(),
            wizard: plain.wizard.clone(),
            wanted: None,
            listing: Listing::default(),
        };
        let (found, _) = feed(&mut plain, &[stay]);
        assert!(found.contains("Your own logs, a month, estimate"), "{found}");
        assert!(found.contains("1. Use it."), "{found}");
        assert!(!plain.is_reading());
    }
}
