//! The screen driven by keys. The test supplies the report and the logs.

use jiff::civil::date;
use jiff::tz::TimeZone;

use super::super::save::tests::{complete, press, seen, state, typed, walk, words};
use super::*;
use crate::advice::assess;
use crate::catalog::Catalog;
use crate::history::History;
use crate::history::summary::{By, Query};
use crate::question::Origin;
use crate::report::read_report;
use crate::source::claude_code::{Place, Prefilter, read_line};
use crate::subject::result::Report;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::message::Message;
use crate::tui::state::State;
use crate::tui::update::update;
use crate::usage::Usage;
use crate::wizard::flow::Arrival;
use crate::wizard::{self, News};

fn screen() -> State<'static> {
    let mut state = state(complete(), crate::tui::place::Place::OutcomeCheck(None));
    state.app.wizard.reported = Some(date(2026, 10, 20));
    state
}

/// A report of the present choices with 3M input and 900K output tokens, made on 2026-10-20.
fn report(state: &State<'_>) -> Saved {
    let created = date(2026, 10, 20).at(9, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
    let choices = complete();
    let volume = crate::cost::Volume { input: 3_000_000, output: 900_000 };
    let usage = Usage { volume, volume_origin: Origin::User, ..choices.usage };
    let answers = choices.answers.resolve().unwrap();
    let assessment = assess(&answers, &usage, &state.session.world).unwrap();
    let report = Report {
        assessment: &assessment,
        world: state.session.world,
        wording: state.session.wording,
        created: &created,
        title: None,
        note: None,
    };
    read_report(&report.json()).unwrap()
}

/// Usage from 2026-10-20 over `days` days, on two models.
fn used(days: u8, input: u64, output: u64) -> Arc<Summary> {
    let mut history = History::default();
    for day in 0..days {
        let at = date(2026, 10, 20).saturating_add(jiff::Span::new().days(i64::from(day)));
        let line = format!(
            "{{\"type\":\"assistant\",\"timestamp\":\"{at}T09:00:00Z\",\"sessionId\":\"s\",\
             \"message\":{{\"id\":\"m{day}\",\"model\":\"claude-sonnet-5-5\",\
             \"usage\":{{\"input_tokens\":{input},\"output_tokens\":{output}}}}}}}"
        );
        let place =
            Place { project: "p", session: "s", is_sub_agent: false, root: 0, zones: |_| None };
        read_line(line.as_bytes(), &place, Prefilter::On, &mut history);
    }
    let query = Query {
        catalog: Catalog::builtin().unwrap(),
        zone: TimeZone::UTC,
        since: Some(date(2026, 10, 20)),
        until: None,
        by: By::Model,
        // Read on the last day of use: no idle days follow.
        now: date(2026, 10, 20)
            .checked_add(jiff::Span::new().days(i64::from(days.max(1) - 1)))
            .unwrap()
            .at(14, 5, 0, 0)
            .to_zoned(TimeZone::UTC)
            .unwrap()
            .timestamp(),
    };
    Arc::new(Summary::new(&history, &query))
}

fn with_report() -> State<'static> {
    let mut state = screen();
    let saved = report(&state);
    update(&mut state, Message::Wizard(wizard::Message::Recalled(Box::new(Ok(saved)))));
    update(
        &mut state,
        Message::Wizard(wizard::Message::LogPlaces(vec!["~/.claude/projects".to_owned()])),
    );
    state
}

/// The one scan order among the effects.
fn order(effects: &[Effect]) -> &wizard::ScanOrder {
    match effects {
        [Effect::Wizard(wizard::Effect::Scan(order))] => order,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_report_and_the_places_of_logs_are_asked_for_on_opening() {
    let state = screen();
    let effects = state.top().unwrap().screen.opening(&state.app);
    assert_eq!(effects, [wizard::Effect::Recall(None), wizard::Effect::FindLogs]);
    assert!(words(&state).contains("Reading the report"), "{}", seen(&state));
}

#[test]
fn the_report_is_worked_out_anew_before_any_log_is_read() {
    let state = with_report();
    assert!(seen(&state).contains("Reported month, estimate"), "{}", seen(&state));
    let text = words(&state);
    for said in [
        "Still: HYBRID: use both (clear)",
        "Usual places: ~/.claude/projects.",
        "API alone $15.00 $15.00",
    ] {
        assert!(text.contains(said), "{said}: {}", seen(&state));
    }
}

#[test]
fn logs_read_for_a_report_are_there_to_be_taken_over_and_are_left_only_there() {
    let mut state = with_report();
    press(&mut state, Key::Enter);
    let month = Arc::new(crate::wizard::session::real_tests::four_weeks());
    let news = News::Used(used(30, 100_000, 30_000), Some(Arc::clone(&month)));
    update(&mut state, Message::Wizard(wizard::Message::Scan(1, news)));
    update(&mut state, Message::Resize(120, 60));
    let text = words(&state);
    assert!(text.contains("'Use my own logs' makes your month of them."), "{text}");
    state.open(crate::tui::place::Place::Logs(Arrival::Flow));
    let text = words(&state);
    assert!(text.contains("[ Use it ] [ Leave it ] [ Read others ]"), "{text}");
    press(&mut state, Key::Right);
    press(&mut state, Key::Enter);
    assert_eq!(state.app.wizard.scan.month(), None);
    // The comparison with the report stays.
    assert!(words(&state).contains("What you really used since"), "{}", words(&state));
    assert!(!words(&state).contains("Use my own logs"), "{}", words(&state));
}

#[test]
fn reading_goes_on_beside_and_ends_with_the_verdict() {
    let mut state = with_report();
    let effects = press(&mut state, Key::Enter);
    let scan = order(&effects);
    assert_eq!((scan.number, &scan.path), (1, &None));
    assert_eq!(scan.purpose, Purpose::Since(date(2026, 10, 20)));
    assert!(words(&state).contains("[ Go on meanwhile ] [ Stop ]"), "{}", seen(&state));
    // 30 days with 100K input and 30K output tokens each: the estimate, scaled to 365/12 days.
    update(
        &mut state,
        Message::Wizard(wizard::Message::Scan(1, News::Used(used(30, 100_000, 30_000), None))),
    );
    update(&mut state, Message::Resize(120, 40));
    let text = words(&state);
    for said in [
        "What you really used since 2026-10-20",
        "Sent 3,000,000 3,041,667 inside",
        "Written 900,000 912,500 inside",
        "On API $15.00 $15.21 inside",
        "Hybrid still stands with the used month",
        "30 days covered, 30 responses",
    ] {
        assert!(text.contains(said), "{said}: {}", seen(&state));
    }
    assert!(seen(&state).contains("Used month, estimate"), "{}", seen(&state));
    // The screen and the command agree.
    let saved = report(&state);
    let replay = Replay::new(&saved, state.session.world, None).unwrap();
    let actual = ActualUsage::new(&replay, &used(30, 100_000, 30_000)).unwrap();
    let command = crate::subject::replay::text(&replay, Some(&actual))
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let standing = crate::subject::replay::standing(&replay, &actual).unwrap();
    assert!(command.contains(&standing) && text.contains(&standing), "{standing}");
    assert_eq!(press(&mut state, Key::Enter), []);
    assert!(words(&state).contains("your recommendation"), "Enter on Back goes back");
}

#[test]
fn too_few_days_and_no_use_are_said() {
    let mut state = with_report();
    press(&mut state, Key::Enter);
    update(
        &mut state,
        Message::Wizard(wizard::Message::Scan(1, News::Used(used(2, 9_000_000, 10), None))),
    );
    update(&mut state, Message::Resize(120, 40));
    let text = words(&state);
    assert!(text.contains("Under 7 days are too short to stand for a month"), "{text}");
    assert!(text.contains("If it went on like this: "), "{text}");
    assert!(text.contains("Written 900,000 304 below"), "{text}");
    press(&mut state, Key::Right);
    let effects = press(&mut state, Key::Enter);
    assert_eq!(order(&effects).number, 2, "read again");
    update(&mut state, Message::Wizard(wizard::Message::Scan(2, News::Used(used(0, 0, 0), None))));
    assert!(words(&state).contains("No usage was found since then"), "{}", seen(&state));
}

#[test]
fn a_path_can_be_given_and_what_fails_is_said() {
    let mut state = with_report();
    press(&mut state, Key::Right);
    press(&mut state, Key::Enter);
    typed(&mut state, "~/q logs");
    assert!(state.ending.is_none());
    let effects = press(&mut state, Key::Enter);
    assert_eq!(order(&effects).path, Some(PathBuf::from("~/q logs")));
    let why = "the folder '/home/ana/q logs' does not exist";
    update(&mut state, Message::Wizard(wizard::Message::Scan(1, News::Failed(why.to_owned()))));
    assert!(words(&state).contains(&format!("! {why}")), "{}", seen(&state));
    assert!(words(&state).contains("[ Read my logs ]"));
}

#[test]
fn stopping_takes_nothing_and_the_other_screen_of_logs_is_not_confused() {
    let mut state = with_report();
    press(&mut state, Key::Enter);
    press(&mut state, Key::Right);
    let effects = press(&mut state, Key::Enter);
    assert_eq!(effects, [Effect::Wizard(wizard::Effect::StopScan)]);
    assert!(words(&state).contains("The last reading was stopped."), "{}", seen(&state));
    // A month read now belongs to Use my own logs only.
    let number = state.app.wizard.scan.begin(Purpose::Month);
    update(
        &mut state,
        Message::Wizard(wizard::Message::Scan(number, News::Failed("why".to_owned()))),
    );
    assert!(!words(&state).contains("! why"), "{}", seen(&state));
    assert_eq!(state.status.as_deref(), Some("! Logs not read: see Use my own logs."));
}

#[test]
fn a_report_that_cannot_be_read_is_said() {
    let mut state = screen();
    let why = "cannot use '/x/a.json': result is missing";
    update(&mut state, Message::Wizard(wizard::Message::Recalled(Box::new(Err(why.to_owned())))));
    assert!(words(&state).contains(&format!("! {why}")), "{}", seen(&state));
    press(&mut state, Key::Enter);
    assert!(words(&state).contains("your recommendation"));
}

#[test]
fn a_model_without_a_price_today_is_said_with_a_way_out() {
    let mut state = screen();
    let mut saved = report(&state);
    saved.file.usage.as_mut().unwrap().model = Some("my-own-model".to_owned());
    update(&mut state, Message::Wizard(wizard::Message::Recalled(Box::new(Ok(saved)))));
    let text = words(&state);
    assert!(text.contains("model 'my-own-model' is not in the price list"), "{text}");
    assert!(text.contains("'planwise replay' takes another model with '--model'"), "{text}");
}

#[test]
fn the_key_opens_and_closes_it_where_a_report_is_remembered() {
    let mut state = screen();
    press(&mut state, Key::Char('r'));
    assert!(words(&state).contains("your recommendation"), "it was open");
    let effects = press(&mut state, Key::Char('r'));
    assert_eq!(
        effects,
        [wizard::Effect::Recall(None), wizard::Effect::FindLogs].map(Effect::Wizard)
    );
    press(&mut state, Key::Esc);
    state.app.wizard.reported = None;
    assert_eq!(press(&mut state, Key::Char('r')), []);
    assert_eq!(state.status.as_deref(), Some("No saved report is remembered yet."));
}

#[test]
fn it_can_be_drawn_at_every_size() {
    let mut state = with_report();
    walk(&mut state, 3);
    let mut state = with_report();
    press(&mut state, Key::Enter);
    let huge = used(30, 30_000_000_000, 5);
    update(&mut state, Message::Wizard(wizard::Message::Scan(1, News::Used(huge, None))));
    for size in [(0, 0), (40, 12), (60, 20), (76, 24), (300, 100)] {
        update(&mut state, Message::Resize(size.0, size.1));
        let _ = seen(&state);
    }
}
