//! The HTML report in a real browser: it asks for nothing, runs nothing, fits a phone, can be read
//! in light and dark, and prints on two sheets, three with a replay, in letters of 8 pt or more.
//!
//! Without a Chromium on this machine these tests are skipped; `PLANWISE_CHROMIUM` names one that
//! is not on the path.

mod devtools;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use self::devtools::Browser;
use crate::common::cases::{
    self, HOSTILE, assessed, cases, hostile_catalog, with, world, world_of,
};
use crate::common::{full, replayed};

const LOOK: &str = include_str!("browser/look.js");

/// The browser, or a word on why there is none.
fn browser() -> Option<Browser> {
    devtools::find().map(|program| Browser::start(&program))
}

/// Writes a page; its name is free of letters that a URL would change.
fn page(folder: &Path, name: &str, html: &str) -> (PathBuf, String) {
    let name = name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
    let path = folder.join(format!("{name}.html"));
    fs::write(&path, html).unwrap();
    let url = format!("file://{}", path.display());
    (path, url)
}

/// The page on a month read from logs and replayed.
fn full_page() -> String {
    let (answers, usage) = full::with(replayed::digest()).complete(false).unwrap();
    let a = planwise::advice::assess(&answers, &usage, &world()).unwrap();
    with(&a, world(), None, |report| report.html())
}

/// Odd months, every seventh persona, and pages full of texts that mean harm.
fn pages() -> Vec<(String, String)> {
    let every_seventh = cases().into_iter().step_by(7);
    let mut pages: Vec<(String, String)> = cases::odd_months()
        .into_iter()
        .chain(every_seventh)
        .map(|case| {
            let a = assessed(&case.file, &world());
            (case.name, with(&a, world(), None, |report| report.html()))
        })
        .collect();
    pages.push(("read from logs and replayed".to_owned(), full_page()));
    let list = hostile_catalog();
    let file = cases::odd_months().remove(0).file;
    let a = assessed(&file, &world_of(&list));
    for text in [HOSTILE.to_owned(), "W".repeat(10_000), "<b>|`=שלום ".repeat(900)] {
        let html = with(&a, world_of(&list), Some(&text), |report| report.html());
        pages.push((format!("hostile {}", pages.len()), html));
    }
    pages
}

#[test]
fn every_page_can_be_read_on_a_phone_and_a_desk_in_light_and_dark() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for (name, html) in pages() {
        let (_, url) = page(folder.path(), &name, &html);
        // High enough that no text has to be scrolled to.
        for (width, scheme) in [(360, "light"), (360, "dark"), (750, "light"), (1200, "dark")] {
            browser.resize(width, 12_000);
            browser.prefer(scheme);
            browser.open(&url);
            let found = browser.evaluate(LOOK);
            let found = found.as_array().unwrap().iter().map(ToString::to_string);
            let noise = browser.noise(&url);
            let all = found.chain(noise);
            wrong.extend(all.map(|what| format!("{name}, {width} {scheme}: {what}")));
        }
        let scripts = "document.scripts.length + document.images.length";
        assert_eq!(browser.evaluate(scripts), 0, "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_first_page_is_one_sheet_and_the_appendix_at_most_four_more() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    let personas = cases().into_iter().map(|case| {
        let a = assessed(&case.file, &world());
        (case.name, with(&a, world(), None, |report| report.html()), 5)
    });
    let full = ("read from logs and replayed".to_owned(), full_page(), 6);
    for (name, html, most) in personas.chain([full]) {
        let (_, url) = page(folder.path(), &name, &html);
        // A dark scheme on the screen is no dark paper.
        browser.prefer("dark");
        browser.open(&url);
        let paper = json!({"preferCSSPageSize": true, "printBackground": false});
        let pdf = browser.bytes("Page.printToPDF", &paper);
        let text = String::from_utf8_lossy(&pdf);
        let sheets = text.matches("/Type /Page").count() - text.matches("/Type /Pages").count();
        if !(2..=most).contains(&sheets) {
            wrong.push(format!("{name}: {sheets} sheets"));
        }
        browser.evaluate("document.querySelector('.appendix').remove()");
        let first = browser.bytes("Page.printToPDF", &paper);
        let first = String::from_utf8_lossy(&first);
        if first.matches("/Type /Page").count() - first.matches("/Type /Pages").count() != 1 {
            wrong.push(format!("{name}: the first page is longer than a sheet"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The smallest letter of a text that shows, in CSS pixels of 1/96 inch; 8 pt are 10.67 of them.
const SMALLEST: &str = "(() => {
  let least = [1000, ''];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || element.closest('style,script,title,desc')) continue;
    if (!element.getClientRects().length) continue;
    const svg = element.closest('svg');
    const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size < least[0]) least = [size, walk.currentNode.data.slice(0, 40)];
  }
  return least;
})()";

/// The tables that are wider than the column of the sheet that they stand in.
const TOO_WIDE: &str = "(() => {
  const parts = document.querySelector('.parts');
  const gap = parseFloat(getComputedStyle(parts).columnGap);
  const room = (parts.clientWidth - gap) / 2 + 1;
  return [...parts.querySelectorAll('section:not(#ways) table')]
    .filter(table => table.offsetWidth > room)
    .map(table => table.caption.textContent);
})()";

#[test]
fn on_paper_no_letter_is_smaller_than_8_pt_and_no_table_too_wide() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let drawn = cases::odd_months().remove(0);
    let drawn = with(&assessed(&drawn.file, &world()), world(), None, |report| report.html());
    for (name, html) in [("drawn", drawn), ("full", full_page())] {
        let (_, url) = page(folder.path(), name, &html);
        // 188 mm between the margins of the sheet.
        browser.resize(711, 4_000);
        browser.open(&url);
        browser.print();
        let least = browser.evaluate(SMALLEST);
        assert!(least[0].as_f64().unwrap() > 10.6, "{name}: {least}");
        assert_eq!(browser.evaluate(TOO_WIDE), json!([]), "{name}");
        browser.prefer("light");
    }
}

#[test]
fn the_tester_would_notice() {
    let Some(mut browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let a = assessed(&cases::odd_months().remove(0).file, &world());
    let html = with(&a, world(), None, |report| report.html());
    let bad = html
        .replace("--soft: #555c64", "--soft: #b5b5b5")
        .replace("<h1>", "<h1 style=\"width: 500px\">")
        .replace("default-src 'none';", "default-src *;")
        .replace("</h1>", "</h1><img src=\"missing.png\"/>")
        .replace(
            "default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:",
            "",
        );
    let (_, url) = page(folder.path(), "bad", &bad);
    browser.resize(360, 12_000);
    browser.prefer("light");
    browser.open(&url);
    let found = browser.evaluate(LOOK).to_string();
    for sign in ["contrast 1.", "scrolls sideways", "over the edge: <H1>"] {
        assert!(found.contains(sign), "{sign}: {found}");
    }
    let noise = browser.noise(&url).join(" ");
    assert!(noise.contains("missing.png"), "{noise}");
}
