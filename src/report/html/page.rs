//! The page: the parts of the report in order, with the pictures where they belong.

use super::style::STYLE;
use super::{Html, bars, daily, lines, week};
use crate::advice::Outcome;
use crate::number::{tokens_short, usd};
use crate::report::Report;
use crate::report::content::{Block, Content, Mark, Part, PartId, Table};
use crate::report::curve::{Curve, volume_name};
use crate::words::VERIFY;

pub(super) fn write(report: &Report<'_>, content: &Content, curve: Option<&Curve>) -> String {
    Html::page(&content.head.title, STYLE, |html| body(report, content, curve, html))
}

fn body(report: &Report<'_>, content: &Content, curve: Option<&Curve>, html: &mut Html) {
    html.element("header", &[], |html| {
        html.element("h1", &[], |html| html.leaf("bdi", &[], &content.head.title));
        if let Some(note) = &content.head.note {
            html.element("p", &[("class", "note")], |html| {
                html.text("Note: ");
                html.leaf("bdi", &[], note);
            });
        }
        html.element("ul", &[("class", "about")], |html| {
            for line in &content.head.about {
                html.leaf("li", &[], line);
            }
        });
    });
    html.raw("\n");
    verdict(report, content, html);
    html.element("div", &[("class", "parts")], |html| {
        html.raw("\n");
        for part in &content.parts {
            section(part, report, curve, html);
        }
    });
    html.raw("\n");
    html.element("footer", &[], |html| html.leaf("p", &[], VERIFY));
    html.raw("\n");
}

fn verdict(report: &Report<'_>, content: &Content, html: &mut Html) {
    let assessment = report.assessment;
    let verdict = &content.verdict;
    let class = format!("verdict {}", assessment.outcome.as_str());
    html.element("section", &[("class", &class), ("id", "recommendation")], |html| {
        html.leaf("h2", &[], "Recommendation");
        html.element("div", &[("class", "answer")], |html| {
            html.element("p", &[("class", "headline")], |html| {
                html.leaf("strong", &[], verdict.headline);
                html.text(" ");
                html.leaf("span", &[("class", "strength")], verdict.strength);
            });
            html.element("p", &[("class", "bill")], |html| {
                html.leaf("strong", &[], &usd(assessment.costs.of(assessment.outcome)));
                let words = match assessment.outcome {
                    Outcome::Pro => " a month",
                    Outcome::Api | Outcome::Hybrid => " a month, estimate",
                };
                html.leaf("span", &[], words);
            });
        });
        html.leaf("p", &[("class", "lead")], &verdict.advice);
        html.leaf("p", &[], verdict.surety);
        html.leaf("p", &[], &verdict.cost);
        if !verdict.unmet.is_empty() {
            html.element("ul", &[], |html| {
                for line in &verdict.unmet {
                    html.leaf("li", &[], line);
                }
            });
        }
        if let Some(notice) = verdict.assumed {
            html.leaf("p", &[], notice);
        }
    });
    html.raw("\n");
}

const fn id_of(part: PartId) -> &'static str {
    match part {
        PartId::Ways => "ways",
        PartId::Reasons => "reasons",
        PartId::Rule => "rule",
        PartId::Split => "split",
        PartId::Models => "models",
        PartId::Changes => "changes",
        PartId::Trade => "trade",
        PartId::Assumptions => "assumptions",
        PartId::Answers => "answers",
        PartId::Month => "month",
        PartId::Logs => "logs",
        PartId::Fit => "fit",
        PartId::Used => "used",
        PartId::Warnings => "warnings",
        PartId::Steps => "steps",
        PartId::Notes => "notes",
    }
}

fn section(part: &Part, report: &Report<'_>, curve: Option<&Curve>, html: &mut Html) {
    let heading = format!("{}-h", id_of(part.id));
    let attributes = [("id", id_of(part.id)), ("aria-labelledby", heading.as_str())];
    html.element("section", &attributes, |html| {
        html.leaf("h2", &[("id", heading.as_str())], part.heading);
        // The bars stand above the table with their figures.
        match part.id {
            PartId::Models => {
                html.element("figure", &[], |html| bars::write(report.assessment, html));
                let drawn = bars::MOST;
                if report.assessment.models.len() > drawn {
                    let words = format!("The first {drawn} with a price are drawn.");
                    html.leaf("p", &[("class", "small")], &words);
                }
            }
            PartId::Used => {
                if let Some(days) = report.days() {
                    html.element("figure", &[], |html| daily::write(days, html));
                }
            }
            _ => {}
        }
        for block in &part.blocks {
            write_block(block, part.id, report, html);
        }
        if part.id == PartId::Ways
            && let Some(curve) = curve
        {
            growth(curve, report, html);
        }
    });
    html.raw("\n");
}

fn write_block(block: &Block, part: PartId, report: &Report<'_>, html: &mut Html) {
    let items = |items: &[String], html: &mut Html| {
        for item in items {
            html.leaf("li", &[], item);
        }
    };
    match block {
        Block::Paragraph(text) => html.leaf("p", &[], text),
        Block::Footnote(text) => html.leaf("p", &[("class", "small")], text),
        Block::Heading(text) => html.leaf("h3", &[], text),
        Block::List(list) => html.element("ul", &[], |html| items(list, html)),
        Block::Numbered(list) => html.element("ol", &[], |html| items(list, html)),
        // A day by day list is long: it opens where someone wants it.
        Block::Table(content) if part == PartId::Used => {
            details("The figures, day by day", html, |html| table(content, html));
        }
        Block::Table(content) => table(content, html),
        Block::Week => {
            let measured = report.assessment.usage.measured.as_deref();
            if let Some(found) = measured.and_then(|of| of.fit.as_deref()?.week.as_ref()) {
                html.element("figure", &[], |html| week::write(found, html));
                details("The hours of this picture", html, |html| {
                    table(&week::hours(found), html);
                });
            }
        }
    }
    html.raw("\n");
}

fn details(summary: &str, html: &mut Html, inner: impl FnOnce(&mut Html)) {
    html.element("details", &[], |html| {
        html.leaf("summary", &[], summary);
        inner(html);
    });
}

/// A table. On a phone its rows become blocks, in which each figure has the name of its column;
/// the roles keep it a table for those who hear it.
fn table(table: &Table, html: &mut Html) {
    html.element("table", &[("role", "table")], |html| {
        html.leaf("caption", &[], table.caption);
        html.element("thead", &[("role", "rowgroup")], |html| {
            html.element("tr", &[("role", "row")], |html| {
                for column in &table.columns {
                    let class = if column.has_figures { "figure" } else { "words" };
                    let attributes = [("scope", "col"), ("role", "columnheader"), ("class", class)];
                    html.leaf("th", &attributes, column.name);
                }
            });
        });
        html.element("tbody", &[("role", "rowgroup")], |html| {
            for row in &table.rows {
                let class = match row.mark {
                    Mark::Plain => "plain",
                    Mark::Chosen => "chosen",
                    Mark::Recommended => "recommended",
                };
                html.element("tr", &[("role", "row"), ("class", class)], |html| {
                    for (index, (column, cell)) in table.columns.iter().zip(&row.cells).enumerate()
                    {
                        let class = if column.has_figures { "figure" } else { "words" };
                        if index == 0 {
                            let attributes =
                                [("scope", "row"), ("role", "rowheader"), ("class", class)];
                            html.element("th", &attributes, |html| html.leaf("bdi", &[], cell));
                        } else {
                            let attributes =
                                [("role", "cell"), ("class", class), ("data-of", column.name)];
                            html.element("td", &attributes, |html| html.leaf("bdi", &[], cell));
                        }
                    }
                });
            }
        });
    });
}

/// The bill as the month grows: the picture, what its marks mean, and its figures.
fn growth(curve: &Curve, report: &Report<'_>, html: &mut Html) {
    html.leaf("h3", &[], "The bill as your month grows");
    html.element("figure", &[], |html| {
        lines::write(curve, html);
        html.element("figcaption", &[], |html| {
            let model = &report.assessment.model_name;
            let unit = if curve.today.is_zero() {
                format!("A month on {model}, an estimate. Your month is empty today.")
            } else {
                format!(
                    "A month on {model}, an estimate. × 1 is today: {}.",
                    volume_name(curve.unit)
                )
            };
            html.leaf("p", &[], &unit);
            html.element("ul", &[("class", "key")], |html| {
                html.element("li", &[], |html| {
                    html.leaf("b", &[], "◆");
                    html.text(" You today, on the recommended line.");
                });
                for (index, even) in curve.even.iter().enumerate() {
                    html.element("li", &[], |html| {
                        html.leaf("b", &[("class", "badge")], &(index + 1).to_string());
                        let at = curve.name(even.multiple);
                        html.text(&format!(" {} at {at}: {}.", even.words, usd(even.usd)));
                    });
                }
            });
            html.leaf("p", &[], &curve.advice_words());
            for remark in &curve.remarks {
                html.leaf("p", &[], remark);
            }
        });
    });
    html.raw("\n");
    details("The figures of this picture", html, |html| table(&figures(curve), html));
}

/// The same data as a table.
fn figures(curve: &Curve) -> Table {
    let rows = curve.points().into_iter().map(|point| {
        let mut name = curve.name(point.multiple);
        if !point.words.is_empty() {
            name = format!("{name} ({})", point.words.join("; "));
        }
        let (sent, written) = (point.volume.input, point.volume.output);
        [
            name,
            tokens_short(sent),
            tokens_short(written),
            usd(curve.pro),
            usd(point.api),
            usd(point.hybrid),
            point.outcome.map_or_else(|| "-".to_owned(), |outcome| outcome.name().to_owned()),
        ]
    });
    Table::plain(
        "What a month costs as its volume grows",
        [
            "Volume",
            ">Sent, tokens",
            ">Written, tokens",
            ">Pro",
            ">API alone",
            ">Hybrid",
            "Recommended",
        ],
        rows,
    )
}
