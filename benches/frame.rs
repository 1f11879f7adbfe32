//! Benchmarks of a frame.
fn main() {}
