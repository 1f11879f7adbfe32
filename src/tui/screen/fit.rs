//! Fit: which plan would have carried what the logs show, and why.

use std::collections::BTreeSet;

use super::numbers::draw_choice;
use super::{Behave, Screen};
use crate::fit::{Digest, Mark, WeekDigest};
use crate::history::month::Measured;
use crate::session::Session;
use crate::text::layout::{fit as cut, pad_left, pad_right};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::state::{Cx, Desk, Go, Turn};
use crate::words;

/// Which plan would have carried what the logs show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FitScreen {
    /// The plans that were said before, of logs that were not taken over: the session does not
    /// know them.
    past: Vec<Option<String>>,
}

/// Logs that were read and not taken over.
fn untaken<'a>(session: &Session<'_>, desk: &'a Desk) -> Option<&'a Measured> {
    let read = desk.scan.month()?;
    let taken = session.usage().measured.as_deref();
    (!taken.is_some_and(|taken| taken.is_same_reading(read))).then_some(read)
}

/// The month whose replay there is to see: of the logs read last, else of those taken over.
fn month<'a>(session: &'a Session<'_>, desk: &'a Desk) -> Option<&'a Measured> {
    untaken(session, desk).or_else(|| session.usage().measured.as_deref())
}

fn digest<'a>(session: &'a Session<'_>, desk: &'a Desk) -> Option<&'a Digest> {
    month(session, desk)?.fit.as_deref()
}

impl FitScreen {
    /// The screen, or what the status line says where there is nothing to see.
    pub fn open(session: &Session<'_>, desk: &Desk) -> Result<Screen, &'static str> {
        let has_logs = desk.scan.month().is_some() || session.usage().measured.is_some();
        match digest(session, desk) {
            Some(_) => Ok(Screen::Fit(Self::default())),
            None if has_logs => Err("Nothing in these logs can be replayed."),
            None => Err("Fit needs your logs: see Use my own logs."),
        }
    }

    /// Says the next plan of the choice, or the one before, and has it replayed.
    fn choose(&mut self, is_forward: bool, turn: &mut Turn<'_, '_>) {
        let Some(month) = month(turn.session, turn.desk) else { return };
        let Some(next) = month.next_plan(is_forward) else {
            turn.say = Some("Read your logs again to say another plan.".to_owned());
            return;
        };
        let before = month.plan_said().map(str::to_owned);
        let is_untaken = untaken(turn.session, turn.desk).is_some();
        // What was found shows the same plan as what was taken over of it.
        turn.desk.scan.say_plan(next.as_deref());
        if is_untaken {
            self.past.push(before);
        } else if let Err(error) = turn.session.say_plan(next.as_deref()) {
            turn.say = Some(format!("! {error}"));
        }
    }
}

/// The plan the person had, to be chosen where the logs are still at hand.
fn plan(month: &Measured, fit: &Digest, page: &mut Page) {
    let from = page.row();
    if month.replays.all().is_empty() {
        say(page, &words::fit::plan_had(fit));
    } else {
        let (name, aside) = match fit.plan_now() {
            Some(plan) if fit.is_said => (plan.name.as_str(), "as you said"),
            Some(plan) => (plan.name.as_str(), "as your logs say"),
            None => ("not said", "your logs do not name it"),
        };
        draw_choice(page, "Plan you had", name, aside, false);
    }
    page.target_since(from, 0);
}

fn say(page: &mut Page, text: &str) {
    let style = page.look().theme.text;
    page.paragraph(text, 2, style);
}

fn heading(page: &mut Page, text: &str) {
    let style = page.look().theme.title;
    page.paragraph(text, 2, style);
}

/// The longest name of a plan in the built-in list, with its mark.
const USUAL_NAME: usize = 14;

/// A head and rows in columns, the first to the left, those in `left` too, with short names where
/// there is no room for whole ones; `None` where the page is too narrow for these too.
fn columns<const N: usize>(
    head: [&str; N],
    rows: &[[String; N]],
    left: &[usize],
    page: &Page,
) -> Option<Vec<String>> {
    let mut short = rows.to_vec();
    for name in short.iter_mut().filter_map(|row| row.first_mut()) {
        *name = words::fit::short_name(name);
    }
    set(head, rows, left, page).or_else(|| set(head, &short, left, page))
}

/// The same with these names, whole ones only unless they are longer than any plan's usual name.
fn set<const N: usize>(
    head: [&str; N],
    rows: &[[String; N]],
    left: &[usize],
    page: &Page,
) -> Option<Vec<String>> {
    let wide = |text: &str| unicode_width::UnicodeWidthStr::width(text);
    let mut widths = head.map(wide);
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = wide(cell).max(*width);
        }
    }
    let room = usize::from(page.width()).saturating_sub(3);
    let rest: usize = widths.iter().skip(1).map(|width| width + 2).sum();
    let name = room.checked_sub(rest).filter(|name| *name >= 5)?;
    if let Some(first) = widths.first_mut() {
        // A list of one's own may have names of any length.
        if *first > name && *first <= USUAL_NAME {
            return None;
        }
        *first = name.min(*first);
        // Two plans that are cut to one name are of no use to anyone.
        let names: BTreeSet<_> =
            rows.iter().filter_map(|row| Some(cut(row.first()?, *first))).collect();
        if names.len() < rows.len() {
            return None;
        }
    }
    let line = |cells: [&str; N]| {
        let cells = cells.iter().zip(widths).enumerate().map(|(at, (cell, width))| {
            let cell = cut(cell, width);
            if left.contains(&at) { pad_right(&cell, width) } else { pad_left(&cell, width) }
        });
        format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
    };
    let mut lines = vec![line(head)];
    lines.extend(rows.iter().map(|row| line(row.each_ref().map(String::as_str))));
    Some(lines)
}

/// Draws a table, or its rows as lines where there is no room for it.
fn table<const N: usize>(head: [&str; N], rows: &[[String; N]], left: &[usize], page: &mut Page) {
    let theme = page.look().theme;
    if let Some(lines) = columns(head, rows, left, page) {
        for (index, line) in lines.iter().enumerate() {
            page.text(line, if index == 0 { theme.secondary } else { theme.text });
        }
        return;
    }
    for row in rows {
        let named = row.iter().zip(head).skip(1).filter(|(cell, _)| *cell != "-");
        let cells: Vec<String> =
            named.map(|(cell, name)| format!("{} {cell}", name.to_lowercase())).collect();
        let name = row.first().map_or("", String::as_str);
        page.item(&format!("{name}: "), &cells.join(", "), 2, theme.text);
    }
}

/// Every plan, ranges only: this is what must be seen first.
fn plans(fit: &Digest, page: &mut Page) {
    let rows = words::fit::brief_rows(&fit.plans);
    let head = ["Plan", "Carries", "Blocked", "Paying a month"];
    if columns(head, &rows, &[0, 1], page).is_some() {
        table(head, &rows, &[0, 1], page);
    } else {
        let (waiting, paying): (Vec<[String; 3]>, Vec<[String; 2]>) = rows
            .into_iter()
            .map(|[plan, carries, blocked, paying]| {
                ([plan.clone(), carries, blocked], [plan, paying])
            })
            .unzip();
        table(["Plan", "Carries", "Blocked"], &waiting, &[0, 1], page);
        page.gap();
        table(["Plan", "Paying a month"], &paying, &[0], page);
    }
    let style = page.look().theme.secondary;
    page.paragraph(&words::fit::ranges_sentence(fit), 2, style);
    for line in words::fit::legend(&fit.plans, fit.unnamed_hits) {
        page.paragraph(&line, 2, style);
    }
}

/// Every plan at the likely capacity: what the table above does not say where there is no more room.
fn likely(fit: &Digest, page: &mut Page) {
    let rows = words::fit::plan_rows(&fit.plans);
    let head = ["Plan", "Fee", "5h+wk", "Blocked", "Longest", "Overflow", "Paying", "Carries"];
    if columns(head, &rows, &[0, 7], page).is_some() {
        table(head, &rows, &[0, 7], page);
    } else {
        let shorter: Vec<[String; 7]> = rows
            .iter()
            .cloned()
            .map(|[plan, fee, hits, blocked, _, overflow, paying, carries]| {
                [plan, fee, hits, blocked, overflow, paying, carries]
            })
            .collect();
        let head = ["Plan", "Fee", "5h+wk", "Blocked", "Overflow", "Paying", "Carries"];
        if columns(head, &shorter, &[0, 6], page).is_some() {
            table(head, &shorter, &[0, 6], page);
        } else {
            let rows: Vec<[String; 4]> = rows
                .into_iter()
                .map(|[plan, _, hits, blocked, _, overflow, ..]| [plan, hits, blocked, overflow])
                .collect();
            table(["Plan", "5h+wk", "Blocked", "Overflow"], &rows, &[0], page);
        }
    }
    let style = page.look().theme.secondary;
    page.paragraph(words::fit::HITS, 2, style);
    page.paragraph(words::fit::VERDICTS, 2, style);
    let rows = words::fit::interruption_rows(&fit.plans);
    if let Some(value) = fit.hour_value.filter(|_| !rows.is_empty()) {
        page.gap();
        heading(page, &words::fit::interruption_heading(value));
        table(["Plan", "Blocked", "They cost", "With the fee"], &rows, &[0], page);
        if let Some(note) = words::fit::interruption_note(fit.unnamed_hits) {
            page.paragraph(&note, 2, style);
        }
    }
}

/// Where the marks of a day begin, right of its name.
const LABEL: u16 = 13;

/// A week hour by hour against what the window holds.
fn week(week: &WeekDigest, page: &mut Page) {
    let look = page.look();
    heading(page, words::fit::HARDEST_WEEK);
    say(page, &words::fit::week_sentence(week));
    let step = if page.width() >= 66 { 2 } else { 1 };
    let mut axis = " ".repeat(usize::from(LABEL));
    for hour in [0_usize, 6, 12, 18] {
        axis.push_str(&pad_right(&hour.to_string(), 6 * step));
    }
    page.text(axis.trim_end(), look.theme.secondary);
    for (day, marks) in &week.days {
        let row = page.row();
        page.text(&format!("  {}", day.strftime("%a %e %b")), look.theme.secondary);
        let mut column = LABEL;
        for mark in marks {
            let (sign, style) = match mark {
                Mark::Outside => (" ", look.theme.text),
                Mark::Idle => (look.glyphs.fog, look.theme.secondary),
                Mark::Within => ("o", look.theme.text),
                Mark::OverLow => ("+", look.theme.text),
                Mark::OverLikely => ("#", look.theme.title),
                Mark::OverHigh => ("@", look.theme.title),
                Mark::Hit => ("!", look.theme.title),
            };
            page.put(column, row, sign, style);
            column = column.saturating_add(if step == 2 { 2 } else { 1 });
        }
    }
    say(page, words::fit::MARKS);
}

fn list(page: &mut Page, name: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    page.gap();
    heading(page, name);
    let style = page.look().theme.text;
    for sentence in sentences {
        page.item("- ", sentence, 2, style);
    }
}

impl Behave for FitScreen {
    fn context(&self) -> Context {
        Context::Fit
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Fit: your logs against each plan, estimate".to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        page.gap();
        let month = month(cx.session, cx.desk);
        let Some((month, fit)) = month.and_then(|month| Some((month, month.fit.as_deref()?)))
        else {
            say(page, "No logs are taken over now, so there is nothing to see.");
            return;
        };
        plan(month, fit, page);
        page.gap();
        if let Some(first) = fit.answer.first() {
            heading(page, first);
        }
        page.gap();
        plans(fit, page);
        for sentence in fit.answer.iter().skip(1) {
            page.gap();
            say(page, sentence);
        }
        if let Some(shown) = &fit.week {
            page.gap();
            week(shown, page);
        }
        page.gap();
        heading(page, "At the likely capacity");
        likely(fit, page);
        list(page, "What a window holds is not published", &fit.holds);
        list(page, "What this takes for granted", &fit.assumptions);
        list(page, "How far to trust this", &fit.doubts);
        page.gap();
        let style = page.look().theme.title;
        page.paragraph(words::VERIFY, 2, style);
        page.gap();
    }

    fn act(&mut self, action: Action, turn: &mut Turn<'_, '_>) {
        match action {
            Action::Back | Action::Enter => turn.go = Some(Go::Back),
            Action::Left | Action::Right => self.choose(action == Action::Right, turn),
            _ => {}
        }
    }

    fn click(&mut self, _index: usize, turn: &mut Turn<'_, '_>) {
        self.choose(true, turn);
    }

    fn undo(&mut self, turn: &mut Turn<'_, '_>) -> bool {
        if untaken(turn.session, turn.desk).is_none() {
            return false;
        }
        let Some(before) = self.past.pop() else { return false };
        turn.desk.scan.say_plan(before.as_deref());
        turn.say = Some("Undone: Plan you had".to_owned());
        true
    }
}
