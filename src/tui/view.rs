//! Draws the state: frame, screen, live pane, footer. Pure: reads the state, writes the buffer.
//!
//! ```text
//! ┌─ title ─────────────────────────┬─ Live ───────────┐
//! │ the screen                      │ the live pane    │
//! └─ status ────────────────────────┴─ Prices … ───────┘
//!  footer: the keys of this screen
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::key::Key;
use super::keymap::{self, Action};
use super::layout::{Plan, SMALLEST, main_area, status_room};
use super::page::{Page, Shown};
use super::pane::{self, strip};
use super::place::Place;
use super::state::State;
use super::widget::label;
use crate::text::layout;
use crate::wizard::flow::Step;

/// The layout of the visible screen at the present size: how far it scrolls, what can be clicked.
pub fn shown(state: &State<'_>) -> Shown {
    let Some((area, layer)) = main_area(state.app.size).zip(state.top()) else {
        return Shown::default();
    };
    let mut buffer = Buffer::empty(area);
    page(state, area).show(area, layer.scroll, &mut buffer)
}

fn page(state: &State<'_>, area: Rect) -> Page {
    let mut page = Page::new(state.app.look, area.width, area.height);
    if let Some(layer) = state.top() {
        layer.screen.draw(&state.cx(), &mut page);
    }
    page
}

pub fn view(state: &State<'_>, frame: &mut Frame<'_>) {
    let area = frame.area();
    let cursor = draw(state, area, frame.buffer_mut());
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// Draws everything into a buffer. Returns the position of the terminal's cursor.
pub fn draw(state: &State<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let size = (area.width, area.height);
    let plan = Plan::new(size);
    let Some((main, layer)) = main_area(size).zip(state.top()) else {
        too_small(state, area, buf);
        return None;
    };
    let title = layer.screen.title(&state.cx());
    match plan {
        Plan::TooSmall => return None,
        Plan::Columns { pane, size } => {
            let divider = area.width.saturating_sub(pane);
            let box_area = Rect { height: area.height.saturating_sub(1), ..area };
            outline(state, box_area, divider, &title, buf);
            let inside = Rect::new(divider, 0, pane, box_area.height);
            pane::draw(state, inside, size, buf);
        }
        Plan::Strip => {
            let glyphs = state.app.look.glyphs;
            rule(state, 0, area.width, &title, glyphs.horizontal, buf);
            let top = area.height.saturating_sub(6);
            strip::strip(state, Rect::new(0, top, area.width, 5), buf);
            if let Some(status) = state.status.clone().or_else(|| scan_status(state)) {
                // The strip has no border, so the status replaces its title.
                rule(state, top, area.width, &status, glyphs.horizontal, buf);
            }
        }
    }
    footer(state, Rect::new(0, area.height.saturating_sub(1), area.width, 1), buf);
    page(state, main).show(main, layer.scroll, buf).cursor
}

/// The frame with its titles and the divider before the live pane.
fn outline(state: &State<'_>, area: Rect, divider: u16, title: &str, buf: &mut Buffer) {
    let look = state.app.look;
    let (glyphs, border) = (look.glyphs, look.theme.border);
    let right = area.right().saturating_sub(1);
    let bottom = area.bottom().saturating_sub(1);
    for x in area.left()..area.right() {
        for y in [area.top(), bottom] {
            buf.set_string(x, y, glyphs.horizontal, border);
        }
    }
    for y in area.top()..area.bottom() {
        for x in [area.left(), divider, right] {
            buf.set_string(x, y, glyphs.vertical, border);
        }
    }
    for (x, y, corner) in [
        (0, area.top(), glyphs.top_left),
        (divider, area.top(), glyphs.tee_down),
        (right, area.top(), glyphs.top_right),
        (0, bottom, glyphs.bottom_left),
        (divider, bottom, glyphs.tee_up),
        (right, bottom, glyphs.bottom_right),
    ] {
        buf.set_string(x, y, corner, border);
    }
    label(look, (2, area.top()), divider, title, buf);
    let status = state
        .status
        .clone()
        .or_else(|| scan_status(state))
        .or_else(|| resting_status(state, divider));
    if let Some(status) = status {
        label(look, (2, bottom), divider, &status, buf);
    }
}

/// The progress of a log scan, and how to stop it on screens where letters are keys.
fn scan_status(state: &State<'_>) -> Option<String> {
    let context = state.top()?.screen.context();
    let stops = keymap::lookup(context, Key::Char('x')) == Some(Action::StopScan);
    let status = state.app.wizard.scan.status(stops)?;
    let brief = status.replacen("Reading logs:", "Reading:", 1);
    Some(layout::first_that_fits([status, brief], status_room(state.app.size)))
}

/// The status line when there is no message.
fn resting_status(state: &State<'_>, room: u16) -> Option<String> {
    let at_start = state.top()?.place == Place::Step(Step::Start);
    let text = if room > 70 {
        "Nothing is sent anywhere. No key or password is asked for."
    } else if room > 47 {
        "Nothing is sent. No key or password asked."
    } else {
        "Nothing is sent. No key is asked for."
    };
    at_start.then(|| text.to_owned())
}

/// A horizontal rule over the whole width, with a title.
fn rule(state: &State<'_>, y: u16, width: u16, title: &str, horizontal: &str, buf: &mut Buffer) {
    for x in 0..width {
        buf.set_string(x, y, horizontal, state.app.look.theme.border);
    }
    label(state.app.look, (1, y), width, title, buf);
}

/// The keys of this screen, most used first, as many whole entries as fit. Help is always included.
fn footer(state: &State<'_>, area: Rect, buf: &mut Buffer) {
    let Some(layer) = state.top() else {
        return;
    };
    let look = state.app.look;
    let context = layer.screen.context();
    let width = |(keys, label): &(&str, &str)| keys.chars().count() + label.chars().count() + 3;
    let at_start = layer.place == Place::Step(Step::Start);
    // The first screen has nothing to return to, and the digits depend on the number of options.
    let picks = layer.screen.options(&state.cx()).map(|count| format!("1-{count}"));
    let entries = keymap::footer(context).filter(|(keys, _)| !(at_start && *keys == "Esc")).map(
        |(keys, label)| match &picks {
            Some(picks) if keys == "1-9" => (picks.as_str(), label),
            _ => (keys, label),
        },
    );
    let (help, rest): (Vec<_>, Vec<_>) = entries.partition(|(keys, _)| matches!(*keys, "?" | "F1"));
    let mut room = usize::from(area.width.saturating_sub(1));
    room = room.saturating_sub(help.iter().map(width).sum());
    let mut entries = Vec::new();
    for entry in rest {
        let needed = width(&entry);
        if needed <= room {
            room -= needed;
            entries.push(entry);
        }
    }
    // `quit` comes last, after help.
    let quit = entries.iter().position(|(keys, _)| *keys == "q");
    let quit = quit.map(|index| entries.remove(index));
    let mut line = Line::from(" ");
    for (keys, label) in entries.into_iter().chain(help).chain(quit) {
        line.push_span(Span::styled(look.text(keys).into_owned(), look.theme.key));
        line.push_span(Span::raw(" "));
        line.push_span(Span::styled(look.text(label).into_owned(), look.theme.text));
        line.push_span(Span::raw("  "));
    }
    line.render(area, buf);
}

/// The message of a terminal that is too small, shorter if there are fewer rows.
fn too_small(state: &State<'_>, area: Rect, buf: &mut Buffer) {
    let (columns, rows) = SMALLEST;
    let wordings = [
        format!(
            "Terminal is {}x{}.\nThis needs {columns}x{rows} or more.\nEnlarge it, or quit (q) and run with --plain.",
            area.width, area.height
        ),
        format!("This needs {columns}x{rows} or more.\nEnlarge it, or quit (q)."),
        format!("Needs {columns}x{rows} or more.\nq quits."),
        format!("Needs {columns}x{rows}."),
        format!("{columns}x{rows}"),
    ];
    let mut lines = Vec::new();
    for wording in wordings {
        lines = layout::wrap(&wording, usize::from(area.width));
        if lines.len() <= usize::from(area.height) {
            break;
        }
    }
    for (y, text) in (area.top()..area.bottom()).zip(&lines) {
        buf.set_stringn(0, y, text, usize::from(area.width), state.app.look.theme.text);
    }
}
