//! Keys as the program knows them, made from the terminal's events in one place.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key press, freed from what terminals and systems report differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A letter, digit or sign. Letters are in lower case: case does not matter.
    Char(char),
    /// A letter or sign with Ctrl, in lower case.
    Ctrl(char),
    /// A function key.
    F(u8),
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// The arrow left.
    Left,
    /// The arrow right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
}

/// A key press together with the letter as it was typed, for text fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    /// The key.
    pub key: Key,
    /// The character it stands for in a text field, case kept.
    pub typed: Option<char>,
}

impl From<Key> for Press {
    fn from(key: Key) -> Self {
        let typed = if let Key::Char(letter) = key { Some(letter) } else { None };
        Self { key, typed }
    }
}

/// The key press of a terminal event; a release and keys that mean nothing here give none.
///
/// Windows reports releases too, and Shift with letters; both are settled here once.
pub fn press(event: &KeyEvent) -> Option<Press> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    let key = match event.code {
        // AltGr is reported as Ctrl with Alt where it types a sign.
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
