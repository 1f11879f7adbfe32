//! A state to draw and drive by keys, shared by the tests of several screens.

use std::path::PathBuf;
use std::sync::LazyLock;

use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::advice::World;
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::question::{Answers, Origin, QuestionId, Wording};
use crate::tui::app::AppState;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::look::Look;
use crate::tui::message::Message;
use crate::tui::place::Place;
use crate::tui::state::State;
use crate::tui::{update, view};
use crate::usage::Usage;
use crate::wizard::Places;
use crate::wizard::session::{Choices, Month, Session};

/// The sizes on both sides of every layout change, and two extremes.
pub(crate) const SIZES: [(u16, u16); 8] =
    [(80, 24), (120, 40), (76, 24), (99, 60), (40, 12), (75, 30), (300, 100), (100, 29)];

static ARTICLE: LazyLock<Catalog> = LazyLock::new(|| Catalog::article().unwrap());

/// Answers in the order of the questions.
pub(crate) fn answers(ids: [&str; 8]) -> Answers {
    let mut answers = Answers::default();
    for (question, id) in QuestionId::ALL.into_iter().zip(ids) {
        answers.give(question, question.rank_of(id).unwrap(), Origin::User);
    }
    answers
}

/// The persona of the reference drawings.
pub(crate) const DRAWN: [&str; 8] =
    ["chat", "moderate", "sometimes", "some", "willing", "no", "core", "either"];

/// A month with these input and output tokens.
pub(crate) fn month(input: u64, output: u64) -> Usage {
    let mut usage = Usage::default();
    usage.volume.input = input;
    usage.volume.output = output;
    usage
}

/// A state on the first screen with these choices.
pub(crate) fn state(ids: [&str; 8], usage: Usage, article: bool) -> State<'static> {
    let choices = Choices { answers: answers(ids), usage, month: Month::Own };
    with(choices, article)
}

/// A state on the first screen with these choices.
pub(crate) fn with(choices: Choices, article: bool) -> State<'static> {
    let catalog = if article { &ARTICLE } else { Catalog::builtin().unwrap() };
    let world = World { catalog, facts: Facts::builtin().unwrap(), today: date(2026, 11, 22) };
    let app = AppState::new(
        Look::default(),
        Places {
            reports: PathBuf::from("/home/ana/Documents"),
            draft: Some(PathBuf::from("/home/ana/.local/state/planwise/draft.json")),
            earlier: None,
            remembered: None,
            last_report: None,
            stem: "claude-choice-2026-11-22".to_owned(),
        },
    );
    State::new(Session::new(world, Wording::builtin().unwrap(), choices), app)
}

/// Opens a screen on top and refreshes the state.
pub(crate) fn open(state: &mut State<'_>, place: Place) {
    state.open(place);
    let (columns, rows) = state.app.size;
    update::update(state, Message::Resize(columns, rows));
}

pub(crate) fn press(state: &mut State<'_>, keys: &[Key]) -> Vec<Effect> {
    let press = |key: &Key| update::update(state, Message::Key((*key).into()));
    keys.iter().flat_map(press).collect()
}

/// Renders the whole terminal at a size, as lines.
pub(crate) fn screen(state: &mut State<'_>, size: (u16, u16)) -> Vec<String> {
    let buffer = buffer(state, size);
    let row = |y| {
        let cells = (0..size.0).map(|x| buffer[(x, y)].symbol());
        cells.collect::<String>().trim_end().to_owned()
    };
    (0..size.1).map(row).collect()
}

/// True if the focus is visible: reversed cells containing `>`, outside the pane's first line.
pub(crate) fn has_focus(state: &mut State<'_>, size: (u16, u16)) -> bool {
    let buffer = buffer(state, size);
    let is_focus = |x, y| {
        let cell = &buffer[(x, y)];
        cell.symbol() == ">" && cell.modifier.contains(Modifier::REVERSED)
    };
    (0..size.1).any(|y| (0..size.0).any(|x| is_focus(x, y)))
}

fn buffer(state: &mut State<'_>, size: (u16, u16)) -> Buffer {
    update::update(state, Message::Resize(size.0, size.1));
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buffer = Buffer::empty(area);
    view::draw(state, area, &mut buffer);
    buffer
}
