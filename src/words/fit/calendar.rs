//! The calendar of a replay: the result of each day on one plan.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::fit::{PlanFit, Window, day_of};

/// The result of a day, the worst thing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum DayMark {
    /// The logs tell of a limit hit of the person's own.
    #[serde(rename = "own_limit_hit")]
    OwnHit,
    /// A week began to refuse, Fable's half of it included.
    #[serde(rename = "week_hit")]
    Week,
    /// A five-hour window began to refuse.
    #[serde(rename = "five_hour_hit")]
    FiveHour,
    /// Something was refused by a window that was hit on an earlier day.
    Refused,
    /// Something is not part of the plan; nothing was refused.
    #[serde(rename = "outside_plan")]
    Outside,
    /// Everything was carried.
    Carried,
    /// Nothing was asked.
    #[serde(rename = "no_use")]
    Idle,
}

impl DayMark {
    /// Every mark in the order of the legend.
    pub const ALL: [Self; 7] = [
        Self::Idle,
        Self::Carried,
        Self::FiveHour,
        Self::Week,
        Self::Refused,
        Self::Outside,
        Self::OwnHit,
    ];

    /// The sign in the calendar, one column of ASCII.
    pub const fn sign(self) -> char {
        match self {
            Self::OwnHit => '!',
            Self::Week => 'W',
            Self::FiveHour => 'x',
            Self::Refused => 'r',
            Self::Outside => 'n',
            Self::Carried => 'o',
            Self::Idle => '.',
        }
    }

    /// What it means, a few words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::OwnHit => "your limit hit",
            Self::Week => "weekly limit reached",
            Self::FiveHour => "five-hour limit reached",
            Self::Refused => "still blocked from an earlier day",
            Self::Outside => "not all included in the plan",
            Self::Carried => "covered",
            Self::Idle => "no use",
        }
    }
}

/// One day of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MarkedDay {
    #[cfg_attr(test, schemars(with = "crate::number::json::Day"))]
    pub day: Date,
    pub mark: DayMark,
    /// Requests carried.
    pub carried: u64,
    /// Requests refused by a window.
    pub refused: u64,
    /// Requests that are not part of the plan.
    #[serde(rename = "outside_plan")]
    pub outside: u64,
    /// Limit hits that the logs tell of.
    #[serde(rename = "limit_hits")]
    pub told: u64,
}

/// The days with requests or limit hits, at the likely capacity of a plan.
pub fn calendar(plan: &PlanFit, zone: &TimeZone) -> Vec<MarkedDay> {
    let outcome = &plan.outcomes.likely;
    let idle =
        |day| MarkedDay { day, mark: DayMark::Idle, carried: 0, refused: 0, outside: 0, told: 0 };
    let mut days: BTreeMap<Date, MarkedDay> = outcome
        .days
        .iter()
        .map(|day| {
            let mark = match (day.refused, day.outside) {
                (0, 0) => DayMark::Carried,
                (0, _) => DayMark::Outside,
                _ => DayMark::Refused,
            };
            let (carried, refused, outside) = (day.carried, day.refused, day.outside);
            (day.day, MarkedDay { mark, carried, refused, outside, ..idle(day.day) })
        })
        .collect();
    let mut note = |day, mark: DayMark, told: u64| {
        let known = days.entry(day).or_insert_with(|| idle(day));
        known.mark = known.mark.min(mark);
        known.told += told;
    };
    for hit in &outcome.hits {
        let is_five = hit.window == Window::FiveHour;
        note(day_of(hit.at, zone), if is_five { DayMark::FiveHour } else { DayMark::Week }, 0);
    }
    for hit in &plan.told {
        note(day_of(hit.at, zone), DayMark::OwnHit, 1);
    }
    days.into_values().collect()
}
