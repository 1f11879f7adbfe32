//! Keys of a person, written as text.

use planwise::tui::effect::Effect;
use planwise::tui::key::{Key, Press};
use planwise::tui::message::Message;
use planwise::tui::state::State;
use planwise::tui::update::update;

/// Sends keys written as people write them: `2<enter>3M<esc><ctrl-c>`. Returns the effects.
pub(crate) fn send(state: &mut State<'_>, script: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let (press, after) = match rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
            Some((name, after)) => (named(name), after),
            None => (
                Press { key: Key::Char(first.to_ascii_lowercase()), typed: Some(first) },
                rest.strip_prefix(first).unwrap(),
            ),
        };
        effects.extend(update(state, Message::Key(press)));
        rest = after;
    }
    effects
}

fn named(name: &str) -> Press {
    let key = match name {
        "enter" => Key::Enter,
        "esc" => Key::Esc,
        "up" => Key::Up,
        "down" => Key::Down,
        "left" => Key::Left,
        "right" => Key::Right,
        "tab" => Key::Tab,
        "backtab" => Key::BackTab,
        "pgup" => Key::PageUp,
        "pgdn" => Key::PageDown,
        "home" => Key::Home,
        "end" => Key::End,
        "backspace" => Key::Backspace,
        "space" => {
            return Press { key: Key::Char(' '), typed: Some(' ') };
        }
        "ctrl-r" => Key::Ctrl('r'),
        "ctrl-u" => Key::Ctrl('u'),
        "ctrl-c" => Key::Ctrl('c'),
        other => panic!("no key is called '{other}'"),
    };
    Press { key, typed: None }
}
