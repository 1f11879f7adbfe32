//! A text field of one line.

use tui_input::{Input, InputRequest};

use super::key::{Key, Press};
use crate::text::{clean, key_offset, looks_like_key};

/// A text field of one line.
#[derive(Debug, Clone, Default)]
pub struct Field {
    input: Input,
    most: usize,
    /// True if a key was just removed, so that the rest of its word is dropped too.
    refusing: bool,
}

pub const KEY_REFUSED: &str = "! Looks like an API key; not kept.";

impl Field {
    /// A field of at most `most` characters that holds `text`, the cursor at its end.
    pub fn new(text: impl Into<String>, most: usize) -> Self {
        Self { input: Input::new(text.into()), most, refusing: false }
    }

    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The column of the cursor, counted from the start of the text.
    pub fn cursor(&self) -> usize {
        self.input.visual_cursor()
    }

    /// How many columns are scrolled away when `width` are visible.
    pub fn scroll(&self, width: usize) -> usize {
        self.input.visual_scroll(width)
    }

    /// Handles a letter or an editing key. Returns a message for the status line, if there is one.
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
                    if self.refusing && !letter.is_whitespace() {
                        return Some(KEY_REFUSED);
                    }
                    if self.text().chars().count() >= self.most {
                        return Some("! That is the longest text it takes.");
                    }
                    InputRequest::InsertChar(letter)
                }
                _ => return None,
            },
        };
        self.refusing = false;
        self.input.handle(request);
        self.refuse_key()
    }

    /// Inserts the first line of pasted text, trimmed and with control characters removed.
    pub fn paste(&mut self, text: &str) -> Option<&'static str> {
        if self.refusing || looks_like_key(text) {
            return Some(KEY_REFUSED);
        }
        let line = text.trim().lines().next().unwrap_or_default();
        let room = self.most.saturating_sub(self.text().chars().count());
        for letter in clean(line).trim().chars().take(room) {
            self.input.handle(InputRequest::InsertChar(letter));
        }
        self.refuse_key()
    }

    /// Removes an API key from the text, typed letter by letter or pasted in parts: from the start
    /// of the key to the end of its word. The text around it stays.
    fn refuse_key(&mut self) -> Option<&'static str> {
        while let Some((before, key)) =
            key_offset(self.text()).and_then(|start| self.text().split_at_checked(start))
        {
            let after = key.find(char::is_whitespace).and_then(|end| key.get(end..));
            let kept = format!("{before}{}", after.unwrap_or_default());
            let cursor = before.chars().count();
            self.input = Input::new(kept).with_cursor(cursor);
            self.refusing = true;
        }
        self.refusing.then_some(KEY_REFUSED)
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
        field.paste("sk-");
        assert_eq!(field.paste("ant-api03"), Some(KEY_REFUSED));
        assert_eq!(field.text(), "");
    }

    #[test]
    fn only_the_key_goes_and_the_rest_of_its_word_is_not_kept() {
        let mut field = Field::new("", 80);
        let mut said = Vec::new();
        for letter in "for Bea sk-ant-api03-xyz".chars() {
            said.push(field.press(Press { key: Key::Char(letter), typed: Some(letter) }));
        }
        assert_eq!(field.text(), "for Bea ");
        assert!(said[..14].iter().all(Option::is_none));
        assert!(said[14..].iter().all(|said| *said == Some(KEY_REFUSED)), "it stays in sight");
        assert_eq!(field.paste("-tail"), Some(KEY_REFUSED));
        assert_eq!(typed(&mut field, " and Cy"), None);
        assert_eq!(field.text(), "for Bea  and Cy");
    }

    #[test]
    fn an_editing_key_ends_the_refusal() {
        for key in [Key::Backspace, Key::Ctrl('u'), Key::Left, Key::End] {
            let mut field = Field::new("a ", 80);
            typed(&mut field, "sk-ant-");
            assert_eq!(field.press(Press { key, typed: None }), None);
            assert_eq!(typed(&mut field, "b"), None, "{key:?}");
            assert!(field.text().contains('b'));
        }
    }

    #[test]
    fn what_stands_behind_a_key_stays() {
        let mut field = Field::new("note ant-x1 end", 80);
        for _ in 0..10 {
            field.press(Press { key: Key::Left, typed: None });
        }
        assert_eq!(typed(&mut field, "sk-"), Some(KEY_REFUSED));
        assert_eq!(field.text(), "note  end");
        assert_eq!(field.cursor(), 5);
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
