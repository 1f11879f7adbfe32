//! What the environment says about the terminal: colour, characters, plain lines.

use std::env;

/// Whether colour is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorWish {
    /// Not at all: `NO_COLOR` is set and not empty. It beats `CLICOLOR_FORCE`.
    Never,
    /// In any case: `CLICOLOR_FORCE` is set, not empty and not 0.
    Always,
}

/// What the environment says about the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalEnv {
    /// What is said about colour, if anything is.
    pub color: Option<ColorWish>,
    /// Whether plain lines are wanted instead of the full screen: `ACCESSIBLE` is set and not empty.
    pub accessible: bool,
    /// Whether the locale is one of UTF-8.
    pub is_utf8: bool,
    /// The kind of terminal, from `TERM`.
    pub term: String,
    /// Whether this is the old console of Windows: no variable names a newer terminal.
    pub is_old_console: bool,
}

impl TerminalEnv {
    /// Whether the terminal can only print lines: `TERM` is `dumb`.
    pub fn is_dumb(&self) -> bool {
        self.term == "dumb"
    }

    /// Whether the font of the terminal has few characters: no braille and no part blocks.
    pub fn has_few_characters(&self) -> bool {
        self.term == "linux" || self.is_old_console
    }

    /// What the environment of this program says.
    pub fn system() -> Self {
        Self::of(|name| env::var(name).ok(), cfg!(windows))
    }

    /// What an environment says, on Windows or elsewhere; a variable that is empty counts as not
    /// set.
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
            // Windows has no locale variables; its terminals take UTF-8.
            is_utf8: locale.map_or(is_windows, names_utf8),
            term: set("TERM").unwrap_or_default(),
            // Windows Terminal, editors, ConEmu, and whatever comes from Unix name themselves.
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
