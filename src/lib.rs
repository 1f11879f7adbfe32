//! planwise: Claude Pro, the API, or both?
//!
//! The crate is a pure core with a thin shell around it. The core ([`number`]) names no
//! terminal, file, environment or clock; the rest performs what the core decides.

pub mod number;
pub mod shell;
pub mod tui;
