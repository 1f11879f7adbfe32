//! Detects a file's kind from its content, never from its name.
//!
//! Only the start of a file is examined: which keys it has, and at what depth. A file may be one
//! document, on one line or many, or one document per line. The start may be cut off anywhere.

use std::cmp::Ordering;

use memchr::{memchr, memchr2, memmem};

use super::encoding::{utf8, without_separator_line};

/// How many bytes from the start of a file are examined.
pub const HEAD: usize = 64 * 1024;

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A Claude Code session log.
    ClaudeCode,
    /// The conversations of a claude.ai data export.
    ClaudeAi,
    /// The Console's token export.
    ConsoleTokens,
    /// The Console's cost export.
    ConsoleCosts,
    /// A saved usage report of the Admin API.
    AdminUsage,
    /// A saved cost report of the Admin API.
    AdminCosts,
    /// Output of `ccusage --json`.
    Ccusage,
    /// The state file of Claude Code, which names the plan.
    ClaudeJson,
    /// Claude Desktop's history of plan usage.
    DesktopPlan,
    /// A Codex session log.
    Codex,
    /// Claude Code's activity statistics.
    StatsCache,
    /// What a program gets from Claude Code line by line.
    StreamJson,
    /// The prompts typed into Claude Code.
    PromptHistory,
    /// An entry of a to-do list of Claude Code.
    Task,
    /// The list of conversations of a claude.ai data export, without their messages.
    ExportIndex,
    Zip,
}

impl Kind {
    /// The kind of a file that starts with these bytes; `None` if it is unknown.
    pub fn of(head: &[u8]) -> Option<Self> {
        if [&b"PK\x03\x04"[..], b"PK\x05\x06"].iter().any(|sign| head.starts_with(sign)) {
            return Some(Self::Zip);
        }
        let text = utf8(head);
        let text = trim_start(&text);
        match text.first()? {
            b'[' => document(text, true).or_else(|| lines(text)),
            b'{' => document(text, false).or_else(|| lines(text)),
            _ => table(text).or_else(|| lines(text)),
        }
    }

    /// The family it belongs to; `None` for an archive and for kinds that are not supported.
    pub const fn family(self) -> Option<Family> {
        match self {
            Self::ClaudeCode | Self::ClaudeJson => Some(Family::ClaudeCode),
            Self::ClaudeAi | Self::DesktopPlan => Some(Family::ClaudeAi),
            Self::ConsoleTokens | Self::ConsoleCosts => Some(Family::Console),
            Self::AdminUsage | Self::AdminCosts => Some(Family::Admin),
            Self::Ccusage => Some(Family::Ccusage),
            Self::Codex
            | Self::StatsCache
            | Self::StreamJson
            | Self::PromptHistory
            | Self::Task
            | Self::ExportIndex
            | Self::Zip => None,
        }
    }

    /// The kind in words, with its article.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ClaudeCode => "a Claude Code log",
            Self::ClaudeAi => "a claude.ai export",
            Self::ConsoleTokens => "a Console token export",
            Self::ConsoleCosts => "a Console cost export",
            Self::AdminUsage => "an Admin usage report",
            Self::AdminCosts => "an Admin cost report",
            Self::Ccusage => "ccusage output",
            Self::ClaudeJson => "the state file of Claude Code",
            Self::DesktopPlan => "the plan history of Claude Desktop",
            Self::Codex => "a Codex log",
            Self::StatsCache => "the statistics file of Claude Code",
            Self::StreamJson => "output of 'claude -p --output-format stream-json' without times",
            Self::PromptHistory => "the prompt history of Claude Code",
            Self::Task => "a task file of Claude Code",
            Self::ExportIndex => "the index of a claude.ai export, without messages",
            Self::Zip => "a zip archive",
        }
    }
}

/// Kinds from one product, as named by `--from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Claude Code: its logs, and the plan that it is signed in with.
    ClaudeCode,
    /// claude.ai: its data export, and Claude Desktop's history of plan usage.
    ClaudeAi,
    /// The Console's exports.
    Console,
    /// Saved Admin API reports.
    Admin,
    /// Output of `ccusage --json`.
    Ccusage,
}

impl Family {
    /// The word for it on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ClaudeCode => "claude-code",
            Self::ClaudeAi => "claude-ai",
            Self::Console => "console",
            Self::Admin => "admin",
            Self::Ccusage => "ccusage",
        }
    }
}

/// The text without leading blanks and byte order marks.
fn trim_start(text: &[u8]) -> &[u8] {
    let mut rest = text.trim_ascii_start();
    while let Some(after) = rest.strip_prefix(b"\xef\xbb\xbf") {
        rest = after.trim_ascii_start();
    }
    rest
}

/// The kind of a CSV table, by its Console header.
fn table(text: &[u8]) -> Option<Kind> {
    let text = without_separator_line(text).0;
    let header = text.get(..memchr(b'\n', text).unwrap_or(text.len())).unwrap_or_default();
    let names = |word: &str| memmem::find(header, word.as_bytes()).is_some();
    if !names("usage_date_utc") {
        return None;
    }
    if names("cost_usd") {
        return Some(Kind::ConsoleCosts);
    }
    names("usage_output_tokens").then_some(Kind::ConsoleTokens)
}

/// The kind of a file with one document per line, by the first line that is recognized.
fn lines(text: &[u8]) -> Option<Kind> {
    text.split(|byte| *byte == b'\n').find_map(|line| {
        let line = trim_start(line);
        line.starts_with(b"{").then(|| document(line, false)).flatten()
    })
}

/// The keys that identify kinds. The index of each is its bit in [`Seen`].
const NAMES: [&str; 52] = [
    "type",
    "sessionId",
    "parentUuid",
    "isSidechain",
    "leafUuid",
    "userType",
    "message",
    "usage",
    "payload",
    "timestamp",
    "chat_messages",
    "data",
    "has_more",
    "next_page",
    "starting_at",
    "results",
    "uncached_input_tokens",
    "cost_type",
    "amount",
    "currency",
    "daily",
    "weekly",
    "monthly",
    "session",
    "sessions",
    "blocks",
    "projects",
    "totals",
    "totalTokens",
    "modelBreakdowns",
    "tokenCounts",
    "oauthAccount",
    "cachedUsageUtilization",
    "numStartups",
    "hasCompletedOnboarding",
    "tipsHistory",
    "samples",
    "version",
    "u",
    "dailyActivity",
    "dailyModelTokens",
    "session_id",
    "uuid",
    "name",
    "summary",
    "account",
    "output_tokens",
    "usageMetadata",
    "display",
    "pastedContents",
    "subject",
    "blockedBy",
];

/// Which of the [`NAMES`] are keys of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Seen {
    /// Keys of the document, or of the elements if it is a list.
    outer: u64,
    /// Keys at deeper levels.
    inner: u64,
    /// True if the document has a key that is none of the [`NAMES`].
    has_others: bool,
    /// True if the message is written as only other programs do.
    is_foreign: bool,
}

/// The bits of these names.
const fn bits(names: &[&str]) -> u64 {
    let (mut bits, mut name) = (0, 0);
    while name < names.len() {
        let mut at = 0;
        while at < NAMES.len() {
            if is_same(NAMES[at].as_bytes(), names[name].as_bytes()) {
                bits |= 1 << at;
            }
            at += 1;
        }
        name += 1;
    }
    bits
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// The bits of these names, computed at compile time.
macro_rules! any {
    ($($name:literal),+ $(,)?) => {
        const { bits(&[$($name),+]) }
    };
}

impl Seen {
    const fn outer(self, any: u64) -> bool {
        self.outer & any != 0
    }

    const fn every(self, all: u64) -> bool {
        self.outer & all == all
    }

    const fn inner(self, any: u64) -> bool {
        self.inner & any != 0
    }

    /// The kind of an object, if its keys so far identify it.
    fn object(self) -> Option<Kind> {
        if self.every(any!("type", "timestamp", "payload")) {
            return Some(Kind::Codex);
        }
        if self.outer(any!("type")) && self.outer(any!("isSidechain", "leafUuid", "userType")) {
            return Some(Kind::ClaudeCode);
        }
        if self.outer(any!("chat_messages")) {
            return Some(Kind::ClaudeAi);
        }
        if self.outer(any!("dailyActivity", "dailyModelTokens")) {
            return Some(Kind::StatsCache);
        }
        if self.outer(any!("data")) {
            if self.inner(any!("uncached_input_tokens")) {
                return Some(Kind::AdminUsage);
            }
            if self.inner(any!("amount")) && self.inner(any!("currency", "cost_type")) {
                return Some(Kind::AdminCosts);
            }
        }
        let is_report = self
            .outer(any!("daily", "weekly", "monthly", "session", "sessions", "blocks", "projects"));
        if is_report && self.inner(any!("totalTokens", "modelBreakdowns", "tokenCounts")) {
            return Some(Kind::Ccusage);
        }
        let is_state = self.outer(any!(
            "oauthAccount",
            "cachedUsageUtilization",
            "numStartups",
            "hasCompletedOnboarding",
            "tipsHistory"
        ));
        if is_state {
            return Some(Kind::ClaudeJson);
        }
        let is_history = self.every(any!("version", "samples")) && self.inner(any!("u"));
        is_history.then_some(Kind::DesktopPlan)
    }

    /// The kind of a list of such objects: conversations, or pages of a report.
    fn element(self) -> Option<Kind> {
        if self.outer(any!("chat_messages")) {
            return Some(Kind::ClaudeAi);
        }
        self.object().filter(|kind| matches!(kind, Kind::AdminUsage | Kind::AdminCosts))
    }

    /// The kind of a list without anything that identifies it for certain.
    fn whole_list(self, has_ended: bool) -> Option<Kind> {
        let is_conversation = self.every(any!("uuid", "name", "summary"))
            || self.every(any!("uuid", "summary", "account"));
        // The first conversation may have a long summary before its messages.
        let kind = if has_ended { Kind::ExportIndex } else { Kind::ClaudeAi };
        is_conversation.then_some(kind)
    }

    /// The kind of a complete object, such as a report without rows.
    fn whole_object(self) -> Option<Kind> {
        if self.outer(any!("type")) && self.outer(any!("sessionId", "parentUuid")) {
            // Qwen Code and Gemini CLI write lines that look alike.
            let is_own = !(self.is_foreign || self.outer(any!("usageMetadata")));
            return is_own.then_some(Kind::ClaudeCode);
        }
        if self.every(any!("type", "session_id")) {
            return Some(Kind::StreamJson);
        }
        if self.every(any!("type", "message")) && self.inner(any!("output_tokens")) {
            return Some(Kind::ClaudeCode);
        }
        if self.every(any!("display", "pastedContents")) {
            return Some(Kind::PromptHistory);
        }
        if self.every(any!("subject", "blockedBy")) {
            return Some(Kind::Task);
        }
        let is_bucket = self.inner(any!("starting_at")) && self.inner(any!("results"));
        if self.every(any!("data", "has_more")) && (is_bucket || self.outer(any!("next_page"))) {
            return Some(Kind::AdminUsage);
        }
        if self.every(any!("version", "samples")) {
            return Some(Kind::DesktopPlan);
        }
        let is_report = self.outer(any!("daily", "weekly", "monthly", "session", "sessions"));
        let is_blocks = self.outer == any!("blocks") && !self.has_others;
        let is_empty = is_report && self.outer(any!("totals")) || is_blocks;
        is_empty.then_some(Kind::Ccusage)
    }
}

/// The kind of the document at the start of the text: an object, or a list of objects.
fn document(text: &[u8], is_list: bool) -> Option<Kind> {
    let level = if is_list { 2 } else { 1 };
    let mut seen = Seen::default();
    let mut keys = Keys::new(text);
    let mut is_in_message = false;
    for (depth, key) in keys.by_ref() {
        let before = seen;
        let bit = NAMES.iter().position(|name| name.as_bytes() == key).map_or(0, |at| 1 << at);
        match depth.cmp(&level) {
            Ordering::Greater => {
                seen.inner |= bit;
                seen.is_foreign |= is_in_message && depth == level + 1 && key == b"parts";
            }
            Ordering::Equal => {
                seen.outer |= bit;
                seen.has_others |= bit == 0;
                is_in_message = key == b"message";
            }
            Ordering::Less => {}
        }
        if seen == before {
            continue;
        }
        let kind = if is_list { seen.element() } else { seen.object() };
        if kind.is_some() {
            return kind;
        }
    }
    if is_list { seen.whole_list(keys.has_ended_element) } else { seen.whole_object() }
}

/// True if a line is one of a session log of Claude Code.
pub fn is_log_line(line: &[u8]) -> bool {
    document(trim_start(line), false) == Some(Kind::ClaudeCode)
}

/// The keys of the first document in a text, each with its depth. They end with the document or the
/// text.
struct Keys<'a> {
    text: &'a [u8],
    at: usize,
    depth: usize,
    /// True if an element of the document, if it is a list, has ended.
    has_ended_element: bool,
}

impl<'a> Keys<'a> {
    const fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0, depth: 0, has_ended_element: false }
    }

    /// The index of the closing quote of the string that starts at `from`.
    fn closing_quote(&self, mut from: usize) -> Option<usize> {
        loop {
            let at = from + memchr2(b'"', b'\\', self.text.get(from..)?)?;
            if self.text.get(at) == Some(&b'"') {
                return Some(at);
            }
            from = at + 2;
        }
    }
}

impl<'a> Iterator for Keys<'a> {
    type Item = (usize, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let byte = *self.text.get(self.at)?;
            self.at += 1;
            match byte {
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.has_ended_element |= self.depth == 1;
                    if self.depth == 0 {
                        self.at = self.text.len();
                        return None;
                    }
                }
                b'"' => {
                    let start = self.at;
                    let end = self.closing_quote(start)?;
                    self.at = end + 1;
                    let after = self.text.get(self.at..).unwrap_or_default();
                    let mut after = after.iter().filter(|byte| !byte.is_ascii_whitespace());
                    if after.next() == Some(&b':') {
                        return Some((self.depth, self.text.get(start..end)?));
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
