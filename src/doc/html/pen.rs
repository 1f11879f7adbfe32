//! Draws with SVG: positions in pixels, and labels that neither overlap nor leave the picture.
#![expect(clippy::float_arithmetic, reason = "pixels")]

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use unicode_width::UnicodeWidthStr;

use super::Html;
use crate::doc::Figure;

/// Each picture is drawn twice, for wide windows and paper and for narrow windows, so that letters
/// keep their size on a phone. The style sheet shows one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    Wide,
    Narrow,
}

impl Size {
    pub(super) const BOTH: [Self; 2] = [Self::Wide, Self::Narrow];

    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }

    /// In pixels.
    pub(super) const fn width(self) -> f64 {
        match self {
            Self::Wide => 760.0,
            Self::Narrow => 340.0,
        }
    }
}

/// The alignment of a text at its position.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// An upper estimate of the width of a text, because fonts differ.
pub(super) fn width_of(text: &str) -> f64 {
    /// Per letter at 13 pixels, the size in the style sheet.
    const LETTER: f64 = 8.8;
    f64::from(u16::try_from(text.width()).unwrap_or(u16::MAX)) * LETTER
}

/// A picture with its name and text alternative.
pub(super) fn picture(
    html: &mut Html,
    id: &str,
    size: Size,
    height: f64,
    figure: &Figure,
    draw: impl FnOnce(&mut Html),
) {
    let (title_id, text_id) =
        (format!("{id}-{}-t", size.class()), format!("{id}-{}-d", size.class()));
    let view = format!("0 0 {:.0} {height:.0}", size.width());
    let by = format!("{title_id} {text_id}");
    let attributes = [
        ("class", size.class()),
        ("viewBox", view.as_str()),
        ("role", "img"),
        ("aria-labelledby", by.as_str()),
    ];
    html.element("svg", &attributes, |html| {
        html.leaf("title", &[("id", title_id.as_str())], figure.name);
        html.leaf("desc", &[("id", text_id.as_str())], &figure.description);
        draw(html);
    });
    html.raw("\n");
}

pub(super) fn line(html: &mut Html, class: &str, from: (f64, f64), to: (f64, f64)) {
    html.void(
        "line",
        &[
            ("class", class),
            ("x1", &px(from.0)),
            ("y1", &px(from.1)),
            ("x2", &px(to.0)),
            ("y2", &px(to.1)),
        ],
    );
}

pub(super) fn rect(html: &mut Html, class: &str, at: (f64, f64), size: (f64, f64)) {
    html.void(
        "rect",
        &[
            ("class", class),
            ("x", &px(at.0)),
            ("y", &px(at.1)),
            ("width", &px(size.0.max(0.0))),
            ("height", &px(size.1.max(0.0))),
        ],
    );
}

pub(super) fn circle(html: &mut Html, class: &str, at: (f64, f64), radius: f64) {
    html.void(
        "circle",
        &[("class", class), ("cx", &px(at.0)), ("cy", &px(at.1)), ("r", &px(radius))],
    );
}

/// A square standing on one corner.
pub(super) fn diamond(html: &mut Html, class: &str, at: (f64, f64), radius: f64) {
    let (x, y) = at;
    let path = format!(
        "M{} {}L{} {}L{} {}L{} {}Z",
        px(x),
        px(y - radius),
        px(x + radius),
        px(y),
        px(x),
        px(y + radius),
        px(x - radius),
        px(y)
    );
    html.void("path", &[("class", class), ("d", &path)]);
}

pub(super) fn text(html: &mut Html, class: &str, at: (f64, f64), anchor: Anchor, words: &str) {
    let attributes =
        [("class", class), ("x", &*px(at.0)), ("y", &*px(at.1)), ("text-anchor", anchor.name())];
    html.leaf("text", &attributes, words);
}

/// A text centred at a position, but moved to stay within the picture.
pub(super) fn text_inside(html: &mut Html, class: &str, at: (f64, f64), right: f64, words: &str) {
    let half = width_of(words) / 2.0;
    let x = at.0.min(right - half).max(half);
    text(html, class, (x, at.1), Anchor::Middle, words);
}

/// A position or length, rounded to tenths of a pixel.
pub(super) fn px(value: f64) -> String {
    format!("{value:.1}")
}

pub(super) fn float(amount: Decimal) -> f64 {
    amount.to_f64().unwrap_or_default()
}

/// Moves positions on one axis apart to at least `gap`, in the same order and between the ends.
pub(super) fn apart(mut places: Vec<f64>, gap: f64, (first, last): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| at(&places, *a).total_cmp(&at(&places, *b)));
    let mut floor = first;
    for index in &order {
        let place = at(&places, *index).max(floor);
        if let Some(found) = places.get_mut(*index) {
            *found = place;
        }
        floor = place + gap;
    }
    let mut ceiling = last;
    for index in order.iter().rev() {
        let place = at(&places, *index).min(ceiling);
        if let Some(found) = places.get_mut(*index) {
            *found = place;
        }
        ceiling = place - gap;
    }
    places
}

fn at(places: &[f64], index: usize) -> f64 {
    places.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_moved_apart_and_stay_inside() {
        assert_eq!(apart(vec![10.0, 12.0, 50.0], 15.0, (0.0, 100.0)), [10.0, 25.0, 50.0]);
        assert_eq!(apart(vec![99.0, 100.0, 98.0], 15.0, (0.0, 100.0)), [85.0, 100.0, 70.0]);
        assert_eq!(apart(vec![-9.0, -9.0], 15.0, (0.0, 100.0)), [0.0, 15.0]);
        assert_eq!(apart(vec![], 15.0, (0.0, 1.0)), [0.0; 0]);
    }
}
