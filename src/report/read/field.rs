//! Single fields: their place in the file, and the rules of `usage`.

mod fit;
mod measured;

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{ReadError, SCHEMA_VERSION};
use crate::cost::{Mix, Volume};
use crate::number::{MOST_TOKENS, Percent, grouped, parse_price};
use crate::question::Origin;
use crate::text::node::Node;
use crate::text::{clean, quoted};
use crate::usage::{Confidence, Outside, ProPrice, Usage};

/// The fields of `usage`.
pub(super) const USAGE: [&str; 18] = [
    "input_tokens",
    "output_tokens",
    "volume_origin",
    "outside_share_pct",
    "outside_origin",
    "model",
    "confidence",
    "cache_read_pct",
    "cache_write_pct",
    "cache_write_1h_pct",
    "batch_pct",
    "thinking_pct",
    "prompt_tokens",
    "pro_price",
    "overflow_pct",
    "capacity_input",
    "capacity_output",
    "measured",
];

/// A value and where it stands.
pub(super) struct Place<'a> {
    path: String,
    node: Option<&'a Node>,
}

type Read<T> = Result<T, ReadError>;

impl<'a> Place<'a> {
    /// The whole file, which must be an object.
    pub(super) fn top(node: &'a Node) -> Read<Self> {
        match node {
            Node::Object(_) => Ok(Self { path: String::new(), node: Some(node) }),
            _ => Err(ReadError::NoObject),
        }
    }

    /// A field of this object; missing where this is no object.
    pub(super) fn get(&self, name: &str) -> Self {
        let node = match self.node {
            Some(Node::Object(fields)) => fields.get(name),
            _ => None,
        };
        Self { path: self.path_of(name), node }
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// The names in this object that are not `known`, with their path.
    pub(super) fn others(&self, known: impl Fn(&str) -> bool) -> Read<Vec<String>> {
        const LONGEST: usize = 60;
        let Some(Node::Object(fields)) = self.node else {
            return Err(self.wrong("must be an object in braces"));
        };
        Ok(fields
            .keys()
            .filter(|name| !known(name))
            .map(|name| {
                let path = self.path_of(&clean(name));
                match path.char_indices().nth(LONGEST) {
                    Some((end, _)) => format!("{}...", path.get(..end).unwrap_or_default()),
                    None => path,
                }
            })
            .collect())
    }

    /// Whether nothing or `null` stands here.
    pub(super) const fn is_missing(&self) -> bool {
        matches!(self.node, None | Some(Node::Null))
    }

    /// The text that stands here.
    pub(super) fn text(&self) -> Option<&'a str> {
        match self.node {
            Some(Node::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// An error about this place.
    pub(super) fn wrong(&self, problem: impl Into<String>) -> ReadError {
        ReadError::Field { path: self.path.clone(), problem: problem.into() }
    }

    /// The schema version, where it is too new to read.
    pub(super) fn version(&self) -> Read<Option<u64>> {
        match self.node {
            None | Some(Node::Null | Node::Whole(SCHEMA_VERSION)) => Ok(None),
            Some(Node::Whole(found)) if *found > SCHEMA_VERSION => Ok(Some(*found)),
            Some(_) => Err(self.wrong(format!("must be the whole number {SCHEMA_VERSION}"))),
        }
    }

    /// A whole number of tokens.
    fn tokens(&self) -> Read<Option<u64>> {
        match self.node {
            None | Some(Node::Null) => Ok(None),
            Some(Node::Whole(tokens)) if *tokens <= MOST_TOKENS => Ok(Some(*tokens)),
            Some(_) => Err(self.wrong(format!(
                "must be a whole number from 0 to {}, digits only, without quotes",
                grouped(MOST_TOKENS)
            ))),
        }
    }

    /// A number of tokens that must be there.
    fn required_tokens(&self) -> Read<u64> {
        self.tokens()?.ok_or_else(|| {
            self.wrong(format!(
                "is missing; give a whole number from 0 to {}",
                grouped(MOST_TOKENS)
            ))
        })
    }

    /// A percentage: a whole number, or a decimal in quotes with at most four places.
    fn percent(&self, most: u16) -> Read<Option<Percent>> {
        let wrong = || {
            self.wrong(format!(
                "must be a whole number from 0 to {most}, or a decimal in quotes with at most four places"
            ))
        };
        let value = match self.node {
            None | Some(Node::Null) => return Ok(None),
            Some(Node::Whole(whole)) => Decimal::from(*whole),
            Some(Node::Text(text)) => decimal(text, 4).ok_or_else(wrong)?,
            Some(_) => return Err(wrong()),
        };
        Percent::new(value, most).map(Some).ok().ok_or_else(wrong)
    }

    /// A percentage that is 0 where nothing is given.
    fn share(&self, most: u16) -> Read<Percent> {
        Ok(self.percent(most)?.unwrap_or_default())
    }

    /// A whole percentage.
    fn whole_percent(&self) -> Read<Option<u8>> {
        match self.node {
            None | Some(Node::Null) => Ok(None),
            Some(Node::Whole(whole)) if *whole <= 100 => Ok(u8::try_from(*whole).ok()),
            Some(_) => Err(self.wrong("must be a whole number from 0 to 100, without quotes")),
        }
    }

    /// One of a few words.
    pub(super) fn word<T>(
        &self,
        options: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Read<Option<T>> {
        if self.is_missing() {
            return Ok(None);
        }
        let Some(text) = self.text() else {
            return Err(self.wrong(format!("must be text in quotes: {options}")));
        };
        read(text)
            .map(Some)
            .ok_or_else(|| self.wrong(format!("cannot be {}; choose {options}", quoted(text))))
    }
}

/// Plain digits with at most one point between them and at most `places` after it.
fn decimal(text: &str, places: usize) -> Option<Decimal> {
    const LONGEST: usize = 20;
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let plain = text.len() <= LONGEST
        && match text.split_once('.') {
            Some((whole, rest)) => is_digits(whole) && is_digits(rest) && rest.len() <= places,
            None => is_digits(text),
        };
    plain.then(|| text.parse().ok()).flatten()
}

/// The month.
pub(super) fn usage(month: &Place<'_>) -> Read<Usage> {
    let field = |name| month.get(name);
    let volume = Volume {
        input: field("input_tokens").required_tokens()?,
        output: field("output_tokens").required_tokens()?,
    };
    let model = field("model");
    if !model.is_missing() && model.text().is_none_or(|text| text.trim().is_empty()) {
        return Err(model.wrong("must be the id of a model, in quotes"));
    }
    let confidence = field("confidence").word("measured, rough or guess", Confidence::from_id)?;
    let volume_origin = field("volume_origin").word("user, assumed or usage", volume_origin)?;
    Ok(Usage {
        volume,
        volume_origin: volume_origin.unwrap_or(Origin::User),
        outside: outside(month)?,
        model: model.text().map(str::to_owned),
        confidence: confidence.unwrap_or(Confidence::Rough),
        mix: mix(month)?,
        prompt_tokens: field("prompt_tokens").tokens()?,
        pro_price: pro_price(&field("pro_price"))?,
        overflow_pct: overflow(&field("overflow_pct"))?,
        capacity_input: field("capacity_input").tokens()?,
        capacity_output: field("capacity_output").tokens()?,
        measured: measured::measured(&field("measured"))?.map(Arc::new),
    })
}

fn volume_origin(word: &str) -> Option<Origin> {
    Origin::of(word).filter(|origin| *origin != Origin::Derived)
}

/// The share outside the app. With the origin `default` the share is not looked at.
fn outside(month: &Place<'_>) -> Read<Outside> {
    let (origin, share) = (month.get("outside_origin"), month.get("outside_share_pct"));
    let make: Option<fn(u8) -> Outside> =
        match origin.word("default, user or usage", outside_origin)? {
            Some(OutsideOrigin::Default) => return Ok(Outside::Default),
            Some(OutsideOrigin::User) => Some(Outside::Set),
            Some(OutsideOrigin::Usage) => Some(Outside::Measured),
            None => None,
        };
    match (make, share.whole_percent()?) {
        (make, Some(share)) => Ok(make.unwrap_or(Outside::Set)(share)),
        (None, None) => Ok(Outside::Default),
        (Some(_), None) => Err(share.wrong(
            "is missing; give a whole number from 0 to 100, or set 'usage.outside_origin' to 'default'",
        )),
    }
}

#[derive(Clone, Copy)]
enum OutsideOrigin {
    Default,
    User,
    Usage,
}

fn outside_origin(word: &str) -> Option<OutsideOrigin> {
    match word {
        "default" => Some(OutsideOrigin::Default),
        "user" => Some(OutsideOrigin::User),
        "usage" => Some(OutsideOrigin::Usage),
        _ => None,
    }
}

fn mix(month: &Place<'_>) -> Read<Mix> {
    let mix = Mix {
        cache_read: month.get("cache_read_pct").share(100)?,
        cache_write_5m: month.get("cache_write_pct").share(100)?,
        cache_write_1h: month.get("cache_write_1h_pct").share(100)?,
        batch: month.get("batch_pct").share(100)?,
        thinking: month.get("thinking_pct").share(1_000)?,
    };
    let cached = mix.cache_read.value() + mix.cache_write_5m.value() + mix.cache_write_1h.value();
    if cached > Decimal::ONE_HUNDRED {
        return Err(month.get("cache_read_pct").wrong(format!(
            "makes {} together with 'usage.cache_write_pct' and 'usage.cache_write_1h_pct'; the three may make at most 100",
            cached.normalize()
        )));
    }
    Ok(mix)
}

/// The share of the chat that moves, in either notation; only whole ones can be priced.
fn overflow(place: &Place<'_>) -> Read<Option<u8>> {
    let whole = |percent: Percent| {
        u8::try_from(percent.value())
            .ok()
            .filter(|whole| Decimal::from(*whole) == percent.value())
            .ok_or_else(|| place.wrong("must be a whole number from 0 to 100"))
    };
    place.percent(100)?.map(whole).transpose()
}

fn pro_price(place: &Place<'_>) -> Read<ProPrice> {
    let wrong = || {
        place.wrong(
            "must be 'monthly', 'annual' or dollars in quotes: above 0, at most 10000, at most two decimals",
        )
    };
    if place.is_missing() {
        return Ok(ProPrice::Monthly);
    }
    match place.text().ok_or_else(wrong)? {
        "monthly" => Ok(ProPrice::Monthly),
        "annual" => Ok(ProPrice::Annual),
        amount => decimal(amount, 2)
            .and_then(|_| parse_price(amount).ok())
            .map(ProPrice::Other)
            .ok_or_else(wrong),
    }
}
