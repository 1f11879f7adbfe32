//! The picture of a week by hour: how full the window was, compared with its capacity.
#![expect(clippy::float_arithmetic, reason = "pixels")]

use super::Html;
use super::pen::{Anchor, Size, line, picture, rect, text, width_of};
use crate::doc::Figure;
use crate::fit::{Mark, WeekDigest};
use crate::words::fit::WEEK_KEY;

/// Room above the first day.
const ABOVE: f64 = 4.0;
/// Room for the names of the hours below the last day.
const AXIS: f64 = 24.0;
/// The distance between lines of the legend.
const LEADING: f64 = 20.0;

/// CSS class and height for each of [`WEEK_KEY`], so that neither alone carries the meaning. A limit
/// hit has a sign instead.
const LOADS: [(&str, f64); 5] = [
    ("load within", 0.25),
    ("load low", 0.5),
    ("load likely", 0.75),
    ("load high", 1.0),
    ("chosen", 0.0),
];

fn key() -> impl Iterator<Item = (Mark, &'static str, &'static str, f64)> {
    WEEK_KEY
        .into_iter()
        .zip(LOADS)
        .map(|((mark, words), (class, share))| (mark, class, words, share))
}

/// Draws the picture in both sizes.
pub(super) fn write(figure: &Figure, week: &WeekDigest, html: &mut Html) {
    for size in Size::BOTH {
        let (left, row) = match size {
            Size::Wide => (66.0, 24.0),
            Size::Narrow => (60.0, 20.0),
        };
        let days = f64::from(u16::try_from(week.days.len()).unwrap_or(u16::MAX));
        let bottom = ABOVE + days * row;
        let key = Key::new(size, left);
        let height = bottom + AXIS + key.rows * LEADING + 6.0;
        picture(html, "week", size, height, figure, |html| {
            hours_of(week, size, (left, row), html);
            axis(size, (left, bottom), html);
            key.draw(bottom + AXIS + 8.0, html);
        });
    }
}

fn column(size: Size, left: f64, hour: usize) -> f64 {
    let step = (size.width() - left - 2.0) / 24.0;
    left + step * f64::from(u8::try_from(hour).unwrap_or(24))
}

fn hours_of(week: &WeekDigest, size: Size, (left, row): (f64, f64), html: &mut Html) {
    let mut top = ABOVE;
    for (day, marks) in &week.days {
        let words = day.strftime("%a %d").to_string();
        text(html, "quiet", (left - 8.0, top + row / 2.0 + 4.5), Anchor::End, &words);
        for (hour, mark) in marks.iter().enumerate() {
            if *mark == Mark::Outside {
                continue;
            }
            let x = column(size, left, hour);
            let (width, height) = (column(size, left, hour + 1) - x - 1.5, row - 3.0);
            rect(html, "hour", (x, top), (width, height));
            if *mark == Mark::Hit {
                sign(html, (x + width / 2.0, top + height / 2.0));
            } else if let Some((_, class, _, share)) = key().find(|(of, ..)| of == mark) {
                let load = height * share;
                rect(html, class, (x, top + height - load), (width, load));
            }
        }
        top += row;
    }
}

/// Draws the sign of a limit hit around a position.
fn sign(html: &mut Html, (x, y): (f64, f64)) {
    let mark = Mark::Hit.letter().to_string();
    text(html, "chosen", (x, y + 4.5), Anchor::Middle, &mark);
}

fn axis(size: Size, (left, bottom): (f64, f64), html: &mut Html) {
    let y = bottom + 1.0;
    line(html, "axis", (left, y), (column(size, left, 24), y));
    for hour in [0_usize, 6, 12, 18, 24] {
        let x = column(size, left, hour);
        line(html, "axis", (x, y), (x, y + 4.0));
        let anchor = match hour {
            0 => Anchor::Start,
            24 => Anchor::End,
            _ => Anchor::Middle,
        };
        text(html, "quiet", (x, y + 18.0), anchor, &format!("{hour}:00"));
    }
}

/// The layout of the legend.
struct Key {
    places: Vec<(f64, f64)>,
    rows: f64,
}

impl Key {
    /// Puts as many entries on a line as fit.
    fn new(size: Size, left: f64) -> Self {
        let (mut x, mut y, mut rows) = (left, 0.0, 1.0);
        let mut places = Vec::new();
        for (.., words, _) in key() {
            let width = 20.0 + width_of(words) + 10.0;
            if x > left && x + width > size.width() {
                (x, y, rows) = (left, y + LEADING, rows + 1.0);
            }
            places.push((x, y));
            x += width;
        }
        Self { places, rows }
    }

    fn draw(&self, top: f64, html: &mut Html) {
        for ((mark, class, words, share), (x, y)) in key().zip(&self.places) {
            let y = top + y;
            rect(html, "hour", (*x, y), (13.0, 13.0));
            if mark == Mark::Hit {
                sign(html, (x + 6.5, y + 6.5));
            } else {
                rect(html, class, (*x, y + 13.0 * (1.0 - share)), (13.0, 13.0 * share));
            }
            text(html, "quiet", (x + 19.0, y + 11.5), Anchor::Start, words);
        }
    }
}
