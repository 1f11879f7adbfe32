//! Every screen as a person sees it, driven by keys, at the two sizes the design is drawn for.
//!
//! The day, the prices and the wording are fixed; nothing here touches a terminal or a file.

use std::path::PathBuf;

use insta::assert_snapshot;
use jiff::civil::date;
use planwise::advice::World;
use planwise::catalog::Catalog;
use planwise::facts::Facts;
use planwise::question::Wording;
use planwise::session::{Choices, Session};
use planwise::tui::effect::Effect;
use planwise::tui::key::{Key, Press};
use planwise::tui::look::{Glyphs, Look, Theme};
use planwise::tui::message::Message;
use planwise::tui::state::{Desk, Places, State};
use planwise::tui::update::update;
use planwise::tui::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The sizes the design is drawn for.
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// The keys from the start to the month of the drawings: 3M sent, 900K written.
const TO_MONTH: &str = "<enter>1<enter>2<enter>2<enter>2<enter>2<enter>1<enter>1<enter>2<enter>3M<enter><down>900k<enter>";

fn start() -> State<'static> {
    start_with(
        Catalog::builtin().unwrap(),
        Look::new(Theme::TERMINAL, &Glyphs::FULL),
    )
}

fn start_with(catalog: &'static Catalog, look: Look) -> State<'static> {
    let world = World {
        catalog,
        facts: Facts::builtin().unwrap(),
        today: date(2026, 11, 22),
    };
    let session = Session::new(world, Wording::builtin().unwrap(), Choices::default());
    let places = Places {
        reports: PathBuf::from("/home/ana/Documents"),
        draft: Some(PathBuf::from("/home/ana/.local/state/planwise/draft.json")),
        remembered: None,
        stem: "claude-choice-2026-11-22".to_owned(),
    };
    let desk = Desk {
        look,
        mouse: false,
        size: (80, 24),
        places,
        kept: None,
        saved: None,
    };
    State::new(session, desk)
}

/// Sends keys written as people write them: `2<enter>3M<esc><ctrl-c>`. Returns the effects.
fn send(state: &mut State<'_>, script: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let (press, after) = match rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
            Some((name, after)) => (named(name), after),
            None => (
                Press {
                    key: Key::Char(first.to_ascii_lowercase()),
                    typed: Some(first),
                },
                &rest[first.len_utf8()..],
            ),
        };
        effects.extend(update(state, Message::Key(press)));
        rest = after;
    }
    effects
}

fn named(name: &str) -> Press {
    let key = match name {
        "enter" => Key::Enter,
        "esc" => Key::Esc,
        "up" => Key::Up,
        "down" => Key::Down,
        "left" => Key::Left,
        "right" => Key::Right,
        "tab" => Key::Tab,
        "backtab" => Key::BackTab,
        "pgup" => Key::PageUp,
        "pgdn" => Key::PageDown,
        "home" => Key::Home,
        "end" => Key::End,
        "backspace" => Key::Backspace,
        "space" => {
            return Press {
                key: Key::Char(' '),
                typed: Some(' '),
            };
        }
        "ctrl-r" => Key::Ctrl('r'),
        "ctrl-u" => Key::Ctrl('u'),
        "ctrl-c" => Key::Ctrl('c'),
        other => panic!("no key is called '{other}'"),
    };
    Press { key, typed: None }
}

/// The screen as text, one line a row, without trailing blanks.
fn screen(state: &mut State<'_>, (columns, rows): (u16, u16)) -> String {
    let buffer = buffer(state, (columns, rows));
    let mut text = String::new();
    for y in 0..rows {
        let line: String = (0..columns).map(|x| buffer[(x, y)].symbol()).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn buffer(state: &mut State<'_>, (columns, rows): (u16, u16)) -> Buffer {
    update(state, Message::Resize(columns, rows));
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    view::draw(state, area, &mut buffer);
    buffer
}

/// Snapshots a screen reached by a script at both sizes, begun anew for each.
macro_rules! snapshot {
    ($name:ident, $script:expr) => {
        #[test]
        fn $name() {
            for size in SIZES {
                let mut state = start();
                update(&mut state, Message::Resize(size.0, size.1));
                send(&mut state, $script);
                let name = format!("{}_{}x{}", stringify!($name), size.0, size.1);
                assert_snapshot!(name, screen(&mut state, size));
            }
        }
    };
}

snapshot!(welcome, "");
snapshot!(question_1, "<enter>");
snapshot!(question_3_not_sure, "<enter>1<enter>2<enter><end><up><up>");
snapshot!(question_4, "<enter>1<enter>2<enter>2<enter>2");
snapshot!(
    question_8_decided_early,
    "<enter>1<enter>2<enter>2<enter>2<enter>2<enter>1<enter>1<enter>"
);
snapshot!(why_a_question_is_asked, "<enter>w");
snapshot!(
    month_of_the_sample,
    "<enter>1<enter>2<enter>2<enter>2<enter>2<enter>1<enter>1<enter>2<enter>"
);
snapshot!(month, TO_MONTH);
snapshot!(month_with_an_open_field, &format!("{TO_MONTH}<up>2.5"));
snapshot!(
    month_after_another_model,
    &format!("{TO_MONTH}<down><down><right>")
);
snapshot!(
    more_about_the_month,
    &format!("{TO_MONTH}<down><down><down><down><down><enter>")
);
snapshot!(a_week, &format!("{TO_MONTH}<up><up><up><enter>"));
snapshot!(
    check_answers,
    &format!("{TO_MONTH}<esc><end><enter>").replace("<esc><end><enter>", &to_continue())
);
snapshot!(result, &to_result());
snapshot!(why_the_result, &format!("{}w", to_result()));
snapshot!(next_steps, &format!("{}n", to_result()));
snapshot!(compare, &format!("{}c", to_result()));
snapshot!(
    compare_another_model_and_month,
    &format!("{}c<down><right><right>", to_result())
);
snapshot!(compare_table_only, &format!("{}cv", to_result()));
snapshot!(save, &format!("{}s", to_result()));
snapshot!(leave_unsaved, &format!("{}q", to_result()));
snapshot!(quick_check, "<down><enter>");
snapshot!(open_a_report, "<down><down><enter>");
snapshot!(examples, "<down><down><down><enter>");
snapshot!(settings, "<down><down><down><down><enter>");
snapshot!(help, "?");
snapshot!(help_on_the_month, &format!("{TO_MONTH}?"));

/// From the month of the drawings to the answers.
fn to_continue() -> String {
    "<down>".repeat(6) + "<enter>"
}

/// From the start to the result of the drawings.
fn to_result() -> String {
    format!("{TO_MONTH}{}<enter>", to_continue())
}
