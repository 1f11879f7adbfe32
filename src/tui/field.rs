//! A text field of one line.

use tui_input::{Input, InputRequest};

use super::key::{Key, Press};
use crate::text::{clean, looks_like_key};

/// A text field of one line.
#[derive(Debug, Clone, Default)]
pub struct Field {
    input: Input,
    most: usize,
    /// Whether letters still belong to a key that was refused: a terminal without bracketed paste
    /// types what is pasted.
    refused: bool,
}

/// What a field says to the letters after a refused key.
const REST_REFUSED: &str = "! The rest of that key is not kept either. Backspace: type on.";

/// What a field says to text that looks like an API key.
pub const KEY_REFUSED: &str = "! That looks like an API key. planwise needs none; it was not kept.";

impl Field {
    /// A field of at most `most` characters that holds `text`, the cursor at its end.
    pub fn new(text: impl Into<String>, most: usize) -> Self {
        Self { input: Input::new(text.into()), most, refused: false }
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The column of the cursor, from the beginning of the text.
    pub fn cursor(&self) -> usize {
        self.input.visual_cursor()
    }

    /// How many columns are scrolled away when `width` are shown.
    pub fn scroll(&self, width: usize) -> usize {
        self.input.visual_scroll(width)
    }

    /// Takes a key: a letter or an editing key. Returns what is to be said, if anything.
    pub fn press(&mut self, press: Press) -> Option<&'static str> {
        let request = match press.key {
            Key::Backspace => InputRequest::DeletePrevChar,
            Key::Delete => InputRequest::DeleteNextChar,
            Key::Left => InputRequest::GoToPrevChar,
            Key::Right => InputRequest::GoToNextChar,
            Key::Home | Key::Ctrl('a') => InputRequest::GoToStart,
            Key::End | Key::Ctrl('e') => InputRequest::GoToEnd,
            Key::Ctrl('u') => InputRequest::DeleteLine,
            Key::Ctrl('w') => InputRequest::DeletePrevWord,
            _ => match press.typed {
                Some(letter) if !letter.is_control() => {
                    if self.refused {
                        return Some(REST_REFUSED);
                    }
                    if self.text().chars().count() >= self.most {
                        return Some("! That is the longest text this field takes.");
                    }
                    InputRequest::InsertChar(letter)
                }
                _ => return None,
            },
        };
        self.refused = false;
        self.input.handle(request);
        self.refuse_key()
    }

    /// Takes the first line of a pasted text, trimmed and made harmless.
    pub fn paste(&mut self, text: &str) -> Option<&'static str> {
        self.refused = false;
        if looks_like_key(text) {
            return Some(KEY_REFUSED);
        }
        let line = text.trim().lines().next().unwrap_or_default();
        let room = self.most.saturating_sub(self.text().chars().count());
        for letter in clean(line).trim().chars().take(room) {
            self.input.handle(InputRequest::InsertChar(letter));
        }
        self.refuse_key()
    }

    /// Empties a field that has come to hold a key, typed letter by letter or pasted in parts.
    fn refuse_key(&mut self) -> Option<&'static str> {
        if !looks_like_key(self.text()) {
            return None;
        }
        self.input.reset();
        self.refused = true;
        Some(KEY_REFUSED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(field: &mut Field, text: &str) -> Option<&'static str> {
        text.chars()
            .map(|c| field.press(Press { key: Key::Char(c), typed: Some(c) }))
            .last()
            .flatten()
    }

    #[test]
    fn a_key_is_refused_however_it_comes_in() {
        let mut field = Field::new("", 80);
        assert_eq!(typed(&mut field, "sk-ant-"), Some(KEY_REFUSED));
        assert_eq!(field.text(), "");
        assert_eq!(typed(&mut field, "api03-secret"), Some(REST_REFUSED));
        assert_eq!(field.text(), "", "nothing of it is kept");
        field.press(Press { key: Key::Backspace, typed: None });
        assert_eq!(typed(&mut field, "a report"), None);
        assert_eq!(field.text(), "a report");
        field.press(Press { key: Key::Ctrl('u'), typed: None });
        field.paste("sk-");
        assert_eq!(field.paste("ant-api03"), Some(KEY_REFUSED));
        assert_eq!(field.text(), "");
    }

    #[test]
    fn a_paste_gives_its_first_line_only() {
        let mut field = Field::new("a", 6);
        field.paste("  bc\u{1b}d\nrm -rf\n");
        assert_eq!(field.text(), "abc\u{fffd}d");
        field.paste("123456");
        assert_eq!(field.text(), "abc\u{fffd}d1");
    }
}
