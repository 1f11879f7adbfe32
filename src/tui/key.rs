//! Keys as the program sees them, converted from terminal events in one place.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key press, independent of how terminals and systems report it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A letter, digit or sign. Letters are lower case, because case does not matter.
    Char(char),
    /// A letter or sign with Ctrl, in lower case.
    Ctrl(char),
    F(u8),
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    Tab,
    /// Shift-Tab.
    BackTab,
    Enter,
    Esc,
    Backspace,
    Delete,
}

/// A key press together with the letter as it was typed, for text fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    pub key: Key,
    /// The character to insert in a text field, in its original case.
    pub typed: Option<char>,
}

impl From<Key> for Press {
    fn from(key: Key) -> Self {
        let typed = if let Key::Char(letter) = key { Some(letter) } else { None };
        Self { key, typed }
    }
}

/// The key press of a terminal event. Returns `None` for releases and for unused keys.
///
/// Windows reports releases too, and Shift with letters; this is the only place that handles both.
pub fn press(event: &KeyEvent) -> Option<Press> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    let key = match event.code {
        // Where AltGr types a sign, it is reported as Ctrl with Alt.
        KeyCode::Char(letter) if ctrl && !alt => Key::Ctrl(letter.to_ascii_lowercase()),
        KeyCode::Char(letter) => {
            return Some(Press {
                key: Key::Char(letter.to_ascii_lowercase()),
                typed: Some(letter),
            });
        }
        KeyCode::F(number) => Key::F(number),
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Key::BackTab,
        KeyCode::Tab => Key::Tab,
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        _ => return None,
    };
    Some(Press { key, typed: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_no_press_and_case_does_not_matter() {
        let mut event = KeyEvent::new(KeyCode::Char('Q'), KeyModifiers::SHIFT);
        assert_eq!(press(&event), Some(Press { key: Key::Char('q'), typed: Some('Q') }));
        event.kind = KeyEventKind::Release;
        assert_eq!(press(&event), None);
    }

    #[test]
    fn alt_gr_types_a_sign() {
        let event = KeyEvent::new(KeyCode::Char('['), KeyModifiers::CONTROL | KeyModifiers::ALT);
        assert_eq!(press(&event).unwrap().key, Key::Char('['));
        let ctrl = KeyEvent::new(KeyCode::Char('C'), KeyModifiers::CONTROL);
        assert_eq!(press(&ctrl).unwrap().key, Key::Ctrl('c'));
    }
}
