//! User settings: what `config.toml` may contain, the defaults, and a commented sample.
//!
//! Reading is pure: text in, settings and problems out. An invalid key keeps its default and is
//! reported with line and column. If the text is not TOML, all defaults apply. To add a setting,
//! add a field with its default here and a row to [`KEYS`]; reading, the sample and
//! `planwise config check` follow from the row.

mod key;

use std::collections::BTreeMap;
use std::path::PathBuf;

use rust_decimal::Decimal;
use thiserror::Error;
use toml::de::DeTable;

pub use key::{KEYS, Key};

use crate::text::{clean, layout, looks_like_key, nearest, quoted};
use crate::usage::ProPrice;

/// Declares an enum whose variants are words in the settings file.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every choice, in display order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word for this choice.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The choice with this word.
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.name() == word)
            }
        }
    };
}

words! {
    /// When the wizard uses colour.
    ColorWhen {
        /// If the terminal and the environment allow it.
        Auto = "auto",
        /// Even if the environment says otherwise.
        Always = "always",
        Never = "never",
    }
}
words! {
    /// The characters that the wizard draws with.
    GlyphSet {
        /// Including braille and blocks.
        Full = "full",
        /// Without braille.
        Plain = "plain",
        /// ASCII only.
        Ascii = "ascii",
    }
}
words! {
    /// A built-in theme of the wizard.
    ThemeName {
        /// The terminal's own colours.
        Terminal = "terminal",
        /// Maximum contrast.
        Contrast = "contrast",
        /// No colour.
        Mono = "mono",
    }
}

/// The price list to use if the command line names none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriceList {
    /// The user's own list if there is one, else the built-in one.
    Auto,
    Builtin,
    /// The article's list.
    Article,
    /// Another file: an absolute path, or a path below home that begins with `~/`.
    File(PathBuf),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// True if the wizard uses plain lines instead of the full screen.
    pub plain: bool,
    pub theme: ThemeName,
    pub color: ColorWhen,
    /// `None` picks the set that the terminal and the locale can show.
    pub glyphs: Option<GlyphSet>,
    /// True if the full screen accepts mouse clicks.
    pub mouse: bool,
    /// The default folder for reports: absolute, or below `~`. `None` means the last one used, else
    /// the documents.
    pub folder: Option<PathBuf>,
    /// The wizard's initial model, by id or alias; `None` for the price list's default.
    pub model: Option<String>,
    /// What the user pays for Pro; the wizard's initial value.
    pub pro_price: ProPrice,
    /// What an hour of waiting at a usage limit is worth to the user, in USD above 0; `None` if not
    /// set.
    pub hour_value: Option<Decimal>,
    /// The price list for every command.
    pub catalog: PriceList,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            plain: false,
            theme: ThemeName::Terminal,
            color: ColorWhen::Auto,
            glyphs: None,
            mouse: false,
            folder: None,
            model: None,
            pro_price: ProPrice::Monthly,
            hour_value: None,
            catalog: PriceList::Auto,
        }
    }
}

/// The result of reading a settings text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The settings, with defaults for whatever was invalid.
    pub settings: Settings,
    /// Invalid entries, in file order.
    pub problems: Vec<Problem>,
    /// Positions of the valid values.
    pub places: Places,
}

/// Positions of values in a settings text, for problems that only show up later.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places(BTreeMap<&'static str, (usize, usize)>);

impl Places {
    /// Describes a problem with the value of a key, with line and column if the key is in the text.
    pub fn problem(&self, key: &str, what: &str) -> String {
        match self.0.get(key) {
            Some((line, column)) => format!("line {line}, column {column}: {what}"),
            None => format!("'{key}': {what}"),
        }
    }
}

/// An entry of a settings text that was not used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}, column {column}: {what}")]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong, what applies instead, and what to do, on one line.
    pub what: String,
}

impl Problem {
    fn at(text: &str, offset: usize, what: String) -> Self {
        let (line, column) = place(text, offset);
        Self { line, column, what }
    }
}

/// The line and character at a byte offset, both from 1.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or(before);
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

impl Settings {
    /// Reads the text of a settings file.
    pub fn read(text: &str) -> Reading {
        let mut reading = Reading::default();
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let offset = error.span().map_or(0, |span| span.start);
                let said = plain_words(error.message());
                let what = format!("{said}; correct it, until then all defaults hold");
                reading.problems.push(Problem::at(text, offset, what));
                return reading;
            }
        };
        let mut problems = Vec::new();
        for (name, value) in table.get_ref() {
            let typed: &str = name.get_ref();
            let Some(key) = KEYS.iter().find(|key| key.name == typed) else {
                problems.push((name.span().start, unknown(typed)));
                continue;
            };
            let raw = text.get(value.span()).unwrap_or_default();
            if let Err(why) = key.read(&key::Value::of(value.get_ref(), raw), &mut reading.settings)
            {
                let kept = key.shown(&Self::default());
                let what = format!("'{}' cannot be {why}; until then it is {kept}", key.name);
                problems.push((value.span().start, what));
            } else {
                reading.places.0.insert(key.name, place(text, value.span().start));
            }
        }
        problems.sort_by_key(|(offset, _)| *offset);
        reading
            .problems
            .extend(problems.into_iter().map(|(offset, what)| Problem::at(text, offset, what)));
        reading
    }

    /// A settings file that explains every key, with each default commented out.
    pub fn sample() -> String {
        let mut sample = String::from(
            "# Settings of planwise. Every key stands here with its default, commented out: take\n\
             # the '# ' before it away and change it. Flags beat the environment, and the\n\
             # environment beats this file. 'planwise config check' says whether it is in order.\n",
        );
        let default = Self::default();
        for key in KEYS {
            sample.push('\n');
            for line in layout::wrap(key.about, 86) {
                sample.push_str("## ");
                sample.push_str(&line);
                sample.push('\n');
            }
            for part in ["# ", key.name, " = ", &key.shown(&default), "\n"] {
                sample.push_str(part);
            }
        }
        sample
    }
}

fn unknown(typed: &str) -> String {
    let names = || KEYS.iter().map(|key| key.name);
    let near = match nearest(typed, names()) {
        Some(near) => format!(" (did you mean '{near}'?)"),
        None => String::new(),
    };
    let all: Vec<&str> = names().collect();
    format!("unknown key {}{near}; it is not used; the keys are {}", quoted(typed), all.join(", "))
}

/// A parser message on one line, without anything unsafe to show.
fn plain_words(message: &str) -> String {
    let line = clean(message).replace('`', "'");
    if looks_like_key(&line) { "it cannot be read".to_owned() } else { line }
}

#[cfg(test)]
mod tests;
