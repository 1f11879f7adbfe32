//! planwise: Claude Pro, the API, or both?
//!
//! The crate is a pure core with a thin shell around it. The core ([`catalog`], [`facts`],
//! [`cost`], [`question`], [`usage`], [`advice`], [`history`], [`source`], [`fit`]) names no terminal, file, environment or clock;
//! the rest performs what the core decides.

pub mod advice;
pub mod catalog;
pub mod cli;
pub mod compare;
pub mod cost;
mod doc;
pub mod facts;
pub mod fit;
pub(crate) mod format;
pub mod history;
pub mod measured;
pub mod month;
pub mod number;
mod perform;
pub mod plain;
pub mod question;
pub mod replay;
pub mod report;
pub mod schema;
pub mod settings;
pub mod shell;
pub mod source;
pub mod subject;
pub mod sweep;
pub mod text;
pub mod tui;
pub mod usage;
pub mod wizard;
pub mod words;
