//! The flags of the wizard.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::settings::{ColorWhen, GlyphSet, ThemeName};

/// How the wizard is opened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "Wizard")]
pub struct WizardArgs {
    /// Open filled in from an answers file or a saved report in JSON
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// When to use colour.
    #[arg(long, value_name = "WHEN", hide_possible_values = true)]
    #[arg(help = "Use colour: auto (not where NO_COLOR is set), always or never")]
    pub color: Option<ColorWhen>,
    /// Draw with ASCII only, the same as '--glyphs ascii'
    #[arg(long, conflicts_with = "glyphs")]
    pub ascii: bool,
    /// Draw with these characters: full, plain (no braille) or ascii
    #[arg(long, value_name = "SET", hide_possible_values = true)]
    pub glyphs: Option<GlyphSet>,
    /// Use this theme: terminal, contrast or mono
    #[arg(long, value_name = "NAME", hide_possible_values = true)]
    pub theme: Option<ThemeName>,
    /// Take mouse clicks (then hold Shift to select text)
    #[arg(long)]
    pub mouse: bool,
    /// The full screen or plain lines.
    #[command(flatten)]
    pub face: FaceArgs,
    /// Keep no draft and remember no folder: write nothing but the report
    #[arg(long)]
    pub no_state: bool,
}

/// Whether the wizard asks on the full screen or in lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct FaceArgs {
    /// Ask in plain lines, for screen readers and simple terminals
    ///
    /// Also where ACCESSIBLE is set, TERM is dumb, or the settings say so. The lines can come from
    /// a file or a pipe.
    #[arg(long)]
    pub plain: bool,
    /// Use the full screen even where the settings or the environment ask for plain lines
    #[arg(long, conflicts_with = "plain")]
    pub full_screen: bool,
}

impl WizardArgs {
    /// The glyphs asked for, in either way.
    pub fn glyph_set(&self) -> Option<GlyphSet> {
        if self.ascii { Some(GlyphSet::Ascii) } else { self.glyphs }
    }

    /// The first flag that was given, by its name.
    pub(super) fn first_given(&self) -> Option<&'static str> {
        [
            (self.answers.is_some(), "--answers"),
            (self.color.is_some(), "--color"),
            (self.ascii, "--ascii"),
            (self.glyphs.is_some(), "--glyphs"),
            (self.theme.is_some(), "--theme"),
            (self.mouse, "--mouse"),
            (self.face.plain, "--plain"),
            (self.face.full_screen, "--full-screen"),
            (self.no_state, "--no-state"),
        ]
        .into_iter()
        .find_map(|(is_given, name)| is_given.then_some(name))
    }
}

/// Makes the words of a setting those of a flag.
macro_rules! flag_of_words {
    ($($name:ident),+) => {$(
        impl ValueEnum for $name {
            fn value_variants<'a>() -> &'a [Self] {
                Self::ALL
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(PossibleValue::new(self.name()))
            }
        }
    )+};
}

flag_of_words!(ColorWhen, GlyphSet, ThemeName);
