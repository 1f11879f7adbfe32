//! What can happen to the wizard on the full screen.

use super::key::Press;
use crate::wizard;

/// An event that the full screen handles.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    Key(Press),
    Paste(String),
    /// A mouse click, with column and row counted from 0.
    Click {
        column: u16,
        row: u16,
    },
    /// The wheel was turned; negative is up.
    Wheel(i16),
    /// The terminal was resized, to these columns and rows.
    Resize(u16, u16),
    /// The program was resumed after a suspend.
    Resumed,
    /// The system asked the program to end, with this exit code.
    Terminate(u8),
    Wizard(wizard::Message),
}

impl From<wizard::Message> for Message {
    fn from(message: wizard::Message) -> Self {
        Self::Wizard(message)
    }
}
