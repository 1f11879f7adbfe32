//! The pictures of the screens in README and `docs/`, made from the program's own frames.
//!
//! `PLANWISE_PICTURES=write cargo test --test it pictures` writes them anew; without it the tests say
//! which of them no longer show what the program draws.

mod svg;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::colour::contrast;
use crate::common::stages::{STAGES, stage};
use planwise::tui::look::Look;
use planwise::tui::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use svg::{Colours, DARK, LIGHT, Picture};

/// What writes the pictures.
const COMMAND: &str = "PLANWISE_PICTURES=write cargo test --test it pictures";

/// One picture: its file, its state, its size, its title and what it shows.
struct Shot {
    file: &'static str,
    stage: &'static str,
    size: (u16, u16),
    title: &'static str,
    about: &'static str,
}

const fn shot(
    file: &'static str,
    stage: &'static str,
    size: (u16, u16),
    title: &'static str,
    about: &'static str,
) -> Shot {
    Shot { file, stage, size, title, about }
}

const SHOTS: [Shot; 12] = [
    shot(
        "welcome",
        "welcome",
        (80, 24),
        "The first screen",
        "Seven ways to begin, from eight questions to reading your own logs. On the right the live \
         pane: no answers yet, a map full of dots, and what a sample month costs.",
    ),
    shot(
        "question",
        "question_4",
        (80, 24),
        "A question",
        "Step 4 of 10, about automation, with the option Some in focus and the reason why it is \
         asked. The pane says that the answer is still open and how many ways are left.",
    ),
    shot(
        "logs",
        "logs_found",
        (80, 24),
        "What your own logs say",
        "28 days of logs: tokens sent and written, limit hits, the value at API prices, and the \
         questions they answer.",
    ),
    shot(
        "month",
        "month",
        (80, 24),
        "Your month",
        "The numbers of a month: words sent to Claude and written by Claude on tracks from 0 to 1B, \
         the model, and what it costs on every model in the pane.",
    ),
    shot(
        "answers",
        "check_answers",
        (80, 24),
        "Your answers",
        "Every answer on one page, each to be changed, before the result is shown.",
    ),
    shot(
        "result",
        "result",
        (80, 24),
        "The recommendation",
        "Hybrid, a clear case, in large letters: what it costs a month, and the points behind it.",
    ),
    shot(
        "result-wide",
        "result",
        (120, 40),
        "The recommendation in a large terminal",
        "The same with room: the pane shows bars for every model, the range of the estimate and \
         the chance that the API alone stays under the price of Pro.",
    ),
    shot(
        "compare",
        "compare",
        (120, 40),
        "The models compared",
        "A table of the models and a chart of the bill as the month grows: Pro flat, the API a \
         solid line, hybrid a dashed one, and where they cross.",
    ),
    shot(
        "fit",
        "fit",
        (80, 24),
        "Fit: your logs against each plan",
        "For each plan whether it would have carried four weeks of logs, the hours blocked at its \
         limits, and what going on past them would have cost.",
    ),
    shot(
        "scenarios",
        "scenarios",
        (80, 24),
        "Kept scenarios",
        "The present answers and three kept scenarios, each with its recommendation and its cost a \
         month.",
    ),
    shot(
        "save",
        "save",
        (80, 24),
        "Saving the report",
        "The format, the folder, the name and a note, before the report is written.",
    ),
    shot(
        "narrow",
        "question_4",
        (40, 20),
        "A question in a narrow terminal",
        "The same question in 40 columns and 20 rows: the pane has become a strip of three lines.",
    ),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures")
}

fn frame(name: &str, size: (u16, u16)) -> Buffer {
    let state = stage(name).state(Look::default(), size);
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buffer = Buffer::empty(area);
    view::draw(&state, area, &mut buffer);
    buffer
}

impl Shot {
    fn svg(&self) -> String {
        let frame = frame(self.stage, self.size);
        Picture { title: self.title, about: self.about, frame: &frame }.svg()
    }
}

#[test]
fn the_pictures_show_what_the_program_draws() {
    let writes = env::var("PLANWISE_PICTURES").is_ok_and(|what| what == "write");
    let mut stale = Vec::new();
    let mut names = BTreeSet::new();
    for shot in &SHOTS {
        let name = format!("{}.svg", shot.file);
        let path = folder().join(&name);
        let made = shot.svg();
        let stored = fs::read_to_string(&path).map(|text| text.replace("\r\n", "\n"));
        if stored.ok().as_ref() != Some(&made) {
            if writes {
                fs::write(&path, &made).unwrap();
            } else {
                stale.push(name.clone());
            }
        }
        assert!(names.insert(name), "two pictures are called '{}'", shot.file);
    }
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !names.contains(&name) {
            stale.push(format!("{name}, which no screen is drawn into; delete it"));
        }
    }
    assert!(
        stale.is_empty(),
        "docs/pictures is not up to date: {}. Write the pictures with:\n\n    {COMMAND}\n",
        stale.join(", ")
    );
}

#[test]
fn a_picture_is_made_the_same_way_every_time() {
    for shot in &SHOTS {
        assert!(shot.svg() == shot.svg(), "{}", shot.file);
    }
}

/// Every letter of the frame stands in its own cell, and nothing in the file runs or is loaded.
#[test]
fn a_picture_holds_every_letter_of_its_frame_and_asks_for_nothing() {
    for shot in &SHOTS {
        let text = shot.svg();
        for word in ["<script", "href", "url(", "@import", "<image", "foreignObject", "onload"] {
            assert!(!text.contains(word), "{}: '{word}'", shot.file);
        }
        let document = roxmltree::Document::parse(&text).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        let child = |name| root.children().find(|node| node.has_tag_name(name)).unwrap();
        let svg = "http://www.w3.org/2000/svg";
        for (name, words) in [("title", shot.title), ("desc", shot.about)] {
            assert_eq!(child((svg, name)).text(), Some(words));
        }
        let ids: Vec<&str> = root.attribute("aria-labelledby").unwrap().split(' ').collect();
        assert_eq!(ids, ["title", "desc"].map(|name| child((svg, name)).attribute("id").unwrap()));

        let frame = frame(shot.stage, shot.size);
        let mut expected = vec![vec![' '; usize::from(shot.size.0)]; usize::from(shot.size.1)];
        for y in 0..shot.size.1 {
            for x in 0..shot.size.0 {
                let symbol = frame[(x, y)].symbol().chars().next().unwrap();
                if !svg::is_drawn(symbol) {
                    expected[usize::from(y)][usize::from(x)] = symbol;
                }
            }
        }
        let mut found = vec![vec![' '; usize::from(shot.size.0)]; usize::from(shot.size.1)];
        for node in document.descendants().filter(|node| node.has_tag_name((svg, "text"))) {
            let number = |name| node.attribute(name).map(|value| value.parse::<usize>().unwrap());
            let words = node.text().unwrap();
            let (x, y) = (number("x").unwrap() / svg::WIDTH, number("y").unwrap() / svg::HEIGHT);
            let length = words.chars().count();
            assert_eq!(number("textLength").unwrap_or(svg::WIDTH), length * svg::WIDTH, "{words}");
            for (at, letter) in (x..).zip(words.chars()) {
                found[y][at] = letter;
            }
        }
        let joined = |rows: Vec<Vec<char>>| -> Vec<String> {
            rows.into_iter().map(|row| row.into_iter().collect()).collect()
        };
        assert_eq!(joined(found), joined(expected), "{}", shot.file);
    }
}

/// Whatever a screen draws, a picture can show: each character is a shape, or in every font.
#[test]
fn every_screen_could_be_a_picture() {
    for stage in STAGES {
        for size in [(40, 20), (80, 24), (120, 40)] {
            let frame = frame(stage.name, size);
            let about = "a screen";
            let made = Picture { title: stage.name, about, frame: &frame }.svg();
            roxmltree::Document::parse(&made).unwrap();
        }
    }
}

#[test]
fn words_have_a_contrast_of_four_and_a_half_and_shapes_of_three() {
    for Colours { background, foreground, dim, pro, api, hybrid } in [LIGHT, DARK] {
        for words in [foreground, dim] {
            assert!(contrast(words, background) >= 4.5, "{words} on {background}");
        }
        for shape in [pro, api, hybrid] {
            assert!(contrast(shape, background) >= 3.0, "{shape} on {background}");
        }
    }
}
