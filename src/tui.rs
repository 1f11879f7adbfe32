//! The wizard in the terminal.
//!
//! Data flows one way: a terminal event becomes a [`message::Message`], [`update::update`] turns it
//! into a changed [`state::State`] and effects, [`view::view`] draws the state. Only `run`, `perform`,
//! `keeper` and `scanner` perform effects; neither `update` nor `view` touches a file, the environment or the clock.

pub mod effect;
pub mod field;
mod keeper;
pub mod key;
pub mod keymap;
pub mod look;
pub mod message;
pub mod page;
pub mod pane;
pub(crate) mod perform;
pub mod run;
pub mod scan;
pub(crate) mod scanner;
pub mod screen;
pub mod state;
pub mod update;
pub mod view;
pub mod widget;

pub use run::{Launch, run};
