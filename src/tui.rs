//! The wizard in the terminal.
//!
//! Data flows one way: a terminal event becomes a [`message::Message`], [`update::update`] turns it
//! into a changed [`state::State`] and effects, [`view::view`] draws the state. Only `run`
//! performs effects; neither `update` nor `view` touches a file, the environment or the clock.

pub mod app;
pub mod effect;
pub mod field;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod look;
pub mod message;
pub mod page;
pub mod pane;
pub mod place;
mod router;
pub mod run;
pub mod screen;
pub mod state;
pub mod update;
pub mod view;
pub mod widget;

pub use run::{Launch, run};
