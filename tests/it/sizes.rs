//! Every screen at every size of a terminal: nothing breaks, nothing is outside the frame, the
//! focus can be seen, and where to verify the prices is always said.
//!
//! Every size from 0x0 to 130x50 is drawn, each of them on two of the screens: the others take
//! their turn at the next size, so that every screen is drawn at every width and at every height.
//! At the sizes around which a layout begins or ends, and at large ones, every screen is drawn.
//! `PLANWISE_SIZES=all` draws every screen at every size, which takes some minutes.

use std::env;
use std::thread;

use crate::common::stages::{STAGES, Stage, is_text, send, stage};
use planwise::tui::keymap::Context;
use planwise::tui::look::{Glyphs, Look, Theme};
use planwise::tui::message::Message;
use planwise::tui::state::State;
use planwise::tui::update::update;
use planwise::tui::{layout, view};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Sizes at which a layout begins or ends, and large ones.
const EDGES: [(u16, u16); 24] = [
    (0, 0),
    (1, 1),
    (39, 12),
    (40, 11),
    (40, 12),
    (40, 13),
    (41, 20),
    (60, 20),
    (75, 12),
    (75, 24),
    (76, 12),
    (76, 23),
    (80, 24),
    (99, 29),
    (99, 30),
    (100, 29),
    (100, 30),
    (120, 40),
    (130, 50),
    (60, 100),
    (300, 12),
    (200, 60),
    (300, 100),
    (500, 200),
];

/// What stands in every cell that nothing may write to.
fn untouched() -> Cell {
    Cell::new("\u{2620}")
}

/// A frame with two more columns and rows than the terminal has.
struct Frame {
    buffer: Buffer,
    size: (u16, u16),
    cursor: Option<(u16, u16)>,
}

impl Frame {
    fn of(state: &mut State<'_>, size: (u16, u16)) -> Self {
        // What `Resize` does; through `update` it would cost as much as the drawing.
        state.app.size = size;
        let area = Rect::new(0, 0, size.0, size.1);
        let mut buffer = Buffer::filled(Rect::new(0, 0, size.0 + 2, size.1 + 2), untouched());
        for y in 0..size.1 {
            for x in 0..size.0 {
                buffer[(x, y)].reset();
            }
        }
        let cursor = view::draw(state, area, &mut buffer).map(|at| (at.x, at.y));
        Self { buffer, size, cursor }
    }

    fn row(&self, y: u16) -> String {
        (0..self.size.0).map(|x| self.buffer[(x, y)].symbol()).collect()
    }

    fn text(&self) -> String {
        (0..self.size.1).map(|y| self.row(y).trim_end().to_owned() + "\n").collect()
    }

    /// The first cell outside the terminal that was written to.
    fn spilled(&self) -> Option<(u16, u16)> {
        let (columns, rows) = self.size;
        let clean = untouched();
        let beside = (0..rows).flat_map(|y| [(columns, y), (columns + 1, y)]);
        let below = (0..columns + 2).flat_map(|x| [(x, rows), (x, rows + 1)]);
        beside.chain(below).find(|place| self.buffer[*place] != clean)
    }

    /// Whether the cursor stands on a line that is marked, or that has a part in reverse.
    fn shows_focus(&self) -> bool {
        let Some((main, (x, y))) = layout::main_area(self.size).zip(self.cursor) else {
            return false;
        };
        let row = || (main.left()..main.right()).map(|x| &self.buffer[(x, y)]);
        let text: String = row().map(Cell::symbol).collect();
        let is_reversed = |cell: &Cell| cell.modifier.contains(Modifier::REVERSED);
        main.contains((x, y).into())
            && (text.trim_start().starts_with("> ") || row().any(is_reversed))
    }
}

const fn is_enough((columns, rows): (u16, u16)) -> bool {
    columns >= 40 && rows >= 12
}

/// Draws a state and checks everything that must hold at any size.
fn check(name: &str, state: &mut State<'_>, size: (u16, u16)) {
    let frame = Frame::of(state, size);
    let said = || format!("'{name}' at {}x{}:\n{}", size.0, size.1, frame.text());
    assert_eq!(frame.spilled(), None, "outside the frame: {}", said());
    if !is_enough(size) {
        assert_eq!(frame.cursor, None, "{}", said());
        return;
    }
    let bottom = frame.row(size.1 - 2);
    assert!(bottom.contains("Prices 2026-11-20. Verify."), "verify: {}", said());
    let context = state.top().unwrap().screen.context();
    let help = if context == Context::Form { " F1 help" } else { " ? help" };
    assert!(frame.row(size.1 - 1).contains(help), "help: {}", said());
    assert!(is_text(state) || frame.shows_focus(), "focus: {}", said());
    if size.0 >= 76 {
        let pane = match size {
            (150.., 50..) => 69,
            (100.., 40..) => size.0.saturating_sub(81).clamp(45, 62),
            (100.., 30..) => 45,
            _ => 31,
        };
        for (x, lines) in [(0, "┌│└├"), (size.0 - pane, "┬│┴├┤┼"), (size.0 - 1, "┐│┘┤")]
        {
            for y in 0..size.1 - 1 {
                assert!(lines.contains(frame.buffer[(x, y)].symbol()), "{x}, {y}: {}", said());
            }
        }
    }
}

/// Runs a check of every stage, half of them on a thread of its own.
fn for_each_stage(check: impl Fn(usize, &Stage) + Sync) {
    let half = |parity: usize| {
        for (index, stage) in STAGES.iter().enumerate().filter(|(index, _)| index % 2 == parity) {
            check(index, stage);
        }
    };
    thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        half(0);
        if let Err(panic) = other.join() {
            std::panic::resume_unwind(panic);
        }
    });
}

#[test]
fn every_size_up_to_130_by_50_can_be_drawn() {
    let all = env::var("PLANWISE_SIZES").is_ok_and(|which| which == "all");
    let count = STAGES.len();
    // Else some widths or heights would be left out on some screens.
    let is_even = [5, 7].iter().all(|step| !count.is_multiple_of(*step));
    assert!(is_even && count < 50, "{count}: choose other steps");
    for_each_stage(|index, stage| {
        let mut state = stage.state(Look::default(), (80, 24));
        for columns in 0..=130_u16 {
            for rows in 0..=50_u16 {
                // Neighbours in either direction go to screens far from each other.
                let turn = usize::from(columns) * 7 + usize::from(rows) * 5;
                if all || turn % count == index || turn % count == (index + count / 2) % count {
                    check(stage.name, &mut state, (columns, rows));
                }
            }
        }
    });
}

#[test]
fn every_screen_can_be_drawn_where_the_layouts_change_and_beyond() {
    for_each_stage(|_, stage| {
        let mut state = stage.state(Look::default(), (80, 24));
        for size in EDGES {
            check(stage.name, &mut state, size);
        }
    });
}

/// Every screen, opened in a terminal of this size, under the keys that move the focus.
#[test]
fn the_focus_stays_in_view_wherever_it_goes() {
    for_each_stage(|_, stage| {
        for size in [(40, 12), (80, 24)] {
            let mut state = stage.state(Look::new(Theme::MONO, &Glyphs::ASCII), size);
            for key in ["<down>", "<tab>", "<end>", "<up>"] {
                for walked in 0..4 {
                    let frame = Frame::of(&mut state, size);
                    assert!(
                        is_text(&state) || frame.shows_focus(),
                        "'{}' at {size:?} after {key} {walked}:\n{}",
                        stage.name,
                        frame.text()
                    );
                    send(&mut state, key);
                }
            }
        }
    });
}

#[test]
fn below_the_minimum_it_says_what_is_needed() {
    let mut state = stage("question_4").state(Look::default(), (80, 24));
    let before = Frame::of(&mut state, (80, 24)).text();
    for (size, expected) in [
        ((0, 0), ""),
        ((1, 1), "4\n"),
        ((10, 2), "Needs\n40x12.\n"),
        ((12, 4), "Needs 40x12\nor more.\nq quits.\n\n"),
        (
            (20, 6),
            "Terminal is 20x6.\nThis needs 40x12 or\nmore.\nEnlarge it, or quit\n\
             (q) and run with\n--plain.\n",
        ),
        ((30, 3), "This needs 40x12 or more.\nEnlarge it, or quit (q).\n\n"),
        (
            (39, 12),
            "Terminal is 39x12.\nThis needs 40x12 or more.\nEnlarge it, or quit (q) and run with\n\
             --plain.\n\n\n\n\n\n\n\n\n",
        ),
        (
            (300, 5),
            "Terminal is 300x5.\nThis needs 40x12 or more.\n\
             Enlarge it, or quit (q) and run with --plain.\n\n\n",
        ),
    ] {
        update(&mut state, Message::Resize(size.0, size.1));
        assert_eq!(Frame::of(&mut state, size).text(), expected, "{size:?}");
    }
    // Nothing is lost by it.
    update(&mut state, Message::Resize(80, 24));
    assert_eq!(Frame::of(&mut state, (80, 24)).text(), before);
    update(&mut state, Message::Resize(10, 2));
    send(&mut state, "q");
    assert!(state.ending.is_some());
}

#[test]
fn there_are_three_layouts() {
    let mut state = stage("month").state(Look::default(), (80, 24));
    let mut divider = |size: (u16, u16)| {
        let top = Frame::of(&mut state, size).row(0);
        top.chars().position(|letter| letter == '┬')
    };
    for (size, pane) in [
        ((40, 12), None),
        ((75, 60), None),
        ((76, 12), Some(31)),
        ((99, 60), Some(31)),
        ((300, 29), Some(31)),
        ((100, 30), Some(45)),
        ((126, 40), Some(45)),
        ((140, 40), Some(59)),
        ((300, 49), Some(62)),
        ((150, 50), Some(69)),
        ((300, 100), Some(69)),
    ] {
        assert_eq!(divider(size), pane.map(|pane| usize::from(size.0) - pane), "{size:?}");
    }
    // One column: the strip of three lines between two rules, above the footer.
    let frame = Frame::of(&mut state, (60, 20));
    let rules: Vec<u16> = (0..20).filter(|y| frame.row(*y).starts_with("─ ")).collect();
    assert_eq!(rules, [0, 14, 18], "{}", frame.text());
}

/// The rows of the page at present in view, and whether a marker says that there is more below.
fn in_view(state: &mut State<'_>, size: (u16, u16)) -> (Vec<String>, bool) {
    let frame = Frame::of(state, size);
    let main = layout::main_area(size).unwrap();
    let rows = (main.top()..main.bottom()).map(|y| words_of(&frame.row(y)));
    (rows.collect(), frame.row(main.bottom()).contains('▼'))
}

/// A row without what depends on the focus.
fn words_of(row: &str) -> String {
    row.replace('>', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a low terminal hides can be reached by the arrows and by turning pages.
#[test]
fn every_line_of_every_page_comes_into_view_in_the_smallest_terminal() {
    const SIZE: (u16, u16) = (40, 12);
    // Their charts take the height of the window, their sliders that of the focus.
    let changes = ["compare", "month", "more_about", "a_week", "scenario_being_named"];
    for_each_stage(|_, stage| {
        if changes.iter().any(|name| stage.name.starts_with(name)) {
            return;
        }
        let mut state = stage.state(Look::default(), SIZE);
        for _ in 0..60 {
            send(&mut state, "<pgup>");
        }
        let mut seen = std::collections::HashSet::new();
        let mut is_more = true;
        for turned in 0.. {
            assert!(turned < 300, "'{}' never ends", stage.name);
            let (rows, more) = in_view(&mut state, SIZE);
            if turned == 0 {
                let top = Frame::of(&mut state, SIZE).row(0);
                assert!(!top.contains('▲'), "'{}': {top}\n{rows:#?}", stage.name);
            }
            seen.extend(rows);
            is_more = more;
            if !more {
                break;
            }
            send(&mut state, "<pgdn>");
        }
        assert!(!is_more, "'{}'", stage.name);
        // The whole page, of a window that it just scrolls in: as narrow, and without blank rows.
        let mut state = stage.state(Look::default(), SIZE);
        for scroll in 0..600 {
            let layer = state.layers.last_mut().unwrap();
            layer.scroll = Some(scroll);
            let (rows, more) = in_view(&mut state, SIZE);
            for row in rows {
                assert!(seen.contains(&row), "'{}' never shows '{row}': {seen:#?}", stage.name);
            }
            if !more {
                return;
            }
        }
    });
}

/// The pages that a title, a marker or the width of the terminal could take words from.
#[test]
fn nothing_but_the_name_of_a_plan_or_a_scenario_is_ever_cut() {
    let is_named = |stage: &Stage| ["fit", "scenario"].iter().any(|of| stage.name.starts_with(of));
    for_each_stage(|_, stage| {
        let mut state = stage.state(Look::default(), (80, 24));
        for columns in [40, 44, 50, 60, 72, 75, 76, 78, 80, 99, 106, 120] {
            for rows in [20, 90] {
                let frame = Frame::of(&mut state, (columns, rows));
                let main = layout::main_area((columns, rows)).unwrap();
                for y in 0..rows {
                    let row: String =
                        (0..main.right()).map(|x| frame.buffer[(x, y)].symbol()).collect();
                    let said = || format!("'{}' at {columns}x{rows}: {row}", stage.name);
                    assert!(is_named(stage) || !row.contains('…'), "{}", said());
                }
            }
        }
    });
}

#[test]
fn that_a_page_goes_on_is_said_in_the_border_and_covers_nothing() {
    for (size, title) in [((80, 24), "Why we ask: Where you work"), ((40, 12), "Why we ask: Where")]
    {
        let mut state = stage("why_a_question_is_asked").state(Look::default(), size);
        let main = layout::main_area(size).unwrap();
        let whole = {
            let tall = Frame::of(&mut state, (size.0, 90));
            let tall_main = layout::main_area((size.0, 90)).unwrap();
            let rows = tall_main.top()..tall_main.bottom();
            let text = |y| tall.row(y).chars().take(usize::from(main.right())).collect::<String>();
            rows.map(text).map(|row| row.trim_end().to_owned()).collect::<Vec<_>>()
        };
        let frame = Frame::of(&mut state, size);
        for (y, line) in (main.top()..main.bottom()).zip(&whole) {
            assert!(frame.row(y).starts_with(line.as_str()), "{line}: {}", frame.text());
        }
        assert!(frame.row(0).contains(title), "{}", frame.text());
        assert!(!frame.row(0).contains('▲'), "{}", frame.text());
        let said = if size.0 < 76 { "▼" } else { " ▼ more " };
        assert!(frame.row(main.bottom()).contains(said), "{}", frame.text());
        // A status line as wide as the border leaves the arrow its place.
        state.status = Some("x".repeat(200));
        let frame = Frame::of(&mut state, size);
        let border: String = frame.row(main.bottom());
        assert!(border.contains("x… ▼"), "{}", frame.text());
        state.status = None;
        send(&mut state, "<end>");
        let frame = Frame::of(&mut state, size);
        assert!(frame.row(0).contains('▲'), "{}", frame.text());
        assert!(!frame.row(main.bottom()).contains('▼'), "{}", frame.text());
        let last = whole.iter().rev().find(|line| !line.is_empty()).unwrap();
        let bottom = (main.top()..main.bottom()).rev().map(|y| frame.row(y));
        let shown = bottom.into_iter().find(|row| row.trim_end().len() > 1).unwrap();
        assert!(shown.starts_with(last.as_str()), "{last}: {}", frame.text());
    }
}
