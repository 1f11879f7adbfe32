//! What the full screen wants done outside itself.

use crate::wizard;

/// Work to do outside the state. Only `run` performs it.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// An effect that both faces of the wizard share.
    Wizard(wizard::Effect),
    Copy(String),
    /// Turn mouse reporting on or off.
    Mouse(bool),
    /// Stop the program until the shell resumes it.
    Suspend,
    /// Redraw every cell.
    Redraw,
}

impl From<wizard::Effect> for Effect {
    fn from(effect: wizard::Effect) -> Self {
        Self::Wizard(effect)
    }
}
