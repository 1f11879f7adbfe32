//! Claude Code session logs, one line at a time.
//!
//! A line is bytes. Its result depends only on the line and its [`Place`], not on other lines, the
//! order of reading or a clock. No line is an error; whatever does not count is skipped with a
//! reason.

mod fields;
mod limit;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use aho_corasick::packed;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use memchr::{memchr2_iter, memmem};

use self::fields::{Counts, Envelope, Message, Quick, Text, quick};
use crate::history::{
    Asker, Count, History, LimitHit, OwnSum, Record, Skip, Source, Terms, Tier, Tokens,
};

/// The longest line that is read, in bytes. Self-imposed: an answer has at most a few hundred KiB.
pub const LONGEST_LINE: usize = 16 * 1024 * 1024;

/// The deepest nesting that is read: the limit of the JSON parser.
const DEEPEST: usize = 128;

/// The model name on lines that Claude Code wrote itself.
const SYNTHETIC: &str = "<synthetic>";

/// The context of a line.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The project whose folder contains the file.
    pub project: &'a str,
    /// The session that the file is named after, for lines without a session id.
    pub session: &'a str,
    /// True if the log is that of a sub-agent.
    pub is_sub_agent: bool,
    /// The root the file was found under.
    pub root: usize,
    /// Looks up a time zone by name.
    pub zones: fn(&str) -> Option<TimeZone>,
}

impl<'a> Place<'a> {
    /// Derives the place from the parts of a file's path, ending with the file name.
    ///
    /// The project is the folder below the last `projects`, else the file's own folder. A
    /// sub-agent's file is in a folder named after its session.
    pub fn of(path: &[&'a str], root: usize, zones: fn(&str) -> Option<TimeZone>) -> Self {
        let (file, folders) = path.split_last().map_or(("", path), |(file, rest)| (*file, rest));
        let stem = file.strip_suffix(".jsonl").unwrap_or(file);
        let agents = folders.iter().rposition(|name| *name == "subagents");
        let home = agents.map_or(folders, |at| folders.get(..at).unwrap_or_default());
        let known = folders.iter().rposition(|name| *name == "projects");
        let project = known.and_then(|at| folders.get(at + 1)).or_else(|| match agents {
            Some(_) => home.iter().rev().nth(1),
            None => home.last(),
        });
        Self {
            project: project.copied().unwrap_or_default(),
            session: agents.and_then(|_| home.last()).copied().unwrap_or(stem),
            is_sub_agent: agents.is_some() || stem.starts_with("agent-"),
            root,
            zones,
        }
    }
}

/// Whether to scan lines before parsing them. Affects only speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prefilter {
    /// Parse only lines that can count.
    #[default]
    On,
    /// Parse every line.
    Off,
}

/// Reads one line, without its line break, into the history.
///
/// A line whose start shows that a person or a tool wrote it has no counts, whatever follows. So
/// most of a log is not parsed.
pub fn read_line(line: &[u8], place: &Place<'_>, filter: Prefilter, history: &mut History) {
    let line = trim(line);
    if line.is_empty() {
        return;
    }
    // A truncated line has no closing brace, so it need not be parsed.
    if !(line.starts_with(b"{") && line.ends_with(b"}")) {
        return history.skip(Skip::NotJson);
    }
    let mut envelope = Envelope::default();
    match quick(line, &mut envelope) {
        Quick::Person => return,
        Quick::Read => return take(&envelope, line, place, history),
        Quick::Unusual => {}
    }
    if filter == Prefilter::On && !may_count(line) {
        return;
    }
    match parse(line) {
        Ok(envelope) => take(&envelope, line, place, history),
        Err(why) if may_count(line) => history.skip(why),
        // Invalid JSON, but without any key that counts: nothing is lost.
        Err(_) => {}
    }
}

/// True if a line can count: it contains a key that every counting line has, or escaped letters
/// that could hide such a key.
fn may_count(line: &[u8]) -> bool {
    const ESCAPE: &[u8] = b"\\u00";
    const WORDS: [&[u8]; 4] = [b"\"usage\"", b"\"isApiErrorMessage\"", b"\"cost-state\"", ESCAPE];
    /// Finds all words in one pass; `None` if the CPU does not support that.
    static SEARCH: LazyLock<Option<packed::Searcher>> =
        LazyLock::new(|| packed::Searcher::new(WORDS));
    // Printable ASCII is U+0020 to U+007E. `\u001b` and the like are in every terminal output.
    let is_letter = |at: usize| matches!(line.get(at + ESCAPE.len()), Some(b'2'..=b'7'));
    match SEARCH.as_ref() {
        Some(search) => search
            .find_iter(line)
            .any(|found| line.get(found.start()) != ESCAPE.first() || is_letter(found.start())),
        None => WORDS
            .iter()
            .any(|word| memmem::find_iter(line, word).any(|at| *word != ESCAPE || is_letter(at))),
    }
}

/// The line without surrounding blanks, line ends and byte order marks.
fn trim(line: &[u8]) -> &[u8] {
    let mut rest = line.trim_ascii();
    while let Some(after) = rest.strip_prefix(b"\xef\xbb\xbf") {
        rest = after.trim_ascii_start();
    }
    rest
}

/// Parses a line with the general reader.
fn parse(line: &[u8]) -> Result<Envelope<'_>, Skip> {
    if is_too_deep(line) {
        return Err(Skip::TooDeep);
    }
    serde_json::from_slice(line).map_err(|error| {
        // A count of 400 digits is a valid number that no type can hold.
        if error.to_string().starts_with("number out of range") {
            Skip::BadCount
        } else {
            Skip::NotJson
        }
    })
}

/// True if objects and lists are nested deeper than [`DEEPEST`].
fn is_too_deep(line: &[u8]) -> bool {
    // Most lines have too few brackets to be deep, even with those in strings.
    if memchr2_iter(b'{', b'[', line).nth(DEEPEST).is_none() {
        return false;
    }
    let (mut depth, mut in_text, mut is_escaped) = (0_usize, false, false);
    for byte in line {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_text => is_escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth += 1;
                if depth > DEEPEST {
                    return true;
                }
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

/// Adds whatever counts in a parsed line to the history.
fn take(envelope: &Envelope<'_>, line: &[u8], place: &Place<'_>, history: &mut History) {
    let is_assistant = envelope.kind.is("assistant");
    if is_assistant && envelope.is_api_error_message.0 {
        match (time(&envelope.timestamp), limit::is_possible(envelope)) {
            (None, true) => history.skip(Skip::NoTime),
            (Some(at), true) => {
                if let Some(hit) = limit::hit(envelope, line, at, place.zones) {
                    history.add_hit(&hit, place.root);
                }
                history.skip(Skip::ApiError);
            }
            (_, false) => history.skip(Skip::ApiError),
        }
        return;
    }
    if let Some(message) = envelope.message.0.as_ref().filter(|_| is_assistant) {
        let line = Line {
            time: &envelope.timestamp,
            request: &envelope.request_id,
            uuid: &envelope.uuid,
            is_sub_agent: envelope.is_sidechain.0 || !envelope.agent_id.is_empty(),
            message,
        };
        return line.count(envelope, place, history);
    }
    // Older versions record a sub-agent's work in its parent's log.
    if let Some(outer) = envelope.data.0.as_ref().and_then(|data| data.message.0.as_ref())
        && let Some(message) = outer.message.0.as_ref()
    {
        if outer.is_api_error_message.0 {
            if message.usage.0.is_some() {
                history.skip(Skip::ApiError);
            }
            return;
        }
        let or = |inner: &'_ Text<'_>, outer: &'_ Text<'_>| inner.is_empty() && !outer.is_empty();
        let time = &outer.timestamp;
        let line = Line {
            time: if or(time, &envelope.timestamp) { &envelope.timestamp } else { time },
            request: &outer.request_id,
            uuid: &envelope.uuid,
            is_sub_agent: true,
            message,
        };
        return line.count(envelope, place, history);
    }
    if envelope.kind.is("cost-state")
        && let Some(models) = envelope.model_usage.0.as_ref()
        && let Some(session) = envelope.session_id.get()
    {
        history.add_own_sum(OwnSum {
            session: session.to_owned(),
            started: envelope.start_time.known().unwrap_or_default(),
            output: models.output,
        });
    }
}

/// The parts of a line that count, wherever they were in it.
struct Line<'l, 'a> {
    time: &'l Text<'a>,
    request: &'l Text<'a>,
    uuid: &'l Text<'a>,
    is_sub_agent: bool,
    message: &'l Message<'a>,
}

impl Line<'_, '_> {
    fn count(&self, envelope: &Envelope<'_>, place: &Place<'_>, history: &mut History) {
        let Some(usage) = self.message.usage.0.as_ref() else {
            return;
        };
        let Some(model) = self.message.model.get() else {
            return history.skip(Skip::NoModel);
        };
        if model == SYNTHETIC {
            return history.skip(Skip::Synthetic);
        }
        // The sum of a response excludes what other passes over it cost: an advisor's answer, or the
        // API's own summary of a long conversation.
        let passes = || {
            let entries = usage.iterations.0.iter().enumerate();
            entries.filter_map(|(index, entry)| match entry.kind.get() {
                None | Some("message") => None,
                Some(kind) => Some((index, entry, kind)),
            })
        };
        let Some(own) = Spent::of(usage) else {
            return history.skip(Skip::BadCount);
        };
        let others: Option<Vec<Spent>> = passes()
            .map(|(_, entry, _)| Spent::of(entry.usage.0.as_deref().unwrap_or(entry)))
            .collect();
        let Some(others) = others else {
            return history.skip(Skip::BadCount);
        };
        let Some(time) = time(self.time) else {
            return history.skip(Skip::NoTime);
        };
        let session = envelope.session_id.get().unwrap_or(place.session);
        // Versions before 2.1.81 do not say who started Claude Code, a person or a program.
        let asker = match envelope.entrypoint.get() {
            None => Asker::Unknown,
            Some(entrypoint) if is_program(entrypoint) => Asker::Program,
            Some(_) if self.is_sub_agent || place.is_sub_agent => Asker::SubAgent,
            Some(_) => Asker::Person,
        };
        let record = Record {
            key: self.key(session, time, &own.tokens),
            time,
            model: model.into(),
            tokens: own.tokens,
            web_searches: own.web_searches,
            terms: own.terms,
            count: Count::Exact,
            source: Source::ClaudeCode,
            session: session.into(),
            project: project(envelope.cwd.get(), place.project),
            asker,
            is_copy: envelope.forked_from.0,
            is_unsplit: own.is_unsplit,
        };
        for ((index, entry, kind), spent) in passes().zip(others) {
            // Only an advisor is another model.
            let is_advisor = kind == "advisor_message";
            let Some(model) = entry.model.get().or_else(|| (!is_advisor).then_some(model)) else {
                history.skip(Skip::NoModel);
                continue;
            };
            history.add(Record {
                key: format!(
                    "{}:{}:{index}",
                    record.key,
                    if is_advisor { "advisor" } else { kind }
                )
                .into(),
                model: model.into(),
                tokens: spent.tokens,
                web_searches: spent.web_searches,
                terms: spent.terms,
                is_unsplit: spent.is_unsplit,
                ..record.clone()
            });
        }
        history.add(record);
    }

    /// The id of the message, else of the request, else of the line. Without any id, only lines
    /// with the same content have the same key.
    fn key(&self, session: &str, time: Timestamp, tokens: &Tokens) -> Cow<'_, str> {
        if let Some(id) = self.message.id.get() {
            return id.into();
        }
        if let Some(id) = self.request.get() {
            return format!("request {id}").into();
        }
        if let Some(id) = self.uuid.get() {
            return format!("line {id}").into();
        }
        let mut key = format!("unnamed {session} {time}");
        let _ = write!(key, " {tokens:?} {}", self.message.model.get().unwrap_or_default());
        key.into()
    }
}

/// The usage recorded by one usage object.
struct Spent {
    tokens: Tokens,
    web_searches: u64,
    terms: Terms,
    is_unsplit: bool,
}

impl Spent {
    /// `None` if a count is invalid.
    fn of(counts: &Counts<'_>) -> Option<Self> {
        let written = counts.cache_creation_input_tokens.read()?;
        let (short, long) = match counts.cache_creation.0.as_ref() {
            Some(split) => {
                (split.ephemeral_5m_input_tokens.read()?, split.ephemeral_1h_input_tokens.read()?)
            }
            None => (0, 0),
        };
        // Lines without a split, and some with one, leave the lifetime of writes open.
        let unsplit = written.saturating_sub(short.saturating_add(long));
        let tools = counts.server_tool_use.0.as_ref();
        Some(Self {
            tokens: Tokens {
                input: counts.input_tokens.read()?,
                output: counts.output_tokens.read()?,
                cache_write_5m: short.saturating_add(unsplit),
                cache_write_1h: long,
                cache_read: counts.cache_read_input_tokens.read()?,
            },
            web_searches: match tools {
                Some(tools) => tools.web_search_requests.read()?,
                None => 0,
            },
            terms: Terms {
                fast: counts.speed.is("fast"),
                us_only: counts.inference_geo.is("us"),
                tier: match counts.service_tier.get() {
                    None | Some("standard") => Tier::Standard,
                    Some("batch") => Tier::Batch,
                    Some(_) => Tier::Other,
                },
                ..Terms::default()
            },
            is_unsplit: unsplit > 0,
        })
    }
}

/// The project: its folder, if a working folder at or below it says which one that is. The folder of
/// the log has the same name for two projects whose names differ only in other letters than ASCII
/// ones, because Claude Code writes all of them as dashes.
fn project<'a>(cwd: Option<&'a str>, folder: &'a str) -> Cow<'a, str> {
    let mut path = cwd.unwrap_or_default();
    while !path.is_empty() {
        if is_named_after(folder, path) {
            return path.into();
        }
        path = path.rfind(['/', '\\']).and_then(|end| path.get(..end)).unwrap_or_default();
    }
    folder.into()
}

/// True if Claude Code names the logs of a project in this path by this folder name: with a dash for
/// each UTF-16 unit that is no ASCII letter or digit.
fn is_named_after(folder: &str, path: &str) -> bool {
    let mut rest = folder.bytes();
    let is_same = path.chars().all(|letter| {
        if letter.is_ascii_alphanumeric() {
            rest.next() == u8::try_from(letter).ok()
        } else {
            (0..letter.len_utf16()).all(|_| rest.next() == Some(b'-'))
        }
    });
    is_same && rest.next().is_none()
}

/// An RFC 3339 time with an offset.
fn time(text: &Text<'_>) -> Option<Timestamp> {
    text.get()?.parse().ok()
}

/// True for entry points that programs use: the SDK, or the GitHub action.
fn is_program(entrypoint: &str) -> bool {
    entrypoint.starts_with("sdk") || entrypoint == "claude-code-github-action"
}

/// The limit hit described by the fields; used by [`limit`].
fn hit_of(at: Timestamp, window: Option<&str>, resets_at: Option<Timestamp>) -> LimitHit {
    LimitHit { at, window: window.map(str::to_owned), resets_at }
}

#[cfg(test)]
mod tests;
