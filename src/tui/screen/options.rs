//! Draws the options of a question, the same on every screen that asks one.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::text::layout::wrap;
use crate::tui::page::Page;

/// One option: `> (o) 2  Some`, with its meaning below.
pub(super) struct OptionLine<'a> {
    /// The place on screen, from 0.
    pub index: usize,
    pub label: &'a str,
    /// What the option means. May be empty.
    pub detail: &'a str,
    /// The source of the answer if it is not the person. May be empty.
    pub origin: &'a str,
    pub focused: bool,
    /// True if this is the current answer.
    pub chosen: bool,
}

/// Draws an option. A long label wraps.
pub(super) fn draw_option(page: &mut Page, option: &OptionLine<'_>) {
    let look = page.look();
    let dot = if option.chosen { "(o)" } else { "( )" };
    let (mark, style) =
        if option.focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
    let from = page.row();
    let room = usize::from(page.width().saturating_sub(12));
    // Beside the label if it fits, otherwise below.
    let together = format!("{}  ({})", option.label, option.origin);
    let is_beside = !option.origin.is_empty() && together.width() <= room;
    let label = if is_beside { &together } else { option.label };
    for (row, label) in wrap(label, room).iter().enumerate() {
        let number = option.index + 1;
        let lead = if row == 0 { format!("{mark} {dot} {number}  ") } else { " ".repeat(9) };
        page.line(Line::from(vec![Span::raw("  "), Span::styled(format!("{lead}{label}"), style)]));
    }
    if !option.detail.is_empty() {
        page.paragraph(option.detail, 11, look.theme.text);
    }
    if !option.origin.is_empty() && !is_beside {
        page.paragraph(&format!("({})", option.origin), 11, look.theme.text);
    }
    page.mark_focusable(from, option.focused);
    if option.focused {
        page.cursor_at(5, from);
    }
    page.mark_clickable(from, option.index);
}
