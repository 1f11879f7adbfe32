//! What the environment reveals about the terminal: colour, characters, plain lines.

use std::env;

/// A colour preference set in the environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorWish {
    /// `NO_COLOR` is set and not empty. It overrides `CLICOLOR_FORCE`.
    Never,
    /// `CLICOLOR_FORCE` is set, not empty and not 0.
    Always,
}

/// What the environment reveals about the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalEnv {
    /// The colour preference, if there is one.
    pub color: Option<ColorWish>,
    /// True if the user prefers plain lines to the full screen: `ACCESSIBLE` is set and not empty.
    pub accessible: bool,
    /// True if the locale uses UTF-8.
    pub is_utf8: bool,
    /// The terminal type, from `TERM`.
    pub term: String,
    /// True for the old Windows console: no variable identifies a newer terminal.
    pub is_old_console: bool,
}

impl TerminalEnv {
    /// True if the terminal can only print lines: `TERM` is `dumb`.
    pub fn is_dumb(&self) -> bool {
        self.term == "dumb"
    }

    /// True if the terminal's font has few characters: no braille and no partial blocks.
    pub fn has_few_characters(&self) -> bool {
        self.term == "linux" || self.is_old_console
    }

    /// Reads this program's environment.
    pub fn system() -> Self {
        Self::of(|name| env::var(name).ok(), cfg!(windows))
    }

    /// Interprets an environment, on Windows or elsewhere. An empty variable counts as unset.
    fn of(variable: impl Fn(&str) -> Option<String>, is_windows: bool) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
        let names_utf8 = |locale: String| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        };
        Self {
            color: match (set("NO_COLOR"), set("CLICOLOR_FORCE")) {
                (Some(_), _) => Some(ColorWish::Never),
                (None, Some(force)) if force != "0" => Some(ColorWish::Always),
                _ => None,
            },
            accessible: set("ACCESSIBLE").is_some(),
            // Windows has no locale variables; its terminals accept UTF-8.
            is_utf8: locale.map_or(is_windows, names_utf8),
            term: set("TERM").unwrap_or_default(),
            // Windows Terminal, editors, ConEmu and Unix-like environments set variables of their
            // own.
            is_old_console: is_windows
                && ["WT_SESSION", "TERM_PROGRAM", "ConEmuANSI", "TERM"]
                    .into_iter()
                    .all(|name| set(name).is_none()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> TerminalEnv {
        on(variables, false)
    }

    fn on(variables: &[(&str, &str)], is_windows: bool) -> TerminalEnv {
        let variable = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        TerminalEnv::of(variable, is_windows)
    }

    #[test]
    fn an_empty_no_color_is_not_set() {
        assert_eq!(of(&[("NO_COLOR", "")]).color, None);
        let both = of(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]);
        assert_eq!(both.color, Some(ColorWish::Never));
    }

    #[test]
    fn what_is_asked_for_must_be_said() {
        assert!(of(&[("ACCESSIBLE", "1")]).accessible);
        assert!(!of(&[("ACCESSIBLE", "")]).accessible);
        assert_eq!(of(&[("CLICOLOR_FORCE", "1")]).color, Some(ColorWish::Always));
        assert_eq!(of(&[("CLICOLOR_FORCE", "0")]).color, None);
        assert!(of(&[("TERM", "dumb")]).is_dumb());
        assert!(!of(&[]).is_dumb());
    }

    #[test]
    fn the_first_locale_that_is_set_decides() {
        assert!(of(&[("LC_ALL", ""), ("LANG", "de_DE.UTF-8")]).is_utf8);
        assert!(!of(&[("LC_ALL", "C"), ("LANG", "en_US.utf8")]).is_utf8);
        assert!(!of(&[]).is_utf8);
        assert!(on(&[], true).is_utf8);
    }

    #[test]
    fn a_console_of_few_characters_is_known() {
        assert!(of(&[("TERM", "linux")]).has_few_characters());
        assert!(!of(&[("TERM", "xterm")]).has_few_characters());
        assert!(!of(&[]).has_few_characters());
        assert!(on(&[], true).has_few_characters());
        for name in ["WT_SESSION", "TERM_PROGRAM", "ConEmuANSI", "TERM"] {
            assert!(!on(&[(name, "x")], true).has_few_characters(), "{name}");
        }
    }
}
