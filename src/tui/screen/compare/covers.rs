//! What each of the three ways covers and leaves out.

use crate::advice::{Assessment, Outcome};
use crate::question::{Automation, Interface};
use crate::text::layout::pad_right;
use crate::tui::page::Page;
use crate::words;

/// What Pro alone does not cover.
pub(super) fn pro_leaves_out(case: &Assessment) -> String {
    let line = words::covers(case, Outcome::Pro).line;
    match line.split_once("; not ") {
        Some((_, out)) => format!("Pro alone never covers {out}."),
        None => format!("Pro alone covers {line}."),
    }
}

/// Draws what each way covers, in three columns beside its name.
pub(super) fn draw(case: &Assessment, page: &mut Page) {
    let look = page.look();
    let profile = case.answers.profile;
    let jobs = profile.automation() != Automation::None;
    let outside = match profile.interface() {
        Interface::Chat | Interface::ClaudeCode => "automated jobs",
        Interface::Tools if jobs => "apps and jobs",
        Interface::Tools => "other apps",
        Interface::Code if jobs => "code and jobs",
        Interface::Code => "your own code",
    };
    let row = |name: &str, [chat, outside, limit]: [&str; 3]| {
        format!("{}{}{}{limit}", pad_right(name, 19), pad_right(chat, 12), pad_right(outside, 17))
    };
    let (work, on_api) = match profile.interface() {
        Interface::ClaudeCode => ("Claude Code", "with a key"),
        _ => ("chat", "other app"),
    };
    let head = row("  Covers", [work, outside, "past a limit"]);
    page.text(&head, look.theme.title);
    for (outcome, name, cells) in [
        (Outcome::Pro, "Pro alone", ["yes", "no", "wait, or buy credits"]),
        (Outcome::Api, "API alone", [on_api, "yes", "rate limits only"]),
        (Outcome::Hybrid, "Hybrid", ["yes", "yes", "yes"]),
    ] {
        let mark = if case.outcome == outcome { look.glyphs.you } else { " " };
        page.text(&row(&format!("  {mark} {name}"), cells), look.theme.text);
    }
}
