//! The bar chart of the API cost of each day.
#![expect(clippy::float_arithmetic, reason = "pixels")]

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Html;
use super::pen::{Anchor, Size, float, line, picture, rect, text, width_of};
use crate::doc::Figure;
use crate::number::usd;

const ABOVE: f64 = 20.0;
const HEIGHT: f64 = 140.0;
const BELOW: f64 = 24.0;

/// Draws the picture in both sizes. Draws nothing if no day has a price above 0. Days without use
/// keep their place, so that weeks have equal width.
pub(super) fn write(figure: &Figure, days: &[(Date, Option<Decimal>)], html: &mut Html) {
    let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) else {
        return;
    };
    let most = days.iter().filter_map(|(_, cost)| *cost).max().unwrap_or_default();
    if most <= Decimal::ZERO {
        return;
    }
    let span = last.since(*first).map_or(0, |span| span.get_days()).max(0);
    for size in Size::BOTH {
        let left = width_of(&usd(most)) + 8.0;
        let step = (size.width() - left) / f64::from(span + 1);
        let bottom = ABOVE + HEIGHT;
        picture(html, "daily", size, bottom + BELOW, figure, |html| {
            for (cost, y) in [(most, ABOVE), (Decimal::ZERO, bottom)] {
                let class = if cost.is_zero() { "axis" } else { "grid" };
                line(html, class, (left, y), (size.width(), y));
                let words = usd(cost);
                text(html, "quiet", (left - 6.0, y + 4.5), Anchor::End, &words);
            }
            for (day, cost) in days {
                let since = day.since(*first).map_or(0, |span| span.get_days());
                let x = left + f64::from(since) * step;
                let width = (step * 0.8).max(1.0);
                if let Some(cost) = *cost {
                    let height = float(cost) / float(most) * HEIGHT;
                    rect(html, "bar api", (x, bottom - height), (width, height));
                } else {
                    let place = (x + width / 2.0, bottom - 4.0);
                    text(html, "quiet", place, Anchor::Middle, "?");
                }
            }
            let y = bottom + 17.0;
            text(html, "quiet", (left, y), Anchor::Start, &first.to_string());
            if span > 0 {
                text(html, "quiet", (size.width(), y), Anchor::End, &last.to_string());
            }
        });
    }
}
