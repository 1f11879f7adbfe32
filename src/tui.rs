//! The wizard in the terminal.
