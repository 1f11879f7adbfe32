//! The styles of the program, by role.
//!
//! A theme uses the terminal's own foreground, background and sixteen colours, so it reads on a
//! light terminal as well as on a dark one. Colours are for shapes only; text is always the
//! terminal's default foreground. No theme relies on dim for meaning.

use ratatui::style::{Color, Modifier, Style};

/// One style for each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The name in the settings.
    pub name: &'static str,
    /// Ordinary wording: the default foreground, always.
    pub text: Style,
    /// The first line of the live pane.
    pub verdict: Style,
    /// The focused option, line or button.
    pub focus: Style,
    /// Shapes that stand for Pro.
    pub pro: Style,
    /// Shapes that stand for the API.
    pub api: Style,
    /// Shapes that stand for hybrid.
    pub hybrid: Style,
    /// Less important text, which must read equally well in full strength.
    pub secondary: Style,
    /// The style after `!`.
    pub warning: Style,
    /// The style after `ok`.
    pub ok: Style,
    /// A key's name in the footer and the help.
    pub key: Style,
    /// The title in a border.
    pub title: Style,
    /// Frames, axes and the lines of the map.
    pub border: Style,
}

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
const REVERSE: Style = BOLD.add_modifier(Modifier::REVERSED);
const UNDERLINED: Style = BOLD.add_modifier(Modifier::UNDERLINED);

impl Theme {
    /// The terminal's own colours: cyan, green and magenta shapes, bold, reverse, dim.
    pub const TERMINAL: Self = Self {
        name: "terminal",
        text: PLAIN,
        verdict: REVERSE,
        focus: REVERSE,
        pro: PLAIN.fg(Color::Cyan),
        api: PLAIN.fg(Color::Magenta),
        hybrid: PLAIN.fg(Color::Green),
        secondary: PLAIN.add_modifier(Modifier::DIM),
        warning: BOLD,
        ok: BOLD,
        key: BOLD,
        title: BOLD,
        border: PLAIN,
    };

    /// Everything in full strength: bold frames and shapes, underlined keys, nothing dim. No colour
    /// either, because bold cyan on white is hard to see in many terminals.
    pub const CONTRAST: Self = Self {
        name: "contrast",
        text: PLAIN,
        verdict: REVERSE,
        focus: REVERSE.add_modifier(Modifier::UNDERLINED),
        pro: BOLD,
        api: BOLD,
        hybrid: BOLD,
        secondary: PLAIN,
        warning: UNDERLINED,
        ok: BOLD,
        key: UNDERLINED,
        title: UNDERLINED,
        border: BOLD,
    };

    /// No colour at all, for `NO_COLOR` and for people who prefer it.
    pub const MONO: Self = Self {
        name: "mono",
        pro: PLAIN,
        api: PLAIN,
        hybrid: PLAIN,
        secondary: PLAIN,
        ..Self::TERMINAL
    };

    /// The built-in themes, in the order in which `t` cycles through them.
    pub const ALL: [Self; 3] = [Self::TERMINAL, Self::CONTRAST, Self::MONO];

    /// The theme with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(theme: Theme) -> [Style; 12] {
        [
            theme.text,
            theme.verdict,
            theme.focus,
            theme.pro,
            theme.api,
            theme.hybrid,
            theme.secondary,
            theme.warning,
            theme.ok,
            theme.key,
            theme.title,
            theme.border,
        ]
    }

    #[test]
    fn words_have_no_colour_and_no_background_anywhere() {
        for theme in Theme::ALL {
            assert_eq!(theme.text, Style::new());
            for style in styles(theme) {
                assert_eq!(style.bg, None);
                let shape = [theme.pro, theme.api, theme.hybrid].contains(&style);
                assert!(style.fg.is_none() || shape, "{} {style:?}", theme.name);
            }
        }
    }

    #[test]
    fn the_selection_differs_from_text_and_one_theme_alone_has_colours() {
        for theme in Theme::ALL {
            assert_ne!(theme.focus, theme.text);
            assert!(theme.focus.add_modifier.contains(Modifier::REVERSED));
        }
        let coloured = Theme::ALL.map(|theme| styles(theme).iter().any(|s| s.fg.is_some()));
        assert_eq!(coloured, [true, false, false]);
    }

    #[test]
    fn no_theme_uses_rgb_or_an_index() {
        for style in Theme::ALL.into_iter().flat_map(styles) {
            assert!(!matches!(style.fg, Some(Color::Rgb(..) | Color::Indexed(_))));
        }
    }

    #[test]
    fn themes_are_found_by_name() {
        for theme in Theme::ALL {
            assert_eq!(Theme::named(theme.name), Some(theme));
        }
        assert_eq!(Theme::named("neon"), None);
    }
}
