//! The form driven by keys, and helpers shared with the tests of related screens.

use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::*;
use crate::advice::World;
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::question::{Answers, Origin, QuestionId, Wording};
use crate::report::Taken;
use crate::tui::app::Ending;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::look::{Glyphs, Look, Theme};
use crate::tui::message::Message;
use crate::tui::place::Place;
use crate::tui::state::State;
use crate::tui::update::update;
use crate::tui::view;
use crate::wizard::flow::Step;
use crate::wizard::session::{Choices, Month};
use crate::wizard::{self, Places};

/// The sizes at which each screen is drawn.
const SIZES: [(u16, u16); 7] =
    [(80, 24), (120, 40), (76, 24), (99, 60), (40, 12), (300, 100), (0, 0)];

/// Choices for a hybrid: Pro for chat, the API for the jobs.
pub(in crate::tui::screen) fn complete() -> Choices {
    let mut answers = Answers::default();
    for (question, rank) in QuestionId::ALL.into_iter().zip([0, 1, 2, 1, 1, 0, 0, 1]) {
        answers.give(question, rank, Origin::User);
    }
    Choices { answers, month: Month::Own, ..Choices::default() }
}

/// A state with these choices and this screen above the result or the first screen.
pub(in crate::tui::screen) fn state(choices: Choices, place: Place) -> State<'static> {
    let world = World {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        today: date(2026, 11, 22),
    };
    let app = AppState {
        mouse: true,
        ..AppState::new(
            Look::new(Theme::TERMINAL, &Glyphs::FULL),
            Places {
                reports: PathBuf::from("/home/ana/Documents"),
                draft: Some(PathBuf::from("/nowhere/draft.json")),
                earlier: None,
                remembered: None,
                last_report: None,
                stem: "claude-choice-2026-11-22".to_owned(),
            },
        )
    };
    let session = Session::new(world, Wording::builtin().unwrap(), choices);
    let mut state = State::new(session, app);
    if state.session.is_complete() {
        state.go_to(Step::Result);
    }
    state.open(place);
    update(&mut state, Message::Resize(80, 24));
    state
}

pub(in crate::tui::screen) fn press(state: &mut State<'_>, key: Key) -> Vec<Effect> {
    update(state, Message::Key(key.into()))
}

/// Types a text letter by letter.
pub(in crate::tui::screen) fn typed(state: &mut State<'_>, text: &str) {
    for letter in text.chars() {
        update(
            state,
            Message::Key(Press {
                key: Key::Char(letter.to_ascii_lowercase()),
                typed: Some(letter),
            }),
        );
    }
}

/// The screen's text at the state's size.
pub(in crate::tui::screen) fn seen(state: &State<'_>) -> String {
    let (columns, rows) = state.app.size;
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    view::draw(state, area, &mut buffer);
    let row = |y| {
        let cells = (0..columns).filter_map(|x| buffer.cell((x, y)));
        cells.map(ratatui::buffer::Cell::symbol).collect::<String>()
    };
    (0..rows).map(row).collect::<Vec<_>>().join("\n")
}

/// The same as one line without frame and pane, so that wrapped sentences can be found.
pub(in crate::tui::screen) fn words(state: &State<'_>) -> String {
    let text = seen(state);
    let left =
        text.lines().filter_map(|line| line.split(['│', '┤', '├']).find(|part| !part.is_empty()));
    let words: Vec<&str> = left.flat_map(str::split_whitespace).collect();
    words.join(" ")
}

/// Walks down the whole screen at every size. Focus and cursor must be visible and nothing panics.
pub(in crate::tui::screen) fn walk(state: &mut State<'_>, lines: usize) {
    for (columns, rows) in SIZES {
        update(state, Message::Resize(columns, rows));
        let area = Rect::new(0, 0, columns, rows);
        for _ in 0..=lines {
            press(state, Key::Up);
        }
        for line in 0..lines {
            let mut buffer = Buffer::empty(area);
            let cursor = view::draw(state, area, &mut buffer);
            if columns > 0 {
                let text = seen(state);
                assert!(cursor.is_some(), "{columns}x{rows}, line {line}:\n{text}");
            }
            press(state, Key::Down);
        }
    }
    update(state, Message::Resize(80, 24));
}

fn save_screen() -> State<'static> {
    state(complete(), Place::Save)
}

/// The one save order among the effects.
fn order(effects: &[Effect]) -> &SaveOrder {
    match effects {
        [Effect::Wizard(wizard::Effect::Save(order))] => order,
        other => panic!("{other:?}"),
    }
}

/// Goes down to the button and presses it.
fn press_save(state: &mut State<'_>) -> Vec<Effect> {
    for _ in 0..6 {
        press(state, Key::Down);
    }
    press(state, Key::Up);
    press(state, Key::Enter)
}

fn exists(free: &str, names: &[&str]) -> Message {
    let taken = names
        .iter()
        .map(|name| Taken {
            path: Path::new("/home/ana/Documents").join(name),
            about: "2026-11-20, 9.1 KB".to_owned(),
        })
        .collect();
    Message::Wizard(wizard::Message::Saved(Err(SaveFailure::Exists {
        taken,
        free: free.to_owned(),
    })))
}

#[test]
fn the_form_is_drawn_at_every_size() {
    let mut state = save_screen();
    walk(&mut state, ROWS.len());
    update(&mut state, exists("a-2", &["a.md"]));
    walk(&mut state, 4);
    assert!(words(&state).contains("Nothing is overwritten unless you choose it."));
}

#[test]
fn the_format_comes_first_and_the_fields_take_letters() {
    let mut state = save_screen();
    press(&mut state, Key::Right);
    typed(&mut state, "  ");
    press(&mut state, Key::Enter);
    press(&mut state, Key::Enter);
    press(&mut state, Key::Ctrl('u'));
    typed(&mut state, " My Quiz.JSON");
    press(&mut state, Key::Enter);
    typed(&mut state, "q? s");
    for ending in ["md", "html", "json"] {
        assert!(words(&state).contains(&format!("/home/ana/Documents/My Quiz.{ending}")));
    }
    let effects = press_save(&mut state);
    let order = order(&effects);
    assert_eq!(order.formats, [Format::Markdown, Format::Html, Format::Json]);
    assert_eq!(order.stem, "My Quiz");
    assert_eq!(order.note.as_deref(), Some("q? s"));
    assert_eq!(order.on_collision, OnCollision::Ask);
    assert!(!order.create_folder);
    assert!(state.ending.is_none());
}

#[test]
fn a_name_in_use_asks_and_keeping_both_is_offered_first() {
    let mut state = save_screen();
    press_save(&mut state);
    update(&mut state, exists("claude-choice-2026-11-22-2", &["claude-choice-2026-11-22.md"]));
    let text = words(&state);
    assert!(text.contains("A file with this name exists (2026-11-20, 9.1 KB)"));
    assert!(text.contains("> 1 Keep both: claude-choice-2026-11-22-2.md"));
    press(&mut state, Key::Char('2'));
    assert_eq!(order(&press(&mut state, Key::Enter)).on_collision, OnCollision::Replace);
    update(&mut state, exists("a-2", &["a.md"]));
    assert_eq!(order(&press(&mut state, Key::Enter)).on_collision, OnCollision::KeepBoth);
    update(&mut state, exists("a-2", &["a.md"]));
    press(&mut state, Key::Char('3'));
    assert_eq!(press(&mut state, Key::Enter), []);
    typed(&mut state, "x");
    assert!(words(&state).contains("> Name claude-choice-2026-11-22x"));
    update(&mut state, exists("a-2", &["a.md"]));
    press(&mut state, Key::Esc);
    assert_eq!(state.layers.len(), 2, "Esc only closes the question");
}

#[test]
fn all_formats_keep_one_stem() {
    let mut state = save_screen();
    for _ in 0..3 {
        press(&mut state, Key::Right);
    }
    update(&mut state, exists("a-3", &["a.json"]));
    let text = words(&state);
    assert!(text.contains("a.json (2026-11-20, 9.1 KB) exists. All files keep one name"));
    assert!(text.contains("Keep both: a-3.md, .html and .json"), "{text}");
}

#[test]
fn a_missing_folder_is_created_only_when_asked_for() {
    let mut state = save_screen();
    press_save(&mut state);
    let missing =
        || Message::Wizard(wizard::Message::Saved(Err(SaveFailure::MissingFolder("/a/b".into()))));
    update(&mut state, missing());
    assert!(words(&state).contains("The folder /a/b does not exist."));
    let effects = press(&mut state, Key::Enter);
    assert!(order(&effects).create_folder);
    update(&mut state, missing());
    press(&mut state, Key::Char('2'));
    press(&mut state, Key::Enter);
    typed(&mut state, "!");
    assert!(words(&state).contains("> Folder /home/ana/Documents!"));
}

#[test]
fn any_other_error_is_shown_in_full_and_nothing_typed_is_lost() {
    let mut state = save_screen();
    for _ in 0..3 {
        press(&mut state, Key::Down);
    }
    typed(&mut state, "my note");
    press_save(&mut state);
    let why =
        "cannot save into '/home/ana/Documents': it is read-only for you; choose another folder";
    update(
        &mut state,
        Message::Wizard(wizard::Message::Saved(Err(SaveFailure::Other(why.to_owned())))),
    );
    let text = words(&state);
    assert!(text.contains(why) && text.contains("my note"), "{text}");
    let effects = press_save(&mut state);
    assert_eq!(order(&effects).note.as_deref(), Some("my note"));
    assert!(state.app.wizard.saved.is_none());
}

#[test]
fn after_saving_one_is_back_and_the_draft_goes() {
    let mut state = save_screen();
    press_save(&mut state);
    let paths = vec![PathBuf::from("/b/c.md"), PathBuf::from("/b/c.json")];
    let effects = update(&mut state, Message::Wizard(wizard::Message::Saved(Ok(paths.clone()))));
    assert_eq!(
        effects,
        [Effect::Wizard(wizard::Effect::Draft(wizard::DraftOrder::DropSaved(Box::new(
            state.session.choices().clone()
        ))))]
    );
    assert_eq!(state.status.as_deref(), Some("Saved: /b/c.md, .json"));
    assert_eq!(state.layers.len(), 1);
    assert_eq!(state.app.wizard.saved.as_ref().unwrap().paths, paths);
    assert_eq!(state.app.wizard.places.reports, Path::new("/b"));
    assert!(!state.has_unsaved_result());
    assert!(state.ending.is_none());
}

#[test]
fn saving_before_leaving_leads_back_to_the_result() {
    let mut state = state(complete(), Place::Leave);
    press(&mut state, Key::Enter);
    press_save(&mut state);
    update(&mut state, Message::Wizard(wizard::Message::Saved(Ok(vec!["/b/c.md".into()]))));
    assert!(state.ending.is_none());
    assert_eq!(state.top().unwrap().place, Place::Step(Step::Result));
    // Now that it is saved, leaving asks nothing.
    press(&mut state, Key::Char('q'));
    assert_eq!(state.ending, Some(Ending::Quit));
}

#[test]
fn a_key_is_refused_in_every_field_and_said_in_full() {
    for row in 1..=3 {
        let mut state = save_screen();
        for _ in 0..row {
            press(&mut state, Key::Down);
        }
        update(&mut state, Message::Paste("x sk-ant-api03-abc".to_owned()));
        let text = seen(&state);
        assert!(!text.contains("sk-ant"), "{text}");
        let said = "Looks like an API key; not kept.";
        assert!(words(&state).contains(said));
        press(&mut state, Key::Ctrl('u'));
        typed(&mut state, "sk-ant-");
        assert!(!seen(&state).contains("sk-ant"));
        assert!(words(&state).contains(said));
    }
}

#[test]
fn an_empty_folder_or_name_is_asked_for() {
    for (row, what) in [(1, "Give a folder"), (2, "Give the file a name")] {
        let mut state = save_screen();
        for _ in 0..row {
            press(&mut state, Key::Down);
        }
        press(&mut state, Key::Ctrl('u'));
        if row == 2 {
            typed(&mut state, ".md");
        }
        assert_eq!(press_save(&mut state), []);
        assert!(words(&state).contains(what));
    }
}

#[test]
fn a_note_has_at_most_200_characters_and_a_paste_one_line() {
    let mut state = save_screen();
    for _ in 0..3 {
        press(&mut state, Key::Down);
    }
    let long = format!("{}\nrm -rf", "é".repeat(250));
    update(&mut state, Message::Paste(long));
    let effects = press_save(&mut state);
    assert_eq!(order(&effects).note.as_deref(), Some("é".repeat(200).as_str()));
}

#[test]
fn a_long_text_scrolls_with_its_cursor() {
    let mut state = save_screen();
    press(&mut state, Key::Down);
    typed(&mut state, &format!("/{}END", "日本".repeat(40)));
    assert!(seen(&state).contains("END"), "{}", seen(&state));
    press(&mut state, Key::Home);
    assert!(words(&state).contains("> Folder /home/ana"));
}

#[test]
fn what_was_typed_is_there_when_the_form_is_opened_again() {
    let mut state = save_screen();
    press(&mut state, Key::Right);
    press(&mut state, Key::Down);
    press(&mut state, Key::Down);
    press(&mut state, Key::Down);
    typed(&mut state, "for Bea");
    press(&mut state, Key::Esc);
    press(&mut state, Key::Char('s'));
    let text = seen(&state);
    assert!(text.contains("for Bea") && text.contains("(o) HTML"), "{text}");
    assert!(text.contains("claude-choice-2026-11-22"), "{text}");
    update(&mut state, Message::Wizard(wizard::Message::Saved(Ok(vec!["/b/c.json".into()]))));
    press(&mut state, Key::Char('s'));
    assert!(seen(&state).contains("for Bea"));
}

#[test]
fn a_name_that_is_too_long_leaves_the_form_its_room() {
    let mut state = state(complete(), Place::Save);
    for key in [Key::Tab, Key::Tab] {
        press(&mut state, key);
    }
    typed(&mut state, &"n".repeat(300));
    press(&mut state, Key::Enter);
    press(&mut state, Key::Enter);
    let effects = press(&mut state, Key::Enter);
    let [Effect::Wizard(wizard::Effect::Save(order))] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let path = order.folder.join(format!("{}.md", order.stem));
    let why = crate::shell::save::write(&path, b"", crate::shell::save::Collision::Fail);
    let why = why.unwrap_err().to_string();
    update(&mut state, Message::Wizard(wizard::Message::Saved(Err(SaveFailure::Other(why)))));
    let said = "! cannot save to 'claude-choice-2026...nnnnnn.md': the name has 327 \
                bytes and 255 fit; shorten it by 72 [ Save ] [ Cancel ]";
    // The whole form is visible, with what is wrong.
    let seen = words(&state);
    assert!(seen.contains("Format (o) Markdown"), "{seen}");
    assert!(seen.contains("Name claude-choice-2026-11-22nnnnnnnn… Note"), "{seen}");
    assert!(seen.contains(said), "{seen}");
    update(&mut state, Message::Resize(40, 12));
    assert!(words(&state).contains(said), "{}", words(&state));
}
