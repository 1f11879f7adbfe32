//! A frame as SVG: words as text, lines, blocks, dots and signs as shapes.
//!
//! Each run of words is put where its cells are and is as wide as they are, so that any font keeps
//! the grid. What must join from cell to cell is drawn and needs no font. Light and dark follow
//! the reader's system. Nothing in the file runs and nothing is loaded.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// The width of a cell in the units of the picture.
pub(crate) const WIDTH: usize = 16;
/// The height of a cell.
pub(crate) const HEIGHT: usize = 32;
/// What is free around the frame.
const MARGIN: usize = 20;
/// Where letters stand, from the top of their cell.
const BASELINE: usize = 23;

/// One set of colours, as `#rrggbb`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Colours {
    pub(crate) background: &'static str,
    pub(crate) foreground: &'static str,
    pub(crate) dim: &'static str,
    pub(crate) pro: &'static str,
    pub(crate) api: &'static str,
    pub(crate) hybrid: &'static str,
}

/// For readers with a light page.
pub(crate) const LIGHT: Colours = Colours {
    background: "#ffffff",
    foreground: "#1f2328",
    dim: "#59636e",
    pro: "#0b7a8a",
    api: "#a626a4",
    hybrid: "#2f7d32",
};

/// For readers with a dark page.
pub(crate) const DARK: Colours = Colours {
    background: "#0d1117",
    foreground: "#e6edf3",
    dim: "#9aa4af",
    pro: "#39c5cf",
    api: "#e07be0",
    hybrid: "#56d364",
};

/// A frame, and what to call it.
pub(crate) struct Picture<'a> {
    pub(crate) title: &'a str,
    pub(crate) about: &'a str,
    pub(crate) frame: &'a Buffer,
}

/// How a cell is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ink {
    /// The class of its colour: `f` foreground, `p` Pro, `a` the API, `h` hybrid, `d` dim, `r` reversed.
    colour: char,
    is_bold: bool,
    is_underlined: bool,
}

impl Ink {
    fn of(cell: &Cell) -> Self {
        assert_eq!(cell.bg, Color::Reset, "no theme has a background");
        let has = |modifier| cell.modifier.contains(modifier);
        let colour = match cell.fg {
            _ if has(Modifier::REVERSED) => 'r',
            Color::Cyan => 'p',
            Color::Magenta => 'a',
            Color::Green => 'h',
            Color::Reset if has(Modifier::DIM) => 'd',
            Color::Reset => 'f',
            other => panic!("a picture knows no {other:?}"),
        };
        let (is_bold, is_underlined) = (has(Modifier::BOLD), has(Modifier::UNDERLINED));
        Self { colour, is_bold, is_underlined }
    }

    fn class(self) -> String {
        let bold = if self.is_bold { " b" } else { "" };
        let underlined = if self.is_underlined { " u" } else { "" };
        format!("{}{bold}{underlined}", self.colour)
    }
}

/// A part of a shape: corners of a surface, or a circle.
enum Part {
    /// Left, top, width, height.
    Rect(usize, usize, usize, usize),
    /// The corners, clockwise; a surface within goes the other way round and is left out.
    Corners(&'static [(usize, usize)]),
    /// The middle and the radius, and whether it is left out of what is around it.
    Circle(usize, usize, usize, bool),
}

/// The arms of a box line: up, down, left, right.
fn arms(letter: char) -> Option<[bool; 4]> {
    let (up, down, left, right) = (0, 1, 2, 3);
    let which: &[usize] = match letter {
        '─' => &[left, right],
        '│' => &[up, down],
        '┌' => &[down, right],
        '┐' => &[down, left],
        '└' => &[up, right],
        '┘' => &[up, left],
        '├' => &[up, down, right],
        '┤' => &[up, down, left],
        '┬' => &[down, left, right],
        '┴' => &[up, left, right],
        '┼' => &[up, down, left, right],
        _ => return None,
    };
    Some([up, down, left, right].map(|arm| which.contains(&arm)))
}

/// The shape of a character that is drawn, within a cell.
fn parts(letter: char) -> Option<Vec<Part>> {
    use Part::{Circle, Corners, Rect};
    if let Some(arms) = arms(letter) {
        let all = [Rect(7, 0, 2, 17), Rect(7, 15, 2, 17), Rect(0, 15, 9, 2), Rect(7, 15, 9, 2)];
        return Some(
            all.into_iter().zip(arms).filter_map(|(part, is)| is.then_some(part)).collect(),
        );
    }
    Some(match letter {
        '═' => vec![Rect(0, 11, 16, 2), Rect(0, 19, 16, 2)],
        '┊' => [2, 10, 18, 26].map(|top| Rect(7, top, 2, 4)).into(),
        '█' | '▓' => vec![Rect(0, 0, 16, 32)],
        '▀' => vec![Rect(0, 0, 16, 16)],
        '▄' => vec![Rect(0, 16, 16, 16)],
        '▉'..='▏' => {
            let eighths = 0x2590 - u32::from(letter);
            vec![Rect(0, 0, 2 * usize::try_from(eighths).unwrap(), 32)]
        }
        '░' => (0..4)
            .flat_map(|row| (0..2).map(move |column| (row, column)))
            .map(|(row, column)| Rect(column * 8 + row % 2 * 4, row * 8, 3, 3))
            .collect(),
        '▒' => (0..8)
            .flat_map(|row| (0..2).map(move |column| (row, column)))
            .map(|(row, column)| Rect(column * 8 + row % 2 * 4, row * 4, 4, 4))
            .collect(),
        '\u{2800}'..='\u{28ff}' => {
            let bits = u32::from(letter) - 0x2800;
            let dots = [(4, 4), (4, 12), (4, 20), (12, 4), (12, 12), (12, 20), (4, 28), (12, 28)];
            dots.into_iter()
                .enumerate()
                .filter(|(bit, _)| bits & (1 << bit) != 0)
                .map(|(_, (x, y))| Circle(x, y, 3, false))
                .collect()
        }
        '●' => vec![Circle(8, 16, 6, false)],
        '○' => vec![Circle(8, 16, 6, false), Circle(8, 16, 4, true)],
        '◆' => vec![Corners(&[(8, 6), (15, 16), (8, 26), (1, 16)])],
        '◇' => vec![
            Corners(&[(8, 6), (15, 16), (8, 26), (1, 16)]),
            Corners(&[(8, 10), (4, 16), (8, 22), (12, 16)]),
        ],
        '▲' => vec![Corners(&[(8, 8), (15, 24), (1, 24)])],
        '▼' => vec![Corners(&[(1, 8), (15, 8), (8, 24)])],
        '↑' => vec![Corners(&[(8, 5), (14, 14), (2, 14)]), Rect(7, 13, 2, 14)],
        '↓' => vec![Corners(&[(2, 18), (14, 18), (8, 27)]), Rect(7, 5, 2, 14)],
        '→' => vec![Corners(&[(8, 10), (16, 16), (8, 22)]), Rect(0, 15, 9, 2)],
        '←' => vec![Corners(&[(9, 10), (9, 22), (1, 16)]), Rect(8, 15, 5, 2)],
        _ => return None,
    })
}

/// Whether a character is a shape and not text.
pub(crate) fn is_drawn(letter: char) -> bool {
    parts(letter).is_some()
}

/// The surfaces of one colour.
#[derive(Default)]
struct Surfaces {
    rects: Vec<(usize, usize, usize, usize)>,
    others: String,
}

impl Surfaces {
    fn add(&mut self, part: &Part, x: usize, y: usize) {
        match *part {
            Part::Rect(left, top, width, height) => {
                self.rects.push((x + left, y + top, width, height));
            }
            Part::Corners(corners) => {
                for (index, (left, top)) in corners.iter().enumerate() {
                    let step = if index == 0 { 'M' } else { 'L' };
                    write!(self.others, "{step}{} {}", x + left, y + top).unwrap();
                }
                self.others.push('z');
            }
            Part::Circle(left, top, radius, is_hole) => {
                let sweep = u8::from(!is_hole);
                let (start, width) = (x + left - radius, radius * 2);
                write!(
                    self.others,
                    "M{start} {}a{radius} {radius} 0 1 {sweep} {width} 0a{radius} {radius} 0 1 {sweep} -{width} 0z",
                    y + top
                )
                .unwrap();
            }
        }
    }

    /// One path for all of them; what touches in a row or in a column is joined first.
    fn path(mut self) -> String {
        self.rects.sort_unstable_by_key(|(x, y, width, height)| (*y, *height, *x, *width));
        let mut rows: Vec<(usize, usize, usize, usize)> = Vec::new();
        for (x, y, width, height) in self.rects {
            match rows.last_mut() {
                Some(last) if (last.1, last.3) == (y, height) && last.0 + last.2 >= x => {
                    last.2 = last.2.max(x + width - last.0);
                }
                _ => rows.push((x, y, width, height)),
            }
        }
        rows.sort_unstable_by_key(|(x, y, width, height)| (*x, *width, *y, *height));
        let mut joined: Vec<(usize, usize, usize, usize)> = Vec::new();
        for (x, y, width, height) in rows {
            match joined.last_mut() {
                Some(last) if (last.0, last.2) == (x, width) && last.1 + last.3 >= y => {
                    last.3 = last.3.max(y + height - last.1);
                }
                _ => joined.push((x, y, width, height)),
            }
        }
        let mut path = String::new();
        for (x, y, width, height) in joined {
            write!(path, "M{x} {y}h{width}v{height}h-{width}z").unwrap();
        }
        path + &self.others
    }
}

/// The text as it stands in a file of XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn style() -> String {
    let rules = |colours: Colours| {
        let Colours { background, foreground, dim, pro, api, hybrid } = colours;
        format!(
            ".g{{fill:{background};stroke:{dim}}}.f{{fill:{foreground}}}.r{{fill:{background}}}\
             .d{{fill:{dim}}}.p{{fill:{pro}}}.a{{fill:{api}}}.h{{fill:{hybrid}}}"
        )
    };
    format!(
        "text{{font:26.6px ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",\
         \"Liberation Mono\",monospace}}.b{{font-weight:bold}}.u{{text-decoration:underline}}\n\
         {}\n@media (prefers-color-scheme:dark){{{}}}",
        rules(LIGHT),
        rules(DARK)
    )
}

/// A run of letters in one ink.
struct Run {
    x: usize,
    ink: Ink,
    words: String,
}

impl Picture<'_> {
    /// The picture as a file.
    pub(crate) fn svg(&self) -> String {
        let columns = usize::from(self.frame.area.width);
        let rows = usize::from(self.frame.area.height);
        let mut surfaces: BTreeMap<char, Surfaces> = BTreeMap::new();
        let mut words = String::new();
        for y in 0..rows {
            let mut run: Option<Run> = None;
            for x in 0..columns {
                let place = (u16::try_from(x).unwrap(), u16::try_from(y).unwrap());
                let cell = &self.frame[place];
                let mut letters = cell.symbol().chars();
                let letter = letters.next().unwrap();
                assert_eq!(letters.next(), None, "'{}' is more than a letter", cell.symbol());
                let ink = Ink::of(cell);
                if ink.colour == 'r' {
                    let whole = Part::Rect(0, 0, WIDTH, HEIGHT);
                    surfaces.entry('f').or_default().add(&whole, x * WIDTH, y * HEIGHT);
                }
                let shape = parts(letter);
                assert!(
                    shape.is_some() || u32::from(letter) < 0x100 || "–—’‘“”…≤≥≈−".contains(letter),
                    "no font is sure to have '{letter}': draw it as a shape"
                );
                // A run goes on over one blank, which is there again if letters follow.
                match run.as_mut() {
                    Some(run) if shape.is_none() && letter != ' ' && run.ink == ink => {
                        run.words.push(letter);
                    }
                    Some(run) if letter == ' ' && run.ink == ink && !run.words.ends_with(' ') => {
                        run.words.push(' ');
                    }
                    _ => {
                        finish(run.take(), y, &mut words);
                        if shape.is_none() && letter != ' ' {
                            run = Some(Run { x, ink, words: letter.to_string() });
                        }
                    }
                }
                for part in shape.into_iter().flatten() {
                    let colour = surfaces.entry(ink.colour).or_default();
                    colour.add(&part, x * WIDTH, y * HEIGHT);
                }
            }
            finish(run, y, &mut words);
        }
        let (width, height) = (columns * WIDTH, rows * HEIGHT);
        let outside = |length: usize| length + 2 * MARGIN;
        let mut svg = String::new();
        write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"t d\" \
             width=\"{}\" height=\"{}\" viewBox=\"-{MARGIN} -{MARGIN} {} {}\">\n\
             <title id=\"t\">{}</title>\n<desc id=\"d\">{}</desc>\n<style>\n{}\n</style>\n\
             <rect class=\"g\" x=\"-{}\" y=\"-{}\" width=\"{}\" height=\"{}\" rx=\"14\"/>\n",
            outside(width) * 9 / 16,
            outside(height) * 9 / 16,
            outside(width),
            outside(height),
            escaped(self.title),
            escaped(self.about),
            style(),
            MARGIN - 1,
            MARGIN - 1,
            outside(width) - 2,
            outside(height) - 2,
        )
        .unwrap();
        // Reversed shapes lie on the surface that reverses them: they come last.
        let reversed = surfaces.remove(&'r').map(|surfaces| ('r', surfaces));
        for (colour, surfaces) in surfaces.into_iter().chain(reversed) {
            writeln!(svg, "<path class=\"{colour}\" d=\"{}\"/>", surfaces.path()).unwrap();
        }
        svg + &words + "</svg>\n"
    }
}

/// Writes a run where its cells are.
fn finish(run: Option<Run>, row: usize, svg: &mut String) {
    let Some(Run { x, ink, words }) = run else {
        return;
    };
    let words = words.trim_end();
    let count = words.chars().count();
    let length = match count {
        1 => String::new(),
        _ => format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", count * WIDTH),
    };
    writeln!(
        svg,
        "<text class=\"{}\" x=\"{}\" y=\"{}\"{length}>{}</text>",
        ink.class(),
        x * WIDTH,
        row * HEIGHT + BASELINE,
        escaped(words)
    )
    .unwrap();
}
