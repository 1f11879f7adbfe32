//! Which parts of the pane fit into how many rows.

use crate::tui::widget::map::MapScale;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum PaneSize {
    /// 29 columns between its borders.
    Narrow,
    /// 43 columns between its borders, more on a wide terminal.
    Wide,
    /// 67 columns between its borders: room for the large map.
    Widest,
}

/// What is above the costs: state and bars while answers are open, or points with their reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    /// Nothing is answered yet: the three ways explained.
    Ways,
    /// Which ways are still possible, and the points so far.
    Open,
    /// The points of both sides with their reasons: how many lines those take together.
    Points(u16),
}

/// The parts that fit, each with its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::tui) struct Rows {
    /// The bars of what is still possible, without their title; 0 or 3.
    pub(super) possible: u16,
    /// A line below those bars that says that ways are no chances.
    pub(super) possible_caption: bool,
    /// Lines for reasons below the gauges.
    pub(super) reasons: u16,
    /// A line below the gauges that explains their shade.
    pub(super) points_caption: bool,
    pub(super) map: Option<MapScale>,
    /// How many models have a row: the one in use and the cheapest others.
    pub(super) models: u16,
    /// Lines below the costs.
    pub(super) captions: u16,
    /// The range of the bill below the costs: a title and four lines.
    pub(super) range: bool,
}

/// State and reason.
const STATE: u16 = 2;
/// A title and both gauges.
const GAUGES: u16 = 3;
/// A title, Pro and hybrid.
const FIRST_COSTS: u16 = 3;
/// The lines that explain the three ways.
pub(super) const WAYS: u16 = 8;
/// The title and lines of the range.
const RANGE: u16 = 5;

impl Rows {
    /// The plan for `rows` rows with `models` models; `captions` is how many lines the costs would
    /// like below them, `has_range` whether there is a range to show.
    pub(super) fn new(
        rows: u16,
        size: PaneSize,
        models: u16,
        above: Above,
        captions: u16,
        has_range: bool,
    ) -> Self {
        let mut left = rows.saturating_sub(STATE + FIRST_COSTS + 1);
        let mut plan = Self { models: 1, ..Self::default() };
        let take = |left: &mut u16, needed: u16| {
            let fits = *left >= needed;
            if fits {
                *left -= needed;
            }
            fits
        };
        match above {
            Above::Ways => {}
            Above::Open | Above::Points(_) => left = left.saturating_sub(GAUGES),
        }
        // Every current model, before anything that explains.
        let others = models.saturating_sub(1).min(left);
        plan.models += others;
        left -= others;
        if captions > 0 && take(&mut left, 1) {
            plan.captions = 1;
        }
        match above {
            Above::Ways => left = left.saturating_sub(WAYS + 1),
            Above::Open => {
                if take(&mut left, 4) {
                    plan.possible = 3;
                    plan.possible_caption = size == PaneSize::Narrow && take(&mut left, 1);
                }
                plan.points_caption = take(&mut left, 1);
            }
            Above::Points(reasons) => {
                plan.reasons = reasons.min(left);
                left -= plan.reasons;
                plan.points_caption = captions > 1 && take(&mut left, 1);
            }
        }
        if captions > 1 && take(&mut left, 1) {
            plan.captions = 2;
        }
        if size == PaneSize::Narrow {
            return plan;
        }
        plan.range = has_range && take(&mut left, RANGE);
        if above == Above::Ways {
            return plan;
        }
        // A title, and while answers are open a line that explains the marks.
        let extra = 1 + u16::from(above == Above::Open);
        let sizes = [MapScale::LARGE, MapScale::MIDDLE, MapScale::SMALL];
        plan.map = sizes
            .into_iter()
            .filter(|scale| size == PaneSize::Widest || *scale != MapScale::LARGE)
            .find(|scale| left >= scale.height() + extra);
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_80_by_24_everything_drawn_there_fits() {
        let open = Rows::new(21, PaneSize::Narrow, 4, Above::Open, 2, false);
        assert_eq!((open.possible, open.possible_caption, open.points_caption), (3, true, true));
        assert_eq!((open.models, open.captions, open.map), (4, 2, None));
        let result = Rows::new(21, PaneSize::Narrow, 4, Above::Points(8), 1, true);
        assert_eq!((result.reasons, result.models, result.captions), (8, 4, 1));
        assert!(!result.range);
    }

    #[test]
    fn with_few_rows_the_costs_stay_longest() {
        let low = Rows::new(10, PaneSize::Narrow, 4, Above::Open, 2, false);
        assert_eq!((low.models, low.possible, low.captions), (2, 0, 0));
        let none = Rows::new(0, PaneSize::Narrow, 4, Above::Points(8), 2, true);
        assert_eq!((none.models, none.reasons), (1, 0));
    }

    #[test]
    fn a_wide_pane_has_a_map_and_the_range() {
        let open = Rows::new(37, PaneSize::Wide, 4, Above::Open, 2, false);
        assert_eq!(open.map, Some(MapScale::MIDDLE));
        let low = Rows::new(27, PaneSize::Wide, 4, Above::Open, 2, false);
        assert!(low.map.is_none() || low.map == Some(MapScale::SMALL));
        let result = Rows::new(37, PaneSize::Wide, 4, Above::Points(8), 1, true);
        assert!(result.range && result.map == Some(MapScale::SMALL));
        let widest = Rows::new(47, PaneSize::Widest, 4, Above::Points(8), 1, false);
        assert_eq!(widest.map, Some(MapScale::LARGE));
    }
}
