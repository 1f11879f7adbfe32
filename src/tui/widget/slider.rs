//! A number's track, and the scale under it.
#![expect(clippy::float_arithmetic, reason = "pixels")]

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{columns_of, put, whole, write};
use crate::tui::look::Look;

/// The picture of a number between two ends. The number field beside it is the control.
///
/// ```text
/// ═══════════════●───────────────
/// ```
///
/// As wide as its area, one line.
#[derive(Debug, Clone, Copy)]
pub struct Slider {
    /// Where the knob is, from 0 to 1.
    pub position: f64,
    /// Whether the knob has the focus.
    pub focused: bool,
    /// Theme and glyphs.
    pub look: Look,
}

/// Names under a track, each beginning at its place; the last ends where the track ends.
///
/// ```text
/// 10K       100K      1M        10M       100M     1B
/// ```
///
/// A name that would touch another is left out.
#[derive(Debug, Clone, Copy)]
pub struct Scale<'a> {
    /// Place from 0 to 1 and name, in order.
    pub labels: &'a [(f64, &'a str)],
    /// Theme and glyphs.
    pub look: Look,
}

/// The column of a place from 0 to 1 on a track: the first at 0, the last at 1.
fn column(position: f64, width: u16) -> u16 {
    let last = width.saturating_sub(1);
    whole(position.clamp(0.0, 1.0) * f64::from(last) + 0.5).min(last)
}

impl Slider {
    /// The column of the knob on a track that wide.
    pub fn knob(&self, width: u16) -> u16 {
        column(self.position, width)
    }
}

impl Widget for &Slider {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let glyphs = self.look.glyphs;
        let theme = self.look.theme;
        let knob = self.knob(area.width);
        for x in 0..area.width {
            let symbol = if x < knob { glyphs.track_filled } else { glyphs.track_empty };
            put(buf, area, x, 0, symbol, theme.border);
        }
        let style = if self.focused { theme.focus } else { theme.border };
        put(buf, area, knob, 0, glyphs.knob, style);
    }
}

impl Widget for &Scale<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let style = self.look.theme.secondary;
        let start = |position: f64, name: &str| {
            column(position, area.width).min(area.width.saturating_sub(columns_of(name)))
        };
        let Some(((last_position, last_name), others)) = self.labels.split_last() else {
            return;
        };
        let last = start(*last_position, last_name);
        let mut free = 0_u16;
        for (position, name) in others {
            let from = start(*position, name);
            let end = from.saturating_add(columns_of(name));
            if from >= free && end < last {
                write(buf, area, from, 0, name, self.look, style);
                free = end.saturating_add(1);
            }
        }
        write(buf, area, last, 0, last_name, self.look, style);
    }
}
