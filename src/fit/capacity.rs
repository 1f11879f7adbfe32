//! What a window holds. Anthropic publishes no figures, so this is a range: from the person's own
//! evidence, or else from dated estimates. The origin is always kept.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::grid::{FIVE_HOURS, Grid, SEVEN_DAYS, Stretch};
use super::rules::{self, Era};
use super::terms::amounts;
use super::trace::{Class, Trace, time, window_named};
use super::{Range, Window, Yardstick};
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::history::{History, Plan};
use crate::number::day;
use crate::number::json::{Amount, Day};
use crate::text::node::{line, sentences};

/// A usage reading of a window from the vendor's own programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub at: Timestamp,
    /// Readings of Fable's part are not used.
    pub window: Window,
    /// Percent used, 0 to 100.
    pub percent: Decimal,
}

/// A plan the person had from a given time until the next entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// `None` for the start of the history.
    pub since: Option<Timestamp>,
    /// Id in the price list.
    pub plan: String,
}

/// What is known about the person's plans and limits besides the requests.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Plans the person had, in order of time.
    pub held: Vec<Held>,
    /// Usage readings.
    pub readings: Vec<Reading>,
    /// Id of the plan named in the files, even if the person named another.
    pub named: Option<String>,
}

impl Evidence {
    /// Reads the plan and the usage readings from a history. A plan without a date counts as held
    /// throughout.
    pub fn of(history: &History) -> Self {
        let held = history
            .plans()
            .filter_map(|seen| {
                Some(Held { since: None, plan: plan_id(seen.plan.as_ref()?)?.to_owned() })
            })
            .last();
        let readings = history.readings().filter_map(|reading| {
            let window = window_named(Some(&reading.window))?;
            Some(Reading { at: reading.at, window, percent: reading.percent })
        });
        let named = held.as_ref().map(|held: &Held| held.plan.clone());
        Self { held: held.into_iter().collect(), readings: readings.collect(), named }
    }

    /// The plan named in the files, if it differs from the one held.
    pub(super) fn named_otherwise(&self) -> Option<&str> {
        let now = self.plan_now()?;
        self.named.as_deref().filter(|named| *named != now)
    }

    /// The plan held at a time; `None` if unknown.
    pub fn plan_at(&self, at: Timestamp) -> Option<&str> {
        let held = self.held.iter().rfind(|held| held.since.is_none_or(|since| since <= at));
        held.map(|held| held.plan.as_str())
    }

    /// The most recent plan.
    pub fn plan_now(&self) -> Option<&str> {
        self.held.last().map(|held| held.plan.as_str())
    }
}

/// Id in the price list. Since late October 2026, Max 5x is called Max and Max 20x is called Ultra.
fn plan_id(plan: &Plan) -> Option<&'static str> {
    match plan {
        Plan::Free => Some("free"),
        Plan::Pro => Some("pro"),
        Plan::Max | Plan::Max5 => Some("max"),
        Plan::Max20 | Plan::Ultra => Some("ultra"),
        Plan::Team | Plan::Enterprise | Plan::Other(_) => None,
    }
}

/// Where it comes from: the person's own evidence, or published estimates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Origin {
    /// The person's own.
    Own {
        /// The plans whose windows told it.
        #[serde(deserialize_with = "sentences")]
        plans: Vec<String>,
        /// Limit hits used.
        #[serde(rename = "limit_hits")]
        hits: u64,
        /// Readings of how full a window was used.
        readings: u64,
        /// Whether it is scaled by the published ratio of the plans.
        #[serde(rename = "scaled")]
        is_scaled: bool,
        /// Whether it is raised to the largest window without a limit hit.
        #[serde(rename = "raised_to_own_largest_window")]
        is_raised: bool,
    },
    /// An estimate.
    Estimate {
        /// Who says so.
        #[serde(deserialize_with = "line")]
        source: String,
        /// When.
        #[serde(deserialize_with = "day")]
        #[cfg_attr(test, schemars(with = "Day"))]
        date: Date,
        /// Whether it is scaled by the published ratio of the plans.
        #[serde(rename = "scaled")]
        is_scaled: bool,
        /// Whether it is raised to the largest window without a limit hit.
        #[serde(rename = "raised_to_own_largest_window")]
        is_raised: bool,
    },
}

/// An estimate of what a window holds; the vendor publishes none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Capacity {
    /// By the rules before every dated change, in the unit of the yardstick.
    #[serde(serialize_with = "amounts::serialize")]
    #[cfg_attr(test, schemars(with = "Range<Amount>"))]
    pub base: Range<Decimal>,
    /// By today's rules, in the unit of the yardstick.
    #[serde(serialize_with = "amounts::serialize")]
    #[cfg_attr(test, schemars(with = "Range<Amount>"))]
    pub now: Range<Decimal>,
    pub origin: Origin,
}

/// The evidence about one window of one plan, before the dated changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Observed {
    plan: String,
    window: Window,
    ceilings: Vec<Decimal>,
    hits: u64,
    readings: u64,
    /// The largest window without a hit.
    floor: Option<(Decimal, Filling)>,
    /// The lowest ceiling, as high as the rounding of readings allows.
    lowest: Option<(Decimal, Filling)>,
}

/// Usage of a real window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Filling {
    /// USD or tokens, by yardstick.
    asked: Decimal,
    /// Day of the hit or reading; without either, the day the window began.
    day: Date,
    /// How much limit changes had multiplied the window since the estimates were made.
    factor: Decimal,
    /// Percent used; `None` if unknown.
    percent: Option<Decimal>,
}

/// A window as it really was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Filled {
    /// What was asked of it, in the unit of the yardstick.
    pub(crate) asked: Amount,
    pub(crate) day: Day,
    /// How full it was said to be then; null where that was not told.
    pub(crate) percent: Option<Amount>,
}

impl From<Filling> for Filled {
    fn from(window: Filling) -> Self {
        Self {
            asked: Amount::rounded(window.asked),
            day: Day(window.day),
            percent: window.percent.map(Amount::rounded),
        }
    }
}

/// One contradiction: a window was used up by less than another one of the same plan carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Conflict {
    /// The id of the plan.
    #[serde(deserialize_with = "line")]
    pub(crate) plan: String,
    #[cfg_attr(test, schemars(extend("enum" = ["five_hour", "week"])))]
    pub(crate) window: Window,
    /// The lowest ceiling, by the limits of the last day.
    #[serde(rename = "used_up_at")]
    pub(crate) ceiling: Amount,
    /// The largest window without a limit hit, by the limits of the last day.
    #[serde(rename = "went_on_to")]
    pub(crate) floor: Amount,
    /// Whether limits changed between the two.
    pub(crate) limits_changed: bool,
    /// The window of the lowest ceiling as it really was; its day is the one of the limit hit or
    /// reading.
    #[serde(rename = "really_used_up")]
    pub(crate) used_up: Filled,
    /// The window without a limit hit as it really was; its day is the one on which it began.
    #[serde(rename = "really_went_on")]
    pub(crate) went_on: Filled,
}

impl Observed {
    /// Records a ceiling, its upper bound, and the window that showed it.
    fn add_ceiling(&mut self, ceiling: Decimal, at_most: Decimal, filled: Filling) {
        self.ceilings.push(ceiling);
        if self.lowest.is_none_or(|(lowest, _)| at_most < lowest) {
            self.lowest = Some((at_most, filled));
        }
    }

    /// Records a window without a hit.
    fn add_floor(&mut self, floor: Decimal, filled: Filling) {
        if self.floor.is_none_or(|(known, _)| floor > known) {
            self.floor = Some((floor, filled));
        }
    }
}

/// How the limit hits of a history were used as evidence of capacity. Each is in exactly one of the
/// parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HitUse {
    /// Limit hits in the history.
    pub told: u64,
    /// Those that show what a window holds.
    #[serde(rename = "used_as_evidence")]
    pub used: u64,
    /// Those of which the plan is not known.
    #[serde(rename = "without_known_plan")]
    pub without_plan: u64,
    /// Those of a limit that the plan of that time is not known to have.
    #[serde(rename = "of_a_limit_the_plan_lacks")]
    pub without_limit: u64,
    /// Those of a window that began before the days that count.
    #[serde(rename = "of_a_window_cut_by_the_first_day")]
    pub cut: u64,
    /// Those of a window in which none of the work was part of the plan of that time.
    #[serde(rename = "of_a_window_without_work_of_the_plan")]
    pub outside: u64,
    /// Those that show nothing of a whole window: of one model, of credits, of an unnamed kind, or
    /// without a request before.
    #[serde(rename = "of_no_whole_window")]
    pub other: u64,
}

/// What a limit hit or reading shows about a window.
enum Shown<'a> {
    /// Capacity of this plan's window, before the dated changes.
    Ceiling(&'a str, Decimal, Filling),
    /// The plan has no such limit on that day.
    NoLimit,
    /// The window began before the first day that counts.
    Cut,
    /// The window has requests, but the plan includes none of them.
    Outside,
    Nothing,
}

/// The first request may come this long after the recorded start of a window and still be the one
/// that opened it: older programs round the start down to the hour.
const ROUNDING: i64 = 3_600_000;

/// The inputs that evidence is read from.
pub(super) struct Witness<'a> {
    pub trace: &'a Trace,
    /// Laid out by dated rules, because past events happened under the rules of their day.
    pub grid: &'a Grid,
    pub eras: &'a [Era],
    pub zone: &'a TimeZone,
    pub catalog: &'a Catalog,
    pub facts: &'a Facts,
    pub evidence: &'a Evidence,
    pub yardstick: Yardstick,
    /// Start of the days asked for, in milliseconds; `None` for the whole history.
    pub since: Option<i64>,
}

impl Witness<'_> {
    /// Ceilings and floors of every plan held.
    pub(super) fn observe(&self) -> (Vec<Observed>, HitUse) {
        let mut all: Vec<Observed> = Vec::new();
        let mut uses = HitUse::default();
        for hit in &self.trace.hits {
            uses.told += 1;
            let Some(window) = window_named(hit.window.as_deref()) else {
                uses.other += 1;
                continue;
            };
            if self.evidence.plan_at(hit.at).is_none() {
                uses.without_plan += 1;
                continue;
            }
            let reset = hit.resets_at.map(Timestamp::as_millisecond);
            match self.shown(window, hit.at, reset, Decimal::ONE) {
                Shown::Ceiling(plan, ceiling, filled) => {
                    let observed = entry(&mut all, plan, window);
                    observed.add_ceiling(ceiling, ceiling, filled);
                    observed.hits += 1;
                    uses.used += 1;
                }
                Shown::NoLimit => uses.without_limit += 1,
                Shown::Cut => uses.cut += 1,
                Shown::Outside => uses.outside += 1,
                Shown::Nothing => uses.other += 1,
            }
        }
        for reading in &self.evidence.readings {
            // Below 10%, a whole percentage is too coarse to scale up.
            if reading.percent < Decimal::TEN || reading.percent > Decimal::ONE_HUNDRED {
                continue;
            }
            let share = reading.percent / Decimal::ONE_HUNDRED;
            let shown = self.shown(reading.window, reading.at, None, share);
            if let Shown::Ceiling(plan, ceiling, filled) = shown {
                let observed = entry(&mut all, plan, reading.window);
                // Readings are whole percentages, so actual usage may be half a percent lower.
                let rounded = reading.percent - Decimal::new(5, 1);
                let most =
                    ceiling.checked_mul(reading.percent).and_then(|all| all.checked_div(rounded));
                observed.add_ceiling(ceiling, most.unwrap_or(ceiling), filled);
                observed.readings += 1;
            }
        }
        self.add_floors(&mut all);
        for observed in &mut all {
            observed.ceilings.sort_unstable();
        }
        (all, uses)
    }

    /// The capacity shown by a window that had reached this share at this time.
    fn shown(
        &self,
        window: Window,
        at: Timestamp,
        reset: Option<i64>,
        share: Decimal,
    ) -> Shown<'_> {
        let plan = self.evidence.plan_at(at).and_then(|plan| self.catalog.plan(plan));
        let day = at.to_zoned(self.zone.clone()).date();
        let limits = plan.map(|plan| rules::limits(self.facts, plan, day));
        let (Some(plan), Some(limits)) = (plan, limits) else { return Shown::NoLimit };
        if (window == Window::FiveHour && !limits.five) || (window == Window::Week && !limits.week)
        {
            return Shown::NoLimit;
        }
        let now = at.as_millisecond();
        let inside = |stretch: &&Stretch| stretch.start <= now && now < stretch.end;
        let laid_out = |stretches: &[Stretch]| stretches.iter().find(inside).map(|s| s.start);
        let start = match (window, reset) {
            (Window::FiveHour, Some(reset)) => Some(reset.saturating_sub(FIVE_HOURS)),
            (Window::FiveHour, None) => laid_out(&self.grid.fives),
            (Window::Week, Some(reset)) => Some(reset.saturating_sub(SEVEN_DAYS)),
            (Window::Week, None) => laid_out(&self.grid.weeks),
            (Window::FableWeek, _) => None,
        };
        let Some(start) = start else { return Shown::Nothing };
        if self.is_cut(window, start, reset.is_some()) {
            return Shown::Cut;
        }
        let Some(filled) = self.filled(plan, window, day, (start, now), share, limits.included)
        else {
            let is_asked = !self.trace.between(start, now.saturating_add(1)).is_empty();
            return if is_asked { Shown::Outside } else { Shown::Nothing };
        };
        let base = filled.asked.checked_div(filled.factor).and_then(|all| all.checked_div(share));
        base.map_or(Shown::Nothing, |base| Shown::Ceiling(&plan.id, base, filled))
    }

    /// True if the history contains only the end of a window that began at this time. Its sum would
    /// understate the capacity.
    fn is_cut(&self, window: Window, start: i64, is_told: bool) -> bool {
        let Some(first) = self.trace.requests.first() else { return true };
        if self.since.is_some_and(|since| start < since) {
            return true;
        }
        match window {
            Window::Week | Window::FableWeek => first.at > start,
            Window::FiveHour if is_told => first.at > start.saturating_add(ROUNDING),
            Window::FiveHour => start < self.in_step_from(),
        }
    }

    /// The first time from which the laid-out five-hour windows are sure to match the real ones.
    /// Requests before the days asked for can shift the windows up to the first pause of five
    /// hours.
    fn in_step_from(&self) -> i64 {
        let Some(mut last) = self.since else { return i64::MIN };
        for window in &self.grid.fives {
            if window.start.saturating_sub(last) >= FIVE_HOURS {
                return window.start;
            }
            let inside = self.trace.between(window.start, window.end);
            last = inside.last().map_or(window.start, |request| request.at);
        }
        i64::MAX
    }

    /// A window with the requests between two times, and the share they used; `None` if there were
    /// none.
    fn filled(
        &self,
        plan: &crate::catalog::Plan,
        window: Window,
        day: Date,
        (start, now): (i64, i64),
        share: Decimal,
        included: u8,
    ) -> Option<Filling> {
        let load: u128 = self
            .trace
            .between(start, now.saturating_add(1))
            .iter()
            .filter(|request| included & request.class.bit() != 0)
            .map(|request| u128::from(request.load(self.yardstick)))
            .sum();
        if load == 0 {
            return None;
        }
        Some(Filling {
            asked: self.yardstick.measure(load),
            day,
            factor: rules::factor(self.facts, &plan.id, window, day),
            percent: share.checked_mul(Decimal::ONE_HUNDRED),
        })
    }

    /// Contradictory evidence: a ceiling below a floor of the same window and plan. Figures follow
    /// the rules of `day`.
    pub(super) fn conflicts(&self, all: &[Observed], day: Date) -> Vec<Conflict> {
        let conflict = |observed: &Observed| {
            let ((floor, went_on), (ceiling, used_up)) = (observed.floor?, observed.lowest?);
            let factor = rules::factor(self.facts, &observed.plan, observed.window, day);
            let now = |base: Decimal| base.checked_mul(factor).map(|now| now.normalize());
            let conflict = Conflict {
                plan: observed.plan.clone(),
                window: observed.window,
                ceiling: Amount::rounded(now(ceiling)?),
                floor: Amount::rounded(now(floor)?),
                limits_changed: used_up.factor != went_on.factor,
                used_up: used_up.into(),
                went_on: went_on.into(),
            };
            (ceiling < floor).then_some(conflict)
        };
        all.iter().filter_map(conflict).collect()
    }

    /// Adds the largest window without a limit hit as a lower bound. Windows can exceed their limit
    /// when credits are used, so those show nothing.
    fn add_floors(&self, all: &mut Vec<Observed>) {
        if self.trace.hits.iter().any(|hit| hit.window.as_deref() == Some("overage")) {
            return;
        }
        for (window, stretches) in
            [(Window::FiveHour, &self.grid.fives), (Window::Week, &self.grid.weeks)]
        {
            let mut hits: Vec<i64> = self
                .trace
                .hits
                .iter()
                .filter(|hit| window_named(hit.window.as_deref()).is_none_or(|w| w == window))
                .map(|hit| hit.at.as_millisecond())
                .collect();
            hits.sort_unstable();
            let mut segments = self.grid.segments.iter().peekable();
            let in_step_from = match window {
                Window::FiveHour => self.in_step_from(),
                Window::Week | Window::FableWeek => i64::MIN,
            };
            for (number, stretch) in stretches.iter().enumerate() {
                let Some(plan) = self.evidence.plan_at(time(stretch.start)) else { continue };
                let is_same = self.evidence.plan_at(time(stretch.end)) == Some(plan);
                let Some(plan) = self.catalog.plan(plan).filter(|_| is_same) else { continue };
                let (mut load, mut factor, mut is_limited) = (0_u128, Decimal::ZERO, true);
                let place = |segment: &super::grid::Segment| match window {
                    Window::FiveHour => segment.five,
                    Window::Week | Window::FableWeek => segment.week,
                };
                while let Some(segment) = segments.next_if(|segment| place(segment) <= number) {
                    if place(segment) < number {
                        continue;
                    }
                    let Some(era) = self.eras.get(segment.era) else { continue };
                    let limits = rules::limits(self.facts, plan, era.day);
                    is_limited &=
                        if window == Window::FiveHour { limits.five } else { limits.week };
                    factor = factor.max(rules::factor(self.facts, &plan.id, window, era.day));
                    for (class, sum) in Class::all().zip(&segment.sums) {
                        if limits.included & class.bit() != 0 {
                            load += sum.load(self.yardstick);
                        }
                    }
                }
                let next = hits.partition_point(|at| *at < stretch.start);
                let is_hit = hits.get(next).is_some_and(|at| *at < stretch.end);
                if is_hit || !is_limited || load == 0 || stretch.start < in_step_from {
                    continue;
                }
                let asked = self.yardstick.measure(load);
                let Some(floor) = asked.checked_div(factor) else { continue };
                let day = time(stretch.start).to_zoned(self.zone.clone()).date();
                let filled = Filling { asked, day, factor, percent: None };
                entry(all, &plan.id, window).add_floor(floor, filled);
            }
        }
    }

    /// Capacity of a plan's window before the dated changes; `None` if unknown.
    pub(super) fn base(
        &self,
        all: &[Observed],
        plan: &str,
        window: Window,
    ) -> Option<(Range<Decimal>, Origin)> {
        let of_window = || all.iter().filter(|observed| observed.window == window);
        // Keep the plans in the published ratio at each level, raised floors included. Otherwise a
        // plan could appear to hold less than a smaller one.
        let floor = of_window()
            .filter_map(|observed| {
                let ratio = rules::ratio(self.facts, &observed.plan, plan, window)?;
                let (floor, _) = observed.floor?;
                ratio.times(Range { low: floor, likely: floor, high: floor })
            })
            .reduce(Range::larger);
        let raised = |range: Range<Decimal>| floor.map_or(range, |floor| range.larger(floor));
        let seen = |observed: &&Observed| !observed.ceilings.is_empty();
        let of_plan: Vec<&Observed> =
            of_window().filter(|observed| observed.plan == plan).filter(seen).collect();
        let is_scaled = of_plan.is_empty();
        let used = if is_scaled { of_window().filter(seen).collect() } else { of_plan };
        let mut ceilings = (Vec::new(), Vec::new(), Vec::new());
        for observed in &used {
            if let Some(ratio) = rules::ratio(self.facts, &observed.plan, plan, window) {
                for ceiling in &observed.ceilings {
                    ceilings.0.extend(ceiling.checked_mul(ratio.low));
                    ceilings.1.extend(ceiling.checked_mul(ratio.likely));
                    ceilings.2.extend(ceiling.checked_mul(ratio.high));
                }
            }
        }
        let (lows, mut likely, highs) = ceilings;
        likely.sort_unstable();
        if let (Some(low), Some(middle), Some(high)) =
            (lows.iter().min(), likely.get(likely.len().saturating_sub(1) / 2), highs.iter().max())
        {
            let range = Range { low: *low, likely: *middle, high: *high };
            let is_raised = raised(range) != range;
            let origin = Origin::Own {
                plans: used.iter().map(|observed| observed.plan.clone()).collect(),
                hits: used.iter().map(|observed| observed.hits).sum(),
                readings: used.iter().map(|observed| observed.readings).sum(),
                is_scaled,
                is_raised,
            };
            return Some((raised(range), origin));
        }
        let estimate = rules::estimate(self.facts, plan, window, self.yardstick)?;
        let range = raised(estimate.range);
        let is_raised = range != estimate.range;
        let origin = Origin::Estimate {
            source: estimate.fact.source.clone(),
            date: estimate.fact.source_date,
            is_scaled: estimate.is_scaled,
            is_raised,
        };
        Some((range, origin))
    }
}

fn entry<'o>(all: &'o mut Vec<Observed>, plan: &str, window: Window) -> &'o mut Observed {
    let place = all.iter().position(|known| known.plan == plan && known.window == window);
    let place = place.unwrap_or_else(|| {
        all.push(Observed {
            plan: plan.to_owned(),
            window,
            ceilings: Vec::new(),
            hits: 0,
            readings: 0,
            floor: None,
            lowest: None,
        });
        all.len() - 1
    });
    &mut all[place]
}
