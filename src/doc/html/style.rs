//! The style sheet, whole in the page.

/// Light and dark, wide and narrow, screen and paper. Colours are chosen so that every text has a
/// contrast of at least 4.5 to what is behind it, in both schemes.
pub(super) const STYLE: &str = include_str!("style.css");
