//! The track of a number, and the scale under it.
#![expect(clippy::float_arithmetic, reason = "pixels")]

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{columns_of, put, whole, write};
use crate::tui::look::Look;

/// A number between two ends, as a track. The number field beside it is the control.
///
/// ```text
/// ═══════════════●───────────────
/// ```
///
/// As wide as its area, one line.
#[derive(Debug, Clone, Copy)]
pub struct Slider {
    /// The position of the knob, from 0 to 1.
    pub position: f64,
    /// True if the slider has the focus.
    pub focused: bool,
    pub look: Look,
}

/// Labels under a track. Each begins at its position; the last ends where the track ends.
///
/// ```text
/// 10K       100K      1M        10M       100M     1B
/// ```
///
/// A label that would touch another is left out.
#[derive(Debug, Clone, Copy)]
pub struct Scale<'a> {
    /// Positions from 0 to 1 with their labels, in order.
    pub labels: &'a [(f64, &'a str)],
    pub look: Look,
}

/// The column of a position from 0 to 1 on a track: the first column for 0, the last for 1.
fn column(position: f64, width: u16) -> u16 {
    let last = width.saturating_sub(1);
    whole(position.clamp(0.0, 1.0) * f64::from(last) + 0.5).min(last)
}

impl Slider {
    /// The column of the knob on a track of this width.
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
