//! Four weeks of logs as a file of answers keeps them.

/// Answers and month of somebody whose logs were read.
pub(crate) const FILE: &str = r#"{
    "answers": {"interface": "chat", "session": "marathon", "limits": "often",
                "automation": "some", "developer": "willing", "control": "no",
                "features": "core", "billing": "either"},
    "answer_origin": {"interface": "usage", "session": "usage", "limits": "usage",
                      "automation": "usage"},
    "usage": {
        "input_tokens": 41234567, "output_tokens": 1234567, "confidence": "measured",
        "model": "claude-opus-5-5", "cache_read_pct": "91.2345", "cache_write_pct": "0.5",
        "cache_write_1h_pct": 6,
        "measured": {
            "from": "2026-10-26", "to": "2026-11-22", "days": 28, "timezone": "UTC",
            "sources": ["claude_code", "claude_ai"], "responses": 5123,
            "input_tokens": 41234567, "output_tokens": 1234567,
            "cache_read_pct": "91.2345", "cache_write_pct": "0.5", "cache_write_1h_pct": 6,
            "model": "claude-opus-5-5", "mix_usd": "84.123456", "unpriced_responses": 2,
            "limits": {"hits": 6, "weeks": 3, "plan": "pro", "peak_pct": "97.3"},
            "sessions": {"count": 41, "median_minutes": "25.5", "marathons": 2},
            "unattended": {"output_tokens": 123000, "of": 1000000},
            "programs": {"output_tokens": 10000, "of": 1000000}, "login": "claude",
            "doubts": ["These logs cover 28 days. Claude Code deletes logs older than 30 days unless 'cleanupPeriodDays' says otherwise."]
        }
    }
}"#;
