//! The comparison as one page: no script, nothing from elsewhere, every text escaped.

use super::Comparison;
use super::table::Section;
use crate::doc::html::Html;
use crate::text::cell::inert;
use crate::words::VERIFY;

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

/// The title of the page.
const TITLE: &str = "Compared: Claude Pro, the API, or both?";

pub(super) fn render(comparison: &Comparison<'_>) -> String {
    Html::page(TITLE, STYLE, |html| {
        html.raw("\n");
        html.leaf("h1", &[], TITLE);
        html.raw("\n");
        for section in comparison.sections() {
            write_section(&section, comparison, html);
        }
        let as_of = comparison.world.catalog.as_of;
        html.leaf("p", &[], &format!("All with prices of {as_of}, US dollars before tax."));
        html.raw("\n");
        html.leaf("p", &[], VERIFY);
        html.raw("\n");
    })
}

fn write_section(section: &Section, comparison: &Comparison<'_>, html: &mut Html) {
    let title = section.title.as_str();
    if section.rows.is_empty() {
        html.leaf("h2", &[], title);
        html.raw("\n");
    } else {
        let wide =
            [("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", title)];
        html.element("div", &wide, |html| {
            html.element("table", &[], |html| table(section, comparison, html));
        });
        html.raw("\n");
    }
    for sentence in &section.says {
        html.leaf("p", &[], sentence);
        html.raw("\n");
    }
}

fn table(section: &Section, comparison: &Comparison<'_>, html: &mut Html) {
    html.leaf("caption", &[], &section.title);
    html.raw("\n");
    html.element("thead", &[], |html| {
        html.element("tr", &[], |html| {
            html.leaf("td", &[], "");
            for side in &comparison.sides {
                html.leaf("th", &[("scope", "col")], &inert(&side.name));
            }
        });
    });
    html.raw("\n");
    html.element("tbody", &[], |html| {
        for row in &section.rows {
            html.raw("\n");
            html.element("tr", &[], |html| {
                html.leaf("th", &[("scope", "row")], &row.name);
                for cell in &row.cells {
                    html.leaf("td", &[], cell);
                }
            });
        }
    });
}
