//! Estimates beside actual figures, each with a picture of its range.
#![expect(clippy::float_arithmetic, reason = "cells of a picture")]

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::replay::actual::{Figure, Of, Position};
use crate::text::layout::{pad_left, pad_right};
use crate::tui::page::Page;

/// Columns left of a picture.
const INDENT: u16 = 4;
/// Maximum columns of a picture. More adds no detail.
const WIDEST: u16 = 60;
/// Columns for the name of a figure.
const NAME: usize = 9;

/// Draws a row for each figure, and below it the range, the estimate and the actual value.
pub(super) fn draw(figures: &[Figure], page: &mut Page) {
    let look = page.look();
    let words = |of: Of, value: Option<Decimal>| {
        value.map_or_else(|| "unpriced".to_owned(), |value| of.words(value))
    };
    let rows: Vec<[String; 4]> = figures
        .iter()
        .map(|figure| {
            [
                name(figure.of).to_owned(),
                words(figure.of, figure.estimate),
                words(figure.of, figure.really),
                figure.position.map_or("", place).to_owned(),
            ]
        })
        .collect();
    let width = |at: usize, least: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default().max(least)
    };
    let (estimate, really) = (width(1, 8), width(2, 6));
    let line = |[name, a, b, place]: [&str; 4]| {
        let (a, b) = (pad_left(a, estimate), pad_left(b, really));
        format!("  {}{a}  {b}  {place}", pad_right(name, NAME)).trim_end().to_owned()
    };
    page.text(&line(["a month", "estimate", "really", ""]), look.theme.secondary);
    for (figure, row) in figures.iter().zip(&rows) {
        page.text(&line(row.each_ref().map(String::as_str)), look.theme.text);
        picture(figure, page);
    }
    let g = look.glyphs;
    let legend = format!(
        "{} estimate  {} really  {}{}{} eight cases in ten",
        g.before, g.you, g.tee_right, g.horizontal, g.tee_left
    );
    page.sentence(&legend, look.theme.secondary);
}

const fn name(of: Of) -> &'static str {
    match of {
        Of::Input => "Sent",
        Of::Output => "Written",
        Of::Api => "On API",
    }
}

/// The position of a figure in its range, short enough for a narrow column.
const fn place(position: Position) -> &'static str {
    match position {
        Position::Below => "below",
        Position::Inside => "inside",
        Position::Above => "above",
    }
}

/// Draws `├──────◇───◆───┤` from 0 at the left to the largest of the three values at the right.
fn picture(figure: &Figure, page: &mut Page) {
    let (Some((low, high)), Some(estimate)) = (figure.range, figure.estimate) else {
        return;
    };
    let look = page.look();
    let row = page.row();
    page.gap();
    let cells = page.width().saturating_sub(INDENT + 2).min(WIDEST);
    let most = high.max(figure.really.unwrap_or_default());
    let at = |value: Decimal| column(value, most, cells);
    let (from, to) = (at(low), at(high));
    for column in 0..cells {
        let sign = match column {
            column if column == from => look.glyphs.tee_right,
            column if column == to => look.glyphs.tee_left,
            column if column > from && column < to => look.glyphs.horizontal,
            _ => look.glyphs.fog,
        };
        page.put(INDENT + column, row, sign, look.theme.secondary);
    }
    page.put(INDENT + at(estimate), row, look.glyphs.before, look.theme.text);
    if let Some(really) = figure.really {
        page.put(INDENT + at(really), row, look.glyphs.you, look.theme.title);
    }
}

/// The column of a value on a scale from 0 to `most`.
fn column(value: Decimal, most: Decimal, cells: u16) -> u16 {
    let share = value.checked_div(most).and_then(|share| share.to_f64()).unwrap_or_default();
    let last = f64::from(cells.saturating_sub(1));
    // The result stays within the cells, because the scale ends at the largest value.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let column = (share * last).round().clamp(0.0, last) as u16;
    column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_its_place_between_the_ends() {
        let at = |value: i64, most: i64| column(value.into(), most.into(), 41);
        assert_eq!((at(0, 10), at(5, 10), at(10, 10)), (0, 20, 40));
        assert_eq!((at(0, 0), column(Decimal::ONE, Decimal::ONE, 0)), (0, 0));
    }
}
