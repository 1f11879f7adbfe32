//! What a frame costs: from a key to the finished frame, as it is drawn into a buffer.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::path::PathBuf;

use criterion::Criterion;
use jiff::civil::date;
use planwise::advice::World;
use planwise::catalog::Catalog;
use planwise::facts::Facts;
use planwise::question::Wording;
use planwise::tui::app::AppState;
use planwise::tui::key::Key;
use planwise::tui::look::Look;
use planwise::tui::message::Message;
use planwise::tui::state::State;
use planwise::tui::update::update;
use planwise::tui::view::view;
use planwise::wizard::Places;
use planwise::wizard::session::{Choices, Session};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// The options of the persona of the drawings, by place on screen.
const DRAWN: [char; 8] = ['1', '2', '2', '2', '2', '1', '1', '2'];

/// A wizard and the terminal it draws on.
struct Wizard {
    state: State<'static>,
    terminal: Terminal<TestBackend>,
}

impl Wizard {
    fn new((columns, rows): (u16, u16)) -> Self {
        let world = World {
            catalog: Catalog::builtin().unwrap(),
            facts: Facts::builtin().unwrap(),
            today: date(2026, 11, 22),
        };
        let session = Session::new(world, Wording::builtin().unwrap(), Choices::default());
        let app = AppState::new(
            Look::default(),
            Places {
                reports: PathBuf::from("."),
                draft: None,
                earlier: None,
                remembered: None,
                last_report: None,
                stem: "claude-choice-2026-11-22".to_owned(),
            },
        );
        let mut wizard = Self {
            state: State::new(session, app),
            terminal: Terminal::new(TestBackend::new(columns, rows)).unwrap(),
        };
        wizard.step(Key::Enter); // Start
        wizard
    }

    /// At this question, those before it answered.
    fn at_question(size: (u16, u16), number: usize) -> Self {
        let mut wizard = Self::new(size);
        for option in DRAWN.into_iter().take(number - 1) {
            wizard.step(Key::Char(option));
            wizard.step(Key::Enter);
        }
        let title = format!("Question {number} of 8");
        assert!(wizard.shows(&title), "not at '{title}'");
        wizard
    }

    /// At the month, every question answered.
    fn at_month(size: (u16, u16)) -> Self {
        let mut wizard = Self::at_question(size, 8);
        wizard.step(Key::Char('2'));
        wizard.step(Key::Enter);
        assert!(wizard.shows("Your month"), "not at the month");
        wizard
    }

    fn shows(&self, text: &str) -> bool {
        let cells = self.terminal.backend().buffer().content();
        let shown: String = cells.iter().map(ratatui::buffer::Cell::symbol).collect();
        shown.contains(text)
    }

    /// One key, from message to finished frame.
    fn step(&mut self, key: Key) {
        let effects = update(&mut self.state, Message::Key(key.into()));
        std::hint::black_box(effects);
        let state = &self.state;
        self.terminal.draw(|frame| view(state, frame)).unwrap();
    }
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    for size in [(120, 40), (80, 24)] {
        let mut group = criterion.benchmark_group(format!("frame {}x{}", size.0, size.1));
        group.bench_function("one slider step", |b| {
            let mut wizard = Wizard::at_month(size);
            // There and back again: every step is a volume that was not the last one.
            let mut keys = [Key::Right, Key::Left].into_iter().cycle();
            b.iter(|| wizard.step(keys.next().unwrap()));
        });
        group.bench_function("one move to another option", |b| {
            let mut wizard = Wizard::at_question(size, 4);
            let mut keys = [Key::Down, Key::Up].into_iter().cycle();
            b.iter(|| wizard.step(keys.next().unwrap()));
        });
        group.bench_function("an option chosen", |b| {
            let mut wizard = Wizard::at_question(size, 8);
            let mut keys = [Key::Char('1'), Key::Char('2')].into_iter().cycle();
            b.iter(|| wizard.step(keys.next().unwrap()));
        });
        group.finish();
    }
    criterion.final_summary();
}
