//! A week hour by hour: how full the window was, against what it holds.
#![expect(clippy::float_arithmetic, reason = "pixels")]

use super::Html;
use super::pen::{Anchor, Size, line, picture, rect, text, width_of};
use crate::fit::{Mark, WeekDigest};
use crate::report::content::Table;
use crate::words::fit as words;

/// Room above the first day.
const ABOVE: f64 = 4.0;
/// The names of the hours under the last day.
const AXIS: f64 = 24.0;
/// From one line of the key to the next.
const LEADING: f64 = 20.0;

/// What a mark means, the emptiest first. Each has a height and a colour of its own, so that
/// neither has to be told apart alone; a limit hit has a sign instead.
const KEY: [(Mark, &str, &str, f64); 5] = [
    (Mark::Within, "load within", "carried at any capacity", 0.25),
    (Mark::OverLow, "load low", "refused at the low", 0.5),
    (Mark::OverLikely, "load likely", "at the likely too", 0.75),
    (Mark::OverHigh, "load high", "at any", 1.0),
    (Mark::Hit, "chosen", "a limit hit of yours", 0.0),
];

/// Draws it in both sizes.
pub(super) fn write(week: &WeekDigest, html: &mut Html) {
    let about = format!("{} {}", words::week_sentence(week), counted(week));
    for size in Size::BOTH {
        let (left, row) = match size {
            Size::Wide => (66.0, 24.0),
            Size::Narrow => (60.0, 20.0),
        };
        let days = f64::from(u16::try_from(week.days.len()).unwrap_or(u16::MAX));
        let bottom = ABOVE + days * row;
        let key = Key::new(size, left);
        let height = bottom + AXIS + key.rows * LEADING + 6.0;
        picture(html, "week", size, height, (words::HARDEST_WEEK, &about), |html| {
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
            } else if let Some((_, class, _, share)) = KEY.iter().find(|(of, ..)| of == mark) {
                let load = height * share;
                rect(html, class, (x, top + height - load), (width, load));
            }
        }
        top += row;
    }
}

/// The sign of a limit hit around a place.
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

/// The key: where each of its entries stands.
struct Key {
    places: Vec<(f64, f64)>,
    rows: f64,
}

impl Key {
    /// As many entries on a line as fit.
    fn new(size: Size, left: f64) -> Self {
        let (mut x, mut y, mut rows) = (left, 0.0, 1.0);
        let mut places = Vec::new();
        for (.., words, _) in KEY {
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
        for ((mark, class, words, share), (x, y)) in KEY.iter().zip(&self.places) {
            let y = top + y;
            rect(html, "hour", (*x, y), (13.0, 13.0));
            if *mark == Mark::Hit {
                sign(html, (x + 6.5, y + 6.5));
            } else {
                rect(html, class, (*x, y + 13.0 * (1.0 - share)), (13.0, 13.0 * share));
            }
            text(html, "quiet", (x + 19.0, y + 11.5), Anchor::Start, words);
        }
    }
}

/// How many hours have which mark, in a sentence.
fn counted(week: &WeekDigest) -> String {
    let marks = || week.days.iter().flat_map(|(_, marks)| marks.iter());
    let count = |wanted: Mark| marks().filter(|mark| **mark == wanted).count();
    let parts: Vec<String> =
        KEY.iter().map(|(mark, _, words, _)| format!("{} {words}", count(*mark))).collect();
    let used: usize = KEY.iter().map(|(mark, ..)| count(*mark)).sum();
    let hours = if used == 1 { "hour" } else { "hours" };
    format!("{used} {hours} with use: {}.", parts.join(", "))
}

/// The same data as a table: of each day the hours with each mark.
pub(super) fn hours(week: &WeekDigest) -> Table {
    let rows = week.days.iter().map(|(day, marks)| {
        let of = |wanted: Mark| spans(marks, wanted);
        [
            day.strftime("%a %Y-%m-%d").to_string(),
            of(Mark::Within),
            of(Mark::OverLow),
            of(Mark::OverLikely),
            of(Mark::OverHigh),
            of(Mark::Hit),
        ]
    });
    Table::plain(
        "The hours of each day, by how full the window was",
        [
            "Day",
            "Carried at any",
            "Refused at the low",
            "At the likely too",
            "At any",
            "A hit of yours",
        ],
        rows,
    )
}

/// The hours with a mark, those in a row as one: `9:00 to 12:00, 14:00 to 15:00`.
fn spans(marks: &[Mark; 24], wanted: Mark) -> String {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (hour, _) in marks.iter().enumerate().filter(|(_, mark)| **mark == wanted) {
        match spans.last_mut() {
            Some((_, end)) if *end == hour => *end = hour + 1,
            _ => spans.push((hour, hour + 1)),
        }
    }
    if spans.is_empty() {
        return "-".to_owned();
    }
    let words: Vec<String> =
        spans.iter().map(|(from, to)| format!("{from}:00 to {to}:00")).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_with_a_limit_hit_has_a_sign_as_in_the_key() {
        let mut hours = [Mark::Idle; 24];
        hours[11] = Mark::Hit;
        let week = WeekDigest {
            plan: "Pro".to_owned(),
            window: crate::fit::Window::FiveHour,
            holds: "$10.00".to_owned(),
            asked: "$6.00".to_owned(),
            days: vec![(jiff::civil::date(2026, 11, 5), hours)],
        };
        let mut html = Html::default();
        write(&week, &mut html);
        let drawn = html.0;
        // Once in the week and once in the key, in both sizes.
        assert_eq!(drawn.matches(">!</text>").count(), 4, "{drawn}");
        assert!(drawn.contains("1 a limit hit of yours."), "{drawn}");
    }

    #[test]
    fn hours_in_a_row_are_one_span() {
        let mut marks = [Mark::Idle; 24];
        for hour in [0, 9, 10, 11, 23] {
            marks[hour] = Mark::OverLow;
        }
        assert_eq!(spans(&marks, Mark::OverLow), "0:00 to 1:00, 9:00 to 12:00, 23:00 to 24:00");
        assert_eq!(spans(&marks, Mark::OverHigh), "-");
    }
}
