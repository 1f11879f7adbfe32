//! Each subject as a document (`crate::doc`), built from figures once.

pub mod compare;
pub(crate) mod fit;
pub mod replay;
pub mod result;
pub(crate) mod sweep;
pub(crate) mod usage;
