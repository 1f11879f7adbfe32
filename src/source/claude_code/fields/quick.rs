//! A fast path for the usual line: one pass that neither builds nor checks what is not needed.
//!
//! Nearly every line that counts is plain: printable bytes, known fields, values of the usual
//! types. For these lines this reader is several times as fast as the general one, with the same
//! result. It leaves anything unusual to the general reader, which alone decides what is wrong with
//! a line.

use std::borrow::Cow;

use memchr::memchr2;

use super::{Count, Counts, Envelope, Flag, Message, Part, Present, Split, Text, Tools};

/// Values nested deeper than this within a field are left to the general reader.
const DEEPEST: u32 = 100;

/// The result of the quick reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Quick {
    /// A person or a tool wrote the line, so it has no counts, whatever follows its start.
    Person,
    /// The line was read.
    Read,
    /// The general reader has to read it.
    Unusual,
}

/// Reads a usual line into an empty envelope. The envelope is meaningful only if the line was read.
pub(in super::super) fn quick<'a>(line: &'a [u8], envelope: &mut Envelope<'a>) -> Quick {
    let mut is_from_person = false;
    match fill(line, envelope, &mut is_from_person) {
        _ if is_from_person => Quick::Person,
        Some(()) => Quick::Read,
        None => Quick::Unusual,
    }
}

fn fill<'a>(line: &'a [u8], envelope: &mut Envelope<'a>, is_from_person: &mut bool) -> Option<()> {
    let mut reader = Reader { line, at: 0 };
    let mut seen = Seen::default();
    reader.object(|reader, key| {
        match key {
            b"type" => {
                envelope.kind = reader.text(seen.first(0)?)?;
                match envelope.kind.get() {
                    Some("assistant") => {}
                    Some("user") if reader.is_at_message_of_person() => {
                        *is_from_person = true;
                        return None;
                    }
                    // Rare, and almost none of them counts. A search for keys is faster.
                    _ => return None,
                }
            }
            b"timestamp" => envelope.timestamp = reader.text(seen.first(1)?)?,
            b"sessionId" => envelope.session_id = reader.text(seen.first(2)?)?,
            b"requestId" => envelope.request_id = reader.text(seen.first(3)?)?,
            b"uuid" => envelope.uuid = reader.text(seen.first(4)?)?,
            b"agentId" => envelope.agent_id = reader.text(seen.first(5)?)?,
            b"entrypoint" => envelope.entrypoint = reader.text(seen.first(6)?)?,
            b"cwd" => envelope.cwd = reader.any_text(seen.first(17)?)?,
            b"error" => envelope.error = reader.text(seen.first(7)?)?,
            b"isSidechain" => envelope.is_sidechain = reader.flag(seen.first(8)?)?,
            b"isApiErrorMessage" => envelope.is_api_error_message = reader.flag(seen.first(9)?)?,
            b"forkedFrom" => {
                seen.first(10)?;
                // The general reader requires UTF-8 keys here; others may be any bytes.
                reader.object(|reader, _| reader.skip())?;
                envelope.forked_from = Present(true);
            }
            b"message" => {
                seen.first(11)?;
                // Built in place, so that nothing large is moved.
                reader.message(envelope.message.0.insert(Message::default()))?;
            }
            b"quotaLimits" => reader.null(seen.first(12)?)?,
            b"data" => reader.null(seen.first(13)?)?,
            b"startTime" => reader.null(seen.first(14)?)?,
            b"apiErrorStatus" => envelope.api_error_status = reader.count(seen.first(16)?)?,
            b"modelUsage" => reader.null(seen.first(15)?)?,
            _ => reader.skip()?,
        }
        Some(())
    })?;
    // JSON does not allow control characters. Taking the minimum without an early exit can be
    // vectorized.
    let is_plain = line.iter().copied().fold(u8::MAX, u8::min) >= b' ';
    (is_plain && reader.at == line.len()).then_some(())
}

/// The fields seen in an object. A duplicate is unusual.
#[derive(Default)]
struct Seen(u32);

/// The field was seen for the first time.
struct First;

impl Seen {
    fn first(&mut self, field: u16) -> Option<First> {
        let bit = 1 << field;
        let is_first = self.0 & bit == 0;
        self.0 |= bit;
        is_first.then_some(First)
    }
}

/// The number of bytes before the first quote, backslash or non-ASCII byte.
fn plain_length(text: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let (words, rest) = text.as_chunks::<8>();
    for (place, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        // The lowest set high bit marks the first zero byte.
        let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
        let ends = zero(word ^ (ONES * 0x22)) | zero(word ^ (ONES * 0x5c)) | (word & HIGH);
        if ends != 0 {
            return place * 8 + ends.trailing_zeros() as usize / 8;
        }
    }
    let is_end = |byte: &u8| matches!(byte, b'"' | b'\\' | 0x80..);
    words.len() * 8 + rest.iter().position(is_end).unwrap_or(rest.len())
}

/// A position in a line. Every step returns `None` at the first unusual byte.
#[derive(Clone, Copy)]
struct Reader<'a> {
    line: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// True if the message comes next and its role is that of a person or a tool. The type alone is
    /// not enough: older logs record sub-agents under unknown types.
    fn is_at_message_of_person(self) -> bool {
        let mut ahead = self;
        let mut is_next = |key: &[u8], before: u8, after: u8| {
            ahead.take(before)?;
            let found = ahead.plain_string()?;
            ahead.take(after)?;
            (found == key).then_some(())
        };
        let mut read = || {
            is_next(b"message", b',', b':')?;
            is_next(b"role", b'{', b':')?;
            Some(())
        };
        read().is_some() && ahead.plain_string() == Some(b"user")
    }

    /// Peeks at the next byte after blanks. Other white space is unusual.
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.line.get(self.at)? {
                b' ' => self.at += 1,
                byte => return Some(*byte),
            }
        }
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        (self.peek()? == wanted).then(|| self.at += 1)
    }

    /// Consumes the byte if it comes next.
    fn has(&mut self, wanted: u8) -> Option<bool> {
        let is_next = self.peek()? == wanted;
        self.at += usize::from(is_next);
        Some(is_next)
    }

    /// Reads an object with plain keys; `field` must read each value.
    fn object(&mut self, mut field: impl FnMut(&mut Self, &'a [u8]) -> Option<()>) -> Option<()> {
        self.take(b'{')?;
        if self.has(b'}')? {
            return Some(());
        }
        loop {
            let key = self.plain_string()?;
            self.take(b':')?;
            field(self, key)?;
            if !self.has(b',')? {
                return self.take(b'}');
            }
        }
    }

    /// An ASCII string without escapes.
    fn plain_string(&mut self) -> Option<&'a [u8]> {
        self.take(b'"')?;
        let rest = self.line.get(self.at..)?;
        let string = rest.get(..plain_length(rest))?;
        self.at += string.len();
        // The byte that ends the plain run must be the closing quote.
        (*self.line.get(self.at)? == b'"').then(|| self.at += 1)?;
        Some(string)
    }

    fn text(&mut self, first: First) -> Option<Text<'a>> {
        if self.peek()? == b'"' {
            let text = std::str::from_utf8(self.plain_string()?).ok()?;
            return Some(Text(Cow::Borrowed(text)));
        }
        self.null(first)?;
        Some(Text::default())
    }

    /// A string with any letters and escapes: paths of Windows have backslashes.
    fn any_text(&mut self, first: First) -> Option<Text<'a>> {
        let mut ahead = *self;
        if let Some(text) = ahead.text(first) {
            *self = ahead;
            return Some(text);
        }
        let start = self.at;
        self.skip_string()?;
        serde_json::from_slice(self.line.get(start..self.at)?)
            .ok()
            .map(|text| Text(Cow::Owned(text)))
    }

    fn null(&mut self, _: First) -> Option<()> {
        self.peek()?;
        self.literal(b"null")
    }

    fn flag(&mut self, first: First) -> Option<Flag> {
        match self.peek()? {
            b't' => self.literal(b"true").map(|()| Flag(true)),
            b'f' => self.literal(b"false").map(|()| Flag(false)),
            _ => self.null(first).map(|()| Flag(false)),
        }
    }

    fn count(&mut self, first: First) -> Option<Count> {
        /// The most digits that always fit into 64 bits.
        const MOST: usize = 18;
        if self.peek()? == b'n' {
            return self.null(first).map(|()| Count::Absent);
        }
        let digits = self.digits()?;
        let is_plain = digits.len() <= MOST && (digits.len() == 1 || !digits.starts_with(b"0"));
        if !is_plain || matches!(self.line.get(self.at)?, b'.' | b'e' | b'E') {
            return None;
        }
        let value = |sum: u64, digit: &u8| sum * 10 + u64::from(digit - b'0');
        Some(Count::Known(digits.iter().fold(0, value)))
    }

    fn message(&mut self, message: &mut Message<'a>) -> Option<()> {
        let mut seen = Seen::default();
        self.object(|reader, key| {
            match key {
                b"id" => message.id = reader.text(seen.first(0)?)?,
                b"model" => message.model = reader.text(seen.first(1)?)?,
                b"usage" => {
                    seen.first(2)?;
                    reader.usage(message.usage.0.insert(Counts::default()))?;
                }
                _ => reader.skip()?,
            }
            Some(())
        })
    }

    fn usage(&mut self, counts: &mut Counts<'a>) -> Option<()> {
        let mut seen = Seen::default();
        self.object(|reader, key| {
            match key {
                b"type" => counts.kind = reader.text(seen.first(0)?)?,
                b"model" => counts.model = reader.text(seen.first(1)?)?,
                b"usage" => reader.null(seen.first(2)?)?,
                b"input_tokens" => counts.input_tokens = reader.count(seen.first(3)?)?,
                b"output_tokens" => counts.output_tokens = reader.count(seen.first(4)?)?,
                b"cache_creation_input_tokens" => {
                    counts.cache_creation_input_tokens = reader.count(seen.first(5)?)?;
                }
                b"cache_read_input_tokens" => {
                    counts.cache_read_input_tokens = reader.count(seen.first(6)?)?;
                }
                b"cache_creation" => counts.cache_creation = reader.split(seen.first(7)?)?,
                b"server_tool_use" => counts.server_tool_use = reader.tools(seen.first(8)?)?,
                b"service_tier" => counts.service_tier = reader.text(seen.first(9)?)?,
                b"inference_geo" => counts.inference_geo = reader.text(seen.first(10)?)?,
                b"speed" => counts.speed = reader.text(seen.first(11)?)?,
                b"iterations" => reader.empty_list(seen.first(12)?)?,
                _ => reader.skip()?,
            }
            Some(())
        })
    }

    fn split(&mut self, first: First) -> Option<Part<Split>> {
        if self.peek()? == b'n' {
            return self.null(first).map(|()| Part(None));
        }
        let mut split = Split::default();
        let mut seen = Seen::default();
        self.object(|reader, key| {
            match key {
                b"ephemeral_5m_input_tokens" => {
                    split.ephemeral_5m_input_tokens = reader.count(seen.first(0)?)?;
                }
                b"ephemeral_1h_input_tokens" => {
                    split.ephemeral_1h_input_tokens = reader.count(seen.first(1)?)?;
                }
                _ => reader.skip()?,
            }
            Some(())
        })?;
        Some(Part(Some(split)))
    }

    fn tools(&mut self, first: First) -> Option<Part<Tools>> {
        if self.peek()? == b'n' {
            return self.null(first).map(|()| Part(None));
        }
        let mut tools = Tools::default();
        let mut seen = Seen::default();
        self.object(|reader, key| {
            match key {
                b"web_search_requests" => {
                    tools.web_search_requests = reader.count(seen.first(0)?)?;
                }
                _ => reader.skip()?,
            }
            Some(())
        })?;
        Some(Part(Some(tools)))
    }

    fn empty_list(&mut self, first: First) -> Option<()> {
        if self.peek()? == b'n' {
            return self.null(first);
        }
        self.take(b'[')?;
        self.take(b']')
    }

    /// Skips a well-formed value of any type.
    fn skip(&mut self) -> Option<()> {
        // One bit per open level, the innermost lowest: set for an object.
        let (mut objects, mut depth) = (0_u128, 0_u32);
        loop {
            match self.peek()? {
                b'"' => self.skip_string()?,
                open @ (b'{' | b'[') => {
                    self.at += 1;
                    let is_object = open == b'{';
                    if !self.has(if is_object { b'}' } else { b']' })? {
                        if depth == DEEPEST {
                            return None;
                        }
                        depth += 1;
                        objects = objects << 1 | u128::from(is_object);
                        if is_object {
                            self.skip_key()?;
                        }
                        continue;
                    }
                }
                b't' => self.literal(b"true")?,
                b'f' => self.literal(b"false")?,
                b'n' => self.literal(b"null")?,
                _ => self.skip_number()?,
            }
            // A value has ended, and perhaps some of the levels around it.
            loop {
                if depth == 0 {
                    return Some(());
                }
                let is_object = objects & 1 == 1;
                if self.has(b',')? {
                    if is_object {
                        self.skip_key()?;
                    }
                    break;
                }
                self.take(if is_object { b'}' } else { b']' })?;
                objects >>= 1;
                depth -= 1;
            }
        }
    }

    fn skip_key(&mut self) -> Option<()> {
        self.peek()?;
        self.skip_string()?;
        self.take(b':')
    }

    fn skip_string(&mut self) -> Option<()> {
        if *self.line.get(self.at)? != b'"' {
            return None;
        }
        self.at += 1;
        loop {
            self.at += memchr2(b'"', b'\\', self.line.get(self.at..)?)?;
            if *self.line.get(self.at)? == b'"' {
                self.at += 1;
                return Some(());
            }
            match self.line.get(self.at + 1)? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 2,
                b'u' => {
                    let digits = self.line.get(self.at + 2..self.at + 6)?;
                    if !digits.iter().all(u8::is_ascii_hexdigit) {
                        return None;
                    }
                    self.at += 6;
                }
                _ => return None,
            }
        }
    }

    fn literal(&mut self, word: &[u8]) -> Option<()> {
        self.line.get(self.at..)?.starts_with(word).then(|| self.at += word.len())
    }

    /// One digit or more.
    fn digits(&mut self) -> Option<&'a [u8]> {
        let start = self.at;
        while self.line.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        (self.at > start).then(|| self.line.get(start..self.at)).flatten()
    }

    fn skip_number(&mut self) -> Option<()> {
        self.at += usize::from(*self.line.get(self.at)? == b'-');
        let whole = self.digits()?;
        if whole.len() > 1 && whole.starts_with(b"0") {
            return None;
        }
        if *self.line.get(self.at)? == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.line.get(self.at)?, b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.line.get(self.at)?, b'+' | b'-'));
            self.digits()?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The results of both readers, as text. The quick one may leave a line to the other.
    fn both(line: &[u8]) -> (Option<String>, Option<String>) {
        let general = serde_json::from_slice::<Envelope<'_>>(line).ok();
        let mut envelope = Envelope::default();
        let quick = (quick(line, &mut envelope) == Quick::Read).then(|| format!("{envelope:?}"));
        (quick, general.map(|line| format!("{line:?}")))
    }

    const USUAL: &str = r#"{"parentUuid":null,"isSidechain":false,"cwd":"/home/ana","sessionId":"s1","forkedFrom":{"sessionId":"o"},"type":"assistant","uuid":"u1","timestamp":"2026-11-20T09:00:04.120Z","requestId":"r1","error":null,"quotaLimits":null,"message":{"id":"m1","model":"claude-opus-5-5","content":[{"type":"text","text":"A \"quoted\" line\n\u00e9 {[","n":[-1.5e+3,0,true,null,{}]},[]],"stop_reason":null,"usage":{"input_tokens":4,"cache_creation_input_tokens":12000,"cache_read_input_tokens":18000,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":12000},"output_tokens":421,"output_tokens_details":{"thinking_tokens":230},"server_tool_use":{"web_search_requests":1},"service_tier":"standard","inference_geo":null,"iterations":[],"speed":"fast"}}}"#;

    #[test]
    fn the_usual_line_is_read_quickly_and_as_the_general_reader_does() {
        let (quick, general) = both(USUAL.as_bytes());
        assert!(quick.is_some());
        assert_eq!(quick, general);
    }

    #[test]
    fn a_line_of_a_person_is_known_by_its_head() {
        for (line, is_from_person) in [
            (
                r#"{"parentUuid":null,"isSidechain":false,"n":-1.5,"cwd":"C:\\a","type":"user","message":{"role":"user","content":"#,
                true,
            ),
            (r#"{"type" : "user", "message" : { "role" : "user"}"#, true),
            (r#"{"type":"user","message":{"role":"assistant""#, false),
            (r#"{"type":"user","message":{"content":[],"role":"user"}}"#, false),
            (r#"{"type":"user","data":{"message":{}}}"#, false),
            (r#"{"type":"user","uuid":"u","message":{"role":"user"}}"#, false),
            (r#"{"type":"progress","message":{"role":"user"}}"#, false),
            (r#"{"x":{"type":"user","message":{"role":"user"}}}"#, false),
            (r#"{"t\u0079pe":"user","message":{"role":"user"}}"#, false),
            (r#"{"type":"user""#, false),
            ("{", false),
            ("", false),
        ] {
            let found = quick(line.as_bytes(), &mut Envelope::default());
            assert_eq!(found == Quick::Person, is_from_person, "{line}");
        }
    }

    #[test]
    fn what_is_unusual_is_left_to_the_general_reader() {
        for (from, to) in [
            ("\"s1\"", "\"s\\u0031\""),
            ("\"s1\"", "1"),
            ("\"s1\"", "\"é\""),
            ("421", "421.0"),
            ("421", "-421"),
            ("421", "0421"),
            ("421", "99999999999999999999"),
            ("421", "\"421\""),
            ("\"quotaLimits\":null", "\"quotaLimits\":{}"),
            ("\"quotaLimits\":null", "\"uuid\":\"u2\""),
            ("},[]],", "}[]],"),
            ("\"iterations\":[]", "\"iterations\":[{}]"),
            ("\\n", "\\x"),
            ("-1.5e+3", "-1.5e"),
            ("null,{}]", "null,\t{}]"),
        ] {
            let line = USUAL.replacen(from, to, 1);
            assert_eq!(quick(line.as_bytes(), &mut Envelope::default()), Quick::Unusual, "{to}");
        }
        let deep = USUAL.replacen("[-1.5", &format!("{}[-1.5", "[".repeat(200)), 1);
        assert_eq!(quick(deep.as_bytes(), &mut Envelope::default()), Quick::Unusual);
    }

    #[test]
    fn the_first_byte_that_ends_a_plain_text_is_found_wherever_it_stands() {
        for length in 0..40 {
            for end in [b'"', b'\\', 0x80, 0xff, 0xa2, 0xdc] {
                for after in [b'a', b'"', 0x21, 0x23, 0x5b, 0x5d] {
                    let mut text = vec![0x21; length];
                    text.push(end);
                    text.extend([after; 9]);
                    assert_eq!(plain_length(&text), length, "{end} {after}");
                    assert_eq!(plain_length(&text[..length]), length);
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        /// Random bytes are changed, dropped, doubled and moved.
        #[test]
        fn a_line_that_is_read_quickly_is_read_the_same_by_the_general_reader(
            edits in prop::collection::vec((0..USUAL.len(), 0..4_u8, any::<prop::sample::Index>()), 1..4)
        ) {
            const BYTES: &[u8] = b"\"\"\\{}[]:,, 019-.eEtnu\x00\x80\xe9x";
            let mut line = USUAL.as_bytes().to_vec();
            for (at, kind, other) in edits {
                let at = at.min(line.len() - 1);
                match kind {
                    0 => line[at] = BYTES[other.index(BYTES.len())],
                    1 => { line.remove(at); }
                    2 => line.insert(at, BYTES[other.index(BYTES.len())]),
                    _ => {
                        let from = other.index(line.len());
                        let part = line[from..line.len().min(from + 40)].to_vec();
                        line.splice(at..at, part);
                    }
                }
            }
            let (quick, general) = both(&line);
            if quick.is_some() {
                prop_assert_eq!(quick, general);
            }
        }
    }
}
