//! Help: the current prompt, then the commands that work anywhere.

use super::Page;
use super::stage::{Logs, OutcomeCheck, Saving, Stage};

/// Commands that work anywhere, by word or letter, and what they do.
const ANYWHERE: [(&str, &str); 9] = [
    ENTER,
    BACK,
    ("u, undo, and redo", "take the last change back, and have it again"),
    ("w, why", "why this is asked, or every point behind the result"),
    ("e, answers", "the list of your answers, to change them"),
    ("f, fit", "your logs against each plan, once logs were read"),
    ("plan", "say which plan you had, once logs were read"),
    HELP,
    QUIT,
];

const ENTER: (&str, &str) = ("Enter alone", "does what the line above the prompt says of it");
const BACK: (&str, &str) = ("b, back", "back one step; the answers stay");
const HELP: (&str, &str) = ("?, help", "this");
const QUIT: (&str, &str) =
    ("q, quit", "quit; your answers are kept unless the program was told not to");

/// Commands that work while a text is typed, and what they do.
const BESIDE_TEXT: [(&str, &str); 4] = [ENTER, BACK, HELP, QUIT];

/// Commands that need a result.
const AFTER: [(&str, &str); 6] = [
    ("n, next", "next steps"),
    ("s, save", "save the report"),
    ("c, compare", "the month on every model, and where the advice changes"),
    ("compare 1.5", "the same at 1.5 times your volume; nothing is changed"),
    ("p, scenarios", "keep this result under a name, compare it with others"),
    ("y, copy", "a summary of four lines, to copy"),
];

/// Help for the current prompt.
pub(super) fn help(stage: &Stage, page: &mut Page) {
    page.para(here(stage));
    if stage.takes_text() {
        page.para(
            "Every line that you type ends with Enter. All of it is taken as the text, but for \
             these:",
        );
        list(&BESIDE_TEXT, page);
        return;
    }
    page.para("Every line that you type ends with Enter. What can be typed anywhere:");
    list(&ANYWHERE, page);
    if stage.needs_result() || matches!(stage, Stage::Check) {
        page.para("Once there is a result:");
        list(&AFTER, page);
    }
}

fn list(rows: &[(&str, &str)], page: &mut Page) {
    for (key, about) in rows {
        page.hang("  ", &format!("{key}: {about}."));
    }
}

/// A description of the current prompt.
const fn here(stage: &Stage) -> &'static str {
    match stage {
        Stage::Welcome => "Here you choose how to begin: type a number of the list.",
        Stage::Examples => "Here you choose one of three users of the article: type its number.",
        Stage::Open => "Here you type the path of a saved report, or of a file of answers.",
        Stage::Logs(Logs::Order(_), _) => {
            "Here you say which logs are read: type a path, or Enter for the usual places."
        }
        Stage::OutcomeCheck(OutcomeCheck::Order(..)) => {
            "Here you say which logs are held against your report: type a path, or Enter for the \
             usual places."
        }
        Stage::Logs(Logs::Reading(_), _) | Stage::OutcomeCheck(_) => {
            "Your logs are being read. Type x to stop it."
        }
        Stage::Logs(Logs::Found(..), _) => {
            "Here you decide whether your month and some answers are taken from these logs."
        }
        Stage::Question(..) | Stage::Quick(_) => {
            "Here you answer a question: type the number of an option. An answer can be changed \
             at any time."
        }
        Stage::Month(..) => {
            "Here you set your month, a line at a time: type a number, or Enter to keep what \
             stands. Numbers of tokens: 2.5M, 800k, 1,000,000 or 1e6."
        }
        Stage::Week(..) => {
            "Here you describe a usual week: type a number, or Enter to keep what stands. At the \
             end it is counted into a month."
        }
        Stage::AdvancedList(_) => {
            "Here you can set the finer numbers of the month: type the number of a line. Most \
             people leave them as they are."
        }
        Stage::Advanced(..) => {
            "Here you set one number: type it, or d for the default, or Enter to keep it."
        }
        Stage::Check => {
            "Here you check your answers: type the number of a line to change it, or Enter for \
             the result."
        }
        Stage::Result => "Here is your result: type the number of what you want to do with it.",
        Stage::Save(Saving::Path) => {
            "Here you type where the report is saved: a path, or a name alone for the folder \
             offered. The ending says the format: .md, .html or .json; without one all three are \
             saved."
        }
        Stage::Save(Saving::Note(_)) => "Here you can type a note that is put into the report.",
        Stage::Save(_) => "Here you say what to do so that the report can be saved: type a number.",
        Stage::Scenarios => {
            "Here are the results that you kept: open one, or hold two to four of them against \
             each other."
        }
        Stage::Plan(_) => "Here you say which plan you had: type its number, or Enter to keep it.",
        Stage::Leave(_) => "You are about to leave: type a number.",
    }
}
