//! Renders a document as a page.

use super::{Attributes, Html, bars, daily, lines, week};
use crate::doc::{
    Block, Cell, Column, Document, Figure, Mark, Part, Picture, Table, Verdict, Words, linked,
};
use crate::number::usd;
use crate::text::cell::inert;

pub(super) fn write(document: &Document, html: &mut Html) {
    html.element("header", &[], |html| {
        html.element("h1", &[], |html| html.leaf("bdi", &[], &document.title));
        if let Some(note) = &document.note {
            html.element("p", &[("class", "note")], |html| {
                html.text("Note: ");
                html.leaf("bdi", &[], note);
            });
        }
        html.element("ul", &[("class", "about")], |html| items(&document.about, html));
    });
    html.raw("\n");
    if let Some(verdict) = &document.verdict {
        write_verdict(verdict, html);
        html.raw("\n");
    }
    html.element("div", &[("class", "parts")], |html| {
        html.raw("\n");
        for part in &document.parts {
            section(part, Level::Page, html);
            html.raw("\n");
        }
    });
    html.raw("\n");
    html.element("footer", &[], |html| sentence("p", &[], &document.last, html));
    html.raw("\n");
    if document.appendix.is_empty() {
        return;
    }
    html.element("div", &[("class", "appendix")], |html| {
        html.raw("\n");
        html.leaf("h2", &[], "Appendix");
        html.raw("\n");
        for part in &document.appendix {
            section(part, Level::Appendix, html);
            html.raw("\n");
        }
    });
    html.raw("\n");
}

fn write_verdict(verdict: &Verdict, html: &mut Html) {
    let class = format!("verdict {}", verdict.class);
    html.element("section", &[("class", &class), ("id", "recommendation")], |html| {
        html.leaf("h2", &[], verdict.heading);
        html.element("div", &[("class", "answer")], |html| {
            html.element("p", &[("class", "headline")], |html| {
                html.leaf("strong", &[], verdict.headline);
                html.text(" ");
                html.leaf("span", &[("class", "strength")], verdict.strength);
            });
            html.element("p", &[("class", "bill")], |html| {
                let (amount, words) = verdict.bill;
                html.leaf("strong", &[], &usd(amount));
                html.leaf("span", &[], words);
            });
        });
        let rest = match verdict.blocks.as_slice() {
            [Block::Paragraph(lead), rest @ ..] => {
                html.leaf("p", &[("class", "lead")], lead);
                rest
            }
            all => all,
        };
        for block in rest {
            write_block(block, html);
        }
    });
}

/// Where a part stands, which sets the rank of its heading.
#[derive(Clone, Copy)]
enum Level {
    Page,
    Appendix,
}

/// An element with a sentence whose addresses are links.
fn sentence(name: &'static str, attributes: Attributes<'_>, text: &str, html: &mut Html) {
    html.element(name, attributes, |html| {
        for (text, link) in linked(text) {
            html.text(text);
            if let Some((name, address)) = link {
                html.leaf("a", &[("href", address)], name);
            }
        }
    });
}

fn section(part: &Part, level: Level, html: &mut Html) {
    let heading = format!("{}-h", part.id);
    let attributes = [("id", part.id), ("aria-labelledby", heading.as_str())];
    html.element("section", &attributes, |html| {
        let rank = match level {
            Level::Page => "h2",
            Level::Appendix => "h3",
        };
        html.leaf(rank, &[("id", heading.as_str())], &part.heading);
        for block in &part.blocks {
            write_block(block, html);
            // A picture has already broken its lines.
            if !matches!(block, Block::Figure(_)) {
                html.raw("\n");
            }
        }
    });
}

fn items(list: &[Words], html: &mut Html) {
    for item in list {
        sentence("li", &[], item, html);
    }
}

fn write_block(block: &Block, html: &mut Html) {
    match block {
        Block::Paragraph(text) => sentence("p", &[], text, html),
        Block::Footnote(text) => sentence("p", &[("class", "small")], text, html),
        Block::Heading(text) => html.leaf("h4", &[], text),
        Block::List(list) => html.element("ul", &[], |html| items(&list.items, html)),
        Block::Numbered(list) => html.element("ol", &[], |html| items(list, html)),
        Block::Terms(terms) => html.element("ul", &[], |html| {
            for (lead, text) in terms {
                html.leaf("li", &[], &format!("{} {text}", lead.trim()));
            }
        }),
        Block::Table(content) => table(content, html),
        Block::Figure(content) => figure(content, html),
        Block::Lines(_) | Block::Gap => {}
    }
}

fn figure(figure: &Figure, html: &mut Html) {
    if figure.is_titled {
        html.leaf("h4", &[], figure.name);
    }
    html.element("figure", &[], |html| {
        match &figure.picture {
            Picture::Curve(curve) => lines::write(figure, curve, html),
            Picture::Bars(rows) => bars::write(figure, rows, html),
            Picture::Days(days) => daily::write(figure, days, html),
            Picture::Week(days) => week::write(figure, days, html),
        }
        let Some(caption) = &figure.caption else {
            return;
        };
        html.element("figcaption", &[], |html| {
            html.leaf("p", &[], &caption.lead);
            html.element("ul", &[("class", "key")], |html| {
                html.element("li", &[], |html| {
                    html.leaf("b", &[], "◆");
                    html.text(&format!(" {}", caption.today));
                });
                for (index, point) in caption.points.iter().enumerate() {
                    html.element("li", &[], |html| {
                        html.leaf("b", &[("class", "badge")], &(index + 1).to_string());
                        html.text(&format!(" {point}"));
                    });
                }
            });
            for text in &caption.rest {
                html.leaf("p", &[], text);
            }
        });
    });
    if let Some(note) = &figure.note {
        html.leaf("p", &[("class", "small")], note);
    }
    if figure.is_titled {
        html.raw("\n");
    }
    if let Some(content) = &figure.table {
        table(content, html);
    }
    if !figure.is_titled && figure.table.is_some() {
        html.raw("\n");
    }
}

/// A table, collapsed if it is long.
fn table(table: &Table, html: &mut Html) {
    let Some(summary) = table.folded else {
        return open(table, html);
    };
    html.element("details", &[], |html| {
        html.leaf("summary", &[], summary);
        open(table, html);
    });
}

const fn class(column: &Column) -> &'static str {
    if column.has_figures { "figure" } else { "words" }
}

/// On a phone, rows become blocks that label each figure with its column. The roles keep it a table
/// for screen readers.
fn open(table: &Table, html: &mut Html) {
    html.element("table", &[("role", "table")], |html| {
        html.leaf("caption", &[], &table.caption);
        html.element("thead", &[("role", "rowgroup")], |html| {
            html.element("tr", &[("role", "row")], |html| {
                for column in &table.columns {
                    let attributes =
                        [("scope", "col"), ("role", "columnheader"), ("class", class(column))];
                    html.leaf("th", &attributes, &column.name);
                }
            });
        });
        html.element("tbody", &[("role", "rowgroup")], |html| {
            for row in &table.rows {
                let mark = match row.mark {
                    Mark::Plain => "plain",
                    Mark::Chosen => "chosen",
                    Mark::Recommended => "recommended",
                };
                html.element("tr", &[("role", "row"), ("class", mark)], |html| {
                    for (index, (column, cell)) in table.columns.iter().zip(&row.cells).enumerate()
                    {
                        let (name, attributes) = if index == 0 {
                            (
                                "th",
                                [("scope", "row"), ("role", "rowheader"), ("class", class(column))],
                            )
                        } else {
                            let name: &str = &column.name;
                            ("td", [("role", "cell"), ("class", class(column)), ("data-of", name)])
                        };
                        let text = match cell {
                            Cell::Foreign(text) => inert(text).into_owned(),
                            other => other.to_string(),
                        };
                        html.element(name, &attributes, |html| html.leaf("bdi", &[], &text));
                    }
                });
            }
        });
    });
}
