//! The chart of the bill by volume: Pro flat, the API alone and hybrid rising, today with its
//! range.
#![expect(clippy::float_arithmetic, reason = "pixels")]

use rust_decimal::Decimal;

use super::Html;
use super::pen::{
    Anchor, Size, apart, circle, diamond, float, line, picture, rect, text, text_inside, width_of,
};
use crate::advice::Outcome;
use crate::doc::Figure;
use crate::doc::figure::Curve;
use crate::number::usd;
use crate::text::node::serde_name;

/// Room above the plot for the name of the range.
const ABOVE: f64 = 24.0;
/// Room below the plot for the names of the volumes and the recommendation.
const BELOW: f64 = 74.0;
/// The distance between lines of names.
const LEADING: f64 = 17.0;

pub(super) const WAYS: [Outcome; 3] = [Outcome::Pro, Outcome::Api, Outcome::Hybrid];

/// The label at the end of a line.
const fn name_of(way: Outcome) -> &'static str {
    match way {
        Outcome::Pro => "Pro",
        Outcome::Api => "API alone",
        Outcome::Hybrid => "Hybrid",
    }
}

/// Draws the picture in both sizes.
pub(super) fn write(figure: &Figure, curve: &Curve, html: &mut Html) {
    for size in Size::BOTH {
        let plot = Plot::new(curve, size);
        let height = plot.bottom + BELOW;
        picture(html, "lines", size, height, figure, |html| plot.draw(html));
    }
}

/// The plot area and its two scales.
struct Plot<'a> {
    curve: &'a Curve,
    size: Size,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl<'a> Plot<'a> {
    fn new(curve: &'a Curve, size: Size) -> Self {
        let ticks = ticks(curve.top);
        let left =
            ticks.iter().map(|tick| width_of(&axis_usd(*tick, curve.top))).fold(0.0, f64::max)
                + 10.0;
        let height = if size == Size::Wide { 250.0 } else { 210.0 };
        Self {
            curve,
            size,
            left,
            right: size.width() - width_of(name_of(Outcome::Api)) - 8.0,
            top: ABOVE,
            bottom: ABOVE + height,
        }
    }

    fn x(&self, multiple: Decimal) -> f64 {
        let share = (float(multiple) / float(self.curve.most)).clamp(0.0, 1.0);
        self.left + share * (self.right - self.left)
    }

    fn y(&self, cost: Decimal) -> f64 {
        let share = (float(cost) / float(self.curve.top)).clamp(0.0, 1.0);
        self.bottom - share * (self.bottom - self.top)
    }

    fn at(&self, way: Outcome, multiple: Decimal) -> (f64, f64) {
        (self.x(multiple), self.y(self.curve.cost(way, multiple)))
    }

    fn draw(&self, html: &mut Html) {
        self.band(html);
        self.axes(html);
        for way in WAYS {
            let class = format!("line {}", serde_name(&way));
            line(html, &class, self.at(way, Decimal::ZERO), self.at(way, self.curve.most));
        }
        self.names(html);
        self.today(html);
        self.meetings(html);
        self.advice(html);
    }

    /// Draws the volumes that cover 8 in 10 cases.
    fn band(&self, html: &mut Html) {
        let Some((low, high)) = self.curve.band else {
            return;
        };
        let (from, to) = (self.x(low), self.x(high));
        rect(html, "band", (from, self.top), (to - from, self.bottom - self.top));
        let words = match self.size {
            Size::Wide => "your month in eight cases of ten",
            Size::Narrow => "eight cases of ten",
        };
        let middle = f64::midpoint(from, to);
        text_inside(html, "quiet", (middle, self.top - 8.0), self.size.width(), words);
    }

    fn axes(&self, html: &mut Html) {
        for tick in ticks(self.curve.top) {
            let y = self.y(tick);
            let class = if tick.is_zero() { "axis" } else { "grid" };
            line(html, class, (self.left, y), (self.right, y));
            let words = axis_usd(tick, self.curve.top);
            text(html, "quiet", (self.left - 6.0, y + 4.5), Anchor::End, &words);
        }
        let y = self.bottom + 19.0;
        let end = (self.right, y);
        if self.curve.today.is_zero() {
            text(html, "label", (self.left, y), Anchor::Start, "0, today");
            text(html, "quiet", end, Anchor::End, &self.curve.end_name);
        } else {
            let today = self.x(self.curve.today);
            text(html, "quiet", (self.left, y), Anchor::Middle, "0");
            text(html, "label", (today, y), Anchor::Middle, "today");
            text(html, "quiet", end, Anchor::End, &self.curve.end_name);
            if self.size == Size::Wide {
                let words = &self.curve.unit_name;
                text_inside(html, "quiet", (today, y + LEADING), self.size.width(), words);
            }
        }
    }

    /// Draws the labels at the right ends, moved apart if lines end close to each other.
    fn names(&self, html: &mut Html) {
        let ends = WAYS.map(|way| self.at(way, self.curve.most).1 + 4.5).to_vec();
        let places = apart(ends, LEADING, (self.top + 4.5, self.bottom + 4.5));
        for (way, y) in WAYS.into_iter().zip(places) {
            let class = format!("name {}", serde_name(&way));
            text(html, &class, (self.right + 6.0, y), Anchor::Start, name_of(way));
        }
    }

    fn today(&self, html: &mut Html) {
        let today = self.curve.today;
        let x = self.x(today);
        line(html, "today", (x, self.top), (x, self.bottom));
        diamond(html, "you", self.at(self.curve.outcome, today), 7.0);
    }

    /// Draws the points at which two ways cost the same, with numbers that the list below the
    /// picture explains.
    fn meetings(&self, html: &mut Html) {
        let mut taken = vec![self.at(self.curve.outcome, self.curve.today)];
        for (index, (multiple, cost)) in self.curve.even.iter().enumerate() {
            let (x, y) = (self.x(*multiple), self.y(*cost));
            circle(html, "even", (x, y), 4.0);
            // Prefer a place above the lines, then below them, then further away from other
            // numbers.
            let free = |place: (f64, f64)| {
                taken.iter().all(|other| (other.0 - place.0).hypot(other.1 - place.1) > 20.0)
                    && place.1 > self.top + 9.0
                    && place.1 < self.bottom - 9.0
            };
            let place = [
                (0.0, -20.0),
                (0.0, 20.0),
                (-20.0, -20.0),
                (20.0, 20.0),
                (0.0, -42.0),
                (0.0, 42.0),
            ]
            .into_iter()
            .map(|(dx, dy)| ((x + dx).clamp(self.left + 10.0, self.right - 10.0), y + dy))
            .find(|place| free(*place))
            .unwrap_or((x, y - 20.0));
            taken.push(place);
            taken.push((x, y));
            circle(html, "badge", place, 9.0);
            let number = (index + 1).to_string();
            text(html, "number", (place.0, place.1 + 4.5), Anchor::Middle, &number);
        }
    }

    /// Draws the recommendation by volume, to scale. A name wider than its stretch is left to the
    /// sentence below the picture.
    fn advice(&self, html: &mut Html) {
        let y = self.bottom + 46.0;
        let mut from = self.left;
        for (end, way) in &self.curve.stretches {
            let to = self.x(*end);
            let class = format!("stretch {}", serde_name(way));
            rect(html, &class, (from, y), ((to - from - 2.0).max(1.0), 5.0));
            let name = way.name();
            if width_of(name) + 4.0 < to - from {
                let class = format!("name {}", serde_name(way));
                text(html, &class, (f64::midpoint(from, to), y + 21.0), Anchor::Middle, name);
            }
            from = to;
        }
        if self.size == Size::Wide {
            text(html, "quiet", (self.right + 6.0, y + 6.5), Anchor::Start, "advice");
        }
    }
}

/// The amounts labelled on the axis: four or five round steps.
fn ticks(top: Decimal) -> Vec<Decimal> {
    // The top is 1, 2, 4 or 5 times a power of ten.
    let fifths = top.mantissa().to_string().starts_with(['1', '5']);
    let count = if fifths { 5 } else { 4 };
    (0..=count).map(|step| top * Decimal::from(step) / Decimal::from(count)).collect()
}

/// A short amount for an axis with this top: `$40`, `$0.50`, `$500K`, `$50M`.
fn axis_usd(amount: Decimal, top: Decimal) -> String {
    if !amount.is_zero() {
        for (from, unit, letter) in
            [(1_000_000_000, 1_000_000_000, "B"), (1_000_000, 1_000_000, "M"), (10_000, 1_000, "K")]
        {
            let unit = Decimal::from(unit);
            if top >= Decimal::from(from) {
                return format!("${}{letter}", (amount / unit).normalize());
            }
        }
    }
    usd(amount).trim_end_matches(".00").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_has_round_names() {
        let names = |top: &str| {
            let top = top.parse().unwrap();
            let names: Vec<String> =
                ticks(top).into_iter().map(|tick| axis_usd(tick, top)).collect();
            names.join(" ")
        };
        assert_eq!(names("40"), "$0 $10 $20 $30 $40");
        assert_eq!(names("100"), "$0 $20 $40 $60 $80 $100");
        assert_eq!(names("50"), "$0 $10 $20 $30 $40 $50");
        assert_eq!(names("2"), "$0 $0.50 $1 $1.50 $2");
        assert_eq!(names("20000000"), "$0 $5M $10M $15M $20M");
        assert_eq!(names("2000000000"), "$0 $0.5B $1B $1.5B $2B");
        assert_eq!(names("5000"), "$0 $1,000 $2,000 $3,000 $4,000 $5,000");
        assert_eq!(names("0.02"), "$0 <$0.01 $0.01 $0.02 $0.02");
    }
}
