//! The wizard in lines: the same result as on the full screen, from any input, in any terminal.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Zoned;
use jiff::civil::{Date, date};
use planwise::advice::World;
use planwise::catalog::Catalog;
use planwise::facts::Facts;
use planwise::plain::{Ending, Plain, Turn};
use planwise::question::{QuestionId, Rank, Wording};
use planwise::report::{Listing, SaveFailure, ScenarioDone, ScenarioOrder, Taken};
use planwise::subject::result::Report;
use planwise::tui;
use planwise::tui::app::AppState;
use planwise::tui::key::{Key, Press};
use planwise::tui::look::Look;
use planwise::tui::message::Message;
use planwise::tui::state::State;
use planwise::tui::update::update;
use planwise::wizard::session::{Choices, Month, Session};
use planwise::wizard::{self, DraftOrder, Effect, Kept, News, Places, Purpose, ScanOrder, Wizard};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

use crate::common::{since, tree, unnamed_plan};

mod logs;
mod pipes;
#[cfg(unix)]
mod terminal;

/// The persona of the drawings, from the first line to the result.
const HYBRID: [&str; 18] =
    ["1", "1", "2", "2", "2", "2", "1", "1", "2", "1", "3M", "900k", "", "", "", "", "", ""];

fn session() -> Session<'static> {
    let world = World {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        today: date(2026, 11, 22),
    };
    Session::new(world, Wording::builtin().unwrap(), Choices::default())
}

fn plain() -> Plain<'static> {
    plain_after(None)
}

/// With a report of this day that is remembered.
fn plain_after(reported: Option<Date>) -> Plain<'static> {
    let wizard = Wizard { reported, ..Wizard::new(places()) };
    let mut plain = Plain::new(session(), wizard);
    plain.open();
    plain
}

/// A home where the draft is kept and nothing else.
fn places() -> Places {
    Places {
        reports: PathBuf::from("/home/ana/Documents"),
        draft: Some(PathBuf::from("/home/ana/draft.json")),
        earlier: None,
        remembered: None,
        last_report: None,
        stem: "claude-choice-2026-11-22".to_owned(),
    }
}

/// What the reading of logs that was begun last comes to.
fn told(plain: &mut Plain<'_>, news: News) -> Turn {
    plain.on_message(wizard::Message::Scan(plain.wizard().scan.number(), news))
}

/// The reading that was begun last.
fn reading(plain: &Plain<'_>, path: Option<&str>, purpose: Purpose) -> Effect {
    let number = plain.wizard().scan.number();
    Effect::Scan(ScanOrder { number, path: path.map(PathBuf::from), purpose, hour_value: None })
}

fn feed(plain: &mut Plain<'_>, lines: &[&str]) -> Turn {
    lines.iter().map(|line| plain.line(line)).last().unwrap()
}

/// The result of these lines.
fn hybrid() -> Plain<'static> {
    let mut plain = plain();
    let turn = feed(&mut plain, &HYBRID);
    assert!(turn.page.text().contains("HYBRID: use both (clear)."), "{}", turn.page.text());
    plain
}

fn json(session: &Session<'_>) -> String {
    let created: Zoned = "2026-11-22T14:05:00[UTC]".parse().unwrap();
    let assessment = session.assessment().unwrap();
    Report {
        assessment,
        world: session.world,
        wording: session.wording,
        created: &created,
        title: None,
        note: None,
    }
    .json()
}

/// The full screen, from the first one to the result.
fn on_the_full_screen(ranks: [Rank; 8], month: (u64, u64), model: usize) -> State<'static> {
    let places = Places { draft: None, ..places() };
    let mut state = State::new(session(), AppState::new(Look::default(), places));
    send(&mut state, Key::Enter);
    while let Some(question) = state.session.answers().next_open() {
        let place = state.session.wording.question(question).index_of(ranks[question.index()]);
        send(&mut state, digit(place + 1));
        send(&mut state, Key::Enter);
    }
    month_on_the_full_screen(&mut state, month, model);
    state
}

fn send(state: &mut State<'_>, key: Key) -> Vec<tui::effect::Effect> {
    let typed = if let Key::Char(letter) = key { Some(letter) } else { None };
    update(state, Message::Key(Press { key, typed }))
}

fn digit(number: usize) -> Key {
    Key::Char(char::from_digit(u32::try_from(number).unwrap(), 10).unwrap())
}

/// From the month to the result.
fn month_on_the_full_screen(state: &mut State<'_>, month: (u64, u64), model: usize) {
    for number in [month.0, month.1] {
        for digit in number.to_string().chars() {
            send(state, Key::Char(digit));
        }
        send(state, Key::Enter);
        send(state, Key::Down);
    }
    send(state, Key::Down);
    for _ in 0..model {
        send(state, Key::Right);
    }
    for _ in 0..4 {
        send(state, Key::Down);
    }
    send(state, Key::Enter);
    send(state, Key::Enter);
    assert!(state.is_settled());
}

/// Something that a person does on either face.
#[derive(Debug, Clone, Copy)]
enum Event {
    Answer(usize),
    Confirm,
    Back,
    Undo,
    Redo,
}

#[test]
fn one_script_of_events_leads_both_faces_to_the_same_report() {
    use Event::{Answer, Back, Confirm, Redo, Undo};
    let mut lines = plain();
    lines.line("1");
    let mut screen = State::new(session(), AppState::new(Look::default(), places()));
    send(&mut screen, Key::Enter);
    let script = [
        [Answer(1), Answer(2), Back, Back],
        [Confirm, Answer(3), Undo, Redo],
        [Back, Answer(2), Answer(2), Answer(2)],
        [Answer(2), Answer(1), Answer(1), Answer(2)],
    ];
    for event in script.into_iter().flatten() {
        let asked = match event {
            Answer(number) => {
                let mut asked = send(&mut screen, digit(number));
                asked.extend(send(&mut screen, Key::Enter));
                asked
            }
            Confirm => send(&mut screen, Key::Enter),
            Back => send(&mut screen, Key::Esc),
            Undo => send(&mut screen, Key::Char('u')),
            Redo => send(&mut screen, Key::Ctrl('r')),
        };
        let turn = match event {
            Answer(number) => lines.line(&number.to_string()),
            Confirm => lines.line(""),
            Back => lines.line("b"),
            Undo => lines.line("u"),
            Redo => lines.line("redo"),
        };
        assert_eq!(screen.session.choices(), lines.session().choices(), "{event:?}");
        let asked_in_lines: Vec<tui::effect::Effect> =
            turn.effects.into_iter().map(Into::into).collect();
        assert_eq!(asked, asked_in_lines, "{event:?}: both keep the same draft");
    }
    month_on_the_full_screen(&mut screen, (3_000_000, 900_000), 0);
    feed(&mut lines, &["1", "3000000", "900000", "", "", "", "", "", ""]);
    assert_eq!(json(lines.session()), json(&screen.session));

    send(&mut screen, Key::Char('s'));
    for _ in 0..4 {
        send(&mut screen, Key::Down);
    }
    let asked = send(&mut screen, Key::Enter);
    let turn = feed(&mut lines, &["s", "", ""]);
    let [Effect::Save(order)] = turn.effects.as_slice() else { panic!("{:?}", turn.effects) };
    assert_eq!(asked, [Effect::Save(order.clone()).into()]);
    let saved = wizard::Message::Saved(Ok(vec!["/home/ana/Documents/a.md".into()]));
    let asked = update(&mut screen, saved.clone().into());
    let dropped = lines.on_message(saved).effects;
    assert_eq!(asked.len(), 1);
    assert_eq!(asked, dropped.into_iter().map(Into::into).collect::<Vec<tui::effect::Effect>>());
    assert_eq!(screen.farewell().len(), 3);
    assert!(screen.farewell()[2].starts_with("Saved: '/home/ana/Documents/a.md'"));
    assert!(lines.farewell().text().ends_with("Saved: '/home/ana/Documents/a.md'\n"));
}

fn in_lines(ranks: [Rank; 8], month: (u64, u64), model: usize) -> Plain<'static> {
    let mut plain = plain();
    plain.line("1");
    while let Some(question) = plain.session().answers().next_open() {
        let place = plain.session().wording.question(question).index_of(ranks[question.index()]);
        plain.line(&(place + 1).to_string());
    }
    let model = if model == 0 { String::new() } else { (model + 1).to_string() };
    let (input, output) = (month.0.to_string(), month.1.to_string());
    let turn = feed(&mut plain, &["1", &input, &output, "", &model, "", "", "", ""]);
    assert!(turn.page.text().contains("Your recommendation."), "{}", turn.page.text());
    plain
}

#[test]
fn every_persona_gets_the_report_of_the_full_screen() {
    let personas: Vec<Value> =
        serde_json::from_str(include_str!("../fixtures/personas.json")).unwrap();
    assert_eq!(personas.len(), 39);
    for (persona, model) in personas.iter().zip((0..4).cycle()) {
        let ranks = QuestionId::ALL.map(|question| {
            question.rank_of(persona[question.as_str()].as_str().unwrap()).unwrap()
        });
        let tokens = |name: &str| persona[name].as_u64().unwrap();
        let month = (tokens("input_tokens"), tokens("output_tokens"));
        let screen = on_the_full_screen(ranks, month, model);
        let lines = in_lines(ranks, month, model);
        assert_eq!(lines.session().choices(), screen.session.choices(), "{}", persona["id"]);
        assert_eq!(json(lines.session()), json(&screen.session), "{}", persona["id"]);
        assert_eq!(lines.session().usage().volume.input, month.0);
    }
}

#[test]
fn a_whole_session_reads_well() {
    let mut plain = plain();
    let mut log = String::new();
    let mut add = |typed: Option<&str>, turn: &Turn| {
        if let Some(typed) = typed {
            log.push_str(typed);
            log.push('\n');
        }
        log.push_str(turn.page.text());
    };
    add(None, &plain.open());
    let mut lines = HYBRID.to_vec();
    lines.splice(2..2, ["w", "x"]);
    lines.extend([
        "3",
        "compare 0.5",
        "4",
        "1",
        "6",
        "f",
        "5",
        "15",
        "4",
        "50",
        "",
        "b",
        "u",
        "redo",
        "u",
        "?",
        "q",
    ]);
    for line in lines {
        add(Some(line), &plain.line(line));
    }
    assert!(log.lines().all(|line| line.chars().count() <= 79));
    assert!(log.is_ascii(), "{:?}", log.chars().find(|letter| !letter.is_ascii()));
    insta::assert_snapshot!("plain_session", log);
}

#[test]
fn the_quick_check_a_week_and_the_examples_lead_to_a_result() {
    let mut quick = plain();
    let turn = feed(
        &mut quick,
        &["2", "2", "2", "2", "1", "5", "", "", "", "", "", "", "", "", "", "", "", ""],
    );
    assert!(turn.page.text().contains("Your recommendation."), "{}", turn.page.text());
    let case = quick.session().assessment().unwrap();
    assert_ne!(case.strength.name(), "clear", "four answers are assumed");
    assert!(turn.page.text().contains("Some answers are assumed."));
    let volume = quick.session().usage().volume;
    assert_eq!((volume.input, volume.output), (655_200, 117_000));

    let mut example = plain();
    let turn = feed(&mut example, &["5", "1"]);
    assert!(turn.page.text().contains("Your recommendation."), "{}", turn.page.text());
    assert_eq!(turn.effects, [], "an example is not kept");
    assert_eq!(example.line("q").ending, Some(Ending::Quit), "nor asked about");
}

#[test]
fn wrong_lines_change_nothing_and_say_what_is_taken() {
    let mut plain = plain();
    plain.line("1");
    for line in ["0", "5", "-1", "none", "1.5", "99999999999999999999", "", "\u{1b}[2J", "²"] {
        let turn = plain.line(line);
        assert!(turn.page.text().starts_with("Type a number from 1 to 4."), "{line}");
        assert!(!turn.page.text().contains('\u{1b}'));
    }
    let turn = plain.line("sk-ant-api03-abc");
    assert!(turn.page.text().starts_with("That looks like a secret key."));
    assert!(!turn.page.text().contains("sk-ant"));
    assert!(plain.session().answers().is_empty());
    feed(&mut plain, &["1", "2", "2", "2", "2", "1", "1", "2", "1"]);
    for (line, said) in [
        ("2.5", "Not taken: '2.5' is not a whole number of tokens"),
        ("lots", "Not taken: 'lots' is not a number of tokens"),
        ("2e12", "Not taken: '2e12' is more than 1,000,000,000,000 tokens"),
    ] {
        assert!(plain.line(line).page.text().starts_with(said), "{line}");
    }
    assert_eq!(plain.session().choices().month, Month::Sample);
}

#[test]
fn the_help_of_a_text_names_what_works_there_and_nothing_else() {
    let mut plain = hybrid();
    let turn = feed(&mut plain, &["s", "?"]);
    let told = turn.page.text().split("\n\n").next().unwrap();
    assert_eq!(
        told,
        "Here you type where the report is saved: a path, or a name alone for the folder\n\
         offered. The ending says the format: .md, .html or .json; without one all three\n\
         are saved.\n\
         Every line that you type ends with Enter. All of it is taken as the text, but\n\
         for these:\n  \
           Enter alone: does what the line above the prompt says of it.\n  \
           b, back: back one step; the answers stay.\n  \
           ?, help: this.\n  \
           q, quit: quit; your answers are kept unless the program was told not to."
    );
}

#[test]
fn back_keeps_answers_and_undo_says_what_came_back() {
    let mut plain = plain();
    feed(&mut plain, &["1", "1", "2"]);
    let turn = feed(&mut plain, &["b", "b"]);
    assert!(turn.page.text().contains("Step 1 of 10."));
    assert!(turn.page.text().ends_with("Enter is 1.\n> "), "{}", turn.page.text());
    let turn = feed(&mut plain, &["", ""]);
    assert!(turn.page.text().contains("Step 3 of 10."));
    let turn = plain.line("u");
    assert!(turn.page.text().starts_with("Undone: Session open to Moderate"));
    assert_eq!(plain.session().answers().effective(QuestionId::Session), None);
}

#[test]
fn a_deleted_scenario_comes_back_on_a_later_visit() {
    let mut plain = hybrid();
    let told = |plain: &mut Plain<'_>, done| {
        plain
            .on_message(wizard::Message::Scenarios(Box::new(Ok((done, Listing::default())))))
            .page
            .text()
            .to_owned()
    };
    plain.line("scenarios");
    let home = tempfile::tempdir().unwrap();
    let store = planwise::shell::scenarios::Store::at(home.path().to_path_buf());
    let id = store.keep("base", &json(plain.session())).unwrap();
    let deleted = store.delete(&id, std::time::SystemTime::UNIX_EPOCH).unwrap();
    told(&mut plain, ScenarioDone::Deleted(deleted.clone()));
    plain.line("b");
    plain.line("scenarios");
    told(&mut plain, ScenarioDone::Listed);
    let effects = plain.line("u").effects;
    let restore = ScenarioOrder::Restore(deleted);
    assert!(
        matches!(effects.as_slice(), [Effect::Scenario(order)] if **order == restore),
        "{effects:?}"
    );
}

#[test]
fn the_answers_are_kept_and_a_result_is_not_lost_by_q() {
    let kept = Kept { choices: Choices::default(), when: "today 18:02".to_owned() };
    let wizard = Wizard { kept: Some(kept), ..Wizard::new(places()) };
    let mut plain = Plain::new(session(), wizard);
    plain.open();
    plain.line("2");
    let turn = plain.line("1");
    assert_eq!(turn.effects[0], Effect::Draft(DraftOrder::SetAside));
    assert!(
        matches!(&turn.effects[1], Effect::Draft(DraftOrder::Keep(choices)) if **choices == *plain.session().choices())
    );

    let mut plain = hybrid();
    let turn = plain.line("q");
    assert_eq!(turn.ending, None);
    assert!(turn.page.text().contains("Your recommendation is not saved."));
    let turn = feed(&mut plain, &["1", "mine.json", "for Ana"]);
    let [Effect::Save(wish)] = turn.effects.as_slice() else { panic!("{:?}", turn.effects) };
    assert_eq!(
        (wish.folder.to_str().unwrap(), wish.stem.as_str()),
        ("/home/ana/Documents", "mine")
    );
    assert_eq!(wish.note.as_deref(), Some("for Ana"));
    let about = "2026-11-20, 9 bytes".to_owned();
    let taken = vec![Taken { path: PathBuf::from("mine.json"), about }];
    let turn = plain.on_message(wizard::Message::Saved(Err(SaveFailure::Exists {
        taken,
        free: "mine-2".into(),
    })));
    assert!(turn.page.text().contains("There already: 'mine.json' (2026-11-20, 9 bytes)."));
    assert!(turn.page.text().contains("Keep both: the new one becomes mine-2"));
    assert!(matches!(plain.line("1").effects.as_slice(), [Effect::Save(_)]));
    let turn = plain.on_message(wizard::Message::Saved(Ok(vec![PathBuf::from(
        "/home/ana/Documents/mine-2.json",
    )])));
    assert_eq!(
        turn.effects,
        [Effect::Draft(DraftOrder::DropSaved(Box::new(plain.session().choices().clone())))],
        "the report holds the answers now"
    );
    assert_eq!(plain.line("q").ending, Some(Ending::Quit));
    let farewell = plain.farewell();
    assert!(farewell.text().ends_with("Saved: '/home/ana/Documents/mine-2.json'\n"));
}

fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0..17_u8).prop_map(|number| number.to_string()),
        4 => Just(String::new()),
        2 => prop::sample::select(vec!["b", "u", "w", "?", "r", "q", "d", "e", "c", "n", "p", "f", "s", "y", "x", "redo"]).prop_map(str::to_owned),
        2 => prop::sample::select(vec!["3M", "900k", "0", "1e12", "$17.50", "50", "a.md", "b.json", "keep a", "compare 0 1", "compare 1.5", "delete 1"])
            .prop_map(str::to_owned),
        1 => "(?s).{0,40}",
    ]
}

/// What an outside that is not always kind makes of an effect.
fn outside(plain: &mut Plain<'_>, effect: Effect, number: usize) -> Option<Turn> {
    Some(match effect {
        Effect::Save(_) => plain.on_message(wizard::Message::Saved(match number % 4 {
            0 => Ok(vec![PathBuf::from("a.md")]),
            1 => Err(SaveFailure::MissingFolder(PathBuf::from("/x"))),
            2 => {
                let taken = Taken { path: PathBuf::from("a"), about: "9 bytes".to_owned() };
                Err(SaveFailure::Exists { taken: vec![taken], free: "b".to_owned() })
            }
            _ => Err(SaveFailure::Other("the disk is full".to_owned())),
        })),
        Effect::Open(_) => {
            plain.on_message(wizard::Message::Opened(Err("it does not exist".to_owned())))
        }
        Effect::FindLogs => plain.on_message(wizard::Message::LogPlaces(vec!["~/logs".to_owned()])),
        Effect::Scan(ScanOrder { path, purpose, .. }) => told(
            plain,
            match (path, purpose) {
                (Some(_), _) => News::Failed("nothing is in there".to_owned()),
                (None, Purpose::Month) => News::Read(Arc::new(logs::four_weeks())),
                (None, Purpose::Since(_)) => {
                    News::Used(Arc::new(since::used(30, 100_000, 30_000)), None)
                }
            },
        ),
        Effect::Recall(_) => {
            plain.on_message(wizard::Message::Recalled(Box::new(match number % 3 {
                0 => Err("no saved report is remembered".to_owned()),
                _ => Ok(since::report()),
            })))
        }
        Effect::Scenario(_) => plain.on_message(wizard::Message::Scenarios(Box::new(Ok((
            ScenarioDone::Listed,
            Listing::default(),
        ))))),
        Effect::Draft(_) | Effect::StopScan => return None,
        Effect::FindReports(_) | Effect::ForgetReport => panic!("not asked for in lines"),
    })
}

/// Every answer is kept, or comes back by the key that says so.
#[test]
fn ten_thousand_lines_break_nothing_and_lose_nothing() {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let lines = any_line();
    let (mut results, mut saves) = (0, 0);
    for _ in 0..20 {
        let mut plain = plain();
        for _ in 0..500 {
            let line = lines.new_tree(&mut runner).unwrap().current();
            let before = plain.session().choices().clone();
            let mut turn = plain.line(&line);
            if plain.session().choices().answers != before.answers
                && !["u", "redo"].contains(&line.as_str())
            {
                let mut undone = plain.session().clone();
                undone.undo();
                assert_eq!(undone.choices().answers, before.answers, "lost by {line:?}");
            }
            let reads = matches!(turn.effects.as_slice(), [Effect::Scan(_)]);
            let asked = turn.page.text().to_owned();
            for effect in std::mem::take(&mut turn.effects) {
                saves += usize::from(matches!(effect, Effect::Save(_)));
                turn = outside(&mut plain, effect, saves).unwrap_or(turn);
            }
            assert!(!reads || asked.contains("Reading your logs."), "{asked}");
            let text = turn.page.text();
            assert!(
                !text.contains(|letter: char| letter.is_control() && letter != '\n'),
                "{text:?}"
            );
            assert!(
                turn.ending.is_some() || plain.is_reading() || text.ends_with("> "),
                "no prompt after {line:?}: {text}"
            );
            assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
            results += usize::from(text.contains("Your recommendation."));
        }
    }
    assert!(results > 20 && saves > 20, "{results} results, {saves} saves");
}
