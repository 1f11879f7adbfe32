//! Fit: which plan would have covered the usage in the logs, and why.

use std::collections::BTreeSet;

use super::ScreenBehavior;
use super::form::draw_choice;
use super::scenarios::{NOTHING_TO_REDO, NOTHING_TO_UNDO};
use crate::fit::{Digest, Mark, WeekDigest};
use crate::measured::Measured;
use crate::text::layout::{fit as cut, pad_left, pad_right};
use crate::tui::app::{AppState, Cx, EventCtx, Go};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::wizard::session::Session;
use crate::words;

/// Which plan would have covered the usage in the logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FitScreen {
    /// True if the logs are still in memory, so that the plan they were made on can be set.
    asks: bool,
}

/// The month whose replay can be shown.
fn month<'a>(session: &'a Session<'_>, app: &'a AppState) -> Option<&'a Measured> {
    session.replayed(app.wizard.scan.reading()).map(|month| &**month)
}

impl FitScreen {
    pub fn new(session: &Session<'_>, app: &AppState) -> Self {
        let mut fit = Self::default();
        fit.renew(session, app);
        fit
    }

    /// Why there is nothing to show, as a status line. `None` if there is something.
    pub fn missing(session: &Session<'_>, app: &AppState) -> Option<&'static str> {
        match month(session, app).map(|month| &month.fit) {
            Some(Some(_)) => None,
            Some(None) => Some(words::fit::NOTHING_TO_REPLAY),
            None => Some("Fit needs your logs: see Use my own logs."),
        }
    }

    /// Declares the next or previous plan as the one the person had, and replays it.
    fn choose(is_forward: bool, ctx: &mut EventCtx<'_, '_>) {
        let Some(month) = month(ctx.session, ctx.app) else { return };
        let Some(next) = month.next_plan(is_forward) else {
            ctx.say = Some("Read your logs again to say another plan.".to_owned());
            return;
        };
        let said = ctx.session.declare_plan(next.as_deref(), ctx.app.wizard.scan.reading_mut());
        if let Err(error) = said {
            ctx.say = Some(format!("! {error}"));
        }
    }
}

/// Undoes or redoes a declared plan on logs that were read but not imported, which the session does
/// not record. Returns false if the session should handle the key.
pub(super) fn step_of_reading(is_undo: bool, ctx: &mut EventCtx<'_, '_>) -> bool {
    let Some(reading) = ctx.app.wizard.scan.reading_mut() else { return false };
    if ctx.session.has_taken(reading) || (!is_undo && ctx.session.would_take_again(reading)) {
        return false;
    }
    let (how, what, nothing) = if is_undo {
        ("Undone", reading.undo(), NOTHING_TO_UNDO)
    } else {
        ("Redone", reading.redo(), NOTHING_TO_REDO)
    };
    ctx.say = Some(what.map_or_else(|| nothing.to_owned(), |what| ctx.app.change_said(how, &what)));
    true
}

/// Draws the plan the person had. It can be changed while the logs are in memory.
fn plan(month: &Measured, fit: &Digest, page: &mut Page) {
    let from = page.row();
    if month.replays.all().is_empty() {
        say(page, &words::fit::plan_had(fit));
    } else {
        let named = words::fit::plan_named(fit);
        let (name, aside) = named.unwrap_or(("not said", "your logs do not name it"));
        draw_choice(page, words::fit::PLAN_HAD, name, aside, false);
    }
    page.mark_clickable(from, 0);
}

fn say(page: &mut Page, text: &str) {
    let style = page.look().theme.text;
    page.paragraph(text, 2, style);
}

fn heading(page: &mut Page, text: &str) {
    let style = page.look().theme.title;
    page.paragraph(text, 2, style);
}

/// The longest plan name in the built-in list, with its mark.
const USUAL_NAME: usize = 14;

/// Lays out a head and rows in columns, using short names if the whole ones do not fit. The first
/// column and those in `left` are left-aligned. Returns `None` if the page is too narrow even for
/// short names.
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

/// The same with the given names. It cuts only names longer than [`USUAL_NAME`].
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
        // Names from a price file may have any length.
        if *first > name && *first <= USUAL_NAME {
            return None;
        }
        *first = name.min(*first);
        // Two plans cut to the same name could not be told apart.
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

/// Draws a table, or one line per row if it does not fit.
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

/// Draws every plan with ranges only. This part must be visible first.
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

/// Draws every plan at its likely capacity, which the table above omits if space is short.
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

/// The column where a day's marks begin, right of its name.
const LABEL: u16 = 13;

/// Draws a week hour by hour against the capacity of the usage window.
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
    page.gap();
    heading(page, name);
    let style = page.look().theme.text;
    for sentence in sentences {
        page.item("- ", sentence, 2, style);
    }
}

impl ScreenBehavior for FitScreen {
    fn context(&self) -> Context {
        if self.asks { Context::Fit } else { Context::KeptFit }
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Fit: your logs against each plan, estimate".to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        page.gap();
        let month = month(cx.session, cx.app);
        let Some((month, fit)) = month.and_then(|month| Some((month, month.fit.as_deref()?)))
        else {
            say(page, "No logs are taken over now, so there is nothing to see.");
            return;
        };
        let said = words::fit::digest_sentences(fit);
        plan(month, fit, page);
        page.gap();
        if let Some(first) = said.answer.first() {
            heading(page, first);
        }
        page.gap();
        plans(fit, page);
        for sentence in said.answer.iter().skip(1) {
            page.gap();
            say(page, sentence);
        }
        if let Some(shown) = &fit.week {
            page.gap();
            week(shown, page);
        }
        page.gap();
        heading(page, words::fit::AT_LIKELY);
        likely(fit, page);
        for (name, sentences) in words::fit::grounds(&said) {
            list(page, name, sentences);
        }
        page.gap();
        let style = page.look().theme.title;
        page.paragraph(words::VERIFY, 2, style);
        page.gap();
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        match action {
            Action::Back | Action::Enter => ctx.go = Some(Go::Back),
            Action::Left | Action::Right => Self::choose(action == Action::Right, ctx),
            _ => {}
        }
    }

    fn click(&mut self, _index: usize, ctx: &mut EventCtx<'_, '_>) {
        Self::choose(true, ctx);
    }

    fn renew(&mut self, session: &Session<'_>, app: &AppState) {
        self.asks = month(session, app).is_some_and(|month| !month.replays.all().is_empty());
    }

    fn undo(&mut self, ctx: &mut EventCtx<'_, '_>) -> bool {
        step_of_reading(true, ctx)
    }

    fn redo(&mut self, ctx: &mut EventCtx<'_, '_>) -> bool {
        step_of_reading(false, ctx)
    }
}
