//! The wizard under keys, pastes, clicks, sizes and answers that nobody would think of.
//!
//! Every step is checked: nothing panics, the frame holds what it may hold, and what the person
//! chose changes only where a step means to change it.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::{Date, date};
use planwise::advice::World;
use planwise::catalog::{Catalog, CatalogId};
use planwise::facts::Facts;
use planwise::fit::{
    Account, Bound, Digest, LevelDigest, Mark, Part, PlanDigest, Range, Sentences, Verdict,
    WeekAmounts, WeekDigest, Window, Yardstick,
};
use planwise::measured::{Measured, Replay, Replays};
use planwise::question::Wording;
use planwise::report::{SaveFailure, Taken, read_answers};
use planwise::tui::app::AppState;
use planwise::tui::effect::Effect;
use planwise::tui::key::{Key, Press};
use planwise::tui::keymap::{Action, Context, lookup};
use planwise::tui::look::{Glyphs, Look, Theme};
use planwise::tui::message::Message;
use planwise::tui::place::Place;
use planwise::tui::state::State;
use planwise::tui::update::update;
use planwise::tui::{layout, view};
use planwise::wizard::session::{Choices, Session};
use planwise::wizard::{self, FoundReport, Kept, News, Places, Progress, Wizard};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::common::since;
use crate::common::stages::kind;

/// How many ways to start there are.
const STARTS: usize = 9;

/// From the start to the month, in the letters of [`send`].
const TO_MONTH: &str = "E1E2E2E2E2E1E1E2E";

fn places() -> Places {
    Places {
        reports: PathBuf::from("/home/ana/Documents"),
        draft: Some(PathBuf::from("/home/ana/.local/state/planwise/draft.json")),
        earlier: None,
        remembered: None,
        last_report: None,
        stem: "claude-choice-2026-11-22".to_owned(),
    }
}

/// A complete set of answers with a month of this many tokens.
fn choices(input: u64, output: u64) -> Choices {
    let json = format!(
        r#"{{"answers": {{"interface": "chat", "session": "moderate", "limits": "sometimes",
        "automation": "some", "developer": "willing", "control": "no", "features": "core",
        "billing": "either"}}, "usage": {{"input_tokens": {input}, "output_tokens": {output}}}}}"#
    );
    Choices::from_file(&read_answers(&json).unwrap())
}

/// What logs of so many days say, with texts that mean no good.
fn measured(days: u64) -> Measured {
    let json = format!(
        r#"{{"usage": {{"input_tokens": 1, "output_tokens": 1, "measured": {{
        "from": "2026-10-26", "to": "2026-11-22", "days": {days}, "timezone": "\u001b[2J模型",
        "sources": ["claude_code", "console_tokens"], "responses": 18446744073709551615,
        "input_tokens": 1000000000000, "output_tokens": 7,
        "cache_read_pct": "99.9999", "model": "gpt-6", "mix_usd": "9999999999999.999999",
        "unpriced_responses": 1, "limits": {{"hits": 9, "weeks": 3}},
        "sessions": {{"count": 1, "median_minutes": "0.1", "marathons": 0}},
        "unattended": {{"output_tokens": 1, "of": 3}},
        "doubts": ["\u202e\u0007 模型 {}"]}}}}}}"#,
        "long ".repeat(60)
    );
    let usage = read_answers(&json).unwrap().usage.unwrap();
    // The plan can be said: what the logs tell, a plan, and one that the replay does not know.
    let made = [None, Some("max"), Some("mega")].map(|plan| {
        let digest = Digest { is_declared: plan.is_some(), ..replayed(days) };
        Replay { plan: plan.map(str::to_owned), digest: Arc::new(digest) }
    });
    (*usage.measured.unwrap()).clone().with_replays(made.into())
}

/// What a replay of these logs says, with endless names and figures.
fn replayed(days: u64) -> Digest {
    let hostile = format!("模型 {}", "long ".repeat(90));
    let level = LevelDigest {
        five_hour_hits: u64::MAX,
        week_hits: u64::MAX,
        blocked_hours: Decimal::MAX,
        longest_hours: Decimal::MAX,
        blocked_a_month: Some(Decimal::MAX),
        interruption: Some(Decimal::MAX),
        hours_are: Bound::Neither,
        overflow: Some(Decimal::MAX),
        paying: None,
        unpaid: u64::MAX,
        unpaid_hours: Decimal::MAX,
        refused_pct: Some(u8::MAX),
    };
    let plan = |id: &str, carries| PlanDigest {
        id: id.to_owned(),
        name: hostile.clone(),
        fee: Some(Decimal::MAX),
        is_now: id == "pro",
        carries,
        told_hits: if id == "max" { u64::MAX } else { 0 },
        part: if id == "free" { Part::Nothing } else { Part::Some },
        at: Range { low: level, likely: LevelDigest::default(), high: level },
    };
    let marks = [Mark::OverHigh; 24];
    let week = WeekDigest {
        plan: hostile.clone(),
        window: Window::Week,
        amounts: (days > 7).then_some(WeekAmounts {
            yardstick: Yardstick::Tokens,
            holds: Range { low: Decimal::ONE, likely: Decimal::MAX, high: Decimal::MAX },
            asked: Decimal::MAX,
        }),
        written_holds: Some(hostile.clone()),
        written_asked: Some(hostile.clone()),
        days: vec![(date(2026, 11, 2), marks), (Date::MIN, marks)],
    };
    Digest {
        from: date(2026, 10, 26),
        to: date(2026, 11, 22),
        days: 28,
        requests: u64::MAX,
        account: Account::Written(Sentences {
            answer: if days > 7 { vec![hostile.clone(), hostile.clone()] } else { Vec::new() },
            holds: vec![hostile.clone()],
            assumptions: vec![hostile.clone()],
            doubts: vec![hostile.clone()],
        }),
        plans: Verdict::ALL
            .into_iter()
            .zip(["free", "pro", "max", "ultra", "team", "api"])
            .map(|(carries, id)| plan(id, carries))
            .collect(),
        week: Some(week),
        unnamed_hits: u64::MAX,
        hour_value: Some(Decimal::MAX),
        is_declared: false,
    }
}

/// The list of the program with every price of a model set, and with long names.
fn list_at(price: &str) -> Catalog {
    let mut list: Value = serde_json::from_str(include_str!("../../assets/catalog.json")).unwrap();
    for model in list["models"].as_array_mut().unwrap() {
        model["name"] = format!("{} 模型 {}", model["name"], "long ".repeat(30)).into();
        for row in model["prices"].as_array_mut().unwrap() {
            for (key, value) in row.as_object_mut().unwrap() {
                if value.is_string() && key != "from" && key != "to" {
                    *value = price.into();
                }
            }
        }
    }
    Catalog::read(&list.to_string(), CatalogId::File).unwrap()
}

/// A list that lives as long as the tests.
fn leaked(catalog: Catalog) -> &'static Catalog {
    Box::leak(Box::new(catalog))
}

fn start(which: usize) -> State<'static> {
    let catalog = match which {
        3 => leaked(Catalog::article().unwrap()),
        7 => leaked(list_at("1000000")),
        8 => leaked(list_at("0.000001")),
        _ => Catalog::builtin().unwrap(),
    };
    let look = match which {
        4 => Look::new(Theme::MONO, &Glyphs::ASCII),
        5 => Look::new(Theme::TERMINAL, &Glyphs::PLAIN),
        _ => Look::default(),
    };
    let kept = || Kept { choices: choices(1, 0), when: "today 18:02".to_owned() };
    let mut places = places();
    if which == 6 {
        places.draft = None;
    }
    let reported = (which == 2).then(|| date(2026, 10, 20));
    let app = AppState {
        mouse: which == 2,
        wizard: Wizard { reported, kept: (which == 5).then(kept), ..Wizard::new(places.clone()) },
        ..AppState::new(look, places)
    };
    let world = World { catalog, facts: Facts::builtin().unwrap(), today: date(2026, 11, 22) };
    let session = Session::new(world, Wording::builtin().unwrap(), Choices::default());
    let mut state = State::new(session, app);
    match which {
        1 | 3 => state.begin_with(choices(3_000_000, 900_000)),
        // A file of logs that are no longer at hand.
        2 => {
            let mut kept = choices(0, 0);
            let measured = Measured { replays: Replays::default(), ..measured(28) };
            kept.usage.measured = Some(Arc::new(measured));
            state.begin_with(kept);
        }
        7 | 8 => state.begin_with(choices(1_000_000_000_000, 1_000_000_000_000)),
        _ => {}
    }
    state
}

fn typed(letter: char) -> Message {
    let key = Key::Char(letter.to_ascii_lowercase());
    Message::Key(Press { key, typed: Some(letter) })
}

fn key(key: Key) -> Message {
    Message::Key(Press { key, typed: None })
}

/// Sends keys written as letters: `E` is Enter, `D` and `U` are the arrows.
fn send(state: &mut State<'_>, script: &str) {
    for letter in script.chars() {
        let message = match letter {
            'E' => key(Key::Enter),
            'D' => key(Key::Down),
            'U' => key(Key::Up),
            letter => typed(letter),
        };
        update(state, message);
    }
}

fn any_key() -> impl Strategy<Value = Message> {
    let named = prop::sample::select(vec![
        Key::Enter,
        Key::Enter,
        Key::Enter,
        Key::Down,
        Key::Down,
        Key::Up,
        Key::Left,
        Key::Right,
        Key::Right,
        Key::Tab,
        Key::Tab,
        Key::BackTab,
        Key::Esc,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
        Key::Backspace,
        Key::Delete,
        Key::F(1),
        Key::F(2),
    ]);
    let letters: Vec<char> = "0123456789abcdefghijklmnopqrstuvwxyzQSU ?-+=[].,_%$/~:"
        .chars()
        .chain(['é', '漢', '\u{301}', '👩', '\u{202e}', '\u{1b}', '\0', '\u{9b}', '\u{fffd}'])
        .collect();
    let doors: Vec<char> = "ewcnsyuvf?123456789".chars().collect();
    prop_oneof![
        8 => named.prop_map(key),
        3 => prop::sample::select(doors).prop_map(typed),
        3 => prop::sample::select(letters).prop_map(typed),
        1 => prop::sample::select("acelruwz".chars().collect::<Vec<_>>())
            .prop_map(|letter| key(Key::Ctrl(letter))),
    ]
}

fn any_paste() -> impl Strategy<Value = Message> {
    prop_oneof![
        prop::sample::select(vec![
            String::new(),
            "2.5M".to_owned(),
            "1e6\nq\n".to_owned(),
            "\u{1b}[2J\u{1b}]0;x\u{7}\0\r\n".to_owned(),
            "sk-ant-api03-secret".to_owned(),
            "sk-\u{200b}ant-api03-secret".to_owned(),
            "SK-ANT-API03".to_owned(),
            "sk-".to_owned(),
            "ant-x".to_owned(),
            "9".repeat(10_000),
            "漢".repeat(10_000),
            "\u{202e}\u{200f}\u{feff}e\u{301}👩\u{200d}👩".to_owned(),
            "\n\n\nq\nq\n".to_owned(),
            "../../etc/passwd".to_owned(),
        ])
        .prop_map(Message::Paste),
        "\\PC{0,40}".prop_map(Message::Paste),
    ]
}

fn any_answer() -> impl Strategy<Value = Message> {
    let path = || PathBuf::from("/home/ana/Documents/claude-choice-2026-11-22.md");
    let odd = || PathBuf::from("/tmp/a\u{1b}[31m\u{202e}\n漢.md");
    let taken = move |path| Taken { path, about: "2026-11-20, 9.1 KB".to_owned() };
    let found = |name: &str| FoundReport {
        path: PathBuf::from("/home/ana/Documents").join(name),
        name: name.to_owned(),
        changed: "2026-11-20".to_owned(),
    };
    let hostile = "\u{1b}[2Jcannot save\u{9b}31m: \u{7}it failed; ".repeat(20);
    prop::sample::select(vec![
        Message::Wizard(wizard::Message::Recalled(Box::new(Ok(since::report())))),
        Message::Wizard(wizard::Message::Recalled(Box::new(Err(hostile.clone())))),
        Message::Wizard(wizard::Message::Saved(Ok(vec![path()]))),
        Message::Wizard(wizard::Message::Saved(Ok(vec![path(), odd()]))),
        Message::Wizard(wizard::Message::Saved(Ok(Vec::new()))),
        Message::Wizard(wizard::Message::Saved(Err(SaveFailure::Exists {
            taken: vec![taken(path()), taken(odd())],
            free: "claude-choice-2026-11-22-2".to_owned(),
        }))),
        Message::Wizard(wizard::Message::Saved(Err(SaveFailure::Exists {
            taken: Vec::new(),
            free: String::new(),
        }))),
        Message::Wizard(wizard::Message::Saved(Err(SaveFailure::MissingFolder(odd())))),
        Message::Wizard(wizard::Message::Saved(Err(SaveFailure::Other(hostile.clone())))),
        Message::Wizard(wizard::Message::Found(Vec::new())),
        Message::Wizard(wizard::Message::Found(
            (0..9).map(|n| found(&format!("claude-choice-{n}.json"))).collect(),
        )),
        Message::Wizard(wizard::Message::Found(vec![found(&"claude-choice-漢".repeat(40))])),
        Message::Wizard(wizard::Message::Opened(Ok(Box::new(choices(7, 1_000_000_000_000))))),
        Message::Wizard(wizard::Message::Opened(Ok(Box::default()))),
        Message::Wizard(wizard::Message::Opened(Err(hostile.clone()))),
        Message::Wizard(wizard::Message::LogPlaces(Vec::new())),
        Message::Wizard(wizard::Message::LogPlaces(vec![
            "~/.claude/projects".to_owned(),
            hostile.clone(),
        ])),
        Message::Wizard(wizard::Message::Draft(Err(hostile))),
        Message::Resumed,
    ])
}

/// News of one of the first readings.
fn any_news() -> impl Strategy<Value = Message> {
    let grown = Progress { files: u64::MAX, of_files: 1, bytes: u64::MAX, of_bytes: 0 };
    let news = prop::sample::select(vec![
        News::At(Progress::default()),
        News::At(grown),
        News::At(Progress { of_files: 9, ..grown }),
        News::Read(Arc::new(measured(28))),
        News::Read(Arc::new(measured(3))),
        News::Used(Arc::new(since::used(30, 100_000, 30_000)), Some(Arc::new(measured(28)))),
        News::Used(Arc::new(since::used(1, 900_000_000_000, 0)), None),
        News::Used(Arc::new(since::used(0, 0, 0)), None),
        News::Failed("\u{1b}[2Jno\u{202e}: ".repeat(90)),
    ]);
    (1_u32..9, news).prop_map(|(number, news)| Message::Wizard(wizard::Message::Scan(number, news)))
}

fn any_message() -> impl Strategy<Value = Message> {
    let size = prop_oneof![
        2 => (0_u16..=300, 0_u16..=100),
        6 => prop::sample::select(vec![
            (80, 24), (120, 40), (40, 12), (76, 24), (75, 24), (100, 30), (99, 29), (0, 0),
        ]),
    ];
    prop_oneof![
        40 => any_key(),
        3 => any_paste(),
        3 => (0_u16..310, 0_u16..110).prop_map(|(column, row)| Message::Click { column, row }),
        3 => (0_u16..48, 0_u16..24).prop_map(|(column, row)| Message::Click { column, row }),
        2 => any::<i16>().prop_map(Message::Wheel),
        2 => size.prop_map(|(columns, rows)| Message::Resize(columns, rows)),
        3 => any_answer(),
        3 => any_news(),
    ]
}

/// Whether a message means to change what the person chose.
fn may_change(message: &Message, before: &Before) -> bool {
    match message {
        Message::Key(press) => match lookup(before.context, press.key) {
            Some(Action::Enter | Action::Choose | Action::Undo | Action::Redo) => true,
            Some(Action::Digit(_)) => before.context == Context::Question,
            // There the arrows say which plan one had.
            Some(Action::Left | Action::Right) if before.context == Context::Fit => true,
            Some(
                Action::Left
                | Action::Right
                | Action::Less
                | Action::More
                | Action::PageUp
                | Action::PageDown
                | Action::Home
                | Action::End,
            ) => before.context == Context::Usage,
            _ => false,
        },
        Message::Click { .. } => true,
        Message::Wizard(wizard::Message::Opened(Ok(_))) => before.form == Some(Form::Open),
        _ => false,
    }
}

/// Whether a message may end the wizard.
fn may_end(message: &Message, before: &Before) -> bool {
    match message {
        Message::Key(press) => match lookup(before.context, press.key) {
            Some(Action::Interrupt) => true,
            Some(Action::Quit) => !before.unsaved,
            Some(Action::Enter | Action::Choose) => before.form == Some(Form::Leave),
            _ => false,
        },
        Message::Click { .. } => before.form == Some(Form::Leave),
        Message::Wizard(wizard::Message::Saved(Ok(_))) => before.form == Some(Form::Save),
        _ => false,
    }
}

/// What held before a message was taken in.
struct Before {
    choices: Choices,
    context: Context,
    unsaved: bool,
    form: Option<Form>,
}

/// A screen with rights of its own.
#[derive(PartialEq)]
enum Form {
    Open,
    Leave,
    Save,
}

impl Before {
    fn of(state: &State<'_>) -> Self {
        let layer = state.top().unwrap();
        Self {
            choices: state.session.choices().clone(),
            context: layer.screen.context(),
            unsaved: state.has_unsaved_result(),
            form: match layer.place {
                Place::Open => Some(Form::Open),
                Place::Leave => Some(Form::Leave),
                Place::Save => Some(Form::Save),
                _ => None,
            },
        }
    }
}

/// Takes a message in and checks everything that must hold whatever it was.
fn step(state: &mut State<'_>, message: &Message) {
    let before = Before::of(state);
    let said = format!("{message:?} in {:?}", before.context);
    let effects = update(state, message.clone());
    assert!(!state.layers.is_empty(), "{said}: no screen is left");

    let changed = *state.session.choices() != before.choices;
    assert!(!changed || may_change(message, &before), "{said} changed what was chosen");
    let keeps = effects.iter().any(|effect| {
        matches!(effect, Effect::Wizard(wizard::Effect::Draft(wizard::DraftOrder::Keep(_))))
    });
    assert_eq!(keeps, changed && state.keeps_draft(), "{said}: the draft");
    if matches!(message, Message::Key(p) if lookup(before.context, p.key) == Some(Action::Undo))
        && changed
    {
        state.session.redo().unwrap();
        assert_eq!(*state.session.choices(), before.choices, "{said}: redo takes undo back");
        state.session.undo().unwrap();
    }
    if state.ending.take().is_some() {
        assert!(may_end(message, &before), "{said} ended the wizard");
    }
    check_frame(state, &said);
}

fn check_frame(state: &State<'_>, said: &str) {
    let (columns, rows) = state.app.size;
    let area = Rect::new(0, 0, columns, rows);
    // Two cells beyond the frame on either side show what was written there.
    let mut buffer = Buffer::filled(Rect::new(0, 0, columns + 2, rows + 2), untouched());
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            buffer[(x, y)].reset();
        }
    }
    let cursor = view::draw(state, area, &mut buffer);
    assert!(cursor.is_none_or(|at| area.contains(at)), "{said}: the cursor is outside");
    check_cells(&buffer, area, said);
}

/// What stands in every cell that nothing may write to.
fn untouched() -> Cell {
    Cell::new("\u{2620}")
}

fn check_cells(buffer: &Buffer, area: Rect, said: &str) {
    let outside = untouched();
    let mut line = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        line.clear();
        for x in buffer.area.left()..buffer.area.right() {
            let cell = &buffer[(x, y)];
            if !area.contains((x, y).into()) {
                assert_eq!(*cell, outside, "{said}: {x}, {y} is outside {area:?}");
                continue;
            }
            let symbol = cell.symbol();
            assert!(!symbol.contains(is_unsafe), "{said}: {symbol:?} at {x}, {y}");
            line.push_str(symbol);
        }
        line.make_ascii_lowercase();
        assert!(!line.contains("sk-ant-"), "{said}: a key is shown: {line}");
    }
}

/// What moves a cursor, changes a colour or turns letters round.
fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

proptest! {
    #![proptest_config(Config { cases: 64, failure_persistence: None, ..Config::default() })]

    /// Whatever happens, in whatever order, from wherever.
    #[test]
    fn nothing_that_happens_breaks_the_wizard(
        which in 0..STARTS,
        messages in prop::collection::vec(any_message(), 1..40),
    ) {
        let mut state = start(which);
        for message in messages {
            step(&mut state, &message);
        }
    }
}

/// One long run, the same every time.
#[test]
fn ten_thousand_steps_break_nothing() {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[22; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let messages = any_message();
    let mut seen = HashSet::new();
    // From where chance would hardly lead: settings, examples, saved reports, a week.
    let week = format!("{TO_MONTH}UUUE");
    let scripts = [
        (0, "DDDDDE"),
        (1, ""),
        (2, ""),
        (3, ""),
        (4, "DDDDE"),
        (5, "DDDDE"),
        (6, week.as_str()),
        (7, ""),
        (8, ""),
        (0, "DE"),
        (0, "DDEE"),
    ];
    for (which, script) in scripts {
        let mut state = start(which);
        send(&mut state, script);
        // Where logs are being read they have been, before the first step.
        step(
            &mut state,
            &Message::Wizard(wizard::Message::Scan(1, News::Read(Arc::new(measured(28))))),
        );
        step(&mut state, &typed('f'));
        for _ in 0..910 {
            seen.insert((kind(&state), state.top().unwrap().screen.context()));
            step(&mut state, &messages.new_tree(&mut runner).unwrap().current());
        }
    }
    let screens: HashSet<_> = seen.iter().map(|(screen, _)| screen).collect();
    let contexts: HashSet<_> = seen.iter().map(|(_, context)| context).collect();
    let missed: Vec<_> =
        Context::ALL.into_iter().filter(|context| !contexts.contains(context)).collect();
    assert_eq!((screens.len(), missed.as_slice()), (20, &[][..]), "screens reached");
}

/// Where the focus is can be seen on every screen with lines to choose from, however small.
#[test]
fn the_focused_line_is_always_in_view() {
    let to_answers = format!("{TO_MONTH}DDDDDDDE");
    let to_result = format!("{to_answers}E");
    let scripts = [
        String::new(),
        "E".to_owned(),
        "E1E2E".to_owned(),
        "DE".to_owned(),
        "DDE".to_owned(),
        "DDDE".to_owned(),
        "DDDDE".to_owned(),
        "DDDDDE".to_owned(),
        "DDEE".to_owned(),
        TO_MONTH.to_owned(),
        format!("{TO_MONTH}DDDDDE"),
        format!("{TO_MONTH}UUE"),
        to_answers,
        format!("{to_result}s"),
        format!("{to_result}q"),
    ];
    for script in scripts {
        for size in [(40, 12), (76, 24), (80, 24)] {
            let mut state = start(0);
            update(&mut state, Message::Resize(size.0, size.1));
            send(&mut state, &script);
            let titles = || format!("'{script}' at {size:?}");
            for direction in [Key::Down, Key::Up] {
                for walked in 0..30 {
                    assert!(shows_focus(&state, size), "{} after {direction:?} {walked}", titles());
                    update(&mut state, key(direction));
                }
            }
        }
    }
}

/// Whether a line of the screen is marked or a button of it reversed, and the cursor is there.
fn shows_focus(state: &State<'_>, size: (u16, u16)) -> bool {
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buffer = Buffer::empty(area);
    let Some(cursor) = view::draw(state, area, &mut buffer) else {
        return false;
    };
    let main = layout::main_area(size).unwrap();
    let row = || (main.left()..main.right()).map(|x| &buffer[(x, cursor.y)]);
    let text: String = row().map(Cell::symbol).collect();
    main.contains(cursor)
        && (text.trim_start().starts_with("> ")
            || row().any(|cell| cell.modifier.contains(Modifier::REVERSED)))
}
