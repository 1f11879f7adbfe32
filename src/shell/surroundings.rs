//! What the environment says about the terminal: colour, characters.

use std::env;

/// What the environment says about the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// Whether colour is unwanted: `NO_COLOR` is set and not empty. It beats `CLICOLOR_FORCE`.
    pub no_color: bool,
    /// Whether the locale is one of UTF-8.
    pub is_utf8: bool,
    /// The kind of terminal, from `TERM`.
    pub term: String,
}

impl Surroundings {
    /// What the environment of this program says.
    pub fn system() -> Self {
        Self::of(|name| env::var(name).ok())
    }

    /// What an environment says; a variable that is empty counts as not set.
    fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
        let names_utf8 = |locale: String| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        };
        Self {
            no_color: set("NO_COLOR").is_some(),
            // Windows has no locale variables; its terminals take UTF-8.
            is_utf8: locale.map_or(cfg!(windows), names_utf8),
            term: set("TERM").unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Surroundings {
        Surroundings::of(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn an_empty_no_color_is_not_set() {
        assert!(!of(&[("NO_COLOR", "")]).no_color);
        assert!(of(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]).no_color);
    }

    #[test]
    fn the_first_locale_that_is_set_decides() {
        assert!(of(&[("LC_ALL", ""), ("LANG", "de_DE.UTF-8")]).is_utf8);
        assert!(!of(&[("LC_ALL", "C"), ("LANG", "en_US.utf8")]).is_utf8);
        assert!(!of(&[]).is_utf8 || cfg!(windows));
    }
}
