//! What the full screen wants done outside itself.

use crate::wizard;

/// Something to do outside the state. Only `run` does it.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// What both faces of the wizard ask for.
    Wizard(wizard::Effect),
    /// Put a text on the clipboard.
    Copy(String),
    /// Turn mouse reports on or off.
    Mouse(bool),
    /// Stop the program until the shell brings it back.
    Suspend,
    /// Draw every cell anew.
    Redraw,
}

impl From<wizard::Effect> for Effect {
    fn from(effect: wizard::Effect) -> Self {
        Self::Wizard(effect)
    }
}
