//! The style sheet, whole in the page.

/// Light and dark, wide and narrow, screen and paper. In both schemes, every text has a contrast of
/// at least 4.5 to its background.
pub(super) const STYLE: &str = include_str!("style.css");
