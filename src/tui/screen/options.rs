//! Options of a question, drawn the same wherever one is asked.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::text::layout::wrap;
use crate::tui::page::Page;

/// One option as it is drawn: `> (o) 2  Some` and below it what it means.
pub(super) struct OptionLine<'a> {
    /// Its place on screen, from 0.
    pub index: usize,
    /// What it is called.
    pub label: &'a str,
    /// What it means; may be empty.
    pub detail: &'a str,
    /// Where the answer comes from, if not from the person; may be empty.
    pub origin: &'a str,
    /// Whether it is focused.
    pub focused: bool,
    /// Whether it is the answer at present.
    pub chosen: bool,
}

/// Draws an option; a long label wraps below itself.
pub(super) fn draw_option(page: &mut Page, option: &OptionLine<'_>) {
    let look = page.look();
    let dot = if option.chosen { "(o)" } else { "( )" };
    let (mark, style) =
        if option.focused { (">", look.theme.focus) } else { (" ", look.theme.text) };
    let from = page.row();
    let room = usize::from(page.width().saturating_sub(12));
    // Behind the label where it fits, else below it.
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
