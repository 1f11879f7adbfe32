//! The person's settings: what `config.toml` may hold, its defaults, and a sample that says so.
//!
//! Reading is pure: text in, settings and problems out. A key that cannot be used keeps its default
//! and is named with line and column; a text that is no TOML at all leaves every default. To add a
//! setting, add a field with its default here and a row to [`KEYS`]; reading, the sample and
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

/// Declares a choice between words.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every choice, in the order in which they are listed.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its word.
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
        /// Where the terminal and the environment allow it.
        Auto = "auto",
        /// In any case.
        Always = "always",
        /// Not at all.
        Never = "never",
    }
}
words! {
    /// The characters the wizard draws with.
    GlyphSet {
        /// Braille and blocks.
        Full = "full",
        /// No braille.
        Plain = "plain",
        /// Seven bits.
        Ascii = "ascii",
    }
}
words! {
    /// A built-in theme of the wizard.
    ThemeName {
        /// The terminal's own colours.
        Terminal = "terminal",
        /// Everything in full strength.
        Contrast = "contrast",
        /// No colour.
        Mono = "mono",
    }
}

/// Which list of prices to use where none is named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriceList {
    /// The person's own one where there is one, else the one built in.
    Auto,
    /// The one built in.
    Builtin,
    /// The article's.
    Article,
    /// Another file: an absolute path, or one below the home folder that begins with `~/`.
    File(PathBuf),
}

/// Everything that can be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Whether the wizard asks in plain lines instead of on the full screen.
    pub plain: bool,
    /// The theme of the full screen.
    pub theme: ThemeName,
    /// When the full screen uses colour.
    pub color: ColorWhen,
    /// What it draws with; `None` for what terminal and locale can show.
    pub glyphs: Option<GlyphSet>,
    /// Whether it takes mouse clicks.
    pub mouse: bool,
    /// The folder that reports are offered for; absolute, or below `~`. `None` for the one used
    /// last, else the documents.
    pub folder: Option<PathBuf>,
    /// The model the wizard starts with, by id or alias; `None` for the price list's default.
    pub model: Option<String>,
    /// What Pro costs this person, where the wizard starts.
    pub pro_price: ProPrice,
    /// What an hour of waiting at a limit is worth to this person, in USD above 0; `None` where
    /// they did not say.
    pub hour_value: Option<Decimal>,
    /// The prices that every command uses.
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

/// What a text of settings came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The settings; what could not be used has its default.
    pub settings: Settings,
    /// What could not be used, from the top.
    pub problems: Vec<Problem>,
    /// Where the values stand that could be read.
    pub places: Places,
}

/// Where the values of a text of settings stand, for what only shows outside of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places(BTreeMap<&'static str, (usize, usize)>);

impl Places {
    /// A problem with the value of a key, with line and column where the key is in the text.
    pub fn problem(&self, key: &str, what: &str) -> String {
        match self.0.get(key) {
            Some((line, column)) => format!("line {line}, column {column}: {what}"),
            None => format!("'{key}': {what}"),
        }
    }
}

/// Something in a text of settings that was not used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}, column {column}: {what}")]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong, what holds instead, and what to do; one line.
    pub what: String,
}

impl Problem {
    fn at(text: &str, offset: usize, what: String) -> Self {
        let (line, column) = place(text, offset);
        Self { line, column, what }
    }
}

/// Line and character of an offset in bytes, both from 1.
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

    /// A file of settings in which every key is explained and has its default, commented out.
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

/// A message of the parser on one line, without anything that should not be shown.
fn plain_words(message: &str) -> String {
    let line = clean(message).replace('`', "'");
    if looks_like_key(&line) { "it cannot be read".to_owned() } else { line }
}

#[cfg(test)]
mod tests;
