//! Colours and how well one is seen on another.

#![expect(clippy::float_arithmetic, reason = "light is no money")]

/// How well one colour is seen on another, from 1 to 21, as WCAG 2.2 reckons it. Both are written
/// as `#rrggbb`.
pub(crate) fn contrast(one: &str, other: &str) -> f64 {
    let [one, other] = [luminance(one), luminance(other)];
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The relative luminance of a colour of sRGB.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = u8::from_str_radix(colour.get(at..at + 2).unwrap(), 16).unwrap();
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}
