//! The comparison as one page: no scripts, no external resources, every text escaped.

use crate::doc::html::Html;
use crate::doc::{Block, Document, Part, Table};

const STYLE: &str = "\
:root{color-scheme:light dark;--text:#1a1a1a;--page:#fff;--line:#767676;--soft:#f1f1f1}
@media (prefers-color-scheme:dark){:root{--text:#ececec;--page:#161616;--line:#8a8a8a;--soft:#242424}}
body{margin:0 auto;max-width:60rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:var(--text);background:var(--page);overflow-wrap:anywhere}
h1{font-size:1.5rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
caption{text-align:left;font-weight:bold;padding:.5rem 0}
th,td{border:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top}
thead th{background:var(--soft)}
@media print{body{max-width:none;padding:0;font-size:10pt}tr{break-inside:avoid}}";

pub(super) fn render(document: &Document) -> String {
    Html::page(&document.title, STYLE, |html| {
        html.raw("\n");
        html.leaf("h1", &[], &document.title);
        html.raw("\n");
        for part in &document.parts {
            section(part, html);
        }
        html.leaf("p", &[], &document.last);
        html.raw("\n");
    })
}

fn section(part: &Part, html: &mut Html) {
    let title = part.heading.as_ref();
    if !matches!(part.blocks.first(), Some(Block::Table(_))) {
        html.leaf("h2", &[], title);
        html.raw("\n");
    }
    for block in &part.blocks {
        match block {
            Block::Table(content) => {
                let wide = [
                    ("class", "wide"),
                    ("tabindex", "0"),
                    ("role", "region"),
                    ("aria-label", title),
                ];
                html.element("div", &wide, |html| {
                    html.element("table", &[], |html| table(content, html));
                });
            }
            Block::Paragraph(text) | Block::Footnote(text) => html.leaf("p", &[], text),
            _ => continue,
        }
        html.raw("\n");
    }
}

fn table(table: &Table, html: &mut Html) {
    html.leaf("caption", &[], &table.caption);
    html.raw("\n");
    html.element("thead", &[], |html| {
        html.element("tr", &[], |html| {
            html.leaf("td", &[], "");
            for side in table.columns.iter().skip(1) {
                html.leaf("th", &[("scope", "col")], &side.name);
            }
        });
    });
    html.raw("\n");
    html.element("tbody", &[], |html| {
        for row in &table.rows {
            html.raw("\n");
            html.element("tr", &[], |html| {
                let mut cells = row.cells.iter().map(ToString::to_string);
                html.leaf("th", &[("scope", "row")], &cells.next().unwrap_or_default());
                for cell in cells {
                    html.leaf("td", &[], &cell);
                }
            });
        }
    });
}
