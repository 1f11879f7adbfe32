//! How the terminal is divided at each size.

use ratatui::layout::Rect;

use super::pane::rows::PaneSize;

/// On a smaller terminal the program only asks for more room.
pub const SMALLEST: (u16, u16) = (40, 12);

/// The layout at one terminal size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plan {
    /// Two columns; `pane` is the width of the live pane with both its borders.
    Columns { pane: u16, size: PaneSize },
    /// One column with a strip above the footer.
    Strip,
    /// Only a message fits.
    TooSmall,
}

impl Plan {
    pub(super) fn new((columns, rows): (u16, u16)) -> Self {
        match (columns, rows) {
            (0..40, _) | (_, 0..12) => Self::TooSmall,
            (40..76, _) => Self::Strip,
            (150.., 50..) => Self::Columns { pane: 69, size: PaneSize::Widest },
            // What is gained goes to the text up to 80 columns, then to the pane.
            (126.., 40..) => {
                Self::Columns { pane: (columns - 81).clamp(45, 62), size: PaneSize::Wide }
            }
            (100.., 30..) => Self::Columns { pane: 45, size: PaneSize::Wide },
            _ => Self::Columns { pane: 31, size: PaneSize::Narrow },
        }
    }
}

/// The area of the screen. Returns `None` if the terminal is too small.
pub fn main_area(size: (u16, u16)) -> Option<Rect> {
    let (columns, rows) = size;
    match Plan::new(size) {
        Plan::Columns { pane, .. } => {
            Some(Rect::new(1, 1, columns.saturating_sub(pane + 1), rows.saturating_sub(3)))
        }
        Plan::Strip => Some(Rect::new(0, 1, columns, rows.saturating_sub(7))),
        Plan::TooSmall => None,
    }
}

/// The width of the status line's text.
pub fn status_room(size: (u16, u16)) -> usize {
    // A corner or divider and a blank on each side.
    main_area(size).map_or(0, |area| usize::from(area.width.saturating_sub(4)))
}
