//! Which parts of the pane fit into how many rows.

use crate::tui::widget::map::MapSize;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum PaneSize {
    /// 30 columns with its right border.
    Narrow,
    /// 44 columns with its right border.
    Wide,
}

/// The parts that fit into the available rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) struct Rows {
    /// `None` shows both needs as gauges instead.
    pub(super) map: Option<MapSize>,
    pub(super) counts: bool,
    /// How many models have a row: the one in use and the cheapest others.
    pub(super) models: u16,
    pub(super) below: Below,
}

/// What is shown beside and below the costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Below {
    Volume,
    /// Bars beside the costs as well.
    Bars,
    /// Bars, and the range of the bill below them.
    Range,
}

impl Rows {
    pub(super) fn new(rows: u16, size: PaneSize, models: u16) -> Self {
        /// One model per family; beyond that, the map takes precedence.
        const USUAL: u16 = 4;
        const SMALL: u16 = 8;
        const LARGE: u16 = 14 + 1;
        let wide = size == PaneSize::Wide;
        // Two lines, two rules, needs, Pro, hybrid, volume; the wide pane has one line more.
        let fixed = 8 + u16::from(wide);
        // The counts need a line too.
        let left = |taken: u16| rows.saturating_sub(fixed + taken + 1);
        let usual = models.min(USUAL);
        let (map, taken, counts, models) = if wide && left(LARGE + models) >= 2 {
            (Some(MapSize::Large), LARGE, true, models)
        } else if rows > fixed + SMALL + usual {
            (Some(MapSize::Small), SMALL, true, models.min(left(SMALL)))
        } else if rows > fixed + 1 + usual {
            (None, 1, true, models.min(left(1)))
        } else {
            (None, 1, rows > fixed + 2, 1)
        };
        let below = match left(taken + models) {
            // The scale of the bars, the title and both ranges; anything else goes below.
            4.. if wide => Below::Range,
            2.. if wide => Below::Bars,
            _ => Below::Volume,
        };
        Self { map, counts, models, below }
    }
}

/// True if a pane of `rows` rows, borders included, has room for the map.
pub(in crate::tui) fn shows_map(rows: u16, size: PaneSize, models: usize) -> bool {
    let models = u16::try_from(models).unwrap_or(u16::MAX / 2);
    Rows::new(rows.saturating_sub(2), size, models).map.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_stays_where_four_models_have_room_beside_it() {
        let at = |rows, size, models| {
            let plan = Rows::new(rows, size, models);
            (plan.map, plan.counts, plan.models)
        };
        let small = Some(MapSize::Small);
        // 80 x 24: five models with the one from the logs, more with a custom list.
        for models in 4..9 {
            assert_eq!(at(21, PaneSize::Narrow, models), (small, true, 4), "{models}");
        }
        assert_eq!(at(22, PaneSize::Narrow, 5), (small, true, 5));
        assert_eq!(at(20, PaneSize::Narrow, 5), (None, true, 5));
        assert_eq!(at(15, PaneSize::Narrow, 5), (None, true, 5));
        assert_eq!(at(14, PaneSize::Narrow, 5), (None, true, 4));
        assert_eq!(at(13, PaneSize::Narrow, 5), (None, true, 1));
        assert_eq!(at(10, PaneSize::Narrow, 5), (None, false, 1));
        // 100 x 30 and 120 x 40.
        assert_eq!(at(27, PaneSize::Wide, 5), (small, true, 5));
        assert_eq!(at(37, PaneSize::Wide, 5), (Some(MapSize::Large), true, 5));
        assert_eq!(Rows::new(37, PaneSize::Wide, 5).below, Below::Range);
    }
}
