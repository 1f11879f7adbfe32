//! What a replay said, as a saved report keeps it.

use jiff::civil::Date;

use super::{Place, Read};
use crate::fit::{
    Bound, Digest, Interruption, LevelDigest, Mark, Part, PlanDigest, Range, Verdict, WeekDigest,
    Window,
};
use crate::text::node::Node;

/// The most plans that are kept; a price list has fewer.
const MOST_PLANS: usize = 40;
/// A week touches at most eight calendar days.
const MOST_DAYS: usize = 8;

/// What a replay said; `None` where the file does not tell.
pub(super) fn fit(place: &Place<'_>) -> Read<Option<Digest>> {
    if place.is_missing() {
        return Ok(None);
    }
    place.must_be_object()?;
    let field = |name| place.get(name);
    let (from, to) = (field("from").day()?, field("to").day()?);
    let days = u32::try_from(field("days").count()?).unwrap_or(0);
    if days == 0 || to < from {
        return Err(field("days").wrong("must be at least 1, from 'from' to 'to'"));
    }
    let now = field("plan_now").short_text()?;
    let plans = field("plans");
    let plans = plans
        .list()?
        .iter()
        .take(MOST_PLANS)
        .enumerate()
        .map(|(index, node)| plan(&plans.item(index, node), now.as_deref()))
        .collect::<Read<Vec<PlanDigest>>>()?;
    Ok(Some(Digest {
        from,
        to,
        days,
        requests: field("requests").count()?,
        answer: field("answer").sentences()?,
        plans,
        week: week(&field("week"))?,
        holds: field("windows_hold").sentences()?,
        assumptions: field("assumptions").sentences()?,
        doubts: field("doubts").sentences()?,
        unnamed_hits: field("limit_hits_without_plan").count_or_none()?,
        hour_value: field("hour_value_usd").dollars()?,
        is_declared: field("plan_now_from")
            .word("logs or person", |word| match word {
                "logs" => Some(false),
                "person" => Some(true),
                _ => None,
            })?
            .unwrap_or_default(),
    }))
}

fn plan(place: &Place<'_>, now: Option<&str>) -> Read<PlanDigest> {
    place.must_be_object()?;
    let id = place.get("id").needed_text()?;
    let carries = place.get("carries_it");
    let words = Verdict::ALL.map(Verdict::as_str).join(", ");
    let at = place.get("at_capacity");
    let part = place.get("part_of_plan");
    let parts = Part::ALL.map(Part::as_str).join(", ");
    Ok(PlanDigest {
        told_hits: place.get("limit_hits").count_or_none()?,
        part: part.word(&parts, Part::named)?.unwrap_or_default(),
        name: place.get("name").needed_text()?,
        fee: place.get("fee_usd").dollars()?,
        is_now: now == Some(id.as_str()),
        carries: carries
            .word(&words, Verdict::named)?
            .ok_or_else(|| carries.wrong(format!("is missing; give one of {words}")))?,
        at: Range {
            low: level(&at.get("low"))?,
            likely: level(&at.get("likely"))?,
            high: level(&at.get("high"))?,
        },
        id,
    })
}

fn level(place: &Place<'_>) -> Read<LevelDigest> {
    place.must_be_object()?;
    let hours = |name| Ok(place.get(name).dollars()?.unwrap_or_default());
    Ok(LevelDigest {
        five_hour_hits: place.get("five_hour_hits").count()?,
        week_hits: place.get("week_hits").count()?,
        blocked_hours: hours("blocked_hours")?,
        longest_hours: hours("longest_hours")?,
        interruption: place
            .get("blocked_hours_a_month")
            .dollars()?
            .zip(place.get("interruption_usd").dollars()?)
            .map(|(hours, usd)| Interruption { hours, usd }),
        overflow: place.get("overflow_usd").dollars()?,
        paying: place.get("paying_usd").dollars()?,
        hours_are: place
            .get("hours_are")
            .word(&Bound::ALL.map(Bound::as_str).join(", "), Bound::named)?
            .unwrap_or_default(),
        unpaid: place.get("unpaid_requests").count_or_none()?,
        unpaid_hours: hours("paying_blocked_hours")?,
    })
}

fn week(place: &Place<'_>) -> Read<Option<WeekDigest>> {
    if place.is_missing() {
        return Ok(None);
    }
    place.must_be_object()?;
    let window = place.get("window").word("five_hour or week", |word| {
        [Window::FiveHour, Window::Week].into_iter().find(|window| window.as_str() == word)
    })?;
    let days = place.get("days");
    let days = days
        .list()?
        .iter()
        .take(MOST_DAYS)
        .enumerate()
        .map(|(index, node)| day(&days.item(index, node)))
        .collect::<Read<Vec<_>>>()?;
    Ok(Some(WeekDigest {
        plan: place.get("plan").needed_text()?,
        window: window.unwrap_or(Window::FiveHour),
        holds: place.get("holds").needed_text()?,
        asked: place.get("asked").needed_text()?,
        days,
    }))
}

fn day(place: &Place<'_>) -> Read<(Date, [Mark; 24])> {
    let hours = place.get("hours");
    let marks: Option<Vec<Mark>> =
        hours.text().and_then(|letters| letters.chars().map(Mark::of_letter).collect());
    let marks = marks.and_then(|marks| <[Mark; 24]>::try_from(marks).ok());
    let marks = marks.ok_or_else(|| {
        hours.wrong("must be 24 letters in quotes, each a blank or one of . o + # @ !")
    })?;
    Ok((place.get("day").day()?, marks))
}

impl<'a> Place<'a> {
    /// An item of a list.
    pub(super) fn item(&self, index: usize, node: &'a Node) -> Self {
        Self { path: self.path_of(&index.to_string()), node: Some(node) }
    }

    /// A count; 0 where an older file does not tell.
    fn count_or_none(&self) -> Read<u64> {
        if self.is_missing() { Ok(0) } else { self.count() }
    }

    /// A text that must be there.
    fn needed_text(&self) -> Read<String> {
        self.short_text()?.ok_or_else(|| self.wrong("is missing; give text in quotes"))
    }
}
