//! The comparison as one page: no script, nothing from elsewhere, every text escaped.

use std::fmt::Write as _;

use super::Comparison;
use crate::text::cell::inert;
use crate::text::clean;
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

pub(super) fn render(comparison: &Comparison<'_>) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Compared: Claude Pro, the API, or both?</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<main>\n\
         <h1>Compared: Claude Pro, the API, or both?</h1>\n"
    );
    for section in comparison.sections() {
        let title = escape(&section.title);
        if section.rows.is_empty() {
            let _ = writeln!(out, "<h2>{title}</h2>");
        } else {
            let _ = write!(
                out,
                "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\">\n<table>\n<caption>{title}</caption>\n<thead>\n<tr><td></td>"
            );
            for side in &comparison.sides {
                let _ = write!(out, "<th scope=\"col\">{}</th>", escape(&inert(&side.name)));
            }
            out.push_str("</tr>\n</thead>\n<tbody>\n");
            for row in &section.rows {
                let _ = write!(out, "<tr><th scope=\"row\">{}</th>", escape(&row.name));
                for cell in &row.cells {
                    let _ = write!(out, "<td>{}</td>", escape(cell));
                }
                out.push_str("</tr>\n");
            }
            out.push_str("</tbody>\n</table>\n</div>\n");
        }
        for sentence in &section.says {
            let _ = writeln!(out, "<p>{}</p>", escape(sentence));
        }
    }
    let list = comparison.world.catalog;
    let _ = write!(
        out,
        "<p>All with prices of {}, US dollars before tax.</p>\n<p>{}</p>\n</main>\n</body>\n</html>\n",
        list.as_of,
        escape(VERIFY)
    );
    out
}

/// Text as a page shows it, in elements and in quoted attributes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in clean(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}
