//! How later results of effects reach the wizard.

use std::sync::Arc;

use crate::wizard::Message;

/// Receives later results of effects, on any thread.
pub(crate) type Tell = Arc<dyn Fn(Message) + Send + Sync>;
