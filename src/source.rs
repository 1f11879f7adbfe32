//! The formats of usage data, read by pure functions of bytes.

pub mod admin;
pub mod ccusage;
pub mod claude_ai;
pub mod claude_code;
pub mod console;
pub mod encoding;
mod json;
mod key;
pub mod kind;
mod lenient;
pub mod plan;
