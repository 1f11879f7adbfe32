//! The data export of claude.ai: one list of conversations, often hundreds of megabytes on one
//! line.
//!
//! A [`Splitter`] cuts the list into conversations as the bytes arrive, and [`read_conversation`]
//! counts the characters of each without keeping any text. The export has no token counts and names
//! no model, so tokens are estimates based on [`Assumed`]; times are exact.

mod fields;
mod split;

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use memchr::memchr;

use self::fields::{Conversation, Message};
pub use self::split::{LONGEST_CONVERSATION, Piece, Splitter};
use crate::catalog::{Catalog, Model, Tokenizer};
use crate::history::{Asker, Count, History, Record, Skip, Source, Terms, Tokens};
use crate::text::quoted;

/// The tokens assumed for a file without text: an image of 1,000 x 1,000 pixels, which costs
/// ceil(1000 / 28) * ceil(1000 / 28) tokens on every model (the vendor's page on vision).
pub const IMAGE_TOKENS: u64 = 1_296;

/// The parent id of a first message.
const ROOT: &str = "00000000-0000-4000-8000-000000000000";

/// Assumptions about replies, because the export does not name the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumed {
    /// The id of the model that replied.
    pub model: String,
    pub tokenizer: Tokenizer,
}

impl Assumed {
    /// Assumes the catalog's default model. If there is none, uses the built-in defaults.
    pub fn by_default(catalog: &Catalog, today: Date) -> Self {
        catalog.default_model(today).map(Self::of).unwrap_or_default()
    }

    /// Assumes this model.
    pub fn of(model: &Model) -> Self {
        Self { model: model.id.clone(), tokenizer: model.tokenizer }
    }

    /// Characters that make ten tokens, from the vendor's overview of models.
    const fn characters(&self) -> u64 {
        match self.tokenizer {
            Tokenizer::Old => 34,
            Tokenizer::New => 25,
        }
    }

    /// Tokens for this many characters and images, rounded up.
    const fn tokens(&self, size: Size) -> u64 {
        let tokens = size.characters.saturating_mul(10).div_ceil(self.characters());
        tokens.saturating_add(size.images.saturating_mul(IMAGE_TOKENS))
    }

    /// The assumptions behind the figures, one sentence each.
    pub fn doubt(&self) -> String {
        let tenths = self.characters();
        format!(
            "The claude.ai export holds no token counts and names no model: its tokens are \
             estimates for {}, at {}.{} characters per token, the whole conversation so far sent \
             with every message, nothing cached, {IMAGE_TOKENS} tokens for each file without a \
             text. What tools and the system prompt add is not in them. '--model' assumes another \
             model.",
            quoted(&self.model),
            tenths / 10,
            tenths % 10
        )
    }
}

impl Default for Assumed {
    /// The default model of the built-in price list on the list's own date.
    fn default() -> Self {
        let catalog = Catalog::builtin().ok();
        let model = catalog.and_then(|catalog| catalog.default_model(catalog.as_of));
        model.map_or_else(
            || Self { model: "unknown".to_owned(), tokenizer: Tokenizer::New },
            Self::of,
        )
    }
}

/// The size of a message.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    characters: u64,
    images: u64,
}

impl Size {
    const fn plus(self, other: Self) -> Self {
        Self {
            characters: self.characters.saturating_add(other.characters),
            images: self.images.saturating_add(other.images),
        }
    }
}

/// Adds a piece of an export, as cut by the [`Splitter`], to the history.
pub fn read_piece(piece: Piece<'_>, assumed: &Assumed, history: &mut History) {
    match piece {
        Piece::Element(bytes) => read_conversation(bytes, assumed, history),
        Piece::TooLong => history.skip(Skip::TooLong),
        Piece::TooDeep => history.skip(Skip::TooDeep),
        Piece::Broken => history.skip(Skip::NotJson),
    }
}

/// Makes JSON readable: replaces invalid UTF-8 and lone surrogates with U+FFFD, and control
/// characters with blanks.
fn repair(bytes: &[u8]) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(bytes).into_owned().into_bytes();
    for byte in text.iter_mut().filter(|byte| **byte < b' ') {
        *byte = b' ';
    }
    let unit = |text: &[u8], at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| memchr(b'\\', rest)) {
        at += next;
        let Some(first) = unit(&text, at) else {
            at += 2;
            continue;
        };
        let is_pair = (0xd800..0xdc00).contains(&first)
            && unit(&text, at + 6).is_some_and(|second| (0xdc00..0xe000).contains(&second));
        if !is_pair
            && (0xd800..0xe000).contains(&first)
            && let Some(digits) = text.get_mut(at + 2..at + 6)
        {
            digits.copy_from_slice(b"fffd");
        }
        at += if is_pair { 12 } else { 6 };
    }
    text
}

/// Reads one conversation. Each reply is a response; its input is every message on the path to it.
///
/// A conversation that is not JSON is skipped as a whole; a reply without a time is skipped alone.
pub fn read_conversation(bytes: &[u8], assumed: &Assumed, history: &mut History) {
    let repaired;
    let conversation: Conversation<'_> = match serde_json::from_slice(bytes) {
        Ok(conversation) => conversation,
        Err(error) if error.to_string().starts_with("recursion limit") => {
            return history.skip(Skip::TooDeep);
        }
        Err(_) => {
            // A broken character must not affect more than itself.
            repaired = repair(bytes);
            match serde_json::from_slice(&repaired) {
                Ok(conversation) => conversation,
                Err(_) => return history.skip(Skip::NotJson),
            }
        }
    };
    let messages = &conversation.chat_messages.0;
    let before = before(messages);
    for (index, (message, before)) in messages.iter().zip(before).enumerate() {
        if !message.sender.is("assistant") {
            continue;
        }
        let Some(time) = message.created_at.get().and_then(|time| time.parse::<Timestamp>().ok())
        else {
            history.skip(Skip::NoTime);
            continue;
        };
        let session = conversation.uuid.get().unwrap_or_default();
        let key = match message.uuid.get() {
            Some(uuid) => uuid.into(),
            None => format!("unnamed {session} {index} {time}").into(),
        };
        history.add(Record {
            key,
            time,
            model: assumed.model.as_str().into(),
            tokens: Tokens {
                input: assumed.tokens(before),
                output: assumed.tokens(message.size()),
                ..Tokens::default()
            },
            web_searches: 0,
            terms: Terms::default(),
            count: Count::Estimate,
            source: Source::ClaudeAi,
            session: session.into(),
            project: "claude.ai".into(),
            asker: Asker::Person,
            is_copy: false,
            is_unsplit: false,
        });
    }
}

impl Message<'_> {
    /// The size of the message. `text` repeats the text of `content` or stands in for it.
    fn size(&self) -> Size {
        let content = self.content.0.iter();
        let (text, thinking) = content.fold((0_u64, 0_u64), |(text, thinking), block| {
            (text.saturating_add(block.text.0), thinking.saturating_add(block.thinking.0))
        });
        let text = if text == 0 { self.text.0 } else { text };
        let attached = self.attachments.0.iter().map(|part| part.extracted_content.0);
        let characters = attached.fold(text.saturating_add(thinking), u64::saturating_add);
        Size { characters, images: self.files.0 }
    }
}

/// The input sent with each message: everything on the path to it, from the first message on.
fn before(messages: &[Message<'_>]) -> Vec<Size> {
    let mut places: HashMap<&str, usize> = HashMap::with_capacity(messages.len());
    for (index, message) in messages.iter().enumerate() {
        if let Some(uuid) = message.uuid.get() {
            places.entry(uuid).or_insert(index);
        }
    }
    // A message without a parent id follows the previous message. One whose parent is missing
    // starts a new path.
    let parent = |index: usize| match messages.get(index)?.parent_message_uuid.get() {
        None => index.checked_sub(1),
        Some(ROOT) => None,
        Some(uuid) => places.get(uuid).copied().filter(|parent| *parent != index),
    };
    // Walk up each path to the first message with a known sum, then back down.
    let mut sums: Vec<Option<Size>> = vec![None; messages.len()];
    let mut befores = vec![Size::default(); messages.len()];
    let mut is_on_way = vec![false; messages.len()];
    for start in 0..messages.len() {
        let mut way = Vec::new();
        let mut next = Some(start);
        let mut sum = Size::default();
        while let Some(index) = next {
            if let Some(known) = sums.get(index).copied().flatten() {
                sum = known;
                break;
            }
            // A cycle of parents ends where it closes.
            match is_on_way.get_mut(index) {
                Some(seen) if !*seen => *seen = true,
                _ => break,
            }
            way.push(index);
            next = parent(index);
        }
        for index in way.into_iter().rev() {
            let own = messages.get(index).map(Message::size).unwrap_or_default();
            if let (Some(before), Some(total)) = (befores.get_mut(index), sums.get_mut(index)) {
                *before = sum;
                sum = sum.plus(own);
                *total = Some(sum);
            }
        }
    }
    befores
}

#[cfg(test)]
mod tests;
