//! The persona of the drawings.

/// Chats in the app, is stopped now and then, automates a part: 3M tokens sent and 900K written.
pub(crate) const DRAWN: &str = r#"{
    "answers": {"interface": "chat", "session": "moderate", "limits": "sometimes",
                "automation": "some", "developer": "willing", "control": "no",
                "features": "core", "billing": "either"},
    "usage": {"input_tokens": 3000000, "output_tokens": 900000}
}"#;
