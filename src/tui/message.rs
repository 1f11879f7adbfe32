//! What can happen to the wizard on the full screen.

use super::key::Press;
use crate::wizard;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A key was pressed.
    Key(Press),
    /// A text was pasted.
    Paste(String),
    /// The mouse was clicked, at this column and row.
    Click {
        /// Column from 0.
        column: u16,
        /// Row from 0.
        row: u16,
    },
    /// The wheel was turned: up is negative.
    Wheel(i16),
    /// The terminal has another size now, in columns and rows.
    Resize(u16, u16),
    /// The program came back after it was suspended.
    Resumed,
    /// The system wants the program to end; the exit code that goes with it.
    Terminate(u8),
    /// Something became of what the wizard asked for.
    Wizard(wizard::Message),
}

impl From<wizard::Message> for Message {
    fn from(message: wizard::Message) -> Self {
        Self::Wizard(message)
    }
}
