//! The wizard in the terminal.
//!
//! Two layers so far, both free of any question, price or file:
//!
//! - [`look`]: what a shape is drawn with (the three glyph sets) and how (the themes).
//! - [`widget`]: the pictures themselves, from plain numbers and strings: the map, the chart, the
//!   tracks and bars, the big letters, and the width-aware text helpers they share.
//!
//! Nothing here keeps state between two frames, reads a clock or touches a file.

pub mod look;
pub mod widget;
