//! The keys of the settings file: one row for each.

use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use toml::de::DeValue;

use super::{ColorWhen, GlyphSet, PriceList, Settings, ThemeName};
use crate::number::parse_price;
use crate::text::{clean, looks_like_key, quoted};
use crate::usage::ProPrice;

/// A value in the settings file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// A string, without its quotes.
    Text(&'a str),
    /// `true` or `false`.
    Flag(bool),
    /// A number as written. Prices are exact, so it never becomes a binary float.
    Number(&'a str),
    /// A type that no key accepts, by name.
    Other(&'static str),
}

impl<'a> Value<'a> {
    /// Wraps a value from the parser; `raw` is its source text.
    pub(super) fn of(value: &'a DeValue<'_>, raw: &'a str) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text),
            DeValue::Boolean(flag) => Self::Flag(*flag),
            DeValue::Integer(_) | DeValue::Float(_) => Self::Number(raw),
            DeValue::Datetime(_) => Self::Other("a date"),
            DeValue::Array(_) => Self::Other("a list"),
            DeValue::Table(_) => Self::Other("a table"),
        }
    }

    /// The value as shown in a message.
    fn shown(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Flag(flag) => format!("'{flag}'"),
            Self::Number(raw) => quoted(raw),
            Self::Other(kind) => (*kind).to_owned(),
        }
    }
}

/// One setting.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    pub name: &'static str,
    /// What it does and which values it accepts, in one or more sentences.
    pub about: &'static str,
    read: fn(&Value<'_>, &mut Settings) -> Result<(), String>,
    show: fn(&Settings) -> String,
}

impl Key {
    /// Stores the value in the settings. The error says what is wrong and what to write instead.
    pub(super) fn read(&self, value: &Value<'_>, settings: &mut Settings) -> Result<(), String> {
        (self.read)(value, settings)
    }

    /// The current value, as it is written in the file.
    pub fn shown(&self, settings: &Settings) -> String {
        (self.show)(settings)
    }
}

/// The word for a setting that is detected or left open.
const AUTO: &str = "auto";

/// Every setting, in sample order.
pub const KEYS: [Key; 10] = [
    Key {
        name: "plain",
        about: "Ask in plain lines instead of on the full screen, for screen readers and simple \
                terminals: true or false. The same: --plain, or ACCESSIBLE in the environment; \
                --full-screen goes against it.",
        read: |value, settings| flag(value).map(|flag| settings.plain = flag),
        show: |settings| settings.plain.to_string(),
    },
    Key {
        name: "theme",
        about: "How the full screen looks: \"terminal\" (your terminal's own colours), \"contrast\" \
                (everything in full strength) or \"mono\" (no colour). No theme says anything by \
                colour alone. The same: --theme.",
        read: |value, settings| {
            word(value, ThemeName::ALL, ThemeName::name).map(|theme| settings.theme = theme)
        },
        show: |settings| text(settings.theme.name()),
    },
    Key {
        name: "color",
        about: "Use colour: \"auto\" (not where NO_COLOR is set), \"always\" or \"never\". The same: \
                --color.",
        read: |value, settings| {
            word(value, ColorWhen::ALL, ColorWhen::name).map(|when| settings.color = when)
        },
        show: |settings| text(settings.color.name()),
    },
    Key {
        name: "glyphs",
        about: "Draw with these characters: \"auto\" (what terminal and locale can show), \"full\", \
                \"plain\" (no braille) or \"ascii\". The same: --glyphs, --ascii.",
        read: |value, settings| {
            settings.glyphs = match value {
                Value::Text(AUTO) => None,
                value => Some(
                    word(value, GlyphSet::ALL, GlyphSet::name).map_err(|why| with_auto(&why))?,
                ),
            };
            Ok(())
        },
        show: |settings| text(settings.glyphs.map_or(AUTO, GlyphSet::name)),
    },
    Key {
        name: "mouse",
        about: "Take mouse clicks on the full screen (then hold Shift to select text): true or \
                false. The same: --mouse, and the key m.",
        read: |value, settings| flag(value).map(|flag| settings.mouse = flag),
        show: |settings| settings.mouse.to_string(),
    },
    Key {
        name: "folder",
        about: "The folder that reports are offered for: \"auto\" (the one used last, else your \
                documents) or a path that is absolute or begins with ~/.",
        read: |value, settings| {
            settings.folder = match value {
                Value::Text(AUTO) => None,
                value => Some(path(value)?),
            };
            Ok(())
        },
        show: |settings| {
            text(&settings.folder.as_deref().map_or_else(|| AUTO.into(), Path::to_string_lossy))
        },
    },
    Key {
        name: "model",
        about: "The model of the API part that the wizard starts with: \"auto\" (the price list's \
                default) or an id such as \"claude-sonnet-5-5\". Commands that read a file of \
                answers do not use it.",
        read: |value, settings| {
            settings.model = match value {
                Value::Text(AUTO) => None,
                Value::Text(id) if !id.trim().is_empty() && !looks_like_key(id) => {
                    Some(id.trim().to_owned())
                }
                value => {
                    return Err(format!("{}; write \"auto\" or the id of a model", value.shown()));
                }
            };
            Ok(())
        },
        show: |settings| text(settings.model.as_deref().unwrap_or(AUTO)),
    },
    Key {
        name: "pro_price",
        about: "What Pro costs you a month, where the wizard starts: \"monthly\" (the price list's \
                monthly price), \"annual\" (its price a month when paid by the year) or dollars \
                such as 17.50.",
        read: |value, settings| {
            settings.pro_price = match value {
                Value::Text("monthly") => ProPrice::Monthly,
                Value::Text("annual") => ProPrice::Annual,
                value => ProPrice::Other(dollars(value, "\"monthly\", \"annual\"")?),
            };
            Ok(())
        },
        show: |settings| match settings.pro_price {
            ProPrice::Monthly => text("monthly"),
            ProPrice::Annual => text("annual"),
            ProPrice::Other(price) => price.to_string(),
        },
    },
    Key {
        name: "hour_value",
        about: "What an hour that you wait at a limit is worth to you, in dollars: \"none\" (not \
                said, so waiting is counted in hours only) or an amount such as 40.",
        read: |value, settings| {
            settings.hour_value = match value {
                Value::Text("none") => None,
                value => Some(dollars(value, "\"none\"")?),
            };
            Ok(())
        },
        show: |settings| {
            settings.hour_value.map_or_else(|| text("none"), |value| value.to_string())
        },
    },
    Key {
        name: "catalog",
        about: "The prices that every command uses: \"auto\" (catalog.json beside this file where \
                there is one, else the list built in), \"builtin\", \"article\", or the path of a \
                list that is absolute or begins with ~/. The same: --catalog.",
        read: |value, settings| {
            settings.catalog = match value {
                Value::Text(AUTO) => PriceList::Auto,
                Value::Text("builtin") => PriceList::Builtin,
                Value::Text("article") => PriceList::Article,
                value => PriceList::File(path(value).map_err(|why| {
                    why.replace("\"auto\"", "\"auto\", \"builtin\", \"article\"")
                })?),
            };
            Ok(())
        },
        show: |settings| match &settings.catalog {
            PriceList::Auto => text(AUTO),
            PriceList::Builtin => text("builtin"),
            PriceList::Article => text("article"),
            PriceList::File(path) => text(&path.to_string_lossy()),
        },
    },
];

fn flag(value: &Value<'_>) -> Result<bool, String> {
    match value {
        Value::Flag(flag) => Ok(*flag),
        value => Err(format!("{}; write true or false, without quotes", value.shown())),
    }
}

/// Parses one word of a fixed set.
fn word<T: Copy>(value: &Value<'_>, all: &[T], name: fn(T) -> &'static str) -> Result<T, String> {
    let typed = match value {
        Value::Text(typed) => all.iter().copied().find(|choice| name(*choice) == *typed),
        _ => None,
    };
    typed.ok_or_else(|| {
        let words: Vec<String> =
            all.iter().map(|choice| format!("\"{}\"", name(*choice))).collect();
        format!("{}; write one of {}", value.shown(), words.join(", "))
    })
}

fn with_auto(why: &str) -> String {
    why.replace("write one of", "write one of \"auto\",")
}

/// A path that does not depend on the working directory.
fn path(value: &Value<'_>) -> Result<PathBuf, String> {
    if let Value::Text(typed) = value {
        let path = PathBuf::from(typed);
        if (path.is_absolute() || path.starts_with("~"))
            && !looks_like_key(typed)
            && !typed.contains(char::is_control)
        {
            return Ok(path);
        }
    }
    let shown = value.shown();
    Err(format!("{shown}; write \"auto\" or a path that is absolute or begins with ~/"))
}

fn dollars(value: &Value<'_>, words: &str) -> Result<Decimal, String> {
    let typed = match value {
        Value::Text(typed) | Value::Number(typed) => Some(parse_price(typed)),
        Value::Flag(_) | Value::Other(_) => None,
    };
    typed.and_then(Result::ok).ok_or_else(|| {
        format!(
            "{}; write {words} or dollars above 0, at most 10000, with at most two decimals",
            value.shown()
        )
    })
}

/// A string in TOML syntax.
fn text(text: &str) -> String {
    let text = clean(text);
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
