//! What real usage said, as a saved report keeps it.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Place, Read, fit};
use crate::cost::Volume;
use crate::history::{Login, Source};
use crate::measured::{Cached, DayCost, LimitsSeen, Measured, Part, Replays, SessionsSeen, Whose};
use crate::number::Percent;
use crate::text::clean;
use crate::text::node::Node;

/// The most sentences of one kind that are kept; a report of this program holds fewer.
const MOST_SENTENCES: usize = 50;
/// The longest text that is kept, in characters.
const LONGEST: usize = 500;
/// The largest share or peak that can be meant, in percent.
const MOST_PERCENT: u16 = 10_000;

/// What real usage said; `None` where the file does not tell.
pub(super) fn measured(place: &Place<'_>) -> Read<Option<Measured>> {
    if place.is_missing() {
        return Ok(None);
    }
    place.must_be_object()?;
    let field = |name| place.get(name);
    let (from, to) = (field("from").day()?, field("to").day()?);
    let days = field("days").count()?;
    if days == 0 || to < from {
        return Err(field("days").wrong("must be at least 1, from 'from' to 'to'"));
    }
    let cached = Cached {
        read: field("cache_read_pct").share(100)?,
        write_5m: field("cache_write_pct").share(100)?,
        write_1h: field("cache_write_1h_pct").share(100)?,
    };
    let sum = cached.read.value() + cached.write_5m.value() + cached.write_1h.value();
    if sum > Decimal::ONE_HUNDRED {
        return Err(field("cache_read_pct")
            .wrong("makes more than 100 together with the other two cache shares"));
    }
    Ok(Some(Measured {
        from,
        to,
        days,
        zone: field("timezone").short_text()?.unwrap_or_else(|| "local time".to_owned()),
        sources: sources(&field("sources"))?,
        responses: field("responses").count()?,
        volume: Volume {
            input: field("input_tokens").required_tokens()?,
            output: field("output_tokens").required_tokens()?,
        },
        cached,
        model: field("model").short_text()?,
        mix_usd: field("mix_usd").dollars()?,
        unpriced: field("unpriced_responses").count()?,
        limits: limits(&field("limits"))?,
        sessions: sessions(&field("sessions"))?,
        unattended: part(&field("unattended"))?,
        programs: part(&field("programs"))?,
        login: field("login").word("claude or other", |word| match word {
            "claude" => Some(Login::Claude),
            "other" => Some(Login::Other),
            _ => None,
        })?,
        by_day: by_day(&field("daily_costs"), from, to)?,
        doubts: field("doubts").sentences()?,
        fit: fit::fit(&field("fit"))?.map(Arc::new),
        replays: Replays::default(),
    }))
}

/// The days with use, each once, in order.
fn by_day(place: &Place<'_>, from: Date, to: Date) -> Read<Vec<DayCost>> {
    // Twice what a report of this program holds (month::MOST_DAYS).
    const MOST: usize = 184;
    let list = place.list()?;
    if list.len() > MOST {
        return Err(place.wrong(format!("has {} days; at most {MOST} are kept", list.len())));
    }
    let mut days: Vec<DayCost> = Vec::with_capacity(list.len());
    for (index, node) in list.iter().enumerate() {
        let item = place.item(index, node);
        item.must_be_object()?;
        let day = item.get("day").day()?;
        if day < from || day > to || days.last().is_some_and(|last| last.day >= day) {
            return Err(item
                .get("day")
                .wrong("must lie from 'from' to 'to', each day once and in order"));
        }
        let usd = item.get("usd").dollars()?;
        days.push(DayCost { day, usd, unpriced: item.get("unpriced_responses").count()? });
    }
    Ok(days)
}

fn sources(place: &Place<'_>) -> Read<Vec<Source>> {
    let known = |item: &Node| match item {
        Node::Text(text) => Source::ALL.into_iter().find(|source| source.as_str() == text),
        _ => None,
    };
    // A kind that a later version knows is not worth a refusal.
    let mut sources: Vec<Source> = place.list()?.iter().filter_map(known).collect();
    sources.sort_unstable();
    sources.dedup();
    Ok(sources)
}

fn limits(place: &Place<'_>) -> Read<Option<LimitsSeen>> {
    if place.is_missing() {
        return Ok(None);
    }
    let plan = place.get("plan").word("pro or other", |word| match word {
        "pro" => Some(Whose::Pro),
        "other" => Some(Whose::Other),
        _ => None,
    })?;
    Ok(Some(LimitsSeen {
        hits: place.get("hits").count()?,
        weeks: place.get("weeks").count()?,
        plan: plan.unwrap_or(Whose::Unknown),
        peak_pct: place.get("peak_pct").percent(MOST_PERCENT)?.map(Percent::value),
    }))
}

fn sessions(place: &Place<'_>) -> Read<Option<SessionsSeen>> {
    if place.is_missing() {
        return Ok(None);
    }
    Ok(Some(SessionsSeen {
        count: place.get("count").count()?,
        median_minutes: place.get("median_minutes").dollars()?.unwrap_or_default(),
        marathons: place.get("marathons").count()?,
    }))
}

fn part(place: &Place<'_>) -> Read<Option<Part>> {
    if place.is_missing() {
        return Ok(None);
    }
    let (part, whole) = (place.get("output_tokens").count()?, place.get("of").count()?);
    if part > whole {
        return Err(place.wrong("must not be more than it is a part of"));
    }
    Ok(Part::new(part.into(), whole.into()))
}

/// A text fit to be shown, cut to a bearable length.
fn short(text: &str) -> String {
    clean(text).trim().chars().take(LONGEST).collect()
}

impl<'a> Place<'a> {
    /// An object in braces.
    pub(super) fn must_be_object(&self) -> Read<()> {
        match self.node {
            Some(Node::Object(_)) => Ok(()),
            _ => Err(self.wrong("must be an object in braces")),
        }
    }

    /// The texts of a list; what is none is passed over.
    pub(super) fn sentences(&self) -> Read<Vec<String>> {
        let text = |item: &Node| match item {
            Node::Text(text) => Some(short(text)),
            _ => None,
        };
        Ok(self.list()?.iter().filter_map(text).take(MOST_SENTENCES).collect())
    }

    /// A whole number that must be there.
    pub(super) fn count(&self) -> Read<u64> {
        match self.node {
            Some(Node::Whole(count)) => Ok(*count),
            _ => Err(self.wrong("must be a whole number, digits only, without quotes")),
        }
    }

    pub(super) fn day(&self) -> Read<Date> {
        let day = self.text().and_then(|text| text.parse().ok());
        day.ok_or_else(|| self.wrong("must be a day in quotes, such as \"2026-11-22\""))
    }

    pub(super) fn short_text(&self) -> Read<Option<String>> {
        match self.node {
            None | Some(Node::Null) => Ok(None),
            Some(Node::Text(text)) => Ok(Some(short(text)).filter(|text| !text.is_empty())),
            Some(_) => Err(self.wrong("must be text in quotes")),
        }
    }

    /// The items of a list; none where nothing is given.
    pub(super) fn list(&self) -> Read<&'a [Node]> {
        match self.node {
            None | Some(Node::Null) => Ok(&[]),
            Some(Node::List(items)) => Ok(items),
            Some(_) => Err(self.wrong("must be a list in brackets")),
        }
    }

    /// An amount that is not negative, in quotes, with at most six places.
    pub(super) fn dollars(&self) -> Read<Option<Decimal>> {
        const LONGEST: usize = 28;
        if self.is_missing() {
            return Ok(None);
        }
        let is_plain = |text: &&str| {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            let places = text.split_once('.').map_or(0, |(_, places)| places.len());
            text.len() <= LONGEST
                && text.starts_with(|first: char| first.is_ascii_digit())
                && digits + usize::from(text.contains('.')) == text.len()
                && places <= 6
        };
        let amount = self.text().filter(is_plain).and_then(|text| text.parse().ok());
        amount.map(Some).ok_or_else(|| {
            self.wrong("must be an amount in quotes, digits with at most six places")
        })
    }
}
