//! The session logs of Claude Code, one line at a time.
//!
//! A line is bytes. What it yields depends on the line and its [`Place`] alone: not on other
//! lines, on the order of reading or on a clock. Nothing in a line is an error; what does not
//! count is skipped by name.

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

/// The longest line that is read. Self-imposed: an answer has at most some hundred KiB.
pub const LONGEST_LINE: usize = 16 * 1024 * 1024;

/// The deepest nesting that is read; the one of the JSON parser.
const DEEPEST: usize = 128;

/// The model of lines that the program wrote itself.
const SYNTHETIC: &str = "<synthetic>";

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The project whose folder the file is in.
    pub project: &'a str,
    /// The session the file is named after, for lines that do not say.
    pub session: &'a str,
    /// Whether the file belongs to a sub-agent.
    pub is_sub_agent: bool,
    /// Which of the roots the file was found under.
    pub root: usize,
    /// Finds a time zone by its name.
    pub zones: fn(&str) -> Option<TimeZone>,
}

impl<'a> Place<'a> {
    /// Reads the place off the parts of a file's path, the file's name last.
    ///
    /// The project is the folder under the last `projects`, else the one the file is in. The file
    /// of a sub-agent lies in a folder named after its session.
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

/// Whether lines are looked through before they are parsed. It changes nothing but the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prefilter {
    /// Only lines that can count are parsed.
    #[default]
    On,
    /// Every line is parsed.
    Off,
}

/// Reads one line, without its line break, into the history.
///
/// A line whose head says that a person or a tool wrote it holds no counts, whatever text stands
/// behind that: most of a log is read no further.
pub fn read_line(line: &[u8], place: &Place<'_>, filter: Prefilter, history: &mut History) {
    let line = trim(line);
    if line.is_empty() {
        return;
    }
    // A line that is cut off has no last brace: seen without reading it.
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
        // Broken, but without a word that counts: nothing is lost with it.
        Err(_) => {}
    }
}

/// Whether a line looks like one of a session log at all, to tell a foreign file.
pub fn is_own_line(line: &[u8]) -> bool {
    memmem::find(line, b"\"type\"").is_some() && memmem::find(line, b"\"sessionId\"").is_some()
}

/// Whether a line can count: it names one of the keys that every line that counts has, or spells
/// letters as escapes, which a key could be hidden in.
fn may_count(line: &[u8]) -> bool {
    const ESCAPE: &[u8] = b"\\u00";
    const WORDS: [&[u8]; 4] = [b"\"usage\"", b"\"isApiErrorMessage\"", b"\"cost-state\"", ESCAPE];
    /// All words in one pass, many bytes at once; `None` where the machine cannot.
    static SEARCH: LazyLock<Option<packed::Searcher>> =
        LazyLock::new(|| packed::Searcher::new(WORDS));
    // Printable ASCII is U+0020 to U+007E; `\u001b` and the like are in every terminal output.
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

/// The line without blanks, line ends and byte order marks around it.
fn trim(line: &[u8]) -> &[u8] {
    let mut rest = line.trim_ascii();
    while let Some(after) = rest.strip_prefix(b"\xef\xbb\xbf") {
        rest = after.trim_ascii_start();
    }
    rest
}

/// The general reader.
fn parse(line: &[u8]) -> Result<Envelope<'_>, Skip> {
    if is_too_deep(line) {
        return Err(Skip::TooDeep);
    }
    serde_json::from_slice(line).map_err(|error| {
        // A count of 400 digits is a number that no type holds.
        if error.to_string().starts_with("number out of range") {
            Skip::BadCount
        } else {
            Skip::NotJson
        }
    })
}

/// Whether objects and lists are nested deeper than [`DEEPEST`].
fn is_too_deep(line: &[u8]) -> bool {
    // Most lines have too few brackets to be deep, inside of texts or not.
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

/// Takes what counts out of a parsed line.
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
    // What a sub-agent of older versions did, told in its parent's log.
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

/// The parts of a line that count, from wherever in it they stand.
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
        let advisors = || {
            let entries = usage.iterations.0.iter().enumerate();
            entries.filter(|(_, entry)| entry.kind.is("advisor_message"))
        };
        let Some(own) = Spent::of(usage) else {
            return history.skip(Skip::BadCount);
        };
        let advice: Option<Vec<Spent>> = advisors()
            .map(|(_, entry)| Spent::of(entry.usage.0.as_deref().unwrap_or(entry)))
            .collect();
        let Some(advice) = advice else {
            return history.skip(Skip::BadCount);
        };
        let Some(time) = time(self.time) else {
            return history.skip(Skip::NoTime);
        };
        let session = envelope.session_id.get().unwrap_or(place.session);
        let asker = if is_program(envelope.entrypoint.get()) {
            Asker::Program
        } else if self.is_sub_agent || place.is_sub_agent {
            Asker::SubAgent
        } else {
            Asker::Person
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
            project: place.project.into(),
            asker,
            is_copy: envelope.forked_from.0,
            is_unsplit: own.is_unsplit,
        };
        for ((index, entry), spent) in advisors().zip(advice) {
            let Some(model) = entry.model.get() else {
                history.skip(Skip::NoModel);
                continue;
            };
            history.add(Record {
                key: format!("{}:advisor:{index}", record.key).into(),
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

    /// The id of the message; without it that of the request, then that of the line. A line
    /// without any is only the same as one that says the same.
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

/// What one usage object says was spent.
struct Spent {
    tokens: Tokens,
    web_searches: u64,
    terms: Terms,
    is_unsplit: bool,
}

impl Spent {
    /// `None` when a count cannot be.
    fn of(counts: &Counts<'_>) -> Option<Self> {
        let written = counts.cache_creation_input_tokens.read()?;
        let split = counts.cache_creation.0.as_ref();
        let split = match split.filter(|split| split.is_told()) {
            Some(split) => Some((
                split.ephemeral_5m_input_tokens.read()?,
                split.ephemeral_1h_input_tokens.read()?,
            )),
            None => None,
        };
        let tools = counts.server_tool_use.0.as_ref();
        Some(Self {
            tokens: Tokens {
                input: counts.input_tokens.read()?,
                output: counts.output_tokens.read()?,
                cache_write_5m: split.map_or(written, |(short, _)| short),
                cache_write_1h: split.map_or(0, |(_, long)| long),
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
            is_unsplit: split.is_none() && written > 0,
        })
    }
}

/// A time with a zone, in RFC 3339.
fn time(text: &Text<'_>) -> Option<Timestamp> {
    text.get()?.parse().ok()
}

/// Whether the entry point is one that programs use: the SDK, or the action that runs on GitHub.
fn is_program(entrypoint: Option<&str>) -> bool {
    entrypoint.is_some_and(|name| name.starts_with("sdk") || name == "claude-code-github-action")
}

/// A hit as the fields say it; here for [`limit`].
fn hit_of(at: Timestamp, window: Option<&str>, resets_at: Option<Timestamp>) -> LimitHit {
    LimitHit { at, window: window.map(str::to_owned), resets_at }
}

#[cfg(test)]
mod tests;
