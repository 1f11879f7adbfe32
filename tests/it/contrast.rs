//! What can be told apart on a light and on a dark terminal, and without any colour.
//!
//! What is asserted, for every theme and every screen:
//!
//! - Words have the terminal's own foreground on its own background, or the two reversed: their
//!   contrast is the one the person chose for all of their terminal, and never less.
//! - Colour is on shapes only. On the palettes below a coloured shape has a contrast of 3:1 to the
//!   background (WCAG 2.2, 1.4.11), or it is named here with the contrast it has; for these the
//!   theme `contrast` has shapes in the foreground's colour.
//! - No colour says anything alone: every theme draws the same characters in the same places.
//! - What is selected has a mark of characters and is reversed, in every theme.

use crate::common::colour::contrast;
use crate::common::stages::{STAGES, is_text, stage};
use planwise::tui::look::{Glyphs, Look, Theme};
use planwise::tui::state::State;
use planwise::tui::{layout, view};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// The colours of a terminal that matter here.
struct Palette {
    name: &'static str,
    background: &'static str,
    foreground: &'static str,
    magenta: &'static str,
    cyan: &'static str,
    green: &'static str,
}

const fn palette(
    name: &'static str,
    [background, foreground, magenta, cyan, green]: [&'static str; 5],
) -> Palette {
    Palette { name, background, foreground, magenta, cyan, green }
}

/// What terminals ship with: background, foreground, and the colours 5, 6 and 2.
const PALETTES: [Palette; 12] = [
    palette("xterm, light", ["#ffffff", "#000000", "#cd00cd", "#00cdcd", "#00cd00"]),
    palette("xterm, dark", ["#000000", "#e5e5e5", "#cd00cd", "#00cdcd", "#00cd00"]),
    palette("Linux console", ["#000000", "#aaaaaa", "#aa00aa", "#00aaaa", "#00aa00"]),
    palette("VGA on white", ["#ffffff", "#000000", "#aa00aa", "#00aaaa", "#00aa00"]),
    palette("Windows Terminal, Campbell", ["#0c0c0c", "#cccccc", "#881798", "#3a96dd", "#13a10e"]),
    palette(
        "Windows Terminal, One Half Light",
        ["#fafafa", "#383a42", "#a626a4", "#0997b3", "#50a14f"],
    ),
    palette("macOS Terminal, light", ["#ffffff", "#000000", "#d338d3", "#33bbc8", "#25bc24"]),
    palette("macOS Terminal, dark", ["#000000", "#ffffff", "#d338d3", "#33bbc8", "#25bc24"]),
    palette("Solarized, light", ["#fdf6e3", "#657b83", "#d33682", "#2aa198", "#859900"]),
    palette("Solarized, dark", ["#002b36", "#839496", "#d33682", "#2aa198", "#859900"]),
    palette("GNOME, light", ["#ffffff", "#171421", "#a347ba", "#2aa1b3", "#26a269"]),
    palette("Tango, dark", ["#2e3436", "#d3d7cf", "#75507b", "#06989a", "#4e9a06"]),
];

/// Shapes of the theme `terminal` that have less than 3:1 where a palette makes its colours so,
/// with a hundred times the contrast they have. The name beside each shape, its place and its
/// pattern say the same; `contrast` and `mono` draw it in the foreground's colour.
const WEAK: [(&str, &str, u32); 9] = [
    ("xterm, light", "pro", 197),
    ("VGA on white", "pro", 286),
    ("macOS Terminal, light", "pro", 231),
    ("Solarized, light", "pro", 292),
    ("Windows Terminal, Campbell", "api", 244),
    ("Tango, dark", "api", 192),
    ("xterm, light", "hybrid", 215),
    ("macOS Terminal, light", "hybrid", 253),
    ("Solarized, light", "hybrid", 297),
];

fn styles(theme: &Theme) -> [(&'static str, Style); 12] {
    [
        ("text", theme.text),
        ("verdict", theme.verdict),
        ("focus", theme.focus),
        ("pro", theme.pro),
        ("api", theme.api),
        ("hybrid", theme.hybrid),
        ("secondary", theme.secondary),
        ("warning", theme.warning),
        ("ok", theme.ok),
        ("key", theme.key),
        ("title", theme.title),
        ("border", theme.border),
    ]
}

#[expect(clippy::float_arithmetic, reason = "a contrast is no money")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is 100 to 2100")]
fn hundredths(contrast: f64) -> u32 {
    (contrast * 100.0).floor() as u32
}

#[test]
fn every_role_can_be_seen_on_light_and_on_dark() {
    let mut weak = Vec::new();
    for theme in Theme::ALL {
        for (role, style) in styles(&theme) {
            assert_eq!(style.bg, None, "{} {role}: the background is the terminal's", theme.name);
            for palette in &PALETTES {
                let shown = match style.fg {
                    None => palette.foreground,
                    Some(Color::Magenta) => palette.magenta,
                    Some(Color::Cyan) => palette.cyan,
                    Some(Color::Green) => palette.green,
                    Some(other) => panic!("{} {role}: {other:?} is in no palette", theme.name),
                };
                let seen = contrast(shown, palette.background);
                if style.fg.is_none() {
                    // The least that a palette offers for its own words: Solarized, light.
                    assert!(seen >= 4.1, "{} {role} on {}", theme.name, palette.name);
                } else if seen < 3.0 {
                    assert_eq!(theme.name, "terminal", "{role} on {}", palette.name);
                    weak.push((palette.name, role, hundredths(seen)));
                }
            }
        }
    }
    assert_eq!(weak, WEAK);
}

#[test]
fn dim_is_on_words_that_may_stand_back_and_on_nothing_else() {
    for theme in Theme::ALL {
        for (role, style) in styles(&theme) {
            let is_dim = style.add_modifier.contains(Modifier::DIM);
            assert_eq!(is_dim, theme.name == "terminal" && role == "secondary", "{role}");
        }
    }
}

fn drawn(state: &State<'_>, (columns, rows): (u16, u16)) -> (Buffer, Option<(u16, u16)>) {
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    let cursor = view::draw(state, area, &mut buffer);
    (buffer, cursor.map(|at| (at.x, at.y)))
}

/// The two sizes the design is drawn for.
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// A screen in one theme.
struct Shown<'a> {
    name: String,
    theme: &'static str,
    state: &'a State<'a>,
    buffer: Buffer,
    cursor: Option<(u16, u16)>,
}

/// Every screen at both sizes, in each of the themes.
fn for_each_screen(mut check: impl FnMut([Shown<'_>; 3])) {
    for stage in STAGES {
        for size in SIZES {
            let states = Theme::ALL.map(|theme| stage.state(Look::new(theme, &Glyphs::FULL), size));
            check(states.each_ref().map(|state| {
                let (buffer, cursor) = drawn(state, size);
                let name = format!("'{}' at {size:?}", stage.name);
                Shown { name, theme: state.app.look.theme.name, state, buffer, cursor }
            }));
        }
    }
}

/// A part of a drawing, which no word is written with; `>` ends a bar that goes past its scale.
fn is_shape(symbol: &str) -> bool {
    symbol.chars().all(|letter| {
        matches!(letter, ' ' | '>' | '\u{2500}'..='\u{25ff}' | '\u{2800}'..='\u{28ff}' | '·')
    })
}

#[test]
fn no_screen_says_anything_by_colour_alone() {
    let mut coloured = [0; 3];
    for_each_screen(|screens| {
        let characters = screens
            .each_ref()
            .map(|shown| shown.buffer.content.iter().map(Cell::symbol).collect::<String>());
        // The settings name the theme.
        if !screens[0].name.starts_with("'settings") {
            assert!(characters.iter().all(|one| *one == characters[0]), "{}", screens[0].name);
        }
        for (shown, coloured) in screens.iter().zip(&mut coloured) {
            *coloured += check_colours(shown);
            check_selection(shown);
        }
    });
    assert!(coloured[0] > 0 && coloured[1..] == [0, 0], "{coloured:?}");
}

/// Checks that nothing but shapes has a colour, and counts them.
fn check_colours(Shown { name, theme, buffer, .. }: &Shown<'_>) -> usize {
    let coloured = buffer.content.iter().filter(|cell| {
        assert_eq!(cell.bg, Color::Reset, "{theme} {name}");
        cell.fg != Color::Reset
    });
    coloured
        .map(|cell| {
            let symbol = cell.symbol();
            assert!(is_shape(symbol), "{theme} {name}: '{symbol}' has a colour");
        })
        .count()
}

/// Checks that the focused line has a mark of characters, and that a part of it is reversed.
fn check_selection(Shown { name, theme, state, buffer, cursor }: &Shown<'_>) {
    if is_text(state) {
        return;
    }
    let (_, y) = cursor.unwrap();
    let main = layout::main_area((buffer.area.width, buffer.area.height)).unwrap();
    let row = || (main.left()..main.right()).map(|x| &buffer[(x, y)]);
    let text: String = row().map(Cell::symbol).collect();
    let reversed: String =
        row().filter(|cell| cell.modifier.contains(Modifier::REVERSED)).map(Cell::symbol).collect();
    let is_marked =
        text.trim_start().starts_with("> ") || reversed.trim().starts_with(['[', '<', '>']);
    assert!(is_marked && !reversed.trim().is_empty(), "{theme} {name}: {text}");
}

/// The option that is taken is told by its own character, not only by where the focus is.
#[test]
fn the_option_taken_has_a_mark_of_its_own() {
    let state = stage("question_4").state(Look::new(Theme::MONO, &Glyphs::ASCII), (80, 24));
    let (buffer, _) = drawn(&state, (80, 24));
    let rows: Vec<String> =
        (0..24).map(|y| (0..49).map(|x| buffer[(x, y)].symbol()).collect()).collect();
    let marked: Vec<&String> = rows.iter().filter(|row| row.contains("(o)")).collect();
    assert_eq!(marked.len(), 1);
    assert!(marked[0].starts_with("|  > (o) 2  Some "), "{marked:?}");
}
