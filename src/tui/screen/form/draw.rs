//! Draws the lines of a form.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use super::step::{position, scale};
use super::{Form, FormLine, Row};
use crate::month::Unit;
use crate::text::layout::{columns, pad_right};
use crate::tui::page::Page;
use crate::tui::widget::slider::{Scale, Slider};

pub(in crate::tui::screen) struct NumberRow<'a> {
    pub label: &'a str,
    /// The formatted value.
    pub value: String,
    /// The text right of the track: a short amount, `default`.
    pub aside: String,
    pub unit: Unit,
    /// The position of the knob, 0 to 1. `None` for a line without a track.
    pub at: Option<Decimal>,
    /// True to show numbers under the track if there is room.
    pub scale: bool,
}

impl<L: FormLine> Form<L> {
    /// Draws something that focuses this line when clicked.
    pub(in crate::tui::screen) fn clickable(
        &self,
        page: &mut Page,
        row: Row<L>,
        draw: impl FnOnce(&mut Page, bool),
    ) {
        let from = page.row();
        draw(page, self.focus == row);
        page.mark_clickable(from, Self::index_of(row));
    }

    /// Draws a number: label and value or the open field, and below it the track.
    pub(in crate::tui::screen) fn draw_number(
        &self,
        page: &mut Page,
        row: Row<L>,
        line: &NumberRow<'_>,
    ) {
        self.clickable(page, row, |page, focused| self.draw_line(page, line, focused));
    }

    fn draw_line(&self, page: &mut Page, line: &NumberRow<'_>, focused: bool) {
        let look = page.look();
        let margin = if page.is_roomy() { 3 } else { 1 };
        let room = usize::from(page.width().saturating_sub(4 + margin));
        let from = page.row();
        let style = if focused { look.theme.focus } else { look.theme.text };
        let mark = if focused { ">" } else { " " };
        if let Some(entry) = self.entry.as_ref().filter(|_| focused) {
            let label = format!("{mark} {}: ", line.label);
            let column = 2 + u16::try_from(label.chars().count()).unwrap_or_default();
            page.line(Line::from(vec![
                Span::raw("  "),
                Span::styled(label, look.theme.title),
                Span::styled(format!(" {} ", pad_right(entry.field.text(), 16)), look.theme.focus),
            ]));
            let cursor = u16::try_from(entry.field.cursor()).unwrap_or_default();
            page.cursor_at(column + 1 + cursor, from);
            page.paragraph(&entry.reading(line.unit), 4, look.theme.text);
        } else {
            page.line(Line::from(vec![
                Span::raw("  "),
                Span::styled(format!("{mark} "), style),
                Span::styled(columns(line.label, &line.value, room), style),
            ]));
            if let Some(at) = line.at {
                let row = page.row();
                let aside = 13;
                let track = page.width().saturating_sub(4 + margin + aside).max(8);
                page.text(
                    &format!("    {}", columns("", &line.aside, room)),
                    Style::new().patch(look.theme.text),
                );
                let position = position(line.unit, at);
                page.overlay(Rect::new(4, row, track, 1), &Slider { position, focused, look });
                if page.is_roomy() && line.scale {
                    page.widget(4, track + 3, 1, &Scale { labels: scale(line.unit), look });
                }
            }
            if focused {
                page.cursor_at(2, from);
            }
        }
        page.mark_focusable(from, focused);
    }
}

/// Draws a line with a choice: `Model for the API    < Sonnet 5.5 >   $2 in, $10 out`.
pub(in crate::tui::screen) fn draw_choice(
    page: &mut Page,
    label: &str,
    choice: &str,
    aside: &str,
    focused: bool,
) {
    let look = page.look();
    let pad = if page.is_roomy() { 25 } else { 20 };
    draw_line(
        page,
        &pad_right(label, pad),
        &format!("< {choice} >"),
        aside,
        look.theme.text,
        focused,
    );
}

/// Draws a line that opens something: `More   caching, batches ...`.
pub(in crate::tui::screen) fn draw_door(page: &mut Page, label: &str, about: &str, focused: bool) {
    let look = page.look();
    let pad = if page.is_roomy() { 25 } else { 20 };
    draw_line(page, &pad_right(label, pad), about, "", look.theme.text, focused);
}

fn draw_line(page: &mut Page, label: &str, value: &str, aside: &str, style: Style, focused: bool) {
    let look = page.look();
    let margin = if page.is_roomy() { 3 } else { 1 };
    let room = usize::from(page.width().saturating_sub(4 + margin));
    let from = page.row();
    let (mark, style) = if focused { (">", look.theme.focus) } else { (" ", style) };
    let text = format!("{label}{value}");
    // The value matters more than the remark beside it.
    let aside = if text.width() + 1 + aside.width() > room { "" } else { aside };
    page.line(Line::from(vec![
        Span::raw("  "),
        Span::styled(format!("{mark} {}", columns(&text, aside, room)), style),
    ]));
    page.mark_focusable(from, focused);
    if focused {
        page.cursor_at(2, from);
    }
}

/// Draws buttons on one line, closer together or on a second line if they do not fit. `focus` is
/// the index of the focused one.
pub(in crate::tui::screen) fn draw_buttons(page: &mut Page, labels: &[&str], focus: Option<usize>) {
    /// Columns before the first button, and columns of a button's frame.
    const MARGIN: usize = 2;
    const FRAME: usize = 4;
    let look = page.look();
    let from = page.row();
    let room = usize::from(page.width());
    let taken = |gap: usize| -> usize {
        let widths = labels.iter().map(|label| label.width() + FRAME + gap);
        MARGIN + widths.sum::<usize>().saturating_sub(gap)
    };
    let gap = if taken(3) <= room { 3 } else { 1 };
    let mut line = Line::from(" ".repeat(MARGIN));
    let mut column = MARGIN;
    for (index, label) in labels.iter().enumerate() {
        let focused = focus == Some(index);
        let style = if focused { look.theme.focus } else { look.theme.text };
        let width = label.width() + FRAME;
        if column > MARGIN && column + width > room {
            page.line(std::mem::replace(&mut line, Line::from(" ".repeat(MARGIN))));
            column = MARGIN;
        }
        if focused {
            page.cursor_at(u16::try_from(column).unwrap_or_default(), page.row());
        }
        column += width + gap;
        line.push_span(Span::styled(format!("[ {label} ]"), style));
        line.push_span(Span::raw(" ".repeat(gap)));
    }
    page.line(line);
    page.mark_focusable(from, focus.is_some());
}
