//! The section on the plan replay.

use crate::advice::Assessment;
use crate::doc::{Block, Cell, Figure, Part, Picture, Table};
use crate::fit::{Digest, Mark, WeekDigest};
use crate::words::fit as words;

/// `None` if no logs were replayed.
pub(super) fn part(assessment: &Assessment) -> Option<Part> {
    let fit = assessment.usage.measured.as_deref()?.fit.as_deref()?;
    Some(Part::new("fit", words::QUESTION, blocks(fit)))
}

fn blocks(fit: &Digest) -> Vec<Block> {
    let said = words::digest_sentences(fit);
    let mut blocks = vec![
        Block::paragraph(words::plan_had(fit)),
        Block::sentences(said.answer.iter().cloned()),
        Block::Table(Table::new(
            "Each plan at the high to the low capacity",
            ["Plan", "Covers it", ">Blocked", ">Paying a month"],
            words::brief_rows(&fit.plans).into_iter().map(named),
        )),
        // In the report, only this table has a column of verdicts.
        Block::Footnote(words::VERDICTS.into()),
        Block::paragraph(words::ranges_sentence(fit)),
    ];
    let legend = words::legend(&fit.plans, fit.unnamed_hits);
    blocks.extend(legend.into_iter().map(Block::paragraph));
    blocks.extend([
        Block::heading(words::AT_LIKELY),
        Block::Table(Table::new(
            "Windows hit, time blocked, dollars a month",
            ["Plan", ">Fee", ">5h+wk", ">Blocked", ">Longest", ">Over limit", ">Paying", "Covers"],
            words::plan_rows(&fit.plans).into_iter().map(named),
        )),
        Block::Footnote(words::HITS.into()),
    ]);
    // The cost of blocked hours, if an hour has a value.
    if let Some(value) = fit.hour_value {
        blocks.extend([
            Block::paragraph(format!("{}:", words::interruption_heading(value))),
            Block::Table(Table::new(
                "Cost of the blocked hours a month",
                ["Plan", ">Blocked", ">Cost", ">With the fee"],
                words::interruption_rows(&fit.plans).into_iter().map(named),
            )),
        ]);
        blocks.extend(words::interruption_note(fit.unnamed_hits).map(Block::paragraph));
    }
    blocks.extend(fit.week.as_ref().map(week).into_iter().flatten());
    for (name, sentences) in words::grounds(&said) {
        blocks.push(Block::heading(name));
        blocks.push(Block::sentences(sentences.iter().cloned()));
    }
    blocks
}

/// A row whose first cell is a plan name from a price list or a file.
fn named<const N: usize>(row: [String; N]) -> [Cell; N] {
    let mut index = 0;
    row.map(|text| {
        index += 1;
        if index == 1 { Cell::Foreign(text) } else { text.into() }
    })
}

/// The columns after the day in the tables about a week.
const MARKS: [(Mark, &str); 5] = [
    (Mark::Within, "Covered at any"),
    (Mark::OverLow, "Refused at the low"),
    (Mark::OverLikely, "At the likely too"),
    (Mark::OverHigh, "At any"),
    (Mark::Hit, "Your limit hit"),
];

/// A week by day: the hours at each level of the window, as a table and as a picture.
fn week(week: &WeekDigest) -> [Block; 4] {
    let count = |marks: &[Mark; 24], wanted| marks.iter().filter(|mark| **mark == wanted).count();
    let mut counts = by_day(
        week,
        "Hours by the capacity at which their last request is refused, or with a limit hit",
        |marks, wanted| count(marks, wanted).to_string(),
    );
    for column in counts.columns.iter_mut().skip(1) {
        column.has_figures = true;
    }
    let mut hours = by_day(week, "The hours of each day, by how full the window was", spans);
    hours.folded = Some("The hours of this picture");
    let figure = Figure {
        name: words::HARDEST_WEEK,
        description: format!("{} {}", words::week_sentence(week), counted(week)),
        picture: Picture::Week(week.clone()),
        is_titled: false,
        caption: None,
        note: None,
        table: Some(hours),
    };
    [
        Block::heading(words::HARDEST_WEEK),
        Block::paragraph(words::week_sentence(week)),
        Block::figure(figure),
        Block::Table(counts),
    ]
}

/// A row per day with a cell for each mark.
fn by_day(
    week: &WeekDigest,
    caption: &'static str,
    cell: impl Fn(&[Mark; 24], Mark) -> String,
) -> Table {
    let [within, low, likely, high, hit] = MARKS.map(|(_, name)| name);
    let rows = week.days.iter().map(|(day, marks)| {
        let [within, low, likely, high, hit] = MARKS.map(|(mark, _)| cell(marks, mark));
        [day.strftime("%a %Y-%m-%d").to_string(), within, low, likely, high, hit]
    });
    Table::new(caption, ["Day", within, low, likely, high, hit], rows)
}

/// The number of hours with each mark, in a sentence.
fn counted(week: &WeekDigest) -> String {
    let marks = || week.days.iter().flat_map(|(_, marks)| marks.iter());
    let counts = words::WEEK_KEY
        .map(|(wanted, words)| (marks().filter(|mark| **mark == wanted).count(), words));
    let parts: Vec<String> =
        counts.iter().map(|(count, words)| format!("{count} {words}")).collect();
    let used: usize = counts.iter().map(|(count, _)| count).sum();
    let hours = if used == 1 { "hour" } else { "hours" };
    format!("{used} {hours} with use: {}.", parts.join(", "))
}

/// The hours with a mark, with consecutive ones joined: `9:00 to 12:00, 14:00 to 15:00`.
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
    fn hours_in_a_row_are_one_span() {
        let mut marks = [Mark::Idle; 24];
        for hour in [0, 9, 10, 11, 23] {
            marks[hour] = Mark::OverLow;
        }
        assert_eq!(spans(&marks, Mark::OverLow), "0:00 to 1:00, 9:00 to 12:00, 23:00 to 24:00");
        assert_eq!(spans(&marks, Mark::OverHigh), "-");
    }

    #[test]
    fn an_hour_with_a_limit_hit_has_a_sign_as_in_the_key() {
        let mut hours = [Mark::Idle; 24];
        hours[11] = Mark::Hit;
        let hit = WeekDigest {
            plan: "Pro".to_owned(),
            window: crate::fit::Window::FiveHour,
            amounts: None,
            written_holds: None,
            written_asked: None,
            days: vec![(jiff::civil::date(2026, 11, 5), hours)],
        };
        let parts = vec![Part::new("fit", "", week(&hit).into())];
        let document = crate::doc::Document { parts, ..Default::default() };
        let drawn = crate::doc::html::render(&document);
        // Once in the week and once in the legend, in both sizes.
        assert_eq!(drawn.matches(">!</text>").count(), 4, "{drawn}");
        assert!(drawn.contains("1 your limit hit."), "{drawn}");
    }
}
