//! The formats that a usage history is read from, as pure functions of bytes.

pub mod claude_code;
pub mod kind;
