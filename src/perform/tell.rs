//! How what becomes of an effect later finds its way back.

use std::sync::Arc;

use crate::wizard::Message;

/// Takes what becomes of an effect later, on whatever thread that is.
pub(crate) type Tell = Arc<dyn Fn(Message) + Send + Sync>;
