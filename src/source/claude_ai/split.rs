//! Splits a list of objects into its elements as bytes arrive, in bounded memory.

use memchr::memchr2;

/// The longest conversation that is read, in bytes. Self-imposed, because it is held in memory.
pub const LONGEST_CONVERSATION: usize = 32 * 1024 * 1024;

/// The deepest nesting that is read: the limit of the JSON parser.
const DEEPEST: usize = 128;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// One element, from its opening to its closing brace.
    Element(&'a [u8]),
    /// An element of more than [`LONGEST_CONVERSATION`] bytes, skipped.
    TooLong,
    /// An element nested deeper than 128 levels, skipped.
    TooDeep,
    /// Bytes that are not an element.
    Broken,
}

/// Splits a list of objects, or concatenated objects, into single objects.
///
/// After mismatched brackets or invalid words it resumes at the next brace, so that a broken
/// element affects no other.
#[derive(Debug)]
pub struct Splitter {
    /// The part of the current element from earlier chunks.
    held: Vec<u8>,
    /// The maximum length of `held`.
    longest: usize,
    /// Nesting depth in the current element; zero between elements.
    depth: usize,
    /// One bit per open bracket, the innermost lowest: set for a brace.
    braces: u128,
    place: Place,
    fate: Fate,
    /// True if invalid bytes have been reported since the last element.
    is_lost: bool,
    /// True if the list was opened and not closed.
    is_open: bool,
}

/// The context of the next byte within an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Plain,
    Text,
    Escape,
}

/// What to do with the current element when it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Whole,
    TooLong,
    TooDeep,
}

impl Default for Splitter {
    fn default() -> Self {
        Self::new(LONGEST_CONVERSATION)
    }
}

impl Splitter {
    /// A splitter that holds at most this many bytes.
    pub const fn new(longest: usize) -> Self {
        Self {
            held: Vec::new(),
            longest,
            depth: 0,
            braces: 0,
            place: Place::Plain,
            fate: Fate::Whole,
            is_lost: false,
            is_open: false,
        }
    }

    /// Adds the next bytes and calls `each` with every element that ends in them.
    pub fn feed(&mut self, chunk: &[u8], mut each: impl FnMut(Piece<'_>)) {
        let (mut at, mut from) = (0, 0);
        while let Some(byte) = chunk.get(at) {
            if self.depth == 0 {
                if *byte == b'{' {
                    from = at;
                    self.open();
                } else {
                    self.between(*byte, &mut each);
                }
                at += 1;
            } else if self.place != Place::Plain {
                at = self.text(chunk, at);
            } else {
                at += 1;
                if !self.step(*byte) {
                    self.give_up(&mut each);
                } else if self.depth == 0 {
                    self.close(chunk.get(from..at).unwrap_or_default(), &mut each);
                }
            }
        }
        if self.depth > 0 {
            self.hold(chunk.get(from..).unwrap_or_default());
        }
    }

    /// Ends the input. Returns true if it was cut off inside an element or the list.
    pub fn finish(self, mut each: impl FnMut(Piece<'_>)) -> bool {
        if self.depth > 0 {
            each(if self.fate == Fate::TooLong { Piece::TooLong } else { Piece::Broken });
        }
        self.depth > 0 || self.is_open
    }

    /// Starts an element.
    fn open(&mut self) {
        self.depth = 1;
        self.braces = 1;
        self.place = Place::Plain;
        self.fate = Fate::Whole;
    }

    fn between(&mut self, byte: u8, each: &mut impl FnMut(Piece<'_>)) {
        match byte {
            b'[' => self.is_open = true,
            b']' => self.is_open = false,
            // Ignore byte order marks like blanks.
            b',' | 0xef | 0xbb | 0xbf => {}
            _ if byte.is_ascii_whitespace() => {}
            _ if self.is_lost => {}
            _ => {
                self.is_lost = true;
                each(Piece::Broken);
            }
        }
    }

    /// Continues a string from `at` and returns the index after the part read.
    fn text(&mut self, chunk: &[u8], at: usize) -> usize {
        if self.place == Place::Escape {
            self.place = Place::Text;
            return at + 1;
        }
        let Some(more) = chunk.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) else {
            return chunk.len();
        };
        let is_end = chunk.get(at + more) == Some(&b'"');
        self.place = if is_end { Place::Plain } else { Place::Escape };
        at + more + 1
    }

    /// Processes a byte outside strings. Returns false if it is invalid there.
    fn step(&mut self, byte: u8) -> bool {
        match byte {
            b'"' => self.place = Place::Text,
            b'{' | b'[' => {
                self.depth += 1;
                self.braces = self.braces << 1 | u128::from(byte == b'{');
                if self.depth > DEEPEST {
                    self.fate = Fate::TooDeep;
                    self.held = Vec::new();
                }
            }
            b'}' | b']' => {
                // Levels deeper than `braces` can record are not checked.
                if self.fate != Fate::TooDeep && (self.braces & 1 == 1) != (byte == b'}') {
                    return false;
                }
                self.depth -= 1;
                self.braces >>= 1;
            }
            // Blanks, separators, numbers, and the letters of true, false and null.
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b'+' | b'-' | b'.' | b'E' => {}
            byte if byte.is_ascii_digit() || b"truefalsn".contains(&byte) => {}
            _ => return false,
        }
        true
    }

    /// Ends the element with this last part.
    fn close(&mut self, last: &[u8], each: &mut impl FnMut(Piece<'_>)) {
        self.is_lost = false;
        if self.held.is_empty() && last.len() <= self.longest && self.fate == Fate::Whole {
            return each(Piece::Element(last));
        }
        self.hold(last);
        each(match self.fate {
            Fate::Whole => Piece::Element(&self.held),
            Fate::TooLong => Piece::TooLong,
            Fate::TooDeep => Piece::TooDeep,
        });
        self.let_go();
    }

    /// Abandons the element and looks for the next one in what follows.
    fn give_up(&mut self, each: &mut impl FnMut(Piece<'_>)) {
        self.depth = 0;
        self.let_go();
        if !self.is_lost {
            self.is_lost = true;
            each(Piece::Broken);
        }
    }

    fn hold(&mut self, part: &[u8]) {
        if self.fate == Fate::Whole && self.held.len() + part.len() > self.longest {
            self.fate = Fate::TooLong;
            self.held = Vec::new();
        }
        if self.fate != Fate::Whole {
            return;
        }
        let wanted = self.held.len() + part.len();
        if wanted > self.held.capacity() {
            let room = wanted.max(self.held.capacity() * 2).min(self.longest);
            self.held.reserve_exact(room - self.held.len());
        }
        self.held.extend_from_slice(part);
    }

    fn let_go(&mut self) {
        const USUAL: usize = 1024 * 1024;
        self.held.clear();
        if self.held.capacity() > USUAL {
            self.held = Vec::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(piece: Piece<'_>) -> String {
        match piece {
            Piece::Element(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            other => format!("{other:?}"),
        }
    }

    /// The pieces, which must not depend on how the bytes are chunked.
    fn pieces(text: &[u8], longest: usize) -> (Vec<String>, bool) {
        let split = |size: usize| {
            let mut found = Vec::new();
            let mut splitter = Splitter::new(longest);
            for chunk in text.chunks(size) {
                splitter.feed(chunk, |piece| found.push(told(piece)));
            }
            let is_cut = splitter.finish(|piece| found.push(told(piece)));
            (found, is_cut)
        };
        let whole = split(text.len().max(1));
        for size in [1, 2, 3, 7, 64] {
            assert_eq!(split(size), whole, "chunks of {size}");
        }
        whole
    }

    #[test]
    fn a_list_is_cut_into_its_objects() {
        let first = r#"{"a":"}]\"{","b":[{"c":-1.5e3}, true]}"#;
        let list = format!("\u{feff}[{first},\n {{}} ,{{\"d\":null}}]\n");
        let (found, is_cut) = pieces(list.as_bytes(), 1000);
        assert_eq!(found, [first, "{}", "{\"d\":null}"]);
        assert!(!is_cut);
        assert_eq!(pieces(b"{}\n{}\n", 1000), (vec!["{}".to_owned(), "{}".to_owned()], false));
        assert_eq!(pieces(b"[]", 1000), (vec![], false));
    }

    #[test]
    fn what_is_cut_off_is_told() {
        let (found, is_cut) = pieces(br#"[{"a":1},{"b":"x"#, 1000);
        assert_eq!(found, ["{\"a\":1}", "Broken"]);
        assert!(is_cut);
        assert!(pieces(b"[{},", 1000).1);
    }

    #[test]
    fn a_broken_element_takes_no_other_with_it() {
        for broken in
            [r#"{"a":[1}"#, r#"{"a":nope}"#, r#"{"a":"no end,"b":"x"}"#, "null", r#""text""#]
        {
            let list = format!("[{{\"a\":1}},{broken},{{\"z\":2}}]");
            let (found, is_cut) = pieces(list.as_bytes(), 1000);
            assert_eq!(found, ["{\"a\":1}", "Broken", "{\"z\":2}"], "{broken}");
            assert!(!is_cut, "{broken}");
        }
    }

    #[test]
    fn an_element_that_is_too_long_or_too_deep_is_named() {
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(200));
        let list = format!("[{{}},{long},{{\"z\":2}}]");
        assert_eq!(pieces(list.as_bytes(), 100).0, ["{}", "TooLong", "{\"z\":2}"]);
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
        let list = format!("[{{}},{deep},{{\"z\":2}}]");
        assert_eq!(pieces(list.as_bytes(), 100_000).0, ["{}", "TooDeep", "{\"z\":2}"]);
    }
}
